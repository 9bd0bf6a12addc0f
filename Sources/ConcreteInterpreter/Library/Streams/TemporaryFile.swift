// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc

/// A new file in the C library's folder for temporary files.
struct TemporaryFile {
    /// Open for reading and writing; -1: there is none, and errno says why.
    let descriptor: Int32
    /// With its terminator; at most L_tmpnam bytes.
    let path: [CChar]

    init() {
        var name = Array((P_tmpdir + "/fileXXXXXX").utf8CString)
        descriptor = mkstemp(&name)
        path = name
    }

    /// One that has lost its name: nobody else reaches it, and it ends with its descriptor.
    static func nameless() -> Int32 {
        let file = TemporaryFile()
        if file.descriptor >= 0 { unlink(file.path) }
        return file.descriptor
    }
}
