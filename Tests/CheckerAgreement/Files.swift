// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// A program and a certificate, as a bundle has them.
struct Files {
    var program: [UInt8]
    var certificate: [UInt8]

    /// One file is changed in one to three places; the certificate more often, since most rules are about it.
    func mutated(seed: UInt64, number: Int) -> Files {
        var random = RandomNumbers(seed: seed &* 0x1_0000_0001 &+ UInt64(number))
        var files = self
        let changesProgram = random.below(5) == 0
        for _ in 0...random.below(3) {
            if changesProgram {
                mutate(&files.program, &random)
            } else {
                mutate(&files.certificate, &random)
            }
        }
        return files
    }

    func write(to folder: String, _ name: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data(program).write(to: URL(fileURLWithPath: "\(folder)/\(name).air"))
        try Data(certificate).write(to: URL(fileURLWithPath: "\(folder)/\(name).aic"))
    }
}

extension Files {
    init(bundle: String) throws {
        program = try Array(Data(contentsOf: URL(fileURLWithPath: bundle + "/ir/program.air")))
        certificate = try Array(Data(contentsOf: URL(fileURLWithPath: bundle + "/certificate/proof.aic")))
    }
}
