(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The whole check: the program's form, the initial data, every node, the verdicts (FORMAT.md sections 1.2, 3, 4,
    5) *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Loads Writes Lifetimes Calls
  Scripts.
Import ListNotations.
Open Scope Z_scope.

(** ** Well-formed programs (section 1.2) *)

Definition proper_type (t : type) : bool := match t with TInteger t => (1 <=? bits t) && (bits t <=? 128)
  | _ => true end.

Section WellFormed.
Variable P : cprogram.
Variable f : id.
Variable F : cfunction.

Definition class_eqb (c d : class) : bool := if class_eq_dec c d then true else false.
Definition register_class (r : id) : option class := option_map class_of (PM.find r (cregisters F)).
Definition has_class (c : option class) (d : class) : bool := match c with Some c => class_eqb c d | None => false end.
Definition exists_in {A} (m : PM.t A) (k : id) : bool := match PM.find k m with Some _ => true | None => false end.
Definition is_mine (o : id) : bool := match PM.find o (locals_of P) with Some g => Pos.eqb g f | None => false end.

Definition operand_class (a : operand) : option class :=
  match a with
  | ORegister r => register_class r
  | OInteger _ => Some CInteger
  | OFloat _ => Some CFloat
  | OStatic o => if exists_in (cstatics P) o then Some CPointer else None
  | OAutomatic o => if exists_in (locals_of P) o then Some CPointer else None
  | OFunction g => if exists_in (cfunctions P) g then Some CPointer else None
  | ONull => Some CPointer
  end.
Definition is (a : operand) (c : class) : bool := has_class (operand_class a) c.

Definition is_parameter (r : id) : bool := existsb (fun p => Pos.eqb (fst p) r) (cparameters F).
Definition gives (r : id) (c : class) : bool := has_class (register_class r) c && negb (is_parameter r).
Definition gives_optional (r : option id) (c : class) : bool := match r with Some r => gives r c | None => true end.
Definition is_power (n : Z) : bool := match exponent n with Some k => k <=? 28 | None => false end.
Definition small (n : Z) : bool := Z.abs n <? 2 ^ 63.
Definition fits_place (p : place) : bool :=
  is_power (alignment_of p) && (0 <=? bit_of p) && (bit_of p <? 8) && small (immediate_of p).

Fixpoint arguments_match (l : list operand) (p : list (id * type)) (more : bool) : bool :=
  match l, p with
  | [], [] => true
  | a :: l, (_, t) :: p => is a (class_of t) && arguments_match l p more
  | a :: l, [] => more && match operand_class a with Some _ => true | None => false end && arguments_match l [] more
  | [], _ :: _ => false
  end.

Definition is_assumption (x : id) : bool := Pos.ltb x (assumption_count P).

Definition type_of (i : instruction) : type :=
  match i with
  | Arithmetic _ _ t _ _ | Convert _ t _ | FloatToInteger _ t _ | PointerToInteger _ t _ => TInteger t
  | Load _ t _ _ _ | Store t _ _ _ | Havoc _ t | HavocMemory _ t _ => t
  | _ => TPointer
  end.

