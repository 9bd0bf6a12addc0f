(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * One case of a pointer whose tag is an object: what its claims say, and what is left of it *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs HitProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** Ranges *)

Lemma align_end_up : forall m r x z s y s' e, align_end true m r (Some x) s = Some (y, s', e) -> 1 <= m ->
  (m | z - r) ->
  x <= z -> exists n, y = Some n /\ n <= z.
Proof.
  intros m r x z s y s' e H M [q Q] L. unfold align_end in H. destruct (_ && _)%bool; monad; [|eauto].
  unfold difference, sum in *. monad. eexists. split; [reflexivity|].
  pose proof (Z.mod_pos_bound (r - x) m ltac:(lia)). pose proof (Z.div_mod (r - x) m ltac:(lia)).
  assert (0 <= (r - x) / m + q) by nia. nia.
Qed.

Lemma align_end_down : forall m r x z s y s' e, align_end false m r (Some x) s = Some (y, s', e) -> 1 <= m ->
  (m | z - r) ->
  z <= x -> exists n, y = Some n /\ z <= n.
Proof.
  intros m r x z s y s' e H M [q Q] L. unfold align_end in H. destruct (_ && _)%bool; monad; [|eauto].
  unfold difference, sum in *. monad. eexists. split; [reflexivity|].
  pose proof (Z.mod_pos_bound (x - r) m ltac:(lia)). pose proof (Z.div_mod (x - r) m ltac:(lia)).
  assert (0 <= (x - r) / m - q) by nia. nia.
Qed.

Lemma align_in : forall b m r z s b' s' e, align b m r s = Some (b', s', e) -> 1 <= m -> (m | z - r) -> In_bounds b z ->
  In_bounds b' z.
Proof.
  intros [lo hi] m r z s b' s' e H M D [L U]. unfold align in H. destruct (m <=? 1); [monad; split; auto|].
  cbn [lower upper] in *. apply bind_inv in H as (l & s1 & e1 & e2 & HL & H & ->).
  apply bind_inv in H as (u & s2 & e3 & e4 & HU & H & ->). monad. split; cbn.
  - destruct lo; [apply (align_end_up _ _ _ z) in HL as (n & -> & ?); auto|unfold align_end in HL; monad; auto].
  - destruct hi; [apply (align_end_down _ _ _ z) in HU as (n & -> & ?); auto|unfold align_end in HU; monad; auto].
Qed.

Lemma empty_out : forall b z, is_empty b = true -> In_bounds b z -> False.
Proof.
  intros [[lo|] [hi|]] z E [L U]; cbn in *; try discriminate. monad. lia.
Qed.

(** ** What the memory has behind a tag *)

Section Cases.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable X : context.
Hypothesis FX : context_fits CP C X.

Section Memory.
Variable m : memory.
Variable tagged : ghost.
Hypothesis WT : well_tagged P C m tagged.

Record behind (body : tag) (n : name) (o : object) : Prop := {
  behind_object : m n = Some o;
  behind_alignment : alignment o = tag_alignment body;
  behind_size : forall s, tag_size body = Some s -> size o = s;
  behind_heap : is_heap body = true -> stored_as o = SHeap;
  behind_other : is_heap body = false -> alive o = true /\ stored_as o <> SHeap;
  behind_constant : is_read_only body = true <-> stored_as o = SStatic KConstant \/ stored_as o = SStatic KLabels }.

Lemma object_behind : forall t body n, PM.find t (tags C) = Some body -> tag_is C tagged t n ->
  exists o, behind body n o.
