// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Bitwise operators on infinite two's complement (6.1).
///
/// *Sound:* for b >= 0, 0 <= a & b <= b; a & (2^k - 1) is a modulo 2^k; for a, b >= 0, both a | b and a ^ b are
/// at most a + b and need no bit above those of a and b, and a | b is at least each of them.
extension Execution {
    mutating func bitwiseAnd(_ first: LinearForm, _ second: LinearForm, _ type: ScalarType) throws(CheckFailure)
        -> LinearForm
    {
        var (a, b) = (first, second)
        var mode = try reader.byte()
        if mode == 4 {
            swap(&a, &b)
            mode = try reader.byte()
        }
        switch mode {
        case 0: return try fresh(type.range, 0)
        case 1:
            let low = try lower(a)
            guard low.bound >= 0 else { throw unjustified("an operand is not shown not to be negative") }
            var result = try masked(b)
            result.label = try labels.union(result.label, low.label)
            if try reader.flag() {
                let high = try finiteUpper(a)
                result.label = try labels.union(result.label, high.label)
                if high.bound < result.upper { result.upper = high.bound }
            }
            return try fresh(Bounds(lower: 0, upper: result.upper), result.label)
        case 2:
            guard b.isConstant, b.constant < .max, let bits = exponentOfTwo(b.constant + 1), bits >= 1 else {
                throw unjustified("an operand is not 2^k - 1")
            }
            return try wrap(a, ScalarType(kind: .integer, bits: bits, isSigned: false))
        case 3:
            let low = try lower(b)
            let high = try finiteUpper(b)
            guard low.bound >= 0 else { throw unjustified("a mask is not shown not to be negative") }
            return try fresh(Bounds(lower: 0, upper: high.bound), try labels.union(high.label, low.label))
        default: throw CheckFailure(.malformed, "a hint of and has mode \(mode)")
        }
    }

    /// Reads upper and lower bound of a mask, which must not be negative.
    private mutating func masked(_ b: LinearForm) throws(CheckFailure) -> (upper: Int128, label: Int) {
        let (high, low) = (try finiteUpper(b), try lower(b))
        guard low.bound >= 0 else { throw unjustified("a mask is not shown not to be negative") }
        return (high.bound, try labels.union(high.label, low.label))
    }

    mutating func bitwiseOr(_ a: LinearForm, _ b: LinearForm, isExclusive: Bool, _ type: ScalarType)
        throws(CheckFailure) -> LinearForm
    {
        let mode = try reader.byte()
        switch mode {
        case 0: return try fresh(type.range, 0)
        case 1:
            let box = try box(a, b)
            guard box.a.lower >= 0, box.b.lower >= 0 else {
                throw unjustified("an operand is not shown not to be negative")
            }
            let larger = box.a.upper > box.b.upper ? box.a.upper : box.b.upper
            var top: Int128 = 0
            while top < larger {
                guard top <= Int128.max / 2 else { throw .overflow }
                top = 2 * top + 1
            }
            let least = box.a.lower > box.b.lower ? box.a.lower : box.b.lower
            let r = LinearForm(symbol: try state.freshInteger())
            try addAtLeast(r, isExclusive ? 0 : least, box.label)
            try state.addLinear(r, atMost: top, box.label)
            if let rest = try gap(r, a), let sum = try gap(rest, b) { try state.addLinear(sum, atMost: 0, box.label) }
            return r
        case 2:
            guard a.isConstant, b.isConstant else { throw unjustified("an operand is no constant") }
            return LinearForm(isExclusive ? a.constant ^ b.constant : a.constant | b.constant)
        default: throw CheckFailure(.malformed, "a hint of or has mode \(mode)")
        }
    }
}
