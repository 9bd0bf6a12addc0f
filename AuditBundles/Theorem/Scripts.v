(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Steps, jumps and the walk of a node's script (FORMAT.md sections 6 and 6.6) *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Guards Memory Accesses Hints Pointers Loads
  Writes Lifetimes Calls.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Scripts.
Variable X : context.

(** ** Steps between instructions *)

Definition integer_symbol (g : state) (s : positive) : bool :=
  match PM.find s (cregisters (the_body X)) with
  | Some (TFloat _) => false
  | Some _ => true
  | None => Pos.leb (cregister_count (the_body X)) s && Pos.ltb s (next_integer g) &&
            match PM.find s (place_classes g) with Some CFloat => false | _ => true end
  end.

Definition base_symbol (g : state) (s : positive) : bool :=
  match PM.find s (cregisters (the_body X)) with
  | Some TPointer => true
  | Some _ => false
  | None => Pos.leb (cregister_count (the_body X)) s && Pos.ltb s (next_base g) &&
            match PM.find s (place_classes g) with Some CPointer | None => true | _ => false end
  end.

(** A form over symbols that exist. *)
Definition read_form (g : state) : M form := let* t := read_terms (integer_symbol g) in ret (t, 0).

Definition lemma (g : state) : M state :=
  let* f := read_form g in
  let* d := upper_bound g f in
  if contradicts d then demand (is_constant f) ;; ret (add_contradiction g (label_of d))
  else ret (add_linear g f (bound d) (label_of d)).

Definition excluded (g : state) (above : bool) : M state :=
  let* n := read_unsigned in
  let* e := lift (PM.find (fact_number n) (exclusions g)) in
  let '(f, a, b, l) := e in
  if above then
    let* d := upper_bound g f in
    demand (bound d <=? b) ;;
    let* u := difference a 1 in ret (add_linear g f u (union l (label_of d)))
  else
    let* d := lower_bound g f in
    demand (a <=? bound d) ;;
    let* u := sum b 1 in ret (add_at_least g f u (union l (label_of d))).

Definition tighten (g : state) (above : bool) : M state :=
  let* n := read_unsigned in
  let* c := lift (PM.find (fact_number n) (congruences g)) in
  let '(t, m, r, l) := c in
  let f := (t, 0) in
  if above then
    let* d := finite_upper g f in
    let* e := difference (bound d) r in
    let* e := floor_remainder e m in
    let* u := difference (bound d) e in ret (add_linear g f u (union l (label_of d)))
  else
    let* d := finite_lower g f in
    let* e := difference r (bound d) in
    let* e := floor_remainder e m in
    let* u := sum (bound d) e in ret (add_at_least g f u (union l (label_of d))).

Definition constant_lemma (g : state) : M state :=
  let* f := read_form g in
  let* m := read_signed in
  let* high := finite_upper g f in
  let* low := finite_lower g f in
  demand ((2 <=? m) && (bound high =? bound low)) ;;
  ret (add_congruence g (fst f) m (bound high mod m) (union (label_of high) (label_of low))).

Definition decided_lemma (g : state) (t : bool) : M state :=
  let* s := read_id in
  let* l := decided_definition g s t [] in
  ret (if t then add_at_least g (symbol_form s) 1 l else add_linear g (symbol_form s) 0 l).

Definition congruence_lemma (g : state) : M state :=
  let* f := read_form g in
  let* c := congruence g f in
  let '(m, r, l) := c in
  demand (2 <=? m) ;; ret (add_congruence g (fst f) m r l).

Definition memory_lemma (g : state) : M state :=
  let* f := read_memory_fact (the_certificate X) (integer_symbol g) (base_symbol g) in
  demand_memory X ret (fun s => ret (BSymbol s)) g f ;; ret (add_fact g f).

(** A base symbol without targets. *)
Definition pruned (g : state) : M unit :=
  let* s := read_id in
  let* t := lift (PM.find s (targets g)) in
  demand (match fst t with [] => true | _ => false end) ;; rests_on X (snd t).

(** What moves a path on. *)
Inductive move := Execute | Inline | Jump | Stop.

Definition steps_step (again : state -> M (state * move)) (g : state) : M (state * move) :=
  let* k := read_small in
  match k with
  | 0x00 =>
    let* d := upper_bound g (constant_form 0) in
    demand (contradicts d) ;; rests_on X (label_of d) ;; ret (g, Stop)
  | 0x01 => ret (g, Execute)
  | 0x02 => ret (g, Inline)
  | 0x03 => ret (g, Jump)
  | 0x10 => let* g := lemma g in again g
  | 0x11 => let* g := excluded g true in again g
  | 0x12 => let* g := excluded g false in again g
  | 0x13 => let* g := decided_lemma g true in again g
  | 0x14 => let* g := decided_lemma g false in again g
  | 0x15 => let* g := congruence_lemma g in again g
  | 0x16 => pruned g ;; ret (g, Stop)
  | 0x19 => let* g := tighten g true in again g
  | 0x1a => let* g := tighten g false in again g
  | 0x1b => let* g := memory_lemma g in again g
  | 0x1c => let* g := constant_lemma g in again g
  | _ => reject
  end.
Definition steps (g : state) : M (state * move) := loop steps_step g.

(** ** Single instructions *)

Definition execute (g : state) (number site : id) (i : instruction) : M state :=
  match i with
  | Move r a => let* v := value_of X g a in ret (assign g r v)
  | Linear r k l => let* f := linear_sum X g (constant_form k) l in ret (assign g r (SInteger f))
  | Arithmetic r op t a b =>
    let* x := integer_of X g a in
    let* y := integer_of X g b in
    let* p := arithmetic X g op t x y site in ret (assign (fst p) r (SInteger (snd p)))
  | Convert r t a =>
    let* x := integer_of X g a in
    let* p := wrapped g x t in ret (assign (fst p) r (SInteger (snd p)))
  | CompareIntegers r c a b =>
    let* x := integer_of X g a in
    let* y := integer_of X g b in ret (assign_truth g r (Some (MIntegers c x y, [])))
  | ComparePointers r c bases a b => compare_pointers X g r c bases a b site
  | CompareFloats r c a b =>
    let* x := float_of X g a in
    let* y := float_of X g b in ret (assign_truth g r (Some (MFloats c x y, [])))
  | FloatArithmetic r op f a b => float_arithmetic X g r op f a b
  | FloatNegate r f a => float_unary X g r f a true
  | ConvertFloat r f a => float_unary X g r f a false
  | IntegerToFloat r f a => integer_to_float X g r f a
  | FloatToInteger r t a => float_to_integer X g r t a site
  | Offset r a b k check => offset_pointer X g r a b k check site
  | Difference r a b k => pointer_difference X g r a b k site
  | PointerToInteger r t a =>
    let* p := pointer_of X g a in
    let '(g, f) := fresh_bounded g (type_range t) [] in ret (assign g r (SInteger f))
  | IntegerToPointer r a => integer_to_pointer X g r a
  | Load r t v p a => load X g r t v p a site
  | Store t p a b => store X g t p a b site
  | Copy a b c => copy_memory X g a b c site
  | Fill a b c => fill_memory X g a (Some b) c site
  | Scramble a c => fill_memory X g a None c site
  | Probe a c => probe X g a c site
  | Allocate r k c => allocate X g number r k c
  | Free a => free_object X g a site
  | Start o k n c => start_object X g o k n c site
  | End_ o => let* t := automatic_tag X o in end_local X g t
  | Havoc r t => let* p := fresh_value X g t in ret (assign (fst p) r (snd p))
  | Assume x a => let* f := integer_of X g a in guard X g f true [x]
  | Check k a =>
    let* c := read_claim X site k in
    let* f := integer_of X g a in
    if is_claimed c then let* l := decided g f true in settle c l ;; ret g
    else guard X g f true (alarm c)
  | HavocMemory r t _ => havoc_memory X g r t
  | ObjectSize r a => object_size X g r a site
  | Call _ _ _ | CallPointer _ _ _ => reject
  end.

(** ** The tree of a node's paths *)

Definition find_block (b : id) : M cblock := lift (PM.find b (cblocks (the_body X))).

(** An edge's guard, and the block to which it leads. *)
Definition edge := ((state -> M state) * id)%type.

Fixpoint switch_edges (f : form) (cases : list (Z * Z * id)) : list edge :=
  match cases with
  | [] => []
  | (l, u, b) :: cases => ((fun g => ret (add_bounds g f {| lower := Some l; upper := Some u |} [])),
      b) :: switch_edges f cases
  end.

(** The edges of a terminator, and the state behind its own claim; none where it is a return or a halt. *)
Definition edges_of (g : state) (site : id) (t : terminator) : M (state * option (list edge)) :=
  match t with
  | Goto b => ret (g, Some [((fun g => ret g), b)])
  | Branch a b c =>
    ret (g, Some [((fun g => let* f := integer_of X g a in guard X g f true []), b);
                  ((fun g => let* f := integer_of X g a in guard X g f false []), c)])
  | Switch a cases d =>
    let* f := integer_of X g a in
    let default := fun g => ret (fold_left (fun g c => let '(l, u, _) := c in add_exclusion g f l u []) cases g) in
    ret (g, Some (switch_edges f cases ++ [(default, d)]))
  | LabelGoto a labels l =>
    let* p := pointer_of X g a in
    let '(b, f) := p in
    let* c := read_claim X site InvalidCall in
    (match cases_of g b with Some (_, tl) => rests_on X tl | None => ret tt end) ;;
    (if is_claimed c then
       let* s := lift (cases_of g b) in
       let* l' :=
         (fix walk (e : list entry) : M label :=
            match e with
            | [] => ret []
            | x :: e =>
              demand (Pos.eqb (entry_tag x) (static_tag X labels)) ;;
              let h := in_case g b x (snd s) in
              let* high := upper_bound h f in
              let* low := lower_bound h f in
              demand ((bound high <? Z.of_nat (length l)) && (0 <=? bound low)) ;;
              let* rest := walk e in ret (union (union (label_of high) (label_of low)) rest)
            end) (fst s) in
       settle c (union (snd s) l')
     else ret tt) ;;
    ret (g, Some (map (fun b => ((fun g => ret g), b)) l))
  | Return a => return_from X g a ;; ret (g, None)
  | Halt => ret (g, None)
  end.

Definition jump_to (g : state) (b : id) : M unit :=
  let* n := read_id in
  let* goal := find_node X n in
  demand (Pos.eqb (node_clone goal) (the_clone X) && Pos.eqb (node_block goal) b) ;;
  let* known := place_values g (places goal) in
  let known := numbered (cregister_count (the_body X)) known in
  demand_facts X (fun r => match PM.find r known with Some v => ret v | None => value_of_register X g r end) g
    (register_facts goal) (memory_facts goal).

(** The rest of a block, from a state. *)
Definition place_in_script := (state * list (id * (id * instruction)) * (id * terminator))%type.

Fixpoint all_callees (again : place_in_script -> M unit) (g : state) (l : list (id * (id * instruction)))
  (e : id * terminator)
  (r : option id) (arguments : list operand) (c : list id) : M unit :=
  match c with
  | [] => ret tt
  | f :: c =>
    let* h := call X g r f arguments in
    (match h with Some h => again (h, l, e) | None => ret tt end) ;;
    all_callees again g l e r arguments c
  end.

Fixpoint all_edges (again : place_in_script -> M unit) (g : state) (l : list edge) : M unit :=
  match l with
  | [] => ret tt
  | (guarded, b) :: l =>
    let* h := guarded g in
    let* p := steps h in
    let '(h, m) := p in
    (match m with
     | Stop => ret tt
     | Inline => let* B := find_block b in again (h, ccode B, (csite B, clast B))
     | Jump => jump_to h b
     | Execute => reject
     end) ;;
    all_edges again g l
  end.

Definition path_step (again : place_in_script -> M unit) (p : place_in_script) : M unit :=
  let '(g, l, e) := p in
  let* s := steps g in
  let '(g, m) := s in
  match m with
  | Stop => ret tt
  | Inline | Jump => reject
  | Execute =>
    match l with
    | (_, (_, Call r f arguments)) :: l =>
      let* h := call X g r f arguments in
      match h with Some h => again (h, l, e) | None => ret tt end
    | (_, (site, CallPointer r a arguments)) :: l =>
      let* c := call_pointer X g r a arguments site in
      all_callees again (fst c) l e r arguments (snd c)
    | (n, (site, i)) :: l =>
      let* g := execute g n site i in again (g, l, e)
    | [] =>
      let* p := edges_of g (fst e) (snd e) in
      match snd p with Some edges => all_edges again (fst p) edges | None => ret tt end
    end
  end.

Definition walk (p : place_in_script) : M unit := loop path_step p.

(** ** A node *)

Definition assume_register (g : state) (f : register_fact) : M state :=
  match f with
  | RLinear t b l => ret (add_linear g (t, 0) b l)
  | RCongruence t m r l => ret (add_congruence g t m r l)
  | RTargets r e l => make_current X g r e l
  | RFloat r range l => ret (set_range g r range l)
  end.

Definition check_script (n : node) : M unit :=
  let* g := each (register_facts n) assume_register (entry_state (cregister_count (the_body X)) (places n)) in
  let g := fold_left add_fact (memory_facts n) g in
  let* b := find_block (node_block n) in
  walk (g, ccode b, (csite b, clast b)).

End Scripts.

(** Checks a node: what its script relied on; the script must be used up. *)
Definition check_node (P : cprogram) (C : certificate) (number : id -> id -> kind -> option positive) (n : node)
  : option (list event) :=
  match PM.find (node_clone n) (clones C) with
  | None => None
  | Some c =>
    match PM.find (clone_function c) (cfunctions P) with
    | None => None
    | Some f =>
      let X := {| the_program := P; the_certificate := C; obligation_number := number;
                  the_function := clone_function c; the_body := f; the_clone := node_clone n; the_clone_body := c;
                  first_static_tag := (function_count P + 2)%positive |} in
      match check_script X n (script n) with
      | Some (_, [], e) => Some e
      | _ => None
      end
    end
  end.
