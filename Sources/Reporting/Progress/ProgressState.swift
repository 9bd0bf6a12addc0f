// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What a long analysis is doing, and the line that says so.
struct ProgressState {
    private(set) var phase = ""
    private var done = 0
    private var total: Int?
    private var costliest: (name: String, seconds: Double)?

    mutating func begin(_ phase: String, total: Int?) {
        self.phase = phase
        self.total = total
        done = 0
        costliest = nil
    }

    mutating func finished(_ name: String, seconds: Double) {
        done += 1
        if seconds > costliest?.seconds ?? 0 { costliest = (name, seconds) }
    }

    /// At most `width` characters.
    func line(width: Int) -> String {
        var text = phase
        if let total {
            text += " \(done)/\(total)"
        } else if done > 0 {
            text += " \(done)"
        }
        if let costliest, costliest.seconds >= 0.1 {
            let tenths = Int(costliest.seconds * 10)
            text += ", longest: \(costliest.name) \(tenths / 10).\(tenths % 10) s"
        }
        return String(text.prefix(width))
    }
}
