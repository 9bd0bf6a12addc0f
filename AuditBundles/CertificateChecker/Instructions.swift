// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// One instruction of a script: which rule it is.
extension Execution {
    mutating func execute(_ i: Instruction) throws(CheckFailure) {
        switch i.opcode {
        case .move: assign(i, try value(i.a))
        case .linear: try executeLinear(i)
        case .arithmetic: try executeArithmetic(i)
        case .convert: assign(i, .integer(try wrap(try integer(i.a), i.type)))
        case .compareIntegers: try executeCompareIntegers(i)
        case .comparePointers: try executeComparePointers(i)
        case .compareFloats: try executeCompareFloats(i)
        case .floatArithmetic: try executeFloatArithmetic(i)
        case .floatNegate, .convertFloat: try executeFloatUnary(i)
        case .integerToFloat: try executeIntegerToFloat(i)
        case .floatToInteger: try executeFloatToInteger(i)
        case .offset: try executeOffset(i)
        case .difference: try executeDifference(i)
        case .pointerToInteger: assign(i, .integer(try fresh(i.type.range, 0)))
        case .integerToPointer: try executeIntegerToPointer(i)
        case .load: try executeLoad(i)
        case .store: try executeStore(i)
        case .copy: try executeCopy(i)
        case .fill, .scramble: try executeFill(i)
        case .probe: try executeProbe(i)
        case .allocate: try executeAllocate(i)
        case .free: try executeFree(i)
        case .start: try executeStart(i)
        case .end:
            guard let object = i.target else { throw CheckFailure(.illFormedProgram, "an end names no object") }
            try endLocal(try objectTag(object))
        case .havoc: assign(i, try freshValue(i.type))
        case .assume:
            guard let assumption = i.target else {
                throw CheckFailure(.illFormedProgram, "an assume names no assumption")
            }
            try guardValue(try integer(i.a), isTrue: true, try labels.single(assumption))
        case .check: try executeCheck(i)
        case .havocMemory: try executeHavocMemory(i)
        case .objectSize: try executeObjectSize(i)
        case .call, .callPointer: throw CheckFailure(.illFormedProgram, "a call as a plain instruction")
        }
    }

    private mutating func executeCheck(_ i: Instruction) throws(CheckFailure) {
        guard let kind = ObligationKind(rawValue: i.detail) else {
            throw CheckFailure(.illFormedProgram, "an obligation kind")
        }
        let form = try integer(i.a)
        let claim = try readClaim(kind, site: i.site)
        if claim.isClaimed {
            try settle(claim, try decided(form, isTrue: true))
        } else {
            try guardValue(form, isTrue: true, claim.alarm)
        }
    }
}
