// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ArgumentParser
import EvidenceBundle
import Foundation

/// `ai-check keygen`: a key pair for sealing bundles.
struct KeygenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make a key pair: the private key seals bundles, the public key goes to whoever checks them.")

    @Option(help: ArgumentHelp("Where to write the private key; only its owner can read it.", valueName: "key.pem"))
    var key = "key.pem"

    @Option(help: ArgumentHelp("Where to write the public key.", valueName: "pub.pem"))
    var `public` = "pub.pem"

    @Option(help: "The signature scheme.")
    var algorithm = SignatureAlgorithm.p256

    func run() throws {
        try reportingFailures { () throws(CommandFailure) in
            guard key != `public` else { throw .usage("\(key): the two halves of a pair need two files") }
            let signingKey = SigningKey(generating: algorithm)
            do throws(KeyError) {
                if FileManager.default.fileExists(atPath: `public`) { throw .alreadyExists(file: `public`) }
                try signingKey.writePair(privateTo: key, publicTo: `public`)
            } catch {
                throw CommandFailure(error)
            }
            print("\(key): private key (\(algorithm.displayName)); keep it secret")
            print("\(`public`): public key \(signingKey.verificationKey.identifier)")
        }
    }
}

extension SignatureAlgorithm: ExpressibleByArgument {}
