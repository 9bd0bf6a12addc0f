(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * On valid floats, comparisons and arithmetic are Coq's own; rounding gives valid floats

    Of this the other proofs need only that every encoding is that of a valid float, for they are about every
    [spec_float]. It is for who reads Semantics.v: what is said there of exact numbers is IEEE 754 as Coq has it. *)

From Coq Require Import ZArith QArith Qpower Lqa Lia Bool.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Rules NumberProofs Integers Guards Memory FloatOrder FloatRounding FloatFormats
  FloatOperations FloatResults.
Open Scope Z_scope.

(** ** Comparisons *)

Section Canonical.
Variables prec emax : Z.
Hypothesis prec_positive : 0 < prec.

Lemma bounded_digits : forall m e, SpecFloat.bounded prec emax m e = true ->
  Zpos m < 2 ^ prec /\ emin prec emax <= e <= emax - prec /\ (e = emin prec emax \/ 2 ^ (prec - 1) <= Zpos m).
Proof.
  intros m e B. unfold SpecFloat.bounded, canonical_mantissa in B. apply andb_true_iff in B as [B L].
  apply Zeq_bool_eq in B. apply Z.leb_le in L. unfold fexp in B. destruct (digits_bounds m) as [D U].
  repeat split; [|lia|lia|].
  - apply Z.lt_le_trans with (1 := U). apply Z.pow_le_mono_r; lia.
  - destruct (Z.eq_dec e (emin prec emax)) as [E|E]; [left; exact E|right].
    replace (Zpos (digits2_pos m)) with prec in D by lia. exact D.
Qed.

Lemma smaller_exponent : forall m e n k,
  SpecFloat.bounded prec emax m e = true -> SpecFloat.bounded prec emax n k = true -> e < k ->
  Zpos m < 2 ^ (k - e) * Zpos n.
Proof.
  intros m e n k B C L. apply bounded_digits in B as (M & E & _), C as (_ & _ & [N|N]); [lia|].
  assert (P : 2 ^ prec = 2 * 2 ^ (prec - 1)) by (rewrite <- Z.pow_succ_r by lia; f_equal; lia).
  assert (Q : 2 ^ 1 <= 2 ^ (k - e)) by (apply Z.pow_le_mono_r; lia). change (2 ^ 1) with 2 in Q. nia.
Qed.

Lemma canonical_magnitudes : forall m e n k,
  SpecFloat.bounded prec emax m e = true -> SpecFloat.bounded prec emax n k = true ->
  (2 ^ (e - Z.min e k) * Zpos m ?= 2 ^ (k - Z.min e k) * Zpos n) =
  match Z.compare e k with Lt => Lt | Gt => Gt | Eq => Pos.compare m n end.
Proof.
  intros m e n k B C. destruct (Z.compare_spec e k) as [E|L|L].
  - subst. rewrite Z.min_id, Z.sub_diag. change (2 ^ 0) with 1. rewrite !Z.mul_1_l. reflexivity.
  - rewrite Z.min_l, Z.sub_diag by lia. change (2 ^ 0) with 1. rewrite Z.mul_1_l. apply Z.compare_lt_iff.
    apply smaller_exponent; assumption.
  - rewrite Z.min_r, Z.sub_diag by lia. change (2 ^ 0) with 1. rewrite Z.mul_1_l. apply Z.compare_gt_iff.
    apply smaller_exponent; assumption.
Qed.

Theorem compared_structurally : forall x y, valid_binary prec emax x = true -> valid_binary prec emax y = true ->
  compare_numbers x y = SFcompare x y.
Proof.
  intros [s|s| |s m e] [t|t| |t n k] V W; try reflexivity. cbn in V, W. cbn [compare_numbers SFcompare].
  pose proof (canonical_magnitudes m e n k V W) as C.
  assert (P : 0 < 2 ^ (e - Z.min e k) * Zpos m) by (apply Z.mul_pos_pos; [apply Z.pow_pos_nonneg|]; lia).
  assert (Q : 0 < 2 ^ (k - Z.min e k) * Zpos n) by (apply Z.mul_pos_pos; [apply Z.pow_pos_nonneg|]; lia).
  destruct s, t; cbn [cond_Zopp]; f_equal.
  - rewrite Z.compare_opp, Z.compare_antisym, C. unfold Pos.compare.
    destruct (Z.compare e k); reflexivity.
  - apply Z.compare_lt_iff. lia.
  - apply Z.compare_gt_iff. lia.
  - exact C.
Qed.

(** Valid floats of one number are one float, but for the sign of 0. *)
Lemma valid_unique : forall x y a b, valid_binary prec emax x = true -> valid_binary prec emax y = true ->
  value_of x = Some a -> value_of y = Some b -> same a b -> x = y \/ exists s t, x = S754_zero s /\ y = S754_zero t.
