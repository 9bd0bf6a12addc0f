// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import MemoryCells
import Numbers
import ProgramIR
import Reductions

extension Executor {
    /// Records that the symbol's current targets are looked at.
    func useTargets(of pointer: SymbolicPointer) -> [Atom] {
        guard recorder != nil, case .symbol(let symbol) = pointer.base, base(symbol).targets != nil else { return [] }
        return [.uses(.targets(base(symbol).fact))]
    }

    /// The possible targets: (tag, offsets of the base's own offset symbol), nil if unknown.
    func entries(of pointer: SymbolicPointer) -> [(tag: Tag, offset: IntegerValue?)]? {
        switch pointer.base {
        case .tag(let tag): return [(tag, nil)]
        case .symbol(let symbol):
            guard let targets = base(symbol).targets else { return nil }
            if targets.isAny { return nil }
            var result: [(Tag, IntegerValue?)] = []
            targets.forEachEntry { result.append(($0.base, $0.offset)) }
            return result
        }
    }

    /// The constant by which the offset exceeds the base's own; nil if it is not constant.
    func shift(of pointer: SymbolicPointer) -> Int128? {
        switch pointer.base {
        case .tag: return pointer.offset.isConstant ? pointer.offset.constant : nil
        case .symbol(let symbol):
            let terms = pointer.offset.terms
            guard terms.count == 1, terms[0].symbol == base(symbol).offset, terms[0].coefficient == 1 else {
                return nil
            }
            return pointer.offset.constant
        }
    }

    /// Runs `body` with the facts of one case: the base symbol points into `tag` at one of `offset`.
    mutating func inCase<Result>(
        _ pointer: SymbolicPointer, _ offset: IntegerValue?, _ body: (inout Executor, [FactReference]) -> Result
    ) -> Result {
        guard let offset, case .symbol(let symbol) = pointer.base else { return body(&self, []) }
        let known = base(symbol)
        let label = recorder?.label(of: .targets(known.fact)) ?? LabelTable.empty
        let place = placeOfInteger(known.offset)
        let saved = integers[place]
        var facts: [FactReference] = []
        if let upper = offset.upper.finite {
            let fact = newLinear(label)
            facts.append(.linear(fact))
            if upper < integers[place].upper.storage {
                integers[place].upper = offset.upper
                integers[place].upperFact = fact
            }
        }
        if let lower = offset.lower.finite {
            let fact = newLinear(label)
            facts.append(.linear(fact))
            if lower > integers[place].lower.storage {
                integers[place].lower = offset.lower
                integers[place].lowerFact = fact
            }
        }
        if offset.stride > 1 {
            let fact = newCongruence(label)
            facts.append(.congruence(fact))
            if Int128(offset.stride) > integers[place].modulus {
                integers[place].modulus = Int128(offset.stride)
                integers[place].remainder = Int128(offset.offset)
                integers[place].congruenceFact = fact
            }
        } else if let only = offset.constant {
            let fact = newCongruence(label)
            facts.append(.congruence(fact))
            integers[place].modulus = 0
            integers[place].remainder = only
            integers[place].congruenceFact = fact
        }
        let wasInCase = isInCase
        isInCase = true
        let result = body(&self, facts)
        isInCase = wasInCase
        let current = placeOfInteger(known.offset)
        integers[current] = saved
        return result
    }

