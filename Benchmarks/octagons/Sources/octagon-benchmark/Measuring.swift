// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc

/// SplitMix64, as in the peer's program: both measure the same octagons.
struct Generator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func next(below limit: Int) -> Int { Int(next() % UInt64(limit)) }
}

/// Processor time of this process in seconds.
func processorTime() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// Nanoseconds per call: the best of a few batches, each long enough for the clock.
func measure(_ body: () -> Void) -> Double {
    body()
    var best = Double.infinity
    var repetitions = 1
    for _ in 0..<4 {
        while true {
            let start = processorTime()
            for _ in 0..<repetitions { body() }
            let elapsed = processorTime() - start
            if elapsed >= 0.03 {
                best = min(best, elapsed * 1e9 / Double(repetitions))
                break
            }
            repetitions = elapsed < 0.002 ? repetitions * 10 : Int(Double(repetitions) * 0.036 / elapsed) + 1
        }
    }
    return best
}

/// One line of the result: library, operation, dimensions, nanoseconds, and a word about what was computed.
func report(_ operation: String, _ dimensions: Int, _ nanoseconds: Double, _ detail: String = "") {
    print("octagons\t\(operation)\t\(dimensions)\t\((nanoseconds * 10).rounded() / 10)\t\(detail)")
}

/// Keeps a result from being optimised away.
@inline(never) @_optimize(none)
func use<Value>(_ value: borrowing Value) {}
