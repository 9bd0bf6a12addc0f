// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Where the scripts of a certificate lead, noted while they are checked: which node stands at a jump's end, which
/// clone is called, which tag an allocation gives. So an execution can be followed through the certificate.
struct Paths: Sendable {
    /// Instructions of one block that a script executes in a row, from the block's begin or from behind a callPointer.
    struct Stretch: Sendable {
        /// Behind a callPointer: the function that it called.
        var callee = -1
        /// Number of the instruction before which the script calls the path dead; the end of the block's: its
        /// terminator.
        var deadAt = -1
        var notes: Range<Int> = 0..<0
        var edges: Range<Int> = 0..<0
    }

    enum Edge: Sendable {
        case dead
        case stretch(Int)
        case node(Int)
    }

    /// For each node the stretch at its begin.
    var roots: [Int] = []
    var stretches: [Stretch] = []
    var edges: [Edge] = []
    /// Number of an instruction, and what the script says of it: a clone, a tag, or 1 for a free that renames.
    var notes: [(instruction: Int32, value: Int32)] = []
}

extension Execution {
    /// Begins a stretch; -1 where nobody wants to know.
    mutating func openStretch(callee: Int = -1) -> Int {
        guard let count = paths?.notes.count, let number = paths?.stretches.count else { return -1 }
        paths?.stretches.append(Paths.Stretch(callee: callee, notes: count..<count))
        stretch = number
        return number
    }

    /// Notes what the script says of the running instruction.
    mutating func note(_ value: Int) {
        guard paths != nil, let instruction else { return }
        paths?.notes.append((Int32(truncatingIfNeeded: instruction), Int32(truncatingIfNeeded: value)))
        guard let end = paths?.notes.count, let start = paths?.stretches[stretch].notes.lowerBound else { return }
        paths?.stretches[stretch].notes = start..<end
    }

    mutating func noteDeadEnd(_ instruction: Int) { paths?.stretches[stretch].deadAt = instruction }

    /// The running stretch branches; as long as nothing else is noted of them, its branches are dead.
    /// The script says of each what becomes of it, in a byte at least: so there are no more than bytes.
    mutating func openEdges(_ count: Int) throws(CheckFailure) {
        guard let start = paths?.edges.count else { return }
        guard count <= reader.bytes.count - start else {
            throw CheckFailure(.malformed, "there are more branches than bytes that tell of them")
        }
        paths?.edges.append(contentsOf: repeatElement(.dead, count: count))
        paths?.stretches[stretch].edges = start..<start + count
    }

    mutating func note(_ edge: Paths.Edge, _ number: Int, of stretch: Int) {
        guard let range = paths?.stretches[stretch].edges, number < range.count else { return }
        paths?.edges[range.lowerBound + number] = edge
    }
}
