// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import Foundation

/// Gives the same programs and certificates to both checkers, those of bundles and mutated ones, and compares what
/// they say: the verdict and the assumptions of each obligation, or that nothing holds.
@main
struct CheckerAgreement: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checker-agreement",
        abstract: "Compare the checker with the one extracted from Coq, on bundles and on mutated ones.",
        discussion: """
            The files are compared as they are, without hashes and signatures, so that mutations reach the checkers. \
            Mutation 0 of a bundle is the bundle itself; the others follow from --seed and their number. Where the checkers \
            disagree, both files are written to --output, with the command that repeats it.

            Exit codes: 0 they agree, 1 they disagree, or reject a bundle that is not mutated, 64 wrong usage.
            """)

    @Option(help: ArgumentHelp("Where ai-audit-verified is.", valueName: "program"))
    var verified: String

    @Option(help: "How many mutated pairs of files are tried, over all bundles together.")
    var mutations = 0

    @Option(help: "What the mutations follow from.")
    var seed: UInt64 = 1

    @Option(help: "The first mutation of each bundle; 0 is the bundle itself.")
    var first = 0

    @Option(help: ArgumentHelp("The folder for files about which the checkers disagree.", valueName: "folder"))
    var output = "disagreements"

    @Option(help: "Measures both checkers on each bundle instead, so many times at least; the mean counts.")
    var measure: Int?

    @Argument(help: "The bundles' folders.")
    var bundles: [String]

    func validate() throws {
        guard !bundles.isEmpty else { throw ValidationError("No bundle is named.") }
        guard mutations >= 0, first >= 0, measure ?? 1 > 0 else { throw ValidationError("Numbers are not negative.") }
    }

    func run() throws {
        if let measure {
            print(Measurement.header)
            for bundle in bundles {
                print(try Measurement(of: bundle, verified: verified, repetitions: measure).row)
            }
            return
        }
        try compare()
    }

    private func compare() throws {
        let server = VerifiedServer(program: verified)
        var tally = Tally()
        for (place, bundle) in bundles.enumerated() {
            let original = try Files(bundle: bundle)
            let share = mutations / bundles.count + (place < mutations % bundles.count ? 1 : 0)
            let count = share + (first == 0 ? 1 : 0)
            for number in first..<(first + count) {
                let files = number == 0 ? original : original.mutated(seed: seed, number: number)
                let ours = Answer(checking: files)
                let theirs = server.answer(files)
                let agree = tally.add(ours, theirs, isMutated: number > 0)
                guard !agree else { continue }
                let name = "\(URL(fileURLWithPath: bundle).lastPathComponent).\(seed).\(number)"
                if number > 0 { try files.write(to: output, name) }
                print(
                    """
                    DISAGREE about \(bundle), mutation \(number):
                      ai-audit: \(ours.description(against: theirs))
                      ai-audit-verified: \(theirs.description(against: ours))
                      \(number > 0 ? "in \(output)/\(name).air and .aic; " : "")repeated by: checker-agreement \
                    --verified \(verified) --seed \(seed) --first \(number) --mutations 1 \(bundle)
                    """)
            }
        }
        print(tally.description)
        if tally.disagreements > 0 || tally.rejectedOriginals > 0 { throw ExitCode(1) }
    }
}
