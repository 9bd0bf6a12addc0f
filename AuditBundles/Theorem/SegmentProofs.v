(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Segments: bytes from one form up to another that are initialised, as far as they lie inside of an object *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Segments Loads Writes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs EvidenceProofs TableProofs WorldProofs RewriteProofs CaseProofs
  HitProofs.
Import ListNotations.
Open Scope Z_scope.

(** The sum that terms have is their value under whatever numbers the registers have. *)
Lemma sum_numbered : forall values z, named_as values z -> forall t y,
  sum_of values t = Some y -> eval_terms (integers z) t = y.
Proof.
  intros values z NA. induction t as [|[r k] t IH]; intros y S; cbn in S |- *; [congruence|].
  destruct (number_of_value (values r)) as [n|] eqn:N; [|discriminate].
  destruct (sum_of values t) as [q|]; [|discriminate]. injection S as <-.
  rewrite (named_numbers _ _ NA r n N), (IH q eq_refl). lia.
Qed.

(** Without forms and pointers nothing depends on the valuation. *)
Lemma plain_about : forall P C m tagged i j t a,
  match a with Segment _ _ | AbsentIfNull _ => False | _ => True end ->
  about_holds P C m tagged i t a -> about_holds P C m tagged j t a.
Proof. intros P C m tagged i j t a PL H n o T M. specialize (H n o T M). destruct a; try destruct PL; exact H. Qed.

Section Segments.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable X : context.
Hypothesis FX : context_fits CP C X.

(** ** Sources: from a form up to where it is known how far they reach *)

Section Object.
Variable m : memory.
Variable tagged : ghost.
Variable v : valuation.
Variable g : state.
Hypothesis G : state_holds A P C m tagged v g.
Hypothesis K : consistent g.
Hypothesis WT : well_tagged P C m tagged.
Variables (t : id) (n : name) (o : object).
Hypothesis TI : tag_is C tagged t n.
Hypothesis OM : m n = Some o.
Hypothesis LV : alive o = true.
Notation value := (eval_form (integers v)).

(** The bytes from one number up to another that lie inside are initialised. *)
Definition bytes_initialised (from to : Z) : Prop :=
  forall x, 8 * from <= x < 8 * to -> 0 <= x < 8 * size o -> initialised o x = true.

Lemma not_above_holds : forall f cur s l s' e, not_above g f cur s = Some (l, s', e) -> Holds l ->
  value f <= value cur.
Proof.
  intros f cur s l s' e H L. unfold not_above in H. monad.
  match goal with S : subtract _ _ = Some _ |- _ => apply (subtract_eval (integers v)) in S end.
  match goal with U : upper_bound _ _ _ = Some _ |- _ =>
    apply (upper_bound_holds A (integers v) g (numbers _ _ _ _ _ _ _ G)) in U; [|exact L] end.
  lia.
Qed.

Lemma bytes_joined : forall from cur a b, bytes_initialised from cur -> a <= cur -> bytes_initialised a b ->
  bytes_initialised from b.
Proof. intros from cur a b H1 L H2 x B I. destruct (Z_lt_le_dec x (8 * cur)); [apply H1|apply H2]; auto; lia. Qed.

