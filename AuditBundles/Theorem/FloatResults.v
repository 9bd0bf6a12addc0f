(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Sums, products and quotients in binary64 are the exact ones, rounded *)

From Coq Require Import ZArith QArith Qpower Lqa Lia Bool.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics NumberProofs FloatOrder FloatRounding FloatFormats FloatOperations.
Open Scope Z_scope.

(** ** Sums *)

Lemma normalised_gives : forall n e s,
  gives (Some (Number (inject_Z n * two e))) (binary_normalize 53 1024 n e s).
Proof.
  intros [|p|p] e s; cbn [binary_normalize].
  - exists (Number 0). split; [reflexivity|]. right; left. split; [ring | apply same_reflexive].
  - destruct (binary_round_rounds 53 1024 ltac:(reflexivity) ltac:(discriminate) false p e) as (v & V & R & _).
    exists v. split; [exact V | exact R].
  - destruct (binary_round_rounds 53 1024 ltac:(reflexivity) ltac:(discriminate) true p e) as (v & V & R & _).
    exists v. split; [exact V | exact R].
Qed.

Lemma aligned : forall s m e k, k <= e ->
  (inject_Z (cond_Zopp s (Zpos (fst (shl_align m e k)))) * two k == inject_Z (cond_Zopp s (Zpos m)) * two e)%Q.
Proof.
  intros s m e k L. destruct (shl_align m e k) as [m' e'] eqn:A. apply shifted_left in A as [E M]. cbn [fst].
  replace e' with k in M by lia. rewrite M. apply aligned_number. exact L.
Qed.

Theorem sum_gives : forall x y a b, value_of x = Some a -> value_of y = Some b ->
  gives (extended_sum a b) (in_binary64 FAdd x y).
Proof.
  intros x y a b V W. unfold in_binary64.
  destruct x as [s|s| |s m e], y as [t|t| |t n k]; inversion V; inversion W; subst; clear V W;
    try (destruct s; exact (exact_gives _ (S754_infinity _) eq_refl));
    try (destruct t; exact (exact_gives _ (S754_infinity _) eq_refl)).
  - apply exact_gives with (z := SFadd 53 1024 (S754_zero s) (S754_zero t)). destruct s, t; reflexivity.
  - apply equal_gives with (inject_Z (cond_Zopp t (Zpos n)) * two k)%Q; [ring|].
    exact (exact_gives _ (S754_finite t n k) eq_refl).
  - destruct s, t; solve [reflexivity | exact (exact_gives _ (S754_infinity _) eq_refl)].
  - apply equal_gives with (inject_Z (cond_Zopp s (Zpos m)) * two e)%Q; [ring|].
    exact (exact_gives _ (S754_finite s m e) eq_refl).
  - apply rounded_gives. cbn [SFadd].
    eapply equal_gives; [|apply normalised_gives]. rewrite inject_Z_plus, Qmult_plus_distr_l, !aligned by lia.
    reflexivity.
Qed.

Theorem difference_gives : forall x y a b, value_of x = Some a -> value_of y = Some b ->
  gives (extended_sum a (opposite b)) (in_binary64 FSubtract x y).
Proof.
  intros x y a b V W. unfold in_binary64.
  destruct x as [s|s| |s m e], y as [t|t| |t n k]; inversion V; inversion W; subst; clear V W;
    try (destruct s; exact (exact_gives _ (S754_infinity _) eq_refl));
    try (destruct t; exact (exact_gives _ (S754_infinity _) eq_refl)).
  - apply exact_gives with (z := SFsub 53 1024 (S754_zero s) (S754_zero t)). destruct s, t; reflexivity.
  - apply equal_gives with (inject_Z (cond_Zopp (negb t) (Zpos n)) * two k)%Q.
    + destruct t; cbn [negb cond_Zopp]; rewrite finite_negative; ring.
    + exact (exact_gives _ (S754_finite (negb t) n k) eq_refl).
  - destruct s, t; solve [reflexivity | exact (exact_gives _ (S754_infinity _) eq_refl)].
  - apply equal_gives with (inject_Z (cond_Zopp s (Zpos m)) * two e)%Q; [ring|].
    exact (exact_gives _ (S754_finite s m e) eq_refl).
  - apply rounded_gives. cbn [SFsub].
    eapply equal_gives; [|apply normalised_gives].
    set (p := cond_Zopp s _). set (q := cond_Zopp t (Zpos (fst _))).
    replace (p - q) with (p + - q) by lia.
    rewrite inject_Z_plus, Qmult_plus_distr_l, finite_negative. unfold p, q. rewrite !aligned by lia. reflexivity.
