(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Calls, jumps and the walk of a node's script (FORMAT.md sections 6 and 6.6) *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Pointers Loads
  Writes Lifetimes.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Scripts.
Variable X : context.

Definition find_clone (c : id) : M clone := lift (PM.find c (clones (the_certificate X))).
Definition find_node (n : id) : M node := lift (PM.find n (nodes (the_certificate X))).
Definition find_function (f : id) : M cfunction := lift (PM.find f (cfunctions (the_program X))).

(** ** Calls *)

Fixpoint bind_parameters (p : list (id * type)) (v : list svalue) (m : PM.t svalue) : PM.t svalue :=
  match p, v with (r, _) :: p, x :: v => bind_parameters p v (PM.add r x m) | _, _ => m end.

(** A value without facts. *)
Definition opaque_value (g : state) (t : type) : M (state * svalue) :=
  match t with
  | TInteger _ => let '(g, f) := fresh_integer g in ret (g, SInteger f)
  | TPointer => fresh_value_pointer X g None
  | TFloat _ => let '(g, x) := fresh_float g None in ret (g, SFloat x)
  end.

Definition add_result (valuation : id -> M svalue) (g : state) (f : register_fact) : M state :=
  match f with
  | RLinear t b l => let* h := substitute valuation t (constant_form 0) in ret (add_linear g h b l)
  | RCongruence t m r l =>
    let* h := substitute valuation t (constant_form 0) in
    let* d := difference r (snd h) in
    let* r := floor_remainder d m in ret (add_congruence g (fst h) m r l)
  | RTargets r e l =>
    let* v := valuation r in
    match v with
    | SPointer (BSymbol b) f =>
      match lone_symbol f with
      | Some s => if Pos.eqb s (own_offset g b) then make_current X g b e l else ret g
      | None => ret g
      end
    | _ => ret g
    end
  | RFloat r range l =>
    let* v := valuation r in
    ret (match v with SFloat (FSymbol s) => set_range g s range l | _ => g end)
  end.

(** The callee's effects lie inside this clone's. *)
Fixpoint demand_written (l : list (id * bounds)) : M unit :=
  match l with [] => ret tt | (t, r) :: l => demand_effect X t r false ;; demand_written l end.

Definition demand_effects (e : effects) : M unit :=
  demand_effect_label X (effects_label e) ;;
  if everything (own_effects X) then ret tt
  else
    demand (negb (everything e)) ;;
    demand_written (written e) ;;
    demand (forallb (fun t => mem_id t (frees (own_effects X))) (frees e) &&
            forallb (fun t => mem_id t (allocates (own_effects X))) (allocates e)).

Definition partner_of (t : id) : option id :=
  match PM.find t (tags (the_certificate X)) with Some (THeap _ _ p _) => p | _ => None end.

Definition apply_effects (g : state) (e : effects) : M state :=
  if everything e then ret (havoc_facts X g)
  else
    let* g := each (written e) (fun g w => cut g (fst w) (snd w) true) g in
    let* g :=
      each (frees e)
        (fun g t =>
           let* g := keep_facts g t (fun a => negb (is_alive_fact a)) in
           ret (rename_one X g t [freed_tag] true [])) g in
    let g :=
      fold_left
        (fun g t =>
           let g := remove_all g t in
           match partner_of t with
           | Some p => rename_one X (remove_all g p) t [p] true []
           | None => g
           end) (allocates e) g in
    ret (label_memory g (effects_label e)).

(** The state behind the call; none if it does not return. *)
Definition call (g : state) (r : option id) (callee : id) (arguments : list operand) : M (option state) :=
  let* n := read_id in
  let* c := find_clone n in
  demand (Pos.eqb (clone_function c) callee) ;;
  let own := the_clone_body X in
  demand ((level c <? level own) || (recursive c && recursive own && (level c =? level own))) ;;
  let* f := find_function callee in
  let* v := (fix values (l : list operand) : M (list svalue) :=
               match l with
               | [] => ret []
               | a :: l => let* x := value_of X g a in let* r := values l in ret (x :: r)
               end) arguments in
  let bound := bind_parameters (cparameters f) v (PM.empty _) in
  let* e := find_node (clone_entry c) in
  demand_facts X (fun r => lift (PM.find r bound)) g (register_facts e) (memory_facts e) ;;
  demand_effects (clone_effects c) ;;
  let* g := apply_effects g (clone_effects c) in
  if returns c then
    let* p := match cresult f with
              | Some t => let* p := opaque_value g t in ret (fst p, Some (snd p))
              | None => ret (g, None)
              end in
    let '(g, result) := p in
    let valuation := fun r =>
      if Pos.eqb r (cregister_count f) then lift (match result with Some v => Some v | None => PM.find r bound end)
      else lift (PM.find r bound) in
    let* g := each (result_facts c) (add_result valuation) g in
    let g := fold_left add_fact (exit_facts c) g in
    ret (Some (match result with Some v => assign_result g r v | None => g end))
  else ret None.

(** The hints of a return. *)
Definition return_from (g : state) (a : option operand) : M unit :=
  let c := the_clone_body X in
  demand (returns c) ;;
  let* v := match a with Some a => let* v := value_of X g a in ret (Some v) | None => ret None end in
  let* g := each (local_tags c) (end_local X) g in
  let v := option_map (fun v => fold_left (fun v t => ended_value t v) (local_tags c) v) v in
  demand_facts X
    (fun r => if Pos.eqb r (cregister_count (the_body X)) then lift v else value_of_register X g r)
    g (result_facts c) (exit_facts c).

(** *** Calls through pointers *)

Definition type_eqb (t u : type) : bool :=
  match t, u with
  | TInteger t, TInteger u => (bits t =? bits u) && Bool.eqb (signed t) (signed u)
  | TPointer, TPointer => true
  | TFloat Binary32, TFloat Binary32 | TFloat Binary64, TFloat Binary64 | TFloat Extended80, TFloat Extended80 => true
  | _, _ => false
  end.

Definition operand_fitsb (a : operand) (t : type) : bool :=
  match a, t with
  | ORegister r, _ => match PM.find r (cregisters (the_body X)) with Some u => type_eqb u t | None => false end
  | OInteger _, TInteger _ | OFloat _, TFloat _ => true
  | (OInteger _ | OFloat _), _ => false
  | _, TPointer => true
  | _, _ => false
  end.

Fixpoint arguments_fitb (l : list operand) (p : list (id * type)) (more : bool) : bool :=
  match l, p with
  | [], [] => true
  | a :: l, (_, t) :: p => operand_fitsb a t && arguments_fitb l p more
  | _ :: _, [] => more
  | [], _ :: _ => false
  end.

Definition fitsb (f : id) (r : option id) (arguments : list operand) : bool :=
  match PM.find f (cfunctions (the_program X)) with
  | None => false
  | Some c =>
    arguments_fitb arguments (cparameters c) (cvariadic c) &&
    match r with
    | None => true
    | Some r =>
      match cresult c, PM.find r (cregisters (the_body X)) with Some t, Some u => type_eqb t u | _, _ => false end
    end
  end.

(** [shift]: what the pointer has more than the base's own offset, if that is known; a function is called at its
    start. *)
Fixpoint callees_of (l : list entry) (shift : option Z) (null invalid : claim) (r : option id)
  (arguments : list operand)
  : M (list (id * entry)) :=
  match l with
  | [] => ret []
  | e :: l =>
    let* body := tag_of X (entry_tag e) in
    let* one :=
      match body with
      | TNull => demand (negb (is_claimed null)) ;; ret []
      | TFunction f =>
        let fitting := fitsb f r arguments && match shift with Some k => k =? 0 | None => true end in
        demand (fitting && option_eqb shift (Some 0) || negb (is_claimed invalid)) ;;
        ret (if fitting then [(f, e)] else [])
      | _ => demand (negb (is_claimed invalid)) ;; ret []
      end in
    let* rest := callees_of l shift null invalid r arguments in
    ret (one ++ rest)
  end.

(** The functions to call, and what is known of the pointer then. *)
Definition call_pointer (g : state) (r : option id) (a : operand) (arguments : list operand) (site : id)
  : M (state * list id) :=
  let* p := pointer_of X g a in
  let '(b, f) := p in
  let* null := read_claim X site NullDereference in
  let* invalid := read_claim X site InvalidCall in
  match cases_of g b with
  | None =>
    demand (negb (is_claimed null) && negb (is_claimed invalid)) ;;
    ret (g, filter (fun f => fitsb f r arguments) (taken (the_program X)))
  | Some (l, tl) =>
    let* c := callees_of l (shift_of g b f) null invalid r arguments in
    settle null tl ;;
    settle invalid tl ;;
    let* g :=
      (if Nat.ltb (length c) (length l) then
         let label := union tl (union (alarm null) (alarm invalid)) in
         match c, b with
         | [], _ => ret (add_contradiction g label)
         | _, BSymbol s => make_current X g s (map snd c) label
         | _, BTag _ => ret g
         end
       else ret g) in
    rests_on X tl ;;
    ret (g, map fst c)
  end.

(** ** Steps between instructions *)

Definition read_form_step (registers : id) (g : state) (p : terms * Z) : M (terms * Z) :=
  let* s := read_id in
  let* k := read_signed in
  demand ((snd p <? Zpos s) && negb (k =? 0)) ;;
  demand (match PM.find s (cregisters (the_body X)) with
          | Some (TFloat _) => false
          | Some _ => true
          | None => Pos.leb registers s && Pos.ltb s (next_integer g)
          end) ;;
  ret ((s, k) :: fst p, Zpos s).

(** A form over symbols that exist. *)
Definition read_form (g : state) : M form :=
  let* n := read_count in
  demand (n <=? 64) ;;
  let* p := repeat n (read_form_step (cregister_count (the_body X)) g) ([], 0) in
  ret (rev' (fst p), 0).

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
  let* f := read_memory_fact (the_certificate X) in
  demand_memory X g f ;; ret (add_fact g f).

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
  | Return a => return_from g a ;; ret (g, None)
  | Halt => ret (g, None)
  end.

Definition jump_to (g : state) (b : id) : M unit :=
  let* n := read_id in
  let* goal := find_node n in
  demand (Pos.eqb (node_clone goal) (the_clone X) && Pos.eqb (node_block goal) b) ;;
  demand_facts X (value_of_register X g) g (register_facts goal) (memory_facts goal).

(** The rest of a block, from a state. *)
Definition place_in_script := (state * list (id * (id * instruction)) * (id * terminator))%type.

Fixpoint all_callees (again : place_in_script -> M unit) (g : state) (l : list (id * (id * instruction)))
  (e : id * terminator)
  (r : option id) (arguments : list operand) (c : list id) : M unit :=
  match c with
  | [] => ret tt
  | f :: c =>
    let* h := call g r f arguments in
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
      let* h := call g r f arguments in
      match h with Some h => again (h, l, e) | None => ret tt end
    | (_, (site, CallPointer r a arguments)) :: l =>
      let* c := call_pointer g r a arguments site in
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
  let* g := each (register_facts n) assume_register (empty_state (cregister_count (the_body X))) in
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
