(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Guards: what is added to the state where a truth value is known *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Guards Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs.
From AICheck Require Import FloatRanges.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

(** Comparisons of integers, and the one that [outcome] names. *)
Lemma outcome_holds : forall c t k sw x y, outcome c t = (k, sw) -> compare_integers c x y = t ->
  if sw then compare_integers k y x = true else compare_integers k x y = true.
Proof.
  intros c t k sw x y O E. unfold outcome in O. destruct t; [inversion O; subst; auto|].
  destruct c; inversion O; subst; unfold compare_integers in *.
  - rewrite E. reflexivity.
  - apply negb_false_iff in E. exact E.
  - apply Z.leb_le. apply Z.ltb_ge. exact E.
  - apply Z.ltb_lt. apply Z.leb_gt. exact E.
Qed.

Lemma outcome_decides : forall c t k sw x y, outcome c t = (k, sw) ->
  (if sw then compare_integers k y x = true else compare_integers k x y = true) -> compare_integers c x y = t.
Proof.
  intros c t k sw x y O E. unfold outcome in O. destruct t; [inversion O; subst; auto|].
  destruct c; inversion O; subst; unfold compare_integers in *.
  - apply negb_true_iff in E. exact E.
  - rewrite E. reflexivity.
  - apply Z.ltb_ge. apply Z.leb_le. exact E.
  - apply Z.leb_gt. apply Z.ltb_lt. exact E.
Qed.

Lemma same_truth : forall b t, (b = true <-> t = true) -> b = t.
Proof. intros [] [] [H K]; auto. symmetry. auto. Qed.

(** ** Null has one tag *)

Lemma null_is_tagged : forall CP C m tagged t b, fitting CP C = true -> has_tag C m tagged t b ->
  (b = BNull <-> t = null_tag).
Proof.
  intros CP C m tagged t b FIT H. split; [intros ->|intros ->].
  - unfold has_tag in H. destruct (PM.find t (tags C)) as [body|] eqn:T.
    + pose proof (fitting_tag_of _ _ FIT _ _ T) as FT. destruct body; try discriminate H;
        try (destruct H as (o & (n & E & _) & _); discriminate E); try (destruct H as (n & E & _); discriminate E).
      change (Pos.eqb t null_tag = true) in FT. apply Pos.eqb_eq in FT. exact FT.
    + destruct H as (n & E & _). discriminate E.
  - unfold has_tag in H. rewrite (proj1 (fixed_tags _ _ FIT)) in H. exact H.
Qed.

Section Guards.
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

(** ** Steps under which no symbol is made *)

(** Facts that hold of every valuation that agrees so far. *)
Lemma here_numbers : forall F w v0 g h, here F w v0 g -> numeric_step g h -> next_integer h = next_integer g ->
  (forall v, agrees g v v0 -> numbers_hold A (integers v) g -> numbers_hold A (integers v) h) -> here F w v0 h.
Proof.
  intros F w v0 g h H N E S. apply (here_step A CP C X w0 entry _ _ _ _ _ H). apply onward_pointwise; auto.
  - apply (known_at _ _ _ _ _ _ _ _ _ _ H).
  - intros v AG. apply (S (with_integers v0 v)). split; cbn; auto.
Qed.

Lemma numbers_of : forall F w v0 g v, here F w v0 g -> agrees g v v0 -> numbers_hold A (integers v) g.
Proof. intros F w v0 g v H AG. apply (known_at _ _ _ _ _ _ _ _ _ _ H). apply AG. Qed.

Lemma here_linear : forall F w v0 g f b l, here F w v0 g ->
  (Holds l -> forall v, agrees g v v0 -> eval_form (integers v) f <= b) -> here F w v0 (add_linear g f b l).
Proof.
  intros F w v0 g f b l H L. apply (here_numbers _ _ _ _ _ H); auto using numeric_add_linear, same_symbols_linear.
  intros v AG N. apply add_linear_holds; auto.
Qed.
Lemma here_at_least : forall F w v0 g f b l, here F w v0 g ->
  (Holds l -> forall v, agrees g v v0 -> b <= eval_form (integers v) f) -> here F w v0 (add_at_least g f b l).
Proof.
  intros F w v0 g f b l H L. apply (here_numbers _ _ _ _ _ H); auto using numeric_add_at_least, same_symbols_at_least.
  intros v AG N. apply add_at_least_holds; auto.
Qed.
Lemma here_bounds : forall F w v0 g f b l, here F w v0 g ->
  (Holds l -> forall v, agrees g v v0 -> In_bounds b (eval_form (integers v) f)) -> here F w v0 (add_bounds g f b l).
Proof.
  intros F w v0 g f b l H L. apply (here_numbers _ _ _ _ _ H); auto using numeric_add_bounds, same_symbols_bounds.
  intros v AG N. apply add_bounds_holds; auto.
Qed.
Lemma here_congruence : forall F w v0 g t m r l, here F w v0 g ->
  (Holds l -> forall v, agrees g v v0 -> (m | eval_terms (integers v) t - r)) -> here F w v0 (add_congruence g t m r l).
Proof.
  intros F w v0 g t m r l H L. apply (here_numbers _ _ _ _ _ H); auto using numeric_add_congruence.
  intros v AG N. apply add_congruence_holds; auto.
Qed.
Lemma here_exclusion : forall F w v0 g f a b l, here F w v0 g ->
  (Holds l -> forall v, agrees g v v0 -> eval_form (integers v) f < a \/ b < eval_form (integers v) f) ->
  here F w v0 (add_exclusion g f a b l).
Proof.
  intros F w v0 g f a b l H L. apply (here_numbers _ _ _ _ _ H); auto using numeric_add_exclusion.
  intros v AG N. apply add_exclusion_holds; auto.
Qed.
Lemma here_contradiction : forall F w v0 g l, here F w v0 g -> (Holds l -> False) ->
  here F w v0 (add_contradiction g l).
Proof. intros F w v0 g l H N. apply here_linear; auto. intro L. destruct (N L). Qed.

(** ** What the state says for a valuation *)

Lemma truth_of : forall F w v0 g v s d l, here F w v0 g -> agrees g v v0 -> PM.find s (definitions g) = Some (d, l) ->
  (integers v s = 0 \/ integers v s = 1) /\ (Holds l -> stands_for v d (integers v s)).
Proof.
  intros F w v0 g v s d l H AG D. pose proof (held _ _ _ _ _ _ _ _ _ _ H v AG) as S. apply (truths _ _ _ _ _ _ _ S).
  exact D.
Qed.

(** A symbol with a definition exists: one that does not may have any value. *)
Lemma definition_scoped : forall F w v0 g s d, here F w v0 g -> PM.find s (definitions g) = Some d ->
  (s < next_integer g)%positive.
Proof.
  intros F w v0 g s [d l] H D. destruct (Pos.ltb_spec s (next_integer g)) as [L|L]; auto. exfalso.
  destruct (truth_of F w v0 g (with_integers v0 (given (integers v0) s 2)) s d l H) as [T _]; auto.
  - split; cbn; auto. intros x Lx. unfold given. destruct (Pos.eqb_spec x s); [lia|auto].
  - cbn in T. unfold given in T. rewrite Pos.eqb_refl in T. lia.
Qed.

Lemma symbol_value : forall v0 g s, (s < next_integer g)%positive -> is_value v0 g (symbol_form s) (v0 s).
Proof. intros v0 g s L v AG. rewrite eval_symbol. apply AG. exact L. Qed.

Lemma defined_inv : forall g f s d, defined g f = Some (s, d) -> lone_symbol f = Some s /\
  PM.find s (definitions g) = Some d.
Proof.
  intros g f s d D. unfold defined in D. destruct (lone_symbol f) as [x|]; [|discriminate].
  destruct (PM.find x (definitions g)) eqn:Q; inversion D; subst. auto.
Qed.

Lemma defined_value : forall F w v0 g f s d, here F w v0 g -> defined g f = Some (s, d) ->
  is_value (integers v0) g f (integers v0 s).
Proof.
  intros F w v0 g f s d H D. apply defined_inv in D as [L D]. intros v AG. rewrite (lone_symbol_eval v _ _ L).
  apply AG. eapply definition_scoped; eauto.
Qed.

Lemma agrees_integer : forall g v v0 s, agrees g v v0 -> (s < next_integer g)%positive -> integers v s = integers v0 s.
Proof. intros g v v0 s AG L. apply AG. exact L. Qed.

Lemma zero_form : forall v f, is_zero f = true -> eval_form v f = 0.
Proof. intros v f Z. rewrite (form_eqb_eval v _ _ Z). apply eval_constant. Qed.

(** ** Floats *)

Definition range_between (low high : spec_float) : frange := {| flower := low; fupper := high; may_be_nan := false |}.

Lemma here_range : forall F w v0 g s r l, here F w v0 g -> proper_range r ->
  (Holds l -> forall v, agrees g v v0 -> in_range_of r (floats v s)) -> here F w v0 (set_range g s r l).
Proof.
  intros F w v0 g s r l [H D EX T B ACT] PR I.
  assert (SS : same_symbols g (set_range g s r l)) by (repeat split).
  split; auto.
  - intros v AG. apply (agrees_same _ _ _ _ SS) in AG. destruct (H v AG) as [? ? ? FR ? ?].
    split; auto; try (eapply numbers_same; cycle 3; [eassumption|reflexivity..]).
    cbn. intros x q k Q HL. apply find_add in Q as [[-> Q]|Q]; [|eauto]. injection Q as -> ->. auto.
  - intros x t R. apply (denotes_same _ _ _ _ _ _ _ _ SS). exact (D x t R).
  - destruct T as [TI FT CT LF FP CPR TP TS RP NB OS]. split; auto.
    cbn. intros x q k Q. apply find_add in Q as [[-> Q]|Q]; [|eauto]. injection Q as -> ->. auto.
Qed.

Lemma same_symbols_cut : forall g x low high l, same_symbols g (cut_range g x low high l).
Proof.
  intros. unfold cut_range, add_contradiction. destruct (fle low high); [destruct x; repeat split|].
  pose proof (numeric_add_linear g (constant_form 0) (-1) l) as N.
  split; [apply same_symbols_linear|]. split; [apply (same_bases _ _ N)|apply (same_floats _ _ N)].
Qed.

Lemma here_cut : forall F w v0 g x low high l, here F w v0 g -> proper_end low -> proper_end high ->
  (Holds l -> forall v, agrees g v v0 -> in_range_of (range_between low high) (float_value v x)) ->
  here F w v0 (cut_range g x low high l).
Proof.
  intros F w v0 g x low high l H PL PH I. unfold cut_range. destruct (fle low high) eqn:E.
  - destruct x as [c|s]; [exact H|]. apply here_range; auto. split; auto.
  - apply here_contradiction; auto. intro L. specialize (I L v0 (agrees_refl _ _)). apply not_empty in I. congruence.
Qed.

Lemma proper_fmin : forall x y, proper_end x -> proper_end y -> proper_end (fmin x y).
Proof. intros. unfold fmin. destruct (flt x y); auto. Qed.
Lemma proper_fmax : forall x y, proper_end x -> proper_end y -> proper_end (fmax x y).
Proof. intros. unfold fmax. destruct (flt y x); auto. Qed.

Lemma range_or_whole_holds : forall F w v0 g v x, here F w v0 g -> agrees g v v0 ->
  Holds (label_or_none (range_of g x)) ->
  in_range_of (range_or_whole (range_of g x)) (float_value v x).
Proof.
  intros F w v0 g v x H AG L. destruct (range_of g x) as [[r l]|] eqn:R; cbn in *; [|apply in_whole].
  exact (range_of_holds _ _ _ _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H v AG) R L).
