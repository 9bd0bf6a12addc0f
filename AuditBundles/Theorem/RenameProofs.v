(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Renaming of tags: what is known of pointers goes on to hold where objects get other tags *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses Lifetimes Checker Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TableProofs.
Import ListNotations.
Open Scope Z_scope.

Section Targets.
Variable C : certificate.

(** ** Lists of targets that are joined *)

Lemma join_cons : forall e l f m, join_entries (e :: l) (f :: m) =
  match Pos.compare (entry_tag e) (entry_tag f) with
  | Lt => e :: join_entries l (f :: m)
  | Gt => f :: join_entries (e :: l) m
  | Eq => entry_hull e f :: join_entries l m
  end.
Proof. reflexivity. Qed.
Lemma join_none : forall l, join_entries l [] = l.
Proof. destruct l; reflexivity. Qed.

Section World.
Variable m : memory.
Variable tagged : ghost.
Notation in_entry := (in_entry C m tagged).
Notation in_targets := (in_targets C m tagged).

Lemma hull_left : forall e f b o, in_entry e b o -> in_entry (entry_hull e f) b o.
Proof.
  intros e f b o (T & B & F). split; [exact T|]. split; [|exact F]. intro N. specialize (B N) as [B D]. cbn.
  split; [apply hull_in; auto|]. destruct (_ && _)%bool; auto. apply Z.divide_1_l.
Qed.

Lemma hull_right : forall e f b o, entry_tag e = entry_tag f -> in_entry f b o -> in_entry (entry_hull e f) b o.
Proof.
  intros e f b o E (T & B & F). rewrite <- E in *. split; [exact T|]. split; [|exact F]. intro N.
  specialize (B N) as [B D]. cbn.
  split; [apply hull_in; auto|]. destruct (_ && _)%bool eqn:Q; [|apply Z.divide_1_l].
  apply andb_true_iff in Q as [Q R]. apply Z.eqb_eq in Q, R. rewrite Q, R. exact D.
Qed.

Lemma join_left : forall l k b o, in_targets l b o -> in_targets (join_entries l k) b o.
Proof.
  induction l as [|e l IHl]; intros k b o I; [inversion I|].
  induction k as [|f k IHk]; [rewrite join_none; exact I|].
  rewrite join_cons. destruct (Pos.compare (entry_tag e) (entry_tag f)).
  - apply Exists_cons in I as [I|I]; [apply Exists_cons_hd; apply hull_left; auto|apply Exists_cons_tl; auto;
      apply IHl; exact I].
  - apply Exists_cons in I as [I|I]; [apply Exists_cons_hd; auto|apply Exists_cons_tl; apply IHl; exact I].
  - apply Exists_cons_tl. exact IHk.
Qed.

Lemma join_right : forall l k b o, in_targets k b o -> in_targets (join_entries l k) b o.
Proof.
  induction l as [|e l IHl]; intros k b o I; [exact I|].
  induction k as [|f k IHk]; [inversion I|].
  rewrite join_cons. destruct (Pos.compare (entry_tag e) (entry_tag f)) eqn:E.
  - apply Pos.compare_eq in E. apply Exists_cons in I as [I|I]; [apply Exists_cons_hd; apply hull_right; auto|].
    apply Exists_cons_tl. apply IHl. exact I.
  - apply Exists_cons_tl. apply IHl. exact I.
  - apply Exists_cons in I as [I|I]; [apply Exists_cons_hd; auto|apply Exists_cons_tl; apply IHk; exact I].
Qed.

Lemma in_targets_in : forall l b o, in_targets l b o <-> exists e, In e l /\ in_entry e b o.
Proof. intros. apply Exists_exists. Qed.
End World.

Lemma join_proper : forall l k, Forall proper_entry l -> Forall proper_entry k ->
  Forall proper_entry (join_entries l k).
Proof.
  induction l as [|e l IHl]; intros k L K; [exact K|].
  induction k as [|f k IHk]; [rewrite join_none; exact L|].
  inversion L; inversion K; subst. rewrite join_cons. destruct (Pos.compare (entry_tag e) (entry_tag f));
    constructor; auto.
  unfold proper_entry in *. cbn. destruct (_ && _)%bool; lia.
Qed.

Lemma join_some : forall l k, k <> [] -> join_entries l k <> [].
Proof.
  intros [|e l] [|f k] N; auto; try congruence. rewrite join_cons. destruct (Pos.compare _ _); discriminate.
Qed.

(** ** Renaming in a list *)

Variable X : context.
Hypothesis FC : the_certificate X = C.
Variable names : id -> option (list id).
Variable keeping : bool.

(** The entry under another tag. *)
Definition under (e : entry) (n : id) : entry :=
  if match PM.find n (tags C) with Some b => is_object b | None => false end
  then {| entry_tag := n; entry_bounds := entry_bounds e; modulus := modulus e; remainder := remainder e |}
  else entry_of_tag n.

Definition add_one (e : entry) (added : list entry) (n : id) : list entry := join_entries added [under e n].
Definition rename_step (p : list entry * list entry) (e : entry) : list entry * list entry :=
  match names (entry_tag e) with
  | None => (e :: fst p, snd p)
  | Some new => (if keeping then e :: fst p else fst p, fold_left (add_one e) new (snd p))
  end.
Definition retargeted (l : list entry) : list entry := match renamed X names keeping l with Some l' => l'
  | None => l end.

Lemma renamed_is : forall l, renamed X names keeping l =
  let p := fold_left rename_step l ([], []) in
  match snd p with [] => None | _ => Some (join_entries (rev' (fst p)) (snd p)) end.
Proof.
  intro l. unfold renamed.
  assert (E : forall l p, fold_left
      (fun (p : list entry * list entry) e =>
         let '(rest, added) := p in
         match names (entry_tag e) with
         | None => (e :: rest, added)
         | Some new =>
           (if keeping then e :: rest else rest,
            fold_left
              (fun added n =>
                 let as_object := match PM.find n (tags (the_certificate X)) with Some b => is_object b
                   | None => false end in
                 join_entries added
                   [if as_object
                    then {| entry_tag := n; entry_bounds := entry_bounds e; modulus := modulus e;
                      remainder := remainder e |}
                    else entry_of_tag n])
              new added)
         end) l p = fold_left rename_step l p).
  { induction l0 as [|e l0 IH]; intro p; [reflexivity|]. cbn [fold_left]. rewrite IH. f_equal. destruct p as [r a].
    unfold rename_step, add_one, under. rewrite FC. reflexivity. }
  rewrite E. destruct (fold_left rename_step l ([], [])). reflexivity.
Qed.

Lemma added_none : forall e new added, fold_left (add_one e) new added = [] -> new = [] /\ added = [].
Proof.
  intros e. induction new as [|n new IH]; intros added H; [auto|]. cbn in H. apply IH in H as [_ H]. exfalso.
  revert H. apply join_some. discriminate.
Qed.

Lemma added_proper : forall e, proper_entry e -> forall new added, Forall proper_entry added ->
  Forall proper_entry (fold_left (add_one e) new added).
Proof.
  intros e PE. induction new as [|n new IH]; intros added H; [auto|]. cbn. apply IH. apply join_proper; auto.
  constructor; auto. unfold under.
  destruct (match PM.find n (tags C) with Some b => is_object b | None => false end); auto.
  unfold proper_entry. cbn. lia.
Qed.

Lemma step_proper : forall l p, Forall proper_entry l -> Forall proper_entry (fst p) -> Forall proper_entry (snd p) ->
  Forall proper_entry (fst (fold_left rename_step l p)) /\ Forall proper_entry (snd (fold_left rename_step l p)).
Proof.
  induction l as [|e l IH]; intros p L R D; [auto|]. inversion L; subst. cbn. apply IH; auto; unfold rename_step;
    destruct (names (entry_tag e)); cbn; auto using added_proper. destruct keeping; auto.
Qed.

Lemma retargeted_proper : forall l, Forall proper_entry l -> Forall proper_entry (retargeted l).
Proof.
  intros l L. unfold retargeted. rewrite renamed_is. cbn zeta.
  destruct (step_proper l ([], []) L (Forall_nil _) (Forall_nil _)) as [R D].
  destruct (snd (fold_left rename_step l ([], []))) eqn:E; [auto|]. apply join_proper; [|exact D].
  apply Forall_forall. intros x I. apply (proj1 (in_reversed _ _)) in I. rewrite Forall_forall in R. exact (R x I).
Qed.

(** *** In worlds *)

(** Whatever had a tag has one of the new ones, or keeps it. *)
Definition renames (w w' : world) : Prop :=
  forall t b, has_tag C (heap w) (tagging w) t b ->
  match names t with
  | None => has_tag C (heap w') (tagging w') t b
  | Some new => keeping = true /\ has_tag C (heap w') (tagging w') t b \/
                exists n, In n new /\ has_tag C (heap w') (tagging w') n b
  end.

(** Tags of objects become those of objects, or the ended or freed one. *)
Definition names_fit : Prop := forall t new, names t = Some new -> names_objects C t /\
  forall n f, In n new -> PM.find n (tags C) <> Some (TFunction f).

Section Moves.
Variables w w' : world.
Hypothesis FITS : names_fit.
Hypothesis MOVES : renames w w'.
Notation in_new := (in_targets C (heap w') (tagging w')).

Lemma under_in : forall e n b o, names_objects C (entry_tag e) ->
  (forall f, PM.find n (tags C) <> Some (TFunction f)) ->
  in_entry C (heap w) (tagging w) e b o -> has_tag C (heap w') (tagging w') n b ->
    in_entry C (heap w') (tagging w') (under e n) b o.
Proof.
  intros e n b o N NF (T & B & _) H. specialize (B N). unfold under.
  destruct (match PM.find n (tags C) with Some b => is_object b | None => false end) eqn:E.
  - split; [exact H|]. split; [intros _; exact B|]. intros (f & F). destruct (NF f F).
  - split; [exact H|]. split; [|intros (f & F); destruct (NF f F)]. intros (d & F & O). cbn in F. rewrite F, O in E.
    discriminate.
Qed.

Lemma added_keeps : forall e b o new added, in_new added b o -> in_new (fold_left (add_one e) new added) b o.
Proof. intros e b o. induction new as [|n new IH]; intros added I; [auto|]. cbn. apply IH. apply join_left.
  exact I. Qed.

Lemma added_in : forall e b o new added n, In n new -> in_entry C (heap w') (tagging w') (under e n) b o ->
  in_new (fold_left (add_one e) new added) b o.
Proof.
  intros e b o. induction new as [|x new IH]; intros added n I E; [destruct I|]. cbn. destruct I as [->|I]; [|eauto].
  apply added_keeps. apply join_right. apply Exists_cons_hd. exact E.
Qed.

Definition found (p : list entry * list entry) (b : base) (o : Z) : Prop := in_new (fst p) b o \/ in_new (snd p) b o.

Lemma step_keeps : forall l p b o, found p b o -> found (fold_left rename_step l p) b o.
Proof.
  induction l as [|e l IH]; intros p b o H; [auto|]. cbn. apply IH. unfold rename_step, found in *.
  destruct (names (entry_tag e)); cbn; destruct H as [H|H]; auto.
  - left. destruct keeping; auto. apply Exists_cons_tl. exact H.
  - right. apply added_keeps. exact H.
  - left. apply Exists_cons_tl. exact H.
Qed.

Lemma same_in : forall e b o, in_entry C (heap w) (tagging w) e b o ->
  has_tag C (heap w') (tagging w') (entry_tag e) b ->
  in_entry C (heap w') (tagging w') e b o.
Proof. intros e b o (T & B & F) H. split; auto. Qed.

Lemma step_found : forall l p b o, in_targets C (heap w) (tagging w) l b o -> found (fold_left rename_step l p) b o.
Proof.
  induction l as [|e l IH]; intros p b o I; [inversion I|]. cbn. apply Exists_cons in I as [I|I]; [|auto].
  apply step_keeps. pose proof (MOVES (entry_tag e) b (proj1 I)) as M. unfold rename_step, found.
  destruct (names (entry_tag e)) as [new|] eqn:N; cbn.
  - destruct (FITS _ _ N) as [NO NF]. destruct M as [[-> M]|(n & IN & M)].
    + left. apply Exists_cons_hd. apply same_in; auto.
    + right. eapply added_in; eauto. apply under_in; auto.
  - left. apply Exists_cons_hd. apply same_in; auto.
Qed.

Lemma step_none : forall l p, snd (fold_left rename_step l p) = [] ->
  snd p = [] /\ forall e, In e l -> names (entry_tag e) = None \/ names (entry_tag e) = Some [].
Proof.
  induction l as [|e l IH]; intros p H; [split; [auto|intros ? []]|]. cbn in H. apply IH in H as [H I].
  unfold rename_step in H. destruct (names (entry_tag e)) as [new|] eqn:N; cbn in H.
  - apply added_none in H as [-> H]. split; auto. intros x [->|J]; auto.
  - split; auto. intros x [->|J]; auto.
Qed.

(** What is known of a pointer goes on to hold. *)
Lemma targets_renamed : forall l b o, in_targets C (heap w) (tagging w) l b o -> in_new (retargeted l) b o.
Proof.
  intros l b o I. unfold retargeted. rewrite renamed_is. cbn zeta.
  destruct (snd (fold_left rename_step l ([], []))) as [|x k] eqn:E.
  - apply step_none in E as [_ N]. apply in_targets_in in I as (e & IN & H). apply in_targets_in. exists e. split; auto.
    apply same_in; auto. pose proof (MOVES (entry_tag e) b (proj1 H)) as M.
    destruct (N e IN) as [Q|Q]; rewrite Q in M; auto.
    destruct M as [[_ M]|(n & [] & _)]. exact M.
  - destruct (step_found l ([], []) b o I) as [H|H].
    + apply join_left. apply in_targets_in in H as (e & IN & H). apply in_targets_in. exists e. split; auto.
      apply (proj2 (in_reversed _ _)). exact IN.
    + rewrite E in H. apply join_right. exact H.
Qed.
End Moves.

(** Entries that are kept go on to hold where tags are. *)
Lemma targets_kept : forall w w' l b o, keeping = true ->
  (forall t c, has_tag C (heap w) (tagging w) t c -> has_tag C (heap w') (tagging w') t c) ->
  in_targets C (heap w) (tagging w) l b o -> in_targets C (heap w') (tagging w') (retargeted l) b o.
Proof.
  intros w w' l b o KP HT I.
  assert (KEEP : forall l p, found w' p b o -> found w' (fold_left rename_step l p) b o)
    by (intros; apply step_keeps; auto).
  assert (F : forall l p, in_targets C (heap w) (tagging w) l b o -> found w' (fold_left rename_step l p) b o).
  { induction l0 as [|e l0 IH]; intros p J; [inversion J|]. cbn. apply Exists_cons in J as [(T & B & E)|J]; [|auto].
    apply KEEP. unfold rename_step, found. destruct (names (entry_tag e)); rewrite ?KP; left; apply Exists_cons_hd;
      split; auto. }
  unfold retargeted. rewrite renamed_is. cbn zeta. destruct (snd (fold_left rename_step l ([], []))) as [|x k] eqn:E.
  - apply in_targets_in in I as (e & IN & (T & B & K)). apply in_targets_in. exists e. split; auto. split; auto.
  - destruct (F l ([], []) I) as [H|H].
    + apply join_left. apply in_targets_in in H as (e & IN & H). apply in_targets_in. exists e. split; auto.
      apply (proj2 (in_reversed _ _)). exact IN.
    + rewrite E in H. apply join_right. exact H.
Qed.
End Targets.
