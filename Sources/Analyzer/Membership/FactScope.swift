// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Which memory facts of a clone speak of a given call of it.
///
/// Calls share a clone if they agree on its footprint. What its states say of other memory comes from the call that it was
/// analysed for, and is about that one alone.
public struct FactScope: Sendable {
    private let regions: [Tag: BitRanges]
    private let isEverything: Bool
    /// The clone's own objects: they are not there when it is called.
    private let own: Set<Tag>

    /// All facts: the call began in a state that the clone's entry describes wholly.
    public static let everything = FactScope(regions: [:], isEverything: true, own: [])

    static let nothing = FactScope(regions: [:], isEverything: false, own: [])

    private init(regions: [Tag: BitRanges], isEverything: Bool, own: Set<Tag>) {
        self.regions = regions
        self.isEverything = isEverything
        self.own = own
    }

    /// The facts of the clone's states that hold for all calls that use it.
    public init(sharedBy clone: FunctionClone, in analysis: ProgramAnalysis) {
        let objects = analysis.program.functions[Int(clone.function)].objects
        let isRecursive = analysis.tags.recursiveClones.contains(clone.id)
        self.init(
            regions: clone.analysedFootprint.regions, isEverything: clone.analysedFootprint.everything,
            own: isRecursive ? [] : Set(objects.map { analysis.tags.local($0, clone: clone.id) }))
    }

    /// The same, and what the clone may have written: a caller takes that over from the clone's exit.
    public init(takenOverFrom clone: FunctionClone, in analysis: ProgramAnalysis) {
        var regions = clone.analysedFootprint.regions
        for (tag, bits) in clone.analysedEffects.written { regions[tag, default: BitRanges()].formUnion(bits) }
        for tag in clone.analysedEffects.allocated { regions[tag, default: BitRanges()].insert(BitRanges.everywhere) }
        for tag in clone.analysedEffects.freed { regions[tag, default: BitRanges()].formUnion(BitRanges()) }
        self.init(regions: regions, isEverything: clone.analysedFootprint.everything, own: [])
    }

    /// Whether facts about lifetimes and sizes of the tag's objects count.
    func includes(_ tag: Tag) -> Bool { isEverything || own.contains(tag) || regions[tag] != nil }

    /// Whether facts about these bits count.
    func includes(_ tag: Tag, _ bits: Range<Int>) -> Bool {
        isEverything || own.contains(tag)
            || regions[tag]?.ranges.contains {
                $0.lowerBound <= bits.lowerBound && bits.upperBound <= $0.upperBound
            } ?? false
    }

    /// The parts of a range about which facts count.
    func parts(of bits: Range<Int>, _ tag: Tag) -> [Range<Int>] {
        if isEverything || own.contains(tag) { return [bits] }
        return regions[tag]?.parts(of: bits) ?? []
    }
}
