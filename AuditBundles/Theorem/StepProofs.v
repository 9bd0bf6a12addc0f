(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Steps between instructions: what they add holds, and no path with a state that holds stops *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Guards Memory Hints Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs GuardProofs DecidedProofs FactReading FactProofs ResultProofs.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

(** Cells have values of their class. *)
Definition classed (m : memory) : Prop := forall n o p u c x, m n = Some o -> cell o p u c = Some x ->
  class_of_value x = c.

Lemma sane_classed : forall CP m, sane_cells CP m -> classed m.
Proof. intros CP m S n o p u c x E K. apply (S _ _ _ _ _ _ E K). Qed.

Section Steps.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis WELL : well_formed CP = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
(** Alarms are assumptions about earlier obligations: the executions of which the theorem speaks have passed these. *)
Hypothesis ALARMS : forall x, (assumption_count CP <= x)%positive -> A x.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

(** ** What a path rests on *)

Lemma controlled_app : forall a b, controlled A (a ++ b) -> controlled A a /\ controlled A b.
Proof. intros a b L. split; intros l I; apply L; apply in_or_app; auto. Qed.

(** ** Forms over symbols that exist *)

Definition existing (g : state) (t : terms) : Prop := Forall (fun p => (fst p < next_integer g)%positive) t.

Lemma existing_value : forall g v0 t, existing g t -> is_value v0 g (t, 0) (eval_form v0 (t, 0)).
Proof.
  intros g v0 t E v AG. unfold eval_form. cbn. f_equal. induction E as [|[x a] t L E IH]; cbn; auto.
  rewrite IH, (AG x L). reflexivity.
Qed.

Lemma read_form_value : forall F w v0 g s f s' e, here F w v0 g -> read_form X g s = Some (f, s', e) ->
  snd f = 0 /\ is_value (integers v0) g f (eval_form (integers v0) f).
Proof.
  intros F w v0 g s f s' e H R. unfold read_form, read_terms in R. monad.
  match goal with T : repeat _ _ _ _ = Some (?p, _, _) |- _ => rename p into q; rename T into RP end.
  split; [reflexivity|]. apply existing_value. unfold rev'. rewrite <- rev_alt. apply Forall_rev.
  apply (repeat_inv (fun q => existing g (fst q)) (read_term (integer_symbol X g)) (fun _ => True))
    in RP.
  - exact RP.
  - intros a s3 b s4 e3 E S _. unfold read_term, integer_symbol in S. monad. cbn. constructor; [|exact E]. cbn.
    match goal with K : context [PM.find ?y (cregisters (the_body X))] |- _ =>
      destruct (PM.find y (cregisters (the_body X))) as [t|] eqn:Q end.
    + pose proof (register_below CP C X FX WELL _ _ Q).
      destruct (beyond_registers _ _ _ _ _ _ _ _ _ _ H) as (B & _). lia.
    + monad. match goal with L : Pos.ltb _ _ = true |- _ => apply Pos.ltb_lt in L; exact L end.
  - constructor.
  - apply Forall_forall. auto.
Qed.

(** ** Single steps *)

Lemma lemma_holds : forall F w v0 g s h s' e, here F w v0 g -> lemma X g s = Some (h, s', e) -> here F w v0 h.
Proof.
  intros F w v0 g s h s' e H L. unfold lemma in L. monad.
  match goal with U : upper_bound _ _ _ = Some (?d, _, _) |- _ =>
    assert (UB : Holds (label_of d) -> forall v, agrees g v v0 -> contradicts d = false /\
      eval_form (integers v) x <= bound d) by
      (intros LD v AG; eapply upper_bound_holds; [eapply (numbers_of A CP C X w0 entry); eauto|exact U|exact LD]) end.
  destruct (contradicts x0) eqn:K; monad.
  - apply here_contradiction; auto. intro LD. destruct (UB LD v0 (agrees_refl _ _)). discriminate.
  - apply here_linear; auto. intros LD v AG. apply (UB LD v AG).
Qed.

Lemma excluded_holds : forall F w v0 g above s h s' e, here F w v0 g -> excluded g above s = Some (h, s', e) ->
  here F w v0 h.
