// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// An object of an execution: its bytes, and for each byte which of its bits are initialised.
struct ObjectRecord {
    enum Kind: UInt8 {
        /// Null or a function: nothing that could be read.
        case none
        case global, constant, automatic, heap
        /// A heap object that the program may not free.
        case permanent
        /// The place of a recycled object: the next object may have it.
        case vacant
    }

    /// `capacity` bytes of content, and as many masks of initialised bits behind them.
    var bytes: UnsafeMutablePointer<UInt8>?
    /// The size as long as it may be read, else -1.
    var readable: Int64
    /// The size as long as it may be written, else -1.
    var writable: Int64
    var size: Int64
    var alignment: UInt16
    var kind: Kind
    var isAlive: Bool
    /// The declaration in the program; -1: allocated, or made by the library.
    var declaration: ObjectID
    /// Where it was allocated, freed or ended last.
    var site: SiteID

    var masks: UnsafeMutablePointer<UInt8> { bytes! + Int(size) }

    static var none: ObjectRecord {
        ObjectRecord(
            bytes: nil, readable: -1, writable: -1, size: 0, alignment: 1, kind: .none, isAlive: false, declaration: -1,
            site: -1)
    }
}
