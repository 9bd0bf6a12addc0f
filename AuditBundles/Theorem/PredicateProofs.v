(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Predicates about cells: what implies another *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs Concretization Invariant EntryProofs
  FloatRanges.
Import ListNotations.
Open Scope Z_scope.

(** ** Integer types of the same width *)

Lemma wrap_small : forall t n, proper t -> in_itype t n -> wrap t n = n.
Proof.
  intros t n T H. replace n with (n - 0 * 2 ^ bits t) by lia. rewrite (wrap_unique t (n - 0 * 2 ^ bits t) 0) by
    (auto; replace (n - 0 * 2 ^ bits t - 0 * 2 ^ bits t) with n by lia; auto). lia.
Qed.

Lemma wrap_twice : forall t n, proper t -> wrap t (wrap t n) = wrap t n.
Proof. intros. apply wrap_small; auto using wrap_in. Qed.

Lemma wrap_other : forall t u n, proper t -> proper u -> bits t = bits u ->
  in_itype u (wrap t n) -> wrap u n = wrap t n.
Proof.
  intros t u n T U B H. destruct (wrap_congruent t n T) as [q Q].
  assert (E : wrap t n = n - - q * 2 ^ bits u) by (rewrite <- B; lia).
  rewrite E in *. apply wrap_unique; auto.
Qed.

Lemma same_sign_type : forall t u, bits t = bits u -> same_sign (TInteger t) (TInteger u) = true -> t = u.
Proof. intros [b s] [c r] B S. cbn in *. apply eqb_prop in S. congruence. Qed.

(** The range that the checker has of a type leaves the upper end of unsigned 128 open. *)
Lemma range_in_type : forall t u n, proper u -> bits t = bits u ->
  in_itype t n -> In_bounds (type_range u) n -> in_itype u n.
Proof.
  intros t u n U B H [L G]. unfold proper, in_itype in *. cbn in L, G. split; [exact L|].
  destruct (negb (signed u) && (bits u =? 128))%bool eqn:E; [|exact G]. monad. booleans.
  destruct H as [_ H]. unfold greatest in *.
  match goal with S : signed u = false |- _ => rewrite S end. rewrite B in H. destruct (signed t); [|exact H].
  assert (2 ^ (bits u - 1) <= 2 ^ bits u) by (apply Z.pow_le_mono_r; lia). lia.
Qed.

(** ** Cells of the same width and class *)

Lemma same_cell_is : forall t u, same_cell t u = true -> width t = width u /\ class_of t = class_of u.
Proof.
  unfold same_cell. intros t u H. monad. split; auto. destruct (class_eq_dec _ _); [auto|discriminate].
Qed.

Lemma same_cell_integer : forall t u, same_cell (TInteger t) u = true -> exists w, u = TInteger w /\ bits t = bits w.
Proof. intros t u H. apply same_cell_is in H as [W K]. destruct u as [w| |]; try discriminate. exists w. auto. Qed.

Lemma same_cell_type : forall t u, same_cell t u = true -> (forall i, t <> TInteger i) -> t = u.
Proof.
  intros t u H N. apply same_cell_is in H as [W K].
  destruct t as [i| |f], u as [j| |h]; try discriminate; [destruct (N i eq_refl)|auto|].
  destruct f, h; auto; discriminate.
Qed.

Lemma width_positive : forall t, proper_type t -> 0 < width t.
Proof. intros [t| |[]] H; cbn in *; unfold proper in *; lia. Qed.

(** A value counts reduced into the type of its cell. *)
Definition reduced (t : type) (x : value) : value :=
  match t, x with TInteger t, VInteger k => VInteger (wrap t k) | _, x => x end.

Lemma of_type_class : forall P t x, of_type P t x -> class_of_value x = class_of t.
Proof. intros P [t| |f] [n|b o|y]; cbn; tauto. Qed.

Section Predicates.
Variable P : program.
Variable C : certificate.
Variable m : memory.
Variable tagged : ghost.
Notation satisfies_predicate := (satisfies_predicate C m tagged).
Notation cell_satisfies := (cell_satisfies P C m tagged).

Lemma integers_imply : forall r n k t s i j u x, proper t -> proper u -> bits t = bits u -> 1 <= i ->
  implies (PInteger r n k) (TInteger t) (PInteger s i j) (TInteger u) = true ->
  satisfies_predicate (PInteger r n k) (TInteger t) (VInteger x) ->
  satisfies_predicate (PInteger s i j) (TInteger u) (VInteger x).
Proof.
  intros r n k t s i j u x T U W I H S. cbn [implies range_of_type] in H.
  cbn [Concretization.satisfies_predicate] in *. destruct S as [B D].
  pose proof (wrap_in t x T) as IN.
  assert (F : In_bounds (completed r (type_range t)) (wrap t x)) by (apply completed_in; auto using type_range_in).
  set (full := completed r (type_range t)) in *.
  apply andb_true_iff in H as [H HM]. apply andb_true_iff in H as [HS HR].
  assert (E : wrap u x = wrap t x /\ In_bounds (type_range u) (wrap t x)).
  { apply orb_true_iff in HS as [HS|HS].
    - rewrite <- (same_sign_type t u W HS). split; [reflexivity|apply type_range_in; exact IN].
    - assert (R : In_bounds (type_range u) (wrap t x)) by (eapply contains_range_in; eauto).
      split; [|exact R]. apply wrap_other; auto. eapply range_in_type; [| |exact IN|]; auto. }
  destruct E as [-> R]. split; [eapply relaxed_in; eauto; eapply contains_range_in; eauto|].
  assert (CONG : (n mod i =? 0) && ((k - j) mod i =? 0) = true -> (i | wrap t x - j)).
  { intro E. monad. replace (wrap t x - j) with ((wrap t x - k) + (k - j)) by lia.
    apply Z.divide_add_r; [|apply Z.mod_divide; lia].
    eapply Z.divide_trans; [|exact D]. apply Z.mod_divide; lia. }
  apply orb_true_iff in HM as [HM|HM]; [monad; rewrite HM; apply Z.divide_1_l|].
  destruct F as [FL FU]. destruct (lower full) as [a|]; [|auto]. destruct (upper full) as [b|]; [|auto].
  destruct (a =? b) eqn:E; [|auto]. monad. assert (wrap t x = a) as -> by lia.
  rewrite <- HM. apply Z.mod_divide; [lia|]. rewrite Zminus_mod_idemp_r, Z.sub_diag. apply Z.mod_0_l. lia.
Qed.

Theorem implies_holds : forall a from b to x,
  proper_type from -> proper_type to -> proper_predicate a -> proper_predicate b -> same_cell from to = true ->
  implies a from b to = true -> satisfies_predicate a from x -> satisfies_predicate b to x.
Proof.
  intros a from b to x F T PA PB SC H S. destruct a as [r n k|l|r], b as [s i j|l'|s]; try discriminate H.
  - destruct from as [t| |]; [|destruct S|destruct S]. destruct x as [x| |]; [|destruct S|destruct S].
    destruct (same_cell_integer _ _ SC) as (u & -> & W). exact (integers_imply _ _ _ _ _ _ _ _ _ F T W PB H S).
  - cbn in H. destruct from as [t| |]; [destruct l; destruct S| |destruct l; destruct S].
    rewrite <- (same_cell_type TPointer to SC) by discriminate.
    destruct x as [|c o|]; [destruct l; destruct S| |destruct l; destruct S].
    destruct l' as [l'|]; [|exact I]. destruct l as [l|]; [|discriminate].
    exact (entries_inside_in C m tagged l l' c o PB H S).
  - cbn in H. destruct from as [t| |f]; [destruct r; destruct S|destruct r; destruct S|].
    rewrite <- (same_cell_type (TFloat f) to SC) by discriminate.
    destruct x as [| |y]; [destruct r; destruct S|destruct r; destruct S|].
    destruct s as [s|]; [|exact I]. destruct r as [r|]; [|discriminate]. exact (range_inside_holds r s y H S).
Qed.

(** Of a cell that does not exist too: it counts as one of any value. *)
Lemma satisfies_reduced : forall p t x, proper_type t ->
  satisfies_predicate p t (reduced t x) <-> satisfies_predicate p t x.
Proof.
  intros p t x T. destruct t as [t| |], x as [n| |]; cbn [reduced]; try reflexivity.
  destruct p as [b k r|[]|[]]; cbn; try reflexivity. rewrite wrap_twice by auto. reflexivity.
Qed.

Lemma any_implies : forall a from b to,
  proper_type from -> proper_type to -> proper_predicate a -> proper_predicate b -> same_cell from to = true ->
  implies a from b to = true -> (forall x, of_type P from x -> satisfies_predicate a from x) ->
  forall x, of_type P to x -> satisfies_predicate b to x.
Proof.
  intros a from b to F T PA PB SC H S y O. apply (implies_holds a from b to y F T PA PB SC H).
  apply satisfies_reduced; [exact F|]. apply S.
  destruct from as [t| |f].
  - destruct (same_cell_integer _ _ SC) as (u & -> & W). destruct y; try destruct O. cbn. apply wrap_in. auto.
  - rewrite <- (same_cell_type TPointer to SC) in O by discriminate. exact O.
  - rewrite <- (same_cell_type (TFloat f) to SC) in O by discriminate. exact O.
Qed.

Theorem cell_implies : forall o p a from b to,
  proper_type from -> proper_type to -> proper_predicate a -> proper_predicate b -> same_cell from to = true ->
  implies a from b to = true -> cell_satisfies o p from a -> cell_satisfies o p to b.
Proof.
  intros o p a from b to F T PA PB SC H S. destruct (same_cell_is _ _ SC) as [W K].
  unfold Concretization.cell_satisfies in *. rewrite <- W, <- K.
  destruct (cell o p (width from) (class_of from)) as [x|].
  - exact (implies_holds a from b to x F T PA PB SC H S).
  - exact (any_implies a from b to F T PA PB SC H S).
Qed.

End Predicates.