Proof.
  intros x y a b V W A B [S T]. pose proof (compared_structurally x y V W) as C.
  rewrite compare_numbers_compares, A, B in C. apply compare_extended_below in S, T.
  rewrite compare_extended_reversed in T.
  assert (E : SFcompare x y = Some Eq)
    by (rewrite <- C; f_equal; destruct (compare_extended a b); cbn in *; congruence).
  clear - E. destruct x as [[]|[]| |[] m e], y as [[]|[]| |[] n k]; cbn in E; try discriminate E; eauto;
    left; destruct (Z.compare_spec e k); inversion E as [F]; subst; f_equal; apply Pos.compare_eq; unfold Pos.compare;
    destruct (Pos.compare_cont Eq m n); discriminate || reflexivity.
Qed.

End Canonical.

(** The checker's comparisons of ends are those of binary64. *)
Theorem ends_compared : forall x y, valid_binary 53 1024 x = true -> valid_binary 53 1024 y = true ->
  fle x y = SFleb x y /\ flt x y = SFltb x y /\ feq x y = SFeqb x y.
Proof.
  intros x y V W. pose proof (compared_structurally 53 1024 ltac:(reflexivity) x y V W) as C.
  unfold fle, flt, feq, compare_floats, SFleb, SFltb, SFeqb. rewrite C. destruct (SFcompare x y) as [[]|]; auto.
Qed.

(** ** Valid floats *)

Theorem rounded_valid : forall f x, valid_binary (precision f) (exponents f) (rounded f x) = true.
Proof.
  intros f [s|s| |s m e]; try reflexivity.
  destruct (binary_round_rounds _ _ (precision_positive f) (exponents_large f) s m e) as (_ & _ & _ & V). exact V.
Qed.

Theorem round_valid : forall f x, valid_float f (round f x).
Proof.
  intros [] x; [|apply (rounded_valid Binary64)|apply (rounded_valid Extended80)].
  exists (rounded Binary32 x). split; [apply (rounded_valid Binary32) | reflexivity].
Qed.

Theorem computed_valid : forall op f x y, valid_float f (fcompute op f x y).
Proof. intros. apply round_valid. Qed.

Theorem float_of_integer_valid : forall f n, valid_float f (float_of_integer f n).
Proof. intros. apply round_valid. Qed.

Theorem float_of_bits_valid : forall n, 0 <= n < 2 ^ 64 -> valid_binary 53 1024 (float_of_bits n) = true.
Proof.
  intros n R. unfold float_of_bits. set (s := 2 ^ 63 <=? n).
  pose proof (Z.mod_pos_bound (n / 2 ^ 52) (2 ^ 11) ltac:(lia)) as E.
  pose proof (Z.mod_pos_bound n (2 ^ 52) ltac:(lia)) as M.
  set (e := (n / 2 ^ 52) mod 2 ^ 11) in *. set (m := n mod 2 ^ 52) in *. change (2 ^ 11) with 2048 in E.
  assert (B : forall p k d, Zpos (digits2_pos p) = d -> fexp 53 1024 (d + k) = k -> k <= 971 ->
    SpecFloat.bounded 53 1024 p k = true).
  { intros p k d <- F L. unfold SpecFloat.bounded, canonical_mantissa.
    apply andb_true_iff. split; [|apply Z.leb_le; lia]. apply Zeq_is_eq_bool. exact F. }
  destruct (Z.eqb_spec e 0) as [Z|Z].
  - destruct m as [|p|p] eqn:P; try reflexivity. cbn [valid_binary]. eapply B; [reflexivity| |lia].
    assert (Zpos (digits2_pos p) <= 52) by (apply digits_at_most; lia). unfold fexp, emin. lia.
  - destruct (Z.eqb_spec e 2047) as [T|T]; [destruct (m =? 0); reflexivity|]. cbn [valid_binary].
    apply (B _ _ 53); [|unfold fexp, emin; lia | lia].
    apply digits_unique. rewrite Z2Pos.id by lia.
    change (2 ^ (53 - 1)) with (2 ^ 52). change (2 ^ 53) with (2 * 2 ^ 52). lia.
Qed.

(** ** Arithmetic *)

Lemma valid_number_kept : forall f s m e b, SpecFloat.bounded (precision f) (exponents f) m e = true ->
  let a := Number (inject_Z (cond_Zopp s (Zpos m)) * two e) in rounds f a b -> same b a.
Proof.
  intros f s m e b B a R. pose proof (precision_positive f) as PP.
  destruct (bounded_digits _ _ _ _ B) as (M & [L U] & _).
  assert (T : (inject_Z (Zpos m) * two e < two (e + precision f))%Q).
  { rewrite Z.add_comm, two_plus, (two_integer (precision f)) by lia.
    apply scaled_less; [apply two_positive | exact M]. }
  assert (N : forall c, nearest (precision f) (exponents f) (inject_Z (Zpos m) * two e) c ->
    same c (Number (inject_Z (Zpos m) * two e))).
  { intros c (k & n & H & I). pose proof (near_exact _ _ _ _ _ _ H L T) as E.
    assert (two (e + precision f) <= two (exponents f))%Q by (apply two_at_most; lia).
    destruct c as [|c|]; [contradiction| |lra]. apply same_numbers. destruct I as [I _]. lra. }
  pose proof (finite_positive m e) as P. unfold a in *. clear a.
  destruct s; cbn [cond_Zopp] in *; destruct R as [[Q R]|[[Q R]|[Q R]]]; try (rewrite finite_negative in Q); try lra.
  - assert (S : same (opposite b) (Number (inject_Z (Zpos m) * two e))).
    { apply N. revert R. apply nearest_equal. rewrite finite_negative. ring. }
    destruct b as [|b|]; try (destruct S; contradiction). apply same_numbers in S. apply same_numbers.
    rewrite finite_negative. lra.
  - exact (N _ R).
Qed.

Lemma rounded_unchanged : forall f x, valid_binary (precision f) (exponents f) x = true -> rounded f x = x.
Proof.
  intros f x V. destruct x as [s|s| |s m e]; try reflexivity.
  destruct (rounded_rounds f (S754_finite s m e) _ eq_refl) as (b & W & R).
  destruct (valid_unique _ _ (precision_positive f) _ _ _ _ (rounded_valid f _) V W eq_refl
    (valid_number_kept _ _ _ _ _ V R)) as [E|(? & ? & _ & E)]; [exact E | discriminate E].
Qed.

Lemma normalised_valid : forall n e s, valid_binary 53 1024 (binary_normalize 53 1024 n e s) = true.
Proof.
  intros [|p|p] e s; [reflexivity|exact (rounded_valid Binary64 (S754_finite false p e))|
    exact (rounded_valid Binary64 (S754_finite true p e))].
Qed.

Lemma product_rounded : forall s m e n k,
  SpecFloat.bounded 53 1024 m e = true -> SpecFloat.bounded 53 1024 n k = true ->
  binary_round 53 1024 s (m * n) (e + k) = binary_round_aux 53 1024 s (Zpos (m * n)) (e + k) loc_Exact.
Proof.
  intros s m e n k B C. apply bounded_digits in B as (_ & B & M), C as (_ & C & N).
  assert (D : e + k <= fexp 53 1024 (Zpos (digits2_pos (m * n)) + (e + k))).
  { destruct (digits_bounds (m * n)) as [_ U]. unfold fexp. change (emin 53 1024) with (-1074) in *.
    destruct (Z.le_gt_cases (e + k) (-1074)) as [L|L]; [lia|].
    assert (2 ^ 52 <= Zpos (m * n)).
    { rewrite Pos2Z.inj_mul. change (53 - 1) with 52 in *. destruct M as [M|M], N as [N|N]; try lia; nia. }
    assert (52 < Zpos (digits2_pos (m * n))) by (apply Z.pow_lt_mono_r_iff with 2; lia). lia. }
  unfold binary_round, shl_align.
  destruct (fexp 53 1024 (Zpos (digits2_pos (m * n)) + (e + k)) - (e + k)) eqn:F; [reflexivity | reflexivity | lia].
Qed.

(** On binary64 floats the operations are Coq's. *)
Theorem operations_of_binary64 : forall op x y, valid_binary 53 1024 x = true -> valid_binary 53 1024 y = true ->
  in_binary64 op x y =
  match op with FAdd => SFadd | FSubtract => SFsub | FMultiply => SFmul | FDivide => SFdiv end 53 1024 x y.
Proof.
  intros op x y V W. destruct op; unfold in_binary64.
  - apply (rounded_unchanged Binary64).
    destruct x as [s|s| |s m e], y as [t|t| |t n k]; cbn [SFadd];
      try solve [assumption | reflexivity | apply normalised_valid].
    all: destruct (Bool.eqb s t); [exact V | reflexivity].
  - apply (rounded_unchanged Binary64).
    destruct x as [s|s| |s m e], y as [t|t| |t n k]; cbn [SFsub];
      try solve [assumption | reflexivity | apply normalised_valid].
    all: destruct (Bool.eqb s (negb t)); [exact V | reflexivity].
  - destruct x as [s|s| |s m e], y as [t|t| |t n k]; try reflexivity. apply product_rounded; assumption.
  - apply (rounded_unchanged Binary64).
    destruct x as [s|s| |s m e], y as [t|t| |t n k]; try reflexivity. cbn [SFdiv].
    destruct (SFdiv_core_binary 53 1024 (Zpos m) e (Zpos n) k) as [[q j] l] eqn:D.
    apply shifted_quotient in D as (D & E & L).
    assert (G : (0 < inject_Z (Zpos m) * two e / (inject_Z (Zpos n) * two k))%Q).
    { apply Qlt_shift_div_l; [apply finite_positive | rewrite Qmult_0_l; apply finite_positive]. }
    destruct (binary_round_aux_nearest 53 1024 ltac:(reflexivity) ltac:(discriminate) (xorb s t) q j l _ D G L E)
      as (_ & _ & _ & K). exact K.
Qed.

(** Values of binary32 are held as binary64 values, which is what they stay. *)
Theorem binary32_held : forall x, valid_float Binary32 x -> valid_binary 53 1024 x = true.
Proof. intros x (y & _ & ->). apply (rounded_valid Binary64). Qed.
