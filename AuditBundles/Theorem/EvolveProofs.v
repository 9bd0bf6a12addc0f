(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Changes of the world follow each other; those of a callee are within those of its caller *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Calls Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs.
From AICheck Require Import SpareProofs.
Import ListNotations.
Open Scope Z_scope.

Section Evolve.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Notation evolves := (evolves A P C).

(** ** Objects *)

Lemma same_object_refl : forall o, same_object o o.
Proof. intro o. repeat split; auto. Qed.

Lemma same_object_trans : forall o o' o'', same_object o o' -> same_object o' o'' -> same_object o o''.
Proof.
  intros o o' o'' (S & L & T & D & V) (S' & L' & T' & D' & V'). repeat split; try congruence; auto.
  intro N. rewrite V' by congruence. auto.
Qed.

Lemma unchanged_refl : forall l o, unchanged_outside P l o o.
Proof.
  intros l o. split; auto. intros p w c _. unfold cell_kept. destruct (cell o p w c) eqn:K; auto.
Qed.

Lemma unchanged_trans : forall l o o' o'', unchanged_outside P l o o' -> unchanged_outside P l o' o'' ->
  unchanged_outside P l o o''.
Proof.
  intros l o o' o'' [I K] [I' K']. split.
  - intros x H. rewrite I' by auto. auto.
  - intros p w c H. specialize (K p w c H). specialize (K' p w c H). unfold cell_kept in *.
    destruct (cell o p w c) as [x|].
    + rewrite K in K'. exact K'.
    + destruct K as [K|(t & v & W & T & O & K)]; rewrite K in K'; [exact K'|]. right. exists t, v. auto.
Qed.

