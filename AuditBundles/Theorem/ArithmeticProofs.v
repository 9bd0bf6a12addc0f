(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Arithmetic: its obligations hold where they are claimed, and behind it the result has its value *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers NumberProofs DerivationProofs IntegerProofs.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Arithmetic.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Notation known := (known A).
Notation gives := (gives A).
Notation onward := (onward A).
Variable X : context.

(** No event says that the obligation is unproved, and the labels of all its claims hold. *)
Definition upheld (o : positive) (e : list event) : Prop :=
  (forall l, In (Claimed o l) e -> Holds l) /\ ~ In (Unproved o) e.

Lemma upheld_app : forall o a b, upheld o (a ++ b) -> upheld o a /\ upheld o b.
Proof.
  intros o a b [C U]. split; split; try (intros l I; apply C; apply in_or_app; auto);
    intro I; apply U; apply in_or_app; auto.
Qed.

Lemma read_claim_inv : forall site k s c s' e,
  read_claim X site k s = Some (c, s', e) ->
  obligation_number X (the_function X) site k = Some (obligation_of c) /\
  (is_claimed c = true -> alarm c = []) /\ (is_claimed c = false -> In (Unproved (obligation_of c)) e).
Proof.
  intros site k s c s' e H. unfold read_claim in H. monad. cbn.
  split; [auto|]. destruct x0; cbn; split; intro F; try discriminate; auto.
  repeat (rewrite !in_app_iff; cbn). tauto.
Qed.

Lemma settle_inv : forall c l s u s' e, settle c l s = Some (u, s', e) -> is_claimed c = true ->
  e = [Claimed (obligation_of c) l].
Proof. intros c l s u s' e H C. unfold settle in H. rewrite C in H. monad. reflexivity. Qed.

(** *** A bounded result *)

Lemma bounded_claims : forall v0 g f t c z s h s' e,
  proper t -> known v0 g -> is_value v0 g f z -> is_claimed c = true ->
  bounded g f t c s = Some (h, s', e) -> (forall l, In (Claimed (obligation_of c) l) e -> Holds l) -> in_itype t z.
Proof.
  intros v0 g f t c z s h s' e P K V C H L. unfold bounded in H. rewrite C in H. monad.
  match goal with S : settle _ _ _ = Some _ |- _ => apply settle_inv in S; auto; subst end.
  assert (LL : Holds (union (label_of x) (label_of x0))).
  { apply L. repeat (rewrite !in_app_iff; cbn). tauto. }
  apply union_holds in LL as [LU LD].
  match goal with U : upper_bound _ _ _ = Some _ |- _ =>
    pose proof (upper_value A _ _ K _ _ _ _ _ _ V U LU) as UP;
    pose proof (proj1 (upper_bound_holds A v0 _ (known_here A _ _ K) _ _ _ _ _ U LU)) as NC; rename U into UB end.
  match goal with U : lower_bound _ _ _ = Some _ |- _ => pose proof (lower_value A _ _ K _ _ _ _ _ _ V U LD) as LO end.
  match goal with D : demand_in _ _ _ _ = Some _ |- _ =>
    exact (demanded_in _ _ _ _ _ _ _ _ _ _ _ _ _ P UB NC D (conj LO UP)) end.
Qed.

Lemma bounded_onward : forall v0 g f t c z s h s' e,
  known v0 g -> is_value v0 g f z -> in_itype t z -> bounded g f t c s = Some (h, s', e) -> onward v0 g v0 h.
Proof.
  intros v0 g f t c z s h s' e K V I H. unfold bounded in H. destruct (is_claimed c); monad.
  - apply onward_refl. auto.
  - eapply onward_bounds; eauto. intros _. apply type_range_in. auto.
Qed.

(** *** Sums: the form, or a fresh symbol where its numbers leave 128 bits *)

Lemma or_fresh_gives : forall v0 g (f : option form) z h k,
  known v0 g -> (forall p, f = Some p -> is_value v0 g p z) -> or_fresh g f = (h, k) -> gives v0 g h k z.
Proof.
  intros v0 g [f|] z h k K V E; cbn in E.
  - inversion E; subst. exists v0. split; [apply onward_refl; auto|auto].
  - pose proof (fresh_gives A v0 g z K) as F. cbn in F. inversion E; subst. exact F.
Qed.

Lemma add_value : forall v0 g a b x y p, is_value v0 g a x -> is_value v0 g b y -> add a b = Some p ->
  is_value v0 g p (x + y).
Proof. intros v0 g a b x y p VA VB E v AG. rewrite (add_eval v _ _ _ E), (VA v AG), (VB v AG). reflexivity. Qed.
Lemma subtract_value : forall v0 g a b x y p, is_value v0 g a x -> is_value v0 g b y -> subtract a b = Some p ->
  is_value v0 g p (x - y).
Proof. intros v0 g a b x y p VA VB E v AG. rewrite (subtract_eval v _ _ _ E), (VA v AG), (VB v AG). reflexivity. Qed.
Lemma scaled_value : forall v0 g a x k p, is_value v0 g a x -> scaled a k = Some p -> is_value v0 g p (k * x).
Proof. intros v0 g a x k p VA E v AG. rewrite (scaled_eval v _ _ _ E), (VA v AG). reflexivity. Qed.
Lemma gap_value : forall v0 g a b x y p, is_value v0 g a x -> is_value v0 g b y -> gap a b = Some p ->
  is_value v0 g p (x - y).
Proof. intros v0 g a b x y p VA VB E v AG. rewrite (gap_eval v _ _ _ E), (VA v AG), (VB v AG). reflexivity. Qed.
Lemma constant_value : forall v0 g a x, is_constant a = true -> is_value v0 g a x -> x = snd a.
Proof. intros v0 g a x C V. rewrite <- (V v0 (agree_refl _ _)). apply is_constant_eval. auto. Qed.
Lemma fresh_integer_gives : forall v0 g z h f, known v0 g -> fresh_integer g = (h, f) -> gives v0 g h f z.
Proof. intros v0 g z h f K E. pose proof (fresh_gives A v0 g z K) as F. rewrite E in F. exact F. Qed.

(** *** Boxes *)

Definition in_box (b : box) (x y : Z) : Prop := a_lower b <= x <= a_upper b /\ b_lower b <= y <= b_upper b.

Lemma read_box_holds : forall v0 g a b x y s r s' e,
  known v0 g -> is_value v0 g a x -> is_value v0 g b y ->
  read_box g a b s = Some (r, s', e) -> Holds (box_label r) -> in_box r x y.
Proof.
  intros v0 g a b x y s r s' e K VA VB H L. unfold read_box in H. monad. cbn in *.
  repeat match goal with L : Holds (union _ _) |- _ => apply union_holds in L as [? ?] end.
  unfold in_box. cbn.
  repeat match goal with
  | U : finite_upper g a _ = Some _ |- _ => eapply (finite_upper_value A _ _ K _ _ _ _ _ _ VA) in U; [|assumption]
  | U : finite_lower g a _ = Some _ |- _ => eapply (finite_lower_value A _ _ K _ _ _ _ _ _ VA) in U; [|assumption]
  | U : finite_upper g b _ = Some _ |- _ => eapply (finite_upper_value A _ _ K _ _ _ _ _ _ VB) in U; [|assumption]
  | U : finite_lower g b _ = Some _ |- _ => eapply (finite_lower_value A _ _ K _ _ _ _ _ _ VB) in U; [|assumption]
  end. lia.
Qed.

(** A function that lies between its corners on a box. *)
Definition cornered (f : Z -> Z -> Z) (b : box) : Prop :=
  forall x y, in_box b x y ->
  let c := f (a_lower b) (b_lower b) in let d := f (a_lower b) (b_upper b) in
  let e := f (a_upper b) (b_lower b) in let g := f (a_upper b) (b_upper b) in
  least4 c d e g <= f x y <= most4 c d e g.

Lemma corners_hold : forall f op b x y s r s' e,
  cornered f b -> in_box b x y ->
  (forall m n s p s' e, op m n s = Some (p, s', e) -> p = f m n) ->
  corners b op s = Some (r, s', e) -> In_bounds r (f x y).
Proof.
  intros f op b x y s r s' e C I F H. unfold corners in H. monad.
  repeat match goal with O : op _ _ _ = Some _ |- _ => apply F in O; subst end.
  unfold In_bounds. cbn. specialize (C x y I). cbn in C. lia.
Qed.

Lemma product_between : forall p q x y, p <= x <= q -> Z.min (p * y) (q * y) <= x * y <= Z.max (p * y) (q * y).
Proof.
  intros p q x y H. destruct (Z_le_gt_dec 0 y).
  - assert (p * y <= x * y) by (apply Z.mul_le_mono_nonneg_r; lia).
    assert (x * y <= q * y) by (apply Z.mul_le_mono_nonneg_r; lia). lia.
  - assert (x * y <= p * y) by (apply Z.mul_le_mono_nonpos_r; lia).
    assert (q * y <= x * y) by (apply Z.mul_le_mono_nonpos_r; lia). lia.
Qed.

Lemma product_cornered : forall b, cornered Z.mul b.
Proof.
  intros b x y [X0 Y]. cbn. unfold least4, most4.
  pose proof (product_between _ _ _ y X0) as Q.
  pose proof (product_between _ _ _ (a_lower b) Y) as R. pose proof (product_between _ _ _ (a_upper b) Y) as S.
  rewrite !(Z.mul_comm _ (a_lower b)), ?(Z.mul_comm _ (a_upper b)) in *. lia.
Qed.

(** *** multiply *)

Lemma multiplied_gives : forall v0 g a b x y s h f s' e,
  known v0 g -> is_value v0 g a x -> is_value v0 g b y ->
  multiplied g a b s = Some ((h, f), s', e) -> gives v0 g h f (x * y).
Proof.
  intros v0 g a b x y s h f s' e K VA VB H. unfold multiplied in H. monad.
  destruct (x0 =? 0) eqn:M0.
  { monad. match goal with E : (_, _) = (_, _) |- _ => inversion E; subst; clear E end.
    exists v0. split; [apply onward_refl; auto|].
    destruct (is_constant a) eqn:C; monad.
    - rewrite (constant_value _ _ _ _ C VA). eapply scaled_value; eauto.
    - match goal with C : is_constant b = true |- _ => rewrite (constant_value _ _ _ _ C VB) end.
      rewrite Z.mul_comm. eapply scaled_value; eauto. }
  destruct (x0 =? 1) eqn:M1.
  { monad. match goal with E : _ = (h, f) |- _ => rename E into EQ | E : (h, f) = _ |- _ => symmetry in E;
      rename E into EQ end.
    eapply fresh_bounded_gives; [exact K| |exact EQ]. intro L.
    eapply (corners_hold Z.mul); [apply product_cornered|eapply read_box_holds; eauto| |eassumption].
    intros m n ? p ? ? P. unfold product in P. monad. reflexivity. }
  destruct (x0 =? 2) eqn:M2.
  { monad. match goal with E : _ = (h, f) |- _ => rename E into EQ | E : (h, f) = _ |- _ => symmetry in E;
      rename E into EQ end.
    eapply fresh_integer_gives; eauto. }
  destruct ((x0 =? 3) || (x0 =? 4))%bool; [|discriminate].
  assert (W : forall factor other p q, is_value v0 g factor p -> is_value v0 g other q -> q * p = x * y ->
    forall t0 t2 e2, (let* high := finite_upper g factor in
     let* low := finite_lower g factor in
     demand (bound high =? bound low) ;;
     let* f := lift (scaled other (bound high)) in
     ret (labelled g f (union (label_of high) (label_of low)))) t0 = Some ((h, f), t2, e2) -> gives v0 g h f (x * y)) by
  (clear H; intros factor other p q VP VQ EQ t0 t2 e2 H; monad;
   match goal with E : _ = (h, f) |- _ => rename E into EL | E : (h, f) = _ |- _ => symmetry in E; rename E into EL end;
   eapply labelled_gives; [exact K| |exact EL]; intro L; apply union_holds in L as [LU LL];
   match goal with U : finite_upper _ _ _ = Some _ |- _ => eapply (finite_upper_value A _ _ K _ _ _ _ _ _ VP) in U;
     [|assumption] end;
   match goal with U : finite_lower _ _ _ = Some _ |- _ => eapply (finite_lower_value A _ _ K _ _ _ _ _ _ VP) in U;
     [|assumption] end;
   rewrite <- EQ, Z.mul_comm;
   match goal with S : scaled _ (bound ?d) = Some _ |- _ => replace p with (bound d) by lia end;
     eapply scaled_value; eauto).
  destruct (x0 =? 3); [eapply (W b a y x)|eapply (W a b x y)]; eauto; lia.
Qed.

(** *** Truncated quotients *)

Lemma quot_between : forall p q x y, y <> 0 -> p <= x <= q ->
  Z.min (Z.quot p y) (Z.quot q y) <= Z.quot x y <= Z.max (Z.quot p y) (Z.quot q y).
Proof.
  intros p q x y N H. destruct (Z_lt_le_dec 0 y) as [P|P].
  - assert (Z.quot p y <= Z.quot x y) by (apply Z.quot_le_mono; lia).
    assert (Z.quot x y <= Z.quot q y) by (apply Z.quot_le_mono; lia). lia.
  - assert (E : forall n, Z.quot n y = - Z.quot n (- y)).
    { intro n. rewrite Z.quot_opp_r by lia. lia. }
    rewrite !E.
    assert (Z.quot p (- y) <= Z.quot x (- y)) by (apply Z.quot_le_mono; lia).
    assert (Z.quot x (- y) <= Z.quot q (- y)) by (apply Z.quot_le_mono; lia). lia.
Qed.

Lemma quot_between_positive : forall l u x y, 0 < l -> l <= y <= u ->
  Z.min (Z.quot x l) (Z.quot x u) <= Z.quot x y <= Z.max (Z.quot x l) (Z.quot x u).
Proof.
  intros l u x y P H.
  assert (N : forall n, 0 <= n -> Z.quot n u <= Z.quot n y <= Z.quot n l).
  { intros n L. split; apply Z.quot_le_compat_l; lia. }
  destruct (Z_le_gt_dec 0 x); [pose proof (N x); lia|].
  pose proof (N (- x)) as M. rewrite !Z.quot_opp_l in M by lia. lia.
Qed.

Lemma quot_between_divisors : forall l u x y, 0 < l \/ u < 0 -> l <= y <= u ->
  Z.min (Z.quot x l) (Z.quot x u) <= Z.quot x y <= Z.max (Z.quot x l) (Z.quot x u).
Proof.
  intros l u x y [P|P] H; [apply quot_between_positive; auto|].
  pose proof (quot_between_positive (- u) (- l) (- x) (- y)) as Q.
  rewrite !Z.quot_opp_opp in Q by lia. lia.
Qed.

Lemma quot_cornered : forall b, 0 < b_lower b \/ b_upper b < 0 -> cornered Z.quot b.
Proof.
  intros b S x y [X0 Y]. cbn. unfold least4, most4.
  assert (y <> 0) by lia.
  pose proof (quot_between _ _ _ y H X0) as Q.
  pose proof (quot_between_divisors _ _ (a_lower b) y S Y) as R.
  pose proof (quot_between_divisors _ _ (a_upper b) y S Y) as T. lia.
Qed.

Lemma quotient_inv : forall m n s p s' e, quotient m n s = Some (p, s', e) -> p = Z.quot m n.
Proof. intros m n s p s' e H. unfold quotient in H. destruct (n =? 0); [discriminate|]. monad. reflexivity. Qed.

Lemma quotients_of_hold : forall b l u x y s r s' e,
  0 < l \/ u < 0 -> a_lower b <= x <= a_upper b -> l <= y <= u ->
  quotients_of b l u s = Some (r, s', e) -> exists k, r = Some k /\ In_bounds k (Z.quot x y).
Proof.
  intros b l u x y s r s' e S X0 Y H. unfold quotients_of in H.
  destruct (l <=? u) eqn:L; [|booleans; lia]. monad. eexists. split; [reflexivity|].
  match goal with C : corners ?box _ _ = Some _ |- _ =>
    apply (corners_hold Z.quot _ box x y _ _ _ _ (quot_cornered box S) (conj X0 Y) quotient_inv C) end.
Qed.

Lemma quotients_hold : forall b x y s r s' e,
  in_box b x y -> y <> 0 -> quotients b s = Some (r, s', e) -> In_bounds r (Z.quot x y).
Proof.
  intros b x y s r s' e [X0 Y] N H. unfold quotients in H.
  destruct (divisor_may_be_zero b) eqn:D.
  - monad. destruct (Z_lt_le_dec 0 y).
    + match goal with P : quotients_of b 1 _ _ = Some _ |- _ =>
        eapply (quotients_of_hold b 1 _ x y) in P as (k & -> & K); [|lia|exact X0|lia] end.
      destruct x1; monad; auto using hull_in.
    + match goal with P : quotients_of b _ (-1) _ = Some _ |- _ =>
        eapply (quotients_of_hold b _ (-1) x y) in P as (k & -> & K); [|lia|exact X0|lia] end.
      destruct x0; monad; auto using hull_in.
  - monad. unfold divisor_may_be_zero in D. apply andb_false_iff in D.
    match goal with P : quotients_of b _ _ _ = Some _ |- _ =>
      eapply (quotients_of_hold b _ _ x y) in P as (k & E & K); [|destruct D; booleans; lia|exact X0|exact Y] end.
    inversion E; subst. exact K.
Qed.

(** *** Divisors that are not 0 *)

Lemma nonzero_onward : forall v0 g b y site s h l s' e,
  known v0 g -> is_value v0 g b y -> y <> 0 -> nonzero X g b site s = Some ((h, l), s', e) -> onward v0 g v0 h.
Proof.
  intros v0 g b y site s h l s' e K V N H. unfold nonzero in H. monad. destruct (is_claimed x); monad;
    match goal with E : (_, _) = (_, _) |- _ => inversion E; subst; clear E end.
  - apply onward_refl. auto.
  - eapply onward_exclusion; eauto. intros _. lia.
Qed.

Lemma nonzero_claims : forall v0 g b y site o s h l s' e,
  known v0 g -> is_value v0 g b y -> obligation_number X (the_function X) site DivisionByZero = Some o ->
  nonzero X g b site s = Some ((h, l), s', e) -> upheld o e -> y <> 0.
Proof.
  intros v0 g b y site o s h l s' e K V N H U. unfold nonzero in H. monad.
  match goal with R : read_claim _ _ _ _ = Some _ |- _ => apply read_claim_inv in R as (E & _ & F) end.
  rewrite N in E. inversion E; subst o. clear E.
  destruct (is_claimed x) eqn:C; [|exfalso; destruct U as [_ U]; apply U; apply in_or_app; auto].
  monad. match goal with S : settle _ _ _ = Some _ |- _ => apply settle_inv in S; auto; subst end.
  match goal with E : (_, _) = (_, _) |- _ => inversion E; subst; clear E end.
  assert (LL : Holds l) by (apply (proj1 U); repeat (rewrite !in_app_iff; cbn); tauto).
  clear U F. pose proof (known_here A _ _ K) as G.
  destruct (x0 =? 0); [|destruct (x0 =? 1); [|destruct (x0 =? 2); [|destruct (x0 =? 3); [|destruct (x0 =? 4)]]]].
  - monad. match goal with D : lower_bound _ _ _ = Some _ |- _ =>
      eapply (lower_value A _ _ K _ _ _ _ _ _ V) in D; [|exact LL] end. lia.
  - monad. match goal with D : upper_bound _ _ _ = Some _ |- _ =>
      eapply (upper_value A _ _ K _ _ _ _ _ _ V) in D; [|exact LL] end. lia.
  - monad. match goal with D : exclusion_of_zero _ _ _ _ = Some _ |- _ =>
      eapply (exclusion_of_zero_holds A _ _ G) in D; [|exact LL] end. rewrite <- (value_here _ _ _ _ V). auto.
  - monad. match goal with D : is_constant b = true |- _ => rewrite (constant_value _ _ _ _ D V) end.
    booleans. auto.
  - monad. destruct x1 as [[m r] l']. monad.
    match goal with D : congruence _ _ _ = Some _ |- _ =>
      eapply (congruence_holds_of A _ _ G) in D as (M & R & DIV); [|exact LL] end.
    rewrite (value_here _ _ _ _ V) in DIV. booleans.
    intros ->. destruct DIV as [q Q]. assert (r = - (q * m)) by lia. assert (q = 0) by nia. nia.
  - discriminate.
Qed.

End Arithmetic.
