// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR
import Testing

/// Whether two pointers have one base, which models ask: one name decides it if it names one object.
@Suite struct BaseComparisonTests {
    /// Whether the assertion in `f` is proved, which calls itself by `call`.
    private func isProved(_ assertion: String, call: String) throws -> [Bool] {
        let analysed = try Analysed(
            text: """
                _Bool __ai_same_object(const void *, const void *);
                void __ai_assert(_Bool);
                int __ai_any_int(void);
                int global;
                static void f(int n) { int x = n, y = n; \(call) __ai_assert(\(assertion)); (void)x; (void)y; }
                int main(void) { f(__ai_any_int() & 7); return 0; }
                """)
        let table = ObligationTable(of: analysed.program)
        let assertions = table.obligations.indices.filter { table.obligations[$0].kind == .assertion }
        return assertions.map { analysed.verdicts[$0] == .proved }
    }

    @Test func onceAndInARecursion() throws {
        let recursion = "if (n > 0) f(n - 1);"
        for (assertion, once, inside) in [
            ("__ai_same_object(&x, &x)", true, false), ("__ai_same_object(&global, &global)", true, true),
            ("__ai_same_object(f, f)", true, true), ("__ai_same_object(0, 0)", true, true),
            ("!__ai_same_object(&x, &y)", true, true),
        ] {
            #expect(try isProved(assertion, call: "") == [once], "\(assertion)")
            #expect(try isProved(assertion, call: recursion) == [inside], "\(assertion)")
        }
    }
}
