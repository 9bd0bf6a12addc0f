(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What operands denote, results, targets that become current *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs SaneProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** What [fitting] says *)

Section Fitting.
Variable CP : cprogram.
Variable C : certificate.
Hypothesis FIT : fitting CP C = true.

Ltac fit := unfold fitting in FIT; repeat rewrite andb_true_iff in FIT; decompose [and] FIT.

Lemma fitting_tag_of : forall t body, PM.find t (tags C) = Some body -> fitting_tag CP C (t, body) = true.
Proof. intros t body F. fit. eapply forallb_elements in F; eauto. Qed.

Lemma fixed_tags : PM.find null_tag (tags C) = Some TNull /\ PM.find ended_tag (tags C) = Some TEnded /\
  PM.find freed_tag (tags C) = Some TFreed.
Proof.
  fit. destruct (PM.find null_tag (tags C)) as [[]|]; try discriminate.
  destruct (PM.find ended_tag (tags C)) as [[]|]; try discriminate.
  destruct (PM.find freed_tag (tags C)) as [[]|]; try discriminate. auto.
Qed.

Lemma function_tag_of : forall f F, PM.find f (cfunctions CP) = Some F ->
  PM.find (f + 3)%positive (tags C) = Some (TFunction f).
Proof.
  intros f F H. fit. match goal with T : forallb (fun p => has_function_tag C (fst p)) _ = true |- _ =>
    eapply forallb_elements in T; [|exact H]; cbn in T; unfold has_function_tag in T end.
  destruct (PM.find (f + 3)%positive (tags C)) as [[]|]; try discriminate.
  match goal with T : Pos.eqb _ _ = true |- _ => apply Pos.eqb_eq in T; subst; reflexivity end.
Qed.

Lemma static_tag_of : forall o d, PM.find o (cstatics CP) = Some d ->
  exists k s a, PM.find (o + (function_count CP + 2))%positive (tags C) = Some (TStatic o k s a).
Proof.
  intros o d H. fit. match goal with T : forallb (fun p => has_static_tag _ C (fst p)) _ = true |- _ =>
    eapply forallb_elements in T; [|exact H]; cbn in T; unfold has_static_tag in T end.
  destruct (PM.find (o + (function_count CP + 2))%positive (tags C)) as [[]|]; try discriminate.
  match goal with T : Pos.eqb _ _ = true |- _ => apply Pos.eqb_eq in T; subst; eauto end.
Qed.

(** An object has one tag. *)
Lemma one_tag : forall tagged t u n, tag_is C tagged t n -> tag_is C tagged u n -> t = u.
Proof.
  intros tagged t u n T U. unfold tag_is in *.
  destruct (PM.find t (tags C)) as [a|] eqn:FA; [|destruct T].
  destruct (PM.find u (tags C)) as [b|] eqn:FB; [|destruct U].
  pose proof (fitting_tag_of _ _ FA) as QA. pose proof (fitting_tag_of _ _ FB) as QB.
  destruct n as [o|k].
  - destruct a; try contradiction; destruct b; try contradiction. cbn in QA, QB.
    apply andb_true_iff in QA as [QA _]. apply andb_true_iff in QB as [QB _].
    apply Pos.eqb_eq in QA, QB. congruence.
  - destruct a; try contradiction; destruct b; try contradiction; congruence.
Qed.

End Fitting.

(** An object with a tag of single ones is the only one. *)
Lemma single_object : forall C P m tagged t body n k, well_tagged P C m tagged -> PM.find t (tags C) = Some body ->
  is_single body = true -> tag_is C tagged t n -> tag_is C tagged t k -> n = k.
Proof.
  intros C P m tagged t body n k WT F S T U. unfold tag_is in T, U. rewrite F in *.
  destruct body; try contradiction; destruct n, k; try contradiction; try congruence; f_equal;
    eapply (singles _ _ _ _ WT); eauto.
