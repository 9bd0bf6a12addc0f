// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// `x + y`, `x - y`, `-x + y` or `-x - y` of two registers: what an octagon bounds. Of a pointer the offset counts.
public struct RegisterPair: Hashable, Sendable {
    /// Less than `second`.
    public var first: Register
    public var second: Register
    /// 1 or -1.
    public var firstSign: Int8
    public var secondSign: Int8

    init(_ first: Register, _ firstSign: Int8, _ second: Register, _ secondSign: Int8) {
        (self.first, self.firstSign, self.second, self.secondSign) =
            first < second ? (first, firstSign, second, secondSign) : (second, secondSign, first, firstSign)
    }
}
