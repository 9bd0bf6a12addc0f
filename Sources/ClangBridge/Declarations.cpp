// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#include "Serializer.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Attr.h"
#include "clang/AST/RecordLayout.h"
#include "clang/Basic/Builtins.h"

using namespace clang;

namespace bridge {

/// Identity is the canonical declaration; writing is put off, because declarations refer to each other in cycles.
uint32_t Serializer::declaration(const Decl *item) {
  if (!item)
    return 0;
  item = item->getCanonicalDecl();
  auto entry = declarationIds.try_emplace(item, uint32_t(declarationOffsets.size()));
  if (entry.second) {
    declarationOffsets.push_back(0);
    pendingDeclarations.push_back(item);
  }
  return entry.first->second;
}

static BridgeDeclarationKind declarationKind(const Decl *item) {
  switch (item->getKind()) {
  case Decl::Function: return BridgeDeclarationKindFunction;
  case Decl::Var: return BridgeDeclarationKindVariable;
  case Decl::ParmVar:
  case Decl::ImplicitParam: return BridgeDeclarationKindParameter;
  case Decl::Field: return BridgeDeclarationKindField;
  case Decl::Record: return BridgeDeclarationKindRecord;
  case Decl::Enum: return BridgeDeclarationKindEnumeration;
  case Decl::EnumConstant: return BridgeDeclarationKindEnumerationConstant;
  case Decl::Typedef: return BridgeDeclarationKindTypedef;
  case Decl::Label: return BridgeDeclarationKindLabel;
  case Decl::FileScopeAsm: return BridgeDeclarationKindFileAssembly;
  case Decl::StaticAssert: return BridgeDeclarationKindStaticAssertion;
  case Decl::Empty:
  case Decl::IndirectField:
  case Decl::PragmaComment:
  case Decl::PragmaDetectMismatch: return BridgeDeclarationKindOther;
  default: return BridgeDeclarationKindUnknown;
  }
}

static uint32_t linkageWord(Linkage linkage) {
  switch (linkage) {
  case Linkage::External:
  case Linkage::VisibleNone:
  case Linkage::Module:
  case Linkage::UniqueExternal: return BridgeLinkageExternal;
  case Linkage::Internal: return BridgeLinkageInternal;
  default: return BridgeLinkageNone;
  }
}

uint32_t Serializer::symbolFlags(const NamedDecl *item) {
  uint32_t flags = 0;
  if (item->hasAttr<WeakAttr>()) flags |= BridgeDeclarationFlagWeak;
  if (item->hasAttr<WeakRefAttr>()) flags |= BridgeDeclarationFlagWeakReference;
  if (item->hasAttr<CommonAttr>()) flags |= BridgeDeclarationFlagCommon;
  if (item->hasAttr<IFuncAttr>()) flags |= BridgeDeclarationFlagIndirectFunction;
  if (item->hasAttr<ConstructorAttr>()) flags |= BridgeDeclarationFlagConstructor;
  if (item->hasAttr<DestructorAttr>()) flags |= BridgeDeclarationFlagDestructor;
  if (item->hasAttr<NoReturnAttr>() || item->hasAttr<C11NoReturnAttr>() || item->hasAttr<CXX11NoReturnAttr>())
    flags |= BridgeDeclarationFlagNoReturn;
  if (item->hasAttr<ReturnsTwiceAttr>()) flags |= BridgeDeclarationFlagReturnsTwice;
  if (item->hasAttr<RestrictAttr>()) flags |= BridgeDeclarationFlagMalloc;
  if (item->isImplicit()) flags |= BridgeDeclarationFlagImplicit;
  if (item->getLexicalDeclContext()->isFunctionOrMethod()) flags |= BridgeDeclarationFlagBlockScope;
  return flags;
}

/// The linker's name: an asm label wins over the identifier.
uint32_t Serializer::symbolName(const NamedDecl *item) {
  if (auto *label = item->getAttr<AsmLabelAttr>())
    return string(label->getLabel());
  return item->getIdentifier() ? string(item->getName()) : 0;
}

uint32_t Serializer::aliasTarget(const NamedDecl *item) {
  if (auto *alias = item->getAttr<AliasAttr>()) return string(alias->getAliasee());
  if (auto *reference = item->getAttr<WeakRefAttr>()) return string(reference->getAliasee());
  if (auto *resolver = item->getAttr<IFuncAttr>()) return string(resolver->getResolver());
  return 0;
}

/// Words from the type on; writeDeclaration has put kind, name and location before them and counts the payload after.
void Serializer::writeFunction(const FunctionDecl *function, Words &words) {
  const FunctionDecl *latest = function->getMostRecentDecl();
  const FunctionDecl *definition = nullptr;
  bool isDefined = function->hasBody(definition);
  if (!isDefined)
    definition = latest;
  uint32_t flags = symbolFlags(latest);
  if (latest->isInlined()) flags |= BridgeDeclarationFlagInline;
  if (latest->isNoReturn()) flags |= BridgeDeclarationFlagNoReturn;
  if (isDefined && definition->isInlined() && function->getFormalLinkage() == Linkage::External &&
      !definition->isInlineDefinitionExternallyVisible())
    flags |= BridgeDeclarationFlagInlineOnly;
  if (function->getBuiltinID() && context.BuiltinInfo.isReturnsTwice(function->getBuiltinID()))
    flags |= BridgeDeclarationFlagReturnsTwice;

  // An earlier declaration may lack the prototype: the latest has the composite type, the definition the parameters.
  words.push_back(qualifiedType(latest->getType()));
  words.push_back(flags);
  uint32_t state = isDefined ? BridgeDefinitionDefined : BridgeDefinitionDeclared;
  words.push_back(linkageWord(function->getFormalLinkage()) | BridgeStorageDurationStatic << 4 | state << 8);
  words.push_back(isDefined ? node(definition->getBody()) : 0);
  words.push_back(0);
  auto *constructor = latest->getAttr<ConstructorAttr>();
  auto *destructor = latest->getAttr<DestructorAttr>();
  Words payload{function->getBuiltinID(),
                symbolName(latest),
                aliasTarget(latest),
                constructor ? uint32_t(constructor->getPriority()) : 0,
                destructor ? uint32_t(destructor->getPriority()) : 0,
                definition->getNumParams()};
  for (const ParmVarDecl *parameter : definition->parameters())
    payload.push_back(declaration(parameter));
  words.push_back(payload.size());
  words.insert(words.end(), payload.begin(), payload.end());
}

static BridgeStorageDuration storageDuration(const VarDecl *variable) {
  switch (variable->getStorageDuration()) {
  case SD_Static: return BridgeStorageDurationStatic;
  case SD_Thread: return BridgeStorageDurationThread;
  default: return BridgeStorageDurationAutomatic;
  }
}

static BridgeDefinition definitionState(const VarDecl *variable) {
  BridgeDefinition state = BridgeDefinitionDeclared;
  for (const VarDecl *declaration : variable->redecls())
    switch (declaration->isThisDeclarationADefinition()) {
    case VarDecl::DeclarationOnly: break;
    case VarDecl::TentativeDefinition:
      if (state == BridgeDefinitionDeclared) state = BridgeDefinitionTentative;
      break;
    case VarDecl::Definition: state = BridgeDefinitionDefined; break;
    }
  return state;
}

void Serializer::writeVariable(const VarDecl *variable, Words &words) {
  const VarDecl *latest = variable->getMostRecentDecl();
  uint32_t flags = symbolFlags(latest);
  if (variable->getStorageClass() == SC_Register) flags |= BridgeDeclarationFlagRegister;
  if (auto *parameter = dyn_cast<ParmVarDecl>(variable))
    if (parameter->isKNRPromoted()) flags |= BridgeDeclarationFlagOldStyle;

  const VarDecl *initialized = nullptr;
  const Expr *initializer = variable->getAnyInitializer(initialized);
  uint32_t body = 0, value = 0;
  if (initializer) {
    // A table of ten thousand entries is one packed constant, not ten thousand nodes.
    const APValue *evaluated = variable->hasGlobalStorage() ? initialized->evaluateValue() : nullptr;
    if (evaluated && evaluated->hasValue())
      value = constant(*evaluated);
    if (!value)
      body = node(initializer);
  }
  words.push_back(qualifiedType(latest->getType()));
  words.push_back(flags);
  words.push_back(linkageWord(variable->getFormalLinkage()) | storageDuration(variable) << 4 |
                  definitionState(variable) << 8);
  words.push_back(body);
  words.push_back(value);
  auto *cleanup = latest->getAttr<CleanupAttr>();
  bool isRegisterVariable = variable->getStorageClass() == SC_Register && latest->hasAttr<AsmLabelAttr>();
  QualType type = latest->getType();
  bool hasAlignment = !type->isIncompleteType() || type->isIncompleteArrayType();
  words.push_back(6);
  words.push_back(isRegisterVariable && variable->getIdentifier() ? string(variable->getName()) : symbolName(latest));
  words.push_back(aliasTarget(latest));
  words.push_back(hasAlignment ? uint32_t(context.getDeclAlign(latest).getQuantity()) : 0);
  words.push_back(cleanup ? declaration(cleanup->getFunctionDecl()) : 0);
  words.push_back(isRegisterVariable ? string(latest->getAttr<AsmLabelAttr>()->getLabel()) : 0);
  auto *parameter = dyn_cast<ParmVarDecl>(variable);
  words.push_back(qualifiedType(parameter ? parameter->getOriginalType() : type));
}

void Serializer::writeRecord(const RecordDecl *record, Words &words) {
  const RecordDecl *definition = record->getDefinition();
  uint32_t flags = record->isUnion() ? BridgeDeclarationFlagUnion : 0;
  Words payload;
  if (definition && !definition->isInvalidDecl()) {
    flags |= BridgeDeclarationFlagComplete;
    if (definition->hasFlexibleArrayMember()) flags |= BridgeDeclarationFlagFlexibleArray;
    if (definition->hasAttr<PackedAttr>()) flags |= BridgeDeclarationFlagPacked;
    if (definition->hasAttr<TransparentUnionAttr>()) flags |= BridgeDeclarationFlagTransparentUnion;
    if (definition->isAnonymousStructOrUnion()) flags |= BridgeDeclarationFlagUnnamed;
    const ASTRecordLayout &layout = context.getASTRecordLayout(definition);
    append64(payload, layout.getSize().getQuantity());
    payload.push_back(layout.getAlignment().getQuantity());
    for (const FieldDecl *field : definition->fields())
      payload.push_back(declaration(field));
  }
  words.insert(words.end(), {qualifiedType(context.getRecordType(record)), flags, 0, 0, 0, uint32_t(payload.size())});
  words.insert(words.end(), payload.begin(), payload.end());
}

void Serializer::writeField(const FieldDecl *field, Words &words) {
  const RecordDecl *record = field->getParent();
  uint64_t offset = record->isInvalidDecl()
                        ? 0
                        : context.getASTRecordLayout(record).getFieldOffset(field->getFieldIndex());
  uint32_t flags = field->getIdentifier() ? 0 : BridgeDeclarationFlagUnnamed;
  words.insert(words.end(), {qualifiedType(field->getType()), flags, 0, 0, 0, 5});
  words.push_back(declaration(record));
  words.push_back(field->getFieldIndex());
  append64(words, offset);
  words.push_back(field->isBitField() ? field->getBitWidthValue(context) + 1 : 0);
}

void Serializer::writeDeclaration(const Decl *item) {
  BridgeDeclarationKind kind = declarationKind(item);
  uint32_t name = 0;
  if (auto *named = dyn_cast<NamedDecl>(item))
    if (named->getIdentifier())
      name = string(named->getName());
  // Where the definition is, not its first mention.
  const Decl *place = item;
  if (auto *function = dyn_cast<FunctionDecl>(item)) {
    if (const FunctionDecl *definition = function->getDefinition()) place = definition;
  } else if (auto *tag = dyn_cast<TagDecl>(item)) {
    if (const TagDecl *definition = tag->getDefinition()) place = definition;
  } else if (auto *variable = dyn_cast<VarDecl>(item)) {
    if (const VarDecl *definition = variable->getDefinition()) place = definition;
  }
  Words words{kind, name, location(place->getLocation())};

  if (auto *function = dyn_cast<FunctionDecl>(item)) writeFunction(function, words);
  else if (auto *variable = dyn_cast<VarDecl>(item)) writeVariable(variable, words);
  else if (auto *record = dyn_cast<RecordDecl>(item)) writeRecord(record, words);
  else if (auto *field = dyn_cast<FieldDecl>(item)) writeField(field, words);
  else {
    uint32_t type = 0, flags = 0;
    Words payload;
    if (auto *enumeration = dyn_cast<EnumDecl>(item)) {
      if (const EnumDecl *definition = enumeration->getDefinition()) {
        flags |= BridgeDeclarationFlagComplete;
        for (const EnumConstantDecl *constant : definition->enumerators())
          payload.push_back(declaration(constant));
      }
      type = qualifiedType(enumeration->getIntegerType());
    } else if (auto *constant = dyn_cast<EnumConstantDecl>(item)) {
      type = qualifiedType(constant->getType());
      appendInteger(payload, constant->getInitVal());
    } else if (auto *alias = dyn_cast<TypedefDecl>(item)) {
      type = qualifiedType(alias->getUnderlyingType());
    } else if (auto *assembly = dyn_cast<FileScopeAsmDecl>(item)) {
      payload = {string(assembly->getAsmString()->getBytes())};
    } else if (kind == BridgeDeclarationKindUnknown) {
      unknown(item->getDeclKindName(), item->getLocation());
      payload = {string(item->getDeclKindName())};
    }
    words.insert(words.end(), {type, flags, 0, 0, 0, uint32_t(payload.size())});
    words.insert(words.end(), payload.begin(), payload.end());
  }
  declarationOffsets[declarationIds[item]] = declarations.size();
  declarations.insert(declarations.end(), words.begin(), words.end());
}

} // namespace bridge
