(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What is left behind a write, and labelled with what the write rests on, holds in the new world

    If the label holds the pointer is in one of the cases, and what is left about that case's tag holds of the
      object. *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Writes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs SpareProofs CutProofs WorldProofs WriteProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** What the writes of the semantics change *)

(** The range touches whatever the bits from [x] to [y] touch. *)
Definition covers (r : bounds) (x y : Z) : Prop := forall p w, overlap (x, y) p w = true -> touches r p (p + w) = true.

Lemma covers_exactly : forall x y, covers {| lower := Some x; upper := Some y |} x y.
Proof. intros x y p w H. unfold overlap in H. unfold touches. cbn in *. monad. apply andb_true_iff.
split; apply Z.ltb_lt; lia. Qed.

Lemma covers_less : forall r x y z, covers r x y -> z <= y -> covers r x z.
Proof. intros r x y z H L p w O. apply H. unfold overlap in *. cbn in *. monad. apply andb_true_iff.
split; apply Z.ltb_lt; lia. Qed.

Lemma untouched_apart : forall r x y p w, covers r x y -> touches r p (p + w) = false -> overlap (x, y) p w = false.
Proof. intros r x y p w H T. destruct (overlap (x, y) p w) eqn:O; auto. rewrite (H p w O) in T. discriminate. Qed.

Lemma untouched_out : forall r x y b, covers r x y -> touches r b (b + 1) = false -> in_range (x, y) b = false.
Proof.
  intros r x y b H T. pose proof (untouched_apart _ _ _ _ _ H T) as O. unfold overlap in O. unfold in_range. cbn in *.
  apply andb_false_iff in O as [O|O]; apply andb_false_iff; [left; apply Z.leb_gt|right; apply Z.ltb_ge]; booleans; lia.
Qed.

Lemma put_differs : forall r o p w c v, 0 < w -> covers r p (p + w) -> differs_in r o (put_cell o p w c v).
Proof.
  intros r o p w c v W H. split; try reflexivity; cbn.
  - intros x T. rewrite (untouched_out _ _ _ _ H T). reflexivity.
  - intros q u d T. pose proof (untouched_apart _ _ _ _ _ H T) as O. rewrite O.
    destruct (q =? p) eqn:Q; cbn; auto. destruct (u =? w) eqn:U; cbn; auto. monad. subst. unfold overlap in O. cbn in O.
    apply andb_false_iff in O as [O|O]; booleans; lia.
Qed.

Lemma fill_differs : forall r o x y v, covers r x y -> differs_in r o (fill o (x, y) v).
Proof.
  intros r o x y v H. split; try reflexivity; cbn.
  - intros b T. rewrite (untouched_out _ _ _ _ H T). reflexivity.
  - intros p w c T. rewrite (untouched_apart _ _ _ _ _ H T). reflexivity.
Qed.

Lemma scramble_differs : forall r o x y, covers r x y -> differs_in r o (scramble o (x, y)).
Proof.
  intros r o x y H. split; try reflexivity; cbn.
  - intros b T. rewrite (untouched_out _ _ _ _ H T). reflexivity.
  - intros p w c T. rewrite (untouched_apart _ _ _ _ _ H T). reflexivity.
Qed.

Lemma copy_differs : forall r o s x y from, covers r x y -> differs_in r o (copy o s (x, y) from).
Proof.
  intros r o s x y from H. split; try reflexivity; cbn.
  - intros b T. rewrite (untouched_out _ _ _ _ H T). reflexivity.
  - intros p w c T. rewrite (untouched_apart _ _ _ _ _ H T). reflexivity.
Qed.

Lemma put_initialises : forall o p w c v, initialised_stays o (put_cell o p w c v).
Proof. intros o p w c v x I. cbn. rewrite I. apply orb_true_r. Qed.
Lemma fill_initialises : forall o r v, initialised_stays o (fill o r v).
Proof. intros o r v x I. cbn. rewrite I. apply orb_true_r. Qed.
Lemma scramble_initialises : forall o r, initialised_stays o (scramble o r).
Proof. intros o r x I. cbn. rewrite I. apply orb_true_r. Qed.

Section Steps.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).
Notation weaker := (weaker A P C).
Notation facts_hold := (facts_hold A P C).
Notation contents_hold := (contents_hold A C).

(** A fact, or a content, that holds may be added. *)
Lemma facts_added : forall m tagged z g f, facts_hold m tagged z any g ->
  (Holds (fact_label f) -> fact_holds P C m tagged z f) -> facts_hold m tagged z any (add_fact g f).
