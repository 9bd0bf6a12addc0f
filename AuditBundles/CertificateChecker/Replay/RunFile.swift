// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A recorded run (FORMAT.md section 7): how many steps it takes, and what it chooses where section 2 leaves a choice.
struct RunFile {
    static let magic = Array("AIX1".utf8)
    static let mostBytes = 1 << 24
    static let mostSteps = 1 << 24

    let steps: Int
    private let bytes: [UInt8]
    private var position: Int

    init(_ bytes: [UInt8]) throws(ReplayStop) {
        guard bytes.count <= Self.mostBytes else { throw .invalid("the file is larger than 16 MiB") }
        do throws(CheckFailure) {
            var reader = try Reader(bytes)
            try reader.magic("AIX1")
            steps = try reader.unsigned()
            position = reader.position
        } catch {
            throw .invalid(error.message)
        }
        guard steps > 0, steps <= Self.mostSteps else { throw .invalid("a run has 1 to 2^24 steps, not \(steps)") }
        self.bytes = bytes
    }

    var isExhausted: Bool { position == bytes.count }

    mutating func byte() throws(ReplayStop) -> UInt8 {
        guard position < bytes.count else { throw .invalid("the choices end before the run does") }
        position += 1
        return bytes[position - 1]
    }

    mutating func take(_ count: Int) throws(ReplayStop) -> ArraySlice<UInt8> {
        guard count <= bytes.count - position else { throw .invalid("the choices end before the run does") }
        position += count
        return bytes[position - count..<position]
    }

    /// The bits of a value of the type; those that the type does not use are 0.
    mutating func bits(of type: ScalarType) throws(ReplayStop) -> UInt128 {
        let width = type.significantBits
        var value: UInt128 = 0
        var shift: UInt128 = 0
        for byte in try take((Int(type.width) + 7) / 8) {
            value |= UInt128(byte) << shift
            shift += 8
        }
        guard width == 128 || value >> UInt128(width) == 0 else {
            throw .invalid("a choice has bits that its type has not")
        }
        return value
    }
}

extension ScalarType {
    /// Bits of a cell that a value uses: an extended80 leaves 48 of its 128 alone.
    var significantBits: Int { kind == .float && format == .extended80 ? 80 : Int(width) }
}
