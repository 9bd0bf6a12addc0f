// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// SplitMix64. The seed is taken from `AICHECK_SEED` if set, else from the clock, and printed, so that a failing run
/// can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    static let seed: UInt64 = {
        let given = ProcessInfo.processInfo.environment["AICHECK_SEED"].flatMap { UInt64($0) }
        let seed = given ?? UInt64(Date().timeIntervalSince1970 * 1000)
        print("AICHECK_SEED=\(seed)")
        return seed
    }()

    private var state: UInt64

    /// Each test has a stream of its own, so that tests may run in any order.
    init(stream: UInt64) { state = SeededGenerator.seed &+ stream &* 0x9E37_79B9_7F4A_7C15 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// An integer whose magnitude is spread over all widths, often at a power of two.
    mutating func integer(maximumBits: Int = 127) -> Int128 {
        let bits = Int.random(in: 0...maximumBits, using: &self)
        let word = Int128(truncatingIfNeeded: next()) << 64 | Int128(next())
        let mask = bits >= 127 ? Int128.max : (Int128(1) << bits) - 1
        var value = word & mask
        if Int.random(in: 0..<3, using: &self) == 0 && bits < 127 {
            value = (Int128(1) << bits) + Int128(Int.random(in: -2...2, using: &self))
        }
        return Bool.random(using: &self) ? value : -value
    }
}
