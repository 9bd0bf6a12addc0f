(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Sums are monotone; products lie between those of the corners (with infinities, without rounding) *)

From Coq Require Import ZArith QArith Lqa Lia Bool.
From AICheck Require Import FloatOrder FloatRounding FloatOperations.

(** ** Sums *)

Lemma sum_monotone : forall a b a' b' c c',
  below a a' -> below b b' -> extended_sum a b = Some c -> extended_sum a' b' = Some c' -> below c c'.
Proof.
  intros [|a|] [|b|] [|a'|] [|b'|] c c' H I E F; try contradiction; try discriminate;
    inversion E; inversion F; subst; cbn [below] in *; try exact Logic.I; try contradiction. lra.
Qed.

(** ** Products *)

Lemma times_infinity_sign : forall i q c, times_infinity i q = Some c ->
  (0 < q)%Q /\ c = i \/ (q < 0)%Q /\ c = opposite i.
Proof.
  intros i q c E. unfold times_infinity in E. destruct (q ?= 0)%Q eqn:S; inversion E; subst.
  - right. rewrite <- Qlt_alt in S. auto.
  - left. rewrite <- Qgt_alt in S. auto.
Qed.

Lemma times_infinity_none : forall i q, times_infinity i q = None -> (q == 0)%Q.
Proof.
  intros i q E. unfold times_infinity in E. destruct (q ?= 0)%Q eqn:S; inversion E. apply Qeq_alt. exact S.
Qed.

Lemma product_commutes : forall a b c, extended_product a b = Some c ->
  exists d, extended_product b a = Some d /\ same c d.
Proof.
  intros [|a|] [|b|] c E; cbn in E |- *; try (eexists; split; [exact E | apply same_reflexive]);
    try (inversion E; subst; eexists; split; [reflexivity | apply same_reflexive]).
  inversion E; subst. eexists. split; [reflexivity|]. apply same_numbers. ring.
Qed.

Lemma product_commutes_none : forall a b, extended_product a b = None -> extended_product b a = None.
Proof. intros [|a|] [|b|] E; cbn in E |- *; congruence. Qed.

(** By what is not negative. *)
Lemma product_monotone : forall a a' b c c', below (Number 0) b -> below a a' ->
  extended_product a b = Some c -> extended_product a' b = Some c' -> below c c'.
Proof.
  intros a a' b c c' P L E F.
  destruct b as [|b|]; [contradiction| |]; destruct a as [|a|], a' as [|a'|]; cbn [below] in *; try contradiction;
    cbn [extended_product opposite] in E, F;
    repeat match goal with
    | H : times_infinity _ _ = Some _ |- _ => apply times_infinity_sign in H as [[? ->] | [? ->]]
    | H : Some _ = Some _ |- _ => inversion H; subst; clear H
    end; cbn [below opposite]; try exact Logic.I; try lra.
  apply Qmult_le_compat_r; assumption.
Qed.

(** By what is not positive. *)
Lemma product_antitone : forall a a' b c c', below b (Number 0) -> below a a' ->
  extended_product a b = Some c -> extended_product a' b = Some c' -> below c' c.
Proof.
  intros a a' b c c' P L E F.
  destruct b as [|b|]; [| |contradiction]; destruct a as [|a|], a' as [|a'|]; cbn [below] in *; try contradiction;
    cbn [extended_product opposite] in E, F;
    repeat match goal with
    | H : times_infinity _ _ = Some _ |- _ => apply times_infinity_sign in H as [[? ->] | [? ->]]
    | H : Some _ = Some _ |- _ => inversion H; subst; clear H
    end; cbn [below opposite]; try exact Logic.I; try lra.
  assert (0 <= - b)%Q by lra. assert (a * - b <= a' * - b)%Q by (apply Qmult_le_compat_r; assumption). lra.
Qed.

(** Something that is at least both, or at most both, of two: [c] lies in the hull. *)
Definition inside_hull (c d e : extended) : Prop := (below d c \/ below e c) /\ (below c d \/ below c e).

Lemma product_in_hull : forall l a u b cl c cu, below l a -> below a u ->
  extended_product l b = Some cl -> extended_product a b = Some c -> extended_product u b = Some cu ->
  inside_hull c cl cu.
Proof.
  intros l a u b cl c cu L U E F G. destruct (below_total (Number 0) b) as [P|P].
  - split; [left | right]; [exact (product_monotone _ _ _ _ _ P L E F) | exact (product_monotone _ _ _ _ _ P U F G)].
  - split; [right | left]; [exact (product_antitone _ _ _ _ _ P U F G) | exact (product_antitone _ _ _ _ _ P L E F)].
Qed.

Lemma inside_hull_same : forall c d e c' d' e', same c c' -> same d d' -> same e e' ->
  inside_hull c d e -> inside_hull c' d' e'.
Proof.
  intros c d e c' d' e' [C C'] [D D'] [E E'] [[H|H] [I|I]]; split;
    solve [left; eauto using below_transitive | right; eauto using below_transitive].
