(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * store *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Hints Writes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs SpareProofs CutProofs WorldProofs WriteProofs
  RewriteProofs.
From AICheck Require Import FloatRanges PredicateProofs ValueProofs WritingProofs HitProofs ClaimProofs AccessClaims
  AccessProofs ConcludeProofs RangeProofs.
From AICheck Require Import SaneProofs.
From AICheck Require Import SegmentProofs.
Import ListNotations.
Open Scope Z_scope.

Section Store.
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
Notation weaker := (weaker A P C).
Variables (F : frame) (w : world) (v0 : valuation) (g : state).
Variables (t : type) (p : place) (a b : operand) (sv : svalue) (n : name) (o : object).
Hypothesis H : here F w v0 g.
Hypothesis PT : proper_type t.
Hypothesis BN : base_of F a = BObject n.
Hypothesis there : heap w n = Some o.
Hypothesis value : denotes C (heap w) (tagging w) v0 g sv (eval F b).
Hypothesis class_fits : class_of_value (eval F b) = class_of t.
Hypothesis in_type : forall u, t = TInteger u -> in_itype u (integer F b).
Notation first := (position F a p).
Notation o' := (put_cell o first (width t) (class_of t) (eval F b)).
Notation m' := (set_object (heap w) n o').
Notation hit := (hit C (heap w) (tagging w) (base_of F a) (offset_of F a)).

Lemma store_shell : same_shell o o'.
Proof. apply shell_content. Qed.
Lemma there_shells : same_shells (heap w) m'.
Proof. exact (shells_set _ _ _ _ there store_shell). Qed.

Lemma value_reduced : reduced t (eval F b) = eval F b.
Proof.
  unfold reduced, integer in *. destruct t as [u| |f]; auto. destruct (eval F b); auto. f_equal. apply wrap_small; auto.
Qed.

Lemma stored_here : cell o' first (width t) (class_of t) = Some (eval F b).
Proof. cbn. rewrite !Z.eqb_refl. cbn. destruct (class_eq_dec (class_of t) (class_of t)); congruence. Qed.

Lemma stored_bits : wholly_initialised o' first (width t).
Proof. intros x I. cbn. apply orb_true_iff. left. unfold in_range. cbn. apply andb_true_iff.
split; [apply Z.leb_le|apply Z.ltb_lt]; lia. Qed.

(** A row of which the cell is one, or which it does not touch, goes on to hold. *)
Lemma row_stored : forall z row count stride ty u q, proper_about (Cells row count stride ty u q) ->
  same_cell ty t = true ->
  (step_between stride ty | first - row) -> satisfies_predicate C m' (tagging w) q ty (eval F b) ->
  says P C m' (tagging w) z o (Cells row count stride ty u q) ->
  says P C m' (tagging w) z o' (Cells row count stride ty u q).
