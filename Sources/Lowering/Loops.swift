// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// while, do and for (C11 6.8.5).
extension FunctionLowering {
    func whileStatement(_ node: Node) {
        let site = site(node)
        let (head, body, end) = (newBlock(), newBlock(), newBlock())
        begin(head, site: site)
        if let test = node.condition { fullCondition(test, body, end) }
        begin(body, site: site)
        loopBody(node.child(1), JumpTargets(breakBlock: end, continueBlock: head))
        jump(to: head, site: site)
        begin(end, site: site)
    }

    func doStatement(_ node: Node) {
        let site = site(node)
        let (body, test, end) = (newBlock(), newBlock(), newBlock())
        begin(body, site: site)
        loopBody(node.child(0), JumpTargets(breakBlock: end, continueBlock: test))
        begin(test, site: site)
        if let test = node.condition { fullCondition(test, body, end) }
        begin(end, site: site)
    }

    func forStatement(_ node: Node) {
        let site = site(node)
        // The declarations of the head have a scope of their own (C11 6.8.5p5).
        inScope(site: site) {
            if let start = node.child(0) { statement(start) }
            let (head, body, step, end) = (newBlock(), newBlock(), newBlock(), newBlock())
            begin(head, site: site)
            if let test = node.condition { fullCondition(test, body, end) }
            begin(body, site: site)
            loopBody(node.child(3), JumpTargets(breakBlock: end, continueBlock: step))
            begin(step, site: site)
            if let next = node.child(2) { fullExpression(next) { discard(next) } }
            jump(to: head, site: site)
            begin(end, site: site)
        }
    }

    private func loopBody(_ node: Node?, _ targets: JumpTargets) {
        jumpTargets.append(targets)
        if let node { substatement(node) }
        jumpTargets.removeLast()
    }
}
