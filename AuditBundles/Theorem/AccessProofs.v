(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Accesses: their claims are true, and where they are done the pointer is in a case that is left *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From Coq Require Import Floats.SpecFloat.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization Worlds
  Invariant.
From AICheck Require Import StateProofs OperandProofs HitProofs CaseProofs WalkProofs AccessClaims.
Import ListNotations.
Open Scope Z_scope.

Section Access.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Variable X : context.
Hypothesis FX : context_fits CP C X.
Variables (w0 : world) (entry : id -> value).
Notation here := (here A CP C X w0 entry).

(** The rule reads an access of [n] bytes by the operand [a]. *)
Record accessing (F : frame) (w : world) (v0 : valuation) (g : state) (a : operand) (x : access) (n : Z) (site : id)
  (rest : list kind) (d : address) (c : access_claims) (e : list event) : Prop := {
  acc_here : here F w v0 g;
  acc_alive : named_alive F a;
  acc_denotes : denotes C (heap w) (tagging w) v0 g (SPointer (access_base x) (access_form x))
                  (VPointer (base_of F a) (offset_of F a));
  acc_counts : counts A (size_lower x) (size_upper x) (access_label x) n;
  acc_number : is_value (integers v0) g (access_count x) n;
  acc_aligned : 1 <= access_alignment x;
  acc_kinds : proper_kinds rest;
  acc_read : exists s s', read_access X g x site (lifetime_kinds a ++ rest) s = Some ((d, c), s', e) }.

(** What it demands under a kind; without bounds what names no object counts as null. *)
Definition due (F : frame) (m : memory) (a : operand) (x : access) (n : Z) (rest : list kind) (k : kind) : Prop :=
  match k, rest with
  | NullDereference, [] => exists o, names m (base_of F a) o
  | _, _ => holds_of m F a (offset_of F a + access_immediate x) n (access_alignment x) k
  end.

(** An operand that is an object names one that is alive. *)
Lemma named_object : forall F w v0 g a, here F w v0 g -> named_alive F a -> lifetime_kinds a = [] ->
  living (heap w) (base_of F a) /\ exists o, base_of F a = BObject o.
Proof.
  intros F w v0 g a H NA LK. pose proof (act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) as WT.
  assert (OBJ : forall n, base_of F a = BObject n -> (forall o, heap w n = Some o ->
    stored_as o <> SHeap \/ alive o = true) ->
                (forall o, heap w n = Some o -> stored_as o <> SAutomatic \/ alive o = true) ->
                living (heap w) (base_of F a) /\ exists o, base_of F a = BObject o).
  { intros n E NH NE. rewrite E. split; [|eauto]. split; [discriminate|]. split.
    - intros (o & (k & EK & M) & ST & D). injection EK as <-. destruct (NH o M); congruence.
    - intros (o & (k & EK & M) & ST & D). injection EK as <-. destruct (NE o M); congruence. }
  destruct a; try discriminate LK.
  - apply (OBJ (Static o)); [reflexivity| |]; intros b M;
      destruct (static_storage _ _ _ _ WT _ _ M) as (k & ST); left; congruence.
  - cbn in NA. destruct (automatic F o) as [n|] eqn:AO; [|destruct (NA eq_refl)].
    destruct (act_own _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H) _ _ AO) as (k & m & t & -> & _ & _ & TG & LT & _).
    destruct LT as (many & z & al & T). destruct (tags_exist _ _ _ _ WT _ _ TG) as (body & b & T' & M & _ & K).
    rewrite T in T'. injection T' as <-. destruct K as (_ & LV & _).
    apply (OBJ (Dynamic k)); [unfold base_of; cbn; rewrite AO; reflexivity| |]; intros b' M'; right; congruence.
Qed.

(** ** One access *)

Section One.
Variables (F : frame) (w : world) (v0 : valuation) (g : state) (a : operand) (x : access) (n : Z) (site : id).
Variables (rest : list kind) (d : address) (c : access_claims) (e : list event).
Hypothesis ACC : accessing F w v0 g a x n site rest d c e.
Notation m := (heap w).
Notation b := (base_of F a).
Notation z := (offset_of F a).
Notation kinds := (lifetime_kinds a ++ rest).
Notation duty := (due F m a x n rest).
Notation points := (points C m (tagging w) x b g (integers v0)).

Let H : here F w v0 g := acc_here _ _ _ _ _ _ _ _ _ _ _ _ ACC.
Let WT : well_tagged P C m (tagging w) := act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H).

