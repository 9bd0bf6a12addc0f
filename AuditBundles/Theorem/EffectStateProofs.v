(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The state behind a call: what is left where tags were freed and allocated *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Calls Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs KeepProofs RenameProofs SpeechProofs RenewedProofs.
Import ListNotations.
Open Scope Z_scope.

Section EffectState.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable X : context.
Hypothesis FX : context_fits CP C X.

Definition one_name (t n : id) (u : id) : option (list id) := if Pos.eqb u t then Some [n] else None.
Definition re_one (c : id * id) (l : list entry) : list entry := retargeted X (one_name (fst c) (snd c)) true l.
Definition re_all (cs : list (id * id)) (l : list entry) : list entry := fold_left (fun l c => re_one c l) cs l.

Lemma alive_renamed : forall re a, is_alive_fact (re_about re a) = is_alive_fact a.
Proof. intros re [? ? ? ? ? [? ? ?|[?|]|?]| | | | | | | |]; reflexivity. Qed.

Lemma log_keep_facts : forall g t keep s h s' e, keep_facts g t keep s = Some (h, s', e) -> log h = log g /\
  contents h = contents g.
Proof.
  intros g t keep. unfold keep_facts. generalize (facts_about g t). intro l. revert g.
  induction l as [|n l IH]; intros g s h s' e H; cbn in H; [apply ret_inv in H as (<- & _); auto|].
  apply bind_inv in H as (k & s1 & e1 & e2 & H1 & H2 & ->). apply IH in H2 as [H2 H3].
  apply bind_inv in H1 as (f & s2 & e3 & e4 & _ & H1 & _). apply ret_inv in H1 as (H1 & _).
  destruct (same_remove_fact g n) as (RC & _ & RL & _). destruct (keep (fact_about (fst f))); subst k;
    split; congruence.
Qed.

Lemma renewed_keep_facts : forall g t keep s h s' e, consistent g -> keep_facts g t keep s = Some (h, s', e) ->
  renewed A (fun l => l) no_change g h /\ s' = s /\ e = [] /\
  forall n f, PM.find n (facts h) = Some f -> fact_tag (fst f) = t -> keep (fact_about (fst f)) = true.
Proof.
  intros g t keep s h s' e T H. destruct (keep_facts_quiet _ _ _ _ _ _ _ H) as [-> ->].
  destruct (log_keep_facts _ _ _ _ _ _ _ H) as [LG CG].
  pose proof (weaker_keep_facts A P C _ _ _ _ _ _ _ T H) as W. split; [|split; [auto|split; [auto|]]].
  - apply renewed_subset; auto; [apply W|apply W| |].
    + intros n f Q. apply (find_keep_facts _ _ _ _ _ _ _ _ _ T H Q).
    + intros u c I. unfold contents_of in *. rewrite CG in I. exact I.
  - intros n f Q. apply (find_keep_facts _ _ _ _ _ _ _ _ _ T H Q).
Qed.

Lemma renewed_remove_all : forall g t, consistent g -> renewed A (fun l => l) no_change g (remove_all g t).
Proof.
  intros g t T. pose proof (weaker_remove_all A P C g t) as W. apply renewed_subset; auto using log_remove_all;
    [apply W|apply W| |].
  - intros n f Q. apply (find_remove_all g t n f T Q).
  - intros u c I. apply (in_remove_all g t u c I).
Qed.

Lemma renewed_one : forall g c, renewed A (re_one c) no_change g (rename_one X g (fst c) [snd c] true []).
Proof. intros g c. apply renewed_rename with (C := C). apply FX. Qed.

(** ** Sizes of objects that may be new *)

Lemma sizes_forgotten : forall g t u s, PM.find u (sizes (forget_sizes X g t)) = Some s ->
  PM.find u (sizes g) = Some s /\ u <> t /\ partner_of X t <> Some u.
Proof.
  intros g t u s Q. unfold forget_sizes in Q. destruct (partner_of X t) as [p|]; cbn in Q.
  - apply find_remove in Q as [N Q]. apply find_remove in Q as [N' Q]. split; [exact Q|]. split; [exact N'|congruence].
  - apply find_remove in Q as [N Q]. split; [exact Q|]. split; [exact N|discriminate].
Qed.

Lemma forgotten : forall l g u s, PM.find u (sizes (fold_left (forget_sizes X) l g)) = Some s ->
  ~ (exists t, In t l /\ (u = t \/ partner_of X t = Some u)).