Qed.

Lemma range_or_whole_proper : forall g x, consistent g -> proper_range (range_or_whole (range_of g x)).
Proof.
  intros g x T. destruct (range_of g x) as [[r l]|] eqn:R; cbn; [|exact proper_whole]. eapply range_of_proper; eauto.
Qed.

(** Two cuts, one after the other. *)
Lemma here_cuts : forall F w v0 g x y a b c d l, here F w v0 g ->
  proper_end a -> proper_end b -> proper_end c -> proper_end d ->
  (Holds l -> forall v, agrees g v v0 ->
   in_range_of (range_between a b) (float_value v x) /\ in_range_of (range_between c d) (float_value v y)) ->
  here F w v0 (cut_range (cut_range g x a b l) y c d l).
Proof.
  intros F w v0 g x y a b c d l H PA PB PC PD I.
  apply here_cut; auto; [apply here_cut; auto; intros L v AG; apply (I L v AG)|].
  intros L v AG. apply (I L v). eapply agrees_same; [apply same_symbols_cut|exact AG].
Qed.

Lemma here_guard_floats : forall F w v0 g c x y t l, here F w v0 g ->
  (Holds l -> forall v, agrees g v v0 -> compare_floats c (float_value v x) (float_value v y) = t) ->
  here F w v0 (guard_floats g c x y t l).
