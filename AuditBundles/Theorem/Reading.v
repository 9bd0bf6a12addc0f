(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Reading scripts (FORMAT.md section 1), labels, and numbers that fail where they leave 128 bits

    The checker reads bytes as it goes, and says what it relied on as events. Nothing is proved about what bytes
    mean: the theorem holds for whatever was read. *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Strings.Byte.
From AICheck Require Import Semantics.
Import ListNotations.
Open Scope Z_scope.
Module PM := PositiveMap.

(** ** Labels: sets of assumption numbers, plus one, ascending (section 4) *)

Definition label := list positive.

Fixpoint union (a : label) : label -> label :=
  match a with
  | [] => fun b => b
  | x :: a' =>
    fix inner (b : label) : label :=
      match b with
      | [] => a
      | y :: b' =>
        match Pos.compare x y with
        | Lt => x :: union a' b
        | Gt => y :: inner b'
        | Eq => x :: union a' b'
        end
      end
  end.

Fixpoint subset (a : label) : label -> bool :=
  match a with
  | [] => fun _ => true
  | x :: a' =>
    fix inner (b : label) : bool :=
      match b with
      | [] => false
      | y :: b' =>
        match Pos.compare x y with
        | Lt => false
        | Gt => inner b'
        | Eq => subset a' b'
        end
      end
  end.

Definition label_eqb (a b : label) : bool := subset a b && subset b a.

(** ** Events: what the scripts claimed, and what the paths rest on *)

(** Obligations by number, plus one. *)
Inductive event :=
| Claimed (o : positive) (l : label)
| Unproved (o : positive)
| Control (l : label).

(** ** The monad: bytes are consumed, events are emitted, anything wrong rejects *)

Definition stream := list byte.
Definition M (A : Type) := stream -> option (A * stream * list event).

Definition ret {A} (a : A) : M A := fun s => Some (a, s, []).
Definition reject {A} : M A := fun _ => None.
Definition bind {A B} (m : M A) (f : A -> M B) : M B := fun s =>
  match m s with
  | None => None
  | Some (a, s, e) =>
    match f a s with
    | None => None
    | Some (b, s, e') => Some (b, s, match e with [] => e' | _ => e ++ e' end)
    end
  end.
Definition emit (e : event) : M unit := fun s => Some (tt, s, [e]).
Definition demand (b : bool) : M unit := if b then ret tt else reject.
Definition lift {A} (o : option A) : M A := match o with Some a => ret a | None => reject end.

Declare Scope monad_scope.
Notation "'let*' x := m 'in' f" := (bind m (fun x => f)) (at level 200, x pattern, m at level 100, f at level 200)
  : monad_scope.
Notation "m ;; f" := (bind m (fun _ => f)) (at level 199, right associativity) : monad_scope.
Open Scope monad_scope.

(** ** Numbers *)

Definition bound128 : Z := 170141183460469231731687303715884105728.
Definition minimum : Z := - bound128.
Definition maximum : Z := bound128 - 1.
Definition fits (n : Z) : bool := (minimum <=? n) && (n <=? maximum).
Definition checked (n : Z) : option Z := if fits n then Some n else None.
Definition sum (a b : Z) : M Z := lift (checked (a + b)).
Definition difference (a b : Z) : M Z := lift (checked (a - b)).
Definition product (a b : Z) : M Z := lift (checked (a * b)).
Definition negated (a : Z) : M Z := difference 0 a.
(** Rounded to zero. *)
Definition quotient (a b : Z) : M Z := if b =? 0 then reject else lift (checked (Z.quot a b)).
(** Rounded down, by a positive number. *)
Definition floor_quotient (a b : Z) : M Z := if 0 <? b then ret (a / b) else reject.
Definition floor_remainder (a b : Z) : M Z := if 0 <? b then ret (a mod b) else reject.
Definition power (k : Z) : M Z := if (0 <=? k) && (k <? 127) then ret (2 ^ k) else reject.
(** [k] with [a = 2^k]. *)
Definition exponent (a : Z) : option Z := if 0 <? a then let k := Z.log2 a in if 2 ^ k =? a then Some k
  else None else None.

Definition id_eqb (a b : id) : bool := Pos.eqb a b.

(** ** Fields *)

Definition number_of (b : byte) : Z := Z.of_N (Byte.to_N b).

Definition read_byte : M byte := fun s => match s with [] => None | b :: s => Some (b, s, []) end.
Definition read_small : M Z := let* b := read_byte in ret (number_of b).

Definition read_flag : M bool := fun s =>
  match s with x00 :: s => Some (false, s, []) | x01 :: s => Some (true, s, []) | _ => None end.

(** Unsigned LEB128 in its shortest form: the groups of seven bits, the lowest first. *)
Fixpoint leb128 (s : stream) (scale : Z) : option (Z * stream) :=
  match s with
  | [] => None
  | b :: s =>
    let n := number_of b in
    if n <? 128 then if n =? 0 then None else Some (n * scale, s)
    else match leb128 s (scale * 128) with Some (m, s) => Some ((n - 128) * scale + m, s) | None => None end
  end.

Definition read_leb : M Z := fun s =>
  match s with
  | [] => None
  | b :: s =>
    let n := number_of b in
    if n <? 128 then Some (n, s, [])
    else match leb128 s 128 with Some (m, s) => Some (n - 128 + m, s, []) | None => None end
  end.

Definition read_unsigned : M Z := let* n := read_leb in demand (n <? 9223372036854775808) ;; ret n.
(** A number of something, plus one. *)
Definition read_id : M id := let* n := read_unsigned in ret (Z.to_pos (n + 1)).
(** [id] of the format: none, or a number plus one. *)
Definition read_optional_id : M (option id) :=
  let* n := read_unsigned in ret (match n with Zpos p => Some p | _ => None end).
Definition read_signed : M Z :=
  let* n := read_leb in
  demand (n <? 340282366920938463463374607431768211456) ;; ret (if Z.even n then n / 2 else - (n / 2) - 1).
Definition read_optional_signed : M (option Z) :=
  let* f := read_flag in if f then let* n := read_signed in ret (Some n) else ret None.
Definition read_count : M Z := let* n := read_unsigned in demand (n <=? 16777216) ;; ret n.

(** [n] times; each time takes at least a byte, so the bytes that are left are fuel enough. *)
Fixpoint times {A} (fuel : stream) (n : Z) (body : A -> M A) (a : A) : M A :=
  if n <=? 0 then ret a
  else match fuel with
       | [] => reject
       | _ :: fuel => let* a := body a in times fuel (n - 1) body a
       end.
Definition repeat {A} (n : Z) (body : A -> M A) (a : A) : M A := fun s => times s n body a s.

(** Recursion for a number of rounds so large that no input needs them: [k] is asked only behind them all. *)
Fixpoint rounds {A B} (step : (A -> B) -> A -> B) (n : positive) (k : A -> B) (a : A) : B :=
  match n with
  | xH => step k a
  | xO n => rounds step n (rounds step n k) a
  | xI n => step (rounds step n (rounds step n k)) a
  end.
Definition enough : positive := 4611686018427387904.
Definition loop {A B} (step : (A -> M B) -> A -> M B) (a : A) : M B := rounds step enough (fun _ => reject) a.
(* Proofs must not count. *)
Global Strategy opaque [enough].
Global Opaque enough.

(** A list of [n] things. *)
Definition read_list {A} (n : Z) (one : M A) : M (list A) :=
  let* l := repeat n (fun l => let* a := one in ret (a :: l)) [] in ret (rev' l).

(** 8 bytes, the lowest first. *)
Definition read_bits64 : M Z :=
  let* a := read_small in let* b := read_small in let* c := read_small in let* d := read_small in
  let* e := read_small in let* f := read_small in let* g := read_small in let* h := read_small in
  ret (a + 256 * (b + 256 * (c + 256 * (d + 256 * (e + 256 * (f + 256 * (g + 256 * h))))))).

Definition read_type : M type :=
  let* k := read_small in
  if k =? 0 then
    let* bits := read_small in
    let* signed := read_flag in
    demand ((1 <=? bits) && (bits <=? 128)) ;; ret (TInteger {| bits := bits; signed := signed |})
  else if k =? 1 then ret TPointer
  else if k =? 2 then
    let* f := read_small in
    if f =? 0 then ret (TFloat Binary32) else if f =? 1 then ret (TFloat Binary64)
    else if f =? 2 then ret (TFloat Extended80) else reject
  else reject.
