(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * An object that begins to live, and gets a tag *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs KeepProofs RenameProofs SpeechProofs
  RenewedProofs EvolveProofs
  LifetimeProofs.
From AICheck Require Import EndProofs ReturnProofs.
From AICheck Require Import PredicateProofs.
Import ListNotations.
Open Scope Z_scope.

(** The object with the tag, in memory where it was not. *)
Definition with_tag (t : ghost) (k : positive) (u : id) : ghost :=
  {| tag_at := fun j => if Pos.eqb j k then Some u else t j; newer := newer t |}.
Definition new_world (w : world) (k : positive) (o : object) (u : id) : world :=
  {| heap := set_object (heap w) (Dynamic k) o; tagging := with_tag (tagging w) k u |}.

Section Begin.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.

Section World.
Variables (w : world) (k : positive) (o : object) (t : id) (body : tag).
Hypothesis WT : well_tagged P C (heap w) (tagging w).
Hypothesis NEW : heap w (Dynamic k) = None.
Hypothesis TAG : PM.find t (tags C) = Some body.
Notation w' := (new_world w k o t).

Lemma new_at : at_object k w w'.
Proof.
  split; cbn; intros.
  - unfold set_object. destruct (name_eq_dec (Dynamic k) n); congruence.
  - destruct (Pos.eqb_spec j k); congruence.
  - reflexivity.
Qed.

Lemma new_object : heap w' (Dynamic k) = Some o.
Proof. cbn. unfold set_object. destruct (name_eq_dec (Dynamic k) (Dynamic k)); congruence. Qed.
Lemma new_tag : tagging w' k = Some t.
Proof. cbn. rewrite Pos.eqb_refl. reflexivity. Qed.

Lemma untagged_before : tagging w k = None.
Proof.
  destruct (tagging w k) as [u|] eqn:T; auto. destruct (tags_exist _ _ _ _ WT k u T) as (b & q & _ & E & _). congruence.
Qed.

Lemma begin_lives : changes_lives w w'.
Proof. apply (lives_at k); [apply new_at|]. intros q Q. congruence. Qed.

Lemma begin_last : objects_last w w'.
Proof. apply begin_lives. Qed.

Lemma begin_tag_is : forall u n, tag_is C (tagging w) u n -> tag_is C (tagging w') u n.
Proof.
  intros u n T. eapply tag_is_same; [|exact T]. intros j ->. apply (ao_tags _ _ _ new_at). intros ->.
  destruct (tag_is_dynamic _ _ _ _ T) as [T1 _]. rewrite untagged_before in T1. discriminate.
Qed.

Lemma begin_has_tag : forall u b, has_tag C (heap w) (tagging w) u b -> has_tag C (heap w') (tagging w') u b.
Proof. intros u b. apply has_tag_last; [apply begin_last|]. apply begin_tag_is. Qed.

Lemma begin_symbolic : forall v s x, is_symbolic C (heap w) (tagging w) v s x ->
  is_symbolic C (heap w') (tagging w') v s x.
Proof.
  intros v s x H. destruct s as [f|[u|y] f|[|]]; destruct x as [n|b z|z]; cbn [is_symbolic] in *;
    try contradiction; auto.
  destruct H as [[H K] E]. split; [|exact E]. split; [apply begin_has_tag; exact H|exact K].
Qed.

Lemma begin_targets : forall l b z, in_targets C (heap w) (tagging w) l b z ->
  in_targets C (heap w') (tagging w') l b z.
Proof.
  intros l b z I. unfold in_targets in *. eapply Exists_impl; [|exact I]. intros e (H1 & H2 & H3). split; auto.
  apply begin_has_tag. exact H1.
Qed.

Lemma begin_tagged : alignment o = tag_alignment body ->
  match body with
  | TLocal _ _ _ s _ => stored_as o = SAutomatic /\ alive o = true /\ (forall z, s = Some z -> size o = z)
  | THeap _ _ _ _ => stored_as o = SHeap
  | _ => False
  end -> (is_single body = true -> forall j, tagging w j <> Some t) -> well_tagged P C (heap w') (tagging w').
Proof.
  intros AL ST SI.
  assert (CASE : forall j u, tagging w' j = Some u -> j = k /\ u = t \/ j <> k /\ tagging w j = Some u).
  { intros j u T. destruct (Pos.eq_dec j k) as [->|D]; [left; rewrite new_tag in T; split; congruence|].
    right. split; auto. rewrite (ao_tags _ _ _ new_at) in T; auto. }
  apply (well_tagged_again CP C FIT w); auto using begin_lives.
  - intros j u T. destruct (CASE j u T) as [[-> ->]|[D T1]].
    + exists body, o. rewrite new_object. auto.
    + destruct (tags_exist _ _ _ _ WT j u T1) as (b & q & F1 & E & B). exists b, q.
      rewrite (ao_heap _ _ _ new_at) by congruence. auto.
  - intros i j u b T1 T2 Q S. destruct (CASE i u T1) as [[-> ->]|[D1 T3]], (CASE j _ T2) as [[-> ?]|[D2 T4]]; auto.
    + replace b with body in S by congruence. destruct (SI S _ T4).
    + subst u. replace b with body in S by congruence. destruct (SI S _ T3).
    + eapply (singles _ _ _ _ WT); eauto.
  - intros j b E. destruct (Pos.eq_dec j k) as [->|D].
    + rewrite new_object in E. injection E as <-. destruct body; try contradiction; [left|right]; apply ST.
    + rewrite (ao_heap _ _ _ new_at) in E by congruence. eapply (dynamic_storage _ _ _ _ WT); eauto.
Qed.

(** The facts of the tag that are left hold of a fresh object. *)
Lemma begin_speaks : forall F v0 g, speaks A CP C X F w v0 every g ->
  (forall n f, PM.find n (facts g) = Some f -> fact_tag (fst f) = t ->
    forall z, says P C (heap w') (tagging w') z o (fact_about (fst f))) ->
  contents_of g t = [] -> PM.find t (sizes g) = None -> speaks A CP C X F w' v0 every g.
Proof.
  intros F v0 g S SA NC NS.
  apply (speaks_renewed A CP C X w w' (fun l => l)) with (fv := no_change) (of := every) (g := g).
  - apply begin_targets.
  - apply begin_symbolic.
  - reflexivity.
  - apply renewed_refl.
  - exact S.
  - unfold every. auto.
  - intros u n o' _ T E. destruct n as [s|j].
    + left. exists o'. rewrite (ao_heap _ _ _ new_at) in E by discriminate. split; [|auto using still_refl].
      eapply tag_of_static; eauto.
    + destruct (Pos.eq_dec j k) as [->|D].
      * right. destruct (tag_is_dynamic _ _ _ _ T) as [T1 _]. rewrite new_tag in T1. injection T1 as <-.
        rewrite new_object in E. injection E as <-. split; [|exact NC]. intros i f Q TG. rewrite same_about. eauto.
      * left. exists o'. rewrite (ao_heap _ _ _ new_at) in E by congruence. split; [|auto using still_refl].
        eapply tag_is_same; [|exact T]. intros i Ei. symmetry. apply (ao_tags _ _ _ new_at). congruence.
  - intros u z Q n o' T E. exists o'. assert (D : n <> Dynamic k).
    { intros ->. destruct (tag_is_dynamic _ _ _ _ T) as [T1 _]. rewrite new_tag in T1. congruence. }
    rewrite (ao_heap _ _ _ new_at) in E by auto. split; [|auto].
    eapply tag_is_same; [|exact T]. intros i Ei. symmetry. apply (ao_tags _ _ _ new_at). congruence.
Qed.

(** What has the tag, if no other object had it. *)
Lemma only_object : (forall j, tagging w j <> Some t) -> is_local body = true \/ is_heap body = true ->
  forall n o', tag_is C (tagging w') t n -> heap w' n = Some o' -> o' = o.
Proof.
  intros N O n o' T E. unfold tag_is in T. rewrite TAG in T.
  assert (K : n = Dynamic k).
  { destruct n as [s|j]; [destruct body, O; try contradiction; discriminate|].
    assert (T1 : tagging w' j = Some t) by (destruct body, O; try contradiction; discriminate || exact T).
    destruct (Pos.eq_dec j k) as [->|D]; auto. rewrite (ao_tags _ _ _ new_at) in T1 by auto. destruct (N j T1). }
  subst n. rewrite new_object in E. injection E as <-. reflexivity.
Qed.

(** A fact of the tag, if no other object has it. *)
Lemma fresh_fact : (forall j, tagging w j <> Some t) -> is_local body = true \/ is_heap body = true ->
  forall z f, fact_tag f = t -> says P C (heap w') (tagging w') z o (fact_about f) ->
    fact_holds P C (heap w') (tagging w') z f.
Proof.
  intros N O z f TG S n o' T E. rewrite TG in T. rewrite (only_object N O n o' T E). destruct (fact_about f); auto.
Qed.
End World.

(** What holds of every fresh object. *)
Lemma says_fresh : forall m g i z a st b, proper_about b -> is_true_of_fresh b = true ->
  says P C m g i (fresh_object z a st) b.
Proof.
  intros m g k z a st b PR H. destruct b as [first count stride t u q|from to|from to v| |b| |from to| |];
    try discriminate; cbn; auto.
  intros i I. right. split; [exact H|]. intro W.
  assert (PT : proper_type t) by (cbn in PR; decompose [and] PR; assumption). pose proof (width_positive t PT).
  specialize (W (first + i * stride)). cbn in W. assert (false = true) by (apply W; lia). discriminate.
Qed.

End Begin.
