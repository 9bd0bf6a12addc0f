(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * A return ends all automatic objects of the activation *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs RenameProofs SpeechProofs RenewedProofs EvolveProofs
  LifetimeProofs EndProofs.
Import ListNotations.
Open Scope Z_scope.

Section Return.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Notation own := (clone_effects (the_clone_body X)).

(** ** Memory that is the same for every object *)

Section Same.
Variables w w' : world.
Hypothesis SAME : forall n, heap w' n = heap w n.
Hypothesis TAGS : tagging w' = tagging w.

Lemma same_last : objects_last w w'.
Proof. intros n o E. exists o. rewrite SAME. auto using lasting_refl. Qed.

Lemma same_tagged : well_tagged P C (heap w) (tagging w) -> well_tagged P C (heap w') (tagging w').
Proof.
  intro WT. apply (well_tagged_again CP C FIT w); auto.
  - split; auto using same_last; intros o; rewrite SAME; auto. intros b E. exists b. auto using same_object_refl.
  - rewrite TAGS. intros k t T. rewrite SAME. apply (tags_exist _ _ _ _ WT k t T).
  - rewrite TAGS. apply (singles _ _ _ _ WT).
  - intros k b. rewrite SAME. apply (dynamic_storage _ _ _ _ WT).
Qed.

Lemma same_carries : forall e w0, carries A CP C e w0 w w'.
Proof.
  intros e w0. split.
  - intros n o _ E. exists o. rewrite SAME. auto using same_object_refl.
  - intros n o o' _ E E' _. rewrite SAME in E'. replace o' with o by congruence. apply unchanged_refl.
  - rewrite TAGS. auto.
  - rewrite TAGS. auto.
  - rewrite TAGS. auto.
  - intros _ _ n t o o' _ _ _ E E' _. rewrite SAME in E'. replace o' with o by congruence. apply unchanged_refl.
  - intros _ _ k t o o' _ _ E E' _ _. rewrite SAME in E'. congruence.
Qed.

(** A world in which all that has a tag keeps it. *)
Lemma symbolic_last : forall v s x, objects_last w w' -> is_symbolic C (heap w) (tagging w) v s x ->
  is_symbolic C (heap w') (tagging w') v s x.
Proof.
  intros v s x L H. destruct s as [f|[u|y] f|[|]]; destruct x as [n|b o|z]; cbn in *; try contradiction; auto.
  destruct H as [[H K] E]. split; [|exact E]. split; [|rewrite TAGS; exact K]. apply (has_tag_last C w w'); auto.
  rewrite TAGS. auto.
Qed.

Lemma targets_last : forall l b o, objects_last w w' -> in_targets C (heap w) (tagging w) l b o ->
  in_targets C (heap w') (tagging w') l b o.
Proof.
  intros l b o L I. unfold in_targets in *. eapply Exists_impl; [|exact I]. intros e (H1 & H2 & H3). split; auto.
  apply (has_tag_last C w w'); auto. rewrite TAGS. auto.
Qed.

Lemma same_here : forall w0 entry F v0 g, here A CP C X w0 entry F w v0 g -> here A CP C X w0 entry F w' v0 g.
Proof.
  intros w0 entry F v0 g H. apply speaks_here.
  - apply (speaks_renewed A CP C X w w' (fun l => l)) with (fv := no_change) (of := every) (g := g).
    + intros l b o. apply targets_last. apply same_last.
    + intros v s x. apply symbolic_last. apply same_last.
    + reflexivity.
    + apply renewed_refl.
    + eapply here_speaks; eauto.
    + unfold every. auto.
    + intros t n o' _ T E. rewrite SAME in E. rewrite TAGS in T. left. exists o'. auto using still_refl.
    + intros t z _ n o' T E. rewrite SAME in E. rewrite TAGS in T. eauto.
  - destruct (acting _ _ _ _ _ _ _ _ _ _ H) as [AF AE AT AV AO AL LV AP AN]. split; auto.
    + apply same_tagged. exact AT.
    + eapply evolves_carries; eauto. apply same_carries.
    + rewrite TAGS. exact AO.
    + rewrite TAGS. exact AL.
    + rewrite TAGS. exact AN.
Qed.
End Same.

(** ** One after the other *)

Lemma end_local_symbols : forall g t s h s' e, end_local X g t s = Some (h, s', e) -> same_symbols g h.
Proof.
  intros g t s h s' e H. unfold end_local in H. apply bind_inv in H as (body & s1 & e1 & e2 & T & H & ->).
  apply ret_inv in H as (<- & _ & _). destruct (negb (is_single body)); [repeat split|].
  set (k := rename_one X (end_values (remove_size g t) t) t [ended_tag] false []).
  assert (S1 : same_symbols g k) by (repeat split).
  pose proof (wk_memory _ _ _ _ _ (weaker_remove_all A P C k t)) as M. destruct S1 as (S1 & S2 & S3).
  split; [|split]; [rewrite (ms_integers _ _ M)|rewrite (ms_bases _ _ M)|rewrite (ms_floats _ _ M)]; assumption.
Qed.

Section Activation.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

(** What of the frame [F] is left: the objects whose tags are not in the list. *)
Record ended_some (l : list id) (F : frame) (w : world) (G : frame) (w' : world) : Prop := {
  es_running : running G = running F;
  es_registers : registers G = registers F;
  es_gone : forall t y, In t l -> local_tag_of C t y (the_clone X) -> automatic G y = None;
  es_named : forall y n, automatic F y = Some n ->
    automatic G y = Some n /\ heap w' n = heap w n \/ automatic G y = None /\ heap w' n = option_map
      without_life (heap w n);
  es_none : forall y, automatic F y = None -> automatic G y = None;
  es_others : forall n, (forall y, automatic F y <> Some n) -> heap w' n = heap w n }.

Lemma end_one : forall F w v0 g x t s h s' e, here F w v0 g -> local_tag_of C t x (the_clone X) ->
  end_local X g t s = Some (h, s', e) ->
  exists G w', here G w' v0 h /\ ended_some [t] F w G w' /\ s' = s /\ e = [] /\
    forall sv y, denotes C (heap w) (tagging w) v0 g sv y -> denotes C (heap w') (tagging w') v0 h (ended_value t sv) y.
Proof.
  intros F w v0 g x t s h s' e H LT E. pose proof (acting _ _ _ _ _ _ _ _ _ _ H) as ACT.
  pose proof LT as (many & z & a & F1). pose proof (end_local_symbols _ _ _ _ _ _ E) as SS.
  assert (DEN : forall w', loses C t (negb (is_single (TLocal x (the_clone X) many z a))) w w' ->
    forall sv y, denotes C (heap w) (tagging w) v0 g sv y ->
      denotes C (heap w') (tagging w') v0 h (ended_value t sv) y).
  { intros w' L sv y D v AG. eapply ended_value_holds; eauto. apply D. eapply agrees_same; eauto. }
  assert (ON : forall u y, local_tag_of C u y (the_clone X) -> In u [t] -> y = x).
  { intros u y LU [<-|[]]. apply (local_tag_unique _ _ _ _ _ _ LT LU). }
  destruct (automatic F x) as [n|] eqn:NAME.
  - destruct (act_own _ _ _ _ _ _ _ _ ACT x n NAME) as (k & mm & t' & -> & LM & LC & T & LT' & N0).
    assert (T1 : tagging w k = Some t) by (eapply own_tag; eauto).
    destruct (tags_exist _ _ _ _ (act_tagged _ _ _ _ _ _ _ _ ACT) k t T1) as (b & o & _ & E1 & _).
    set (w' := {| heap := set_object (heap w) (Dynamic k) (without_life o); tagging := without_tag (tagging w) k |}).
    set (G := set_automatic F x None).
    assert (AO : at_object k w w').
    { split; cbn.
      - intros n D. unfold set_object. destruct (name_eq_dec (Dynamic k) n); congruence.
      - intros j D. destruct (Pos.eqb_spec j k); congruence.
      - intros; reflexivity. }
    assert (EN : heap w' (Dynamic k) = Some (without_life o)).
    { cbn. unfold set_object. destruct (name_eq_dec (Dynamic k) (Dynamic k)); congruence. }
    assert (UT : tagging w' k = None) by (cbn; rewrite Pos.eqb_refl; reflexivity).
    destruct (end_here A CP C FIT X FX w0 entry F w ACT x t LT _ F1 k NAME w' o AO E1 EN UT G eq_refl eq_refl
      (fun y => eq_refl)
                v0 g s h s' e H E) as (H' & -> & ->).
    exists G, w'. split; [exact H'|]. split; [|split; [auto|]; split; [auto|]].
    + split; auto.
      * intros u y I LU. rewrite (ON u y LU I). cbn. rewrite Pos.eqb_refl. reflexivity.
      * intros y n Y. destruct (Pos.eqb_spec y x) as [->|D].
        -- right. split; [cbn; rewrite Pos.eqb_refl; reflexivity|]. replace n with (Dynamic k) by congruence.
           rewrite EN, E1. reflexivity.
        -- left. split; [cbn; destruct (Pos.eqb_spec y x); congruence|]. apply (ao_heap _ _ _ AO). intros ->.
           destruct (act_own _ _ _ _ _ _ _ _ ACT y _ Y) as (k2 & m2 & t2 & EK & _ & _ & T2 & LT2 & _).
           injection EK as <-.
           replace t2 with t in * by congruence. apply D. apply (local_tag_unique _ _ _ _ _ _ LT LT2).
      * intros y Y. cbn. destruct (Pos.eqb y x); auto.
      * intros n D. apply (ao_heap _ _ _ AO). intros ->. exact (D x NAME).
    + apply DEN. eapply end_loses; eauto.
  - assert (L : loses C t (negb (is_single (TLocal x (the_clone X) many z a))) w w) by (eapply loses_nothing; eauto).
    destruct (end_local_speaks A CP C FIT X FX F w w v0 g t _ s h s' e F1 eq_refl L (here_speaks _ _ _ _ _ _ _ _ _ _ H)
      E) as (S & -> & ->).
    exists F, w. split; [apply speaks_here; auto|]. split; [|split; [auto|]; split; [auto|]].
    + split; auto. intros u y I LU. rewrite (ON u y LU I). exact NAME.
    + apply DEN. exact L.
Qed.

Lemma names_apart : forall F w y y' n, activation A CP C X w0 entry F w -> automatic F y = Some n ->
  automatic F y' = Some n -> y = y'.
Proof.
  intros F w y y' n ACT E E'. destruct (act_own _ _ _ _ _ _ _ _ ACT y n E) as (k & m & t & -> & _ & _ & T & LT & _).
  destruct (act_own _ _ _ _ _ _ _ _ ACT y' _ E') as (k' & m' & t' & K & _ & _ & T' & LT' & _). injection K as <-.
  replace t' with t in * by congruence. symmetry. apply (local_tag_unique _ _ _ _ _ _ LT LT').
Qed.

Lemma left_named : forall l F w G w' y n, ended_some l F w G w' -> automatic G y = Some n -> automatic F y = Some n.
Proof.
  intros l F w G w' y n [R RG GO NA NO OT] E.
  destruct (automatic F y) as [m|] eqn:Y; [|rewrite (NO y Y) in E; discriminate].
  destruct (NA y m Y) as [[E1 _]|[E1 _]]; congruence.
Qed.

Lemma ended_more : forall t l F w G w1 K w2, activation A CP C X w0 entry F w ->
  ended_some [t] F w G w1 -> ended_some l G w1 K w2 -> ended_some (t :: l) F w K w2.
Proof.
  intros t l F w G w1 K w2 ACT S1 S2. assert (LN := left_named [t] F w G w1). pose proof S1 as [R1 RG1 GO1 NA1 NO1 OT1].
  pose proof S2 as [R2 RG2 GO2 NA2 NO2 OT2]. split; try congruence.
  - intros u y [<-|I] LU; [|eapply GO2; eauto]. apply NO2. apply (GO1 t); auto. left. auto.
  - intros y n Y. destruct (NA1 y n Y) as [[Y1 E1]|[Y1 E1]].
    + destruct (NA2 y n Y1) as [[Y2 E2]|[Y2 E2]]; [left|right]; split; congruence.
    + right. split; auto. rewrite <- E1. apply OT2. intros y' Y'. pose proof (LN _ _ S1 Y') as Y0.
      replace y' with y in * by (eapply names_apart; eauto). congruence.
  - auto.
  - intros n D. rewrite OT2, OT1; auto. intros y Y. exact (D y (LN _ _ S1 Y)).
Qed.

Lemma end_each : forall l F w v0 g s h s' e, (forall t, In t l -> exists x, local_tag_of C t x (the_clone X)) ->
  here F w v0 g -> each l (end_local X) g s = Some (h, s', e) ->
  exists G w', here G w' v0 h /\ ended_some l F w G w' /\ s' = s /\ e = [] /\
    forall sv y, denotes C (heap w) (tagging w) v0 g sv y ->
                 denotes C (heap w') (tagging w') v0 h (fold_left (fun v t => ended_value t v) l sv) y.
Proof.
  induction l as [|t l IH]; intros F w v0 g s h s' e LO H E; cbn in E.
  - apply ret_inv in E as (<- & <- & ->). exists F, w. split; [exact H|]. split; [|auto]. split; auto. intros t y [].
  - apply bind_inv in E as (k & s1 & e1 & e2 & E1 & E2 & ->). destruct (LO t (or_introl eq_refl)) as (x & LT).
    destruct (end_one _ _ _ _ _ _ _ _ _ _ H LT E1) as (G & w1 & H1 & S1 & -> & -> & D1).
    destruct (IH G w1 v0 k s h s' e2) as (K & w2 & H2 & S2 & -> & -> & D2); auto.
    { intros u I. apply LO. right. exact I. }
    exists K, w2. split; [exact H2|]. split; [|split; [auto|]; split; [auto|]].
    + eapply ended_more; eauto. apply (acting _ _ _ _ _ _ _ _ _ _ H).
    + intros sv y D. cbn. apply D2. apply D1. exact D.
Qed.

(** ** The return *)

Lemma local_tags_are : forall t, In t (local_tags (the_clone_body X)) -> exists x, local_tag_of C t x (the_clone X).
Proof.
  intros t I. pose proof FIT as H. unfold fitting in H. repeat rewrite andb_true_iff in H. decompose [and] H.
  match goal with T : forallb (fitting_clone C) _ = true |- _ =>
    eapply forallb_elements in T; [|exact (fits_clone _ _ _ FX)]; cbn in T; apply andb_true_iff in T as [T _];
    rewrite forallb_forall in T; specialize (T t I); unfold is_local_of in T end.
  destruct (PM.find t (tags C)) as [[| | | | | |x c many z a|]|] eqn:F1; try discriminate.
  match goal with T : Pos.eqb _ _ = true |- _ => apply Pos.eqb_eq in T; subst end. exists x, many, z, a. exact F1.
Qed.

Lemma own_tags_listed : forall t x, local_tag_of C t x (the_clone X) -> In t (local_tags (the_clone_body X)).
Proof.
  intros t x (many & z & a & F1). pose proof (fitting_tag_of _ _ FIT _ _ F1) as FT. cbn in FT.
  destruct (PM.find x (local_tag C)) as [m|]; [|discriminate]. rewrite (fits_clone _ _ _ FX) in FT.
  apply andb_true_iff in FT as [_ FT]. apply existsb_exists in FT as (u & I & E). apply Pos.eqb_eq in E. subst. exact I.
Qed.

(** Whether the frame names an object can be told from its tag. *)
Lemma named_or_not : forall F w n, activation A CP C X w0 entry F w ->
  (exists y, automatic F y = Some n) \/ (forall y, automatic F y <> Some n).
Proof.
  intros F w n ACT.
  assert (OWN : forall y, automatic F y = Some n -> exists k t, n = Dynamic k /\ tagging w k = Some t /\
            local_tag_of C t y (the_clone X) /\ heap w0 (Dynamic k) = None).
  { intros y Y. destruct (act_own _ _ _ _ _ _ _ _ ACT y _ Y) as (k & m & t & E & _ & _ & T & LT & N). eauto 8. }
  destruct n as [o|k]; [right; intros y Y; destruct (OWN y Y) as (? & ? & E & _); discriminate|].
  destruct (heap w0 (Dynamic k)) as [b|] eqn:N.
  { right. intros y Y. destruct (OWN y Y) as (k' & t & E & _ & _ & N'). congruence. }
  destruct (tagging w k) as [t|] eqn:T.
  - destruct (PM.find t (tags C)) as [b|] eqn:Q.
    + destruct (is_local b) eqn:L; [left; eapply (act_locals _ _ _ _ _ _ _ _ ACT); eauto|]. right. intros y Y.
      destruct (OWN y Y) as (k' & u & E & T' & (? & ? & ? & Q') & _). injection E as <-.
      replace u with t in * by congruence. rewrite Q in Q'. injection Q' as ->. discriminate.
    + right. intros y Y. destruct (OWN y Y) as (k' & u & E & T' & (? & ? & ? & Q') & _). injection E as <-.
      replace u with t in * by congruence. congruence.
  - right. intros y Y. destruct (OWN y Y) as (k' & u & E & T' & _). congruence.
Qed.

(** Behind a return: the world in which the caller goes on, and the state that says what is true of it. *)
Theorem return_here : forall F w v0 g m' s h s' e, here F w v0 g -> ends F (heap w) m' ->
  each (local_tags (the_clone_body X)) (end_local X) g s = Some (h, s', e) ->
  exists t' G, let w' := {| heap := m'; tagging := t' |} in
    here G w' v0 h /\ registers G = registers F /\ running G = running F /\ (forall y, automatic G y = None) /\
    no_new_locals C w0 w' /\ s' = s /\ e = [] /\
    forall sv y, denotes C (heap w) (tagging w) v0 g sv y ->
      denotes C m' t' v0 h (fold_left (fun v t => ended_value t v) (local_tags (the_clone_body X)) sv) y.
Proof.
  intros F w v0 g m' s h s' e H EN E. pose proof (acting _ _ _ _ _ _ _ _ _ _ H) as ACT.
  destruct (end_each _ F w v0 g s h s' e local_tags_are H E) as (G & w' & H' & [RU RG GO NA NO OT] & ES & EE & D).
  assert (GONE : forall y, automatic G y = None).
  { intro y. destruct (automatic F y) as [n|] eqn:Y; [|auto].
    destruct (act_own _ _ _ _ _ _ _ _ ACT y n Y) as (k & m & t & -> & _ & _ & T & LT & _).
    apply (GO t y); auto. eapply own_tags_listed; eauto. }
  set (w2 := {| heap := m'; tagging := tagging w' |}).
  assert (SAME : forall n, heap w2 n = heap w' n).
  { intro n. cbn. destruct (named_or_not F w n ACT) as [(y & Y)|N].
    - rewrite (proj1 (EN n)) by eauto. destruct (NA y n Y) as [[Y1 _]|[_ E1]]; [rewrite GONE in Y1; discriminate|].
      auto.
    - rewrite OT by auto. apply (proj2 (EN n)). exact N. }
  assert (H2 : here G w2 v0 h) by (eapply same_here; eauto).
  exists (tagging w'), G. cbn zeta. fold w2.
  split; [exact H2|]. split; [auto|]. split; [auto|]. split; [auto|]. split; [|split; [auto|]; split; [auto|]].
  - intros k t b N T Q. destruct (is_local b) eqn:L; auto.
    destruct (act_locals _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H2) k t b N T Q L) as (y & Y). rewrite GONE in Y.
    discriminate.
  - intros sv y DS v AG. apply (symbolic_last w' w2); [reflexivity|apply same_last; exact SAME|]. apply D; auto.
Qed.
End Activation.
End Return.
