(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Places: the values that the state knows for them are those that they have *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Hints Calls Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs EvidenceProofs TableProofs RenameProofs SpeechProofs FactProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** Numbers of places *)

Lemma numbered_from : forall {T} (l : list T) first r x, PM.find r (numbered first l) = Some x ->
  (first <= r < behind first l)%positive.
Proof.
  intros T. induction l as [|y l IH]; intros first r x F; cbn in *; [rewrite PM.gempty in F; discriminate|].
  assert (LE : forall (m : list T) n, (n <= behind n m)%positive).
  { induction m as [|z m IM]; intro n; cbn; [lia|]. specialize (IM (Pos.succ n)). lia. }
  apply find_add in F as [[-> _]|F]; [specialize (LE l (Pos.succ first)); lia|]. apply IH in F. lia.
Qed.

Lemma numbered_before : forall {T} (l : list T) first r, (r < first)%positive -> PM.find r (numbered first l) = None.
Proof.
  intros T l first r L. destruct (PM.find r (numbered first l)) as [x|] eqn:F; auto. apply numbered_from in F. lia.
Qed.

Lemma numbered_both : forall {T U} (R : T -> U -> Prop) l l', Forall2 R l l' -> forall first r x,
  PM.find r (numbered first l) = Some x -> exists y, PM.find r (numbered first l') = Some y /\ R x y.
Proof.
  intros T U R l l' H. induction H as [|a b l l' AB H IH]; intros first r x F; cbn in *.
  - rewrite PM.gempty in F. discriminate.
  - destruct (Pos.eq_dec r first) as [->|N].
    + rewrite PM.gss in *. injection F as <-. eauto.
    + rewrite PM.gso in F |- * by auto. eauto.
Qed.

