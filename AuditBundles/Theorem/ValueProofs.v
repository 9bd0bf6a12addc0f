(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Values that satisfy a range or a predicate *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Hints Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs Concretization Invariant.
From AICheck Require Import EntryProofs TargetProofs PredicateProofs.
From AICheck Require Import FloatRanges.
Import ListNotations.
Open Scope Z_scope.

Section Values.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable m : memory.
Variable tagged : ghost.
Notation state_holds := (state_holds A P C m tagged).
Notation is_symbolic := (is_symbolic C m tagged).
Variable X : context.
Hypothesis fit : context_fits CP C X.

(** ** Ranges of floats *)

Lemma symbolic_float : forall v x y, is_symbolic v (SFloat x) (VFloat y) -> y = float_value v x.
Proof. intros v [c|s] y S; cbn in *; congruence. Qed.

Theorem range_holds_sound : forall v g x r s L s' e y,
  state_holds v g -> range_holds g x r s = Some (L, s', e) -> Holds L ->
  is_symbolic v (SFloat x) (VFloat y) -> in_range_of r y.
Proof.
  intros v g x r s L s' e y G H HL S. unfold range_holds in H. monad.
  destruct (x0 =? 0); [|destruct (x0 =? 2); [|discriminate]]; monad.
  - match goal with H : range_of _ _ = Some ?z |- _ => destruct z as [q l] end. cbn [fst snd] in *.
    eapply range_inside_holds; [eassumption|]. rewrite (symbolic_float _ _ _ S). eapply range_of_holds; eauto.
  - exfalso. match goal with H : contradiction _ _ _ = Some _ |- _ =>
      eapply (contradiction_holds A (integers v) g); [apply numbers with (1 := G)|exact H|exact HL] end.
Qed.

(** ** Predicates *)

(** [x] is what a cell has; of an integer the state says what it is as one of the type [from]. *)
Theorem satisfies_holds : forall v g sv from p to s L s' e x,
  state_holds v g -> consistent g -> proper_type from -> proper_type to -> proper_predicate p ->
  same_cell from to = true -> class_of_value x = class_of from -> is_symbolic v sv (reduced from x) ->
  satisfies X g sv from p to s = Some (L, s', e) -> Holds L -> satisfies_predicate C m tagged p to x.
Proof.
  intros v g sv from p to s L s' e x G K TF TT PP SC CX SY H HL.
  destruct sv as [f|b f|y], p as [bs k r|l|r]; cbn [satisfies] in H; try discriminate H.
  - monad. destruct from as [t| |]; destruct x as [n| |]; try discriminate CX; try (exfalso; exact SY).
    destruct (same_cell_integer _ _ SC) as (u & -> & W). cbn [reduced Concretization.is_symbolic] in SY.
    apply union_holds in HL as [LU HL]. apply union_holds in HL as [LL LC]. cbn in PP, TF, TT.
    pose proof (numbers _ _ _ _ _ _ _ G) as N. pose proof (wrap_in t n TF) as IN. rewrite <- SY in *.
    assert (D : (k | eval_form (integers v) f - r)).
    { eapply (remainder_demanded A (integers v) g N); eauto. }
    assert (B : In_bounds
                  (if same_sign (TInteger t) (TInteger u) then bs else completed bs (range_of_type (TInteger u)))
                  (eval_form (integers v) f)).
    { split; [eapply (lower_demanded A (integers v) g N); eauto|eapply (upper_demanded A (integers v) g N); eauto]. }
    cbn [Concretization.satisfies_predicate].
    destruct (same_sign (TInteger t) (TInteger u)) eqn:SS.
    + rewrite <- (same_sign_type t u W SS), <- SY. auto.
    + apply completed_both in B as [B R]. cbn [range_of_type] in R.
      assert (wrap u n = eval_form (integers v) f) as ->; [|auto].
      rewrite SY in *. apply wrap_other; auto. eapply range_in_type; [| |exact IN|]; auto.
  - destruct x as [|c o|]; destruct from; try discriminate CX; try (exfalso; exact SY).
    rewrite <- (same_cell_type TPointer to SC) by discriminate. destruct l as [l|]; [|exact I].
    eapply (targets_hold_sound A CP C m tagged X fit); eauto.
  - destruct x as [| |z]; destruct from as [| |h]; try discriminate CX; try (exfalso; destruct y; exact SY).
    rewrite <- (same_cell_type (TFloat h) to SC) by discriminate. destruct r as [r|]; [|exact I].
    eapply range_holds_sound; eauto.
Qed.

End Values.
