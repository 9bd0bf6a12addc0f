(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The ranges of products and quotients, and so of every operation on floats *)

From Coq Require Import ZArith QArith Lqa Lia Bool List.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics State Rules Integers Pointers Concretization FloatOrder FloatRanges FloatRounding
  FloatOperations FloatResults FloatProducts FloatArithmetic.
Import ListNotations.
Open Scope Z_scope.

(** ** What the checker asks of a range *)

Lemma zero_held : forall r x a, value_of x = Some a -> in_range_of r x -> same a (Number 0) -> holds_zero r = true.
Proof.
  intros r x a V H [S T]. apply (in_range_value _ _ _ V) in H as (l & u & L & U & LA & AU).
  unfold holds_zero. apply andb_true_iff. split; apply fle_at_most, at_most_below.
  - exists l, (Number 0). repeat split; auto. eapply below_transitive; eauto.
  - exists (Number 0), u. repeat split; auto. eapply below_transitive; eauto.
Qed.

Lemma zero_not_held : forall r l u, value_of (flower r) = Some l -> value_of (fupper r) = Some u ->
  holds_zero r = false -> ~ below l (Number 0) \/ ~ below (Number 0) u.
Proof.
  intros r l u L U E. unfold holds_zero in E. apply andb_false_iff in E as [E|E]; [left|right]; intro B;
    assert (H : true = false); try discriminate; rewrite <- E; symmetry; apply fle_at_most, at_most_below;
    [exists l, (Number 0) | exists (Number 0), u]; auto.
Qed.

Lemma infinity_held : forall r x a, value_of x = Some a -> in_range_of r x -> a = PlusInfinity \/ a = MinusInfinity ->
  has_infinity r = true.
Proof.
  intros r x a V H I. apply (in_range_value _ _ _ V) in H as (l & u & L & U & LA & AU).
  unfold has_infinity. apply orb_true_iff. destruct I; subst; [right|left].
  - rewrite (infinite_above _ _ U AU). reflexivity.
  - rewrite (infinite_below _ _ L LA). reflexivity.
Qed.

(** A NaN among the operands. *)
Lemma nan_operand : forall p q x y, in_range_of p x -> in_range_of q y -> value_of x = None \/ value_of y = None ->
  may_be_nan p || may_be_nan q = true.
Proof.
  intros p q x y H I [V|V]; apply nan_has_no_value in V; subst; apply orb_true_iff; [left; exact H | right; exact I].
Qed.

(** ** Products and quotients from corners *)

Lemma number_gives : forall e z, gives e z -> z <> S754_nan ->
  exists c v, e = Some c /\ value_of z = Some v /\ rounds Binary64 c v.
Proof.
  intros e z G N. destruct (number_unless_nan z N) as [v V]. destruct (gives_value _ _ _ G V) as (c & E & R). eauto.
Qed.

Lemma rounded_at_most : forall a b x y, gives (Some a) x -> gives (Some b) y -> below a b -> at_most x y.
Proof.
  intros a b x y (v & V & R) (w & W & S) L. apply at_most_below. exists v, w. repeat split; auto.
  exact (rounds_below _ _ _ _ R S L).
Qed.

(** The operation multiplies [x] by what [g] makes of [y], and [g] puts that between [k] and [h] (in some order). *)
Lemma between_corners : forall l a u k b h z z1 z2 z3 z4,
  below l a -> below a u -> below k b -> below b h ->
  gives (extended_product a b) z ->
  gives (extended_product l k) z1 -> gives (extended_product l h) z2 ->
  gives (extended_product u k) z3 -> gives (extended_product u h) z4 ->
  z <> S754_nan -> Forall (fun c => c <> S754_nan) [z1; z2; z3; z4] ->
  Exists (fun c => at_most c z) [z1; z2; z3; z4] /\ Exists (fun c => at_most z c) [z1; z2; z3; z4].