Definition well_shaped (i : instruction) : bool :=
  match i with
  | Move r a => match operand_class a with Some c => gives r c | None => false end
  | Linear r _ l =>
    gives r CInteger && Nat.leb (length l) 64 && forallb (fun p => has_class (register_class (snd p)) CInteger) l
  | Arithmetic r _ _ a b | CompareIntegers r _ a b => gives r CInteger && is a CInteger && is b CInteger
  | Convert r _ a => gives r CInteger && is a CInteger
  | ComparePointers r _ _ a b => gives r CInteger && is a CPointer && is b CPointer
  | CompareFloats r _ a b => gives r CInteger && is a CFloat && is b CFloat
  | FloatArithmetic r _ _ a b => gives r CFloat && is a CFloat && is b CFloat
  | FloatNegate r _ a | ConvertFloat r _ a => gives r CFloat && is a CFloat
  | IntegerToFloat r _ a => gives r CFloat && is a CInteger
  | FloatToInteger r _ a => gives r CInteger && is a CFloat
  | Offset r a b k _ => gives r CPointer && is a CPointer && is b CInteger && small k
  | Difference r a b k => gives r CInteger && is a CPointer && is b CPointer && (0 <? k) && small k
  | PointerToInteger r _ a => gives r CInteger && is a CPointer
  | IntegerToPointer r a => gives r CPointer && is a CInteger
  | Load r t _ p a => gives r (class_of t) && is a CPointer && fits_place p
  | Store t p a b => is a CPointer && is b (class_of t) && fits_place p
  | Copy a b c => is a CPointer && is b CPointer && is c CInteger
  | Fill a b c => is a CPointer && is b CInteger && is c CInteger
  | Scramble a c | Probe a c => is a CPointer && is c CInteger
  | Allocate r k c => gives r CPointer && is c CInteger && is_power k
  | Free a => is a CPointer
  | Start o _ _ c => is_mine o && match c with Some c => is c CInteger | None => true end
  | End_ o => is_mine o
  | Havoc r t => gives r (class_of t)
  | Assume x a => is_assumption x && is a CInteger
  | Check _ a => is a CInteger
  | Call r g l =>
    match PM.find g (cfunctions P) with
    | None => false
    | Some G =>
      arguments_match l (cparameters G) (cvariadic G) &&
      match r, cresult G with Some r, Some t => gives r (class_of t) | Some _, None => false | None, _ => true end
    end
  | CallPointer r a l =>
    is a CPointer && forallb (fun a => match operand_class a with Some _ => true | None => false end) l &&
    match r with Some r => match register_class r with Some c => gives r c | None => false end | None => true end
  | HavocMemory r t x => is_assumption x && gives_optional r (class_of t)
  | ObjectSize r a => gives r CInteger && is a CPointer
  end.

(** *** Automatic objects are alive where they are named *)

Definition set := PM.t unit.
Definition names_live (s : set) (a : operand) : bool := match a with OAutomatic o => exists_in s o | _ => true end.

Definition operands_of (i : instruction) : list operand :=
  match i with
  | Move _ a | Convert _ _ a | FloatNegate _ _ a | ConvertFloat _ _ a | IntegerToFloat _ _ a | FloatToInteger _ _ a
  | PointerToInteger _ _ a | IntegerToPointer _ a | Load _ _ _ _ a | Free a | Assume _ a | Check _ a | ObjectSize _ a
  | Allocate _ _ a => [a]
  | Arithmetic _ _ _ a b | CompareIntegers _ _ a b | ComparePointers _ _ _ a b | CompareFloats _ _ a b
  | FloatArithmetic _ _ _ a b | Offset _ a b _ _ | Difference _ a b _ | Store _ _ a b | Scramble a b
      | Probe a b => [a; b]
  | Copy a b c | Fill a b c => [a; b; c]
  | Start _ _ _ (Some c) => [c]
  | Call _ _ l => l
  | CallPointer _ a l => a :: l
  | _ => []
  end.

Fixpoint live_through (l : list (id * (id * instruction))) (s : set) : option set :=
  match l with
  | [] => Some s
  | (_, (_, i)) :: l =>
    if forallb (names_live s) (operands_of i) then
      match i with
      | Start o _ _ _ => if exists_in s o then None else live_through l (PM.add o tt s)
      | End_ o => if exists_in s o then live_through l (PM.remove o s) else None
      | _ => live_through l s
      end
    else None
  end.

Definition set_of (l : list id) : set := fold_left (fun s o => PM.add o tt s) l (PM.empty _).

Fixpoint ascending (l : list id) : bool :=
  match l with x :: (y :: _) as l' => Pos.ltb x y && ascending l' | _ => true end.

Definition targets_of (t : terminator) : list id :=
  match t with
  | Goto b => [b]
  | Branch _ b c => [b; c]
  | Switch _ cases d => d :: map snd cases
  | LabelGoto _ _ l => l
  | Return _ | Halt => []
  end.

Definition operand_of_end (t : terminator) : list operand :=
  match t with Branch a _ _ | Switch a _ _ | LabelGoto a _ _ | Return (Some a) => [a] | _ => [] end.