Qed.

Lemma product_between_right : forall l b u a cl c cu, below l b -> below b u ->
  extended_product a l = Some cl -> extended_product a b = Some c -> extended_product a u = Some cu ->
  inside_hull c cl cu.
Proof.
  intros l b u a cl c cu L U E F G.
  apply product_commutes in E as (dl & E & S), F as (d & F & T), G as (du & G & R).
  pose proof (product_in_hull l b u a _ _ _ L U E F G) as H. revert H.
  apply inside_hull_same; (split; apply S || apply T || apply R).
Qed.

(** Where an end has no product, the corners next to it are both infinities. *)
Lemma product_missing : forall l b u a cl cu, below l b -> below b u ->
  extended_product a l = Some cl -> extended_product a b = None -> extended_product a u = Some cu ->
  forall c, inside_hull c cl cu.
Proof.
  intros l b u a cl cu L U E F G c.
  destruct a as [|a|], b as [|b|]; try discriminate; cbn [extended_product] in F; apply times_infinity_none in F;
    destruct l as [|l|], u as [|u|]; cbn [below] in L, U; try contradiction;
    cbn [extended_product opposite] in E, G;
    repeat match goal with
    | H : times_infinity _ _ = Some _ |- _ => apply times_infinity_sign in H as [[? ->] | [? ->]]
    | H : Some _ = Some _ |- _ => inversion H; subst; clear H
    end; try lra; split; cbn [below opposite]; auto; destruct c; cbn [below]; auto.
Qed.

Theorem product_in_corners : forall l a u l' b u' c,
  below l a -> below a u -> below l' b -> below b u' -> extended_product a b = Some c ->
  forall c1 c2 c3 c4,
  extended_product l l' = Some c1 -> extended_product l u' = Some c2 ->
  extended_product u l' = Some c3 -> extended_product u u' = Some c4 ->
  (below c1 c \/ below c2 c \/ below c3 c \/ below c4 c) /\ (below c c1 \/ below c c2 \/ below c c3 \/ below c c4).
Proof.
  intros l a u l' b u' c L U L' U' E c1 c2 c3 c4 E1 E2 E3 E4.
  destruct (extended_product l b) as [d|] eqn:D.
  - destruct (extended_product u b) as [e|] eqn:F.
    + pose proof (product_in_hull _ _ _ _ _ _ _ L U D E F) as [H I].
      pose proof (product_between_right _ _ _ _ _ _ _ L' U' E1 D E2) as [H1 I1].
      pose proof (product_between_right _ _ _ _ _ _ _ L' U' E3 F E4) as [H2 I2].
      split.
      * destruct H as [H|H]; [destruct H1 as [K|K] | destruct H2 as [K|K]];
          pose proof (below_transitive _ _ _ K H); auto.
      * destruct I as [I|I]; [destruct I1 as [K|K] | destruct I2 as [K|K]];
          pose proof (below_transitive _ _ _ I K); auto.
    + destruct (product_missing _ _ _ _ _ _ L' U' E3 F E4 c) as [[H|H] [I|I]]; auto.
  - destruct (product_missing _ _ _ _ _ _ L' U' E1 D E2 c) as [[H|H] [I|I]]; auto.
Qed.

(** ** Inverses of numbers of one sign *)

Lemma inverse_antitone : forall a b, below a b -> (~ below a (Number 0) \/ ~ below (Number 0) b) ->
  below (inverse b) (inverse a).
Proof.
  assert (P : forall p q : Q, (0 < p)%Q -> (p <= q)%Q -> (/ q <= / p)%Q).
  { intros p q H L. apply Qle_shift_inv_l; [exact H|]. assert (0 < q)%Q by lra.
    apply (Qmult_le_r _ _ q); [assumption|]. setoid_replace (/ q * p * q)%Q with p by (field; lra). lra. }
  assert (N : forall q : Q, (q < 0)%Q -> (/ q < 0)%Q).
  { intros q H. assert (I : (0 < / - q)%Q) by (apply Qinv_lt_0_compat; lra).
    rewrite inverse_opposite in I. lra. }
  intros [|a|] [|b|] L S; cbn [below inverse] in *; try contradiction; try lra; try tauto.
  - destruct S as [S|S]; [tauto|]. apply Qlt_le_weak, N. lra.
  - destruct S as [S|S].
    + apply P; lra.
    + assert (H : (/ - a <= / - b)%Q) by (apply P; lra). rewrite !inverse_opposite in H. lra.
  - destruct S as [S|S]; [|tauto]. apply Qlt_le_weak, Qinv_lt_0_compat. lra.
Qed.
