(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The tables of facts and contents: what is left when single ones change

    [weaker g h]: all that [h] says of memory follows from what [g] says, whatever the world; nothing else changed. *)

From Coq Require Import ZArith NArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory NumberProofs DerivationProofs IntegerProofs.
From AICheck Require Import Concretization.
Import ListNotations.
Open Scope Z_scope.

(** ** Lists and maps *)

Lemma find_remove : forall {T} (m : PM.t T) k n y, PM.find n (PM.remove k m) = Some y -> n <> k /\ PM.find n m = Some y.
Proof.
  intros T m k n y H. destruct (Pos.eq_dec n k) as [->|N].
  - rewrite PM.grs in H. discriminate.
  - rewrite PM.gro in H; auto.
Qed.

Lemma in_reversed : forall {T} (l : list T) x, In x (rev' l) <-> In x l.
Proof. intros. unfold rev'. rewrite <- rev_alt. symmetry. apply in_rev. Qed.

(** Nothing but memory changed. *)
Record memory_step (g h : state) : Prop := {
  ms_assigned : assigned h = assigned g;
  ms_integers : next_integer h = next_integer g;
  ms_bases : next_base h = next_base g;
  ms_floats : next_float h = next_float g;
  ms_linear : linear h = linear g;
  ms_next_linear : next_linear h = next_linear g;
  ms_congruences : congruences h = congruences g;
  ms_next_congruence : next_congruence h = next_congruence g;
  ms_exclusions : exclusions h = exclusions g;
  ms_next_exclusion : next_exclusion h = next_exclusion g;
  ms_definitions : definitions h = definitions g;
  ms_offsets : own_offsets h = own_offsets g;
  ms_targets : targets h = targets g;
  ms_ranges : ranges h = ranges g;
  ms_sizes : sizes h = sizes g }.

Lemma memory_refl : forall g, memory_step g g.
Proof. intro g. split; reflexivity. Qed.
Lemma memory_trans : forall g h k, memory_step g h -> memory_step h k -> memory_step g k.
Proof. intros g h k [] []. split; congruence. Qed.

(** What does not speak of memory goes on to be consistent. *)
Lemma consistent_memory : forall g h, memory_step g h -> consistent g ->
  (forall n f, PM.find n (facts h) = Some f -> exists l, PM.find (fact_tag (fst f)) (facts_of_tag h) = Some l /\
    In n l) ->
  (forall n f, PM.find n (facts h) = Some f -> (snd f <= clock h)%N) ->
  (forall t c, In c (contents_of h t) -> (content_time c <= clock h)%N) ->
  log_descends (clock h) (log h) ->
  (forall n f, PM.find n (facts h) = Some f -> proper_about (fact_about (fst f))) ->
  (forall t c, In c (contents_of h t) -> proper_type (content_type c)) -> consistent h.
Proof.
  intros g h M T I FT CT LF FP CP.
  split; auto; rewrite ?(ms_targets _ _ M), ?(ms_ranges _ _ M), ?(ms_bases _ _ M), ?(ms_integers _ _ M),
    ?(ms_offsets _ _ M);
    apply T.
Qed.

Section Tables.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable P : program.
Variable C : certificate.

(** Whatever the world, [b] holds of a tag of which [a] does. *)
Definition follows (a b : about) : Prop := forall m tagged z t, about_holds P C m tagged z t a ->
  about_holds P C m tagged z t b.

Lemma follows_refl : forall a, follows a a.
Proof. intros a m tagged z t H. exact H. Qed.
Lemma follows_trans : forall a b c, follows a b -> follows b c -> follows a c.
Proof. intros a b c F G m tagged z t H. apply G. apply F. exact H. Qed.

(** The fact [f] of [h] is one of [g], or a part of one, whose label it carries at least. *)
Definition fact_from (g h : state) (f : memory_fact * N) : Prop :=
  exists n f', PM.find n (facts g) = Some f' /\ fact_tag (fst f) = fact_tag (fst f') /\
               follows (fact_about (fst f')) (fact_about (fst f)) /\
                 (Holds (label_of_fact h f) -> Holds (label_of_fact g f')).
Definition content_from (g h : state) (t : id) (c : content) : Prop :=
  exists c', In c' (contents_of g t) /\ position_of c = position_of c' /\ content_type c = content_type c' /\
             content_value c = content_value c' /\ (Holds (label_of_content h c) -> Holds (label_of_content g c')).

