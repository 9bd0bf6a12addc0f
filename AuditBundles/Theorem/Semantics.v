(* SPDX-License-Identifier: Apache-2.0 *)
(* SPDX-FileCopyrightText: ai-check contributors *)

(** * The audit IR and its meaning (FORMAT.md sections 1 to 3)

    What an auditor has to believe about programs. Everything that FORMAT.md leaves open is a relation here, so a
    theorem about all executions is one about all of these choices. *)

From Coq Require Import ZArith List Bool.
From Coq Require Import Floats.SpecFloat.
Import ListNotations.
Open Scope Z_scope.

(** Numbers of the files, plus one: of registers, objects, functions, blocks, sites, assumptions. *)
Definition id := positive.

(** ** Types and instructions (section 1.1) *)

Inductive format := Binary32 | Binary64 | Extended80.
Inductive class := CInteger | CPointer | CFloat.
Record itype := { bits : Z; signed : bool }.
Inductive type := TInteger (t : itype) | TPointer | TFloat (f : format).

Definition class_of (t : type) : class :=
  match t with TInteger _ => CInteger | TPointer => CPointer | TFloat _ => CFloat end.

(** Bits that a cell of the type takes. *)
Definition width (t : type) : Z :=
  match t with
  | TInteger t => bits t
  | TPointer => 64
  | TFloat Binary32 => 32
  | TFloat Binary64 => 64
  | TFloat Extended80 => 128
  end.

Definition least (t : itype) : Z := if signed t then - 2 ^ (bits t - 1) else 0.
Definition greatest (t : itype) : Z := if signed t then 2 ^ (bits t - 1) - 1 else 2 ^ bits t - 1.
Definition in_itype (t : itype) (n : Z) : Prop := least t <= n <= greatest t.

(** [n] modulo [2^bits], in the range of the type. *)
Definition wrap (t : itype) (n : Z) : Z := least t + (n - least t) mod 2 ^ bits t.

(** Objects are named by operands as static ones or as automatic ones of the running function. *)
Inductive operand :=
| ORegister (r : id) | OInteger (n : Z) | OFloat (x : spec_float)
| OStatic (o : id) | OAutomatic (o : id) | OFunction (f : id) | ONull.

Inductive operation := Add | Subtract | Multiply | Divide | Remainder | ShiftLeft | ShiftRight | And | Or | Xor.
Inductive comparison := Equal | NotEqual | Less | LessOrEqual.
Inductive foperation := FAdd | FSubtract | FMultiply | FDivide.

(** The kinds of obligations, in the order of their numbers (section 3). *)
Inductive kind :=
| SignedOverflow | DivisionByZero | InvalidShift | OutOfBoundsRead | OutOfBoundsWrite | NullDereference
| UseAfterFree | DanglingPointer | InvalidFree | UninitializedRead | PointerArithmetic | PointerComparison
| InvalidCall | FloatToInt | WriteToConstant | MisalignedAccess | MissingReturn | VlaSize | Assertion
| LibraryPrecondition | Unsupported.

(** Where a value lies: the alignment that the access demands, the first bit in its byte, the distance from the
    pointer. *)
Record place := { alignment_of : Z; bit_of : Z; immediate_of : Z }.

Inductive instruction :=
| Move (r : id) (a : operand)
| Linear (r : id) (constant : Z) (terms : list (Z * id))
| Arithmetic (r : id) (op : operation) (t : itype) (a b : operand)
| Convert (r : id) (t : itype) (a : operand)
| CompareIntegers (r : id) (c : comparison) (a b : operand)
| ComparePointers (r : id) (c : comparison) (bases : bool) (a b : operand)
| CompareFloats (r : id) (c : comparison) (a b : operand)
| FloatArithmetic (r : id) (op : foperation) (f : format) (a b : operand)
| FloatNegate (r : id) (f : format) (a : operand)
| ConvertFloat (r : id) (f : format) (a : operand)
| IntegerToFloat (r : id) (f : format) (a : operand)
| FloatToInteger (r : id) (t : itype) (a : operand)
| Offset (r : id) (a b : operand) (immediate : Z) (checked : bool)
| Difference (r : id) (a b : operand) (immediate : Z)
| PointerToInteger (r : id) (t : itype) (a : operand)
| IntegerToPointer (r : id) (a : operand)
| Load (r : id) (t : type) (volatile : bool) (p : place) (a : operand)
| Store (t : type) (p : place) (a b : operand)
| Copy (a b c : operand)
| Fill (a b c : operand)
| Scramble (a c : operand)
| Probe (a c : operand)
| Allocate (r : id) (alignment : Z) (c : operand)
| Free (a : operand)
| Start (o : id) (alignment size : Z) (c : option operand)
| End_ (o : id)
| Havoc (r : id) (t : type)
| Assume (x : id) (a : operand)
| Check (k : kind) (a : operand)
| Call (r : option id) (f : id) (arguments : list operand)
| CallPointer (r : option id) (a : operand) (arguments : list operand)
| HavocMemory (r : option id) (t : type) (x : id)
| ObjectSize (r : id) (a : operand).

