// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Collects cells into runs: neighbours of one type at equal distances become one.
struct RunCollector {
    private var runs: [InitialRun] = []

    mutating func add(_ value: InitialValue, _ type: ScalarType, at position: Int64) {
        if var last = runs.last, last.type == type {
            let next = position - last.position
            if last.values.count == 1 {
                last.stride = next
                last.values.append(value)
                runs[runs.count - 1] = last
                return
            }
            if last.values.count > 1, next == last.stride * Int64(last.values.count) {
                runs[runs.count - 1].values.append(value)
                return
            }
        }
        runs.append(InitialRun(position: position, stride: 0, type: type, values: [value]))
    }

    mutating func add(_ values: [InitialValue], _ type: ScalarType, at position: Int64, stride: Int64) {
        guard !values.isEmpty else { return }
        runs.append(
            InitialRun(position: position, stride: values.count == 1 ? 0 : stride, type: type, values: values))
    }

    /// Sorted by position. Zeros are left out only where a caller did: an explicit zero is a cell like any other.
    var finished: [InitialRun] { runs.sorted { $0.position < $1.position } }
}
