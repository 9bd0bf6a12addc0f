(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Behind an access: what the rule concludes of the pointer holds *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs HitProofs CaseProofs WalkProofs AccessClaims AccessProofs.
Import ListNotations.
Open Scope Z_scope.

Section Conclude.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
(** Where an execution arrives no obligation was violated. *)
Hypothesis ALARMS : forall x, (assumption_count CP <= x)%positive -> A x.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

Lemma onward_contradiction : forall v0 g l, known A v0 g -> (Holds l -> False) ->
  onward A v0 g v0 (add_contradiction g l).
Proof.
  intros v0 g l K N. apply (onward_linear A v0 g (constant_form 0) (-1) l 0 K); [intros v _; reflexivity|].
  intro L. destruct (N L).
Qed.

(** A numeric step where the symbols have the values that they had. *)
Lemma here_continues : forall F w v g h, here F w v g -> onward A (integers v) g (integers v) h ->
  here F w v h /\ continues g v h v.
Proof.
  intros F w v g h H ON. pose proof (here_onward _ _ _ _ _ _ _ _ _ _ _ _ ON H) as H1.
  pose proof (continues_onward A _ _ _ _ ON) as C1.
  replace (with_integers v (integers v)) with v in H1, C1 by (destruct v; reflexivity). auto.
Qed.

(** A bound of a form that has a value if the label holds. *)
Lemma here_ending : forall F w v g f l, here F w v g ->
  (Holds l -> exists y, is_value (integers v) g f y /\ y <= 0) ->
  here F w v (add_linear g f 0 l) /\ continues g v (add_linear g f 0 l) v.
Proof.
  intros F w v g f l H K. apply here_continues; [exact H|].
  apply onward_pointwise; auto using numeric_add_linear, same_symbols_linear; [eapply known_at; eauto|].
  intros u AG G. apply add_linear_holds; auto. intro L. destruct (K L) as (y & VY & LY). rewrite (VY u AG). exact LY.
Qed.

Lemma here_beginning : forall F w v g f l, here F w v g ->
  (Holds l -> exists y, is_value (integers v) g f y /\ 0 <= y) ->
  here F w v (add_at_least g f 0 l) /\ continues g v (add_at_least g f 0 l) v.
Proof.
  intros F w v g f l H K. apply here_continues; [exact H|].
  apply onward_pointwise; auto using numeric_add_at_least, same_symbols_at_least; [eapply known_at; eauto|].
  intros u AG G. apply add_at_least_holds; auto. intro L. destruct (K L) as (y & VY & LY). rewrite (VY u AG). exact LY.
Qed.

(** *** One access, of which all demands are met; then the state goes on to [h], and the tags stay *)

Variables (F : frame) (w : world) (v0 : valuation) (g : state) (a : operand) (x : access) (n : Z) (site : id).
Variables (rest : list kind) (d : address) (c : access_claims) (e : list event).
Hypothesis ACC : accessing A CP C X w0 entry F w v0 g a x n site rest d c e.
Hypothesis MET : Forall (due F (heap w) a x n rest) (lifetime_kinds a ++ rest).

Lemma access_concludes : forall F' w' v' h s k s' e', here F' w' v' h -> continues g v0 h v' ->
  (forall t n, tag_is C (tagging w) t n -> tag_is C (tagging w') t n) ->
  conclude X h x d s = Some (k, s', e') -> here F' w' v' k /\ continues h v' k v'.
Proof.
  intros F' w' v' h s k s' e' H CTG TAGS CO. pose proof CTG as [LA AG OF]. unfold conclude in CO.
  destruct (narrowed d) as [nr|] eqn:NR; [|monad; split; auto using continues_refl].
  assert (CD : cases d <> None).
  { intro E. edestruct access_read as [R _]; [exact ACC|]. destruct R; congruence. }
  edestruct access_cases as (l & ks & CS & PK & LEN & NK & T); [exact FX|exact ACC|exact CD|].
  assert (TR : Holds (address_label d) ->
            Exists (fun sv => hit C (heap w) (tagging w) (base_of F a) (offset_of F a) sv /\ ends A g (integers v0) sv) l /\
            Exists (fun en => points C (heap w) (tagging w) x (base_of F a) g (integers v0) en /\
              names_objects C (entry_tag en)) ks).
  { intro HL. apply T; [eapply labels_of_cases; eauto|]. eapply due_done; eauto. }
  destruct NK as [NK|(cut & NK)]; [congruence|]. rewrite NR in NK. injection NK as ->. cbn [kept] in CO.
  destruct (rev ks) as [|first others] eqn:RK.
  { monad. assert (ks = []) as -> by (rewrite <- (rev_involutive ks), RK; reflexivity).
    apply here_continues; auto. apply onward_contradiction; [eapply known_at; eauto|].
    intro HL. destruct (TR HL) as [_ EX]. inversion EX. }
  apply bind_inv in CO as (h1 & s1 & e1 & e2 & MK & CO & ->). apply ret_inv in CO as (<- & _ & _).
  pose proof (acc_denotes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC) as D.
  assert (H1 : here F' w' v' h1 /\ continues h v' h1 v').
  { destruct (access_base x) as [t|q] eqn:AB; [monad; split; auto using continues_refl|].
    pose proof (symbol_exists _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC q AB) as QX.
    pose proof (own_exists _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC q AB) as OX.
    apply (here_current A CP C X FX w0 entry F' w' v' h) in MK as (H1 & N1 & S1 & _ & _); auto.
    - split; auto. apply continues_same; auto. rewrite (same_offsets _ _ N1). reflexivity.
    - pose proof (later_bases _ _ LA). lia.
    - rewrite <- RK. apply Forall_rev. exact PK.
    - intros HL v AV. destruct (TR HL) as [_ EX]. rewrite <- RK. unfold in_targets. apply Exists_rev.
      eapply Exists_impl; [|exact EX]. intros en [[HT I] NO]. rewrite AB in I. rewrite (OF q QX).
      assert (EB : bases v q = base_of F a).
      { destruct (D v) as [DB _]; [eapply agrees_later; eauto|exact DB]. }
      assert (EO : integers v (own_offset g q) = integers v0 (own_offset g q)).
      { rewrite (agree_integers _ _ _ AV) by (pose proof (later_integers _ _ LA); lia).
        apply (agree_integers _ _ _ AG). exact OX. }
      rewrite EB, EO. destruct I as (_ & I1 & I2). split; [|split; auto].
      destruct NO as (body & FT & OB). destruct (object_of_tag _ _ _ _ _ _ FT OB HT) as (o & -> & TI).
      apply tag_of_bits. apply TAGS. exact TI. }
  destruct H1 as [H1 C1]. destruct others as [|o others]; [|auto].
  destruct (cases d) as [[|s0 l0]|] eqn:CSE; [destruct (is_constant _); auto| |destruct (is_constant _); auto].
  assert (ONE : Holds (address_label d) ->
            hit C (heap w) (tagging w) (base_of F a) (offset_of F a) s0 /\ ends A g (integers v0) s0).
  { intro HL. destruct (TR HL) as [EX _]. injection CS as CS.
    assert (length (rev l) <= 1)%nat as LL.
    { rewrite rev_length. apply (f_equal (@length _)) in RK. rewrite rev_length in RK. cbn in RK. lia. }
    rewrite <- CS in LL. destruct l0; [|cbn in LL; lia].
    assert (l = [s0]) as -> by (rewrite <- (rev_involutive l), <- CS; reflexivity).
    inversion EX as [? ? HIT|? ? NO]; subst; [exact HIT|inversion NO]. }
  set (h2 := if is_constant (access_form x) then h1
             else match lower (case_bounds s0) with
                  | Some _ => add_bounds h1 (access_form x) (case_bounds s0) (address_label d)
                  | None => h1
                  end).
  assert (S2 : here F' w' v' h2 /\ continues h1 v' h2 v').
  { unfold h2. destruct (is_constant (access_form x)); [split; auto using continues_refl|].
    destruct (lower (case_bounds s0)) as [lo|] eqn:LO; [|split; auto using continues_refl].
    apply here_continues; [exact H1|]. apply (onward_bounds A _ _ _ _ _ (offset_of F a)); [eapply known_at; eauto| |].
    - eapply denotes_offset. eapply denotes_continues; [|exact D]. eapply continues_trans; eauto.
    - intro HL. destruct (ONE HL) as [(? & ? & _ & _ & _ & _ & IB & _) _]. exact IB. }
  destruct S2 as [H2 C2].
  match goal with |- here F' w' v' ?k /\ _ =>
    replace k with (match case_ending s0 with
                    | Some (f, lb) => add_linear h2 f 0 (union (address_label d) lb)
                    | None => h2
                    end) by (unfold h2; destruct (is_constant (access_form x)); reflexivity) end.
  destruct (case_ending s0) as [[f lb]|] eqn:EN; [|split; [exact H2|eapply continues_trans; eauto]].
  assert (S3 : here F' w' v' (add_linear h2 f 0 (union (address_label d) lb)) /\
               continues h2 v' (add_linear h2 f 0 (union (address_label d) lb)) v').
  { apply here_ending; [exact H2|]. intro HL. apply union_holds in HL as [HL HL2]. destruct (ONE HL) as [_ E].
    destruct (E f lb EN HL2) as (y & VY & LY). exists y. split; [|exact LY].
    apply (denotes_integer C (heap w) (tagging w)).
    eapply denotes_continues; [|apply denotes_integer; exact VY].
    eapply continues_trans; [exact CTG|]. eapply continues_trans; eauto. }
  destruct S3 as [H3 C3]. split; [exact H3|]. eapply continues_trans; [exact C1|]. eapply continues_trans; eauto.
Qed.

(** A write for which no case is left is not done. *)
Lemma access_reached : forall h s k s' e', conclude_unreached X h x d s = Some (k, s', e') -> controlled A e' ->
  cases d <> Some [].
Proof.
  intros h s k s' e' CO CT CS. unfold conclude_unreached in CO.
  apply bind_inv in CO as (u & s1 & e1 & e2 & RO & CO & ->).
  assert (HL : Holds (address_label d)).
  { eapply (rests_on_holds A CP C X FX ALARMS); eauto. intros l I. apply CT. apply in_or_app. auto. }
  assert (EX : Exists (hit C (heap w) (tagging w) (base_of F a) (offset_of F a)) []) by (eapply access_hits; eauto).
  inversion EX.
Qed.

End Conclude.
