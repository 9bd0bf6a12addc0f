// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Testing

/// Random programs without undefined behaviour (Yang, Chen, Eide, Regehr: Finding and Understanding Bugs in C Compilers,
/// PLDI 2011) print the same checksum by the interpreter, by gcc without and by clang with optimisation.
///
/// Pointers to members of packed structures are not always aligned: csmith makes accesses through them, which C does not
/// define (6.3.2.3p7) and x86-64 allows.
///
/// AICHECK_CSMITH=FIRST-LAST takes other seeds; programs that disagree are kept in AICHECK_KEEP.
@Suite struct CsmithTests {
    static let seeds: [Int] = {
        let ends = (ProcessInfo.processInfo.environment["AICHECK_CSMITH"] ?? "").split(separator: "-").compactMap {
            Int($0)
        }
        return Array(ends.count == 2 ? ends[0]...ends[1] : 1...60)
    }()

    @Test(arguments: seeds) func agreesWithCompilers(seed: Int) throws {
        let scratch = try ScratchFolder()
        let program = try CsmithProgram(seed: seed, in: scratch)
        // Some programs do not end.
        guard let expected = try program.native() else { return }
        let found = try program.interpreted()
        if found.status == 120, try program.isConfirmed(found) { return }
        #expect(
            found.status == expected.status && found.output == expected.output,
            "seed \(seed): \(found.errorText.prefix(2000))")
        if found.output != expected.output { try program.keep() }
    }
}

/// One random program.
struct CsmithProgram {
    let seed: Int
    let scratch: ScratchFolder
    private static let file = FaultyProgram.file
    private static let include = "/usr/include/csmith"

    /// What programs are made of differs by seed; all have bit-fields, unions, packed structures and volatile objects
    /// unless this says otherwise.
    private static let variants: [[String]] = [
        [], ["--float", "--strict-float"], ["--no-packed-struct"], ["--float", "--strict-float", "--max-funcs", "5"],
        ["--no-volatiles", "--max-funcs", "20"],
        ["--no-unions", "--max-block-depth", "7"], ["--max-pointer-depth", "4"],
        ["--inline-function", "--max-array-dim", "1"],
    ]

    init(seed: Int, in scratch: ScratchFolder) throws {
        self.seed = seed
        self.scratch = scratch
        let options = Self.variants[seed % Self.variants.count]
        let made = try run(
            "csmith", ["--seed", "\(seed)", "--output", Self.file] + options, in: scratch.url, seconds: 60)
        guard made.status == 0 else { throw BuildFailure(message: "csmith: \(made.text)\(made.errorText)") }
    }

    /// What gcc's and clang's builds print; nil if one of them does not end in time.
    func native() throws -> Ending? {
        var endings: [Ending] = []
        for (compiler, level) in [("gcc", "-O0"), ("clang-19", "-O2")] {
            let built = try run(
                compiler, [level, "-w", "-I", Self.include, Self.file, "-o", compiler, "-lm"], in: scratch.url)
            guard built.status == 0 else { throw BuildFailure(message: built.errorText) }
            let ending = try run(scratch.file(compiler).path, [], in: scratch.url, seconds: 2)
            if ending.status == nil { return nil }
            endings.append(ending)
        }
        guard endings[0] == endings[1] else { throw BuildFailure(message: "the compilers disagree") }
        return endings[0]
    }

    func interpreted() throws -> Ending {
        try run(
            checker,
            [
                "run", Self.file, "--clang-argument", "-I", "--clang-argument", Self.include, "--tolerate",
                "misaligned-access",
            ], in: scratch.url, seconds: 300)
    }

    /// Whether a sanitizer finds the undefined behaviour too, at the same place: programs with floating numbers have
    /// conversions to integers that do not fit, in spite of --strict-float.
    func isConfirmed(_ found: Ending) throws -> Bool {
        guard let fault = Opinion(ofInterpreter: found), let kind = fault.kind else { return false }
        let other = try FaultyProgram(in: scratch, options: ["-I", Self.include]).opinion(of: .gcc)
        return other.kind == kind && other.line == fault.line
    }

    func keep() throws {
        guard let folder = ProcessInfo.processInfo.environment["AICHECK_KEEP"] else { return }
        let target = URL(fileURLWithPath: folder).appendingPathComponent("csmith-\(seed).c")
        try? FileManager.default.removeItem(at: target)
        try FileManager.default.copyItem(at: scratch.file(Self.file), to: target)
    }
}
