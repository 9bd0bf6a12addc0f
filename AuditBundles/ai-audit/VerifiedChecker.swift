// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// That a second checker came to the same verdicts under the same assumptions.
struct Confirmation {
    /// The program that was asked.
    let program: String
    /// Obligations that it shows, but that the theorem about it does not cover.
    let notCovered: Int
}

/// Asks `ai-audit-verified` about a certificate that was already checked here. What it says is compared and never
/// believed: only the very lines that follow from the verdicts found here confirm them.
struct VerifiedChecker {
    let program: VerifiedProgram
    /// How long it may take.
    let seconds: Int

    static let defaultSeconds = 600

    func confirm(
        _ claims: CheckedClaimSet, program file: [UInt8], certificate: [UInt8]
    ) throws(AuditFailure) -> Confirmation {
        let expected = claims.obligations.sorted { $0.id < $1.id }
        let lines = expected.map { [UInt8](VerifiedChecker.line($0).utf8) }
        let length = lines.reduce(0) { $0 + $1.count + 1 }
        // The first line is short, and labels that differ may be somewhat longer.
        let child = try execute(file, certificate, largestOutput: length + (1 << 16))
        try demandNormalEnd(child)
        let isCovered = try compare(child.output, expected, lines)
        let shown = expected.count { $0.verdict != .unproved }
        return Confirmation(program: program.path, notCovered: isCovered ? 0 : shown)
    }

    /// The line in which both checkers say the same.
    static func line(_ obligation: CheckedClaimSet.Obligation) -> String {
        let numbers = obligation.label.map { " \($0)" }.joined()
        return switch obligation.verdict {
        case .proved: "\(obligation.id) proved\(numbers)"
        case .unreachable: "\(obligation.id) unreachable\(numbers)"
        case .unproved: "\(obligation.id) unproved"
        }
    }

    /// In a folder of its own: the bundle's files may have changed since their digests were checked.
    private func execute(
        _ file: [UInt8], _ certificate: [UInt8], largestOutput: Int
    ) throws(AuditFailure) -> ChildProcess {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("ai-audit-" + UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        do {
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
            let files = [folder.appendingPathComponent("program.air"), folder.appendingPathComponent("proof.aic")]
            try Data(file).write(to: files[0])
            try Data(certificate).write(to: files[1])
            return try ChildProcess(
                program.path, files.map(\.path), seconds: seconds, largestOutput: largestOutput)
        } catch {
            throw AuditFailure(.file, "\(program.path) cannot be executed: \(error.localizedDescription)")
        }
    }

    private func demandNormalEnd(_ child: ChildProcess) throws(AuditFailure) {
        let words: String
        switch child.end {
        case .exited(0): return
        case .exited(1):
            let reason = String(decoding: child.error, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
            words = "does not accept the certificate: " + (reason.isEmpty ? "it gives no reason" : shortened(reason))
        case .exited(let code): words = "does not answer: it ended with exit code \(code)"
        case .signalled(let signal): words = "does not answer: it was ended by signal \(signal)"
        case .tookTooLong: words = "does not answer within \(seconds) s (--verified-seconds gives it more)"
        case .printedTooMuch: words = "says more than it has to"
        }
        throw AuditFailure(.rejected, "\(VerifiedProgram.name) \(words)")
    }

    /// - Returns: whether the theorem covers the bundle.
    private func compare(
        _ output: [UInt8], _ expected: [CheckedClaimSet.Obligation], _ lines: [[UInt8]]
    ) throws(AuditFailure) -> Bool {
        let name = VerifiedProgram.name
        guard output.last == UInt8(ascii: "\n") else {
            throw AuditFailure(.rejected, "\(name) does not answer: its output has no last line")
        }
        var said = output.dropLast().split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)[...]
        let isCovered: Bool
        switch said.popFirst().map({ String(decoding: $0, as: UTF8.self) }) {
        case "covered": isCovered = true
        case "not covered": isCovered = false
        default: throw AuditFailure(.rejected, "\(name) does not say whether the theorem covers the bundle")
        }
        for (obligation, line) in zip(expected, lines) {
            guard let other = said.popFirst() else {
                throw AuditFailure(.rejected, "\(name) says nothing of obligation \(obligation.id)")
            }
            guard other.elementsEqual(line) else {
                throw AuditFailure(
                    .rejected,
                    "the checkers differ about obligation \(obligation.id): ai-audit has "
                        + "'\(shortened(String(decoding: line, as: UTF8.self)))', \(name) "
                        + "'\(shortened(String(decoding: other, as: UTF8.self)))'")
            }
        }
        guard said.isEmpty else { throw AuditFailure(.rejected, "\(name) says more than there are obligations") }
        return isCovered
    }

    private func shortened(_ text: String) -> String {
        text.count > 200 ? text.prefix(200) + "..." : text
    }
}
