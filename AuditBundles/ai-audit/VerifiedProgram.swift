// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// `ai-audit-verified`, the checker that is extracted from Coq, as a program of this machine.
struct VerifiedProgram: Equatable {
    static let name = "ai-audit-verified"
    static let variable = "AI_AUDIT_VERIFIED"

    let path: String

    /// What was named is taken or nothing is; else the folder of `ai-audit` comes before those of PATH.
    static func find(
        named option: String?, environment: [String: String], beside program: String?
    ) throws(AuditFailure) -> VerifiedProgram {
        if let option { return try VerifiedProgram(named: option, by: "--verified-program") }
        if let value = environment[variable], !value.isEmpty {
            return try VerifiedProgram(named: value, by: variable)
        }
        let own = program.map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
        // A relative folder would be another one for each place from which bundles are checked.
        let others = (environment["PATH"] ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
        for folder in [own].compactMap({ $0 }) + others {
            let path = folder + "/" + name
            if isProgram(path) { return VerifiedProgram(path: path) }
        }
        throw AuditFailure(
            .file,
            "\(name) is neither in the folder of ai-audit nor in PATH: 'make theorem' builds it, and --verified-program "
                + "or \(variable) names it. Without --verified the bundle is checked by ai-audit alone")
    }

    private init(path: String) { self.path = path }

    private init(named path: String, by source: String) throws(AuditFailure) {
        guard VerifiedProgram.isProgram(path) else {
            throw AuditFailure(.file, "\(path), named by \(source), is no program that can be executed")
        }
        self.path = path
    }

    private static func isProgram(_ path: String) -> Bool {
        var isFolder: ObjCBool = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
            && FileManager.default.isExecutableFile(atPath: path)
    }
}
