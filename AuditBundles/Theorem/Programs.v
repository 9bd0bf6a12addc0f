(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The program of which the theorem speaks: what the checker reads, without numbers of instructions and live sets *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading State.

Definition block_of (B : cblock) : block :=
  {| code := map snd (ccode B); last_site := csite B; last := clast B |}.

Definition function_of (F : cfunction) : function :=
  {| registers_of := fun r => PM.find r (cregisters F);
     parameters_of := cparameters F;
     variadic := cvariadic F;
     result_of := cresult F;
     blocks_of := fun b => option_map block_of (PM.find b (cblocks F));
     first_block := 1%positive |}.

Definition program_of (P : cprogram) : program :=
  {| functions_of := fun f => option_map function_of (PM.find f (cfunctions P));
     statics_of := fun o => PM.find o (cstatics P);
     address_taken := fun f => existsb (Pos.eqb f) (taken P);
     entry_of := centry P |}.
