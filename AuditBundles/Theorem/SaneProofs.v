(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What a well-formed program says of its blocks, operands and live sets

    A frame that begins a block stands there soundly: its code is well shaped, and the automatic objects that it has are
    those of the block's live set. *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading State Checker Programs NumberProofs Invariant.
Import ListNotations.
Open Scope Z_scope.

(** ** Maps and lists of the checker *)

Lemma forallb_in : forall {X} (p : X -> bool) l x, forallb p l = true -> In x l -> p x = true.
Proof. intros X p l x H I. rewrite forallb_forall in H. auto. Qed.

Lemma class_eqb_eq : forall c d, class_eqb c d = true -> c = d.
Proof. unfold class_eqb. intros c d. destruct (class_eq_dec c d); [auto|discriminate]. Qed.

Lemma has_class_eq : forall c d, has_class c d = true -> c = Some d.
Proof. intros [c|] d H; [|discriminate]. f_equal. apply class_eqb_eq. exact H. Qed.

Lemma exists_find : forall {X} (m : PM.t X) k, exists_in m k = true <-> exists x, PM.find k m = Some x.
Proof.
  unfold exists_in. intros X m k. destruct (PM.find k m) as [x|]; split; intro H; try discriminate; eauto.
  destruct H as [y H]. discriminate.
Qed.

Lemma exists_add : forall {X} (m : PM.t X) k l x, exists_in (PM.add k x m) l = true <-> l = k \/ exists_in m l = true.
Proof.
  intros X m k l x. unfold exists_in. destruct (Pos.eq_dec l k) as [->|N].
  - rewrite PM.gss. tauto.
  - rewrite PM.gso by exact N. tauto.
Qed.

Lemma exists_remove : forall {X} (m : PM.t X) k l,
  exists_in (PM.remove k m) l = true <-> l <> k /\ exists_in m l = true.
Proof.
  intros X m k l. unfold exists_in. destruct (Pos.eq_dec l k) as [->|N].
  - rewrite PM.grs. split; [discriminate|tauto].
  - rewrite PM.gro by exact N. tauto.
Qed.

Lemma exists_empty : forall {X} l, exists_in (PM.empty X) l = false.
Proof. intros. unfold exists_in. rewrite PM.gempty. reflexivity. Qed.

Lemma set_of_from : forall l s o,
  exists_in (fold_left (fun s o => PM.add o tt s) l s) o = true <-> In o l \/ exists_in s o = true.
Proof.
  induction l as [|x l IH]; intros s o; cbn; [tauto|]. rewrite IH, exists_add. split; intuition congruence.
Qed.

Lemma set_of_in : forall l o, exists_in (set_of l) o = true <-> In o l.
Proof. intros. unfold set_of. rewrite set_of_from, exists_empty. split; [intros [?|?]; [auto|discriminate]|auto]. Qed.

Lemma ascending_above : forall l x y, ascending (x :: l) = true -> In y l -> (x < y)%positive.
Proof.
  induction l as [|z l IH]; intros x y A I; [destruct I|].
  cbn [ascending] in A. apply andb_true_iff in A as [L A]. apply Pos.ltb_lt in L.
  destruct I as [->|I]; [exact L|]. specialize (IH z y A I). lia.
Qed.

Lemma ascending_distinct : forall l, ascending l = true -> NoDup l.
Proof.
  induction l as [|x l IH]; intro A; [constructor|]. constructor.
  - intro I. pose proof (ascending_above _ _ _ A I). lia.
  - apply IH. destruct l as [|y l]; [reflexivity|]. cbn [ascending] in A. apply andb_true_iff in A as [_ A]. exact A.
Qed.

(** As many distinct members as the set has are all of its members. *)
Lemma all_members : forall (s : set) l, NoDup l -> length l = PM.cardinal s -> forallb (exists_in s) l = true ->
  forall o, exists_in s o = true <-> In o l.
Proof.
  intros s l D E M o. split; [|intro I; exact (forallb_in _ _ _ M I)].
  intro H. apply exists_find in H as [x H].
  assert (I : In o (map fst (PM.elements s))).
  { apply in_map_iff. exists (o, x). split; [reflexivity|]. apply PM.elements_correct. exact H. }
  revert I. apply (NoDup_length_incl D).
  - rewrite map_length, <- PM.cardinal_1, E. lia.
  - intros y Y. pose proof (forallb_in _ _ _ M Y) as F. apply exists_find in F as [u F].
    apply in_map_iff. exists (y, u). split; [reflexivity|]. apply PM.elements_correct. exact F.
Qed.

Section Sane.
Variable CP : cprogram.
Notation P := (program_of CP).

(** ** Values of operands *)

(** The registers have values of their classes, that name only functions whose address the program takes. *)
Definition typed (G : cfunction) (F : frame) : Prop :=
  forall r t, PM.find r (cregisters G) = Some t ->
  class_of_value (registers F r) = class_of t /\ taken_here CP (registers F r).

Lemma eval_class : forall G F a c, typed G F -> operand_class CP G a = Some c -> class_of_value (eval F a) = c.
Proof.
  intros G F a c T H. destruct a; cbn in H |- *;
    repeat match goal with H : (if ?b then _ else _) = Some _ |- _ => destruct b; [|discriminate] end;
    try (inversion H; subst; reflexivity).
  - unfold register_class in H. destruct (PM.find r (cregisters G)) as [t|] eqn:E; [|discriminate].
    inversion H; subst. apply (T _ _ E).
  - inversion H; subst. destruct (automatic F o); reflexivity.
Qed.

Lemma eval_taken : forall G F a c, typed G F -> operand_class CP G a = Some c -> taken_operand CP a = true ->
  taken_here CP (eval F a).
Proof.
  intros G F a c T H K. destruct a; cbn in H, K |- *; auto.
  - unfold register_class in H. destruct (PM.find r (cregisters G)) as [t|] eqn:E; [|discriminate]. apply (T _ _ E).
  - destruct (automatic F o); exact I.
Qed.

Lemma is_class : forall G a c, is CP G a c = true -> operand_class CP G a = Some c.
Proof. intros. apply has_class_eq. assumption. Qed.

Lemma set_register_typed : forall G F r c v,
  typed G F -> Checker.gives G r c = true -> class_of_value v = c -> taken_here CP v -> typed G (set_register F r v).
Proof.
  intros G F r c v T H V K r' t E. cbn. destruct (Pos.eqb r' r) eqn:R; [|exact (T _ _ E)].
  apply Pos.eqb_eq in R. subst r'. apply andb_true_iff in H as [H _]. apply has_class_eq in H.
  unfold register_class in H. rewrite E in H. inversion H. subst. auto.
