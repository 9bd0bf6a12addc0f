(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What all rules use: operands, derivations, claims (FORMAT.md section 6) *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

(** What a script is checked against. *)
Record context := {
  the_program : cprogram;
  the_certificate : certificate;
  obligation_number : id -> id -> kind -> option positive;   (** by function and site *)
  the_function : id; the_body : cfunction;
  the_clone : id; the_clone_body : clone;
  first_static_tag : positive }.                  (** the number of functions, plus 3 *)

Section Rules.
Variable X : context.

Definition tag_of (t : id) : M tag := lift (PM.find t (tags (the_certificate X))).

(** *** Values *)

Definition value_of_register (g : state) (r : id) : M svalue :=
  match PM.find r (assigned g) with
  | Some v => ret v
  | None =>
    match PM.find r (cregisters (the_body X)) with
    | Some (TInteger _) => ret (SInteger (symbol_form r))
    | Some TPointer => ret (SPointer (BSymbol r) (symbol_form r))
    | Some (TFloat _) => ret (SFloat (FSymbol r))
    | None => reject
    end
  end.

(** Tags of static objects stand behind those of the functions; that of an automatic object is its clone's. *)
Definition automatic_tag (o : id) : M id :=
  match PM.find o (local_tag (the_certificate X)) with
  | Some m => lift (PM.find (the_clone X) m)
  | None => reject
  end.
Definition static_tag (o : id) : id := (o + first_static_tag X)%positive.
Definition function_tag (f : id) : id := (f + 3)%positive.

Definition value_of (g : state) (a : operand) : M svalue :=
  match a with
  | ORegister r => value_of_register g r
  | OInteger n => ret (SInteger (constant_form n))
  | OFloat x => ret (SFloat (FConstant x))
  | OStatic o => ret (SPointer (BTag (static_tag o)) (constant_form 0))
  | OAutomatic o => let* t := automatic_tag o in ret (SPointer (BTag t) (constant_form 0))
  | OFunction f => ret (SPointer (BTag (function_tag f)) (constant_form 0))
  | ONull => ret (SPointer (BTag null_tag) (constant_form 0))
  end.

Definition integer_of (g : state) (a : operand) : M form :=
  let* v := value_of g a in match v with SInteger f => ret f | _ => reject end.
Definition pointer_of (g : state) (a : operand) : M (sbase * form) :=
  let* v := value_of g a in match v with SPointer b f => ret (b, f) | _ => reject end.
Definition float_of (g : state) (a : operand) : M sfloat :=
  let* v := value_of g a in match v with SFloat x => ret x | _ => reject end.

(** *** Derivations: a bound of a form from above by a non-negative combination of linear facts *)

(** The bound, whether it is a contradiction (then the bound is the least number), and the label. *)
Definition derived := (Z * bool * label)%type.
Definition bound (d : derived) : Z := fst (fst d).
Definition contradicts (d : derived) : bool := snd (fst d).
Definition label_of (d : derived) : label := snd d.

Definition linear_fact (g : state) (n : Z) : M (terms * Z * label) :=
  lift (PM.find (Z.to_pos (n + 1)) (linear g)).

Fixpoint negates (t u : terms) : bool :=
  match t, u with
  | [], [] => true
  | (x, a) :: t, (y, b) :: u => Pos.eqb x y && negb (b =? minimum) && (a =? - b) && negates t u
  | _, _ => false
  end.
Fixpoint multiple (d : Z) (t u : terms) : bool :=
  match t, u with
  | [], [] => true
  | (x, a) :: t, (y, b) :: u => Pos.eqb x y && fits (b * d) && (a =? b * d) && multiple d t u
  | _, _ => false
  end.

Definition premise (g : state) (p : terms * Z * label) : M (terms * Z * label) :=
  let '(t, b, l) := p in
  let* n := read_unsigned in
  let* c := read_signed in
  let* f := linear_fact g n in
  let '(u, b', l') := f in
  demand (0 <=? c) ;;
  let* cb := product c b' in
  let* b := sum b cb in
  let* t := (if c =? 0 then ret t else lift (merge c t u)) in
  demand (Nat.leb (length t) 4096) ;;
  ret (t, b, union l l').

(** A bound of the terms from above, or of their negative. *)
Definition derive (g : state) (t : terms) (negative : bool) : M derived :=
  let* h := read_unsigned in
  if h =? 0 then
    demand (terms_eqb t []) ;; ret (0, false, [])
  else if h =? 1 then
    let* n := read_unsigned in
    let* f := linear_fact g n in
    let '(u, b, l) := f in
    if terms_eqb u [] && (b <? 0) then ret (minimum, true, l)
    else demand (if negative then negates u t else terms_eqb u t) ;; ret (b, false, l)
  else
    let* p := repeat (h - 1) (premise g) ([], 0, []) in
    let '(u, b, l) := p in
    let* d := read_signed in
    demand (1 <=? d) ;;
    if terms_eqb u [] && (b <? 0) then ret (minimum, true, l)
    else demand (multiple (if negative then - d else d) u t) ;;
         ret (b / d, false, l).

Definition upper_bound (g : state) (f : form) : M derived :=
  let* d := derive g (fst f) false in
  let '(b, c, l) := d in
  if c then ret (minimum, true, l) else let* b := sum b (snd f) in ret (b, false, l).
Definition lower_bound (g : state) (f : form) : M derived :=
  let* d := derive g (fst f) true in
  let '(b, c, l) := d in
  if c then ret (maximum, true, l) else let* b := difference (snd f) b in ret (b, false, l).

(** Bounds that are used as numbers. *)
Definition finite_upper (g : state) (f : form) : M derived :=
  let* d := upper_bound g f in demand (negb (contradicts d)) ;; ret d.
Definition finite_lower (g : state) (f : form) : M derived :=
  let* d := lower_bound g f in demand (negb (contradicts d)) ;; ret d.

(** *** Congruences *)

(** Whether [m] divides [a]; modulus 0 is equality. *)
Definition divides (m a : Z) : bool := (a mod m =? 0).

Definition congruence_premise (g : state) (m : Z) (p : form * Z * label) : M (form * Z * label) :=
  let '(f, r, l) := p in
  let* n := read_unsigned in
  let* c := read_signed in
  let* fact := lift (PM.find (Z.to_pos (n + 1)) (congruences g)) in
  let '(t, m', r', l') := fact in
  let* cm := product c m' in
  demand (divides m cm) ;;
  let* k := negated c in
  let* f := lift (add_scaled f (t, 0) k) in
  let* cr := product c r' in
  let* r := sum r cr in
  ret (f, r, union l l').

(** The remainder of the form modulo [m], at least 1. *)
Definition congruence_premises (g : state) (f : form) (m : Z) : M (Z * label) :=
  let* n := read_count in
  let* p := repeat n (congruence_premise g m) (f, snd f, []) in
  let '(rest, r, l) := p in
  demand (forallb (fun p => divides m (snd p)) (fst rest)) ;;
  let* r := floor_remainder r m in
  ret (r, l).

Definition congruence (g : state) (f : form) : M (Z * Z * label) :=
  let* m := read_signed in
  demand (1 <=? m) ;;
  if m =? 1 then ret (1, 0, [])
  else let* p := congruence_premises g f m in ret (m, fst p, snd p).

(** *** Single facts *)

Definition contradiction (g : state) (n : Z) : M label :=
  let* f := linear_fact g n in
  let '(t, b, l) := f in demand (terms_eqb t [] && (b <? 0)) ;; ret l.

Definition exclusion_of_zero (g : state) (n : Z) (f : form) : M label :=
  let* e := lift (PM.find (Z.to_pos (n + 1)) (exclusions g)) in
  let '(h, a, b, l) := e in
  demand (form_eqb h f && (a <=? 0) && (0 <=? b)) ;; ret l.

Definition fact_number (n : Z) : positive := Z.to_pos (n + 1).
Definition held_fact (g : state) (n : positive) : M (memory_fact * N) := lift (PM.find n (facts g)).

(** *** Claims of obligations *)

Record claim := { obligation_of : positive; is_claimed : bool; alarm : label }.

Definition alarm_label (o : positive) : label :=
  [Pos.pred (assumption_count (the_program X) + o)].

Definition read_claim (site : id) (k : kind) : M claim :=
  let* o := lift (obligation_number X (the_function X) site k) in
  let* c := read_flag in
  emit (if c then Claimed o [] else Unproved o) ;;
  ret {| obligation_of := o; is_claimed := c; alarm := if c then [] else alarm_label o |}.

Definition settle (c : claim) (l : label) : M unit :=
  if is_claimed c then emit (Claimed (obligation_of c) l) else ret tt.

(** What is left out, or which code runs, rests on the label: its alarms are about earlier obligations. *)
Definition rests_on (l : label) : M unit :=
  match filter (fun a => Pos.ltb a (assumption_count (the_program X))) l with
  | [] => ret tt
  | l => emit (Control l)
  end.

(** *** Targets *)

Definition cases_of (g : state) (b : sbase) : option (list entry * label) :=
  match b with
  | BTag t => Some ([entry_of_tag t], [])
  | BSymbol s => PM.find s (targets g)
  end.

Fixpoint object_entries (l : list entry) (b : option bounds) : M (option bounds) :=
  match l with
  | [] => ret b
  | e :: l =>
    let* t := tag_of (entry_tag e) in
    if is_object t then
      object_entries l (Some (match b with Some b => hull b (entry_bounds e) | None => entry_bounds e end))
    else ret None
  end.

(** Makes targets current and adds what follows for the offset. *)
Definition make_current (g : state) (b : positive) (l : list entry) (label : label) : M state :=
  let g := set_targets g b l label in
  let* r := object_entries l None in
  match r with
  | None => ret g
  | Some r =>
    let f := symbol_form (own_offset g b) in
    let g := add_bounds g f r label in
    ret (match l with
         | [e] => if 2 <=? modulus e then add_congruence g (fst f) (modulus e) (remainder e) label else g
         | _ => g
         end)
  end.

(** The state in one case of a pointer: its range as extra facts. *)
Definition in_case (g : state) (b : sbase) (e : entry) (label : label) : state :=
  match b with
  | BTag _ => g
  | BSymbol s =>
    let f := symbol_form (own_offset g s) in
    let g := add_bounds g f (entry_bounds e) label in
    if 2 <=? modulus e then add_congruence g (fst f) (modulus e) (remainder e) label
    else match lower (entry_bounds e), upper (entry_bounds e) with
         | Some a, Some b => if a =? b then add_congruence g (fst f) 0 a label else g
         | _, _ => g
         end
  end.

(** The constant by which a form exceeds the base's own offset. *)
Definition shift_of (g : state) (b : sbase) (f : form) : option Z :=
  match b with
  | BTag _ => if is_constant f then Some (snd f) else None
  | BSymbol s =>
    match fst f with
    | [(x, 1)] => if Pos.eqb x (own_offset g s) then Some (snd f) else None
    | _ => None
    end
  end.

Definition fresh_value_pointer (g : state) (l : option (list entry * label)) : M (state * svalue) :=
  let '(g, b, o) := fresh_pointer g in
  let* g := match l with Some (l, label) => make_current g b l label | None => ret g end in
  ret (g, SPointer (BSymbol b) (symbol_form o)).

(** Any value of a type. *)
Definition fresh_value (g : state) (t : type) : M (state * svalue) :=
  match t with
  | TInteger t => let '(g, f) := fresh_bounded g (type_range t) [] in ret (g, SInteger f)
  | TPointer => fresh_value_pointer g None
  | TFloat _ => let '(g, x) := fresh_float g None in ret (g, SFloat x)
  end.

Definition range_of (g : state) (x : sfloat) : option (frange * label) :=
  match x with
  | FConstant S754_nan =>
    Some ({| flower := S754_infinity true; fupper := S754_infinity false; may_be_nan := true |}, [])
  | FConstant x =>
    if valid_binary 53 1024 x then Some ({| flower := x; fupper := x; may_be_nan := false |}, []) else None
  | FSymbol s => PM.find s (ranges g)
  end.

Definition whole : frange := {| flower := S754_infinity true; fupper := S754_infinity false; may_be_nan := true |}.
Definition fle (x y : spec_float) : bool := compare_floats LessOrEqual x y.
Definition flt (x y : spec_float) : bool := compare_floats Less x y.

End Rules.
