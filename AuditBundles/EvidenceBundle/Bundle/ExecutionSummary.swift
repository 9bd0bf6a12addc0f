// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What recorded runs show: that the assumptions can hold together, and which obligations executions come to.
public struct ExecutionSummary: Equatable, Sendable {
    /// Executions that whoever made the bundle tried.
    public var tried = 0
    /// How many of them were replayed and satisfied the assumptions, as far as they went. What reached nothing new was not
    /// replayed.
    public var satisfying = 0
    /// How many are in the bundle. The others reach nothing that these do not.
    public var recorded = 0
    /// Obligations that the recorded runs reach, of those that are not unreachable.
    public var reached = 0
    public var live = 0

    public init() {}

    init(_ json: JSONValue) throws(JSONShapeError) {
        var fields = try JSONFields(json, of: "the executions")
        tried = try fields.integer("tried")
        satisfying = try fields.integer("satisfying")
        recorded = try fields.integer("recorded")
        reached = try fields.integer("reached")
        live = try fields.integer("live")
        try fields.finish()
        guard 0 <= recorded, recorded <= satisfying, satisfying <= tried, 0 <= reached, reached <= live else {
            throw JSONShapeError("the numbers of executions contradict each other")
        }
    }

    /// Why no run is in the bundle, in words about the assumptions; nil if one is.
    public var reasonForNone: String? {
        if recorded > 0 { return nil }
        if tried == 0 { return "no execution was tried" }
        return satisfying == 0
            ? "no replay of the \(tried) executions that were tried satisfies the assumptions"
            : "executions satisfy the assumptions, and none is small enough to be recorded"
    }

    public var json: JSONValue {
        [
            "tried": .integer(tried), "satisfying": .integer(satisfying), "recorded": .integer(recorded),
            "reached": .integer(reached), "live": .integer(live),
        ]
    }
}

/// A run as it lies in a bundle.
public struct RecordedRun: Equatable, Sendable {
    public let path: String
    public let bytes: [UInt8]

    /// How people call it: 0001 and so on.
    public var name: String { String(path.dropFirst(BundleLayout.runFolder.count).dropLast(".run".count)) }

    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}
