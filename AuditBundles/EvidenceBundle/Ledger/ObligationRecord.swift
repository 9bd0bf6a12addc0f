// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// One line of `obligations.jsonl`: a thing that must not go wrong, and what is known about it.
public struct ObligationRecord: Equatable, Sendable {
    public var id: Int
    /// The obligation kind by its name, for example `out-of-bounds-read`.
    public var kind: String
    /// The weaknesses of the Common Weakness Enumeration it stands for.
    public var cwe: [Int]
    public var verdict: Verdict
    public var file: String
    public var line: Int
    public var column: Int
    public var function: String
    /// Why, in terms of the C program.
    public var message: String
    /// The assumptions the verdict rests on, ascending.
    public var assumptions: [Int]

    public init(
        id: Int, kind: String, cwe: [Int], verdict: Verdict, file: String, line: Int, column: Int, function: String,
        message: String, assumptions: [Int]
    ) {
        self.id = id
        self.kind = kind
        self.cwe = cwe
        self.verdict = verdict
        self.file = file
        self.line = line
        self.column = column
        self.function = function
        self.message = message
        self.assumptions = assumptions
    }

    init(_ json: JSONValue) throws(JSONShapeError) {
        var fields = try JSONFields(json, of: "the obligation")
        id = try fields.integer("id")
        kind = try fields.string("kind")
        cwe = try fields.ascendingIntegers("cwe")
        let verdict = try fields.string("verdict")
        guard let known = Verdict(rawValue: verdict) else {
            throw JSONShapeError("\"\(verdict)\" is not a verdict")
        }
        self.verdict = known
        file = try fields.string("file")
        line = try fields.integer("line")
        column = try fields.integer("column")
        function = try fields.string("function")
        message = try fields.string("message")
        assumptions = try fields.ascendingIntegers("assumptions")
        try fields.finish()
    }

    var json: JSONValue {
        [
            "id": .integer(id), "kind": .string(kind), "cwe": .integers(cwe), "verdict": .string(verdict.rawValue),
            "file": .string(file), "line": .integer(line), "column": .integer(column), "function": .string(function),
            "message": .string(message), "assumptions": .integers(assumptions),
        ]
    }
}
