(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * States that say the same with other names: renamed tags, ended values, several such steps *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs RenameProofs SpeechProofs.
Import ListNotations.
Open Scope Z_scope.

Section Renewed.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable C : certificate.
Variable X : context.
Notation renewed := (renewed A).

(** ** What [rename] and [end_values] do *)

Lemma find_map : forall {T U} (f : T -> U) (m : PM.t T) k, PM.find k (PM.map f m) = option_map f (PM.find k m).
Proof. intros. unfold PM.map. apply PM.gmapi. Qed.

Definition no_change (s : svalue) : svalue := s.

Lemma renewed_rename : forall g names keeping label, the_certificate X = C ->
  renewed (retargeted X names keeping) no_change g (rename X g names keeping label).
Proof.
  intros g names keeping label FC. apply renewed_tables; auto.
  - intros l. apply retargeted_proper with (C := C). exact FC.
  - intro r. cbn. destruct (PM.find r (assigned g)); auto.
  - intros s e l Q. cbn in Q. rewrite find_map in Q. destruct (PM.find s (targets g)) as [[e0 l0]|] eqn:Q0;
      [|discriminate].
    cbn in Q. exists e0, l0. split; auto. unfold retargeted. destruct (renamed X names keeping e0); inversion Q;
      subst; split; auto.
    intro H. apply (union_holds A) in H. apply H.
  - intros n f Q. cbn in Q. rewrite find_map in Q. destruct (PM.find n (facts g)) as [[f0 t0]|] eqn:Q0; [|discriminate].
    cbn in Q. exists (f0, t0). split; auto. unfold retargeted.
    destruct (fact_about f0) as [first count stride t u [b m r|[l|]|r]|from to|from to v| |b| |from to| |] eqn:AB;
      cbn; try (inversion Q; subst; cbn; rewrite ?AB; auto; fail).
    destruct (renamed X names keeping l) eqn:R; inversion Q; subst; cbn; rewrite ?AB; cbn; rewrite ?R;
      repeat split; auto; intro H; apply (union_holds A) in H; apply H.
  - intros t c I. exists c. auto 8.
Qed.

Definition ended_content (t : id) (c : content) : content :=
  {| position_of := position_of c; content_type := content_type c; content_value := ended_value t (content_value c);
     content_label := content_label c; content_time := content_time c |}.

Lemma renewed_end_values : forall g t, renewed (fun l => l) (ended_value t) g (end_values g t).
Proof.
  intros g t. apply renewed_tables; auto.
  - intro r. cbn. apply find_map.
  - intros s e l Q. exists e, l. auto.
  - intros n f Q. exists f. split; auto. repeat split; auto.
    destruct (fact_about (fst f)) as [first count stride ty u [b m r|[l|]|r]|from to|from to v| |b|
      |from to| |]; reflexivity.
  - intros u c I. unfold contents_of in *.
    change (contents (end_values g t)) with (PM.map (map (ended_content t)) (contents g)) in I. rewrite find_map in I.
    destruct (PM.find u (contents g)) as [l|]; [|destruct I]. cbn [option_map] in I.
    apply in_map_iff in I as (c0 & <- & I). exists c0.
    cbn. auto 8.
Qed.

(** ** One after the other *)

Lemma about_twice : forall re1 re2 a, re_about re2 (re_about re1 a) = re_about (fun l => re2 (re1 l)) a.
Proof. intros re1 re2 [? ? ? ? ? [? ? ?|[?|]|?]| | | | | | | |]; reflexivity. Qed.
Lemma same_about : forall a, re_about (fun l => l) a = a.
Proof. intros [? ? ? ? ? [? ? ?|[?|]|?]| | | | | | | |]; reflexivity. Qed.

Lemma renewed_trans : forall re1 re2 fv1 fv2 g h k, renewed re1 fv1 g h -> renewed re2 fv2 h k ->
  renewed (fun l => re2 (re1 l)) (fun s => fv2 (fv1 s)) g k.
Proof.
  intros re1 re2 fv1 fv2 g h k [I1 B1 F1 L1 C1 E1 D1 O1 R1 Z1 A1 T1 M1 K1 S1]
    [I2 B2 F2 L2 C2 E2 D2 O2 R2 Z2 A2 T2 M2 K2 S2];
    split; try congruence; auto.
  - intro r. rewrite A2, A1. destruct (PM.find r (assigned g)); reflexivity.
  - intros s e l Q. destruct (T2 s e l Q) as (e1 & l1 & Q1 & -> & LL1).
    destruct (T1 s e1 l1 Q1) as (e0 & l0 & Q0 & -> & LL0). exists e0, l0. auto.
  - intros n f Q. destruct (M2 n f Q) as (f1 & Q1 & G1 & B1' & LL1).
    destruct (M1 n f1 Q1) as (f0 & Q0 & G0 & B0 & LL0). exists f0.
    split; auto. split; [congruence|]. split; [rewrite B1', B0; apply about_twice|auto].
  - intros t c I. destruct (K2 t c I) as (c1 & J1 & P1 & Y1 & V1 & LL1).
    destruct (K1 t c1 J1) as (c0 & J0 & P0 & Y0 & V0 & LL0). exists c0.
    split; [auto|]. split; [congruence|]. split; [congruence|]. split; [congruence|auto].
Qed.

(** Some facts and contents are left. *)
Lemma renewed_subset : forall g h, memory_step g h -> (consistent g -> consistent h) -> log h = log g ->
  (forall n f, PM.find n (facts h) = Some f -> PM.find n (facts g) = Some f) ->
  (forall t c, In c (contents_of h t) -> In c (contents_of g t)) -> renewed (fun l => l) no_change g h.
Proof.
  intros g h M T LG SF SC. split; try apply M; auto.
  - intro r. rewrite (ms_assigned _ _ M). destruct (PM.find r (assigned g)); reflexivity.
  - rewrite (ms_targets _ _ M). intros s e l Q. exists e, l. auto.
  - intros n f Q. exists f. split; [auto|]. split; [auto|]. split; [symmetry; apply same_about|].
    unfold label_of_fact. rewrite LG. auto.
  - intros t c I. exists c. split; [auto|]. split; [auto|]. split; [auto|]. split; [auto|]. unfold label_of_content.
    rewrite LG. auto.
Qed.

Lemma renewed_refl : forall g, renewed (fun l => l) no_change g g.
Proof. intro g. apply renewed_subset; auto using memory_refl. Qed.

End Renewed.