Proof.
  intros l a u k b h z z1 z2 z3 z4 LA AU KB BH G G1 G2 G3 G4 N M.
  rewrite !Forall_cons_iff in M. destruct M as (M1 & M2 & M3 & M4 & _).
  destruct (number_gives _ _ G N) as (c & _ & E & _).
  destruct (number_gives _ _ G1 M1) as (c1 & _ & E1 & _), (number_gives _ _ G2 M2) as (c2 & _ & E2 & _).
  destruct (number_gives _ _ G3 M3) as (c3 & _ & E3 & _), (number_gives _ _ G4 M4) as (c4 & _ & E4 & _).
  rewrite E in G. rewrite E1 in G1. rewrite E2 in G2. rewrite E3 in G3. rewrite E4 in G4.
  destruct (product_in_corners _ _ _ _ _ _ _ LA AU KB BH E _ _ _ _ E1 E2 E3 E4) as [L U].
  rewrite !Exists_cons. split.
  - destruct L as [L|[L|[L|L]]]; eauto 8 using rounded_at_most.
  - destruct U as [U|[U|[U|U]]]; eauto 8 using rounded_at_most.
Qed.

Lemma product_nan : forall p q x y a b, value_of x = Some a -> value_of y = Some b ->
  in_range_of p x -> in_range_of q y -> extended_product a b = None ->
  (holds_zero p && has_infinity q) || (holds_zero q && has_infinity p) = true.
Proof.
  intros p q x y a b V W H I E. apply orb_true_iff.
  destruct a as [|a|], b as [|b|]; cbn in E; try discriminate; apply times_infinity_none in E; apply same_numbers in E.
  - right. apply andb_true_iff. split;
      [apply (zero_held q y (Number b)) | apply (infinity_held p x MinusInfinity)]; auto.
  - left. apply andb_true_iff. split;
      [apply (zero_held p x (Number a)) | apply (infinity_held q y MinusInfinity)]; auto.
  - left. apply andb_true_iff. split;
      [apply (zero_held p x (Number a)) | apply (infinity_held q y PlusInfinity)]; auto.
  - right. apply andb_true_iff. split;
      [apply (zero_held q y (Number b)) | apply (infinity_held p x PlusInfinity)]; auto.
Qed.

Lemma product_in_range : forall p q x y, in_range_of p x -> in_range_of q y ->
  in_range_of (combine FMultiply p q) (in_binary64 FMultiply x y).
Proof.
  intros p q x y H I. cbn [combine]. apply in_corners.
  - intro Z. apply nan_has_no_value in Z. destruct (value_of x) as [a|] eqn:V.
    + destruct (value_of y) as [b|] eqn:W.
      * pose proof (product_gives _ _ _ _ V W) as G. destruct (extended_product a b) as [c|] eqn:E.
        { destruct G as (v & G & _). congruence. }
        rewrite <- orb_assoc, (product_nan p q x y a b) by assumption. apply orb_true_r.
      * rewrite (nan_operand p q x y) by auto. reflexivity.
    + rewrite (nan_operand p q x y) by auto. reflexivity.
  - intros N M. destruct (value_of x) as [a|] eqn:V; [|destruct N; apply nan_has_no_value, nan_gives_nan; auto].
    destruct (value_of y) as [b|] eqn:W; [|destruct N; apply nan_has_no_value, nan_gives_nan; auto].
    apply (in_range_value _ _ _ V) in H as (l & u & L & U & LA & AU).
    apply (in_range_value _ _ _ W) in I as (k & h & K & T & KB & BH).
    apply (between_corners l a u k b h); auto using product_gives.
Qed.

(** *** Quotients *)

Lemma quotient_nan : forall p q x y a b, value_of x = Some a -> value_of y = Some b ->
  in_range_of p x -> in_range_of q y -> ~ same b (Number 0) -> extended_product a (inverse b) = None ->
  has_infinity p && has_infinity q = true.
