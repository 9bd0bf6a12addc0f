(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Float instructions: their rules are sound *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Pointers Scripts Checker
  Programs.
From AICheck Require Import FloatRanges FloatOperations FloatProofs FloatValidity.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs DivisionProofs.
From AICheck Require Import Concretization Worlds Invariant StateProofs OperandProofs GuardProofs ClaimProofs
  SimpleProofs.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

(** ** Ranges that are computed have proper ends *)

Definition number_ends (r : frange) : Prop := flower r <> S754_nan /\ fupper r <> S754_nan.

Lemma proper_number_ends : forall r, proper_range r -> number_ends r.
Proof. intros r [[L _] [U _]]. split; assumption. Qed.

Lemma widened_proper : forall r f, f <> Extended80 -> number_ends r -> proper_range (widened r f).
Proof.
  intros r f N [L U]. assert (V : forall x, x <> S754_nan -> proper_end (round f x)).
  { intros x NX. split; [rewrite round_nan; exact NX|]. pose proof (round_valid f x) as V.
    destruct f; [apply binary32_held; exact V|exact V|congruence]. }
  split; apply V; assumption.
Qed.

Lemma negated_ends : forall r, number_ends r -> number_ends (negated_range r).
Proof.
  assert (N : forall x, x <> S754_nan -> SFopp x <> S754_nan) by (intros [] H; cbn; congruence).
  intros r [L U]. split; apply N; assumption.
Qed.

Lemma exact_number : forall n, exact_integer n <> S754_nan.
Proof. intros []; discriminate. Qed.

Lemma whole_ends : number_ends whole.
Proof. split; discriminate. Qed.

Lemma is_nan_false : forall x, is_nan x = false -> x <> S754_nan.
Proof. intros x H ->. discriminate H. Qed.

(** A choice among numbers is one. *)
Lemma chosen_number : forall (better : spec_float -> spec_float -> bool) l x, x <> S754_nan ->
  existsb is_nan l = false ->
  fold_left (fun x y => if better x y then y else x) l x <> S754_nan.
Proof.
  intros better l. induction l as [|y l IH]; intros x N H; cbn in *; auto. apply orb_false_iff in H as [H1 H2].
  apply IH; auto. destruct (better x y); auto using is_nan_false.
Qed.

Lemma corner_ends : forall a b op nan, number_ends (float_corners a b op nan).
Proof.
  intros a b op nan. unfold float_corners.
  set (v := [op (flower a) (flower b); op (flower a) (fupper b); op (fupper a) (flower b); op (fupper a) (fupper b)]).
  destruct (existsb is_nan v) eqn:E; [apply whole_ends|]. split.
  - apply (chosen_number (fun x y => flt y x)); [discriminate|exact E].
  - apply (chosen_number (fun x y => flt x y)); [discriminate|exact E].
Qed.

Lemma sum_ends : forall a b, number_ends (float_sums a b).
Proof.
  intros a b. unfold float_sums. destruct (is_nan _ || is_nan _)%bool eqn:E; [apply whole_ends|].
  apply orb_false_iff in E as [L U]. split; apply is_nan_false; assumption.
Qed.

Lemma combine_ends : forall op a b, number_ends (combine op a b).
Proof.
  intros op a b. destruct op; cbn [combine]; auto using sum_ends, corner_ends.
  destruct (holds_zero b); [split; discriminate|apply corner_ends].
Qed.

Section Floats.
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

Section Results.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

Lemma here_assign_range : forall F w v0 g r f x l y, here F w v0 g -> Checker.gives (the_body X) r CFloat = true ->
  (forall p, x = Some p -> f <> Extended80 -> number_ends p /\ (Holds l -> in_range_of (widened p f) y)) ->
  exists v1, here (set_register F r (VFloat y)) w v1 (assign_range g r f x l).
Proof.
  intros F w v0 g r f x l y H G I. unfold assign_range.
  set (q := match x, f with None, _ | _, Extended80 => None | Some p, _ => Some (widened p f, l) end).
  assert (E : match x, f with
              | None, _ | _, Extended80 => fresh_float g None
              | Some p, _ => fresh_float g (Some (widened p f, l))
              end = fresh_float g q) by (destruct x, f; reflexivity).
  rewrite E. destruct (fresh_float g q) as [h z] eqn:FF.
  assert (IR : forall p k, q = Some (p, k) -> proper_range p /\ (Holds k -> in_range_of p y)).
  { intros p k Q. unfold q in Q. destruct x as [p0|]; [|discriminate Q].
    assert (N : f <> Extended80) by (intros ->; discriminate Q). destruct (I p0 eq_refl N) as [I1 I2].
    assert (QQ : Some (widened p0 f, l) = Some (p, k)) by (destruct f; congruence). injection QQ as <- <-.
    split; [apply widened_proper; assumption|exact I2]. }
  destruct (here_fresh_float A CP C X w0 entry F w v0 g h q y z H IR FF) as (v1 & H1 & D & _).
  exists v1. eapply here_register; eauto.
Qed.

Lemma float_range_here : forall F w v0 g x y r l, here F w v0 g ->
  denotes C (heap w) (tagging w) v0 g (SFloat x) (VFloat y) ->
  range_of g x = Some (r, l) -> number_ends r /\ (Holds l -> in_range_of r y).
Proof.
  intros F w v0 g x y r l H D R. split.
  - apply proper_number_ends. eapply range_of_proper; [apply (tables _ _ _ _ _ _ _ _ _ _ H)|exact R].
  - intro L. rewrite <- (denotes_float C _ _ _ _ _ _ v0 D (agrees_refl _ _)).
    exact (range_of_holds _ _ _ _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl _ _)) R L).
