(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * What emits no events

    Events say what obligations and paths rest on. Reading, derivations and hints that facts hold emit none: only claims
    and what ends paths do. *)

From Coq Require Import ZArith List Bool Lia.
From AICheck Require Import Semantics Reading Forms State Rules Memory Accesses NumberProofs.
Import ListNotations.
Open Scope Z_scope.
Open Scope monad_scope.

Definition quiet {T} (c : M T) : Prop := forall s a s' e, c s = Some (a, s', e) -> e = [].

Lemma quiet_ret : forall {T} (a : T), quiet (ret a).
Proof. intros T a s b s' e H. apply ret_inv in H. tauto. Qed.
Lemma quiet_reject : forall {T}, quiet (@reject T).
Proof. intros T s b s' e H. discriminate H. Qed.
Lemma quiet_bind : forall {T U} (c : M T) (f : T -> M U), quiet c -> (forall a, quiet (f a)) -> quiet (bind c f).
Proof.
  intros T U c f C F s b s' e H. apply bind_inv in H as (a & s1 & e1 & e2 & H1 & H2 & ->).
  rewrite (C _ _ _ _ H1), (F _ _ _ _ _ H2). reflexivity.
Qed.
Lemma quiet_demand : forall b, quiet (Reading.demand b).
Proof. intros b s u s' e H. apply demand_inv in H. tauto. Qed.
Lemma quiet_lift : forall {T} (o : option T), quiet (lift o).
Proof. intros T o s u s' e H. apply lift_inv in H. tauto. Qed.

Lemma quiet_times : forall {T} (body : T -> M T), (forall a, quiet (body a)) ->
  forall fuel n a, quiet (times fuel n body a).
Proof.
  intros T body B. induction fuel as [|x fuel IH]; intros n a; cbn; (destruct (n <=? 0); [apply quiet_ret|]).
  - apply quiet_reject.
  - apply quiet_bind; auto.
Qed.
Lemma quiet_repeat : forall {T} (body : T -> M T) n a, (forall a, quiet (body a)) -> quiet (repeat n body a).
Proof. intros T body n a B s b s' e H. eapply (quiet_times body B s n a). exact H. Qed.

(** Takes computations apart; the hints are lemmas about those that they use. *)
Ltac quiet_step :=
  match goal with
  | |- quiet (ret _) => apply quiet_ret
  | |- quiet reject => apply quiet_reject
  | |- quiet (Reading.demand _) => apply quiet_demand
  | |- quiet (lift _) => apply quiet_lift
  | |- quiet (bind _ _) => apply quiet_bind; [|intro]
  | |- quiet (repeat _ _ _) => apply quiet_repeat; intro
  | |- quiet (if ?c then _ else _) => destruct c
  | |- quiet (match ?x with _ => _ end) => destruct x
  | |- quiet (let _ := _ in _) => cbv zeta
  end.
Create HintDb quiet.
Ltac quiet := repeat first [solve [auto with quiet nocore] | quiet_step].

(** ** Reading *)

Lemma quiet_byte : quiet read_byte.
Proof. intros [|b s] x s' e H; inversion H. reflexivity. Qed.
Lemma quiet_flag : quiet read_flag.
Proof. intros [|b s] x s' e H; [discriminate|]. destruct b; inversion H; reflexivity. Qed.
Lemma quiet_leb : quiet read_leb.
Proof.
  intros [|b s] x s' e H; [discriminate|]. unfold read_leb in H. destruct (_ <? _); [inversion H; reflexivity|].
  destruct (leb128 s 128) as [[n r]|]; inversion H. reflexivity.
Qed.
#[export] Hint Resolve quiet_byte quiet_flag quiet_leb : quiet.

Lemma quiet_small : quiet read_small.
Proof. unfold read_small. quiet. Qed.
Lemma quiet_unsigned : quiet read_unsigned.
Proof. unfold read_unsigned. quiet. Qed.
Lemma quiet_signed : quiet read_signed.
Proof. unfold read_signed. quiet. Qed.
#[export] Hint Resolve quiet_small quiet_unsigned quiet_signed : quiet.

