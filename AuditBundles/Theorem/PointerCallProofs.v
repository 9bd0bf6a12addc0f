(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Calls through pointers: the function that is called is one of those that the script calls *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Calls Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs EntryProofs TargetProofs EdgeProofs SaneProofs.
Import ListNotations.
Open Scope Z_scope.

Section Fits.
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable X : context.
Hypothesis FX : context_fits CP C X.

Lemma type_eqb_is : forall t u, type_eqb t u = true <-> t = u.
Proof.
  intros t u. split.
  - destruct t as [[b s]| |f]; destruct u as [[b' s']| |f']; cbn; intro H; try discriminate; auto.
    + apply andb_true_iff in H as [H1 H2]. apply Z.eqb_eq in H1. apply Bool.eqb_prop in H2. subst. reflexivity.
    + destruct f; discriminate.
    + destruct f; discriminate.
    + destruct f, f'; try discriminate; reflexivity.
  - intros <-. destruct t as [[b s]| |f]; cbn; [|reflexivity|destruct f; reflexivity].
    rewrite Z.eqb_refl, Bool.eqb_reflx. reflexivity.
Qed.

Lemma operand_fits_is : forall a t, operand_fitsb X a t = true <-> operand_fits (function_of (the_body X)) a t.
Proof.
  intros a t. destruct a as [r|n|x|o|o|f|].
  - cbn. destruct (PM.find r (cregisters (the_body X))) as [u|]; [|split; discriminate].
    rewrite type_eqb_is. split; [intros ->; reflexivity|intro E; injection E as ->; reflexivity].
  - destruct t; cbn; split; intro H; try discriminate; reflexivity.
  - destruct t; cbn; split; intro H; try discriminate; reflexivity.
  - destruct t; cbn; split; intro H; try discriminate; reflexivity.
  - destruct t; cbn; split; intro H; try discriminate; reflexivity.
  - destruct t; cbn; split; intro H; try discriminate; reflexivity.
  - destruct t; cbn; split; intro H; try discriminate; reflexivity.
Qed.

Lemma arguments_fit_is : forall l p more, arguments_fitb X l p more = true <->
  arguments_fit (function_of (the_body X)) l p more.
Proof.
  induction l as [|a l IH]; intros [|[r t] p] more; cbn; try (split; intros; auto; discriminate); try tauto.
  rewrite andb_true_iff, operand_fits_is, IH. tauto.
Qed.

(** The function that is called fits if and only if the semantics says so. *)
Lemma fits_is : forall f r l, fitsb X f r l = true <->
  exists G, PM.find f (cfunctions CP) = Some G /\ Semantics.fits (function_of (the_body X)) (function_of G) r l.
Proof.
  intros f r l. unfold fitsb. rewrite (fits_program _ _ _ FX).
  destruct (PM.find f (cfunctions CP)) as [G|]; [|split; [discriminate|intros (G & E & _); discriminate]].
  rewrite andb_true_iff, arguments_fit_is. unfold Semantics.fits. cbn.
  split.
  - intros [AF RF]. exists G. repeat split; auto. destruct r as [r|]; auto.
    destruct (cresult G) as [t|]; [|discriminate]. destruct (PM.find r (cregisters (the_body X))) as [u|];
      [|discriminate].
    apply type_eqb_is in RF. subst. eauto.
  - intros (G' & E & AF & RF). injection E as <-. split; auto. destruct r as [r|]; auto.
    destruct RF as (t & R1 & R2). rewrite R1, R2. apply type_eqb_is. reflexivity.
Qed.
End Fits.

Section PointerCalls.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis ALARMS : forall x, (assumption_count CP <= x)%positive -> A x.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

(** A label on which paths rest holds. *)
(** What the cases of the pointer say of a base: which function is called, and what is claimed. *)
Lemma callees_hold : forall m t shift null invalid r args c own l s fs s' e,
  callees_of X l shift null invalid r args s = Some (fs, s', e) -> in_targets C m t l c own ->
  (forall f, c = BFunction f -> fitsb X f r args = true -> (forall k, shift = Some k -> own + k = 0) ->
     exists x, In (f, x) fs /\ in_entry C m t x c own) /\
  (is_claimed null = true -> c <> BNull) /\
  (is_claimed invalid = true -> c = BNull \/ exists f, c = BFunction f /\ fitsb X f r args = true /\
    shift = Some 0 /\ own = 0) /\
  e = [].
Proof.
  intros m t shift null invalid r args c own. induction l as [|x l IH]; intros s fs s' e H I; [inversion I|].
  cbn in H. apply bind_inv in H as (body & s1 & e1 & e2 & T & H & ->).
  apply (tag_of_inv CP C X FX) in T as (T & -> & ->).
  apply bind_inv in H as (one & s2 & e3 & e4 & O & H & ->). apply bind_inv in H as (others & s3 & e5 & e6 & R & H & ->).
  apply ret_inv in H as (<- & <- & ->).
  assert (OQ : e3 = []).
  { destruct body; monad; reflexivity. }
  apply Exists_cons in I as [I|I].
  - assert (RQ : e5 = []).
    { clear - R FX. revert s2 others s3 e5 R. induction l as [|y l IH]; intros s2 others s3 e5 R; cbn in R;
        [monad; reflexivity|].
      apply bind_inv in R as (body & s1 & e1 & e2 & T & R & ->). apply (tag_of_inv CP C X FX) in T as (T & -> & ->).
      apply bind_inv in R as (one & s4 & e3 & e4 & O & R & ->).
      apply bind_inv in R as (others' & s5 & e7 & e8 & R' & R & ->).
      apply ret_inv in R as (_ & _ & ->). rewrite (IH _ _ _ _ R'). destruct body; monad; reflexivity. }
    subst e3 e5. split; [|split; [|split; [|reflexivity]]].
    + intros f -> FB SH. destruct I as (HT & I2 & I3). unfold has_tag in HT. rewrite T in HT.
      destruct body as [| | |g| | | |]; try (destruct HT as (n & E & _); discriminate); try discriminate HT;
        try (destruct HT as (o & (n & E & _) & _); discriminate).
      injection HT as <-. specialize (I3 (ex_intro _ f T)). subst own.
      exists x. assert (F : fitsb X f r args && match shift with Some k => k =? 0 | None => true end = true).
      { rewrite FB. destruct shift as [k|]; auto. apply Z.eqb_eq. specialize (SH k eq_refl). lia. }
      rewrite F in O. apply bind_inv in O as (u & s4 & e7 & e8 & D & O & _). apply ret_inv in O as (<- & _ & _).
      split; [apply in_or_app; left; left; reflexivity|]. split; [unfold has_tag; rewrite T; reflexivity|]. auto.
    + intros N ->. destruct I as (HT & _). unfold has_tag in HT. rewrite T in HT.
      destruct body; try (destruct HT as (n & E & _); discriminate); try discriminate HT;
        try (destruct HT as (o & (n & E & _) & _); discriminate).
      apply bind_inv in O as (u & s4 & e7 & e8 & D & O & _). apply demand_inv in D as (D & _). rewrite N in D.
      discriminate.
    + intros N. destruct I as (HT & I2 & I3). unfold has_tag in HT. rewrite T in HT. destruct body as [| | |g| | | |];
        try (apply bind_inv in O as (u & s4 & e7 & e8 & D & O & _); apply demand_inv in D as (D & _); rewrite N in D;
          discriminate).
      * left. exact HT.
      * right. specialize (I3 (ex_intro _ g T)). apply bind_inv in O as (u & s4 & e7 & e8 & D & O & _).
        apply demand_inv in D as (D & _). rewrite N, orb_false_r in D. apply andb_true_iff in D as [D1 D2].
        apply andb_true_iff in D1 as [D1 _]. exists g. repeat split; auto.
        destruct shift as [k|]; [|discriminate]. cbn in D2. apply Z.eqb_eq in D2. subst. reflexivity.
  - destruct (IH _ _ _ _ R I) as (M & NN & NI & ->). subst e3. split; [|split; [auto|split; [auto|reflexivity]]].
    intros f E F SH. destruct (M f E F SH) as (y & IN & IE). exists y. split; auto. apply in_or_app. right. exact IN.
Qed.

Lemma call_pointer_sound : forall F w v0 g r a args site s h fs s' e,
  here F w v0 g -> sane_frame CP (heap w) F -> named_alive F a -> is CP (the_body X) a CPointer = true ->
  taken_here CP (eval F a) ->
  call_pointer X g r a args site s = Some ((h, fs), s', e) -> controlled A e ->
  claims_hold A X site (demands P F (heap w) (CallPointer r a args)) e /\
  forall f, met (demands P F (heap w) (CallPointer r a args)) -> base_of F a = BFunction f -> In f fs /\ here F w v0 h.
Proof.
  intros F w v0 g r a args site s h fs s' e H SF NA K TK CA CT.
  pose proof (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) as RF.
  unfold call_pointer in CA. apply bind_inv in CA as ([b j] & s1 & e1 & e2 & PO & CA & ->).
  destruct (pointer_operand _ _ _ FIT _ FX _ _ _ _ _ _ _ _ _ _ _ _ H NA K PO) as (D & EV & -> & ->).
  apply bind_inv in CA as (null & s2 & e3 & e4 & RN & CA & ->).
  apply bind_inv in CA as (invalid & s3 & e5 & e6 & RI & CA & ->).
  destruct (read_claim_inv A _ _ _ _ _ _ _ RN) as (NN & _ & UN).
  destruct (read_claim_inv A _ _ _ _ _ _ _ RI) as (NI & _ & UI).
  assert (SPOKEN : forall k, In k (map fst (demands P F (heap w) (CallPointer r a args))) ->
            exists o, obligation_number X (the_function X) site k = Some o /\
              Exists (about_obligation o) ([] ++ e3 ++ e5 ++ e6)).
  { intros k [<-|[<-|[]]].
    - exists (obligation_of null). split; auto. cbn. apply Exists_app. left. eapply read_claim_event; eauto.
    - exists (obligation_of invalid). split; auto. cbn. apply Exists_app. right. apply Exists_app. left.
      eapply read_claim_event; eauto. }
  pose proof (D v0 (agrees_refl _ _)) as SY.
  assert (TA : forall f, base_of F a = BFunction f -> offset_of F a = 0 -> address_taken P f = true).
  { intros f E _. rewrite EV, E in TK. exact TK. }
  assert (SEM : forall f, fitsb X f r args = true <-> exists G G', functions_of P f = Some G /\
            functions_of P (running F) = Some G' /\ Semantics.fits G' G r args).
  { intro f. rewrite (fits_is CP C X FX). rewrite RF. cbn. rewrite (fits_body _ _ _ FX). cbn. split.
    - intros (G & E & FI). exists (function_of G), (function_of (the_body X)). rewrite E. auto.
    - intros (G & G' & E & E' & FI). injection E' as <-. destruct (PM.find f (cfunctions CP)) as [G0|]; [|discriminate].
      injection E as <-. eauto. }
  destruct (cases_of g b) as [[l tl]|] eqn:CS.
  - apply bind_inv in CA as (c & s4 & e7 & e8 & CL & CA & ->).
    apply bind_inv in CA as (u1 & s5 & e9 & e10 & SN & CA & ->).
    apply bind_inv in CA as (u2 & s6 & e11 & e12 & SI & CA & ->).
    apply bind_inv in CA as (g1 & s7 & e13 & e14 & MC & CA & ->).
    apply bind_inv in CA as (u3 & s8 & e15 & e16 & RO & CA & ->). apply ret_inv in CA as (E & -> & ->).
    injection E as -> <-.
    assert (HT : Holds tl).
    { eapply (rests_on_holds A CP C X FX ALARMS); [exact RO|]. intros q I. apply CT. cbn.
      repeat (rewrite !in_app_iff; cbn). tauto. }
    assert (IT : in_targets C (heap w) (tagging w) l (base_of F a) (own v0 g b)).
    { eapply cases_hold; eauto using symbolic_base. exact (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl _ _)). }
    assert (SHIFT : forall k, shift_of g b j = Some k -> offset_of F a = own v0 g b + k).
    { intros k E. pose proof (shift_is v0 g _ _ _ E) as Q. destruct SY as [_ SY]. cbn in SY. lia. }
    destruct (callees_hold _ _ _ _ _ _ _ _ _ _ _ _ _ _ CL IT) as (CM & CN & CI & ->).
    split.
    + split; [exact SPOKEN|]. intros k o V NK UP. cbn in UP.
      apply upheld_app in UP as [UP1 UP]. apply upheld_app in UP as [UP2 UP].
      inversion V as [? D1 ? ND|? ? D1 ? HD V1]; subst.
      * rewrite NN in NK. injection NK as <-. apply ND. intro BN.
        destruct (is_claimed null) eqn:CLN; [apply (CN eq_refl BN)|apply UP1; apply UN; reflexivity].
      * inversion V1 as [? D2 ? ND|? ? D2 ? HD2 V2]; subst; [|inversion V2].
        rewrite NI in NK. injection NK as <-. apply ND.
        destruct (is_claimed invalid) eqn:CLI; [|exfalso; apply UP2; apply UI; reflexivity].
        destruct (CI eq_refl) as [BN|(f & BF & FB & SH & OW)]; [destruct (HD BN)|].
        apply SEM in FB as (G & G' & E1 & E2 & E3). exists f, G, G'.
        split; [exact BF|]. split; [rewrite (SHIFT 0 SH), OW; reflexivity|auto].
    + intros f MET BF. inversion MET as [|? ? M1 MET1]; subst. inversion MET1 as [|? ? M2 _]; subst. cbn in M2.
      destruct M2 as (f' & G & G' & BF' & OF & E1 & E2 & E3). rewrite BF in BF'. injection BF' as <-.
      assert (FB : fitsb X f r args = true) by (apply SEM; eauto 6).
      destruct (CM f BF FB) as (x & IN & IE). { intros k SH. rewrite <- (SHIFT k SH). exact OF. }
      split; [apply in_map_iff; exists (f, x); auto|].
      destruct (Nat.ltb (length c) (length l)) eqn:LT; [|apply ret_inv in MC as (<- & _ & _); exact H].
      destruct c as [|c0 c]; [contradiction|]. destruct b as [u|q]; [apply ret_inv in MC as (<- & _ & _); exact H|].
      assert (SUB : forall y z, In (y, z) (c0 :: c) -> In z l).
      { clear - CL FX. revert s3 s4 CL. generalize (c0 :: c).
        induction l as [|z l IH]; intros c1 s3 s4 CL y z' I; cbn in CL.
        - apply ret_inv in CL as (<- & _ & _). contradiction.
        - apply bind_inv in CL as (body & s1 & e1 & e2 & T & CL & _).
          apply bind_inv in CL as (one & s2 & e3 & e4 & O & CL & _).
          apply bind_inv in CL as (others & s5 & e5 & e6 & R & CL & _). apply ret_inv in CL as (<- & _ & _).
          assert (Q : one = [] \/ exists f0, one = [(f0, z)]).
          { destruct body; try (apply bind_inv in O as (? & ? & ? & ? & _ & O & _); apply ret_inv in O
              as (<- & _ & _); auto).
            destruct (fitsb X f r args && _); eauto. }
          apply in_app_or in I as [I|I].
          + destruct Q as [->|[f0 ->]]; [contradiction|]. destruct I as [I|[]]. injection I as _ ->. left. reflexivity.
          + right. destruct e5 as [|v e5]; [eapply IH; eauto|].
            exfalso. clear - R FX. revert s2 others s5 v e5 R.
            induction l as [|y l IH]; intros s2 others s5 v e5 R; cbn in R.
            * apply ret_inv in R as (_ & _ & E). discriminate.
            * apply bind_inv in R as (body & s1 & e1 & e2 & T & R & E).
              apply (tag_of_inv CP C X FX) in T as (T & -> & ->).
              apply bind_inv in R as (one & s4 & e3 & e4 & O & R & ->).
              apply bind_inv in R as (o' & s6 & e7 & e8 & R' & R & ->).
              apply ret_inv in R as (_ & _ & ->). assert (e3 = []) by (destruct body; monad; reflexivity). subst e3.
              destruct e7; [discriminate|]. eapply IH; eauto. }
      edestruct (here_current A CP C X FX w0 entry F w v0 g q (map snd (c0 :: c))) as (H1 & _);
        [exact H|eapply base_symbol_exists; exact D| |intros _|exact MC|exact H1].
      * pose proof (cases_proper _ (tables _ _ _ _ _ _ _ _ _ _ H) _ _ _ CS) as PR. rewrite Forall_forall in *.
        intros z I. apply in_map_iff in I as ([y z'] & <- & I). apply PR. eapply SUB; eauto.
      * intros v AG. apply Exists_exists. exists x. split; [apply in_map_iff; exists (f, x); auto|].
        destruct (D v AG) as [DB DO]. rewrite DB.
        pose proof (own_offset_scoped _ _ (tables _ _ _ _ _ _ _ _ _ _ H) (base_symbol_exists C _ _ _ _ _ _ _ _ D))
          as SC.
        rewrite (agree_integers _ _ _ AG _ SC). exact IE.
  - apply bind_inv in CA as (u1 & s4 & e7 & e8 & DM & CA & ->). apply ret_inv in CA as (E & -> & ->).
    injection E as <- <-.
    apply demand_inv in DM as (DM & -> & ->). apply andb_true_iff in DM as [DN DI]. booleans.
    split.
    + split; [exact SPOKEN|]. intros k o V NK UP. cbn in UP.
      apply upheld_app in UP as [UP1 UP]. apply upheld_app in UP as [UP2 UP].
      inversion V as [? D1 ? ND|? ? D1 ? HD V1]; subst.
      * rewrite NN in NK. injection NK as <-. apply UP1. apply UN. exact DN.
      * inversion V1 as [? D2 ? ND|? ? D2 ? HD2 V2]; subst; [|inversion V2].
        rewrite NI in NK. injection NK as <-. apply UP2. apply UI. exact DI.
    + intros f MET BF. split; [|exact H]. inversion MET as [|? ? M1 MET1]; subst.
      inversion MET1 as [|? ? M2 _]; subst. cbn in M2.
      destruct M2 as (f' & G & G' & BF' & OF & E1 & E2 & E3). rewrite BF in BF'. injection BF' as <-.
      apply filter_In. split; [|apply SEM; eauto 6]. specialize (TA f BF OF). cbn in TA.
      apply existsb_exists in TA as (x & I & E).
      apply Pos.eqb_eq in E. subst. rewrite (fits_program _ _ _ FX). exact I.
Qed.

End PointerCalls.
