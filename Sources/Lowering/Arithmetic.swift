// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Operators on machine integers and floats. Constants are folded only where the operation is certain to be defined.
extension FunctionLowering {
    func arithmetic(
        _ operation: ArithmeticOperator, _ a: Operand, _ b: Operand, type: IntegerType, site: SiteID
    ) -> Operand {
        if let folded = fold(operation, a, b, type) { return integer(folded) }
        let wraps =
            type.isSigned && declaration?.unit.signedOverflow == .wraps
            && (operation == .add || operation == .subtract || operation == .multiply)
        if wraps {
            // -fwrapv: the operation modulo 2^w, read as signed.
            let unsigned = IntegerType.unsigned(type.bits)
            let (left, right) = (convert(a, to: unsigned, site: site), convert(b, to: unsigned, site: site))
            return convert(arithmetic(operation, left, right, type: unsigned, site: site), to: type, site: site)
        }
        return value(.arithmetic, .integer(type), site) {
            $0.detail = operation.rawValue
            $0.a = a
            $0.b = b
        }
    }

    private func fold(_ operation: ArithmeticOperator, _ a: Operand, _ b: Operand, _ type: IntegerType) -> Int128? {
        guard let x = constant(a), let y = constant(b), type.bits <= 64, abs(x) < 1 << 64, abs(y) < 1 << 64
        else { return nil }
        let exact: Int128
        switch operation {
        case .add: exact = x + y
        case .subtract: exact = x - y
        case .multiply:
            let (product, overflow) = x.multipliedReportingOverflow(by: y)
            if overflow { return nil }
            exact = product
        case .divide, .remainder:
            if y == 0 || (type.isSigned && x == type.minimum && y == -1) { return nil }
            exact = operation == .divide ? x / y : x % y
        case .shiftLeft, .shiftRight:
            guard y >= 0, y < Int128(type.bits), x >= 0 || operation == .shiftRight else { return nil }
            exact = operation == .shiftLeft ? x << y : x >> y
        case .and: exact = x & y
        case .or: exact = x | y
        case .xor: exact = x ^ y
        }
        if type.isSigned {
            guard let maximum = type.maximum, exact >= type.minimum, exact <= maximum else { return nil }
            return exact
        }
        return wrapped(exact, to: type)
    }

    func wrapped(_ value: Int128, to type: IntegerType) -> Int128? {
        guard let modulus = type.modulus, let maximum = type.maximum else { return nil }
        let low = ((value % modulus) + modulus) % modulus
        return low > maximum ? low - modulus : low
    }

    /// A value reduced into a type modulo 2^w.
    func convert(_ operand: Operand, to type: IntegerType, site: SiteID) -> Operand {
        if let constant = constant(operand), let folded = wrapped(constant, to: type) { return integer(folded) }
        return value(.convert, .integer(type), site) { $0.a = operand }
    }

    func compareIntegers(_ comparison: ComparisonOperator, _ a: Operand, _ b: Operand, site: SiteID) -> Operand {
        if let x = constant(a), let y = constant(b) {
            let holds =
                switch comparison {
                case .equal: x == y
                case .notEqual: x != y
                case .less: x < y
                case .lessOrEqual: x <= y
                }
            return integer(holds ? 1 : 0)
        }
        return compare(.compareIntegers, comparison, a, b, site)
    }

    func comparePointers(_ comparison: ComparisonOperator, _ a: Operand, _ b: Operand, site: SiteID) -> Operand {
        if comparison == .equal || comparison == .notEqual,
            isKnownAddress(a) && b == .null || a == .null && isKnownAddress(b)
        {
            return integer(comparison == .equal ? 0 : 1)
        }
        if a == .null && b == .null && (comparison == .equal || comparison == .notEqual) {
            return integer(comparison == .equal ? 1 : 0)
        }
        return compare(.comparePointers, comparison, a, b, site)
    }

