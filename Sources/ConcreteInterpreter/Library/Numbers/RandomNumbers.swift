// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// glibc's random: an additive feedback generator of 31 words (TYPE_3). Its state is the execution's own.
struct RandomNumbers {
    private var words: [UInt32] = []
    private var front = 0

    init(seed: UInt32 = 1) {
        var word = Int64(Int32(bitPattern: seed == 0 ? 1 : seed))
        words = [UInt32(truncatingIfNeeded: word)]
        for _ in 1..<31 {
            // 16807 * word modulo 2^31 - 1, by Schrage's method on a signed word.
            let high = word / 127773, low = word % 127773
            word = 16807 * low - 2836 * high
            if word < 0 { word += 2_147_483_647 }
            words.append(UInt32(truncatingIfNeeded: word))
        }
        front = 3
        for _ in 0..<310 { _ = next() }
    }

    /// From 0 to 2^31 - 1.
    mutating func next() -> UInt32 {
        let rear = (front + 28) % 31
        words[front] = words[front] &+ words[rear]
        defer { front = (front + 1) % 31 }
        return words[front] >> 1
    }
}
