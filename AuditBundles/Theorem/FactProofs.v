(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Demanded facts: what hints show holds, of memory and of the values that registers have *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Guards Memory Accesses Hints Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs Concretization Invariant.
From AICheck Require Import EntryProofs TargetProofs PredicateProofs ValueProofs EvidenceProofs CellProofs
  SegmentProofs GuardProofs.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Facts.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable m : memory.
Variable tagged : ghost.
Notation state_holds := (state_holds A P C m tagged).
Notation fact_holds := (fact_holds P C m tagged).
Notation about_holds := (about_holds P C m tagged).
Notation is_symbolic := (is_symbolic C m tagged).
Notation register_fact_holds := (register_fact_holds A C m tagged).
Variable X : context.
Hypothesis fit : context_fits CP C X.
Hypothesis fits : fitting CP C = true.

Hypothesis well : well_tagged P C m tagged.
Hypothesis classed : forall n o p w c x, m n = Some o -> cell o p w c = Some x -> class_of_value x = c.

Lemma demand_label_inv : forall l within u s s' e,
  demand_label l within s = Some (u, s', e) -> Holds within -> Holds l.
Proof. unfold demand_label. intros. monad. eauto using subset_holds. Qed.

Section State.
Variable v : valuation.
Variable g : state.
Hypothesis G : state_holds v g.
Hypothesis K : consistent g.

(** ** Memory *)

(** A fact of the same kind that says more. *)
Lemma weaker_fact : forall i z t a b, about_holds i t a ->
  match a, b with
  | Size b, Size c => contains_range c b
  | Bytes x y v, Bytes x' y' v' => (v =? v') && (x <=? x') && (y' <=? y)
  | Raw x y, Raw x' y' => (x <=? x') && (y' <=? y)
  | Alive, Alive => true
  | _, _ => false
  end = true -> about_holds z t b.
Proof.
  intros i z t a b H E n o T M. specialize (H n o T M).
  destruct a, b; try discriminate; monad; subst; auto; intro L; specialize (H L); cbn in *.
  - destruct H as [I S]. split; [intros x B; apply I; lia|]. intros p w c x F U. apply S; lia.
  - eapply contains_range_in; eauto.
  - intros x B. apply H. lia.
Qed.

Lemma no_object : forall i z t a, about_holds i t Absent -> about_holds z t a.
Proof. intros i z t a H n o T M. destruct (H n o T M). Qed.

(** *** Absence *)

Lemma null_base : forall l c o, in_targets C m tagged l c o -> forallb is_null_entry l = true -> c = BNull.
Proof.
  intros l c o I N. apply Exists_exists in I as (e & I & T & _). rewrite forallb_forall in N.
  apply (null_is_tagged CP C m tagged (entry_tag e)); auto. apply Pos.eqb_eq. exact (N e I).
Qed.

Lemma other_base : forall l c o, in_targets C m tagged l c o ->
  forallb (fun e => negb (is_null_entry e)) l = true -> c <> BNull.
Proof.
  intros l c o I N B. apply Exists_exists in I as (e & I & T & _). rewrite forallb_forall in N.
  apply (null_is_tagged CP C m tagged (entry_tag e)) in B; auto. specialize (N e I). unfold is_null_entry in N.
  rewrite B in N. discriminate N.
Qed.

Lemma absent_holds_sound : forall z t s L s' e, absent_holds g t s = Some (L, s', e) -> Holds L ->
  about_holds z t Absent.
Proof.
  intros z t s L s' e H HL. unfold absent_holds in H. apply bind_inv in H as (k & s1 & e1 & e2 & _ & H & _).
  apply bind_inv in H as (f & s2 & e3 & e4 & F & H & _).
  apply (fact_of_tag_holds A CP C m tagged v g G K) in F as [F _].
  destruct (fact_about (fst f)) as [| | | | | | | |r]; try discriminate H.
  - apply ret_inv in H as (<- & _). exact (no_object _ _ _ _ (F HL)).
  - apply bind_inv in H as ([l lab] & s3 & e5 & e6 & T & H & _). apply lift_inv in T as (T & _).
    apply bind_inv in H as (u & s4 & e7 & e8 & N & H & _). apply demand_inv in N as (N & _).
    apply ret_inv in H as (<- & _). apply union_holds in HL as [HL HT]. intros n o TI M. apply (F HL n o TI M).
    eapply null_base; [|exact N]. eapply target_sets; eauto.
