// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// The numeric codes of the buffer. They are the same on both sides of the bridge because both sides read this file.

#pragma once

#include <stdint.h>

#define BRIDGE_ENUM(name) enum __attribute__((enum_extensibility(closed))) name : uint32_t

typedef BRIDGE_ENUM(BridgeStatus) {
  BridgeStatusParsed,
  BridgeStatusSyntaxErrors,      // the C code has errors
  BridgeStatusMissingInput,      // no input, an unreadable input, or more than one
  BridgeStatusInvalidFlags,      // clang's driver rejects the command
  BridgeStatusUnsupportedFlag,   // a flag changes the meaning of the program and cannot be honoured
  BridgeStatusUnsupportedTarget, // not x86_64, LP64, little-endian
  BridgeStatusInternalFailure,
} BridgeStatus;

typedef BRIDGE_ENUM(BridgeSeverity) {
  BridgeSeverityNote,
  BridgeSeverityWarning,
  BridgeSeverityError,
} BridgeSeverity;

typedef BRIDGE_ENUM(BridgeNodeKind) {
  BridgeNodeKindUnknown, // an AST class the bridge does not know; the name is in the payload

  // Statements.
  BridgeNodeKindNullStatement,
  BridgeNodeKindCompoundStatement,
  BridgeNodeKindDeclarationStatement,
  BridgeNodeKindIfStatement,
  BridgeNodeKindWhileStatement,
  BridgeNodeKindDoStatement,
  BridgeNodeKindForStatement,
  BridgeNodeKindSwitchStatement,
  BridgeNodeKindCaseStatement,
  BridgeNodeKindDefaultStatement,
  BridgeNodeKindLabelStatement,
  BridgeNodeKindGotoStatement,
  BridgeNodeKindIndirectGotoStatement,
  BridgeNodeKindContinueStatement,
  BridgeNodeKindBreakStatement,
  BridgeNodeKindReturnStatement,
  BridgeNodeKindAssemblyStatement,
  BridgeNodeKindAssumeStatement, // __attribute__((assume(c))) on a statement

  // Expressions. Parentheses, __extension__, _Generic, __builtin_choose_expr and constant wrappers are already
  // replaced by the expression they stand for.
  BridgeNodeKindIntegerLiteral, // also character literals, type traits, __builtin_LINE and kin
  BridgeNodeKindFloatingLiteral,
  BridgeNodeKindImaginaryLiteral,
  BridgeNodeKindStringLiteral, // also __func__ and kin
  BridgeNodeKindDeclarationReference,
  BridgeNodeKindMember,
  BridgeNodeKindArraySubscript,
  BridgeNodeKindCall,
  BridgeNodeKindUnary,
  BridgeNodeKindBinary,
  BridgeNodeKindCompoundAssignment,
  BridgeNodeKindConditional,
  BridgeNodeKindBinaryConditional, // a ?: b
  BridgeNodeKindOpaqueValue,       // stands for one evaluation of its child
  BridgeNodeKindCast,
  BridgeNodeKindCompoundLiteral,
  BridgeNodeKindInitializerList,
  BridgeNodeKindImplicitValueInitializer,
  BridgeNodeKindDesignatedInitializerUpdate,
  BridgeNodeKindNoInitializer,
  BridgeNodeKindStatementExpression,
  BridgeNodeKindLabelAddress,
  BridgeNodeKindVariadicArgument, // va_arg
  BridgeNodeKindSizeOrAlignment,  // sizeof, _Alignof and kin
  BridgeNodeKindOffsetOf,
  BridgeNodeKindAtomic,
  BridgeNodeKindShuffleVector,
  BridgeNodeKindConvertVector,
  BridgeNodeKindVectorElements, // v.xyz
} BridgeNodeKind;

typedef BRIDGE_ENUM(BridgeTypeKind) {
  BridgeTypeKindUnknown,
  BridgeTypeKindVoid,
  BridgeTypeKindBoolean,
  BridgeTypeKindInteger, // also _BitInt
  BridgeTypeKindFloating,
  BridgeTypeKindComplex,
  BridgeTypeKindPointer,
  BridgeTypeKindNullPointer, // C23 nullptr_t
  BridgeTypeKindConstantArray,
  BridgeTypeKindIncompleteArray,
  BridgeTypeKindVariableArray,
  BridgeTypeKindFunction,               // with prototype
  BridgeTypeKindFunctionWithoutPrototype,
  BridgeTypeKindRecord,
  BridgeTypeKindEnumeration,
  BridgeTypeKindAtomic,
  BridgeTypeKindVector,
} BridgeTypeKind;

