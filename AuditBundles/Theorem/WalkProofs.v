(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The cases of a pointer, one by one: claims hold, and the one in which the pointer is survives *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs HitProofs CaseProofs.
Import ListNotations.
Open Scope Z_scope.

Lemma fails_inv : forall c s u s' e, fails c s = Some (u, s', e) -> claimed c = false.
Proof. intros c s u s' e H. unfold fails in H. monad. booleans. auto. Qed.

Section Walk.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable X : context.
Hypothesis FX : context_fits CP C X.
Variable m : memory.
Variable tagged : ghost.
Hypothesis WT : well_tagged P C m tagged.
Notation hit := (hit C m tagged).

(** The access of [count] bytes that [a] describes, by the pointer (b, z). *)
Section Access.
Variables (a : access) (c : access_claims) (b : base) (z count : Z).
Notation from := (z + access_immediate a).
Hypothesis ALIGNED : 1 <= access_alignment a.

(** What the claims say of it, and what is demanded of it where it is done. *)
Definition living : Prop := ~ is_null b /\ ~ freed m b /\ ~ ended m b.
Record claims_true : Prop := {
  true_null : claimed (c_null c) = true -> ~ is_null b /\ (c_bounds c = None -> exists o, names m b o);
  true_freed : claimed (c_freed c) = true -> ~ freed m b;
  true_ended : claimed (c_ended c) = true -> ~ ended m b;
  true_bounds : claimed (c_bounds c) = true -> living -> in_bounds m b from count;
  true_misaligned : claimed (c_misaligned c) = true -> living -> aligned m b from (access_alignment a);
  true_constant : claimed (c_constant c) = true -> living -> writable m b }.
Record done : Prop := {
  done_living : living;
  done_object : exists n, b = BObject n;
  done_bounds : c_bounds c <> None -> in_bounds m b from count;
  done_constant : c_constant c <> None -> writable m b }.

(** ** A case whose tag is an object *)

(** What a case says of forms behind the access. *)
Definition ends (g : state) (v0 : positive -> Z) (sv : survivor) : Prop :=
  forall f l, case_ending sv = Some (f, l) -> Holds l -> exists y, is_value v0 g f y /\ y <= 0.

Lemma access_end_value : forall g v0 e, is_value v0 g (access_form a) z -> is_value v0 g (access_count a) count ->
  access_end a = Some e -> is_value v0 g e (from + count).
Proof.
  intros g v0 e V VN E. unfold access_end in E. destruct (add_number (access_form a) (access_immediate a)) as [k|]
    eqn:K;
    [|discriminate]. eapply add_value; [|exact VN|exact E]. intros v AG. unfold add_number in K.
  destruct (checked (snd (access_form a) + access_immediate a)) as [y|] eqn:Y; [|discriminate]. injection K as <-.
  apply checked_inv in Y as [-> _]. rewrite <- (V v AG). unfold eval_form. cbn. lia.
Qed.

(** What a state knows of sizes as forms. *)
Definition sizes_at (g : state) (v0 : positive -> Z) : Prop :=
  forall t s, PM.find t (sizes g) = Some s -> Holds (snd (fst s)) -> forall n o, tag_is C tagged t n -> m n = Some o ->
  is_value v0 g (fst (fst s)) (size o).

