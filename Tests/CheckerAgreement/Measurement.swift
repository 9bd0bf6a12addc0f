// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Foundation

/// How long each checker takes for a bundle, from bytes to verdicts: time of the processor, since others may use it too.
struct Measurement {
    let bundle: String
    let certificateBytes: Int
    /// Bounds and remainders derived from facts, as the certificate's hints say: what `ai-audit` calls derivations.
    let derivations: Int
    let swiftSeconds: Double
    let verifiedSeconds: Double
    /// The most memory that the process of the extracted checker had.
    let verifiedKilobytes: Int

    /// - Parameter repetitions: how often each checks it at least; the mean counts.
    init(of bundle: String, verified: String, repetitions: Int) throws {
        let files = try Files(bundle: bundle)
        self.bundle = URL(fileURLWithPath: bundle).deletingPathExtension().lastPathComponent
        certificateBytes = files.certificate.count
        derivations = try check(program: files.program, certificate: files.certificate).counts.derivations
        swiftSeconds = Measurement.mean(repetitions, of: Measurement.ownSeconds) { _ = Answer(checking: files) }
        // A server of its own, so that its memory is that of this bundle.
        let server = VerifiedServer(program: verified)
        guard Answer(checking: files).agrees(with: server.answer(files)) else { throw Disagreement(bundle: bundle) }
        verifiedSeconds = Measurement.mean(repetitions, of: { server.processorSeconds ?? .nan }) {
            _ = server.answer(files)
        }
        verifiedKilobytes = server.peakKilobytes ?? 0
    }

    struct Disagreement: Error, CustomStringConvertible {
        let bundle: String
        var description: String { "the checkers disagree about \(bundle)" }
    }

    /// At least a second, since the system counts in hundredths.
    private static func mean(_ repetitions: Int, of seconds: () -> Double, _ work: () -> Void) -> Double {
        let started = seconds()
        var count = 0
        while count < repetitions || seconds() - started < 1 {
            work()
            count += 1
        }
        return (seconds() - started) / Double(count)
    }

    private static func ownSeconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }

    static let header = """
        bundle                   proof bytes  derivations     Swift s  extracted s  derivations/s   ns/byte  peak MB    ratio
        """

    var row: String {
        String(
            format: "%-24@ %11d %12d %11.3f %12.3f %14.0f %9.0f %8.1f %8.1f", bundle as NSString, certificateBytes,
            derivations, swiftSeconds, verifiedSeconds, Double(derivations) / verifiedSeconds,
            verifiedSeconds / Double(certificateBytes) * 1e9, Double(verifiedKilobytes) / 1000,
            verifiedSeconds / swiftSeconds)
    }
}