Proof.
  intros t body n F T. unfold tag_is in T. rewrite F in T. destruct body, n; try contradiction.
  - subst. destruct (statics_fit _ _ _ _ WT _ _ _ _ _ F) as (b & M & S & AL & ST & LV & _).
    exists b. split; cbn; [auto|auto|congruence|discriminate|split; [auto|congruence]|].
    rewrite ST. destruct k; split; auto; try discriminate; intros [E|E]; discriminate.
  - destruct (tags_exist _ _ _ _ WT _ _ T) as (body & b & F' & M & AL & K). rewrite F in F'. injection F' as <-.
    destruct K as (ST & LV & S). exists b. split; cbn; [auto|auto|auto|discriminate|split; [auto|congruence]|].
    rewrite ST. split; [discriminate|intros [E|E]; discriminate].
  - destruct (tags_exist _ _ _ _ WT _ _ T) as (body & b & F' & M & AL & ST). rewrite F in F'. injection F' as <-.
    exists b. split; cbn; [auto|auto|discriminate|auto|discriminate|].
    rewrite ST. split; [discriminate|intros [E|E]; discriminate].
Qed.

Lemma named : forall n o b, m n = Some o -> b = BObject n -> names m b o.
Proof. intros n o b M ->. exists n. auto. Qed.

Lemma named_is : forall n o o', m n = Some o -> names m (BObject n) o' -> o' = o.
Proof. intros n o o' M (k & E & M'). injection E as <-. congruence. Qed.

Lemma behind_freed : forall body n o, behind body n o -> (is_heap body = true -> alive o = true) ->
  ~ freed m (BObject n).
Proof.
  intros body n o B L (o' & N & ST & D). pose proof (named_is _ _ _ (behind_object _ _ _ B) N). subst o'.
  destruct (is_heap body) eqn:H; [rewrite L in D by auto; discriminate|]. apply (behind_other _ _ _ B) in H. tauto.
Qed.

Lemma behind_ended : forall body n o, behind body n o -> ~ ended m (BObject n).
Proof.
  intros body n o B (o' & N & ST & D). pose proof (named_is _ _ _ (behind_object _ _ _ B) N). subst o'.
  destruct (is_heap body) eqn:H; [rewrite (behind_heap _ _ _ B H) in ST; discriminate|].
  apply (behind_other _ _ _ B) in H. destruct H. congruence.
Qed.

Lemma behind_alive : forall body n o, behind body n o -> ~ freed m (BObject n) -> alive o = true.
Proof.
  intros body n o B NF. destruct (is_heap body) eqn:H; [|apply (behind_other _ _ _ B H)].
  destruct (alive o) eqn:D; auto. exfalso. apply NF. exists o. split; [|split; auto; apply (behind_heap _ _ _ B H)].
  eapply named; eauto using behind_object.
Qed.

(** ** Hints about the object *)

Variable g : state.
Hypothesis MEM : forall k f, PM.find k (facts g) = Some f -> Holds (label_of_fact g f) ->
  exists i, fact_holds P C m tagged i (fst f).

Section Behind.
Variables (t : id) (body : tag) (n : name) (o : object).
Hypothesis FT : PM.find t (tags C) = Some body.
Hypothesis TI : tag_is C tagged t n.
Hypothesis B : behind body n o.

Lemma read_life_holds : forall c s l s' e, read_life g t body c s = Some (l, s', e) -> Holds l -> claimed c = true ->
  is_heap body = true -> alive o = true.
Proof.
  intros c s l s' e H L CL HP. unfold read_life in H. rewrite HP in H. monad. destruct x as [k|]; monad.
  - match goal with F : fact_of_tag _ _ _ _ = Some _ |- _ => apply fact_of_tag_inv in F as (FF & T & _) end.
    destruct (fact_about (fst x)) eqn:AB; try discriminate. apply ret_inv in H as (<- & _ & _).
    destruct (MEM _ _ FF L) as [i FH]. unfold fact_holds, about_holds in FH. rewrite AB, T in FH.
    exact (FH n o TI (behind_object _ _ _ B)).
  - unfold fails in *. monad. match goal with E : negb _ = true |- _ => rewrite CL in E; discriminate E end.
Qed.

Lemma read_size_holds : forall s z l s' e, read_size g t body s = Some ((z, l), s', e) -> Holds l -> alive o = true ->
  In_bounds z (size o).
Proof.
  intros s z l s' e H L LV. unfold read_size in H. destruct (tag_size body) as [k|] eqn:TS.
  { monad. match goal with E : (_, _) = (_, _) |- _ => injection E as <- <- end.
    rewrite (behind_size _ _ _ B _ TS). unfold exactly, In_bounds. cbn. lia. }
  monad. destruct x as [k|]; monad.
  - match goal with F : fact_of_tag _ _ _ _ = Some _ |- _ => apply fact_of_tag_inv in F as (FF & T & _) end.
    destruct (fact_about (fst x)) eqn:AB; try discriminate. apply ret_inv in H as (E & _ & _). injection E as <- <-.
    destruct (MEM _ _ FF L) as [i FH]. unfold fact_holds, about_holds in FH. rewrite AB, T in FH.
    exact (FH n o TI (behind_object _ _ _ B) LV).
  - match goal with E : (_, _) = (_, _) |- _ => injection E as <- <- end. split; exact I.
Qed.
End Behind.

(** ** Where the offset is *)

Variable v0 : positive -> Z.
Hypothesis K : known A v0 g.

Lemma read_offset_bounds_holds : forall f z s b l s' e, is_value v0 g f z ->
  read_offset_bounds g f s = Some ((b, l), s', e) -> Holds l -> In_bounds b z.
Proof.
  intros f z s b l s' e V H L. unfold read_offset_bounds in H.
  apply bind_inv in H as (h1 & s1 & e1 & e2 & _ & H & ->).
  apply bind_inv in H as ([b1 l1] & s2 & e3 & e4 & H1 & H & ->).
  assert (U : Holds l1 -> In_bounds b1 z).
  { intro L1. destruct h1; monad.
    - match goal with E : (_, _) = (_, _) |- _ => injection E as <- <- end.
      match goal with U : upper_bound _ _ _ = Some _ |- _ =>
        pose proof (upper_value A _ _ K _ _ _ _ _ _ V U L1) as UP;
        pose proof (proj1 (upper_bound_holds A v0 _ (known_here A _ _ K) _ _ _ _ _ U L1)) as NC end.
      rewrite NC. unfold In_bounds. cbn. lia.
    - match goal with E : (_, _) = (_, _) |- _ => injection E as <- <- end. split; exact I. }
  apply bind_inv in H as (h2 & s3 & e5 & e6 & _ & H & ->). destruct h2; monad.
  - match goal with E : (_, _) = (_, _) |- _ => injection E as <- <- end. apply union_holds in L as [L1 L2].
    match goal with U : lower_bound _ _ _ = Some _ |- _ =>
      pose proof (lower_value A _ _ K _ _ _ _ _ _ V U L2) as LO;
      pose proof (proj1 (lower_bound_holds A v0 _ (known_here A _ _ K) _ _ _ _ _ U L2)) as NC end.
    rewrite NC. destruct (U L1) as [_ UP]. split; cbn; auto.
  - match goal with E : (_, _) = (_, _) |- _ => injection E as <- <- end. auto.
Qed.

Lemma congruence_at : forall f z s k r l s' e, is_value v0 g f z -> congruence g f s = Some ((k, r, l), s', e) ->
  Holds l ->
  1 <= k /\ (k | z - r).
Proof.
  intros f z s k r l s' e V H L.
  destruct (congruence_holds_of A v0 g (known_here A _ _ K) _ _ _ _ _ _ _ H L) as (? & _ & D).
  rewrite (value_here _ _ _ _ V) in D. auto.
Qed.

(** ** What the rule checks *)

Section Checks.
Variables (a : access) (c : access_claims).
Variables (z count : Z).
Hypothesis COUNT : (0 <= size_lower a \/ 0 <= count <= 2 ^ 100) -> size_lower a <= count <= size_upper a.

Lemma lies_inside_holds : forall b size en s s' e k, lies_inside a b size en s = Some (true, s', e) ->
  In_bounds b z -> In_bounds size k -> (en = EndShown -> z + access_immediate a + count <= k) ->
  0 <= count <= 2 ^ 100 /\ 0 <= z + access_immediate a /\ z + access_immediate a + count <= k.
