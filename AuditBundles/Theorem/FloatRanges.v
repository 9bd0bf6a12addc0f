(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Ranges of floats: order, inclusion, guards, comparisons that ranges decide, truncation *)

From Coq Require Import ZArith QArith Qpower Lqa Lia Bool List FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules NumberProofs Guards Memory Concretization FloatOrder.
Open Scope Z_scope.

(** ** The order *)

Lemma at_most_below : forall x y, at_most x y <-> exists a b, value_of x = Some a /\ value_of y = Some b /\ below a b.
Proof. exact compared_at_most. Qed.

Lemma fle_at_most : forall x y, fle x y = true <-> at_most x y.
Proof. reflexivity. Qed.

Lemma flt_less : forall x y, flt x y = true <-> at_most x y /\ ~ at_most y x.
Proof.
  intros x y. unfold flt. rewrite compared_less, !at_most_below. split.
  - intros (a & b & V & W & L). split.
    + exists a, b. destruct (below_total a b); [auto|contradiction].
    + intros (c & d & V' & W' & L'). congruence.
  - intros [(a & b & V & W & L) N]. exists a, b. repeat split; auto. intro L'. apply N. exists b, a. auto.
Qed.

Lemma feq_same : forall x y, feq x y = true <-> at_most x y /\ at_most y x.
Proof.
  intros x y. unfold feq. rewrite compared_equal, !at_most_below. split.
  - intros (a & b & V & W & L & M). split; [exists a, b|exists b, a]; auto.
  - intros [(a & b & V & W & L) (c & d & V' & W' & M)]. exists a, b. repeat split; congruence.
Qed.

Lemma at_most_transitive : forall x y z, at_most x y -> at_most y z -> at_most x z.
Proof.
  intros x y z. rewrite !at_most_below. intros (a & b & V & W & L) (c & d & V' & W' & M).
  exists a, d. repeat split; auto. apply below_transitive with b; congruence.
Qed.

Lemma at_most_reflexive : forall x, x <> S754_nan -> at_most x x.
Proof.
  intros x N. apply at_most_below. destruct (number_unless_nan x N) as [a V]. exists a, a.
  repeat split; auto using below_reflexive.
Qed.

Lemma at_most_total : forall x y, x <> S754_nan -> y <> S754_nan -> at_most x y \/ at_most y x.
Proof.
  intros x y N M. rewrite !at_most_below. destruct (number_unless_nan x N) as [a V], (number_unless_nan y M) as [b W].
  destruct (below_total a b); [left|right]; eauto 6.
Qed.

(** Neither is a NaN. *)
Lemma at_most_numbers : forall x y, at_most x y -> x <> S754_nan /\ y <> S754_nan.
Proof. intros x y. rewrite at_most_below. intros (a & b & V & W & _). split; intro E; subst; discriminate. Qed.

(** Of two numbers one is at most the other. *)
Lemma not_at_most : forall x y, x <> S754_nan -> y <> S754_nan -> fle x y = false -> flt y x = true.
Proof.
  intros x y N M E. apply flt_less. destruct (at_most_total x y N M) as [L|L].
  - apply fle_at_most in L. congruence.
  - split; [exact L|]. intro L'. apply fle_at_most in L'. congruence.
Qed.

Lemma not_less : forall x y, x <> S754_nan -> y <> S754_nan -> flt x y = false -> at_most y x.
Proof.
  intros x y N M E. destruct (fle y x) eqn:L; [exact L|]. apply not_at_most in L; congruence.
Qed.

(** ** Membership *)

Lemma in_range_number : forall r x, x <> S754_nan -> (in_range_of r x <-> at_most (flower r) x /\ at_most x (fupper r)).
Proof. intros r x N. destruct x; try reflexivity. congruence. Qed.

Lemma in_range_value : forall r x a, value_of x = Some a ->
  (in_range_of r x <->
   exists l u, value_of (flower r) = Some l /\ value_of (fupper r) = Some u /\ below l a /\ below a u).
Proof.
  intros r x a V. rewrite in_range_number by (intro; subst; discriminate). rewrite !at_most_below. split.
  - intros [(l & b & L & B & H) (c & u & C & U & I)]. exists l, u. repeat split; congruence.
  - intros (l & u & L & U & H & I). split; [exists l, a | exists a, u]; auto.
Qed.

Lemma nan_in_range : forall r, in_range_of r S754_nan <-> may_be_nan r = true.
Proof. reflexivity. Qed.

Lemma number_of_range : forall r x, may_be_nan r = false -> in_range_of r x -> x <> S754_nan.
Proof. intros r x F H E. subst. cbn in H. congruence. Qed.

Theorem in_whole : forall x, in_range_of whole x.
Proof.
  intro x. destruct (value_of x) as [a|] eqn:V.
  - apply (in_range_value _ _ _ V). exists MinusInfinity, PlusInfinity. repeat split; destruct a; exact I.
  - apply nan_has_no_value in V. subst. reflexivity.
Qed.

Theorem in_range_of_itself : forall x,
  in_range_of {| flower := x; fupper := x; may_be_nan := false |} x \/ x = S754_nan.
Proof.
  intro x. destruct (value_of x) as [a|] eqn:V; [left|right; apply nan_has_no_value; exact V].
  apply (in_range_value _ _ _ V). exists a, a. repeat split; auto using below_reflexive.
Qed.

Theorem range_inside_holds : forall r s x, range_inside r s = true -> in_range_of r x -> in_range_of s x.
Proof.
  intros r s x E H. unfold range_inside in E. apply andb_true_iff in E as [E N]. apply andb_true_iff in E as [L U].
  destruct (value_of x) as [a|] eqn:V.
  - assert (x <> S754_nan) by (intro; subst; discriminate). rewrite in_range_number in * by assumption.
    destruct H. split; eapply at_most_transitive; eauto.
  - apply nan_has_no_value in V. subst. cbn in *. rewrite H in N. exact N.
Qed.

(** A float of the initial data. *)
Lemma initial_in_range : forall r x,
  match x with S754_nan => may_be_nan r | _ => fle (flower r) x && fle x (fupper r) end = true -> in_range_of r x.
Proof.
  intros r x E. destruct x as [s|s| |s m e]; try exact E; apply andb_true_iff in E; exact E.
Qed.

(** What the symbolic state says of a value. *)
Lemma range_of_constant : forall g x r l, range_of g (FConstant x) = Some (r, l) -> in_range_of r x.
Proof.
  intros g x r l E. destruct (in_range_of_itself x) as [H|H].
  - destruct x; cbn in E; try (match goal with E : (if ?c then _ else _) = _ |- _ => destruct c end);
      inversion E; subst; solve [exact H | reflexivity].
  - subst. inversion E. reflexivity.
Qed.

Lemma range_of_holds : forall A P C m tagged v g x r l, state_holds A P C m tagged v g ->
  range_of g x = Some (r, l) -> Holds A l -> in_range_of r (float_value v x).
Proof.
  intros A P C m tagged v g [c|s] r l S R L; [eapply range_of_constant; eauto|].
  exact (float_ranges _ _ _ _ _ _ _ S _ _ _ R L).
Qed.

Lemma proper_whole : proper_range whole.
Proof. split; split; cbn; auto; discriminate. Qed.

Lemma range_of_proper : forall g x r l, consistent g -> range_of g x = Some (r, l) -> proper_range r.
Proof.
  intros g [c|s] r l T R; cbn in R; [|eapply (ranges_proper _ T); eauto].
  destruct c; try (inversion R; subst; exact proper_whole);
    match type of R with (if ?v then _ else _) = _ => destruct v eqn:V end; inversion R; subst;
    split; split; auto; discriminate.
Qed.

Lemma in_range_or_whole : forall o x, (forall r l, o = Some (r, l) -> in_range_of r x) ->
  in_range_of (range_or_whole o) x.
Proof. intros [[r l]|] x H; [exact (H r l eq_refl) | apply in_whole]. Qed.

(** ** Guards *)

Definition between (low high : spec_float) : frange := {| flower := low; fupper := high; may_be_nan := false |}.

Lemma between_ends : forall low high x, in_range_of (between low high) x <-> at_most low x /\ at_most x high.
Proof.
  intros low high [s|s| |s m e]; cbn; try tauto. rewrite !at_most_below. cbn.
  split; [congruence | intros [(a & b & _ & F & _) _]; discriminate].
Qed.

Lemma not_empty : forall low high x, in_range_of (between low high) x -> fle low high = true.
Proof. intros low high x H. apply between_ends in H as [L U]. apply fle_at_most. eapply at_most_transitive; eauto. Qed.

Lemma fmin_bounds : forall x y z, at_most z x -> at_most z y -> at_most z (fmin x y).
Proof. intros x y z L M. unfold fmin. destruct (flt x y); assumption. Qed.

Lemma fmax_bounds : forall x y z, at_most x z -> at_most y z -> at_most (fmax x y) z.
Proof. intros x y z L M. unfold fmax. destruct (flt y x); assumption. Qed.

(** [order_ranges] cuts to these. *)
Definition cut_below (p q : frange) : frange := between (flower p) (fmin (fupper p) (fupper q)).
Definition cut_above (p q : frange) : frange := between (fmax (flower p) (flower q)) (fupper q).
Definition cut_both (p q : frange) : frange := between (fmax (flower p) (flower q)) (fmin (fupper p) (fupper q)).

Lemma ordered_in_cut_ranges : forall p q x y,
  in_range_of p x -> in_range_of q y -> at_most x y ->
  in_range_of (cut_below p q) x /\ in_range_of (cut_above p q) y.
Proof.
  intros p q x y H I L. destruct (at_most_numbers _ _ L) as [N M].
  rewrite in_range_number in H, I by assumption. destruct H as [PL PU], I as [QL QU].
  unfold cut_below, cut_above. rewrite !between_ends.
  split; split; auto using fmin_bounds, fmax_bounds; [apply fmin_bounds | apply fmax_bounds];
    eauto using at_most_transitive.
Qed.

Lemma equal_in_cut_range : forall p q x y,
  in_range_of p x -> in_range_of q y -> at_most x y -> at_most y x ->
  in_range_of (cut_both p q) x /\ in_range_of (cut_both p q) y.
Proof.
  intros p q x y H I L K. destruct (at_most_numbers _ _ L) as [N M].
  rewrite in_range_number in H, I by assumption. destruct H as [PL PU], I as [QL QU].
  unfold cut_both. rewrite !between_ends.
  repeat split; (apply fmin_bounds || apply fmax_bounds); eauto using at_most_transitive.
Qed.

(** What [guard_floats] may take for granted. *)
Theorem guarded_ranges : forall c t p q x y,
  in_range_of p x -> in_range_of q y -> compare_floats c x y = t ->
  match c, t with
  | Equal, true | NotEqual, false => in_range_of (cut_both p q) x /\ in_range_of (cut_both p q) y
  | Less, true | LessOrEqual, true => in_range_of (cut_below p q) x /\ in_range_of (cut_above p q) y
  | Less, false | LessOrEqual, false =>
    may_be_nan p = false -> may_be_nan q = false -> in_range_of (cut_below q p) y /\ in_range_of (cut_above q p) x
  | _, _ => True
  end.
Proof.
  intros c t p q x y H I E.
  assert (S : compare_floats Equal x y = true -> in_range_of (cut_both p q) x /\ in_range_of (cut_both p q) y).
  { intro F. apply feq_same in F as [L M]. eauto using equal_in_cut_range. }
  assert (N : may_be_nan p = false -> x <> S754_nan) by eauto using number_of_range.
  assert (M : may_be_nan q = false -> y <> S754_nan) by eauto using number_of_range.
  destruct c, t; auto.
  - apply S. rewrite compared_unequal in E. apply negb_false_iff in E. exact E.
  - apply flt_less in E as [L _]. apply ordered_in_cut_ranges; assumption.
  - intros P Q. apply ordered_in_cut_ranges; try assumption. apply not_less; auto.
  - apply ordered_in_cut_ranges; assumption.
  - intros P Q. apply ordered_in_cut_ranges; try assumption. apply not_at_most in E; auto.
    apply flt_less in E as [L _]. exact L.
Qed.

(** What [guard_floats] does, in these terms. *)
Definition cut_to (g : state) (x : sfloat) (r : frange) (l : label) : state := cut_range g x (flower r) (fupper r) l.

Lemma guard_floats_cuts : forall g c x y t l,
  let p := range_or_whole (range_of g x) in
  let q := range_or_whole (range_of g y) in
  let all := union l (union (label_or_none (range_of g x)) (label_or_none (range_of g y))) in
  guard_floats g c x y t l =
  match c, t with
  | Equal, true | NotEqual, false => cut_to (cut_to g x (cut_both p q) all) y (cut_both p q) all
  | Less, true | LessOrEqual, true => cut_to (cut_to g x (cut_below p q) all) y (cut_above p q) all
  | Less, false | LessOrEqual, false =>
    match range_of g x, range_of g y with
    | Some _, Some _ =>
      if may_be_nan p || may_be_nan q then g else cut_to (cut_to g y (cut_below q p) all) x (cut_above q p) all
    | _, _ => g
    end
  | _, _ => g
  end.
Proof.
  intros g c x y t l. unfold guard_floats. destruct c, t; try reflexivity;
    destruct (range_of g x) as [[p k]|], (range_of g y) as [[q m]|]; reflexivity.
Qed.

(** A range that holds a value is no contradiction. *)
Lemma cut_to_holds : forall g x low high v l, in_range_of (between low high) v ->
  cut_to g x (between low high) l =
  match x with FSymbol s => set_range g s (between low high) l | FConstant _ => g end.
Proof. intros g x low high v l H. unfold cut_to, cut_range. cbn. rewrite (not_empty _ _ _ H). reflexivity. Qed.

(** ** Comparisons that ranges decide *)

(** What [shown_floats] demands of the ranges. *)
Definition ranges_show (c : comparison) (a b : frange) (t : bool) : bool :=
  let numbers := negb (may_be_nan a) && negb (may_be_nan b) in
  match c with
  | Less => if t then numbers && flt (fupper a) (flower b) else fle (fupper b) (flower a)
  | LessOrEqual => if t then numbers && fle (fupper a) (flower b) else flt (fupper b) (flower a)
  | Equal | NotEqual =>
    if Bool.eqb t (match c with Equal => true | _ => false end)
    then numbers && feq (flower a) (fupper a) && feq (flower b) (fupper b) && feq (flower a) (flower b)
    else flt (fupper a) (flower b) || flt (fupper b) (flower a)
  end.

Lemma apart : forall p q x y, in_range_of p x -> in_range_of q y -> flt (fupper p) (flower q) = true -> ~ at_most y x.
Proof.
  intros p q x y H I E L. destruct (at_most_numbers _ _ L) as [N M]. apply flt_less in E as [_ E]. apply E.
  rewrite in_range_number in H, I by assumption. destruct H as [PL PU], I as [QL QU].
  eauto using at_most_transitive.
Qed.

Lemma in_order : forall p q x y, x <> S754_nan -> y <> S754_nan ->
  in_range_of p x -> in_range_of q y -> at_most (fupper p) (flower q) -> at_most x y.
Proof.
  intros p q x y N M H I L. rewrite in_range_number in H, I by assumption. destruct H, I.
  eauto using at_most_transitive.
Qed.

Theorem shown_comparison : forall c t p q x y,
  in_range_of p x -> in_range_of q y -> ranges_show c p q t = true -> compare_floats c x y = t.
Proof.
  intros c t p q x y H I E.
  assert (N : negb (may_be_nan p) && negb (may_be_nan q) = true -> x <> S754_nan /\ y <> S754_nan).
  { intro F. apply andb_true_iff in F as [F G]. apply negb_true_iff in F, G. eauto using number_of_range. }
  assert (Y : forall F,
    negb (may_be_nan p) && negb (may_be_nan q) && feq (flower p) (fupper p) && feq (flower q) (fupper q) &&
    feq (flower p) (flower q) = F -> F = true -> feq x y = true).
  { intros F <- G. apply andb_true_iff in G as [G E3]. apply andb_true_iff in G as [G E2].
    apply andb_true_iff in G as [G E1].
    destruct (N G) as [N1 N2]. rewrite in_range_number in H, I by assumption.
    apply feq_same in E1 as [], E2 as [], E3 as []. apply feq_same.
    destruct H, I. split; eauto 6 using at_most_transitive. }
  assert (Z : flt (fupper p) (flower q) || flt (fupper q) (flower p) = true -> feq x y = false).
  { intro F. destruct (feq x y) eqn:G; [|reflexivity]. apply feq_same in G as [L M]. apply orb_true_iff in F as [F|F].
    - destruct (apart _ _ _ _ H I F M).
    - destruct (apart _ _ _ _ I H F L). }
  destruct c; cbn [ranges_show] in E.
  - destruct t; cbn [Bool.eqb] in E; [apply (Y _ eq_refl E) | apply (Z E)].
  - rewrite compared_unequal. destruct t; cbn [Bool.eqb] in E;
      [apply negb_true_iff, (Z E) | apply negb_false_iff, (Y _ eq_refl E)].
  - destruct t.
    + apply andb_true_iff in E as [F E]. destruct (N F) as [N1 N2]. pose proof (apart _ _ _ _ H I E).
      apply flt_less. split; [|assumption]. destruct (at_most_total x y N1 N2); [assumption|contradiction].
    + destruct (compare_floats Less x y) eqn:G; [|reflexivity]. apply flt_less in G as [L M].
      destruct (at_most_numbers _ _ L) as [N1 N2]. destruct M. apply (in_order q p); assumption.
  - destruct t.
    + apply andb_true_iff in E as [F E]. destruct (N F) as [N1 N2]. apply (in_order p q); assumption.
    + destruct (compare_floats LessOrEqual x y) eqn:G; [|reflexivity]. destruct (apart _ _ _ _ I H E G).
Qed.

Theorem shown_floats_true : forall g c x y t s l s' e v,
  shown_floats g c x y t s = Some (l, s', e) ->
  (forall r k, range_of g x = Some (r, k) -> in_range_of r (float_value v x)) ->
  (forall r k, range_of g y = Some (r, k) -> in_range_of r (float_value v y)) ->
  l = union (label_or_none (range_of g x)) (label_or_none (range_of g y)) /\
  compare_floats c (float_value v x) (float_value v y) = t.
Proof.
  intros g c x y t s l s' e v H I J. unfold shown_floats in H.
  apply bind_inv in H as (a & s1 & e1 & e2 & D & H & _). apply ret_inv in H as (<- & _ & _).
  apply demand_inv in D as (D & _ & _). split; [reflexivity|].
  eapply shown_comparison; [apply in_range_or_whole, I | apply in_range_or_whole, J | exact D].
Qed.

(** ** Truncation *)

Lemma truncate_magnitude : forall m e, exists n,
  truncate (S754_finite false m e) = Some n /\ truncate (S754_finite true m e) = Some (- n) /\
  0 <= n /\ (inject_Z n <= inject_Z (Zpos m) * two e)%Q /\ (inject_Z (Zpos m) * two e < inject_Z (n + 1))%Q.
Proof.
  intros m e. unfold truncate. cbn zeta. destruct (Z.leb_spec 0 e).
  - exists (Zpos m * 2 ^ e). pose proof (Z.pow_pos_nonneg 2 e).
    repeat split; try lia; rewrite two_integer, <- inject_Z_mult by assumption; [apply Qle_refl|].
    rewrite <- Zlt_Qlt. lia.
  - exists (Zpos m / 2 ^ (- e)). pose proof (Z.pow_pos_nonneg 2 (- e)).
    assert (T : (two e * inject_Z (2 ^ (- e)) == 1)%Q).
    { rewrite <- two_integer by lia. rewrite <- two_plus. replace (e + - e) with 0 by lia. reflexivity. }
    pose proof (two_positive e) as P. pose proof (Z.div_pos (Zpos m) (2 ^ (- e))).
    pose proof (Z.mul_div_le (Zpos m) (2 ^ (- e))). pose proof (Z.mul_succ_div_gt (Zpos m) (2 ^ (- e))).
    assert (S : forall k, (inject_Z k == inject_Z (2 ^ (- e) * k) * two e)%Q).
    { intro k. rewrite inject_Z_mult.
      transitivity (inject_Z k * (two e * inject_Z (2 ^ (- e))))%Q; [rewrite T; ring | ring]. }
    repeat split; try lia.
    + rewrite S. apply Qmult_le_compat_r; [|apply Qlt_le_weak; exact P]. rewrite <- Zle_Qle. lia.
    + rewrite (S (_ + 1)). apply Qmult_lt_r; [exact P|]. rewrite <- Zlt_Qlt. lia.
Qed.

(** The truncated number lies between 0 and the number, less than 1 from it. *)
Lemma truncated : forall x n, truncate x = Some n ->
  exists q, value_of x = Some (Number q) /\
    ((0 <= n /\ (inject_Z n <= q)%Q /\ (q < inject_Z (n + 1))%Q) \/
     (n <= 0 /\ (q <= inject_Z n)%Q /\ (inject_Z (n - 1) < q)%Q)).
Proof.
  intros [s|s| |s m e] n E; try discriminate.
  - inversion E; subst. exists 0%Q. split; [reflexivity|]. left. repeat split; [lia | apply Qle_refl].
  - destruct (truncate_magnitude m e) as (k & P & N & K & L & U). eexists. split; [reflexivity|].
    destruct s; cbn [cond_Zopp].
    + rewrite N in E. inversion E; subst. right. rewrite finite_negative.
      replace (- k - 1) with (- (k + 1)) by lia. rewrite !inject_Z_opp. repeat split; [lia|lra|lra].
    + rewrite P in E. inversion E; subst. left. repeat split; assumption.
Qed.

Lemma truncate_monotone : forall x y n k,
  truncate x = Some n -> truncate y = Some k -> at_most x y -> n <= k.
Proof.
  intros x y n k E F L. apply at_most_below in L as (a & b & V & W & L).
  destruct (truncated x n E) as (p & V' & P), (truncated y k F) as (q & W' & Q).
  rewrite V in V'. rewrite W in W'. inversion V'; inversion W'; subst. cbn in L.
  destruct P as [(P1 & P2 & P3)|(P1 & P2 & P3)], Q as [(Q1 & Q2 & Q3)|(Q1 & Q2 & Q3)]; try lia.
  - assert (H : (inject_Z n < inject_Z (k + 1))%Q) by lra. rewrite <- Zlt_Qlt in H. lia.
  - assert (H : (inject_Z n <= inject_Z k)%Q) by lra. rewrite <- Zle_Qle in H. lia.
  - assert (H : (inject_Z (n - 1) < inject_Z k)%Q) by lra. rewrite <- Zlt_Qlt in H. lia.
Qed.

Theorem truncate_in_range : forall p x low high,
  may_be_nan p = false -> in_range_of p x -> truncate (flower p) = Some low -> truncate (fupper p) = Some high ->
  exists n, truncate x = Some n /\ low <= n <= high.
Proof.
  intros p x low high N H L U. pose proof (number_of_range _ _ N H) as M. rewrite in_range_number in H by exact M.
  destruct H as [A B].
  assert (T : exists n, truncate x = Some n).
  { destruct x as [s|s| |s m e]; try solve [eexists; reflexivity]; [|congruence].
    rewrite at_most_below in A, B. destruct A as (a & b & V & W & A), B as (b' & c & W' & V' & B).
    destruct (truncated _ _ L) as (p1 & V1 & _), (truncated _ _ U) as (p2 & V2 & _).
    rewrite V in V1. rewrite V' in V2. inversion V1; inversion V2; inversion W; inversion W'; subst.
    destruct s; cbn in *; contradiction. }
  destruct T as [n T]. exists n. split; [exact T|]. split; eauto using truncate_monotone.
Qed.