Lemma segment_step_holds : forall from p s q s' e,
  (Holds (snd p) -> bytes_initialised (value from) (value (fst p))) -> segment_step X g t p s = Some (q, s', e) ->
  Holds (snd q) -> bytes_initialised (value from) (value (fst q)).
Proof.
  intros from [cur l] s q s' e H ST HL. unfold segment_step in ST. cbn [fst snd] in *.
  apply bind_inv in ST as (k & s1 & e1 & e2 & _ & ST & _). destruct (k =? 0); [|destruct (k =? 1); [|discriminate]].
  - apply bind_inv in ST as (i & s2 & e3 & e4 & _ & ST & _). apply bind_inv in ST as (f & s3 & e5 & e6 & FT & ST & _).
    apply (fact_of_tag_holds A CP C m tagged v g G K) in FT as [FT _].
    destruct (fact_about (fst f)) as [| | | | | | |a b|]; try discriminate.
    apply bind_inv in ST as (u & s4 & e7 & e8 & NA & ST & _). apply ret_inv in ST as (<- & _ & _). cbn [fst snd] in *.
    apply union_holds in HL as [HL1 HL2]. apply union_holds in HL2 as [HL2 HL3].
    apply (bytes_joined _ (value cur) (value a)); [auto|exact (not_above_holds _ _ _ _ _ _ NA HL3)|].
    exact (FT HL2 n o TI OM LV).
  - apply bind_inv in ST as (a & s2 & e3 & e4 & _ & ST & _). apply bind_inv in ST as (b & s3 & e5 & e6 & _ & ST & _).
    apply bind_inv in ST as (from8 & s4 & e7 & e8 & P1 & ST & _). unfold product in P1.
    apply lift_inv in P1 as (P1 & _ & _). apply checked_inv in P1 as [-> _].
    apply bind_inv in ST as (to8 & s5 & e9 & e10 & P2 & ST & _). unfold product in P2.
    apply lift_inv in P2 as (P2 & _ & _). apply checked_inv in P2 as [-> _].
    apply bind_inv in ST as (le & s6 & e11 & e12 & EV & ST & _).
    apply bind_inv in ST as (u & s7 & e13 & e14 & NA & ST & _). apply ret_inv in ST as (<- & _ & _). cbn [fst snd] in *.
    apply union_holds in HL as [HL1 HL2]. apply union_holds in HL2 as [HL2 HL3].
    pose proof (not_above_holds _ _ _ _ _ _ NA HL3) as LE. rewrite eval_constant in *.
    apply (bytes_joined _ (value cur) a); [auto|exact LE|]. intros x B _.
    exact (evidence_holds A CP C m tagged X FX v g G K t n o TI OM LV WT _ _ _ _ _ _ EV HL2 x B).
Qed.

(** Where the sources reach the goal, or the object's end. *)
Lemma segment_end_holds : forall goal cur s l s' e, segment_end X g t goal cur s = Some (l, s', e) -> Holds l ->
  value goal <= value cur \/ size o <= value cur.
Proof.
  intros goal cur s l s' e H L. unfold segment_end in H.
  apply bind_inv in H as (k & s1 & e1 & e2 & _ & H & _).
  destruct (k =? 0); [|destruct (k =? 1); [|destruct (k =? 2); [|destruct (k =? 3); [|discriminate]]]].
  - left. exact (not_above_holds _ _ _ _ _ _ H L).
  - right. apply bind_inv in H as ([[f lf] tm] & s2 & e3 & e4 & KS & H & _). unfold known_size in KS.
    apply lift_inv in KS as (KS & _ & _). apply bind_inv in H as (u & s3 & e5 & e6 & NA & H & _).
    apply ret_inv in H as (<- & _ & _). apply union_holds in L as [L1 L2]. unfold label_of_size in L2.
    apply union_holds in L2 as [L2 _]. cbn [fst snd] in *.
    rewrite <- (sizes_held _ _ _ _ _ _ _ G _ _ KS L2 n o TI OM). exact (not_above_holds _ _ _ _ _ _ NA L1).
  - right. apply bind_inv in H as (body & s2 & e3 & e4 & TB & H & _).
    apply (tag_of_inv CP C X FX) in TB as (TB & _ & _).
    apply bind_inv in H as (z & s3 & e5 & e6 & TS & H & _). apply lift_inv in TS as (TS & _ & _).
    destruct (object_behind CP C m tagged WT _ _ _ TB TI) as (o' & B).
    assert (E : o' = o) by (pose proof (behind_object _ _ _ _ B); congruence). subst o'.
    rewrite (behind_size _ _ _ _ B _ TS). pose proof (not_above_holds _ _ _ _ _ _ H L) as LE.
    rewrite eval_constant in LE. exact LE.
  - right. apply bind_inv in H as (i & s2 & e3 & e4 & _ & H & _).
    apply bind_inv in H as (f & s3 & e5 & e6 & FT & H & _).
    apply (fact_of_tag_holds A CP C m tagged v g G K) in FT as [FT _].
    destruct (fact_about (fst f)) as [| | | |b| | | |]; try discriminate.
    apply bind_inv in H as (z & s4 & e7 & e8 & UP & H & _). apply lift_inv in UP as (UP & _ & _).
    apply bind_inv in H as (u & s5 & e9 & e10 & NA & H & _). apply ret_inv in H as (<- & _ & _).
    apply union_holds in L as [L1 L2]. pose proof (not_above_holds _ _ _ _ _ _ NA L1) as LE.
    rewrite eval_constant in LE.
    destruct (FT L2 n o TI OM LV) as [_ U]. rewrite UP in U. lia.
Qed.

Theorem segment_sources_hold : forall from to s l s' e, segment_sources X g t from to s = Some (l, s', e) -> Holds l ->
  bytes_initialised (value from) (value to).
Proof.
  intros from to s l s' e H HL. unfold segment_sources in H. apply bind_inv in H as (k & s1 & e1 & e2 & _ & H & _).
  apply bind_inv in H as (p & s2 & e3 & e4 & RP & H & _). apply bind_inv in H as (le & s3 & e5 & e6 & SE & H & _).
  apply ret_inv in H as (<- & _ & _). apply union_holds in HL as [HL1 HL2].
  assert (S : Holds (snd p) -> bytes_initialised (value from) (value (fst p))).
  { eapply (repeat_inv (fun p => Holds (snd p) -> bytes_initialised (value from) (value (fst p)))
              (segment_step X g t) (fun _ => True)); [| |exact RP|apply Forall_forall; auto].
    - intros. eapply segment_step_holds; eauto.
    - cbn. intros _ x B. lia. }
  intros x B I. apply (S HL1); [|exact I]. destruct (segment_end_holds _ _ _ _ _ _ SE HL2); lia.
Qed.
End Object.

(** ** Extents of accesses *)

Section Extent.
Variable m : memory.
Variable tagged : ghost.
Variable v0 : valuation.
Variable g : state.
Hypothesis G : state_holds A P C m tagged v0 g.
Hypothesis K : consistent g.
Hypothesis WT : well_tagged P C m tagged.
Variables (a : access) (z count : Z).
Hypothesis FROM : is_value (integers v0) g (access_form a) z.
Hypothesis COUNT : is_value (integers v0) g (access_count a) count.
Variables (b : base) (o : object).
Hypothesis NM : names m b o.

Lemma extent_evidence_holds : forall d one most s l s' e, extent_evidence X g a d one most s = Some (l, s', e) ->
  Holds l -> hit C m tagged b z one -> count <= Z.max most 0 -> bytes_initialised o z (z + count).
Proof.
  intros d one most s l s' e H HL HIT LE x B I. unfold extent_evidence in H.
  apply bind_inv in H as (k & s1 & e1 & e2 & _ & H & _).
  pose proof HIT as (nm & o' & EB & TI & OM & LV & _). rewrite EB in NM. pose proof (named_is _ _ _ _ OM NM). subst o'.
  destruct (k =? 0); [|destruct (k =? 1); [|discriminate]].
  - apply bind_inv in H as (wd & s5 & e9 & e10 & WD & H & _). unfold product in WD.
    apply lift_inv in WD as (WD & _ & _).
    apply checked_inv in WD as [-> _]. apply bind_inv in H as (r & s2 & e3 & e4 & BC & H & _).
    apply bind_inv in H as (lo & s3 & e5 & e6 & LO & H & _).
    apply lift_inv in LO as (LO & <- & _). apply bind_inv in H as (hi & s4 & e7 & e8 & HI & H & _).
    apply lift_inv in HI as (HI & <- & _).
    pose proof (bits_inside _ _ _ _ _ _ _ _ _ _ _ _ x HIT BC ltac:(lia)) as BI. rewrite LO, HI in BI.
    exact (evidence_holds A CP C m tagged X FX v0 g G K _ _ _ TI OM LV WT _ _ _ _ _ _ H HL x BI).
  - apply bind_inv in H as (to & s2 & e3 & e4 & AD & H & _). apply lift_inv in AD as (AD & _ & _).
    apply bind_inv in H as (ls & s3 & e5 & e6 & SS & H & _). apply ret_inv in H as (<- & _ & _).
    apply union_holds in HL as [_ HL].
    apply (segment_sources_hold m tagged v0 g G K WT _ _ _ TI OM LV _ _ _ _ _ _ SS HL); [|exact I].
    rewrite (add_eval (integers v0) _ _ _ AD), (value_here _ _ _ _ FROM), (value_here _ _ _ _ COUNT). exact B.
Qed.

(** The case in which the pointer is has them initialised. *)
Lemma evidence_of_cases_holds : forall d l most s L s' e, evidence_of_cases X g a d l most s = Some (L, s', e) ->
  Holds L -> Exists (hit C m tagged b z) l -> count <= Z.max most 0 -> bytes_initialised o z (z + count).
Proof.
  intros d. induction l as [|one l IH]; intros most s L s' e EV HL EX LE; [inversion EX|].
  cbn [evidence_of_cases] in EV. apply bind_inv in EV as (L1 & s1 & e1 & e2 & EV1 & EV & _).
  apply bind_inv in EV as (L2 & s2 & e3 & e4 & EV2 & EV & _). apply ret_inv in EV as (<- & _ & _).
  apply union_holds in HL as [HL1 HL2].
  apply Exists_cons in EX as [HIT|EX]; [eapply extent_evidence_holds; eauto|eapply IH; eauto].
Qed.

(** The bits of a load lie in the bytes that segments cover. *)
Lemma segments_loaded_hold : forall d bit one w s l s' e,
  segments_loaded X g a d bit (case_tag one) w s = Some (l, s', e) ->
  Holds l -> hit C m tagged b z one ->
  forall x, 8 * (z + access_immediate a) + bit <= x < 8 * (z + access_immediate a) + bit + w ->
  0 <= x < 8 * size o -> initialised o x = true.
Proof.
  intros d bit one w s l s' e H HL HIT x B I. unfold segments_loaded in H.
  pose proof HIT as (nm & o' & EB & TI & OM & LV & _). rewrite EB in NM. pose proof (named_is _ _ _ _ OM NM). subst o'.
  apply bind_inv in H as (f & s1 & e1 & e2 & A1 & H & _). apply lift_inv in A1 as (A1 & _ & _).
  apply bind_inv in H as (from & s2 & e3 & e4 & A2 & H & _). apply lift_inv in A2 as (A2 & _ & _).
  apply bind_inv in H as (to & s3 & e5 & e6 & A3 & H & _). apply lift_inv in A3 as (A3 & _ & _).
  apply bind_inv in H as (ls & s4 & e7 & e8 & SS & H & _). apply ret_inv in H as (<- & _ & _).
  apply union_holds in HL as [_ HL].
  apply (segment_sources_hold m tagged v0 g G K WT _ _ _ TI OM LV _ _ _ _ _ _ SS HL); [|exact I].
  rewrite (add_number_eval _ _ _ _ A2), (add_number_eval _ _ _ _ A3), (add_number_eval _ _ _ _ A1).
  rewrite (value_here _ _ _ _ FROM).
  pose proof (Z.mul_div_le bit 8 ltac:(lia)). pose proof (Z.mul_succ_div_gt (bit + w + 7) 8 ltac:(lia)). lia.
Qed.
End Extent.

(** ** What was written *)

Section Written.
Variables (w0 : world) (entry : id -> Semantics.value).
Notation here := (here A CP C X w0 entry).
Variables (F : frame) (w : world) (v0 : valuation) (g : state).
Variables (n : name) (o' : object).
Hypothesis H : here F w v0 g.
Notation speaks := (speaks_rewritten A CP C w v0 g n o').

Let WT : well_tagged P C (heap w) (tagging w) := act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H).

Lemma written_segment_speaks : forall h x l label z count b s k s' e, speaks h ->
  is_value (integers v0) g (access_form x) z -> is_value (integers v0) g (access_count x) count -> b = BObject n ->
  (Holds label -> Exists (hit C (heap w) (tagging w) b z) l /\
     bytes_initialised o' (z + access_immediate x) (z + access_immediate x + count)) ->
  written_segment X h x l label s = Some (k, s', e) -> speaks k.
Proof.
  intros h x l label z count b s k s' e SP VF VC EB HL WS. unfold written_segment in WS.
  destruct l as [|one [|]]; try (apply ret_inv in WS as (<- & _ & _); exact SP).
  apply bind_inv in WS as (body & s1 & e1 & e2 & TB & WS & _). apply (tag_of_inv CP C X FX) in TB as (TB & _ & _).
  destruct (is_single body) eqn:SI; [|apply ret_inv in WS as (<- & _ & _); exact SP].
  apply bind_inv in WS as (y & s2 & e3 & e4 & _ & WS & _).
  destruct y; [|apply ret_inv in WS as (<- & _ & _); exact SP].
  apply bind_inv in WS as (from & s3 & e5 & e6 & A1 & WS & _). apply lift_inv in A1 as (A1 & _ & _).
  apply bind_inv in WS as (to & s4 & e7 & e8 & A2 & WS & _). apply lift_inv in A2 as (A2 & _ & _).
  apply ret_inv in WS as (<- & _ & _). apply speaks_fact; [exact SP|exact I|].
  intros v [AG _ _] HLA i q TQ M. cbn in TQ |- *. intro AL. destruct (HL HLA) as [EX BI].
  apply Exists_cons in EX as [HIT|EX]; [|inversion EX].
  destruct HIT as (nm & y & EK & TK & _). rewrite EB in EK. injection EK as <-.
  rewrite (single_object _ _ _ _ _ _ i n WT TB SI TQ TK), (set_there (heap w) n o') in M. injection M as <-.
  rewrite (add_eval _ _ _ _ A2), (add_number_eval _ _ _ _ A1), (VF _ AG), (VC _ AG). exact BI.
Qed.
End Written.

End Segments.
