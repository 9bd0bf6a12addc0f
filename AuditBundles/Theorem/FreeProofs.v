(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What is freed: the cases of the pointer, and the world behind *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs ClaimProofs BaseProofs TableProofs KeepProofs RenameProofs
  SpeechProofs RenewedProofs.
From AICheck Require Import EvolveProofs LifetimeProofs EndProofs ReturnProofs.
Import ListNotations.
Open Scope Z_scope.

Section Free.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Notation own := (clone_effects (the_clone_body X)).

(** ** Cases *)

Section Cases.
Variable v : positive -> Z.
Variable g : state.
Variables (b : sbase) (f : form) (tl : label) (c : claim).

(** What is known of a case, and where its tag went. *)
Definition case_done (heap : list id) (null : bool) (label : label) (x : entry) : Prop :=
  match PM.find (entry_tag x) (tags C) with
  | Some TNull => null = true
  | Some (THeap _ _ _ _) =>
    In (entry_tag x) heap /\
    (is_claimed c = true -> Holds label ->
     alive_known A g (entry_tag x) /\ (numbers_hold A v (in_case g b x tl) -> eval_form v f = 0))
  | _ => is_claimed c = false
  end.

Lemma free_cases_hold : forall l heap null label s heap' null' label' s' e,
  free_cases X g b f tl c l heap null label s = Some ((heap', null', label'), s', e) ->
  (Holds label' -> Holds label) /\ (forall t, In t heap -> In t heap') /\ (null = true -> null' = true) /\
  (forall x, In x l -> case_done heap' null' label' x) /\
  ((forall t, In t heap -> heap_tag C t) -> forall t, In t heap' -> heap_tag C t).
Proof.
  induction l as [|x l IH]; intros heap null label s heap' null' label' s' e H; cbn [free_cases] in H.
  - apply ret_inv in H as (H & _). injection H as <- <- <-.
    assert (R : forall t, In t (rev' heap) <-> In t heap) by (intro t; apply in_reversed).
    split; [auto|]. split; [intros t I; apply R; exact I|]. split; [auto|]. split; [intros x []|]. intros K t I.
    apply K. apply R. exact I.
  - apply bind_inv in H as (body & s1 & e1 & r1 & TG & H & ->).
    destruct (tag_of_inv _ _ _ FX _ _ _ _ _ TG) as (F & -> & ->).
    assert (OTHER : (is_claimed c = false ->
      free_cases X g b f tl c l heap null label s = Some ((heap', null', label'), s', r1) ->
              match body with TNull | THeap _ _ _ _ => True | _ => 
      (Holds label' -> Holds label) /\ (forall t, In t heap -> In t heap') /\ (null = true -> null' = true) /\
      (forall y, In y (x :: l) -> case_done heap' null' label' y) /\
      ((forall t, In t heap -> heap_tag C t) -> forall t, In t heap' -> heap_tag C t) end)).
    { intros CL K. apply IH in K as (K1 & K2 & K3 & K4 & K5). destruct body; auto;
        (split; [auto|]; split; [auto|]; split; [auto|]; split; [|auto]; intros y [<-|I]; auto; unfold case_done;
          rewrite F; exact CL). }
    destruct body; try (apply bind_inv in H as (u & s2 & e2 & r2 & D & H & ->); apply demand_inv in D as (D & <- & ->);
                        apply negb_true_iff in D; apply OTHER; assumption).
    + apply IH in H as (K1 & K2 & K3 & K4 & K5). split; [auto|]. split; [auto|]. split; [auto|]. split; [|auto].
      intros y [<-|I]; auto. unfold case_done. rewrite F. auto.
    + assert (HT : heap_tag C (entry_tag x)) by (eexists; split; eauto; reflexivity).
      assert (H5 : (forall t, In t heap -> heap_tag C t) -> forall t, In t (entry_tag x :: heap) -> heap_tag C t).
      { intros K t [<-|I]; auto. }
      destruct (is_claimed c) eqn:CL.
      * apply bind_inv in H as (n & s2 & e2 & r2 & _ & H & _). apply bind_inv in H as (n' & s3 & e3 & r3 & _ & H & _).
        apply bind_inv in H as (a & s4 & e4 & r4 & FA & H & _). apply bind_inv in H as (u & s5 & e5 & r5 & D & H & _).
        apply demand_inv in D as (D & _ & _). apply bind_inv in H as (high & s6 & e6 & r6 & UB & H & _).
        apply bind_inv in H as (low & s7 & e7 & r7 & LB & H & _).
        apply bind_inv in H as (u' & s8 & e8 & r8 & D2 & H & _).
        apply demand_inv in D2 as (D2 & _ & _). apply andb_true_iff in D2 as [D2 D3]. apply Z.leb_le in D2, D3.
        apply IH in H as (K1 & K2 & K3 & K4 & K5).
        assert (K6 : Holds label' -> Holds label /\ Holds (label_of_fact g a) /\ Holds (label_of high) /\
          Holds (label_of low)).
        { intro L. apply K1 in L. apply (union_holds A) in L as [L1 L]. apply (union_holds A) in L as [L2 L].
          apply (union_holds A) in L as [L3 L4]. auto. }
        split; [intro L; apply K6; exact L|]. split; [intros t I; apply K2; right; exact I|]. split; [auto|].
        split; [|auto].
        intros y [<-|I]; auto. unfold case_done. rewrite F. split; [apply K2; left; auto|].
        intros _ L. destruct (K6 L) as (_ & L2 & L3 & L4). split.
        -- unfold fact_of_tag in FA. apply bind_inv in FA as (a' & s9 & e9 & r9 & HF & FA & _).
           apply bind_inv in FA as (u2 & s10 & e10 & r10 & DT & FA & _). apply demand_inv in DT as (DT & _ & _).
           apply ret_inv in FA as (-> & _ & _). unfold held_fact in HF. apply lift_inv in HF as (HF & _ & _).
           apply Pos.eqb_eq in DT. exists n', a. repeat split; auto.
           destruct (fact_about (fst a)); try discriminate. auto.
        -- intro N. pose proof (proj2 (upper_bound_holds A v _ N _ _ _ _ _ UB L3)).
           pose proof (proj2 (lower_bound_holds A v _ N _ _ _ _ _ LB L4)). lia.
      * apply IH in H as (K1 & K2 & K3 & K4 & K5).
        split; [auto|]. split; [intros t I; apply K2; right; exact I|]. split; [auto|]. split; [|auto].
        intros y [<-|I]; auto. unfold case_done. rewrite F. split; [apply K2; left; auto|]. congruence.
Qed.
End Cases.

(** ** The world *)

Section World.
Variables (w0 : world) (entry : id -> value).
Variables (F : frame) (w w' : world) (k : positive) (o : object).
Hypothesis ACT : activation A CP C X w0 entry F w.
Hypothesis AT : at_object k w w'.
Hypothesis OBJECT : heap w (Dynamic k) = Some o.
Hypothesis FREED : heap w' (Dynamic k) = Some (without_life o).
Hypothesis STORED : stored_as o = SHeap.

(** Only of objects whose tag the effects free. *)
Hypothesis FREES : Holds (effects_label own) -> everything own = false -> forall t, tagging w k = Some t ->
  may_free C own t.
Hypothesis TAGS : tagging w' k = tagging w k \/
  tagging w' k = None /\ exists t p, tagging w k = Some t /\ partner C t p /\ may_free C own t.

Lemma free_lives : changes_lives w w'.
Proof.
  apply (lives_at k); auto. intros q Q. exists (without_life o). split; auto. replace q with o by congruence.
  repeat split; auto. discriminate.
Qed.

Lemma free_tags : forall j t, tagging w' j = Some t -> tagging w j = Some t.
Proof.
  intros j t T. destruct (Pos.eq_dec j k) as [->|D]; [destruct TAGS as [E|[E _]]; congruence|].
  rewrite (ao_tags _ _ _ AT) in T; auto.
Qed.

Lemma freed_object : freed (heap w') (BObject (Dynamic k)).
Proof. exists (without_life o). split; [exists (Dynamic k); auto|]. auto. Qed.

Lemma not_local : forall t x c, tagging w k = Some t -> ~ local_tag_of C t x c.
Proof.
  intros t x c T (m & z & a & Q). destruct (tags_exist _ _ _ _ (act_tagged _ _ _ _ _ _ _ _ ACT) k t T)
    as (b & q & Q' & E & _ & B).
  rewrite Q in Q'. injection Q' as <-. destruct B as (B & _). congruence.
Qed.

Lemma free_activation : activation A CP C X w0 entry F w'.
Proof.
  pose proof ACT as [AF AE AT' AV AO AL LV AP AN].
  assert (SAME : forall n q, heap w n = Some q -> exists q', heap w' n = Some q' /\ same_object q q' /\
    initialised q' = initialised q /\ cell q' = cell q).
  { intros n q Q. destruct (name_eq_dec n (Dynamic k)) as [->|D].
    - exists (without_life o). replace q with o by congruence. split; auto.
      repeat split; auto; [discriminate|congruence].
    - exists q. rewrite (ao_heap _ _ _ AT) by auto. auto using same_object_refl. }
  split; auto.
  - apply (well_tagged_again CP C FIT w); auto using free_lives.
    + intros j t T. apply free_tags in T. destruct (tags_exist _ _ _ _ AT' j t T) as (b & q & Q & E & AL1 & B).
      destruct (SAME _ _ E) as (q' & E' & (S1 & S2 & S3 & S4 & S5) & _). exists b, q'. split; [auto|]. split; [auto|].
      split; [congruence|].
      destruct b; try contradiction; [|congruence]. destruct B as (B1 & B2 & B3).
      split; [congruence|]. split; [rewrite S5; congruence|]. intros z Z. rewrite S1. auto.
    + intros i j t b T1 T2. apply (singles _ _ _ _ AT'); apply free_tags; auto.
    + intros j b E. destruct (Pos.eq_dec j k) as [->|D].
      * right. rewrite FREED in E. injection E as <-. exact STORED.
      * rewrite (ao_heap _ _ _ AT) in E by congruence. eapply (dynamic_storage _ _ _ _ AT'); eauto.
  - eapply evolves_carries; eauto. split.
    + intros n q _ Q. destruct (SAME n q Q) as (q' & E & S & _). eauto.
    + intros n q q' _ E E' _. destruct (SAME n q E) as (q2 & E2 & _ & S1 & S2). replace q' with q2 by congruence.
      apply unchanged_same; auto.
    + intros j t _ T. destruct (Pos.eq_dec j k) as [->|D]; [|left; rewrite (ao_tags _ _ _ AT); auto].
      destruct TAGS as [E|(E & t' & p & T' & PT & MF)]; [left; congruence|]. right. left.
      replace t with t' by congruence.
      split; [exact MF|]. split; [eauto|]. split; [exact E|]. apply freed_object.
    + intros j _ T. destruct (Pos.eq_dec j k) as [->|D]; [destruct TAGS as [E|[E _]]; congruence|].
      rewrite (ao_tags _ _ _ AT); auto.
    + intros j t _ T _. left. apply free_tags. exact T.
    + intros _ _ n t q q' _ _ _ E E' _. destruct (SAME n q E) as (q2 & E2 & _ & S1 & S2).
      replace q' with q2 by congruence. apply unchanged_same; auto.
    + intros HL EV j t q q' _ T E E' _ NF. destruct (Pos.eq_dec j k) as [->|D]; [destruct NF; apply FREES; auto|].
      rewrite (ao_heap _ _ _ AT) in E' by congruence. congruence.
  - intros y n E. destruct (AO y n E) as (j & m & t & -> & LM & LC & T & LT & N). exists j, m, t.
    split; [auto|]. split; [auto|]. split; [auto|]. split; [|auto]. rewrite (ao_tags _ _ _ AT); auto. intros ->.
    exact (not_local _ _ _ T LT).
  - intros j t b N T. apply (AL j t b N). apply free_tags. exact T.
  - intro j. rewrite (ao_newer _ _ _ AT). apply AN.
Qed.

(** ** The state where the object keeps its tag *)

Lemma free_keeps_tags : tagging w' k = tagging w k -> forall t b, has_tag C (heap w) (tagging w) t b ->
  has_tag C (heap w') (tagging w') t b.
Proof.
  intros E t b. apply has_tag_last; [apply free_lives|]. intros n. apply tag_is_same. intros j _.
  destruct (Pos.eq_dec j k) as [->|D]; auto. apply (ao_tags _ _ _ AT). exact D.
Qed.

Lemma free_speaks : forall v0 (of : id -> Prop) g, tagging w' k = tagging w k ->
  (forall t, tagging w k = Some t -> of t -> ~ alive_known A g t) ->
  speaks A CP C X F w v0 every g -> speaks A CP C X F w' v0 of g.
Proof.
  intros v0 of g TE NA S. pose proof (free_keeps_tags TE) as HT.
  apply (speaks_renewed A CP C X w w' (fun l => l)) with (fv := no_change) (of := every) (g := g).
  - intros l b z I. unfold in_targets in *. eapply Exists_impl; [|exact I]. intros e (H1 & H2 & H3). split; auto.
  - intros v s x H. destruct s as [f|[u|y] f|[|]]; destruct x as [n|b z|z]; cbn [is_symbolic] in *;
      try contradiction; auto.
    destruct H as [[H K] E]. split; [|exact E]. split; [apply HT; exact H|].
    destruct (PM.find u (tags C)) as [[]|]; auto.
    destruct b as [| |[|]]; auto. apply (ao_newer _ _ _ AT). exact K.
  - reflexivity.
  - apply renewed_refl.
  - exact S.
  - unfold every. auto.
  - intros t n o' O T E. left. destruct (name_eq_dec n (Dynamic k)) as [->|D].
    + destruct (tag_is_dynamic _ _ _ _ T) as [T1 _]. rewrite TE in T1. exists o. split; [|split; [exact OBJECT|split]].
      * eapply tag_is_same; [|exact T]. intros j Ej. injection Ej as <-. auto.
      * rewrite FREED in E. injection E as <-. repeat split; auto. discriminate.
      * intro AK. destruct (NA t T1 O AK).
    + exists o'. rewrite (ao_heap _ _ _ AT) in E by auto. split; [|auto using still_refl].
      eapply tag_is_same; [|exact T]. intros j Ej. symmetry. apply (ao_tags _ _ _ AT). congruence.
  - intros t z _ n o' T E. assert (T' : tag_is C (tagging w) t n).
    { eapply tag_is_same; [|exact T]. intros j _. symmetry. destruct (Pos.eq_dec j k) as [->|D]; [exact TE|].
      apply (ao_tags _ _ _ AT). exact D. }
    destruct (name_eq_dec n (Dynamic k)) as [->|D].
    + exists o. rewrite FREED in E. injection E as <-. auto.
    + exists o'. rewrite (ao_heap _ _ _ AT) in E by auto. auto.
Qed.

(** ** The state where the only object of a tag loses it *)

Lemma free_renames : forall v0 g t body label, PM.find t (tags C) = Some body -> is_heap body = true ->
  is_single body = true ->
  tagging w k = Some t -> tagging w' k = None -> Holds label ->
  speaks A CP C X F w v0 every g ->
  speaks A CP C X F w' v0 every (remove_all (rename_one X g t [freed_tag] false label) t) /\
  forall z f, fact_tag f = t -> fact_holds P C (heap w') (tagging w') z f.
Proof.
  intros v0 g t body label Q HT SI T U HL S.
  assert (ONLY : forall j, tagging w j = Some t -> j = k).
  { intros j T1. eapply (singles _ _ _ _ (act_tagged _ _ _ _ _ _ _ _ ACT)); eauto. }
  assert (TAG : forall g' n, tag_is C g' t n -> exists j, n = Dynamic j /\ g' j = Some t).
  { intros g' n H. unfold tag_is in H. rewrite Q in H. destruct body; try discriminate.
    destruct n; [contradiction|eauto]. }
  set (names := fun u => if Pos.eqb u t then Some [freed_tag] else None).
  assert (KEEP : forall u b, u <> t -> has_tag C (heap w) (tagging w) u b -> has_tag C (heap w') (tagging w') u b).
  { intros u b D. apply has_tag_last; [apply free_lives|]. intros n TI. eapply tag_is_same; [|exact TI]. intros j ->.
    apply (ao_tags _ _ _ AT). intros ->. destruct (tag_is_dynamic _ _ _ _ TI) as [T1 _]. congruence. }
  split.
  - apply speaks_remove_all.
    apply (speaks_renewed A CP C X w w' (retargeted X names false)) with (fv := no_change) (of := every) (g := g).
    + intros l b z. apply targets_renamed with (C := C); [apply FX| |].
      * intros u new E. unfold names in E. destruct (Pos.eqb_spec u t) as [->|]; [|discriminate]. injection E as <-.
        split; [exists body; destruct body; try discriminate; auto|]. intros n f [<-|[]].
        rewrite (proj2 (proj2 (fixed_tags _ _ FIT))). discriminate.
      * intros u b' H. unfold names. destruct (Pos.eqb_spec u t) as [->|D]; [|auto]. right. exists freed_tag.
        split; [left; auto|].
        unfold has_tag. rewrite (proj2 (proj2 (fixed_tags _ _ FIT))). unfold has_tag in H. rewrite Q in H.
        destruct body; try discriminate. destruct H as (n & -> & TI). destruct (TAG _ _ TI) as (j & -> & T1).
        rewrite (ONLY j T1).
        apply freed_object.
    + intros v s x H. destruct s as [f|[u|y] f|[|]]; destruct x as [n|b z|z]; cbn [is_symbolic no_change] in *;
        try contradiction; auto.
      destruct H as [[H K] E]. split; [|exact E]. destruct (Pos.eq_dec u t) as [->|D].
      * rewrite Q in K. destruct body; try discriminate. contradiction.
      * split; [auto|]. destruct (PM.find u (tags C)) as [[]|]; auto. destruct b as [| |[|]]; auto.
        apply (ao_newer _ _ _ AT). exact K.
    + reflexivity.
    + apply renewed_rename with (C := C). apply FX.
    + exact S.
    + unfold every. auto.
    + intros u n o' [_ D] TI E. left. exists o'.
      assert (N : n <> Dynamic k). { intros ->. destruct (tag_is_dynamic _ _ _ _ TI) as [T1 _]. congruence. }
      rewrite (ao_heap _ _ _ AT) in E by auto. split; [|auto using still_refl].
      eapply tag_is_same; [|exact TI]. intros j Ej. symmetry. apply (ao_tags _ _ _ AT). congruence.
    + intros u z _ n o' TI E. exists o'.
      assert (N : n <> Dynamic k). { intros ->. destruct (tag_is_dynamic _ _ _ _ TI) as [T1 _]. congruence. }
      rewrite (ao_heap _ _ _ AT) in E by auto. split; [|auto].
      eapply tag_is_same; [|exact TI]. intros j Ej. symmetry. apply (ao_tags _ _ _ AT). congruence.
  - intros z f TF n o' TI E. exfalso. rewrite TF in TI. destruct (TAG _ _ TI) as (j & -> & T1).
    pose proof (free_tags _ _ T1) as T2. rewrite (ONLY j T2) in T1. congruence.
Qed.
End World.
End Free.
