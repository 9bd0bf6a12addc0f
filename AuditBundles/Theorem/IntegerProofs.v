(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Integer rules: the form that a rule gives has the value that the instruction computes

    Symbols get their values when they are made. What is known holds for every valuation that agrees on the symbols
    made so far, so a fresh one may be given any value. *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers NumberProofs DerivationProofs.
Import ListNotations.
Open Scope Z_scope.

Section Integers.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Notation numbers_hold := (numbers_hold A).

Definition agree (n : positive) (v w : positive -> Z) : Prop := forall s, (s < n)%positive -> v s = w s.

Definition known (v0 : positive -> Z) (g : state) : Prop :=
  forall v, agree (next_integer g) v v0 -> numbers_hold v g.
Definition is_value (v0 : positive -> Z) (g : state) (f : form) (z : Z) : Prop :=
  forall v, agree (next_integer g) v v0 -> eval_form v f = z.

(** Numeric facts and symbols may have been added, nothing else changed. *)
Record numeric_step (g h : state) : Prop := {
  same_assigned : assigned h = assigned g;
  more_symbols : (next_integer g <= next_integer h)%positive;
  same_bases : next_base h = next_base g;
  same_floats : next_float h = next_float g;
  same_definitions : definitions h = definitions g;
  same_offsets : own_offsets h = own_offsets g;
  same_targets : targets h = targets g;
  same_ranges : ranges h = ranges g;
  same_facts : facts h = facts g;
  same_next_fact : next_fact h = next_fact g;
  same_by_tag : facts_of_tag h = facts_of_tag g;
  same_contents : contents h = contents g;
  same_clock : clock h = clock g;
  same_log : log h = log g;
  same_sizes : sizes h = sizes g }.

Lemma numeric_refl : forall g, numeric_step g g.
Proof. intros. split; auto; lia. Qed.

Lemma numeric_trans : forall g h k, numeric_step g h -> numeric_step h k -> numeric_step g k.
Proof. intros g h k [] []. split; try congruence; lia. Qed.

(** A step from [g] under [v0] to [h] under [w0]. *)
Record onward (v0 : positive -> Z) (g : state) (w0 : positive -> Z) (h : state) : Prop := {
  step_numeric : numeric_step g h;
  step_agrees : agree (next_integer g) w0 v0;
  step_known : known w0 h }.

Lemma agree_trans : forall n u v w, agree n u v -> agree n v w -> agree n u w.
Proof. intros n u v w H K s L. rewrite H, K; auto. Qed.
Lemma agree_less : forall m n u v, (m <= n)%positive -> agree n u v -> agree m u v.
Proof. intros m n u v L H s K. apply H. lia. Qed.
Lemma agree_refl : forall n v, agree n v v.
Proof. intros n v s L. reflexivity. Qed.

Lemma onward_refl : forall v0 g, known v0 g -> onward v0 g v0 g.
Proof. intros. split; auto using numeric_refl, agree_refl. Qed.

Lemma onward_trans : forall u g v h w k, onward u g v h -> onward v h w k -> onward u g w k.
Proof.
  intros u g v h w k [N1 A1 K1] [N2 A2 K2]. split; eauto using numeric_trans.
  eapply agree_trans; [|exact A1]. eapply agree_less; [|exact A2]. apply (more_symbols _ _ N1).
Qed.

Lemma value_onward : forall v0 g w0 h f z, onward v0 g w0 h -> is_value v0 g f z -> is_value w0 h f z.
Proof.
  intros v0 g w0 h f z [N AG K] V v H. apply V. eapply agree_trans; [|exact AG].
  eapply agree_less; [|exact H]. apply (more_symbols _ _ N).
Qed.

(** The form [f] of [h] has the value [z]. *)
Definition gives (v0 : positive -> Z) (g h : state) (f : form) (z : Z) : Prop :=
  exists w0, onward v0 g w0 h /\ is_value w0 h f z.

(** ** Facts that are added *)

Lemma numeric_add_linear : forall g f b l, numeric_step g (add_linear g f b l).
Proof. intros. unfold add_linear. destruct (_ && _)%bool; [|apply numeric_refl]. split; cbn; auto; lia. Qed.
Lemma numeric_add_at_least : forall g f b l, numeric_step g (add_at_least g f b l).
Proof.
  intros. unfold add_at_least. destruct (_ && _)%bool; [|apply numeric_refl].
  destruct (scaled f (-1)); [apply numeric_add_linear|apply numeric_refl].
Qed.
Lemma numeric_add_bounds : forall g f b l, numeric_step g (add_bounds g f b l).
Proof.
  intros. unfold add_bounds.
  destruct (upper b), (lower b); eauto using numeric_trans, numeric_refl, numeric_add_linear, numeric_add_at_least.
Qed.
Lemma numeric_add_congruence : forall g t m r l, numeric_step g (add_congruence g t m r l).
Proof. intros. split; cbn; auto; lia. Qed.
Lemma numeric_add_exclusion : forall g f a b l, numeric_step g (add_exclusion g f a b l).
Proof. intros. split; cbn; auto; lia. Qed.

Lemma same_symbols_linear : forall g f b l, next_integer (add_linear g f b l) = next_integer g.
Proof. intros. unfold add_linear. destruct (_ && _)%bool; reflexivity. Qed.
Lemma same_symbols_at_least : forall g f b l, next_integer (add_at_least g f b l) = next_integer g.
Proof.
  intros. unfold add_at_least. destruct (_ && _)%bool; auto. destruct (scaled f (-1)); auto using same_symbols_linear.
Qed.
Lemma same_symbols_bounds : forall g f b l, next_integer (add_bounds g f b l) = next_integer g.
Proof.
  intros. unfold add_bounds. destruct (lower b), (upper b); rewrite ?same_symbols_at_least, ?same_symbols_linear; auto.
Qed.

(** A fact that holds may be added. *)
Lemma onward_pointwise : forall v0 g h,
  known v0 g -> numeric_step g h -> next_integer h = next_integer g ->
  (forall v, agree (next_integer g) v v0 -> numbers_hold v g -> numbers_hold v h) -> onward v0 g v0 h.
Proof.
  intros v0 g h K N E H. split; auto using agree_refl. intros v AG. rewrite E in AG. auto.
Qed.

Lemma onward_linear : forall v0 g f b l z, known v0 g -> is_value v0 g f z -> (Holds l -> z <= b) ->
  onward v0 g v0 (add_linear g f b l).
Proof.
  intros v0 g f b l z K V H. apply onward_pointwise; auto using numeric_add_linear, same_symbols_linear.
  intros v AG G. apply add_linear_holds; auto. intro L. rewrite (V v AG). auto.
Qed.
Lemma onward_at_least : forall v0 g f b l z, known v0 g -> is_value v0 g f z -> (Holds l -> b <= z) ->
  onward v0 g v0 (add_at_least g f b l).
Proof.
  intros v0 g f b l z K V H. apply onward_pointwise; auto using numeric_add_at_least, same_symbols_at_least.
  intros v AG G. apply add_at_least_holds; auto. intro L. rewrite (V v AG). auto.
Qed.
Lemma onward_bounds : forall v0 g f b l z, known v0 g -> is_value v0 g f z -> (Holds l -> In_bounds b z) ->
  onward v0 g v0 (add_bounds g f b l).
Proof.
  intros v0 g f b l z K V H. apply onward_pointwise; auto using numeric_add_bounds, same_symbols_bounds.
  intros v AG G. apply add_bounds_holds; auto. intro L. rewrite (V v AG). auto.
Qed.
Lemma onward_congruence : forall v0 g t c m r l z, known v0 g -> is_value v0 g (t, c) z ->
  (Holds l -> (m | z - c - r)) ->
  onward v0 g v0 (add_congruence g t m r l).
Proof.
  intros v0 g t c m r l z K V H. apply onward_pointwise; auto using numeric_add_congruence.
  intros v AG G. apply add_congruence_holds; auto. intro L. specialize (V v AG). unfold eval_form in V. cbn in V.
  replace (eval_terms v t - r) with (z - c - r) by lia. auto.
Qed.
Lemma onward_exclusion : forall v0 g f a b l z, known v0 g -> is_value v0 g f z -> (Holds l -> z < a \/ b < z) ->
  onward v0 g v0 (add_exclusion g f a b l).
Proof.
  intros v0 g f a b l z K V H. apply onward_pointwise; auto using numeric_add_exclusion.
  intros v AG G. apply add_exclusion_holds; auto. intro L. rewrite (V v AG). auto.
Qed.

(** ** Fresh symbols *)

Definition given (v : positive -> Z) (s : positive) (z : Z) : positive -> Z := fun x => if Pos.eqb x s then z else v x.

Lemma fresh_gives : forall v0 g z, known v0 g ->
  let '(h, f) := fresh_integer g in gives v0 g h f z.
Proof.
  intros v0 g z K. cbn. exists (given v0 (next_integer g) z). split.
  - split.
    + split; cbn; auto; lia.
    + intros s L. unfold given. destruct (Pos.eqb_spec s (next_integer g)); [lia|auto].
    + intros v AG. destruct (K v) as [G1 G2 G3].
      * intros s L. rewrite AG by (cbn; lia). unfold given. destruct (Pos.eqb_spec s (next_integer g)); [lia|auto].
      * split; cbn; auto.
  - intros v AG. rewrite eval_symbol, AG by (cbn; lia). unfold given. rewrite Pos.eqb_refl. reflexivity.
Qed.

Lemma gives_onward : forall v0 g h f z k,
  gives v0 g h f z -> (forall w0, onward v0 g w0 h -> is_value w0 h f z -> onward w0 h w0 k) -> gives v0 g k f z.
Proof.
  intros v0 g h f z k (w0 & O & V) H. exists w0. specialize (H w0 O V). split; eauto using onward_trans, value_onward.
Qed.

Lemma fresh_bounded_gives : forall v0 g b l z h f, known v0 g -> (Holds l -> In_bounds b z) ->
  fresh_bounded g b l = (h, f) -> gives v0 g h f z.
Proof.
  intros v0 g b l z h f K H E. unfold fresh_bounded in E.
  pose proof (fresh_gives v0 g z K) as F. destruct (fresh_integer g) as [k s]. inversion E; subst.
  eapply gives_onward; [exact F|]. intros w0 O V. eapply onward_bounds; eauto. apply (step_known _ _ _ _ O).
Qed.

Lemma labelled_gives : forall v0 g f l z h k, known v0 g -> (Holds l -> is_value v0 g f z) ->
  labelled g f l = (h, k) -> gives v0 g h k z.
Proof.
  intros v0 g f l z h k K H E. unfold labelled in E. destruct l as [|a l].
  { inversion E; subst. exists v0. split; auto using onward_refl. apply H. constructor. }
  pose proof (fresh_gives v0 g z K) as F. destruct (fresh_integer g) as [g1 s].
  destruct (negatable f); [|inversion E; subst; auto].
  destruct (subtract s f) as [d|] eqn:D; [|inversion E; subst; auto].
  destruct (subtract f s) as [e|] eqn:S; [|inversion E; subst; auto]. inversion E; subst. clear E.
  destruct F as (w0 & O & V). pose proof (step_known _ _ _ _ O) as K1.
  assert (VF : Holds (a :: l) -> is_value w0 g1 f z) by (intro L; eapply value_onward; eauto).
  assert (VD : Holds (a :: l) -> is_value w0 g1 d 0).
  { intros L v AG. rewrite (subtract_eval v _ _ _ D), (VF L v AG), (V v AG). lia. }
  assert (VE : Holds (a :: l) -> is_value w0 g1 e 0).
  { intros L v AG. rewrite (subtract_eval v _ _ _ S), (VF L v AG), (V v AG). lia. }
  exists w0. assert (ON : onward w0 g1 w0 (add_congruence (add_linear (add_linear g1 d 0 (a :: l)) e 0 (a :: l)) (fst e)
    0 (- snd e) (a :: l))).
  { apply onward_pointwise; auto.
    - eauto using numeric_trans, numeric_add_linear, numeric_add_congruence.
    - cbn. rewrite !same_symbols_linear. reflexivity.
    - intros v AG G. apply add_congruence_holds; [apply add_linear_holds; [apply add_linear_holds; auto|]|].
      + intro L. rewrite (VD L v AG). lia.
      + intro L. rewrite (VE L v AG). lia.
      + intro L. specialize (VE L v AG). unfold eval_form in VE.
        replace (eval_terms v (fst e) - - snd e) with 0 by lia. apply Z.divide_0_r. }
  split; eauto using onward_trans, value_onward.
Qed.

(** ** Derived bounds of a form's value *)

Lemma known_here : forall v0 g, known v0 g -> numbers_hold v0 g.
Proof. intros v0 g K. apply K. apply agree_refl. Qed.
Lemma value_here : forall v0 g f z, is_value v0 g f z -> eval_form v0 f = z.
Proof. intros v0 g f z V. apply V. apply agree_refl. Qed.

Section Bounds.
Variable v0 : positive -> Z.
Variable g : state.
Hypothesis K : known v0 g.

Lemma upper_value : forall f z s d s' e, is_value v0 g f z ->
  upper_bound g f s = Some (d, s', e) -> Holds (label_of d) -> z <= bound d.
Proof.
  intros f z s d s' e V U L. rewrite <- (value_here _ _ _ _ V).
  apply (upper_bound_holds A v0 g (known_here _ _ K) _ _ _ _ _ U L).
Qed.
Lemma lower_value : forall f z s d s' e, is_value v0 g f z ->
  lower_bound g f s = Some (d, s', e) -> Holds (label_of d) -> bound d <= z.
Proof.
  intros f z s d s' e V U L. rewrite <- (value_here _ _ _ _ V).
  apply (lower_bound_holds A v0 g (known_here _ _ K) _ _ _ _ _ U L).
Qed.
Lemma finite_upper_value : forall f z s d s' e, is_value v0 g f z ->
  finite_upper g f s = Some (d, s', e) -> Holds (label_of d) -> z <= bound d.
Proof.
  intros f z s d s' e V U L. rewrite <- (value_here _ _ _ _ V).
  apply (finite_upper_holds A v0 g (known_here _ _ K) _ _ _ _ _ U L).
Qed.
Lemma finite_lower_value : forall f z s d s' e, is_value v0 g f z ->
  finite_lower g f s = Some (d, s', e) -> Holds (label_of d) -> bound d <= z.
Proof.
  intros f z s d s' e V U L. rewrite <- (value_here _ _ _ _ V).
  apply (finite_lower_holds A v0 g (known_here _ _ K) _ _ _ _ _ U L).
Qed.
End Bounds.

(** ** Integer types *)

Definition proper (t : itype) : Prop := 1 <= bits t <= 128.

Lemma type_size : forall t, proper t -> greatest t = least t + 2 ^ bits t - 1.
Proof.
  intros [b s] [L U]. unfold greatest, least. cbn in *. destruct s; [|lia].
  replace b with (Z.succ (b - 1)) at 3 by lia. rewrite Z.pow_succ_r by lia. lia.
Qed.

Lemma wrap_in : forall t n, proper t -> in_itype t (wrap t n).
Proof.
  intros t n P. unfold in_itype, wrap. rewrite type_size by auto.
  assert (0 < 2 ^ bits t) by (apply Z.pow_pos_nonneg; unfold proper in P; lia).
  pose proof (Z.mod_pos_bound (n - least t) (2 ^ bits t)). lia.
Qed.

Lemma wrap_unique : forall t n k, proper t -> in_itype t (n - k * 2 ^ bits t) -> wrap t n = n - k * 2 ^ bits t.
Proof.
  intros t n k P H. unfold in_itype in H. rewrite type_size in H by auto. unfold wrap.
  assert (0 < 2 ^ bits t) by (apply Z.pow_pos_nonneg; unfold proper in P; lia).
  replace (n - least t) with ((n - k * 2 ^ bits t - least t) + k * 2 ^ bits t) by lia.
  rewrite Z.mod_add by lia. rewrite Z.mod_small by lia. lia.
Qed.

Lemma wrap_congruent : forall t n, proper t -> (2 ^ bits t | wrap t n - n).
Proof.
  intros t n P. unfold wrap.
  assert (0 < 2 ^ bits t) by (apply Z.pow_pos_nonneg; unfold proper in P; lia).
  exists (- ((n - least t) / 2 ^ bits t)). pose proof (Z.div_mod (n - least t) (2 ^ bits t)). lia.
Qed.

Lemma upper_bound_fits : forall g f s d s' e,
  upper_bound g f s = Some (d, s', e) -> contradicts d = false -> bound d <= maximum.
Proof.
  intros g f s d s' e H C. unfold upper_bound in H. monad. destruct x as [[b k] l]. destruct k; monad.
  - discriminate C.
  - unfold sum in *. monad. cbn. match goal with F : fits _ = true |- _ => unfold fits in F end. monad. auto.
Qed.

(** Unsigned 128 has no upper end among the checker's numbers, all of which are in it or negative. *)
Lemma demanded_in : forall g f t s d u s' e n high s1 e1 low,
  proper t -> upper_bound g f s1 = Some (high, d, e1) -> contradicts high = false ->
  demand_in high low t s = Some (u, s', e) -> bound low <= n <= bound high -> in_itype t n.
Proof.
  intros g f t s d u s' e n high s1 e1 low P U C H B. apply upper_bound_fits in U; auto.
  unfold demand_in in H. apply demand_inv in H as (H & _ & _).
  apply andb_true_iff in H as [HU HL]. unfold in_itype. unfold type_range in *. cbn in *. monad.
  destruct (signed t) eqn:S; cbn in *; monad; [lia|].
  destruct (bits t =? 128) eqn:E; cbn in *; monad; [|lia].
  split; [lia|]. unfold greatest. rewrite S, E. unfold maximum, bound128 in U.
  assert (2 ^ 128 = 340282366920938463463374607431768211456) as -> by reflexivity. lia.
Qed.

(** ** wrap *)

Lemma wrapped_gives : forall v0 g f t z s h k s' e,
  proper t -> known v0 g -> is_value v0 g f z ->
  wrapped g f t s = Some ((h, k), s', e) -> gives v0 g h k (wrap t z).
Proof.
  intros v0 g f t z s h k s' e P K V H. unfold wrapped in H. monad.
  destruct (x =? 0) eqn:M0.
  { monad. match goal with E : (_, _) = labelled _ _ _ |- _ => symmetry in E; rename E into LAB
           | E : labelled _ _ _ = (_, _) |- _ => rename E into LAB end.
    eapply labelled_gives; [exact K| |exact LAB]. intros L v AG. apply union_holds in L as [LU LL].
    match goal with LAB : labelled _ ?f _ = _ |- _ =>
      assert (MV : exists j, is_value v0 g f (z - j * 2 ^ bits t)) end.
    { destruct (x0 =? 0) eqn:Z0; monad.
      - subst. exists 0. intros w W. rewrite (V w W). lia.
      - unfold power, product, negated, difference in *.
        match goal with P : (if ?c then _ else _) _ = Some _ |- _ => destruct c; [|discriminate] end. monad.
        exists x0. intros w W.
        match goal with N : add_number _ _ = Some _ |- _ => rewrite (add_number_eval w _ _ _ N) end.
        rewrite (V w W). lia. }
    destruct MV as [j MV].
    match goal with U : upper_bound _ _ _ = Some _ |- _ =>
      pose proof (upper_value _ _ K _ _ _ _ _ _ MV U LU) as UP;
      pose proof (proj1 (upper_bound_holds A v0 g (known_here _ _ K) _ _ _ _ _ U LU)) as NC;
      rename U into UB end.
    match goal with U : lower_bound _ _ _ = Some _ |- _ => pose proof (lower_value _ _ K _ _ _ _ _ _ MV U LL) as LO end.
    match goal with D : demand_in _ _ _ _ = Some _ |- _ =>
      pose proof (demanded_in _ _ _ _ _ _ _ _ _ _ _ _ _ P UB NC D (conj LO UP)) as IN end.
    rewrite (MV v AG). symmetry. apply wrap_unique; auto. }
  destruct ((x =? 1) || (x =? 2))%bool; [|discriminate].
  destruct (fresh_bounded g (type_range t) []) as [g1 w1] eqn:FB.
  assert (GV : gives v0 g g1 w1 (wrap t z)).
  { eapply fresh_bounded_gives; eauto. intros _. apply type_range_in. apply wrap_in. auto. }
  destruct (x =? 1); monad; [match goal with E : (_, _) = (_, _) |- _ => inversion E; subst end; exact GV|].
  match goal with E : (_, _) = (_, _) |- _ => inversion E; subst; clear E end.
  eapply gives_onward; [exact GV|]. intros w0 O W.
  unfold power, negated, difference in *.
  match goal with P : (if ?c then _ else _) _ = Some _ |- _ => destruct c; [|discriminate] end. monad.
  match goal with S : subtract _ _ = Some ?d |- _ => destruct d as [td cd] end. cbn [fst snd] in *.
  eapply (onward_congruence w0 g1 td cd _ _ [] (wrap t z - z)); [apply (step_known _ _ _ _ O)| |].
  - intros v AG. match goal with S : subtract _ _ = Some _ |- _ => rewrite (subtract_eval v _ _ _ S) end.
    rewrite (W v AG), ((value_onward _ _ _ _ _ _ O V) v AG). lia.
  - intros _. assert (0 < 2 ^ bits t) by (apply Z.pow_pos_nonneg; unfold proper in P; lia).
    replace (wrap t z - z - cd - (0 - cd) mod 2 ^ bits t)
      with ((wrap t z - z) + ((0 - cd) - (0 - cd) mod 2 ^ bits t)) by ring.
    apply Z.divide_add_r; [apply wrap_congruent; auto|].
    exists ((0 - cd) / 2 ^ bits t). pose proof (Z.div_mod (0 - cd) (2 ^ bits t)). lia.
Qed.

End Integers.
