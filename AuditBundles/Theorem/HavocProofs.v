(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Any change of all memory *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs ClaimProofs SimpleProofs TableProofs RenameProofs SpeechProofs
  RenewedProofs
  EvolveProofs.
From AICheck Require Import LifetimeProofs ReturnProofs.
Import ListNotations.
Open Scope Z_scope.

Section Havoc.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.

(** ** What is left of the state *)

(** Any heap object may be freed, or have joined its partner. *)
Definition havoc_names (t : id) : option (list id) :=
  match PM.find t (tags C) with
  | Some (THeap _ _ partner _) => Some (freed_tag :: match partner with Some p => [p] | None => [] end)
  | _ => None
  end.

Lemma havoc_names_fit : names_fit C havoc_names.
Proof.
  intros t new E. unfold havoc_names in E. destruct (PM.find t (tags C)) as [[]|] eqn:F; try discriminate.
  injection E as <-.
  split; [eexists; split; eauto; reflexivity|]. intros n f [<-|I].
  - rewrite (proj2 (proj2 (fixed_tags _ _ FIT))). discriminate.
  - destruct partner as [p|]; [|destruct I]. destruct I as [<-|[]].
    destruct (partner_facts CP C FIT t p) as (_ & (b & Q & H) & _); [eexists; eauto|]. rewrite Q. intro E.
    injection E as ->. discriminate.
Qed.

Definition no_sizes (g : state) : state := with_sizes g (PM.empty _).
Definition no_memory (g : state) : state :=
  with_memory (no_sizes g) (PM.empty _) (next_fact g) (PM.empty _) (PM.empty _).

Lemma speaks_no_memory : forall F w v0 g, speaks A CP C X F w v0 every g -> speaks A CP C X F w v0 every (no_memory g).
Proof.
  intros F w v0 g0 S0. change (no_memory g0) with (no_memory (no_sizes g0)).
  assert (S : speaks A CP C X F w v0 every (no_sizes g0)).
  { apply speaks_fewer_sizes; [|exact S0]. intros t s Q. rewrite PM.gempty in Q. discriminate. }
  set (g := no_sizes g0) in *. pose proof (sp_tables _ _ _ _ _ _ _ _ _ S) as T.
  assert (NC : forall t, contents_of (no_memory g) t = []) by (intro t; unfold contents_of; cbn; rewrite PM.gempty;
    reflexivity).
  apply (speaks_subset A CP C X F w v0 every every g); auto.
  - split; reflexivity.
  - apply (consistent_memory g); auto; try (split; reflexivity).
    + cbn. intros n f Q. rewrite PM.gempty in Q. discriminate.
    + cbn. intros n f Q. rewrite PM.gempty in Q. discriminate.
    + intros t c I. rewrite NC in I. destruct I.
    + cbn. apply (log_fits _ T).
    + cbn. intros n f Q. rewrite PM.gempty in Q. discriminate.
    + intros t c I. rewrite NC in I. destruct I.
  - cbn. intros n f Q. rewrite PM.gempty in Q. discriminate.
  - intros t c I. rewrite NC in I. destruct I.
Qed.

Lemma havoc_speaks : forall F w w' v0 g, renames C havoc_names true w w' ->
  (forall v s x, is_symbolic C (heap w) (tagging w) v s x -> is_symbolic C (heap w') (tagging w') v s x) ->
  speaks A CP C X F w v0 every g -> speaks A CP C X F w' v0 every (havoc_facts X g).
Proof.
  intros F w w' v0 g RN SY S. unfold havoc_facts. rewrite (fits_certificate _ _ _ FX). fold havoc_names.
  fold (no_memory g).
  assert (NC : forall t, contents_of (no_memory g) t = []) by (intro t; unfold contents_of; cbn; rewrite PM.gempty;
    reflexivity).
  apply (speaks_renewed A CP C X w w' (retargeted X havoc_names true))
    with (fv := no_change) (of := every) (g := no_memory g).
  - intros l b o. apply targets_renamed with (C := C); auto using havoc_names_fit. apply FX.
  - exact SY.
  - reflexivity.
  - apply renewed_rename with (C := C). apply FX.
  - apply speaks_no_memory. exact S.
  - unfold every. auto.
  - intros t n o' _ T E. right. split; [|apply NC]. cbn. intros k f Q. rewrite PM.gempty in Q. discriminate.
  - intros t s Q. cbn in Q. rewrite PM.gempty in Q. discriminate.
Qed.

(** ** The instruction *)

Section Instruction.
Variables (w w' : world).
Hypothesis TAGS : tagging w' = tagging w.
Hypothesis HAVOC : havocked P (heap w) (heap w').

Lemma havoc_last : objects_last w w'.
Proof.
  destruct HAVOC as (H & _). intros n o E. destruct (H n o E) as (o' & E' & S & AL & ST & LV & _). exists o'.
  repeat split; auto.
Qed.

Lemma havoc_lives : changes_lives w w'.
Proof.
  pose proof HAVOC as (H & HS & _). split; auto using havoc_last.
  - intros o b E. destruct (H _ b E) as (o' & E' & S & AL & ST & LV & LS & _). exists o'. repeat split; auto.
  - intros o b E K. destruct (H _ b E) as (o' & E' & _ & _ & _ & _ & _ & SM). rewrite (SM K) in E'. exact E'.
Qed.

Lemma havoc_tagged : well_tagged P C (heap w) (tagging w) -> well_tagged P C (heap w') (tagging w').
Proof.
  intro WT. pose proof HAVOC as (H & HS & HD & _). apply (well_tagged_again CP C FIT w); auto using havoc_lives;
    rewrite ?TAGS.
  - intros k t T. destruct (tags_exist _ _ _ _ WT k t T) as (b & o & F & E & AL & B).
    destruct (H _ o E) as (o' & E' & S & AL' & ST & LV & LS & _). exists b, o'. split; [auto|]. split; [auto|].
    split; [congruence|].
    destruct b; try contradiction; [|congruence]. destruct B as (B1 & B2 & B3).
    split; [congruence|]. split; [rewrite LS; congruence|]. intros z Z. rewrite S. auto.
  - apply (singles _ _ _ _ WT).
  - intros k b E. destruct (heap w (Dynamic k)) as [o|] eqn:E0; [|right; eauto].
    destruct (H _ o E0) as (o' & E' & _ & _ & ST & _). replace b with o' by congruence. rewrite ST.
    eapply (dynamic_storage _ _ _ _ WT); eauto.
Qed.

Lemma havoc_carries : forall e w0, everything e = true -> carries A CP C e w0 w w'.
Proof.
  intros e w0 EV. pose proof HAVOC as (H & HS & _). split; try congruence; try (rewrite TAGS; auto).
  - intros n o _ E. destruct (H _ o E) as (o' & E' & S & AL & ST & LV & LS & _). exists o'. repeat split; auto.
  - intros n o o' _ E E' K. destruct (H _ o E) as (o1 & E1 & _ & _ & _ & _ & _ & SM).
    replace o' with o by (rewrite <- (SM K); congruence).
    apply unchanged_refl.
Qed.

Lemma havoc_activation : forall w0 entry F, everything (clone_effects (the_clone_body X)) = true ->
  activation A CP C X w0 entry F w -> activation A CP C X w0 entry F w'.
Proof.
  intros w0 entry F EV [AF AE AT AV AO AL LV AP AN]. split; auto; try (rewrite TAGS; auto).
  - rewrite <- TAGS. apply havoc_tagged. exact AT.
  - eapply evolves_carries; eauto. apply havoc_carries. exact EV.
Qed.

Lemma havoc_here : forall w0 entry F v0 g, everything (clone_effects (the_clone_body X)) = true ->
  here A CP C X w0 entry F w v0 g -> here A CP C X w0 entry F w' v0 (havoc_facts X g).
Proof.
  intros w0 entry F v0 g EV H.
  apply speaks_here; [|eapply havoc_activation; eauto; apply (acting _ _ _ _ _ _ _ _ _ _ H)].
  apply (havoc_speaks F w w').
  - intros t b HT. assert (HT' : has_tag C (heap w') (tagging w') t b).
    { apply (has_tag_last C w w'); auto using havoc_last. rewrite TAGS. auto. }
    destruct (havoc_names t); auto.
  - intros v s x. apply symbolic_last; auto using havoc_last.
  - eapply here_speaks; eauto.
Qed.
End Instruction.

Definition havoc_rule (r : option id) (t : type) (site : id) (g : state) : M state := havoc_memory X g r t.

Theorem havoc_is_sound : forall r t x, rule_is_sound A CP C X (HavocMemory r t x) (havoc_rule r t).
Proof.
  intros r t x site g s g' s' e w0 entry F w v0 l _ H SF CT RI R _. split; [apply claims_none|].
  intros F' m' _ EF. inversion EF; subst. pose proof (acting _ _ _ _ _ _ _ _ _ _ H) as ACT.
  destruct (next_instruction CP C X FX _ _ _ _ _ SF (act_function _ _ _ _ _ _ _ _ ACT) RI) as (_ & WS & _).
  unfold havoc_rule, havoc_memory in R. apply bind_inv in R as (u & s1 & e1 & r1 & D & R & ->).
  apply demand_inv in D as (D & <- & ->). change (everything (clone_effects (the_clone_body X)) = true) in D.
  set (w' := {| heap := m'; tagging := tagging w |}). exists (tagging w).
  assert (H1 : here A CP C X w0 entry F w' v0 (havoc_facts X g)) by (apply (havoc_here w w'); auto).
  destruct r as [r|]; cbn [set_result].
  - apply bind_inv in R as ([h sv] & s2 & e2 & r2 & FV & R & ->). apply ret_inv in R as (<- & _).
    match goal with T : of_type P t ?y |- _ =>
      destruct (here_fresh_value A CP C X w0 entry _ _ _ _ _ _ _ _ _ _ _ H1 T FV) as (v1 & H2 & DN & _) end.
    exists v1. apply here_register with (c := class_of t); auto. apply andb_true_iff in WS as [_ WS]. exact WS.
  - apply ret_inv in R as (<- & _). exists v0. exact H1.
Qed.

End Havoc.
