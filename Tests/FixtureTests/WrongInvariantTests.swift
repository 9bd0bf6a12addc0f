// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ExecutionCheck
import Intervals
import MemoryCells
import ProgramIR
import Reductions
import Testing

@testable import Analyzer

/// Invariants and verdicts that are made wrong by hand are found to be wrong by executions.
@Suite struct WrongInvariantTests {
    /// Calls, a loop that is not unrolled, pointers of two targets, heap, memory that callees change.
    private static let text = """
        #include <stdlib.h>
        int __ai_any_int(void);
        unsigned __ai_any_uint(void);
        static int x, y, counts[40];
        static void count(int *p, unsigned i) { if (p) counts[i] += 1; }
        static unsigned twice(unsigned n) { return 2 * n; }
        int main(void)
        {
            int *p = __ai_any_int() > 0 ? &x : &y;
            int *cell = malloc(sizeof *cell);
            unsigned bound = __ai_any_uint() % 30;
            for (unsigned i = 0; i < bound; i++)
                count(p, i);
            if (cell) {
                *cell = (int)twice(bound);
                if (*cell > 10)
                    x = *cell;
                free(cell);
            }
            return 100 / (x - 12);
        }
        """

    private static let seeds: Range<UInt64> = 0..<12

    private func isFound(_ change: (Analysed) throws -> Void) throws -> Bool {
        let analysed = try Analysed(text: Self.text)
        try change(analysed)
        return !analysed.faults(seeds: Self.seeds).faults.isEmpty
    }

    /// Every node of the analysis with its state, in order.
    private func nodes(_ analysed: Analysed) -> [(FunctionClone, NodeKey, NodeState)] {
        analysed.analysis.clonesInUse.flatMap { clone in
            clone.nodes.sorted { $0.key < $1.key }.map { (clone, $0.key, $0.value) }
        }
    }

    @Test func nothingIsFoundInTheAnalysisItself() throws {
        let check = try Analysed(text: Self.text).faults(seeds: Self.seeds)
        #expect(check.faults == [])
        // Executions reach all that there is, so that each of the changes below can be seen.
        #expect(check.coverage.clones.count == (try Analysed(text: Self.text).analysis.clonesInUse.count))
        #expect(check.coverage.wholeCalls > 0)
    }

    @Test func everyNarrowedIntervalIsFound() throws {
        var changes = 0
        for (place, (_, key, state)) in nodes(try Analysed(text: Self.text)).enumerated() {
            // What places say counts only while there is an object: WrongRelationTests.
            for (register, value) in state.registers where register < PlaceTable.first {
                guard case .integer(let range) = value, let upper = range.upper.finite, upper < 100 else { continue }
                changes += 1
                // Nothing but what is too much by one from the top.
                let found = try isFound { analysed in
                    let (clone, _, _) = nodes(analysed)[place]
                    clone.nodes[key]?.registers[register] = .integer(.range(upper + 1, upper + 1))
                }
                #expect(found, "\(key), register \(register)")
            }
        }
        #expect(changes >= 3)
    }

    @Test func aBoundThatIsTooSmallByOneIsFound() throws {
        let found = try isFound { analysed in
            let loop = nodes(analysed).first { _, _, state in
                state.registers.values.contains {
                    if case .integer(let range) = $0 { range.upper.finite == 29 } else { false }
                }
            }
            let (clone, key, state) = try #require(loop)
            for (register, value) in state.registers {
                guard case .integer(let range) = value, range.upper.finite == 29 else { continue }
                let narrowed = IntegerValue(range.lower, IntegerValue(constant: 3).upper)
                clone.nodes[key]?.registers[register] = .integer(narrowed)
            }
        }
        #expect(found)
    }

    @Test func everyRelationThatIsTooStrongIsFound() throws {
        var changes = 0
        for (place, (_, key, state)) in nodes(try Analysed(text: Self.text)).enumerated() {
            for (pair, bound) in state.relations.constraints {
                changes += 1
                let found = try isFound { analysed in
                    let (clone, _, _) = nodes(analysed)[place]
                    clone.nodes[key]?.relations.assume(pair, atMost: bound - 1000)
                }
                #expect(found, "\(key), \(pair)")
            }
        }
        #expect(changes >= 1)
    }

    @Test func aDroppedTargetIsFound() throws {
        var changes = 0
        for (place, (_, key, state)) in nodes(try Analysed(text: Self.text)).enumerated() {
            for (register, value) in state.registers {
                guard case .pointer(let targets) = value, targets.count == 2 else { continue }
                for entry in targets.entries {
                    changes += 1
                    let found = try isFound { analysed in
                        let (clone, _, _) = nodes(analysed)[place]
                        clone.nodes[key]?.registers[register] = .pointer(targets.removing(base: entry.base))
                    }
                    #expect(found, "\(key), register \(register), tag \(entry.base)")
                }
            }
        }
        #expect(changes >= 4)
    }

