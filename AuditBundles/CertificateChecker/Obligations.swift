// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Section 3: the obligations of a program, derived from its instructions, so that no certificate can leave one out.
///
/// *Sound:* the table is a function of the program alone.
enum ObligationKind: UInt8 {
    case signedOverflow = 0, divisionByZero, invalidShift, outOfBoundsRead, outOfBoundsWrite, nullDereference
    case useAfterFree, danglingPointer, invalidFree, uninitializedRead, pointerArithmetic, pointerComparison
    case invalidCall, floatToInteger, writeToConstant, misalignedAccess, missingReturn, sizeOfVariableArray, assertion
    case libraryPrecondition, unsupported

    static let names = [
        "signed-overflow", "division-by-zero", "invalid-shift", "out-of-bounds-read", "out-of-bounds-write",
        "null-dereference", "use-after-free", "dangling-pointer", "invalid-free", "uninitialized-read",
        "pointer-arithmetic", "pointer-comparison", "invalid-call", "float-to-int", "write-to-constant",
        "misaligned-access", "missing-return", "vla-size", "assertion", "library-precondition", "unsupported",
    ]

    /// What an instruction demands, in the order in which it is decided.
    static func kinds(of i: Instruction) -> [ObligationKind] {
        switch i.opcode {
        case .arithmetic:
            switch i.operation {
            case .add, .subtract, .multiply: return i.type.isSigned ? [.signedOverflow] : []
            case .divide, .remainder: return i.type.isSigned ? [.divisionByZero, .signedOverflow] : [.divisionByZero]
            case .shiftLeft, .shiftRight: return [.invalidShift]
            default: return []
            }
        case .comparePointers: return i.comparison == .less || i.comparison == .lessOrEqual ? [.pointerComparison] : []
        case .difference: return [.pointerComparison]
        case .floatToInteger: return [.floatToInteger]
        case .offset: return i.isChecked ? [.pointerArithmetic] : []
        case .load: return lifetime(i.a) + [.outOfBoundsRead, .misalignedAccess, .uninitializedRead]
        case .store: return lifetime(i.a) + [.outOfBoundsWrite, .misalignedAccess, .writeToConstant]
        case .copy:
            return lifetime(i.b) + [.outOfBoundsRead] + lifetime(i.a) + [.outOfBoundsWrite, .writeToConstant]
        case .fill, .scramble: return lifetime(i.a) + [.outOfBoundsWrite, .writeToConstant]
        case .probe: return lifetime(i.a) + [.outOfBoundsRead, .uninitializedRead]
        case .objectSize: return lifetime(i.a)
        case .free: return [.invalidFree]
        case .start: return i.c.kind == .none ? [] : [.sizeOfVariableArray]
        case .check: return ObligationKind(rawValue: i.detail).map { [$0] } ?? []
        case .callPointer: return [.nullDereference, .invalidCall]
        default: return []
        }
    }

    static func lifetime(_ operand: Operand) -> [ObligationKind] {
        operand.kind == .object ? [] : [.nullDereference, .useAfterFree, .danglingPointer]
    }
}

struct Obligation: Hashable {
    var function: Int
    var site: Int
    var kind: ObligationKind
}

struct ObligationTable {
    private(set) var obligations: [Obligation] = []
    private var numbers: [Obligation: Int] = [:]

    init(_ program: Program) {
        for (number, function) in program.functions.enumerated() {
            for block in function.blocks {
                for instruction in function.instructions[block.instructions] {
                    for kind in ObligationKind.kinds(of: instruction) {
                        insert(Obligation(function: number, site: instruction.site, kind: kind))
                    }
                }
                if block.terminator.kind == .labelGoto {
                    insert(Obligation(function: number, site: block.terminator.site, kind: .invalidCall))
                }
            }
        }
    }

    private mutating func insert(_ obligation: Obligation) {
        guard numbers[obligation] == nil else { return }
        numbers[obligation] = obligations.count
        obligations.append(obligation)
    }

    func number(_ kind: ObligationKind, site: Int, function: Int) throws(CheckFailure) -> Int {
        guard let number = numbers[Obligation(function: function, site: site, kind: kind)] else {
            throw CheckFailure(.unknownReference, "an obligation is not in the table")
        }
        return number
    }
}
