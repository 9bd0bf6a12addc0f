(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The tables of facts and contents: labels that join all of them, loops, whole tags *)

From Coq Require Import ZArith NArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory NumberProofs DerivationProofs IntegerProofs.
From AICheck Require Import Concretization.
From AICheck Require Export TableFacts.
Import ListNotations.
Open Scope Z_scope.

Section Tables.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable P : program.
Variable C : certificate.
Notation weaker := (weaker A P C).
Notation facts_hold := (facts_hold A P C).
Notation contents_hold := (contents_hold A C).

(** ** Labels that join all of memory *)

Lemma descends_less : forall l c d, (c <= d)%N -> log_descends c l -> log_descends d l.
Proof. intros [|[x t] l] c d L H; cbn in *; auto. destruct H. split; auto. lia. Qed.

Lemma descends_filter : forall p l c, log_descends c l -> log_descends c (filter p l).
Proof.
  intros p. induction l as [|[x t] l IH]; intros c H; cbn in *; auto. destruct H as [H1 H2]. destruct (p (x, t)); cbn.
  - split; auto.
  - apply IH. eapply descends_less; [|exact H2]. lia.
Qed.

Lemma descends_all : forall l c x t, log_descends c l -> In (x, t) l -> (t <= c)%N.
Proof.
  induction l as [|[y u] l IH]; intros c x t H I; cbn in *; [destruct I|]. destruct H as [H1 H2].
  destruct I as [I|I]; [inversion I; subst; auto|]. specialize (IH _ _ _ H2 I). lia.
Qed.

Lemma joined_holds : forall l c time, log_descends c l ->
  Holds (joined l time) <-> forall x t, In (x, t) l -> (time < t)%N -> Holds x.
Proof.
  induction l as [|[y u] l IH]; intros c time H; cbn [joined].
  - split; [intros _ x t []|intros _; apply holds_nil].
  - destruct H as [H1 H2]. destruct (N.ltb_spec time u) as [L|L].
    + rewrite union_holds, (IH _ time H2). split.
      * intros [Hy Hl] x t [E|I] Q; [inversion E; subst; auto|eauto].
      * intro Q. split; [apply (Q y u); auto; left; auto|]. intros x t I. apply Q. right. exact I.
    + split; [|intros _; apply holds_nil]. intros _ x t [E|I] Q; [inversion E; subst; lia|].
      pose proof (descends_all _ _ _ _ H2 I). lia.
Qed.

Lemma joined_label : forall g l time, consistent g -> l <> [] -> (time <= clock g)%N ->
  Holds (joined (log (label_memory g l)) time) -> Holds l /\ Holds (joined (log g) time).
Proof.
  intros g l time T N L H. destruct l as [|a l]; [destruct (N eq_refl)|]. cbn [label_memory with_log log] in H.
  assert (D : log_descends (N.succ (clock g))
                ((a :: l, N.succ (clock g)) :: filter (fun e => negb (label_eqb (fst e) (a :: l))) (log g))).
  { cbn [log_descends]. split; [lia|]. apply descends_filter. eapply descends_less; [|apply (log_fits _ T)]. lia. }
  rewrite (joined_holds _ _ _ D) in H. split; [apply (H _ (N.succ (clock g))); [left; reflexivity|lia]|].
  rewrite (joined_holds _ _ _ (log_fits _ T)). intros x t I Q. destruct (label_eqb x (a :: l)) eqn:E.
  - apply (label_eqb_holds A _ _ E). apply (H _ (N.succ (clock g))); [left; reflexivity|lia].
  - apply (H x t); auto. right. apply filter_In. split; auto. cbn. rewrite E. reflexivity.
Qed.

