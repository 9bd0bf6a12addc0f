// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The access hint (6.3): where an instruction touches memory, and the obligations of that.
///
/// *Sound:* each case of the pointer is looked at; an obligation is claimed only if no case can violate it. A case
/// that would violate an obligation that is not claimed ends the execution, so behind the instruction it is gone,
/// on the assumption `alarm:o`.
struct AddressCase {
    var tag: Int
    /// Of the offset e of the pointer, after cutting, and its congruence.
    var bounds: Bounds
    var modulus: Int128
    var remainder: Int128
    /// Of the object, in bytes.
    var size = Bounds.all
    /// A form that is at most 0 behind the access if this case is the one that is left, and the label of that.
    var ending: (form: LinearForm, label: Int)?

    /// The one offset, if there is only one.
    var single: Int128? { bounds.lower != nil && bounds.lower == bounds.upper ? bounds.lower : nil }
}

struct Address {
    /// nil: anywhere.
    var cases: [AddressCase]?
    var label: Int
    /// Claims need this label; it leaves out the alarms of the instruction itself.
    var claimLabel: Int
    /// What the access teaches about the pointer, to be added when the instruction is done.
    var narrowing: Narrowing?
}

struct Narrowing {
    var base: Base
    var form: LinearForm
    var kept: [TargetEntry]
    var survivors: [AddressCase]
    var isCut: Bool
}

extension Execution {
    struct AccessClaims {
        var null: Claim?
        var freed: Claim?
        var ended: Claim?
        var bounds: Claim?
        var misaligned: Claim?
        var constant: Claim?
        var uninitialised: Claim?
    }

    struct Access {
        var base: Base
        var form: LinearForm
        var immediate: Int128 = 0
        var size: (lower: Int128, upper: Int128)
        /// The number of bytes, whose bounds are `size`.
        var count: LinearForm
        var alignment: Int128 = 1
        var kinds: [ObligationKind]
        var site: Int
        /// The label of the size's bounds.
        var label = 0
    }

    private mutating func readClaims(_ access: Access) throws(CheckFailure) -> AccessClaims {
        var claims = AccessClaims()
        for kind in access.kinds {
            let claim = try readClaim(kind, site: access.site)
            switch kind {
            case .nullDereference: claims.null = claim
            case .useAfterFree: claims.freed = claim
            case .danglingPointer: claims.ended = claim
            case .misalignedAccess: claims.misaligned = claim
            case .writeToConstant: claims.constant = claim
            case .uninitializedRead: claims.uninitialised = claim
            default: claims.bounds = claim
            }
        }
        return claims
    }

    /// Not claimed, or rejects: the obligation fails in some case.
    private func demandUnclaimed(_ claim: Claim?, _ what: String) throws(CheckFailure) {
        if let claim, claim.isClaimed { throw unjustified("\(what) is claimed and a case of the pointer fails it") }
    }

