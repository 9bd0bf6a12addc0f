(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Demands are met, or one is violated *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics.
Import ListNotations.
Open Scope Z_scope.

Definition decided (D : Prop) : Prop := D \/ ~ D.

Lemma met_or_violated : forall l, Forall (fun d => decided (snd d)) l -> met l \/ exists k, violated l k.
Proof.
  intros l H. induction H as [|[k D] l DD _ IH]; [left; constructor|]. destruct DD as [Y|N]; cbn in *.
  - destruct IH as [M|[j V]]; [left; constructor; auto|right; exists j; apply Violated_later; auto].
  - right. exists k. apply Violated_here. exact N.
Qed.

Lemma met_unviolated : forall l k, met l -> ~ violated l k.
Proof. intros l k M V. induction V; inversion M; subst; cbn in *; auto. Qed.

(** ** What is decided *)

Lemma decided_not : forall D, decided D -> decided (~ D).
Proof. unfold decided. tauto. Qed.
Lemma decided_and : forall D E, decided D -> decided E -> decided (D /\ E).
Proof. unfold decided. tauto. Qed.
Lemma decided_or : forall D E, decided D -> decided E -> decided (D \/ E).
Proof. unfold decided. tauto. Qed.
Lemma decided_imp : forall D E : Prop, decided D -> decided E -> decided (D -> E).
Proof. unfold decided. tauto. Qed.
Lemma decided_sum : forall D : Prop, {D} + {~ D} -> decided D.
Proof. intros D [Y|N]; [left|right]; assumption. Qed.
Lemma decided_le : forall x y, decided (x <= y).
Proof. intros. unfold decided. lia. Qed.
Lemma decided_lt : forall x y, decided (x < y).
Proof. intros. unfold decided. lia. Qed.
Lemma decided_eq : forall x y : Z, decided (x = y).
Proof. intros. unfold decided. lia. Qed.
Lemma decided_divide : forall x y : Z, decided (x | y).
Proof. intros. apply decided_sum. apply Znumtheory.Zdivide_dec. Qed.
Lemma decided_base : forall b c : base, decided (b = c).
Proof. intros. apply decided_sum. apply base_eq_dec. Qed.
Lemma decided_bool : forall x y : bool, decided (x = y).
Proof. intros. apply decided_sum. apply bool_dec. Qed.
Lemma decided_class : forall x y : class, decided (x = y).
Proof. intros. apply decided_sum. apply class_eq_dec. Qed.
Lemma decided_storage : forall x y : storage, decided (x = y).
Proof. intros. apply decided_sum. repeat decide equality. Qed.
Lemma type_eq_dec : forall t u : type, {t = u} + {t <> u}.
Proof. decide equality; [|decide equality]. decide equality; [apply bool_dec|apply Z.eq_dec]. Qed.
Lemma decided_some : forall {T} (Q : T -> Prop) (x : option T), (forall y, decided (Q y)) ->
  decided (exists y, x = Some y /\ Q y).
Proof.
  intros T Q [x|] D; [|right; intros (y & E & _); discriminate].
  destruct (D x) as [Y|N]; [left; eauto|right; intros (y & E & H); injection E as <-; auto].
Qed.
Lemma decided_null : forall b, decided (is_null b).
Proof. intro b. apply decided_base. Qed.
Lemma decided_in : forall t n, decided (in_itype t n).
Proof. intros. apply decided_and; apply decided_le. Qed.

Lemma decided_all : forall (p : Z -> bool) n from, decided (forall x, from <= x < from + Z.of_nat n -> p x = true).
Proof.
  intros p n. induction n as [|n IH]; intro from; [left; lia|].
  destruct (p from) eqn:E; [|right; intro H; rewrite H in E by lia; discriminate].
  destruct (IH (from + 1)) as [Y|N]; [left|right].
  - intros x X. destruct (Z.eq_dec x from) as [->|D]; [exact E|apply Y; lia].
  - intro H. apply N. intros x X. apply H. lia.
Qed.

Create HintDb decisions.
Global Hint Resolve decided_not decided_and decided_or decided_imp decided_le decided_lt decided_eq decided_divide
  decided_base decided_bool decided_class decided_storage decided_some decided_null decided_in : decisions.

(** ** Objects *)

Section Memory.
Variable m : memory.

Lemma named_or_not : forall b, (exists o, names m b o /\ forall o', names m b o' -> o' = o) \/ forall o, ~ names m b o.
Proof.
  intros [|f|n]; try (right; intros o (k & E & _); discriminate).
  destruct (m n) as [o|] eqn:E; [left|right].
  - exists o. split; [exists n; auto|]. intros o' (k & K & M). injection K as <-. congruence.
  - intros o (k & K & M). injection K as <-. congruence.
Qed.

Lemma decided_named : forall b (Q : object -> Prop), (forall o, decided (Q o)) ->
  decided (exists o, names m b o /\ Q o).
Proof.
  intros b Q D. destruct (named_or_not b) as [(o & N & U)|N]; [|right; intros (o & H & _); exact (N o H)].
  destruct (D o) as [Y|Y]; [left; eauto|right; intros (o' & H & K)]. rewrite (U _ H) in K. auto.
Qed.
Lemma decided_exists : forall b, decided (exists o, names m b o).
Proof. intros b. destruct (named_or_not b) as [(o & N & _)|N]; [left; eauto|right; intros (o & H); exact (N o H)]. Qed.
Lemma decided_each : forall b (Q : object -> Prop), (forall o, decided (Q o)) -> decided (forall o, names m b o -> Q o).
Proof.
  intros b Q D. destruct (named_or_not b) as [(o & N & U)|N]; [|left; intros o H; destruct (N o H)].
  destruct (D o) as [Y|Y]; [left; intros o' H; rewrite (U _ H); exact Y|right; auto].
Qed.
Lemma decided_object : forall b, decided (exists n, b = BObject n).
Proof. intros [|f|n]; [right; intros (k & E); discriminate..|left; eauto]. Qed.

Lemma decided_freed : forall b, decided (freed m b).
Proof. intro b. apply decided_named. auto with decisions. Qed.
Lemma decided_ended : forall b, decided (ended m b).
Proof. intro b. apply decided_named. auto with decisions. Qed.
Lemma decided_in_bounds : forall b from n, decided (in_bounds m b from n).
Proof. intros. apply decided_and; [auto with decisions|]. apply decided_named. auto with decisions. Qed.
Lemma decided_aligned : forall b from a, decided (aligned m b from a).
Proof. intros. apply decided_each. auto with decisions. Qed.
Lemma decided_writable : forall b, decided (writable m b).
Proof. intros. apply decided_each. auto with decisions. Qed.
Lemma decided_initialised : forall b r, decided (all_initialised m b r).
Proof.
  intros b [x y].
  assert (D : decided (forall o, names m b o -> forall z, in_range (x, y) z = true -> initialised o z = true)).
  { apply decided_each. intro o. destruct (decided_all (initialised o) (Z.to_nat (y - x)) x) as [Y|N]; [left|right].
    - intros z Z. unfold in_range in Z. cbn in Z. apply andb_true_iff in Z as [Z1 Z2]. apply Y. lia.
    - intro H. apply N. intros z Z. apply H. unfold in_range. cbn. apply andb_true_iff. lia. }
  destruct D as [Y|N]; [left|right].
  - intros o z NM. exact (Y o NM z).
  - intro H. apply N. intros o NM z. exact (H o z NM).
Qed.
End Memory.
Global Hint Resolve decided_named decided_exists decided_object decided_freed decided_ended decided_in_bounds
  decided_aligned decided_writable decided_initialised : decisions.

(** ** Calls *)

Lemma decided_operand : forall F a t, decided (operand_fits F a t).
Proof.
  intros F a t. destruct a; cbn; auto with decisions.
  destruct (registers_of F r) as [u|]; [|right; discriminate].
  destruct (type_eq_dec u t) as [->|N]; [left; reflexivity|right; congruence].
Qed.

Lemma decided_arguments : forall F l p more, decided (arguments_fit F l p more).
Proof.
  intros F l. induction l as [|a l IH]; intros [|[r t] p] more; cbn; auto with decisions;
    try (left; exact I); try (right; tauto).
  apply decided_and; auto using decided_operand.
Qed.

Lemma decided_fits : forall F G r l, decided (fits F G r l).
Proof.
  intros F G r l. apply decided_and; [apply decided_arguments|]. destruct r as [r|]; [|left; exact I].
  apply decided_some. intro t. destruct (registers_of F r) as [u|]; [|right; discriminate].
  destruct (type_eq_dec u t) as [->|N]; [left; reflexivity|right; congruence].
Qed.

Lemma decided_call : forall P F r a l,
  decided (exists f G G', base_of F a = BFunction f /\ offset_of F a = 0 /\ functions_of P f = Some G /\
                          functions_of P (running F) = Some G' /\ fits G' G r l).
Proof.
  intros P F r a l. destruct (base_of F a) as [|f|n]; try (right; intros (g & G & G' & E & _); discriminate).
  destruct (decided_eq (offset_of F a) 0) as [O|O]; [|right; intros (g & G & G' & _ & E & _); auto].
  destruct (functions_of P f) as [G|] eqn:E1; [|right; intros (g & G & G' & E & _ & E' & _); congruence].
  destruct (functions_of P (running F)) as [G'|] eqn:E2; [|right; intros (g & K & K' & _ & _ & _ & E' & _); congruence].
  destruct (decided_fits G' G r l) as [Y|N]; [left; exists f, G, G'; auto|right].
  intros (g & K & K' & E & _ & E1' & E2' & H). congruence.
Qed.

(** ** All *)

Lemma decided_lifetime : forall m F a, Forall (fun d => decided (snd d)) (lifetime m F a).
Proof. intros m F a. destruct a; cbn; repeat apply Forall_cons; try apply Forall_nil; cbn; auto with decisions. Qed.

Ltac decide_all :=
  repeat first [apply Forall_app; split | apply decided_lifetime | apply Forall_cons | apply Forall_nil];
  cbn [snd]; auto 6 with decisions.

Lemma decided_arithmetic : forall op t x y, Forall (fun d => decided (snd d)) (demands_arithmetic op t x y).
Proof. intros op t x y. destruct op; cbn [demands_arithmetic]; try destruct (signed t); decide_all. Qed.

Theorem demands_decided : forall P F m i, met (demands P F m i) \/ exists k, violated (demands P F m i) k.
Proof.
  intros P F m i. apply met_or_violated.
  destruct i; cbn [demands]; unfold reading, writing; try apply decided_arithmetic; decide_all.
  - destruct c; decide_all.
  - destruct checked; decide_all.
  - destruct c; decide_all.
  - apply decided_call.
  - destruct a; cbn [lifetime]; decide_all.
Qed.

Theorem end_decided : forall F m, met (demands_end F m) \/ exists k, violated (demands_end F m) k.
Proof. intros F m. apply met_or_violated. unfold demands_end. destruct (end_ F); decide_all. Qed.
