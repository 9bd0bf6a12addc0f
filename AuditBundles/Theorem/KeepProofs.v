(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Facts that are kept by a test, and facts that get another tag *)

From Coq Require Import ZArith NArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes NumberProofs DerivationProofs.
From AICheck Require Import IntegerProofs Concretization TableProofs.
Import ListNotations.
Open Scope Z_scope.

Section Keep.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable P : program.
Variable C : certificate.
Notation weaker := (weaker A P C).

Lemma weaker_keep_facts : forall g t keep s h s' e, consistent g -> keep_facts g t keep s = Some (h, s', e) ->
  weaker g h.
Proof.
  intros g t keep s h s' e T H. unfold keep_facts in H. eapply each_weaker; [|exact T|exact H].
  cbn. intros n k s1 k' s2 e' _ _ R. unfold held_fact in R. monad.
  destruct (keep _); auto using weaker_refl, weaker_remove_fact.
Qed.

(** Facts of the tag that are left pass the test; all that is left was there. *)
Lemma find_keep_facts : forall g t keep s h s' e n f, consistent g -> keep_facts g t keep s = Some (h, s', e) ->
  PM.find n (facts h) = Some f -> PM.find n (facts g) = Some f /\
    (fact_tag (fst f) = t -> keep (fact_about (fst f)) = true).
Proof.
  intros g t keep s h s' e n f T H F. unfold keep_facts in H.
  assert (Q : forall n f, PM.find n (facts h) = Some f -> PM.find n (facts g) = Some f /\
                (fact_tag (fst f) = t -> In n [] \/ keep (fact_about (fst f)) = true)).
  { eapply (each_inv (fun l k => forall n f, PM.find n (facts k) = Some f -> PM.find n (facts g) = Some f /\
               (fact_tag (fst f) = t -> In n l \/ keep (fact_about (fst f)) = true)) (fun _ => True)); [| |exact H|].
    - cbn. intros k l k1 s1 k2 s2 e' I R _ m x M. unfold held_fact in R. monad.
      match goal with R : PM.find k _ = Some ?y |- _ => destruct (keep (fact_about (fst y))) eqn:K;
        rename R into FK end.
      + destruct (I m x M) as [M' O]. split; auto. intro E. destruct (O E) as [[->|J]|J]; auto.
        rewrite M in FK. injection FK as ->. auto.
      + apply find_remove_fact in M as [N M]. destruct (I m x M) as [M' O]. split; auto.
        intro E. destruct (O E) as [[J|J]|J]; auto.
    - intros m x M. split; auto. intro E. left. rewrite <- E. apply facts_about_all; auto.
    - apply Forall_forall. auto. }
  destruct (Q n f F) as [F' K]. split; auto. intro E. destruct (K E) as [[]|K']. exact K'.
Qed.

Lemma keep_facts_quiet : forall g t keep s h s' e, keep_facts g t keep s = Some (h, s', e) -> s' = s /\ e = [].
Proof.
  intros g t keep. unfold keep_facts. generalize (facts_about g t). intro l. revert g.
  induction l as [|n l IH]; intros g s h s' e H; cbn in H; [monad; auto|].
  apply bind_inv in H as (k & s1 & e1 & e2 & H1 & H2 & ->). unfold held_fact in H1. monad. apply IH in H2 as [-> ->].
  auto.
Qed.

(** *** A fact that moves to another tag *)

Lemma in_insert_descending : forall n l k, In k (insert_descending n l) <-> k = n \/ In k l.
Proof.
  clear A. intros n. induction l as [|m l IH]; intro k; cbn.
  - intuition.
  - destruct (Pos.ltb m n); cbn; [intuition|]. rewrite IH. intuition.
Qed.

Lemma memory_move_fact : forall g n t, memory_step g (move_fact g n t).
Proof.
  intros g n t. unfold move_fact. destruct (PM.find n (facts g)) as [[f time]|] eqn:F; [|apply memory_refl].
  eapply memory_trans; [apply (memory_remove_fact g n)|]. split; reflexivity.
Qed.

Lemma same_move_fact : forall g n t, contents (move_fact g n t) = contents g /\ clock (move_fact g n t) = clock g /\
  log (move_fact g n t) = log g.
Proof.
  intros g n t. unfold move_fact. destruct (PM.find n (facts g)) as [[f time]|] eqn:F; auto.
  cbn. destruct (same_remove_fact g n) as (-> & -> & -> & _). auto.
Qed.

Lemma find_move_fact : forall g n t k x, PM.find k (facts (move_fact g n t)) = Some x ->
  k <> n /\ PM.find k (facts g) = Some x \/
  k = n /\ exists f, PM.find n (facts g) = Some f /\ fact_tag (fst x) = t /\ fact_about (fst x) = fact_about (fst f) /\
                     label_of_fact (move_fact g n t) x = label_of_fact g f /\ snd x = snd f.
Proof.
  intros g n t k x H. destruct (same_move_fact g n t) as (_ & _ & EL). unfold label_of_fact. rewrite EL. clear EL.
  unfold move_fact in H. destruct (PM.find n (facts g)) as [[f time]|] eqn:F.
  - cbn in H. destruct (Pos.eq_dec k n) as [->|N].
    + rewrite PM.gss in H. injection H as <-. right. split; auto. exists (f, time). auto.
    + rewrite PM.gso in H by auto. apply find_remove_fact in H. auto.
  - left. split; auto. intros ->. congruence.
Qed.

Lemma consistent_move_fact : forall g n t, consistent g -> consistent (move_fact g n t).
Proof.
  clear A. intros g n t T. destruct (same_move_fact g n t) as (EC & EK & EL).
  apply (consistent_memory g); auto using memory_move_fact; unfold contents_of; rewrite ?EC, ?EK, ?EL; try apply T.
  - pose proof (consistent_remove_fact g n T) as TR. intros k x F. unfold move_fact in *.
    destruct (PM.find n (facts g)) as [[f time]|] eqn:Q; [|apply (indexed _ T k x F)]. cbn in F |- *.
    apply find_add in F as [[-> ->]|F].
    + cbn. rewrite PM.gss. eexists. split; [reflexivity|]. apply in_insert_descending. auto.
    + destruct (indexed _ TR k x F) as (l & E & I). destruct (Pos.eq_dec (fact_tag (fst x)) t) as [H|H].
      * rewrite H in *. rewrite PM.gss, E. eexists. split; [reflexivity|]. apply in_insert_descending. auto.
      * rewrite PM.gso by auto. eauto.
  - intros k x F. apply find_move_fact in F as [[_ F]|(-> & f & F & _ & _ & _ & E)]; [apply (fact_times _ T k x F)|].
    rewrite E. apply (fact_times _ T n f F).
  - intros k x F. apply find_move_fact in F as [[_ F]|(-> & f & F & _ & E & _)]; [apply (facts_proper _ T k x F)|].
    rewrite E. apply (facts_proper _ T n f F).
Qed.

End Keep.
