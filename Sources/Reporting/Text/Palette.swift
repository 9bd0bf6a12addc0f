// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Colours for a terminal, or none. Verdicts have the colours that users of other provers know.
struct Palette {
    let coloured: Bool

    func bold(_ text: String) -> String { wrap(text, in: "1") }

    func faint(_ text: String) -> String { wrap(text, in: "2") }

    func paint(_ verdict: ReportedVerdict, _ text: String) -> String {
        switch verdict {
        case .proved: wrap(text, in: "32")
        case .unreachable: wrap(text, in: "90")
        case .alarm: wrap(text, in: "33")
        case .error: wrap(text, in: "1;31")
        }
    }

    private func wrap(_ text: String, in code: String) -> String {
        coloured ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
