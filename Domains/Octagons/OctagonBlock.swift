// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The relations between a few dimensions: immutable once it is part of a state, and shared between states.
///
/// A square symmetric matrix over the literals of its dimensions. The entry of literals p and q bounds `V_p + V_q` from
/// above. Entries of one dimension hold no information: `(p, not p)` is 0, as `V_p + V_(not p)` is, and `(p, p)` is
/// absent, since bounds are kept in the state's pages.
///
/// Memory: a header, the dimensions in ascending order, padded to 16 bytes, then the matrix. The header is not the
/// buffer's own, since stored properties of classes are checked for exclusive access each time they are read.
final class OctagonBlock: ManagedBuffer<Void, Int128> {
    private struct Header {
        var count: Int
        /// Whether the weights have 128 bits.
        var isWide: Bool
    }

    /// The kernels' sums stay in range up to this many dimensions.
    static let largestCount = 512

    /// Whether a relation can be in a block at all.
    @inline(__always)
    static func isRepresentable(_ bound: Int128) -> Bool { bound <= Int128.largest && bound >= -Int128.largest }

    /// A block whose dimensions and matrix are not set yet.
    static func uninitialised(count: Int, isWide: Bool) -> OctagonBlock {
        let entries = 4 * count * count
        let capacity = dimensionWords(count) + (isWide ? entries : entries / 2)
        let buffer = OctagonBlock.create(minimumCapacity: capacity) { _ in }
        let block = unsafeDowncast(buffer, to: OctagonBlock.self)
        block.information.initialize(to: Header(count: count, isWide: isWide))
        return block
    }

    /// A block without relations.
    static func empty(count: Int, isWide: Bool) -> OctagonBlock {
        let block = uninitialised(count: count, isWide: isWide)
        if isWide { block.clear(Int128.self) } else { block.clear(Int64.self) }
        return block
    }

    @inline(__always)
    private var information: UnsafeMutablePointer<Header> {
        UnsafeMutableRawPointer(withUnsafeMutablePointerToElements { $0 }).assumingMemoryBound(to: Header.self)
    }

    @inline(__always) var count: Int { information.pointee.count }
    @inline(__always) var side: Int { 2 &* information.pointee.count }
    @inline(__always) var isWide: Bool { information.pointee.isWide }

    /// Words before the matrix.
    @inline(__always)
    private static func dimensionWords(_ count: Int) -> Int { 1 &+ (count &+ 3) >> 2 }

    @inline(__always)
    var dimensions: UnsafeMutablePointer<Int32> {
        UnsafeMutableRawPointer(withUnsafeMutablePointerToElements { $0 } + 1).assumingMemoryBound(to: Int32.self)
    }

    @inline(__always)
    func matrix<Weight: OctagonWeight>(_ type: Weight.Type) -> UnsafeMutablePointer<Weight> {
        UnsafeMutableRawPointer(withUnsafeMutablePointerToElements { $0 } + OctagonBlock.dimensionWords(count))
            .assumingMemoryBound(to: Weight.self)
    }

    /// The bound of `V_p + V_q` for literals of the block, or infinity.
    @inline(__always)
    func relation(_ p: Int, _ q: Int) -> Int128 {
        if isWide {
            let value = matrix(Int128.self)[p &* side &+ q]
            return value < Int128.presentLimit ? value : .max
        }
        let value = matrix(Int64.self)[p &* side &+ q]
        return value < Int64.presentLimit ? Int128(value) : .max
    }

    /// The place of a dimension that the block has.
    @inline(__always)
    func position(of dimension: Int) -> Int {
        let dimensions = dimensions
        var position = 0
        while Int(dimensions[position]) != dimension { position &+= 1 }
        return position
    }

    func hasSameDimensions(as other: OctagonBlock) -> Bool {
        if count != other.count { return false }
        let mine = dimensions, others = other.dimensions
        for position in 0..<count where mine[position] != others[position] { return false }
        return true
    }

