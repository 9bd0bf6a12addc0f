// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Writes one line per measurement: library, operation, dimensions, nanoseconds. See `run`, which sets it beside a peer's.
//
//     octagon-benchmark (dense | trace) [budget] [size...]
//
// The budget is the peer's.

let arguments = CommandLine.arguments.dropFirst()
let sizes = arguments.dropFirst(2).compactMap { Int($0) }
if arguments.first == "trace" {
    measureTraces(loops: sizes.isEmpty ? [2, 4, 10, 20, 40, 80] : sizes)
} else {
    measureDense(sizes: sizes.isEmpty ? [3, 5, 10, 20, 50, 100, 200, 400] : sizes)
}
