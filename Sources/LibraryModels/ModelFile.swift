// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A file of the folder `Models`, embedded in the binary.
public struct ModelFile: Sendable {
    /// The name by which other model files include it, and which the registry gives: `string.c`, `ai.h`.
    public let name: String
    public let bytes: [UInt8]

    public var text: String { String(decoding: bytes, as: UTF8.self) }
    /// Whether the file is a translation unit, not a header.
    public var isSource: Bool { name.hasSuffix(".c") }
}

extension LibraryModels {
    /// Every model file. All of them lie in one folder: `#include "ai.h"` finds its neighbour.
    public static let files: [ModelFile] = [
        ModelFile(name: "ai.h", bytes: PackageResources.ai_h),
        ModelFile(name: "ai_errno.h", bytes: PackageResources.ai_errno_h),
        ModelFile(name: "ai_locale.h", bytes: PackageResources.ai_locale_h),
        ModelFile(name: "ai_signal.h", bytes: PackageResources.ai_signal_h),
        ModelFile(name: "ai_stream.h", bytes: PackageResources.ai_stream_h),
        ModelFile(name: "ai_string.h", bytes: PackageResources.ai_string_h),
        ModelFile(name: "assert.c", bytes: PackageResources.assert_c),
        ModelFile(name: "ctype.c", bytes: PackageResources.ctype_c),
        ModelFile(name: "ctype_tables.c", bytes: PackageResources.ctype_tables_c),
        ModelFile(name: "errno.c", bytes: PackageResources.errno_c),
        ModelFile(name: "exact.c", bytes: PackageResources.exact_c),
        ModelFile(name: "fcntl.c", bytes: PackageResources.fcntl_c),
        ModelFile(name: "locale.c", bytes: PackageResources.locale_c),
        ModelFile(name: "math.c", bytes: PackageResources.math_c),
        ModelFile(name: "signal.c", bytes: PackageResources.signal_c),
        ModelFile(name: "start.c", bytes: PackageResources.start_c),
        ModelFile(name: "stdio_characters.c", bytes: PackageResources.stdio_characters_c),
        ModelFile(name: "stdio_files.c", bytes: PackageResources.stdio_files_c),
        ModelFile(name: "stdio_format.c", bytes: PackageResources.stdio_format_c),
        ModelFile(name: "stdlib_memory.c", bytes: PackageResources.stdlib_memory_c),
        ModelFile(name: "stdlib_numbers.c", bytes: PackageResources.stdlib_numbers_c),
        ModelFile(name: "stdlib_process.c", bytes: PackageResources.stdlib_process_c),
        ModelFile(name: "stdlib_sort.c", bytes: PackageResources.stdlib_sort_c),
        ModelFile(name: "string.c", bytes: PackageResources.string_c),
        ModelFile(name: "string_messages.c", bytes: PackageResources.string_messages_c),
        ModelFile(name: "string_search.c", bytes: PackageResources.string_search_c),
        ModelFile(name: "strings.c", bytes: PackageResources.strings_c),
        ModelFile(name: "sys_stat.c", bytes: PackageResources.sys_stat_c),
        ModelFile(name: "time.c", bytes: PackageResources.time_c),
        ModelFile(name: "unistd.c", bytes: PackageResources.unistd_c),
    ]

    /// The flags with which every model file is compiled.
    public static let compilerArguments = ["-std=gnu17"]
}
