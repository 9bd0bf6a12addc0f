// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The JSON Schemas that travel with every bundle, so that a reader needs no network to know its files.
enum Schemas {
    static let all: [String: JSONValue] = [
        "schemas/manifest.schema.json": manifest,
        "schemas/predicate.schema.json": predicate,
        "schemas/obligation.schema.json": obligation,
        "schemas/assumption.schema.json": assumption,
        "schemas/executions.schema.json": executions,
    ]

    private static let manifest = document(
        "manifest.json",
        [
            "format": ["const": .string(BundleLayout.format)],
            "version": ["const": .integer(BundleLayout.version)],
            "files": list(
                of: closed([
                    "path": text,
                    "size": count,
                    "sha256": digest,
                    "role": oneOf(BundleLayout.Role.allCases.map(\.rawValue)),
                    "mediaType": text,
                ])),
        ])

    private static let predicate = document(
        "The predicate of attestation.dsse.json (predicateType \(Statement.predicateType))",
        [
            "tool": closed(["name": text, "version": text]),
            "summary": closed([
                "proved": count, "unreachable": count, "alarm": count, "error": count, "assumptions": count,
            ]),
            "program": closed(["sha256": digest]),
            "certificate": closed(["sha256": digest]),
            "configuration": closed(["sha256": digest]),
        ])

    private static let obligation = document(
        "A line of obligations.jsonl",
        [
            "id": count, "kind": text, "cwe": list(of: count), "verdict": oneOf(Verdict.allCases.map(\.rawValue)),
            "file": text, "line": count, "column": count, "function": text, "message": text,
            "assumptions": list(of: count),
        ])

    private static let assumption = document(
        "A line of assumptions.jsonl",
        [
            "id": count, "kind": oneOf(AssumptionKind.allCases.map(\.rawValue)), "statement": text, "origin": text,
            "scope": text, "dependents": list(of: count),
            "fingerprint": ["type": "string", "pattern": "^[0-9a-f]{16}$"],
            "discharge": closed(
                ["method": oneOf(Discharge.Method.allCases.map(\.rawValue)), "evidence": closed(["sha256": digest])],
                optional: ["evidence"]),
            "status": oneOf(AssumptionStatus.allCases.map(\.rawValue)),
            "owner": text, "justification": text,
            "expires": ["type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"],
        ],
        optional: ["owner", "justification", "expires"])

    private static let executions = document(
        "executions.json",
        ["tried": count, "satisfying": count, "recorded": count, "reached": count, "live": count])

    private static let text: JSONValue = ["type": "string"]
    private static let count: JSONValue = ["type": "integer", "minimum": 0]
    private static let digest: JSONValue = ["type": "string", "pattern": "^[0-9a-f]{64}$"]

    private static func list(of items: JSONValue) -> JSONValue {
        ["type": "array", "items": items]
    }

    private static func oneOf(_ names: [String]) -> JSONValue {
        ["enum": .strings(names)]
    }

    /// An object with these members and no others.
    private static func closed(_ properties: [String: JSONValue], optional: Set<String> = []) -> JSONValue {
        var members = JSONObject()
        for (name, schema) in properties { members[name] = schema }
        return [
            "type": "object", "additionalProperties": false, "properties": .object(members),
            "required": .strings(properties.keys.filter { !optional.contains($0) }.sorted()),
        ]
    }

    private static func document(
        _ title: String, _ properties: [String: JSONValue], optional: Set<String> = []
    ) -> JSONValue {
        guard case .object(var schema) = closed(properties, optional: optional) else { return .null }
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["title"] = .string(title)
        return .object(schema)
    }
}