    /// Whether dimensions, tier and relations are the same; both in normal form.
    func isEqual(to other: OctagonBlock) -> Bool {
        if isWide != other.isWide || !hasSameDimensions(as: other) { return false }
        return isWide ? isEqual(to: other, Int128.self) : isEqual(to: other, Int64.self)
    }

    private func isEqual<Weight: OctagonWeight>(to other: OctagonBlock, _ type: Weight.Type) -> Bool {
        let mine = matrix(type), others = other.matrix(type)
        for index in 0..<(side * side) where mine[index] != others[index] { return false }
        return true
    }

    private func clear<Weight: OctagonWeight>(_ type: Weight.Type) {
        let side = side, matrix = matrix(type)
        matrix.initialize(repeating: .absent, count: side * side)
        for literal in 0..<side { matrix[literal * side + (literal ^ 1)] = 0 }
    }
}

// Copies. Each is a new block that its maker may still change.
extension OctagonBlock {
    /// A copy in the tier asked for; the weights must fit it.
    func copy(isWide: Bool) -> OctagonBlock {
        let copy = OctagonBlock.uninitialised(count: count, isWide: isWide)
        copy.dimensions.update(from: dimensions, count: count)
        let entries = side * side
        switch (self.isWide, isWide) {
        case (false, false): copy.matrix(Int64.self).update(from: matrix(Int64.self), count: entries)
        case (true, true): copy.matrix(Int128.self).update(from: matrix(Int128.self), count: entries)
        case (false, true): convert(matrix(Int64.self), to: copy.matrix(Int128.self), entries)
        case (true, false): convert(matrix(Int128.self), to: copy.matrix(Int64.self), entries)
        }
        return copy
    }

    /// Writes the relations between the dimensions at `positions` into `target`, at the places given there.
    func copy(_ positions: UnsafeBufferPointer<Int32>, into target: OctagonBlock, at places: UnsafePointer<Int32>) {
        switch (isWide, target.isWide) {
        case (false, false): scatter(Int64.self, positions, into: target, Int64.self, places)
        case (false, true): scatter(Int64.self, positions, into: target, Int128.self, places)
        case (true, true): scatter(Int128.self, positions, into: target, Int128.self, places)
        case (true, false): scatter(Int128.self, positions, into: target, Int64.self, places)
        }
    }

    /// Whether every weight of this wide block fits 64 bits' range.
    var fitsNarrow: Bool {
        let matrix = matrix(Int128.self), limit = Int128(Int64.largest)
        for index in 0..<(side * side) {
            let value = matrix[index]
            if value < Int128.presentLimit && (value > limit || value < -limit) { return false }
        }
        return true
    }

    private func convert<Source: OctagonWeight, Target: OctagonWeight>(
        _ source: UnsafeMutablePointer<Source>, to target: UnsafeMutablePointer<Target>, _ count: Int
    ) {
        for index in 0..<count {
            let value = source[index]
            target[index] = value < Source.presentLimit ? Target(truncatingIfNeeded: value) : .absent
        }
    }

    private func scatter<Source: OctagonWeight, Target: OctagonWeight>(
        _: Source.Type, _ positions: UnsafeBufferPointer<Int32>, into block: OctagonBlock, _: Target.Type,
        _ places: UnsafePointer<Int32>
    ) {
        let source = matrix(Source.self), target = block.matrix(Target.self)
        let sourceSide = side, targetSide = block.side, count = positions.count
        var index = 0
        while index < 2 &* count {
            let from = source + (2 &* Int(positions[index >> 1]) &+ index & 1) &* sourceSide
            let to = target + (2 &* Int(places[index >> 1]) &+ index & 1) &* targetSide
            var other = 0
            while other < count {
                let entry = from + 2 &* Int(positions[other]), goal = to + 2 &* Int(places[other])
                let first = entry[0], second = entry[1]
                goal[0] = first < Source.presentLimit ? Target(truncatingIfNeeded: first) : .absent
                goal[1] = second < Source.presentLimit ? Target(truncatingIfNeeded: second) : .absent
                other &+= 1
            }
            index &+= 1
        }
    }
}
