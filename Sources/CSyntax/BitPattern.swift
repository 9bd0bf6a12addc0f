// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A number of a fixed width in bits, without a sign of its own: the type it belongs to says how to read it.
public struct BitPattern: Hashable, Sendable {
    public let width: Int
    /// 64-bit limbs, low first; bits beyond the width are 0.
    public let limbs: [UInt64]

    public init(width: Int, limbs: [UInt64]) {
        self.width = width
        self.limbs = limbs
    }

    /// The bits as an unsigned number; nil if it needs more than 128 bits.
    public var unsigned: UInt128? {
        guard limbs.dropFirst(2).allSatisfy({ $0 == 0 }) else { return nil }
        return UInt128(limbs.first ?? 0) | UInt128(limbs.count > 1 ? limbs[1] : 0) << 64
    }

    /// The bits in two's complement; nil if the width is over 128.
    public var signed: Int128? {
        guard width <= 128, let unsigned else { return nil }
        guard width > 0 else { return 0 }
        let shift = 128 - width
        return Int128(truncatingIfNeeded: unsigned << shift) >> shift
    }

    /// The number read as signed or unsigned; nil if it does not fit Int128.
    public func value(signed isSigned: Bool) -> Int128? {
        isSigned ? signed : unsigned.flatMap { Int128(exactly: $0) }
    }
}
