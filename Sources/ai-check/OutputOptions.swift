// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import Foundation
import Reporting

/// Where a report goes.
struct OutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Also write the report as JSON.", valueName: "file"))
    var json: String?

    @Flag(name: .shortAndLong, help: "Print the figures only.")
    var quiet = false

    /// Fails early if the report could not be written.
    func check() throws(CommandFailure) {
        if let json { try checkWritable(json) }
    }

    func print(_ result: AnalysisResult) throws(CommandFailure) {
        let report = result.report
        // Paths are those of the compile commands, which need not be relative to the present folder.
        let sources = Dictionary(result.scope.sources.map { ($0.path, $0.bytes) }) { first, _ in first }
        let text = TextReport(report, coloured: Terminal.wantsColour, quiet: quiet) { sources[$0] }
        Swift.print(text.text)
        guard let json else { return }
        let data: Data
        do {
            data = try report.json()
        } catch {
            throw .internalFailure("the report cannot be encoded: \(error)")
        }
        try write(data, to: json)
    }
}
