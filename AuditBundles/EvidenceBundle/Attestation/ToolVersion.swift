// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Which tool wrote a bundle.
public struct ToolVersion: Equatable, Sendable {
    public let name: String
    public let version: String

    public init(name: String, version: String) {
        self.name = name
        self.version = version
    }

    init(_ json: JSONValue) throws(JSONShapeError) {
        var fields = try JSONFields(json, of: "the tool")
        name = try fields.string("name")
        version = try fields.string("version")
        try fields.finish()
    }

    var json: JSONValue {
        ["name": .string(name), "version": .string(version)]
    }
}
