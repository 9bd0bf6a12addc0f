// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import MemoryCells
import Numbers
import ProgramIR
import Reductions

/// Which bits an access may touch, and what of the callers' memory a clone's result depends on.
extension Executor {
    /// Bit positions of a case for an access of `width` bits; nil if unbounded.
    func positions(_ hit: AccessCase, immediate: Int64, bit: UInt8) -> PositionSet? {
        guard let lower = hit.offset.lower.finite, let upper = hit.offset.upper.finite,
            let first = Int(exactly: lower), let last = Int(exactly: upper),
            abs(first) < 1 << 50, abs(last) < 1 << 50
        else { return nil }
        let shift = 8 * Int(immediate) + Int(bit)
        return PositionSet(
            lower: 8 * first + shift, upper: 8 * last + shift, step: 8 * max(1, Int(hit.offset.stride)))
    }

    /// The bits that a case may touch, of an access to `width` bits (nil: any number) from bit `shift` of its offset on. Ends
    /// that are unknown, or farther away than any fact, are those of `BitRanges.everywhere`.
    func touchedBits(_ hit: AccessCase, shift: Int128, width: Int128?) -> Range<Int> {
        let whole = BitRanges.everywhere
        func nearest(_ bit: Int128) -> Int {
            Int(min(max(bit, Int128(whole.lowerBound)), Int128(whole.upperBound)))
        }
        /// 8 times an offset, where that fits.
        func bits(_ offset: ExtendedInteger) -> Int128? {
            offset.finite.flatMap { abs($0) < 1 << 120 ? 8 * $0 + shift : nil }
        }
        let first = bits(hit.offset.lower).map(nearest) ?? whole.lowerBound
        guard let width, width < 1 << 120, let last = bits(hit.offset.upper) else { return first..<whole.upperBound }
        return first..<max(first, nearest(last + width))
    }

    func noteUse(_ tag: Tag, _ bits: Range<Int>) {
        guard recorder == nil, !isOwn(tag) else { return }
        clone.footprint.insert(tag, bits)
    }

    /// Notes for the clone's footprint that its result depends on the lifetime or size of these objects.
    func noteUse(lifetimeOf tag: Tag) {
        guard recorder == nil, !isOwn(tag) else { return }
        clone.footprint.insert(lifetimeOf: tag)
    }

    /// An automatic object of this call and no other: it is not there when the function is called.
    func isOwn(_ tag: Tag) -> Bool {
        if case .local(_, let owner) = tags.info(tag).kind {
            return owner == clone.id && !tags.recursiveClones.contains(owner)
        }
        return false
    }
}