    /// Checks an access and decides its obligations. The caller records the step with the result's atoms, then calls
    /// `conclude`.
    mutating func access(_ pointer: SymbolicPointer, _ demand: AccessDemand) -> AccessResult {
        var result = AccessResult()
        var sizeAtoms: [Atom] = []
        var size = demand.size.constant, leastSize = demand.size.constant
        if !demand.size.isConstant {
            let high = upper(demand.size), low = lower(demand.size)
            if let most = high.finite, low.value.isFinite {
                sizeAtoms = [.byte(1), .derivation(high.derivation), .derivation(low.derivation)]
                size = most
                leastSize = low.value.storage
                result.label = union(result.label, union(label(of: high.derivation), label(of: low.derivation)))
                result.size = most
            } else {
                sizeAtoms = [.byte(0)]
                size = .max
                leastSize = 0
                result.size = nil
            }
        } else {
            result.size = size
        }
        result.leastSize = leastSize
        var kinds: [ObligationKind] = demand.isNamed ? [] : [.nullDereference, .useAfterFree, .danglingPointer]
        if let bounds = demand.bounds { kinds.append(bounds) }
        if demand.isScalar { kinds.append(.misalignedAccess) }
        if demand.isWrite { kinds.append(.writeToConstant) }

        guard let entries = entries(of: pointer) else {
            for kind in kinds { decide(kind, .mayFail(unknownTarget(kind))) }
            result.isUnknown = true
            if demand.omitsSize { sizeAtoms = [] }
            result.head = sizeAtoms + kinds.map { _ in .byte(0) }
            result.label = kinds.reduce(result.label) { union($0, alarmLabel($1)) }
            return result
        }
        var failures: [ObligationKind: [Failure]] = [:]
        var impossible: [(tag: Tag, offset: IntegerValue?)] = []
        var caseAtoms: [Atom] = []
        var survivors: [Survivor] = []
        var wasCut = false
        var total = 0
        for entry in entries {
            total += 1
            guard tags.isObject(entry.tag) else {
                let (kind, text) = failure(outsideObjects: entry.tag, demand)
                failures[kind, default: []].append(Failure(text: text, isCertain: true))
                wasCut = true
                continue
            }
            let outcome = inCase(pointer, entry.offset) { path, facts in
                path.accessCase(entry.tag, pointer, demand, size: size, leastCount: leastSize, facts: facts)
            }
            caseAtoms += outcome.atoms
            result.label = union(result.label, outcome.label)
            if outcome.isImpossible {
                impossible.append(entry)
                continue
            }
            for (kind, failure) in outcome.failures { failures[kind, default: []].append(failure) }
            wasCut = wasCut || outcome.wasCut
            if let kept = outcome.kept {
                survivors.append(
                    Survivor(
                        tag: entry.tag, original: entry.offset, kept: kept, isCut: outcome.wasCut,
                        openEnd: outcome.openEnd))
            }
        }
        // Claims, in the order of the rule.
        var cutLabel = LabelTable.empty
        var claims: [Atom] = []
        for kind in kinds {
            if let known = failures[kind] {
                claims.append(.byte(0))
                let allFail = survivors.isEmpty && known.count == total && known.allSatisfy(\.isCertain)
                decide(kind, allFail ? .fails(known[0].text) : .mayFail(known[0].text))
                if kind != .misalignedAccess { cutLabel = union(cutLabel, alarmLabel(kind)) }
            } else {
                claims.append(.byte(1))
                decide(kind, .holds)
            }
        }
        if case .symbol(let symbol) = pointer.base {
            result.label = union(result.label, recorder?.label(of: .targets(base(symbol).fact)) ?? LabelTable.empty)
        }
        if demand.omitsSize { sizeAtoms = [] }
        result.head = sizeAtoms + useTargets(of: pointer) + claims
        result.tail = caseAtoms
        result.cases = survivors.map {
            AccessCase(tag: $0.tag, offset: $0.kept, upper: $0.kept.upper.storage, lower: $0.kept.lower.storage)
        }
        if wasCut {
            result.label = union(result.label, cutLabel)
            planCut(pointer, survivors, impossible, &result)
        }
        return result
    }

    private func unknownTarget(_ kind: ObligationKind) -> String {
        "nothing is known of what the pointer points to"
    }

    /// What fails where the pointer points to no object, and in words why.
    private func failure(outsideObjects tag: Tag, _ demand: AccessDemand) -> (kind: ObligationKind, text: String) {
        switch tag {
        case .null: (.nullDereference, "the pointer may be NULL")
        case .ended:
            (.danglingPointer, "the object it points to may no longer exist: its block or function has ended")
        case .freed: (.useAfterFree, "the memory it points to may have been freed")
        default:
            (demand.bounds ?? .nullDereference, "it may point to function `\(tags.name(of: tag))`")
        }
    }

    /// What an access violates in one case.
    private struct Failure {
        var text: String
        /// Every access in this case does.
        var isCertain = false
    }

