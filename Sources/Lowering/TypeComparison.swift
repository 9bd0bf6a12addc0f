// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax

/// Compatibility of types, of one translation unit and of different ones (C11 6.2.7p1).
enum TypeComparison {
    static func areCompatible(_ left: CType, _ right: CType) -> Bool {
        var assumed: Set<Pair> = []
        return areCompatible(left, right, &assumed)
    }

    /// Records that are being compared: one that holds pointers to itself is met again.
    private struct Pair: Hashable {
        var left: Declaration
        var right: Declaration
    }

    private static func areCompatible(_ left: CType, _ right: CType, _ assumed: inout Set<Pair>) -> Bool {
        if left == right { return true }
        // C11 6.7.3p10.
        guard left.isConst == right.isConst, left.isVolatile == right.isVolatile, left.isRestrict == right.isRestrict
        else { return false }
        switch (left.kind, right.kind) {
        case (.function, .function):
            let (a, b) = (left.parameters, right.parameters)
            guard a.count == b.count, left.isVariadic == right.isVariadic,
                areCompatible(left.result.unqualified, right.result.unqualified, &assumed)
            else { return false }
            for (a, b) in zip(a, b) where !areCompatible(a.unqualified, b.unqualified, &assumed) { return false }
            return true
        case (.functionWithoutPrototype, .function), (.function, .functionWithoutPrototype):
            let prototype = left.kind == .function ? left : right
            return !prototype.isVariadic && prototype.parameters.allSatisfy(isPromoted)
                && areCompatible(left.result.unqualified, right.result.unqualified, &assumed)
        case (.functionWithoutPrototype, .functionWithoutPrototype):
            return areCompatible(left.result.unqualified, right.result.unqualified, &assumed)
        case (.constantArray, .constantArray):
            return left.count == right.count && areCompatible(left.element, right.element, &assumed)
        case (.constantArray, _) where right.isArray, (_, .constantArray) where left.isArray,
            (.incompleteArray, _) where right.isArray, (.variableArray, _) where right.isArray:
            // Lengths that differ at run time are a mistake of the program's, and not of the types (C11 6.7.6.2p6).
            return areCompatible(left.element, right.element, &assumed)
        case (.enumeration, .integer): return left.underlying.name == right.name
        case (.integer, .enumeration): return left.name == right.underlying.name
        case (.enumeration, .enumeration): return areCompatibleEnumerations(left, right)
        default: break
        }
        guard left.kind == right.kind else { return false }
        switch left.kind {
        case .integer, .floating, .unknown: return left.name == right.name
        case .pointer, .atomic, .complex: return areCompatible(left.element, right.element, &assumed)
        case .vector: return left.count == right.count && areCompatible(left.element, right.element, &assumed)
        case .record: return areCompatibleRecords(left.declaration, right.declaration, &assumed)
        default: return true
        }
    }

    /// Whether the default argument promotions leave a type alone (C11 6.5.2.2p6).
    static func isPromoted(_ type: CType) -> Bool { promotion(of: type) == nil }

    /// The name of the type that a type is promoted to; nil if it stays what it is.
    static func promotion(of type: CType) -> String? {
        switch type.kind {
        case .boolean: "int"
        case .integer, .enumeration: type.size < 4 ? "int" : nil
        case .floating: type.name == "float" ? "double" : nil
        default: nil
        }
    }

    private static func areCompatibleEnumerations(_ left: CType, _ right: CType) -> Bool {
        let (a, b) = (left.declaration, right.declaration)
        if a.unit === b.unit { return a == b }
        func constants(_ item: Declaration, isSigned: Bool) -> [String: Int128?] {
            let pairs = item.enumerationConstants.map { ($0.name, $0.enumerationValue.value(signed: isSigned)) }
            return Dictionary(pairs, uniquingKeysWith: { first, _ in first })
        }
        let (x, y) = (constants(a, isSigned: left.isSigned), constants(b, isSigned: right.isSigned))
        return a.name == b.name && left.underlying.name == right.underlying.name
            && (x.isEmpty || y.isEmpty || x == y)
    }

    private static func areCompatibleRecords(_ a: Declaration, _ b: Declaration, _ assumed: inout Set<Pair>) -> Bool {
        if a.unit === b.unit { return a == b }
        guard a.name == b.name, a.isUnion == b.isUnion else { return false }
        guard a.isComplete, b.isComplete, assumed.insert(Pair(left: a, right: b)).inserted else { return true }
        var (first, second) = (a.fields, b.fields)
        guard first.count == second.count, a.type.size == b.type.size else { return false }
        if a.isUnion {
            // The members of unions may come in any order.
            first.sort { $0.name < $1.name }
            second.sort { $0.name < $1.name }
        }
        for (x, y) in zip(first, second) {
            guard x.name == y.name, x.bitOffset == y.bitOffset, x.bitWidth == y.bitWidth,
                areCompatible(x.type, y.type, &assumed)
            else { return false }
        }
        return true
    }
}