Record weaker (g h : state) : Prop := {
  wk_memory : memory_step g h;
  wk_consistent : consistent g -> consistent h;
  wk_facts : consistent g -> forall n f, PM.find n (facts h) = Some f -> fact_from g h f;
  wk_contents : consistent g -> forall t c, In c (contents_of h t) -> content_from g h t c }.

Lemma weaker_refl : forall g, weaker g g.
Proof.
  intro g. split; auto using memory_refl.
  - intros _ n f F. exists n, f. repeat split; auto using follows_refl.
  - intros _ t c I. exists c. repeat split; auto.
Qed.

Lemma weaker_trans : forall g h k, weaker g h -> weaker h k -> weaker g k.
Proof.
  intros g h k [M1 T1 F1 C1] [M2 T2 F2 C2]. split; eauto using memory_trans.
  - intros T n f F. destruct (F2 (T1 T) n f F) as (n1 & f1 & E1 & G1 & W1 & L1).
    destruct (F1 T n1 f1 E1) as (n2 & f2 & E2 & G2 & W2 & L2). exists n2, f2.
    repeat split; auto; [congruence|eauto using follows_trans].
  - intros T t c I. destruct (C2 (T1 T) t c I) as (c1 & I1 & P1 & Y1 & V1 & L1).
    destruct (C1 T t c1 I1) as (c2 & I2 & P2 & Y2 & V2 & L2). exists c2. repeat split; auto; congruence.
Qed.

(** Every fact of the tags holds in the world as far as its label does. *)
Definition facts_hold (m : memory) (tagged : ghost) (z : valuation) (of : id -> Prop) (g : state) : Prop :=
  forall n f, PM.find n (facts g) = Some f -> of (fact_tag (fst f)) -> Holds (label_of_fact g f) ->
  fact_holds P C m tagged z (fst f).
Definition contents_hold (m : memory) (tagged : ghost) (v : valuation) (of : id -> Prop) (g : state) : Prop :=
  forall t c, In c (contents_of g t) -> of t -> Holds (label_of_content g c) -> content_holds C m tagged v t c.

