(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Guards and hints of truth values (FORMAT.md sections 6.2 and 6.5) *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Guards.
Variable X : context.

(** ** Guards (section 6.2) *)

(** The comparison that holds if [c] is true or false, and whether its sides are swapped. *)
Definition outcome (c : comparison) (t : bool) : comparison * bool :=
  if t then (c, false)
  else match c with
       | Equal => (NotEqual, false)
       | NotEqual => (Equal, false)
       | Less => (LessOrEqual, true)
       | LessOrEqual => (Less, true)
       end.

Definition is_null_entry (e : entry) : bool := Pos.eqb (entry_tag e) null_tag.

Definition cut_range (g : state) (x : sfloat) (low high : spec_float) (l : label) : state :=
  if fle low high then
    match x with
    | FSymbol s => set_range g s {| flower := low; fupper := high; may_be_nan := false |} l
    | FConstant _ => g
    end
  else add_contradiction g l.

Definition fmin (x y : spec_float) : spec_float := if flt x y then x else y.
Definition fmax (x y : spec_float) : spec_float := if flt y x then x else y.

(** x <= y, and neither is a NaN. *)
Definition order_ranges (g : state) (x : sfloat) (a : frange) (y : sfloat) (b : frange) (l : label) : state :=
  let g := cut_range g x (flower a) (fmin (fupper a) (fupper b)) l in
  cut_range g y (fmax (flower a) (flower b)) (fupper b) l.

Definition range_or_whole (r : option (frange * label)) : frange := match r with Some (r, _) => r | None => whole end.
Definition label_or_none (r : option (frange * label)) : label := match r with Some (_, l) => l | None => [] end.

Definition guard_floats (g : state) (c : comparison) (x y : sfloat) (t : bool) (l : label) : state :=
  let a := range_of g x in
  let b := range_of g y in
  let ab := union l (union (label_or_none a) (label_or_none b)) in
  let p := range_or_whole a in
  let q := range_or_whole b in
  match c, t with
  | Equal, true | NotEqual, false =>
    let low := fmax (flower p) (flower q) in
    let high := fmin (fupper p) (fupper q) in
    cut_range (cut_range g x low high ab) y low high ab
  | Less, true | LessOrEqual, true => order_ranges g x p y q ab
  | Less, false | LessOrEqual, false =>
    match a, b with
    | Some (p, _), Some (q, _) => if may_be_nan p || may_be_nan q then g else order_ranges g y q x p ab
    | _, _ => g
    end
  | _, _ => g
  end.

(** The definition of the form's symbol, if it is one symbol with a definition. *)
Definition defined (g : state) (f : form) : option (positive * (meaning * label)) :=
  match lone_symbol f with
  | Some s => match PM.find s (definitions g) with Some d => Some (s, d) | None => None end
  | None => None
  end.

(** "f is not 0" or "f is 0". *)
Definition guard_step (again : state * form * bool * label -> M state) (a : state * form * bool * label) : M state :=
  let '(g, f, t, l) := a in
  if is_constant f then ret (if Bool.eqb (negb (snd f =? 0)) t then g else add_contradiction g l)
  else
    match defined g f with
    | None => ret (if t then add_exclusion g f 0 0 l else add_bounds g f (exactly 0) l)
    | Some (_, (m, dl)) =>
      let g := if t then add_at_least g f 1 l else add_linear g f 0 l in
      let l := union l dl in
      match m with
      | MIntegers c x y =>
        let '(k, swapped) := outcome c t in
        match k, is_zero y, defined g x with
        | Equal, true, Some _ => again (g, x, false, l)
        | NotEqual, true, Some _ => again (g, x, true, l)
        | _, _, _ =>
          ret (match (if swapped then gap y x else gap x y) with
               | None => g
               | Some d =>
                 match k with
                 | Less => add_linear g d (-1) l
                 | LessOrEqual => add_linear g d 0 l
                 | Equal => add_at_least (add_linear g d 0 l) d 0 l
                 | NotEqual => add_exclusion g d 0 0 l
                 end
               end)
        end
      | MNull (BSymbol s) equal =>
        match PM.find s (targets g) with
        | Some (e, tl) =>
          make_current X g s (filter (fun e => Bool.eqb (is_null_entry e) (Bool.eqb equal t)) e) (union l tl)
        | None => ret g
        end
      | MNull (BTag _) _ => ret g
      | MBases _ => ret g
      | MFloats c x y => ret (guard_floats g c x y t l)
      end
    end.
Definition guard (g : state) (f : form) (t : bool) (l : label) : M state := loop guard_step (g, f, t, l).

(** ** Hints of truth values (section 6.5) *)

Definition decided_directly (g : state) (k : Z) (f : form) (t : bool) : M label :=
  if k =? 0 then
    if t then let* d := lower_bound g f in demand (1 <=? bound d) ;; ret (label_of d)
    else
      let* high := upper_bound g f in
      let* low := lower_bound g f in
      demand ((bound high <=? 0) && (0 <=? bound low)) ;; ret (union (label_of high) (label_of low))
  else if (k =? 1) && t then let* d := upper_bound g f in demand (bound d <=? -1) ;; ret (label_of d)
  else if (k =? 3) && t then let* n := read_unsigned in exclusion_of_zero g n f
  else reject.

Definition shown_gap (g : state) (k : comparison) (d : form) : M label :=
  match k with
  | Less => let* b := upper_bound g d in demand (bound b <=? -1) ;; ret (label_of b)
  | LessOrEqual => let* b := upper_bound g d in demand (bound b <=? 0) ;; ret (label_of b)
  | Equal =>
    let* high := upper_bound g d in
    let* low := lower_bound g d in
    demand ((bound high <=? 0) && (0 <=? bound low)) ;; ret (union (label_of high) (label_of low))
  | NotEqual =>
    let* s := read_small in
    if s =? 0 then let* b := upper_bound g d in demand (bound b <=? -1) ;; ret (label_of b)
    else if s =? 1 then let* b := lower_bound g d in demand (1 <=? bound b) ;; ret (label_of b)
    else if s =? 2 then
      let* n := read_unsigned in
      let* e := lift (PM.find (fact_number n) (exclusions g)) in
      let '(h, _, _, _) := e in
      if form_eqb h d then exclusion_of_zero g n d
      else let* m := lift (scaled d (-1)) in exclusion_of_zero g n m
    else reject
  end.

Definition feq (x y : spec_float) : bool := compare_floats Equal x y.

Definition shown_floats (g : state) (c : comparison) (x y : sfloat) (t : bool) : M label :=
  let p := range_of g x in
  let q := range_of g y in
  let a := range_or_whole p in
  let b := range_or_whole q in
  let numbers := negb (may_be_nan a) && negb (may_be_nan b) in
  demand
    (match c with
     | Less => if t then numbers && flt (fupper a) (flower b) else fle (fupper b) (flower a)
     | LessOrEqual => if t then numbers && fle (fupper a) (flower b) else flt (fupper b) (flower a)
     | Equal | NotEqual =>
       if Bool.eqb t (match c with Equal => true | _ => false end)
       then numbers && feq (flower a) (fupper a) && feq (flower b) (fupper b) && feq (flower a) (flower b)
       else flt (fupper a) (flower b) || flt (fupper b) (flower a)
     end) ;;
  ret (union (label_or_none p) (label_or_none q)).

(** The comparison that the symbol stands for is true, or false. *)
Definition decided_step (g : state) (again : positive * bool * label -> M label)
  (a : positive * bool * label) : M label :=
  let '(s, t, l) := a in
  let* d := lift (PM.find s (definitions g)) in
  let '(m, dl) := d in
  let l := union l dl in
  match m with
  | MIntegers c x y =>
    let '(k, swapped) := outcome c t in
    let inside :=
      match k, is_zero y, defined g x with
      | Equal, true, Some (s, _) => Some (s, false)
      | NotEqual, true, Some (s, _) => Some (s, true)
      | _, _, _ => None
      end in
    match inside with
    | Some (s, t) =>
      let* sel := read_small in
      if sel =? 2 then again (s, t, l)
      else let* k := decided_directly g sel x t in ret (union l k)
    | None =>
      let* d := lift (if swapped then subtract y x else subtract x y) in
      let* k := shown_gap g k d in ret (union l k)
    end
  | MNull b equal =>
    let* set := lift (cases_of g b) in
    demand (forallb (fun e => Bool.eqb (is_null_entry e) (Bool.eqb equal t)) (fst set)) ;;
    ret (union l (snd set))
  | MBases known =>
    demand (match known with Some b => Bool.eqb b t | None => false end) ;; ret l
  | MFloats c x y => let* k := shown_floats g c x y t in ret (union l k)
  end.
Definition decided_definition (g : state) (s : positive) (t : bool) (l : label) : M label :=
  loop (decided_step g) (s, t, l).

Definition decided (g : state) (f : form) (t : bool) : M label :=
  let* s := read_small in
  if s =? 2 then let* x := lift (lone_symbol f) in decided_definition g x t []
  else decided_directly g s f t.

End Guards.
