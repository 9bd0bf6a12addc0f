(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What the symbolic state says of a concrete one (FORMAT.md sections 5.1, 5.2 and 6)

    Tags are ghost state: [ghost] tells which dynamic object has which tag. A valuation gives each symbol its value. *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules NumberProofs DerivationProofs.
Import ListNotations.
Open Scope Z_scope.

Record valuation := { integers : positive -> Z; bases : positive -> base; floats : positive -> spec_float }.

Definition ghost := positive -> option id.

Section Concretization.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable P : program.
Variable C : certificate.

Section Memory.
Variable m : memory.
Variable tagged : ghost.

(** ** Tags and targets *)

Definition has_tag (t : id) (b : base) : Prop :=
  match PM.find t (tags C) with
  | Some TNull => b = BNull
  | Some TEnded => ended m b
  | Some TFreed => freed m b
  | Some (TFunction f) => b = BFunction f
  | Some (TStatic o _ _ _) => b = BObject (Static o)
  | Some (TLocal _ _ _ _ _) =>
    exists n o, b = BObject (Dynamic n) /\ tagged n = Some t /\ m (Dynamic n) = Some o /\ alive o = true
  | Some (THeap _ _ _ _) => exists n, b = BObject (Dynamic n) /\ tagged n = Some t
  | _ => False
  end.

Definition names_objects (t : id) : Prop := exists b, PM.find t (tags C) = Some b /\ is_object b = true.

Definition in_entry (e : entry) (b : base) (offset : Z) : Prop :=
  has_tag (entry_tag e) b /\
  (names_objects (entry_tag e) -> In_bounds (entry_bounds e) offset /\ (modulus e | offset - remainder e)) /\
  ((exists f, PM.find (entry_tag e) (tags C) = Some (TFunction f)) -> offset = 0).

Definition in_targets (l : list entry) (b : base) (offset : Z) : Prop := Exists (fun e => in_entry e b offset) l.

(** ** Floats: closed ranges; numbers are compared whatever their formats *)

Definition at_most (x y : spec_float) : Prop := compare_floats LessOrEqual x y = true.
Definition in_range_of (r : frange) (x : spec_float) : Prop :=
  match x with S754_nan => may_be_nan r = true | _ => at_most (flower r) x /\ at_most x (fupper r) end.

(** ** Cells *)

(** Integers count reduced into the type. *)
Definition satisfies_predicate (p : predicate) (t : type) (v : value) : Prop :=
  match p, t, v with
  | PInteger b k r, TInteger t, VInteger n =>
    (forall l, lower b = Some l -> l <= wrap t n) /\ (forall u, upper b = Some u -> wrap t n <= u) /\ (k | wrap t n - r)
  | PPointer None, _, VPointer _ _ => True
  | PPointer (Some l), _, VPointer b o => in_targets l b o
  | PFloat None, _, VFloat _ => True
  | PFloat (Some r), _, VFloat x => in_range_of r x
  | _, _, _ => False
  end.

Definition wholly_initialised (o : object) (p w : Z) : Prop := forall x, p <= x < p + w -> initialised o x = true.

(** A cell that does not exist counts as one of any value of its type. *)
Definition cell_satisfies (o : object) (p : Z) (t : type) (q : predicate) : Prop :=
  match cell o p (width t) (class_of t) with
  | Some v => satisfies_predicate q t v
  | None => forall v, of_type P t v -> satisfies_predicate q t v
  end.

Definition says (o : object) (a : about) : Prop :=
  match a with
  | Cells first count stride t u q =>
    forall k, 0 <= k < count ->
    let p := first + k * stride in
    wholly_initialised o p (width t) /\ cell_satisfies o p t q \/ u = true /\ ~ wholly_initialised o p (width t)
  | Initialised from to => forall x, from <= x < to -> initialised o x = true
  | Bytes from to v =>
    (forall x, from <= x < to -> initialised o x = true) /\
    (forall p w c x, from <= p -> p + w <= to -> filled v p w c = Some x -> cell o p w c = Some x)
  | Alive => alive o = true
  | Size b => In_bounds b (size o)
  | Absent => False
  | Raw from to => forall x, from <= x < to -> initialised o x = false
  end.

(** About every object with the tag; about a dynamic one's content while it is alive. *)
Definition fact_holds (f : memory_fact) : Prop :=
  forall n o, has_tag (fact_tag f) (BObject n) -> m n = Some o ->
  match fact_about f with
  | Alive | Absent => says o (fact_about f)
  | _ => alive o = true -> says o (fact_about f)
  end.

(** ** Values *)

Section Values.
Variable v : valuation.

Definition is_symbolic (s : svalue) (x : value) : Prop :=
  match s, x with
  | SInteger f, VInteger n => eval_form (integers v) f = n
  | SPointer b f, VPointer c o =>
    match b with BTag t => has_tag t c | BSymbol s => bases v s = c end /\ eval_form (integers v) f = o
  | SFloat (FConstant y), VFloat x => x = y
  | SFloat (FSymbol s), VFloat x => floats v s = x
  | _, _ => False
  end.

Definition float_value (x : sfloat) : spec_float := match x with FConstant y => y | FSymbol s => floats v s end.

(** What a truth symbol stands for. *)
Definition means (d : meaning) : Prop :=
  match d with
  | MIntegers c x y => compare_integers c (eval_form (integers v) x) (eval_form (integers v) y) = true
  | MNull (BSymbol s) equal => (bases v s = BNull) <-> equal = true
  | MNull (BTag t) equal => (exists b, has_tag t b /\ b = BNull) <-> equal = true
  | MBases known => forall b, known = Some b -> b = true
  | MFloats c x y => compare_floats c (float_value x) (float_value y) = true
  end.

Record state_holds (g : state) : Prop := {
  numbers : numbers_hold A (integers v) g;
  truths : forall s d l, PM.find s (definitions g) = Some (d, l) ->
    (integers v s = 0 \/ integers v s = 1) /\ (Holds l -> (integers v s = 1 <-> means d));
  target_sets : forall s e l, PM.find s (targets g) = Some (e, l) -> Holds l ->
    in_targets e (bases v s) (integers v (own_offset g s));
  float_ranges : forall s r l, PM.find s (ranges g) = Some (r, l) -> Holds l -> in_range_of r (floats v s);
  memory_held : forall n f, PM.find n (facts g) = Some f -> Holds (label_of_fact g f) -> fact_holds (fst f);
  contents_held : forall t c, In c (contents_of g t) -> Holds (label_of_content g c) ->
    forall n o, has_tag t (BObject n) -> m n = Some o ->
    exists x, cell o (position_of c) (width (content_type c)) (class_of (content_type c)) = Some x /\
              is_symbolic (content_value c)
                (match content_type c, x with TInteger t, VInteger k => VInteger (wrap t k) | _, x => x end) /\
              wholly_initialised o (position_of c) (width (content_type c)) }.
End Values.
End Memory.

(** ** Ghost state that fits the memory *)

Record well_tagged (m : memory) (tagged : ghost) : Prop := {
  tags_exist : forall n t, tagged n = Some t ->
    exists b o, PM.find t (tags C) = Some b /\ m (Dynamic n) = Some o /\ alignment o = tag_alignment b /\
      match b with
      | TLocal _ _ _ s _ => stored_as o = SAutomatic /\ alive o = true /\ (forall k, s = Some k -> size o = k)
      | THeap _ _ _ _ => stored_as o = SHeap
      | _ => False
      end;
  singles : forall n k t b, tagged n = Some t -> tagged k = Some t -> PM.find t (tags C) = Some b -> is_single b = true -> n = k;
  statics_fit : forall t o k s a, PM.find t (tags C) = Some (TStatic o k s a) ->
    exists b, m (Static o) = Some b /\ size b = s /\ alignment b = a /\ stored_as b = SStatic k /\ alive b = true }.

End Concretization.
