(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Nodes: if a node's script is accepted, executions from states of which its facts hold are safe *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Guards Memory Accesses Lifetimes Calls Scripts Checker
  Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TargetProofs TableProofs EdgeProofs ResultProofs
  PathProofs CallProofs.
From AICheck Require Import PointerCallProofs SaneProofs SaneProofsSteps ClaimProofs StepProofs.
Import ListNotations.
Open Scope Z_scope.

Section Nodes.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis WF : well_formed CP = true.
Hypothesis ALARMS : forall x, (assumption_count CP <= x)%positive -> A x.
Variable number : id -> id -> kind -> option positive.
Variable said : event -> Prop.
Hypothesis CONTROL : forall l, said (Control l) -> Holds l.
Notation safe := (safe A CP number said).
Notation continues := (continues A CP C number said).
Notation nodes_safe := (nodes_safe A CP C number said).

Section Context.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Hypothesis NUMBER : obligation_number X = number.
Notation place_safe := (place_safe A CP C number said X).
Notation here := (here A CP C X).

(** ** Single steps of the walk *)

Definition good_place (p : place_in_script) (_ : stream) (_ : unit) (_ : stream) (e : list event) : Prop :=
  all_said said e -> place_safe p.

Lemma all_said_app : forall a b, all_said said (a ++ b) -> all_said said a /\ all_said said b.
Proof. intros a b H. apply Forall_app. exact H. Qed.

Lemma safe_if_sane : forall n s, (sane CP s -> safe n s) -> safe n s.
Proof. intros [|n] s H SA; exact (H SA SA). Qed.

(** A place from which the steps between instructions lead on is safe if that behind them is. *)
Lemma behind_steps : forall g l e h s m s' ev, steps X g s = Some ((h, m), s', ev) -> all_said said ev ->
  (m <> Stop -> place_safe (h, l, e)) -> place_safe (g, l, e).
Proof.
  intros g l e h s m s' ev ST SE NEXT n w0 entry F w v0 stack NS H AT CO.
  apply safe_if_sane. intro SA. pose proof (cells_sane _ _ SA) as SC.
  edestruct (steps_hold A CP C FIT WF X FX ALARMS w0 entry) as [H1 NM];
    [exact H|exact (sane_classed _ _ SC)|exact ST|eapply said_controlled; eauto|].
  eapply NEXT; eauto.
Qed.

(** What results of calls go to are registers. *)
Lemma result_register : forall r c q, gives_optional (the_body X) r c = true -> r = Some q ->
  (exists t, PM.find q (cregisters (the_body X)) = Some t) /\ forall u, ~ In (q, u) (cparameters (the_body X)).
Proof.
  intros r c q G ->. cbn in G. destruct (given_register X _ _ G) as (t & R & _ & N). split; eauto.
Qed.

Lemma arguments_fitting : forall F l, Forall (named_alive F) l ->
  forallb (fun a => match operand_class CP (the_body X) a with Some _ => true | None => false end) l = true ->
  Forall (argument_fits CP X F) l.
Proof.
  intros F l NA H. rewrite forallb_forall in H. rewrite Forall_forall in *. intros a I. split; auto. specialize (H a I).
  destruct (operand_class CP (the_body X) a) as [c|]; [eauto|discriminate].
Qed.

Lemma matching_classes : forall l p more, arguments_match CP (the_body X) l p more = true ->
  forallb (fun a => match operand_class CP (the_body X) a with Some _ => true | None => false end) l = true.
Proof.
  induction l as [|a l IH]; intros p more H; cbn in *; auto. destruct p as [|[r t] p].
  - apply andb_true_iff in H as [H K]. apply andb_true_iff in H as [_ H]. apply andb_true_iff. split; eauto.
  - apply andb_true_iff in H as [H K]. apply is_class in H. rewrite H. cbn. eauto.
Qed.

Lemma call_step : forall A F stack m s' site r f args l,
  step A P {| top := F; suspended := stack; mem := m |} s' -> rest F = (site, Call r f args) :: l ->
  exists G, begins P f (map (eval F) args) G /\ s' = {| top := G; suspended := (r, at_rest F l) :: stack; mem := m |}.
