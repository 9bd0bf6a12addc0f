(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Cells inside ranges all of whose bytes are the same *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs Concretization Invariant.
From AICheck Require Import EntryProofs PredicateProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** The number whose [k] bytes are 1 *)

Definition units (k : Z) : Z := (256 ^ k - 1) / 255.

Lemma units_are : forall k, 0 <= k -> 255 * units k = 256 ^ k - 1.
Proof.
  intros k K. unfold units. assert (D : (255 | 256 ^ k - 1)).
  { revert k K. apply natlike_ind; [exists 0; reflexivity|]. intros k K [q Q].
    exists (256 * q + 1). rewrite Z.pow_succ_r by auto. lia. }
  destruct D as [q Q]. rewrite Q, Z.div_mul by lia. lia.
Qed.

Lemma units_add : forall a b, 0 <= a -> 0 <= b -> units (a + b) = units a + 256 ^ a * units b.
Proof.
  intros a b HA HB. pose proof (units_are a HA). pose proof (units_are b HB). pose proof (units_are (a + b) ltac:(lia)).
  rewrite Z.pow_add_r in * by lia. nia.
Qed.

Lemma bytes_power : forall k, 0 <= k -> 256 ^ k = 2 ^ (8 * k).
Proof. intros k K. rewrite Z.pow_mul_r by lia. reflexivity. Qed.

(** All bits are 1, wherever the cell begins. *)
Lemma filled_ones : forall p w, 0 < w ->
  (255 * units (w / 8 + 2)) / 2 ^ (p mod 8) mod 2 ^ w = 2 ^ w - 1.
Proof.
  intros p w W. pose proof (Z.mod_pos_bound p 8 ltac:(lia)). pose proof (Z.div_mod w 8 ltac:(lia)).
  pose proof (Z.mod_pos_bound w 8 ltac:(lia)). assert (0 <= w / 8) by (apply Z.div_pos; lia).
  rewrite units_are, bytes_power by lia.
  replace (2 ^ (8 * (w / 8 + 2)) - 1) with (Z.ones (8 * (w / 8 + 2))) by (rewrite Z.ones_equiv; lia).
  rewrite Z.ones_div_pow2, Z.ones_mod_pow2 by lia. rewrite Z.ones_equiv. lia.
Qed.

(** Whole bytes. *)
Lemma filled_bytes : forall v p w, 0 < w -> 0 <= v < 256 -> w mod 8 = 0 -> p mod 8 = 0 ->
  (v * units (w / 8 + 2)) / 2 ^ (p mod 8) mod 2 ^ w = v * units (w / 8) /\ 0 <= v * units (w / 8) < 2 ^ w.
Proof.
  intros v p w W V MW MP. pose proof (Z.div_mod w 8 ltac:(lia)) as D. assert (K : 0 <= w / 8) by (apply Z.div_pos; lia).
  assert (PW : 256 ^ (w / 8) = 2 ^ w) by (rewrite bytes_power by auto; f_equal; lia).
  pose proof (units_are (w / 8) K) as U. rewrite PW in U.
  assert (B : 0 <= v * units (w / 8) < 2 ^ w) by nia. split; [|exact B].
  rewrite MP, Z.pow_0_r, Z.div_1_r, units_add, PW by lia.
  replace (v * (units (w / 8) + 2 ^ w * units 2)) with (v * units (w / 8) + (v * units 2) * 2 ^ w) by ring.
  rewrite Z.mod_add by lia. apply Z.mod_small. exact B.
Qed.

Section Repeated.
Variable CP : cprogram.
Variable C : certificate.
Variable m : memory.
Variable tagged : ghost.
Notation satisfies_predicate := (satisfies_predicate C m tagged).
Notation cell_satisfies := (cell_satisfies (program_of CP) C m tagged).
Hypothesis fits : fitting CP C = true.

Lemma null_has_tag : PM.find null_tag (tags C) = Some TNull.
Proof.
  pose proof fits as F. unfold fitting in F. monad.
  destruct (PM.find null_tag (tags C)) as [[]|]; try discriminate. reflexivity.
Qed.

Lemma null_targets : in_targets C m tagged [entry_of_tag null_tag] BNull 0.
Proof.
  apply Exists_cons_hd. apply entry_of_tag_in; [|auto]. unfold has_tag. rewrite null_has_tag. reflexivity.
Qed.

Lemma one_value : forall t n x, wrap t x = n ->
  satisfies_predicate (PInteger (exactly n) 1 0) (TInteger t) (VInteger x).
Proof. intros t n x <-. split; [split; cbn; lia|apply Z.divide_1_l]. Qed.

