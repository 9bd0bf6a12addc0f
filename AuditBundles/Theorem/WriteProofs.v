(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Behind a write: the effects of the clone contain it, and the symbolic state speaks truly of the new world *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Writes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs SpareProofs CutProofs WorldProofs.
Import ListNotations.
Open Scope Z_scope.

Lemma shell_same_object : forall o o', same_shell o o' -> same_object o o'.
Proof. intros o o' []. unfold same_object. repeat split; auto; congruence. Qed.

Section Writes.
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
Notation activation := (activation A CP C X w0 entry).
Notation weaker := (weaker A P C).
Notation facts_hold := (facts_hold A P C).
Notation contents_hold := (contents_hold A C).
Notation own := (clone_effects (the_clone_body X)).

Definition any : id -> Prop := fun _ => True.

(** The world in which the object has become another. *)
Definition rewrite_object (w : world) (n : name) (o : object) : world :=
  {| heap := set_object (heap w) n o; tagging := tagging w |}.

(** ** Effects *)

(** What was there in the beginning under the tag may be written as the range says. *)
Definition allowed (n : name) (t : id) (r : bounds) : Prop :=
  heap w0 n <> None -> tag_is C (tagging w0) t n -> exists r', In r' (written_ranges own t) /\
    contains_range r' r = true.

Lemma demand_effect_allows : forall F w n t r mine s u s' e, activation F w -> tag_is C (tagging w) t n ->
  (mine = true -> exists a, names_object a = true /\ base_of F a = BObject n) ->
  demand_effect X t r mine s = Some (u, s', e) -> everything own = false -> allowed n t r.
Proof.
  intros F w n t r mine s u s' e ACT T OWN H EV OLD T0. unfold demand_effect, own_effects in H. rewrite EV in H.
  apply bind_inv in H as (body & s1 & e1 & e2 & B & H & ->). apply (tag_of_inv _ _ _ FX) in B as (B & _ & _).
  apply demand_inv in H as (H & _ & _). apply orb_true_iff in H as [H|H].
  - exfalso. destruct body as [| | | | | |q c many z al|]; try discriminate H. apply andb_true_iff in H as [EC H].
    apply Pos.eqb_eq in EC. subst c. unfold tag_is in T0. rewrite B in T0. destruct n as [|k]; [destruct T0|].
    apply orb_true_iff in H as [H|H].
    + destruct (OWN H) as (a & N & E). unfold base_of in E. destruct a; try discriminate N; cbn in E; [discriminate E|].
      destruct (automatic F o) as [x|] eqn:AO; cbn in E; [|discriminate E]. injection E as ->.
      destruct (act_own _ _ _ _ _ _ _ _ ACT _ _ AO) as (j & m & u' & EJ & _ & _ & _ & _ & NW). injection EJ as <-.
      apply OLD. exact NW.
    + apply negb_true_iff in H.
      assert (LT : local_tag_of C t q (the_clone X)) by (exists many, z, al; exact B).
      pose proof (act_levels _ _ _ _ _ _ _ _ ACT k t q (the_clone X) _ T0 LT (fits_clone _ _ _ FX) H). lia.
  - apply existsb_exists in H as ([u' r'] & I & H). cbn in H. apply andb_true_iff in H as [E H].
    apply Pos.eqb_eq in E. subst u'.
    exists r'. split; [|exact H]. unfold written_ranges. apply in_map_iff. exists (t, r'). split; auto.
    apply filter_In. split; auto. apply Pos.eqb_refl.
Qed.

Lemma demand_effects_allow : forall l shift width mine s u s' e,
  demand_effects_of_cases X l shift width mine s = Some (u, s', e) -> forall x, In x l ->
  exists s1 r s2 e1 u1 s3 e2, bits_of_case x shift width s1 = Some (r, s2, e1) /\
    demand_effect X (case_tag x) r mine s2 = Some (u1, s3, e2).
Proof.
  induction l as [|y l IH]; intros shift width mine s u s' e H x I; [destruct I|]. cbn in H.
  apply bind_inv in H as (r & s1 & e1 & e2 & B & H & _). apply bind_inv in H as (u1 & s2 & e3 & e4 & D & H & _).
  destruct I as [<-|I]; [|eapply IH; eauto]. exists s, r, s1, e1, u1, s2, e3. auto.
Qed.

Lemma demand_effects_quiet : forall l shift width mine s u s' e,
  demand_effects_of_cases X l shift width mine s = Some (u, s', e) -> s' = s /\ e = [].
Proof.
  induction l as [|y l IH]; intros shift width mine s u s' e H; cbn in H; [monad; auto|].
  apply bind_inv in H as (r & s1 & e1 & e2 & B & H & ->). apply bind_inv in H as (u1 & s2 & e3 & e4 & D & H & ->).
  apply IH in H as [-> ->]. unfold demand_effect in D. unfold bits_of_case in B. monad.
  unfold product, sum in *. destruct (everything _).
  - monad. destruct (lower _), (upper _); monad; auto.
  - monad. match goal with T : tag_of _ _ _ = Some _ |- _ => apply (tag_of_inv _ _ _ FX) in T as (_ & -> & ->) end.
    destruct (lower _), (upper _); monad; auto.
Qed.

(** The transition from a world to the one behind a write is one that a caller expects. *)
Lemma evolves_written : forall w n o o', evolves A P C own w0 w -> well_tagged P C (heap w) (tagging w) ->
  heap w n = Some o -> same_shell o o' -> writable (heap w) (BObject n) ->
  (Holds (effects_label own) -> everything own = false -> exists r, differs_in r o o' /\
     forall t, tag_is C (tagging w) t n -> allowed n t r) ->
  evolves A P C own w0 (rewrite_object w n o').
Proof.
  intros w n o o' E WT M S W K. pose proof (shells_set _ _ _ _ M S) as SH.
  assert (ST : stored_as o <> SStatic KConstant /\ stored_as o <> SStatic KLabels) by (apply W; exists n; auto).
  split; unfold rewrite_object; cbn [heap tagging].
  - intros k a HA. destruct (ev_objects _ _ _ _ _ _ E k a HA) as (b & HB & SO).
    destruct (shells_some _ _ _ _ SH HB) as (b' & HB' & SB). exists b'. split; auto.
    destruct SO as (Z & AL & SO & L & LS). destruct SB as [Z' AL' SO' L']. split; [congruence|]. split; [congruence|].
    split; [congruence|]. rewrite L'. auto.
  - intros k a b HA HB Q. destruct (ev_objects _ _ _ _ _ _ E k a HA) as (c & HC & SO).
    destruct (name_eq_dec k n) as [->|N].
    + exfalso. rewrite M in HC. injection HC as <-. destruct SO as (_ & _ & SO & _). rewrite SO in ST. tauto.
    + rewrite set_elsewhere in HB by auto. apply (ev_constants _ _ _ _ _ _ E k a b HA HB Q).
  - intros k t T. destruct (ev_tags _ _ _ _ _ _ E k t T) as [Q|[(Q1 & Q2 & Q3 & Q4)|Q]]; auto. right. left.
    split; [exact Q1|]. split; [exact Q2|]. split; [exact Q3|]. apply (shells_freed _ _ SH). exact Q4.
  - apply (ev_untagged _ _ _ _ _ _ E).
  - apply (ev_new _ _ _ _ _ _ E).
  - intros L EV k t a b T0 T1 HA HB Q. destruct (name_eq_dec k n) as [->|N].
    + rewrite set_there in HB. injection HB as <-. destruct (K L EV) as (r & D & AW).
      assert (OLD : heap w0 n <> None) by congruence. destruct (AW t T1 OLD T0) as (r' & I & CR).
      destruct (ev_content _ _ _ _ _ _ E L EV n t a o T0 T1 HA M Q) as [IN CE]. split.
      * intros x U. rewrite (df_initialised _ _ _ D); [auto|]. eapply touches_wider; [exact CR|auto].
      * intros p u c U. specialize (CE p u c U). unfold cell_kept in *.
        rewrite (df_cells _ _ _ D) by (eapply touches_wider; [exact CR|auto]). exact CE.
    + rewrite set_elsewhere in HB by auto. apply (ev_content _ _ _ _ _ _ E L EV k t a b T0 T1 HA HB Q).
  - intros L EV k t a b T HA HB Q1 Q2. destruct (shells_some _ _ _ _ (shells_sym _ _ SH) HB) as (c & HC & SC).
    rewrite <- (shell_life _ _ SC). apply (ev_alive _ _ _ _ _ _ E L EV k t a c T HA HC Q1 Q2).
Qed.

(** ** What is said of memory, before and behind *)

Lemma facts_of_here : forall F w v0 g v, here F w v0 g -> agrees g v v0 ->
  facts_hold (heap w) (tagging w) v any g.
Proof.
  intros F w v0 g v H AG n f Q _ L. exact (memory_held _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H v AG) n f Q L).
Qed.
Lemma contents_of_here : forall F w v0 g v, here F w v0 g -> agrees g v v0 ->
  contents_hold (heap w) (tagging w) v any g.
Proof.
  intros F w v0 g v H AG t c I _ L. exact (contents_held _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H v AG) t c I L).
Qed.

(** The symbolic state goes on to hold in the new world if what it says of memory does. *)
Theorem here_written : forall F w v0 g h n o o', here F w v0 g -> heap w n = Some o -> same_shell o o' ->
  writable (heap w) (BObject n) -> evolves A P C own w0 (rewrite_object w n o') ->
  memory_step g h -> consistent h -> (forall v, agrees g v v0 ->
    facts_hold (set_object (heap w) n o') (tagging w) v any h) ->
  (forall v, agrees g v v0 -> contents_hold (set_object (heap w) n o') (tagging w) v any h) ->
  (forall v, agrees g v v0 -> values_known C (heap w) (tagging w) v h) ->
  here F (rewrite_object w n o') v0 h.
Proof.
  intros F w v0 g h n o o' [H D EX T B ACT] M S W E MS TH FH CH VK. pose proof (shells_set _ _ _ _ M S) as SH.
  assert (SS : same_symbols g h).
  { split; [apply (ms_integers _ _ MS)|]. split; [apply (ms_bases _ _ MS)|apply (ms_floats _ _ MS)]. }
  unfold rewrite_object. split; cbn [heap tagging]; auto.
  - intros v AG. apply (agrees_same _ _ _ _ SS) in AG. pose proof (H v AG) as [N TR TS R MF MC SZ VX]. split.
    + eapply numbers_same; [apply (ms_linear _ _ MS)|apply (ms_congruences _ _ MS)|apply (ms_exclusions _ _ MS)|exact
        N].
    + rewrite (ms_definitions _ _ MS). exact TR.
    + unfold own_offset. rewrite (ms_targets _ _ MS), (ms_offsets _ _ MS). intros s e l Q L.
      apply (shells_targets C _ _ _ SH). exact (TS s e l Q L).
    + rewrite (ms_ranges _ _ MS). exact R.
    + intros k f Q L. exact (FH v AG k f Q I L).
    + intros t c Q L. exact (CH v AG t c Q I L).
    + intros t s Q L k b TI Eb. rewrite (ms_sizes _ _ MS) in Q.
      destruct (shells_some _ _ _ _ (shells_sym _ _ SH) Eb) as (a & Ea & SA).
      rewrite (SZ t s Q L k a TI Ea). apply (shell_size _ _ SA).
    + intros t c Q. destruct (VK v AG t c Q) as (x & SX). exists x. apply (shells_symbolic C _ _ _ SH). exact SX.
  - intros r t R v AG. apply (agrees_same _ _ _ _ SS) in AG. apply (shells_symbolic C _ _ _ SH).
    replace (symbolic_register h r t) with (symbolic_register g r t); [exact (D r t R v AG)|].
    unfold symbolic_register. rewrite (ms_assigned _ _ MS). reflexivity.
  - rewrite (ms_assigned _ _ MS). exact EX.
  - rewrite (ms_integers _ _ MS), (ms_bases _ _ MS), (ms_floats _ _ MS). exact B.
  - destruct ACT. split; cbn [heap tagging]; auto. eapply well_tagged_written; eauto.
Qed.

(** A value denotes behind what it denoted before. *)
Lemma denotes_written : forall w v0 g h n o o' s x, heap w n = Some o -> same_shell o o' -> memory_step g h ->
  denotes C (heap w) (tagging w) v0 g s x -> denotes C (set_object (heap w) n o') (tagging w) v0 h s x.
Proof.
  intros w v0 g h n o o' s x M S MS D v AG. apply (shells_symbolic C _ _ _ (shells_set _ _ _ _ M S)). apply D.
  eapply agrees_same; [|exact AG].
  split; [apply (ms_integers _ _ MS)|]. split; [apply (ms_bases _ _ MS)|apply (ms_floats _ _ MS)].
Qed.

Section World.
Variables (m : memory) (tagged : ghost) (n : name) (o o' : object).
Hypothesis there : m n = Some o.
Hypothesis shell : same_shell o o'.
Notation m' := (set_object m n o').

(** What holds of the object's tag and, before the write, of the others, holds. *)
Lemma facts_combine : forall z t h, tag_is C tagged t n -> facts_hold m tagged z any h ->
  facts_hold m' tagged z (eq t) h -> facts_hold m' tagged z any h.
Proof.
  intros z t h T H H' k f F _ L. destruct (Pos.eq_dec t (fact_tag (fst f))) as [E|N].
  - exact (H' k f F E L).
  - apply (about_elsewhere CP C m tagged n o o' there shell).
    + intro U. apply N. exact (one_tag CP C FIT _ _ _ _ T U).
    + exact (H k f F I L).
Qed.
Lemma contents_combine : forall v t h, tag_is C tagged t n -> contents_hold m tagged v any h ->
  contents_hold m' tagged v (eq t) h -> contents_hold m' tagged v any h.
Proof.
  intros v t h T H H' u c Q _ L. destruct (Pos.eq_dec t u) as [E|N].
  - exact (H' u c Q E L).
  - apply (content_written C m tagged n o o' there shell).
    + exact (H u c Q I L).
    + intro U. destruct N. exact (one_tag CP C FIT _ _ _ _ T U).
Qed.

(** What is said of the object's tag is shown of the object. *)
Lemma facts_there : forall z t h, facts_hold m tagged z any h ->
  (forall k f, PM.find k (facts h) = Some f -> fact_tag (fst f) = t -> Holds (label_of_fact h f) ->
     says P C m' tagged z o (fact_about (fst f)) -> says P C m' tagged z o' (fact_about (fst f))) ->
  facts_hold m' tagged z (eq t) h.
Proof.
  intros z t h H K k f F E L. apply (about_written CP C m tagged n o o' there shell).
  - exact (H k f F I L).
  - intros _. apply (K k f F); auto.
Qed.

Lemma contents_there : forall v t h r, contents_hold m tagged v any h -> differs_in r o o' -> contents_outside r t h ->
  contents_hold m' tagged v (eq t) h.
Proof.
  intros v t h r H D O u c Q <- L. apply (content_written C m tagged n o o' there shell).
  - exact (H t c Q I L).
  - intros _ x -> w. specialize (O c Q). split; [apply (df_cells _ _ _ D); exact O|].
    intros WI x Q1. rewrite (initialised_untouched _ _ _ _ _ D O x Q1). auto.
Qed.

(** Initialised bits stay so. *)
Lemma says_initialised : forall z a, is_initialised_fact a = true -> initialised_stays o o' ->
  says P C m' tagged z o a -> says P C m' tagged z o' a.
Proof.
  intros z [] H S Q; try discriminate H; intros x R; [apply S; apply Q; exact R|].
  rewrite (shell_size _ _ shell). intro B. apply S. apply Q; auto.
Qed.
End World.

(** ** Cases *)

Lemma each_case : forall (body : state -> survivor -> M state) (Q : survivor -> state -> Prop) g0 l g s h s' e,
  (forall x k s k' s' e, In x l -> weaker g0 k -> body k x s = Some (k', s', e) -> weaker k k' /\ Q x k') ->
  weaker g0 g -> each l body g s = Some (h, s', e) ->
  weaker g h /\ forall x, In x l -> exists k, weaker g0 k /\ weaker k h /\ Q x k.
Proof.
  intros body Q g0. induction l as [|y l IH]; intros g s h s' e B W H; cbn in H.
  - apply ret_inv in H as (-> & _). split; [apply weaker_refl|intros x []].
  - apply bind_inv in H as (k & s1 & e1 & e2 & H1 & H2 & _). destruct (B y _ _ _ _ _ (or_introl eq_refl) W H1) as [W1
      Q1].
    assert (W0k : weaker g0 k) by (eapply weaker_trans; eauto).
    destruct (IH k s1 h s' e2) as [W2 Q2]; auto; [intros; eapply B; eauto; right; auto|].
    split; [eapply weaker_trans; eauto|]. intros x [<-|I]; [exists k; auto|auto].
Qed.

(** ** A write to a pointer of which nothing is known *)

Lemma write_anywhere_leaves : forall g too s h s' e, write_anywhere X g too s = Some (h, s', e) ->
  everything own = true /\ weaker g h /\
  (forall n f, PM.find n (facts h) = Some f ->
     (exists b, PM.find (fact_tag (fst f)) (tags C) = Some b /\ is_read_only b = true) \/
     is_about_content (fact_about (fst f)) = false /\ (too = true ->
       is_initialised_fact (fact_about (fst f)) = false)) /\
  (forall t c, In c (contents_of h t) -> exists b, PM.find t (tags C) = Some b /\ is_read_only b = true).
Proof.
  intros g too s h s' e H. unfold write_anywhere, own_effects in H. rewrite (fits_certificate _ _ _ FX) in H.
  apply bind_inv in H as (u & s1 & e1 & e2 & D & H & _). apply demand_inv in D as (EV & _ & _).
  apply ret_inv in H as (H & _ & _). split; [exact EV|].
  set (spared := fun t => match PM.find t (tags C) with Some b => is_read_only b | None => false end) in *.
  assert (SP : forall t, spared t = true -> exists b, PM.find t (tags C) = Some b /\ is_read_only b = true).
  { intros t Q. unfold spared in Q. destruct (PM.find t (tags C)) as [b|]; [eauto|discriminate]. }
  set (c1 := PM.mapi (fun t l => if spared t then l else []) (contents g)) in *.
  assert (C1 : forall t x, In x (match PM.find t c1 with Some l => l | None => [] end) ->
                 In x (contents_of g t) /\ spared t = true).
  { intros t x I. unfold c1 in I. rewrite PM.gmapi in I. unfold contents_of.
    destruct (PM.find t (contents g)) as [l|]; cbn in I; [|destruct I]. destruct (spared t); [auto|destruct I]. }
  set (g1 := with_contents g c1) in *.
  assert (W1 : weaker g g1) by (apply weaker_fewer_contents; intros t x I; apply C1; exact I).
  set (gone := fun p : positive * (memory_fact * N) => let '(n, (f, _)) := p in
                 negb (spared (fact_tag f)) &&
                 (is_about_content (fact_about f) || (too && is_initialised_fact (fact_about f)))) in *.
  assert (FOLD : forall l k, weaker g1 k -> contents k = contents g1 ->
            (forall n f, PM.find n (facts k) = Some f -> PM.find n (facts g1) = Some f) ->
            let h := fold_left (fun g p => let '(n, (f, _)) := p in
                       if negb (spared (fact_tag f)) &&
                          (is_about_content (fact_about f) || (too && is_initialised_fact (fact_about f)))
                       then remove_fact g n else g) l k in
            weaker g1 h /\ contents h = contents g1 /\
            (forall n f, PM.find n (facts h) = Some f -> PM.find n (facts k) = Some f) /\
            (forall n f, In (n, f) l -> PM.find n (facts h) = Some f -> gone (n, f) = false)).
  { induction l as [|[n [f t]] l IH]; intros k W EC K; cbn; [split; [exact W|]; split; [exact EC|]; split;
      [auto|intros n f []]|].
    match goal with |- context [fold_left _ l ?k1] => set (k2 := k1) in * end.
    assert (Q : weaker g1 k2 /\ contents k2 = contents g1 /\
                (forall n f, PM.find n (facts k2) = Some f -> PM.find n (facts k) = Some f) /\
                (PM.find n (facts k2) = Some (f, t) -> gone (n, (f, t)) = false)).
    { unfold k2, gone. destruct (_ && _)%bool eqn:G.
      - split; [eapply weaker_trans; [exact W|apply weaker_remove_fact]|].
        destruct (same_remove_fact k n) as (-> & _). split; [exact EC|].
        split; [intros j x J; apply find_remove_fact in J; tauto|]. intro J. apply find_remove_fact in J as [J _].
        congruence.
      - auto. }
    destruct Q as (W2 & EC2 & K2 & G2). destruct (IH k2 W2 EC2) as (W3 & EC3 & K3 & G3); [auto|].
    split; [exact W3|]. split; [exact EC3|]. split; [auto|]. intros j x [E|I] J; [|exact (G3 j x I J)].
    injection E as <- <-. apply G2. apply K3. exact J. }
  destruct (FOLD (PM.elements (facts g)) g1 (weaker_refl A P C g1) eq_refl (fun n f Q => Q)) as (W2 & EC & K & G).
  match type of W2 with weaker _ ?k => assert (EQ : k = h) by exact H; rewrite EQ in W2, EC, K, G end.
  split; [eapply weaker_trans; eauto|]. split.
  - intros n f F. assert (F0 : PM.find n (facts g) = Some f) by exact (K n f F).
    pose proof (G n f (in_elements _ _ _ F0) F) as Q. destruct f as [f t]. cbn [gone] in Q. cbn [fst].
    apply andb_false_iff in Q as [Q|Q]; [left; apply SP; apply negb_false_iff; exact Q|right].
    apply orb_false_iff in Q as [Q1 Q2]. split; auto. intros ->. exact Q2.
  - intros t c I. apply SP. unfold contents_of in I. rewrite EC in I. apply (C1 t c). exact I.
Qed.

End Writes.
