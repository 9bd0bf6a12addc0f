// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Labels that joined all that was known of memory at a time: what was made before that rests on them too.
struct LabelLog {
    private var entries: [(label: Int, time: Int)] = []
    private(set) var clock = 0

    mutating func join(_ label: Int) {
        guard label != 0 else { return }
        clock += 1
        entries.removeAll { $0.label == label }
        entries.append((label, clock))
    }

    /// Labels that joined what was made at a time.
    func labels(since time: Int) -> [Int] {
        var result: [Int] = []
        for entry in entries.reversed() {
            guard entry.time > time else { break }
            result.append(entry.label)
        }
        return result
    }
}
