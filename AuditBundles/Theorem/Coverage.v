(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Which bundles the theorem is about

    [ai-audit-verified] prints it before the verdicts, and [ai-audit verify --verified] counts the verdicts of the others
    as checked, but not covered by the theorem. *)

From AICheck Require Import Semantics State.

(** The theorem is not complete yet, so it is about no bundle. What takes this place is what the theorem assumes of
    a program and its certificate. *)
Definition covered (P : cprogram) (C : certificate) : bool := false.
