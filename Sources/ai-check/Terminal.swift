// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

enum Terminal {
    /// Whether standard output is a terminal that wants colours (no-color.org).
    static var wantsColour: Bool { wantsColour(on: STDOUT_FILENO) }

    /// The same of standard error.
    static var wantsColourOnError: Bool { wantsColour(on: STDERR_FILENO) }

    private static func wantsColour(on descriptor: Int32) -> Bool {
        let environment = ProcessInfo.processInfo.environment
        return isatty(descriptor) == 1 && environment["TERM"] != "dumb"
            && (environment["NO_COLOR"] ?? "").isEmpty
    }
}
