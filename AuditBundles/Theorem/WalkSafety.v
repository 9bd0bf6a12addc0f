(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The walk of a script: all its places are safe, and so its node *)

From Coq Require Import ZArith List Bool Lia FMapPositive.
From AICheck Require Import Semantics Reading Forms State Rules Guards Memory Accesses Hints Lifetimes Calls Scripts
  Checker
  Programs.
From AICheck Require Import NumberProofs DerivationProofs IntegerProofs ArithmeticProofs Concretization
  Worlds Invariant.
From AICheck Require Import StateProofs OperandProofs TargetProofs TableProofs EdgeProofs ResultProofs
  PathProofs CallProofs.
From AICheck Require Import FactProofs PlaceProofs ClaimProofs StepProofs MemoryRules LeaveProofs NodeProofs.
Import ListNotations.
Open Scope Z_scope.

(** ** Ends of blocks *)

Lemma end_step : forall A P F stack m s', step A P {| top := F; suspended := stack; mem := m |} s' -> rest F = [] ->
  (exists G b B, met (demands_end F m) /\ leads F (end_ F) b /\ functions_of P (running F) = Some G /\
    blocks_of G b = Some B /\
                 s' = {| top := at_block F B; suspended := stack; mem := m |}) \/
  (exists a r F' stack' m', end_ F = Return a /\ ends F m m' /\ stack = (r, F') :: stack' /\
     s' = {| top := match a with Some a => set_result F' r (eval F a) | None => F' end; suspended := stack';
       mem := m' |}).
Proof.
  intros A P F stack m s' ST R. inversion ST; subst; try congruence.
  - left. eauto 10.
  - right. eauto 10.
Qed.

Section Walk.
Variable A : positive -> Prop.
Notation Holds := (Holds A).
Variable CP : cprogram.
Variable C : certificate.
Notation P := (program_of CP).
Hypothesis FIT : fitting CP C = true.
Hypothesis WF : well_formed CP = true.
Hypothesis ALARMS : forall x, (assumption_count CP <= x)%positive -> A x.
Variable number : id -> id -> kind -> option positive.
Variable said : event -> Prop.
Hypothesis CONTROL : forall l, said (Control l) -> Holds l.
Notation safe := (safe A CP number said).
Notation continues := (continues A CP C number said).
Notation nodes_safe := (nodes_safe A CP C number said).

Section Context.
Variable X : context.
Hypothesis FX : context_fits CP C X.
Hypothesis NUMBER : obligation_number X = number.
Notation place_safe := (place_safe A CP C number said X).
Notation good_place := (good_place A CP C number said X).
Notation here := (here A CP C X).

(** What the script does behind an edge. *)
Definition follows_edge (again : place_in_script -> M unit) (edge : edge) (g : state) : M unit :=
  let '(guarded, b) := edge in
  let* h := guarded g in
  let* p := steps X h in
  let '(h, m) := p in
  match m with
  | Stop => ret tt
  | Inline => let* B := find_block X b in again (h, ccode B, (csite B, clast B))
  | Jump => jump_to X h b
  | Execute => reject
  end.

Lemma edge_followed : forall again g edge l s u s' e, all_edges X again g l s = Some (u, s', e) -> all_said said e ->
  In edge l -> exists s1 u1 s2 e1, follows_edge again edge g s1 = Some (u1, s2, e1) /\ all_said said e1.
Proof.
  intros again g edge. induction l as [|x l IH]; intros s u s' e H SE I; [contradiction|]. cbn in H.
  destruct x as [guarded b]. apply bind_inv in H as (h & s1 & e1 & e2 & G & H & ->).
  apply bind_inv in H as ([h2 m] & s2 & e3 & e4 & ST & H & ->). apply bind_inv in H as (u1 & s3 & e5 & e6 & K & H & ->).
  destruct I as [<-|I].
  - exists s, u1, s3, (e1 ++ e3 ++ e5). split.
    + unfold follows_edge. eapply bind_some; [exact G|]. eapply bind_some; [exact ST|]. exact K.
    + unfold all_said in *. rewrite !Forall_app in *. tauto.
  - unfold all_said in *. rewrite !Forall_app in SE. eapply IH; eauto. tauto.
Qed.

(** A jump to another node. *)
Lemma jump_safe : forall w0 entry F w v0 h b B s u s' e k stack,
  here w0 entry F w v0 h -> sane_cells CP (heap w) -> jump_to X h b s = Some (u, s', e) -> all_said said e ->
  PM.find b (cblocks (the_body X)) = Some B -> nodes_safe k -> continues k X w0 entry stack ->
  safe k {| top := at_block F (block_of B); suspended := stack; mem := heap w |}.
Proof.
  intros w0 entry F w v0 h b B s u s' e k stack H SC J SE FB NS CO. unfold jump_to in J.
  apply bind_inv in J as (n & s1 & e1 & e2 & RN & J & ->). apply bind_inv in J as (goal & s2 & e3 & e4 & FN & J & ->).
  apply bind_inv in J as (u1 & s3 & e5 & e6 & D & J & ->). apply demand_inv in D as (D & -> & ->).
  apply andb_true_iff in D as [D1 D2]. apply Pos.eqb_eq in D1, D2.
  unfold find_node in FN. rewrite (fits_certificate _ _ _ FX) in FN. apply lift_inv in FN as (FN & -> & ->).
  destruct (fitting_node CP C FIT _ _ FN) as [PM1 PR1].
  apply bind_inv in J as (svs & s4 & e7 & e8 & PV & J & ->).
  destruct (place_values_sound A CP C FIT X w0 entry _ _ _ _ _ _ _ _ _ H PV) as (kept & PK & SK).
  assert (FACTS : Forall (register_fact_holds A C (heap w) (tagging w) (register_values (the_body X) F kept))
    (register_facts goal) /\
                  Forall (memory_fact_holds A P C (heap w) (tagging w) (register_values (the_body X) F kept))
                    (memory_facts goal)).
  { match type of J with demand_facts _ ?val _ _ _ _ = _ =>
      eapply (demand_facts_sound A CP C (heap w) (tagging w) X FX FIT) with (valuation := val) end.
    - apply (act_tagged _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)).
    - intros ? ? ? ? ? ? Q1 Q2. apply (proj2 (SC _ _ _ _ _ _ Q1 Q2)).
    - apply (held _ _ _ _ _ _ _ _ _ _ H).
    - apply (tables _ _ _ _ _ _ _ _ _ _ H).
    - intros q sq sv sq' ev Q. cbn beta in Q. unfold register_values.
      destruct (PM.find q (numbered (cregister_count (the_body X)) svs)) as [y|] eqn:FQ.
      { apply ret_inv in Q as (<- & _ & _). destruct (numbered_both _ _ _ SK _ _ _ FQ) as (x & -> & SX). eauto. }
      rewrite (numbered_neither _ _ _ SK _ _ FQ).
      assert (RQ : exists t, PM.find q (cregisters (the_body X)) = Some t).
      { destruct (PM.find q (cregisters (the_body X))) as [t|] eqn:R; [eauto|]. exfalso. unfold value_of_register in Q.
        destruct (PM.find q (assigned h)) as [y|] eqn:AS.
        - destruct (assigned_exist _ _ _ _ _ _ _ _ _ _ H _ _ AS) as [t R']. congruence.
        - rewrite R in Q. discriminate. }
      destruct RQ as [t R]. destruct (value_of_register_is X _ _ _ _ _ _ _ R Q) as (-> & _ & _).
      exists (registers F q). split; [rewrite R; reflexivity|].
      apply (denoted _ _ _ _ _ _ _ _ _ _ H); [exact R|apply agrees_refl].
    - exact PR1.
    - exact PM1.
    - exact J. }
  destruct FACTS as [FR FM].
  apply (NS n goal X B w0 entry (at_block F (block_of B)) w stack kept); auto.
  - rewrite D2. exact FB.
  - split; [reflexivity|split; reflexivity].
  - apply activation_block. apply (acting _ _ _ _ _ _ _ _ _ _ H).
Qed.

(** ** The end of a block *)

Lemma edges_there : forall g site t s h s' e F b, edges_of X g site t s = Some ((h, None), s', e) ->
  leads F t b -> False.
Proof.
  intros g site t s h s' e F b E L. destruct t; try (inversion L; fail); cbn in E;
    repeat match goal with
    | H : bind _ _ _ = Some _ |- _ => apply bind_inv in H as (? & ? & ? & ? & ? & H & ?)
    | H : (let '(_, _) := ?p in _) _ = Some _ |- _ => destruct p
    end; apply ret_inv in E as (E & _ & _); discriminate E.
Qed.

Lemma end_safe : forall again g eo s h edges s1 e1,
  (forall p s u s' e, again p s = Some (u, s', e) -> good_place p s u s' e) ->
  edges_of X g (fst eo) (snd eo) s = Some ((h, edges), s1, e1) -> all_said said e1 ->
  match edges with
  | Some l => exists u s2 e2, all_edges X again h l s1 = Some (u, s2, e2) /\ all_said said e2
  | None => True
  end -> place_safe (g, [], eo).
Proof.
  intros again g eo s h edges s1 e1 AG ED SE1 AE k w0 entry F w v0 stack NS H (R & ES & EE) CO. cbn in R.
  pose proof (act_function _ _ _ _ _ _ _ _ (acting _ _ _ _ _ _ _ _ _ _ H)) as RF.
  rewrite <- ES, <- EE in ED.
  apply safe_intro.
  - intro SA. eapply good_at_end; [exact NUMBER|exact R|exact RF|exact SE1|].
    eapply (edges_claims A CP C FIT X FX w0 entry); eauto. apply (top_sane _ _ _ _ SA).
  - intros j st -> SA ST. destruct (end_step _ _ _ _ _ _ ST R)
      as [(G & b & B & MET & LD & FG & FB & ->)|(a & r & F' & stack' & m' & EA & EN & -> & ->)].
    + rewrite RF in FG. cbn in FG. rewrite (fits_body _ _ _ FX) in FG. injection FG as <-.
      change (option_map block_of (PM.find b (cblocks (the_body X))) = Some B) in FB.
      destruct (PM.find b (cblocks (the_body X))) as [Bk|] eqn:FBk; [|discriminate FB]. injection FB as <-.
      destruct edges as [edges|].
      * destruct AE as (u & s2 & e2 & AE & SE2).
        destruct (edge_taken A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ _ H (top_sane _ _ _ _ SA) R ED MET LD)
          as (x & IN & PA).
        destruct (edge_followed _ _ _ _ _ _ _ _ AE SE2 IN) as (s3 & u3 & s4 & e3 & FE & SE3).
        unfold follows_edge in FE. apply bind_inv in FE as (h1 & s5 & e4 & e5 & GU & FE & ->).
        apply bind_inv in FE as ([h2 m] & s6 & e6 & e7 & STP & FE & ->). apply all_said_app in SE3 as [_ SE3].
        apply all_said_app in SE3 as [SE4 SE5]. specialize (PA _ _ _ _ GU).
        destruct (steps_hold A CP C FIT WF X FX ALARMS w0 entry _ _ _ _ _ _ _ _ _ PA
          (sane_classed _ _ (cells_sane _ _ SA)) STP (said_controlled _ _ CONTROL _ SE4)) as [H2 NM].
        destruct m; try congruence; try discriminate FE.
        -- apply bind_inv in FE as (B' & s7 & e8 & e9 & FN & FE & ->). unfold find_block in FN.
           apply lift_inv in FN as (FN & -> & ->).
           rewrite FBk in FN. injection FN as <-.
           apply (AG _ _ _ _ _ FE SE5 j w0 entry (at_block F (block_of Bk)) w v0 stack).
           ++ intros q L. apply NS. lia.
           ++ apply here_block. exact H2.
           ++ split; [reflexivity|split; reflexivity].
           ++ eapply continues_less; [|exact CO]. lia.
        -- eapply jump_safe; eauto.
           ++ apply (cells_sane _ _ SA).
           ++ eapply continues_less; [|exact CO]. lia.
      * exfalso. eapply edges_there; eauto.
    + destruct edges as [edges|].
      { exfalso. rewrite EA in ED. cbn in ED. apply bind_inv in ED as (u & s2 & e2 & e3 & _ & ED & _).
        apply ret_inv in ED as (ED & _ & _). discriminate ED. }
      rewrite EA in ED. cbn in ED. apply bind_inv in ED as (u & s2 & e2 & e3 & RT & ED & ->).
      destruct (return_holds A CP C FIT X FX w0 entry _ _ _ _ _ _ _ _ _ _ H (top_sane _ _ _ _ SA) (cells_sane _ _ SA)
        R EA RT EN) as [t' RET].
      cbn in CO. specialize (CO j {| heap := m'; tagging := t' |} (registers F) (option_map (eval F) a) ltac:(lia) RET).
      destruct a; exact CO.
Qed.

(** ** The walk *)

Lemma path_round : forall again, (forall p s u s' e, again p s = Some (u, s', e) -> good_place p s u s' e) ->
  forall p s u s' e, path_step X again p s = Some (u, s', e) -> good_place p s u s' e.
Proof.
  intros again AG [[g l] eo] s u s' e H SE. unfold path_step in H.
  apply bind_inv in H as ([g1 m] & s1 & e1 & e2 & ST & H & ->). apply all_said_app in SE as [SE1 SE2].
  eapply (behind_steps A CP C FIT WF ALARMS number said CONTROL X FX); [exact ST|exact SE1|]. intro NM.
  destruct m; try congruence; try discriminate H.
  destruct l as [|[n [site i]] l].
  - apply bind_inv in H as ([h edges] & s2 & e3 & e4 & ED & H & ->). apply all_said_app in SE2 as [SE2 SE3].
    eapply end_safe; [exact AG|exact ED|exact SE2|]. destruct edges; [eauto 6|exact I].
  - assert (SIMPLE : is_call i = false -> (let* g := execute X g1 n site i in again (g, l, eo)) s1 = Some (u, s', e2) ->
                     place_safe (g1, (n, (site, i)) :: l, eo)).
    { intros NC Q. apply bind_inv in Q as (g2 & s2 & e3 & e4 & EX & Q & ->). apply all_said_app in SE2 as [SE2 SE3].
      eapply (instruction_safe A CP C number said CONTROL X FX NUMBER);
        [exact NC|apply (rules_sound A CP C FIT ALARMS X FX); exact NC|exact EX|exact SE2|eapply AG; eauto]. }
    destruct i; try (apply SIMPLE; [reflexivity|exact H]).
    + apply bind_inv in H as (res & s2 & e3 & e4 & CA & H & ->). apply all_said_app in SE2 as [SE2 SE3].
      eapply (direct_call_safe A CP C FIT WF number said X FX NUMBER); eauto.
      intros h ->. eapply AG; eauto.
    + apply bind_inv in H as ([h fs] & s2 & e3 & e4 & CA & H & ->). apply all_said_app in SE2 as [SE2 SE3].
      eapply (pointer_call_safe A CP C FIT WF ALARMS number said CONTROL X FX NUMBER); eauto.
Qed.

Theorem walk_safe : forall p s u s' e, walk X p s = Some (u, s', e) -> all_said said e -> place_safe p.
Proof. intros p s u s' e W. exact (loop_inv (path_step X) good_place path_round p s u s' e W). Qed.

End Context.
End Walk.
