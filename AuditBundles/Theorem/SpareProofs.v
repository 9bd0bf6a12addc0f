(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What facts still say where a range of bits changed: untouched facts, and the parts of a touched one *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory NumberProofs DerivationProofs IntegerProofs.
From AICheck Require Import Concretization TableProofs.
Import ListNotations.
Open Scope Z_scope.

(** Nothing but content changed, and of that only what the range touches. *)
Record differs_in (r : bounds) (o o' : object) : Prop := {
  df_size : size o' = size o;
  df_alignment : alignment o' = alignment o;
  df_storage : stored_as o' = stored_as o;
  df_alive : alive o' = alive o;
  df_initialised : forall x, touches r x (x + 1) = false -> initialised o' x = initialised o x;
  df_cells : forall p w c, touches r p (p + w) = false -> cell o' p w c = cell o p w c }.

(** No bit is initialised no more. *)
Definition initialised_stays (o o' : object) : Prop := forall x, initialised o x = true -> initialised o' x = true.

Lemma untouched_inside : forall r a b x y, touches r a b = false -> a <= x -> y <= b -> touches r x y = false.
Proof.
  intros [l u] a b x y H AX YB. unfold touches in *. cbn in *.
  apply andb_false_iff in H as [H|H]; apply andb_false_iff; [left|right].
  - destruct u; [|discriminate]. booleans. apply Z.ltb_ge. lia.
  - destruct l; [|discriminate]. booleans. apply Z.ltb_ge. lia.
Qed.

(** Before or behind. *)
Lemma touches_wider : forall r s x y, contains_range s r = true -> touches s x y = false -> touches r x y = false.
Proof.
  unfold touches, contains_range. intros [rl ru] [sl su] x y W T. cbn in *. apply andb_true_iff in W as [L U].
  apply andb_false_iff in T as [T|T]; apply andb_false_iff; [left|right].
  - destruct su as [su|]; [|discriminate]. destruct ru as [ru|]; [|discriminate]. apply Z.leb_le in U.
    apply Z.ltb_ge in T. apply Z.ltb_ge. lia.
  - destruct sl as [sl|]; [|discriminate]. destruct rl as [rl|]; [|discriminate]. apply Z.leb_le in L.
    apply Z.ltb_ge in T. apply Z.ltb_ge. lia.
Qed.

Lemma untouched_before : forall r l a b, lower r = Some l -> b <= l -> touches r a b = false.
Proof. intros r l a b E H. unfold touches. rewrite E. apply andb_false_iff. right. apply Z.ltb_ge. lia. Qed.
Lemma untouched_behind : forall r u a b, upper r = Some u -> u <= a -> touches r a b = false.
Proof. intros r u a b E H. unfold touches. rewrite E. apply andb_false_iff. left. apply Z.ltb_ge. lia. Qed.
Lemma touched_ends : forall r a b, touches r a b = true ->
  (forall l, lower r = Some l -> l < b) /\ (forall u, upper r = Some u -> a < u).
Proof.
  intros r a b H. unfold touches in H. apply andb_true_iff in H as [H1 H2].
  split; intros z E; rewrite E in *; apply Z.ltb_lt; assumption.
Qed.

Lemma type_has_bits : forall t, proper_type t -> 0 < width t.
Proof. intros [t| |[]] H; cbn in *; unfold proper in *; lia. Qed.

(** Rows ascend. *)
Lemma row_ascends : forall first count stride t u q, proper_about (Cells first count stride t u q) ->
  Z.min 1 (count - 1) <= stride.
Proof.
  intros first count stride t u q (C1 & S & T & _). pose proof (type_has_bits _ T).
  destruct (count =? 1) eqn:E; monad; booleans; lia.
Qed.

Section Spare.
Variable P : program.
Variable C : certificate.
Notation says := (says P C).
Notation follows := (follows P C).

Definition spares (r : bounds) (a : about) : Prop :=
  forall m tagged z o o', differs_in r o o' -> says m tagged z o a -> says m tagged z o' a.

Lemma initialised_untouched : forall r o o' a b, differs_in r o o' -> touches r a b = false ->
  forall x, a <= x < b -> initialised o' x = initialised o x.
Proof. intros r o o' a b D T x I. apply (df_initialised _ _ _ D). eapply untouched_inside; [exact T|lia|lia]. Qed.

Lemma spares_cells : forall r first count stride t u q,
  (forall k, 0 <= k < count -> touches r (first + k * stride) (first + k * stride + width t) = false) ->
  spares r (Cells first count stride t u q).
Proof.
  intros r first count stride t u q T m tagged z o o' D S k K. specialize (T k K). specialize (S k K). cbn zeta in *.
  assert (E : wholly_initialised o' (first + k * stride) (width t) <-> wholly_initialised o (first + k * stride)
    (width t)).
  { unfold wholly_initialised. split; intros H x I; specialize (H x I);
      rewrite (initialised_untouched _ _ _ _ _ D T) in *; auto. }
  rewrite E. unfold cell_satisfies in *. rewrite (df_cells _ _ _ D _ _ (class_of t) T). exact S.
Qed.

Lemma spares_initialised : forall r from to, touches r from to = false -> spares r (Initialised from to).
Proof. intros r from to T m tagged z o o' D S x I. rewrite (initialised_untouched _ _ _ _ _ D T x I). apply S. exact I.
Qed.
Lemma spares_raw : forall r from to, touches r from to = false -> spares r (Raw from to).
Proof. intros r from to T m tagged z o o' D S x I. rewrite (initialised_untouched _ _ _ _ _ D T x I). apply S. exact I.
Qed.
Lemma spares_bytes : forall r from to v, touches r from to = false -> spares r (Bytes from to v).
Proof.
  intros r from to v T m tagged z o o' D [S1 S2]. split.
  - intros x I. rewrite (initialised_untouched _ _ _ _ _ D T x I). auto.
  - intros p w c x L U F. rewrite (df_cells _ _ _ D); [eauto|]. eapply untouched_inside; [exact T|lia|lia].
Qed.
Lemma spares_other : forall r a, is_about_content a = false -> is_initialised_fact a = false -> spares r a.
Proof.
  intros r [] AC AI; try discriminate; intros m tagged z o o' D S; cbn in *; auto.
  - rewrite (df_alive _ _ _ D). exact S.
  - rewrite (df_size _ _ _ D). exact S.
Qed.

(** ** Rows of cells *)

Lemma cells_around_are : forall first count stride t r s before after s' e,
  1 <= count -> Z.min 1 (count - 1) <= stride -> 0 < width t ->
  cells_around first count stride t r s = Some ((before, after), s', e) ->
  (forall k, 0 <= k < before -> touches r (first + k * stride) (first + k * stride + width t) = false) /\
  (forall k, after <= k < count -> touches r (first + k * stride) (first + k * stride + width t) = false) /\
  before <= count /\ 0 <= after /\ s' = s /\ e = [].
Proof.
  intros first count stride t r s before after s' e CN ST W H. unfold cells_around in H.
  set (d := step_between stride t) in *.
  assert (D : 0 < d /\ stride <= d /\ (stride = 0 -> count = 1)).
  { unfold d, step_between. destruct (stride =? 0) eqn:E; booleans; monad; lia. }
  destruct D as (D0 & D1 & D2).
  assert (DS : stride = 0 \/ stride = d).
  { unfold d, step_between. destruct (stride =? 0) eqn:E; booleans; monad; auto. }
  clearbody d.
  apply bind_inv in H as (b & s1 & e1 & e2 & HB & H & ->). apply bind_inv in H as (a & s2 & e3 & e4 & HA & H & ->).
  apply ret_inv in H as (H & <- & ->). injection H as <- <-. unfold sum, difference, floor_quotient in *.
  assert (D' : (0 <? d) = true) by (apply Z.ltb_lt; lia). rewrite D' in *.
  assert (QB : (forall k, 0 <= k < b -> touches r (first + k * stride) (first + k * stride + width t) = false) /\
    s1 = s /\ e1 = []).
  { destruct (lower r) as [l|] eqn:L; [|monad; split; [intros; lia|auto]]. monad.
    destruct (_ <? 0) eqn:R; monad; (split; [|auto]).
    - intros k K. lia.
    - booleans. intros k K. apply (untouched_before _ _ _ _ L).
      pose proof (Z.mul_div_le (l - (first + width t)) d D0). destruct DS as [DS|DS]; rewrite DS; nia. }
  destruct QB as (QB & -> & ->).
  assert (QA : (forall k, a <= k < count -> touches r (first + k * stride) (first + k * stride + width t) = false) /\
               0 <= a /\ s2 = s /\ e3 = []).
  { destruct (upper r) as [u|] eqn:U; [|monad; split; [intros; lia|split; [lia|auto]]]. monad.
    destruct (_ <=? 0) eqn:R; monad; (split; [|split; [|auto]]); booleans.
    - intros k K. apply (untouched_behind _ _ _ _ U). destruct DS as [DS|DS]; rewrite DS; nia.
    - lia.
    - intros k K. apply (untouched_behind _ _ _ _ U).
      pose proof (Z.div_mod (u - first + (d - 1)) d ltac:(lia)).
      pose proof (Z.mod_pos_bound (u - first + (d - 1)) d D0).
      set (q := (u - first + (d - 1)) / d) in *. destruct DS as [DS|DS]; rewrite DS in *; [|nia].
      specialize (D2 eq_refl). assert (q <= 0) by lia. nia.
    - apply Z.div_pos; lia. }
  destruct QA as (QA & QN & -> & ->). repeat split; auto; try lia.
  - intros k K. apply QB. lia.
  - intros k K. apply QA. lia.
Qed.

Lemma part_of_cells_is : forall first count stride t u q k n s b s' e,
  part_of_cells first count stride t u q k n s = Some (b, s', e) ->
  b = Cells (first + k * stride) n (if n =? 1 then 0 else stride) t u q /\ s' = s /\ e = [].
Proof. intros. unfold part_of_cells, product, sum in *. monad. auto. Qed.

(** Some of the cells of a row. *)
Lemma part_follows : forall first count stride t u q k n, 0 <= k -> k + n <= count ->
  follows (Cells first count stride t u q) (Cells (first + k * stride) n (if n =? 1 then 0 else stride) t u q).
Proof.
  intros first count stride t u q k n K N m tagged z i H x o T M LV j J. specialize (H x o T M LV).
  specialize (H (k + j) ltac:(lia)). cbn zeta in *.
  replace (first + (k + j) * stride) with (first + k * stride + j * (if n =? 1 then 0 else stride)) in H; [exact H|].
  destruct (n =? 1) eqn:E; monad; [assert (j = 0) by lia; subst j|]; ring.
Qed.

Lemma part_proper : forall first count stride t u q k n, proper_about (Cells first count stride t u q) ->
  1 <= n <= count ->
  proper_about (Cells (first + k * stride) n (if n =? 1 then 0 else stride) t u q).
Proof.
  intros first count stride t u q k n (C1 & S & T & Q) N. cbn. repeat split; auto; try lia.
  destruct (n =? 1) eqn:E; [reflexivity|]. booleans. destruct (count =? 1) eqn:F; monad; booleans; lia.
Qed.

Lemma part_spares : forall r first stride t u q k n,
  (forall j, k <= j < k + n -> touches r (first + j * stride) (first + j * stride + width t) = false) ->
  spares r (Cells (first + k * stride) n (if n =? 1 then 0 else stride) t u q).
Proof.
  intros r first stride t u q k n H. apply spares_cells. intros j J.
  replace (first + k * stride + j * (if n =? 1 then 0 else stride)) with (first + (k + j) * stride); [apply H; lia|].
  destruct (n =? 1) eqn:E; monad; [assert (j = 0) by lia; subst j|]; ring.
Qed.

(** ** Whether a range touches what a fact speaks of *)

Lemma extent_of_is : forall a s x s' e, extent_of a s = Some (x, s', e) -> s' = s /\ e = [] /\
  match a with
  | Cells first count stride t _ _ => x = Some (first, first + (count - 1) * stride + width t)
  | Initialised y z | Bytes y z _ | Raw y z => x = Some (y, z)
  | _ => x = None
  end.
Proof. intros [] s x s' e H; unfold extent_of, last_cell, product, sum in H; monad; auto. Qed.

Lemma overlaps_not : forall a r s s' e, proper_about a -> overlaps a r s = Some (false, s', e) ->
  spares r a /\ s' = s /\ e = [].
Proof.
  intros a r s s' e PR H. unfold overlaps in H. apply bind_inv in H as (x & s1 & e1 & e2 & X & H & ->).
  destruct (extent_of_is _ _ _ _ _ X) as (-> & -> & Q).
  destruct a as [first count stride t u q|y z|y z v| |b| |y z| |]; subst x.
  - pose proof (row_ascends _ _ _ _ _ _ PR) as ST. destruct PR as (CN & _ & T & PP).
    pose proof (type_has_bits _ T) as W.
    destruct (touches r first _) eqn:TC.
    + destruct (count =? 1) eqn:C1; [monad; discriminate|]. apply bind_inv in H as ([b a] & s1 & e1 & e3 & CA & H & ->).
      destruct (cells_around_are _ _ _ _ _ _ _ _ _ _ CN ST W CA) as (QB & QA & _ & _ & -> & ->).
      apply ret_inv in H as (H & <- & ->).
      split; [|auto]. cbn in H. apply Z.ltb_ge in H. apply spares_cells. intros k K.
      destruct (Z.lt_ge_cases k b); [apply QB|apply QA]; lia.
    + apply ret_inv in H as (_ & <- & ->). split; [|auto]. apply spares_cells. intros k K.
      eapply untouched_inside; [exact TC|nia|nia].
  - destruct (touches r y z) eqn:TC; monad; [discriminate|]. auto using spares_initialised.
  - destruct (touches r y z) eqn:TC; monad; [discriminate|]. auto using spares_bytes.
  - monad. split; [apply spares_other; reflexivity|auto].
  - monad. split; [apply spares_other; reflexivity|auto].
  - monad. split; [apply spares_other; reflexivity|auto].
  - destruct (touches r y z) eqn:TC; monad; [discriminate|]. auto using spares_raw.
  - monad. discriminate.
  - monad. split; [apply spares_other; reflexivity|auto].
Qed.

Lemma overlaps_touches : forall a r s s' e, overlaps a r s = Some (true, s', e) -> s' = s /\ e = [] /\
  match a with Initialised y z | Bytes y z _ | Raw y z => touches r y z = true | _ => True end.
Proof.
  intros a r s s' e H. unfold overlaps in H. apply bind_inv in H as (x & s1 & e1 & e2 & X & H & ->).
  destruct (extent_of_is _ _ _ _ _ X) as (-> & -> & Q).
  destruct a as [first count stride t u q|y z|y z v| |b| |y z| |]; subst x; try (monad; discriminate).
  - destruct (touches r first _); [|monad; discriminate]. destruct (count =? 1); [monad; auto|].
    apply bind_inv in H as (p & s1 & e1 & e3 & CA & H & ->). apply ret_inv in H as (_ & <- & ->).
    unfold cells_around in CA.
    monad. repeat match goal with H : match ?x with _ => _ end _ = Some _ |- _ => destruct x;
      unfold sum, difference, floor_quotient in H; monad
                           | H : (if ?x then _ else _) _ = Some _ |- _ => destruct x; monad end; auto.
  - destruct (touches r y z) eqn:TC; monad; [auto|discriminate].
  - destruct (touches r y z) eqn:TC; monad; [auto|discriminate].
  - destruct (touches r y z) eqn:TC; monad; [auto|discriminate].
  - monad. auto.
Qed.

(** ** The parts *)

Definition part (r : bounds) (a b : about) : Prop := follows a b /\ proper_about b /\ spares r b.

Lemma range_part_initialised : forall r x y x' y', x <= x' -> y' <= y -> touches r x' y' = false ->
  part r (Initialised x y) (Initialised x' y').
Proof.
  intros r x y x' y' L U T. repeat split; [|apply spares_initialised; auto].
  intros m tagged i t H n o TG M LV z Z. apply (H n o TG M LV). lia.
Qed.
Lemma range_part_raw : forall r x y x' y', x <= x' -> y' <= y -> touches r x' y' = false ->
  part r (Raw x y) (Raw x' y').
Proof.
  intros r x y x' y' L U T. repeat split; [|apply spares_raw; auto].
  intros m tagged i t H n o TG M LV z Z. apply (H n o TG M LV). lia.
Qed.
Lemma range_part_bytes : forall r x y x' y' v, 0 <= v < 256 -> x <= x' -> y' <= y -> touches r x' y' = false ->
  part r (Bytes x y v) (Bytes x' y' v).
Proof.
  intros r x y x' y' v V L U T. split; [|split; [exact V|apply spares_bytes; auto]].
  intros m tagged i t H n o TG M LV. destruct (H n o TG M LV) as [H1 H2]. split.
  - intros z Z. apply H1. lia.
  - intros p w c z Z1 Z2 F. apply H2; auto; lia.
Qed.

Lemma parts_are : forall a r s l s' e, proper_about a ->
  match a with Initialised y z | Bytes y z _ | Raw y z => touches r y z = true | _ => True end ->
  parts a r s = Some (l, s', e) -> Forall (part r a) l /\ s' = s /\ e = [].
Proof.
  intros a r s l s' e PR TC H.
  assert (ENDS : forall grain x y make s l s' e, 0 < grain -> touches r x y = true ->
            (forall x' y', x <= x' -> y' <= y -> touches r x' y' = false -> part r a (make x' y')) ->
            (let* before := match lower r with
                            | None => ret []
                            | Some l => let* e := difference l (l mod grain) in ret (if x <? e then [make x e] else [])
                            end in
             let* after := match upper r with
                           | None => ret []
                           | Some u => let* n := negated u in
                                       let* s := sum u (n mod grain) in ret (if s <? y then [make s y] else [])
                           end in
             ret (before ++ after)) s = Some (l, s', e) -> Forall (part r a) l /\ s' = s /\ e = []).
  { clear. intros grain x y make s l s' e G TC M H. destruct (touched_ends _ _ _ TC) as [TL TU].
    unfold difference, negated, sum in H.
    apply bind_inv in H as (b & s1 & e1 & e2 & HB & H & ->). apply bind_inv in H as (c & s2 & e3 & e4 & HC & H & ->).
    apply ret_inv in H as (<- & <- & ->).
    assert (QB : Forall (part r a) b /\ s1 = s /\ e1 = []).
    { destruct (lower r) as [z|] eqn:L; monad; [|auto]. split; [|auto].
      destruct (_ <? _) eqn:X; [|constructor]. constructor; [|constructor]. booleans. monad.
      pose proof (Z.mod_pos_bound z grain G). specialize (TL z eq_refl). apply M; try lia.
      apply (untouched_before _ _ _ _ L). lia. }
    destruct QB as (QB & -> & ->).
    assert (QC : Forall (part r a) c /\ s2 = s /\ e3 = []).
    { destruct (upper r) as [z|] eqn:U; monad; [|auto]. unfold difference in *. monad. split; [|auto].
      destruct (_ <? _) eqn:X; [|constructor]. constructor; [|constructor]. booleans. monad.
      pose proof (Z.mod_pos_bound (0 - z) grain G). specialize (TU z eq_refl). apply M; try lia.
      apply (untouched_behind _ _ _ _ U). lia. }
    destruct QC as (QC & -> & ->). split; [apply Forall_app; auto|auto]. }
  destruct a as [first count stride t u q|x y|x y v| |b| |x y| |]; cbn [parts] in H.
  - unfold parts in H. pose proof (row_ascends _ _ _ _ _ _ PR) as ST. pose proof PR as (CN & _ & T & PP).
    pose proof (type_has_bits _ T) as W.
    apply bind_inv in H as ([b c] & s1 & e1 & e2 & CA & H & ->).
    destruct (cells_around_are _ _ _ _ _ _ _ _ _ _ CN ST W CA) as (QB & QA & LB & LA & -> & ->).
    apply bind_inv in H as (l1 & s1 & e1 & e3 & H1 & H & ->). apply bind_inv in H as (l2 & s3 & e4 & e5 & H2 & H & ->).
    apply ret_inv in H as (<- & <- & ->).
    assert (Q1 : Forall (part r (Cells first count stride t u q)) l1 /\ s1 = s /\ e1 = []).
    { destruct (0 <? b) eqn:B0; [|monad; auto]. apply bind_inv in H1 as (a & s4 & e6 & e7 & H1 & R & ->). booleans.
      monad.
      apply (part_of_cells_is _ count) in H1 as (-> & -> & ->). split; [|auto]. constructor; [|constructor].
      split; [apply part_follows; lia|]. split; [apply (part_proper _ count); auto; lia|]. apply part_spares.
      intros j J. apply QB. lia. }
    destruct Q1 as (Q1 & -> & ->).
    assert (Q2 : Forall (part r (Cells first count stride t u q)) l2 /\ s3 = s /\ e4 = []).
    { destruct (c <? count) eqn:B0; [|monad; auto]. apply bind_inv in H2 as (a & s4 & e6 & e7 & H2 & R & ->).
      booleans. monad.
      apply (part_of_cells_is _ count) in H2 as (-> & -> & ->). split; [|auto]. constructor; [|constructor].
      split; [apply part_follows; lia|]. split; [apply (part_proper _ count); auto; lia|]. apply part_spares.
      intros j J. apply QA. lia. }
    destruct Q2 as (Q2 & -> & ->). split; [apply Forall_app; auto|auto].
  - apply ENDS in H; auto; [lia|]. intros. apply range_part_initialised; auto.
  - apply (ENDS 8 x y (fun x y => Bytes x y v)) in H; auto; [lia|]. intros. apply range_part_bytes; auto.
  - monad. auto.
  - monad. auto.
  - monad. auto.
  - apply ENDS in H; auto; [lia|]. intros. apply range_part_raw; auto.
  - monad. auto.
  - monad. auto.
Qed.

End Spare.
