// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Reporting
import Testing

@testable import ai_check

@Suite struct PipelinePartTests {
    /// Calls of the analysed program nest in calls of the analysis.
    @Test func theLargeStackIsLarge() throws {
        func depth(_ levels: Int) -> Int { levels == 0 ? 0 : 1 + depth(levels - 1) }
        let levels = 2_000_000
        #expect(try withLargeStack { () throws(PipelineError) in depth(levels) } == levels)
    }

    @Test func theLargeStackPassesErrorsOn() {
        #expect {
            try withLargeStack { () throws(PipelineError) -> Int in throw .input("no") }
        } throws: { error in
            if case .input("no")? = error as? PipelineError { true } else { false }
        }
    }

    @Test func messagesSayWhatWhereAndWhy() {
        let plain = ObligationMessage(kind: .divisionByZero, expression: nil, libraryFunction: nil, macro: nil)
        #expect(plain.text(.alarm, finding: nil) == "not excluded: the divisor is 0")
        #expect(plain.text(.alarm, finding: "it is in [0, 7]") == "not excluded: the divisor is 0; it is in [0, 7]")
        #expect(plain.text(.proved, finding: "ignored") == "never happens: the divisor is 0")
        let model = ObligationMessage(
            kind: .outOfBoundsWrite, expression: "*p", libraryFunction: "strcpy", macro: "COPY")
        #expect(
            model.text(.error, finding: nil)
                == "happens whenever execution comes here: a write outside of the object in `*p`, in what strcpy does "
                + "(expansion of COPY)")
    }
}
