(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Numeric facts: what it is for a state's facts to hold, and that derivations from them hold

    A valuation gives each symbol its value. Facts hold of it as far as the assumptions of their labels hold. *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules NumberProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** Numbers of facts are those of the next ones *)

Section Facts.
Variable A : positive -> Prop.
Notation Holds := (Holds A).

Definition linear_holds (v : positive -> Z) (f : terms * Z * label) : Prop :=
  let '(t, b, l) := f in Holds l -> eval_terms v t <= b.
(** Modulus 0 is equality. *)
Definition congruence_holds (v : positive -> Z) (f : terms * Z * Z * label) : Prop :=
  let '(t, m, r, l) := f in Holds l -> (m | eval_terms v t - r).
Definition exclusion_holds (v : positive -> Z) (f : form * Z * Z * label) : Prop :=
  let '(f, a, b, l) := f in Holds l -> eval_form v f < a \/ b < eval_form v f.

Record numbers_hold (v : positive -> Z) (g : state) : Prop := {
  linear_facts : forall n f, PM.find n (linear g) = Some f -> linear_holds v f;
  congruence_facts : forall n f, PM.find n (congruences g) = Some f -> congruence_holds v f;
  exclusion_facts : forall n f, PM.find n (exclusions g) = Some f -> exclusion_holds v f }.

(** ** Facts that are added *)

Lemma find_add : forall {T} (m : PM.t T) k x n y,
  PM.find n (PM.add k x m) = Some y -> (n = k /\ y = x) \/ PM.find n m = Some y.
Proof.
  intros T m k x n y H. destruct (Pos.eq_dec n k) as [->|N].
  - rewrite PM.gss in H. inversion H; auto.
  - rewrite PM.gso in H; auto.
Qed.

Lemma add_linear_holds : forall v g f b l,
  numbers_hold v g -> (Holds l -> eval_form v f <= b) -> numbers_hold v (add_linear g f b l).
Proof.
  intros v g f b l G H. unfold add_linear. destruct (_ && _)%bool; [|exact G].
  destruct G as [G1 G2 G3]. split; cbn; auto.
  intros n x F. apply find_add in F as [[-> ->]|F]; eauto.
  cbn. intro L. specialize (H L). unfold eval_form in H. lia.
Qed.

Lemma add_at_least_holds : forall v g f b l,
  numbers_hold v g -> (Holds l -> b <= eval_form v f) -> numbers_hold v (add_at_least g f b l).
Proof.
  intros v g f b l G H. unfold add_at_least. destruct (_ && _)%bool; [|exact G].
  destruct (scaled f (-1)) eqn:S; [|exact G]. apply add_linear_holds; auto.
  intro L. specialize (H L). rewrite (scaled_eval v _ _ _ S). lia.
Qed.

Lemma add_bounds_holds : forall v g f b l,
  numbers_hold v g -> (Holds l -> In_bounds b (eval_form v f)) -> numbers_hold v (add_bounds g f b l).
