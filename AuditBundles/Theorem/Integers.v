(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Integer instructions (FORMAT.md section 6.1) *)

From Coq Require Import ZArith List Bool FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Integers.
Variable X : context.

(** ** Bounded and wrapped results *)

Definition demand_in (high low : derived) (t : itype) : M unit :=
  demand (match upper (type_range t) with Some u => bound high <=? u | None => true end &&
          match lower (type_range t) with Some l => l <=? bound low | None => true end).

Definition bounded (g : state) (f : form) (t : itype) (c : claim) : M state :=
  if is_claimed c then
    let* high := upper_bound g f in
    let* low := lower_bound g f in
    demand_in high low t ;;
    settle c (union (label_of high) (label_of low)) ;; ret g
  else ret (add_bounds g f (type_range t) (alarm c)).

(** The value modulo [2^bits], in the range of the type. *)
Definition wrapped (g : state) (f : form) (t : itype) : M (state * form) :=
  let* mode := read_small in
  if mode =? 0 then
    let* k := read_signed in
    let* moved := (if k =? 0 then ret f
                   else let* p := power (bits t) in
                        let* n := product k p in
                        let* n := negated n in
                        lift (add_number f n)) in
    let* high := upper_bound g moved in
    let* low := lower_bound g moved in
    demand_in high low t ;;
    ret (labelled g moved (union (label_of high) (label_of low)))
  else if (mode =? 1) || (mode =? 2) then
    let '(g, s) := fresh_bounded g (type_range t) [] in
    if mode =? 1 then ret (g, s)
    else
      demand (bits t <=? 64) ;;
      let* m := power (bits t) in
      let* d := lift (subtract s f) in
      let* n := negated (snd d) in
      ret (add_congruence g (fst d) m (n mod m) [], s)
  else reject.

(** The form, or a fresh symbol where its numbers leave 128 bits. *)
Definition or_fresh (g : state) (f : option form) : state * form :=
  match f with Some f => (g, f) | None => fresh_integer g end.

Definition settled (g : state) (f : form) (t : itype) (site : id) : M (state * form) :=
  if signed t then
    let* c := read_claim X site SignedOverflow in
    let* g := bounded g f t c in ret (g, f)
  else wrapped g f t.

(** ** Products and quotients over boxes *)

Record box := { a_upper : Z; a_lower : Z; b_upper : Z; b_lower : Z; box_label : label }.

Definition read_box (g : state) (a b : form) : M box :=
  let* au := finite_upper g a in
  let* al := finite_lower g a in
  let* bu := finite_upper g b in
  let* bl := finite_lower g b in
  ret {| a_upper := bound au; a_lower := bound al; b_upper := bound bu; b_lower := bound bl;
         box_label := union (union (label_of au) (label_of al)) (union (label_of bu) (label_of bl)) |}.

Definition least4 (a b c d : Z) : Z := Z.min (Z.min a b) (Z.min c d).
Definition most4 (a b c d : Z) : Z := Z.max (Z.max a b) (Z.max c d).

Definition corners (x : box) (op : Z -> Z -> M Z) : M bounds :=
  let* a := op (a_lower x) (b_lower x) in
  let* b := op (a_lower x) (b_upper x) in
  let* c := op (a_upper x) (b_lower x) in
  let* d := op (a_upper x) (b_upper x) in
  ret {| lower := Some (least4 a b c d); upper := Some (most4 a b c d) |}.

Definition divisor_may_be_zero (x : box) : bool := (b_lower x <=? 0) && (0 <=? b_upper x).

(** Truncated quotients by divisors in [l, u], none of them 0. *)
Definition quotients_of (x : box) (l u : Z) : M (option bounds) :=
  if l <=? u then
    let* r := corners {| a_upper := a_upper x; a_lower := a_lower x; b_upper := u; b_lower := l;
      box_label := [] |} quotient in
    ret (Some r)
  else ret None.

