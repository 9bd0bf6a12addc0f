(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The invariant of executions

    [sane] speaks of the program alone. [here] ties a running activation to the symbolic state of the path on which
    it is.
    [safe n] says that the next [n] steps violate nothing that the scripts claim. *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds.
Import ListNotations.
Open Scope Z_scope.

(** ** States of a well-formed program *)

Section Sane.
Variable P : cprogram.

(** Values name only functions that an unknown pointer may call. *)
Definition taken_here (x : value) : Prop := names_taken (program_of P) x.

(** The frame stands in a block of its function, and the objects that are alive there are alive. *)
Record sane_frame (m : memory) (F : frame) : Prop := {
  in_code : exists G c s s',
    PM.find (running F) (cfunctions P) = Some G /\ rest F = map snd c /\
    forallb (fun i => Checker.proper_type (type_of (snd (snd i))) &&
      well_shaped P (running F) G (snd (snd i))) c = true /\
    well_ended P G (end_ F) = true /\ live_through c s = Some s' /\
    forallb (names_live s') (operand_of_end (end_ F)) = true /\ forallb (may_go G s') (targets_of (end_ F)) = true /\
    (forall o, exists_in s o = true <-> automatic F o <> None) /\
    forallb (fun i => forallb (taken_operand P) (operands_of (snd (snd i)))) c = true /\
    forallb (taken_operand P) (operand_of_end (end_ F)) = true;
  in_class : forall G r t, PM.find (running F) (cfunctions P) = Some G -> PM.find r (cregisters G) = Some t ->
    class_of_value (registers F r) = class_of t;
  in_life : forall o n, automatic F o = Some n ->
    is_mine P (running F) o = true /\
    exists k b, n = Dynamic k /\ m n = Some b /\ alive b = true /\ stored_as b = SAutomatic;
  apart : forall o o' n, automatic F o = Some n -> automatic F o' = Some n -> o = o';
  registers_taken : forall G r t, PM.find (running F) (cfunctions P) = Some G -> PM.find r (cregisters G) = Some t ->
    taken_here (registers F r) }.

(** Cells have values of their class. *)
Definition sane_cells (m : memory) : Prop :=
  forall n o p w c x, m n = Some o -> cell o p w c = Some x -> taken_here x /\ class_of_value x = c.

(** What waits for a result gets one: the function that runs has a result, of the class of the register. *)
Definition gets_result (f : id) (r : option id) (F : frame) : Prop :=
  forall x, r = Some x -> exists G H t,
    PM.find f (cfunctions P) = Some G /\ PM.find (running F) (cfunctions P) = Some H /\
    cresult G = Some t /\ Checker.gives H x (class_of t) = true.

(** So it is with each function of the stack, and with the one above it. *)
Fixpoint results_fit (f : id) (stack : list (option id * frame)) : Prop :=
  match stack with
  | [] => True
  | (r, F) :: stack => gets_result f r F /\ results_fit (running F) stack
  end.

Definition frames (s : Semantics.state) : list frame := top s :: map snd (suspended s).

Record sane (s : Semantics.state) : Prop := {
  frames_sane : forall F, In F (frames s) -> sane_frame (mem s) F;
  results_sane : results_fit (running (top s)) (suspended s);
  frames_apart : forall i j F G o o' n, nth_error (frames s) i = Some F -> nth_error (frames s) j = Some G ->
    automatic F o = Some n -> automatic G o' = Some n -> i = j;
  cells_sane : sane_cells (mem s) }.
End Sane.

Section Invariant.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).

(** ** A path of a script, and the activation that is on it *)

(** The context is that of a clone. *)
Record context_fits (X : context) : Prop := {
  fits_program : the_program X = CP;
  fits_certificate : the_certificate X = C;
  fits_body : PM.find (the_function X) (cfunctions CP) = Some (the_body X);
  fits_clone : PM.find (the_clone X) (clones C) = Some (the_clone_body X);
  fits_function : clone_function (the_clone_body X) = the_function X;
  fits_static : first_static_tag X = (function_count CP + 2)%positive }.

(** What the symbolic state has for a register. *)
Definition symbolic_register (g : state) (r : id) (t : type) : svalue :=
  match PM.find r (assigned g) with
  | Some v => v
  | None =>
    match t with
    | TInteger _ => SInteger (symbol_form r)
    | TPointer => SPointer (BSymbol r) (symbol_form r)
    | TFloat _ => SFloat (FSymbol r)
    end
  end.

