(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Rounding is a function of the number; conversions are monotone; exact results of operations *)

From Coq Require Import ZArith QArith Qpower Lqa Lia Bool.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics NumberProofs FloatOrder FloatRounding FloatFormats.
Open Scope Z_scope.

(** ** Equal numbers are rounded alike; what is rounded stays as it is *)

Section Format.
Variables prec emax : Z.
Hypothesis prec_positive : 0 < prec.
Notation near := (near prec emax).
Notation nearest := (nearest prec emax).
Notation rounds_to := (rounds_to prec emax).

Lemma same_numbers : forall p q, same (Number p) (Number q) <-> (p == q)%Q.
Proof. intros p q. unfold same. cbn. split; [intros []|]; intros; lra. Qed.

Lemma same_opposite : forall a b, same a b -> same (opposite a) (opposite b).
Proof. intros a b [H I]. split; apply opposite_below; assumption. Qed.

Lemma nearest_same : forall q a b, same a b -> nearest q a -> nearest q b.
Proof.
  intros q a b S (e & m & H & I). exists e, m. split; [exact H|].
  destruct a as [|a|], b as [|b|]; try (destruct S; contradiction); try exact I.
  apply same_numbers in S. rewrite <- S. exact I.
Qed.

Lemma rounds_same : forall a b c, same b c -> rounds_to a b -> rounds_to a c.
Proof.
  intros [|q|] b c S H; cbn in H |- *; subst.
  - destruct c as [|c|]; try (destruct S; contradiction). reflexivity.
  - destruct H as [[P H]|[[P H]|[P H]]]; [left|right; left|right; right]; (split; [exact P|]).
    + eapply nearest_same; eauto.
    + eapply same_transitive; [|exact H]. destruct S; split; assumption.
    + eapply nearest_same; [|exact H]. apply same_opposite. exact S.
  - destruct c as [|c|]; try (destruct S; contradiction). reflexivity.
Qed.

Lemma rounds_equal : forall p q b, (p == q)%Q -> rounds_to (Number p) b -> rounds_to (Number q) b.
Proof.
  intros p q b E H. destruct H as [[P H]|[[P H]|[P H]]]; [left|right; left|right; right];
    (split; [rewrite <- E; exact P|]); [|exact H|]; revert H; apply nearest_equal; rewrite E; reflexivity.
Qed.

(** A number of the format. *)
Lemma near_exact : forall e m k n, near (inject_Z m * two e) k n -> emin prec emax <= e ->
  (inject_Z m * two e < two (e + prec))%Q ->
  (inject_Z n * two k == inject_Z m * two e)%Q.
Proof.
  intros e m k n H L U. assert (K : k <= e).
  { destruct (not_smaller _ _ _ _ _ H) as [E|E]; [lia|].
    assert (T : (two (k + prec - 1) < two (e + prec))%Q) by lra. apply two_less_inverse in T. lia. }
  assert (X : (inject_Z m * two e == inject_Z (m * 2 ^ (e - k)) * two k)%Q)
    by (rewrite (two_split e k K), inject_Z_mult; ring).
  assert (A : n <= m * 2 ^ (e - k)) by (apply (near_at_most _ _ _ _ _ _ H); rewrite X; apply Qle_refl).
  assert (B : m * 2 ^ (e - k) <= n) by (apply (near_at_least _ _ _ _ _ _ H); rewrite X; apply Qle_refl).
  rewrite X. replace n with (m * 2 ^ (e - k)) by lia. reflexivity.
Qed.