Proof.
  assert (LESS : forall l g u s, PM.find u (sizes (fold_left (forget_sizes X) l g)) = Some s ->
            PM.find u (sizes g) = Some s).
  { induction l as [|t l IH]; intros g u s Q; cbn in Q; auto. apply IH in Q. apply (sizes_forgotten g t u s Q). }
  induction l as [|t l IH]; intros g u s Q (x & I & E); [destruct I|]. cbn in Q.
  destruct I as [<-|I]; [|exact (IH _ _ _ Q (ex_intro _ x (conj I E)))].
  destruct (sizes_forgotten g t u s (LESS _ _ _ _ Q)) as (_ & N & N'). destruct E; auto.
Qed.

Lemma speaks_forget : forall F w v0 (of : id -> Prop) l g, speaks A CP C X F w v0 of g ->
  speaks A CP C X F w v0 of (fold_left (forget_sizes X) l g).
Proof.
  intros F w v0 of. induction l as [|t l IH]; intros g S; cbn; auto. apply IH. unfold forget_sizes.
  destruct (partner_of X t); repeat apply speaks_remove_size; exact S.
Qed.

Lemma forget_same : forall l g, same_symbols g (fold_left (forget_sizes X) l g) /\
  (consistent g -> consistent (fold_left (forget_sizes X) l g)).
Proof.
  assert (ONE : forall g t, same_symbols g (forget_sizes X g t) /\ (consistent g -> consistent (forget_sizes X g t))).
  { intros g t. unfold forget_sizes. destruct (partner_of X t); (split; [repeat split|intros []; split; auto]). }
  induction l as [|t l IH]; intro g; cbn; [split; [repeat split|auto]|]. destruct (IH (forget_sizes X g t)) as [S T].
  destruct (ONE g t) as [S1 T1]. split; [|auto]. destruct S as (? & ? & ?), S1 as (? & ? & ?). repeat split; congruence.
Qed.

(** ** Freed tags *)

Definition free_one (g : state) (t : id) : M state :=
  let* g := keep_facts g t (fun a => negb (is_alive_fact a)) in ret (rename_one X g t [freed_tag] true []).

Definition freed_pairs (l : list id) : list (id * id) := map (fun t => (t, freed_tag)) l.

Lemma frees_renewed : forall l g s h s' e, consistent g -> each l free_one g s = Some (h, s', e) ->
  renewed A (re_all (freed_pairs l)) no_change g h /\ s' = s /\ e = [] /\
  forall n f, PM.find n (facts h) = Some f -> In (fact_tag (fst f)) l -> is_alive_fact (fact_about (fst f)) = false.
Proof.
  induction l as [|t l IH]; intros g s h s' e T H; cbn in H.
  - apply ret_inv in H as (<- & <- & ->). split; [apply renewed_refl|]. split; [auto|]. split; [auto|]. intros n f _ [].
  - apply bind_inv in H as (k & s1 & e1 & e2 & FO & H & ->). unfold free_one in FO.
    apply bind_inv in FO as (k0 & s2 & e3 & e4 & KF & FO & ->).
    destruct (renewed_keep_facts _ _ _ _ _ _ _ T KF) as (R0 & -> & -> & K0).
    apply ret_inv in FO as (<- & <- & ->). pose proof (renewed_one k0 (t, freed_tag)) as R1. cbn [fst snd] in R1.
    set (k := rename_one X k0 t [freed_tag] true []) in *.
    pose proof (renewed_trans A _ _ _ _ _ _ _ R0 R1) as R01. pose proof (rn_consistent _ _ _ _ _ R01 T) as TK.
    destruct (IH _ _ _ _ _ TK H) as (R2 & -> & -> & K2).
    split; [exact (renewed_trans A _ _ _ _ _ _ _ R01 R2)|]. split; [auto|]. split; [auto|].
    intros n f Q [E|I]; [|eapply K2; eauto].
    destruct (rn_facts _ _ _ _ _ R2 n f Q) as (f1 & Q1 & T1 & A1 & _).
    destruct (rn_facts _ _ _ _ _ R1 n f1 Q1) as (f0 & Q0 & T0 & A0 & _).
    rewrite A1, alive_renamed, A0, alive_renamed. apply negb_true_iff. apply (K0 n f0 Q0). congruence.
Qed.

(** ** Allocated tags *)

Definition allocate_one (g : state) (t : id) : state :=
  let g := remove_all g t in
  match partner_of X t with Some p => rename_one X (remove_all g p) t [p] true [] | None => g end.

Definition allocated_pairs (l : list id) : list (id * id) :=
  flat_map (fun t => match partner_of X t with Some p => [(t, p)] | None => [] end) l.

Definition touched_by (l : list id) (u : id) : Prop := exists t, In t l /\ (u = t \/ partner_of X t = Some u).

