// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// What a run costs.
struct Measurement {
    private let start = ContinuousClock.now

    var seconds: Double {
        let elapsed = (ContinuousClock.now - start).components
        return Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
    }

    /// The most memory this process ever held.
    static var peakMemoryBytes: Int {
        var usage = rusage()
        #if os(Linux)
        let unit = 1024  // Linux counts kilobytes
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        #else
        let unit = 1
        getrusage(RUSAGE_SELF, &usage)
        #endif
        return Int(usage.ru_maxrss) * unit
    }
}
