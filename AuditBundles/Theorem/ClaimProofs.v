(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Claims: that demands hold where the events uphold their obligations; those of arithmetic *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs BitProofs DivisionProofs
  OperatorProofs.
From AICheck Require Import Invariant.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Claims.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Notation known := (known A).
Notation gives := (gives A).
Notation onward := (onward A).
Variable X : context.
Notation claims_hold := (claims_hold A X).
Notation upheld := (upheld A).

(** ** Lists of demands *)

(** The obligation exists, and an event speaks of it. *)
Definition spoken (site : id) (k : kind) (e : list event) : Prop :=
  exists o, obligation_number X (the_function X) site k = Some o /\ Exists (about_obligation o) e.
(** The events do not uphold the obligation unless the demand holds. *)
Definition shown (site : id) (k : kind) (D : Prop) (e : list event) : Prop :=
  forall o, obligation_number X (the_function X) site k = Some o -> upheld o e -> D.

Lemma claims_none : forall site e, claims_hold site [] e.
Proof. intros. split; [intros k []|]. intros k o V. inversion V. Qed.

Lemma claims_cons : forall site k (D : Prop) l e, spoken site k e -> shown site k D e ->
  (forall q, In q (map fst l) -> spoken site q e) ->
  (D -> forall q o, violated l q -> obligation_number X (the_function X) site q = Some o -> ~ upheld o e) ->
  claims_hold site ((k, D) :: l) e.
Proof.
  intros site k D l e SP SH SL L. split.
  - intros q [<-|I]; [exact SP|apply SL; exact I].
  - intros q o V N U. inversion V; subst.
    + match goal with F : ~ _ |- _ => exact (F (SH _ N U)) end.
    + match goal with D' : D, F : violated _ _ |- _ => exact (L D' _ _ F N U) end.
Qed.

Lemma claims_one : forall site k (D : Prop) e, spoken site k e -> shown site k D e -> claims_hold site [(k, D)] e.
Proof. intros site k D e SP SH. apply claims_cons; auto; [intros q []|]. intros _ q o V. inversion V. Qed.

Lemma claims_two : forall site k (D : Prop) k' (D' : Prop) e, spoken site k e -> shown site k D e ->
  spoken site k' e -> (D -> shown site k' D' e) -> claims_hold site [(k, D); (k', D')] e.