Qed.

(** The state's base is that which the valuation has. *)
Lemma absent_if_null_sound : forall z r b t s L s' e, base_is C m tagged v b (bases z r) ->
  absent_if_null_holds g t b s = Some (L, s', e) -> Holds L -> about_holds z t (AbsentIfNull r).
Proof.
  intros z r b t s L s' e B H HL. unfold absent_if_null_holds in H.
  apply bind_inv in H as (k & s1 & e1 & e2 & _ & H & _). destruct (k =? 0); [|destruct (k =? 1); [|discriminate H]].
  - apply bind_inv in H as (i & s2 & e3 & e4 & _ & H & _). apply bind_inv in H as (f & s3 & e5 & e6 & F & H & _).
    apply (fact_of_tag_holds A CP C m tagged v g G K) in F as [F _].
    destruct (fact_about (fst f)) as [| | | | | | | |q]; try discriminate H.
    apply bind_inv in H as (u & s4 & e7 & e8 & E & H & _). apply demand_inv in E as (E & _).
    apply ret_inv in H as (<- & _). destruct b as [b|b]; [discriminate E|]. apply Pos.eqb_eq in E. subst q.
    intros n o TI M. cbn in B |- *. rewrite <- B. exact (F HL n o TI M).
  - apply bind_inv in H as ([l lab] & s2 & e3 & e4 & T & H & _). apply lift_inv in T as (T & _).
    apply bind_inv in H as (u & s3 & e5 & e6 & N & H & _). apply demand_inv in N as (N & _).
    apply ret_inv in H as (<- & _). intros n o TI M. cbn. eapply other_base; [|exact N]. eapply cases_hold; eauto.
Qed.

Section Resolved.
Variable resolve : form -> M form.
Variable base : positive -> M sbase.
Variable z : valuation.
Hypothesis RESOLVED : forall f s h s' e, resolve f s = Some (h, s', e) ->
  eval_form (integers v) h = eval_form (integers z) f.
Hypothesis BASED : forall r s b s' e, base r s = Some (b, s', e) -> base_is C m tagged v b (bases z r).

