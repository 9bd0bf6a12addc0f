(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Labels, monad and linear forms: what the functions of Reading.v and Forms.v compute *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms.
Import ListNotations.
Open Scope Z_scope.
(* Proofs calculate with [lia], not by unfolding; this holds for all files that import this one. *)
Global Arguments Z.mul : simpl never.
Global Arguments Z.add : simpl never.
Global Arguments Z.sub : simpl never.
Global Arguments Z.opp : simpl never.
Global Arguments Z.pow : simpl never.
Global Arguments Z.quot : simpl never.
Global Arguments Z.rem : simpl never.

(** ** Checks over all entries of a map *)

Lemma in_elements : forall {T} (m : PM.t T) k x, PM.find k m = Some x -> In (k, x) (PM.elements m).
Proof. intros. apply PM.elements_correct. auto. Qed.

Lemma forallb_elements : forall {T} (p : id * T -> bool) (m : PM.t T) k x,
  forallb p (PM.elements m) = true -> PM.find k m = Some x -> p (k, x) = true.
Proof. intros T p m k x H F. rewrite forallb_forall in H. apply H. apply in_elements. auto. Qed.

(** ** Labels *)

Section Labels.
(** The assumptions that hold. *)
Variable A : positive -> Prop.
Definition Holds (l : label) : Prop := Forall A l.

Lemma holds_nil : Holds [].
Proof. constructor. Qed.

Lemma union_holds : forall a b, Holds (union a b) <-> Holds a /\ Holds b.
Proof.
  unfold Holds. induction a as [|x a IHa]; [cbn; split; [auto|tauto]|].
  induction b as [|y b IHb]; [cbn; split; [intro H; split; [exact H|constructor]|tauto]|].
  change (union (x :: a) (y :: b)) with
    (match Pos.compare x y with
     | Lt => x :: union a (y :: b)
     | Gt => y :: union (x :: a) b
     | Eq => x :: union a b
     end).
  destruct (Pos.compare x y) eqn:E.
  - apply Pos.compare_eq in E; subst y. rewrite !Forall_cons_iff, IHa. tauto.
  - rewrite !Forall_cons_iff, IHa, Forall_cons_iff. tauto.
  - rewrite !Forall_cons_iff, IHb, Forall_cons_iff. tauto.
Qed.

Lemma subset_holds : forall a b, subset a b = true -> Holds b -> Holds a.
Proof.
  unfold Holds. induction a as [|x a IHa]; [constructor|].
  induction b as [|y b IHb]; [discriminate|]. intros E H.
  change (subset (x :: a) (y :: b)) with
    (match Pos.compare x y with Lt => false | Gt => subset (x :: a) b | Eq => subset a b end) in E.
  inversion H; subst. destruct (Pos.compare x y) eqn:C.
  - apply Pos.compare_eq in C; subst y. constructor; eauto.
  - discriminate.
  - auto.
Qed.

Lemma label_eqb_holds : forall a b, label_eqb a b = true -> (Holds a <-> Holds b).
Proof.
  intros a b E. apply andb_true_iff in E as [E F].
  split; intro H; eauto using subset_holds.
Qed.
End Labels.

(** ** The monad *)

Lemma bind_inv : forall {A B} (m : M A) (f : A -> M B) s b s' e,
  bind m f s = Some (b, s', e) ->
  exists a s1 e1 e2, m s = Some (a, s1, e1) /\ f a s1 = Some (b, s', e2) /\ e = e1 ++ e2.
Proof.
  intros A B m f s b s' e H. unfold bind in H.
  destruct (m s) as [[[a s1] e1]|]; [|discriminate].
  destruct (f a s1) as [[[b2 s2] e2]|] eqn:F; [|discriminate].
  inversion H; subst. exists a, s1, e1, e2. repeat split; auto. destruct e1; reflexivity.
Qed.

Lemma ret_inv : forall {A} (a b : A) s s' e, ret a s = Some (b, s', e) -> a = b /\ s = s' /\ e = [].
Proof. unfold ret. intros. inversion H; auto. Qed.

Lemma reject_inv : forall {A} (a : A) s s' e, @reject A s = Some (a, s', e) -> False.
Proof. discriminate. Qed.

Lemma demand_inv : forall b (u : unit) s s' e, demand b s = Some (u, s', e) -> b = true /\ s = s' /\ e = [].
Proof.
  unfold demand. intros b u s s' e H. destruct b; [|discriminate].
  apply ret_inv in H as (_ & ? & ?). auto.
