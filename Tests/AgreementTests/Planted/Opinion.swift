// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// What a tool says of an execution.
struct Opinion: Equatable, CustomStringConvertible {
    /// The kind of the first fault, as `ai-check` calls it; nil: the tool found nothing.
    var kind: String?
    var line: Int?
    /// What was printed before.
    var output: String
    var details = ""

    init(kind: String? = nil, line: Int? = nil, output: String, details: String = "") {
        self.kind = kind
        self.line = line
        self.output = output
        self.details = details
    }

    /// What `ai-check run` found; nil: nothing.
    init?(ofInterpreter ending: Ending) {
        guard ending.status == 120,
            let found = ending.errorText.firstMatch(of: /faulty\.c:(\d+):\d+: error: ([a-z-]+)/)
        else { return nil }
        self.init(kind: String(found.2), line: Int(found.1), output: ending.text, details: ending.errorText)
    }

    static func == (left: Opinion, right: Opinion) -> Bool {
        (left.kind, left.line, left.output) == (right.kind, right.line, right.output)
    }

    var description: String { "\(kind ?? "nothing") at line \(line ?? 0) after \(output.debugDescription)\n\(details)" }
}

/// A program with a fault, in a file of its own.
struct FaultyProgram {
    static let file = "faulty.c"
    let scratch: ScratchFolder
    /// For the compilers.
    var options: [String] = []

    /// A program that is in the folder already.
    init(in scratch: ScratchFolder, options: [String]) {
        self.scratch = scratch
        self.options = options
    }

    init(_ text: String) throws {
        scratch = try ScratchFolder()
        try Data(text.utf8).write(to: scratch.file(Self.file))
    }

    func interpreted() throws -> Opinion {
        let ending = try run(checker, ["run", Self.file], in: scratch.url)
        return Opinion(ofInterpreter: ending)
            ?? Opinion(output: ending.text, details: "status \(ending.status ?? -1): \(ending.errorText)")
    }

    func opinion(of tool: Tool) throws -> Opinion {
        let command: [String]
        switch tool {
        case .gcc:
            command = [
                "gcc",
                "-fsanitize=address,undefined,float-cast-overflow,float-divide-by-zero,pointer-compare,pointer-subtract",
                "-fno-sanitize=float-divide-by-zero", "-fno-sanitize-recover=all",
            ]
        case .clang:
            command = ["clang-19", "-fsanitize=undefined,function,float-cast-overflow", "-fno-sanitize-recover=all"]
        case .valgrind: command = ["gcc"]
        }
        let built = try run(
            command[0],
            command.dropFirst() + options + ["-O0", "-g", "-w", "-fno-builtin", Self.file, "-o", tool.rawValue, "-lm"],
            in: scratch.url)
        guard built.status == 0 else { throw BuildFailure(message: built.errorText) }
        let program = scratch.file(tool.rawValue).path
        let environment = [
            "ASAN_OPTIONS": "detect_leaks=0:detect_invalid_pointer_pairs=2:detect_stack_use_after_return=1",
            "UBSAN_OPTIONS": "print_stacktrace=0",
        ]
        let ending =
            tool == .valgrind
            ? try run("valgrind", ["--error-exitcode=99", program], in: scratch.url, environment: environment)
            : try run(program, [], in: scratch.url, environment: environment)
        return read(ending, of: tool)
    }

    private func read(_ ending: Ending, of tool: Tool) -> Opinion {
        let text = ending.errorText
        var opinion = Opinion(output: ending.text, details: String(text.prefix(3000)))
        if let found = text.firstMatch(of: /faulty\.c:(\d+)(?::\d+)?: (?:[^\n]*: )?Assertion/) {
            opinion.kind = "assertion"
            opinion.line = Int(found.1)
            return opinion
        }
        let runtime = text.firstMatch(of: /faulty\.c:(\d+):\d+: runtime error: ([^\n]*)/)
        if let runtime {
            opinion.line = Int(runtime.1)
            opinion.kind = Self.kind(ofRuntimeError: String(runtime.2))
            return opinion
        }
        guard let kind = tool == .valgrind ? Self.kind(ofValgrind: text) : Self.kind(ofAddressSanitizer: text) else {
            return opinion
        }
        opinion.kind = kind
        opinion.line = text.firstMatch(of: /faulty\.c:(\d+)/).flatMap { Int($0.1) }
        return opinion
    }

    private static func kind(ofRuntimeError text: String) -> String {
        let kinds: [(String, String)] = [
            ("division by zero", "division-by-zero"), ("shift exponent", "invalid-shift"),
            ("left shift", "invalid-shift"),
            ("signed integer overflow", "signed-overflow"), ("negation of", "signed-overflow"),
            ("cannot be represented in type 'int'", "signed-overflow"),
            ("misaligned address", "misaligned-access"), ("null pointer", "null-dereference"),
            ("out of bounds", "out-of-bounds"), ("insufficient space", "out-of-bounds"),
            ("variable length array", "vla-size"),
            ("incorrect function type", "invalid-call"), ("outside the range of representable values", "float-to-int"),
            ("pointer index", "pointer-arithmetic"),
        ]
        return kinds.first { text.contains($0.0) }?.1 ?? text
    }

    private static func kind(ofAddressSanitizer text: String) -> String? {
        guard let start = text.range(of: "ERROR: AddressSanitizer: ") else { return nil }
        let report = text[start.upperBound...]
        let kinds: [(String, String)] = [
            ("attempting double-free", "invalid-free"), ("attempting free", "invalid-free"),
            ("heap-use-after-free", "use-after-free"), ("stack-use-after", "dangling-pointer"),
            ("memcpy-param-overlap", "library-precondition"), ("invalid-pointer-pair", "pointer-comparison"),
        ]
        if let known = kinds.first(where: { report.hasPrefix($0.0) }) { return known.1 }
        if report.hasPrefix("SEGV") {
            return text.contains("caused by a WRITE") ? "write-to-constant" : "null-dereference"
        }
        return text.contains("\nWRITE of size") ? "out-of-bounds-write" : "out-of-bounds-read"
    }

    private static func kind(ofValgrind text: String) -> String? {
        let kinds: [(String, String)] = [
            ("depends on uninitialised value", "uninitialized-read"),
            ("Use of uninitialised value", "uninitialized-read"),
            ("Invalid free()", "invalid-free"), ("Source and destination overlap", "library-precondition"),
            ("Bad permissions for mapped region", "write-to-constant"),
        ]
        // The first that is reported.
        let found = kinds.compactMap { words, kind in text.range(of: words).map { ($0.lowerBound, kind) } }
            .min { $0.0 < $1.0 }
        let access = text.firstMatch(of: /Invalid (read|write) of size/)
        if let access, found.map({ access.range.lowerBound < $0.0 || $0.1 == "write-to-constant" }) ?? true {
            if text.contains(/inside a block of size \d+ free'd/) { return "use-after-free" }
            if text.contains("Address 0x0 is") || text.contains("Address 0x4 is") { return "null-dereference" }
            return access.1 == "read" ? "out-of-bounds-read" : "out-of-bounds-write"
        }
        return found?.1
    }
}