Theorem memory_holds_sound : forall t a s L s' e, proper_about a ->
  memory_holds X resolve base g t a s = Some (L, s', e) -> Holds L -> about_holds z t a.
Proof.
  intros t a s L s' e PR H HL. unfold memory_holds in H. monad.
  destruct (x =? 0); [|destruct (x =? 2); [|destruct (x =? 3); [|discriminate]]].
  - assert (OTHER : forall s L s' e,
      (let* n := read_unsigned in
       let* f := fact_of_tag g (fact_number n) t in
       demand (match fact_about (fst f), a with
               | Size b, Size c => contains_range c b
               | Bytes x y v, Bytes x' y' v' => (v =? v') && (x <=? x') && (y' <=? y)
               | Raw x y, Raw x' y' => (x <=? x') && (y' <=? y)
               | Alive, Alive => true
               | _, _ => false
               end) ;;
       ret (label_of_fact g f)) s = Some (L, s', e) -> Holds L -> about_holds z t a).
    { clear H HL. intros s2 L2 s3 e2 H HL. monad.
      match goal with F : fact_of_tag _ _ _ _ = Some _ |- _ =>
        apply (fact_of_tag_holds A CP C m tagged v g G K) in F as [F _] end.
      eapply weaker_fact; eauto. }
    destruct a as [first count stride ty u q|from to| | | | | |from to|r]; try (eapply OTHER; eauto; fail);
      try (eapply absent_holds_sound; eauto; fail); clear OTHER.
    + destruct PR as (CO & ST & TY & PQ).
      assert (0 <= stride) by (pose proof (width_positive ty TY); destruct (count =? 1); lia). intros n o T M AL.
      change (says P C m tagged v o (Cells first count stride ty u q)).
      eapply (cells_hold_sound A CP C m tagged X fit fits v g G K); eauto.
    + intros n o T M AL. exact (evidence_holds A CP C m tagged X fit v g G K t n o T M AL well _ _ _ _ _ _ H HL).
    + apply bind_inv in H as (f & q1 & f1 & f2 & R1 & H & _). apply bind_inv in H as (h & q2 & f3 & f4 & R2 & H & _).
      intros n o T M AL. cbn. rewrite <- (RESOLVED _ _ _ _ _ R1), <- (RESOLVED _ _ _ _ _ R2).
      exact (segment_sources_hold A CP C X fit m tagged v g G K well t n o T M AL _ _ _ _ _ _ H HL).
    + apply bind_inv in H as (b & q1 & f1 & f2 & B & H & _). eapply absent_if_null_sound; eauto.
  - monad. exfalso. match goal with H : contradiction _ _ _ = Some _ |- _ =>
      eapply (contradiction_holds A (integers v) g); [apply numbers with (1 := G)|exact H|exact HL] end.
  - monad. match goal with F : fact_of_tag _ _ _ _ = Some (?f, _, _) |- _ =>
      apply (fact_of_tag_holds A CP C m tagged v g G K) in F as [F _];
      destruct (fact_about (fst f)) eqn:AB; try discriminate H end.
    eapply no_object. destruct a; try discriminate H; monad; eauto.
Qed.

Theorem demand_memory_sound : forall f u s s' e, proper_about (fact_about f) ->
  demand_memory X resolve base g f s = Some (u, s', e) -> Holds (fact_label f) -> fact_holds z f.
Proof.
  intros f u s s' e PR H L. unfold demand_memory in H. monad.
  eapply memory_holds_sound; eauto. eapply demand_label_inv; eauto.
Qed.
End Resolved.

(** ** Registers *)

Section Registers.
Variable valuation : id -> M svalue.
Variable values : id -> option value.
Hypothesis valued : forall r s sv s' e, valuation r s = Some (sv, s', e) ->
  exists x, values r = Some x /\ is_symbolic v sv x.

Lemma substitute_holds : forall t f s h s' e, substitute valuation t f s = Some (h, s', e) ->
  exists z, sum_of values t = Some z /\ eval_form (integers v) h = eval_form (integers v) f + z.
Proof.
  induction t as [|[r k] t IH]; intros f s h s' e H; cbn [substitute] in H.
  { monad. exists 0. split; [reflexivity|lia]. }
  monad. match goal with E : valuation _ _ = Some _ |- _ => apply valued in E as (y & V & S) end.
  cbn [sum_of]. rewrite V.
  destruct x as [j|b j|]; [| |discriminate]; monad;
    match goal with E : add_scaled _ _ _ = Some _ |- _ => pose proof (add_scaled_eval (integers v) _ _ _ _ E) as AE end;
    match goal with H : substitute _ _ _ _ = Some _ |- _ => apply IH in H as (z & Z & E) end; rewrite Z, E, AE.
  - destruct y; try (exfalso; exact S). cbn. eexists. split; [reflexivity|]. cbn in S. lia.
  - destruct y; try (exfalso; exact S). cbn. eexists. split; [reflexivity|]. destruct S as [_ S]. lia.
Qed.

Theorem demand_register_sound : forall f u s s' e, proper_register_fact f ->
  demand_register X valuation g f s = Some (u, s', e) -> register_fact_holds values f.
Proof.
  intros f u s s' e PR H. destruct f as [t b l|t k r l|r l lab|r range l]; cbn [demand_register] in H; monad.
  - match goal with H : substitute _ _ _ _ = Some _ |- _ => apply substitute_holds in H as (z & Z & E) end.
    exists z. split; [exact Z|]. intro L. rewrite eval_constant in E.
    match goal with U : upper_bound _ _ _ = Some _ |- _ =>
      apply (upper_bound_holds A (integers v) g (numbers _ _ _ _ _ _ _ G)) in U; [|eapply demand_label_inv; eauto] end.
    lia.
  - match goal with H : substitute _ _ _ _ = Some _ |- _ => apply substitute_holds in H as (z & Z & E) end.
    exists z. split; [exact Z|]. intro L. rewrite eval_constant in E.
    match goal with U : congruence_premises _ _ _ _ = Some (?p, _, _) |- _ =>
      destruct p as [w lw]; cbn [fst snd] in * end.
    match goal with U : congruence_premises _ _ _ _ = Some _ |- _ =>
      apply (congruence_premises_holds A (integers v) g (numbers _ _ _ _ _ _ _ G)) in U;
        [|eapply demand_label_inv; eauto]; destruct U as (_ & _ & U) end.
    subst. replace z with (eval_form (integers v) x) by lia. assumption.
  - match goal with E : valuation _ _ = Some _ |- _ => apply valued in E as (y & V & S) end.
    destruct x as [|c f|]; try discriminate. monad. destruct y as [|c' o'|]; try (exfalso; exact S).
    exists c', o'. split; [exact V|]. intro L.
    eapply (targets_hold_sound A CP C m tagged X fit v g); eauto. eapply demand_label_inv; eauto.
  - match goal with E : valuation _ _ = Some _ |- _ => apply valued in E as (y & V & S) end.
    destruct x as [| |f]; try discriminate. monad. destruct y as [| |y]; try (exfalso; destruct f; exact S).
    exists y. split; [exact V|]. intro L.
    eapply (range_holds_sound A CP C m tagged v g); eauto.
    eapply demand_label_inv; eauto.
Qed.

Lemma demand_registers_sound : forall l u s s' e, Forall proper_register_fact l ->
  demand_registers X valuation g l s = Some (u, s', e) -> Forall (register_fact_holds values) l.
Proof.
  induction l as [|f l IH]; intros u s s' e PR H; [constructor|]. cbn [demand_registers] in H.
  inversion PR; subst. monad. constructor; [eapply demand_register_sound; eauto|eapply IH; eauto].
Qed.

Lemma resolved_holds : forall z, named_as values z -> forall f s h s' e,
  resolved valuation f s = Some (h, s', e) -> eval_form (integers v) h = eval_form (integers z) f.
Proof.
  intros z NA [t c] s h s' e H. unfold resolved in H. monad.
  match goal with S : substitute _ _ _ _ = Some _ |- _ => apply substitute_holds in S as (y & Y & E) end.
  match goal with N : add_number _ _ = Some _ |- _ => rewrite (add_number_eval _ _ _ _ N) end.
  rewrite E, eval_constant. unfold eval_form. cbn [fst snd]. rewrite (sum_numbered values z NA t y Y). lia.
Qed.

Lemma base_of_register_holds : forall z, named_as values z -> forall r s b s' e,
  base_of_register valuation r s = Some (b, s', e) -> base_is C m tagged v b (bases z r).
Proof.
  intros z NA r s b s' e H. unfold base_of_register in H. monad.
  match goal with E : valuation _ _ = Some _ |- _ => apply valued in E as (y & V & S) end.
  destruct x as [|c f|]; try discriminate. monad. destruct y as [|c' o'|]; try (exfalso; exact S).
  rewrite (named_bases _ _ NA _ _ _ V). destruct S as [S _]. destruct b; [apply S|exact S].
Qed.

Lemma demand_memories_sound : forall l u s s' e, Forall (fun f => proper_about (fact_about f)) l ->
  demand_memories X valuation g l s = Some (u, s', e) -> Forall (memory_fact_holds A P C m tagged values) l.
Proof.
  induction l as [|f l IH]; intros u s s' e PR H; [constructor|]. cbn [demand_memories] in H.
  inversion PR; subst. monad. constructor; [|eapply IH; eauto]. intros L z NA.
  eapply demand_memory_sound; eauto; [exact (resolved_holds z NA)|exact (base_of_register_holds z NA)].
Qed.

Lemma facts_demanded : forall r l u s s' e,
  Forall proper_register_fact r -> Forall (fun f => proper_about (fact_about f)) l ->
  demand_facts X valuation g r l s = Some (u, s', e) ->
  Forall (register_fact_holds values) r /\ Forall (memory_fact_holds A P C m tagged values) l.
Proof.
  intros r l u s s' e PR PL H. unfold demand_facts in H. monad.
  split; [eapply demand_registers_sound; eauto|eapply demand_memories_sound; eauto].
Qed.
End Registers.
End State.

(** ** Where a path is *)

Lemma agrees_itself : forall g v, agrees g v v.
Proof. intros g v. split; intros s L; reflexivity. Qed.

Theorem demand_facts_sound : forall v0 g valuation values r l u s s' e,
  holds_here A P C m tagged v0 g -> consistent g ->
  (forall r s sv s' e, valuation r s = Some (sv, s', e) ->
   exists x, values r = Some x /\ is_symbolic v0 sv x) ->
  Forall proper_register_fact r -> Forall (fun f => proper_about (fact_about f)) l ->
  demand_facts X valuation g r l s = Some (u, s', e) ->
  Forall (register_fact_holds values) r /\ Forall (memory_fact_holds A P C m tagged values) l.
Proof.
  intros v0 g valuation values r l u s s' e G K V PR PL H.
  eapply (facts_demanded v0 g (G _ (agrees_itself g v0)) K valuation values); eauto.
Qed.

End Facts.
