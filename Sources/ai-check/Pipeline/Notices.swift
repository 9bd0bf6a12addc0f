// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// What a user should hear about an analysis beside its verdicts.
struct Notices {
    let frontEnd: FrontEndResult
    let analysis: CertifiedAnalysis

    var list: [String] {
        droppedFlags + clashes + undefinedFunctions + analysis.notes
    }

    private var droppedFlags: [String] {
        var filesByFlag: [String: Int] = [:]
        for unit in frontEnd.units {
            for flag in Set(unit.droppedFlags) { filesByFlag[flag, default: 0] += 1 }
        }
        return filesByFlag.sorted { $0.key < $1.key }.map { flag, count in
            "\(flag) was left out of \(count) compile command\(count == 1 ? "" : "s"): it does not concern what the program "
                + "means, or clang does not know it"
        }
    }

    /// Functions that are named in a note each; of others only the number.
    private static let shownFunctions = 20

    /// Functions that nothing defines: forgetting a source file is a common mistake.
    private var undefinedFunctions: [String] {
        let program = frontEnd.lowered.program
        let names = frontEnd.lowered.externals.keys.map { ($0, program.functions[Int($0)].name) }
            .sorted { ($0.1, $0.0) < ($1.1, $1.0) }
        guard !names.isEmpty else { return [] }
        let calls = firstCalls(of: Set(names.map(\.0)))
        var list = names.prefix(Self.shownFunctions).map { id, name in
            "'\(name)' is not defined in the program"
                + (calls[id].map { " (called at \($0))" } ?? "") + ": it may change any memory"
        }
        if names.count > Self.shownFunctions {
            list.append("\(names.count - Self.shownFunctions) more functions are not defined in the program")
        }
        return list
    }

    /// The first direct call of each function, in the order of the program.
    private func firstCalls(of functions: Set<FunctionID>) -> [FunctionID: String] {
        let program = frontEnd.lowered.program
        var calls: [FunctionID: String] = [:]
        for function in program.functions {
            for instruction in function.instructions
            where instruction.opcode == .call && functions.contains(instruction.target) {
                if calls[instruction.target] != nil { continue }
                let site = program.sites[Int(instruction.site)]
                calls[instruction.target] = "\(program.strings[Int(site.file)]):\(site.line):\(site.column)"
            }
        }
        return calls
    }

    private var clashes: [String] {
        frontEnd.lowered.linkProblems.map { "'\($0.symbol)': the translation units disagree: \($0.message)" }
    }
}
