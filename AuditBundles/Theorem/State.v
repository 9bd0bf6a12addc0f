(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The certificate and the symbolic state (FORMAT.md sections 5 and 6) *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

(** ** Tags (section 5.1) *)

Inductive tag :=
| TNull | TEnded | TFreed
| TFunction (f : id)
| TStatic (o : id) (k : static_kind) (size alignment : Z)
| TNone                                           (** the static number of a local: nothing *)
| TLocal (o clone : id) (many : bool) (size : option Z) (alignment : Z)
| THeap (clone instruction : id) (partner : option id) (alignment : Z).

(** Numbers of the fixed tags, plus one. *)
Definition null_tag : id := 1%positive.
Definition ended_tag : id := 2%positive.
Definition freed_tag : id := 3%positive.

Definition is_object (t : tag) : bool :=
  match t with TStatic _ _ _ _ | TLocal _ _ _ _ _ | THeap _ _ _ _ => true | _ => false end.
(** Names at most one object at any time. *)
Definition is_single (t : tag) : bool :=
  match t with
  | TStatic _ _ _ _ => true
  | TLocal _ _ many _ _ => negb many
  | THeap _ _ (Some _) _ => true
  | _ => false
  end.
Definition is_heap (t : tag) : bool := match t with THeap _ _ _ _ => true | _ => false end.
Definition is_function (t : tag) : bool := match t with TFunction _ => true | _ => false end.
Definition is_read_only (t : tag) : bool :=
  match t with TStatic _ (KConstant | KLabels) _ _ => true | _ => false end.
Definition tag_size (t : tag) : option Z :=
  match t with TStatic _ _ s _ => Some s | TLocal _ _ _ s _ => s | _ => None end.
Definition tag_alignment (t : tag) : Z :=
  match t with TStatic _ _ _ a => a | TLocal _ _ _ _ a => a | THeap _ _ _ a => a | _ => 1 end.

(** ** Facts (section 5.2) *)

(** A tag that a pointer may have, and where its offset then lies. *)
Record entry := { entry_tag : id; entry_bounds : bounds; modulus : Z; remainder : Z }.
Definition entry_of_tag (t : id) : entry := {| entry_tag := t; entry_bounds := all; modulus := 1; remainder := 0 |}.

(** Closed, without NaN at the ends. *)
Record frange := { flower : spec_float; fupper : spec_float; may_be_nan : bool }.

Inductive predicate :=
| PInteger (b : bounds) (m r : Z)
| PPointer (l : option (list entry))
| PFloat (r : option frange).

Inductive register_fact :=
| RLinear (t : terms) (bound : Z) (l : label)
| RCongruence (t : terms) (m r : Z) (l : label)
| RTargets (r : id) (e : list entry) (l : label)
| RFloat (r : id) (f : frange) (l : label).

Inductive about :=
| Cells (first count stride : Z) (t : type) (uninitialised : bool) (p : predicate)
| Initialised (from to : Z)
| Bytes (from to v : Z)
| Alive
| Size (b : bounds)
| Absent
| Raw (from to : Z)
| Segment (from to : form)                        (** over registers in the facts of nodes, else over symbols *)
| AbsentIfNull (r : positive).                    (** a pointer's register in the facts of nodes, else a base symbol *)

Record memory_fact := { fact_tag : id; fact_about : about; fact_label : label }.

(** ** Places (section 5.3): names for contents of memory and for sizes of objects *)

Inductive subject := PCell (bit : Z) (t : type) | PSize.
Record named_place := { place_tag : id; place_subject : subject; place_label : label }.

(** A size is an integer of which nothing follows from a type. *)
Definition place_type (p : named_place) : type :=
  match place_subject p with PCell _ t => t | PSize => TInteger {| bits := 128; signed := true |} end.

Definition type_eqb (t u : type) : bool :=
  match t, u with
  | TInteger t, TInteger u => (bits t =? bits u) && Bool.eqb (signed t) (signed u)
  | TPointer, TPointer => true
  | TFloat Binary32, TFloat Binary32 | TFloat Binary64, TFloat Binary64 | TFloat Extended80, TFloat Extended80 => true
  | _, _ => false
  end.

(** The numbers that a list of places has in register facts, and as symbols: [first] and those that follow. *)
Fixpoint numbered {A} (first : positive) (l : list A) : PM.t A :=
  match l with [] => PM.empty A | x :: l => PM.add first x (numbered (Pos.succ first) l) end.
Fixpoint behind {A} (first : positive) (l : list A) : positive :=
  match l with [] => first | _ :: l => behind (Pos.succ first) l end.

(** ** The certificate (section 5) *)

Record effects := {
  everything : bool;
  effects_label : label;
  written : list (id * bounds);                   (** bits, the upper end excluded *)
  frees : list id;
  allocates : list id }.

Record node := {
  node_clone : id; node_block : id;
  places : list named_place;
  register_facts : list register_fact; memory_facts : list memory_fact;
  script : stream }.

Record clone := {
  clone_function : id; level : Z; recursive : bool; returns : bool;
  exit_places : list named_place;
  result_facts : list register_fact; exit_facts : list memory_fact;
  clone_effects : effects;
  clone_entry : id;                               (** its first node *)
  local_tags : list id }.                         (** of its automatic objects, ascending *)

Record certificate := {
  labels : PM.t label;
  tags : PM.t tag;
  local_tag : PM.t (PM.t id);                     (** by object and clone *)
  constants : PM.t memory_fact;
  clones : PM.t clone;
  nodes : PM.t node;
  entry_clone : id }.

(** ** The program as the checker has it: instructions with their numbers *)

Record cblock := { ccode : list (id * (id * instruction)); csite : id; clast : terminator; live : list id }.
Record cfunction := {
  cregisters : PM.t type; cregister_count : positive;   (** their number, plus one *)
  cparameters : list (id * type); cvariadic : bool; cresult : option type; cblocks : PM.t cblock }.
Record cprogram := {
  cfunctions : PM.t cfunction; function_count : positive;   (** their number, plus one *)
  cstatics : PM.t static_object; locals_of : PM.t id;
  taken : list id;                                (** functions whose address the program takes, ascending *)
  assumption_count : positive;                    (** their number, plus one *)
  centry : id }.

(** ** Values *)

Inductive sbase := BTag (t : id) | BSymbol (s : positive).
Inductive sfloat := FConstant (x : spec_float) | FSymbol (s : positive).
Inductive svalue := SInteger (f : form) | SPointer (b : sbase) (f : form) | SFloat (x : sfloat).

Definition sbase_eqb (a b : sbase) : bool :=
  match a, b with BTag x, BTag y | BSymbol x, BSymbol y => Pos.eqb x y | _, _ => false end.

(** What a 0-or-1 symbol stands for. *)
Inductive meaning :=
| MIntegers (c : comparison) (x y : form)
| MNull (b : sbase) (equal : bool)
| MBases (known : option bool)
| MFloats (c : comparison) (x y : sfloat).

Record content := { position_of : Z; content_type : type; content_value : svalue; content_label : label;
  content_time : N }.

(** ** The state *)

Record state := {
  assigned : PM.t svalue;
  next_integer : positive; next_base : positive; next_float : positive;
  linear : PM.t (terms * Z * label); next_linear : positive;
  congruences : PM.t (terms * Z * Z * label); next_congruence : positive;
  exclusions : PM.t (form * Z * Z * label); next_exclusion : positive;
  definitions : PM.t (meaning * label);
  own_offsets : PM.t positive;                    (** of the fresh base symbols *)
  targets : PM.t (list entry * label);
  ranges : PM.t (frange * label);
  facts : PM.t (memory_fact * N); next_fact : positive;
  facts_of_tag : PM.t (list positive);            (** descending *)
  contents : PM.t (list content);                 (** by tag, the newest first *)
  clock : N; log : list (label * N);              (** labels that joined all of memory, the newest first *)
  sizes : PM.t (form * label * N);                (** in bytes, of the objects with a tag *)
  place_classes : PM.t class }.                   (** of the places, by the numbers of their entry symbols *)

Definition empty_state (registers : positive) (classes : PM.t class) : state :=
  {| assigned := PM.empty _; next_integer := registers; next_base := registers; next_float := registers;
     linear := PM.empty _; next_linear := 1; congruences := PM.empty _; next_congruence := 1;
     exclusions := PM.empty _; next_exclusion := 1; definitions := PM.empty _; own_offsets := PM.empty _;
     targets := PM.empty _; ranges := PM.empty _; facts := PM.empty _; next_fact := 1; facts_of_tag := PM.empty _;
     contents := PM.empty _; clock := 0; log := []; sizes := PM.empty _; place_classes := classes |}.

(** *** Updates of single fields *)

Definition with_assigned (g : state) a : state :=
  {| assigned := a; next_integer := next_integer g; next_base := next_base g; next_float := next_float g;
     linear := linear g; next_linear := next_linear g; congruences := congruences g;
     next_congruence := next_congruence g; exclusions := exclusions g; next_exclusion := next_exclusion g;
     definitions := definitions g; own_offsets := own_offsets g; targets := targets g; ranges := ranges g;
     facts := facts g; next_fact := next_fact g; facts_of_tag := facts_of_tag g; contents := contents g;
     clock := clock g; log := log g; sizes := sizes g; place_classes := place_classes g |}.
Definition with_symbols (g : state) i b f d o : state :=
  {| assigned := assigned g; next_integer := i; next_base := b; next_float := f;
     linear := linear g; next_linear := next_linear g; congruences := congruences g;
     next_congruence := next_congruence g; exclusions := exclusions g; next_exclusion := next_exclusion g;
     definitions := d; own_offsets := o; targets := targets g; ranges := ranges g;
     facts := facts g; next_fact := next_fact g; facts_of_tag := facts_of_tag g; contents := contents g;
     clock := clock g; log := log g; sizes := sizes g; place_classes := place_classes g |}.
Definition with_numbers (g : state) l nl c nc e ne : state :=
  {| assigned := assigned g; next_integer := next_integer g; next_base := next_base g; next_float := next_float g;
     linear := l; next_linear := nl; congruences := c; next_congruence := nc; exclusions := e; next_exclusion := ne;
     definitions := definitions g; own_offsets := own_offsets g; targets := targets g; ranges := ranges g;
     facts := facts g; next_fact := next_fact g; facts_of_tag := facts_of_tag g; contents := contents g;
     clock := clock g; log := log g; sizes := sizes g; place_classes := place_classes g |}.
Definition with_current (g : state) t r : state :=
  {| assigned := assigned g; next_integer := next_integer g; next_base := next_base g; next_float := next_float g;
     linear := linear g; next_linear := next_linear g; congruences := congruences g;
     next_congruence := next_congruence g; exclusions := exclusions g; next_exclusion := next_exclusion g;
     definitions := definitions g; own_offsets := own_offsets g; targets := t; ranges := r;
     facts := facts g; next_fact := next_fact g; facts_of_tag := facts_of_tag g; contents := contents g;
     clock := clock g; log := log g; sizes := sizes g; place_classes := place_classes g |}.
Definition with_memory (g : state) f nf ft c : state :=
  {| assigned := assigned g; next_integer := next_integer g; next_base := next_base g; next_float := next_float g;
     linear := linear g; next_linear := next_linear g; congruences := congruences g;
     next_congruence := next_congruence g; exclusions := exclusions g; next_exclusion := next_exclusion g;
     definitions := definitions g; own_offsets := own_offsets g; targets := targets g; ranges := ranges g;
     facts := f; next_fact := nf; facts_of_tag := ft; contents := c;
     clock := clock g; log := log g; sizes := sizes g; place_classes := place_classes g |}.
Definition with_log (g : state) t l : state :=
  {| assigned := assigned g; next_integer := next_integer g; next_base := next_base g; next_float := next_float g;
     linear := linear g; next_linear := next_linear g; congruences := congruences g;
     next_congruence := next_congruence g; exclusions := exclusions g; next_exclusion := next_exclusion g;
     definitions := definitions g; own_offsets := own_offsets g; targets := targets g; ranges := ranges g;
     facts := facts g; next_fact := next_fact g; facts_of_tag := facts_of_tag g; contents := contents g;
     clock := t; log := l; sizes := sizes g; place_classes := place_classes g |}.
Definition with_sizes (g : state) s : state :=
  {| assigned := assigned g; next_integer := next_integer g; next_base := next_base g; next_float := next_float g;
     linear := linear g; next_linear := next_linear g; congruences := congruences g;
     next_congruence := next_congruence g; exclusions := exclusions g; next_exclusion := next_exclusion g;
     definitions := definitions g; own_offsets := own_offsets g; targets := targets g; ranges := ranges g;
     facts := facts g; next_fact := next_fact g; facts_of_tag := facts_of_tag g; contents := contents g;
     clock := clock g; log := log g; sizes := s; place_classes := place_classes g |}.

Definition with_contents g c := with_memory g (facts g) (next_fact g) (facts_of_tag g) c.
Definition with_targets g t := with_current g t (ranges g).

(** *** Numeric facts *)

(** [form <= bound]; nothing where a number leaves the range of facts. *)
Definition add_linear (g : state) (f : form) (bound : Z) (l : label) : state :=
  let limit := bound - snd f in
  if fits limit && negb (limit =? minimum) && negb (bound =? minimum) && negatable f then
    with_numbers g (PM.add (next_linear g) (fst f, limit, l) (linear g)) (Pos.succ (next_linear g))
      (congruences g) (next_congruence g) (exclusions g) (next_exclusion g)
  else g.

Definition add_at_least (g : state) (f : form) (bound : Z) (l : label) : state :=
  if negb (bound =? minimum) && negatable f then
    match scaled f (-1) with Some h => add_linear g h (- bound) l | None => g end
  else g.

Definition add_bounds (g : state) (f : form) (b : bounds) (l : label) : state :=
  let g := match upper b with Some u => add_linear g f u l | None => g end in
  match lower b with Some n => add_at_least g f n l | None => g end.

Definition add_contradiction (g : state) (l : label) : state := add_linear g (constant_form 0) (-1) l.

Definition add_congruence (g : state) (t : terms) (m r : Z) (l : label) : state :=
  with_numbers g (linear g) (next_linear g) (PM.add (next_congruence g) (t, m, r, l) (congruences g))
    (Pos.succ (next_congruence g)) (exclusions g) (next_exclusion g).

(** The form is outside of [a, b]. *)
Definition add_exclusion (g : state) (f : form) (a b : Z) (l : label) : state :=
  with_numbers g (linear g) (next_linear g) (congruences g) (next_congruence g)
    (PM.add (next_exclusion g) (f, a, b, l) (exclusions g)) (Pos.succ (next_exclusion g)).

(** *** Symbols *)

Definition fresh_integer (g : state) : state * form :=
  (with_symbols g (Pos.succ (next_integer g)) (next_base g) (next_float g) (definitions g) (own_offsets g),
   symbol_form (next_integer g)).
Definition fresh_truth (g : state) (d : option (meaning * label)) : state * form :=
  (with_symbols g (Pos.succ (next_integer g)) (next_base g) (next_float g)
     (match d with Some d => PM.add (next_integer g) d (definitions g) | None => definitions g end) (own_offsets g),
   symbol_form (next_integer g)).
(** A base symbol, and its own offset symbol. *)
Definition fresh_pointer (g : state) : state * positive * positive :=
  (with_symbols g (Pos.succ (next_integer g)) (Pos.succ (next_base g)) (next_float g) (definitions g)
     (PM.add (next_base g) (next_integer g) (own_offsets g)),
   next_base g, next_integer g).
Definition fresh_float (g : state) (r : option (frange * label)) : state * sfloat :=
  let s := next_float g in
  let g := with_symbols g (next_integer g) (next_base g) (Pos.succ s) (definitions g) (own_offsets g) in
  (match r with Some r => with_current g (targets g) (PM.add s r (ranges g)) | None => g end, FSymbol s).

Definition fresh_bounded (g : state) (b : bounds) (l : label) : state * form :=
  let '(g, f) := fresh_integer g in (add_bounds g f b l, f).

Definition own_offset (g : state) (b : positive) : positive :=
  match PM.find b (own_offsets g) with Some o => o | None => b end.

(** The fresh symbol that equals the form if the label holds; the form itself if that is empty. *)
Definition labelled (g : state) (f : form) (l : label) : state * form :=
  match l with
  | [] => (g, f)
  | _ =>
    let '(g, s) := fresh_integer g in
    if negatable f then
      match subtract s f, subtract f s with
      | Some d, Some e =>
        let g := add_linear g d 0 l in
        let g := add_linear g e 0 l in
        (add_congruence g (fst e) 0 (- snd e) l, s)
      | _, _ => (g, s)
      end
    else (g, s)
  end.

(** *** Memory *)

(** Labels that joined what was made at a time. *)
Fixpoint joined (log : list (label * N)) (time : N) : label :=
  match log with
  | (l, t) :: log => if N.ltb time t then union l (joined log time) else []
  | [] => []
  end.
Definition label_of_fact (g : state) (f : memory_fact * N) : label :=
  union (fact_label (fst f)) (joined (log g) (snd f)).
Definition label_of_content (g : state) (c : content) : label :=
  union (content_label c) (joined (log g) (content_time c)).

Definition label_of_size (g : state) (s : form * label * N) : label :=
  union (snd (fst s)) (joined (log g) (snd s)).

Definition label_memory (g : state) (l : label) : state :=
  match l with
  | [] => g
  | _ => let t := N.succ (clock g) in
         with_log g t ((l, t) :: filter (fun e => negb (label_eqb (fst e) l)) (log g))
  end.

Definition facts_about (g : state) (t : id) : list positive :=
  rev' (match PM.find t (facts_of_tag g) with Some l => l | None => [] end).
Definition contents_of (g : state) (t : id) : list content :=
  match PM.find t (contents g) with Some l => l | None => [] end.

Definition add_fact (g : state) (f : memory_fact) : state :=
  with_memory g (PM.add (next_fact g) (f, clock g) (facts g)) (Pos.succ (next_fact g))
    (PM.add (fact_tag f)
       (next_fact g :: match PM.find (fact_tag f) (facts_of_tag g) with Some l => l | None => [] end)
       (facts_of_tag g))
    (contents g).

Definition remove_fact (g : state) (n : positive) : state :=
  match PM.find n (facts g) with
  | None => g
  | Some (f, _) =>
    with_memory g (PM.remove n (facts g)) (next_fact g)
      (PM.add (fact_tag f)
         (filter (fun m => negb (Pos.eqb m n))
            (match PM.find (fact_tag f) (facts_of_tag g) with Some l => l | None => [] end))
         (facts_of_tag g))
      (contents g)
  end.

(** Changes a fact but for its tag. *)
Definition change_fact (g : state) (n : positive) (f : memory_fact) : state :=
  match PM.find n (facts g) with
  | Some (old, t) =>
    with_memory g
      (PM.add n ({| fact_tag := fact_tag old; fact_about := fact_about f; fact_label := fact_label f |}, t) (facts g))
      (next_fact g) (facts_of_tag g) (contents g)
  | None => g
  end.

Fixpoint insert_descending (n : positive) (l : list positive) : list positive :=
  match l with
  | [] => [n]
  | m :: l' => if Pos.ltb m n then n :: l else m :: insert_descending n l'
  end.

(** The fact keeps its number and speaks of another tag from now on. *)
Definition move_fact (g : state) (n : positive) (t : id) : state :=
  match PM.find n (facts g) with
  | None => g
  | Some (f, time) =>
    let g := remove_fact g n in
    with_memory g
      (PM.add n ({| fact_tag := t; fact_about := fact_about f; fact_label := fact_label f |}, time) (facts g))
      (next_fact g)
      (PM.add t (insert_descending n (match PM.find t (facts_of_tag g) with Some l => l | None => [] end))
         (facts_of_tag g))
      (contents g)
  end.

Definition add_content (g : state) (t : id) (p : Z) (ty : type) (v : svalue) (l : label) : state :=
  with_contents g
    (PM.add t ({| position_of := p; content_type := ty; content_value := v; content_label := l;
                  content_time := clock g |} :: contents_of g t) (contents g)).
Definition keep_contents (g : state) (t : id) (keep : content -> bool) : state :=
  match PM.find t (contents g) with
  | Some l => with_contents g (PM.add t (filter keep l) (contents g))
  | None => g
  end.

Definition set_size (g : state) (t : id) (f : form) (l : label) : state :=
  with_sizes g (PM.add t (f, l, clock g) (sizes g)).
Definition remove_size (g : state) (t : id) : state := with_sizes g (PM.remove t (sizes g)).

Definition remove_all (g : state) (t : id) : state :=
  let g := keep_contents g t (fun _ => false) in
  fold_left remove_fact (facts_about g t) g.

Definition assign (g : state) (r : id) (v : svalue) : state := with_assigned g (PM.add r v (assigned g)).
Definition assign_result (g : state) (r : option id) (v : svalue) : state :=
  match r with Some r => assign g r v | None => g end.

Definition set_targets (g : state) (b : positive) (e : list entry) (l : label) : state :=
  with_targets g (PM.add b (e, l) (targets g)).
Definition set_range (g : state) (s : positive) (r : frange) (l : label) : state :=
  with_current g (targets g) (PM.add s (r, l) (ranges g)).

(** ** Places *)

(** The symbols of a place where the node begins. *)
Definition entry_value (t : type) (s : positive) : svalue :=
  match t with
  | TInteger _ => SInteger (symbol_form s)
  | TPointer => SPointer (BSymbol s) (symbol_form s)
  | TFloat _ => SFloat (FSymbol s)
  end.

Definition of_class (v : svalue) (c : class) : bool :=
  match v, c with SInteger _, CInteger | SPointer _ _, CPointer | SFloat _, CFloat => true | _, _ => false end.

Definition class_of_value (x : value) : class :=
  match x with VInteger _ => CInteger | VPointer _ _ => CPointer | VFloat _ => CFloat end.

(** From now on memory is known to have the value at the place. *)
Definition hold_place (g : state) (p : named_place) (v : svalue) : state :=
  match place_subject p, v with
  | PCell bit t, _ => add_content g (place_tag p) bit t v (place_label p)
  | PSize, SInteger f => set_size g (place_tag p) f (place_label p)
  | PSize, _ => g
  end.

Fixpoint enter_places (g : state) (s : positive) (l : list named_place) : state :=
  match l with
  | [] => g
  | p :: l => enter_places (hold_place g p (entry_value (place_type p) s)) (Pos.succ s) l
  end.

Fixpoint classes_among (s : positive) (l : list named_place) : PM.t class :=
  match l with
  | [] => PM.empty class
  | p :: l => PM.add s (class_of (place_type p)) (classes_among (Pos.succ s) l)
  end.

(** Where a node with these places begins; its registers have the symbols before [first]. *)
Definition entry_state (first : positive) (l : list named_place) : state :=
  enter_places (empty_state (behind first l) (classes_among first l)) first l.
