(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Instructions that stay in their function keep states sane *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading State Checker Programs NumberProofs Invariant SaneProofs.
Import ListNotations.
Open Scope Z_scope.

Lemma set_object_cases : forall m n o n' o',
  set_object m n o n' = Some o' -> n' = n /\ o' = o \/ n' <> n /\ m n' = Some o'.
Proof.
  unfold set_object. intros m n o n' o' H. destruct (name_eq_dec n n') as [->|N]; [left; inversion H; auto|right; auto].
Qed.

Lemma set_object_other : forall m n o n', n' <> n -> set_object m n o n' = m n'.
Proof. unfold set_object. intros m n o n' N. destruct (name_eq_dec n n'); congruence. Qed.

Lemma set_object_same : forall m n o, set_object m n o n = Some o.
Proof. unfold set_object. intros. destruct (name_eq_dec n n); congruence. Qed.

Section Effects.
Variable A : positive -> Prop.
Variable CP : cprogram.
Notation P := (program_of CP).
Notation effect := (effect A P).

(** ** Cells *)

(** The value may be in a cell, or a register, of the class. *)
Definition fitting_value (c : class) (x : value) : Prop := taken_here CP x /\ class_of_value x = c.
Definition sane_object (o : object) : Prop := forall p w c x, cell o p w c = Some x -> fitting_value c x.

Lemma of_type_fits : forall t v, of_type P t v -> fitting_value (class_of t) v.
Proof.
  intros t v H. destruct t, v; cbn in H; try contradiction; split; cbn; auto; try (destruct b; auto).
Qed.

Lemma fresh_sane : forall s k t, sane_object (fresh_object s k t).
Proof. intros s k t p w c x H. discriminate. Qed.

Lemma without_life_sane : forall o, sane_object o -> sane_object (without_life o).
Proof. intros o H. exact H. Qed.

Lemma put_cell_sane : forall o p w c v, sane_object o -> fitting_value c v -> sane_object (put_cell o p w c v).
Proof.
  intros o p w c v S V p' w' c' x H. cbn in H.
  destruct (p' =? p), (w' =? w), (class_eq_dec c' c) as [->|]; cbn in H;
    try (destruct (overlap _ _ _); [discriminate|exact (S _ _ _ _ H)]).
  inversion H; subst. exact V.
Qed.

Lemma know_cell_sane : forall o p w c v, sane_object o -> fitting_value c v -> sane_object (know_cell o p w c v).
Proof.
  intros o p w c v S V p' w' c' x H. cbn in H.
  destruct (p' =? p), (w' =? w), (class_eq_dec c' c) as [->|]; cbn in H; try exact (S _ _ _ _ H).
  inversion H; subst. exact V.
Qed.

Lemma filled_fits : forall v p w c x, filled v p w c = Some x -> fitting_value c x.
Proof.
  intros v p w c x H. destruct c; cbn [filled] in H; [|destruct (v =? 0); [|discriminate]..];
    inversion H; split; exact I || reflexivity.
Qed.

Lemma fill_sane : forall o r v, sane_object o -> sane_object (fill o r v).
Proof.
  intros o r v S p w c x H. cbn [fill with_content cell] in H. destruct (overlap r p w); [|exact (S _ _ _ _ H)].
  destruct (_ && _)%bool; [exact (filled_fits _ _ _ _ _ H)|discriminate].
Qed.

Lemma scramble_sane : forall o r, sane_object o -> sane_object (scramble o r).
Proof. intros o r S p w c x H. cbn in H. destruct (overlap r p w); [discriminate|exact (S _ _ _ _ H)]. Qed.

Lemma copy_sane : forall o s r k, sane_object o -> sane_object s -> sane_object (copy o s r k).
Proof.
  intros o s r k S T p w c x H. cbn [copy with_content cell] in H. destruct (overlap r p w); [|exact (S _ _ _ _ H)].
  destruct (_ && _)%bool; [exact (T _ _ _ _ H)|discriminate].
Qed.

Lemma cells_object : forall m n o, sane_cells CP m -> m n = Some o -> sane_object o.
Proof. intros m n o S E p w c x H. exact (S _ _ _ _ _ _ E H). Qed.

Lemma set_object_sane : forall m n o, sane_cells CP m -> sane_object o -> sane_cells CP (set_object m n o).
Proof.
  intros m n o S O n' o' p w c x E H. apply set_object_cases in E as [[-> ->]|[_ E]]; [exact (O _ _ _ _ H)|].
  exact (S _ _ _ _ _ _ E H).
Qed.

Lemma changed_sane : forall m b f m', sane_cells CP m -> changed m b f m' ->
  (forall o, sane_object o -> sane_object (f o)) -> sane_cells CP m'.
Proof.
  intros m b f m' S (n & o & _ & E & ->) K. apply set_object_sane; [exact S|]. apply K. exact (cells_object _ _ _ S E).
Qed.

Lemma havocked_sane : forall m m', sane_cells CP m -> havocked P m m' -> sane_cells CP m'.
Proof.
  intros m m' S (_ & _ & _ & H & _) n o p w c x E K.
  destruct (H _ _ _ _ _ _ E K) as [(t & _ & <- & T)|(o' & E' & K')]; [exact (of_type_fits _ _ T)|].
  exact (S _ _ _ _ _ _ E' K').
Qed.

(** ** Registers *)

Ltac shapes :=
  cbn [well_shaped gives_optional operands_of forallb] in *;
  repeat match goal with H : (_ && _)%bool = true |- _ => apply andb_true_iff in H as [? ?] end.

Lemma effect_typed : forall F m i F' m' f G,
  effect F m i F' m' -> typed CP G F -> sane_cells CP m -> well_shaped CP f G i = true ->
  forallb (taken_operand CP) (operands_of i) = true -> typed CP G F'.
Proof.
  intros F m i F' m' f G E T S W K. inversion E; subst; shapes; try exact T;
    try (eapply set_register_typed; [exact T|eassumption|reflexivity|exact I]).
  - (* move *)
    destruct (operand_class CP G a) as [c|] eqn:C; [|discriminate].
    eapply set_register_typed; eauto using eval_class, eval_taken.
  - (* offset *)
    eapply set_register_typed; [exact T|eassumption|reflexivity|].
    assert (V : taken_here CP (eval F a)) by (eapply eval_taken; eauto using is_class).
    unfold base_of. destruct (eval F a); [exact I|exact V|exact I].
  - (* integerToPointer *)
    match goal with H : of_type _ _ _ |- _ => apply of_type_fits in H as [? ?] end. eapply set_register_typed; eauto.
  - (* load *)
    match goal with H : cell ?o _ _ _ = Some _, E : _ _ = Some ?o |- _ => destruct (S _ _ _ _ _ _ E H) as [V C] end.
    eapply set_register_typed; [exact T|eassumption|..]; subst v0; destruct t, v; cbn in C |- *; try discriminate; auto.
  - match goal with H : of_type _ _ _ |- _ => apply of_type_fits in H as [? ?] end. eapply set_register_typed; eauto.
  - match goal with H : of_type _ _ _ |- _ => apply of_type_fits in H as [? ?] end. eapply set_register_typed; eauto.
  - (* havoc *)
    match goal with H : of_type _ _ _ |- _ => apply of_type_fits in H as [? ?] end. eapply set_register_typed; eauto.
  - (* havocMemory *)
    destruct r as [r|]; [|exact T].
    match goal with H : of_type _ _ _ |- _ => apply of_type_fits in H as [? ?] end. eapply set_register_typed; eauto.
Qed.

Lemma effect_cells : forall F m i F' m' f G,
  effect F m i F' m' -> typed CP G F -> sane_cells CP m -> well_shaped CP f G i = true ->
  forallb (taken_operand CP) (operands_of i) = true -> sane_cells CP m'.
Proof.
  intros F m i F' m' f G E T S W K. inversion E; subst; shapes; try exact S;
    try (eapply changed_sane; [exact S|eassumption|]; intros o O; cbv beta;
         first [exact (fill_sane _ _ _ O)|exact (scramble_sane _ _ O)|exact (without_life_sane _ O)
               |eapply copy_sane, cells_object; eassumption]);
    try (apply set_object_sane; [exact S|apply fresh_sane]).
  - (* load of an unknown cell *)
    apply set_object_sane; [exact S|].
    apply know_cell_sane; [eapply cells_object; eauto|apply of_type_fits; assumption].
  - (* store *)
    eapply changed_sane; [exact S|eassumption|]. intros o O. apply put_cell_sane; [exact O|].
    split; [eapply eval_taken|eapply eval_class]; eauto using is_class.
  - (* end *)
    apply set_object_sane; [exact S|]. apply without_life_sane. eapply cells_object; eauto.
  - eapply havocked_sane; eauto.
Qed.

(** ** Automatic objects *)

(** An automatic object that lives lives on. *)
Definition lives (m : memory) (n : name) : Prop := exists b, m n = Some b /\ alive b = true /\ stored_as b = SAutomatic.

Lemma set_object_lives : forall m x o o' n,
  m x = Some o -> alive o' = alive o -> stored_as o' = stored_as o -> lives m n -> lives (set_object m x o') n.
Proof.
  intros m x o o' n E L S (b & B & Lb & Sb). destruct (name_eq_dec n x) as [->|N].
  - exists o'. rewrite set_object_same. rewrite E in B. inversion B; subst. intuition congruence.
  - exists b. rewrite set_object_other by exact N. auto.
Qed.

Lemma set_object_lives_other : forall m x o n, n <> x -> lives m n -> lives (set_object m x o) n.
Proof. intros m x o n N (b & B & L & S). exists b. rewrite set_object_other by exact N. auto. Qed.

Lemma nothing_lives : forall m n, m n = None -> ~ lives m n.
Proof. intros m n E (b & B & _). congruence. Qed.

Lemma effect_lives : forall F m i F' m' n,
  effect F m i F' m' -> met (demands P F m i) -> (forall x, i = End_ x -> automatic F x <> Some n) ->
  lives m n -> lives m' n.
Proof.
  intros F m i F' m' n E M N L. inversion E; subst; try exact L;
    try (match goal with H : changed _ _ _ _ |- _ => destruct H as (x & y & ? & ? & ->) end;
         eapply set_object_lives; eauto; fail);
    try (apply set_object_lives_other; [|exact L]; intros ->; eapply nothing_lives; eauto; fail).
  - eapply set_object_lives; eauto.
  - (* free *)
    match goal with H : changed _ _ _ _ |- _ => destruct H as (x & y & B & Y & ->) end.
    apply set_object_lives_other; [|exact L]. intros ->. destruct L as (b & Eb & _ & Sb).
    inversion M as [|d l D _]; subst. cbn in D. unfold is_null in D. rewrite B in D.
    destruct D as [D|(_ & o & (z & Z1 & Z2) & So & _)]; [discriminate|]. inversion Z1; subst. congruence.
  - (* end *)
    apply set_object_lives_other; [|exact L]. intros ->. eapply N; eauto.
  - (* havocMemory *)
    destruct L as (b & B & Lb & Sb).
    match goal with H : havocked _ _ _ |- _ => destruct H as (K & _) end.
    destruct (K _ _ B) as (b' & E' & _ & _ & S' & _ & L' & _).
    exists b'. rewrite E', S', L', Sb, Lb by congruence. auto.
Qed.

Definition is_lifetime (i : instruction) : bool := match i with Start _ _ _ _ | End_ _ => true | _ => false end.

Lemma effect_automatic : forall F m i F' m', effect F m i F' m' -> is_lifetime i = false -> automatic F' = automatic F.
Proof.
  intros F m i F' m' E L. inversion E; subst; try reflexivity; try discriminate. destruct r; reflexivity.
Qed.

Lemma effect_running : forall F m i F' m', effect F m i F' m' -> running F' = running F /\ end_ F' = end_ F.
Proof. intros F m i F' m' E. inversion E; subst; try (split; reflexivity). destruct r; split; reflexivity. Qed.

(** The live set is that of the objects that the frame has, behind the instruction too. *)
Lemma effect_live : forall F m i F' m' n site c s s',
  effect F m i F' m' -> live_through ((n, (site, i)) :: c) s = Some s' ->
  (forall o, exists_in s o = true <-> automatic F o <> None) ->
  exists s1, live_through c s1 = Some s' /\ forall o, exists_in s1 o = true <-> automatic F' o <> None.
Proof.
  intros F m i F' m' n site c s s' E L S. cbn [live_through] in L.
  destruct (forallb (names_live s) (operands_of i)); [|discriminate].
  destruct (is_lifetime i) eqn:K.
  - destruct i; try discriminate; destruct (exists_in s o) eqn:X; try discriminate.
    + inversion E; subst. exists (PM.add o tt s). split; [exact L|]. intro x. rewrite exists_add. cbn.
      destruct (Pos.eqb x o) eqn:Y.
      * apply Pos.eqb_eq in Y. split; [discriminate|auto].
      * apply Pos.eqb_neq in Y. rewrite <- S. tauto.
    + inversion E; subst. exists (PM.remove o s). split; [exact L|]. intro x. rewrite exists_remove. cbn.
      destruct (Pos.eqb x o) eqn:Y.
      * apply Pos.eqb_eq in Y. tauto.
      * apply Pos.eqb_neq in Y. rewrite <- S. tauto.
  - exists s. rewrite (effect_automatic _ _ _ _ _ E K). split; [|exact S].
    destruct i; try discriminate; exact L.
Qed.

(** What the frame has behind the instruction it had before, or it is new. *)
Lemma effect_owns : forall F m i F' m' o n, effect F m i F' m' -> automatic F' o = Some n ->
  automatic F o = Some n /\ (forall x, i = End_ x -> x <> o) \/
  automatic F' o = Some n /\ m n = None /\ lives m' n /\ (exists k, n = Dynamic k) /\ exists k z c, i = Start o k z c.
Proof.
  intros F m i F' m' o n E H. destruct (is_lifetime i) eqn:K.
  - destruct i; try discriminate; inversion E; subst; cbn in H |- *; destruct (Pos.eqb o o0) eqn:Y;
      try discriminate.
    + apply Pos.eqb_eq in Y. subst o0. inversion H; subst. right.
      repeat split; eauto. eexists. rewrite set_object_same. split; [reflexivity|split; reflexivity].
    + left. split; [exact H|]. intros x X. discriminate.
    + apply Pos.eqb_neq in Y. left. split; [exact H|]. intros x X. inversion X. congruence.
  - left. rewrite (effect_automatic _ _ _ _ _ E K) in H. split; [exact H|]. intros x ->. discriminate.
Qed.

(** ** The frame behind an instruction *)

Lemma sane_typed : forall m F G, sane_frame CP m F -> PM.find (running F) (cfunctions CP) = Some G -> typed CP G F.
Proof.
  intros m F G S E r t H. split; [exact (in_class _ _ _ S _ _ _ E H)|exact (registers_taken _ _ _ S _ _ _ E H)].
Qed.

Lemma sane_lives : forall m F o n, sane_frame CP m F -> automatic F o = Some n -> lives m n.
Proof. intros m F o n S H. destruct (in_life _ _ _ S _ _ H) as (_ & k & b & _ & B). exists b. exact B. Qed.

(** Other frames stay sane as long as their objects live. *)
Lemma frame_kept : forall m m' F, sane_frame CP m F -> (forall o n, automatic F o = Some n -> lives m' n) ->
  sane_frame CP m' F.
Proof.
  intros m m' F [C K L D T] H. constructor; auto. intros o n O.
  destruct (L _ _ O) as (M & k & _ & -> & _). split; [exact M|].
  destruct (H _ _ O) as (b & B). exists k, b. auto.
Qed.

Lemma effect_sane_frame : forall F m site i l F' m',
  sane_frame CP m F -> sane_cells CP m -> rest F = (site, i) :: l -> met (demands P F m i) -> effect F m i F' m' ->
  sane_frame CP m' (at_rest F' l) /\ sane_cells CP m'.
Proof.
  intros F m site i l F' m' S SC R M E.
  destruct (in_code _ _ _ S) as (G & c & s & s' & EG & C & W & We & L & N & Go & Au & Ta & Te).
  rewrite R in C. destruct c as [|(n, (site', i')) c]; [discriminate|]. cbn [map snd] in C.
  inversion C; subst site' i' l.
  cbn [forallb snd] in W, Ta. apply andb_true_iff in W as [W Ws]. apply andb_true_iff in W as [_ W].
  apply andb_true_iff in Ta as [Ta Tas].
  pose proof (sane_typed _ _ _ S EG) as T.
  destruct (effect_running _ _ _ _ _ E) as [Rn En].
  split; [|eapply effect_cells; eauto].
  destruct (effect_live _ _ _ _ _ _ _ _ _ _ E L Au) as (s1 & L1 & Au1).
  pose proof (effect_typed _ _ _ _ _ _ _ E T SC W Ta) as T'.
  constructor.
  - exists G, c, s1, s'. cbn. rewrite Rn, En. repeat match goal with |- _ /\ _ => split end; auto.
  - cbn. intros H r t EH Er. rewrite Rn, EG in EH. inversion EH; subst. apply (T' _ _ Er).
  - cbn. intros o x O. rewrite Rn.
    destruct (effect_owns _ _ _ _ _ _ _ E O) as [[O' D]|(_ & _ & Lx & (k & ->) & z & y & v & ->)].
    + destruct (in_life _ _ _ S _ _ O') as (Mi & k & b & -> & _). split; [exact Mi|].
      assert (Lx : lives m' (Dynamic k)).
      { eapply effect_lives; eauto; [|eapply sane_lives; eauto].
        intros y Y Z. apply (D _ Y). symmetry. eapply (apart _ _ _ S); eauto. }
      destruct Lx as (b' & B). exists k, b'. auto.
    + cbn in W. apply andb_true_iff in W as [W _]. split; [exact W|]. destruct Lx as (b' & B). exists k, b'. auto.
  - cbn. intros o o' x O O'.
    destruct (effect_owns _ _ _ _ _ _ _ E O) as [[Q _]|(_ & Nx & _ & _ & z & y & v & Hi)],
             (effect_owns _ _ _ _ _ _ _ E O') as [[Q' _]|(_ & Nx' & _ & _ & z' & y' & v' & Hi')].
    + eapply (apart _ _ _ S); eauto.
    + exfalso. eapply nothing_lives; [exact Nx'|]. eapply sane_lives; eauto.
    + exfalso. eapply nothing_lives; [exact Nx|]. eapply sane_lives; eauto.
    + congruence.
  - cbn. intros H r t EH Er. rewrite Rn, EG in EH. inversion EH; subst. apply (T' _ _ Er).
Qed.

End Effects.
