(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Bitwise operators and shifts on integers: the bounds that the rules use *)

From Coq Require Import ZArith Bool Lia.
From AICheck Require Import Semantics Forms Integers NumberProofs.
Open Scope Z_scope.

Ltac bitwise :=
  apply Z.bits_inj'; intros ? ?;
  repeat first [rewrite Z.lxor_spec | rewrite Z.land_spec | rewrite Z.ldiff_spec | rewrite Z.lor_spec
    | rewrite Z.bits_0];
  repeat match goal with |- context [Z.testbit ?a ?n] => destruct (Z.testbit a n) end; reflexivity.

Lemma split_by : forall a b, b = Z.land a b + Z.ldiff b a.
Proof. intros. rewrite Z.add_nocarry_lxor by bitwise. bitwise. Qed.

Lemma lor_sum : forall a b, Z.lor a b = a + b - Z.land a b.
Proof.
  intros. pose proof (split_by a b). assert (Z.lor a b = a + Z.ldiff b a); [|lia].
  rewrite Z.add_nocarry_lxor by bitwise. bitwise.
Qed.

Lemma lxor_sum : forall a b, Z.lxor a b = a + b - 2 * Z.land a b.
Proof.
  intros. pose proof (lor_sum a b). assert (Z.lor a b = Z.lxor a b + Z.land a b); [|lia].
  rewrite Z.add_nocarry_lxor by bitwise. bitwise.
Qed.

Lemma land_at_most : forall a b, 0 <= b -> 0 <= Z.land a b <= b.
Proof.
  intros a b H. assert (0 <= Z.land a b) by (apply Z.land_nonneg; auto).
  assert (0 <= Z.ldiff b a) by (apply Z.ldiff_nonneg; auto). pose proof (split_by a b). lia.
Qed.

Lemma land_ones_mod : forall a k, 0 <= k -> Z.land a (2 ^ k - 1) = a mod 2 ^ k.
Proof. intros a k H. replace (2 ^ k - 1) with (Z.ones k) by (rewrite Z.ones_equiv; lia). apply Z.land_ones. auto. Qed.

(** A number is in a type if its bits from some place on are all equal. *)
Lemma shifted_out : forall n k, 0 <= k -> (Z.shiftr n k = 0 <-> 0 <= n < 2 ^ k).
Proof.
  intros n k H. rewrite Z.shiftr_div_pow2 by auto. assert (P : 0 < 2 ^ k) by (apply Z.pow_pos_nonneg; lia).
  split; intro E; [|apply Z.div_small; auto].
  pose proof (Z.div_mod n (2 ^ k) ltac:(lia)). pose proof (Z.mod_pos_bound n (2 ^ k) P). rewrite E in *. lia.
Qed.

Lemma shifted_sign : forall n k, 0 <= k -> (Z.shiftr n k = 0 \/ Z.shiftr n k = -1 <-> - 2 ^ k <= n < 2 ^ k).
Proof.
  intros n k H. rewrite Z.shiftr_div_pow2 by auto. assert (P : 0 < 2 ^ k) by (apply Z.pow_pos_nonneg; lia).
  pose proof (Z.div_mod n (2 ^ k) ltac:(lia)) as D. pose proof (Z.mod_pos_bound n (2 ^ k) P) as M.
  split; [intros [E|E]; rewrite E in *; lia|]. intro B. generalize dependent (n / 2 ^ k). intros q D. nia.
Qed.

Lemma bitwise_in_type : forall t (op : Z -> Z -> Z), 1 <= bits t ->
  (forall a b k, Z.shiftr (op a b) k = op (Z.shiftr a k) (Z.shiftr b k)) ->
  op 0 0 = 0 -> (op 0 (-1) = 0 \/ op 0 (-1) = -1) -> (op (-1) 0 = 0 \/ op (-1) 0 = -1) ->
    (op (-1) (-1) = 0 \/ op (-1) (-1) = -1) ->
  forall a b, in_itype t a -> in_itype t b -> in_itype t (op a b).
