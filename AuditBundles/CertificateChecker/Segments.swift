// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Segments (6.4): where instructions offer them. None is known yet, so each offer must be declined.
extension Execution {
    /// The one case of a single tag, which a weak write may make a segment of.
    func oneObject(_ cases: [AddressCase]) throws(CheckFailure) -> AddressCase? {
        guard cases.count == 1, let only = cases.first, try tag(only.tag).isSingle else { return nil }
        return only
    }

    /// Reads what a weak write has behind it.
    mutating func declineSegment(_ cases: [AddressCase]) throws(CheckFailure) {
        guard try oneObject(cases) != nil, try reader.flag() else { return }
        throw unjustified("a segment is written")
    }

    /// Reads evidence that all bytes that a case may touch are initialised; `width` is the greatest number of bits.
    mutating func extentEvidence(_ only: AddressCase, width: Int128) throws(CheckFailure) -> Int {
        let kind = try reader.byte()
        guard kind == 0 else { throw CheckFailure(.malformed, "extent evidence has kind \(kind)") }
        let range = try bits(only, shift: 0, width: width)
        guard let low = range.from, let high = range.to else { throw unjustified("the range of a case has no end") }
        return try evidence(only.tag, from: low, to: high)
    }
}
