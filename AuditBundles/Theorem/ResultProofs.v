(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Facts that are added because they are known to hold: of results, of nodes *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Hints Calls Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs EntryProofs TargetProofs TableProofs EdgeProofs SegmentProofs.
Import ListNotations.
Open Scope Z_scope.

Section Results.
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

(** ** Facts about memory *)

Lemma here_add_fact : forall F w v0 g f, here F w v0 g -> proper_about (fact_about f) ->
  (forall v, agrees g v v0 -> Holds (fact_label f) -> fact_holds P C (heap w) (tagging w) v f) ->
  here F w v0 (add_fact g f).
Proof.
  intros F w v0 g f [H D E T B ACT] PR FH.
  assert (SS : same_symbols g (add_fact g f)) by (repeat split).
  split; auto.
  - intros v AG. destruct (H v (agrees_same _ _ _ _ SS AG)) as [N TR TS R M K SZ VX]. split; auto.
    + eapply numbers_same; cycle 3; [exact N|reflexivity..].
    + intros n x Q L. apply find_add_fact in Q as [->|Q]; [|exact (M n x Q L)].
      apply FH; [exact (agrees_same _ _ _ _ SS AG)|]. unfold label_of_fact in L. apply union_holds in L as [L _].
      exact L.
  - intros r t R. apply (denotes_same _ _ _ _ _ _ _ _ SS). exact (D r t R).
  - apply consistent_add_fact; auto.
Qed.

(** The facts speak of registers whose symbols have the numbers and bases of these. *)
Lemma here_add_facts : forall F w v0 values l g, here F w v0 g ->
  (forall v, agrees g v v0 -> named_as values v) ->
  Forall (fun f => proper_about (fact_about f)) l ->
  Forall (memory_fact_holds A P C (heap w) (tagging w) values) l ->
  here F w v0 (fold_left add_fact l g).
Proof.
  intros F w v0 values. induction l as [|f l IH]; intros g H GV PR FH; auto.
  inversion PR; inversion FH as [|? ? FH1 FH2]; subst. cbn.
  apply IH; [|intros v [AI AB AF]; apply GV; split; assumption|assumption|exact FH2].
  apply here_add_fact; [exact H|assumption|]. intros v AG L. exact (FH1 L _ (GV v AG)).
Qed.

(** ** Ranges of floats *)

Lemma here_set_range : forall F w v0 g s r l y, here F w v0 g -> proper_range r ->
  denotes C (heap w) (tagging w) v0 g (SFloat (FSymbol s)) (VFloat y) -> (Holds l -> in_range_of r y) ->
  here F w v0 (set_range g s r l).
Proof.
  intros F w v0 g s r l y [H D E T B ACT] PR DY IR.
  assert (SS : same_symbols g (set_range g s r l)) by (repeat split).
  split; auto.
  - intros v AG. apply (agrees_same _ _ _ _ SS) in AG. destruct (H v AG) as [N TR TS R M K SZ VX]. split; auto.
    + eapply numbers_same; cycle 3; [exact N|reflexivity..].
    + cbn. intros q r' l' Q HL. apply find_add in Q as [[-> Q]|Q]; [|eauto]. injection Q as -> ->.
      pose proof (DY v AG) as Y. cbn in Y. rewrite Y. auto.
  - intros q t R. apply (denotes_same _ _ _ _ _ _ _ _ SS). exact (D q t R).
  - destruct T. split; auto. cbn. intros q r' l' Q. apply find_add in Q as [[-> Q]|Q]; [|eauto].
    injection Q as -> ->. auto.
Qed.

(** ** Facts about registers *)

Section Values.
Variables (F : frame) (w : world) (v0 : valuation).
Variable values : id -> option value.
Variable valuation : id -> M svalue.

(** What the rules have for registers denotes their values. *)
Definition valued (g : state) : Prop := forall r s sv s' e, valuation r s = Some (sv, s', e) ->
  exists x, values r = Some x /\ denotes C (heap w) (tagging w) v0 g sv x.

Lemma valued_same : forall g h, same_symbols g h -> valued g -> valued h.
Proof.
  intros g h SS V r s sv s' e H. destruct (V r s sv s' e H) as (x & VX & D). exists x. split; auto.
  eapply denotes_same; eauto.
Qed.

Lemma substitute_value : forall g, valued g -> forall t f s h s' e z0, substitute valuation t f s = Some (h, s', e) ->
  is_value (integers v0) g f z0 ->
  exists z, sum_of values t = Some z /\ is_value (integers v0) g h (z0 + z).
