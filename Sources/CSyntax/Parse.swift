// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ClangBridge
import Foundation

/// The version of the clang libraries in use.
public var clangVersion: String { String(cString: bridgeClangVersion()) }

/// Parses one translation unit. Blocks; may be called from several threads at once.
public func parseTranslationUnit(
    _ command: CompileCommand, virtualFiles: [VirtualFile] = []
) throws(FrontEndError) -> TranslationUnit {
    if let directory = command.directory {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: directory, isDirectory: &isFolder), isFolder.boolValue else {
            let message = "the folder \(directory) in which it is compiled does not exist"
            throw .missingInput(
                file: command.file, [Diagnostic(severity: .error, file: "", line: 0, column: 0, message: message)])
        }
    }
    let result = withCStrings(command.arguments) { arguments in
        withVirtualFiles(virtualFiles) { files in
            bridgeParse(command.directory, arguments.baseAddress, arguments.count, files.baseAddress, files.count)!
        }
    }
    defer { bridgeFree(result) }

    let diagnostics = (0..<bridgeDiagnosticCount(result)).map { index in
        let entry = bridgeDiagnostic(result, index)
        return Diagnostic(
            severity: entry.severity, file: String(cString: entry.file), line: Int(entry.line),
            column: Int(entry.column),
            message: String(cString: entry.message))
    }
    switch bridgeStatus(result) {
    case .parsed: break
    case .syntaxErrors: throw .syntaxErrors(file: command.file, diagnostics)
    case .missingInput: throw .missingInput(file: command.file, diagnostics)
    case .invalidFlags: throw .invalidFlags(file: command.file, diagnostics)
    case .unsupportedFlag: throw .unsupportedFlag(file: command.file, diagnostics)
    case .unsupportedTarget: throw .unsupportedTarget(file: command.file, diagnostics)
    case .internalFailure:
        throw .internalFailure(
            file: command.file, message: diagnostics.first?.message ?? "clang produced no syntax tree")
    }
    var count = 0
    let words = bridgeWords(result, &count)
    return try TranslationUnit(
        words: Array(UnsafeBufferPointer(start: words, count: count)), command: command,
        droppedFlags: (0..<bridgeDroppedFlagCount(result)).map { String(cString: bridgeDroppedFlag(result, $0)) },
        diagnostics: diagnostics)
}

/// Parses many units on `jobs` threads. The results have the order of the commands. `finished` is called for each file,
/// from any thread.
public func parseAll(
    _ commands: [CompileCommand], jobs: Int = ProcessInfo.processInfo.activeProcessorCount,
    virtualFiles: [VirtualFile] = [], finished: @escaping @Sendable (String) -> Void = { _ in }
) -> [Result<TranslationUnit, FrontEndError>] {
    let queue = WorkQueue(count: commands.count)
    let group = DispatchGroup()
    for _ in 0..<max(1, min(jobs, commands.count)) {
        group.enter()
        Thread.detachNewThread {
            while let index = queue.next() {
                let command = commands[index]
                queue.store(
                    Result { () throws(FrontEndError) in
                        try parseTranslationUnit(command, virtualFiles: virtualFiles)
                    }, at: index)
                finished(command.file)
            }
            group.leave()
        }
    }
    group.wait()
    return queue.results()
}

/// Hands out indices and collects what was made of them.
private final class WorkQueue: @unchecked Sendable {
    private let lock = NSLock()
    private var nextIndex = 0
    private var entries: [Result<TranslationUnit, FrontEndError>?]

    init(count: Int) { entries = Array(repeating: nil, count: count) }

    func next() -> Int? {
        lock.withLock {
            guard nextIndex < entries.count else { return nil }
            nextIndex += 1
            return nextIndex - 1
        }
    }

    func store(_ result: Result<TranslationUnit, FrontEndError>, at index: Int) {
        lock.withLock { entries[index] = result }
    }

    func results() -> [Result<TranslationUnit, FrontEndError>] { lock.withLock { entries.compactMap { $0 } } }
}

private func withCStrings<T>(_ strings: [String], _ body: (UnsafeBufferPointer<UnsafePointer<CChar>?>) -> T) -> T {
    let copies = strings.map { strdup($0) }
    defer { copies.forEach { free($0) } }
    return copies.map { UnsafePointer($0) }.withUnsafeBufferPointer(body)
}

private func withVirtualFiles<T>(_ files: [VirtualFile], _ body: (UnsafeBufferPointer<BridgeVirtualFile>) -> T) -> T {
    let paths = files.map { strdup($0.path) }
    let contents = files.map { file in
        let copy = UnsafeMutablePointer<CChar>.allocate(capacity: file.contents.count + 1)
        for (index, byte) in file.contents.enumerated() { copy[index] = CChar(bitPattern: byte) }
        copy[file.contents.count] = 0
        return copy
    }
    defer {
        paths.forEach { free($0) }
        contents.forEach { $0.deallocate() }
    }
    let entries = files.indices.map {
        BridgeVirtualFile(path: paths[$0], contents: contents[$0], length: files[$0].contents.count)
    }
    return entries.withUnsafeBufferPointer(body)
}
