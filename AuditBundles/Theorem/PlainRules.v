(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Instructions that do not touch memory, guards and steps: all of it together, with nothing left to assume *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Guards Memory Accesses Scripts Checker Programs.
From AICheck Require Import FloatRanges FloatValidity.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import FactReading FactProofs GuardProofs DecidedProofs StepProofs.
From AICheck Require Import SimpleProofs PointerProofs OffsetProofs FloatRules.
Import ListNotations.
Open Scope Z_scope.

(** Instructions whose rules are the simple ones. *)
Definition is_plain (i : instruction) : bool :=
  match i with
  | Move _ _ | Linear _ _ _ | Arithmetic _ _ _ _ _ | Convert _ _ _ | CompareIntegers _ _ _ _
  | ComparePointers _ _ _ _ _ | CompareFloats _ _ _ _ | FloatArithmetic _ _ _ _ _ | FloatNegate _ _ _
  | ConvertFloat _ _ _ | IntegerToFloat _ _ _ | FloatToInteger _ _ _ | Offset _ _ _ _ _ | Difference _ _ _ _
  | PointerToInteger _ _ _ | IntegerToPointer _ _ | Havoc _ _ | Assume _ _ | Check _ _ => true
  | _ => false
  end.

Section Plain.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.

Theorem plain_sound : forall number i, is_plain i = true ->
  rule_is_sound A CP C X i (fun site g => execute X g number site i).
Proof.
  intros number i H. destruct i; try discriminate H;
    eauto using move_sound, linear_sound, arithmetic_sound, convert_sound, compare_integers_sound,
      compare_pointers_sound,
      compare_floats_sound, float_arithmetic_sound, float_negate_sound, convert_float_sound, integer_to_float_sound,
      float_to_integer_sound, offset_sound, difference_sound, pointer_to_integer_sound, integer_to_pointer_sound,
      havoc_sound.
  - exact (assume_sound A CP C FIT X FX number _ _).
  - exact (check_sound A CP C FIT X FX number _ _).
Qed.

Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

Theorem guard_keeps : forall F w v0 g f t l z s h s' e, here F w v0 g -> is_value (integers v0) g f z ->
  (Holds l -> (z <> 0 <-> t = true)) -> guard X g f t l s = Some (h, s', e) -> here F w v0 h.
Proof. exact (guard_holds A CP C FIT X FX w0 entry). Qed.

Theorem steps_keep : well_formed CP = true -> (forall x, (assumption_count CP <= x)%positive -> A x) ->
  forall F w v0 g s h m s' e, here F w v0 g -> classed (heap w) -> steps X g s = Some ((h, m), s', e) ->
    controlled A e ->
  here F w v0 h /\ m <> Stop.
Proof.
  intros WELL ALARMS.
  apply (steps_hold A CP C FIT WELL X FX ALARMS w0 entry).
  - intros s f s' e. apply read_memory_fact_proper.
  - intros m tagged v g f s u s' e SH K W CL PR.
    apply (demand_memory_sound A CP C m tagged X FX FIT) with (v := v) (g := g); auto.
    + intros r q x _ _. apply range_inside_holds.
    + exact range_of_constant.
Qed.

End Plain.
