(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Floats as rational numbers and infinities: comparisons are those of the numbers *)

From Coq Require Import ZArith QArith Qpower Lqa Lia Bool.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics.
Open Scope Z_scope.

(** ** Powers of two *)

Definition two (e : Z) : Q := (2 ^ e)%Q.

Lemma two_positive : forall e, (0 < two e)%Q.
Proof. intro e. apply Qpower_0_lt. lra. Qed.

Lemma two_plus : forall a b, (two (a + b) == two a * two b)%Q.
Proof. intros a b. apply Qpower_plus. lra. Qed.

Lemma two_at_most : forall a b, a <= b -> (two a <= two b)%Q.
Proof. intros a b L. apply Qpower_le_compat_l; [exact L | lra]. Qed.

Lemma two_less : forall a b, a < b -> (two a < two b)%Q.
Proof. intros a b L. apply Qpower_lt_compat_l; [exact L | lra]. Qed.

Lemma two_less_inverse : forall a b, (two a < two b)%Q -> a < b.
Proof. intros a b L. destruct (Z_lt_le_dec a b) as [H | H]; [exact H|]. apply two_at_most in H. lra. Qed.

Lemma two_integer : forall e, 0 <= e -> (two e == inject_Z (2 ^ e))%Q.
Proof. intros e L. unfold two. rewrite Zpower_Qpower by exact L. reflexivity. Qed.

Lemma two_split : forall a b, b <= a -> (two a == inject_Z (2 ^ (a - b)) * two b)%Q.
Proof.
  intros a b L. rewrite <- two_integer, <- two_plus by lia. replace (a - b + b) with a by lia. reflexivity.
Qed.

(** ** Numbers with infinities *)

Inductive extended := MinusInfinity | Number (q : Q) | PlusInfinity.

Definition below (a b : extended) : Prop :=
  match a, b with
  | MinusInfinity, _ | _, PlusInfinity => True
  | Number p, Number q => (p <= q)%Q
  | _, _ => False
  end.

Definition same (a b : extended) : Prop := below a b /\ below b a.

Lemma below_reflexive : forall a, below a a.
Proof. intros [|q|]; cbn; auto. apply Qle_refl. Qed.

Lemma below_transitive : forall a b c, below a b -> below b c -> below a c.
Proof. intros [|p|] [|q|] [|r|]; cbn; try tauto. apply Qle_trans. Qed.

Lemma below_total : forall a b, below a b \/ below b a.
Proof. intros [|p|] [|q|]; cbn; auto. destruct (Qlt_le_dec p q); [left; apply Qlt_le_weak|]; auto. Qed.

Lemma same_reflexive : forall a, same a a.
Proof. intro a. split; apply below_reflexive. Qed.

Lemma same_transitive : forall a b c, same a b -> same b c -> same a c.
Proof. intros a b c [H I] [J K]. split; eapply below_transitive; eauto. Qed.

Definition compare_extended (a b : extended) : Datatypes.comparison :=
  match a, b with
  | MinusInfinity, MinusInfinity | PlusInfinity, PlusInfinity => Eq
  | MinusInfinity, _ | _, PlusInfinity => Lt
  | _, MinusInfinity | PlusInfinity, _ => Gt
  | Number p, Number q => (p ?= q)%Q
  end.

Lemma compare_extended_below : forall a b, below a b <-> compare_extended a b <> Gt.
Proof. intros [|p|] [|q|]; cbn; try (split; congruence || tauto). apply Qle_alt. Qed.

Lemma compare_extended_reversed : forall a b, compare_extended b a = CompOpp (compare_extended a b).
Proof. intros [|p|] [|q|]; cbn; auto. symmetry. apply Qcompare_antisym. Qed.

(** ** The number of a float; none of a NaN *)

Definition value_of (x : spec_float) : option extended :=
  match x with
  | S754_zero _ => Some (Number 0)
  | S754_infinity s => Some (if s then MinusInfinity else PlusInfinity)
  | S754_nan => None
  | S754_finite s m e => Some (Number (inject_Z (cond_Zopp s (Zpos m)) * two e))
  end.

Lemma finite_positive : forall m e, (0 < inject_Z (Zpos m) * two e)%Q.
Proof. intros m e. apply Qmult_lt_0_compat; [reflexivity | apply two_positive]. Qed.

Lemma finite_negative : forall n e, (inject_Z (- n) * two e == - (inject_Z n * two e))%Q.
Proof. intros n e. rewrite inject_Z_opp. ring. Qed.

Lemma compare_scaled : forall a b : Z, forall t, (0 < t)%Q ->
  (a ?= b) = (inject_Z a * t ?= inject_Z b * t)%Q.
Proof.
  intros a b t P. symmetry. destruct (Z.compare_spec a b) as [E | L | L].
  - subst. rewrite <- Qeq_alt. reflexivity.
  - rewrite <- Qlt_alt. apply Qmult_lt_r; [exact P|]. rewrite <- Zlt_Qlt. exact L.
  - rewrite <- Qgt_alt. apply Qmult_lt_r; [exact P|]. rewrite <- Zlt_Qlt. exact L.
