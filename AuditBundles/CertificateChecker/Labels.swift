// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Sets of assumption numbers (section 4), interned: equal sets have equal numbers and label 0 is the empty set.
///
/// *Sound:* a conclusion carries the union of its premises' labels; subset tests compare whole sets.
struct Labels {
    private var sets: [[Int]] = [[]]
    private var numbers: [[Int]: Int] = [[]: 0]
    private var unions: [UInt64: Int] = [:]
    private var subsets: [UInt64: Bool] = [:]
    private var held = 0
    /// How many of the sets came from the certificate.
    private(set) var declared = 1
    /// Assumption numbers from here on are alarms.
    let assumptionCount: Int

    init(assumptionCount: Int) { self.assumptionCount = assumptionCount }

    /// The certificate's own table; its first label is the empty one.
    mutating func declare(_ set: [Int], first: Bool) throws(CheckFailure) {
        if first {
            guard set.isEmpty else { throw CheckFailure(.illFormedCertificate, "label 0 is not empty") }
            return
        }
        guard numbers[set] == nil else { throw CheckFailure(.illFormedCertificate, "two labels are equal") }
        _ = try intern(set)
        declared = sets.count
    }

    mutating func intern(_ set: [Int]) throws(CheckFailure) -> Int {
        if let number = numbers[set] { return number }
        held += set.count
        guard sets.count < Reader.maximumCount, held < 1 << 26 else { throw CheckFailure(.limit, "too many labels") }
        numbers[set] = sets.count
        sets.append(set)
        return sets.count - 1
    }

    mutating func single(_ number: Int) throws(CheckFailure) -> Int { try intern([number]) }

    func elements(_ label: Int) -> [Int] { label >= 0 && label < sets.count ? sets[label] : [] }

    @inline(__always)
    mutating func union(_ a: Int, _ b: Int) throws(CheckFailure) -> Int {
        if a == b || b == 0 { return a }
        if a == 0 { return b }
        return try slowUnion(a < b ? a : b, a < b ? b : a)
    }

    private mutating func slowUnion(_ a: Int, _ b: Int) throws(CheckFailure) -> Int {
        let key = UInt64(a) << 32 | UInt64(b)
        if let known = unions[key] { return known }
        let (x, y) = (elements(a), elements(b))
        var merged: [Int] = []
        merged.reserveCapacity(x.count + y.count)
        var (i, j) = (0, 0)
        while i < x.count || j < y.count {
            if j >= y.count || (i < x.count && x[i] < y[j]) {
                merged.append(x[i])
                i += 1
            } else {
                if i < x.count && x[i] == y[j] { i += 1 }
                merged.append(y[j])
                j += 1
            }
        }
        let result = try intern(merged)
        guard unions.count < Reader.maximumCount else { throw CheckFailure(.limit, "too many unions of labels") }
        unions[key] = result
        return result
    }

    @inline(__always)
    mutating func isSubset(_ a: Int, _ b: Int) -> Bool {
        if a == 0 || a == b { return true }
        if b == 0 { return false }
        return slowSubset(a, b)
    }

    private mutating func slowSubset(_ a: Int, _ b: Int) -> Bool {
        let key = UInt64(a) << 32 | UInt64(b)
        if let known = subsets[key] { return known }
        let (x, y) = (elements(a), elements(b))
        var j = 0
        var result = true
        for element in x {
            while j < y.count, y[j] < element { j += 1 }
            guard j < y.count, y[j] == element else {
                result = false
                break
            }
        }
        if subsets.count < Reader.maximumCount { subsets[key] = result }
        return result
    }

    /// The assumptions of the program in a label.
    mutating func withoutAlarms(_ label: Int) throws(CheckFailure) -> Int {
        if hasAlarmsOnly(label) { return 0 }
        return try intern(elements(label).filter { $0 < assumptionCount })
    }

    /// No assumption of the program: the label speaks of earlier obligations alone. Where an execution arrives,
    /// those hold, for the first violated one ends it.
    func hasAlarmsOnly(_ label: Int) -> Bool { (elements(label).first ?? assumptionCount) >= assumptionCount }
}
