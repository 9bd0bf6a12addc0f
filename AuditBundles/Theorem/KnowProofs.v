(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * A load that finds no cell makes one: what was said of the object goes on to hold *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs PredicateProofs WorldProofs EvolveProofs.
Import ListNotations.
Open Scope Z_scope.

Lemma find_class : forall c d : class, (if class_eq_dec c d then true else false) = true -> c = d.
Proof. intros c d H. destruct (class_eq_dec c d); congruence. Qed.

Section Know.
Variable P : program.
Variable C : certificate.
Variables (m : memory) (tagged : ghost).

(** A value of another type of the same width and class. *)
Lemma other_type_satisfies : forall q t u x, proper_type u -> width t = width u -> class_of t = class_of u ->
  of_type P t x -> (forall y, of_type P u y -> satisfies_predicate C m tagged q u y) ->
    satisfies_predicate C m tagged q u x.
Proof.
  intros q t u x PU W K T H. destruct t as [t| |f], u as [u| |g]; try discriminate K.
  - destruct x as [n| |]; try contradiction. cbn in PU. specialize (H (VInteger (wrap u n)) (wrap_in _ _ PU)).
    destruct q as [b k r|[]|[]]; cbn in *; try contradiction. rewrite wrap_twice in H by auto. exact H.
  - auto.
  - apply H. destruct f, g; try discriminate W; exact T.
Qed.

Section Cell.
Variables (o : object) (p : Z) (t : type) (x : value).
Hypothesis missing : cell o p (width t) (class_of t) = None.
Hypothesis typed : of_type P t x.
Notation o' := (know_cell o p (width t) (class_of t) x).

Lemma know_shell : same_shell o o'.
Proof. split; reflexivity. Qed.

Lemma know_found : forall q w c y, cell o q w c = Some y -> cell o' q w c = Some y.
Proof.
  intros q w c y E. cbn. destruct ((q =? p) && (w =? width t) && (if class_eq_dec c (class_of t) then true else
    false))%bool eqn:Q; auto.
  monad. match goal with K : (if class_eq_dec _ _ then _ else _) = true |- _ => apply find_class in K end. subst.
  congruence.
Qed.

Lemma know_new : forall q w c, cell o q w c = None ->
  cell o' q w c = None \/ q = p /\ w = width t /\ c = class_of t /\ cell o' q w c = Some x.
Proof.
  intros q w c E. cbn. destruct ((q =? p) && (w =? width t) && (if class_eq_dec c (class_of t) then true else
    false))%bool eqn:Q; auto.
  monad. match goal with K : (if class_eq_dec _ _ then _ else _) = true |- _ => apply find_class in K end. auto.
Qed.

Lemma know_unchanged : forall l, unchanged_outside P l o o'.
Proof.
  intro l. split; [reflexivity|]. intros q w c _. unfold cell_kept. destruct (cell o q w c) as [y|] eqn:E.
  - apply know_found. exact E.
  - destruct (know_new q w c E) as [N|(-> & -> & -> & N)]; [auto|]. right. exists t, x. auto.
Qed.

Definition of_proper_type (a : about) : Prop := match a with Cells _ _ _ u _ _ => proper_type u | _ => True end.

Lemma know_says : forall z a, of_proper_type a -> says P C m tagged z o a -> says P C m tagged z o' a.
Proof.
  intros z a PA S. destruct a as [first count stride u un q|from to|from to b| |bs| |from to|from to|]; try exact S.
  - intros k K. destruct (S k K) as [[I CS]|Q]; [left|right; exact Q]. split; [exact I|].
    unfold cell_satisfies in CS |- *. destruct (cell o (first + k * stride) (width u) (class_of u)) as [y|] eqn:E.
    + rewrite (know_found _ _ _ _ E). exact CS.
    + destruct (know_new _ _ _ E) as [N|(_ & W & KC & N)]; rewrite N; [exact CS|].
      exact (other_type_satisfies q t u x PA (eq_sym W) (eq_sym KC) typed CS).
  - destruct S as [I CS]. split; [exact I|]. intros q w c y L U F. apply know_found. eapply CS; eauto.
Qed.
End Cell.
End Know.

Section Here.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

Lemma constant_types : forall k f, PM.find k (constants C) = Some f -> of_proper_type (fact_about f).
Proof.
  intros k f F. pose proof FIT as Q. unfold fitting in Q. repeat rewrite andb_true_iff in Q. decompose [and] Q.
  match goal with T : forallb (fun p => fitting_constant _ _ && _) (PM.elements (constants C)) = true |- _ =>
    eapply forallb_elements in T; [|exact F]; cbn in T; apply andb_true_iff in T as [_ T]; unfold proper_fact in T;
      rename T into PF end.
  destruct (fact_about f) as [first count stride u un q| | | | | | | |]; try exact I. cbn.
  repeat rewrite andb_true_iff in PF.
  destruct PF as [[_ PT] _]. destruct u; try exact I. cbn in PT. monad. split; auto.
Qed.

Section Object.
Variables (w : world) (n : name) (o : object) (p : Z) (t : type) (x : value).
Hypothesis there : heap w n = Some o.
Hypothesis missing : cell o p (width t) (class_of t) = None.
Hypothesis typed : of_type P t x.
Notation o' := (know_cell o p (width t) (class_of t) x).
Notation known_world := {| heap := set_object (heap w) n o'; tagging := tagging w |}.

Lemma set_cases : forall k b, set_object (heap w) n o' k = Some b -> k = n /\ b = o' \/ k <> n /\ heap w k = Some b.
Proof.
  intros k b M. unfold set_object in M. destruct (name_eq_dec n k) as [<-|N]; [left; split; congruence|right; auto].
Qed.

Lemma know_about : forall i z u a, of_proper_type a -> about_holds P C (heap w) i z u a ->
  about_holds P C (set_object (heap w) n o') i z u a.
Proof.
  intros i z u a PA H. eapply about_written; eauto using know_shell. intros _. apply know_says; auto.
Qed.

Lemma know_tagged : well_tagged P C (heap w) (tagging w) -> well_tagged P C (set_object (heap w) n o') (tagging w).
Proof.
  intro W. pose proof (shells_set _ _ _ _ there (know_shell o p t x)) as ON.
  pose proof (shells_sym _ _ ON) as BACK. split.
  - intros k u T. destruct (tags_exist _ _ _ _ W k u T) as (b & y & F & M & AL & R).
    destruct (shells_some _ _ _ _ ON M) as (y' & M' & E). exists b, y'.
    rewrite (shell_alignment _ _ E), (shell_storage _ _ E), (shell_life _ _ E), (shell_size _ _ E). auto.
  - exact (singles _ _ _ _ W).
  - intros u q k s a F. destruct (statics_fit _ _ _ _ W u q k s a F) as (b & M & Z & AL & ST & L & I).
    destruct (shells_some _ _ _ _ ON M) as (b' & M' & E). exists b'.
    rewrite (shell_alignment _ _ E), (shell_storage _ _ E), (shell_life _ _ E), (shell_size _ _ E). repeat split; auto.
    intros R y Y. specialize (I R y Y).
    apply set_cases in M' as [[EN ->]|[_ M']]; [|congruence]. rewrite EN, there in M. injection M as <-. exact I.
  - intros q b M. destruct (shells_some _ _ _ _ BACK M) as (b' & M' & E). rewrite <- (shell_storage _ _ E).
    apply (static_storage _ _ _ _ W q b' M').
  - intros k b M. destruct (shells_some _ _ _ _ BACK M) as (b' & M' & E). rewrite <- (shell_storage _ _ E).
    apply (dynamic_storage _ _ _ _ W k b' M').
  - intros j f i F. apply know_about; [eapply constant_types; eauto|]. exact (constants_hold _ _ _ _ W j f i F).
Qed.

Lemma know_evolves : forall e, well_tagged P C (heap w) (tagging w) -> evolves A P C e w known_world.
Proof.
  intros e W. assert (U : forall l k b b', heap w k = Some b -> set_object (heap w) n o' k = Some b' ->
    unchanged_outside P l b b').
  { intros l k b b' M M'. apply set_cases in M' as [[-> ->]|[_ M']].
    - replace b with o by congruence. apply know_unchanged; auto.
    - replace b' with b by congruence. apply unchanged_refl. }
  pose proof (shells_set _ _ _ _ there (know_shell o p t x)) as ON.
  split; cbn [heap tagging]; eauto.
  - intros k b M. destruct (shells_some _ _ _ _ ON M) as (b' & M' & []). exists b'. split; auto.
    unfold same_object. repeat split; auto; congruence.
  - intros k u N T _. destruct (tags_exist _ _ _ _ W _ _ T) as (b & y & _ & M & _). congruence.
  - intros _ _ k u b b' _ M M' _ _. destruct (shells_some _ _ _ _ ON M) as (b2 & M2 & S).
    replace b' with b2 by congruence.
    apply (shell_life _ _ S).
Qed.

Theorem here_know_cell : forall F v0 g, here F w v0 g -> here F known_world v0 g.
Proof.
  intros F v0 g [H D EX T B ACT]. pose proof (shells_set _ _ _ _ there (know_shell o p t x)) as ON.
  split; auto; cbn [heap tagging].
  - intros v AG. destruct (H v AG) as [N TR TS R MF MC SZ VX]. split; auto.
    + intros s e l Q L. apply (shells_targets C _ _ _ ON). exact (TS s e l Q L).
    + intros k f Q L. apply know_about; [|exact (MF k f Q L)].
      pose proof (facts_proper _ T _ _ Q) as PF. unfold of_proper_type. destruct (fact_about (fst f)); auto. apply PF.
    + intros u c Q L. eapply content_written; [exact there|apply know_shell|exact (MC u c Q L)|].
      intros TI y -> wd. split; [|auto]. destruct (MC u c Q L n o TI there) as (z & E & _). subst wd. rewrite E.
      apply know_found; auto.
    + intros u s Q L k b TI Eb. destruct (shells_some _ _ _ _ (shells_sym _ _ ON) Eb) as (a & Ea & SA).
      rewrite (SZ u s Q L k a TI Ea). apply (shell_size _ _ SA).
    + intros u c Q. destruct (VX u c Q) as (y & SX). exists y. apply (shells_symbolic C _ _ _ ON). exact SX.
  - intros r u R v AG. apply (shells_symbolic C _ _ _ ON). exact (D r u R v AG).
  - destruct ACT as [AF AE AT AV AO AL LV AP AN]. split; auto; cbn [heap tagging].
    + apply know_tagged. exact AT.
    + eapply evolves_trans; [exact FIT|exact AE|exact AV|]. apply know_evolves. exact AT.
Qed.

Lemma denotes_known : forall v0 g s y, denotes C (heap w) (tagging w) v0 g s y ->
  denotes C (set_object (heap w) n o') (tagging w) v0 g s y.
Proof.
  intros v0 g s y D v AG. apply (shells_symbolic C _ _ _ (shells_set _ _ _ _ there (know_shell o p t x))). auto.
Qed.
End Object.
End Here.
