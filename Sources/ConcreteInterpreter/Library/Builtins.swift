// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Compiler builtins whose result the analysis leaves open. Each is declared with the type of its argument.
extension HostLibrary {
    static let builtins: [String: HostFunction] =
        counts([("", 32), ("l", 64), ("ll", 64)])

    private static func counts(_ variants: [(suffix: String, bits: Int)]) -> [String: HostFunction] {
        var result: [String: HostFunction] = [:]
        for (suffix, bits) in variants {
            func define(_ name: String, _ count: @escaping @Sendable (UInt64) -> Int) {
                let function: HostFunction = { _, arguments throws(Stop) -> Value? in
                    let mask = UInt64.max >> UInt64(64 - bits)
                    return .integer(Int128(count(UInt64(truncatingIfNeeded: arguments.integer(0)) & mask)))
                }
                result["__builtin_" + name + suffix] = function
            }
            define("clz") { $0.leadingZeroBitCount - (64 - bits) }
            define("ctz") { $0.trailingZeroBitCount }
            define("popcount") { $0.nonzeroBitCount }
            define("parity") { $0.nonzeroBitCount & 1 }
            define("ffs") { $0 == 0 ? 0 : $0.trailingZeroBitCount + 1 }
            define("clrsb") { number in
                // Bits behind the sign bit that equal it.
                let shifted = number << UInt64(64 - bits)
                let same = Int64(bitPattern: shifted) < 0 ? ~shifted : shifted
                return min(same.leadingZeroBitCount, bits) - 1
            }
        }
        return result
    }
}
