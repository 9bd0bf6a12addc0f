// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ExecutionCheck
import ProgramIR

extension CertifiedAnalysis {
    /// The final verdicts, to be held against executions.
    func verdicts(of program: Program) -> Verdicts {
        Verdicts(
            of: program,
            obligations.map { obligation in
                switch obligation.verdict {
                case .proved: .proved
                case .unreachable: .unreachable
                case .unproved: .unproved
                }
            },
            alwaysFailing: Set(findings.filter { $0.value.alwaysFails }.map { Int32($0.key) }))
    }
}