Proof.
  intros F w v0 g c x y t l H I. pose proof (tables _ _ _ _ _ _ _ _ _ _ H) as T.
  destruct (range_or_whole_proper g x T) as [PX1 PX2]. destruct (range_or_whole_proper g y T) as [PY1 PY2].
  unfold guard_floats. set (p := range_or_whole (range_of g x)) in *. set (q := range_or_whole (range_of g y)) in *.
  set (ab := union l (union (label_or_none (range_of g x)) (label_or_none (range_of g y)))).
  assert (IN : Holds ab -> forall v, agrees g v v0 -> in_range_of p (float_value v x) /\
    in_range_of q (float_value v y) /\
               compare_floats c (float_value v x) (float_value v y) = t).
  { intros L v AG. unfold ab in L. apply union_holds in L as [L LL]. apply union_holds in LL as [LX LY].
    repeat split; auto; eapply range_or_whole_holds; eauto. }
  pose proof (proper_fmin _ _ PX2 PY2) as M1. pose proof (proper_fmax _ _ PX1 PY1) as M2.
  pose proof (proper_fmin _ _ PY2 PX2) as M3. pose proof (proper_fmax _ _ PY1 PX1) as M4.
  assert (G : Holds ab -> forall v, agrees g v v0 -> _) by
    (intros L v AG; destruct (IN L v AG) as (I1 & I2 & I3); exact (guarded_ranges c t p q _ _ I1 I2 I3)).
  destruct c, t; try exact H.
  - apply here_cuts; auto.
  - apply here_cuts; auto.
  - apply here_cuts; auto.
  - unfold order_ranges. destruct (range_of g x) as [[p' lp]|] eqn:RX, (range_of g y) as [[q' lq]|] eqn:RY; try exact H.
    cbn in p, q. destruct (may_be_nan p' || may_be_nan q')%bool eqn:N; [exact H|]. apply orb_false_iff in N as [N1 N2].
    apply here_cuts; auto.
  - apply here_cuts; auto.
  - unfold order_ranges. destruct (range_of g x) as [[p' lp]|] eqn:RX, (range_of g y) as [[q' lq]|] eqn:RY; try exact H.
    cbn in p, q. destruct (may_be_nan p' || may_be_nan q')%bool eqn:N; [exact H|]. apply orb_false_iff in N as [N1 N2].
    apply here_cuts; auto.