    @Test func aWrongCellIsFound() throws {
        let found = try isFound { analysed in
            for (clone, key, state) in nodes(analysed) {
                for tag in state.memory.keys {
                    clone.nodes[key]?.memory.update(tag) { object in
                        for index in object.cells.indices where object.cells[index].type == .signed(32) {
                            object.cells[index].value = .integer(IntegerValue(constant: 77))
                        }
                    }
                }
            }
        }
        #expect(found)
    }

    /// Of extended80 a state has more numbers than the bounds of an invariant can name.
    @Test func aWrongBoundOfALongDoubleIsFound() throws {
        let text = """
            int __ai_any_int(void);
            static long double x = 1.25L;
            int main(void) { while (__ai_any_int() % 4) x = x * 3; x = 1.25L; while (__ai_any_int() % 4) {} return x > 1; }
            """
        func faults(_ range: FloatInterval) throws -> [String] {
            let analysed = try Analysed(text: text)
            var changed = 0
            for (clone, key, state) in nodes(analysed) {
                for tag in state.memory.keys {
                    clone.nodes[key]?.memory.update(tag) { object in
                        for index in object.cells.indices where object.cells[index].type == .float(.extended80) {
                            object.cells[index].value = .float(range)
                            changed += 1
                        }
                    }
                }
            }
            #expect(changed > 0)
            return analysed.faults(seeds: Self.seeds).faults
        }
        #expect(try faults(FloatInterval(1.25, .greatestFiniteMagnitude, format: .binary64)) == [])
        #expect(try faults(FloatInterval((1.25).nextUp, .infinity, format: .binary64)) != [])
        #expect(try faults(FloatInterval(-1, (1.25).nextDown, format: .binary64)) != [])
    }

    @Test func wrongInitialisationAndLifetimesAreFound() throws {
        let changes: [(inout ObjectMemory) -> Void] = [
            { if $0.alive != nil { $0.raws = []; $0.initialised = [.init(bits: 0..<32)] } },
            { $0.raws = [.init(bits: 0..<8)] },
            { $0.fills = [.init(bits: 0..<8, byte: 0xab)] },
            { if $0.size != nil { $0.size = IntegerValue(constant: 5) } },
            { if $0.alive != nil { $0 = .nonexistent } },
        ]
        for (number, change) in changes.enumerated() {
            let found = try isFound { analysed in
                for (clone, key, state) in nodes(analysed) {
                    for tag in state.memory.keys { clone.nodes[key]?.memory.update(tag, change) }
                }
            }
            #expect(found, "change \(number)")
        }
    }

    @Test func aNodeAndAReturnThatAreLeftOutAreFound() throws {
        for place in nodes(try Analysed(text: Self.text)).indices {
            let found = try isFound { analysed in
                let (clone, key, _) = nodes(analysed)[place]
                clone.nodes[key] = nil
            }
            #expect(found, "node \(place)")
        }
        for place in try Analysed(text: Self.text).analysis.clonesInUse.indices.dropFirst() {
            let found = try isFound { $0.analysis.clonesInUse[place].exit = nil }
            #expect(found, "return of clone \(place)")
        }
    }

    @Test func aWrongResultIsFound() throws {
        let found = try isFound { analysed in
            for clone in analysed.analysis.clonesInUse {
                let function = analysed.program.functions[Int(clone.function)]
                guard function.name == "twice" else { continue }
                clone.exit?.registers[Register(function.registers.count)] = .integer(IntegerValue(constant: 1))
            }
        }
        #expect(found)
    }

    @Test func aFalseVerdictIsFound() throws {
        let analysed = try Analysed(text: Self.text)
        let table = ObligationTable(of: analysed.program)
        let unproved = table.obligations.indices.first { id in
            let obligation = table.obligations[id]
            return obligation.kind == .divisionByZero && analysed.verdicts[id] == .unproved
                && analysed.program.functions[Int(obligation.function)].name == "main"
        }
        let division = try #require(unproved)
        var verdicts = analysed.verdicts
        verdicts[division] = .proved
        #expect(!analysed.faults(seeds: 0..<100, verdicts: verdicts).faults.isEmpty)
        verdicts[division] = .unreachable
        #expect(!analysed.faults(seeds: Self.seeds, verdicts: verdicts).faults.isEmpty)
    }
}
