// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// Where the analysis runs. Nothing here differs between two runs on one machine.
enum Environment {
    static var description: [String: String] {
        #if arch(x86_64)
        let architecture = "x86_64"
        #elseif arch(arm64)
        let architecture = "arm64"
        #else
        let architecture = "other"
        #endif
        return [
            "architecture": architecture,
            "operatingSystem": ProcessInfo.processInfo.operatingSystemVersionString,
        ]
    }
}
