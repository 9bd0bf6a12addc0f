(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Where an instruction touches memory (FORMAT.md sections 6.3 and 6.6) *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Guards Memory.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Accesses.
Variable X : context.

(** A case of a pointer that is left: the offset's range and congruence, the object's size in bytes; a form that is at
    most 0 behind the access, and the label of that. *)
Record survivor := {
  case_tag : id; case_bounds : bounds; case_modulus : Z; case_remainder : Z; case_size : bounds;
  case_ending : option (form * label) }.

Definition single_offset (s : survivor) : option Z :=
  match lower (case_bounds s), upper (case_bounds s) with
  | Some a, Some b => if a =? b then Some a else None
  | _, _ => None
  end.

Record access := {
  access_base : sbase; access_form : form; access_immediate : Z;
  size_lower : Z; size_upper : Z; access_count : form; access_alignment : Z; access_label : label }.

(** The claims of an access, as far as its instruction raises them. *)
Record access_claims := {
  c_null : option claim; c_freed : option claim; c_ended : option claim; c_bounds : option claim;
  c_misaligned : option claim; c_constant : option claim; c_uninitialised : option claim }.
Definition no_claims : access_claims :=
  {| c_null := None; c_freed := None; c_ended := None; c_bounds := None;
     c_misaligned := None; c_constant := None; c_uninitialised := None |}.

Definition put_claim (k : kind) (c : claim) (a : access_claims) : access_claims :=
  let '(Build_access_claims n f e b m w u) := a in
  match k with
  | NullDereference => Build_access_claims (Some c) f e b m w u
  | UseAfterFree => Build_access_claims n (Some c) e b m w u
  | DanglingPointer => Build_access_claims n f (Some c) b m w u
  | MisalignedAccess => Build_access_claims n f e b (Some c) w u
  | WriteToConstant => Build_access_claims n f e b m (Some c) u
  | UninitializedRead => Build_access_claims n f e b m w (Some c)
  | _ => Build_access_claims n f e (Some c) m w u
  end.

Fixpoint read_claims (site : id) (l : list kind) (a : access_claims) : M access_claims :=
  match l with
  | [] => ret a
  | k :: l => let* c := read_claim X site k in read_claims site l (put_claim k c a)
  end.

(** The kinds about the lifetime of what a pointer points to. *)
Definition lifetime_kinds (a : operand) : list kind :=
  match a with OStatic _ | OAutomatic _ => [] | _ => [NullDereference; UseAfterFree; DanglingPointer] end.

Definition claimed (c : option claim) : bool := match c with Some c => is_claimed c | None => false end.
Definition alarm_of (c : option claim) : label := match c with Some c => alarm c | None => [] end.
(** Some case fails the obligation: it must not be claimed. *)
Definition fails (c : option claim) : M unit := demand (negb (claimed c)).

(** What is left of a pointer behind an access. *)
Record narrowing := { kept : list entry; cut_some : bool }.
Record address := {
  cases : option (list survivor);                 (** none: anywhere *)
  address_label : label;
  claim_label : label;                            (** without the alarms of the instruction itself *)
  narrowed : option narrowing }.

(** Moves an end inside to the nearest number that a congruence allows; extreme ends stand for contradictions. *)
Definition align_end (up : bool) (m r : Z) (e : option Z) : M (option Z) :=
  match e with
  | Some x =>
    if (x <? Z.quot maximum 2) && (Z.quot minimum 2 <? x) then
      let* d := (if up then difference r x else difference x r) in
      let* n := (if up then sum x (d mod m) else difference x (d mod m)) in ret (Some n)
    else ret (Some x)
  | None => ret None
  end.

Definition align (b : bounds) (m r : Z) : M bounds :=
  if m <=? 1 then ret b
  else
    let* l := align_end true m r (lower b) in
    let* u := align_end false m r (upper b) in
    ret {| lower := l; upper := u |}.

Definition is_empty (b : bounds) : bool :=
  match lower b, upper b with Some x, Some y => y <? x | _, _ => false end.

Definition read_life (g : state) (t : id) (body : tag) (c : option claim) : M label :=
  if is_heap body then
    let* n := read_optional_id in
    match n with
    | Some n =>
      let* f := fact_of_tag g n t in
      match fact_about (fst f) with Alive => ret (label_of_fact g f) | _ => reject end
    | None => fails c ;; ret []
    end
  else ret [].

(** The size of a tag's object, by a fact where the tag does not tell. *)
Definition read_size (g : state) (t : id) (body : tag) : M (bounds * label) :=
  match tag_size body with
  | Some s => ret (exactly s, [])
  | None =>
    let* n := read_optional_id in
    match n with
    | Some n =>
      let* f := fact_of_tag g n t in
      match fact_about (fst f) with Size b => ret (b, label_of_fact g f) | _ => reject end
    | None => ret (all, [])
    end
  end.

(** The offset's bounds in a case; a contradiction leaves none. *)
Definition read_offset_bounds (g : state) (f : form) : M (bounds * label) :=
  let* h := read_flag in
  let* p :=
    (if h then
       let* d := upper_bound g f in
       ret ({| lower := if contradicts d then Some maximum else None; upper := Some (bound d) |}, label_of d)
     else ret (all, [])) in
  let '(b, l) := p in
  let* h := read_flag in
  if h then
    let* d := lower_bound g f in
    ret ({| lower := Some (bound d); upper := if contradicts d then Some minimum else upper b |}, union l (label_of d))
  else ret (b, l).

(** *** Ends of accesses held against sizes that are forms *)

Definition known_size (g : state) (t : id) : M (form * label * N) := lift (PM.find t (sizes g)).

(** The form is at most the size of the tag's object: the label of that. *)
Definition is_inside (g : state) (e : form) (t : id) : M label :=
  let* s := known_size g t in
  let* d := lift (subtract e (fst (fst s))) in
  let* b := upper_bound g d in
  demand (bound b <=? 0) ;; ret (union (label_of b) (label_of_size g s)).

(** Behind the last byte. *)
Definition access_end (a : access) : option form :=
  match add_number (access_form a) (access_immediate a) with Some e => add e (access_count a) | None => None end.

(** Nothing is said of the end; it is shown to be at most the size; it follows that it is behind the instruction. *)
Inductive upper_end := EndOpen | EndShown | EndFollows.

Definition read_end (g : state) (a : access) (t : id) : M (upper_end * label) :=
  let* k := read_small in
  if k =? 0 then ret (EndOpen, [])
  else if k =? 1 then let* e := lift (access_end a) in let* l := is_inside g e t in ret (EndShown, l)
  else if k =? 2 then let* s := known_size g t in ret (EndFollows, [])
  else reject.

(** What an access teaches that did not leave its object; none where it leaves the range of facts. *)
Definition ending (g : state) (a : access) (t : id) : M (option (form * label)) :=
  let* s := known_size g t in
  ret (if negatable (access_form a) && negatable (access_count a) && negb (access_immediate a =? minimum) then
         match access_end a with
         | Some e => match gap e (fst (fst s)) with Some d => Some (d, label_of_size g s) | None => None end
         | None => None
         end
       else None).

(** One case whose tag is an object: impossible, or left over and perhaps cut, or dropped. *)
Inductive outcome_of_case := Impossible | Left (s : survivor) (cut : bool) | Dropped.

(** Whether all bytes of the access lie in the object, wherever in its range the offset is. *)
Definition lies_inside (a : access) (b size : bounds) (en : upper_end) : M bool :=
  let* least := negated (access_immediate a) in
  let low := match lower b with Some x => least <=? x | None => false end in
  let* high :=
    if (0 <=? size_lower a) && (size_upper a <=? 2 ^ 100) then
      match en, upper b, lower size with
      | EndShown, _, _ => ret true
      | _, Some u, Some s =>
        let* e := sum u (access_immediate a) in
        let* e := sum e (size_upper a) in ret (e <=? s)
      | _, _, _ => ret false
      end
    else ret false in
  ret (low && high).

(** The offsets where the bytes of the access may lie in the object. *)
Definition cut_inside (a : access) (b size : bounds) (m r : Z) : M bounds :=
  let* least := negated (access_immediate a) in
  let lo := match lower b with Some x => if x <? least then Some least else Some x | None => Some least end in
  let* hi :=
    match upper size with
    | None => ret (upper b)
    | Some s =>
      let* e := difference s (Z.max (size_lower a) 0) in
      let* most := difference e (access_immediate a) in
      ret (match upper b with Some x => if most <? x then Some most else Some x | None => Some most end)
    end in
  align {| lower := lo; upper := hi |} m r.

(** A case that is not aligned fails that. Alignments are powers of two: the greater is a multiple of the less. *)
Definition check_alignment (a : access) (c : access_claims) (body : tag) (b : bounds) (m r : Z) : M unit :=
  let imm := access_immediate a in
  let al := access_alignment a in
  if 1 <? al then
    let one := match lower b, upper b with Some x, Some y => if x =? y then Some x else None | _, _ => None end in
    let* shifted := sum r imm in
    let* alone := sum (match one with Some x => x | None => 0 end) imm in
    let good := tag_alignment body mod al =? 0 in
    if good && (m mod al =? 0) && (shifted mod al =? 0) then ret tt
    else if good && (match one with Some _ => true | None => false end) && (alone mod al =? 0) then ret tt
    else fails (c_misaligned c)
  else ret tt.

(** A case of a constant object fails for a write, and is gone; its bounds count all the same. *)
Definition object_case (g : state) (a : access) (c : access_claims) (t : id) (body : tag)
  : M (outcome_of_case * label) :=
  let* l := read_life g t body (c_freed c) in
  let* p := read_size g t body in
  let '(size, ls) := p in
  let* p := match tag_size body, c_bounds c with None, Some _ => read_end g a t | _, _ => ret (EndOpen, []) end in
  let '(en, le) := p in
  let* p := read_offset_bounds g (access_form a) in
  let '(b, lb) := p in
  let* p := congruence g (access_form a) in
  let '(m, r, lc) := p in
  let l := union (union l (union ls le)) (union lb lc) in
  let* b := align b m r in
  if is_empty b then ret (Impossible, l)
  else
    check_alignment a c body b m r ;;
    let survivor b behind :=
      {| case_tag := t; case_bounds := b; case_modulus := m; case_remainder := r; case_size := size;
         case_ending := behind |} in
    let* inside := match c_bounds c with None => ret true | Some _ => lies_inside a b size en end in
    (if inside then ret tt else fails (c_bounds c)) ;;
    if is_read_only body && match c_constant c with Some _ => true | None => false end then
      fails (c_constant c) ;; ret (Dropped, l)
    else if inside then ret (Left (survivor b None) false, l)
    else
      let* b := cut_inside a b size m r in
      if is_empty b then ret (Dropped, l)
      else
        let* behind := match en with EndFollows => ending g a t | _ => ret None end in
        ret (Left (survivor b behind) true, l).

(** A case whose tag is no object fails an obligation and is gone. *)
Definition other_case (c : access_claims) (body : tag) : M unit :=
  match body with
  | TNull => fails (c_null c)
  | TEnded => fails (c_ended c)
  | TFreed => fails (c_freed c)
  | _ => fails (c_bounds c) ;; match c_bounds c with None => fails (c_null c) | Some _ => ret tt end
  end.

Record walked := {
  w_survivors : list survivor; w_kept : list entry; w_narrowed : bool; w_cut : bool; w_label : label }.

Definition shifted_bounds (b : bounds) (k : Z) : M bounds :=
  let* l := match lower b with Some x => let* n := difference x k in ret (Some n) | None => ret None end in
  let* u := match upper b with Some x => let* n := difference x k in ret (Some n) | None => ret None end in
  ret {| lower := l; upper := u |}.

Fixpoint walk_cases (g : state) (a : access) (c : access_claims) (tl : label) (l : list entry) (w : walked)
  : M walked :=
  match l with
  | [] => ret w
  | e :: l =>
    let* body := tag_of X (entry_tag e) in
    if is_object body then
      let* p := object_case (in_case g (access_base a) e tl) a c (entry_tag e) body in
      let '(o, label) := p in
      let label := union (w_label w) label in
      let* w :=
        match o with
        | Impossible =>
          ret {| w_survivors := w_survivors w; w_kept := e :: w_kept w; w_narrowed := w_narrowed w; w_cut := w_cut w;
                 w_label := label |}
        | Dropped =>
          ret {| w_survivors := w_survivors w; w_kept := w_kept w; w_narrowed := true; w_cut := w_cut w;
                 w_label := label |}
        | Left s cut =>
          let* e :=
            match cut, access_base a, shift_of g (access_base a) (access_form a) with
            | true, BSymbol _, Some k =>
              let* b := shifted_bounds (case_bounds s) k in
              let one := match lower b with Some _ => option_eqb (lower b) (upper b) | None => false end in
              ret {| entry_tag := entry_tag e; entry_bounds := b;
                     modulus := if one then 1 else modulus e; remainder := if one then 0 else remainder e |}
            | _, _, _ => ret e
            end in
          ret {| w_survivors := s :: w_survivors w; w_kept := e :: w_kept w; w_narrowed := w_narrowed w || cut;
                 w_cut := w_cut w || cut; w_label := label |}
        end in
      walk_cases g a c tl l w
    else
      other_case c body ;;
      walk_cases g a c tl l
        {| w_survivors := w_survivors w; w_kept := w_kept w; w_narrowed := true; w_cut := w_cut w;
          w_label := w_label w |}
  end.

Definition read_access (g : state) (a : access) (site : id) (kinds : list kind) : M (address * access_claims) :=
  let* c := read_claims site kinds no_claims in
  match cases_of g (access_base a) with
  | None =>
    fails (c_null c) ;; fails (c_freed c) ;; fails (c_ended c) ;; fails (c_bounds c) ;; fails (c_misaligned c) ;;
    fails (c_constant c) ;;
    ret ({| cases := None; address_label := access_label a; claim_label := access_label a; narrowed := None |}, c)
  | Some (l, tl) =>
    let* w := walk_cases g a c tl l
                {| w_survivors := []; w_kept := []; w_narrowed := false; w_cut := false;
                   w_label := union (access_label a) tl |} in
    if w_narrowed w then
      let alarms := union (alarm_of (c_null c)) (union (alarm_of (c_freed c)) (union (alarm_of (c_ended c))
                      (union (alarm_of (c_bounds c)) (alarm_of (c_constant c))))) in
      ret ({| cases := Some (rev' (w_survivors w)); address_label := union (w_label w) alarms;
              claim_label := w_label w;
              narrowed := Some {| kept := rev' (w_kept w); cut_some := w_cut w |} |}, c)
    else
      ret ({| cases := Some (rev' (w_survivors w)); address_label := w_label w; claim_label := w_label w;
              narrowed := None |}, c)
  end.

Definition settle_one (c : option claim) (l : label) : M unit :=
  match c with Some c => settle c l | None => ret tt end.
Definition settle_access (c : access_claims) (d : address) : M unit :=
  let l := claim_label d in
  settle_one (c_null c) l ;; settle_one (c_freed c) l ;; settle_one (c_ended c) l ;; settle_one (c_bounds c) l ;;
  settle_one (c_misaligned c) l ;; settle_one (c_constant c) l.

(** Behind an access its obligations hold: the cases that would violate one are gone. *)
Definition conclude (g : state) (a : access) (d : address) : M state :=
  match narrowed d with
  | None => ret g
  | Some n =>
    match kept n with
    | [] => ret (add_contradiction g (address_label d))
    | first :: others =>
      let* g := match access_base a with
                | BSymbol s => make_current X g s (kept n) (address_label d)
                | BTag _ => ret g
                end in
      let g := match others, is_constant (access_form a), cases d with
               | [], false, Some (s :: _) =>
                 match lower (case_bounds s) with
                 | Some _ => add_bounds g (access_form a) (case_bounds s) (address_label d)
                 | None => g
                 end
               | _, _, _ => g
               end in
      ret (match others, cases d with
           | [], Some (s :: _) =>
             match case_ending s with
             | Some (f, l) => add_linear g f 0 (union (address_label d) l)
             | None => g
             end
           | _, _ => g
           end)
    end
  end.

(** A write for which no case is left is not executed, and all that follows rests on that. *)
Definition conclude_unreached (g : state) (a : access) (d : address) : M state :=
  rests_on X (address_label d) ;; conclude g a d.

(** Bounds of a number of bytes; without them it may be negative, or more than any object has. *)
Definition read_byte_count (g : state) (f : form) : M (Z * Z * label) :=
  if is_constant f then ret (snd f, snd f, [])
  else
    let* h := read_flag in
    if h then
      let* high := finite_upper g f in
      let* low := finite_lower g f in
      ret (bound low, bound high, union (label_of high) (label_of low))
    else ret (-1, 2 ^ 100, []).

Definition make_access (b : sbase) (f : form) (imm n m : Z) (count : form) (al : Z) (l : label) : access :=
  {| access_base := b; access_form := f; access_immediate := imm; size_lower := n; size_upper := m;
     access_count := count; access_alignment := al; access_label := l |}.

(** Bounds of an operand's number of bytes, and their label. *)
Definition read_size_of (g : state) (c : operand) : M (Z * Z * label) :=
  let* n := integer_of X g c in read_byte_count g n.

(** An access to the bytes from where a pointer points to on; its claims are settled but for uninitialized-read. *)
Definition read_range (g : state) (a : operand) (count : form) (n : Z * Z * label) (site : id) (kinds : list kind)
  : M (access * address * access_claims) :=
  let '(low, high, l) := n in
  let* p := pointer_of X g a in
  let x := make_access (fst p) (snd p) 0 low high count 1 l in
  let* d := read_access g x site (lifetime_kinds a ++ kinds) in
  settle_access (snd d) (fst d) ;; ret (x, fst d, snd d).

(** The first bits of the cells of a case, [shift] bits from the pointer; none without end. *)
Definition positions_of_case (s : survivor) (shift : Z) : M (option positions) :=
  match lower (case_bounds s), upper (case_bounds s) with
  | Some low, Some high =>
    let m := case_modulus s in
    let* low := (if 1 <? m then let* d := difference (case_remainder s) low in sum low (d mod m) else ret low) in
    let* high := (if 1 <? m then let* d := difference high (case_remainder s) in difference high (d mod m)
      else ret high) in
    let* low := product low 8 in
    let* low := sum low shift in
    let* high := product high 8 in
    let* high := sum high shift in
    let* step := product m 8 in
    ret (Some {| first_of := low; last_of := high; step_of := step |})
  | _, _ => ret None
  end.

(** The bits that a case may touch. *)
Definition bits_of_case (s : survivor) (shift width : Z) : M bounds :=
  let* l := match lower (case_bounds s) with
            | Some x => let* n := product 8 x in let* n := sum n shift in ret (Some n)
            | None => ret None
            end in
  let* u := match upper (case_bounds s) with
            | Some x => let* n := product 8 x in let* n := sum n shift in let* n := sum n width in ret (Some n)
            | None => ret None
            end in
  ret {| lower := l; upper := u |}.

(** ** Effects of the clone *)

Definition own_effects : effects := clone_effects (the_clone_body X).

Definition demand_label (l within : label) : M unit := demand (subset l within).
Definition demand_effect_label (l : label) : M unit := demand_label l (effects_label own_effects).

(** [own]: the operand names the object, so it is this activation's and its lifetime ends with it. *)
Definition demand_effect (t : id) (r : bounds) (own : bool) : M unit :=
  if everything own_effects then ret tt
  else
    let* body := tag_of X t in
    let is_own := match body with
                  | TLocal _ c _ _ _ => Pos.eqb c (the_clone X) && (own || negb (recursive (the_clone_body X)))
                  | _ => false
                  end in
    demand (is_own || existsb (fun w => Pos.eqb (fst w) t && contains_range (snd w) r) (written own_effects)).

Definition names_object (a : operand) : bool := match a with OStatic _ | OAutomatic _ => true | _ => false end.

(** A write to a pointer of which nothing is known; [initialised_too]: what was initialised may be no more. *)
Definition write_anywhere (g : state) (initialised_too : bool) : M state :=
  demand (everything own_effects) ;;
  let spared t := match PM.find t (tags (the_certificate X)) with Some b => is_read_only b | None => false end in
  let g := with_contents g (PM.mapi (fun t l => if spared t then l else []) (contents g)) in
  ret (fold_left (fun g p =>
                    let '(n, (f, _)) := p in
                    if negb (spared (fact_tag f)) &&
                       (is_about_content (fact_about f) || (initialised_too && is_initialised_fact (fact_about f)))
                    then remove_fact g n else g)
         (PM.elements (facts g)) g).

End Accesses.
