// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A map from small non-negative integers to values that shares structure between copies: a copy costs one
/// reference, a change after it costs one chunk of references, and comparing two versions visits only what was changed.
public struct PersistentMap<Value: Sendable>: Sendable {
    @usableFromInline
    final class Box: Sendable {
        @usableFromInline nonisolated(unsafe) var value: Value

        @usableFromInline init(_ value: Value) { self.value = value }
    }

    @usableFromInline
    final class Chunk: Sendable {
        @usableFromInline nonisolated(unsafe) var slots: [Box?]

        @usableFromInline init(_ slots: [Box?]) { self.slots = slots }
    }

    @usableFromInline static var chunkSize: Int { 16 }
    @usableFromInline var chunks: [Chunk?] = []

    @inlinable public init() {}

    @inlinable public subscript(key: Int) -> Value? {
        get {
            let index = key / Self.chunkSize
            guard index < chunks.count, let chunk = chunks[index] else { return nil }
            return chunk.slots[key % Self.chunkSize]?.value
        }
        set {
            let index = key / Self.chunkSize
            if index >= chunks.count {
                if newValue == nil { return }
                chunks.append(contentsOf: Array(repeating: nil, count: index + 1 - chunks.count))
            }
            mutableChunk(index).slots[key % Self.chunkSize] = newValue.map(Box.init)
        }
    }

    /// Changes a value in place where nothing else holds it.
    @inlinable public mutating func update(_ key: Int, _ change: (inout Value) -> Void) {
        let index = key / Self.chunkSize
        guard index < chunks.count, chunks[index] != nil else { return }
        let chunk = mutableChunk(index)
        let slot = key % Self.chunkSize
        guard chunk.slots[slot] != nil else { return }
        if !isKnownUniquelyReferenced(&chunk.slots[slot]!) { chunk.slots[slot] = Box(chunk.slots[slot]!.value) }
        change(&chunk.slots[slot]!.value)
    }

    /// True if neither map has changed the key's value since one was copied from the other.
    @inlinable public func shares(_ key: Int, with other: PersistentMap) -> Bool {
        box(key) === other.box(key)
    }

    @inlinable func box(_ key: Int) -> Box? {
        let index = key / Self.chunkSize
        return index < chunks.count ? chunks[index]?.slots[key % Self.chunkSize] : nil
    }

    @inlinable mutating func mutableChunk(_ index: Int) -> Chunk {
        if chunks[index] == nil {
            chunks[index] = Chunk(Array(repeating: nil, count: Self.chunkSize))
        } else if !isKnownUniquelyReferenced(&chunks[index]!) {
            chunks[index] = Chunk(chunks[index]!.slots)
        }
        return chunks[index]!
    }

    @inlinable public var keys: [Int] {
        var result: [Int] = []
        for (index, chunk) in chunks.enumerated() {
            guard let chunk else { continue }
            for slot in 0..<Self.chunkSize where chunk.slots[slot] != nil {
                result.append(index * Self.chunkSize + slot)
            }
        }
        return result
    }

    /// Calls `visit` with each key whose value is not shared with `other`, in ascending order; where `visit` returns
    /// false, stops and returns false.
    @inlinable public func forEachDifference(
        from other: PersistentMap, _ visit: (Int, Value?, Value?) throws -> Bool
    ) rethrows -> Bool {
        for index in 0..<max(chunks.count, other.chunks.count) {
            let mine = index < chunks.count ? chunks[index] : nil
            let theirs = index < other.chunks.count ? other.chunks[index] : nil
            if mine === theirs { continue }
            for slot in 0..<Self.chunkSize {
                let left = mine?.slots[slot], right = theirs?.slots[slot]
                if left === right { continue }
                if try !visit(index * Self.chunkSize + slot, left?.value, right?.value) { return false }
            }
        }
        return true
    }

    /// Combines two maps. Values that both share are taken over untouched: `combine` must give back its argument
    /// when both are the same, and is asked only about the others. nil leaves a key out.
    @inlinable public func merging(
        _ other: PersistentMap, _ combine: (Int, Value?, Value?) -> Value?
    ) -> PersistentMap {
        var result = self
        _ = forEachDifference(from: other) { key, left, right in
            result[key] = combine(key, left, right)
            return true
        }
        return result
    }
}
