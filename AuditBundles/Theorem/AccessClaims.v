(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Demands and claims of the instructions that access memory *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs HitProofs CaseProofs WalkProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** The first demand that does not hold *)

Lemma violated_app : forall l l' k, violated (l ++ l') k -> violated l k \/ met l /\ violated l' k.
Proof.
  induction l as [|[j D] l IH]; cbn; intros l' k H; [right; split; auto; constructor|].
  inversion H; subst; [left; constructor; auto|].
  match goal with V : violated (_ ++ _) _ |- _ => destruct (IH _ _ V) as [Q|[M Q]] end.
  - left. constructor; auto.
  - right. split; auto. constructor; auto.
Qed.

Lemma violated_split : forall (due : kind -> Prop) l k, violated (map (fun k => (k, due k)) l) k ->
  exists l1 l2, l = l1 ++ k :: l2 /\ Forall due l1 /\ ~ due k.
Proof.
  intros due l. induction l as [|j l IH]; cbn; intros k H; inversion H; subst.
  - exists [], l. auto.
  - match goal with V : violated (map _ _) _ |- _ => destruct (IH _ V) as (l1 & l2 & -> & F & N) end.
    exists (j :: l1), l2. split; auto.
Qed.

Lemma split_app : forall {T} (l r l1 l2 : list T) k, l ++ r = l1 ++ k :: l2 ->
  (exists l3, l = l1 ++ k :: l3) \/ (exists l3, l1 = l ++ l3 /\ r = l3 ++ k :: l2).
Proof.
  intros T l. induction l as [|x l IH]; cbn; intros r l1 l2 k E; [right; exists l1; auto|].
  destruct l1 as [|y l1]; cbn in E; injection E as -> E; [left; exists l; auto|].
  destruct (IH _ _ _ _ E) as [(l3 & ->)|(l3 & -> & ->)]; [left; exists l3; auto|right; exists l3; auto].
Qed.

Lemma met_kinds : forall (due : kind -> Prop) l, met (map (fun k => (k, due k)) l) <-> Forall due l.
Proof. intros due l. unfold met. rewrite Forall_map. reflexivity. Qed.

(** ** The claims of a list of kinds *)

Definition slot (k : kind) : nat :=
  match k with
  | NullDereference => 0 | UseAfterFree => 1 | DanglingPointer => 2 | MisalignedAccess => 4 | WriteToConstant => 5
  | UninitializedRead => 6 | _ => 3
  end.

Definition claim_for (k : kind) (c : access_claims) : option claim :=
  match k with
  | NullDereference => c_null c
  | UseAfterFree => c_freed c
  | DanglingPointer => c_ended c
  | MisalignedAccess => c_misaligned c
  | WriteToConstant => c_constant c
  | UninitializedRead => c_uninitialised c
  | _ => c_bounds c
  end.

Lemma put_same : forall k c a, claim_for k (put_claim k c a) = Some c.
Proof. intros [] c []; reflexivity. Qed.
Lemma put_other : forall j k c a, slot j <> slot k -> claim_for j (put_claim k c a) = claim_for j a.
Proof. intros [] [] c [] N; try reflexivity; destruct (N eq_refl). Qed.

Section Claims.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable X : context.

(** The claim is about the obligation of the kind, and the events say so. *)
Record claim_of (site : id) (k : kind) (e : list event) (c : claim) : Prop := {
  of_number : obligation_number X (the_function X) site k = Some (obligation_of c);
  of_alarm : is_claimed c = true -> alarm c = [];
  of_unproved : is_claimed c = false -> In (Unproved (obligation_of c)) e;
  of_event : Exists (about_obligation (obligation_of c)) e }.

Lemma read_claim_of : forall site k s c s' e, read_claim X site k s = Some (c, s', e) -> claim_of site k e c.
Proof.
  intros site k s c s' e H. destruct (read_claim_inv A X _ _ _ _ _ _ H) as (N & AL & U). split; auto.
  unfold read_claim in H. monad. cbn. apply Exists_exists.
  exists (if x0 then Claimed x [] else Unproved x).
  split; [repeat (rewrite in_app_iff; cbn); auto|destruct x0; reflexivity].