Proof.
  intros [n s] op L S E1 E2 E3 E4 a b HA HB. unfold in_itype, least, greatest in *. cbn [bits signed] in *. destruct s.
  - assert (R : forall x, - 2 ^ (n - 1) <= x <= 2 ^ (n - 1) - 1 <-> Z.shiftr x (n - 1) = 0 \/ Z.shiftr x (n - 1) = -1).
    { intro x. rewrite shifted_sign by lia. lia. }
    rewrite R in *. rewrite S. destruct HA as [-> | ->], HB as [-> | ->]; auto.
  - assert (R : forall x, 0 <= x <= 2 ^ n - 1 <-> Z.shiftr x n = 0).
    { intro x. rewrite shifted_out by lia. lia. }
    rewrite R in *. rewrite S, HA, HB. auto.
Qed.

Lemma land_in_type : forall t a b, 1 <= bits t -> in_itype t a -> in_itype t b -> in_itype t (Z.land a b).
Proof. intros t a b L. apply bitwise_in_type; auto using Z.shiftr_land. Qed.
Lemma lor_in_type : forall t a b, 1 <= bits t -> in_itype t a -> in_itype t b -> in_itype t (Z.lor a b).
Proof. intros t a b L. apply bitwise_in_type; auto using Z.shiftr_lor. Qed.
Lemma lxor_in_type : forall t a b, 1 <= bits t -> in_itype t a -> in_itype t b -> in_itype t (Z.lxor a b).
Proof. intros t a b L. apply bitwise_in_type; auto using Z.shiftr_lxor. Qed.

(** The least [2^k - 1] that is not below both. *)
Lemma ones_above : forall m n, n <= m -> n <= ones m /\ exists k, 0 <= k /\ ones m = 2 ^ k - 1.
Proof.
  intros m n H. unfold ones. destruct (Z.leb_spec m 0); [split; [lia|exists 0; split; [lia|reflexivity]]|].
  pose proof (Z.log2_spec m ltac:(lia)). pose proof (Z.log2_nonneg m).
  split; [unfold Z.succ in *; lia|]. exists (Z.log2 m + 1). split; [lia|reflexivity].
Qed.

Lemma below_ones : forall (op : Z -> Z -> Z) a b k, 0 <= k ->
  (forall a b k, Z.shiftr (op a b) k = op (Z.shiftr a k) (Z.shiftr b k)) -> op 0 0 = 0 ->
  0 <= a < 2 ^ k -> 0 <= b < 2 ^ k -> op a b <= 2 ^ k - 1.
Proof.
  intros op a b k K S Z0 HA HB. apply shifted_out in HA; auto. apply shifted_out in HB; auto.
  assert (E : Z.shiftr (op a b) k = 0) by (rewrite S, HA, HB; auto).
  apply shifted_out in E; auto. lia.
Qed.

(** ** Shifts are monotone in each operand, on each sign of the first *)

Lemma power_le : forall l y, 0 <= l -> l <= y -> 0 < 2 ^ l <= 2 ^ y.
Proof. intros l y L H. split; [apply Z.pow_pos_nonneg; lia|apply Z.pow_le_mono_r; lia]. Qed.

Lemma floor_between : forall p q x y, 0 < y -> p <= x <= q -> p / y <= x / y <= q / y.
Proof. intros p q x y P H. split; apply Z.div_le_mono; lia. Qed.

Lemma floor_between_divisors : forall x l y u, 0 < l -> l <= y <= u ->
  Z.min (x / l) (x / u) <= x / y <= Z.max (x / l) (x / u).
Proof.
  intros x l y u L H. destruct (Z_le_gt_dec 0 x).
  - assert (x / u <= x / y) by (apply Z.div_le_compat_l; lia).
    assert (x / y <= x / l) by (apply Z.div_le_compat_l; lia). lia.
  - assert (N : forall m n, 0 < m <= n -> x / m <= x / n).
    { intros m n B. apply Z.div_le_lower_bound; [lia|].
      assert (x / m < 0) by (apply Z.div_lt_upper_bound; lia).
      pose proof (Z.mul_div_le x m ltac:(lia)). nia. }
    pose proof (N l y). pose proof (N y u). lia.
Qed.