Lemma unchanged_within : forall l l' o o', (forall x y, (forall r, In r l' -> touches r x y = false) ->
    forall r, In r l -> touches r x y = false) ->
  unchanged_outside P l o o' -> unchanged_outside P l' o o'.
Proof. intros l l' o o' W [I K]. split; intros; [apply I|apply K]; apply W; auto. Qed.

(** The same contents. *)
Lemma unchanged_same : forall l o o', initialised o' = initialised o -> cell o' = cell o -> unchanged_outside P l o o'.
Proof. intros l o o' I K. split; [intros; rewrite I; auto|]. intros p w c _. unfold cell_kept. rewrite K.
  destruct (cell o p w c); auto. Qed.

(** ** Tags *)

Lemma partner_facts : forall t p, partner C t p ->
  heap_tag C t /\ heap_tag C p /\ t <> p /\ (forall q, ~ partner C p q) /\ (forall q, partner C t q -> q = p) /\
  exists b b', PM.find t (tags C) = Some b /\ PM.find p (tags C) = Some b' /\ is_single b = true /\
               is_single b' = false /\ tag_alignment b' = tag_alignment b.
Proof.
  intros t p (c & i & a & T). pose proof (fitting_tag_of _ _ FIT _ _ T) as F. cbn in F.
  destruct (PM.find p (tags C)) as [[| | |f|o k z al| |o cl m z al|c' i' q a']|] eqn:Q; try discriminate.
  destruct q; [discriminate|].
  apply andb_true_iff in F as [F AL]. apply Z.eqb_eq in AL.
  split; [eexists; split; eauto; reflexivity|]. split; [eexists; split; eauto; reflexivity|].
  split; [intros ->; congruence|]. split; [intros q (? & ? & ? & T'); congruence|].
  split; [intros q (? & ? & ? & T'); congruence|]. do 2 eexists. split; [eauto|]. split; [eauto|]. repeat split.
  cbn. congruence.
Qed.

Lemma single_heap : forall t b, PM.find t (tags C) = Some b -> is_heap b = true -> is_single b = true ->
  exists p, partner C t p.
Proof. intros t b F H S. destruct b; try discriminate. destruct partner as [p|]; [|discriminate].
  exists p, clone, instruction, alignment. auto. Qed.

Lemma local_not_heap : forall t o c, local_tag_of C t o c -> ~ heap_tag C t.
Proof. intros t o c (m & s & a & F) (b & F' & H). rewrite F in F'. inversion F'; subst. discriminate. Qed.

Lemma local_tag_is : forall t b, PM.find t (tags C) = Some b -> is_local b = true -> exists o c, local_tag_of C t o c.
Proof. intros t b F L. destruct b; try discriminate. exists o, clone, many, size, alignment. auto. Qed.

(** A tag that is no local one and not lost stays. *)
Lemma tag_of_static : forall t n o, tag_is C n t (Static o) -> forall n', tag_is C n' t (Static o).
Proof. intros t n o H n'. unfold tag_is in *. destruct (PM.find t (tags C)) as [[]|]; auto. Qed.

(** ** One more change, of what was there in the beginning *)

Record carries (e : effects) (w0 w w' : world) : Prop := {
  on_objects : forall n o, heap w0 n <> None -> heap w n = Some o -> exists o', heap w' n = Some o' /\ same_object o o';
  on_constants : forall n o o', heap w0 n <> None -> heap w n = Some o -> heap w' n = Some o' ->
    stored_as o = SStatic KConstant \/ stored_as o = SStatic KLabels -> unchanged_outside P [] o o';
  on_tags : forall k t, heap w0 (Dynamic k) <> None -> tagging w k = Some t ->
    tagging w' k = Some t \/
    may_free C e t /\ (exists p, partner C t p) /\ tagging w' k = None /\ freed (heap w') (BObject (Dynamic k)) \/
    exists p, may_allocate C e t /\ partner C t p /\ tagging w' k = Some p;
  on_untagged : forall k, heap w0 (Dynamic k) <> None -> tagging w k = None -> tagging w' k = None;
  on_new : forall k t, heap w0 (Dynamic k) = None -> tagging w' k = Some t -> heap_tag C t ->
    tagging w k = Some t \/ may_allocate C e t \/ exists u, may_allocate C e u /\ partner C u t;
  on_content : Holds (effects_label e) -> everything e = false ->
    forall n t o o', heap w0 n <> None -> tag_is C (tagging w) t n -> tag_is C (tagging w') t n ->
    heap w n = Some o -> heap w' n = Some o' -> stays C e t -> unchanged_outside P (written_ranges e t) o o';
  on_alive : Holds (effects_label e) -> everything e = false ->
    forall k t o o', heap w0 (Dynamic k) <> None -> tagging w k = Some t ->
    heap w (Dynamic k) = Some o -> heap w' (Dynamic k) = Some o' ->
    stays C e t -> ~ may_free C e t -> alive o' = alive o }.

Lemma evolves_carries : forall e w0 w w', well_tagged P C (heap w0) (tagging w0) ->
  evolves e w0 w -> carries e w0 w w' -> evolves e w0 w'.
Proof.
  intros e w0 w w' WT [OB CO TG UT NW CT AL] [OB' CO' TG' UT' NW' CT' AL'].
  assert (THERE : forall n o, heap w0 n = Some o -> heap w0 n <> None) by (intros n o E; rewrite E; discriminate).
  assert (T0 : forall k t, tagging w0 k = Some t -> heap w0 (Dynamic k) <> None).
  { intros k t T. destruct (tags_exist _ _ _ _ WT k t T) as (b & o & _ & E & _). eauto. }
  split.
  - intros n o E. destruct (OB n o E) as (o1 & E1 & S1). destruct (OB' n o1 (THERE n o E) E1) as (o2 & E2 & S2).
    exists o2. split; auto. eapply same_object_trans; eauto.
  - intros n o o' E E' K. destruct (OB n o E) as (o1 & E1 & S1). eapply unchanged_trans; [eauto|].
    eapply CO'; eauto. destruct S1 as (_ & _ & -> & _). exact K.
  - intros k t T. pose proof (T0 k t T) as N0.
    destruct (TG k t T) as [T1|[(MF & PT & T1 & FR)|(p & MA & PT & T1)]].
    + auto.
    + right. left. split; [exact MF|]. split; [exact PT|]. split; [auto|].
      destruct FR as (o & (n & EN & EM) & SH & D). destruct (OB' n o) as (o' & EM' & S & L & ST & DD & V);
        [congruence|exact EM|].
      exists o'. split; [exists n; auto|]. split; [congruence|]. destruct (alive o') eqn:Q; auto. rewrite DD in D; auto.
    + right. right. exists p. split; auto. split; auto.
      destruct (partner_facts _ _ PT) as (_ & _ & _ & NP & _).
      destruct (TG' k p N0 T1) as [T2|[(_ & (q & PQ) & _)|(q & _ & PQ & _)]]; auto; destruct (NP _ PQ).
  - intros k N T. apply UT'; auto.
  - intros k t N T H. destruct (NW' k t N T H) as [T1|T1]; eauto.
  - intros HL EV n t o o' T T' E E' ST.
    destruct (OB n o E) as (o1 & E1 & S1).
    assert (T1 : tag_is C (tagging w) t n).
    { destruct n as [s|k]; [eapply tag_of_static; eauto|]. unfold tag_is in *.
      assert (K : tagging w0 k = Some t -> tagging w' k = Some t -> tagging w k = Some t).
      { intros A1 A2. destruct (TG k t A1) as [A3|[(_ & _ & A3 & _)|(p & MA & _ & _)]]; auto; [|destruct (ST MA)].
        rewrite (UT' k) in A2; [discriminate|eauto|auto]. }
      destruct (PM.find t (tags C)) as [[]|]; auto. }
    eapply unchanged_trans; [eauto|]. eapply CT'; eauto.
  - intros HL EV k t o o' T E E' ST NF. destruct (OB _ o E) as (o1 & E1 & S1).
    destruct (TG k t T) as [T1|[(MF & _)|(p & MA & _)]]; [|destruct (NF MF)|destruct (ST MA)].
    rewrite (AL' HL EV k t o1 o') by eauto. eauto.
Qed.

Lemma evolves_refl : forall e w, well_tagged P C (heap w) (tagging w) -> evolves e w w.
Proof.
  intros e w WT. split; auto.
  - intros n o E. exists o. split; auto using same_object_refl.
  - intros n o o' E E' _. replace o' with o by congruence. apply unchanged_refl.
  - intros k t E T _. destruct (tags_exist _ _ _ _ WT k t T) as (b & o & _ & E' & _). congruence.
  - intros _ _ n t o o' _ _ E E' _. replace o' with o by congruence. apply unchanged_refl.
  - intros. congruence.
Qed.

(** Changes that the effects allow, whatever was there in the beginning. *)
Lemma evolves_is_carried : forall e w0 w w', (forall n o, heap w0 n = Some o -> heap w n <> None) ->
  evolves e w w' -> carries e w0 w w'.
Proof.
  intros e w0 w w' TH [OB CO TG UT NW CT AL].
  assert (THERE : forall n, heap w0 n <> None -> heap w n <> None).
  { intros n N. destruct (heap w0 n) eqn:E; [eauto|congruence]. }
  split; eauto.
  intros k t N T H. destruct (heap w (Dynamic k)) eqn:E; [|eauto].
  destruct (tagging w k) as [u|] eqn:U; [|rewrite (UT k) in T; congruence].
  destruct (TG k u U) as [T1|[(_ & _ & T1 & _)|(p & MA & PT & T1)]]; [left; congruence|congruence|].
  right. right. exists u. replace t with p by congruence. auto.
Qed.

Lemma evolves_trans : forall e w0 w w', well_tagged P C (heap w0) (tagging w0) ->
  evolves e w0 w -> evolves e w w' -> evolves e w0 w'.
Proof.
  intros e w0 w w' WT E E'. eapply evolves_carries; eauto. eapply evolves_is_carried; eauto.
  intros n o N. destruct (ev_objects _ _ _ _ _ _ E n o N) as (o' & N' & _). congruence.
Qed.

(** ** A call *)

Variable X : context.
Hypothesis FX : context_fits CP C X.
Notation own := (clone_effects (the_clone_body X)).

Definition is_own_tag (t : id) : Prop :=
  exists o, local_tag_of C t o (the_clone X) /\ recursive (the_clone_body X) = false.

Definition within_own (t : id) (r : bounds) : Prop :=
  is_own_tag t \/ exists r', In r' (written_ranges own t) /\ contains_range r' r = true.

Lemma demand_effect_inv : forall t r s u s' ev, demand_effect X t r false s = Some (u, s', ev) ->
  everything own = true \/ within_own t r.
Proof.
  intros t r s u s' ev H. unfold demand_effect in H. destruct (everything (own_effects X)) eqn:E;
    [left; exact E|]. right.
  apply bind_inv in H as (body & s1 & e1 & e2 & T & H & ->).
  destruct (tag_of_inv _ _ _ FX _ _ _ _ _ T) as (F & -> & ->).
  apply demand_inv in H as (H & -> & ->). apply orb_true_iff in H as [H|H].
  - left. destruct body; try discriminate. apply andb_true_iff in H as [H R]. apply Pos.eqb_eq in H. subst clone.
    cbn in R. apply negb_true_iff in R. exists o. split; auto. exists many, size, alignment. exact F.
  - right. apply existsb_exists in H as ((t' & r') & I & H). cbn in H. apply andb_true_iff in H as [H K].
    apply Pos.eqb_eq in H. subst t'. exists r'. split; auto. unfold written_ranges. apply in_map_iff. exists (t, r').
    split; auto. apply filter_In. split; auto. cbn. apply Pos.eqb_refl.
Qed.

Lemma demand_written_inv : forall l s u s' ev, demand_written X l s = Some (u, s', ev) ->
  everything own = true \/ forall t r, In (t, r) l -> within_own t r.
Proof.
  induction l as [|[t r] l IH]; intros s u s' ev H; cbn in H; [right; intros ? ? []|].
  apply bind_inv in H as (x & s1 & e1 & e2 & D & H & ->).
  apply demand_effect_inv in D as [D|D]; [auto|]. apply IH in H as [H|H]; [auto|]. right.
  intros t' r' [E|I]; [inversion E; subst; exact D|auto].
Qed.

(** The effects [e] are within the activation's own. *)
Record effects_within (e : effects) : Prop := {
  within_label : Holds (effects_label own) -> Holds (effects_label e);
  within_everything : everything own = false -> everything e = false;
  within_written : everything own = false -> forall t r, In (t, r) (written e) -> within_own t r;
  within_frees : forall t, may_free C e t -> may_free C own t;
  within_allocates : forall t, may_allocate C e t -> may_allocate C own t }.

Lemma mem_id_in : forall t l, mem_id t l = true -> In t l.
Proof.
  intros t l H. apply existsb_exists in H as (x & I & E). apply Pos.eqb_eq in E. subst. exact I.
Qed.

Lemma demand_effects_inv : forall e s u s' ev, demand_effects X e s = Some (u, s', ev) -> effects_within e.
Proof.
  intros e s u s' ev H. unfold demand_effects in H. apply bind_inv in H as (x & s1 & e1 & e2 & L & H & ->).
  unfold demand_effect_label, demand_label in L. apply demand_inv in L as (L & -> & ->).
  change (own_effects X) with own in *.
  assert (HL : Holds (effects_label own) -> Holds (effects_label e)) by (intro; eapply subset_holds; eauto).
  destruct (everything own) eqn:EV.
  - split; [exact HL|congruence|congruence| |]; (intros t (HT & _); split; [exact HT|left; exact EV]).
  - apply bind_inv in H as (y & s2 & e3 & e4 & E & H & ->). apply demand_inv in E as (E & -> & ->).
    apply negb_true_iff in E. apply bind_inv in H as (y' & s3 & e5 & e6 & W & H & ->).
    apply demand_inv in H as (H & -> & ->). apply andb_true_iff in H as [HF HA]. rewrite forallb_forall in HF, HA.
    apply demand_written_inv in W as [W|W]; [congruence|].
    split; auto; intros t (HT & [K|K]); try congruence; (split; [auto|]); right; apply mem_id_in; auto.
Qed.

(** The activation's own locals were not there in the beginning. *)
Lemma own_tag_is_new : forall w0 entry F w k t, activation A CP C X w0 entry F w -> is_own_tag t ->
  tagging w k = Some t -> heap w0 (Dynamic k) = None.
Proof.
  intros w0 entry F w k t ACT (o & LT & R) T. destruct (heap w0 (Dynamic k)) as [b|] eqn:E; auto. exfalso.
  destruct (tagging w0 k) as [u|] eqn:U.
  - destruct (ev_tags _ _ _ _ _ _ (act_evolves _ _ _ _ _ _ _ _ ACT) k u U)
      as [T1|[(_ & _ & T1 & _)|(p & MA & PT & T1)]].
    + replace u with t in * by congruence.
      pose proof (act_levels _ _ _ _ _ _ _ _ ACT k t o _ _ U LT (fits_clone _ _ _ FX) R). lia.
    + congruence.
    + replace p with t in * by congruence. destruct (partner_facts _ _ PT) as (_ & HT & _).
      exact (local_not_heap _ _ _ LT HT).
  - rewrite (ev_untagged _ _ _ _ _ _ (act_evolves _ _ _ _ _ _ _ _ ACT) k) in T; congruence.
Qed.

Lemma callee_carries : forall w0 entry F w w' e, activation A CP C X w0 entry F w ->
  effects_within e -> evolves e w w' -> carries own w0 w w'.
Proof.
  intros w0 entry F w w' e ACT [WL WE WW WF WA] EV.
  assert (K : carries e w0 w w').
  { eapply evolves_is_carried; eauto. intros n o N.
    destruct (ev_objects _ _ _ _ _ _ (act_evolves _ _ _ _ _ _ _ _ ACT) n o N) as (o' & N' & _). congruence. }
  destruct K as [OB CO TG UT NW CT AL]. split; auto.
  - intros k t N T. destruct (TG k t N T) as [T1|[(MF & PT & T1)|(p & MA & PT & T1)]]; eauto 8.
  - intros k t N T H. destruct (NW k t N T H) as [T1|[T1|(u & MA & PT)]]; eauto 8.
  - intros HL E n t o o' N T T' H H' ST.
    eapply unchanged_within; [|apply (CT (WL HL) (WE E) n t o o' N T T' H H'); intro MA; apply ST; auto].
    intros x y Q r I. unfold written_ranges in I. apply in_map_iff in I as ((t' & r') & <- & I).
    apply filter_In in I as (I & Q'). cbn in Q'. apply Pos.eqb_eq in Q'. subst t'. cbn.
    destruct (WW E t r' I) as [OT|(s & IS & CS)]; [|eapply touches_wider; eauto].
    exfalso. pose proof OT as (o1 & (m & z & a & F1) & _). unfold tag_is in T. rewrite F1 in T.
    destruct n as [n|k]; [contradiction|].
    apply N. eapply own_tag_is_new; eauto.
  - intros HL E k t o o' N T H H' ST NF. apply (AL (WL HL) (WE E) k t o o'); auto. intro MA. apply ST. auto.
Qed.

(** What the callee did, this activation did. *)
Lemma evolves_call : forall w0 entry F w w' e, activation A CP C X w0 entry F w -> effects_within e -> evolves e w w' ->
  evolves own w0 w'.
Proof.
  intros w0 entry F w w' e ACT W EV. eapply evolves_carries; [apply (act_entry_tagged _ _ _ _ _ _ _ _ ACT)| |].
  - apply (act_evolves _ _ _ _ _ _ _ _ ACT).
  - eapply callee_carries; eauto.
Qed.

(** The running activation behind a call; [t'] has its own objects for newer ones. *)
Lemma activation_call : forall w0 entry F w w' e, activation A CP C X w0 entry F w -> effects_within e ->
  evolves e w w' ->
  well_tagged P C (heap w') (tagging w') -> no_new_locals C w w' ->
  (forall k, newer (tagging w') k <-> newer (tagging w) k) -> activation A CP C X w0 entry F w'.
Proof.
  intros w0 entry F w w' e ACT W EV WT NN NW. pose proof (evolves_call _ _ _ _ _ _ ACT W EV) as EO.
  destruct ACT as [AF AE AT AV AO AL LV AP AN].
  assert (ST : forall k t b, tagging w k = Some t -> PM.find t (tags C) = Some b -> is_local b = true ->
    tagging w' k = Some t).
  { intros k t b T Q L. destruct (ev_tags _ _ _ _ _ _ EV k t T) as [T1|[((HT & _) & _)|(p & (HT & _) & _)]];
      auto; exfalso;
      destruct (local_tag_is _ _ Q L) as (o & c & LT); exact (local_not_heap _ _ _ LT HT). }
  split; auto.
  - intros o n E. destruct (AO o n E) as (k & m & t & -> & LM & LC & T & LT & N). exists k, m, t. repeat split; auto.
    destruct LT as (many & z & a & Q). eapply ST; eauto.
  - intros k t b N T Q L. destruct (heap w (Dynamic k)) as [o|] eqn:E.
    + destruct (tagging w k) as [u|] eqn:U.
      * apply (AL k t b N); auto. destruct (ev_tags _ _ _ _ _ _ EV k u U) as [T1|[(_ & _ & T1 & _)|(p & _ & PT & T1)]];
          [congruence|congruence|].
        replace p with t in * by congruence. destruct (partner_facts _ _ PT) as (_ & HT & _).
        destruct (local_tag_is _ _ Q L) as (o' & c & LT). destruct (local_not_heap _ _ _ LT HT).
      * rewrite (ev_untagged _ _ _ _ _ _ EV k) in T; congruence.
    + rewrite (NN k t b E T Q) in L. discriminate.
  - intro k. rewrite NW. apply AN.
Qed.

End Evolve.
