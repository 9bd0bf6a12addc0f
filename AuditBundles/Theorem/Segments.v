(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Bytes that are initialised from one form up to another (FORMAT.md section 6.4) *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Segments.
Variable X : context.

(** That a form is at most another. *)
Definition not_above (g : state) (f cur : form) : M label :=
  let* d := lift (subtract f cur) in
  let* u := upper_bound g d in
  demand (bound u <=? 0) ;; ret (label_of u).

(** What follows begins at or before [cur]. *)
Definition segment_step (g : state) (t : id) (p : form * label) : M (form * label) :=
  let '(cur, l) := p in
  let* k := read_small in
  if k =? 0 then
    let* n := read_unsigned in
    let* f := fact_of_tag g (fact_number n) t in
    match fact_about (fst f) with
    | Segment a b =>
      let* u := not_above g a cur in ret (b, union l (union (label_of_fact g f) u))
    | _ => reject
    end
  else if k =? 1 then
    let* a := read_signed in
    let* b := read_signed in
    let* from := product 8 a in
    let* to := product 8 b in
    let* e := evidence X g t from to in
    let* u := not_above g (constant_form a) cur in ret (constant_form b, union l (union e u))
  else reject.

(** The goal, or the end of the object, is not above [cur]. *)
Definition segment_end (g : state) (t : id) (goal cur : form) : M label :=
  let* k := read_small in
  if k =? 0 then not_above g goal cur
  else if k =? 1 then
    let* s := known_size g t in
    let* u := not_above g (fst (fst s)) cur in ret (union u (label_of_size g s))
  else if k =? 2 then
    let* body := tag_of X t in
    let* s := lift (tag_size body) in not_above g (constant_form s) cur
  else if k =? 3 then
    let* n := read_unsigned in
    let* f := fact_of_tag g (fact_number n) t in
    match fact_about (fst f) with
    | Size b =>
      let* s := lift (upper b) in
      let* u := not_above g (constant_form s) cur in ret (union u (label_of_fact g f))
    | _ => reject
    end
  else reject.

(** The bytes of the tag's objects from one form up to another are initialised. *)
Definition segment_sources (g : state) (t : id) (from to : form) : M label :=
  let* n := read_count in
  let* p := repeat n (segment_step g t) (from, []) in
  let* l := segment_end g t to (fst p) in ret (union (snd p) l).

(** Up to [most] bytes from a pointer on are initialised in one of its cases, as which the label [d] shows it. *)
Definition extent_evidence (g : state) (a : access) (d : label) (s : survivor) (most : Z) : M label :=
  let* k := read_small in
  if k =? 0 then
    let* w := product 8 (Z.max most 0) in
    let* r := bits_of_case s 0 w in
    let* low := lift (lower r) in
    let* high := lift (upper r) in evidence X g (case_tag s) low high
  else if k =? 1 then
    let* to := lift (add (access_form a) (access_count a)) in
    let* l := segment_sources g (case_tag s) (access_form a) to in ret (union d l)
  else reject.

End Segments.
