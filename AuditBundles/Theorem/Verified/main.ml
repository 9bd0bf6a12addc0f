(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(* ai-audit-verified PROGRAM CERTIFICATE: prints each obligation's verdict, or why nothing holds.
   Exit codes: 0 accepted, 1 rejected, 64 wrong usage. *)

open Checker
open Fields

let print_verdicts program numbers ledger =
  ignore program;
  let show o =
    match verdict_of ledger (id o) with
    | Unreachable -> Printf.printf "%d unreachable %s\n" o (String.concat " " (List.map (fun a -> string_of_int (index a)) (snd ledger)))
    | NotProved -> Printf.printf "%d unproved\n" o
    | Proved l -> Printf.printf "%d proved %s\n" o (String.concat " " (List.map (fun a -> string_of_int (index a)) l))
  in
  for o = 0 to Hashtbl.length numbers - 1 do show o done

let run program_file certificate_file =
  input := bytes_of_file program_file;
  let file = Program.decode () in
  let program = Shapes.lower file in
  let numbers = Shapes.number_obligations program in
  input := bytes_of_file certificate_file;
  let certificate = Proof.decode file program (Hashtbl.length numbers) in
  let number f site kind = Option.map id (Hashtbl.find_opt numbers (f, site, kind)) in
  match check program certificate number with
  | Some ledger -> print_verdicts program numbers ledger
  | None -> reject "a rule of the checker does not hold"

let () =
  match Sys.argv with
  | [| _; program; certificate |] -> (
    try run program certificate with
    | Reject what ->
      prerr_endline ("rejected: " ^ what);
      exit 1
    | Stack_overflow ->
      prerr_endline "rejected: the files nest too deeply";
      exit 1)
  | _ ->
    prerr_endline "usage: ai-audit-verified PROGRAM CERTIFICATE";
    exit 64
