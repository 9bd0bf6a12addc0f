(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Initial values, and the predicates that the checker finds them to satisfy *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs Concretization OperandProofs PredicateProofs.
From AICheck Require Import InitialObjects.
Import ListNotations.
Open Scope Z_scope.

Section Values.
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable m : memory.
Variable tagged : ghost.
Notation in_targets := (in_targets C m tagged).
Notation satisfies_predicate := (satisfies_predicate C m tagged).

Lemma same_class : forall c d, class_eqb c d = true -> c = d.
Proof. unfold class_eqb. intros c d H. destruct (class_eq_dec c d); [auto|discriminate]. Qed.

(** ** Integers *)

Lemma integer_satisfies : forall n t u b k r, proper t -> proper u -> bits t = bits u -> in_itype t n -> 1 <= k ->
  value_satisfies CP (IInteger n) (TInteger t) (PInteger b k r) (TInteger u) = true ->
  satisfies_predicate (PInteger b k r) (TInteger u) (VInteger n).
Proof.
  intros n t u b k r T U W I K H. cbn [value_satisfies range_of_type] in H.
  apply andb_true_iff in H as [H HM]. apply andb_true_iff in H as [H HF]. apply andb_true_iff in H as [HS HB].
  assert (E : In_bounds (exactly n) n) by (split; cbn; lia).
  assert (IU : in_itype u n).
  { apply orb_true_iff in HS as [HS|HS].
    - rewrite <- (same_sign_type t u W HS). exact I.
    - eapply range_in_type; [exact U|exact W|exact I|]. eapply contains_range_in; eauto. }
  cbn. rewrite wrap_small by auto. split; [eapply contains_range_in; eauto|].
  apply Z.eqb_eq in HM. apply Z.mod_divide; [lia|exact HM].
Qed.

Lemma all_bounds : forall b, bounds_eqb b all = true -> forall n, In_bounds b n.
Proof. intros [[l|] [u|]] H; try discriminate. intro n. split; exact I. Qed.

Lemma any_integer_satisfies : forall n u b k r, proper u ->
  (k =? 1) && bounds_eqb (relaxed b (type_range u)) all = true ->
  satisfies_predicate (PInteger b k r) (TInteger u) (VInteger n).
Proof.
  intros n u b k r U H. apply andb_true_iff in H as [K B]. apply Z.eqb_eq in K. subst k. cbn.
  split; [|apply Z.divide_1_l]. eapply relaxed_in; [apply all_bounds; exact B|apply type_range_in, wrap_in; exact U].
Qed.

(** ** Pointers *)

Lemma null_target : forall l, existsb (fun e => Pos.eqb (entry_tag e) null_tag) l = true -> in_targets l BNull 0.
Proof.
  intros l H. apply existsb_exists in H as (e & I & T). apply Pos.eqb_eq in T. apply Exists_exists.
  exists e. split; [exact I|]. pose proof (proj1 (fixed_tags _ _ FIT)) as N.
  unfold in_entry, has_tag, names_objects. rewrite T, N.
  split; [reflexivity|]. split; [intros (b & B & O); injection B as <-; discriminate|reflexivity].
Qed.

Lemma function_target : forall f l, exists_in (cfunctions CP) f = true ->
  existsb (fun e => Pos.eqb (entry_tag e) (f + 3)) l = true -> in_targets l (BFunction f) 0.
Proof.
  intros f l EX H. apply existsb_exists in H as (e & I & T). apply Pos.eqb_eq in T. apply Exists_exists.
  exists e. split; [exact I|].
  unfold exists_in in EX. destruct (PM.find f (cfunctions CP)) as [F|] eqn:Q; [|discriminate].
  pose proof (function_tag_of _ _ FIT _ _ Q) as N. unfold in_entry, has_tag, names_objects. rewrite T, N.
  split; [reflexivity|]. split; [intros (b & B & O); injection B as <-; discriminate|reflexivity].
Qed.

Lemma object_target : forall o k l, exists_in (cstatics CP) o = true -> Forall proper_entry l ->
  existsb (fun e => Pos.eqb (entry_tag e) (o + (function_count CP + 2)) && entry_contains e (Some k)) l = true ->
  in_targets l (BObject (Static o)) k.
Proof.
  intros o k l EX PR H. apply existsb_exists in H as (e & I & T). apply andb_true_iff in T as [T K].
  apply Pos.eqb_eq in T. rewrite Forall_forall in PR. specialize (PR e I). apply Exists_exists.
  exists e. split; [exact I|].
  unfold exists_in in EX. destruct (PM.find o (cstatics CP)) as [d|] eqn:Q; [|discriminate].
  destruct (static_tag_of _ _ FIT _ _ Q) as (kd & s & a & N). unfold in_entry, has_tag. rewrite T, N. split; [|split].
  - exists (Static o). split; [reflexivity|]. unfold tag_is. rewrite N. reflexivity.
  - intros _. cbn in K. repeat rewrite andb_true_iff in K. destruct K as [[L U] M]. split.
    + unfold In_bounds. destruct (lower (entry_bounds e)), (upper (entry_bounds e)); split; auto; lia.
    + unfold proper_entry in PR. apply orb_true_iff in M as [M|M].
      * replace (modulus e) with 1 by lia. apply Z.divide_1_l.
      * apply Z.eqb_eq in M. rewrite <- M. apply Z.mod_divide; [lia|].
        rewrite Zminus_mod_idemp_r, Z.sub_diag. apply Z.mod_0_l. lia.
  - intros (f & F). congruence.
Qed.

(** ** Values *)

Theorem value_satisfies_sound : forall i t p u v, proper_type t -> proper_type u -> same_cell t u = true ->
  proper_predicate p -> speaks_of p u = true -> class_eqb (initial_class t i) (class_of t) = true ->
  proper_value CP t i = true -> value_of_initial P t i v -> value_satisfies CP i t p u = true ->
  satisfies_predicate p u v.
Proof.
  intros i t p u v T U SC PR SP CL PV V H. apply same_class in CL.
  destruct p as [b k r|[l|]|[r|]]; destruct u as [u| |g]; try discriminate; clear SP.
  - destruct t as [t| |]; try (apply same_cell_is in SC as [_ SC]; discriminate).
    apply same_cell_is in SC as [W _]. destruct i; try discriminate; cbn in V.
    + subst v. cbn in PV. eapply integer_satisfies; [exact T|exact U|exact W| |exact PR|exact H].
      unfold in_itype. lia.
    + destruct v; try contradiction. apply any_integer_satisfies; auto.
  - destruct i; try discriminate; cbn in V; subst v; cbn [value_satisfies] in H; cbn.
    + apply null_target. exact H.
    + apply object_target; auto.
    + apply function_target; auto.
  - destruct t as [| |]; try (apply same_cell_is in SC as [_ SC]; discriminate).
    destruct i; try discriminate; cbn in V; try (subst v; exact I). destruct v; [contradiction|exact I|contradiction].
  - destruct i as [|x| | | |]; try discriminate. cbn in V. subst v. cbn.
    destruct x; try exact H; cbn [value_satisfies] in H; apply andb_true_iff in H; exact H.
  - destruct t as [| |f]; try (apply same_cell_is in SC as [_ SC]; discriminate).
    destruct i; try discriminate; cbn in V; try (subst v; exact I). destruct v; try contradiction. exact I.
Qed.

Lemma zero_proper : forall u, proper_type u -> proper_value CP u (zero_value u) = true.
Proof.
  intros [u| |f] U; cbn in *; auto. unfold proper in U. unfold least, greatest.
  assert (0 < 2 ^ (bits u - 1)) by (apply Z.pow_pos_nonneg; lia).
  assert (0 < 2 ^ bits u) by (apply Z.pow_pos_nonneg; lia). destruct (signed u); apply andb_true_iff; lia.
Qed.

(** Where nothing is stored there is 0. *)
Lemma zero_satisfies : forall p u q v, proper_type u -> proper_predicate p -> speaks_of p u = true ->
  value_satisfies CP (zero_value u) u p u = true -> filled 0 q (width u) (class_of u) = Some v ->
  satisfies_predicate p u v.
Proof.
  intros p u q v U PR SP H F. eapply value_satisfies_sound with (i := zero_value u) (t := u); eauto using zero_proper.
  - unfold same_cell. rewrite Z.eqb_refl. destruct (class_eq_dec _ _); auto.
  - unfold class_eqb. destruct u; reflexivity.
  - rewrite zero_filled in F. destruct u; cbn in *; congruence.
Qed.
End Values.
