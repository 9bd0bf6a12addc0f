// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// The cases of a switch that is being lowered.
struct SwitchDraft {
    var type: IntegerType
    var cases: [(lower: Int128, upper: Int128, block: Int)] = []
    var defaultBlock: Int?
    /// False if some case has a value that the intermediate form does not.
    var isRepresented = true
}

/// switch (C11 6.8.4.2). Its labels may stand anywhere in the body; empty ranges select nothing.
extension FunctionLowering {
    func switchStatement(_ node: Node) {
        let site = site(node)
        guard let selector = node.child(0), let type = selector.type.integerType else {
            _ = unsupported("switch", at: node.location)
            return
        }
        let value = fullExpression(selector) { rvalue(selector) }
        let head = current, end = newBlock()
        beginDeadCode()
        let isOpen = blocks[head].terminator == nil
        switches.append(SwitchDraft(type: type))
        jumpTargets.append(JumpTargets(breakBlock: end, continueBlock: nil))
        if let body = node.child(1) { substatement(body) }
        jumpTargets.removeLast()
        let draft = switches.removeLast()
        jump(to: end, site: site)
        if isOpen {
            current = head
            if !draft.isRepresented { _ = unsupported("case of 2^127 or more", at: node.location) }
            let cases = draft.cases.filter { $0.lower <= $0.upper }.sorted { $0.lower < $1.lower }
            blocks[current].terminator = DraftTerminator(
                kind: .switch, operand: value, targets: cases.map(\.block) + [draft.defaultBlock ?? end],
                cases: cases.map { ($0.lower, $0.upper) }, site: site)
        }
        begin(end, site: site)
    }

    func caseStatement(_ node: Node) {
        let block = newBlock()
        begin(block, site: site(node))
        if !switches.isEmpty {
            if node.kind == .defaultStatement {
                switches[switches.count - 1].defaultBlock = block
            } else {
                let range = node.caseRange
                let isSigned = switches[switches.count - 1].type.isSigned
                if let low = range.low.value(signed: isSigned), let high = range.high.value(signed: isSigned) {
                    switches[switches.count - 1].cases.append((low, high, block))
                } else {
                    // Immediates of the intermediate form are signed.
                    switches[switches.count - 1].isRepresented = false
                }
            }
        }
        if let inner = node.child(0) { statement(inner) }
    }
}
