(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * load (FORMAT.md section 6.4) *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Segments Hints.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Loads.
Variable X : context.

(** ** load *)

(** What a source says of the loaded cell: its predicate and the type in which that is stated. *)
Record known := {
  k_predicate : option predicate; k_predicate_label : label; k_initialised : bool; k_label : label;
  k_value : option svalue; k_parts : list (option predicate * type) }.

Definition nothing_known (t : type) (i : bool) (l : label) : known :=
  {| k_predicate := None; k_predicate_label := []; k_initialised := i; k_label := l; k_value := None;
     k_parts := [(None, t)] |}.

(** A predicate about a cell of another type of the same width and class. *)
Definition converted (p : option predicate) (from to : type) : option predicate :=
  match p with
  | Some (PInteger b m r) =>
    let full := completed b (range_of_type from) in
    if contains_range (range_of_type to) full then Some (PInteger full m r) else None
  | _ => p
  end.

(** What is known of a value without hints. *)
Definition predicate_of (g : state) (v : svalue) : M (option predicate * label) :=
  match v with
  | SInteger f => ret (if is_constant f then Some (PInteger (exactly (snd f)) 1 0) else None, [])
  | SPointer b f =>
    let* s := known_entries X g b f in
    ret (match s with Some (l, label) => (Some (PPointer (Some l)), label) | None => (None, []) end)
  | SFloat x => ret (match range_of g x with Some (r, l) => (Some (PFloat (Some r)), l) | None => (None, []) end)
  end.

Definition covering_step (g : state) (constant : bool) (t : id) (ty : type) (p : positions)
  (a : Z * bool * label * list (option predicate * type)) : M (Z * bool * label * list (option predicate * type)) :=
  let '(next, i, l, parts) := a in
  let* n := read_unsigned in
  let* f := (if constant then
               let* f := lift (PM.find (fact_number n) (constants (the_certificate X))) in ret (f, [])
             else let* f := held_fact g (fact_number n) in ret (fst f, label_of_fact g f)) in
  let '(f, fl) := f in
  demand (Pos.eqb (fact_tag f) t) ;;
  match fact_about f with
  | Cells first count stride ty' u q =>
    demand (same_cell ty' ty) ;;
    let* next := advance next p first count stride in
    ret (next, i && negb u, union l fl, (Some q, ty') :: parts)
  | _ => reject
  end.

(** The bytes that hold the bits of the load. *)
Definition segments_loaded (g : state) (x : access) (d : label) (bit : Z) (t : id) (w : Z) : M label :=
  let* f := lift (add_number (access_form x) (access_immediate x)) in
  let* from := lift (add_number f (bit / 8)) in
  let* to := lift (add_number f ((bit + w + 7) / 8)) in
  let* l := segment_sources X g t from to in ret (union d l).

(** The access [x] with the address label [d] begins with a bit of its first byte. *)
Definition source (x : access) (d : label) (bit : Z) (g : state) (s : survivor) (shift : Z) (t : type)
  : M (state * known) :=
  let* p := positions_of_case s shift in
  let* k := read_small in
  if k =? 0 then ret (g, nothing_known t false [])
  else if k =? 1 then
    let* p := lift p in
    let* body := tag_of X (case_tag s) in
    demand ((first_of p =? last_of p) && is_single body) ;;
    let* c := find_content g (case_tag s) (first_of p) t in
    let v := content_value c in
    let* q := predicate_of g v in
    let '(q, ql) := q in
    let base := {| k_predicate := converted q (content_type c) t; k_predicate_label := ql; k_initialised := true;
                   k_label := label_of_content g c; k_value := Some v; k_parts := [(None, t)] |} in
    match v, t, same_sign (content_type c) t with
    | SInteger f, TInteger it, false =>
      (* The symbols of a content exist: nothing else ever is stored. *)
      demand (forallb (fun p => Pos.ltb (fst p) (next_integer g)) (fst f)) ;;
      let* w := wrapped g f it in
      ret (fst w, {| k_predicate := None; k_predicate_label := ql; k_initialised := true; k_label := k_label base;
                     k_value := Some (SInteger (snd w)); k_parts := k_parts base |})
    | _, _, _ => ret (g, base)
    end
  else if (k =? 2) || (k =? 3) || (k =? 8) then
    let* p := lift p in
    let* n := read_count in
    let* a := repeat n (covering_step g (k =? 3) (case_tag s) t p) (first_of p, true, [], []) in
    let '(next, i, l, parts) := a in
    demand (last_of p <? next) ;;
    (* What the cells leave open, segments say. *)
    let* z := (if k =? 8 then let* h := segments_loaded g x d bit (case_tag s) (width t) in ret (true, union l h)
               else ret (i, l)) in
    ret (g, {| k_predicate := None; k_predicate_label := []; k_initialised := fst z; k_label := snd z;
               k_value := None; k_parts := parts |})
  else if k =? 4 then
    let* n := read_unsigned in
    let* f := fact_of_tag g (fact_number n) (case_tag s) in
    match fact_about (fst f) with
    | Bytes from to v =>
      let* p := lift p in
      let* e := sum (last_of p) (width t) in
      demand ((from <=? first_of p) && (e <=? to)) ;;
      ret (g, {| k_predicate := None; k_predicate_label := []; k_initialised := true; k_label := label_of_fact g f;
                 k_value := None; k_parts := [(repeated v t (first_of p) (step_of p), t)] |})
    | _ => reject
    end
  else if k =? 5 then
    let* p := lift p in
    let* e := sum (last_of p) (width t) in
    let* l := evidence X g (case_tag s) (first_of p) e in
    ret (g, nothing_known t true l)
  else if k =? 6 then
    let* body := tag_of X (case_tag s) in
    demand (is_read_only body) ;; ret (g, nothing_known t true [])
  else if k =? 7 then
    let* l := segments_loaded g x d bit (case_tag s) (width t) in ret (g, nothing_known t true l)
  else reject.

Fixpoint sources (x : access) (d : label) (bit : Z) (g : state) (l : list survivor) (shift : Z) (t : type) (k : known)
  : M (state * known) :=
  match l with
  | [] => ret (g, k)
  | s :: l =>
    let* p := source x d bit g s shift t in
    let '(g, q) := p in
    sources x d bit g l shift t
      {| k_predicate := None; k_predicate_label := []; k_initialised := k_initialised k && k_initialised q;
         k_label := union (k_label k) (k_label q); k_value := None; k_parts := k_parts k ++ k_parts q |}
  end.

Definition all_sources (x : access) (bit : Z) (g : state) (d : address) (shift : Z) (t : type) : M (state * known) :=
  let nothing i := {| k_predicate := None; k_predicate_label := []; k_initialised := i; k_label := []; k_value := None;
                      k_parts := [] |} in
  match cases d with
  | None => ret (g, nothing false)
  | Some [] => ret (g, nothing true)
  | Some (s :: l) => let label := address_label d in
    let* p := source x label bit g s shift t in sources x label bit (fst p) l shift t (snd p)
  end.

(** A predicate that every source implies. *)
Definition declared_predicate (k : known) (t : type) : M predicate :=
  let* q := read_predicate (the_certificate X) t in
  demand (negb (match k_parts k with [] => true | _ => false end) &&
          forallb (fun p => match fst p with Some p' => implies p' (snd p) q t | None => false end) (k_parts k)) ;;
  ret q.

(** The loaded value and what is known of it. *)
Definition loaded (g : state) (v : option svalue) (q : option predicate) (ql : label) (t : type) (l : label)
  : M (state * svalue) :=
  match v, l, t with
  | Some v, [], _ => ret (g, v)
  | Some (SInteger f), _, TInteger _ => let '(g, f) := labelled g f l in ret (g, SInteger f)
  | _, _, _ =>
    let l := union l ql in
    match t with
    | TInteger it =>
      let '(g, f) := fresh_integer g in
      match q with
      | Some (PInteger b m r) =>
        let full := completed b (type_range it) in
        if contains_range (type_range it) full then
          let g := add_bounds g f full l in
          ret (if 2 <=? m then add_congruence g (fst f) m r l else g, SInteger f)
        else ret (add_bounds g f (type_range it) [], SInteger f)
      | _ => ret (add_bounds g f (type_range it) [], SInteger f)
      end
    | TPointer =>
      match q with
      | Some (PPointer (Some e)) => fresh_value_pointer X g (Some (e, l))
      | _ => fresh_value_pointer X g None
      end
    | TFloat _ =>
      let '(g, x) := fresh_float g (match q with Some (PFloat (Some r)) => Some (r, l) | _ => None end) in
      ret (g, SFloat x)
    end
  end.

Definition load (g : state) (r : id) (t : type) (volatile : bool) (p : place) (a : operand) (site : id) : M state :=
  let* q := pointer_of X g a in
  let '(b, f) := q in
  let n := extent t p in
  let x := make_access b f (immediate_of p) n n (constant_form n) (alignment_of p) [] in
  let* d := read_access X g x site (lifetime_kinds a ++ [OutOfBoundsRead; MisalignedAccess; UninitializedRead]) in
  let '(d, c) := d in
  settle_access c d ;;
  let* shift := product 8 (immediate_of p) in
  let* shift := sum shift (bit_of p) in
  let* k := all_sources x (bit_of p) g d shift t in
  let '(g, k) := k in
  let* u := lift (c_uninitialised c) in
  (if is_claimed u then demand (k_initialised k) ;; settle u (union (claim_label d) (k_label k)) else ret tt) ;;
  if volatile || match cases d with Some [] => true | _ => false end then
    let* v := fresh_value X g t in conclude X (assign (fst v) r (snd v)) x d
  else
    let l := union (union (address_label d) (k_label k)) (alarm u) in
    let* w :=
      match k_value k, cases d with
      | Some v, Some [_] => ret (Some v, k_predicate k, k_predicate_label k)
      | _, _ =>
        let* h := read_flag in
        if h then let* q := declared_predicate k t in ret (None, Some q, []) else ret (None, None, [])
      end in
    let '(v, q, ql) := w in
    let* z := loaded g v q ql t l in
    let '(g, v) := z in
    let g := assign g r v in
    let* g :=
      match cases d with
      | Some [one] =>
        match single_offset one with
        | Some o =>
          let* body := tag_of X (case_tag one) in
          if is_single body then
            let* n := product 8 o in
            let* n := sum n shift in
            let g := keep_contents g (case_tag one)
                       (fun c => negb ((position_of c =? n) && same_cell (content_type c) t)) in
            ret (add_content g (case_tag one) n t v (address_label d))
          else ret g
        | None => ret g
        end
      | _ => ret g
      end in
    conclude X g x d.

End Loads.