Lemma numbered_neither : forall {T U} (R : T -> U -> Prop) l l', Forall2 R l l' -> forall first r,
  PM.find r (numbered first l) = None -> PM.find r (numbered first l') = None.
Proof.
  intros T U R l l' H first r N. destruct (PM.find r (numbered first l')) as [y|] eqn:F; auto.
  assert (H' : Forall2 (fun b a => R a b) l' l) by (clear - H; induction H; auto).
  destruct (numbered_both _ _ _ H' _ _ _ F) as (x & E & _). congruence.
Qed.

Lemma behind_same : forall {T U} (R : T -> U -> Prop) l l', Forall2 R l l' -> forall first,
  behind first l = behind first l'.
Proof. intros T U R l l' H. induction H; intro first; cbn; auto. Qed.

Lemma forall2_impl : forall {T U} (R S : T -> U -> Prop) l l', (forall x y, R x y -> S x y) -> Forall2 R l l' ->
  Forall2 S l l'.
Proof. intros T U R S l l' I H. induction H; auto. Qed.

Lemma type_eqb_eq : forall t u, type_eqb t u = true -> t = u.
Proof.
  intros [[b s]| |[]] [[c r]| |[]] H; cbn in *; try discriminate; auto.
  apply andb_true_iff in H as [H1 H2]. apply Z.eqb_eq in H1. apply eqb_prop in H2. subst. reflexivity.
Qed.

Section Places.
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
Notation holds_at w := (place_holds A C (heap w) (tagging w)).

(** ** What a state knows of places *)

(** A tag names one base at most to this activation, but for objects that are no more. *)
Lemma named_once : forall F w t b b', activation A CP C X w0 entry F w -> t <> ended_tag -> t <> freed_tag ->
  named C (heap w) (tagging w) t b -> named C (heap w) (tagging w) t b' -> b = b'.
Proof.
  intros F w t b b' ACT NE NF [H K] [H' K']. unfold has_tag in *. destruct (PM.find t (tags C)) as [d|] eqn:T.
  2:{ destruct H as (n & _ & TI). unfold tag_is in TI. rewrite T in TI. contradiction. }
  pose proof (fitting_tag_of _ _ FIT _ _ T) as FT.
  destruct d as [| | |f|o k s a| |o c many s a|c i p a]; cbn in FT; try congruence.
  - destruct NE. apply Pos.eqb_eq. exact FT.
  - destruct NF. apply Pos.eqb_eq. exact FT.
  - destruct H as (n & -> & TI), H' as (n' & -> & TI'). unfold tag_is in *. rewrite T in *.
    destruct n, n'; try contradiction. subst. reflexivity.
  - destruct H as (n & _ & TI). unfold tag_is in TI. rewrite T in TI. contradiction.
  - destruct H as (n & -> & TI), H' as (n' & -> & TI'). unfold tag_is in *. rewrite T in *.
    destruct n as [|j], n' as [|j']; try contradiction.
    assert (OWN : forall i, tagging w i = Some t -> newer (tagging w) i -> automatic F o = Some (Dynamic i)).
    { intros i TG NW. apply (act_newer _ _ _ _ _ _ _ _ ACT) in NW.
      destruct (act_locals _ _ _ _ _ _ _ _ ACT i t _ NW TG T eq_refl) as (y & AY).
      destruct (act_own _ _ _ _ _ _ _ _ ACT y _ AY) as (i' & m & t' & E & _ & _ & TG' & (mm & ss & aa & T') & _).
      injection E as <-. replace t' with t in T' by congruence. rewrite T in T'. injection T' as -> _ _ _ _. exact AY. }
    pose proof (OWN j TI K). pose proof (OWN j' TI' K'). congruence.
  - contradiction.
Qed.

Lemma tag_denotes_one : forall t f, denotes_one (SPointer (BTag t) f) = true -> t <> ended_tag /\ t <> freed_tag.
Proof.
  intros t f H. unfold denotes_one in H. apply negb_true_iff in H. apply orb_false_iff in H as [H1 H2].
  apply Pos.eqb_neq in H1, H2. auto.
Qed.

Lemma symbolic_once : forall F w v s x y, activation A CP C X w0 entry F w -> denotes_one s = true ->
  is_symbolic C (heap w) (tagging w) v s x -> is_symbolic C (heap w) (tagging w) v s y -> x = y.
Proof.
  intros F w v s x y ACT ONE H H'.
  assert (TAG : forall t f, s = SPointer (BTag t) f -> t <> ended_tag /\ t <> freed_tag).
  { intros t f ->. eapply tag_denotes_one; exact ONE. }
  clear ONE. destruct s as [f|[t|u] f|[z|z]]; destruct x, y; cbn in *; try contradiction;
    try congruence.
  - destruct H as [N E], H' as [N' E']. destruct (TAG t f eq_refl) as [O1 O2].
    rewrite (named_once F w t _ _ ACT O1 O2 N N'). congruence.
  - destruct H as [<- <-], H' as [<- <-]. reflexivity.
Qed.

Lemma class_denoted : forall m tg v s x c, of_class s c = true -> is_symbolic C m tg v s x -> class_of_value x = c.
Proof. intros m tg v [f|b f|[z|z]] [n|d o|y] [] H S; cbn in *; try discriminate; try contradiction; reflexivity. Qed.

Lemma place_value_sound : forall F w v0 g p s sv s' e, here F w v0 g -> place_value g p s = Some (sv, s', e) ->
  exists x, holds_at w p x /\ is_symbolic C (heap w) (tagging w) v0 sv x.
Proof.
  intros F w v0 g p s sv s' e H PV. pose proof (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl _ _)) as SH.
  unfold place_value in PV. destruct (place_subject p) as [bit t|] eqn:SU.
  - apply bind_inv in PV as (c & s1 & e1 & e2 & FC & PV & ->).
    apply bind_inv in PV as (u & s2 & e3 & e4 & D & PV & ->). apply demand_inv in D as (D & -> & ->).
    apply bind_inv in PV as (u1 & s3 & e5 & e6 & DL & PV & ->). apply ret_inv in PV as (<- & _ & _).
    apply andb_true_iff in D as [D ONE]. apply andb_true_iff in D as [TY CL]. apply type_eqb_eq in TY.
    destruct (find_content_holds A CP C (heap w) (tagging w) v0 g SH (tables _ _ _ _ _ _ _ _ _ _ H) _ _ _ _ _ _ _ FC)
      as (PO & _ & _ & CH).
    unfold find_content in FC. apply lift_inv in FC as (FC & _ & _). apply find_some in FC as [IN _].
    destruct (values_exist _ _ _ _ _ _ _ SH _ _ IN) as (x & SX). exists x. split; [|exact SX]. split.
    + unfold place_type. rewrite SU. eapply class_denoted; eauto.
    + intros L n o TI E. rewrite SU.
      destruct (CH (demand_label_inv A _ _ _ _ _ _ DL L) n o TI E) as (y & CY & SY & WI).
      rewrite PO, TY in *. split; [exact WI|]. exists y. split; [exact CY|].
      eapply symbolic_once; [exact (acting _ _ _ _ _ _ _ _ _ _ H)|exact ONE|exact SY|exact SX].
  - apply bind_inv in PV as ([[f l] k] & s1 & e1 & e2 & FS & PV & ->). apply lift_inv in FS as (FS & -> & ->).
    apply bind_inv in PV as (u1 & s3 & e5 & e6 & DL & PV & ->). apply ret_inv in PV as (<- & _ & _).
    exists (VInteger (eval_form (integers v0) f)). split; [|reflexivity]. split.
    + unfold place_type. rewrite SU. reflexivity.
    + intros L n o TI E. rewrite SU. f_equal. pose proof (demand_label_inv A _ _ _ _ _ _ DL L) as HL.
      unfold label_of_size in HL. apply union_holds in HL as [HL _].
      exact (sizes_held _ _ _ _ _ _ _ SH _ _ FS HL n o TI E).
Qed.

Lemma place_values_sound : forall F w v0 g l s svs s' e, here F w v0 g -> place_values g l s = Some (svs, s', e) ->
  exists xs, Forall2 (holds_at w) l xs /\ Forall2 (is_symbolic C (heap w) (tagging w) v0) svs xs.
