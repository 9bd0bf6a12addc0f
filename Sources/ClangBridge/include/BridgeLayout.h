// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The word layout of the buffer.
//
// The buffer is a header of BridgeHeaderLength words, then the sections in the order of BridgeSection, whose
// lengths in words the header holds. A reference is an index, 0 means none:
//   declaration, type: index into the section's offset table; location: index of a record of
//   BridgeLocationLength words; node, constant: word index into its section; string: index into the string offsets.
// A qualified type is (type << 3) | const (1) | restrict (2) | volatile (4).
// A 64-bit number is two words, low first. A big integer is its width in bits, then ceil(width / 64) 64-bit numbers.

#pragma once

enum {
  BridgeMagic = 0x43495342, // "BSIC"
  BridgeVersion = 1,
};

enum BridgeHeader {
  BridgeHeaderMagic,
  BridgeHeaderVersion,
  BridgeHeaderUnknownCount,     // unknown nodes, types and declarations
  BridgeHeaderFacts,            // bits of BridgeFact
  BridgeHeaderSignedOverflow,   // BridgeSignedOverflow
  BridgeHeaderStandard,         // 89, 99, 11, 17, 23
  BridgeHeaderMainFile,         // string
  BridgeHeaderTriple,           // string
  BridgeHeaderFirstSection,
  BridgeHeaderLength = BridgeHeaderFirstSection + 12,
};

enum BridgeSection {
  BridgeSectionTopLevel,        // declarations of the file that define something
  BridgeSectionDeclarations,
  BridgeSectionDeclarationOffsets,
  BridgeSectionTypes,
  BridgeSectionTypeOffsets,
  BridgeSectionNodes,
  BridgeSectionLocations,
  BridgeSectionConstants,
  BridgeSectionIncludedFiles,   // strings: every file read
  BridgeSectionStringOffsets,   // byte offsets; one more than there are strings
  BridgeSectionStrings,         // bytes, padded
  BridgeSectionUnknownNames,    // string, location: one pair per unknown construct
};

enum BridgeFact {
  BridgeFactCharIsSigned = 1,
  BridgeFactShortEnumerations = 2,
  BridgeFactFastMath = 4,        // floating point may deviate from IEEE 754
  BridgeFactFreestanding = 8,
  BridgeFactNoStrictAliasing = 16,
  BridgeFactGnuMode = 32,
  BridgeFactContractions = 64,   // fused multiply-add may be formed
};

// Location: presumed file, line, column of the expansion; file, line, column of the spelling; macro name.
enum { BridgeLocationLength = 7 };

// Node.
enum BridgeNodeWord {
  BridgeNodeWordKind,
  BridgeNodeWordLocation,        // the operator, member name or keyword
  BridgeNodeWordBegin,
  BridgeNodeWordEnd,
  BridgeNodeWordType,            // qualified type, 0 for statements
  BridgeNodeWordFlags,           // bits of BridgeNodeFlag
  BridgeNodeWordOperand,         // by kind
  BridgeNodeWordChildCount,
  BridgeNodeWordPayloadCount,
  BridgeNodeWordFirstChild,      // children, then payload
};

enum BridgeNodeFlag {
  BridgeNodeFlagLValue = 1,
  BridgeNodeFlagBitField = 2,
  BridgeNodeFlagExplicit = 4,    // cast written in the source
  BridgeNodeFlagArrow = 8,       // p->m
  BridgeNodeFlagFileScope = 16,  // compound literal with static storage
  BridgeNodeFlagVolatile = 32,   // asm volatile
  BridgeNodeFlagGoto = 64,       // asm goto
  BridgeNodeFlagConstant = 128,  // sizeof, offsetof: the payload is the value
  BridgeNodeFlagWeak = 256,      // compare-exchange that may fail spuriously
};

// Operand and payload of the node kinds that have any; children are in source order, absent ones 0.
//   DeclarationStatement     payload: declarations
//   For                      children: initialisation, condition, increment, body
//   If                       children: condition, then, else
//   Switch, While            children: condition, body
//   Do                       children: body, condition
//   Case                     children: body; payload: big integer low, big integer high
//   Label, Goto, LabelAddress  operand: declaration
//   Assembly                 children: outputs, inputs; payload: text, #outputs, #inputs, #clobbers, #labels,
//                            per output and input (symbolic name, constraint), clobbers, label declarations
//   Integer, Floating        payload: big integer (Floating: the bits of the value)
//   String                   operand: width of a character in bytes; payload: bytes, length in characters
//   DeclarationReference     operand: declaration
//   Member                   operand: field declaration
//   Call                     operand: builtin number; payload: declaration called directly; children: callee, arguments
//   Unary, Binary            operand: operator
//   CompoundAssignment       operand: operator; payload: type the left side is converted to, type of the result
//   BinaryConditional        children: common (opaque value), condition, true, false
//   OpaqueValue              child: the expression evaluated once
//   Cast                     operand: kind
//   InitializerList          operand: field of the union; payload: array filler (node)
//   DesignatedInitializerUpdate  children: base, updater
//   SizeOrAlignment          operand: measure; payload: type measured, value (big integer) if constant; child: expression measured, if any
//   OffsetOf                 payload: value (big integer) if constant; otherwise record type, #components, per component
//                            (field declaration or 0, index node or 0)
//   Atomic                   operand: operation; payload: name; children: pointer, order, first value, second value, order on failure, weak
//   ShuffleVector            children: vectors, indices
//   VectorElements           payload: element indices
//   Unknown                  payload: class name; children: known children

