// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Verifier {
    mutating func checkFunction(_ id: FunctionID) {
        let function = program.functions[Int(id)]
        place = Violation(rule: .numberOutOfRange, message: "", function: id, name: function.name)
        demandSite(function.site)
        checkDeclarations(of: function, id)
        guard demand(!function.blocks.isEmpty, .missingField, "the function has no blocks") else { return }
        checkInstructionRanges(of: function)
        // What the blocks mean can be followed only if all their stretches lie in their pools.
        var canFollow = true
        for (number, block) in function.blocks.enumerated() {
            place.block = BlockID(number)
            canFollow = checkBlock(block, of: function) && canFollow
        }
        place.block = nil
        if canFollow { checkLifetimes(of: function, id) }
    }

    private mutating func checkDeclarations(of function: Function, _ id: FunctionID) {
        demandLimit(function.registers.count, "registers")
        demandLimit(function.instructions.count, "instructions")
        demandLimit(function.blocks.count, "blocks")
        for count in [function.objects, function.live, function.targets].map(\.count)
            + [function.operands.count, function.cases.count]
        {
            demandLimit(count, "elements of a pool")
        }
        demand(
            function.registerNames.count == function.registers.count, .missingField,
            "there are \(function.registerNames.count) names for \(function.registers.count) registers")
        demand(
            0...function.registers.count ~= function.parameterCount, .numberOutOfRange,
            "there are \(function.parameterCount) parameters, but \(function.registers.count) registers")
        for type in function.registers { demandType(type) }
        if let result = function.result { demandType(result) }
        var seen: Set<ObjectID> = []
        for object in function.objects {
            demand(seen.insert(object).inserted, .wrongObject, "object \(object) is listed twice")
            guard demand(object, in: program.objects.indices, "object") else { continue }
            let description = program.objects[Int(object)]
            demand(
                description.kind == .local && description.owner == id, .wrongObject,
                "object \(object) is listed, but is no automatic object of the function")
        }
    }

    private mutating func checkInstructionRanges(of function: Function) {
        let ranges = function.blocks.map(\.instructions).filter { $0.count > 0 && $0.start >= 0 }
            .sorted { $0.start < $1.start }
        for (range, next) in zip(ranges, ranges.dropFirst()) {
            demand(
                Int(range.start) + Int(range.count) <= Int(next.start), .sharedInstructions,
                "two blocks share instruction \(next.start)")
        }
    }

    /// Whether a stretch lies in its pool.
    mutating func demand(_ range: PoolRange, in count: Int, _ what: @autoclosure () -> String) -> Bool {
        demand(
            range.start >= 0 && range.count >= 0 && Int(range.start) + Int(range.count) <= count, .numberOutOfRange,
            "a stretch leaves the pool of \(what())")
    }

    /// Whether all stretches and targets are in range, so that the block can be followed.
    private mutating func checkBlock(_ block: Block, of function: Function) -> Bool {
        var canFollow = demand(block.instructions, in: function.instructions.count, "instructions")
        if canFollow {
            for number in block.instructions.range {
                place.instruction = Int32(number)
                let instruction = function.instructions[number]
                if demand(instruction.list, in: function.operands.count, "operands") {
                    checkInstruction(instruction, of: function)
                } else {
                    canFollow = false
                }
            }
            place.instruction = nil
        }
        if demand(block.live, in: function.live.count, "live sets") {
            checkLiveSet(Array(function.live[block.live.range]))
        } else {
            canFollow = false
        }
        return checkTerminator(block.terminator, of: function) && canFollow
    }

    private mutating func checkLiveSet(_ live: [ObjectID]) {
        let ascends = zip(live, live.dropFirst()).allSatisfy { $0 < $1 }
        demand(ascends, .wrongLiveSet, "the live set does not ascend")
        for object in live {
            guard demand(object, in: program.objects.indices, "object") else { continue }
            let description = program.objects[Int(object)]
            demand(
                description.kind == .local && description.owner == place.function, .wrongLiveSet,
                "object \(object) is in the live set, but is no automatic object of the function")
        }
    }

    /// Whether targets and cases are in range.
    private mutating func checkTerminator(_ terminator: Terminator, of function: Function) -> Bool {
        demandSite(terminator.site)
        guard demand(terminator.targets, in: function.targets.count, "targets"),
            demand(terminator.cases, in: function.cases.count, "cases")
        else { return false }
        var canFollow = true
        for target in function.targets[terminator.targets.range] {
            canFollow = demand(target, in: function.blocks.indices, "block") && canFollow
            demand(target != 0, .entryBlockIsTarget, "a jump leads to the entry block")
        }
        if terminator.kind != .switch { demandUnused(terminator.cases == .empty, "the cases") }
        if terminator.kind != .labelGoto { demandUnused(terminator.labels == -1, "the label object") }
        let targetCount = Int(terminator.targets.count)
        switch terminator.kind {
        case .goto:
            demandTargets(targetCount == 1)
            demandUnused(terminator.operand.isNone, "the operand")
        case .branch:
            demandTargets(targetCount == 2)
            demandOperand(terminator.operand, .one(.integer), "the operand", in: function)
        case .switch:
            demandTargets(targetCount == Int(terminator.cases.count) + 1)
            demandOperand(terminator.operand, .one(.integer), "the operand", in: function)
            checkCases(function.cases[terminator.cases.range])
        case .labelGoto:
            demandOperand(terminator.operand, .one(.pointer), "the operand", in: function)
            if demand(terminator.labels, in: program.objects.indices, "object") {
                let labels = program.objects[Int(terminator.labels)]
                demand(
                    labels.kind == .labels && labels.owner == place.function, .wrongObject,
                    "object \(terminator.labels) does not hold the labels of the function")
            }
        case .return:
            demandTargets(targetCount == 0)
            if let result = function.result {
                demandOperand(terminator.operand, .one(result.scalarClass), "the operand", in: function)
            } else {
                demandUnused(terminator.operand.isNone, "the operand")
            }
        case .halt:
            demandTargets(targetCount == 0)
            demandUnused(terminator.operand.isNone, "the operand")
        }
        return canFollow
    }

    private mutating func demandTargets(_ isRight: Bool) {
        demand(isRight, .missingField, "the number of targets is wrong")
    }

    private mutating func checkCases(_ cases: ArraySlice<CaseRange>) {
        var previous: Int128?
        for item in cases {
            guard demand(item.lower, in: program.integers.indices, "integer"),
                demand(item.upper, in: program.integers.indices, "integer")
            else { return }
            let lower = program.integers[Int(item.lower)]
            let upper = program.integers[Int(item.upper)]
            guard
                demand(
                    lower <= upper && previous.map { $0 < lower } ?? true, .unorderedCases,
                    "the case \(lower)...\(upper) is empty or does not come after the one before")
            else { return }
            previous = upper
        }
    }
}
