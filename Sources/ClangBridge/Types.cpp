// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

#include "Serializer.h"

#include "clang/Basic/TargetInfo.h"

using namespace clang;

namespace bridge {

/// Canonical types only: typedefs, typeof and parentheses are gone.
uint32_t Serializer::qualifiedType(QualType qualified) {
  if (qualified.isNull())
    return 0;
  QualType canonical = qualified.getCanonicalType();
  // Qualifiers of an array belong to its elements; the split keeps them there.
  return (type(canonical.getTypePtr()) << 3) | (canonical.getLocalFastQualifiers() & 7);
}

/// getTypeInfo must not be asked for placeholder, incomplete or dependent types.
static bool hasSize(const clang::Type *type) {
  return !type->isIncompleteType() && !type->isFunctionType() && !type->isDependentType() &&
         !type->isVariableArrayType() && !type->isPlaceholderType() && !type->isVoidType();
}

uint32_t Serializer::type(const clang::Type *type) {
  auto entry = typeIds.try_emplace(type, uint32_t(typeOffsets.size()));
  if (!entry.second)
    return entry.first->second;
  uint32_t id = entry.first->second;
  typeOffsets.push_back(0); // reserved: a type may contain itself through a record

  uint64_t size = 0;
  uint32_t alignment = 0;
  if (hasSize(type)) {
    TypeInfoChars info = context.getTypeInfoInChars(type);
    size = info.Width.getQuantity();
    alignment = info.Align.getQuantity();
  } else if (auto *array = dyn_cast<VariableArrayType>(type)) {
    alignment = context.getTypeAlignInChars(context.getBaseElementType(array)).getQuantity();
  }
  Words payload;
  BridgeTypeKind kind = typePayload(type, payload);
  typeOffsets[id] = types.size();
  types.push_back(kind);
  append64(types, size);
  types.push_back(alignment);
  types.push_back(payload.size());
  types.insert(types.end(), payload.begin(), payload.end());
  return id;
}

static BridgeFloatingFormat floatingFormat(const llvm::fltSemantics &semantics) {
  switch (llvm::APFloat::SemanticsToEnum(semantics)) {
  case llvm::APFloat::S_IEEEhalf: return BridgeFloatingFormatHalf;
  case llvm::APFloat::S_BFloat: return BridgeFloatingFormatBrain;
  case llvm::APFloat::S_IEEEsingle: return BridgeFloatingFormatSingle;
  case llvm::APFloat::S_IEEEdouble: return BridgeFloatingFormatDouble;
  case llvm::APFloat::S_x87DoubleExtended: return BridgeFloatingFormatExtended;
  case llvm::APFloat::S_IEEEquad: return BridgeFloatingFormatQuadruple;
  default: return BridgeFloatingFormatOther;
  }
}

BridgeTypeKind Serializer::typePayload(const clang::Type *type, Words &payload) {
  if (auto *builtin = dyn_cast<BuiltinType>(type)) {
    uint32_t name = string(builtin->getName(context.getPrintingPolicy()));
    if (builtin->getKind() == BuiltinType::Void) return BridgeTypeKindVoid;
    if (builtin->getKind() == BuiltinType::Bool) return BridgeTypeKindBoolean;
    if (builtin->getKind() == BuiltinType::NullPtr) return BridgeTypeKindNullPointer;
    if (builtin->isInteger()) {
      payload = {uint32_t(context.getIntWidth(QualType(type, 0))), builtin->isSignedInteger(), name};
      return BridgeTypeKindInteger;
    }
    if (builtin->isFloatingPoint()) {
      payload = {floatingFormat(context.getFloatTypeSemantics(QualType(type, 0))), name};
      return BridgeTypeKindFloating;
    }
  } else if (auto *integer = dyn_cast<BitIntType>(type)) {
    payload = {integer->getNumBits(), integer->isSigned(), string(integer->isSigned() ? "_BitInt" : "unsigned _BitInt")};
    return BridgeTypeKindInteger;
  } else if (auto *complex = dyn_cast<ComplexType>(type)) {
    payload = {qualifiedType(complex->getElementType())};
    return BridgeTypeKindComplex;
  } else if (auto *pointer = dyn_cast<PointerType>(type)) {
    payload = {qualifiedType(pointer->getPointeeType())};
    return BridgeTypeKindPointer;
  } else if (auto *array = dyn_cast<ConstantArrayType>(type)) {
    payload = {qualifiedType(array->getElementType())};
    append64(payload, array->getSize().getZExtValue());
    return BridgeTypeKindConstantArray;
  } else if (auto *array = dyn_cast<IncompleteArrayType>(type)) {
    payload = {qualifiedType(array->getElementType())};
    return BridgeTypeKindIncompleteArray;
  } else if (auto *array = dyn_cast<VariableArrayType>(type)) {
    payload = {qualifiedType(array->getElementType()), node(array->getSizeExpr())};
    return BridgeTypeKindVariableArray;
  } else if (auto *function = dyn_cast<clang::FunctionType>(type)) {
    auto *prototype = dyn_cast<FunctionProtoType>(function);
    bool isVariadic = prototype && prototype->isVariadic();
    payload = {qualifiedType(function->getReturnType()), uint32_t(isVariadic | function->getNoReturnAttr() << 1)};
    if (!prototype)
      return BridgeTypeKindFunctionWithoutPrototype;
    for (QualType parameter : prototype->param_types())
      payload.push_back(qualifiedType(parameter));
    return BridgeTypeKindFunction;
  } else if (auto *record = dyn_cast<RecordType>(type)) {
    payload = {declaration(record->getDecl())};
    return BridgeTypeKindRecord;
  } else if (auto *enumeration = dyn_cast<EnumType>(type)) {
    payload = {declaration(enumeration->getDecl()), qualifiedType(enumeration->getDecl()->getIntegerType())};
    return BridgeTypeKindEnumeration;
  } else if (auto *atomic = dyn_cast<AtomicType>(type)) {
    payload = {qualifiedType(atomic->getValueType())};
    return BridgeTypeKindAtomic;
  } else if (auto *vector = dyn_cast<VectorType>(type)) {
    payload = {qualifiedType(vector->getElementType()), vector->getNumElements()};
    return BridgeTypeKindVector;
  }
  // The placeholder of a builtin's name never carries a value: its reference is wrapped in a conversion.
  if (!type->isPlaceholderType())
    unknown(type->getTypeClassName(), SourceLocation());
  payload = {string(type->getTypeClassName())};
  return BridgeTypeKindUnknown;
}

} // namespace bridge
