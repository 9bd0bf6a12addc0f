// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// A function that nothing defines.
struct ExternalFunction {
    var id: FunctionID
    var name: String
    var isNoReturn: Bool
}

/// Functions no unit defines and no model stands for: they may change all memory they can reach, call any function whose
/// address the program takes, with any arguments, and return anything.
extension ProgramLowering {
    static func externalStatement(_ name: String) -> String {
        "'\(name)' is not defined in the program: it may change any memory and lifetime it can reach, calls functions of the program only through their addresses, returns any value of its type, and has no undefined behaviour of its own."
    }

    /// Gives the external functions their bodies. Everything that they could call is lowered by then.
    func lowerExternalFunctions() {
        guard !externals.isEmpty else { return }
        // Who executes the program does not guess what unknown code would call.
        let callbacks = isExecuted ? nil : callbackFunction()
        for external in externals {
            let site = builder.function(external.id).site
            let lowering = FunctionLowering(program: self, id: external.id, site: site)
            lowering.buildExternalFunction(external, callbacks: callbacks, site: site)
        }
    }

    /// A function that calls functions whose addresses are taken, any number of times; nil if there are none.
    private func callbackFunction() -> FunctionID? {
        let unknown = Set(externals.map(\.id))
        let candidates = functionsWithAddress().filter { !unknown.contains($0) }
        guard !candidates.isEmpty else { return nil }
        let site = builder.siteWithoutSource()
        let id = builder.reserveFunction("(callbacks)", site: site)
        let lowering = FunctionLowering(program: self, id: id, site: site)
        lowering.buildCallbacks(to: candidates, site: site)
        return id
    }

    /// The functions that pointers may lead to.
    func functionsWithAddress() -> [FunctionID] {
        var found: Set<FunctionID> = []
        func note(_ operand: Operand) {
            if operand.kind == .function { found.insert(operand.index) }
        }
        for function in builder.program.functions {
            for instruction in function.instructions {
                note(instruction.a)
                note(instruction.b)
                note(instruction.c)
            }
            function.operands.forEach(note)
            for block in function.blocks { note(block.terminator.operand) }
        }
        for object in builder.program.objects {
            for run in object.initializer {
                for case .function(let id) in run.values { found.insert(id) }
            }
        }
        return found.sorted()
    }
}

extension FunctionLowering {
    /// Memory changes in any way, the program's functions are called, and memory changes again.
    func buildExternalFunction(_ external: ExternalFunction, callbacks: FunctionID?, site: SiteID) {
        let known = program.builder.function(id)
        for type in known.registers.prefix(known.parameterCount) { _ = newRegister(type) }
        if let callbacks { _ = emitCall(callbacks, [], site: site) }
        let result = havocMemory(
            .externalFunction, ProgramLowering.externalStatement(external.name), type: known.result, site: site)
        terminate(
            external.isNoReturn
                ? DraftTerminator(kind: .halt, site: site)
                : DraftTerminator(kind: .return, operand: result, site: site))
        resolveEdges()
        finish()
    }

    func buildCallbacks(to functions: [FunctionID], site: SiteID) {
        let (head, choice, end) = (newBlock(), newBlock(), newBlock())
        begin(head, site: site)
        _ = havocMemory(
            .externalFunction,
            "Functions that are not defined in the program may call any function whose address the program takes, with any arguments, after any change of memory.",
            type: nil, site: site)
        branch(havoc(.unsigned(1), site: site), choice, end, site: site)
        begin(choice, site: site)
        let blocks = functions.map { _ in newBlock() }
        terminate(
            DraftTerminator(
                kind: .switch, operand: havoc(.signed(32), site: site), targets: blocks + [end],
                cases: blocks.indices.map { (Int128($0), Int128($0)) }, site: site))
        for (function, block) in zip(functions, blocks) {
            begin(block, site: site)
            let callee = program.builder.function(function)
            let arguments = callee.registers.prefix(callee.parameterCount).map { havoc($0, site: site) }
            _ = emitCall(function, arguments, site: site)
            jump(to: head, site: site)
        }
        begin(end, site: site)
        terminate(DraftTerminator(kind: .return, site: site))
        resolveEdges()
        finish()
    }

    /// A function of the C library that is not modelled on purpose; nil if it is an external function like others.
    func callWithoutModel(
        _ declaration: Declaration, _ reason: String, result: ScalarType?, site: SiteID
    ) -> Operand? {
        let name = declaration.name
        program.noteUnsupported("call of \(name): \(reason)", at: site)
        checkUnsupported(site: site)
        if name.contains("setjmp") {
            // It returns once more for each longjmp to it, whatever has been done meanwhile; variables of this function that
            // were changed meanwhile are indeterminate then (C11 7.13.2.1p3), which the alarm here stands for.
            return havocMemory(
                .languageSemantics,
                "Each return of '\(name)' after the first finds any memory, and the variables of its function as they were.",
                type: result, site: site)
        }
        if name.contains("longjmp") {
            // Goes on behind a setjmp, where any memory is considered.
            stop(site)
            return .some(.none)
        }
        return nil
    }
}

extension FunctionLowering {
    /// Calls a function that who executes the program provides; nil if the name is none.
    func callProvided(
        _ name: String, _ list: [(value: Operand, type: ScalarType)], result: ScalarType?, site: SiteID
    ) -> Operand? {
        guard program.isProvided(name) else { return nil }
        return emitCall(
            program.providedFunction(name, parameters: list.map(\.type), result: result, site: site),
            list.map(\.value), site: site)
    }
}

extension ProgramLowering {
    /// The function without definition of a name that no declaration is needed for.
    func providedFunction(
        _ name: String, parameters: [ScalarType], result: ScalarType?, site: SiteID
    ) -> FunctionID {
        if let known = externals.first(where: { $0.name == name }) { return known.id }
        let id = builder.reserveFunction(name, site: site)
        var function = builder.function(id)
        function.registers = parameters
        function.registerNames = parameters.map { _ in "" }
        function.parameterCount = parameters.count
        function.result = result
        builder.setFunction(function, id)
        externals.append(ExternalFunction(id: id, name: name, isNoReturn: false))
        return id
    }
}