    /// A target for which the access is valid at some offsets.
    private struct Survivor {
        var tag: Tag
        /// What was known of the base's own offset.
        var original: IntegerValue?
        /// Offsets of the pointer at which the access is valid.
        var kept: IntegerValue
        var isCut: Bool
        var openEnd: (form: LinearForm, label: Int32)?
    }

    private struct CaseOutcome {
        var atoms: [Atom] = []
        var label: Int32 = LabelTable.empty
        var failures: [(kind: ObligationKind, failure: Failure)] = []
        /// No offset is possible: there is no such access, and what is known of the target stays as it is.
        var isImpossible = false
        var wasCut = false
        /// Offsets (without the immediate) at which the access is valid; nil if at none.
        var kept: IntegerValue?
        /// What is at most 0 if the access is cut.
        var openEnd: (form: LinearForm, label: Int32)?
    }

    private mutating func accessCase(
        _ tag: Tag, _ pointer: SymbolicPointer, _ demand: AccessDemand, size: Int128, leastCount: Int128,
        facts: [FactReference]
    ) -> CaseOutcome {
        var outcome = CaseOutcome()
        outcome.atoms.append(.beginCase(facts))
        let object = memory[Int(tag)]
        if tags.isHeap(tag) {
            outcome.atoms.append(.optionalMemory(object?.alive))
            if let alive = object?.alive {
                outcome.label = union(outcome.label, memoryLabel(alive))
            } else {
                outcome.failures.append((.useAfterFree, Failure(text: "the memory it points to may have been freed")))
            }
        }
        var leastSize: Int128? = tags.staticSize(of: tag).map { Int128($0) }
        var mostSize = leastSize
        if leastSize == nil {
            outcome.atoms.append(.optionalMemory(object?.size == nil ? nil : object?.sizeFact))
            leastSize = object?.size?.lower.finite
            mostSize = object?.size?.upper.finite
            if let object, object.size != nil { outcome.label = union(outcome.label, memoryLabel(object.sizeFact)) }
        }
        let immediate = Int128(demand.immediate)
        let isDemanded = demand.bounds != nil && size < 1 << 64
        let last = isDemanded ? leastSize.map { $0 - size - immediate } : nil
        let high = last.map { upper(pointer.offset, aimingAt: $0) } ?? upper(pointer.offset)
        let low = isDemanded ? lower(pointer.offset, aimingAt: -immediate) : lower(pointer.offset)
        let congruence = congruence(of: pointer.offset)
        var isBelowEnd =
            size != .max && leastSize != nil && (high.finite.map { $0 + immediate <= leastSize! - size } ?? false)
        if tags.staticSize(of: tag) == nil, demand.bounds != nil {
            let end = isBelowEnd ? End() : end(of: object?.exactSize, pointer, demand)
            outcome.atoms += end.atoms
            outcome.label = union(outcome.label, end.label)
            outcome.openEnd = end.open
            isBelowEnd = isBelowEnd || end.isShown && size <= 1 << 100
        }
        for bound in [high, low] {
            if bound.value.isFinite {
                outcome.atoms += [.byte(1), .derivation(bound.derivation)]
                outcome.label = union(outcome.label, label(of: bound.derivation))
            } else {
                outcome.atoms.append(.byte(0))
            }
        }
        outcome.atoms.append(.congruence(congruence))
        if let recorder { outcome.label = union(outcome.label, recorder.label(of: congruence)) }
        outcome.atoms.append(.endCase)

        let possible = offsets(from: low.finite, to: high.finite, congruence)
        noteUse(tag, from: low.finite.map { $0 + immediate }, to: high.finite.map { $0 + immediate }, size: size)
        if possible.isBottom {
            outcome.isImpossible = true
            return outcome
        }
        // Before an offset is ruled out by its bounds, as the rule has it: the access is one that may be made.
        if demand.alignment > 1, !isAligned(possible, congruence, tag, demand) {
            let text = "the address may not be a multiple of \(demand.alignment), as the type demands"
            outcome.failures.append((.misalignedAccess, Failure(text: text)))
        }
        let bottom = possible.lower.finite.map { $0 + immediate }, top = possible.upper.finite.map { $0 + immediate }
        isBelowEnd =
            isBelowEnd || size != .max && leastSize != nil && (top.map { $0 <= leastSize! - size } ?? false)
        let fits = isBelowEnd && leastCount >= 0 && (bottom ?? -1) >= 0
        var kept = possible
        if !fits, let kind = demand.bounds {
            let limit = mostSize.map { $0 - max(leastCount, 0) }
            kept = offsets(
                from: max(bottom ?? 0, 0) - immediate,
                to: (limit.map { limit in top.map { min($0, limit) } ?? limit } ?? top).map { $0 - immediate },
                congruence)
            let text = boundsText(tag, bottom, top, size, leastSize, mostSize, demand)
            outcome.failures.append((kind, Failure(text: text, isCertain: kept.isBottom)))
            outcome.wasCut = true
        }
        if demand.isWrite, let kind = tags.object(of: tag)?.kind, kind == .constant || kind == .labels {
            let text = "`\(tags.name(of: tag))` must not be written to"
            outcome.failures.append((.writeToConstant, Failure(text: text, isCertain: true)))
            outcome.wasCut = true
            return outcome
        }
        outcome.kept = kept.isBottom ? nil : kept
        return outcome
    }

