// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Foundation

/// How long each checker takes for a bundle, from bytes to verdicts.
struct Measurement {
    let bundle: String
    let certificateBytes: Int
    /// Bounds and remainders derived from facts, as the certificate's hints say: what `ai-audit` calls derivations.
    let derivations: Int
    let swiftSeconds: Double
    let verifiedSeconds: Double
    /// The most memory that the process of the extracted checker had.
    let verifiedKilobytes: Int

    /// - Parameter repetitions: of which the fastest counts.
    init(of bundle: String, verified: String, repetitions: Int) throws {
        let files = try Files(bundle: bundle)
        self.bundle = URL(fileURLWithPath: bundle).deletingPathExtension().lastPathComponent
        certificateBytes = files.certificate.count
        derivations = try check(program: files.program, certificate: files.certificate).counts.derivations
        swiftSeconds = Measurement.fastest(repetitions) { _ = Answer(checking: files) }
        // A server of its own, so that its memory is that of this bundle.
        let server = VerifiedServer(program: verified)
        guard Answer(checking: files).agrees(with: server.answer(files)) else { throw Disagreement(bundle: bundle) }
        verifiedSeconds = Measurement.fastest(repetitions) { _ = server.answer(files) }
        verifiedKilobytes = server.peakKilobytes ?? 0
    }

    struct Disagreement: Error, CustomStringConvertible {
        let bundle: String
        var description: String { "the checkers disagree about \(bundle)" }
    }

    private static func fastest(_ repetitions: Int, _ work: () -> Void) -> Double {
        let clock = ContinuousClock()
        let durations = (0..<max(1, repetitions)).map { _ in clock.measure(work) }
        let best = durations.min() ?? .zero
        return Double(best.components.seconds) + Double(best.components.attoseconds) / 1e18
    }

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
