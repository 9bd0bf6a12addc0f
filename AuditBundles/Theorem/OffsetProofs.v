(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Pointer arithmetic: the rules of offsets and differences are sound *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Pointers Scripts Checker
  Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs DivisionProofs.
From AICheck Require Import Concretization Worlds Invariant StateProofs OperandProofs GuardProofs ClaimProofs
  SimpleProofs BaseProofs.
From AICheck Require Import PointerProofs.
From AICheck Require Import TargetProofs.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Offsets.
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

(** ** offset *)

(** Behind an offset that stayed in an object its other cases are gone. *)
Lemma narrow_offset_holds : forall w0 entry F w v0 g b f c z n o al s h s' e, here A CP C X w0 entry F w v0 g ->
  denotes C (heap w) (tagging w) v0 g (SPointer b f) (VPointer c z) -> c = BObject n -> heap w n = Some o ->
    alive o = true ->
  0 <= z <= size o -> narrow_offset X g b f al s = Some (h, s', e) -> here A CP C X w0 entry F w v0 h.
Proof.
  intros w0 entry F w v0 g b f c z n o al s h s' e H D -> M AL Z0 NO. unfold narrow_offset in NO.
  pose proof (world_tagged A CP C X w0 entry F w v0 g H) as TG.
  destruct (cases_of g b) as [[l tl]|] eqn:CA; [|apply ret_inv in NO as (<- & _); exact H].
  apply bind_inv in NO as ([kept most] & s1 & e1 & e2 & OC & NO & _).
  destruct (object_cases_hold CP C FIT X FX _ _ _ _ _ _ _ _ OC) as (K1 & _ & K3 & _).
  assert (IN : Holds (union tl al) -> forall v, agrees g v v0 ->
     exists q, In q kept /\ in_entry C (heap w) (tagging w) q (BObject n) (own v g b) /\
               forall y, most = Some y -> size o <= y).
  { intros L v AG. apply union_holds in L as [L _]. pose proof (held _ _ _ _ _ _ _ _ _ _ H v AG) as SH.
    pose proof (cases_hold A CP C (heap w) (tagging w) v g SH _ _ _ _ CA L (base_here _ _ _ _ _ _ _ _ _ _ D AG)) as I.
    apply Exists_exists in I as (q & I & IE). exists q. pose proof (proj1 IE) as HT.
    destruct (PM.find (entry_tag q) (tags C)) as [body|] eqn:T.
    - pose proof (tag_of_living CP C FIT (heap w) (tagging w) _ _ _ _ T HT M AL) as OB.
      destruct (K3 q body I T OB) as [IK SZ].
      split; [exact IK|]. split; [exact IE|]. intros y E. destruct (SZ y E) as (y' & TS & LE).
      destruct (object_of_tag C (heap w) (tagging w) _ _ _ T OB HT) as (n' & E' & TI). injection E' as <-.
      destruct (object_with_tag CP C (heap w) (tagging w) TG _ _ _ T OB TI) as (o' & M' & _ & SO). rewrite M in M'.
      injection M' as <-.
      rewrite (SO y' TS). exact LE.
    - unfold has_tag in HT. rewrite T in HT. destruct HT as (n' & _ & TI). unfold tag_is in TI. rewrite T in TI.
      contradiction. }
  destruct kept as [|k0 kept].
  { apply ret_inv in NO as (<- & _ & _). apply here_contradiction; auto. intro L.
    destruct (IN L v0 (agrees_refl _ _)) as (q & [] & _). }
  set (kk := k0 :: kept) in *. apply bind_inv in NO as (g1 & s2 & e3 & e4 & MC & NO & _).
  apply ret_inv in NO as (<- & _ & _).
  assert (H1 : here A CP C X w0 entry F w v0 g1 /\ same_symbols g g1).
  { destruct b as [t|x]; [apply ret_inv in MC as (<- & _); split; [exact H|repeat split]|].
    destruct (Nat.eqb (length kk) (length l)); [apply ret_inv in MC as (<- & _); split; [exact H|repeat split]|].
    pose proof (tables _ _ _ _ _ _ _ _ _ _ H) as TB.
    eapply (here_current A CP C X FX) in MC as (H1 & _ & SS & _);
      [split; [exact H1|exact SS]|exact H|exact (targets_scoped _ TB _ _ CA)| |].
    - pose proof (targets_proper _ TB _ _ _ CA) as TP. rewrite Forall_forall in *. intros q I. apply K1 in I as [[]|I].
      auto.
    - intros L v AG. destruct (IN L v AG) as (q & IK & IE & _). apply Exists_exists. exists q. split; auto.
      rewrite (base_here _ _ _ _ _ _ _ _ _ _ D AG : bases v x = BObject n). exact IE. }
  destruct H1 as [H1 SS]. apply here_bounds; auto. intros L v AG. apply (agrees_same _ _ _ _ SS) in AG.
  rewrite (offset_here _ _ _ _ _ _ _ _ _ _ D AG). destruct (IN L v AG) as (q & _ & _ & SZ). split; cbn; [lia|].
  destruct most as [y|]; auto. specialize (SZ y eq_refl). lia.
Qed.

Theorem offset_sound : forall r a b k check, sound (Offset r a b k check).
Proof.
  intros r a b k check. begin_rule FX. destruct WS as [[[G KA] KB] _]. unfold offset_pointer in RULE.
  apply bind_inv in RULE as ([base old] & s1 & e1 & e2 & IA & RULE & ->).
  apply bind_inv in RULE as (index & s2 & e3 & e4 & IB & RULE & ->).
  eapply (pointer_operand A CP C FIT X FX) in IA as (DA & _ & _ & _); eauto.
  eapply (integer_operand A CP C FIT X FX) in IB as (VB & _ & _ & _); eauto.
  destruct (or_fresh g (add_scaled old index k)) as [g1 moved] eqn:OF.
  set (z := offset_of F a + integer F b * k) in *.
  assert (GV : gives A (integers v0) g g1 moved z).
  { eapply or_fresh_gives; [eapply known_at; eauto| |exact OF]. intros p E v AG.
    rewrite (add_scaled_eval v _ _ _ _ E), (VB v AG).
    rewrite (denotes_offset _ _ _ _ _ _ _ _ _ DA v AG). unfold z. lia. }
  destruct (here_gives _ _ _ _ _ _ _ _ _ _ _ _ _ GV H) as (v1 & H1 & D1 & TR).
  assert (D2 : denotes C (heap w) (tagging w) v1 g1 (SPointer base moved) (VPointer (base_of F a) z)).
  { intros v AG. specialize (D1 v AG). specialize (TR _ _ DA v AG). cbn in *. tauto. }
  pose proof (here_register A CP C X w0 entry F w v1 g1 r CPointer _ _ H1 G D2) as H2'.
  set (g2 := assign g1 r (SPointer base moved)) in *.
  assert (D3 : denotes C (heap w) (tagging w) v1 g2 (SPointer base moved) (VPointer (base_of F a) z))
    by (apply (denotes_same C _ _ _ g1); [repeat split|exact D2]).
  assert (VI : is_constant index = true -> integer F b = snd index) by (intro K; eapply constant_value; eauto).
  assert (ZI : is_zero index = true -> integer F b = 0).
  { intro K. rewrite <- (VB _ (agree_refl _ _)). apply zero_form. exact K. }
  destruct check.
  2: { apply ret_inv in RULE as (<- & _ & _). split; [apply claims_none|]. intros F' m' _ E. inversion E; subst.
       exists (tagging w), v1. apply here_world. exact H2'. }
  apply bind_inv in RULE as (c & s3 & e5 & e6 & R & RULE & ->). split.
  - apply claims_app. right. apply claims_app. right. cbn [demands]. apply claims_one;
      [apply spoken_app; left; eapply read_claim_spoken; eauto|]. eapply claim_shown; eauto. intros CL HL.
      rewrite CL in RULE.
    apply bind_inv in RULE as (sel & s4 & e7 & e8 & _ & RULE & ->).
    apply bind_inv in RULE as (l & s5 & e9 & e10 & CS & RULE & ->).
    apply bind_inv in RULE as (u & s6 & e11 & e12 & ST & RULE & ->). apply settle_inv in ST; auto. subst e11.
    assert (LL : Holds l) by (apply HL; repeat (rewrite !in_app_iff; cbn); tauto). clear HL.
    destruct (sel =? 0); [|destruct (sel =? 1); [|discriminate]].
    + left. apply bind_inv in CS as (u' & s7 & e13 & e14 & DE & _ & _). apply demand_inv in DE as (DE & _ & _).
      apply orb_true_iff in DE as [DE|DE]; [apply Z.eqb_eq in DE; subst k; lia|rewrite (ZI DE); reflexivity].
    + right. apply bind_inv in CS as ([es tl] & s7 & e13 & e14 & CA & CS & _). apply lift_inv in CA as (CA & _ & _).
      apply bind_inv in CS as (l' & s8 & e15 & e16 & OB & CS & _). apply ret_inv in CS as (<- & _ & _).
      cbn [fst snd] in *.
      apply union_holds in LL as [LT LL]. pose proof (held _ _ _ _ _ _ _ _ _ _ H2' v1 (agrees_refl _ _)) as SH.
      pose proof (cases_hold A CP C (heap w) (tagging w) v1 g2 SH _ _ _ _ CA LT
        (base_here _ _ _ _ _ _ _ _ _ _ D3 (agrees_refl _ _))) as IT.
      apply Exists_exists in IT as (q & IQ & IE).
      pose proof (offset_by_case_holds A CP C X FX (heap w) (tagging w) (world_tagged A CP C X w0 entry F w v0 g H) v1
        g2 SH
                    _ _ _ _ _ _ _ _ _ _ OB LL LT IQ IE) as (o & NM & AL & B).
      rewrite (offset_here _ _ _ _ _ _ _ _ _ _ D3 (agrees_refl _ _)) in B. exists o. auto.
  - intros F' m' MET E. inversion E; subst. exists (tagging w), v1. apply here_world. cbn [demands] in MET.
    destruct (is_claimed c).
    + apply bind_inv in RULE as (sel & s4 & e7 & e8 & _ & RULE & _).
      apply bind_inv in RULE as (l & s5 & e9 & e10 & _ & RULE & _).
      apply bind_inv in RULE as (u & s6 & e11 & e12 & _ & RULE & _). apply ret_inv in RULE as (<- & _ & _). exact H2'.
    + destruct (is_constant index && negb (snd index =? 0) && negb (k =? 0))%bool eqn:NZ;
        [|apply ret_inv in RULE as (<- & _ & _); exact H2'].
      apply andb_true_iff in NZ as [NZ K0]. apply andb_true_iff in NZ as [CI I0]. booleans. specialize (VI CI).
      inversion MET as [|? ? D0 _]; subst. cbn [snd] in D0.
      destruct D0 as [D0|(o & (n & EB & M) & AL & B)]; [exfalso; nia|].
      eapply narrow_offset_holds; [exact H2'|exact D3|exact EB|exact M|exact AL|exact B|exact RULE].
Qed.

(** ** difference *)

Lemma quotient_of_gives : forall v0 g d z k slack l s h q s' e, known A v0 g -> is_value v0 g d z ->
  (Holds l -> k * Z.quot z k - z <= slack /\ - (k * Z.quot z k - z) <= slack) ->
  quotient_of g d k slack l s = Some ((h, q), s', e) -> gives A v0 g h q (Z.quot z k).
Proof.
  intros v0 g d z k slack l s h q s' e K V B H. unfold quotient_of in H. destruct (fresh_integer g) as [g1 q1] eqn:FI.
  apply bind_inv in H as (kq & s1 & e1 & e2 & S1 & H & _). apply lift_inv in S1 as (S1 & _ & _).
  apply bind_inv in H as (rest & s2 & e3 & e4 & S2 & H & _). apply lift_inv in S2 as (S2 & _ & _).
  apply bind_inv in H as (m & s3 & e5 & e6 & S3 & H & _). apply lift_inv in S3 as (S3 & _ & _).
  apply ret_inv in H as (H & _ & _). injection H as <- <-.
  pose proof (fresh_integer_gives A _ _ (Z.quot z k) _ _ K FI) as GV.
  eapply gives_linear2; [exact GV| |exact S3|exact B]. intros w O VQ.
  eapply subtract_value; [eapply scaled_value; [exact VQ|exact S1]|eapply value_onward; [exact O|exact V]|exact S2].
Qed.

Theorem difference_sound : forall r a b k, sound (Difference r a b k).
Proof.
  intros r a b k. begin_rule FX. destruct WS as [[[[G KA] KB] K0] _]. apply Z.ltb_lt in K0.
  unfold pointer_difference in RULE.
  apply bind_inv in RULE as ([p f] & s1 & e1 & e2 & IA & RULE & ->).
  apply bind_inv in RULE as ([q h] & s2 & e3 & e4 & IB & RULE & ->).
  eapply (pointer_operand A CP C FIT X FX) in IA as (DA & _ & _ & _); eauto.
  eapply (pointer_operand A CP C FIT X FX) in IB as (DB & _ & _ & _); eauto. cbn [fst snd] in RULE.
  apply bind_inv in RULE as (c & s3 & e5 & e6 & R & RULE & ->).
  apply bind_inv in RULE as (u & s4 & e7 & e8 & CB & RULE & ->).
  apply bind_inv in RULE as (d & s5 & e9 & e10 & S & RULE & ->). apply lift_inv in S as (S & -> & ->).
  apply bind_inv in RULE as (sel & s6 & e11 & e12 & _ & RULE & ->).
  apply bind_inv in RULE as ([g1 z] & s7 & e13 & e14 & Q & RULE & ->).
  apply ret_inv in RULE as (<- & _ & _). cbn [fst snd]. split.
  - apply claims_app. right. apply claims_app. right. cbn [demands]. apply claims_one.
    + apply spoken_app. left. eapply read_claim_spoken; eauto.
    + rewrite app_assoc. apply shown_app. left.
      eapply (common_shown A CP C X FX w0 entry F w v0 g H p q f h _ _ _ _ DA DB); eauto.
  - intros F' m' _ E. inversion E; subst. pose proof (known_at _ _ _ _ _ _ _ _ _ _ H) as KN.
    set (x := offset_of F a - offset_of F b).
    assert (VD : is_value (integers v0) g d x).
    { eapply subtract_value; [eapply denotes_offset; exact DA|eapply denotes_offset; exact DB|exact S]. }
    assert (GV : gives A (integers v0) g g1 z (Z.quot x k)).
    { destruct (sel =? 0); [|destruct (sel =? 1); [|destruct (sel =? 2); [|discriminate]]].
      - destruct (k =? 1) eqn:K1.
        + apply ret_inv in Q as (Q & _ & _). injection Q as <- <-. apply Z.eqb_eq in K1. subst k. rewrite Z.quot_1_r.
          apply gives_here; auto.
        + eapply quotient_of_gives; [exact KN|exact VD| |exact Q]. intros _. pose proof (quot_by_positive x k K0). lia.
      - apply ret_inv in Q as (Q & _ & _). eapply fresh_integer_gives; eauto.
      - apply bind_inv in Q as ([m l] & s8 & e15 & e16 & CG & Q & _).
        apply bind_inv in Q as (u' & s9 & e17 & e18 & DE & Q & _).
        apply demand_inv in DE as (DE & _ & _). apply Z.eqb_eq in DE. cbn [fst snd] in *. subst m.
        eapply quotient_of_gives; [exact KN|exact VD| |exact Q]. intro L.
        apply (congruence_premises_holds A _ _ (known_here A _ _ KN)) in CG as (_ & _ & [t T]); auto.
        rewrite (VD _ (agree_refl _ _)) in T. rewrite Z.sub_0_r in T. rewrite T, Z.quot_mul by lia. lia. }
    destruct (here_integer _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H GV G) as [v1 H1].
    exists (tagging w), v1. apply here_world. exact H1.
Qed.

End Offsets.
