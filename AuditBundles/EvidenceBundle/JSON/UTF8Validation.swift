// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Where the first byte that is not part of valid UTF-8 stands, or `nil` (Unicode 15, table 3-7).
func firstInvalidUTF8(in bytes: [UInt8]) -> Int? {
    let continuation: ClosedRange<UInt8> = 0x80...0xBF
    var index = 0
    while index < bytes.count {
        let lead = bytes[index]
        let tail: [ClosedRange<UInt8>]
        switch lead {
        case 0x00...0x7F:
            index += 1
            continue
        case 0xC2...0xDF: tail = [continuation]
        case 0xE0: tail = [0xA0...0xBF, continuation]
        case 0xE1...0xEC, 0xEE...0xEF: tail = [continuation, continuation]
        case 0xED: tail = [0x80...0x9F, continuation]
        case 0xF0: tail = [0x90...0xBF, continuation, continuation]
        case 0xF1...0xF3: tail = [continuation, continuation, continuation]
        case 0xF4: tail = [0x80...0x8F, continuation, continuation]
        default: return index
        }
        for (distance, allowed) in tail.enumerated() {
            let position = index + 1 + distance
            guard position < bytes.count, allowed.contains(bytes[position]) else { return index }
        }
        index += 1 + tail.count
    }
    return nil
}
