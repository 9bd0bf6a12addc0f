(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Behind a call: what the effects of the callee leave is true of the world that it left *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Calls Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs KeepProofs SpareProofs CutProofs RenameProofs
  SpeechProofs RenewedProofs EvolveProofs.
From AICheck Require Import LifetimeProofs ReturnProofs HavocProofs PatchProofs EffectStateProofs.
Import ListNotations.
Open Scope Z_scope.

Section Effects.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.

Section Worlds.
Variables (w w' : world) (e : effects).
Hypothesis WT : well_tagged P C (heap w) (tagging w).
Hypothesis WT' : well_tagged P C (heap w') (tagging w').
Hypothesis EV : evolves A P C e w w'.
Hypothesis LOCALS : no_new_locals C w w'.
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

(** ** What was there before, and what it is now *)

Lemma was_there : forall u n o', ~ touched_by X (allocates e) u -> tag_is C (tagging w') u n -> heap w' n = Some o' ->
  exists o, tag_is C (tagging w) u n /\ heap w n = Some o /\ same_object o o' /\ stays C e u.
Proof.
  intros u n o' NT T E.
  assert (ST : stays C e u).
  { intros (_ & [K|K]); [congruence|]. apply NT. exists u. auto. }
  assert (PA : forall s, may_allocate C e s -> partner C s u -> False).
  { intros s (_ & [K|K]) PT; [congruence|]. apply NT. exists s. split; auto. right. destruct PT as (c & i & a & Q).
    unfold partner_of. rewrite (fits_certificate _ _ _ FX), Q. reflexivity. }
  destruct n as [s|k].
  - assert (T0 : tag_is C (tagging w) u (Static s)) by (eapply tag_of_static; eauto).
    pose proof T0 as T2. unfold tag_is in T2. destruct (PM.find u (tags C)) as [[]|] eqn:Q; try contradiction. subst o.
    destruct (statics_fit _ _ _ _ WT _ _ _ _ _ Q) as (b & Eb & _).
    destruct (ev_objects _ _ _ _ _ _ EV _ _ Eb) as (b' & Eb' & S). exists b. replace o' with b' by congruence. auto.
  - destruct (tag_is_dynamic _ _ _ _ T) as [T1 (d & Q & D)]. destruct (heap w (Dynamic k)) as [b|] eqn:Eb.
    + destruct (ev_objects _ _ _ _ _ _ EV _ _ Eb) as (b' & Eb' & S). exists b. replace o' with b' by congruence.
      destruct (tagging w k) as [s|] eqn:TW; [|rewrite (ev_untagged _ _ _ _ _ _ EV k) in T1; congruence].
      destruct (ev_tags _ _ _ _ _ _ EV k s TW) as [T2|[(_ & _ & T2 & _)|(p & MA & PT & T2)]]; [|congruence|].
      * replace s with u in * by congruence. split; [eapply dynamic_tag_is; eauto|auto].
      * replace p with u in * by congruence. destruct (PA s MA PT).
    + exfalso. destruct D as [L|HP].
      * rewrite (LOCALS k u d Eb T1 Q) in L. discriminate.
      * destruct (ev_new _ _ _ _ _ _ EV k u Eb T1) as [MA|(s & MA & PT)];
          [eexists; split; eauto|destruct (ST MA)|exact (PA s MA PT)].
Qed.

(** The world in which the cut state is true. *)
Definition cut_world : world := {| heap := patched C (tagging w) (heap w') (written e) (heap w);
  tagging := tagging w |}.

Lemma cut_object : forall n o o', heap w n = Some o -> heap w' n = Some o' ->
  heap cut_world n = Some (patch_all (ranges_of C (tagging w) n (written e)) o o').
Proof. intros n o o' E E'. apply patched_object; auto. Qed.

Lemma cut_from : forall n q, heap cut_world n = Some q -> exists o o', heap w n = Some o /\ heap w' n = Some o' /\
  same_object o o' /\
  size q = size o /\ alignment q = alignment o /\ stored_as q = stored_as o /\ alive q = alive o.
Proof.
  intros n q E. destruct (heap w n) as [o|] eqn:Eo; [|cbn in E; rewrite patched_none in E by exact Eo; discriminate].
  destruct (ev_objects _ _ _ _ _ _ EV _ _ Eo) as (o' & E' & S). exists o, o'. rewrite (cut_object _ _ _ Eo E') in E.
  injection E as <-.
  destruct (patch_all_same (ranges_of C (tagging w) n (written e)) o o') as (A1 & A2 & A3 & A4). auto 8.
Qed.

Lemma cut_back : objects_last cut_world w.
Proof.
  intros n q E. destruct (cut_from n q E) as (o & o' & Eo & _ & _ & A1 & A2 & A3 & A4). exists o. split; auto.
  repeat split; congruence.
Qed.

Lemma cut_targets : forall l b o, in_targets C (heap cut_world) (tagging cut_world) l b o ->
  in_targets C (heap w') (tagging w') (re_call l) b o.
Proof. intros l b o I. apply call_targets. revert I. apply targets_last; [reflexivity|exact cut_back]. Qed.

Lemma cut_symbolic : forall v s x, is_symbolic C (heap cut_world) (tagging cut_world) v s x ->
  is_symbolic C (heap w') (tagging w') v s x.
Proof. intros v s x I. apply call_symbolic. revert I. apply symbolic_last; [reflexivity|exact cut_back]. Qed.

Lemma call_speaks : forall F v0 g h, speaks A CP C X F cut_world v0 every g -> renewed A re_call no_change g h ->
  (forall u z, PM.find u (sizes g) = Some z -> ~ touched_by X (allocates e) u) ->
  speaks A CP C X F w' v0 (fun _ => False) h /\
  (Holds (effects_label e) ->
   (forall n f, PM.find n (facts h) = Some f -> ~ touched_by X (allocates e) (fact_tag (fst f)) /\
      (In (fact_tag (fst f)) (frees e) -> is_alive_fact (fact_about (fst f)) = false)) ->
   (forall u c, In c (contents_of h u) -> ~ touched_by X (allocates e) u) -> speaks A CP C X F w' v0 every h).
Proof.
  intros F v0 g h S RN UNTOUCHED.
  assert (SL : sizes_last C cut_world w' g).
  { intros u z Q n o' T E. destruct (was_there u n o' (UNTOUCHED u z Q) T E) as (o & T0 & Eo & SO & _).
    exists (patch_all (ranges_of C (tagging w) n (written e)) o o'). split; [exact T0|].
    split; [exact (cut_object _ _ _ Eo E)|].
    destruct (patch_all_same (ranges_of C (tagging w) n (written e)) o o') as (A1 & _). rewrite A1. apply SO. }
  split.
  - apply (speaks_moved A CP C X cut_world w' re_call) with (fv := no_change) (of := every) (g := g);
      auto using cut_targets.
    + intros v s x. apply cut_symbolic.
    + intros v _ n f _ [].
    + intros v _ t c _ [].
  - intros HL FT CT.
    assert (OBJ : forall u n o', ~ touched_by X (allocates e) u -> tag_is C (tagging w') u n -> heap w' n = Some o' ->
      exists o q, tag_is C (tagging w) u n /\ heap w n = Some o /\ same_object o o' /\ stays C e u /\
        heap cut_world n = Some q /\
        size q = size o /\ alive q = alive o /\ (forall x, initialised o' x = initialised q x) /\
          (forall p wd c, cell_kept P q o' p wd c)).
    { intros u n o' NT T E. destruct (was_there u n o' NT T E) as (o & T0 & Eo & SO & ST).
      exists o, (patch_all (written_ranges e u) o o'). split; [auto|]. split; [auto|]. split; [auto|]. split; [auto|].
      split; [rewrite (cut_object _ _ _ Eo E), (ranges_of_tag CP C FIT _ _ _ _ T0); reflexivity|].
      destruct (patch_all_same (written_ranges e u) o o') as (A1 & _ & _ & A4). split; [exact A1|]. split; [exact A4|].
      apply patched_kept. exact (ev_content _ _ _ _ _ _ EV HL SOME n u o o' T0 T Eo E ST). }
    apply (speaks_moved A CP C X cut_world w' re_call) with (fv := no_change) (of := every) (g := g);
      auto using cut_targets.
    + intros v s x. apply cut_symbolic.
    + intros v AG n f Q _ L k o' T E. destruct (rn_facts _ _ _ _ _ RN n f Q) as (f0 & Q0 & TG & AB & LL).
      destruct (FT n f Q) as [NT NA].
      destruct (OBJ _ k o' NT T E) as (o & q & T0 & Eo & SO & ST & Eq & SZ & AL & IN & CK).
      pose proof (half_facts _ _ _ _ _ _ _ (sp_held _ _ _ _ _ _ _ _ _ S v AG) n f0 Q0 I (LL L)) as FH.
      unfold fact_holds in FH.
      rewrite <- TG in FH. specialize (FH k q T0 Eq).
      assert (ALF : fact_about (fst f0) = Alive -> alive o' = alive q).
      { intro AF. rewrite AL. destruct SO as (_ & _ & S3 & _ & S5). destruct k as [s|j].
        - apply S5. destruct (static_storage _ _ _ _ WT _ _ Eo) as (kk & K). congruence.
        - destruct (tag_is_dynamic _ _ _ _ T0) as [T1 _].
          apply (ev_alive _ _ _ _ _ _ EV HL SOME j (fact_tag (fst f)) o o' T1 Eo E ST).
          intros (_ & [K|K]); [congruence|].
          specialize (NA K). rewrite AB, AF in NA. discriminate. }
      assert (PR : proper_about (fact_about (fst f0)))
        by (apply (facts_proper _ (sp_tables _ _ _ _ _ _ _ _ _ S) n f0 Q0)).
      assert (SAY : says P C (heap cut_world) (tagging cut_world) v q (fact_about (fst f0)) ->
                    says P C (heap w') (tagging w') v o' (re_about re_call (fact_about (fst f0)))).
      { intro Z. apply (re_says CP C cut_world w' re_call cut_targets _ o' o'); auto using still_refl.
        apply (says_kept P C _ _ _ q o'); auto. destruct SO as (S1 & _). congruence. }
      rewrite AB. destruct SO as (_ & _ & _ & S4 & _).
      destruct (fact_about (fst f0)) as [? ? ? ? ? [? ? ?|[?|]|?]| | | | | | | |]; cbn [re_about] in *; auto;
        intro AO; apply SAY; apply FH; rewrite AL; auto.
    + intros v AG u c J _ L k o' T E. destruct (rn_contents _ _ _ _ _ RN u c J) as (c0 & J0 & EP & EY & EV' & LL).
      destruct (OBJ _ k o' (CT u c J) T E) as (o & q & T0 & Eo & SO & ST & Eq & SZ & AL & IN & CK).
      destruct (half_contents _ _ _ _ _ _ _ (sp_held _ _ _ _ _ _ _ _ _ S v AG) u c0 J0 I (LL L) k q T0 Eq)
        as (x & C1 & SY & WI). exists x.
      rewrite EP, EY, EV'. unfold no_change. split; [|split].
      * specialize (CK (position_of c0) (width (content_type c0)) (class_of (content_type c0))). unfold cell_kept in CK.
        rewrite C1 in CK. exact CK.
      * apply cut_symbolic. exact SY.
      * intros z Z. rewrite IN. apply WI. exact Z.
Qed.
End Worlds.

(** ** The theorem *)

Theorem effects_here : forall w0 entry F w w' v0 g e s h s' ev, here A CP C X w0 entry F w v0 g ->
  effects_within A C X e ->
  evolves A P C e w w' -> well_tagged P C (heap w') (tagging w') -> no_new_locals C w w' ->
  (forall k, newer (tagging w') k <-> newer (tagging w) k) ->
  apply_effects X g e s = Some (h, s', ev) -> here A CP C X w0 entry F w' v0 h /\ s' = s /\ ev = [].
Proof.
  intros w0 entry F w w' v0 ga e s h s' ev H EW EV WT' NL NW R. pose proof (acting _ _ _ _ _ _ _ _ _ _ H) as ACT.
  pose proof (act_tagged _ _ _ _ _ _ _ _ ACT) as WT.
  assert (ACT' : activation A CP C X w0 entry F w') by (eapply activation_call; eauto).
  unfold apply_effects in R. destruct (everything e) eqn:ALL.
  - apply ret_inv in R as (<- & <- & ->). split; [|auto]. apply speaks_here; [|exact ACT'].
    apply (havoc_speaks A CP C FIT X FX F w w').
    + eapply call_renames; eauto.
    + intros v sv x. eapply call_symbolic; eauto.
    + eapply here_speaks; eauto.
  - apply bind_inv in R as (g1 & s1 & e1 & r1 & CU & R & ->). apply bind_inv in R as (g2 & s2 & e2 & r2 & FR & R & ->).
    apply ret_inv in R as (<- & <- & ->).
    set (g := fold_left (forget_sizes X) (allocates e) ga) in *.
    assert (S0 : speaks A CP C X F {| heap := heap w; tagging := tagging w |} v0 every g).
    { apply speaks_forget. destruct w. eapply here_speaks; eauto. }
    destruct (cuts_patched A CP C FIT X F (heap w') (tagging w) v0 (written e) (heap w) g s g1 s1 e1 S0 CU)
      as (S1 & -> & ->).
    change (each (frees e) (free_one X) g1 s = Some (g2, s2, e2)) in FR.
    destruct (frees_renewed A CP C X FX _ _ _ _ _ _ (sp_tables _ _ _ _ _ _ _ _ _ S1) FR) as (R1 & -> & -> & K1).
    split; [|auto].
    pose proof (rn_consistent _ _ _ _ _ R1 (sp_tables _ _ _ _ _ _ _ _ _ S1)) as T2.
    destruct (allocates_renewed A CP C X FX (allocates e) g2 T2) as (R2 & K2 & K3).
    change (here A CP C X w0 entry F w' v0 (label_memory (fold_left (allocate_one X) (allocates e) g2)
      (effects_label e))).
    set (g3 := fold_left (allocate_one X) (allocates e) g2) in *.
    assert (RN : renewed A (re_call e) no_change g1 g3) by exact (renewed_trans A _ _ _ _ _ _ _ R1 R2).
    assert (UT : forall u z, PM.find u (sizes g1) = Some z -> ~ touched_by X (allocates e) u).
    { intros u z Q. assert (W : weaker A P C g g1).
      { eapply each_weaker; [|exact (sp_tables _ _ _ _ _ _ _ _ _ S0)|exact CU]. intros c k s3 k' s4 e3 _ TK K.
        apply (cut_spares A P C _ _ _ _ _ _ _ _ TK K). }
      rewrite (ms_sizes _ _ (wk_memory _ _ _ _ _ W)) in Q. eapply forgotten; exact Q. }
    destruct (call_speaks w w' e WT EV NL NW ALL F v0 g1 g3 S1 RN UT) as [SN SH].
    apply speaks_here; [|exact ACT']. apply speaks_label_memory; [exact SN|]. intro L. apply SH; auto.
    intros n f Q. split; [exact (K2 n f Q)|]. intro I.
    destruct (rn_facts _ _ _ _ _ R2 n f Q) as (f1 & Q1 & TG & AB & _).
    rewrite AB, alive_renamed. apply (K1 n f1 Q1). rewrite <- TG. exact I.
Qed.

(** No symbols are made. *)
Lemma symbols_memory : forall g h, memory_step g h -> same_symbols g h.
Proof. intros g h M. split; [apply M|]. split; apply M. Qed.
Lemma symbols_renewed : forall re fv g h, renewed A re fv g h -> same_symbols g h.
Proof. intros re fv g h R. split; [apply R|]. split; apply R. Qed.
Lemma symbols_trans : forall g h k, same_symbols g h -> same_symbols h k -> same_symbols g k.
Proof. intros g h k (A1 & A2 & A3) (B1 & B2 & B3). repeat split; congruence. Qed.

Lemma effects_symbols : forall g e s h s' ev, consistent g -> apply_effects X g e s = Some (h, s', ev) ->
  same_symbols g h.
Proof.
  intros ga e s h s' ev TA R. unfold apply_effects in R. destruct (everything e).
  - apply ret_inv in R as (<- & _). repeat split.
  - apply bind_inv in R as (g1 & s1 & e1 & r1 & CU & R & ->). apply bind_inv in R as (g2 & s2 & e2 & r2 & FR & R & ->).
    apply ret_inv in R as (<- & _). set (g := fold_left (forget_sizes X) (allocates e) ga) in *.
    destruct (forget_same X (allocates e) ga) as (SSA & TT). specialize (TT TA).
    eapply symbols_trans; [exact SSA|]. fold g. pose proof TT as T. fold g in T.
    assert (W : weaker A P C g g1).
    { eapply each_weaker; [|exact T|exact CU]. intros c k s3 k' s4 e3 _ TK K.
      apply (cut_spares A P C _ _ _ _ _ _ _ _ TK K). }
    pose proof (wk_consistent _ _ _ _ _ W T) as T1.
    change (each (frees e) (free_one X) g1 s1 = Some (g2, s2, e2)) in FR.
    destruct (frees_renewed A CP C X FX _ _ _ _ _ _ T1 FR) as (R1 & _).
    pose proof (rn_consistent _ _ _ _ _ R1 T1) as T2.
    destruct (allocates_renewed A CP C X FX (allocates e) g2 T2) as (R2 & _).
    eapply symbols_trans; [apply symbols_memory; apply W|]. eapply symbols_trans; [eapply symbols_renewed; exact R1|].
    eapply symbols_trans; [eapply symbols_renewed; exact R2|]. apply symbols_memory. apply memory_label_memory.
Qed.

(** Behind a call that its caller's effects allow. *)
Theorem effects_hold : forall w0 entry F w v0 g w' s0 s1 e1 s h s' e u, here A CP C X w0 entry F w v0 g ->
  evolves A P C u w w' -> well_tagged P C (heap w') (tagging w') -> no_new_locals C w w' ->
  (forall k, newer (tagging w') k <-> newer (tagging w) k) ->
  demand_effects X u s0 = Some (tt, s1, e1) -> apply_effects X g u s = Some (h, s', e) ->
  here A CP C X w0 entry F w' v0 h /\ same_symbols g h /\
  (forall sv x, denotes C (heap w) (tagging w) v0 g sv x -> denotes C (heap w') (tagging w') v0 h sv x).
Proof.
  intros w0 entry F w v0 g w' s0 s1 e1 s h s' e u H EV WT NL NW DE R.
  pose proof (effects_symbols _ _ _ _ _ _ (tables _ _ _ _ _ _ _ _ _ _ H) R) as SS. split; [|split; [exact SS|]].
  - eapply effects_here; eauto. eapply demand_effects_inv; eauto.
  - intros sv x D v AG. eapply call_symbolic; eauto. apply D. eapply agrees_same; eauto.
Qed.

End Effects.