Lemma allocate_renewed : forall g t, consistent g ->
  renewed A (re_all (allocated_pairs [t])) no_change g (allocate_one g t) /\
  (forall n f, PM.find n (facts (allocate_one g t)) = Some f -> ~ touched_by [t] (fact_tag (fst f))) /\
  (forall u c, In c (contents_of (allocate_one g t) u) -> ~ touched_by [t] u).
Proof.
  intros g t T. pose proof (renewed_remove_all g t T) as R0. pose proof (rn_consistent _ _ _ _ _ R0 T) as T0.
  unfold allocate_one, allocated_pairs. cbn [flat_map].
  destruct (partner_of X t) as [p|] eqn:PT.
  - set (g0 := remove_all g t) in *. pose proof (renewed_remove_all g0 p T0) as R1.
    pose proof (renewed_one (remove_all g0 p) (t, p)) as R2. cbn [fst snd] in R2.
    pose proof (renewed_trans A _ _ _ _ _ _ _ R0 R1) as R01. pose proof (renewed_trans A _ _ _ _ _ _ _ R01 R2) as R.
    split; [exact R|]. split.
    + intros n f Q (u & [<-|[]] & K). destruct (rn_facts _ _ _ _ _ R2 n f Q) as (f1 & Q1 & TG & _).
      destruct (find_remove_all g0 p n f1 T0 Q1) as [N1 Q0]. destruct (find_remove_all g t n f1 T Q0) as [N0 _].
      destruct K as [K|K]; congruence.
    + intros u c I (v & [<-|[]] & K). destruct (rn_contents _ _ _ _ _ R2 u c I) as (c1 & I1 & _).
      destruct (in_remove_all g0 p u c1 I1) as [N1 I0]. destruct (in_remove_all g t u c1 I0) as [N0 _].
      destruct K as [K|K]; congruence.
  - split; [exact R0|]. split.
    + intros n f Q (u & [<-|[]] & K). destruct (find_remove_all g t n f T Q) as [N0 _]. destruct K as [K|K]; congruence.
    + intros u c I (v & [<-|[]] & K). destruct (in_remove_all g t u c I) as [N0 _]. destruct K as [K|K]; congruence.
Qed.

Lemma allocates_renewed : forall l g, consistent g -> let h := fold_left allocate_one l g in
  renewed A (re_all (allocated_pairs l)) no_change g h /\
  (forall n f, PM.find n (facts h) = Some f -> ~ touched_by l (fact_tag (fst f))) /\
  (forall u c, In c (contents_of h u) -> ~ touched_by l u).
Proof.
  induction l as [|t l IH]; intros g T.
  - cbn. split; [apply renewed_refl|]. split; intros; intros (v & [] & _).
  - cbn zeta. cbn [fold_left]. destruct (allocate_renewed g t T) as (R1 & F1 & K1).
    pose proof (rn_consistent _ _ _ _ _ R1 T) as T1. destruct (IH (allocate_one g t) T1) as (R2 & F2 & K2).
    set (h := fold_left allocate_one l (allocate_one g t)) in *. pose proof (renewed_trans A _ _ _ _ _ _ _ R1 R2) as R.
    split; [|split].
    + assert (E : forall k, re_all (allocated_pairs (t :: l)) k = re_all (allocated_pairs l)
        (re_all (allocated_pairs [t]) k)).
      { intro k. unfold allocated_pairs. cbn [flat_map]. rewrite app_nil_r. unfold re_all. apply fold_left_app. }
      destruct R as [I B F L C' E' D O R' Z' A' TG M K S]. split; auto.
      * intros s e lb Q. destruct (TG s e lb Q) as (e0 & l0 & Q0 & -> & LL). exists e0, l0. rewrite E. auto.
      * intros n f Q. destruct (M n f Q) as (f0 & Q0 & G0 & B0 & LL). exists f0. split; [auto|]. split; [auto|].
        split; [|auto].
        rewrite B0. destruct (fact_about (fst f0)) as [? ? ? ? ? [? ? ?|[?|]|?]| | | | | | | |]; cbn [re_about];
          rewrite ?E; reflexivity.
    + intros n f Q (v & [<-|J] & K); [|eapply F2; eauto; exists v; auto].
      destruct (rn_facts _ _ _ _ _ R2 n f Q) as (f1 & Q1 & TG & _). apply (F1 n f1 Q1). exists t. split; [left; auto|].
      rewrite <- TG. exact K.
    + intros u c I (v & [<-|J] & K); [|eapply K2; eauto; exists v; auto].
      destruct (rn_contents _ _ _ _ _ R2 u c I) as (c1 & I1 & _). apply (K1 u c1 I1). exists t.
      split; [left; auto|exact K].
Qed.

End EffectState.