Qed.

(** ** Facts that the certificate names *)

Lemma fact_of_tag_inv : forall g k t s f s' e, fact_of_tag g k t s = Some (f, s', e) ->
  PM.find k (facts g) = Some f /\ fact_tag (fst f) = t /\ e = [].
Proof.
  intros g k t s f s' e H. unfold fact_of_tag, held_fact in H. monad.
  match goal with E : Pos.eqb _ _ = true |- _ => apply Pos.eqb_eq in E end. auto.
Qed.

Section Operands.
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

Definition named_alive (F : frame) (a : operand) : Prop := match a with OAutomatic o => automatic F o <> None
  | _ => True end.

(** What well-formedness says of the instruction that is next. *)
Lemma next_instruction : forall m F site i l, sane_frame CP m F -> running F = the_function X ->
  rest F = (site, i) :: l ->
  Checker.proper_type (type_of i) = true /\ well_shaped CP (the_function X) (the_body X) i = true /\
  Forall (named_alive F) (operands_of i).
Proof.
  intros m F site i l [(G & c & s & s' & FG & R & WS & WE & LT & NE & MG & LV & TB & TE) _ _ _ _] RF RI.
  rewrite RF, (fits_body _ _ _ FX) in FG. injection FG as <-. rewrite RF in WS.
  rewrite R in RI. destruct c as [|[n [site' i']] c]; [discriminate|]. cbn in RI. injection RI as -> -> _.
  cbn in WS. apply andb_true_iff in WS as [WS _]. apply andb_true_iff in WS as [PT WS]. repeat split; auto.
  cbn in LT. destruct (forallb (names_live s) (operands_of i)) eqn:NL; [|discriminate].
  rewrite forallb_forall in NL. apply Forall_forall. intros a I. specialize (NL a I).
  destruct a; cbn in *; auto. apply LV. exact NL.
Qed.

Lemma register_below : well_formed CP = true -> forall r t, PM.find r (cregisters (the_body X)) = Some t ->
  (r < cregister_count (the_body X))%positive.
Proof.
  intros W r t R. unfold well_formed in W. repeat rewrite andb_true_iff in W.
  destruct W as [[[_ _] W] _].
  eapply forallb_elements in W; [|exact (fits_body _ _ _ FX)]. cbn in W. unfold well_formed_function in W.
  repeat rewrite andb_true_iff in W. destruct W as [[[[[W _] _] _] _] _].
  eapply forallb_elements in W; [|exact R]. cbn in W. apply andb_true_iff in W as [W _]. apply Pos.ltb_lt. exact W.
Qed.

Lemma rests_on_holds : (forall x, (assumption_count CP <= x)%positive -> A x) ->
  forall l s u s' e, rests_on X l s = Some (u, s', e) -> controlled A e -> Holds l.
Proof.
  intros ALARMS l s u s' e R L. unfold rests_on in R. rewrite (fits_program _ _ _ FX) in R.
  assert (N : Holds (filter (fun a => Pos.ltb a (assumption_count CP)) l)).
  { destruct (filter (fun a => Pos.ltb a (assumption_count CP)) l) eqn:E; [constructor|]. monad. apply L. left.
    reflexivity. }
  unfold NumberProofs.Holds in *. rewrite Forall_forall in *. intros x I.
  destruct (Pos.ltb_spec x (assumption_count CP)) as [B|B]; [|auto]. apply N. apply filter_In. split; auto.
  apply Pos.ltb_lt. exact B.
Qed.

Lemma value_of_register_is : forall g r t s v s' e, PM.find r (cregisters (the_body X)) = Some t ->
  value_of_register X g r s = Some (v, s', e) -> v = symbolic_register g r t /\ s' = s /\ e = [].
Proof.
  intros g r t s v s' e R H. unfold value_of_register in H. unfold symbolic_register. rewrite R in H.
  destruct (PM.find r (assigned g)); [monad; auto|]. destruct t; monad; auto.
Qed.

Lemma value_of_denotes : forall F w v0 g a c s v s' e,
  here F w v0 g -> named_alive F a -> operand_class CP (the_body X) a = Some c ->
  value_of X g a s = Some (v, s', e) ->
  denotes C (heap w) (tagging w) v0 g v (eval F a) /\ s' = s /\ e = [].
Proof.
  intros F w v0 g a c s v s' e H L K V. destruct a as [r|n|x|o|o|f|]; cbn in *.
  - unfold register_class in K. destruct (PM.find r (cregisters (the_body X))) as [t|] eqn:R; [|discriminate].
    destruct (value_of_register_is _ _ _ _ _ _ _ R V) as (-> & -> & ->). split; auto.
    apply (denoted _ _ _ _ _ _ _ _ _ _ H). auto.
  - monad. split; auto. intros v AG. apply eval_constant.
  - monad. split; auto. intros v AG. reflexivity.
  - unfold exists_in in K. destruct (PM.find o (cstatics CP)) as [d|] eqn:D; [|discriminate]. monad. split; auto.
    destruct (static_tag_of _ _ FIT _ _ D) as (k & z & al & T). intros v AG. cbn. split; [|apply eval_constant].
    unfold static_tag. rewrite (fits_static _ _ _ FX). unfold named, has_tag. rewrite T. split; auto. exists (Static o).
    split; auto. unfold tag_is. rewrite T. reflexivity.
  - destruct (automatic F o) as [n|] eqn:AO; [|destruct (L eq_refl)].
    destruct (act_own _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H) _ _ AO) as (k & m & t & ->
      & LM & LC & TG & LT & N).
    unfold automatic_tag in V. rewrite (fits_certificate _ _ _ FX), LM, LC in V. monad. split; auto.
    match goal with E : Some _ = Some _ |- _ => injection E as -> end.
    intros v AG. cbn. split; [|apply eval_constant]. destruct LT as (many & z & al & T).
    unfold named, has_tag. rewrite T.
    split; [|apply (act_newer _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)); exact N].
    exists (Dynamic k). split; auto. unfold tag_is. rewrite T. exact TG.
  - unfold exists_in in K. destruct (PM.find f (cfunctions CP)) as [d|] eqn:D; [|discriminate]. monad. split; auto.
    intros v AG. cbn. split; [|apply eval_constant]. unfold named, has_tag, function_tag.
    rewrite (function_tag_of _ _ FIT _ _ D). auto.
  - monad. split; auto. intros v AG. cbn. split; [|apply eval_constant]. unfold named, has_tag.
    rewrite (proj1 (fixed_tags _ _ FIT)). auto.
Qed.

(** Operands of a class that is known. *)
Lemma integer_operand : forall F w v0 g a s f s' e, here F w v0 g -> named_alive F a ->
  is CP (the_body X) a CInteger = true ->
  integer_of X g a s = Some (f, s', e) ->
  is_value (integers v0) g f (integer F a) /\ eval F a = VInteger (integer F a) /\ s' = s /\ e = [].
Proof.
  intros F w v0 g a s f s' e H L K V. unfold integer_of in V. apply bind_inv in V as (v & s1 & e1 & e2 & V & R & ->).
  destruct (value_of_denotes _ _ _ _ _ _ _ _ _ _ H L (is_class _ _ _ _ K) V) as (D & -> & ->).
  destruct v as [h|b h|x]; try discriminate. monad. unfold integer.
  pose proof (D v0 (agrees_refl _ _)) as D0. cbn in D0. destruct (eval F a); try contradiction.
  split; auto. apply (denotes_integer C (heap w) (tagging w)). exact D.
Qed.

Lemma pointer_operand : forall F w v0 g a s b f s' e, here F w v0 g -> named_alive F a ->
  is CP (the_body X) a CPointer = true ->
  pointer_of X g a s = Some ((b, f), s', e) ->
  denotes C (heap w) (tagging w) v0 g (SPointer b f) (VPointer (base_of F a) (offset_of F a)) /\
  eval F a = VPointer (base_of F a) (offset_of F a) /\ s' = s /\ e = [].
Proof.
  intros F w v0 g a s b f s' e H L K V. unfold pointer_of in V. apply bind_inv in V as (v & s1 & e1 & e2 & V & R & ->).
  destruct (value_of_denotes _ _ _ _ _ _ _ _ _ _ H L (is_class _ _ _ _ K) V) as (D & -> & ->).
  destruct v as [h|b' h|x]; try discriminate. apply ret_inv in R as (E & -> & ->). injection E as -> ->.
  unfold base_of, offset_of.
  pose proof (D v0 (agrees_refl _ _)) as D0. cbn in D0. destruct (eval F a); try contradiction. auto.
Qed.

Lemma float_operand : forall F w v0 g a s x s' e, here F w v0 g -> named_alive F a ->
  is CP (the_body X) a CFloat = true ->
  float_of X g a s = Some (x, s', e) ->
  denotes C (heap w) (tagging w) v0 g (SFloat x) (VFloat (float F a)) /\ eval F a = VFloat (float F a) /\
    s' = s /\ e = [].
Proof.
  intros F w v0 g a s x s' e H L K V. unfold float_of in V. apply bind_inv in V as (v & s1 & e1 & e2 & V & R & ->).
  destruct (value_of_denotes _ _ _ _ _ _ _ _ _ _ H L (is_class _ _ _ _ K) V) as (D & -> & ->).
  destruct v as [h|b h|y]; try discriminate. monad. unfold float.
  pose proof (D v0 (agrees_refl _ _)) as D0. cbn in D0. destruct x; destruct (eval F a); try contradiction; auto.
Qed.

(** Registers that instructions give. *)
Lemma given_register : forall r c, Checker.gives (the_body X) r c = true ->
  exists t, PM.find r (cregisters (the_body X)) = Some t /\ class_of t = c /\
            forall u, ~ In (r, u) (cparameters (the_body X)).
Proof.
  intros r c H. unfold Checker.gives in H. apply andb_true_iff in H as [H N]. apply negb_true_iff in N.
  unfold register_class, has_class, class_eqb in H. destruct (PM.find r (cregisters (the_body X))) as [t|] eqn:R;
    [|discriminate].
  cbn in H. destruct (class_eq_dec (class_of t) c); [|discriminate]. exists t. repeat split; auto.
  intros u I. unfold is_parameter in N. assert (existsb (fun p => Pos.eqb (fst p) r) (cparameters (the_body X)) = true).
  { apply existsb_exists. exists (r, u). split; auto. apply Pos.eqb_refl. }
  congruence.
Qed.

(** ** Targets that become current *)

Lemma tag_of_inv : forall t s body s' e, tag_of X t s = Some (body, s', e) -> PM.find t (tags C) = Some body /\
  s' = s /\ e = [].
Proof. intros t s body s' e H. unfold tag_of in H. rewrite (fits_certificate _ _ _ FX) in H. monad. auto. Qed.

(** All targets are objects: the offset is in the hull of their ranges. *)
Lemma object_entries_hold : forall m t l b s r s' e, object_entries X l b s = Some (Some r, s', e) ->
  (forall c z, in_targets C m t l c z -> In_bounds r z) /\ (forall q z, b = Some q -> In_bounds q z -> In_bounds r z).
Proof.
  intros m t l. induction l as [|x l IH]; intros b s r s' e H; cbn in H.
  - monad. split; [intros c z I; inversion I|]. intros q z E I. inversion E; subst. auto.
  - apply bind_inv in H as (body & s1 & e1 & e2 & T & H & ->). apply tag_of_inv in T as (T & -> & ->).
    destruct (is_object body) eqn:O; [|monad; discriminate].
    apply IH in H as [HL HB]. split.
    + intros c z I. apply Exists_cons in I as [I|I]; [|eauto].
      assert (IB : In_bounds (entry_bounds x) z).
      { destruct I as (_ & I & _). apply I. exists body. auto. }
      destruct b as [q|]; eapply HB; eauto. apply hull_in. auto.
    + intros q z -> I. eapply HB; [reflexivity|]. apply hull_in. auto.
Qed.

Lemma object_entries_quiet : forall l b s r s' e, object_entries X l b s = Some (r, s', e) -> s' = s /\ e = [].
Proof.
  induction l as [|x l IH]; intros b s r s' e H; cbn in H; [monad; auto|].
  apply bind_inv in H as (body & s1 & e1 & e2 & T & H & ->). apply tag_of_inv in T as (_ & -> & ->).
  destruct (is_object body); [|monad; auto]. apply IH in H as [-> ->]. auto.
Qed.

Lemma here_targets : forall F w v0 g b l label, here F w v0 g -> (b < next_base g)%positive -> Forall proper_entry l ->
  (Holds label -> forall v, agrees g v v0 ->
    in_targets C (heap w) (tagging w) l (bases v b) (integers v (own_offset g b))) ->
  here F w v0 (set_targets g b l label).
Proof.
  intros F w v0 g b l label [H D EX T B ACT] L PR I.
  assert (SS : same_symbols g (set_targets g b l label)) by (repeat split).
  split; auto.
  - intros v AG. apply (agrees_same _ _ _ _ SS) in AG. destruct (H v AG) as [? ? TS ? ? ?].
    split; auto; try (eapply numbers_same; cycle 3; [eassumption|reflexivity..]).
    cbn. intros s e q Q HL. apply find_add in Q as [[-> Q]|Q]; [|eauto]. injection Q as -> ->. auto.
  - intros r t R. apply (denotes_same _ _ _ _ _ _ _ _ SS). exact (D r t R).
  - destruct T as [TI FT CT LF FP CPR TP TS RP NB OS]. split; auto.
    + cbn. intros s e q Q. apply find_add in Q as [[-> Q]|Q]; [|eauto]. injection Q as -> ->. auto.
    + cbn. intros s e Q. apply find_add in Q as [[-> Q]|Q]; [|eauto]. auto.
Qed.

(** The base's own offset lies where its targets say. *)
Lemma here_current : forall F w v0 g b l label s h s' e, here F w v0 g -> (b < next_base g)%positive ->
  Forall proper_entry l ->
  (Holds label -> forall v, agrees g v v0 ->
    in_targets C (heap w) (tagging w) l (bases v b) (integers v (own_offset g b))) ->
  make_current X g b l label s = Some (h, s', e) ->
  here F w v0 h /\ numeric_step (set_targets g b l label) h /\ same_symbols g h /\ s' = s /\ e = [].
Proof.
  intros F w v0 g b l label s h s' e H L PR I M. unfold make_current in M.
  pose proof (own_offset_scoped _ _ (tables _ _ _ _ _ _ _ _ _ _ H) L) as LO.
  pose proof (here_targets _ _ _ _ _ _ _ H L PR I) as H1. set (g1 := set_targets g b l label) in *.
  assert (SS1 : same_symbols g g1) by (repeat split).
  apply bind_inv in M as (r & s1 & e1 & e2 & O & M & ->). pose proof (object_entries_quiet _ _ _ _ _ _ O) as [-> ->].
  destruct r as [r|]; [|monad; split; [exact H1|]; split; [apply numeric_refl|]; split; [repeat split|auto]].
  apply ret_inv in M as (<- & <- & ->).
  assert (V : is_value (integers v0) g1 (symbol_form (own_offset g1 b)) (integers v0 (own_offset g b))).
  { intros v AG. rewrite eval_symbol. apply AG. exact LO. }
  assert (IT : Holds label -> in_targets C (heap w) (tagging w) l (bases v0 b) (integers v0 (own_offset g b))).
  { intro HL. apply (I HL v0). apply agrees_refl. }
  assert (IB : Holds label -> In_bounds r (integers v0 (own_offset g b))).
  { intro HL. exact (proj1 (object_entries_hold (heap w) (tagging w) _ _ _ _ _ _ O) _ _ (IT HL)). }
  pose proof (onward_bounds A _ _ _ r label _ (known_at _ _ _ _ _ _ _ _ _ _ H1) V IB) as ON.
  assert (STEP : forall h, onward A (integers v0) g1 (integers v0) h -> next_integer h = next_integer g1 ->
                 here F w v0 h /\ numeric_step g1 h /\ same_symbols g h).
  { intros k O' NI. split; [|split].
    - replace v0 with (with_integers v0 (integers v0)) by (destruct v0; reflexivity). eapply here_onward; eauto.
    - apply (step_numeric _ _ _ _ _ O').
    - split; [exact NI|]. split;
        [apply (same_bases _ _ (step_numeric _ _ _ _ _ O'))|apply (same_floats _ _ (step_numeric _ _ _ _ _ O'))]. }
  destruct (match l with
            | [x] => if 2 <=? modulus x then true else false
            | _ => false end) eqn:Q.
  - destruct l as [|x [|]]; try discriminate. destruct (2 <=? modulus x) eqn:M2; [|discriminate].
    assert (ON2 : onward A (integers v0) g1 (integers v0)
       (add_congruence (add_bounds g1 (symbol_form (own_offset g1 b)) r label) (fst (symbol_form (own_offset g1 b)))
         (modulus x) (remainder x) label)).
    { eapply onward_trans; [exact ON|]. apply (onward_congruence A _ _ _ 0 _ _ _ (integers v0 (own_offset g b)));
        [apply (step_known _ _ _ _ _ ON)| |].
      - intros v AG. change (eval_form v (symbol_form (own_offset g1 b)) = integers v0 (own_offset g b)).
        rewrite eval_symbol. apply AG. rewrite same_symbols_bounds. exact LO.
      - intro HL. specialize (IT HL). inversion IT as [? ? E1|? ? E1]; subst; [|inversion E1].
        destruct E1 as (_ & E1 & _).
        replace (integers v0 (own_offset g b) - 0 - remainder x)
          with (integers v0 (own_offset g b) - remainder x) by lia.
        apply E1. cbn in O. apply bind_inv in O as (body & s2 & e3 & e4 & T & O & _).
        apply tag_of_inv in T as (T & _ & _).
        exists body. split; auto. destruct (is_object body); auto. monad. discriminate. }
    destruct (STEP _ ON2) as (S1 & S2 & S3); [exact (same_symbols_bounds g1 _ _ _)|].
    split; [exact S1|]; split; [exact S2|]; split; [exact S3|auto].
  - assert (E : match l with
                | [x] => if 2 <=? modulus x
                         then add_congruence (add_bounds g1 (symbol_form (own_offset g1 b)) r label)
                                (fst (symbol_form (own_offset g1 b))) (modulus x) (remainder x) label
                         else add_bounds g1 (symbol_form (own_offset g1 b)) r label
                | _ => add_bounds g1 (symbol_form (own_offset g1 b)) r label
                end = add_bounds g1 (symbol_form (own_offset g1 b)) r label).
    { destruct l as [|x [|]]; auto. destruct (2 <=? modulus x); [discriminate|auto]. }
    rewrite E. destruct (STEP _ ON) as (S1 & S2 & S3); [exact (same_symbols_bounds g1 _ _ _)|].
    split; [exact S1|]; split; [exact S2|]; split; [exact S3|auto].
Qed.

End Operands.
