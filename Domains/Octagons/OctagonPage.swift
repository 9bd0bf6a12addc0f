// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Sixteen neighbouring dimensions of a state: their bounds, and which block each belongs to.
///
/// States share pages; a page is changed only by the state that alone has it. Memory: 32 bounds (those of literal l of
/// the page at l), then 16 blocks, each at the least of its dimensions (its leader) only, then 16 links.
final class OctagonPage: ManagedBuffer<Void, Int128> {
    static let size = 16

    /// Where a dimension's relations are: the leader of its block, or -1, and its place in the block.
    struct Link: Equatable {
        var leader: Int32
        var position: Int32

        static let none = Link(leader: -1, position: 0)
    }

    private static let words = 2 * size + size / 2 + size / 2

    static func top() -> OctagonPage {
        let page = unsafeDowncast(OctagonPage.create(minimumCapacity: words) { _ in }, to: OctagonPage.self)
        page.bounds.initialize(repeating: OctagonBound.infinity, count: 2 * size)
        page.blocks.initialize(repeating: nil, count: size)
        page.links.initialize(repeating: .none, count: size)
        return page
    }

    func copy() -> OctagonPage {
        let size = OctagonPage.size
        let page = unsafeDowncast(
            OctagonPage.create(minimumCapacity: OctagonPage.words) { _ in }, to: OctagonPage.self)
        page.bounds.initialize(from: bounds, count: 2 * size)
        // One by one: copying an array of references goes by way of the runtime.
        let source = blocks, target = page.blocks
        for slot in 0..<size { (target + slot).initialize(to: source[slot]) }
        page.links.initialize(from: links, count: size)
        return page
    }

    deinit {
        let blocks = blocks
        for slot in 0..<OctagonPage.size where blocks[slot] != nil { (blocks + slot).deinitialize(count: 1) }
    }

    @inline(__always)
    var bounds: UnsafeMutablePointer<Int128> { withUnsafeMutablePointerToElements { $0 } }

    @inline(__always)
    var blocks: UnsafeMutablePointer<OctagonBlock?> {
        UnsafeMutableRawPointer(bounds + 2 * OctagonPage.size)
            .assumingMemoryBound(to: Optional<OctagonBlock>.self)
    }

    @inline(__always)
    var links: UnsafeMutablePointer<Link> {
        UnsafeMutableRawPointer(bounds + 2 * OctagonPage.size + OctagonPage.size / 2)
            .assumingMemoryBound(to: Link.self)
    }
}
