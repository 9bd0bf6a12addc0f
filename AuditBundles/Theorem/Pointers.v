(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Pointer arithmetic, pointer comparisons, floats (FORMAT.md section 6.3) *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Guards Memory Accesses.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Pointers.
Variable X : context.

(** ** offset *)

(** The pointer stayed in an object: other cases are gone, and the offset is inside the largest. *)
Fixpoint object_cases (l kept : list entry) (most : option Z) : M (list entry * option Z) :=
  match l with
  | [] => ret (rev' kept, most)
  | e :: l =>
    let* body := tag_of X (entry_tag e) in
    if is_object body then
      object_cases l (e :: kept) (match tag_size body, most with Some s, Some m => Some (Z.max s m) | _, _ => None end)
    else object_cases l kept most
  end.

Definition narrow_offset (g : state) (b : sbase) (moved : form) (al : label) : M state :=
  match cases_of g b with
  | None => ret g
  | Some (l, tl) =>
    let* p := object_cases l [] (Some 0) in
    let '(kept, most) := p in
    let label := union tl al in
    match kept with
    | [] => ret (add_contradiction g label)
    | _ =>
      let* g := match b with
                | BSymbol s => if Nat.eqb (length kept) (length l) then ret g else make_current X g s kept label
                | BTag _ => ret g
                end in
      ret (add_bounds g moved {| lower := Some 0; upper := most |} label)
    end
  end.

Fixpoint offset_by_case (g : state) (b : sbase) (moved : form) (tl : label) (l : list entry) : M label :=
  match l with
  | [] => ret []
  | e :: l =>
    let* body := tag_of X (entry_tag e) in
    demand (is_object body) ;;
    let* ll :=
      (if is_heap body then
         let* n := read_optional_id in
         let* n := lift n in
         let* f := fact_of_tag g n (entry_tag e) in
         match fact_about (fst f) with Alive => ret (label_of_fact g f) | _ => reject end
       else ret []) in
    let* p :=
      match tag_size body with
      | Some s => ret (Some s, [])
      | None =>
        let* n := read_optional_id in
        match n with
        | None => ret (None, [])
        | Some n =>
          let* f := fact_of_tag g n (entry_tag e) in
          match fact_about (fst f) with Size s => ret (lower s, label_of_fact g f) | _ => reject end
        end
      end in
    let '(size, ls) := p in
    let h := in_case g b e tl in
    let* by_form := match tag_size body with None => read_flag | Some _ => ret false end in
    let* lh :=
      (if by_form then is_inside h moved (entry_tag e)
       else
         let* high := upper_bound h moved in
         demand (contradicts high || match size with Some s => bound high <=? s | None => false end) ;;
         ret (label_of high)) in
    let* low := lower_bound h moved in
    demand (0 <=? bound low) ;;
    let* rest := offset_by_case g b moved tl l in
    ret (union (union ll ls) (union (union lh (label_of low)) rest))
  end.

Definition offset_pointer (g : state) (r : id) (a b : operand) (k : Z) (check : bool) (site : id) : M state :=
  let* p := pointer_of X g a in
  let '(base, old) := p in
  let* index := integer_of X g b in
  let '(g, moved) := or_fresh g (add_scaled old index k) in
  let g := assign g r (SPointer base moved) in
  if check then
    let* c := read_claim X site PointerArithmetic in
    if is_claimed c then
      let* s := read_small in
      let* l :=
        (if s =? 0 then demand ((k =? 0) || is_zero index) ;; ret []
         else if s =? 1 then
           let* t := lift (cases_of g base) in
           let* l := offset_by_case g base moved (snd t) (fst t) in ret (union (snd t) l)
         else reject) in
      settle c l ;; ret g
    else if is_constant index && negb (snd index =? 0) && negb (k =? 0) then narrow_offset g base moved (alarm c)
    else ret g
  else ret g.

(** ** Bases *)

(** Both pointers have one possible target, the same object, and there is only one of that. *)
Definition lone_object (g : state) (b : sbase) : M (option (id * label)) :=
  match cases_of g b with
  | Some ([e], l) =>
    let* body := tag_of X (entry_tag e) in
    ret (if is_single body then Some (entry_tag e, l) else None)
  | _ => ret None
  end.

Fixpoint any_entry (test : tag -> bool) (l : list entry) : M bool :=
  match l with
  | [] => ret false
  | e :: l => let* body := tag_of X (entry_tag e) in if test body then ret true else any_entry test l
  end.

Definition is_null_tag (t : tag) : bool := match t with TNull => true | _ => false end.
Definition is_past_tag (t : tag) : bool := match t with TEnded | TFreed => true | _ => false end.

(** Both pointers have one base, and it is not null ([object]: no function either). *)
Definition common_base (g : state) (a b : sbase) (object : bool) : M (option label) :=
  if sbase_eqb a b then
    match a with
    | BTag t =>
      let* body := tag_of X t in
      ret (if is_single body || (is_function body && negb object) then Some [] else None)
    | BSymbol s =>
      match PM.find s (targets g) with
      | None => ret None
      | Some (l, tl) =>
        let* bad := any_entry (fun t => is_null_tag t || (is_function t && object)) l in
        ret (if bad then None else Some tl)
      end
    end
  else
    let* p := lone_object g a in
    let* q := lone_object g b in
    ret (match p, q with
         | Some (t, l), Some (u, m) => if Pos.eqb t u then Some (union l m) else None
         | _, _ => None
         end).

Definition is_symbol (b : sbase) : bool := match b with BSymbol _ => true | BTag _ => false end.
Definition is_null_base (b : sbase) : bool := match b with BTag t => Pos.eqb t null_tag | BSymbol _ => false end.

(** Whether the pointers have one base, as far as their targets decide it. *)
Definition compare_bases (g : state) (a b : sbase) : M (option (bool * label)) :=
  if sbase_eqb a b && (is_symbol a || is_null_base a) then ret (Some (true, []))
  else
    let* c := common_base g a b false in
    match c, cases_of g a, cases_of g b with
    | Some l, _, _ => ret (Some (true, l))
    | None, Some (l, ll), Some (m, ml) =>
      let* past := any_entry is_past_tag (l ++ m) in
      ret (if past || existsb (fun e => existsb (fun f => Pos.eqb (entry_tag e) (entry_tag f)) l) m
           then None else Some (false, union ll ml))
    | _, _, _ => ret None
    end.

Definition quotient_of (g : state) (d : form) (k slack : Z) (l : label) : M (state * form) :=
  let '(g, q) := fresh_integer g in
  let* kq := lift (scaled q k) in
  let* rest := lift (subtract kq d) in
  let g := add_linear g rest slack l in
  let* e := lift (scaled rest (-1)) in
  ret (add_linear g e slack l, q).

Definition pointer_difference (g : state) (r : id) (a b : operand) (k : Z) (site : id) : M state :=
  let* p := pointer_of X g a in
  let* q := pointer_of X g b in
  let* c := read_claim X site PointerComparison in
  (if is_claimed c then
     let* l := common_base g (fst p) (fst q) true in
     let* l := lift l in settle c l
   else ret tt) ;;
  let* d := lift (subtract (snd p) (snd q)) in
  let* s := read_small in
  let* z :=
    (if s =? 0 then if k =? 1 then ret (g, d) else quotient_of g d k (k - 1) []
     else if s =? 1 then ret (fresh_integer g)
     else if s =? 2 then
       let* p := congruence_premises g d k in
       demand (fst p =? 0) ;; quotient_of g d k 0 (snd p)
     else reject) in
  ret (assign (fst z) r (SInteger (snd z))).

Definition compare_pointers (g : state) (r : id) (c : comparison) (bases : bool) (a b : operand)
  (site : id) : M state :=
  let* p := pointer_of X g a in
  let* q := pointer_of X g b in
  match c with
  | Less | LessOrEqual =>
    let* k := read_claim X site PointerComparison in
    (if is_claimed k then
       let* l := common_base g (fst p) (fst q) false in
       let* l := lift l in settle k l
     else ret tt) ;;
    ret (assign_truth g r (Some (MIntegers c (snd p) (snd q), [])))
  | Equal | NotEqual =>
    let equal := match c with Equal => true | _ => false end in
    let* d :=
      (if bases then
         let* s := compare_bases g (fst p) (fst q) in
         ret (match s with
              | Some (same, l) => Some (MBases (Some (Bool.eqb same equal)), l)
              | None => Some (MBases None, [])
              end)
       else
         let* l := common_base g (fst p) (fst q) false in
         ret (match l with
              | Some l => Some (MIntegers c (snd p) (snd q), l)
              | None =>
                if is_null_base (fst q) then Some (MNull (fst p) equal, [])
                else if is_null_base (fst p) then Some (MNull (fst q) equal, [])
                else None
              end)) in
    ret (assign_truth g r d)
  end.

Definition integer_to_pointer (g : state) (r : id) (a : operand) : M state :=
  let* f := integer_of X g a in
  if is_zero f then ret (assign g r (SPointer (BTag null_tag) (constant_form 0)))
  else let* p := fresh_value_pointer X g None in ret (assign (fst p) r (snd p)).

(** ** Floats: ranges follow from the operands' ranges *)

(** Rounding is monotone. (Of an end that the format has it changes nothing.) *)
Definition widened (r : frange) (f : format) : frange :=
  {| flower := round f (flower r); fupper := round f (fupper r); may_be_nan := may_be_nan r |}.

Definition assign_range (g : state) (r : id) (f : format) (x : option frange) (l : label) : state :=
  let '(g, x) :=
    match x, f with
    | None, _ | _, Extended80 => fresh_float g None
    | Some x, _ => fresh_float g (Some (widened x f, l))
    end in
  assign g r (SFloat x).

Definition negated_range (r : frange) : frange :=
  {| flower := SFopp (fupper r); fupper := SFopp (flower r); may_be_nan := may_be_nan r |}.
Definition is_nan (x : spec_float) : bool := match x with S754_nan => true | _ => false end.
Definition is_infinite (x : spec_float) : bool := match x with S754_infinity _ => true | _ => false end.
Definition fzero : spec_float := S754_zero false.
Definition holds_zero (r : frange) : bool := fle (flower r) fzero && fle fzero (fupper r).
Definition has_infinity (r : frange) : bool := is_infinite (flower r) || is_infinite (fupper r).

Definition float_corners (a b : frange) (op : spec_float -> spec_float -> spec_float) (nan : bool) : frange :=
  let v := [op (flower a) (flower b); op (flower a) (fupper b); op (fupper a) (flower b); op (fupper a) (fupper b)] in
  if existsb is_nan v then whole
  else {| flower := fold_left (fun x y => if flt y x then y else x) v (S754_infinity false);
          fupper := fold_left (fun x y => if flt x y then y else x) v (S754_infinity true); may_be_nan := nan |}.

Definition float_sums (a b : frange) : frange :=
  let low := in_binary64 FAdd (flower a) (flower b) in
  let high := in_binary64 FAdd (fupper a) (fupper b) in
  let cancels := feq (fupper a) (S754_infinity false) && feq (flower b) (S754_infinity true) ||
                 feq (flower a) (S754_infinity true) && feq (fupper b) (S754_infinity false) in
  if is_nan low || is_nan high then whole
  else {| flower := low; fupper := high; may_be_nan := may_be_nan a || may_be_nan b || cancels |}.

Definition combine (op : foperation) (a b : frange) : frange :=
  let nan := may_be_nan a || may_be_nan b in
  match op with
  | FAdd => float_sums a b
  | FSubtract => float_sums a (negated_range b)
  | FMultiply =>
    float_corners a b (in_binary64 FMultiply)
      (nan || (holds_zero a && has_infinity b) || (holds_zero b && has_infinity a))
  | FDivide =>
    if holds_zero b then
      {| flower := S754_infinity true; fupper := S754_infinity false;
         may_be_nan := nan || holds_zero a || (has_infinity a && has_infinity b) |}
    else float_corners a b (in_binary64 FDivide) (nan || (has_infinity a && has_infinity b))
  end.

Definition float_arithmetic (g : state) (r : id) (op : foperation) (f : format) (a b : operand) : M state :=
  let* x := float_of X g a in
  let* y := float_of X g b in
  ret (match range_of g x, range_of g y with
       | Some (p, l), Some (q, m) => assign_range g r f (Some (combine op p q)) (union l m)
       | _, _ => assign_range g r f None []
       end).

Definition float_unary (g : state) (r : id) (f : format) (a : operand) (negate : bool) : M state :=
  let* x := float_of X g a in
  ret (match range_of g x with
       | Some (p, l) =>
         assign_range g r f (Some (if negate then negated_range p else p)) l
       | None => assign_range g r f None []
       end).

Definition integer_to_float (g : state) (r : id) (f : format) (a : operand) : M state :=
  let* h := read_flag in
  if h then
    let* x := integer_of X g a in
    let* high := finite_upper g x in
    let* low := finite_lower g x in
    demand (bound low <=? bound high) ;;
    ret (assign_range g r f
           (Some {| flower := exact_integer (bound low); fupper := exact_integer (bound high); may_be_nan := false |})
           (union (label_of high) (label_of low)))
  else ret (assign_range g r f None []).

Definition float_to_integer (g : state) (r : id) (t : itype) (a : operand) (site : id) : M state :=
  let* x := float_of X g a in
  let* c := read_claim X site FloatToInt in
  if is_claimed c then
    let* s := lift (range_of g x) in
    let '(p, l) := s in
    demand (negb (may_be_nan p)) ;;
    let* low := lift (truncate (flower p)) in
    let* high := lift (truncate (fupper p)) in
    demand (fits low && fits high && contains_range (type_range t) {| lower := Some low; upper := Some high |}) ;;
    settle c l ;;
    let '(g, s) := fresh_bounded g {| lower := Some low; upper := Some high |} l in
    ret (assign g r (SInteger s))
  else
    let '(g, s) := fresh_bounded g (type_range t) (alarm c) in ret (assign g r (SInteger s)).

(** ** objectSize *)

(** What is left of the object behind the pointer, where the size is a form. *)
Definition relate_size (g : state) (e : form) (one : survivor) (l : label) : M state :=
  let* body := tag_of X (case_tag one) in
  match tag_size body with
  | Some _ => ret g
  | None =>
    let* h := read_flag in
    if h then
      let* s := known_size g (case_tag one) in
      let l := union l (label_of_size g s) in
      ret (match gap e (fst (fst s)) with Some d => add_at_least (add_linear g d 0 l) d 0 l | None => g end)
    else ret g
  end.

Definition object_size (g : state) (r : id) (a : operand) (site : id) : M state :=
  let* p := pointer_of X g a in
  let '(b, f) := p in
  let x := make_access b f 0 0 0 (constant_form 0) 1 [] in
  let* d := read_access X g x site (lifetime_kinds a) in
  let '(d, c) := d in
  settle_access c d ;;
  let '(g, s) := fresh_integer g in
  let* g :=
    match cases d with
    | Some [one] =>
      let* e := lift (add s f) in
      relate_size (add_bounds g e (case_size one) (address_label d)) e one (address_label d)
    | _ => ret g
    end in
  conclude X (assign g r (SInteger s)) x d.

End Pointers.