Proof.
  intros A0 F stack m s' site r f args l ST R. inversion ST; subst; try congruence;
    match goal with E : rest F = (?x, ?y) :: ?z |- _ =>
      lazymatch E with R => fail | _ =>
        assert (EQ : (site, Call r f args) :: l = (x, y) :: z) by congruence; inversion EQ; subst; clear EQ end end;
    try (match goal with E : effect _ _ _ _ (Call _ _ _) _ _ |- _ => inversion E end).
  eauto.
Qed.

Lemma pointer_call_step : forall A F stack m s' site r a args l,
  step A P {| top := F; suspended := stack; mem := m |} s' -> rest F = (site, CallPointer r a args) :: l ->
  exists f G, met (demands P F m (CallPointer r a args)) /\ base_of F a = BFunction f /\
    begins P f (map (eval F) args) G /\
              s' = {| top := G; suspended := (r, at_rest F l) :: stack; mem := m |}.
Proof.
  intros A0 F stack m s' site r a args l ST R. inversion ST; subst; try congruence;
    match goal with E : rest F = (?x, ?y) :: ?z |- _ =>
      lazymatch E with R => fail | _ =>
        assert (EQ : (site, CallPointer r a args) :: l = (x, y) :: z) by congruence; inversion EQ; subst;
          clear EQ end end;
    try (match goal with E : effect _ _ _ _ (CallPointer _ _ _) _ _ |- _ => inversion E end).
  eauto 8.
Qed.

(** ** Calls *)