Lemma symbol_exists : forall s, access_base x = BSymbol s -> (s < next_base g)%positive.
Proof.
  intros s E. pose proof (acc_denotes _ _ _ _ _ _ _ _ _ _ _ _ ACC) as D. rewrite E in D.
  eapply base_symbol_exists; eauto.
Qed.

Lemma own_exists : forall s, access_base x = BSymbol s -> (own_offset g s < next_integer g)%positive.
Proof.
  intros s E. apply own_offset_scoped; [apply (tables _ _ _ _ _ _ _ _ _ _ H)|]. apply symbol_exists. auto.
Qed.

Lemma entries_proper : forall l tl, cases_of g (access_base x) = Some (l, tl) -> Forall proper_entry l.
Proof.
  intros l tl CO. destruct (access_base x) as [t|s]; cbn in CO.
  - injection CO as <- <-. constructor; [unfold proper_entry; cbn; lia|constructor].
  - eapply targets_proper; [apply (tables _ _ _ _ _ _ _ _ _ _ H)|exact CO].
Qed.

Lemma points_in_case : forall l tl, cases_of g (access_base x) = Some (l, tl) -> Holds tl -> Exists points l.
Proof.
  intros l tl CO L. pose proof (acc_denotes _ _ _ _ _ _ _ _ _ _ _ _ ACC v0 (agrees_refl _ _)) as D. cbn in D.
  destruct D as [DB _]. unfold WalkProofs.points. destruct (access_base x) as [t|s]; cbn in CO.
  - injection CO as <- <-. constructor. split; [exact (proj1 DB)|exact I].
  - pose proof (target_sets _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl _ _)) _ _ _ CO L) as T.
    rewrite DB in T. unfold in_targets in T. eapply Exists_impl; [|exact T]. intros en IE. split; [apply IE|exact IE].
Qed.

(** What the rule reads. *)
Inductive read_as : Prop :=
| Read_anywhere : cases d = None -> narrowed d = None ->
    claimed (c_null c) = false -> claimed (c_freed c) = false -> claimed (c_ended c) = false ->
    claimed (c_bounds c) = false -> claimed (c_misaligned c) = false -> claimed (c_constant c) = false -> read_as
| Read_cases : forall l tl s s' e' wk,
    cases_of g (access_base x) = Some (l, tl) ->
    walk_cases X g x c tl l {| w_survivors := []; w_kept := []; w_narrowed := false; w_cut := false;
                               w_label := union (access_label x) tl |} s = Some (wk, s', e') ->
    cases d = Some (rev (w_survivors wk)) -> claim_label d = w_label wk ->
    (Holds (address_label d) -> Holds (claim_label d)) ->
    (narrowed d = None \/ exists cut, narrowed d = Some {| kept := rev (w_kept wk); cut_some := cut |}) -> read_as.

Lemma rev'_rev : forall {T} (l : list T), rev' l = rev l.
Proof. intros T l. unfold rev'. rewrite rev_append_rev. apply app_nil_r. Qed.

