// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// sizeof and kin, offsetof, atomics, and the GNU and clang extensions.

#include "Serializer.h"

#include "clang/AST/ExprCXX.h"

using namespace clang;

namespace bridge {

static BridgeMeasure measure(UnaryExprOrTypeTrait trait) {
  switch (trait) {
  case UETT_SizeOf: return BridgeMeasureSize;
  case UETT_AlignOf: return BridgeMeasureAlignment;
  case UETT_PreferredAlignOf: return BridgeMeasurePreferredAlignment;
  default: return BridgeMeasureOther;
  }
}

/// The value of a constant expression that has no side effects, appended to the payload.
static bool appendIfConstant(const Expr *expression, ASTContext &context, NodeBuilder &builder) {
  Expr::EvalResult value;
  if (!expression->EvaluateAsInt(value, context))
    return false;
  builder.flags |= BridgeNodeFlagConstant;
  appendInteger(builder.payload, value.Val.getInt());
  return true;
}

bool Serializer::buildExtension(const Expr *expression, NodeBuilder &builder) {
  auto whole = [&](BridgeNodeKind kind) {
    builder.kind = kind;
    children(expression, builder);
    return true;
  };
  switch (expression->getStmtClass()) {
  case Stmt::StmtExprClass: return whole(BridgeNodeKindStatementExpression);
  case Stmt::AddrLabelExprClass:
    builder.operand = declaration(cast<AddrLabelExpr>(expression)->getLabel());
    return whole(BridgeNodeKindLabelAddress);
  case Stmt::VAArgExprClass: return whole(BridgeNodeKindVariadicArgument);
  case Stmt::UnaryExprOrTypeTraitExprClass: {
    auto *trait = cast<UnaryExprOrTypeTraitExpr>(expression);
    builder.kind = BridgeNodeKindSizeOrAlignment;
    builder.operand = measure(trait->getKind());
    builder.payload = {qualifiedType(trait->getTypeOfArgument())};
    bool isConstant = appendIfConstant(expression, context, builder);
    // The operand is evaluated only if its type is a variable array (C11 6.5.3.4p2).
    if (!isConstant && !trait->isArgumentType())
      builder.children.push_back(node(trait->getArgumentExpr()));
    return true;
  }
  case Stmt::OffsetOfExprClass: buildOffsetOf(cast<OffsetOfExpr>(expression), builder); return true;
  case Stmt::AtomicExprClass: buildAtomic(cast<AtomicExpr>(expression), builder); return true;
  case Stmt::ShuffleVectorExprClass: return whole(BridgeNodeKindShuffleVector);
  case Stmt::ConvertVectorExprClass: return whole(BridgeNodeKindConvertVector);
  case Stmt::ExtVectorElementExprClass: {
    auto *elements = cast<ExtVectorElementExpr>(expression);
    llvm::SmallVector<uint32_t, 4> indices;
    elements->getEncodedElementAccess(indices);
    builder.payload.assign(indices.begin(), indices.end());
    if (elements->isArrow()) builder.flags |= BridgeNodeFlagArrow;
    return whole(BridgeNodeKindVectorElements);
  }
  default: return false;
  }
}

void Serializer::buildOffsetOf(const OffsetOfExpr *expression, NodeBuilder &builder) {
  builder.kind = BridgeNodeKindOffsetOf;
  if (appendIfConstant(expression, context, builder))
    return;
  builder.payload = {qualifiedType(expression->getTypeSourceInfo()->getType()), expression->getNumComponents()};
  for (unsigned i = 0; i < expression->getNumComponents(); ++i) {
    const OffsetOfNode &component = expression->getComponent(i);
    bool isIndex = component.getKind() == OffsetOfNode::Array;
    bool isField = component.getKind() == OffsetOfNode::Field;
    builder.payload.push_back(isField ? declaration(component.getField()) : 0);
    builder.payload.push_back(isIndex ? node(expression->getIndexExpr(component.getArrayExprIndex())) : 0);
  }
}

/// The names are regular: __c11_atomic_fetch_add, __atomic_fetch_add, __atomic_add_fetch, __atomic_load_n ...
static BridgeAtomicOperation atomicOperation(llvm::StringRef name) {
  static constexpr std::pair<llvm::StringLiteral, BridgeAtomicOperation> operations[] = {
      {"init", BridgeAtomicOperationInitialize},
      {"load", BridgeAtomicOperationLoad},
      {"store", BridgeAtomicOperationStore},
      {"exchange", BridgeAtomicOperationExchange},
      {"compare_exchange", BridgeAtomicOperationCompareExchange},
      {"compare_exchange_strong", BridgeAtomicOperationCompareExchange},
      {"compare_exchange_weak", BridgeAtomicOperationCompareExchange},
      {"fetch_add", BridgeAtomicOperationFetchAdd},
      {"fetch_sub", BridgeAtomicOperationFetchSubtract},
      {"fetch_and", BridgeAtomicOperationFetchAnd},
      {"fetch_or", BridgeAtomicOperationFetchOr},
      {"fetch_xor", BridgeAtomicOperationFetchXor},
      {"fetch_nand", BridgeAtomicOperationFetchNand},
      {"fetch_min", BridgeAtomicOperationFetchMinimum},
      {"fetch_max", BridgeAtomicOperationFetchMaximum},
      {"add_fetch", BridgeAtomicOperationAddFetch},
      {"sub_fetch", BridgeAtomicOperationSubtractFetch},
      {"and_fetch", BridgeAtomicOperationAndFetch},
      {"or_fetch", BridgeAtomicOperationOrFetch},
      {"xor_fetch", BridgeAtomicOperationXorFetch},
      {"nand_fetch", BridgeAtomicOperationNandFetch},
      {"min_fetch", BridgeAtomicOperationMinimumFetch},
      {"max_fetch", BridgeAtomicOperationMaximumFetch},
  };
  if (!name.consume_front("__c11_atomic_") && !name.consume_front("__atomic_"))
    return BridgeAtomicOperationOther;
  name.consume_back("_n");
  for (auto &[spelling, operation] : operations)
    if (name == spelling)
      return operation;
  return BridgeAtomicOperationOther;
}

void Serializer::buildAtomic(const AtomicExpr *expression, NodeBuilder &builder) {
  using Operation = AtomicExpr::AtomicOp;
  Operation op = expression->getOp();
  builder.kind = BridgeNodeKindAtomic;
  llvm::StringRef name = expression->getOpAsString();
  builder.operand = atomicOperation(name);
  builder.payload = {string(name)};
  if (op == AtomicExpr::AO__c11_atomic_compare_exchange_weak) builder.flags |= BridgeNodeFlagWeak;
  if (expression->isVolatile()) builder.flags |= BridgeNodeFlagVolatile;

  BridgeAtomicOperation operation = BridgeAtomicOperation(builder.operand);
  bool isLoad = operation == BridgeAtomicOperationLoad, isInit = operation == BridgeAtomicOperationInitialize;
  bool isExchange = expression->isCmpXChg();
  bool hasValue = !isLoad || op == AtomicExpr::AO__atomic_load;
  bool hasSecond = isExchange || op == AtomicExpr::AO__atomic_exchange;
  bool hasWeak = op == AtomicExpr::AO__atomic_compare_exchange || op == AtomicExpr::AO__atomic_compare_exchange_n;
  builder.children = {node(expression->getPtr()),
                      isInit ? 0 : node(expression->getOrder()),
                      hasValue ? node(expression->getVal1()) : 0,
                      hasSecond ? node(expression->getVal2()) : 0,
                      isExchange ? node(expression->getOrderFail()) : 0,
                      hasWeak ? node(expression->getWeak()) : 0};
}

} // namespace bridge