Lemma quiet_id : quiet read_id.
Proof. unfold read_id. quiet. Qed.
Lemma quiet_optional_id : quiet read_optional_id.
Proof. unfold read_optional_id. quiet. Qed.
Lemma quiet_optional_signed : quiet read_optional_signed.
Proof. unfold read_optional_signed. quiet. Qed.
Lemma quiet_count : quiet read_count.
Proof. unfold read_count. quiet. Qed.
Lemma quiet_list : forall {T} n (one : M T), quiet one -> quiet (read_list n one).
Proof. intros T n one O. unfold read_list. quiet. Qed.
Lemma quiet_bits64 : quiet read_bits64.
Proof. unfold read_bits64. quiet. Qed.
Lemma quiet_type : quiet read_type.
Proof. unfold read_type. quiet. Qed.
#[export] Hint Resolve quiet_id quiet_optional_id quiet_optional_signed quiet_count quiet_bits64 quiet_type : quiet.

(** ** Numbers *)

Lemma quiet_sum : forall a b, quiet (sum a b).
Proof. intros. unfold sum. quiet. Qed.
Lemma quiet_difference : forall a b, quiet (difference a b).
Proof. intros. unfold difference. quiet. Qed.
Lemma quiet_product : forall a b, quiet (product a b).
Proof. intros. unfold product. quiet. Qed.
Lemma quiet_negated : forall a, quiet (negated a).
Proof. intros. unfold negated, difference. quiet. Qed.
Lemma quiet_quotient : forall a b, quiet (quotient a b).
Proof. intros. unfold quotient. quiet. Qed.
Lemma quiet_floor_quotient : forall a b, quiet (floor_quotient a b).
Proof. intros. unfold floor_quotient. quiet. Qed.
Lemma quiet_floor_remainder : forall a b, quiet (floor_remainder a b).
Proof. intros. unfold floor_remainder. quiet. Qed.
Lemma quiet_power : forall k, quiet (power k).
Proof. intros. unfold power. quiet. Qed.
#[export] Hint Resolve quiet_sum quiet_difference quiet_product quiet_negated quiet_quotient quiet_floor_quotient
  quiet_floor_remainder quiet_power : quiet.

(** ** Derivations *)

Lemma quiet_linear_fact : forall g n, quiet (linear_fact g n).
Proof. intros. unfold linear_fact. quiet. Qed.
#[export] Hint Resolve quiet_linear_fact : quiet.
Lemma quiet_premise : forall g p, quiet (premise g p).
Proof. intros g [[t b] l]. unfold premise. quiet. Qed.
#[export] Hint Resolve quiet_premise : quiet.
Lemma quiet_derive : forall g t n, quiet (derive g t n).
Proof. intros. unfold derive. quiet. Qed.
#[export] Hint Resolve quiet_derive : quiet.
Lemma quiet_upper_bound : forall g f, quiet (upper_bound g f).
Proof. intros. unfold upper_bound. quiet. Qed.
Lemma quiet_lower_bound : forall g f, quiet (lower_bound g f).
Proof. intros. unfold lower_bound. quiet. Qed.
#[export] Hint Resolve quiet_upper_bound quiet_lower_bound : quiet.
Lemma quiet_finite_upper : forall g f, quiet (finite_upper g f).
Proof. intros. unfold finite_upper. quiet. Qed.
Lemma quiet_finite_lower : forall g f, quiet (finite_lower g f).
Proof. intros. unfold finite_lower. quiet. Qed.
Lemma quiet_congruence_premise : forall g m p, quiet (congruence_premise g m p).
Proof. intros g m [[f r] l]. unfold congruence_premise. quiet. Qed.
#[export] Hint Resolve quiet_finite_upper quiet_finite_lower quiet_congruence_premise : quiet.
Lemma quiet_congruence_premises : forall g f m, quiet (congruence_premises g f m).
Proof. intros. unfold congruence_premises. quiet. Qed.
#[export] Hint Resolve quiet_congruence_premises : quiet.
Lemma quiet_congruence : forall g f, quiet (congruence g f).
Proof. intros. unfold congruence. quiet. Qed.
Lemma quiet_contradiction : forall g n, quiet (contradiction g n).
Proof. intros. unfold contradiction. quiet. Qed.
Lemma quiet_exclusion_of_zero : forall g n f, quiet (exclusion_of_zero g n f).
Proof. intros. unfold exclusion_of_zero. quiet. Qed.
Lemma quiet_held_fact : forall g n, quiet (held_fact g n).
Proof. intros. unfold held_fact. quiet. Qed.
#[export] Hint Resolve quiet_congruence quiet_contradiction quiet_exclusion_of_zero quiet_held_fact : quiet.

