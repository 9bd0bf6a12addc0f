// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Arrays inside larger objects: an access knows the bounds of the whole object only, but an index must stay inside the
/// array that the expression names (C11 6.5.6p8).
extension FunctionLowering {
    /// Conditions on an index, none where the bounds of the whole object say as much. `pointer` is the operand of `[]`.
    ///
    /// Arrays of at most one element are left out: as last members they stand for more, in programs older than flexible
    /// array members.
    func indexConditions(_ index: Operand, _ type: CType, into pointer: Node, site: SiteID) -> [Operand] {
        guard pointer.kind == .cast, pointer.castKind == .arrayToPointer, let array = pointer.child(0),
            array.type.valueType.kind == .constantArray, isInner(array)
        else { return [] }
        let element = array.type.valueType.element.size
        guard element > 0, case let count = array.type.valueType.size / element, count > 1 else { return [] }
        if let constant = constant(index) { return (0..<Int128(count)).contains(constant) ? [] : [integer(0)] }
        var conditions = [compareIntegers(.less, index, integer(Int128(count)), site: site)]
        if type.isSigned { conditions.insert(compareIntegers(.lessOrEqual, integer(0), index, site: site), at: 0) }
        return conditions
    }

    /// Whether an array may be part of a larger object.
    private func isInner(_ array: Node) -> Bool {
        array.kind == .member || array.kind == .arraySubscript
            || (array.kind == .unary && array.unaryOperator == .dereference)
    }

    func checkConditions(of place: MemoryPlace, _ kind: ObligationKind, site: SiteID) {
        for condition in place.conditions { check(kind, condition, site: site) }
    }
}
