(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The rule of free is sound *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs ClaimProofs BaseProofs StepProofs TableProofs KeepProofs
  RenameProofs.
From AICheck Require Import SpeechProofs EvolveProofs LifetimeProofs EndProofs ReturnProofs FreeProofs.
From AICheck Require Import TargetProofs.
Import ListNotations.
Open Scope Z_scope.

Section FreeRule.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis ALARMS : forall x, (assumption_count CP <= x)%positive -> A x.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Notation own := (clone_effects (the_clone_body X)).

(** ** Facts about lifetimes that go *)

Definition drop_alive (g : state) (p : positive * (memory_fact * N)) : state :=
  if is_alive_fact (fact_about (fst (snd p))) then remove_fact g (fst p) else g.

Lemma remove_alive_facts : forall l g, weaker A P C g (fold_left drop_alive l g).
Proof.
  induction l as [|p l IH]; intro g; cbn; [apply weaker_refl|]. eapply weaker_trans; [|apply IH]. unfold drop_alive.
  destruct (is_alive_fact (fact_about (fst (snd p)))); [apply weaker_remove_fact|apply weaker_refl].
Qed.

Lemma find_remove_alive : forall l g n f,
  PM.find n (facts (fold_left drop_alive l g)) = Some f ->
  PM.find n (facts g) = Some f /\ forall x, In (n, x) l -> is_alive_fact (fact_about (fst x)) = false.
Proof.
  induction l as [|p l IH]; intros g n f H; cbn in H; [split; [exact H|intros ? []]|]. apply IH in H as [H K].
  unfold drop_alive in H. destruct (is_alive_fact (fact_about (fst (snd p)))) eqn:E.
  - apply find_remove_fact in H as [N H]. split; auto. intros x [->|I]; [destruct (N eq_refl)|auto].
  - split; auto. intros x [->|I]; auto.
Qed.

(** Nothing is known to be alive. *)
Lemma alive_unknown : forall g t,
  ~ alive_known A (fold_left drop_alive (PM.elements (facts g)) g) t.
Proof.
  intros g t (n & f & Q & _ & AB & _). apply find_remove_alive in Q as [Q K]. specialize (K f (in_elements _ _ _ Q)).
  rewrite AB in K. discriminate.
Qed.

Definition forget_alive (g : state) (t : id) : M state := keep_facts g t (fun a => negb (is_alive_fact a)).

Lemma forget_each : forall l g s h s' e, consistent g -> each l forget_alive g s = Some (h, s', e) ->
  weaker A P C g h /\ s' = s /\ e = [] /\
  forall n f, PM.find n (facts h) = Some f -> PM.find n (facts g) = Some f /\
    (In (fact_tag (fst f)) l -> is_alive_fact (fact_about (fst f)) = false).
Proof.
  induction l as [|t l IH]; intros g s h s' e T H; cbn in H.
  - apply ret_inv in H as (<- & <- & ->). split; [apply weaker_refl|]. repeat split; auto. intros [].
  - apply bind_inv in H as (k & s1 & e1 & e2 & KF & H & ->). unfold forget_alive in KF.
    pose proof (weaker_keep_facts A P C _ _ _ _ _ _ _ T KF) as W.
    destruct (keep_facts_quiet _ _ _ _ _ _ _ KF) as [-> ->].
    destruct (IH _ _ _ _ _ (wk_consistent _ _ _ _ _ W T) H) as (W2 & -> & -> & K).
    split; [eapply weaker_trans; eauto|]. split; auto. split; auto. intros n f Q. destruct (K n f Q) as [Q1 K1].
    destruct (find_keep_facts _ _ _ _ _ _ _ _ _ T KF Q1) as [Q2 K2]. split; auto. intros [E|I]; auto.
    apply negb_true_iff. auto.
Qed.

Section Activation.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

(** ** What an execution frees *)

Definition free_demand (F : frame) (m : memory) (a : operand) : Prop :=
  is_null (base_of F a) \/ offset_of F a = 0 /\ exists o, names m (base_of F a) o /\ stored_as o = SHeap /\
    alive o = true.

Lemma freed_heap : forall F w a m', well_tagged P C (heap w) (tagging w) -> free_demand F (heap w) a ->
  changed (heap w) (base_of F a) without_life m' ->
  exists k o, base_of F a = BObject (Dynamic k) /\ heap w (Dynamic k) = Some o /\ stored_as o = SHeap /\
    alive o = true /\
              m' = set_object (heap w) (Dynamic k) (without_life o).
