// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Fixpoint
import Lattices
import ProgramIR

/// Where widening in a function stops on the way to infinity: where a bound is likely to be right.
extension ThresholdLadder {
    /// How many constants of its callees a function's widenings stop at.
    private static let calleeConstants = 64

    init(_ function: Function, _ program: Program) {
        let compared = Self.compared(function, program).union(Self.limits)
        // Where steps have become many, fewer stops: what keeps a bound is a comparison.
        self.init([
            (Thresholds(integers: Self.constants(function, program).union(compared), floats: Self.floats), 8),
            (Thresholds(integers: compared, floats: Self.floats), 4),
            (Thresholds(integers: Self.limits, floats: Self.floats), 4),
        ])
    }

    /// Constants of the code, with their neighbours, and sizes of objects.
    private static func constants(_ function: Function, _ program: Program) -> Set<Int128> {
        var values: Set<Int128> = []
        for instruction in function.instructions
        where [.compareIntegers, .arithmetic, .move].contains(instruction.opcode) {
            for value in [instruction.a, instruction.b].compactMap({ constant($0, program) }) {
                values.formUnion([value - 1, value, value + 1])
            }
        }
        for range in function.cases {
            values.insert(program.integers[Int(range.lower)])
            values.insert(program.integers[Int(range.upper)])
        }
        for object in program.objects where object.size > 0 && object.size < 1 << 32 {
            values.formUnion([Int128(object.size) - 1, Int128(object.size)])
        }
        return values
    }

    /// What the function compares with, and what its callees do: a loop's calls are part of it, and what they keep in memory
    /// has the bounds that they look after.
    private static func compared(_ function: Function, _ program: Program) -> Set<Int128> {
        var values = compared(in: function, program)
        let most = values.count + calleeConstants
        for callee in callees(of: function, program) {
            values.formUnion(compared(in: callee, program).sorted().prefix(most - values.count))
        }
        return values
    }

    private static func compared(in function: Function, _ program: Program) -> Set<Int128> {
        let comparisons = function.instructions.filter { $0.opcode == .compareIntegers }
        return Set(
            comparisons.flatMap { [$0.a, $0.b] }.compactMap { constant($0, program) }.flatMap { [$0 - 1, $0] })
    }

    /// What a function calls by name, directly or not, nearest first. Library functions are left out: what they compare is
    /// about their arguments.
    private static func callees(of function: Function, _ program: Program) -> [Function] {
        var found: [Function] = [], seen: Set<FunctionID> = []
        var callers = [function]
        while !callers.isEmpty {
            callers = callers.flatMap(\.instructions).filter { $0.opcode == .call }.map(\.target)
                .filter { seen.insert($0).inserted }.map { program.functions[Int($0)] }
                .filter { program.sites[Int($0.site)].model == 0 }
            found += callers
        }
        return found
    }

    private static func constant(_ operand: Operand, _ program: Program) -> Int128? {
        guard operand.kind == .integer else { return nil }
        let value = program.integers[Int(operand.index)]
        return value.magnitude < UInt128(1) << 64 ? value : nil
    }

    private static let floats: [Double] = [-1, 0, 1]

    /// Limits of types.
    private static let limits: Set<Int128> = {
        var values: Set<Int128> = [-1, 0, 1]
        for bits in [8, 16, 32, 64] as [UInt8] {
            for type in [IntegerType.signed(bits), .unsigned(bits)] {
                values.insert(type.minimum)
                if let maximum = type.maximum { values.insert(maximum) }
            }
        }
        return values
    }()
}
