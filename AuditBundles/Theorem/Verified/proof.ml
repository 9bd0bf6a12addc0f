(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(* The certificate file (FORMAT.md section 5). *)

open Checker
open Fields

let no_clone = XH

let count_of_terms () =
  let n = count () in
  demand (n <= 64) "more than 64 terms";
  n

let decode_labels numbers =
  let label () =
    let last = ref (-1) in
    list (fun () ->
      let n = unsigned () in
      demand (n < numbers && n > !last) "a label's numbers do not ascend or do not exist";
      last := n;
      id n)
  in
  let labels = array label in
  demand (Array.length labels > 0 && labels.(0) = []) "label 0 is not empty";
  let seen = Hashtbl.create 64 in
  Array.iter (fun l ->
    let key = List.map index l in
    demand (not (Hashtbl.mem seen key)) "two labels are equal";
    Hashtbl.add seen key ()) labels;
  labels

type raw_tag = Fixed of tag | Local of int * int * bool | Heap of int * int * bool * int option

let decode_tags (file : Program.file) (program : cprogram) =
  let static n (o : Program.raw_object) =
    if o.sort = Shapes.local then Fixed TNone
    else Fixed (TStatic (id n, Shapes.static_kinds.(o.sort), o.bytes, z_of_int o.aligned))
  in
  let fixed =
    List.concat
      [ [ Fixed TNull; Fixed TEnded; Fixed TFreed ];
        List.init (Array.length file.functions) (fun f -> Fixed (TFunction (id f)));
        List.mapi static (Array.to_list file.objects) ]
  in
  ignore program;
  let seen = Hashtbl.create 64 in
  let dynamic () =
    match byte () with
    | 0 ->
      let o = unsigned () in
      let c = unsigned () in
      let many = flag () in
      demand (o < Array.length file.objects && file.objects.(o).sort = Shapes.local) "a local tag names no local";
      demand (c <= 1 lsl 24 && not (Hashtbl.mem seen (o, c))) "two tags of one local, or a clone that does not exist";
      Hashtbl.add seen (o, c) ();
      Local (o, c, many)
    | 1 ->
      let c = unsigned () in
      let i = unsigned () in
      let many = flag () in
      Heap (c, i, many, identifier ())
    | _ -> reject "a tag's kind is unknown"
  in
  Array.of_list (fixed @ list dynamic)

(* A tag before the clones are known: what facts need of it. *)
let provisional (file : Program.file) = function
  | Fixed t -> t
  | Local (o, c, many) ->
    let body = file.objects.(o) in
    TLocal (id o, id c, many, (if Z.ltb body.bytes Z0 then None else Some body.bytes), z_of_int body.aligned)
  | Heap (_, _, _, partner) -> THeap (no_clone, no_clone, Option.map id partner, Zpos XH)

let most_places = 4096

(* Comes before another place in a list: by tag, then kind, then bit, width and class. *)
let rank p =
  match p.place_subject with
  | PCell (bit, t) ->
    let of_class = match t with TInteger _ -> 0 | TPointer -> 1 | TFloat _ -> 2 in
    [ Zpos p.place_tag; Z0; bit; width t; z_of_int of_class ]
  | PSize -> [ Zpos p.place_tag; Zpos XH ]

let rec precedes a b =
  match (a, b) with
  | x :: a, y :: b -> Z.ltb x y || (x = y && precedes a b)
  | _, [] -> false
  | [], _ -> true

let decode_places certificate =
  let last = ref [] in
  let place () =
    let kind = byte () in
    demand (kind < 2) "a place's kind is unknown";
    let n, tag = read (read_tag certificate) in
    demand (is_object tag) "a place names no object";
    demand (is_single tag) "the tag of a place names many objects";
    let subject =
      if kind = 1 then (
        demand (tag_size tag = None) "a size that is known is a place";
        PSize)
      else (
        demand (not (is_read_only tag)) "a cell of a constant object is a place";
        let bit = signed () in
        demand (Z.ltb (Z.abs bit) (Z.pow (z_of_int 2) (z_of_int 64))) "the position of a place is too large";
        PCell (bit, scalar_type ()))
    in
    let place = { place_tag = n; place_subject = subject; place_label = read (read_label certificate) } in
    let now = rank place in
    demand (!last = [] || precedes !last now) "places do not ascend";
    last := now;
    place
  in
  let n = count () in
  demand (n <= most_places) "more than 4 096 places";
  times n place

(* The type of what a fact names by a register's number. *)
let registers (f : Program.raw_function) places ~is_result ~parameters_only =
  let count = Array.length f.types in
  let places = Array.of_list places in
  let first_place = if is_result then count + 1 else count in
  fun r ->
    match f.result_type with
    | Some t when is_result && r = count -> t
    | _ when r >= first_place && r - first_place < Array.length places -> place_type places.(r - first_place)
    | _ ->
      demand (r < if is_result || parameters_only then f.parameter_count else count) "a fact names another register";
      f.types.(r)

(* What a form of a memory fact may name; the number is as the checker has it. *)
let has_number of_register p =
  match of_register (int_of_z (Zpos p) - 1) with TFloat _ -> false | _ -> true

let is_pointer of_register p =
  match of_register (int_of_z (Zpos p) - 1) with TPointer -> true | _ -> false

let register_facts certificate of_register =
  let terms () =
    let n = count_of_terms () in
    let last = ref (-1) in
    times n (fun () ->
      let r = unsigned () in
      let k = signed () in
      demand (r > !last && k <> Z0) "the terms of a fact";
      (match of_register r with TFloat _ -> reject "a term names a float" | _ -> ());
      last := r;
      (id r, k))
  in
  let label () = read (read_label certificate) in
  list (fun () ->
    match byte () with
    | 0 -> let t = terms () in let b = signed () in RLinear (t, b, label ())
    | 1 -> let t = terms () in let m, r = read (read_modulus (z_of_int 2)) in RCongruence (t, m, r, label ())
    | 2 ->
      let r = unsigned () in
      (match of_register r with TPointer -> () | _ -> reject "targets of a register that is no pointer");
      let l = read (read_targets certificate) in
      RTargets (id r, l, label ())
    | 3 ->
      let r = unsigned () in
      (match of_register r with TFloat _ -> () | _ -> reject "a range of a register that is no float");
      let range = read read_range in
      RFloat (id r, range, label ())
    | _ -> reject "a register fact's kind is unknown")

let decode (file : Program.file) program obligations =
  magic "AIC1";
  let labels = map_of_array (fun _ l -> l) (decode_labels (file.assumptions + obligations)) in
  let raw = decode_tags file program in
  let certificate tags constants clones nodes local_tag entry_clone =
    { labels; tags; local_tag; constants; clones; nodes; entry_clone }
  in
  let early = certificate (map_of_array (fun _ t -> provisional file t) raw) PM.empty PM.empty PM.empty PM.empty XH in
  let memory_fact allowed pointers () = read (read_memory_fact early allowed pointers) in
  let tag () = fst (read (read_tag early)) in
  let heap_tag () =
    match read (read_tag early) with n, THeap _ -> n | _ -> reject "a tag is no heap tag"
  in
  let constant () =
    let fact = memory_fact (fun _ -> false) (fun _ -> false) () in
    (match (fact.fact_about, fact.fact_label, PM.find fact.fact_tag early.tags) with
     | Cells _, [], Some (TStatic (_, KConstant, _, _)) -> ()
     | _ -> reject "a constant is no unlabelled cell fact about a constant object");
    fact
  in
  let constants = map_of_array (fun _ f -> f) (array constant) in
  let clone () =
    let f = unsigned () in
    let level = z_of_int (unsigned ()) in
    demand (f < Array.length file.functions) "a clone names no function";
    let recursive = flag () in
    let returns = flag () in
    let exit_places = decode_places early in
    let of_register = registers file.functions.(f) exit_places ~is_result:true ~parameters_only:false in
    let result_facts = register_facts early of_register in
    let exit_facts = list (memory_fact (has_number of_register) (is_pointer of_register)) in
    let everything = flag () in
    let effects_label = read (read_label early) in
    let written = list (fun () -> let t = tag () in (t, read read_bounds)) in
    let frees = list heap_tag in
    let allocates = list heap_tag in
    ( f,
      { clone_function = id f; level; recursive; returns; exit_places; result_facts; exit_facts;
        clone_effects = { everything; effects_label; written; frees; allocates }; clone_entry = XH; local_tags = [] } )
  in
  let clones = array clone in
  let locals = Array.make (Array.length clones) [] in
  let owner c = fst clones.(c) in
  let final number = function
    | Fixed t -> t
    | Local (o, c, many) as tag ->
      demand (c < Array.length clones && file.objects.(o).owner = Some (owner c)) "a local tag's clone is of another function";
      demand (many || not (snd clones.(c)).recursive) "a local tag of a recursive clone is single";
      locals.(c) <- id number :: locals.(c);
      provisional file tag
    | Heap (c, i, many, partner) ->
      demand (c < Array.length clones) "a heap tag's clone does not exist";
      let code = file.functions.(owner c).instructions in
      demand (i < Array.length code && code.(i).opcode = 22) "a heap tag names no allocation";
      demand (many = (partner = None)) "a heap tag needs a partner if and only if it is single";
      (match partner with
       | None -> ()
       | Some p ->
         demand (p < Array.length raw) "a heap tag's partner does not exist";
         (match raw.(p) with
          | Heap (c', i', true, _) when c' = c && i' = i -> ()
          | _ -> reject "a heap tag's partner is not the many tag of the same allocation"));
      THeap (id c, id i, Option.map id partner, z_of_int code.(i).align)
  in
  let tags = map_of_array final raw in
  let local_tag =
    let add map number = function
      | Local (o, c, _) ->
        let inner = match PM.find (id o) map with Some m -> m | None -> PM.empty in
        PM.add (id o) (PM.add (id c) (id number) inner) map
      | _ -> map
    in
    snd (Array.fold_left (fun (n, map) tag -> (n + 1, add map n tag)) (0, PM.empty) raw)
  in
  let last = ref (-1) in
  let first = Array.make (Array.length clones) 0 in
  let position = ref (-1) in
  let node () =
    incr position;
    let c = unsigned () in
    let b = unsigned () in
    demand (c < Array.length clones && (c = !last || c = !last + 1)) "the nodes are not sorted by clone, or a clone has none";
    let f = file.functions.(owner c) in
    demand (b < Array.length f.blocks) "a node names no block";
    let is_first = c <> !last in
    demand ((not is_first) || b = 0) "a clone's first node is not at block 0";
    if is_first then first.(c) <- !position;
    last := c;
    let places = decode_places early in
    let of_register = registers f places ~is_result:false ~parameters_only:is_first in
    let register_facts = register_facts early of_register in
    let memory_facts = list (memory_fact (has_number of_register) (is_pointer of_register)) in
    { node_clone = id c; node_block = id b; places; register_facts; memory_facts; script = part () }
  in
  let nodes = array node in
  demand (!last = Array.length clones - 1) "a clone has no node";
  let entry = unsigned () in
  demand (entry < Array.length clones && owner entry = file.entry) "the entry clone is not one of the entry function";
  finish ();
  let complete n (_, c) = { c with clone_entry = id first.(n); local_tags = List.rev locals.(n) } in
  certificate tags constants (map_of_array complete clones) (map_of_array (fun _ n -> n) nodes) local_tag (id entry)