Proof.
  intros F w a m' WT D (n & o & B & E & ->). destruct D as [D|(_ & q & (n' & B' & E') & ST & AL)];
    [unfold is_null in D; congruence|].
  rewrite B in B'. injection B' as <-. replace q with o in * by congruence. destruct n as [s|k]; [|exists k, o; auto].
  destruct (static_storage _ _ _ _ WT s o E) as (kk & S). congruence.
Qed.

Section Cases.
Variables (F : frame) (w : world) (v0 : valuation) (g : state).
Hypothesis HERE : here F w v0 g.
Variables (a : operand) (b : sbase) (f : form) (l : list State.entry) (tl : label) (c : claim).
Hypothesis DEN : denotes C (heap w) (tagging w) v0 g (SPointer b f) (VPointer (base_of F a) (offset_of F a)).
Hypothesis CASES : cases_of g b = Some (l, tl).
Variables (heap_tags : list id) (null : bool) (label : Reading.label).
Hypothesis DONE : forall x, In x l -> case_done A C (integers v0) g b f tl c heap_tags null label x.

Let TAGGED := act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ HERE).
Let SH : state_holds A P C (heap w) (tagging w) v0 g := held _ _ _ _ _ _ _ _ _ _ HERE v0 (agrees_refl _ _).

Lemma free_in_targets : Holds tl -> exists x, In x l /\
  in_entry C (heap w) (tagging w) x (base_of F a) (TargetProofs.own v0 g b).
Proof.
  intro L. destruct (DEN v0 (agrees_refl _ _)) as [B _].
  assert (IB : base_is C (heap w) (tagging w) v0 b (base_of F a)) by (destruct b; [apply B|exact B]).
  apply in_targets_in. eapply cases_hold; eauto.
Qed.

(** The case of a living heap object. *)
Lemma free_case : forall k o, Holds tl -> base_of F a = BObject (Dynamic k) -> heap w (Dynamic k) = Some o ->
  stored_as o = SHeap ->
  alive o = true -> exists x, In x l /\ tagging w k = Some (entry_tag x) /\ In (entry_tag x) heap_tags.