Qed.

Lemma lift_inv : forall {A} (o : option A) a s s' e,
  lift o s = Some (a, s', e) -> o = Some a /\ s = s' /\ e = [].
Proof.
  unfold lift. intros A [x|] a s s' e H; [|discriminate].
  apply ret_inv in H as (? & ? & ?). subst. auto.
Qed.

Lemma emit_inv : forall v (u : unit) s s' e, emit v s = Some (u, s', e) -> s = s' /\ e = [v].
Proof. unfold emit. intros. inversion H; auto. Qed.

(** What a computation emits satisfies a property if what its parts emit does. *)
Lemma app_forall : forall (P : event -> Prop) a b, Forall P (a ++ b) <-> Forall P a /\ Forall P b.
Proof. intros. apply Forall_app. Qed.

Lemma checked_inv : forall n m, checked n = Some m -> m = n /\ fits n = true.
Proof. unfold checked. intros n m H. destruct (fits n); inversion H; auto. Qed.

Lemma times_inv : forall {X} (P : X -> Prop) (body : X -> M X) (E : event -> Prop) fuel n a s b s' e,
  (forall a s b s' e, P a -> body a s = Some (b, s', e) -> Forall E e -> P b) ->
  P a -> times fuel n body a s = Some (b, s', e) -> Forall E e -> P b.
Proof.
  intros X P body E. induction fuel as [|x fuel IH]; intros n a s b s' e Hb Ha H He; cbn in H.
  - destruct (n <=? 0); [apply ret_inv in H as (? & _); subst; auto|discriminate].
  - destruct (n <=? 0); [apply ret_inv in H as (? & _); subst; auto|].
    apply bind_inv in H as (a1 & s1 & e1 & e2 & H1 & H2 & ->).
    apply app_forall in He as [He1 He2]. eauto.
Qed.

Lemma repeat_inv : forall {X} (P : X -> Prop) (body : X -> M X) (E : event -> Prop) n a s b s' e,
  (forall a s b s' e, P a -> body a s = Some (b, s', e) -> Forall E e -> P b) ->
  P a -> repeat n body a s = Some (b, s', e) -> Forall E e -> P b.
Proof. unfold repeat. intros. eapply times_inv; eauto. Qed.

(** Recursion: what each round keeps, all keep. *)
Lemma rounds_inv : forall {X Y} (step : (X -> M Y) -> X -> M Y) (P : X -> stream -> Y -> stream -> list event -> Prop),
  (forall k, (forall a s b s' e, k a s = Some (b, s', e) -> P a s b s' e) ->
             forall a s b s' e, step k a s = Some (b, s', e) -> P a s b s' e) ->
  forall n k, (forall a s b s' e, k a s = Some (b, s', e) -> P a s b s' e) ->
  forall a s b s' e, rounds step n k a s = Some (b, s', e) -> P a s b s' e.
Proof.
  intros X Y step P Hstep. induction n as [n IH|n IH|]; intros k Hk; cbn [rounds].
  - apply Hstep. apply IH. apply IH. exact Hk.
  - apply IH. apply IH. exact Hk.
  - apply Hstep. exact Hk.
Qed.

Lemma loop_is : forall {X Y} (step : (X -> M Y) -> X -> M Y) a, loop step a = rounds step enough (fun _ => reject) a.
Proof. intros. exact eq_refl. Qed.

