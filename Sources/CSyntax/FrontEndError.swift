// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ClangBridge

/// A message about the source, as clang words it.
public struct Diagnostic: Sendable, Hashable {
    public let severity: Severity
    /// Empty where the message has no place.
    public let file: String
    public let line: Int
    public let column: Int
    public let message: String
}

extension Diagnostic: CustomStringConvertible {
    public var description: String {
        let label = severity == .error ? "error" : severity == .warning ? "warning" : "note"
        return (file.isEmpty ? "" : "\(file):\(line):\(column): ") + "\(label): \(message)"
    }
}

/// Why an input could not be turned into a syntax tree.
public enum FrontEndError: Error, Sendable {
    case syntaxErrors(file: String, [Diagnostic])
    case missingInput(file: String, [Diagnostic])
    /// clang's driver rejects the command.
    case invalidFlags(file: String, [Diagnostic])
    /// A flag that changes what the program means and that cannot be honoured.
    case unsupportedFlag(file: String, [Diagnostic])
    case unsupportedTarget(file: String, [Diagnostic])
    case internalFailure(file: String, message: String)
    case unreadableDatabase(path: String, message: String)
    case malformedDatabase(path: String, line: Int, column: Int, message: String)
    /// An entry of the database that is valid JSON but no compile command. Entries count from 1.
    case malformedEntry(path: String, entry: Int, message: String)
    case emptyDatabase(path: String)
}

extension FrontEndError: CustomStringConvertible {
    public var description: String {
        func list(_ title: String, _ file: String, _ diagnostics: [Diagnostic]) -> String {
            let lines = diagnostics.filter { $0.severity == .error }.map { "\n" + $0.description }
            return "\(file): \(title)" + lines.joined()
        }
        switch self {
        case .syntaxErrors(let file, let diagnostics): return list("the C code has errors", file, diagnostics)
        case .missingInput(let file, let diagnostics): return list("the input cannot be read", file, diagnostics)
        case .invalidFlags(let file, let diagnostics):
            return list("the compile command is not valid", file, diagnostics)
        case .unsupportedFlag(let file, let diagnostics):
            return list("the compile command cannot be honoured", file, diagnostics)
        case .unsupportedTarget(let file, let diagnostics):
            return list("the target is not supported", file, diagnostics)
        case .internalFailure(let file, let message): return "\(file): internal failure: \(message)"
        case .unreadableDatabase(let path, let message): return "\(path): \(message)"
        case .malformedDatabase(let path, let line, let column, let message):
            return "\(path):\(line):\(column): \(message)"
        case .malformedEntry(let path, let entry, let message): return "\(path): entry \(entry): \(message)"
        case .emptyDatabase(let path): return "\(path): there is no compile command in this database"
        }
    }
}