Proof.
  intros F w v0 g. induction l as [|p l IH]; intros s svs s' e H PV; cbn in PV.
  - apply ret_inv in PV as (<- & _ & _). exists []. auto.
  - apply bind_inv in PV as (sv & s1 & e1 & e2 & P1 & PV & ->).
    apply bind_inv in PV as (r & s2 & e3 & e4 & P2 & PV & ->).
    apply ret_inv in PV as (<- & _ & _). destruct (place_value_sound _ _ _ _ _ _ _ _ _ H P1) as (x & HX & SX).
    destruct (IH _ _ _ _ H P2) as (xs & HXS & SXS). exists (x :: xs). auto.
Qed.

(** ** What a state is told of places *)

Lemma speaks_add_content : forall F w v0 g t p ty sv l, speaks A CP C X F w v0 every g ->
  Concretization.proper_type ty ->
  (forall v, agrees g v v0 -> exists x, is_symbolic C (heap w) (tagging w) v sv x) ->
  (forall v tm, agrees g v v0 -> Holds l -> content_holds C (heap w) (tagging w) v t
     {| position_of := p; content_type := ty; content_value := sv; content_label := l; content_time := tm |}) ->
  speaks A CP C X F w v0 every (add_content g t p ty sv l).
Proof.
  intros F w v0 g t p ty sv l S PT EX CH. pose proof (sp_tables _ _ _ _ _ _ _ _ _ S) as T.
  apply (speaks_memory A CP C X F w v0 every every g); auto.
  - apply memory_add_content.
  - apply consistent_add_content; auto.
  - intros v AG. exact (half_facts _ _ _ _ _ _ _ (sp_held _ _ _ _ _ _ _ _ _ S v AG)).
  - intros v AG u c I O L. apply in_add_content in I as [(-> & E1 & E2 & E3 & E4 & E5)|I].
    + destruct c as [p' ty' s' l' tm]. cbn in *. subst. apply CH; auto. apply (union_holds A) in L. apply L.
    + exact (half_contents _ _ _ _ _ _ _ (sp_held _ _ _ _ _ _ _ _ _ S v AG) u c I O L).
  - intros v AG u c I. apply in_add_content in I as [(_ & _ & _ & -> & _)|I]; [auto|].
    exact (half_values _ _ _ _ _ _ _ (sp_held _ _ _ _ _ _ _ _ _ S v AG) u c I).
