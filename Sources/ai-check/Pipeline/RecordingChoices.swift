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
    private let prefix: [[UInt8]]
    private var random: SeededChoices
    /// Which of the program's own constants come next, now and then.
    private var picks: SeededChoices
    private let constants: [Int128]
    private let isQuiet: Bool

    /// - Parameters:
    ///   - isQuiet: new choices are zeros, and allocations succeed.
    init(
        prefix: [[UInt8]], seed: UInt64, allocationFailures: Double, constants: [Int128], isQuiet: Bool = false
    ) {
        self.prefix = prefix
        self.constants = constants
        self.isQuiet = isQuiet
        random = SeededChoices(seed: seed, allocationFailures: allocationFailures)
        picks = SeededChoices(seed: ~seed)
    }

    /// All choices one after the other.
    var bytes: [UInt8] { recorded.flatMap(\.self) }

    /// The next choice: as before where the same question is asked; a changed choice may have led to others.
    private func next(_ count: Int, _ fresh: () -> [UInt8]) -> [UInt8] {
        let place = recorded.count
        return place < prefix.count && prefix[place].count == count ? prefix[place] : fresh()
    }

    func bits(of type: ScalarType) -> UInt128 {
        let count = (type.storageBits + 7) / 8
        let width = type == .float(.extended80) ? 80 : type.storageBits
        let bytes = next(count) { encoded(isQuiet ? 0 : newBits(of: type), count) }
        var bits = bytes.reversed().reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        if width < 128 { bits &= 1 << UInt128(width) - 1 }
        recorded.append(encoded(bits, count))
        return bits
    }

    private func encoded(_ bits: UInt128, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: bits >> UInt128(8 * $0)) }
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
        let place = recorded.count
        // Of a range of another length what fits is kept: input may have become longer or shorter.
        let kept = place < prefix.count && prefix[place].count > 16 ? Array(prefix[place].prefix(count)) : []
        let bytes = next(count) {
            isQuiet ? Array(repeating: 0, count: count) : kept + random.bytes(count - kept.count)
        }
        recorded.append(bytes)
        return bytes
    }

    func allocates(_ size: Int64) -> Bool {
        let isGranted =
            size <= Self.largestAllocation && next(1) { [isQuiet || random.allocates(size) ? 1 : 0] } != [0]
        recorded.append([isGranted ? 1 : 0])
        return isGranted
    }
}