(** ** Values *)

Section Operands.
Variable X : context.
Lemma quiet_value_of_register : forall g r, quiet (value_of_register X g r).
Proof. intros. unfold value_of_register. quiet. Qed.
Lemma quiet_automatic_tag : forall o, quiet (automatic_tag X o).
Proof. intros. unfold automatic_tag. quiet. Qed.
Hint Resolve quiet_value_of_register quiet_automatic_tag : quiet.
Lemma quiet_value_of : forall g a, quiet (value_of X g a).
Proof. intros g []; unfold value_of; quiet. Qed.
Hint Resolve quiet_value_of : quiet.
Lemma quiet_integer_of : forall g a, quiet (integer_of X g a).
Proof. intros. unfold integer_of. quiet. Qed.
Lemma quiet_pointer_of : forall g a, quiet (pointer_of X g a).
Proof. intros. unfold pointer_of. quiet. Qed.
Lemma quiet_float_of : forall g a, quiet (float_of X g a).
Proof. intros. unfold float_of. quiet. Qed.
End Operands.
#[export] Hint Resolve quiet_value_of_register quiet_automatic_tag quiet_value_of quiet_integer_of quiet_pointer_of
  quiet_float_of : quiet.

(** ** Facts *)

Lemma quiet_fact_of_tag : forall g n t, quiet (fact_of_tag g n t).
Proof. intros. unfold fact_of_tag. quiet. Qed.
Lemma quiet_find_content : forall g t p ty, quiet (find_content g t p ty).
Proof. intros. unfold find_content. quiet. Qed.
Lemma quiet_tag_of : forall X t, quiet (tag_of X t).
Proof. intros. unfold tag_of. quiet. Qed.
Lemma quiet_last_cell : forall a b c, quiet (last_cell a b c).
Proof. intros. unfold last_cell. quiet. Qed.
#[export] Hint Resolve quiet_fact_of_tag quiet_find_content quiet_tag_of quiet_last_cell : quiet.
Lemma quiet_advance : forall n p f c s, quiet (advance n p f c s).
Proof. intros. unfold advance. quiet. Qed.
Lemma quiet_evidence_step : forall X g t p, quiet (evidence_step X g t p).
Proof. intros X g t [n l]. unfold evidence_step. quiet. Qed.
#[export] Hint Resolve quiet_advance quiet_evidence_step : quiet.
Lemma quiet_evidence : forall X g t a b, quiet (evidence X g t a b).
Proof. intros. unfold evidence. quiet. Qed.
#[export] Hint Resolve quiet_evidence : quiet.

Section Reads.
Variable C : certificate.
Lemma quiet_float : quiet read_float.
Proof. unfold read_float. quiet. Qed.
Lemma quiet_bounds : quiet read_bounds.
Proof. unfold read_bounds. quiet. Qed.
Lemma quiet_modulus : forall n, quiet (read_modulus n).
Proof. intro. unfold read_modulus. quiet. Qed.
Lemma quiet_tag : quiet (read_tag C).
Proof. unfold read_tag. quiet. Qed.
Lemma quiet_bits : quiet read_bits.
Proof. unfold read_bits. quiet. Qed.
Lemma quiet_label : quiet (read_label C).
Proof. unfold read_label. quiet. Qed.
Hint Resolve quiet_float quiet_bounds quiet_modulus quiet_tag quiet_bits quiet_label : quiet.
Lemma quiet_range : quiet Memory.read_range.
Proof. unfold Memory.read_range. quiet. Qed.
Lemma quiet_entry : forall p, quiet (read_entry C p).
Proof. intro. unfold read_entry. quiet. Qed.
Hint Resolve quiet_range quiet_entry : quiet.
Lemma quiet_targets : quiet (read_targets C).
Proof. unfold read_targets. quiet. Qed.
Hint Resolve quiet_targets : quiet.
Lemma quiet_predicate : forall t, quiet (read_predicate C t).
Proof. intros []; unfold read_predicate; quiet. Qed.
Hint Resolve quiet_predicate : quiet.
Lemma quiet_memory_fact : quiet (read_memory_fact C).
Proof. unfold read_memory_fact. quiet. Qed.
End Reads.
#[export] Hint Resolve quiet_float quiet_bounds quiet_modulus quiet_tag quiet_bits quiet_label quiet_range quiet_entry
  quiet_targets quiet_predicate quiet_memory_fact : quiet.

