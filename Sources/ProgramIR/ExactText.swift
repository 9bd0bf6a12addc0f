// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A string that equals no other spelling of the same characters: `String` compares up to Unicode normalisation,
/// files compare bytes.
struct ExactText: Hashable {
    let text: String

    init(_ text: String) { self.text = text }

    static func == (left: ExactText, right: ExactText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

/// Numbers values in the order in which they are first asked for.
struct Numbering<Value: Hashable> {
    private(set) var values: [Value] = []
    private var places: [Value: Int32] = [:]

    mutating func place(of value: Value) -> Int32 {
        if let place = places[value] { return place }
        let place = Int32(values.count)
        values.append(value)
        places[value] = place
        return place
    }
}