Qed.

(** ** Products *)

Lemma finite_sign : forall s m e, (inject_Z (cond_Zopp s (Zpos m)) * two e ?= 0)%Q = if s then Lt else Gt.
Proof.
  intros s m e. pose proof (finite_positive m e). destruct s; cbn [cond_Zopp].
  - rewrite <- Qlt_alt, finite_negative. lra.
  - rewrite <- Qgt_alt. lra.
Qed.

Lemma product_of_signs : forall s t m n,
  cond_Zopp (xorb s t) (Zpos (m * n)) = cond_Zopp s (Zpos m) * cond_Zopp t (Zpos n).
Proof. intros [] [] m n; cbn [cond_Zopp xorb]; rewrite Pos2Z.inj_mul; ring. Qed.

Theorem product_gives : forall x y a b, value_of x = Some a -> value_of y = Some b ->
  gives (extended_product a b) (in_binary64 FMultiply x y).
Proof.
  intros x y a b V W. unfold in_binary64.
  destruct x as [s|s| |s m e], y as [t|t| |t n k]; inversion V; inversion W; subst; clear V W; cbn [product_of SFmul].
  - apply (exact_gives (Number 0) (S754_zero (xorb s t)) eq_refl).
  - destruct t; reflexivity.
  - apply equal_gives with 0%Q; [ring|]. apply (exact_gives (Number 0) (S754_zero (xorb s t)) eq_refl).
  - destruct s; reflexivity.
  - destruct s, t; exact (exact_gives _ (S754_infinity _) eq_refl).
  - destruct s, t; cbn [extended_product]; unfold times_infinity; rewrite finite_sign;
      exact (exact_gives _ (S754_infinity _) eq_refl).
  - apply equal_gives with 0%Q; [ring|]. apply (exact_gives (Number 0) (S754_zero (xorb s t)) eq_refl).
  - destruct s, t; cbn [extended_product]; unfold times_infinity; rewrite finite_sign;
      exact (exact_gives _ (S754_infinity _) eq_refl).
  - eapply equal_gives; [|exact (exact_gives _ (S754_finite (xorb s t) (m * n) (e + k)) eq_refl)].
    rewrite product_of_signs, inject_Z_mult, two_plus. ring.
Qed.

(** ** Quotients *)

Lemma located_remainder : forall p q d r e, 0 < d -> 0 <= r < d -> p = d * q + r ->
  located (inject_Z p * two e / inject_Z d)%Q q e (new_location d r).
