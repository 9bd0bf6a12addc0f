// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Products, quotients, remainders and shifts (6.1).
///
/// *Sound:* x*y, x*2^y, truncated x/y and floor(x/2^y) are monotone in x and, on each sign of x and for y of one
/// sign, in y: over a box the extremes lie at its corners. A divisor that is not 0 is in the part of its bounds below 0
/// or in the part above.
extension Execution {
    struct Box {
        var a: (upper: Int128, lower: Int128)
        var b: (upper: Int128, lower: Int128)
        var label: Int

        func corners(_ operation: (Int128, Int128) throws(CheckFailure) -> Int128) throws(CheckFailure) -> Bounds {
            let values = [
                try operation(a.lower, b.lower), try operation(a.lower, b.upper), try operation(a.upper, b.lower),
                try operation(a.upper, b.upper),
            ]
            return Bounds(lower: values.min(), upper: values.max())
        }

        /// Bounds of the truncated quotient; the divisor is not 0.
        func quotients() throws(CheckFailure) -> Bounds {
            var parts = [b]
            if divisorMayBeZero { parts = [(upper: b.upper, lower: 1), (upper: -1, lower: b.lower)] }
            var values: [Int128] = []
            for part in parts where part.lower <= part.upper {
                for dividend in [a.lower, a.upper] {
                    for divisor in [part.lower, part.upper] { values.append(try quotient(dividend, divisor)) }
                }
            }
            guard let lower = values.min(), let upper = values.max() else {
                throw CheckFailure(.unjustified, "the divisor's bounds leave only 0")
            }
            return Bounds(lower: lower, upper: upper)
        }

        var divisorMayBeZero: Bool { b.lower <= 0 && b.upper >= 0 }
    }

    /// Reads four bounds: upper and lower of a, upper and lower of b.
    mutating func box(_ a: LinearForm, _ b: LinearForm) throws(CheckFailure) -> Box {
        let (au, al, bu, bl) = (try finiteUpper(a), try finiteLower(a), try finiteUpper(b), try finiteLower(b))
        let label = try labels.union(try labels.union(au.label, al.label), try labels.union(bu.label, bl.label))
        return Box(a: (au.bound, al.bound), b: (bu.bound, bl.bound), label: label)
    }

    mutating func multiply(_ a: LinearForm, _ b: LinearForm) throws(CheckFailure) -> LinearForm {
        let mode = try reader.byte()
        switch mode {
        case 0:
            if a.isConstant { return try b.scaled(by: a.constant) }
            guard b.isConstant else { throw unjustified("neither factor is a constant") }
            return try a.scaled(by: b.constant)
        case 1:
            let box = try box(a, b)
            return try fresh(try box.corners(product), box.label)
        case 2: return try fresh(.all, 0)
        case 3, 4:
            let (factor, other) = mode == 3 ? (b, a) : (a, b)
            let (high, low) = (try finiteUpper(factor), try finiteLower(factor))
            guard high.bound == low.bound else { throw unjustified("the factor may be several numbers") }
            return try labelled(try other.scaled(by: high.bound), try labels.union(high.label, low.label))
        default: throw CheckFailure(.malformed, "a product's hint has mode \(mode)")
        }
    }

    /// The claim of division-by-zero. Returns what it rests on that behind it the divisor is not 0.
    private mutating func nonzero(_ b: LinearForm, _ site: Int) throws(CheckFailure) -> Int {
        let claim = try readClaim(.divisionByZero, site: site)
        guard claim.isClaimed else {
            state.addExclusion(b, 0...0, claim.alarm)
            return claim.alarm
        }
        let selector = try reader.byte()
        let label: Int
        switch selector {
        case 0:
            let bound = try lower(b)
            guard bound.bound >= 1 else { throw unjustified("the divisor is not shown to be positive") }
            label = bound.label
        case 1:
            let bound = try upper(b)
            guard bound.bound <= -1 else { throw unjustified("the divisor is not shown to be negative") }
            label = bound.label
        case 2: label = try exclusion(try reader.unsigned(), ofZero: b)
        case 3:
            guard b.isConstant, b.constant != 0 else { throw unjustified("the divisor is no constant but 0") }
            label = 0
        case 4:
            let known = try congruence(b)
            guard known.remainder != 0 else { throw unjustified("the divisor may be a multiple of the modulus") }
            label = known.label
        default: throw CheckFailure(.malformed, "a divisor's hint has kind \(selector)")
        }
        try settle(claim, label)
        return label
    }

    mutating func divide(_ i: Instruction, _ a: LinearForm, _ b: LinearForm) throws(CheckFailure) -> LinearForm {
        let known = try nonzero(b, i.site)
        let mode = try reader.byte()
        let q: LinearForm
        switch mode {
        case 0:
            var box = try box(a, b)
            if box.divisorMayBeZero { box.label = try labels.union(box.label, known) }
            q = try fresh(try box.quotients(), box.label)
            if b.isConstant, b.constant > 0 {
                if let gap = try gap(try q.scaled(by: b.constant), a) {
                    let most = b.constant - 1
                    try state.addLinear(gap, atMost: box.a.lower >= 0 ? 0 : most, box.label)
                    try state.addLinear(try gap.scaled(by: -1), atMost: most, box.label)
                }
            }
        case 1: q = try fresh(.all, 0)
        default: throw CheckFailure(.malformed, "a quotient's hint has mode \(mode)")
        }
        if i.type.isSigned { try bounded(q, i.type, try readClaim(.signedOverflow, site: i.site)) }
        return q
    }

