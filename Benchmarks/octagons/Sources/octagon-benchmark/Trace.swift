// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lattices
import Octagons

/// What an analysis does to the states of one function: an outer loop around `loops` inner ones, each with five
/// variables of its own, of which a few meet those of the loop before. The peer's program does the same, call by call.
struct Trace {
    let loops: Int
    var operations = 0
    var rounds = 0

    var dimensions: Int { 1 + 5 * loops }

    init(loops: Int) { self.loops = loops }

    /// Runs the analysis; the result is a sum over the upper bounds at the end, to compare what was computed.
    mutating func run() -> Double {
        var entry = Octagon.top(dimensions: dimensions)
        entry.assign(0, constant: 0)
        var invariant = entry
        var checksum = 0.0
        for round in 0... {
            var body = invariant
            body.assume(.upper(0, 9))
            for loop in 0..<loops { inner(&body, loop) }
            body.assign(0, .plus(0), plus: 1)
            operations += 2
            checksum = (0..<dimensions).reduce(0) { sum, x in
                sum + (body.upperBound(of: .plus(x)).finite.map { Double($0) * Double(x % 5 + 1) } ?? 0.001)
            }
            operations += 1
            if body.isSubset(of: invariant) { break }
            let next = invariant.join(body)
            operations += 1
            if round < 1 {
                invariant = next
            } else {
                invariant = invariant.widening(next: next, thresholds: .none)
                operations += 1
            }
        }
        invariant.assume(.negatedUpper(0, -10))
        operations += 1
        return checksum
    }

    /// `for (i = 0, j = i; i < n; i++) { if (j <= n + 10) j++; k = 2 i - j + 3; }` with n in 0 ... 100 and m = n + 5.
    private mutating func inner(_ state: inout Octagon, _ loop: Int) {
        let i = 1 + 5 * loop, j = i + 1, n = i + 2, m = i + 3, k = i + 4
        state.forget(n)
        state.assume(.negatedUpper(n, 0))
        state.assume(.upper(n, 100))
        state.assign(i, constant: 0)
        state.assign(j, .plus(i), plus: 0)
        state.assign(m, .plus(n), plus: 5)
        operations += 6
        var invariant = state
        for round in 0... {
            rounds += 1
            var then = invariant
            then.assume(.difference(i, n, -1))
            var otherwise = then
            then.assume(.difference(j, n, 10))
            then.assign(j, .plus(j), plus: 1)
            otherwise.assume(.difference(n, j, -11))
            var end = then.join(otherwise)
            end.assign(i, .plus(i), plus: 1)
            end.assign(k, OctagonLinearForm(terms: [(2, i), (-1, j)], lower: 3, upper: 3)!)
            operations += 8
            if end.isSubset(of: invariant) { break }
            let next = invariant.join(end)
            operations += 1
            if round < 1 {
                invariant = next
            } else {
                invariant = invariant.widening(next: next, thresholds: .none)
                operations += 1
            }
        }
        invariant.assume(.difference(n, i, 0))
        operations += 1
        if loop > 0 && loop % 4 == 1 {
            invariant.assume(.difference(i, i - 5, 200))
            operations += 1
        }
        state = invariant
    }
}

func measureTraces(loops: [Int]) {
    for count in loops {
        var best = Double.infinity
        var last = Trace(loops: count)
        var checksum = 0.0
        let start = processorTime()
        var repetitions = 0
        while repetitions < 3 || processorTime() - start < 0.4 {
            var trace = Trace(loops: count)
            let before = processorTime()
            checksum = trace.run()
            best = min(best, processorTime() - before)
            last = trace
            repetitions += 1
        }
        report(
            "trace", last.dimensions, best * 1e9 / Double(last.operations),
            "operations=\(last.operations) rounds=\(last.rounds) bounds=\(checksum)")
    }
}
