(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Nodes begin where their facts hold *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Lifetimes Scripts
  Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TargetProofs TableProofs EdgeProofs ResultProofs
  PathProofs CallProofs.
From AICheck Require Import NodeProofs WalkSafety.
Import ListNotations.
Open Scope Z_scope.

Section Start.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis WF : well_formed CP = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Notation here := (here A CP C X).

(** The values that registers have are those of their symbols. *)
Definition start_valuation (F : frame) : valuation :=
  {| integers := fun r => match registers F r with VInteger n => n | VPointer _ o => o | VFloat _ => 0 end;
     bases := fun r => match registers F r with VPointer b _ => b | _ => BNull end;
     floats := fun r => match registers F r with VFloat x => x | _ => SpecFloat.S754_nan end |}.

Definition registers_classed (F : frame) : Prop :=
  forall r t, PM.find r (cregisters (the_body X)) = Some t -> class_of_value (registers F r) = class_of t.

(** At first nothing is said but what registers are called. *)
Lemma here_at_first : forall w0 entry F w, activation A CP C X w0 entry F w -> registers_classed F ->
  here w0 entry F w (start_valuation F) (empty_state (cregister_count (the_body X))).
Proof.
  intros w0 entry F w ACT CL.
  assert (NONE : forall (T : Type) k (x : T), PM.find k (PM.empty T) = Some x -> False).
  { intros T k x Q. rewrite PM.gempty in Q. discriminate. }
  split; auto.
  - intros v AG. split; cbn; try (intros; exfalso; eapply NONE; eassumption).
    + split; cbn; intros; exfalso; eapply NONE; eassumption.
    + intros t c I. unfold contents_of in I. cbn in I. rewrite PM.gempty in I. contradiction.
  - intros r t R v AG. unfold symbolic_register. cbn. rewrite PM.gempty.
    pose proof (register_below CP C X FX WF _ _ R) as L. pose proof (CL _ _ R) as K.
    destruct AG as [AI AB AF]. cbn in AI, AB, AF.
    destruct t as [t| |f]; cbn in K; destruct (registers F r) as [n|b o|x] eqn:E; try discriminate; cbn.
    + rewrite eval_symbol, (AI r L). rewrite E. reflexivity.
    + rewrite (AB r L), eval_symbol, (AI r L), E. auto.
    + rewrite (AF r L), E. reflexivity.
  - cbn. intros r s Q. exfalso. eapply NONE; eassumption.
  - split; cbn; try (intros; exfalso; eapply NONE; eassumption); auto; try lia.
    + intros t c I. unfold contents_of in I. cbn in I. rewrite PM.gempty in I. contradiction.
    + intros t c I. unfold contents_of in I. cbn in I. rewrite PM.gempty in I. contradiction.
  - cbn. repeat split; lia.
Qed.

(** ** Facts of registers *)

(** What the state goes on to have of registers: their own symbols. *)
Definition starting (g : state) : Prop :=
  next_integer g = cregister_count (the_body X) /\ next_base g = cregister_count (the_body X) /\
  next_float g = cregister_count (the_body X) /\ own_offsets g = PM.empty _.

Lemma starting_numeric : forall g h, numeric_step g h -> same_symbols g h -> starting g -> starting h.
Proof.
  intros g h N (I & B & F) (GI & GB & GF & GO). repeat split; try congruence. rewrite (same_offsets _ _ N). exact GO.
Qed.

Lemma sum_value : forall F g, starting g -> forall t z, sum_of (register_values (the_body X) F) t = Some z ->
  is_value (integers (start_valuation F)) g (t, 0) z.
Proof.
  intros F g (GI & _ & _ & _). induction t as [|[r k] t IH]; intros z S v AG; cbn in S.
  - injection S as <-. reflexivity.
  - unfold register_values at 1 in S. destruct (PM.find r (cregisters (the_body X))) as [u|] eqn:R; [|discriminate].
    destruct (number_of_value (Some (registers F r))) as [n|] eqn:N; [|discriminate].
    destruct (sum_of (register_values (the_body X) F) t) as [y|] eqn:Q; [|discriminate]. injection S as <-.
    specialize (IH y eq_refl v AG). unfold eval_form in *. cbn [fst snd eval_terms] in *.
    rewrite (AG r) by (rewrite GI; eapply (register_below CP C X FX WF); eauto). cbn.
    destruct (registers F r); cbn in N; try discriminate; injection N as ->; lia.
Qed.

Lemma assume_register_holds : forall w0 entry F w g f s h s' e, here w0 entry F w (start_valuation F) g -> starting g ->
  proper_register_fact f -> register_fact_holds A C (heap w) (tagging w) (register_values (the_body X) F) f ->
  assume_register X g f s = Some (h, s', e) -> here w0 entry F w (start_valuation F) h /\ starting h.
Proof.
  intros w0 entry F w g f s h s' e H ST PR FH AS. pose proof ST as ST'. destruct ST' as (GI & GB & GF & GO).
  destruct f as [t b l|t m r l|r en l|r x l]; cbn in AS.
  - apply ret_inv in AS as (<- & _ & _). destruct FH as (z & S & FH). split.
    + eapply here_linear_value; [exact H|eapply sum_value; eauto|exact FH].
    + eapply starting_numeric; [apply numeric_add_linear| |exact ST].
      pose proof (numeric_add_linear g (t, 0) b l) as N. split; [apply same_symbols_linear|].
      split; [apply (same_bases _ _ N)|apply (same_floats _ _ N)].
  - apply ret_inv in AS as (<- & _ & _). destruct FH as (z & S & FH). split.
    + eapply here_congruence_value; [exact H|eapply sum_value; eauto|]. intro L. rewrite Z.sub_0_r. auto.
    + repeat split; auto.
  - destruct FH as (b & o & VR & FH). unfold register_values in VR.
    destruct (PM.find r (cregisters (the_body X))) as [t|] eqn:R; [|discriminate]. injection VR as VR.
    pose proof (register_below CP C X FX WF _ _ R) as L.
    assert (OW : own_offset g r = r) by (unfold own_offset; rewrite GO, PM.gempty; reflexivity).
    assert (LB : (r < next_base g)%positive) by (rewrite GB; exact L).
    assert (IT : Holds l -> forall v, agrees g v (start_valuation F) ->
              in_targets C (heap w) (tagging w) en (bases v r) (integers v (own_offset g r))).
    { intros HL v AG. rewrite OW. destruct AG as [AI AB AF]. rewrite (AB r LB), (AI r) by (rewrite GI; exact L).
      cbn. rewrite VR. auto. }
    edestruct (here_current A CP C X FX w0 entry) as (H1 & N & SS & _); [exact H|exact LB|exact PR|exact IT|exact AS|].
    split; [exact H1|]. destruct SS as (SI & SB & SF). repeat split; try congruence.
    rewrite (same_offsets _ _ N). exact GO.
  - apply ret_inv in AS as (<- & _ & _). destruct FH as (y & VR & FH). unfold register_values in VR.
    destruct (PM.find r (cregisters (the_body X))) as [t|] eqn:R; [|discriminate]. injection VR as VR.
    split; [|repeat split; auto]. eapply here_set_range; [exact H|exact PR| |exact FH].
    intros v AG. cbn. destruct AG as [AI AB AF].
    rewrite (AF r) by (rewrite GF; eapply (register_below CP C X FX WF); eauto).
    cbn. rewrite VR. reflexivity.
Qed.

Lemma assume_registers_hold : forall w0 entry F w l g s h s' e, here w0 entry F w (start_valuation F) g -> starting g ->
  Forall proper_register_fact l ->
    Forall (register_fact_holds A C (heap w) (tagging w) (register_values (the_body X) F)) l ->
  each l (assume_register X) g s = Some (h, s', e) -> here w0 entry F w (start_valuation F) h.
Proof.
  intros w0 entry F w. induction l as [|f l IH]; intros g s h s' e H ST PR FH E; cbn in E.
  - apply ret_inv in E as (<- & _ & _). exact H.
  - inversion PR; inversion FH; subst. apply bind_inv in E as (g1 & s1 & e1 & e2 & AS & E & ->).
    edestruct assume_register_holds as [K1 K2]; [exact H|exact ST|eassumption|eassumption|exact AS|].
    eapply IH; [exact K1|exact K2|assumption|assumption|exact E].
Qed.

End Start.
