// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ConcreteInterpreter
import ProgramIR

/// Makes an execution's choices and remembers them: first those of an earlier execution, then new ones.
final class RecordingChoices: ChoiceSource {
    /// Larger objects are not granted: a replay has little memory.
    static let largestAllocation: Int64 = 1 << 24

    /// Each choice as a run file has it.
    private(set) var recorded: [[UInt8]] = []
    private var bytesRecorded = 0
    private let prefix: ArraySlice<[UInt8]>
    private var random: SeededChoices
    /// Which of the program's own constants come next, now and then.
    private var picks: SeededChoices
    private let constants: [Int128]
    private let isQuiet: Bool

    /// - Parameters:
    ///   - isQuiet: new choices are zeros, and allocations succeed.
    init(
        prefix: ArraySlice<[UInt8]>, seed: UInt64, allocationFailures: Double, constants: [Int128], isQuiet: Bool = false
    ) {
        self.prefix = prefix
        self.constants = constants
        self.isQuiet = isQuiet
        random = SeededChoices(seed: seed, allocationFailures: allocationFailures)
        picks = SeededChoices(seed: ~seed)
    }

    /// All choices one after the other.
    var bytes: [UInt8] { recorded.flatMap(\.self) }

    private func record(_ count: Int, _ fresh: () -> [UInt8]) -> [UInt8] {
        let next = prefix.startIndex + recorded.count
        // The same choices lead to the same questions; anything else would not be the prefix's execution.
        let choice = next < prefix.endIndex && prefix[next].count == count ? prefix[next] : fresh()
        recorded.append(choice)
        return choice
    }

    func bits(of type: ScalarType) -> UInt128 {
        record((type.storageBits + 7) / 8) {
            var bits = isQuiet ? 0 : newBits(of: type)
            let width = type == .float(.extended80) ? 80 : type.storageBits
            if width < 128 { bits &= 1 << UInt128(width) - 1 }
            return (0..<(type.storageBits + 7) / 8).map { UInt8(truncatingIfNeeded: bits >> UInt128(8 * $0)) }
        }.reversed().reduce(0) { $0 << 8 | UInt128($1) }
    }

    private func newBits(of type: ScalarType) -> UInt128 {
        let pick = picks.bytes(5)
        if case .integer = type, pick[0] < 64, !constants.isEmpty {
            let place = pick[1...].reduce(0) { $0 << 8 | Int($1) }
            return UInt128(truncatingIfNeeded: constants[place % constants.count])
        }
        return random.bits(of: type)
    }

    func bytes(_ count: Int) -> [UInt8] {
        record(count) { isQuiet ? Array(repeating: 0, count: count) : random.bytes(count) }
    }

    func allocates(_ size: Int64) -> Bool {
        record(1) { [size <= Self.largestAllocation && (isQuiet || random.allocates(size)) ? 1 : 0] } == [1]
    }
}
