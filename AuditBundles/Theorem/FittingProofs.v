(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What the certificate's tables have is proper, and clones have a first node *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Reading State Checker.
From AICheck Require Import NumberProofs IntegerProofs Concretization.
Import ListNotations.
Open Scope Z_scope.

Lemma proper_facts_are : forall l, forallb proper_fact l = true -> Forall (fun f => proper_about (fact_about f)) l.
Proof.
  intros l H. rewrite forallb_forall in H. apply Forall_forall. intros f I. specialize (H f I). unfold proper_fact in H.
  destruct (fact_about f) as [first count stride t u p| |from to b| | | |]; cbn; auto.
  - repeat (apply andb_true_iff in H as [H ?]). split; [lia|]. split; [destruct (count =? 1); lia|]. split.
    + destruct t as [t| |]; cbn in *; auto. unfold proper. lia.
    + destruct p as [q m r|[e|]|[r|]]; cbn in *; auto; [lia| |].
      * match goal with F : forallb _ _ = true |- _ => rewrite forallb_forall in F; apply Forall_forall; intros x IX;
          specialize (F x IX); unfold Checker.proper_entry in F; unfold proper_entry; lia end.
      * unfold Checker.proper_range in *. match goal with F : (_ && _)%bool = true |- _ => apply andb_true_iff in F
          as [? ?] end.
        unfold proper_range, proper_end, Checker.proper_end in *. destruct (flower r), (fupper r); try discriminate;
          repeat split; auto; discriminate.
  - lia.
Qed.

Lemma proper_register_facts_are : forall l, forallb Checker.proper_register_fact l = true ->
  Forall proper_register_fact l.
Proof.
  intros l H. rewrite forallb_forall in H. apply Forall_forall. intros f I. specialize (H f I).
  destruct f as [| |r e l'|r x l']; cbn in *; auto.
  - rewrite forallb_forall in H. apply Forall_forall. intros y J. specialize (H y J). unfold Checker.proper_entry in H.
    unfold proper_entry. lia.
  - unfold Checker.proper_range in H. apply andb_true_iff in H as [H1 H2].
    unfold proper_range, proper_end, Checker.proper_end in *. destruct (flower x), (fupper x); try discriminate;
      repeat split; auto; discriminate.
Qed.

Section Fitting.
Variable CP : cprogram.
Variable C : certificate.
Hypothesis FIT : fitting CP C = true.

Lemma fitting_node : forall n N, PM.find n (nodes C) = Some N ->
  Forall (fun f => proper_about (fact_about f)) (memory_facts N) /\ Forall proper_register_fact (register_facts N).
Proof.
  intros n N F. unfold fitting in FIT. repeat rewrite andb_true_iff in FIT. decompose [and] FIT.
  match goal with T : forallb (fun p => forallb proper_fact (memory_facts (snd p)) && _) _ = true |- _ =>
    eapply forallb_elements in T; [|exact F]; cbn in T; apply andb_true_iff in T as [T1 T2] end.
  split; [apply proper_facts_are|apply proper_register_facts_are]; auto.
Qed.

Lemma fitting_exit : forall n body, PM.find n (clones C) = Some body ->
  Forall (fun f => proper_about (fact_about f)) (exit_facts body) /\ Forall proper_register_fact (result_facts body).
Proof.
  intros n N F. unfold fitting in FIT. repeat rewrite andb_true_iff in FIT. decompose [and] FIT.
  match goal with T : forallb (fun p => forallb proper_fact (exit_facts (snd p)) && _) _ = true |- _ =>
    eapply forallb_elements in T; [|exact F]; cbn in T; apply andb_true_iff in T as [T1 T2] end.
  split; [apply proper_facts_are|apply proper_register_facts_are]; auto.
Qed.

Lemma first_node : forall n body, PM.find n (clones C) = Some body ->
  exists N, PM.find (clone_entry body) (nodes C) = Some N /\ node_clone N = n /\ node_block N = 1%positive.
Proof.
  intros n body F. unfold fitting in FIT. repeat rewrite andb_true_iff in FIT. decompose [and] FIT.
  match goal with T : forallb (fitting_clone C) _ = true |- _ => eapply forallb_elements in T; [|exact F];
    unfold fitting_clone in T; apply andb_true_iff in T as [_ T] end.
  destruct (PM.find (clone_entry body) (nodes C)) as [N|]; [|discriminate]. exists N. split; auto.
  match goal with T : (_ && _)%bool = true |- _ => apply andb_true_iff in T as [T1 T2] end.
  apply Pos.eqb_eq in T1, T2. auto.
Qed.

End Fitting.
