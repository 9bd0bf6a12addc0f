(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * Accesses: claims, hits, conclusions *)

(* To come, over HitProofs.v:

   Record accessing (F : frame) (w : world) (v0 : valuation) (g : state) (a : operand) (x : access) (n : Z) (site : id)
     (rest : list kind) (d : address) (c : access_claims) (e : list event) : Prop := {
     acc_here : here F w v0 g;
     acc_alive : named_alive F a;
     acc_denotes : denotes C (heap w) (tagging w) v0 g (SPointer (access_base x) (access_form x))
                     (VPointer (base_of F a) (offset_of F a));
     acc_counts : counts A (size_lower x) (size_upper x) (access_label x) n;
     acc_kinds : proper_kinds rest;      (one of the lists that occur, each with a bounds kind)
     acc_read : exists s s', read_access X g x site (lifetime_kinds a ++ rest) s = Some ((d, c), s', e) }.

   Definition due F w a x n : kind -> Prop := holds_of (heap w) F a (offset_of F a + access_immediate x) n (access_alignment x).

   access_hits : accessing F w v0 g a x n site rest d c e -> Forall (due F w a x n) (lifetime_kinds a ++ rest) ->
     Holds (address_label d) -> forall l, cases d = Some l -> Exists (hit C (heap w) (tagging w) (base_of F a) (offset_of F a)) l.
   access_concludes : accessing F w v0 g a x n site rest d c e -> Forall (due F w a x n) (lifetime_kinds a ++ rest) ->
     here F' w' v' h -> continues g v0 h v' -> (forall t n, tag_is C (tagging w) t n -> tag_is C (tagging w') t n) ->
     conclude X h x d s = Some (k, s', e') -> here F' w' v' k /\ continues h v' k v'.
   access_reached : ... -> Forall (due ..) .. -> conclude_unreached X h x d s = Some (k, s', e') -> controlled A e' ->
     cases d <> Some [].
   access_obligations : ... -> forall k, In k (lifetime_kinds a ++ rest) ->
     exists o, obligation_number X (the_function X) site k = Some o /\ Exists (about_obligation o) e.
   access_upholds : ... -> settle_access c d s = Some (u, s', e') -> (forall v, In v (e ++ e') -> In v said) ->
     violated (map (fun k => (k, due F w a x n k)) (lifetime_kinds a ++ rest)) k ->
     obligation_number X (the_function X) site k = Some o -> ~ upheld A o said.
   range_accesses : read_range X g a (lo, hi, l) site rest s = Some ((x, d, c), s', e) gives an [accessing] and settled claims.
   size_counts : read_size_of X g c s = Some ((lo, hi, l), s', e) -> counts A lo hi l (integer F c). *)
