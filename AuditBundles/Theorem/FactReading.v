(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Facts that are read from scripts are proper *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Strings.Byte Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs Concretization PredicateProofs.
From AICheck Require Import FloatValidity.
Import ListNotations.
Open Scope Z_scope.

(** ** Numbers *)

Lemma number_of_byte : forall b, 0 <= number_of b < 256.
Proof. intro b. unfold number_of. pose proof (Byte.to_N_bounded b). lia. Qed.

Lemma read_small_range : forall s n s' e, read_small s = Some (n, s', e) -> 0 <= n < 256.
Proof. unfold read_small. intros. monad. apply number_of_byte. Qed.

Lemma read_bits64_range : forall s n s' e, read_bits64 s = Some (n, s', e) -> 0 <= n < 2 ^ 64.
Proof.
  unfold read_bits64. intros. monad.
  repeat match goal with R : read_small _ = Some _ |- _ => apply read_small_range in R end.
  assert (2 ^ 64 = 18446744073709551616) as -> by reflexivity. lia.
Qed.

Lemma leb128_positive : forall s scale n s', 0 <= scale -> leb128 s scale = Some (n, s') -> 0 <= n.
Proof.
  induction s as [|b s IH]; intros scale n s' S H; [discriminate|]. cbn in H. pose proof (number_of_byte b).
  destruct (number_of b <? 128) eqn:E; booleans.
  - destruct (_ =? 0); [discriminate|]. inversion H; subst. nia.
  - destruct (leb128 s (scale * 128)) as [[k r]|] eqn:L; [|discriminate]. inversion H; subst.
    apply IH in L; [|lia]. assert (0 <= (number_of b - 128) * scale) by nia. lia.
Qed.

Lemma read_unsigned_positive : forall s n s' e, read_unsigned s = Some (n, s', e) -> 0 <= n.
Proof.
  unfold read_unsigned. intros s n s' e H. monad. unfold read_leb in H0. destruct s as [|b s]; [discriminate|].
  pose proof (number_of_byte b). destruct (number_of b <? 128) eqn:E; booleans; [inversion H0; subst; lia|].
  destruct (leb128 s 128) as [[k r]|] eqn:L; [|discriminate]. inversion H0; subst. apply leb128_positive in L; lia.
Qed.

Lemma read_type_proper : forall s t s' e, read_type s = Some (t, s', e) -> proper_type t.
Proof.
  unfold read_type. intros s t s' e H. monad.
  repeat match goal with H : (if ?c then _ else _) _ = Some _ |- _ => destruct c; monad end;
    try exact I; try discriminate.
  cbn. unfold proper. cbn. lia.
Qed.

(** ** Ranges and targets *)

Lemma fle_numbers : forall x y, fle x y = true -> x <> S754_nan /\ y <> S754_nan.
Proof. intros x y H. split; intro; subst; [destruct y|destruct x]; discriminate H. Qed.

Section Reading.
Lemma read_range_proper : forall s r s' e, read_range s = Some (r, s', e) -> proper_range r.
Proof.
  unfold read_range, read_float. intros s r s' e H. monad.
  repeat match goal with R : read_bits64 _ = Some _ |- _ => apply read_bits64_range in R end.
  match goal with F : fle _ _ = true |- _ => apply fle_numbers in F as [? ?] end.
  repeat split; cbn [flower fupper]; auto using float_of_bits_valid.
Qed.

Variable C : certificate.

Lemma read_entry_proper : forall p s q s' e, Forall proper_entry (fst p) ->
  read_entry C p s = Some (q, s', e) -> Forall proper_entry (fst q).
Proof.
  intros p s q s' e PR H. unfold read_entry in H. monad. destruct x as [n t]. monad.
  unfold read_modulus in *. monad. constructor; [|exact PR]. unfold proper_entry. cbn in *. lia.
Qed.

Lemma read_targets_proper : forall s l s' e, read_targets C s = Some (l, s', e) -> Forall proper_entry l.
Proof.
  intros s l s' e H. unfold read_targets in H. monad. unfold rev'. rewrite <- rev_alt. apply Forall_rev.
  match goal with R : repeat _ _ _ _ = Some _ |- _ =>
    eapply (repeat_inv (fun p => Forall proper_entry (fst p)) (read_entry C) (fun _ => True));
      [| |exact R|apply Forall_forall; auto] end.
  - intros. eapply read_entry_proper; eauto.
  - constructor.
Qed.

Lemma read_predicate_proper : forall t s p s' e, read_predicate C t s = Some (p, s', e) -> proper_predicate p.
Proof.
  intros [t| |f] s p s' e H; cbn [read_predicate] in H; monad.
  - unfold read_modulus in *. monad. cbn in *. lia.
  - destruct x; monad; [exact I|]. eapply read_targets_proper; eauto.
  - destruct x; monad; [exact I|]. eapply read_range_proper; eauto.
Qed.

(** ** Facts *)

Theorem read_memory_fact_proper : forall allowed pointers s f s' e,
  read_memory_fact C allowed pointers s = Some (f, s', e) -> proper_about (fact_about f).
Proof.
  intros allowed pointers s f s' e H. unfold read_memory_fact in H. monad. destruct x1 as [n t]. monad.
  cbn [fact_about].
  match goal with H : (if ?c then _ else _) _ = Some _ |- _ => destruct c end.
  { monad.
    repeat match goal with
    | R : read_unsigned _ = Some _ |- _ => apply read_unsigned_positive in R
    | R : read_type _ = Some _ |- _ => apply read_type_proper in R
    | R : read_predicate _ _ _ = Some _ |- _ => apply read_predicate_proper in R
    end.
    match goal with T : proper_type ?t |- _ => pose proof (width_positive t T) end.
    match goal with S : (if ?c then _ else _) = true |- _ => destruct c eqn:ONE in S end; monad; booleans;
      cbn; rewrite ?ONE; repeat split; auto; try lia; match goal with |- if ?c then _ else _ => destruct c eqn:ONE' end;
      monad; booleans; lia. }
  repeat match goal with H : (if ?c then _ else _) _ = Some _ |- _ => destruct c; monad end; try exact I.
  match goal with R : read_small _ = Some (?v, _, _) |- context [Bytes _ _ ?v] =>
    apply read_small_range in R; exact R end.
Qed.

End Reading.
