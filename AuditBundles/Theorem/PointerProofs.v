(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Pointer arithmetic and comparisons: their rules are sound *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Pointers Scripts Checker
  Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs DivisionProofs.
From AICheck Require Import Concretization Worlds Invariant StateProofs OperandProofs GuardProofs ClaimProofs
  SimpleProofs BaseProofs.
From AICheck Require Import TargetProofs.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

(** ** What the semantics says of comparisons *)

Definition equality (equal : bool) : comparison := if equal then Equal else NotEqual.

Lemma bases_compared : forall equal p q x y b, Semantics.compare_pointers (equality equal) true p q x y b ->
  b = Bool.eqb (if base_eq_dec p q then true else false) equal.
Proof. intros [] p q x y b H; cbn in H; destruct (base_eq_dec p q); subst; reflexivity. Qed.

Lemma offsets_compared : forall equal p x y b, Semantics.compare_pointers (equality equal) false p p x y b ->
  p <> BNull ->
  b = compare_integers (equality equal) x y.
Proof.
  intros [] p x y b H N; cbn in *; (destruct (base_eq_dec p p); [|congruence]);
    destruct p; try congruence; subst; destruct (x =? y); reflexivity.
Qed.

Lemma null_compared : forall equal p q x y b, Semantics.compare_pointers (equality equal) false p q x y b ->
  p = BNull \/ q = BNull -> (b = true <-> (p = q <-> equal = true)).
Proof.
  intros equal p q x y b H N. assert (E : b = Bool.eqb (if base_eq_dec p q then true else false) equal).
  { destruct equal; cbn in H; destruct (base_eq_dec p q) as [E|E]; destruct N as [-> | ->]; try (destruct p);
      try (destruct q);
      try congruence; subst; reflexivity. }
  rewrite E. destruct (base_eq_dec p q), equal; cbn; intuition (try discriminate; try congruence).
Qed.

Section Pointers.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Variable number : id.
Notation sound i := (rule_is_sound A CP C X i (fun site g => execute X g number site i)).

Lemma base_here : forall m tagged v0 g b f c z v, denotes C m tagged v0 g (SPointer b f) (VPointer c z) ->
  agrees g v v0 ->
  base_is C m tagged v b c.
Proof.
  intros m tagged v0 g [t|s] f c z v D AG; destruct (D v AG) as [B _]; [first [exact (proj1 B)|exact B]|exact B].
Qed.

Lemma offset_here : forall m tagged v0 g b f c z v, denotes C m tagged v0 g (SPointer b f) (VPointer c z) ->
  agrees g v v0 ->
  eval_form (integers v) f = z.
Proof. intros m tagged v0 g b f c z v D AG. exact (proj2 (D v AG)). Qed.

(** ** Comparisons *)

Lemma truth_one : forall b : bool, (if b then 1 else 0) = 1 <-> b = true.
Proof. intros []; intuition discriminate. Qed.

Section Compared.
Variables (w0 : world) (entry : id -> value) (F : frame) (w : world) (v0 : valuation) (g : state).
Hypothesis H : here A CP C X w0 entry F w v0 g.
Variables (p q : sbase) (f h : form) (b c : base) (x y : Z).
Hypothesis DA : denotes C (heap w) (tagging w) v0 g (SPointer p f) (VPointer b x).
Hypothesis DB : denotes C (heap w) (tagging w) v0 g (SPointer q h) (VPointer c y).

Lemma world_tagged : well_tagged P C (heap w) (tagging w).
Proof. exact (act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)). Qed.

Lemma common_here : forall object l s s' e, common_base X g p q object s = Some (Some l, s', e) -> Holds l ->
  b = c /\ b <> BNull /\ (object = true -> exists n, b = BObject n).
Proof.
  intros object l s s' e CB L.
  exact (common_base_holds A CP C X FX (heap w) (tagging w) world_tagged v0 g
    (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl _ _))
           _ _ _ _ _ _ _ _ _ CB (base_here _ _ _ _ _ _ _ _ _ DA (agrees_refl _ _))
             (base_here _ _ _ _ _ _ _ _ _ DB (agrees_refl _ _)) L).
Qed.

