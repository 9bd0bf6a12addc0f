(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Rounding to nearest is monotone; how a number is found by shifting

    A positive number [q] is rounded at an exponent that its size decides. Ties go to even numbers, so numbers that are
    equal are rounded alike, whatever their mantissas. *)

From Coq Require Import ZArith QArith Qpower Lqa Lia Bool.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics NumberProofs FloatOrder.
Open Scope Z_scope.

(** ** Integers times a power of two *)

Lemma scaled_at_most : forall a b t, (0 < t)%Q -> ((inject_Z a * t <= inject_Z b * t)%Q <-> a <= b).
Proof. intros a b t P. rewrite Qmult_le_r by exact P. rewrite <- Zle_Qle. reflexivity. Qed.

Lemma scaled_less : forall a b t, (0 < t)%Q -> ((inject_Z a * t < inject_Z b * t)%Q <-> a < b).
Proof. intros a b t P. rewrite Qmult_lt_r by exact P. rewrite <- Zlt_Qlt. reflexivity. Qed.

Lemma odd_half : forall m t, (inject_Z (2 * m + 1) * t == 2 * (inject_Z m * t) + t)%Q.
Proof.
  intros m t. rewrite inject_Z_plus, inject_Z_mult. change (inject_Z 2) with 2%Q. change (inject_Z 1) with 1%Q. ring.
Qed.

Lemma odd_half_below : forall m t, (inject_Z (2 * m - 1) * t == 2 * (inject_Z m * t) - t)%Q.
Proof.
  intros m t. replace (2 * m - 1) with (2 * m + (-1)) by lia. rewrite inject_Z_plus, inject_Z_mult.
  change (inject_Z 2) with 2%Q. change (inject_Z (-1)) with (-1)%Q. ring.
Qed.

Lemma digits_bounds : forall p, 2 ^ (Zpos (digits2_pos p) - 1) <= Zpos p < 2 ^ Zpos (digits2_pos p).
Proof.
  induction p as [p IH|p IH|]; cbn [digits2_pos]; [| |cbn; lia].
  - rewrite Pos2Z.inj_succ. replace (Z.succ (Zpos (digits2_pos p)) - 1) with (Z.succ (Zpos (digits2_pos p) - 1)) by lia.
    rewrite !Z.pow_succ_r by lia. lia.
  - rewrite Pos2Z.inj_succ. replace (Z.succ (Zpos (digits2_pos p)) - 1) with (Z.succ (Zpos (digits2_pos p) - 1)) by lia.
    rewrite !Z.pow_succ_r by lia. lia.
Qed.

Lemma digits_unique : forall p d, 2 ^ (d - 1) <= Zpos p < 2 ^ d -> Zpos (digits2_pos p) = d.
Proof.
  intros p d [L U]. pose proof (digits_bounds p) as [M V]. assert (0 <= d).
  { destruct (Z_lt_le_dec d 0); [|assumption]. rewrite Z.pow_neg_r in U by assumption. lia. }
  assert (Zpos (digits2_pos p) - 1 < d) by (apply Z.pow_lt_mono_r_iff with 2; lia).
  assert (d - 1 < Zpos (digits2_pos p)) by (apply Z.pow_lt_mono_r_iff with 2; lia). lia.
Qed.

(** ** Where a number lies between [m] and [m + 1] units *)

Definition located (q : Q) (m e : Z) (l : location) : Prop :=
  let x := (inject_Z m * two e)%Q in
  let t := two e in
  match l with
  | loc_Exact => (q == x)%Q
  | loc_Inexact c =>
    (x < q)%Q /\ (q < x + t)%Q /\
    match c with Lt => (2 * q < 2 * x + t)%Q | Eq => (2 * q == 2 * x + t)%Q | Gt => (2 * x + t < 2 * q)%Q end
  end.

Lemma located_from : forall q m e l, located q m e l -> (inject_Z m * two e <= q)%Q /\ (q < inject_Z (m + 1) * two e)%Q.
Proof.
  intros q m e l H. pose proof (two_positive e). rewrite inject_Z_plus. change (inject_Z 1) with 1%Q.
  destruct l as [|c]; cbn in H; [|destruct H as (H & I & _)]; split; lra.
Qed.

Definition recorded (q : Q) (r : shr_record) (e : Z) : Prop := located q (shr_m r) e (loc_of_shr_record r).

