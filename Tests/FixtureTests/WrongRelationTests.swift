// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import AffineEqualities
import ExecutionCheck
import MemoryCells
import ProgramIR
import Reductions
import Testing

@testable import Analyzer

/// Equalities and segments that are made wrong by hand are found to be wrong by executions.
@Suite struct WrongRelationTests {
    /// A block of a size that is only computed is filled by a loop that counts up and down at once, and then read.
    private static let text = """
        #include <stdlib.h>
        unsigned __ai_any_uint(void);
        static unsigned sum(const int *block, unsigned count)
        {
            unsigned total = 0;
            for (unsigned i = 0; i < count; i++)
                total += block[i];
            return total;
        }
        int main(void)
        {
            unsigned count = 12 + __ai_any_uint() % 50, left = count;
            int *block = malloc(count * sizeof *block);
            if (!block)
                return 1;
            for (unsigned i = 0; left > 0; i++, left--)
                block[i] = 1;
            unsigned total = sum(block, count);
            free(block);
            return total == 3;
        }
        """

    private static let seeds: Range<UInt64> = 0..<12

    /// Every node of the analysis with its state, in order.
    private func nodes(_ analysed: Analysed) -> [(FunctionClone, NodeKey, NodeState)] {
        analysed.analysis.clonesInUse.flatMap { clone in
            clone.nodes.sorted { $0.key < $1.key }.map { (clone, $0.key, $0.value) }
        }
    }

    private func isFound(at place: Int, _ change: (inout NodeState) -> Void) throws -> Bool {
        let analysed = try Analysed(text: Self.text)
        let (clone, key, _) = nodes(analysed)[place]
        change(&clone.nodes[key]!)
        return !analysed.faults(seeds: Self.seeds).faults.isEmpty
    }

    @Test func nothingIsFoundInTheAnalysisItself() throws {
        #expect(try Analysed(text: Self.text).faults(seeds: Self.seeds).faults == [])
    }

    @Test func aPlaceWithAnotherValueIsFound() throws {
        var found = 0
        for (place, (_, _, state)) in nodes(try Analysed(text: Self.text)).enumerated() {
            for (register, value) in state.registers where register >= PlaceTable.first {
                guard case .integer(let range) = value, let upper = range.upper.finite else { continue }
                let isFound = try isFound(at: place) {
                    $0.registers[register] = .integer(IntegerValue(constant: upper + 1))
                }
                found += isFound ? 1 : 0
            }
        }
        #expect(found >= 1)
    }

    @Test func everyEqualityWithAnotherConstantIsFound() throws {
        var related = 0
        for (place, (_, key, state)) in nodes(try Analysed(text: Self.text)).enumerated() {
            for row in state.equalities.rows where row.terms.count >= 2 {
                related += row.terms.count >= 3 ? 1 : 0
                let other = try #require(AffineEquality(row.terms, constant: row.constant + 1))
                let found = try isFound(at: place) {
                    $0.equalities = AffineEqualities()
                    $0.equalities.insert(other)
                }
                #expect(found, "\(key), \(row)")
            }
        }
        #expect(related >= 1)
    }

    /// Inequalities may be far from tight; none says so much less than is true.
    @Test func anInequalityThatIsMuchTooStrongIsFound() throws {
        var found = 0
        for (place, (_, _, state)) in nodes(try Analysed(text: Self.text)).enumerated() {
            for index in state.inequalities.indices {
                found += try isFound(at: place) { $0.inequalities[index].constant += 1 << 40 } ? 1 : 0
            }
        }
        #expect(found >= 1)
    }

    /// Where the block is read a segment may say less than is true, but not where it is filled.
    @Test func aSegmentThatReachesTooFarIsFound() throws {
        var found = 0
        for (place, (_, _, state)) in nodes(try Analysed(text: Self.text)).enumerated() {
            for tag in state.memory.keys {
                let segments = state.memory[tag]?.segments ?? []
                for (index, segment) in segments.enumerated() where !segment.to.isConstant {
                    let isFound = try isFound(at: place) {
                        $0.memory.update(tag) { $0.segments[index].to.constant += 4 }
                    }
                    found += isFound ? 1 : 0
                }
            }
        }
        #expect(found >= 1)
    }
}
