(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * load: its rule is sound *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Loads Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs SimpleProofs TableProofs PredicateProofs WorldProofs.
From AICheck Require Import HitProofs CaseProofs WalkProofs AccessClaims AccessProofs ConcludeProofs RangeProofs.
From AICheck Require Import KnowProofs CoverProofs SourceProofs LoadedProofs.
Import ListNotations.
Open Scope Z_scope.

Section Load.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.

(** ** The loaded cell becomes a content *)

Lemma here_step_of_memory : forall w0 entry F w v g h, here A CP C X w0 entry F w v g -> memory_step g h ->
  consistent h ->
  (forall u, agrees g u v -> forall n f, PM.find n (facts h) = Some f -> Holds (label_of_fact h f) ->
    fact_holds P C (heap w) (tagging w) u (fst f)) ->
  (forall u, agrees g u v -> forall t c, In c (contents_of h t) -> Holds (label_of_content h c) ->
     content_holds C (heap w) (tagging w) u t c) ->
  (forall u, agrees g u v -> values_known C (heap w) (tagging w) u h) ->
  here A CP C X w0 entry F w v h.
Proof.
  intros w0 entry F w v g h [H D EX T B ACT] MS TH FH CH VK.
  assert (SS : same_symbols g h).
  { split; [apply (ms_integers _ _ MS)|]. split; [apply (ms_bases _ _ MS)|apply (ms_floats _ _ MS)]. }
  split; auto.
  - intros u AG. apply (agrees_same _ _ _ _ SS) in AG. pose proof (H u AG) as [N TR TS R MF MC SZ VX]. split; auto.
    + eapply numbers_same; [apply (ms_linear _ _ MS)|apply (ms_congruences _ _ MS)|apply (ms_exclusions _ _ MS)
        |exact N].
    + rewrite (ms_definitions _ _ MS). exact TR.
    + unfold own_offset. rewrite (ms_targets _ _ MS), (ms_offsets _ _ MS). exact TS.
    + rewrite (ms_ranges _ _ MS). exact R.
    + exact (FH u AG).
    + rewrite (ms_sizes _ _ MS). exact SZ.
    + exact (VK u AG).
  - intros r t R. apply (denotes_same _ _ _ _ _ _ _ _ SS).
    replace (symbolic_register h r t) with (symbolic_register g r t); [exact (D r t R)|].
    unfold symbolic_register. rewrite (ms_assigned _ _ MS). reflexivity.
  - rewrite (ms_assigned _ _ MS). exact EX.
  - rewrite (ms_integers _ _ MS), (ms_bases _ _ MS), (ms_floats _ _ MS). exact B.
Qed.

Lemma here_put_content : forall w0 entry F w v g tag keep p t sv label, here A CP C X w0 entry F w v g ->
  proper_type t ->
  (Holds label -> forall n o, tag_is C (tagging w) tag n -> heap w n = Some o ->
     exists x, cell o p (width t) (class_of t) = Some x /\ denotes C (heap w) (tagging w) v g sv (reduced t x) /\
               wholly_initialised o p (width t)) ->
  (exists x, denotes C (heap w) (tagging w) v g sv x) ->
  let h := add_content (keep_contents g tag keep) tag p t sv label in
  here A CP C X w0 entry F w v h /\ continues g v h v.
Proof.
  intros w0 entry F w v g tag keep p t sv label H PT CE [y DY] h. pose proof (tables _ _ _ _ _ _ _ _ _ _ H) as T.
  pose proof (weaker_keep_contents A P C g tag keep) as WK. set (k := keep_contents g tag keep) in *.
  assert (MS : memory_step g h) by (eapply memory_trans; [apply (wk_memory _ _ _ _ _ WK)|apply memory_add_content]).
  split; [|apply continues_memory; exact MS].
  apply (here_step_of_memory w0 entry F w v g h H MS).
  - apply consistent_add_content; [exact PT|]. apply (wk_consistent _ _ _ _ _ WK). exact T.
  - intros u AG n f Q L.
    apply (weaker_facts A P C g k (heap w) (tagging w) u (fun _ => True) WK T) with (n := n);
      [|exact Q|exact I|exact L].
    intros n' f' Q' _ L'. exact (memory_held _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H u AG) _ _ Q' L').
  - intros u AG u' c IN L. apply in_add_content in IN as [(-> & PO & TY & VA & LB & _)|IN].
    + assert (HL : Holds label).
      { unfold label_of_content in L. apply union_holds in L as [L _]. rewrite LB in L. exact L. }
      intros n o TI OM. destruct (CE HL n o TI OM) as (x & EX & D & WI). exists x. rewrite PO, TY, VA.
      split; [exact EX|].
      split; [exact (D u AG)|exact WI].
    + apply (weaker_contents A P C g k (heap w) (tagging w) u (fun _ => True) WK T) with (t := u') (c := c); auto.
      intros t' c' IN' _ L'. exact (contents_held _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H u AG) _ _ IN' L').
  - intros u AG u' c IN. apply in_add_content in IN as [(_ & _ & _ & -> & _)|IN]; [exists y; exact (DY u AG)|].
    apply (weaker_values A P C g k (heap w) (tagging w) u WK T) with (t := u') (c := c); auto.
    exact (values_exist _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H u AG)).
