// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What a long analysis is doing, and the line that says so.
struct ProgressState {
    private(set) var phase = ""
    private var done = 0
    private var total: Int?
    private var latest = ""

    mutating func begin(_ phase: String, total: Int?) {
        self.phase = phase
        self.total = total
        done = 0
        latest = ""
    }

    mutating func finished(_ name: String) {
        done += 1
        latest = name
    }

    /// At most `width` characters. The time is told once it is long enough to wonder.
    func line(width: Int, elapsed: Duration = .zero) -> String {
        var text = phase
        if let total {
            text += " \(done)/\(total)"
        } else if done > 0 {
            text += " \(done)"
        }
        if elapsed >= .seconds(2) { text += ", \(elapsed.components.seconds) s" }
        // The name comes last, because it may be cut off.
        if !latest.isEmpty { text += ": \(latest)" }
        return String(text.prefix(max(0, width)))
    }
}
