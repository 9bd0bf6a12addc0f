(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * A fact that another implies *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs EvidenceProofs PredicateProofs CellProofs FloatRanges
  TableProofs KeepProofs.
Import ListNotations.
Open Scope Z_scope.

Section Implied.
Variable P : program.
Variable C : certificate.
Variable m : memory.
Variable tagged : ghost.
Variable z : valuation.

(** What a fact of a tag says of one object. *)
Definition of_object (o : object) (a : about) : Prop :=
  match a with
  | Alive | Absent | AbsentIfNull _ => says P C m tagged z o a
  | _ => alive o = true -> says P C m tagged z o a
  end.

Lemma implied : forall o a b s s' e, proper_about a -> proper_about b -> fact_implies a b s = Some (true, s', e) ->
  of_object o a -> of_object o b.
Proof.
  intros o a b s s' e PA PB H OA.
  destruct a as [first count stride t u q|x y|x y v| |c| |x y|x y|r],
    b as [first' count' stride' t' u' q'|x' y'|x' y' v'| |c'| |x' y'|x' y'|r'];
    cbn [fact_implies] in H; try (apply ret_inv in H as (H & _); try discriminate H); cbn [of_object] in *; auto;
    try (repeat match goal with T : (_ && _)%bool = true |- _ => apply andb_true_iff in T as [? ?] end; intro AL;
      specialize (OA AL); cbn [says] in * ).
  - destruct (same_cell t t' && (u' || negb u) && implies q t q' t')%bool eqn:E; [|apply ret_inv in H as (H & _);
      discriminate].
    apply andb_true_iff in E as [E IM]. apply andb_true_iff in E as [SC UU].
    apply bind_inv in H as (last & s1 & e1 & r1 & LC & H & _). apply last_cell_is in LC.
    apply bind_inv in H as (next & s2 & e2 & r2 & AD & H & _). apply ret_inv in H as (H & _). apply Z.ltb_lt in H.
    cbn in PA, PB. destruct PA as (CA & SA & TA & QA). destruct PB as (CB & SB & TB & QB).
    assert (0 <= stride /\ 0 <= stride' /\ (stride' = 0 -> count' = 1)) as (S0 & S1 & S2).
    { pose proof (width_positive t TA). pose proof (width_positive t' TB).
      destruct (count =? 1) eqn:E1; destruct (count' =? 1) eqn:E2; booleans; monad; lia. }
    assert (SP : 0 < (if stride' =? 0 then 8 else stride')) by (destruct (Z.eqb_spec stride' 0); lia).
    apply advance_covers in AD as (n & NP & NE & ROW); auto. cbn [step_of] in *.
    destruct (same_cell_is _ _ SC) as [WE CE].
    intros k K.
    assert (R : exists i, 0 <= i < count /\ first' + k * stride' = first + i * stride).
    { destruct (Z.eqb_spec stride' 0) as [->|NZ].
      - assert (k = 0) by lia. subst k. destruct (ROW 0) as (i & I1 & I2); [lia|]. exists i. split; [exact I1|lia].
      - apply ROW. split; [lia|]. subst last next. nia. }
    destruct R as (i & I1 & ->). rewrite <- WE. destruct (OA i I1) as [[WI CS]|[UT WI]].
    + left. split; [exact WI|].
      exact (cell_implies P C m tagged o _ q t q' t' TA TB QA QB SC IM CS).
    + right. subst u. destruct u'; [auto|discriminate].
  - intros b B. apply OA. repeat match goal with T : (_ <=? _) = true |- _ => apply Z.leb_le in T end. lia.
  - repeat match goal with T : (_ <=? _) = true |- _ => apply Z.leb_le in T | T : (_ =? _) = true |- _ => apply Z.eqb_eq
      in T end. subst.
    destruct OA as [OI OC]. split; [intros b B; apply OI; lia|]. intros p w c b L1 L2 FI. apply OC; [lia|lia|exact FI].
  - eapply contains_range_in; eauto.
  - intros y0 Y. apply OA. repeat match goal with T : (_ <=? _) = true |- _ => apply Z.leb_le in T end. lia.
  - intros b B IN. apply OA; [|exact IN].
    repeat match goal with T : form_eqb _ _ = true |- _ => rewrite (form_eqb_eval _ _ _ T) end. exact B.
Qed.

Lemma about_of_objects : forall t a, (forall n o, tag_is C tagged t n -> m n = Some o -> of_object o a) <->
  about_holds P C m tagged z t a.
Proof. intros t a. reflexivity. Qed.
End Implied.
