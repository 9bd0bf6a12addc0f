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

    func print(_ report: Report) throws(CommandFailure) {
        let text = TextReport(report, coloured: Terminal.wantsColour, quiet: quiet) { file in
            FileManager.default.contents(atPath: file).map { Array($0) }
        }
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
