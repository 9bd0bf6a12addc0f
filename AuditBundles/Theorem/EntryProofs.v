(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Entries of targets: what is inside another, joined lists *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs Concretization.
Import ListNotations.
Open Scope Z_scope.

Section Entries.
Variable C : certificate.
Variable m : memory.
Variable tagged : ghost.
Notation has_tag := (has_tag C m tagged).
Notation in_entry := (in_entry C m tagged).
Notation in_targets := (in_targets C m tagged).

Lemma object_tag : forall t b, PM.find t (tags C) = Some b -> (names_objects C t <-> is_object b = true).
Proof.
  intros t b T. unfold names_objects. rewrite T. split; [intros (b' & E & O); inversion E; subst; auto|eauto].
Qed.

Lemma no_function : forall t f, names_objects C t -> PM.find t (tags C) = Some (TFunction f) -> False.
Proof. intros t f (b & E & O) F. rewrite F in E. inversion E; subst. discriminate. Qed.

Lemma remainder_inside : forall n k r o, 1 <= n -> (k mod n =? 0) && (r mod n =? 0) = true -> (k | o) -> (n | o - r).
Proof.
  intros n k r o N E D. monad. apply Z.divide_sub_r; [|apply Z.mod_divide; lia].
  eapply Z.divide_trans; [|exact D]. apply Z.mod_divide; lia.
Qed.

Lemma entry_inside_in : forall e f b o, proper_entry f -> entry_inside e f = true -> in_entry e b o -> in_entry f b o.
Proof.
  intros e f b o PR E (T & N & F). unfold entry_inside in E. unfold proper_entry in PR. monad.
  match goal with H : Pos.eqb _ _ = true |- _ => apply Pos.eqb_eq in H; rename H into TAG end.
  unfold in_entry. rewrite <- TAG. split; [exact T|]. split; [|exact F]. intro O. destruct (N O) as [B M].
  split; [eapply contains_range_in; eauto|].
  match goal with H : (_ || _ || _)%bool = true |- _ =>
    apply orb_true_iff in H as [H|H]; [apply orb_true_iff in H as [H|H]|] end.
  - monad. match goal with H : modulus f = 1 |- _ => rewrite H end. apply Z.divide_1_l.
  - replace (o - remainder f) with ((o - remainder e) - (remainder f - remainder e)) by lia.
    eapply remainder_inside; [exact PR| |exact M]. monad. apply andb_true_iff. split; apply Z.eqb_eq; [assumption|].
    match goal with H : (remainder e - remainder f) mod _ = 0 |- _ => apply Z.mod_divide in H; [|lia] end.
    apply Z.mod_divide; [lia|]. replace (remainder f - remainder e) with (- (remainder e - remainder f)) by lia.
    apply Z.divide_opp_r. assumption.
  - destruct (entry_bounds e) as [lo hi]. unfold In_bounds in B. cbn in *.
    destruct lo as [x|]; cbn in *; [|discriminate]. destruct hi as [y|]; cbn in *; [|monad; discriminate]. monad.
    assert (o = x) by lia. subst.
    match goal with H : (_ || _)%bool = true |- _ => apply orb_true_iff in H as [H|H] end; monad.
    + replace (modulus f) with 1 by lia. apply Z.divide_1_l.
    + match goal with H : _ mod _ = remainder f |- _ => rewrite <- H end. apply Z.mod_divide; [lia|].
      rewrite Zminus_mod_idemp_r, Z.sub_diag. apply Z.mod_0_l. lia.
Qed.

Lemma entries_inside_in : forall l n b o, Forall proper_entry n ->
  entries_inside l n = true -> in_targets l b o -> in_targets n b o.
Proof.
  induction l as [|e l IH]; intros n b o PR E H; [inversion H|].
  induction n as [|f n IHn]; [discriminate|]. inversion PR; subst.
  change (entries_inside (e :: l) (f :: n)) with
    (if Pos.ltb (entry_tag f) (entry_tag e) then entries_inside (e :: l) n
     else entry_inside e f && entries_inside l (f :: n)) in E.
  destruct (Pos.ltb _ _).
  - apply Exists_cons_tl. apply IHn; assumption.
  - monad. inversion H; subst.
    + apply Exists_cons_hd. eapply entry_inside_in; eauto.
    + apply IH; auto.
Qed.

Lemma entry_hull_in : forall e f b o, entry_tag e = entry_tag f ->
  in_entry e b o \/ in_entry f b o -> in_entry (entry_hull e f) b o.
Proof.
  intros e f b o T H. unfold entry_hull, Concretization.in_entry in *. cbn [entry_tag entry_bounds modulus remainder].
  rewrite <- T in H. destruct H as [H|H]; destruct H as (HT & N & F); (split; [exact HT|]; split; [|exact F]); intro O;
    destruct (N O) as [B D]; (split; [apply hull_in; auto|]);
    destruct (_ && _)%bool eqn:E; monad; try apply Z.divide_1_l; congruence.
Qed.

Lemma join_entries_in : forall l n b o, in_targets l b o \/ in_targets n b o -> in_targets (join_entries l n) b o.
Proof.
  induction l as [|e l IH]; intros n b o H; [destruct H as [H|H]; [inversion H|exact H]|].
  induction n as [|f n IHn]; [destruct H as [H|H]; [exact H|inversion H]|].
  change (join_entries (e :: l) (f :: n)) with
    (match Pos.compare (entry_tag e) (entry_tag f) with
     | Lt => e :: join_entries l (f :: n)
     | Gt => f :: join_entries (e :: l) n
     | Eq => entry_hull e f :: join_entries l n
     end).
  destruct (Pos.compare _ _) eqn:E.
  - apply Pos.compare_eq in E. destruct H as [H|H]; inversion H; subst;
      solve [apply Exists_cons_hd; apply entry_hull_in; auto | apply Exists_cons_tl; apply IH; auto].
  - destruct H as [H|H]; [inversion H; subst|];
      solve [apply Exists_cons_hd; auto | apply Exists_cons_tl; apply IH; auto].
  - destruct H as [H|H]; [|inversion H; subst];
      solve [apply Exists_cons_hd; auto | apply Exists_cons_tl; apply IHn; auto].
Qed.

Lemma entry_hull_proper : forall e f, proper_entry e -> proper_entry (entry_hull e f).
Proof. unfold proper_entry, entry_hull. intros e f H. cbn. destruct (_ && _)%bool; lia. Qed.

Lemma join_entries_proper : forall l n,
  Forall proper_entry l -> Forall proper_entry n -> Forall proper_entry (join_entries l n).
Proof.
  induction l as [|e l IH]; intros n L N; [exact N|]. inversion L; subst.
  induction n as [|f n IHn]; [exact L|]. inversion N; subst.
  change (join_entries (e :: l) (f :: n)) with
    (match Pos.compare (entry_tag e) (entry_tag f) with
     | Lt => e :: join_entries l (f :: n)
     | Gt => f :: join_entries (e :: l) n
     | Eq => entry_hull e f :: join_entries l n
     end).
  destruct (Pos.compare _ _); constructor; auto using entry_hull_proper.
Qed.

(** An entry without limits says that the base has the tag; a function's also that the offset is 0. *)
Lemma entry_of_tag_in : forall t b o, has_tag t b ->
  ((exists f, PM.find t (tags C) = Some (TFunction f)) -> o = 0) -> in_entry (entry_of_tag t) b o.
Proof.
  intros t b o H F. split; [exact H|]. split; [|exact F]. intros _. cbn. split; [split; exact I|apply Z.divide_1_l].
Qed.

End Entries.