Lemma half : forall p b e,
  (inject_Z (2 * p + b) * two e == inject_Z p * two (e + 1) + inject_Z b * two e)%Q /\ (two (e + 1) == 2 * two e)%Q.
Proof.
  intros p b e. rewrite two_plus. change (two 1) with 2%Q. rewrite inject_Z_plus, inject_Z_mult.
  change (inject_Z 2) with 2%Q. split; ring.
Qed.

Lemma recorded_shr_1 : forall q r e, 0 <= shr_m r -> recorded q r e ->
  recorded q (shr_1 r) (e + 1) /\ shr_m (shr_1 r) = shr_m r / 2.
Proof.
  intros q [m r s] e N H. pose proof (two_positive e) as P.
  assert (S : exists p b, m = 2 * p + b /\ (b = 0 \/ b = 1) /\
    shr_1 (Build_shr_record m r s) = Build_shr_record p (b =? 1) (r || s)).
  { cbn in N. destruct m as [|m|m]; [exists 0, 0 | | lia].
    - repeat split; auto.
    - destruct m as [m|m|]; [exists (Zpos m), 1 | exists (Zpos m), 0 | exists 0, 1]; repeat split; auto; lia. }
  destruct S as (p & b & -> & B & ->). cbn [shr_m]. split.
  - destruct (half p b e) as [E T]. unfold recorded in *.
    destruct B as [-> | ->]; destruct r, s; cbn in H |- *; rewrite ?E, ?T in H; rewrite ?T;
      change (inject_Z 0) with 0%Q in *; change (inject_Z 1) with 1%Q in *; intuition lra.
  - destruct B as [-> | ->]; [rewrite Z.add_0_r, Z.mul_comm, Z.div_mul by lia; reflexivity|].
    apply Z.div_unique with 1; lia.
Qed.

Lemma recorded_iterated : forall q n r e, 0 <= shr_m r -> recorded q r e ->
  recorded q (iter_pos shr_1 n r) (e + Zpos n) /\ shr_m (iter_pos shr_1 n r) = shr_m r / 2 ^ Zpos n.
Proof.
  intros q. induction n as [n IH|n IH|]; intros r e N H; cbn [iter_pos].
  - destruct (recorded_shr_1 q r e N H) as [H1 M1].
    destruct (IH (shr_1 r) (e + 1)) as [H2 M2]; [rewrite M1; apply Z.div_pos; lia|exact H1|].
    destruct (IH (iter_pos shr_1 n (shr_1 r)) (e + 1 + Zpos n)) as [H3 M3]; [|exact H2|].
    { rewrite M2, M1. apply Z.div_pos; [apply Z.div_pos|]; lia. }
    split; [replace (e + Zpos n~1) with (e + 1 + Zpos n + Zpos n) by lia; exact H3|].
    rewrite M3, M2, M1, !Z.div_div by lia. f_equal.
    replace (Zpos n~1) with (1 + Zpos n + Zpos n) by lia. rewrite !Z.pow_add_r by lia. lia.
  - destruct (IH r e N H) as [H2 M2].
    destruct (IH (iter_pos shr_1 n r) (e + Zpos n)) as [H3 M3]; [rewrite M2; apply Z.div_pos; lia|exact H2|].
    split; [replace (e + Zpos n~0) with (e + Zpos n + Zpos n) by lia; exact H3|].
    rewrite M3, M2, !Z.div_div by lia. f_equal.
    replace (Zpos n~0) with (Zpos n + Zpos n) by lia. rewrite !Z.pow_add_r by lia. reflexivity.
  - apply recorded_shr_1; assumption.
Qed.

Lemma recorded_location : forall q m e l, located q m e l -> recorded q (shr_record_of_loc m l) e.
Proof. intros q m e [|[]] H; exact H. Qed.

(** ** Rounding a positive number *)

Section Format.
Variables prec emax : Z.
Hypothesis prec_positive : 0 < prec.
Hypothesis emax_large : 3 <= 2 * emax.
Notation emin := (emin prec emax).
Notation fexp := (fexp prec emax).