Fixpoint cases_ascend (last : option Z) (l : list (Z * Z * id)) : bool :=
  match l with
  | [] => true
  | (a, b, _) :: l => (a <=? b) && match last with Some n => n <? a | None => true end && cases_ascend (Some b) l
  end.

Definition well_ended (t : terminator) : bool :=
  match t with
  | Goto _ | Halt => true
  | Branch a _ _ => is a CInteger
  | Switch a cases _ => is a CInteger && cases_ascend None cases
  | LabelGoto a labels l =>
    is a CPointer && negb (match l with [] => true | _ => false end) &&
    match PM.find labels (cstatics P) with
    | Some o => match static_kind_of o with KLabels => true | _ => false end
    | None => false
    end
  | Return None => match cresult F with None => true | Some _ => false end
  | Return (Some a) => match cresult F with Some t => is a (class_of t) | None => false end
  end.

(** A block other than the first, in which the same objects are alive. *)
Definition may_go (s : set) (b : id) : bool :=
  negb (Pos.eqb b 1%positive) &&
  match PM.find b (cblocks F) with
  | Some B => Nat.eqb (length (live B)) (PM.cardinal s) && forallb (exists_in s) (live B)
  | None => false
  end.

Definition well_formed_block (b : id) (B : cblock) : bool :=
  forallb is_mine (live B) && ascending (live B) &&
  (negb (Pos.eqb b 1%positive) || match live B with [] => true | _ => false end) &&
  forallb (fun i => proper_type (type_of (snd (snd i))) && well_shaped (snd (snd i))) (ccode B) &&
    well_ended (clast B) &&
  match live_through (ccode B) (set_of (live B)) with
  | None => false
  | Some s => forallb (names_live s) (operand_of_end (clast B)) && forallb (may_go s) (targets_of (clast B))
  end.

Definition well_formed_function : bool :=
  forallb (fun p => Pos.ltb (fst p) (cregister_count F) && proper_type (snd p)) (PM.elements (cregisters F)) &&
  forallb (fun p => match PM.find (fst p) (cregisters F) with Some t => type_eqb t (snd p) | None => false end)
    (cparameters F) && ascending (map fst (cparameters F)) &&
  match cresult F with Some t => proper_type t | None => true end &&
  exists_in (cblocks F) 1%positive && forallb (fun p => well_formed_block (fst p) (snd p)) (PM.elements (cblocks F)).
End WellFormed.

(** A function of which an operand or an initial value takes the address is one that an unknown pointer may call. *)
Definition taken_operand (P : cprogram) (a : operand) : bool :=
  match a with OFunction f => existsb (Pos.eqb f) (taken P) | _ => true end.
Definition taken_block (P : cprogram) (B : cblock) : bool :=
  forallb (fun i => forallb (taken_operand P) (operands_of (snd (snd i)))) (ccode B) &&
  forallb (taken_operand P) (operand_of_end (clast B)).
Definition taken_value (P : cprogram) (i : initial_value) : bool :=
  match i with IFunction f => existsb (Pos.eqb f) (taken P) | _ => true end.

