(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Paths of scripts: what remains of a script is safe, instruction by instruction *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** What a violation, a raised obligation, a step is *)

Lemma violates_inv : forall P F stack m f st k, violates P {| top := F; suspended := stack; mem := m |} (f, st, k) ->
  f = running F /\
  ((exists i l, rest F = (st, i) :: l /\ violated (demands P F m i) k) \/
   (rest F = [] /\ st = end_site F /\ violated (demands_end F m) k)).
Proof. intros P F stack m f st k H. inversion H; subst; split; eauto 6. Qed.

Lemma raises_inv : forall P F stack m f st k, raises P {| top := F; suspended := stack; mem := m |} (f, st, k) ->
  f = running F /\
  ((exists i l, rest F = (st, i) :: l /\ In k (map fst (demands P F m i))) \/
   (rest F = [] /\ st = end_site F /\ In k (map fst (demands_end F m)))).
Proof. intros P F stack m f st k H. inversion H; subst; split; eauto 6. Qed.

Definition is_call (i : instruction) : bool := match i with Call _ _ _ | CallPointer _ _ _ => true | _ => false end.

Lemma instruction_step : forall A P F stack m s' site i l,
  step A P {| top := F; suspended := stack; mem := m |} s' -> rest F = (site, i) :: l -> is_call i = false ->
  exists F' m', s' = {| top := at_rest F' l; suspended := stack; mem := m' |} /\ met (demands P F m i) /\
    effect A P F m i F' m'.
Proof.
  intros A P F stack m s' site i l ST R NC. inversion ST; subst; try congruence;
    match goal with E : rest F = (?x, ?y) :: ?z |- _ =>
      lazymatch E with R => fail | _ => assert (EQ : (site, i) :: l = (x, y) :: z) by congruence; injection EQ as ->
        -> -> end end;
    try discriminate NC. eauto 6.
Qed.

Section Paths.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable number : id -> id -> kind -> option positive.
Variable said : event -> Prop.
Notation safe := (safe A CP number said).
Notation good := (good A CP number said).
Notation continues := (continues A CP C number said).
Notation nodes_safe := (nodes_safe A CP C number said).

(** Labels of control events hold. *)
Hypothesis CONTROL : forall l, said (Control l) -> Holds l.

Definition all_said (e : list event) : Prop := Forall said e.

Lemma said_controlled : forall e, all_said e -> controlled A e.
Proof. intros e S l I. apply CONTROL. unfold all_said in S. rewrite Forall_forall in S. auto. Qed.

Lemma upheld_by_events : forall o e, all_said e -> upheld_always A said o -> upheld A o e.
Proof.
  intros o e S [C1 U]. unfold all_said in S. rewrite Forall_forall in S.
  split; [intros l I; apply C1|intro I; apply U]; auto.
Qed.

Lemma continues_less : forall n k X w0 entry stack, (k <= n)%nat -> continues n X w0 entry stack ->
  continues k X w0 entry stack.
Proof. intros n k X w0 entry [|[r F] stack] L H; cbn in *; auto. intros. eapply H; eauto; lia. Qed.

Lemma safe_less : forall n k s, (k <= n)%nat -> safe n s -> safe k s.
Proof.
  induction n as [|n IH]; intros k s L H.
  - replace k with 0%nat by lia. exact H.
  - destruct k as [|k]; intro SA; specialize (H SA) as [G H]; (split; [exact G|]); [exact I|].
    intros s' ST. apply IH; [lia|]. apply H. exact ST.
Qed.

