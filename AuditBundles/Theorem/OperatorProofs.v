(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Every arithmetic operator: behind the instruction the form has the value that FORMAT.md names *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs BitProofs DivisionProofs.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Operators.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Notation known := (known A).
Notation gives := (gives A).
Notation onward := (onward A).
Variable X : context.

Lemma ored_gives : forall v0 g a b x y exclusive t s h f s' e,
  proper t -> known v0 g -> is_value v0 g a x -> is_value v0 g b y -> in_itype t x -> in_itype t y ->
  ored g a b exclusive t s = Some ((h, f), s', e) -> gives v0 g h f (if exclusive then Z.lxor x y else Z.lor x y).
Proof.
  intros v0 g a b x y exclusive t s h f s' e P K VA VB IX IY H. unfold ored in H. monad.
  assert (B1 : 1 <= bits t) by (unfold proper in P; lia).
  destruct (x0 =? 0); [|destruct (x0 =? 1); [|destruct (x0 =? 2); [|discriminate]]].
  - monad. pairs. eapply fresh_bounded_gives; eauto. intros _. apply type_range_in.
    destruct exclusive; [apply lxor_in_type|apply lor_in_type]; auto.
  - monad. match goal with R : read_box _ _ _ _ = Some (?b, _, _) |- _ => rename b into box end.
    set (z := if exclusive then Z.lxor x y else Z.lor x y).
    destruct (fresh_integer g) as [g1 r] eqn:F. monad. pairs.
    assert (G1 : gives v0 g g1 f z) by (eapply fresh_integer_gives; eauto).
    assert (LB : Holds (box_label box) -> (if exclusive then 0 else Z.max (a_lower box) (b_lower box)) <= z
                 /\ z <= ones (Z.max (a_upper box) (b_upper box)) /\ z <= x + y).
    { intro L. assert (B : in_box box x y) by (eapply read_box_holds; eauto). destruct B as [[XL XU] [YL YU]].
      assert (NL : 0 <= Z.land x y) by (apply Z.land_nonneg; lia).
      pose proof (lor_sum x y). pose proof (lxor_sum x y).
      pose proof (land_at_most x y ltac:(lia)). pose proof (land_at_most y x ltac:(lia)) as M.
      rewrite (Z.land_comm y x) in M.
      destruct (ones_above (Z.max (a_upper box) (b_upper box)) (Z.max (a_upper box) (b_upper box)) ltac:(lia))
        as (TOP & k & KP & KE).
      rewrite KE in *. unfold z. repeat split.
      - destruct exclusive; [apply Z.lxor_nonneg; lia|lia].
      - destruct exclusive; apply below_ones; auto using Z.shiftr_lor, Z.shiftr_lxor; lia.
      - destruct exclusive; lia. }
    eapply gives_onward; [exact G1|]. intros w0 O V. pose proof (step_known _ _ _ _ _ O) as K1.
    assert (O1 : onward w0 g1 w0 (add_at_least g1 f (if exclusive then 0 else Z.max (a_lower box) (b_lower box))
      (box_label box)))
      by (eapply onward_at_least; eauto; intro L; apply LB; auto).
    pose proof (value_onward _ _ _ _ _ _ _ O1 V) as V1. pose proof (step_known _ _ _ _ _ O1) as K2.
    match goal with |- context [add_linear ?k f ?top ?l] =>
      assert (O2 : onward w0 k w0 (add_linear k f top l)) by (eapply onward_linear; eauto; intro L; apply LB; auto) end.
    pose proof (onward_trans _ _ _ _ _ _ _ O1 O2) as O3.
    pose proof (value_onward _ _ _ _ _ _ _ O2 V1) as V2. pose proof (step_known _ _ _ _ _ O2) as K3.
    destruct (gap f a) as [d|] eqn:D; [|exact O3]. destruct (gap d b) as [e'|] eqn:E; [|exact O3].
    eapply onward_trans; [exact O3|].
    pose proof (onward_trans _ _ _ _ _ _ _ O O3) as O4.
    eapply onward_linear; [exact K3| |intro L; assert (z - x - y <= 0) as Q by (destruct (LB L) as (_ & _ & Q);
      lia); exact Q].
    eapply gap_value; [eapply gap_value; [exact V2|eapply value_onward;
      [exact O4|exact VA]|exact D]|eapply value_onward; [exact O4|exact VB]|exact E].
  - monad. pairs. apply gives_here; auto.
    assert (EX : x = snd a) by (eapply constant_value; eauto).
    assert (EY : y = snd b) by (eapply constant_value; eauto).
    intros v AG. rewrite eval_constant, EX, EY. reflexivity.
Qed.

(** ** shift *)

Lemma shifted_gives : forall v0 g a b x y t left site s h f s' e,
  proper t -> known v0 g -> is_value v0 g a x -> is_value v0 g b y ->
  0 <= y < bits t -> (left = true -> signed t = true -> 0 <= x /\ in_itype t (x * 2 ^ y)) ->
  shifted X g a b t left site s = Some ((h, f), s', e) ->
  gives v0 g h f (if (left && negb (signed t))%bool then wrap t (x * 2 ^ y) else shift_result left x y).
Proof.
  intros v0 g a b x y t left site s h f s' e P K VA VB Y MET H. unfold shifted in H. monad.
  match goal with R : read_claim _ _ _ _ = Some (?c, _, _) |- _ => rename c into cl end.
  match goal with p : state * form |- _ => destruct p as [g1 f1] end.
  match goal with S : shifted_form _ _ _ _ _ = Some _ |- _ => eapply shifted_form_gives in S; eauto;
    rename S into G1 end.
  monad. match goal with p : state * label |- _ => destruct p as [g2 l2] end.
  monad. match goal with p : state * form |- _ => destruct p as [g3 f3] end. monad. pairs.
  assert (G2 : gives v0 g g2 f1 (shift_result left x y)).
  { destruct (left && signed t)%bool eqn:LS; [|monad; pairs; exact G1].
    apply andb_true_iff in LS as [-> ST]. destruct (MET eq_refl ST) as [X0 IN].
    destruct (is_claimed cl); monad; pairs; [exact G1|].
    eapply gives_onward; [exact G1|]. intros w0 O V. pose proof (step_known _ _ _ _ _ O) as K1.
    assert (O1 : onward w0 g1 w0 (add_bounds g1 f1 {| lower := Some 0; upper := Some (greatest t) |} (alarm cl))).
    { eapply onward_bounds; eauto. intros _. unfold In_bounds. cbn. unfold in_itype in IN.
      assert (0 < 2 ^ y) by (apply Z.pow_pos_nonneg; lia). unfold shift_result. nia. }
    eapply onward_trans; [exact O1|].
    eapply onward_at_least; [apply (step_known _ _ _ _ _ O1)|eapply value_onward;
      [eapply onward_trans; [exact O|exact O1]|exact VA]|auto]. }
  assert (G3 : gives v0 g g3 f (if (left && negb (signed t))%bool then wrap t (x * 2 ^ y) else shift_result left x y)).
  { destruct (left && negb (signed t))%bool eqn:LS; monad; pairs; [|exact G2].
    assert (left = true) as -> by assumption. destruct G2 as (w0 & O & V). apply (gives_from _ _ _ _ _ _ _ _ O).
    eapply wrapped_gives; eauto. apply (step_known _ _ _ _ _ O). }
  destruct (is_claimed cl); [exact G3|].
  eapply gives_onward; [exact G3|]. intros w0 O V.
  eapply onward_bounds; [apply (step_known _ _ _ _ _ O)|eapply value_onward; [exact O|exact VB]|].
  intros _. unfold In_bounds. cbn. lia.
Qed.

(** ** Sums and products *)

Lemma settled_gives : forall v0 g h f z t site s k r s' e,
  proper t -> gives v0 g h f z -> (signed t = true -> in_itype t z) ->
  settled X h f t site s = Some ((k, r), s', e) -> gives v0 g k r (if signed t then z else wrap t z).
Proof.
  intros v0 g h f z t site s k r s' e P G I H. unfold settled in H. destruct (signed t); monad.
  - pairs. eapply gives_bounded; eauto.
  - destruct G as (w0 & O & V). apply (gives_from _ _ _ _ _ _ _ _ O). eapply wrapped_gives; eauto.
    apply (step_known _ _ _ _ _ O).
Qed.

(** The value that FORMAT.md gives the result of an arithmetic instruction. *)
Definition result_of_operation (op : operation) (t : itype) (x y : Z) : Z :=
  let e := compute op x y in if is_wrapping op t then wrap t e else e.

Theorem arithmetic_gives : forall v0 g op t a b x y site s h f s' e,
  proper t -> known v0 g -> is_value v0 g a x -> is_value v0 g b y ->
  (is_bitwise op = true -> in_itype t x /\ in_itype t y) ->
  met (demands_arithmetic op t x y) ->
  arithmetic X g op t a b site s = Some ((h, f), s', e) ->
  gives v0 g h f (result_of_operation op t x y).
Proof.
  intros v0 g op t a b x y site s h f s' e P K VA VB BW MET H. unfold result_of_operation, is_wrapping.
  assert (SUM : forall o z, or_fresh g o = or_fresh g o -> (forall p, o = Some p -> is_value v0 g p z) ->
     (signed t = true -> in_itype t z) ->
     (let '(g, f) := or_fresh g o in settled X g f t site) s = Some ((h, f), s', e) ->
     gives v0 g h f (if signed t then z else wrap t z)).
  { intros o z _ V I S. destruct (or_fresh g o) as [g1 f1] eqn:E. eapply settled_gives; eauto.
    eapply or_fresh_gives; eauto. }
  unfold demands_arithmetic in MET.
  destruct op; cbn [arithmetic compute is_bitwise] in *.
  - assert (I : signed t = true -> in_itype t (x + y)).
    { intro S. rewrite S in MET. inversion MET; subst. cbn in *. auto. }
    specialize (SUM (add a b) (x + y) eq_refl (fun p E => add_value _ _ _ _ _ _ _ VA VB E) I H).
    destruct (signed t); exact SUM.
  - assert (I : signed t = true -> in_itype t (x - y)).
    { intro S. rewrite S in MET. inversion MET; subst. cbn in *. auto. }
    specialize (SUM (subtract a b) (x - y) eq_refl (fun p E => subtract_value _ _ _ _ _ _ _ VA VB E) I H).
    destruct (signed t); exact SUM.
  - assert (I : signed t = true -> in_itype t (x * y)).
    { intro S. rewrite S in MET. inversion MET; subst. cbn in *. auto. }
    monad. match goal with p : state * form |- _ => destruct p as [g1 f1] end.
    match goal with M : multiplied _ _ _ _ = Some _ |- _ => eapply multiplied_gives in M; eauto; rename M into G1 end.
    pose proof (settled_gives _ _ _ _ _ _ _ _ _ _ _ _ P G1 I H) as G. destruct (signed t); exact G.
  - rewrite andb_false_r. inversion MET as [|? ? N R]; subst. cbn in N.
    eapply divided_gives; eauto. intro S. rewrite S in R. inversion R; subst. cbn in *. auto.
  - rewrite andb_false_r. inversion MET as [|? ? N R]; subst. cbn in N. eapply remaindered_gives; eauto.
  - inversion MET as [|? ? YN R]; subst. cbn in YN. destruct YN as [Y N].
    pose proof (shifted_gives _ _ _ _ _ _ _ true _ _ _ _ _ _ P K VA VB Y (fun _ => N) H) as G.
    destruct (signed t); exact G.
  - rewrite andb_false_r. inversion MET as [|? ? Y R]; subst. cbn in Y.
    assert (N : false = true -> signed t = true -> 0 <= x /\ in_itype t (x * 2 ^ y)) by discriminate.
    exact (shifted_gives _ _ _ _ _ _ _ false _ _ _ _ _ _ P K VA VB Y N H).
  - rewrite andb_false_r. destruct (BW eq_refl). eapply anded_gives; eauto.
  - rewrite andb_false_r. destruct (BW eq_refl). exact (ored_gives _ _ _ _ _ _ false _ _ _ _ _ _ P K VA VB H0 H1 H).
  - rewrite andb_false_r. destruct (BW eq_refl). exact (ored_gives _ _ _ _ _ _ true _ _ _ _ _ _ P K VA VB H0 H1 H).
Qed.

End Operators.
