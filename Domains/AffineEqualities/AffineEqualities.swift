// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Affine equalities between variables: the set of all points that satisfy them.
///
/// Rows are in echelon form: each has a leading variable of its own, and no variable before it. Arithmetic is exact; an equality
/// whose numbers grow too large is left out, so that more points satisfy the rest.
/// Reference: M. Karr, "Affine relationships among variables of a program", Acta Informatica 6, 1976.
public struct AffineEqualities: Sendable, Equatable {
    /// Ascending by leading variable.
    public private(set) var rows: [AffineEquality] = []

    public init() {}

    public var variables: Set<Int> { Set(rows.flatMap { $0.terms.map(\.variable) }) }

    /// Adds an equality. One that no point satisfies together with the others is left out.
    public mutating func insert(_ equality: AffineEquality) {
        guard let rest = remainder(of: equality), let leading = rest.leading else { return }
        rows.insert(rest, at: place(ofLeading: leading))
    }

    /// The place of the first row whose leading variable is at least this one.
    private func place(ofLeading variable: Int) -> Int {
        var low = 0, high = rows.count
        while low < high {
            let middle = (low + high) / 2
            if rows[middle].leading! < variable { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func row(leading variable: Int) -> AffineEquality? {
        let place = place(ofLeading: variable)
        return place < rows.count && rows[place].leading! == variable ? rows[place] : nil
    }

    /// True if every point that satisfies these satisfies the equality.
    public func implies(_ equality: AffineEquality) -> Bool { remainder(of: equality)?.isTrivial ?? false }

    /// True if every point of these is one of `other`.
    public func isSubset(of other: AffineEqualities) -> Bool { other.rows.allSatisfy(implies) }

    /// What the rows leave of an equality once their leading variables are replaced.
    private func remainder(of equality: AffineEquality) -> AffineEquality? {
        var rest = equality
        var index = 0
        // A row brings only variables behind its leading one, so terms before the index stay.
        while index < rest.terms.count {
            guard let row = row(leading: rest.terms[index].variable) else {
                index += 1
                continue
            }
            guard let reduced = rest.eliminating(row.leading!, by: row) else { return nil }
            rest = reduced
        }
        return rest
    }

    /// What holds of the variables from `first` on, whatever the others are.
    public func projected(from first: Int) -> AffineEqualities {
        var result = AffineEqualities()
        result.rows = rows.filter { $0.leading! >= first }
        return result
    }

    /// What holds of all other variables, whatever this one is.
    public func removing(_ variable: Int) -> AffineEqualities {
        guard let index = rows.lastIndex(where: { $0.coefficient(of: variable) != 0 }) else { return self }
        var result = AffineEqualities()
        for (place, row) in rows.enumerated() where place != index {
            if let rest = row.eliminating(variable, by: rows[index]) { result.insert(rest) }
        }
        return result
    }

    /// Each leading variable in no other row.
    public func reduced() -> AffineEqualities {
        var result = AffineEqualities()
        for row in rows.reversed() {
            guard let rest = result.remainder(of: row) else { continue }
            result.rows.insert(rest, at: 0)
        }
        return result
    }

    /// The least set of this kind that holds the points of both.
    ///
    /// Its points are `x = y + z` with `y` a multiple l, and z the rest 1 - l, of points of the two.
    public func join(_ other: AffineEqualities) -> AffineEqualities {
        if rows.isEmpty || other.rows.isEmpty { return AffineEqualities() }
        if self == other { return self }
        let shift = Int.min / 2, multiple = Int.min
        var system = AffineEqualities()
        // A y = -a l
        for row in rows {
            let terms = row.terms.map { AffineEquality.Term($0.variable + shift, $0.coefficient) }
            if let equality = AffineEquality(terms + [.init(multiple, row.constant)], constant: 0) {
                system.insert(equality)
            }
        }
        // B (x - y) = -b (1 - l)
        for row in other.rows {
            let terms = row.terms.flatMap {
                [
                    AffineEquality.Term($0.variable, $0.coefficient),
                    AffineEquality.Term($0.variable + shift, -$0.coefficient),
                ]
            }
            if let equality = AffineEquality(terms + [.init(multiple, -row.constant)], constant: row.constant) {
                system.insert(equality)
            }
        }
        return system.projected(from: 0).reduced()
    }
}
