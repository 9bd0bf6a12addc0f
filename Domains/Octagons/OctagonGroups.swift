// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A partition of `0 ..< count` that grows coarser: union and find.
struct OctagonGroups {
    private var parents: [Int]
    private var sizes: [Int]

    init(count: Int) {
        parents = Array(0..<count)
        sizes = Array(repeating: 1, count: count)
    }

    mutating func find(_ element: Int) -> Int {
        var element = element
        while parents[element] != element {
            parents[element] = parents[parents[element]]
            element = parents[element]
        }
        return element
    }

    /// Puts two elements into one group, unless that had more than `limit` elements then.
    mutating func unite(_ first: Int, _ second: Int, atMost limit: Int = .max) {
        let left = find(first), right = find(second)
        if left == right || sizes[left] + sizes[right] > limit { return }
        let (root, child) = left < right ? (left, right) : (right, left)
        parents[child] = root
        sizes[root] += sizes[child]
    }

    /// The groups, each in ascending order, in the order of their least elements.
    mutating func groups() -> [[Int]] {
        var result: [[Int]] = []
        var places = Array(repeating: -1, count: parents.count)
        for element in parents.indices {
            let root = find(element)
            if places[root] < 0 {
                places[root] = result.count
                result.append([])
            }
            result[places[root]].append(element)
        }
        return result
    }
}
