(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * objectSize and probe: their rules are sound *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Pointers Writes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs SimpleProofs EvidenceProofs.
From AICheck Require Import HitProofs CaseProofs WalkProofs AccessClaims AccessProofs ConcludeProofs RangeProofs.
From AICheck Require Import SegmentProofs.
Import ListNotations.
Open Scope Z_scope.

Section Rules.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.

Ltac begin :=
  intros site g s g' s' e w0 entry F w v0 behind _ H SF TK RI RULE CTL;
  pose proof (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) as RF;
  destruct (next_instruction CP C X FX _ _ _ _ _ SF RF RI) as (PT & WS & NA);
  cbn [well_shaped type_of Checker.proper_type operands_of] in PT, WS, NA; repeat rewrite andb_true_iff in WS;
  repeat match goal with NA : Forall _ (_ :: _) |- _ => inversion NA; subst; clear NA end.

(** A fresh integer may be any. *)
Lemma here_fresh_integer : forall w0 entry F w v0 g z h f, here A CP C X w0 entry F w v0 g ->
  fresh_integer g = (h, f) ->
  exists v1, here A CP C X w0 entry F w v1 h /\ is_value (integers v1) h f z /\ continues g v0 h v1.
Proof.
  intros w0 entry F w v0 g z h f H E. pose proof (fresh_gives A (integers v0) g z (known_at _ _ _ _ _ _ _ _ _ _ H))
    as G.
  rewrite E in G. destruct G as (u & O & V). exists (with_integers v0 u). split; [eapply here_onward; eauto|].
  split; [exact V|]. eapply continues_onward; eauto.
Qed.

(** ** objectSize *)

(** What is left of an object, where its size is a form. *)
Lemma relate_size_holds : forall w0 entry F w v g e one l y s h s' ev, here A CP C X w0 entry F w v g ->
  is_value (integers v) g e y ->
  (Holds l -> exists n o, tag_is C (tagging w) (case_tag one) n /\ heap w n = Some o /\ size o = y) ->
  relate_size X g e one l s = Some (h, s', ev) -> here A CP C X w0 entry F w v h /\ continues g v h v.
Proof.
  intros w0 entry F w v g e one l y s h s' ev H VE OB R. unfold relate_size in R.
  assert (DONE : here A CP C X w0 entry F w v g /\ continues g v g v) by (split; [exact H|apply continues_refl]).
  apply bind_inv in R as (body & s1 & e1 & e2 & _ & R & _).
  destruct (tag_size body); [apply ret_inv in R as (<- & _ & _); exact DONE|].
  apply bind_inv in R as (fl & s2 & e3 & e4 & _ & R & _).
  destruct fl; [|apply ret_inv in R as (<- & _ & _); exact DONE].
  unfold known_size in R. apply bind_inv in R as (q & s3 & e5 & e6 & Q & R & _). apply lift_inv in Q as (Q & _ & _).
  cbv zeta in R. apply ret_inv in R as (<- & _ & _). destruct (gap e (fst (fst q))) as [d|] eqn:D; [|exact DONE].
  set (lab := union l (label_of_size g q)) in *.
  assert (ZERO : Holds lab -> is_value (integers v) g d 0).
  { intro HL. apply union_holds in HL as [HL HQ]. unfold label_of_size in HQ. apply union_holds in HQ as [HQ _].
    destruct (OB HL) as (n & o & TI & M & SZ). replace 0 with (y - y) by lia.
    eapply gap_value; [exact VE| |exact D]. intros u AG. rewrite <- SZ.
    refine (sizes_held _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H (with_integers v u) _) _ q Q HQ n o TI M).
    split; cbn; auto. }
  destruct (here_ending A CP C X w0 entry F w v g d lab H) as [H1 C1].
  { intro HL. exists 0. split; [exact (ZERO HL)|lia]. }
  destruct (here_beginning A CP C X w0 entry F w v (add_linear g d 0 lab) d lab H1) as [H2 C2].
  { intro HL. exists 0. split; [|lia]. intros u AG. apply (ZERO HL). rewrite same_symbols_linear in AG. exact AG. }
  split; [exact H2|eapply continues_trans; eauto].
Qed.

Theorem object_size_sound : forall r a, rule_is_sound A CP C X (ObjectSize r a) (fun site g => object_size X g r a
  site).
Proof.
  intros r a. begin. destruct WS as [GI KA]. unfold object_size in RULE.
  apply bind_inv in RULE as ([b f] & s1 & e1 & e2 & PO & RULE & ->).
  apply bind_inv in RULE as ([d c] & s2 & e3 & e4 & RA & RULE & ->).
  apply bind_inv in RULE as (u & s3 & e5 & e6 & ST & RULE & ->).
  assert (ACC : accessing A CP C X w0 entry F w v0 g a (make_access b f 0 0 0 (constant_form 0) 1 []) 0 site [] d c e3).
  { eapply make_accessing; [exact FIT|exact FX|exact H|assumption|exact KA|exact PO|apply exact_counts|
      apply constant_counts|lia|left;
      reflexivity|].
    rewrite app_nil_r. exact RA. }
  set (x := make_access b f 0 0 0 (constant_form 0) 1 []) in *.
  assert (DM : demands P F (heap w) (ObjectSize r a) = duties F (heap w) a x 0 [] (lifetime_kinds a ++ [])).
  { destruct a; reflexivity. }
  split.
  { rewrite DM. eapply duties_claims with (k2 := []); eauto. intros v V. rewrite !in_app_iff in *. tauto. }
  intros F' m' M E. inversion E; subst. rewrite DM in M. apply duties_met in M.
  destruct (fresh_integer g) as [g1 q] eqn:FI.
  apply bind_inv in RULE as (g2 & s4 & e7 & e8 & NR & CO & ->).
  match goal with N : names _ _ ?ob |- _ => rename N into NM; set (size_of := size ob) in *; rename ob into o end.
  destruct (here_fresh_integer w0 entry F w v0 g (size_of - offset_of F a) g1 q H FI) as (v1 & H1 & V1 & C1).
  assert (S2 : here A CP C X w0 entry F w v1 g2 /\ continues g1 v1 g2 v1).
  { destruct (cases d) as [[|one [|]]|] eqn:CS; try (monad; split; auto using continues_refl; fail).
    apply bind_inv in NR as (total & s5 & e9 & e10 & AD & NR & ->). apply lift_inv in AD as (AD & -> & ->).
    assert (VS : is_value (integers v1) g1 total size_of).
    { replace size_of with (size_of - offset_of F a + offset_of F a) by lia. eapply add_value; eauto.
      eapply denotes_offset. eapply denotes_continues; [exact C1|].
      exact (acc_denotes _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC). }
    assert (HIT1 : Holds (address_label d) -> exists k, tag_is C (tagging w) (case_tag one) k /\ heap w k = Some o /\
              In_bounds (case_size one) size_of).
    { intro HL. assert (EX : Exists (hit C (heap w) (tagging w) (base_of F a) (offset_of F a)) [one]) by (eapply
        access_hits; eauto).
      inversion EX as [? ? HIT|? ? NO]; subst; [|inversion NO].
      destruct HIT as (k & o' & EB & TI & OM & _ & _ & _ & _ & SZ). rewrite EB in NM.
      pose proof (named_is _ _ _ _ OM NM) as ->. exists k. auto. }
    destruct (here_continues A CP C X w0 entry F w v1 g1 (add_bounds g1 total (case_size one) (address_label d)) H1)
      as [HB CB].
    { apply (onward_bounds A _ _ _ _ _ size_of); [eapply known_at; eauto|exact VS|].
      intro HL. destruct (HIT1 HL) as (k & _ & _ & SZ). exact SZ. }
    edestruct (relate_size_holds w0 entry F w v1 (add_bounds g1 total (case_size one) (address_label d)) total one
                (address_label d) size_of) as [HR CR]; [exact HB| | |exact NR|].
    - intros vv AG. apply VS. rewrite same_symbols_bounds in AG. exact AG.
    - intro HL. destruct (HIT1 HL) as (k & TI & OM & _). exists k, o. auto.
    - split; [exact HR|eapply continues_trans; eauto]. }
  destruct S2 as [HH2 C2]. set (z := size_of - offset_of F a) in *.
  assert (D2 : denotes C (heap w) (tagging w) v1 g2 (SInteger q) (VInteger z)).
  { eapply denotes_continues; [exact C2|]. apply denotes_integer. exact V1. }
  exists (tagging w), v1. apply here_world.
  eapply access_concludes with (w' := w) (F' := set_register F r (VInteger z));
    [exact FX|exact ACC|exact M| | | |exact CO].
  - eapply here_register; eauto.
  - eapply continues_trans; [exact C1|]. eapply continues_trans; [exact C2|]. apply continues_assign.
  - auto.
Qed.

(** ** probe *)

Theorem probe_sound : forall a c, rule_is_sound A CP C X (Probe a c) (fun site g => probe X g a c site).
Proof.
  intros a c. begin. destruct WS as [KA KC]. unfold probe in RULE.
  apply bind_inv in RULE as (count & s0 & e00 & e0' & COF & RULE & ->).
  assert (NC : named_alive F c) by assumption.
  destruct (integer_operand A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ H NC KC COF) as (VN & _ & -> & ->).
  cbn [app] in *. apply bind_inv in RULE as ([[lo hi] l] & s1 & e1 & e2 & RS & RULE & ->).
  apply bind_inv in RULE as ([[x d] cs] & s2 & e3 & e4 & RR & RULE & ->).
  apply bind_inv in RULE as (u & s3 & e5 & e6 & UN & CO & ->).
  assert (CN : counts A lo hi l (integer F c)) by (eapply size_counts; eauto).
  destruct (range_accesses A CP C FIT X FX w0 entry F w v0 g a count lo hi l (integer F c) site [OutOfBoundsRead;
    UninitializedRead]
              s1 x d cs s2 e3 H ltac:(assumption) KA CN VN ltac:(cbn;
                tauto) RR) as (a1 & t1 & u1 & t2 & a2 & b & f & ACC & ST & -> & XE).
  assert (ZI : access_immediate x = 0 /\ size_upper x = hi) by (rewrite XE; auto). destruct ZI as [ZI ZH]. clear XE.
  assert (DM : demands P F (heap w) (Probe a c) =
    duties F (heap w) a x (integer F c) [OutOfBoundsRead; UninitializedRead] (lifetime_kinds a ++ [OutOfBoundsRead]) ++
    [(UninitializedRead, all_initialised (heap w) (base_of F a) (8 * offset_of F a,
      8 * (offset_of F a + integer F c)))]).
  { rewrite <- reading_duties by discriminate. rewrite ZI, Z.add_0_r. reflexivity. }
  assert (FULL : Forall (due F (heap w) a x (integer F c) [OutOfBoundsRead;
    UninitializedRead]) (lifetime_kinds a ++ [OutOfBoundsRead]) ->
                 Forall (due F (heap w) a x (integer F c) [OutOfBoundsRead; UninitializedRead])
                   (lifetime_kinds a ++ [OutOfBoundsRead; UninitializedRead])).
  { intro M. apply Forall_app in M as [M1 M2]. apply Forall_app. split; auto. inversion M2; subst. constructor; auto.
    constructor; [exact I|constructor]. }
  rewrite DM. split.
  - apply claims_behind.
    + eapply duties_claims with (k2 := [UninitializedRead]); eauto. intros v V. rewrite !in_app_iff in *. tauto.
    + intros k [<-|[]]. destruct (access_obligations _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC UninitializedRead)
        as (o & N & E).
      { apply in_or_app. right. right. left. reflexivity. }
      exists o. split; auto. apply Exists_exists in E as (v & V & Q). apply Exists_exists. exists v. split; auto.
      rewrite !in_app_iff. tauto.
    + intros M k o V N [UC UU]. apply duties_met in M. specialize (FULL M).
      inversion V as [? ? ? ND|? ? ? ? _ V']; subst; [|inversion V'].
      apply ND. clear ND V.
      destruct (claims_read _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC UninitializedRead) as (cl & CF & Q).
      { apply in_or_app. right. right. left. reflexivity. }
      rewrite (of_number _ _ _ _ _ Q) in N. injection N as <-. cbn in CF. rewrite CF in UN.
      destruct (is_claimed cl) eqn:CL.
      2: { exfalso. apply UU. rewrite !in_app_iff. pose proof (of_unproved _ _ _ _ _ Q CL). tauto. }
      apply bind_inv in UN as (lc & t3 & a3 & a4 & CS & UN & ->). apply lift_inv in CS as (CS & <- & ->).
      apply bind_inv in UN as (L & t5 & a7 & a8 & EV & UN & ->).
      apply settle_inv in UN; auto. subst a8.
      assert (HL : Holds (union (claim_label d) L)).
      { apply UC. rewrite !in_app_iff. cbn. tauto. }
      apply union_holds in HL as [HC HL]. intros o y N Y.
      assert (BD : in_bounds (heap w) (base_of F a) (offset_of F a + access_immediate x) (integer F c)).
      { apply Forall_app in FULL as [_ F2]. inversion F2; auto. }
      assert (CNT : size_lower x <= integer F c <= size_upper x).
      { eapply access_counts; eauto; [congruence|apply BD]. }
      destruct BD as (_ & o2 & N2 & L1 & L2). rewrite ZI, Z.add_0_r in L1, L2.
      assert (E2 : o2 = o).
      { destruct N as (i & Q1 & Q2), N2 as (i2 & Q3 & Q4). rewrite Q1 in Q3. injection Q3 as <-. congruence. }
      subst o2. pose proof (acc_here _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC) as H0.
      unfold in_range in Y. cbn [fst snd] in Y. apply andb_true_iff in Y as [Y1 Y2]. apply Z.leb_le in Y1.
      apply Z.ltb_lt in Y2.
      apply (evidence_of_cases_holds A CP C X FX (heap w) (tagging w) v0 g (held _ _ _ _ _ _ _ _ _ _ H0 v0 (agrees_refl
        g v0))
               (tables _ _ _ _ _ _ _ _ _ _ H0) (act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H0)) x _ _
               (value_at _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC) (acc_number _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC)
               (base_of F a) o N _ _ _ _ _ _ _ EV HL); try lia.
      eapply claim_hits; eauto.
  - intros F' m' M E. apply Forall_app in M as [M _]. apply duties_met in M. specialize (FULL M). inversion E; subst.
    exists (tagging w), v0. apply here_world.
    eapply access_concludes with (w' := w); [exact FX|exact ACC|exact FULL|exact H|apply continues_refl|auto|exact CO].
Qed.

End Rules.
