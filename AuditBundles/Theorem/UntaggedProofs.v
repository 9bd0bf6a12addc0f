(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Constants: what is said of the world without dynamic tags holds with them *)

From Coq Require Import ZArith List Bool FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Concretization.

Section Constants.
Variable P : program.
Variable C : certificate.
Variable m : memory.
Variable tagged : ghost.

Lemma untagged_tag : forall t n, tag_is C untagged t n -> tag_is C tagged t n.
Proof. intros t n H. unfold tag_is in *. destruct (PM.find t (tags C)) as [[]|], n; auto; discriminate H. Qed.

Lemma untagged_has : forall t b, has_tag C m untagged t b -> has_tag C m tagged t b.
Proof.
  intros t b H. unfold has_tag in *. destruct (PM.find t (tags C)) as [[]|]; auto; destruct H as (n & E & T);
    exists n; auto using untagged_tag.
Qed.

Lemma untagged_predicate : forall p t x, satisfies_predicate C m untagged p t x -> satisfies_predicate C m tagged p t x.
Proof.
  intros p t x H. destruct p as [b k r|[l|]|[r|]], t, x; cbn in *; auto. unfold in_targets in *.
  eapply Exists_impl; [|exact H]. intros e (T & I). split; auto using untagged_has.
Qed.

Lemma untagged_says : forall z o a, says P C m untagged z o a -> says P C m tagged z o a.
Proof.
  intros z o a H. destruct a; auto. intros k K. destruct (H k K) as [[I Q]|Q]; [left|right; exact Q]. split; [exact I|].
  unfold cell_satisfies in *. destruct (cell o _ _ _); [apply untagged_predicate; exact Q|]. intros v T.
  apply untagged_predicate. auto.
Qed.
End Constants.
