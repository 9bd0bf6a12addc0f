// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax

/// Compatibility of types of different translation units (C11 6.2.7p1). Records are compared by tag and size: what their
/// members hold is checked at each access.
enum TypeComparison {
    static func areCompatible(_ left: CType, _ right: CType) -> Bool {
        guard left.kind == right.kind else {
            return switch (left.kind, right.kind) {
            case (.functionWithoutPrototype, .function), (.function, .functionWithoutPrototype):
                areCompatible(left.result, right.result)
            case (.incompleteArray, .constantArray), (.constantArray, .incompleteArray):
                areCompatible(left.element, right.element)
            case (.enumeration, .integer), (.integer, .enumeration):
                left.width == right.width && left.isSigned == right.isSigned
            default: false
            }
        }
        switch left.kind {
        case .integer, .floating: return left.name == right.name
        case .pointer, .atomic, .complex, .incompleteArray: return areCompatible(left.element, right.element)
        case .constantArray, .vector: return left.count == right.count && areCompatible(left.element, right.element)
        case .function:
            let (a, b) = (left.parameters, right.parameters)
            return a.count == b.count && left.isVariadic == right.isVariadic && areCompatible(left.result, right.result)
                && zip(a, b).allSatisfy { areCompatible($0.unqualified, $1.unqualified) }
        case .record:
            let (a, b) = (left.declaration, right.declaration)
            return a.name == b.name && a.isUnion == b.isUnion
                && (!a.isComplete || !b.isComplete || left.size == right.size)
        default: return true
        }
    }
}
