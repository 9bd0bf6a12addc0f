// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Testing

/// Programs with one piece of undefined behaviour each: the interpreter stops at it, at the same place and for the same
/// reason as sanitizers and valgrind. Where these do not, `PlantedFault.missedBy` says why.
///
/// AICHECK_PLANTED=FIRST-LAST takes other seeds for what is around each fault.
@Suite struct PlantedFaultTests {
    static let seeds: [UInt64] = {
        let ends = (ProcessInfo.processInfo.environment["AICHECK_PLANTED"] ?? "").split(separator: "-")
            .compactMap { UInt64($0) }
        return Array(ends.count == 2 ? ends[0]...ends[1] : 1...1)
    }()

    @Test(arguments: PlantedFault.all) func isFoundWhereItIs(fault: PlantedFault) throws {
        for seed in Self.seeds {
            let number = fault.name.utf8.reduce(UInt64(7)) { ($0 &* 31) &+ UInt64($1) }
            var surroundings = Surroundings(seed: number &+ seed)
            let (text, line) = surroundings.program(around: fault)
            let program = try FaultyProgram(text)
            let found = try program.interpreted()
            #expect(found.kind == fault.kind && found.line == line, "seed \(seed), line \(line): \(found)\n\(text)")
            for tool in Tool.allCases {
                let opinion = try program.opinion(of: tool)
                if let reason = fault.missedBy[tool] {
                    #expect(!agrees(opinion, fault, line), "\(tool.rawValue) finds it although \(reason)")
                } else {
                    #expect(
                        agrees(opinion, fault, line),
                        "seed \(seed), \(tool.rawValue), line \(line): \(opinion)\n\(text)")
                    // valgrind lets the program go on.
                    #expect(opinion.output.hasPrefix(found.output), "seed \(seed), \(tool.rawValue)")
                }
            }
        }
    }

    private func agrees(_ opinion: Opinion, _ fault: PlantedFault, _ line: Int) -> Bool {
        guard let kind = opinion.kind, opinion.line == line else { return false }
        // Sanitizers do not always say whether an index out of bounds is read or written.
        return kind == fault.kind || (kind == "out-of-bounds" && fault.kind.hasPrefix("out-of-bounds"))
    }
}
