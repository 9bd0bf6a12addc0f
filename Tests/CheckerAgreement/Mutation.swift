// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// SplitMix64: the same numbers everywhere.
struct RandomNumbers {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}

/// Changes a file in one place. Most changes keep its length, and many the lengths of its numbers, since a file
/// whose parts are not where they should be is rejected before any rule looks at it.
func mutate(_ bytes: inout [UInt8], _ random: inout RandomNumbers) {
    guard !bytes.isEmpty else { return }
    let place = random.below(bytes.count)
    switch random.below(12) {
    case 0: bytes[place] = UInt8(random.below(256))
    case 1: bytes[place] ^= 1 << UInt8(random.below(8))
    case 2...4:
        // Another number of the same length, near by.
        let change = [1, 127, 2, 126][random.below(4)]
        bytes[place] = bytes[place] & 0x80 | UInt8((Int(bytes[place] & 0x7F) + change) % 128)
    case 5: bytes[place] = UInt8(random.below(4))
    case 6: bytes[place] = bytes[random.below(bytes.count)]
    case 7: bytes.remove(at: place)
    case 8: bytes.insert(UInt8(random.below(8)), at: place)
    case 9:
        // A byte goes from here to near by: a field too many there, one missing here, and the same length.
        let byte = bytes.remove(at: place)
        bytes.insert(random.below(2) == 0 ? byte : UInt8(random.below(8)), at: near(place, in: bytes, &random))
    case 10:
        let other = near(place, in: bytes, &random)
        if other < bytes.count { bytes.swapAt(place, other) }
    default:
        // A stretch takes the place of another one.
        let length = 1 + random.below(min(12, bytes.count))
        let from = random.below(bytes.count - length + 1), to = random.below(bytes.count - length + 1)
        bytes.replaceSubrange(to..<(to + length), with: Array(bytes[from..<(from + length)]))
    }
}

private func near(_ place: Int, in bytes: [UInt8], _ random: inout RandomNumbers) -> Int {
    min(max(0, place + random.below(33) - 16), bytes.count)
}
