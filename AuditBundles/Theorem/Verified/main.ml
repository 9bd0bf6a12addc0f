(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(* ai-audit-verified PROGRAM CERTIFICATE: prints "covered" or "not covered", whether the theorem is about these files, and
   then each obligation's verdict; or why nothing holds.
   Exit codes: 0 accepted, 1 rejected, 2 a file cannot be read, 64 wrong usage.

   ai-audit-verified --serve: answers many pairs of files. Reads, again and again, the two lengths in bytes as decimal
   numbers in a line, then the bytes; a program of length 0 means the one before. Answers with the same lines, or
   with "rejected: ...", then with a line that holds a single point. *)

open Checker
open Fields

(* Labels may have hundreds of numbers, for thousands of obligations. *)
let rec print_number n =
  if n >= 10 then print_number (n / 10);
  print_char (Char.chr (48 + (n mod 10)))

let print_line o verdict label =
  print_number o;
  print_string verdict;
  List.iter (fun a -> print_char ' '; print_number (index a)) label;
  print_char '\n'

let print_verdicts count ledger =
  for o = 0 to count - 1 do
    match verdict_of ledger (id o) with
    | Unreachable -> print_line o " unreachable" (snd ledger)
    | NotProved -> print_line o " unproved" []
    | Proved l -> print_line o " proved" l
  done

let decode_program bytes =
  input := bytes;
  let file = Program.decode () in
  let program = Shapes.lower file in
  (file, program, Shapes.number_obligations program)

let answer (file, program, table) bytes =
  input := bytes;
  let certificate = Proof.decode file program (Hashtbl.length table) in
  let number f site kind = Option.map id (Hashtbl.find_opt table (f, site, kind)) in
  match check program certificate number with
  | Some ledger ->
    print_endline (if covered program certificate then "covered" else "not covered");
    print_verdicts (Hashtbl.length table) ledger
  | None -> reject "a rule of the checker does not hold"

let or_why work =
  try work (); None with
  | Reject what -> Some what
  | Stack_overflow -> Some "the files nest too deeply"

let serve () =
  let program = ref (fun () -> reject "no program was given") in
  try
    while true do
      Scanf.sscanf (input_line stdin) "%d %d" (fun size proof_size ->
        let text = really_input_string stdin size in
        let proof = really_input_string stdin proof_size in
        if size > 0 then (
          let decoded = lazy (decode_program (bytes_of_text text)) in
          program := fun () -> Lazy.force decoded);
        match or_why (fun () -> answer (!program ()) (bytes_of_text proof)) with
        | None -> print_string ".\n"
        | Some why -> Printf.printf "rejected: %s\n.\n" why);
      flush stdout
    done
  with End_of_file -> ()

let () =
  match Sys.argv with
  | [| _; "--serve" |] -> serve ()
  | [| _; program; certificate |] -> (
    match or_why (fun () -> answer (decode_program (bytes_of_file program)) (bytes_of_file certificate)) with
    | None -> ()
    | Some why ->
      prerr_endline ("rejected: " ^ why);
      exit 1
    | exception Sys_error why ->
      prerr_endline why;
      exit 2)
  | _ ->
    prerr_endline "usage: ai-audit-verified PROGRAM CERTIFICATE | --serve";
    exit 64