Definition quotients (x : box) : M bounds :=
  if divisor_may_be_zero x then
    let* p := quotients_of x 1 (b_upper x) in
    let* n := quotients_of x (b_lower x) (-1) in
    match p, n with
    | Some p, Some n => ret (hull p n)
    | Some p, None => ret p
    | None, Some n => ret n
    | None, None => reject
    end
  else
    let* r := quotients_of x (b_lower x) (b_upper x) in lift r.

Definition multiplied (g : state) (a b : form) : M (state * form) :=
  let* mode := read_small in
  if mode =? 0 then
    let* f := (if is_constant a then lift (scaled b (snd a))
               else demand (is_constant b) ;; lift (scaled a (snd b))) in
    ret (g, f)
  else if mode =? 1 then
    let* x := read_box g a b in
    let* r := corners x product in
    ret (fresh_bounded g r (box_label x))
  else if mode =? 2 then ret (fresh_integer g)
  else if (mode =? 3) || (mode =? 4) then
    let '(factor, other) := if mode =? 3 then (b, a) else (a, b) in
    let* high := finite_upper g factor in
    let* low := finite_lower g factor in
    demand (bound high =? bound low) ;;
    let* f := lift (scaled other (bound high)) in
    ret (labelled g f (union (label_of high) (label_of low)))
  else reject.

(** What it rests on that the divisor is not 0. *)
Definition nonzero (g : state) (b : form) (site : id) : M (state * label) :=
  let* c := read_claim X site DivisionByZero in
  if is_claimed c then
    let* k := read_small in
    let* l :=
      (if k =? 0 then let* d := lower_bound g b in demand (1 <=? bound d) ;; ret (label_of d)
       else if k =? 1 then let* d := upper_bound g b in demand (bound d <=? -1) ;; ret (label_of d)
       else if k =? 2 then let* n := read_unsigned in exclusion_of_zero g n b
       else if k =? 3 then demand (is_constant b && negb (snd b =? 0)) ;; ret []
       else if k =? 4 then
         let* r := congruence g b in
         let '(_, r, l) := r in demand (negb (r =? 0)) ;; ret l
       else reject) in
    settle c l ;; ret (g, l)
  else ret (add_exclusion g b 0 0 (alarm c), alarm c).

Definition divided (g : state) (a b : form) (t : itype) (site : id) : M (state * form) :=
  let* p := nonzero g b site in
  let '(g, known) := p in
  let* mode := read_small in
  let* p :=
    (if mode =? 0 then
       let* x := read_box g a b in
       let l := if divisor_may_be_zero x then union (box_label x) known else box_label x in
       let* r := quotients x in
       let '(g, q) := fresh_bounded g r l in
       if is_constant b && (0 <? snd b) then
         let* cq := lift (scaled q (snd b)) in
         match gap cq a with
         | Some d =>
           let most := snd b - 1 in
           let g := add_linear g d (if 0 <=? a_lower x then 0 else most) l in
           let* e := lift (scaled d (-1)) in
           ret (add_linear g e most l, q)
         | None => ret (g, q)
         end
       else ret (g, q)
     else if mode =? 1 then ret (fresh_integer g)
     else reject) in
  let '(g, q) := p in
  if signed t then
    let* c := read_claim X site SignedOverflow in
    let* g := bounded g q t c in ret (g, q)
  else ret (g, q).

(** Claims that the remainder does not overflow: the dividend is not the least value, or the divisor not -1. *)
Definition remainder_overflow (g : state) (a b : form) (t : itype) (site : id) : M unit :=
  let* c := read_claim X site SignedOverflow in
  if is_claimed c then
    let* k := read_small in
    let* l :=
      (if k =? 0 then let* d := lower_bound g a in demand (least t <? bound d) ;; ret (label_of d)
       else if k =? 1 then let* d := lower_bound g b in demand (0 <=? bound d) ;; ret (label_of d)
       else if k =? 2 then let* d := upper_bound g b in demand (bound d <=? -2) ;; ret (label_of d)
       else reject) in
    settle c l
  else ret tt.

