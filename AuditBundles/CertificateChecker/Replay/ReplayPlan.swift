// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What replays of one program share.
struct ReplayPlan: Sendable {
    let program: Program
    let table: ObligationTable
    /// For each function the number of its first instruction among all.
    let firstInstruction: [Int]
    let instructionCount: Int
    /// What every run goes through, in units of work: functions and null, objects, instructions, obligations.
    let size: Int
    /// For each object its place among the automatic objects of its function.
    let localPlaces: [Int]
    /// For each function how many it has.
    let localCounts: [Int]
    /// For each static object its base.
    let staticBases: [Int]
    /// Functions whose address the program takes, ascending.
    let addressTaken: [Int]

    init(_ program: Program, _ table: ObligationTable) {
        self.program = program
        self.table = table
        var first: [Int] = []
        var count = 0
        for function in program.functions {
            first.append(count)
            count += function.instructions.count
        }
        firstInstruction = first
        instructionCount = count
        size = 1 + program.functions.count + program.objects.count + count + table.obligations.count
        var counts = Array(repeating: 0, count: program.functions.count)
        localPlaces = program.objects.map { object in
            guard object.kind == .local, let owner = object.owner else { return -1 }
            counts[owner] += 1
            return counts[owner] - 1
        }
        localCounts = counts
        var base = program.functions.count
        staticBases = program.objects.map { object in
            if object.kind == .local { return 0 }
            base += 1
            return base
        }
        addressTaken = Execution.functionsWithAddress(program)
    }
}