Proof.
  intros v g f [lo hi] l G H. unfold add_bounds. cbn.
  assert (G' : numbers_hold v (match hi with Some u => add_linear g f u l | None => g end)).
  { destruct hi; auto. apply add_linear_holds; auto. intro L. destruct (H L) as [_ U]. exact U. }
  destruct lo; auto. apply add_at_least_holds; auto. intro L. destruct (H L) as [U _]. exact U.
Qed.

Lemma add_contradiction_holds : forall v g l,
  numbers_hold v g -> (Holds l -> False) -> numbers_hold v (add_contradiction g l).
Proof. intros. apply add_linear_holds; auto. intro L. destruct (H0 L). Qed.

Lemma add_congruence_holds : forall v g t m r l,
  numbers_hold v g -> (Holds l -> (m | eval_terms v t - r)) -> numbers_hold v (add_congruence g t m r l).
Proof.
  intros v g t m r l [G1 G2 G3] H. split; cbn; auto.
  intros n x F. apply find_add in F as [[-> ->]|F]; eauto.
Qed.

Lemma add_exclusion_holds : forall v g f a b l,
  numbers_hold v g -> (Holds l -> eval_form v f < a \/ b < eval_form v f) ->
  numbers_hold v (add_exclusion g f a b l).
Proof.
  intros v g f a b l [G1 G2 G3] H. split; cbn; auto.
  intros n x F. apply find_add in F as [[-> ->]|F]; eauto.
Qed.

(** ** Derivations *)

Section Derivations.
Variable v : positive -> Z.
Variable g : state.
Hypothesis G : numbers_hold v g.

Lemma negates_eval : forall t u, negates t u = true -> eval_terms v t = - eval_terms v u.
Proof.
  induction t as [|[x a] t IH]; destruct u as [|[y b] u]; cbn; intro H; try discriminate; auto.
  monad. match goal with E : Pos.eqb _ _ = true |- _ => apply Pos.eqb_eq in E; subst end.
  rewrite (IH u) by assumption. lia.
Qed.

Lemma multiple_eval : forall d t u, multiple d t u = true -> eval_terms v t = d * eval_terms v u.
Proof.
  induction t as [|[x a] t IH]; destruct u as [|[y b] u]; cbn; intro H; try discriminate; [lia|].
  monad. match goal with E : Pos.eqb _ _ = true |- _ => apply Pos.eqb_eq in E; subst end.
  rewrite (IH u) by assumption. ring.
Qed.

(** The premises so far: if their label holds, their sum is bounded. *)
Definition summed (p : terms * Z * label) : Prop := linear_holds v p.

Lemma premise_holds : forall p s q s' e, summed p -> premise g p s = Some (q, s', e) -> summed q.
Proof.
  intros [[t b] l] s q s' e P H. unfold premise in H. monad.
  match goal with H : linear_fact _ _ _ = _ |- _ => unfold linear_fact in H end. monad.
  destruct x1 as [[u b'] l']. monad.
  unfold product, sum in *. monad. unfold summed, linear_holds in *.
  intro L. apply union_holds in L as [L L']. specialize (P L).
  match goal with F : PM.find _ (linear g) = Some _ |- _ =>
    apply (linear_facts _ _ G) in F; cbn in F; specialize (F L') end.
  destruct (x0 =? 0) eqn:Z0; monad.
  - subst. nia.
  - match goal with M : merge _ _ _ = Some _ |- _ => rewrite (merge_eval v _ _ _ _ M) end. nia.
Qed.

Lemma summed_none : summed ([], 0, []).
Proof. intros _. cbn. lia. Qed.

(** What a derivation says of the terms, or of their negative. *)
Lemma derive_holds : forall t n s d s' e,
  derive g t n s = Some (d, s', e) ->
  Holds (label_of d) ->
  contradicts d = false /\ (if n then - bound d <= eval_terms v t else eval_terms v t <= bound d).
Proof.
  intros t n s d s' e H L. unfold derive in H. monad.
  destruct (x =? 0) eqn:ZERO; monad.
  { match goal with N : terms_eqb _ _ = true |- _ => apply (terms_eqb_eval v) in N; cbn in N end.
    split; auto. cbn. destruct n; lia. }
  destruct (x =? 1) eqn:ONE; monad.
  { match goal with H : linear_fact _ _ _ = _ |- _ => unfold linear_fact in H end. monad.
    destruct x1 as [[u b] l].
    match goal with F : PM.find _ (linear g) = Some _ |- _ =>
      apply (linear_facts _ _ G) in F; unfold linear_holds in F; rename F into FACT end.
    destruct (terms_eqb u [] && (b <? 0))%bool eqn:E; monad.
    - cbn in L. specialize (FACT L).
      match goal with N : terms_eqb _ _ = true |- _ => apply (terms_eqb_eval v) in N; cbn in N end. lia.
    - cbn in L |- *. specialize (FACT L). split; auto. destruct n.
      + match goal with N : negates _ _ = true |- _ => apply negates_eval in N end. lia.
      + match goal with N : terms_eqb _ _ = true |- _ => apply (terms_eqb_eval v) in N end. lia. }
  match goal with R : repeat _ _ _ _ = Some _ |- _ =>
    assert (P : summed x0) by (eapply (repeat_inv summed (premise g) (fun _ => True));
      [intros; eapply premise_holds; eauto|apply summed_none|exact R|apply Forall_forall; auto]) end.
  destruct x0 as [[u b] l]. monad.
  destruct (terms_eqb u [] && (b <? 0))%bool eqn:E; monad.
  - cbn in L. specialize (P L). unfold linear_holds in P.
    match goal with N : terms_eqb _ _ = true |- _ => apply (terms_eqb_eval v) in N; cbn in N end. lia.
  - cbn in L |- *. unfold summed, linear_holds in P. specialize (P L). split; auto.
    match goal with M : multiple _ _ _ = true |- _ => apply multiple_eval in M; rename M into MUL end.
    destruct n.
    + assert (- eval_terms v t <= b / x0) by (apply Z.div_le_lower_bound; lia). lia.
    + apply Z.div_le_lower_bound; lia.
Qed.

Lemma upper_bound_holds : forall f s d s' e,
  upper_bound g f s = Some (d, s', e) -> Holds (label_of d) ->
  contradicts d = false /\ eval_form v f <= bound d.
Proof.
  intros [t c] s d s' e H L. unfold upper_bound in H. monad.
  destruct x as [[b k] l]. destruct k; monad.
  - match goal with D : derive _ _ _ _ = Some _ |- _ => apply derive_holds in D; auto end. destruct H0; discriminate.
  - unfold sum in *. monad. match goal with D : derive _ _ _ _ = Some _ |- _ => apply derive_holds in D; auto end.
    cbn in *. unfold eval_form. cbn. lia.
Qed.

Lemma lower_bound_holds : forall f s d s' e,
  lower_bound g f s = Some (d, s', e) -> Holds (label_of d) ->
  contradicts d = false /\ bound d <= eval_form v f.
Proof.
  intros [t c] s d s' e H L. unfold lower_bound in H. monad.
  destruct x as [[b k] l]. destruct k; monad.
  - match goal with D : derive _ _ _ _ = Some _ |- _ => apply derive_holds in D; auto end. destruct H0; discriminate.
  - unfold difference in *. monad. match goal with D : derive _ _ _ _ = Some _ |- _ => apply derive_holds
      in D; auto end.
    cbn in *. unfold eval_form. cbn. lia.
Qed.

Lemma finite_upper_holds : forall f s d s' e,
  finite_upper g f s = Some (d, s', e) -> Holds (label_of d) -> eval_form v f <= bound d.
Proof.
  intros f s d s' e H L. unfold finite_upper in H. monad.
  match goal with U : upper_bound _ _ _ = Some _ |- _ => apply upper_bound_holds in U; auto end. tauto.
Qed.
Lemma finite_lower_holds : forall f s d s' e,
  finite_lower g f s = Some (d, s', e) -> Holds (label_of d) -> bound d <= eval_form v f.
Proof.
  intros f s d s' e H L. unfold finite_lower in H. monad.
  match goal with U : lower_bound _ _ _ = Some _ |- _ => apply lower_bound_holds in U; auto end. tauto.
Qed.

(** ** Congruences *)

Lemma divides_spec : forall m a, m <> 0 -> divides m a = true -> (m | a).
Proof. unfold divides. intros m a N H. monad. apply Z.mod_divide; auto. Qed.

(** The form less what is left of it is the remainder, modulo [m]. *)
Definition reduced (f : form) (m : Z) (p : form * Z * label) : Prop :=
  let '(rest, r, l) := p in Holds l -> (m | (eval_form v f - eval_terms v (fst rest)) - r).

Lemma add_scaled_constant : forall f t k h, add_scaled f (t, 0) k = Some h -> snd h = snd f.
Proof.
  intros [u c] t k h S. unfold add_scaled in S. cbn [fst snd] in S.
  destruct (k =? 0); [inversion S; auto|].
  destruct (checked (0 * k)) eqn:C; [|discriminate]. destruct (checked (c + z)) eqn:D; [|discriminate]. monad.
  destruct t; [inversion S; cbn; lia|].
  destruct (merge _ _ _); [|discriminate]. destruct (Nat.leb _ _); inversion S; cbn; lia.
Qed.

Lemma congruence_premise_holds : forall f m p s q s' e, m <> 0 ->
  reduced f m p -> congruence_premise g m p s = Some (q, s', e) -> reduced f m q.
Proof.
  intros f m [[rest r] l] s q s' e N P H. unfold congruence_premise in H. monad.
  destruct x1 as [[[t m'] r'] l']. monad. unfold product, negated, difference, sum in *. monad.
  unfold reduced in *. intro L. apply union_holds in L as [L L']. specialize (P L).
  match goal with F : PM.find _ (congruences g) = Some _ |- _ =>
    apply (congruence_facts _ _ G) in F; cbn in F; specialize (F L'); rename F into FACT end.
  match goal with D : divides _ _ = true |- _ => apply divides_spec in D; auto; rename D into DIV end.
  match goal with S : add_scaled _ _ _ = Some _ |- _ =>
    pose proof (add_scaled_eval v _ _ _ _ S) as E; pose proof (add_scaled_constant _ _ _ _ S) as SND end.
  unfold eval_form in E. cbn [fst snd] in E.
  match type of E with eval_terms v (fst ?f') + _ = _ + (0 - ?c) * _ =>
    replace (eval_form v f - eval_terms v (fst f') - (r + c * r'))
      with ((eval_form v f - eval_terms v (fst rest) - r) + c * (eval_terms v t - r')) by lia;
    apply Z.divide_add_r; auto;
    destruct FACT as [k K]; rewrite K; replace (c * (k * m')) with (k * (c * m')) by ring;
    apply Z.divide_mul_r; auto
  end.
Qed.

Lemma forallb_divides : forall m t, m <> 0 -> forallb (fun p => divides m (snd p)) t = true -> (m | eval_terms v t).
Proof.
  induction t as [|[x a] t IH]; cbn; intros N H; [apply Z.divide_0_r|]. monad.
  apply Z.divide_add_r; auto. apply Z.divide_mul_l. apply divides_spec; auto.
Qed.

Lemma congruence_premises_holds : forall f m s r l s' e,
  congruence_premises g f m s = Some ((r, l), s', e) -> Holds l -> 0 < m /\ 0 <= r < m /\ (m | eval_form v f - r).
Proof.
  intros f m s r l s' e H L. unfold congruence_premises in H. monad.
  destruct x0 as [[rest k] l']. monad. unfold floor_remainder in *.
  destruct (0 <? m) eqn:M; [|match goal with R : reject _ = Some _ |- _ => discriminate R end]. monad.
  match goal with E : (_, _) = (_, _) |- _ => inversion E; subst; clear E end.
  assert (P : reduced f m (rest, k, l)).
  { eapply (repeat_inv (reduced f m) (congruence_premise g m) (fun _ => True));
      [intros; eapply congruence_premise_holds; eauto; lia| |eassumption|apply Forall_forall; auto].
    intros _. cbn. unfold eval_form. destruct f. cbn. exists 0. lia. }
  specialize (P L).
  match goal with D : forallb _ _ = true |- _ => apply forallb_divides in D; [|lia]; rename D into DIV end.
  split; [auto|]. split; [apply Z.mod_pos_bound; auto|].
  replace (eval_form v f - k mod m) with
    ((eval_form v f - eval_terms v (fst rest) - k) + eval_terms v (fst rest) + (k - k mod m)) by ring.
  apply Z.divide_add_r; [apply Z.divide_add_r; [exact P|exact DIV]|].
  exists (k / m). rewrite (Z.mul_comm (k / m)). pose proof (Z.div_mod k m ltac:(lia)) as D. lia.
Qed.

Lemma congruence_holds_of : forall f s m r l s' e,
  congruence g f s = Some ((m, r, l), s', e) -> Holds l -> 1 <= m /\ 0 <= r < m /\ (m | eval_form v f - r).
Proof.
  intros f s m r l s' e H L. unfold congruence in H. monad. destruct (x =? 1) eqn:E; monad.
  - match goal with E : (_, _) = (_, _) |- _ => inversion E; subst end. repeat split; try lia. apply Z.divide_1_l.
  - match goal with C : congruence_premises _ _ _ _ = Some (?p, _, _) |- _ => destruct p as [r' l'] end.
    cbn [fst snd] in *.
    repeat match goal with E : (_, _) = (_, _) |- _ => inversion E; subst; clear E end.
    match goal with C : congruence_premises _ _ _ _ = Some _ |- _ =>
      apply congruence_premises_holds in C as (? & ? & ?); auto end.
Qed.

(** ** Single facts *)

Lemma contradiction_holds : forall n s l s' e, contradiction g n s = Some (l, s', e) -> Holds l -> False.
Proof.
  intros n s l s' e H L. unfold contradiction, linear_fact in H. monad. destruct x as [[t b] l']. monad.
  match goal with F : PM.find _ (linear g) = Some _ |- _ => apply (linear_facts _ _ G) in F; cbn in F;
    specialize (F L) end.
  match goal with E : terms_eqb _ _ = true |- _ => apply (terms_eqb_eval v) in E; cbn in E end. lia.
Qed.

Lemma exclusion_of_zero_holds : forall n f s l s' e,
  exclusion_of_zero g n f s = Some (l, s', e) -> Holds l -> eval_form v f <> 0.
Proof.
  intros n f s l s' e H L. unfold exclusion_of_zero in H. monad. destruct x as [[[h a] b] l']. monad.
  match goal with F : PM.find _ (exclusions g) = Some _ |- _ => apply (exclusion_facts _ _ G) in F; cbn in F;
    specialize (F L) end.
  match goal with E : form_eqb _ _ = true |- _ => apply (form_eqb_eval v) in E; rewrite E in * end. lia.
Qed.

End Derivations.
End Facts.