    mutating func remainder(_ i: Instruction, _ a: LinearForm, _ b: LinearForm) throws(CheckFailure) -> LinearForm {
        _ = try nonzero(b, i.site)
        if i.type.isSigned {
            let claim = try readClaim(.signedOverflow, site: i.site)
            if claim.isClaimed {
                let bound: Derived
                let isShown: Bool
                switch try reader.byte() {
                case 0:
                    bound = try lower(a)
                    isShown = bound.bound > i.type.range.lower ?? .max
                case 1:
                    bound = try lower(b)
                    isShown = bound.bound >= 0
                case 2:
                    bound = try upper(b)
                    isShown = bound.bound <= -2
                case let selector: throw CheckFailure(.malformed, "a remainder's overflow hint has kind \(selector)")
                }
                guard isShown else { throw unjustified("the remainder is not shown not to overflow") }
                try settle(claim, bound.label)
            }
        }
        let mode = try reader.byte()
        switch mode {
        case 0:
            let box = try box(a, b)
            let (low, high) = (box.b.lower, box.b.upper)
            let (x, y) = (low < 0 ? try negated(low) : low, high < 0 ? try negated(high) : high)
            let largest = try difference(x > y ? x : y, 1)
            let up = box.a.upper < largest ? box.a.upper : largest
            let below = try negated(box.a.lower)
            let down = try negated(below < largest ? below : largest)
            return try fresh(
                Bounds(lower: box.a.lower >= 0 ? 0 : down, upper: box.a.lower >= 0 ? up : box.a.upper <= 0 ? 0 : up),
                box.label)
        case 1: return try fresh(.all, 0)
        case 2:
            let low = try lower(a)
            let gap = try upper(try a.subtracting(b))
            guard low.bound >= 0, gap.bound <= -1 else {
                throw unjustified("the dividend is not shown to be the remainder")
            }
            return try labelled(a, try labels.union(low.label, gap.label))
        case 3:
            let box = try box(a, b)
            guard box.b.lower == box.b.upper, box.b.lower != 0 else {
                throw unjustified("the divisor may be several numbers")
            }
            let (low, high) = (try quotient(box.a.lower, box.b.lower), try quotient(box.a.upper, box.b.lower))
            guard low == high else { throw unjustified("the quotient may be several numbers") }
            return try labelled(try a.adding(negated(try product(low, box.b.lower))), box.label)
        default: throw CheckFailure(.malformed, "a remainder's hint has mode \(mode)")
        }
    }

    mutating func shift(_ i: Instruction, _ a: LinearForm, _ b: LinearForm) throws(CheckFailure) -> LinearForm {
        let isLeft = i.operation == .shiftLeft
        let claim = try readClaim(.invalidShift, site: i.site)
        var label = 0
        let most = i.type.width - 1
        if claim.isClaimed {
            let (high, low) = (try upper(b), try lower(b))
            guard high.bound <= most, low.bound >= 0 else {
                throw unjustified("the shift count is not shown to be below the width")
            }
            label = try labels.union(high.label, low.label)
            if isLeft, i.type.isSigned {
                let bound = try lower(a)
                guard bound.bound >= 0 else { throw unjustified("the shifted value is not shown not to be negative") }
                label = try labels.union(label, bound.label)
            }
        }
        let form = try shifted(a, b, isLeft: isLeft)
        if isLeft, i.type.isSigned, let maximum = i.type.range.upper {
            if claim.isClaimed {
                let bound = try upper(form)
                guard bound.bound <= maximum else {
                    throw unjustified("the shifted value is not shown to be in its type")
                }
                label = try labels.union(label, bound.label)
            } else {
                try addBounds(form, Bounds(lower: 0, upper: maximum), claim.alarm)
                try addAtLeast(a, 0, claim.alarm)
            }
        }
        let result = isLeft && !i.type.isSigned ? try wrap(form, i.type) : form
        if claim.isClaimed {
            try settle(claim, label)
        } else {
            try addBounds(b, Bounds(lower: 0, upper: most), claim.alarm)
        }
        return result
    }

    private mutating func shifted(_ a: LinearForm, _ b: LinearForm, isLeft: Bool) throws(CheckFailure) -> LinearForm {
        let mode = try reader.byte()
        switch mode {
        case 0:
            guard b.isConstant else { throw unjustified("the shift count is no constant") }
            let power = try powerOfTwo(b.constant)
            if isLeft { return try a.scaled(by: power) }
            let q = try fresh(.all, 0)
            if let gap = try gap(try q.scaled(by: power), a) {
                try state.addLinear(gap, atMost: 0, 0)
                try state.addLinear(try gap.scaled(by: -1), atMost: power - 1, 0)
            }
            return q
        case 1:
            let box = try box(a, b)
            guard box.b.lower >= 0, box.b.upper < 127 else {
                throw unjustified("the shift count's bounds leave 0...126")
            }
            return try fresh(
                try box.corners { x, y throws(CheckFailure) in
                    isLeft ? try product(x, try powerOfTwo(y)) : try floorQuotient(x, try powerOfTwo(y))
                }, box.label)
        case 2: return try fresh(.all, 0)
        default: throw CheckFailure(.malformed, "a shift's hint has mode \(mode)")
        }
    }
}
