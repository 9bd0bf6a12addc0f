// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The bounds at which a widening stops before it goes to infinity, usually the constants of the program and the
/// limits of its types.
///
/// Both arrays are sorted and free of duplicates. Each one adds at most one step to a widening chain, per bound.
@frozen
public struct Thresholds: Hashable, Sendable {
    public let integers: [Int128]
    public let floats: [Double]

    public init(integers: some Sequence<Int128> = [], floats: some Sequence<Double> = []) {
        self.integers = Thresholds.sorted(integers)
        self.floats = Thresholds.sorted(floats.filter { !$0.isNaN })
    }

    /// No thresholds: an unstable bound goes to infinity at once.
    public static let none = Thresholds(integers: [], floats: [])

    /// The thresholds of both.
    public func merging(_ other: Thresholds) -> Thresholds {
        Thresholds(integers: integers + other.integers, floats: floats + other.floats)
    }

    /// The greatest integer threshold that is at most `value`.
    @inlinable
    public func integer(atMost value: Int128) -> Int128? {
        let index = Thresholds.firstIndex(in: integers) { $0 > value }
        return index == 0 ? nil : integers[index - 1]
    }

    /// The least integer threshold that is at least `value`.
    @inlinable
    public func integer(atLeast value: Int128) -> Int128? {
        let index = Thresholds.firstIndex(in: integers) { $0 >= value }
        return index == integers.count ? nil : integers[index]
    }

    /// The greatest float threshold that is at most `value`.
    @inlinable
    public func float(atMost value: Double) -> Double? {
        let index = Thresholds.firstIndex(in: floats) { $0 > value }
        return index == 0 ? nil : floats[index - 1]
    }

    /// The least float threshold that is at least `value`.
    @inlinable
    public func float(atLeast value: Double) -> Double? {
        let index = Thresholds.firstIndex(in: floats) { $0 >= value }
        return index == floats.count ? nil : floats[index]
    }

    /// Binary search for the first element that satisfies `predicate`, which must be monotone along the array.
    @inlinable
    static func firstIndex<Element>(in array: [Element], where predicate: (Element) -> Bool) -> Int {
        var low = 0
        var high = array.count
        while low < high {
            let middle = (low + high) / 2
            if predicate(array[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private static func sorted<Element: Comparable>(_ elements: some Sequence<Element>) -> [Element] {
        var result: [Element] = []
        for element in elements.sorted() where result.last != element { result.append(element) }
        return result
    }
}