Proof.
  intros z row count stride ty u q PR SC [i D] SP S k K. specialize (S k K). cbn zeta in *.
  destruct (same_cell_is _ _ SC) as [WE CE]. destruct PR as (C1 & ST & T & _). pose proof (type_has_bits _ T) as W.
  set (d := step_between stride ty) in *.
  assert (DD : width ty <= d /\ k * stride = k * d).
  { unfold d, step_between. destruct (count =? 1) eqn:E; monad; booleans.
    - subst stride. cbn. assert (k = 0) by lia. subst k. lia.
    - destruct (stride =? 0) eqn:Z0; monad; booleans; lia. }
  destruct DD as [DW DK]. rewrite DK in *. destruct (Z.eq_dec (row + k * d) first) as [E|N].
  - left. rewrite E in *. rewrite WE. split; [exact stored_bits|]. unfold cell_satisfies.
    rewrite WE, CE, stored_here. exact SP.
  - assert (AP : overlap (first, first + width t) (row + k * d) (width ty) = false).
    { unfold overlap. cbn. rewrite WE in *. apply andb_false_iff. assert (i <> k) by nia.
      destruct (Z.lt_ge_cases i k); [right|left]; apply Z.ltb_ge; nia. }
    assert (CELL : cell o' (row + k * d) (width ty) (class_of ty) = cell o (row + k * d) (width ty) (class_of ty)).
    { cbn [put_cell with_content cell]. rewrite AP. destruct (row + k * d =? first) eqn:Q; monad;
        [congruence|reflexivity]. }
    assert (BITS : wholly_initialised o' (row + k * d) (width ty) <-> wholly_initialised o (row + k * d) (width ty)).
    { unfold wholly_initialised. cbn [put_cell with_content initialised].
      assert (OUT : forall x, row + k * d <= x < row + k * d + width ty -> in_range (first, first + width t) x = false).
      { intros x I. unfold in_range, overlap in *. cbn in *. apply andb_false_iff in AP as [AP|AP];
          apply andb_false_iff; booleans;
          [left; apply Z.leb_gt|right; apply Z.ltb_ge]; lia. }
      split; intros Q x I; specialize (Q x I); rewrite (OUT x I) in *; exact Q. }
    rewrite BITS. unfold cell_satisfies in *. rewrite CELL. exact S.
Qed.

(** What a weak store keeps. *)
Lemma store_keeps : forall z j ab ps shift s l s' e x s1 s2 e1, weaker g j -> proper_about ab ->
  first = 8 * offset_of F a + shift ->
  keeps_store X j ab ps t sv s = Some (l, s', e) -> Holds l -> hit x ->
  positions_of_case x shift s1 = Some (ps, s2, e1) ->
  says P C m' (tagging w) z o ab -> says P C m' (tagging w) z o' ab.
Proof.
  intros z j ab ps shift s l s' e x s1 s2 e1 W PR FS KS HL HX PC. unfold keeps_store in KS.
  destruct ab as [row count stride ty u q| | | | | | | |]; try discriminate KS.
  apply bind_inv in KS as (pos & s3 & e2 & e3 & Q & KS & _). apply lift_inv in Q as (Q & _ & _). subst ps.
  apply bind_inv in KS as (u1 & s4 & e4 & e5 & SC & KS & _). apply demand_inv in SC as (SC & _ & _).
  apply bind_inv in KS as (d & s5 & e6 & e7 & D & KS & _). unfold difference in D. monad.
  match goal with Q : (_ || _)%bool = true |- _ => rename Q into AL end.
  destruct (positions_hit C _ _ _ _ _ _ _ _ _ _ HX PC) as (k & K0 & KE & KL & KS8).
  pose proof (type_has_bits _ (proj1 (proj2 (proj2 PR)))) as WP.
  set (st := step_between stride ty) in *.
  assert (SP : 0 < st).
  { destruct PR as (C1 & ST & _). unfold st, step_between. destruct (stride =? 0) eqn:Z0; monad; booleans; [lia|].
    destruct (count =? 1); monad; lia. }
  apply row_stored; auto.
  - fold st. rewrite FS, KE. assert (D1 : (st | first_of pos - row)) by (apply Z.mod_divide; lia).
    apply orb_true_iff in AL as [AL|AL]; monad.
    + assert (k = 0) by nia. subst k. replace (first_of pos + 0 * step_of pos - row) with (first_of pos - row) by
        lia. exact D1.
    + assert (D2 : (st | step_of pos)) by (apply Z.mod_divide; lia).
      replace (first_of pos + k * step_of pos - row) with ((first_of pos - row) + k * step_of pos) by lia.
      apply Z.divide_add_r; auto. apply Z.divide_mul_r. exact D2.
  - apply (shells_predicate C (heap w) m' (tagging w) there_shells).
    eapply (satisfies_holds A CP C (heap w) (tagging w) X FX v0 j sv t q ty); [| | | | | | | |exact KS|exact HL]; auto.
    + apply (weaker_state A CP C (heap w) (tagging w) v0 g j W (tables _ _ _ _ _ _ _ _ _ _ H)).
      apply (held _ _ _ _ _ _ _ _ _ _ H). apply agrees_refl.
    + apply (wk_consistent _ _ _ _ _ W). apply (tables _ _ _ _ _ _ _ _ _ _ H).
    + apply PR.
    + apply PR.
    + destruct (same_cell_is _ _ SC) as [E1 E2]. unfold same_cell. rewrite E1, E2, Z.eqb_refl.
      destruct (class_eq_dec _ _); [reflexivity|congruence].
    + rewrite value_reduced. apply value. apply agrees_refl.
Qed.

(** The cell that is stored, of the one object of the tag. *)
Lemma content_stored : forall u body l tm v, tag_is C (tagging w) u n -> PM.find u (tags C) = Some body ->
  is_single body = true ->
  agrees g v v0 -> content_holds C m' (tagging w) v u
    {| position_of := first; content_type := t; content_value := sv; content_label := l; content_time := tm |}.
Proof.
  intros u body l tm v T B S AG k y TK M. cbn. assert (EK : k = n).
  { unfold tag_is in *. rewrite B in *.
    destruct body, n, k; try contradiction; try congruence; f_equal;
      eapply (singles _ _ _ _ (act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H))); eauto. }
  subst k. rewrite (set_there (heap w) n o') in M. injection M as <-. exists (eval F b). split; [exact stored_here|].
  split; [|exact stored_bits]. change (is_symbolic C m' (tagging w) v sv (reduced t (eval F b))). rewrite value_reduced.
  apply (shells_symbolic C _ _ _ there_shells). apply value. exact AG.
Qed.

End One.

Definition write_kinds : list kind := [OutOfBoundsWrite; MisalignedAccess; WriteToConstant].

Theorem store_is_sound : forall t p a b, rule_is_sound A CP C X (Store t p a b) (fun site g => store X g t p a b site).
Proof.
  intros t p a b site g s g' s' e w0 entry F w v0 l _ H SF _ RI R CT.
  destruct (next_instruction CP C X FX _ _ _ _ _ SF (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) RI)
    as (PT & WS & OA). cbn in PT, WS, OA. apply checked_proper in PT.
  inversion OA as [|? ? NA OB]; subst. inversion OB as [|? ? NB _]; subst. clear OA OB.
  apply andb_true_iff in WS as [WS PL]. apply andb_true_iff in WS as [KA KB].
  assert (AL : 1 <= alignment_of p).
  { unfold fits_place in PL. do 3 (apply andb_true_iff in PL as [PL _]). apply is_power_positive. exact PL. }
  unfold store in R. apply bind_inv in R as ([base f] & s1 & e1 & e1' & PO & R & ->).
  destruct (pointer_operand A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ _ H NA KA PO) as (_ & _ & -> & ->).
  apply bind_inv in R as (sv & s2 & e2 & e2' & VO & R & ->).
  destruct (value_of_denotes A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ _ H NB (is_class CP _ _ _ KB) VO) as (DV & ->
    & ->).
  cbn [app] in *. cbv zeta in R. set (n := extent t p) in *.
  set (x := make_access base f (immediate_of p) n n (constant_form n) (alignment_of p) []) in *.
  apply bind_inv in R as ([d c] & s3 & e3 & e3' & RA & R & ->).
  assert (ACC : accessing A CP C X w0 entry F w v0 g a x n site write_kinds d c e3).
  { eapply (make_accessing A CP C FIT X FX w0 entry); eauto; [apply exact_counts|apply constant_counts|cbn; tauto]. }
  apply bind_inv in R as (u1 & s4 & e4 & e4' & SE & R & ->).
  assert (DM : demands P F (heap w) (Store t p a b) =
               map (fun k => (k, due F (heap w) a x n write_kinds k)) (lifetime_kinds a ++ write_kinds)).
  { cbn [demands]. unfold writing. rewrite map_app, <- app_assoc. f_equal. destruct a; reflexivity. }
  rewrite DM. split.
  { split.
    - intros k I. rewrite map_map, map_id in I.
      destruct (access_obligations _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC k I) as (ob & ON & EV). exists ob.
      split; [exact ON|].
      apply Exists_app. left. exact EV.
    - intros k ob VI ON. eapply access_upholds; [exact FX|exact ACC|exact SE| |exact VI|exact ON].
      intros v I. rewrite app_assoc. apply in_or_app. left. exact I. }
  intros F' m' MET EF. apply met_kinds in MET. exists (tagging w), v0.
  inversion EF; subst F'; subst. match goal with Q : changed _ _ _ _ |- _ => rename Q into CH end.
  match goal with Q : forall _, _ -> in_itype _ _ |- _ => rename Q into IT end.
  destruct CH as (nm & o & BN & M & ->).
  pose proof (operand_class_here A CP C X FX w0 entry F w v0 g b _ H SF KB) as CV.
  set (o' := put_cell o (position F a p) (width t) (class_of t) (eval F b)) in *.
  assert (SH : same_shell o o') by apply shell_content.
  assert (WR : writable (heap w) (BObject nm)).
  { rewrite <- BN. apply Forall_app in MET as [_ MET]. do 2 (inversion MET as [|? ? _ MET']; subst; clear MET;
      rename MET' into MET).
    inversion MET; subst. assumption. }
  assert (HITS : Holds (address_label d) -> forall ls, cases d = Some ls ->
                 Exists (hit C (heap w) (tagging w) (base_of F a) (offset_of F a)) ls).
  { intros HL ls CS. eapply access_hits; [exact FX|exact ACC|exact MET|exact HL|exact CS]. }
  assert (CONC : forall k s k' s' e, speaks_rewritten A CP C w v0 g nm o' k ->
    evolves A P C (clone_effects (the_clone_body X)) w0 (rewrite_object w nm o') ->
                 conclude X k x d s = Some (k', s', e) -> here A CP C X w0 entry F (rewrite_object w nm o') v0 k').
  { intros k q k' q' e' SP EV CO.
    eapply (access_concludes A CP C X FX w0 entry F w v0 g a x n site write_kinds d c e3 ACC MET); [| | |exact CO].
    - apply (rewritten_here A CP C FIT X w0 entry F w v0 g nm o o' H M SH k SP WR EV).
    - apply continues_memory. apply (speaks_step _ _ _ _ _ _ _ _ _ SP).
    - auto. }
  apply bind_inv in R as (sh0 & s5 & e5 & e5' & SH0 & R & ->).
  apply bind_inv in R as (shift & s6 & e6 & e6' & SH1 & R & ->).
  unfold product, sum in SH0, SH1. monad.
  set (shift := 8 * immediate_of p + bit_of p) in *.
  assert (FS : position F a p = 8 * offset_of F a + shift) by (unfold position, shift; lia).
  pose proof (type_has_bits _ PT) as W.
  assert (DIFF : forall y r s s' e, hit C (heap w) (tagging w) (base_of F a) (offset_of F a) y ->
                 bits_of_case y shift (width t) s = Some (r, s', e) -> differs_in r o o').
  { intros y r q q' e' HY BC. apply put_differs; [exact W|]. intros p' w' O. rewrite FS in O.
    exact (bits_hit C _ _ _ _ _ _ _ _ _ _ _ _ _ HY BC O). }
  destruct (cases d) as [[|y ls]|] eqn:CS.
  - exfalso. eapply (access_reached A CP C ALARMS X FX w0 entry); [exact ACC|exact MET|exact R| |exact CS].
    intros q I. apply CT. rewrite !in_app_iff. auto 10.
  - set (cs := y :: ls) in *. 
    apply bind_inv in R as (u2 & s7 & e7 & e7' & DE & R & ->).
    apply bind_inv in R as (u3 & s8 & e8 & e8' & DL & R & ->).
    assert (EV : evolves A P C (clone_effects (the_clone_body X)) w0 (rewrite_object w nm o')).
    { eapply (cases_evolve A CP C FIT X FX w0 entry F w v0 g nm o o' H M SH WR a cs shift (width t) (address_label d));
        [exact BN|exact DE|exact DL|intro HL; exact (HITS HL cs eq_refl)|intros _; exact DIFF]. }
    apply bind_inv in R as (strong & s9 & e9 & e9' & SG & R & ->). destruct strong as [[tag z]|].
    + unfold single_place in SG. subst cs. destruct ls; [|monad; discriminate].
      destruct (single_offset y) as [z'|] eqn:SO; [|monad; discriminate].
      apply bind_inv in SG as (body & s10 & e10 & e10' & TB & SG & _).
      apply (tag_of_inv CP C X FX) in TB as (TB & _ & _).
      apply ret_inv in SG as (SG & _ & _). destruct (is_single body) eqn:SB; [|discriminate]. injection SG as <- <-.
      apply bind_inv in R as (n1 & s11 & e11 & e11' & N1 & R & _).
      apply bind_inv in R as (n2 & s12 & e12 & e12' & N2 & R & _).
      apply bind_inv in R as (n3 & s13 & e13 & e13' & N3 & R & _). unfold product, sum in N1, N2, N3.
      apply lift_inv in N1 as (N1 & _ & _). apply checked_inv in N1 as [-> _]. apply lift_inv in N2 as (N2 & _ & _).
      apply checked_inv in N2 as [-> _]. apply lift_inv in N3 as (N3 & _ & _). apply checked_inv in N3 as [-> _].
      apply bind_inv in R as (k & s14 & e14 & e14' & CU & R & _).
      assert (ONE : Holds (address_label d) -> tag_is C (tagging w) (case_tag y) nm /\ position F a p = 8 * z' + shift).
      { intro HL. specialize (HITS HL _ eq_refl). inversion HITS as [? ? HY|? ? HN]; subst; [|inversion HN].
        pose proof (single_offset_hit C _ _ _ _ _ _ HY SO) as Z. destruct HY as (k' & y' & EK & TK & _).
        rewrite BN in EK. injection EK as <-. split; [exact TK|]. rewrite FS, Z. reflexivity. }
      eapply CONC; [|exact EV|exact R].
      apply (speaks_content A CP C w v0 g nm o'); [|exact PT| |].
      * eapply (cut_speaks A CP C FIT X w0 entry F w v0 g nm o o' H M SH); [exact CU|]. intro HL.
        destruct (ONE HL) as [TK FP].
        split; [exact TK|]. split; [|intros _; apply put_initialises]. apply put_differs; [exact W|]. rewrite FP.
        apply covers_exactly.
      * intros HL v tm AG. destruct (ONE HL) as [TK FP]. rewrite <- FP.
        eapply (content_stored w0 entry F w v0 g t p a b sv nm o); eauto.
      * intros v AG. eauto.
    + apply bind_inv in R as (k & s10 & e10 & e10' & EA & R & _). cbv zeta in R.
      apply bind_inv in R as (k0 & s11 & e11 & e11' & WS & R & _).
      assert (T : consistent g) by apply (tables _ _ _ _ _ _ _ _ _ _ H).
      assert (SPK : speaks_rewritten A CP C w v0 g nm o' (label_memory k (address_label d))).
      { edestruct (each_case A CP C) with (g0 := g) (Q := fun y k => hit C (heap w) (tagging w) (base_of F a)
          (offset_of F a) y ->
          survives A CP C w nm o o' (case_tag y) k) as [WK Q]; [|apply (weaker_refl A P C g)|exact EA|].
        2: { apply (labelled_speaks A CP C FIT X w0 entry F w v0 g nm o o' H M SH); [exact WK|]. intro HL.
             specialize (HITS HL _ eq_refl). apply Exists_exists in HITS as (y' & I & HY).
             destruct (Q y' I) as (k' & W1 & W2 & SV).
             exists (case_tag y'), k'. auto. }
        intros y' k1 q k2 q' e' I W1 BO. cbn beta in BO. apply bind_inv in BO as (r & q1 & f1 & f1' & BC & BO & _).
        apply bind_inv in BO as (ps & q2 & f2 & f2' & PC & BO & _).
        edestruct (weaken_survives A CP C w nm o o' SH) with (kept := fun ab => hit C (heap w) (tagging w) (base_of F a)
          (offset_of F a) y' ->
          forall i, says P C (set_object (heap w) nm o') (tagging w) i o ab ->
          says P C (set_object (heap w) nm o') (tagging w) i o' ab)
          as [W2 SV]; [exact (wk_consistent _ _ _ _ _ W1 T)| |exact BO|].
        2: { split; [exact W2|]. intro HY. apply SV; auto.
             - destruct HY as (k' & o2 & EK & TK & _). rewrite BN in EK. injection EK as <-. exact TK.
             - exact (DIFF y' r _ _ _ HY BC).
             - apply put_initialises. }
        intros j ab q3 lb q4 f4 W3 PR KS HL HY i0.
        cbn beta in KS. assert (WJ : weaker A P C g j) by (eapply weaker_trans; eauto).
        eapply (store_keeps w0 entry F w v0 g t p a b sv nm o) with (j := j); eauto. }
      eapply CONC; [|exact EV|exact R].
      destruct ((bit_of p =? 0) && (width t mod 8 =? 0))%bool eqn:WB; [|apply ret_inv in WS as (<- & _ & _); exact SPK].
      apply andb_true_iff in WB as [B0 W8]. apply Z.eqb_eq in B0, W8.
      eapply (written_segment_speaks A CP C X FX w0 entry F w v0 g nm o' H);
        [exact SPK|eapply value_at; exact ACC|exact (acc_number _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC)|exact BN
        | |exact WS].
      intro HL. split; [exact (HITS HL cs eq_refl)|]. intros z B _. cbn in B |- *. apply orb_true_iff. left.
      assert (N8 : 8 * n = width t).
      { unfold n, extent. rewrite B0. apply Z.mod_divide in W8 as [q Q]; [|lia]. rewrite Q.
        replace (0 + q * 8 + 7) with (7 + q * 8) by lia. rewrite Z.div_add by lia. change (7 / 8) with 0. lia. }
      unfold in_range, position. cbn [fst snd]. rewrite B0. apply andb_true_iff.
      split; [apply Z.leb_le|apply Z.ltb_lt]; lia.
  - destruct (anywhere_speaks A CP C X FX w0 entry F w v0 g nm o o' H M SH WR _ _ _ _ _ R) as [SP EV].
    { intros _. apply put_initialises. }
    exact (rewritten_here A CP C FIT X w0 entry F w v0 g nm o o' H M SH _ SP WR EV).
Qed.

End Store.
