(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The ranges that Pointers.v computes for floats hold what operations give of values in the operands' ranges *)

From Coq Require Import ZArith QArith Lqa Lia Bool List.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics State Rules Integers Pointers Concretization FloatOrder FloatRanges FloatRounding
  FloatOperations FloatResults FloatProducts.
Import ListNotations.
Open Scope Z_scope.

(** ** Rounding, negation, integers *)

Theorem round_in_range : forall f p x, in_range_of p x -> in_range_of (widened p f) (round f x).
Proof.
  intros f p x H. destruct (value_of x) as [a|] eqn:V.
  - assert (N : x <> S754_nan) by (intro; subst; discriminate).
    rewrite in_range_number in H by exact N. rewrite in_range_number by (rewrite round_nan; exact N).
    destruct H. split; apply round_monotone; assumption.
  - apply nan_has_no_value in V. subst.  rewrite (proj2 (round_nan f S754_nan) eq_refl). exact H.
Qed.

Lemma value_of_opposite : forall x a, value_of x = Some a ->
  exists b, value_of (SFopp x) = Some b /\ same b (opposite a).
Proof.
  intros [s|s| |s m e] a V; inversion V; subst; cbn [SFopp value_of].
  - eexists. split; [reflexivity|]. apply same_numbers. ring.
  - destruct s; eexists; (split; [reflexivity | apply same_reflexive]).
  - eexists. split; [reflexivity|]. cbn [opposite]. apply same_numbers.
    destruct s; cbn [negb cond_Zopp]; rewrite finite_negative; ring.
Qed.

Lemma opposite_at_most : forall x y, at_most x y -> at_most (SFopp y) (SFopp x).
Proof.
  intros x y L. apply at_most_below in L as (a & b & V & W & L). apply at_most_below.
  destruct (value_of_opposite _ _ V) as (c & V' & S), (value_of_opposite _ _ W) as (d & W' & T).
  exists d, c. repeat split; auto. apply below_transitive with (opposite b); [apply T|].
  apply below_transitive with (opposite a); [apply opposite_below; exact L | apply S].
Qed.

Theorem negation_in_range : forall p x, in_range_of p x -> in_range_of (negated_range p) (SFopp x).
Proof.
  intros p x H. destruct (value_of x) as [a|] eqn:V.
  - assert (N : x <> S754_nan) by (intro; subst; discriminate).
    rewrite in_range_number in H by exact N. rewrite in_range_number by (destruct x; discriminate || congruence).
    destruct H. split; apply opposite_at_most; assumption.
  - apply nan_has_no_value in V. subst. exact H.
Qed.

Theorem integer_in_range : forall low n high, low <= n <= high ->
  in_range_of {| flower := exact_integer low; fupper := exact_integer high; may_be_nan := false |} (exact_integer n).
Proof.
  assert (V : forall n, exists q, value_of (exact_integer n) = Some (Number q) /\ (q == inject_Z n)%Q).
  { intros [|p|p]; eexists; (split; [reflexivity|]); cbn [cond_Zopp]; change (two 0) with 1%Q;
      solve [reflexivity | apply Qmult_1_r]. }
  intros low n high [L U]. destruct (V low) as (a & A & A'), (V n) as (b & B & B'), (V high) as (c & C & C').
  apply (in_range_value _ _ _ B). exists (Number a), (Number c). repeat split; auto; cbn [below];
    rewrite ?A', ?B', ?C', <- Zle_Qle; assumption.
Qed.

(** ** Sums *)

Lemma infinite_above : forall x a, value_of x = Some a -> below PlusInfinity a -> x = S754_infinity false.
Proof. intros [s|[]| |s m e] a V L; inversion V; subst; cbn in L; tauto. Qed.

Lemma infinite_below : forall x a, value_of x = Some a -> below a MinusInfinity -> x = S754_infinity true.
Proof. intros [s|[]| |s m e] a V L; inversion V; subst; cbn in L; tauto. Qed.

Lemma not_nan_value : forall x, is_nan x = false -> exists a, value_of x = Some a.
Proof. intros x N. apply number_unless_nan. intro; subst; discriminate. Qed.

Lemma gives_value : forall e z a, gives e z -> value_of z = Some a -> exists c, e = Some c /\ rounds Binary64 c a.
Proof. intros [c|] z a H V; cbn in H; [|congruence]. destruct H as (v & W & R). exists c. split; congruence. Qed.

Lemma rounds_below : forall a b c d, rounds Binary64 a c -> rounds Binary64 b d -> below a b -> below c d.
Proof. intros a b c d. apply (rounds_monotone 53 1024 eq_refl). Qed.

Lemma sum_in_range : forall p q x y z, in_range_of p x -> in_range_of q y ->
  (forall a b, value_of x = Some a -> value_of y = Some b -> gives (extended_sum a b) z) ->
  (value_of x = None \/ value_of y = None -> value_of z = None) ->
  in_range_of (float_sums p q) z.
Proof.
  intros p q x y z H I G N. unfold float_sums.
  destruct (is_nan _ || is_nan _) eqn:M; [apply in_whole|]. apply orb_false_iff in M as [M1 M2].
  destruct (value_of x) as [a|] eqn:V.
  - destruct (value_of y) as [b|] eqn:W.
    + specialize (G a b eq_refl eq_refl). clear N.
      apply (in_range_value _ _ _ V) in H as (l & u & L & U & LA & AU).
      apply (in_range_value _ _ _ W) in I as (k & h & K & T & KB & BH).
      destruct (value_of z) as [v|] eqn:Z.
      * destruct (gives_value _ _ _ G Z) as (c & E & R).
        apply not_nan_value in M1 as [m M1], M2 as [n M2].
        destruct (gives_value _ _ _ (sum_gives _ _ _ _ L K) M1) as (c1 & E1 & R1).
        destruct (gives_value _ _ _ (sum_gives _ _ _ _ U T) M2) as (c2 & E2 & R2).
        apply (in_range_value _ _ _ Z). exists m, n. repeat split; auto.
        -- exact (rounds_below _ _ _ _ R1 R (sum_monotone _ _ _ _ _ _ LA KB E1 E)).
        -- exact (rounds_below _ _ _ _ R R2 (sum_monotone _ _ _ _ _ _ AU BH E E2)).
      * apply nan_has_no_value in Z. subst z. cbn [in_range_of may_be_nan]. apply orb_true_iff. right.
        destruct a as [|a|], b as [|b|]; cbn in G; try (destruct G as (v & G & _); discriminate G); apply orb_true_iff.
        -- right. rewrite (infinite_below _ _ L LA), (infinite_above _ _ T BH). reflexivity.
        -- left. rewrite (infinite_above _ _ U AU), (infinite_below _ _ K KB). reflexivity.
    + apply nan_has_no_value in W. subst. specialize (N (or_intror eq_refl)). apply nan_has_no_value in N. subst.
      cbn in I |- *. rewrite I, orb_true_r. reflexivity.
  - apply nan_has_no_value in V. subst. specialize (N (or_introl eq_refl)). apply nan_has_no_value in N. subst.
    cbn in H |- *. rewrite H. reflexivity.
Qed.

Lemma difference_gives_opposite : forall x y a b, value_of x = Some a -> value_of (SFopp y) = Some b ->
  gives (extended_sum a b) (in_binary64 FSubtract x y).
Proof.
  intros x y a b V W. assert (X : exists c, value_of y = Some c) by (destruct y; cbn in *; eauto; discriminate).
  destruct X as [c X]. destruct (value_of_opposite _ _ X) as (d & W' & S). assert (d = b) by congruence. subst d.
  pose proof (difference_gives _ _ _ _ V X) as G.
  destruct b as [|b|], (opposite c) as [|k|]; try (destruct S; contradiction); try exact G.
  destruct a as [|a|]; try exact G. revert G. apply equal_gives. apply same_numbers in S. rewrite S. reflexivity.
Qed.

(** ** Corners *)

Lemma fold_least : forall l s, s <> S754_nan -> (forall x, In x l -> x <> S754_nan) ->
  let r := fold_left (fun x y => if flt y x then y else x) l s in at_most r s /\ (forall x, In x l -> at_most r x).
Proof.
  induction l as [|y l IH]; intros s N M; cbn [fold_left].
  - split; [apply at_most_reflexive; exact N | intros x []].
  - assert (Y : y <> S754_nan) by (apply M; left; reflexivity).
    assert (M' : forall x, In x l -> x <> S754_nan) by (intros; apply M; right; assumption).
    destruct (flt y s) eqn:F.
    + destruct (IH y Y M') as [L K]. apply flt_less in F as [F _]. split; [eapply at_most_transitive; eauto|].
      intros x [<-|X]; auto.
    + destruct (IH s N M') as [L K]. apply not_less in F; [|assumption..]. split; [exact L|].
      intros x [<-|X]; [eapply at_most_transitive; eauto | auto].
Qed.

Lemma fold_greatest : forall l s, s <> S754_nan -> (forall x, In x l -> x <> S754_nan) ->
  let r := fold_left (fun x y => if flt x y then y else x) l s in at_most s r /\ (forall x, In x l -> at_most x r).
Proof.
  induction l as [|y l IH]; intros s N M; cbn [fold_left].
  - split; [apply at_most_reflexive; exact N | intros x []].
  - assert (Y : y <> S754_nan) by (apply M; left; reflexivity).
    assert (M' : forall x, In x l -> x <> S754_nan) by (intros; apply M; right; assumption).
    destruct (flt s y) eqn:F.
    + destruct (IH y Y M') as [L K]. apply flt_less in F as [F _]. split; [eapply at_most_transitive; eauto|].
      intros x [<-|X]; auto.
    + destruct (IH s N M') as [L K]. apply not_less in F; [|assumption..]. split; [exact L|].
      intros x [<-|X]; [eapply at_most_transitive; eauto | auto].
Qed.

Definition corners (p q : frange) (op : spec_float -> spec_float -> spec_float) : list spec_float :=
  [op (flower p) (flower q); op (flower p) (fupper q); op (fupper p) (flower q); op (fupper p) (fupper q)].

Lemma in_corners : forall p q op nan z,
  (z = S754_nan -> nan = true) ->
  (z <> S754_nan -> Forall (fun c => c <> S754_nan) (corners p q op) ->
   Exists (fun c => at_most c z) (corners p q op) /\ Exists (fun c => at_most z c) (corners p q op)) ->
  in_range_of (float_corners p q op nan) z.
Proof.
  intros p q op nan z N C. unfold float_corners. fold (corners p q op).
  destruct (existsb is_nan (corners p q op)) eqn:E; [apply in_whole|].
  assert (M : forall c, In c (corners p q op) -> c <> S754_nan).
  { intros c X F. subst. assert (existsb is_nan (corners p q op) = true); [|congruence].
    apply existsb_exists. exists S754_nan. auto. }
  destruct (value_of z) as [v|] eqn:V.
  - assert (Z : z <> S754_nan) by (intro; subst; discriminate).
    destruct (C Z ltac:(apply Forall_forall; exact M)) as [L U].
    rewrite in_range_number by exact Z. cbn [flower fupper].
    apply Exists_exists in L as (c & L & CL), U as (d & U & DU).
    destruct (fold_least (corners p q op) (S754_infinity false) ltac:(discriminate) M) as [_ A].
    destruct (fold_greatest (corners p q op) (S754_infinity true) ltac:(discriminate) M) as [_ B].
    split; [exact (at_most_transitive _ _ _ (A c L) CL) | exact (at_most_transitive _ _ _ DU (B d U))].
  - apply nan_has_no_value in V. subst. exact (N eq_refl).
Qed.
