(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Where a block leads: the edge that an execution takes is one of the script's, and its guard holds *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Guards Memory Accesses Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs EntryProofs TargetProofs.
From AICheck Require Import ClaimProofs GuardProofs.
Import ListNotations.
Open Scope Z_scope.

Lemma read_claim_event : forall X site k s c s' e, read_claim X site k s = Some (c, s', e) ->
  Exists (about_obligation (obligation_of c)) e.
Proof.
  intros X site k s c s' e H. unfold read_claim in H. monad. cbn. apply Exists_exists.
  destruct x0; eexists; (split; [repeat (rewrite in_app_iff; cbn); eauto 8|reflexivity]).
Qed.

Lemma symbolic_base : forall C m t v b f c z, is_symbolic C m t v (SPointer b f) (VPointer c z) -> base_is C m t v b c.
Proof. intros C m t v [u|s] f c z [H _]; [apply H|exact H]. Qed.

Section Edges.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

(** What well-formedness says of the end of the block. *)
Lemma block_end : forall m F, sane_frame CP m F -> running F = the_function X -> rest F = [] ->
  well_ended CP (the_body X) (end_ F) = true /\ Forall (named_alive F) (operand_of_end (end_ F)).
Proof.
  intros m F [(G & c & s & s' & FG & R & WS & WE & LT & NE & MG & LV & TB & TE) _ _ _ _] RF RI.
  rewrite RF, (fits_body _ _ _ FX) in FG. injection FG as <-. split; auto.
  rewrite RI in R. destruct c; [|discriminate]. cbn in LT. injection LT as <-.
  rewrite forallb_forall in NE. apply Forall_forall. intros a I. specialize (NE a I).
  destruct a; cbn in *; auto. apply LV. exact NE.
Qed.

(** ** Switches *)

Definition value_in (z : Z) (c : Z * Z * id) : bool := let '(l, u, _) := c in (l <=? z) && (z <=? u).

Lemma switch_edge : forall f z cases l u b, find (value_in z) cases = Some (l, u, b) ->
  l <= z <= u /\ In ((fun g => ret (add_bounds g f {| lower := Some l; upper := Some u |} [])),
    b) (switch_edges f cases).
Proof.
  intros f z. induction cases as [|[[l' u'] b'] cases IH]; intros l u b H; [discriminate|]. cbn in H.
  destruct ((l' <=? z) && (z <=? u')) eqn:I.
  - injection H as -> -> ->. apply andb_true_iff in I as [I J]. split; [lia|]. left. reflexivity.
  - destruct (IH l u b H) as [J K]. split; auto. right. exact K.
Qed.

Lemma default_holds : forall F w v0 f z cases g, here F w v0 g -> is_value (integers v0) g f z ->
  find (value_in z) cases = None ->
  here F w v0 (fold_left (fun g c => let '(l, u, _) := c in add_exclusion g f l u []) cases g).
Proof.
  intros F w v0 f z. induction cases as [|[[l u] b] cases IH]; intros g H V N; cbn; auto.
  cbn in N. destruct ((l <=? z) && (z <=? u)) eqn:I; [discriminate|].
  assert (O : onward A (integers v0) g (integers v0) (add_exclusion g f l u [])).
  { eapply onward_exclusion; eauto using known_at. intros _. apply andb_false_iff in I as [I|I]; booleans; lia. }
  apply IH; [eapply here_step; eauto|exact V|exact N].
Qed.

(** ** Edges *)

Definition passes (F : frame) (w : world) (v0 : valuation) (g : state) (edge : edge) : Prop :=
  forall s h s' e, fst edge g s = Some (h, s', e) -> here F w v0 h.

Lemma edge_taken : forall F w v0 g s h edges s' e b,
  here F w v0 g -> sane_frame CP (heap w) F -> rest F = [] ->
  edges_of X g (end_site F) (end_ F) s = Some ((h, Some edges), s', e) ->
  met (demands_end F (heap w)) -> leads F (end_ F) b ->
  exists x : state -> M state, In (x, b) edges /\ passes F w v0 h (x, b).
Proof.
  intros F w v0 g s h edges s' e b H SF R E M L.
  pose proof (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) as RF.
  destruct (block_end _ _ SF RF R) as [WE NA].
  destruct (end_ F) as [b'|a b1 b2|a cases d|a labels l|a|] eqn:T; inversion L; subst; cbn in E.
  - monad. injection H0 as <- <-. eexists. split; [left; reflexivity|]. intros s1 h1 s2 e1 Q. cbn in Q. monad. exact H.
  - monad. injection H0 as <- <-. inversion NA as [|? ? LA _]; subst. cbn in WE.
    assert (G : forall (t : bool) s1 h1 s2 e1, (if t then integer F a <> 0 else integer F a = 0) ->
      (let* f := integer_of X g a in guard X g f t []) s1 = Some (h1, s2, e1) -> here F w v0 h1).
    { intros t s1 h1 s2 e1 Z Q. apply bind_inv in Q as (f & s3 & e2 & e3 & I & Q & ->).
      destruct (integer_operand _ _ _ FIT _ FX _ _ _ _ _ _ _ _ _ _ _ H LA WE I) as (V & _ & -> & ->).
      eapply (guard_holds A CP C FIT X FX w0 entry); eauto. intros _. destruct t; split; intros; auto; congruence. }
    destruct (integer F a =? 0) eqn:Z; booleans; monad.
    + eexists. split; [right; left; reflexivity|]. intros s1 h1 s2 e1 Q. cbn in Q. eapply (G false); eauto.
    + eexists. split; [left; reflexivity|]. intros s1 h1 s2 e1 Q. cbn in Q. eapply (G true); eauto.
  - apply bind_inv in E as (f & s1 & e1 & e2 & I & E & ->). monad. injection H0 as <- <-.
    inversion NA as [|? ? LA _]; subst. cbn in WE. apply andb_true_iff in WE as [WE _].
    destruct (integer_operand _ _ _ FIT _ FX _ _ _ _ _ _ _ _ _ _ _ H LA WE I) as (V & _ & -> & ->).
    match goal with |- context [find ?p cases] => change p with (value_in (integer F a)) end.
    destruct (find (value_in (integer F a)) cases) as [[[l u] b]|] eqn:FI.
    + destruct (switch_edge f _ _ _ _ _ FI) as [IN IE]. eexists. split; [apply in_or_app; left; exact IE|].
      intros s2 h1 s3 e1 Q. cbn in Q. monad. eapply here_step; [exact H|].
      refine (onward_bounds A (integers v0) g f {| lower := Some l; upper := Some u |} [] (integer F a) _ V _);
        [eauto using known_at|]. intros _. unfold In_bounds. cbn. lia.
    + eexists. split; [apply in_or_app; right; left; reflexivity|].
      intros s5 h1 s6 e5 Q. cbn in Q. monad. eapply default_holds; eauto.
  - apply bind_inv in E as ([b1 f] & s1 & e1 & e2 & I & E & ->). monad.
    match goal with Q : (_, Some _) = (_, Some _) |- _ => injection Q as <- <- end.
    match goal with N : nth_error _ _ = Some b |- _ => apply nth_error_In in N end.
    eexists. split; [apply in_map_iff; eexists; split; [reflexivity|eassumption]|].
    intros s5 h1 s6 e5 Q. cbn in Q. monad. exact H.
Qed.

(** ** The claim of a jump to a label *)

(** Every case is the object of the labels, and the offset is one of a target. *)
Lemma labels_hold : forall m t v g b f c z labels n tl, state_holds A P C m t v g ->
  is_symbolic C m t v (SPointer b f) (VPointer c z) -> Holds tl ->
  forall l s r s' e, (fix walk (e : list State.entry) : M label :=
      match e with
      | [] => ret []
      | x :: e =>
        demand (Pos.eqb (entry_tag x) (static_tag X labels)) ;;
        let h := in_case g b x tl in
        let* high := upper_bound h f in
        let* low := lower_bound h f in
        demand ((bound high <? n) && (0 <=? bound low)) ;;
        let* rest := walk e in ret (union (union (label_of high) (label_of low)) rest)
      end) l s = Some (r, s', e) ->
  (exists d, PM.find labels (cstatics CP) = Some d) -> Holds r -> in_targets C m t l c (own v g b) ->
  c = BObject (Static labels) /\ 0 <= z < n.
Proof.
  intros m t v g b f c z labels n tl SH SY HT. induction l as [|x l IH]; intros s r s' e W D HR I; [inversion I|].
  cbn in W. monad. apply union_holds in HR as [HL HR]. apply union_holds in HL as [HU HD].
  apply Exists_cons in I as [I|I]; [|eauto].
  match goal with E : Pos.eqb _ _ = true |- _ => apply Pos.eqb_eq in E; rename E into TG end.
  destruct D as [d D]. destruct (static_tag_of _ _ FIT _ _ D) as (k & sz & al & T).
  assert (ST : PM.find (entry_tag x) (tags C) = Some (TStatic labels k sz al)).
  { rewrite TG. unfold static_tag. rewrite (fits_static _ _ _ FX). exact T. }
  assert (NO : names_objects C (entry_tag x)) by (eexists; split; [exact ST|reflexivity]).
  assert (NH : numbers_hold A (integers v) (in_case g b x tl)).
  { eapply in_case_numbers; [exact (numbers _ _ _ _ _ _ _ SH)|exact NO|]. intros _. exact I. }
  destruct I as (HTG & _). unfold has_tag in HTG. rewrite ST in HTG. destruct HTG as (q & -> & TI).
  unfold tag_is in TI. rewrite ST in TI. destruct q as [o|o]; [subst o|contradiction]. split; [reflexivity|].
  destruct SY as [_ SY]. cbn in SY. rewrite <- SY.
  match goal with U : upper_bound _ _ _ = Some _ |- _ => pose proof (upper_bound_holds A _ _ NH _ _ _ _ _ U HU)
    as [_ UP] end.
  match goal with U : lower_bound _ _ _ = Some _ |- _ => pose proof (lower_bound_holds A _ _ NH _ _ _ _ _ U HD)
    as [_ LO] end.
  lia.
Qed.

Lemma edges_claims : forall F w v0 g s r s' e,
  here F w v0 g -> sane_frame CP (heap w) F -> rest F = [] ->
  edges_of X g (end_site F) (end_ F) s = Some (r, s', e) ->
  claims_hold A X (end_site F) (demands_end F (heap w)) e.
Proof.
  intros F w v0 g s r s' e H SF R E.
  pose proof (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) as RF.
  destruct (block_end _ _ SF RF R) as [WE NA]. unfold demands_end.
  destruct (end_ F) as [| | |a labels l| |] eqn:T; try apply claims_none. cbn in E.
  inversion NA as [|? ? LA _]; subst. cbn in WE. apply andb_true_iff in WE as [WE WL].
  apply andb_true_iff in WE as [WE _].
  apply bind_inv in E as ([b f] & s1 & e1 & e2 & I & E & ->).
  destruct (pointer_operand _ _ _ FIT _ FX _ _ _ _ _ _ _ _ _ _ _ _ H LA WE I) as (D & _ & -> & ->).
  apply bind_inv in E as (c & s1 & e1 & e3 & RC & E & ->).
  destruct (read_claim_inv A _ _ _ _ _ _ _ RC) as (NO & AL & UN).
  split.
  - intros k [<-|[]]. exists (obligation_of c). split; [exact NO|]. apply Exists_app. right. apply Exists_app. left.
    eapply read_claim_event; eauto.
  - intros k o V NK. inversion V as [? D' ? ND|? ? ? ? HD V']; subst; [|inversion V'].
    rewrite NO in NK. injection NK as <-. intro UP. apply upheld_app in UP as [_ UP]. apply upheld_app in UP as [U1 UP].
    destruct (is_claimed c) eqn:CL; [|apply U1; apply UN; reflexivity].
    apply ND. clear ND V.
    apply bind_inv in E as (u & s2 & e4 & e5 & RO & E & ->). apply bind_inv in E as (u' & s3 & e6 & e7 & SE & E & ->).
    apply bind_inv in SE as ([l1 tl] & s4 & e8 & e9 & CS & SE & ->). apply lift_inv in CS as (CS & -> & ->).
    apply bind_inv in SE as (r1 & s5 & e10 & e11 & W & SE & ->). cbn [fst snd] in *.
    apply settle_inv in SE; auto. subst e11.
    assert (HL : Holds (union tl r1)).
    { apply UP. repeat (rewrite !in_app_iff; cbn). tauto. }
    apply union_holds in HL as [HT HR].
    pose proof (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl _ _)) as SH. pose proof (D v0 (agrees_refl _ _)) as SY.
    assert (EX : exists d, PM.find labels (cstatics CP) = Some d).
    { destruct (PM.find labels (cstatics CP)); [eauto|discriminate]. }
    assert (IT : in_targets C (heap w) (tagging w) l1 (base_of F a) (own v0 g b)) by (eapply cases_hold;
      eauto using symbolic_base).
    exact (labels_hold _ _ _ _ _ _ _ _ _ _ _ SH SY HT _ _ _ _ _ W EX HR IT).
Qed.

End Edges.
