// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Numbers of ended objects are given to new ones when no pointer to the ended one is left, so that a long execution does
/// not run out of them, and a use of a dangling pointer is found however late it comes.
extension Memory {
    static let deathsBetweenRecyclings = 1 << 20

    /// - Parameter slots: all registers that the execution has.
    mutating func recycle(slots: UnsafeBufferPointer<Slot>) {
        deathsSinceRecycling = 0
        var isNamed = [Bool](repeating: false, count: count)
        for slot in slots {
            // Whatever class a register has: too much kept is no harm.
            let base = Int(slot.base)
            if base > 0, base < count { isNamed[base] = true }
        }
        for index in firstObject..<count where objects[index].isAlive {
            noteAddresses(in: objects[index], &isNamed)
        }
        for index in firstObject..<count where !objects[index].isAlive && !isNamed[index] {
            vacate(Int32(index))
        }
    }

    /// An address may stand at any byte, aligned or not.
    private func noteAddresses(in record: ObjectRecord, _ isNamed: inout [Bool]) {
        guard record.size >= 8, let bytes = record.bytes else { return }
        let raw = UnsafeRawPointer(bytes)
        for offset in 0...Int(record.size) - 8 {
            let word = raw.loadUnaligned(fromByteOffset: offset, as: Int64.self)
            let number = word >> Self.addressShift
            if number > 0, number < Int64(count) { isNamed[Int(number)] = true }
        }
    }
}
