// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What a user should hear about an analysis beside its verdicts.
struct Notices {
    let frontEnd: FrontEndResult
    let analysis: CertifiedAnalysis

    var list: [String] {
        droppedFlags + clashes + analysis.notes
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

    private var clashes: [String] {
        frontEnd.lowered.linkProblems.map { "'\($0.symbol)': the translation units disagree: \($0.message)" }
    }
}