Qed.
End Results.

Theorem float_arithmetic_sound : forall r op f a b, sound (FloatArithmetic r op f a b).
Proof.
  intros r op f a b. begin_rule FX. destruct WS as [[G KA] KB]. split; [apply claims_none|]. intros F' m' _ E.
  inversion E; subst.
  unfold float_arithmetic in RULE.
  apply bind_inv in RULE as (sx & s1 & e1 & e2 & IA & RULE & ->).
  apply bind_inv in RULE as (sy & s2 & e3 & e4 & IB & RULE & ->).
  apply ret_inv in RULE as (<- & _ & _).
  eapply (float_operand A CP C FIT X FX) in IA as (DA & _ & _ & _); eauto.
  eapply (float_operand A CP C FIT X FX) in IB as (DB & _ & _ & _); eauto.
  match goal with R : fresult f _ ?z |- _ =>
    assert (V : exists v1, here A CP C X w0 entry (set_register F r (VFloat z)) w v1
              match range_of g sx, range_of g sy with
              | Some (p, l), Some (q, k) => assign_range g r f (Some (combine op p q)) (union l k)
              | _, _ => assign_range g r f None []
              end) end.
  { destruct (range_of g sx) as [[p l]|] eqn:RX; [destruct (range_of g sy) as [[q k]|] eqn:RY|];
      (eapply here_assign_range; [exact H|exact G|]); intros t Q N; try discriminate Q. injection Q as <-.
    split; [apply combine_ends|]. intro L. apply union_holds in L as [L K].
    eapply arithmetic_result; [exact N| | |eassumption];
      [eapply (float_range_here w0 entry); eauto|eapply (float_range_here w0 entry); eauto]. }
  destruct V as [v1 H1]. exists (tagging w), v1. apply here_world. exact H1.
Qed.

