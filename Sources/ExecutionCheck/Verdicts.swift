// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// What was said of the program's obligations, to be held against executions.
public struct Verdicts: Sendable {
    public enum Verdict: Sendable {
        case proved, unreachable, unproved
    }

    let table: ObligationTable
    private let verdicts: [Verdict]
    private let alwaysFailing: Set<Int32>
    /// By function and block: what executions must not reach, or not pass, with the place of the instruction.
    private let claims: [[[Claim]]]

    struct Claim {
        var place: Int32
        var obligation: Int32
        /// Else: it always fails.
        var isUnreachable: Bool
    }

    /// - Parameters:
    ///   - verdicts: by number of the obligation.
    ///   - alwaysFailing: obligations said to be violated whenever they are reached.
    public init(of program: Program, _ verdicts: [Verdict], alwaysFailing: Set<Int32>) {
        let table = ObligationTable(of: program)
        self.table = table
        self.verdicts = verdicts
        self.alwaysFailing = alwaysFailing
        claims = program.functions.enumerated().map { id, function in
            function.blocks.map { block in
                block.instructions.range.flatMap { place in
                    ObligationTable.kinds(of: function.instructions[place], in: program).compactMap { kind in
                        let site = function.instructions[place].site
                        guard let number = table.id(kind, site: site, function: FunctionID(id)) else { return nil }
                        let isUnreachable = verdicts[Int(number)] == .unreachable
                        guard isUnreachable || alwaysFailing.contains(number) else { return nil }
                        return Claim(place: Int32(place), obligation: number, isUnreachable: isUnreachable)
                    }
                }
            }
        }
    }

    public var count: Int { verdicts.count }

    subscript(obligation: Int32) -> Verdict { verdicts[Int(obligation)] }

    func claims(in block: BlockID, of function: FunctionID) -> [Claim] { claims[Int(function)][Int(block)] }

    /// Obligations that the instructions of a block raise.
    func obligations(in block: BlockID, of function: FunctionID, in program: Program) -> [Int32] {
        program.functions[Int(function)].code(of: block).flatMap { instruction in
            ObligationTable.kinds(of: instruction, in: program).compactMap {
                table.id($0, site: instruction.site, function: function)
            }
        }
    }
}