Proof.
  intros F w v0 g above s h s' e H L. unfold excluded in L. monad. destruct x0 as [[[f a] b] l].
  match goal with Q : PM.find _ (exclusions g) = Some _ |- _ =>
    assert (EX : Holds l -> forall v, agrees g v v0 -> eval_form (integers v) f < a \/ b < eval_form (integers v) f) by
      (intros LD v AG; exact (exclusion_facts _ _ _ (numbers_of A CP C X w0 entry _ _ _ _ _ H AG) _ _ Q LD)) end.
  destruct above; unfold difference, sum in *; monad.
  - apply here_linear; auto. intros LD v AG. apply union_holds in LD as [LE LU]. specialize (EX LE v AG).
    match goal with U : upper_bound _ _ _ = Some _ |- _ =>
      apply (upper_bound_holds A _ _ (numbers_of A CP C X w0 entry _ _ _ _ _ H AG)) in U as [_ U]; auto end. lia.
  - apply here_at_least; auto. intros LD v AG. apply union_holds in LD as [LE LU]. specialize (EX LE v AG).
    match goal with U : lower_bound _ _ _ = Some _ |- _ =>
      apply (lower_bound_holds A _ _ (numbers_of A CP C X w0 entry _ _ _ _ _ H AG)) in U as [_ U]; auto end. lia.
Qed.

(** The last number below a bound that leaves a remainder. *)
Lemma tightened : forall m n r b, 0 < m -> (m | n - r) -> n <= b -> n <= b - (b - r) mod m.
Proof.
  intros m n r b M [q Q] L. pose proof (Z.div_mod (b - r) m ltac:(lia)) as D. pose proof (Z.mod_pos_bound (b - r) m M).
  assert (q <= (b - r) / m) by (apply Z.div_le_lower_bound; lia). nia.
Qed.

Lemma raised : forall m n r b, 0 < m -> (m | n - r) -> b <= n -> b + (r - b) mod m <= n.
Proof.
  intros m n r b M D L. assert (D' : (m | - n - - r)).
  { replace (- n - - r) with (- (n - r)) by lia. apply Z.divide_opp_r. exact D. }
  pose proof (tightened m (- n) (- r) (- b) M D' ltac:(lia)) as T. replace (- b - - r) with (r - b) in T by lia. lia.
Qed.

Lemma tighten_holds : forall F w v0 g above s h s' e, here F w v0 g -> tighten g above s = Some (h, s', e) ->
  here F w v0 h.
Proof.
  intros F w v0 g above s h s' e H L. unfold tighten in L. monad. destruct x0 as [[[t m] r] l].
  match goal with Q : PM.find _ (congruences g) = Some _ |- _ =>
    assert (CF : Holds l -> forall v, agrees g v v0 -> (m | eval_form (integers v) (t, 0) - r)) by
      (intros LD v AG; pose proof (congruence_facts _ _ _ (numbers_of A CP C X w0 entry _ _ _ _ _ H AG) _ _ Q LD) as CF;
       unfold eval_form; cbn [fst snd]; rewrite Z.add_0_r; exact CF) end.
  destruct above; unfold difference, sum, floor_remainder in *; monad;
    (destruct (0 <? m) eqn:M; [|match goal with R : reject _ = Some _ |- _ => discriminate R end]); monad.
  - apply here_linear; auto. intros LD v AG. apply union_holds in LD as [LE LU]. specialize (CF LE v AG).
    match goal with U : finite_upper _ _ _ = Some _ |- _ =>
      apply (finite_upper_holds A _ _ (numbers_of A CP C X w0 entry _ _ _ _ _ H AG)) in U; auto end.
      apply tightened; auto.
  - apply here_at_least; auto. intros LD v AG. apply union_holds in LD as [LE LU]. specialize (CF LE v AG).
    match goal with U : finite_lower _ _ _ = Some (?d, _, _) |- _ =>
      apply (finite_lower_holds A _ _ (numbers_of A CP C X w0 entry _ _ _ _ _ H AG)) in U; auto end. apply raised; auto.
Qed.

Lemma decided_lemma_holds : forall F w v0 g t s h s' e, here F w v0 g -> decided_lemma g t s = Some (h, s', e) ->
  here F w v0 h.
