(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Facts about memory: how they are read, implied, covered and cut (FORMAT.md sections 5.2, 6.4 and 6.6) *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

(** ** Floats and facts inside scripts *)

(** The binary64 value of its encoding. *)
Definition float_of_bits (n : Z) : spec_float :=
  let s := 2 ^ 63 <=? n in
  let e := (n / 2 ^ 52) mod 2 ^ 11 in
  let m := n mod 2 ^ 52 in
  if e =? 0 then match m with Zpos m => S754_finite s m (-1074) | _ => S754_zero s end
  else if e =? 2047 then (if m =? 0 then S754_infinity s else S754_nan)
  else S754_finite s (Z.to_pos (m + 2 ^ 52)) (e - 1075).

Definition read_float : M spec_float := let* n := read_bits64 in ret (float_of_bits n).

Definition read_range : M frange :=
  let* a := read_float in
  let* b := read_float in
  demand (fle a b) ;;
  let* n := read_flag in ret {| flower := a; fupper := b; may_be_nan := n |}.

Definition read_bounds : M bounds :=
  let* a := read_optional_signed in
  let* b := read_optional_signed in ret {| lower := a; upper := b |}.

(** A modulus of at least [least] and a remainder below it. *)
Definition read_modulus (least : Z) : M (Z * Z) :=
  let* m := read_signed in
  let* r := read_signed in
  demand ((least <=? m) && (0 <=? r) && (r <? m)) ;; ret (m, r).

Section Facts.
Variable C : certificate.

Definition read_tag : M (id * tag) :=
  let* n := read_id in
  let* t := lift (PM.find n (tags C)) in
  match t with TNone => reject | _ => ret (n, t) end.

Definition read_entry (p : list entry * Z) : M (list entry * Z) :=
  let* t := read_tag in
  let '(n, t) := t in
  demand (snd p <? Zpos n) ;;
  let* b := read_bounds in
  let* m := read_modulus 1 in
  demand (is_object t || (bounds_eqb b all && (fst m =? 1))) ;;
  ret ({| entry_tag := n; entry_bounds := b; modulus := fst m; remainder := snd m |} :: fst p, Zpos n).

(** Tags ascend. *)
Definition read_targets : M (list entry) :=
  let* n := read_count in
  demand (n <=? 4096) ;;
  let* p := repeat n read_entry ([], 0) in ret (rev' (fst p)).

Definition read_predicate (t : type) : M predicate :=
  match t with
  | TInteger _ => let* b := read_bounds in let* m := read_modulus 1 in ret (PInteger b (fst m) (snd m))
  | TPointer =>
    let* any := read_flag in
    if any then ret (PPointer None) else let* l := read_targets in ret (PPointer (Some l))
  | TFloat _ =>
    let* any := read_flag in
    if any then ret (PFloat None) else let* r := read_range in ret (PFloat (Some r))
  end.

Definition read_bits : M (Z * Z) :=
  let* a := read_signed in
  let* b := read_signed in
  demand ((a <=? b) && (Z.abs a <? 2 ^ 100) && (Z.abs b <? 2 ^ 100)) ;; ret (a, b).

(** Terms over what is allowed, ascending. *)
Definition read_term (allowed : positive -> bool) (p : terms * Z) : M (terms * Z) :=
  let* s := read_id in
  let* k := read_signed in
  demand ((snd p <? Zpos s) && negb (k =? 0)) ;;
  demand (allowed s) ;;
  ret ((s, k) :: fst p, Zpos s).

Definition read_terms (allowed : positive -> bool) : M terms :=
  let* n := read_count in
  demand (n <=? 64) ;;
  let* p := repeat n (read_term allowed) ([], 0) in ret (rev' (fst p)).

Definition read_named_form (allowed : positive -> bool) : M form :=
  let* t := read_terms allowed in
  let* k := read_signed in ret (t, k).

Definition read_label : M label := let* n := read_id in lift (PM.find n (labels C)).

(** [pointers]: which registers or symbols have a base. *)
Definition read_memory_fact (allowed pointers : positive -> bool) : M memory_fact :=
  let* k := read_small in
  demand (k <=? 8) ;;
  let* t := read_tag in
  let '(n, t) := t in
  demand (is_object t) ;;
  let* a :=
    (if k =? 0 then
       let* first := read_signed in
       let* count := read_unsigned in
       let* stride := read_unsigned in
       let* ty := read_type in
       demand ((1 <=? count) && (if count =? 1 then stride =? 0 else width ty <=? stride) && (Z.abs first <? 2 ^ 64)) ;;
       let* u := read_flag in
       let* p := read_predicate ty in
       ret (Cells first count stride ty u p)
     else if k =? 1 then let* r := read_bits in ret (Initialised (fst r) (snd r))
     else if k =? 2 then
       let* r := read_bits in
       demand ((fst r mod 8 =? 0) && (snd r mod 8 =? 0)) ;;
       let* v := read_small in ret (Bytes (fst r) (snd r) v)
     else if k =? 3 then demand (is_heap t) ;; ret Alive
     else if k =? 4 then let* b := read_bounds in ret (Size b)
     else if k =? 5 then demand (is_heap t) ;; ret Absent
     else if k =? 6 then let* r := read_bits in ret (Raw (fst r) (snd r))
     else if k =? 7 then
       let* a := read_named_form allowed in
       let* b := read_named_form allowed in ret (Segment a b)
     else
       demand (is_heap t) ;;
       let* r := read_id in
       demand (pointers r) ;; ret (AbsentIfNull r)) in
  let* l := read_label in
  ret {| fact_tag := n; fact_about := a; fact_label := l |}.
End Facts.

(** ** Implications *)

Definition entry_contains (e : entry) (o : option Z) : bool :=
  match o with
  | None => false
  | Some o =>
    match lower (entry_bounds e) with Some l => l <=? o | None => true end &&
    match upper (entry_bounds e) with Some u => o <=? u | None => true end &&
    ((modulus e <=? 1) || (o mod modulus e =? remainder e))
  end.

(** Everything that [e] allows, [f] allows. *)
Definition entry_inside (e f : entry) : bool :=
  Pos.eqb (entry_tag e) (entry_tag f) && contains_range (entry_bounds f) (entry_bounds e) &&
  ((modulus f =? 1) ||
   ((modulus e mod modulus f =? 0) && ((remainder e - remainder f) mod modulus f =? 0)) ||
   (match lower (entry_bounds e) with Some _ => true | None => false end &&
    option_eqb (lower (entry_bounds e)) (upper (entry_bounds e)) && entry_contains f (lower (entry_bounds e)))).

Fixpoint entries_inside (l : list entry) : list entry -> bool :=
  match l with
  | [] => fun _ => true
  | e :: l' =>
    fix inner (m : list entry) : bool :=
      match m with
      | [] => false
      | f :: m' => if Pos.ltb (entry_tag f) (entry_tag e) then inner m' else entry_inside e f && entries_inside l' m
      end
  end.

Definition entry_hull (e f : entry) : entry :=
  let same := (modulus e =? modulus f) && (remainder e =? remainder f) in
  {| entry_tag := entry_tag e; entry_bounds := hull (entry_bounds e) (entry_bounds f);
     modulus := if same then modulus e else 1; remainder := if same then remainder e else 0 |}.

Fixpoint join_entries (l : list entry) : list entry -> list entry :=
  match l with
  | [] => fun m => m
  | e :: l' =>
    fix inner (m : list entry) : list entry :=
      match m with
      | [] => l
      | f :: m' =>
        match Pos.compare (entry_tag e) (entry_tag f) with
        | Lt => e :: join_entries l' m
        | Gt => f :: inner m'
        | Eq => entry_hull e f :: join_entries l' m'
        end
      end
  end.

Definition range_inside (r s : frange) : bool :=
  fle (flower s) (flower r) && fle (fupper r) (fupper s) && (negb (may_be_nan r) || may_be_nan s).

Definition same_sign (t u : type) : bool :=
  match t, u with TInteger t, TInteger u => Bool.eqb (signed t) (signed u) | _, _ => true end.
Definition range_of_type (t : type) : bounds := match t with TInteger t => type_range t | _ => all end.
Definition same_cell (t u : type) : bool :=
  (width t =? width u) && (if class_eq_dec (class_of t) (class_of u) then true else false).

(** Everything that [a] allows of a cell of type [from], [b] allows of it as [to]. *)
Definition implies (a : predicate) (from : type) (b : predicate) (to : type) : bool :=
  match a, b with
  | PInteger r m k, PInteger s n j =>
    let full := completed r (range_of_type from) in
    (same_sign from to || contains_range (range_of_type to) full) &&
    contains_range (relaxed s (range_of_type to)) full &&
    ((n =? 1) ||
     match lower full, upper full with
     | Some x, Some y => if x =? y then x mod n =? j else (m mod n =? 0) && ((k - j) mod n =? 0)
     | _, _ => (m mod n =? 0) && ((k - j) mod n =? 0)
     end)
  | PPointer l, PPointer m =>
    match m, l with None, _ => true | Some m, Some l => entries_inside l m | _, _ => false end
  | PFloat r, PFloat s => match s, r with None, _ => true | Some s, Some r => range_inside r s | _, _ => false end
  | _, _ => false
  end.

(** The value of cells from [first] on, [step] bits apart, in a range all of whose bytes are [v]. *)
Definition repeated (v : Z) (t : type) (first step : Z) : option predicate :=
  if (v =? 0) || (v =? 255) || ((first mod 8 =? 0) && (step mod 8 =? 0)) then
    match t with
    | TPointer => Some (PPointer (if v =? 0 then Some [entry_of_tag null_tag] else None))
    | TFloat _ =>
      Some (PFloat (if v =? 0 then Some {| flower := S754_zero false; fupper := S754_zero false; may_be_nan := false |}
                    else None))
    | TInteger t =>
      if v =? 0 then Some (PInteger (exactly 0) 1 0)
      else if negb (bits t mod 8 =? 0) || negb ((bits t <=? 64) || (v =? 255)) then None
      else if v =? 255 then
        if signed t || (bits t <? 128) then Some (PInteger (exactly (if signed t then -1 else greatest t)) 1 0)
          else None
      else
        let n := v * ((256 ^ (bits t / 8) - 1) / 255) in
        Some (PInteger (exactly (if signed t && (greatest t <? n) then n - 2 ^ bits t else n)) 1 0)
    end
  else None.

(** ** Rows of cells *)

(** First bits of cells: first, first + step, ..., last. *)
Record positions := { first_of : Z; last_of : Z; step_of : Z }.

Definition last_cell (first count stride : Z) : M Z :=
  let* n := product (count - 1) stride in sum first n.

(** The bits of which a fact about contents speaks; none of another. *)
Definition extent_of (a : about) : M (option (Z * Z)) :=
  match a with
  | Cells first count stride t _ _ =>
    let* l := last_cell first count stride in
    let* e := sum l (width t) in ret (Some (first, e))
  | Initialised a b | Bytes a b _ | Raw a b => ret (Some (a, b))
  | _ => ret None
  end.
Definition is_about_content (a : about) : bool :=
  match a with Cells _ _ _ _ _ _ | Bytes _ _ _ | Raw _ _ => true | _ => false end.
Definition is_initialised_fact (a : about) : bool :=
  match a with Initialised _ _ | Segment _ _ => true | _ => false end.

(** Moves [next] behind the positions that a row of cells covers. *)
Definition advance (next : Z) (p : positions) (first count stride : Z) : M Z :=
  let* e := last_cell first count stride in
  let* d := difference next first in
  demand ((next <=? last_of p) && (first <=? next) && (next <=? e) && ((stride =? 0) || (d mod stride =? 0))) ;;
  if (stride =? 0) || negb (step_of p mod stride =? 0) then sum next (step_of p)
  else
    let* room := difference e next in
    let* n := floor_quotient room (step_of p) in
    let* n := sum n 1 in
    let* n := product n (step_of p) in sum next n.

(** A range of bits with either end open, the upper excluded. *)
Definition touches (r : bounds) (a b : Z) : bool :=
  match upper r with Some u => a <? u | None => true end && match lower r with Some l => l <? b | None => true end.

Definition step_between (stride : Z) (t : type) : Z := if stride =? 0 then width t else stride.

(** How many cells lie before the range, and the first cell that lies behind it. *)
Definition cells_around (first count stride : Z) (t : type) (r : bounds) : M (Z * Z) :=
  let s := step_between stride t in
  let* before :=
    match lower r with
    | None => ret 0
    | Some l =>
      let* e := sum first (width t) in
      let* room := difference l e in
      if room <? 0 then ret 0 else let* n := floor_quotient room s in sum n 1
    end in
  let* after :=
    match upper r with
    | None => ret count
    | Some u =>
      let* d := difference u first in
      if d <=? 0 then ret 0 else let* n := sum d (s - 1) in floor_quotient n s
    end in
  ret (Z.min before count, Z.min after count).

(** The range touches a bit of a cell of the fact, or of its range. Where a segment lies is not decided. *)
Definition overlaps (a : about) (r : bounds) : M bool :=
  let* e := extent_of a in
  match e with
  | None => ret (match a with Segment _ _ => true | _ => false end)
  | Some (x, y) =>
    if touches r x y then
      match a with
      | Cells first count stride t _ _ =>
        if count =? 1 then ret true
        else let* p := cells_around first count stride t r in ret (fst p <? snd p)
      | _ => ret true
      end
    else ret false
  end.

Definition part_of_cells (first count stride : Z) (t : type) (u : bool) (p : predicate) (k n : Z) : M about :=
  let* d := product k stride in
  let* f := sum first d in
  ret (Cells f n (if n =? 1 then 0 else stride) t u p).

Definition with_about (f : memory_fact) (a : about) (l : label) : memory_fact :=
  {| fact_tag := fact_tag f; fact_about := a; fact_label := l |}.

(** What a fact still says where a range of bits is not spoken of any more. *)
Definition parts (a : about) (r : bounds) : M (list about) :=
  let ends (grain x y : Z) (make : Z -> Z -> about) : M (list about) :=
    let* before :=
      match lower r with
      | None => ret []
      | Some l => let* e := difference l (l mod grain) in ret (if x <? e then [make x e] else [])
      end in
    let* after :=
      match upper r with
      | None => ret []
      | Some u =>
        let* n := negated u in
        let* s := sum u (n mod grain) in ret (if s <? y then [make s y] else [])
      end in
    ret (before ++ after) in
  match a with
  | Cells first count stride t u p =>
    let* c := cells_around first count stride t r in
    let '(before, after) := c in
    let* x := (if 0 <? before then let* a := part_of_cells first count stride t u p 0 before in ret [a] else ret []) in
    let* y := (if after <? count
               then let* a := part_of_cells first count stride t u p after (count - after) in ret [a] else ret []) in
    ret (x ++ y)
  | Initialised x y => ends 1 x y Initialised
  | Raw x y => ends 1 x y Raw
  | Bytes x y v => ends 8 x y (fun x y => Bytes x y v)
  | _ => ret []
  end.

Definition cut_fact (g : state) (n : positive) (r : bounds) : M state :=
  let* f := held_fact g n in
  let l := label_of_fact g f in
  let g := remove_fact g n in
  let* l' := parts (fact_about (fst f)) r in
  ret (fold_left (fun g a => add_fact g (with_about (fst f) a l)) l' g).

(** *** Loops over lists that change the state *)

Fixpoint each {A} (l : list A) (body : state -> A -> M state) (g : state) : M state :=
  match l with [] => ret g | a :: l => let* g := body g a in each l body g end.

Definition remove_contents (g : state) (t : id) (r : bounds) : state :=
  keep_contents g t (fun c => negb (touches r (position_of c) (position_of c + width (content_type c)))).

(** Removes a range from what is known; initialised facts on demand, of which segments do not stay in part. *)
Definition cut (g : state) (t : id) (r : bounds) (initialised_too : bool) : M state :=
  let g := remove_contents g t r in
  each (facts_about g t)
    (fun g n =>
       let* f := held_fact g n in
       if is_about_content (fact_about (fst f)) || (initialised_too && is_initialised_fact (fact_about (fst f))) then
         let* o := overlaps (fact_about (fst f)) r in
         if o then cut_fact g n r else ret g
       else ret g) g.

Definition join_label (g : state) (n : positive) (l : label) : state :=
  match l with
  | [] => g
  | _ => match PM.find n (facts g) with
         | Some (f, _) => change_fact g n (with_about f (fact_about f) (union (fact_label f) l))
         | None => g
         end
  end.

(** Contents and facts of a tag about a range that may be written: cells may be kept where [keeps] gives a label. *)
Definition weaken (g : state) (t : id) (r : bounds) (keeps : state -> about -> M label) : M state :=
  let g := remove_contents g t r in
  each (facts_about g t)
    (fun g n =>
       let* f := held_fact g n in
       let a := fact_about (fst f) in
       if is_about_content a then
         let* o := overlaps a r in
         if o then
           let* keep := (match a with Cells _ _ _ _ _ _ => read_flag | _ => ret false end) in
           if keep then let* l := keeps g a in ret (join_label g n l) else cut_fact g n r
         else ret g
       else ret g) g.

(** *** Evidence that bits are initialised *)

Definition fact_of_tag (g : state) (n : positive) (t : id) : M (memory_fact * N) :=
  let* f := held_fact g n in demand (Pos.eqb (fact_tag (fst f)) t) ;; ret f.

Definition find_content (g : state) (t : id) (p : Z) (ty : type) : M content :=
  lift (find (fun c => (position_of c =? p) && same_cell (content_type c) ty) (contents_of g t)).

Section Evidence.
Variable X : context.

Definition evidence_step (g : state) (t : id) (p : Z * label) : M (Z * label) :=
  let '(next, l) := p in
  let* k := read_small in
  let* e :=
    (if k =? 0 then
       let* n := read_unsigned in
       let* f := fact_of_tag g (fact_number n) t in
       let* r :=
         match fact_about (fst f) with
         | Initialised a b | Bytes a b _ => ret (a, b)
         | Cells first count stride ty false p =>
           demand ((count =? 1) || (stride =? width ty)) ;;
           let* e := last_cell first count stride in
           let* e := sum e (width ty) in ret (first, e)
         | _ => reject
         end in
       ret (r, label_of_fact g f)
     else if k =? 1 then
       let* p := read_signed in
       let* ty := read_type in
       let* c := find_content g t p ty in
       let* e := sum p (width ty) in ret ((p, e), label_of_content g c)
     else if k =? 2 then
       let* body := tag_of X t in
       demand (is_read_only body) ;;
       let* s := lift (tag_size body) in
       let* e := product s 8 in ret ((0, e), [])
     else reject) in
  let '(a, b, l') := e in
  demand ((a <=? next) && (next <? b)) ;;
  ret (b, union l l').

Definition evidence (g : state) (t : id) (from to : Z) : M label :=
  let* n := read_count in
  let* p := repeat n (evidence_step g t) (from, []) in
  demand (to <=? fst p) ;; ret (snd p).
End Evidence.
