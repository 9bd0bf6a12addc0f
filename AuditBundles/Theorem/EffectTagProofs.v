(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Behind a call: objects have the tags, and pointers the targets, that the effects of the callee leave *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading State Rules Calls Checker Programs.
From AICheck Require Import NumberProofs Concretization Worlds Invariant.
From AICheck Require Import OperandProofs RenameProofs EvolveProofs.
From AICheck Require Import LifetimeProofs HavocProofs EffectStateProofs.
Import ListNotations.
Open Scope Z_scope.

Section Tags.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.

Variables (w w' : world) (e : effects).
Hypothesis EV : evolves A P C e w w'.
Hypothesis NEWER : forall k, newer (tagging w') k <-> newer (tagging w) k.

Lemma call_last : objects_last w w'.
Proof. intros n o E. destruct (ev_objects _ _ _ _ _ _ EV n o E) as (o' & E' & S). exists o'.
  auto using same_lasting. Qed.

(** Only tags of heap objects change. *)
Lemma tag_stays : forall k t, tagging w k = Some t -> ~ heap_tag C t -> tagging w' k = Some t.
Proof.
  intros k t T N. destruct (ev_tags _ _ _ _ _ _ EV k t T) as [T1|[((HT & _) & _)|(p & (HT & _) & _)]]; auto;
    destruct (N HT).
Qed.

Lemma call_named : forall t b, named C (heap w) (tagging w) t b -> named C (heap w') (tagging w') t b.
Proof.
  intros t b [H N]. assert (NH : (exists n, b = BObject n /\ tag_is C (tagging w) t n) -> ~ heap_tag C t).
  { intros (n & -> & T) (d & Q & HT). rewrite Q in N. destruct d; try discriminate. exact N. }
  split.
  - unfold has_tag in *. destruct (PM.find t (tags C)) as [[]|] eqn:Q; auto;
      try (eapply ended_last; eauto using call_last; fail);
      try (eapply freed_last; eauto using call_last; fail);
      (specialize (NH H); destruct H as (n & -> & T); exists n; split; [reflexivity|]; destruct n as [ss|kk];
        [eapply tag_of_static; eauto|]);
      destruct (tag_is_dynamic _ _ _ _ T) as [T1 (d & Qd & D)]; eapply dynamic_tag_is; eauto; apply tag_stays; auto.
  - destruct (PM.find t (tags C)) as [[]|]; auto. destruct b as [| |[|]]; auto. apply NEWER. exact N.
Qed.

Lemma call_symbolic : forall v s x, is_symbolic C (heap w) (tagging w) v s x ->
  is_symbolic C (heap w') (tagging w') v s x.
Proof.
  intros v s x H. destruct s as [f|[u|y] f|[|]]; destruct x as [n|b z|z]; cbn [is_symbolic] in *;
    try contradiction; auto.
  destruct H as [H E]. split; [apply call_named; exact H|exact E].
Qed.

(** ** Everything may have changed *)

Lemma call_renames : renames C (havoc_names C) true w w'.
Proof.
  intros t b H. unfold havoc_names. destruct (PM.find t (tags C)) as [d|] eqn:Q.
  2:{ unfold has_tag in *. rewrite Q in *. destruct H as (n & -> & T). unfold tag_is in T. rewrite Q in T.
      contradiction. }
  destruct (is_heap d) eqn:HP.
  - destruct d; try discriminate. unfold has_tag in H. rewrite Q in H. destruct H as (n & -> & T). unfold tag_is in T.
    rewrite Q in T.
    destruct n as [s|k]; [contradiction|].
    assert (HAS : forall u, tagging w' k = Some u -> heap_tag C u ->
      has_tag C (heap w') (tagging w') u (BObject (Dynamic k))).
    { intros u T' (d & Qd & Hd). unfold has_tag. rewrite Qd. destruct d; try discriminate.
      exists (Dynamic k). split; auto.
      unfold tag_is. rewrite Qd. exact T'. }
    destruct (ev_tags _ _ _ _ _ _ EV k t T) as [T1|[(_ & _ & _ & FR)|(p & _ & PT & T1)]].
    + left. split; auto. apply HAS; auto. eexists. split; eauto.
    + right. exists freed_tag. split; [left; auto|]. unfold has_tag.
      rewrite (proj2 (proj2 (fixed_tags _ _ FIT))). exact FR.
    + right. exists p. destruct (partner_facts CP C FIT t p PT) as (_ & HTP & _). split; [|apply HAS; auto].
      destruct PT as (c & i & a & Q'). rewrite Q in Q'. injection Q' as <- <- -> <-. right. left. auto.
  - assert (G : has_tag C (heap w') (tagging w') t b); [|destruct d; try discriminate; exact G].
    apply (has_tag_last C w w'); auto using call_last. intros [s|k] T; [eapply tag_of_static; eauto|].
    destruct (tag_is_dynamic _ _ _ _ T) as [T1 (d' & Qd & D)]. eapply dynamic_tag_is; eauto. apply tag_stays; auto.
    intros (d2 & Q2 & H2). congruence.
Qed.

(** ** Tags that changed, one after the other *)

Hypothesis SOME : everything e = false.

Definition tags_between (fs als : list id) : ghost :=
  {| tag_at := fun k =>
       match tagging w k with
       | None => tagging w' k
       | Some t =>
         match tagging w' k with
         | None => if existsb (Pos.eqb t) fs then None else Some t
         | Some u => if Pos.eqb u t then Some t else if existsb (Pos.eqb t) als then Some u else Some t
         end
       end;
     newer := newer (tagging w') |}.
Definition between (fs als : list id) : world := {| heap := heap w'; tagging := tags_between fs als |}.

Lemma eqb_in : forall t l, existsb (Pos.eqb t) l = true <-> In t l.
Proof.
  intros t l. rewrite existsb_exists. split; [intros (x & I & E); apply Pos.eqb_eq in E; subst; exact I|].
  intro I. exists t. split; auto. apply Pos.eqb_refl.
Qed.

Lemma between_same : forall w1 w2, heap w2 = heap w1 -> (forall k, tagging w2 k = tagging w1 k) -> forall t b,
  has_tag C (heap w1) (tagging w1) t b -> has_tag C (heap w2) (tagging w2) t b.
Proof.
  intros w1 w2 EH ET t b. apply has_tag_last.
  - intros n o E. exists o. rewrite EH. auto using lasting_refl.
  - intros n. apply tag_is_same. intros j _. apply ET.
Qed.

(** A step: objects with the tag keep it, or have the new one. *)
Lemma one_step : forall w1 w2 t n l b o, heap w2 = heap w1 ->
  (forall k, tagging w2 k = tagging w1 k \/
     tagging w1 k = Some t /\ heap_tag C t /\
     (n = freed_tag /\ freed (heap w2) (BObject (Dynamic k)) \/ tagging w2 k = Some n /\ heap_tag C n)) ->
  in_targets C (heap w1) (tagging w1) l b o -> in_targets C (heap w2) (tagging w2) (re_one X (t, n) l) b o.
Proof.
  intros w1 w2 t n l b o EH ET I. unfold re_one. cbn [fst snd].
  assert (KEEP : forall u k, tag_is C (tagging w1) u (Dynamic k) -> u <> t -> tag_is C (tagging w2) u (Dynamic k)).
  { intros u k T N. destruct (tag_is_dynamic _ _ _ _ T) as [T1 (d & Q & D)]. eapply dynamic_tag_is; eauto.
    destruct (ET k) as [E|(E & _)]; congruence. }
  assert (LAST : objects_last w1 w2) by (intros m q E; exists q; rewrite EH; auto using lasting_refl).
  destruct (PM.find t (tags C)) as [d|] eqn:Q.
  2:{ apply targets_kept with (C := C) (w := w1); auto; [apply FX|]. apply between_same; auto. intro k.
      destruct (ET k) as [E|(_ & (d & Qd & _) & _)]; congruence. }
  destruct (is_heap d && (Pos.eqb n freed_tag || match PM.find n (tags C) with Some b => is_heap b | None => false
    end))%bool eqn:HN.
  - apply andb_true_iff in HN as [HP HN].
    apply targets_renamed with (C := C) (w := w1); auto; [apply FX| |].
    + intros u new E. unfold one_name in E. destruct (Pos.eqb_spec u t) as [->|]; [|discriminate]. injection E as <-.
      split; [exists d; split; auto; destruct d; try discriminate; reflexivity|]. intros x f [<-|[]] F.
      apply orb_true_iff in HN as [HN|HN]; [apply Pos.eqb_eq in HN; subst n;
        rewrite (proj2 (proj2 (fixed_tags _ _ FIT))) in F; discriminate|].
      rewrite F in HN. discriminate.
    + intros u c H. unfold one_name. destruct (Pos.eqb_spec u t) as [->|N].
      * unfold has_tag in H. rewrite Q in H. destruct d; try discriminate. destruct H as (m & -> & T).
        unfold tag_is in T. rewrite Q in T.
        destruct m as [s|k]; [contradiction|]. destruct (ET k) as [E|(E & HT & [(-> & FR)|(E2 & HTN)])].
        -- left. split; auto. unfold has_tag. rewrite Q. exists (Dynamic k). split; auto. unfold tag_is.
           rewrite Q. congruence.
        -- right. exists freed_tag. split; [left; auto|]. unfold has_tag.
           rewrite (proj2 (proj2 (fixed_tags _ _ FIT))). exact FR.
        -- right. exists n. split; [left; auto|]. destruct HTN as (b2 & Q2 & H2). unfold has_tag. rewrite Q2.
           destruct b2; try discriminate.
           exists (Dynamic k). split; auto. unfold tag_is. rewrite Q2. exact E2.
      * apply (has_tag_last C w1 w2); auto. intros [s|k] T; [eapply tag_of_static; eauto|]. apply KEEP; auto.
  - apply targets_kept with (C := C) (w := w1); auto; [apply FX|]. apply between_same; auto. intro k.
    destruct (ET k) as [E|(_ & (d' & Qd & Hd) & K)]; auto. exfalso. replace d' with d in * by congruence.
    rewrite Hd in HN. cbn in HN.
    apply orb_false_iff in HN as [N1 N2]. destruct K as [(-> & _)|(_ & (b2 & Q2 & H2))]; [discriminate|].
    rewrite Q2 in N2. congruence.
Qed.

Lemma frees_between : forall l fs als b o k, in_targets C (heap (between fs als)) (tagging (between fs als)) k b o ->
  exists fs', (forall t, In t l \/ In t fs -> In t fs') /\
  in_targets C (heap (between fs' als)) (tagging (between fs' als)) (re_all X (freed_pairs l) k) b o.
Proof.
  induction l as [|t l IH]; intros fs als b o k I; [exists fs; split; [intros t [[]|J]; exact J|exact I]|].
  destruct (IH (t :: fs) als b o (re_one X (t, freed_tag) k)) as (fs' & IN & I').
  - apply (one_step (between fs als) (between (t :: fs) als)); [reflexivity| |exact I]. intro j. cbn.
    destruct (tagging w j) as [u|] eqn:T; [|auto].
    destruct (tagging w' j) as [u'|] eqn:T'; [auto|].
    destruct (existsb (Pos.eqb u) fs) eqn:F; [rewrite orb_true_r; auto|]. rewrite orb_false_r.
    destruct (Pos.eqb_spec u t) as [->|N]; [|auto]. right. split; [auto|].
    destruct (ev_tags _ _ _ _ _ _ EV j t T) as [T1|[((HT & _) & _ & _ & FR)|(p & _ & _ & T1)]];
      [congruence| |congruence]. auto.
  - exists fs'. split; [|exact I']. intros u [[<-|J]|J]; apply IN; cbn; auto.
Qed.

Lemma allocates_between : forall l fs als b o k,
  in_targets C (heap (between fs als)) (tagging (between fs als)) k b o ->
  exists als', (forall t, In t l /\ partner_of X t <> None \/ In t als -> In t als') /\
  in_targets C (heap (between fs als')) (tagging (between fs als')) (re_all X (allocated_pairs X l) k) b o.
Proof.
  induction l as [|t l IH]; intros fs als b o k I; [exists als; split; [intros t [[[] _]|J]; exact J|exact I]|].
  unfold allocated_pairs. cbn [flat_map]. fold (allocated_pairs X l). destruct (partner_of X t) as [p|] eqn:PT.
  - destruct (IH fs (t :: als) b o (re_one X (t, p) k)) as (als' & IN & I').
    + apply (one_step (between fs als) (between fs (t :: als))); [reflexivity| |exact I]. intro j. cbn.
      destruct (tagging w j) as [u|] eqn:T; [|auto].
      destruct (tagging w' j) as [u'|] eqn:T'; [|auto]. destruct (Pos.eqb_spec u' u) as [->|D]; [auto|].
      destruct (existsb (Pos.eqb u) als) eqn:F; [rewrite orb_true_r; auto|]. rewrite orb_false_r.
      destruct (Pos.eqb_spec u t) as [->|N]; [|auto]. right. split; [auto|].
      destruct (ev_tags _ _ _ _ _ _ EV j t T) as [T1|[(_ & _ & T1 & _)|(q & (HT & _) & PQ & T1)]];
        [congruence|congruence|].
      split; [exact HT|]. right. destruct (partner_facts CP C FIT t q PQ) as (_ & HQ & _).
      assert (q = p).
      { destruct PQ as (c & i & a & Q'). unfold partner_of in PT. rewrite (fits_certificate _ _ _ FX), Q' in PT.
        congruence. }
      subst q. split; [congruence|exact HQ].
    + exists als'. split; [|exact I']. intros u [[[<-|J] K]|J]; apply IN; cbn; auto.
  - destruct (IH fs als b o k I) as (als' & IN & I'). exists als'. split; [|exact I'].
    intros u [[[<-|J] K]|J]; apply IN; auto. congruence.
Qed.

Definition re_call (l : list entry) : list entry := re_all X (allocated_pairs X (allocates e))
  (re_all X (freed_pairs (frees e)) l).

Lemma call_targets : forall l b o, in_targets C (heap w) (tagging w) l b o ->
  in_targets C (heap w') (tagging w') (re_call l) b o.
Proof.
  intros l b o I.
  assert (I0 : in_targets C (heap (between [] [])) (tagging (between [] [])) l b o).
  { unfold in_targets in *. eapply Exists_impl; [|exact I]. intros x (H1 & H2 & H3). split; auto.
    apply (has_tag_last C w); [exact call_last| |exact H1]. intros [s|k] T; [eapply tag_of_static; eauto|].
    destruct (tag_is_dynamic _ _ _ _ T) as [T1 (d & Q & D)]. eapply dynamic_tag_is; eauto. cbn. rewrite T1.
    destruct (tagging w' k) as [u|]; [|auto]. destruct (Pos.eqb u (entry_tag x)); auto. }
  destruct (frees_between (frees e) _ _ _ _ _ I0) as (fs & INF & I1).
  destruct (allocates_between (allocates e) _ _ _ _ _ I1) as (als & INA & I2).
  fold (re_call l) in I2. unfold in_targets in *. eapply Exists_impl; [|exact I2]. intros x (H1 & H2 & H3). split; auto.
  revert H1. apply (between_same (between fs als) w'); [reflexivity|]. intro k. cbn.
  destruct (tagging w k) as [t|] eqn:T; [|auto].
  destruct (ev_tags _ _ _ _ _ _ EV k t T) as [T1|[((_ & MF) & _ & T1 & _)|(p & (_ & MA) & PT & T1)]]; rewrite T1.
  - rewrite Pos.eqb_refl. reflexivity.
  - destruct MF as [MF|MF]; [congruence|].
    assert (F : existsb (Pos.eqb t) fs = true) by (apply eqb_in; apply INF; auto). rewrite F. reflexivity.
  - destruct MA as [MA|MA]; [congruence|]. destruct (partner_facts CP C FIT t p PT) as (_ & _ & N & _).
    destruct (Pos.eqb_spec p t) as [E|D]; [congruence|].
    assert (F : existsb (Pos.eqb t) als = true).
    { apply eqb_in. apply INA. left. split; auto. destruct PT as (c & i & a & Q'). unfold partner_of.
      rewrite (fits_certificate _ _ _ FX), Q'. discriminate. }
    rewrite F. reflexivity.
Qed.

End Tags.