Proof.
  intros p q x y a b V W H I N E. apply andb_true_iff.
  assert (F : forall c, b = Number c -> ~ (/ c == 0)%Q).
  { intros c -> F. apply N. apply same_numbers. rewrite <- (Qinv_involutive c), F. reflexivity. }
  destruct a as [|a|], b as [|b|]; cbn in E; try discriminate; apply times_infinity_none in E;
    try (destruct (F b eq_refl E));
    (split; [eapply (infinity_held p x) | eapply (infinity_held q y)]; eauto).
Qed.

Lemma same_decided : forall a q, same a (Number q) \/ ~ same a (Number q).
Proof.
  intros [|p|] q; try (right; intros [H I]; contradiction). rewrite same_numbers.
  destruct (Qeq_dec p q); auto.
Qed.

(** In the order of inverses the corners stand the other way round. *)
Lemma swapped_forall : forall (P : spec_float -> Prop) a b c d, Forall P [a; b; c; d] -> Forall P [b; a; d; c].
Proof. intros P a b c d. rewrite !Forall_cons_iff. tauto. Qed.

Lemma swapped_exists : forall (P : spec_float -> Prop) a b c d, Exists P [b; a; d; c] -> Exists P [a; b; c; d].
Proof. intros P a b c d. rewrite !Exists_cons. tauto. Qed.

Lemma quotient_in_range : forall p q x y, in_range_of p x -> in_range_of q y ->
  in_range_of (combine FDivide p q) (in_binary64 FDivide x y).
Proof.
  intros p q x y H I. cbn [combine]. destruct (holds_zero q) eqn:D.
  - (* Only whether it may be a NaN is said. *)
    destruct (value_of (in_binary64 FDivide x y)) as [v|] eqn:Z.
    { apply (in_range_value _ _ _ Z). exists MinusInfinity, PlusInfinity. repeat split; destruct v; exact Logic.I. }
    pose proof Z as Z'. apply nan_has_no_value in Z'. rewrite Z'. cbn [in_range_of may_be_nan].
    destruct (value_of x) as [a|] eqn:V; [|rewrite (nan_operand p q x y) by auto; reflexivity].
    destruct (value_of y) as [b|] eqn:W; [|rewrite (nan_operand p q x y) by auto; reflexivity].
    destruct (same_decided b 0) as [S|S].
    + destruct (same_decided a 0) as [T|T].
      * rewrite (zero_held p x a) by assumption. rewrite orb_true_r. reflexivity.
      * destruct (divided_by_zero x y a b V W S T Z).
    + rewrite (quotient_nan p q x y a b); auto using orb_true_r.
      pose proof (quotient_gives _ _ _ _ V W S) as G.
      destruct (extended_product a (inverse b)); [destruct G as (v & G & _); congruence | reflexivity].
  - assert (X : forall b, value_of y = Some b ->
      exists k h, value_of (flower q) = Some k /\ value_of (fupper q) = Some h /\
      ~ same b (Number 0) /\ ~ same k (Number 0) /\ ~ same h (Number 0) /\
      below (inverse h) (inverse b) /\ below (inverse b) (inverse k)).
    { intros b W. apply (in_range_value _ _ _ W) in I as (k & h & K & T & KB & BH). exists k, h.
      pose proof (zero_not_held _ _ _ K T D) as S.
      assert (KH : below k h) by (eapply below_transitive; eauto).
      repeat split; auto.
      - intros [B C]. destruct S as [S|S]; apply S; eauto using below_transitive.
      - intros [B C]. destruct S as [S|S]; apply S; eauto using below_transitive.
      - intros [B C]. destruct S as [S|S]; apply S; eauto using below_transitive.
      - apply inverse_antitone; [exact BH|]. destruct S as [S|S]; [left|right]; auto.
        intro C. apply S. eauto using below_transitive.
      - apply inverse_antitone; [exact KB|]. destruct S as [S|S]; [left|right]; auto.
        intro C. apply S. eauto using below_transitive. }
    apply in_corners.
    + intro Z. apply nan_has_no_value in Z.
      destruct (value_of x) as [a|] eqn:V; [|rewrite (nan_operand p q x y) by auto; reflexivity].
      destruct (value_of y) as [b|] eqn:W; [|rewrite (nan_operand p q x y) by auto; reflexivity].
      destruct (X b eq_refl) as (k & h & _ & _ & S & _).
      rewrite (quotient_nan p q x y a b); auto using orb_true_r.
      pose proof (quotient_gives _ _ _ _ V W S) as G.
      destruct (extended_product a (inverse b)); [destruct G as (v & G & _); congruence | reflexivity].
    + intros N M.
      destruct (value_of x) as [a|] eqn:V; [|destruct N; apply nan_has_no_value, nan_gives_nan; auto].
      destruct (value_of y) as [b|] eqn:W; [|destruct N; apply nan_has_no_value, nan_gives_nan; auto].
      destruct (X b eq_refl) as (k & h & K & T & SB & SK & SH & HB & BK).
      apply (in_range_value _ _ _ V) in H as (l & u & L & U & LA & AU).
      unfold corners in *. apply swapped_forall in M.
      destruct (between_corners l a u (inverse h) (inverse b) (inverse k) (in_binary64 FDivide x y) _ _ _ _
        LA AU HB BK (quotient_gives _ _ _ _ V W SB) (quotient_gives _ _ _ _ L T SH) (quotient_gives _ _ _ _ L K SK)
        (quotient_gives _ _ _ _ U T SH) (quotient_gives _ _ _ _ U K SK) N M) as [E F].
      split; apply swapped_exists; assumption.
