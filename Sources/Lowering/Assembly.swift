// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Inline assembly: its operands are evaluated, what it writes becomes any value.
extension FunctionLowering {
    func assembly(_ node: Node) {
        let site = site(node)
        let outputs = node.outputs.map { (operand: $0, place: place($0.expression)) }
        for (operand, place) in outputs where operand.constraint.hasPrefix("+") { _ = load(place, site: site) }
        for input in node.inputs {
            if input.expression.isLValue && input.expression.kind != .cast {
                _ = place(input.expression)
            } else {
                discard(input.expression)
            }
        }
        let isEmpty = node.assemblyText.allSatisfy(\.isWhitespace)
        if !isEmpty {
            program.noteUnsupported("inline assembly", at: site)
            checkUnsupported(site: site)
        }
        let statement =
            "The inline assembly writes its outputs and what its clobbers name, and nothing else; it returns to the statement behind it or to a label it names."
        let writesMemory = node.clobbers.contains("memory") || node.inputs.contains { $0.constraint.contains("m") }
        if isEmpty {
            // An optimisation barrier: no instruction, so nothing changes but outputs bound to no input.
        } else if writesMemory {
            _ = havocMemory(.inlineAssembly, statement, type: nil, site: site)
        } else {
            _ = program.builder.assumption(.inlineAssembly, statement, site: site)
        }
        for (operand, place) in outputs {
            if isEmpty && operand.constraint.hasPrefix("+") { continue }
            switch place {
            case .register(_, let type):
                if let scalar = type.scalarType { store(havoc(scalar, site: site), to: place, site: site) }
            case .memory(let memory):
                if let cell = memory.cell {
                    store(havoc(cell, site: site), to: place, site: site)
                } else {
                    scrambleAll(memory, site: site)
                }
            }
        }
        guard node.isAssemblyGoto else { return }
        for label in node.assemblyLabels {
            let next = newBlock()
            branch(havoc(.unsigned(1), site: site), labelBlock(label), next, site: site)
            begin(next, site: site)
        }
    }
}
