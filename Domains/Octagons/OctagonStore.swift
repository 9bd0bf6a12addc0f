// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Bounds and blocks of a state that is not empty: pages, shared with other states until changed.
///
/// Slots of the last page beyond `count` are unbounded and without relations.
struct OctagonStore: @unchecked Sendable {
    // Unchecked: pages and blocks are changed only while one value alone holds them.
    private(set) var pages: [OctagonPage]
    private(set) var count: Int
    var maximumBlockSize: Int

    init(count: Int, maximumBlockSize: Int) {
        let pageCount = (count + OctagonPage.size - 1) / OctagonPage.size
        // All pages may be one: the first change to each copies it.
        self.pages = pageCount == 0 ? [] : Array(repeating: OctagonPage.top(), count: pageCount)
        self.count = count
        self.maximumBlockSize = maximumBlockSize
    }

    // MARK: Reading

    @inline(__always)
    func bound(_ literal: Int) -> Int128 { pages[literal >> 5].bounds[literal & 31] }

    @inline(__always)
    func link(_ dimension: Int) -> OctagonPage.Link { pages[dimension >> 4].links[dimension & 15] }

    @inline(__always)
    func block(ledBy leader: Int) -> OctagonBlock? {
        pages[leader >> 4].blocks[leader & 15]
    }

    /// The block a dimension belongs to.
    @inline(__always)
    func block(of dimension: Int) -> OctagonBlock? {
        let leader = link(dimension).leader
        return leader < 0 ? nil : block(ledBy: Int(leader))
    }

    /// What the blocks say of `V_p + V_q` for literals of different dimensions, bounds aside.
    @inline(__always)
    func relation(_ p: Int, _ q: Int) -> Int128 {
        let left = link(p >> 1)
        if left.leader < 0 { return .max }
        let right = link(q >> 1)
        guard left.leader == right.leader, let block = block(ledBy: Int(left.leader)) else { return .max }
        return block.relation(2 &* Int(left.position) &+ p & 1, 2 &* Int(right.position) &+ q & 1)
    }

    /// The upper bound of `V_p + V_q` for literals of different dimensions.
    @inline(__always)
    func effective(_ p: Int, _ q: Int) -> Int128 {
        let bounds = OctagonBound.sum(bound(p), bound(q)), relation = relation(p, q)
        return relation < bounds ? relation : bounds
    }

    func isSame(as other: OctagonStore) -> Bool {
        if count != other.count { return false }
        for index in pages.indices where pages[index] !== other.pages[index] { return false }
        return true
    }

    /// Calls `body` with each block, in the order of their leaders.
    func forEachBlock(_ body: (OctagonBlock) -> Void) {
        for page in pages {
            for slot in 0..<OctagonPage.size {
                if let block = page.blocks[slot] { body(block) }
            }
        }
    }

    /// The bounds of the literals of a block's dimensions, in the block's order.
    @inline(__always)
    func loadBounds(of block: OctagonBlock, into target: UnsafeMutablePointer<Int128>) {
        let dimensions = block.dimensions
        for position in 0..<block.count {
            let dimension = Int(dimensions[position])
            let source = pages[dimension >> 4].bounds + 2 &* (dimension & 15)
            target[2 &* position] = source[0]
            target[2 &* position &+ 1] = source[1]
        }
    }

    /// The same as numbers of 64 bits, `unbounded` for infinity. False if a finite one is too large.
    @inline(__always)
    func loadSmallBounds(of block: OctagonBlock, into target: UnsafeMutablePointer<Int64>) -> Bool {
        let dimensions = block.dimensions, limit = Int64.largestBound
        // Bits that no bound between both limits has: behind it was shifted to be positive, and above its sign.
        var others: Int64 = 0
        for position in 0..<block.count {
            let dimension = Int(dimensions[position])
            let source = pages[dimension >> 4].bounds + 2 &* (dimension & 15)
            for sign in 0..<2 {
                let bound = source[sign], low = Int64(truncatingIfNeeded: bound)
                let high = Int64(truncatingIfNeeded: bound &>> 64)
                if bound == .max {
                    target[2 &* position &+ sign] = .unbounded
                } else {
                    target[2 &* position &+ sign] = low
                    others |= ((low &+ limit) &>> 58) | (high ^ (low &>> 63))
                }
            }
        }
        return others == 0
    }

