(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(* The program as the checker has it, from the records of its file. Fields fit their opcodes (FORMAT.md section 1.2);
   classes of operands, cases and live sets are the checker's own business. *)

open Checker
open Fields
open Program

let ( <=. ) = Z.leb
let is_power_of_two n limit = n > 0 && n land (n - 1) = 0 && n <= limit
let within { start; length } pool = start + length <= Array.length pool
let slice { start; length } pool = Array.to_list (Array.sub pool start length)

let comparison = function 0 -> Equal | 1 -> NotEqual | 2 -> Less | 3 -> LessOrEqual | _ -> reject "a comparison operator"

let operation = function
  | 0 -> Add | 1 -> Subtract | 2 -> Multiply | 3 -> Divide | 4 -> Remainder | 5 -> ShiftLeft | 6 -> ShiftRight | 7 -> And
  | 8 -> Or | 9 -> Xor | _ -> reject "an arithmetic operator"

let float_operation = function 0 -> FAdd | 1 -> FSubtract | 2 -> FMultiply | 3 -> FDivide | _ -> reject "a float operator"

let kinds =
  [| SignedOverflow; DivisionByZero; InvalidShift; OutOfBoundsRead; OutOfBoundsWrite; NullDereference; UseAfterFree;
     DanglingPointer; InvalidFree; UninitializedRead; PointerArithmetic; PointerComparison; InvalidCall; FloatToInt;
     WriteToConstant; MisalignedAccess; MissingReturn; VlaSize; Assertion; LibraryPrecondition; Unsupported |]

let integer_type = function TInteger t -> t | _ -> reject "an instruction's type"
let float_format = function TFloat f -> f | _ -> reject "an instruction's type"

(* Objects *)

let local = 2

let check_value objects functions ((_, t), value) =
  match (value, t) with
  | IInteger n, TInteger t -> demand (contains_range (type_range t) { lower = Some n; upper = Some n }) "an initial integer"
  | IFloat _, TFloat _ | INull, TPointer | IUnknown, _ -> ()
  | IObject (o, _), TPointer ->
    demand (index o < Array.length objects && objects.(index o).sort <> local) "an initial pointer"
  | IFunction f, TPointer -> demand (index f < Array.length functions) "an initial pointer"
  | _ -> reject "an initial value of another class"

(* Runs may come in any order, and one between the cells of another. *)
let ascending_cells o =
  let before ((p, _), _) ((q, _), _) = match Z.compare p q with Lt -> -1 | Eq -> 0 | Gt -> 1 in
  List.stable_sort before o.cells_of

let check_object objects functions o =
  demand (is_power_of_two o.aligned (1 lsl 28)) "an object's alignment";
  demand (Zneg XH <=. o.bytes && o.bytes <=. z_of_int (1 lsl 56)) "an object's size";
  demand (Z0 <=. o.bytes || o.sort = local) "the size of an object that is not local";
  let owned = match o.owner with Some f -> f < Array.length functions | None -> false in
  (match o.sort with
   | 2 | 3 -> demand (owned && o.cells_of = []) "the owner of an object, or its initialiser"
   | 4 -> demand (o.owner = None && o.cells_of = []) "an external object"
   | _ -> demand (o.owner = None) "the owner of a static object");
  List.iter (check_value objects functions) o.cells_of;
  let last =
    List.fold_left
      (fun last ((from, t), _) -> demand (last <=. from) "an initial cell that overlaps another"; Z.add from (width t))
      Z0 (ascending_cells o)
  in
  demand (o.cells_of = [] || last <=. Z.mul (z_of_int 8) o.bytes) "an initial cell behind the end of its object"

(* Functions *)

let lower_function file number f =
  let objects = file.objects in
  let is_mine o = o < Array.length objects && objects.(o).sort = local && objects.(o).owner = Some number in
  let operand (a : raw_operand) =
    let below count = demand (a.number < count) "an operand does not exist" in
    match a.kind with
    | 0 -> reject "an operand is missing"
    | 1 -> below (Array.length f.types); ORegister (id a.number)
    | 2 -> below (Array.length file.integers); OInteger file.integers.(a.number)
    | 3 -> below (Array.length file.floats); OFloat file.floats.(a.number)
    | 4 ->
      below (Array.length objects);
      if objects.(a.number).sort = local then OAutomatic (id a.number) else OStatic (id a.number)
    | 5 -> below (Array.length file.functions); OFunction (id a.number)
    | _ -> ONull
  in
  let none (a : raw_operand) = demand (a.kind = 0) "an operand that the opcode has not" in
  let instruction (i : raw_instruction) =
    demand (i.site < !site_count) "a site does not exist";
    demand (within i.arguments f.operand_pool) "an operand list";
    demand (i.arguments.length = 0 || List.mem i.opcode [ 1; 29; 30 ]) "a list of an opcode that has none";
    let pool = slice i.arguments f.operand_pool in
    let values = List.map (fun (a : raw_operand) -> if a.kind = 0 then None else Some (operand a)) pool in
    let arguments () = List.map (function Some a -> a | None -> reject "an argument is missing") values in
    demand (i.bit < 8 && i.flags < 8) "a bit or a flag";
    demand (is_power_of_two i.align (1 lsl 28)) "an alignment";
    demand (Z.ltb (Z.abs i.immediate) (Z.pow (z_of_int 2) (z_of_int 63))) "an immediate";
    let result = Option.map (fun r ->
      demand (r < Array.length f.types && r >= f.parameter_count) "a result"; id r) i.result in
    let r () = match result with Some r -> r | None -> reject "a result is missing" in
    let no_result () = demand (result = None) "a result that the opcode has not" in
    let only_a () = none i.b; none i.c; operand i.a in
    let a_and_b () = none i.c; let a = operand i.a in (a, operand i.b) in
    let target count = match i.target with Some t -> demand (t < count) "a target"; id t | None -> reject "a target" in
    let place = { alignment_of = z_of_int i.align; bit_of = z_of_int i.bit; immediate_of = i.immediate } in
    let t = i.of_type in
    match i.opcode with
    | 0 -> let a = only_a () in Move (r (), a)
    | 1 ->
      let constant = match only_a () with OInteger n -> n | _ -> reject "a linear combination" in
      let rec pairs = function
        | [] -> []
        | Some (OInteger k) :: Some (ORegister s) :: rest -> (k, s) :: pairs rest
        | _ -> reject "a pair of linear"
      in
      Linear (r (), constant, pairs values)
    | 2 -> let t = integer_type t in let a, b = a_and_b () in Arithmetic (r (), operation i.detail, t, a, b)
    | 3 -> let t = integer_type t in let a = only_a () in Convert (r (), t, a)
    | 4 -> let a, b = a_and_b () in CompareIntegers (r (), comparison i.detail, a, b)
    | 5 -> let a, b = a_and_b () in ComparePointers (r (), comparison i.detail, i.flags land 4 <> 0, a, b)
    | 6 -> let a, b = a_and_b () in CompareFloats (r (), comparison i.detail, a, b)
    | 7 -> let t = float_format t in let a, b = a_and_b () in FloatArithmetic (r (), float_operation i.detail, t, a, b)
    | 8 -> let t = float_format t in let a = only_a () in FloatNegate (r (), t, a)
    | 9 -> let t = float_format t in let a = only_a () in ConvertFloat (r (), t, a)
    | 10 -> let t = float_format t in let a = only_a () in IntegerToFloat (r (), t, a)
    | 11 -> let t = integer_type t in let a = only_a () in FloatToInteger (r (), t, a)
    | 12 -> let a, b = a_and_b () in Offset (r (), a, b, i.immediate, i.flags land 1 <> 0)
    | 13 -> let a, b = a_and_b () in Difference (r (), a, b, i.immediate)
    | 14 -> let t = integer_type t in let a = only_a () in PointerToInteger (r (), t, a)
    | 15 -> let a = only_a () in IntegerToPointer (r (), a)
    | 16 -> let a = only_a () in Load (r (), t, i.flags land 2 <> 0, place, a)
    | 17 -> no_result (); let a, b = a_and_b () in Store (t, place, a, b)
    | 18 -> no_result (); let a = operand i.a in let b = operand i.b in Copy (a, b, operand i.c)
    | 19 -> no_result (); let a = operand i.a in let b = operand i.b in Fill (a, b, operand i.c)
    | 20 -> no_result (); none i.b; let a = operand i.a in Scramble (a, operand i.c)
    | 21 -> no_result (); none i.b; let a = operand i.a in Probe (a, operand i.c)
    | 22 -> none i.a; none i.b; let c = operand i.c in Allocate (r (), z_of_int i.align, c)
    | 23 -> no_result (); Free (only_a ())
    | 24 ->
      no_result (); none i.a; none i.b;
      let o = target (Array.length objects) in
      let body = objects.(index o) in
      demand (is_mine (index o)) "the object of a lifetime";
      let c = if Z.ltb body.bytes Z0 then Some (operand i.c) else (none i.c; None) in
      Start (o, z_of_int body.aligned, body.bytes, c)
    | 25 ->
      no_result (); none i.a; none i.b; none i.c;
      let o = target (Array.length objects) in
      demand (is_mine (index o)) "the object of a lifetime"; End_ o
    | 26 -> none i.a; none i.b; none i.c; Havoc (r (), t)
    | 27 -> no_result (); let a = only_a () in Assume (target file.assumptions, a)
    | 28 ->
      no_result (); let a = only_a () in
      demand (i.detail < Array.length kinds) "an obligation kind"; Check (kinds.(i.detail), a)
    | 29 -> none i.a; none i.b; none i.c; Call (result, target (Array.length file.functions), arguments ())
    | 30 -> let a = only_a () in CallPointer (result, a, arguments ())
    | 31 -> none i.a; none i.b; none i.c; HavocMemory (result, t, target file.assumptions)
    | _ -> let a = only_a () in ObjectSize (r (), a)
  in
  let target t =
    demand (t > 0 && t < Array.length f.blocks) "a jump's target";
    id t
  in
  let terminator (t : raw_end) =
    demand (t.end_at < !site_count) "a site does not exist";
    demand (within t.targets f.target_pool && within t.cases f.case_pool) "a terminator's targets or cases";
    let targets = List.map target (slice t.targets f.target_pool) in
    let cases = List.map (fun (l, u) -> (file.integers.(l), file.integers.(u))) (slice t.cases f.case_pool) in
    demand (cases = [] || t.ends = 2) "cases of a terminator that has none";
    demand (t.labels_of = None || t.ends = 3) "labels of a terminator that has none";
    match (t.ends, targets) with
    | 0, [ b ] -> none t.operand; Goto b
    | 1, [ b; c ] -> Branch (operand t.operand, b, c)
    | 2, _ when List.length targets = List.length cases + 1 ->
      let rec arms cases targets = match (cases, targets) with
        | [], [ d ] -> ([], d)
        | (l, u) :: cases, b :: targets -> let rest, d = arms cases targets in (((l, u), b) :: rest, d)
        | _ -> reject "a terminator's targets"
      in
      let cases, default = arms cases targets in
      Switch (operand t.operand, cases, default)
    | 3, _ :: _ ->
      (match t.labels_of with
       | Some o when o < Array.length objects && objects.(o).sort = 3 && objects.(o).owner = Some number ->
         LabelGoto (operand t.operand, id o, targets)
       | _ -> reject "the labels of a label jump")
    | 4, [] -> Return (if t.operand.kind = 0 then None else Some (operand t.operand))
    | 5, [] -> none t.operand; Halt
    | _ -> reject "a terminator's targets"
  in
  demand (f.parameter_count <= Array.length f.types) "a parameter count";
  demand (Array.length f.blocks > 0) "a function without blocks";
  List.iter (fun o -> demand (is_mine o) "an object of the function") f.own;
  Array.iter (fun o -> demand (is_mine o) "a live object") f.live_pool;
  Array.iter (fun t -> ignore (target t)) f.target_pool;
  let integer n = n < Array.length file.integers in
  Array.iter (fun (l, u) -> demand (integer l && integer u) "a case") f.case_pool;
  let taken = Array.make (Array.length f.instructions) false in
  let block _ (b : raw_block) =
    demand (within b.body f.instructions && within b.alive_at f.live_pool) "a block's instructions or live set";
    let code = List.init b.body.length (fun k ->
      let n = b.body.start + k in
      demand (not taken.(n)) "an instruction of two blocks";
      taken.(n) <- true;
      let i = f.instructions.(n) in
      (id n, (id i.site, instruction i))) in
    { ccode = code; csite = id b.finally.end_at; clast = terminator b.finally;
      live = List.map id (slice b.alive_at f.live_pool) }
  in
  { cregisters = map_of_array (fun _ t -> t) f.types; cregister_count = id (Array.length f.types);
    cparameters = List.init f.parameter_count (fun r -> (id r, f.types.(r))); cvariadic = f.is_variadic;
    cresult = f.result_type; cblocks = map_of_array block f.blocks }

(* The functions of which the program takes the address, ascending. *)
let address_taken file =
  let found = Hashtbl.create 16 in
  let see (a : raw_operand) = if a.kind = 5 && a.number < Array.length file.functions then Hashtbl.replace found a.number () in
  let in_function f =
    Array.iter see f.operand_pool;
    Array.iter (fun (i : raw_instruction) -> see i.a; see i.b; see i.c) f.instructions;
    Array.iter (fun b -> see b.finally.operand) f.blocks
  in
  Array.iter in_function file.functions;
  let in_cell (_, v) = match v with IFunction g -> Hashtbl.replace found (index g) () | _ -> () in
  Array.iter (fun o -> List.iter in_cell o.cells_of) file.objects;
  List.map id (List.sort compare (List.of_seq (Hashtbl.to_seq_keys found)))

let static_kinds = [| KGlobal; KConstant; KGlobal; KLabels; KExternal |]

let lower file =
  Array.iter (check_object file.objects file.functions) file.objects;
  let objects = Array.to_list (Array.mapi (fun n o -> (n, o)) file.objects) in
  let statics = List.filter (fun (_, o) -> o.sort <> local) objects in
  let locals = List.filter (fun (_, o) -> o.sort = local) objects in
  let static (n, o) =
    ( id n,
      { static_kind_of = static_kinds.(o.sort); static_size = o.bytes; static_alignment = z_of_int o.aligned;
        initial_cells = ascending_cells o } )
  in
  demand (file.entry < Array.length file.functions) "the entry function does not exist";
  { cfunctions = map_of_array (lower_function file) file.functions; function_count = id (Array.length file.functions);
    cstatics = map_of_list (List.map static statics);
    locals_of = map_of_list (List.map (fun (n, o) -> (id n, id (Option.get o.owner))) locals);
    taken = address_taken file; assumption_count = id file.assumptions; centry = id file.entry }

(* Obligations, numbered by first occurrence (section 3). *)

let lifetime (a : operand) = match a with OStatic _ | OAutomatic _ -> [] | _ -> [ NullDereference; UseAfterFree; DanglingPointer ]

let raised = function
  | Arithmetic (_, (Add | Subtract | Multiply), t, _, _) -> if t.signed then [ SignedOverflow ] else []
  | Arithmetic (_, (Divide | Remainder), t, _, _) -> DivisionByZero :: (if t.signed then [ SignedOverflow ] else [])
  | Arithmetic (_, (ShiftLeft | ShiftRight), _, _, _) -> [ InvalidShift ]
  | ComparePointers (_, (Less | LessOrEqual), _, _, _) | Difference _ -> [ PointerComparison ]
  | FloatToInteger _ -> [ FloatToInt ]
  | Offset (_, _, _, _, true) -> [ PointerArithmetic ]
  | Load (_, _, _, _, a) -> lifetime a @ [ OutOfBoundsRead; MisalignedAccess; UninitializedRead ]
  | Store (_, _, a, _) -> lifetime a @ [ OutOfBoundsWrite; MisalignedAccess; WriteToConstant ]
  | Copy (a, b, _) -> lifetime b @ [ OutOfBoundsRead ] @ lifetime a @ [ OutOfBoundsWrite; WriteToConstant ]
  | Fill (a, _, _) | Scramble (a, _) -> lifetime a @ [ OutOfBoundsWrite; WriteToConstant ]
  | Probe (a, _) -> lifetime a @ [ OutOfBoundsRead; UninitializedRead ]
  | ObjectSize (_, a) -> lifetime a
  | Free _ -> [ InvalidFree ]
  | Start (_, _, _, Some _) -> [ VlaSize ]
  | Check (k, _) -> [ k ]
  | CallPointer _ -> [ NullDereference; InvalidCall ]
  | _ -> []

let number_obligations program =
  let numbers = Hashtbl.create 4096 in
  let insert key = if not (Hashtbl.mem numbers key) then Hashtbl.add numbers key (Hashtbl.length numbers) in
  let in_block f (_, b) =
    List.iter (fun (_, (site, i)) -> List.iter (fun k -> insert (f, site, k)) (raised i)) b.ccode;
    match b.clast with LabelGoto _ -> insert (f, b.csite, InvalidCall) | _ -> ()
  in
  List.iter (fun (f, body) -> List.iter (in_block f) (List.sort (fun (a, _) (b, _) -> compare (index a) (index b)) (PM.elements body.cblocks)))
    (List.sort (fun (a, _) (b, _) -> compare (index a) (index b)) (PM.elements program.cfunctions));
  numbers
