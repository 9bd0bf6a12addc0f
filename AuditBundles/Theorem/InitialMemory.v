(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Memory in the beginning: it fits the tags, and the facts that the checker finds to hold initially do *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs Concretization StateProofs OperandProofs.
From AICheck Require Import PredicateProofs CallProofs InitialObjects InitialValues InitialFacts.
Import ListNotations.
Open Scope Z_scope.

Section Memory.
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis WF : well_formed CP = true.

(** Nothing exists but the static objects. *)
Variable m : memory.
Hypothesis statics_begin : forall o d, PM.find o (cstatics CP) = Some d ->
  exists b, m (Static o) = Some b /\ initial_object P d b.
Hypothesis no_other_static : forall o, PM.find o (cstatics CP) = None -> m (Static o) = None.
Hypothesis no_dynamic : forall k, m (Dynamic k) = None.

Lemma static_begins : forall t o k s a, PM.find t (tags C) = Some (TStatic o k s a) ->
  exists d b, PM.find o (cstatics CP) = Some d /\ m (Static o) = Some b /\ initial_object P d b /\
              static_kind_of d = k /\ static_size d = s /\ static_alignment d = a.
Proof.
  intros t o k s a T. pose proof (fitting_tag_of _ _ FIT _ _ T) as F. cbn in F. apply andb_true_iff in F as [_ F].
  destruct (PM.find o (cstatics CP)) as [d|] eqn:D; [|discriminate]. destruct (statics_begin _ _ D) as (b & B & I).
  exists d, b. repeat rewrite andb_true_iff in F. destruct F as [[K S] L]. apply Z.eqb_eq in S, L.
  assert (E : static_kind_of d = k) by (destruct (static_kind_of d), k; try discriminate; reflexivity).
  auto 8.
Qed.

(** ** Facts *)

Section Object.
Variables (z : valuation) (tagged : ghost) (o : id) (d : static_object) (b : object).
Hypothesis there : PM.find o (cstatics CP) = Some d.
Hypothesis begun : initial_object P d b.
Notation says := (says P C m tagged z).

Lemma bytes_hold : forall from to, static_kind_of d <> KExternal -> 0 <= from -> to <= 8 * static_size d ->
  forallb (fun c => let '(p, t, _) := c in (p + width t <=? from) || (to <=? p))%bool (initial_cells d) = true ->
  says b (Bytes from to 0).
Proof.
  intros from to N L H K. destruct (initial_kind _ _ _ begun) as (_ & _ & _ & _ & I). split.
  - intros x X. apply I. lia.
  - intros p w c x A B F. rewrite <- F.
    apply (initial_zero _ _ _ begun N (cells_wide _ _ FIT _ _ there)); [lia|lia|lia|].
    apply Forall_forall. intros [[q t] i] J. rewrite forallb_forall in K. specialize (K _ J). cbn in *. lia.
Qed.

Lemma zero_cells_hold : forall first count stride u un q, static_kind_of d <> KExternal ->
  proper_about (Cells first count stride u un q) -> speaks_of q u = true -> 0 <= first ->
  first + (count - 1) * stride + width u <= 8 * static_size d ->
  match matching CP (initial_cells d) first (first + (count - 1) * stride + width u) (step_between stride u) u q 0 with
  | Some n => (n =? count) || value_satisfies CP (zero_value u) u q u
  | None => false
  end = true -> says b (Cells first count stride u un q).
Proof.
  intros first count stride u un q N (PC & PS & PT & PQ) SP L H M k K. pose proof (width_positive _ PT) as WP. left.
  assert (SW : width u <= step_between stride u /\ (count - 1) * stride = (count - 1) * step_between stride u /\
               k * stride = k * step_between stride u).
  { unfold step_between. destruct (count =? 1) eqn:E.
    - apply Z.eqb_eq in E. subst. cbn [Z.eqb]. lia.
    - destruct (stride =? 0) eqn:Z; lia. }
  destruct SW as (SW & ES & EK). rewrite ES in M, H. rewrite EK. set (step := step_between stride u) in *.
  destruct (initial_kind _ _ _ begun) as (_ & _ & _ & _ & I). split; [intros x X; apply I; nia|].
  destruct (matching _ _ _ _ _ _ _ _) as [n|] eqn:E; [|discriminate].
  pose proof (data_formed _ WF _ _ there) as WD. unfold well_formed_data in WD. apply andb_true_iff in WD as [_ WD].
  pose proof (cells_wide _ _ FIT _ _ there) as WI.
  destruct (row_is CP first count step u q PC WP SW _ _ _ _ WI WD E k K) as [(t & i & J & SC & VS)|[NE CL]].
  - destruct (initial_cell_is _ _ _ begun N WI _ _ _ WD J) as (v & V & B). destruct (same_cell_is _ _ SC) as [SWI SCL].
    unfold cell_satisfies. rewrite <- SWI, <- SCL, B. destruct (formed_value _ WF _ _ _ _ _ there J) as [CF PV].
    pose proof (cells_typed _ _ FIT _ _ there) as CT. rewrite Forall_forall in CT. specialize (CT _ J). cbn in CT.
    exact (value_satisfies_sound _ _ FIT _ _ _ _ _ _ _ CT PT SC PQ SP CF PV V VS).
  - apply orb_true_iff in M as [M|M]; [lia|]. unfold cell_satisfies.
    rewrite (initial_zero _ _ _ begun N WI) by (auto; nia). rewrite zero_filled.
    eapply zero_satisfies with (q := 0); eauto. apply zero_filled.
Qed.
End Object.

Theorem initial_fact_holds : forall tagged z f, (forall k, tag_at tagged k = None) -> proper_about (fact_about f) ->
  fact_holds_initially CP C f = true -> fact_holds P C m tagged z f.
Proof.
  intros tagged z f UN PR H n b T M. unfold fact_holds_initially in H. unfold tag_is in T.
  destruct (PM.find (fact_tag f) (tags C)) as [body|] eqn:F; [|discriminate].
  destruct body as [| | |g|o k s al| |o c many sz al|c i p al]; try contradiction;
    destruct n as [p'|n]; try contradiction;
    try (rewrite UN in T; discriminate). subst p'.
  destruct (static_begins _ _ _ _ _ F) as (d & b' & D & B & I & K & S & L).
  replace b' with b in * by congruence. clear b' B.
  destruct (initial_kind _ _ _ I) as (SB & _ & _ & _ & IN).
  destruct (fact_about f) as [first count stride u un q|from to|from to v| |r| |from to| |]; cbn [holds_initially] in H;
    rewrite ?D in H; try discriminate; intros _.
  - repeat rewrite andb_true_iff in H. destruct H as [[[[NE SP] L0] L1] H]. subst s.
    eapply zero_cells_hold; eauto; try lia.
    intro E. rewrite E in K. subst k. discriminate.
  - intros x X. apply IN. lia.
  - repeat rewrite andb_true_iff in H. destruct H as [[[[NE V] L0] L1] H]. apply Z.eqb_eq in V. subst v s.
    eapply bytes_hold; eauto; try lia. intro E. rewrite E in K. subst k. discriminate.
  - cbn. rewrite SB, S. eapply contains_range_in; [exact H|]. split; cbn; lia.
Qed.

(** ** Tags *)

Theorem initial_tagged : forall tagged, (forall k, tag_at tagged k = None) ->
  forallb (fun p => fact_holds_initially CP C (snd p)) (PM.elements (constants C)) = true -> well_tagged P C m tagged.
Proof.
  intros tagged UN CO. split.
  - intros k t T. rewrite UN in T. discriminate.
  - intros i j t b T. rewrite UN in T. discriminate.
  - intros t o k s a T. destruct (static_begins _ _ _ _ _ T) as (d & b & D & B & I & K & S & L).
    destruct (initial_kind _ _ _ I) as (SB & LB & KB & AB & IN). exists b. subst k s a.
    repeat split; auto.
  - intros o b B.
    destruct (PM.find o (cstatics CP)) as [d|] eqn:D; [|rewrite no_other_static in B by auto; discriminate].
    destruct (statics_begin _ _ D) as (b' & B' & I). destruct (initial_kind _ _ _ I) as (_ & _ & KB & _).
    replace b with b' by congruence. eauto.
  - intros k b B. rewrite no_dynamic in B. discriminate.
  - intros n f z F. apply initial_fact_holds; [reflexivity| |].
    + unfold fitting in FIT. repeat rewrite andb_true_iff in FIT. decompose [and] FIT.
      match goal with T : forallb (fun p => fitting_constant _ _ && _) (PM.elements (constants C)) = true |- _ =>
        eapply forallb_elements in T; [|exact F]; cbn in T; apply andb_true_iff in T as [_ T]; rename T into PF end.
      assert (L : forallb proper_fact [f] = true) by (cbn; rewrite PF; reflexivity).
      apply proper_facts_are in L. inversion L. assumption.
    + exact (forallb_elements _ _ _ _ CO F).
Qed.
End Memory.
