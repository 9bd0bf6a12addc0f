(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Facts about static objects that hold in the beginning *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs Concretization StateProofs OperandProofs.
From AICheck Require Import PredicateProofs InitialObjects InitialValues.
Import ListNotations.
Open Scope Z_scope.

Section Facts.
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis WF : well_formed CP = true.

(** ** What the checks say of a static object *)

Lemma data_formed : forall o d, PM.find o (cstatics CP) = Some d -> well_formed_data CP d = true.
Proof.
  intros o d E. unfold well_formed in WF. repeat rewrite andb_true_iff in WF. destruct WF as [[[_ H] _] _].
  exact (forallb_elements _ _ _ _ H E).
Qed.

Lemma cells_typed : forall o d, PM.find o (cstatics CP) = Some d ->
  Forall (fun c => proper_type (snd (fst c))) (initial_cells d).
Proof.
  intros o d E. unfold fitting in FIT. repeat rewrite andb_true_iff in FIT. destruct FIT as [_ H].
  pose proof (forallb_elements _ _ _ _ H E) as K. cbn in K. rewrite forallb_forall in K. apply Forall_forall.
  intros c I. specialize (K c I). destruct (snd (fst c)) as [t| |]; cbn in *; auto. unfold proper. lia.
Qed.

Lemma cells_wide : forall o d, PM.find o (cstatics CP) = Some d -> Forall wide (initial_cells d).
Proof. intros o d E. eapply Forall_impl; [|eapply cells_typed; eauto]. intros c T. apply width_positive. exact T. Qed.

Lemma formed_value : forall o d p t i, PM.find o (cstatics CP) = Some d -> In (p, t, i) (initial_cells d) ->
  class_eqb (initial_class t i) (class_of t) = true /\ proper_value CP t i = true.
Proof.
  intros o d p t i E I. pose proof (data_formed _ _ E) as H. apply andb_true_iff in H as [H _].
  rewrite forallb_forall in H. specialize (H _ I). cbn in H. repeat rewrite andb_true_iff in H. tauto.
Qed.

(** ** A row of cells *)

Section Row.
Variables (first count stride : Z) (u : type) (q : predicate).
Hypothesis some : 1 <= count.
Hypothesis width_some : 0 < width u.
Hypothesis stride_wide : width u <= stride.
Notation till := (first + (count - 1) * stride + width u).

(** The initial cell is the [k]th of the row. *)
Definition is_cell_of (l : list initial_cell) (k : Z) : Prop :=
  exists t i, In (first + k * stride, t, i) l /\ same_cell t u = true /\ value_satisfies CP i t q u = true.

(** It lies between cells of the row, or outside of it. *)
Definition beside (c : initial_cell) : Prop :=
  let '(p, t, _) := c in
  p + width t <= first \/ till <= p \/
  exists k, 0 <= k < count /\ first + k * stride + width u <= p /\ p + width t <= first + (k + 1) * stride.

Lemma place_in_row : forall p, first <= p -> p < till ->
  exists k, 0 <= k < count /\ p = first + k * stride + (p - first) mod stride /\ 0 <= (p - first) mod stride < stride.
Proof.
  intros p L H. exists ((p - first) / stride). pose proof (Z.div_mod (p - first) stride ltac:(lia)).
  pose proof (Z.mod_pos_bound (p - first) stride ltac:(lia)). split; [|lia]. split; [apply Z.div_pos; lia|].
  apply Z.div_lt_upper_bound; [lia|]. nia.
Qed.

Lemma matching_finds : forall l from to n r, Forall wide l -> cells_apart from to l = true ->
  matching CP l first till stride u q n = Some r ->
  exists ks, NoDup ks /\ r = n + Z.of_nat (length ks) /\
    (forall k, In k ks -> 0 <= k < count /\ is_cell_of l k) /\
    forall p t i, In (p, t, i) l ->
      beside (p, t, i) \/ exists k, In k ks /\ p = first + k * stride /\ width t = width u.
Proof.
  induction l as [|[[p t] i] l IH]; intros from to n r W AP H.
  { cbn in H. injection H as <-. exists []. split; [constructor|]. split; [cbn; lia|].
    split; [intros k []|intros p t i []]. }
  inversion W as [|? ? W0 W1]; subst. unfold wide in W0. cbn [fst snd] in W0.
  cbn in AP. apply andb_true_iff in AP as [_ AP]. cbn in H.
  assert (SKIP : beside (p, t, i) -> matching CP l first till stride u q n = Some r ->
    exists ks, NoDup ks /\ r = n + Z.of_nat (length ks) /\
    (forall k, In k ks -> 0 <= k < count /\ is_cell_of ((p, t, i) :: l) k) /\
    forall p' t' i', In (p', t', i') ((p, t, i) :: l) -> beside (p', t', i') \/
      exists k, In k ks /\ p' = first + k * stride /\ width t' = width u).
  { intros B M. destruct (IH _ _ _ _ W1 AP M) as (ks & ND & -> & IN & ALL). exists ks.
    split; [exact ND|]. split; [reflexivity|]. split.
    { intros k I. destruct (IN k I) as (K & t' & i' & I' & S). split; [exact K|]. exists t', i'.
      split; [right; exact I'|exact S]. }
    intros p' t' i' [E|I]; [injection E as <- <- <-; left; exact B|exact (ALL _ _ _ I)]. }
  destruct ((p + width t <=? first) || (till <=? p))%bool eqn:OUT.
  { apply SKIP; [|exact H]. unfold beside. lia. }
  destruct (p <? first) eqn:BE; [discriminate|]. destruct (place_in_row p ltac:(lia) ltac:(lia)) as (k & K & PE & MB).
  set (x := (p - first) mod stride) in *.
  destruct ((x =? 0) && same_cell t u)%bool eqn:SC.
  - apply andb_true_iff in SC as [X SC]. destruct (value_satisfies CP i t q u) eqn:VS; [|discriminate].
    destruct (IH _ _ _ _ W1 AP H) as (ks & ND & -> & IN & ALL). exists (k :: ks).
    assert (PK : p = first + k * stride) by lia.
    split; [|split; [cbn [length]; lia|split]].
    + constructor; [|exact ND]. intro I. destruct (IN k I) as (_ & t' & i' & I' & _).
      pose proof (cells_behind _ _ _ _ _ _ W1 AP I'). lia.
    + intros j [<-|I].
      * split; [exact K|]. exists t, i. rewrite <- PK. split; [left; reflexivity|auto].
      * destruct (IN j I) as (J & t' & i' & I' & S). split; [exact J|]. exists t', i'. split; [right; exact I'|exact S].
    + intros p' t' i' [E|I].
      * injection E as <- <- <-. right. exists k. split; [left; reflexivity|]. split; [exact PK|].
        apply same_cell_is in SC. apply SC.
      * destruct (ALL _ _ _ I) as [B|(j & J & E)]; [left; exact B|]. right. exists j. split; [right; exact J|exact E].
  - destruct ((width u <=? x) && (x + width t <=? stride))%bool eqn:BT; [|discriminate]. apply SKIP; [|exact H].
    unfold beside. right. right. exists k. lia.
Qed.

Lemma beside_away : forall c k, 0 <= k < count -> beside c -> away (first + k * stride) (width u) c.
Proof.
  intros [[p t] i] k K [B|[B|(j & J & L & H)]]; cbn; [nia|nia|].
  destruct (Z_le_gt_dec k j) as [D|D]; [right|left]; nia.
Qed.

Lemma indices_all : forall ks k, NoDup ks -> (forall j, In j ks -> 0 <= j < count) -> Z.of_nat (length ks) = count ->
  0 <= k < count -> In k ks.
Proof.
  intros ks k ND IN L K. set (every := map Z.of_nat (seq 0 (Z.to_nat count))).
  assert (I : incl every ks).
  { apply NoDup_length_incl; [exact ND| |].
    - unfold every. rewrite map_length, seq_length. lia.
    - intros j J. specialize (IN j J). apply in_map_iff. exists (Z.to_nat j). split; [lia|]. apply in_seq. lia. }
  apply I. apply in_map_iff. exists (Z.to_nat k). split; [lia|]. apply in_seq. lia.
Qed.

(** Each cell of the row is an initial one, or filled with 0. *)
Lemma row_is : forall l from to r, Forall wide l -> cells_apart from to l = true ->
  matching CP l first till stride u q 0 = Some r -> forall k, 0 <= k < count ->
  is_cell_of l k \/ r <> count /\ Forall (away (first + k * stride) (width u)) l.
Proof.
  intros l from to r W AP H k K. destruct (matching_finds _ _ _ _ _ W AP H) as (ks & ND & -> & IN & ALL).
  destruct (in_dec Z.eq_dec k ks) as [I|N]; [left; apply IN; exact I|]. right. split.
  - intro E. apply N. apply indices_all; auto. intros j J. apply IN. exact J.
  - apply Forall_forall. intros [[p t] i] I.
    destruct (ALL _ _ _ I) as [B|(j & J & E & W')]; [apply beside_away; auto|].
    assert (j <> k) by congruence. cbn. rewrite W', E. nia.
Qed.
End Row.
End Facts.
