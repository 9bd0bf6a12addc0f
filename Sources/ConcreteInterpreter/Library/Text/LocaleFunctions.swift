// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// <locale.h>: there is the C locale only.
extension HostLibrary {
    static let locale: [String: HostFunction] = ["setlocale": setlocale]

    /// glibc's categories, from LC_CTYPE to LC_IDENTIFICATION, LC_ALL among them.
    private static let categories = 0...12

    /// The environment names no other locale: "" is the C locale as well.
    private static func setlocale(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        var isKnown = categories.contains(arguments.int(0))
        if !arguments.pointer(1).isNull {
            let name = try machine.text(at: arguments.pointer(1))
            isKnown = isKnown && ["", "C", "POSIX"].contains(String(decoding: name, as: UTF8.self))
        }
        return isKnown ? .pointer(try machine.ownText(Array("C".utf8))) : .null
    }
}
