// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension LibraryModels {
    private static let fallible = "has no effect on the program's memory and returns 0, or -1 with errno set"
    private static let onPath = "reads a path and returns 0, or -1 with errno set"

    static let unistd = [LibraryModel](
        file: "unistd.c", header: "unistd.h",
        [
            "close": fallible,
            "read": "stores any bytes for the number it returns, at most n, or returns -1 with errno set",
            "write": "reads n initialised bytes and returns any number of at most n, or -1 with errno set",
            "lseek": "returns any position, or -1 with errno set",
            "isatty": "returns 0 or 1",
            "unlink": onPath, "rmdir": onPath, "chdir": onPath, "access": onPath, "chown": onPath,
            "fchown": fallible, "ftruncate": fallible, "fsync": fallible,
            "dup": "returns any descriptor, or -1 with errno set",
            "dup2": "returns the descriptor wanted, or -1 with errno set",
            "pipe": "stores two descriptors and returns 0, or returns -1 with errno set",
            "getpid": "returns any positive number",
            "getppid": "returns any number that is not negative",
            "getuid": "returns any number", "geteuid": "returns any number",
            "getgid": "returns any number", "getegid": "returns any number",
            "sleep": "returns any number of at most its argument",
            "usleep": fallible,
            "_exit": "ends the program",
            "getcwd": "stores any terminated path in the buffer given or in a new one, or returns null with errno set",
            "getopt": "may reorder the arguments, sets optind, optarg and optopt, and returns -1 or a character",
        ]
    ).with(.neverReturns, on: ["_exit"])

    static let fcntl = [LibraryModel](
        file: "fcntl.c", header: "fcntl.h",
        [
            "open":
                "reads a path and returns any descriptor, or -1 with errno set; the mode is passed where it is needed",
            "openat":
                "reads a path and returns any descriptor, or -1 with errno set; the mode is passed where it is needed",
            "creat": "reads a path and returns any descriptor, or -1 with errno set",
        ])

    private static let filling = "stores any values and returns 0, or returns -1 with errno set"

    static let status = [LibraryModel](
        file: "sys_stat.c", header: "sys/stat.h",
        [
            "stat": filling, "lstat": filling, "fstat": filling,
            "chmod": onPath, "mkdir": onPath, "fchmod": fallible,
            "umask": "returns any permission bits",
            "utime": "reads a path and, unless it is null, the times, and returns 0, or -1 with errno set",
        ])

    static let signal = [LibraryModel](
        file: "signal.c", header: "signal.h",
        [
            "signal": "installs a handler, which may run at once, and returns the one before or SIG_ERR",
            "sigaction": "installs a handler, which may run at once, and stores the one before, or returns -1",
            "raise": "runs the handler, if there is one, and returns, or ends the program",
            "kill": "may run the signal's handler, and returns or ends the program",
            "sigemptyset": "makes a signal set empty and returns 0",
            "sigfillset": "makes a signal set full and returns 0",
            "sigaddset": "changes a signal set to any value and returns 0 or -1",
            "sigdelset": "changes a signal set to any value and returns 0 or -1",
            "sigismember": "reads a signal set and returns -1, 0 or 1",
            "sigprocmask": "reads a signal set and stores any, and returns 0 or -1",
        ]
    ).with(.callsBack, on: ["signal", "sigaction", "raise", "kill"])
        .with(.installsHandler, on: ["signal", "sigaction"])

    private static let zone = "; the time zone's variables become any values"

    static let time = [LibraryModel](
        file: "time.c", header: "time.h",
        [
            "time": "returns any time, and stores it unless the pointer is null",
            "clock": "returns any number",
            "difftime": "returns any double between -2^64 and 2^64",
            "gmtime": "fills one object shared with localtime with fields in range, or returns null\(zone)",
            "localtime": "fills one object shared with gmtime with fields in range, or returns null\(zone)",
            "gmtime_r": "fills the object given with fields in range, or returns null\(zone)",
            "localtime_r": "fills the object given with fields in range, or returns null\(zone)",
            "mktime": "reads a broken-down time, brings it into range and returns any time, or returns -1\(zone)",
            "timegm": "reads a broken-down time, brings it into range and returns any time, or returns -1\(zone)",
            "asctime":
                "reads a time whose fields are in range and returns any string of at most 25 bytes in one object",
            "ctime": "returns any string of at most 63 bytes in one object that every call overwrites, or null\(zone)",
            "strftime":
                "stores any terminated text shorter than n and returns its length, or returns 0; the format is valid",
            "tzset": "changes nothing else\(zone)",
            "clock_gettime": "stores any time and returns 0, or returns -1 with errno set",
            "nanosleep": "reads the time wanted and returns 0, or stores any time left and returns -1",
        ])
}
