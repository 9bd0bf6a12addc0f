// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The linear program of the multiples: the least sum of bounds for which the multiples of the inequalities, none negative,
/// add up to the terms. Two phases over a tableau (Dantzig).
///
/// Numbers are rounded, so the answer is a guess at which inequalities are needed.
struct DualSimplex {
    /// One row for each variable, one column for each inequality, and the right side.
    private var rows: [[Double]] = []
    /// The column that each row's basic multiple belongs to; -1: an artificial one, which has to vanish.
    private var basis: [Int] = []
    /// Bounds, the costs of the second phase.
    private let costs: [Double]
    private let width: Int
    private var pivots = 0

    /// Pivots before the search is given up.
    private static let patience = 120
    private static let tolerance = 1e-9

    init(_ terms: [LinearInequality.Term], _ inequalities: [LinearInequality]) {
        width = inequalities.count
        costs = inequalities.map { Double($0.bound) }
        var places: [Int: Int] = [:]
        func place(_ variable: Int) -> Int {
            if let known = places[variable] { return known }
            places[variable] = places.count
            return places.count - 1
        }
        for term in terms { _ = place(term.variable) }
        for inequality in inequalities { for term in inequality.terms { _ = place(term.variable) } }
        rows = Array(repeating: Array(repeating: 0, count: width + 1), count: places.count)
        basis = Array(repeating: -1, count: places.count)
        for term in terms { rows[place(term.variable)][width] += Double(term.coefficient) }
        for (column, inequality) in inequalities.enumerated() {
            for term in inequality.terms { rows[place(term.variable)][column] += Double(term.coefficient) }
        }
        for row in rows.indices where rows[row][width] < 0 {
            for column in 0...width { rows[row][column] = -rows[row][column] }
        }
    }

    /// The inequalities whose multiples are not 0 in the best combination, or in the first that is good enough; nil if no
    /// combination was found.
    mutating func support(wanted: Double) -> [Int]? {
        // First phase: without artificial multiples.
        while let column = entering({ row in basis[row] < 0 ? -1 : 0 }, base: { _ in 0 }) {
            if pivots >= Self.patience || !pivot(column) { return nil }
        }
        for row in rows.indices where basis[row] < 0 && rows[row][width] > 1e-6 { return nil }
        // Second phase: the least sum of bounds.
        while objective > wanted,
            let column = entering({ row in basis[row] < 0 ? 0 : -costs[basis[row]] }, base: { costs[$0] })
        {
            if pivots >= Self.patience || !pivot(column) { break }
        }
        return rows.indices.filter { basis[$0] >= 0 && rows[$0][width] > 1e-7 }.map { basis[$0] }.sorted()
    }

    private var objective: Double {
        rows.indices.reduce(0) { basis[$1] < 0 ? $0 : $0 + costs[basis[$1]] * rows[$1][width] }
    }

    /// The column whose multiple lowers the cost most.
    private func entering(_ weight: (Int) -> Double, base: (Int) -> Double) -> Int? {
        let weights = rows.indices.map(weight)
        var best: Int?, least = 0.0
        for column in 0..<width where !basis.contains(column) {
            var reduced = base(column), size = abs(reduced)
            for row in rows.indices where weights[row] != 0 && rows[row][column] != 0 {
                let part = weights[row] * rows[row][column]
                reduced += part
                size = max(size, abs(part))
            }
            if reduced < least, reduced < -Self.tolerance * max(1, size) { (best, least) = (column, reduced) }
        }
        return best
    }

    /// False if no row limits the column.
    private mutating func pivot(_ column: Int) -> Bool {
        pivots += 1
        var leaving: Int?, least = Double.infinity
        for row in rows.indices {
            let entry = rows[row][column]
            // An artificial multiple that is 0 stays so.
            let isArtificial = basis[row] < 0 && rows[row][width] <= Self.tolerance
            guard entry > Self.tolerance || isArtificial && abs(entry) > Self.tolerance else { continue }
            let ratio = isArtificial ? 0 : rows[row][width] / entry
            if ratio < least { (leaving, least) = (row, ratio) }
        }
        guard let leaving else { return false }
        let entry = rows[leaving][column]
        for place in 0...width { rows[leaving][place] /= entry }
        for row in rows.indices where row != leaving {
            let factor = rows[row][column]
            if factor == 0 { continue }
            for place in 0...width { rows[row][place] -= factor * rows[leaving][place] }
        }
        basis[leaving] = column
        return true
    }
}