(** The exponent [e] and the number [m] of its units that is nearest to [q]. *)
Record near (q : Q) (e m : Z) : Prop := {
  least_exponent : emin <= e;
  not_larger : (q < two (e + prec))%Q;
  not_smaller : e = emin \/ (two (e + prec - 1) <= q)%Q;
  from_below : (2 * q <= 2 * (inject_Z m * two e) + two e)%Q;
  from_above : (2 * (inject_Z m * two e) - two e <= 2 * q)%Q;
  tie_below : (2 * q == 2 * (inject_Z m * two e) + two e)%Q -> Z.even m = true;
  tie_above : (2 * q == 2 * (inject_Z m * two e) - two e)%Q -> Z.even m = true }.

Lemma near_at_least : forall q e m n, near q e m -> (inject_Z n * two e <= q)%Q -> n <= m.
Proof.
  intros q e m n H L. pose proof (two_positive e) as P. pose proof (from_below _ _ _ H) as F.
  assert (G : (inject_Z (2 * n) * two e <= inject_Z (2 * m + 1) * two e)%Q).
  { rewrite odd_half, inject_Z_mult. change (inject_Z 2) with 2%Q. lra. }
  apply scaled_at_most in G; [lia | exact P].
Qed.

Lemma near_at_most : forall q e m n, near q e m -> (q <= inject_Z n * two e)%Q -> m <= n.
Proof.
  intros q e m n H L. pose proof (two_positive e) as P. pose proof (from_above _ _ _ H) as F.
  assert (G : (inject_Z (2 * m - 1) * two e <= inject_Z (2 * n) * two e)%Q).
  { rewrite odd_half_below, inject_Z_mult. change (inject_Z 2) with 2%Q. lra. }
  apply scaled_at_most in G; [lia | exact P].
Qed.

Theorem near_monotone : forall q r e k m n, near q e m -> near r k n -> (q <= r)%Q ->
  (inject_Z m * two e <= inject_Z n * two k)%Q.
Proof.
  intros q r e k m n H K L. pose proof (two_positive e) as P.
  assert (X : e <= k).
  { destruct (not_smaller _ _ _ H) as [E|E]; [pose proof (least_exponent _ _ _ K); lia|].
    pose proof (not_larger _ _ _ K). assert (T : (two (e + prec - 1) < two (k + prec))%Q) by lra.
    apply two_less_inverse in T. lia. }
  destruct (Z.eq_dec e k) as [<-|D].
  - apply scaled_at_most; [exact P|]. destruct (Z_lt_le_dec n m) as [G|G]; [exfalso|exact G].
    pose proof (from_above _ _ _ H) as F1. pose proof (from_below _ _ _ K) as F2.
    assert (T : (inject_Z (2 * m - 1) * two e <= inject_Z (2 * n + 1) * two e)%Q)
      by (rewrite odd_half, odd_half_below; lra).
    apply scaled_at_most in T; [|exact P]. assert (m = n + 1) by lia. subst m. clear T G.
    rewrite inject_Z_plus in *. change (inject_Z 1) with 1%Q in *.
    pose proof (tie_above _ _ _ H) as T1. pose proof (tie_below _ _ _ K) as T2.
    rewrite inject_Z_plus in T1. change (inject_Z 1) with 1%Q in T1.
    rewrite Z.even_add in T1. rewrite T2 in T1 by lra. discriminate T1. lra.
  - destruct (not_smaller _ _ _ K) as [E|E]; [pose proof (least_exponent _ _ _ H); lia|].
    pose proof (not_larger _ _ _ H) as F. pose proof (two_at_most (e + prec) (k + prec - 1)) as T.
    assert (M : m <= 2 ^ (k + prec - 1 - e)).
    { apply (near_at_most _ _ _ _ H). rewrite <- two_split by lia. specialize (T ltac:(lia)). lra. }
    assert (N : 2 ^ (k + prec - 1 - k) <= n).
    { apply (near_at_least _ _ _ _ K). rewrite <- two_split by lia. exact E. }
    apply (scaled_at_most _ _ _ P) in M. apply (scaled_at_most _ _ _ (two_positive k)) in N.
    rewrite <- two_split in M, N by lia. lra.
Qed.

(** ** The result, infinite from [2^emax] on *)

Definition nearest (q : Q) (r : extended) : Prop :=
  exists e m, near q e m /\
    match r with
    | Number r => (r == inject_Z m * two e)%Q /\ (r < two emax)%Q
    | PlusInfinity => (two emax <= inject_Z m * two e)%Q
    | MinusInfinity => False
    end.

