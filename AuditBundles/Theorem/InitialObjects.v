(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Static objects in the beginning: their cells are the initial values, and 0 where there are none *)

From Coq Require Import ZArith List Bool Lia.
From AICheck Require Import Semantics Checker NumberProofs.
From AICheck Require Import Concretization.
Import ListNotations.
Open Scope Z_scope.

Notation initial_cell := (Z * type * initial_value)%type.

Section Objects.
Variable P : program.

(** ** Cells that lie apart *)

Definition away (q w : Z) (c : initial_cell) : Prop := let '(p, t, _) := c in p + width t <= q \/ q + w <= p.
Definition wide (c : initial_cell) : Prop := 0 < width (snd (fst c)).

Lemma cells_behind : forall l from to p t i, Forall wide l -> cells_apart from to l = true -> In (p, t, i) l ->
  from <= p.
Proof.
  induction l as [|[[p0 t0] i0] l IH]; intros from to p t i W H I; [contradiction|]. cbn in H. monad.
  inversion W as [|? ? W0 W1]; subst. unfold wide in W0. cbn in W0.
  destruct I as [E|I]; [inversion E; subst; auto|]. specialize (IH _ _ _ _ _ W1 H0 I). lia.
Qed.

(** ** A cell that is put *)

Lemma put_cell_same : forall o p w c v, cell (put_cell o p w c v) p w c = Some v.
Proof.
  intros. unfold put_cell. cbn. rewrite !Z.eqb_refl. destruct (class_eq_dec c c); [reflexivity|congruence].
Qed.

Lemma put_cell_away : forall o p t i v q w c, wide (p, t, i) -> 0 < w -> away q w (p, t, i) ->
  cell (put_cell o p (width t) (class_of t) v) q w c = cell o q w c.
Proof.
  intros o p t i v q w c W Q H. unfold wide, away in *. cbn in W. unfold put_cell. cbn.
  destruct ((q =? p) && (w =? width t) && (if class_eq_dec c (class_of t) then true else false))%bool eqn:E;
    [exfalso; monad; lia|].
  destruct (overlap (p, p + width t) q w) eqn:O; [exfalso; unfold overlap in O; cbn in O; monad; lia|]. reflexivity.
Qed.

(** ** What is stored *)

Definition same_kind (o o' : object) : Prop :=
  size o' = size o /\ alignment o' = alignment o /\ stored_as o' = stored_as o /\ alive o' = alive o /\
  forall x, initialised o x = true -> initialised o' x = true.

Lemma stored_kind : forall o l o', stored P o l o' -> same_kind o o'.
Proof.
  intros o l o' H. induction H as [o|o p t i v l o' V H (S & L & K & D & I)]; [repeat split; auto|].
  cbn in *. repeat split; auto. intros x X. apply I. rewrite X. apply orb_true_r.
Qed.

Lemma stored_away : forall o l o', stored P o l o' -> forall q w c, Forall wide l -> 0 < w -> Forall (away q w) l ->
  cell o' q w c = cell o q w c.
Proof.
  intros o l o' H. induction H as [o|o p t i v l o' V H IH]; intros q w c W Q K; [reflexivity|].
  inversion W; inversion K; subst. rewrite IH by auto. eapply put_cell_away; eauto.
Qed.

Lemma stored_cell : forall o l o', stored P o l o' -> forall from to p t i,
  Forall wide l -> cells_apart from to l = true -> In (p, t, i) l ->
  exists v, value_of_initial P t i v /\ cell o' p (width t) (class_of t) = Some v.
Proof.
  intros o l o' H. induction H as [o|o p t i v l o' V H IH]; intros from to q u j W K I; [contradiction|].
  inversion W as [|? ? W0 W1]; subst. cbn in K. apply andb_true_iff in K as [_ K].
  destruct I as [E|I]; [|eapply IH; eauto]. inversion E; subst. exists v. split; [exact V|].
  rewrite (stored_away _ _ _ H); [apply put_cell_same|exact W1|exact W0|].
  apply Forall_forall. intros [[p' t'] i'] I. pose proof (cells_behind _ _ _ _ _ _ W1 K I). cbn. lia.
Qed.

(** ** The object *)

Definition first_content (d : static_object) : object :=
  fill (fresh_object (static_size d) (static_alignment d) (SStatic (static_kind_of d))) (0, 8 * static_size d) 0.

Lemma initial_is_stored : forall d b, initial_object P d b -> static_kind_of d <> KExternal ->
  stored P (first_content d) (initial_cells d) b.
Proof. unfold initial_object, first_content. intros d b H N. destruct (static_kind_of d); auto; congruence. Qed.

Lemma initial_kind : forall d b, initial_object P d b ->
  size b = static_size d /\ alignment b = static_alignment d /\ stored_as b = SStatic (static_kind_of d) /\
  alive b = true /\
  wholly_initialised b 0 (8 * static_size d).
Proof.
  intros d b H.
  assert (R : forall x, 0 <= x < 0 + 8 * static_size d -> in_range (0, 8 * static_size d) x = true).
  { intros x X. unfold in_range. cbn [fst snd]. apply andb_true_iff. lia. }
  assert (E : static_kind_of d = KExternal \/ static_kind_of d <> KExternal)
    by (destruct (static_kind_of d); auto; right; discriminate).
  destruct E as [E|E].
  - unfold initial_object in H. rewrite E in H. subst b. rewrite E. cbn. repeat split.
    intros x X. cbn. rewrite R by exact X. reflexivity.
  - apply initial_is_stored in H; [|exact E]. apply stored_kind in H as (S & L & K & D & I).
    cbn in S, L, K, D. repeat split; auto. intros x X. apply I. cbn. rewrite R by exact X. reflexivity.
Qed.

Lemma zero_filled : forall q w c,
  filled 0 q w c = Some match c with
                        | CInteger => VInteger 0
                        | CPointer => VPointer BNull 0
                        | CFloat => VFloat (SpecFloat.S754_zero false)
                        end.
Proof. intros q w []; unfold filled; cbn [Z.eqb]; auto. Qed.

Section Data.
Variables (d : static_object) (b : object).
Hypothesis begun : initial_object P d b.
Hypothesis known : static_kind_of d <> KExternal.
Hypothesis widths : Forall wide (initial_cells d).

Lemma initial_cell_is : forall p t i, cells_apart 0 (8 * static_size d) (initial_cells d) = true ->
  In (p, t, i) (initial_cells d) -> exists v, value_of_initial P t i v /\ cell b p (width t) (class_of t) = Some v.
Proof. intros p t i K I. eapply stored_cell; eauto. apply initial_is_stored; auto. Qed.

Lemma initial_zero : forall q w c, 0 < w -> 0 <= q -> q + w <= 8 * static_size d ->
  Forall (away q w) (initial_cells d) -> cell b q w c = filled 0 q w c.
Proof.
  intros q w c W Q S K. rewrite (stored_away _ _ _ (initial_is_stored _ _ begun known)) by auto.
  unfold first_content, fill. cbn.
  replace (overlap (0, 8 * static_size d) q w) with true by (symmetry; unfold overlap; cbn; apply andb_true_iff; lia).
  replace ((0 <=? q) && (q + w <=? 8 * static_size d))%bool with true by (symmetry; apply andb_true_iff; lia).
  reflexivity.
Qed.
End Data.
End Objects.
