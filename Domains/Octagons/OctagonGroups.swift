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

/// The same for dimensions of a state, of which few take part.
struct OctagonDimensionGroups {
    /// -1 for dimensions that take no part.
    private var parents: [Int32]
    private var members: [Int32] = []

    init(count: Int) { parents = Array(repeating: -1, count: count) }

    func has(_ dimension: Int) -> Bool { parents[dimension] >= 0 }

    private mutating func root(of dimension: Int32) -> Int32 {
        var dimension = dimension
        if parents[Int(dimension)] < 0 {
            parents[Int(dimension)] = dimension
            members.append(dimension)
            return dimension
        }
        while parents[Int(dimension)] != dimension {
            parents[Int(dimension)] = parents[Int(parents[Int(dimension)])]
            dimension = parents[Int(dimension)]
        }
        return dimension
    }

    mutating func unite(_ first: Int, _ second: Int) {
        let left = root(of: Int32(truncatingIfNeeded: first)), right = root(of: Int32(truncatingIfNeeded: second))
        // The least dimension is the root.
        if left < right { parents[Int(right)] = left } else { parents[Int(left)] = right }
    }

    /// Unites the dimensions of a block.
    mutating func unite(_ block: OctagonBlock) {
        let leader = Int(block.dimensions[0])
        for position in 1..<block.count { unite(leader, Int(block.dimensions[position])) }
    }

    /// Calls `body` with the dimensions of each group, in ascending order.
    mutating func forEach(_ body: (UnsafeBufferPointer<Int32>) -> Void) {
        for member in members { parents[Int(member)] = root(of: member) }
        members.sort { (parents[Int($0)], $0) < (parents[Int($1)], $1) }
        members.withUnsafeBufferPointer { members in
            var start = 0
            while start < members.count {
                let root = parents[Int(members[start])]
                var end = start + 1
                while end < members.count && parents[Int(members[end])] == root { end += 1 }
                body(UnsafeBufferPointer(rebasing: members[start..<end]))
                start = end
            }
        }
    }
}
