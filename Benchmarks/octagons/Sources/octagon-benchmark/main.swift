// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Writes one line per measurement: library, operation, dimensions, nanoseconds. See `run`, which sets it beside a peer's.

if CommandLine.arguments.contains("trace") {
    measureTraces(loops: [2, 4, 10, 20, 40, 80])
} else {
    measureDense(sizes: [3, 5, 10, 20, 50, 100, 200, 400])
}
