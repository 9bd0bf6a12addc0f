(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Steps of the symbolic state under which what it says goes on to hold *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
Import ListNotations.
Open Scope Z_scope.

Section State.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).

(** ** Valuations that agree *)

Lemma agrees_refl : forall g v, agrees g v v.
Proof. split; auto using agree_refl. Qed.

(** All symbols of [g] are symbols of [h]. *)
Record later (g h : state) : Prop := {
  later_integers : (next_integer g <= next_integer h)%positive;
  later_bases : (next_base g <= next_base h)%positive;
  later_floats : (next_float g <= next_float h)%positive }.

Lemma later_refl : forall g, later g g.
Proof. split; lia. Qed.
Lemma later_trans : forall g h k, later g h -> later h k -> later g k.
Proof. intros g h k [] []. split; lia. Qed.

Lemma agrees_later : forall g h u v w, later g h -> agrees h u v -> agrees g v w -> agrees g u w.
Proof.
  intros g h u v w [LI LB LF] [I B F] [I' B' F']. split.
  - eapply agree_trans; [|exact I']. eapply agree_less; eauto.
  - intros s L. rewrite B by lia. apply B'. auto.
  - intros s L. rewrite F by lia. apply F'. auto.
Qed.

Lemma agrees_trans : forall g u v w, agrees g u v -> agrees g v w -> agrees g u w.
Proof. intros. eapply agrees_later; eauto using later_refl. Qed.

(** The same symbols. *)
Definition same_symbols (g h : state) : Prop :=
  next_integer h = next_integer g /\ next_base h = next_base g /\ next_float h = next_float g.

Lemma agrees_same : forall g h v w, same_symbols g h -> agrees h v w -> agrees g v w.
Proof. intros g h v w (I & B & F) [AI AB AF]. rewrite I in AI. rewrite B in AB. rewrite F in AF. split; auto. Qed.

Lemma denotes_same : forall m t v0 g h s x, same_symbols g h -> denotes C m t v0 g s x -> denotes C m t v0 h s x.
Proof. intros m t v0 g h s x E D v AG. apply D. eapply agrees_same; eauto. Qed.

Lemma numbers_same : forall v g h, linear h = linear g -> congruences h = congruences g ->
  exclusions h = exclusions g ->
  numbers_hold A v g -> numbers_hold A v h.
Proof. intros v g h L K E [N1 N2 N3]. split; rewrite ?L, ?K, ?E; auto. Qed.

Ltac same_numbers := eapply numbers_same; cycle 3; [eassumption|reflexivity..].

(** A form has a value that does not depend on later symbols. *)
Lemma denotes_integer : forall m t v0 g f z, denotes C m t v0 g (SInteger f) (VInteger z) <->
  is_value (integers v0) g f z.
Proof.
  intros m t v0 g f z. split.
  - intros D v AG. apply (D {| integers := v; bases := bases v0; floats := floats v0 |}).
    split; auto.
  - intros V v AG. cbn. apply V. apply AG.
Qed.

Lemma denotes_offset : forall m t v0 g b f c z, denotes C m t v0 g (SPointer b f) (VPointer c z) ->
  is_value (integers v0) g f z.
Proof.
  intros m t v0 g b f c z D v AG. apply (D {| integers := v; bases := bases v0; floats := floats v0 |}).
  split; auto.
Qed.

(** A base symbol that denotes a base exists. *)
Definition other_base (b : base) : base := match b with BNull => BFunction 1%positive | _ => BNull end.
Lemma other_base_differs : forall b, other_base b <> b.
Proof. destruct b; discriminate. Qed.

Lemma base_symbol_exists : forall m t v0 g s f c z, denotes C m t v0 g (SPointer (BSymbol s) f) (VPointer c z) ->
  (s < next_base g)%positive.
Proof.
  intros m t v0 g s f c z D. destruct (Pos.ltb_spec s (next_base g)) as [L|L]; auto. exfalso.
  destruct (D {| integers := integers v0; floats := floats v0;
                 bases := fun x => if Pos.eqb x s then other_base c else bases v0 x |}) as [E _].
  - split; auto using agree_refl. intros x Lx. cbn. destruct (Pos.eqb_spec x s); [lia|auto].
  - cbn in E. rewrite Pos.eqb_refl in E. exact (other_base_differs c E).
Qed.

(** ** Numeric steps *)

Definition with_integers (v : valuation) (w : positive -> Z) : valuation :=
  {| integers := w; bases := bases v; floats := floats v |}.

Lemma numeric_later : forall g h, numeric_step g h -> later g h.
Proof. intros g h N. split; [apply (more_symbols _ _ N)|rewrite (same_bases _ _ N)|rewrite (same_floats _ _ N)]; lia.
  Qed.

Section World.
Variable m : memory.
Variable tagged : ghost.
Notation state_holds := (state_holds A P C m tagged).
Notation holds_here := (holds_here A P C m tagged).
Notation denotes := (denotes C m tagged).

Lemma known_of : forall v0 g, holds_here v0 g -> known A (integers v0) g.
Proof.
  intros v0 g H v AG. refine (numbers _ _ _ _ _ _ _ (H (with_integers v0 v) _)).
  split; cbn; auto.
Qed.

Lemma agrees_onward : forall v0 g w0 h v, onward A (integers v0) g w0 h -> agrees h v (with_integers v0 w0) ->
  agrees g v v0.
Proof.
  intros v0 g w0 h v [N AG K] E. eapply agrees_later; [apply (numeric_later _ _ N)|exact E|].
  split; cbn; auto.
Qed.

Lemma denotes_onward : forall v0 g w0 h s x, onward A (integers v0) g w0 h ->
  denotes v0 g s x -> denotes (with_integers v0 w0) h s x.
Proof. intros v0 g w0 h s x O D v AG. apply D. eapply agrees_onward; eauto. Qed.

Lemma holds_onward : forall v0 g w0 h, onward A (integers v0) g w0 h -> holds_here v0 g ->
  holds_here (with_integers v0 w0) h.
Proof.
  intros v0 g w0 h O H v AG. pose proof (H v (agrees_onward _ _ _ _ _ O AG)) as [N T S R M K SZ VX].
  destruct O as [ST _ KN]. split.
  - apply KN. apply AG.
  - rewrite (same_definitions _ _ ST). exact T.
  - unfold own_offset. rewrite (same_offsets _ _ ST), (same_targets _ _ ST). exact S.
  - rewrite (same_ranges _ _ ST). exact R.
  - unfold label_of_fact. rewrite (same_facts _ _ ST), (same_log _ _ ST). exact M.
  - unfold label_of_content, contents_of. rewrite (same_contents _ _ ST), (same_log _ _ ST). exact K.
  - rewrite (same_sizes _ _ ST). exact SZ.
  - unfold contents_of. rewrite (same_contents _ _ ST). exact VX.
Qed.

(** ** What a pointer has *)

Lemma tag_of_bits : forall t n, tag_is C tagged t n -> has_tag C m tagged t (BObject n).
Proof.
  intros t n T. unfold has_tag. unfold tag_is in T.
  destruct (PM.find t (tags C)) as [[]|] eqn:E; try contradiction; exists n; (split; [reflexivity|]);
    unfold tag_is; rewrite E; exact T.
Qed.

Lemma object_of_tag : forall t body b, PM.find t (tags C) = Some body -> is_object body = true ->
  has_tag C m tagged t b ->
  exists n, b = BObject n /\ tag_is C tagged t n.
Proof. intros t body b F O H. unfold has_tag in H. rewrite F in H. destruct body; try discriminate O; exact H. Qed.
End World.

Lemma consistent_numeric : forall g h, numeric_step g h -> consistent g -> consistent h.
Proof.
  intros g h N [I FT CT L FP CP' TP TS RP NB OS]. split; unfold contents_of in *;
    rewrite ?(same_facts _ _ N), ?(same_by_tag _ _ N), ?(same_clock _ _ N), ?(same_contents _ _ N), ?(same_log _ _ N),
            ?(same_targets _ _ N), ?(same_ranges _ _ N), ?(same_bases _ _ N), ?(same_offsets _ _ N); auto.
  - pose proof (more_symbols _ _ N). lia.
  - intros b o Q. pose proof (OS b o Q). pose proof (more_symbols _ _ N). lia.
Qed.

Lemma own_offset_scoped : forall g b, consistent g -> (b < next_base g)%positive ->
  (own_offset g b < next_integer g)%positive.
Proof.
  intros g b T L. unfold own_offset. destruct (PM.find b (own_offsets g)) eqn:O; [apply (offsets_scoped _ T _ _ O)|].
  pose proof (bases_below _ T). lia.
Qed.

(** ** The running activation *)

Variable X : context.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

Lemma symbolic_register_onward : forall g h r t, numeric_step g h -> symbolic_register h r t = symbolic_register g r t.
Proof. intros g h r t N. unfold symbolic_register. rewrite (same_assigned _ _ N). reflexivity. Qed.

Lemma here_onward : forall F w v0 g v1 h, onward A (integers v0) g v1 h -> here F w v0 g ->
  here F w (with_integers v0 v1) h.
Proof.
  intros F w v0 g v1 h O [H D E T B ACT]. pose proof (step_numeric _ _ _ _ _ O) as N. split; auto.
  - eapply holds_onward; eauto.
  - intros r t R. rewrite (symbolic_register_onward _ _ _ _ N). eapply denotes_onward; eauto.
  - rewrite (same_assigned _ _ N). exact E.
  - eapply consistent_numeric; eauto.
  - rewrite (same_bases _ _ N), (same_floats _ _ N). pose proof (more_symbols _ _ N). destruct B as (? & ? & ?).
    repeat split; auto. lia.
Qed.

Lemma here_step : forall F w v0 g h, here F w v0 g -> onward A (integers v0) g (integers v0) h -> here F w v0 h.
Proof.
  intros F w v0 g h H O. replace v0 with (with_integers v0 (integers v0)) by (destruct v0; reflexivity).
  eapply here_onward; eauto.
Qed.

(** A form with a value, behind a numeric step. *)
Lemma here_gives : forall F w v0 g h f z, gives A (integers v0) g h f z -> here F w v0 g ->
  exists v1, here F w v1 h /\ denotes C (heap w) (tagging w) v1 h (SInteger f) (VInteger z) /\
             (forall s x, denotes C (heap w) (tagging w) v0 g s x -> denotes C (heap w) (tagging w) v1 h s x).
Proof.
  intros F w v0 g h f z (u & O & V) H. exists (with_integers v0 u). split; [|split].
  - eapply here_onward; eauto.
  - apply denotes_integer. exact V.
  - intros s x. apply denotes_onward. exact O.
Qed.

Lemma known_at : forall F w v0 g, here F w v0 g -> known A (integers v0) g.
Proof. intros F w v0 g H. eapply known_of. apply (held _ _ _ _ _ _ _ _ _ _ H). Qed.

(** *** A register gets a value *)

Lemma activation_register : forall F w r x,
  (forall t, ~ In (r, t) (cparameters (the_body X))) ->
  activation A CP C X w0 entry F w -> activation A CP C X w0 entry (set_register F r x) w.
Proof.
  intros F w r x N [AF AE AT AV AO AL LV AP]. split; cbn; auto.
  intros q t I. destruct (Pos.eqb_spec q r) as [->|]; [destruct (N t I)|eauto].
Qed.

Lemma here_assign : forall F w v0 g r s x t,
  here F w v0 g -> denotes C (heap w) (tagging w) v0 g s x ->
  PM.find r (cregisters (the_body X)) = Some t -> (forall u, ~ In (r, u) (cparameters (the_body X))) ->
  here (set_register F r x) w v0 (assign g r s).
Proof.
  intros F w v0 g r s x t [H D E T B ACT] S R N.
  assert (SS : same_symbols g (assign g r s)) by (repeat split).
  split; auto using activation_register.
  - intros v AG. destruct (H v (agrees_same _ _ _ _ SS AG)) as [? ? ? ? ? ? ? ?].
    split; auto; try same_numbers.
  - intros q u Q. apply (denotes_same _ _ _ _ _ _ _ SS). unfold symbolic_register, assign. cbn.
    destruct (Pos.eqb_spec q r) as [->|NE].
    + rewrite PM.gss. exact S.
    + rewrite PM.gso by auto. exact (D q u Q).
  - unfold assign. cbn. intros q y F'. destruct (Pos.eq_dec q r) as [->|NE]; [eauto|].
    rewrite PM.gso in F' by auto. eauto.
  - destruct T. split; auto.
Qed.

Lemma here_assign_result : forall F w v0 g r s x,
  here F w v0 g -> denotes C (heap w) (tagging w) v0 g s x ->
  (forall q, r = Some q -> (exists t, PM.find q (cregisters (the_body X)) = Some t) /\
                           forall u, ~ In (q, u) (cparameters (the_body X))) ->
  here (set_result F r x) w v0 (assign_result g r s).
Proof.
  intros F w v0 g [r|] s x H S R; cbn; auto. destruct (R r eq_refl) as [[t Q] N]. eapply here_assign; eauto.
Qed.

(** *** Fresh symbols *)

Lemma later_pointer : forall g h b o, fresh_pointer g = (h, b, o) -> later g h.
Proof. intros g h b o E. unfold fresh_pointer in E. inversion E; subst. split; cbn; lia. Qed.

Definition with_pointer (v : valuation) (b o : positive) (c : base) (z : Z) : valuation :=
  {| integers := given (integers v) o z; bases := fun x => if Pos.eqb x b then c else bases v x; floats := floats v |}.

(** A fresh pointer may be any. *)
Lemma here_fresh_pointer : forall F w v0 g h b o c z, here F w v0 g -> fresh_pointer g = (h, b, o) ->
  let v1 := with_pointer v0 b o c z in
  here F w v1 h /\ denotes C (heap w) (tagging w) v1 h (SPointer (BSymbol b) (symbol_form o)) (VPointer c z) /\
  own_offset h b = o /\ PM.find b (targets h) = None /\
  (forall s x, denotes C (heap w) (tagging w) v0 g s x -> denotes C (heap w) (tagging w) v1 h s x).
Proof.
  intros F w v0 g h b o c z H E v1. pose proof (later_pointer _ _ _ _ E) as L.
  unfold fresh_pointer in E. injection E as EH <- <-. subst v1.
  set (v1 := with_pointer v0 (next_base g) (next_integer g) c z).
  destruct H as [H D EX T B ACT].
  assert (AG0 : agrees g v1 v0).
  { split; cbn; auto.
    - intros s Ls. unfold given. destruct (Pos.eqb_spec s (next_integer g)); [lia|auto].
    - intros s Ls. destruct (Pos.eqb_spec s (next_base g)); [lia|auto]. }
  assert (UP : forall v, agrees h v v1 -> agrees g v v0) by (intros v AG; eapply agrees_later; eauto).
  assert (DN : forall s x, denotes C (heap w) (tagging w) v0 g s x -> denotes C (heap w) (tagging w) v1 h s x).
  { intros s x DD v AG. apply DD. auto. }
  assert (OO : own_offset h (next_base g) = next_integer g).
  { unfold own_offset. rewrite <- EH. cbn. rewrite PM.gss. reflexivity. }
  split; [|split; [|split; [|split]]]; auto.
  - split; auto.
    + intros v AG. specialize (UP v AG). pose proof (H v UP) as [N TR S R M K SZ VX]. rewrite <- EH.
      split; auto; try same_numbers.
      intros s e l Q HL. cbn in Q. specialize (S s e l Q HL). unfold own_offset. cbn.
      rewrite PM.gso; [exact S|]. pose proof (targets_scoped _ T _ _ Q). lia.
    + intros r t R. replace (symbolic_register h r t) with (symbolic_register g r t); [apply DN; exact (D r t R)|].
      rewrite <- EH. reflexivity.
    + rewrite <- EH. exact EX.
    + destruct T as [I FT CT LF FP CPR TP TS RP NB OS]. rewrite <- EH. split; cbn; auto; try lia.
      * intros s e Q. pose proof (TS s e Q). lia.
      * intros s z' Q. apply find_add in Q as [[-> ->]|Q]; [lia|]. pose proof (OS s z' Q). lia.
    + rewrite <- EH. cbn. destruct B as (? & ? & ?). repeat split; lia.
  - intros v AG. cbn. destruct AG as [AI AB AF]. rewrite eval_symbol. split.
    + rewrite AB by (rewrite <- EH; cbn; lia). cbn. rewrite Pos.eqb_refl. reflexivity.
    + rewrite AI by (rewrite <- EH; cbn; lia). cbn. unfold given. rewrite Pos.eqb_refl. reflexivity.
  - rewrite <- EH. cbn. destruct (PM.find (next_base g) (targets g)) as [q|] eqn:Q; auto.
    pose proof (targets_scoped _ T _ _ Q). lia.
Qed.

(** A fresh float that is in its range, if that has one. *)
Lemma here_fresh_float : forall F w v0 g h r y x, here F w v0 g ->
  (forall q l, r = Some (q, l) -> proper_range q /\ (Holds l -> in_range_of q y)) ->
  fresh_float g r = (h, x) ->
  exists v1, here F w v1 h /\ denotes C (heap w) (tagging w) v1 h (SFloat x) (VFloat y) /\
             (forall s x, denotes C (heap w) (tagging w) v0 g s x -> denotes C (heap w) (tagging w) v1 h s x).
Proof.
  intros F w v0 g h r y x H IR E. unfold fresh_float in E. injection E as EH EX. subst x.
  set (v1 := {| integers := integers v0; bases := bases v0;
                floats := fun s => if Pos.eqb s (next_float g) then y else floats v0 s |}).
  assert (NH : next_integer h = next_integer g /\ next_base h = next_base g /\ next_float h = Pos.succ (next_float g)).
  { rewrite <- EH. destruct r; auto. }
  destruct NH as (NI & NB & NF).
  assert (UP : forall v, agrees h v v1 -> agrees g v v0).
  { intros v [AI AB AF]. rewrite NI in AI. rewrite NB in AB. rewrite NF in AF. split; auto.
    intros s L. rewrite AF by lia. cbn. destruct (Pos.eqb_spec s (next_float g)); [lia|auto]. }
  assert (DN : forall s x, denotes C (heap w) (tagging w) v0 g s x -> denotes C (heap w) (tagging w) v1 h s x).
  { intros s z DD v AG. apply DD. auto. }
  exists v1. destruct H as [H D EXI T B ACT].
  split; [|split; auto].
  - split; auto.
    + intros v AG. pose proof (H v (UP v AG)) as [N TR S R M K SZ VX]. destruct AG as [AI AB AF]. rewrite NF in AF.
      assert (FY : floats v (next_float g) = y).
      { rewrite AF by lia. cbn. rewrite Pos.eqb_refl. reflexivity. }
      rewrite <- EH. destruct r as [[q l]|]; (split; auto; try same_numbers).
      cbn. intros s q' l' Q HL. apply find_add in Q as [[-> Q]|Q]; [|eauto].
      injection Q as -> ->. rewrite FY. apply (IR q l eq_refl). exact HL.
    + intros r' t R. replace (symbolic_register h r' t) with (symbolic_register g r' t); [apply DN; exact (D r' t R)|].
      rewrite <- EH. destruct r; reflexivity.
    + rewrite <- EH. destruct r; exact EXI.
    + destruct T as [I FT CT LF FP CPR TP TS RP NB' OS]. rewrite <- EH. destruct r as [[q l]|]; split; cbn; auto.
      intros s q' l' Q. apply find_add in Q as [[-> Q]|Q]; [|eauto]. inversion Q; subst. apply (IR q l eq_refl).
    + rewrite NI, NB, NF. destruct B as (? & ? & ?). repeat split; lia.
  - intros v [AI AB AF]. cbn. rewrite AF by (rewrite NF; lia). cbn. rewrite Pos.eqb_refl. reflexivity.
Qed.

(** *** Truth symbols *)

Lemma here_truth : forall F w v0 g d n h f, here F w v0 g -> (n = 0 \/ n = 1) ->
  (forall q l, d = Some (q, l) -> Holds l -> forall v, agrees g v v0 -> stands_for v q n) ->
  fresh_truth g d = (h, f) ->
  exists v1, here F w v1 h /\ denotes C (heap w) (tagging w) v1 h (SInteger f) (VInteger n) /\
             (forall s x, denotes C (heap w) (tagging w) v0 g s x -> denotes C (heap w) (tagging w) v1 h s x).
Proof.
  intros F w v0 g d n h f H N01 ST E. unfold fresh_truth in E. injection E as EH EF. subst f.
  set (v1 := with_integers v0 (given (integers v0) (next_integer g) n)).
  assert (NH : next_integer h = Pos.succ (next_integer g) /\ next_base h = next_base g /\ next_float h = next_float g).
  { rewrite <- EH. auto. }
  destruct NH as (NI & NB & NF).
  assert (UP : forall v, agrees h v v1 -> agrees g v v0).
  { intros v [AI AB AF]. rewrite NI in AI. rewrite NB in AB. rewrite NF in AF. split; auto.
    intros s L. rewrite AI by lia. cbn. unfold given. destruct (Pos.eqb_spec s (next_integer g)); [lia|auto]. }
  assert (VN : forall v, agrees h v v1 -> integers v (next_integer g) = n).
  { intros v [AI _ _]. rewrite AI by (rewrite NI; lia). cbn. unfold given. rewrite Pos.eqb_refl. reflexivity. }
  assert (DN : forall s x, denotes C (heap w) (tagging w) v0 g s x -> denotes C (heap w) (tagging w) v1 h s x).
  { intros s z DD v AG. apply DD. auto. }
  exists v1. destruct H as [H D EXI T B ACT].
  split; [|split; auto].
  - split; auto.
    + intros v AG. pose proof (H v (UP v AG)) as [N TR S R M K SZ VX]. pose proof (VN v AG) as VV. pose proof (UP v AG) as UV.
      rewrite <- EH. split; auto; try same_numbers.
      intros s q l Q. cbn in Q. destruct d as [[q' l']|]; [|exact (TR s q l Q)].
      apply find_add in Q as [[-> Q]|Q]; [|exact (TR s q l Q)]. injection Q as -> ->. rewrite VV. split; auto.
      intro HL. exact (ST q' l' eq_refl HL v UV).
    + intros r' t R. replace (symbolic_register h r' t) with (symbolic_register g r' t); [apply DN; exact (D r' t R)|].
      rewrite <- EH. reflexivity.
    + rewrite <- EH. exact EXI.
    + destruct T as [I FT CT LF FP CPR TP TS RP NB' OS]. rewrite <- EH. split; cbn; auto; try lia.
      intros b o Q. pose proof (OS b o Q). lia.
    + rewrite NI, NB, NF. destruct B as (? & ? & ?). repeat split; lia.
  - intros v AG. cbn. rewrite eval_symbol. exact (VN v AG).
Qed.

End State.
