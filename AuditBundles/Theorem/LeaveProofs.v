(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Returns: what a clone promises holds where it returns *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Hints Lifetimes Calls Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs EdgeProofs CallProofs FactProofs SaneProofs SaneProofsSteps
  ReturnProofs PlaceProofs.
Import ListNotations.
Open Scope Z_scope.

Section Leave.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

Theorem return_holds : forall F w v0 g a s u s' e m',
  here F w v0 g -> sane_frame CP (heap w) F -> sane_cells CP (heap w) -> rest F = [] -> end_ F = Return a ->
  return_from X g a s = Some (u, s', e) -> ends F (heap w) m' ->
  exists t', returned A CP C X w0 entry {| heap := m'; tagging := t' |} (registers F) (option_map (eval F) a).
Proof.
  intros F w v0 g a s u s' e m' H SF SC R EA RT EN.
  pose proof (acting _ _ _ _ _ _ _ _ _ _ H) as ACT. pose proof (act_function _ _ _ _ _ _ _ _ ACT) as RF.
  destruct (block_end CP C X FX _ _ SF RF R) as [WE NA]. rewrite EA in WE, NA.
  unfold return_from in RT. apply bind_inv in RT as (u1 & s1 & e1 & e2 & RR & RT & ->).
  apply demand_inv in RR as (RR & -> & ->).
  apply bind_inv in RT as (v & s2 & e3 & e4 & VA & RT & ->). apply bind_inv in RT as (g1 & s3 & e5 & e6 & EL & RT & ->).
  assert (VAL : match a, v with
                | Some a, Some sv => denotes C (heap w) (tagging w) v0 g sv (eval F a)
                | None, None => True
                | _, _ => False
                end).
  { destruct a as [a|].
    - apply bind_inv in VA as (sv & s4 & e7 & e8 & VA & Q & ->). apply ret_inv in Q as (<- & -> & ->).
      inversion NA as [|? ? LA _]; subst. cbn in WE. destruct (cresult (the_body X)) as [t|]; [|discriminate].
      destruct (value_of_denotes A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ _ H LA (SaneProofs.is_class _ _ _ _ WE) VA)
        as (D & _ & _).
      exact D.
    - apply ret_inv in VA as (<- & _ & _). exact I. }
  destruct (return_here A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ H EN EL)
    as (t' & G & H1 & GR & GF & GA & NL & -> & -> & DN).
  set (w' := {| heap := m'; tagging := t' |}) in *. exists t'. fold w'.
  destruct (fitting_exit CP C FIT _ _ (fits_clone _ _ _ FX)) as [PM2 PR2].
  apply bind_inv in RT as (svs & s4 & e7 & e8 & PV & RT & ->).
  destruct (place_values_sound A CP C FIT X w0 entry _ _ _ _ _ _ _ _ _ H1 PV) as (kept & PK & SK).
  assert (FACTS : Forall (register_fact_holds A C (heap w') (tagging w') (exit_values (the_body X) (registers F)
    (option_map (eval F) a) kept))
                    (result_facts (the_clone_body X)) /\
                  Forall (memory_fact_holds A P C (heap w') (tagging w') (exit_values (the_body X) (registers F)
                    (option_map (eval F) a) kept)) (exit_facts (the_clone_body X))).
  { match type of RT with demand_facts _ ?val _ _ _ _ = _ =>
      eapply (demand_facts_sound A CP C (heap w') (tagging w') X FX FIT) with (valuation := val) end.
    - apply (act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H1)).
    - intros n o p q c x Q K. apply (ended_cells CP F (heap w) m' SF SC EN n o p q c x Q K).
    - apply (held _ _ _ _ _ _ _ _ _ _ H1).
    - apply (tables _ _ _ _ _ _ _ _ _ _ H1).
    - intros q sq sv sq' ev Q. cbn beta in Q. unfold exit_values.
      destruct (Pos.eqb_spec q (cregister_count (the_body X))) as [->|NE].
      + apply lift_inv in Q as (Q & _ & _). destruct v as [y|]; [|discriminate Q]. cbn in Q. injection Q as <-.
        destruct a as [a|]; [|contradiction]. exists (eval F a). split; [reflexivity|].
        apply DN; [exact VAL|apply agrees_refl].
      + destruct (PM.find q (numbered (Pos.succ (cregister_count (the_body X))) svs)) as [y|] eqn:FQ.
        { apply ret_inv in Q as (<- & _ & _). destruct (numbered_both _ _ _ SK _ _ _ FQ) as (x & -> & SX). eauto. }
        rewrite (numbered_neither _ _ _ SK _ _ FQ).
        assert (RQ : exists t, PM.find q (cregisters (the_body X)) = Some t).
        { destruct (PM.find q (cregisters (the_body X))) as [t|] eqn:RE; [eauto|]. exfalso.
          unfold value_of_register in Q.
          destruct (PM.find q (assigned g1)) as [y|] eqn:AS.
          - destruct (assigned_exist _ _ _ _ _ _ _ _ _ _ H1 _ _ AS) as [t R']. congruence.
          - rewrite RE in Q. discriminate. }
        destruct RQ as [t RQ]. destruct (value_of_register_is X _ _ _ _ _ _ _ RQ Q) as (-> & _ & _). rewrite RQ.
        exists (registers F q). split; [reflexivity|]. rewrite <- GR.
        apply (denoted _ _ _ _ _ _ _ _ _ _ H1); [exact RQ|apply agrees_refl].
    - exact PR2.
    - exact PM2.
    - exact RT. }
  destruct FACTS as [FR FM]. pose proof (acting _ _ _ _ _ _ _ _ _ _ H1) as ACT1.
  split; auto.
  - apply (act_tagged _ _ _ _ _ _ _ _ ACT1).
  - apply (act_evolves _ _ _ _ _ _ _ _ ACT1).
  - apply (act_parameters _ _ _ _ _ _ _ _ ACT).
  - destruct (return_fits CP _ _ _ SF EA) as (B & FB & RF2). rewrite RF, (fits_body _ _ _ FX) in FB. injection FB as <-.
    destruct (cresult (the_body X)) as [t|]; destruct a as [a|]; cbn; auto. apply RF2.
  - exists kept. auto.
Qed.

End Leave.
