// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// _Complex values: two cells in memory.
extension FunctionLowering {
    func complexCast(_ node: Node) -> MemoryPlace { unknownAggregate(node, "cast to \(node.type)") }

    func complexUnary(_ node: Node) -> MemoryPlace { unknownAggregate(node, "operator on \(node.type)") }

    func complexBinary(_ node: Node) -> MemoryPlace { unknownAggregate(node, "operator on \(node.type)") }

    func complexComparison(_ node: Node) -> Operand {
        let (left, right) = (aggregate(node.child(0)!), aggregate(node.child(1)!)), site = site(node)
        let parts = [Int64(0), 1].map { index in
            comparePart(
                load(.memory(left.element(index)), site: site), load(.memory(right.element(index)), site: site),
                left.type, site)
        }
        let both = arithmetic(.and, parts[0], parts[1], type: .signed(32), site: site)
        return node.binaryOperator == .equal ? both : compareIntegers(.equal, both, integer(0), site: site)
    }

    private func comparePart(_ a: Operand, _ b: Operand, _ type: CType, _ site: SiteID) -> Operand {
        type.valueType.element.isFloating
            ? compareFloats(.equal, a, b, site: site) : compareIntegers(.equal, a, b, site: site)
    }

    func complexIsNotZero(_ node: Node, site: SiteID) -> Operand {
        let place = aggregate(node)
        guard let part = place.type.valueType.element.scalarType else { return havoc(.signed(32), site: site) }
        let parts = [Int64(0), 1].map { isNotZero(load(.memory(place.element($0)), site: site), part, site: site) }
        return arithmetic(.or, parts[0], parts[1], type: .signed(32), site: site)
    }

    private func unknownAggregate(_ node: Node, _ name: String) -> MemoryPlace {
        let place = temporary(node.type, site: site(node))
        node.children.forEach(discard)
        _ = unsupported(name, at: node.location)
        scrambleAll(place, site: site(node))
        return place
    }
}
