(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The theorem: what the checker accepts is true of every execution

    [A] says which numbers of labels hold: those of assumptions that hold of the world, and all those of alarms, as an
    execution ends where it first violates an obligation. *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Scripts Checker Programs.
From AICheck Require Import NumberProofs Concretization Worlds Invariant LedgerProofs Safety.
Import ListNotations.

Lemma violated_is_raised : forall P s o, violates P s o -> raises P s o.
Proof.
  assert (V : forall l k, violated l k -> In k (map fst l)).
  { intros l k H. induction H; [left; reflexivity|right; assumption]. }
  intros P s o H. destruct H; [eapply Raises_instruction|eapply Raises_end]; eauto.
Qed.

(** For every set of assumptions that hold: in no execution an obligation is violated whose verdict is "proved" with a
    label that is a part of the set; and where what all paths rest on holds, no execution comes to an obligation whose
    verdict is "unreachable", and each that it comes to is one of the table. *)
Theorem soundness : forall CP C number s, check CP C number = Some s ->
  forall A : positive -> Prop, (forall x, (assumption_count CP <= x)%positive -> A x) ->
  forall state, reachable A (program_of CP) state ->
  forall f site k,
  (forall o, violates (program_of CP) state (f, site, k) -> number f site k = Some o ->
   match verdict_of s o with
   | Proved l => ~ Holds A l
   | NotProved => True
   | Unreachable => ~ Holds A (snd s)
   end) /\
  (raises (program_of CP) state (f, site, k) -> Holds A (snd s) ->
   exists o, number f site k = Some o /\ verdict_of s o <> Unreachable).
Proof.
  intros CP C number s CHECKED A ALARMS state R f site k.
  destruct (checked_parts CP C number s CHECKED) as (WF & FIT & ENTRY & _).
  assert (GOOD : Holds A (snd s) -> good A CP number (said CP C number) state).
  { intro HC. apply (reachable_good A CP C number FIT WF ALARMS); auto.
    - intros l S. exact (said_recorded A CP C number s CHECKED _ S HC).
    - intros n N F. destruct (node_accepted A CP C number s CHECKED n N F) as (e & CK & _). eauto. }
  assert (RAISED : raises (program_of CP) state (f, site, k) -> Holds A (snd s) ->
            exists o, number f site k = Some o /\ verdict_of s o <> Unreachable).
  { intros RA HC. destruct (proj2 (GOOD HC) f site k RA) as (o & e & NO & SA & AB). exists o. split; auto.
    intro V. exact (unreachable_unsaid A CP C number s CHECKED o e V SA AB). }
  split; [|exact RAISED]. intros o V NO. destruct (verdict_of s o) as [| |l] eqn:E; auto.
  - intro HC. destruct (RAISED (violated_is_raised _ _ _ V) HC) as (o' & NO' & NU). rewrite NO in NO'.
    injection NO' as <-. auto.
  - intro HL. destruct (proved_upheld A CP C number s CHECKED o l E HL) as [UP HC].
    exact (proj1 (GOOD HC) f site k o V NO UP).
Qed.