(** A state is safe if it is good and each state behind it is safe. *)
Lemma safe_intro : forall n s, (sane CP s -> good s) ->
  (forall k s', n = S k -> sane CP s -> step A P s s' -> safe k s') -> safe n s.
Proof. intros [|n] s G H SA; split; auto. Qed.

(** ** Frames behind an instruction *)

Lemma effect_frame : forall F m i F' m', effect A P F m i F' m' ->
  running F' = running F /\ end_site F' = end_site F /\ end_ F' = end_ F.
Proof. intros F m i F' m' E. destruct E; cbn; auto. destruct r; auto. Qed.

Lemma activation_rest : forall X w0 entry F w l, activation A CP C X w0 entry F w ->
  activation A CP C X w0 entry (at_rest F l) w.
Proof. intros X w0 entry F w l []. split; auto. Qed.

Lemma here_rest : forall X w0 entry F w v0 g l, here A CP C X w0 entry F w v0 g ->
  here A CP C X w0 entry (at_rest F l) w v0 g.
Proof. intros X w0 entry F w v0 g l []. split; auto using activation_rest. Qed.

Lemma activation_block : forall X w0 entry F w B, activation A CP C X w0 entry F w ->
  activation A CP C X w0 entry (at_block F B) w.
Proof. intros X w0 entry F w B []. split; auto. Qed.

Lemma here_block : forall X w0 entry F w v0 g B, here A CP C X w0 entry F w v0 g ->
  here A CP C X w0 entry (at_block F B) w v0 g.
Proof. intros X w0 entry F w v0 g B []. split; auto using activation_block. Qed.

(** ** The walk, step by step *)

Variable X : context.
Hypothesis FX : context_fits CP C X.
Hypothesis NUMBER : obligation_number X = number.
Notation place_safe := (place_safe A CP C number said X).
Notation here := (here A CP C X).

Lemma top_sane : forall F stack m, sane CP {| top := F; suspended := stack; mem := m |} -> sane_frame CP m F.
Proof. intros F stack m SA. apply (frames_sane _ _ SA). left. reflexivity. Qed.

(** Claims make a state good in which an instruction is next. *)
Lemma good_at_instruction : forall F stack m site i l e,
  rest F = (site, i) :: l -> running F = the_function X -> all_said e ->
  claims_hold A X site (demands P F m i) e ->
  good {| top := F; suspended := stack; mem := m |}.
Proof.
  intros F stack m site i l e R RF SE [K V]. split.
  - intros f st k o VI NO UP. apply violates_inv in VI as [-> [(i' & l' & R' & VI)|(R' & _)]]; [|congruence].
    rewrite R in R'. injection R' as <- <- <-. rewrite RF, <- NUMBER in NO. eapply V; eauto using upheld_by_events.
  - intros f st k VI. apply raises_inv in VI as [-> [(i' & l' & R' & VI)|(R' & _)]]; [|congruence].
    rewrite R in R'. injection R' as <- <- <-. destruct (K _ VI) as (o & NO & EX).
    apply Exists_exists in EX as (ev & I & AB). exists o, ev. rewrite RF, <- NUMBER. repeat split; auto.
    unfold all_said in SE. rewrite Forall_forall in SE. auto.
Qed.

Lemma good_at_end : forall F stack m e, rest F = [] -> running F = the_function X -> all_said e ->
  claims_hold A X (end_site F) (demands_end F m) e ->
  good {| top := F; suspended := stack; mem := m |}.
Proof.
  intros F stack m e R RF SE [K V]. split.
  - intros f st k o VI NO UP. apply violates_inv in VI as [-> [(i' & l' & R' & VI)|(_ & -> & VI)]]; [congruence|].
    rewrite RF, <- NUMBER in NO. eapply V; eauto using upheld_by_events.
  - intros f st k VI. apply raises_inv in VI as [-> [(i' & l' & R' & VI)|(_ & -> & VI)]]; [congruence|].
    destruct (K _ VI) as (o & NO & EX).
    apply Exists_exists in EX as (ev & I & AB). exists o, ev. rewrite RF, <- NUMBER. repeat split; auto.
    unfold all_said in SE. rewrite Forall_forall in SE. auto.
Qed.

(** An instruction that is no call, by its rule. *)
Lemma instruction_safe : forall g g' n site i s s' e l end_of,
  is_call i = false ->
  rule_is_sound A CP C X i (fun site g => execute X g n site i) ->
  execute X g n site i s = Some (g', s', e) -> all_said e ->
  place_safe (g', l, end_of) -> place_safe (g, (n, (site, i)) :: l, end_of).
Proof.
  intros g g' n site i s s' e l eo NC RS EX SE NEXT k w0 entry F w v0 stack NS H (R & ES & EE) CO.
  cbn in R. pose proof (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) as RF.
  assert (RULE : sane CP {| top := F; suspended := stack; mem := heap w |} ->
     claims_hold A X site (demands P F (heap w) i) e /\
     (forall F' m', met (demands P F (heap w) i) -> effect A P F (heap w) i F' m' ->
        exists t' v', here w0 entry F' {| heap := m'; tagging := t' |} v' g')).
  { intro SA. eapply RS; eauto using said_controlled, top_sane. apply (cells_sane _ _ SA). }
  apply safe_intro.
  - intro SA. destruct (RULE SA) as [CL _]. eapply good_at_instruction; eauto.
  - intros j st -> SA ST. destruct (RULE SA) as [_ EF].
    destruct (instruction_step _ _ _ _ _ _ _ _ _ ST R NC) as (F' & m' & -> & D & E).
    destruct (EF _ _ D E) as (t' & v' & H'). destruct (effect_frame _ _ _ _ _ E) as (RF' & ES' & EE').
    change (safe j {| top := at_rest F' (map snd l); suspended := stack;
      mem := heap {| heap := m'; tagging := t' |} |}).
    eapply NEXT.
    + intros q L. apply NS. lia.
    + apply here_rest. exact H'.
    + split; [reflexivity|]. cbn. rewrite ES', EE'. auto.
    + eapply continues_less; [|exact CO]. lia.
Qed.

End Paths.
