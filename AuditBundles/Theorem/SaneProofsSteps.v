(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Every state of an execution of a well-formed program is sane *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading State Checker Programs NumberProofs Invariant.
From AICheck Require Import SaneProofs SaneProofsEffects.
Import ListNotations.
Open Scope Z_scope.

(** ** Frames that have no automatic object in common *)

Definition distinct (l : list frame) : Prop := forall i j F G o o' n,
  nth_error l i = Some F -> nth_error l j = Some G -> automatic F o = Some n -> automatic G o' = Some n -> i = j.

Lemma distinct_tail : forall F l, distinct (F :: l) -> distinct l.
Proof. intros F l D i j G H o o' n I J O O'. specialize (D (S i) (S j) G H o o' n I J O O'). lia. Qed.

Lemma distinct_head : forall F l G o o' n,
  distinct (F :: l) -> In G l -> automatic G o = Some n -> automatic F o' <> Some n.
Proof.
  intros F l G o o' n D I O O'. apply In_nth_error in I as [j J].
  specialize (D 0%nat (S j) F G o' o n eq_refl J O' O). discriminate.
Qed.

Lemma distinct_cons : forall F l, distinct l ->
  (forall G o o' n, In G l -> automatic G o = Some n -> automatic F o' <> Some n) -> distinct (F :: l).
Proof.
  intros F l D N i j G H o o' n I J O O'. destruct i as [|i], j as [|j]; cbn in I, J.
  - reflexivity.
  - inversion I; subst. destruct (N _ _ o _ (nth_error_In _ _ J) O' O).
  - inversion J; subst. destruct (N _ _ o' _ (nth_error_In _ _ I) O O').
  - f_equal. eapply D; eauto.
Qed.

Section Steps.
Variable A : positive -> Prop.
Variable CP : cprogram.
Notation P := (program_of CP).

(** ** Frames *)

Lemma frame_at_rest : forall m F site l i,
  sane_frame CP m F -> rest F = (site, i) :: l -> is_lifetime i = false -> sane_frame CP m (at_rest F l).
Proof.
  intros m F site l i S R K.
  destruct (in_code _ _ _ S) as (G & c & s & s' & EG & C & W & We & L & Na & Go & Au & Ta & Te).
  rewrite R in C. destruct c as [|(n, (site', i')) c]; [discriminate|]. cbn [map snd] in C.
  inversion C; subst site' i' l.
  cbn [forallb snd] in W, Ta. apply andb_true_iff in W as [_ W]. apply andb_true_iff in Ta as [_ Ta].
  destruct S as [_ K1 K2 K3 K4]. constructor; auto.
  exists G, c, s, s'. cbn. repeat match goal with |- _ /\ _ => split end; auto.
  cbn [live_through] in L. destruct (forallb (names_live s) (operands_of i)); [|discriminate].
  destruct i; try discriminate; exact L.
Qed.

Lemma frame_with_register : forall m F G x c v,
  sane_frame CP m F -> PM.find (running F) (cfunctions CP) = Some G -> Checker.gives G x c = true ->
  fitting_value CP c v -> sane_frame CP m (set_register F x v).
Proof.
  intros m F G x c v S E K [V C].
  pose proof (set_register_typed _ _ _ _ _ _ (sane_typed _ _ _ _ S E) K C V) as T.
  destruct S as [K0 K1 K2 K3 K4]. constructor; auto.
  - intros H r t EH Er. cbn in EH. rewrite E in EH. inversion EH; subst. apply (T _ _ Er).
  - intros H r t EH Er. cbn in EH. rewrite E in EH. inversion EH; subst. apply (T _ _ Er).
Qed.

(** What the next instruction is, its shape and its operands. *)
Lemma next_well_shaped : forall m F site i l, sane_frame CP m F -> rest F = (site, i) :: l ->
  exists G, PM.find (running F) (cfunctions CP) = Some G /\ well_shaped CP (running F) G i = true /\
            forallb (taken_operand CP) (operands_of i) = true.
Proof.
  intros m F site i l S R. destruct (in_code _ _ _ S) as (G & c & s & s' & EG & C & W & _ & _ & _ & _ & _ & Ta & _).
  rewrite R in C. destruct c as [|(n, (site', i')) c]; [discriminate|]. cbn [map snd] in C. inversion C; subst.
  cbn [forallb snd] in W, Ta. apply andb_true_iff in W as [W _]. apply andb_true_iff in W as [_ W].
  apply andb_true_iff in Ta as [Ta _]. eauto.
Qed.

(** A function that returns gives what it promises. *)
Lemma return_fits : forall m F a, sane_frame CP m F -> end_ F = Return a ->
  exists G, PM.find (running F) (cfunctions CP) = Some G /\
  match cresult G, a with
  | Some t, Some a => fitting_value CP (class_of t) (eval F a)
  | None, None => True
  | _, _ => False
  end.
Proof.
  intros m F a S E. destruct (in_code _ _ _ S) as (G & c & s & s' & EG & _ & _ & We & _ & _ & _ & _ & _ & Te).
  exists G. split; [exact EG|]. rewrite E in We, Te. destruct a as [a|]; cbn in We, Te.
  - destruct (cresult G) as [t|]; [|discriminate]. apply andb_true_iff in Te as [Te _].
    apply is_class in We. pose proof (sane_typed _ _ _ _ S EG) as T.
    split; [eapply eval_taken|eapply eval_class]; eauto.
  - destruct (cresult G); [discriminate|exact I].
Qed.

(** A function has finitely many automatic objects, so it is decided what it owns. *)
Lemma owns : forall m F n, sane_frame CP m F ->
  (exists o, automatic F o = Some n) \/ (forall o, automatic F o <> Some n).
Proof.
  intros m F n S. destruct (in_code _ _ _ S) as (G & c & s & s' & _ & _ & _ & _ & _ & _ & _ & Au & _).
  destruct (Exists_dec (fun o => automatic F o = Some n) (map fst (PM.elements s))) as [H|H].
  - intro o. destruct (automatic F o) as [x|]; [|right; discriminate].
    destruct (name_eq_dec x n) as [->|N]; [left; reflexivity|right; congruence].
  - left. apply Exists_exists in H as (o & _ & H). eauto.
  - right. intros o O. apply H. apply Exists_exists. exists o. split; [|exact O].
    assert (X : exists_in s o = true) by (apply Au; congruence). apply exists_find in X as [u X].
    apply in_map_iff. exists (o, u). split; [reflexivity|]. apply PM.elements_correct. exact X.
Qed.

Hypothesis formed : well_formed CP = true.

(** ** Steps *)

Notation state_of := (fun F stack m => {| top := F; suspended := stack; mem := m |}).

Lemma instruction_sane : forall F l m site i F' m' stack,
  sane CP (state_of F stack m) -> rest F = (site, i) :: l -> met (demands P F m i) -> effect A P F m i F' m' ->
  sane CP (state_of (at_rest F' l) stack m').
Proof.
  intros F l m site i F' m' stack [Fr Re Ap Ce] R M E. cbn [top suspended mem frames] in *.
  pose proof (Fr F (or_introl eq_refl)) as SF.
  destruct (effect_sane_frame _ _ _ _ _ _ _ _ _ SF Ce R M E) as [SF' Ce'].
  assert (Other : forall G, In G (map snd stack) -> sane_frame CP m' G).
  { intros G I. pose proof (Fr G (or_intror I)) as SG. eapply frame_kept; [exact SG|].
    intros o n O. eapply effect_lives; eauto using sane_lives.
    intros x _. eapply distinct_head; eauto. }
  constructor; cbn [top suspended mem frames].
  - intros G [<-|I]; auto.
  - cbn. rewrite (proj1 (effect_running _ _ _ _ _ _ _ E)). exact Re.
  - apply distinct_cons; [eapply distinct_tail; exact Ap|]. cbn. intros G o o' n I O O'.
    destruct (effect_owns _ _ _ _ _ _ _ _ _ E O') as [[Q _]|(_ & N & _)].
    + eapply distinct_head; eauto.
    + eapply nothing_lives; [exact N|]. eapply sane_lives; [exact (Fr G (or_intror I))|exact O].
  - exact Ce'.
Qed.

Lemma call_sane : forall F l m site i r f arguments G stack,
  sane CP (state_of F stack m) -> rest F = (site, i) :: l ->
  (i = Call r f arguments \/ exists a, i = CallPointer r a arguments) ->
  gets_result CP f r F -> begins P f (map (eval F) arguments) G ->
  sane CP (state_of G ((r, at_rest F l) :: stack) m).
Proof.
  intros F l m site i r f arguments G stack [Fr Re Ap Ce] R K W B. cbn [top suspended mem frames] in *.
  pose proof (Fr F (or_introl eq_refl)) as SF.
  assert (SF' : sane_frame CP m (at_rest F l)).
  { eapply frame_at_rest; eauto. destruct K as [->|(a & ->)]; reflexivity. }
  assert (V : forall v, In v (map (eval F) arguments) -> taken_here CP v).
  { destruct (next_well_shaped _ _ _ _ _ SF R) as (H & EH & Sh & Ta). intros v I.
    apply in_map_iff in I as (a & <- & I). pose proof (sane_typed _ _ _ _ SF EH) as T.
    destruct K as [->|(b & ->)]; cbn [operands_of well_shaped] in Sh, Ta.
    - destruct (PM.find f (cfunctions CP)) as [g|]; [|discriminate]. apply andb_true_iff in Sh as [Sh _].
      destruct (arguments_have_class _ _ _ _ _ _ Sh I) as [c C].
      eapply eval_taken; eauto. exact (forallb_in _ _ _ Ta I).
    - apply andb_true_iff in Sh as [Sh _]. apply andb_true_iff in Sh as [_ Sh]. pose proof (forallb_in _ _ _ Sh I) as C.
      cbn in C. destruct (operand_class CP H a) as [c|] eqn:Ca; [|discriminate].
      cbn in Ta. apply andb_true_iff in Ta as [_ Ta]. eapply eval_taken; eauto. exact (forallb_in _ _ _ Ta I). }
  constructor; cbn [top suspended mem frames map snd].
  - intros H [<-|[<-|I]]; [eapply begins_sane; eauto|exact SF'|exact (Fr H (or_intror I))].
  - cbn. rewrite (begins_running _ _ _ _ B). split; [exact W|exact Re].
  - apply distinct_cons; [|intros H o o' n _ _; rewrite (begins_without_objects _ _ _ _ B); discriminate].
    apply distinct_cons; [eapply distinct_tail; exact Ap|]. cbn. intros H o o' n I O. eapply distinct_head; eauto.
  - exact Ce.
Qed.

(** The call's own register waits for what the callee gives. *)
Lemma call_gets : forall m F site r f arguments l, sane_frame CP m F -> rest F = (site, Call r f arguments) :: l ->
  gets_result CP f r F.
Proof.
  intros m F site r f arguments l S R x ->. destruct (next_well_shaped _ _ _ _ _ S R) as (H & EH & Sh & _).
  cbn in Sh. destruct (PM.find f (cfunctions CP)) as [G|] eqn:EG; [|discriminate].
  apply andb_true_iff in Sh as [_ Sh]. destruct (cresult G) as [t|] eqn:Et; [|discriminate]. exists G, H, t. auto.
Qed.

Lemma call_pointer_gets : forall m F site r a f arguments l, sane_frame CP m F ->
  rest F = (site, CallPointer r a arguments) :: l -> met (demands P F m (CallPointer r a arguments)) ->
  base_of F a = BFunction f -> gets_result CP f r F.
Proof.
  intros m F site r a f arguments l S R M B x ->. destruct (next_well_shaped _ _ _ _ _ S R) as (H & EH & Sh & _).
  cbn in Sh. apply andb_true_iff in Sh as [_ Sh].
  unfold met in M. cbn in M. inversion M as [|d1 l1 _ M1]; subst. inversion M1 as [|d2 l2 D _]; subst. cbn in D.
  destruct D as (f' & G & G' & B' & _ & EG & EG' & _ & t & Rt & Rx). rewrite B in B'. inversion B'; subst f'.
  destruct (PM.find f (cfunctions CP)) as [g|] eqn:Eg; [|discriminate]. inversion EG; subst G. cbn in Rt.
  rewrite EH in EG'. inversion EG'; subst G'. cbn in Rx.
  unfold register_class in Sh. rewrite Rx in Sh. exists g, H, t. auto.
Qed.

Lemma jump_sane : forall F m G b B stack,
  sane CP (state_of F stack m) -> rest F = [] -> leads F (end_ F) b ->
  functions_of P (running F) = Some G -> blocks_of G b = Some B ->
  sane CP (state_of (at_block F B) stack m).
Proof.
  intros F m G b B stack [Fr Re Ap Ce] R L E EB. cbn [top suspended mem frames] in *.
  cbn [program_of functions_of] in E. destruct (PM.find (running F) (cfunctions CP)) as [g|] eqn:Eg; [|discriminate].
  cbn [option_map] in E. inversion E; subst G. cbn [function_of blocks_of] in EB.
  destruct (PM.find b (cblocks g)) as [c|] eqn:Ec; [|discriminate]. cbn [option_map] in EB. inversion EB; subst B.
  pose proof (Fr F (or_introl eq_refl)) as SF.
  pose proof (stands_behind_jump _ formed _ _ _ _ (in_code _ _ _ SF) R L Eg Ec) as St.
  constructor; cbn [top suspended mem frames].
  - intros H [<-|I]; [|exact (Fr H (or_intror I))]. destruct SF as [_ K1 K2 K3 K4]. constructor; auto.
  - exact Re.
  - apply distinct_cons; [eapply distinct_tail; exact Ap|]. cbn. intros H o o' n I O. eapply distinct_head; eauto.
  - exact Ce.
Qed.

Lemma ended_cells : forall F m m', sane_frame CP m F -> sane_cells CP m -> ends F m m' -> sane_cells CP m'.
Proof.
  intros F m m' S C E n o p w c x M H. destruct (E n) as [E1 E2].
  destruct (owns _ _ n S) as [O|O].
  - rewrite (E1 O) in M. destruct (m n) as [b|] eqn:B; [|discriminate]. inversion M; subst. exact (C _ _ _ _ _ _ B H).
  - rewrite (E2 O) in M. exact (C _ _ _ _ _ _ M H).
Qed.

Lemma return_sane : forall F m a r F' stack m',
  sane CP (state_of F ((r, F') :: stack) m) -> end_ F = Return a -> ends F m m' ->
  sane CP (state_of (match a with Some a => set_result F' r (eval F a) | None => F' end) stack m').
Proof.
  intros F m a r F' stack m' [Fr [W Re] Ap Ce] R E. cbn [top suspended mem frames map snd] in *.
  pose proof (Fr F (or_introl eq_refl)) as SF.
  assert (Other : forall G, In G (F' :: map snd stack) -> sane_frame CP m' G).
  { intros G I. pose proof (Fr G (or_intror I)) as SG. eapply frame_kept; [exact SG|]. intros o n O.
    destruct (E n) as [_ En]. destruct (sane_lives _ _ _ _ _ SG O) as (b & B). exists b. rewrite En; [exact B|].
    intro o'. eapply distinct_head; eauto. }
  assert (Run : forall v, running (set_result F' r v) = running F' /\ automatic (set_result F' r v) = automatic F')
    by (intro v; destruct r; auto).
  set (F'' := match a with Some a => set_result F' r (eval F a) | None => F' end).
  assert (K : running F'' = running F' /\ automatic F'' = automatic F') by (subst F''; destruct a; auto).
  destruct K as [Kr Ka].
  constructor; cbn [top suspended mem frames].
  - intros G [<-|I]; [|exact (Other G (or_intror I))]. pose proof (Other F' (or_introl eq_refl)) as SF'.
    subst F''. destruct a as [a|]; [|exact SF']. destruct r as [x|]; [|exact SF']. cbn [set_result].
    destruct (W x eq_refl) as (g & h & t & Eg & Eh & Et & Gi).
    destruct (return_fits _ _ _ SF R) as (g' & Eg' & Fi). rewrite Eg in Eg'. inversion Eg'; subst g'.
    rewrite Et in Fi. eapply frame_with_register; eauto.
  - rewrite Kr. exact Re.
  - apply distinct_tail in Ap. change (distinct (F' :: map snd stack)) in Ap.
    apply distinct_cons; [eapply distinct_tail; exact Ap|]. cbn [top]. rewrite Ka.
    intros G o o' n I O. eapply distinct_head; eauto.
  - eapply ended_cells; eauto.
Qed.

Lemma step_sane : forall s s', sane CP s -> step A P s s' -> sane CP s'.
Proof.
  intros s s' S H. inversion H; subst.
  - eapply instruction_sane; eauto.
  - pose proof (frames_sane _ _ S F (or_introl eq_refl)) as SF.
    eapply call_sane; eauto using call_gets.
  - pose proof (frames_sane _ _ S F (or_introl eq_refl)) as SF.
    eapply call_sane; eauto. eapply call_pointer_gets; eauto.
  - eapply jump_sane; eauto.
  - eapply return_sane; eauto.
Qed.

(** ** The beginning *)

Lemma initial_value_fits : forall t i v, value_of_initial P t i v -> initial_class t i = class_of t ->
  taken_value CP i = true -> fitting_value CP (class_of t) v.
Proof.
  intros t i v V C K. destruct i; cbn in V, C, K; subst; try (split; [exact I|exact C]).
  - split; [exact K|exact C].
  - apply of_type_fits. exact V.
Qed.

Lemma stored_sane : forall o l o', stored P o l o' -> (forall c, In c l -> well_formed_cell CP c = true) ->
  sane_object CP o -> sane_object CP o'.
Proof.
  intros o l o' H. induction H as [|o p t i v l o' V H IH]; intros W S; [exact S|].
  apply IH; [intros c I; apply W; right; exact I|]. apply put_cell_sane; [exact S|].
  pose proof (W _ (or_introl eq_refl)) as K. cbn in K. apply andb_true_iff in K as [K _].
  apply andb_true_iff in K as [K1 K2].
  eapply initial_value_fits; eauto using class_eqb_eq.
Qed.

Lemma initial_object_sane : forall o d b, PM.find o (cstatics CP) = Some d -> initial_object P d b -> sane_object CP b.
Proof.
  intros o d b E H. unfold initial_object in H.
  destruct (static_kind_of d); [..|subst; apply scramble_sane, fresh_sane];
    (eapply stored_sane; [exact H|intros c I; eapply cell_formed; eauto|apply fill_sane, fresh_sane]).
Qed.

Lemma initial_sane : forall s, initial P s -> sane CP s.
Proof.
  intros s (B & Su & St & No & Dy).
  pose proof (begins_sane _ formed _ _ _ (mem s) B (fun v I => False_ind _ I)) as S.
  constructor.
  - unfold frames. rewrite Su. intros F [<-|[]]. exact S.
  - rewrite Su. exact I.
  - unfold frames. rewrite Su. apply distinct_cons; [|intros G o o' n []].
    intros i j F G o o' n I. destruct i; discriminate.
  - intros n o p w c x M H. destruct n as [n|n]; [|rewrite Dy in M; discriminate].
    destruct (PM.find n (cstatics CP)) as [d|] eqn:E; [|rewrite (No _ E) in M; discriminate].
    destruct (St _ _ E) as (b & M' & Ib). rewrite M in M'. inversion M'; subst b.
    exact (initial_object_sane _ _ _ E Ib _ _ _ _ H).
Qed.

Theorem reachable_sane : forall s, reachable A P s -> sane CP s.
Proof. intros s H. induction H as [s I|s s' _ IH St]; [exact (initial_sane _ I)|exact (step_sane _ _ IH St)]. Qed.

End Steps.
