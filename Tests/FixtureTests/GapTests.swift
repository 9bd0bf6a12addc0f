// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import CertificateChecker
import CertificateEmitter
import Foundation
import Lowering
import MemoryCells
import ProgramIR
import Reductions
import Testing

@testable import Analyzer

/// The emitter believes no invariant: one that does not hold is given up, with the proofs that need it, and what is left is
/// a certificate that the checker accepts.
@Suite struct GapTests {
    /// What main's loop, its callee and its heap object are known to be is what the proofs need.
    private static let text = """
        #include <stdlib.h>
        unsigned __ai_any_uint(void);
        static int counts[40];
        static unsigned twice(unsigned n) { return 2 * n; }
        int main(void)
        {
            unsigned bound = __ai_any_uint() % 20, length = bound + 1;
            char *text = malloc(length);
            if (!text)
                return 1;
            for (unsigned i = 0; i < bound; i++) {
                counts[i] = (int)i;
                text[0] = 'a';
            }
            counts[twice(bound)] = text[0];
            free(text);
            return 0;
        }
        """

    private struct Outcome {
        var gaps: Int
        var proved: Int
    }

    /// Analyses, changes what was found, and has that certified.
    private func outcome(_ change: (ProgramAnalysis) -> Int) throws -> (Outcome, changes: Int) {
        let path = "/virtual/gaps.c"
        let unit = try parseTranslationUnit(
            CompileCommand(file: path, flags: ["-std=gnu17"], directory: "/"),
            virtualFiles: [VirtualFile(path: path, text: Self.text)])
        let program = try lower(units: [unit]).program
        let analysis = ProgramAnalysis(program)
        analysis.run()
        let changes = change(analysis)
        let emission = emit(analysis)
        let claims = try check(program: program.encoded(), certificate: emission.certificate)
        return (Outcome(gaps: emission.gaps, proved: claims.obligations.count { $0.verdict == .proved }), changes)
    }

    /// Changes the registers of every node and the result of every clone.
    private static func registers(
        _ analysis: ProgramAnalysis, _ change: (AbstractValue) -> AbstractValue?
    ) -> Int {
        var changes = 0
        func apply(_ state: inout NodeState) {
            for (register, value) in state.registers {
                guard let changed = change(value) else { continue }
                state.registers[register] = changed
                changes += 1
            }
        }
        for clone in analysis.clonesInUse {
            for key in clone.nodes.keys where key != clone.entryNode || clone.id != analysis.clonesInUse[0].id {
                apply(&clone.nodes[key]!)
            }
            if clone.exit != nil { apply(&clone.exit!) }
        }
        return changes
    }

    private static func memory(_ analysis: ProgramAnalysis, _ change: (inout ObjectMemory) -> Bool) -> Int {
        var changes = 0
        for clone in analysis.clonesInUse {
            for key in clone.nodes.keys {
                for tag in clone.nodes[key]!.memory.keys {
                    clone.nodes[key]!.memory.update(tag) { if change(&$0) { changes += 1 } }
                }
            }
        }
        return changes
    }

    @Test func whatHoldsHasNoGaps() throws {
        let (outcome, _) = try outcome { _ in 0 }
        #expect(outcome.gaps == 0)
    }

    /// Bounds of loop counters, arguments and results, each lowered by so much.
    @Test(arguments: [1, 2, 18] as [Int128]) func boundsThatDoNotHold(_ excess: Int128) throws {
        let right = try outcome { _ in 0 }
        let (wrong, changes) = try outcome { analysis in
            Self.registers(analysis) { value in
                guard case .integer(let range) = value, let upper = range.upper.finite, upper >= 18, upper < 100 else {
                    return nil
                }
                return .integer(IntegerValue(range.lower, IntegerValue(constant: upper - excess).upper))
            }
        }
        #expect(changes > 0)
        #expect(wrong.gaps > 0)
        #expect(wrong.proved < right.0.proved)
    }

    /// Sizes of heap objects.
    @Test func sizesThatDoNotHold() throws {
        let right = try outcome { _ in 0 }
        let (wrong, changes) = try outcome { analysis in
            Self.memory(analysis) { object in
                guard object.size != nil else { return false }
                object.size = IntegerValue(constant: 500)
                return true
            }
        }
        #expect(changes > 0)
        #expect(wrong.gaps > 0)
        // What is lost with them the exact sizes may show all the same.
        #expect(wrong.proved <= right.0.proved)
    }
}
