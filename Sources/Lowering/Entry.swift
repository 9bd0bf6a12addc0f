// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

extension FunctionLowering {
    /// The code that calls main and ends the program.
    func buildEntry(main: FunctionID, declaration: Declaration) {
        let site = functionSite
        inScope(site: site) {
            for constructor in program.startupFunctions { callWithoutArguments(constructor, site: site) }
            var list: [Operand] = []
            for type in program.builder.function(main).registers.prefix(program.builder.function(main).parameterCount) {
                list.append(havoc(type, site: site))
            }
            if !list.isEmpty {
                _ = program.builder.assumption(
                    .entryState, "'\(declaration.name)' is called with any values of the types of its parameters; its pointers point nowhere known.",
                    site: site)
            }
            call(main, list, site: site)
            for destructor in program.shutdownFunctions { callWithoutArguments(destructor, site: site) }
            terminate(DraftTerminator(kind: .halt, site: site))
            beginDeadCode()
        }
        terminate(DraftTerminator(kind: .halt, site: site))
        resolveEdges()
        finish()
    }

    private func callWithoutArguments(_ declaration: Declaration, site: SiteID) {
        let target = program.function(declaration)
        guard program.builder.function(target).parameterCount == 0 else {
            _ = unsupported("constructor with parameters", at: declaration.location)
            return
        }
        call(target, [], site: site)
    }

    private func call(_ target: FunctionID, _ list: [Operand], site: SiteID) {
        var instruction = Instruction(.call, site: site)
        instruction.target = target
        instruction.list = pool(list)
        if let result = program.builder.function(target).result {
            instruction.type = result
            instruction.result = newRegister(result)
        }
        emit(instruction)
    }
}

extension ProgramLowering {
    /// Constructors in the order in which they run before main (smaller priority first; those without come last).
    var startupFunctions: [Declaration] {
        symbols.functions.filter { $0.constructorPriority != nil }.sorted {
            ($0.constructorPriority ?? 0) < ($1.constructorPriority ?? 0)
        }
    }

    var shutdownFunctions: [Declaration] {
        symbols.functions.filter { $0.destructorPriority != nil }.sorted {
            ($0.destructorPriority ?? 0) > ($1.destructorPriority ?? 0)
        }
    }
}
