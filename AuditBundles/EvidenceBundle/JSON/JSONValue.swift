// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A JSON document, restricted to what an evidence bundle may hold.
///
/// Numbers are integers that every JSON reader represents exactly. Fractions are left out on purpose:
/// nothing in a bundle needs them, and their canonical spelling is the hardest part of RFC 8785.
public enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    /// An integer within ``exactIntegers``.
    case integer(Int)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    /// The integers that survive a trip through a double (RFC 7493, section 2.2).
    public static let exactIntegers = -9_007_199_254_740_991...9_007_199_254_740_991

    /// The object's members, or `nil` for every other kind of value.
    public var object: JSONObject? {
        if case .object(let object) = self { return object }
        return nil
    }

    public var array: [JSONValue]? {
        if case .array(let elements) = self { return elements }
        return nil
    }

    public var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    public var integer: Int? {
        if case .integer(let number) = self { return number }
        return nil
    }
}

/// The members of a JSON object, in the canonical order of their keys.
///
/// Keys are told apart byte by byte. Swift's `String` equality would merge two spellings of the same
/// accented letter, and an object with both would silently lose one.
public struct JSONObject: Equatable, Sendable {
    public struct Member: Equatable, Sendable {
        public let key: String
        public let value: JSONValue

        public static func == (a: Member, b: Member) -> Bool {
            a.key.utf8.elementsEqual(b.key.utf8) && a.value == b.value
        }
    }

    public private(set) var members: [Member]

    public init() {
        members = []
    }

    /// For the parser, which has checked order and uniqueness or restored the order itself.
    init(sorted members: [Member]) {
        self.members = members
    }

    public subscript(key: String) -> JSONValue? {
        get { members.first { $0.key.utf8.elementsEqual(key.utf8) }?.value }
        set {
            members.removeAll { $0.key.utf8.elementsEqual(key.utf8) }
            guard let newValue else { return }
            let place = members.firstIndex { JSONObject.precedes(key, $0.key) } ?? members.endIndex
            members.insert(Member(key: key, value: newValue), at: place)
        }
    }

    /// RFC 8785 section 3.2.3: keys are ordered by their UTF-16 code units.
    static func precedes(_ a: String, _ b: String) -> Bool {
        a.utf16.lexicographicallyPrecedes(b.utf16)
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        var object = JSONObject()
        for (key, value) in elements { object[key] = value }
        self = .object(object)
    }

    public init(arrayLiteral elements: JSONValue...) {
        self = .array(elements)
    }

    public init(stringLiteral value: String) {
        self = .string(value)
    }

    public init(integerLiteral value: Int) {
        self = .integer(value)
    }

    public init(booleanLiteral value: Bool) {
        self = .bool(value)
    }
}

extension JSONValue {
    /// An array of strings.
    public static func strings(_ texts: [String]) -> JSONValue {
        .array(texts.map { .string($0) })
    }

    /// An array of integers.
    public static func integers(_ numbers: [Int]) -> JSONValue {
        .array(numbers.map { .integer($0) })
    }
}
