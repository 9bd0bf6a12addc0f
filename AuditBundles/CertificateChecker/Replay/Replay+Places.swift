// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What register facts speak of besides registers: a result, and places (section 5.3).
struct NamedValues {
    var result: ConcreteValue?
    /// Nil: no living object has the tag, or the replay has no number for what the cell holds.
    var places: [ConcreteValue?] = []
    var firstPlace: Int
}

extension Replay {
    /// Reads the places of a node, or of an exit. Their cells must be wholly initialised.
    mutating func values(
        of places: [Place], _ owner: @autoclosure () -> String
    ) throws(ReplayStop) -> [ConcreteValue?] {
        var values: [ConcreteValue?] = []
        values.reserveCapacity(places.count)
        for (number, place) in places.enumerated() {
            let bases = holders[place.tag] ?? []
            try budget.spend(1 + bases.count)
            guard let base = bases.first(where: { memory.objects[$0].isAlive }) else {
                values.append(nil)
                continue
            }
            guard case .cell(let bit, let type) = place.subject else {
                values.append(.integer(Int128(memory.objects[base].size)))
                continue
            }
            let bits = cell(base, bit, type)
            try note(bits != nil, "place \(number) of \(owner())")
            values.append(bits.flatMap { try? decoded($0, type) })
        }
        return values
    }

    /// Nil: a bit is not initialised, or outside of the object.
    private func cell(_ base: Int, _ bit: Int128, _ type: ScalarType) -> UInt128? {
        guard bit >= 0, bit <= 8 * Int128(memory.objects[base].size) - type.width else { return nil }
        return memory.load(base, position: Int(bit), width: Int(type.width))
    }
}
