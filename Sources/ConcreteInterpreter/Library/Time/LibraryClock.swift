// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// The time that a program is told: it starts on 2000-01-01 at 00:00:00 UTC, and only sleeping makes it pass. So an
/// execution is the same whenever it takes place. The processor time used is always 0.
struct LibraryClock {
    static let start: Int64 = 946_684_800
    static let second: Int64 = 1_000_000_000

    /// Nanoseconds slept since the start.
    private(set) var slept: Int64 = 0

    mutating func sleep(seconds: Int64, nanoseconds: Int64 = 0) {
        let (duration, overflows) = seconds.multipliedReportingOverflow(by: Self.second)
        let sum = slept.addingReportingOverflow(duration)
        if !overflows, !sum.overflow { slept = sum.partialValue &+ nanoseconds }
    }

    var seconds: Int64 { Self.start + slept / Self.second }
    var nanoseconds: Int64 { slept % Self.second }
}
