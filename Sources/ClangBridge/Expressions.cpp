// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#include "Serializer.h"

using namespace clang;

namespace bridge {

bool Serializer::buildExpression(const Expr *expression, NodeBuilder &builder) {
  return buildLiteral(expression, builder) || buildOperator(expression, builder) ||
         buildInitializer(expression, builder) || buildExtension(expression, builder);
}

bool Serializer::buildLiteral(const Expr *expression, NodeBuilder &builder) {
  switch (expression->getStmtClass()) {
  case Stmt::IntegerLiteralClass:
    builder.kind = BridgeNodeKindIntegerLiteral;
    appendInteger(builder.payload, cast<IntegerLiteral>(expression)->getValue());
    return true;
  case Stmt::CharacterLiteralClass: {
    // The stored value is 32 bits of the character; the literal's type decides its width.
    unsigned width = context.getIntWidth(expression->getType());
    builder.kind = BridgeNodeKindIntegerLiteral;
    appendInteger(builder.payload,
                  llvm::APInt(32, cast<CharacterLiteral>(expression)->getValue()).sextOrTrunc(width));
    return true;
  }
  case Stmt::FloatingLiteralClass:
    builder.kind = BridgeNodeKindFloatingLiteral;
    appendInteger(builder.payload, cast<FloatingLiteral>(expression)->getValue().bitcastToAPInt());
    return true;
  case Stmt::ImaginaryLiteralClass:
    builder.kind = BridgeNodeKindImaginaryLiteral;
    children(expression, builder);
    return true;
  case Stmt::StringLiteralClass: {
    auto *literal = cast<StringLiteral>(expression);
    builder.kind = BridgeNodeKindStringLiteral;
    builder.operand = literal->getCharByteWidth();
    builder.payload = {string(literal->getBytes()), literal->getLength()};
    return true;
  }
  case Stmt::TypeTraitExprClass:
  case Stmt::SourceLocExprClass: {
    Expr::EvalResult value;
    if (!expression->EvaluateAsInt(value, context))
      return false;
    builder.kind = BridgeNodeKindIntegerLiteral;
    appendInteger(builder.payload, value.Val.getInt());
    return true;
  }
  default: return false;
  }
}

static bool binaryOperator(BinaryOperatorKind kind, uint32_t &code) {
  switch (kind) {
  case BO_Mul: case BO_MulAssign: code = BridgeBinaryOperatorMultiply; return true;
  case BO_Div: case BO_DivAssign: code = BridgeBinaryOperatorDivide; return true;
  case BO_Rem: case BO_RemAssign: code = BridgeBinaryOperatorRemainder; return true;
  case BO_Add: case BO_AddAssign: code = BridgeBinaryOperatorAdd; return true;
  case BO_Sub: case BO_SubAssign: code = BridgeBinaryOperatorSubtract; return true;
  case BO_Shl: case BO_ShlAssign: code = BridgeBinaryOperatorShiftLeft; return true;
  case BO_Shr: case BO_ShrAssign: code = BridgeBinaryOperatorShiftRight; return true;
  case BO_LT: code = BridgeBinaryOperatorLess; return true;
  case BO_GT: code = BridgeBinaryOperatorGreater; return true;
  case BO_LE: code = BridgeBinaryOperatorLessOrEqual; return true;
  case BO_GE: code = BridgeBinaryOperatorGreaterOrEqual; return true;
  case BO_EQ: code = BridgeBinaryOperatorEqual; return true;
  case BO_NE: code = BridgeBinaryOperatorNotEqual; return true;
  case BO_And: case BO_AndAssign: code = BridgeBinaryOperatorBitwiseAnd; return true;
  case BO_Xor: case BO_XorAssign: code = BridgeBinaryOperatorBitwiseXor; return true;
  case BO_Or: case BO_OrAssign: code = BridgeBinaryOperatorBitwiseOr; return true;
  case BO_LAnd: code = BridgeBinaryOperatorLogicalAnd; return true;
  case BO_LOr: code = BridgeBinaryOperatorLogicalOr; return true;
  case BO_Assign: code = BridgeBinaryOperatorAssign; return true;
  case BO_Comma: code = BridgeBinaryOperatorComma; return true;
  default: return false;
  }
}

static bool unaryOperator(UnaryOperatorKind kind, uint32_t &code) {
  switch (kind) {
  case UO_PostInc: code = BridgeUnaryOperatorPostIncrement; return true;
  case UO_PostDec: code = BridgeUnaryOperatorPostDecrement; return true;
  case UO_PreInc: code = BridgeUnaryOperatorPreIncrement; return true;
  case UO_PreDec: code = BridgeUnaryOperatorPreDecrement; return true;
  case UO_AddrOf: code = BridgeUnaryOperatorAddressOf; return true;
  case UO_Deref: code = BridgeUnaryOperatorDereference; return true;
  case UO_Plus: code = BridgeUnaryOperatorPlus; return true;
  case UO_Minus: code = BridgeUnaryOperatorMinus; return true;
  case UO_Not: code = BridgeUnaryOperatorBitwiseNot; return true;
  case UO_LNot: code = BridgeUnaryOperatorLogicalNot; return true;
  case UO_Real: code = BridgeUnaryOperatorRealPart; return true;
  case UO_Imag: code = BridgeUnaryOperatorImaginaryPart; return true;
  default: return false;
  }
}

static uint32_t castKind(CastKind kind) {
  switch (kind) {
  case CK_BitCast: return BridgeCastKindBitCast;
  case CK_LValueBitCast: return BridgeCastKindLValueBitCast;
  case CK_LValueToRValueBitCast: return BridgeCastKindLValueToRValueBitCast;
  case CK_LValueToRValue: return BridgeCastKindLValueToRValue;
  case CK_NoOp: return BridgeCastKindNoOperation;
  case CK_ToUnion: return BridgeCastKindToUnion;
  case CK_ArrayToPointerDecay: return BridgeCastKindArrayToPointer;
  case CK_FunctionToPointerDecay: return BridgeCastKindFunctionToPointer;
  case CK_BuiltinFnToFnPtr: return BridgeCastKindBuiltinToPointer;
  case CK_NullToPointer: return BridgeCastKindNullToPointer;
  case CK_IntegralToPointer: return BridgeCastKindIntegerToPointer;
  case CK_PointerToIntegral: return BridgeCastKindPointerToInteger;
  case CK_PointerToBoolean: return BridgeCastKindPointerToBoolean;
  case CK_ToVoid: return BridgeCastKindToVoid;
  case CK_VectorSplat: return BridgeCastKindVectorSplat;
  case CK_IntegralCast: return BridgeCastKindIntegerCast;
  case CK_IntegralToBoolean: return BridgeCastKindIntegerToBoolean;
  case CK_IntegralToFloating: return BridgeCastKindIntegerToFloating;
  case CK_FloatingToIntegral: return BridgeCastKindFloatingToInteger;
  case CK_FloatingToBoolean: return BridgeCastKindFloatingToBoolean;
  case CK_FloatingCast: return BridgeCastKindFloatingCast;
  case CK_BooleanToSignedIntegral: return BridgeCastKindBooleanToSignedInteger;
  case CK_FloatingRealToComplex: return BridgeCastKindFloatingRealToComplex;
  case CK_FloatingComplexToReal: return BridgeCastKindFloatingComplexToReal;
  case CK_FloatingComplexToBoolean: return BridgeCastKindFloatingComplexToBoolean;
  case CK_FloatingComplexCast: return BridgeCastKindFloatingComplexCast;
  case CK_FloatingComplexToIntegralComplex: return BridgeCastKindFloatingComplexToIntegerComplex;
  case CK_IntegralRealToComplex: return BridgeCastKindIntegerRealToComplex;
  case CK_IntegralComplexToReal: return BridgeCastKindIntegerComplexToReal;
  case CK_IntegralComplexToBoolean: return BridgeCastKindIntegerComplexToBoolean;
  case CK_IntegralComplexCast: return BridgeCastKindIntegerComplexCast;
  case CK_IntegralComplexToFloatingComplex: return BridgeCastKindIntegerComplexToFloatingComplex;
  case CK_AtomicToNonAtomic: return BridgeCastKindAtomicToNonAtomic;
  case CK_NonAtomicToAtomic: return BridgeCastKindNonAtomicToAtomic;
  case CK_AddressSpaceConversion: return BridgeCastKindAddressSpaceConversion;
  default: return BridgeCastKindOther;
  }
}

bool Serializer::buildOperator(const Expr *expression, NodeBuilder &builder) {
  auto whole = [&](BridgeNodeKind kind) {
    builder.kind = kind;
    children(expression, builder);
    return true;
  };
  switch (expression->getStmtClass()) {
  case Stmt::DeclRefExprClass:
    builder.operand = declaration(cast<DeclRefExpr>(expression)->getDecl());
    builder.kind = BridgeNodeKindDeclarationReference; // no children: those would be C++ template arguments
    return true;
  case Stmt::MemberExprClass: {
    auto *member = cast<MemberExpr>(expression);
    builder.operand = declaration(member->getMemberDecl());
    if (member->isArrow()) builder.flags |= BridgeNodeFlagArrow;
    return whole(BridgeNodeKindMember);
  }
  case Stmt::ArraySubscriptExprClass: return whole(BridgeNodeKindArraySubscript);
  case Stmt::CallExprClass: {
    auto *call = cast<CallExpr>(expression);
    builder.operand = call->getBuiltinCallee();
    builder.payload = {declaration(call->getDirectCallee())};
    return whole(BridgeNodeKindCall);
  }
  case Stmt::UnaryOperatorClass:
    return unaryOperator(cast<UnaryOperator>(expression)->getOpcode(), builder.operand) && whole(BridgeNodeKindUnary);
  case Stmt::BinaryOperatorClass:
    return binaryOperator(cast<BinaryOperator>(expression)->getOpcode(), builder.operand) &&
           whole(BridgeNodeKindBinary);
  case Stmt::CompoundAssignOperatorClass: {
    auto *assignment = cast<CompoundAssignOperator>(expression);
    builder.payload = {qualifiedType(assignment->getComputationLHSType()),
                       qualifiedType(assignment->getComputationResultType())};
    return binaryOperator(assignment->getOpcode(), builder.operand) && whole(BridgeNodeKindCompoundAssignment);
  }
  case Stmt::ConditionalOperatorClass: return whole(BridgeNodeKindConditional);
  case Stmt::BinaryConditionalOperatorClass: {
    auto *conditional = cast<BinaryConditionalOperator>(expression);
    builder.kind = BridgeNodeKindBinaryConditional;
    for (const Expr *part : {cast<Expr>(conditional->getOpaqueValue()), cast<Expr>(conditional->getCond()),
                             cast<Expr>(conditional->getTrueExpr()), cast<Expr>(conditional->getFalseExpr())})
      builder.children.push_back(node(part));
    return true;
  }
  case Stmt::OpaqueValueExprClass:
    if (!cast<OpaqueValueExpr>(expression)->getSourceExpr())
      return false;
    builder.kind = BridgeNodeKindOpaqueValue;
    builder.children.push_back(node(cast<OpaqueValueExpr>(expression)->getSourceExpr()));
    return true;
  case Stmt::ImplicitCastExprClass:
  case Stmt::CStyleCastExprClass:
    builder.operand = castKind(cast<CastExpr>(expression)->getCastKind());
    if (builder.operand == BridgeCastKindOther)
      return false;
    if (isa<CStyleCastExpr>(expression)) builder.flags |= BridgeNodeFlagExplicit;
    return whole(BridgeNodeKindCast);
  default: return false;
  }
}

bool Serializer::buildInitializer(const Expr *expression, NodeBuilder &builder) {
  switch (expression->getStmtClass()) {
  case Stmt::CompoundLiteralExprClass:
    builder.kind = BridgeNodeKindCompoundLiteral;
    if (cast<CompoundLiteralExpr>(expression)->isFileScope()) builder.flags |= BridgeNodeFlagFileScope;
    children(expression, builder);
    return true;
  case Stmt::InitListExprClass: {
    auto *list = cast<InitListExpr>(expression);
    builder.kind = BridgeNodeKindInitializerList;
    for (const Expr *item : list->inits())
      builder.children.push_back(node(item));
    if (const FieldDecl *field = list->getInitializedFieldInUnion()) builder.operand = declaration(field);
    builder.payload = {list->hasArrayFiller() ? node(list->getArrayFiller()) : 0};
    return true;
  }
  case Stmt::ImplicitValueInitExprClass:
    builder.kind = BridgeNodeKindImplicitValueInitializer;
    return true;
  case Stmt::NoInitExprClass:
    builder.kind = BridgeNodeKindNoInitializer;
    return true;
  case Stmt::DesignatedInitUpdateExprClass: {
    auto *update = cast<DesignatedInitUpdateExpr>(expression);
    builder.kind = BridgeNodeKindDesignatedInitializerUpdate;
    builder.children = {node(update->getBase()), node(update->getUpdater())};
    return true;
  }
  default: return false;
  }
}

} // namespace bridge
