// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker

/// What a checker says of two files.
enum Answer {
    /// A line for each obligation: its number, its verdict, the assumptions of what is shown.
    case accepted([String])
    case rejected(why: String, inScript: Bool)
    /// It crashed, or took too long.
    case none(why: String)

    /// The answer of the checker in Swift.
    init(checking files: Files) {
        do throws(CheckFailure) {
            let claims = try check(program: files.program, certificate: files.certificate)
            self = .accepted(
                claims.obligations.map { obligation in
                    let line = "\(obligation.id) \(obligation.verdict.rawValue)"
                    return obligation.verdict == .unproved
                        ? line : obligation.label.reduce(line) { "\($0) \($1)" }
                })
        } catch {
            self = .rejected(why: "\(error)", inScript: error.node != nil)
        }
    }

    /// Reasons are words of each checker's own; lines are not.
    func agrees(with other: Answer) -> Bool {
        switch (self, other) {
        case (.accepted(let lines), .accepted(let others)): lines == others
        case (.rejected, .rejected): true
        case (.accepted, _), (.rejected, _), (.none, _): false
        }
    }

    func description(against other: Answer) -> String {
        switch (self, other) {
        case (.accepted(let lines), .accepted(let others)):
            let place = zip(lines, others).enumerated().first { $1.0 != $1.1 }?.offset ?? min(lines.count, others.count)
            return place < lines.count ? "'\(lines[place])'" : "\(lines.count) obligations"
        case (.accepted, _): return "accepted"
        case (.rejected(let why, _), _): return "rejected: \(why)"
        case (.none(let why), _): return "no answer: \(why)"
        }
    }
}
