(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The start of an automatic object *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs ClaimProofs TableProofs KeepProofs RenameProofs SpeechProofs
  EvolveProofs.
From AICheck Require Import LifetimeProofs EndProofs ReturnProofs BeginProofs.
Import ListNotations.
Open Scope Z_scope.

Section Start.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.

(** ** Sizes *)

Lemma size_bounds_hold : forall v0 g f z s b l low s' e, known A v0 g -> is_value v0 g f z ->
  size_bounds g f s = Some ((b, l, low), s', e) ->
  (Holds l -> In_bounds b z) /\ (forall d, low = Some d -> Holds (label_of d) -> bound d <= z).
Proof.
  intros v0 g f z s b l low s' e K V H. unfold size_bounds in H.
  apply bind_inv in H as (h1 & s1 & e1 & r1 & _ & H & _). apply bind_inv in H as (high & s2 & e2 & r2 & HI & H & _).
  apply bind_inv in H as (h2 & s3 & e3 & r3 & _ & H & _). apply bind_inv in H as (lo & s4 & e4 & r4 & LO & H & _).
  apply ret_inv in H as (H & _ & _). injection H as <- <- <-.
  assert (UP : forall d, high = Some d -> Holds (label_of d) -> z <= bound d).
  { intros d ->. destruct h1; [|apply ret_inv in HI as (HI & _); discriminate].
    apply bind_inv in HI as (d' & s5 & e5 & r5 & U & HI & _). apply ret_inv in HI as (HI & _). injection HI as ->.
    eapply finite_upper_value; eauto. }
  assert (DOWN : forall d, lo = Some d -> Holds (label_of d) -> bound d <= z).
  { intros d ->. destruct h2; [|apply ret_inv in LO as (LO & _); discriminate].
    apply bind_inv in LO as (d' & s5 & e5 & r5 & U & LO & _). apply ret_inv in LO as (LO & _). injection LO as ->.
    eapply finite_lower_value; eauto. }
  split; [|exact DOWN]. intro L. apply (union_holds A) in L as [LH LL]. split; cbn.
  - destruct lo as [d|]; cbn; auto.
  - destruct high as [d|]; cbn; auto.
Qed.

Lemma in_all : forall z, In_bounds all z.
Proof. intro z. split; exact I. Qed.
Lemma in_exactly : forall z, In_bounds (exactly z) z.
Proof. intro z. split; cbn; lia. Qed.

Section Activation.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

(** ** The size of an object that is made at run time *)

Definition start_size (g : state) (body : tag) (c : option operand) (site : id) : M (state * bounds * label) :=
  match c with
  | None => ret (g, match tag_size body with Some s => exactly s | None => all end, [])
  | Some c =>
    let* k := read_claim X site VlaSize in
    let* f := integer_of X g c in
    let* b := size_bounds g f in
    let '(b, l, low) := b in
    if is_claimed k then
      let* d := lift low in
      Reading.demand (1 <=? bound d) ;; settle k (label_of d) ;; ret (g, b, l)
    else ret (add_at_least g f 1 (alarm k), b, l)
  end.

Definition size_demand (F : frame) (c : option operand) : list Semantics.demand :=
  match c with Some c => [(VlaSize, 0 < integer F c)] | None => [] end.

Lemma start_size_holds : forall F w v0 g body c site s g1 b l s' e, here F w v0 g ->
  match c with Some c => named_alive F c /\ is CP (the_body X) c CInteger = true | None => True end ->
  start_size g body c site s = Some ((g1, b, l), s', e) ->
  claims_hold A X site (size_demand F c) e /\
  (met (size_demand F c) -> here F w v0 g1 /\ forall o, c = Some o -> Holds l -> In_bounds b (integer F o)).
Proof.
  intros F w v0 g body c site s g1 b l s' e H OK E. destruct c as [c|]; cbn in E.
  2: { apply ret_inv in E as (E & _ & _). injection E as <- <- <-. split; [apply claims_none|]. intros _. split; auto.
  discriminate. }
  destruct OK as [NA IC]. apply bind_inv in E as (k & s1 & e1 & r1 & RC & E & ->).
  apply bind_inv in E as (f & s2 & e2 & r2 & IO & E & ->).
  destruct (integer_operand A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ H NA IC IO) as (V & _ & -> & ->).
  apply bind_inv in E as ([[b' l'] low] & s3 & e3 & r3 & SB & E & ->).
  destruct (size_bounds_hold _ _ _ _ _ _ _ _ _ _ (known_at _ _ _ _ _ _ _ _ _ _ H) V SB) as [IB LO].
  assert (SP : spoken X site VlaSize e1) by (eapply read_claim_spoken; eauto).
  destruct (is_claimed k) eqn:CL.
  - apply bind_inv in E as (d & s4 & e4 & r4 & LD & E & ->). apply lift_inv in LD as (-> & <- & ->).
    apply bind_inv in E as (u & s5 & e5 & r5 & D & E & ->). apply demand_inv in D as (D & <- & ->). apply Z.leb_le in D.
    apply bind_inv in E as (u' & s6 & e6 & r6 & S & E & ->). apply ret_inv in E as (E & <- & ->).
    injection E as <- <- <-.
    apply settle_inv in S; auto. subst e6. split.
    + cbn. apply claims_one; [apply spoken_app; auto|]. eapply claim_shown; [exact RC|]. intros _ HL.
      assert (HD : Holds (label_of d)). { apply HL. repeat (rewrite !in_app_iff; cbn). tauto. }
      pose proof (LO d eq_refl HD). lia.
    + intros _. split; [exact H|]. intros o Q. injection Q as <-. exact IB.
  - apply ret_inv in E as (E & <- & ->). injection E as <- <- <-. split.
    + cbn. apply claims_one; [apply spoken_app; auto|]. eapply claim_shown; [exact RC|]. congruence.
    + intro M. cbn in M. inversion M as [|? ? M1 _]; subst. cbn in M1. split.
      * replace v0 with (with_integers v0 (integers v0)) by (destruct v0; reflexivity).
        eapply here_onward; [|exact H]. eapply onward_at_least; [eapply known_at; eauto|exact V|]. intros _. lia.
      * intros o Q. injection Q as <-. exact IB.
Qed.

(** ** The world *)

(** Before the object starts, the frame does not name it. *)
Lemma not_started : forall m F site x k n c l, sane_frame CP m F -> rest F = (site, Start x k n c) :: l ->
  automatic F x = None.
Proof.
  intros m F site x k n c l [(G & cc & st & st' & FG & R & WS & WE & LT & NE & MG & LV & _) _ _ _ _] RI.
  rewrite R in RI. destruct cc as [|[j [site' i']] cc]; [discriminate|]. cbn in RI. injection RI as -> -> _.
  cbn [live_through] in LT. match type of LT with (if ?b then _ else _) = _ => destruct b; [|discriminate] end.
  destruct (exists_in st x) eqn:E; [discriminate|]. destruct (automatic F x) eqn:Q; auto.
  assert (exists_in st x = true) by (apply LV; congruence). congruence.
Qed.

Section World.
Variables (F : frame) (w : world) (x t k : positive) (o : object) (body : tag).
Hypothesis ACT : activation A CP C X w0 entry F w.
Hypothesis LT : local_tag_of C t x (the_clone X).
Hypothesis BODY : PM.find t (tags C) = Some body.
Hypothesis LOOKUP : exists m, PM.find x (local_tag C) = Some m /\ PM.find (the_clone X) m = Some t.
Hypothesis NONE : automatic F x = None.
Hypothesis NEW : heap w (Dynamic k) = None.
Hypothesis ALIGNED : alignment o = tag_alignment body.
Hypothesis STORED : stored_as o = SAutomatic.
Hypothesis ALIVE : alive o = true.
Hypothesis SIZED : forall z, tag_size body = Some z -> size o = z.
Notation w' := (new_world w k o t).

Lemma no_other : is_single body = true -> forall j, tagging w j <> Some t.
Proof.
  intros S j T. assert (H : has_tag C (heap w) (tagging w) t (BObject (Dynamic j))).
  { pose proof LT as (? & ? & ? & F1). unfold has_tag. rewrite F1. exists (Dynamic j). split; auto. unfold tag_is.
    rewrite F1. exact T. }
  destruct (single_own A CP C FIT X FX w0 entry F w ACT x t LT body BODY S _ H) as (i & _ & E). congruence.
Qed.

Lemma start_activation : activation A CP C X w0 entry (set_automatic F x (Some (Dynamic k))) w'.
Proof.
  pose proof ACT as [AF AE AT AV AO AL LV AP AN]. pose proof LT as (many & z & a & F1).
  assert (N0 : heap w0 (Dynamic k) = None).
  { destruct (heap w0 (Dynamic k)) as [q|] eqn:Q; auto. destruct (ev_objects _ _ _ _ _ _ AV _ _ Q) as (q' & Q' & _).
    congruence. }
  split; auto.
  - apply (begin_tagged CP C FIT w k o t body AT NEW BODY ALIGNED); [|apply no_other].
    assert (EB : TLocal x (the_clone X) many z a = body) by congruence. rewrite <- EB. split; [exact STORED|].
    split; [exact ALIVE|].
    intros y Y. apply SIZED. rewrite <- EB. exact Y.
  - eapply evolves_carries; eauto. apply carries_at with (k := k); auto using new_at.
    intros u T HT. rewrite new_tag in T. injection T as <-. destruct (local_not_heap _ _ _ _ LT HT).
  - intros y n E. cbn in E. destruct (Pos.eqb_spec y x) as [->|D].
    + injection E as <-. destruct LOOKUP as (m & LM & LC). exists k, m, t. rewrite new_tag. auto 8.
    + destruct (AO y n E) as (j & m & u & -> & LM & LC & T & LU & N). exists j, m, u.
      split; [auto|]. split; [auto|]. split; [auto|]. split; [|auto].
      rewrite (ao_tags _ _ _ (new_at w k o t)); auto. intros ->.
      pose proof (untagged_before CP C w k AT NEW). congruence.
  - intros j u b N T Q L. destruct (Pos.eq_dec j k) as [->|D].
    + exists x. cbn. rewrite Pos.eqb_refl. reflexivity.
    + rewrite (ao_tags _ _ _ (new_at w k o t)) in T by auto. destruct (AL j u b N T Q L) as (y & E). exists y. cbn.
      destruct (Pos.eqb_spec y x) as [->|]; auto. congruence.
Qed.
End World.
End Activation.

(** ** The rule *)

Definition start_rule (o : id) (alignment size : Z) (c : option operand) (site : id) (g : state) : M state :=
  start_object X g o alignment size c site.

(** What is left of the tag's facts. *)
Lemma kept_facts : forall g t keep s h s' e, consistent g -> keep_facts g t keep s = Some (h, s', e) ->
  let k := keep_contents h t (fun _ => false) in
  weaker A P C g k /\ contents_of k t = [] /\ s' = s /\ e = [] /\
  forall n f, PM.find n (facts k) = Some f -> fact_tag (fst f) = t -> keep (fact_about (fst f)) = true.
Proof.
  intros g t keep s h s' e T H k. destruct (keep_facts_quiet _ _ _ _ _ _ _ H) as [-> ->].
  split; [|split; [|split; [auto|split; [auto|]]]].
  - eapply weaker_trans; [eapply weaker_keep_facts; eauto|apply weaker_keep_contents].
  - destruct (contents_of k t) as [|c l] eqn:E; auto. exfalso.
    assert (I : In c (contents_of k t)) by (rewrite E; left; auto).
    destruct (in_keep_contents _ _ _ _ _ I) as [_ K]. discriminate (K eq_refl).
  - intros n f F TG. destruct (same_keep_contents h t (fun _ => false)) as (EF & _). unfold k in F. rewrite EF in F.
    destruct (find_keep_facts _ _ _ _ _ _ _ _ _ T H F) as [_ K]. auto.
Qed.

Lemma add_raw_fact : forall g t low l s h s' e, add_raw g t low l s = Some (h, s', e) ->
  h = g \/ exists from to, h = add_fact g {| fact_tag := t; fact_about := Raw from to; fact_label := l |}.
Proof.
  intros g t low l s h s' e H. unfold add_raw in H. destruct low as [n|]; [|apply ret_inv in H as (H & _); auto].
  destruct (0 <? n); [|apply ret_inv in H as (H & _); auto].
  apply bind_inv in H as (u & s1 & e1 & e2 & _ & H & _). apply ret_inv in H as (<- & _). eauto.
Qed.

Theorem start_is_sound : forall o alignment size c, rule_is_sound A CP C X (Start o alignment size c)
  (start_rule o alignment size c).
Proof.
  intros x al sz c site g s g' s' e w0 entry F w v0 l _ H SF CT RI R _.
  pose proof (acting _ _ _ _ _ _ _ _ _ _ H) as ACT.
  destruct (next_instruction CP C X FX _ _ _ _ _ SF (act_function _ _ _ _ _ _ _ _ ACT) RI) as (_ & WS & NL).
  unfold start_rule, start_object in R. apply bind_inv in R as (t & s1 & e1 & r1 & AT & R & ->).
  apply bind_inv in R as (body & s2 & e2 & r2 & TG & R & ->).
  destruct (tag_of_inv _ _ _ FX _ _ _ _ _ TG) as (BODY & -> & ->).
  apply bind_inv in R as (u & s3 & e3 & r3 & D & R & ->). apply demand_inv in D as (D & <- & ->).
  apply bind_inv in R as ([[g1 b] lb] & s4 & e4 & r4 & SS & R & ->).
  apply bind_inv in R as (known & s5 & e5 & r5 & KN & R & ->).
  assert (OK : match c with Some c => named_alive F c /\ is CP (the_body X) c CInteger = true | None => True end).
  { destruct c as [c|]; auto. cbn in NL. apply Forall_inv in NL. cbn in WS. apply andb_true_iff in WS as [_ WS]. auto. }
  destruct (start_size_holds w0 entry F w v0 g body c site _ g1 b lb _ e4 H OK SS) as [CL MT].
  assert (LOOKUP : exists m, PM.find x (local_tag C) = Some m /\ PM.find (the_clone X) m = Some t).
  { unfold automatic_tag in AT. rewrite (fits_certificate _ _ _ FX) in AT. destruct (PM.find x (local_tag C)) as [m|];
      [|discriminate].
    apply lift_inv in AT as (AT & _). eauto. }
  destruct body as [| | | | | |x' cl many ts ta|]; try discriminate D. cbn [is_local_tag] in D.
  apply andb_true_iff in D as [D DS]. apply andb_true_iff in D as [D DA]. apply andb_true_iff in D as [DX DC].
  apply Pos.eqb_eq in DX, DC. apply Z.eqb_eq in DA. subst x' cl ta.
  assert (LT : local_tag_of C t x (the_clone X)) by (exists many, ts, al; exact BODY).
  split.
  { apply claims_app. right. apply claims_app. right. apply claims_app. right. apply claims_app. left. exact CL. }
  intros F' m' ME EF. inversion EF; subst.
  match goal with N : heap w (Dynamic ?k) = None |- _ => rename N into NEW; set (j := k) in * end.
  set (o := fresh_object (match c with Some c => integer F c | None => sz end) al SAutomatic) in *.
  assert (ME' : met (size_demand F c)) by (destruct c; exact ME). destruct (MT ME') as [H1 IB]. clear MT.
  pose proof (not_started _ _ _ _ _ _ _ _ SF RI) as NONE.
  assert (SIZED : forall z, tag_size (TLocal x (the_clone X) many ts al) = Some z -> Semantics.size o = z).
  { intros z Z. cbn in Z. subst ts. apply andb_true_iff in DS as [DS DZ]. destruct c; [discriminate|].
    apply Z.eqb_eq in DZ.
    cbn. congruence. }
  assert (HK : forall f, known = Some f -> is_value (integers v0) g1 f (Semantics.size o)).
  { intros f ->. destruct c as [c|]; [|apply ret_inv in KN as (KN & _); discriminate]. destruct OK as [NA IC].
    apply bind_inv in KN as (f' & s6 & e6 & r6 & IO & KN & _). apply ret_inv in KN as (KN & _). injection KN as ->.
    apply (integer_operand A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ H1 NA IC IO). }
  apply bind_inv in R as (g2 & s6 & e6 & r6 & KF & R & ->).
  assert (S1 : speaks A CP C X F w v0 every (remove_size g1 t))
    by (apply speaks_remove_size; eapply here_speaks; exact H1).
  destruct (kept_facts _ _ _ _ _ _ _ (sp_tables _ _ _ _ _ _ _ _ _ S1) KF) as (W & NC & -> & -> & KT).
  assert (NS : PM.find t (sizes (keep_contents g2 t (fun _ => false))) = None).
  { rewrite (ms_sizes _ _ (wk_memory _ _ _ _ _ W)). apply PM.grs. }
  set (g3 := keep_contents g2 t (fun _ => false)) in *.
  set (w' := new_world w j o t). exists (tagging w'), v0.
  change (here A CP C X w0 entry (set_automatic F x (Some (Dynamic j))) w' v0 g').
  assert (S3 : speaks A CP C X (set_automatic F x (Some (Dynamic j))) w' v0 every g3).
  { apply (speaks_frame A CP C X F); auto. eapply begin_speaks; eauto.
    - apply (act_tagged _ _ _ _ _ _ _ _ ACT).
    - eapply speaks_weaker; eauto.
    - intros i f Q TF z. specialize (KT i f Q TF). apply andb_true_iff in KT as [_ KT]. apply says_fresh; auto.
      apply (facts_proper _ (wk_consistent _ _ _ _ _ W (sp_tables _ _ _ _ _ _ _ _ _ S1)) i f Q). }
  apply speaks_here; [|eapply start_activation; eauto].
  cbn [is_single negb] in R. destruct many; cbn [negb] in R.
  { apply ret_inv in R as (<- & _). exact S3. }
  assert (NO : forall i, tagging w i <> Some t) by (eapply no_other; eauto; reflexivity).
  assert (FF : forall z f, fact_tag f = t -> says P C (heap w') (tagging w') z o (fact_about f) ->
    fact_holds P C (heap w') (tagging w') z f).
  { eapply fresh_fact; eauto. }
  set (g4 := match tag_size (TLocal x (the_clone X) false ts al) with
             | None => add_fact g3 {| fact_tag := t; fact_about := Size b; fact_label := lb |}
             | Some _ => g3
             end) in *.
  assert (S4 : speaks A CP C X (set_automatic F x (Some (Dynamic j))) w' v0 every g4).
  { unfold g4. cbn. destruct ts as [z|]; [exact S3|]. apply speaks_add_fact; auto; [exact I|]. intros v _ _ L.
    apply FF; auto. cbn.
    destruct c as [c|]; [|discriminate]. apply IB; auto. }
  apply bind_inv in R as (g5 & s7 & e7 & r7 & RA & R & ->). apply ret_inv in R as (<- & _).
  assert (NI : next_integer g5 = next_integer g1).
  { assert (N3 : next_integer g3 = next_integer g1) by (rewrite (ms_integers _ _ (wk_memory _ _ _ _ _ W)); reflexivity).
    assert (N4 : next_integer g4 = next_integer g3) by (unfold g4; destruct (tag_size _); reflexivity).
    destruct (add_raw_fact _ _ _ _ _ _ _ _ RA) as [->|(from & to & ->)]; cbn; congruence. }
  assert (S5 : speaks A CP C X (set_automatic F x (Some (Dynamic j))) w' v0 every g5).
  { destruct (add_raw_fact _ _ _ _ _ _ _ _ RA) as [->|(from & to & ->)]; [exact S4|].
    apply speaks_add_fact; auto; [exact I|]. intros v _ _ L. apply FF; auto. cbn. auto. }
  destruct known as [f|]; [|exact S5]. apply speaks_set_size; [exact S5|]. intros v AG _ nm o1 T1 E1.
  rewrite (only_object C w j o t _ BODY NO (or_introl eq_refl) nm o1 T1 E1). apply (HK f eq_refl).
  rewrite <- NI. apply AG.
Qed.

End Start.
