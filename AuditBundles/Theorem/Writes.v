(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * store, copy, fill, scramble, probe (FORMAT.md section 6.4) *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Segments Hints.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Writes.
Variable X : context.

(** ** Where only a pointer's tag is known *)

(** What a pointer with one case of a single tag has written is initialised. *)
Definition written_segment (g : state) (a : access) (l : list survivor) (label : label) : M state :=
  match l with
  | [one] =>
    let* body := tag_of X (case_tag one) in
    if is_single body then
      let* h := read_flag in
      if h then
        let* from := lift (add_number (access_form a) (access_immediate a)) in
        let* to := lift (add from (access_count a)) in
        ret (add_fact g {| fact_tag := case_tag one; fact_about := Segment from to; fact_label := label |})
      else ret g
    else ret g
  | _ => ret g
  end.

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

(** The one place of a single tag, if the cases are that. *)
Definition single_place (l : list survivor) : M (option (id * Z)) :=
  match l with
  | [one] =>
    match single_offset one with
    | Some o => let* body := tag_of X (case_tag one) in ret (if is_single body then Some (case_tag one, o) else None)
    | None => ret None
    end
  | _ => ret None
  end.

Definition store (g : state) (t : type) (p : place) (a b : operand) (site : id) : M state :=
  let* q := pointer_of X g a in
  let '(base, f) := q in
  let* v := value_of X g b in
  let n := extent t p in
  let x := make_access base f (immediate_of p) n n (constant_form n) (alignment_of p) [] in
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
    let* strong := single_place l in
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
      let g := label_memory g (address_label d) in
      let* g := (if (bit_of p =? 0) && (width t mod 8 =? 0) then written_segment g x l (address_label d) else ret g) in
      conclude X g x d
    end
  end.

(** ** copy *)

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

(** The bits of all cases from the pointer on are initialised. *)
Fixpoint evidence_of_cases (g : state) (a : access) (d : label) (l : list survivor) (most : Z) : M label :=
  match l with
  | [] => ret []
  | s :: l =>
    let* e := extent_evidence X g a d s most in
    let* rest := evidence_of_cases g a d l most in ret (union e rest)
  end.

Definition copy_memory (g : state) (a b c : operand) (site : id) : M state :=
  let* count := integer_of X g c in
  let* n := read_size_of X g c in
  let '(low, high, _) := n in
  let* s := read_range X g b count n site [OutOfBoundsRead] in
  let '(xs, s, _) := s in
  let* d := read_range X g a count n site [OutOfBoundsWrite; WriteToConstant] in
  let '(xd, d, _) := d in
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
                      let* l := evidence_of_cases g xs (address_label s) from high in ret (union (address_label s) l)
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
        let* g := (if i then written_segment g xd l (union (address_label d) il) else ret g) in
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
  let* count := integer_of X g c in
  let* n := read_size_of X g c in
  let '(low, high, _) := n in
  let* d := read_range X g a count n site [OutOfBoundsWrite; WriteToConstant] in
  let '(x, d, _) := d in
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
      let g := label_memory g (address_label d) in
      let* g := written_segment g x l (address_label d) in
      conclude X g x d
    end
  end.

Definition probe (g : state) (a c : operand) (site : id) : M state :=
  let* count := integer_of X g c in
  let* n := read_size_of X g c in
  let '(_, high, _) := n in
  let* d := read_range X g a count n site [OutOfBoundsRead; UninitializedRead] in
  let '(x, d, c) := d in
  (match c_uninitialised c with
   | Some u =>
     if is_claimed u then
       let* l := lift (cases d) in
       let* e := evidence_of_cases g x (address_label d) l high in
       settle u (union (claim_label d) e)
     else ret tt
   | None => ret tt
   end) ;;
  conclude X g x d.

End Writes.
