(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Nodes begin where their facts hold *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Lifetimes Scripts
  Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TargetProofs TableProofs EdgeProofs ResultProofs
  PathProofs PlaceProofs CallProofs.
From AICheck Require Import NodeProofs WalkSafety.
Import ListNotations.
Open Scope Z_scope.

Section Start.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis WF : well_formed CP = true.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Notation here := (here A CP C X).

Section Frame.
Variable F : frame.
(** The values of the node's places. *)
Variable kept : list value.
Notation first := (cregister_count (the_body X)).
Notation values := (register_values (the_body X) F kept).

(** Entry symbols have the values of what they are called by. *)
Definition entry_of (r : id) : value :=
  match PM.find r (numbered first kept) with Some x => x | None => registers F r end.
Definition start_valuation : valuation :=
  {| integers := fun r => match entry_of r with VInteger n => n | VPointer _ o => o | VFloat _ => 0 end;
     bases := fun r => match entry_of r with VPointer b _ => b | _ => BNull end;
     floats := fun r => match entry_of r with VFloat x => x | _ => SpecFloat.S754_nan end |}.

Definition registers_classed : Prop :=
  forall r t, PM.find r (cregisters (the_body X)) = Some t -> class_of_value (registers F r) = class_of t.

Lemma behind_least : forall {T} (l : list T) n, (n <= behind n l)%positive.
Proof. intros T. induction l as [|x l IH]; intro n; cbn; [lia|]. specialize (IH (Pos.succ n)). lia. Qed.

(** What has a value has it as its symbol, which exists. *)
Lemma value_is : forall r x, values r = Some x -> entry_of r = x /\ (r < behind first kept)%positive.
Proof.
  intros r x V. unfold register_values, entry_of in *. destruct (PM.find r (numbered first kept)) as [y|] eqn:Q.
  - injection V as <-. split; auto. apply (numbered_from _ _ _ _ Q).
  - destruct (PM.find r (cregisters (the_body X))) as [t|] eqn:R; [|discriminate]. injection V as <-. split; auto.
    pose proof (register_below CP C X FX WF _ _ R). pose proof (behind_least kept first). lia.
Qed.

(** ** What the state has of registers and places at first: their own symbols *)

Definition starting (g : state) : Prop :=
  next_integer g = behind first kept /\ next_base g = behind first kept /\
  next_float g = behind first kept /\ own_offsets g = PM.empty _.

Lemma starting_symbols : forall g h, same_symbols g h -> own_offsets h = own_offsets g -> starting g -> starting h.
Proof. intros g h (I & B & FL) O (GI & GB & GF & GO). repeat split; congruence. Qed.

Lemma starting_numeric : forall g h, numeric_step g h -> same_symbols g h -> starting g -> starting h.
Proof. intros g h N SS. apply starting_symbols; [exact SS|apply (same_offsets _ _ N)]. Qed.

(** An entry symbol denotes the value. *)
Lemma entry_denotes : forall w g t s x, starting g -> (s < behind first kept)%positive -> entry_of s = x ->
  class_of_value x = class_of t -> denotes C (heap w) (tagging w) start_valuation g (entry_value t s) x.
Proof.
  intros w g t s x (GI & GB & GF & _) L E CL v [AI AB AF]. rewrite GI in AI. rewrite GB in AB. rewrite GF in AF.
  destruct t as [t| |f]; destruct x as [n|b o|y]; try discriminate CL; cbn.
  - rewrite eval_symbol, (AI s L). cbn. rewrite E. reflexivity.
  - rewrite (AB s L), eval_symbol, (AI s L). cbn. rewrite E. auto.
  - rewrite (AF s L). cbn. rewrite E. reflexivity.
Qed.

(** Before the places nothing is said but what registers are called. *)
Lemma here_at_first : forall w0 entry w classes, activation A CP C X w0 entry F w -> registers_classed ->
  here w0 entry F w start_valuation (empty_state (behind first kept) classes).
Proof.
  intros w0 entry w cs ACT CL.
  assert (NONE : forall (T : Type) k (x : T), PM.find k (PM.empty T) = Some x -> False).
  { intros T k x Q. rewrite PM.gempty in Q. discriminate. }
  split; auto.
  - intros v AG. split; cbn; try (intros; exfalso; eapply NONE; eassumption).
    + split; cbn; intros; exfalso; eapply NONE; eassumption.
    + intros t c I. unfold contents_of in I. cbn in I. rewrite PM.gempty in I. contradiction.
    + intros t c I. unfold contents_of in I. cbn in I. rewrite PM.gempty in I. contradiction.
  - intros r t R. unfold symbolic_register. cbn. rewrite PM.gempty.
    assert (V : values r = Some (registers F r)).
    { unfold register_values. rewrite numbered_before by (eapply register_below; eauto). rewrite R. reflexivity. }
    destruct (value_is _ _ V) as [E L].
    apply (entry_denotes w (empty_state (behind first kept) cs) t r _); auto. repeat split.
  - cbn. intros r s Q. exfalso. eapply NONE; eassumption.
  - split; cbn; try (intros; exfalso; eapply NONE; eassumption); auto; try lia.
    + intros t c I. unfold contents_of in I. cbn in I. rewrite PM.gempty in I. contradiction.
    + intros t c I. unfold contents_of in I. cbn in I. rewrite PM.gempty in I. contradiction.
  - cbn. pose proof (behind_least kept first). auto.
Qed.

(** ** Places *)

Lemma places_entered : forall w0 entry w l xs s g, here w0 entry F w start_valuation g -> starting g ->
  Forall proper_at l -> Forall2 (place_holds A C (heap w) (tagging w)) l xs ->
  (forall r x, PM.find r (numbered s xs) = Some x -> entry_of r = x /\ (r < behind first kept)%positive) ->
  here w0 entry F w start_valuation (enter_places g s l) /\ starting (enter_places g s l).
Proof.
  intros w0 entry w. induction l as [|p l IH]; intros xs s g H ST PR HX E; [auto|].
  inversion HX as [|? y ? xs' HP HX']; subst. inversion PR as [|? ? PR1 PR2]; subst. cbn.
  destruct (E s y) as [E1 L1]; [cbn; apply PM.gss|].
  match goal with |- context [enter_places ?k _ _] => set (g1 := k) in * end.
  destruct (hold_symbols g p (entry_value (place_type p) s)) as [SS OO].
  eapply IH.
  - eapply here_hold_place; [exact H|exact PR1|exact HP|]. apply entry_denotes; auto. apply HP.
  - exact (starting_symbols g g1 SS OO ST).
  - exact PR2.
  - exact HX'.
  - intros r x Q. apply E. cbn. assert (r <> s) by (apply numbered_from in Q; lia). rewrite PM.gso by auto. exact Q.
Qed.

Lemma here_at_entry : forall w0 entry w l, activation A CP C X w0 entry F w -> registers_classed ->
  Forall proper_at l -> Forall2 (place_holds A C (heap w) (tagging w)) l kept ->
  here w0 entry F w start_valuation (entry_state first l) /\ starting (entry_state first l).
Proof.
  intros w0 entry w l ACT CL PR HX. unfold entry_state. rewrite (behind_same _ _ _ HX).
  eapply places_entered; [apply here_at_first; auto| |exact PR|exact HX|].
  - repeat split.
  - intros r x Q. apply value_is. unfold register_values. rewrite Q. reflexivity.
Qed.

(** ** Facts of registers and places *)

Lemma sum_value : forall g, starting g -> forall t z, sum_of values t = Some z ->
  is_value (integers start_valuation) g (t, 0) z.
Proof.
  intros g (GI & _ & _ & _). induction t as [|[r k] t IH]; intros z S v AG; cbn in S.
  - injection S as <-. reflexivity.
  - destruct (values r) as [x|] eqn:V; [|discriminate]. destruct (value_is _ _ V) as [E L].
    destruct (number_of_value (Some x)) as [n|] eqn:N; [|discriminate].
    destruct (sum_of values t) as [y|] eqn:Q; [|discriminate]. injection S as <-.
    specialize (IH y eq_refl v AG). unfold eval_form in *. cbn [fst snd eval_terms] in *.
    rewrite (AG r) by (rewrite GI; exact L). cbn. rewrite E.
    destruct x; cbn in N; try discriminate; injection N as ->; lia.
Qed.

(** The symbols with which a node begins have the numbers and bases of what they are called by. *)
Lemma entry_named : forall g v, starting g -> agrees g v start_valuation -> named_as values v.
Proof.
  intros g v (GI & GB & _ & _) [AI AB _]. split.
  - intros r n N. destruct (values r) as [x|] eqn:V; [|discriminate].
    destruct (value_is _ _ V) as [E L]. rewrite (AI r) by (rewrite GI; exact L). cbn. rewrite E.
    destruct x; cbn in N; congruence.
  - intros r b o V. destruct (value_is _ _ V) as [E L]. rewrite (AB r) by (rewrite GB; exact L). cbn. rewrite E.
    reflexivity.
Qed.

Lemma assume_register_holds : forall w0 entry w g f s h s' e, here w0 entry F w start_valuation g -> starting g ->
  proper_register_fact f -> register_fact_holds A C (heap w) (tagging w) values f ->
  assume_register X g f s = Some (h, s', e) -> here w0 entry F w start_valuation h /\ starting h.
Proof.
  intros w0 entry w g f s h s' e H ST PR FH AS. pose proof ST as ST'. destruct ST' as (GI & GB & GF & GO).
  destruct f as [t b l|t m r l|r en l|r x l]; cbn in AS.
  - apply ret_inv in AS as (<- & _ & _). destruct FH as (z & S & FH). split.
    + eapply here_linear_value; [exact H|eapply sum_value; eauto|exact FH].
    + eapply starting_numeric; [apply numeric_add_linear| |exact ST].
      pose proof (numeric_add_linear g (t, 0) b l) as N. split; [apply same_symbols_linear|].
      split; [apply (same_bases _ _ N)|apply (same_floats _ _ N)].
  - apply ret_inv in AS as (<- & _ & _). destruct FH as (z & S & FH). split.
    + eapply here_congruence_value; [exact H|eapply sum_value; eauto|]. intro L. rewrite Z.sub_0_r. auto.
    + repeat split; auto.
  - destruct FH as (b & o & VR & FH). destruct (value_is _ _ VR) as [E L].
    assert (OW : own_offset g r = r) by (unfold own_offset; rewrite GO, PM.gempty; reflexivity).
    assert (LB : (r < next_base g)%positive) by (rewrite GB; exact L).
    assert (IT : Holds l -> forall v, agrees g v start_valuation ->
              in_targets C (heap w) (tagging w) en (bases v r) (integers v (own_offset g r))).
    { intros HL v AG. rewrite OW. destruct AG as [AI AB AF]. rewrite (AB r LB), (AI r) by (rewrite GI; exact L).
      cbn. rewrite E. auto. }
    edestruct (here_current A CP C X FX w0 entry) as (H1 & N & SS & _); [exact H|exact LB|exact PR|exact IT|exact AS|].
    split; [exact H1|]. eapply starting_numeric; eauto.
  - apply ret_inv in AS as (<- & _ & _). destruct FH as (y & VR & FH). destruct (value_is _ _ VR) as [E L].
    split; [|repeat split; auto]. eapply here_set_range; [exact H|exact PR| |exact FH].
    intros v AG. cbn. destruct AG as [AI AB AF]. rewrite (AF r) by (rewrite GF; exact L). cbn. rewrite E. reflexivity.
Qed.

Lemma assume_registers_hold : forall w0 entry w l g s h s' e, here w0 entry F w start_valuation g -> starting g ->
  Forall proper_register_fact l ->
    Forall (register_fact_holds A C (heap w) (tagging w) values) l ->
  each l (assume_register X) g s = Some (h, s', e) -> here w0 entry F w start_valuation h /\ starting h.
Proof.
  intros w0 entry w. induction l as [|f l IH]; intros g s h s' e H ST PR FH E; cbn in E.
  - apply ret_inv in E as (<- & _ & _). auto.
  - inversion PR; inversion FH; subst. apply bind_inv in E as (g1 & s1 & e1 & e2 & AS & E & ->).
    edestruct assume_register_holds as [K1 K2]; [exact H|exact ST|eassumption|eassumption|exact AS|].
    eapply IH; [exact K1|exact K2|assumption|assumption|exact E].
Qed.
End Frame.

End Start.