Proof.
  intros m tagged z g f H K n x F _ L. apply find_add_fact in F as [->|F].
  - apply K. apply union_holds in L as [L _]. exact L.
  - exact (H n x F I L).
Qed.

Lemma contents_added : forall m tagged v g t p ty s l, contents_hold m tagged v any g ->
  (Holds l -> forall tm, content_holds C m tagged v t
     {| position_of := p; content_type := ty; content_value := s; content_label := l; content_time := tm |}) ->
  contents_hold m tagged v any (add_content g t p ty s l).
Proof.
  intros m tagged v g t p ty s l H K u c Q _ L. apply in_add_content in Q as [(-> & E1 & E2 & E3 & E4 & E5)|Q].
  - destruct c as [p' ty' s' l' tm]. cbn in *. subst. apply K. apply union_holds in L as [L _]. exact L.
  - exact (H u c Q I L).
Qed.

Lemma values_added : forall m tagged v g t p ty s l, values_known C m tagged v g ->
  (exists x, is_symbolic C m tagged v s x) -> values_known C m tagged v (add_content g t p ty s l).
Proof.
  intros m tagged v g t p ty s l H K u c Q. apply in_add_content in Q as [(_ & _ & _ & -> & _)|Q]; eauto.
Qed.

Section Write.
Variables (F : frame) (w : world) (v0 : valuation) (g : state).
Variables (n : name) (o o' : object).
Hypothesis H : here F w v0 g.
Hypothesis there : heap w n = Some o.
Hypothesis shell : same_shell o o'.
Notation m' := (set_object (heap w) n o').

(** All that the state says of memory holds behind the write. *)
Record speaks_rewritten (h : state) : Prop := {
  speaks_step : memory_step g h;
  speaks_consistent : consistent h;
  speaks_facts : forall v, agrees g v v0 -> facts_hold m' (tagging w) v any h;
  speaks_contents : forall v, agrees g v v0 -> contents_hold m' (tagging w) v any h;
  speaks_values : forall v, agrees g v v0 -> values_known C (heap w) (tagging w) v h }.

(** What is left about the tag holds of the object as it is now. *)
Definition survives (t : id) (k : state) : Prop :=
  tag_is C (tagging w) t n /\ exists r, differs_in r o o' /\ contents_outside r t k /\
  forall j f, PM.find j (facts k) = Some f -> fact_tag (fst f) = t -> Holds (label_of_fact k f) ->
    forall z, says P C m' (tagging w) z o (fact_about (fst f)) -> says P C m' (tagging w) z o' (fact_about (fst f)).

Theorem labelled_speaks : forall h l, weaker g h ->
  (Holds l -> exists t k, weaker g k /\ weaker k h /\ survives t k) -> speaks_rewritten (label_memory h l).
