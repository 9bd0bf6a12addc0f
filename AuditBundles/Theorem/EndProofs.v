(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The end of an automatic object *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs RenameProofs SpeechProofs RenewedProofs EvolveProofs
  LifetimeProofs.
Import ListNotations.
Open Scope Z_scope.

Section End_.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Notation speaks := (speaks A CP C X).

(** ** The state, when the tag [t] is taken from an object that ends *)

Record loses (t : id) (many : bool) (w w' : world) : Prop := {
  lose_tag : forall b, has_tag C (heap w) (tagging w) t b ->
    many = true /\ has_tag C (heap w') (tagging w') t b \/ ended (heap w') b;
  lose_value : forall b, named C (heap w) (tagging w) t b -> ended (heap w') b;
  lose_others : forall u b, u <> t -> has_tag C (heap w) (tagging w) u b -> has_tag C (heap w') (tagging w') u b;
  lose_newer : forall k, newer (tagging w) k -> newer (tagging w') k;
  lose_objects : forall u n o', tag_is C (tagging w') u n -> heap w' n = Some o' ->
    exists o, tag_is C (tagging w) u n /\ heap w n = Some o /\ still o o' /\ alive o' = alive o }.

Lemma ended_tag_is : forall m t b, ended m b -> has_tag C m t ended_tag b.
Proof. intros m t b E. unfold has_tag. rewrite (proj1 (proj2 (fixed_tags _ _ FIT))). exact E. Qed.

Lemma ended_value_holds : forall t many w w', loses t many w w' -> forall v s x,
  is_symbolic C (heap w) (tagging w) v s x -> is_symbolic C (heap w') (tagging w') v (ended_value t s) x.
Proof.
  intros t many w w' [LT LV LO LN _] v s x H. destruct s as [f|[u|y] f|[|]]; destruct x as [n|b o|z]; cbn in *;
    try contradiction; auto.
  destruct H as [H E]. destruct (Pos.eqb_spec u t) as [->|N]; cbn; (split; [|exact E]).
  - pose proof (LV b H) as D. unfold named. rewrite (proj1 (proj2 (fixed_tags _ _ FIT))). split; auto.
    apply ended_tag_is. exact D.
  - destruct H as [H K]. split; [apply LO; auto|]. destruct (PM.find u (tags C)) as [[]|]; auto.
    destruct b as [| |[|]]; auto.
Qed.

Lemma end_local_speaks : forall F w w' v0 g t body s h s' e,
  PM.find t (tags C) = Some body -> is_object body = true -> loses t (negb (is_single body)) w w' ->
  speaks F w v0 every g -> end_local X g t s = Some (h, s', e) -> speaks F w' v0 every h /\ s' = s /\ e = [].
Proof.
  intros F w w' v0 g t body s h s' e F1 OB L S H. unfold end_local in H.
  apply bind_inv in H as (body' & s1 & e1 & e2 & T & H & ->).
  destruct (tag_of_inv _ _ _ FX _ _ _ _ _ T) as (F2 & -> & ->).
  replace body' with body in * by congruence. apply ret_inv in H as (<- & <- & ->). split; [|auto].
  set (many := negb (is_single body)) in *.
  set (names := fun u => if Pos.eqb u t then Some [ended_tag] else None).
  assert (NF : names_fit C names).
  { intros u new E. unfold names in E. destruct (Pos.eqb_spec u t) as [->|]; [|discriminate]. inversion E; subst.
    split; [exists body; auto|]. intros n f [<-|[]]. rewrite (proj1 (proj2 (fixed_tags _ _ FIT))). discriminate. }
  assert (RN : renames C names many w w').
  { intros u b HT. unfold names. destruct (Pos.eqb_spec u t) as [->|N]; [|apply (lose_others _ _ _ _ L); auto].
    destruct (lose_tag _ _ _ _ L b HT) as [K|K]; [auto|]. right. exists ended_tag. split; [left; auto|].
    apply ended_tag_is. exact K. }
  assert (S0 : speaks F w v0 every (remove_size g t)) by (apply speaks_remove_size; exact S).
  set (g0 := remove_size g t) in *.
  assert (S1 : forall of : id -> Prop, speaks F w' v0 of (rename X (end_values g0 t) names many [])).
  { intro of. apply (speaks_renewed A CP C X w w' (retargeted X names many))
      with (fv := ended_value t) (of := every) (g := g0).
    - intros l b o. apply targets_renamed with (C := C); auto. apply FX.
    - intros v x y. eapply ended_value_holds; eauto.
    - intros [f|[u|y] f|x]; cbn; auto; contradiction.
    - apply (renewed_trans A (fun l => l) (retargeted X names many) (ended_value t) no_change g0 (end_values g0 t));
        [apply renewed_end_values|].
      apply renewed_rename with (C := C). apply FX.
    - exact S0.
    - unfold every. auto.
    - intros u n o' _ TI E. destruct (lose_objects _ _ _ _ L u n o' TI E) as (o & T1 & E1 & ST & AL). left.
      exists o. auto.
    - intros u z _ n o' TI E. destruct (lose_objects _ _ _ _ L u n o' TI E) as (o & T1 & E1 & (_ & _ & SZ & _) & _).
      exists o. auto. }
  unfold rename_one. fold names. destruct many; [apply S1|apply speaks_remove_all; apply S1].
Qed.

(** ** The world *)

Definition without_tag (t : ghost) (k : positive) : ghost :=
  {| tag_at := fun j => if Pos.eqb j k then None else t j; newer := newer t |}.

Lemma local_tag_unique : forall t o c o' c', local_tag_of C t o c -> local_tag_of C t o' c' -> o' = o /\ c' = c.
Proof. intros t o c o' c' (? & ? & ? & F1) (? & ? & ? & F2). rewrite F1 in F2. inversion F2; auto. Qed.

Lemma local_tag_dynamic : forall (g : ghost) t x c n, local_tag_of C t x c -> tag_is C g t n ->
  exists j, n = Dynamic j /\ g j = Some t.
Proof. intros g t x c n (? & ? & ? & F1) T. unfold tag_is in T. rewrite F1 in T. destruct n; [contradiction|eauto]. Qed.

Lemma local_has_tag : forall m (g : ghost) t x c b, local_tag_of C t x c -> has_tag C m g t b ->
  exists j, b = BObject (Dynamic j) /\ g j = Some t.
Proof.
  intros m g t x c b L H. pose proof L as (? & ? & ? & F1). unfold has_tag in H. rewrite F1 in H.
  destruct H as (n & -> & T).
  destruct (local_tag_dynamic _ _ _ _ _ L T) as (j & -> & E). eauto.
Qed.


Section Ends.
Variables (w0 : world) (entry : id -> value).
Variables (F : frame) (w : world).
Hypothesis ACT : activation A CP C X w0 entry F w.
Variables (x t : id).
Hypothesis LT : local_tag_of C t x (the_clone X).
Variable body : tag.
Hypothesis BODY : PM.find t (tags C) = Some body.

(** An object that has the tag and is newer than the activation is the one that the frame names. *)
Lemma own_object : forall j, tagging w j = Some t -> heap w0 (Dynamic j) = None -> automatic F x = Some (Dynamic j).
Proof.
  intros j T N. pose proof LT as (many & z & a & F1).
  destruct (act_locals _ _ _ _ _ _ _ _ ACT j t _ N T F1 eq_refl) as (o & AO).
  destruct (act_own _ _ _ _ _ _ _ _ ACT o _ AO) as (k & m & t' & E & _ & _ & T' & LT' & _). injection E as <-.
  replace t' with t in * by congruence. destruct (local_tag_unique _ _ _ _ _ LT LT') as [<- _]. exact AO.
Qed.

Lemma single_is_own : is_single body = true -> is_own_tag C X t.
Proof.
  intro S. exists x. split; auto. pose proof LT as (many & z & a & F1).
  pose proof (fitting_tag_of _ _ FIT _ _ F1) as FT.
  cbn in FT. replace body with (TLocal x (the_clone X) many z a) in S by congruence. cbn in S.
  apply negb_true_iff in S. subst many.
  destruct (PM.find x (local_tag C)) as [m|]; [|discriminate]. rewrite (fits_clone _ _ _ FX) in FT.
  apply andb_true_iff in FT as [FT _]. apply andb_true_iff in FT as [_ FT]. cbn in FT.
  apply negb_true_iff in FT. exact FT.
Qed.

Lemma named_own : forall b, named C (heap w) (tagging w) t b -> exists j, b = BObject (Dynamic j) /\
  automatic F x = Some (Dynamic j).
Proof.
  intros b [H N]. destruct (local_has_tag _ _ _ _ _ _ LT H) as (j & -> & T). pose proof LT as (many & z & a & F1).
  rewrite F1 in N. exists j. split; auto. apply own_object; auto. apply (act_newer _ _ _ _ _ _ _ _ ACT). exact N.
Qed.

Lemma single_own : is_single body = true -> forall b, has_tag C (heap w) (tagging w) t b ->
  exists j, b = BObject (Dynamic j) /\ automatic F x = Some (Dynamic j).
Proof.
  intros S b H. destruct (local_has_tag _ _ _ _ _ _ LT H) as (j & -> & T). exists j. split; auto.
  apply own_object; auto.
  eapply own_tag_is_new; eauto. apply single_is_own. exact S.
Qed.

(** Nothing to end. *)
Lemma loses_nothing : automatic F x = None -> loses t (negb (is_single body)) w w.
Proof.
  intro N. split; auto.
  - intros b H. destruct (is_single body) eqn:S; [|left; auto]. destruct (single_own S b H) as (j & _ & E). congruence.
  - intros b H. destruct (named_own b H) as (j & _ & E). congruence.
  - intros u n o T E. exists o. auto using still_refl.
Qed.

Variable k : positive.
Hypothesis NAME : automatic F x = Some (Dynamic k).
Variables (w' : world) (o : object).
Hypothesis AO : at_object k w w'.
Hypothesis OBJECT : heap w (Dynamic k) = Some o.
Hypothesis ENDED : heap w' (Dynamic k) = Some (without_life o).
Hypothesis UNTAGGED : tagging w' k = None.

Lemma own_tag : tagging w k = Some t.
Proof.
  destruct (act_own _ _ _ _ _ _ _ _ ACT x _ NAME) as (k' & m & t' & E & LM & LC & T & LT' & _). injection E as <-.
  pose proof LT as (many & z & a & F1). pose proof (fitting_tag_of _ _ FIT _ _ F1) as FT. cbn in FT.
  rewrite LM in FT. destruct (PM.find (the_clone X) (clones C)); [|discriminate]. rewrite LC in FT.
  apply andb_true_iff in FT as [FT _]. apply andb_true_iff in FT as [FT _]. apply Pos.eqb_eq in FT. congruence.
Qed.

Lemma own_new : heap w0 (Dynamic k) = None.
Proof. destruct (act_own _ _ _ _ _ _ _ _ ACT x _ NAME) as (k' & m & t' & E & _ & _ & _ & _ & N). congruence. Qed.

Lemma own_automatic : stored_as o = SAutomatic /\ alive o = true.
Proof.
  destruct (tags_exist _ _ _ _ (act_tagged _ _ _ _ _ _ _ _ ACT) k t own_tag) as (b & o' & F1 & E & _ & B).
  pose proof LT as (many & z & a & F2). rewrite F2 in F1. injection F1 as <-. replace o' with o in * by congruence.
  destruct B as (S & L & _). auto.
Qed.

Lemma end_loses : loses t (negb (is_single body)) w w'.
Proof.
  pose proof own_tag as OT. destruct own_automatic as [SA _].
  assert (L : objects_last w w').
  { eapply last_at; eauto. intros q Q. exists (without_life o). split; auto. replace q with o by congruence.
    repeat split; auto. discriminate. }
  assert (EN : ended (heap w') (BObject (Dynamic k))).
  { exists (without_life o). split; [exists (Dynamic k); auto|]. auto. }
  split.
  - intros b H. destruct (local_has_tag _ _ _ _ _ _ LT H) as (j & -> & T). destruct (Pos.eq_dec j k) as [->|D]; [auto|].
    left. destruct (is_single body) eqn:S.
    + destruct D. eapply (singles _ _ _ _ (act_tagged _ _ _ _ _ _ _ _ ACT)); eauto.
    + split; auto. unfold has_tag. pose proof LT as (? & ? & ? & F1). rewrite F1. exists (Dynamic j). split; auto.
      unfold tag_is. rewrite F1. rewrite (ao_tags _ _ _ AO); auto.
  - intros b H. destruct (named_own b H) as (j & -> & E). replace j with k by congruence. exact EN.
  - intros u b D H. eapply has_tag_last; eauto. intros n T. eapply tag_is_same; [|exact T]. intros j ->.
    apply (ao_tags _ _ _ AO). intros ->. apply D. destruct (tag_is_dynamic _ _ _ _ T) as [T1 _]. congruence.
  - intros j N. apply (ao_newer _ _ _ AO). exact N.
  - intros u n o' T E.
    assert (D : n <> Dynamic k).
    { intros ->. destruct (tag_is_dynamic _ _ _ _ T) as [T1 _]. congruence. }
    rewrite (ao_heap _ _ _ AO) in E by auto. exists o'. split; [|auto using still_refl].
    eapply tag_is_same; [|exact T]. intros j ->. symmetry. apply (ao_tags _ _ _ AO). congruence.
Qed.

Variable G : frame.
Hypothesis RUNNING : running G = running F.
Hypothesis REGISTERS : registers G = registers F.
Hypothesis AUTOMATIC : forall y, automatic G y = if Pos.eqb y x then None else automatic F y.

Lemma end_activation : activation A CP C X w0 entry G w'.
Proof.
  pose proof own_tag as OT. destruct own_automatic as [SA _]. pose proof own_new as N0.
  assert (NOT : forall j u, tagging w' j = Some u -> j <> k /\ tagging w j = Some u).
  { intros j u T. assert (D : j <> k) by congruence. split; auto. rewrite (ao_tags _ _ _ AO) in T; auto. }
  pose proof ACT as [AF AE AT AV AO' AL LV AP AN]. split; auto.
  - congruence.
  - apply (well_tagged_again CP C FIT w); auto.
    + eapply lives_at; eauto. intros q Q. exists (without_life o). split; auto. replace q with o by congruence.
      repeat split; auto. discriminate.
    + intros j u T. destruct (NOT j u T) as [D T1]. destruct (tags_exist _ _ _ _ AT j u T1) as (b & q & B). exists b, q.
      rewrite (ao_heap _ _ _ AO) by congruence. exact B.
    + intros i j u b T1 T2 Q S. destruct (NOT i u T1) as [_ T3], (NOT j u T2) as [_ T4].
      eapply (singles _ _ _ _ AT); eauto.
    + intros j b E. destruct (Pos.eq_dec j k) as [->|D].
      * left. replace b with (without_life o) by congruence. exact SA.
      * rewrite (ao_heap _ _ _ AO) in E by congruence. eapply (dynamic_storage _ _ _ _ AT); eauto.
  - eapply evolves_carries; eauto. eapply carries_at; eauto. congruence.
  - intros y n E. rewrite AUTOMATIC in E. destruct (Pos.eqb_spec y x) as [->|D]; [discriminate|].
    destruct (AO' y n E) as (j & m & u & -> & LM & LC & T & LU & N). exists j, m, u.
    split; [auto|]. split; [auto|]. split; [auto|]. split; [|auto]. rewrite (ao_tags _ _ _ AO); auto. intros ->.
    replace u with t in * by congruence. destruct (local_tag_unique _ _ _ _ _ LT LU) as [-> _]. auto.
  - intros j u b N T Q L. destruct (NOT j u T) as [D T1]. destruct (AL j u b N T1 Q L) as (y & E). exists y.
    rewrite AUTOMATIC. destruct (Pos.eqb_spec y x) as [->|]; auto. congruence.
  - intros r u I. rewrite REGISTERS. exact (AP r u I).
  - intro j. rewrite (ao_newer _ _ _ AO). apply AN.
Qed.

Lemma end_here : forall v0 g s h s' e, here A CP C X w0 entry F w v0 g -> end_local X g t s = Some (h, s', e) ->
  here A CP C X w0 entry G w' v0 h /\ s' = s /\ e = [].
Proof.
  intros v0 g s h s' e H E. pose proof LT as (many & z & a & F1).
  destruct (end_local_speaks F w w' v0 g t body s h s' e BODY) as (S & ES & EE); auto using end_loses.
  - replace body with (TLocal x (the_clone X) many z a) by congruence. reflexivity.
  - eapply here_speaks; eauto.
  - split; auto. apply speaks_here; [|apply end_activation]. apply (speaks_frame A CP C X F); auto. intro r.
    rewrite REGISTERS. auto.
Qed.
End Ends.

Definition end_rule (o : id) (site : id) (g : state) : M state := let* t := automatic_tag X o in end_local X g t.

Theorem end_is_sound : forall o, rule_is_sound A CP C X (End_ o) (end_rule o).
Proof.
  intros x site g s g' s' e w0 entry F w v0 l _ H SF CT RI R _. split.
  { split; [intros k []|intros k o V; inversion V]. }
  intros F' m' _ EF. inversion EF; subst. match goal with N : automatic F x = Some _ |- _ => rename N into NAME end.
  pose proof (acting _ _ _ _ _ _ _ _ _ _ H) as ACT.
  destruct (act_own _ _ _ _ _ _ _ _ ACT x _ NAME) as (k & mm & t & -> & LM & LC & T & LT & N0).
  unfold end_rule in R. apply bind_inv in R as (t' & s1 & e1 & e2 & AT & R & ->).
  unfold automatic_tag in AT. rewrite (fits_certificate _ _ _ FX), LM, LC in AT. apply lift_inv in AT as (AT & <- & ->).
  injection AT as <-.
  pose proof LT as (many & z & a & F1).
  set (w' := {| heap := set_object (heap w) (Dynamic k) (without_life o); tagging := without_tag (tagging w) k |}).
  exists (without_tag (tagging w) k), v0. change (here A CP C X w0 entry (set_automatic F x None) w' v0 g').
  refine (proj1 (end_here w0 entry F w ACT x t LT _ F1 k NAME w' o _ _ _ _ (set_automatic F x None) _ _ _ v0 g _ g' _
    _ H R)); auto.
  - split; cbn; auto.
    + intros n D. unfold set_object. destruct (name_eq_dec (Dynamic k) n); congruence.
    + intros j D. destruct (Pos.eqb_spec j k); congruence.
    + intros; reflexivity.
  - cbn. unfold set_object. destruct (name_eq_dec (Dynamic k) (Dynamic k)); congruence.
  - cbn. rewrite Pos.eqb_refl. reflexivity.
Qed.

End End_.
