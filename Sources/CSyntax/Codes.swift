// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ClangBridge

// The codes of the bridge under the names the rest of the program uses. They are imported as closed enumerations, so a
// switch over them is exhaustive.

public typealias NodeKind = BridgeNodeKind
public typealias TypeKind = BridgeTypeKind
public typealias DeclarationKind = BridgeDeclarationKind
public typealias UnaryOperator = BridgeUnaryOperator
public typealias BinaryOperator = BridgeBinaryOperator
public typealias CastKind = BridgeCastKind
public typealias AtomicOperation = BridgeAtomicOperation
public typealias Measure = BridgeMeasure
public typealias FloatingFormat = BridgeFloatingFormat
public typealias Linkage = BridgeLinkage
public typealias StorageDuration = BridgeStorageDuration
public typealias DefinitionState = BridgeDefinition
public typealias SignedOverflow = BridgeSignedOverflow
public typealias Severity = BridgeSeverity
