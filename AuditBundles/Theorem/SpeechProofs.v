(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What a symbolic state says while the world changes under it

    [speaks] is [here] without the activation, and with memory facts only of some tags: between the steps of a rule the
    others may say what is no longer true. *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs RenameProofs.
Import ListNotations.
Open Scope Z_scope.

Section Speech.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable X : context.

Record half_holds (w : world) (of : id -> Prop) (v : valuation) (g : state) : Prop := {
  half_numbers : numbers_hold A (integers v) g;
  half_truths : forall s d l, PM.find s (definitions g) = Some (d, l) ->
    (integers v s = 0 \/ integers v s = 1) /\ (Holds l -> stands_for v d (integers v s));
  half_targets : forall s e l, PM.find s (targets g) = Some (e, l) -> Holds l ->
    in_targets C (heap w) (tagging w) e (bases v s) (integers v (own_offset g s));
  half_ranges : forall s r l, PM.find s (ranges g) = Some (r, l) -> Holds l -> in_range_of r (floats v s);
  half_facts : facts_hold A P C (heap w) (tagging w) v of g;
  half_contents : contents_hold A C (heap w) (tagging w) v of g;
  half_sizes : sizes_known A C (heap w) (tagging w) v g;
  half_values : values_known C (heap w) (tagging w) v g }.

Record speaks (F : frame) (w : world) (v0 : valuation) (of : id -> Prop) (g : state) : Prop := {
  sp_held : forall v, agrees g v v0 -> half_holds w of v g;
  sp_denoted : forall r t, PM.find r (cregisters (the_body X)) = Some t ->
    denotes C (heap w) (tagging w) v0 g (symbolic_register g r t) (registers F r);
  sp_assigned : forall r s, PM.find r (assigned g) = Some s -> exists t, PM.find r (cregisters (the_body X)) = Some t;
  sp_tables : consistent g;
  sp_beyond : (cregister_count (the_body X) <= next_integer g)%positive /\
              (cregister_count (the_body X) <= next_base g)%positive /\
              (cregister_count (the_body X) <= next_float g)%positive }.

Definition every (t : id) : Prop := True.
Definition but (t : id) (of : id -> Prop) (u : id) : Prop := of u /\ u <> t.

Section Activation.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

Lemma here_speaks : forall F w v0 g, here F w v0 g -> speaks F w v0 every g.
Proof.
  intros F w v0 g [H D EX T B ACT]. split; auto. intros v AG. destruct (H v AG) as [N TR S R M K SZ VX].
  split; auto. intros n f Q _ L. eauto. intros t c I _ L. eauto.
Qed.

Lemma speaks_here : forall F w v0 g, speaks F w v0 every g -> activation A CP C X w0 entry F w -> here F w v0 g.
Proof.
  intros F w v0 g [H D EX T B] ACT. split; auto. intros v AG. destruct (H v AG) as [N TR S R M K SZ VX].
  split; auto; intros; [eapply M|eapply K]; unfold every; eauto.
Qed.
End Activation.

Lemma speaks_less : forall F w v0 (of of' : id -> Prop) g, (forall t, of' t -> of t) -> speaks F w v0 of g ->
  speaks F w v0 of' g.
Proof.
  intros F w v0 of of' g L [H D EX T B]. split; auto. intros v AG. destruct (H v AG) as [N TR S R M K SZ VX].
  split; auto; red; intros; [eapply M|eapply K]; eauto.
Qed.

(** Another frame with the same registers. *)
Lemma speaks_frame : forall F G w v0 of g, (forall r, registers G r = registers F r) -> speaks F w v0 of g ->
  speaks G w v0 of g.
Proof. intros F G w v0 of g E [H D EX T B]. split; auto. intros r t Q. rewrite E. auto. Qed.

(** ** Steps in which only memory changes *)

Lemma agrees_memory : forall g h v w, memory_step g h -> agrees h v w <-> agrees g v w.
Proof.
  intros g h v w M. split; intros [I B F];
    (split; [rewrite ?(ms_integers _ _ M) in *|intros s L; apply B|intros s L; apply F]);
    rewrite ?(ms_bases _ _ M), ?(ms_floats _ _ M) in *; auto.
Qed.

Lemma own_offset_memory : forall g h s, memory_step g h -> own_offset h s = own_offset g s.
Proof. intros g h s M. unfold own_offset. rewrite (ms_offsets _ _ M). reflexivity. Qed.

Lemma symbolic_memory : forall g h r t, memory_step g h -> symbolic_register h r t = symbolic_register g r t.
Proof. intros g h r t M. unfold symbolic_register. rewrite (ms_assigned _ _ M). reflexivity. Qed.

Lemma denotes_memory : forall m t v0 g h s x, memory_step g h -> denotes C m t v0 g s x <-> denotes C m t v0 h s x.
Proof. intros m t v0 g h s x M.
  split; intros D v AG; apply D; [apply (agrees_memory _ _ _ _ M)|apply (agrees_memory _ _ _ _ M)]; auto. Qed.

Lemma speaks_memory : forall F w v0 of of' g h, memory_step g h -> consistent h -> speaks F w v0 of g ->
  (forall v, agrees g v v0 -> facts_hold A P C (heap w) (tagging w) v of' h) ->
  (forall v, agrees g v v0 -> contents_hold A C (heap w) (tagging w) v of' h) ->
  (forall v, agrees g v v0 -> values_known C (heap w) (tagging w) v h) -> speaks F w v0 of' h.
Proof.
  intros F w v0 of of' g h M T' [H D EX T B] FH CH VK. split.
  - intros v AG. apply (agrees_memory _ _ _ _ M) in AG. destruct (H v AG) as [N TR S R _ _ SZ VX]. split; auto.
    + eapply numbers_same; [..|exact N]; apply M.
    + rewrite (ms_definitions _ _ M). exact TR.
    + rewrite (ms_targets _ _ M). intros s e l Q L. rewrite (own_offset_memory _ _ _ M). eauto.
    + rewrite (ms_ranges _ _ M). exact R.
    + unfold sizes_known. rewrite (ms_sizes _ _ M). exact SZ.
  - intros r t Q. rewrite (symbolic_memory _ _ _ _ M). apply (denotes_memory _ _ _ _ _ _ _ M). auto.
  - rewrite (ms_assigned _ _ M). exact EX.
  - exact T'.
  - rewrite (ms_integers _ _ M), (ms_bases _ _ M), (ms_floats _ _ M). exact B.
Qed.

Lemma speaks_weaker : forall F w v0 of g h, weaker A P C g h -> speaks F w v0 of g -> speaks F w v0 of h.
Proof.
  intros F w v0 of g h W S. pose proof (sp_tables _ _ _ _ _ S) as T. apply (speaks_memory F w v0 of of g).
  - apply W.
  - apply (wk_consistent _ _ _ _ _ W). exact T.
  - exact S.
  - intros v AG. eapply weaker_facts; eauto. apply (half_facts _ _ _ _ (sp_held _ _ _ _ _ S v AG)).
  - intros v AG. eapply weaker_contents; eauto. apply (half_contents _ _ _ _ (sp_held _ _ _ _ _ S v AG)).
  - intros v AG. eapply weaker_values; eauto. apply (half_values _ _ _ _ (sp_held _ _ _ _ _ S v AG)).
Qed.

(** Some of the facts and contents are left, those of other tags. *)
Lemma speaks_subset : forall F w v0 (of of' : id -> Prop) g h, memory_step g h -> consistent h -> log h = log g ->
  (forall n f, PM.find n (facts h) = Some f -> PM.find n (facts g) = Some f /\
    (of' (fact_tag (fst f)) -> of (fact_tag (fst f)))) ->
  (forall t c, In c (contents_of h t) -> In c (contents_of g t) /\ (of' t -> of t)) ->
  speaks F w v0 of g -> speaks F w v0 of' h.
Proof.
  intros F w v0 of of' g h M T' LG SF SC S. apply (speaks_memory F w v0 of of' g); auto.
  - intros v AG n f Q O L. destruct (SF n f Q) as [Q' I]. unfold label_of_fact in L. rewrite LG in L.
    exact (half_facts _ _ _ _ (sp_held _ _ _ _ _ S v AG) n f Q' (I O) L).
  - intros v AG t c I O L. destruct (SC t c I) as [I' J]. unfold label_of_content in L. rewrite LG in L.
    exact (half_contents _ _ _ _ (sp_held _ _ _ _ _ S v AG) t c I' (J O) L).
  - intros v AG t c I. exact (half_values _ _ _ _ (sp_held _ _ _ _ _ S v AG) t c (proj1 (SC t c I))).
Qed.

Lemma log_fold_remove : forall l g, log (fold_left remove_fact l g) = log g.
Proof. induction l as [|n l IH]; intro g; cbn; auto. rewrite IH. apply same_remove_fact. Qed.
Lemma log_remove_all : forall g t, log (remove_all g t) = log g.
Proof. intros. unfold remove_all. rewrite log_fold_remove. apply same_keep_contents. Qed.

Lemma speaks_remove_all : forall F w v0 of g t, speaks F w v0 (but t of) g -> speaks F w v0 of (remove_all g t).
Proof.
  intros F w v0 of g t S. pose proof (sp_tables _ _ _ _ _ S) as T.
  pose proof (weaker_remove_all A P C g t) as W.
  apply (speaks_subset F w v0 (but t of) of g); auto using log_remove_all.
  - apply W.
  - apply (wk_consistent _ _ _ _ _ W). exact T.
  - intros n f Q. destruct (find_remove_all _ _ _ _ T Q) as [N Q']. unfold but. auto.
  - intros u c I. destruct (in_remove_all _ _ _ _ I) as [N I']. unfold but. auto.
Qed.

Lemma speaks_add_fact : forall F w v0 (of : id -> Prop) g f, proper_about (fact_about f) ->
  (forall v, agrees g v v0 -> of (fact_tag f) -> Holds (fact_label f) ->
   fact_holds P C (heap w) (tagging w) v f) ->
  speaks F w v0 of g -> speaks F w v0 of (add_fact g f).
Proof.
  intros F w v0 of g f PR FH S. pose proof (sp_tables _ _ _ _ _ S) as T. apply (speaks_memory F w v0 of of g); auto.
  - apply memory_add_fact.
  - apply consistent_add_fact; auto.
  - intros v AG n x Q O L. apply find_add_fact in Q as [->|Q].
    + apply FH; auto. apply (union_holds A) in L. apply L.
    + exact (half_facts _ _ _ _ (sp_held _ _ _ _ _ S v AG) n x Q O L).
  - intros v AG. exact (half_contents _ _ _ _ (sp_held _ _ _ _ _ S v AG)).
  - intros v AG. exact (half_values _ _ _ _ (sp_held _ _ _ _ _ S v AG)).
Qed.

(** Facts that hold if the label does get it. *)
Lemma speaks_label_memory : forall F w v0 (of : id -> Prop) g l,
  speaks F w v0 (fun _ => False) g -> (Holds l -> speaks F w v0 of g) -> speaks F w v0 of (label_memory g l).
Proof.
  intros F w v0 of g l S SL. pose proof (sp_tables _ _ _ _ _ S) as T.
  apply (speaks_memory F w v0 (fun _ => False) of g); auto using memory_label_memory, consistent_label_memory.
  - intros v AG. apply label_memory_holds; auto. intro L. apply (half_facts _ _ _ _ (sp_held _ _ _ _ _ (SL L) v AG)).
  - intros v AG. apply label_memory_holds_contents; auto. intro L.
    apply (half_contents _ _ _ _ (sp_held _ _ _ _ _ (SL L) v AG)).
  - intros v AG t c I. destruct (label_memory_content A _ _ _ _ T I) as [I' _].
    exact (half_values _ _ _ _ (sp_held _ _ _ _ _ S v AG) t c I').
Qed.

(** Some sizes are known no more. *)
Lemma speaks_fewer_sizes : forall F w v0 (of : id -> Prop) g z,
  (forall t s, PM.find t z = Some s -> PM.find t (sizes g) = Some s) -> speaks F w v0 of g ->
  speaks F w v0 of (with_sizes g z).
Proof.
  intros F w v0 of g z LESS [H D EX T B].
  assert (SS : same_symbols g (with_sizes g z)) by (repeat split). split; auto.
  - intros v AG. apply (agrees_same _ _ _ _ SS) in AG. destruct (H v AG) as [N TR S R M K SZ VX].
    split; auto; [eapply numbers_same; [..|exact N]; reflexivity|].
    intros u s Q. exact (SZ u s (LESS u s Q)).
  - intros r u Q. apply (denotes_same _ _ _ _ _ _ _ _ SS). exact (D r u Q).
  - destruct T. split; auto.
Qed.

Lemma speaks_remove_size : forall F w v0 (of : id -> Prop) g t, speaks F w v0 of g ->
  speaks F w v0 of (remove_size g t).
Proof. intros. apply speaks_fewer_sizes; auto. intros u s Q. apply find_remove in Q. apply Q. Qed.

Lemma speaks_set_size : forall F w v0 (of : id -> Prop) g t f l, speaks F w v0 of g ->
  (forall v, agrees g v v0 -> Holds l -> size_holds C (heap w) (tagging w) v t f) ->
  speaks F w v0 of (set_size g t f l).
Proof.
  intros F w v0 of g t f l [H D EX T B] SH.
  assert (SS : same_symbols g (set_size g t f l)) by (repeat split). split; auto.
  - intros v AG. apply (agrees_same _ _ _ _ SS) in AG. destruct (H v AG) as [N TR S R M K SZ VX].
    split; auto; [eapply numbers_same; [..|exact N]; reflexivity|].
    intros u s Q L. cbn in Q. apply find_add in Q as [[-> ->]|Q]; [exact (SH v AG L)|exact (SZ u s Q L)].
  - intros r u Q. apply (denotes_same _ _ _ _ _ _ _ _ SS). exact (D r u Q).
  - destruct T. split; auto.
Qed.

(** ** Another world, and the names in it *)

Section Moved.
Variables w w' : world.

(** What facts say of the object, they still say; of its lifetime only that it did not begin. *)
Definition still (o o' : object) : Prop :=
  initialised o' = initialised o /\ cell o' = cell o /\ size o' = size o /\ (alive o' = true -> alive o = true).

Lemma still_refl : forall o, still o o.
Proof. repeat split; auto. Qed.

Variable re : list entry -> list entry.
Hypothesis RE : forall l b o, in_targets C (heap w) (tagging w) l b o -> in_targets C (heap w') (tagging w') (re l) b o.
Hypothesis PROPER : forall l, Forall proper_entry l -> Forall proper_entry (re l).

Definition re_about (a : about) : about :=
  match a with
  | Cells first count stride t u (PPointer (Some l)) => Cells first count stride t u (PPointer (Some (re l)))
  | _ => a
  end.

Lemma re_proper : forall a, proper_about a -> proper_about (re_about a).
Proof.
  intros a H. destruct a as [first count stride t u [b m r|[l|]|r]|from to|from to v| |b| |from to| |]; auto.
  cbn in *. decompose [and] H. repeat split; auto.
Qed.

Lemma re_satisfies : forall q t v, satisfies_predicate C (heap w) (tagging w) q t v ->
  satisfies_predicate C (heap w') (tagging w') (match q with PPointer (Some l) => PPointer (Some (re l))
    | _ => q end) t v.
Proof. intros [b m r|[l|]|r] t v H; auto. cbn in *. destruct t, v; auto. Qed.

Lemma re_says : forall z o o' a, still o o' -> (a = Alive -> alive o' = alive o) ->
  says P C (heap w) (tagging w) z o a -> says P C (heap w') (tagging w') z o' (re_about a).
Proof.
  intros z o o' a (EI & EC & ES & EA) AL H.
  destruct a as [first count stride t u q|from to|from to v| |b| |from to| |];
    cbn in *; rewrite ?EI, ?ES; auto.
  - assert (G : forall k, 0 <= k < count -> let p := first + k * stride in
      wholly_initialised o' p (width t) /\
      cell_satisfies P C (heap w') (tagging w') o' p t (match q with PPointer (Some l) => PPointer (Some (re l))
        | _ => q end) \/
      u = true /\ ~ wholly_initialised o' p (width t)).
    { intros k K. specialize (H k K). cbn in *. unfold wholly_initialised in *. rewrite EI.
      destruct H as [[WI CS]|H]; [left|right; exact H].
      split; auto. unfold cell_satisfies in *. rewrite EC.
      destruct (cell o (first + k * stride) (width t) (class_of t)).
      - apply re_satisfies. exact CS.
      - intros v OT. apply re_satisfies. auto. }
    destruct q as [b m r|[l|]|r]; exact G.
  - rewrite EC. exact H.
  - rewrite AL; auto.
Qed.

(** The facts of a tag, whose objects had another in the old world, or are new and as the facts say. *)
Lemma re_about_holds : forall z t t' a,
  (forall n o', tag_is C (tagging w') t' n -> heap w' n = Some o' ->
     (exists o, tag_is C (tagging w) t n /\ heap w n = Some o /\ still o o' /\ (a = Alive -> alive o' = alive o)) \/
     says P C (heap w') (tagging w') z o' (re_about a)) ->
  about_holds P C (heap w) (tagging w) z t a -> about_holds P C (heap w') (tagging w') z t' (re_about a).
Proof.
  intros z t t' a OB H n o' T' E'. destruct (OB n o' T' E') as [(o & T & E & ST & AL)|NW]; [|destruct (re_about a);
    auto].
  specialize (H n o T E).
  pose proof (re_says z o o' a ST AL) as RS. pose proof ST as (_ & _ & _ & EA).
  destruct a as [first count stride t0 u [b m r|[l|]|r]|from to|from to v| |b| |from to| |];
    cbn [re_about] in *; try (intro AO; apply RS; apply H; auto; fail); apply RS; exact H.
Qed.

Variable fv : svalue -> svalue.
Hypothesis VALUES : forall v s x, is_symbolic C (heap w) (tagging w) v s x ->
  is_symbolic C (heap w') (tagging w') v (fv s) x.

(** The state with other targets and values. *)
Record renewed (g h : state) : Prop := {
  rn_integers : next_integer h = next_integer g;
  rn_bases : next_base h = next_base g;
  rn_floats : next_float h = next_float g;
  rn_linear : linear h = linear g;
  rn_congruences : congruences h = congruences g;
  rn_exclusions : exclusions h = exclusions g;
  rn_definitions : definitions h = definitions g;
  rn_offsets : own_offsets h = own_offsets g;
  rn_ranges : ranges h = ranges g;
  rn_sizes : sizes h = sizes g;
  rn_assigned : forall r, PM.find r (assigned h) = option_map fv (PM.find r (assigned g));
  rn_targets : forall s e l, PM.find s (targets h) = Some (e, l) ->
    exists e0 l0, PM.find s (targets g) = Some (e0, l0) /\ e = re e0 /\ (Holds l -> Holds l0);
  rn_facts : forall n f, PM.find n (facts h) = Some f ->
    exists f0, PM.find n (facts g) = Some f0 /\ fact_tag (fst f) = fact_tag (fst f0) /\
               fact_about (fst f) = re_about (fact_about (fst f0)) /\ (Holds (label_of_fact h f) ->
                 Holds (label_of_fact g f0));
  rn_contents : forall t c, In c (contents_of h t) ->
    exists c0, In c0 (contents_of g t) /\ position_of c = position_of c0 /\ content_type c = content_type c0 /\
               content_value c = fv (content_value c0) /\ (Holds (label_of_content h c) ->
                 Holds (label_of_content g c0));
  rn_consistent : consistent g -> consistent h }.

(** Values of registers that were not assigned are symbols. *)
Hypothesis SYMBOLS : forall s, (match s with SPointer (BTag _) _ => False | _ => True end) -> fv s = s.

(** Where the tables are the same but for what is in them. *)
Lemma renewed_tables : forall g h,
  next_integer h = next_integer g -> next_base h = next_base g -> next_float h = next_float g ->
  linear h = linear g -> congruences h = congruences g -> exclusions h = exclusions g ->
  definitions h = definitions g -> own_offsets h = own_offsets g -> ranges h = ranges g -> sizes h = sizes g ->
  clock h = clock g -> log h = log g -> facts_of_tag h = facts_of_tag g ->
  (forall r, PM.find r (assigned h) = option_map fv (PM.find r (assigned g))) ->
  (forall s e l, PM.find s (targets h) = Some (e, l) ->
    exists e0 l0, PM.find s (targets g) = Some (e0, l0) /\ e = re e0 /\ (Holds l -> Holds l0)) ->
  (forall n f, PM.find n (facts h) = Some f ->
    exists f0, PM.find n (facts g) = Some f0 /\ snd f = snd f0 /\ fact_tag (fst f) = fact_tag (fst f0) /\
               fact_about (fst f) = re_about (fact_about (fst f0)) /\ (Holds (fact_label (fst f)) ->
                 Holds (fact_label (fst f0)))) ->
  (forall t c, In c (contents_of h t) ->
    exists c0, In c0 (contents_of g t) /\ position_of c = position_of c0 /\ content_type c = content_type c0 /\
               content_value c = fv (content_value c0) /\ content_label c = content_label c0 /\
                 content_time c = content_time c0) ->
  renewed g h.
Proof.
  intros g h NI NB NF LI CG EX DF OO RG ZE CK LG IX AS TG FA CO. split; auto.
  - intros n f F. destruct (FA n f F) as (f0 & F0 & TM & TT & AB & LL). exists f0. split; [auto|]. split; [auto|].
    split; [auto|].
    unfold label_of_fact. intro L. apply (union_holds A) in L as [L1 L2]. apply (union_holds A).
    rewrite LG, TM in L2. auto.
  - intros t c I. destruct (CO t c I) as (c0 & I0 & EP & EY & EV & EL & TM). exists c0. split; [auto|]. split; [auto|].
    split; [auto|].
    split; [auto|]. unfold label_of_content. rewrite EL, TM, LG. auto.
  - intros [I FT CT L FP CP' TP TS RP NB' OS].
    split; rewrite ?CK, ?LG, ?IX, ?RG, ?NB, ?NI, ?OO; auto.
    + intros n f F. destruct (FA n f F) as (f0 & F0 & _ & TT & _). rewrite TT. eauto.
    + intros n f F. destruct (FA n f F) as (f0 & F0 & TM & _). rewrite TM. eauto.
    + intros t c IN. destruct (CO t c IN) as (c0 & I0 & _ & _ & _ & _ & TM). rewrite TM. eauto.
    + intros n f F. destruct (FA n f F) as (f0 & F0 & _ & _ & AB & _). rewrite AB. apply re_proper. eauto.
    + intros t c IN. destruct (CO t c IN) as (c0 & I0 & _ & TY & _). rewrite TY. eauto.
    + intros s e l Q. destruct (TG s e l Q) as (e0 & l0 & Q0 & -> & _). eauto.
    + intros s [e l] Q. destruct (TG s e l Q) as (e0 & l0 & Q0 & _). eauto.
Qed.

Lemma symbolic_renewed : forall g h r t, renewed g h -> symbolic_register h r t = fv (symbolic_register g r t).
Proof.
  intros g h r t RN. unfold symbolic_register. rewrite (rn_assigned _ _ RN).
  destruct (PM.find r (assigned g)); cbn; auto.
  symmetry. apply SYMBOLS. destruct t; exact I.
Qed.

Lemma agrees_renewed : forall g h v v0, renewed g h -> agrees h v v0 -> agrees g v v0.
Proof.
  intros g h v v0 RN [I BS FL]. rewrite (rn_integers _ _ RN) in I. rewrite (rn_bases _ _ RN) in BS.
  rewrite (rn_floats _ _ RN) in FL. split; auto.
Qed.

Definition alive_known (g : state) (t : id) : Prop :=
  exists n f, PM.find n (facts g) = Some f /\ fact_tag (fst f) = t /\ fact_about (fst f) = Alive /\
    Holds (label_of_fact g f).

(** Objects whose sizes are known are of the same size as what had the tag before. *)
Definition sizes_last (g : state) : Prop := forall t s, PM.find t (sizes g) = Some s ->
  forall n o', tag_is C (tagging w') t n -> heap w' n = Some o' ->
  exists o, tag_is C (tagging w) t n /\ heap w n = Some o /\ size o' = size o.

(** If its facts and contents hold in the new world, the state speaks of it. *)
Lemma speaks_moved : forall F v0 (of of' : id -> Prop) g h, renewed g h -> speaks F w v0 of g ->
  (forall v, agrees g v v0 -> facts_hold A P C (heap w') (tagging w') v of' h) ->
  (forall v, agrees g v v0 -> contents_hold A C (heap w') (tagging w') v of' h) -> sizes_last g ->
  speaks F w' v0 of' h.
Proof.
  intros F v0 of of' g h RN [H D EX T B] FH CH SL. split.
  - intros v AG. apply (agrees_renewed _ _ _ _ RN) in AG. destruct (H v AG) as [N TR S R M K SZ VX]. split; auto.
    + eapply numbers_same; [apply RN|apply RN|apply RN|exact N].
    + rewrite (rn_definitions _ _ RN). exact TR.
    + intros s e l Q L. destruct (rn_targets _ _ RN s e l Q) as (e0 & l0 & Q0 & -> & LL). apply RE.
      unfold own_offset. rewrite (rn_offsets _ _ RN). exact (S s e0 l0 Q0 (LL L)).
    + rewrite (rn_ranges _ _ RN). exact R.
    + intros t s Q L n o' T' E. rewrite (rn_sizes _ _ RN) in Q. destruct (SL t s Q n o' T' E) as (o & T1 & E1 & ->).
      exact (SZ t s Q L n o T1 E1).
    + intros t c IN. destruct (rn_contents _ _ RN t c IN) as (c0 & I0 & _ & _ & V & _). rewrite V.
      destruct (VX t c0 I0) as (x & SX). exists x. apply VALUES. exact SX.
  - intros r t Q v AG. apply (agrees_renewed _ _ _ _ RN) in AG. rewrite (symbolic_renewed _ _ _ _ RN). apply VALUES.
    exact (D r t Q v AG).
  - intros r s Q. rewrite (rn_assigned _ _ RN) in Q. destruct (PM.find r (assigned g)) eqn:Q0; [eauto|discriminate].
  - apply (rn_consistent _ _ RN). exact T.
  - rewrite (rn_integers _ _ RN), (rn_bases _ _ RN), (rn_floats _ _ RN). exact B.
Qed.

Lemma speaks_renewed : forall F v0 (of of' : id -> Prop) g h,
  renewed g h -> speaks F w v0 of g -> (forall t, of' t -> of t) ->
  (forall t n o', of' t -> tag_is C (tagging w') t n -> heap w' n = Some o' ->
     (exists o, tag_is C (tagging w) t n /\ heap w n = Some o /\ still o o' /\
       (alive_known g t -> alive o' = alive o)) \/
     (forall k f, PM.find k (facts g) = Some f -> fact_tag (fst f) = t ->
       forall z, says P C (heap w') (tagging w') z o' (re_about (fact_about (fst f)))) /\
     contents_of g t = []) -> sizes_last g ->
  speaks F w' v0 of' h.
Proof.
  intros F v0 of of' g h RN S LE OB SL. apply (speaks_moved F v0 of of' g h RN S); auto.
  - intros v AG n f Q O L. destruct (rn_facts _ _ RN n f Q) as (f0 & Q0 & TG & AB & LL). specialize (LL L).
    unfold fact_holds. rewrite TG, AB. rewrite TG in O. apply (re_about_holds v (fact_tag (fst f0))).
    + intros k o' T' E'. destruct (OB _ k o' O T' E') as [(o & T1 & E1 & ST & AL)|[NW _]];
        [left|right; eapply NW; eauto].
      exists o. split; [exact T1|]. split; [exact E1|]. split; [exact ST|]. intro IA. apply AL. exists n, f0. auto.
    + exact (half_facts _ _ _ _ (sp_held _ _ _ _ _ S v AG) n f0 Q0 (LE _ O) LL).
  - intros v AG t c I O L. destruct (rn_contents _ _ RN t c I) as (c0 & I0 & EP & EY & EV & LL).
    intros k o' T' E'. destruct (OB _ k o' O T' E') as [(o & T1 & E1 & (EI & EC & _) & _)|[_ NC]];
      [|rewrite NC in I0; destruct I0].
    destruct (half_contents _ _ _ _ (sp_held _ _ _ _ _ S v AG) t c0 I0 (LE _ O) (LL L) k o T1 E1) as (x & C1 & SY & WI).
    exists x.
    rewrite EP, EY, EV, EC. split; [exact C1|]. split; [apply VALUES; exact SY|]. unfold wholly_initialised in *.
    rewrite EI. exact WI.
Qed.
End Moved.

End Speech.