Lemma nearest_again : forall q r c, (0 < q)%Q -> nearest q (Number r) -> (0 < r)%Q -> nearest r c -> same (Number r) c.
Proof.
  intros q r c P (e & m & H & E & U) R (k & n & K & I).
  assert (X : exists e m, emin prec emax <= e /\ (r == inject_Z m * two e)%Q /\ (r < two (e + prec))%Q).
  { destruct (near_size _ _ prec_positive _ _ _ H P) as [[_ M] _]. pose proof (least_exponent _ _ _ _ _ H).
    destruct (Z.eq_dec m (2 ^ prec)) as [->|D].
    - exists (e + 1), (2 ^ (prec - 1)). split; [lia|]. rewrite <- two_integer, <- two_plus in E by lia. split.
      + rewrite <- two_integer, <- two_plus by lia. replace (prec - 1 + (e + 1)) with (prec + e) by lia. exact E.
      + rewrite E. apply two_less. lia.
    - exists e, m. repeat split; [lia|exact E|]. rewrite E, Z.add_comm, two_plus, (two_integer prec) by lia.
      apply scaled_less; [apply two_positive | lia]. }
  destruct X as (e' & m' & L & E' & U').
  assert (K' : near (inject_Z m' * two e') k n) by (destruct K; constructor; auto; rewrite <- ?E'; assumption).
  assert (Y : (inject_Z m' * two e' < two (e' + prec))%Q) by lra.
  pose proof (near_exact _ _ _ _ K' L Y) as Z. destruct c as [|c|]; [contradiction| |lra].
  apply same_numbers. destruct I as [I _]. lra.
Qed.

Theorem rounds_again : forall a b c, rounds_to a b -> rounds_to b c -> same b c.
Proof.
  assert (G : forall q b c, (0 < q)%Q -> nearest q b -> rounds_to b c -> same b c).
  { intros q b c P H I. pose proof (nearest_positive _ _ _ _ P H) as L.
    destruct b as [|r|]; cbn in L; [contradiction| |cbn in I; subst; apply same_reflexive].
    destruct I as [[R I]|[[R I]|[R I]]]; [exact (nearest_again q r c P H R I) | | lra].
    eapply same_transitive; [apply same_numbers, R|]. destruct I; split; assumption. }
  intros [|q|] b c H I; cbn in H; try (subst; cbn in I; subst; apply same_reflexive).
  destruct H as [[P H]|[[P H]|[P H]]].
  - exact (G q b c P H I).
  - destruct b as [|b|]; try (destruct H; contradiction). apply same_numbers in H.
    apply (rounds_equal _ 0 _ H) in I. destruct I as [[? _]|[[_ I]|[? _]]]; try lra.
    eapply same_transitive; [apply same_numbers, H|]. destruct I; split; assumption.
  - assert (N : (0 < - q)%Q) by lra. assert (S : same (opposite b) (opposite c)); [|destruct S as [S T]].
    + apply (G _ _ _ N H). destruct b as [|b|]; cbn in I |- *; try (subst; reflexivity).
      destruct I as [[R I]|[[R I]|[R I]]]; [right; right|right; left|left]; (split; [lra|]).
      * apply (nearest_same _ c).
        { destruct c as [|c|]; cbn [opposite]; try apply same_reflexive. apply same_numbers. ring. }
        revert I. apply nearest_equal. ring.
      * apply same_opposite in I. eapply same_transitive; [exact I|]. apply same_numbers. ring.
      * exact I.
    + split; [apply (opposite_below b c) | apply (opposite_below c b)]; assumption.
Qed.

End Format.

(** ** Conversions *)

Definition rounds (f : format) : extended -> extended -> Prop := rounds_to (precision f) (exponents f).

Lemma precision_positive : forall f, 0 < precision f.
Proof. intros []; reflexivity. Qed.
Lemma exponents_large : forall f, 3 <= 2 * exponents f.
Proof. intros []; cbn; lia. Qed.

Theorem rounded_rounds : forall f x a, value_of x = Some a -> exists b, value_of (rounded f x) = Some b /\ rounds f a b.
Proof.
  intros f [s|s| |s m e] a V; inversion V; subst.
  - exists (Number 0). split; [reflexivity|]. right; left. split; [reflexivity|apply same_reflexive].
  - exists (if s then MinusInfinity else PlusInfinity). split; [reflexivity|]. destruct s; reflexivity.
  - destruct (binary_round_rounds _ _ (precision_positive f) (exponents_large f) s m e) as (v & W & R & _). eauto.
Qed.

Lemma rounded_nan : forall f x, value_of (rounded f x) = None <-> value_of x = None.
Proof.
  intros f x. destruct (value_of x) as [a|] eqn:V.
  - destruct (rounded_rounds f x a V) as (b & W & _). split; congruence.
  - apply nan_has_no_value in V. subst. split; reflexivity.
Qed.

Lemma rounded_monotone : forall f x y, compare_floats LessOrEqual x y = true ->
  compare_floats LessOrEqual (rounded f x) (rounded f y) = true.
Proof.
  intros f x y L. apply compared_at_most in L as (a & b & V & W & L). apply compared_at_most.
  destruct (rounded_rounds f x a V) as (c & V' & R), (rounded_rounds f y b W) as (d & W' & S).
  exists c, d. repeat split; auto. exact (rounds_monotone _ _ (precision_positive f) _ _ _ _ R S L).
Qed.

Theorem round_monotone : forall f x y, compare_floats LessOrEqual x y = true ->
  compare_floats LessOrEqual (round f x) (round f y) = true.
Proof. intros [] x y L; cbn; auto using rounded_monotone. Qed.

Lemma round_nan : forall f x, round f x = S754_nan <-> x = S754_nan.
Proof. intros f x. rewrite <- !nan_has_no_value. destruct f; cbn; rewrite !rounded_nan; reflexivity. Qed.

(** ** Exact results *)

Definition extended_sum (a b : extended) : option extended :=
  match a, b with
  | Number p, Number q => Some (Number (p + q))
  | PlusInfinity, MinusInfinity | MinusInfinity, PlusInfinity => None
  | PlusInfinity, _ | _, PlusInfinity => Some PlusInfinity
  | MinusInfinity, _ | _, MinusInfinity => Some MinusInfinity
  end.

(** An infinity [i] times a number. *)
Definition times_infinity (i : extended) (q : Q) : option extended :=
  match (q ?= 0)%Q with Eq => None | Gt => Some i | Lt => Some (opposite i) end.

Definition extended_product (a b : extended) : option extended :=
  match a, b with
  | Number p, Number q => Some (Number (p * q))
  | Number p, i | i, Number p => times_infinity i p
  | PlusInfinity, i => Some i
  | MinusInfinity, i => Some (opposite i)
  end.

(** Of what is not 0. *)
Definition inverse (b : extended) : extended :=
  match b with Number q => Number (/ q) | _ => Number 0 end.

Lemma inverse_opposite : forall q, (/ - q == - / q)%Q.
Proof. intros [[|p|p] d]; reflexivity. Qed.

(** The operation in binary64 gives the exact result, rounded; NaN where there is none. *)
Definition gives (exact : option extended) (z : spec_float) : Prop :=
  match exact with
  | Some c => exists v, value_of z = Some v /\ rounds Binary64 c v
  | None => value_of z = None
  end.

Lemma rounded_gives : forall c z, gives (Some c) z -> gives (Some c) (rounded Binary64 z).
Proof.
  intros c z (v & V & R). destruct (rounded_rounds Binary64 z v V) as (w & W & S). exists w. split; [exact W|].
  apply (rounds_same _ _ _ v); [|exact R]. eapply rounds_again; eauto. reflexivity.
Qed.

Lemma exact_gives : forall c z, value_of z = Some c -> gives (Some c) (rounded Binary64 z).
Proof. intros c z V. exact (rounded_rounds Binary64 z c V). Qed.

Lemma equal_gives : forall p q z, (p == q)%Q -> gives (Some (Number p)) z -> gives (Some (Number q)) z.
Proof. intros p q z E (v & V & R). exists v. split; [exact V|]. revert R. apply rounds_equal. exact E. Qed.
