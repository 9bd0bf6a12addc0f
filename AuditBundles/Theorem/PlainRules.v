(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The rules of the instructions that do not touch memory are sound *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Guards Memory Accesses Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
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

End Plain.
