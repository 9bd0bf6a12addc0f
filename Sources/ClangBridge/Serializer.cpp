// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#include "Serializer.h"

#include "clang/AST/Attr.h"
#include "clang/Basic/SourceManager.h"
#include "clang/Basic/TargetInfo.h"

#include <cstring>

using namespace clang;

namespace bridge {

void append64(Words &words, uint64_t value) {
  words.push_back(uint32_t(value));
  words.push_back(uint32_t(value >> 32));
}

void appendInteger(Words &words, const llvm::APInt &value) {
  words.push_back(value.getBitWidth());
  for (unsigned i = 0; i < value.getNumWords(); ++i)
    append64(words, value.getRawData()[i]);
}

Serializer::Serializer(ASTContext &context) : context(context), sources(context.getSourceManager()) {
  string("");
  locations.resize(BridgeLocationLength);
}

std::vector<uint32_t> Serializer::serialize() {
  topLevelDeclarations();
  // Writing a declaration may meet new ones.
  for (size_t i = 0; i < pendingDeclarations.size(); ++i)
    writeDeclaration(pendingDeclarations[i]);
  sourceFiles();
  return assemble();
}

/// Every definition of the file. Declarations without one come in by reference.
void Serializer::topLevelDeclarations() {
  for (const Decl *item : context.getTranslationUnitDecl()->decls()) {
    bool isDefinition = false;
    if (auto *function = dyn_cast<FunctionDecl>(item))
      isDefinition = function->isThisDeclarationADefinition() || function->hasAttr<AliasAttr>() ||
                     function->hasAttr<IFuncAttr>();
    else if (auto *variable = dyn_cast<VarDecl>(item))
      isDefinition = variable->isThisDeclarationADefinition() != VarDecl::DeclarationOnly ||
                     variable->hasAttr<AliasAttr>();
    else if (isa<FileScopeAsmDecl>(item))
      isDefinition = true;
    else if (!isa<TypeDecl>(item) && !isa<EmptyDecl>(item) && item->getKind() != Decl::StaticAssert)
      isDefinition = true; // unknown at file scope: must be seen
    if (!isDefinition)
      continue;
    size_t before = pendingDeclarations.size();
    uint32_t id = declaration(item);
    if (pendingDeclarations.size() > before)
      topLevel.push_back(id);
  }
}

uint32_t Serializer::string(llvm::StringRef text) {
  auto entry = stringIds.try_emplace(text, stringOffsets.size());
  if (entry.second) {
    stringOffsets.push_back(strings.size());
    strings.insert(strings.end(), text.begin(), text.end());
  }
  return entry.first->second;
}

void Serializer::unknown(llvm::StringRef name, SourceLocation place) {
  unknownNames.push_back(string(name));
  unknownNames.push_back(location(place));
}

void Serializer::sourceFiles() {
  for (auto file = sources.fileinfo_begin(); file != sources.fileinfo_end(); ++file)
    includedFiles.push_back(string(file->first.getName()));
  std::sort(includedFiles.begin(), includedFiles.end(), [&](uint32_t left, uint32_t right) {
    auto text = [&](uint32_t id) {
      size_t end = id + 1 < stringOffsets.size() ? stringOffsets[id + 1] : strings.size();
      return llvm::StringRef(strings.data() + stringOffsets[id], end - stringOffsets[id]);
    };
    return text(left) < text(right);
  });
}

uint32_t Serializer::facts() const {
  const LangOptions &language = context.getLangOpts();
  uint32_t facts = 0;
  if (context.CharTy->isSignedIntegerType()) facts |= BridgeFactCharIsSigned;
  if (language.ShortEnums) facts |= BridgeFactShortEnumerations;
  if (language.FastMath || language.UnsafeFPMath || language.FiniteMathOnly || language.NoHonorNaNs ||
      language.NoHonorInfs || language.AllowFPReassoc || language.AllowRecip || language.NoSignedZero)
    facts |= BridgeFactFastMath;
  if (language.Freestanding) facts |= BridgeFactFreestanding;
  if (language.GNUMode) facts |= BridgeFactGnuMode;
  if (language.getDefaultFPContractMode() != LangOptions::FPM_Off) facts |= BridgeFactContractions;
  return facts;
}

static uint32_t standard(const LangOptions &language) {
  return language.C23 ? 23 : language.C17 ? 17 : language.C11 ? 11 : language.C99 ? 99 : 89;
}

static BridgeSignedOverflow signedOverflow(const LangOptions &language) {
  switch (language.getSignedOverflowBehavior()) {
  case LangOptions::SOB_Undefined: return BridgeSignedOverflowUndefined;
  case LangOptions::SOB_Defined: return BridgeSignedOverflowWraps;
  case LangOptions::SOB_Trapping: return BridgeSignedOverflowTraps;
  }
  return BridgeSignedOverflowUndefined;
}

std::vector<uint32_t> Serializer::assemble() {
  uint32_t mainFile = 0;
  if (auto file = sources.getFileEntryRefForID(sources.getMainFileID()))
    mainFile = string(file->getName());
  uint32_t triple = string(context.getTargetInfo().getTriple().str());
  stringOffsets.push_back(strings.size());
  Words packedStrings((strings.size() + 3) / 4);
  if (!strings.empty())
    std::memcpy(packedStrings.data(), strings.data(), strings.size());

  const Words *sections[] = {&topLevel,      &declarations, &declarationOffsets, &types,
                             &typeOffsets,   &nodes,        &locations,          &constants,
                             &includedFiles, &stringOffsets, &packedStrings,     &unknownNames};
  Words words{BridgeMagic,
              BridgeVersion,
              uint32_t(unknownNames.size() / 2),
              facts(),
              uint32_t(signedOverflow(context.getLangOpts())),
              standard(context.getLangOpts()),
              mainFile,
              triple};
  for (const Words *section : sections)
    words.push_back(uint32_t(section->size()));
  for (const Words *section : sections)
    words.insert(words.end(), section->begin(), section->end());
  return words;
}

} // namespace bridge
