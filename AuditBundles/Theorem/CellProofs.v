(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Rows of cells: sources that cover them in order *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Hints Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs Concretization Invariant.
From AICheck Require Import EntryProofs TargetProofs PredicateProofs RepeatProofs ValueProofs EvidenceProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** Positions *)

(** From [next] on, by steps, to [last]: as many as the functions count. *)
Lemma positions_until : forall next step last i, 0 < step -> next <= last -> 0 <= i < (last - next) / step + 1 ->
  next + i * step <= last.
Proof.
  intros next step last i S L I. pose proof (Z.mul_div_le (last - next) step S).
  assert (i * step <= (last - next) / step * step) by (apply Z.mul_le_mono_nonneg_r; lia). lia.
Qed.

Lemma some_positions : forall next step last, 0 < step -> next <= last -> 0 < (last - next) / step + 1.
Proof. intros next step last S L. assert (0 <= (last - next) / step) by (apply Z.div_pos; lia). lia. Qed.

(** Each position that is passed is one of the row. *)
Lemma advance_covers : forall next p first count stride s next' s' e,
  1 <= count -> 0 <= stride -> 0 < step_of p ->
  advance next p first count stride s = Some (next', s', e) ->
  exists n, 0 < n /\ next' = next + n * step_of p /\
  forall i, 0 <= i < n -> exists k, 0 <= k < count /\ next + i * step_of p = first + k * stride.
Proof.
  intros next p first count stride s next' s' e CO ST SP H.
  unfold advance, difference, sum, product, floor_quotient in H. monad.
  match goal with E : last_cell _ _ _ _ = Some _ |- _ => apply last_cell_is in E; subst end.
  match goal with E : ((stride =? 0) || _)%bool = true |- _ => rename E into ALIGNED end.
  destruct (stride =? 0) eqn:Z0; cbn [orb] in *; monad; booleans.
  - exists 1. split; [lia|]. split; [lia|]. intros i I. exists 0. lia.
  - assert (ROW : forall y, first <= y -> y <= first + (count - 1) * stride -> (stride | y - first) ->
                  exists k, 0 <= k < count /\ y = first + k * stride) by (intros y L U [k D]; exists k; nia).
    assert (D : (stride | next - first)) by (apply Z.mod_divide; lia).
    destruct (negb (step_of p mod stride =? 0)) eqn:M; monad; booleans.
    + exists 1. split; [lia|]. split; [lia|]. intros i I.
      assert (i = 0) by lia. subst i. replace (next + 0 * step_of p) with next by lia. apply ROW; auto.
    + apply negb_false_iff in M. monad. destruct (0 <? step_of p); [|discriminate]. monad.
      eexists. split; [|split; [reflexivity|]]; [apply some_positions; lia|].
      intros i I. apply ROW; [nia|apply positions_until; lia|].
      replace (next + i * step_of p - first) with ((next - first) + i * step_of p) by lia.
      apply Z.divide_add_r; [exact D|]. apply Z.divide_mul_r. apply Z.mod_divide; lia.
Qed.

Section Cells.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable m : memory.
Variable tagged : ghost.
Notation state_holds := (state_holds A P C m tagged).
Notation tag_is := (tag_is C tagged).
Notation cell_satisfies := (cell_satisfies P C m tagged).
Variable X : context.
Hypothesis fit : context_fits CP C X.
Hypothesis fits : fitting CP C = true.

Variable v : valuation.
Variable g : state.
Hypothesis G : state_holds v g.
Hypothesis K : consistent g.

(** An object of which the facts of a tag speak. *)
Variable t : id.
Variable n : name.
Variable o : object.
Hypothesis tagged_so : tag_is t n.
Hypothesis there : m n = Some o.
Hypothesis living : alive o = true.
Hypothesis classed : forall p w c x, cell o p w c = Some x -> class_of_value x = c.

(** What a fact about cells says of one. *)
Definition cell_is (ty : type) (u : bool) (q : predicate) (p : Z) : Prop :=
  wholly_initialised o p (width ty) /\ cell_satisfies o p ty q \/ u = true /\ ~ wholly_initialised o p (width ty).

Section Row.
Variable ty : type.
Variable u : bool.
Variable q : predicate.
Hypothesis proper_cell : proper_type ty.
Hypothesis proper_demand : proper_predicate q.
Notation cell_is := (cell_is ty u q).

(** The sources so far cover all positions before the next. *)
Definition covered (first step : Z) (a : Z * label) : Prop :=
  exists j, 0 <= j /\ fst a = first + j * step /\ (Holds (snd a) -> forall i, 0 <= i < j -> cell_is (first + i * step)).

