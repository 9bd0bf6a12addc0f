(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Calls: the callee begins where its clone's first node holds, and the caller goes on with what its clone
    promises *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Integers Memory Accesses Hints Lifetimes Calls Checker
  Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TargetProofs TableProofs EdgeProofs ResultProofs PathProofs.
From AICheck Require Import FactProofs PlaceProofs EvolveProofs EffectProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** What parameters are *)

Lemma bound_parameter : forall p v m r x, PM.find r (bind_parameters p v m) = Some x ->
  PM.find r m = Some x \/ exists k t, nth_error p k = Some (r, t) /\ nth_error v k = Some x.
Proof.
  induction p as [|[q t] p IH]; intros v m r x H; cbn in H; [auto|]. destruct v as [|y v]; [auto|].
  apply IH in H as [H|(k & u & N & V)].
  - apply find_add in H as [[-> ->]|H]; [|auto]. right. exists 0%nat, t. auto.
  - right. exists (S k), u. auto.
Qed.

Section Calls.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis WF : well_formed CP = true.
Variable number : id -> id -> kind -> option positive.
Variable said : event -> Prop.
Notation safe := (safe A CP number said).
Notation continues := (continues A CP C number said).
Notation nodes_safe := (nodes_safe A CP C number said).
Variable X : context.
Hypothesis FX : context_fits CP C X.
Hypothesis NUMBER : obligation_number X = number.
Notation place_safe := (place_safe A CP C number said X).
Notation here := (here A CP C X).

(** ** Arguments *)

Definition argument_values (g : state) : list operand -> M (list svalue) :=
  fix values (l : list operand) : M (list svalue) :=
    match l with
    | [] => ret []
    | a :: l => let* x := value_of X g a in let* r := values l in ret (x :: r)
    end.

Definition argument_fits (F : frame) (a : operand) : Prop :=
  named_alive F a /\ exists c, operand_class CP (the_body X) a = Some c.

