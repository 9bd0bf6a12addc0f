// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// <stdlib.h>: pseudo-random numbers (C11 7.22.2), the same as glibc's for the same seed.
extension HostLibrary {
    static let random: [String: HostFunction] = [
        "rand": rand, "random": rand, "srand": srand, "srandom": srand, "rand_r": randR,
        "drand48": drand48, "srand48": srand48, "lrand48": lrand48, "mrand48": mrand48,
    ]

    private static func rand(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .number(machine.library.memory.random.next())
    }

    private static func srand(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        machine.library.memory.random = RandomNumbers(seed: UInt32(truncatingIfNeeded: arguments.integer(0)))
        return nil
    }

    private static func randR(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        var seed = UInt32(bitPattern: try machine.int32(at: arguments.pointer(0)))
        var result: UInt32 = 0
        for (shift, modulus) in [(0, 2048), (10, 1024), (10, 1024)] as [(UInt32, UInt32)] {
            seed = seed &* 1_103_515_245 &+ 12345
            result = (result << shift) ^ (seed / 65536) % modulus
        }
        try machine.store(.number(seed), .unsigned(32), at: arguments.pointer(0))
        return .number(result)
    }

    /// The next 48 bits of the linear congruence that POSIX fixes.
    private static func next48(_ machine: Machine) -> UInt64 {
        let next = (machine.library.memory.drand48 &* 0x5_deec_e66d &+ 0xb) & 0xffff_ffff_ffff
        machine.library.memory.drand48 = next
        return next
    }

    private static func drand48(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .float(Double(next48(machine)) / 281_474_976_710_656)
    }

    private static func lrand48(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .number(next48(machine) >> 17)
    }

    private static func mrand48(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .number(Int32(truncatingIfNeeded: next48(machine) >> 16))
    }

    private static func srand48(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let seed = UInt32(truncatingIfNeeded: arguments.integer(0))
        machine.library.memory.drand48 = UInt64(seed) << 16 | 0x330e
        return nil
    }
}