(** The definition of an equality's symbol. *)
Lemma equality_stands : forall equal bases z s d s' e, Semantics.compare_pointers (equality equal) bases b c x y z ->
  (if bases then
     let* s := compare_bases X g p q in
     ret (match s with
          | Some (same, l) => Some (MBases (Some (Bool.eqb same equal)), l)
          | None => Some (MBases None, [])
          end)
   else
     let* l := common_base X g p q false in
     ret (match l with
          | Some l => Some (MIntegers (equality equal) f h, l)
          | None =>
            if is_null_base q then Some (MNull p equal, [])
            else if is_null_base p then Some (MNull q equal, [])
            else None
          end)) s = Some (d, s', e) ->
  forall m l, d = Some (m, l) -> Holds l -> forall v, agrees g v v0 -> stands_for v m (if z then 1 else 0).
Proof.
  intros equal bases z s d s' e CMP D m l -> L v AG.
  pose proof (held _ _ _ _ _ _ _ _ _ _ H v AG) as SH.
  pose proof (base_here _ _ _ _ _ _ _ _ _ DA AG) as BA. pose proof (base_here _ _ _ _ _ _ _ _ _ DB AG) as BB.
  destruct bases.
  - apply bind_inv in D as (k & s1 & e1 & e2 & CB & D & _). apply ret_inv in D as (D & _ & _).
    destruct k as [[same k]|]; injection D as <- <-; cbn [stands_for]; auto.
    pose proof (compare_bases_holds A CP C FIT X FX (heap w) (tagging w) world_tagged v g SH _ _ _ _ _ _ _ _ _ CB BA BB
      L) as SAME.
    rewrite truth_one, (bases_compared _ _ _ _ _ _ CMP).
    destruct (base_eq_dec b c), same, equal; cbn; intuition (try discriminate; try congruence).
  - apply bind_inv in D as (k & s1 & e1 & e2 & CB & D & _). apply ret_inv in D as (D & _ & _). destruct k as [k|].
    + injection D as <- <-. destruct (common_here _ _ _ _ _ CB L) as (EQ & NN & _). subst c. cbn [stands_for].
      rewrite (offset_here _ _ _ _ _ _ _ _ _ DA AG), (offset_here _ _ _ _ _ _ _ _ _ DB AG), truth_one.
      rewrite (offsets_compared _ _ _ _ _ CMP NN). reflexivity.
    + destruct (is_null_base q) eqn:NQ; [|destruct (is_null_base p) eqn:NP; [|discriminate D]]; injection D as <- <-.
      * destruct q as [t|]; [|discriminate NQ]. change (Pos.eqb t null_tag = true) in NQ. apply Pos.eqb_eq in NQ.
        apply (null_is_tagged CP) in BB; auto. pose proof (proj2 BB NQ) as BN.
        apply null_compared in CMP; auto. rewrite BN in CMP. destruct p as [u|u].
        -- change ((if z then 1 else 0) = 1 <-> Pos.eqb u null_tag = equal). rewrite truth_one, CMP.
           apply (null_is_tagged CP) in BA; auto. rewrite BA.
           destruct (Pos.eqb_spec u null_tag), equal; intuition (try discriminate; try congruence).
        -- cbn [stands_for]. rewrite truth_one. cbn in BA. rewrite BA. exact CMP.
      * destruct p as [t|]; [|discriminate NP]. change (Pos.eqb t null_tag = true) in NP. apply Pos.eqb_eq in NP.
        apply (null_is_tagged CP) in BA; auto. pose proof (proj2 BA NP) as BN.
        apply null_compared in CMP; auto. rewrite BN in CMP. destruct q as [u|u].
        -- change ((if z then 1 else 0) = 1 <-> Pos.eqb u null_tag = equal). rewrite truth_one, CMP.
           apply (null_is_tagged CP) in BB; auto.
           assert (NB : BNull = c <-> u = null_tag) by (rewrite <- BB; split; congruence).
           rewrite NB. destruct (Pos.eqb_spec u null_tag), equal; intuition (try discriminate; try congruence).
        -- cbn [stands_for]. rewrite truth_one. cbn in BB. rewrite BB.
           assert (NB : BNull = c <-> c = BNull) by (split; congruence). rewrite <- NB. exact CMP.
Qed.

(** An order's symbol. *)
Lemma order_stands : forall o (z : bool) v, z = compare_integers o x y -> agrees g v v0 ->
  stands_for v (MIntegers o f h) (if z then 1 else 0).
Proof.
  intros o z v -> AG. cbn [stands_for].
  rewrite (offset_here _ _ _ _ _ _ _ _ _ DA AG), (offset_here _ _ _ _ _ _ _ _ _ DB AG), truth_one. reflexivity.
Qed.

(** The claim of an order, or of a difference. *)
Lemma common_shown : forall object site s k s1 e1 u s2 e2 (D : Prop),
  read_claim X site PointerComparison s = Some (k, s1, e1) ->
  (if is_claimed k then let* l := common_base X g p q object in let* l := lift l in settle k l else ret tt) s1 = Some
    (u, s2, e2) ->
  (b = c -> b <> BNull -> (object = true -> exists n, b = BObject n) -> D) ->
    shown A X site PointerComparison D (e1 ++ e2).
Proof.
  intros object site s k s1 e1 u s2 e2 D R CB I. eapply claim_shown; eauto. intros CL HL. rewrite CL in CB.
  apply bind_inv in CB as (l & s3 & e3 & e4 & CB & LI & ->). apply bind_inv in LI as (l' & s4 & e5 & e6 & LI & ST & ->).
  apply lift_inv in LI as (-> & _ & _). apply settle_inv in ST; auto. subst e6.
  assert (LL : Holds l') by (apply HL; repeat (rewrite !in_app_iff; cbn); tauto).
  destruct (common_here _ _ _ _ _ CB LL) as (E & N & O). auto.
Qed.
End Compared.

Theorem compare_pointers_sound : forall r c bases a b, sound (ComparePointers r c bases a b).
Proof.
  intros r c bases a b. begin_rule FX. destruct WS as [[G KA] KB]. unfold Pointers.compare_pointers in RULE.
  apply bind_inv in RULE as ([p f] & s1 & e1 & e2 & IA & RULE & ->).
  apply bind_inv in RULE as ([q h] & s2 & e3 & e4 & IB & RULE & ->).
  eapply (pointer_operand A CP C FIT X FX) in IA as (DA & _ & _ & _); eauto.
  eapply (pointer_operand A CP C FIT X FX) in IB as (DB & _ & _ & _); eauto. cbn [fst snd] in RULE.
  assert (GIVEN : forall (x : bool) d,
     (forall m l, d = Some (m, l) -> Holds l -> forall v, agrees g v v0 -> stands_for v m (if x then 1 else 0)) ->
     exists t' v', here A CP C X w0 entry (set_register F r (truth x)) {| heap := heap w; tagging := t' |} v'
       (assign_truth g r d)).
  { intros x d ST. destruct (here_assign_truth A CP C X w0 entry F w v0 g d x r CInteger H G ST) as [v1 H1].
    exists (tagging w), v1. apply here_world. exact H1. }
  destruct c.
  - split; [apply claims_none|]. intros F' m' _ E. inversion E; subst.
    apply bind_inv in RULE as (d & s3 & e5 & e6 & D & RULE & _). apply ret_inv in RULE as (<- & _ & _).
    apply GIVEN. eapply (equality_stands w0 entry F w v0 g H p q f h _ _ _ _ DA DB true); eauto.
  - split; [apply claims_none|]. intros F' m' _ E. inversion E; subst.
    apply bind_inv in RULE as (d & s3 & e5 & e6 & D & RULE & _). apply ret_inv in RULE as (<- & _ & _).
    apply GIVEN. eapply (equality_stands w0 entry F w v0 g H p q f h _ _ _ _ DA DB false); eauto.
  - apply bind_inv in RULE as (k & s3 & e5 & e6 & R & RULE & ->).
    apply bind_inv in RULE as (u & s4 & e7 & e8 & CB & RULE & ->).
    apply ret_inv in RULE as (<- & _ & _). split.
    + apply claims_app. right. apply claims_app. right. cbn [demands]. apply claims_one.
      * apply spoken_app. left. eapply read_claim_spoken; eauto.
      * rewrite app_assoc. apply shown_app. left.
        eapply (common_shown w0 entry F w v0 g H p q f h _ _ _ _ DA DB); eauto.
    + intros F' m' _ E. inversion E; subst.
      apply GIVEN. intros m l Q _ v AG. injection Q as <- <-. eapply (order_stands w v0 g p q f h); eauto.
  - apply bind_inv in RULE as (k & s3 & e5 & e6 & R & RULE & ->).
    apply bind_inv in RULE as (u & s4 & e7 & e8 & CB & RULE & ->).
    apply ret_inv in RULE as (<- & _ & _). split.
    + apply claims_app. right. apply claims_app. right. cbn [demands]. apply claims_one.
      * apply spoken_app. left. eapply read_claim_spoken; eauto.
      * rewrite app_assoc. apply shown_app. left.
        eapply (common_shown w0 entry F w v0 g H p q f h _ _ _ _ DA DB); eauto.
    + intros F' m' _ E. inversion E; subst.
      apply GIVEN. intros m l Q _ v AG. injection Q as <- <-. eapply (order_stands w v0 g p q f h); eauto.
Qed.

End Pointers.
