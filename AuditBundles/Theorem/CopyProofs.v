(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * copy *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Segments Writes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs SpareProofs CutProofs WorldProofs WriteProofs
  RewriteProofs.
From AICheck Require Import EvidenceProofs WritingProofs HitProofs ClaimProofs AccessClaims AccessProofs
  ConcludeProofs RangeProofs.
From AICheck Require Import ClipProofs FillProofs JoinProofs.
From AICheck Require Import SegmentProofs.
Import ListNotations.
Open Scope Z_scope.

Section Copy.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis ALARMS : forall x, (assumption_count CP <= x)%positive -> A x.
Variable X : context.
Hypothesis FX : context_fits CP C X.

Section One.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).
Variables (F : frame) (w : world) (v0 : valuation) (g : state) (a b c : operand).
Variables (n ns : name) (o so : object) (high : Z).
Hypothesis H : here F w v0 g.
Hypothesis BN : base_of F a = BObject n.
Hypothesis there : heap w n = Some o.
Hypothesis SN : base_of F b = BObject ns.
Hypothesis source : heap w ns = Some so.
Hypothesis some_bytes : 0 <= integer F c.
Notation o' := (copy o so (8 * offset_of F a, 8 * (offset_of F a + integer F c)) (8 * offset_of F b)).
Notation m' := (set_object (heap w) n o').
Notation hit_a := (hit C (heap w) (tagging w) (base_of F a) (offset_of F a)).
Notation hit_b := (hit C (heap w) (tagging w) (base_of F b) (offset_of F b)).
Notation wd := (8 * Z.max high 0).
Notation speaks := (speaks_rewritten A CP C w v0 g n o').
Notation survives := (survives A CP C w n o o').
Notation weaker := (weaker A P C).

Lemma copy_shell : same_shell o o'.
Proof. apply shell_content. Qed.

Let T : consistent g := tables _ _ _ _ _ _ _ _ _ _ H.

Lemma copy_case_differs : forall y r q q' e, integer F c <= high -> hit_a y ->
  bits_of_case y 0 wd q = Some (r, q', e) ->
  differs_in r o o'.
Proof.
  intros y r q q' e LE HY BC. apply copy_differs. eapply covers_less with (y := 8 * offset_of F a + 0 + wd); [|lia].
  intros p u O. replace (8 * offset_of F a) with (8 * offset_of F a + 0) in O at 1 by lia.
  exact (bits_hit C _ _ _ _ _ _ _ _ _ _ _ _ _ HY BC O).
Qed.

(** Where the source is initialised no bit of the destination becomes uninitialised. *)
Lemma copy_initialises : (forall x, 8 * offset_of F b <= x < 8 * (offset_of F b + integer F c) ->
  initialised so x = true) ->
  initialised_stays o o'.
Proof.
  intros S x I. cbn. destruct (in_range _ x) eqn:R; [|exact I]. unfold in_range in R. cbn in R. monad. apply S. lia.
Qed.

Lemma source_initialised : forall xs d l q lb q' e, is_value (integers v0) g (access_form xs) (offset_of F b) ->
  is_value (integers v0) g (access_count xs) (integer F c) -> evidence_of_cases X g xs d l high q = Some (lb, q', e) ->
  Holds lb -> integer F c <= high -> 0 <= offset_of F b /\ offset_of F b + integer F c <= size so -> Exists hit_b l ->
  forall x, 8 * offset_of F b <= x < 8 * (offset_of F b + integer F c) -> initialised so x = true.
Proof.
  intros xs d l q lb q' e VF VC EV HL LE IN EX x B.
  apply (evidence_of_cases_holds A CP C X FX (heap w) (tagging w) v0 g (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl g
    v0))
           T (act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) xs _ _ VF VC (base_of F b) so
           (ex_intro _ ns (conj SN source)) _ _ _ _ _ _ _ EV HL EX); lia.
Qed.

Lemma destination_initialised : (forall x, 8 * offset_of F b <= x < 8 * (offset_of F b + integer F c) ->
  initialised so x = true) -> bytes_initialised o' (offset_of F a + 0) (offset_of F a + 0 + integer F c).
Proof.
  intros S x B _. cbn. assert (R : in_range (8 * offset_of F a, 8 * (offset_of F a + integer F c)) x = true).
  { unfold in_range. cbn. apply andb_true_iff. split; [apply Z.leb_le|apply Z.ltb_lt]; lia. }
  rewrite R. apply S. lia.
Qed.

(** *** A destination of which the place is not known *)

Definition weak_step (i : bool) (il : label) (g : state) (s : survivor) : M state :=
  let* r := bits_of_case s 0 wd in
  let* g := cut g (case_tag s) r (negb i) in
  if i then each (facts_about g (case_tag s)) (join_step r il) g else ret g.

Lemma weak_speaks : forall l i il lb q h q' e, each l (weak_step i il) g q = Some (h, q', e) ->
  (Holds lb -> integer F c <= high /\ Exists hit_a l) ->
  (i = true -> Holds lb -> Holds il -> initialised_stays o o') ->
  speaks (label_memory h lb).
Proof.
  intros l i il lb q h q' e EA HL IL.
  edestruct (each_case A CP C) with (g0 := g) (Q := fun y k => Holds lb -> hit_a y ->
    survives (case_tag y) k) as [WK Q];
    [|apply (weaker_refl A P C g)|exact EA|].
  2: { apply (labelled_speaks A CP C FIT X w0 entry F w v0 g n o o' H there copy_shell); [exact WK|]. intro HLB.
       destruct (HL HLB) as [_ EX]. apply Exists_exists in EX as (y & I & HY). destruct (Q y I) as (k & W1 & W2 & SV).
       exists (case_tag y), k. auto. }
  intros y k q1 k' q2 e1 I W1 BO. unfold weak_step in BO. apply bind_inv in BO as (r & q3 & e3 & e3' & BC & BO & _).
  apply bind_inv in BO as (k1 & q4 & e4 & e4' & CU & BO & _).
  pose proof (wk_consistent _ _ _ _ _ W1 T) as TK.
  destruct (cut_spares A P C _ _ _ _ _ _ _ _ TK CU) as (W2 & O1 & SP & _ & _).
  pose proof (wk_consistent _ _ _ _ _ W2 TK) as TK1.
  assert (SURV : forall k2, weaker k1 k2 ->
            (forall j f, PM.find j (facts k2) = Some f -> fact_tag (fst f) = case_tag y -> Holds (label_of_fact k2 f) ->
               spares P C r (fact_about (fst f)) \/
               is_initialised_fact (fact_about (fst f)) = true /\ (Holds lb -> initialised_stays o o')) ->
            Holds lb -> hit_a y -> survives (case_tag y) k2).
  { intros k2 W3 K HLB HY. destruct (HL HLB) as [LE _]. split.
    - destruct HY as (k3 & o2 & EK & TN & _). rewrite BN in EK. injection EK as <-. exact TN.
    - exists r. pose proof (copy_case_differs y r _ _ _ LE HY BC) as D. split; [exact D|].
      split; [eapply weaker_outside; eauto|]. intros j f J E L i0 Q1. destruct (K j f J E L) as [SA|[IF IS]].
      + exact (SA _ _ _ o o' D Q1).
      + apply (says_initialised CP C (heap w) (tagging w) n o o' copy_shell); auto. }
  destruct i.
  - destruct (join_loop A P C r il _ _ _ _ _ _ TK1 BO) as [W3 J]. split; [eapply weaker_trans; eauto|].
    apply SURV; [exact W3|]. intros j f JF E L. destruct (J j f JF) as (z & Z & ET & EA1 & LJ).
    destruct (LJ L) as [_ LI]. destruct (SP j z Z ltac:(congruence)) as [[IZ _]|SZ].
    + rewrite <- EA1 in IZ. destruct (LI ltac:(rewrite <- E, ET; apply facts_about_all; auto) IZ) as [SA|HI]; [left;
        exact SA|].
      right. split; [exact IZ|]. auto.
    + left. rewrite EA1. exact SZ.
  - apply ret_inv in BO as (<- & _ & _). split; [exact W2|]. apply SURV; [apply weaker_refl|]. intros j f JF E L. left.
    destruct (SP j f JF E) as [[_ Q]|SZ]; [discriminate Q|exact SZ].
Qed.

(** *** A destination that is one place *)

Lemma exactly_speaks : forall s tag z label lb q h q' e body, copy_exactly X g s tag (8 * z) wd label lb q = Some (h,
  q', e) ->
  PM.find tag (tags C) = Some body -> is_single body = true -> (Holds label -> Holds lb) ->
  (Holds lb -> tag_is C (tagging w) tag n /\ offset_of F a = z /\ integer F c = Z.max high 0) ->
  (Holds label -> forall l, cases s = Some l -> Exists hit_b l) -> speaks h.
Proof.
  intros s tag z label lb q h q' e body CE TB SB LL DEST SRC. unfold copy_exactly in CE.
  apply bind_inv in CE as ([cs fs] & q1 & e1 & e1' & PA & CE & _).
  assert (GOOD : Forall (good_content A C w v0 g n o' tag) cs /\ Forall (good_fact A CP C w v0 g n o') fs).
  { destruct (cases s) as [l|] eqn:CS; [|apply bind_inv in PA as (k & p1 & f1 & f1' & _ & PA & _);
      apply bind_inv in PA as (u & p2 & f2 & f2' & _ & PA & _); apply ret_inv in PA as (PA & _);
        injection PA as <- <-; auto].
    destruct l as [|one [|two l]]; try (apply bind_inv in PA as (k & p1 & f1 & f1' & _ & PA & _);
      apply bind_inv in PA as (u & p2 & f2 & f2' & _ & PA & _); apply ret_inv in PA as (PA & _);
        injection PA as <- <-; auto; fail).
    destruct (single_offset one) as [zo|] eqn:SO; [|apply bind_inv in PA as (k & p1 & f1 & f1' & _ & PA & _);
      apply bind_inv in PA as (u & p2 & f2 & f2' & _ & PA & _); apply ret_inv in PA as (PA & _);
        injection PA as <- <-; auto].
    apply bind_inv in PA as (from & p1 & f1 & f1' & N1 & PA & _).
    apply bind_inv in PA as (till & p2 & f2 & f2' & N2 & PA & _).
    apply bind_inv in PA as (dist & p3 & f3 & f3' & N3 & PA & _). unfold product, sum, difference in N1, N2, N3.
    apply lift_inv in N1 as (N1 & _ & _). apply checked_inv in N1 as [-> _]. apply lift_inv in N2 as (N2 & _ & _).
    apply checked_inv in N2 as [-> _]. apply lift_inv in N3 as (N3 & _ & _). apply checked_inv in N3 as [-> _].
    assert (MOVED : Holds label -> moved_along C w n o' ns so (case_tag one) tag (8 * zo) (8 * zo + wd) (8 * z - 8 *
      zo)).
    { intro HL. destruct (DEST (LL HL)) as (TN & EZ & EC). specialize (SRC HL _ eq_refl).
      inversion SRC as [? ? HY|? ? HN]; subst; [|inversion HN].
      pose proof (single_offset_hit C _ _ _ _ _ _ HY SO) as EO. destruct HY as (k & y & EK & TK & M & AL & _).
      rewrite SN in EK. injection EK as <-. rewrite source in M. injection M as <-.
      split; [exact TN|]. split; [exact TK|]. split; [exact source|]. split; [exact AL|]. split.
      - intros x B. cbn. assert (R : in_range (8 * offset_of F a, 8 * (offset_of F a + integer F c))
                                   (x + (8 * offset_of F a - 8 * zo)) = true).
        { unfold in_range. cbn. apply andb_true_iff. split; [apply Z.leb_le|apply Z.ltb_lt]; lia. }
        rewrite R. f_equal. lia.
      - intros p u d U L1 L2. cbn.
        assert (R : overlap (8 * offset_of F a, 8 * (offset_of F a + integer F c)) (p + (8 * offset_of F a - 8 * zo))
          u = true).
        { unfold overlap. cbn. apply andb_true_iff. split; apply Z.ltb_lt; lia. }
        assert (R2 : ((8 * offset_of F a <=? p + (8 * offset_of F a - 8 * zo)) &&
                      (p + (8 * offset_of F a - 8 * zo) + u <=? 8 * (offset_of F a + integer F c)))%bool = true).
        { apply andb_true_iff. split; apply Z.leb_le; lia. }
        rewrite R, R2. f_equal. lia.
      - replace (8 * offset_of F a - 8 * zo) with ((offset_of F a - zo) * 8) by lia. apply Z.mod_mul. lia. }
    apply bind_inv in PA as (sb & p4 & f4 & f4' & TS & PA & _).
    apply bind_inv in PA as (cc & p5 & f5 & f5' & MC & PA & _).
    apply bind_inv in PA as (k & p6 & f6 & f6' & _ & PA & _). apply bind_inv in PA as (l & p7 & f7 & f7' & RE & PA & _).
    apply ret_inv in PA as (PA & _ & _). injection PA as <- <-. split.
    - destruct (is_single sb); [|apply ret_inv in MC as (<- & _); constructor].
      eapply (moved_contents_good A CP C X w0 entry F w v0 g n o o' ns so H there copy_shell); eauto.
    - assert (G : Forall (good_fact A CP C w v0 g n o') l).
      { eapply (repeat_inv (Forall (good_fact A CP C w v0 g n o')) _ (fun _ => True)); [| |exact RE|apply Forall_forall;
          auto]; [|constructor].
        intros l1 p l2 p' f GL MS _.
        eapply (moved_step_good A CP C FIT X FX w0 entry F w v0 g n o o' ns so H there copy_shell); eauto. }
      rewrite Forall_forall in *. intros f I. apply G. apply in_reversed. exact I. }
  destruct GOOD as [GC GF].
  apply bind_inv in CE as (en & q2 & e2 & e2' & SU & CE & _). unfold sum in SU. apply lift_inv in SU as (SU & _ & _).
  apply checked_inv in SU as [-> _].
  apply bind_inv in CE as (k & q3 & e3 & e3' & CU & CE & _). apply ret_inv in CE as (<- & _ & _).
  apply contents_speak; [rewrite Forall_forall in *; intros x I; apply GC; apply in_reversed; exact I|].
  apply facts_speak; [exact GF|].
  eapply (cut_speaks A CP C FIT X w0 entry F w v0 g n o o' H there copy_shell); [exact CU|]. intro HL.
  destruct (DEST HL) as (TN & <- & EC). split; [exact TN|]. split; [|discriminate]. apply copy_differs.
  replace (8 * (offset_of F a + integer F c)) with (8 * offset_of F a + wd) by lia. apply covers_exactly.
Qed.

End One.

Definition source_kinds : list kind := [OutOfBoundsRead].

(** What a step concludes of the two pointers, one after the other. *)
Lemma conclude_both : forall w0 entry F w v0 g a b c xs xd s d cs cd e1 e2 site nm o o' k q k' q' f1 k2 q2 f2,
  accessing A CP C X w0 entry F w v0 g b xs (integer F c) site source_kinds s cs e1 ->
  accessing A CP C X w0 entry F w v0 g a xd (integer F c) site fill_kinds d cd e2 ->
  Forall (due F (heap w) b xs (integer F c) source_kinds) (lifetime_kinds b ++ source_kinds) ->
  Forall (due F (heap w) a xd (integer F c) fill_kinds) (lifetime_kinds a ++ fill_kinds) ->
  heap w nm = Some o -> same_shell o o' -> writable (heap w) (BObject nm) -> speaks_rewritten A CP C w v0 g nm o' k ->
  evolves A P C (clone_effects (the_clone_body X)) w0 (rewrite_object w nm o') ->
  conclude X k xs s q = Some (k', q', f1) -> conclude X k' xd d q' = Some (k2, q2, f2) ->
  here A CP C X w0 entry F (rewrite_object w nm o') v0 k2.
Proof.
  intros w0 entry F w v0 g a b c xs xd s d cs cd e1 e2 site nm o o' k q k' q' f1 k2 q2 f2 AS AD MS MD M SH WR SP EV
    C1 C2.
  pose proof (acc_here _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ AS) as H.
  pose proof (continues_memory g k v0 (speaks_step _ _ _ _ _ _ _ _ _ SP)) as CT.
  destruct (access_concludes A CP C X FX w0 entry F w v0 g b xs _ site source_kinds s cs e1 AS MS
              F (rewrite_object w nm o') v0 k q k' q' f1) as [H1 CT1]; auto.
  { apply (rewritten_here A CP C FIT X w0 entry F w v0 g nm o o' H M SH k SP WR EV). }
  eapply (access_concludes A CP C X FX w0 entry F w v0 g a xd _ site fill_kinds d cd e2 AD MD);
    [exact H1| | |exact C2]; auto.
  eapply continues_trans; eauto.
Qed.

Theorem copy_is_sound : forall a b c, rule_is_sound A CP C X (Copy a b c) (fun site g => copy_memory X g a b c site).
Proof.
  intros a b c site g s g' s' e w0 entry F w v0 l _ H SF _ RI R CT.
  destruct (next_instruction CP C X FX _ _ _ _ _ SF (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) RI)
    as (_ & WS & OA). cbn in WS, OA. apply andb_true_iff in WS as [WS KC]. apply andb_true_iff in WS as [KA KB].
  inversion OA as [|? ? NA OB]; subst. inversion OB as [|? ? NB OC]; subst. inversion OC as [|? ? NC _]; subst.
  clear OA OB OC.
  unfold copy_memory in R. apply bind_inv in R as (count & s0 & e0 & e0' & COF & R & ->).
  destruct (integer_operand A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ H NC KC COF) as (VN & _ & -> & ->).
  cbn [app] in *. apply bind_inv in R as ([[low high] lb] & s1 & e1 & e1' & RS & R & ->).
  pose proof (size_counts A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ _ _ H NC KC RS) as CN.
  apply bind_inv in R as ([[xs sc] cls] & s2 & e2 & e2' & RB & R & ->).
  apply bind_inv in R as ([[xd d] cld] & s3 & e3 & e3' & RA & R & ->).
  destruct (range_accesses A CP C FIT X FX w0 entry F w v0 g b count low high lb (integer F c) site source_kinds _ _ _
    _ _
    _ H NB KB CN VN
              ltac:(cbn; tauto) RB) as (f1 & q1 & u1 & q2 & f2 & bs & fm & AS & SES & -> & EXS).
  destruct (range_accesses A CP C FIT X FX w0 entry F w v0 g a count low high lb (integer F c) site fill_kinds _ _ _ _
    _ _
    H NA KA CN VN
              ltac:(cbn; tauto) RA) as (h1 & r1 & u2 & r2 & h2 & bd & fd & AD & SED & -> & EXD).
  assert (DM : demands P F (heap w) (Copy a b c) =
               map (fun k => (k, due F (heap w) b xs (integer F c) source_kinds k)) (lifetime_kinds b ++
                 source_kinds) ++
               map (fun k => (k, due F (heap w) a xd (integer F c) fill_kinds k)) (lifetime_kinds a ++ fill_kinds)).
  { rewrite !map_app. replace (map (fun k => (k, due F (heap w) a xd (integer F c) fill_kinds k)) fill_kinds)
      with [(OutOfBoundsWrite, in_bounds (heap w) (base_of F a) (offset_of F a) (integer F c));
            (WriteToConstant, writable (heap w) (base_of F a))]
      by (subst xd; cbn; rewrite Z.add_0_r; reflexivity).
    replace (map (fun k => (k, due F (heap w) b xs (integer F c) source_kinds k)) source_kinds)
      with [(OutOfBoundsRead, in_bounds (heap w) (base_of F b) (offset_of F b) (integer F c))]
      by (subst xs; cbn; rewrite Z.add_0_r; reflexivity).
    cbn [demands]. unfold reading, writing. rewrite <- !app_assoc. f_equal; [destruct b; reflexivity|]. f_equal.
    f_equal.
    destruct a; reflexivity. }
  rewrite DM. split.
  { split.
    - intros k I. rewrite map_app, !map_map, !map_id in I. apply in_app_iff in I as [I|I].
      + destruct (access_obligations _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ AS k I) as (ob & ON & EV). exists ob.
        split; [exact ON|].
        apply Exists_exists in EV as (ev & IV & AV). apply Exists_exists. exists ev. split; [|exact AV].
        rewrite !in_app_iff. auto.
      + destruct (access_obligations _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ AD k I) as (ob & ON & EV). exists ob.
        split; [exact ON|].
        apply Exists_exists in EV as (ev & IV & AV). apply Exists_exists. exists ev. split; [|exact AV].
        rewrite !in_app_iff. auto.
    - intros k ob VI ON. apply violated_app in VI as [VI|[_ VI]].
      + eapply access_upholds; [exact FX|exact AS|exact SES| |exact VI|exact ON]. intros v I.
        rewrite !in_app_iff in *. tauto.
      + eapply access_upholds; [exact FX|exact AD|exact SED| |exact VI|exact ON]. intros v I.
        rewrite !in_app_iff in *. tauto. }
  intros F' m' MET EF. apply Forall_app in MET as [MS MD].
  change (met (map (fun k => (k, due F (heap w) b xs (integer F c) source_kinds k)) (lifetime_kinds b ++
    source_kinds))) in MS.
  change (met (map (fun k => (k, due F (heap w) a xd (integer F c) fill_kinds k)) (lifetime_kinds a ++ fill_kinds)))
    in MD.
  apply met_kinds in MS, MD. exists (tagging w), v0.
  assert (BD : 0 <= integer F c <= 2 ^ 100 /\ writable (heap w) (base_of F a)).
  { clear - MD. apply Forall_app in MD as [_ MET]. inversion MET as [|? ? M1 MET']; subst.
    inversion MET' as [|? ? M2 _]; subst.
    split; [apply M1|exact M2]. }
  destruct BD as [BD WR].
  assert (BS : 0 <= offset_of F b /\ forall o, names (heap w) (base_of F b) o -> offset_of F b + integer F c <= size o).
  { apply Forall_app in MS as [_ MS']. inversion MS' as [|? ? M1 _]; subst. destruct M1 as (_ & q & NQ & L1 & L2).
    cbn in L1, L2. split; [lia|]. intros q' NQ'. destruct NQ as (i & E1 & E2), NQ' as (i' & E1' & E2').
    rewrite E1 in E1'. injection E1' as <-. rewrite E2 in E2'. injection E2' as <-. lia. }
  assert (HITS : Holds (address_label sc) -> forall ls, cases sc = Some ls ->
                 Exists (hit C (heap w) (tagging w) (base_of F b) (offset_of F b)) ls).
  { intros HL ls CS. eapply access_hits; [exact FX|exact AS|exact MS|exact HL|exact CS]. }
  assert (HITD : Holds (address_label d) -> forall ls, cases d = Some ls ->
                 Exists (hit C (heap w) (tagging w) (base_of F a) (offset_of F a)) ls).
  { intros HL ls CS. eapply access_hits; [exact FX|exact AD|exact MD|exact HL|exact CS]. }
  inversion EF; subst F'; subst.
  match goal with Q : base_of F b = BObject ?k |- _ => rename Q into SN; rename k into ns end.
  match goal with Q : heap w ns = Some ?y |- _ => rename Q into MSO; rename y into so end.
  match goal with Q : changed _ _ _ _ |- _ => destruct Q as (nm & o & BN & M & ->) end.
  rewrite BN in WR. pose proof (copy_shell F a b c o so) as SH.
  set (xs := make_access bs fm 0 low high count 1 lb) in *. set (xd := make_access bd fd 0 low high count 1 lb) in *.
  match type of SH with same_shell o ?y => set (o' := y) in * end.
  destruct (cases d) as [ls|] eqn:CS.
  2: { destruct (anywhere_speaks A CP C X FX w0 entry F w v0 g nm o o' H M SH WR _ _ _ _ _ R) as [SP EV];
    [discriminate|].
       exact (rewritten_here A CP C FIT X w0 entry F w v0 g nm o o' H M SH _ SP WR EV). }
  assert (COUNT : Holds (address_label d) -> low <= integer F c <= high).
  { intro HL. exact (access_counted A CP C X FX _ _ _ _ _ _ _ _ _ _ _ _ _ _ AD BD ltac:(congruence) HL). }
  destruct ((match ls with [] => true | _ => false end) || match cases sc with Some [] => true | _ => false end)%bool
    eqn:UN.
  { exfalso. apply bind_inv in R as (k & q & g1 & g1' & R1 & R2 & ->). apply orb_true_iff in UN as [UN|UN].
    - destruct ls; [|discriminate]. eapply (access_reached A CP C ALARMS X FX w0 entry);
        [exact AD|exact MD|exact R2| |exact CS].
      intros v I. apply CT. rewrite !in_app_iff. auto 10.
    - destruct (cases sc) as [[|]|] eqn:CC; try discriminate.
      eapply (access_reached A CP C ALARMS X FX w0 entry); [exact AS|exact MS|exact R1| |exact CC].
      intros v I. apply CT. rewrite !in_app_iff. auto 10. }
  clear UN. apply bind_inv in R as (wd & s4 & e4 & e4' & WD & R & ->). unfold product in WD.
  apply lift_inv in WD as (WD & -> & ->). apply checked_inv in WD as [-> _].
  apply bind_inv in R as (u3 & s5 & e5 & e5' & DE & R & ->). apply bind_inv in R as (u4 & s6 & e6 & e6' & DL & R & ->).
  assert (EV : evolves A P C (clone_effects (the_clone_body X)) w0 (rewrite_object w nm o')).
  { eapply (cases_evolve A CP C FIT X FX w0 entry F w v0 g nm o o' H M SH WR a ls 0 (8 * Z.max high 0) (address_label
      d));
      [exact BN|exact DE|exact DL|intro HL; exact (HITD HL ls eq_refl)|].
    intros HL y bits q q' f HY BC. exact (copy_case_differs F w a b c o so high y bits q q' f (proj2 (COUNT HL)) HY
      BC). }
  assert (WEAK : forall q r q' f,
            (let* i := read_flag in
             let* il := (if i then
                           let* from := lift (cases sc) in
                           let* l := evidence_of_cases X g xs (address_label sc) from high in
                           ret (union (address_label sc) l)
                         else ret []) in
             let* g := each ls (weak_step high i il) g in
             let g := label_memory g (address_label d) in
             let* g := (if i then written_segment X g xd ls (union (address_label d) il) else ret g) in
             let* g := conclude X g xs sc in conclude X g xd d) q = Some (r, q', f) ->
            here A CP C X w0 entry F (rewrite_object w nm o') v0 r).
  { intros q res q' f W. apply bind_inv in W as (i & p1 & g1 & g1' & _ & W & _).
    apply bind_inv in W as (il & p2 & g2 & g2' & IL & W & _).
    apply bind_inv in W as (k & p3 & g3 & g3' & EA & W & _). cbn zeta in W.
    apply bind_inv in W as (k0 & p7 & g7 & g7' & WS & W & _).
    apply bind_inv in W as (k1 & p4 & g4 & g4' & C1 & C2 & _).
    eapply conclude_both; [exact AS|exact AD|exact MS|exact MD|exact M|exact SH|exact WR| |exact EV|exact C1|exact C2].
    assert (SRC : i = true -> Holds (address_label d) -> Holds il ->
              forall x, 8 * offset_of F b <= x < 8 * (offset_of F b + integer F c) -> initialised so x = true).
    { intros -> HL HI. apply bind_inv in IL as (from & p5 & g5 & g5' & CF & IL & _).
      apply lift_inv in CF as (CF & _ & _).
      apply bind_inv in IL as (le & p6 & g6 & g6' & EC & IL & _). apply ret_inv in IL as (<- & _ & _).
      apply union_holds in HI as [HS HE].
      eapply (source_initialised w0 entry F w v0 g b c ns so high H SN MSO);
        [eapply value_at; exact AS|exact (acc_number _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ AS)|exact EC|exact HE
        |exact (proj2 (COUNT HL))
        |split; [apply BS|apply BS; exists ns; auto]|auto]. }
    assert (SPK : speaks_rewritten A CP C w v0 g nm o' (label_memory k (address_label d))).
    { eapply (weak_speaks w0 entry F w v0 g a b c nm o so high H BN M ls i il (address_label d)); [exact EA| |].
      - intro HL. split; [exact (proj2 (COUNT HL))|exact (HITD HL ls eq_refl)].
      - intros E HL HI. apply copy_initialises. exact (SRC E HL HI). }
    destruct i; [|apply ret_inv in WS as (<- & _ & _); exact SPK].
    eapply (written_segment_speaks A CP C X FX w0 entry F w v0 g nm o' H);
      [exact SPK|eapply value_at; exact AD|exact (acc_number _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ AD)|exact BN
      | |exact WS].
    intro HL. apply union_holds in HL as [HL HI]. split; [exact (HITD HL ls eq_refl)|].
    apply destination_initialised. exact (SRC eq_refl HL HI). }
  apply bind_inv in R as (one & s7 & e7 & e7' & SG & R & ->).
  destruct one as [[tag z]|]; [destruct (low =? high) eqn:LH|].
  - unfold single_place in SG. destruct ls as [|y [|]]; try (monad; discriminate).
    destruct (single_offset y) as [z'|] eqn:SO; [|monad; discriminate].
    apply bind_inv in SG as (body & s10 & e10 & e10' & TB & SG & _). apply (tag_of_inv CP C X FX) in TB as (TB & _ & _).
    apply ret_inv in SG as (SG & _ & _). destruct (is_single body) eqn:SGL; [|discriminate]. injection SG as <- <-.
    apply bind_inv in R as (n1 & s11 & e11 & e11' & N1 & R & _). unfold product in N1.
    apply lift_inv in N1 as (N1 & _ & _). apply checked_inv in N1 as [-> _]. apply Z.eqb_eq in LH.
    apply bind_inv in R as (k & s12 & e12 & e12' & CE & R & _).
    apply bind_inv in R as (k1 & s13 & e13 & e13' & C1 & C2 & _).
    eapply conclude_both; [exact AS|exact AD|exact MS|exact MD|exact M|exact SH|exact WR| |exact EV|exact C1|exact C2].
    eapply (exactly_speaks w0 entry F w v0 g a b c nm ns o so high H M SN MSO); [exact CE|exact TB|exact SGL| | |].
    + intro HL. apply union_holds in HL. tauto.
    + intro HL. specialize (HITD HL _ eq_refl). inversion HITD as [? ? HY|? ? HN]; subst; [|inversion HN].
      pose proof (single_offset_hit C _ _ _ _ _ _ HY SO) as EZ. destruct HY as (k' & y' & EK & TK & _).
      rewrite BN in EK. injection EK as <-. split; [exact TK|]. split; [exact EZ|]. specialize (COUNT HL). lia.
    + intros HL l0 C0. apply union_holds in HL as [HS _]. auto.
  - eapply WEAK. exact R.
  - eapply WEAK. exact R.
Qed.

End Copy.
