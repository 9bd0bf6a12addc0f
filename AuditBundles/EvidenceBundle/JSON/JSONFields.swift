// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A well-formed JSON text that does not have the members its file must have.
public struct JSONShapeError: Error, Equatable, CustomStringConvertible, Sendable {
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}

/// Reads the members of an object and insists that none is left over.
public struct JSONFields {
    private let what: String
    private var rest: JSONObject

    /// `what` names the object in messages, for example "the manifest".
    public init(_ value: JSONValue, of what: String) throws(JSONShapeError) {
        guard let object = value.object else { throw JSONShapeError("\(what) is not an object") }
        self.what = what
        rest = object
    }

    /// Takes a member that may be absent. `null` is not absence.
    public mutating func optional(_ key: String) -> JSONValue? {
        let value = rest[key]
        rest[key] = nil
        return value
    }

    public mutating func value(_ key: String) throws(JSONShapeError) -> JSONValue {
        guard let value = optional(key) else { throw JSONShapeError("\(what) has no \"\(key)\"") }
        return value
    }

    public mutating func string(_ key: String) throws(JSONShapeError) -> String {
        guard let text = try value(key).string else { throw wrongType(key, "a string") }
        return text
    }

    public mutating func optionalString(_ key: String) throws(JSONShapeError) -> String? {
        guard let value = optional(key) else { return nil }
        guard let text = value.string else { throw wrongType(key, "a string") }
        return text
    }

    /// An integer of at least `minimum`.
    public mutating func integer(_ key: String, atLeast minimum: Int = 0) throws(JSONShapeError) -> Int {
        guard let number = try value(key).integer else { throw wrongType(key, "an integer") }
        guard number >= minimum else { throw JSONShapeError("\"\(key)\" of \(what) is below \(minimum)") }
        return number
    }

    public mutating func array(_ key: String) throws(JSONShapeError) -> [JSONValue] {
        guard let elements = try value(key).array else { throw wrongType(key, "an array") }
        return elements
    }

    public mutating func strings(_ key: String) throws(JSONShapeError) -> [String] {
        var texts: [String] = []
        for element in try array(key) {
            guard let text = element.string else { throw wrongType(key, "an array of strings") }
            texts.append(text)
        }
        return texts
    }

    /// Non-negative integers in strictly ascending order: the spelling of a set.
    public mutating func ascendingIntegers(_ key: String) throws(JSONShapeError) -> [Int] {
        var numbers: [Int] = []
        for element in try array(key) {
            guard let number = element.integer, number > numbers.last ?? -1 else {
                throw wrongType(key, "an ascending list of non-negative integers")
            }
            numbers.append(number)
        }
        return numbers
    }

    /// Fails if the object has a member that nobody asked for.
    public func finish() throws(JSONShapeError) {
        if let member = rest.members.first { throw JSONShapeError("\(what) has an unknown \"\(member.key)\"") }
    }

    private func wrongType(_ key: String, _ type: String) -> JSONShapeError {
        JSONShapeError("\"\(key)\" of \(what) is not \(type)")
    }
}