Definition remaindered (g : state) (a b : form) (t : itype) (site : id) : M (state * form) :=
  let* p := nonzero g b site in
  let g := fst p in
  (if signed t then remainder_overflow g a b t site else ret tt) ;;
  let* mode := read_small in
  if mode =? 0 then
    let* x := read_box g a b in
    let* m := (if b_lower x <? 0 then negated (b_lower x) else ret (b_lower x)) in
    let* n := (if b_upper x <? 0 then negated (b_upper x) else ret (b_upper x)) in
    let* largest := difference (Z.max m n) 1 in
    let up := Z.min (a_upper x) largest in
    let* below := negated (a_lower x) in
    let* down := negated (Z.min below largest) in
    ret (fresh_bounded g
           {| lower := Some (if 0 <=? a_lower x then 0 else down);
              upper := Some (if 0 <=? a_lower x then up else if a_upper x <=? 0 then 0 else up) |}
           (box_label x))
  else if mode =? 1 then ret (fresh_integer g)
  else if mode =? 2 then
    let* low := lower_bound g a in
    let* d := lift (subtract a b) in
    let* high := upper_bound g d in
    demand ((0 <=? bound low) && (bound high <=? -1)) ;;
    ret (labelled g a (union (label_of low) (label_of high)))
  else if mode =? 3 then
    let* x := read_box g a b in
    demand ((b_lower x =? b_upper x) && negb (b_lower x =? 0)) ;;
    let* low := quotient (a_lower x) (b_lower x) in
    let* high := quotient (a_upper x) (b_lower x) in
    demand (low =? high) ;;
    let* n := product low (b_lower x) in
    let* n := negated n in
    let* f := lift (add_number a n) in
    ret (labelled g f (box_label x))
  else reject.

Definition shifted_form (g : state) (a b : form) (left : bool) : M (state * form) :=
  let* mode := read_small in
  if mode =? 0 then
    demand (is_constant b) ;;
    let* p := power (snd b) in
    if left then let* f := lift (scaled a p) in ret (g, f)
    else
      let '(g, q) := fresh_integer g in
      let* pq := lift (scaled q p) in
      match gap pq a with
      | Some d =>
        let g := add_linear g d 0 [] in
        let* e := lift (scaled d (-1)) in
        ret (add_linear g e (p - 1) [], q)
      | None => ret (g, q)
      end
  else if mode =? 1 then
    let* x := read_box g a b in
    demand ((0 <=? b_lower x) && (b_upper x <? 127)) ;;
    let* r := corners x (fun n k => let* p := power k in if left then product n p else floor_quotient n p) in
    ret (fresh_bounded g r (box_label x))
  else if mode =? 2 then ret (fresh_integer g)
  else reject.

Definition shifted (g : state) (a b : form) (t : itype) (left : bool) (site : id) : M (state * form) :=
  let* c := read_claim X site InvalidShift in
  let* l :=
    (if is_claimed c then
       let* high := upper_bound g b in
       let* low := lower_bound g b in
       demand ((bound high <=? bits t - 1) && (0 <=? bound low)) ;;
       let l := union (label_of high) (label_of low) in
       if left && signed t then
         let* d := lower_bound g a in demand (0 <=? bound d) ;; ret (union l (label_of d))
       else ret l
     else ret []) in
  let* p := shifted_form g a b left in
  let '(g, f) := p in
  let* p :=
    (if left && signed t then
       if is_claimed c then
         let* d := upper_bound g f in demand (bound d <=? greatest t) ;; ret (g, union l (label_of d))
       else
         let g := add_bounds g f {| lower := Some 0; upper := Some (greatest t) |} (alarm c) in
         ret (add_at_least g a 0 (alarm c), l)
     else ret (g, l)) in
  let '(g, l) := p in
  let* p := (if left && negb (signed t) then wrapped g f t else ret (g, f)) in
  let '(g, f) := p in
  settle c l ;;
  ret (if is_claimed c then g else add_bounds g b {| lower := Some 0; upper := Some (bits t - 1) |} (alarm c), f).

