// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ConcreteInterpreter
import ProgramIR

/// Choices that can be taken back: models of library functions choose a value and then assume of it what the function
/// promises, so that most choices at random lead to executions that no assumption allows. Such an execution begins again
/// with the same choices but the last ones.
///
/// Small numbers come often: sizes, counts and indices are of ordinary size in ordinary executions.
final class ReplayedChoices: ChoiceSource {
    private enum Choice {
        case bits(UInt128)
        case bytes([UInt8])
        case allocates(Bool)
    }

    private var seeded: SeededChoices
    private var generator: SeededChoices
    private var made: [Choice] = []
    private var next = 0
    /// How often in a row executions were excluded before they made more choices than any of these.
    private var failures = 0
    private var farthest = 0

    init(seed: UInt64, allocationFailures: Double) {
        seeded = SeededChoices(seed: seed, allocationFailures: allocationFailures)
        generator = SeededChoices(seed: ~seed)
    }

    /// The execution was one that an assumption excludes: the next one makes other choices from its end on.
    func takeBack() {
        if next > farthest {
            farthest = next
            failures = 0
        }
        failures += 1
        // One more of them each time that eight others have not helped.
        made.removeLast(min(made.count, max(0, made.count - next) + 1 + failures / 8))
        next = 0
    }

    private func choice(_ choose: () -> Choice) -> Choice {
        if next == made.count { made.append(choose()) }
        next += 1
        return made[next - 1]
    }

    func bits(of type: ScalarType) -> UInt128 {
        guard case .bits(let bits) = choice({ .bits(newBits(of: type)) }) else { return 0 }
        return bits
    }

    private func newBits(of type: ScalarType) -> UInt128 {
        let random = generator.bytes(2)
        if case .integer = type, random[0] < 150 {
            return UInt128(truncatingIfNeeded: Int(random[1]) % 7 - (random[0] < 30 ? 3 : 0))
        }
        return seeded.bits(of: type)
    }

    func bytes(_ count: Int) -> [UInt8] {
        guard case .bytes(let bytes) = choice({ .bytes(newBytes(count)) }), bytes.count == count else {
            return Array(repeating: 0, count: count)
        }
        return bytes
    }

    /// Texts end somewhere, and have few different letters.
    private func newBytes(_ count: Int) -> [UInt8] {
        let bytes = seeded.bytes(count)
        switch generator.bytes(1)[0] % 3 {
        case 0: return bytes
        case 1: return bytes.map { $0 % 8 == 0 ? 0 : 32 + $0 % 96 }
        default: return bytes.map { $0 % 4 }
        }
    }

    func allocates(_ size: Int64) -> Bool {
        guard case .allocates(let isFound) = choice({ .allocates(seeded.allocates(size)) }) else { return true }
        return isFound
    }
}
