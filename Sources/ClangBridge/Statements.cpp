// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#include "Serializer.h"

#include "clang/AST/Attr.h"
#include "clang/AST/StmtVisitor.h"

using namespace clang;

namespace bridge {

/// What stands for the statement once wrappers without a meaning of their own are taken off.
static const Stmt *unwrapped(const Stmt *statement) {
  while (statement) {
    if (auto *paren = dyn_cast<ParenExpr>(statement)) statement = paren->getSubExpr();
    else if (auto *full = dyn_cast<FullExpr>(statement)) statement = full->getSubExpr();
    else if (auto *generic = dyn_cast<GenericSelectionExpr>(statement)) statement = generic->getResultExpr();
    else if (auto *choose = dyn_cast<ChooseExpr>(statement)) statement = choose->getChosenSubExpr();
    else if (auto *predefined = dyn_cast<PredefinedExpr>(statement)) statement = predefined->getFunctionName();
    else if (auto *unary = dyn_cast<UnaryOperator>(statement); unary && unary->getOpcode() == UO_Extension)
      statement = unary->getSubExpr();
    else if (auto *list = dyn_cast<InitListExpr>(statement);
             list && !list->isSemanticForm() && list->getSemanticForm())
      statement = list->getSemanticForm();
    else if (auto *list = dyn_cast<InitListExpr>(statement); list && list->isTransparent())
      statement = list->getInit(0);
    else if (auto *attributed = dyn_cast<AttributedStmt>(statement);
             attributed && !hasSpecificAttr<CXXAssumeAttr>(attributed->getAttrs()))
      statement = attributed->getSubStmt();
    else
      break;
  }
  return statement;
}

/// A node of the tree may have several parents (opaque values, array fillers, sizes of variable arrays): one id each.
uint32_t Serializer::node(const Stmt *statement) {
  statement = unwrapped(statement);
  if (!statement)
    return 0;
  auto known = nodeIds.find(statement);
  if (known != nodeIds.end())
    return known->second;
  NodeBuilder builder;
  auto *expression = dyn_cast<Expr>(statement);
  bool isKnown = expression ? buildExpression(expression, builder) : buildStatement(statement, builder);
  if (!isKnown) {
    builder = NodeBuilder();
    children(statement, builder);
    builder.payload = {string(statement->getStmtClassName())};
    unknown(statement->getStmtClassName(), statement->getBeginLoc());
  }
  uint32_t id = write(statement, builder);
  nodeIds[statement] = id;
  return id;
}

void Serializer::children(const Stmt *statement, NodeBuilder &builder) {
  for (const Stmt *child : statement->children())
    builder.children.push_back(node(child));
}

/// Whether the node's source range is that of its first and last child. clang's getBeginLoc and getEndLoc walk down
/// the tree, which is quadratic on long chains of operators or else-ifs.
static bool beginsWithChild(const Stmt *statement) {
  return isa<BinaryOperator>(statement) || isa<ImplicitCastExpr>(statement) || isa<MemberExpr>(statement) ||
         isa<ArraySubscriptExpr>(statement) || isa<CallExpr>(statement) || isa<ConditionalOperator>(statement);
}

static bool endsWithChild(const Stmt *statement) {
  auto *unary = dyn_cast<UnaryOperator>(statement);
  return isa<BinaryOperator>(statement) || isa<CastExpr>(statement) || isa<ConditionalOperator>(statement) ||
         (unary && unary->isPrefix()) || isa<IfStmt>(statement) || isa<WhileStmt>(statement) ||
         isa<ForStmt>(statement) || isa<SwitchStmt>(statement) || isa<LabelStmt>(statement) ||
         isa<SwitchCase>(statement);
}

uint32_t Serializer::write(const Stmt *statement, NodeBuilder &builder) {
  auto lastChild = [&]() -> uint32_t {
    for (auto child = builder.children.rbegin(); child != builder.children.rend(); ++child)
      if (*child) return *child;
    return 0;
  };
  uint32_t first = builder.children.empty() ? 0 : builder.children.front(), last = lastChild();
  uint32_t begin = beginsWithChild(statement) && first ? nodes[first + BridgeNodeWordBegin]
                                                       : location(statement->getBeginLoc());
  uint32_t end = endsWithChild(statement) && last ? nodes[last + BridgeNodeWordEnd] : location(statement->getEndLoc());
  uint32_t place = begin, type = 0;
  if (auto *expression = dyn_cast<Expr>(statement)) {
    type = qualifiedType(expression->getType());
    if (expression->isLValue()) builder.flags |= BridgeNodeFlagLValue;
    if (expression->refersToBitField()) builder.flags |= BridgeNodeFlagBitField;
    if (isa<ImplicitCastExpr>(expression) && first) place = nodes[first + BridgeNodeWordLocation];
    else if (auto *binary = dyn_cast<BinaryOperator>(expression)) place = location(binary->getOperatorLoc());
    else if (auto *unary = dyn_cast<UnaryOperator>(expression)) place = location(unary->getOperatorLoc());
    else if (auto *member = dyn_cast<MemberExpr>(expression)) place = location(member->getMemberLoc());
  }
  uint32_t id = nodes.size();
  nodes.insert(nodes.end(), {builder.kind, place, begin, end, type, builder.flags, builder.operand,
                             uint32_t(builder.children.size()), uint32_t(builder.payload.size())});
  nodes.insert(nodes.end(), builder.children.begin(), builder.children.end());
  nodes.insert(nodes.end(), builder.payload.begin(), builder.payload.end());
  return id;
}

bool Serializer::buildStatement(const Stmt *statement, NodeBuilder &builder) {
  auto set = [&](BridgeNodeKind kind, std::initializer_list<const Stmt *> parts) {
    builder.kind = kind;
    for (const Stmt *part : parts)
      builder.children.push_back(node(part));
    return true;
  };
  switch (statement->getStmtClass()) {
  case Stmt::NullStmtClass: return set(BridgeNodeKindNullStatement, {});
  case Stmt::BreakStmtClass: return set(BridgeNodeKindBreakStatement, {});
  case Stmt::ContinueStmtClass: return set(BridgeNodeKindContinueStatement, {});
  case Stmt::CompoundStmtClass:
    builder.kind = BridgeNodeKindCompoundStatement;
    children(statement, builder);
    return true;
  case Stmt::DeclStmtClass:
    builder.kind = BridgeNodeKindDeclarationStatement;
    for (const Decl *item : cast<DeclStmt>(statement)->decls())
      builder.payload.push_back(declaration(item));
    return true;
  case Stmt::IfStmtClass: {
    auto *branch = cast<IfStmt>(statement);
    return set(BridgeNodeKindIfStatement, {branch->getCond(), branch->getThen(), branch->getElse()});
  }
  case Stmt::WhileStmtClass: {
    auto *loop = cast<WhileStmt>(statement);
    return set(BridgeNodeKindWhileStatement, {loop->getCond(), loop->getBody()});
  }
  case Stmt::DoStmtClass: {
    auto *loop = cast<DoStmt>(statement);
    return set(BridgeNodeKindDoStatement, {loop->getBody(), loop->getCond()});
  }
  case Stmt::ForStmtClass: {
    auto *loop = cast<ForStmt>(statement);
    return set(BridgeNodeKindForStatement, {loop->getInit(), loop->getCond(), loop->getInc(), loop->getBody()});
  }
  case Stmt::SwitchStmtClass: {
    auto *choice = cast<SwitchStmt>(statement);
    return set(BridgeNodeKindSwitchStatement, {choice->getCond(), choice->getBody()});
  }
  case Stmt::CaseStmtClass: {
    auto *label = cast<CaseStmt>(statement);
    llvm::APSInt low = label->getLHS()->EvaluateKnownConstInt(context);
    appendInteger(builder.payload, low);
    appendInteger(builder.payload, label->getRHS() ? label->getRHS()->EvaluateKnownConstInt(context) : low);
    return set(BridgeNodeKindCaseStatement, {label->getSubStmt()});
  }
  case Stmt::DefaultStmtClass:
    return set(BridgeNodeKindDefaultStatement, {cast<DefaultStmt>(statement)->getSubStmt()});
  case Stmt::LabelStmtClass:
    builder.operand = declaration(cast<LabelStmt>(statement)->getDecl());
    return set(BridgeNodeKindLabelStatement, {cast<LabelStmt>(statement)->getSubStmt()});
  case Stmt::GotoStmtClass:
    builder.operand = declaration(cast<GotoStmt>(statement)->getLabel());
    return set(BridgeNodeKindGotoStatement, {});
  case Stmt::IndirectGotoStmtClass:
    return set(BridgeNodeKindIndirectGotoStatement, {cast<IndirectGotoStmt>(statement)->getTarget()});
  case Stmt::ReturnStmtClass:
    return set(BridgeNodeKindReturnStatement, {cast<ReturnStmt>(statement)->getRetValue()});
  case Stmt::GCCAsmStmtClass:
    buildAssembly(cast<GCCAsmStmt>(statement), builder);
    return true;
  case Stmt::AttributedStmtClass: {
    auto *attributed = cast<AttributedStmt>(statement);
    for (const Attr *attribute : attributed->getAttrs())
      if (auto *assumption = dyn_cast<CXXAssumeAttr>(attribute))
        builder.children.push_back(node(assumption->getAssumption()));
    return set(BridgeNodeKindAssumeStatement, {attributed->getSubStmt()});
  }
  default: return false;
  }
}

void Serializer::buildAssembly(const GCCAsmStmt *assembly, NodeBuilder &builder) {
  builder.kind = BridgeNodeKindAssemblyStatement;
  if (assembly->isVolatile()) builder.flags |= BridgeNodeFlagVolatile;
  if (assembly->isAsmGoto()) builder.flags |= BridgeNodeFlagGoto;
  builder.payload = {string(assembly->getAsmString()->getBytes()), assembly->getNumOutputs(), assembly->getNumInputs(),
                     assembly->getNumClobbers(), assembly->getNumLabels()};
  for (unsigned i = 0; i < assembly->getNumOutputs(); ++i) {
    builder.payload.push_back(string(assembly->getOutputName(i)));
    builder.payload.push_back(string(assembly->getOutputConstraint(i)));
    builder.children.push_back(node(assembly->getOutputExpr(i)));
  }
  for (unsigned i = 0; i < assembly->getNumInputs(); ++i) {
    builder.payload.push_back(string(assembly->getInputName(i)));
    builder.payload.push_back(string(assembly->getInputConstraint(i)));
    builder.children.push_back(node(assembly->getInputExpr(i)));
  }
  for (unsigned i = 0; i < assembly->getNumClobbers(); ++i)
    builder.payload.push_back(string(assembly->getClobber(i)));
  for (unsigned i = 0; i < assembly->getNumLabels(); ++i)
    builder.payload.push_back(declaration(assembly->getLabelExpr(i)->getLabel()));
}

} // namespace bridge
