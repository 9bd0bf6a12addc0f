// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The words of the text form.
///
/// `air 1`, then the entry, sites (`@n`), assumptions (`#n`), objects (`$n`), functions (`&n`) with registers (`%n`)
/// and blocks. Behind a number stands `.name` where the name is a word: for people; the parser checks that it
/// belongs to the number. `;` begins a comment up to the end of the line. Everything else is FORMAT.md's content in
/// its order, without the pools; their normal form makes the text and the program determine each other.
enum TextNames {
    static let opcodes = Opcode.allCases.map { "\($0)" }
    static let terminators = Terminator.Kind.allCases.map { "\($0)" }
    static let arithmetic = ArithmeticOperator.allCases.map { "\($0)" }
    static let comparisons = ComparisonOperator.allCases.map { "\($0)" }
    static let floatOperators = FloatOperator.allCases.map { "\($0)" }
    static let obligations = ObligationKind.allCases.map(\.name)
    static let assumptions = AssumptionKind.allCases.map(\.name)
    static let objects = Object.Kind.allCases.map { "\($0)" }

    static func details(_ detail: InstructionShape.Detail) -> [String] {
        switch detail {
        case .none: []
        case .arithmetic: arithmetic
        case .comparison: comparisons
        case .float: floatOperators
        case .obligation: obligations
        }
    }

    /// `i32`, `u8`, `ptr`, `f32`, `f64`, `f80`.
    static func type(_ type: ScalarType) -> String {
        switch type {
        case .integer(let type): "\(type.isSigned ? "i" : "u")\(type.bits)"
        case .pointer: "ptr"
        case .float(.binary32): "f32"
        case .float(.binary64): "f64"
        case .float(.extended80): "f80"
        }
    }

    static func type(named name: some StringProtocol) -> ScalarType? {
        switch name {
        case "ptr": return .pointer
        case "f32": return .float(.binary32)
        case "f64": return .float(.binary64)
        case "f80": return .float(.extended80)
        default:
            guard name.first == "i" || name.first == "u", name.dropFirst().first != "0",
                let bits = UInt8(name.dropFirst()), (1...128).contains(bits)
            else { return nil }
            return .integer(IntegerType(bits: bits, isSigned: name.first == "i"))
        }
    }

    /// Of words behind numbers: letters, digits, `_` and, but for the first, `.`.
    static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."): true
        default: false
        }
    }

    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first != UInt8(ascii: ".") else { return false }
        return text.utf8.allSatisfy(isNameByte)
    }

    /// Escapes what could end a quotation or a line, and the controls that make text look as it is not
    /// (Boucher, Anderson: Trojan Source, USENIX Security 2023).
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22: result += "\\\""
            case 0x5C: result += "\\\\"
            case 0x0A: result += "\\n"
            case 0..<0x20, 0x7F..<0xA0, 0x61C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF:
                result += "\\u{\(String(scalar.value, radix: 16))}"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
