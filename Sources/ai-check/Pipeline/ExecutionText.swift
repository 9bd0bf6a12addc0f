// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ConcreteInterpreter
import Foundation
import LibraryModels
import Lowering
import ProgramIR
import Reporting

/// What a user reads of an execution: how it ended, where, and the calls that led there.
struct ExecutionText {
    let lowered: LoweredProgram

    private var program: Program { lowered.program }

    /// Undefined behaviour.
    func text(of violation: UndefinedBehaviour, severity: String) -> String {
        let kind = ReportedKind(rawValue: violation.kind.name) ?? .unsupported
        return text(
            Fault(
                kind: kind, weakness: violation.weakness, message: message(of: violation), severity: severity,
                places: places(violation.stack)))
    }

    /// Any other end, for this reason.
    func text(of reason: String, at stack: [UndefinedBehaviour.Activation]) -> String {
        text(Fault(kind: nil, message: reason, severity: "stopped", places: places(stack)))
    }

    /// What the lowering did not support at the place of a violation, in words.
    func unsupported(at violation: UndefinedBehaviour) -> String {
        let site = program.sites[Int(violation.site)]
        let construct = lowered.unsupported.first {
            $0.line == Int(site.line) && $0.column == Int(site.column) && $0.file == program.strings[Int(site.file)]
        }
        return "not supported: " + (construct?.construct ?? violation.message)
    }

    private func text(_ fault: Fault) -> String {
        FaultText(fault, coloured: Terminal.wantsColourOnError) { file in
            FileManager.default.contents(atPath: file).map(Array.init)
        }.text
    }

    /// A model says by its function what it demands.
    private func message(of violation: UndefinedBehaviour) -> String {
        let library = modelName(at: violation.site)
        let function = program.functions[Int(violation.function)].name.prefix { $0 != "@" }
        guard violation.kind == .libraryPrecondition, !library.isEmpty,
            let broken = LibraryModels.brokenDemand(of: String(function))
        else { return violation.message }
        return "\(library): \(broken)"
    }

    /// The calls as the program has them: all functions of a model are the one that the program calls.
    private func places(_ stack: [UndefinedBehaviour.Activation]) -> [Fault.Place] {
        var places: [Fault.Place] = []
        var latest: SiteID?
        for activation in stack {
            let site = program.sites[Int(activation.site)], library = modelName(at: activation.site)
            if !library.isEmpty, latest == activation.site { continue }
            latest = library.isEmpty ? nil : activation.site
            places.append(
                Fault.Place(
                    function: library.isEmpty ? program.functions[Int(activation.function)].name : library,
                    file: program.strings[Int(site.file)], line: Int(site.line), column: Int(site.column)))
        }
        return places
    }

    private func modelName(at site: SiteID) -> String {
        program.strings[Int(program.sites[Int(site)].model)]
    }
}
