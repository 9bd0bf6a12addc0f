// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A number for some of a tree's symbols: places in arrays, mostly.
struct SymbolPlaces: Sendable {
    /// By symbol; -1: none. Most symbols are small numbers, and looked up all the time.
    private var near: [Int32] = []
    /// Those of places in memory, which are large numbers.
    private var far: [Int32: Int32] = [:]

    subscript(symbol: Int32) -> Int? {
        get {
            if symbol < PlaceTable.first {
                guard symbol < near.count, near[Int(symbol)] >= 0 else { return nil }
                return Int(near[Int(symbol)])
            }
            return far[symbol].map(Int.init)
        }
        set {
            let value = newValue.map(Int32.init) ?? -1
            if symbol >= PlaceTable.first {
                far[symbol] = value < 0 ? nil : value
                return
            }
            if symbol >= near.count {
                near.append(contentsOf: repeatElement(-1, count: max(Int(symbol) + 1 - near.count, 64)))
            }
            near[Int(symbol)] = value
        }
    }
}
