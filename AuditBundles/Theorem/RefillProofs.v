(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * A range that is filled or scrambled: the object behind, and the facts that are kept *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Writes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs SpareProofs CutProofs WorldProofs WriteProofs
  RewriteProofs.
From AICheck Require Import FloatRanges WritingProofs EntryProofs PredicateProofs RepeatProofs HitProofs WalkProofs
  ClaimProofs AccessProofs.
Import ListNotations.
Open Scope Z_scope.

(** The bits from [x] to [y] are initialised, the cells inside are what [f] says; those that stick out are not known. *)
Record refilled (o o' : object) (x y : Z) (f : Z -> Z -> class -> option value) : Prop := {
  refilled_shell : same_shell o o';
  refilled_bits : forall b, initialised o' b = in_range (x, y) b || initialised o b;
  refilled_cells : forall p w c, cell o' p w c =
    if overlap (x, y) p w then if (x <=? p) && (p + w <=? y) then f p w c else None else cell o p w c }.

Lemma fill_refills : forall o x y v, refilled o (fill o (x, y) v) x y (filled v).
Proof. intros o x y v. split; [apply shell_content|reflexivity|reflexivity]. Qed.
Lemma scramble_refills : forall o x y, refilled o (scramble o (x, y)) x y (fun _ _ _ => None).
Proof. intros o x y. split; [apply shell_content|reflexivity|]. intros p w c. cbn.
  destruct (overlap (x, y) p w), ((x <=? p) && (p + w <=? y))%bool; reflexivity.
Qed.

Lemma refilled_differs : forall r o o' x y f, refilled o o' x y f -> covers r x y -> differs_in r o o'.
Proof.
  intros r o o' x y f [[Z AL ST L] B K] H. split; auto.
  - intros b T. rewrite B, (untouched_out _ _ _ _ H T). reflexivity.
  - intros p w c T. rewrite K, (untouched_apart _ _ _ _ _ H T). reflexivity.
Qed.
Lemma refilled_initialises : forall o o' x y f, refilled o o' x y f -> initialised_stays o o'.
Proof. intros o o' x y f R b I. rewrite (refilled_bits _ _ _ _ _ R), I. apply orb_true_r. Qed.

Lemma any_proper : forall t, proper_predicate (any_predicate t).
Proof. intros [t| |f]; cbn; auto; lia. Qed.

Section Refill.
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable m : memory.
Variable tagged : ghost.
Notation satisfies_predicate := (satisfies_predicate C m tagged).

Lemma any_satisfied : forall t x, class_of_value x = class_of t -> satisfies_predicate (any_predicate t) t x.
Proof.
  intros [t| |f] [n|b o|y] H; cbn in *; try discriminate; auto. split; [split; exact I|apply Z.divide_1_l].
Qed.

(** What is known of the cells of a row that is filled. *)
Definition row_filled (v : option Z) (t : type) (first stride : Z) : predicate :=
  match v with
  | Some v => match repeated v t first stride with Some p => p | None => any_predicate t end
  | None => any_predicate t
  end.

Lemma row_filled_proper : forall v t first stride, proper_predicate (row_filled v t first stride).
Proof.
  intros [v|] t first stride; cbn; auto using any_proper.
  destruct (repeated v t first stride) eqn:R; eauto using any_proper, repeated_proper.
Qed.

(** A cell that [f] gives has its class; of a known byte it is what [filled] says. *)
Definition fills (v : option Z) (f : Z -> Z -> class -> option value) : Prop :=
  (forall p w c x, f p w c = Some x -> class_of_value x = c) /\ (forall b, v = Some b -> 0 <= b < 256 /\ f = filled b).

Lemma filled_class : forall v p w c x, filled v p w c = Some x -> class_of_value x = c.
Proof. intros v p w [] x H; cbn in H; [injection H as <-; reflexivity|..]; destruct (v =? 0); inversion H;
  reflexivity. Qed.

Lemma row_filled_holds : forall v f t first stride k, proper_type t -> fills v f ->
  match f (first + k * stride) (width t) (class_of t) with
  | Some x => satisfies_predicate (row_filled v t first stride) t x
  | None => forall x, of_type P t x -> satisfies_predicate (row_filled v t first stride) t x
  end.
Proof.
  intros v f t first stride k T [FC FV].
  assert (ANY : match f (first + k * stride) (width t) (class_of t) with
                | Some x => satisfies_predicate (any_predicate t) t x
                | None => forall x, of_type P t x -> satisfies_predicate (any_predicate t) t x
                end).
  { destruct (f _ _ _) as [x|] eqn:E; [apply any_satisfied; eauto|]. intros x O. apply any_satisfied.
    eapply of_type_class; eauto. }
  destruct v as [v|]; cbn; [|exact ANY]. destruct (repeated v t first stride) as [q|] eqn:R; [|exact ANY].
  destruct (FV v eq_refl) as [V ->]. pose proof (repeated_holds CP C m tagged FIT v t first stride q k T V R) as Q.
  destruct (filled v _ _ _); auto. intros x O. apply Q. eapply of_type_class; eauto.
Qed.

(** A fact about cells that is kept where a range is filled. *)
Lemma row_refilled : forall i o o' x y v f first count stride t u q, refilled o o' x y f -> fills v f ->
  proper_about (Cells first count stride t u q) ->
  implies (row_filled v t first stride) t q t = true ->
  (forall k, 0 <= k < count -> overlap (x, y) (first + k * stride) (width t) = true ->
     x <= first + k * stride /\ first + k * stride + width t <= y) ->
  says P C m tagged i o (Cells first count stride t u q) -> says P C m tagged i o' (Cells first count stride t u q).
Proof.
  intros i o o' x y v f first count stride t u q RF FL PR IM IN S k K. specialize (S k K). specialize (IN k K).
  cbn zeta in *.
  destruct PR as (C1 & _ & T & PQ). pose proof (type_has_bits _ T) as W.
  unfold cell_satisfies, wholly_initialised in *.
  rewrite (refilled_cells _ _ _ _ _ RF) in *. destruct (overlap (x, y) (first + k * stride) (width t)) eqn:O.
  - destruct (IN eq_refl) as [L U]. left. split.
    + intros b B. rewrite (refilled_bits _ _ _ _ _ RF). apply orb_true_iff. left. unfold in_range. cbn.
      apply andb_true_iff.
      split; [apply Z.leb_le|apply Z.ltb_lt]; lia.
    + assert (E : ((x <=? first + k * stride) && (first + k * stride + width t <=? y))%bool = true).
      { apply andb_true_iff. split; apply Z.leb_le; lia. }
      rewrite E. pose proof (row_filled_holds v f t first stride k T FL) as Q.
      assert (SC : same_cell t t = true).
      { unfold same_cell. rewrite Z.eqb_refl. destruct (class_eq_dec _ _); [reflexivity|congruence]. }
      destruct (f _ _ _) as [z|].
      * exact (implies_holds C m tagged _ _ _ _ z T T (row_filled_proper _ _ _ _) PQ SC IM Q).
      * intros z Z. exact (implies_holds C m tagged _ _ _ _ z T T (row_filled_proper _ _ _ _) PQ SC IM (Q z Z)).
  - assert (OUT : forall b, first + k * stride <= b < first + k * stride + width t -> in_range (x, y) b = false).
    { intros b B. unfold in_range, overlap in *. cbn in *. apply andb_false_iff in O as [O|O]; apply andb_false_iff;
        booleans;
        [left; apply Z.leb_gt|right; apply Z.ltb_ge]; lia. }
    destruct S as [[S1 S2]|[S1 S2]]; [left; split; auto; intros b B|right; split; auto; intro Q; apply S2;
      intros b B; specialize (Q b B)].
    + rewrite (refilled_bits _ _ _ _ _ RF), (OUT b B). exact (S1 b B).
    + rewrite (refilled_bits _ _ _ _ _ RF), (OUT b B) in Q. exact Q.
Qed.

(** The range is exact and has the whole row, or the cells are bytes. *)
Lemma keeps_fill_holds : forall i o o' x y v f ab r s l s' e, refilled o o' (8 * x) (8 * y) f -> fills v f ->
  proper_about ab ->
  (forall b, r = Some b -> b = {| lower := Some (8 * x); upper := Some (8 * y) |}) ->
  keeps_fill ab r v s = Some (l, s', e) -> says P C m tagged i o ab -> says P C m tagged i o' ab.
Proof.
  intros i o o' x y v f ab r s l s' e RF FL PR RX KF. unfold keeps_fill in KF.
  destruct ab as [first count stride t u q| | | | | | | |]; try discriminate KF.
  fold (row_filled v t first stride) in KF. cbv zeta in KF.
  apply bind_inv in KF as (u1 & s1 & e1 & e2 & IM & KF & _). apply demand_inv in IM as (IM & _ & _).
  apply bind_inv in KF as (la & s2 & e3 & e4 & LA & KF & _). unfold last_cell, product, sum in LA.
  apply bind_inv in KF as (en & s3 & e5 & e6 & EN & KF & _). unfold sum in EN. monad.
  eapply row_refilled; eauto. intros k K O. pose proof (row_ascends _ _ _ _ _ _ PR) as ST.
  match goal with Q : (_ || _)%bool = true |- _ => apply orb_true_iff in Q as [Q|Q] end.
  - destruct r as [[[lo|] [hi|]]|]; try discriminate. specialize (RX _ eq_refl). injection RX as -> ->. monad. nia.
  - monad. unfold overlap in O. cbn in O. monad.
    assert (E : (first + k * stride) mod 8 = 0).
    { rewrite Z.add_mod, Z.mul_mod by lia. match goal with Q : first mod 8 = 0 |- _ => rewrite Q end.
      match goal with Q : stride mod 8 = 0 |- _ => rewrite Q end. rewrite Z.mul_0_r. reflexivity. }
    apply Z.mod_divide in E as [j E]; [|lia]. rewrite E in *. lia.
Qed.

End Refill.
