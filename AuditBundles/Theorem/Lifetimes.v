(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Lifetimes, and the renaming of tags that goes with them (FORMAT.md section 6.4) *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Lifetimes.
Variable X : context.

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
                 let as_object := match PM.find n (tags (the_certificate X)) with Some b => is_object b
                   | None => false end in
                 join_entries added
                   [if as_object
                    then {| entry_tag := n; entry_bounds := entry_bounds e; modulus := modulus e;
                      remainder := remainder e |}
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
  let g := end_values (remove_size g t) t in
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
       union (match high with Some d => label_of d | None => [] end) (match low with Some d => label_of d
         | None => [] end),
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

(** The object's tag says what the instruction says. *)
Definition is_local_tag (body : tag) (o : id) (alignment size : Z) (dynamic : bool) : bool :=
  match body with
  | TLocal o' clone _ s a =>
    Pos.eqb o' o && Pos.eqb clone (the_clone X) && (a =? alignment) &&
    match s with Some s => negb dynamic && (s =? size) | None => dynamic end
  | _ => false
  end.

Definition start_object (g : state) (o : id) (alignment size : Z) (c : option operand) (site : id) : M state :=
  let* t := automatic_tag X o in
  let* body := tag_of X t in
  demand (is_local_tag body o alignment size (match c with Some _ => true | None => false end)) ;;
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
  let* known := match c with Some c => let* f := integer_of X g c in ret (Some f) | None => ret None end in
  let many := negb (is_single body) in
  let* g := keep_facts (remove_size g t) t (fun a => many && is_true_of_fresh a) in
  let g := keep_contents g t (fun _ => false) in
  if many then ret g
  else
    let g := match tag_size body with
             | None => add_fact g {| fact_tag := t; fact_about := Size b; fact_label := l |}
             | Some _ => g
             end in
    let* g := add_raw g t (lower b) l in
    ret (match known with Some f => set_size g t f [] | None => g end).

Definition same_kind (a b : about) : bool :=
  match a, b with
  | Cells _ _ _ _ _ _, Cells _ _ _ _ _ _ | Initialised _ _, Initialised _ _ | Bytes _ _ _, Bytes _ _ _
  | Alive, Alive | Size _, Size _ | Raw _ _, Raw _ _ | Segment _ _, Segment _ _ => true
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
  | Segment x y, Segment x' y' => ret (form_eqb x x' && form_eqb y y')
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

(** The object of a single tag joins its partner. (Only single tags have contents; so nothing need be proved of
    that.) *)
Definition retag (g : state) (t partner : id) (partner_free : bool) : M state :=
  let g := keep_contents g t (fun _ => false) in
  let g := keep_contents g partner (fun _ => false) in
  let g := rename_one g t [partner] false [] in
  if partner_free then
    let g := fold_left remove_fact (facts_about g partner) g in
    each (facts_about g t)
      (fun g n =>
         let* f := fact_of_tag g n t in
         ret (match fact_about (fst f) with
              | Absent | AbsentIfNull _ => remove_fact g n
              | _ => move_fact g n partner
              end)) g
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

(** What an allocation that gives null leaves. *)
Definition add_absent_if_null (g : state) (t : id) (v : svalue) : state :=
  match v with
  | SPointer (BSymbol s) _ => add_fact g {| fact_tag := t; fact_about := AbsentIfNull s; fact_label := [] |}
  | _ => g
  end.

Definition mem_id (t : id) (l : list id) : bool := existsb (Pos.eqb t) l.

Definition allocate (g : state) (number r : id) (alignment : Z) (c : operand) : M state :=
  let* t := read_id in
  let* body := tag_of X t in
  match body with
  | THeap clone i partner a =>
    demand (Pos.eqb clone (the_clone X) && Pos.eqb i number && (a =? alignment)) ;;
    demand (everything (own_effects X) || mem_id t (allocates (own_effects X))) ;;
    let* own := read_optional_id in
    let* other := read_optional_id in
    let* free := read_absent g own t in
    let* f := integer_of X g c in
    let* b := size_bounds g f in
    let '(b, l, _) := b in
    let b := {| lower := Some (Z.max (match lower b with Some n => n | None => 0 end) 0);
                upper := option_map (fun n => Z.max n 0) (upper b) |} in
    let g := match partner with Some p => remove_size (remove_size g t) p | None => remove_size g t end in
    let* g :=
      match partner with
      | Some partner =>
        let* partner_free := read_absent g other partner in
        if free then ret (remove_all g t) else retag g t partner partner_free
      | None =>
        demand (match other with None => true | Some _ => false end) ;;
        let* g := keep_facts g t (fun a => negb free && is_true_of_fresh a) in
        ret (keep_contents g t (fun _ => false))
      end in
    let bare := (match partner with Some _ => true | None => false end) || free in
    let* g :=
      (if bare then
         let g := add_fact g {| fact_tag := t; fact_about := Size b; fact_label := l |} in
         let g := add_fact g {| fact_tag := t; fact_about := Alive; fact_label := [] |} in
         add_raw g t (lower b) l
       else ret g) in
    let* p := fresh_value_pointer X g
                (Some ([entry_of_tag null_tag;
                        {| entry_tag := t; entry_bounds := exactly 0; modulus := 1; remainder := 0 |}], [])) in
    let g := if bare then add_absent_if_null (fst p) t (snd p) else fst p in
    let g := match partner with Some _ => set_size g t f [] | None => g end in
    ret (assign g r (snd p))
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
      let g := rename_one (remove_size g t) t [freed_tag] false label in
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
  let g := with_memory (with_sizes g (PM.empty _)) (PM.empty _) (next_fact g) (PM.empty _) (PM.empty _) in
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

End Lifetimes.