Proof.
  intros F w v0 g t s h s' e H L. unfold decided_lemma in L. monad.
  match goal with D : decided_definition g ?y _ _ _ = Some (?k, _, _) |- _ => rename y into z; rename k into l;
    rename D into DD end.
  destruct (decided_symbol _ _ _ _ _ _ _ _ DD) as [[d dl] Q].
  pose proof (definition_scoped A CP C X w0 entry _ _ _ _ _ _ H Q) as SC.
  destruct (truth_of A CP C X w0 entry _ _ _ _ _ _ _ _ H (agrees_refl _ _) Q) as [N _].
  assert (I : Holds l -> (integers v0 z <> 0 <-> t = true)).
  { intro LL. apply (decided_definition_holds A CP C FIT X w0 entry _ _ _ _ _ _ _ _ _ _ _ H DD LL). }
  destruct t; [apply here_at_least|apply here_linear]; auto; intros LL v AG;
    rewrite eval_symbol, (agrees_integer _ _ _ _ AG SC); specialize (I LL).
  - assert (integers v0 z <> 0) by (apply I; reflexivity). lia.
  - destruct (Z.eq_dec (integers v0 z) 0) as [->|NZ]; [lia|]. apply I in NZ. discriminate.
Qed.

Lemma congruence_lemma_holds : forall F w v0 g s h s' e, here F w v0 g -> congruence_lemma X g s = Some (h, s', e) ->
  here F w v0 h.
Proof.
  intros F w v0 g s h s' e H L. unfold congruence_lemma in L. monad. destruct x0 as [[m r] l]. monad.
  match goal with R : read_form _ _ _ = Some (?f, _, _) |- _ =>
    destruct (read_form_value _ _ _ _ _ _ _ _ H R) as [Z0 _]; destruct f as [t k] end.
  cbn in Z0. subst k. apply here_congruence; auto. intros LL v AG.
  match goal with K : congruence _ _ _ = Some _ |- _ =>
    apply (congruence_holds_of A _ _ (numbers_of A CP C X w0 entry _ _ _ _ _ H AG)) in K as (_ & _ & K); auto end.
  unfold eval_form in *. cbn [fst snd] in *. rewrite Z.add_0_r in *. auto.
Qed.

Lemma constant_lemma_holds : forall F w v0 g s h s' e, here F w v0 g -> constant_lemma X g s = Some (h, s', e) ->
  here F w v0 h.
Proof.
  intros F w v0 g s h s' e H L. unfold constant_lemma in L. monad.
  match goal with R : read_form _ _ _ = Some (?f, _, _) |- _ =>
    destruct (read_form_value _ _ _ _ _ _ _ _ H R) as [Z0 _]; destruct f as [t k] end.
  cbn in Z0. subst k. apply here_congruence; auto. intros LL v AG. apply union_holds in LL as [LU LL].
  match goal with U : finite_upper _ _ _ = Some _ |- _ =>
    apply (finite_upper_holds A _ _ (numbers_of A CP C X w0 entry _ _ _ _ _ H AG)) in U; auto; rename U into UP end.
  match goal with U : finite_lower _ _ _ = Some _ |- _ =>
    apply (finite_lower_holds A _ _ (numbers_of A CP C X w0 entry _ _ _ _ _ H AG)) in U; auto; rename U into LO end.
  unfold eval_form in *. cbn [fst snd] in *. rewrite Z.add_0_r in *.
  match goal with E : bound ?a = bound ?b |- _ => replace (eval_terms (integers v) t) with (bound a) by lia end.
  match goal with |- (?m | ?b - ?b mod ?m) => exists (b / m); pose proof (Z.div_mod b m ltac:(lia)); lia end.
Qed.

Lemma memory_lemma_holds : forall F w v0 g s h s' e, here F w v0 g -> classed (heap w) ->
  memory_lemma X g s = Some (h, s', e) -> here F w v0 h.
Proof.
  intros F w v0 g s h s' e H CL L. unfold memory_lemma in L. rewrite (fits_certificate _ _ _ FX) in L. monad.
  match goal with R : read_memory_fact _ _ _ _ = Some _ |- _ =>
    apply read_memory_fact_proper in R; rename R into PR end.
  apply here_add_fact; [exact H|exact PR|]. intros v AG LL.
  eapply (demand_memory_sound A CP C (heap w) (tagging w) X FX FIT) with (resolve := ret);
    [|exact CL| | | | |exact PR|eassumption|exact LL].
  - apply (act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)).
  - exact (held _ _ _ _ _ _ _ _ _ _ H v AG).
  - apply (tables _ _ _ _ _ _ _ _ _ _ H).
  - intros q sq h' sq' ev Q. apply ret_inv in Q as (-> & _ & _). reflexivity.
  - intros r sr b sr' ev Q. apply ret_inv in Q as (<- & _ & _). reflexivity.
Qed.

