(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The object of a single tag joins its partner *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs EvidenceProofs PredicateProofs CellProofs FloatRanges
  TableProofs KeepProofs.
From AICheck Require Import RenameProofs SpeechProofs RenewedProofs EvolveProofs LifetimeProofs ReturnProofs
  ImpliedProofs.
Import ListNotations.
Open Scope Z_scope.

Section Retag.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.

(** What had the tag has the partner's. *)
Definition retagged (g : ghost) (t p : id) : ghost :=
  {| tag_at := fun j => match g j with Some u => if Pos.eqb u t then Some p else Some u | None => None end;
    newer := newer g |}.
Definition retag_world (w : world) (t p : id) : world := {| heap := heap w; tagging := retagged (tagging w) t p |}.

Section World.
Variables (w : world) (t p : id).
Hypothesis PARTNER : partner C t p.
Notation wr := (retag_world w t p).

Lemma heap_tags : exists c i a c' i' q a', PM.find t (tags C) = Some (THeap c i (Some p) a) /\
  PM.find p (tags C) = Some (THeap c' i' q a').
Proof.
  destruct PARTNER as (c & i & a & T). destruct (partner_facts CP C FIT t p PARTNER) as (_ & (b & Q & H) & _).
  destruct b; try discriminate. eauto 10.
Qed.

Lemma retag_tag : forall j u, tagging wr j = Some u -> tagging w j = Some u /\ u <> t \/ u = p /\ tagging w j = Some t.
Proof.
  intros j u T. cbn in T. destruct (tagging w j) as [v|]; [|discriminate].
  destruct (Pos.eqb_spec v t) as [E|N]; injection T as <-; [right; subst|left]; auto.
Qed.

Lemma retag_tag_is : forall u n, tag_is C (tagging wr) u n -> tag_is C (tagging w) u n /\ u <> t \/ u = p /\
  tag_is C (tagging w) t n.
Proof.
  intros u n T. destruct heap_tags as (c & i & a & c' & i' & q & a' & QT & QP). destruct n as [s|j].
  - left. split; [eapply tag_of_static; eauto|]. intros ->. unfold tag_is in T. rewrite QT in T. exact T.
  - destruct (tag_is_dynamic _ _ _ _ T) as [T1 (b & QB & LH)]. destruct (retag_tag j u T1) as [[T2 N]|[-> T2]].
    + left. split; auto. eapply dynamic_tag_is; eauto.
    + right. split; auto. unfold tag_is. rewrite QT. exact T2.
Qed.

Lemma retag_keeps : forall u n, u <> t -> tag_is C (tagging w) u n -> tag_is C (tagging wr) u n.
Proof.
  intros u [s|j] N T; [eapply tag_of_static; eauto|]. destruct (tag_is_dynamic _ _ _ _ T) as [T1 (b & QB & LH)].
  eapply dynamic_tag_is; eauto. cbn. rewrite T1. destruct (Pos.eqb_spec u t); congruence.
Qed.

Lemma retag_last : objects_last w wr.
Proof. intros n o E. exists o. auto using lasting_refl. Qed.

Lemma retag_has_tag : forall u b, u <> t -> has_tag C (heap w) (tagging w) u b -> has_tag C (heap wr) (tagging wr) u b.
Proof. intros u b N. apply has_tag_last; [apply retag_last|]. intro n. apply retag_keeps. exact N. Qed.

Definition retag_names (u : id) : option (list id) := if Pos.eqb u t then Some [p] else None.

Lemma retag_names_fit : names_fit C retag_names.
Proof.
  destruct heap_tags as (c & i & a & c' & i' & q & a' & QT & QP).
  intros u new E. unfold retag_names in E. destruct (Pos.eqb_spec u t) as [->|]; [|discriminate]. injection E as <-.
  split; [eexists; split; eauto; reflexivity|]. intros n f [<-|[]]. congruence.
Qed.

Lemma retag_renames : forall keeping, renames C retag_names keeping w wr.
Proof.
  intros keeping u b H. unfold retag_names. destruct (Pos.eqb_spec u t) as [->|N]; [|apply retag_has_tag; auto]. right.
  exists p. split; [left; auto|]. destruct heap_tags as (c & i & a & c' & i' & q & a' & QT & QP).
  unfold has_tag in *. rewrite QT in H. rewrite QP. destruct H as (n & -> & T). exists n. split; auto.
  unfold tag_is in *. rewrite QT in T. rewrite QP. destruct n as [s|j]; [contradiction|]. cbn.
  rewrite T, Pos.eqb_refl. reflexivity.
Qed.

Lemma retag_symbolic : forall v s x, is_symbolic C (heap w) (tagging w) v s x ->
  is_symbolic C (heap wr) (tagging wr) v (no_change s) x.
Proof.
  intros v s x H. unfold no_change. destruct s as [f|[u|y] f|[|]]; destruct x as [n|b z|z]; cbn [is_symbolic] in *;
    try contradiction; auto.
  destruct H as [[H K] E]. split; [|exact E]. destruct (Pos.eq_dec u t) as [->|N].
  - destruct heap_tags as (c & i & a & c' & i' & q & a' & QT & QP). rewrite QT in K. contradiction.
  - split; [apply retag_has_tag; auto|exact K].
Qed.

Let re := retargeted X retag_names false.
Lemma re_targets : forall l b o, in_targets C (heap w) (tagging w) l b o ->
  in_targets C (heap wr) (tagging wr) (re l) b o.
Proof. intros l b o. apply targets_renamed with (C := C); auto using retag_names_fit, retag_renames. apply FX. Qed.
Lemma re_is_proper : forall l, Forall proper_entry l -> Forall proper_entry (re l).
Proof. intro l. apply retargeted_proper with (C := C). apply FX. Qed.

(** What facts say of the objects that had a tag before. *)
Definition formerly (z : valuation) (u : id) (a : about) : Prop :=
  forall n o, tag_is C (tagging w) u n -> heap w n = Some o -> of_object P C (heap wr) (tagging wr) z o a.

Lemma formerly_renamed : forall z u a, about_holds P C (heap w) (tagging w) z u a -> formerly z u (re_about re a).
Proof.
  intros z u a H n o T E. specialize (H n o T E).
  pose proof (re_says CP C w wr re re_targets z o o a (still_refl o) (fun _ => eq_refl)) as RS.
  destruct a as [? ? ? ? ? [? ? ?|[?|]|?]| | | | | | | |]; cbn [re_about of_object] in *; auto.
Qed.

Lemma formerly_both : forall z a, formerly z p a -> formerly z t a -> about_holds P C (heap wr) (tagging wr) z p a.
Proof.
  intros z a FP FT n o T E. cbn [retag_world heap] in E. destruct (retag_tag_is p n T) as [[T1 _]|[_ T1]];
    [apply (FP n o T1 E)|apply (FT n o T1 E)].
Qed.

(** *** The state *)

Section State.
Variables (F : frame) (v0 : valuation) (g0 : state).
Hypothesis SPEAKS : speaks A CP C X F w v0 every g0.
Hypothesis CONTENTS : contents_of g0 t = [] /\ contents_of g0 p = [].
Hypothesis SIZE : PM.find p (sizes g0) = None.
Let g1 := rename X g0 retag_names false [].

Lemma retag_renewed : renewed A re no_change g0 g1.
Proof. apply renewed_rename with (C := C). apply FX. Qed.

Lemma retag_others : speaks A CP C X F wr v0 (fun u => u <> p) g1.
Proof.
  apply (speaks_renewed A CP C X w wr re) with (fv := no_change) (of := every) (g := g0);
    auto using re_targets, re_is_proper, retag_symbolic, retag_renewed.
  - unfold every. auto.
  - intros u n o' N T E. left. exists o'. cbn [retag_world heap] in E. destruct (retag_tag_is u n T) as [[T1 _]|[-> _]];
      [|destruct (N eq_refl)].
    auto using still_refl.
  - intros u z Q n o' T E. cbn [retag_world heap] in E. destruct (retag_tag_is u n T) as [[T1 _]|[-> _]]; [eauto|].
    rewrite SIZE in Q. discriminate.
Qed.

Lemma no_contents : contents_of g1 t = [] /\ contents_of g1 p = [].
Proof. exact CONTENTS. Qed.

Lemma formerly_held : forall v n f, agrees g1 v v0 -> PM.find n (facts g1) = Some f -> Holds (label_of_fact g1 f) ->
  formerly v (fact_tag (fst f)) (fact_about (fst f)).
Proof.
  intros v n f AG Q L. destruct (rn_facts _ _ _ _ _ retag_renewed n f Q) as (f0 & Q0 & TG & AB & LL). rewrite TG, AB.
  apply formerly_renamed. pose proof (LL L) as L0.
  apply (agrees_renewed _ _ _ _ _ _ _ retag_renewed) in AG.
  exact (half_facts _ _ _ _ _ _ _ (sp_held _ _ _ _ _ _ _ _ _ SPEAKS v AG) n f0 Q0 I L0).
Qed.

(** Facts that are those of [g1], under labels that include theirs. *)
Definition same_facts (h : state) : Prop := forall n f, PM.find n (facts h) = Some f ->
  exists f1, PM.find n (facts g1) = Some f1 /\ fact_about (fst f) = fact_about (fst f1) /\
             (Holds (label_of_fact h f) -> Holds (label_of_fact g1 f1)) /\
             (fact_tag (fst f) = fact_tag (fst f1) \/ fact_tag (fst f) = p /\ fact_tag (fst f1) = t).

Lemma retag_done : forall h, memory_step g1 h -> consistent h -> same_facts h ->
  (forall u c, In c (contents_of h u) -> content_from A g1 h u c) ->
  (forall n f, PM.find n (facts h) = Some f -> fact_tag (fst f) <> t /\
     (fact_tag (fst f) = p -> Holds (label_of_fact h f) -> forall v, agrees g1 v v0 ->
       formerly v p (fact_about (fst f)) /\ formerly v t (fact_about (fst f)))) ->
  speaks A CP C X F wr v0 every h /\ contents_of h t = [] /\ next_integer h = next_integer g1 /\ sizes h = sizes g1 /\
  forall n f, PM.find n (facts h) = Some f -> fact_tag (fst f) <> t.
Proof.
  intros h M T SF CF FF. destruct no_contents as [NT NP].
  assert (NC : forall u c, In c (contents_of h u) -> u <> p /\ u <> t).
  { intros u c I. destruct (CF u c I) as (c' & I' & _). split; intros ->; [rewrite NP in I'|rewrite NT in I'];
      destruct I'. }
  split; [|split; [|split; [|split]]].
  - apply (speaks_memory A CP C X F wr v0 (fun u => u <> p) every g1); auto using retag_others.
    + intros v AG n f Q _ L. destruct (SF n f Q) as (f1 & Q1 & AB & LL & TG). destruct (FF n f Q) as [N FP].
      destruct (Pos.eq_dec (fact_tag (fst f)) p) as [E|D].
      * unfold fact_holds. rewrite E. destruct (FP E L v AG). apply formerly_both; auto.
      * destruct TG as [TG|[TG _]]; [|congruence]. unfold fact_holds. rewrite AB, TG.
        apply (half_facts _ _ _ _ _ _ _ (sp_held _ _ _ _ _ _ _ _ _ retag_others v AG) n f1 Q1);
          auto. congruence.
    + intros v AG u c I _ L. destruct (CF u c I) as (c' & I' & EP & EY & EV & LL). destruct (NC u c I) as [N _].
      pose proof (half_contents _ _ _ _ _ _ _ (sp_held _ _ _ _ _ _ _ _ _ retag_others v AG) u c' I' N (LL L)) as H.
      unfold content_holds in *. rewrite EP, EY, EV. exact H.
    + intros v AG u c I. destruct (CF u c I) as (c' & I' & _ & _ & EV & _). rewrite EV.
      exact (half_values _ _ _ _ _ _ _ (sp_held _ _ _ _ _ _ _ _ _ retag_others v AG) u c' I').
  - destruct (contents_of h t) as [|c l] eqn:E; auto. destruct (NC t c) as [_ N]; [rewrite E; left; auto|].
    destruct (N eq_refl).
  - apply (ms_integers _ _ M).
  - apply (ms_sizes _ _ M).
  - intros n f Q. apply FF with (n := n). exact Q.
Qed.

(** **** Nothing had the partner's tag *)

Definition move_one (g : state) (n : positive) : M state :=
  let* f := fact_of_tag g n t in
  ret (match fact_about (fst f) with Absent | AbsentIfNull _ => remove_fact g n | _ => move_fact g n p end).

Definition moving (l : list positive) (k : state) : Prop :=
  memory_step g1 k /\ consistent k /\ log k = log g1 /\ contents k = contents g1 /\
  forall n f, PM.find n (facts k) = Some f -> exists f1, PM.find n (facts g1) = Some f1 /\
    fact_about (fst f) = fact_about (fst f1) /\ label_of_fact k f = label_of_fact g1 f1 /\
    (fact_tag (fst f) = fact_tag (fst f1) /\ fact_tag (fst f) <> p /\ (fact_tag (fst f) = t -> In n l) \/
     fact_tag (fst f) = p /\ fact_tag (fst f1) = t).

Lemma moving_removed : forall n l k, moving (n :: l) k -> moving l (remove_fact k n).
Proof.
  intros n l k (M & TK & LG & CN & FK). destruct (same_remove_fact k n) as (E1 & E2 & E3 & _).
  split; [eapply memory_trans; [exact M|apply memory_remove_fact]|]. split; [apply consistent_remove_fact; auto|].
  split; [congruence|]. split; [congruence|]. intros i f Q. apply find_remove_fact in Q as [NI Q].
  destruct (FK i f Q) as (f1 & Q1 & AB & LB & TG). exists f1. split; [auto|]. split; [auto|].
  split; [rewrite <- LB; unfold label_of_fact; rewrite E3; reflexivity|].
  destruct TG as [(G1 & G2 & G3)|TG]; [left|auto].
  split; auto. split; auto. intro E. destruct (G3 E); [congruence|auto].
Qed.

Lemma moving_moved : forall n l k x, moving (n :: l) k -> PM.find n (facts k) = Some x -> fact_tag (fst x) = t ->
  moving l (move_fact k n p).
Proof.
  intros n l k x (M & TK & LG & CN & FK) QX TX. destruct (same_move_fact k n p) as (E1 & E2 & E3).
  split; [eapply memory_trans; [exact M|apply memory_move_fact]|]. split; [apply consistent_move_fact; auto|].
  split; [congruence|]. split; [congruence|]. intros i f Q.
  apply find_move_fact in Q as [[NI Q]|(-> & f0 & Q & TG & AB & LB & TM)].
  - destruct (FK i f Q) as (f1 & Q1 & AB & LB & TG). exists f1. split; [auto|]. split; [auto|].
    split; [rewrite <- LB; unfold label_of_fact; rewrite E3; reflexivity|].
    destruct TG as [(G1 & G2 & G3)|TG]; [left|auto].
    split; auto. split; auto. intro E. destruct (G3 E); [congruence|auto].
  - replace f0 with x in * by congruence. destruct (FK n x QX) as (f1 & Q1 & AB' & LB' & TG'). exists f1.
    split; [auto|]. split; [congruence|]. split; [congruence|]. right. split; auto.
    destruct TG' as [(G1 & _)|[G1 _]]; [congruence|]. destruct (partner_facts CP C FIT t p PARTNER) as (_ & _ & N & _).
    congruence.
Qed.

Lemma retag_free : forall s h s' e, consistent g1 -> (forall n, ~ tag_is C (tagging w) p n) ->
  (let g2 := fold_left remove_fact (facts_about g1 p) g1 in each (facts_about g2 t) move_one g2) s = Some (h, s', e) ->
  speaks A CP C X F wr v0 every h /\ contents_of h t = [] /\ next_integer h = next_integer g1 /\ sizes h = sizes g1 /\
  forall n f, PM.find n (facts h) = Some f -> fact_tag (fst f) <> t.
Proof.
  intros s h s' e T1 FREE H. cbn zeta in H. set (g2 := fold_left remove_fact (facts_about g1 p) g1) in *.
  pose proof (weaker_fold_remove A P C (facts_about g1 p) g1) as W. fold g2 in W.
  pose proof (wk_consistent _ _ _ _ _ W T1) as T2.
  assert (L2 : log g2 = log g1) by apply log_fold_remove.
  assert (C2 : contents g2 = contents g1).
  { unfold g2. generalize (facts_about g1 p). intro l. generalize g1. induction l as [|n l IH]; intro k; cbn; auto.
    rewrite IH. apply same_remove_fact. }
  assert (START : moving (facts_about g2 t) g2).
  { split; [apply W|]. split; [exact T2|]. split; [exact L2|]. split; [exact C2|]. intros n f Q.
    destruct (find_fold_remove _ _ _ _ Q) as [N Q1]. exists f. split; [exact Q1|]. split; [auto|].
    split; [unfold label_of_fact; rewrite L2; reflexivity|]. left. split; [auto|]. split.
    - intros E. apply N. rewrite <- E. apply facts_about_all; auto.
    - intros <-. apply facts_about_all; auto. }
  assert (END : moving [] h).
  { eapply (each_inv moving (fun _ => True)); [|exact START|exact H|apply Forall_forall; auto].
    intros n l k s1 k' s2 e1 IV MV _. unfold move_one, fact_of_tag, held_fact in MV.
    apply bind_inv in MV as (x & s3 & e3 & r3 & HF & MV & _). apply bind_inv in HF as (y & s4 & e4 & r4 & HF & DT & _).
    apply lift_inv in HF as (HF & _ & _). apply bind_inv in DT as (u & s5 & e5 & r5 & DT & RX & _).
    apply demand_inv in DT as (DT & _ & _).
    apply ret_inv in RX as (-> & _ & _). apply Pos.eqb_eq in DT. apply ret_inv in MV as (<- & _ & _).
    destruct (fact_about (fst x)); (eapply moving_moved; eauto; fail) || (apply moving_removed; exact IV). }
  destruct END as (M & TH & LH & CH & FH). apply retag_done; auto.
  - intros n f Q. destruct (FH n f Q) as (f1 & Q1 & AB & LB & TG). exists f1. split; [auto|]. split; [auto|].
    split; [rewrite LB; auto|]. destruct TG as [(G1 & _)|TG]; auto.
  - intros u c I. exists c. unfold contents_of, label_of_content in *. rewrite CH in I. rewrite LH. auto 8.
  - intros n f Q. destruct (FH n f Q) as (f1 & Q1 & AB & LB & TG). destruct TG as [(G1 & G2 & G3)|[G1 G2]].
    + split; [intro E; destruct (G3 E)|congruence].
    + split; [destruct (partner_facts CP C FIT t p PARTNER) as (_ & _ & N & _); congruence|]. intros _ L v AG. split.
      * intros i o T. destruct (FREE i T).
      * rewrite AB, <- G2. apply (formerly_held v n f1 AG Q1). rewrite <- LB. exact L.
Qed.

(** **** Facts of the partner that are also true of the object *)

Definition pairing (q : state * list positive) : Prop :=
  let '(k, kept) := q in
  weaker A P C g1 k /\
  (forall n f, PM.find n (facts k) = Some f -> exists f1, PM.find n (facts g1) = Some f1 /\
     fact_about (fst f) = fact_about (fst f1) /\ fact_tag (fst f) = fact_tag (fst f1) /\
     (Holds (label_of_fact k f) -> Holds (label_of_fact g1 f1))) /\
  (forall n f, In n kept -> PM.find n (facts k) = Some f -> Holds (label_of_fact k f) -> forall v, agrees g1 v v0 ->
    formerly v t (fact_about (fst f))).

Lemma pair_step_holds : forall q s q' s' e, consistent g1 -> pairing q ->
  pair_step t p q s = Some (q', s', e) -> pairing q'.
Proof.
  intros [k kept] s q' s' e T1 (W & FK & KK) H. pose proof (wk_consistent _ _ _ _ _ W T1) as TK. unfold pair_step in H.
  apply bind_inv in H as (first & s1 & e1 & r1 & _ & H & _). apply bind_inv in H as (second & s2 & e2 & r2 & _ & H & _).
  apply bind_inv in H as (old & s3 & e3 & r3 & FO & H & _). apply bind_inv in H as (new & s4 & e4 & r4 & FN & H & _).
  apply bind_inv in H as (u & s5 & e5 & r5 & _ & H & _). apply bind_inv in H as (i & s6 & e6 & r6 & FI & H & _).
  apply bind_inv in H as (u' & s7 & e7 & r7 & D & H & _). apply demand_inv in D as (-> & _ & _).
  apply ret_inv in H as (<- & _ & _).
  apply fact_of_tag_inv in FO as (QO & TO & _). apply fact_of_tag_inv in FN as (QN & TN & _).
  set (l := label_of_fact k new) in *. set (n0 := fact_number first) in *.
  split; [eapply weaker_trans; [exact W|apply weaker_join_label; exact TK]|]. split.
  - intros n f Q. destruct (find_join_label A _ _ _ _ _ Q) as (y & QY & TG & AB & LL).
    destruct (FK n y QY) as (f1 & Q1 & AB1 & TG1 & LL1).
    exists f1. split; [auto|]. split; [congruence|]. split; [congruence|]. intro L. apply LL1. apply LL. exact L.
  - intros n f IN Q L v AG. destruct (find_join_label A _ _ _ _ _ Q) as (y & QY & TG & AB & LL).
    destruct (LL L) as [L1 L2]. rewrite AB.
    destruct (Pos.eq_dec n n0) as [->|D]; [|destruct IN as [IN|IN]; [congruence|exact (KK n y IN QY L1 v AG)]].
    replace y with old by congruence. destruct (FK _ new QN) as (f1 & Q1 & AB1 & TG1 & LL1).
    intros nm o TI E. eapply implied; [| |exact FI|].
    + apply (facts_proper _ TK _ _ QN).
    + apply (facts_proper _ TK _ _ QO).
    + rewrite AB1. pose proof (formerly_held v _ f1 AG Q1 (LL1 (L2 eq_refl))) as FH. rewrite <- TG1, TN in FH.
      exact (FH nm o TI E).
Qed.

Lemma find_fold_unless : forall kept l g n f,
  PM.find n (facts (fold_left (fun g n => if existsb (Pos.eqb n) kept then g else remove_fact g n) l g)) = Some f ->
  PM.find n (facts g) = Some f /\ (In n l -> In n kept).
Proof.
  intros kept. induction l as [|m l IH]; intros g n f H; cbn in H; [split; [exact H|intros []]|].
  apply IH in H as [H K].
  destruct (existsb (Pos.eqb m) kept) eqn:E.
  - split; auto. intros [->|I]; auto. apply existsb_exists in E as (x & I & EX). apply Pos.eqb_eq in EX. subst. exact I.
  - apply find_remove_fact in H as [N H]. split; auto. intros [->|I]; [congruence|auto].
Qed.

Lemma weaker_fold_unless : forall kept l g, weaker A P C g
  (fold_left (fun g n => if existsb (Pos.eqb n) kept then g else remove_fact g n) l g).
Proof.
  intros kept. induction l as [|m l IH]; intro g; cbn; [apply weaker_refl|]. eapply weaker_trans; [|apply IH].
  destruct (existsb (Pos.eqb m) kept); [apply weaker_refl|apply weaker_remove_fact].
Qed.
Lemma log_fold_unless : forall kept l g,
  log (fold_left (fun g n => if existsb (Pos.eqb n) kept then g else remove_fact g n) l g) = log g.
Proof.
  intros kept. induction l as [|m l IH]; intro g; cbn; auto. rewrite IH. destruct (existsb (Pos.eqb m) kept); auto.
  apply same_remove_fact.
Qed.

Lemma retag_pairs : forall s h s' e, consistent g1 ->
  (let* n := read_count in
   let* q := repeat n (pair_step t p) (g1, []) in
   let '(g, kept) := q in
   let g := fold_left (fun g n => if existsb (Pos.eqb n) kept then g else remove_fact g n) (facts_about g p) g in
   ret (fold_left remove_fact (facts_about g t) g)) s = Some (h, s', e) ->
  speaks A CP C X F wr v0 every h /\ contents_of h t = [] /\ next_integer h = next_integer g1 /\ sizes h = sizes g1 /\
  forall n f, PM.find n (facts h) = Some f -> fact_tag (fst f) <> t.
Proof.
  intros s h s' e T1 H. apply bind_inv in H as (n & s1 & e1 & r1 & _ & H & _).
  apply bind_inv in H as ([k kept] & s2 & e2 & r2 & RP & H & _).
  assert (START : pairing (g1, [])).
  { split; [apply weaker_refl|]. split; [intros i f Q; exists f; auto|intros i f []]. }
  assert (PK : pairing (k, kept)).
  { eapply (repeat_inv pairing (pair_step t p) (fun _ => True)); [|exact START|exact RP|apply Forall_forall; auto].
    intros q s3 q' s4 e3 IV ST _. eapply pair_step_holds; eauto. }
  destruct PK as (W & FK & KK). pose proof (wk_consistent _ _ _ _ _ W T1) as TK.
  set (k2 := fold_left (fun g n => if existsb (Pos.eqb n) kept then g else remove_fact g n) (facts_about k p) k) in *.
  pose proof (weaker_fold_unless kept (facts_about k p) k) as W2. fold k2 in W2.
  pose proof (wk_consistent _ _ _ _ _ W2 TK) as T2. apply ret_inv in H as (<- & _ & _).
  pose proof (weaker_fold_remove A P C (facts_about k2 t) k2) as W3.
  set (h := fold_left remove_fact (facts_about k2 t) k2) in *.
  assert (LG : log h = log k) by (unfold h; rewrite log_fold_remove; apply log_fold_unless).
  assert (FH : forall n f, PM.find n (facts h) = Some f -> PM.find n (facts k) = Some f /\ fact_tag (fst f) <> t /\
    (fact_tag (fst f) = p -> In n kept)).
  { intros i f Q. destruct (find_fold_remove _ _ _ _ Q) as [N2 Q2]. destruct (find_fold_unless _ _ _ _ _ Q2) as [Q3 K3].
    split; auto. split; [intros E; apply N2; rewrite <- E; apply facts_about_all; auto|]. intros E. apply K3.
    rewrite <- E. apply facts_about_all; auto. }
  assert (WH : weaker A P C g1 h) by (eapply weaker_trans; [exact W|eapply weaker_trans; [exact W2|exact W3]]).
  apply retag_done.
  - apply WH.
  - apply (wk_consistent _ _ _ _ _ WH T1).
  - intros i f Q. destruct (FH i f Q) as (Q1 & _ & _). destruct (FK i f Q1) as (f1 & QF & AB & TG & LL). exists f1.
    split; [auto|]. split; [auto|]. split; [|auto]. intro L. apply LL. unfold label_of_fact in *.
    rewrite LG in L. exact L.
  - apply (wk_contents _ _ _ _ _ WH T1).
  - intros i f Q. destruct (FH i f Q) as (Q1 & N & IK). split; [exact N|]. intros E L v AG.
    assert (LK : Holds (label_of_fact k f)) by (unfold label_of_fact in *; rewrite LG in L; exact L). split.
    + destruct (FK i f Q1) as (f1 & QF & AB & TG & LL). pose proof (formerly_held v i f1 AG QF (LL LK)) as FF.
      rewrite AB.
      rewrite <- E, TG. exact FF.
    + apply (KK i f (IK E) Q1 LK v AG).
Qed.
End State.

Theorem retag_speaks : forall F v0 g partner_free s h s' e, speaks A CP C X F w v0 every g ->
  PM.find p (sizes g) = None ->
  (partner_free = true -> forall n, ~ tag_is C (tagging w) p n) -> retag X g t p partner_free s = Some (h, s', e) ->
  speaks A CP C X F wr v0 every h /\ contents_of h t = [] /\ next_integer h = next_integer g /\ sizes h = sizes g /\
  forall n f, PM.find n (facts h) = Some f -> fact_tag (fst f) <> t.
Proof.
  intros F v0 g pf s h s' e S SZ FREE H. unfold retag in H.
  set (ga := keep_contents g t (fun _ => false)) in *. set (g0 := keep_contents ga p (fun _ => false)) in *.
  assert (S0 : speaks A CP C X F w v0 every g0).
  { eapply speaks_weaker; [apply weaker_keep_contents|]. eapply speaks_weaker; [apply weaker_keep_contents|exact S]. }
  assert (C0 : contents_of g0 t = [] /\ contents_of g0 p = []).
  { assert (NP : forall c, ~ In c (contents_of g0 p)).
    { intros c I. destruct (in_keep_contents _ _ _ _ _ I) as [_ K]. discriminate (K eq_refl). }
    assert (NT : forall c, ~ In c (contents_of g0 t)).
    { intros c I. destruct (in_keep_contents _ _ _ _ _ I) as [I2 _]. destruct (in_keep_contents _ _ _ _ _ I2) as [_ K].
      discriminate (K eq_refl). }
    split; [destruct (contents_of g0 t) as [|c l] eqn:E; auto; destruct (NT c); left; auto|].
    destruct (contents_of g0 p) as [|c l] eqn:E; auto. destruct (NP c). left; auto. }
  assert (T1 : consistent (rename X g0 retag_names false [])).
  { apply (rn_consistent _ _ _ _ _ (retag_renewed g0)).
    apply (sp_tables _ _ _ _ _ _ _ _ _ S0). }
  assert (SZ0 : PM.find p (sizes g0) = None).
  { unfold g0, ga. rewrite !sizes_keep_contents. exact SZ. }
  assert (NI : next_integer (rename X g0 retag_names false []) = next_integer g).
  { unfold g0, ga. cbn. rewrite !(ms_integers _ _ (wk_memory _ _ _ _ _ (weaker_keep_contents A P C _ _ _))). auto. }
  assert (ZS : sizes (rename X g0 retag_names false []) = sizes g).
  { unfold g0, ga. cbn. rewrite !sizes_keep_contents. auto. }
  destruct pf; rewrite <- NI, <- ZS.
  - eapply retag_free; eauto.
  - eapply retag_pairs; eauto.
Qed.
End World.
End Retag.
