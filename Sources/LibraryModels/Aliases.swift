// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension LibraryModels {
    /// The name under which a function is registered: glibc gives some functions more than one.
    public static func canonicalName(of name: String) -> String {
        if let canonical = aliases[name] { return canonical }
        // The compiler's builtin of the same meaning.
        if name.hasPrefix("__builtin_") {
            let plain = String(name.dropFirst("__builtin_".count))
            if isRegistered(plain) { return plain }
        }
        return name
    }

    /// Of `__memcpy_chk` and kin, which _FORTIFY_SOURCE calls, the function meant and how many arguments at the end
    /// are the check's own: dropping them gives the plain call.
    public static func unfortified(_ name: String) -> (name: String, extraArguments: Int)? {
        let name = name.hasPrefix("__builtin_") ? String(name.dropFirst("__builtin_".count)) : name
        guard name.hasPrefix("__"), name.hasSuffix("_chk") else { return nil }
        let plain = String(name.dropFirst(2).dropLast(4))
        return checkedAtTheEnd.contains(plain) ? (plain, 1) : nil
    }

    private static let checkedAtTheEnd: Set<String> = [
        "memcpy", "memmove", "mempcpy", "memset", "strcpy", "stpcpy", "strncpy", "stpncpy", "strcat", "strncat",
    ]

    /// Large-file names (their types are the plain ones on x86_64), what the inline functions of the headers call, and
    /// other second names.
    private static let aliases: [String: String] = [
        "fopen64": "fopen", "freopen64": "freopen", "fseeko64": "fseeko", "ftello64": "ftello",
        "fgetpos64": "fgetpos", "fsetpos64": "fsetpos", "tmpfile64": "tmpfile", "mkstemp64": "mkstemp",
        "open64": "open", "openat64": "openat", "creat64": "creat", "lseek64": "lseek", "ftruncate64": "ftruncate",
        "stat64": "stat", "lstat64": "lstat", "fstat64": "fstat",
        "_IO_getc": "getc", "_IO_putc": "putc", "fputs_unlocked": "fputs", "fread_unlocked": "fread",
        "fwrite_unlocked": "fwrite", "fgets_unlocked": "fgets", "feof_unlocked": "feof",
        "ferror_unlocked": "ferror", "fileno_unlocked": "fileno", "fflush_unlocked": "fflush",
        "clearerr_unlocked": "clearerr",
        "__isoc99_scanf": "scanf", "__isoc99_fscanf": "fscanf", "__isoc99_sscanf": "sscanf",
        "__isoc99_vscanf": "vscanf", "__isoc99_vfscanf": "vfscanf", "__isoc99_vsscanf": "vsscanf",
        "__isoc23_strtol": "strtol", "__isoc23_strtoul": "strtoul", "__isoc23_strtoll": "strtoll",
        "__isoc23_strtoull": "strtoull",
        "__strdup": "strdup", "__strndup": "strndup", "__strtok_r": "strtok_r", "__rawmemchr": "rawmemchr",
        "__mempcpy": "mempcpy", "__stpcpy": "stpcpy", "index": "strchr", "rindex": "strrchr",
        "cfree": "free", "bsd_signal": "signal", "__sysv_signal": "signal", "sysv_signal": "signal",
        "isnanf": "__isnanf", "isinff": "__isinff", "finitef": "__finitef",
        "drem": "remainder", "dremf": "remainderf",
    ]
}