Qed.

Lemma hold_symbols : forall g p sv, same_symbols g (hold_place g p sv) /\ own_offsets (hold_place g p sv) =
  own_offsets g.
Proof. intros g p sv. unfold hold_place. destruct (place_subject p); [|destruct sv]; repeat split. Qed.

Definition proper_at (p : named_place) : Prop :=
  match place_subject p with PCell _ t => Concretization.proper_type t | PSize => True end.

Lemma here_hold_place : forall F w v0 g p sv x, here F w v0 g -> proper_at p -> holds_at w p x ->
  denotes C (heap w) (tagging w) v0 g sv x -> here F w v0 (hold_place g p sv).
Proof.
  intros F w v0 g p sv x H PR [CL HX] D. pose proof (here_speaks A CP C X w0 entry _ _ _ _ H) as S.
  apply speaks_here; [|apply (acting _ _ _ _ _ _ _ _ _ _ H)]. unfold hold_place, proper_at in *.
  destruct (place_subject p) as [bit t|].
  - apply speaks_add_content; auto.
    + intros v AG. exists x. exact (D v AG).
    + intros v tm AG L n o TI E. destruct (HX L n o TI E) as (WI & y & CY & RY). exists y. cbn.
      split; [exact CY|]. split; [|exact WI]. fold (read_as t y). rewrite RY. exact (D v AG).
  - destruct sv as [f|b f|z]; auto. apply speaks_set_size; [exact S|]. intros v AG L n o TI E.
    rewrite (HX L n o TI E) in D. exact (D v AG).
Qed.

(** Behind a call: what was known of the places is forgotten first. *)
Lemma take_places_hold : forall F w v0 l svs xs g, here F w v0 g -> Forall proper_at l -> Forall2 (holds_at w) l xs ->
  Forall2 (denotes C (heap w) (tagging w) v0 g) svs xs ->
  here F w v0 (take_places g l svs) /\ same_symbols g (take_places g l svs).
Proof.
  intros F w v0. induction l as [|p l IH]; intros svs xs g H PR HX D; [split; [exact H|repeat split]|].
  inversion HX as [|? x ? xs' H1 H2]; subst. inversion D as [|sv ? svs' ? D1 D2]; subst. inversion PR; subst. cbn.
  set (k := match place_subject p with
            | PCell bit t => keep_contents g (place_tag p)
                (fun c => negb ((position_of c =? bit) && same_cell (content_type c) t))
            | PSize => g
            end).
  assert (W : weaker A P C g k).
  { unfold k. destruct (place_subject p); [apply weaker_keep_contents|apply weaker_refl]. }
  pose proof (wk_memory _ _ _ _ _ W) as MS.
  assert (SK : same_symbols g k) by (split; [apply MS|split; apply MS]).
  assert (HK : here F w v0 k).
  { apply speaks_here; [|apply (acting _ _ _ _ _ _ _ _ _ _ H)]. eapply speaks_weaker; [exact W|].
    eapply here_speaks; exact H. }
  pose proof (here_hold_place F w v0 k p sv x HK ltac:(assumption) H1 (denotes_same _ _ _ _ _ _ _ _ SK D1)) as HP.
  destruct (hold_symbols k p sv) as [SP _].
  assert (SS : same_symbols g (hold_place k p sv)).
  { destruct SK as (? & ? & ?), SP as (? & ? & ?). repeat split; congruence. }
  destruct (IH svs' xs' (hold_place k p sv) HP ltac:(assumption) H2) as [HT ST].
  - eapply forall2_impl; [|exact D2]. intros a b Q. eapply denotes_same; eauto.
  - split; [exact HT|]. destruct SS as (? & ? & ?), ST as (? & ? & ?). repeat split; congruence.
Qed.

End Places.
