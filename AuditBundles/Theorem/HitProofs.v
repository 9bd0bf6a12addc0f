(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Cases of a pointer: the one in which it is, and the bits that it may touch *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs TableFacts.
Import ListNotations.
Open Scope Z_scope.

Section Hits.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).

(** The pointer (b, z) is in the case; its object is alive. *)
Definition hit (m : memory) (tagged : ghost) (b : base) (z : Z) (s : survivor) : Prop :=
  exists n o, b = BObject n /\ tag_is C tagged (case_tag s) n /\ m n = Some o /\ alive o = true /\
              In_bounds (case_bounds s) z /\ 1 <= case_modulus s /\ (case_modulus s | z - case_remainder s) /\
              In_bounds (case_size s) (size o).

(** What an access demands under a kind; whether the bits are initialised is not its matter. *)
Definition holds_of (m : memory) (F : frame) (a : operand) (from n al : Z) (k : kind) : Prop :=
  match k with
  | NullDereference => ~ is_null (base_of F a)
  | UseAfterFree => ~ freed m (base_of F a)
  | DanglingPointer => ~ ended m (base_of F a)
  | OutOfBoundsRead | OutOfBoundsWrite => in_bounds m (base_of F a) from n
  | MisalignedAccess => aligned m (base_of F a) from al
  | WriteToConstant => writable m (base_of F a)
  | _ => True
  end.

(** The number of bytes is between [lo] and [hi], if [lo] is a number of bytes, or it is one. *)
Definition counts (lo hi : Z) (l : label) (n : Z) : Prop := Holds l -> 0 <= lo \/ 0 <= n <= 2 ^ 100 -> lo <= n <= hi.

(** From [g] under [v0] to [h] under [v1] no symbol changed. *)
Record continues (g : state) (v0 : valuation) (h : state) (v1 : valuation) : Prop := {
  continues_later : later g h;
  continues_agrees : agrees g v1 v0;
  continues_offsets : forall s, (s < next_base g)%positive -> own_offset h s = own_offset g s }.

Lemma continues_refl : forall g v, continues g v g v.
Proof. split; auto using later_refl, agrees_refl. Qed.