Inductive terminator :=
| Goto (b : id)
| Branch (a : operand) (b c : id)
| Switch (a : operand) (cases : list (Z * Z * id)) (default : id)
| LabelGoto (a : operand) (labels : id) (targets : list id)
| Return (a : option operand)
| Halt.

(** Instructions and the terminator with their sites. *)
Record block := { code : list (id * instruction); last_site : id; last : terminator }.

Record function := {
  registers_of : id -> option type;
  parameters_of : list (id * type);
  variadic : bool;
  result_of : option type;
  blocks_of : id -> option block;
  first_block : id }.

Inductive initial_value :=
| IInteger (n : Z) | IFloat (x : spec_float) | INull | IObject (o : id) (offset : Z) | IFunction (f : id) | IUnknown.

Inductive static_kind := KGlobal | KConstant | KLabels | KExternal.

Record static_object := {
  static_kind_of : static_kind;
  static_size : Z;
  static_alignment : Z;
  initial_cells : list (Z * type * initial_value) }.

Record program := {
  functions_of : id -> option function;
  statics_of : id -> option static_object;
  address_taken : id -> bool;
  entry_of : id }.

(** ** States (section 2) *)

(** Static objects, and those that [start] or [allocate] made. *)
Inductive name := Static (o : id) | Dynamic (n : positive).
Inductive base := BNull | BFunction (f : id) | BObject (n : name).
Inductive value := VInteger (n : Z) | VPointer (b : base) (offset : Z) | VFloat (x : spec_float).

Definition name_eq_dec (x y : name) : {x = y} + {x <> y}.
Proof. decide equality; apply Pos.eq_dec. Defined.
Definition base_eq_dec (x y : base) : {x = y} + {x <> y}.
Proof. decide equality; [apply Pos.eq_dec | apply name_eq_dec]. Defined.
Definition class_eq_dec (x y : class) : {x = y} + {x <> y}.
Proof. decide equality. Defined.

Inductive storage := SStatic (k : static_kind) | SAutomatic | SHeap.

