// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension LibraryModels {
    private static let classified =
        "takes EOF or an unsigned char's value and returns its class bit of the locale's table, exact in the C locale"

    static let ctype = [LibraryModel](
        file: "ctype.c", header: "ctype.h",
        [
            "isalnum": classified, "isalpha": classified, "isblank": classified, "iscntrl": classified,
            "isdigit": classified, "isgraph": classified, "islower": classified, "isprint": classified,
            "ispunct": classified, "isspace": classified, "isupper": classified, "isxdigit": classified,
            "tolower": "takes EOF or an unsigned char's value and returns its entry of the locale's table",
            "toupper": "takes EOF or an unsigned char's value and returns its entry of the locale's table",
            "isascii": "tells whether a number is from 0 to 127",
            "toascii": "returns a number's last seven bits",
        ])

    private static let table =
        "gives the locale's table of 384 entries, for -128 to 255: exact in the C locale, of any content in others"

    static let ctypeTables = [LibraryModel](
        file: "ctype_tables.c", header: "ctype.h",
        ["__ctype_b_loc": table, "__ctype_tolower_loc": table, "__ctype_toupper_loc": table])

    static let errno = [LibraryModel](
        file: "errno.c", header: "errno.h",
        ["__errno_location": "returns the address of one object, which is 0 when the program starts"])

    static let assert = [LibraryModel](
        file: "assert.c", header: "assert.h",
        [
            "__assert_fail": "ends the program; that it is called is itself the violation reported",
            "__assert_perror_fail": "ends the program; that it is called is itself the violation reported",
        ]
    ).with(.neverReturns, on: ["__assert_fail", "__assert_perror_fail"])

    static let locale = [LibraryModel](
        file: "locale.c", header: "locale.h",
        [
            "setlocale":
                "returns null and changes nothing, or any string of at most 255 bytes; other locales than C have tables of any content",
            "localeconv": "returns one object, exact in the C locale; other locales have texts of at most 63 bytes",
        ])
}