Proof.
  intros b size en s s' e k H [L U] [LS US] SHOWN. unfold lies_inside in H.
  apply bind_inv in H as (least & s1 & e1 & e2 & N & H & ->). unfold negated, difference in N.
  apply lift_inv in N as (N & -> & ->). apply checked_inv in N as [-> _].
  apply bind_inv in H as (high & s2 & e3 & e4 & HI & H & ->). apply ret_inv in H as (H & _ & _).
  apply andb_true_iff in H as [LOW ->]. destruct (lower b) as [lo|]; [|discriminate]. apply Z.leb_le in LOW.
  destruct ((0 <=? size_lower a) && (size_upper a <=? 2 ^ 100))%bool eqn:Q;
    [|apply ret_inv in HI as (HI & _ & _); discriminate].
  apply andb_true_iff in Q as [Q1 Q2]. apply Z.leb_le in Q1, Q2. destruct COUNT as [C1 C2]; [auto|].
  split; [lia|]. split; [lia|].
  assert (OTHER : match upper b, lower size with
                  | Some u, Some y => let* e := sum u (access_immediate a) in
                                      let* e := sum e (size_upper a) in ret (e <=? y)
                  | _, _ => ret false
                  end s1 = Some (true, s2, e3) -> z + access_immediate a + count <= k).
  { clear HI. intro HI. destruct (upper b) as [hi|]; [|apply ret_inv in HI as (HI & _ & _); discriminate].
    destruct (lower size) as [sz|]; [|apply ret_inv in HI as (HI & _ & _); discriminate].
    unfold sum in HI. monad. lia. }
  destruct en; auto.
