(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Hints of truth values: what they show is so *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Guards Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs GuardProofs.
From AICheck Require Import FloatRanges.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Lemma null_decides : forall (p : Prop) (n : Z) (i equal t : bool), (p <-> i = true) -> i = Bool.eqb equal t ->
  (n = 1 <-> (p <-> equal = true)) -> (n = 1 <-> t = true).
Proof. intros p n [] [] [] H E S; try discriminate E; intuition discriminate. Qed.

Section Decided.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Variable X : context.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

Lemma decided_directly_holds : forall v g k f t s l s' e, numbers_hold A v g ->
  decided_directly g k f t s = Some (l, s', e) -> Holds l -> (eval_form v f <> 0 <-> t = true).
Proof.
  intros v g k f t s l s' e G H L. unfold decided_directly in H.
  assert (Y : eval_form v f <> 0 -> t = true -> (eval_form v f <> 0 <-> t = true)) by tauto.
  destruct (k =? 0); [destruct t|destruct (k =? 1); destruct t; cbn in H;
    [|destruct (k =? 3)|destruct (k =? 3)|destruct (k =? 3)]];
    cbn in H; try discriminate; monad.
  - match goal with D : lower_bound _ _ _ = Some _ |- _ => apply (lower_bound_holds A v g G) in D as [_ D]; auto end.
    apply Y; auto. lia.
  - apply union_holds in L as [LU LL].
    match goal with D : lower_bound _ _ _ = Some _ |- _ => apply (lower_bound_holds A v g G) in D as [_ D]; auto end.
    match goal with D : upper_bound _ _ _ = Some _ |- _ => apply (upper_bound_holds A v g G) in D as [_ D]; auto end.
    split; [lia|discriminate].
  - match goal with D : upper_bound _ _ _ = Some _ |- _ => apply (upper_bound_holds A v g G) in D as [_ D]; auto end.
    apply Y; auto. lia.
  - match goal with D : exclusion_of_zero _ _ _ _ = Some _ |- _ => apply (exclusion_of_zero_holds A v g G) in D;
      auto end.
Qed.

Lemma shown_gap_holds : forall v g k d s l s' e, numbers_hold A v g ->
  shown_gap g k d s = Some (l, s', e) -> Holds l -> compare_integers k (eval_form v d) 0 = true.
Proof.
  intros v g k d s l s' e G H L. unfold shown_gap in H. destruct k; unfold compare_integers.
  - monad. apply union_holds in L as [LU LL].
    match goal with D : lower_bound _ _ _ = Some _ |- _ => apply (lower_bound_holds A v g G) in D as [_ D]; auto end.
    match goal with D : upper_bound _ _ _ = Some _ |- _ => apply (upper_bound_holds A v g G) in D as [_ D]; auto end.
    apply Z.eqb_eq. lia.
  - apply negb_true_iff. apply Z.eqb_neq. monad.
    destruct (x =? 0); [|destruct (x =? 1); [|destruct (x =? 2); [|discriminate]]]; monad.
    + match goal with D : upper_bound _ _ _ = Some _ |- _ => apply (upper_bound_holds A v g G) in D as [_ D]; auto end.
      lia.
    + match goal with D : lower_bound _ _ _ = Some _ |- _ => apply (lower_bound_holds A v g G) in D as [_ D]; auto end.
      lia.
    + destruct x1 as [[[h a] b] lx]. destruct (form_eqb h d).
      * apply (exclusion_of_zero_holds A v g G) in H; auto.
      * monad. apply (exclusion_of_zero_holds A v g G) in H; auto.
        match goal with S : scaled d (-1) = Some _ |- _ => rewrite (scaled_eval v _ _ _ S) in H end. lia.
  - monad. match goal with D : upper_bound _ _ _ = Some _ |- _ => apply (upper_bound_holds A v g G) in D as [_ D];
      auto end.
    apply Z.ltb_lt. lia.
  - monad. match goal with D : upper_bound _ _ _ = Some _ |- _ => apply (upper_bound_holds A v g G) in D as [_ D];
      auto end.
    apply Z.leb_le. lia.
Qed.

(** Ranges whose labels hold. *)
Lemma ranges_of_hold : forall F w v0 g x, here F w v0 g -> Holds (label_or_none (range_of g x)) ->
  forall r k, range_of g x = Some (r, k) -> in_range_of r (float_value v0 x).
Proof.
  intros F w v0 g x H L r k R. rewrite R in L.
  exact (range_of_holds _ _ _ _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl _ _)) R L).
Qed.

Definition definition_decides (v0 : valuation) (a : positive * bool * label) (s : stream) (l : label) (s' : stream)
  (e : list event) : Prop :=
  let '(x, t, k) := a in Holds l -> Holds k /\ (integers v0 x <> 0 <-> t = true).

(** The comparison's truth is the symbol's. *)
Lemma truth_decides : forall F w v0 g s m dl t, here F w v0 g -> PM.find s (definitions g) = Some (m, dl) -> Holds dl ->
  (stands_for v0 m (integers v0 s) -> (integers v0 s = 1 <-> t = true)) -> (integers v0 s <> 0 <-> t = true).
Proof.
  intros F w v0 g s m dl t H D L I.
  destruct (truth_of A CP C X w0 entry F w v0 g v0 s m dl H (agrees_refl _ _) D) as [N S]. rewrite <- (I (S L)). lia.
Qed.

Lemma decided_round : forall F w v0 g, here F w v0 g -> forall (again : positive * bool * label -> M label),
  (forall a s l s' e, again a s = Some (l, s', e) -> definition_decides v0 a s l s' e) ->
  forall a s l s' e, decided_step g again a s = Some (l, s', e) -> definition_decides v0 a s l s' e.
Proof.
  intros F w v0 g H again AGAIN [[x t] k] s l s' e G. unfold decided_step in G.
  apply bind_inv in G as ([m dl] & s1 & e1 & e2 & D & G & ->). apply lift_inv in D as (D & <- & ->).
  intro L. cbn [fst snd] in *. pose proof (numbers_of A CP C X w0 entry _ _ _ _ _ H (agrees_refl _ _)) as NH.
  assert (E : Holds (union k dl) -> (stands_for v0 m (integers v0 x) -> (integers v0 x = 1 <-> t = true)) ->
              Holds k /\ (integers v0 x <> 0 <-> t = true)).
  { intros LK I. apply union_holds in LK as [LK LD]. split; auto. eapply truth_decides; eauto. }
  destruct m as [c y z|b equal|known|c y z].
  - destruct (outcome c t) as [q sw] eqn:O.
    set (y1 := y) in *. set (z1 := z) in *.
    assert (IT : forall q', (if sw then compare_integers q' (eval_form (integers v0) z) (eval_form (integers v0) y)
                   else compare_integers q' (eval_form (integers v0) y) (eval_form (integers v0) z)) = true -> q' = q ->
                 stands_for v0 (MIntegers c y z) (integers v0 x) -> (integers v0 x = 1 <-> t = true)).
    { intros q' T -> S. cbn in S. rewrite S.
      rewrite (outcome_decides c t q sw _ _ O); [tauto|]. destruct sw; exact T. }
    assert (PLAIN : (let* d := lift (if sw then subtract z y else subtract y z) in
                     let* k' := shown_gap g q d in ret (union (union k dl) k')) s = Some (l, s', e2) ->
                    Holds k /\ (integers v0 x <> 0 <-> t = true)).
    { clear G. intro G. monad. apply union_holds in L as [LK LS]. apply (E LK). apply (IT q); auto.
      match goal with S : shown_gap _ _ _ _ = Some _ |- _ => apply (shown_gap_holds _ _ _ _ _ _ _ _ NH) in S; auto;
        rename S into SG end.
      destruct sw; match goal with S : subtract _ _ = Some _ |- _ => rewrite (subtract_eval _ _ _ _ S) in SG end;
        destruct q; unfold compare_integers in *;
          rewrite ?negb_true_iff, ?Z.eqb_eq, ?Z.eqb_neq, ?Z.ltb_lt, ?Z.leb_le in *; lia. }
    assert (INSIDE : forall s2 d2 (u : bool), sw = false -> q = (if u then NotEqual else Equal) -> is_zero z = true ->
      defined g y = Some (s2, d2) ->
       (let* sel := read_small in
        if sel =? 2 then again (s2, u, union k dl)
        else let* k' := decided_directly g sel y u in ret (union (union k dl) k')) s = Some (l, s', e2) ->
       Holds k /\ (integers v0 x <> 0 <-> t = true)).
    { clear G PLAIN. intros s2 d2 u -> -> ZZ DY G.
      pose proof (defined_value A CP C X w0 entry _ _ _ _ _ _ _ H DY) as VY.
      pose proof (VY _ (agree_refl _ _)) as EY.
      assert (Q : Holds (union k dl) -> (integers v0 s2 <> 0 <-> u = true) -> Holds k /\
        (integers v0 x <> 0 <-> t = true)).
      { intros LK U. apply (E LK). apply (IT (if u then NotEqual else Equal)); auto. rewrite EY, (zero_form _ _ ZZ).
        destruct u; unfold compare_integers; rewrite ?negb_true_iff, ?Z.eqb_eq, ?Z.eqb_neq; [tauto|].
        destruct (Z.eq_dec (integers v0 s2) 0); auto. assert (false = true) by tauto. discriminate. }
      monad. destruct (x0 =? 2).
      - apply AGAIN in G. destruct (G L). auto.
      - monad. apply union_holds in L as [LK LS]. apply (Q LK).
        match goal with S : decided_directly _ _ _ _ _ = Some _ |- _ =>
          apply (decided_directly_holds _ _ _ _ _ _ _ _ _ NH) in S; auto; rename S into SD end.
        rewrite EY in SD. exact SD. }
    assert (SW : q = Equal \/ q = NotEqual -> sw = false).
    { unfold outcome in O. destruct t; [inversion O; auto|]. destruct c; inversion O; subst; intuition discriminate. }
    subst y1 z1.
    destruct q, (is_zero z) eqn:ZZ, (defined g y) as [[s2 d2]|] eqn:DY; try (exact (PLAIN G));
      [apply (INSIDE s2 d2 false)|apply (INSIDE s2 d2 true)]; auto.
  - monad. destruct x0 as [es tl]. cbn [fst snd] in *. apply union_holds in L as [LK LT]. apply (E LK). intro S.
    match goal with FA : forallb _ _ = true |- _ => rewrite forallb_forall in FA; rename FA into ALL end.
    match goal with E1 : cases_of g b = _ |- _ => rename E1 into CO end. destruct b as [u|u].
    + injection CO as <- <-. specialize (ALL _ (or_introl eq_refl)). apply eqb_prop in ALL.
      change (Pos.eqb u null_tag = Bool.eqb equal t) in ALL.
      change (integers v0 x = 1 <-> Pos.eqb u null_tag = equal) in S. rewrite S, ALL.
      destruct equal, t; cbn; intuition discriminate.
    + pose proof (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl _ _)) as SH.
      pose proof (target_sets _ _ _ _ _ _ _ SH _ _ _ CO LT) as IT. apply Exists_exists in IT as (x0 & I1 & I2 & _).
      specialize (ALL _ I1). apply eqb_prop in ALL. apply (null_is_tagged CP) in I2; auto.
      eapply null_decides; [|exact ALL|exact S]. rewrite I2. unfold is_null_entry. rewrite Pos.eqb_eq. tauto.
  - monad. apply (E L). intro S. destruct known as [b|]; [|discriminate]. cbn in S. rewrite S.
    match goal with B : Bool.eqb _ _ = true |- _ => apply eqb_prop in B; subst end. tauto.
  - monad. apply union_holds in L as [LK LS]. apply (E LK). intro S. cbn in S. rewrite S.
    match goal with SH : shown_floats _ _ _ _ _ _ = Some (?k', _, _) |- _ =>
      assert (LL : k' = union (label_or_none (range_of g y)) (label_or_none (range_of g z))) by
        (unfold shown_floats in SH; clear - SH; monad; reflexivity); rewrite LL in LS; rename SH into SHO end.
    apply union_holds in LS as [LY LZ].
    apply (shown_floats_true _ _ _ _ _ _ _ _ _ v0) in SHO as [_ CF]; [|eapply ranges_of_hold; eauto..].
    rewrite CF. tauto.
Qed.

(** The comparison that the symbol stands for is true, or false. *)
Theorem decided_definition_holds : forall F w v0 g x t k s l s' e, here F w v0 g ->
  decided_definition g x t k s = Some (l, s', e) -> Holds l -> Holds k /\ (integers v0 x <> 0 <-> t = true).
Proof.
  intros F w v0 g x t k s l s' e H G.
  exact (loop_inv (decided_step g) (definition_decides v0) (decided_round F w v0 g H) (x, t, k) s l s' e G).
Qed.

(** A symbol that was decided has a definition. *)
Lemma decided_symbol : forall g x t k s l s' e, decided_definition g x t k s = Some (l, s', e) ->
  exists d, PM.find x (definitions g) = Some d.
Proof.
  intros g x t k s l s' e G.
  apply (loop_inv (decided_step g) (fun a _ _ _ _ => exists d, PM.find (fst (fst a)) (definitions g) = Some d)) in G;
    [exact G|].
  intros again _ [[y u] q] r l' r' e' H. unfold decided_step in H.
  apply bind_inv in H as (d & s1 & e1 & e2 & D & _ & _).
  apply lift_inv in D as (D & _). cbn. eauto.
Qed.

Theorem decided_holds : forall F w v0 g f z t s l s' e, here F w v0 g -> is_value (integers v0) g f z ->
  decided g f t s = Some (l, s', e) -> Holds l -> (z <> 0 <-> t = true).
Proof.
  intros F w v0 g f z t s l s' e H V G L. rewrite <- (V _ (agree_refl _ _)). unfold decided in G. monad.
  destruct (x =? 2).
  - monad. match goal with LS : lone_symbol f = Some _ |- _ => rewrite (lone_symbol_eval _ _ _ LS) end.
    eapply decided_definition_holds; eauto.
  - eapply decided_directly_holds; eauto. eapply numbers_of; eauto using agrees_refl.
Qed.

End Decided.