(** Bits are numbered from 0 at the object's first; a cell has its first bit, its width and its class. *)
Record object := {
  size : Z;
  alignment : Z;
  stored_as : storage;
  alive : bool;
  initialised : Z -> bool;
  cell : Z -> Z -> class -> option value }.

Definition memory := name -> option object.

Record frame := {
  running : id;
  rest : list (id * instruction);
  end_site : id;
  end_ : terminator;
  registers : id -> value;
  automatic : id -> option name }.

(** The suspended functions, innermost first, each with the register that waits for a result. *)
Record state := { top : frame; suspended : list (option id * frame); mem : memory }.

(** *** Values of operands *)

(** An automatic object that has not started counts as null; in a well-formed program none is named then. *)
Definition eval (F : frame) (a : operand) : value :=
  match a with
  | ORegister r => registers F r
  | OInteger n => VInteger n
  | OFloat x => VFloat x
  | OStatic o => VPointer (BObject (Static o)) 0
  | OAutomatic o => match automatic F o with Some n => VPointer (BObject n) 0 | None => VPointer BNull 0 end
  | OFunction f => VPointer (BFunction f) 0
  | ONull => VPointer BNull 0
  end.

(** In a well-formed program operands have the class that their use demands. *)
Definition integer (F : frame) (a : operand) : Z := match eval F a with VInteger n => n | _ => 0 end.
Definition base_of (F : frame) (a : operand) : base := match eval F a with VPointer b _ => b | _ => BNull end.
Definition offset_of (F : frame) (a : operand) : Z := match eval F a with VPointer _ o => o | _ => 0 end.
Definition float (F : frame) (a : operand) : spec_float := match eval F a with VFloat x => x | _ => S754_nan end.

(** *** Floats: Coq's own executable IEEE 754 *)

Definition precision (f : format) : Z := match f with Binary32 => 24 | Binary64 => 53 | Extended80 => 64 end.
Definition exponents (f : format) : Z := match f with Binary32 => 128 | Binary64 => 1024 | Extended80 => 16384 end.

(** To nearest, ties to even. Values of binary32 are held as the binary64 values that they are. *)
Definition rounded (f : format) (x : spec_float) : spec_float :=
  match x with S754_finite s m e => binary_round (precision f) (exponents f) s m e | _ => x end.
Definition round (f : format) (x : spec_float) : spec_float :=
  match f with Binary32 => rounded Binary64 (rounded Binary32 x) | _ => rounded f x end.

Definition valid_float (f : format) (x : spec_float) : Prop :=
  match f with
  | Binary32 => exists y, valid_binary 24 128 y = true /\ x = rounded Binary64 y
  | _ => valid_binary (precision f) (exponents f) x = true
  end.

(** The integer itself, of which a format may not have all digits. *)
Definition exact_integer (n : Z) : spec_float :=
  match n with Z0 => S754_zero false | Zpos m => S754_finite false m 0 | Zneg m => S754_finite true m 0 end.
Definition float_of_integer (f : format) (n : Z) : spec_float := round f (exact_integer n).

(** The exact product; of zeros and infinities as IEEE has it. ([SFmul] would give what it is rounded to, but only for
    mantissas of full length; here any [spec_float] is an operand.) *)
Definition product_of (x y : spec_float) : spec_float :=
  match x, y with
  | S754_finite s m e, S754_finite t n k => S754_finite (xorb s t) (m * n) (e + k)
  | _, _ => SFmul 53 1024 x y
  end.

(** Everything is computed in binary64, and then rounded to the format. *)
Definition in_binary64 (op : foperation) (x y : spec_float) : spec_float :=
  rounded Binary64 (match op with
                    | FAdd => SFadd 53 1024 x y
                    | FSubtract => SFsub 53 1024 x y
                    | FMultiply => product_of x y
                    | FDivide => SFdiv 53 1024 x y
                    end).
Definition fcompute (op : foperation) (f : format) (x y : spec_float) : spec_float := round f (in_binary64 op x y).

(** Arithmetic and conversions in the extended format may give anything. *)
Definition fresult (f : format) (exact x : spec_float) : Prop :=
  match f with
  | Extended80 => valid_float f x
  | _ => x = exact
  end.

(** The integer part; none for infinities and NaN. *)
Definition truncate (x : spec_float) : option Z :=
  match x with
  | S754_zero _ => Some 0
  | S754_finite s m e =>
    let n := if 0 <=? e then Zpos m * 2 ^ e else Zpos m / 2 ^ (- e) in Some (if s then - n else n)
  | _ => None
  end.

(** *** Comparisons and operators *)

Definition truth (b : bool) : value := VInteger (if b then 1 else 0).

Definition compare_integers (c : comparison) (x y : Z) : bool :=
  match c with Equal => x =? y | NotEqual => negb (x =? y) | Less => x <? y | LessOrEqual => x <=? y end.

(** Numbers are compared as such, whatever their formats: [SFcompare] does so but for finite ones, which need the same
    exponent. A NaN is unequal to everything and less than nothing. *)
Definition compare_numbers (x y : spec_float) : option Datatypes.comparison :=
  match x, y with
  | S754_finite s m e, S754_finite t n k =>
    let least := Z.min e k in
    Some (cond_Zopp s (2 ^ (e - least) * Zpos m) ?= cond_Zopp t (2 ^ (k - least) * Zpos n))
  | _, _ => SFcompare x y
  end.
Definition compare_floats (c : comparison) (x y : spec_float) : bool :=
  match compare_numbers x y, c with
  | Some Eq, (Equal | LessOrEqual) | Some Lt, (Less | LessOrEqual | NotEqual) | Some Gt, NotEqual
      | None, NotEqual => true
  | _, _ => false
  end.

(** Equality of pointers with different bases is either; null equals null whatever the offsets. *)
Definition compare_pointers (c : comparison) (bases : bool) (p q : base) (x y : Z) (b : bool) : Prop :=
  match c with
  | Less | LessOrEqual => b = compare_integers c x y
  | Equal | NotEqual =>
    let same := if bases then true else match p with BNull => true | _ => x =? y end in
    if base_eq_dec p q then b = Bool.eqb same (match c with Equal => true | _ => false end)
    else if bases then b = (match c with Equal => false | _ => true end)
    else match p, q with
         | BNull, _ | _, BNull => b = (match c with Equal => false | _ => true end)
         | _, _ => True
         end
  end.

Definition compute (op : operation) (x y : Z) : Z :=
  match op with
  | Add => x + y
  | Subtract => x - y
  | Multiply => x * y
  | Divide => Z.quot x y
  | Remainder => Z.rem x y
  | ShiftLeft => x * 2 ^ y
  | ShiftRight => x / 2 ^ y
  | And => Z.land x y
  | Or => Z.lor x y
  | Xor => Z.lxor x y
  end.

Definition is_wrapping (op : operation) (t : itype) : bool :=
  negb (signed t) && match op with Add | Subtract | Multiply | ShiftLeft => true | _ => false end.

Definition is_bitwise (op : operation) : bool := match op with And | Or | Xor => true | _ => false end.

(** ** Memory *)

Definition range := (Z * Z)%type.                 (* from, inclusive; to, exclusive *)
Definition inside (r : range) (p w : Z) : Prop := fst r <= p /\ p + w <= snd r.
Definition overlap (r : range) (p w : Z) : bool := (fst r <? p + w) && (p <? snd r).
Definition in_range (r : range) (b : Z) : bool := (fst r <=? b) && (b <? snd r).

Definition set_object (m : memory) (n : name) (o : object) : memory :=
  fun n' => if name_eq_dec n n' then Some o else m n'.

Definition with_content (o : object) (i : Z -> bool) (c : Z -> Z -> class -> option value) : object :=
  {| size := size o; alignment := alignment o; stored_as := stored_as o; alive := alive o; initialised := i;
    cell := c |}.

Definition without_life (o : object) : object :=
  {| size := size o; alignment := alignment o; stored_as := stored_as o; alive := false;
     initialised := initialised o; cell := cell o |}.

(** Any value of a type. A pointer to a function names one of which the program takes the address. *)
Definition of_type (P : program) (t : type) (v : value) : Prop :=
  match t, v with
  | TInteger t, VInteger n => in_itype t n
  | TPointer, VPointer (BFunction f) _ => address_taken P f = true
  | TPointer, VPointer _ _ => True
  | TFloat f, VFloat x => valid_float f x
  | _, _ => False
  end.

(** What the environment makes up, it makes of no other functions. *)
Definition names_taken (P : program) (v : value) : Prop :=
  match v with VPointer (BFunction f) _ => address_taken P f = true | _ => True end.

Definition put_cell (o : object) (p w : Z) (c : class) (v : value) : object :=
  with_content o (fun b => in_range (p, p + w) b || initialised o b)
    (fun p' w' c' => if (p' =? p) && (w' =? w) && (if class_eq_dec c' c then true else false) then Some v
                     else if overlap (p, p + w) p' w' then None else cell o p' w' c').

(** The cell that a load found missing has the value that it gave; its bits were initialised, and stay so. *)
Definition know_cell (o : object) (p w : Z) (c : class) (v : value) : object :=
  with_content o (initialised o)
    (fun p' w' c' => if (p' =? p) && (w' =? w) && (if class_eq_dec c' c then true else false) then Some v
                     else cell o p' w' c').

(** The bits of a cell in a range all of whose bytes are [v]. *)
Definition filled (v p w : Z) (c : class) : option value :=
  match c with
  | CInteger => Some (VInteger ((v * ((256 ^ (w / 8 + 2) - 1) / 255)) / 2 ^ (p mod 8) mod 2 ^ w))
  | CPointer => if v =? 0 then Some (VPointer BNull 0) else None
  | CFloat => if v =? 0 then Some (VFloat (S754_zero false)) else None
  end.

Definition fill (o : object) (r : range) (v : Z) : object :=
  with_content o (fun b => in_range r b || initialised o b)
    (fun p w c => if overlap r p w then if (fst r <=? p) && (p + w <=? snd r) then filled v p w c else None
                  else cell o p w c).

Definition scramble (o : object) (r : range) : object :=
  with_content o (fun b => in_range r b || initialised o b)
    (fun p w c => if overlap r p w then None else cell o p w c).

(** [s] at the time of the copy, from bit [from] on, to [r] of [o]. *)
Definition copy (o s : object) (r : range) (from : Z) : object :=
  let d := from - fst r in
  with_content o (fun b => if in_range r b then initialised s (b + d) else initialised o b)
    (fun p w c => if overlap r p w then if (fst r <=? p) && (p + w <=? snd r) then cell s (p + d) w c else None
                  else cell o p w c).

Definition fresh_object (size alignment : Z) (s : storage) : object :=
  {| size := size; alignment := alignment; stored_as := s; alive := true;
     initialised := fun _ => false; cell := fun _ _ _ => None |}.

(** ** Obligations (section 3) *)

Definition is_null (b : base) : Prop := b = BNull.
Definition names (m : memory) (b : base) (o : object) : Prop := exists n, b = BObject n /\ m n = Some o.
Definition freed (m : memory) (b : base) : Prop := exists o, names m b o /\ stored_as o = SHeap /\ alive o = false.
Definition ended (m : memory) (b : base) : Prop := exists o, names m b o /\ stored_as o = SAutomatic /\ alive o = false.
(** No object is so large that an access to more than 2^100 bytes could lie in it. *)
Definition in_bounds (m : memory) (b : base) (from n : Z) : Prop :=
  0 <= n <= 2 ^ 100 /\ exists o, names m b o /\ 0 <= from /\ from + n <= size o.
Definition aligned (m : memory) (b : base) (from a : Z) : Prop :=
  forall o, names m b o -> (a | alignment o) /\ (a | from).
Definition writable (m : memory) (b : base) : Prop :=
  forall o, names m b o -> stored_as o <> SStatic KConstant /\ stored_as o <> SStatic KLabels.
Definition all_initialised (m : memory) (b : base) (r : range) : Prop :=
  forall o x, names m b o -> in_range r x = true -> initialised o x = true.

(** What an instruction demands, in order: the first that does not hold is violated. *)
Definition demand := (kind * Prop)%type.

(** An operand that is an object needs no proof that the object is alive: section 1.2 checks that. *)
Definition lifetime (m : memory) (F : frame) (a : operand) : list demand :=
  match a with
  | OStatic _ | OAutomatic _ => []
  | _ => let b := base_of F a in
         [(NullDereference, ~ is_null b); (UseAfterFree, ~ freed m b); (DanglingPointer, ~ ended m b)]
  end.

Definition reading (m : memory) (F : frame) (a : operand) (from n : Z) : list demand :=
  lifetime m F a ++ [(OutOfBoundsRead, in_bounds m (base_of F a) from n)].
Definition writing (m : memory) (F : frame) (a : operand) (from n : Z) : list demand :=
  lifetime m F a ++ [(OutOfBoundsWrite, in_bounds m (base_of F a) from n)].

(** Bytes that hold the bits of an access, and its first bit. *)
Definition extent (t : type) (p : place) : Z := (bit_of p + width t + 7) / 8.
Definition position (F : frame) (a : operand) (p : place) : Z := 8 * (offset_of F a + immediate_of p) + bit_of p.

Definition demands_arithmetic (op : operation) (t : itype) (x y : Z) : list demand :=
  let e := compute op x y in
  match op with
  | Add | Subtract | Multiply => if signed t then [(SignedOverflow, in_itype t e)] else []
  | Divide => (DivisionByZero, y <> 0) :: if signed t then [(SignedOverflow, in_itype t e)] else []
  | Remainder => (DivisionByZero, y <> 0) :: if signed t then [(SignedOverflow, ~ (x = least t /\ y = -1))] else []
  | ShiftLeft => [(InvalidShift, 0 <= y < bits t /\ (signed t = true -> 0 <= x /\ in_itype t e))]
  | ShiftRight => [(InvalidShift, 0 <= y < bits t)]
  | And | Or | Xor => []
  end.

(** The function takes what the call gives and gives what it takes. *)
Definition operand_fits (F : function) (a : operand) (t : type) : Prop :=
  match a with
  | ORegister r => registers_of F r = Some t
  | OInteger _ => class_of t = CInteger
  | OFloat _ => class_of t = CFloat
  | _ => class_of t = CPointer
  end.
Fixpoint arguments_fit (F : function) (arguments : list operand) (parameters : list (id * type)) (more : bool) : Prop :=
  match arguments, parameters with
  | [], [] => True
  | a :: arguments, (_, t) :: parameters => operand_fits F a t /\ arguments_fit F arguments parameters more
  | _ :: _, [] => more = true
  | [], _ :: _ => False
  end.
Definition fits (F callee : function) (r : option id) (arguments : list operand) : Prop :=
  arguments_fit F arguments (parameters_of callee) (variadic callee) /\
  match r with None => True | Some r => exists t, result_of callee = Some t /\ registers_of F r = Some t end.

Definition demands (P : program) (F : frame) (m : memory) (i : instruction) : list demand :=
  match i with
  | Arithmetic _ op t a b => demands_arithmetic op t (integer F a) (integer F b)
  | ComparePointers _ (Less | LessOrEqual) _ a b =>
    [(PointerComparison, ~ is_null (base_of F a) /\ base_of F a = base_of F b)]
  | FloatToInteger _ t a => [(FloatToInt, exists n, truncate (float F a) = Some n /\ in_itype t n)]
  | Offset _ a b immediate true =>
    [(PointerArithmetic,
      integer F b * immediate = 0 \/
      exists o, names m (base_of F a) o /\ alive o = true /\
                0 <= offset_of F a + integer F b * immediate <= size o)]
  | Difference _ a b _ =>
    [(PointerComparison, (exists n, base_of F a = BObject n) /\ base_of F a = base_of F b)]
  | Load _ t _ p a =>
    let from := offset_of F a + immediate_of p in
    reading m F a from (extent t p) ++
    [(MisalignedAccess, aligned m (base_of F a) from (alignment_of p));
     (UninitializedRead, all_initialised m (base_of F a) (position F a p, position F a p + width t))]
  | Store t p a _ =>
    let from := offset_of F a + immediate_of p in
    writing m F a from (extent t p) ++
    [(MisalignedAccess, aligned m (base_of F a) from (alignment_of p)); (WriteToConstant, writable m (base_of F a))]
  | Copy a b c =>
    reading m F b (offset_of F b) (integer F c) ++ writing m F a (offset_of F a) (integer F c) ++
    [(WriteToConstant, writable m (base_of F a))]
  | Fill a _ c | Scramble a c =>
    writing m F a (offset_of F a) (integer F c) ++ [(WriteToConstant, writable m (base_of F a))]
  | Probe a c =>
    reading m F a (offset_of F a) (integer F c) ++
    [(UninitializedRead,
      all_initialised m (base_of F a) (8 * offset_of F a, 8 * (offset_of F a + integer F c)))]
  | ObjectSize _ a =>
    match lifetime m F a with
    | [] => []
    | _ => [(NullDereference, exists n, base_of F a = BObject n); (UseAfterFree, ~ freed m (base_of F a));
            (DanglingPointer, ~ ended m (base_of F a))]
    end
  | Free a =>
    [(InvalidFree,
      is_null (base_of F a) \/
      offset_of F a = 0 /\ exists o, names m (base_of F a) o /\ stored_as o = SHeap /\ alive o = true)]
  | Start _ _ _ (Some c) => [(VlaSize, 0 < integer F c)]
  | Check k a => [(k, integer F a <> 0)]
  | CallPointer r a arguments =>
    [(NullDereference, ~ is_null (base_of F a));
     (InvalidCall, exists f G G', base_of F a = BFunction f /\ offset_of F a = 0 /\ functions_of P f = Some G /\
                                  functions_of P (running F) = Some G' /\ fits G' G r arguments)]
  | _ => []
  end.

Definition demands_end (F : frame) (m : memory) : list demand :=
  match end_ F with
  | LabelGoto a labels targets =>
    [(InvalidCall, base_of F a = BObject (Static labels) /\ 0 <= offset_of F a < Z.of_nat (length targets))]
  | _ => []
  end.

(** The first demand that does not hold. *)
Inductive violated : list demand -> kind -> Prop :=
| Violated_here : forall k (D : Prop) l, ~ D -> violated ((k, D) :: l) k
| Violated_later : forall k k' (D : Prop) l, D -> violated l k -> violated ((k', D) :: l) k.

Definition met (l : list demand) : Prop := Forall snd l.

(** ** Steps *)

Definition set_register (F : frame) (r : id) (v : value) : frame :=
  {| running := running F; rest := rest F; end_site := end_site F; end_ := end_ F;
     registers := fun r' => if Pos.eqb r' r then v else registers F r'; automatic := automatic F |}.
Definition set_result (F : frame) (r : option id) (v : value) : frame :=
  match r with Some r => set_register F r v | None => F end.
Definition set_automatic (F : frame) (o : id) (n : option name) : frame :=
  {| running := running F; rest := rest F; end_site := end_site F; end_ := end_ F; registers := registers F;
     automatic := fun o' => if Pos.eqb o' o then n else automatic F o' |}.
Definition at_block (F : frame) (b : block) : frame :=
  {| running := running F; rest := code b; end_site := last_site b; end_ := last b;
     registers := registers F; automatic := automatic F |}.
Definition at_rest (F : frame) (l : list (id * instruction)) : frame :=
  {| running := running F; rest := l; end_site := end_site F; end_ := end_ F;
     registers := registers F; automatic := automatic F |}.

(** Memory where one object changes. *)
Definition changed (m : memory) (b : base) (f : object -> object) (m' : memory) : Prop :=
  exists n o, b = BObject n /\ m n = Some o /\ m' = set_object m n (f o).

(** What the environment may do to memory: nothing to constants, to lifetimes of static and automatic objects, to
    what an object is, and no life to the dead. A cell has any value of a type of its width and class, or the one that
    it had. *)
Definition havocked (P : program) (m m' : memory) : Prop :=
  (forall n o, m n = Some o ->
   exists o', m' n = Some o' /\ size o' = size o /\ alignment o' = alignment o /\ stored_as o' = stored_as o /\
              (alive o' = true -> alive o = true) /\ (stored_as o <> SHeap -> alive o' = alive o) /\
              (stored_as o = SStatic KConstant \/ stored_as o = SStatic KLabels -> o' = o)) /\
  (forall o, m (Static o) = None -> m' (Static o) = None) /\
  (forall n o', m (Dynamic n) = None -> m' (Dynamic n) = Some o' -> stored_as o' = SHeap) /\
  (forall n o' p w c v, m' n = Some o' -> cell o' p w c = Some v ->
   (exists t, width t = w /\ class_of t = c /\ of_type P t v) \/ exists o, m n = Some o /\ cell o p w c = Some v).

Section Steps.

(** The assumptions that hold of the world. *)
Variable holds : id -> Prop.
Variable P : program.

(** Instructions that stay in the running function: the frame and the memory behind them. *)
Inductive effect (F : frame) (m : memory) : instruction -> frame -> memory -> Prop :=
| E_move : forall r a, effect F m (Move r a) (set_register F r (eval F a)) m
| E_linear : forall r k l,
    effect F m (Linear r k l)
      (set_register F r (VInteger (fold_left (fun s p => s + fst p * integer F (ORegister (snd p))) l k))) m
| E_arithmetic : forall r op t a b,
    (is_bitwise op = true -> in_itype t (integer F a) /\ in_itype t (integer F b)) ->
    let e := compute op (integer F a) (integer F b) in
    effect F m (Arithmetic r op t a b) (set_register F r (VInteger (if is_wrapping op t then wrap t e else e))) m
| E_convert : forall r t a, effect F m (Convert r t a) (set_register F r (VInteger (wrap t (integer F a)))) m
| E_compare : forall r c a b,
    effect F m (CompareIntegers r c a b)
      (set_register F r (truth (compare_integers c (integer F a) (integer F b)))) m
| E_compare_pointers : forall r c bases a b x,
    compare_pointers c bases (base_of F a) (base_of F b) (offset_of F a) (offset_of F b) x ->
    effect F m (ComparePointers r c bases a b) (set_register F r (truth x)) m
| E_compare_floats : forall r c a b,
    effect F m (CompareFloats r c a b) (set_register F r (truth (compare_floats c (float F a) (float F b)))) m
| E_float : forall r op f a b x,
    fresult f (fcompute op f (float F a) (float F b)) x ->
    effect F m (FloatArithmetic r op f a b) (set_register F r (VFloat x)) m
| E_negate : forall r f a x,
    fresult f (round f (SFopp (float F a))) x -> effect F m (FloatNegate r f a) (set_register F r (VFloat x)) m
| E_convert_float : forall r f a x,
    fresult f (round f (float F a)) x -> effect F m (ConvertFloat r f a) (set_register F r (VFloat x)) m
| E_integer_to_float : forall r f a x,
    fresult f (float_of_integer f (integer F a)) x ->
    effect F m (IntegerToFloat r f a) (set_register F r (VFloat x)) m
| E_float_to_integer : forall r t a n,
    truncate (float F a) = Some n -> effect F m (FloatToInteger r t a) (set_register F r (VInteger n)) m
| E_offset : forall r a b k checked,
    effect F m (Offset r a b k checked)
      (set_register F r (VPointer (base_of F a) (offset_of F a + integer F b * k))) m
| E_difference : forall r a b k,
    effect F m (Difference r a b k) (set_register F r (VInteger (Z.quot (offset_of F a - offset_of F b) k))) m
| E_pointer_to_integer : forall r t a n,
    in_itype t n -> (base_of F a = BNull -> offset_of F a = 0 -> n = 0) ->
    effect F m (PointerToInteger r t a) (set_register F r (VInteger n)) m
| E_integer_to_pointer : forall r a v,
    of_type P TPointer v -> (integer F a = 0 -> v = VPointer BNull 0) ->
    effect F m (IntegerToPointer r a) (set_register F r v) m
| E_load : forall r t p a n o v,
    base_of F a = BObject n -> m n = Some o -> cell o (position F a p) (width t) (class_of t) = Some v ->
    let v := match t, v with TInteger t, VInteger x => VInteger (wrap t x) | _, v => v end in
    effect F m (Load r t false p a) (set_register F r v) m
| E_load_any : forall r t p a n o v,
    base_of F a = BObject n -> m n = Some o -> cell o (position F a p) (width t) (class_of t) = None ->
    of_type P t v ->
    effect F m (Load r t false p a) (set_register F r v)
      (set_object m n (know_cell o (position F a p) (width t) (class_of t) v))
| E_load_volatile : forall r t p a v,
    of_type P t v -> effect F m (Load r t true p a) (set_register F r v) m
| E_store : forall t p a b m',
    (forall t', t = TInteger t' -> in_itype t' (integer F b)) ->
    changed m (base_of F a) (fun o => put_cell o (position F a p) (width t) (class_of t) (eval F b)) m' ->
    effect F m (Store t p a b) F m'
| E_copy : forall a b c n s m',
    base_of F b = BObject n -> m n = Some s ->
    let r := (8 * offset_of F a, 8 * (offset_of F a + integer F c)) in
    changed m (base_of F a) (fun o => copy o s r (8 * offset_of F b)) m' ->
    effect F m (Copy a b c) F m'
| E_fill : forall a b c m',
    changed m (base_of F a)
      (fun o => fill o (8 * offset_of F a, 8 * (offset_of F a + integer F c)) (integer F b mod 256)) m' ->
    effect F m (Fill a b c) F m'
| E_scramble : forall a c m',
    changed m (base_of F a) (fun o => scramble o (8 * offset_of F a, 8 * (offset_of F a + integer F c))) m' ->
    effect F m (Scramble a c) F m'
| E_probe : forall a c, effect F m (Probe a c) F m
| E_allocate_none : forall r k c, effect F m (Allocate r k c) (set_register F r (VPointer BNull 0)) m
| E_allocate : forall r k c n,
    0 <= integer F c -> m (Dynamic n) = None ->
    effect F m (Allocate r k c) (set_register F r (VPointer (BObject (Dynamic n)) 0))
      (set_object m (Dynamic n) (fresh_object (integer F c) k SHeap))
| E_free_null : forall a, base_of F a = BNull -> effect F m (Free a) F m
| E_free : forall a m', changed m (base_of F a) without_life m' -> effect F m (Free a) F m'
| E_start : forall x k s c n,
    m (Dynamic n) = None ->
    effect F m (Start x k s c) (set_automatic F x (Some (Dynamic n)))
      (set_object m (Dynamic n) (fresh_object (match c with Some c => integer F c | None => s end) k SAutomatic))
| E_end : forall x n o,
    automatic F x = Some n -> m n = Some o ->
    effect F m (End_ x) (set_automatic F x None) (set_object m n (without_life o))
| E_havoc : forall r t v, of_type P t v -> effect F m (Havoc r t) (set_register F r v) m
| E_assume : forall x a, (holds x -> integer F a <> 0) -> effect F m (Assume x a) F m
| E_check : forall k a, effect F m (Check k a) F m
| E_havoc_memory : forall r t x v m',
    havocked P m m' -> of_type P t v -> effect F m (HavocMemory r t x) (set_result F r v) m'
| E_object_size : forall r a o,
    names m (base_of F a) o ->
    effect F m (ObjectSize r a) (set_register F r (VInteger (size o - offset_of F a))) m.

(** The blocks to which a terminator leads. *)
Inductive leads (F : frame) : terminator -> id -> Prop :=
| L_goto : forall b, leads F (Goto b) b
| L_branch : forall a b c, leads F (Branch a b c) (if integer F a =? 0 then c else b)
| L_switch : forall a cases d,
    let holds_value '(lower, upper, _) := (lower <=? integer F a) && (integer F a <=? upper) in
    leads F (Switch a cases d) (match find holds_value cases with Some (_, _, b) => b | None => d end)
| L_label : forall a labels targets b,
    nth_error targets (Z.to_nat (offset_of F a)) = Some b -> leads F (LabelGoto a labels targets) b.

(** A function begins: its parameters are the arguments, its other registers are any of their class. *)
Definition begins (f : id) (arguments : list value) (F : frame) : Prop :=
  exists G b,
    functions_of P f = Some G /\ blocks_of G (first_block G) = Some b /\
    running F = f /\ rest F = code b /\ end_site F = last_site b /\ end_ F = last b /\
    (forall o, automatic F o = None) /\
    (forall k r t, nth_error (parameters_of G) k = Some (r, t) -> nth_error arguments k = Some (registers F r)) /\
    (forall r t, registers_of G r = Some t -> class_of t = match registers F r with
                                                           | VInteger _ => CInteger
                                                           | VPointer _ _ => CPointer
                                                           | VFloat _ => CFloat
                                                           end) /\
    (forall r t, registers_of G r = Some t -> ~ In r (map fst (parameters_of G)) -> names_taken P (registers F r)).

(** A return ends the automatic objects of the function. *)
Definition ends (F : frame) (m m' : memory) : Prop :=
  forall n, ((exists o, automatic F o = Some n) -> m' n = option_map without_life (m n)) /\
            ((forall o, automatic F o <> Some n) -> m' n = m n).

Inductive step : state -> state -> Prop :=
| S_instruction : forall F l m site i F' m' stack,
    rest F = (site, i) :: l -> met (demands P F m i) -> effect F m i F' m' ->
    step {| top := F; suspended := stack; mem := m |} {| top := at_rest F' l; suspended := stack; mem := m' |}
| S_call : forall F l m site r f arguments G stack,
    rest F = (site, Call r f arguments) :: l -> begins f (map (eval F) arguments) G ->
    step {| top := F; suspended := stack; mem := m |}
         {| top := G; suspended := (r, at_rest F l) :: stack; mem := m |}
| S_call_pointer : forall F l m site r a arguments f G stack,
    rest F = (site, CallPointer r a arguments) :: l -> met (demands P F m (CallPointer r a arguments)) ->
    base_of F a = BFunction f -> begins f (map (eval F) arguments) G ->
    step {| top := F; suspended := stack; mem := m |}
         {| top := G; suspended := (r, at_rest F l) :: stack; mem := m |}
| S_jump : forall F m G b B stack,
    rest F = [] -> met (demands_end F m) -> leads F (end_ F) b ->
    functions_of P (running F) = Some G -> blocks_of G b = Some B ->
    step {| top := F; suspended := stack; mem := m |} {| top := at_block F B; suspended := stack; mem := m |}
| S_return : forall F m a r F' stack m',
    rest F = [] -> end_ F = Return a -> ends F m m' ->
    let F'' := match a with Some a => set_result F' r (eval F a) | None => F' end in
    step {| top := F; suspended := (r, F') :: stack; mem := m |} {| top := F''; suspended := stack; mem := m' |}.

(** *** The beginning *)

Definition value_of_initial (t : type) (i : initial_value) (v : value) : Prop :=
  match i with
  | IInteger n => v = VInteger n
  | IFloat x => v = VFloat x
  | INull => v = VPointer BNull 0
  | IObject o k => v = VPointer (BObject (Static o)) k
  | IFunction f => v = VPointer (BFunction f) 0
  | IUnknown => of_type P t v
  end.

(** Filled with 0, then the cells stored; an external object is initialised and nothing is known of it. *)
Inductive stored : object -> list (Z * type * initial_value) -> object -> Prop :=
| Stored_none : forall o, stored o [] o
| Stored_one : forall o p t i v l o',
    value_of_initial t i v -> stored (put_cell o p (width t) (class_of t) v) l o' -> stored o ((p, t, i) :: l) o'.

Definition initial_object (s : static_object) (o : object) : Prop :=
  let empty := fresh_object (static_size s) (static_alignment s) (SStatic (static_kind_of s)) in
  let r := (0, 8 * static_size s) in
  match static_kind_of s with
  | KExternal => o = scramble empty r
  | _ => stored (fill empty r 0) (initial_cells s) o
  end.

Definition initial (s : state) : Prop :=
  begins (entry_of P) [] (top s) /\ suspended s = [] /\
  (forall o d, statics_of P o = Some d -> exists b, mem s (Static o) = Some b /\ initial_object d b) /\
  (forall o, statics_of P o = None -> mem s (Static o) = None) /\
  (forall n, mem s (Dynamic n) = None).

Inductive reachable : state -> Prop :=
| R_initial : forall s, initial s -> reachable s
| R_step : forall s s', reachable s -> step s s' -> reachable s'.

(** ** Violations: an obligation is a function, a site and a kind *)

Definition obligation := (id * id * kind)%type.

Inductive violates : state -> obligation -> Prop :=
| V_instruction : forall F stack m site i l k,
    rest F = (site, i) :: l -> violated (demands P F m i) k ->
    violates {| top := F; suspended := stack; mem := m |} (running F, site, k)
| V_end : forall F stack m k,
    rest F = [] -> violated (demands_end F m) k ->
    violates {| top := F; suspended := stack; mem := m |} (running F, end_site F, k).

(** The state executes an instruction that raises the obligation. *)
Inductive raises : state -> obligation -> Prop :=
| Raises_instruction : forall F stack m site i l k,
    rest F = (site, i) :: l -> In k (map fst (demands P F m i)) ->
    raises {| top := F; suspended := stack; mem := m |} (running F, site, k)
| Raises_end : forall F stack m k,
    rest F = [] -> In k (map fst (demands_end F m)) ->
    raises {| top := F; suspended := stack; mem := m |} (running F, end_site F, k).

End Steps.