(** The activation began in the world [w0], with the registers [entry]. *)
Record activation (X : context) (w0 : world) (entry : id -> value) (F : frame) (w : world) : Prop := {
  act_function : running F = the_function X;
  act_entry_tagged : well_tagged P C (heap w0) (tagging w0);
  act_tagged : well_tagged P C (heap w) (tagging w);
  act_evolves : evolves A P C (clone_effects (the_clone_body X)) w0 w;
  act_own : forall o n, automatic F o = Some n ->
    exists k m t, n = Dynamic k /\ PM.find o (local_tag C) = Some m /\ PM.find (the_clone X) m = Some t /\
                  tagging w k = Some t /\ local_tag_of C t o (the_clone X) /\ heap w0 (Dynamic k) = None;
  act_locals : forall k t b, heap w0 (Dynamic k) = None -> tagging w k = Some t -> PM.find t (tags C) = Some b ->
    is_local b = true -> exists o, automatic F o = Some (Dynamic k);
  (** What is on the stack belongs to clones of higher levels, or to recursive ones. *)
  act_levels : forall k t o c body, tagging w0 k = Some t -> local_tag_of C t o c -> PM.find c (clones C) = Some body ->
    recursive body = false -> level (the_clone_body X) < level body;
  act_parameters : forall r t, In (r, t) (cparameters (the_body X)) -> registers F r = entry r;
  act_newer : forall k, newer (tagging w) k <-> heap w0 (Dynamic k) = None }.

Record here (X : context) (w0 : world) (entry : id -> value) (F : frame) (w : world) (v0 : valuation)
  (g : state) : Prop := {
  held : holds_here A P C (heap w) (tagging w) v0 g;
  denoted : forall r t, PM.find r (cregisters (the_body X)) = Some t ->
    denotes C (heap w) (tagging w) v0 g (symbolic_register g r t) (registers F r);
  assigned_exist : forall r s, PM.find r (assigned g) = Some s ->
    exists t, PM.find r (cregisters (the_body X)) = Some t;
  tables : consistent g;
  beyond_registers : (cregister_count (the_body X) <= next_integer g)%positive /\
                     (cregister_count (the_body X) <= next_base g)%positive /\
                     (cregister_count (the_body X) <= next_float g)%positive;
  acting : activation X w0 entry F w }.

(** ** What the events of a script say *)

Definition controlled (e : list event) : Prop := forall l, In (Control l) e -> Holds l.
Definition about_obligation (o : positive) (e : event) : Prop :=
  match e with Claimed p _ => p = o | Unproved p => p = o | Control _ => False end.

(** Each demand has its obligation, an event speaks of that, and if the events uphold it the demand holds where those
    before it do. *)
Definition claims_hold (X : context) (site : id) (d : list Semantics.demand) (e : list event) : Prop :=
  (forall k, In k (map fst d) -> exists o, obligation_number X (the_function X) site k = Some o /\
                                          Exists (about_obligation o) e) /\
  (forall k o, violated d k -> obligation_number X (the_function X) site k = Some o -> ~ upheld A o e).

(** *** The rule of an instruction is sound *)

Definition rule_is_sound (X : context) (i : instruction) (rule : id -> state -> M state) : Prop :=
  forall site g s g' s' e w0 entry F w v0 l,
  context_fits X -> here X w0 entry F w v0 g ->
  sane_frame CP (heap w) F -> sane_cells CP (heap w) ->
  rest F = (site, i) :: l ->
  rule site g s = Some (g', s', e) -> controlled e ->
  claims_hold X site (demands P F (heap w) i) e /\
  forall F' m', met (demands P F (heap w) i) -> effect A P F (heap w) i F' m' ->
  exists t' v', here X w0 entry F' {| heap := m'; tagging := t' |} v' g'.

(** ** Executions *)

Variable number : id -> id -> kind -> option positive.
(** The events of all scripts. *)
Variable said : event -> Prop.

Definition upheld_always (o : positive) : Prop := (forall l, said (Claimed o l) -> Holds l) /\ ~ said (Unproved o).