Lemma loop_inv : forall {X Y} (step : (X -> M Y) -> X -> M Y) (P : X -> stream -> Y -> stream -> list event -> Prop),
  (forall k, (forall a s b s' e, k a s = Some (b, s', e) -> P a s b s' e) ->
             forall a s b s' e, step k a s = Some (b, s', e) -> P a s b s' e) ->
  forall a s b s' e, loop step a s = Some (b, s', e) -> P a s b s' e.
Proof.
  intros X Y step P Hstep a s b s' e H. rewrite loop_is in H.
  assert (N : forall (a : X) s (b : Y) s' e, (fun _ : X => @reject Y) a s = Some (b, s', e) -> P a s b s' e)
    by (intros ? ? ? ? ? F; discriminate F).
  exact (rounds_inv step P Hstep enough (fun _ => reject) N a s b s' e H).
Qed.

(** Takes a hypothesis about a computation apart. *)
Ltac monad :=
  repeat match goal with
  | H : bind _ _ _ = Some _ |- _ =>
    let a := fresh "x" in let s := fresh "s" in let e1 := fresh "e" in let e2 := fresh "e" in
    apply bind_inv in H as (a & s & e1 & e2 & ? & H & ?); subst
  | H : ret _ _ = Some _ |- _ => apply ret_inv in H as (? & ? & ?); subst
  | H : demand _ _ = Some _ |- _ => apply demand_inv in H as (? & ? & ?); subst
  | H : lift _ _ = Some _ |- _ => apply lift_inv in H as (? & ? & ?); subst
  | H : emit _ _ = Some _ |- _ => apply emit_inv in H as (? & ?); subst
  | H : reject _ = Some _ |- _ => discriminate H
  | H : Forall _ (_ ++ _) |- _ => apply app_forall in H as [? ?]
  | H : checked _ = Some _ |- _ => apply checked_inv in H as [? ?]; subst
  | H : (_ && _)%bool = true |- _ => apply andb_true_iff in H as [? ?]
  | H : (_ <=? _) = true |- _ => apply Z.leb_le in H
  | H : (_ <? _) = true |- _ => apply Z.ltb_lt in H
  | H : (_ =? _) = true |- _ => apply Z.eqb_eq in H
  end.

Ltac booleans :=
  repeat match goal with
  | H : negb _ = true |- _ => apply negb_true_iff in H
  | H : (_ <=? _) = false |- _ => apply Z.leb_gt in H
  | H : (_ <? _) = false |- _ => apply Z.ltb_ge in H
  | H : (_ =? _) = false |- _ => apply Z.eqb_neq in H
  end.

(** ** Linear forms *)

Fixpoint eval_terms (v : positive -> Z) (t : terms) : Z :=
  match t with [] => 0 | (x, a) :: t => a * v x + eval_terms v t end.
Definition eval_form (v : positive -> Z) (f : form) : Z := eval_terms v (fst f) + snd f.

Lemma eval_constant : forall v n, eval_form v (constant_form n) = n.
Proof. reflexivity. Qed.

Lemma eval_symbol : forall v s, eval_form v (symbol_form s) = v s.
Proof. intros. unfold eval_form, symbol_form. cbn. lia. Qed.

Lemma is_constant_eval : forall v f, is_constant f = true -> eval_form v f = snd f.
Proof. intros v [[|p t] c] H; [reflexivity|discriminate]. Qed.

Lemma lone_symbol_eval : forall v f s, lone_symbol f = Some s -> eval_form v f = v s.
Proof.
  intros v [t c] s H. unfold lone_symbol in H.
  destruct t as [|[x a] [|]]; try discriminate; destruct a as [|[]|]; try discriminate; destruct c; try discriminate.
  inversion H; subst. apply eval_symbol.
Qed.

Lemma terms_eqb_eval : forall v t u, terms_eqb t u = true -> eval_terms v t = eval_terms v u.
Proof.
  induction t as [|[x a] t IH]; destruct u as [|[y b] u]; cbn; intro H; try discriminate; auto.
  monad. apply Pos.eqb_eq in H. subst. rewrite (IH u); auto.
Qed.

Lemma form_eqb_eval : forall v f g, form_eqb f g = true -> eval_form v f = eval_form v g.
Proof.
  intros v [t c] [u d] H. unfold form_eqb, eval_form in *. cbn in *. monad. subst.
  rewrite (terms_eqb_eval v t u); auto.
Qed.

Lemma scale_terms_eval : forall v k t u, scale_terms k t = Some u -> eval_terms v u = k * eval_terms v t.
Proof.
  induction t as [|[x a] t IH]; cbn; intros u H; [inversion H; cbn; lia|].
  destruct (checked (a * k)) eqn:C; [|discriminate]. destruct (scale_terms k t) eqn:S; [|discriminate].
  inversion H; subst. monad. cbn. rewrite (IH _ eq_refl). ring.
Qed.

Lemma cons_term_eval : forall v x a t u,
  cons_term x a t = Some u -> exists w, t = Some w /\ eval_terms v u = a * v x + eval_terms v w.
Proof.
  intros v x a [t|] u H; [|discriminate]. cbn in H. exists t. split; auto.
  destruct (a =? 0) eqn:E; inversion H; subst; cbn; monad; [subst; lia|reflexivity].
Qed.

Lemma merge_cons : forall k x a t y b u,
  merge k ((x, a) :: t) ((y, b) :: u) =
  match Pos.compare x y with
  | Lt => cons_term x a (merge k t ((y, b) :: u))
  | Gt => match checked (b * k) with Some c => cons_term y c (merge k ((x, a) :: t) u) | None => None end
  | Eq => match checked (b * k) with
          | Some c => match checked (a + c) with Some d => cons_term x d (merge k t u) | None => None end
          | None => None
          end
  end.
Proof. reflexivity. Qed.

Lemma merge_eval : forall v k t u w, merge k t u = Some w -> eval_terms v w = eval_terms v t + k * eval_terms v u.
Proof.
  induction t as [|[x a] t IHt]; intros u w H.
  - cbn in H. rewrite (scale_terms_eval _ _ _ _ H). cbn. lia.
  - revert w H. induction u as [|[y b] u IHu]; intros w H; [inversion H; cbn; lia|].
    rewrite merge_cons in H. destruct (Pos.compare x y) eqn:C.
    + apply Pos.compare_eq in C; subst y.
      destruct (checked (b * k)) eqn:D; [|discriminate]. destruct (checked (a + z)) eqn:F; [|discriminate]. monad.
      apply (cons_term_eval v) in H as (w' & H & ->). apply IHt in H. rewrite H. cbn. ring.
    + apply (cons_term_eval v) in H as (w' & H & ->). apply IHt in H. rewrite H. cbn. ring.
    + destruct (checked (b * k)) eqn:D; [|discriminate]. monad.
      apply (cons_term_eval v) in H as (w' & H & ->). apply IHu in H. rewrite H. cbn. ring.
Qed.

Lemma add_scaled_eval : forall v f g k h,
  add_scaled f g k = Some h -> eval_form v h = eval_form v f + k * eval_form v g.
Proof.
  intros v [t c] [u d] k h H. unfold add_scaled, eval_form in *. cbn [fst snd] in *.
  destruct (k =? 0) eqn:K; [inversion H; subst; monad; subst; cbn; lia|].
  destruct (checked (d * k)) eqn:D; [|discriminate]. destruct (checked (c + z)) eqn:E; [|discriminate]. monad.
  destruct u as [|p u]; [inversion H; subst; cbn; lia|].
  destruct (merge k t (p :: u)) eqn:M; [|discriminate].
  destruct (Nat.leb _ 64); inversion H; subst. cbn [fst snd]. rewrite (merge_eval v _ _ _ _ M). lia.
Qed.

Lemma add_eval : forall v f g h, add f g = Some h -> eval_form v h = eval_form v f + eval_form v g.
Proof. intros. rewrite (add_scaled_eval v _ _ _ _ H). lia. Qed.
Lemma subtract_eval : forall v f g h, subtract f g = Some h -> eval_form v h = eval_form v f - eval_form v g.
Proof. intros. rewrite (add_scaled_eval v _ _ _ _ H). lia. Qed.
Lemma scaled_eval : forall v f k h, scaled f k = Some h -> eval_form v h = k * eval_form v f.
Proof. intros. rewrite (add_scaled_eval v _ _ _ _ H), eval_constant. lia. Qed.
Lemma add_number_eval : forall v f n h, add_number f n = Some h -> eval_form v h = eval_form v f + n.
Proof.
  intros v [t c] n h H. unfold add_number in H. destruct (checked _) eqn:C; inversion H; subst. monad.
  unfold eval_form. cbn. lia.
Qed.
Lemma gap_eval : forall v f g h, gap f g = Some h -> eval_form v h = eval_form v f - eval_form v g.
Proof.
  intros v f g h H. unfold gap in H. destruct (_ && _)%bool; [|discriminate].
  destruct (subtract f g) eqn:S; [|discriminate]. destruct (negatable f0); inversion H; subst.
  eauto using subtract_eval.
Qed.

(** ** Ranges *)

Definition In_bounds (b : bounds) (n : Z) : Prop :=
  match lower b with Some l => l <= n | None => True end /\ match upper b with Some u => n <= u | None => True end.

Lemma contains_range_in : forall o i n, contains_range o i = true -> In_bounds i n -> In_bounds o n.
Proof.
  unfold contains_range, In_bounds. intros [ol ou] [il iu] n H [L U]. cbn in *. monad.
  split; [destruct ol, il|destruct ou, iu]; try discriminate; auto; monad; lia.
Qed.

Lemma hull_in : forall a b n, In_bounds a n \/ In_bounds b n -> In_bounds (hull a b) n.
Proof.
  unfold hull, In_bounds. intros [al au] [bl bu] n H. cbn in *.
  split; [destruct al, bl|destruct au, bu]; cbn; auto; destruct H as [[? ?]|[? ?]]; lia.
Qed.

Lemma type_range_in : forall t n, in_itype t n -> In_bounds (type_range t) n.
Proof.
  unfold type_range, In_bounds, in_itype. intros t n H. cbn. split; [lia|]. destruct (_ && _)%bool; [exact I|lia].
Qed.

Lemma completed_in : forall b t n, In_bounds b n -> In_bounds t n -> In_bounds (completed b t) n.
Proof.
  unfold completed, In_bounds. intros [bl bu] [tl tu] n [A B] [C D]. cbn in *.
  split; [destruct bl, tl|destruct bu, tu]; cbn; auto;
    match goal with |- context [if ?c then _ else _] => destruct c end; auto.
Qed.

Lemma completed_both : forall b t n, In_bounds (completed b t) n -> In_bounds b n /\ In_bounds t n.
Proof.
  unfold completed, In_bounds. intros [bl bu] [tl tu] n [A B]. cbn in *.
  split; split; [destruct bl, tl|destruct bu, tu|destruct bl, tl|destruct bu, tu]; cbn in *; auto;
    match goal with H : context [if ?c then _ else _] |- _ => destruct c eqn:? end; monad; booleans; lia.
Qed.

Lemma relaxed_in : forall b t n, In_bounds (relaxed b t) n -> In_bounds t n -> In_bounds b n.
Proof.
  unfold relaxed, In_bounds. intros [bl bu] [tl tu] n [A B] [C D]. cbn in *.
  split; [destruct bl, tl|destruct bu, tu]; cbn in *; auto;
    match goal with H : context [if ?c then _ else _] |- _ => destruct c eqn:? end; monad; lia.
Qed.