Qed.

(** Arguments of calls have values. *)
Lemma arguments_have_class : forall G l p more a,
  arguments_match CP G l p more = true -> In a l -> exists c, operand_class CP G a = Some c.
Proof.
  intros G. induction l as [|x l IH]; intros p more a H I; [destruct I|].
  destruct p as [|(r, t) p]; cbn in H; repeat (apply andb_true_iff in H as [H ?]).
  - destruct I as [->|I]; [|eauto]. destruct (operand_class CP G a); [eauto|discriminate].
  - destruct I as [->|I]; [exists (class_of t); apply is_class; exact H|eauto].
Qed.

(** ** The program's parts *)

Hypothesis formed : well_formed CP = true.

Lemma formed_function : forall f G, PM.find f (cfunctions CP) = Some G -> well_formed_function CP f G = true.
Proof.
  intros f G E. pose proof formed as H. unfold well_formed in H.
  apply andb_true_iff in H as [H _]. apply andb_true_iff in H as [_ H].
  exact (forallb_elements _ _ _ _ H E).
Qed.

Lemma formed_block : forall f G b B, PM.find f (cfunctions CP) = Some G -> PM.find b (cblocks G) = Some B ->
  well_formed_block CP f G b B = true.
Proof.
  intros f G b B E EB. pose proof (formed_function _ _ E) as H. unfold well_formed_function in H.
  apply andb_true_iff in H as [_ H]. exact (forallb_elements _ _ _ _ H EB).
Qed.

Lemma block_takes : forall f G b B, PM.find f (cfunctions CP) = Some G -> PM.find b (cblocks G) = Some B ->
  taken_block CP B = true.
Proof.
  intros f G b B E EB. pose proof formed as H. unfold well_formed in H.
  apply andb_true_iff in H as [H _]. apply andb_true_iff in H as [H _]. apply andb_true_iff in H as [H _].
  pose proof (forallb_elements _ _ _ _ H E) as K. exact (forallb_elements _ _ _ _ K EB).
Qed.

Lemma cell_formed : forall o d c, PM.find o (cstatics CP) = Some d -> In c (initial_cells d) ->
  well_formed_cell CP c = true.
Proof.
  intros o d c E I. pose proof formed as H. unfold well_formed in H.
  apply andb_true_iff in H as [H _]. apply andb_true_iff in H as [H _]. apply andb_true_iff in H as [_ H].
  pose proof (forallb_elements _ _ _ _ H E) as K. apply andb_true_iff in K as [K _]. exact (forallb_in _ _ _ K I).
Qed.

Lemma first_block_empty : forall f G B, PM.find f (cfunctions CP) = Some G -> PM.find 1%positive (cblocks G) = Some B ->
  live B = [].
Proof.
  intros f G B E EB. pose proof (formed_block _ _ _ _ E EB) as H. unfold well_formed_block in H.
  repeat (apply andb_true_iff in H as [H ?]).
  match goal with H : negb (Pos.eqb 1 1) || _ = true |- _ => cbn in H end.
  destruct (live B); [reflexivity|discriminate].
Qed.

(** ** Where a frame stands *)

(** What [in_code] says. *)
Definition stands (F : frame) : Prop :=
  exists G c s s',
    PM.find (running F) (cfunctions CP) = Some G /\ rest F = map snd c /\
    forallb (fun i => proper_type (type_of (snd (snd i))) && well_shaped CP (running F) G (snd (snd i))) c = true /\
    well_ended CP G (end_ F) = true /\ live_through c s = Some s' /\
    forallb (names_live s') (operand_of_end (end_ F)) = true /\ forallb (may_go G s') (targets_of (end_ F)) = true /\
    (forall o, exists_in s o = true <-> automatic F o <> None) /\
    forallb (fun i => forallb (taken_operand CP) (operands_of (snd (snd i)))) c = true /\
    forallb (taken_operand CP) (operand_of_end (end_ F)) = true.

Lemma stands_at_block : forall F f G b B,
  PM.find f (cfunctions CP) = Some G -> PM.find b (cblocks G) = Some B ->
  running F = f -> rest F = code (block_of B) -> end_ F = last (block_of B) ->
  (forall o, In o (live B) <-> automatic F o <> None) -> stands F.
Proof.
  intros F f G b B E EB R C L A. pose proof (formed_block _ _ _ _ E EB) as H. unfold well_formed_block in H.
  pose proof (block_takes _ _ _ _ E EB) as K. unfold taken_block in K. apply andb_true_iff in K as [K1 K2].
  destruct (live_through (ccode B) (set_of (live B))) as [s'|] eqn:T;
    [|apply andb_true_iff in H as [_ H]; discriminate].
  repeat match goal with H : (_ && _)%bool = true |- _ => apply andb_true_iff in H as [? ?] end.
  exists G, (ccode B), (set_of (live B)), s'. rewrite R, C, L.
  repeat match goal with |- _ /\ _ => split end; auto.
  intro o. rewrite set_of_in. apply A.
Qed.

(** A jump leads to a block in which the same objects are alive. *)
Lemma may_go_live : forall f G b B s, PM.find f (cfunctions CP) = Some G -> PM.find b (cblocks G) = Some B ->
  may_go G s b = true -> forall o, exists_in s o = true <-> In o (live B).
Proof.
  intros f G b B s E EB H. pose proof (formed_block _ _ _ _ E EB) as W. unfold well_formed_block in W.
  unfold may_go in H. rewrite EB in H. apply andb_true_iff in H as [_ H]. apply andb_true_iff in H as [N M].
  repeat (apply andb_true_iff in W as [W ?]).
  apply all_members; [apply ascending_distinct; assumption|apply Nat.eqb_eq; exact N|exact M].
Qed.

Lemma leads_target : forall F t b, leads F t b -> In b (targets_of t).
Proof.
  intros F t b H. inversion H; subst; cbn.
  - auto.
  - destruct (integer F a =? 0); auto.
  - unfold holds_value. destruct (find _ cases) as [[[l u] b]|] eqn:E; [|auto]. right.
    apply find_some in E as [I _]. exact (in_map snd _ _ I).
  - eapply nth_error_In. eassumption.
Qed.

Lemma stands_behind_jump : forall F G B b,
  stands F -> rest F = [] -> leads F (end_ F) b -> PM.find (running F) (cfunctions CP) = Some G ->
  PM.find b (cblocks G) = Some B -> stands (at_block F (block_of B)).
Proof.
  intros F G B b (G' & c & s & s' & E' & C & _ & _ & T & _ & M & A & _) R L E EB.
  rewrite E in E'. inversion E'; subst G'. rewrite R in C. destruct c; [|discriminate].
  cbn in T. inversion T; subst s'.
  pose proof (may_go_live _ _ _ _ _ E EB (forallb_in _ _ _ M (leads_target _ _ _ L))) as K.
  eapply stands_at_block with (f := running F); try eassumption; try reflexivity.
  intro o. rewrite <- K. apply A.
Qed.

(** ** The beginning of a function *)

(** Of the new frame's registers only the parameters are not made up by the environment. *)
Lemma begins_sane : forall f arguments F m,
  begins P f arguments F -> (forall v, In v arguments -> taken_here CP v) -> sane_frame CP m F.
Proof.
  intros f arguments F m (G & b & EG & Eb & R & C & _ & L & A & Pa & Cl & T) V.
  cbn [program_of functions_of] in EG. destruct (PM.find f (cfunctions CP)) as [G'|] eqn:E; [|discriminate].
  cbn [option_map] in EG. inversion EG; subst G. clear EG.
  cbn [function_of blocks_of first_block registers_of parameters_of] in Eb, Pa, Cl, T.
  destruct (PM.find 1%positive (cblocks G')) as [B|] eqn:EB; [|discriminate].
  cbn [option_map] in Eb. inversion Eb; subst b. clear Eb.
  constructor.
  - eapply stands_at_block; try eassumption. intro o. rewrite A.
    rewrite (first_block_empty _ _ _ E EB). cbn. tauto.
  - intros H r t EH Er. rewrite R, E in EH. inversion EH; subst H. symmetry. exact (Cl _ _ Er).
  - intros o n H. rewrite (A o) in H. discriminate H.
  - intros o o' n H. rewrite (A o) in H. discriminate H.
  - intros H r t EH Er. rewrite R, E in EH. inversion EH; subst H.
    destruct (in_dec Pos.eq_dec r (map fst (cparameters G'))) as [I|I]; [|exact (T _ _ Er I)].
    apply in_map_iff in I as ((r', t') & <- & I). apply In_nth_error in I as [k I].
    apply V. eapply nth_error_In. apply (Pa _ _ _ I).
Qed.

Lemma begins_without_objects : forall f arguments F, begins P f arguments F -> forall o, automatic F o = None.
Proof. intros f arguments F (G & b & _ & _ & _ & _ & _ & _ & A & _). exact A. Qed.

Lemma begins_running : forall f arguments F, begins P f arguments F -> running F = f.
Proof. intros f arguments F (G & b & _ & _ & R & _). exact R. Qed.

End Sane.
