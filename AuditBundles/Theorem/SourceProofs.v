(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Sources of a load: what they say of the cell in whose case the pointer is *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Segments Loads Checker
  Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs EntryProofs TargetProofs PredicateProofs RepeatProofs ValueProofs.
From AICheck Require Import EvidenceProofs CellProofs FloatRanges HitProofs CaseProofs CoverProofs.
From AICheck Require Import SegmentProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** Predicates of values *)

Lemma converted_proper : forall p from to q, (forall r, p = Some r -> proper_predicate r) ->
  converted p from to = Some q ->
  proper_predicate q.
Proof.
  intros [r|] from to q PR H; [|discriminate]. specialize (PR r eq_refl). destruct r as [b m k|l|x]; cbn in H.
  - destruct (contains_range _ _); [|discriminate]. injection H as <-. exact PR.
  - injection H as <-. exact PR.
  - injection H as <-. exact PR.
Qed.

Section Source.
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

Lemma converted_holds : forall m tagged p from to q x, proper_type from -> proper_type to -> same_cell from to = true ->
  (forall r, p = Some r -> satisfies_predicate C m tagged r from x) -> converted p from to = Some q ->
  satisfies_predicate C m tagged q to x.
Proof.
  intros m tagged [r|] from to q x PF PT SC S H; [|discriminate]. specialize (S r eq_refl).
  destruct r as [b k d|l|y]; cbn in H.
  - destruct (contains_range _ _) eqn:CR; [|discriminate]. injection H as <-.
    destruct from as [t| |]; try contradiction. destruct x as [n| |]; try contradiction.
    destruct (same_cell_integer _ _ SC) as (u & -> & W). destruct S as [B D]. cbn in PF, PT.
    assert (FULL : In_bounds (completed b (type_range t)) (wrap t n)).
    { apply completed_in; auto. apply type_range_in. apply wrap_in. exact PF. }
    assert (E : wrap u n = wrap t n).
    { apply wrap_other; auto. apply (range_in_type t u); auto; [apply wrap_in; auto|].
      eapply contains_range_in; [exact CR|exact FULL]. }
    cbn. rewrite E. auto.
  - injection H as <-. destruct l, from, x; try contradiction; rewrite <- (same_cell_type _ _ SC) by discriminate;
      exact S.
  - injection H as <-. destruct y, from, x; try contradiction; rewrite <- (same_cell_type _ _ SC) by discriminate;
      exact S.
Qed.

Lemma predicate_of_proper : forall g v s q ql s' e, consistent g -> predicate_of X g v s = Some ((q, ql), s', e) ->
  forall p, q = Some p -> proper_predicate p.
Proof.
  intros g v s q ql s' e K H p E. unfold predicate_of in H. destruct v as [f|b f|x].
  - apply ret_inv in H as (H & _ & _). injection H as <- <-. destruct (is_constant f); [|discriminate].
    injection E as <-. cbn. lia.
  - apply bind_inv in H as (r & s1 & e1 & e2 & KE & H & _). apply ret_inv in H as (H & _ & _).
    destruct r as [[l lb]|]; injection H as <- <-; [|discriminate]. injection E as <-. cbn.
    eapply known_entries_proper; eauto.
  - apply ret_inv in H as (H & _ & _). destruct (range_of g x) as [[r l]|] eqn:R; injection H as <- <-; [|discriminate].
    injection E as <-. cbn. eapply range_of_proper; eauto.
Qed.

