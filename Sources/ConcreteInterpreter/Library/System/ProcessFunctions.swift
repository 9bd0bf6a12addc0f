// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <unistd.h>, <stdlib.h>: the process as the program sees it. No other process is started.
extension HostLibrary {
    static let processes: [String: HostFunction] = [
        "getpid": { _, _ throws(Stop) in .number(Glibc.getpid()) },
        "getppid": { _, _ throws(Stop) in .number(Glibc.getppid()) },
        "getuid": { _, _ throws(Stop) in .number(Glibc.getuid()) },
        "geteuid": { _, _ throws(Stop) in .number(Glibc.geteuid()) },
        "getgid": { _, _ throws(Stop) in .number(Glibc.getgid()) },
        "getegid": { _, _ throws(Stop) in .number(Glibc.getegid()) },
        "system": system,
    ]

    /// C11 7.22.4.8: there is no command processor.
    private static func system(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        if arguments.pointer(0).isNull { return .zero }
        _ = try machine.text(at: arguments.pointer(0))
        return try machine.failure(ENOSYS)
    }
}
