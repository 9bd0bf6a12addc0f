(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What a load gives: all cases' sources together, and the symbolic value *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Loads Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs PredicateProofs FloatRanges FloatValidity FactReading HitProofs
  CaseProofs.
From AICheck Require Import ConcludeProofs CoverProofs SourceProofs.
Import ListNotations.
Open Scope Z_scope.

Section Loaded.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).
Variable t : type.
Hypothesis PT : proper_type t.

(** ** All sources *)

(** What the sources of several cases say. *)
Record bits_true (m : memory) (tagged : ghost) (o : object) (p : Z) (k : Loads.known) : Prop := {
  bt_initialised : k_initialised k = true -> Holds (k_label k) -> wholly_initialised o p (width t);
  bt_parts : Holds (k_label k) -> Exists (part_true CP C m tagged o t p) (k_parts k) }.

Lemma known_bits : forall m tagged v g o p k, known_true A CP C m tagged v g o p t k -> bits_true m tagged o p k.
Proof. intros m tagged v g o p k [I _ _ PA]. split; auto. Qed.

Lemma value_continues : forall g u h v f z, continues g u h v -> is_value (integers u) g f z ->
  is_value (integers v) h f z.
Proof.
  intros g u h v f z [L [AG _ _] _] V i AI. apply V. eapply agree_trans; [|exact AG].
  eapply agree_less; [apply (later_integers _ _ L)|exact AI].
Qed.

