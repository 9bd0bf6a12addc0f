// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// From a matrix to normal form: relations that bounds imply go, and a block that falls apart becomes several.
extension OctagonStore {
    /// Puts a closed block in, with the bounds of its literals, which are stored as well.
    ///
    /// No dimension of it may be in a block of other dimensions.
    mutating func settle(_ block: OctagonBlock, bounds: UnsafeMutablePointer<Int128>) {
        storeBounds(of: block, from: bounds)
        if block.isWide {
            settle(block, Int128.self, bounds: bounds)
        } else {
            settle(block, Int64.self, bounds: bounds)
        }
    }

    private mutating func settle<Weight: OctagonWeight>(
        _ block: OctagonBlock, _ type: Weight.Type, bounds: UnsafeMutablePointer<Int128>
    ) {
        withUnsafeTemporaryAllocation(of: Weight.self, capacity: block.side) { scratch in
            OctagonKernel.strip(block.matrix(type), side: block.side, bounds: bounds, scratch: scratch.baseAddress!)
        }
        installComponents(of: block, type, bounds: bounds)
    }

    /// Puts a block in normal form in, or the parts into which it falls. It may be in already.
    mutating func installComponents(of block: OctagonBlock, bounds: UnsafeMutablePointer<Int128>) {
        if block.isWide {
            installComponents(of: block, Int128.self, bounds: bounds)
        } else {
            installComponents(of: block, Int64.self, bounds: bounds)
        }
    }

    private mutating func installComponents<Weight: OctagonWeight>(
        of block: OctagonBlock, _ type: Weight.Type, bounds: UnsafeMutablePointer<Int128>
    ) {
        let count = block.count, side = block.side
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: 2 * count) { memory in
            let order = memory.baseAddress!, rest = order + count
            for position in 0..<count { rest[position] = Int32(truncatingIfNeeded: position) }
            var left = count
            // Components, one at a time: `order` is the queue of a search, `rest` what it has not reached.
            while left > 0 {
                var found = 1, next = 0
                order[0] = rest[0]
                left -= 1
                for index in 0..<left { rest[index] = rest[index + 1] }
                while next < found && left > 0 {
                    let row = block.matrix(type) + 2 &* Int(order[next]) &* side
                    next += 1
                    var kept = 0
                    for index in 0..<left {
                        let position = rest[index]
                        if OctagonStore.areRelated(row, side, Int(position)) {
                            order[found] = position
                            found += 1
                        } else {
                            rest[kept] = position
                            kept += 1
                        }
                    }
                    left = kept
                }
                if found == count && count <= maximumBlockSize { return installInTier(block) }
                if found + left == count { detach(block) }
                if found > 1 {
                    var members = UnsafeMutableBufferPointer(start: order, count: found)
                    members.sort()
                    if found <= maximumBlockSize {
                        installPart(of: block, UnsafeBufferPointer(members))
                    } else {
                        installWithoutWeakestLinks(block, Array(members), bounds: bounds)
                    }
                }
            }
        }
    }

    /// Leaves the dimensions of a block in none: of this one, if it is in, or of those it was made of.
    private mutating func detach(_ block: OctagonBlock) {
        let dimensions = block.dimensions
        for position in 0..<block.count {
            let dimension = Int(dimensions[position])
            setLink(dimension, .none)
            if self.block(ledBy: dimension) != nil { page(dimension >> 4).blocks[dimension & 15] = nil }
        }
    }

    /// Whether a dimension is related to the one whose first row is given.
    @inline(__always)
    static func areRelated<Weight: OctagonWeight>(
        _ row: UnsafeMutablePointer<Weight>, _ side: Int, _ position: Int
    ) -> Bool {
        let limit = Weight.presentLimit, entry = row + 2 &* position
        return entry[0] < limit || entry[1] < limit || entry[side] < limit || entry[side &+ 1] < limit
    }

    /// A block of some of the dimensions of another, given by their places in ascending order.
    func part(of block: OctagonBlock, _ positions: UnsafeBufferPointer<Int32>) -> OctagonBlock {
        let part = OctagonBlock.empty(count: positions.count, isWide: block.isWide)
        let source = block.dimensions, target = part.dimensions
        withUnsafeTemporaryAllocation(of: Int32.self, capacity: positions.count) { places in
            for index in 0..<positions.count {
                target[index] = source[Int(positions[index])]
                places[index] = Int32(truncatingIfNeeded: index)
            }
            block.copy(positions, into: part, at: places.baseAddress!)
        }
        return part
    }

    private mutating func installPart(of block: OctagonBlock, _ positions: UnsafeBufferPointer<Int32>) {
        installInTier(part(of: block, positions))
    }

    private mutating func installInTier(_ block: OctagonBlock) {
        let isOversized = block.isWide && block.fitsNarrow
        install(isOversized ? block.copy(isWide: false) : block)
    }

    // MARK: The bound on a block's size

    /// How much two dimensions are worth to each other.
    private struct Tie {
        var first: Int
        var second: Int
        /// The least distance between an upper and a lower bound of a sum or difference: 0 for an equality.
        var width: Int128
        /// The most that a relation is below what bounds imply.
        var gain: Int128

        func isStronger(than other: Tie) -> Bool {
            if width != other.width { return width < other.width }
            if gain != other.gain { return gain > other.gain }
            return (first, second) < (other.first, other.second)
        }
    }

    /// Installs the relations of some dimensions that are too many for a block: the strongest ties first, each joining
    /// two groups if both together are small enough. Relations between the groups that remain are dropped, which is
    /// sound, and each group is closed still.
    private mutating func installWithoutWeakestLinks(
        _ block: OctagonBlock, _ members: [Int32], bounds: UnsafeMutablePointer<Int128>
    ) {
        var ties: [Tie] = []
        for second in 1..<members.count {
            for first in 0..<second {
                if let tie = tie(block, members, first, second, bounds) { ties.append(tie) }
            }
        }
        ties.sort { $0.isStronger(than: $1) }
        var groups = OctagonGroups(count: members.count)
        for tie in ties { groups.unite(tie.first, tie.second, atMost: maximumBlockSize) }
        for group in groups.groups() where group.count > 1 {
            group.map { members[$0] }.withUnsafeBufferPointer { installPart(of: block, $0) }
        }
    }

    private func tie(
        _ block: OctagonBlock, _ members: [Int32], _ first: Int, _ second: Int, _ bounds: UnsafeMutablePointer<Int128>
    ) -> Tie? {
        var tie = Tie(first: first, second: second, width: .max, gain: -1)
        for sign in 0..<4 {
            let p = 2 * Int(members[first]) + sign & 1, q = 2 * Int(members[second]) + sign >> 1
            let relation = block.relation(p, q)
            if relation == .max { continue }
            let opposite = block.relation(p ^ 1, q ^ 1)
            if opposite != .max { tie.width = min(tie.width, OctagonBound.sum(relation, opposite)) }
            let implied = OctagonBound.sum(bounds[p], bounds[q])
            tie.gain = max(tie.gain, implied == .max ? .max : OctagonBound.sum(implied, 0 - relation))
        }
        return tie.gain < 0 ? nil : tie
    }
}
