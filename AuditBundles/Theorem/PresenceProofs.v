(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * In every state of an execution the static objects are there, and names are left for new ones *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading State Checker Programs NumberProofs Invariant.
From AICheck Require Import SaneProofs SaneProofsEffects.
Import ListNotations.

Section Presence.
Variable A : positive -> Prop.
Variable CP : cprogram.
Notation P := (program_of CP).

(** Only finitely many names are taken. *)
Definition bounded (m : memory) : Prop := exists bound, forall n, (bound <= n)%positive -> m (Dynamic n) = None.
Definition statics_there (m : memory) : Prop := forall o d, PM.find o (cstatics CP) = Some d -> m (Static o) <> None.
(** What is there stays there. *)
Definition grows (m m' : memory) : Prop := forall n, m n <> None -> m' n <> None.

Lemma name_left : forall m, bounded m -> exists n, m (Dynamic n) = None.
Proof. intros m (k & H). exists k. apply H. lia. Qed.

Lemma set_object_grows : forall m n o, grows m (set_object m n o).
Proof. unfold grows, set_object. intros m n o n' N. destruct (name_eq_dec n n'); congruence. Qed.

Lemma set_object_bounded : forall m n o, bounded m -> bounded (set_object m n o).
Proof.
  intros m n o (k & H). exists (match n with Dynamic i => Pos.max k (i + 1) | Static _ => k end). intros i I.
  unfold set_object. destruct (name_eq_dec n (Dynamic i)) as [->|_]; [lia|]. apply H. destruct n; lia.
Qed.

Lemma effect_presence : forall F m i F' m', effect A P F m i F' m' -> bounded m -> grows m m' /\ bounded m'.
Proof.
  intros F m i F' m' E B. assert (R : grows m m) by (intros n N; exact N).
  inversion E; subst; auto; try (split; [apply set_object_grows|apply set_object_bounded; exact B]);
    try (match goal with H : changed _ _ _ _ |- _ => destruct H as (x & y & _ & _ & ->) end;
         split; [apply set_object_grows|apply set_object_bounded; exact B]).
  match goal with H : havocked _ _ _ |- _ => destruct H as (K & _ & _ & _ & L) end. split; [|exact L].
  intros n N. destruct (m n) as [o|] eqn:M; [|congruence]. destruct (K _ _ M) as (o' & E' & _). congruence.
Qed.

Lemma ends_presence : forall F m m', sane_frame CP m F -> ends F m m' -> bounded m -> grows m m' /\ bounded m'.
Proof.
  intros F m m' S E (k & B).
  assert (K : forall n, m' n = m n \/ m' n = option_map without_life (m n)).
  { intro n. destruct (E n) as [E1 E2].
    destruct (in_code _ _ _ S) as (G & c & s & s' & _ & _ & _ & _ & _ & _ & _ & Au & _).
    destruct (Exists_dec (fun o => automatic F o = Some n) (map fst (PM.elements s))) as [H|H].
    - intro o. destruct (automatic F o) as [x|]; [|right; discriminate].
      destruct (name_eq_dec x n) as [->|N]; [left; reflexivity|right; congruence].
    - right. apply E1. apply Exists_exists in H as (o & _ & H). eauto.
    - left. apply E2. intros o O. apply H. apply Exists_exists. exists o. split; [|exact O].
      assert (X : exists_in s o = true) by (apply Au; congruence). apply exists_find in X as [u X].
      apply in_map_iff. exists (o, u). split; [reflexivity|]. apply PM.elements_correct. exact X. }
  split.
  - intros n N. destruct (K n) as [->| ->]; [exact N|]. destruct (m n); [discriminate|congruence].
  - exists k. intros n I. destruct (K (Dynamic n)) as [->| ->]; rewrite (B _ I); reflexivity.
Qed.

Lemma step_presence : forall s s', sane CP s -> step A P s s' -> bounded (mem s) ->
  grows (mem s) (mem s') /\ bounded (mem s').
Proof.
  intros s s' S H B. assert (R : forall m, grows m m) by (intros m n N; exact N).
  inversion H; subst; cbn [mem] in *; auto.
  - eapply effect_presence; eauto.
  - eapply ends_presence; eauto. exact (frames_sane _ _ S _ (or_introl eq_refl)).
Qed.

Lemma initial_presence : forall s, initial P s -> statics_there (mem s) /\ bounded (mem s).
Proof.
  intros s (_ & _ & St & _ & Dy). split.
  - intros o d D. destruct (St o d D) as (b & M & _). congruence.
  - exists 1%positive. intros n _. apply Dy.
Qed.

End Presence.