(** Also where such a range does not tell the cell's value. *)
Lemma repeated_holds : forall v t first step q k,
  proper_type t -> 0 <= v < 256 -> repeated v t first step = Some q ->
  match filled v (first + k * step) (width t) (class_of t) with
  | Some x => satisfies_predicate q t x
  | None => forall x, class_of_value x = class_of t -> satisfies_predicate q t x
  end.
Proof.
  intros v t first step q k T V H. unfold repeated in H.
  destruct ((v =? 0) || (v =? 255) || ((first mod 8 =? 0) && (step mod 8 =? 0)))%bool eqn:E; [|discriminate].
  destruct t as [t| |f]; cbn [width class_of filled].
  - cbn in T. pose proof T as (TL & TU).
    assert (W : 0 < 2 ^ bits t) by (apply Z.pow_pos_nonneg; lia).
    fold (units (bits t / 8 + 2)). fold (units (bits t / 8)) in H.
    destruct (v =? 0) eqn:V0; monad; [subst|].
    { pose proof (Z.mod_pos_bound (first + k * step) 8 ltac:(lia)).
      inversion H; subst. apply one_value. rewrite Z.mul_0_l, Z.div_0_l, Z.mod_0_l by (try apply Z.pow_nonzero; lia).
      apply wrap_small; [exact T|]. unfold in_itype, least, greatest.
      assert (0 < 2 ^ (bits t - 1)) by (apply Z.pow_pos_nonneg; lia). destruct (signed t); lia. }
    destruct (_ || _)%bool eqn:D in H; [discriminate|]. apply orb_false_iff in D as [D1 D2].
    apply negb_false_iff in D1. booleans. monad.
    destruct (v =? 255) eqn:V1; monad; [subst|].
    + match type of H with (if ?c then _ else _) = _ => destruct c; [|discriminate] end.
      inversion H; subst. apply one_value.
      rewrite filled_ones by lia. unfold wrap, least, greatest. destruct (signed t).
      * assert (P2 : 2 ^ bits t = 2 * 2 ^ (bits t - 1)).
        { replace (bits t) with (Z.succ (bits t - 1)) at 1 by lia. rewrite Z.pow_succ_r by lia. lia. }
        assert (0 < 2 ^ (bits t - 1)) by (apply Z.pow_pos_nonneg; lia).
        replace (2 ^ bits t - 1 - - 2 ^ (bits t - 1)) with ((2 ^ (bits t - 1) - 1) + 1 * 2 ^ bits t) by lia.
        rewrite Z.mod_add by lia. rewrite Z.mod_small by lia. lia.
      * rewrite Z.mod_small by lia. lia.
    + cbn [orb] in E. monad.
      assert (MP : (first + k * step) mod 8 = 0).
      { apply Z.mod_divide; [lia|]. apply Z.divide_add_r; [|apply Z.divide_mul_r]; apply Z.mod_divide; lia. }
      destruct (filled_bytes v _ (bits t) ltac:(lia) V ltac:(assumption) MP) as [F B]. rewrite F.
      inversion H; subst. apply one_value.
      set (n := v * units (bits t / 8)) in *. pose proof (type_size t T) as TS. unfold least in TS.
      destruct (signed t) eqn:S; cbn [andb].
      * destruct (greatest t <? n) eqn:GN; monad; booleans.
        -- replace (n - 2 ^ bits t) with (n - 1 * 2 ^ bits t) by lia. apply wrap_unique; [exact T|].
           unfold in_itype, least. rewrite S. unfold greatest in *. rewrite S in *. lia.
        -- apply wrap_small; [exact T|]. unfold in_itype, least. rewrite S.
           assert (0 < 2 ^ (bits t - 1)) by (apply Z.pow_pos_nonneg; lia). lia.
      * apply wrap_small; [exact T|]. unfold in_itype, least. rewrite S. lia.
  - destruct (v =? 0); inversion H; subst; [apply null_targets|]. intros [|b o|] K; try discriminate. exact I.
  - destruct (v =? 0); inversion H; subst; [split; reflexivity|]. intros [| |y] K; try discriminate. exact I.
Qed.

Lemma repeated_proper : forall v t first step q, repeated v t first step = Some q -> proper_predicate q.
Proof.
  intros v t first step q H. unfold repeated in H.
  repeat match type of H with
  | (if ?c then _ else _) = _ => destruct c
  | match ?t with _ => _ end = _ => destruct t
  end; inversion H; subst; cbn; try lia;
    match goal with |- context [if ?c then _ else _] => destruct c end; cbn; auto.
  - constructor; [unfold proper_entry; cbn; lia|constructor].
  - split; split; (discriminate || reflexivity).
Qed.

(** A cell of an object of which bytes are known. *)
Lemma repeated_cell : forall i o v from to t first step q k,
  proper_type t -> 0 <= v < 256 -> says (program_of CP) C m tagged i o (Bytes from to v) ->
  (forall p w c x, cell o p w c = Some x -> class_of_value x = c) ->
  repeated v t first step = Some q -> from <= first + k * step -> first + k * step + width t <= to ->
  wholly_initialised o (first + k * step) (width t) /\ cell_satisfies o (first + k * step) t q.
Proof.
  intros i o v from to t first step q k T V [I S] K R L U. split; [intros x X; apply I; lia|].
  pose proof (width_positive t T) as W.
  pose proof (repeated_holds v t first step q k T V R) as H. unfold Concretization.cell_satisfies.
  destruct (filled v (first + k * step) (width t) (class_of t)) as [y|] eqn:F.
  - assert (U' : first + k * step < first + k * step + width t <= to) by lia. rewrite (S _ _ _ _ L U' F). exact H.
  - destruct (cell o (first + k * step) (width t) (class_of t)) as [x|] eqn:E.
    + apply H. eapply K; eauto.
    + intros x X. apply H. eapply of_type_class; eauto.
Qed.

End Repeated.