Lemma direct_call_safe : forall g n site r f args l eo s res s' e,
  call X g r f args s = Some (res, s', e) ->
  (forall h, res = Some h -> place_safe (h, l, eo)) -> place_safe (g, (n, (site, Call r f args)) :: l, eo).
Proof.
  intros g n site r f args l eo s res s' e CA NEXT k w0 entry F w v0 stack NS H (R & ES & EE) CO. cbn in R.
  pose proof (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) as RF.
  apply safe_intro.
  - intro SA. eapply good_at_instruction with (e := []); eauto; [constructor|apply (claims_none A X)].
  - intros j st -> SA ST. destruct (call_step _ _ _ _ _ _ _ _ _ _ ST R) as (G & BG & ->).
    pose proof (top_sane _ _ _ _ SA) as SF.
    destruct (next_instruction CP C X FX _ _ _ _ _ SF RF R) as (_ & WS & NA). cbn in WS, NA.
    destruct (PM.find f (cfunctions CP)) as [B|] eqn:FB; [|discriminate]. apply andb_true_iff in WS as [WA WR].
    eapply (call_safe A CP C FIT WF number said X FX);
      [exact H|exact (cells_sane _ _ SA)| | |exact CA|exact BG|exact NEXT| | |exact ES|exact EE].
    + apply arguments_fitting; [exact NA|eapply matching_classes; exact WA].
    + intros q ->. destruct (cresult B) as [t|]; [|discriminate].
      eapply (result_register (Some q)); [exact WR|reflexivity].
    + intros i L. apply NS. lia.
    + eapply continues_less; [|exact CO]. lia.
Qed.

(** Each of the functions that a pointer may name is called in its turn. *)
Lemma callee_walked : forall again g l eo r args fs s u s' e f,
  (forall p s u s' e, again p s = Some (u, s', e) -> good_place p s u s' e) ->
  all_callees X again g l eo r args fs s = Some (u, s', e) -> all_said said e -> In f fs ->
  exists s1 res s2 e1, call X g r f args s1 = Some (res, s2, e1) /\
                       (forall h, res = Some h -> place_safe (h, l, eo)).
Proof.
  intros again g l eo r args. induction fs as [|f0 fs IH]; intros s u s' e f AG H SE I; [contradiction|].
  cbn in H. apply bind_inv in H as (res & s1 & e1 & e2 & CA & H & ->). apply all_said_app in SE as [_ SE].
  apply bind_inv in H as (u1 & s2 & e3 & e4 & WK & H & ->). apply all_said_app in SE as [SE2 SE].
  destruct I as [->|I]; [|eauto]. exists s, res, s1, e1. split; [exact CA|].
  intros h ->. eapply AG; eauto.
Qed.

Lemma pointer_call_safe : forall again g n site r a args l eo s h fs s1 e1 u s' e2,
  (forall p s u s' e, again p s = Some (u, s', e) -> good_place p s u s' e) ->
  call_pointer X g r a args site s = Some ((h, fs), s1, e1) -> all_said said e1 ->
  all_callees X again h l eo r args fs s1 = Some (u, s', e2) -> all_said said e2 ->
  place_safe (g, (n, (site, CallPointer r a args)) :: l, eo).
Proof.
  intros again g n site r a args l eo s h fs s1 e1 u s' e2 AG CP1 SE1 AC SE2 k w0 entry F w v0 stack NS H
    (R & ES & EE) CO.
  cbn in R. pose proof (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) as RF.
  assert (FACTS : sane CP {| top := F; suspended := stack; mem := heap w |} ->
     (claims_hold A X site (demands P F (heap w) (CallPointer r a args)) e1 /\
      forall f, met (demands P F (heap w) (CallPointer r a args)) -> base_of F a = BFunction f ->
        In f fs /\ here w0 entry F w v0 h) /\
     Forall (argument_fits CP X F) args /\
     (forall q, r = Some q -> (exists t, PM.find q (cregisters (the_body X)) = Some t) /\
                              forall u, ~ In (q, u) (cparameters (the_body X)))).
  { intro SA. pose proof (top_sane _ _ _ _ SA) as SF.
    destruct (next_instruction CP C X FX _ _ _ _ _ SF RF R) as (_ & WS & NA). cbn in WS, NA.
    apply andb_true_iff in WS as [WS WR]. apply andb_true_iff in WS as [WP WA]. inversion NA as [|? ? NP NL]; subst.
    split; [|split].
    - eapply (call_pointer_sound A CP C FIT ALARMS X FX w0 entry);
        [exact H|exact SF|exact NP|exact WP| |exact CP1|eapply said_controlled; eauto].
      pose proof (is_class CP _ _ _ WP) as K. clear - SF RF R K FX.
      pose proof SF as SF'. destruct SF' as [(G & c & s & s' & FG & RC & _ & _ & _ & _ & _ & _ & TB & _) IC _ _ RT].
      rewrite RF, (fits_body _ _ _ FX) in *. injection FG as <-.
      eapply (eval_taken CP (the_body X) F a); [|exact K|].
      + intros q t Q. split; [exact (IC _ q t eq_refl Q)|exact (RT _ q t eq_refl Q)].
      + rewrite R in RC. destruct c as [|[n0 [st i]] c]; [discriminate|]. cbn in RC. injection RC as <- <- _.
        cbn in TB. apply andb_true_iff in TB as [TB _]. apply andb_true_iff in TB as [TB _]. exact TB.
    - apply arguments_fitting; auto.
    - intros q ->. destruct (register_class (the_body X) q) as [c|]; [|discriminate].
      eapply (result_register (Some q)); eauto. }
  apply safe_intro.
  - intro SA. destruct (FACTS SA) as [[CL _] _].
    eapply good_at_instruction; [exact NUMBER|exact R|exact RF|exact SE1|exact CL].
  - intros j st -> SA ST. destruct (FACTS SA) as [[_ CALLED] [AF RR]].
    destruct (pointer_call_step _ _ _ _ _ _ _ _ _ _ ST R) as (f & G & MET & BF & BG & ->).
    destruct (CALLED f MET BF) as [IF H1].
    destruct (callee_walked _ _ _ _ _ _ _ _ _ _ _ _ AG AC SE2 IF) as (s2 & res & s3 & e3 & CA & NEXT).
    eapply (call_safe A CP C FIT WF number said X FX);
      [exact H1|exact (cells_sane _ _ SA)|exact AF|exact RR|exact CA|exact BG|exact NEXT| | |exact ES|exact EE].
    + intros i L. apply NS. lia.
    + eapply continues_less; [|exact CO]. lia.
Qed.

End Context.
End Nodes.