Lemma covered_more : forall first step next l k l' next',
  covered first step (next, l) -> 0 < k -> next' = next + k * step ->
  (Holds l' -> forall i, 0 <= i < k -> cell_is (next + i * step)) ->
  covered first step (next', union l l').
Proof.
  intros first step next l k l' next' (j & J & N & H) KP -> S. cbn in N. subst. exists (j + k). cbn.
  split; [lia|]. split; [lia|]. intros L i I. apply union_holds in L as [L L'].
  destruct (Z_lt_le_dec i j); [apply H; auto; lia|].
  replace (first + i * step) with (first + j * step + (i - j) * step) by lia. apply S; auto. lia.
Qed.

(** Another row of cells. *)
Lemma covered_by_cells : forall first next l p k s f s1 e1 from count stride ty' u' q' s2 next' s' e,
  0 < step_of p -> covered first (step_of p) (next, l) ->
  fact_of_tag g k t s = Some (f, s1, e1) -> fact_about (fst f) = Cells from count stride ty' u' q' ->
  same_cell ty' ty = true -> (u || negb u' = true)%bool -> implies q' ty' q ty = true ->
  advance next p from count stride s2 = Some (next', s', e) ->
  covered first (step_of p) (next', union l (label_of_fact g f)).
Proof.
  intros first next l p k s f s1 e1 from count stride ty' u' q' s2 next' s' e SP COV F AB SC U I AD.
  apply (fact_of_tag_holds A CP C m tagged v g G K) in F as [F PR]. rewrite AB in *. destruct PR as (CO & ST & TY & PQ).
  assert (0 <= stride) by (pose proof (width_positive ty' TY); destruct (count =? 1); lia).
  apply advance_covers in AD as (j & JP & N & ROW); auto. eapply covered_more; [exact COV|exact JP|exact N|].
  intros L i R. destruct (ROW i R) as (k' & KR & ->). destruct (F L n o tagged_so there living k' KR) as [[W S]|[W S]].
  - left. split; [destruct (same_cell_is _ _ SC) as [<- _]; exact W|].
    exact (cell_implies P C m tagged o _ q' ty' q ty TY proper_cell PQ proper_demand SC I S).
  - right. destruct (same_cell_is _ _ SC) as [<- _]. subst. split; [destruct u; [auto|discriminate]|exact S].
Qed.

(** A content. *)
Lemma covered_by_content : forall first next l step s c s1 e1 s2 l' s' e next',
  covered first step (next, l) -> find_content g t next ty s = Some (c, s1, e1) ->
  satisfies X g (content_value c) (content_type c) q ty s2 = Some (l', s', e) -> next' = next + step ->
  covered first step (next', union l (union (label_of_content g c) l')).
Proof.
  intros first next l step s c s1 e1 s2 l' s' e next' COV F S N.
  apply (find_content_holds A CP C m tagged v g G K) in F as (PO & SC & TY & F).
  eapply (covered_more _ _ _ _ 1); [exact COV|lia|lia|]. intros L i I. apply union_holds in L as [L L'].
  assert (i = 0) by lia. subst i. replace (next + 0 * step) with next by lia.
  destruct (F L n o tagged_so there) as (x & E & SY & W). rewrite PO in *.
  pose proof (classed _ _ _ _ E) as CL. pose proof SC as SC'. destruct (same_cell_is _ _ SC') as [WI KI].
  left. split; [rewrite <- WI; exact W|]. unfold Concretization.cell_satisfies. rewrite <- WI, <- KI, E.
  eapply (satisfies_holds A CP C m tagged X fit v g); eauto.
Qed.

(** Bytes that repeat. *)
Lemma covered_by_bytes : forall first next l step k s f s1 e1 from to b q' next',
  0 < step -> covered first step (next, l) ->
  fact_of_tag g k t s = Some (f, s1, e1) -> fact_about (fst f) = Bytes from to b ->
  repeated b ty next step = Some q' -> implies q' ty q ty = true -> from <= next -> next + width ty <= to ->
  next' = next + ((to - width ty - next) / step + 1) * step ->
  covered first step (next', union l (label_of_fact g f)).
Proof.
  intros first next l step k s f s1 e1 from to b q' next' SP COV F AB R I L U N.
  apply (fact_of_tag_holds A CP C m tagged v g G K) in F as [F PR]. rewrite AB in *. cbn in PR.
  eapply covered_more; [exact COV| |exact N|]; [apply some_positions; lia|]. intros HL i RI.
  pose proof (positions_until next step (to - width ty) i SP ltac:(lia) RI).
  assert (SC : same_cell ty ty = true).
  { unfold same_cell. rewrite Z.eqb_refl. destruct (class_eq_dec _ _); auto. }
  destruct (repeated_cell CP C m tagged fits _ o b from to ty next step q' i proper_cell PR
              (F HL n o tagged_so there living) classed R ltac:(nia) ltac:(lia)) as [W S].
  left. split; [exact W|].
  exact (cell_implies P C m tagged o _ q' ty q ty proper_cell proper_cell
           (repeated_proper _ _ _ _ _ R) proper_demand SC I S).
Qed.

(** Bits that are not initialised: one of each cell. *)
Lemma covered_by_raw : forall first next l step k s f s1 e1 from to next',
  0 < step -> covered first step (next, l) ->
  fact_of_tag g k t s = Some (f, s1, e1) -> fact_about (fst f) = Raw from to ->
  u = true -> from < to -> next < to -> from < next + width ty ->
  next' = next + ((to - 1 - next) / step + 1) * step ->
  covered first step (next', union l (label_of_fact g f)).
Proof.
  intros first next l step k s f s1 e1 from to next' SP COV F AB U FT NT FE N.
  apply (fact_of_tag_holds A CP C m tagged v g G K) in F as [F PR]. rewrite AB in *.
  eapply covered_more; [exact COV| |exact N|]; [apply some_positions; lia|]. intros HL i RI. right. split; [exact U|].
  intro W. pose proof (positions_until next step (to - 1) i SP ltac:(lia) RI).
  pose proof (width_positive ty proper_cell).
  specialize (F HL n o tagged_so there living). cbn in F.
  assert (S : initialised o (Z.max (next + i * step) from) = true) by (apply W; nia).
  rewrite F in S by nia. discriminate.
Qed.

Lemma cells_step_holds : forall first p a s a' s' e, 0 < step_of p ->
  covered first (step_of p) a -> cells_step X g t ty u q p a s = Some (a', s', e) -> covered first (step_of p) a'.
Proof.
  intros first p [next l] s a' s' e SP COV H. unfold cells_step in H. monad.
  destruct (x0 =? 0); [|destruct (x0 =? 1); [|destruct (x0 =? 2); [|destruct (x0 =? 3); [|discriminate]]]]; monad.
  - destruct (fact_about (fst x2)) as [from count stride ty' u' q'| | | | | | | |] eqn:AB; try discriminate. monad.
    eapply covered_by_cells; eauto.
  - unfold sum in *. monad. eapply covered_by_content; eauto.
  - destruct (fact_about (fst x2)) as [| |from to b| | | | | |] eqn:AB; try discriminate. monad.
    unfold sum, difference, product, floor_quotient in *. monad.
    destruct (0 <? step_of p); [|discriminate]. monad. eapply covered_by_bytes; eauto.
  - destruct (fact_about (fst x2)) as [| | | | | |from to| |] eqn:AB; try discriminate. monad.
    unfold sum, difference, product, floor_quotient in *. monad.
    destruct (0 <? step_of p); [|discriminate]. monad. eapply covered_by_raw; eauto.
Qed.

Theorem cells_hold_sound : forall first count stride s L s' e, 1 <= count -> 0 <= stride ->
  cells_hold X g t first count stride ty u q s = Some (L, s', e) -> Holds L ->
  says P C m tagged v o (Cells first count stride ty u q).
Proof.
  intros first count stride s L s' e CO ST H HL. unfold cells_hold in H. monad.
  match goal with E : last_cell _ _ _ _ = Some _ |- _ => apply last_cell_is in E; subst end.
  set (p := {| first_of := first; last_of := first + (count - 1) * stride;
               step_of := if stride =? 0 then 8 else stride |}) in *.
  assert (SP : 0 < step_of p) by (cbn; destruct (stride =? 0) eqn:Z0; booleans; lia).
  assert (COV : covered first (step_of p) x1).
  { match goal with R : repeat _ _ _ _ = Some _ |- _ =>
      eapply (repeat_inv (covered first (step_of p)) (cells_step X g t ty u q p) (fun _ => True));
        [| |exact R|apply Forall_forall; auto] end.
    - intros. eapply cells_step_holds; eauto.
    - exists 0. cbn. repeat split; lia. }
  destruct COV as (j & J & N & ROW). specialize (ROW HL). intros k KR. cbn in SP, N, ROW.
  destruct (stride =? 0) eqn:Z0; monad; booleans.
  - subst. replace (first + k * 0) with (first + 0 * 8) by lia. apply ROW. lia.
  - apply ROW. nia.
Qed.
End Row.

End Cells.