Qed.

Lemma cut_inside_in : forall b size k r s b' s' e x, cut_inside a b size k r s = Some (b', s', e) ->
  1 <= k -> (k | z - r) -> In_bounds b z -> In_bounds size x ->
  0 <= count <= 2 ^ 100 -> 0 <= z + access_immediate a -> z + access_immediate a + count <= x -> In_bounds b' z.
Proof.
  intros b size k r s b' s' e x H M D [L U] [LS US] N Z0 Z1. unfold cut_inside in H. monad.
  unfold negated, difference in *. monad.
  match goal with AL : align _ _ _ _ = Some _ |- _ => apply (align_in _ _ _ z) in AL; auto end.
  split; cbn.
  - destruct (lower b); [|lia]. destruct (_ <? _); lia.
  - destruct (upper size); monad.
    + destruct COUNT as [? ?]; [lia|].
      destruct (upper b); [|lia]. destruct (_ <? _); lia.
    + exact U.
Qed.

Lemma check_alignment_holds : forall body b k r s u s' e n o, check_alignment a c body b k r s = Some (u, s', e) ->
  behind body n o -> 1 <= k -> (k | z - r) -> In_bounds b z -> claimed (c_misaligned c) = true ->
    1 <= access_alignment a ->
  aligned m (BObject n) (z + access_immediate a) (access_alignment a).
Proof.
  intros body b k r s u s' e n o H B M D [L U] CL AL o' N.
  pose proof (named_is _ _ _ (behind_object _ _ _ B) N). subst o'. rewrite (behind_alignment _ _ _ B).
  unfold check_alignment in H. destruct (1 <? access_alignment a) eqn:E; booleans.
  2: { replace (access_alignment a) with 1 by lia. split; apply Z.divide_1_l. }
  monad. unfold sum in *. monad. unfold fails in *. rewrite CL in H.
  destruct ((tag_alignment body mod access_alignment a =? 0) && (k mod access_alignment a =? 0) &&
            ((r + access_immediate a) mod access_alignment a =? 0))%bool eqn:G1.
  - monad. repeat match goal with Q : _ mod _ = 0 |- _ => apply Z.mod_divide in Q; [|lia] end. split; auto.
    replace (z + access_immediate a) with ((z - r) + (r + access_immediate a)) by lia. apply Z.divide_add_r; auto.
    apply Z.divide_trans with k; auto.
  - match goal with H : (if ?q then _ else _) _ = Some _ |- _ => destruct q eqn:G2 end; [|monad; discriminate].
    monad. destruct (lower b) as [lo|]; [|discriminate]. destruct (upper b) as [hi|]; [|discriminate].
    destruct (lo =? hi) eqn:Q; [|discriminate]. monad. subst.
    repeat match goal with Q : _ mod _ = 0 |- _ => apply Z.mod_divide in Q; [|lia] end. split; auto.
    replace z with hi by lia. auto.
Qed.
End Checks.

End Memory.
End Cases.
