(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Linear forms and ranges (FORMAT.md section 6) *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading.
Import ListNotations.
Open Scope Z_scope.

(** Symbols ascend and no coefficient is 0; symbols are numbers plus one. *)
Definition terms := list (positive * Z).
Definition form := (terms * Z)%type.

Definition constant_form (n : Z) : form := ([], n).
Definition symbol_form (s : positive) : form := ([(s, 1)], 0).
Definition is_constant (f : form) : bool := match fst f with [] => true | _ => false end.

(** The symbol, if the form is one symbol and nothing else. *)
Definition lone_symbol (f : form) : option positive :=
  match f with ([(s, 1)], 0) => Some s | _ => None end.

Fixpoint terms_eqb (t u : terms) : bool :=
  match t, u with
  | [], [] => true
  | (x, a) :: t, (y, b) :: u => Pos.eqb x y && (a =? b) && terms_eqb t u
  | _, _ => false
  end.
Definition form_eqb (f g : form) : bool := (snd f =? snd g) && terms_eqb (fst f) (fst g).
Definition is_zero (f : form) : bool := form_eqb f (constant_form 0).

(** No number is the least one: the form has a negative. *)
Definition negatable_terms (t : terms) : bool := forallb (fun p => negb (snd p =? minimum)) t.
Definition negatable (f : form) : bool := negb (snd f =? minimum) && negatable_terms (fst f).

(** [k * t]; none where a number leaves 128 bits. *)
Fixpoint scale_terms (k : Z) (t : terms) : option terms :=
  match t with
  | [] => Some []
  | (x, a) :: t =>
    match checked (a * k), scale_terms k t with
    | Some b, Some u => Some ((x, b) :: u)
    | _, _ => None
    end
  end.

Definition cons_term (x : positive) (a : Z) (t : option terms) : option terms :=
  match t with Some t => Some (if a =? 0 then t else (x, a) :: t) | None => None end.

(** [t + k * u], for [k] not 0. *)
Fixpoint merge (k : Z) (t : terms) : terms -> option terms :=
  match t with
  | [] => scale_terms k
  | (x, a) :: t' =>
    fix inner (u : terms) : option terms :=
      match u with
      | [] => Some t
      | (y, b) :: u' =>
        match Pos.compare x y with
        | Lt => cons_term x a (merge k t' u)
        | Gt => match checked (b * k) with Some c => cons_term y c (inner u') | None => None end
        | Eq =>
          match checked (b * k) with
          | Some c => match checked (a + c) with Some d => cons_term x d (merge k t' u') | None => None end
          | None => None
          end
        end
      end
  end.

(** [f + k * g]; none where a number leaves 128 bits, or with more than 64 terms. *)
Definition add_scaled (f g : form) (k : Z) : option form :=
  if k =? 0 then Some f
  else
    match checked (snd g * k) with
    | None => None
    | Some c =>
      match checked (snd f + c) with
      | None => None
      | Some c =>
        match fst g with
        | [] => Some (fst f, c)
        | _ =>
          match merge k (fst f) (fst g) with
          | Some t => if Nat.leb (length t) 64 then Some (t, c) else None
          | None => None
          end
        end
      end
    end.
Definition add (f g : form) : option form := add_scaled f g 1.
Definition subtract (f g : form) : option form := add_scaled f g (-1).
Definition add_number (f : form) (n : Z) : option form :=
  match checked (snd f + n) with Some c => Some (fst f, c) | None => None end.
Definition scaled (f : form) (k : Z) : option form := add_scaled (constant_form 0) f k.

(** The difference; none where it, or its negative, or that of an operand, leaves the numbers of facts. *)
Definition gap (f g : form) : option form :=
  if negatable f && negatable g then
    match subtract f g with Some h => if negatable h then Some h else None | None => None end
  else None.

(** ** Ranges with either end open *)

Record bounds := { lower : option Z; upper : option Z }.
Definition all : bounds := {| lower := None; upper := None |}.
Definition exactly (n : Z) : bounds := {| lower := Some n; upper := Some n |}.

Definition option_eqb (a b : option Z) : bool :=
  match a, b with Some a, Some b => a =? b | None, None => true | _, _ => false end.
Definition bounds_eqb (a b : bounds) : bool := option_eqb (lower a) (lower b) && option_eqb (upper a) (upper b).

Definition contains_range (outer inner : bounds) : bool :=
  match lower outer with
  | None => true
  | Some l => match lower inner with Some m => l <=? m | None => false end
  end &&
  match upper outer with
  | None => true
  | Some u => match upper inner with Some m => m <=? u | None => false end
  end.

Definition hull (a b : bounds) : bounds :=
  {| lower := match lower a, lower b with Some x, Some y => Some (Z.min x y) | _, _ => None end;
     upper := match upper a, upper b with Some x, Some y => Some (Z.max x y) | _, _ => None end |}.

(** The values of an integer type; unsigned 128 has no upper end among the checker's numbers. *)
Definition type_range (t : itype) : bounds :=
  {| lower := Some (least t);
     upper := if negb (signed t) && (bits t =? 128) then None else Some (greatest t) |}.

(** With a type's ends where an end is open or farther out. *)
Definition completed (b t : bounds) : bounds :=
  {| lower := match lower b, lower t with
              | Some x, Some y => if x <? y then Some y else Some x
              | None, y => y
              | x, None => x
              end;
     upper := match upper b, upper t with
              | Some x, Some y => if y <? x then Some y else Some x
              | None, y => y
              | x, None => x
              end |}.

(** Without the ends that a type gives anyway. *)
Definition relaxed (b t : bounds) : bounds :=
  {| lower := match lower b, lower t with Some x, Some y => if x <=? y then None else Some x | x, _ => x end;
     upper := match upper b, upper t with Some x, Some y => if y <=? x then None else Some x | x, _ => x end |}.
