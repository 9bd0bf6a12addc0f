(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What the symbolic state says of a concrete one (FORMAT.md sections 5.1, 5.2 and 6)

    Tags are ghost state: [ghost] tells which dynamic object has which tag. A valuation gives each symbol its value. *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules NumberProofs DerivationProofs IntegerProofs.
Import ListNotations.
Open Scope Z_scope.

Record valuation := { integers : positive -> Z; bases : positive -> base; floats : positive -> spec_float }.

(** The tags of the dynamic objects; and which of these did not exist when the running activation began. *)
Record ghost := { tag_at :> positive -> option id; newer : positive -> Prop }.
Definition untagged : ghost := {| tag_at := fun _ => None; newer := fun _ => False |}.

Section Concretization.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable P : program.
Variable C : certificate.

Section Memory.
Variable m : memory.
Variable tagged : ghost.

(** ** Tags and targets *)

(** The object has the tag. *)
Definition tag_is (t : id) (n : name) : Prop :=
  match PM.find t (tags C), n with
  | Some (TStatic o _ _ _), Static p => o = p
  | Some (TLocal _ _ _ _ _ | THeap _ _ _ _), Dynamic k => tagged k = Some t
  | _, _ => False
  end.

Definition has_tag (t : id) (b : base) : Prop :=
  match PM.find t (tags C) with
  | Some TNull => b = BNull
  | Some TEnded => ended m b
  | Some TFreed => freed m b
  | Some (TFunction f) => b = BFunction f
  | _ => exists n, b = BObject n /\ tag_is t n
  end.

(** What a value whose base is the tag names: of the tags of dynamic objects only local ones occur there, and these are
    the activation's own objects (in a recursion others have the tag too). *)
Definition named (t : id) (b : base) : Prop :=
  has_tag t b /\
  match PM.find t (tags C), b with
  | Some (THeap _ _ _ _), _ => False
  | Some (TLocal _ _ _ _ _), BObject (Dynamic k) => newer tagged k
  | _, _ => True
  end.

Definition names_objects (t : id) : Prop := exists b, PM.find t (tags C) = Some b /\ is_object b = true.

(** A function's tag stands for a pointer to its start. *)
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
  | PInteger b k r, TInteger t, VInteger n => In_bounds b (wrap t n) /\ (k | wrap t n - r)
  | PPointer None, TPointer, VPointer _ _ => True
  | PPointer (Some l), TPointer, VPointer b o => in_targets l b o
  | PFloat None, TFloat _, VFloat _ => True
  | PFloat (Some r), TFloat _, VFloat x => in_range_of r x
  | _, _, _ => False
  end.

Definition wholly_initialised (o : object) (p w : Z) : Prop := forall x, p <= x < p + w -> initialised o x = true.

(** A cell that does not exist counts as one of any value of its type. *)
Definition cell_satisfies (o : object) (p : Z) (t : type) (q : predicate) : Prop :=
  match cell o p (width t) (class_of t) with
  | Some v => satisfies_predicate q t v
  | None => forall v, of_type P t v -> satisfies_predicate q t v
  end.

(** The numbers and bases of what facts are over: symbols, or registers. *)
Section Numbered.
Variable z : valuation.

Definition says (o : object) (a : about) : Prop :=
  match a with
  | Cells first count stride t u q =>
    forall k, 0 <= k < count ->
    let p := first + k * stride in
    wholly_initialised o p (width t) /\ cell_satisfies o p t q \/ u = true /\ ~ wholly_initialised o p (width t)
  | Initialised from to => forall x, from <= x < to -> initialised o x = true
  | Bytes from to v =>
    (forall x, from <= x < to -> initialised o x = true) /\
    (forall p w c x, from <= p -> p < p + w <= to -> filled v p w c = Some x -> cell o p w c = Some x)
  | Alive => alive o = true
  | Size b => In_bounds b (size o)
  | Absent => False
  | Raw from to => forall x, from <= x < to -> initialised o x = false
  | Segment from to =>
    forall x, 8 * eval_form (integers z) from <= x < 8 * eval_form (integers z) to -> 0 <= x < 8 * size o ->
    initialised o x = true
  | AbsentIfNull r => bases z r <> BNull
  end.

(** About every object with the tag; about a content while its object is alive. *)
Definition about_holds (t : id) (a : about) : Prop :=
  forall n o, tag_is t n -> m n = Some o ->
  match a with Alive | Absent | AbsentIfNull _ => says o a | _ => alive o = true -> says o a end.
Definition fact_holds (f : memory_fact) : Prop := about_holds (fact_tag f) (fact_about f).
End Numbered.

(** ** Values *)

Section Values.
Variable v : valuation.

Definition is_symbolic (s : svalue) (x : value) : Prop :=
  match s, x with
  | SInteger f, VInteger n => eval_form (integers v) f = n
  | SPointer b f, VPointer c o =>
    match b with BTag t => named t c | BSymbol s => bases v s = c end /\ eval_form (integers v) f = o
  | SFloat (FConstant y), VFloat x => x = y
  | SFloat (FSymbol s), VFloat x => floats v s = x
  | _, _ => False
  end.

Definition float_value (x : sfloat) : spec_float := match x with FConstant y => y | FSymbol s => floats v s end.

(** What the value 1 of a truth symbol stands for. *)
Definition stands_for (d : meaning) (n : Z) : Prop :=
  match d with
  | MIntegers c x y => n = 1 <-> compare_integers c (eval_form (integers v) x) (eval_form (integers v) y) = true
  | MNull (BSymbol s) equal => n = 1 <-> (bases v s = BNull <-> equal = true)
  | MNull (BTag t) equal => n = 1 <-> Pos.eqb t null_tag = equal
  | MBases (Some b) => n = 1 <-> b = true
  | MBases None => True
  | MFloats c x y => n = 1 <-> compare_floats c (float_value x) (float_value y) = true
  end.

(** A content is a cell that exists; what it says of an integer is about the value reduced into its type. *)
Definition content_holds (t : id) (c : content) : Prop :=
  forall n o, tag_is t n -> m n = Some o ->
  exists x, cell o (position_of c) (width (content_type c)) (class_of (content_type c)) = Some x /\
            is_symbolic (content_value c)
              (match content_type c, x with TInteger t, VInteger k => VInteger (wrap t k) | _, x => x end) /\
            wholly_initialised o (position_of c) (width (content_type c)).

(** A size is that of every object with the tag. *)
Definition size_holds (t : id) (f : form) : Prop :=
  forall n o, tag_is t n -> m n = Some o -> eval_form (integers v) f = size o.

Record state_holds (g : state) : Prop := {
  numbers : numbers_hold A (integers v) g;
  truths : forall s d l, PM.find s (definitions g) = Some (d, l) ->
    (integers v s = 0 \/ integers v s = 1) /\ (Holds l -> stands_for d (integers v s));
  target_sets : forall s e l, PM.find s (targets g) = Some (e, l) -> Holds l ->
    in_targets e (bases v s) (integers v (own_offset g s));
  float_ranges : forall s r l, PM.find s (ranges g) = Some (r, l) -> Holds l -> in_range_of r (floats v s);
  memory_held : forall n f, PM.find n (facts g) = Some f -> Holds (label_of_fact g f) ->
    fact_holds v (fst f);
  contents_held : forall t c, In c (contents_of g t) -> Holds (label_of_content g c) -> content_holds t c;
  sizes_held : forall t s, PM.find t (sizes g) = Some s -> Holds (snd (fst s)) -> size_holds t (fst (fst s));
  (** Whatever the labels say, and where no object has the tag: a content's value is that of something. *)
  values_exist : forall t c, In c (contents_of g t) -> exists x, is_symbolic (content_value c) x }.
End Values.

(** *** For every valuation that agrees on the symbols made so far: a fresh symbol may have any value *)

Record agrees (g : state) (v w : valuation) : Prop := {
  agree_integers : agree (next_integer g) (integers v) (integers w);
  agree_bases : forall s, (s < next_base g)%positive -> bases v s = bases w s;
  agree_floats : forall s, (s < next_float g)%positive -> floats v s = floats w s }.

Definition holds_here (v0 : valuation) (g : state) : Prop := forall v, agrees g v v0 -> state_holds v g.
Definition denotes (v0 : valuation) (g : state) (s : svalue) (x : value) : Prop :=
  forall v, agrees g v v0 -> is_symbolic v s x.

(** *** Facts about registers (and a result), of the values that these have *)

(** A cell's value, an integer's reduced into the type. *)
Definition read_as (t : type) (x : value) : value :=
  match t, x with TInteger t, VInteger k => VInteger (wrap t k) | _, x => x end.

(** The value is that of the place (section 5.3): of its class; and what every object with the tag has there. *)
Definition place_holds (p : named_place) (x : value) : Prop :=
  class_of_value x = class_of (place_type p) /\
  (Holds (place_label p) -> forall n o, tag_is (place_tag p) n -> m n = Some o ->
   match place_subject p with
   | PCell bit t =>
     wholly_initialised o bit (width t) /\
     exists y, cell o bit (width t) (class_of t) = Some y /\ read_as t y = x
   | PSize => x = VInteger (size o)
   end).

Definition number_of_value (x : option value) : option Z :=
  match x with Some (VInteger n) => Some n | Some (VPointer _ o) => Some o | _ => None end.
(** What facts about registers are read with. *)
Record named_as (values : id -> option value) (z : valuation) : Prop := {
  named_numbers : forall r n, number_of_value (values r) = Some n -> integers z r = n;
  named_bases : forall r b o, values r = Some (VPointer b o) -> bases z r = b }.
Fixpoint sum_of (values : id -> option value) (t : terms) : option Z :=
  match t with
  | [] => Some 0
  | (r, k) :: t =>
    match number_of_value (values r), sum_of values t with Some n, Some z => Some (k * n + z) | _, _ => None end
  end.

Definition register_fact_holds (values : id -> option value) (f : register_fact) : Prop :=
  match f with
  | RLinear t b l => exists z, sum_of values t = Some z /\ (Holds l -> z <= b)
  | RCongruence t m r l => exists z, sum_of values t = Some z /\ (Holds l -> (m | z - r))
  | RTargets r e l => exists b o, values r = Some (VPointer b o) /\ (Holds l -> in_targets e b o)
  | RFloat r x l => exists y, values r = Some (VFloat y) /\ (Holds l -> in_range_of x y)
  end.
Definition memory_fact_holds (values : id -> option value) (f : memory_fact) : Prop :=
  Holds (fact_label f) -> forall z, named_as values z -> fact_holds z f.
End Memory.

(** ** Tables of the symbolic state that fit each other *)

Fixpoint log_descends (clock : N) (l : list (label * N)) : Prop :=
  match l with [] => True | (_, t) :: l => (t <= clock)%N /\ log_descends (N.pred t) l end.

Definition proper_type (t : type) : Prop := match t with TInteger t => proper t | _ => True end.
(** Ends of ranges are binary64 numbers, moduli positive. *)
Definition proper_end (x : spec_float) : Prop := x <> S754_nan /\ valid_binary 53 1024 x = true.
Definition proper_range (r : frange) : Prop := proper_end (flower r) /\ proper_end (fupper r).
Definition proper_entry (e : entry) : Prop := 1 <= modulus e.
Definition proper_predicate (p : predicate) : Prop :=
  match p with
  | PInteger _ m _ => 1 <= m
  | PPointer (Some l) => Forall proper_entry l
  | PFloat (Some r) => proper_range r
  | _ => True
  end.
(** Cells of a row are apart; a byte is one. *)
Definition proper_about (a : about) : Prop :=
  match a with
  | Cells _ count stride t _ p =>
    1 <= count /\ (if count =? 1 then stride = 0 else width t <= stride) /\ proper_type t /\ proper_predicate p
  | Bytes _ _ v => 0 <= v < 256
  | _ => True
  end.
Definition proper_register_fact (f : register_fact) : Prop :=
  match f with RTargets _ l _ => Forall proper_entry l | RFloat _ r _ => proper_range r | _ => True end.

Record consistent (g : state) : Prop := {
  indexed : forall n f, PM.find n (facts g) = Some f ->
    exists l, PM.find (fact_tag (fst f)) (facts_of_tag g) = Some l /\ In n l;
  fact_times : forall n f, PM.find n (facts g) = Some f -> (snd f <= clock g)%N;
  content_times : forall t c, In c (contents_of g t) -> (content_time c <= clock g)%N;
  log_fits : log_descends (clock g) (log g);
  facts_proper : forall n f, PM.find n (facts g) = Some f -> proper_about (fact_about (fst f));
  contents_proper : forall t c, In c (contents_of g t) -> proper_type (content_type c);
  targets_proper : forall s e l, PM.find s (targets g) = Some (e, l) -> Forall proper_entry e;
  targets_scoped : forall s e, PM.find s (targets g) = Some e -> (s < next_base g)%positive;
  ranges_proper : forall s r l, PM.find s (ranges g) = Some (r, l) -> proper_range r;
  bases_below : (next_base g <= next_integer g)%positive;
  offsets_scoped : forall b o, PM.find b (own_offsets g) = Some o -> (o < next_integer g)%positive }.

(** ** Ghost state that fits the memory *)

Definition is_local (t : tag) : bool := match t with TLocal _ _ _ _ _ => true | _ => false end.

Record well_tagged (m : memory) (tagged : ghost) : Prop := {
  tags_exist : forall k t, tagged k = Some t ->
    exists b o, PM.find t (tags C) = Some b /\ m (Dynamic k) = Some o /\ alignment o = tag_alignment b /\
      match b with
      | TLocal _ _ _ s _ => stored_as o = SAutomatic /\ alive o = true /\ (forall z, s = Some z -> size o = z)
      | THeap _ _ _ _ => stored_as o = SHeap
      | _ => False
      end;
  singles : forall i j t b, tagged i = Some t -> tagged j = Some t -> PM.find t (tags C) = Some b ->
    is_single b = true ->
    i = j;
  statics_fit : forall t o k s a, PM.find t (tags C) = Some (TStatic o k s a) ->
    exists b, m (Static o) = Some b /\ size b = s /\ alignment b = a /\ stored_as b = SStatic k /\ alive b = true /\
              (is_read_only (TStatic o k s a) = true -> wholly_initialised b 0 (8 * s));
  static_storage : forall o b, m (Static o) = Some b -> exists k, stored_as b = SStatic k;
  dynamic_storage : forall k b, m (Dynamic k) = Some b -> stored_as b = SAutomatic \/ stored_as b = SHeap;
  constants_hold : forall n f z, PM.find n (constants C) = Some f -> fact_holds m untagged z f }.

End Concretization.
