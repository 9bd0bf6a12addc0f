// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Segments (section 5.2) in replays: their forms are evaluated, and the bytes between looked at.
extension Replay {
    /// Nil: nothing was compared, for a form has no number here.
    mutating func segmentHolds(
        _ fact: MemoryFact, of bases: [Int], _ named: NamedValues
    ) throws(ReplayStop) -> Bool? {
        guard let segment = fact.segment else { return nil }
        try spendOnMemory(segment.from.terms.count + segment.to.terms.count)
        guard let from = value(of: segment.from, named), let to = value(of: segment.to, named) else { return nil }
        for base in bases where memory.objects[base].isAlive {
            let (first, end) = (max(from, 0), min(to, Int128(memory.objects[base].size)))
            guard first < end else { continue }
            try spendOnMemory(Int(clamping: (end - first) / 8))
            guard memory.isInitialised(base, from: 8 * first, to: 8 * end) else { return false }
        }
        return true
    }

    /// Nil: a product or a partial sum leaves 128 bits, or a place has no value here.
    private func value(of form: LinearForm, _ named: NamedValues) -> Int128? {
        guard let sum = sum(of: form.terms, named) else { return nil }
        let (value, overflow) = sum.addingReportingOverflow(form.constant)
        return overflow ? nil : value
    }
}
