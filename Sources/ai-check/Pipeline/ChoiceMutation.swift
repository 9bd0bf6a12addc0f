// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ConcreteInterpreter
import ProgramIR

/// Makes choices for new executions from those that came to new code.
struct ChoiceMutation {
    private var kept: [[[UInt8]]] = []
    private var random = SeededChoices(seed: 0x6d75_7461_7465)
    /// Bytes that the program compares with are worth trying.
    private let bytes: [UInt8]
    private static let mostKept = 512
    private static let mostBytes = 1 << 16

    /// Texts of the program, without their ends.
    private let texts: [[UInt8]]

    init(_ program: Program) {
        bytes = program.integers.compactMap(UInt8.init(exactly:))
        texts = program.objects.filter { $0.kind == .constant && (2...17).contains($0.size) }.compactMap { object in
            guard object.initializer.count == 1, object.initializer[0].type.storageBits == 8 else { return nil }
            let text = object.initializer[0].values.compactMap { value -> UInt8? in
                if case .integer(let number) = value { return UInt8(truncatingIfNeeded: number) }
                return nil
            }
            let end = text.firstIndex(of: 0) ?? text.endIndex
            return end > 1 ? Array(text[..<end]) : nil
        }
    }

    mutating func learn(_ choices: [[UInt8]]) {
        let bytes = choices.reduce(0) { $0 + $1.count }
        if kept.count < Self.mostKept, bytes <= Self.mostBytes { kept.append(choices) }
    }

    /// The choices of the next execution; what is missing is chosen anew.
    mutating func next() -> [[UInt8]] {
        guard !kept.isEmpty, number(below: 8) != 0 else { return [] }
        // Later ones went deeper.
        let place =
            number(below: 2) == 0 ? kept.count - 1 - number(below: min(8, kept.count)) : number(below: kept.count)
        var choices = kept[place]
        if choices.isEmpty { return [] }
        if number(below: 4) == 0 { return Array(choices.prefix(number(below: choices.count))) }
        for _ in 0...number(below: 4) {
            let index = weighted(choices)
            if choices[index].isEmpty { continue }
            change(&choices[index])
        }
        return choices
    }

    /// A choice, the longer ones more often: input comes as long ones.
    private mutating func weighted(_ choices: [[UInt8]]) -> Int {
        var best = number(below: choices.count)
        for _ in 0..<number(below: 4) {
            let other = number(below: choices.count)
            if choices[other].count > choices[best].count { best = other }
        }
        return best
    }

    private mutating func change(_ choice: inout [UInt8]) {
        // What programs look at first stands in front.
        let reach = number(below: 2) == 0 ? min(choice.count, 8) : min(choice.count, 64)
        let place = number(below: reach)
        switch number(below: 6) {
        case 4 where !texts.isEmpty:
            let text = texts[number(below: texts.count)]
            for (offset, letter) in text.enumerated() where place + offset < choice.count {
                choice[place + offset] = letter
            }
        case 0: choice[place] = UInt8(truncatingIfNeeded: number(below: 256))
        case 1: choice[place] ^= 1 << UInt8(number(below: 8))
        case 2: choice[place] &+= 1
        case 3:
            // The tail moves back by one.
            choice.insert(byte(), at: place)
            choice.removeLast()
        default: choice[place] = byte()
        }
    }

    private mutating func byte() -> UInt8 { bytes.isEmpty ? 0 : bytes[number(below: bytes.count)] }

    private mutating func number(below limit: Int) -> Int {
        let four = random.bytes(4)
        return four.reduce(0) { $0 << 8 | Int($1) } % limit
    }
}
