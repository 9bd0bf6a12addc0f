(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Facts that are cut hold in a world where the objects of the tag have other contents in the range *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs PredicateProofs TableProofs SpareProofs CutProofs WorldProofs
  RenameProofs.
From AICheck Require Import SpeechProofs RenewedProofs EvolveProofs LifetimeProofs ReturnProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** Objects *)

(** In the range it has the content of the other. *)
Definition patch (r : bounds) (o o' : object) : object :=
  with_content o (fun x => if touches r x (x + 1) then initialised o' x else initialised o x)
    (fun p w c => if touches r p (p + w) then cell o' p w c else cell o p w c).

Lemma patch_differs : forall r o o', differs_in r o (patch r o o').
Proof. intros r o o'. split; cbn; auto; intros; rewrite H; auto. Qed.

Definition patch_all (l : list bounds) (o o' : object) : object := fold_left (fun q r => patch r q o') l o.

Lemma patch_all_same : forall l o o', let q := patch_all l o o' in
  size q = size o /\ alignment q = alignment o /\ stored_as q = stored_as o /\ alive q = alive o.
Proof.
  induction l as [|r l IH]; intros o o'; [auto|]. cbn. destruct (IH (patch r o o') o') as (A1 & A2 & A3 & A4). auto.
Qed.

Lemma patch_all_bits : forall l o o' x, initialised (patch_all l o o') x =
  if existsb (fun r => touches r x (x + 1)) l then initialised o' x else initialised o x.
Proof.
  induction l as [|r l IH]; intros o o' x; [auto|]. cbn. fold (patch_all l (patch r o o') o'). rewrite IH. cbn.
  destruct (touches r x (x + 1)), (existsb (fun r => touches r x (x + 1)) l); auto.
Qed.

Lemma patch_all_cells : forall l o o' p w c, cell (patch_all l o o') p w c =
  if existsb (fun r => touches r p (p + w)) l then cell o' p w c else cell o p w c.
Proof.
  induction l as [|r l IH]; intros o o' p w c; [auto|]. cbn. fold (patch_all l (patch r o o') o'). rewrite IH. cbn.
  destruct (touches r p (p + w)), (existsb (fun r => touches r p (p + w)) l); auto.
Qed.

Lemma not_touched : forall (l : list bounds) x y, existsb (fun r => touches r x y) l = false -> forall r, In r l ->
  touches r x y = false.
Proof.
  intros l x y H r I. destruct (touches r x y) eqn:T; auto.
  assert (existsb (fun r => touches r x y) l = true) by (apply existsb_exists; eauto). congruence.
Qed.

