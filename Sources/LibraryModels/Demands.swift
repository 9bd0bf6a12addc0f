// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension LibraryModels {
    /// What is wrong where an `__ai_require` of a model fails, by the name of the C function that it stands in; `nil` for
    /// functions without one.
    public static func brokenDemand(of function: String) -> String? { brokenDemands[function] }

    private static let brokenDemands: [String: String] = [
        "ai_require_disjoint": "the objects overlap",
        "ai_require_pointer": "a pointer is null, although for 0 bytes",
        "require_array": arrayTooLarge, "fread": arrayTooLarge, "fwrite": arrayTooLarge,
        "require_character": "the argument is neither EOF nor the value of an unsigned char",
        "exit": endsAlready, "quick_exit": endsAlready,
        "asctime": "the time is none that its text has room for",
        "read_integer": "the number does not fit the result's type",
        "require_base": "the base is neither 0 nor 2 to 36",
        "ai_use_stream": "the stream is not open",
        "__ai_printf_unchecked": formatUnknown, "__ai_scanf_unchecked": formatUnknown,
    ]

    private static let arrayTooLarge = "the elements together are larger than any object"
    private static let endsAlready = "the program is ending already"
    private static let formatUnknown = "the format is not known, and the arguments may not fit it"
}