    mutating func access(_ access: Access) throws(CheckFailure) -> (address: Address, claims: AccessClaims) {
        let claims = try readClaims(access)
        guard let targets = cases(access.base) else {
            for claim in [claims.null, claims.freed, claims.ended, claims.bounds, claims.misaligned, claims.constant] {
                try demandUnclaimed(claim, "an obligation of a pointer with unknown targets")
            }
            return (Address(cases: nil, label: access.label, claimLabel: access.label), claims)
        }
        var label = try labels.union(access.label, targets.label)
        var survivors: [AddressCase] = []
        var kept: [TargetEntry] = []
        var (isNarrowed, isCut) = (false, false)
        let shift = shift(access.base, access.form)
        for entry in targets.entries {
            let tag = try tag(entry.tag)
            guard tag.isObject else {
                isNarrowed = true
                switch tag.kind {
                case .null: try demandUnclaimed(claims.null, "null-dereference")
                case .ended: try demandUnclaimed(claims.ended, "dangling-pointer")
                case .freed: try demandUnclaimed(claims.freed, "use-after-free")
                default:
                    try demandUnclaimed(claims.bounds, "out-of-bounds")
                    // An instruction without bounds has functions fail with null.
                    if claims.bounds == nil { try demandUnclaimed(claims.null, "the access of a function") }
                }
                continue
            }
            let begun = try begin(entry, of: access.base, targets.label)
            defer { end(begun) }
            let (isImpossible, survivor, cut, caseLabel) = try objectCase(access, claims, entry, tag)
            label = try labels.union(label, caseLabel)
            if isImpossible {
                kept.append(entry)
                continue
            }
            guard let survivor else {
                isNarrowed = true
                continue
            }
            survivors.append(survivor)
            var keptEntry = entry
            if cut {
                (isNarrowed, isCut) = (true, true)
                if let shift, case .symbol = access.base {
                    keptEntry.bounds = Bounds.all
                    if let lower = survivor.bounds.lower { keptEntry.bounds.lower = try difference(lower, shift) }
                    if let upper = survivor.bounds.upper { keptEntry.bounds.upper = try difference(upper, shift) }
                    if keptEntry.bounds.lower != nil, keptEntry.bounds.lower == keptEntry.bounds.upper {
                        (keptEntry.modulus, keptEntry.remainder) = (1, 0)
                    }
                }
            }
            kept.append(keptEntry)
        }
        let claimLabel = label
        guard isNarrowed else { return (Address(cases: survivors, label: label, claimLabel: claimLabel), claims) }
        var alarms = 0
        for claim in [claims.null, claims.freed, claims.ended, claims.bounds, claims.constant] {
            if let claim { alarms = try labels.union(alarms, claim.alarm) }
        }
        label = try labels.union(label, alarms)
        var address = Address(cases: survivors, label: label, claimLabel: claimLabel)
        address.narrowing = Narrowing(
            base: access.base, form: access.form, kept: kept, survivors: survivors, isCut: isCut)
        return (address, claims)
    }

    /// Behind an access its obligations hold: the cases that would violate one are gone.
    mutating func conclude(_ address: Address) throws(CheckFailure) {
        guard let narrowing = address.narrowing else { return }
        if narrowing.kept.isEmpty {
            try state.addContradiction(address.label)
            return
        }
        if case .symbol(let symbol) = narrowing.base {
            try makeCurrent(symbol, TargetSet(entries: narrowing.kept, label: address.label))
        }
        if narrowing.kept.count == 1, !narrowing.form.isConstant, let survivor = narrowing.survivors.first,
            survivor.bounds.lower != nil
        {
            try addBounds(narrowing.form, survivor.bounds, address.label)
        }
        if narrowing.kept.count == 1, let ending = narrowing.survivors.first?.ending {
            try state.addLinear(ending.form, atMost: 0, try labels.union(address.label, ending.label))
        }
    }

    /// A write for which no case is left: it is not executed, and all that follows rests on that.
    mutating func concludeUnreached(_ address: Address) throws(CheckFailure) {
        try rest(on: address.label)
        try conclude(address)
    }

    /// Reads the hint of one case whose tag is an object.
    private mutating func objectCase(_ access: Access, _ claims: AccessClaims, _ entry: TargetEntry, _ tag: Tag)
        throws(CheckFailure) -> (isImpossible: Bool, survivor: AddressCase?, isCut: Bool, label: Int)
    {
        var label = 0
        if tag.kind == .heap {
            if let number = try reader.identifier() {
                _ = try fact(number, .alive, of: entry.tag)
                label = try labels.union(label, try self.label(ofFact: number))
            } else {
                try demandUnclaimed(claims.freed, "use-after-free")
            }
        }
        var size = Bounds(lower: tag.size, upper: tag.size)
        if tag.size == nil {
            size = .all
            if let number = try reader.identifier() {
                size = try fact(number, .size, of: entry.tag).size
                label = try labels.union(label, try self.label(ofFact: number))
            }
        }
        var end = UpperEnd.open
        if tag.size == nil, claims.bounds != nil {
            let endLabel: Int
            (end, endLabel) = try upperEnd(access, entry.tag)
            label = try labels.union(label, endLabel)
        }
        var bounds = Bounds.all
        if try reader.flag() {
            let derived = try upper(access.form)
            label = try labels.union(label, derived.label)
            bounds.upper = derived.bound
            if derived.isContradiction { bounds.lower = .max }
        }
        if try reader.flag() {
            let derived = try lower(access.form)
            label = try labels.union(label, derived.label)
            if derived.isContradiction { bounds.upper = .min }
            bounds.lower = derived.bound
        }
        let (modulus, remainder, congruenceLabel) = try congruence(access.form)
        label = try labels.union(label, congruenceLabel)
        try align(&bounds, modulus, remainder)
        if let lower = bounds.lower, let upper = bounds.upper, lower > upper { return (true, nil, false, label) }

        if access.alignment > 1 {
            let shifted = try floorRemainder(try sum(remainder, access.immediate), access.alignment)
            let isAligned = tag.alignment >= access.alignment && modulus % access.alignment == 0 && shifted == 0
            let isSingle = bounds.lower != nil && bounds.lower == bounds.upper
            let single = try floorRemainder(
                try sum(isSingle ? bounds.lower ?? 0 : 0, access.immediate), access.alignment)
            let isAlignedConstant = isSingle && tag.alignment >= access.alignment && single == 0
            if !isAligned, !isAlignedConstant { try demandUnclaimed(claims.misaligned, "misaligned-access") }
        }
        let isInside = claims.bounds == nil ? true : try liesInside(access, bounds, size, end)
        if !isInside { try demandUnclaimed(claims.bounds, "out-of-bounds") }
        // The bounds of a case of a constant object count all the same: that obligation comes first.
        if tag.isReadOnly, claims.constant != nil {
            try demandUnclaimed(claims.constant, "write-to-constant")
            return (false, nil, false, label)
        }
        if !isInside {
            try cutInside(&bounds, access, size)
            try align(&bounds, modulus, remainder)
            if let lower = bounds.lower, let upper = bounds.upper, lower > upper { return (false, nil, true, label) }
        }
        var survivor = AddressCase(tag: entry.tag, bounds: bounds, modulus: modulus, remainder: remainder, size: size)
        if !isInside, end == .follows { survivor.ending = try ending(access, entry.tag) }
        return (false, survivor, !isInside, label)
    }