    /// How an access is held against an exact size: FORMAT.md section 6.3, "end".
    private struct End {
        var atoms: [Atom] = [.byte(0)]
        var label = LabelTable.empty
        var isShown = false
        /// What is at most 0 behind the access although it was not shown, and what else that rests on.
        var open: (form: LinearForm, label: Int32)?
    }

    private func end(of size: ObjectMemory.ExactSize?, _ pointer: SymbolicPointer, _ demand: AccessDemand) -> End {
        guard let size, let end = pointer.offset.adding(demand.size)?.adding(LinearForm(Int128(demand.immediate))),
            let excess = end.gap(to: size.form)
        else { return End() }
        let bound = upper(excess, aimingAt: 0)
        if let most = bound.finite, most <= 0 {
            return End(
                atoms: [.byte(1), .derivation(bound.derivation)] + usePlace(size.place),
                label: union(size.label, label(of: bound.derivation)), isShown: true)
        }
        return End(atoms: [.byte(2)] + usePlace(size.place), open: (excess, size.label))
    }

    /// The numbers between two bounds (nil: none) that a congruence allows.
    private func offsets(from low: Int128?, to high: Int128?, _ congruence: CongruenceDerivation) -> IntegerValue {
        if let low, let high, low > high { return .bottom }
        let range = IntegerValue(
            low.map { ExtendedInteger(roundingDown: $0) } ?? .negativeInfinity,
            high.map { ExtendedInteger(roundingUp: $0) } ?? .positiveInfinity)
        guard congruence.modulus > 1 else { return range }
        return range.meet(
            IntegerValue(.top, Congruence(modulus: congruence.modulus, remainder: congruence.remainder)))
    }

    /// Whether the address is a multiple of what the type demands, at each of the offsets.
    private func isAligned(
        _ offsets: IntegerValue, _ congruence: CongruenceDerivation, _ tag: Tag, _ demand: AccessDemand
    ) -> Bool {
        let alignment = Int128(demand.alignment), immediate = Int128(demand.immediate)
        guard tags.alignment(of: tag) >= demand.alignment else { return false }
        if let only = offsets.constant { return (only + immediate) % alignment == 0 }
        return congruence.modulus % alignment == 0 && (congruence.remainder + immediate) % alignment == 0
    }

    /// Notes for the clone's footprint that its result depends on these bytes.
    private func noteUse(_ tag: Tag, from bottom: Int128?, to top: Int128?, size: Int128) {
        let limit: Int128 = 1 << 50
        guard let bottom, let top, bottom > -limit, top < limit, size < limit else {
            return noteUse(tag, BitRanges.everywhere)
        }
        noteUse(tag, Int(8 * bottom)..<Int(max(8 * (top + size), 8 * bottom)))
    }