Lemma continues_trans : forall g u h v k w, continues g u h v -> continues h v k w -> continues g u k w.
Proof.
  intros g u h v k w [L AG O] [L' AG' O']. split.
  - eapply later_trans; eauto.
  - eapply agrees_later; eauto.
  - intros s B. rewrite O' by (pose proof (later_bases _ _ L); lia). auto.
Qed.

(** The same symbols with the same offsets. *)
Lemma continues_same : forall g h v, same_symbols g h -> own_offsets h = own_offsets g -> continues g v h v.
Proof.
  intros g h v (I & B & F) O. split; auto using agrees_refl.
  - split; lia.
  - intros s _. unfold own_offset. rewrite O. reflexivity.
Qed.

Lemma continues_memory : forall g h v, memory_step g h -> continues g v h v.
Proof.
  intros g h v MS. apply continues_same; [|apply (ms_offsets _ _ MS)].
  split; [apply (ms_integers _ _ MS)|]. split; [apply (ms_bases _ _ MS)|apply (ms_floats _ _ MS)].
Qed.

Lemma continues_onward : forall v0 g w0 h, onward A (integers v0) g w0 h -> continues g v0 h (with_integers v0 w0).
Proof.
  intros v0 g w0 h [N AG K]. split.
  - apply numeric_later. auto.
  - split; cbn; auto.
  - intros s _. unfold own_offset. rewrite (same_offsets _ _ N). reflexivity.
Qed.

Lemma continues_assign : forall g r s v, continues g v (assign g r s) v.
Proof. intros. apply continues_same; repeat split. Qed.

Lemma continues_pointer : forall g h b o v c z, fresh_pointer g = (h, b, o) -> continues g v h (with_pointer v b o c z).
Proof.
  intros g h b o v c z E. split.
  - eapply later_pointer; eauto.
  - unfold fresh_pointer in E. injection E as EH <- <-. split; cbn; auto.
    + intros s L. unfold given. destruct (Pos.eqb_spec s (next_integer g)); [lia|auto].
    + intros s L. destruct (Pos.eqb_spec s (next_base g)); [lia|auto].
  - intros s L. unfold fresh_pointer in E. injection E as EH <- <-. unfold own_offset. rewrite <- EH. cbn.
    rewrite PM.gso by lia. reflexivity.
Qed.

Lemma denotes_continues : forall m t g v0 h v1 s x, continues g v0 h v1 -> denotes C m t v0 g s x ->
  denotes C m t v1 h s x.
Proof. intros m t g v0 h v1 s x [L AG _] D v AV. apply D. eapply agrees_later; eauto. Qed.

(** ** The bits of a case *)

Lemma single_offset_hit : forall m t b z s o, hit m t b z s -> single_offset s = Some o -> z = o.
Proof.
  intros m t b z s o (n & x & _ & _ & _ & _ & IB & _) S. unfold single_offset in S. unfold In_bounds in IB.
  destruct (lower (case_bounds s)), (upper (case_bounds s)); try discriminate.
  destruct (z0 =? z1) eqn:E; [|discriminate]. injection S as ->. monad. lia.
Qed.

(** The first bit is among the positions. *)
Lemma positions_hit : forall m t b z s shift s1 p s2 e, hit m t b z s ->
  positions_of_case s shift s1 = Some (Some p, s2, e) ->
  exists k, 0 <= k /\ 8 * z + shift = first_of p + k * step_of p /\ 8 * z + shift <= last_of p /\ 8 <= step_of p.
Proof.
  intros m t b z s shift s1 p s2 e (n & o & _ & _ & _ & _ & IB & M & D & _) H. unfold positions_of_case in H.
  unfold In_bounds in IB. destruct (lower (case_bounds s)) as [lo|]; [|monad; discriminate].
  destruct (upper (case_bounds s)) as [hi|]; [|monad; discriminate]. destruct IB as [L U]. monad.
  unfold product, sum, difference in *.
  match goal with E : Some _ = Some _ |- _ => injection E as <- end. cbn. monad.
  match goal with LOW : (if 1 <? _ then _ else _) _ = Some (?x, _, _), HIGH : (if 1 <? _ then _ else _) _ = Some (?y,
    _, _) |- _ =>
    assert (x <= z /\ (case_modulus s | z - x) /\ z <= y) as (Lx & Dx & Uy); [|] end.
  { destruct (1 <? case_modulus s) eqn:M1; monad.
    - destruct D as [q Q].
      assert (Q1 : z - lo = ((case_remainder s - lo) / case_modulus s + q) * case_modulus s + (case_remainder s - lo)
        mod case_modulus s).
      { pose proof (Z.div_mod (case_remainder s - lo) (case_modulus s) ltac:(lia)). lia. }
      assert (Q2 : hi - z = ((hi - case_remainder s) / case_modulus s - q) * case_modulus s + (hi - case_remainder s)
        mod case_modulus s).
      { pose proof (Z.div_mod (hi - case_remainder s) (case_modulus s) ltac:(lia)). lia. }
      pose proof (Z.mod_pos_bound (case_remainder s - lo) (case_modulus s) ltac:(lia)).
      pose proof (Z.mod_pos_bound (hi - case_remainder s) (case_modulus s) ltac:(lia)).
      split; [|split].
      + assert (0 <= (case_remainder s - lo) / case_modulus s + q) by nia. nia.
      + exists ((case_remainder s - lo) / case_modulus s + q). lia.
      + assert (0 <= (hi - case_remainder s) / case_modulus s - q) by nia. nia.
    - split; [lia|]. split; [|lia]. replace (case_modulus s) with 1 by lia. apply Z.divide_1_l. }
  destruct Dx as [k K]. exists k. repeat split; nia.
Qed.

(** What the access touches, the range touches. *)
Lemma bits_hit : forall m t b z s shift width s1 r s2 e p w, hit m t b z s ->
  bits_of_case s shift width s1 = Some (r, s2, e) ->
  overlap (8 * z + shift, 8 * z + shift + width) p w = true -> touches r p (p + w) = true.
Proof.
  intros m t b z s shift width s1 r s2 e p w (n & o & _ & _ & _ & _ & [L U] & _) H O. unfold bits_of_case in H. monad.
  unfold product, sum in *. unfold overlap in O. cbn in O. monad. unfold touches. cbn.
  apply andb_true_iff. split.
  - destruct (upper (case_bounds s)); monad; auto. apply Z.ltb_lt. lia.
  - destruct (lower (case_bounds s)); monad; auto. apply Z.ltb_lt. lia.
Qed.

(** The touched bits are inside of the range. *)
Lemma bits_inside : forall m t b z s shift width s1 r s2 e x, hit m t b z s ->
  bits_of_case s shift width s1 = Some (r, s2, e) ->
  8 * z + shift <= x < 8 * z + shift + width ->
  match lower r with Some l => l <= x | None => True end /\ match upper r with Some u => x < u | None => True end.
Proof.
  intros m t b z s shift width s1 r s2 e x (n & o & _ & _ & _ & _ & [L U] & _) H I. unfold bits_of_case in H. monad.
  unfold product, sum in *. cbn. split.
  - destruct (lower (case_bounds s)); monad; auto. lia.
  - destruct (upper (case_bounds s)); monad; auto. lia.
Qed.

End Hits.
