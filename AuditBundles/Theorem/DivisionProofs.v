(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Quotients, remainders, shifts and bitwise operators *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs BitProofs.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

(** Names what a pair that was returned is. *)
Ltac pairs :=
  repeat match goal with
  | E : (_, _) = (_, _) |- _ => inversion E; subst; clear E
  | E : (?h, ?f) = fresh_bounded _ _ _ |- _ => symmetry in E
  | E : (?h, ?f) = fresh_integer _ |- _ => symmetry in E
  | E : (?h, ?f) = labelled _ _ _ |- _ => symmetry in E
  end.

Section Division.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Notation known := (known A).
Notation gives := (gives A).
Notation onward := (onward A).
Variable X : context.

Lemma gives_from : forall v0 g w0 h k f z, onward v0 g w0 h -> gives w0 h k f z -> gives v0 g k f z.
Proof. intros v0 g w0 h k f z O (u & P & V). exists u. split; eauto using onward_trans. Qed.

Lemma gives_here : forall v0 g f z, known v0 g -> is_value v0 g f z -> gives v0 g g f z.
Proof. intros v0 g f z K V. exists v0. split; auto using onward_refl. Qed.

(** Bounds of another form, from above and of its negative, may be added behind what is given. *)
Lemma gives_linear2 : forall v0 g h f z d e y b c l,
  gives v0 g h f z -> (forall w0, onward v0 g w0 h -> is_value w0 h f z -> is_value w0 h d y) ->
  scaled d (-1) = Some e -> (Holds l -> y <= b /\ - y <= c) ->
  gives v0 g (add_linear (add_linear h d b l) e c l) f z.
Proof.
  intros v0 g h f z d e y b c l G V S B. eapply gives_onward; [exact G|]. intros w0 O F.
  pose proof (step_known _ _ _ _ _ O) as K.
  assert (O1 : onward w0 h w0 (add_linear h d b l)) by (eapply onward_linear; eauto; intro L; apply B in L; lia).
  eapply onward_trans; [exact O1|].
  eapply onward_linear; [apply (step_known _ _ _ _ _ O1)| |intro L; apply B in L; destruct L as [_ L]; exact L].
  replace (- y) with (-1 * y) by lia. eapply scaled_value; [|exact S]. eapply value_onward; eauto.
Qed.

Lemma gives_bounded : forall v0 g h f z t c s k s' e,
  gives v0 g h f z -> in_itype t z -> bounded h f t c s = Some (k, s', e) -> gives v0 g k f z.
Proof.
  intros v0 g h f z t c s k s' e G I B. eapply gives_onward; [exact G|]. intros w0 O V.
  eapply bounded_onward; eauto. apply (step_known _ _ _ _ _ O).
Qed.

(** ** divide *)

Lemma quot_by_positive : forall x c, 0 < c ->
  c * Z.quot x c - x <= c - 1 /\ - (c * Z.quot x c - x) <= c - 1 /\ (0 <= x -> c * Z.quot x c - x <= 0).
Proof.
  intros x c P. pose proof (Z.quot_rem' x c) as E. pose proof (Z.rem_bound_abs x c ltac:(lia)) as B.
  repeat split; try lia. intro H. pose proof (Z.rem_nonneg x c ltac:(lia) H). lia.
Qed.

Lemma divided_gives : forall v0 g a b x y t site s h f s' e,
  known v0 g -> is_value v0 g a x -> is_value v0 g b y -> y <> 0 ->
  (signed t = true -> in_itype t (Z.quot x y)) ->
  divided X g a b t site s = Some ((h, f), s', e) -> gives v0 g h f (Z.quot x y).
Proof.
  intros v0 g a b x y t site s h f s' e K VA VB N S H. unfold divided in H. monad.
  destruct x0 as [g1 l0].
  match goal with Z : nonzero _ _ _ _ _ = Some _ |- _ => eapply nonzero_onward in Z; eauto; rename Z into O1 end.
  pose proof (step_known _ _ _ _ _ O1) as K1. pose proof (value_onward _ _ _ _ _ _ _ O1 VA) as VA1.
  pose proof (value_onward _ _ _ _ _ _ _ O1 VB) as VB1. monad.
  match goal with p : state * form |- _ => destruct p as [g2 q] end.
  assert (Q : gives v0 g g2 q (Z.quot x y)).
  { apply (gives_from _ _ _ _ _ _ _ O1). clear H.
    destruct (x0 =? 0); [|destruct (x0 =? 1); [|discriminate]].
    2: { monad. pairs. eapply fresh_integer_gives; eauto. }
    monad. match goal with R : read_box _ _ _ _ = Some (?b, _, _) |- _ => rename b into box end.
    match goal with R : quotients _ _ = Some (?b, _, _) |- _ => rename b into r end.
    set (l := if divisor_may_be_zero box then union (box_label box) l0 else box_label box) in *.
    destruct (fresh_bounded g1 r l) as [g3 q3] eqn:F.
    assert (LB : Holds l -> in_box box x y).
    { intro L. eapply read_box_holds; eauto. unfold l in L. destruct (divisor_may_be_zero box); auto.
      apply union_holds in L as [L _]. auto. }
    assert (G3 : gives v0 g1 g3 q3 (Z.quot x y)).
    { eapply fresh_bounded_gives; eauto. intro L. eapply quotients_hold; eauto. }
    destruct (is_constant b && (0 <? snd b))%bool eqn:C; monad; [|pairs; exact G3].
    destruct (gap _ a) as [d|] eqn:D; monad; pairs; [|exact G3].
    assert (CY : y = snd b) by (eapply constant_value; eauto).
    pose proof (quot_by_positive x y ltac:(lia)) as (B1 & B2 & B3).
    assert (VD : forall w0, onward v0 g1 w0 g3 -> is_value w0 g3 q (Z.quot x y) ->
      is_value w0 g3 d (y * Z.quot x y - x)).
    { intros w0 O V. eapply gap_value; [|eapply value_onward; [exact O|exact VA1]|exact D].
      rewrite CY. eapply scaled_value; eauto. rewrite <- CY. exact V. }
    eapply gives_linear2; [exact G3|exact VD|eassumption|]. intro L. split; [|lia].
    destruct (0 <=? a_lower box) eqn:P; monad; [|lia]. destruct (LB L) as [[XL _] _]. apply B3. lia. }
  destruct (signed t) eqn:ST; monad; pairs; auto. eapply gives_bounded; eauto.
Qed.
(** ** remainder *)

(** The remainder has the dividend's sign, and is smaller than dividend and divisor. *)
Lemma rem_bounds : forall x y, y <> 0 ->
  Z.abs (Z.rem x y) <= Z.abs y - 1 /\ Z.abs (Z.rem x y) <= Z.abs x /\
  (0 <= x -> 0 <= Z.rem x y) /\ (x <= 0 -> Z.rem x y <= 0).
Proof.
  intros x y N. pose proof (Z.rem_bound_abs x y N).
  assert (P : 0 <= x -> 0 <= Z.rem x y) by (intro; apply Z.rem_nonneg; auto).
  assert (Q : x <= 0 -> Z.rem x y <= 0) by (intro; apply Z.rem_nonpos; auto).
  repeat split; auto; [lia|].
  destruct (Z_lt_le_dec (Z.abs x) (Z.abs y)) as [L|L]; [|lia].
  assert (E : Z.rem x y = x) by (apply Z.rem_small_iff; auto). rewrite E. lia.
Qed.

Lemma remaindered_gives : forall v0 g a b x y t site s h f s' e,
  known v0 g -> is_value v0 g a x -> is_value v0 g b y -> y <> 0 ->
  remaindered X g a b t site s = Some ((h, f), s', e) -> gives v0 g h f (Z.rem x y).
Proof.
  intros v0 g a b x y t site s h f s' e K VA VB N H. unfold remaindered in H. monad.
  destruct x0 as [g1 l0]. cbn [fst] in *.
  match goal with Z : nonzero _ _ _ _ _ = Some _ |- _ => eapply nonzero_onward in Z; eauto; rename Z into O1 end.
  pose proof (step_known _ _ _ _ _ O1) as K1. pose proof (value_onward _ _ _ _ _ _ _ O1 VA) as VA1.
  pose proof (value_onward _ _ _ _ _ _ _ O1 VB) as VB1. apply (gives_from _ _ _ _ _ _ _ O1).
  match goal with R : read_small _ = Some (?m, _, _) |- _ => rename m into mode; clear R end.
  destruct (mode =? 0); [|destruct (mode =? 1); [|destruct (mode =? 2); [|destruct (mode =? 3); [|discriminate]]]].
  - monad. pairs. match goal with R : read_box _ _ _ _ = Some (?b, _, _) |- _ => rename b into box end.
    eapply fresh_bounded_gives; eauto. intro L.
    assert (B : in_box box x y) by (eapply read_box_holds; eauto). destruct B as [[XL XU] [YL YU]].
    unfold negated, difference in *. pose proof (rem_bounds x y N) as (R1 & R2 & R3 & R4).
    repeat match goal with
    | H : (if ?c then _ else _) _ = Some _ |- _ => destruct c eqn:?; monad; booleans
    end;
    unfold In_bounds; cbn;
    repeat match goal with |- context [if ?c then _ else _] => destruct c eqn:?; monad; booleans end; lia.
  - monad. pairs. eapply fresh_integer_gives; eauto.
  - monad. pairs. eapply labelled_gives; eauto. intro L. apply union_holds in L as [L1 L2].
    match goal with U : lower_bound _ a _ = Some _ |- _ => eapply (lower_value A _ _ K1 _ _ _ _ _ _ VA1) in U;
      [|exact L1] end.
    match goal with D : subtract a b = Some ?d |- _ => assert (VD : is_value v0 g1 d (x - y))
      by (eapply subtract_value; eauto) end.
    match goal with U : upper_bound _ _ _ = Some _ |- _ => eapply (upper_value A _ _ K1 _ _ _ _ _ _ VD) in U;
      [|exact L2] end.
    rewrite Z.rem_small by lia. exact VA1.
  - monad. pairs. match goal with R : read_box _ _ _ _ = Some (?b, _, _) |- _ => rename b into box end.
    eapply labelled_gives; eauto. intro L.
    assert (B : in_box box x y) by (eapply read_box_holds; eauto). destruct B as [XB YB].
    repeat match goal with Q : quotient _ _ _ = Some _ |- _ => apply quotient_inv in Q; subst end.
    unfold product, negated, difference in *. monad. booleans.
    assert (EY : y = b_lower box) by lia.
    pose proof (quot_between _ _ _ y N XB) as Q. rewrite EY in Q.
    match goal with E : Z.quot _ _ = Z.quot _ _ |- _ => rewrite E in Q; rewrite E in * end.
    intros v AG. match goal with P : add_number _ _ = Some _ |- _ => rewrite (add_number_eval v _ _ _ P) end.
    rewrite (VA1 v AG). pose proof (Z.quot_rem' x y) as D. rewrite EY in *.
    assert (Z.quot x (b_lower box) = Z.quot (a_upper box) (b_lower box)) as F by lia. rewrite F in D. lia.
Qed.

(** ** Shifts *)

Definition shift_result (left : bool) (x y : Z) : Z := if left then x * 2 ^ y else x / 2 ^ y.

Lemma shift_cornered : forall left b, 0 <= b_lower b -> cornered (shift_result left) b.
Proof.
  intros left b P x y [XB YB]. cbn. unfold least4, most4, shift_result.
  assert (PL : 0 < 2 ^ b_lower b <= 2 ^ y) by (apply power_le; lia).
  assert (PU : 0 < 2 ^ y <= 2 ^ b_upper b) by (apply power_le; lia).
  destruct left.
  - pose proof (product_between _ _ _ (2 ^ y) XB).
    pose proof (product_between (2 ^ b_lower b) (2 ^ b_upper b) (2 ^ y) (a_lower b) ltac:(lia)).
    pose proof (product_between (2 ^ b_lower b) (2 ^ b_upper b) (2 ^ y) (a_upper b) ltac:(lia)).
    rewrite !(Z.mul_comm (2 ^ _)) in *. lia.
  - pose proof (floor_between _ _ _ (2 ^ y) ltac:(lia) XB).
    pose proof (floor_between_divisors (a_lower b) (2 ^ b_lower b) (2 ^ y) (2 ^ b_upper b) ltac:(lia) ltac:(lia)).
    pose proof (floor_between_divisors (a_upper b) (2 ^ b_lower b) (2 ^ y) (2 ^ b_upper b) ltac:(lia) ltac:(lia)). lia.
Qed.

Lemma power_inv : forall k s p s' e, power k s = Some (p, s', e) -> 0 <= k < 127 /\ p = 2 ^ k.
Proof. intros k s p s' e H. unfold power in H. destruct ((0 <=? k) && (k <? 127))%bool eqn:C; [|discriminate].
  monad. lia. Qed.

Lemma shifted_form_gives : forall v0 g a b x y left s h f s' e,
  known v0 g -> is_value v0 g a x -> is_value v0 g b y ->
  shifted_form g a b left s = Some ((h, f), s', e) -> gives v0 g h f (shift_result left x y).
Proof.
  intros v0 g a b x y left s h f s' e K VA VB H. unfold shifted_form in H. monad.
  destruct (x0 =? 0); [|destruct (x0 =? 1); [|destruct (x0 =? 2); [|discriminate]]].
  - monad. match goal with P : power _ _ = Some _ |- _ => apply power_inv in P as [P ->] end.
    assert (CY : y = snd b) by (eapply constant_value; eauto). subst y.
    destruct left; cbn [shift_result].
    + monad. pairs. apply gives_here; auto. rewrite Z.mul_comm. eapply scaled_value; eauto.
    + destruct (fresh_integer g) as [g2 q] eqn:F. monad.
      assert (G2 : gives v0 g g2 q (x / 2 ^ snd b)) by (eapply fresh_integer_gives; eauto).
      destruct (gap _ a) as [d|] eqn:D; monad; pairs; [|exact G2].
      assert (PP : 0 < 2 ^ snd b) by (apply Z.pow_pos_nonneg; lia).
      pose proof (Z.div_mod x (2 ^ snd b) ltac:(lia)). pose proof (Z.mod_pos_bound x (2 ^ snd b) PP).
      eapply (gives_linear2 _ _ _ _ _ d _ (2 ^ snd b * (x / 2 ^ snd b) - x)); [exact G2| |eassumption|intros _; lia].
      intros w0 O V. eapply gap_value; [|eapply value_onward; [exact O|exact VA]|exact D]. eapply scaled_value; eauto.
  - monad. pairs. match goal with R : read_box _ _ _ _ = Some (?b, _, _) |- _ => rename b into box end.
    eapply fresh_bounded_gives; eauto. intro L.
    match goal with C : corners _ _ _ = Some _ |- _ =>
      eapply (corners_hold (shift_result left)) in C; [exact C|apply shift_cornered;
        auto|eapply read_box_holds; eauto|] end.
    intros m n t p t' e' P. monad. match goal with P : power _ _ = Some _ |- _ => apply power_inv in P as [P ->] end.
    unfold shift_result. destruct left; unfold product, floor_quotient in *; monad; [reflexivity|].
    destruct (0 <? 2 ^ n); [monad; reflexivity|discriminate].
  - monad. pairs. eapply fresh_integer_gives; eauto.
Qed.

(** ** Bitwise operators *)

Lemma anded_gives : forall v0 g a b x y t s h f s' e,
  proper t -> known v0 g -> is_value v0 g a x -> is_value v0 g b y -> in_itype t x -> in_itype t y ->
  anded g a b t s = Some ((h, f), s', e) -> gives v0 g h f (Z.land x y).
Proof.
  intros v0 g a b x y t s h f s' e P K VA VB IX IY H. unfold anded in H. monad. destruct x1 as [[a' b'] mode].
  assert (W : exists p q, is_value v0 g a' p /\ is_value v0 g b' q /\ in_itype t p /\ in_itype t q /\
    Z.land p q = Z.land x y).
  { destruct (x0 =? 4); monad; pairs; [exists y, x|exists x, y]; repeat split; auto using Z.land_comm; try apply IX;
      try apply IY. }
  destruct W as (p & q & VP & VQ & IP & IQ & <-).
  destruct (mode =? 0); [|destruct (mode =? 1); [|destruct (mode =? 2); [|destruct (mode =? 3); [|discriminate]]]].
  - monad. pairs. eapply fresh_bounded_gives; eauto. intros _. apply type_range_in. apply land_in_type; auto.
    unfold proper in P; lia.
  - monad.
    match goal with F : read_flag _ = Some (?b, _, _) |- _ => destruct b end; monad; pairs;
      (eapply fresh_bounded_gives; [exact K| |eassumption]); intro L;
      repeat match goal with L : Holds (union _ _) |- _ => apply union_holds in L as [? ?] end;
      repeat match goal with
      | U : finite_upper g a' _ = Some _ |- _ => eapply (finite_upper_value A _ _ K _ _ _ _ _ _ VP) in U; [|assumption]
      | U : lower_bound g a' _ = Some _ |- _ => eapply (lower_value A _ _ K _ _ _ _ _ _ VP) in U; [|assumption]
      | U : finite_upper g b' _ = Some _ |- _ => eapply (finite_upper_value A _ _ K _ _ _ _ _ _ VQ) in U; [|assumption]
      | U : lower_bound g b' _ = Some _ |- _ => eapply (lower_value A _ _ K _ _ _ _ _ _ VQ) in U; [|assumption]
      end;
      pose proof (land_at_most p q ltac:(lia)); pose proof (land_at_most q p ltac:(lia)) as M;
        rewrite (Z.land_comm q p) in M;
      unfold In_bounds; cbn; lia.
  - monad. match goal with E : exponent _ = Some ?k |- _ => rename k into n; unfold exponent in E end.
    destruct (0 <? snd b' + 1) eqn:PB; [|discriminate]. cbv zeta in *.
    destruct (2 ^ Z.log2 (snd b' + 1) =? snd b' + 1) eqn:PE; [|discriminate].
    match goal with E : Some _ = Some n |- _ => inversion E; subst n; clear E end. monad.
    assert (CQ : q = snd b') by (eapply constant_value; eauto).
    assert (LE : snd b' + 1 <= maximum) by lia. unfold maximum, bound128 in LE.
    assert (PR : proper {| bits := Z.log2 (snd b' + 1); signed := false |}).
    { unfold proper. cbn. split; [lia|]. apply Z.log2_le_mono in LE.
      change (Z.log2 (170141183460469231731687303715884105728 - 1)) with 126 in LE. lia. }
    match goal with W : wrapped _ _ _ _ = Some _ |- _ => eapply wrapped_gives in W; eauto end.
    unfold wrap, least in H. cbn in H. replace (p - 0) with p in H by lia.
    assert (E : Z.land p q = 0 + p mod 2 ^ Z.log2 (snd b' + 1)).
    { rewrite CQ. replace (snd b') with (2 ^ Z.log2 (snd b' + 1) - 1) at 1 by lia. rewrite land_ones_mod; lia. }
    rewrite E. exact H.
  - monad. pairs. eapply fresh_bounded_gives; eauto. intro L. apply union_holds in L as [L1 L2].
    match goal with U : finite_upper g b' _ = Some _ |- _ => eapply (finite_upper_value A _ _ K _ _ _ _ _ _ VQ) in U;
      [|assumption] end.
    match goal with U : lower_bound g b' _ = Some _ |- _ => eapply (lower_value A _ _ K _ _ _ _ _ _ VQ) in U;
      [|assumption] end.
    pose proof (land_at_most p q ltac:(lia)). unfold In_bounds. cbn. lia.
Qed.

End Division.