Qed.

Lemma aligned_number : forall s m e least, least <= e ->
  (inject_Z (cond_Zopp s (2 ^ (e - least) * Zpos m)) * two least == inject_Z (cond_Zopp s (Zpos m)) * two e)%Q.
Proof.
  intros s m e least L. rewrite (two_split e least L).
  replace (cond_Zopp s (2 ^ (e - least) * Zpos m)) with (cond_Zopp s (Zpos m) * 2 ^ (e - least))
    by (destruct s; cbn [cond_Zopp]; lia).
  rewrite inject_Z_mult. ring.
Qed.

Theorem compare_numbers_compares : forall x y,
  compare_numbers x y =
  match value_of x, value_of y with Some a, Some b => Some (compare_extended a b) | _, _ => None end.
Proof.
  intros [s|s| |s m e] [t|t| |t n k]; cbn -[cond_Zopp Z.mul Z.pow Z.compare two]; try reflexivity;
    try (destruct s; reflexivity); try (destruct t; reflexivity); try (destruct s, t; reflexivity).
  - f_equal. pose proof (finite_positive n k). destruct t; cbn [cond_Zopp]; symmetry.
    + rewrite <- Qgt_alt. rewrite finite_negative. lra.
    + rewrite <- Qlt_alt. lra.
  - f_equal. pose proof (finite_positive m e). destruct s; cbn [cond_Zopp]; symmetry.
    + rewrite <- Qlt_alt. rewrite finite_negative. lra.
    + rewrite <- Qgt_alt. lra.
  - f_equal. rewrite (compare_scaled _ _ (two (Z.min e k))) by apply two_positive.
    rewrite !aligned_number by lia. reflexivity.
Qed.

(** ** What the comparisons say *)

Lemma compared : forall c x y,
  compare_floats c x y =
  match value_of x, value_of y with
  | Some a, Some b =>
    match compare_extended a b, c with
    | Eq, (Equal | LessOrEqual) | Lt, (Less | LessOrEqual | NotEqual) | Gt, NotEqual => true
    | _, _ => false
    end
  | _, _ => match c with NotEqual => true | _ => false end
  end.
Proof.
  intros c x y. unfold compare_floats. rewrite compare_numbers_compares.
  destruct (value_of x) as [a|], (value_of y) as [b|]; [|destruct c; reflexivity..].
  destruct (compare_extended a b), c; reflexivity.
Qed.

Lemma compared_at_most : forall x y,
  compare_floats LessOrEqual x y = true <-> exists a b, value_of x = Some a /\ value_of y = Some b /\ below a b.
Proof.
  intros x y. rewrite compared. split.
  - destruct (value_of x) as [a|], (value_of y) as [b|]; try discriminate. intro E. exists a, b. repeat split.
    apply compare_extended_below. destruct (compare_extended a b); congruence.
  - intros (a & b & -> & -> & L). apply compare_extended_below in L. destruct (compare_extended a b); congruence.
Qed.

Lemma compared_less : forall x y,
  compare_floats Less x y = true <-> exists a b, value_of x = Some a /\ value_of y = Some b /\ ~ below b a.
Proof.
  intros x y. rewrite compared. split.
  - destruct (value_of x) as [a|], (value_of y) as [b|]; try discriminate. intro E. exists a, b. repeat split.
    rewrite compare_extended_below, compare_extended_reversed. destruct (compare_extended a b); cbn in *; congruence.
  - intros (a & b & -> & -> & L). rewrite compare_extended_below, compare_extended_reversed in L.
    destruct (compare_extended a b); cbn in *; try reflexivity; exfalso; apply L; congruence.
Qed.

Lemma compared_equal : forall x y,
  compare_floats Equal x y = true <-> exists a b, value_of x = Some a /\ value_of y = Some b /\ same a b.
Proof.
  intros x y. rewrite compared. unfold same. split.
  - destruct (value_of x) as [a|], (value_of y) as [b|]; try discriminate. intro E. exists a, b. repeat split;
      rewrite compare_extended_below; [|rewrite compare_extended_reversed];
      destruct (compare_extended a b); cbn in *; congruence.
  - intros (a & b & -> & -> & L & M). rewrite compare_extended_below in L, M. rewrite compare_extended_reversed in M.
    destruct (compare_extended a b); cbn in *; congruence.
Qed.

Lemma compared_unequal : forall x y, compare_floats NotEqual x y = negb (compare_floats Equal x y).
Proof.
  intros x y. rewrite !compared. destruct (value_of x) as [a|], (value_of y) as [b|]; try reflexivity.
  destruct (compare_extended a b); reflexivity.
Qed.

Lemma nan_has_no_value : forall x, value_of x = None <-> x = S754_nan.
Proof. intros [s|s| |s m e]; cbn; split; congruence. Qed.

Lemma number_unless_nan : forall x, x <> S754_nan -> exists a, value_of x = Some a.
Proof. intros [s|s| |s m e] N; cbn; eauto. congruence. Qed.
