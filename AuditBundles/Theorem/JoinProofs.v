(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What is moved into the destination of a copy, and what stays there of initialised bits *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Writes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs SpareProofs CutProofs WorldProofs WriteProofs
  RewriteProofs.
From AICheck Require Import WritingProofs CallProofs HitProofs ClipProofs FillProofs.
From AICheck Require Import UntaggedProofs.
Import ListNotations.
Open Scope Z_scope.

Section Join.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable P : program.
Variable C : certificate.
Notation weaker := (weaker A P C).

(** Facts about initialised bits that the range touches get the label. *)
Definition join_step (r : bounds) (il : label) (g : state) (n : positive) : M state :=
  let* f := held_fact g n in
  if is_initialised_fact (fact_about (fst f)) then
    let* o := overlaps (fact_about (fst f)) r in
    ret (if o then join_label g n il else g)
  else ret g.

Lemma join_loop : forall r il l k s h s' e, consistent k -> each l (join_step r il) k s = Some (h, s', e) ->
  weaker k h /\ forall n f, PM.find n (facts h) = Some f ->
    exists y, PM.find n (facts k) = Some y /\ fact_tag (fst f) = fact_tag (fst y) /\
      fact_about (fst f) = fact_about (fst y) /\
              (Holds (label_of_fact h f) -> Holds (label_of_fact k y) /\
                 (In n l -> is_initialised_fact (fact_about (fst f)) = true ->
                   spares P C r (fact_about (fst f)) \/ Holds il)).
