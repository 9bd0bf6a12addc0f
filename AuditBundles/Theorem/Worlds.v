(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * How a function may change the world: what its caller relies on

    A world is the memory with the tags of its objects. [evolves e] is what a clone with the effects [e] may do
    between its beginning and any later moment; its own automatic objects are new in that time. *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Lifetimes NumberProofs DerivationProofs
  Concretization.
Import ListNotations.
Open Scope Z_scope.

Record world := { heap : memory; tagging : ghost }.

Section Worlds.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable P : program.
Variable C : certificate.

Definition heap_tag (t : id) : Prop := exists b, PM.find t (tags C) = Some b /\ is_heap b = true.
Definition local_tag_of (t o c : id) : Prop := exists many s a, PM.find t (tags C) = Some (TLocal o c many s a).
Definition partner (t p : id) : Prop := exists c i a, PM.find t (tags C) = Some (THeap c i (Some p) a).

Definition may_free (e : effects) (t : id) : Prop := heap_tag t /\ (everything e = true \/ In t (frees e)).
Definition may_allocate (e : effects) (t : id) : Prop := heap_tag t /\ (everything e = true \/ In t (allocates e)).

(** A cell that a load found missing may be there now. *)
Definition cell_kept (o o' : object) (p w : Z) (c : class) : Prop :=
  match cell o p w c with
  | Some v => cell o' p w c = Some v
  | None => cell o' p w c = None \/
            exists t v, width t = w /\ class_of t = c /\ of_type P t v /\ cell o' p w c = Some v
  end.

(** Nothing changed but in the ranges of bits. *)
Definition unchanged_outside (l : list bounds) (o o' : object) : Prop :=
  (forall x, (forall r, In r l -> touches r x (x + 1) = false) -> initialised o' x = initialised o x) /\
  (forall p w c, (forall r, In r l -> touches r p (p + w) = false) -> cell_kept o o' p w c).

Definition same_object (o o' : object) : Prop :=
  size o' = size o /\ alignment o' = alignment o /\ stored_as o' = stored_as o /\
  (alive o' = true -> alive o = true) /\ (stored_as o <> SHeap -> alive o' = alive o).

Definition written_ranges (e : effects) (t : id) : list bounds :=
  map snd (filter (fun w => Pos.eqb (fst w) t) (written e)).

(** Where an object's name is that of its beginning. *)
Definition stays (e : effects) (t : id) : Prop := ~ may_allocate e t.

Record evolves (e : effects) (w w' : world) : Prop := {
  ev_objects : forall n o, heap w n = Some o -> exists o', heap w' n = Some o' /\ same_object o o';
  ev_constants : forall n o o', heap w n = Some o -> heap w' n = Some o' ->
    stored_as o = SStatic KConstant \/ stored_as o = SStatic KLabels -> unchanged_outside [] o o';
  ev_tags : forall k t, tagging w k = Some t ->
    tagging w' k = Some t \/
    may_free e t /\ (exists p, partner t p) /\ tagging w' k = None /\ freed (heap w') (BObject (Dynamic k)) \/
    exists p, may_allocate e t /\ partner t p /\ tagging w' k = Some p;
  ev_untagged : forall k, heap w (Dynamic k) <> None -> tagging w k = None -> tagging w' k = None;
  ev_new : forall k t, heap w (Dynamic k) = None -> tagging w' k = Some t -> heap_tag t ->
    may_allocate e t \/ exists u, may_allocate e u /\ partner u t;
  ev_content : Holds (effects_label e) -> everything e = false ->
    forall n t o o', tag_is C (tagging w) t n -> tag_is C (tagging w') t n -> heap w n = Some o ->
      heap w' n = Some o' ->
    stays e t ->
    unchanged_outside (written_ranges e t) o o';
  ev_alive : Holds (effects_label e) -> everything e = false ->
    forall k t o o', tagging w k = Some t -> heap w (Dynamic k) = Some o -> heap w' (Dynamic k) = Some o' ->
    stays e t -> ~ may_free e t -> alive o' = alive o }.

(** Between two moments of one activation: its own automatic objects come and go; other local tags stay. *)
Definition no_new_locals (w w' : world) : Prop :=
  forall k t b, heap w (Dynamic k) = None -> tagging w' k = Some t -> PM.find t (tags C) = Some b -> is_local b = false.

End Worlds.
