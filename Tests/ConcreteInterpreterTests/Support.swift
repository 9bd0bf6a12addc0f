// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ConcreteInterpreter
import Lowering
import ProgramIR
import Testing

/// What an execution of a C program did.
struct Outcome {
    var stop: Stop
    var output: String
    var errors: String

    /// The kind of undefined behaviour that ended it; nil for any other end.
    var fault: ObligationKind? {
        if case .violation(let violation) = stop { return violation.kind }
        return nil
    }

    var status: Int32? {
        if case .exited(let status) = stop { return status }
        return nil
    }
}

/// Executes a program given as text, with this standard input.
func execute(_ text: String, input: String = "", seed: UInt64 = 0) throws -> Outcome {
    let path = "/virtual/program.c"
    let unit = try parseTranslationUnit(
        CompileCommand(file: path, flags: ["-std=gnu17"], directory: "/"),
        virtualFiles: [VirtualFile(path: path, text: text)])
    var options = LoweringOptions()
    options.providedFunctions = HostLibrary.names
    let lowered = try lower(units: [unit], options: options)
    #expect(lowered.program.violations() == [])
    let streams = Streams(input: Array(input.utf8))
    let library = LibraryState(arguments: ["program"], streams: streams)
    let stop: Stop
    do throws(Stop) {
        let machine = try Machine(
            lowered.program, externals: lowered.externals, library: library, choices: SeededChoices(seed: seed))
        stop = machine.run()
    } catch {
        stop = error
    }
    library.finish(after: stop)
    return Outcome(
        stop: stop, output: String(decoding: streams.output, as: UTF8.self),
        errors: String(decoding: streams.errorOutput, as: UTF8.self))
}

/// The same with a body of `main`, behind the headers of the library.
func execute(main body: String, input: String = "") throws -> Outcome {
    let headers = [
        "ctype", "errno", "math", "signal", "stdarg", "stdio", "stdlib", "string", "strings", "time", "unistd",
    ]
    let includes = headers.map { "#include <\($0).h>\n" }.joined()
    return try execute("#define _GNU_SOURCE\n\(includes)int main(void)\n{\n\(body)\nreturn 0;\n}\n", input: input)
}