Qed.

(** ** All operations *)

Theorem operation_in_range : forall op p q x y, in_range_of p x -> in_range_of q y ->
  in_range_of (combine op p q) (in_binary64 op x y).
Proof.
  intros [] p q x y H I.
  - apply (sum_in_range p q x y); auto using sum_gives, nan_gives_nan.
  - apply (sum_in_range p (negated_range q) x (SFopp y)); auto using difference_gives_opposite, negation_in_range.
    intros [V|V]; apply nan_gives_nan; [left; exact V|right]. apply nan_has_no_value. apply nan_has_no_value in V.
    destruct y; congruence || discriminate.
  - apply product_in_range; assumption.
  - apply quotient_in_range; assumption.
Qed.

(** What the instructions give, in terms of the state's ranges. Of the extended format nothing is said. *)

Lemma result_exact : forall f x z, f <> Extended80 -> fresult f x z -> z = x.
Proof. intros [] x z N R; [exact R | exact R | congruence]. Qed.

Theorem arithmetic_result : forall op f p q x y z, f <> Extended80 -> in_range_of p x -> in_range_of q y ->
  fresult f (fcompute op f x y) z -> in_range_of (widened (combine op p q) f) z.
Proof.
  intros op f p q x y z N H I R. rewrite (result_exact _ _ _ N R). apply round_in_range, operation_in_range; assumption.
Qed.

Theorem negation_result : forall f p x z, f <> Extended80 -> in_range_of p x ->
  fresult f (round f (SFopp x)) z -> in_range_of (widened (negated_range p) f) z.
Proof. intros f p x z N H R. rewrite (result_exact _ _ _ N R). apply round_in_range, negation_in_range, H. Qed.

Theorem conversion_result : forall f p x z, f <> Extended80 -> in_range_of p x ->
  fresult f (round f x) z -> in_range_of (widened p f) z.
Proof. intros f p x z N H R. rewrite (result_exact _ _ _ N R). apply round_in_range, H. Qed.

Theorem integer_result : forall f low high n z, f <> Extended80 -> low <= n <= high ->
  fresult f (float_of_integer f n) z ->
  in_range_of (widened {| flower := exact_integer low; fupper := exact_integer high; may_be_nan := false |} f) z.
Proof. intros f low high n z N B R. rewrite (result_exact _ _ _ N R). apply round_in_range, integer_in_range, B. Qed.
