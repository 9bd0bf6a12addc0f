// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// How a call of a printf or scanf function is lowered. The protocol is in `Models/README.md`.
public struct FormatCall: Sendable, Hashable {
    public enum Direction: Sendable, Hashable {
        case output
        case input
    }

    public let direction: Direction
    /// The index of the format among the arguments.
    public let format: Int
    /// The index of the first argument a conversion takes; `nil` where they come in a `va_list`.
    public let firstArgument: Int?
    /// Output: the helper that ends the call. Input: the helper that gives the number of bytes available.
    public let helper: String
    /// The arguments before the format that the helper gets first, unchanged.
    public let leading: [Int]
    /// Output into a buffer: the index of that argument, which no `%s` may overlap.
    public let buffer: Int?
}

extension LibraryModels {
    static let formats: [LibraryModel] = outputs + inputs

    private static let outputs: [LibraryModel] = [
        output("printf", helper: "__ai_printf", leading: []),
        output("fprintf", helper: "__ai_fprintf", leading: [0]),
        output("dprintf", helper: "__ai_dprintf", leading: [0]),
        output("sprintf", helper: "__ai_sprintf", leading: [0], buffer: 0),
        output("snprintf", helper: "__ai_snprintf", leading: [0, 1], buffer: 0),
        output("asprintf", helper: "__ai_asprintf", leading: [0]),
    ].flatMap { $0 }

    private static let inputs: [LibraryModel] = [
        input("scanf", helper: "__ai_scanf_input", leading: []),
        input("fscanf", helper: "__ai_scanf_stream", leading: [0]),
        input("sscanf", helper: "__ai_scanf_text", leading: [0]),
    ].flatMap { $0 }

    /// A function and its variant with a `va_list`.
    private static func output(_ name: String, helper: String, leading: [Int], buffer: Int? = nil) -> [LibraryModel] {
        let text = "writes the text its format describes, of any content but of the length the conversions allow, "
        let failing = "and returns that length, or a negative number; a decimal point has at most four bytes."
        return both(name, direction: .output, helper: helper, leading: leading, buffer: buffer, text + failing)
    }

    private static func input(_ name: String, helper: String, leading: [Int]) -> [LibraryModel] {
        let text = "stores any values for the first conversions of its format, any number of them, and returns that "
        let result = "number or EOF; what it stores to does not overlap what it reads."
        return both(name, direction: .input, helper: helper, leading: leading, buffer: nil, text + result)
    }

    private static func both(
        _ name: String, direction: FormatCall.Direction, helper: String, leading: [Int], buffer: Int?,
        _ predicate: String
    ) -> [LibraryModel] {
        ["", "v"].map { prefix in
            let format = leading.count
            return LibraryModel(
                prefix + name, file: "stdio_format.c", header: "stdio.h", assumption: "\(prefix)\(name) \(predicate)",
                format: FormatCall(
                    direction: direction, format: format, firstArgument: prefix.isEmpty ? format + 1 : nil,
                    helper: helper, leading: leading, buffer: buffer))
        }
    }
}
