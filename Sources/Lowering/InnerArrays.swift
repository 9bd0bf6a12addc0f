// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Arrays inside larger objects: an access knows the bounds of the whole object only, but an index must stay inside the
/// array that the expression names (C11 6.5.6p8).
extension FunctionLowering {
    /// Conditions on an index, none where the bounds of the whole object say as much. `pointer` is the operand of `[]`.
    /// `isEndAllowed`: the address alone is taken, which may be the end of the array.
    ///
    /// Arrays of at most one element are left out: as last members they stand for more, in programs older than flexible
    /// array members.
    func indexConditions(
        _ index: Operand, _ type: CType, into pointer: Node, isEndAllowed: Bool, site: SiteID
    ) -> [Operand] {
        guard pointer.kind == .cast, pointer.castKind == .arrayToPointer, let array = pointer.child(0), isInner(array),
            let count = count(of: array.type.valueType, site: site)
        else { return [] }
        if let known = constant(count) {
            if known <= 1 { return [] }
            if let constant = constant(index) {
                let isInside = constant >= 0 && (constant < known || constant == known && isEndAllowed)
                return isInside ? [] : [integer(0)]
            }
        }
        var conditions = [compareIntegers(isEndAllowed ? .lessOrEqual : .less, index, count, site: site)]
        if type.isSigned { conditions.insert(compareIntegers(.lessOrEqual, integer(0), index, site: site), at: 0) }
        return conditions
    }

    /// The number of elements of an array; nil if nobody knows.
    private func count(of array: CType, site: SiteID) -> Operand? {
        switch array.kind {
        case .constantArray: return integer(Int128(array.count))
        case .variableArray: return length(of: array)
        default: return nil
        }
    }

    /// Whether an array may be part of a larger object.
    private func isInner(_ array: Node) -> Bool {
        array.kind == .member || array.kind == .arraySubscript
            || (array.kind == .unary && array.unaryOperator == .dereference)
    }

    func checkConditions(of place: MemoryPlace, _ kind: ObligationKind, site: SiteID) {
        for condition in place.conditions { check(kind, condition, site: site) }
    }

    /// The place whose address is taken: indices may lead to the end of the array that they are for, and not beyond.
    func addressedPlace(_ node: Node) -> MemoryPlace {
        var place =
            node.kind == .arraySubscript
            ? subscriptPlace(node, isKept: true, isEndAllowed: true) : memoryPlace(node, isKept: true)
        checkConditions(of: place, .pointerArithmetic, site: site(node))
        place.conditions = []
        return place
    }
}