(** What is unknown has any value of its cell's type. *)
Definition initial_class (t : type) (i : initial_value) : class :=
  match i with
  | IInteger _ => CInteger
  | IFloat _ => CFloat
  | INull | IObject _ _ | IFunction _ => CPointer
  | IUnknown => class_of t
  end.
(** Integers are in their types, what an address is of exists, and what is unknown has a value. *)
Definition proper_value (P : cprogram) (t : type) (i : initial_value) : bool :=
  match i, t with
  | IInteger n, TInteger t => (least t <=? n) && (n <=? greatest t)
  | IObject o _, _ => exists_in (cstatics P) o
  | IFunction f, _ => exists_in (cfunctions P) f
  | IUnknown, _ => proper_type t
  | _, _ => true
  end.
Definition well_formed_cell (P : cprogram) (c : Z * type * initial_value) : bool :=
  let '(_, t, i) := c in class_eqb (initial_class t i) (class_of t) && taken_value P i && proper_value P t i.

(** The cells of an object, which ascend, lie apart inside of [from, to). *)
Fixpoint cells_apart (from to : Z) (l : list (Z * type * initial_value)) : bool :=
  match l with
  | [] => from <=? to
  | (p, t, _) :: l => (from <=? p) && cells_apart (p + width t) to l
  end.
Definition well_formed_data (P : cprogram) (d : static_object) : bool :=
  forallb (well_formed_cell P) (initial_cells d) && cells_apart 0 (8 * static_size d) (initial_cells d).

Definition well_formed (P : cprogram) : bool :=
  forallb (fun p => forallb (fun b => taken_block P (snd b)) (PM.elements (cblocks (snd p))))
    (PM.elements (cfunctions P)) &&
  forallb (fun p => well_formed_data P (snd p)) (PM.elements (cstatics P)) &&
  forallb (fun p => well_formed_function P (fst p) (snd p)) (PM.elements (cfunctions P)) &&
  match PM.find (centry P) (cfunctions P) with
  | Some F => match cparameters F with [] => true | _ => false end
  | None => false
  end.

(** ** Certificates whose parts fit each other (section 5) *)

Section Fitting.
Variable P : cprogram.
Variable C : certificate.

Definition static_kind_eqb (a b : static_kind) : bool :=
  match a, b with KGlobal, KGlobal | KConstant, KConstant | KLabels, KLabels | KExternal, KExternal => true
    | _, _ => false end.

(** Every base has one tag that is no object's own business: null, functions, static objects. *)
Definition fitting_tag (p : id * tag) : bool :=
  let '(t, body) := p in
  match body with
  | TNull => Pos.eqb t null_tag
  | TEnded => Pos.eqb t ended_tag
  | TFreed => Pos.eqb t freed_tag
  | TFunction f => Pos.eqb t (f + 3)
  | TStatic o k size alignment =>
    Pos.eqb t (o + (function_count P + 2)) &&
    match PM.find o (cstatics P) with
    | Some d => static_kind_eqb (static_kind_of d) k && (static_size d =? size) && (static_alignment d =? alignment)
    | None => false
    end
  | TNone => true
  | TLocal o c many _ _ =>
    match PM.find o (local_tag C), PM.find c (clones C) with
    | Some m, Some body =>
      match PM.find c m with Some u => Pos.eqb u t | None => false end &&
      (many || negb (recursive body)) && existsb (Pos.eqb t) (local_tags body)
    | _, _ => false
    end
  | THeap c i (Some p) a =>
    match PM.find p (tags C) with
    | Some (THeap c' i' None a') => Pos.eqb c c' && Pos.eqb i i' && (a =? a')
    | _ => false
    end
  | THeap _ _ None _ => true
  end.

Definition has_function_tag (f : id) : bool :=
  match PM.find (f + 3)%positive (tags C) with Some (TFunction g) => Pos.eqb f g | _ => false end.
Definition has_static_tag (o : id) : bool :=
  match PM.find (o + (function_count P + 2))%positive (tags C) with Some (TStatic p _ _ _) => Pos.eqb o p
    | _ => false end.

Definition is_local_of (c t : id) : bool :=
  match PM.find t (tags C) with Some (TLocal _ d _ _ _) => Pos.eqb d c | _ => false end.

(** Clones begin at the first block of their function, and end their own locals. *)
Definition fitting_clone (p : id * clone) : bool :=
  let '(c, body) := p in
  forallb (is_local_of c) (local_tags body) &&
  match PM.find (clone_entry body) (nodes C) with
  | Some n => Pos.eqb (node_clone n) c && Pos.eqb (node_block n) 1%positive
  | None => false
  end.

Definition fitting_constant (f : memory_fact) : bool :=
  match PM.find (fact_tag f) (tags C) with Some t => is_read_only t | None => false end.

(** Ends of ranges are binary64 numbers, moduli positive, cells of a row apart, bytes such. *)
Definition proper_end (x : spec_float) : bool := match x with S754_nan => false | _ => valid_binary 53 1024 x end.
Definition proper_range (r : frange) : bool := proper_end (flower r) && proper_end (fupper r).
Definition proper_entry (e : entry) : bool := 1 <=? modulus e.
Definition proper_predicate (p : predicate) : bool :=
  match p with
  | PInteger _ m _ => 1 <=? m
  | PPointer (Some l) => forallb proper_entry l
  | PFloat (Some r) => proper_range r
  | _ => true
  end.
Definition proper_fact (f : memory_fact) : bool :=
  match fact_about f with
  | Cells _ count stride t _ p =>
    (1 <=? count) && (if count =? 1 then stride =? 0 else width t <=? stride) && proper_type t && proper_predicate p
  | Bytes _ _ v => (0 <=? v) && (v <? 256)
  | _ => true
  end.
Definition proper_register_fact (f : register_fact) : bool :=
  match f with RTargets _ l _ => forallb proper_entry l | RFloat _ r _ => proper_range r | _ => true end.

Definition proper_place (p : named_place) : bool :=
  match place_subject p with PCell _ t => proper_type t | PSize => true end.

Definition fitting : bool :=
  forallb fitting_tag (PM.elements (tags C)) &&
  match PM.find null_tag (tags C), PM.find ended_tag (tags C), PM.find freed_tag (tags C) with
  | Some TNull, Some TEnded, Some TFreed => true
  | _, _, _ => false
  end &&
  forallb (fun p => has_function_tag (fst p)) (PM.elements (cfunctions P)) &&
  forallb (fun p => has_static_tag (fst p)) (PM.elements (cstatics P)) &&
  forallb fitting_clone (PM.elements (clones C)) &&
  forallb (fun p => fitting_constant (snd p) && proper_fact (snd p)) (PM.elements (constants C)) &&
  forallb (fun p => forallb proper_fact (exit_facts (snd p)) && forallb proper_register_fact (result_facts (snd p)))
    (PM.elements (clones C)) &&
  forallb (fun p => forallb proper_fact (memory_facts (snd p)) && forallb proper_register_fact (register_facts (snd p)))
    (PM.elements (nodes C)) &&
  forallb (fun p => forallb proper_place (exit_places (snd p))) (PM.elements (clones C)) &&
  forallb (fun p => forallb proper_place (places (snd p))) (PM.elements (nodes C)) &&
  forallb (fun p => forallb (fun c => proper_type (snd (fst c))) (initial_cells (snd p))) (PM.elements (cstatics P)).
End Fitting.

(** ** The initial data *)

Section Initial.
Variable P : cprogram.

Definition value_satisfies (v : initial_value) (t : type) (p : predicate) (u : type) : bool :=
  match p with
  | PInteger b m r =>
    match v with
    | IInteger n =>
      (same_sign t u || contains_range (range_of_type u) (exactly n)) && contains_range b (exactly n) &&
      fits (n - r) && ((n - r) mod m =? 0)
    | _ => (m =? 1) && bounds_eqb (relaxed b (range_of_type u)) all
    end
  | PPointer None => true
  | PPointer (Some l) =>
    match v with
    | INull => existsb (fun e => Pos.eqb (entry_tag e) null_tag) l
    | IFunction f => existsb (fun e => Pos.eqb (entry_tag e) (f + 3)) l
    | IObject o k =>
      existsb (fun e => Pos.eqb (entry_tag e) (o + (function_count P + 2)) && entry_contains e (Some k)) l
    | _ => false
    end
  | PFloat None => true
  | PFloat (Some r) =>
    match v with
    | IFloat S754_nan => may_be_nan r
    | IFloat x => fle (flower r) x && fle x (fupper r)
    | _ => false
    end
  end.

(** The predicate speaks of values of the type's class. *)
Definition speaks_of (p : predicate) (t : type) : bool :=
  match p, t with PInteger _ _ _, TInteger _ | PPointer _, TPointer | PFloat _, TFloat _ => true | _, _ => false end.

Definition zero_value (t : type) : initial_value :=
  match t with TInteger _ => IInteger 0 | TPointer => INull | TFloat _ => IFloat (S754_zero false) end.

(** The number of the object's cells that the fact's cells are; none if one contradicts them. *)
Fixpoint matching (l : list (Z * type * initial_value)) (first till stride : Z) (t : type) (p : predicate) (n : Z)
  : option Z :=
  match l with
  | [] => Some n
  | (pos, u, v) :: l =>
    if (pos + width u <=? first) || (till <=? pos) then matching l first till stride t p n
    else if pos <? first then None
    else
      let k := (pos - first) mod stride in
      if (k =? 0) && same_cell u t then
        if value_satisfies v u p t then matching l first till stride t p (n + 1) else None
      else if (width t <=? k) && (k + width u <=? stride) then matching l first till stride t p n
      else None
  end.

Definition holds_initially (a : about) (t : tag) : bool :=
  match a, t with
  | Absent, THeap _ _ _ _ => true
  | _, TStatic o k size _ =>
    let bits := 8 * size in
    match a, PM.find o (cstatics P) with
    | Initialised from to, _ => (0 <=? from) && (to <=? bits)
    | Size b, _ => contains_range b (exactly size)
    | Bytes from to v, Some s =>
      match k with KExternal => false | _ => true end && (v =? 0) && (0 <=? from) && (to <=? bits) &&
      forallb (fun c => let '(p, t, _) := c in (p + width t <=? from) || (to <=? p)) (initial_cells s)
    | Cells first count stride u _ p, Some s =>
      let till := first + (count - 1) * stride + width u in
      match k with KExternal => false | _ => true end && speaks_of p u && (0 <=? first) && (till <=? bits) &&
      match matching (initial_cells s) first till (step_between stride u) u p 0 with
      | Some n => (n =? count) || value_satisfies (zero_value u) u p u
      | None => false
      end
    | _, _ => false
    end
  | _, _ => false
  end.
End Initial.

Definition fact_holds_initially (P : cprogram) (C : certificate) (f : memory_fact) : bool :=
  match PM.find (fact_tag f) (tags C) with Some t => holds_initially P (fact_about f) t | None => false end.

Definition entry_holds (P : cprogram) (C : certificate) : bool :=
  forallb (fun p => fact_holds_initially P C (snd p)) (PM.elements (constants C)) &&
  match PM.find (entry_clone C) (clones C) with
  | None => false
  | Some c =>
    Pos.eqb (clone_function c) (centry P) &&
    match PM.find (clone_entry c) (nodes C) with
    | None => false
    | Some n =>
      match places n, register_facts n with [], [] => true | _, _ => false end &&
      forallb (fact_holds_initially P C) (memory_facts n)
    end
  end.

(** ** Verdicts (section 4) *)

Inductive verdict := Unreachable | NotProved | Proved (l : label).

(** What the events say of each obligation: its claims' labels together; and what all paths rest on. *)
Definition ledger := (PM.t verdict * label)%type.

Definition record (s : ledger) (e : event) : ledger :=
  match e with
  | Claimed o l =>
    (PM.add o
       match PM.find o (fst s) with
       | Some (Proved m) => Proved (union m l)
       | Some NotProved => NotProved
       | _ => Proved l
       end (fst s), snd s)
  | Unproved o => (PM.add o NotProved (fst s), snd s)
  | Control l => (fst s, union (snd s) l)
  end.

Definition verdict_of (s : ledger) (o : positive) : verdict :=
  match PM.find o (fst s) with
  | Some (Proved l) => Proved (union l (snd s))
  | Some NotProved => NotProved
  | _ => Unreachable
  end.

Fixpoint check_nodes (P : cprogram) (C : certificate) (number : id -> id -> kind -> option positive) (l : list node)
  (s : ledger) : option ledger :=
  match l with
  | [] => Some s
  | n :: l =>
    match check_node P C number n with
    | Some e => check_nodes P C number l (fold_left record e s)
    | None => None
    end
  end.

(** What holds, or nothing. *)
Definition check (P : cprogram) (C : certificate) (number : id -> id -> kind -> option positive) : option ledger :=
  if well_formed P && fitting P C && entry_holds P C then
    check_nodes P C number (map snd (PM.elements (nodes C))) (PM.empty _, [])
  else None.
