(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The ledger has what all scripts said *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Scripts Checker.
From AICheck Require Import NumberProofs DerivationProofs.
Import ListNotations.

Section Ledger.
Variable A : positive -> Prop.
Notation Holds := (Holds A).

(** The ledger knows of the event. *)
Definition recorded (s : ledger) (e : event) : Prop :=
  match e with
  | Claimed o l =>
    match PM.find o (fst s) with Some (Proved m) => Holds m -> Holds l | Some NotProved => True | _ => False end
  | Unproved o => PM.find o (fst s) = Some NotProved
  | Control l => Holds (snd s) -> Holds l
  end.

Lemma record_adds : forall s e, recorded (record s e) e.
Proof.
  intros s [o l|o|l]; cbn.
  - rewrite PM.gss. destruct (PM.find o (fst s)) as [[| |m]|]; auto. intro H. apply union_holds in H. apply H.
  - apply PM.gss.
  - intro H. apply union_holds in H. apply H.
Qed.

Lemma record_keeps : forall s e e', recorded s e -> recorded (record s e') e.
Proof.
  intros s e e' R. destruct e as [o l|o|l]; destruct e' as [o' l'|o'|l']; cbn in *; auto.
  - destruct (Pos.eq_dec o o') as [->|N]; [|rewrite PM.gso by auto; exact R]. rewrite PM.gss.
    destruct (PM.find o' (fst s)) as [[| |m]|]; auto; try contradiction. intro H. apply union_holds in H.
    apply R. apply H.
  - destruct (Pos.eq_dec o o') as [->|N]; [rewrite PM.gss; exact I|rewrite PM.gso by auto; exact R].
  - destruct (Pos.eq_dec o o') as [->|N]; [rewrite PM.gss, R; reflexivity|rewrite PM.gso by auto; exact R].
  - destruct (Pos.eq_dec o o') as [->|N]; [apply PM.gss|rewrite PM.gso by auto; exact R].
  - intro H. apply union_holds in H. apply R. apply H.
Qed.

Lemma fold_keeps : forall l s e, recorded s e -> recorded (fold_left record l s) e.
Proof. induction l as [|x l IH]; intros s e R; cbn; auto using record_keeps. Qed.

Lemma fold_adds : forall l s e, In e l -> recorded (fold_left record l s) e.
Proof.
  induction l as [|x l IH]; intros s e I; [contradiction|]. cbn.
  destruct I as [->|I]; auto using fold_keeps, record_adds.
Qed.

(** All nodes are accepted, and the ledger has what they say. *)
Lemma check_nodes_keeps : forall P C number l s r e, check_nodes P C number l s = Some r -> recorded s e ->
  recorded r e.
Proof.
  intros P C number. induction l as [|n l IH]; intros s r e H R; cbn in H; [injection H as <-; exact R|].
  destruct (check_node P C number n) as [v|]; [|discriminate]. eapply IH; eauto using fold_keeps.
Qed.

Lemma check_nodes_records : forall P C number l s r n, check_nodes P C number l s = Some r -> In n l ->
  exists v, check_node P C number n = Some v /\ forall e, In e v -> recorded r e.
Proof.
  intros P C number. induction l as [|x l IH]; intros s r n H I; [contradiction|]. cbn in H.
  destruct (check_node P C number x) as [v|] eqn:CK; [|discriminate]. destruct I as [->|I]; [|eauto].
  exists v. split; auto. intros e IE. eapply check_nodes_keeps; eauto using fold_adds.
Qed.

End Ledger.