typedef BRIDGE_ENUM(BridgeFloatingFormat) {
  BridgeFloatingFormatHalf,
  BridgeFloatingFormatBrain,
  BridgeFloatingFormatSingle,
  BridgeFloatingFormatDouble,
  BridgeFloatingFormatExtended, // x87, 80 bits in 16 bytes
  BridgeFloatingFormatQuadruple,
  BridgeFloatingFormatOther,
} BridgeFloatingFormat;

typedef BRIDGE_ENUM(BridgeDeclarationKind) {
  BridgeDeclarationKindUnknown,
  BridgeDeclarationKindFunction,
  BridgeDeclarationKindVariable,
  BridgeDeclarationKindParameter,
  BridgeDeclarationKindField,
  BridgeDeclarationKindRecord,
  BridgeDeclarationKindEnumeration,
  BridgeDeclarationKindEnumerationConstant,
  BridgeDeclarationKindTypedef,
  BridgeDeclarationKindLabel,
  BridgeDeclarationKindFileAssembly,
  BridgeDeclarationKindStaticAssertion, // holds: clang reports one that fails
  BridgeDeclarationKindOther,           // no effect at run time: empty declarations, pragmas
} BridgeDeclarationKind;

typedef BRIDGE_ENUM(BridgeLinkage) {
  BridgeLinkageNone,
  BridgeLinkageInternal,
  BridgeLinkageExternal,
} BridgeLinkage;

typedef BRIDGE_ENUM(BridgeStorageDuration) {
  BridgeStorageDurationAutomatic,
  BridgeStorageDurationStatic,
  BridgeStorageDurationThread,
} BridgeStorageDuration;

typedef BRIDGE_ENUM(BridgeDefinition) {
  BridgeDefinitionDeclared,
  BridgeDefinitionTentative,
  BridgeDefinitionDefined,
} BridgeDefinition;

typedef BRIDGE_ENUM(BridgeUnaryOperator) {
  BridgeUnaryOperatorPostIncrement,
  BridgeUnaryOperatorPostDecrement,
  BridgeUnaryOperatorPreIncrement,
  BridgeUnaryOperatorPreDecrement,
  BridgeUnaryOperatorAddressOf,
  BridgeUnaryOperatorDereference,
  BridgeUnaryOperatorPlus,
  BridgeUnaryOperatorMinus,
  BridgeUnaryOperatorBitwiseNot,
  BridgeUnaryOperatorLogicalNot,
  BridgeUnaryOperatorRealPart,
  BridgeUnaryOperatorImaginaryPart,
} BridgeUnaryOperator;

/// A compound assignment has the code of the operation it computes.
typedef BRIDGE_ENUM(BridgeBinaryOperator) {
  BridgeBinaryOperatorMultiply,
  BridgeBinaryOperatorDivide,
  BridgeBinaryOperatorRemainder,
  BridgeBinaryOperatorAdd,
  BridgeBinaryOperatorSubtract,
  BridgeBinaryOperatorShiftLeft,
  BridgeBinaryOperatorShiftRight,
  BridgeBinaryOperatorLess,
  BridgeBinaryOperatorGreater,
  BridgeBinaryOperatorLessOrEqual,
  BridgeBinaryOperatorGreaterOrEqual,
  BridgeBinaryOperatorEqual,
  BridgeBinaryOperatorNotEqual,
  BridgeBinaryOperatorBitwiseAnd,
  BridgeBinaryOperatorBitwiseXor,
  BridgeBinaryOperatorBitwiseOr,
  BridgeBinaryOperatorLogicalAnd,
  BridgeBinaryOperatorLogicalOr,
  BridgeBinaryOperatorAssign,
  BridgeBinaryOperatorComma,
} BridgeBinaryOperator;