Lemma access_read : read_as /\ (exists s s' e1, read_claims X site kinds no_claims s = Some (c, s', e1) /\ incl e1 e).
Proof.
  destruct (acc_read _ _ _ _ _ _ _ _ _ _ _ _ ACC) as (s & s' & R). unfold read_access in R.
  apply bind_inv in R as (c' & s1 & e1 & e2 & RC & R & ->).
  destruct (cases_of g (access_base x)) as [[l tl]|] eqn:CO.
  - apply bind_inv in R as (wk & s2 & e3 & e4 & WK & R & ->). rewrite !rev'_rev in R.
    destruct (w_narrowed wk) eqn:NR; apply ret_inv in R as (R & <- & ->); injection R as ED EC; subst c'.
    + split; [|do 3 eexists; split; [exact RC|apply incl_appl; apply incl_refl]].
      eapply Read_cases; [exact CO|exact WK|rewrite <- ED; reflexivity|rewrite <- ED; reflexivity| |rewrite <- ED; cbn;
        eauto].
      rewrite <- ED. cbn. intro HL. apply union_holds in HL. tauto.
    + split; [|do 3 eexists; split; [exact RC|apply incl_appl; apply incl_refl]].
      eapply Read_cases; [exact CO|exact WK|rewrite <- ED; cbn; auto..].
  - apply bind_inv in R as (u1 & s2 & e3 & e3' & F1 & R & ->).
    apply bind_inv in R as (u2 & s3 & e4 & e4' & F2 & R & ->).
    apply bind_inv in R as (u3 & s4 & e5 & e5' & F3 & R & ->).
    apply bind_inv in R as (u4 & s5 & e6 & e6' & F4 & R & ->).
    apply bind_inv in R as (u5 & s6 & e7 & e7' & F5 & R & ->).
    apply bind_inv in R as (u6 & s7 & e8 & e8' & F6 & R & ->).
    apply ret_inv in R as (R & <- & ->). injection R as ED EC. subst c'.
    split; [|do 3 eexists; split; [exact RC|apply incl_appl; apply incl_refl]].
    apply Read_anywhere; [rewrite <- ED; reflexivity..| | | | | |]; eauto using fails_inv.
Qed.

Lemma claim_present : forall k cl, claim_for k c = Some cl -> In (slot k) (map slot kinds).
Proof.
  intros k cl CF. destruct access_read as [_ (s & s' & e1 & RC & _)].
  destruct (in_dec Nat.eq_dec (slot k) (map slot kinds)) as [I|N]; auto.
  destruct (read_claims_inv A X _ _ _ _ _ _ _ (distinct_slots a rest (acc_kinds _ _ _ _ _ _ _ _ _ _ _ _ ACC)) RC)
    as [_ NO].
  rewrite (NO k N) in CF. destruct k; discriminate.
Qed.

Lemma claims_read : forall k, In k kinds -> exists cl, claim_for k c = Some cl /\ claim_of X site k e cl.
Proof.
  intros k I. destruct access_read as [_ (s & s' & e1 & RC & IN)].
  destruct (read_claims_inv A X _ _ _ _ _ _ _ (distinct_slots a rest (acc_kinds _ _ _ _ _ _ _ _ _ _ _ _ ACC)) RC)
    as [YES _].
  destruct (YES k I) as (cl & CF & Q). exists cl. split; auto. eapply claim_of_more; eauto.
Qed.

Lemma access_obligations : forall k, In k kinds ->
  exists o, obligation_number X (the_function X) site k = Some o /\ Exists (about_obligation o) e.
Proof. intros k I. destruct (claims_read k I) as (cl & _ & Q). exists (obligation_of cl). split; apply Q. Qed.

(** *** What was demanded is done *)

Lemma due_living : Forall duty (lifetime_kinds a) -> living m b.
Proof.
  intro D. destruct (lifetime_kinds a) as [|k l] eqn:LK.
  - destruct (named_object _ _ _ _ _ H (acc_alive _ _ _ _ _ _ _ _ _ _ _ _ ACC) LK); auto.
  - assert (E : k :: l = [NullDereference; UseAfterFree; DanglingPointer]) by (rewrite <- LK; destruct a;
      try discriminate LK; reflexivity).
    rewrite E in D. inversion D as [|? ? D1 D']; subst. inversion D' as [|? ? D2 D'']; subst.
    inversion D'' as [|? ? D3 _]; subst.
    split; [|split; [exact D2|exact D3]]. unfold due in D1. destruct rest; auto. destruct D1 as (o & n' & E1 & _).
    rewrite E1. discriminate.
Qed.

Lemma due_done : Forall duty kinds -> done m x c b z n.
Proof.
  intro D. apply Forall_app in D as [DL DR]. pose proof (due_living DL) as LIV.
  pose proof (acc_kinds _ _ _ _ _ _ _ _ _ _ _ _ ACC) as PK.
  assert (BD : rest <> [] -> in_bounds m b (z + access_immediate x) n).
  { intro NE. cbn in PK. decompose [or] PK; subst; try congruence; try contradiction; inversion DR; auto. }
  split; auto.
  - destruct (list_eq_dec (fun j k : kind => ltac:(decide equality)) rest []) as [E|NE].
    + destruct (lifetime_kinds a) as [|k l] eqn:LK.
      * destruct (named_object _ _ _ _ _ H (acc_alive _ _ _ _ _ _ _ _ _ _ _ _ ACC) LK); auto.
      * assert (k = NullDereference) as -> by (destruct a; try discriminate LK; injection LK; auto).
        inversion DL as [|? ? D1 _]; subst. destruct D1 as (o & n' & E1 & _). eauto.
    + destruct (BD NE) as (_ & o & (k & E & _) & _). eauto.
  - intro CB. destruct (c_bounds c) as [cl|] eqn:Q; [|congruence]. apply BD. intro RE.
    pose proof (claim_present OutOfBoundsRead cl Q) as I. rewrite RE, app_nil_r in I.
    destruct a; cbn in I; intuition discriminate.
  - intro CC. destruct (c_constant c) as [cl|] eqn:Q; [|congruence].
    pose proof (claim_present WriteToConstant cl Q) as I. rewrite map_app, in_app_iff in I.
    destruct I as [I|I]; [destruct a; cbn in I; intuition discriminate|].
    cbn in PK. decompose [or] PK; subst; try contradiction; cbn in I; try (intuition discriminate).
    + inversion DR as [|? ? _ D2]; subst. inversion D2; auto.
    + inversion DR as [|? ? _ D2]; subst. inversion D2 as [|? ? _ D3]; subst. inversion D3; auto.
Qed.

(** *** The cases *)

Lemma sizes_here : sizes_at A C m (tagging w) g (integers v0).
Proof.
  intros t s Q L nm o TI M v AG.
  refine (sizes_held _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H (with_integers v0 v) _) t s Q L nm o TI M).
  split; cbn; auto.
Qed.

Lemma value_at : is_value (integers v0) g (access_form x) z.
Proof. eapply denotes_offset. exact (acc_denotes _ _ _ _ _ _ _ _ _ _ _ _ ACC). Qed.

Lemma access_cases : cases d <> None ->
  exists l k, cases d = Some (rev l) /\ Forall proper_entry k /\ (length l <= length k)%nat /\
    (narrowed d = None \/ exists cut, narrowed d = Some {| kept := rev k; cut_some := cut |}) /\
    (Holds (claim_label d) ->
     claims_true m x c b z n /\
     (done m x c b z n -> Exists (fun sv => hit C m (tagging w) b z sv /\ ends A g (integers v0) sv) l /\
                          Exists (fun en => points en /\ names_objects C (entry_tag en)) k)).
Proof.
  intros CD. destruct access_read as [R _]. destruct R as [E|l tl s s' e' wk CO WK CS CL _ NR]; [congruence|].
  pose proof (entries_proper _ _ CO) as PR.
  pose proof (walk_grows A CP C X FX m (tagging w) x c b z g (integers v0) value_at own_exists _ _ _ _ _ _ _ PR WK)
    as [GL _ _ GC GP]. cbn in GC, GP.
  exists (w_survivors wk), (w_kept wk). split; [exact CS|]. split; [auto|]. split; [auto|]. split; [exact NR|].
  rewrite CL. intro HL. pose proof (GL HL) as LT. apply union_holds in LT as [LX LT].
  exact (walk_true A CP C X FX m (tagging w) WT x c b z n (acc_aligned _ _ _ _ _ _ _ _ _ _ _ _ ACC) g (integers v0)
           (known_at _ _ _ _ _ _ _ _ _ _ H)
           (fun k f Q L => ex_intro (fun i => fact_holds P C m (tagging w) i (fst f)) _
              (memory_held _ _ _ _ _ _ _ (held _ _ _ _ _ _ _ _ _ _ H v0 (agrees_refl _ _)) k f Q L)) value_at
           (acc_counts _ _ _ _ _ _ _ _ _ _ _ _ ACC) (acc_number _ _ _ _ _ _ _ _ _ _ _ _ ACC) sizes_here LX own_exists
           _ _ _ _ _ _ _ PR WK HL (points_in_case _ _ CO LT)).
Qed.

Lemma only_hits : forall l, Exists (fun sv => hit C m (tagging w) b z sv /\ ends A g (integers v0) sv) l ->
  Exists (hit C m (tagging w) b z) l.
Proof. intros l EX. eapply Exists_impl; [|exact EX]. intros sv [HIT _]. exact HIT. Qed.

Lemma labels_of_cases : cases d <> None -> Holds (address_label d) -> Holds (claim_label d).
Proof. intros CD. destruct access_read as [R _]. destruct R; auto. congruence. Qed.

(** *** Hits *)

Lemma access_hits : Forall duty kinds -> Holds (address_label d) -> forall l, cases d = Some l ->
  Exists (hit C m (tagging w) b z) l.
Proof.
  intros D HL l CS. assert (CD : cases d <> None) by congruence.
  destruct (access_cases CD) as (l' & k & CS' & _ & _ & _ & T). rewrite CS in CS'. injection CS' as ->.
  apply Exists_rev. apply only_hits. apply (T (labels_of_cases CD HL)). apply due_done. exact D.
Qed.

(** A claim's label is enough. *)
Lemma claim_hits : Forall duty kinds -> Holds (claim_label d) -> forall l, cases d = Some l ->
  Exists (hit C m (tagging w) b z) l.
Proof.
  intros D HL l CS. assert (CD : cases d <> None) by congruence.
  destruct (access_cases CD) as (l' & k & CS' & _ & _ & _ & T). rewrite CS in CS'. injection CS' as ->.
  apply Exists_rev. apply only_hits. apply (T HL). apply due_done. exact D.
Qed.

(** The number of bytes is in the bounds that the rule has of it. *)
Lemma access_counts : cases d <> None -> Holds (claim_label d) -> 0 <= n <= 2 ^ 100 ->
  size_lower x <= n <= size_upper x.
Proof.
  intros CD HL N. destruct access_read as [R _]. destruct R as [E|l tl s s' e' wk CO WK CS CL _ NR]; [congruence|].
  rewrite CL in HL.
  pose proof (grows_label _ _ _ (walk_grows A CP C X FX m (tagging w) x c b z g (integers v0) value_at own_exists
                _ _ _ _ _ _ _ (entries_proper _ _ CO) WK) HL) as LT.
  apply union_holds in LT as [LX _]. apply (acc_counts _ _ _ _ _ _ _ _ _ _ _ _ ACC LX). auto.
Qed.

(** *** Claims *)

Lemma access_upholds : forall s u s' e' said k o, settle_access c d s = Some (u, s', e') ->
  (forall v, In v (e ++ e') -> In v said) -> violated (map (fun k => (k, duty k)) kinds) k ->
  obligation_number X (the_function X) site k = Some o -> ~ upheld A o said.
Proof.
  intros s u s' e' said k o ST IN VI ON [UC UU]. apply violated_split in VI as (l1 & l2 & EQ & DL & ND).
  assert (IK : In k kinds) by (rewrite EQ; apply in_or_app; right; left; reflexivity).
  destruct (claims_read k IK) as (cl & CF & Q). rewrite (of_number _ _ _ _ _ Q) in ON. injection ON as ON.
  destruct (is_claimed cl) eqn:CL.
  2: { apply UU. apply IN. apply in_or_app. left. rewrite <- ON. apply (of_unproved _ _ _ _ _ Q CL). }
  assert (NU : k <> UninitializedRead) by (intros ->; apply ND; exact I).
  assert (CD : cases d <> None).
  { destruct access_read as [R _]. destruct R as [_ _ F1 F2 F3 F4 F5 F6|]; [|congruence]. exfalso.
    destruct k; cbn in CF; try congruence; rewrite CF in *; cbn in *; congruence. }
  assert (HL : Holds (claim_label d)).
  { apply UC. apply IN. apply in_or_app. right. rewrite <- ON. eapply settle_access_inv; eauto. }
  destruct (access_cases CD) as (ls & ks & _ & _ & _ & _ & T). destruct (T HL) as [[TN TF TE TB TM TC] _]. apply ND.
  destruct (split_app _ _ _ _ _ EQ) as [(l3 & E)|(l3 & -> & E)].
  - assert (IL : In k [NullDereference; UseAfterFree; DanglingPointer]).
    { assert (IL : In k (lifetime_kinds a)) by (rewrite E; apply in_or_app; right; left; reflexivity).
      destruct a; cbn in *; tauto. }
    destruct IL as [<-|[<-|[<-|[]]]]; cbn in CF; rewrite CF in *; cbn in *.
    + destruct (TN CL) as [T1 T2]. assert (T3 : rest = [] -> exists o, names m b o).
      { intro RE. apply T2. destruct (c_bounds c) as [cb|] eqn:CB; auto. exfalso.
        pose proof (claim_present OutOfBoundsRead cb CB) as I'. rewrite RE, app_nil_r in I'.
        destruct a; cbn in I'; intuition discriminate. }
      clear - T1 T3. unfold due. destruct rest; auto.
    + exact (TF CL).
    + exact (TE CL).
  - assert (LIV : living m b) by (apply due_living; apply Forall_app in DL; apply DL).
    assert (IR : In k rest) by (rewrite E; apply in_or_app; right; left; reflexivity).
    pose proof (acc_kinds _ _ _ _ _ _ _ _ _ _ _ _ ACC) as PK. cbn in PK.
    assert (B : k = OutOfBoundsRead \/ k = OutOfBoundsWrite \/ k = MisalignedAccess \/ k = WriteToConstant).
    { clear - PK IR NU. decompose [or] PK; subst; try contradiction; cbn in IR; intuition congruence. }
    destruct B as [->|[->|[->| ->]]]; cbn in CF; rewrite CF in *; cbn in *; auto.
Qed.

End One.
End Access.
