// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Initialisers as clang evaluates them.

#include "Serializer.h"

#include "clang/AST/APValue.h"
#include "clang/AST/RecordLayout.h"

#include <cstring>

using namespace clang;

namespace bridge {

uint32_t Serializer::constant(const APValue &value) {
  Words words;
  switch (value.getKind()) {
  case APValue::None:
  case APValue::Indeterminate: words = {BridgeConstantKindAbsent}; break;
  case APValue::Int:
    words = {BridgeConstantKindInteger};
    appendInteger(words, value.getInt());
    break;
  case APValue::Float:
    words = {BridgeConstantKindFloating};
    appendInteger(words, value.getFloat().bitcastToAPInt());
    break;
  case APValue::ComplexInt:
    words = {BridgeConstantKindIntegerComplex};
    appendInteger(words, value.getComplexIntReal());
    appendInteger(words, value.getComplexIntImag());
    break;
  case APValue::ComplexFloat:
    words = {BridgeConstantKindFloatingComplex};
    appendInteger(words, value.getComplexFloatReal().bitcastToAPInt());
    appendInteger(words, value.getComplexFloatImag().bitcastToAPInt());
    break;
  case APValue::LValue: addressConstant(value, words); break;
  case APValue::Vector:
    words = {BridgeConstantKindVector, value.getVectorLength()};
    for (unsigned i = 0; i < value.getVectorLength(); ++i)
      words.push_back(constant(value.getVectorElt(i)));
    break;
  case APValue::Struct:
    words = {BridgeConstantKindRecord, value.getStructNumFields()};
    for (unsigned i = 0; i < value.getStructNumFields(); ++i)
      words.push_back(constant(value.getStructField(i)));
    break;
  case APValue::Union:
    words = {BridgeConstantKindUnion, declaration(value.getUnionField())};
    words.push_back(value.getUnionField() ? constant(value.getUnionValue()) : 0);
    break;
  case APValue::Array: return arrayConstant(value);
  case APValue::AddrLabelDiff:
    words = {BridgeConstantKindLabelDifference, declaration(value.getAddrLabelDiffLHS()->getLabel()),
             declaration(value.getAddrLabelDiffRHS()->getLabel())};
    break;
  case APValue::FixedPoint:
  case APValue::MemberPointer: return 0;
  }
  if (words.empty())
    return 0;
  uint32_t id = constants.size();
  constants.insert(constants.end(), words.begin(), words.end());
  return id;
}

void Serializer::addressConstant(const APValue &value, Words &words) {
  APValue::LValueBase base = value.getLValueBase();
  if (base.isNull())
    words = {BridgeConstantKindAddress, BridgeAddressBaseNone, 0};
  else if (auto *item = base.dyn_cast<const ValueDecl *>())
    words = {BridgeConstantKindAddress, BridgeAddressBaseDeclaration, declaration(item)};
  else if (auto *expression = base.dyn_cast<const Expr *>())
    words = {BridgeConstantKindAddress, BridgeAddressBaseNode, node(expression)};
  else
    return;
  append64(words, uint64_t(value.getLValueOffset().getQuantity()));
}

uint32_t Serializer::arrayConstant(const APValue &value) {
  uint32_t filler = value.hasArrayFiller() ? constant(value.getArrayFiller()) : 0;
  Words words;
  if (!packedArrayConstant(value, filler, words)) {
    words = {BridgeConstantKindArray};
    append64(words, value.getArraySize());
    words.push_back(value.getArrayInitializedElts());
    for (unsigned i = 0; i < value.getArrayInitializedElts(); ++i)
      words.push_back(constant(value.getArrayInitializedElt(i)));
    words.push_back(filler);
  }
  uint32_t id = constants.size();
  constants.insert(constants.end(), words.begin(), words.end());
  return id;
}

/// Arrays of integers or floating values of one width up to 16 bytes are written as the bytes they have in memory.
bool Serializer::packedArrayConstant(const APValue &value, uint32_t filler, Words &words) {
  unsigned count = value.getArrayInitializedElts();
  if (count == 0)
    return false;
  auto bits = [](const APValue &element, llvm::APInt &result) {
    if (element.isInt()) result = element.getInt();
    else if (element.isFloat()) result = element.getFloat().bitcastToAPInt();
    else return false;
    return true;
  };
  llvm::APInt first;
  if (!bits(value.getArrayInitializedElt(0), first) || first.getBitWidth() > 128)
    return false;
  APValue::ValueKind kind = value.getArrayInitializedElt(0).getKind();
  unsigned width = first.getBitWidth(), size = 1;
  while (size * 8 < width)
    size *= 2;

  std::vector<uint8_t> bytes(size_t(size) * count);
  for (unsigned i = 0; i < count; ++i) {
    const APValue &element = value.getArrayInitializedElt(i);
    llvm::APInt number;
    if (element.getKind() != kind || !bits(element, number) || number.getBitWidth() != width)
      return false;
    std::memcpy(bytes.data() + size_t(i) * size, number.getRawData(), (width + 7) / 8);
  }
  words = {BridgeConstantKindPackedArray};
  append64(words, value.getArraySize());
  words.insert(words.end(), {count, width, size, uint32_t(kind == APValue::Float), filler});
  size_t start = words.size();
  words.resize(start + (bytes.size() + 3) / 4);
  std::memcpy(words.data() + start, bytes.data(), bytes.size());
  return true;
}

} // namespace bridge
