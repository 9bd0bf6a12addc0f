(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Calls, and returns from them (FORMAT.md section 6.6) *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Hints Lifetimes.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Calls.
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

Fixpoint opaque_values (g : state) (l : list named_place) : M (state * list svalue) :=
  match l with
  | [] => ret (g, [])
  | p :: l =>
    let* v := opaque_value g (place_type p) in
    let '(g, v) := v in
    let* r := opaque_values g l in
    let '(g, r) := r in ret (g, v :: r)
  end.

(** The values of places take the place of what was known of the same cells and sizes. *)
Fixpoint take_places (g : state) (l : list named_place) (v : list svalue) : state :=
  match l, v with
  | p :: l, x :: v =>
    let g := match place_subject p with
             | PCell bit t =>
               keep_contents g (place_tag p) (fun c => negb ((position_of c =? bit) && same_cell (content_type c) t))
             | PSize => g
             end in
    take_places (hold_place g p x) l v
  | _, _ => g
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

(** A form with its registers replaced; none where it leaves the forms of the checker. *)
Fixpoint substituted (valuation : id -> M svalue) (t : terms) (f : form) : M (option form) :=
  match t with
  | [] => ret (Some f)
  | (r, k) :: t =>
    let* v := valuation r in
    match v with
    | SInteger h | SPointer _ h =>
      match add_scaled f h k with Some f => substituted valuation t f | None => ret None end
    | SFloat _ => reject
    end
  end.
Definition replaced (valuation : id -> M svalue) (f : form) : M (option form) :=
  let* h := substituted valuation (fst f) (constant_form 0) in
  ret (match h with Some h => add_number h (snd f) | None => None end).

Definition add_exit (valuation : id -> M svalue) (g : state) (f : memory_fact) : M state :=
  match fact_about f with
  | Segment a b =>
    let* a := replaced valuation a in
    let* b := replaced valuation b in
    ret (match a, b with
         | Some a, Some b => add_fact g (with_about f (Segment a b) (fact_label f))
         | _, _ => g
         end)
  | AbsentIfNull r =>
    let* v := valuation r in
    match v with
    | SPointer (BSymbol s) _ => ret (add_fact g (with_about f (AbsentIfNull s) (fact_label f)))
    | SPointer (BTag _) _ => ret g
    | _ => reject
    end
  | _ => ret (add_fact g f)
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

(** Other objects may have the tags that were allocated. *)
Definition forget_sizes (g : state) (t : id) : state :=
  match partner_of t with Some p => remove_size (remove_size g t) p | None => remove_size g t end.

Definition apply_effects (g : state) (e : effects) : M state :=
  if everything e then ret (havoc_facts X g)
  else
    let g := fold_left forget_sizes (allocates e) g in
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
  let* known := place_values g (places e) in
  let known := numbered (cregister_count f) known in
  demand_facts X (fun r => lift (match PM.find r known with Some v => Some v | None => PM.find r bound end)) g
    (register_facts e) (memory_facts e) ;;
  demand_effects (clone_effects c) ;;
  let* g := apply_effects g (clone_effects c) in
  if returns c then
    let* p := match cresult f with
              | Some t => let* p := opaque_value g t in ret (fst p, Some (snd p))
              | None => ret (g, None)
              end in
    let '(g, result) := p in
    let* p := opaque_values g (exit_places c) in
    let '(g, exits) := p in
    let exits_by_number := numbered (Pos.succ (cregister_count f)) exits in
    let valuation := fun r =>
      if Pos.eqb r (cregister_count f) then lift (match result with Some v => Some v | None => PM.find r bound end)
      else lift (match PM.find r exits_by_number with Some v => Some v | None => PM.find r bound end) in
    let* g := each (result_facts c) (add_result valuation) g in
    let* g := each (exit_facts c) (add_exit valuation) g in
    let g := take_places g (exit_places c) exits in
    ret (Some (match result with Some v => assign_result g r v | None => g end))
  else ret None.

(** The hints of a return. *)
Definition return_from (g : state) (a : option operand) : M unit :=
  let c := the_clone_body X in
  demand (returns c) ;;
  let* v := match a with Some a => let* v := value_of X g a in ret (Some v) | None => ret None end in
  let* g := each (local_tags c) (end_local X) g in
  let v := option_map (fun v => fold_left (fun v t => ended_value t v) (local_tags c) v) v in
  let* known := place_values g (exit_places c) in
  let known := numbered (Pos.succ (cregister_count (the_body X))) known in
  demand_facts X
    (fun r => if Pos.eqb r (cregister_count (the_body X)) then lift v
              else match PM.find r known with Some v => ret v | None => value_of_register X g r end)
    g (result_facts c) (exit_facts c).

(** *** Calls through pointers *)

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

End Calls.