Definition good (s : Semantics.state) : Prop :=
  (forall f site k o, violates P s (f, site, k) -> number f site k = Some o -> ~ upheld_always o) /\
  (forall f site k, raises P s (f, site, k) -> exists o e, number f site k = Some o /\ said e /\ about_obligation o e).

Fixpoint safe (n : nat) (s : Semantics.state) : Prop :=
  sane CP s ->
  good s /\ match n with O => True | S n => forall s', step A P s s' -> safe n s' end.

(** The values of which a clone's result facts speak: its registers, behind them its result, then its exit places. *)
Definition exit_values (body : cfunction) (registers : id -> value) (result : option value) (kept : list value)
  (r : id) : option value :=
  if Pos.eqb r (cregister_count body) then result
  else match PM.find r (numbered (Pos.succ (cregister_count body)) kept) with
       | Some x => Some x
       | None => match PM.find r (cregisters body) with Some _ => Some (registers r) | None => None end
       end.

(** The world [w] in which the clone that began in [w0] returns. *)
Record returned (X : context) (w0 : world) (entry : id -> value) (w : world) (registers : id -> value)
  (result : option value) : Prop := {
  ret_returns : returns (the_clone_body X) = true;
  ret_tagged : well_tagged P C (heap w) (tagging w);
  ret_evolves : evolves A P C (clone_effects (the_clone_body X)) w0 w;
  ret_locals : no_new_locals C w0 w;
  ret_parameters : forall r t, In (r, t) (cparameters (the_body X)) -> registers r = entry r;
  ret_result : match cresult (the_body X), result with
               | Some t, Some x => class_of_value x = class_of t
               | None, None => True
               | _, _ => False
               end;
  ret_registers : exists kept, Forall2 (place_holds A C (heap w) (tagging w)) (exit_places (the_clone_body X)) kept /\
    Forall (register_fact_holds A C (heap w) (tagging w) (exit_values (the_body X) registers result kept))
      (result_facts (the_clone_body X)) /\
    Forall (memory_fact_holds A P C (heap w) (tagging w) (exit_values (the_body X) registers result kept))
      (exit_facts (the_clone_body X)) }.

Definition continues (n : nat) (X : context) (w0 : world) (entry : id -> value)
  (stack : list (option id * frame)) : Prop :=
  match stack with
  | [] => True
  | (r, F) :: stack =>
    forall k w registers result, (k < n)%nat -> returned X w0 entry w registers result ->
    safe k {| top := match result with Some x => set_result F r x | None => F end; suspended := stack; mem := heap w |}
  end.

Definition at_place (F : frame) (l : list (id * (id * instruction))) (e : id * terminator) : Prop :=
  rest F = map snd l /\ end_site F = fst e /\ end_ F = snd e.

(** The values that registers have where a node begins, and behind them its places. *)
Definition register_values (body : cfunction) (F : frame) (kept : list value) (r : id) : option value :=
  match PM.find r (numbered (cregister_count body) kept) with
  | Some x => Some x
  | None => match PM.find r (cregisters body) with Some _ => Some (registers F r) | None => None end
  end.

Definition nodes_safe (n : nat) : Prop :=
  forall number_of_node N X B w0 entry F w stack kept,
  PM.find number_of_node (nodes C) = Some N -> context_fits X -> obligation_number X = number ->
  the_clone X = node_clone N -> PM.find (node_block N) (cblocks (the_body X)) = Some B ->
  at_place F (ccode B) (csite B, clast B) ->
  Forall2 (place_holds A C (heap w) (tagging w)) (places N) kept ->
  Forall (register_fact_holds A C (heap w) (tagging w) (register_values (the_body X) F kept)) (register_facts N) ->
  Forall (memory_fact_holds A P C (heap w) (tagging w) (register_values (the_body X) F kept)) (memory_facts N) ->
  activation X w0 entry F w -> continues n X w0 entry stack ->
  safe n {| top := F; suspended := stack; mem := heap w |}.

(** What remains of a script is safe from every state of which the symbolic state at the place speaks. *)
Definition place_safe (X : context) (p : place_in_script) : Prop :=
  let '(g, l, e) := p in
  forall n w0 entry F w v0 stack,
  (forall k, (k < n)%nat -> nodes_safe k) ->
  here X w0 entry F w v0 g -> at_place F l e -> continues n X w0 entry stack ->
  safe n {| top := F; suspended := stack; mem := heap w |}.

End Invariant.