Lemma sources_hold : forall F w x al bit l v0 g shift k0 st g1 k st' e, here F w v0 g ->
  shift = 8 * access_immediate x + bit -> sources X x al bit g l shift t k0 st = Some ((g1, k), st', e) ->
  exists v1, here F w v1 g1 /\ continues g v0 g1 v1 /\
  (l = [] -> g1 = g /\ v1 = v0 /\ k = k0) /\ (l <> [] -> k_value k = None /\ k_predicate k = None) /\
  (k_initialised k = true -> k_initialised k0 = true) /\ (Holds (k_label k) -> Holds (k_label k0)) /\
  incl (k_parts k0) (k_parts k) /\
  forall b z o, is_value (integers v0) g (access_form x) z -> Exists (hit C (heap w) (tagging w) b z) l ->
    names (heap w) b o -> holds_cell o (8 * z + shift) t ->
    bits_true (heap w) (tagging w) o (8 * z + shift) k.
Proof.
  intros F w x al bit. induction l as [|s l IH]; intros v0 g shift k0 st g1 k st' e H SB SO; cbn [sources] in SO.
  { apply ret_inv in SO as (SO & _ & _). injection SO as <- <-. exists v0. split; [exact H|].
    split; [apply continues_refl|].
    split; [auto|]. split; [congruence|]. split; [auto|]. split; [auto|]. split; [apply incl_refl|]. intros b z o AT EX.
    inversion EX. }
  apply bind_inv in SO as ([g2 q] & s1 & e1 & e2 & S1 & SO & ->).
  destruct (source_holds A CP C FIT X FX w0 entry F w v0 g _ _ _ _ _ _ _ _ _ _ _ H PT SB S1) as (v2 & H2 & C2 & _ & KT).
  destruct (IH _ _ _ _ _ _ _ _ _ H2 SB SO) as (v1 & H1 & C1 & NIL & CONS & KI & KL & KP & REST).
  cbn [k_initialised k_label k_parts] in *.
  exists v1. split; [exact H1|]. split; [eapply continues_trans; eauto|]. split; [discriminate|]. split.
  { intros _. destruct l as [|s2 l]; [|apply CONS; discriminate]. destruct (NIL eq_refl) as (_ & _ & ->). auto. }
  split; [intro I; specialize (KI I); apply andb_true_iff in KI; tauto|].
  split; [intro L; specialize (KL L); apply union_holds in KL; tauto|].
  split; [intros y Y; apply KP; apply in_or_app; auto|].
  intros b z o AT EX NM HC.
  apply Exists_cons in EX as [HIT|EX]; [|exact (REST b z o (value_continues _ _ _ _ _ _ C2 AT) EX NM HC)].
  destruct (known_bits _ _ _ _ _ _ _ (KT b z o AT HIT NM HC)) as [BI BP]. split.
  - intros I L. specialize (KI I). apply andb_true_iff in KI. specialize (KL L). apply union_holds in KL. tauto.
  - intro L. specialize (KL L). apply union_holds in KL as [_ KL]. specialize (BP KL).
    apply Exists_exists in BP as (y & Y & Q).
    apply Exists_exists. exists y. split; auto. apply KP. apply in_or_app. auto.
Qed.

Lemma all_sources_hold : forall F w v0 g x bit d shift st g1 k st' e, here F w v0 g ->
  shift = 8 * access_immediate x + bit -> all_sources X x bit g d shift t st = Some ((g1, k), st', e) ->
  exists v1, here F w v1 g1 /\ continues g v0 g1 v1 /\ (forall q, k_predicate k = Some q -> proper_predicate q) /\
  (cases d = None -> k_initialised k = false /\ k_parts k = []) /\
  forall l b z o, is_value (integers v0) g (access_form x) z -> cases d = Some l ->
    Exists (hit C (heap w) (tagging w) b z) l -> names (heap w) b o ->
    holds_cell o (8 * z + shift) t ->
    bits_true (heap w) (tagging w) o (8 * z + shift) k /\
    (forall one, l = [one] -> known_true A CP C (heap w) (tagging w) v1 g1 o (8 * z + shift) t k).
Proof.
  intros F w v0 g x bit d shift st g1 k st' e H SB SO. unfold all_sources in SO. destruct (cases d) as [[|s l]|].
  - apply ret_inv in SO as (SO & _ & _). injection SO as <- <-. exists v0. split; [exact H|].
    split; [apply continues_refl|].
    split; [discriminate|]. split; [discriminate|]. intros l b z o AT E EX. injection E as <-. inversion EX.
  - apply bind_inv in SO as ([g2 q] & s1 & e1 & e2 & S1 & SO & ->). cbn [fst snd] in SO.
    destruct (source_holds A CP C FIT X FX w0 entry F w v0 g _ _ _ _ _ _ _ _ _ _ _ H PT SB S1)
      as (v2 & H2 & C2 & QP & KT).
    destruct (sources_hold _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ H2 SB SO) as (v1 & H1 & C1 & NIL & CONS & KI & KL & KP & REST).
    exists v1. split; [exact H1|]. split; [eapply continues_trans; eauto|]. split.
    { intros p PE. destruct l as [|s2 l]; [destruct (NIL eq_refl) as (_ & _ & ->); auto|].
      destruct (CONS ltac:(discriminate)) as [_ KN]. congruence. }
    split; [discriminate|]. intros l' b z o AT E EX NM HC. injection E as <-. split.
    + apply Exists_cons in EX as [HIT|EX]; [|exact (REST b z o (value_continues _ _ _ _ _ _ C2 AT) EX NM HC)].
      destruct (known_bits _ _ _ _ _ _ _ (KT b z o AT HIT NM HC)) as [BI BP]. split; auto.
      intro L. specialize (BP (KL L)). apply Exists_exists in BP as (y & Y & Q). apply Exists_exists. exists y.
      split; auto.
    + intros one E. injection E as <- ->. destruct (NIL eq_refl) as (-> & -> & ->).
      inversion EX as [? ? HIT|? ? NO]; subst; [exact (KT b z o AT HIT NM HC)|inversion NO].
  - apply ret_inv in SO as (SO & _ & _). injection SO as <- <-. exists v0. split; [exact H|].
    split; [apply continues_refl|].
    split; [discriminate|]. split; [auto|]. discriminate.
Qed.

(** A predicate that every source implies. *)
Lemma declared_holds : forall m tagged o p k s q s' e, declared_predicate X k t s = Some (q, s', e) ->
  bits_true m tagged o p k -> wholly_initialised o p (width t) -> Holds (k_label k) ->
  cell_satisfies P C m tagged o p t q.
Proof.
  intros m tagged o p k s q s' e H [_ BP] WI L. unfold declared_predicate in H.
  apply bind_inv in H as (q' & s1 & e1 & e2 & RP & H & _). apply bind_inv in H as (u & s2 & e3 & e4 & DE & H & _).
  apply ret_inv in H as (<- & _ & _). apply demand_inv in DE as (DE & _ & _). apply andb_true_iff in DE as [_ FA].
  apply read_predicate_proper in RP. rewrite forallb_forall in FA.
  specialize (BP L). apply Exists_exists in BP as ([r ty] & I & T). specialize (FA _ I). cbn in FA.
  destruct r as [r|]; [|discriminate]. unfold part_true in T. cbn [fst snd] in T. destruct T as (SC & PTY & PR & CS).
  eapply (cell_implies P C m tagged); eauto.
Qed.

Lemma declared_proper : forall k s q s' e, declared_predicate X k t s = Some (q, s', e) ->
  proper_predicate q /\ k_parts k <> [].
Proof.
  intros k s q s' e H. unfold declared_predicate in H.
  apply bind_inv in H as (q' & s1 & e1 & e2 & RP & H & _). apply bind_inv in H as (u & s2 & e3 & e4 & DE & H & _).
  apply ret_inv in H as (<- & _ & _). apply demand_inv in DE as (DE & _ & _). apply andb_true_iff in DE as [NE _].
  split; [eapply read_predicate_proper; exact RP|]. intro E. rewrite E in NE. discriminate.
Qed.

(** ** The symbolic value *)

(** A value as a load gives one. *)
Definition of_shape (y : value) : Prop :=
  match t, y with
  | TInteger t, VInteger n => in_itype t n
  | TPointer, VPointer _ _ | TFloat _, VFloat _ => True
  | _, _ => False
  end.

Lemma reduced_shape : forall x, class_of_value x = class_of t -> of_shape (reduced t x).
Proof.
  intros x CL. unfold of_shape. destruct t as [it| |], x; try discriminate CL; cbn; auto. apply wrap_in. exact PT.
Qed.

Lemma here_pointer_value : forall F w v0 g l s h sv s' e b z, here F w v0 g ->
  (forall en lb, l = Some (en, lb) -> Forall proper_entry en /\ (Holds lb ->
    in_targets C (heap w) (tagging w) en b z)) ->
  fresh_value_pointer X g l s = Some ((h, sv), s', e) ->
  exists v1, here F w v1 h /\ denotes C (heap w) (tagging w) v1 h sv (VPointer b z) /\ continues g v0 h v1.
Proof.
  intros F w v0 g l s h sv s' e b z H IT E. unfold fresh_value_pointer in E.
  destruct (fresh_pointer g) as [[g1 b1] o1] eqn:FP.
  destruct (here_fresh_pointer A CP C X w0 entry F w v0 g g1 b1 o1 b z H FP) as (H1 & D & OO & _ & _).
  pose proof (continues_pointer _ _ _ _ v0 b z FP) as C1. set (v1 := with_pointer v0 b1 o1 b z) in *. clearbody v1.
  apply bind_inv in E as (g2 & s1 & e1 & e2 & MK & E & _). apply ret_inv in E as (E & _ & _). injection E as <- <-.
  exists v1. destruct l as [[en lb]|]; [|apply ret_inv in MK as (<- & _ & _); auto].
  destruct (IT en lb eq_refl) as [PR IN].
  assert (BX : (b1 < next_base g1)%positive) by (eapply base_symbol_exists; eauto).
  assert (TX : Holds lb -> forall v, agrees g1 v v1 ->
    in_targets C (heap w) (tagging w) en (bases v b1) (integers v (own_offset g1 b1))).
  { intros HL v AV. destruct (D v AV) as [DB DO]. rewrite OO, DB. rewrite eval_symbol in DO. rewrite DO. auto. }
  destruct (here_current A CP C X FX w0 entry F w v1 g1 b1 en lb _ _ _ _ H1 BX PR TX MK) as (H2 & N2 & S2 & _ & _).
  split; [exact H2|]. assert (C2 : continues g1 v1 g2 v1) by (apply continues_same; auto;
    rewrite (same_offsets _ _ N2); reflexivity).
  split; [eapply denotes_continues; eauto|eapply continues_trans; eauto].
Qed.

(** Symbols have the values that they had if all forms have. *)
Lemma continues_denotes : forall m tagged g v0 h v1, later g h -> own_offsets h = own_offsets g ->
  (forall s x, denotes C m tagged v0 g s x -> denotes C m tagged v1 h s x) -> continues g v0 h v1.
Proof.
  intros m tagged g v0 h v1 L O D. split; [exact L| |intros s _; unfold own_offset; rewrite O; reflexivity].
  split.
  - intros s LT. assert (DI : denotes C m tagged v0 g (SInteger (symbol_form s)) (VInteger (integers v0 s))).
    { intros v AG. cbn. rewrite eval_symbol. apply (agree_integers _ _ _ AG). exact LT. }
    apply D in DI. specialize (DI v1 (agrees_refl _ _)). cbn in DI. rewrite eval_symbol in DI. exact DI.
  - intros s LT. assert (DI : denotes C m tagged v0 g (SPointer (BSymbol s) (constant_form 0)) (VPointer (bases v0 s)
      0)).
    { intros v AG. cbn. split; [apply (agree_bases _ _ _ AG); exact LT|reflexivity]. }
    apply D in DI. apply (DI v1 (agrees_refl _ _)).
  - intros s LT. assert (DI : denotes C m tagged v0 g (SFloat (FSymbol s)) (VFloat (floats v0 s))).
    { intros v AG. cbn. apply (agree_floats _ _ _ AG). exact LT. }
    apply D in DI. exact (DI v1 (agrees_refl _ _)).
Qed.

Lemma fresh_float_later : forall g r h x, fresh_float g r = (h, x) -> later g h /\ own_offsets h = own_offsets g.
Proof. intros g r h x E. unfold fresh_float in E. injection E as <- _. destruct r; split; auto; split; cbn; lia. Qed.

Lemma loaded_holds : forall F w v0 g vo qo ql l s h sv s' e y, here F w v0 g -> of_shape y ->
  (forall v, vo = Some v -> Holds l -> denotes C (heap w) (tagging w) v0 g v y) ->
  (forall q, qo = Some q -> proper_predicate q /\
     (Holds l -> Holds ql -> satisfies_predicate C (heap w) (tagging w) q t y)) ->
  loaded X g vo qo ql t l s = Some ((h, sv), s', e) ->
  exists v1, here F w v1 h /\ denotes C (heap w) (tagging w) v1 h sv y /\ continues g v0 h v1.
Proof.
  intros F w v0 g vo qo ql l s h sv s' e y H SH V Q E.
  (* A fresh value of which the predicate says something. *)
  set (fresh := let l := union l ql in
    match t with
    | TInteger it =>
      let '(g, f) := fresh_integer g in
      match qo with
      | Some (PInteger b m r) =>
        let full := completed b (type_range it) in
        if contains_range (type_range it) full then
          let g := add_bounds g f full l in
          ret (if 2 <=? m then add_congruence g (fst f) m r l else g, SInteger f)
        else ret (add_bounds g f (type_range it) [], SInteger f)
      | _ => ret (add_bounds g f (type_range it) [], SInteger f)
      end
    | TPointer =>
      match qo with
      | Some (PPointer (Some e)) => fresh_value_pointer X g (Some (e, l))
      | _ => fresh_value_pointer X g None
      end
    | TFloat _ =>
      let '(g, x) := fresh_float g (match qo with Some (PFloat (Some r)) => Some (r, l) | _ => None end) in
      ret (g, SFloat x)
    end : M (state * svalue)) in *.
  assert (FR : fresh s = Some ((h, sv), s', e) ->
    exists v1, here F w v1 h /\ denotes C (heap w) (tagging w) v1 h sv y /\ continues g v0 h v1).
  { clear E V. intro E. subst fresh. cbv zeta in E. unfold of_shape in SH.
    destruct t as [it| |fm], y as [n|b z|x]; try contradiction.
    - destruct (fresh_integer g) as [g1 f] eqn:FI.
      pose proof (fresh_gives A (integers v0) g n (known_at _ _ _ _ _ _ _ _ _ _ H)) as GV. rewrite FI in GV.
      destruct GV as (u & ON & VF). set (v1 := with_integers v0 u). exists v1.
      assert (H1 : here F w v1 g1) by (eapply here_onward; eauto).
      assert (C1 : continues g v0 g1 v1) by (eapply continues_onward; eauto).
      assert (GO : forall g2, onward A (integers v1) g1 (integers v1) g2 -> (g2, SInteger f) = (h, sv) ->
        here F w v1 h /\ denotes C (heap w) (tagging w) v1 h sv (VInteger n) /\ continues g v0 h v1).
      { intros g2 O2 EQ. injection EQ as <- <-.
        destruct (here_continues A CP C X w0 entry F w v1 g1 g2 H1 O2) as [H2 C2].
        split; [exact H2|]. split; [|eapply continues_trans; eauto]. apply denotes_integer. eapply value_onward; eauto.
        }
      assert (TR : onward A (integers v1) g1 (integers v1) (add_bounds g1 f (type_range it) [])).
      { eapply onward_bounds; [eapply known_at; eauto|exact VF|]. intros _. apply type_range_in. exact SH. }
      destruct qo as [[bd k r|ol|orr]|]; try (apply ret_inv in E as (E & _ & _); eauto).
      destruct (contains_range (type_range it) (completed bd (type_range it))); apply ret_inv in E as (E & _ & _);
        [|eauto].
      destruct (Q _ eq_refl) as [PR QS]. cbn in PR.
      assert (IN : Holds (union l ql) -> In_bounds bd n /\ (k | n - r)).
      { intro HL. apply union_holds in HL as [L1 L2]. specialize (QS L1 L2). cbn in QS.
        rewrite (wrap_small it n) in QS by auto. exact QS. }
      assert (OB : onward A (integers v1) g1 (integers v1) (add_bounds g1 f (completed bd (type_range it)) (union l
        ql))).
      { eapply onward_bounds; [eapply known_at; eauto|exact VF|]. intro HL. apply completed_in; [apply IN; exact HL|].
        apply type_range_in. exact SH. }
      destruct (2 <=? k); [|eauto]. eapply GO; [|exact E]. eapply onward_trans; [exact OB|].
      destruct f as [ft fc] eqn:FE. assert (fc = 0) by (unfold fresh_integer in FI; injection FI; intros; subst; auto).
      subst fc.
      eapply (onward_congruence A _ _ ft 0); [apply (step_known _ _ _ _ _ OB)|eapply value_onward; eauto|].
      intro HL. replace (n - 0 - r) with (n - r) by lia. apply IN. exact HL.
    - destruct qo as [[bd k r|[en|]|orr]|]; try (eapply (here_pointer_value F w v0 g None);
        [exact H|discriminate|exact E]).
      destruct (Q _ eq_refl) as [PR QS]. eapply (here_pointer_value F w v0 g (Some (en, union l ql)));
        [exact H| |exact E].
      intros en' lb EQ. injection EQ as <- <-. split; [exact PR|]. intro HL. apply union_holds in HL as [L1 L2].
      exact (QS L1 L2).
    - destruct (fresh_float g _) as [g1 f1] eqn:FF. apply ret_inv in E as (E & _ & _). injection E as <- <-.
      pose proof FF as FF'. eapply (here_fresh_float A CP C X w0 entry F w v0 g) with (y := x) in FF
        as (v1 & H1 & D & DN); [|exact H|].
      + exists v1. split; [exact H1|]. split; [exact D|]. apply fresh_float_later in FF' as [LT OF].
        eapply continues_denotes; eauto.
      + intros r lb EQ. destruct qo as [[bd k r0|ol|[r1|]]|]; try discriminate EQ. cbn in EQ. injection EQ as <- <-.
        destruct (Q _ eq_refl) as [PR QS]. split; [exact PR|]. intro HL. apply union_holds in HL as [L1 L2].
        exact (QS L1 L2). }
  assert (CASES : (exists v, vo = Some v /\ l = [] /\ h = g /\ sv = v) \/
                  (exists f f' it, vo = Some (SInteger f) /\ t = TInteger it /\ labelled g f l = (h, f') /\
                    sv = SInteger f') \/
                  fresh s = Some ((h, sv), s', e)).
  { unfold loaded in E. destruct vo as [v|]; [|right; right; exact E].
    destruct l as [|a l']; [destruct v; apply ret_inv in E as (E & _ & _); injection E as <- <-; left; eauto|].
    destruct v as [f|b f|f]; [|right; right; exact E|right; right; exact E].
    destruct t as [it| |fm] eqn:TE; [|right; right; exact E|right; right; exact E].
    destruct (labelled g f (a :: l')) as [g1 f1] eqn:LB. apply ret_inv in E as (E & _ & _). injection E as <- <-.
    right. left. eauto 10. }
  destruct CASES as [(v & EV & EL & -> & ->)|[(f & f' & it & EV & ET & LB & ->)|EF]]; [| |auto].
  - exists v0. split; [exact H|]. split; [|apply continues_refl]. apply V; auto. rewrite EL. constructor.
  - assert (exists n, y = VInteger n) as (n & ->).
    { clear - SH ET. unfold of_shape in SH. rewrite ET in SH. destruct y; try contradiction. eauto. }
    assert (VI : Holds l -> is_value (integers v0) g f n).
    { intro HL. eapply denotes_integer. exact (V _ EV HL). }
    destruct (labelled_gives A (integers v0) g f l n h f' (known_at _ _ _ _ _ _ _ _ _ _ H) VI LB) as (u & ON & VF).
    exists (with_integers v0 u). split; [eapply here_onward; eauto|]. split; [|eapply continues_onward; eauto].
    apply denotes_integer. exact VF.
Qed.
End Loaded.