    func contains(_ point: [Int128]) -> Bool {
        func holds(_ p: Int, _ q: Int?, _ bound: Int128) -> Bool {
            bound == .max
                || OctagonalConstraint(
                    OctagonLiteral(index: p), q.map { OctagonLiteral(index: $0) }, atMost: bound
                ).holds(at: point)
        }
        for literal in 0..<(2 * count) where !holds(literal, nil, bound(literal)) { return false }
        var holdsAll = true
        forEachBlock { block in
            for p in 2..<block.side where holdsAll {
                let first = 2 * Int(block.dimensions[p >> 1]) + p & 1
                for q in 0..<(p & ~1) where holdsAll {
                    holdsAll = holds(first, 2 * Int(block.dimensions[q >> 1]) + q & 1, block.relation(p, q))
                }
            }
        }
        return holdsAll
    }

    // MARK: Changing

    @inline(__always)
    mutating func page(_ index: Int) -> OctagonPage {
        if !isKnownUniquelyReferenced(&pages[index]) { pages[index] = pages[index].copy() }
        return pages[index]
    }

    @inline(__always)
    mutating func setBound(_ literal: Int, _ value: Int128) { page(literal >> 5).bounds[literal & 31] = value }

    mutating func setBounds(_ dimension: Int, upper: Int128, negatedLower: Int128) {
        let target = page(dimension >> 4).bounds + 2 &* (dimension & 15)
        target[0] = upper
        target[1] = negatedLower
    }

    @inline(__always)
    mutating func setLink(_ dimension: Int, _ link: OctagonPage.Link) {
        if self.link(dimension) != link { page(dimension >> 4).links[dimension & 15] = link }
    }

    /// Takes a block out; its dimensions have no relations then.
    mutating func remove(_ block: OctagonBlock) {
        let dimensions = block.dimensions
        for position in 0..<block.count { setLink(Int(dimensions[position]), .none) }
        let leader = Int(dimensions[0])
        page(leader >> 4).blocks[leader & 15] = nil
    }

    /// Takes a block out, but leaves its dimensions' links: for whoever puts in one that has them all.
    mutating func takeOut(_ block: OctagonBlock) {
        let leader = Int(block.dimensions[0])
        page(leader >> 4).blocks[leader & 15] = nil
    }

    /// Puts a block in. No other may have any of its dimensions.
    mutating func install(_ block: OctagonBlock) {
        let dimensions = block.dimensions, leader = dimensions[0]
        if let old = self.block(ledBy: Int(leader)), old.hasSameDimensions(as: block) {
            page(Int(leader) >> 4).blocks[Int(leader) & 15] = block
            return
        }
        for position in 0..<block.count {
            setLink(Int(dimensions[position]), OctagonPage.Link(leader: leader, position: Int32(position)))
        }
        page(Int(leader) >> 4).blocks[Int(leader) & 15] = block
    }

    /// The block led by a dimension if only this state has it, else a copy, which takes its place: it may be changed.
    mutating func mutableBlock(ledBy leader: Int, isWide: Bool) -> OctagonBlock? {
        let page = page(leader >> 4), place = page.blocks + (leader & 15)
        // Asked before there is a reference more.
        let isUnshared = isKnownUniquelyReferenced(&place.pointee)
        guard let block = place.pointee else { return nil }
        if isUnshared && (block.isWide || !isWide) { return block }
        let copy = block.copy(isWide: isWide || block.isWide)
        place.pointee = copy
        return copy
    }

    /// Writes the bounds that differ from those stored.
    @inline(__always)
    mutating func storeBounds(of block: OctagonBlock, from source: UnsafeMutablePointer<Int128>) {
        let dimensions = block.dimensions
        for position in 0..<block.count {
            let dimension = Int(dimensions[position])
            let upper = source[2 &* position], lower = source[2 &* position &+ 1]
            if bound(2 &* dimension) != upper || bound(2 &* dimension &+ 1) != lower {
                setBounds(dimension, upper: upper, negatedLower: lower)
            }
        }
    }

    /// Adds an unbounded dimension.
    mutating func appendDimension() {
        if count % OctagonPage.size == 0 { pages.append(OctagonPage.top()) }
        count += 1
    }

    /// Drops the last dimension, which must be unbounded and without relations.
    mutating func dropLastDimension() {
        count -= 1
        if count % OctagonPage.size == 0 { pages.removeLast() }
    }
}
