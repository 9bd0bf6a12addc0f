(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Hints that facts hold (FORMAT.md section 6.6) *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Guards Memory Accesses Segments.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Hints.
Variable X : context.

(** What is known of a pointer without hints: entries about the value's own offset. *)
Fixpoint shifted_entries (b : sbase) (shift : option Z) (l : list entry) : M (option (list entry)) :=
  match l with
  | [] => ret (Some [])
  | e :: l =>
    let* body := tag_of X (entry_tag e) in
    if is_function body && negb (option_eqb shift (Some 0)) then ret None
    else
      let* e :=
        (if is_object body then
           match b, shift with
           | BTag _, Some k =>
             ret {| entry_tag := entry_tag e; entry_bounds := exactly k; modulus := modulus e;
               remainder := remainder e |}
           | BSymbol _, Some k =>
             let* lo := match lower (entry_bounds e) with Some x => let* n := sum x k in ret (Some n)
               | None => ret None end in
             let* hi := match upper (entry_bounds e) with Some x => let* n := sum x k in ret (Some n)
               | None => ret None end in
             let* r := (if 1 <? modulus e
                        then let* n := sum (remainder e) k in ret (n mod modulus e) else ret (remainder e)) in
             ret {| entry_tag := entry_tag e; entry_bounds := {| lower := lo; upper := hi |};
                    modulus := modulus e; remainder := r |}
           | _, None => ret (entry_of_tag (entry_tag e))
           end
         else ret e) in
      let* r := shifted_entries b shift l in
      ret (match r with Some l => Some (e :: l) | None => None end)
  end.

Definition known_entries (g : state) (b : sbase) (f : form) : M (option (list entry * label)) :=
  match cases_of g b with
  | None => ret None
  | Some (l, label) =>
    let* r := shifted_entries b (shift_of g b f) l in
    ret (match r with Some l => Some (l, label) | None => None end)
  end.

Fixpoint targets_by_case (g : state) (b : sbase) (f : form) (tl : label) (demanded l : list entry) : M label :=
  match l with
  | [] => ret []
  | e :: l =>
    let* d := lift (find (fun d => Pos.eqb (entry_tag d) (entry_tag e)) demanded) in
    let* body := tag_of X (entry_tag e) in
    demand (negb (is_function body) || option_eqb (shift_of g b f) (Some 0)) ;;
    let* one :=
      (if is_object body then
         let h := in_case g b e tl in
         let* lu := match upper (entry_bounds d) with
                    | Some u => let* x := upper_bound h f in demand (bound x <=? u) ;; ret (label_of x)
                    | None => ret []
                    end in
         let* ll := match lower (entry_bounds d) with
                    | Some n => let* x := lower_bound h f in demand (n <=? bound x) ;; ret (label_of x)
                    | None => ret []
                    end in
         let* lc := (if 2 <=? modulus d then
                       let* p := congruence_premises h f (modulus d) in
                       demand (fst p =? remainder d) ;; ret (snd p)
                     else ret []) in
         ret (union lu (union ll lc))
       else ret []) in
    let* rest := targets_by_case g b f tl demanded l in
    ret (union one rest)
  end.

Definition targets_hold (g : state) (b : sbase) (f : form) (demanded : list entry) : M label :=
  let* k := read_small in
  if k =? 0 then
    let* s := known_entries g b f in
    let* s := lift s in
    demand (entries_inside (fst s) demanded) ;; ret (snd s)
  else if k =? 1 then
    let* s := lift (cases_of g b) in
    let* l := targets_by_case g b f (snd s) demanded (fst s) in
    ret (union (snd s) l)
  else if k =? 2 then let* n := read_unsigned in contradiction g n
  else reject.

Definition range_holds (g : state) (x : sfloat) (r : frange) : M label :=
  let* k := read_small in
  if k =? 0 then
    let* s := lift (range_of g x) in
    demand (range_inside (fst s) r) ;; ret (snd s)
  else if k =? 2 then let* n := read_unsigned in contradiction g n
  else reject.

(** A value satisfies a predicate. *)
Definition satisfies (g : state) (v : svalue) (from : type) (p : predicate) (to : type) : M label :=
  match v, p with
  | SInteger f, PInteger b m r =>
    let full := completed b (range_of_type to) in
    demand (same_sign from to || contains_range (range_of_type from) full) ;;
    let needed := if same_sign from to then b else full in
    let* lu := match upper needed with
               | Some u => let* x := upper_bound g f in demand (bound x <=? u) ;; ret (label_of x)
               | None => ret []
               end in
    let* ll := match lower needed with
               | Some n => let* x := lower_bound g f in demand (n <=? bound x) ;; ret (label_of x)
               | None => ret []
               end in
    let* lc := (if 2 <=? m then
                  let* p := congruence_premises g f m in demand (fst p =? r) ;; ret (snd p)
                else ret []) in
    ret (union lu (union ll lc))
  | SPointer b f, PPointer l => match l with None => ret [] | Some l => targets_hold g b f l end
  | SFloat x, PFloat r => match r with None => ret [] | Some r => range_holds g x r end
  | _, _ => reject
  end.

Definition cells_step (g : state) (t : id) (width_of : type) (u : bool) (q : predicate) (p : positions)
  (a : Z * label) : M (Z * label) :=
  let '(next, l) := a in
  demand (next <=? last_of p) ;;
  let* k := read_small in
  if k =? 0 then
    let* n := read_unsigned in
    let* f := fact_of_tag g (fact_number n) t in
    match fact_about (fst f) with
    | Cells first count stride ty u' q' =>
      demand (same_cell ty width_of && (u || negb u') && implies q' ty q width_of) ;;
      let* next := advance next p first count stride in
      ret (next, union l (label_of_fact g f))
    | _ => reject
    end
  else if k =? 1 then
    let* c := find_content g t next width_of in
    let* l' := satisfies g (content_value c) (content_type c) q width_of in
    let* next := sum next (step_of p) in
    ret (next, union l (union (label_of_content g c) l'))
  else if k =? 2 then
    let* n := read_unsigned in
    let* f := fact_of_tag g (fact_number n) t in
    match fact_about (fst f) with
    | Bytes from to v =>
      let* q' := lift (repeated v width_of next (step_of p)) in
      let* e := sum next (width width_of) in
      demand (implies q' width_of q width_of && (from <=? next) && (e <=? to)) ;;
      let* room := difference to (width width_of) in
      let* room := difference room next in
      let* n := floor_quotient room (step_of p) in
      let* n := sum n 1 in
      let* n := product n (step_of p) in
      let* next := sum next n in
      ret (next, union l (label_of_fact g f))
    | _ => reject
    end
  else if k =? 3 then
    let* n := read_unsigned in
    let* f := fact_of_tag g (fact_number n) t in
    match fact_about (fst f) with
    | Raw from to =>
      let* e := sum next (width width_of) in
      demand (u && (from <? to) && (next <? to) && (from <? e)) ;;
      let* room := difference to 1 in
      let* room := difference room next in
      let* n := floor_quotient room (step_of p) in
      let* n := sum n 1 in
      let* n := product n (step_of p) in
      let* next := sum next n in
      ret (next, union l (label_of_fact g f))
    | _ => reject
    end
  else reject.

Definition cells_hold (g : state) (t : id) (first count stride : Z) (ty : type) (u : bool) (q : predicate) : M label :=
  let* last := last_cell first count stride in
  let p := {| first_of := first; last_of := last; step_of := if stride =? 0 then 8 else stride |} in
  let* n := read_count in
  let* a := repeat n (cells_step g t ty u q p) (first, []) in
  demand (last <? fst a) ;; ret (snd a).

(** No object has the tag. *)
Definition absent_holds (g : state) (t : id) : M label :=
  let* n := read_unsigned in
  let* f := fact_of_tag g (fact_number n) t in
  match fact_about (fst f) with
  | Absent => ret (label_of_fact g f)
  | AbsentIfNull s =>
    let* c := lift (PM.find s (targets g)) in
    demand (forallb is_null_entry (fst c)) ;; ret (union (label_of_fact g f) (snd c))
  | _ => reject
  end.

(** No object has the tag if the base is null. *)
Definition absent_if_null_holds (g : state) (t : id) (b : sbase) : M label :=
  let* k := read_small in
  if k =? 0 then
    let* n := read_unsigned in
    let* f := fact_of_tag g (fact_number n) t in
    match fact_about (fst f) with
    | AbsentIfNull s => demand (sbase_eqb b (BSymbol s)) ;; ret (label_of_fact g f)
    | _ => reject
    end
  else if k =? 1 then
    let* c := lift (cases_of g b) in
    demand (forallb (fun e => negb (is_null_entry e)) (fst c)) ;; ret (snd c)
  else reject.

(** [resolve], [base]: what forms and pointers a fact has are registers' where it is one of a node. *)
Definition memory_holds (resolve : form -> M form) (base : positive -> M sbase) (g : state) (t : id) (a : about)
  : M label :=
  let* k := read_small in
  if k =? 0 then
    match a with
    | Cells first count stride ty u q => cells_hold g t first count stride ty u q
    | Initialised from to => evidence X g t from to
    | Segment from to =>
      let* from := resolve from in
      let* to := resolve to in segment_sources X g t from to
    | Absent => absent_holds g t
    | AbsentIfNull r => let* b := base r in absent_if_null_holds g t b
    | _ =>
      let* n := read_unsigned in
      let* f := fact_of_tag g (fact_number n) t in
      demand (match fact_about (fst f), a with
              | Size b, Size c => contains_range c b
              | Bytes x y v, Bytes x' y' v' => (v =? v') && (x <=? x') && (y' <=? y)
              | Raw x y, Raw x' y' => (x <=? x') && (y' <=? y)
              | Alive, Alive => true
              | _, _ => false
              end) ;;
      ret (label_of_fact g f)
    end
  else if k =? 2 then let* n := read_unsigned in contradiction g n
  else if k =? 3 then
    let* n := read_unsigned in
    let* f := fact_of_tag g (fact_number n) t in
    match fact_about (fst f), a with
    | Absent, Absent => reject
    | Absent, _ => ret (label_of_fact g f)
    | _, _ => reject
    end
  else reject.

Definition demand_memory (resolve : form -> M form) (base : positive -> M sbase) (g : state) (f : memory_fact)
  : M unit :=
  let* l := memory_holds resolve base g (fact_tag f) (fact_about f) in demand_label l (fact_label f).

(** ** Places: their values are what the state knows (section 6.6) *)

(** There is one value at most that it denotes: not so of a pointer to some object that ended or was freed. *)
Definition denotes_one (v : svalue) : bool :=
  match v with SPointer (BTag t) _ => negb (Pos.eqb t ended_tag || Pos.eqb t freed_tag) | _ => true end.

Definition place_value (g : state) (p : named_place) : M svalue :=
  match place_subject p with
  | PCell bit t =>
    let* c := find_content g (place_tag p) bit t in
    demand (type_eqb (content_type c) t && of_class (content_value c) (class_of t) && denotes_one (content_value c)) ;;
    demand_label (label_of_content g c) (place_label p) ;;
    ret (content_value c)
  | PSize =>
    let* s := lift (PM.find (place_tag p) (sizes g)) in
    demand_label (label_of_size g s) (place_label p) ;;
    ret (SInteger (fst (fst s)))
  end.

Fixpoint place_values (g : state) (l : list named_place) : M (list svalue) :=
  match l with
  | [] => ret []
  | p :: l => let* v := place_value g p in let* r := place_values g l in ret (v :: r)
  end.

(** ** Facts about registers, for the values that the registers have *)

Section Values.
Variable valuation : id -> M svalue.

Fixpoint substitute (t : terms) (f : form) : M form :=
  match t with
  | [] => ret f
  | (r, k) :: t =>
    let* v := valuation r in
    match v with
    | SInteger h | SPointer _ h => let* f := lift (add_scaled f h k) in substitute t f
    | SFloat _ => reject
    end
  end.

Definition resolved (f : form) : M form :=
  let* h := substitute (fst f) (constant_form 0) in lift (add_number h (snd f)).

Definition base_of_register (r : positive) : M sbase :=
  let* v := valuation r in match v with SPointer b _ => ret b | _ => reject end.

Definition demand_register (g : state) (f : register_fact) : M unit :=
  match f with
  | RLinear t b l =>
    let* h := substitute t (constant_form 0) in
    let* d := upper_bound g h in
    demand (bound d <=? b) ;; demand_label (label_of d) l
  | RCongruence t m r l =>
    let* h := substitute t (constant_form 0) in
    let* p := congruence_premises g h m in
    demand (fst p =? r) ;; demand_label (snd p) l
  | RTargets r e l =>
    let* v := valuation r in
    match v with
    | SPointer b h => let* k := targets_hold g b h e in demand_label k l
    | _ => reject
    end
  | RFloat r range l =>
    let* v := valuation r in
    match v with SFloat x => let* k := range_holds g x range in demand_label k l | _ => reject end
  end.

Fixpoint demand_registers (g : state) (l : list register_fact) : M unit :=
  match l with [] => ret tt | f :: l => demand_register g f ;; demand_registers g l end.
Fixpoint demand_memories (g : state) (l : list memory_fact) : M unit :=
  match l with [] => ret tt | f :: l => demand_memory resolved base_of_register g f ;; demand_memories g l end.
Definition demand_facts (g : state) (r : list register_fact) (m : list memory_fact) : M unit :=
  demand_registers g r ;; demand_memories g m.
End Values.

End Hints.