Lemma is_inside_holds : forall g v0 e y t n o s l s' ev, known A v0 g -> sizes_at g v0 -> is_value v0 g e y ->
  tag_is C tagged t n -> m n = Some o -> is_inside g e t s = Some (l, s', ev) -> Holds l -> y <= size o.
Proof.
  intros g v0 e y t n o s l s' ev K SZ V TI M H HL. unfold is_inside, known_size in H.
  apply bind_inv in H as (q & s1 & e1 & e2 & Q & H & ->). apply lift_inv in Q as (Q & -> & ->).
  apply bind_inv in H as (d & s2 & e3 & e4 & D & H & ->). apply lift_inv in D as (D & -> & ->).
  apply bind_inv in H as (b0 & s3 & e5 & e6 & B & H & ->). apply bind_inv in H as (u & s4 & e7 & e8 & L & H & ->).
  apply demand_inv in L as (L & -> & ->). apply Z.leb_le in L. apply ret_inv in H as (<- & _ & _).
  apply union_holds in HL as [HL1 HL2]. unfold label_of_size in HL2. apply union_holds in HL2 as [HL2 _].
  pose proof (SZ _ _ Q HL2 n o TI M) as VS. pose proof (subtract_value _ _ _ _ _ _ _ V VS D) as VD.
  pose proof (upper_bound_holds A v0 g (known_here A _ _ K) _ _ _ _ _ B HL1) as [_ UB].
  rewrite (VD _ (agree_refl _ _)) in UB. lia.
Qed.

Lemma ending_holds : forall g v0 t n o s r s' ev f l, sizes_at g v0 ->
  is_value v0 g (access_form a) z -> is_value v0 g (access_count a) count ->
  tag_is C tagged t n -> m n = Some o -> from + count <= size o ->
  ending g a t s = Some (r, s', ev) -> r = Some (f, l) -> Holds l -> exists y, is_value v0 g f y /\ y <= 0.
Proof.
  intros g v0 t n o s r s' ev f l SZ V VN TI M LE H -> HL. unfold ending, known_size in H.
  apply bind_inv in H as (q & s1 & e1 & e2 & Q & H & ->). apply lift_inv in Q as (Q & -> & ->).
  apply ret_inv in H as (H & _ & _). destruct (_ && _ && _)%bool; [|discriminate].
  destruct (access_end a) as [e|] eqn:E; [|discriminate]. destruct (gap e (fst (fst q))) as [d|] eqn:D; [|discriminate].
  injection H as <- <-. unfold label_of_size in HL. apply union_holds in HL as [HL _].
  exists (from + count - size o). split; [|lia].
  eapply gap_value; [eapply access_end_value; eauto|exact (SZ _ _ Q HL n o TI M)|exact D].
Qed.

Lemma object_case_holds : forall g v0 t body n o s oc l s' e,
  known A v0 g -> (forall k f, PM.find k (facts g) = Some f -> Holds (label_of_fact g f) ->
    exists i, fact_holds P C m tagged i (fst f)) ->
  sizes_at g v0 -> is_value v0 g (access_count a) count ->
  is_value v0 g (access_form a) z -> counts A (size_lower a) (size_upper a) (access_label a) count ->
    Holds (access_label a) ->
  PM.find t (tags C) = Some body -> tag_is C tagged t n -> b = BObject n -> behind m body n o ->
  object_case g a c t body s = Some ((oc, l), s', e) -> Holds l ->
  claims_true /\ (done -> exists sv cut, oc = Left sv cut /\ hit b z sv /\ ends g v0 sv).
Proof.
  intros g v0 t body n o s oc l s' e K MEM SIZES VN V CN LA FT TI EB B H L. unfold object_case in H.
  apply bind_inv in H as (ll & s1 & e1 & e2 & LIFE & H & ->).
  apply bind_inv in H as ([size ls] & s2 & e3 & e4 & SIZE & H & ->).
  apply bind_inv in H as ([en le] & s21 & e41 & e42 & END & H & ->).
  apply bind_inv in H as ([bd lb] & s3 & e5 & e6 & OFF & H & ->).
  apply bind_inv in H as ([[k r] lc] & s4 & e7 & e8 & CONG & H & ->).
  apply bind_inv in H as (bd' & s5 & e9 & e10 & AL & H & ->).
  assert (LS : Holds (union (union ll (union ls le)) (union lb lc))).
  { destruct (is_empty bd'); [monad; congruence|].
    apply bind_inv in H as (u1 & s6 & e11 & e12 & _ & H & _). apply bind_inv in H as (i & s7 & e13 & e14 & _ & H & _).
    apply bind_inv in H as (u2 & s8 & e15 & e16 & _ & H & _).
    destruct (_ && _)%bool in H; monad; [congruence|]. destruct i; monad; [congruence|].
    destruct (is_empty x); [monad; congruence|]. apply bind_inv in H as (bh & s9 & e17 & e18 & _ & H & _).
    apply ret_inv in H as (H & _ & _). congruence. }
  apply union_holds in LS as [LS1 LS2]. apply union_holds in LS1 as [L1 L2]. apply union_holds in L2 as [L2 L5].
  apply union_holds in LS2 as [L3 L4].
  pose proof (read_offset_bounds_holds A _ _ K _ _ _ _ _ _ _ V OFF L3) as IB.
  destruct (congruence_at A _ _ K _ _ _ _ _ _ _ _ V CONG L4) as [M D].
  pose proof (align_in _ _ _ _ _ _ _ _ AL M D IB) as IB'.
  destruct (is_empty bd') eqn:EM; [destruct (empty_out _ _ EM IB')|].
  pose proof (read_life_holds A CP C m tagged g MEM _ _ _ _ TI B _ _ _ _ _ LIFE L1) as LV.
  pose proof (read_size_holds A CP C m tagged g MEM _ _ _ _ TI B _ _ _ _ _ SIZE L2) as SZ.
  apply bind_inv in H as (u1 & s6 & e11 & e12 & CHECK & H & ->).
  apply bind_inv in H as (i & s7 & e13 & e14 & INS & H & ->).
  apply bind_inv in H as (u2 & s8 & e15 & e16 & FAIL & H & ->).
  pose proof (CN LA) as COUNT.
  assert (ALIVE : ~ freed m b -> alive o = true).
  { rewrite EB. eapply behind_alive; eauto. }
  assert (SHOWN : en = EndShown -> from + count <= Semantics.size o).
  { intros ->. destruct (tag_size body); [apply ret_inv in END as (END & _ & _); discriminate|].
    destruct (c_bounds c); [|apply ret_inv in END as (END & _ & _); discriminate]. unfold read_end in END.
    apply bind_inv in END as (kd & t8 & f17 & f18 & _ & END & _).
    destruct (kd =? 0); [apply ret_inv in END as (END & _ & _); discriminate|]. destruct (kd =? 1).
    - apply bind_inv in END as (y & t9 & f19 & f20 & Y & END & _). apply lift_inv in Y as (Y & _ & _).
      apply bind_inv in END as (ly & t10 & f21 & f22 & IS & END & _). apply ret_inv in END as (END & _ & _).
      injection END as ->. eapply is_inside_holds; [exact K|exact SIZES|eapply access_end_value; eauto|exact TI| |
        exact IS|exact L5]. apply (behind_object _ _ _ _ B).
    - destruct (kd =? 2); [|discriminate]. apply bind_inv in END as (y & t9 & f19 & f20 & _ & END & _).
      apply ret_inv in END as (END & _ & _). discriminate. }
  assert (IN : living -> c_bounds c <> None -> i = true -> in_bounds m b from count).
  { intros (_ & NF & _) CB ->. destruct (c_bounds c); [|congruence].
    destruct (lies_inside_holds _ _ _ COUNT _ _ _ _ _ _ _ INS IB' (SZ (ALIVE NF)) SHOWN) as (? & ? & ?).
    split; auto. exists o. split; auto. eapply named; eauto. apply (behind_object _ _ _ _ B). }
  assert (WR : is_read_only body = false -> writable m b).
  { intros RO o' N. rewrite EB in N. rewrite (named_is _ _ _ _ (behind_object _ _ _ _ B) N).
    destruct (behind_constant _ _ _ _ B) as [_ Q]. split; intro E; rewrite Q in RO by auto; discriminate. }
  assert (NOT : is_read_only body = true -> ~ writable m b).
  { intros RO W. destruct (behind_constant _ _ _ _ B) as [Q _]. specialize (Q RO).
    destruct (W o) as [W1 W2]; [eapply named; eauto; apply (behind_object _ _ _ _ B)|]. tauto. }
  split.
  - split.
    + intros _. rewrite EB. split; [discriminate|]. intros _. exists o, n. split; auto. apply (behind_object _ _ _ _ B).
    + intro CL. rewrite EB. eapply behind_freed; eauto.
    + intros _. rewrite EB. eapply behind_ended; eauto.
    + intros CL LIV. apply IN; auto; [destruct (c_bounds c); discriminate|].
      destruct i; auto. apply fails_inv in FAIL. congruence.
    + intros CL LIV. rewrite EB. eapply check_alignment_holds; eauto.
    + intros CL _. apply WR. destruct (is_read_only body) eqn:RO; auto. cbn in H.
      destruct (c_constant c) eqn:CC; [|discriminate]. monad.
      match goal with F : fails _ _ = Some _ |- _ => apply fails_inv in F end. rewrite <- CC in *. congruence.
  - intros [LIV _ DB DC]. destruct (is_read_only body && match c_constant c with Some _ => true | None => false
      end)%bool eqn:RO.
    { monad. destruct (NOT ltac:(assumption)). apply DC. destruct (c_constant c); [discriminate|congruence]. }
    assert (HIT : forall bb bh, In_bounds bb z ->
      hit b z {| case_tag := t; case_bounds := bb; case_modulus := k; case_remainder := r; case_size := size;
                 case_ending := bh |}).
    { intros bb bh IBB. exists n, o. cbn. repeat split; auto.
      - apply (behind_object _ _ _ _ B).
      - apply ALIVE. apply LIV.
      - apply IBB.
      - apply IBB.
      - apply SZ. apply ALIVE. apply LIV.
      - apply SZ. apply ALIVE. apply LIV. }
    destruct i.
    + monad. match goal with E : (_, _) = (_, _) |- _ => injection E as <- <- end. do 2 eexists.
      split; [reflexivity|]. split; [auto|]. intros f0 l0 E0. discriminate.
    + apply bind_inv in H as (x & s9 & e17 & e18 & CUT & H & ->). assert (CB : c_bounds c <> None).
      { intro CB. rewrite CB in INS. monad. discriminate. }
      destruct (DB CB) as (N & o' & NM & Z0 & Z1). rewrite EB in NM.
      rewrite (named_is _ _ _ _ (behind_object _ _ _ _ B) NM) in *.
      pose proof (cut_inside_in _ _ _ COUNT _ _ _ _ _ _ _ _ _ CUT M D IB' (SZ (ALIVE (proj1 (proj2 LIV)))) N Z0 Z1)
        as IC.
      destruct (is_empty x) eqn:EX; [destruct (empty_out _ _ EX IC)|].
      apply bind_inv in H as (bh & s10 & e19 & e20 & BH & H & ->). apply ret_inv in H as (H & _ & _).
      injection H as <- _. do 2 eexists. split; [reflexivity|]. split; [auto|]. intros f0 l0 E0 H0. cbn in E0.
      destruct en; try (apply ret_inv in BH as (BH & _ & _); congruence).
      eapply ending_holds; eauto. apply (behind_object _ _ _ _ B).
Qed.

(** ** A case whose tag is no object *)

Lemma other_case_holds : forall t body s u s' e, PM.find t (tags C) = Some body -> is_object body = false ->
  has_tag C m tagged t b -> other_case c body s = Some (u, s', e) -> claims_true /\ ~ done.
Proof.
  intros t body s u s' e F O T H. unfold has_tag in T. rewrite F in T.
  assert (NF : forall o, names m b o -> stored_as o = SAutomatic -> ~ freed m b).
  { intros o (n & -> & M) ST (o' & N & ST' & _). rewrite (named_is _ _ _ _ M N) in ST'. congruence. }
  assert (NE : forall o, names m b o -> stored_as o = SHeap -> ~ ended m b).
  { intros o (n & -> & M) ST (o' & N & ST' & _). rewrite (named_is _ _ _ _ M N) in ST'. congruence. }
  destruct body; try discriminate O; cbn in H.
  - apply fails_inv in H. split; [split; try (intros; congruence)|].
    + intros _ (o & (n & E & _) & _). congruence.
    + intros _ (o & (n & E & _) & _). congruence.
    + intros _ (N & _). congruence.
    + intros _ (N & _). congruence.
    + intros _ (N & _). congruence.
    + intros [(N & _) _ _ _]. congruence.
  - apply fails_inv in H. destruct T as (o & N & ST & D). split; [split; try (intros; congruence)|].
    + intros _. split; [destruct N as (n & -> & _); discriminate|eauto].
    + intros _. eauto.
    + intros _ (_ & _ & L). destruct L. exists o. auto.
    + intros _ (_ & _ & L). destruct L. exists o. auto.
    + intros _ (_ & _ & L). destruct L. exists o. auto.
    + intros [(_ & _ & L) _ _ _]. destruct L. exists o. auto.
  - apply fails_inv in H. destruct T as (o & N & ST & D). split; [split; try (intros; congruence)|].
    + intros _. split; [destruct N as (n & -> & _); discriminate|eauto].
    + intros _. eauto.
    + intros _ (_ & L & _). destruct L. exists o. auto.
    + intros _ (_ & L & _). destruct L. exists o. auto.
    + intros _ (_ & L & _). destruct L. exists o. auto.
    + intros [(_ & L & _) _ _ _]. destruct L. exists o. auto.
  - apply bind_inv in H as (u1 & s1 & e1 & e2 & FB & H & ->). apply fails_inv in FB.
    split; [split; try (intros; congruence)|].
    + intro CL. split; [rewrite T; discriminate|]. intro CB. rewrite CB in H. apply fails_inv in H. congruence.
    + intros _ (o & (n & E & _) & _). congruence.
    + intros _ (o & (n & E & _) & _). congruence.
    + intros _ _ o (n & E & _). congruence.
    + intros _ _ o (n & E & _). congruence.
    + intros [_ (n & E) _ _]. congruence.
  - destruct T as (n & _ & T). unfold tag_is in T. rewrite F in T. contradiction.
Qed.

(** ** All cases *)

Section State.
Variable g : state.
Variable v0 : positive -> Z.
Hypothesis K : known A v0 g.
Hypothesis MEM : forall k f, PM.find k (facts g) = Some f -> Holds (label_of_fact g f) ->
  exists i, fact_holds P C m tagged i (fst f).
Hypothesis V : is_value v0 g (access_form a) z.
Hypothesis CN : counts A (size_lower a) (size_upper a) (access_label a) count.
Hypothesis VN : is_value v0 g (access_count a) count.
Hypothesis SIZES : sizes_at g v0.
Hypothesis LA : Holds (access_label a).

(** The pointer is in the entry. *)
Definition points (e : entry) : Prop :=
  has_tag C m tagged (entry_tag e) b /\
  match access_base a with
  | BTag _ => True
  | BSymbol s => in_entry C m tagged e b (v0 (own_offset g s))
  end.

Hypothesis SCOPED : forall s, access_base a = BSymbol s -> (own_offset g s < next_integer g)%positive.

Lemma onward_case : forall e tl, points e -> names_objects C (entry_tag e) ->
  onward A v0 g v0 (in_case g (access_base a) e tl) /\ next_integer (in_case g (access_base a) e tl) = next_integer g.
Proof.
  intros e tl [_ I] N. unfold in_case. destruct (access_base a) as [t|s] eqn:AB; [split; auto using onward_refl|].
  destruct I as (_ & I & _). destruct (I N) as [IB D]. specialize (SCOPED s eq_refl).
  assert (W : forall h, next_integer h = next_integer g -> is_value v0 h (symbol_form (own_offset g s)) (v0 (own_offset
    g s))).
  { intros h E v AG. rewrite eval_symbol. apply AG. rewrite E. exact SCOPED. }
  pose proof (onward_bounds A _ _ _ (entry_bounds e) tl _ K (W g eq_refl) (fun _ => IB)) as ON.
  pose proof (same_symbols_bounds g (symbol_form (own_offset g s)) (entry_bounds e) tl) as NX.
  set (h := add_bounds g (symbol_form (own_offset g s)) (entry_bounds e) tl) in *.
  assert (CG : forall q r, (q | v0 (own_offset g s) - r) ->
    onward A v0 g v0 (add_congruence h (fst (symbol_form (own_offset g s))) q r tl)).
  { intros q r DV. eapply onward_trans; [exact ON|].
    apply (onward_congruence A v0 h (fst (symbol_form (own_offset g s))) 0 q r tl (v0 (own_offset g s))).
    - apply (step_known _ _ _ _ _ ON).
    - exact (W h NX).
    - intros _. replace (v0 (own_offset g s) - 0 - r) with (v0 (own_offset g s) - r) by lia. exact DV. }
  destruct (2 <=? modulus e); [split; [apply CG; exact D|exact NX]|].
  destruct (lower (entry_bounds e)) as [x|] eqn:LO; [|split; [exact ON|exact NX]].
  destruct (upper (entry_bounds e)) as [y|] eqn:UP; [|split; [exact ON|exact NX]].
  destruct (x =? y) eqn:XY; [|split; [exact ON|exact NX]]. split; [|exact NX]. apply CG.
  unfold In_bounds in IB. rewrite LO, UP in IB. monad. subst. exists 0. lia.
Qed.

Lemma shifted_in : forall bd k s b' s' e y, shifted_bounds bd k s = Some (b', s', e) -> In_bounds bd (y + k) ->
  In_bounds b' y.
Proof.
  intros bd k s b' s' e y H [L U]. unfold shifted_bounds in H. monad. unfold difference in *.
  split; cbn; [destruct (lower bd)|destruct (upper bd)]; monad; auto; lia.
Qed.

(** What is left of an entry, of which a part may be cut off. *)
Definition rest_of (e : entry) (sv : survivor) (cut : bool) : M entry :=
  match cut, access_base a, shift_of g (access_base a) (access_form a) with
  | true, BSymbol _, Some k =>
    let* b := shifted_bounds (case_bounds sv) k in
    let one := match lower b with Some _ => option_eqb (lower b) (upper b) | None => false end in
    ret {| entry_tag := entry_tag e; entry_bounds := b;
           modulus := if one then 1 else modulus e; remainder := if one then 0 else remainder e |}
  | _, _, _ => ret e
  end.

Lemma rest_of_inv : forall e sv cut s e' s' ev, rest_of e sv cut s = Some (e', s', ev) ->
  entry_tag e' = entry_tag e /\ (proper_entry e -> proper_entry e') /\
  (points e -> names_objects C (entry_tag e) -> hit b z sv -> points e').
Proof.
  intros e sv cut s e' s' ev H. unfold rest_of in H. destruct cut; [|monad; auto].
  destruct (access_base a) as [t|q] eqn:AB; [monad; auto|].
  destruct (shift_of g (BSymbol q) (access_form a)) as [k|] eqn:SH; [|monad; auto]. monad. cbn. split; auto. split.
  - unfold proper_entry. cbn. destruct (match lower x with Some _ => _ | None => _ end); lia.
  - intros [HT I] N (n & o & _ & _ & _ & _ & IB & _). unfold points in *. rewrite AB in *. cbn. split; auto.
    destruct I as (_ & I & FN).
    assert (Z : z = v0 (own_offset g q) + k).
    { rewrite <- (V v0 (agree_refl _ _)). unfold shift_of in SH.
      destruct (access_form a) as [[|[y d] [|]] p]; try discriminate SH;
        cbn in SH; destruct d as [|[]|]; try discriminate SH.
        destruct (Pos.eqb_spec y (own_offset g q)); [|discriminate].
      injection SH as <-. subst. unfold eval_form. cbn. lia. }
    rewrite Z in IB. split; cbn; auto. split; auto.
    intros _. split; [eapply shifted_in; eauto|]. destruct (I N) as [_ D].
    destruct (match lower x with Some _ => _ | None => _ end); [exists (v0 (own_offset g q)); lia|exact D].
Qed.

(** One step of the walk. *)
Inductive walk_step (tl : label) (e : entry) (body : tag) (w : walked) : walked -> Prop :=
| Step_other : forall s u s' ev, is_object body = false -> other_case c body s = Some (u, s', ev) ->
    walk_step tl e body w
      {| w_survivors := w_survivors w; w_kept := w_kept w; w_narrowed := true; w_cut := w_cut w; w_label := w_label w |}
| Step_gone : forall s oc l s' ev k n, is_object body = true ->
    object_case (in_case g (access_base a) e tl) a c (entry_tag e) body s = Some ((oc, l), s', ev) ->
    (forall sv cut, oc <> Left sv cut) -> (k = w_kept w \/ k = e :: w_kept w) ->
    walk_step tl e body w
      {| w_survivors := w_survivors w; w_kept := k; w_narrowed := n; w_cut := w_cut w; w_label := union (w_label w) l |}
| Step_left : forall s sv cut l s' ev s1 e' s2 ev', is_object body = true ->
    object_case (in_case g (access_base a) e tl) a c (entry_tag e) body s = Some ((Left sv cut, l), s', ev) ->
    rest_of e sv cut s1 = Some (e', s2, ev') ->
    walk_step tl e body w
      {| w_survivors := sv :: w_survivors w; w_kept := e' :: w_kept w; w_narrowed := w_narrowed w || cut;
         w_cut := w_cut w || cut; w_label := union (w_label w) l |}.

Lemma walk_inv : forall tl e l w s w' s' ev, walk_cases X g a c tl (e :: l) w s = Some (w', s', ev) ->
  exists body w1 s1 ev', PM.find (entry_tag e) (tags C) = Some body /\ walk_step tl e body w w1 /\
                         walk_cases X g a c tl l w1 s1 = Some (w', s', ev').
Proof.
  intros tl e l w s w' s' ev H. cbn [walk_cases] in H.
  apply bind_inv in H as (body & s1 & e1 & e2 & T & H & ->). apply (tag_of_inv CP C X FX) in T as (T & -> & ->).
  exists body. destruct (is_object body) eqn:O.
  - apply bind_inv in H as ([oc lab] & s2 & e3 & e4 & OC & H & ->).
    apply bind_inv in H as (w1 & s3 & e5 & e6 & W & H & ->). exists w1. do 2 eexists. split; [auto|]. split; [|exact H].
    destruct oc as [|sv cut|].
    + monad. eapply Step_gone; eauto. discriminate.
    + apply bind_inv in W as (e' & s4 & e7 & e8 & R & W & ->). monad. eapply Step_left; eauto.
    + monad. eapply Step_gone; eauto. discriminate.
  - apply bind_inv in H as (u & s2 & e3 & e4 & OC & H & ->). do 3 eexists. split; [auto|]. split; [|exact H].
    eapply Step_other; eauto.
Qed.

Record grows (w w' : walked) : Prop := {
  grows_label : Holds (w_label w') -> Holds (w_label w);
  grows_survivors : incl (w_survivors w) (w_survivors w');
  grows_kept : incl (w_kept w) (w_kept w');
  grows_counts : (length (w_survivors w) <= length (w_kept w))%nat ->
    (length (w_survivors w') <= length (w_kept w'))%nat;
  grows_proper : Forall proper_entry (w_kept w) -> Forall proper_entry (w_kept w') }.

Lemma walk_grows : forall tl l w s w' s' ev, Forall proper_entry l ->
  walk_cases X g a c tl l w s = Some (w', s', ev) -> grows w w'.
Proof.
  intros tl l. induction l as [|e l IH]; intros w s w' s' ev PR H.
  { cbn in H. monad. split; auto using incl_refl. }
  inversion PR as [|? ? PE PL]; subst. apply walk_inv in H as (body & w1 & s1 & ev' & _ & ST & H).
  apply (IH _ _ _ _ _ PL) in H as [GL GS GK GC GP].
  assert (G : grows w w1).
  { inversion ST; subst.
    - split; cbn; auto using incl_refl.
    - match goal with Q : _ \/ _ |- _ => rename Q into KEPT end. split; cbn; auto using incl_refl.
      + intro HL. apply union_holds in HL. tauto.
      + destruct KEPT as [->| ->]; [apply incl_refl|apply incl_tl; apply incl_refl].
      + destruct KEPT as [->| ->]; cbn; lia.
      + destruct KEPT as [->| ->]; auto.
    - match goal with Q : rest_of _ _ _ _ = Some _ |- _ => apply rest_of_inv in Q as (_ & PP & _) end.
      split; cbn; auto using incl_refl, incl_tl; try lia.
      intro HL. apply union_holds in HL. tauto. }
  destruct G as [GL1 GS1 GK1 GC1 GP1]. split; eauto using incl_tran.
Qed.

Lemma walk_true : forall tl l w s w' s' ev, Forall proper_entry l -> walk_cases X g a c tl l w s = Some (w', s', ev) ->
  Holds (w_label w') -> Exists points l ->
  claims_true /\
  (done -> Exists (fun sv => hit b z sv /\ ends g v0 sv) (w_survivors w') /\ Exists (fun e => points e /\
    names_objects C (entry_tag e)) (w_kept w')).
Proof.
  intros tl l. induction l as [|e l IH]; intros w s w' s' ev PR H HL EX; [inversion EX|].
  inversion PR as [|? ? PE PL]; subst. apply walk_inv in H as (body & w1 & s1 & ev' & FT & ST & H).
  apply Exists_cons in EX as [EP|EX]; [|eauto]. clear IH.
  pose proof (walk_grows _ _ _ _ _ _ _ PL H) as [GL GS GK _ _]. specialize (GL HL).
  destruct (is_object body) eqn:O.
  2: { inversion ST; subst; try congruence. destruct EP as [HT _].
       match goal with Q : other_case _ _ _ = Some _ |- _ => destruct (other_case_holds _ _ _ _ _ _ FT O HT Q)
         as [CT ND] end.
       split; auto. intro D. destruct (ND D). }
  assert (N : names_objects C (entry_tag e)) by (exists body; auto).
  destruct (object_of_tag C m tagged _ _ _ FT O (proj1 EP)) as (n & EB & TI).
  destruct (object_behind CP C m tagged WT _ _ _ FT TI) as (o & B).
  destruct (onward_case e tl EP N) as [ON NX].
  assert (OH : forall s oc l s' ev, object_case (in_case g (access_base a) e tl) a c (entry_tag e) body s = Some ((oc,
    l), s', ev) ->
               Holds l -> claims_true /\ (done -> exists sv cut, oc = Left sv cut /\ hit b z sv /\ ends g v0 sv)).
  { intros s2 oc l2 s3 ev2 Q L2. pose proof (step_numeric _ _ _ _ _ ON) as NU.
    assert (SAME : forall f y, is_value v0 g f y <-> is_value v0 (in_case g (access_base a) e tl) f y)
      by (intros f y; unfold is_value; rewrite NX; reflexivity).
    edestruct (object_case_holds (in_case g (access_base a) e tl) v0) as [CT DN];
      [exact (step_known _ _ _ _ _ ON)| | |apply SAME; exact VN|apply SAME; exact V|exact CN|exact LA|exact FT|exact TI|
       exact EB|exact B|exact Q|exact L2|].
    - unfold label_of_fact. rewrite (same_facts _ _ NU), (same_log _ _ NU). exact MEM.
    - intros t0 q0 F0 H0 n0 o0 T0 M0. apply SAME. rewrite (same_sizes _ _ NU) in F0. eauto.
    - split; [exact CT|]. intro D. destruct (DN D) as (sv & cut & EQ & HIT & EN). exists sv, cut. split; [exact EQ|].
      split; [exact HIT|]. intros f0 l0 E0 H0. destruct (EN f0 l0 E0 H0) as (y & VY & LY). exists y.
      split; [apply SAME; exact VY|exact LY]. }
  inversion ST; subst; try congruence; cbn in *; apply union_holds in GL as [_ GL];
    match goal with Q : object_case _ _ _ _ _ _ = Some _ |- _ => destruct (OH _ _ _ _ _ Q GL) as [CT DN] end; (split;
      [exact CT|]);
    intro D; destruct (DN D) as (sv' & cut' & E & HIT).
  - match goal with Q : forall _ _, _ <> _ |- _ => destruct (Q _ _ E) end.
  - injection E as <- <-. destruct HIT as [HIT EN]. split.
    + apply Exists_exists. exists sv. split; auto. apply GS. left. reflexivity.
    + apply Exists_exists. exists e'. split; [apply GK; left; reflexivity|].
      match goal with Q : rest_of _ _ _ _ = Some _ |- _ => apply rest_of_inv in Q as (ET & _ & PT) end.
      split; [auto|]. rewrite ET. exact N.
Qed.

End State.
End Access.
End Walk.
