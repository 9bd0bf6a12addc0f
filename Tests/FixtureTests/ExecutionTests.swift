// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ExecutionCheck
import Foundation
import Testing

/// Executions of every fixture stay inside what the analysis says of it.
///
/// `AICHECK_FIRST_SEED` and `AICHECK_SEEDS` choose others, and more of them.
@Suite(.timeLimit(.minutes(20))) struct ExecutionTests {
    static let seeds: Range<UInt64> = {
        let environment = ProcessInfo.processInfo.environment
        let first = environment["AICHECK_FIRST_SEED"].flatMap { UInt64($0) } ?? 0
        return first..<(first + (environment["AICHECK_SEEDS"].flatMap { UInt64($0) } ?? 6))
    }()

    @Test(arguments: try Fixture.all()) func everyStateIsInside(_ fixture: Fixture) throws {
        let check = try Analysed(file: fixture.path).faults(seeds: Self.seeds)
        for fault in check.faults { Issue.record("\(fixture.testDescription): \(fault)") }
        #expect(!check.coverage.nodes.isEmpty)
    }
}
