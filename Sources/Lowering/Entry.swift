// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import LibraryModels
import ProgramIR

/// The code around the function that execution starts with.
extension FunctionLowering {
    func buildEntry(calling function: FunctionID, _ declaration: Declaration) {
        let site = functionSite
        inScope(site: site) {
            var arguments: [Operand] = []
            if declaration.name == "main" {
                arguments = argumentsOfMain(function, site: site)
            } else {
                arguments = parameters(of: function).map { havoc($0, site: site) }
                _ = program.builder.assumption(
                    .entryState,
                    "'\(declaration.name)' is called once, when static objects have their initial values; its arguments are any values of their types, and its pointers any pointers.",
                    site: site)
            }
            for constructor in program.startupFunctions { callWithoutArguments(constructor, site: site) }
            let result = emitCall(function, arguments, site: site)
            endProgram(status: result, site: site)
        }
        terminate(DraftTerminator(kind: .halt, site: site))
        resolveEdges()
        finish()
    }

    private func parameters(of function: FunctionID) -> ArraySlice<ScalarType> {
        let callee = program.builder.function(function)
        return callee.registers.prefix(callee.parameterCount)
    }

    /// argc, argv and the environment, as far as the program looks at them.
    private func argumentsOfMain(_ function: FunctionID, site: SiteID) -> [Operand] {
        let types = Array(parameters(of: function))
        let expected: [ScalarType] = [.signed(32), .pointer, .pointer]
        guard types.count <= 3, Array(expected.prefix(types.count)) == types else {
            // C11 5.1.2.2.1p1: another form of main gets what the implementation says.
            _ = program.builder.assumption(
                .entryState, "'main' is called once, with any values of the types of its parameters.", site: site)
            return types.map { havoc($0, site: site) }
        }
        guard !types.isEmpty || program.usesEnvironment, let start = program.model(named: LibraryModels.entryFunction)
        else {
            _ = program.builder.assumption(.entryState, LibraryModels.entryAssumption)
            return types.map { havoc($0, site: site) }
        }
        _ = program.builder.assumption(.entryState, LibraryModels.entryAssumption)
        let objects = [
            newObject("argc", size: 4, alignment: 4, site: site), newObject("argv", size: 8, alignment: 8, site: site),
            newObject("environment", size: 8, alignment: 8, site: site),
        ]
        let place = program.modelSite(site, name: LibraryModels.entryFunction)
        _ = emitCall(program.function(start, call: place), objects, site: site)
        return zip(types, objects).map { type, object in
            value(.load, type, site) {
                $0.a = object
                $0.alignment = type == .pointer ? 8 : 4
            }
        }
    }

    /// exit with the status, as far as something would follow.
    private func endProgram(status: Operand, site: SiteID) {
        // Who executes the program wants the status.
        if program.isExecuted || program.usedModels.contains("atexit") || !program.shutdownFunctions.isEmpty,
            let exit = program.model(named: "exit")
        {
            let place = program.modelSite(site, name: "exit")
            let isStatus = status.register.map { registers[Int($0)] == .signed(32) } ?? false
            _ = emitCall(program.function(exit, call: place), [isStatus ? status : integer(0)], site: site)
        } else {
            for destructor in program.shutdownFunctions { callWithoutArguments(destructor, site: site) }
        }
        stop(site)
    }

    /// Where the model of exit ends the program, destructors run.
    func runShutdownFunctions(site: SiteID) {
        guard let call, program.modelName(at: call) == "exit" else { return }
        for destructor in program.shutdownFunctions { callWithoutArguments(destructor, site: site) }
    }

    /// Constructors and destructors; the loader hands constructors main's arguments.
    private func callWithoutArguments(_ declaration: Declaration, site: SiteID) {
        let target = program.function(declaration)
        let arguments = parameters(of: target).map { havoc($0, site: site) }
        if !arguments.isEmpty {
            _ = program.builder.assumption(
                .entryState,
                "'\(declaration.name)' runs outside of main with any values of the types of its parameters.", site: site
            )
        }
        _ = emitCall(target, arguments, site: site)
    }
}

extension ProgramLowering {
    func lowerEntry(_ id: FunctionID, calling main: Declaration, as callee: FunctionID) {
        let entry = FunctionLowering(program: self, id: id, site: builder.site(main.location))
        entry.buildEntry(calling: callee, main)
        builder.setEntry(id)
    }

    /// Whether the program names the environment.
    var usesEnvironment: Bool {
        units.contains { unit in
            unit.declarations.contains { $0.kind == .variable && ($0.name == "environ" || $0.name == "__environ") }
        }
    }

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
