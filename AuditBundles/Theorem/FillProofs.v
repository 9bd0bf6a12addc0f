(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * fill and scramble *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Segments Writes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs SpareProofs CutProofs WorldProofs WriteProofs
  RewriteProofs.
From AICheck Require Import WritingProofs RefillProofs HitProofs WalkProofs ClaimProofs AccessClaims AccessProofs
  ConcludeProofs RangeProofs.
From AICheck Require Import SegmentProofs.
Import ListNotations.
Open Scope Z_scope.

Definition fill_kinds : list kind := [OutOfBoundsWrite; WriteToConstant].

Section Fill.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis ALARMS : forall x, (assumption_count CP <= x)%positive -> A x.
Variable X : context.
Hypothesis FX : context_fits CP C X.

(** The number of bytes of an access that is done is what was read of it. *)
Lemma access_counted : forall w0 entry F w v0 g a x n site rest d c e,
  accessing A CP C X w0 entry F w v0 g a x n site rest d c e -> 0 <= n <= 2 ^ 100 -> cases d <> None ->
  Holds (address_label d) -> size_lower x <= n <= size_upper x.
Proof.
  intros w0 entry F w v0 g a x n site rest d c e ACC N CD HL.
  destruct (access_read A CP C X w0 entry F w v0 g a x n site rest d c e ACC) as [R _].
  destruct R as [E|l tl s s' e' wk CO WK CS CL LB _]; [congruence|]. specialize (LB HL). rewrite CL in LB.
  assert (HA : Holds (access_label x)).
  { pose proof (entries_proper A CP C X w0 entry F w v0 g a x n site rest d c e ACC l tl CO) as PR.
    assert (V : is_value (integers v0) g (access_form x) (offset_of F a)) by (eapply value_at; exact ACC).
    assert (OWN : forall s, access_base x = BSymbol s -> (own_offset g s < next_integer g)%positive)
      by (intros q Q; eapply own_exists; [exact ACC|exact Q]).
    pose proof (walk_grows A CP C X FX (heap w) (tagging w) x c BNull (offset_of F a) g (integers v0) V OWN _ _ _ _ _
      _ _ PR WK) as G.
    apply (grows_label _ _ _ G) in LB. cbn in LB. apply union_holds in LB. tauto. }
  apply (acc_counts _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC HA). auto.
Qed.

(** The objects of a single tag are one. *)
Definition fill_instruction (a : operand) (b : option operand) (c : operand) : instruction :=
  match b with Some b => Fill a b c | None => Scramble a c end.

(** What the rule knows of the byte. *)
Definition known_byte (F : frame) (b : option operand) (v : option Z) : Prop :=
  forall z, v = Some z -> exists b', b = Some b' /\ z = integer F b' mod 256.

Lemma fill_effect : forall F m a b c F' m' v, effect A P F m (fill_instruction a b c) F' m' -> known_byte F b v ->
  F' = F /\ exists n o o' f, base_of F a = BObject n /\ m n = Some o /\ m' = set_object m n o' /\
    refilled o o' (8 * offset_of F a) (8 * (offset_of F a + integer F c)) f /\ fills v f.
Proof.
  intros F m a [b|] c F' m' v EF KB; cbn in EF; inversion EF; subst F'; subst.
  - match goal with Q : changed _ _ _ _ |- _ => destruct Q as (n & o & BN & M & ->) end. split; [reflexivity|].
    exists n, o. do 2 eexists. split; [exact BN|]. split; [exact M|]. split; [reflexivity|].
    split; [apply fill_refills|].
    split; [apply filled_class|]. intros z E. destruct (KB z E) as (b' & EB & ->). injection EB as <-.
    split; [apply Z.mod_pos_bound; lia|reflexivity].
  - match goal with Q : changed _ _ _ _ |- _ => destruct Q as (n & o & BN & M & ->) end. split; [reflexivity|].
    exists n, o. do 2 eexists. split; [exact BN|]. split; [exact M|]. split; [reflexivity|].
    split; [apply scramble_refills|].
    split; [discriminate|]. intros z E. destruct (KB z E) as (b' & EB & _). discriminate.
Qed.

Theorem fill_is_sound : forall a b c,
  rule_is_sound A CP C X (fill_instruction a b c) (fun site g => fill_memory X g a b c site).
Proof.
  intros a b c site g s g' s' e w0 entry F w v0 l _ H SF _ RI R CT.
  destruct (next_instruction CP C X FX _ _ _ _ _ SF (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) RI)
    as (_ & WS & OA).
  assert (SHAPE : is CP (the_body X) a CPointer = true /\ is CP (the_body X) c CInteger = true /\ named_alive F a /\
                  named_alive F c /\ forall b', b = Some b' -> is CP (the_body X) b' CInteger = true /\
                    named_alive F b').
  { destruct b as [b|]; cbn in WS, OA; repeat rewrite andb_true_iff in WS; decompose [and] WS;
      repeat match goal with Q : Forall _ (_ :: _) |- _ => inversion Q; subst; clear Q end;
      (split; [assumption|]; split; [assumption|]; split; [assumption|]; split; [assumption|]; intros b' E);
      [injection E as <-; auto|discriminate E]. }
  destruct SHAPE as (KA & KC & NA & NC & SB). clear WS OA.
  unfold fill_memory in R. apply bind_inv in R as (count & s0 & e0 & e0' & COF & R & ->).
  destruct (integer_operand A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ H NC KC COF) as (VN & _ & -> & ->).
  cbn [app] in *. apply bind_inv in R as ([[low high] lb] & s1 & e1 & e1' & RS & R & ->).
  pose proof (size_counts A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ _ _ H NC KC RS) as CN.
  apply bind_inv in R as ([[x d] cl] & s2 & e2 & e2' & RR & R & ->).
  destruct (range_accesses A CP C FIT X FX w0 entry F w v0 g a count low high lb (integer F c) site fill_kinds _ _ _ _
    _ _
    H NA KA CN VN
              ltac:(cbn; tauto) RR) as (f1 & q1 & u1 & q2 & f2 & bs & fm & ACC & SE & -> & EX).
  assert (DM : demands P F (heap w) (fill_instruction a b c) =
               map (fun k => (k, due F (heap w) a x (integer F c) fill_kinds k)) (lifetime_kinds a ++ fill_kinds)).
  { rewrite map_app. replace (map (fun k => (k, due F (heap w) a x (integer F c) fill_kinds k)) fill_kinds)
      with [(OutOfBoundsWrite, in_bounds (heap w) (base_of F a) (offset_of F a) (integer F c));
            (WriteToConstant, writable (heap w) (base_of F a))]
      by (subst x; cbn; rewrite Z.add_0_r; reflexivity).
    destruct b; cbn [demands fill_instruction]; unfold writing; rewrite <- app_assoc; f_equal; destruct a;
      reflexivity. }
  rewrite DM. split.
  { split.
    - intros k I. rewrite map_map, map_id in I.
      destruct (access_obligations _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC k I) as (ob & ON & EV). exists ob.
      split; [exact ON|].
      apply Exists_exists in EV as (ev & IV & AV). apply Exists_exists. exists ev. split; [|exact AV].
      rewrite !in_app_iff. auto.
    - intros k ob VI ON. eapply access_upholds; [exact FX|exact ACC|exact SE| |exact VI|exact ON].
      intros v I. rewrite !in_app_iff in *. tauto. }
  intros F' m' MET EF. apply met_kinds in MET. exists (tagging w), v0.
  assert (BD : 0 <= integer F c <= 2 ^ 100 /\ writable (heap w) (base_of F a)).
  { apply Forall_app in MET as [_ MET]. inversion MET as [|? ? M1 MET']; subst. inversion MET' as [|? ? M2 _]; subst.
    split; [apply M1|exact M2]. }
  destruct BD as [BD WR].
  assert (HITS : Holds (address_label d) -> forall ls, cases d = Some ls ->
                 Exists (hit C (heap w) (tagging w) (base_of F a) (offset_of F a)) ls).
  { intros HL ls CS. eapply access_hits; [exact FX|exact ACC|exact MET|exact HL|exact CS]. }
  assert (CONC : forall nm o o' k q k' q' e', heap w nm = Some o -> same_shell o o' -> writable (heap w) (BObject nm) ->
                 speaks_rewritten A CP C w v0 g nm o' k ->
                 evolves A P C (clone_effects (the_clone_body X)) w0 (rewrite_object w nm o') ->
                 conclude X k x d q = Some (k', q', e') -> here A CP C X w0 entry F (rewrite_object w nm o') v0 k').
  { intros nm o o' k q k' q' e' M SH WN SP EV CO.
    eapply (access_concludes A CP C X FX w0 entry F w v0 g a x _ site fill_kinds d cl f1 ACC MET); [| | |exact CO].
    - apply (rewritten_here A CP C FIT X w0 entry F w v0 g nm o o' H M SH k SP WN EV).
    - apply continues_memory. apply (speaks_step _ _ _ _ _ _ _ _ _ SP).
    - auto. }
  destruct (cases d) as [[|y ls]|] eqn:CS.
  - exfalso. eapply (access_reached A CP C ALARMS X FX w0 entry); [exact ACC|exact MET|exact R| |exact CS].
    intros q I. apply CT. rewrite !in_app_iff. auto 10.
  - set (cs := y :: ls) in *.
    apply bind_inv in R as (v & s3 & e3 & e3' & BV & R & ->).
    assert (KB : known_byte F b v).
    { intros z ->. destruct b as [b|]; [|monad; discriminate]. exists b. split; [reflexivity|].
      apply bind_inv in BV as (fb & q3 & g3 & g3' & IO & BV & _). destruct (SB b eq_refl) as [KBI NB].
      destruct (integer_operand A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ H NB KBI IO) as (IV & _ & _ & _).
      apply ret_inv in BV as (BV & _ & _). destruct (is_constant fb) eqn:CB; [|discriminate]. injection BV as <-.
      rewrite <- (value_here _ _ _ _ IV), (is_constant_eval _ _ CB). reflexivity. }
    destruct (fill_effect _ _ _ _ _ _ _ v EF KB) as (-> & nm & o & o' & f & BN & M & -> & RF & FL). clear EF.
    rewrite BN in WR. pose proof (refilled_shell _ _ _ _ _ RF) as SH.
    apply bind_inv in R as (wd & s4 & e4 & e4' & WD & R & ->). unfold product in WD.
    apply lift_inv in WD as (WD & -> & ->). apply checked_inv in WD as [-> _].
    set (wd := 8 * Z.max high 0) in *.
    assert (COUNT : Holds (address_label d) -> low <= integer F c <= high).
    { intro HL. pose proof (access_counted _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC BD ltac:(congruence) HL) as Q. subst x.
      exact Q. }
    assert (DIFF : Holds (address_label d) -> forall y r q q' g,
      hit C (heap w) (tagging w) (base_of F a) (offset_of F a) y ->
                   bits_of_case y 0 wd q = Some (r, q', g) -> differs_in r o o').
    { intros HL z r q q' h HY BC. eapply refilled_differs; [exact RF|].
      eapply covers_less with (y := 8 * offset_of F a + 0 + wd).
      - intros p' w' O. replace (8 * offset_of F a) with (8 * offset_of F a + 0) in O at 1 by lia.
        exact (bits_hit C _ _ _ _ _ _ _ _ _ _ _ _ _ HY BC O).
      - specialize (COUNT HL). unfold wd. lia. }
    apply bind_inv in R as (u2 & s5 & e5 & e5' & DE & R & ->).
    apply bind_inv in R as (u3 & s6 & e6 & e6' & DL & R & ->).
    assert (EV : evolves A P C (clone_effects (the_clone_body X)) w0 (rewrite_object w nm o')).
    { eapply (cases_evolve A CP C FIT X FX w0 entry F w v0 g nm o o' H M SH WR a cs 0 wd (address_label d));
        [exact BN|exact DE|exact DL|intro HL; exact (HITS HL cs eq_refl)|exact DIFF]. }
    assert (T : consistent g) by apply (tables _ _ _ _ _ _ _ _ _ _ H).
    assert (WEAK : forall constant q k q' e7, constant = (low =? high) ->
              each cs (fun g s =>
                         let* r := bits_of_case s 0 wd in
                         let whole := constant && match single_offset s with Some _ => true | None => false end in
                         weaken g (case_tag s) r (fun _ a => keeps_fill a (if whole then Some r else None) v)) g q =
              Some (k, q', e7) -> speaks_rewritten A CP C w v0 g nm o' (label_memory k (address_label d))).
    { intros constant q k q' e7 CE EA.
      edestruct (each_case A CP C) with (g0 := g) (Q := fun y k => Holds (address_label d) ->
        hit C (heap w) (tagging w) (base_of F a) (offset_of F a) y ->
        survives A CP C w nm o o' (case_tag y) k) as [WK Q]; [|apply (weaker_refl A P C g)|exact EA|].
      2: { apply (labelled_speaks A CP C FIT X w0 entry F w v0 g nm o o' H M SH); [exact WK|]. intro HL.
           specialize (HITS HL _ eq_refl). apply Exists_exists in HITS as (y' & I & HY).
           destruct (Q y' I) as (k' & W1 & W2 & SV). exists (case_tag y'), k'. auto. }
      intros y' k1 q3 k2 q4 e8 I W1 BO. cbn beta in BO. apply bind_inv in BO as (r & q5 & g1 & g1' & BC & BO & _).
      cbv zeta in BO.
      edestruct (weaken_survives A CP C w nm o o' SH) with (kept := fun ab => Holds (address_label d) ->
        hit C (heap w) (tagging w) (base_of F a) (offset_of F a) y' ->
        forall i, says P C (set_object (heap w) nm o') (tagging w) i o ab ->
        says P C (set_object (heap w) nm o') (tagging w) i o' ab)
        as [W2 SV]; [exact (wk_consistent _ _ _ _ _ W1 T)| |exact BO|].
      2: { split; [exact W2|]. intros HL HY. apply SV; auto.
           - destruct HY as (k' & o2 & EK & TK & _). rewrite BN in EK. injection EK as <-. exact TK.
           - exact (DIFF HL y' r _ _ _ HY BC).
           - exact (refilled_initialises _ _ _ _ _ RF). }
      intros j ab q6 lj q7 g2 W3 PR KS HJ HL HY i. cbn beta in KS.
      eapply (keeps_fill_holds CP C FIT); [exact RF|exact FL|exact PR| |exact KS].
      intros b0 EB. destruct (constant && _)%bool eqn:WH; [|discriminate]. injection EB as <-.
      apply andb_true_iff in WH as [-> SO]. symmetry in CE. apply Z.eqb_eq in CE.
      destruct (single_offset y') as [z|] eqn:SZ; [|discriminate].
      pose proof (single_offset_hit C _ _ _ _ _ _ HY SZ) as EZ. specialize (COUNT HL).
      unfold single_offset in SZ. unfold bits_of_case in BC.
      destruct (lower (case_bounds y')) as [zl|]; [|discriminate].
      destruct (upper (case_bounds y')) as [zu|]; [|discriminate].
      destruct (zl =? zu) eqn:ZZ; [|discriminate]. injection SZ as ->. apply Z.eqb_eq in ZZ. subst zu.
      unfold product, sum in BC. monad.
      f_equal; f_equal; unfold wd; lia. }
    assert (WRITTEN : forall h q k q' e7, speaks_rewritten A CP C w v0 g nm o' h ->
              written_segment X h x cs (address_label d) q = Some (k, q', e7) ->
              speaks_rewritten A CP C w v0 g nm o' k).
    { intros h q k q' e7 SP WS.
      eapply (written_segment_speaks A CP C X FX w0 entry F w v0 g nm o' H);
        [exact SP|eapply value_at; exact ACC|exact (acc_number _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC)|exact BN
        | |exact WS].
      intro HL. split; [exact (HITS HL cs eq_refl)|]. replace (access_immediate x) with 0 by (subst x; reflexivity).
      intros y0 B _. rewrite (refilled_bits _ _ _ _ _ RF). apply orb_true_iff. left. unfold in_range. cbn [fst snd].
      apply andb_true_iff. split; [apply Z.leb_le|apply Z.ltb_lt]; lia. }
    apply bind_inv in R as (one & s7 & e7 & e7' & SG & R & ->).
    destruct one as [[tag z]|]; [destruct (low =? high) eqn:LH|].
    + unfold single_place in SG. subst cs. destruct ls; [|monad; discriminate].
      destruct (single_offset y) as [z'|] eqn:SO; [|monad; discriminate].
      apply bind_inv in SG as (body & s10 & e10 & e10' & TB & SG & _).
      apply (tag_of_inv CP C X FX) in TB as (TB & _ & _).
      apply ret_inv in SG as (SG & _ & _). destruct (is_single body) eqn:SGL; [|discriminate]. injection SG as <- <-.
      apply bind_inv in R as (n1 & s11 & e11 & e11' & N1 & R & _).
      apply bind_inv in R as (n2 & s12 & e12 & e12' & N2 & R & _).
      unfold product, sum in N1, N2.
      apply lift_inv in N1 as (N1 & _ & _). apply checked_inv in N1 as [-> _]. apply lift_inv in N2 as (N2 & _ & _).
      apply checked_inv in N2 as [-> _].
      apply bind_inv in R as (k & s14 & e14 & e14' & CU & R & _). apply Z.eqb_eq in LH.
      assert (ONE : Holds (address_label d) -> tag_is C (tagging w) (case_tag y) nm /\ 8 * z' = 8 * offset_of F a /\
                    8 * z' + wd = 8 * (offset_of F a + integer F c)).
      { intro HL. specialize (HITS HL _ eq_refl). inversion HITS as [? ? HY|? ? HN]; subst; [|inversion HN].
        pose proof (single_offset_hit C _ _ _ _ _ _ HY SO) as Z. destruct HY as (k' & y' & EK & TK & _).
        rewrite BN in EK. injection EK as <-. split; [exact TK|]. specialize (COUNT HL). unfold wd. lia. }
      assert (BASE : speaks_rewritten A CP C w v0 g nm o' (label_memory k (address_label d))).
      { eapply (cut_speaks A CP C FIT X w0 entry F w v0 g nm o o' H M SH); [exact CU|]. intro HL.
        destruct (ONE HL) as (TK & E1 & E2).
        split; [exact TK|]. split; [|intros _; exact (refilled_initialises _ _ _ _ _ RF)].
        eapply refilled_differs; [exact RF|]. rewrite <- E1, <- E2. apply covers_exactly. }
      assert (FACT : forall i ab, (says P C (set_object (heap w) nm o') (tagging w) i o' ab \/ ~ Holds (address_label
        d)) ->
                match ab with Initialised _ _ | Bytes _ _ _ => True | _ => False end ->
                Holds (address_label d) -> fact_holds P C (set_object (heap w) nm o') (tagging w) i
                {| fact_tag := case_tag y; fact_about := ab; fact_label := address_label d |}).
      { intros i ab [SY|NL] KI HL; [|destruct (NL HL)]. intros k' o2 TK M2. cbn in TK |- *.
        destruct (ONE HL) as (TN & _).
        rewrite (single_object _ _ _ _ _ _ k' nm (act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) TB SGL TK
          TN) in M2.
        rewrite (set_there (heap w) nm o') in M2. injection M2 as <-.
        destruct ab; try destruct KI; intros _; exact SY. }
      assert (INIT : Holds (address_label d) -> forall b0, 8 * z' <= b0 < 8 * z' + wd -> initialised o' b0 = true).
      { intros HL b0 B0. destruct (ONE HL) as (_ & E1 & E2). rewrite (refilled_bits _ _ _ _ _ RF).
        apply orb_true_iff. left.
        unfold in_range. cbn. apply andb_true_iff. split; [apply Z.leb_le|apply Z.ltb_lt]; lia. }
      eapply CONC; [exact M|exact SH|exact WR| |exact EV|exact R]. destruct (8 * z' <? 8 * z' + wd); [|exact BASE].
      assert (S1 : speaks_rewritten A CP C w v0 g nm o' (add_fact (label_memory k (address_label d))
                     {| fact_tag := case_tag y; fact_about := Initialised (8 * z') (8 * z' + wd);
                        fact_label := address_label d |})).
      { apply (speaks_fact A CP C w v0 g nm o'); [exact BASE|exact I|]. intros vv _ HL. apply FACT; auto. left.
        exact (INIT HL). }
      destruct v as [v|]; [|exact S1]. apply (speaks_fact A CP C w v0 g nm o'); [exact S1| |].
      * destruct FL as [_ FV]. apply (FV v eq_refl).
      * intros vv _ HL. apply FACT; auto. left. split; [exact (INIT HL)|]. intros p' w' c' x' L U FI.
        destruct (ONE HL) as (_ & E1 & E2).
        destruct FL as [_ FV]. destruct (FV v eq_refl) as [_ ->]. rewrite (refilled_cells _ _ _ _ _ RF).
        assert (O : overlap (8 * offset_of F a, 8 * (offset_of F a + integer F c)) p' w' = true).
        { unfold overlap. cbn. apply andb_true_iff. split; apply Z.ltb_lt; lia. }
        assert (IN : ((8 * offset_of F a <=? p') && (p' + w' <=? 8 * (offset_of F a + integer F c)))%bool = true).
        { apply andb_true_iff. split; apply Z.leb_le; lia. }
        rewrite O, IN. exact FI.
    + apply bind_inv in R as (k & s10 & e10 & e10' & EA & R & _). cbv zeta in R.
      apply bind_inv in R as (k0 & s11 & e11 & e11' & WS & R & _).
      eapply CONC;
        [exact M|exact SH|exact WR|exact (WRITTEN _ _ _ _ _ (WEAK _ _ _ _ _ eq_refl EA) WS)|exact EV|exact R].
    + apply bind_inv in R as (k & s10 & e10 & e10' & EA & R & _). cbv zeta in R.
      apply bind_inv in R as (k0 & s11 & e11 & e11' & WS & R & _).
      eapply CONC;
        [exact M|exact SH|exact WR|exact (WRITTEN _ _ _ _ _ (WEAK _ _ _ _ _ eq_refl EA) WS)|exact EV|exact R].
  - destruct (fill_effect _ _ _ _ _ _ _ None EF ltac:(discriminate)) as (-> & nm & o & o' & f & BN & M & -> & RF & _).
    rewrite BN in WR. pose proof (refilled_shell _ _ _ _ _ RF) as SH.
    destruct (anywhere_speaks A CP C X FX w0 entry F w v0 g nm o o' H M SH WR _ _ _ _ _ R) as [SP EV].
    { intros _. exact (refilled_initialises _ _ _ _ _ RF). }
    exact (rewritten_here A CP C FIT X w0 entry F w v0 g nm o o' H M SH _ SP WR EV).
Qed.

End Fill.
