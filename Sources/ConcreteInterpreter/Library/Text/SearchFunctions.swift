// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// <string.h> and <strings.h>: searching for a text, and for a bit.
extension HostLibrary {
    static let searching: [String: HostFunction] = [
        "strstr": strstr, "strcasestr": strcasestr, "memmem": memmem,
        "ffs": firstBit32, "ffsl": firstBit64, "ffsll": firstBit64,
    ]

    /// Where `wanted` begins in `text` first.
    private static func position(of wanted: [UInt8], in text: [UInt8]) -> Int? {
        guard wanted.count <= text.count else { return nil }
        guard let first = wanted.first else { return 0 }
        for start in 0...text.count - wanted.count where text[start] == first {
            if text[start..<start + wanted.count].elementsEqual(wanted) { return start }
        }
        return nil
    }

    private static func found(_ position: Int?, from start: Pointer) -> Value {
        .pointer(position.map { start + $0 } ?? .null)
    }

    private static func strstr(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let text = try machine.text(at: arguments.pointer(0)), wanted = try machine.text(at: arguments.pointer(1))
        return found(position(of: wanted, in: text), from: arguments.pointer(0))
    }

    private static func strcasestr(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let text = try machine.text(at: arguments.pointer(0)), wanted = try machine.text(at: arguments.pointer(1))
        let place = position(of: wanted.map(lowercase), in: text.map(lowercase))
        return found(place, from: arguments.pointer(0))
    }

    private static func memmem(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let count = Int(clamping: arguments.integer(1)), wantedCount = Int(clamping: arguments.integer(3))
        try machine.requirePointer(arguments.pointer(0), count)
        try machine.requirePointer(arguments.pointer(2), wantedCount)
        let text = try machine.bytes(at: arguments.pointer(0), count: count)
        let wanted = try machine.bytes(at: arguments.pointer(2), count: wantedCount)
        return found(position(of: wanted, in: text), from: arguments.pointer(0))
    }

    private static func firstBit32(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let bits = UInt32(truncatingIfNeeded: arguments.integer(0))
        return .number(bits == 0 ? 0 : bits.trailingZeroBitCount + 1)
    }

    private static func firstBit64(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let bits = UInt64(truncatingIfNeeded: arguments.integer(0))
        return .number(bits == 0 ? 0 : bits.trailingZeroBitCount + 1)
    }
}