Qed.

Lemma fresh_is_loaded : forall g t s, fresh_value X g t s = loaded X g None None [] t [] s.
Proof.
  intros g [it| |f] s; cbn.
  - reflexivity.
  - reflexivity.
  - reflexivity.
Qed.

(** ** The rule *)

Notation kinds := [OutOfBoundsRead; MisalignedAccess; UninitializedRead].

Lemma extent_covers : forall ty p, 0 <= bit_of p -> bit_of p + width ty <= 8 * extent ty p.
Proof. intros ty p B. unfold extent. pose proof (Z.div_mod (bit_of p + width ty + 7) 8).
  pose proof (Z.mod_pos_bound (bit_of p + width ty + 7) 8). lia. Qed.

Lemma of_type_shape : forall ty y, of_type P ty y -> of_shape ty y.
Proof. intros [it| |f] [n|b z|v] T; cbn in *; auto. Qed.

Theorem load_sound : forall r ty volatile p a,
  rule_is_sound A CP C X (Load r ty volatile p a) (fun site g => load X g r ty volatile p a site).
Proof.
  intros r ty volatile p a site g s g' s' e w0 entry F w v0 behind _ H SF TK RI RULE CTL.
  pose proof (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) as RF.
  destruct (next_instruction CP C X FX _ _ _ _ _ SF RF RI) as (PT0 & WS & NA).
  cbn [well_shaped type_of operands_of] in PT0, WS, NA.
  repeat rewrite andb_true_iff in WS. destruct WS as [[GR KA] FP]. inversion NA as [|? ? NAL _]; subst.
  assert (PT : proper_type ty) by (destruct ty as [it| |]; cbn in PT0 |- *; auto; monad; split; auto).
  unfold fits_place in FP. repeat rewrite andb_true_iff in FP. destruct FP as [[[FA FB0] _] _]. apply Z.leb_le in FB0.
  assert (AL : 1 <= alignment_of p).
  { unfold is_power, exponent in FA. destruct (0 <? alignment_of p) eqn:Q; [apply Z.ltb_lt in Q; lia|discriminate]. }
  unfold load in RULE. apply bind_inv in RULE as ([b f] & s1 & e1 & e2 & PO & RULE & ->). cbv zeta in RULE.
  set (x := make_access b f (immediate_of p) (extent ty p) (extent ty p) (constant_form (extent ty p))
    (alignment_of p) []) in *.
  apply bind_inv in RULE as ([d c] & s2 & e3 & e4 & RA & RULE & ->).
  apply bind_inv in RULE as (u1 & s3 & e5 & e6 & ST & RULE & ->).
  apply bind_inv in RULE as (sh0 & s4 & e7 & e8 & SH0 & RULE & ->). unfold product in SH0.
  apply lift_inv in SH0 as (SH0 & <- & ->).
  apply checked_inv in SH0 as [-> _].
  apply bind_inv in RULE as (shift & s5 & e9 & e10 & SH & RULE & ->). unfold sum in SH.
  apply lift_inv in SH as (SH & <- & ->).
  apply checked_inv in SH as [-> _]. set (shift := 8 * immediate_of p + bit_of p) in *.
  apply bind_inv in RULE as ([g1 k] & s6 & e11 & e12 & SO & RULE & ->).
  apply bind_inv in RULE as (cl & s7 & e13 & e14 & CL & RULE & ->). apply lift_inv in CL as (CL & <- & ->).
  apply bind_inv in RULE as (u2 & s8 & e15 & e16 & UN & RULE & ->).
  assert (ACC : accessing A CP C X w0 entry F w v0 g a x (extent ty p) site kinds d c e3).
  { eapply make_accessing; [exact FIT|exact FX|exact H|exact NAL|exact KA|exact PO|apply exact_counts|
      apply constant_counts|exact AL|
      |exact RA].
    cbn. tauto. }
  set (n := extent ty p) in *. set (z := offset_of F a) in *.
  assert (POS : position F a p = 8 * z + shift) by (unfold position, shift, z; lia).
  assert (DM : demands P F (heap w) (Load r ty volatile p a) =
    duties F (heap w) a x n kinds (lifetime_kinds a ++ [OutOfBoundsRead; MisalignedAccess]) ++
    [(UninitializedRead, all_initialised (heap w) (base_of F a) (position F a p, position F a p + width ty))]).
  { pose proof (reading_duties F (heap w) a x n kinds ltac:(discriminate)) as RD. unfold duties in *.
    rewrite map_app in RD |- *. transitivity (reading (heap w) F a (z + access_immediate x) n ++
      [(MisalignedAccess, aligned (heap w) (base_of F a) (z + access_immediate x) (access_alignment x));
       (UninitializedRead, all_initialised (heap w) (base_of F a) (position F a p, position F a p + width ty))]);
         [reflexivity|].
    fold z in RD. rewrite RD, <- !app_assoc. reflexivity. }
  assert (FULL : Forall (due F (heap w) a x n kinds) (lifetime_kinds a ++ [OutOfBoundsRead; MisalignedAccess]) ->
                 Forall (due F (heap w) a x n kinds) (lifetime_kinds a ++ kinds)).
  { intro M. apply Forall_app in M as [M1 M2]. apply Forall_app. split; auto. inversion M2 as [|? ? D1 M3]; subst.
    inversion M3 as [|? ? D2 _]; subst. constructor; [exact D1|]. constructor; [exact D2|].
    constructor; [exact I|constructor]. }
  assert (AT : is_value (integers v0) g (access_form x) z) by (eapply value_at; exact ACC).
  (* Where the bytes are in the object, the cell is. *)
  assert (INSIDE : Forall (due F (heap w) a x n kinds) (lifetime_kinds a ++ kinds) ->
    forall o, names (heap w) (base_of F a) o ->
    0 <= 8 * z + shift /\ 8 * z + shift + width ty <= 8 * size o).
  { intros M o NM. apply Forall_app in M as [_ M]. inversion M as [|? ? D1 _]; subst.
    destruct D1 as (_ & o' & (k' & EB & OM) & Z0 & Z1). rewrite EB in NM. rewrite (named_is _ _ _ _ OM NM).
    pose proof (extent_covers ty p FB0). unfold shift, n, z, x in *. cbn in Z0, Z1. lia. }
  rewrite DM. split.
  - apply claims_behind.
    + eapply duties_claims with (k2 := [UninitializedRead]); eauto. intros v V. rewrite !in_app_iff in *. tauto.
    + intros q [<-|[]]. destruct (access_obligations _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC UninitializedRead)
        as (o & N & E).
      { apply in_or_app. right. right. right. left. reflexivity. }
      exists o. split; auto. apply Exists_exists in E as (v & V & Q). apply Exists_exists. exists v. split; auto.
      rewrite !in_app_iff. tauto.
    + intros M q o V N [UC UU]. apply duties_met in M. specialize (FULL M).
      inversion V as [? ? ? ND|? ? ? ? _ V']; subst; [|inversion V'].
      apply ND. clear ND V.
      destruct (claims_read _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC UninitializedRead) as (cl' & CF & Q).
      { apply in_or_app. right. right. right. left. reflexivity. }
      cbn in CF. rewrite CL in CF. injection CF as <-. rewrite (of_number _ _ _ _ _ Q) in N. injection N as <-.
      destruct (is_claimed cl) eqn:CC.
      2: { exfalso. apply UU. rewrite !in_app_iff. pose proof (of_unproved _ _ _ _ _ Q CC). tauto. }
      apply bind_inv in UN as (u3 & t3 & a3 & a4 & KI & UN & ->). apply demand_inv in KI as (KI & -> & ->).
      apply settle_inv in UN; auto. subst a4.
      assert (HL : Holds (union (claim_label d) (k_label k))) by (apply UC; rewrite !in_app_iff; cbn; tauto).
      apply union_holds in HL as [HC HL]. intros o y N Y.
      destruct (all_sources_hold A CP C FIT X FX w0 entry ty PT F w v0 g x (bit_of p) d shift _ _ _ _ _ H eq_refl SO)
        as (v1 & _ & _ & _ & KNONE & KS).
      destruct (cases d) as [l|] eqn:CS; [|destruct (KNONE eq_refl); congruence].
      destruct (INSIDE FULL o N) as [I1 I2].
      destruct (KS l (base_of F a) z o AT eq_refl) as [[BI _] _]; auto.
      * eapply claim_hits; eauto.
      * split; [exact I1|]. split; [exact I2|]. intros q1 w1 c1 y1 E1. destruct N as (kn & _ & OM). eapply TK; eauto.
      * apply BI; auto. rewrite POS in Y. unfold in_range in Y. cbn in Y. monad. lia.
  - intros F' m' M E. apply Forall_app in M as [M MI]. apply duties_met in M. specialize (FULL M).
    inversion MI as [|? ? INIT _]; subst. cbn in INIT.
    (* The value becomes that of the register, and the access is concluded. *)
    assert (FINISH : forall w' v' h sv y st' e', here A CP C X w0 entry F w' v' h ->
      denotes C (heap w') (tagging w') v' h sv y ->
      continues g v0 h v' -> (forall t' n', tag_is C (tagging w) t' n' -> tag_is C (tagging w') t' n') ->
      forall h2, (here A CP C X w0 entry (set_register F r y) w' v' (assign h r sv) ->
                  here A CP C X w0 entry (set_register F r y) w' v' h2 /\ continues (assign h r sv) v' h2 v') ->
      conclude X h2 x d st' = Some (g', s', e') -> here A CP C X w0 entry (set_register F r y) w' v' g').
    { intros w' v' h sv y st' e' H' D' C' TG h2 H2 CO.
      pose proof (here_register A CP C X w0 entry _ _ _ _ _ _ _ _ H' GR D') as H3.
      destruct (H2 H3) as [H4 C4].
      eapply access_concludes with (w' := w') (F' := set_register F r y);
        [exact FX|exact ACC|exact FULL|exact H4| |exact TG|exact CO].
      eapply continues_trans; [exact C'|]. eapply continues_trans; [apply continues_assign|exact C4]. }
    assert (TAGS : forall m1, forall t' n', tag_is C (tagging w) t' n' -> tag_is C (tagging {| heap := m1;
      tagging := tagging w |}) t' n')
      by auto.
    destruct (volatile || match cases d with Some [] => true | _ => false end)%bool eqn:VB.
    + (* Nothing is known of the value. *)
      apply bind_inv in RULE as ([h sv] & s9 & e17 & e18 & FV & CO & ->). cbn [fst snd] in CO.
      rewrite fresh_is_loaded in FV.
      assert (ANY : forall m1 y, here A CP C X w0 entry F {| heap := m1;
        tagging := tagging w |} v0 g -> of_shape ty y ->
        exists v', here A CP C X w0 entry (set_register F r y) {| heap := m1; tagging := tagging w |} v' g').
      { intros m1 y H' SY.
        destruct (all_sources_hold A CP C FIT X FX w0 entry ty PT F _ v0 g x (bit_of p) d shift _ _ _ _ _ H' eq_refl SO)
          as (v1 & H1 & C1 & _).
        destruct (loaded_holds A CP C X FX w0 entry ty PT F _ v1 g1 None None [] [] s8 h sv s9 e17 y H1 SY
                    ltac:(discriminate) ltac:(discriminate) FV) as (v2 & H2 & D2 & C2).
        exists v2. eapply FINISH; [exact H2|exact D2|eapply continues_trans; eauto|apply TAGS| |exact CO].
        intro H3. split; [exact H3|apply continues_refl]. }
      inversion E; subst.
      * match goal with Q : cell _ _ _ _ = Some ?v |- _ => destruct (ANY (heap w) (reduced ty v)) as (v' & HV) end.
        { apply here_world. exact H. }
        { apply reduced_shape; auto. eapply TK; eauto. }
        exists (tagging w), v'. unfold reduced in HV. exact HV.
      * match goal with M : heap w ?k = Some ?o, Q : cell ?o ?q _ _ = None, T : of_type _ _ ?v |- _ =>
          destruct (ANY (set_object (heap w) k (know_cell o q (width ty) (class_of ty) v)) v) as (v' & HV) end.
        { eapply here_know_cell; eauto. }
        { apply of_type_shape. assumption. }
        exists (tagging w), v'. exact HV.
      * match goal with T : of_type _ _ ?v |- _ => destruct (ANY (heap w) v) as (v' & HV) end.
        { apply here_world. exact H. }
        { apply of_type_shape. assumption. }
        exists (tagging w), v'. exact HV.
    + apply orb_false_iff in VB as [VF NE]. subst volatile.
      apply bind_inv in RULE as ([[vo qo] ql] & s9 & e17 & e18 & VQ & RULE & ->).
      apply bind_inv in RULE as ([h sv] & s10 & e19 & e20 & LD & RULE & ->).
      apply bind_inv in RULE as (g3 & s11 & e21 & e22 & PC & CO & ->).
      set (l := union (union (address_label d) (k_label k)) (alarm cl)) in *.
      assert (MAIN : forall m1 nm o y, here A CP C X w0 entry F {| heap := m1; tagging := tagging w |} v0 g ->
        base_of F a = BObject nm -> m1 nm = Some o -> cell o (8 * z + shift) (width ty) (class_of ty) = Some y ->
        wholly_initialised o (8 * z + shift) (width ty) -> holds_cell o (8 * z + shift) ty ->
        (Holds (address_label d) -> forall ls, cases d = Some ls -> Exists (hit C m1 (tagging w) (base_of F a) z) ls) ->
        exists v', here A CP C X w0 entry (set_register F r (reduced ty y)) {| heap := m1;
          tagging := tagging w |} v' g').
      { intros m1 nm o y H' EB OM EC WI HC HITS. set (w1 := {| heap := m1; tagging := tagging w |}) in *.
        destruct (all_sources_hold A CP C FIT X FX w0 entry ty PT F w1 v0 g x (bit_of p) d shift _ _ _ _ _ H' eq_refl
          SO)
          as (v1 & H1 & C1 & QP & KNONE & KS).
        assert (NM : names (heap w1) (base_of F a) o) by (eapply named; eauto).
        assert (LBL : Holds l -> Holds (address_label d) /\ Holds (k_label k)).
        { intro HL. apply union_holds in HL as [HL _]. apply union_holds in HL. exact HL. }
        pose proof (proj2 (proj2 HC) _ _ _ _ EC) as CLS.
        assert (KNOWN : (forall v, vo = Some v -> Holds l -> denotes C (heap w1) (tagging w1) v1 g1 v (reduced ty y)) /\
          (forall q, qo = Some q -> proper_predicate q /\
             (Holds l -> Holds ql -> satisfies_predicate C (heap w1) (tagging w1) q ty (reduced ty y)))).
        { assert (FLAG : (let* fl := read_flag in
                          if fl then let* q := declared_predicate X k ty in ret (None, Some q, []) else ret (None,
                            None, [])) s8 =
                         Some ((vo, qo, ql), s9, e17) ->
            (forall v, vo = Some v -> Holds l -> denotes C (heap w1) (tagging w1) v1 g1 v (reduced ty y)) /\
            (forall q, qo = Some q -> proper_predicate q /\
               (Holds l -> Holds ql -> satisfies_predicate C (heap w1) (tagging w1) q ty (reduced ty y)))).
          { intro FQ. apply bind_inv in FQ as (fl & t1 & a1 & a2 & _ & FQ & _). destruct fl.
            - apply bind_inv in FQ as (q & t2 & a3 & a4 & DQ & FQ & _). apply ret_inv in FQ as (FQ & _ & _).
              injection FQ as <- <- <-.
              split; [discriminate|]. intros q' EQ. injection EQ as <-.
              destruct (declared_proper X ty _ _ _ _ _ DQ) as [PR NP]. split; [exact PR|]. intros HL _.
              destruct (LBL HL) as [L1 L2]. destruct (cases d) as [ls|] eqn:CS; [|destruct (KNONE eq_refl); congruence].
              destruct (KS ls (base_of F a) z o AT eq_refl (HITS L1 _ eq_refl) NM HC) as [BT _].
              pose proof (declared_holds A CP C X ty PT _ _ _ _ _ _ _ _ _ DQ BT WI L2) as CSAT.
              unfold cell_satisfies in CSAT. rewrite EC in CSAT. apply satisfies_reduced; auto.
            - apply ret_inv in FQ as (FQ & _ & _). injection FQ as <- <- <-. split; discriminate. }
          destruct (k_value k) as [kv|] eqn:KV; [|exact (FLAG VQ)].
          destruct (cases d) as [[|one [|two lr]]|] eqn:CS; try exact (FLAG VQ).
          apply ret_inv in VQ as (VQ & _ & _). injection VQ as <- <- <-.
          assert (KT : Holds l -> known_true A CP C (heap w1) (tagging w1) v1 g1 o (8 * z + shift) ty k).
          { intro HL. destruct (LBL HL) as [L1 L2].
            destruct (KS [one] (base_of F a) z o AT eq_refl (HITS L1 _ eq_refl) NM HC) as [_ KO].
            exact (KO one eq_refl). }
          split.
          - intros v EV HL. injection EV as <-. destruct (LBL HL) as [_ L2].
            destruct (kn_value _ _ _ _ _ _ _ _ _ _ _ (KT HL) kv KV L2) as (y' & EC' & D). rewrite EC in EC'.
            injection EC' as <-. exact D.
          - intros q EQ. split; [exact (QP q EQ)|]. intros HL LQ. destruct (LBL HL) as [_ L2].
            apply satisfies_reduced; auto.
            exact (kn_predicate _ _ _ _ _ _ _ _ _ _ _ (KT HL) q y EQ L2 LQ EC). }
        destruct KNOWN as [KV KQ].
        destruct (loaded_holds A CP C X FX w0 entry ty PT F w1 v1 g1 vo qo ql l _ _ _ _ _ (reduced ty y) H1
                    (reduced_shape ty PT _ CLS) KV KQ LD) as (v2 & H2 & D2 & C2).
        exists v2. eapply FINISH; [exact H2|exact D2|eapply continues_trans; eauto|apply TAGS| |exact CO].
        intro H3. destruct (cases d) as [[|one [|two lr]]|] eqn:CS;
          try (apply ret_inv in PC as (<- & _ & _); split; [exact H3|apply continues_refl]).
        destruct (single_offset one) as [o1|] eqn:SI; [|apply ret_inv in PC as (<- & _ & _); split;
          [exact H3|apply continues_refl]].
        apply bind_inv in PC as (body & t1 & a1 & a2 & TB & PC & _). apply (tag_of_inv CP C X FX) in TB as (TB & _ & _).
        destruct (is_single body) eqn:SG; [|apply ret_inv in PC as (<- & _ & _); split;
          [exact H3|apply continues_refl]].
        apply bind_inv in PC as (p8 & t2 & a3 & a4 & P8 & PC & _). unfold product in P8.
        apply lift_inv in P8 as (P8 & _ & _).
        apply checked_inv in P8 as [-> _]. apply bind_inv in PC as (pn & t3 & a5 & a6 & PN & PC & _). unfold sum in PN.
        apply lift_inv in PN as (PN & _ & _). apply checked_inv in PN as [-> _]. apply ret_inv in PC as (<- & _ & _).
        apply here_put_content; [exact H3|exact PT| |eexists; eapply denotes_continues; [apply continues_assign|exact
          D2]].
        intros HL k1 o' TI OM'.
        pose proof (HITS HL _ eq_refl) as EX. inversion EX as [? ? HIT|? ? NO]; subst; [|inversion NO].
        pose proof (single_offset_hit _ _ _ _ _ _ _ HIT SI) as ZO. destruct HIT as (k2 & o2 & EB2 & TI2 & OM2 & _).
        rewrite EB in EB2. injection EB2 as <-.
        pose proof (single_object _ _ _ _ _ _ _ _ (act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) TB SG TI2
          TI). subst k1.
        cbn [heap w1] in OM'. rewrite OM in OM'. injection OM' as <-. rewrite <- ZO. exists y. split; [exact EC|].
        split; [|exact WI].
        eapply denotes_continues; [apply continues_assign|exact D2]. }
      assert (WHOLE : forall o, names (heap w) (base_of F a) o -> wholly_initialised o (8 * z + shift) (width ty)).
      { intros o NM y Y. apply (INIT o y NM). rewrite POS. unfold in_range. cbn. apply andb_true_iff.
        split; [apply Z.leb_le|apply Z.ltb_lt]; lia. }
      assert (HITS : Holds (address_label d) -> forall ls, cases d = Some ls ->
        Exists (hit C (heap w) (tagging w) (base_of F a) z) ls) by (intros HL ls CS; eapply access_hits; eauto).
      inversion E; subst.
      * match goal with B : base_of F a = BObject ?j, OM : heap w ?j = Some ?ob, Q : cell ?ob _ _ _ = Some ?y |- _ =>
          rename B into EB, OM into OM1, Q into EC; set (yy := y) in *; set (oo := ob) in *; set (nn := j) in * end.
        rewrite POS in EC. assert (NM : names (heap w) (base_of F a) oo) by (eapply named; eauto).
        destruct (INSIDE FULL oo NM) as [I1 I2].
        destruct (MAIN (heap w) nn oo yy) as (v' & HV); auto.
        { apply here_world. exact H. }
        { split; [exact I1|]. split; [exact I2|]. intros q1 w1 c1 y1 E1. eapply TK; eauto. }
        exists (tagging w), v'. exact HV.
      * match goal with B : base_of F a = BObject ?j, OM : heap w ?j = Some ?ob, Q : cell ?ob _ _ _ = None,
          T : of_type _ _ ?y |- _ =>
          rename B into EB, OM into OM1, Q into EC, T into TY; set (yy := y) in *; set (oo := ob) in *;
            set (nn := j) in * end.
        rewrite POS in *. assert (NM : names (heap w) (base_of F a) oo) by (eapply named; eauto).
        destruct (INSIDE FULL oo NM) as [I1 I2]. set (o1 := know_cell oo (8 * z + shift) (width ty) (class_of ty) yy)
          in *.
        assert (RY : reduced ty yy = yy).
        { clear - TY PT. destruct ty as [it| |fm], yy as [q| |]; cbn in *; auto. f_equal. apply wrap_small; auto. }
        destruct (MAIN (set_object (heap w) nn o1) nn o1 yy) as (v' & HV); auto.
        { eapply here_know_cell; eauto. }
        { unfold set_object. destruct (name_eq_dec nn nn); congruence. }
        { unfold o1. cbn. rewrite !Z.eqb_refl. destruct (class_eq_dec _ _); [reflexivity|congruence]. }
        { intros q Q. exact (WHOLE oo NM q Q). }
        { split; [exact I1|]. split; [exact I2|]. intros q1 w1 c1 y1 E1. destruct (cell oo q1 w1 c1) as [y2|] eqn:OLD.
          - pose proof (know_found oo (8 * z + shift) ty yy EC _ _ _ _ OLD) as KF. fold o1 in KF. rewrite E1 in KF.
            injection KF as <-.
            eapply TK; eauto.
          - destruct (know_new oo (8 * z + shift) ty yy _ _ _ OLD) as [KN|(_ & _ & -> & KN)]; fold o1 in KN;
              [congruence|].
            rewrite E1 in KN. injection KN as <-. eapply of_type_class; eauto. }
        { intros HL ls CS. eapply Exists_impl; [|exact (HITS HL ls CS)].
          intros one (k1 & o2 & EB1 & TI & OM2 & LV & REST).
          rewrite EB in EB1. injection EB1 as <-. rewrite OM1 in OM2. injection OM2 as <-.
          exists nn, o1. split; [exact EB|]. split; [exact TI|]. split; [|split; [exact LV|exact REST]].
          unfold set_object. destruct (name_eq_dec nn nn); congruence. }
        exists (tagging w), v'. rewrite RY in HV. exact HV.
Qed.

End Load.
