// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// <unistd.h>: getopt (POSIX), which reorders the arguments as glibc's does: options come to the front.
extension HostLibrary {
    static let options: [String: HostFunction] = ["getopt": getopt]

    private static func getopt(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let text = try machine.text(at: arguments.pointer(2))
        var scan = try OptionScan(
            count: arguments.int(0), vector: arguments.pointer(1), options: text, in: machine)
        return .number(try scan.next())
    }
}

/// What getopt remembers between calls.
struct OptionState {
    /// The rest of the argument that is being taken apart; null: the next argument comes.
    var rest = Pointer.null
    /// The arguments skipped that are no options.
    var skipped = 0..<0
    var hasBegun = false
}

/// One call of getopt.
private struct OptionScan {
    private enum Order {
        case permuting, strict, inPlace
    }

    private let machine: Machine
    private let count: Int
    private let vector: Pointer
    private let options: [UInt8]
    private let order: Order
    private let isSilent: Bool
    private var state: OptionState
    private var index: Int

    private static let argumentNeeded = UInt8(ascii: ":"), unknown = UInt8(ascii: "?")

    init(count: Int, vector: Pointer, options text: [UInt8], in machine: Machine) throws(Stop) {
        self.machine = machine
        self.count = count
        self.vector = vector
        let isStrict = text.first == UInt8(ascii: "+"), isInPlace = text.first == UInt8(ascii: "-")
        let isPosix = machine.library.environment.contains { $0.hasPrefix("POSIXLY_CORRECT=") }
        order = isInPlace ? .inPlace : isStrict || isPosix ? .strict : .permuting
        options = Array(text.dropFirst(isStrict || isInPlace ? 1 : 0))
        let wantsErrors = try machine.int32(at: try Self.variable("opterr", 1, machine)) != 0
        isSilent = options.first == Self.argumentNeeded || !wantsErrors
        state = machine.library.memory.options
        index = Int(try machine.int32(at: try Self.variable("optind", 1, machine)))
        if index == 0 || !state.hasBegun {
            index = max(index, 1)
            state = OptionState(rest: .null, skipped: index..<index, hasBegun: true)
        }
    }

    /// The program's variable, or one of the library's own where the program has none.
    private static func variable(_ name: String, _ initial: Int32, _ machine: Machine) throws(Stop) -> Pointer {
        if let known = machine.knownVariable(name) { return known }
        let isNew = machine.library.memory.objects[name] == nil
        let own = try machine.ownObject(name, size: 8)
        if isNew { try machine.store(int32: initial, at: own) }
        return own
    }

    private func argument(_ index: Int) throws(Stop) -> Pointer { try machine.pointer(at: vector + 8 * index) }

    private func isOption(_ index: Int) throws(Stop) -> Bool {
        let start = try argument(index)
        guard try machine.byte(at: start) == UInt8(ascii: "-") else { return false }
        return try machine.byte(at: start + 1) != 0
    }

    /// The option's letter, `?` or `:` for one that is wrong, -1 at the end.
    mutating func next() throws(Stop) -> Int {
        if count < 1 { return -1 }
        var value = Pointer.null
        let result = try letter(&value)
        machine.library.memory.options = state
        try machine.store(int32: Int32(truncatingIfNeeded: index), at: try Self.variable("optind", 1, machine))
        try machine.store(pointer: value, at: try Self.variable("optarg", 0, machine))
        return result
    }

    private mutating func letter(_ value: inout Pointer) throws(Stop) -> Int {
        let isDone = state.rest.isNull ? true : try machine.byte(at: state.rest) == 0
        if isDone {
            if let result = try beginArgument(&value) { return result }
        }
        let letter = try machine.byte(at: state.rest)
        state.rest = state.rest + 1
        let hasMore = try machine.byte(at: state.rest) != 0
        if !hasMore { index += 1 }
        guard let place = options.firstIndex(of: letter), ![UInt8(ascii: ":"), UInt8(ascii: ";")].contains(letter)
        else { return try complain("invalid option", letter, Self.unknown) }
        let following = options[(place + 1)...].prefix(2)
        guard following.first == Self.argumentNeeded else { return Int(letter) }
        let isOptional = following.count == 2 && following.last == Self.argumentNeeded
        let rest = state.rest
        state.rest = .null
        if hasMore {
            value = rest
            index += 1
        } else if !isOptional {
            guard index < count else {
                let isTold = options.first == Self.argumentNeeded
                return try complain(
                    "option requires an argument", letter, isTold ? Self.argumentNeeded : Self.unknown)
            }
            value = try argument(index)
            index += 1
        }
        return Int(letter)
    }

    /// Goes to the next argument that is an option; the call's result where there is none.
    private mutating func beginArgument(_ value: inout Pointer) throws(Stop) -> Int? {
        let last = min(state.skipped.upperBound, index)
        state.skipped = min(state.skipped.lowerBound, last)..<last
        if order == .permuting {
            try gather()
            while index < count, try !isOption(index) { index += 1 }
            state.skipped = state.skipped.lowerBound..<index
        }
        if index < count, try machine.text(at: try argument(index)) == Array("--".utf8) {
            index += 1
            try gather()
            state.skipped = state.skipped.lowerBound..<count
            index = count
        }
        if index >= count {
            if !state.skipped.isEmpty { index = state.skipped.lowerBound }
            return -1
        }
        if try !isOption(index) {
            if order == .strict { return -1 }
            value = try argument(index)
            index += 1
            return 1
        }
        state.rest = try argument(index) + 1
        return nil
    }

    /// Moves the options behind the arguments that were skipped to the front of these.
    private mutating func gather() throws(Stop) {
        let (first, last) = (state.skipped.lowerBound, state.skipped.upperBound)
        if first == last {
            state.skipped = index..<index
        } else if last != index {
            var moved: [Pointer] = []
            for place in last..<index { moved.append(try argument(place)) }
            for place in first..<last { moved.append(try argument(place)) }
            for (offset, pointer) in moved.enumerated() {
                try machine.store(pointer: pointer, at: vector + 8 * (first + offset))
            }
            state.skipped = first + index - last..<index
        }
    }

    private func complain(_ message: String, _ letter: UInt8, _ result: UInt8) throws(Stop) -> Int {
        if !isSilent {
            let name = try machine.text(at: try argument(0))
            let text = name + Array(": \(message) -- '".utf8) + [letter] + Array("'\n".utf8)
            _ = try machine.stream(.errors).put(text)
        }
        try machine.store(int32: Int32(letter), at: try Self.variable("optopt", 63, machine))
        return Int(result)
    }
}