Proof.
  intros site k D k' D' e SP SH SP' SH'. apply claims_cons; auto; [intros q [<-|[]]; exact SP'|].
  intros d q o V N U. inversion V; subst.
  - match goal with F : ~ _ |- _ => exact (F (SH' d _ N U)) end.
  - match goal with F : violated [] _ |- _ => inversion F end.
Qed.

Lemma spoken_app : forall site k a b, spoken site k a \/ spoken site k b -> spoken site k (a ++ b).
Proof. intros site k a b [(o & N & E)|(o & N & E)]; exists o; split; auto; apply Exists_app; auto. Qed.

Lemma shown_app : forall site k D a b, shown site k D a \/ shown site k D b -> shown site k D (a ++ b).
Proof. intros site k D a b [S|S] o N U; apply upheld_app in U as [U1 U2]; eapply S; eauto. Qed.

Lemma claims_app : forall site d a b, claims_hold site d a \/ claims_hold site d b -> claims_hold site d (a ++ b).
Proof.
  intros site d a b [[SP SH]|[SP SH]]; (split; [intros k I; apply spoken_app; specialize (SP k I); auto|]);
    intros k o V N U; apply upheld_app in U as [U1 U2]; eapply SH; eauto.
Qed.

(** ** Claims that are read *)

Lemma read_claim_spoken : forall site k s c s' e, read_claim X site k s = Some (c, s', e) -> spoken site k e.
Proof.
  intros site k s c s' e H. unfold read_claim in H. monad. eexists. split; [eassumption|].
  repeat rewrite Exists_app. right. right. left. apply Exists_cons_hd. destruct x0; reflexivity.
Qed.

(** What must be shown of a claim: the rest of the events, if it is claimed. *)
Lemma claim_shown : forall site k (D : Prop) s c s1 e1 e2, read_claim X site k s = Some (c, s1, e1) ->
  (is_claimed c = true -> (forall l, In (Claimed (obligation_of c) l) e2 -> Holds l) -> D) -> shown site k D (e1 ++ e2).
Proof.
  intros site k D s c s1 e1 e2 R I o N U. apply upheld_app in U as [U1 U2].
  apply (read_claim_inv A) in R as (E & _ & F).
  rewrite N in E. injection E as ->. destruct (is_claimed c) eqn:K; [apply I; [reflexivity|apply (proj1 U2)]|].
  exfalso. apply (proj2 U1). apply F. reflexivity.
Qed.

Lemma bind_some : forall {T U} (m : M T) (f : T -> M U) s a s1 e1 b s2 e2,
  m s = Some (a, s1, e1) -> f a s1 = Some (b, s2, e2) -> bind m f s = Some (b, s2, e1 ++ e2).
Proof. intros T U m f s a s1 e1 b s2 e2 H K. unfold bind. rewrite H, K. destruct e1; reflexivity. Qed.

(** ** Bounded results *)

Lemma bounded_shown : forall v0 g h f t c z site s s1 e1 k s' e2, proper t -> gives v0 g h f z ->
  read_claim X site SignedOverflow s = Some (c, s1, e1) -> bounded h f t c s1 = Some (k, s', e2) ->
  shown site SignedOverflow (in_itype t z) (e1 ++ e2).
Proof.
  intros v0 g h f t c z site s s1 e1 k s' e2 PT (u & O & V) R B. eapply claim_shown; eauto. intros CL HL.
  eapply bounded_claims; eauto. apply (step_known _ _ _ _ _ O).
Qed.

Lemma settled_claims : forall v0 g h f z t site s k r s' e, proper t -> gives v0 g h f z ->
  settled X h f t site s = Some ((k, r), s', e) ->
  claims_hold site (if signed t then [(SignedOverflow, in_itype t z)] else []) e.
Proof.
  intros v0 g h f z t site s k r s' e PT G S. unfold settled in S. destruct (signed t); [|apply claims_none].
  apply bind_inv in S as (c & s1 & e1 & e2 & R & S & ->). apply bind_inv in S as (k' & s2 & e3 & e4 & B & S & ->).
  apply claims_one; [apply spoken_app; left; eapply read_claim_spoken; eauto|]. rewrite app_assoc. apply shown_app.
  left.
  eapply bounded_shown; eauto.
Qed.

(** ** Quotients *)

Definition unsigned_of (t : itype) : itype := {| bits := bits t; signed := false |}.

(** A signed quotient is the unsigned rule's, and then bounded. *)
Lemma divided_split : forall g a b t site s h f s' e, signed t = true ->
  divided X g a b t site s = Some ((h, f), s', e) ->
  exists g1 s1 e1 c s2 e2 e3, divided X g a b (unsigned_of t) site s = Some ((g1, f), s1, e1) /\
    read_claim X site SignedOverflow s1 = Some (c, s2, e2) /\ bounded g1 f t c s2 = Some (h, s', e3) /\
      e = e1 ++ e2 ++ e3.
Proof.
  intros g a b t site s h f s' e S H. unfold divided in H.
  apply bind_inv in H as ([g0 k] & s1 & e1 & e2 & N & H & ->).
  apply bind_inv in H as (mode & s2 & e3 & e4 & R & H & ->).
  apply bind_inv in H as ([g1 q] & s3 & e5 & e6 & Q & H & ->). rewrite S in H.
  apply bind_inv in H as (c & s4 & e7 & e8 & CL & H & ->). apply bind_inv in H as (g2 & s5 & e9 & e10 & B & H & ->).
  apply ret_inv in H as (E & -> & ->). injection E as -> ->.
  exists g1, s3, (e1 ++ e3 ++ e5 ++ []), c, s4, e7, e9. split; [|split; [exact CL|split; [exact B|]]].
  - unfold divided. eapply bind_some; [exact N|]. cbn beta iota. eapply bind_some; [exact R|].
    eapply bind_some; [exact Q|].
    reflexivity.
  - rewrite !app_nil_r, !app_assoc. reflexivity.
Qed.

Lemma nonzero_spoken : forall g b site s r s' e, nonzero X g b site s = Some (r, s', e) -> spoken site DivisionByZero e.
Proof.
  intros g b site s r s' e H. unfold nonzero in H. apply bind_inv in H as (c & s1 & e1 & e2 & R & _ & ->).
  apply spoken_app. left. eapply read_claim_spoken; eauto.
Qed.

Lemma nonzero_shown : forall v0 g b y site s r s' e, known v0 g -> is_value v0 g b y ->
  nonzero X g b site s = Some (r, s', e) -> shown site DivisionByZero (y <> 0) e.
Proof. intros v0 g b y site s [h l] s' e K V H o N U. eapply nonzero_claims; eauto. Qed.

Lemma divided_claims : forall v0 g a b t x y site s h f s' e, proper t -> known v0 g -> is_value v0 g a x ->
  is_value v0 g b y ->
  divided X g a b t site s = Some ((h, f), s', e) ->
  claims_hold site ((DivisionByZero, y <> 0) :: if signed t then [(SignedOverflow, in_itype t (Z.quot x y))] else []) e.
Proof.
  intros v0 g a b t x y site s h f s' e PT K VA VB H. destruct (signed t) eqn:S.
  - destruct (divided_split _ _ _ _ _ _ _ _ _ _ S H) as (g1 & s1 & e1 & c & s2 & e2 & e3 & D & R & B & ->). clear H.
    pose proof D as D'. unfold divided in D'. apply bind_inv in D' as ([g0 k] & s3 & e4 & e5 & N & _ & ->).
    apply claims_two.
    + apply spoken_app. left. apply spoken_app. left. eapply nonzero_spoken; eauto.
    + apply shown_app. left. apply shown_app. left. eapply nonzero_shown; eauto.
    + apply spoken_app. right. apply spoken_app. left. eapply read_claim_spoken; eauto.
    + intro NZ. apply shown_app. right. eapply bounded_shown; eauto.
      eapply divided_gives; [exact K|exact VA|exact VB|exact NZ| |exact D]. intro Q. discriminate Q.
  - unfold divided in H. apply bind_inv in H as ([g0 k] & s3 & e4 & e5 & N & _ & ->).
    apply claims_one; [apply spoken_app|apply shown_app]; left;
      [eapply nonzero_spoken; eauto|eapply nonzero_shown; eauto].
Qed.

(** ** Remainders *)

Lemma remainder_overflow_shown : forall v0 g a b t x y site s u s' e, known v0 g -> is_value v0 g a x ->
  is_value v0 g b y ->
  remainder_overflow X g a b t site s = Some (u, s', e) ->
  spoken site SignedOverflow e /\ shown site SignedOverflow (~ (x = least t /\ y = -1)) e.
Proof.
  intros v0 g a b t x y site s u s' e K VA VB H. unfold remainder_overflow in H.
  apply bind_inv in H as (c & s1 & e1 & e2 & R & H & ->).
  split; [apply spoken_app; left; eapply read_claim_spoken; eauto|]. eapply claim_shown; eauto. intros CL HL.
  rewrite CL in H.
  apply bind_inv in H as (m & s2 & e3 & e4 & _ & H & ->). apply bind_inv in H as (l & s3 & e5 & e6 & H & ST & ->).
  apply settle_inv in ST; auto. subst e6.
  assert (LL : Holds l) by (apply HL; repeat (rewrite !in_app_iff; cbn); tauto).
  destruct (m =? 0); [|destruct (m =? 1); [|destruct (m =? 2); [|discriminate]]]; monad.
  - match goal with D : lower_bound _ _ _ = Some _ |- _ => eapply (lower_value A _ _ K _ _ _ _ _ _ VA) in D;
      [|exact LL] end. lia.
  - match goal with D : lower_bound _ _ _ = Some _ |- _ => eapply (lower_value A _ _ K _ _ _ _ _ _ VB) in D;
      [|exact LL] end. lia.
  - match goal with D : upper_bound _ _ _ = Some _ |- _ => eapply (upper_value A _ _ K _ _ _ _ _ _ VB) in D;
      [|exact LL] end. lia.
Qed.

Lemma remaindered_claims : forall v0 g a b t x y site s h f s' e, known v0 g -> is_value v0 g a x ->
  is_value v0 g b y ->
  remaindered X g a b t site s = Some ((h, f), s', e) ->
  claims_hold site ((DivisionByZero, y <> 0) :: if signed t then [(SignedOverflow, ~ (x = least t /\ y = -1))] else [])
    e.
Proof.
  intros v0 g a b t x y site s h f s' e K VA VB H. unfold remaindered in H.
  apply bind_inv in H as ([g1 k] & s1 & e1 & e2 & N & H & ->). apply bind_inv in H as (u & s2 & e3 & e4 & R & _ & ->).
  cbn [fst] in R.
  pose proof (nonzero_spoken _ _ _ _ _ _ _ N) as N1. pose proof (nonzero_shown _ _ _ _ _ _ _ _ _ K VB N) as N2.
  destruct (signed t).
  - apply claims_two; [apply spoken_app; auto|apply shown_app; auto| |].
    + unfold remainder_overflow in R. apply bind_inv in R as (c & s3 & e5 & e6 & R & _ & ->).
      apply spoken_app. right. apply spoken_app. left. apply spoken_app. left. eapply read_claim_spoken; eauto.
    + intro NZ. pose proof (nonzero_onward _ _ _ _ _ _ _ _ _ _ _ _ K VB NZ N) as O.
      apply shown_app. right. apply shown_app. left.
      eapply remainder_overflow_shown in R; [apply R|apply (step_known _ _ _ _ _ O)|eapply value_onward;
        eauto|eapply value_onward; eauto].
  - apply claims_one; [apply spoken_app; auto|apply shown_app; auto].
Qed.

(** ** Shifts *)

Lemma shifted_claims : forall v0 g a b t x y left site s h f s' e, known v0 g -> is_value v0 g a x ->
  is_value v0 g b y ->
  shifted X g a b t left site s = Some ((h, f), s', e) ->
  spoken site InvalidShift e /\
  shown site InvalidShift
    (0 <= y < bits t /\ (left = true -> signed t = true -> 0 <= x /\ in_itype t (x * 2 ^ y))) e.
Proof.
  intros v0 g a b t x y left site s h f s' e K VA VB H. unfold shifted in H.
  apply bind_inv in H as (c & s1 & e1 & e2 & R & H & ->).
  split; [apply spoken_app; left; eapply read_claim_spoken; eauto|]. eapply claim_shown; eauto. intros CL HL.
  rewrite CL in H.
  apply bind_inv in H as (l & s2 & e3 & e4 & LB & H & ->).
  apply bind_inv in H as ([g1 f1] & s3 & e5 & e6 & SF & H & ->).
  apply bind_inv in H as ([g2 l2] & s4 & e7 & e8 & T & H & ->).
  apply bind_inv in H as ([g3 f3] & s5 & e9 & e10 & _ & H & ->).
  apply bind_inv in H as (u & s6 & e11 & e12 & ST & _ & ->). apply settle_inv in ST; auto. subst e11.
  assert (LL : Holds l2) by (apply HL; repeat (rewrite !in_app_iff; cbn); tauto). clear HL.
  pose proof (shifted_form_gives A _ _ _ _ _ _ _ _ _ _ _ _ K VA VB SF) as (w & O & V).
  assert (UL : Holds l /\ (left = true -> signed t = true -> shift_result left x y <= greatest t)).
  { destruct (left && signed t)%bool eqn:LS; monad.
    - match goal with E : (_, _) = (_, _) |- _ => injection E as -> <- end. apply union_holds in LL as [LL LD].
      split; auto.
      intros _ _. match goal with D : upper_bound _ _ _ = Some _ |- _ =>
        eapply (upper_value A _ _ (step_known _ _ _ _ _ O) _ _ _ _ _ _ V) in D; [|exact LD] end. lia.
    - match goal with E : (_, _) = (_, _) |- _ => injection E as -> -> end. split; auto. intros -> S. rewrite S in LS.
      discriminate. }
  destruct UL as [L1 GR]. clear LL T. monad.
  assert (YB : Holds (union (label_of x0) (label_of x1)) -> 0 <= y < bits t).
  { intro LU. apply union_holds in LU as [LU LD].
    match goal with D : upper_bound _ _ _ = Some _ |- _ => eapply (upper_value A _ _ K _ _ _ _ _ _ VB) in D;
      [|exact LU] end.
    match goal with D : lower_bound g b _ = Some _ |- _ => eapply (lower_value A _ _ K _ _ _ _ _ _ VB) in D;
      [|exact LD] end. lia. }
  destruct (left && signed t)%bool eqn:LS; monad.
  - apply union_holds in L1 as [L1 L3]. specialize (YB L1). split; auto. intros _ S.
    match goal with D : lower_bound g a _ = Some _ |- _ => eapply (lower_value A _ _ K _ _ _ _ _ _ VA) in D;
      [|exact L3] end.
    split; [lia|]. match goal with L : left = true |- _ => subst left end. specialize (GR eq_refl S).
    unfold shift_result in GR.
    unfold in_itype. split; [|lia]. assert (0 < 2 ^ y) by (apply Z.pow_pos_nonneg; lia). unfold least. rewrite S.
    assert (0 < 2 ^ (bits t - 1)) by (apply Z.pow_pos_nonneg; lia). nia.
  - split; [auto|]. intros -> S. rewrite S in LS. discriminate.
Qed.

(** ** All operators *)

Theorem arithmetic_claims : forall v0 g op t a b x y site s r s' e,
  proper t -> known v0 g -> is_value v0 g a x -> is_value v0 g b y ->
  arithmetic X g op t a b site s = Some (r, s', e) -> claims_hold site (demands_arithmetic op t x y) e.
Proof.
  intros v0 g op t a b x y site s [h f] s' e PT K VA VB H. unfold demands_arithmetic.
  destruct op; cbn [arithmetic compute] in *; try apply claims_none.
  - destruct (or_fresh g (add a b)) as [g1 f1] eqn:E. eapply settled_claims; eauto. eapply or_fresh_gives; eauto.
    intros p EP. eapply add_value; eauto.
  - destruct (or_fresh g (subtract a b)) as [g1 f1] eqn:E. eapply settled_claims; eauto. eapply or_fresh_gives; eauto.
    intros p EP. eapply subtract_value; eauto.
  - apply bind_inv in H as ([g1 f1] & s1 & e1 & e2 & MU & H & ->). apply claims_app. right.
    eapply settled_claims; eauto. eapply multiplied_gives; eauto.
  - eapply divided_claims; eauto.
  - eapply remaindered_claims; eauto.
  - destruct (shifted_claims _ _ _ _ _ _ _ true _ _ _ _ _ _ K VA VB H) as [SP SH]. apply claims_one; auto.
    intros o N U. destruct (SH o N U) as [Y T]. auto.
  - destruct (shifted_claims _ _ _ _ _ _ _ false _ _ _ _ _ _ K VA VB H) as [SP SH]. apply claims_one; auto.
    intros o N U. destruct (SH o N U) as [Y T]. auto.
Qed.

End Claims.