Qed.

Lemma claim_of_more : forall site k e e' c, (forall v, In v e -> In v e') -> claim_of site k e c ->
  claim_of site k e' c.
Proof.
  intros site k e e' c I [N AL U E]. split; auto. apply Exists_exists in E as (v & V & Q). apply Exists_exists. eauto.
Qed.

Lemma read_claims_inv : forall site l a s c s' e, NoDup (map slot l) -> read_claims X site l a s = Some (c, s', e) ->
  (forall k, In k l -> exists cl, claim_for k c = Some cl /\ claim_of site k e cl) /\
  (forall k, ~ In (slot k) (map slot l) -> claim_for k c = claim_for k a).
Proof.
  intros site l. induction l as [|k l IH]; intros a s c s' e ND H; cbn in H.
  { monad. split; [intros k []|auto]. }
  inversion ND as [|? ? NI ND']; subst. apply bind_inv in H as (cl & s1 & e1 & e2 & RC & H & ->).
  apply read_claim_of in RC. destruct (IH _ _ _ _ _ ND' H) as [IH1 IH2]. split.
  - intros j [<-|J].
    + exists cl. split; [rewrite IH2 by auto; apply put_same|].
      eapply claim_of_more; [|exact RC]. intros v V. apply in_or_app. auto.
    + destruct (IH1 j J) as (cj & F & Q). exists cj. split; auto.
      eapply claim_of_more; [|exact Q]. intros v V. apply in_or_app. auto.
  - intros j N. rewrite IH2 by (intro J; apply N; right; exact J). apply put_other.
    intro E. apply N. left. auto.
Qed.

Lemma settle_access_inv : forall c d s u s' e, settle_access c d s = Some (u, s', e) ->
  forall k cl, k <> UninitializedRead -> claim_for k c = Some cl -> is_claimed cl = true ->
  In (Claimed (obligation_of cl) (claim_label d)) e.
Proof.
  intros c d s u s' e H k cl NU F CL. unfold settle_access in H.
  assert (ONE : forall s x s' e, settle_one (Some cl) (claim_label d) s = Some (x, s', e) ->
                In (Claimed (obligation_of cl) (claim_label d)) e).
  { intros s1 x s2 e1 Q. cbn in Q. apply settle_inv in Q; auto. subst. left. reflexivity. }
  apply bind_inv in H as (u1 & s1 & e1 & e1' & H1 & H & ->). apply bind_inv in H as (u2 & s2 & e2 & e2' & H2 & H & ->).
  apply bind_inv in H as (u3 & s3 & e3 & e3' & H3 & H & ->). apply bind_inv in H as (u4 & s4 & e4 & e4' & H4 & H & ->).
  apply bind_inv in H as (u5 & s5 & e5 & e5' & H5 & H & ->).
  destruct k; cbn in F; try congruence; rewrite F in *; rewrite !in_app_iff; eauto 10.
Qed.

(** *** The lists of kinds that instructions raise behind those about lifetimes *)

Definition proper_kinds (l : list kind) : Prop :=
  In l [[]; [OutOfBoundsRead]; [OutOfBoundsRead; UninitializedRead]; [OutOfBoundsRead; MisalignedAccess;
    UninitializedRead];
        [OutOfBoundsWrite; WriteToConstant]; [OutOfBoundsWrite; MisalignedAccess; WriteToConstant]].

Lemma distinct_slots : forall a l, proper_kinds l -> NoDup (map slot (lifetime_kinds a ++ l)).
Proof.
  intros a l PK. cbn in PK. repeat (destruct PK as [<-|PK]; [destruct a; cbn; repeat constructor; cbn; lia|]).
  destruct PK.
Qed.
End Claims.
