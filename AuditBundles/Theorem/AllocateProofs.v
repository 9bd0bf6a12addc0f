(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The rule of allocate is sound *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Scripts Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs ClaimProofs SimpleProofs StepProofs TableProofs KeepProofs
  RenameProofs.
From AICheck Require Import SpeechProofs EvolveProofs LifetimeProofs EndProofs ReturnProofs BeginProofs
  StartProofs RetagProofs ResultProofs.
Import ListNotations.
Open Scope Z_scope.

Section Allocate.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis ALARMS : forall x, (assumption_count CP <= x)%positive -> A x.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Notation own := (clone_effects (the_clone_body X)).

Section Activation.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

(** ** The world of the retagged object *)

Section Retag.
Variables (F : frame) (w : world) (t p : id).
Hypothesis ACT : activation A CP C X w0 entry F w.
Hypothesis PARTNER : partner C t p.
Hypothesis MAY : may_allocate C own t.
Notation wr := (retag_world w t p).

Lemma retag_tagged : well_tagged P C (heap wr) (tagging wr).
Proof.
  pose proof (act_tagged _ _ _ _ _ _ _ _ ACT) as WT.
  destruct (partner_facts CP C FIT t p PARTNER) as (HT & HP & NE & _ & _ & b & b' & QT & QP & ST & SP & AL).
  apply (well_tagged_again CP C FIT w); auto.
  - split; auto using retag_last. intros o q E. exists q. auto using same_object_refl.
  - intros j u T. destruct (retag_tag w t p j u T) as [[T1 _]|[-> T1]]; [apply (tags_exist _ _ _ _ WT j u T1)|].
    destruct (tags_exist _ _ _ _ WT j t T1) as (b1 & o & Q1 & E & AL1 & K). replace b1 with b in * by congruence.
    exists b', o. split; [exact QP|]. split; [exact E|]. split; [congruence|].
    destruct HT as (b2 & Q2 & H2). replace b2 with b in * by congruence. destruct HP as (b3 & Q3 & H3).
    replace b3 with b' in * by congruence.
    destruct b; try discriminate. destruct b'; try discriminate. exact K.
  - intros i j u q T1 T2 Q S. destruct (retag_tag w t p i u T1) as [[T3 _]|[-> T3]]; [|congruence].
    destruct (retag_tag w t p j u T2) as [[T4 _]|[-> T4]]; [|congruence]. eapply (singles _ _ _ _ WT); eauto.
  - apply (dynamic_storage _ _ _ _ WT).
Qed.

Lemma retag_carries : carries A CP C own w0 w wr.
Proof.
  split.
  - intros n o _ E. exists o. auto using same_object_refl.
  - intros n o o' _ E E' _. cbn in E'. replace o' with o by congruence. apply unchanged_refl.
  - intros j u _ T. destruct (Pos.eq_dec u t) as [->|N].
    + right. right. exists p. split; [exact MAY|]. split; [exact PARTNER|]. cbn. rewrite T, Pos.eqb_refl. reflexivity.
    + left. cbn. rewrite T. destruct (Pos.eqb_spec u t); congruence.
  - intros j _ T. cbn. rewrite T. reflexivity.
  - intros j u _ T _. destruct (retag_tag w t p j u T) as [[T1 _]|[-> T1]]; [auto|]. right. right. exists t. auto.
  - intros _ _ n u o o' _ _ _ E E' _. cbn in E'. replace o' with o by congruence. apply unchanged_refl.
  - intros _ _ j u o o' _ _ E E' _ _. cbn in E'. congruence.
Qed.

Lemma retag_activation : activation A CP C X w0 entry F wr.
Proof.
  pose proof ACT as [AF AE AT AV AO AL LV AP AN].
  destruct (partner_facts CP C FIT t p PARTNER) as (HT & HP & _).
  split; auto using retag_tagged.
  - eapply evolves_carries; eauto using retag_carries.
  - intros o n E. destruct (AO o n E) as (k & m & u & -> & LM & LC & T & LT & N). exists k, m, u.
    split; [auto|]. split; [auto|]. split; [auto|]. split; [|auto]. cbn. rewrite T.
    destruct (Pos.eqb_spec u t) as [->|]; auto.
    destruct (local_not_heap _ _ _ _ LT HT).
  - intros k u b N T Q L. destruct (retag_tag w t p k u T) as [[T1 _]|[-> T1]]; [eauto|].
    destruct HP as (b' & Q' & H'). replace b with b' in L by congruence. destruct b'; discriminate.
Qed.
End Retag.

(** ** The new object *)

Section New.
Variables (F : frame) (w : world) (t k : positive) (o : object) (body : tag).
Hypothesis ACT : activation A CP C X w0 entry F w.
Hypothesis BODY : PM.find t (tags C) = Some body.
Hypothesis HEAP : is_heap body = true.
Hypothesis MAY : may_allocate C own t.
Hypothesis NEW : heap w (Dynamic k) = None.
Hypothesis ALIGNED : alignment o = tag_alignment body.
Hypothesis STORED : stored_as o = SHeap.
Hypothesis SINGLE : is_single body = true -> forall j, tagging w j <> Some t.
Notation w' := (new_world w k o t).

Lemma allocate_activation : activation A CP C X w0 entry F w'.
Proof.
  pose proof ACT as [AF AE AT AV AO AL LV AP AN].
  assert (N0 : heap w0 (Dynamic k) = None).
  { destruct (heap w0 (Dynamic k)) as [q|] eqn:Q; auto. destruct (ev_objects _ _ _ _ _ _ AV _ _ Q) as (q' & Q' & _).
    congruence. }
  assert (NOT : forall j u, tagging w j = Some u -> tagging w' j = Some u).
  { intros j u T. rewrite (ao_tags _ _ _ (new_at w k o t)); auto. intros ->.
    pose proof (untagged_before CP C w k AT NEW). congruence. }
  split; auto.
  - apply (begin_tagged CP C FIT w k o t body AT NEW BODY ALIGNED); [|exact SINGLE].
    destruct body; try discriminate HEAP. exact STORED.
  - eapply evolves_carries; eauto. apply carries_at with (k := k); auto using new_at.
    intros u T HT. rewrite new_tag in T. injection T as <-. auto.
  - intros y n E. destruct (AO y n E) as (j & m & u & -> & LM & LC & T & LU & N). exists j, m, u. auto 8.
  - intros j u b N T Q L. destruct (Pos.eq_dec j k) as [->|D].
    + rewrite new_tag in T. injection T as <-. replace b with body in L by congruence. destruct body; discriminate.
    + rewrite (ao_tags _ _ _ (new_at w k o t)) in T by auto. eauto.
Qed.
End New.

(** ** The pointer *)

Lemma here_targeted : forall F w v0 g l s h sv s' e b z, here F w v0 g -> Forall proper_entry l ->
  in_targets C (heap w) (tagging w) l b z -> fresh_value_pointer X g (Some (l, [])) s = Some ((h, sv), s', e) ->
  exists v1, here F w v1 h /\ denotes C (heap w) (tagging w) v1 h sv (VPointer b z) /\
    forall f n, is_value (integers v0) g f n -> is_value (integers v1) h f n.
Proof.
  intros F w v0 g l s h sv s' e b z H PR IT E. unfold fresh_value_pointer in E.
  destruct (fresh_pointer g) as [[g1 b1] o1] eqn:FP.
  apply bind_inv in E as (g2 & s1 & e1 & e2 & MC & E & _). apply ret_inv in E as (E & _ & _). injection E as <- <-.
  destruct (here_fresh_pointer A CP C X w0 entry F w v0 g g1 b1 o1 b z H FP) as (H1 & D & OO & _ & DN).
  set (v1 := with_pointer v0 b1 o1 b z) in *.
  assert (L1 : (b1 < next_base g1)%positive) by (eapply base_symbol_exists; eauto).
  assert (I1 : Holds [] -> forall v, agrees g1 v v1 ->
    in_targets C (heap w) (tagging w) l (bases v b1) (integers v (own_offset g1 b1))).
  { intros _ v AG. destruct (D v AG) as [D1 D2]. cbn in D1. rewrite eval_symbol in D2. rewrite OO, D1, D2. exact IT. }
  destruct (here_current A CP C X FX w0 entry F w v1 g1 b1 l [] _ _ _ _ H1 L1 PR I1 MC) as (H2 & _ & SS & _).
  exists v1. split; [exact H2|]. split; [eapply denotes_same; eauto|].
  intros f n V. apply (denotes_integer C (heap w) (tagging w)). eapply denotes_same; [exact SS|]. apply DN.
  apply denotes_integer. exact V.
Qed.
(** ** What the rule reads *)

Lemma read_absent_holds : forall F w v0 g n t s b s' e, here F w v0 g -> read_absent X g n t s = Some (b, s', e) ->
  controlled A e ->
  b = true -> forall k o, tag_is C (tagging w) t k -> heap w k = Some o -> False.
Proof.
  intros F w v0 g n t s b s' e H R CO BT k o T E. unfold read_absent in R.
  destruct n as [n|]; [|apply ret_inv in R as (R & _); congruence].
  apply bind_inv in R as (f & s1 & e1 & r1 & FT & R & ->). apply controlled_app in CO as [_ CO].
  destruct (fact_of_tag_inv _ _ _ _ _ _ _ FT) as (Q & TG & _).
  destruct (fact_about (fst f)) eqn:AB; try discriminate R.
  apply bind_inv in R as (u & s2 & e2 & r2 & RO & R & ->). apply controlled_app in CO as [CO _].
  pose proof (rests_on_holds A CP C X FX ALARMS _ _ _ _ _ RO CO) as L.
  pose proof (memory_held _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl _ _)) n f Q L) as FH.
  unfold fact_holds in FH. rewrite TG, AB in FH. exact (FH k o T E).
Qed.

(** The state before the new object, and the world in which it is true. *)
Definition prepared (F : frame) (w : world) (v0 : valuation) (t : id) (body : tag) (h : state) (bare : bool) : Prop :=
  here F w v0 h /\ contents_of h t = [] /\ PM.find t (sizes h) = None /\
  (forall n f, PM.find n (facts h) = Some f -> fact_tag (fst f) = t -> bare = false /\
    is_true_of_fresh (fact_about (fst f)) = true) /\
  (bare = true \/ is_single body = true -> forall j, tagging w j <> Some t).

Lemma no_tag : forall F w v0 g t body, here F w v0 g -> PM.find t (tags C) = Some body -> is_heap body = true ->
  (forall k o, tag_is C (tagging w) t k -> heap w k = Some o -> False) -> forall j, tagging w j <> Some t.
Proof.
  intros F w v0 g t body H Q HP N j T.
  destruct (tags_exist _ _ _ _ (act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) j t T)
    as (b & o & _ & E & _).
  apply (N (Dynamic j) o); auto. unfold tag_is. rewrite Q. destruct body; try discriminate. exact T.
Qed.

Definition prepare (g : state) (t : id) (partner other : option id) (free : bool) : M state :=
  match partner with
  | Some partner =>
    let* partner_free := read_absent X g other partner in
    if free then ret (remove_all g t) else retag X g t partner partner_free
  | None =>
    Reading.demand (match other with None => true | Some _ => false end) ;;
    let* g := keep_facts g t (fun a => negb free && is_true_of_fresh a) in
    ret (keep_contents g t (fun _ => false))
  end.

Lemma prepare_holds : forall F w v0 g t c i q a other free s h s' e, here F w v0 g ->
  PM.find t (sizes g) = None -> (forall p, q = Some p -> PM.find p (sizes g) = None) ->
  PM.find t (tags C) = Some (THeap c i q a) -> may_allocate C own t ->
  (free = true -> forall k o, tag_is C (tagging w) t k -> heap w k = Some o -> False) ->
  prepare g t q other free s = Some (h, s', e) -> controlled A e ->
  exists t', prepared F {| heap := heap w; tagging := t' |} v0 t (THeap c i q a) h ((match q with Some _ => true
    | None => false end) || free) /\ next_integer h = next_integer g.
Proof.
  intros F w v0 g t c i q a other free s h s' e H NS NP Q MAY FREE R CO.
  pose proof (acting _ _ _ _ _ _ _ _ _ _ H) as ACT.
  assert (NT : free = true -> forall j, tagging w j <> Some t) by (intro FR; eapply no_tag; eauto).
  unfold prepare in R. destruct q as [p|].
  - apply bind_inv in R as (pf & s1 & e1 & r1 & RA & R & ->). apply controlled_app in CO as [CO _].
    pose proof (read_absent_holds _ _ _ _ _ _ _ _ _ _ H RA CO) as PF.
    assert (PT : partner C t p) by (exists c, i, a; exact Q).
    destruct free.
    + apply ret_inv in R as (<- & _). exists (tagging w). destruct w as [m tg]. cbn [heap tagging] in *.
      pose proof (wk_memory _ _ _ _ _ (weaker_remove_all A P C g t)) as MS.
      split; [|apply (ms_integers _ _ MS)].
      split; [|split; [|split; [rewrite (ms_sizes _ _ MS); exact NS|split]]].
      * apply speaks_here; [|exact ACT]. eapply speaks_weaker; [apply weaker_remove_all|]. eapply here_speaks; eauto.
      * destruct (contents_of (remove_all g t) t) as [|x l] eqn:E; auto.
        destruct (in_remove_all g t t x) as [N _]; [rewrite E; left; auto|congruence].
      * intros n f QF TF. destruct (find_remove_all g t n f (tables _ _ _ _ _ _ _ _ _ _ H) QF) as [N _]. congruence.
      * intros _. apply NT. reflexivity.
    + assert (FP : pf = true -> forall n, ~ tag_is C (tagging w) p n).
      { intros E n T. destruct (partner_facts CP C FIT t p PT) as (_ & (b & QB & HB) & _). destruct n as [sn|j].
        - unfold tag_is in T. rewrite QB in T. destruct b; try discriminate. exact T.
        - destruct (tag_is_dynamic _ _ _ _ T) as [T1 _].
          destruct (tags_exist _ _ _ _ (act_tagged _ _ _ _ _ _ _ _ ACT) j p T1) as (b' & o & _ & E1 & _).
          exact (PF E _ _ T E1). }
      destruct (retag_speaks A CP C FIT X FX w t p PT F v0 g pf _ _ _ _ (here_speaks _ _ _ _ _ _ _ _ _ _ H) (NP p
        eq_refl)
        FP R) as (S & NC & NI & ZS & NF).
      exists (retagged (tagging w) t p). change {| heap := heap w; tagging := retagged (tagging w) t p |}
        with (retag_world w t p).
      split; [|exact NI]. split; [|split; [exact NC|split; [rewrite ZS; exact NS|split]]].
      * apply speaks_here; [exact S|]. eapply retag_activation; eauto.
      * intros n f QF TF. destruct (NF n f QF TF).
      * intros _ j T. destruct (retag_tag w t p j t T) as [[_ N]|[E _]]; [congruence|].
        destruct (partner_facts CP C FIT t p PT) as (_ & _ & N & _). congruence.
  - apply bind_inv in R as (u & s1 & e1 & r1 & _ & R & ->). apply bind_inv in R as (g2 & s2 & e2 & r2 & KF & R & ->).
    apply ret_inv in R as (<- & _).
    destruct (kept_facts A CP C _ _ _ _ _ _ _ (tables _ _ _ _ _ _ _ _ _ _ H) KF) as (W & NC & _ & _ & KT).
    exists (tagging w). destruct w as [m tg]. cbn [heap tagging] in *.
    split; [|apply (ms_integers _ _ (wk_memory _ _ _ _ _ W))].
    split; [|split; [exact NC|split; [rewrite (ms_sizes _ _ (wk_memory _ _ _ _ _ W)); exact NS|split]]].
    + apply speaks_here; [|exact ACT]. eapply speaks_weaker; [exact W|]. eapply here_speaks; eauto.
    + intros n f QF TF. specialize (KT n f QF TF). apply andb_true_iff in KT as [K1 K2]. apply negb_true_iff in K1.
      subst free. auto.
    + cbn. intros [E|E]; [apply NT; exact E|discriminate].
Qed.

(** The facts that are added. *)
Definition describe (g : state) (t : id) (bare : bool) (b : bounds) (l : label) : M state :=
  if bare then
    let g := add_fact g {| fact_tag := t; fact_about := Size b; fact_label := l |} in
    let g := add_fact g {| fact_tag := t; fact_about := Alive; fact_label := [] |} in
    add_raw g t (lower b) l
  else ret g.

Lemma describe_speaks : forall F w v0 g t bare b l s h s' e, speaks A CP C X F w v0 every g ->
  (bare = true -> forall f, fact_tag f = t -> match fact_about f with Size c => c = b | Alive | Raw _ _ => True
    | _ => False end ->
     Holds (match fact_about f with Size _ => l | _ => [] end) ->
     forall z, fact_holds P C (heap w) (tagging w) z f) ->
  describe g t bare b l s = Some (h, s', e) -> speaks A CP C X F w v0 every h.
Proof.
  intros F w v0 g t bare b l s h s' e S FH R. unfold describe in R.
  destruct bare; [|apply ret_inv in R as (<- & _); exact S].
  specialize (FH eq_refl).
  assert (S2 : speaks A CP C X F w v0 every (add_fact (add_fact g {| fact_tag := t; fact_about := Size b;
    fact_label := l |})
                {| fact_tag := t; fact_about := Alive; fact_label := [] |})).
  { apply speaks_add_fact; [exact I| |].
    - intros v _ _ _. apply FH; cbn; auto. constructor.
    - apply speaks_add_fact; [exact I| |exact S]. intros v _ _ L. apply FH; cbn; auto. }
  destruct (add_raw_fact _ _ _ _ _ _ _ _ R) as [->|(from & to & ->)]; [exact S2|].
  apply speaks_add_fact; [exact I| |exact S2]. intros v _ _ _. apply FH; cbn; auto. constructor.
Qed.

Lemma describe_symbols : forall g t bare b l s h s' e, describe g t bare b l s = Some (h, s', e) ->
  next_integer h = next_integer g.
Proof.
  intros g t bare b l s h s' e R. unfold describe in R. destruct bare; [|apply ret_inv in R as (<- & _); reflexivity].
  destruct (add_raw_fact _ _ _ _ _ _ _ _ R) as [->|(from & to & ->)]; reflexivity.
Qed.

(** What an allocation that gives null leaves. *)
Lemma here_absent_if_null : forall F w v0 g bare t v b z, here F w v0 g ->
  denotes C (heap w) (tagging w) v0 g v (VPointer b z) ->
  (bare = true -> b = BNull -> forall n o, tag_is C (tagging w) t n -> heap w n = Some o -> False) ->
  here F w v0 (if bare then add_absent_if_null g t v else g).
Proof.
  intros F w v0 g bare t v b z H D N. destruct bare; [|exact H]. unfold add_absent_if_null.
  destruct v as [|[u|s] f|]; auto. apply here_add_fact; [exact H|exact I|]. intros v AG _ n o TI E B.
  destruct (D v AG) as [DB _]. cbn in B. apply (N eq_refl) with (n := n) (o := o); auto. congruence.
Qed.

Lemma value_same : forall g h v f n, same_symbols g h -> is_value v g f n -> is_value v h f n.
Proof. intros g h v f n (SI & _) V u AG. apply V. rewrite SI in AG. exact AG. Qed.

Lemma same_absent_if_null : forall g (bare : bool) t v,
  same_symbols g (if bare then add_absent_if_null g t v else g).
Proof. intros g [] t [|[]|]; repeat split. Qed.

(** The size that the state knows from now on. *)
Lemma here_sized : forall F w v0 g q t f z, here F w v0 g -> is_value (integers v0) g f z ->
  (q = true -> forall n o, tag_is C (tagging w) t n -> heap w n = Some o -> size o = z) ->
  here F w v0 (if q then set_size g t f [] else g).
Proof.
  intros F w v0 g q t f z H V K. destruct q; [|exact H].
  apply speaks_here; [|apply (acting _ _ _ _ _ _ _ _ _ _ H)]. apply speaks_set_size; [eapply here_speaks; exact H|].
  intros v AG _ n o T E. rewrite (K eq_refl n o T E). apply V. apply AG.
Qed.
End Activation.

(** ** The rule *)

Definition allocate_rule (number r : id) (alignment : Z) (c : operand) (site : id) (g : state) : M state :=
  allocate X g number r alignment c.

Theorem allocate_is_sound : forall number r alignment c,
  rule_is_sound A CP C X (Allocate r alignment c) (allocate_rule number r alignment c).
Proof.
  intros number r al c site g s g' s' e w0 entry F w v0 l _ H SF CT RI R CO. split; [apply claims_none|].
  intros F' m' _ EF. pose proof (acting _ _ _ _ _ _ _ _ _ _ H) as ACT.
  destruct (next_instruction CP C X FX _ _ _ _ _ SF (act_function _ _ _ _ _ _ _ _ ACT) RI) as (_ & WS & NL).
  cbn in WS, NL. apply Forall_inv in NL. apply andb_true_iff in WS as [WS _]. apply andb_true_iff in WS as [GV IC].
  unfold allocate_rule, allocate in R. apply bind_inv in R as (t & s1 & e1 & r1 & _ & R & ->).
  apply bind_inv in R as (body & s2 & e2 & r2 & TG & R & ->).
  destruct (tag_of_inv _ _ _ FX _ _ _ _ _ TG) as (Q & -> & ->).
  destruct body as [| | | | | | |cl i q a]; try discriminate R.
  apply bind_inv in R as (u & s3 & e3 & r3 & D & R & ->). apply demand_inv in D as (D & <- & ->).
  apply andb_true_iff in D as [_ D]. apply Z.eqb_eq in D. subst a.
  apply bind_inv in R as (u1 & s4 & e4 & r4 & D & R & ->). apply demand_inv in D as (D & <- & ->).
  assert (MAY : may_allocate C own t).
  { split; [eexists; split; [exact Q|reflexivity]|]. apply orb_true_iff in D as [D|D]; [left; exact D|]. right.
    apply mem_id_in. exact D. }
  apply bind_inv in R as (own_absent & s5 & e5 & r5 & _ & R & ->).
  apply bind_inv in R as (other & s6 & e6 & r6 & _ & R & ->).
  apply bind_inv in R as (free & s7 & e7 & r7 & RA & R & ->). apply bind_inv in R as (f & s8 & e8 & r8 & IO & R & ->).
  destruct (integer_operand A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ H NL IC IO) as (V & _ & -> & ->).
  apply bind_inv in R as ([[b lb] low] & s9 & e9 & r9 & SB & R & ->).
  destruct (size_bounds_hold A _ _ _ _ _ _ _ _ _ _ (known_at _ _ _ _ _ _ _ _ _ _ H) V SB) as [IB _].
  set (b' := {| lower := Some (Z.max (match lower b with Some n => n | None => 0 end) 0);
                upper := option_map (fun n => Z.max n 0) (upper b) |}) in *.
  set (ga := match q with Some p => remove_size (remove_size g t) p | None => remove_size g t end) in *.
  assert (HA : here A CP C X w0 entry F w v0 ga).
  { apply speaks_here; [|exact ACT]. unfold ga.
    destruct q; repeat apply speaks_remove_size; eapply here_speaks; exact H. }
  assert (NSA : PM.find t (sizes ga) = None /\ forall p, q = Some p -> PM.find p (sizes ga) = None).
  { unfold ga. destruct q as [p|]; [|split; [apply PM.grs|discriminate]]. split.
    - cbn. destruct (Pos.eq_dec t p) as [->|N]; [apply PM.grs|]. rewrite PM.gro by auto. apply PM.grs.
    - intros p' E. injection E as <-. apply PM.grs. }
  destruct NSA as [NSA NPA].
  apply bind_inv in R as (g1 & s10 & e10 & r10 & PR & R & ->).
  apply bind_inv in R as (g2 & s11 & e11 & r11 & DE & R & ->).
  apply bind_inv in R as ([g3 sv] & s12 & e12 & r12 & FV & R & ->). apply ret_inv in R as (<- & _ & _).
  assert (C7 : controlled A e7) by (intros x I; apply CO; repeat rewrite in_app_iff; tauto).
  assert (C10 : controlled A e10) by (intros x I; apply CO; repeat rewrite in_app_iff; tauto).
  destruct (prepare_holds w0 entry F w v0 ga t cl i q al other free _ g1 _ e10 HA NSA NPA Q MAY
              (read_absent_holds w0 entry _ _ _ _ _ _ _ _ _ _ H RA C7) PR C10)
    as (t' & (H1 & NC & NS1 & NF & NO) & NI1).
  set (bare := ((match q with Some _ => true | None => false end) || free)%bool) in *.
  set (w1 := {| heap := heap w; tagging := t' |}) in *.
  change (describe g1 t bare b' lb s10 = Some (g2, s11, e11)) in DE.
  assert (V2 : is_value (integers v0) g2 f (integer F c)).
  { intros v AG. apply V. rewrite (describe_symbols _ _ _ _ _ _ _ _ _ DE), NI1 in AG.
    replace (next_integer g) with (next_integer ga); [exact AG|]. unfold ga. destruct q; reflexivity. }
  set (known := match q with Some _ => true | None => false end) in *.
  cbn [fst snd]. set (g4 := if bare then add_absent_if_null g3 t sv else g3) in *.
  assert (GS : (match q with Some _ => set_size g4 t f [] | None => g4 end) =
               if known then set_size g4 t f [] else g4) by (unfold known; destruct q; reflexivity).
  rewrite GS. clear GS.
  assert (S4 : same_symbols g3 g4) by apply same_absent_if_null.
  assert (SS : same_symbols g3 (if known then set_size g4 t f [] else g4)).
  { destruct S4 as (? & ? & ?). destruct known; repeat split; assumption. }
  pose proof (acting _ _ _ _ _ _ _ _ _ _ H1) as ACT1.
  set (targeted := [entry_of_tag null_tag; {| entry_tag := t; entry_bounds := exactly 0; modulus := 1;
    remainder := 0 |}]) in *.
  assert (PE : Forall proper_entry targeted).
  { repeat constructor; unfold proper_entry; cbn; lia. }
  inversion EF; subst.
  - (* No object. *)
    assert (S2 : speaks A CP C X F w1 v0 every g2).
    { eapply describe_speaks; [eapply here_speaks; exact H1| |exact DE]. intros BA f0 TF _ _ z n o TI E. exfalso.
      rewrite TF in TI. unfold tag_is in TI. rewrite Q in TI. destruct n as [sn|j]; [contradiction|].
      exact (NO (or_introl BA) j TI). }
    pose proof (speaks_here A CP C X w0 entry _ _ _ _ S2 ACT1) as H2.
    assert (IT : in_targets C (heap w1) (tagging w1) targeted BNull 0).
    { apply Exists_cons_hd. split; [|split; [intros _; split; [split; exact I|exists 0; reflexivity]|reflexivity]].
      change (has_tag C (heap w1) (tagging w1) null_tag BNull). unfold has_tag. rewrite (proj1 (fixed_tags _ _ FIT)).
      reflexivity. }
    destruct (here_targeted w0 entry F w1 v0 g2 _ _ _ _ _ _ BNull 0 H2 PE IT FV) as (v1 & H3 & DN & VN).
    exists t', v1. change (here A CP C X w0 entry (set_register F r (VPointer BNull 0)) w1 v1
      (assign (if known then set_size g4 t f [] else g4) r sv)).
    eapply here_register; [|exact GV|eapply denotes_same; [exact SS|exact DN]].
    assert (NONE : bare = true -> forall n o, tag_is C (tagging w1) t n -> heap w1 n = Some o -> False).
    { intros BA n o TI _. unfold tag_is in TI. rewrite Q in TI. destruct n as [sn|j]; [contradiction|].
      exact (NO (or_introl BA) j TI). }
    assert (H4 : here A CP C X w0 entry F w1 v1 g4) by (eapply here_absent_if_null; eauto).
    eapply here_sized; [exact H4|apply (value_same g3 g4 _ _ _ S4 (VN _ _ V2))|]. intros KN n o TI E.
    destruct (NONE (proj2 (orb_true_iff _ _) (or_introl KN)) n o TI E).
  - match goal with N : heap w (Dynamic ?k) = None |- _ => rename N into NEW; set (j := k) in * end.
    set (o := fresh_object (integer F c) al SHeap) in *. set (w' := new_world w1 j o t).
    assert (ACT2 : activation A CP C X w0 entry F w').
    { apply (allocate_activation w0 entry F w1 t j o (THeap cl i q al)); auto. }
    assert (S1 : speaks A CP C X F w' v0 every g1).
    { apply (begin_speaks A CP C X w1 j o t (act_tagged _ _ _ _ _ _ _ _ ACT1) NEW F v0 g1); auto.
      - eapply here_speaks; eauto.
      - intros i0 f0 QF TF z. destruct (NF i0 f0 QF TF) as [_ K]. apply says_fresh; auto.
        apply (facts_proper _ (tables _ _ _ _ _ _ _ _ _ _ H1) i0 f0 QF). }
    assert (S2 : speaks A CP C X F w' v0 every g2).
    { eapply describe_speaks; [exact S1| |exact DE]. intros BA f0 TF K L z.
      eapply (fresh_fact CP C w1 j o t (THeap cl i q al)); eauto. destruct (fact_about f0) as [ | | | |b0| | | |];
        try contradiction; cbn; auto.
      subst b0. destruct (IB L) as [L1 L2]. split; cbn.
      - destruct (lower b); lia.
      - destruct (upper b); cbn; [lia|auto]. }
    pose proof (speaks_here A CP C X w0 entry _ _ _ _ S2 ACT2) as H2.
    assert (IT : in_targets C (heap w') (tagging w') targeted (BObject (Dynamic j)) 0).
    { apply Exists_cons_tl. apply Exists_cons_hd. split; [|split].
      - unfold has_tag. cbn. rewrite Q. exists (Dynamic j). split; auto. unfold tag_is. rewrite Q. cbn.
        rewrite Pos.eqb_refl. reflexivity.
      - intros _. split; [apply in_exactly|apply Z.divide_1_l].
      - reflexivity. }
    destruct (here_targeted w0 entry F w' v0 g2 _ _ _ _ _ _ (BObject (Dynamic j)) 0 H2 PE IT FV)
      as (v1 & H3 & DN & VN).
    exists (tagging w'), v1.
    change (here A CP C X w0 entry (set_register F r (VPointer (BObject (Dynamic j)) 0)) w' v1
      (assign (if known then set_size g4 t f [] else g4) r sv)).
    eapply here_register; [|exact GV|eapply denotes_same; [exact SS|exact DN]].
    assert (H4 : here A CP C X w0 entry F w' v1 g4).
    { eapply here_absent_if_null; [exact H3|exact DN|]. intros _ B. discriminate B. }
    eapply here_sized; [exact H4|apply (value_same g3 g4 _ _ _ S4 (VN _ _ V2))|]. intros KN nm o1 TI E.
    assert (NO1 : forall i1, tagging w1 i1 <> Some t) by (apply NO; left; apply orb_true_iff; left; exact KN).
    rewrite (only_object C w1 j o t _ Q NO1 (or_intror eq_refl) nm o1 TI E). reflexivity.
Qed.

End Allocate.
