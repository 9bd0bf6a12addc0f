(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Executions begin at the entry clone's first node, and all that this says is true *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs Concretization Worlds Invariant.
From AICheck Require Import CallProofs EvolveProofs InitialMemory.
Import ListNotations.
Open Scope Z_scope.

(** In the beginning nothing has a tag, and what is made from then on is newer than the first activation. *)
Definition first_ghost : ghost := {| tag_at := fun _ => None; newer := fun _ => True |}.

Section Initial.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis WF : well_formed CP = true.
Hypothesis ENTRY : entry_holds CP C = true.
Variable number : id -> id -> kind -> option positive.

Section Memory.
Variable s : Semantics.state.
Hypothesis begun : initial P s.

Lemma initial_well_tagged : well_tagged P C (mem s) first_ghost.
Proof.
  destruct begun as (_ & _ & ST & NO & DY). apply (initial_tagged CP C FIT WF); auto.
  unfold entry_holds in ENTRY. apply andb_true_iff in ENTRY. apply ENTRY.
Qed.

Lemma first_facts_hold : forall l, Forall (fun f => proper_about (fact_about f)) l ->
  forallb (fact_holds_initially CP C) l = true ->
  Forall (fun f => forall z, fact_holds P C (mem s) first_ghost z f) l.
Proof.
  intros l PR H. destruct begun as (_ & _ & ST & _ & _). rewrite forallb_forall in H. rewrite Forall_forall in *.
  intros f I z. apply (initial_fact_holds CP C FIT WF); auto.
Qed.
End Memory.

(** The world in which the first activation begins. *)
Definition first_world (s : Semantics.state) : world := {| heap := mem s; tagging := first_ghost |}.

Theorem initial_holds : forall s, initial P s -> exists n N X B w entry,
  PM.find n (nodes C) = Some N /\ context_fits CP C X /\ obligation_number X = number /\
  the_clone X = node_clone N /\ PM.find (node_block N) (cblocks (the_body X)) = Some B /\
  at_place (top s) (ccode B) (csite B, clast B) /\ mem s = heap w /\
  Forall2 (place_holds A C (heap w) (tagging w)) (places N) [] /\
  Forall (register_fact_holds A C (heap w) (tagging w) (register_values (the_body X) (top s) [])) (register_facts N) /\
  Forall (memory_fact_holds A P C (heap w) (tagging w) (register_values (the_body X) (top s) [])) (memory_facts N) /\
  activation A CP C X w entry (top s) w.
Proof.
  intros s begun. pose proof (initial_well_tagged s begun) as WT. pose proof ENTRY as E. unfold entry_holds in E.
  apply andb_true_iff in E as [_ E]. destruct (PM.find (entry_clone C) (clones C)) as [c|] eqn:FC; [|discriminate].
  apply andb_true_iff in E as [CF E]. apply Pos.eqb_eq in CF.
  destruct (first_node CP C FIT _ _ FC) as (N & FN & NC & NB). rewrite FN in E. apply andb_true_iff in E as [RF MF].
  pose proof begun as (BG & _ & _ & _ & DY). destruct BG as (G & b & FG & FB & RU & RE & ES & EE & AU & _ & _ & _).
  cbn in FG. destruct (PM.find (centry CP) (cfunctions CP)) as [F|] eqn:FF; [|discriminate]. injection FG as <-.
  change (option_map block_of (PM.find 1%positive (cblocks F)) = Some b) in FB.
  destruct (PM.find 1%positive (cblocks F)) as [B|] eqn:FB1; [|discriminate]. injection FB as <-.
  exists (clone_entry c), N,
         {| the_program := CP; the_certificate := C; obligation_number := number; the_function := centry CP;
            the_body := F; the_clone := entry_clone C; the_clone_body := c;
            first_static_tag := (function_count CP + 2)%positive |},
         B, (first_world s), (registers (top s)).
  split; [exact FN|]. split; [split; auto|]. split; [reflexivity|].
  split; [symmetry; exact NC|]. split; [cbn; rewrite NB; exact FB1|].
  split; [split; [exact RE|split; [exact ES|exact EE]]|]. split; [reflexivity|].
  split; [destruct (places N); [constructor|discriminate]|].
  split; [destruct (places N), (register_facts N); try discriminate; constructor|]. split.
  - eapply Forall_impl; [|apply (first_facts_hold s begun (memory_facts N)); [|exact MF]]; [intros f H _ z _;
    exact (H z)|].
    apply (fitting_node CP C FIT _ _ FN).
  - split; cbn; auto; try (intros; discriminate); try (intros; congruence).
    + apply evolves_refl. exact WT.
    + intro k. split; auto.
Qed.
End Initial.
