(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Facts that cover the cells which a load may read *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Loads Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs EvidenceProofs PredicateProofs SpareProofs CellProofs CallProofs.
From AICheck Require Import UntaggedProofs.
Import ListNotations.
Open Scope Z_scope.

Section Cover.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Variable m : memory.
Variable tagged : ghost.
Hypothesis WT : well_tagged P C m tagged.

(** ** Constants say the same, whatever the dynamic objects' tags are *)

Lemma constant_about : forall k f, PM.find k (constants C) = Some f ->
  (forall z, about_holds P C m tagged z (fact_tag f) (fact_about f)) /\ proper_about (fact_about f).
Proof.
  intros k f F. pose proof FIT as Q. unfold fitting in Q. repeat rewrite andb_true_iff in Q. decompose [and] Q.
  match goal with T : forallb (fun p => fitting_constant _ _ && _) (PM.elements (constants C)) = true |- _ =>
    eapply forallb_elements in T; [|exact F]; cbn in T; apply andb_true_iff in T as [FC PF] end. split.
  - unfold fitting_constant in FC. destruct (PM.find (fact_tag f) (tags C)) as [body|] eqn:FT; [|discriminate].
    intros z n o T M. assert (T0 : tag_is C untagged (fact_tag f) n).
    { unfold tag_is in *. rewrite FT in *. destruct body, n; auto; discriminate FC. }
    pose proof (constants_hold _ _ _ _ WT k f z F n o T0 M) as S. destruct (fact_about f); try exact S; intro L;
      apply untagged_says; auto.
  - assert (L : forallb proper_fact [f] = true) by (cbn; rewrite PF; reflexivity).
    apply proper_facts_are in L. inversion L; auto.
Qed.

(** ** What a part says of a cell *)

Section Object.
Variable v : valuation.
Variable g : state.
Hypothesis G : state_holds A P C m tagged v g.
Hypothesis K : consistent g.
Variables (t : id) (n : name) (o : object).
Hypothesis TI : tag_is C tagged t n.
Hypothesis OM : m n = Some o.
Hypothesis LV : alive o = true.
Variable ty : type.

(** The cell is as the part says, if the bits are initialised. *)
Definition part_true (p : Z) (part : option predicate * type) : Prop :=
  match fst part with
  | None => True
  | Some q => same_cell (snd part) ty = true /\ proper_type (snd part) /\ proper_predicate q /\
              (wholly_initialised o p (width ty) -> cell_satisfies P C m tagged o p (snd part) q)
  end.

(** All positions before the next are covered. *)
Definition covers_row (first step : Z) (a : Z * bool * label * list (option predicate * type)) : Prop :=
  let '(next, i, l, parts) := a in
  exists j, 0 <= j /\ next = first + j * step /\
    (Holds l -> forall k, 0 <= k < j ->
       Exists (part_true (first + k * step)) parts /\ (i = true -> wholly_initialised o (first + k * step) (width ty))).

Lemma covering_step_holds : forall constant first p a s b s' e, 0 < step_of p -> covers_row first (step_of p) a ->
  covering_step X g constant t ty p a s = Some (b, s', e) -> covers_row first (step_of p) b.
Proof.
  intros constant first p [[[next i] l] parts] s b s' e SP (j & J & N & COV) H. unfold covering_step in H.
  apply bind_inv in H as (k & s1 & e1 & e2 & _ & H & ->). apply bind_inv in H as ([f fl] & s2 & e3 & e4 & RD & H & ->).
  apply bind_inv in H as (u & s3 & e5 & e6 & TG & H & ->). apply demand_inv in TG as (TG & -> & ->).
  apply Pos.eqb_eq in TG.
  assert (AB : (Holds fl -> about_holds P C m tagged v t (fact_about f)) /\ proper_about (fact_about f)).
  { destruct constant.
    - apply bind_inv in RD as (f' & s4 & e7 & e8 & F & RD & _). apply ret_inv in RD as (RD & _ & _).
      injection RD as <- <-.
      apply lift_inv in F as (F & _ & _). rewrite (fits_certificate _ _ _ FX) in F.
      destruct (constant_about _ _ F) as [AB PR]. rewrite TG in AB. auto.
    - apply bind_inv in RD as (f' & s4 & e7 & e8 & F & RD & _). apply ret_inv in RD as (RD & _ & _).
      injection RD as <- <-.
      unfold held_fact in F. apply lift_inv in F as (F & _ & _). split; [|eapply facts_proper; eauto].
      intro L. pose proof (memory_held _ _ _ _ _ _ _ G _ _ F L) as FH. unfold fact_holds in FH. rewrite TG in FH.
      exact FH. }
  destruct AB as [AB PR].
  destruct (fact_about f) as [from count stride ty' un q| | | | | | | |] eqn:FA; try discriminate.
  apply bind_inv in H as (u2 & s4 & e7 & e8 & SC & H & ->). apply demand_inv in SC as (SC & -> & ->).
  apply bind_inv in H as (next' & s5 & e9 & e10 & AD & H & ->). apply ret_inv in H as (<- & _ & _).
  pose proof (row_ascends _ _ _ _ _ _ PR) as ST. destruct PR as (CO & _ & PT & PP).
  apply advance_covers in AD as (d & D & N' & ROW); try lia.
  exists (j + d). split; [lia|]. split; [lia|]. intros HL y Y. apply union_holds in HL as [HL1 HL2].
  destruct (Z_lt_le_dec y j) as [OLD|NEW].
  - destruct (COV HL1 y ltac:(lia)) as [E I]. split; [apply Exists_cons_tl; exact E|]. intro II.
    apply andb_true_iff in II as [II _]. auto.
  - destruct (ROW (y - j) ltac:(lia)) as (r & R & EQ). replace (first + y * step_of p) with (from + r * stride) by lia.
    destruct (AB HL2 n o TI OM LV r R) as [[WI CS]|[UN NW]].
    + destruct (same_cell_is _ _ SC) as [WE _]. rewrite WE in WI. split; [|auto]. apply Exists_cons_hd. split; auto.
    + destruct (same_cell_is _ _ SC) as [WE _]. rewrite WE in NW. subst un. split.
      * apply Exists_cons_hd. split; auto. split; auto. split; auto. intro WI. destruct (NW WI).
      * intro II. apply andb_true_iff in II as [_ II]. discriminate.
Qed.

Lemma covering_holds : forall constant p count s a s' e, 0 < step_of p ->
  repeat count (covering_step X g constant t ty p) (first_of p, true, [], []) s = Some (a, s', e) ->
  covers_row (first_of p) (step_of p) a.
Proof.
  intros constant p count s a s' e SP R.
  eapply (repeat_inv (covers_row (first_of p) (step_of p)) _ (fun _ => True)); [| |exact R|apply Forall_forall; auto].
  - intros. eapply covering_step_holds; eauto.
  - exists 0. split; [lia|]. split; [lia|]. intros _ k Y. lia.
Qed.
End Object.
End Cover.