Qed.

(** ** The guard *)

(** What a guard says of a symbol with a definition. *)
Lemma guarded_truth : forall F w v0 g v s m dl t l, here F w v0 g -> agrees g v v0 ->
  PM.find s (definitions g) = Some (m, dl) -> (Holds l -> (integers v0 s <> 0 <-> t = true)) -> Holds (union l dl) ->
  stands_for v m (if t then 1 else 0).
Proof.
  intros F w v0 g v s m dl t l H AG D I L. apply union_holds in L as [L LD].
  destruct (truth_of _ _ _ _ _ _ _ _ H AG D) as [N S]. specialize (S LD). specialize (I L).
  rewrite <- (agrees_integer _ _ _ _ AG (definition_scoped _ _ _ _ _ _ H D)) in I.
  replace (if t then 1 else 0) with (integers v s); auto. destruct t.
  - assert (integers v s <> 0) by (apply I; reflexivity). lia.
  - destruct N as [N|N]; auto. assert (E : false = true) by (apply I; lia). discriminate E.
Qed.

Lemma truth_is : forall t b : bool, ((if t then 1 else 0) = 1 <-> b = true) -> b = t.
Proof. intros [] b [H K]; [apply H; reflexivity|]. destruct b; auto. specialize (K eq_refl). discriminate K. Qed.

