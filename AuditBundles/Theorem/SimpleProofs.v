(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Instructions on integers, assumptions and checks: their rules are sound *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Pointers Scripts Checker
  Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs DivisionProofs OperatorProofs.
From AICheck Require Import Concretization Worlds Invariant StateProofs OperandProofs GuardProofs DecidedProofs
  ClaimProofs.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

(** What the proof of a rule begins with: the instruction is well formed, and its operands exist. *)
Ltac begin_rule FX :=
  intros site g s g' s' e w0 entry F w v0 behind _ H SF TK RI RULE CTL; cbn [execute] in RULE;
  pose proof (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) as RF;
  destruct (next_instruction _ _ _ FX _ _ _ _ _ SF RF RI) as (PT & WS & NA);
  cbn [well_shaped type_of Checker.proper_type operands_of] in PT, WS, NA; repeat rewrite andb_true_iff in WS;
  repeat match goal with NA : Forall _ (_ :: _) |- _ => inversion NA; subst; clear NA end.

Section Results.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable X : context.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

Lemma here_world : forall F w v g, here F w v g -> here F {| heap := heap w; tagging := tagging w |} v g.
Proof. intros F [] v g H. exact H. Qed.

(** ** Results *)

Lemma here_register : forall F w v0 g r c s x, here F w v0 g -> Checker.gives (the_body X) r c = true ->
  denotes C (heap w) (tagging w) v0 g s x -> here (set_register F r x) w v0 (assign g r s).
Proof.
  intros F w v0 g r c s x H G D. destruct (given_register X _ _ G) as (t & R & _ & N).
  eapply here_assign; eauto.
Qed.

Lemma here_integer : forall F w v0 g h f z r c, here F w v0 g -> gives A (integers v0) g h f z ->
  Checker.gives (the_body X) r c = true ->
  exists v1, here (set_register F r (VInteger z)) w v1 (assign h r (SInteger f)).
Proof.
  intros F w v0 g h f z r c H G K. destruct (here_gives _ _ _ _ _ _ _ _ _ _ _ _ _ G H) as (v1 & H1 & D & _).
  exists v1. eapply here_register; eauto.
Qed.

Lemma same_symbols_after_bounds : forall g f b l, same_symbols g (add_bounds g f b l).
Proof.
  intros. pose proof (numeric_add_bounds g f b l) as N.
  split; [apply same_symbols_bounds|]. split; [apply (same_bases _ _ N)|apply (same_floats _ _ N)].
Qed.

Lemma here_assign_truth : forall F w v0 g d (b : bool) r c, here F w v0 g -> Checker.gives (the_body X) r c = true ->
  (forall q l, d = Some (q, l) -> Holds l -> forall v, agrees g v v0 -> stands_for v q (if b then 1 else 0)) ->
  exists v1, here (set_register F r (truth b)) w v1 (assign_truth g r d).
Proof.
  intros F w v0 g d b r c H G I. unfold assign_truth. destruct (fresh_truth g d) as [h f] eqn:E.
  destruct (here_truth A CP C X w0 entry F w v0 g d (if b then 1 else 0) h f H) as (v1 & H1 & D & _); auto.
  { destruct b; auto. }
  exists v1. eapply here_register; [|exact G|].
  - apply (here_bounds A CP C X w0 entry); auto. intros _ v AG. specialize (D v AG). cbn in D. rewrite D.
    unfold In_bounds. cbn. destruct b; lia.
  - apply (denotes_same _ _ _ _ _ _ _ _ (same_symbols_after_bounds _ _ _ _)). exact D.
Qed.

(** Any value of a type. *)
Lemma here_fresh_pointer_value : forall F w v0 g s h sv s' e b o, here F w v0 g ->
  fresh_value_pointer X g None s = Some ((h, sv), s', e) ->
  exists v1, here F w v1 h /\ denotes C (heap w) (tagging w) v1 h sv (VPointer b o) /\
             (forall q x, denotes C (heap w) (tagging w) v0 g q x -> denotes C (heap w) (tagging w) v1 h q x).
Proof.
  intros F w v0 g s h sv s' e b o H E. unfold fresh_value_pointer in E.
  destruct (fresh_pointer g) as [[g1 b1] o1] eqn:FP.
  apply bind_inv in E as (g2 & s1 & e1 & e2 & R & E & _). apply ret_inv in R as (<- & _ & _).
  apply ret_inv in E as (E & _ & _). injection E as <- <-.
  destruct (here_fresh_pointer A CP C X w0 entry F w v0 g g1 b1 o1 b o H FP) as (H1 & D & _ & _ & T). eauto.
Qed.

Lemma here_fresh_value : forall F w v0 g t s h sv s' e x, here F w v0 g -> of_type P t x ->
  fresh_value X g t s = Some ((h, sv), s', e) ->
  exists v1, here F w v1 h /\ denotes C (heap w) (tagging w) v1 h sv x /\
             (forall q y, denotes C (heap w) (tagging w) v0 g q y -> denotes C (heap w) (tagging w) v1 h q y).
Proof.
  intros F w v0 g t s h sv s' e x H T E. unfold fresh_value in E. destruct t as [t| |f].
  - destruct x as [n| |]; try contradiction. cbn in T. destruct (fresh_bounded g (type_range t) []) as [g1 f1] eqn:FB.
    apply ret_inv in E as (E & _ & _). injection E as <- <-.
    eapply here_gives; [|exact H]. eapply fresh_bounded_gives; [eapply known_at; eauto| |exact FB].
    intros _. apply type_range_in. exact T.
  - destruct x as [|b o|]; try contradiction. eapply here_fresh_pointer_value; eauto.
  - destruct x as [| |y]; try contradiction. destruct (fresh_float g None) as [g1 f1] eqn:FF.
    apply ret_inv in E as (E & _ & _). injection E as <- <-.
    eapply here_fresh_float; eauto. intros q l Q. discriminate Q.
Qed.

Lemma denotes_float : forall m t v0 g x y v, denotes C m t v0 g (SFloat x) (VFloat y) -> agrees g v v0 ->
  float_value v x = y.
Proof. intros m t v0 g x y v D AG. specialize (D v AG). destruct x; cbn in *; auto. Qed.

End Results.

(** ** The rules *)

Section Simple.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Variable number : id.
Notation sound i := (rule_is_sound A CP C X i (fun site g => execute X g number site i)).

Lemma proper_of : forall t, Checker.proper_type (TInteger t) = true -> proper t.
Proof. intros t H. cbn in H. monad. unfold proper. lia. Qed.

Theorem move_sound : forall r a, sound (Move r a).
Proof.
  intros r a. begin_rule FX. split; [apply claims_none|]. intros F' m' _ E. inversion E; subst.
  destruct (operand_class CP (the_body X) a) as [c|] eqn:K; [|discriminate]. monad.
  match goal with V : value_of _ _ _ _ = Some _ |- _ => eapply (value_of_denotes A CP C FIT X FX) in V; eauto;
    destruct V as (D & _ & _) end.
  exists (tagging w), v0. apply here_world. eapply here_register; eauto.
Qed.

Lemma linear_sum_value : forall w0 entry F w v0 g, here A CP C X w0 entry F w v0 g ->
  forall l f z s h s' e, forallb (fun p => Checker.has_class (register_class (the_body X) (snd p)) CInteger) l = true ->
  is_value (integers v0) g f z -> linear_sum X g f l s = Some (h, s', e) ->
  is_value (integers v0) g h (fold_left (fun s p => s + fst p * integer F (ORegister (snd p))) l z).
Proof.
  intros w0 entry F w v0 g H l. induction l as [|[k r] l IH]; intros f z s h s' e K V S;
    cbn [linear_sum fold_left] in *.
  - monad. exact V.
  - cbn [forallb snd] in K. apply andb_true_iff in K as [K KL].
    apply bind_inv in S as (x & s1 & e1 & e2 & I & S & ->). apply bind_inv in S as (f1 & s2 & e3 & e4 & AS & S & ->).
    apply lift_inv in AS as (AS & _ & _). eapply (integer_operand A CP C FIT X FX) in I as (VX & _ & _ & _);
      [|exact H|exact Logic.I|exact K].
    eapply IH; [exact KL| |exact S]. intros v AG. rewrite (add_scaled_eval v _ _ _ _ AS), (V v AG), (VX v AG).
    reflexivity.
Qed.

Theorem linear_sound : forall r k l, sound (Linear r k l).
Proof.
  intros r k l. begin_rule FX. split; [apply claims_none|]. intros F' m' _ E. inversion E; subst.
  destruct WS as [[G _] K]. monad.
  match goal with S : linear_sum _ _ _ _ _ = Some _ |- _ =>
    eapply linear_sum_value in S; [|exact H|exact K|intros v AG; apply eval_constant] end.
  exists (tagging w), v0. apply here_world. eapply here_register; eauto. apply denotes_integer. assumption.
Qed.

Theorem arithmetic_sound : forall r op t a b, sound (Arithmetic r op t a b).
Proof.
  intros r op t a b. begin_rule FX. destruct WS as [[G KA] KB]. apply proper_of in PT.
  apply bind_inv in RULE as (x & s1 & e1 & e2 & IA & RULE & ->).
  apply bind_inv in RULE as (y & s2 & e3 & e4 & IB & RULE & ->).
  apply bind_inv in RULE as ([h f] & s3 & e5 & e6 & AR & RULE & ->). apply ret_inv in RULE as (<- & _ & _).
  cbn [fst snd].
  eapply (integer_operand A CP C FIT X FX) in IA as (VA & _ & _ & _); eauto.
  eapply (integer_operand A CP C FIT X FX) in IB as (VB & _ & _ & _); eauto.
  pose proof (known_at _ _ _ _ _ _ _ _ _ _ H) as K. split.
  - apply claims_app. right. apply claims_app. right. apply claims_app. left. eapply arithmetic_claims; eauto.
  - intros F' m' MET E. inversion E; subst. cbn [demands] in MET.
    match goal with BW : is_bitwise op = true -> _ |- _ =>
      pose proof (arithmetic_gives A X _ _ _ _ _ _ _ _ _ _ _ _ _ _ PT K VA VB BW MET AR) as GV end.
    destruct (here_integer _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H GV G) as [v1 H1].
    exists (tagging w), v1. apply here_world. exact H1.
Qed.

Theorem convert_sound : forall r t a, sound (Convert r t a).
Proof.
  intros r t a. begin_rule FX. destruct WS as [G KA]. apply proper_of in PT. split; [apply claims_none|].
  intros F' m' _ E. inversion E; subst.
  apply bind_inv in RULE as (x & s1 & e1 & e2 & IA & RULE & ->).
  apply bind_inv in RULE as ([h f] & s2 & e3 & e4 & W & RULE & ->).
  apply ret_inv in RULE as (<- & _ & _). cbn [fst snd].
  eapply (integer_operand A CP C FIT X FX) in IA as (VA & _ & _ & _); eauto.
  eapply wrapped_gives in W; [|exact PT|exact (known_at _ _ _ _ _ _ _ _ _ _ H)|exact VA].
  destruct (here_integer _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H W G) as [v1 H1].
  exists (tagging w), v1. apply here_world. exact H1.
Qed.

Theorem compare_integers_sound : forall r c a b, sound (CompareIntegers r c a b).
Proof.
  intros r c a b. begin_rule FX. destruct WS as [[G KA] KB]. split; [apply claims_none|]. intros F' m' _ E.
  inversion E; subst.
  apply bind_inv in RULE as (x & s1 & e1 & e2 & IA & RULE & ->).
  apply bind_inv in RULE as (y & s2 & e3 & e4 & IB & RULE & ->).
  apply ret_inv in RULE as (<- & _ & _).
  eapply (integer_operand A CP C FIT X FX) in IA as (VA & _ & _ & _); eauto.
  eapply (integer_operand A CP C FIT X FX) in IB as (VB & _ & _ & _); eauto.
  destruct (here_assign_truth A CP C X w0 entry F w v0 g (Some (MIntegers c x y, []))
              (compare_integers c (integer F a) (integer F b)) r CInteger H G) as [v1 H1].
  { intros q k Q _ v AG. injection Q as <- <-. cbn.
    rewrite (VA _ (agree_integers _ _ _ AG)), (VB _ (agree_integers _ _ _ AG)).
    destruct (compare_integers c (integer F a) (integer F b)); intuition discriminate. }
  exists (tagging w), v1. apply here_world. exact H1.
Qed.

Theorem compare_floats_sound : forall r c a b, sound (CompareFloats r c a b).
Proof.
  intros r c a b. begin_rule FX. destruct WS as [[G KA] KB]. split; [apply claims_none|]. intros F' m' _ E.
  inversion E; subst.
  apply bind_inv in RULE as (x & s1 & e1 & e2 & IA & RULE & ->).
  apply bind_inv in RULE as (y & s2 & e3 & e4 & IB & RULE & ->).
  apply ret_inv in RULE as (<- & _ & _).
  eapply (float_operand A CP C FIT X FX) in IA as (VA & _ & _ & _); eauto.
  eapply (float_operand A CP C FIT X FX) in IB as (VB & _ & _ & _); eauto.
  destruct (here_assign_truth A CP C X w0 entry F w v0 g (Some (MFloats c x y, []))
              (compare_floats c (float F a) (float F b)) r CInteger H G) as [v1 H1].
  { intros q k Q _ v AG. injection Q as <- <-. cbn.
    rewrite (denotes_float _ _ _ _ _ _ _ _ VA AG), (denotes_float _ _ _ _ _ _ _ _ VB AG).
    destruct (compare_floats c (float F a) (float F b)); intuition discriminate. }
  exists (tagging w), v1. apply here_world. exact H1.
Qed.

Theorem pointer_to_integer_sound : forall r t a, sound (PointerToInteger r t a).
Proof.
  intros r t a. begin_rule FX. destruct WS as [G KA]. split; [apply claims_none|]. intros F' m' _ E. inversion E; subst.
  apply bind_inv in RULE as (p & s1 & e1 & e2 & _ & RULE & ->).
  destruct (fresh_bounded g (type_range t) []) as [h f] eqn:FB.
  apply ret_inv in RULE as (<- & _ & _).
  assert (GV : gives A (integers v0) g h f n).
  { eapply fresh_bounded_gives; [eapply known_at; eauto| |exact FB]. intros _. apply type_range_in. assumption. }
  destruct (here_integer _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H GV G) as [v1 H1].
  exists (tagging w), v1. apply here_world. exact H1.
Qed.

Theorem integer_to_pointer_sound : forall r a, sound (IntegerToPointer r a).
Proof.
  intros r a. begin_rule FX. destruct WS as [G KA]. split; [apply claims_none|]. intros F' m' _ E. inversion E; subst.
  unfold integer_to_pointer in RULE. apply bind_inv in RULE as (f & s1 & e1 & e2 & IA & RULE & ->).
  eapply (integer_operand A CP C FIT X FX) in IA as (VA & _ & _ & _); eauto. destruct (is_zero f) eqn:Z0.
  - apply ret_inv in RULE as (<- & _ & _). exists (tagging w), v0. apply here_world. eapply here_register; eauto.
    assert (NUL : v = VPointer BNull 0).
    { match goal with Q : _ -> v = _ |- _ => apply Q end. rewrite <- (VA _ (agree_refl _ _)). apply zero_form.
      exact Z0. }
    subst v. destruct (value_of_denotes A CP C FIT X FX w0 entry F w v0 g ONull CPointer [] _ _ _ H I eq_refl eq_refl)
      as [D _].
    exact D.
  - apply bind_inv in RULE as ([h sv] & s2 & e3 & e4 & FV & RULE & ->). apply ret_inv in RULE as (<- & _ & _).
    cbn [fst snd].
    destruct v as [|b o|]; try (match goal with T : of_type _ _ _ |- _ => destruct T end; fail).
    destruct (here_fresh_pointer_value A CP C X w0 entry _ _ _ _ _ _ _ _ _ b o H FV) as (v1 & H1 & D & _).
    exists (tagging w), v1. apply here_world. eapply here_register; eauto.
Qed.

Theorem havoc_sound : forall r t, sound (Havoc r t).
Proof.
  intros r t. begin_rule FX. split; [apply claims_none|]. intros F' m' _ E. inversion E; subst.
  apply bind_inv in RULE as ([h sv] & s2 & e3 & e4 & FV & RULE & ->). apply ret_inv in RULE as (<- & _ & _).
  cbn [fst snd].
  match goal with T : of_type _ _ _ |- _ =>
    destruct (here_fresh_value A CP C X w0 entry _ _ _ _ _ _ _ _ _ _ _ H T FV) as (v1 & H1 & D & _) end.
  exists (tagging w), v1. apply here_world. eapply here_register; eauto.
Qed.

Theorem assume_sound : forall x a, sound (Assume x a).
Proof.
  intros x a. begin_rule FX. destruct WS as [_ KA]. split; [apply claims_none|]. intros F' m' _ E. inversion E; subst.
  apply bind_inv in RULE as (f & s1 & e1 & e2 & IA & RULE & ->).
  eapply (integer_operand A CP C FIT X FX) in IA as (VA & _ & _ & _); eauto.
  exists (tagging w), v0. apply here_world.
  eapply (guard_holds A CP C FIT X FX w0 entry); [exact H|exact VA| |exact RULE].
  intro L. inversion L; subst. split; auto.
Qed.

Theorem check_sound : forall k a, sound (Check k a).
Proof.
  intros k a. begin_rule FX. apply bind_inv in RULE as (c & s1 & e1 & e2 & R & RULE & ->).
  apply bind_inv in RULE as (f & s2 & e3 & e4 & IA & RULE & ->).
  eapply (integer_operand A CP C FIT X FX) in IA as (VA & _ & _ & _); eauto. split.
  - apply claims_one; [apply spoken_app; left; eapply read_claim_spoken; eauto|]. eapply claim_shown; eauto.
    intros CL HL.
    rewrite CL in RULE. apply bind_inv in RULE as (l1 & s3 & e5 & e6 & D & RULE & ->).
    apply bind_inv in RULE as (u & s4 & e7 & e8 & ST & RULE & ->). apply settle_inv in ST; auto. subst e7.
    assert (LL : Holds l1) by (apply HL; repeat (rewrite !in_app_iff; cbn); tauto).
    apply (decided_holds A CP C FIT X w0 entry _ _ _ _ _ _ _ _ _ _ _ H VA D LL). reflexivity.
  - intros F' m' MET E. inversion E; subst. cbn [demands] in MET. inversion MET; subst. cbn [snd] in *.
    exists (tagging w), v0. apply here_world. destruct (is_claimed c).
    + apply bind_inv in RULE as (l1 & s3 & e5 & e6 & D & RULE & ->).
      apply bind_inv in RULE as (u & s4 & e7 & e8 & _ & RULE & ->).
      apply ret_inv in RULE as (<- & _ & _). exact H.
    + eapply (guard_holds A CP C FIT X FX w0 entry);
        [exact H|exact VA| |exact RULE].
      intros _. split; auto.
Qed.

End Simple.