    /// Whether all bytes of the access lie in the object, wherever in its range the offset is.
    private func liesInside(_ access: Access, _ bounds: Bounds, _ size: Bounds, _ end: UpperEnd) throws(CheckFailure)
        -> Bool
    {
        let least = try negated(access.immediate)
        let isLowEnough = bounds.lower.map { $0 >= least } ?? false
        guard access.size.lower >= 0, access.size.upper <= 1 << 100 else { return false }
        if end == .shown { return isLowEnough }
        guard let upper = bounds.upper, let available = size.lower else { return false }
        let last = try sum(try sum(upper, access.immediate), access.size.upper)
        return isLowEnough && last <= available
    }

    /// The offsets where the bytes of the access may lie in the object.
    private func cutInside(_ bounds: inout Bounds, _ access: Access, _ size: Bounds) throws(CheckFailure) {
        let least = try negated(access.immediate)
        if bounds.lower.map({ $0 < least }) ?? true { bounds.lower = least }
        if let available = size.upper {
            let most = try difference(try difference(available, max(access.size.lower, 0)), access.immediate)
            if bounds.upper.map({ $0 > most }) ?? true { bounds.upper = most }
        }
    }

    /// Moves bounds to the nearest numbers inside that a congruence allows.
    private func align(_ bounds: inout Bounds, _ modulus: Int128, _ remainder: Int128) throws(CheckFailure) {
        guard modulus > 1 else { return }
        if let lower = bounds.lower, lower < .max / 2, lower > .min / 2 {
            bounds.lower = try sum(lower, try floorRemainder(try difference(remainder, lower), modulus))
        }
        if let upper = bounds.upper, upper > .min / 2, upper < .max / 2 {
            bounds.upper = try difference(upper, try floorRemainder(try difference(upper, remainder), modulus))
        }
    }

    mutating func settle(_ claims: AccessClaims, _ address: Address) throws(CheckFailure) {
        for claim in [claims.null, claims.freed, claims.ended, claims.bounds, claims.misaligned, claims.constant] {
            if let claim { try settle(claim, address.claimLabel) }
        }
    }

    /// Reads the bounds of a byte count where it is not constant.
    ///
    /// Without bounds it may be negative, or 2^100, which is more than any object has.
    mutating func byteCount(_ form: LinearForm) throws(CheckFailure) -> (lower: Int128, upper: Int128, label: Int) {
        if form.isConstant { return (form.constant, form.constant, 0) }
        guard try reader.flag() else { return (-1, 1 << 100, 0) }
        let (high, low) = (try finiteUpper(form), try finiteLower(form))
        return (low.bound, high.bound, try labels.union(high.label, low.label))
    }
}