(** ** Hints that facts hold *)

Section Hints.
Variable X : context.
Lemma quiet_shifted_entries : forall b k l, quiet (shifted_entries X b k l).
Proof. intros b k. induction l; cbn [shifted_entries]; quiet. Qed.
Hint Resolve quiet_shifted_entries : quiet.
Lemma quiet_known_entries : forall g b f, quiet (known_entries X g b f).
Proof. intros. unfold known_entries. quiet. Qed.
Lemma quiet_targets_by_case : forall g b f tl d l, quiet (targets_by_case X g b f tl d l).
Proof. intros g b f tl d. induction l; cbn [targets_by_case]; quiet. Qed.
Hint Resolve quiet_known_entries quiet_targets_by_case : quiet.
Lemma quiet_targets_hold : forall g b f d, quiet (targets_hold X g b f d).
Proof. intros. unfold targets_hold. quiet. Qed.
Lemma quiet_range_holds : forall g x r, quiet (range_holds g x r).
Proof. intros. unfold range_holds. quiet. Qed.
Hint Resolve quiet_targets_hold quiet_range_holds : quiet.
Lemma quiet_satisfies : forall g v t p u, quiet (satisfies X g v t p u).
Proof. intros. unfold satisfies. quiet. Qed.
Hint Resolve quiet_satisfies : quiet.
Lemma quiet_cells_step : forall g t w u q p a, quiet (cells_step X g t w u q p a).
Proof. intros g t w u q p [n l]. unfold cells_step. quiet. Qed.
Hint Resolve quiet_cells_step : quiet.
Lemma quiet_cells_hold : forall g t a b c ty u q, quiet (cells_hold X g t a b c ty u q).
Proof. intros. unfold cells_hold. quiet. Qed.
Hint Resolve quiet_cells_hold : quiet.
Lemma quiet_memory_holds : forall g t a, quiet (memory_holds X g t a).
Proof. intros. unfold memory_holds. quiet. Qed.
Hint Resolve quiet_memory_holds : quiet.
Lemma quiet_demand_label : forall l w, quiet (demand_label l w).
Proof. intros. unfold demand_label. quiet. Qed.
Hint Resolve quiet_demand_label : quiet.
Lemma quiet_demand_memory : forall g f, quiet (demand_memory X g f).
Proof. intros. unfold demand_memory. quiet. Qed.
Hint Resolve quiet_demand_memory : quiet.
Lemma quiet_demand_memories : forall g l, quiet (demand_memories X g l).
Proof. intro g. induction l; cbn [demand_memories]; quiet. Qed.

Section Registers.
Variable valuation : id -> M svalue.
Hypothesis quietly : forall r, quiet (valuation r).
Lemma quiet_substitute : forall t f, quiet (substitute valuation t f).
Proof. induction t as [|[r k] t IH]; intro f; cbn [substitute]; quiet. Qed.
Hint Resolve quiet_substitute : quiet.
Lemma quiet_demand_register : forall g f, quiet (demand_register X valuation g f).
Proof. intros g []; cbn [demand_register]; quiet. Qed.
Hint Resolve quiet_demand_register : quiet.
Lemma quiet_demand_registers : forall g l, quiet (demand_registers X valuation g l).
Proof. intro g. induction l; cbn [demand_registers]; quiet. Qed.
Hint Resolve quiet_demand_registers quiet_demand_memories : quiet.
Theorem quiet_demand_facts : forall g r l, quiet (demand_facts X valuation g r l).
Proof. intros. unfold demand_facts. quiet. Qed.
End Registers.
End Hints.
#[export] Hint Resolve quiet_shifted_entries quiet_known_entries quiet_targets_by_case quiet_targets_hold
  quiet_range_holds quiet_satisfies quiet_cells_step quiet_cells_hold quiet_memory_holds quiet_demand_label
  quiet_demand_memory quiet_demand_memories quiet_substitute quiet_demand_register quiet_demand_registers quiet_demand_facts : quiet.
