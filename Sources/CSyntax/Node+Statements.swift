// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ClangBridge

/// Statements.
extension Node {
    /// The declarations of a declaration statement, in order.
    public var declarations: [Declaration] { (0..<payloadCount).map { unit.declaration(payload($0)) } }

    /// The label of a label statement, a goto or a label address.
    public var label: Declaration { unit.declaration(operand) }

    /// Condition of if, while, do, for, switch; nil for a `for` without one.
    public var condition: Node? {
        switch kind {
        case .doStatement, .forStatement, .binaryConditional: child(1)
        default: child(0)
        }
    }

    /// Body of a loop or switch, or the statement behind a label.
    public var loopBody: Node? {
        switch kind {
        case .whileStatement, .switchStatement: child(1)
        case .forStatement: child(3)
        default: child(0)
        }
    }

    /// First and last value of a case label, to be read with the sign of the promoted condition.
    public var caseRange: (low: BitPattern, high: BitPattern) {
        let low = unit.integer(payloadBase)
        return (low.value, unit.integer(low.next).value)
    }
}

/// One operand of an assembly statement.
public struct AssemblyOperand: Sendable {
    public let name: String
    public let constraint: String
    public let expression: Node
}

/// Assembly statements.
extension Node {
    public var isVolatile: Bool { has(BridgeNodeFlagVolatile) }
    public var isAssemblyGoto: Bool { has(BridgeNodeFlagGoto) }
    public var assemblyText: String { unit.string(payload(0)) }
    public var outputs: [AssemblyOperand] { operands(first: 0, count: Int(payload(1))) }
    public var inputs: [AssemblyOperand] { operands(first: Int(payload(1)), count: Int(payload(2))) }
    public var clobbers: [String] {
        let first = 5 + 2 * Int(payload(1) + payload(2))
        return (0..<Int(payload(3))).map { unit.string(payload(first + $0)) }
    }
    public var assemblyLabels: [Declaration] {
        let first = 5 + 2 * Int(payload(1) + payload(2)) + Int(payload(3))
        return (0..<Int(payload(4))).map { unit.declaration(payload(first + $0)) }
    }

    private func operands(first: Int, count: Int) -> [AssemblyOperand] {
        (first..<first + count).compactMap { index in
            child(index).map {
                AssemblyOperand(
                    name: unit.string(payload(5 + 2 * index)), constraint: unit.string(payload(6 + 2 * index)),
                    expression: $0)
            }
        }
    }
}
