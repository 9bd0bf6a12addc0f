(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Loads, writes and lifetimes (FORMAT.md section 6.4) *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Objects.
Variable X : context.

Definition make_access (b : sbase) (f : form) (imm n m al : Z) (l : label) : access :=
  {| access_base := b; access_form := f; access_immediate := imm; size_lower := n; size_upper := m;
     access_alignment := al; access_label := l |}.

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

Definition source (g : state) (s : survivor) (shift : Z) (t : type) : M (state * known) :=
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
      let* w := wrapped g f it in
      ret (fst w, {| k_predicate := None; k_predicate_label := ql; k_initialised := true; k_label := k_label base;
                     k_value := Some (SInteger (snd w)); k_parts := k_parts base |})
    | _, _, _ => ret (g, base)
    end
  else if (k =? 2) || (k =? 3) then
    let* p := lift p in
    let* n := read_count in
    let* a := repeat n (covering_step g (k =? 3) (case_tag s) t p) (first_of p, true, [], []) in
    let '(next, i, l, parts) := a in
    demand (last_of p <? next) ;;
    ret (g, {| k_predicate := None; k_predicate_label := []; k_initialised := i; k_label := l; k_value := None;
               k_parts := parts |})
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
  else reject.

Fixpoint sources (g : state) (l : list survivor) (shift : Z) (t : type) (k : known) : M (state * known) :=
  match l with
  | [] => ret (g, k)
  | s :: l =>
    let* p := source g s shift t in
    let '(g, q) := p in
    sources g l shift t
      {| k_predicate := None; k_predicate_label := []; k_initialised := k_initialised k && k_initialised q;
         k_label := union (k_label k) (k_label q); k_value := None; k_parts := k_parts k ++ k_parts q |}
  end.

Definition all_sources (g : state) (d : address) (shift : Z) (t : type) : M (state * known) :=
  let nothing i := {| k_predicate := None; k_predicate_label := []; k_initialised := i; k_label := []; k_value := None;
                      k_parts := [] |} in
  match cases d with
  | None => ret (g, nothing false)
  | Some [] => ret (g, nothing true)
  | Some (s :: l) => let* p := source g s shift t in sources (fst p) l shift t (snd p)
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
  match v, l with
  | Some v, [] => ret (g, v)
  | Some (SInteger f), _ => let '(g, f) := labelled g f l in ret (g, SInteger f)
  | _, _ =>
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
  let x := make_access b f (immediate_of p) n n (alignment_of p) [] in
  let* d := read_access X g x site (lifetime_kinds a ++ [OutOfBoundsRead; MisalignedAccess; UninitializedRead]) in
  let '(d, c) := d in
  settle_access c d ;;
  let* shift := product 8 (immediate_of p) in
  let* shift := sum shift (bit_of p) in
  let* k := all_sources g d shift t in
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

(** ** store *)

Fixpoint demand_effects_of_cases (l : list survivor) (shift width : Z) (own : bool) : M unit :=
  match l with
  | [] => ret tt
  | s :: l =>
    let* r := bits_of_case s shift width in
    demand_effect X (case_tag s) r own ;; demand_effects_of_cases l shift width own
  end.

(** The label that a fact gains that is kept at a weak store. *)
Definition keeps_store (g : state) (a : about) (p : option positions) (t : type) (v : svalue) : M label :=
  match a with
  | Cells first count stride ty u q =>
    let* p := lift p in
    demand (same_cell ty t) ;;
    let s := step_between stride ty in
    let* d := difference (first_of p) first in
    demand ((d mod s =? 0) && ((first_of p =? last_of p) || (step_of p mod s =? 0))) ;;
    satisfies X g v t q ty
  | _ => reject
  end.

Definition store (g : state) (t : type) (p : place) (a b : operand) (site : id) : M state :=
  let* q := pointer_of X g a in
  let '(base, f) := q in
  let* v := value_of X g b in
  let n := extent t p in
  let x := make_access base f (immediate_of p) n n (alignment_of p) [] in
  let* d := read_access X g x site (lifetime_kinds a ++ [OutOfBoundsWrite; MisalignedAccess; WriteToConstant]) in
  let '(d, c) := d in
  settle_access c d ;;
  let* shift := product 8 (immediate_of p) in
  let* shift := sum shift (bit_of p) in
  match cases d with
  | None => write_anywhere X g false
  | Some [] => conclude_unreached X g x d
  | Some l =>
    demand_effects_of_cases l shift (width t) (names_object a) ;;
    demand_effect_label X (address_label d) ;;
    let* strong :=
      match l with
      | [one] =>
        match single_offset one with
        | Some o => let* body := tag_of X (case_tag one) in ret (if is_single body then Some (case_tag one, o) else None)
        | None => ret None
        end
      | _ => ret None
      end in
    match strong with
    | Some (tag, o) =>
      let* n := product 8 o in
      let* n := sum n shift in
      let* e := sum n (width t) in
      let* g := cut g tag {| lower := Some n; upper := Some e |} false in
      let g := label_memory g (address_label d) in
      conclude X (add_content g tag n t v (address_label d)) x d
    | None =>
      let* g :=
        each l
          (fun g s =>
             let* r := bits_of_case s shift (width t) in
             let* p := positions_of_case s shift in
             weaken g (case_tag s) r (fun g a => keeps_store g a p t v)) g in
      conclude X (label_memory g (address_label d)) x d
    end
  end.

(** ** copy *)

Definition range_kinds (a : operand) (k : kind) : list kind := lifetime_kinds a ++ [k].

(** The part of a moved fact that lies in the copied bits, at its new place. *)
Definition clipped (a : about) (from to distance : Z) : M about :=
  let range x y (make : Z -> Z -> about) : M about :=
    let l := Z.max x from in
    let h := Z.min y to in
    demand (l <? h) ;;
    let* l := sum l distance in
    let* h := sum h distance in ret (make l h) in
  match a with
  | Cells first count stride t u p =>
    let s := step_between stride t in
    let* low := difference from first in
    let* k := (if low <=? 0 then ret 0 else let* n := sum low (s - 1) in floor_quotient n s) in
    let* e := difference to (width t) in
    let* room := difference e first in
    let* last := (if room <? 0 then ret (-1) else floor_quotient room s) in
    let e := Z.min last (count - 1) in
    demand (k <=? e) ;;
    let* a := part_of_cells first count stride t u p k (e - k + 1) in
    match a with
    | Cells f n s t u p => let* f := sum f distance in ret (Cells f n s t u p)
    | _ => reject
    end
  | Initialised x y => range x y Initialised
  | Raw x y => range x y Raw
  | Bytes x y v => range x y (fun x y => Bytes x y v)
  | _ => reject
  end.

Definition moved_step (g : state) (t to : id) (from till distance : Z) (label : label) (l : list memory_fact)
  : M (list memory_fact) :=
  let* constant := read_flag in
  let* n := read_unsigned in
  let* f := (if constant then
               let* f := lift (PM.find (fact_number n) (constants (the_certificate X))) in ret (f, fact_label f)
             else let* f := held_fact g (fact_number n) in ret (fst f, label_of_fact g f)) in
  let '(f, fl) := f in
  demand (Pos.eqb (fact_tag f) t) ;;
  let* a := clipped (fact_about f) from till distance in
  ret ({| fact_tag := to; fact_about := a; fact_label := union fl label |} :: l).

Fixpoint moved_contents (g : state) (l : list content) (from till distance : Z) (label : label)
  : M (list (Z * type * svalue * Reading.label)) :=
  match l with
  | [] => ret []
  | c :: l =>
    let* r := moved_contents g l from till distance label in
    let* e := sum (position_of c) (width (content_type c)) in
    if (from <=? position_of c) && (e <=? till) then
      let* n := sum (position_of c) distance in
      ret ((n, content_type c, content_value c, union label (label_of_content g c)) :: r)
    else ret r
  end.

(** The destination is one place of a single tag. *)
Definition copy_exactly (g : state) (s : address) (tag : id) (to width : Z) (label address : label) : M state :=
  let* p :=
    match cases s with
    | Some [one] =>
      match single_offset one with
      | Some o =>
        let* from := product 8 o in
        let* till := sum from width in
        let* distance := difference to from in
        let* body := tag_of X (case_tag one) in
        let* c := (if is_single body
                   then moved_contents g (contents_of g (case_tag one)) from till distance label else ret []) in
        let* n := read_count in
        let* l := repeat n (moved_step g (case_tag one) tag from till distance label) [] in
        ret (c, rev' l)
      | None => let* n := read_count in demand (n =? 0) ;; ret ([], [])
      end
    | _ => let* n := read_count in demand (n =? 0) ;; ret ([], [])
    end in
  let '(c, l) := p in
  let* e := sum to width in
  let* g := cut g tag {| lower := Some to; upper := Some e |} true in
  let g := label_memory g address in
  let g := fold_left add_fact l g in
  ret (fold_left (fun g c => let '(p, t, v, l) := c in add_content g tag p t v l) (rev' c) g).

Fixpoint evidence_of_cases (g : state) (l : list survivor) (width : Z) : M label :=
  match l with
  | [] => ret []
  | s :: l =>
    let* r := bits_of_case s 0 width in
    let* low := lift (lower r) in
    let* high := lift (upper r) in
    let* e := evidence X g (case_tag s) low high in
    let* rest := evidence_of_cases g l width in ret (union e rest)
  end.

Definition single_place (l : list survivor) : M (option (id * Z)) :=
  match l with
  | [one] =>
    match single_offset one with
    | Some o => let* body := tag_of X (case_tag one) in ret (if is_single body then Some (case_tag one, o) else None)
    | None => ret None
    end
  | _ => ret None
  end.

Definition copy_memory (g : state) (a b c : operand) (site : id) : M state :=
  let* n := integer_of X g c in
  let* n := read_byte_count g n in
  let '(low, high, nl) := n in
  let* p := pointer_of X g b in
  let xs := make_access (fst p) (snd p) 0 low high 1 nl in
  let* s := read_access X g xs site (range_kinds b OutOfBoundsRead) in
  let '(s, sc) := s in
  settle_access sc s ;;
  let* p := pointer_of X g a in
  let xd := make_access (fst p) (snd p) 0 low high 1 nl in
  let* d := read_access X g xd site (range_kinds a OutOfBoundsWrite ++ [WriteToConstant]) in
  let '(d, dc) := d in
  settle_access dc d ;;
  match cases d with
  | None => write_anywhere X g true
  | Some l =>
    if (match l with [] => true | _ => false end) || match cases s with Some [] => true | _ => false end then
      let* g := conclude_unreached X g xs s in conclude_unreached X g xd d
    else
      let* w := product 8 (Z.max high 0) in
      demand_effects_of_cases l 0 w (names_object a) ;;
      demand_effect_label X (address_label d) ;;
      let* one := single_place l in
      match one, low =? high with
      | Some (tag, o), true =>
        let* to := product 8 o in
        let* g := copy_exactly g s tag to w (union (address_label s) (address_label d)) (address_label d) in
        let* g := conclude X g xs s in conclude X g xd d
      | _, _ =>
        let* i := read_flag in
        let* il := (if i then
                      let* from := lift (cases s) in
                      let* l := evidence_of_cases g from w in ret (union (address_label s) l)
                    else ret []) in
        let* g :=
          each l
            (fun g s =>
               let* r := bits_of_case s 0 w in
               let* g := cut g (case_tag s) r (negb i) in
               if i then
                 each (facts_about g (case_tag s))
                   (fun g n =>
                      let* f := held_fact g n in
                      if is_initialised_fact (fact_about (fst f)) then
                        let* o := overlaps (fact_about (fst f)) r in
                        ret (if o then join_label g n il else g)
                      else ret g) g
               else ret g) g in
        let g := label_memory g (address_label d) in
        let* g := conclude X g xs s in conclude X g xd d
      end
  end.

(** ** fill, scramble, probe *)

Definition any_predicate (t : type) : predicate :=
  match t with TInteger _ => PInteger all 1 0 | TPointer => PPointer None | TFloat _ => PFloat None end.

(** [r]: the bits that are filled, where that is known exactly. *)
Definition keeps_fill (a : about) (r : option bounds) (v : option Z) : M label :=
  match a with
  | Cells first count stride t u q =>
    let written :=
      match v with
      | Some v => match repeated v t first stride with Some p => p | None => any_predicate t end
      | None => any_predicate t
      end in
    demand (implies written t q t) ;;
    let* last := last_cell first count stride in
    let* e := sum last (width t) in
    let whole := match r with
                 | Some {| lower := Some x; upper := Some y |} => (x <=? first) && (e <=? y)
                 | _ => false
                 end in
    demand (whole || ((width t =? 8) && (first mod 8 =? 0) && (stride mod 8 =? 0))) ;; ret []
  | _ => reject
  end.

Definition fill_memory (g : state) (a : operand) (b : option operand) (c : operand) (site : id) : M state :=
  let* n := integer_of X g c in
  let* n := read_byte_count g n in
  let '(low, high, nl) := n in
  let* p := pointer_of X g a in
  let x := make_access (fst p) (snd p) 0 low high 1 nl in
  let* d := read_access X g x site (range_kinds a OutOfBoundsWrite ++ [WriteToConstant]) in
  let '(d, c) := d in
  settle_access c d ;;
  match cases d with
  | None => write_anywhere X g false
  | Some [] => conclude_unreached X g x d
  | Some l =>
    let* v :=
      match b with
      | Some b => let* f := integer_of X g b in ret (if is_constant f then Some (snd f mod 256) else None)
      | None => ret None
      end in
    let* w := product 8 (Z.max high 0) in
    demand_effects_of_cases l 0 w (names_object a) ;;
    demand_effect_label X (address_label d) ;;
    let* one := single_place l in
    match one, low =? high with
    | Some (tag, o), true =>
      let* from := product 8 o in
      let* to := sum from w in
      let* g := cut g tag {| lower := Some from; upper := Some to |} false in
      let g := label_memory g (address_label d) in
      let fact a := {| fact_tag := tag; fact_about := a; fact_label := address_label d |} in
      let g := if from <? to then
                 let g := add_fact g (fact (Initialised from to)) in
                 match v with Some v => add_fact g (fact (Bytes from to v)) | None => g end
               else g in
      conclude X g x d
    | _, constant =>
      let* g :=
        each l
          (fun g s =>
             let* r := bits_of_case s 0 w in
             let whole := constant && match single_offset s with Some _ => true | None => false end in
             weaken g (case_tag s) r (fun _ a => keeps_fill a (if whole then Some r else None) v)) g in
      conclude X (label_memory g (address_label d)) x d
    end
  end.

Definition probe (g : state) (a c : operand) (site : id) : M state :=
  let* n := integer_of X g c in
  let* n := read_byte_count g n in
  let '(low, high, nl) := n in
  let* p := pointer_of X g a in
  let x := make_access (fst p) (snd p) 0 low high 1 nl in
  let* d := read_access X g x site (range_kinds a OutOfBoundsRead ++ [UninitializedRead]) in
  let '(d, c) := d in
  settle_access c d ;;
  (match c_uninitialised c with
   | Some u =>
     if is_claimed u then
       let* l := lift (cases d) in
       let* w := product 8 (Z.max high 0) in
       let* e := evidence_of_cases g l w in
       settle u (union (claim_label d) e)
     else ret tt
   | None => ret tt
   end) ;;
  conclude X g x d.

(** ** Renaming of tags *)

(** In a list, an entry for which [names] gives tags becomes those, or is joined by them. *)
Definition renamed (names : id -> option (list id)) (keeping : bool) (l : list entry) : option (list entry) :=
  let '(rest, added) :=
    fold_left
      (fun p e =>
         let '(rest, added) := p in
         match names (entry_tag e) with
         | None => (e :: rest, added)
         | Some new =>
           (if keeping then e :: rest else rest,
            fold_left
              (fun added n =>
                 let as_object := match PM.find n (tags (the_certificate X)) with Some b => is_object b | None => false end in
                 join_entries added
                   [if as_object
                    then {| entry_tag := n; entry_bounds := entry_bounds e; modulus := modulus e; remainder := remainder e |}
                    else entry_of_tag n])
              new added)
         end)
      l ([], []) in
  match added with [] => None | _ => Some (join_entries (rev' rest) added) end.

Definition rename (g : state) (names : id -> option (list id)) (keeping : bool) (label : label) : state :=
  let t := PM.map (fun p => match renamed names keeping (fst p) with
                            | Some l => (l, union (snd p) label)
                            | None => p
                            end) (targets g) in
  let f := PM.map (fun p =>
                     let f := fst p in
                     match fact_about f with
                     | Cells first count stride ty u (PPointer (Some l)) =>
                       match renamed names keeping l with
                       | Some l =>
                         (with_about f (Cells first count stride ty u (PPointer (Some l))) (union (fact_label f) label),
                          snd p)
                       | None => p
                       end
                     | _ => p
                     end) (facts g) in
  with_memory (with_targets g t) f (next_fact g) (facts_of_tag g) (contents g).

Definition rename_one (g : state) (t : id) (new : list id) (keeping : bool) (label : label) : state :=
  rename g (fun u => if Pos.eqb u t then Some new else None) keeping label.

(** Values that name an object that ends name an ended object. *)
Definition ended_value (t : id) (v : svalue) : svalue :=
  match v with
  | SPointer (BTag u) f => if Pos.eqb u t then SPointer (BTag ended_tag) f else v
  | _ => v
  end.
Definition end_values (g : state) (t : id) : state :=
  let g := with_assigned g (PM.map (ended_value t) (assigned g)) in
  with_contents g
    (PM.map (map (fun c => {| position_of := position_of c; content_type := content_type c;
                              content_value := ended_value t (content_value c); content_label := content_label c;
                              content_time := content_time c |})) (contents g)).

Definition end_local (g : state) (t : id) : M state :=
  let* body := tag_of X t in
  let g := end_values g t in
  let many := negb (is_single body) in
  let g := rename_one g t [ended_tag] many [] in
  ret (if many then g else remove_all g t).

(** ** start, allocate, free *)

(** Bounds of a size in bytes, upper first. *)
Definition size_bounds (g : state) (f : form) : M (bounds * label * option derived) :=
  let* h := read_flag in
  let* high := (if h then let* d := finite_upper g f in ret (Some d) else ret None) in
  let* h := read_flag in
  let* low := (if h then let* d := finite_lower g f in ret (Some d) else ret None) in
  ret ({| lower := option_map bound low; upper := option_map bound high |},
       union (match high with Some d => label_of d | None => [] end) (match low with Some d => label_of d | None => [] end),
       low).

(** Holds of an object that has just come to life, of whatever size. *)
Definition is_true_of_fresh (a : about) : bool :=
  match a with Cells _ _ _ _ u _ => u | Raw _ _ | Alive => true | _ => false end.

Definition add_raw (g : state) (t : id) (low : option Z) (l : label) : M state :=
  match low with
  | Some n =>
    if 0 <? n then
      demand (n <? 2 ^ 90) ;; ret (add_fact g {| fact_tag := t; fact_about := Raw 0 (8 * n); fact_label := l |})
    else ret g
  | None => ret g
  end.

Definition keep_facts (g : state) (t : id) (keep : about -> bool) : M state :=
  each (facts_about g t)
    (fun g n => let* f := held_fact g n in ret (if keep (fact_about (fst f)) then g else remove_fact g n)) g.

Definition start_object (g : state) (o : id) (c : option operand) (site : id) : M state :=
  let* t := automatic_tag X o in
  let* body := tag_of X t in
  let* p :=
    match c with
    | None => ret (g, match tag_size body with Some s => exactly s | None => all end, [])
    | Some c =>
      let* k := read_claim X site VlaSize in
      let* f := integer_of X g c in
      let* b := size_bounds g f in
      let '(b, l, low) := b in
      if is_claimed k then
        let* d := lift low in
        demand (1 <=? bound d) ;; settle k (label_of d) ;; ret (g, b, l)
      else ret (add_at_least g f 1 (alarm k), b, l)
    end in
  let '(g, b, l) := p in
  let many := negb (is_single body) in
  let* g := keep_facts g t (fun a => many && is_true_of_fresh a) in
  let g := keep_contents g t (fun _ => false) in
  if many then ret g
  else
    let g := match tag_size body with
             | None => add_fact g {| fact_tag := t; fact_about := Size b; fact_label := l |}
             | Some _ => g
             end in
    add_raw g t (lower b) l.

Definition same_kind (a b : about) : bool :=
  match a, b with
  | Cells _ _ _ _ _ _, Cells _ _ _ _ _ _ | Initialised _ _, Initialised _ _ | Bytes _ _ _, Bytes _ _ _
  | Alive, Alive | Size _, Size _ | Raw _ _, Raw _ _ => true
  | _, _ => false
  end.

(** A fact implies another of its kind, but for the tag. *)
Definition fact_implies (a b : about) : M bool :=
  match a, b with
  | Cells first count stride t u p, Cells first' count' stride' t' u' p' =>
    if same_cell t t' && (u' || negb u) && implies p t p' t' then
      let* last := last_cell first' count' stride' in
      let q := {| first_of := first'; last_of := last; step_of := if stride' =? 0 then 8 else stride' |} in
      let* next := advance first' q first count stride in
      ret (last <? next)
    else ret false
  | Size b, Size c => ret (contains_range c b)
  | Initialised x y, Initialised x' y' | Raw x y, Raw x' y' => ret ((x <=? x') && (y' <=? y))
  | Bytes x y v, Bytes x' y' v' => ret ((v =? v') && (x <=? x') && (y' <=? y))
  | Alive, Alive => ret true
  | _, _ => ret false
  end.

Definition pair_step (t partner : id) (p : state * list positive) : M (state * list positive) :=
  let '(g, kept) := p in
  let* first := read_unsigned in
  let* second := read_unsigned in
  let* old := fact_of_tag g (fact_number first) partner in
  let* new := fact_of_tag g (fact_number second) t in
  demand (same_kind (fact_about (fst new)) (fact_about (fst old))) ;;
  let* i := fact_implies (fact_about (fst new)) (fact_about (fst old)) in
  demand i ;;
  ret (join_label g (fact_number first) (label_of_fact g new), fact_number first :: kept).

(** The object of a single tag joins its partner. *)
Definition retag (g : state) (t partner : id) (partner_free : bool) : M state :=
  let g := keep_contents g t (fun _ => false) in
  let g := rename_one g t [partner] false [] in
  if partner_free then
    let g := fold_left remove_fact (facts_about g partner) g in
    each (facts_about g t)
      (fun g n =>
         let* f := held_fact g n in
         ret (match fact_about (fst f) with Absent => remove_fact g n | _ => move_fact g n partner end)) g
  else
    let* n := read_count in
    let* p := repeat n (pair_step t partner) (g, []) in
    let '(g, kept) := p in
    let g := fold_left (fun g n => if existsb (Pos.eqb n) kept then g else remove_fact g n) (facts_about g partner) g in
    ret (fold_left remove_fact (facts_about g t) g).

(** The fact that no object has the tag, if it is named; which object has the tag is decided by it. *)
Definition read_absent (g : state) (n : option positive) (t : id) : M bool :=
  match n with
  | None => ret false
  | Some n =>
    let* f := fact_of_tag g n t in
    match fact_about (fst f) with Absent => rests_on X (label_of_fact g f) ;; ret true | _ => reject end
  end.

Definition mem_id (t : id) (l : list id) : bool := existsb (Pos.eqb t) l.

Definition allocate (g : state) (number r : id) (c : operand) : M state :=
  let* t := read_id in
  let* body := tag_of X t in
  match body with
  | THeap clone i partner _ =>
    demand (Pos.eqb clone (the_clone X) && Pos.eqb i number) ;;
    demand (everything (own_effects X) || mem_id t (allocates (own_effects X))) ;;
    let* own := read_optional_id in
    let* other := read_optional_id in
    let* free := read_absent g own t in
    let* f := integer_of X g c in
    let* b := size_bounds g f in
    let '(b, l, _) := b in
    let b := {| lower := Some (Z.max (match lower b with Some n => n | None => 0 end) 0);
                upper := option_map (fun n => Z.max n 0) (upper b) |} in
    let* g :=
      match partner with
      | Some partner =>
        let* partner_free := read_absent g other partner in
        if free then ret (remove_all g t) else retag g t partner partner_free
      | None =>
        demand (match other with None => true | Some _ => false end) ;;
        keep_facts g t (fun a => negb free && is_true_of_fresh a)
      end in
    let* g :=
      (if (match partner with Some _ => true | None => false end) || free then
         let g := add_fact g {| fact_tag := t; fact_about := Size b; fact_label := l |} in
         let g := add_fact g {| fact_tag := t; fact_about := Alive; fact_label := [] |} in
         add_raw g t (lower b) l
       else ret g) in
    let* p := fresh_value_pointer X g
                (Some ([entry_of_tag null_tag;
                        {| entry_tag := t; entry_bounds := exactly 0; modulus := 1; remainder := 0 |}], [])) in
    ret (assign (fst p) r (snd p))
  | _ => reject
  end.

Fixpoint free_cases (g : state) (b : sbase) (f : form) (tl : label) (c : claim) (l : list entry)
  (heap : list id) (null : bool) (label : label) : M (list id * bool * Reading.label) :=
  match l with
  | [] => ret (rev' heap, null, label)
  | e :: l =>
    let* body := tag_of X (entry_tag e) in
    match body with
    | TNull => free_cases g b f tl c l heap true label
    | THeap _ _ _ _ =>
      let heap := entry_tag e :: heap in
      if is_claimed c then
        let* n := read_optional_id in
        let* n := lift n in
        let* a := fact_of_tag g n (entry_tag e) in
        demand (match fact_about (fst a) with Alive => true | _ => false end) ;;
        let h := in_case g b e tl in
        let* high := upper_bound h f in
        let* low := lower_bound h f in
        demand ((bound high <=? 0) && (0 <=? bound low)) ;;
        free_cases g b f tl c l heap null
          (union label (union (label_of_fact g a) (union (label_of high) (label_of low))))
      else free_cases g b f tl c l heap null label
    | _ => demand (negb (is_claimed c)) ;; free_cases g b f tl c l heap null label
    end
  end.

Definition is_alive_fact (a : about) : bool := match a with Alive => true | _ => false end.

Definition free_object (g : state) (a : operand) (site : id) : M state :=
  let* p := pointer_of X g a in
  let '(b, f) := p in
  let* c := read_claim X site InvalidFree in
  match cases_of g b with
  | None =>
    demand (negb (is_claimed c)) ;;
    demand (everything (own_effects X)) ;;
    ret (fold_left (fun g p => if is_alive_fact (fact_about (fst (snd p))) then remove_fact g (fst p) else g)
           (PM.elements (facts g)) g)
  | Some (l, tl) =>
    let* r := free_cases g b f tl c l [] false tl in
    let '(heap, null, label) := r in
    settle c label ;;
    let label := union label (alarm c) in
    demand_effect_label X label ;;
    demand (everything (own_effects X) || forallb (fun t => mem_id t (frees (own_effects X))) heap) ;;
    let* one :=
      match heap, null with
      | [t], false => let* body := tag_of X t in ret (if is_single body then Some t else None)
      | _, _ => ret None
      end in
    match one with
    | Some t =>
      rests_on X label ;;
      let g := rename_one g t [freed_tag] false label in
      let g := remove_all g t in
      let g := label_memory g label in
      ret (add_fact g {| fact_tag := t; fact_about := Absent; fact_label := label |})
    | None =>
      let* g := each heap (fun g t => keep_facts g t (fun a => negb (is_alive_fact a))) g in
      ret (label_memory g label)
    end
  end.

(** ** havocMemory *)

Definition havoc_facts (g : state) : state :=
  let g := with_memory g (PM.empty _) (next_fact g) (PM.empty _) (PM.empty _) in
  rename g (fun t => match PM.find t (tags (the_certificate X)) with
                     | Some (THeap _ _ partner _) =>
                       Some (freed_tag :: match partner with Some p => [p] | None => [] end)
                     | _ => None
                     end) true [].

Definition havoc_memory (g : state) (r : option id) (t : type) : M state :=
  demand (everything (own_effects X)) ;;
  let g := havoc_facts g in
  match r with
  | None => ret g
  | Some r => let* p := fresh_value X g t in ret (assign (fst p) r (snd p))
  end.

End Objects.