Lemma float_unary_sound : forall w0 entry F w v0 g r f a (negate : bool) s g' s' e y, here A CP C X w0 entry F w v0 g ->
  Checker.gives (the_body X) r CFloat = true -> is CP (the_body X) a CFloat = true -> named_alive F a ->
  fresult f (round f (if negate then SFopp (float F a) else float F a)) y ->
  float_unary X g r f a negate s = Some (g', s', e) ->
  exists t' v', here A CP C X w0 entry (set_register F r (VFloat y)) {| heap := heap w; tagging := t' |} v' g'.
Proof.
  intros w0 entry F w v0 g r f a negate s g' s' e y H G KA NA R RULE. unfold float_unary in RULE.
  apply bind_inv in RULE as (x & s1 & e1 & e2 & IA & RULE & ->). apply ret_inv in RULE as (<- & _ & _).
  eapply (float_operand A CP C FIT X FX) in IA as (DA & _ & _ & _); eauto.
  assert (V : exists v1, here A CP C X w0 entry (set_register F r (VFloat y)) w v1
            match range_of g x with
            | Some (p, l) => assign_range g r f (Some (if negate then negated_range p else p)) l
            | None => assign_range g r f None []
            end).
  { destruct (range_of g x) as [[p l]|] eqn:RX; (eapply here_assign_range; [exact H|exact G|]); intros t Q N;
      try discriminate Q.
    injection Q as <-. destruct (float_range_here _ _ _ _ _ _ _ _ _ _ H DA RX) as [NE IR]. destruct negate.
    - split; [apply negated_ends; exact NE|]. intro L. eapply negation_result; eauto.
    - split; [exact NE|]. intro L. eapply conversion_result; eauto. }
  destruct V as [v1 H1]. exists (tagging w), v1. apply here_world. exact H1.
Qed.

Theorem float_negate_sound : forall r f a, sound (FloatNegate r f a).
Proof.
  intros r f a. begin_rule FX. destruct WS as [G KA]. split; [apply claims_none|]. intros F' m' _ E. inversion E; subst.
  eapply (float_unary_sound _ _ _ _ _ _ _ _ _ true); eauto.
Qed.

Theorem convert_float_sound : forall r f a, sound (ConvertFloat r f a).
Proof.
  intros r f a. begin_rule FX. destruct WS as [G KA]. split; [apply claims_none|]. intros F' m' _ E. inversion E; subst.
  eapply (float_unary_sound _ _ _ _ _ _ _ _ _ false); eauto.
Qed.

Theorem integer_to_float_sound : forall r f a, sound (IntegerToFloat r f a).
Proof.
  intros r f a. begin_rule FX. destruct WS as [G KA]. split; [apply claims_none|]. intros F' m' _ E. inversion E; subst.
  unfold integer_to_float in RULE. apply bind_inv in RULE as (h & s1 & e1 & e2 & _ & RULE & ->).
  assert (V : exists v1, here A CP C X w0 entry (set_register F r (VFloat x)) w v1 g').
  { destruct h.
    2: { apply ret_inv in RULE as (<- & _ & _). eapply here_assign_range; [exact H|exact G|]. intros t Q.
    discriminate Q. }
    apply bind_inv in RULE as (y & s2 & e3 & e4 & IA & RULE & ->).
    apply bind_inv in RULE as (high & s3 & e5 & e6 & UP & RULE & ->).
    apply bind_inv in RULE as (low & s4 & e7 & e8 & LO & RULE & ->).
    apply bind_inv in RULE as (u & s5 & e9 & e10 & _ & RULE & ->).
    apply ret_inv in RULE as (<- & _ & _).
    eapply (integer_operand A CP C FIT X FX) in IA as (VA & _ & _ & _); eauto.
    pose proof (known_at _ _ _ _ _ _ _ _ _ _ H) as K.
    eapply here_assign_range; [exact H|exact G|]. intros t Q N. injection Q as <-.
    split; [split; apply exact_number|]. intro L. apply union_holds in L as [LU LL].
    eapply (finite_upper_value A _ _ K) in UP; [|exact VA|exact LU].
    eapply (finite_lower_value A _ _ K) in LO; [|exact VA|exact LL].
    eapply integer_result; [exact N|split; [exact LO|exact UP]|assumption]. }
  destruct V as [v1 H1]. exists (tagging w), v1. apply here_world. exact H1.
Qed.

(** Ends among the checker's numbers that a type's range contains. *)
Lemma contained_in : forall t low high n, proper t -> fits high = true ->
  contains_range (type_range t) {| lower := Some low; upper := Some high |} = true -> low <= n <= high -> in_itype t n.
Proof.
  intros t low high n PT FH CR B. unfold contains_range, type_range in CR. cbn [lower upper] in CR.
  apply andb_true_iff in CR as [L U]. monad. unfold in_itype. split; [lia|].
  destruct (negb (signed t) && (bits t =? 128))%bool eqn:E.
  - monad. unfold fits in FH. monad. unfold greatest. destruct (signed t); [discriminate|].
    match goal with Q : bits t = 128 |- _ => rewrite Q end. unfold maximum, bound128 in *.
    assert (2 ^ 128 = 340282366920938463463374607431768211456) as -> by reflexivity. lia.
  - monad. lia.
Qed.

Theorem float_to_integer_sound : forall r t a, sound (FloatToInteger r t a).
Proof.
  intros r t a. begin_rule FX. destruct WS as [G KA]. apply proper_of in PT. unfold float_to_integer in RULE.
  apply bind_inv in RULE as (x & s1 & e1 & e2 & IA & RULE & ->).
  apply bind_inv in RULE as (c & s2 & e3 & e4 & R & RULE & ->).
  eapply (float_operand A CP C FIT X FX) in IA as (DA & _ & _ & _); eauto.
  pose proof (known_at _ _ _ _ _ _ _ _ _ _ H) as K.
  destruct (is_claimed c) eqn:CL.
  - apply bind_inv in RULE as ([p l] & s3 & e5 & e6 & RO & RULE & ->). apply lift_inv in RO as (RO & <- & ->).
    apply bind_inv in RULE as (u1 & s4 & e7 & e8 & NN & RULE & ->). apply demand_inv in NN as (NN & <- & ->).
    apply negb_true_iff in NN.
    apply bind_inv in RULE as (low & s5 & e9 & e10 & TL & RULE & ->). apply lift_inv in TL as (TL & <- & ->).
    apply bind_inv in RULE as (high & s6 & e11 & e12 & TH & RULE & ->). apply lift_inv in TH as (TH & <- & ->).
    apply bind_inv in RULE as (u2 & s7 & e13 & e14 & DE & RULE & ->). apply demand_inv in DE as (DE & <- & ->).
    apply bind_inv in RULE as (u3 & s8 & e15 & e16 & ST & RULE & ->). apply settle_inv in ST; auto. subst e15.
    apply andb_true_iff in DE as [DE CR]. apply andb_true_iff in DE as [_ FH].
    destruct (float_range_here _ _ _ _ _ _ _ _ _ _ H DA RO) as [_ IR].
    assert (TR : Holds l -> exists n, truncate (float F a) = Some n /\ low <= n <= high).
    { intro L. eapply truncate_in_range; eauto. }
    split.
    + apply claims_app. right. cbn [demands].
      apply claims_one; [apply spoken_app; left; eapply read_claim_spoken; eauto|].
      eapply claim_shown; eauto. intros _ HL. destruct TR as (n & T & B); [apply HL; left; reflexivity|].
      exists n. split; [exact T|]. eapply contained_in; eauto.
    + intros F' m' MET E. inversion E; subst.
      destruct (fresh_bounded g {| lower := Some low; upper := Some high |} l) as [h f] eqn:FB.
      apply ret_inv in RULE as (<- & _ & _).
      assert (GV : gives A (integers v0) g h f n).
      { eapply fresh_bounded_gives; [exact K| |exact FB]. intro L. destruct (TR L) as (n' & T & B).
        assert (n' = n) by congruence. subst n'. split; cbn; lia. }
      destruct (here_integer _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H GV G) as [v1 H1].
      exists (tagging w), v1. apply here_world. exact H1.
  - split.
    + apply claims_app. right. cbn [demands].
      apply claims_one; [apply spoken_app; left; eapply read_claim_spoken; eauto|].
      eapply claim_shown; eauto. intro Q. congruence.
    + intros F' m' MET E. inversion E; subst. cbn [demands] in MET. inversion MET as [|? ? D0 _]; subst.
      destruct D0 as (n' & T & B).
      assert (n' = n) by congruence. subst n'.
      destruct (fresh_bounded g (type_range t) (alarm c)) as [h f] eqn:FB. apply ret_inv in RULE as (<- & _ & _).
      assert (GV : gives A (integers v0) g h f n).
      { eapply fresh_bounded_gives; [exact K| |exact FB]. intros _. apply type_range_in. exact B. }
      destruct (here_integer _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H GV G) as [v1 H1].
      exists (tagging w), v1. apply here_world. exact H1.
Qed.

End Floats.
