(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(* The program file (FORMAT.md section 1.1): records as the file has them. *)

open Checker
open Fields

type raw_operand = { kind : int; number : int }
type stretch = { start : int; length : int }

type raw_instruction = {
  opcode : int; detail : int; bit : int; flags : int; align : int; of_type : type0; result : int option;
  a : raw_operand; b : raw_operand; c : raw_operand; immediate : z; arguments : stretch; target : int option; site : int }

type raw_end = {
  ends : int; operand : raw_operand; targets : stretch; cases : stretch; labels_of : int option; end_at : int }

type raw_block = { body : stretch; finally : raw_end; alive_at : stretch }

type raw_object = {
  sort : int; bytes : z; aligned : int; owner : int option; cells_of : ((z * type0) * initial_value) list }

type raw_function = {
  is_variadic : bool; types : type0 array; parameter_count : int; result_type : type0 option; own : int list;
  live_pool : int array; operand_pool : raw_operand array; target_pool : int array; case_pool : (int * int) array;
  instructions : raw_instruction array; blocks : raw_block array }

type file = {
  integers : z array; floats : spec_float array; assumptions : int;
  objects : raw_object array; functions : raw_function array; entry : int }

(* How many sites the file has; every site number is below. *)
let site_count = ref 0

let site () =
  let n = unsigned () in
  demand (n < !site_count) "a site does not exist";
  n

let operand () =
  let kind = byte () in
  demand (kind <= 6) "an operand's kind is unknown";
  let number = unsigned () in
  demand (number = 0 || (kind <> 0 && kind <> 6)) "an operand without index has one";
  { kind; number }

let stretch () =
  let start = unsigned () in
  let length = unsigned () in
  demand (start <= largest_file && length <= 1 lsl 24) "a stretch of a pool is too long";
  { start; length }

let instruction () =
  let opcode = byte () in
  demand (opcode <= 32) "an opcode is unknown";
  let detail = byte () in
  let bit = byte () in
  let flags = byte () in
  let align = unsigned () in
  let of_type = scalar_type () in
  let result = identifier () in
  let a = operand () in
  let b = operand () in
  let c = operand () in
  let immediate = signed () in
  let arguments = stretch () in
  let target = identifier () in
  let site = unsigned () in
  { opcode; detail; bit; flags; align; of_type; result; a; b; c; immediate; arguments; target; site }

let block () =
  let body = stretch () in
  let ends = byte () in
  demand (ends <= 5) "a terminator's kind is unknown";
  let operand = operand () in
  let targets = stretch () in
  let cases = stretch () in
  let labels_of = identifier () in
  let end_at = unsigned () in
  let alive_at = stretch () in
  { body; finally = { ends; operand; targets; cases; labels_of; end_at }; alive_at }

let func () =
  ignore (text ());
  let is_variadic = flag () in
  let types = array scalar_type in
  let names = count () in
  demand (names = Array.length types) "as many names as registers";
  ignore (times names text);
  let parameter_count = unsigned () in
  let result_type = if flag () then Some (scalar_type ()) else None in
  let own = list unsigned in
  let live_pool = array unsigned in
  let operand_pool = array operand in
  let target_pool = array unsigned in
  let case_pool = array (fun () -> let lower = unsigned () in (lower, unsigned ())) in
  let instructions = array instruction in
  let blocks = array block in
  ignore (site ());
  { is_variadic; types; parameter_count; result_type; own; live_pool; operand_pool; target_pool; case_pool; instructions;
    blocks }

let initial_value () =
  match byte () with
  | 0 -> IInteger (signed ())
  | 1 -> IFloat (double ())
  | 2 -> INull
  | 3 -> let o = unsigned () in IObject (id o, signed ())
  | 4 -> IFunction (id (unsigned ()))
  | 5 -> IUnknown
  | _ -> reject "an initial value's kind is unknown"

(* A run's cells, one by one. *)
let run () =
  let position = signed () in
  let stride = z_of_int (unsigned ()) in
  let t = scalar_type () in
  let values = list initial_value in
  demand (values <> []) "an empty run";
  demand (if List.length values = 1 then stride = Z0 else Z.leb (width t) stride) "a run's stride";
  List.mapi (fun k v -> ((Z.add position (Z.mul (z_of_int k) stride), t), v)) values

let obj () =
  ignore (text ());
  let sort = byte () in
  demand (sort <= 4) "an object's kind is unknown";
  let bytes = signed () in
  let aligned = unsigned () in
  let owner = identifier () in
  let cells_of = List.concat (list run) in
  ignore (site ());
  { sort; bytes; aligned; owner; cells_of }

let decode () =
  magic "AIR1";
  let strings = array text in
  demand (Array.length strings > 0 && strings.(0) = 0) "string 0 is not empty";
  let integers = array signed in
  let floats = array double in
  let sites = array (fun () -> Array.of_list (times 9 unsigned)) in
  let named place site = demand (site.(place) < Array.length strings) "a site names no string" in
  Array.iter (fun site -> List.iter (fun place -> named place site) [ 0; 3; 6; 7; 8 ]) sites;
  site_count := Array.length sites;
  let assumption () =
    demand (byte () <= 14) "an assumption's kind is unknown";
    ignore (text ());
    match identifier () with None -> () | Some n -> demand (n < !site_count) "an assumption's site does not exist"
  in
  let assumptions = List.length (list assumption) in
  let objects = array obj in
  let functions = array func in
  let entry = unsigned () in
  finish ();
  { integers; floats; assumptions; objects; functions; entry }