Lemma pruned_impossible : forall F w v0 g s u s' e, here F w v0 g -> pruned X g s = Some (u, s', e) ->
  controlled A e -> False.
Proof.
  intros F w v0 g s u s' e H L K. unfold pruned in L. monad. destruct x0 as [[|q es] tl]; [|discriminate].
  repeat match goal with K : controlled A (_ ++ _) |- _ => apply controlled_app in K as [? K] end.
  match goal with K : controlled A _, R : rests_on X _ _ = Some _
    |- _ => apply (rests_on_holds A CP C X FX ALARMS) in R; auto;
    rename R into LL end.
  match goal with TG : PM.find _ (targets g) = Some _ |- _ =>
    pose proof (target_sets _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl _ _)) _ _ _ TG LL) as IT end.
  inversion IT.
Qed.

(** ** All of them *)

Definition stepped (F : frame) (w : world) (v0 : valuation) (g : state) (s : stream) (r : state * move) (s' : stream)
  (e : list event) : Prop := here F w v0 g -> controlled A e -> here F w v0 (fst r) /\ snd r <> Stop.

Lemma steps_round : forall F w v0, classed (heap w) -> forall (again : state -> M (state * move)),
  (forall g s r s' e, again g s = Some (r, s', e) -> stepped F w v0 g s r s' e) ->
  forall g s r s' e, steps_step X again g s = Some (r, s', e) -> stepped F w v0 g s r s' e.
Proof.
  intros F w v0 CL again AGAIN g s r s' e G H K. unfold steps_step in G.
  apply bind_inv in G as (k & s1 & e1 & e2 & _ & G & ->). apply controlled_app in K as [_ K].
  assert (ON : forall step : M state, (forall s h s' e, step s = Some (h, s', e) -> here F w v0 h) ->
     (let* g := step in again g) s1 = Some (r, s', e2) -> here F w v0 (fst r) /\ snd r <> Stop).
  { intros step S B. apply bind_inv in B as (h & s2 & e3 & e4 & S' & B & ->). apply controlled_app in K as [_ K].
    apply (AGAIN _ _ _ _ _ B); auto. eapply S. exact S'. }
  destruct k as [|k|k]; [|repeat (destruct k as [k|k|]; try discriminate G)|discriminate G];
    try (eapply ON; [|exact G]; clear G; intros t h t' e' Q;
         match type of Q with
         | lemma _ _ _ = _ => exact (lemma_holds _ _ _ _ _ _ _ _ H Q)
         | excluded _ _ _ = _ => exact (excluded_holds _ _ _ _ _ _ _ _ _ H Q)
         | tighten _ _ _ = _ => exact (tighten_holds _ _ _ _ _ _ _ _ _ H Q)
         | decided_lemma _ _ _ = _ => exact (decided_lemma_holds _ _ _ _ _ _ _ _ _ H Q)
         | congruence_lemma _ _ _ = _ => exact (congruence_lemma_holds _ _ _ _ _ _ _ _ H Q)
         | constant_lemma _ _ _ = _ => exact (constant_lemma_holds _ _ _ _ _ _ _ _ H Q)
         | memory_lemma _ _ _ = _ => exact (memory_lemma_holds _ _ _ _ _ _ _ _ H CL Q)
         end);
    try (monad; split; [exact H|discriminate]).
  - exfalso. monad. repeat match goal with K : controlled A (_ ++ _) |- _ => apply controlled_app in K as [? K] end.
    match goal with R : rests_on X _ _ = Some _ |- _ => apply (rests_on_holds A CP C X FX ALARMS) in R; auto;
      rename R into LL end.
    match goal with U : upper_bound _ _ _ = Some _ |- _ =>
      apply (upper_bound_holds A _ _ (numbers_of A CP C X w0 entry _ _ _ _ _ H (agrees_refl _ _))) in U as [U _];
        auto end.
    congruence.
  - exfalso. monad. apply controlled_app in K as [K _]. eapply pruned_impossible; eauto.
Qed.

Theorem steps_hold : forall F w v0 g s h m s' e, here F w v0 g -> classed (heap w) ->
  steps X g s = Some ((h, m), s', e) -> controlled A e -> here F w v0 h /\ m <> Stop.
Proof.
  intros F w v0 g s h m s' e H CL G K.
  exact (loop_inv (steps_step X) (stepped F w v0) (steps_round F w v0 CL) g s (h, m) s' e G H K).
Qed.

End Steps.