Proof.
  intros r il. induction l as [|n l IH]; intros k s h s' e T H; cbn [each] in H.
  - apply ret_inv in H as (<- & _ & _). split; [apply weaker_refl|]. intros n f F. exists f. repeat split; auto.
    intros [].
  - apply bind_inv in H as (k1 & s1 & e1 & e2 & B & H & _).
    unfold join_step in B. apply bind_inv in B as (f0 & s2 & e3 & e4 & HF & B & _). unfold held_fact in HF.
    apply lift_inv in HF as (F0 & _ & _).
    assert (ST : weaker k k1 /\ forall j f, PM.find j (facts k1) = Some f ->
              exists y, PM.find j (facts k) = Some y /\ fact_tag (fst f) = fact_tag (fst y) /\
                        fact_about (fst f) = fact_about (fst y) /\
                        (Holds (label_of_fact k1 f) -> Holds (label_of_fact k y) /\
                           (j = n -> is_initialised_fact (fact_about (fst f)) = true ->
                            spares P C r (fact_about (fst f)) \/ Holds il))).
    { destruct (is_initialised_fact (fact_about (fst f0))) eqn:IF.
      - apply bind_inv in B as (o & s3 & e5 & e6 & OV & B & _). apply ret_inv in B as (<- & _ & _). destruct o.
        + split; [apply weaker_join_label; exact T|]. intros j f F.
          destruct (find_join_label A _ _ _ _ _ F) as (y & Y & ET & EA & LB). exists y.
          repeat split; auto; intros; [apply LB; auto|].
          right. apply LB; auto.
        + split; [apply weaker_refl|]. intros j f F. exists f. repeat split; auto. intros -> _. left.
          rewrite F0 in F. injection F as <-. apply (overlaps_not P C _ _ _ _ _ (facts_proper _ T n f0 F0) OV).
      - apply ret_inv in B as (<- & _ & _). split; [apply weaker_refl|]. intros j f F. exists f. repeat split; auto.
        intros -> I.
        rewrite F0 in F. injection F as <-. congruence. }
    destruct ST as [W1 Q1]. destruct (IH k1 s1 h s' e2 (wk_consistent _ _ _ _ _ W1 T) H) as [W2 Q2].
    split; [eapply weaker_trans; eauto|]. intros j f F. destruct (Q2 j f F) as (y & Y & ET & EA & LB).
    destruct (Q1 j y Y) as (z & Z & ET1 & EA1 & LB1). exists z. split; [exact Z|]. split; [congruence|].
    split; [congruence|].
    intro HL. destruct (LB HL) as [HY J2]. destruct (LB1 HY) as [HZ J1]. split; [exact HZ|]. intros [<-|I] IF; [|auto].
    rewrite EA in *. apply J1; auto.
Qed.

(** What is said of all objects of a tag is said of one that is alive. *)
Lemma about_says : forall m tagged z t a n o, about_holds P C m tagged z t a -> tag_is C tagged t n -> m n = Some o ->
  alive o = true -> says P C m tagged z o a.
Proof. intros m tagged z t a n o H T M L. specialize (H n o T M). destruct a; auto. Qed.

End Join.

Section Move.
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

Variables (F : frame) (w : world) (v0 : valuation) (g : state).
Variables (n : name) (o o' : object) (ns : name) (so : object).
Hypothesis H : here F w v0 g.
Hypothesis there : heap w n = Some o.
Hypothesis shell : same_shell o o'.
Notation m' := (set_object (heap w) n o').
Variables (t tag : id) (body : State.tag).
Variables (from till distance : Z) (label : label).
Hypothesis tag_body : PM.find tag (tags C) = Some body.
Hypothesis tag_single : is_single body = true.

(** If the label holds the bits of [so] from [from] to [till] are [distance] bits behind in [o']. *)
Definition moved_along : Prop :=
  tag_is C (tagging w) tag n /\ tag_is C (tagging w) t ns /\ heap w ns = Some so /\ alive so = true /\
  moves so o' from till distance.
Hypothesis moved : Holds label -> moved_along.

Let WT : well_tagged P C (heap w) (tagging w) := act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H).

Definition good_fact (f : memory_fact) : Prop :=
  proper_about (fact_about f) /\ forall v, agrees g v v0 -> Holds (fact_label f) ->
  fact_holds P C m' (tagging w) v f.

Lemma destination_is : forall k, moved_along -> tag_is C (tagging w) tag k -> k = n.
Proof. intros k (TN & _) TK. exact (single_object _ _ _ _ _ _ k n WT tag_body tag_single TK TN). Qed.

Lemma moved_fact_good : forall a q b q' e l, proper_about a -> clipped a from till distance q = Some (b, q', e) ->
  (Holds l -> Holds label /\ (moved_along -> forall v,
    agrees g v v0 -> says P C (heap w) (tagging w) v so a)) ->
  good_fact {| fact_tag := tag; fact_about := b; fact_label := l |}.
Proof.
  intros a q b q' e l PR CL S.
  destruct (clipped_holds P C (heap w) (tagging w) v0 so o' from till distance a q b q' e PR CL)
    as (PB & _ & KB).
  split; cbn; [exact PB|]. intros v AG HL k y TK M.
  destruct (clipped_holds P C (heap w) (tagging w) v so o' from till distance a q b q' e PR CL)
    as (_ & SB & _). cbn in TK |- *. destruct (S HL) as [HLA SA].
  pose proof (moved HLA) as MV.
  rewrite (destination_is k MV TK), (set_there (heap w) n o') in M. injection M as <-.
  assert (Q : says P C m' (tagging w) v o' b).
  { apply (shells_says P C (heap w) m' (tagging w) (shells_set _ _ _ _ there shell)). apply SB; [apply MV|auto]. }
  destruct b; try destruct KB; intros _; exact Q.
Qed.

Lemma proper_fact_is : forall f, proper_fact f = true -> proper_about (fact_about f).
Proof.
  intros f Q. pose proof (proper_facts_are [f]) as PF. cbn in PF. rewrite Q in PF. specialize (PF eq_refl).
  inversion PF; auto.
Qed.

Lemma constant_is : forall k f, PM.find k (constants C) = Some f ->
  proper_about (fact_about f) /\ forall z, fact_holds P C (heap w) untagged z f.
Proof.
  intros k f Q. split; [|intro z; exact (constants_hold _ _ _ _ WT k f z Q)].
  pose proof FIT as FI. unfold fitting in FI. repeat rewrite andb_true_iff in FI. decompose [and] FI.
  match goal with T : forallb (fun p => fitting_constant C (snd p) && proper_fact (snd p)) _ = true |- _ =>
    eapply forallb_elements in T; [|exact Q]; cbn in T; apply andb_true_iff in T as [_ T]; apply proper_fact_is;
      exact T end.
Qed.

(** *** Facts *)

Lemma moved_step_good : forall l q l' q' e, Forall good_fact l ->
  moved_step X g t tag from till distance label l q = Some (l', q', e) -> Forall good_fact l'.
Proof.
  intros l q l' q' e GL MS. unfold moved_step in MS. rewrite (fits_certificate _ _ _ FX) in MS.
  apply bind_inv in MS as (cst & q1 & e1 & e1' & _ & MS & _). apply bind_inv in MS as (k & q2 & e2 & e2' & _ & MS & _).
  apply bind_inv in MS as ([f fl] & q3 & e3 & e3' & FF & MS & _).
  apply bind_inv in MS as (u & q4 & e4 & e4' & TE & MS & _). apply demand_inv in TE as (TE & _ & _).
  apply Pos.eqb_eq in TE.
  apply bind_inv in MS as (a & q5 & e5 & e5' & CL & MS & _). apply ret_inv in MS as (<- & _ & _).
  constructor; [|exact GL].
  assert (SRC : proper_about (fact_about f) /\ (Holds fl -> moved_along ->
    forall v, agrees g v v0 -> says P C (heap w) (tagging w) v so (fact_about f))).
  { destruct cst.
    - apply bind_inv in FF as (f0 & q6 & e6 & e6' & FC & FF & _). apply lift_inv in FC as (FC & _ & _).
      apply ret_inv in FF as (FF & _ & _). injection FF as <- <-. destruct (constant_is _ _ FC) as [PR HF].
      split; [exact PR|]. intros _ (_ & TS & MS & AL & _) v _. apply untagged_says.
      assert (TU : tag_is C untagged (fact_tag f0) ns).
      { assert (R : fitting_constant C f0 = true).
        { pose proof FIT as FI. unfold fitting in FI. repeat rewrite andb_true_iff in FI. decompose [and] FI.
          match goal with T : forallb (fun p => fitting_constant C (snd p) && proper_fact (snd p)) _ = true |- _ =>
            eapply forallb_elements in T; [|exact FC]; cbn in T; apply andb_true_iff in T as [T _]; exact T end. }
        unfold fitting_constant in R. rewrite TE in *. unfold tag_is in *.
        destruct (PM.find t (tags C)) as [[]|]; try discriminate R; destruct ns; try contradiction; exact TS. }
      exact (about_says P C _ _ _ _ _ _ _ (HF _) TU MS AL).
    - apply bind_inv in FF as (f0 & q6 & e6 & e6' & FC & FF & _). unfold held_fact in FC.
      apply lift_inv in FC as (FC & _ & _).
      apply ret_inv in FF as (FF & _ & _). injection FF as <- <-.
      split; [exact (facts_proper _ (tables _ _ _ _ _ _ _ _ _ _ H) _ _ FC)|]. intros HL (_ & TS & MS & AL & _) v AG.
      pose proof (facts_of_here A CP C X w0 entry _ _ _ _ v H AG _ _ FC I HL) as HF. unfold fact_holds in HF.
      rewrite TE in HF.
      exact (about_says P C _ _ _ _ _ _ _ HF TS MS AL). }
  destruct SRC as [PR SS]. apply (moved_fact_good (fact_about f) q4 a q5 e5); [exact PR|exact CL|].
  intro HL. apply union_holds in HL as [HL1 HL2]. auto.
Qed.

(** *** Contents *)

Definition good_content (c : Z * type * svalue * Reading.label) : Prop :=
  let '(p, ty, sv, l) := c in
  proper_type ty /\ (forall v, agrees g v v0 -> exists x, is_symbolic C (heap w) (tagging w) v sv x) /\ (Holds l ->
    forall v tm, agrees g v v0 -> content_holds C m' (tagging w) v tag
    {| position_of := p; content_type := ty; content_value := sv; content_label := l; content_time := tm |}).

Lemma moved_contents_good : forall l q r q' e, (forall c, In c l -> In c (contents_of g t)) ->
  moved_contents g l from till distance label q = Some (r, q', e) -> Forall good_content r.
Proof.
  induction l as [|c l IH]; intros q r q' e IN MC; cbn [moved_contents] in MC; [apply ret_inv in MC as (<- & _);
    constructor|].
  apply bind_inv in MC as (r' & q1 & e1 & e1' & M1 & MC & _).
  assert (G : Forall good_content r') by (eapply IH; [|exact M1]; intros; apply IN; right; auto).
  apply bind_inv in MC as (en & q2 & e2 & e2' & SU & MC & _). unfold sum in SU. apply lift_inv in SU as (SU & _ & _).
  apply checked_inv in SU as [-> _].
  destruct (_ && _)%bool eqn:B; [|apply ret_inv in MC as (<- & _); exact G].
  apply andb_true_iff in B as [B1 B2]. apply Z.leb_le in B1, B2.
  apply bind_inv in MC as (p & q3 & e3 & e3' & SP & MC & _). unfold sum in SP. apply lift_inv in SP as (SP & _ & _).
  apply checked_inv in SP as [-> _]. apply ret_inv in MC as (<- & _). constructor; [|exact G].
  assert (I0 : In c (contents_of g t)) by (apply IN; left; reflexivity).
  pose proof (contents_proper _ (tables _ _ _ _ _ _ _ _ _ _ H) t c I0) as PT. split; [exact PT|].
  split; [intros v AG; exact (values_exist _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H v AG) t c I0)|].
  intros HL v tm AG k y TK M. cbn. apply union_holds in HL as [HL1 HL2]. pose proof (moved HL1) as MV.
  rewrite (destination_is k MV TK), (set_there (heap w) n o') in M. injection M as <-.
  destruct MV as (_ & TS & MS & _ & MV). pose proof (type_has_bits _ PT) as W.
  destruct (contents_of_here A CP C X w0 entry _ _ _ _ v H AG t c I0 I HL2 ns so TS MS) as (x & CX & SY & WI).
  exists x. rewrite (cells_moved _ _ _ _ _ MV) by lia. split; [exact CX|]. split.
  - apply (shells_symbolic C _ _ _ (shells_set _ _ _ _ there shell)). exact SY.
  - intros b B. replace b with (b - distance + distance) by lia. rewrite (bits_moved _ _ _ _ _ MV) by lia. apply WI.
    lia.
Qed.

(** *** They are added *)

Lemma facts_speak : forall l h, Forall good_fact l -> speaks_rewritten A CP C w v0 g n o' h ->
  speaks_rewritten A CP C w v0 g n o' (fold_left add_fact l h).
Proof.
  induction l as [|f l IH]; intros h G S; cbn; [exact S|]. inversion G as [|? ? [PR HF] G']; subst.
  apply IH; [exact G'|].
  apply speaks_fact; auto.
Qed.

Lemma contents_speak : forall l h, Forall good_content l -> speaks_rewritten A CP C w v0 g n o' h ->
  speaks_rewritten A CP C w v0 g n o' (fold_left (fun g c => let '(p, t, v, l) := c in add_content g tag p t v l) l h).
Proof.
  induction l as [|[[[p ty] sv] lb] l IH]; intros h G S; cbn; [exact S|]. inversion G as [|? ? GC G']; subst.
  unfold good_content in GC. destruct GC as (PR & EX & HC). apply IH; [exact G'|].
  apply speaks_content; auto.
Qed.

End Move.
