// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Integer, pointer or float: what decides whether an operand fits.
public enum ScalarClass: UInt8, Hashable, Sendable, CaseIterable {
    case integer, pointer, float
}

extension ScalarType {
    @inlinable public var scalarClass: ScalarClass {
        switch self {
        case .integer: .integer
        case .pointer: .pointer
        case .float: .float
        }
    }
}

/// Which fields an opcode uses, and how (FORMAT.md section 2). The verifier, the printer and the parser follow it.
/// Fields that an opcode does not use hold their defaults.
struct InstructionShape {
    /// What an operand or the result must be.
    enum Slot: Equatable {
        /// Not used.
        case none
        case one(ScalarClass)
        /// The class of the instruction's type.
        case ofType
        /// Any class; a result has the class of `a`.
        case any
        /// `linear`: an integer constant, not a register.
        case integerConstant
        /// `start`: an integer where the object's size is dynamic.
        case integerIfDynamic
    }

    enum TypeUse: Equatable {
        case none, integer, float, any
        /// `havocMemory`: any if there is a result.
        case withResult
    }

    enum Target: Equatable {
        case none, local, function, assumption
    }

    enum Detail: Equatable {
        case none, arithmetic, comparison, float, obligation

        /// Codes that are defined, from 0.
        var count: Int {
            switch self {
            case .none: 1
            case .arithmetic: ArithmeticOperator.allCases.count
            case .comparison: ComparisonOperator.allCases.count
            case .float: FloatOperator.allCases.count
            case .obligation: ObligationKind.allCases.count
            }
        }
    }

    enum List: Equatable {
        case none, terms, arguments
    }

    var a = Slot.none
    var b = Slot.none
    var c = Slot.none
    var result = Slot.none
    var resultIsOptional = false
    var type = TypeUse.none
    var detail = Detail.none
    var target = Target.none
    var list = List.none
    var flags: InstructionFlags = []
    var usesBit = false
    var usesAlignment = false
    var usesImmediate = false
}

extension Opcode {
    var shape: InstructionShape {
        typealias Shape = InstructionShape
        let integer = Shape.Slot.one(.integer)
        let pointer = Shape.Slot.one(.pointer)
        let float = Shape.Slot.one(.float)
        switch self {
        case .move: return Shape(a: .any, result: .any)
        case .linear: return Shape(a: .integerConstant, result: integer, list: .terms)
        case .arithmetic: return Shape(a: integer, b: integer, result: integer, type: .integer, detail: .arithmetic)
        case .convert: return Shape(a: integer, result: integer, type: .integer)
        case .compareIntegers: return Shape(a: integer, b: integer, result: integer, detail: .comparison)
        case .comparePointers: return Shape(a: pointer, b: pointer, result: integer, detail: .comparison, flags: .bases)
        case .compareFloats: return Shape(a: float, b: float, result: integer, detail: .comparison)
        case .floatArithmetic: return Shape(a: float, b: float, result: float, type: .float, detail: .float)
        case .floatNegate, .convertFloat: return Shape(a: float, result: float, type: .float)
        case .integerToFloat: return Shape(a: integer, result: float, type: .float)
        case .floatToInteger: return Shape(a: float, result: integer, type: .integer)
        case .offset:
            return Shape(a: pointer, b: integer, result: pointer, flags: .checked, usesImmediate: true)
        case .difference: return Shape(a: pointer, b: pointer, result: integer, usesImmediate: true)
        case .pointerToInteger: return Shape(a: pointer, result: integer, type: .integer)
        case .integerToPointer: return Shape(a: integer, result: pointer)
        case .load:
            return Shape(
                a: pointer, result: .ofType, type: .any, flags: .volatile, usesBit: true, usesAlignment: true,
                usesImmediate: true)
        case .store:
            return Shape(
                a: pointer, b: .ofType, type: .any, flags: .volatile, usesBit: true, usesAlignment: true,
                usesImmediate: true)
        case .copy: return Shape(a: pointer, b: pointer, c: integer)
        case .fill: return Shape(a: pointer, b: integer, c: integer)
        case .scramble, .probe: return Shape(a: pointer, c: integer)
        case .allocate: return Shape(c: integer, result: pointer, usesAlignment: true)
        case .free: return Shape(a: pointer)
        case .start: return Shape(c: .integerIfDynamic, target: .local)
        case .end: return Shape(target: .local)
        case .havoc: return Shape(result: .ofType, type: .any)
        case .assume: return Shape(a: integer, target: .assumption)
        case .check: return Shape(a: integer, detail: .obligation)
        case .call: return Shape(result: .any, resultIsOptional: true, target: .function, list: .arguments)
        case .callPointer: return Shape(a: pointer, result: .any, resultIsOptional: true, list: .arguments)
        case .havocMemory:
            return Shape(result: .ofType, resultIsOptional: true, type: .withResult, target: .assumption)
        case .objectSize: return Shape(a: pointer, result: integer)
        }
    }
}
