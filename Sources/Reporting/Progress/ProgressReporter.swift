// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Synchronization

/// Shows on standard error what is going on, where that is a terminal. Safe to call from any thread.
public final class ProgressReporter: Sendable {
    private struct Shown {
        var state = ProgressState()
        var lastDrawn: ContinuousClock.Instant?
        var phaseStart = ContinuousClock.now
    }

    private let shown = Mutex(Shown())
    private let isEnabled: Bool
    private static let interval = Duration.milliseconds(100)

    public init(isEnabled: Bool) {
        self.isEnabled = isEnabled
    }

    /// Enabled if standard error is a terminal.
    public convenience init() {
        self.init(isEnabled: isatty(STDERR_FILENO) == 1)
    }

    /// Starts a phase of `total` steps, or of an unknown number.
    public func begin(_ phase: String, total: Int? = nil) {
        update(always: true) { shown in
            shown.state.begin(phase, total: total)
            shown.phaseStart = .now
        }
    }

    /// One step is done, such as the visit of a function.
    public func finished(_ name: String) {
        update(always: false) { $0.state.finished(name) }
    }

    /// Clears the line. To be called before anything else is printed.
    public func clear() {
        guard isEnabled else { return }
        write("\r\u{1B}[K")
    }

    private func update(always: Bool, _ change: (inout Shown) -> Void) {
        guard isEnabled else { return }
        shown.withLock { shown in
            change(&shown)
            let now = ContinuousClock.now
            if !always, let last = shown.lastDrawn, now - last < ProgressReporter.interval { return }
            shown.lastDrawn = now
            write("\r\u{1B}[K" + shown.state.line(width: Self.width, elapsed: now - shown.phaseStart))
        }
    }

    /// A line that is wrapped could not be cleared.
    private static var width: Int {
        var size = winsize()
        let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return (isKnown ? Int(size.ws_col) : 80) - 1
    }

    private func write(_ text: String) {
        FileHandle.standardError.write(Data(text.utf8))
    }
}