Proof.
  intros h l W S. pose proof (tables _ _ _ _ _ _ _ _ _ _ H) as T. pose proof (wk_consistent _ _ _ _ _ W T) as TH.
  split.
  - eapply memory_trans; [apply (wk_memory _ _ _ _ _ W)|apply memory_label_memory].
  - apply consistent_label_memory. exact TH.
  - intros v AG. pose proof (facts_of_here A CP C X w0 entry _ _ _ _ v H AG) as F0.
    apply label_memory_holds; auto. intro L. destruct (S L) as (t & k & W1 & W2 & TG & r & D & _ & K).
    pose proof (wk_consistent _ _ _ _ _ W1 T) as TK.
    apply (facts_combine A CP C FIT (heap w) (tagging w) n o o' there shell v t); auto.
    + exact (weaker_facts A P C g h _ _ _ _ W T F0).
    + apply (weaker_facts A P C k h _ _ _ _ W2 TK).
      apply (facts_there A CP C (heap w) (tagging w) n o o' there shell).
      * exact (weaker_facts A P C g k _ _ _ _ W1 T F0).
      * intros j f J E LJ. exact (K j f J E LJ _).
  - intros v AG. pose proof (contents_of_here A CP C X w0 entry _ _ _ _ v H AG) as C0.
    apply (label_memory_holds_contents A C); auto. intro L. destruct (S L) as (t & k & W1 & W2 & TG & r & D & O & _).
    pose proof (wk_consistent _ _ _ _ _ W1 T) as TK.
    apply (contents_combine A CP C FIT (heap w) (tagging w) n o o' there shell v t); auto.
    + exact (weaker_contents A P C g h _ _ _ _ W T C0).
    + apply (weaker_contents A P C k h _ _ _ _ W2 TK).
      apply (contents_there A C (heap w) (tagging w) n o o' there shell v t k r); auto.
      exact (weaker_contents A P C g k _ _ _ _ W1 T C0).
  - intros v AG t c I. destruct (label_memory_content A _ _ _ _ TH I) as [I' _].
    apply (weaker_values A P C g h _ _ _ W T (values_exist _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H v AG)) t c I').
Qed.

(** *** One place that is cut *)

Lemma cut_speaks : forall t r too s h s' e l, cut g t r too s = Some (h, s', e) ->
  (Holds l -> tag_is C (tagging w) t n /\ differs_in r o o' /\ (too = false -> initialised_stays o o')) ->
  speaks_rewritten (label_memory h l) /\ s' = s /\ e = [].
Proof.
  intros t r too s h s' e l CU S. pose proof (tables _ _ _ _ _ _ _ _ _ _ H) as T.
  destruct (cut_spares A P C _ _ _ _ _ _ _ _ T CU) as (W & O & SP & -> & ->). split; [|auto].
  apply labelled_speaks; auto. intro L. destruct (S L) as (TG & D & IS). exists t, h. split; [exact W|].
  split; [apply weaker_refl|]. split; [exact TG|]. exists r. split; [exact D|]. split; [exact O|].
  intros j f J E LJ z Q. destruct (SP j f J E) as [[I0 TO]|SA].
  - apply (says_initialised CP C (heap w) (tagging w) n o o'); auto.
  - exact (SA _ _ _ o o' D Q).
Qed.

(** *** Cases that are weakened *)

Lemma weaken_survives : forall (kept : about -> Prop) k t r keeps s h s' e, consistent k ->
  (forall j a s l s' e, weaker k j -> proper_about a -> keeps j a s = Some (l, s', e) -> Holds l -> kept a) ->
  weaken k t r keeps s = Some (h, s', e) -> 
  weaker k h /\ (tag_is C (tagging w) t n -> differs_in r o o' -> initialised_stays o o' ->
                 (forall z a, kept a -> says P C m' (tagging w) z o a -> says P C m' (tagging w) z o' a) ->
                 survives t h).
Proof.
  intros kept k t r keeps s h s' e T KP WE. destruct (weaken_spares A P C kept _ _ _ _ _ _ _ _ T KP WE) as (W & O & SP).
  split; [exact W|]. intros TG D IS KS. split; [exact TG|]. exists r. split; [exact D|]. split; [exact O|].
  intros j f J E L z Q. destruct (SP j f J E L) as [I0|[SA|K]].
  - apply (says_initialised CP C (heap w) (tagging w) n o o'); auto.
  - exact (SA _ _ _ o o' D Q).
  - exact (KS _ _ K Q).
Qed.

(** *** The world, and the state with it *)

Lemma rewritten_here : forall h, speaks_rewritten h -> writable (heap w) (BObject n) ->
  evolves A P C (clone_effects (the_clone_body X)) w0 (rewrite_object w n o') -> here F (rewrite_object w n o') v0 h.
Proof. intros h [MS TH FH CH VK] WR EV. eapply here_written; eauto. Qed.

Lemma speaks_fact : forall h f, speaks_rewritten h -> proper_about (fact_about f) ->
  (forall v, agrees g v v0 -> Holds (fact_label f) -> fact_holds P C m' (tagging w) v f) ->
  speaks_rewritten (add_fact h f).
Proof.
  intros h f [MS TH FH CH VK] PR K. split; auto.
  - eapply memory_trans; [exact MS|apply memory_add_fact].
  - apply consistent_add_fact; auto.
  - intros v AG. apply facts_added; auto.
Qed.

Lemma speaks_content : forall h t p ty s l, speaks_rewritten h -> proper_type ty ->
  (Holds l -> forall v tm, agrees g v v0 -> content_holds C m' (tagging w) v t
     {| position_of := p; content_type := ty; content_value := s; content_label := l; content_time := tm |}) ->
  (forall v, agrees g v v0 -> exists x, is_symbolic C (heap w) (tagging w) v s x) ->
  speaks_rewritten (add_content h t p ty s l).
Proof.
  intros h t p ty s l [MS TH FH CH VK] PR K EX. split.
  - eapply memory_trans; [exact MS|apply memory_add_content].
  - apply consistent_add_content; auto.
  - intros v AG k f Q _ L. exact (FH v AG k f Q I L).
  - intros v AG. apply contents_added; auto.
  - intros v AG. apply values_added; auto.
Qed.

End Write.
End Steps.