// Type: kind, size in bytes (64 bit; 0 if it has none), alignment in bytes, payload length, payload.
//   Integer      width in bits, signed, name
//   Floating     BridgeFloatingFormat, name
//   Complex, Pointer, Atomic  qualified type
//   ConstantArray  element, length (64 bit)
//   IncompleteArray  element
//   VariableArray  element, length (node)
//   Function     result, flags (variadic 1, noreturn 2), parameters
//   FunctionWithoutPrototype  result, flags
//   Record       declaration
//   Enumeration  declaration, underlying type
//   Vector       element, length
//   Unknown      class name
enum BridgeTypeWord {
  BridgeTypeWordKind,
  BridgeTypeWordSizeLow,
  BridgeTypeWordSizeHigh,
  BridgeTypeWordAlignment,
  BridgeTypeWordPayloadCount,
  BridgeTypeWordFirstPayload,
};

// Declaration.
//   Function     payload: builtin number, symbol, alias target, constructor priority, destructor priority, #parameters,
//                parameters; body: definition
//   Variable     payload: symbol, alias target, alignment in bytes, cleanup function (declaration), register name, type as written;
//                body: initialiser (0 if only the constant is given); constant
//   Parameter    as Variable
//   Field        payload: record, index, bit offset (64 bit), bit width + 1 or 0
//   Record       payload: size (64 bit), alignment, fields
//   Enumeration  type: underlying; payload: constants
//   EnumerationConstant  payload: big integer
//   FileAssembly payload: text
//   Unknown      payload: class name
enum BridgeDeclarationWord {
  BridgeDeclarationWordKind,
  BridgeDeclarationWordName,
  BridgeDeclarationWordLocation,
  BridgeDeclarationWordType,
  BridgeDeclarationWordFlags,    // bits of BridgeDeclarationFlag
  BridgeDeclarationWordLinkage,  // linkage | storage duration << 4 | definition << 8
  BridgeDeclarationWordBody,     // node
  BridgeDeclarationWordConstant, // constant
  BridgeDeclarationWordPayloadCount,
  BridgeDeclarationWordFirstPayload,
};

enum BridgeDeclarationFlag {
  BridgeDeclarationFlagInline = 1,
  BridgeDeclarationFlagInlineOnly = 2,   // C99 6.7.4p7: no external definition here
  BridgeDeclarationFlagWeak = 4,
  BridgeDeclarationFlagNoReturn = 8,
  BridgeDeclarationFlagConstructor = 16,
  BridgeDeclarationFlagDestructor = 32,
  BridgeDeclarationFlagImplicit = 64,    // C89 implicit function declaration, builtins
  BridgeDeclarationFlagUnion = 128,
  BridgeDeclarationFlagFlexibleArray = 256,
  BridgeDeclarationFlagPacked = 512,
  BridgeDeclarationFlagTransparentUnion = 1024,
  BridgeDeclarationFlagComplete = 2048,  // record or enumeration with a definition
  BridgeDeclarationFlagUnnamed = 4096,   // anonymous member, unnamed bit-field
  BridgeDeclarationFlagOldStyle = 8192,  // K&R parameter: passed promoted
  BridgeDeclarationFlagBlockScope = 16384,
  BridgeDeclarationFlagRegister = 32768,
  BridgeDeclarationFlagReturnsTwice = 65536,
  BridgeDeclarationFlagMalloc = 131072,
  BridgeDeclarationFlagIndirectFunction = 262144, // ifunc: the alias target is the resolver
  BridgeDeclarationFlagWeakReference = 524288,
  BridgeDeclarationFlagCommon = 1048576,
};

// Constant: kind, then
//   Integer, Floating  big integer (Floating: bits)
//   Address      BridgeAddressBase, base, offset in bytes (64 bit)
//   Record       #fields, word index of each field's constant (unnamed bit-fields included, as Absent)
//   Union        field declaration, word index
//   Array        #elements (64 bit), #explicit, word index of each explicit element, word index of the filler
//   PackedArray  #elements (64 bit), #explicit, width in bits, bytes per element, is floating, word index of the filler,
//                the explicit elements' bytes, padded
//   IntegerComplex, FloatingComplex  two big integers
//   Vector       #elements, word index of each
//   LabelDifference  two label declarations
