// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Testing

@testable import EvidenceBundle

private func reason(_ text: String, as form: JSONForm = .canonical) -> JSONError.Reason? {
    reason(Array(text.utf8), as: form)
}

private func reason(_ bytes: [UInt8], as form: JSONForm = .canonical) -> JSONError.Reason? {
    do throws(JSONError) {
        _ = try JSONValue(parsing: bytes, as: form)
        return nil
    } catch {
        return error.reason
    }
}

@Suite struct JSONTests {
    @Test(arguments: [
        #"null"#, #"true"#, #"false"#, #"0"#, #"-1"#, #"9007199254740991"#, #"-9007199254740991"#, #""""#, #"[]"#,
        #"{}"#, #"[1,[2,{"a":null}]]"#, #"{"":0,"a":1,"b":[]}"#, #""é€😀\"\\\b\t\n\f\r\u0000\u001f/""#,
    ])
    func canonicalTextsReadBackAsThemselves(_ text: String) throws {
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(String(decoding: value.canonicalBytes, as: UTF8.self) == text)
    }

    /// The sorting example of RFC 8785 section 3.2.3.
    @Test func keysAreOrderedByUTF16CodeUnits() {
        let value: JSONValue = [
            "\u{20ac}": 1, "\r": 2, "\u{fb33}": 3, "1": 4, "\u{1f600}": 5, "\u{80}": 6, "\u{f6}": 7,
        ]
        let expected = "{\"\\r\":2,\"1\":4,\"\u{80}\":6,\"\u{f6}\":7,\"\u{20ac}\":1,\"\u{1f600}\":5,\"\u{fb33}\":3}"
        #expect(value.canonicalBytes == Array(expected.utf8))
    }

    @Test func keysThatLookAlikeStayApart() throws {
        let text = "{\"e\u{301}\":1,\"\u{e9}\":2}"
        let value = try JSONValue(parsing: Array(text.utf8))
        #expect(value.object?.members.count == 2)
        #expect(value.object?["\u{e9}"] == 2)
        #expect(value.canonicalBytes == Array(text.utf8))
    }

    @Test func duplicateKeysAreRefusedInEveryForm() {
        #expect(reason(#"{"a":1,"a":1}"#) == .duplicateKey("a"))
        #expect(reason(#"{"a":1, "\u0061":1}"#, as: .anyLayout) == .duplicateKey("a"))
    }

    @Test(arguments: [
        #" {}"#, #"{ }"#, #"{"a": 1}"#, #"[1, 2]"#, "{}\n", #"{"b":1,"a":1}"#, #""\/""#, #""\u0061""#, #""\u000a""#,
        #""\u001F""#, #"-0"#, #"01"#, #"1.0"#, #"1e1"#, #"9007199254740992"#, #"+1"#, #"[1,]"#, #"{"a":1,}"#, #"nul"#,
        #"'a'"#, #"{a:1}"#, #"[1"#, #"{"a""#, #""a"#, #""\"#, #""\u12"#, #"-"#, "", #"1 2"#, #"/**/1"#, #"NaN"#,
    ])
    func otherTextsAreRefused(_ text: String) {
        #expect(reason(text) != nil)
    }

    @Test func anyLayoutReadsWhatPeopleWrite() throws {
        let text = " {\n\t\"b\" : [ 1 , 2 ] ,\r\n \"a\" : \"\\u00e9\\ud83d\\ude00\\/\" } \n"
        let value = try JSONValue(parsing: Array(text.utf8), as: .anyLayout)
        #expect(value == ["a": "é😀/", "b": [1, 2]])
    }

    @Test func halfSurrogatesAreRefused() {
        #expect(reason(#""\ud83d""#, as: .anyLayout) == .loneSurrogate)
        #expect(reason(#""\ude00""#, as: .anyLayout) == .loneSurrogate)
        #expect(reason(#""\ud83d\u0041""#, as: .anyLayout) == .loneSurrogate)
    }

    @Test(
        arguments: [
            [0x22, 0x80, 0x22], [0x22, 0xC0, 0xAF, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22], [0x22, 0xE2, 0x82, 0x22], [0x22, 0xFF, 0x22], [0xC3],
        ] as [[UInt8]])
    func otherEncodingsThanUTF8AreRefused(_ bytes: [UInt8]) {
        #expect(reason(bytes) == .notUTF8)
    }

    @Test func nestingIsLimited() {
        let limit = JSONValue.depthLimit
        func nested(_ depth: Int) -> String {
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(reason(nested(limit)) == nil)
        #expect(reason(nested(limit + 1)) == .tooDeep(limit: limit))
        #expect(reason(String(repeating: "[", count: 1_000_000)) == .tooDeep(limit: limit))
    }

    @Test func errorsSayWhere() {
        do throws(JSONError) {
            _ = try JSONValue(parsing: Array("{\n  \"a\": 1,\n  \"a\": 2\n}".utf8), as: .anyLayout)
            Issue.record("accepted")
        } catch {
            #expect(error.line == 3)
            #expect(error.column == 3)
            #expect(error.description == "line 3, column 3 (byte 14): the key \"a\" appears twice")
        }
    }

    @Test func everyLineEnds() throws {
        #expect(try JSONValue.lines(parsing: Array("{}\n[]\n".utf8)) == [[:], []])
        #expect(try JSONValue.lines(parsing: []) == [])
        #expect(throws: JSONError.self) { try JSONValue.lines(parsing: Array("{}\n[]".utf8)) }
        #expect(throws: JSONError.self) { try JSONValue.lines(parsing: Array("{}\n\n".utf8)) }
        #expect(throws: JSONError.self) { try JSONValue.lines(parsing: Array("{} \n".utf8)) }
    }

    @Test func leftoverMembersAreRefused() throws {
        var fields = try JSONFields(["a": 1, "b": 2], of: "it")
        _ = try fields.integer("a")
        #expect(throws: JSONShapeError("it has an unknown \"b\"")) { try fields.finish() }
    }

    /// Any byte string either is refused or reads back as exactly itself.
    @Test func noTwoTextsHaveTheSameMeaning() throws {
        let seed: UInt64 = 20_240_229
        var random = SplitMix(state: seed)
        let alphabet = Array(#"{}[]":,\u0019aA -truefalsnl"#.utf8) + [0xC3, 0xA9]
        for _ in 0..<50_000 {
            let length = Int.random(in: 1...12, using: &random)
            let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
            if let value = try? JSONValue(parsing: bytes) { #expect(value.canonicalBytes == bytes, "seed \(seed)") }
        }
    }
}

struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
