(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What Coq's [binary_round_aux] and [binary_round] do is rounding to nearest, and gives valid floats *)

From Coq Require Import ZArith QArith Qpower Lqa Lia Bool.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics NumberProofs FloatOrder FloatRounding.
Open Scope Z_scope.

Section Format.
Variables prec emax : Z.
Hypothesis prec_positive : 0 < prec.
Hypothesis emax_large : 3 <= 2 * emax.
Notation emin := (emin prec emax).
Notation fexp := (fexp prec emax).
Notation near := (near prec emax).
Notation nearest := (nearest prec emax).
Notation rounds_to := (rounds_to prec emax).

(** ** The shift to the exponent at which is rounded *)

(** Shifting a number down changes where it is seen, not the number. *)
Lemma shr_fexp_located : forall q m e l, 0 <= m -> located q m e l -> e <= fexp (Zdigits2 m + e) ->
  exists r, shr_fexp prec emax m e l = (r, fexp (Zdigits2 m + e)) /\ 0 <= shr_m r /\
    recorded q r (fexp (Zdigits2 m + e)).
Proof.
  intros q m e l N H L. unfold shr_fexp. apply recorded_location in H.
  assert (M : shr_m (shr_record_of_loc m l) = m) by (destruct l as [|[]]; reflexivity).
  destruct (fexp (Zdigits2 m + e) - e) as [|n|n] eqn:E; cbn [shr]; [| |lia].
  - exists (shr_record_of_loc m l). replace (fexp (Zdigits2 m + e)) with e by lia. rewrite M. auto.
  - destruct (recorded_iterated q n _ e (eq_ind_r (Z.le 0) N M) H) as [R I]. rewrite M in I.
    exists (iter_pos shr_1 n (shr_record_of_loc m l)). replace (fexp (Zdigits2 m + e)) with (e + Zpos n) by lia.
    rewrite I. repeat split; [|exact R]. apply Z.div_pos; lia.
Qed.

(** The exponent is the one that the size of the number demands. *)
Lemma located_size : forall q m e l, 0 <= m -> located q m e l -> e <= fexp (Zdigits2 m + e) ->
  let k := fexp (Zdigits2 m + e) in
  emin <= k /\ (q < two (k + prec))%Q /\ (k = emin \/ (two (k + prec - 1) <= q)%Q).
Proof.
  intros q m e l N H L k. apply located_from in H as [F U]. unfold k, SpecFloat.fexp in *. split; [lia|].
  pose proof (two_positive e) as P. destruct m as [|p|p]; cbn [Zdigits2] in *; [| |lia].
  - split; [|left; lia]. apply Qlt_le_trans with (two e); [change (inject_Z (0 + 1)) with 1%Q in U; lra|].
    apply two_at_most. lia.
  - destruct (digits_bounds p) as [D1 D2]. split.
    + apply Qlt_le_trans with (1 := U).
      apply Qle_trans with (two (Zpos (digits2_pos p) + e)); [|apply two_at_most; lia].
      rewrite two_plus, (two_integer (Zpos _)) by lia. apply scaled_at_most; [exact P | lia].
    + destruct (Z.le_gt_cases (Zpos (digits2_pos p) + e - prec) emin); [left; lia|right].
      apply Qle_trans with (2 := F).
      apply Qle_trans with (two (Zpos (digits2_pos p) - 1 + e)); [apply two_at_most; lia|].
      rewrite two_plus, (two_integer (Zpos _ - 1)) by lia. apply scaled_at_most; [exact P | lia].
Qed.

(** ** The choice between the two neighbours *)

Lemma nearest_even_near : forall q m e l, 0 <= m -> located q m e l ->
  emin <= e -> (q < two (e + prec))%Q -> (e = emin \/ (two (e + prec - 1) <= q)%Q) -> near q e (round_nearest_even m l).
Proof.
  intros q m e l N H E U S. pose proof (two_positive e) as P.
  assert (A : forall k : Z, (inject_Z (m + 1) * two e == inject_Z m * two e + two e)%Q)
    by (intros _; rewrite inject_Z_plus; change (inject_Z 1) with 1%Q; ring).
  destruct l as [|[]]; cbn in H |- *; [constructor; auto; lra| | |].
  - destruct H as (H & I & J), (Z.even m) eqn:V; constructor; auto; rewrite ?A by exact 0; try lra.
    intros _. rewrite Z.even_add, V. reflexivity.
  - destruct H as (H & I & J); constructor; auto; rewrite ?A by exact 0; lra.
  - destruct H as (H & I & J); constructor; auto; rewrite ?A by exact 0; lra.
Qed.

Lemma near_size : forall q e m, near q e m -> (0 < q)%Q ->
  0 <= m <= 2 ^ prec /\ (e = emin \/ 2 ^ (prec - 1) <= m).
Proof.
  intros q e m H P. repeat split.
  - apply (near_at_least _ _ _ _ _ _ H). change (inject_Z 0) with 0%Q. lra.
  - apply (near_at_most _ _ _ _ _ _ H). pose proof (not_larger _ _ _ _ _ H) as L.
    rewrite <- two_integer, <- two_plus, Z.add_comm by lia. lra.
  - destruct (not_smaller _ _ _ _ _ H) as [S|S]; [left; exact S|right].
    apply (near_at_least _ _ _ _ _ _ H). rewrite <- two_integer, <- two_plus by lia.
    replace (prec - 1 + e) with (e + prec - 1) by lia. exact S.
Qed.

(** ** The second shift, which a carry into a new digit needs *)

Lemma digits_at_most : forall p d, Zpos p < 2 ^ d -> Zpos (digits2_pos p) <= d.
Proof.
  intros p d L. destruct (digits_bounds p) as [D _].
  assert (0 <= d). { destruct (Z_lt_le_dec d 0); [|assumption]. rewrite Z.pow_neg_r in L by assumption. lia. }
  assert (Zpos (digits2_pos p) - 1 < d) by (apply Z.pow_lt_mono_r_iff with 2; lia). lia.
Qed.

Lemma digits_exactly : forall p d, 2 ^ (d - 1) <= Zpos p -> Zpos p < 2 ^ d -> Zpos (digits2_pos p) = d.
Proof. intros p d L U. apply digits_unique. lia. Qed.

Lemma renormalised : forall q e m, near q e m -> (0 < q)%Q ->
  exists r k, shr_fexp prec emax m e loc_Exact = (r, k) /\ 0 <= shr_m r /\
    (inject_Z (shr_m r) * two k == inject_Z m * two e)%Q /\
    (shr_m r = 0 \/ emin <= k /\ Zdigits2 (shr_m r) <= prec /\ (k = emin \/ Zdigits2 (shr_m r) = prec)) /\
    (k <= emax - prec -> (inject_Z m * two e < two emax)%Q) /\
    (emax - prec < k -> m <> 0 -> (two emax <= inject_Z m * two e)%Q).
Proof.
  intros q e m H P. destruct (near_size _ _ _ H P) as [[N M] S]. pose proof (least_exponent _ _ _ _ _ H) as E.
  pose proof (two_positive e) as T. assert (0 <= prec) as PP by lia.
  assert (2 ^ prec = 2 * 2 ^ (prec - 1)) as D by (rewrite <- Z.pow_succ_r by lia; f_equal; lia).
  assert (0 < 2 ^ (prec - 1)) as D0 by (apply Z.pow_pos_nonneg; lia).
  destruct (Z.eq_dec m (2 ^ prec)) as [C|C].
  - (* A carry. *)
    assert (X : Zdigits2 m = prec + 1).
    { destruct m as [|p|p]; cbn [Zdigits2]; try lia.
      apply digits_exactly; [replace (prec + 1 - 1) with prec by lia; lia|].
      rewrite Z.pow_add_r by lia. lia. }
    assert (F : fexp (prec + 1 + e) = e + 1) by (unfold SpecFloat.fexp; lia).
    assert (V : shr_fexp prec emax m e loc_Exact = (shr_1 (shr_record_of_loc m loc_Exact), e + 1)).
    { unfold shr_fexp. rewrite X, F. replace (e + 1 - e) with 1 by lia. reflexivity. }
    assert (L : located (inject_Z m * two e)%Q m e loc_Exact) by (cbn; reflexivity).
    apply recorded_location in L. apply recorded_shr_1 in L as [L K]; [|exact N]. cbn [shr_record_of_loc shr_m] in K.
    assert (K' : shr_m (shr_1 (shr_record_of_loc m loc_Exact)) = 2 ^ (prec - 1)).
    { cbn [shr_record_of_loc]. rewrite K, C, D, Z.mul_comm. apply Z.div_mul. lia. }
    exists (shr_1 (shr_record_of_loc m loc_Exact)), (e + 1). rewrite K'. repeat split; try lia; [exact V| | | | ].
    + rewrite two_plus. change (two 1) with 2%Q. rewrite C, D, inject_Z_mult. change (inject_Z 2) with 2%Q. ring.
    + right. split; [lia|]. assert (Y : Zdigits2 (2 ^ (prec - 1)) = prec).
      { destruct (2 ^ (prec - 1)) as [|p|p] eqn:B; cbn [Zdigits2]; try lia. apply digits_exactly; lia. }
      lia.
    + intro L'. rewrite C, <- two_integer, <- two_plus by lia. apply two_less. lia.
    + intros L' _. rewrite C, <- two_integer, <- two_plus by lia. apply two_at_most. lia.
  - (* No carry. *)
    assert (M' : m < 2 ^ prec) by lia. clear M C.
    assert (X : Zdigits2 m <= prec) by (destruct m as [|p|p]; cbn [Zdigits2]; try lia; apply digits_at_most; exact M').
    assert (F : fexp (Zdigits2 m + e) <= e) by (unfold SpecFloat.fexp; lia).
    exists (shr_record_of_loc m loc_Exact), e. cbn [shr_record_of_loc shr_m]. repeat split; try lia.
    + unfold shr_fexp. destruct (fexp (Zdigits2 m + e) - e) eqn:Z; [reflexivity|lia|reflexivity].
    + destruct (Z.eq_dec m 0) as [Z|Z]; [left; exact Z|right]. repeat split; auto.
      destruct S as [S|S]; [left; exact S|right]. destruct m as [|p|p]; try lia. cbn [Zdigits2].
      apply digits_exactly; lia.
    + intro L. apply Qlt_le_trans with (inject_Z (2 ^ prec) * two e)%Q; [apply scaled_less; assumption|].
      rewrite <- two_integer, <- two_plus by lia. apply two_at_most. lia.
    + intros L _. unfold SpecFloat.emin in *. destruct S as [S|S]; [lia|].
      apply Qle_trans with (inject_Z (2 ^ (prec - 1)) * two e)%Q; [|apply scaled_at_most; assumption].
      rewrite <- two_integer, <- two_plus by lia. apply two_at_most. lia.
Qed.

(** ** The whole *)

Lemma canonical : forall p k, Zpos (digits2_pos p) <= prec -> emin <= k -> k <= emax - prec ->
  k = emin \/ Zpos (digits2_pos p) = prec -> bounded prec emax p k = true.
Proof.
  intros p k D E U S. unfold bounded, canonical_mantissa. apply andb_true_iff. split; [|apply Z.leb_le; exact U].
  apply Zeq_is_eq_bool. unfold SpecFloat.fexp. lia.
Qed.

Theorem binary_round_aux_nearest : forall s m e l q,
  0 <= m -> (0 < q)%Q -> located q m e l -> e <= fexp (Zdigits2 m + e) ->
  exists v, value_of (binary_round_aux prec emax s m e l) = Some v /\ nearest q (if s then opposite v else v) /\
    valid_binary prec emax (binary_round_aux prec emax s m e l) = true.
Proof.
  intros s m e l q N P H L. unfold binary_round_aux.
  destruct (located_size _ _ _ _ N H L) as (E & U & S).
  destruct (shr_fexp_located _ _ _ _ N H L) as (r & -> & R & I).
  pose proof (nearest_even_near _ _ _ _ R I E U S) as G.
  set (k := fexp (Zdigits2 m + e)) in *. set (n := round_nearest_even (shr_m r) (loc_of_shr_record r)) in *.
  destruct (renormalised _ _ _ G P) as (t & j & -> & T & V & C & F & I').
  destruct (shr_m t) as [|p|p] eqn:M; [| |lia].
  - exists (Number 0). repeat split. exists k, n. split; [exact G|]. pose proof (two_positive emax).
    change (inject_Z 0) with 0%Q in V.
    destruct s; cbn [opposite]; (split; [rewrite <- V; ring | lra]).
  - cbn [Zdigits2] in C. destruct C as [C|(C1 & C2 & C3)]; [lia|]. destruct (Zle_bool j (emax - prec)) eqn:B.
    + apply Z.leb_le in B. eexists. split; [reflexivity|]. split; [|apply canonical; assumption].
      exists k, n. split; [exact G|].
      specialize (F B). destruct s; cbn [cond_Zopp opposite]; [rewrite finite_negative|]; rewrite V; split; ring || lra.
    + apply Z.leb_gt in B. exists (if s then MinusInfinity else PlusInfinity). repeat split.
      exists k, n. split; [exact G|].
      assert (Y : n <> 0).
      { intro Y. rewrite Y in V. change (inject_Z 0) with 0%Q in V. pose proof (finite_positive p j). lra. }
      specialize (I' B Y). destruct s; exact I'.
Qed.

Lemma shifted_left : forall m e k m' e', shl_align m e k = (m', e') ->
  e' = Z.min e k /\ Zpos m' = 2 ^ (e - e') * Zpos m.
Proof.
  intros m e k m' e' H. unfold shl_align in H. destruct (k - e) as [|d|d] eqn:D; inversion H; subst.
  1-2: (split; [lia|]; rewrite Z.sub_diag; reflexivity).
  split; [lia|]. rewrite shift_pos_correct, Z.pow_pos_fold.
  replace (e - e') with (Zpos d) by lia. reflexivity.
Qed.

Lemma shifted_digits : forall m e m' e', e' <= e -> Zpos m' = 2 ^ (e - e') * Zpos m ->
  Zpos (digits2_pos m') + e' = Zpos (digits2_pos m) + e.
Proof.
  intros m e m' e' L H. destruct (digits_bounds m) as [D U].
  assert (X : Zpos (digits2_pos m') = Zpos (digits2_pos m) + (e - e')); [|lia].
  pose proof (Z.pow_pos_nonneg 2 (e - e') ltac:(lia) ltac:(lia)).
  apply digits_unique. rewrite H. split.
  - replace (Zpos (digits2_pos m) + (e - e') - 1) with (e - e' + (Zpos (digits2_pos m) - 1)) by lia.
    rewrite Z.pow_add_r by lia. apply Z.mul_le_mono_nonneg_l; lia.
  - rewrite Z.add_comm, Z.pow_add_r by lia. apply Z.mul_lt_mono_pos_l; lia.
Qed.

Theorem binary_round_rounds : forall s m e, exists v,
  value_of (binary_round prec emax s m e) = Some v /\
  rounds_to (Number (inject_Z (cond_Zopp s (Zpos m)) * two e)) v /\
  valid_binary prec emax (binary_round prec emax s m e) = true.
Proof.
  intros s m e. unfold binary_round. destruct (shl_align m e (fexp (Zpos (digits2_pos m) + e))) as [m' e'] eqn:A.
  apply shifted_left in A as [E M]. pose proof (finite_positive m e) as P.
  destruct (binary_round_aux_nearest s (Zpos m') e' loc_Exact (inject_Z (Zpos m) * two e)) as (v & V & N & W).
  - lia.
  - exact P.
  - cbn [located]. rewrite M, inject_Z_mult, (two_split e e') by lia. ring.
  - cbn [Zdigits2]. rewrite (shifted_digits m e m' e') by (lia || exact M). lia.
  - exists v. split; [exact V|]. split; [|exact W]. destruct s; cbn [FloatRounding.rounds_to cond_Zopp].
    + right; right. split; [rewrite finite_negative; lra|]. revert N. apply nearest_equal.
      rewrite finite_negative. ring.
    + left. split; assumption.
Qed.

End Format.