typedef BRIDGE_ENUM(BridgeCastKind) {
  BridgeCastKindOther, // no C cast; never met in practice
  BridgeCastKindBitCast,
  BridgeCastKindLValueBitCast,
  BridgeCastKindLValueToRValueBitCast,
  BridgeCastKindLValueToRValue,
  BridgeCastKindNoOperation,
  BridgeCastKindToUnion,
  BridgeCastKindArrayToPointer,
  BridgeCastKindFunctionToPointer,
  BridgeCastKindBuiltinToPointer,
  BridgeCastKindNullToPointer,
  BridgeCastKindIntegerToPointer,
  BridgeCastKindPointerToInteger,
  BridgeCastKindPointerToBoolean,
  BridgeCastKindToVoid,
  BridgeCastKindVectorSplat,
  BridgeCastKindIntegerCast,
  BridgeCastKindIntegerToBoolean,
  BridgeCastKindIntegerToFloating,
  BridgeCastKindFloatingToInteger,
  BridgeCastKindFloatingToBoolean,
  BridgeCastKindFloatingCast,
  BridgeCastKindBooleanToSignedInteger,
  BridgeCastKindFloatingRealToComplex,
  BridgeCastKindFloatingComplexToReal,
  BridgeCastKindFloatingComplexToBoolean,
  BridgeCastKindFloatingComplexCast,
  BridgeCastKindFloatingComplexToIntegerComplex,
  BridgeCastKindIntegerRealToComplex,
  BridgeCastKindIntegerComplexToReal,
  BridgeCastKindIntegerComplexToBoolean,
  BridgeCastKindIntegerComplexCast,
  BridgeCastKindIntegerComplexToFloatingComplex,
  BridgeCastKindAtomicToNonAtomic,
  BridgeCastKindNonAtomicToAtomic,
  BridgeCastKindAddressSpaceConversion,
} BridgeCastKind;

typedef BRIDGE_ENUM(BridgeAtomicOperation) {
  BridgeAtomicOperationOther,
  BridgeAtomicOperationInitialize,
  BridgeAtomicOperationLoad,
  BridgeAtomicOperationStore,
  BridgeAtomicOperationExchange,
  BridgeAtomicOperationCompareExchange,
  BridgeAtomicOperationFetchAdd,
  BridgeAtomicOperationFetchSubtract,
  BridgeAtomicOperationFetchAnd,
  BridgeAtomicOperationFetchOr,
  BridgeAtomicOperationFetchXor,
  BridgeAtomicOperationFetchNand,
  BridgeAtomicOperationFetchMinimum,
  BridgeAtomicOperationFetchMaximum,
  BridgeAtomicOperationAddFetch,
  BridgeAtomicOperationSubtractFetch,
  BridgeAtomicOperationAndFetch,
  BridgeAtomicOperationOrFetch,
  BridgeAtomicOperationXorFetch,
  BridgeAtomicOperationNandFetch,
  BridgeAtomicOperationMinimumFetch,
  BridgeAtomicOperationMaximumFetch,
} BridgeAtomicOperation;

typedef BRIDGE_ENUM(BridgeMeasure) {
  BridgeMeasureSize,
  BridgeMeasureAlignment,
  BridgeMeasurePreferredAlignment,
  BridgeMeasureOther, // vec_step and kin
} BridgeMeasure;

/// The first word of a constant value in the constant section.
typedef BRIDGE_ENUM(BridgeConstantKind) {
  BridgeConstantKindAbsent, // no object, or an indeterminate value
  BridgeConstantKindInteger,
  BridgeConstantKindFloating,
  BridgeConstantKindAddress,
  BridgeConstantKindRecord,
  BridgeConstantKindUnion,
  BridgeConstantKindArray,
  BridgeConstantKindPackedArray,
  BridgeConstantKindIntegerComplex,
  BridgeConstantKindFloatingComplex,
  BridgeConstantKindVector,
  BridgeConstantKindLabelDifference,
} BridgeConstantKind;

typedef BRIDGE_ENUM(BridgeAddressBase) {
  BridgeAddressBaseNone, // the offset is the address
  BridgeAddressBaseDeclaration,
  BridgeAddressBaseNode, // a string literal, a compound literal, a label address
} BridgeAddressBase;

typedef BRIDGE_ENUM(BridgeSignedOverflow) {
  BridgeSignedOverflowUndefined,
  BridgeSignedOverflowWraps, // -fwrapv
  BridgeSignedOverflowTraps, // -ftrapv
} BridgeSignedOverflow;
