(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Every encoding is that of a binary64 number *)

From Coq Require Import ZArith Bool Lia.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Memory NumberProofs.
Open Scope Z_scope.

Lemma digits_above : forall p, Zpos p < 2 ^ Zpos (digits2_pos p).
Proof.
  induction p as [p IH|p IH|]; cbn [digits2_pos]; [| |reflexivity];
    rewrite Pos2Z.inj_succ, Z.pow_succ_r by lia; lia.
Qed.

Lemma digits_below : forall p, 2 ^ (Zpos (digits2_pos p) - 1) <= Zpos p.
Proof.
  induction p as [p IH|p IH|]; cbn [digits2_pos]; [| |vm_compute; congruence];
    rewrite Pos2Z.inj_succ; replace (Z.succ (Zpos (digits2_pos p)) - 1) with (Z.succ (Zpos (digits2_pos p) - 1)) by lia;
    rewrite Z.pow_succ_r by lia; lia.
Qed.

(** A number below [2^n] has at most [n] digits; one from [2^(n-1)] on has at least as many. *)
Lemma digits_at_most : forall p n, 0 <= n -> Zpos p < 2 ^ n -> Zpos (digits2_pos p) <= n.
Proof.
  intros p n N H. pose proof (digits_below p). assert (Zpos (digits2_pos p) - 1 < n); [|lia].
  apply (Z.pow_lt_mono_r_iff 2); lia.
Qed.

Lemma digits_at_least : forall p n, 0 <= n -> 2 ^ n <= Zpos p -> n < Zpos (digits2_pos p).
Proof. intros p n N H. pose proof (digits_above p). apply (Z.pow_lt_mono_r_iff 2); lia. Qed.

Lemma bounded_at : forall m e, e <= 971 -> fexp 53 1024 (Zpos (digits2_pos m) + e) = e -> bounded 53 1024 m e = true.
Proof.
  intros m e E F. unfold bounded, canonical_mantissa. rewrite F. apply andb_true_iff. split.
  - apply Zeq_is_eq_bool. reflexivity.
  - apply Z.leb_le. exact E.
Qed.

Theorem float_of_bits_valid : forall n, 0 <= n < 2 ^ 64 -> valid_binary 53 1024 (float_of_bits n) = true.
Proof.
  intros n N. unfold float_of_bits.
  pose proof (Z.mod_pos_bound n (2 ^ 52) ltac:(reflexivity)) as M.
  pose proof (Z.mod_pos_bound (n / 2 ^ 52) (2 ^ 11) ltac:(reflexivity)) as X.
  set (e := (n / 2 ^ 52) mod 2 ^ 11) in *. set (m := n mod 2 ^ 52) in *.
  assert (P11 : 2 ^ 11 = 2048) by reflexivity.
  destruct (e =? 0) eqn:E0; [|destruct (e =? 2047) eqn:E1]; booleans.
  - destruct m as [|m|m]; try reflexivity. cbn [valid_binary]. apply bounded_at; [lia|].
    pose proof (digits_at_most m 52 ltac:(lia) ltac:(lia)). unfold fexp, emin. lia.
  - destruct (m =? 0); reflexivity.
  - cbn [valid_binary]. assert (P : Zpos (Z.to_pos (m + 2 ^ 52)) = m + 2 ^ 52) by (rewrite Z2Pos.id; lia).
    assert (P53 : 2 ^ 53 = 2 * 2 ^ 52) by reflexivity. apply bounded_at; [lia|].
    pose proof (digits_at_most (Z.to_pos (m + 2 ^ 52)) 53 ltac:(lia) ltac:(lia)).
    pose proof (digits_at_least (Z.to_pos (m + 2 ^ 52)) 52 ltac:(lia) ltac:(lia)). unfold fexp, emin. lia.
Qed.
