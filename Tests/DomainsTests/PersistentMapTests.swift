// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import MemoryCells
import Testing

/// Persistent maps against dictionaries.
@Suite("Persistent maps")
struct PersistentMapTests {
    typealias Map = PersistentMap<Int>

    private struct Pair {
        var map = Map()
        var model: [Int: Int] = [:]

        var agrees: Bool {
            map.keys == model.keys.sorted() && (0..<80).allSatisfy { map[$0] == model[$0] }
        }
    }

    private func changed(_ pair: Pair, by generator: inout SeededGenerator) -> Pair {
        var pair = pair
        for _ in 0..<Int.random(in: 0...12, using: &generator) {
            let key = Int.random(in: 0..<70, using: &generator), value = Int.random(in: 0..<5, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0:
                pair.map[key] = nil
                pair.model[key] = nil
            case 1:
                pair.map.update(key) { $0 += 10 }
                pair.model[key]? += 10
            default:
                pair.map[key] = value
                pair.model[key] = value
            }
        }
        return pair
    }

    /// A change to a copy is none to what it was copied from.
    @Test func copiesAreIndependent() {
        var generator = SeededGenerator(stream: 901)
        for _ in 0..<300 {
            let origin = changed(Pair(), by: &generator)
            let copies = (0..<3).map { _ in changed(origin, by: &generator) }
            #expect(origin.agrees && copies.allSatisfy(\.agrees))
        }
    }

    @Test func differencesAreVisitedInOrder() {
        var generator = SeededGenerator(stream: 902)
        for _ in 0..<300 {
            let origin = changed(Pair(), by: &generator)
            let left = changed(origin, by: &generator), right = changed(origin, by: &generator)
            var visited: [Int] = []
            var isRight = true
            let isWhole = left.map.forEachDifference(from: right.map) { key, mine, theirs in
                visited.append(key)
                isRight = isRight && mine == left.model[key] && theirs == right.model[key]
                return true
            }
            let different = Set(left.model.keys).union(right.model.keys).filter { left.model[$0] != right.model[$0] }
            #expect(isWhole && isRight && visited == visited.sorted() && different.isSubset(of: visited))
            #expect(visited.allSatisfy { left.model[$0] != nil || right.model[$0] != nil })
            var calls = 0
            let isStopped = left.map.forEachDifference(from: right.map) { _, _, _ in
                calls += 1
                return false
            }
            #expect(isStopped == visited.isEmpty && calls == min(1, visited.count))
        }
    }

    @Test func sharedChunksAreNotVisited() {
        var map = Map()
        for key in 0..<64 { map[key] = key }
        var other = map
        other[20] = 7
        var visited: [Int] = []
        _ = map.forEachDifference(from: other) { key, _, _ in
            visited.append(key)
            return true
        }
        #expect(visited.contains(20) && visited.count < 64)
        #expect(map.forEachDifference(from: map) { _, _, _ in false })
    }

    @Test func mergingCombinesWhatDiffers() {
        var generator = SeededGenerator(stream: 903)
        for _ in 0..<300 {
            let origin = changed(Pair(), by: &generator)
            let left = changed(origin, by: &generator), right = changed(origin, by: &generator)
            // What only one has is left out, as in a join.
            let merged = left.map.merging(right.map) { _, mine, theirs in
                guard let mine, let theirs else { return nil }
                return max(mine, theirs)
            }
            let model = left.model.filter { right.model[$0.key] != nil }
                .merging(right.model.filter { left.model[$0.key] != nil }, uniquingKeysWith: max)
            #expect(Pair(map: merged, model: model).agrees)
            #expect(left.agrees && right.agrees)
        }
    }
}
