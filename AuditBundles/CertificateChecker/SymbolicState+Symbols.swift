// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Which symbols there are, and what is known of one.
extension SymbolicState {
    /// The entry symbols of a register or place.
    func entryValue(_ number: Int) throws(CheckFailure) -> Value {
        guard number < registerTypes.count else { throw CheckFailure(.unknownReference, "a place does not exist") }
        switch registerTypes[number].kind {
        case .integer: return .integer(LinearForm(symbol: number))
        case .pointer: return .pointer(.symbol(number), LinearForm(symbol: number))
        case .float: return .float(.symbol(number))
        }
    }

    /// The symbol exists and stands for an integer or an offset.
    func demandInteger(_ symbol: Int) throws(CheckFailure) {
        let isKnown =
            symbol < registerTypes.count
            ? registerTypes[symbol].kind != .float : symbol < registerTypes.count + definitions.count
        guard isKnown else { throw CheckFailure(.unknownReference, "integer symbol \(symbol) does not exist") }
    }

    func demandBase(_ symbol: Int) throws(CheckFailure) {
        guard symbol < targets.count, symbol >= registerTypes.count || registerTypes[symbol].kind == .pointer else {
            throw CheckFailure(.unknownReference, "base symbol \(symbol) does not exist")
        }
    }

    func definition(_ symbol: Int) -> Definition? {
        let place = symbol - registerTypes.count
        return place >= 0 && place < definitions.count ? definitions[place] : nil
    }

    func currentTargets(_ base: Int) -> TargetSet? { base < targets.count ? targets[base] : nil }

    func range(_ symbol: Int) -> RangeSet? { symbol < ranges.count ? ranges[symbol] : nil }
}
