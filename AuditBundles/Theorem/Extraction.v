(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The checker as an OCaml program: numbers and bytes as Coq has them, nothing replaced but lists, pairs and
    booleans *)

From Coq Require Import Extraction ExtrOcamlBasic FMapPositive Init.Byte.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Loads Writes Lifetimes Scripts.
From AICheck Require Import Checker Coverage.

Extraction Language OCaml.
Extraction "checker.ml" check covered verdict_of read_unsigned read_signed read_optional_id read_flag
  read_small read_type
  read_bounds read_modulus read_range read_targets read_memory_fact read_tag read_label read_bits64 float_of_bits
  PositiveMap.elements Byte.of_bits type_range contains_range.
