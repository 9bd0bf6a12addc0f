(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Facts and contents that a copy moves along *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Writes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs SpareProofs WorldProofs.
Import ListNotations.
Open Scope Z_scope.

Section Clip.
Variable P : program.
Variable C : certificate.
Variable m : memory.
Variable tagged : ghost.
Variable z : valuation.
Variables s o' : object.
Variables from till distance : Z.
Notation says := (says P C m tagged z).

(** The bits of [s] from [from] to [till] are those of [o'] that lie [distance] bits behind them. *)
Record moves : Prop := {
  bits_moved : forall b, from <= b < till -> initialised o' (b + distance) = initialised s b;
  cells_moved : forall p w c, 0 < w -> from <= p -> p + w <= till -> cell o' (p + distance) w c = cell s p w c;
  whole_bytes : distance mod 8 = 0 }.

Lemma cell_moved : forall p t q u, moves -> 0 < width t -> from <= p -> p + width t <= till ->
  wholly_initialised s p (width t) /\ cell_satisfies P C m tagged s p t q \/ u = true /\
    ~ wholly_initialised s p (width t) ->
  wholly_initialised o' (p + distance) (width t) /\ cell_satisfies P C m tagged o' (p + distance) t q \/
  u = true /\ ~ wholly_initialised o' (p + distance) (width t).
Proof.
  intros p t q u MV W L U S. unfold cell_satisfies in *. rewrite (cells_moved MV p (width t) (class_of t) W L U).
  assert (E : wholly_initialised o' (p + distance) (width t) <-> wholly_initialised s p (width t)).
  { unfold wholly_initialised. split; intros H b B.
    - rewrite <- (bits_moved MV) by lia. apply H. lia.
    - replace b with (b - distance + distance) by lia. rewrite (bits_moved MV) by lia. apply H. lia. }
  rewrite E. exact S.
Qed.

(** What is left of a fact in the range holds where its bits went. *)
Theorem clipped_holds : forall a q b q' e, proper_about a -> clipped a from till distance q = Some (b, q', e) ->
  proper_about b /\ (moves -> says s a -> says o' b) /\
    match b with Alive | Absent | Size _ | Segment _ _ | AbsentIfNull _ => False | _ => True end.
Proof.
  intros a q b q' e PR H.
  assert (RANGE : forall x y (make : Z -> Z -> about) b q q' e,
            (let l := Z.max x from in let h := Z.min y till in
             demand (l <? h) ;; (let* l := sum l distance in let* h := sum h distance in ret (make l h))) q = Some
               (b, q', e) ->
            exists l h, x <= l /\ h <= y /\ from <= l /\ h <= till /\ b = make (l + distance) (h + distance)).
  { clear. intros x y make b q q' e H. cbn zeta in H. unfold sum in H. monad.
    exists (Z.max x from), (Z.min y till). repeat split; auto; lia. }
  destruct a as [first count stride t u pr|x y|x y v| |bd| |x y| |]; cbn [clipped] in H; try (monad; discriminate H).
  - cbv zeta in H. pose proof PR as (C1 & ST & T & PQ). pose proof (type_has_bits _ T) as W.
    set (d := step_between stride t) in *.
    assert (D : 0 < d /\ (stride = d \/ stride = 0 /\ count = 1)).
    { unfold d, step_between. destruct (stride =? 0) eqn:Z0; monad; booleans.
      - split; [exact W|]. right. split; [assumption|]. destruct (count =? 1) eqn:C2; monad; booleans; lia.
      - destruct (count =? 1) eqn:C2; monad; booleans; lia. }
    clearbody d. destruct D as [D0 DS].
    apply bind_inv in H as (low & q1 & e1 & e1' & LOW & H & _). unfold difference in LOW.
    apply lift_inv in LOW as (LOW & _ & _).
    apply checked_inv in LOW as [-> _].
    apply bind_inv in H as (k & q2 & e2 & e2' & K & H & _).
    assert (KK : 0 <= k /\ from <= first + k * d).
    { destruct (from - first <=? 0) eqn:L; monad; booleans; [lia|]. unfold sum, floor_quotient in *.
      assert (D' : (0 <? d) = true) by (apply Z.ltb_lt; lia). rewrite D' in K. monad.
      pose proof (Z.div_mod (from - first + (d - 1)) d ltac:(lia)).
      pose proof (Z.mod_pos_bound (from - first + (d - 1)) d D0).
      split; [apply Z.div_pos; lia|]. nia. }
    apply bind_inv in H as (en & q3 & e3 & e3' & EN & H & _). unfold difference in EN.
    apply lift_inv in EN as (EN & _ & _).
    apply checked_inv in EN as [-> _].
    apply bind_inv in H as (room & q4 & e4 & e4' & RO & H & _). unfold difference in RO.
    apply lift_inv in RO as (RO & _ & _).
    apply checked_inv in RO as [-> _].
    apply bind_inv in H as (last & q5 & e5 & e5' & LA & H & _).
    assert (LL : forall j, j <= last -> 0 <= j -> first + j * d + width t <= till).
    { intros j J J0. destruct (till - width t - first <? 0) eqn:R; monad; booleans; [lia|]. unfold floor_quotient in LA.
      assert (D' : (0 <? d) = true) by (apply Z.ltb_lt; lia). rewrite D' in LA. monad.
      pose proof (Z.mul_div_le (till - width t - first) d D0). nia. }
    apply bind_inv in H as (u1 & q6 & e6 & e6' & DM & H & _). apply demand_inv in DM as (DM & _ & _).
    apply Z.leb_le in DM.
    apply bind_inv in H as (a & q7 & e7 & e7' & PA & H & _).
    apply (part_of_cells_is _ count) in PA as (-> & _ & _).
    apply bind_inv in H as (f & q8 & e8 & e8' & SU & H & _). unfold sum in SU. apply lift_inv in SU as (SU & _ & _).
    apply checked_inv in SU as [-> _]. apply ret_inv in H as (<- & _ & _).
    set (n := Z.min last (count - 1) - k + 1) in *.
    pose proof (part_proper first count stride t u pr k n PR ltac:(lia)) as PP.
    split; [exact PP|]. split; [|exact I]. intros MV S j J. cbn zeta.
    assert (EJ : first + k * stride + distance + j * (if n =? 1 then 0 else stride) = first + (k + j) * stride +
      distance).
    { destruct (n =? 1) eqn:N1; monad; [assert (j = 0) by lia; subst j|]; ring. }
    rewrite EJ. assert (DJ : first + (k + j) * stride = first + (k + j) * d).
    { destruct DS as [->|[-> CO]]; [reflexivity|]. assert (k + j = 0) by lia. rewrite H. ring. }
    apply cell_moved; [exact MV|exact W| | |exact (S (k + j) ltac:(lia))]; rewrite DJ.
    + nia.
    + apply LL; lia.
  - apply RANGE in H as (l & h & L1 & H1 & L2 & H2 & ->). split; [exact I|]. split; [|exact I]. intros MV S b B.
    replace b with (b - distance + distance) by lia. rewrite (bits_moved MV) by lia. apply S. lia.
  - apply (RANGE x y (fun x y => Bytes x y v)) in H as (l & h & L1 & H1 & L2 & H2 & ->). split; [exact PR|].
    split; [|exact I].
    intros MV [S1 S2]. split.
    + intros b B. replace b with (b - distance + distance) by lia. rewrite (bits_moved MV) by lia. apply S1. lia.
    + intros p w c y0 Z1 Z2 F. replace p with (p - distance + distance) by lia. rewrite (cells_moved MV) by lia.
      apply S2; [lia|lia|].
      destruct c; cbn in *; auto. replace ((p - distance) mod 8) with (p mod 8); [exact F|].
      rewrite Zminus_mod, (whole_bytes MV), Z.sub_0_r, Z.mod_mod by lia. reflexivity.
  - apply RANGE in H as (l & h & L1 & H1 & L2 & H2 & ->). split; [exact I|]. split; [|exact I]. intros MV S b B.
    replace b with (b - distance + distance) by lia. rewrite (bits_moved MV) by lia. apply S. lia.
Qed.

End Clip.
