// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Calls and terminators.
extension FunctionBuilder {
    /// Calls a function of the program. `result` is the type that it returns, nil to drop the value or for void.
    @discardableResult
    public func call(
        _ callee: FunctionID, _ arguments: [Operand], result type: ScalarType? = nil, into register: Register? = nil,
        site: SiteID
    ) -> Operand {
        var instruction = Instruction(.call, site: site)
        instruction.target = callee
        return call(instruction, arguments, result: type, into: register)
    }

    /// Calls through a pointer.
    @discardableResult
    public func callPointer(
        _ callee: Operand, _ arguments: [Operand], result type: ScalarType? = nil, into register: Register? = nil,
        site: SiteID
    ) -> Operand {
        var instruction = Instruction(.callPointer, site: site)
        instruction.a = callee
        return call(instruction, arguments, result: type, into: register)
    }

    private func call(
        _ call: Instruction, _ arguments: [Operand], result type: ScalarType?, into register: Register?
    ) -> Operand {
        var call = call
        call.list = Self.append(arguments, to: &function.operands)
        if let type { call.result = target(register, type) }
        emit(call)
        return type == nil ? .none : .register(call.result)
    }

    public func goto(_ target: BlockID, site: SiteID) {
        terminate(Terminator(.goto, site: site), to: [target])
    }

    /// To `then` if the condition, an integer, is not 0.
    public func branch(_ condition: Operand, then: BlockID, else otherwise: BlockID, site: SiteID) {
        var terminator = Terminator(.branch, site: site)
        terminator.operand = condition
        terminate(terminator, to: [then, otherwise])
    }

    /// To the case that holds the value, else to the default. Sorts the cases; they must be disjoint.
    public func switchTo(
        _ value: Operand, cases: [(range: ClosedRange<Int128>, target: BlockID)], default otherwise: BlockID,
        site: SiteID
    ) {
        let sorted = cases.sorted { $0.range.lowerBound < $1.range.lowerBound }
        var terminator = Terminator(.switch, site: site)
        terminator.operand = value
        let ranges = sorted.map { item in
            let lower = program.integerPlace(item.range.lowerBound)
            return CaseRange(lower: lower, upper: program.integerPlace(item.range.upperBound))
        }
        terminator.cases = Self.append(ranges, to: &function.cases)
        terminate(terminator, to: sorted.map(\.target) + [otherwise])
    }

    /// To `targets[k]`, where the pointer is object `labels`, offset k.
    public func labelGoto(_ pointer: Operand, labels: ObjectID, targets: [BlockID], site: SiteID) {
        var terminator = Terminator(.labelGoto, site: site)
        terminator.operand = pointer
        terminator.labels = labels
        terminate(terminator, to: targets)
    }

    public func `return`(_ value: Operand = .none, site: SiteID) {
        var terminator = Terminator(.return, site: site)
        terminator.operand = value
        terminate(terminator, to: [])
    }

    /// The program ends here.
    public func halt(site: SiteID) {
        terminate(Terminator(.halt, site: site), to: [])
    }
}
