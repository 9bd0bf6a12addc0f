(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What all instructions share that write through a pointer *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Writes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs SpareProofs CutProofs WorldProofs WriteProofs
  RewriteProofs.
From AICheck Require Import HitProofs.
From AICheck Require Import SaneProofs SaneProofsEffects.
Import ListNotations.
Open Scope Z_scope.

Lemma differs_everywhere : forall o o', same_shell o o' -> differs_in all o o'.
Proof. intros o o' []. split; auto; intros; discriminate. Qed.

Lemma checked_proper : forall t, Checker.proper_type t = true -> proper_type t.
Proof. intros [t| |f] H; cbn in *; auto. unfold proper. monad. lia. Qed.

Lemma is_power_positive : forall n, is_power n = true -> 1 <= n.
Proof. intros n H. unfold is_power, exponent in H. destruct (0 <? n) eqn:E; [|discriminate]. monad. lia. Qed.

Section Writing.
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
Notation weaker := (weaker A P C).
Notation own := (clone_effects (the_clone_body X)).

(** A value has the class of its operand. *)
Lemma operand_class_here : forall F w v0 g a c, here F w v0 g -> sane_frame CP (heap w) F ->
  is CP (the_body X) a c = true -> class_of_value (eval F a) = c.
Proof.
  intros F w v0 g a c H SF K. eapply eval_class; [|apply is_class; exact K]. eapply sane_typed; [exact SF|].
  rewrite (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)). apply (fits_body _ _ _ FX).
Qed.

Lemma weaker_state : forall m tagged v g h, weaker g h -> consistent g -> state_holds A P C m tagged v g ->
  state_holds A P C m tagged v h.
Proof.
  intros m tagged v g h W T [N TR TS R MF MC SZ VX]. pose proof (wk_memory _ _ _ _ _ W) as MS. split.
  - eapply numbers_same; [apply (ms_linear _ _ MS)|apply (ms_congruences _ _ MS)|apply (ms_exclusions _ _ MS)|exact N].
  - rewrite (ms_definitions _ _ MS). exact TR.
  - unfold own_offset. rewrite (ms_targets _ _ MS), (ms_offsets _ _ MS). exact TS.
  - rewrite (ms_ranges _ _ MS). exact R.
  - intros n f F L. exact (weaker_facts A P C g h m tagged _ any W T (fun n f F _ L => MF n f F L) n f F I L).
  - intros t c Q L. exact (weaker_contents A P C g h m tagged v any W T (fun t c Q _ L => MC t c Q L) t c Q I L).
  - rewrite (ms_sizes _ _ MS). exact SZ.
  - exact (weaker_values A P C g h m tagged v W T VX).
Qed.

Section Write.
Variables (F : frame) (w : world) (v0 : valuation) (g : state).
Variables (n : name) (o o' : object).
Hypothesis H : here F w v0 g.
Hypothesis there : heap w n = Some o.
Hypothesis shell : same_shell o o'.
Hypothesis may_write : writable (heap w) (BObject n).
Notation m' := (set_object (heap w) n o').
Notation speaks := (speaks_rewritten A CP C w v0 g n o').

Let WT : well_tagged P C (heap w) (tagging w) := act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H).

Lemma anywhere_speaks : forall too s h s' e, write_anywhere X g too s = Some (h, s', e) ->
  (too = false -> initialised_stays o o') ->
  speaks h /\ evolves A P C own w0 (rewrite_object w n o').
Proof.
  intros too s h s' e WA IS.
  destruct (write_anywhere_leaves A CP C X FX entry _ _ _ _ _ _ WA) as (EV & W & FL & CL).
  pose proof (tables _ _ _ _ _ _ _ _ _ _ H) as T.
  assert (NOT : forall t b, PM.find t (tags C) = Some b -> is_read_only b = true -> ~ tag_is C (tagging w) t n).
  { intros t b B R. exact (read_only_elsewhere CP C (heap w) (tagging w) n o there may_write WT t b _ B R). }
  split; [split|].
  - apply (wk_memory _ _ _ _ _ W).
  - apply (wk_consistent _ _ _ _ _ W T).
  - intros v AG k f Q _ L. apply (about_written CP C (heap w) (tagging w) n o o' there shell).
    + exact (weaker_facts A P C g h _ _ _ _ W T (facts_of_here A CP C X w0 entry _ _ _ _ v H AG) k f Q I L).
    + intros TG. destruct (FL k f Q) as [(b & B & R)|[NC NI]]; [destruct (NOT _ _ B R TG)|].
      destruct (is_initialised_fact (fact_about (fst f))) eqn:IF.
      * apply (says_initialised CP C (heap w) (tagging w) n o o'); auto.
        destruct too; [specialize (NI eq_refl); discriminate|auto].
      * apply (spares_other P C all _ NC IF). apply differs_everywhere. exact shell.
  - intros v AG t c Q _ L. apply (content_written C (heap w) (tagging w) n o o' there shell).
    + exact (weaker_contents A P C g h _ _ _ _ W T (contents_of_here A CP C X w0 entry _ _ _ _ v H AG) t c Q I L).
    + intro TG. destruct (CL t c Q) as (b & B & R). destruct (NOT _ _ B R TG).
  - intros v AG.
    exact (weaker_values A P C g h _ _ _ W T (values_exist _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H v AG))).
  - apply (evolves_written A CP C X w0 w n o o'); auto; [apply (acting _ _ _ _ _ _ _ _ _ _ H)|]. intros _ EV'.
    congruence.
Qed.

(** The effects of the clone contain what the cases say may be written. *)
Lemma cases_evolve : forall a l shift width lb s u s' e s1 u1 s1' e1, base_of F a = BObject n ->
  demand_effects_of_cases X l shift width (names_object a) s = Some (u, s', e) ->
  demand_effect_label X lb s1 = Some (u1, s1', e1) ->
  (Holds lb -> Exists (hit C (heap w) (tagging w) (base_of F a) (offset_of F a)) l) ->
  (Holds lb -> forall x r s s' e, hit C (heap w) (tagging w) (base_of F a) (offset_of F a) x ->
     bits_of_case x shift width s = Some (r, s', e) -> differs_in r o o') ->
  evolves A P C own w0 (rewrite_object w n o').
Proof.
  intros a l shift width lb s u s' e s1 u1 s1' e1 BN DE DL EX DF.
  apply (evolves_written A CP C X w0 w n o o'); auto; [apply (acting _ _ _ _ _ _ _ _ _ _ H)|].
  intros HL EV. unfold demand_effect_label, demand_label, own_effects in DL. apply demand_inv in DL as (DL & _ & _).
  pose proof (subset_holds A _ _ DL HL) as HLB. specialize (EX HLB). apply Exists_exists in EX as (x & IN & HX).
  destruct (demand_effects_allow X _ _ _ _ _ _ _ _ DE x IN) as (s2 & r & s3 & e3 & u2 & s4 & e4 & B & D).
  exists r. split; [exact (DF HLB x r _ _ _ HX B)|]. intros t T.
  pose proof HX as (k & y & EK & TK & _). rewrite BN in EK. injection EK as <-.
  rewrite (one_tag CP C FIT _ _ _ _ T TK).
  apply (demand_effect_allows A CP C X FX w0 entry F w n (case_tag x) r (names_object a) s3 u2 s4 e4); auto.
  - apply (acting _ _ _ _ _ _ _ _ _ _ H).
  - intro N. exists a. auto.
Qed.

End Write.
End Writing.
