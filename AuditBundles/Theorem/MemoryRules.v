(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The rules of the instructions that touch memory are sound *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Pointers Loads Writes
  Lifetimes Scripts.
From AICheck Require Import Checker Programs NumberProofs DerivationProofs Concretization Worlds Invariant.
From AICheck Require Import PathProofs PlainRules StoreProofs FillProofs CopyProofs ProbeProofs AllocateProofs
  FreeRuleProofs.
From AICheck Require Import StartProofs EndProofs HavocProofs LoadProofs.
Import ListNotations.
Open Scope Z_scope.

Section Rules.
Variable A : positive -> Prop.
Variable CP : cprogram.
Variable C : certificate.
Hypothesis FIT : fitting CP C = true.
Hypothesis ALARMS : forall x, (assumption_count CP <= x)%positive -> A x.
Variable X : context.
Hypothesis FX : context_fits CP C X.

Theorem rules_sound : forall n i, is_call i = false -> rule_is_sound A CP C X i (fun site g => execute X g n site i).
Proof.
  intros n i NC. destruct (is_plain i) eqn:PL; [apply plain_sound; auto|].
  destruct i; try discriminate NC; try discriminate PL.
  - apply load_sound; auto.
  - apply store_is_sound; auto.
  - apply copy_is_sound; auto.
  - exact (fill_is_sound A CP C FIT ALARMS X FX a (Some b) c).
  - exact (fill_is_sound A CP C FIT ALARMS X FX a None c).
  - apply probe_sound; auto.
  - apply allocate_is_sound; auto.
  - apply free_is_sound; auto.
  - apply start_is_sound; auto.
  - apply end_is_sound; auto.
  - apply havoc_is_sound; auto.
  - apply object_size_sound; auto.
Qed.

End Rules.
