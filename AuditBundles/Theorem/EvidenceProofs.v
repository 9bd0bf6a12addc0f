(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Facts and contents that hints name, and evidence that bits are initialised *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs Concretization Invariant.
From AICheck Require Import OperandProofs EntryProofs TargetProofs PredicateProofs.
Import ListNotations.
Open Scope Z_scope.

Lemma last_cell_is : forall first count stride s l s' e,
  last_cell first count stride s = Some (l, s', e) -> l = first + (count - 1) * stride.
Proof. unfold last_cell, product, sum. intros. monad. reflexivity. Qed.

Section Evidence.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable m : memory.
Variable tagged : ghost.
Notation state_holds := (state_holds A P C m tagged).
Notation tag_is := (tag_is C tagged).
Variable X : context.
Hypothesis fit : context_fits CP C X.

Variable v : valuation.
Variable g : state.
Hypothesis G : state_holds v g.
Hypothesis K : consistent g.

(** ** Named facts and contents *)

Lemma fact_of_tag_holds : forall k t s f s' e,
  fact_of_tag g k t s = Some (f, s', e) ->
  (Holds (label_of_fact g f) -> about_holds P C m tagged v t (fact_about (fst f))) /\
    proper_about (fact_about (fst f)).
Proof.
  intros k t s f s' e H. unfold fact_of_tag, held_fact in H. monad.
  match goal with H : Pos.eqb _ _ = true |- _ => apply Pos.eqb_eq in H; subst end. split.
  - intro L. exact (memory_held _ _ _ _ _ _ _ G _ _ H0 L).
  - eapply facts_proper; eauto.
Qed.

Lemma find_content_holds : forall t p ty s c s' e,
  find_content g t p ty s = Some (c, s', e) ->
  position_of c = p /\ same_cell (content_type c) ty = true /\ proper_type (content_type c) /\
  (Holds (label_of_content g c) -> content_holds C m tagged v t c).
Proof.
  intros t p ty s c s' e H. unfold find_content in H. monad. apply find_some in H as [I H]. monad.
  repeat split; auto; [eapply contents_proper; eauto|]. intro L. eapply contents_held; eauto.
Qed.

(** ** Evidence *)

Variable t : id.
Variable n : name.
Variable o : object.
Hypothesis tagged_so : tag_is t n.
Hypothesis there : m n = Some o.
Hypothesis living : alive o = true.
Hypothesis well : well_tagged P C m tagged.

Lemma read_only_initialised : forall b z, PM.find t (tags C) = Some b -> is_read_only b = true -> tag_size b = Some z ->
  forall x, 0 <= x < 8 * z -> initialised o x = true.
Proof.
  intros b z T R Z x B. destruct b as [| | | |q k z' a| | |]; try discriminate R. cbn in Z. inversion Z; subst.
  destruct (statics_fit _ _ _ _ well _ _ _ _ _ T) as (b & M & _ & _ & _ & _ & W).
  pose proof tagged_so as TI. unfold Concretization.tag_is in TI. rewrite T in TI.
  destruct n as [q'|]; [|destruct TI]. subst.
  assert (b = o) by congruence. subst. apply W; auto.
Qed.

Lemma evidence_step_holds : forall from p s q s' e,
  (Holds (snd p) -> forall x, from <= x < fst p -> initialised o x = true) ->
  evidence_step X g t p s = Some (q, s', e) ->
  Holds (snd q) -> forall x, from <= x < fst q -> initialised o x = true.
Proof.
  intros from [next l] s q s' e H E. unfold evidence_step in E. monad.
  destruct x0 as [[a b] l']. monad. cbn [fst snd] in *.
  intro L. apply union_holds in L as [L L']. intros y Y.
  destruct (Z_lt_le_dec y next); [apply H; auto; lia|]. assert (B : a <= y < b) by lia. clear Y.
  destruct (x =? 0); [|destruct (x =? 1); [|destruct (x =? 2); [|discriminate]]]; monad.
  - match goal with E : (_, _) = (_, _) |- _ => inversion E; subst; clear E end.
    match goal with E : fact_of_tag _ _ _ _ = Some (?f, _, _) |- _ =>
      destruct f as [[ft fa fl] time]; apply fact_of_tag_holds in E as [F PR]; cbn [fst fact_about] in * end.
    specialize (F L' n o tagged_so there).
    destruct fa as [first count stride ty [] q|from' to|from' to w| | | | | |]; try discriminate; monad.
    + match goal with E : (_, _) = (_, _) |- _ => inversion E; subst; clear E end. destruct PR as (CO & ST & TY & _).
      unfold sum in *. monad. 
      match goal with E : last_cell _ _ _ _ = Some _ |- _ => apply last_cell_is in E; subst end.
      pose proof (width_positive ty TY) as W.
      assert (I : exists i, 0 <= i < count /\ a + i * stride <= y < a + i * stride + width ty).
      { match goal with E : (_ || _)%bool = true |- _ => apply orb_true_iff in E as [E|E] end;
          monad; subst; [exists 0; lia|]. exists ((y - a) / width ty).
        pose proof (Z.div_mod (y - a) (width ty) ltac:(lia)). pose proof (Z.mod_pos_bound (y - a) (width ty) W).
        assert (0 <= (y - a) / width ty) by (apply Z.div_pos; lia). split; [split; [auto|]|lia].
        apply Z.div_lt_upper_bound; lia. }
      destruct I as (i & RI & IN). destruct (F living i RI) as [[I _]|[N _]]; [apply I; exact IN|discriminate].
    + match goal with E : (_, _) = (_, _) |- _ => inversion E; subst; clear E end. apply F; auto.
    + match goal with E : (_, _) = (_, _) |- _ => inversion E; subst; clear E end. apply F; auto.
  - match goal with E : (_, _, _) = (_, _, _) |- _ => inversion E; subst; clear E end.
    match goal with E : find_content _ _ _ _ _ = _ |- _ => apply find_content_holds in E as (PO & SC & _ & F) end.
    unfold sum in *. monad. destruct (F L' n o tagged_so there) as (z & _ & _ & W). apply W.
    apply same_cell_is in SC as [-> _]. lia.
  - match goal with E : (_, _, _) = (_, _, _) |- _ => inversion E; subst; clear E end.
    match goal with E : tag_of _ _ _ = _ |- _ => apply (tag_of_inv CP C X fit) in E as (TAG & _ & _) end.
    unfold product in *. monad. eapply read_only_initialised; eauto. lia.
Qed.

Theorem evidence_holds : forall from to s L s' e, evidence X g t from to s = Some (L, s', e) -> Holds L ->
  forall x, from <= x < to -> initialised o x = true.
Proof.
  intros from to s L s' e H HL. unfold evidence in H. monad. intros y Y.
  assert (S : Holds (snd x0) -> forall x, from <= x < fst x0 -> initialised o x = true).
  { match goal with R : repeat _ _ _ _ = Some _ |- _ =>
      eapply (repeat_inv (fun p => Holds (snd p) -> forall x, from <= x < fst p -> initialised o x = true)
                (evidence_step X g t) (fun _ => True)); [| |exact R|apply Forall_forall; auto] end.
    - intros. eapply evidence_step_holds; eauto.
    - cbn. intros _ z Z. lia. }
  apply S; auto. lia.
Qed.

End Evidence.
