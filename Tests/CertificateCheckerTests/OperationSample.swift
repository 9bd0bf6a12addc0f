// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker

/// r = x op (factor * y + constant) of any x and y of two types; assert(r <= upper); assert(r >= lower).
struct OperationSample {
    /// The operator's number.
    var operation: UInt8
    var x: ClosedRange<Int128>
    var y: ClosedRange<Int128>
    /// 1 or -1.
    var factor: Int128 = 1
    var constant: Int128 = 0
    /// The linear facts that bound the result; 0 to 3 are the upper and lower bounds of x and y.
    var upperFact = 4
    var lowerFact = 5
    /// The instruction's hint.
    var hint: (inout Bytes, OperationSample) -> Void

    /// Every range that a type of so few bits has.
    static let ranges: [ClosedRange<Int128>] = [-4...3, 0...7, -8...7, 0...3, -1...0, 0...1]

    private static func type(of range: ClosedRange<Int128>) -> TestProgram.Scalar {
        let bits = UInt8(128 - (range.upperBound - range.lowerBound).leadingZeroBitCount)
        return .int(bits, range.lowerBound < 0)
    }

    /// The values of the second operand.
    var second: [Int128] { y.map { factor * $0 + constant } }

    /// The bounds of the second operand.
    var secondRange: ClosedRange<Int128> { (second.min() ?? 0)...(second.max() ?? 0) }

    /// The least and the greatest result; `operation` is nil where nothing results.
    func hull(_ operation: (Int128, Int128) -> Int128?) -> ClosedRange<Int128>? {
        let results = x.flatMap { left in second.compactMap { operation(left, $0) } }
        guard let lower = results.min(), let upper = results.max() else { return nil }
        return lower...upper
    }

    /// Derivations: upper and lower bound of x, upper and lower bound of the second operand.
    func writeBox(_ out: inout Bytes) {
        out.fact(0)
        out.fact(1)
        writeSecond(&out, isUpper: true)
        writeSecond(&out, isUpper: false)
    }

    func writeSecond(_ out: inout Bytes, isUpper: Bool) { out.fact(isUpper == (factor > 0) ? 2 : 3) }

    /// Why the checker rejects that the result lies in the range; nil if it accepts it.
    func rejection(of range: ClosedRange<Int128>) -> CheckFailure.Reason? {
        let program = TestProgram(functions: [
            straight(
                Array(repeating: .int32, count: 6),
                [
                    .init(opcode: 26, type: Self.type(of: x), result: 0),
                    .init(opcode: 26, type: Self.type(of: y), result: 1),
                    .init(opcode: 1, result: 2, a: .integer(constant), list: [.integer(factor), .register(1)]),
                    .init(opcode: 2, detail: operation, result: 3, a: .register(0), b: .register(2)),
                    .init(opcode: 4, detail: 3, result: 4, a: .register(3), b: .integer(range.upperBound)),
                    .init(opcode: 28, detail: 18, a: .register(4)),
                    .init(opcode: 4, detail: 3, result: 5, a: .integer(range.lowerBound), b: .register(3)),
                    .init(opcode: 28, detail: 18, a: .register(5)),
                ])
        ])
        let certificate = TestCertificate(nodes: [
            .init(script: { out in
                for byte: UInt8 in [1, 1, 1, 1] { out.byte(byte) }
                hint(&out, self)
                for byte: UInt8 in [1, 1, 1, 2] { out.byte(byte) }
                out.fact(upperFact)
                for byte: UInt8 in [1, 1, 1, 2] { out.byte(byte) }
                out.fact(lowerFact)
                out.byte(1)
            })
        ])
        do {
            _ = try check(program: program.bytes(), certificate: certificate.bytes())
            return nil
        } catch {
            return error.reason
        }
    }

    /// Whether the range is accepted, and no range without one of its ends.
    func isExactly(_ range: ClosedRange<Int128>) -> Bool {
        let narrower = [(range.lowerBound + 1, range.upperBound), (range.lowerBound, range.upperBound - 1)]
        return rejection(of: range) == nil
            && narrower.allSatisfy { $0 > $1 || rejection(of: $0...$1) == .unjustified }
    }
}
