// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Sizes of objects as linear forms (6.4), by their single tags.
///
/// *Sound:* an object's size never changes; an entry goes where its tag may name another object.
struct SizeTable {
    struct Entry {
        var form: LinearForm
        var label: Int
        /// Labels that joined all of memory since then count too.
        var time: Int
    }

    private var entries: [Int: Entry] = [:]
    private var trail: [(tag: Int, old: Entry?)] = []

    subscript(tag: Int) -> Entry? { entries[tag] }

    var count: Int { entries.count }

    mutating func set(_ tag: Int, _ entry: Entry?) {
        guard entry != nil || entries[tag] != nil else { return }
        trail.append((tag, entries[tag]))
        entries[tag] = entry
    }

    mutating func removeAll() { for tag in Array(entries.keys) { set(tag, nil) } }

    // MARK: Going back

    var checkpoint: Int { trail.count }

    mutating func restore(_ point: Int) {
        while trail.count > point, let last = trail.popLast() { entries[last.tag] = last.old }
    }
}
