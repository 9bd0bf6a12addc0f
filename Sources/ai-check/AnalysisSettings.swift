// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Reporting

/// The settings that decide what the verdicts mean. A bundle holds them as `config/effective.json`.
struct AnalysisSettings: Equatable {
    enum Start: Equatable {
        /// The program starts at this function.
        case entry(String)
        /// Every external function may be called.
        case library
    }

    var start = Start.entry("main")
    /// Assume that allocations never return a null pointer.
    var mallocSucceeds = false
    /// Kinds that are checked only on request, and were requested.
    var optionalChecks: Set<ReportedKind> = []

    init() {}

    /// Reads a configuration file.
    init(_ json: JSONValue) throws(JSONShapeError) {
        var fields = try JSONFields(json, of: "the configuration")
        let entry = try fields.optionalString("entry")
        if try AnalysisSettings.flag("library", &fields) {
            if entry != nil { throw JSONShapeError("\"entry\" and \"library\" exclude each other") }
            start = .library
        } else if let entry {
            start = .entry(entry)
        }
        mallocSucceeds = try AnalysisSettings.flag("mallocSucceeds", &fields)
        if let names = fields.optional("optionalChecks") {
            optionalChecks = try AnalysisSettings.optionalChecks(names)
        }
        try fields.finish()
    }

    private static func optionalChecks(_ json: JSONValue) throws(JSONShapeError) -> Set<ReportedKind> {
        let available = ReportedKind.allCases.filter(\.isOptIn)
        var checks: Set<ReportedKind> = []
        for name in json.array ?? [.null] {
            guard let kind = available.first(where: { $0.rawValue == name.string }) else {
                throw JSONShapeError(
                    "\"optionalChecks\" is a list of " + available.map(\.rawValue).joined(separator: ", "))
            }
            checks.insert(kind)
        }
        return checks
    }

    private static func flag(_ key: String, _ fields: inout JSONFields) throws(JSONShapeError) -> Bool {
        switch fields.optional(key) {
        case nil: return false
        case .bool(let value): return value
        default: throw JSONShapeError("\"\(key)\" of the configuration is neither true nor false")
        }
    }

    var json: JSONValue {
        var object = JSONObject()
        switch start {
        case .entry(let name): object["entry"] = .string(name)
        case .library: object["library"] = true
        }
        object["mallocSucceeds"] = .bool(mallocSucceeds)
        object["optionalChecks"] = .strings(optionalChecks.map(\.rawValue).sorted())
        return .object(object)
    }
}