Proof.
  intros k o L B E ST AL. destruct (free_in_targets L) as (x & I & (HT & _)). exists x. split; auto.
  specialize (DONE x I).
  unfold case_done in DONE. rewrite B in HT. unfold has_tag in HT.
  destruct (PM.find (entry_tag x) (tags C)) as [[| | |f'|s kk z al| |y cl m z al|cl i p al]|] eqn:Q;
    try discriminate HT;
    try (destruct HT as (q & (n & EN & E') & S & D); injection EN as <-; congruence);
    destruct HT as (n & EN & TI); injection EN as <-; unfold tag_is in TI; rewrite Q in TI; try contradiction.
  - destruct (tags_exist _ _ _ _ TAGGED k _ TI) as (b' & q & Q' & E' & _ & K). rewrite Q in Q'. injection Q' as <-.
    destruct K as (K & _). congruence.
  - split; [exact TI|]. apply DONE.
Qed.

(** A null pointer is a case of its own. *)
Lemma free_null : Holds tl -> base_of F a = BNull -> exists x, In x l /\
  match PM.find (entry_tag x) (tags C) with Some TNull => null = true | _ => False end.
Proof.
  intros L B. destruct (free_in_targets L) as (x & I & (HT & _)). exists x. split; auto. specialize (DONE x I).
  unfold case_done in DONE. rewrite B in HT. unfold has_tag in HT.
  destruct (PM.find (entry_tag x) (tags C)) as [[]|]; auto; try discriminate HT;
    try (destruct HT as (q & (n & EN & _) & _); discriminate); destruct HT as (n & EN & _); discriminate.
Qed.

(** The claim. *)
Lemma free_claim : is_claimed c = true -> Holds tl -> Holds label -> free_demand F (heap w) a.
Proof.
  intros CL L L2. destruct (free_in_targets L) as (x & I & IE). pose proof (DONE x I) as D. unfold case_done in D.
  destruct (PM.find (entry_tag x) (tags C)) as [[| | |f'|s kk z al| |y cl m z al|cl i p al]|] eqn:Q; try congruence.
  - left. destruct IE as (HT & _). unfold has_tag in HT. rewrite Q in HT. exact HT.
  - right. destruct D as [_ D]. destruct (D CL L2) as [(n & q & FQ & TQ & AQ & LQ) Z].
    destruct (DEN v0 (agrees_refl _ _)) as [_ EV]. split.
    + rewrite <- EV. apply Z. eapply in_case_numbers; [exact (numbers _ _ _ _ _ _ _ SH)|eexists; split; eauto|eauto].
    + destruct IE as (HT & _). pose proof HT as HT'. unfold has_tag in HT. rewrite Q in HT.
      destruct HT as (nm & B & TI). pose proof TI as TI'.
      unfold tag_is in TI. rewrite Q in TI. destruct nm as [s|k]; [contradiction|].
      destruct (tags_exist _ _ _ _ TAGGED k _ TI) as (b' & o & Q' & E & _ & K). rewrite Q in Q'. injection Q' as <-.
      exists o. split; [exists (Dynamic k); auto|]. split; [exact K|].
      pose proof (memory_held _ _ _ _ _ _ _ SH n q FQ LQ) as FH. unfold fact_holds in FH. rewrite TQ, AQ in FH.
      exact (FH (Dynamic k) o TI' E).
Qed.
End Cases.
Lemma here_weaker : forall F w v0 g h, weaker A P C g h -> here F w v0 g -> here F w v0 h.
Proof.
  intros F w v0 g h W H. apply speaks_here; [|apply (acting _ _ _ _ _ _ _ _ _ _ H)].
  eapply speaks_weaker; eauto. eapply here_speaks; eauto.
Qed.
End Activation.

Lemma ended_at : forall w k o g, heap w (Dynamic k) = Some o -> newer g = newer (tagging w) ->
  (forall j, j <> k -> g j = tagging w j) ->
  let w' := {| heap := set_object (heap w) (Dynamic k) (without_life o); tagging := g |} in
  at_object k w w' /\ heap w' (Dynamic k) = Some (without_life o).
Proof.
  intros w k o g E N T w'. split; [split|]; cbn.
  - intros n D. unfold set_object. destruct (name_eq_dec (Dynamic k) n); congruence.
  - exact T.
  - intro j. rewrite N. reflexivity.
  - unfold set_object. destruct (name_eq_dec (Dynamic k) (Dynamic k)); congruence.
Qed.

Definition free_rule (a : operand) (site : id) (g : state) : M state := free_object X g a site.

Theorem free_is_sound : forall a, rule_is_sound A CP C X (Free a) (free_rule a).
Proof.
  intros a site g s g' s' e w0 entry F w v0 l' _ H SF CT RI R CO.
  pose proof (acting _ _ _ _ _ _ _ _ _ _ H) as ACT. pose proof (act_tagged _ _ _ _ _ _ _ _ ACT) as WT.
  destruct (next_instruction CP C X FX _ _ _ _ _ SF (act_function _ _ _ _ _ _ _ _ ACT) RI) as (_ & WS & NL).
  cbn in WS, NL. apply Forall_inv in NL.
  unfold free_rule, free_object in R. apply bind_inv in R as ([b f] & s1 & e1 & r1 & PO & R & ->).
  destruct (pointer_operand A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ _ H NL WS PO) as (DEN & _ & -> & ->).
  apply bind_inv in R as (c & s2 & e2 & r2 & RC & R & ->).
  pose proof (read_claim_spoken X _ _ _ _ _ _ RC) as SP.
  change (demands P F (heap w) (Free a)) with [(InvalidFree, free_demand F (heap w) a)].
  destruct (cases_of g b) as [[l tl]|] eqn:CS.
  - (* Known targets. *)
    apply bind_inv in R as ([[heap_tags null] label] & s3 & e3 & r3 & FC & R & ->).
    destruct (free_cases_hold A CP C X FX (integers v0) g b f tl c _ _ _ _ _ _ _ _ _ _ FC) as (K1 & _ & _ & DONE & K5).
    specialize (K5 (fun t I => match I with end)).
    apply bind_inv in R as (u & s4 & e4 & r4 & SE & R & ->). apply bind_inv in R as (u1 & s5 & e5 & r5 & DL & R & ->).
    unfold demand_effect_label, demand_label in DL. apply demand_inv in DL as (DL & <- & ->).
    apply bind_inv in R as (u2 & s6 & e6 & r6 & DF & R & ->). apply demand_inv in DF as (DF & <- & ->).
    apply bind_inv in R as (one & s7 & e7 & r7 & ON & R & ->).
    change (own_effects X) with own in *. set (full := union label (alarm c)) in *.
    assert (TL : Holds full -> Holds tl) by (intro L; apply K1; apply (union_holds A) in L; apply L).
    assert (MF : forall t, In t heap_tags -> may_free C own t).
    { intros t I. split; [auto|]. apply orb_true_iff in DF as [DF|DF]; [auto|]. right. rewrite forallb_forall in DF.
      apply (mem_id_in _ _ (DF t I)). }
    split.
    { cbn [app]. apply claims_one; [apply spoken_app; auto|]. eapply claim_shown; [exact RC|]. intros CL HL.
      apply settle_inv in SE; auto. subst e4.
      assert (L2 : Holds label) by (apply HL; repeat (rewrite !in_app_iff; cbn); tauto).
      eapply free_claim; eauto. }
    intros F' m' ME EF. apply Forall_inv in ME. cbn [snd] in ME.
    assert (CO7 : controlled A r7).
    { intros x I. apply CO. repeat rewrite in_app_iff. tauto. }
    destruct one as [t|].
    + (* The only object of its tag. *)
      assert (HT : heap_tags = [t] /\ null = false /\ exists body, PM.find t (tags C) = Some body /\
        is_single body = true).
      { destruct heap_tags as [|t1 [|]]; try (apply ret_inv in ON as (ON & _); discriminate).
        destruct null; [apply ret_inv in ON as (ON & _); discriminate|].
        apply bind_inv in ON as (body & s8 & e8 & r8 & TG & ON & _).
        destruct (tag_of_inv _ _ _ FX _ _ _ _ _ TG) as (Q & _ & _).
        apply ret_inv in ON as (ON & _). destruct (is_single body) eqn:S; [|discriminate].
        injection ON as ->. eauto 6. }
      destruct HT as (-> & -> & body & Q & SI). destruct (K5 t (or_introl eq_refl)) as (body' & Q' & HP).
      replace body' with body in * by congruence.
      apply bind_inv in R as (u3 & s8 & e8 & r8 & RO & R & ->). apply controlled_app in CO7 as [CO8 _].
      pose proof (rests_on_holds A CP C X FX ALARMS _ _ _ _ _ RO CO8) as L. apply ret_inv in R as (<- & _).
      inversion EF; subst.
      * exfalso. match goal with B : base_of F' a = BNull |- _ =>
          destruct (free_null w0 entry F' w v0 g H a b f l tl c DEN CS [t] false label DONE (TL L) B)
            as (x & _ & K) end.
        destruct (PM.find (entry_tag x) (tags C)) as [[]|]; try contradiction. discriminate.
      * match goal with CH : changed _ _ _ _ |- _ => destruct (freed_heap _ _ _ _ WT ME CH)
          as (k & o & B & E & ST & AL & ->) end.
        destruct (free_case w0 entry F' w v0 g H a b f l tl c DEN CS [t] false label DONE k o (TL L) B E ST AL)
          as (x & _ & T & [ET|[]]).
        rewrite <- ET in T.
        destruct (ended_at w k o (without_tag (tagging w) k) E eq_refl) as [AO EN].
        { intros j D. cbn. destruct (Pos.eqb_spec j k); congruence. }
        set (w' := {| heap := set_object (heap w) (Dynamic k) (without_life o); tagging := without_tag (tagging w) k |})
          in *.
        assert (UT : tagging w' k = None) by (cbn; rewrite Pos.eqb_refl; reflexivity).
        destruct (single_heap C t body Q HP SI) as (p & PT).
        exists (without_tag (tagging w) k), v0. change (here A CP C X w0 entry F' w' v0
          (add_fact (label_memory (remove_all (rename_one X (remove_size g t) t [freed_tag] false full) t) full)
             {| fact_tag := t; fact_about := Absent; fact_label := full |})).
        destruct (free_renames A CP C FIT X FX w0 entry F' w w' k o ACT AO E EN ST
                    (or_intror (conj UT (ex_intro _ t (ex_intro _ p (conj T (conj PT (MF t (or_introl eq_refl)))))))) 
                    v0 (remove_size g t) t body full Q HP SI T UT L
                    (speaks_remove_size A CP C X _ _ _ _ _ _ (here_speaks _ _ _ _ _ _ _ _ _ _ H))) as [S1 S2].
        apply speaks_here.
        -- apply speaks_add_fact; [exact I| |eapply speaks_weaker; [apply weaker_label_memory|exact S1]].
          intros v _ _ _.
           apply S2. reflexivity.
        -- eapply (free_activation A CP C FIT X w0 entry F' w w' k o ACT AO E EN ST).
           ++ intros _ _ u3' T'. replace u3' with t by congruence. apply MF. left. reflexivity.
           ++ right. split; [exact UT|]. exists t, p. split; [exact T|]. split; [exact PT|]. apply MF.
              left. reflexivity.
    + apply bind_inv in R as (g2 & s8 & e8 & r8 & FE & R & ->). apply ret_inv in R as (<- & _).
      destruct (forget_each _ _ _ _ _ _ (tables _ _ _ _ _ _ _ _ _ _ H) FE) as (W & _ & _ & KA).
      pose proof (here_weaker w0 entry _ _ _ _ _ W H) as H2.
      inversion EF; subst.
      * exists (tagging w), v0. destruct w as [m t]. eapply here_weaker; [apply weaker_label_memory|exact H2].
      * match goal with CH : changed _ _ _ _ |- _ => destruct (freed_heap _ _ _ _ WT ME CH)
          as (k & o & B & E & ST & AL & ->) end.
        destruct (ended_at w k o (tagging w) E eq_refl (fun _ _ => eq_refl)) as [AO EN].
        set (w' := {| heap := set_object (heap w) (Dynamic k) (without_life o); tagging := tagging w |}) in *.
        assert (CASE : Holds tl -> exists t, tagging w k = Some t /\ In t heap_tags).
        { intro L. destruct (free_case w0 entry F' w v0 g H a b f l tl c DEN CS heap_tags null label DONE k o L B E ST
            AL) as (x & _ & T & I). eauto. }
        exists (tagging w), v0. change (here A CP C X w0 entry F' w' v0 (label_memory g2 full)).
        pose proof (here_speaks _ _ _ _ _ _ _ _ _ _ H2) as S2. apply speaks_here.
        -- apply speaks_label_memory.
           ++ apply (free_speaks A CP C X F' w w' k o AO E EN); auto.
           ++ intro L. apply (free_speaks A CP C X F' w w' k o AO E EN); auto.
              intros t T _ (n & q & FQ & TQ & AQ & _). destruct (CASE (TL L)) as (t' & T' & I).
              destruct (KA n q FQ) as [_ NA]. rewrite TQ in NA. replace t with t' in NA by congruence.
              specialize (NA I). rewrite AQ in NA. discriminate.
        -- eapply (free_activation A CP C FIT X w0 entry F' w w' k o ACT AO E EN ST); [|left; reflexivity].
           intros HL _ t T. destruct (CASE (TL (subset_holds A _ _ DL HL))) as (t' & T' & I).
           replace t with t' by congruence. auto.
  - (* Anything. *)
    apply bind_inv in R as (u & s3 & e3 & r3 & NC & R & ->). apply demand_inv in NC as (NC & <- & ->).
    apply negb_true_iff in NC.
    apply bind_inv in R as (u' & s4 & e4 & r4 & EV & R & ->). apply demand_inv in EV as (EV & <- & ->).
    apply ret_inv in R as (<- & _). change (everything own = true) in EV.
    split.
    { cbn [app]. apply claims_one; [apply spoken_app; auto|]. eapply claim_shown; [exact RC|]. congruence. }
    intros F' m' ME EF. apply Forall_inv in ME. cbn [snd] in ME.
    change (exists t' v', here A CP C X w0 entry F' {| heap := m';
      tagging := t' |} v' (fold_left drop_alive (PM.elements (facts g)) g)).
    pose proof (here_weaker w0 entry _ _ _ _ _ (remove_alive_facts (PM.elements (facts g)) g) H) as H2.
    inversion EF; subst.
    + exists (tagging w), v0. destruct w. exact H2.
    + match goal with CH : changed _ _ _ _ |- _ => destruct (freed_heap _ _ _ _ WT ME CH)
        as (k & o & B & E & ST & AL & ->) end.
      destruct (ended_at w k o (tagging w) E eq_refl (fun _ _ => eq_refl)) as [AO EN].
      set (w' := {| heap := set_object (heap w) (Dynamic k) (without_life o); tagging := tagging w |}) in *.
      exists (tagging w), v0. change (here A CP C X w0 entry F' w' v0 (fold_left drop_alive (PM.elements (facts g)) g)).
      apply speaks_here.
      * apply (free_speaks A CP C X F' w w' k o AO E EN); auto.
        -- intros t _ _. apply alive_unknown.
        -- eapply here_speaks; eauto.
      * eapply (free_activation A CP C FIT X w0 entry F' w w' k o ACT AO E EN ST); [congruence|left; reflexivity].
Qed.

End FreeRule.