(** ** Bitwise operators *)

Definition anded (g : state) (a b : form) (t : itype) : M (state * form) :=
  let* mode := read_small in
  let* p := (if mode =? 4 then let* mode := read_small in ret (b, a, mode) else ret (a, b, mode)) in
  let '(a, b, mode) := p in
  if mode =? 0 then ret (fresh_bounded g (type_range t) [])
  else if mode =? 1 then
    let* low := lower_bound g a in
    demand (0 <=? bound low) ;;
    let* high := finite_upper g b in
    let* low_b := lower_bound g b in
    demand (0 <=? bound low_b) ;;
    let l := union (union (label_of high) (label_of low_b)) (label_of low) in
    let* f := read_flag in
    if f then
      let* high_a := finite_upper g a in
      ret (fresh_bounded g {| lower := Some 0; upper := Some (Z.min (bound high_a) (bound high)) |}
             (union l (label_of high_a)))
    else ret (fresh_bounded g {| lower := Some 0; upper := Some (bound high) |} l)
  else if mode =? 2 then
    demand (is_constant b && (snd b <? maximum)) ;;
    let* k := lift (exponent (snd b + 1)) in
    demand (1 <=? k) ;;
    wrapped g a {| bits := k; signed := false |}
  else if mode =? 3 then
    let* low := lower_bound g b in
    let* high := finite_upper g b in
    demand (0 <=? bound low) ;;
    ret (fresh_bounded g {| lower := Some 0; upper := Some (bound high) |} (union (label_of high) (label_of low)))
  else reject.

(** The least [2^k - 1] that is not below a number that is not negative. *)
Definition ones (n : Z) : Z := if n <=? 0 then 0 else 2 ^ (Z.log2 n + 1) - 1.

Definition ored (g : state) (a b : form) (exclusive : bool) (t : itype) : M (state * form) :=
  let* mode := read_small in
  if mode =? 0 then ret (fresh_bounded g (type_range t) [])
  else if mode =? 1 then
    let* x := read_box g a b in
    demand ((0 <=? a_lower x) && (0 <=? b_lower x)) ;;
    let top := ones (Z.max (a_upper x) (b_upper x)) in
    let '(g, r) := fresh_integer g in
    let g := add_at_least g r (if exclusive then 0 else Z.max (a_lower x) (b_lower x)) (box_label x) in
    let g := add_linear g r top (box_label x) in
    ret (match gap r a with
         | Some d => match gap d b with Some e => add_linear g e 0 (box_label x) | None => g end
         | None => g
         end, r)
  else if mode =? 2 then
    demand (is_constant a && is_constant b) ;;
    ret (g, constant_form (if exclusive then Z.lxor (snd a) (snd b) else Z.lor (snd a) (snd b)))
  else reject.

Definition arithmetic (g : state) (op : operation) (t : itype) (a b : form) (site : id) : M (state * form) :=
  match op with
  | Add => let '(g, f) := or_fresh g (add a b) in settled g f t site
  | Subtract => let '(g, f) := or_fresh g (subtract a b) in settled g f t site
  | Multiply => let* p := multiplied g a b in let '(g, f) := p in settled g f t site
  | Divide => divided g a b t site
  | Remainder => remaindered g a b t site
  | ShiftLeft => shifted g a b t true site
  | ShiftRight => shifted g a b t false site
  | And => anded g a b t
  | Or => ored g a b false t
  | Xor => ored g a b true t
  end.

Fixpoint linear_sum (g : state) (f : form) (l : list (Z * id)) : M form :=
  match l with
  | [] => ret f
  | (k, r) :: l =>
    let* h := integer_of X g (ORegister r) in
    let* f := lift (add_scaled f h k) in linear_sum g f l
  end.

(** A fresh 0 or 1. *)
Definition assign_truth (g : state) (r : id) (d : option (meaning * label)) : state :=
  let '(g, s) := fresh_truth g d in
  assign (add_bounds g s {| lower := Some 0; upper := Some 1 |} []) r (SInteger s).

End Integers.
