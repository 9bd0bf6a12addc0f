// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// One question that the analysis answers: can this kind of undefined behaviour happen at this site?
public struct Obligation: Hashable, Sendable {
    public var kind: ObligationKind
    public var site: SiteID
    public var function: FunctionID

    public init(kind: ObligationKind, site: SiteID, function: FunctionID) {
        self.kind = kind
        self.site = site
        self.function = function
    }
}

/// The obligations of a program, derived from its instructions (FORMAT.md section 3): nobody can forget one.
///
/// Ids number the pairs (function, site, kind) in the order in which the instructions raise them.
public struct ObligationTable: Sendable {
    public private(set) var obligations: [Obligation] = []
    private var ids: [Obligation: Int32] = [:]

    public init(of program: Program) {
        for (id, function) in program.functions.enumerated() {
            for block in function.blocks {
                for instruction in function.instructions[block.instructions.range] {
                    for kind in Self.kinds(of: instruction, in: program) {
                        insert(kind, site: instruction.site, function: FunctionID(id))
                    }
                }
                if block.terminator.kind == .labelGoto {
                    insert(.invalidCall, site: block.terminator.site, function: FunctionID(id))
                }
            }
        }
    }

    private mutating func insert(_ kind: ObligationKind, site: SiteID, function: FunctionID) {
        let obligation = Obligation(kind: kind, site: site, function: function)
        if ids[obligation] == nil {
            ids[obligation] = Int32(obligations.count)
            obligations.append(obligation)
        }
    }

    /// The id of an obligation that the table holds.
    public func id(_ kind: ObligationKind, site: SiteID, function: FunctionID) -> Int32? {
        ids[Obligation(kind: kind, site: site, function: function)]
    }

    /// What an instruction demands, in the order in which it is decided.
    public static func kinds(of instruction: Instruction, in program: Program) -> [ObligationKind] {
        switch instruction.opcode {
        case .arithmetic: return arithmeticKinds(of: instruction)
        case .comparePointers:
            return instruction.detail >= ComparisonOperator.less.rawValue ? [.pointerComparison] : []
        case .difference: return [.pointerComparison]
        case .floatToInteger: return [.floatToInt]
        case .offset: return instruction.flags.contains(.checked) ? [.pointerArithmetic] : []
        case .load:
            return accessKinds(instruction.a, in: program) + [.outOfBoundsRead, .misalignedAccess, .uninitializedRead]
        case .store:
            return accessKinds(instruction.a, in: program) + [.outOfBoundsWrite, .misalignedAccess, .writeToConstant]
        case .copy:
            return accessKinds(instruction.b, in: program) + [.outOfBoundsRead]
                + accessKinds(instruction.a, in: program) + [.outOfBoundsWrite, .writeToConstant]
        case .fill, .scramble: return accessKinds(instruction.a, in: program) + [.outOfBoundsWrite, .writeToConstant]
        case .probe: return accessKinds(instruction.a, in: program) + [.outOfBoundsRead, .uninitializedRead]
        case .objectSize: return accessKinds(instruction.a, in: program)
        case .free: return [.invalidFree]
        case .start: return instruction.c.isNone ? [] : [.vlaSize]
        case .check: return instruction.obligationKind.map { [$0] } ?? []
        case .callPointer: return [.nullDereference, .invalidCall]
        default: return []
        }
    }

    /// A pointer in a register may be null, freed or dangling; a named object is none of these while it is in scope.
    private static func accessKinds(_ operand: Operand, in program: Program) -> [ObligationKind] {
        operand.kind == .object ? [] : [.nullDereference, .useAfterFree, .danglingPointer]
    }

    private static func arithmeticKinds(of instruction: Instruction) -> [ObligationKind] {
        guard case .integer(let type) = instruction.type, let operation = instruction.arithmetic else { return [] }
        switch operation {
        case .add, .subtract, .multiply: return type.isSigned ? [.signedOverflow] : []
        case .divide, .remainder: return type.isSigned ? [.divisionByZero, .signedOverflow] : [.divisionByZero]
        case .shiftLeft, .shiftRight: return [.invalidShift]
        case .and, .or, .xor: return []
        }
    }
}