Proof.
  intros p q d r e D R E. pose proof (two_positive e) as P.
  assert (D' : (0 < inject_Z d)%Q) by (change 0%Q with (inject_Z 0); rewrite <- Zlt_Qlt; exact D).
  set (v := (inject_Z p * two e / inject_Z d)%Q).
  assert (V : (v * inject_Z d == inject_Z q * two e * inject_Z d + inject_Z r * two e)%Q).
  { unfold v. rewrite E, inject_Z_plus, inject_Z_mult. field. lra. }
  assert (L : forall a b, a < b -> (inject_Z a * two e < inject_Z b * two e)%Q)
    by (intros; apply scaled_less; assumption).
  assert (X : r = 0 -> (v == inject_Z q * two e)%Q).
  { intros ->. change (inject_Z 0) with 0%Q in V. apply (Qmult_inj_r _ _ (inject_Z d)); [lra|]. lra. }
  assert (Y : 0 < r -> (inject_Z q * two e < v)%Q /\ (v < inject_Z q * two e + two e)%Q).
  { intro N. pose proof (L 0 r N) as L1. pose proof (L r d (proj2 R)) as L2. change (inject_Z 0) with 0%Q in L1.
    split; apply (Qmult_lt_r _ _ (inject_Z d) D'); lra. }
  assert (Z : forall c, (2 * r ?= d) = c ->
    match c with
    | Lt => (2 * v < 2 * (inject_Z q * two e) + two e)%Q
    | Eq => (2 * v == 2 * (inject_Z q * two e) + two e)%Q
    | Gt => (2 * (inject_Z q * two e) + two e < 2 * v)%Q
    end).
  { intros c C. pose proof (L (2 * r) d) as L1. pose proof (L d (2 * r)) as L2. rewrite inject_Z_mult in L1, L2.
    change (inject_Z 2) with 2%Q in L1, L2. destruct c.
    - apply Z.compare_eq in C. apply (Qmult_inj_r _ _ (inject_Z d)); [lra|].
      assert (H : (inject_Z (2 * r) == inject_Z d)%Q) by (rewrite C; reflexivity). rewrite inject_Z_mult in H.
      change (inject_Z 2) with 2%Q in H.
      assert (H' : (2 * inject_Z r * two e == inject_Z d * two e)%Q) by (rewrite H; reflexivity). lra.
    - specialize (L1 C). apply (Qmult_lt_r _ _ (inject_Z d) D'). lra.
    - apply Z.gt_lt in C. specialize (L2 C). apply (Qmult_lt_r _ _ (inject_Z d) D'). lra. }
  unfold new_location. destruct (Z.even d) eqn:B; [unfold new_location_even | unfold new_location_odd];
    destruct (Zeq_bool r 0) eqn:N; cbn [located].
  1, 3: apply X, Zeq_bool_eq, N.
  - apply Zeq_bool_neq in N. destruct Y as [Y1 Y2]; [lia|]. split; [exact Y1|]. split; [exact Y2|]. exact (Z _ eq_refl).
  - apply Zeq_bool_neq in N. destruct Y as [Y1 Y2]; [lia|]. split; [exact Y1|]. split; [exact Y2|].
    destruct (Z.compare_spec (2 * r + 1) d) as [C|C|C]; [apply (Z Lt) | apply (Z Lt) | apply (Z Gt)];
      [apply Z.compare_lt_iff; lia | apply Z.compare_lt_iff; lia | apply Z.compare_gt_iff].
    destruct (Z.eq_dec (2 * r) d) as [H|H]; [|lia]. rewrite <- H, Z.even_mul in B. discriminate B.
Qed.

Lemma shifted_quotient : forall m1 e1 m2 e2 q e l,
  SFdiv_core_binary 53 1024 (Zpos m1) e1 (Zpos m2) e2 = (q, e, l) ->
  0 <= q /\ e <= fexp 53 1024 (Zdigits2 q + e) /\
  located (inject_Z (Zpos m1) * two e1 / (inject_Z (Zpos m2) * two e2)) q e l.
Proof.
  intros m1 e1 m2 e2 q e l H. unfold SFdiv_core_binary in H. cbn [Zdigits2] in H.
  set (d1 := Zpos (digits2_pos m1)) in *. set (d2 := Zpos (digits2_pos m2)) in *.
  set (k := Z.min (fexp 53 1024 (d1 + e1 - (d2 + e2))) (e1 - e2)) in *.
  set (s := e1 - e2 - k) in *. assert (0 <= s) by lia.
  assert (M : match s with Z0 => Zpos m1 | Zpos _ => Z.shiftl (Zpos m1) s | Zneg _ => 0 end = Zpos m1 * 2 ^ s).
  { destruct s; [|apply Z.shiftl_mul_pow2; lia | lia]. change (2 ^ 0) with 1. lia. }
  rewrite M in H. clear M. pose proof (Z_div_mod (Zpos m1 * 2 ^ s) (Zpos m2) ltac:(lia)) as D.
  destruct (Z.div_eucl (Zpos m1 * 2 ^ s) (Zpos m2)) as [q' r]. destruct D as [D R]. inversion H; subst q' e l. clear H.
  pose proof (Z.pow_pos_nonneg 2 s ltac:(lia) ltac:(assumption)) as S.
  assert (Q : 0 <= q) by nia. split; [exact Q|]. split.
  - (* The quotient has enough digits. *)
    assert (G : d1 + s - d2 <= Zdigits2 q).
    { destruct (digits_bounds m1) as [D1 _], (digits_bounds m2) as [_ D2]. fold d1 in D1. fold d2 in D2.
      destruct (Z_le_gt_dec (d1 + s - d2) 0) as [N|N].
      { destruct q; cbn [Zdigits2]; lia. }
      assert (L : 2 ^ (d1 + s - d2 - 1) <= q).
      { assert (A : 2 ^ (d1 + s - d2 - 1) * 2 ^ d2 <= Zpos m1 * 2 ^ s).
        { rewrite <- Z.pow_add_r by lia. replace (d1 + s - d2 - 1 + d2) with (d1 - 1 + s) by lia.
          rewrite Z.pow_add_r by lia. apply Z.mul_le_mono_nonneg_r; lia. }
        pose proof (Z.pow_pos_nonneg 2 (d1 + s - d2 - 1) ltac:(lia) ltac:(lia)). nia. }
      destruct q as [|q|q]; [|cbn [Zdigits2]|lia].
      - pose proof (Z.pow_pos_nonneg 2 (d1 + s - d2 - 1) ltac:(lia) ltac:(lia)). lia.
      - destruct (digits_bounds q) as [_ D3].
        assert (d1 + s - d2 - 1 < Zpos (digits2_pos q)) by (apply Z.pow_lt_mono_r_iff with 2; lia). lia. }
    unfold fexp in *. lia.
  - assert (E : (inject_Z (Zpos m1) * two e1 / (inject_Z (Zpos m2) * two e2) ==
                 inject_Z (Zpos m1 * 2 ^ s) * two k / inject_Z (Zpos m2))%Q).
    { rewrite inject_Z_mult, <- two_integer by assumption. replace e1 with (s + k + e2) by lia. rewrite !two_plus.
      pose proof (two_positive e2). field. repeat split; solve [lra | discriminate]. }
    pose proof (located_remainder _ q (Zpos m2) r k ltac:(lia) R D) as L. revert L.
    destruct (new_location (Zpos m2) r) as [|[]]; cbn [located]; rewrite E; tauto.
Qed.

Theorem quotient_gives : forall x y a b, value_of x = Some a -> value_of y = Some b -> ~ same b (Number 0) ->
  gives (extended_product a (inverse b)) (in_binary64 FDivide x y).
Proof.
  intros x y a b V W N. unfold in_binary64.
  destruct x as [s|s| |s m e], y as [t|t| |t n k]; inversion V; inversion W; subst; clear V W; cbn [SFdiv];
    try (destruct N; apply same_reflexive).
  - destruct t; (apply equal_gives with 0%Q; [ring|]; apply (exact_gives (Number 0) (S754_zero _) eq_refl)).
  - apply equal_gives with 0%Q; [ring|]. apply (exact_gives (Number 0) (S754_zero _) eq_refl).
  - destruct s, t; reflexivity.
  - pose proof (finite_positive n k) as P.
    assert (I : (0 < / (inject_Z (Zpos n) * two k))%Q) by (apply Qinv_lt_0_compat; exact P).
    assert (S : (/ (inject_Z (cond_Zopp t (Zpos n)) * two k) ?= 0)%Q = if t then Lt else Gt).
    { destruct t; cbn [cond_Zopp].
      - rewrite <- Qlt_alt, finite_negative, inverse_opposite. lra.
      - rewrite <- Qgt_alt. exact I. }
    destruct s, t; cbn [extended_product inverse]; unfold times_infinity; rewrite S;
      exact (exact_gives _ (S754_infinity _) eq_refl).
  - destruct t; (apply equal_gives with 0%Q; [ring|]; apply (exact_gives (Number 0) (S754_zero _) eq_refl)).
  - apply rounded_gives. pose proof (finite_positive m e) as P. pose proof (finite_positive n k) as Q.
    destruct (SFdiv_core_binary 53 1024 (Zpos m) e (Zpos n) k) as [[q j] l] eqn:D.
    apply shifted_quotient in D as (D & E & L).
    assert (G : (0 < inject_Z (Zpos m) * two e / (inject_Z (Zpos n) * two k))%Q)
      by (apply Qlt_shift_div_l; [exact Q | rewrite Qmult_0_l; exact P]).
    destruct (binary_round_aux_nearest 53 1024 ltac:(reflexivity) ltac:(discriminate) (xorb s t) q j l _ D G L E)
      as (v & V & R & _).
    unfold Qdiv in *. exists v. split; [exact V|].
    destruct s, t; cbn [xorb cond_Zopp] in *; [left | right; right | right; right | left];
      (split; [rewrite ?finite_negative, ?inverse_opposite; lra
              | revert R; apply nearest_equal; rewrite ?finite_negative, ?inverse_opposite; ring]).
Qed.

(** ** NaNs, and what is divided by 0 *)

Lemma nan_gives_nan : forall op x y, value_of x = None \/ value_of y = None -> value_of (in_binary64 op x y) = None.
Proof.
  intros op x y H. apply rounded_nan. destruct H as [H|H]; apply nan_has_no_value in H; subst;
    [destruct op; reflexivity|]. destruct op, x; reflexivity.
Qed.

Lemma divided_by_zero : forall x y a b, value_of x = Some a -> value_of y = Some b ->
  same b (Number 0) -> ~ same a (Number 0) -> value_of (in_binary64 FDivide x y) <> None.
Proof.
  intros x y a b V W S N E. unfold in_binary64 in E. apply rounded_nan in E.
  destruct x as [s|s| |s m e], y as [t|t| |t n k]; inversion V; inversion W; subst; try discriminate E;
    try (destruct N; apply same_reflexive); try (destruct t; destruct S; contradiction).
  apply same_numbers in S. pose proof (finite_sign t n k) as F. rewrite S in F. destruct t; discriminate F.
Qed.
