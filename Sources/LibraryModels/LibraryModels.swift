// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The models of the C library: C files with intrinsics, embedded in the binary, and the registry that says which
/// function each of them models. `Models/README.md` states how a model is written and lowered.
public enum LibraryModels {
    /// The model of a function called by this name, or `nil` where there is none: a function without a model may do
    /// anything it can reach. Aliases (`fopen64`) are resolved.
    public static func model(named name: String) -> LibraryModel? {
        byName[canonicalName(of: name)]
    }

    /// Every model, in no particular order.
    public static let all: [LibraryModel] = [
        string, stringSearch, stringMessages, strings, heap, numbers, sorting, process, streams, characters, formats,
        ctype, ctypeTables, errno, assert, mathematics, time, locale, signal, unistd, fcntl, status,
    ].flatMap { $0 }

    /// The model file that defines a name with external linkage which is no modelled function: a variable of the
    /// library (`stdin`), or what model files share among each other (`__ai_errno`).
    public static func file(defining name: String) -> String? {
        definitions[name]
    }

    /// The entry function of `start.c`: sets up argc, argv and the environment before `main`.
    public static let entryFunction = "__ai_start"

    /// What is assumed of the state in which `main` starts: the statement of the `entry-state` assumption.
    public static let entryAssumption = """
        main is called once, with 0 <= argc < 2^22; argv has argc + 1 elements, of which the last is null and each \
        other a terminated string of at most 131071 bytes in an object of its own; the environment likewise.
        """

    /// Functions that call the program back, as an execution needs them: their definitions in `exactFile` take the place of
    /// their models.
    public static let exactFunctions: Set<String> = [
        "atexit", "at_quick_exit", "exit", "quick_exit", "_Exit", "_exit", "qsort", "bsearch", "signal", "sigaction",
        "raise", "kill", "abort",
        entryFunction,
    ]
    public static let exactFile = "exact.c"

    static func isRegistered(_ name: String) -> Bool { byName[name] != nil }

    private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

    private static let definitions: [String: String] = [
        "stdin": "stdio_files.c", "stdout": "stdio_files.c", "stderr": "stdio_files.c",
        "environ": "start.c", "__environ": "start.c", "__ai_start": "start.c",
        "optarg": "unistd.c", "optind": "unistd.c", "opterr": "unistd.c", "optopt": "unistd.c",
        "timezone": "time.c", "daylight": "time.c", "tzname": "time.c",
        "__ai_errno": "errno.c",
        "__ai_locale_is_c": "locale.c",
        "__ai_ctype_classes": "ctype_tables.c", "__ai_ctype_lower": "ctype_tables.c",
        "__ai_ctype_upper": "ctype_tables.c", "__ai_ctype_any_locale": "ctype_tables.c",
        "__ai_deliver": "signal.c",
    ]
}
