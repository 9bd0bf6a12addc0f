// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#pragma once

#include "ClangBridge.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/AST/Expr.h"
#include "clang/AST/Stmt.h"
#include "clang/AST/Type.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringMap.h"

#include <vector>

namespace bridge {

using Words = std::vector<uint32_t>;

/// One node under construction.
struct NodeBuilder {
  BridgeNodeKind kind = BridgeNodeKindUnknown;
  uint32_t flags = 0, operand = 0;
  llvm::SmallVector<uint32_t, 8> children;
  Words payload;
};

/// Writes the syntax tree of one translation unit as words; BridgeLayout.h is its specification.
class Serializer {
public:
  explicit Serializer(clang::ASTContext &context);
  std::vector<uint32_t> serialize();

private:
  clang::ASTContext &context;
  clang::SourceManager &sources;

  Words topLevel, declarations{0}, declarationOffsets{0}, types{0}, typeOffsets{0}, nodes{0}, locations, constants{0};
  Words includedFiles, stringOffsets, unknownNames;
  std::vector<char> strings;

  llvm::StringMap<uint32_t> stringIds;
  llvm::DenseMap<const clang::Type *, uint32_t> typeIds;
  llvm::DenseMap<const clang::Decl *, uint32_t> declarationIds;
  llvm::DenseMap<unsigned, uint32_t> locationIds;
  llvm::DenseMap<const clang::Stmt *, uint32_t> nodeIds;
  std::vector<const clang::Decl *> pendingDeclarations;

  // Serializer.cpp
  uint32_t string(llvm::StringRef text);
  void unknown(llvm::StringRef name, clang::SourceLocation place);
  void sourceFiles();
  void topLevelDeclarations();
  uint32_t facts() const;
  std::vector<uint32_t> assemble();

  // Locations.cpp
  uint32_t location(clang::SourceLocation place);

  // Types.cpp
  uint32_t qualifiedType(clang::QualType type);
  uint32_t type(const clang::Type *type);
  BridgeTypeKind typePayload(const clang::Type *type, Words &payload);

  // Declarations.cpp
  uint32_t declaration(const clang::Decl *declaration);
  void writeDeclaration(const clang::Decl *declaration);
  void writeFunction(const clang::FunctionDecl *function, Words &words);
  void writeVariable(const clang::VarDecl *variable, Words &words);
  void writeRecord(const clang::RecordDecl *record, Words &words);
  void writeField(const clang::FieldDecl *field, Words &words);
  uint32_t symbolFlags(const clang::NamedDecl *declaration);
  uint32_t symbolName(const clang::NamedDecl *declaration);
  uint32_t aliasTarget(const clang::NamedDecl *declaration);

  // Statements.cpp, Expressions.cpp, Assembly.cpp
  uint32_t node(const clang::Stmt *statement);
  uint32_t write(const clang::Stmt *statement, NodeBuilder &builder);
  bool buildStatement(const clang::Stmt *statement, NodeBuilder &builder);
  void buildAssembly(const clang::GCCAsmStmt *assembly, NodeBuilder &builder);
  bool buildExpression(const clang::Expr *expression, NodeBuilder &builder);
  bool buildLiteral(const clang::Expr *expression, NodeBuilder &builder);
  bool buildOperator(const clang::Expr *expression, NodeBuilder &builder);
  bool buildInitializer(const clang::Expr *expression, NodeBuilder &builder);
  bool buildExtension(const clang::Expr *expression, NodeBuilder &builder);
  void buildOffsetOf(const clang::OffsetOfExpr *expression, NodeBuilder &builder);
  void buildAtomic(const clang::AtomicExpr *expression, NodeBuilder &builder);
  void children(const clang::Stmt *statement, NodeBuilder &builder);

  // Constants.cpp
  uint32_t constant(const clang::APValue &value);
  uint32_t arrayConstant(const clang::APValue &value);
  bool packedArrayConstant(const clang::APValue &value, uint32_t filler, Words &words);
  void addressConstant(const clang::APValue &value, Words &words);
};

void appendInteger(Words &words, const llvm::APInt &value);
void append64(Words &words, uint64_t value);

} // namespace bridge