    private func isKnownAddress(_ operand: Operand) -> Bool { operand.kind == .object || operand.kind == .function }

    func compareFloats(_ comparison: ComparisonOperator, _ a: Operand, _ b: Operand, site: SiteID) -> Operand {
        compare(.compareFloats, comparison, a, b, site)
    }

    private func compare(
        _ opcode: Opcode, _ comparison: ComparisonOperator, _ a: Operand, _ b: Operand, _ site: SiteID
    ) -> Operand {
        let result = value(opcode, .signed(32), site) {
            $0.detail = comparison.rawValue
            $0.a = a
            $0.b = b
        }
        if let register = result.register { truthValues.insert(register) }
        return result
    }

    func floatArithmetic(_ operation: FloatOperator, _ a: Operand, _ b: Operand, _ format: FloatFormat, site: SiteID)
        -> Operand
    {
        value(.floatArithmetic, .float(format), site) {
            $0.detail = operation.rawValue
            $0.a = a
            $0.b = b
        }
    }

    func negate(_ operand: Operand, _ type: ScalarType, site: SiteID) -> Operand {
        switch type {
        case .integer(let integer): return arithmetic(.subtract, self.integer(0), operand, type: integer, site: site)
        case .float: return value(.floatNegate, type, site) { $0.a = operand }
        case .pointer: return operand
        }
    }

    /// index * sizeof(element) in bytes, for an element of variable size.
    func scaledIndex(_ index: Operand, element: CType, site: SiteID) -> Operand {
        exactProduct(index, size(of: element, site: site), site: site)
    }

    /// The product as a mathematical integer: nothing wraps, and nothing is undefined where a factor is constant.
    func exactProduct(_ a: Operand, _ b: Operand, site: SiteID) -> Operand {
        switch (constant(a), constant(b)) {
        case (let x?, let y?):
            let (product, overflow) = x.multipliedReportingOverflow(by: y)
            if !overflow { return integer(product) }
        case (let x?, nil): return x == 1 ? b : exactSum([(x, b)], site: site)
        case (nil, let y?): return y == 1 ? a : exactSum([(y, a)], site: site)
        case (nil, nil): break
        }
        return arithmetic(.multiply, a, b, type: .signed(128), site: site)
    }

    /// The sum of multiples, as a mathematical integer.
    func exactSum(_ terms: [(factor: Int128, operand: Operand)], plus start: Int128 = 0, site: SiteID) -> Operand {
        let fixed = terms.reduce(start) { sum, term in sum + (constant(term.operand).map { $0 * term.factor } ?? 0) }
        let rest = terms.filter { constant($0.operand) == nil }
        if rest.isEmpty { return integer(fixed) }
        return value(.linear, .signed(128), site) {
            $0.a = integer(fixed)
            $0.list = pool(rest.flatMap { [integer($0.factor), $0.operand] })
        }
    }
}

extension BinaryOperator {
    var arithmetic: ArithmeticOperator? {
        switch self {
        case .multiply: .multiply
        case .divide: .divide
        case .remainder: .remainder
        case .add: .add
        case .subtract: .subtract
        case .shiftLeft: .shiftLeft
        case .shiftRight: .shiftRight
        case .bitwiseAnd: .and
        case .bitwiseXor: .xor
        case .bitwiseOr: .or
        default: nil
        }
    }

    var float: FloatOperator? {
        switch self {
        case .add: .add
        case .subtract: .subtract
        case .multiply: .multiply
        case .divide: .divide
        default: nil
        }
    }

    /// The comparison, and whether its operands are to be swapped.
    var comparison: (operation: ComparisonOperator, isSwapped: Bool)? {
        switch self {
        case .equal: (.equal, false)
        case .notEqual: (.notEqual, false)
        case .less: (.less, false)
        case .lessOrEqual: (.lessOrEqual, false)
        case .greater: (.less, true)
        case .greaterOrEqual: (.lessOrEqual, true)
        default: nil
        }
    }
}
