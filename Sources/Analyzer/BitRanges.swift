// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Ranges of bits, ascending and apart; a long list is rounded to one range.
public struct BitRanges: Sendable, Equatable {
    public private(set) var ranges: [Range<Int>] = []
    public static let everywhere = -(1 << 60)..<(1 << 60)
    private static let limit = 12

    mutating func insert(_ bits: Range<Int>) {
        if ranges.contains(where: { $0.lowerBound <= bits.lowerBound && bits.upperBound <= $0.upperBound }) { return }
        let united = (ranges + [bits]).united
        ranges =
            united.count > Self.limit ? [united[0].lowerBound..<united[united.count - 1].upperBound] : united
    }

    mutating func formUnion(_ other: BitRanges) { for range in other.ranges { insert(range) } }
}

extension [Range<Int>] {
    /// The same numbers as ascending ranges that neither overlap nor touch; an empty one stays where it is inside no other.
    var united: [Range<Int>] {
        var result: [Range<Int>] = []
        for range in sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = result.last, range.lowerBound <= last.upperBound {
                result[result.count - 1] = last.lowerBound..<Swift.max(last.upperBound, range.upperBound)
            } else {
                result.append(range)
            }
        }
        return result
    }
}