Lemma nearest_monotone : forall q r a b, nearest q a -> nearest r b -> (q <= r)%Q -> below a b.
Proof.
  intros q r a b (e & m & H & I) (k & n & J & K) L. pose proof (near_monotone _ _ _ _ _ _ H J L).
  destruct a as [|a|], b as [|b|]; cbn; try tauto; [destruct I, K|destruct K]; lra.
Qed.

Lemma nearest_equal : forall q r a, (q == r)%Q -> nearest q a -> nearest r a.
Proof.
  intros q r a E (e & m & H & I). exists e, m. split; [|exact I].
  destruct H; constructor; auto; rewrite <- ?E; assumption.
Qed.

Lemma nearest_positive : forall q a, (0 < q)%Q -> nearest q a -> below (Number 0) a.
Proof.
  intros q a P (e & m & H & I). destruct a as [|a|]; cbn; try tauto. destruct I as [E _]. rewrite E.
  setoid_replace 0%Q with (inject_Z 0 * two e)%Q by ring.
  apply scaled_at_most; [apply two_positive|]. apply (near_at_least _ _ _ _ H).
  setoid_replace (inject_Z 0 * two e)%Q with 0%Q by ring. lra.
Qed.

(** Infinities stay, negative numbers are rounded as their opposites. *)
Definition opposite (a : extended) : extended :=
  match a with MinusInfinity => PlusInfinity | Number q => Number (- q) | PlusInfinity => MinusInfinity end.

Lemma opposite_below : forall a b, below (opposite b) (opposite a) <-> below a b.
Proof. intros [|p|] [|q|]; cbn [below opposite]; try tauto. split; intro; lra. Qed.

Definition rounds_to (a b : extended) : Prop :=
  match a with
  | Number q => (0 < q)%Q /\ nearest q b \/ (q == 0)%Q /\ same b (Number 0) \/ (q < 0)%Q /\ nearest (- q) (opposite b)
  | _ => b = a
  end.

Lemma rounds_above_zero : forall q b, (0 <= q)%Q -> rounds_to (Number q) b -> below (Number 0) b.
Proof.
  intros q b P [[L H]|[[E H]|[L H]]]; [eapply nearest_positive; eauto | apply H | lra].
Qed.

Lemma rounds_below_zero : forall q b, (q <= 0)%Q -> rounds_to (Number q) b -> below b (Number 0).
Proof.
  intros q b P [[L H]|[[E H]|[L H]]]; [lra | apply H |].
  assert (N : (0 < - q)%Q) by lra. apply nearest_positive in H; [|exact N].
  destruct b as [|b|]; cbn [below opposite] in *; try tauto. lra.
Qed.

Theorem rounds_monotone : forall a b c d, rounds_to a c -> rounds_to b d -> below a b -> below c d.
Proof.
  intros a b c d H I L. destruct a as [|p|], b as [|q|]; cbn in L; try contradiction.
  1-3: rewrite H; exact Logic.I.
  - assert (across_zero : (p <= 0)%Q -> (0 <= q)%Q -> below c d).
    { intros P Q. apply below_transitive with (Number 0);
        [apply (rounds_below_zero p) | apply (rounds_above_zero q)]; assumption. }
    destruct (Qlt_le_dec p 0) as [P|P], (Qlt_le_dec 0 q) as [Q|Q].
    + apply across_zero; lra.
    + destruct (Qlt_le_dec q 0) as [R|R].
      * destruct H as [[? _]|[[? _]|[_ H]]]; [lra|lra|]. destruct I as [[? _]|[[? _]|[_ I]]]; [lra|lra|].
        assert (N : (- q <= - p)%Q) by lra. pose proof (nearest_monotone _ _ _ _ I H N) as M.
        exact (proj1 (opposite_below _ _) M).
      * apply across_zero; lra.
    + destruct (Qlt_le_dec 0 p) as [R|R].
      * destruct H as [[_ H]|[[? _]|[? _]]]; [|lra|lra]. destruct I as [[_ I]|[[? _]|[? _]]]; [|lra|lra].
        eapply nearest_monotone; eauto.
      * apply across_zero; lra.
    + apply across_zero; lra.
  - rewrite I. destruct c; exact Logic.I.
  - rewrite I. destruct c; exact Logic.I.
Qed.

End Format.
