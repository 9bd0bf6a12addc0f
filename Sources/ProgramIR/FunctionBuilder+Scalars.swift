// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Instructions on registers. The result goes to a new register, or to the one given as `into`.
extension FunctionBuilder {
    /// The result of an instruction: the register asked for, or a new one of the type.
    func target(_ register: Register?, _ type: ScalarType) -> Register {
        register ?? self.register(type)
    }

    /// Fills the common fields and emits; the operand is the result.
    func emit(
        _ opcode: Opcode, _ a: Operand, _ b: Operand = .none, result type: ScalarType, into register: Register?,
        site: SiteID, _ fill: (inout Instruction) -> Void = { _ in }
    ) -> Operand {
        var instruction = Instruction(opcode, site: site)
        instruction.a = a
        instruction.b = b
        instruction.result = target(register, type)
        fill(&instruction)
        emit(instruction)
        return .register(instruction.result)
    }

    /// `into = a`.
    public func move(_ a: Operand, into register: Register, site: SiteID) {
        var instruction = Instruction(.move, site: site)
        instruction.a = a
        instruction.result = register
        emit(instruction)
    }

    /// `into = a`, with a new register.
    public func move(_ a: Operand, type: ScalarType, name: String = "", site: SiteID) -> Operand {
        let register = register(type, name: name)
        move(a, into: register, site: site)
        return .register(register)
    }

    /// `constant + sum of coefficient * register`, exact; no undefined behaviour. A constant's summand is folded
    /// by the client.
    @discardableResult
    public func linear(
        _ constant: Int128, _ terms: [(coefficient: Int128, register: Register)], type: ScalarType,
        into register: Register? = nil, site: SiteID
    ) -> Operand {
        let pairs = terms.flatMap { [integer($0.coefficient), .register($0.register)] }
        let list = Self.append(pairs, to: &function.operands)
        return emit(.linear, integer(constant), result: type, into: register, site: site) { $0.list = list }
    }

    /// `a op b` in an integer type, with its obligations.
    @discardableResult
    public func arithmetic(
        _ operation: ArithmeticOperator, _ type: IntegerType, _ a: Operand, _ b: Operand,
        into register: Register? = nil, site: SiteID
    ) -> Operand {
        emit(.arithmetic, a, b, result: .integer(type), into: register, site: site) {
            $0.detail = operation.rawValue
            $0.type = .integer(type)
        }
    }

    /// An integer, reduced into the type modulo 2^bits.
    @discardableResult
    public func convert(_ a: Operand, to type: IntegerType, into register: Register? = nil, site: SiteID) -> Operand {
        emit(.convert, a, result: .integer(type), into: register, site: site) { $0.type = .integer(type) }
    }

    /// A comparison of integers; the result is 0 or 1.
    @discardableResult
    public func compareIntegers(
        _ operation: ComparisonOperator, _ a: Operand, _ b: Operand, into register: Register? = nil, site: SiteID
    ) -> Operand {
        compare(.compareIntegers, operation, a, b, into: register, site: site)
    }

    /// A comparison of pointers; the result is 0 or 1.
    @discardableResult
    public func comparePointers(
        _ operation: ComparisonOperator, _ a: Operand, _ b: Operand, into register: Register? = nil, site: SiteID
    ) -> Operand {
        compare(.comparePointers, operation, a, b, into: register, site: site)
    }

    /// A comparison of floats; the result is 0 or 1.
    @discardableResult
    public func compareFloats(
        _ operation: ComparisonOperator, _ a: Operand, _ b: Operand, into register: Register? = nil, site: SiteID
    ) -> Operand {
        compare(.compareFloats, operation, a, b, into: register, site: site)
    }

    private func compare(
        _ opcode: Opcode, _ operation: ComparisonOperator, _ a: Operand, _ b: Operand, into register: Register?,
        site: SiteID
    ) -> Operand {
        emit(opcode, a, b, result: .signed(32), into: register, site: site) { $0.detail = operation.rawValue }
    }

    /// `a op b`, rounded to the format.
    @discardableResult
    public func floatArithmetic(
        _ operation: FloatOperator, _ format: FloatFormat, _ a: Operand, _ b: Operand,
        into register: Register? = nil, site: SiteID
    ) -> Operand {
        emit(.floatArithmetic, a, b, result: .float(format), into: register, site: site) {
            $0.detail = operation.rawValue
            $0.type = .float(format)
        }
    }

    /// `-a`.
    @discardableResult
    public func floatNegate(
        _ a: Operand, _ format: FloatFormat, into register: Register? = nil, site: SiteID
    ) -> Operand {
        emit(.floatNegate, a, result: .float(format), into: register, site: site) { $0.type = .float(format) }
    }

    /// A float, rounded to the format.
    @discardableResult
    public func convertFloat(
        _ a: Operand, to format: FloatFormat, into register: Register? = nil, site: SiteID
    ) -> Operand {
        emit(.convertFloat, a, result: .float(format), into: register, site: site) { $0.type = .float(format) }
    }

    /// An integer, rounded to the format.
    @discardableResult
    public func integerToFloat(
        _ a: Operand, to format: FloatFormat, into register: Register? = nil, site: SiteID
    ) -> Operand {
        emit(.integerToFloat, a, result: .float(format), into: register, site: site) { $0.type = .float(format) }
    }

    /// A float, truncated toward zero; it must fit the type.
    @discardableResult
    public func floatToInteger(
        _ a: Operand, to type: IntegerType, into register: Register? = nil, site: SiteID
    ) -> Operand {
        emit(.floatToInteger, a, result: .integer(type), into: register, site: site) { $0.type = .integer(type) }
    }

    /// Any value of the type.
    @discardableResult
    public func havoc(_ type: ScalarType, into register: Register? = nil, site: SiteID) -> Operand {
        emit(.havoc, .none, result: type, into: register, site: site) { $0.type = type }
    }

    /// The assumption says that `a` is not 0 here.
    public func assume(_ a: Operand, under assumption: AssumptionID, site: SiteID) {
        var instruction = Instruction(.assume, site: site)
        instruction.a = a
        instruction.target = assumption
        emit(instruction)
    }

    /// An obligation of its own: `a` is not 0.
    public func check(_ a: Operand, _ kind: ObligationKind, site: SiteID) {
        var instruction = Instruction(.check, site: site)
        instruction.a = a
        instruction.detail = kind.rawValue
        emit(instruction)
    }
}