Proof.
  intros g V. induction t as [|[r k] t IH]; intros f s h s' e z0 H IV; cbn [substitute] in H.
  { monad. exists 0. split; [reflexivity|]. rewrite Z.add_0_r. exact IV. }
  apply bind_inv in H as (sv & s1 & e1 & e2 & R & H & ->). destruct (V _ _ _ _ _ R) as (x & VX & D).
  cbn [sum_of]. rewrite VX.
  assert (STEP : forall j n, is_value (integers v0) g j n ->
     (let* f := lift (add_scaled f j k) in substitute valuation t f) s1 = Some (h, s', e2) ->
     exists z, sum_of values t = Some z /\ is_value (integers v0) g h (z0 + (k * n + z))).
  { intros j n J Q. monad. match goal with AD : add_scaled _ _ _ = Some ?y |- _ =>
      assert (IV' : is_value (integers v0) g y (z0 + k * n)) by
        (intros v AG; rewrite (add_scaled_eval v _ _ _ _ AD), (IV v AG), (J v AG); reflexivity) end.
    destruct (IH _ _ _ _ _ _ Q IV') as (z & Z & W). exists z. split; auto.
    replace (z0 + (k * n + z)) with (z0 + k * n + z) by lia. exact W. }
  destruct sv as [j|b j|]; [| |discriminate].
  - pose proof (D v0 (agrees_refl _ _)) as D0. destruct x as [n|b o|y]; try contradiction. cbn.
    apply denotes_integer in D. destruct (STEP j n D H) as (z & Z & W). rewrite Z. eauto.
  - pose proof (D v0 (agrees_refl _ _)) as D0. destruct x as [n|c o|y]; try contradiction. cbn.
    apply denotes_offset in D. destruct (STEP j o D H) as (z & Z & W). rewrite Z. eauto.
Qed.

Lemma here_linear_value : forall g f b l z, here F w v0 g -> is_value (integers v0) g f z -> (Holds l -> z <= b) ->
  here F w v0 (add_linear g f b l).
Proof. intros. eapply here_step; eauto. eapply onward_linear; eauto using known_at. Qed.

Lemma here_congruence_value : forall g t c m r l z, here F w v0 g -> is_value (integers v0) g (t, c) z ->
  (Holds l -> (m | z - c - r)) -> here F w v0 (add_congruence g t m r l).
Proof. intros. eapply here_step; eauto. eapply onward_congruence; eauto using known_at. Qed.

Lemma add_result_holds : forall g f s h s' e, here F w v0 g -> valued g -> proper_register_fact f ->
  register_fact_holds A C (heap w) (tagging w) values f ->
  add_result X valuation g f s = Some (h, s', e) -> here F w v0 h /\ same_symbols g h.
Proof.
  intros g f s h s' e H V PR FH AD. destruct f as [t b l|t m r l|r en l|r range l]; cbn [add_result] in AD.
  - apply bind_inv in AD as (j & s1 & e1 & e2 & SU & AD & ->). monad. destruct FH as (z & Z & FH).
    destruct (substitute_value g V _ _ _ _ _ _ 0 SU) as (z' & Z' & IV); [intros v AG; apply eval_constant|].
    rewrite Z in Z'. injection Z' as <-. split; [eapply here_linear_value; eauto|].
    split; [apply same_symbols_linear|]. unfold add_linear. destruct (_ && _)%bool; split; reflexivity.
  - apply bind_inv in AD as (j & s1 & e1 & e2 & SU & AD & ->). unfold difference, floor_remainder in AD. monad.
    match goal with Q : (if 0 <? m then _ else _) _ = Some _ |- _ => destruct (0 <? m) eqn:MP; [|discriminate] end.
    monad.
    destruct FH as (z & Z & FH).
    destruct (substitute_value g V _ _ _ _ _ _ 0 SU) as (z' & Z' & IV); [intros v AG; apply eval_constant|].
    rewrite Z in Z'. injection Z' as <-. split; [|split; [|split]; reflexivity].
    destruct j as [jt jc]. cbn [fst snd] in *. eapply here_congruence_value; [exact H|exact IV|].
    intro L. specialize (FH L).
    replace (0 + z - jc - (r - jc) mod m) with ((z - r) + ((r - jc) - (r - jc) mod m)) by lia.
    apply Z.divide_add_r; auto. exists ((r - jc) / m). pose proof (Z.div_mod (r - jc) m). lia.
  - apply bind_inv in AD as (sv & s1 & e1 & e2 & R & AD & ->). destruct (V _ _ _ _ _ R) as (x & VX & D).
    destruct FH as (c & o & VC & FH). rewrite VC in VX. injection VX as <-.
    assert (DONE : here F w v0 g /\ same_symbols g g) by (split; [exact H|repeat split]).
    destruct sv as [|[u|b] j|]; try (monad; exact DONE).
    destruct (lone_symbol j) as [q|] eqn:LS; [|monad; exact DONE].
    destruct (Pos.eqb_spec q (own_offset g b)) as [->|]; [|monad; exact DONE].
    assert (IT : Holds l -> forall v, agrees g v v0 ->
              in_targets C (heap w) (tagging w) en (bases v b) (integers v (own_offset g b))).
    { intros L v AG. destruct (D v AG) as [DB DO]. rewrite (lone_symbol_eval _ _ _ LS) in DO. rewrite DB, DO. auto. }
    edestruct (here_current A CP C X FX w0 entry) as (H1 & _ & SS & _);
      [exact H|eapply base_symbol_exists; exact D|exact PR|exact IT|exact AD|auto].
  - apply bind_inv in AD as (sv & s1 & e1 & e2 & R & AD & ->). destruct (V _ _ _ _ _ R) as (x & VX & D).
    destruct FH as (y & VY & FH). rewrite VY in VX. injection VX as <-. monad.
    destruct sv as [| |[k|q]]; try (split; [exact H|repeat split]). split; [|repeat split].
    eapply here_set_range; eauto.
Qed.

(** ** Facts about memory that have forms *)

Lemma substituted_value : forall g, valued g -> forall t f s h s' e z0,
  substituted valuation t f s = Some (Some h, s', e) -> is_value (integers v0) g f z0 ->
  exists z, sum_of values t = Some z /\ is_value (integers v0) g h (z0 + z).
Proof.
  intros g V. induction t as [|[r k] t IH]; intros f s h s' e z0 H IV; cbn [substituted] in H.
  { apply ret_inv in H as (H & _ & _). injection H as <-. exists 0. split; [reflexivity|]. rewrite Z.add_0_r.
    exact IV. }
  apply bind_inv in H as (sv & s1 & e1 & e2 & R & H & ->). destruct (V _ _ _ _ _ R) as (x & VX & D).
  cbn [sum_of]. rewrite VX.
  assert (STEP : forall j n, is_value (integers v0) g j n ->
     match add_scaled f j k with Some f => substituted valuation t f | None => ret None end s1 =
       Some (Some h, s', e2) ->
     exists z, sum_of values t = Some z /\ is_value (integers v0) g h (z0 + (k * n + z))).
  { intros j n J Q. destruct (add_scaled f j k) as [y|] eqn:AD; [|apply ret_inv in Q as (Q & _); discriminate Q].
    assert (IV' : is_value (integers v0) g y (z0 + k * n))
      by (intros v AG; rewrite (add_scaled_eval v _ _ _ _ AD), (IV v AG), (J v AG); reflexivity).
    destruct (IH _ _ _ _ _ _ Q IV') as (z & Z & W). exists z. split; auto.
    replace (z0 + (k * n + z)) with (z0 + k * n + z) by lia. exact W. }
  destruct sv as [j|b j|]; [| |discriminate].
  - pose proof (D v0 (agrees_refl _ _)) as D0. destruct x as [n|b o|y]; try contradiction. cbn.
    apply denotes_integer in D. destruct (STEP j n D H) as (z & Z & W). rewrite Z. eauto.
  - pose proof (D v0 (agrees_refl _ _)) as D0. destruct x as [n|c o|y]; try contradiction. cbn.
    apply denotes_offset in D. destruct (STEP j o D H) as (z & Z & W). rewrite Z. eauto.
Qed.

Lemma replaced_value : forall g i f s h s' e, valued g -> named_as values i ->
  replaced valuation f s = Some (Some h, s', e) -> is_value (integers v0) g h (eval_form (integers i) f).
Proof.
  intros g i [t c] s h s' e V NA H. unfold replaced in H. apply bind_inv in H as (y & s1 & e1 & e2 & SU & H & _).
  apply ret_inv in H as (H & _ & _). destruct y as [y|]; [|discriminate]. cbn [fst snd] in *.
  destruct (substituted_value g V _ _ _ _ _ _ 0 SU) as (z & Z & IV); [intros v AG; apply eval_constant|].
  intros v AG. rewrite (add_number_eval _ _ _ _ H), (IV v AG). unfold eval_form. cbn [fst snd].
  rewrite (sum_numbered values i NA t z Z). lia.
Qed.

(** What the registers have. *)
Definition some_valuation : Concretization.valuation :=
  {| integers := fun r => match number_of_value (values r) with Some n => n | None => 0 end;
     bases := fun r => match values r with Some (VPointer b _) => b | _ => BNull end;
     floats := fun _ => S754_nan |}.

Lemma add_exit_holds : forall g f s h s' e, here F w v0 g -> valued g -> proper_about (fact_about f) ->
  memory_fact_holds A P C (heap w) (tagging w) values f -> add_exit valuation g f s = Some (h, s', e) ->
  here F w v0 h /\ same_symbols g h.
Proof.
  intros g f s h s' e H V PR FH AD.
  assert (NA : named_as values some_valuation).
  { split; [intros r n N|intros r b o N]; cbn; rewrite N; reflexivity. }
  assert (SAME : forall q, same_symbols g (add_fact g q)) by (intro q; repeat split).
  assert (PLAIN : match fact_about f with Segment _ _ | AbsentIfNull _ => False | _ => True end ->
            here F w v0 (add_fact g f) /\ same_symbols g (add_fact g f)).
  { intro PL. split; [|apply SAME]. apply here_add_fact; auto. intros v AG L.
    exact (plain_about P C _ _ _ _ _ _ PL (FH L _ NA)). }
  unfold add_exit in AD.
  destruct (fact_about f) as [| | | | | | |a b|r] eqn:FA;
    try (apply ret_inv in AD as (<- & _ & _); exact (PLAIN I)); clear PLAIN.
  2:{ apply bind_inv in AD as (sv & s1 & e1 & e2 & R & AD & _). destruct (V _ _ _ _ _ R) as (x & VX & D).
      destruct sv as [|[u|q] k|]; try discriminate AD; apply ret_inv in AD as (<- & _ & _);
        [split; [exact H|repeat split]|].
      split; [|apply SAME]. apply here_add_fact; [exact H|exact I|]. intros v AG L n o T M. cbn.
      pose proof (D v AG) as S. destruct x as [|b y|]; try contradiction. destruct S as [S _].
      specialize (FH L _ NA). unfold fact_holds in FH. rewrite FA in FH. pose proof (FH n o T M) as N. cbn in N.
      rewrite VX in N. rewrite S. exact N. }
  apply bind_inv in AD as (ra & s1 & e1 & e2 & RA & AD & _). apply bind_inv in AD as (rb & s2 & e3 & e4 & RB & AD & _).
  apply ret_inv in AD as (<- & _ & _). destruct ra as [ra|]; [|split; [exact H|repeat split]].
  destruct rb as [rb|]; [|split; [exact H|repeat split]]. split; [|apply SAME].
  apply here_add_fact; [exact H|exact I|]. intros v [AG _ _] L n o T M. cbn. intro AL.
  specialize (FH L _ NA). unfold fact_holds in FH. rewrite FA in FH.
  rewrite (replaced_value _ _ _ _ _ _ _ V NA RA _ AG), (replaced_value _ _ _ _ _ _ _ V NA RB _ AG).
  exact (FH n o T M AL).
Qed.

Lemma each_exit : forall l g s h s' e, here F w v0 g -> valued g -> Forall (fun f => proper_about (fact_about f)) l ->
  Forall (memory_fact_holds A P C (heap w) (tagging w) values) l -> each l (add_exit valuation) g s = Some (h, s', e) ->
  here F w v0 h /\ same_symbols g h.
Proof.
  induction l as [|f l IH]; intros g s h s' e H V PR FH E; cbn in E.
  - apply ret_inv in E as (<- & _ & _). split; [exact H|repeat split].
  - inversion PR as [|? ? P1 P2]; inversion FH as [|? ? F1 F2]; subst.
    apply bind_inv in E as (g1 & s1 & e1 & e2 & AD & E & _).
    destruct (add_exit_holds _ _ _ _ _ _ H V P1 F1 AD) as [H1 SS1].
    edestruct IH as [H2 SS2]; [exact H1|eapply valued_same; eauto|exact P2|exact F2|exact E|].
    split; [exact H2|]. destruct SS1 as (? & ? & ?), SS2 as (? & ? & ?). repeat split; congruence.
Qed.
End Values.
End Results.