Lemma consistent_label_memory : forall g l, consistent g -> consistent (label_memory g l).
Proof.
  intros g [|a l] T; auto. cbn [label_memory]. apply (consistent_memory g); auto; [split; reflexivity|..]; try apply T.
  - cbn. intros n f F. pose proof (fact_times _ T n f F). lia.
  - unfold contents_of. cbn. intros t c I. pose proof (content_times _ T t c I). lia.
  - cbn. split; [lia|]. apply descends_filter. rewrite N.pred_succ. apply (log_fits _ T).
Qed.

(** All facts and contents carry the label, and what they carried before. *)
Lemma label_memory_fact : forall g l n f, consistent g -> PM.find n (facts (label_memory g l)) = Some f ->
  PM.find n (facts g) = Some f /\ (Holds (label_of_fact (label_memory g l) f) -> Holds l /\ Holds (label_of_fact g f)).
Proof.
  intros g l n f T F. destruct l as [|a l]; [split; auto; intro H; split; auto; apply holds_nil|].
  split; [exact F|]. intro H. unfold label_of_fact in *. apply union_holds in H as [H1 H2].
  apply joined_label in H2 as [H2 H3]; auto; [|discriminate|apply (fact_times _ T n f F)].
  split; auto. apply union_holds. auto.
Qed.

Lemma label_memory_content : forall g l t c, consistent g -> In c (contents_of (label_memory g l) t) ->
  In c (contents_of g t) /\ (Holds (label_of_content (label_memory g l) c) -> Holds l /\ Holds (label_of_content g c)).
Proof.
  intros g l t c T I. destruct l as [|a l]; [split; auto; intro H; split; auto; apply holds_nil|].
  split; [exact I|]. intro H. unfold label_of_content in *. apply union_holds in H as [H1 H2].
  apply joined_label in H2 as [H2 H3]; auto; [|discriminate|apply (content_times _ T t c I)].
  split; auto. apply union_holds. auto.
Qed.

Lemma memory_label_memory : forall g l, memory_step g (label_memory g l).
Proof. intros g [|a l]; [apply memory_refl|split; reflexivity]. Qed.