(** A content's value is that of something, whatever the labels say. *)
Definition values_known (m : memory) (tagged : ghost) (v : valuation) (g : state) : Prop :=
  forall t c, In c (contents_of g t) -> exists x, is_symbolic C m tagged v (content_value c) x.
Definition sizes_known (m : memory) (tagged : ghost) (v : valuation) (g : state) : Prop :=
  forall t s, PM.find t (sizes g) = Some s -> Holds (snd (fst s)) -> size_holds C m tagged v t (fst (fst s)).

Lemma weaker_values : forall g h m tagged v, weaker g h -> consistent g ->
  values_known m tagged v g -> values_known m tagged v h.
Proof.
  intros g h m tagged v W T H t c I. destruct (wk_contents _ _ W T t c I) as (c' & I' & _ & _ & V & _). rewrite V.
  exact (H t c' I').
Qed.

Lemma weaker_facts : forall g h m tagged z of, weaker g h -> consistent g ->
  facts_hold m tagged z of g -> facts_hold m tagged z of h.
Proof.
  intros g h m tagged z of W T H n f F O L. destruct (wk_facts _ _ W T n f F) as (k & f' & F' & E & FO & LO).
  unfold fact_holds. rewrite E. apply FO. apply (H k f' F'); auto. rewrite <- E. auto.
Qed.

Lemma weaker_contents : forall g h m tagged v of, weaker g h -> consistent g ->
  contents_hold m tagged v of g -> contents_hold m tagged v of h.
Proof.
  intros g h m tagged v of W T H t c I O L. destruct (wk_contents _ _ W T t c I) as (c' & I' & E & Y & V & LO).
  specialize (H t c' I' O (LO L)). unfold content_holds. rewrite E, Y, V. exact H.
Qed.

(** ** Single facts *)

Definition indexed_in (g : state) : Prop := forall n f, PM.find n (facts g) = Some f ->
  exists l, PM.find (fact_tag (fst f)) (facts_of_tag g) = Some l /\ In n l.

Lemma facts_about_all : forall g n f, consistent g -> PM.find n (facts g) = Some f ->
  In n (facts_about g (fact_tag (fst f))).
Proof.
  intros g n f T F. destruct (indexed _ T n f F) as (l & E & I). unfold facts_about. rewrite E. apply in_reversed.
  exact I.
Qed.

Lemma find_add_fact : forall g f n x, PM.find n (facts (add_fact g f)) = Some x ->
  x = (f, clock g) \/ PM.find n (facts g) = Some x.
Proof. intros g f n x H. cbn in H. apply find_add in H as [[_ ->]|H]; auto. Qed.

Lemma memory_add_fact : forall g f, memory_step g (add_fact g f).
Proof. intros. split; reflexivity. Qed.

(** Facts of any kind may be added without harm to the tables. *)
Lemma consistent_add_fact : forall g f, proper_about (fact_about f) -> consistent g -> consistent (add_fact g f).
Proof.
  intros g f PR T. apply (consistent_memory g); auto using memory_add_fact; try apply T.
  - intros n x F. cbn in F. apply find_add in F as [[-> ->]|F].
    + cbn. eexists. rewrite PM.gss. split; [reflexivity|left; reflexivity].
    + destruct (indexed _ T n x F) as (l & E & I). cbn. destruct (Pos.eq_dec (fact_tag (fst x)) (fact_tag f)) as [Q|Q].
      * rewrite Q in *. rewrite PM.gss, E. eexists. split; [reflexivity|right; exact I].
      * rewrite PM.gso by auto. eauto.
  - intros n x F. apply find_add_fact in F as [->|F]; [cbn; lia|apply (fact_times _ T n x F)].
  - intros n x F. apply find_add_fact in F as [->|F]; [exact PR|apply (facts_proper _ T n x F)].
Qed.

(** A fact that follows from one of which the new one carries the label. *)
Lemma weaker_add_fact : forall g f n f', PM.find n (facts g) = Some f' -> proper_about (fact_about f) ->
  fact_tag f = fact_tag (fst f') -> follows (fact_about (fst f')) (fact_about f) ->
  (Holds (fact_label f) -> Holds (label_of_fact g f')) -> weaker g (add_fact g f).
Proof.
  intros g f n f' F PR E W L. split; auto using memory_add_fact, consistent_add_fact.
  - intros T k x K. apply find_add_fact in K as [->|K].
    + exists n, f'. repeat split; auto. intro H. apply L. apply union_holds in H as [H _]. exact H.
    + exists k, x. repeat split; auto using follows_refl.
  - intros T t c I. exists c. repeat split; auto.
Qed.

Lemma memory_remove_fact : forall g n, memory_step g (remove_fact g n).
Proof. intros. unfold remove_fact. destruct (PM.find n (facts g)) as [[f t]|]; [split;
  reflexivity|apply memory_refl]. Qed.

Lemma find_remove_fact : forall g n k x, PM.find k (facts (remove_fact g n)) = Some x -> k <> n /\
  PM.find k (facts g) = Some x.
Proof.
  intros g n k x H. unfold remove_fact in H. destruct (PM.find n (facts g)) as [[f t]|] eqn:F.
  - cbn in H. apply find_remove in H. exact H.
  - split; auto. intros ->. congruence.
Qed.

Lemma same_remove_fact : forall g n, contents (remove_fact g n) = contents g /\ clock (remove_fact g n) = clock g /\
  log (remove_fact g n) = log g /\ next_fact (remove_fact g n) = next_fact g.
Proof. intros. unfold remove_fact. destruct (PM.find n (facts g)) as [[f t]|]; auto. Qed.

Lemma consistent_remove_fact : forall g n, consistent g -> consistent (remove_fact g n).
Proof.
  intros g n T. destruct (same_remove_fact g n) as (EC & EK & EL & _).
  apply (consistent_memory g); auto using memory_remove_fact; unfold contents_of; rewrite ?EC, ?EK, ?EL; try apply T.
  - intros k x F. destruct (find_remove_fact _ _ _ _ F) as [N F']. destruct (indexed _ T k x F') as (l & E & I).
    unfold remove_fact in *. destruct (PM.find n (facts g)) as [[f t]|] eqn:Q; eauto. cbn.
    destruct (Pos.eq_dec (fact_tag (fst x)) (fact_tag f)) as [H|H].
    + rewrite H in *. rewrite PM.gss, E. eexists. split; [reflexivity|]. apply filter_In. split; auto.
      apply negb_true_iff. apply Pos.eqb_neq. exact N.
    + rewrite PM.gso by auto. eauto.
  - intros k x F. apply find_remove_fact in F as [_ F]. apply (fact_times _ T k x F).
  - intros k x F. apply find_remove_fact in F as [_ F]. apply (facts_proper _ T k x F).
Qed.

Lemma label_remove_fact : forall g n x, label_of_fact (remove_fact g n) x = label_of_fact g x.
Proof. intros. unfold label_of_fact. destruct (same_remove_fact g n) as (_ & _ & -> & _). reflexivity. Qed.
Lemma label_content_remove_fact : forall g n c, label_of_content (remove_fact g n) c = label_of_content g c.
Proof. intros. unfold label_of_content. destruct (same_remove_fact g n) as (_ & _ & -> & _). reflexivity. Qed.
Lemma contents_remove_fact : forall g n t, contents_of (remove_fact g n) t = contents_of g t.
Proof. intros. unfold contents_of. destruct (same_remove_fact g n) as (-> & _). reflexivity. Qed.

Lemma weaker_remove_fact : forall g n, weaker g (remove_fact g n).
Proof.
  intros g n. split; auto using memory_remove_fact, consistent_remove_fact.
  - intros T k x F. apply find_remove_fact in F as [_ F]. exists k, x. rewrite label_remove_fact.
    repeat split; auto using follows_refl.
  - intros T t c I. rewrite contents_remove_fact in I. exists c. rewrite label_content_remove_fact. repeat split; auto.
Qed.

Lemma memory_change_fact : forall g n f, memory_step g (change_fact g n f).
Proof. intros. unfold change_fact. destruct (PM.find n (facts g)) as [[old t]|]; [split;
  reflexivity|apply memory_refl]. Qed.

Lemma find_change_fact : forall g n f k x, PM.find k (facts (change_fact g n f)) = Some x ->
  PM.find k (facts g) = Some x /\ (k <> n) \/
  k = n /\ exists old, PM.find n (facts g) = Some old /\ fact_tag (fst x) = fact_tag (fst old) /\ snd x = snd old /\
                       fact_about (fst x) = fact_about f /\ fact_label (fst x) = fact_label f.
Proof.
  intros g n f k x H. unfold change_fact in H. destruct (PM.find n (facts g)) as [[old t]|] eqn:F.
  - cbn in H. destruct (Pos.eq_dec k n) as [->|N].
    + rewrite PM.gss in H. injection H as <-. right. split; auto. exists (old, t). auto.
    + rewrite PM.gso in H by auto. auto.
  - left. split; auto. intros ->. congruence.
Qed.

Lemma same_change_fact : forall g n f, contents (change_fact g n f) = contents g /\
  clock (change_fact g n f) = clock g /\
  log (change_fact g n f) = log g /\ facts_of_tag (change_fact g n f) = facts_of_tag g.
Proof. intros. unfold change_fact. destruct (PM.find n (facts g)) as [[old t]|]; auto. Qed.

Lemma weaker_change_fact : forall g n f old, PM.find n (facts g) = Some old -> proper_about (fact_about f) ->
  follows (fact_about (fst old)) (fact_about f) -> (Holds (fact_label f) -> Holds (fact_label (fst old))) ->
  weaker g (change_fact g n f).
Proof.
  intros g n f old F PR W L. destruct (same_change_fact g n f) as (EC & EK & EL & EI). split.
  - apply memory_change_fact.
  - intro T. apply (consistent_memory g); auto using memory_change_fact; unfold contents_of; rewrite ?EC, ?EK, ?EL, ?EI;
      try apply T.
    + intros k x K. apply find_change_fact in K as [[K _]|(-> & o & K & E & _)]; [apply (indexed _ T k x K)|].
      rewrite E. apply (indexed _ T n o K).
    + intros k x K. apply find_change_fact in K as [[K _]|(-> & o & K & _ & E & _)]; [apply (fact_times _ T k x K)|].
      rewrite E. apply (fact_times _ T n o K).
    + intros k x K. apply find_change_fact in K as [[K _]|(-> & o & K & _ & _ & E & _)];
        [apply (facts_proper _ T k x K)|].
      rewrite E. exact PR.
  - intros T k x K. unfold fact_from, label_of_fact. rewrite EL.
    apply find_change_fact in K as [[K _]|(-> & o & K & E1 & E2 & E3 & E4)].
    + exists k, x. repeat split; auto using follows_refl.
    + rewrite F in K. injection K as <-. exists n, old. rewrite E1, E2, E3, E4. repeat split; auto.
      intro H. apply union_holds in H as [H1 H2]. apply union_holds. auto.
  - intros T t c I. unfold contents_of in I. rewrite EC in I. exists c. unfold label_of_content. rewrite EL.
    repeat split; auto.
Qed.

Lemma weaker_join_label : forall g n l, consistent g -> weaker g (join_label g n l).
Proof.
  intros g n l T. unfold join_label. destruct l as [|x l]; [apply weaker_refl|].
  destruct (PM.find n (facts g)) as [[f t]|] eqn:F; [|apply weaker_refl].
  eapply weaker_change_fact; [exact F|exact (facts_proper _ T n _ F)|apply follows_refl|].
  cbn [with_about fact_label fst]. intro H. apply union_holds in H as [H _]. exact H.
Qed.

(** The facts behind [join_label]: the same, one of them with the label. *)
Lemma find_join_label : forall g n l k x, PM.find k (facts (join_label g n l)) = Some x ->
  exists y, PM.find k (facts g) = Some y /\ fact_tag (fst x) = fact_tag (fst y) /\
    fact_about (fst x) = fact_about (fst y) /\
            (Holds (label_of_fact (join_label g n l) x) -> Holds (label_of_fact g y) /\ (k = n -> Holds l)).
Proof.
  intros g n l k x H. unfold join_label in *. destruct l as [|a l].
  { exists x. repeat split; auto. intros _. apply holds_nil. }
  destruct (PM.find n (facts g)) as [[f t]|] eqn:F.
  - destruct (same_change_fact g n (with_about f (fact_about f) (union (fact_label f) (a :: l)))) as (_ & _ & EL & _).
    unfold label_of_fact. rewrite EL. apply find_change_fact in H as [[K N]|(-> & o & K & E1 & E2 & E3 & E4)].
    + exists x. split; [exact K|]. split; [reflexivity|]. split; [reflexivity|]. intro Q. split; [exact Q|]. tauto.
    + rewrite F in K. injection K as <-. exists (f, t). rewrite E1, E2, E3, E4.
      cbn [fst snd with_about fact_tag fact_about fact_label].
      split; [exact F|]. split; [reflexivity|]. split; [reflexivity|]. intro Q.
      apply union_holds in Q as [Q1 Q2]. apply union_holds in Q1 as [Q1 Q3]. split; [apply union_holds|]; auto.
  - exists x. repeat split; auto. intros ->. congruence.
Qed.

(** ** Contents *)

Lemma contents_with : forall g c t, contents_of (with_contents g c) t = match PM.find t c with Some l => l | None =>
  [] end.
Proof. reflexivity. Qed.

(** Contents that are some of those before. *)
Lemma weaker_fewer_contents : forall g c,
  (forall t x, In x (match PM.find t c with Some l => l | None => [] end) -> In x (contents_of g t)) ->
  weaker g (with_contents g c).
Proof.
  intros g c H. split.
  - split; reflexivity.
  - intro T. apply (consistent_memory g); try apply T; auto; [split; reflexivity| |];
      intros t x I; rewrite contents_with in I; [eapply (content_times _ T)|eapply (contents_proper _ T)]; apply H;
        eauto.
  - intros T n f F. exists n, f. repeat split; auto using follows_refl.
  - intros T t x I. exists x. repeat split; auto.
Qed.

Lemma in_keep_contents : forall g t keep u c, In c (contents_of (keep_contents g t keep) u) ->
  In c (contents_of g u) /\ (u = t -> keep c = true).
Proof.
  intros g t keep u c I. unfold keep_contents in I. destruct (PM.find t (contents g)) as [l|] eqn:F.
  - rewrite contents_with in I. destruct (Pos.eq_dec u t) as [->|N].
    + rewrite PM.gss in I. apply filter_In in I as [I K]. unfold contents_of. rewrite F. auto.
    + rewrite PM.gso in I by auto. unfold contents_of. split; [exact I|intro Q; destruct (N Q)].
  - split; auto. intros ->. unfold contents_of in I. rewrite F in I. destruct I.
Qed.

Lemma weaker_keep_contents : forall g t keep, weaker g (keep_contents g t keep).
Proof.
  intros g t keep. unfold keep_contents. destruct (PM.find t (contents g)) as [l|] eqn:F; [|apply weaker_refl].
  apply weaker_fewer_contents. intros u x I.
  assert (Q : In x (contents_of (keep_contents g t keep) u)) by (unfold keep_contents; rewrite F; exact I).
  apply in_keep_contents in Q. tauto.
Qed.

Lemma same_keep_contents : forall g t keep, facts (keep_contents g t keep) = facts g /\
  facts_of_tag (keep_contents g t keep) = facts_of_tag g /\ clock (keep_contents g t keep) = clock g /\
  log (keep_contents g t keep) = log g /\ next_fact (keep_contents g t keep) = next_fact g.
Proof. intros. unfold keep_contents. destruct (PM.find t (contents g)); repeat split. Qed.

Lemma sizes_keep_contents : forall g t keep, sizes (keep_contents g t keep) = sizes g.
Proof. intros. unfold keep_contents. destruct (PM.find t (contents g)); reflexivity. Qed.

Lemma weaker_remove_contents : forall g t r, weaker g (remove_contents g t r).
Proof. intros. apply weaker_keep_contents. Qed.

Lemma in_remove_contents : forall g t r u c, In c (contents_of (remove_contents g t r) u) ->
  In c (contents_of g u) /\ (u = t -> touches r (position_of c) (position_of c + width (content_type c)) = false).
Proof.
  intros g t r u c I. apply in_keep_contents in I as [I K]. split; auto. intro E. apply negb_true_iff. auto.
Qed.

Lemma in_add_content : forall g t p ty v l u c, In c (contents_of (add_content g t p ty v l) u) ->
  u = t /\ position_of c = p /\ content_type c = ty /\ content_value c = v /\ content_label c = l /\
    content_time c = clock g \/
  In c (contents_of g u).
Proof.
  intros g t p ty v l u c I. unfold add_content in I. rewrite contents_with in I. destruct (Pos.eq_dec u t) as [->|N].
  - rewrite PM.gss in I. destruct I as [<-|I]; auto. left. repeat split.
  - rewrite PM.gso in I by auto. auto.
Qed.

Lemma memory_add_content : forall g t p ty v l, memory_step g (add_content g t p ty v l).
Proof. intros. split; reflexivity. Qed.

Lemma consistent_add_content : forall g t p ty v l, proper_type ty -> consistent g ->
  consistent (add_content g t p ty v l).
Proof.
  intros g t p ty v l PR T. apply (consistent_memory g); try apply T; auto using memory_add_content;
    intros u c I; apply in_add_content in I as [(-> & _ & E & _ & _ & TM)|I].
  - rewrite TM. cbn. lia.
  - apply (content_times _ T u c I).
  - rewrite E. exact PR.
  - apply (contents_proper _ T u c I).
Qed.

End Tables.
