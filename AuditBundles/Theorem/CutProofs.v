(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * [cut] and [weaken]: no fact or content that is left is about the range, but those that are kept for a reason *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory NumberProofs DerivationProofs IntegerProofs.
From AICheck Require Import Concretization TableProofs SpareProofs.
Import ListNotations.
Open Scope Z_scope.

Section Cut.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable P : program.
Variable C : certificate.
Notation weaker := (weaker A P C).
Notation spares := (spares P C).

(** A part of a fact that was there at the beginning may be added at any later time. *)
Lemma weaker_then_add : forall g h f n f', weaker g h -> PM.find n (facts g) = Some f' -> proper_about (fact_about f) ->
  fact_tag f = fact_tag (fst f') -> follows P C (fact_about (fst f')) (fact_about f) ->
  (Holds (fact_label f) -> Holds (label_of_fact g f')) -> weaker g (add_fact h f).
Proof.
  intros g h f n f' [M T F K] N PR E W L. split.
  - eapply memory_trans; [exact M|apply memory_add_fact].
  - intro G. apply consistent_add_fact; auto.
  - intros G k x Q. apply find_add_fact in Q as [->|Q].
    + exists n, f'. repeat split; auto. intro H. apply L. apply union_holds in H as [H _]. exact H.
    + destruct (F G k x Q) as (j & y & H). exists j, y. exact H.
  - intros G t c I. exact (K G t c I).
Qed.

Lemma fold_add_parts : forall r n f g l h, weaker g h -> PM.find n (facts g) = Some f ->
  Forall (part P C r (fact_about (fst f))) l ->
  let k := fold_left (fun g' a => add_fact g' (with_about (fst f) a (label_of_fact g f))) l h in
  weaker g k /\ log k = log h /\ contents k = contents h /\
  forall j x, PM.find j (facts k) = Some x ->
    PM.find j (facts h) = Some x \/ fact_tag (fst x) = fact_tag (fst f) /\
      part P C r (fact_about (fst f)) (fact_about (fst x)).
Proof.
  intros r n f g. induction l as [|a l IH]; intros h W F L; cbn; [auto|].
  inversion L as [|? ? L1 L2]; subst. pose proof L1 as (FO & PR & SP).
  assert (W' : weaker g (add_fact h (with_about (fst f) a (label_of_fact g f)))).
  { eapply weaker_then_add; [exact W|exact F|exact PR|reflexivity|exact FO|auto]. }
  destruct (IH _ W' F L2) as (W2 & EL & EC & Q). split; [exact W2|]. split; [exact EL|]. split; [exact EC|].
  intros j x X. destruct (Q j x X) as [H|H]; auto. apply find_add_fact in H as [->|H]; auto.
Qed.

(** The fact is gone, its parts are there. *)
Lemma cut_fact_leaves : forall g n r f s h s' e, consistent g -> PM.find n (facts g) = Some f ->
  match fact_about (fst f) with Initialised y z | Bytes y z _ | Raw y z => touches r y z = true | _ => True end ->
  cut_fact g n r s = Some (h, s', e) ->
  weaker g h /\ log h = log g /\ contents h = contents g /\
  (forall j x, PM.find j (facts h) = Some x -> j <> n /\ PM.find j (facts g) = Some x \/
     fact_tag (fst x) = fact_tag (fst f) /\ part P C r (fact_about (fst f)) (fact_about (fst x))) /\ s' = s /\ e = [].
Proof.
  intros g n r f s h s' e T F TC H. unfold cut_fact, held_fact in H. rewrite F in H.
  apply bind_inv in H as (f' & s1 & e1 & e2 & Q & H & ->). apply lift_inv in Q as (Q & <- & ->). injection Q as <-.
  apply bind_inv in H as (l & s1 & e1 & e3 & PA & H & ->). apply ret_inv in H as (<- & <- & ->).
  destruct (parts_are P C _ _ _ _ _ _ (facts_proper _ T n f F) TC PA) as (PL & -> & ->).
  destruct (fold_add_parts r n f g l (remove_fact g n) (weaker_remove_fact A P C g n) F PL) as (W & EL & EC & X).
  destruct (same_remove_fact g n) as (RC & _ & RL & _).
  split; [exact W|]. split; [congruence|]. split; [congruence|]. split; [|auto].
  intros j x J. destruct (X j x J) as [H|H]; auto. apply find_remove_fact in H. auto.
Qed.

Lemma same_label : forall g h x, log h = log g -> label_of_fact h x = label_of_fact g x.
Proof. intros g h x E. unfold label_of_fact. rewrite E. reflexivity. Qed.

(** Contents outside of the range stay outside. *)
Definition contents_outside (r : bounds) (t : id) (g : state) : Prop :=
  forall c, In c (contents_of g t) -> touches r (position_of c) (position_of c + width (content_type c)) = false.

Lemma weaker_outside : forall r t g h, weaker g h -> consistent g -> contents_outside r t g -> contents_outside r t h.
Proof.
  intros r t g h W T O c I. destruct (wk_contents _ _ _ _ _ W T t c I) as (c' & I' & -> & -> & _). exact (O c' I').
Qed.

Lemma contents_removed : forall g t r, contents_outside r t (remove_contents g t r).
Proof. intros g t r c H. destruct (in_remove_contents _ _ _ _ _ H) as [_ K]. exact (K eq_refl). Qed.

(** ** cut *)

Definition spared (r : bounds) (too : bool) (a : about) : Prop := is_initialised_fact a = true /\
  too = false \/ spares r a.

Theorem cut_spares : forall g t r too s h s' e, consistent g -> cut g t r too s = Some (h, s', e) ->
  weaker g h /\ contents_outside r t h /\
  (forall n f, PM.find n (facts h) = Some f -> fact_tag (fst f) = t -> spared r too (fact_about (fst f))) /\
  s' = s /\ e = [].
Proof.
  intros g t r too s h s' e T H. unfold cut in H.
  pose proof (weaker_remove_contents A P C g t r) as W1. pose proof (contents_removed g t r) as O1.
  set (g1 := remove_contents g t r) in *. pose proof (wk_consistent _ _ _ _ _ W1 T) as T1.
  assert (Q : weaker g1 h /\ (forall n f, PM.find n (facts h) = Some f -> fact_tag (fst f) = t ->
                In n [] \/ spared r too (fact_about (fst f))) /\ s' = s /\ e = []).
  { assert (I0 : forall n f, PM.find n (facts g1) = Some f -> fact_tag (fst f) = t ->
              In n (facts_about g1 t) \/ spared r too (fact_about (fst f))).
    { intros n f F E. left. rewrite <- E. apply facts_about_all; auto. }
    pose proof (weaker_refl A P C g1) as W0. revert H W0 I0. generalize (facts_about g1 t). intro l.
    generalize g1 at 1 3 4. revert s. induction l as [|n l IH]; intros s k H W I; cbn [each] in H.
    { apply ret_inv in H as (<- & <- & ->). auto. }
    apply bind_inv in H as (k1 & s1 & e1 & e2 & B & H & ->).
    assert (STEP : weaker g1 k1 /\ (forall j x, PM.find j (facts k1) = Some x -> fact_tag (fst x) = t ->
                     In j l \/ spared r too (fact_about (fst x))) /\ s1 = s /\ e1 = []).
    { pose proof (wk_consistent _ _ _ _ _ W T1) as TK. unfold held_fact in B.
      apply bind_inv in B as (f & s2 & e3 & e4 & F & B & ->). apply lift_inv in F as (F & <- & ->).
      assert (KEEP : spared r too (fact_about (fst f)) -> forall j x, PM.find j (facts k) = Some x ->
        fact_tag (fst x) = t ->
                       In j l \/ spared r too (fact_about (fst x))).
      { intros S j x J E. destruct (I j x J E) as [[<-|K]|K]; auto. rewrite F in J. injection J as <-. auto. }
      destruct (is_about_content (fact_about (fst f)) || (too && is_initialised_fact (fact_about (fst f))))%bool eqn:K.
      - apply bind_inv in B as (o & s2 & e3 & e5 & OV & B & ->). destruct o.
        + destruct (overlaps_touches _ _ _ _ _ OV) as (-> & -> & TC).
          destruct (cut_fact_leaves _ _ _ _ _ _ _ _ TK F TC B) as (W2 & _ & _ & X & -> & ->).
          split; [eapply weaker_trans; eauto|]. split; [|auto]. intros j x J E.
          destruct (X j x J) as [[N J']|[_ (_ & _ & SP)]]; [|right; right; exact SP].
          destruct (I j x J' E) as [[<-|Y]|Y]; auto. congruence.
        + apply ret_inv in B as (<- & <- & ->).
          destruct (overlaps_not P C _ _ _ _ _ (facts_proper _ TK n f F) OV) as (SP & -> & ->).
          split; [exact W|]. split; [|auto]. apply KEEP. right. exact SP.
      - apply ret_inv in B as (<- & <- & ->). split; [exact W|]. split; [|auto]. apply KEEP.
        apply orb_false_iff in K as [K1 K2]. destruct (is_initialised_fact (fact_about (fst f))) eqn:K3.
        + left. split; auto. apply andb_false_iff in K2 as [K2|K2]; [exact K2|discriminate].
        + right. apply spares_other; auto. }
    destruct STEP as (W2 & I2 & -> & ->). destruct (IH s k1 H W2 I2) as (Q1 & Q2 & -> & ->). auto. }
  destruct Q as (W2 & Q & -> & ->). split; [eapply weaker_trans; eauto|]. split; [eapply weaker_outside; eauto|].
  split; [|auto].
  intros n f F E. destruct (Q n f F E) as [[]|]. auto.
Qed.

(** ** weaken *)

Definition spared_or (r : bounds) (kept : about -> Prop) (a : about) : Prop :=
  is_initialised_fact a = true \/ spares r a \/ kept a.

Theorem weaken_spares : forall (kept : about -> Prop) g t r keeps s h s' e, consistent g ->
  (forall k a s l s' e, weaker g k -> proper_about a -> keeps k a s = Some (l, s', e) -> Holds l -> kept a) ->
  weaken g t r keeps s = Some (h, s', e) ->
  weaker g h /\ contents_outside r t h /\
  forall n f, PM.find n (facts h) = Some f -> fact_tag (fst f) = t -> Holds (label_of_fact h f) ->
              spared_or r kept (fact_about (fst f)).
Proof.
  intros kept g t r keeps s h s' e T KP H. unfold weaken in H.
  pose proof (weaker_remove_contents A P C g t r) as W1. pose proof (contents_removed g t r) as O1.
  set (g1 := remove_contents g t r) in *. pose proof (wk_consistent _ _ _ _ _ W1 T) as T1.
  assert (Q : weaker g1 h /\ (forall n f, PM.find n (facts h) = Some f -> fact_tag (fst f) = t ->
                In n [] \/ (Holds (label_of_fact h f) -> spared_or r kept (fact_about (fst f))))).
  { assert (I0 : forall n f, PM.find n (facts g1) = Some f -> fact_tag (fst f) = t ->
              In n (facts_about g1 t) \/ (Holds (label_of_fact g1 f) -> spared_or r kept (fact_about (fst f)))).
    { intros n f F E. left. rewrite <- E. apply facts_about_all; auto. }
    pose proof (weaker_refl A P C g1) as W0. revert H W0 I0. generalize (facts_about g1 t). intro l.
    generalize g1 at 1 3 4 5. revert s e. induction l as [|n l IH]; intros s e k H W I; cbn [each] in H.
    { apply ret_inv in H as (<- & <- & ->). auto. }
    apply bind_inv in H as (k1 & s1 & e1 & e2 & B & H & ->).
    assert (STEP : weaker g1 k1 /\ (forall j x, PM.find j (facts k1) = Some x -> fact_tag (fst x) = t ->
                     In j l \/ (Holds (label_of_fact k1 x) -> spared_or r kept (fact_about (fst x))))).
    { pose proof (wk_consistent _ _ _ _ _ W T1) as TK. unfold held_fact in B.
      apply bind_inv in B as (f & s2 & e3 & e4 & F & B & ->). apply lift_inv in F as (F & <- & ->).
      assert (KEEP : spared_or r kept (fact_about (fst f)) -> forall j x, PM.find j (facts k) = Some x ->
                       fact_tag (fst x) = t ->
                       In j l \/ (Holds (label_of_fact k x) -> spared_or r kept (fact_about (fst x)))).
      { intros S j x J E. destruct (I j x J E) as [[<-|K]|K]; auto. rewrite F in J. injection J as <-. auto. }
      cbn zeta in B. destruct (is_about_content (fact_about (fst f))) eqn:K.
      - apply bind_inv in B as (o & s2 & e3 & e5 & OV & B & ->). destruct o.
        + destruct (overlaps_touches _ _ _ _ _ OV) as (-> & -> & TC).
          apply bind_inv in B as (keep & s3 & e6 & e7 & _ & B & ->). destruct keep.
          * apply bind_inv in B as (lb & s4 & e8 & e9 & KE & B & ->). apply ret_inv in B as (<- & <- & ->).
            split; [eapply weaker_trans; [exact W|apply weaker_join_label; exact TK]|]. intros j x J E.
            destruct (find_join_label A _ _ _ _ _ J) as (y & J' & ET & EA & LB). rewrite EA.
            destruct (Pos.eq_dec j n) as [->|N].
            { right. intro HL. destruct (LB HL) as [_ LN]. rewrite F in J'. injection J' as <-. right. right.
              eapply KP; [|apply (facts_proper _ TK n f F)|exact KE|auto]. eapply weaker_trans; eauto. }
            rewrite ET in E. destruct (I j y J' E) as [[<-|Y]|Y]; auto; [congruence|]. right. intro HL. apply Y.
            apply LB. exact HL.
          * destruct (cut_fact_leaves _ _ _ _ _ _ _ _ TK F TC B) as (W2 & EL & _ & X & _).
            split; [eapply weaker_trans; eauto|]. intros j x J E. rewrite (same_label _ _ x EL).
            destruct (X j x J) as [[N J']|[_ (_ & _ & SP)]]; [|right; intros _; right; left; exact SP].
            destruct (I j x J' E) as [[<-|Y]|Y]; auto. congruence.
        + apply ret_inv in B as (<- & <- & ->).
          destruct (overlaps_not P C _ _ _ _ _ (facts_proper _ TK n f F) OV) as (SP & -> & ->).
          split; [exact W|]. apply KEEP. right. left. exact SP.
      - apply ret_inv in B as (<- & <- & ->). split; [exact W|]. apply KEEP.
        destruct (is_initialised_fact (fact_about (fst f))) eqn:K3; [left; exact K3|right; left; apply spares_other;
          auto]. }
    destruct STEP as (W2 & I2). eapply IH; eauto. }
  destruct Q as (W2 & Q). split; [eapply weaker_trans; eauto|]. split; [eapply weaker_outside; eauto|].
  intros n f F E HL. destruct (Q n f F E) as [[]|Y]. auto.
Qed.

End Cut.