Definition guard_holds_of (F : frame) (w : world) (a : state * form * bool * label) (s : stream) (h : state)
  (s' : stream)
  (e : list event) : Prop :=
  let '(g, f, t, l) := a in
  forall v0 z, here F w v0 g -> is_value (integers v0) g f z -> (Holds l -> (z <> 0 <-> t = true)) -> here F w v0 h.

Lemma guard_gap : forall F w v0 g k d l, here F w v0 g ->
  (Holds l -> forall v, agrees g v v0 -> compare_integers k (eval_form (integers v) d) 0 = true) ->
  here F w v0 match k with
              | Less => add_linear g d (-1) l
              | LessOrEqual => add_linear g d 0 l
              | Equal => add_at_least (add_linear g d 0 l) d 0 l
              | NotEqual => add_exclusion g d 0 0 l
              end.
Proof.
  intros F w v0 g k d l H I.
  destruct k; unfold compare_integers in I.
  - assert (H1 : here F w v0 (add_linear g d 0 l)).
    { apply here_linear; auto. intros L v AG. specialize (I L v AG). monad. lia. }
    apply here_at_least; auto. intros L v AG. assert (AG' : agrees g v v0).
    { eapply agrees_later; [apply numeric_later; apply numeric_add_linear|exact AG|apply agrees_refl]. }
    specialize (I L v AG'). monad. lia.
  - apply here_exclusion; auto. intros L v AG. specialize (I L v AG). apply negb_true_iff in I. booleans. lia.
  - apply here_linear; auto. intros L v AG. specialize (I L v AG). monad. lia.
  - apply here_linear; auto. intros L v AG. specialize (I L v AG). monad. lia.
Qed.

Lemma guard_round : forall F w (again : state * form * bool * label -> M state),
  (forall a s h s' e, again a s = Some (h, s', e) -> guard_holds_of F w a s h s' e) ->
  forall a s h s' e, guard_step X again a s = Some (h, s', e) -> guard_holds_of F w a s h s' e.
Proof.
  intros F w again AGAIN [[[g f] t] l] s h s' e G v0 z H V I. unfold guard_step in G.
  destruct (is_constant f) eqn:CF.
  { pose proof (is_constant_eval (integers v0) f CF) as E. rewrite (V _ (agree_refl _ _)) in E. subst z.
    monad. destruct (Bool.eqb (negb (snd f =? 0)) t) eqn:B; [exact H|]. apply here_contradiction; auto. intro L.
    apply eqb_false_iff in B. apply B. apply same_truth. rewrite <- (I L). rewrite negb_true_iff, Z.eqb_neq.
    reflexivity. }
  destruct (defined g f) as [[s1 [m dl]]|] eqn:D.
  2: { monad. destruct t.
    - apply here_exclusion; auto. intros L v AG. rewrite (V _ (agree_integers _ _ _ AG)).
      assert (z <> 0) by (apply (I L); reflexivity). lia.
    - apply here_bounds; auto. intros L v AG. rewrite (V _ (agree_integers _ _ _ AG)).
      destruct (Z.eq_dec z 0) as [->|N]; [split; cbn; lia|]. apply (I L) in N. discriminate. }
  pose proof (defined_value _ _ _ _ _ _ _ H D) as VS. apply defined_inv in D as [LS D].
  assert (E : z = integers v0 s1) by exact (eq_trans (eq_sym (V _ (agree_refl _ _))) (VS _ (agree_refl _ _))). subst z.
  set (g1 := if t then add_at_least g f 1 l else add_linear g f 0 l) in *.
  assert (H1 : here F w v0 g1).
  { unfold g1. destruct (truth_of _ _ _ _ _ _ _ _ H (agrees_refl _ _) D) as [N _].
    destruct t; [apply here_at_least|apply here_linear]; auto; intros L v AG; rewrite (V _ (agree_integers _ _ _ AG));
      specialize (I L).
    - assert (integers v0 s1 <> 0) by (apply I; reflexivity). lia.
    - destruct N as [N|N]; [lia|]. assert (Q : false = true) by (apply I; lia). discriminate Q. }
  assert (N1 : numeric_step g g1) by (unfold g1; destruct t; auto using numeric_add_at_least, numeric_add_linear).
  assert (S1 : same_symbols g g1).
  { split; [|split; [apply (same_bases _ _ N1)|apply (same_floats _ _ N1)]].
    unfold g1. destruct t; auto using same_symbols_at_least, same_symbols_linear. }
  assert (ST : Holds (union l dl) -> forall v, agrees g1 v v0 -> stands_for v m (if t then 1 else 0)).
  { intros L v AG. apply (guarded_truth F w v0 g v s1 m dl t l); auto. exact (agrees_same _ _ _ _ S1 AG). }
  clearbody g1. set (l1 := union l dl) in *. clearbody l1.
  destruct m as [c x y|[b|b] equal|known|c x y].
  - destruct (outcome c t) as [k sw] eqn:O.
    assert (CMP : Holds l1 -> forall v, agrees g1 v v0 ->
       if sw then compare_integers k (eval_form (integers v) y) (eval_form (integers v) x) = true
       else compare_integers k (eval_form (integers v) x) (eval_form (integers v) y) = true).
    { intros L v AG. eapply outcome_holds; [exact O|]. apply truth_is. exact (ST L v AG). }
    assert (PLAIN : here F w v0 match (if sw then gap y x else gap x y) with
               | None => g1
               | Some d =>
                 match k with
                 | Less => add_linear g1 d (-1) l1
                 | LessOrEqual => add_linear g1 d 0 l1
                 | Equal => add_at_least (add_linear g1 d 0 l1) d 0 l1
                 | NotEqual => add_exclusion g1 d 0 0 l1
                 end
               end).
    { destruct (if sw then gap y x else gap x y) as [d|] eqn:GP; [|exact H1]. apply guard_gap; auto. intros L v AG.
      specialize (CMP L v AG). destruct sw; rewrite (gap_eval _ _ _ _ GP);
        destruct k; unfold compare_integers in *;
          rewrite ?negb_true_iff, ?Z.eqb_eq, ?Z.eqb_neq, ?Z.ltb_lt, ?Z.leb_le in *; lia. }
    assert (AGN : forall (u : bool) q, sw = false -> k = (if u then NotEqual else Equal) -> is_zero y = true ->
      defined g1 x = Some q ->
                  again (g1, x, u, l1) s = Some (h, s', e) -> here F w v0 h).
    { intros u [s2 d2] -> -> ZY DX G'. apply AGAIN in G'. apply (G' v0 (integers v0 s2) H1).
      - eapply defined_value; eauto.
      - intro L. specialize (CMP L v0 (agrees_refl _ _)). rewrite (zero_form _ _ ZY) in CMP.
        rewrite (defined_value _ _ _ _ _ _ _ H1 DX _ (agree_refl _ _)) in CMP.
        destruct u; unfold compare_integers in CMP; rewrite ?negb_true_iff, ?Z.eqb_eq, ?Z.eqb_neq in CMP;
          intuition (auto; discriminate). }
    assert (SW : k = Equal \/ k = NotEqual -> sw = false).
    { unfold outcome in O. destruct t; [inversion O; auto|]. destruct c; inversion O; subst; intuition discriminate. }
    destruct k, (is_zero y) eqn:ZY, (defined g1 x) as [q|] eqn:DX;
      try (apply ret_inv in G as (<- & _ & _); exact PLAIN);
      [apply (AGN false q)|apply (AGN true q)]; auto.
  - monad. exact H1.
  - destruct (PM.find b (targets g1)) as [[es tl]|] eqn:TG; [|monad; exact H1].
    pose proof (tables _ _ _ _ _ _ _ _ _ _ H1) as T.
    eapply here_current in G; [exact (proj1 G)|eauto..].
    + apply (targets_scoped _ T _ _ TG).
    + apply Forall_forall. intros x0 IN. apply filter_In in IN as [IN _].
      pose proof (targets_proper _ T _ _ _ TG) as TP. rewrite Forall_forall in TP. auto.
    + intros L v AG. apply union_holds in L as [L LT]. specialize (ST L v AG). cbn in ST.
      pose proof (held _ _ _ _ _ _ _ _ _ _ H1 v AG) as SH. pose proof (target_sets _ _ _ _ _ _ _ SH _ _ _ TG LT) as IT.
      unfold in_targets in *. apply Exists_exists in IT as (x0 & IN & IE). apply Exists_exists. exists x0. split; auto.
      apply filter_In. split; auto. destruct IE as [HT _]. apply (null_is_tagged CP) in HT; auto.
      apply eqb_true_iff. apply same_truth. unfold is_null_entry. rewrite Pos.eqb_eq, <- HT. rewrite eqb_true_iff.
      clear HT. destruct (base_eq_dec (bases v b) BNull), t, equal; cbn in ST;
        intuition (auto; try discriminate; try lia).
  - monad. exact H1.
  - monad. apply here_guard_floats; auto. intros L v AG. apply truth_is. exact (ST L v AG).
Qed.

Theorem guard_holds : forall F w v0 g f t l z s h s' e, here F w v0 g -> is_value (integers v0) g f z ->
  (Holds l -> (z <> 0 <-> t = true)) -> guard X g f t l s = Some (h, s', e) -> here F w v0 h.
Proof.
  intros F w v0 g f t l z s h s' e H V I G.
  exact (loop_inv (guard_step X) (guard_holds_of F w) (guard_round F w) (g, f, t, l) s h s' e G v0 z H V I).
Qed.

End Guards.
