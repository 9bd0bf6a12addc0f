// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Which stream a function works on, and what the program is told afterwards.
extension Machine {
    func stream(_ object: Pointer) throws(Stop) -> Stream {
        try library.streams.stream(at: object, in: self)
    }

    enum StandardStream: Int {
        case input, output, errors

        fileprivate var variable: String {
            switch self {
            case .input: "stdin"
            case .output: "stdout"
            case .errors: "stderr"
            }
        }
    }

    /// The stream that the variable `stdin`, `stdout` or `stderr` says: the program may have changed it.
    func stream(_ standard: StandardStream) throws(Stop) -> Stream {
        guard let variable = knownVariable(standard.variable) else {
            return library.streams.standard[standard.rawValue]
        }
        return try stream(try pointer(at: variable))
    }

    func knownVariable(_ name: String) -> Pointer? {
        if let known = library.memory.variables[name] { return known }
        let found = variable(name)
        library.memory.variables[name] = .some(found)
        return found
    }

    /// Sets errno where the stream's last operation failed.
    func tellFailure(of stream: Stream) throws(Stop) {
        guard stream.failure != 0 else { return }
        try setErrno(stream.failure)
        stream.failure = 0
    }

    /// `success`, or -1, which is EOF, with errno set.
    func result(_ isDone: Bool, of stream: Stream, success: Value = .zero) throws(Stop) -> Value {
        try tellFailure(of: stream)
        return isDone ? success : .minusOne
    }
}
