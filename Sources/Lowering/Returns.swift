// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// The ways out of a function (C11 6.8.6.4, 6.9.1p12).
extension FunctionLowering {
    func returnStatement(_ node: Node) {
        let site = site(node)
        var terminator = DraftTerminator(kind: .return, site: site)
        if let value = node.child(0) {
            if value.type.isVoid {
                fullExpression(value) { discard(value) }
            } else if value.type.isAggregate {
                fullExpression(value) { returnAggregate(value, site: site) }
            } else {
                let result = makesTemporary(value) ? fullValue(value) : rvalue(value)
                if signature?.result != nil { terminator.operand = result }
            }
        } else if let signature, signature.returnsValue {
            terminator.operand = missingValue(signature, site: site)
        }
        if !neverReturns(site: site) { terminate(terminator) }
        beginDeadCode()
    }

    private func returnAggregate(_ value: Node, site: SiteID) {
        let source = aggregate(value)
        guard let resultAddress else { return }
        copy(
            integer(Int128(value.type.size)), from: source, to: MemoryPlace(base: resultAddress, type: value.type),
            site: site)
    }

    /// C11 6.7.4p8: what is declared _Noreturn, here or in another unit, must not return, whoever calls it and however.
    func neverReturns(site: SiteID) -> Bool {
        guard let declaration, program.isDeclaredNoReturn(declaration) else { return false }
        check(.missingReturn, integer(0), site: site)
        terminate(DraftTerminator(kind: .halt, site: site))
        return true
    }

    /// C11 6.9.1p12: undefined if the caller uses the value, which nobody knows here.
    func missingValue(_ signature: Signature, site: SiteID) -> Operand {
        check(.missingReturn, havoc(.unsigned(1), site: site), site: site)
        return signature.result.map { havoc($0, site: site) } ?? .none
    }
}

extension Signature {
    var returnsValue: Bool { result != nil || returnsThroughMemory }
}

extension ProgramLowering {
    func isDeclaredNoReturn(_ function: Declaration) -> Bool {
        function.isNoReturn || (function.linkage == .external && symbolsThatNeverReturn.contains(function.symbol))
    }
}