Lemma predicate_of_holds : forall m tagged vv g v s q ql s' e t x p, state_holds A P C m tagged vv g -> consistent g ->
  predicate_of X g v s = Some ((q, ql), s', e) -> Holds ql -> q = Some p -> class_of_value x = class_of t ->
  is_symbolic C m tagged vv v (reduced t x) -> satisfies_predicate C m tagged p t x.
Proof.
  intros m tagged vv g v s q ql s' e t x p G K H L E CL SY. unfold predicate_of in H. destruct v as [f|b f|y].
  - apply ret_inv in H as (H & _ & _). injection H as <- <-. destruct (is_constant f) eqn:CO; [|discriminate].
    injection E as <-.
    destruct t as [t| |], x as [n| |]; try discriminate CL; cbn in SY; try contradiction.
    cbn. rewrite (is_constant_eval _ _ CO) in SY. rewrite <- SY. split; [split; cbn; lia|apply Z.divide_1_l].
  - apply bind_inv in H as (r & s1 & e1 & e2 & KE & H & _). apply ret_inv in H as (H & _ & _).
    destruct r as [[l lb]|]; injection H as <- <-; [|discriminate]. injection E as <-.
    destruct t as [t| |], x as [|c z|]; try discriminate CL; cbn in SY; try contradiction.
    cbn. destruct SY as [SB SO]. eapply (known_entries_hold A CP C m tagged X FX vv g G K); eauto.
    unfold base_is. destruct b; auto. apply SB.
  - apply ret_inv in H as (H & _ & _). destruct (range_of g y) as [[r l]|] eqn:R; injection H as <- <-; [|discriminate].
    injection E as <-. destruct t as [t| |], x as [| |z]; try discriminate CL; cbn in SY; try (destruct y;
      contradiction).
    cbn. rewrite (symbolic_float C m tagged vv y z SY). eapply range_of_holds; eauto.
Qed.

Lemma scoped_value : forall v0 g f, forallb (fun p => Pos.ltb (fst p) (next_integer g)) (fst f) = true ->
  is_value v0 g f (eval_form v0 f).
Proof.
  intros v0 g [t c] H v AG. unfold eval_form. cbn [fst snd] in *. f_equal.
  induction t as [|[y k] t IH]; cbn in *; auto. apply andb_true_iff in H as [L H]. apply Pos.ltb_lt in L.
  rewrite IH by exact H. rewrite (AG y L). reflexivity.
Qed.

Lemma wrap_again : forall t u n, proper t -> proper u -> bits t = bits u -> wrap u (wrap t n) = wrap u n.
Proof.
  intros t u n T U B. destruct (wrap_congruent t n T) as [q Q]. destruct (wrap_congruent u (wrap t n) U) as [r R].
  symmetry. pose proof (wrap_in u (wrap t n) U) as I.
  replace (wrap u (wrap t n)) with (n - - (r + q) * 2 ^ bits u) in I |- * by (rewrite B in Q; lia).
  apply wrap_unique; auto.
Qed.

(** ** What is known of the cell of an object *)

Record known_true (m : memory) (tagged : ghost) (v1 : valuation) (g1 : state) (o : object) (p : Z) (t : type) (k :
  Loads.known)
  : Prop := {
  kn_initialised : k_initialised k = true -> Holds (k_label k) -> wholly_initialised o p (width t);
  kn_value : forall sv, k_value k = Some sv -> Holds (k_label k) ->
    exists x, cell o p (width t) (class_of t) = Some x /\ denotes C m tagged v1 g1 sv (reduced t x);
  kn_predicate : forall q x, k_predicate k = Some q -> Holds (k_label k) -> Holds (k_predicate_label k) ->
    cell o p (width t) (class_of t) = Some x -> satisfies_predicate C m tagged q t x;
  kn_parts : Holds (k_label k) -> Exists (part_true CP C m tagged o t p) (k_parts k) }.

(** The bits of the cell are in the object, and cells have values of their class. *)
Definition holds_cell (o : object) (p : Z) (t : type) : Prop :=
  0 <= p /\ p + width t <= 8 * size o /\ forall q w c x, cell o q w c = Some x -> class_of_value x = c.

Theorem source_holds : forall F w v0 g ac d bit s shift t st g1 k st' e, here F w v0 g -> proper_type t ->
  shift = 8 * access_immediate ac + bit -> source X ac d bit g s shift t st = Some ((g1, k), st', e) ->
  exists v1, here F w v1 g1 /\ continues g v0 g1 v1 /\ (forall q, k_predicate k = Some q -> proper_predicate q) /\
  forall b z o, is_value (integers v0) g (access_form ac) z -> hit C (heap w) (tagging w) b z s ->
      names (heap w) b o -> holds_cell o (8 * z + shift) t ->
    known_true (heap w) (tagging w) v1 g1 o (8 * z + shift) t k.
Proof.
  intros F w v0 g ac d bit s shift t st g1 k st' e H PT SB SO. pose proof (tables _ _ _ _ _ _ _ _ _ _ H) as K.
  pose proof (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl _ _)) as G.
  pose proof (act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) as WT.
  unfold source in SO. apply bind_inv in SO as (op & s1 & e1 & e2 & PO & SO & ->).
  apply bind_inv in SO as (code & s2 & e3 & e4 & _ & SO & ->).
  (* All but a content leave the state, and know no value. *)
  assert (SIMPLE : g1 = g -> k_predicate k = None -> k_value k = None ->
    (forall b z n o, is_value (integers v0) g (access_form ac) z ->
       hit C (heap w) (tagging w) b z s -> b = BObject n -> tag_is C (tagging w) (case_tag s) n ->
       heap w n = Some o -> alive o = true -> holds_cell o (8 * z + shift) t ->
       (k_initialised k = true -> Holds (k_label k) -> wholly_initialised o (8 * z + shift) (width t)) /\
       (Holds (k_label k) -> Exists (part_true CP C (heap w) (tagging w) o t (8 * z + shift)) (k_parts k))) ->
    exists v1, here F w v1 g1 /\ continues g v0 g1 v1 /\ (forall q, k_predicate k = Some q -> proper_predicate q) /\
    forall b z o, is_value (integers v0) g (access_form ac) z -> hit C (heap w) (tagging w) b z s ->
      names (heap w) b o -> holds_cell o (8 * z + shift) t ->
      known_true (heap w) (tagging w) v1 g1 o (8 * z + shift) t k).
  { intros -> KP KV SH. exists v0. split; [exact H|]. split; [apply continues_refl|].
    split; [rewrite KP; discriminate|].
    intros b z o AT HIT NM HC. pose proof HIT as (n & o' & EB & TI & OM & LV & _). subst b.
    pose proof (named_is _ _ _ _ OM NM). subst o'. destruct (SH _ _ _ _ AT HIT eq_refl TI OM LV HC) as [SI SP].
    split; auto; rewrite ?KP, ?KV; discriminate. }
  assert (NONE : forall o p, Exists (part_true CP C (heap w) (tagging w) o t p) [(None, t)]).
  { intros o p. constructor. exact I. }
  destruct (code =? 0).
  { apply ret_inv in SO as (SO & _ & _). injection SO as <- <-. apply SIMPLE; auto. intros. split; [discriminate|auto].
    }
  destruct (code =? 1).
  { clear SIMPLE. apply bind_inv in SO as (p & s3 & e5 & e6 & LP & SO & ->). apply lift_inv in LP as (-> & _ & _).
    apply bind_inv in SO as (body & s4 & e7 & e8 & TB & SO & ->).
    apply (OperandProofs.tag_of_inv CP C X FX) in TB as (TB & _ & _).
    apply bind_inv in SO as (u & s5 & e9 & e10 & ONE & SO & ->). apply demand_inv in ONE as (ONE & _ & _).
    apply andb_true_iff in ONE as [ONE SI]. apply Z.eqb_eq in ONE.
    apply bind_inv in SO as (c & s6 & e11 & e12 & FC & SO & ->).
    pose proof (fun v GV => find_content_holds A CP C (heap w) (tagging w) v g GV K _ _ _ _ _ _ _ FC) as CONTENT.
    apply bind_inv in SO as ([q ql] & s7 & e13 & e14 & PQ & SO & ->).
    destruct (CONTENT v0 G) as (CPOS & SC & CT & _). pose proof (same_cell_is _ _ SC) as [CW CC].
    pose proof (predicate_of_proper _ _ _ _ _ _ _ K PQ) as QP.
    (* The cell of the content. *)
    assert (CELL : forall b z o, hit C (heap w) (tagging w) b z s -> names (heap w) b o ->
      Holds (label_of_content g c) ->
      exists x, cell o (8 * z + shift) (width t) (class_of t) = Some x /\
        wholly_initialised o (8 * z + shift) (width t) /\
                denotes C (heap w) (tagging w) v0 g (content_value c) (reduced (content_type c) x)).
    { intros b z o HIT NM L. destruct (positions_hit _ _ _ _ _ _ _ _ _ _ _ HIT PO) as (j & J & EQ & LE & ST).
      pose proof HIT as (n & o' & EB & TI & OM & _). subst b. pose proof (named_is _ _ _ _ OM NM). subst o'.
      assert (POS : 8 * z + shift = position_of c) by nia.
      destruct (CONTENT v0 G) as (_ & _ & _ & CH). destruct (CH L n o TI OM) as (x & EX & _ & WI).
      rewrite <- POS, CW, CC in *.
      exists x. split; [exact EX|]. split; [exact WI|]. intros v AG.
      destruct (CONTENT v (held _ _ _ _ _ _ _ _ _ _ H v AG)) as (_ & _ & _ & CH').
      destruct (CH' L n o TI OM) as (x' & EX' & SY & _). rewrite <- POS, CW, CC in EX'. rewrite EX in EX'.
      injection EX' as <-. exact SY. }
    assert (REST : g1 = g -> k = {| k_predicate := converted q (content_type c) t; k_predicate_label := ql;
      k_initialised := true;
                     k_label := label_of_content g c; k_value := Some (content_value c); k_parts := [(None, t)] |} ->
      (forall f it, content_value c = SInteger f -> t = TInteger it -> same_sign (content_type c) t = true) ->
      exists v1, here F w v1 g1 /\ continues g v0 g1 v1 /\ (forall r, k_predicate k = Some r -> proper_predicate r) /\
      forall b z o, is_value (integers v0) g (access_form ac) z -> hit C (heap w) (tagging w) b z s ->
      names (heap w) b o -> holds_cell o (8 * z + shift) t ->
        known_true (heap w) (tagging w) v1 g1 o (8 * z + shift) t k).
    { intros -> -> SS. exists v0. split; [exact H|]. split; [apply continues_refl|].
      split; [cbn; intros r; apply converted_proper; auto|].
      intros b z o AT HIT NM (HC1 & HC2 & HC3). split; cbn; auto.
      - intros _ L. destruct (CELL b z o HIT NM L) as (x & _ & WI & _). exact WI.
      - intros sv E L. injection E as <-. destruct (CELL b z o HIT NM L) as (x & EX & _ & D). exists x.
        split; [exact EX|].
        replace (reduced t x) with (reduced (content_type c) x); [exact D|].
        pose proof (D v0 (agrees_refl _ _)) as SY. pose proof (HC3 _ _ _ _ EX) as CL.
        destruct (content_value c) as [f|b' f|y] eqn:CV.
        + destruct t as [it| |], (content_type c) as [ct| |] eqn:CTE; try discriminate CC; auto.
          rewrite (same_sign_type ct it CW (SS f it eq_refl eq_refl)). reflexivity.
        + destruct t, (content_type c), x; try discriminate CC; try discriminate CL; auto; cbn in SY; contradiction.
        + destruct t, (content_type c), x; try discriminate CC; try discriminate CL; auto; cbn in SY; destruct y;
            contradiction.
      - intros r x E L LQ EX. destruct (CELL b z o HIT NM L) as (x' & EX' & _ & D). rewrite EX in EX'.
        injection EX' as <-.
        eapply (converted_holds (heap w) (tagging w) q (content_type c) t); eauto.
        intros r' E'. eapply predicate_of_holds; eauto; [rewrite CC; eapply HC3; eauto|]. apply D. apply agrees_refl. }
    destruct (content_value c) as [f|b' f|y] eqn:CV;
      [destruct t as [it| |]; [destruct (same_sign (content_type c) (TInteger it)) eqn:SS| |]| |];
      try (apply ret_inv in SO as (SO & _ & _); injection SO as <- <-; apply REST; auto; intros; congruence).
    clear REST. apply bind_inv in SO as (u2 & s8 & e15 & e16 & SCO & SO & ->). apply demand_inv in SCO as (SCO & _ & _).
    apply bind_inv in SO as ([g2 f2] & s9 & e17 & e18 & WR & SO & ->). apply ret_inv in SO as (SO & _ & _).
    cbn [fst snd k_label] in SO. injection SO as <- <-.
    pose proof (scoped_value (integers v0) g f SCO) as VF. cbn in PT.
    destruct (wrapped_gives A (integers v0) g f it _ _ _ _ _ _ PT (known_at _ _ _ _ _ _ _ _ _ _ H) VF WR)
      as (un & ON & V2).
    exists (with_integers v0 un). split; [eapply here_onward; eauto|]. split; [eapply continues_onward; eauto|].
    split; [discriminate|].
    intros b z o AT HIT NM (HC1 & HC2 & HC3). split; cbn [k_initialised k_label k_value k_predicate k_predicate_label
      k_parts];
      auto; try discriminate.
    - intros _ L. destruct (CELL b z o HIT NM L) as (x & _ & WI & _). exact WI.
    - intros sv E L. injection E as <-. destruct (CELL b z o HIT NM L) as (x & EX & _ & D). exists x.
      split; [exact EX|].
      pose proof (HC3 _ _ _ _ EX) as CL. destruct x as [n| |]; try discriminate CL.
      destruct (content_type c) as [ct| |]; try discriminate CC. cbn [reduced] in D |- *.
      pose proof (proj1 (denotes_integer C _ _ _ _ _ _) D) as VD. rewrite (value_here _ _ _ _ VD) in V2.
      apply denotes_integer. replace (wrap it n) with (wrap it (wrap ct n)); [exact V2|].
      cbn in CT, CW. apply wrap_again; auto. }
  destruct ((code =? 2) || (code =? 3) || (code =? 8))%bool.
  { apply bind_inv in SO as (p & s3 & e5 & e6 & LP & SO & ->). apply lift_inv in LP as (-> & _ & _).
    apply bind_inv in SO as (count & s4 & e7 & e8 & _ & SO & ->).
    apply bind_inv in SO as ([[[next i] l] parts] & s5 & e9 & e10 & RP & SO & ->).
    apply bind_inv in SO as (u & s6 & e11 & e12 & DL & SO & ->). apply demand_inv in DL as (DL & _ & _).
    apply Z.ltb_lt in DL.
    apply bind_inv in SO as ([i' l'] & s7 & e13 & e14 & SG & SO & ->).
    apply ret_inv in SO as (SO & _ & _). injection SO as <- <-. apply SIMPLE; auto.
    cbn [fst snd k_initialised k_label k_parts].
    intros b z n o AT HIT EB TI OM LV (HC1 & HC2 & _).
    (* The cells' label is among those of the source; initialised are the cells', or those of segments. *)
    assert (BOTH : Holds l' -> Holds l /\ (i' = true -> i = true \/ wholly_initialised o (8 * z + shift) (width t))).
    { destruct (code =? 8).
      - apply bind_inv in SG as (h & s8 & e15 & e16 & SL & SG & ->). apply ret_inv in SG as (SG & _ & _).
        injection SG as <- <-. intro L. apply union_holds in L as [L1 L2]. split; [exact L1|]. intros _. right.
        intros y Y.
        apply (segments_loaded_hold A CP C X FX (heap w) (tagging w) v0 g G K WT ac z AT b o (ex_intro _ n (conj EB OM))
                 d bit s (width t) _ _ _ _ SL L2 HIT); lia.
      - apply ret_inv in SG as (SG & _ & _). injection SG as <- <-. auto. }
    destruct (positions_hit _ _ _ _ _ _ _ _ _ _ _ HIT PO) as (j & J & EQ & LE & ST).
    destruct (covering_holds A CP C FIT X FX (heap w) (tagging w) WT v0 g G K (case_tag s) n o TI OM LV t
                _ p _ _ _ _ _ ltac:(lia) RP) as (jj & JJ & NX & COV).
    assert (JL : j < jj).
    { rewrite EQ in LE. rewrite NX in DL. apply (Z.mul_lt_mono_pos_r (step_of p)); lia. }
    split.
    - intros II L. destruct (BOTH L) as [LC [IC|WI]]; [exact II| |exact WI].
      rewrite EQ. apply (COV LC j ltac:(lia)). exact IC.
    - intro L. rewrite EQ. apply (COV (proj1 (BOTH L)) j ltac:(lia)). }
  destruct (code =? 4).
  { apply bind_inv in SO as (k0 & s3 & e5 & e6 & _ & SO & ->).
    apply bind_inv in SO as (f & s4 & e7 & e8 & FT & SO & ->).
    apply (fact_of_tag_holds A CP C (heap w) (tagging w) v0 g G K) in FT as [FT PR].
    destruct (fact_about (fst f)) as [| |from to v| | | | | |] eqn:FA; try discriminate.
    apply bind_inv in SO as (p & s5 & e9 & e10 & LP & SO & ->). apply lift_inv in LP as (-> & _ & _).
    apply bind_inv in SO as (en & s6 & e11 & e12 & SU & SO & ->). unfold sum in SU.
    apply lift_inv in SU as (SU & _ & _).
    apply checked_inv in SU as [-> _]. apply bind_inv in SO as (u & s7 & e13 & e14 & DL & SO & ->).
    apply demand_inv in DL as (DL & _ & _). apply andb_true_iff in DL as [D1 D2]. apply Z.leb_le in D1, D2.
    apply ret_inv in SO as (SO & _ & _). injection SO as <- <-. apply SIMPLE; auto. cbn.
    intros b z n o AT HIT EB TI OM LV (_ & _ & HC). destruct (positions_hit _ _ _ _ _ _ _ _ _ _ _ HIT PO)
      as (j & J & EQ & LE & ST).
    split.
    - intros _ L. destruct (FT L n o TI OM LV) as [IN _]. intros y Y. apply IN. nia.
    - intro L. constructor. unfold part_true. cbn [fst snd].
      destruct (repeated v t (first_of p) (step_of p)) as [q|] eqn:RE; auto.
      destruct (repeated_cell CP C (heap w) (tagging w) FIT _ o v from to t (first_of p) (step_of p) q j PT PR (FT L n o
        TI OM LV) HC RE
                  ltac:(nia) ltac:(nia)) as [_ CS].
      split; [unfold same_cell; rewrite Z.eqb_refl; destruct (class_eq_dec _ _); auto|]. split; [exact PT|].
      split; [eapply repeated_proper; eauto|]. intros _. rewrite EQ. exact CS. }
  destruct (code =? 5).
  { apply bind_inv in SO as (p & s3 & e5 & e6 & LP & SO & ->). apply lift_inv in LP as (-> & _ & _).
    apply bind_inv in SO as (en & s6 & e11 & e12 & SU & SO & ->). unfold sum in SU.
    apply lift_inv in SU as (SU & _ & _).
    apply checked_inv in SU as [-> _]. apply bind_inv in SO as (l & s7 & e13 & e14 & EV & SO & ->).
    apply ret_inv in SO as (SO & _ & _). injection SO as <- <-. apply SIMPLE; auto. cbn.
    intros b z n o AT HIT EB TI OM LV _. destruct (positions_hit _ _ _ _ _ _ _ _ _ _ _ HIT PO) as (j & J & EQ & LE &
      ST).
    split; [|auto]. intros _ L y Y.
    apply (evidence_holds A CP C (heap w) (tagging w) X FX v0 g G K (case_tag s) n o TI OM LV WT _ _ _ _ _ _ EV L).
    nia. }
  destruct (code =? 6).
  { apply bind_inv in SO as (body & s4 & e7 & e8 & TB & SO & ->).
    apply (OperandProofs.tag_of_inv CP C X FX) in TB as (TB & _ & _).
    apply bind_inv in SO as (u & s7 & e13 & e14 & DL & SO & ->). apply demand_inv in DL as (RO & _ & _).
    apply ret_inv in SO as (SO & _ & _). injection SO as <- <-. apply SIMPLE; auto. cbn.
    intros b z n o AT HIT EB TI OM LV (HC1 & HC2 & _). split; [|auto]. intros _ _ y Y. unfold tag_is in TI.
    rewrite TB in TI.
    destruct body as [| | | |so sk ss sa| | |]; try discriminate RO. destruct n as [so'|]; [|contradiction]. subst so'.
    destruct (statics_fit _ _ _ _ WT _ _ _ _ _ TB) as (ob & OM' & SZ & _ & _ & _ & IN). rewrite OM in OM'.
    injection OM' as <-.
    apply (IN RO). lia. }
  destruct (code =? 7); [|discriminate]. apply bind_inv in SO as (l & s3 & e5 & e6 & SL & SO & ->).
  apply ret_inv in SO as (SO & _ & _). injection SO as <- <-. apply SIMPLE; auto. cbn.
  intros b z n o AT HIT EB TI OM LV (HC1 & HC2 & _). split; [|auto]. intros _ L y Y.
  apply (segments_loaded_hold A CP C X FX (heap w) (tagging w) v0 g G K WT ac z AT b o (ex_intro _ n (conj EB OM))
           d bit s (width t) _ _ _ _ SL L HIT); lia.
Qed.
End Source.
