(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Targets of pointers: what is known of them, and what follows from it

    A pointer's value lies where its base's entries say, as far as their label holds. Entries speak of the base's own
    offset, from which the value's may differ by a constant. *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Hints Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs Concretization Invariant EntryProofs.
From AICheck Require Import OperandProofs.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Section Targets.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable m : memory.
Variable tagged : ghost.
Notation has_tag := (has_tag C m tagged).
Notation in_entry := (in_entry C m tagged).
Notation in_targets := (in_targets C m tagged).
Notation state_holds := (state_holds A P C m tagged).
Notation numbers_hold := (numbers_hold A).

(** ** What is known of a base, of its own offset, and of a value's *)

Variable X : context.
Hypothesis fit : context_fits CP C X.

(** The value's offset is the base's own with a constant more. *)
Lemma shifted_entries_hold : forall b shift o own c,
  (forall k, shift = Some k -> o = own + k) ->
  forall l s l' s' ev, Forall proper_entry l ->
  (forall t, b = BTag t -> own = 0 /\ Forall (fun e => modulus e = 1) l) ->
  shifted_entries X b shift l s = Some (Some l', s', ev) -> in_targets l c own -> in_targets l' c o.
Proof.
  intros b shift o own c SH. induction l as [|e l IH]; intros s l' s' ev PR BT H IN; cbn [shifted_entries] in H.
  { inversion IN. }
  monad. match goal with H : tag_of _ _ _ = _ |- _ => apply (tag_of_inv CP C X fit) in H as (TAG & -> & ->) end.
  destruct (is_function x && negb (option_eqb shift (Some 0)))%bool eqn:FUN; monad; [discriminate|].
  destruct x1 as [r|]; [|discriminate].
  match goal with H : Some _ = Some _ |- _ => inversion H; subst; clear H end.
  inversion PR as [|? ? PE PL]; subst. inversion IN as [? ? IE|? ? IL]; subst.
  2:{ apply Exists_cons_tl. eapply IH; eauto. intros t E. destruct (BT t E) as [? F]. inversion F; auto. }
  apply Exists_cons_hd. destruct IE as (T & N & F).
  destruct (is_object x) eqn:OB.
  - assert (NF : forall f, PM.find (entry_tag e) (tags C) = Some (TFunction f) -> False).
    { intros f E. rewrite TAG in E. inversion E; subst. discriminate. }
    destruct (N (proj2 (object_tag _ _ _ TAG) OB)) as [B M].
    destruct shift as [k|].
    + specialize (SH k eq_refl). destruct b as [t|b]; monad.
      * destruct (BT t eq_refl) as [-> MO]. inversion MO; subst.
        split; [exact T|]. split; [|intros (f & E); destruct (NF f E)]. intros _. cbn.
        split; [unfold In_bounds; cbn; lia|].
        match goal with H : modulus e = 1 |- _ => rewrite H end. apply Z.divide_1_l.
      * unfold sum in *. split; [exact T|]. split; [|intros (f & E); destruct (NF f E)]. intros _.
        cbn [entry_bounds modulus remainder]. unfold proper_entry in PE. split.
        -- destruct B as [BL BU].
           split; cbn [lower upper]; [destruct (lower (entry_bounds e))|destruct (upper (entry_bounds e))];
             monad; auto; lia.
        -- destruct (1 <? modulus e) eqn:MM; monad; booleans.
           ++ replace (own + k - (remainder e + k) mod modulus e)
                with ((own - remainder e) + (remainder e + k - (remainder e + k) mod modulus e)) by lia.
              apply Z.divide_add_r; [exact M|]. exists ((remainder e + k) / modulus e).
              pose proof (Z.div_mod (remainder e + k) (modulus e)). lia.
           ++ replace (modulus e) with 1 by lia. apply Z.divide_1_l.
    + destruct b; monad; (apply entry_of_tag_in; [exact T|intros (f & E); destruct (NF f E)]).
  - monad. split; [exact T|]. split.
    + intro O. apply (object_tag _ _ _ TAG) in O. congruence.
    + intros (f & E). pose proof (F (ex_intro _ f E)) as Z0. rewrite TAG in E. inversion E; subst. cbn in FUN.
      destruct shift as [k|]; [|discriminate]. cbn in FUN. booleans. destruct (k =? 0) eqn:K; [|discriminate]. monad.
      specialize (SH k eq_refl). lia.
Qed.

Lemma shifted_entries_proper : forall b shift l s l' s' ev, Forall proper_entry l ->
  shifted_entries X b shift l s = Some (Some l', s', ev) -> Forall proper_entry l'.
Proof.
  intros b shift. induction l as [|e l IH]; intros s l' s' ev PR H; cbn [shifted_entries] in H.
  { monad. match goal with H : Some _ = Some _ |- _ => inversion H; subst end. constructor. }
  inversion PR; subst. monad.
  match goal with H : (if ?c then _ else _) _ = Some _ |- _ => destruct c end; monad; [discriminate|].
  destruct x1 as [r|]; [|discriminate]. match goal with H : Some _ = Some _ |- _ => inversion H; subst; clear H end.
  constructor; [|eapply IH; eauto].
  destruct (is_object x); monad; auto.
  destruct b, shift; monad; auto; unfold proper_entry; cbn; try lia; assumption.
Qed.

Section State.
Variable v : valuation.
Variable g : state.
Hypothesis G : state_holds v g.
Notation eval := (eval_form (integers v)).

(** The base that a symbolic one is; its own offset, of a tag 0. *)
Definition base_is (b : sbase) (c : base) : Prop := match b with BTag t => has_tag t c | BSymbol s => bases v s = c end.
Definition own (b : sbase) : Z := match b with BTag _ => 0 | BSymbol s => integers v (own_offset g s) end.

Lemma cases_hold : forall b l label c,
  cases_of g b = Some (l, label) -> Holds label -> base_is b c -> in_targets l c (own b).
Proof.
  intros [t|s] l label c E L B; cbn in *.
  - inversion E; subst. apply Exists_cons_hd. apply entry_of_tag_in; auto.
  - subst. eapply target_sets; eauto.
Qed.

Lemma cases_proper : consistent g -> forall b l label, cases_of g b = Some (l, label) -> Forall proper_entry l.
Proof.
  intros K [t|s] l label E; cbn in E.
  - inversion E; subst. constructor; [unfold proper_entry; cbn; lia|constructor].
  - eapply targets_proper; eauto.
Qed.

Lemma shift_is : forall b f k, shift_of g b f = Some k -> eval f = own b + k.
Proof.
  intros [t|s] f k E; cbn in *.
  - destruct (is_constant f) eqn:K; [|discriminate]. inversion E; subst. rewrite is_constant_eval by auto. lia.
  - destruct f as [t n]. cbn [fst snd] in E.
    destruct t as [|[x a] [|]]; try discriminate; destruct a as [|[]|]; try discriminate.
    destruct (Pos.eqb_spec x (own_offset g s)); [|discriminate]. inversion E; subst. unfold eval_form. cbn. lia.
Qed.

Lemma known_entries_hold : consistent g -> forall b f s l label s' e c o,
  known_entries X g b f s = Some (Some (l, label), s', e) -> Holds label ->
  base_is b c -> eval f = o -> in_targets l c o.
Proof.
  intros K b f s l label s' e c o H L B O. unfold known_entries in H.
  destruct (cases_of g b) as [[n u]|] eqn:CASES; monad; [|discriminate].
  match goal with H : match ?x with _ => _ end = Some _ |- _ =>
    destruct x as [k|]; [|discriminate]; inversion H; subst end.
  eapply (shifted_entries_hold b (shift_of g b f) _ (own b)); [intros k E; apply shift_is; exact E| | |eassumption|].
  - eapply cases_proper; eauto.
  - intros t ->. split; [reflexivity|]. cbn in CASES. inversion CASES. constructor; [reflexivity|constructor].
  - eapply cases_hold; eauto.
Qed.

Lemma known_entries_proper : consistent g -> forall b f s l label s' e,
  known_entries X g b f s = Some (Some (l, label), s', e) -> Forall proper_entry l.
Proof.
  intros K b f s l label s' e H. unfold known_entries in H.
  destruct (cases_of g b) as [[n u]|] eqn:CASES; monad; [|discriminate].
  match goal with H : match ?x with _ => _ end = Some _ |- _ =>
    destruct x as [k|]; [|discriminate]; inversion H; subst end.
  eapply shifted_entries_proper; [|eassumption]. eapply cases_proper; eauto.
Qed.

End State.

(** ** The state in one case of a pointer *)

(** What numeric facts do not touch holds as before. *)
Lemma state_numeric : forall v g h,
  state_holds v g -> numeric_step g h -> numbers_hold (integers v) h -> state_holds v h.
Proof.
  intros v g h [N T S R F K SZ VX] NS H. destruct NS.
  assert (LF : forall f, label_of_fact h f = label_of_fact g f) by (intro; unfold label_of_fact; congruence).
  assert (LC : forall c, label_of_content h c = label_of_content g c) by (intro; unfold label_of_content; congruence).
  assert (CO : forall t, contents_of h t = contents_of g t) by (intro; unfold contents_of; rewrite same_contents; auto).
  assert (OW : forall s, own_offset h s = own_offset g s) by (intro; unfold own_offset; rewrite same_offsets; auto).
  split; auto.
  - intros s d l E. rewrite same_definitions in E. eauto.
  - intros s e l E L. rewrite same_targets in E. rewrite OW. eauto.
  - intros s r l E L. rewrite same_ranges in E. eauto.
  - intros n f E L. rewrite same_facts in E. rewrite LF in L. eauto.
  - intros t c I L. rewrite CO in I. rewrite LC in L. eauto.
  - rewrite same_sizes. exact SZ.
  - intros t c I. rewrite CO in I. eauto.
Qed.

Lemma numeric_in_case : forall g b e l, numeric_step g (in_case g b e l).
Proof.
  intros g [t|s] e l; cbn; [apply numeric_refl|].
  destruct (2 <=? modulus e); [eapply numeric_trans; [apply numeric_add_bounds|apply numeric_add_congruence]|].
  destruct (lower (entry_bounds e)), (upper (entry_bounds e)); try apply numeric_add_bounds.
  destruct (_ =? _); [|apply numeric_add_bounds].
  eapply numeric_trans; [apply numeric_add_bounds|apply numeric_add_congruence].
Qed.

Lemma in_case_numbers : forall v g b e l c, numbers_hold (integers v) g -> names_objects C (entry_tag e) ->
  (Holds l -> in_entry e c (own v g b)) -> numbers_hold (integers v) (in_case g b e l).
Proof.
  intros v g [t|s] e l c G O H; [exact G|]. cbn in H |- *.
  assert (B : Holds l -> In_bounds (entry_bounds e) (integers v (own_offset g s)) /\
                         (modulus e | integers v (own_offset g s) - remainder e)).
  { intro L. destruct (H L) as (_ & N & _). auto. }
  assert (ONE : eval_terms (integers v) [(own_offset g s, 1)] = integers v (own_offset g s)) by (cbn; lia).
  assert (G1 : numbers_hold (integers v) (add_bounds g (symbol_form (own_offset g s)) (entry_bounds e) l)).
  { apply add_bounds_holds; auto. intro L. rewrite eval_symbol. apply B. auto. }
  destruct (2 <=? modulus e).
  - apply add_congruence_holds; auto. intro L. rewrite ONE. apply B. auto.
  - destruct (lower (entry_bounds e)) eqn:LO, (upper (entry_bounds e)) eqn:HI; auto.
    destruct (_ =? _) eqn:E; auto. apply add_congruence_holds; auto. intro L. rewrite ONE.
    destruct (B L) as [[BL BU] _]. rewrite LO in BL. rewrite HI in BU. monad.
    replace (_ - _) with 0 by lia. apply Z.divide_0_r.
Qed.

Lemma in_case_holds : forall v g b e l c, state_holds v g -> names_objects C (entry_tag e) ->
  (Holds l -> in_entry e c (own v g b)) -> state_holds v (in_case g b e l).
Proof.
  intros v g b e l c G O H. eapply state_numeric; [exact G|apply numeric_in_case|].
  eapply in_case_numbers; eauto. apply numbers with (1 := G).
Qed.

(** ** Bounds that a hint gives where they are demanded *)

Section Numbers.
Variable v : positive -> Z.
Variable g : state.
Hypothesis G : numbers_hold v g.

Lemma upper_demanded : forall f b s l s' e,
  match b with
  | Some u => let* x := upper_bound g f in demand (bound x <=? u) ;; ret (label_of x)
  | None => ret []
  end s = Some (l, s', e) ->
  Holds l -> match b with Some u => eval_form v f <= u | None => True end.
Proof.
  intros f [u|] s l s' e H L; [|exact I]. monad.
  match goal with U : upper_bound _ _ _ = Some _ |- _ => apply (upper_bound_holds A v g G) in U; auto end. lia.
Qed.

Lemma lower_demanded : forall f b s l s' e,
  match b with
  | Some n => let* x := lower_bound g f in demand (n <=? bound x) ;; ret (label_of x)
  | None => ret []
  end s = Some (l, s', e) ->
  Holds l -> match b with Some n => n <= eval_form v f | None => True end.
Proof.
  intros f [u|] s l s' e H L; [|exact I]. monad.
  match goal with U : lower_bound _ _ _ = Some _ |- _ => apply (lower_bound_holds A v g G) in U; auto end. lia.
Qed.

Lemma remainder_demanded : forall f n r s l s' e, 1 <= n ->
  (if 2 <=? n then let* p := congruence_premises g f n in demand (fst p =? r) ;; ret (snd p) else ret []) s
    = Some (l, s', e) ->
  Holds l -> (n | eval_form v f - r).
Proof.
  intros f n r s l s' e N H L. destruct (2 <=? n) eqn:E; monad; booleans.
  - destruct x as [k u]. cbn [fst snd] in *. subst.
    match goal with U : congruence_premises _ _ _ _ = Some _ |- _ =>
      apply (congruence_premises_holds A v g G) in U as (? & ? & ?); auto end.
  - replace n with 1 by lia. apply Z.divide_1_l.
Qed.
End Numbers.

(** ** Demanded targets *)

Lemma targets_by_case_hold : forall v g b f tl demanded c,
  state_holds v g -> Forall proper_entry demanded -> Holds tl ->
  forall l s L s' e, targets_by_case X g b f tl demanded l s = Some (L, s', e) -> Holds L ->
  in_targets l c (own v g b) -> in_targets demanded c (eval_form (integers v) f).
Proof.
  intros v g b f tl demanded c G PR TL. induction l as [|e l IH]; intros s L s' ev H HL IN; cbn [targets_by_case] in H.
  { inversion IN. }
  monad. apply union_holds in HL as [HO HL].
  inversion IN as [? ? IE|? ? IL]; subst; [|eapply IH; eauto].
  match goal with H : find _ _ = Some _ |- _ => apply find_some in H as [IND TE]; apply Pos.eqb_eq in TE end.
  match goal with H : tag_of _ _ _ = _ |- _ => apply (tag_of_inv CP C X fit) in H as (TAG & -> & ->) end.
  pose proof (proj1 (Forall_forall _ _) PR _ IND) as PD. unfold proper_entry in PD.
  apply Exists_exists. exists x. split; [exact IND|].
  destruct IE as (T & N & F). unfold in_entry, Concretization.in_entry. rewrite TE. split; [exact T|]. split.
  - intro O. pose proof (proj1 (object_tag _ _ _ TAG) O) as OB. rewrite OB in *. monad.
    apply union_holds in HO as [LU HO]. apply union_holds in HO as [LL LC].
    assert (GC : numbers_hold (integers v) (in_case g b e tl)).
    { eapply in_case_numbers; [apply numbers with (1 := G)|exact O|]. intros _. repeat split; eauto; apply N; auto. }
    split; [split|].
    + eapply lower_demanded; eauto.
    + eapply upper_demanded; eauto.
    + eapply remainder_demanded; eauto.
  - intros (h & E). rewrite TAG in E. inversion E; subst.
    match goal with H : (_ || _)%bool = true |- _ => cbn in H; rename H into SH end.
    destruct (shift_of g b f) as [k|] eqn:SK; [|discriminate]. cbn in SH. monad.
    rewrite (shift_is v g _ _ _ SK). rewrite (F (ex_intro _ h TAG)). lia.
Qed.

Theorem targets_hold_sound : forall v g b f demanded s L s' e c o,
  state_holds v g -> consistent g -> Forall proper_entry demanded ->
  targets_hold X g b f demanded s = Some (L, s', e) -> Holds L ->
  is_symbolic C m tagged v (SPointer b f) (VPointer c o) -> in_targets demanded c o.
Proof.
  intros v g b f demanded s L s' e c o G K PR H HL [N O].
  assert (B : base_is v b c) by (destruct b; [apply N|exact N]). unfold targets_hold in H. monad.
  destruct (x =? 0); [|destruct (x =? 1); [|destruct (x =? 2); [|discriminate]]]; monad.
  - subst. match goal with H : known_entries _ _ _ _ _ = Some (Some ?y, _, _) |- _ => destruct y as [l u] end. cbn in *.
    eapply entries_inside_in; eauto. eapply known_entries_hold; eauto.
  - match goal with H : cases_of _ _ = Some ?y |- _ => destruct y as [l u] end. cbn [fst snd] in *.
    apply union_holds in HL as [HU HL].
    eapply targets_by_case_hold with (tl := u); [exact G|exact PR|exact HU|eassumption|exact HL|].
    eapply cases_hold; eauto.
  - exfalso. match goal with H : contradiction _ _ _ = Some _ |- _ =>
      eapply (contradiction_holds A (integers v) g); [apply numbers with (1 := G)|exact H|exact HL] end.
Qed.

End Targets.
