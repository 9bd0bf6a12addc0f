(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The world behind a write: one object has other content, and is what it was

    Pointers name what they named, so only what is said of the object's content may be true no more. *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs SpareProofs.
Import ListNotations.
Open Scope Z_scope.

Record same_shell (o o' : object) : Prop := {
  shell_size : size o' = size o;
  shell_alignment : alignment o' = alignment o;
  shell_storage : stored_as o' = stored_as o;
  shell_life : alive o' = alive o }.

Lemma shell_refl : forall o, same_shell o o.
Proof. split; reflexivity. Qed.
Lemma shell_sym : forall o o', same_shell o o' -> same_shell o' o.
Proof. intros o o' []. split; auto. Qed.
Lemma shell_differs : forall r o o', differs_in r o o' -> same_shell o o'.
Proof. intros r o o' []. split; auto. Qed.
Lemma shell_content : forall o i c, same_shell o (with_content o i c).
Proof. split; reflexivity. Qed.

(** The same objects, but for content. *)
Definition same_shells (m m' : memory) : Prop :=
  forall k, match m k, m' k with Some a, Some b => same_shell a b | None, None => True | _, _ => False end.

Lemma shells_sym : forall m m', same_shells m m' -> same_shells m' m.
Proof.
  intros m m' S k. specialize (S k). destruct (m k), (m' k); auto. apply shell_sym. exact S.
Qed.

Lemma shells_some : forall m m' k a, same_shells m m' -> m k = Some a -> exists b, m' k = Some b /\ same_shell a b.
Proof. intros m m' k a S M. specialize (S k). rewrite M in S. destruct (m' k); [eauto|destruct S]. Qed.

Lemma shells_set : forall m n o o', m n = Some o -> same_shell o o' -> same_shells m (set_object m n o').
Proof.
  intros m n o o' M S k. unfold set_object. destruct (name_eq_dec n k) as [<-|N].
  - rewrite M. exact S.
  - destruct (m k); auto using shell_refl.
Qed.

Section Shells.
Variable P : program.
Variable C : certificate.
Variables m m' : memory.
Variable tagged : ghost.
Hypothesis S : same_shells m m'.

Lemma shells_freed : forall b, freed m b -> freed m' b.
Proof.
  intros b (o & (n & -> & M) & T & L). destruct (shells_some _ _ _ _ S M) as (o' & M' & E). exists o'.
  split; [exists n; auto|].
  rewrite (shell_storage _ _ E), (shell_life _ _ E). auto.
Qed.
Lemma shells_ended : forall b, ended m b -> ended m' b.
Proof.
  intros b (o & (n & -> & M) & T & L). destruct (shells_some _ _ _ _ S M) as (o' & M' & E). exists o'.
  split; [exists n; auto|].
  rewrite (shell_storage _ _ E), (shell_life _ _ E). auto.
Qed.

Lemma shells_tag : forall t b, has_tag C m tagged t b -> has_tag C m' tagged t b.
Proof.
  intros t b H. unfold has_tag in *. destruct (PM.find t (tags C)) as [[]|]; auto using shells_freed, shells_ended.
Qed.

Lemma shells_entry : forall e b z, in_entry C m tagged e b z -> in_entry C m' tagged e b z.
Proof. intros e b z (T & I). split; auto using shells_tag. Qed.

Lemma shells_targets : forall l b z, in_targets C m tagged l b z -> in_targets C m' tagged l b z.
Proof. intros l b z H. unfold in_targets in *. eapply Exists_impl; [|exact H]. intros e. apply shells_entry. Qed.

Lemma shells_predicate : forall p t x, satisfies_predicate C m tagged p t x -> satisfies_predicate C m' tagged p t x.
Proof.
  intros p t x H. destruct p as [b k r|[l|]|[r|]], t, x; cbn in *; auto using shells_targets.
Qed.

Lemma shells_symbolic : forall v s x, is_symbolic C m tagged v s x -> is_symbolic C m' tagged v s x.
Proof.
  intros v s x H. destruct s as [f|[t|s] f|y], x as [n|c z|u]; cbn in *; auto.
  destruct H as [[H N] E]. repeat split; auto using shells_tag.
Qed.
End Shells.

Section Says.
Variable P : program.
Variable C : certificate.
Variables m m' : memory.
Variable tagged : ghost.
Hypothesis S : same_shells m m'.

Lemma shells_cell : forall o p t q, cell_satisfies P C m tagged o p t q -> cell_satisfies P C m' tagged o p t q.
Proof.
  intros o p t q H. unfold cell_satisfies in *. destruct (cell o p (width t) (class_of t)).
  - exact (shells_predicate C m m' tagged S _ _ _ H).
  - intros v T. apply (shells_predicate C m m' tagged S). auto.
Qed.

Lemma shells_says : forall z o a, says P C m tagged z o a -> says P C m' tagged z o a.
Proof.
  intros z o a H. destruct a; auto. intros k K. destruct (H k K) as [[I Q]|Q]; [left|right; exact Q].
  split; auto using shells_cell.
Qed.
End Says.

Section Written.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.

Section World.
Variables (m : memory) (tagged : ghost) (n : name) (o o' : object).
Hypothesis there : m n = Some o.
Hypothesis shell : same_shell o o'.
Notation m' := (set_object m n o').

Lemma set_there : m' n = Some o'.
Proof. unfold set_object. destruct (name_eq_dec n n); congruence. Qed.
Lemma set_elsewhere : forall k, k <> n -> m' k = m k.
Proof. intros k N. unfold set_object. destruct (name_eq_dec n k); congruence. Qed.

Lemma shells_written : same_shells m m'.
Proof. exact (shells_set _ _ _ _ there shell). Qed.

(** What is said of another object holds; what is said of this one must be shown. *)
Lemma about_written : forall z t a, about_holds P C m tagged z t a ->
  (tag_is C tagged t n -> says P C m' tagged z o a -> says P C m' tagged z o' a) -> about_holds P C m' tagged z t a.
Proof.
  intros z t a H W k b T M. destruct (name_eq_dec k n) as [->|N].
  - rewrite set_there in M. injection M as <-. specialize (H n o T there).
    assert (Q : says P C m tagged z o a -> says P C m' tagged z o' a)
      by (intro Q; apply (W T); apply (shells_says _ _ _ _ _ shells_written); exact Q).
    rewrite <- (shell_life _ _ shell) in H. destruct a; auto.
  - rewrite set_elsewhere in M by auto. specialize (H k b T M).
    destruct a; try exact H; intro L; apply (shells_says _ _ _ _ _ shells_written); auto.
Qed.

Lemma about_elsewhere : forall z t a, ~ tag_is C tagged t n -> about_holds P C m tagged z t a ->
  about_holds P C m' tagged z t a.
Proof. intros z t a N H. apply about_written; auto. intro T. destruct (N T). Qed.

Lemma content_written : forall v t c, content_holds C m tagged v t c ->
  (tag_is C tagged t n -> forall x, x = position_of c -> let w := width (content_type c) in
     cell o' x w (class_of (content_type c)) = cell o x w (class_of (content_type c)) /\
     (wholly_initialised o x w -> wholly_initialised o' x w)) ->
  content_holds C m' tagged v t c.
Proof.
  intros v t c H W k b T M. destruct (name_eq_dec k n) as [->|N].
  - rewrite set_there in M. injection M as <-. destruct (H n o T there) as (x & E & Y & I).
    destruct (W T _ eq_refl) as [WE WI]. exists x. rewrite WE. repeat split; auto.
    apply (shells_symbolic C _ _ _ shells_written). exact Y.
  - rewrite set_elsewhere in M by auto. destruct (H k b T M) as (x & E & Y & I). exists x. repeat split; auto.
    apply (shells_symbolic C _ _ _ shells_written). exact Y.
Qed.

(** *** The tags fit the memory as they did, if the object may be written *)

Hypothesis may_write : writable m (BObject n).

Lemma not_read_only : stored_as o <> SStatic KConstant /\ stored_as o <> SStatic KLabels.
Proof. apply may_write. exists n. auto. Qed.

Lemma read_only_elsewhere : well_tagged P C m tagged -> forall t b i, PM.find t (tags C) = Some b ->
  is_read_only b = true ->
  ~ tag_is C i t n.
Proof.
  intros W t b i F R T. pose proof not_read_only as [N1 N2]. unfold tag_is in T. rewrite F in T.
  destruct b as [| | | |p k s a| | |]; try discriminate R.
  destruct n as [q|]; [subst q|destruct T]. destruct (statics_fit _ _ _ _ W _ _ _ _ _ F) as (b & M & _ & _ & ST & _).
  rewrite there in M. injection M as <-. destruct k; try discriminate R; congruence.
Qed.

Lemma well_tagged_written : well_tagged P C m tagged -> well_tagged P C m' tagged.
Proof.
  intro W. assert (BACK : same_shells m' m) by (apply shells_sym; apply shells_written).
  pose proof shells_written as ON. split.
  - intros k t T. destruct (tags_exist _ _ _ _ W k t T) as (b & x & F & M & AL & R).
    destruct (shells_some _ _ _ _ ON M) as (x' & M' & E). exists b, x'.
    rewrite (shell_alignment _ _ E), (shell_storage _ _ E), (shell_life _ _ E), (shell_size _ _ E). auto.
  - exact (singles _ _ _ _ W).
  - intros t p k s a F. destruct (statics_fit _ _ _ _ W t p k s a F) as (b & M & Z & AL & ST & L & I).
    destruct (shells_some _ _ _ _ ON M) as (b' & M' & E). exists b'.
    rewrite (shell_alignment _ _ E), (shell_storage _ _ E), (shell_life _ _ E), (shell_size _ _ E). repeat split; auto.
    intro R. assert (N : Static p <> n).
    { intro Q. apply (read_only_elsewhere W t _ tagged F R). unfold tag_is. rewrite F, <- Q. reflexivity. }
    rewrite set_elsewhere, M in M' by auto. injection M' as <-. auto.
  - intros p b M. destruct (shells_some _ _ _ _ BACK M) as (b' & M' & E). rewrite <- (shell_storage _ _ E).
    apply (static_storage _ _ _ _ W p b' M').
  - intros k b M. destruct (shells_some _ _ _ _ BACK M) as (b' & M' & E). rewrite <- (shell_storage _ _ E).
    apply (dynamic_storage _ _ _ _ W k b' M').
  - intros j f z F. pose proof (constants_hold _ _ _ _ W j f z F) as H.
    assert (R : fitting_constant C f = true).
    { pose proof FIT as Q. unfold fitting in Q. repeat rewrite andb_true_iff in Q. decompose [and] Q.
      match goal with X : forallb (fun p => _ && _) (PM.elements (constants C)) = true |- _ =>
        eapply forallb_elements in X; [|exact F]; cbn in X; apply andb_true_iff in X as [X _]; exact X end. }
    unfold fitting_constant in R. destruct (PM.find (fact_tag f) (tags C)) as [b|] eqn:B; [|discriminate].
    intros k x T M. assert (N : k <> n) by (intros ->; exact (read_only_elsewhere W _ _ _ B R T)).
    rewrite set_elsewhere in M by auto. specialize (H k x T M).
    destruct (fact_about f); try exact H; intro L; apply (shells_says _ _ _ _ _ ON); auto.
Qed.
End World.

End Written.
