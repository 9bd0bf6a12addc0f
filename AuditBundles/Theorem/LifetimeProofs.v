(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Worlds in which objects begin or end to live, and the tags that go with it *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs RenameProofs SpeechProofs EvolveProofs.
Import ListNotations.
Open Scope Z_scope.

Section Lifetimes.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.

(** Objects stay what they are; none comes to life again. *)
Definition lasting (o o' : object) : Prop :=
  size o' = size o /\ alignment o' = alignment o /\ stored_as o' = stored_as o /\ (alive o' = true -> alive o = true).
Definition objects_last (w w' : world) : Prop := forall n o, heap w n = Some o -> exists o', heap w' n = Some o' /\
  lasting o o'.

Lemma lasting_refl : forall o, lasting o o.
Proof. repeat split; auto. Qed.
Lemma same_lasting : forall o o', same_object o o' -> lasting o o'.
Proof. intros o o' (? & ? & ? & ? & ?). repeat split; auto. Qed.

Lemma ended_last : forall w w' b, objects_last w w' -> ended (heap w) b -> ended (heap w') b.
Proof.
  intros w w' b L (o & (n & -> & E) & S & D). destruct (L n o E) as (o' & E' & _ & _ & ST & DD).
  exists o'. split; [exists n; auto|]. split; [congruence|]. destruct (alive o') eqn:Q; auto. rewrite DD in D; auto.
Qed.

Lemma freed_last : forall w w' b, objects_last w w' -> freed (heap w) b -> freed (heap w') b.
Proof.
  intros w w' b L (o & (n & -> & E) & S & D). destruct (L n o E) as (o' & E' & _ & _ & ST & DD).
  exists o'. split; [exists n; auto|]. split; [congruence|]. destruct (alive o') eqn:Q; auto. rewrite DD in D; auto.
Qed.

Lemma has_tag_last : forall w w' t b, objects_last w w' ->
  (forall n, tag_is C (tagging w) t n -> tag_is C (tagging w') t n) ->
  has_tag C (heap w) (tagging w) t b -> has_tag C (heap w') (tagging w') t b.
Proof.
  intros w w' t b L T H. unfold has_tag in *.
  destruct (PM.find t (tags C)) as [[]|]; eauto using ended_last, freed_last; destruct H as (n & -> & H); eauto.
Qed.

(** Tags of objects that exist elsewhere. *)
Lemma tag_is_dynamic : forall (t : ghost) u k, tag_is C t u (Dynamic k) ->
  t k = Some u /\ exists b, PM.find u (tags C) = Some b /\ (is_local b = true \/ is_heap b = true).
Proof.
  intros t u k H. unfold tag_is in H. destruct (PM.find u (tags C)) as [[]|]; try contradiction; split; auto; eexists;
    split; eauto.
Qed.

Lemma dynamic_tag_is : forall (t : ghost) u k b, t k = Some u -> PM.find u (tags C) = Some b ->
  is_local b = true \/ is_heap b = true -> tag_is C t u (Dynamic k).
Proof. intros t u k b T F O. unfold tag_is. rewrite F. destruct b, O; try discriminate; auto. Qed.

Lemma tag_is_same : forall (t t' : ghost) u n, (forall k, n = Dynamic k -> t' k = t k) -> tag_is C t u n ->
  tag_is C t' u n.
Proof. intros t t' u [o|k] E H; unfold tag_is in *; destruct (PM.find u (tags C)) as [[]|]; auto; rewrite E; auto. Qed.

(** *** Well tagged again *)

Lemma constant_tag : forall n f, PM.find n (constants C) = Some f ->
  exists o k s a, PM.find (fact_tag f) (tags C) = Some (TStatic o k s a) /\ is_read_only (TStatic o k s a) = true.
Proof.
  intros n f F. pose proof FIT as H. unfold fitting in H. repeat rewrite andb_true_iff in H. decompose [and] H.
  match goal with T : forallb (fun p => fitting_constant C (snd p) && _)%bool _ = true |- _ =>
    eapply forallb_elements in T; [|exact F]; cbn in T; apply andb_true_iff in T as [T _];
      unfold fitting_constant in T end.
  destruct (PM.find (fact_tag f) (tags C)) as [[]|]; try discriminate. eauto 8.
Qed.

Record changes_lives (w w' : world) : Prop := {
  cl_last : objects_last w w';
  cl_same : forall o b, heap w (Static o) = Some b -> exists b', heap w' (Static o) = Some b' /\ same_object b b';
  cl_constant : forall o b, heap w (Static o) = Some b ->
    stored_as b = SStatic KConstant \/ stored_as b = SStatic KLabels -> heap w' (Static o) = Some b;
  cl_static : forall o, heap w (Static o) = None -> heap w' (Static o) = None }.

Lemma well_tagged_again : forall w w', well_tagged P C (heap w) (tagging w) -> changes_lives w w' ->
  (forall k t, tagging w' k = Some t -> exists b o, PM.find t (tags C) = Some b /\ heap w' (Dynamic k) = Some o /\
     alignment o = tag_alignment b /\
     match b with
     | TLocal _ _ _ s _ => stored_as o = SAutomatic /\ alive o = true /\ (forall z, s = Some z -> size o = z)
     | THeap _ _ _ _ => stored_as o = SHeap
     | _ => False
     end) ->
  (forall i j t b, tagging w' i = Some t -> tagging w' j = Some t -> PM.find t (tags C) = Some b ->
    is_single b = true -> i = j) ->
  (forall k b, heap w' (Dynamic k) = Some b -> stored_as b = SAutomatic \/ stored_as b = SHeap) ->
  well_tagged P C (heap w') (tagging w').
Proof.
  intros w w' [TE SI SF SS DS CH] [L LS CC CS] TE' SI' DS'.
  assert (BACK : forall o b, heap w' (Static o) = Some b -> exists b0, heap w (Static o) = Some b0 /\ same_object b0 b).
  { intros o b E. destruct (heap w (Static o)) as [b0|] eqn:E0; [|rewrite CS in E; congruence].
    destruct (LS _ _ E0) as (b' & E' & S). exists b0. split; auto. congruence. }
  split; auto.
  - intros t o k s a F. destruct (SF t o k s a F) as (b & E & SZ & AL & ST & LV & RO).
    destruct (LS _ _ E) as (b' & E' & S1 & S2 & S3 & S4 & S5). exists b'.
    split; [exact E'|]. split; [congruence|]. split; [congruence|]. split; [congruence|].
    split; [rewrite S5 by congruence; exact LV|]. intro R. assert (b' = b); [|subst; auto].
    rewrite (CC _ _ E) in E'; [congruence|]. rewrite ST. destruct k; try discriminate; auto.
  - intros o b E. destruct (BACK o b E) as (b0 & E0 & _ & _ & S & _). rewrite S. eauto.
  - intros n f i F. specialize (CH n f i F). unfold fact_holds in *.
    destruct (constant_tag n f F) as (o & k & s & a & T & RO).
    set (v := {| heap := heap w; tagging := untagged |}). set (v' := {| heap := heap w'; tagging := untagged |}).
    assert (RE : forall a, re_about (fun l => l) a = a) by (intros [? ? ? ? ? [? ? ?|[?|]|?]| | | | | | | |]; auto).
    rewrite <- (RE (fact_about f)). apply (re_about_holds CP C v v') with (z := i) (t := fact_tag f).
    + intros l b z I. unfold in_targets in *. eapply Exists_impl; [|exact I]. intros e (H1 & H2 & H3). split; auto.
      apply (has_tag_last v v'); auto.
    + intros x b' TI E'. unfold tag_is in TI. cbn in TI. rewrite T in TI. destruct x as [x|x]; [subst x|contradiction].
      destruct (SF _ _ _ _ _ T) as (b & E & _ & _ & ST & _). cbn in *.
      assert (b' = b).
      { rewrite (CC _ _ E) in E'; [congruence|]. rewrite ST. destruct k; try discriminate; auto. }
      subst b'. left. exists b. split; [unfold tag_is; rewrite T; reflexivity|]. auto using still_refl.
    + exact CH.
Qed.

(** *** One object *)

Record at_object (k : positive) (w w' : world) : Prop := {
  ao_heap : forall n, n <> Dynamic k -> heap w' n = heap w n;
  ao_tags : forall j, j <> k -> tagging w' j = tagging w j;
  ao_newer : forall j, newer (tagging w') j <-> newer (tagging w) j }.

Lemma last_at : forall k w w', at_object k w w' ->
  (forall o, heap w (Dynamic k) = Some o -> exists o', heap w' (Dynamic k) = Some o' /\ lasting o o') ->
    objects_last w w'.
Proof.
  intros k w w' AO H n o E. destruct (name_eq_dec n (Dynamic k)) as [->|N]; auto.
  exists o. rewrite (ao_heap _ _ _ AO); auto using lasting_refl.
Qed.

Lemma lives_at : forall k w w', at_object k w w' ->
  (forall o, heap w (Dynamic k) = Some o -> exists o', heap w' (Dynamic k) = Some o' /\ lasting o o') ->
    changes_lives w w'.
Proof.
  intros k w w' AO H. split; [eapply last_at; eauto|..]; intros o; rewrite (ao_heap _ _ _ AO) by discriminate; auto.
  intros b E. exists b. auto using same_object_refl.
Qed.

(** An object that was not there in the beginning of the activation. *)
Lemma carries_at : forall e k w0 w w', at_object k w w' ->
  heap w0 (Dynamic k) = None ->
  (forall t, tagging w' k = Some t -> heap_tag C t -> tagging w k = Some t \/ may_allocate C e t) ->
  carries A CP C e w0 w w'.
Proof.
  intros e k w0 w w' AO N0 NW.
  assert (OTHER : forall n o o', heap w0 n <> None -> heap w n = Some o -> heap w' n = Some o' -> o' = o).
  { intros n o o' N E E'. rewrite (ao_heap _ _ _ AO) in E'; [congruence|]. intros ->. auto. }
  assert (DIFF : forall j, heap w0 (Dynamic j) <> None -> j <> k) by (intros j N ->; auto).
  split.
  - intros n o N E. exists o. rewrite (ao_heap _ _ _ AO) by (intros ->; auto). auto using same_object_refl.
  - intros n o o' N E E' _. rewrite (OTHER n o o' N E E'). apply unchanged_refl.
  - intros j t N T. left. rewrite (ao_tags _ _ _ AO); auto.
  - intros j N T. rewrite (ao_tags _ _ _ AO); auto.
  - intros j t N T HT. destruct (Pos.eq_dec j k) as [->|D]; [destruct (NW t T HT); auto|].
    left. rewrite (ao_tags _ _ _ AO) in T; auto.
  - intros _ _ n t o o' N _ _ E E' _. rewrite (OTHER n o o' N E E'). apply unchanged_refl.
  - intros _ _ j t o o' N _ E E' _ _. rewrite (OTHER _ o o' N E E'). reflexivity.
Qed.

End Lifetimes.