Lemma weaker_label_memory : forall g l, weaker g (label_memory g l).
Proof.
  intros g l. split; auto using memory_label_memory, consistent_label_memory.
  - intros T n f F. destruct (label_memory_fact _ _ _ _ T F) as [F' L]. exists n, f.
    repeat split; auto using follows_refl. intro H. apply L. exact H.
  - intros T t c I. destruct (label_memory_content _ _ _ _ T I) as [I' L]. exists c. repeat split; auto. intro H.
    apply L. exact H.
Qed.

(** What holds if the label does, holds. *)
Lemma label_memory_holds : forall g l m tagged z of, consistent g ->
  (Holds l -> facts_hold m tagged z of g) -> facts_hold m tagged z of (label_memory g l).
Proof.
  intros g l m tagged z of T H n f F O L. destruct (label_memory_fact _ _ _ _ T F) as [F' LM].
  destruct (LM L) as [Hl Hf].
  exact (H Hl n f F' O Hf).
Qed.
Lemma label_memory_holds_contents : forall g l m tagged v of, consistent g ->
  (Holds l -> contents_hold m tagged v of g) -> contents_hold m tagged v of (label_memory g l).
Proof.
  intros g l m tagged v of T H t c I O L. destruct (label_memory_content _ _ _ _ T I) as [I' LM].
  destruct (LM L) as [Hl Hf].
  exact (H Hl t c I' O Hf).
Qed.

(** ** Loops *)

(** What each round keeps, [each] keeps, with the list that is left. *)
Lemma each_inv : forall {B} (I : list B -> state -> Prop) (E : event -> Prop) body l g s h s' e,
  (forall b l g s h s' e, I (b :: l) g -> body g b s = Some (h, s', e) -> Forall E e -> I l h) ->
  I l g -> each l body g s = Some (h, s', e) -> Forall E e -> I [] h.
Proof.
  intros B I E body. induction l as [|b l IH]; intros g s h s' e HB HI H HE; cbn in H.
  - apply ret_inv in H as (-> & _). exact HI.
  - apply bind_inv in H as (k & s1 & e1 & e2 & H1 & H2 & ->). apply app_forall in HE as [HE1 HE2]. eauto.
Qed.

Lemma each_weaker : forall {B} (body : state -> B -> M state) l g s h s' e,
  (forall b g s h s' e, In b l -> consistent g -> body g b s = Some (h, s', e) -> weaker g h) ->
  consistent g -> each l body g s = Some (h, s', e) -> weaker g h.
Proof.
  intros B body. induction l as [|b l IH]; intros g s h s' e HB T H; cbn in H.
  - apply ret_inv in H as (-> & _). apply weaker_refl.
  - apply bind_inv in H as (k & s1 & e1 & e2 & H1 & H2 & _). pose proof (HB _ _ _ _ _ _ (or_introl eq_refl) T H1) as W.
    eapply weaker_trans; [exact W|]. apply (IH k s1 h s' e2); auto; [|apply (wk_consistent _ _ _ _ _ W T)].
    intros. eapply HB; eauto. right. auto.
Qed.

Lemma each_quiet : forall {B} (body : state -> B -> M state) l g s h s' e,
  (forall b g s h s' e, body g b s = Some (h, s', e) -> e = []) -> each l body g s = Some (h, s', e) -> e = [].
Proof.
  intros B body. induction l as [|b l IH]; intros g s h s' e HB H; cbn in H.
  - apply ret_inv in H as (_ & _ & ->). reflexivity.
  - apply bind_inv in H as (k & s1 & e1 & e2 & H1 & H2 & ->). rewrite (HB _ _ _ _ _ _ H1), (IH _ _ _ _ _ HB H2).
    reflexivity.
Qed.

(** ** All facts and contents of a tag *)

Lemma weaker_fold_remove : forall l g, weaker g (fold_left remove_fact l g).
Proof.
  induction l as [|n l IH]; intro g; cbn; [apply weaker_refl|].
  eapply weaker_trans; [apply weaker_remove_fact|apply IH].
Qed.

Lemma find_fold_remove : forall l g n x, PM.find n (facts (fold_left remove_fact l g)) = Some x ->
  ~ In n l /\ PM.find n (facts g) = Some x.
Proof.
  induction l as [|k l IH]; intros g n x H; cbn in *; auto. apply IH in H as [N H].
  apply find_remove_fact in H as [NK H]. split; auto. intros [E|I]; auto.
Qed.

Lemma weaker_remove_all : forall g t, weaker g (remove_all g t).
Proof. intros. unfold remove_all. eapply weaker_trans; [apply weaker_keep_contents|apply weaker_fold_remove]. Qed.

(** Nothing of the tag is left; of the others everything. *)
Lemma find_remove_all : forall g t n f, consistent g -> PM.find n (facts (remove_all g t)) = Some f ->
  fact_tag (fst f) <> t /\ PM.find n (facts g) = Some f.
Proof.
  intros g t n f T F. unfold remove_all in F. apply find_fold_remove in F as [N F].
  destruct (same_keep_contents g t (fun _ => false)) as (EF & EI & _). rewrite EF in F. split; auto. intros <-. apply N.
  unfold facts_about. rewrite EI. apply (facts_about_all g n f T F).
Qed.

Lemma in_remove_all : forall g t u c, In c (contents_of (remove_all g t) u) -> u <> t /\ In c (contents_of g u).
Proof.
  intros g t u c I. unfold remove_all in I.
  assert (E : forall l k, contents (fold_left remove_fact l k) = contents k).
  { induction l as [|n l IH]; intro k; cbn; auto. rewrite IH. apply same_remove_fact. }
  unfold contents_of in I. rewrite E in I. apply in_keep_contents in I as [I K]. split; auto.
  intro Q. specialize (K Q). discriminate.
Qed.

End Tables.
