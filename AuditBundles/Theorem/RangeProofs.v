(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The accesses that instructions make: their numbers of bytes, and what the semantics demands of them *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs HitProofs CaseProofs WalkProofs AccessClaims AccessProofs.
Import ListNotations.
Open Scope Z_scope.

Lemma violated_more : forall l l' k, violated l k -> violated (l ++ l') k.
Proof. intros l l' k V. induction V; cbn; [constructor 1|constructor 2]; auto. Qed.

Section Ranges.
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
Notation accessing := (accessing A CP C X w0 entry).

Lemma exact_counts : forall n l, counts A n n l n.
Proof. intros n l _ _. lia. Qed.

Lemma size_counts : forall F w v0 g c s lo hi l s' e, here F w v0 g -> named_alive F c ->
  is CP (the_body X) c CInteger = true ->
  read_size_of X g c s = Some ((lo, hi, l), s', e) -> counts A lo hi l (integer F c).
Proof.
  intros F w v0 g c s lo hi l s' e H NA K R. unfold read_size_of in R.
  apply bind_inv in R as (f & s1 & e1 & e2 & V & R & ->).
  destruct (integer_operand A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ H NA K V) as (IV & _ & -> & ->).
  unfold read_byte_count in R. destruct (is_constant f) eqn:CO.
  { apply ret_inv in R as (R & _ & ->). injection R as <- <- <-. intros _ _.
    rewrite <- (value_here _ _ _ _ IV), (is_constant_eval _ _ CO). lia. }
  apply bind_inv in R as (h & s2 & e3 & e4 & RF & R & ->). destruct h.
  - apply bind_inv in R as (hg & s3 & e5 & e6 & U & R & ->). apply bind_inv in R as (lw & s4 & e7 & e8 & L & R & ->).
    apply ret_inv in R as (R & _ & ->). injection R as <- <- <-.
    intros HL _. apply union_holds in HL as [HU HW]. pose proof (known_at _ _ _ _ _ _ _ _ _ _ H) as KN. split.
    + eapply (finite_lower_value A); eauto.
    + eapply (finite_upper_value A); eauto.
  - apply ret_inv in R as (R & _ & ->). injection R as <- <- <-. intros _ [N|N]; lia.
Qed.

(** An access as the rules make it. *)
Lemma make_accessing : forall F w v0 g a b f s s' e imm lo hi count al l n site rest d c s1 s2 e1,
  here F w v0 g ->
  named_alive F a ->
  is CP (the_body X) a CPointer = true -> pointer_of X g a s = Some ((b, f), s', e) ->
  counts A lo hi l n -> is_value (integers v0) g count n -> 1 <= al -> proper_kinds rest ->
  read_access X g (make_access b f imm lo hi count al l) site (lifetime_kinds a ++ rest) s1 = Some ((d, c), s2, e1) ->
  accessing F w v0 g a (make_access b f imm lo hi count al l) n site rest d c e1.
Proof.
  intros F w v0 g a b f s s' e imm lo hi count al l n site rest d c s1 s2 e1 H NA K PO CN VN AL PK RA.
  destruct (pointer_operand A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ _ H NA K PO) as (D & _ & _ & _).
  split; cbn; eauto.
Qed.

Lemma constant_counts : forall v g n, is_value v g (constant_form n) n.
Proof. intros v g n u AG. apply eval_constant. Qed.

Lemma range_accesses : forall F w v0 g a count lo hi l n site rest s x d c s' e, here F w v0 g -> named_alive F a ->
  is CP (the_body X) a CPointer = true -> counts A lo hi l n -> is_value (integers v0) g count n -> proper_kinds rest ->
  read_range X g a count (lo, hi, l) site rest s = Some ((x, d, c), s', e) ->
  exists e1 s1 u s2 e2 b f, accessing F w v0 g a x n site rest d c e1 /\ settle_access c d s1 = Some (u, s2, e2) /\
    e = e1 ++ e2 /\
    x = make_access b f 0 lo hi count 1 l.
Proof.
  intros F w v0 g a count lo hi l n site rest s x d c s' e H NA K CN VN PK R. unfold read_range in R.
  apply bind_inv in R as ([b f] & s1 & e1 & e2 & PO & R & ->). cbn [fst snd] in R.
  apply bind_inv in R as ([d' c'] & s2 & e3 & e4 & RA & R & ->). cbn [fst snd] in R.
  apply bind_inv in R as (u & s3 & e5 & e6 & ST & R & ->). apply ret_inv in R as (R & _ & ->). injection R as <- <- <-.
  pose proof (pointer_operand A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ _ H NA K PO) as (_ & _ & _ & ->).
  exists e3, s2, u, s3, e5, b, f. split; [eapply make_accessing; eauto; lia|]. rewrite app_nil_r. auto.
Qed.

(** *** Demands as the lists of kinds have them *)

Definition duties (F : frame) (m : memory) (a : operand) (x : access) (n : Z) (rest l : list kind) : list
  Semantics.demand :=
  map (fun k => (k, due F m a x n rest k)) l.

Lemma lifetime_duties : forall F m a x n rest, rest <> [] -> lifetime m F a = duties F m a x n rest (lifetime_kinds a).
Proof. intros F m a x n [|k rest] N; [congruence|]. destruct a; reflexivity. Qed.

Lemma reading_duties : forall F m a x n rest, rest <> [] ->
  reading m F a (offset_of F a + access_immediate x) n = duties F m a x n rest (lifetime_kinds a ++ [OutOfBoundsRead]).
Proof.
  intros F m a x n rest N. unfold reading. rewrite (lifetime_duties F m a x n rest N). unfold duties. rewrite map_app.
  reflexivity.
Qed.

Lemma writing_duties : forall F m a x n rest, rest <> [] ->
  writing m F a (offset_of F a + access_immediate x) n = duties F m a x n rest (lifetime_kinds a ++ [OutOfBoundsWrite]).
Proof.
  intros F m a x n rest N. unfold writing. rewrite (lifetime_duties F m a x n rest N). unfold duties. rewrite map_app.
  reflexivity.
Qed.

(** *** Claims of an instruction, of which an access makes the first *)

Lemma claims_behind : forall site D D' e, claims_hold A X site D e ->
  (forall k, In k (map fst D') -> exists o, obligation_number X (the_function X) site k = Some o /\
    Exists (about_obligation o) e) ->
  (met D -> forall k o, violated D' k -> obligation_number X (the_function X) site k = Some o -> ~ upheld A o e) ->
  claims_hold A X site (D ++ D') e.
Proof.
  intros site D D' e [S U] S' U'. split.
  - intros k I. rewrite map_app in I. apply in_app_iff in I as [I|I]; auto.
  - intros k o V N. apply violated_app in V as [V|[M V]]; eauto.
Qed.

Lemma duties_claims : forall F w v0 g a x n site rest d c e1 s u s' e2 e k1 k2,
  accessing F w v0 g a x n site rest d c e1 -> settle_access c d s = Some (u, s', e2) ->
  (forall v, In v (e1 ++ e2) -> In v e) -> rest = k1 ++ k2 ->
  claims_hold A X site (duties F (heap w) a x n rest (lifetime_kinds a ++ k1)) e.
Proof.
  intros F w v0 g a x n site rest d c e1 s u s' e2 e k1 k2 ACC ST IN RE. unfold duties. split.
  - intros k I. rewrite map_map in I. cbn in I. rewrite map_id in I.
    destruct (access_obligations _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ _ ACC k) as (o & N & E).
    { rewrite RE, app_assoc. apply in_or_app. auto. }
    exists o. split; auto. apply Exists_exists in E as (v & V & Q). apply Exists_exists. exists v. split; auto.
    apply IN. apply in_or_app. auto.
  - intros k o V N. eapply access_upholds; eauto. rewrite RE, app_assoc, map_app. apply violated_more. rewrite RE in V.
    exact V.
Qed.

Lemma duties_met : forall F m a x n rest l, met (duties F m a x n rest l) <-> Forall (due F m a x n rest) l.
Proof. intros. apply met_kinds. Qed.

End Ranges.
