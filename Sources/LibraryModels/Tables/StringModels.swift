// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension LibraryModels {
    static let string = [LibraryModel](
        file: "string.c", header: "string.h",
        [
            "memcpy": "copies n bytes between ranges that do not overlap and returns its first argument",
            "mempcpy": "copies n bytes between ranges that do not overlap and returns the end of the copy",
            "memmove": "copies n bytes, overlapping or not, and returns its first argument",
            "memccpy": "copies bytes up to and including c, at most n, and returns the end of the copy or null",
            "memset": "stores the byte c n times and returns its first argument",
            "memcmp": "reads n bytes of both ranges and returns a number whose sign is that of the first difference",
            "strlen": "reads a string up to its terminator and returns the number of bytes before it",
            "strnlen": "reads a string up to its terminator, at most n bytes, and returns their number",
            "strcpy": "copies a string and its terminator between ranges that do not overlap",
            "stpcpy": "copies a string as strcpy does and returns where the terminator is",
            "strncpy": "copies at most n bytes of a string and stores zeros up to n bytes",
            "stpncpy": "copies as strncpy does and returns where the copy's terminator is, or its end",
            "strcat": "appends a string and its terminator to another that does not overlap",
            "strncat": "appends at most n bytes of a string and a terminator to another that does not overlap",
            "strcmp":
                "reads two strings up to the first difference and returns a number with the sign of the difference",
            "strncmp": "compares as strcmp does, at most n bytes",
            "strcoll": "reads two strings and returns any number, whatever the locale's order",
            "strxfrm": "reads a string and stores any terminated text of the length it returns if that is less than n",
        ])

    static let stringSearch = [LibraryModel](
        file: "string_search.c", header: "string.h",
        [
            "memchr": "reads bytes one after the other up to the first equal to c, at most n, and returns it or null",
            "rawmemchr": "reads bytes up to the first equal to c and returns it",
            "memrchr": "reads at most n bytes from the end to the last equal to c and returns it or null",
            "memmem": "reads both ranges and returns null or a position where the second fits into the first",
            "strchr": "reads a string up to c or the terminator and returns c's position or null",
            "strchrnul": "reads a string up to c or the terminator and returns that position",
            "strrchr": "reads a string and returns the last position of c or null",
            "strspn": "reads both strings and returns the length of the prefix made of the second's bytes",
            "strcspn": "reads both strings and returns the length of the prefix without the second's bytes",
            "strpbrk": "reads both strings and returns the first byte of the first that is in the second, or null",
            "strstr": "reads both strings and returns null or a position where the second fits into the first",
            "strcasestr": "reads both strings and returns null or a position where the second fits into the first",
            "strtok":
                "ends the next token in the string given or kept, keeps the position behind it and returns the token",
            "strtok_r": "works as strtok with the position kept by the caller",
            "strsep":
                "ends the token at the caller's position with a terminator, moves the position on and returns the token",
        ])

    static let stringMessages = [LibraryModel](
        file: "string_messages.c", header: "string.h",
        [
            "strdup": "copies a string into a new heap object, or returns null and sets errno",
            "strndup": "copies at most n bytes of a string into a new heap object, or returns null and sets errno",
            "strerror": "returns any string of at most 255 bytes in one object that every call overwrites",
            "strsignal": "returns any string of at most 255 bytes in one object that every call overwrites",
            "strerror_r": "returns any string, stored in the buffer given or of at most 255 bytes in the library's own",
            "__xpg_strerror_r": "stores any string in the buffer given and returns 0 or an error number",
        ])

    static let strings = [LibraryModel](
        file: "strings.c", header: "strings.h",
        [
            "strcasecmp": "compares as strcmp does, each byte replaced by its entry in the locale's lower-case table",
            "strncasecmp": "compares as strcasecmp does, at most n bytes",
            "bzero": "stores n zero bytes",
            "bcopy": "copies n bytes, overlapping or not",
            "ffs": "returns 0 for 0 and a number from 1 to 32 for any other",
        ])
}
