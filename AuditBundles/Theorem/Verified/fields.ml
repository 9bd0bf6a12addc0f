(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(* Fields of the binary files (FORMAT.md section 1), read by the extracted readers. What stands here is not proved. *)

open Checker

exception Reject of string

let reject what = raise (Reject what)
let demand condition what = if not condition then reject what

(* Numbers: those of counts and indices are small; what is larger is none of them. *)

let rec digits = function XH -> 1 | XO p | XI p -> 1 + digits p
let rec int_of_positive = function XH -> 1 | XO p -> 2 * int_of_positive p | XI p -> (2 * int_of_positive p) + 1
let int_of_z = function Z0 -> 0 | Zneg _ -> -1 | Zpos p -> if digits p <= 61 then int_of_positive p else max_int

let rec positive_of_int n =
  if n = 1 then XH else if n land 1 = 0 then XO (positive_of_int (n lsr 1)) else XI (positive_of_int (n lsr 1))

let z_of_int n = if n = 0 then Z0 else if n > 0 then Zpos (positive_of_int n) else Zneg (positive_of_int (-n))

(* The checker numbers things from 1. *)
let id n = positive_of_int (n + 1)
let index p = int_of_positive p - 1

(* Bytes *)

let byte_of_int =
  let byte n =
    let bit k = (n lsr k) land 1 = 1 in
    of_bits (bit 0, (bit 1, (bit 2, (bit 3, (bit 4, (bit 5, (bit 6, bit 7)))))))
  in
  let table = Array.init 256 byte in
  fun n -> table.(n)

let largest_file = 256 lsl 20

let bytes_of_text text =
  let rec list k tail = if k < 0 then tail else list (k - 1) (byte_of_int (Char.code text.[k]) :: tail) in
  list (String.length text - 1) []

let bytes_of_file name =
  let channel = open_in_bin name in
  let size = in_channel_length channel in
  demand (size <= largest_file) (name ^ " is larger than 256 MiB");
  let text = really_input_string channel size in
  close_in channel;
  bytes_of_text text

(* What is left to read. *)
let input : byte list ref = ref []

let read (field : _ m) =
  match field !input with
  | Some ((value, rest), _) ->
    input := rest;
    value
  | None -> reject "a field is malformed or missing"

let unsigned () = int_of_z (read read_unsigned)
let signed () = read read_signed
let byte () = int_of_z (read read_small)
let flag () = read read_flag
let scalar_type () = read read_type
let double () = float_of_bits (read read_bits64)

(* `id` of the format: none, or a number. *)
let identifier () =
  match unsigned () with
  | 0 -> None
  | n when n = max_int -> Some max_int
  | n -> Some (n - 1)

let count () =
  let n = unsigned () in
  demand (n <= 1 lsl 24) "more than 2^24 of something";
  n

let times n field =
  let rec go k all = if k = 0 then List.rev all else go (k - 1) (field () :: all) in
  go n []

let list field = times (count ()) field
let array field = Array.of_list (list field)
let magic name = String.iter (fun c -> demand (byte () = Char.code c) ("the file does not begin with " ^ name)) name
let finish () = demand (!input = []) "bytes follow the last field"

(* A length and that many bytes. *)
let part () =
  let rec take k rest all =
    if k = 0 then (List.rev all, rest)
    else match rest with [] -> reject "a part is longer than the file" | b :: rest -> take (k - 1) rest (b :: all)
  in
  let size = unsigned () in
  let bytes, rest = take size !input [] in
  input := rest;
  bytes

(* UTF-8 as RFC 3629 has it: shortest forms, no surrogates, nothing above U+10FFFF. The length in bytes. *)
let text () =
  let size = unsigned () in
  let left = ref size in
  let next () =
    demand (!left > 0) "a text is not UTF-8";
    decr left;
    byte ()
  in
  let follows low high =
    let b = next () in
    demand (b >= low && b <= high) "a text is not UTF-8"
  in
  let tail () = follows 0x80 0xbf in
  while !left > 0 do
    let b = next () in
    if b >= 0x80 then
      if b >= 0xc2 && b <= 0xdf then tail ()
      else if b >= 0xe0 && b <= 0xef then (
        follows (if b = 0xe0 then 0xa0 else 0x80) (if b = 0xed then 0x9f else 0xbf);
        tail ())
      else if b >= 0xf0 && b <= 0xf4 then (
        follows (if b = 0xf0 then 0x90 else 0x80) (if b = 0xf4 then 0x8f else 0xbf);
        tail ();
        tail ())
      else reject "a text is not UTF-8"
  done;
  size

(* Maps of the checker. *)
let map_of_list entries = List.fold_left (fun map (key, value) -> PM.add key value map) PM.empty entries
let map_of_array make values = map_of_list (List.mapi (fun n v -> (id n, make n v)) (Array.to_list values))
