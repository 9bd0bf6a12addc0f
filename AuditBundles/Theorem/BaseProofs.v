(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Bases and their tags: when two pointers have one base, and when not; one case of a pointer *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Pointers Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs EntryProofs TargetProofs GuardProofs.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Bases.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.

Section Memory.
Variable m : memory.
Variable tagged : ghost.
Hypothesis TAGGED : well_tagged P C m tagged.
Notation has_tag := (has_tag C m tagged).
Notation tag_is := (tag_is C tagged).

(** ** Tags *)

(** A tag of an object or of nothing. *)
Lemma plain_tag : forall t body b, PM.find t (tags C) = Some body -> has_tag t b -> is_past_tag body = false ->
  match body with
  | TNull => b = BNull
  | TFunction f => b = BFunction f
  | _ => exists n, b = BObject n /\ tag_is t n
  end.
Proof.
  intros t body b T H N. unfold Concretization.has_tag in H. rewrite T in H. destruct body; auto; discriminate N.
Qed.

Lemma static_is : forall t o k s a n, PM.find t (tags C) = Some (TStatic o k s a) -> tag_is t n -> n = Static o.
Proof.
  intros t o k s a n T H. unfold Concretization.tag_is in H. rewrite T in H.
  destruct n; [subst; reflexivity|contradiction].
Qed.

Lemma dynamic_is : forall t body n, PM.find t (tags C) = Some body -> is_local body || is_heap body = true ->
  tag_is t n ->
  exists k, n = Dynamic k /\ tagged k = Some t.
Proof.
  intros t body n T L H. unfold Concretization.tag_is in H. rewrite T in H.
  destruct body; try discriminate L; destruct n; try contradiction; eauto.
Qed.

Lemma single_base : forall t body b c, PM.find t (tags C) = Some body -> is_single body = true -> has_tag t b ->
  has_tag t c ->
  b = c /\ exists n, b = BObject n.
Proof.
  intros t body b c T S HB HC. assert (O : is_object body = true) by (destruct body; try discriminate S; reflexivity).
  destruct (object_of_tag C m tagged _ _ _ T O HB) as (i & -> & TI).
  destruct (object_of_tag C m tagged _ _ _ T O HC) as (j & -> & TJ).
  split; [|eauto]. f_equal. destruct (is_local body || is_heap body)%bool eqn:D.
  - destruct (dynamic_is _ _ _ T D TI) as (x & -> & EX). destruct (dynamic_is _ _ _ T D TJ) as (y & -> & EY). f_equal.
    exact (singles _ _ _ _ TAGGED _ _ _ _ EX EY T S).
  - destruct body; try discriminate. rewrite (static_is _ _ _ _ _ _ T TI). symmetry. eapply static_is; eauto.
Qed.

(** A base that is neither null nor a function is an object. *)
Lemma object_base : forall t body b, PM.find t (tags C) = Some body -> has_tag t b -> is_null_tag body = false ->
  b <> BNull /\ (is_function body = false -> exists n, b = BObject n).
Proof.
  intros t body b T H N. unfold Concretization.has_tag in H. rewrite T in H. destruct body; try discriminate N;
    try (destruct H as (o & (n & -> & _) & _)); try (destruct H as (n & -> & _));
      try (split; [discriminate|eauto; fail]).
  subst b. split; [discriminate|]. intro F. discriminate F.
Qed.

(** A base has one tag, those of what is past apart: an object on the heap keeps its own. *)
Lemma one_base_tag : forall t u T U b, PM.find t (tags C) = Some T -> PM.find u (tags C) = Some U ->
  is_past_tag T = false -> is_past_tag U = false -> has_tag t b -> has_tag u b -> t = u.
Proof.
  intros t u T U b FT FU NT NU HT HU. pose proof (fitting_tag_of _ _ FIT _ _ FT) as KT.
  pose proof (fitting_tag_of _ _ FIT _ _ FU) as KU.
  pose proof (plain_tag _ _ _ FT HT NT) as PT. pose proof (plain_tag _ _ _ FU HU NU) as PU.
  assert (DY : forall n, b = BObject n -> tag_is t n -> tag_is u n -> t = u).
  { intros n _ TI UI. exact (one_tag CP C FIT _ _ _ _ TI UI). }
  destruct T; try discriminate NT; destruct U; try discriminate NU;
    try (destruct PT as (n & -> & PT)); try (destruct PU as (n' & PU' & PU)); try congruence;
    try (injection PU' as <-; eapply DY; eauto; fail).
  - unfold fitting_tag in KT, KU. apply Pos.eqb_eq in KT, KU. congruence.
  - unfold fitting_tag in KT, KU. apply Pos.eqb_eq in KT, KU. congruence.
Qed.

(** What is known of an object by its tag. *)
Lemma object_with_tag : forall t body n, PM.find t (tags C) = Some body -> is_object body = true -> tag_is t n ->
  exists o, m n = Some o /\ (is_heap body = false -> alive o = true) /\
    (forall s, tag_size body = Some s -> size o = s).
Proof.
  intros t body n T O TI. destruct (is_local body || is_heap body)%bool eqn:D.
  - destruct (dynamic_is _ _ _ T D TI) as (k & -> & TK).
    destruct (tags_exist _ _ _ _ TAGGED _ _ TK) as (body' & o & T' & M & _ & K).
    rewrite T in T'. injection T' as <-. exists o. split; [exact M|].
    destruct body; try discriminate O; try discriminate D.
    + destruct K as (_ & AL & SZ). split; [auto|]. intros s Q. cbn in Q. auto.
    + split; [intro F; discriminate F|]. intros s Q. discriminate Q.
  - destruct body; try discriminate. rewrite (static_is _ _ _ _ _ _ T TI).
    destruct (statics_fit _ _ _ _ TAGGED _ _ _ _ _ T) as (b & M & S & _ & _ & AL & _). exists b. split; [exact M|].
    split; [auto|].
    intros s Q. cbn in Q. congruence.
Qed.

Lemma tag_of_living : forall t body n o, PM.find t (tags C) = Some body -> has_tag t (BObject n) -> m n = Some o ->
  alive o = true ->
  is_object body = true.
Proof.
  intros t body n o T H M AL. unfold Concretization.has_tag in H. rewrite T in H.
  destruct body; try reflexivity; try discriminate H;
    try (destruct H as (o' & (n' & E & M') & _ & D); injection E as <-; congruence).
  destruct H as (n' & _ & TI). unfold Concretization.tag_is in TI. rewrite T in TI. destruct n'; contradiction.
Qed.

(** ** Cases *)

Section Values.
Variable v : valuation.
Variable g : state.
Hypothesis SH : state_holds A P C m tagged v g.

Notation base_is := (base_is C m tagged v).
Notation own := (own v g).

(** ** One base *)

Lemma lone_object_holds : forall b c s r s' e t l, lone_object X g b s = Some (r, s', e) -> r = Some (t, l) ->
  base_is b c -> Holds l ->
  exists body, PM.find t (tags C) = Some body /\ is_single body = true /\ has_tag t c.
Proof.
  intros b c s r s' e t l H -> B L. unfold lone_object in H.
  destruct (cases_of g b) as [[[|q [|]] k]|] eqn:K; try (monad; discriminate).
  apply bind_inv in H as (body & s1 & e1 & e2 & T & H & _). apply (tag_of_inv CP C X FX) in T as (T & _ & _).
  apply ret_inv in H as (H & _ & _). destruct (is_single body) eqn:S; [|discriminate]. injection H as <- <-.
  exists body. repeat split; auto. pose proof (cases_hold A CP C m tagged v g SH _ _ _ _ K L B) as I.
  inversion I as [? ? J|? ? J]; subst; [apply J|inversion J].
Qed.

Lemma any_entry_none : forall test l s s' e, any_entry X test l s = Some (false, s', e) ->
  forall q, In q l -> exists body, PM.find (entry_tag q) (tags C) = Some body /\ test body = false.
Proof.
  intros test l. induction l as [|x l IH]; intros s s' e H q I; [destruct I|]. cbn [any_entry] in H.
  apply bind_inv in H as (body & s1 & e1 & e2 & T & H & _). apply (tag_of_inv CP C X FX) in T as (T & _ & _).
  destruct (test body) eqn:K; [apply ret_inv in H as (H & _); discriminate H|].
  destruct I as [<-|I]; [eauto|]. eapply IH; eauto.
Qed.

Lemma sbase_eqb_same : forall a b, sbase_eqb a b = true -> a = b.
Proof. intros [x|x] [y|y] H; try discriminate H; apply Pos.eqb_eq in H; subst; reflexivity. Qed.

(** The pointers have one base, and it is not null; no function either if it shall be an object. *)
Lemma common_base_holds : forall a b c d object s l s' e, common_base X g a b object s = Some (Some l, s', e) ->
  base_is a c -> base_is b d -> Holds l -> c = d /\ c <> BNull /\ (object = true -> exists n, c = BObject n).
Proof.
  intros a b c d object s l s' e H BA BB L. unfold common_base in H. destruct (sbase_eqb a b) eqn:E.
  - apply sbase_eqb_same in E. subst b. destruct a as [t|x].
    + apply bind_inv in H as (body & s1 & e1 & e2 & T & H & _). apply (tag_of_inv CP C X FX) in T as (T & _ & _).
      apply ret_inv in H as (H & _). destruct (is_single body) eqn:S.
      * destruct (single_base _ _ _ _ T S BA BB) as [-> [n ->]]. repeat split; eauto. discriminate.
      * destruct (is_function body && negb object)%bool eqn:FB; [|discriminate H]. apply andb_true_iff in FB as [FB NO].
        destruct body; try discriminate FB. cbn in BA, BB. unfold Concretization.has_tag in BA, BB.
        rewrite T in BA, BB. subst c d.
        repeat split; [discriminate|]. intros ->. discriminate NO.
    + cbn in BA, BB. destruct (PM.find x (targets g)) as [[es tl]|] eqn:TG;
        [|apply ret_inv in H as (H & _); discriminate H].
      apply bind_inv in H as (bad & s1 & e1 & e2 & AE & H & _). apply ret_inv in H as (H & _).
      destruct bad; [discriminate H|]. injection H as ->. split; [congruence|].
      pose proof (cases_hold A CP C m tagged v g SH (BSymbol x) es l c TG L BA) as I.
      apply Exists_exists in I as (q & IN & HT & _).
      destruct (any_entry_none _ _ _ _ _ AE q IN) as (body & T & N). apply orb_false_iff in N as [N1 N2].
      destruct (object_base _ _ _ T HT N1) as [NN OB]. split; auto. intros ->. apply OB. rewrite andb_true_r in N2.
      exact N2.
  - apply bind_inv in H as (p & s1 & e1 & e2 & LA & H & _). apply bind_inv in H as (q & s2 & e3 & e4 & LB & H & _).
    apply ret_inv in H as (H & _). destruct p as [[t k]|], q as [[u k']|]; try discriminate H.
    destruct (Pos.eqb_spec t u) as [<-|]; [|discriminate H]. injection H as <-. apply union_holds in L as [L1 L2].
    destruct (lone_object_holds _ _ _ _ _ _ _ _ LA eq_refl BA L1) as (body & T & S & HA).
    destruct (lone_object_holds _ _ _ _ _ _ _ _ LB eq_refl BB L2) as (_ & _ & _ & HB).
    destruct (single_base _ _ _ _ T S HA HB) as [-> [n ->]]. repeat split; eauto. discriminate.
Qed.

(** Whether the pointers have one base. *)
Lemma compare_bases_holds : forall a b c d s same l s' e, compare_bases X g a b s = Some (Some (same, l), s', e) ->
  base_is a c -> base_is b d -> Holds l -> (c = d <-> same = true).
Proof.
  intros a b c d s same l s' e H BA BB L. unfold compare_bases in H.
  destruct (sbase_eqb a b && (is_symbol a || is_null_base a))%bool eqn:E.
  - apply ret_inv in H as (H & _). injection H as <- <-. apply andb_true_iff in E as [E S]. apply sbase_eqb_same in E.
    subst b.
    split; auto. intros _. destruct a as [t|x]; cbn in BA, BB; [|congruence].
    change (Pos.eqb t null_tag = true) in S. apply Pos.eqb_eq in S. apply (null_is_tagged CP) in BA, BB; auto.
    rewrite (proj2 BA S), (proj2 BB S). reflexivity.
  - apply bind_inv in H as (k & s1 & e1 & e2 & CB & H & _). destruct k as [k|].
    + apply ret_inv in H as (H & _). injection H as <- <-. split; auto. intros _.
      destruct (common_base_holds _ _ _ _ _ _ _ _ _ CB BA BB L) as [-> _]. reflexivity.
    + destruct (cases_of g a) as [[la ka]|] eqn:CA; [|apply ret_inv in H as (H & _); discriminate H].
      destruct (cases_of g b) as [[lb kb]|] eqn:CBB; [|apply ret_inv in H as (H & _); discriminate H].
      apply bind_inv in H as (past & s2 & e3 & e4 & AE & H & _). apply ret_inv in H as (H & _).
      destruct past; [discriminate H|]. cbn [orb] in H.
      destruct (existsb (fun e0 => existsb (fun f => Pos.eqb (entry_tag e0) (entry_tag f)) la) lb) eqn:EX;
        [discriminate H|].
      injection H as <- <-. split; [|discriminate]. intros <-. exfalso. apply union_holds in L as [L1 L2].
      pose proof (cases_hold A CP C m tagged v g SH _ _ _ _ CA L1 BA) as IA.
      pose proof (cases_hold A CP C m tagged v g SH _ _ _ _ CBB L2 BB) as IB.
      apply Exists_exists in IA as (x & IX & HX & _). apply Exists_exists in IB as (y & IY & HY & _).
      destruct (any_entry_none _ _ _ _ _ AE x (in_or_app _ _ _ (or_introl IX))) as (T & FT & NT).
      destruct (any_entry_none _ _ _ _ _ AE y (in_or_app _ _ _ (or_intror IY))) as (U & FU & NU).
      assert (EQ : entry_tag x = entry_tag y) by (eapply one_base_tag; eauto).
      assert (TR : existsb (fun e0 => existsb (fun f => Pos.eqb (entry_tag e0) (entry_tag f)) la) lb = true).
      { apply existsb_exists. exists y. split; auto. apply existsb_exists. exists x. split; auto. apply Pos.eqb_eq.
        auto. }
      congruence.
Qed.

(** ** A claim about an offset, case by case *)

Lemma offset_by_case_holds : forall b c moved tl l s L s' e q, offset_by_case X g b moved tl l s = Some (L, s', e) ->
  Holds L -> Holds tl -> In q l -> in_entry C m tagged q c (own b) ->
  exists o, names m c o /\ alive o = true /\ 0 <= eval_form (integers v) moved <= size o.
Proof.
  intros b c moved tl l. induction l as [|x l IH]; intros s L s' e q H HL HT IN IE; [destruct IN|].
  cbn [offset_by_case] in H.
  apply bind_inv in H as (body & s1 & e1 & e2 & T & H & _). apply (tag_of_inv CP C X FX) in T as (T & _ & _).
  apply bind_inv in H as (u & s2 & e3 & e4 & O & H & _). apply demand_inv in O as (O & _ & _).
  apply bind_inv in H as (ll & s3 & e5 & e6 & LIFE & H & _).
  apply bind_inv in H as ([sz ls] & s4 & e7 & e8 & SIZE & H & _).
  apply bind_inv in H as (form & s41 & e81 & e82 & BF & H & _).
  apply bind_inv in H as (lh & s5 & e9 & e10 & UP & H & _).
  apply bind_inv in H as (low & s6 & e11 & e12 & LO & H & _).
  apply bind_inv in H as (u' & s7 & e13 & e14 & D & H & _). apply demand_inv in D as (D & _ & _).
  apply bind_inv in H as (rest & s8 & e15 & e16 & REST & H & _). apply ret_inv in H as (<- & _ & _).
  apply union_holds in HL as [HL1 HL2]. apply union_holds in HL1 as [HLL HLS]. apply union_holds in HL2 as [HB HR].
  apply union_holds in HB as [HH HLO]. destruct IN as [<-|IN]; [|eapply IH; eauto]. clear IH REST HR.
  destruct IE as (HX & IE). destruct (object_of_tag C m tagged _ _ _ T O HX) as (n & -> & TI).
  destruct (object_with_tag _ _ _ T O TI) as (o & M & AL & SZ).
  assert (OBJ : names_objects C (entry_tag x)) by (exists body; auto).
  assert (NH : numbers_hold A (integers v) (in_case g b x tl)).
  { eapply in_case_numbers with (c := BObject n); [exact (numbers _ _ _ _ _ _ _ SH)|exact OBJ|]. intros _.
    exact (conj HX IE). }
  apply (lower_bound_holds A _ _ NH) in LO as [_ LO]; auto.
  assert (FACT : forall k f t t' e0, fact_of_tag g k (entry_tag x) t = Some (f, t', e0) -> Holds (label_of_fact g f) ->
                 about_holds P C m tagged v (entry_tag x) (fact_about (fst f))).
  { intros k f t t' e0 FO HF. unfold fact_of_tag, held_fact in FO. monad.
    match goal with E : Pos.eqb _ _ = true |- _ => apply Pos.eqb_eq in E; rewrite <- E end.
    match goal with Q : PM.find _ (facts g) = Some _ |- _ => exact (memory_held _ _ _ _ _ _ _ SH _ _ Q HF) end. }
  assert (ALIVE : alive o = true).
  { destruct (is_heap body); [|auto]. monad.
    match goal with FO : fact_of_tag _ _ _ _ = Some (?f, _, _) |- _ => specialize (FACT _ f _ _ _ FO);
      destruct (fact_about (fst f)) eqn:AB end;
      try discriminate; monad. exact (FACT HLL n o TI M). }
  exists o. split; [exists n; auto|]. split; [exact ALIVE|]. apply Z.leb_le in D. split; [lia|].
  destruct form.
  { (* The size is a form. *)
    unfold is_inside, known_size in UP. apply bind_inv in UP as (y & s9 & e17 & e18 & Y & UP & ->).
    apply lift_inv in Y as (Y & _ & _). apply bind_inv in UP as (f & s10 & e19 & e20 & GF & UP & ->).
    apply lift_inv in GF as (GF & _ & _). apply bind_inv in UP as (ub & s11 & e21 & e22 & UB & UP & ->).
    apply bind_inv in UP as (u1 & s12 & e23 & e24 & L0 & UP & ->). apply demand_inv in L0 as (L0 & _ & _).
    apply Z.leb_le in L0. apply ret_inv in UP as (<- & _ & _). apply union_holds in HH as [HU HS].
    unfold label_of_size in HS. apply union_holds in HS as [HS _].
    assert (SAME : sizes (in_case g b x tl) = sizes g) by (apply (same_sizes _ _ (numeric_in_case g b x tl))).
    rewrite SAME in Y. pose proof (sizes_held _ _ _ _ _ _ _ SH _ _ Y HS n o TI M) as VS.
    apply (upper_bound_holds A _ _ NH) in UB as [_ UB]; auto. rewrite (subtract_eval _ _ _ _ GF) in UB. lia. }
  apply bind_inv in UP as (high & s9 & e17 & e18 & UP & HD & ->).
  apply bind_inv in HD as (u1 & s10 & e19 & e20 & DD & HD & ->).
  apply demand_inv in DD as (DD & _ & _). apply ret_inv in HD as (<- & _ & _).
  apply (upper_bound_holds A _ _ NH) in UP as [NC UP]; auto. rewrite NC in DD. cbn [orb] in DD.
  destruct (tag_size body) as [z|] eqn:TS.
  - monad. match goal with E : (_, _) = (_, _) |- _ => injection E as <- <- end. monad. rewrite (SZ z eq_refl). lia.
  - apply bind_inv in SIZE as (on & s11 & e21 & e22 & _ & SIZE & _).
    destruct on as [on|]; [|apply ret_inv in SIZE as (E & _ & _); injection E as <- <-; discriminate].
    monad. match goal with FO : fact_of_tag _ _ _ _ = Some (?f, _, _) |- _ => specialize (FACT _ f _ _ _ FO);
      destruct (fact_about (fst f)) as [| | | |bs| | | |] eqn:AB end;
      try discriminate; monad. match goal with E : (_, _) = (_, _) |- _ => injection E as <- <- end.
    specialize (FACT HLS n o TI M ALIVE). cbn in FACT. destruct FACT as [F1 _].
    destruct (lower bs); [|discriminate]. monad. lia.
Qed.

(** ** What is left of the cases of a pointer into an object *)

Lemma object_cases_hold : forall l kept most s k most' s' e, object_cases X l kept most s = Some ((k, most'), s', e) ->
  (forall q, In q k -> In q kept \/ In q l) /\ (forall q, In q kept -> In q k) /\
  (forall q body, In q l -> PM.find (entry_tag q) (tags C) = Some body -> is_object body = true ->
     In q k /\ (forall z, most' = Some z -> exists y, tag_size body = Some y /\ y <= z)) /\
  (forall z, most' = Some z -> exists y, most = Some y /\ y <= z).
Proof.
  induction l as [|x l IH]; intros kept most s k most' s' e H; cbn [object_cases] in H.
  - apply ret_inv in H as (H & _). injection H as <- <-. unfold rev'. rewrite <- rev_alt.
    split; [intros q I; left; apply in_rev; exact I|]. split; [intros q I; apply -> in_rev; exact I|].
    split; [intros q body []|]. intros z ->. exists z. split; [reflexivity|lia].
  - apply bind_inv in H as (body & s1 & e1 & e2 & T & H & _). apply (tag_of_inv CP C X FX) in T as (T & _ & _).
    destruct (is_object body) eqn:O.
    + apply IH in H as (H1 & H2 & H3 & H4). split; [|split; [|split]].
      * intros q I. apply H1 in I as [[<-|I]|I]; cbn; auto.
      * intros q I. apply H2. right. exact I.
      * intros q body' [<-|I] T' O'; [|eauto]. rewrite T in T'. injection T' as <-.
        split; [apply H2; left; reflexivity|].
        intros z E. apply H4 in E as (y & E & LE). destruct (tag_size body) as [y'|]; [|discriminate].
        destruct most; [|discriminate].
        injection E as <-. exists y'. split; [reflexivity|lia].
      * intros z E. apply H4 in E as (y & E & LE). destruct (tag_size body) as [y'|]; [|discriminate].
        destruct most as [y0|]; [|discriminate].
        injection E as <-. exists y0. split; [reflexivity|lia].
    + apply IH in H as (H1 & H2 & H3 & H4). split; [|split; [|split]]; auto.
      * intros q I. apply H1 in I as [I|I]; cbn; auto.
      * intros q body' [<-|I] T' O'; [congruence|eauto].
Qed.

End Values.
End Memory.
End Bases.
