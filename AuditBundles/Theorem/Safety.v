(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Executions are safe, and verdicts say no more than that *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Lifetimes Scripts
  Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TargetProofs TableProofs EdgeProofs ResultProofs
  PathProofs CallProofs.
From AICheck Require Import SaneProofsSteps NodeProofs WalkSafety NodeSafety LedgerProofs InitialProofs.
Import ListNotations.
Open Scope Z_scope.

Section Safety.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable number : id -> id -> kind -> option positive.
Hypothesis FIT : fitting CP C = true.
Hypothesis WF : well_formed CP = true.
Hypothesis ALARMS : forall x, (assumption_count CP <= x)%positive -> A x.

(** What the scripts of all nodes said. *)
Definition said (e : event) : Prop := exists n N l, PM.find n (nodes C) = Some N /\
  check_node CP C number N = Some l /\ In e l.

Hypothesis CONTROL : forall l, said (Control l) -> Holds l.
Hypothesis ACCEPTED : forall n N, PM.find n (nodes C) = Some N -> exists e, check_node CP C number N = Some e.

Notation safe := (safe A CP number said).
Notation nodes_safe := (nodes_safe A CP C number said).

Lemma context_is : forall X N c f, context_fits CP C X -> obligation_number X = number -> the_clone X = node_clone N ->
  PM.find (node_clone N) (clones C) = Some c -> PM.find (clone_function c) (cfunctions CP) = Some f ->
  X = {| the_program := CP; the_certificate := C; obligation_number := number; the_function := clone_function c;
         the_body := f; the_clone := node_clone N; the_clone_body := c;
           first_static_tag := (function_count CP + 2)%positive |}.
Proof.
  intros [xp xc xn xf xb xl xk xs] N c f [FP FC FB FK FF FS] XN XC FCl FFn. cbn in *. subst xp xc xn xl xs.
  rewrite FK in FCl. injection FCl as <-. subst xf. rewrite FB in FFn. injection FFn as <-. reflexivity.
Qed.

Lemma nodes_are_safe : forall k, nodes_safe k.
Proof.
  induction k as [k IH] using (well_founded_induction Wf_nat.lt_wf).
  intros n N X B w0 entry F w stack kept FN FX NUM TC FB AT PK FR FM ACT CO.
  destruct (ACCEPTED n N FN) as [e CK].
  assert (SE : all_said said e).
  { apply Forall_forall. intros ev I. exists n, N, e. auto. }
  unfold check_node in CK. destruct (PM.find (node_clone N) (clones C)) as [c|] eqn:FC; [|discriminate].
  destruct (PM.find (clone_function c) (cfunctions CP)) as [f|] eqn:FF; [|discriminate].
  rewrite <- (context_is X N c f FX NUM TC FC FF) in CK.
  destruct (check_script X N (script N)) as [[[u rest_of] e']|] eqn:CS; [|discriminate].
  destruct rest_of; [|discriminate]. injection CK as ->.
  unfold check_script in CS. apply bind_inv in CS as (g & s1 & e1 & e2 & EA & CS & ->).
  apply all_said_app in SE as [_ SE].
  apply bind_inv in CS as (b & s2 & e3 & e4 & FBl & CS & ->). apply all_said_app in SE as [_ SE].
  unfold find_block in FBl. apply lift_inv in FBl as (FBl & -> & ->). rewrite FB in FBl. injection FBl as <-.
  destruct (fitting_node CP C FIT _ _ FN) as [PM1 PR1].
  apply safe_if_sane. intro SA. pose proof (top_sane _ _ _ _ SA) as SF.
  assert (CL : NodeSafety.registers_classed X F).
  { intros r t R. eapply (in_class _ _ _ SF); [|exact R]. rewrite (act_function _ _ _ _ _ _ _ _ ACT).
    apply (fits_body _ _ _ FX). }
  assert (PS : place_safe A CP C number said X (fold_left add_fact (memory_facts N) g, ccode B, (csite B, clast B))).
  { exact (walk_safe A CP C FIT WF ALARMS number said CONTROL X FX NUM _ _ _ _ _ CS SE). }
  destruct (here_at_entry A CP C WF X FX F kept w0 entry w (places N) ACT CL (fitting_places CP C FIT _ _ FN) PK)
    as [H0 ST].
  eapply (PS k w0 entry F w (start_valuation X F kept) stack); auto.
  edestruct (assume_registers_hold A CP C WF X FX F kept) as [H1 ST1];
    [exact H0|exact ST|exact PR1|exact FR|exact EA|].
  eapply here_add_facts; [exact H1| |exact PM1|exact FM].
  intros v AG. eapply entry_named; eauto.
Qed.

(** *** The beginning *)

Hypothesis ENTRY : entry_holds CP C = true.

Lemma initial_safe : forall s k, initial P s -> safe k s.
Proof.
  intros s k I. destruct (initial_holds A CP C FIT WF ENTRY number s I)
    as (n & N & X & B & w & entry & FN & FX & NUM & TC & FB & AT & ME & PK & FR & FM & ACT).
  pose proof I as (_ & SU & _). destruct s as [F stack m]. cbn in SU, ME. subst stack m.
  eapply (nodes_are_safe k) with (kept := []); eauto. exact Logic.I.
Qed.

Lemma reachable_safe : forall s, reachable A P s -> forall k, safe k s.
Proof.
  intros s R. induction R as [s I|s s' R IH ST]; intro k; [apply initial_safe; exact I|].
  assert (SA : sane CP s) by (eapply reachable_sane; eauto).
  destruct (IH (S k) SA) as [_ N]. apply N. exact ST.
Qed.

Lemma reachable_good : forall s, reachable A P s -> good A CP number said s.
Proof. intros s R. assert (SA : sane CP s) by (eapply reachable_sane; eauto). apply (reachable_safe s R 0%nat SA). Qed.

End Safety.

(** ** The verdicts *)

Section Verdicts.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Variable number : id -> id -> kind -> option positive.
Variable s : ledger.
Hypothesis CHECKED : check CP C number = Some s.

Lemma checked_parts : well_formed CP = true /\ fitting CP C = true /\ entry_holds CP C = true /\
  check_nodes CP C number (map snd (PM.elements (nodes C))) (PM.empty _, []) = Some s.
Proof.
  unfold check in CHECKED. destruct (well_formed CP && fitting CP C && entry_holds CP C) eqn:E; [|discriminate].
  apply andb_true_iff in E as [E E3]. apply andb_true_iff in E as [E1 E2]. auto.
Qed.

Lemma node_accepted : forall n N, PM.find n (nodes C) = Some N ->
  exists e, check_node CP C number N = Some e /\ forall ev, In ev e -> recorded A s ev.
Proof.
  intros n N F. destruct checked_parts as (_ & _ & _ & CN). eapply check_nodes_records; [exact CN|].
  apply in_map_iff. exists (n, N). split; auto. apply PM.elements_correct. exact F.
Qed.

Lemma said_recorded : forall e, said CP C number e -> recorded A s e.
Proof.
  intros e (n & N & l & F & CK & I). destruct (node_accepted n N F) as (l' & CK' & R). rewrite CK in CK'.
  injection CK' as <-. auto.
Qed.

Lemma proved_upheld : forall o l, verdict_of s o = Proved l -> Holds l ->
  upheld_always A (said CP C number) o /\ Holds (snd s).
Proof.
  intros o l V H. unfold verdict_of in V. destruct (PM.find o (fst s)) as [[| |m]|] eqn:F; try discriminate.
  injection V as <-.
  apply union_holds in H as [HM HS]. split; auto. split.
  - intros l' S. apply said_recorded in S. cbn in S. rewrite F in S. auto.
  - intro S. apply said_recorded in S. cbn in S. congruence.
Qed.

Lemma unreachable_unsaid : forall o e, verdict_of s o = Unreachable -> said CP C number e ->
  about_obligation o e -> False.
Proof.
  intros o e V S AB. apply said_recorded in S. unfold verdict_of in V.
  destruct e as [p l|p|l]; cbn in *; try contradiction; subst.
  - destruct (PM.find o (fst s)) as [[| |m]|]; try discriminate; contradiction.
  - rewrite S in V. discriminate.
Qed.

End Verdicts.
