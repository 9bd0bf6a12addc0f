// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A name for what a cell holds, or for the size of an object, at a node or where a clone returns (section 5.3).
struct Place {
    enum Subject {
        case cell(bit: Int128, ScalarType)
        case size
    }

    var tag: Int
    var subject: Subject
    var label: Int

    /// Sizes are integers; nothing follows for them from the type's range.
    var type: ScalarType {
        switch subject {
        case .cell(_, let type): type
        case .size: ScalarType(kind: .integer, bits: 128, isSigned: true)
        }
    }

    /// The number of a node's or an exit's first place in register facts.
    static func firstNumber(_ function: Function, isResult: Bool) -> Int {
        function.registers.count + (isResult ? 1 : 0)
    }

    /// Comes before another in a list: by tag, then kind, then bit, width and class.
    func precedes(_ other: Place) -> Bool { order.lexicographicallyPrecedes(other.order) }

    private var order: [Int128] {
        switch subject {
        case .cell(let bit, let type): [Int128(tag), 0, bit, type.width, Int128(type.kind.rawValue)]
        case .size: [Int128(tag), 1]
        }
    }
}

/// Places at nodes, jumps, calls and returns (6.6).
///
/// *Sound:* a place means one value such that the facts hold and, if the place's label holds, memory has that value.
/// Where places are demanded that value is the one of the content or size that the state knows, and facts are shown of
/// it; where they are given it is a symbol of which nothing is known but the facts.
extension Execution {
    /// At the begin of a node: its places hold their entry symbols.
    mutating func addPlaces(_ places: [Place]) throws(CheckFailure) {
        let count = functionBody.registers.count
        for (number, place) in places.enumerated() { try hold(place, try state.entryValue(count + number)) }
    }

    /// From now on memory is known to have the value at the place.
    private mutating func hold(_ place: Place, _ value: Value) throws(CheckFailure) {
        switch place.subject {
        case .cell(let bit, let type): try state.addContent(place.tag, bit, type, value, place.label)
        case .size:
            guard case .integer(let form) = value else {
                throw CheckFailure(.illFormedCertificate, "a size is no integer")
            }
            state.setSize(place.tag, form, place.label)
        }
    }

    /// What the state knows of places that are demanded.
    mutating func values(of places: [Place]) throws(CheckFailure) -> [Value] {
        var values: [Value] = []
        values.reserveCapacity(places.count)
        for place in places {
            switch place.subject {
            case .cell(let bit, let type):
                let number = try content(place.tag, bit, type)
                guard state.contents[number].type == type else {
                    throw unjustified("the content of a place has another type")
                }
                try demandLabel(try label(ofContent: number), within: place.label)
                values.append(state.contents[number].value)
            case .size:
                guard let size = state.sizes[place.tag] else {
                    throw CheckFailure(.unknownReference, "the size of tag \(place.tag) is no known form")
                }
                try demandLabel(try label(of: size), within: place.label)
                values.append(.integer(size.form))
            }
        }
        return values
    }

    /// Behind a call: the exit's places hold fresh values, of which the result facts spoke.
    mutating func take(_ places: [Place], _ values: [Value]) throws(CheckFailure) {
        for (place, value) in zip(places, values) {
            if case .cell(let bit, let type) = place.subject { removeContent(place.tag, bit, type) }
            try hold(place, value)
        }
    }

    mutating func label(of size: SizeTable.Entry) throws(CheckFailure) -> Int {
        try effectiveLabel(size.label, since: size.time)
    }
}