    /// New targets of the base symbol once invalid ones are ruled out.
    private mutating func planCut(
        _ pointer: SymbolicPointer, _ survivors: [Survivor], _ impossible: [(tag: Tag, offset: IntegerValue?)],
        _ result: inout AccessResult
    ) {
        if survivors.isEmpty && impossible.isEmpty {
            result.isDead = true
            return
        }
        guard case .symbol(let symbol) = pointer.base else {
            if survivors.count == 1 { planSurvivor(pointer, survivors[0], &result) }
            return
        }
        let shift = shift(of: pointer)
        var targets = impossible.reduce(Targets.bottom) {
            $0.join(Targets(base: $1.tag, offset: $1.offset ?? .top))
        }
        for survivor in survivors {
            var offset = survivor.original ?? .top
            if survivor.isCut, let shift {
                offset = IntegerValue(
                    .init(
                        survivor.kept.lower.finite.map { ExtendedInteger(roundingDown: $0 - shift) }
                            ?? .negativeInfinity,
                        survivor.kept.upper.finite.map { ExtendedInteger(roundingUp: $0 - shift) } ?? .positiveInfinity),
                    offset.congruence)
            }
            targets = targets.join(Targets(base: survivor.tag, offset: offset))
        }
        result.cut.append((symbol, targets, result.label))
        if survivors.count == 1, impossible.isEmpty { planSurvivor(pointer, survivors[0], &result) }
    }

    private func planSurvivor(_ pointer: SymbolicPointer, _ survivor: Survivor, _ result: inout AccessResult) {
        if survivor.isCut, let open = survivor.openEnd {
            result.survivorEnd = (open.form, union(result.label, open.label))
        }
        guard let lower = survivor.kept.lower.finite, !pointer.offset.isConstant else { return }
        result.survivorBound = (pointer.offset, survivor.kept.upper.finite, lower, result.label)
    }

    /// Draws the conclusions of an access whose step has been recorded.
    mutating func conclude(_ result: AccessResult) {
        if result.isDead {
            let fact = newLinear(result.label)
            record(.automatic, [], produces: [.linear(fact)])
            contradict([.init(fact: fact, coefficient: 1)])
            return
        }
        for cut in result.cut {
            let fact = newTargets(cut.label)
            record(.automatic, [], produces: [.targets(fact)])
            setTargets(cut.targets, of: cut.symbol, fact: fact)
        }
        if let bound = result.survivorBound {
            if let upper = bound.upper { guardUpper(bound.form, upper, label: bound.label) }
            guardLower(bound.form, bound.lower, label: bound.label)
        }
        if let end = result.survivorEnd { addAutomatic(end.form, plus: 0, label: end.label) }
    }

    private func boundsText(
        _ tag: Tag, _ bottom: Int128?, _ top: Int128?, _ size: Int128, _ least: Int128?, _ most: Int128?,
        _ demand: AccessDemand
    ) -> String {
        let name = tags.name(of: tag)
        let extent = least.map { "\($0) byte\($0 == 1 ? "" : "s")" } ?? "an unknown number of bytes"
        let amount = size == .max ? "an unknown number of bytes" : size == 1 ? "1 byte" : "\(size) bytes"
        let position =
            switch (bottom, top) {
            case (let low?, let high?): low == high ? "offset \(low)" : "an offset from \(low) to \(high)"
            case (let low?, nil): "offset \(low) or more"
            case (nil, let high?): "offset \(high) or less"
            case (nil, nil): "an unknown offset"
            }
        return "\(demand.isWrite ? "writes" : "reads") \(amount) at \(position), `\(name)` has \(extent)"
    }

    func describe(_ form: LinearForm) -> String {
        if form.isConstant { return "\(form.constant)" }
        let low = lower(form).finite, high = upper(form).finite
        return switch (low, high) {
        case (let low?, let high?): low == high ? "\(low)" : "\(low) to \(high)"
        case (let low?, nil): "\(low) or more"
        case (nil, let high?): "\(high) or less"
        case (nil, nil): "any value"
        }
    }

    /// "is 5", or "may be 0 to 9".
    func isOrMayBe(_ form: LinearForm) -> String {
        let isKnown = lower(form).finite != nil && lower(form).finite == upper(form).finite
        return (isKnown ? "is " : "may be ") + describe(form)
    }

    /// A memory fact's label, with what stores and calls since have put on it.
    func memoryLabel(_ fact: Int32) -> Int32 {
        guard let recorder, fact >= 0 else { return LabelTable.empty }
        return recorder.label(of: .memory(fact))
    }
}
