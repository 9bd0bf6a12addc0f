(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What the semantics leaves open can be had: values of types, beginnings of functions, ends, the first state *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading State Scripts Checker Programs NumberProofs Invariant SaneProofs.
Import ListNotations.
Open Scope Z_scope.

Section Existence.
Variable CP : cprogram.
Notation P := (program_of CP).

(** ** Values *)

Definition some_value (t : type) : value :=
  match t with
  | TInteger t => VInteger (least t)
  | TPointer => VPointer BNull 0
  | TFloat _ => VFloat (S754_zero false)
  end.

Lemma proper_bounds : forall t, proper_type (TInteger t) = true -> least t <= 0 <= greatest t.
Proof.
  intros t H. cbn in H. apply andb_true_iff in H as [H _]. apply Z.leb_le in H. unfold least, greatest.
  assert (0 < 2 ^ (bits t - 1)) by (apply Z.pow_pos_nonneg; lia).
  assert (0 < 2 ^ bits t) by (apply Z.pow_pos_nonneg; lia). destruct (signed t); lia.
Qed.

Lemma zero_valid : forall f, valid_float f (S754_zero false).
Proof. intros [| |]; cbn; try reflexivity. exists (S754_zero false). split; reflexivity. Qed.

Lemma some_value_fits : forall t, proper_type t = true -> of_type P t (some_value t).
Proof.
  intros [t| |f] H; cbn; [|exact I|apply zero_valid]. apply proper_bounds in H. unfold in_itype. lia.
Qed.

Lemma some_value_class : forall t, class_of_value (some_value t) = class_of t.
Proof. intros [| |]; reflexivity. Qed.

Lemma some_result : forall f exact, exists x, fresult f exact x.
Proof. intros [| |] exact; [eexists; reflexivity..|exists (S754_zero false); apply zero_valid]. Qed.

Lemma some_comparison : forall c bases p q x y, exists b, compare_pointers c bases p q x y b.
Proof.
  intros c bases p q x y. destruct c; cbn; try (eexists; reflexivity);
    destruct (base_eq_dec p q); try (eexists; reflexivity);
    destruct bases; try (eexists; reflexivity); destruct p, q; try (eexists; reflexivity); exists true; exact I.
Qed.

(** ** Arguments *)

Lemma match_argument : forall G l p more k r t, arguments_match CP G l p more = true -> nth_error p k = Some (r, t) ->
  exists a, nth_error l k = Some a /\ operand_class CP G a = Some (class_of t).
Proof.
  intros G. induction l as [|a l IH]; intros [|[q u] p] more k r t H N; cbn in H; try discriminate;
    try (destruct k; discriminate N).
  apply andb_true_iff in H as [H1 H2]. destruct k as [|k]; cbn in N |- *; [|eauto].
  injection N as <- <-. exists a. split; [reflexivity|]. apply is_class. exact H1.
Qed.

Lemma fit_argument : forall F l p more k r t, arguments_fit F l p more -> nth_error p k = Some (r, t) ->
  exists a, nth_error l k = Some a /\ operand_fits F a t.
Proof.
  intros F. induction l as [|a l IH]; intros [|[q u] p] more k r t H N; cbn in H; try contradiction;
    try (destruct k; discriminate N).
  destruct H as [H1 H2]. destruct k as [|k]; cbn in N |- *; [|eauto]. injection N as <- <-. eauto.
Qed.

Lemma fitting_class : forall G F a t, typed CP G F -> operand_fits (function_of G) a t ->
  class_of_value (eval F a) = class_of t.
Proof.
  intros G F a t T H. destruct a; cbn in H |- *; auto.
  - apply T. exact H.
  - rewrite H. destruct (automatic F o); reflexivity.
Qed.

(** ** Functions begin *)

Hypothesis formed : well_formed CP = true.

Lemma function_parts : forall f G, PM.find f (cfunctions CP) = Some G ->
  NoDup (map fst (cparameters G)) /\
  (forall r t, In (r, t) (cparameters G) -> exists u, PM.find r (cregisters G) = Some u /\ class_of u = class_of t) /\
  exists B, PM.find 1%positive (cblocks G) = Some B.
Proof.
  intros f G E. pose proof (formed_function _ formed _ _ E) as H. unfold well_formed_function in H.
  apply andb_true_iff in H as [H _]. apply andb_true_iff in H as [H B]. apply andb_true_iff in H as [H _].
  apply andb_true_iff in H as [H D]. apply andb_true_iff in H as [_ H]. split; [|split].
  - apply ascending_distinct. exact D.
  - intros r t I. pose proof (forallb_in _ _ _ H I) as K. cbn in K.
    destruct (PM.find r (cregisters G)) as [u|]; [|discriminate]. exists u. split; [reflexivity|].
    destruct u as [| |[]], t as [| |[]]; try discriminate; reflexivity.
  - apply exists_find. exact B.
Qed.

Fixpoint bound_to (p : list (id * type)) (l : list value) (r : id) : option value :=
  match p, l with (q, _) :: p, v :: l => if Pos.eqb r q then Some v else bound_to p l r | _, _ => None end.

Lemma bound_parameter : forall p l k r t v, NoDup (map fst p) -> nth_error p k = Some (r, t) ->
  nth_error l k = Some v -> bound_to p l r = Some v.
Proof.
  induction p as [|[q u] p IH]; intros l k r t v D N L; [destruct k; discriminate|].
  inversion D as [|? ? NI D']; subst. destruct l as [|w l]; [destruct k; discriminate|].
  destruct k as [|k]; cbn in N, L |- *.
  - injection N as -> _. rewrite Pos.eqb_refl. exact L.
  - destruct (Pos.eqb_spec r q) as [->|_]; [|eauto].
    destruct NI. cbn. apply in_map_iff. exists (q, t). split; [reflexivity|]. eapply nth_error_In. exact N.
Qed.

Lemma bound_inv : forall p l r v, bound_to p l r = Some v ->
  exists k t, nth_error p k = Some (r, t) /\ nth_error l k = Some v.
Proof.
  induction p as [|[q u] p IH]; intros [|w l] r v H; try discriminate. cbn in H.
  destruct (Pos.eqb_spec r q) as [->|_].
  - exists 0%nat, u. injection H as ->. split; reflexivity.
  - destruct (IH _ _ _ H) as (k & t & K & L). exists (S k), t. split; assumption.
Qed.

Lemma function_begins : forall f G l, PM.find f (cfunctions CP) = Some G ->
  (forall k r t, nth_error (cparameters G) k = Some (r, t) ->
   exists v, nth_error l k = Some v /\ class_of_value v = class_of t) ->
  exists F, begins P f l F.
Proof.
  intros f G l E AR. destruct (function_parts _ _ E) as (D & PA & B & EB).
  set (value_of := fun r => match bound_to (cparameters G) l r with
                            | Some v => v
                            | None => match PM.find r (cregisters G) with
                                      | Some t => some_value t
                                      | None => VInteger 0
                                      end
                            end).
  exists {| running := f; rest := code (block_of B); end_site := last_site (block_of B); end_ := last (block_of B);
            registers := value_of; automatic := fun _ => None |}.
  exists (function_of G), (block_of B). cbn [program_of functions_of function_of blocks_of first_block parameters_of
    registers_of running rest end_site end_ registers automatic]. rewrite E, EB.
  repeat match goal with |- _ /\ _ => split end; auto.
  - intros k r t N. destruct (AR _ _ _ N) as (v & L & _). unfold value_of.
    rewrite (bound_parameter _ _ _ _ _ _ D N L). exact L.
  - intros r t R. change (class_of t = class_of_value (value_of r)). unfold value_of.
    destruct (bound_to (cparameters G) l r) as [v|] eqn:BT; [|rewrite R, some_value_class; reflexivity].
    apply bound_inv in BT as (k & u & N & L). destruct (AR _ _ _ N) as (v' & L' & C).
    replace v with v' by congruence. rewrite C. destruct (PA r u (nth_error_In _ _ N)) as (w & W & CW). congruence.
  - intros r t R N. unfold value_of. destruct (bound_to (cparameters G) l r) as [v|] eqn:BT.
    + apply bound_inv in BT as (k & u & K & _). destruct N. apply in_map_iff. exists (r, u).
      split; [reflexivity|eapply nth_error_In; exact K].
    + rewrite R. destruct t; exact I.
Qed.

(** ** Functions end *)

Lemma some_ends : forall F m, sane_frame CP m F -> exists m', ends F m m'.
Proof.
  intros F m S. destruct (in_code _ _ _ S) as (G & c & s & s' & _ & _ & _ & _ & _ & _ & _ & Au & _).
  set (is_it := fun n o => match automatic F o with
                           | Some x => if name_eq_dec x n then true else false
                           | None => false
                           end).
  exists (fun n => if existsb (is_it n) (map fst (PM.elements s)) then option_map without_life (m n) else m n).
  intro n. split; intro H; destruct (existsb (is_it n) (map fst (PM.elements s))) eqn:X; auto.
  - destruct H as (o & O). exfalso. rewrite <- not_true_iff_false in X. apply X. apply existsb_exists. exists o. split.
    + assert (K : exists_in s o = true) by (apply Au; congruence). apply exists_find in K as [u K].
      apply in_map_iff. exists (o, u). split; [reflexivity|]. apply PM.elements_correct. exact K.
    + unfold is_it. rewrite O. destruct (name_eq_dec n n); congruence.
  - exfalso. apply existsb_exists in X as (o & _ & X). unfold is_it in X.
    destruct (automatic F o) as [x|] eqn:O; [|discriminate]. destruct (name_eq_dec x n); [|discriminate].
    apply (H o). congruence.
Qed.

(** ** The first state *)

Definition first_value (t : type) (i : initial_value) : value :=
  match i with
  | IInteger n => VInteger n
  | IFloat x => VFloat x
  | INull => VPointer BNull 0
  | IObject o k => VPointer (BObject (Static o)) k
  | IFunction f => VPointer (BFunction f) 0
  | IUnknown => some_value t
  end.

Fixpoint store_all (o : object) (l : list (Z * type * initial_value)) : object :=
  match l with [] => o | (p, t, i) :: l => store_all (put_cell o p (width t) (class_of t) (first_value t i)) l end.

Lemma all_stored : forall l o, (forall c, In c l -> well_formed_cell CP c = true) -> stored P o l (store_all o l).
Proof.
  induction l as [|[[p t] i] l IH]; intros o W; cbn; [constructor|].
  eapply Stored_one; [|apply IH; intros c I; apply W; right; exact I].
  pose proof (W _ (or_introl eq_refl)) as K. cbn in K. apply andb_true_iff in K as [_ K].
  destruct i; cbn; try reflexivity. apply some_value_fits. exact K.
Qed.

Definition first_object (d : static_object) : object :=
  let empty := fresh_object (static_size d) (static_alignment d) (SStatic (static_kind_of d)) in
  let r := (0, 8 * static_size d) in
  match static_kind_of d with KExternal => scramble empty r | _ => store_all (fill empty r 0) (initial_cells d) end.

Lemma first_object_initial : forall o d, PM.find o (cstatics CP) = Some d -> initial_object P d (first_object d).
Proof.
  intros o d E. unfold initial_object, first_object.
  destruct (static_kind_of d); try reflexivity; apply all_stored; intros c I; eapply cell_formed; eauto.
Qed.

(** An execution can begin. *)
Theorem initial_exists : exists s, initial P s.
Proof.
  pose proof formed as W. unfold well_formed in W. apply andb_true_iff in W as [_ W].
  destruct (PM.find (centry CP) (cfunctions CP)) as [G|] eqn:E; [|discriminate].
  destruct (cparameters G) as [|? ?] eqn:PG; [|discriminate].
  destruct (function_begins (centry CP) G [] E) as (F & B).
  { intros k r t N. rewrite PG in N. destruct k; discriminate. }
  exists {| top := F; suspended := [];
            mem := fun n => match n with
                            | Static o => option_map first_object (PM.find o (cstatics CP))
                            | Dynamic _ => None
                            end |}.
  unfold initial. repeat match goal with |- _ /\ _ => split end; cbn; auto.
  - intros o d D. rewrite D. cbn. eexists. split; [reflexivity|]. eapply first_object_initial. exact D.
  - intros o D. rewrite D. reflexivity.
Qed.

End Existence.