(** Where nothing changed outside of the ranges, what remains are cells that were missing. *)
Lemma patched_kept : forall P l o o', unchanged_outside P l o o' ->
  (forall x, initialised o' x = initialised (patch_all l o o') x) /\
  (forall p w c, cell_kept P (patch_all l o o') o' p w c).
Proof.
  intros P l o o' [I K]. split.
  - intro x. rewrite patch_all_bits. destruct (existsb (fun r => touches r x (x + 1)) l) eqn:E; auto. apply I.
    apply not_touched. exact E.
  - intros p w c. unfold cell_kept. rewrite patch_all_cells. destruct (existsb (fun r => touches r p (p + w)) l) eqn:E.
    + destruct (cell o' p w c); auto.
    + apply K. apply not_touched. exact E.
Qed.

(** ** What facts say where missing cells appeared *)

Section Kept.
Variable P : program.
Variable C : certificate.
Variable m : memory.
Variable tagged : ghost.

Lemma type_of_width : forall t u, width t = width u -> class_of t = class_of u -> same_cell t u = true.
Proof.
  intros t u W K. unfold same_cell. rewrite W, Z.eqb_refl, K. destruct (class_eq_dec (class_of u) (class_of u));
    [reflexivity|congruence].
Qed.

Lemma any_of_width : forall q t u v, proper_type t -> width u = width t -> class_of u = class_of t -> of_type P u v ->
  (forall x, of_type P t x -> satisfies_predicate C m tagged q t x) -> satisfies_predicate C m tagged q t v.
Proof.
  intros q t u v PT W K OT H. pose proof (type_of_width t u (eq_sym W) (eq_sym K)) as SC.
  destruct t as [t| |f].
  - destruct (same_cell_integer _ _ SC) as (i & -> & _). destruct v as [n| |]; try contradiction.
    specialize (H (VInteger (wrap t n)) (wrap_in t n PT)). destruct q as [b k r|[l|]|[r|]]; cbn in *; auto.
    rewrite (wrap_twice t n PT) in H. exact H.
  - rewrite <- (same_cell_type TPointer u SC) in OT by discriminate. auto.
  - rewrite <- (same_cell_type (TFloat f) u SC) in OT by discriminate. auto.
Qed.

Lemma says_kept : forall z o o' a, proper_about a -> (forall x, initialised o' x = initialised o x) ->
  (forall p w c, cell_kept P o o' p w c) -> size o' = size o -> (a = Alive -> alive o' = alive o) ->
  says P C m tagged z o a -> says P C m tagged z o' a.
Proof.
  intros z o o' a PR IN CK SZ AL H.
  destruct a as [first count stride t u q|from to|from to v| |b| |from to| |]; cbn in *.
  - intros k K. specialize (H k K). unfold wholly_initialised in *.
    assert (PT : proper_type t) by (decompose [and] PR; assumption).
    destruct H as [[WI CS]|[U WI]]; [left|right].
    + split; [intros x X; rewrite IN; auto|]. unfold cell_satisfies in *.
      specialize (CK (first + k * stride) (width t) (class_of t)). unfold cell_kept in CK.
      destruct (cell o (first + k * stride) (width t) (class_of t)) as [x|]; [rewrite CK; exact CS|].
      destruct CK as [->|(t' & x & W & KL & OT & ->)]; [exact CS|]. eapply any_of_width; eauto.
    + split; auto. intro Q. apply WI. intros x X. rewrite <- IN. auto.
  - intros x X. rewrite IN. auto.
  - destruct H as [H1 H2]. split; [intros x X; rewrite IN; auto|]. intros p w c x X1 X2 F.
    specialize (H2 p w c x X1 X2 F).
    specialize (CK p w c). unfold cell_kept in CK. rewrite H2 in CK. exact CK.
  - rewrite AL; auto.
  - rewrite SZ. exact H.
  - exact H.
  - intros x X. rewrite IN. auto.
  - intros x X. rewrite IN, SZ. auto.
  - exact H.
Qed.
End Kept.

(** ** Worlds *)

Section Worlds.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.

Definition tagged_as (g : ghost) (u : id) (n : name) : bool :=
  match PM.find u (tags C), n with
  | Some (TStatic o _ _ _), Static p => Pos.eqb o p
  | Some (TLocal _ _ _ _ _ | THeap _ _ _ _), Dynamic k => match g k with Some t => Pos.eqb t u | None => false end
  | _, _ => false
  end.

Lemma tagged_as_is : forall g u n, tagged_as g u n = true <-> tag_is C g u n.
Proof.
  intros g u n. unfold tagged_as, tag_is. destruct (PM.find u (tags C)) as [[]|], n;
    try (split; [discriminate|contradiction]);
    try apply Pos.eqb_eq; (destruct (g n) as [t|]; [rewrite Pos.eqb_eq; split; congruence|split; discriminate]).
Qed.

(** The new contents, in the range. *)
Definition patch_memory (g : ghost) (m' m : memory) (c : id * bounds) : memory := fun n =>
  match m n, m' n with
  | Some o, Some o' => if tagged_as g (fst c) n then Some (patch (snd c) o o') else Some o
  | x, _ => x
  end.

Lemma patch_memory_lasts : forall g m' m c n o, m n = Some o ->
  exists q, patch_memory g m' m c n = Some q /\ lasting o q.
Proof.
  intros g m' m c n o E. unfold patch_memory. rewrite E. destruct (m' n); [|eauto using lasting_refl].
  destruct (tagged_as g (fst c) n); [|eauto using lasting_refl]. eexists. split; [reflexivity|]. repeat split; auto.
Qed.

Lemma cut_patched : forall F m m' tg v0 g u r s h s' e, speaks A CP C X F {| heap := m; tagging := tg |} v0 every g ->
  cut g u r true s = Some (h, s', e) ->
  speaks A CP C X F {| heap := patch_memory tg m' m (u, r); tagging := tg |} v0 every h /\ s' = s /\ e = [].
Proof.
  intros F m m' tg v0 g u r s h s' e S H. set (w := {| heap := m; tagging := tg |}) in *.
  set (w' := {| heap := patch_memory tg m' m (u, r); tagging := tg |}).
  destruct (cut_spares A P C _ _ _ _ _ _ _ _ (sp_tables _ _ _ _ _ _ _ _ _ S) H) as (W & OUT & SP & -> & ->).
  split; [|auto].
  pose proof (speaks_weaker A CP C X _ _ _ _ _ _ W S) as S2.
  assert (LAST : objects_last w w') by (intros n o E; apply patch_memory_lasts; exact E).
  assert (OBJ : forall t n o', tag_is C tg t n -> heap w' n = Some o' -> exists o, m n = Some o /\ alive o' = alive o /\
            (o' = o \/ t = u /\ differs_in r o o')).
  { intros t n o' T E. cbn in E. unfold patch_memory in E. destruct (m n) as [o|]; [|discriminate].
    exists o. split; auto.
    destruct (m' n) as [o2|]; [|injection E as <-; auto]. destruct (tagged_as tg (fst (u, r)) n) eqn:TA;
      [|injection E as <-; auto].
    injection E as <-. split; [reflexivity|]. right. split; [|apply patch_differs]. apply tagged_as_is in TA.
    eapply one_tag; eauto. }
  assert (RE : forall l b o, in_targets C (heap w) (tagging w) l b o -> in_targets C (heap w') (tagging w') l b o).
  { intros l b o. apply targets_last; auto. }
  assert (SAYS : forall i o a, says P C (heap w) (tagging w) i o a -> says P C (heap w') (tagging w') i o a).
  { intros i o a Q. pose proof (re_says CP C w w' (fun l => l) RE i o o a (still_refl o) (fun _ => eq_refl) Q) as Z.
    rewrite same_about in Z. exact Z. }
  apply (speaks_moved A CP C X w w' (fun l => l)) with (fv := no_change) (of := every) (g := h).
  - exact RE.
  - intros v s0 x. apply symbolic_last; auto.
  - reflexivity.
  - apply renewed_refl.
  - exact S2.
  - intros v AG n f Q _ L k o' T E.
    pose proof (half_facts _ _ _ _ _ _ _ (sp_held _ _ _ _ _ _ _ _ _ S2 v AG) n f Q I L) as FH.
    unfold fact_holds in FH.
    destruct (OBJ _ k o' T E) as (o & Eo & AL & D). specialize (FH k o T Eo).
    assert (K : says P C (heap w) (tagging w) v o (fact_about (fst f)) ->
      says P C (heap w') (tagging w') v o' (fact_about (fst f))).
    { intro Z. apply SAYS. destruct D as [->|[ET D]]; [exact Z|].
      destruct (SP n f Q ET) as [[_ BAD]|SR]; [discriminate|].
      exact (SR _ _ _ _ _ D Z). }
    destruct (fact_about (fst f)); rewrite ?AL; auto.
  - intros v AG t c I _ L k o' T E.
    destruct (OBJ _ k o' T E) as (o & Eo & AL & D).
    destruct (half_contents _ _ _ _ _ _ _ (sp_held _ _ _ _ _ _ _ _ _ S2 v AG) t c I (Logic.I) L k o T Eo)
      as (x & C1 & SY & WI). exists x.
    assert (ES : is_symbolic C (heap w') (tagging w') v (content_value c)
                   (match content_type c, x with TInteger t, VInteger k => VInteger (wrap t k) | _, x => x end)).
    { apply (symbolic_last C w w'); auto. }
    destruct D as [->|[-> D]]; [auto|]. specialize (OUT c I). split; [rewrite (df_cells _ _ _ D); auto|].
    split; [exact ES|].
    intros z Z. rewrite (initialised_untouched _ _ _ _ _ D OUT z Z). auto.
  - intros t z _ n o' T E. destruct (OBJ t n o' T E) as (o & Eo & _ & D). exists o. split; [exact T|].
    split; [exact Eo|]. destruct D as [->|[_ D]]; [reflexivity|apply (df_size _ _ _ D)].
Qed.

(** *** All of a list *)

Definition patched (g : ghost) (m' : memory) (l : list (id * bounds)) (m : memory) : memory := fold_left
  (patch_memory g m') l m.

Lemma cuts_patched : forall F m' tg v0 l m g s h s' e, speaks A CP C X F {| heap := m; tagging := tg |} v0 every g ->
  each l (fun g c => cut g (fst c) (snd c) true) g s = Some (h, s', e) ->
  speaks A CP C X F {| heap := patched tg m' l m; tagging := tg |} v0 every h /\ s' = s /\ e = [].
Proof.
  intros F m' tg v0. induction l as [|[u r] l IH]; intros m g s h s' e S H; cbn in H.
  - apply ret_inv in H as (<- & <- & ->). auto.
  - apply bind_inv in H as (k & s1 & e1 & e2 & CU & H & ->).
    destruct (cut_patched _ _ m' _ _ _ _ _ _ _ _ _ S CU) as (S1 & -> & ->).
    destruct (IH _ _ _ _ _ _ S1 H) as (S2 & -> & ->). auto.
Qed.

Definition ranges_of (g : ghost) (n : name) (l : list (id * bounds)) : list bounds :=
  map snd (filter (fun c => tagged_as g (fst c) n) l).

Lemma patched_object : forall tg m' n o o' l m, m n = Some o -> m' n = Some o' ->
  patched tg m' l m n = Some (patch_all (ranges_of tg n l) o o').
Proof.
  intros tg m' n o o' l. revert o. induction l as [|[u r] l IH]; intros o m E E'; [exact E|]. cbn [patched fold_left].
  unfold ranges_of. cbn [filter fst]. destruct (tagged_as tg u n) eqn:T.
  - cbn [map snd patch_all fold_left]. apply IH; auto. unfold patch_memory. rewrite E, E'. cbn [fst].
    rewrite T. reflexivity.
  - apply IH; auto. unfold patch_memory. rewrite E, E'. cbn [fst]. rewrite T. reflexivity.
Qed.

Lemma patched_none : forall tg m' n l m, m n = None -> patched tg m' l m n = None.
Proof.
  intros tg m' n l. induction l as [|c l IH]; intros m E; [exact E|]. cbn. apply IH. unfold patch_memory.
  rewrite E. reflexivity.
Qed.

(** The ranges of an object are those of its tag. *)
Lemma ranges_of_tag : forall tg t n e, tag_is C tg t n -> ranges_of tg n (written e) = written_ranges e t.
Proof.
  intros tg t n e T. unfold ranges_of, written_ranges. f_equal. apply filter_ext. intros [u r]. cbn.
  destruct (tagged_as tg u n) eqn:E.
  - apply tagged_as_is in E. symmetry. apply Pos.eqb_eq. eapply one_tag; eauto.
  - symmetry. apply Pos.eqb_neq. intros ->. apply tagged_as_is in T. congruence.
Qed.

End Worlds.