Lemma arguments_denote : forall w0 entry F w v0 g l s r s' e, here w0 entry F w v0 g -> Forall (argument_fits F) l ->
  argument_values g l s = Some (r, s', e) ->
  Forall2 (fun x a => denotes C (heap w) (tagging w) v0 g x (eval F a)) r l /\ s' = s /\ e = [].
Proof.
  intros w0 entry F w v0 g. induction l as [|a l IH]; intros s r s' e H AF V; cbn in V; [monad; auto|].
  inversion AF as [|? ? [NA [c OC]] AF']; subst.
  apply bind_inv in V as (x & s1 & e1 & e2 & VA & V & ->).
  destruct (value_of_denotes _ _ _ FIT _ FX _ _ _ _ _ _ _ _ _ _ _ _ H NA OC VA) as (D & -> & ->).
  apply bind_inv in V as (y & s2 & e3 & e4 & VL & V & ->). destruct (IH _ _ _ _ H AF' VL) as (DL & -> & ->).
  monad. auto.
Qed.

(** A parameter has its argument's value. *)
Lemma parameter_denotes : forall F w v0 g l r callee B G q x,
  Forall2 (fun x a => denotes C (heap w) (tagging w) v0 g x (eval F a)) r l ->
  PM.find callee (cfunctions CP) = Some B -> begins P callee (map (eval F) l) G ->
  PM.find q (bind_parameters (cparameters B) r (PM.empty _)) = Some x ->
  denotes C (heap w) (tagging w) v0 g x (registers G q) /\ exists t, In (q, t) (cparameters B).
Proof.
  intros F w v0 g l r callee B G q x D FB BG Q.
  apply bound_parameter in Q as [Q|(k & t & NP & NV)]; [rewrite PM.gempty in Q; discriminate|].
  split; [|exists t; eapply nth_error_In; eauto].
  destruct BG as (FG & b & FF & _ & _ & _ & _ & _ & _ & PA & _). cbn in FF. rewrite FB in FF. injection FF as <-.
  specialize (PA k q t NP). clear - D NV PA. revert k NV PA.
  induction D as [|y a r l DY D IH]; intros [|k] NV PA; cbn in *; try discriminate.
  - injection NV as ->. injection PA as <-. exact DY.
  - eapply IH; eauto.
Qed.

(** All parameters are registers. *)
Lemma parameter_register : forall f B q t, PM.find f (cfunctions CP) = Some B -> In (q, t) (cparameters B) ->
  exists u, PM.find q (cregisters B) = Some u /\ (q < cregister_count B)%positive.
Proof.
  intros f B q t FB I. unfold well_formed in WF. repeat rewrite andb_true_iff in WF. decompose [and] WF.
  match goal with W : forallb (fun p => well_formed_function _ _ _) _ = true |- _ =>
    eapply forallb_elements in W; [|exact FB]; cbn in W; unfold well_formed_function in W;
    repeat rewrite andb_true_iff in W; decompose [and] W end.
  match goal with W : forallb _ (cparameters B) = true |- _ => rewrite forallb_forall in W; specialize (W _ I);
    cbn in W end.
  destruct (PM.find q (cregisters B)) as [u|] eqn:Q; [|discriminate]. exists u. split; auto.
  match goal with W : forallb _ (PM.elements (cregisters B)) = true |- _ => eapply forallb_elements in W; [|exact Q];
    cbn in W end.
  match goal with W : (_ && _)%bool = true |- _ => apply andb_true_iff in W as [W _];
    apply Pos.ltb_lt in W; exact W end.
Qed.

(** ** The callee's beginning *)

Definition callee_context (callee : id) (B : cfunction) (c : id) (body : clone) : context :=
  {| the_program := CP; the_certificate := C; obligation_number := number; the_function := callee; the_body := B;
     the_clone := c; the_clone_body := body; first_static_tag := (function_count CP + 2)%positive |}.

(** The world as the callee sees it: everything is older than its activation. *)
Definition seen_anew (w : world) : world :=
  {| heap := heap w; tagging := {| tag_at := tag_at (tagging w); newer := fun k => heap w (Dynamic k) = None |} |}.

(** The level of the callee's clone is below, or both are recursive. *)
Definition may_call (c : clone) : bool :=
  (level c <? level (the_clone_body X)) ||
  (recursive c && recursive (the_clone_body X) && (level c =? level (the_clone_body X))).

Lemma levels_below : forall w0 entry F w v0 g c, here w0 entry F w v0 g -> may_call c = true ->
  forall k t o d body, tagging w k = Some t -> local_tag_of C t o d -> PM.find d (clones C) = Some body ->
  recursive body = false -> level c < level body.
Proof.
  intros w0 entry F w v0 g c H MC k t o d body TG LT FD RE. pose proof (acting _ _ _ _ _ _ _ _ _ _ H) as ACT.
  assert (LE : level c <= level (the_clone_body X)).
  { unfold may_call in MC. apply orb_true_iff in MC as [MC|MC]; repeat (apply andb_true_iff in MC as [MC ?]); lia. }
  destruct LT as (many & sz & al & T).
  destruct (heap w0 (Dynamic k)) as [ob|] eqn:OLD.
  - destruct (tagging w0 k) as [t'|] eqn:TG0.
    + destruct (ev_tags _ _ _ _ _ _ (act_evolves _ _ _ _ _ _ _ _ ACT) k t' TG0)
        as [E|[(_ & _ & E & _)|(p & _ & (cl & i & a & PT) & E)]].
      * rewrite TG in E. injection E as <-. pose proof (act_levels _ _ _ _ _ _ _ _ ACT k t o d body TG0) as L.
        specialize (L (ex_intro _ many (ex_intro _ sz (ex_intro _ al T))) FD RE). lia.
      * congruence.
      * rewrite TG in E. injection E as <-. pose proof (fitting_tag_of _ _ FIT _ _ PT) as FT. cbn in FT.
        rewrite T in FT. discriminate.
    + pose proof (ev_untagged _ _ _ _ _ _ (act_evolves _ _ _ _ _ _ _ _ ACT) k) as U. rewrite U in TG; congruence.
  - destruct (act_locals _ _ _ _ _ _ _ _ ACT k t _ OLD TG T eq_refl) as [o' AO].
    destruct (act_own _ _ _ _ _ _ _ _ ACT o' _ AO) as (k' & m & t' & E & _ & _ & TG' & (many' & sz' & al' & T') & _).
    injection E as <-. rewrite TG in TG'. injection TG' as <-. rewrite T in T'. injection T' as -> -> -> -> ->.
    rewrite (fits_clone _ _ _ FX) in FD. injection FD as <-. unfold may_call in MC. rewrite RE, andb_false_r in MC.
    cbn in MC. rewrite orb_false_r in MC. lia.
Qed.

(** ** Worlds that differ in what is newer *)

Definition renewed (w : world) (n : positive -> Prop) : world :=
  {| heap := heap w; tagging := {| tag_at := tag_at (tagging w); newer := n |} |}.

Lemma evolves_renewed : forall e w w' n n', evolves A P C e w w' -> evolves A P C e (renewed w n) (renewed w' n').
Proof. intros e w w' n n' []. split; assumption. Qed.
Lemma well_tagged_renewed : forall w n, well_tagged P C (heap w) (tagging w) ->
  well_tagged P C (heap (renewed w n)) (tagging (renewed w n)).
Proof. intros w n []. split; assumption. Qed.

(** ** What the certificate's tables have is proper *)

Lemma proper_facts_are : forall l, forallb proper_fact l = true -> Forall (fun f => proper_about (fact_about f)) l.
Proof.
  intros l H. rewrite forallb_forall in H. apply Forall_forall. intros f I. specialize (H f I). unfold proper_fact in H.
  destruct (fact_about f) as [first count stride t u p| |from to b| | | | | |]; cbn; auto.
  - repeat (apply andb_true_iff in H as [H ?]). split; [lia|]. split; [destruct (count =? 1); lia|]. split.
    + destruct t as [t| |]; cbn in *; auto. unfold proper. lia.
    + destruct p as [q m r|[e|]|[r|]]; cbn in *; auto; [lia| |].
      * match goal with F : forallb _ _ = true |- _ => rewrite forallb_forall in F; apply Forall_forall; intros x IX;
          specialize (F x IX); unfold Checker.proper_entry in F; unfold proper_entry; lia end.
      * unfold Checker.proper_range in *. match goal with F : (_ && _)%bool = true |- _ => apply andb_true_iff in F
          as [? ?] end.
        unfold proper_range, proper_end, Checker.proper_end in *. destruct (flower r), (fupper r); try discriminate;
          repeat split; auto; discriminate.
  - lia.
Qed.

Lemma proper_register_facts_are : forall l, forallb Checker.proper_register_fact l = true ->
  Forall proper_register_fact l.
Proof.
  intros l H. rewrite forallb_forall in H. apply Forall_forall. intros f I. specialize (H f I).
  destruct f as [| |r e l'|r x l']; cbn in *; auto.
  - rewrite forallb_forall in H. apply Forall_forall. intros y J. specialize (H y J). unfold Checker.proper_entry in H.
    unfold proper_entry. lia.
  - unfold Checker.proper_range in H. apply andb_true_iff in H as [H1 H2].
    unfold proper_range, proper_end, Checker.proper_end in *. destruct (flower x), (fupper x); try discriminate;
      repeat split; auto; discriminate.
Qed.

Lemma fitting_node : forall n N, PM.find n (nodes C) = Some N ->
  Forall (fun f => proper_about (fact_about f)) (memory_facts N) /\ Forall proper_register_fact (register_facts N).
Proof.
  intros n N F. unfold fitting in FIT. repeat rewrite andb_true_iff in FIT. decompose [and] FIT.
  match goal with T : forallb (fun p => forallb proper_fact (memory_facts (snd p)) && _) _ = true |- _ =>
    eapply forallb_elements in T; [|exact F]; cbn in T; apply andb_true_iff in T as [T1 T2] end.
  split; [apply proper_facts_are|apply proper_register_facts_are]; auto.
Qed.

Lemma fitting_exit : forall n body, PM.find n (clones C) = Some body ->
  Forall (fun f => proper_about (fact_about f)) (exit_facts body) /\ Forall proper_register_fact (result_facts body).
Proof.
  intros n N F. unfold fitting in FIT. repeat rewrite andb_true_iff in FIT. decompose [and] FIT.
  match goal with T : forallb (fun p => forallb proper_fact (exit_facts (snd p)) && _) _ = true |- _ =>
    eapply forallb_elements in T; [|exact F]; cbn in T; apply andb_true_iff in T as [T1 T2] end.
  split; [apply proper_facts_are|apply proper_register_facts_are]; auto.
Qed.

Lemma proper_places_are : forall l, forallb proper_place l = true -> Forall proper_at l.
Proof.
  intros l H. rewrite forallb_forall in H. apply Forall_forall. intros p I. specialize (H p I).
  unfold proper_place, proper_at in *. destruct (place_subject p) as [bit [t| |]|]; cbn in *; auto. unfold proper. lia.
Qed.

Lemma fitting_places : forall n N, PM.find n (nodes C) = Some N -> Forall proper_at (places N).
Proof.
  intros n N F. unfold fitting in FIT. repeat rewrite andb_true_iff in FIT. decompose [and] FIT.
  match goal with T : forallb (fun p => forallb proper_place (places (snd p))) _ = true |- _ =>
    eapply forallb_elements in T; [|exact F]; apply proper_places_are; exact T end.
Qed.

Lemma fitting_exit_places : forall n body, PM.find n (clones C) = Some body -> Forall proper_at (exit_places body).
Proof.
  intros n N F. unfold fitting in FIT. repeat rewrite andb_true_iff in FIT. decompose [and] FIT.
  match goal with T : forallb (fun p => forallb proper_place (exit_places (snd p))) _ = true |- _ =>
    eapply forallb_elements in T; [|exact F]; apply proper_places_are; exact T end.
Qed.

Lemma first_node : forall n body, PM.find n (clones C) = Some body ->
  exists N, PM.find (clone_entry body) (nodes C) = Some N /\ node_clone N = n /\ node_block N = 1%positive.
Proof.
  intros n body F. unfold fitting in FIT. repeat rewrite andb_true_iff in FIT. decompose [and] FIT.
  match goal with T : forallb (fitting_clone C) _ = true |- _ => eapply forallb_elements in T; [|exact F];
    unfold fitting_clone in T; apply andb_true_iff in T as [_ T] end.
  destruct (PM.find (clone_entry body) (nodes C)) as [N|]; [|discriminate]. exists N. split; auto.
  match goal with T : (_ && _)%bool = true |- _ => apply andb_true_iff in T as [T1 T2] end.
  apply Pos.eqb_eq in T1, T2. auto.
Qed.

(** ** Results *)

(** A result may be any value of its class. *)
Lemma opaque_value_denotes : forall w0 entry F w v0 g t x s h sv s' e, here w0 entry F w v0 g ->
  class_of_value x = class_of t -> opaque_value X g t s = Some ((h, sv), s', e) ->
  exists v1, here w0 entry F w v1 h /\ denotes C (heap w) (tagging w) v1 h sv x /\
             (forall y z, denotes C (heap w) (tagging w) v0 g y z -> denotes C (heap w) (tagging w) v1 h y z).
Proof.
  intros w0 entry F w v0 g t x s h sv s' e H CL O. destruct t as [t| |f]; unfold opaque_value in O.
  - destruct (fresh_integer g) as [g1 j] eqn:FI. apply ret_inv in O as (E & -> & ->). injection E as <- <-.
    destruct x as [n|c z|y]; try discriminate.
    eapply here_gives; [|exact H]. eapply fresh_integer_gives; eauto. eapply known_at; eauto.
  - unfold fresh_value_pointer in O. destruct (fresh_pointer g) as [[g1 b] q] eqn:FP. 
    apply bind_inv in O as (g2 & s2 & e2 & e3 & R & O & ->). apply ret_inv in R as (<- & -> & ->).
    apply ret_inv in O as (E & -> & ->). injection E as <- <-.
    destruct x as [n|c z|y]; try discriminate.
    destruct (here_fresh_pointer _ _ _ _ _ _ _ _ _ _ _ _ _ c z H FP) as (H1 & D1 & _ & _ & DN). eauto.
  - destruct (fresh_float g None) as [g1 y] eqn:FF. apply ret_inv in O as (E & -> & ->). injection E as <- <-.
    destruct x as [n|c z|q]; try discriminate.
    eapply here_fresh_float; [exact H| |exact FF]. discriminate.
Qed.

Lemma each_result : forall w0 entry F w v0 values valuation l g s h s' e, here w0 entry F w v0 g ->
  valued C w v0 values valuation g -> Forall proper_register_fact l ->
  Forall (register_fact_holds A C (heap w) (tagging w) values) l ->
  each l (add_result X valuation) g s = Some (h, s', e) -> here w0 entry F w v0 h /\ same_symbols g h.
Proof.
  intros w0 entry F w v0 values valuation. induction l as [|f l IH]; intros g s h s' e H V PR FH E; cbn in E.
  - monad. split; [exact H|repeat split].
  - inversion PR; inversion FH; subst. apply bind_inv in E as (g1 & s1 & e1 & e2 & AR & E & ->).
    edestruct (add_result_holds A CP C X FX w0 entry F w v0 values valuation g f) as [K1 SS]; eauto.
    edestruct (IH g1) as [KK SS2]; [exact K1|eapply valued_same; eauto|assumption|assumption|exact E|].
    split; [exact KK|]. destruct SS as (? & ? & ?), SS2 as (? & ? & ?). repeat split; congruence.
Qed.

Lemma opaque_values_denote : forall w0 entry F w l xs v0 g s h svs s' e, here w0 entry F w v0 g ->
  Forall2 (place_holds A C (heap w) (tagging w)) l xs -> opaque_values X g l s = Some ((h, svs), s', e) ->
  exists v1, here w0 entry F w v1 h /\ Forall2 (denotes C (heap w) (tagging w) v1 h) svs xs /\
             (forall y z, denotes C (heap w) (tagging w) v0 g y z -> denotes C (heap w) (tagging w) v1 h y z).
Proof.
  intros w0 entry F w. induction l as [|p l IH]; intros xs v0 g s h svs s' e H HX O; inversion HX; subst; cbn in O.
  - apply ret_inv in O as (E & _ & _). injection E as <- <-. exists v0. auto.
  - apply bind_inv in O as ([g1 sv] & s1 & e1 & e2 & O1 & O & ->).
    apply bind_inv in O as ([g2 r] & s2 & e3 & e4 & O2 & O & ->). apply ret_inv in O as (E & _ & _).
    injection E as <- <-.
    match goal with Q : place_holds _ _ _ _ _ _ |- _ => pose proof (proj1 Q) as CL end.
    destruct (opaque_value_denotes _ _ _ _ _ _ _ _ _ _ _ _ _ H CL O1) as (v1 & H1 & D1 & N1).
    edestruct IH as (v2 & K2 & D2 & N2); [exact H1|eassumption|exact O2|]. exists v2. split; [exact K2|]. split; auto.
Qed.

(** ** The call *)

Lemma call_safe : forall w0 entry F w v0 g r callee arguments s res s' e l eo k G stack,
  here w0 entry F w v0 g -> sane_cells CP (heap w) -> Forall (argument_fits F) arguments ->
  (forall q, r = Some q -> (exists t, PM.find q (cregisters (the_body X)) = Some t) /\
                           forall u, ~ In (q, u) (cparameters (the_body X))) ->
  call X g r callee arguments s = Some (res, s', e) ->
  begins P callee (map (eval F) arguments) G ->
  (forall h, res = Some h -> place_safe (h, l, eo)) ->
  (forall j, (j <= k)%nat -> nodes_safe j) -> continues k X w0 entry stack ->
  end_site F = fst eo -> end_ F = snd eo ->
  safe k {| top := G; suspended := (r, at_rest F (map snd l)) :: stack; mem := heap w |}.
Proof.
  intros w0 entry F w v0 g r callee arguments s res s' e l eo k G stack H SC AF RF CA BG NEXT NS CO ES EE.
  pose proof (acting _ _ _ _ _ _ _ _ _ _ H) as ACT.
  unfold call in CA. change (fix values (l : list operand) : M (list svalue) := _) with (argument_values g) in CA.
  apply bind_inv in CA as (n & s1 & e1 & e2 & RN & CA & ->).
  apply bind_inv in CA as (c & s2 & e3 & e4 & FC & CA & ->).
  apply bind_inv in CA as (u1 & s3 & e5 & e6 & FN & CA & ->).
  apply bind_inv in CA as (u2 & s4 & e7 & e8 & LV & CA & ->).
  apply bind_inv in CA as (B & s5 & e9 & e10 & FB & CA & ->).
  apply bind_inv in CA as (vs & s6 & e11 & e12 & AV & CA & ->).
  apply bind_inv in CA as (N & s7 & e13 & e14 & NN & CA & ->).
  apply bind_inv in CA as (known & s71 & e141 & e151 & PV & CA & ->).
  apply bind_inv in CA as (u3 & s8 & e15 & e16 & DF & CA & ->).
  destruct (place_values_sound A CP C FIT X w0 entry _ _ _ _ _ _ _ _ _ H PV) as (kept & PK & SK).
  apply bind_inv in CA as (u4 & s9 & e17 & e18 & DE & CA & ->).
  apply bind_inv in CA as (g1 & s10 & e19 & e20 & AE & CA & ->).
  unfold find_clone in FC. rewrite (fits_certificate _ _ _ FX) in FC. apply lift_inv in FC as (FC & -> & ->).
  apply demand_inv in FN as (FN & -> & ->). apply Pos.eqb_eq in FN. apply demand_inv in LV as (LV & -> & ->).
  unfold find_function in FB. rewrite (fits_program _ _ _ FX) in FB. apply lift_inv in FB as (FB & -> & ->).
  unfold find_node in NN. rewrite (fits_certificate _ _ _ FX) in NN. apply lift_inv in NN as (NN & -> & ->).
  destruct (arguments_denote _ _ _ _ _ _ _ _ _ _ _ H AF AV) as (DA & -> & ->).
  destruct (first_node _ _ FC) as (N' & NF & NC & NB). rewrite NN in NF. injection NF as <-.
  set (bound := bind_parameters (cparameters B) vs (PM.empty svalue)) in *.
  assert (BOUND : forall q sv, PM.find q bound = Some sv ->
            denotes C (heap w) (tagging w) v0 g sv (registers G q) /\
            (exists t, In (q, t) (cparameters B)) /\ (exists t, PM.find q (cregisters B) = Some t) /\
            q <> cregister_count B).
  { intros q sv Q. destruct (parameter_denotes _ _ _ _ _ _ _ _ _ _ _ DA FB BG Q) as [D [t I]].
    destruct (parameter_register _ _ _ _ FB I) as (t' & R & L). split; [exact D|]. split; [eauto|].
    split; [eauto|lia]. }
  set (Y := callee_context callee B n c). set (w1 := seen_anew w).
  assert (FY : context_fits CP C Y) by (split; auto).
  pose proof BG as BG'. destruct BG' as (FG & bl & PF & PB & RG & RC & GS & GE & GA & GP & GR).
  cbn in PF. rewrite FB in PF. injection PF as <-.
  change (option_map block_of (PM.find 1%positive (cblocks B)) = Some bl) in PB.
  destruct (PM.find 1%positive (cblocks B)) as [Bk|] eqn:FBk; [|discriminate PB]. injection PB as <-.
  destruct (fitting_node _ _ NN) as [PM1 PR1]. destruct (fitting_exit _ _ FC) as [PM2 PR2].
  pose proof (fitting_exit_places _ _ FC) as PP2.
  assert (FACTS : Forall (register_fact_holds A C (heap w) (tagging w) (register_values B G kept)) (register_facts N) /\
                  Forall (memory_fact_holds A P C (heap w) (tagging w) (register_values B G kept)) (memory_facts N)).
  { match type of DF with demand_facts _ ?val _ _ _ _ = _ =>
      eapply (demand_facts_sound A CP C (heap w) (tagging w) X FX FIT) with (valuation := val) end.
    - apply (act_tagged _ _ _ _ _ _ _ _ ACT).
    - intros ? ? ? ? ? ? Q1 Q2. apply (proj2 (SC _ _ _ _ _ _ Q1 Q2)).
    - apply (held _ _ _ _ _ _ _ _ _ _ H).
    - apply (tables _ _ _ _ _ _ _ _ _ _ H).
    - intros q sq sv sq' ev Q. cbn beta in Q. apply lift_inv in Q as (Q & _ & _). unfold register_values.
      destruct (PM.find q (numbered (cregister_count B) known)) as [y|] eqn:FQ.
      { injection Q as <-. destruct (numbered_both _ _ _ SK _ _ _ FQ) as (x & -> & SX). eauto. }
      rewrite (numbered_neither _ _ _ SK _ _ FQ). destruct (BOUND q sv Q) as (D & _ & [t R] & _).
      exists (registers G q). split; [rewrite R; reflexivity|]. apply D. apply agrees_refl.
    - exact PR1.
    - exact PM1.
    - exact DF. }
  destruct FACTS as [FR FM].
  change (heap w) with (heap w1).
  apply (NS k (le_n k) (clone_entry c) N Y Bk w1 (registers G) G w1 ((r, at_rest F (map snd l)) :: stack) kept); auto.
  - rewrite NB. exact FBk.
  - split; [exact RC|split; [exact GS|exact GE]].
  - split; cbn; auto.
    + apply (well_tagged_renewed w _ (act_tagged _ _ _ _ _ _ _ _ ACT)).
    + apply (well_tagged_renewed w _ (act_tagged _ _ _ _ _ _ _ _ ACT)).
    + apply evolves_refl. apply (well_tagged_renewed w _ (act_tagged _ _ _ _ _ _ _ _ ACT)).
    + intros o nm Q. rewrite GA in Q. discriminate.
    + intros j t b HN TG. destruct (tags_exist _ _ _ _ (act_tagged _ _ _ _ _ _ _ _ ACT) j t TG)
        as (b' & o & _ & HO & _).
      cbn in HN. congruence.
    + intros j t o d body TG LT FD RE. eapply levels_below; eauto.
    + intros j. split; auto.
  - intros j w' regs result JK RET. cbn beta iota.
    pose proof (ret_returns _ _ _ _ _ _ _ _ _ RET) as RR. cbn in RR. rewrite RR in CA.
    set (w2 := renewed w' (newer (tagging w))).
    assert (EV : evolves A P C (clone_effects c) w w2).
    { pose proof (evolves_renewed _ _ _ (newer (tagging w)) (newer (tagging w)) (ret_evolves _ _ _ _ _ _ _ _ _ RET))
        as Q.
      destruct w as [hw [tw nw]]. exact Q. }
    assert (WT : well_tagged P C (heap w2) (tagging w2)) by (apply well_tagged_renewed;
      apply (ret_tagged _ _ _ _ _ _ _ _ _ RET)).
    destruct u4.
    edestruct (effects_hold A CP C FIT X FX w0 entry F w v0 g w2) as (K2 & SS & DN);
      [exact H|exact EV|exact WT| | |exact DE|exact AE|].
    { exact (ret_locals _ _ _ _ _ _ _ _ _ RET). }
    { intro q. reflexivity. }
    destruct (ret_registers _ _ _ _ _ _ _ _ _ RET) as (exits & EX & RR2 & RM).
    cbn [Y callee_context the_body the_clone_body] in RR2, EX, RM.
    assert (RESULT : exists g2 sv v1, here w0 entry F w2 v1 g2 /\
       (forall y z, denotes C (heap w2) (tagging w2) v0 g1 y z -> denotes C (heap w2) (tagging w2) v1 g2 y z) /\
       match sv, result with
       | Some y, Some x => denotes C (heap w2) (tagging w2) v1 g2 y x
       | None, None => True
       | _, _ => False
       end /\
       exists s11 e21, (let* p := opaque_values X g2 (exit_places c) in
         let '(g2, svs) := p in
         let valuation := fun q => if Pos.eqb q (cregister_count B)
              then lift match sv with Some v => Some v | None => PM.find q bound end
              else lift match PM.find q (numbered (Pos.succ (cregister_count B)) svs) with
                        | Some v => Some v
                        | None => PM.find q bound
                        end in
         let* g0 := each (result_facts c) (add_result X valuation) g2 in
         let* g0 := each (exit_facts c) (add_exit valuation) g0 in
         ret (Some match sv with
                   | Some v => assign_result (take_places g0 (exit_places c) svs) r v
                   | None => take_places g0 (exit_places c) svs
                   end)) s11 = Some (res, s', e21)).
    { apply bind_inv in CA as ([g2 sv] & s11 & e21 & e22 & OV & CA & ->).
      pose proof (ret_result _ _ _ _ _ _ _ _ _ RET) as RT. cbn in RT.
      destruct (cresult B) as [t|]; destruct result as [x|]; try contradiction.
      - apply bind_inv in OV as ([g3 y] & s12 & e23 & e24 & OV & R & ->). apply ret_inv in R as (R & -> & ->).
        injection R as <- <-. destruct (opaque_value_denotes _ _ _ _ _ _ _ _ _ _ _ _ _ K2 RT OV)
          as (v1 & H3 & D3 & DN3).
        exists g3, (Some y), v1. split; [exact H3|]. split; [exact DN3|]. split; [exact D3|].
        do 2 eexists. exact CA.
      - apply ret_inv in OV as (R & -> & ->). injection R as <- <-. exists g1, None, v0. split; [exact K2|].
        split; [auto|].
        split; [exact I|]. do 2 eexists. exact CA. }
    destruct RESULT as (g2' & sv & v1' & H3' & DN3' & DR' & s11 & e21 & CB).
    apply bind_inv in CB as ([g2 svs] & s111 & e211 & e212 & OVS & CB & ->).
    destruct (opaque_values_denote _ _ _ _ _ _ _ _ _ _ _ _ _ H3' EX OVS) as (v1 & H3 & DX & DNX).
    assert (DN3 : forall y z, denotes C (heap w2) (tagging w2) v0 g1 y z -> denotes C (heap w2) (tagging w2) v1 g2 y z)
      by auto.
    assert (DR : match sv, result with
                 | Some y, Some x => denotes C (heap w2) (tagging w2) v1 g2 y x
                 | None, None => True
                 | _, _ => False
                 end) by (destruct sv, result; auto).
    cbv zeta in CB. match type of CB with context [add_result X ?val] => set (valuation := val) in CB end.
    apply bind_inv in CB as (g3 & s12 & e22 & e23 & EA & CB & ->).
    apply bind_inv in CB as (g4 & s13 & e24 & e25 & EX4 & CB & ->). apply ret_inv in CB as (CB & _ & _).
    assert (VAL : valued C w2 v1 (exit_values B regs result exits) valuation g2).
    { intros q sq y sq' ev Q. unfold valuation in Q. unfold exit_values.
      destruct (Pos.eqb_spec q (cregister_count B)) as [->|NE].
      - apply lift_inv in Q as (Q & _ & _). destruct sv as [z|].
        + injection Q as ->. destruct result as [x|]; [|contradiction]. exists x. split; [reflexivity|exact DR].
        + exfalso. destruct (BOUND _ _ Q) as (_ & _ & _ & NQ). apply NQ. reflexivity.
      - apply lift_inv in Q as (Q & _ & _).
        destruct (PM.find q (numbered (Pos.succ (cregister_count B)) svs)) as [z|] eqn:FQ.
        { injection Q as <-. destruct (numbered_both _ _ _ DX _ _ _ FQ) as (x & -> & DZ). eauto. }
        rewrite (numbered_neither _ _ _ DX _ _ FQ). destruct (BOUND q y Q) as (D & [t I] & [u R] & _). rewrite R.
        exists (regs q). split; [reflexivity|]. rewrite (ret_parameters _ _ _ _ _ _ _ _ _ RET q t I). apply DN3.
        apply DN. exact D. }
    edestruct (each_result w0 entry F w2 v1 (exit_values B regs result exits)) as [H4 SS4];
      [exact H3|exact VAL|exact PR2|exact RR2|exact EA|].
    destruct (each_exit A CP C X w0 entry F w2 v1 (exit_values B regs result exits) valuation (exit_facts c) _ _ _ _ _
      H4 (valued_same _ _ _ _ _ _ _ SS4 VAL) PM2 RM EX4) as [H5' SS5'].
    assert (SS4' : same_symbols g2 g4).
    { destruct SS4 as (? & ? & ?), SS5' as (? & ? & ?). repeat split; congruence. }
    destruct (take_places_hold A CP C X w0 entry F w2 v1 (exit_places c) svs exits g4)
      as [H5 SS6]; [exact H5'|exact PP2|exact EX| |].
    { eapply forall2_impl; [|exact DX]. intros a b Q. eapply denotes_same; eauto. }
    assert (SS5 : same_symbols g2 (take_places g4 (exit_places c) svs)).
    { destruct SS4' as (? & ? & ?), SS6 as (? & ? & ?). repeat split; congruence. }
    destruct result as [x|]; destruct sv as [y|]; try contradiction.
    + apply (NEXT _ (eq_sym CB) j w0 entry (set_result (at_rest F (map snd l)) r x) w2 v1 stack).
      * intros i L. apply NS. lia.
      * eapply here_assign_result; [apply here_rest; exact H5|eapply denotes_same; eauto|exact RF].
      * destruct r; (split; [reflexivity|cbn; auto]).
      * eapply continues_less; [|exact CO]. lia.
    + apply (NEXT _ (eq_sym CB) j w0 entry (at_rest F (map snd l)) w2 v1 stack).
      * intros i L. apply NS. lia.
      * apply here_rest. exact H5.
      * split; [reflexivity|cbn; auto].
      * eapply continues_less; [|exact CO]. lia.
Qed.

End Calls.
