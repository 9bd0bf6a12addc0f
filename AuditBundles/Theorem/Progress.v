(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Executions go on: the theorem is not true for lack of them

    An execution of a well-formed program begins; and it goes on from each state that it comes to, unless it violates an
    obligation there or is at one of the ends that FORMAT.md section 2 names. *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading State Checker Programs NumberProofs Invariant.
From AICheck Require Import SaneProofs SaneProofsEffects SaneProofsSteps DemandProofs ExistenceProofs PresenceProofs.
Import ListNotations.
Open Scope Z_scope.

Section Progress.
Variable A : positive -> Prop.
Variable CP : cprogram.
Notation P := (program_of CP).

(** Where no step follows: a false assumption that holds of the world; integers outside of the types that the lowering
    promises; the end of the program. *)
Definition ends_here (s : Semantics.state) : Prop :=
  let F := top s in
  match rest F with
  | (_, Assume x a) :: _ => A x /\ integer F a = 0
  | (_, Arithmetic _ op t a b) :: _ =>
    is_bitwise op = true /\ ~ (in_itype t (integer F a) /\ in_itype t (integer F b))
  | (_, Store (TInteger t) _ _ b) :: _ => ~ in_itype t (integer F b)
  | _ :: _ => False
  | [] => match end_ F with Halt => True | Return _ => suspended s = [] | _ => False end
  end.

(** ** Instructions have effects *)

(** What is known of the next instruction. *)
Lemma next_known : forall m F site i l, sane_frame CP m F -> rest F = (site, i) :: l ->
  exists G s, PM.find (running F) (cfunctions CP) = Some G /\ proper_type (type_of i) = true /\
    well_shaped CP (running F) G i = true /\ forallb (names_live s) (operands_of i) = true /\
    (forall o, i = End_ o -> exists_in s o = true) /\ (forall o, exists_in s o = true <-> automatic F o <> None).
Proof.
  intros m F site i l S R. destruct (in_code _ _ _ S) as (G & c & s & s' & EG & C & W & _ & L & _ & _ & Au & _).
  rewrite R in C. destruct c as [|(n, (site', i')) c]; [discriminate|]. cbn [map snd] in C. inversion C; subst.
  cbn [forallb snd] in W. apply andb_true_iff in W as [W _]. apply andb_true_iff in W as [W1 W2].
  cbn [live_through] in L. destruct (forallb (names_live s) (operands_of i')) eqn:N; [|discriminate].
  exists G, s. repeat match goal with |- _ /\ _ => split end; auto.
  intros o ->. destruct (exists_in s o); [reflexivity|discriminate].
Qed.

Lemma object_there : forall m b from n, in_bounds m b from n -> exists x o, b = BObject x /\ m x = Some o.
Proof. intros m b from n (_ & o & (x & B & M) & _). eauto. Qed.

Lemma own_there : forall m F o, sane_frame CP m F -> automatic F o <> None ->
  exists n b, automatic F o = Some n /\ m n = Some b.
Proof.
  intros m F o S N. destruct (automatic F o) as [n|] eqn:O; [|congruence].
  destruct (sane_lives _ _ _ _ _ S O) as (b & B & _). eauto.
Qed.

(** The demands, one by one. *)
Ltac demands_in M :=
  unfold met in M; cbn [demands] in M; unfold reading, writing in M;
  repeat match goal with
         | M : Forall _ (_ ++ _) |- _ => apply Forall_app in M as [? M]
         | M : Forall _ (_ :: _) |- _ => inversion M; subst; clear M; cbn [snd] in *
         end.

Ltac there := match goal with H : in_bounds _ _ _ _ |- _ => destruct (object_there _ _ _ _ H) as (? & ? & ? & ?) end.

Lemma havocked_itself : forall m, bounded m -> havocked P m m.
Proof.
  intros m B. repeat match goal with |- _ /\ _ => split | |- havocked _ _ _ => unfold havocked end; auto.
  - intros n o M. exists o. auto 10.
  - intros n o N M. congruence.
  - intros n o p w c v M C. eauto.
Qed.

Lemma operand_there : forall m F G a s, sane_frame CP m F -> statics_there CP m -> is CP G a CPointer = true ->
  forallb (names_live s) [a] = true -> (forall o, exists_in s o = true <-> automatic F o <> None) ->
  lifetime m F a = [] -> exists o, names m (base_of F a) o.
Proof.
  intros m F G a s S ST KA N Au L. destruct a; try discriminate L.
  - apply is_class in KA. cbn in KA. destruct (exists_in (cstatics CP) o) eqn:X; [|discriminate].
    apply exists_find in X as [d D]. specialize (ST _ _ D). destruct (m (Static o)) as [b|] eqn:M; [|congruence].
    exists b, (Static o). split; [reflexivity|exact M].
  - cbn in N. apply andb_true_iff in N as [N _]. apply Au in N. destruct (own_there _ _ _ S N) as (n & b & O & M).
    exists b, n. unfold base_of. cbn. rewrite O. auto.
Qed.

Definition is_call (i : instruction) : bool := match i with Call _ _ _ | CallPointer _ _ _ => true | _ => false end.

Lemma effect_exists : forall F stack m site i l,
  sane_frame CP m F -> statics_there CP m -> bounded m -> rest F = (site, i) :: l -> is_call i = false ->
  met (demands P F m i) -> ~ ends_here {| top := F; suspended := stack; mem := m |} ->
  exists F' m', effect A P F m i F' m'.
Proof.
  intros F stack m site i l S ST B R K M NE. unfold ends_here in NE. cbn [top] in NE. rewrite R in NE.
  destruct (next_known _ _ _ _ _ S R) as (G & s & EG & PT & W & NL & EN & Au).
  destruct i; try discriminate K; cbn [type_of] in PT; try (do 2 eexists; constructor; fail).
  - (* arithmetic *)
    do 2 eexists. apply E_arithmetic. intro BW.
    destruct (decided_and _ _ (decided_in t (integer F a)) (decided_in t (integer F b))) as [Y|N]; [exact Y|].
    destruct NE. auto.
  - destruct (some_comparison c bases (base_of F a) (base_of F b) (offset_of F a) (offset_of F b)) as (x & X).
    do 2 eexists. eapply E_compare_pointers. exact X.
  - destruct (some_result f (fcompute op f (float F a) (float F b))) as (x & X). do 2 eexists. eapply E_float. exact X.
  - destruct (some_result f (round f (SpecFloat.SFopp (float F a)))) as (x & X). do 2 eexists. eapply E_negate. exact X.
  - destruct (some_result f (round f (float F a))) as (x & X). do 2 eexists. eapply E_convert_float. exact X.
  - destruct (some_result f (float_of_integer f (integer F a))) as (x & X). do 2 eexists.
    eapply E_integer_to_float. exact X.
  - (* floatToInteger *)
    demands_in M. match goal with H : exists n, _ |- _ => destruct H as (n & T & _) end.
    do 2 eexists. eapply E_float_to_integer. exact T.
  - do 2 eexists. apply E_pointer_to_integer with (n := 0); auto. apply proper_bounds in PT. exact PT.
  - do 2 eexists. apply E_integer_to_pointer with (v := VPointer BNull 0); [exact I|auto].
  - (* load *)
    destruct volatile; [do 2 eexists; apply E_load_volatile; apply some_value_fits; exact PT|].
    demands_in M. there.
    match goal with H : m ?x = Some ?o |- _ =>
      destruct (cell o (position F a p) (width t) (class_of t)) as [v|] eqn:V end.
    + do 2 eexists. eapply E_load; eauto.
    + do 2 eexists. eapply E_load_any; eauto. apply some_value_fits. exact PT.
  - (* store *)
    demands_in M. there. do 2 eexists. eapply E_store; [|eexists _, _; eauto].
    intros u ->. destruct (decided_in u (integer F b)) as [Y|N]; [exact Y|]. destruct (NE N).
  - (* copy *)
    demands_in M.
    match goal with H : in_bounds _ (base_of F a) _ _, H' : in_bounds _ (base_of F b) _ _ |- _ =>
      destruct (object_there _ _ _ _ H) as (? & ? & ? & ?); destruct (object_there _ _ _ _ H') as (? & ? & ? & ?) end.
    do 2 eexists. eapply E_copy; eauto. eexists _, _. eauto.
  - demands_in M. there. do 2 eexists. eapply E_fill. eexists _, _. eauto.
  - demands_in M. there. do 2 eexists. eapply E_scramble. eexists _, _. eauto.
  - (* free *)
    demands_in M. match goal with H : is_null _ \/ _ |- _ => destruct H as [N|(_ & o & (n & N & MN) & _)] end.
    + do 2 eexists. apply E_free_null. exact N.
    + do 2 eexists. eapply E_free. exists n, o. eauto.
  - (* start *)
    destruct (name_left _ B) as (n & N). do 2 eexists. eapply E_start. exact N.
  - (* end *)
    destruct (own_there _ _ o S) as (n & b & O & MN); [apply Au; auto|]. do 2 eexists. eapply E_end; eauto.
  - do 2 eexists. eapply E_havoc. apply some_value_fits. exact PT.
  - do 2 eexists. apply E_assume. intros AX Z. destruct NE. auto.
  - do 2 eexists. eapply E_havoc_memory; [apply havocked_itself; exact B|apply some_value_fits; exact PT].
  - (* objectSize *)
    assert (H : exists o, names m (base_of F a) o).
    { cbn in W. apply andb_true_iff in W as [_ W].
      destruct (lifetime m F a) eqn:L; [eapply operand_there; eauto|]. unfold met in M. cbn [demands] in M.
      rewrite L in M. inversion M; assumption. }
    destruct H as (o & H). do 2 eexists. eapply E_object_size. exact H.
Qed.

(** ** Steps *)

Hypothesis formed : well_formed CP = true.

Lemma call_begins : forall m F site r f arguments l, sane_frame CP m F -> rest F = (site, Call r f arguments) :: l ->
  exists G, begins P f (map (eval F) arguments) G.
Proof.
  intros m F site r f arguments l S R. destruct (next_known _ _ _ _ _ S R) as (H & s & EH & _ & W & _).
  cbn in W. destruct (PM.find f (cfunctions CP)) as [G|] eqn:EG; [|discriminate]. apply andb_true_iff in W as [W _].
  apply (function_begins _ formed _ _ _ EG). intros k x t N.
  destruct (match_argument _ _ _ _ _ _ _ _ W N) as (a & L & C). exists (eval F a).
  split; [apply map_nth_error; exact L|]. eapply eval_class; [eapply sane_typed; eauto|exact C].
Qed.

Lemma call_pointer_begins : forall m F site r a arguments l, sane_frame CP m F ->
  rest F = (site, CallPointer r a arguments) :: l -> met (demands P F m (CallPointer r a arguments)) ->
  exists f G, base_of F a = BFunction f /\ begins P f (map (eval F) arguments) G.
Proof.
  intros m F site r a arguments l S R M. demands_in M.
  match goal with H : exists f G G', _ |- _ => destruct H as (f & G & G' & B & _ & EG & EG' & FI & _) end.
  cbn [program_of functions_of] in EG, EG'.
  destruct (PM.find f (cfunctions CP)) as [g|] eqn:E; [|discriminate]. injection EG as <-.
  destruct (PM.find (running F) (cfunctions CP)) as [h|] eqn:E'; [|discriminate]. injection EG' as <-.
  destruct (function_begins _ formed f g (map (eval F) arguments) E) as (K & BE); [|eauto].
  intros k x t N. destruct (fit_argument _ _ _ _ _ _ _ FI N) as (b & L & C). exists (eval F b).
  split; [apply map_nth_error; exact L|]. eapply fitting_class; [eapply sane_typed; eauto|exact C].
Qed.

Lemma jump_exists : forall m F b, sane_frame CP m F -> rest F = [] -> leads F (end_ F) b ->
  exists G B, functions_of P (running F) = Some G /\ blocks_of G b = Some B.
Proof.
  intros m F b S R L. destruct (in_code _ _ _ S) as (G & c & s & s' & EG & _ & _ & _ & _ & _ & T & _).
  pose proof (forallb_in _ _ _ T (leads_target _ _ _ L)) as MG. unfold may_go in MG.
  apply andb_true_iff in MG as [_ MG].
  destruct (PM.find b (cblocks G)) as [B|] eqn:EB; [|discriminate].
  exists (function_of G), (block_of B). cbn. rewrite EG, EB. auto.
Qed.

Lemma end_leads : forall F m, met (demands_end F m) -> match end_ F with Return _ | Halt => False | _ => True end ->
  exists b, leads F (end_ F) b.
Proof.
  intros F m M K. unfold demands_end in M. destruct (end_ F); try contradiction; try (eexists; constructor; fail).
  inversion M as [|? ? D _]; subst. cbn in D. destruct D as (_ & D).
  destruct (nth_error targets (Z.to_nat (offset_of F a))) as [b|] eqn:N; [exists b; constructor; exact N|].
  apply nth_error_None in N. lia.
Qed.

Lemma reachable_presence : forall s, reachable A P s -> statics_there CP (mem s) /\ bounded (mem s).
Proof.
  intros s R. induction R as [s I|s s' R IH ST]; [apply initial_presence; exact I|].
  destruct IH as [S B]. destruct (step_presence A CP s s' (reachable_sane A CP formed s R) ST B) as [G B'].
  split; [|exact B']. intros o d D. apply G. exact (S o d D).
Qed.

(** An allocation can always give an object. *)
Theorem name_for_new : forall s, reachable A P s -> exists n, mem s (Dynamic n) = None.
Proof. intros s R. apply name_left. apply reachable_presence. exact R. Qed.

(** An execution can begin: [initial_exists]. And it goes on. *)
Theorem progress : forall s, reachable A P s -> ~ ends_here s ->
  (exists o, violates P s o) \/ exists s', step A P s s'.
Proof.
  intros s R NE. destruct (reachable_presence s R) as [ST B].
  pose proof (frames_sane _ _ (reachable_sane A CP formed s R) (top s) (or_introl eq_refl)) as S.
  destruct s as [F stack m]. cbn [top mem] in *. destruct (rest F) as [|[site i] l] eqn:RF.
  - destruct (end_decided F m) as [M|[k V]]; [right|left; eexists; eapply V_end; eauto].
    assert (J : match end_ F with Return _ | Halt => False | _ => True end ->
                exists s', step A P {| top := F; suspended := stack; mem := m |} s').
    { intro K. destruct (end_leads _ _ M K) as (b & L). destruct (jump_exists _ _ _ S RF L) as (G & C & EG & EC).
      eexists. eapply S_jump; eauto. }
    destruct (end_ F) eqn:EF; auto; unfold ends_here in NE; cbn [top suspended] in NE; rewrite RF, EF in NE; [|tauto].
    destruct stack as [|[r F'] stack]; [congruence|]. destruct (some_ends _ _ _ S) as (m' & E).
    eexists. eapply S_return; eauto.
  - destruct (demands_decided P F m i) as [M|[k V]]; [right|left; eexists; eapply V_instruction; eauto].
    destruct (is_call i) eqn:K.
    + destruct i; try discriminate K.
      * destruct (call_begins _ _ _ _ _ _ _ S RF) as (G & BE). eexists. eapply S_call; eauto.
      * destruct (call_pointer_begins _ _ _ _ _ _ _ S RF M) as (f & G & BA & BE).
        eexists. eapply S_call_pointer; eauto.
    + destruct (effect_exists _ _ _ _ _ _ S ST B RF K M NE) as (F' & m' & E). eexists. eapply S_instruction; eauto.
Qed.

(** Where it ends, it does: no step follows. *)
Theorem end_is_one : forall s s', ends_here s -> ~ step A P s s'.
Proof.
  intros s s' E H. unfold ends_here in E.
  inversion H; subst; cbn [top suspended] in E;
    match goal with R : rest _ = _ |- _ => rewrite R in E end; try contradiction.
  - match goal with Q : effect _ _ _ _ _ _ _ |- _ => inversion Q; subst; try contradiction end.
    + tauto.
    + destruct t; try contradiction. eauto.
    + tauto.
  - match goal with L : leads _ _ _ |- _ => inversion L as [? Q|? ? ? Q|? ? ? ? Q|? ? ? ? ? Q] end;
      match goal with Q : _ = end_ _ |- _ => rewrite <- Q in E; exact E end.
  - match goal with Q : end_ _ = _ |- _ => rewrite Q in E; discriminate end.
Qed.

End Progress.
