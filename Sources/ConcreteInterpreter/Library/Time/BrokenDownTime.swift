// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// `struct tm` in the program's memory: nine ints, then the offset from UTC and the zone's name.
enum BrokenDownTime {
    static let size = 56
    private static let offsetPlace = 40, zonePlace = 48
    private static let fields: [WritableKeyPath<tm, Int32> & Sendable] = [
        \.tm_sec, \.tm_min, \.tm_hour, \.tm_mday, \.tm_mon, \.tm_year, \.tm_wday, \.tm_yday, \.tm_isdst,
    ]

    /// Reads the standard's members, all of which must have a value; for mktime without the days of the week and the year
    /// (C11 7.27.2.3p2).
    static func read(at pointer: Pointer, ignoringDays: Bool = false, in machine: Machine) throws(Stop) -> tm {
        var time = tm()
        for (index, field) in fields.enumerated() where !ignoringDays || (field != \.tm_wday && field != \.tm_yday) {
            time[keyPath: field] = try machine.int32(at: pointer + 4 * index)
        }
        return time
    }

    static func store(_ time: tm, zone: String, at pointer: Pointer, in machine: Machine) throws(Stop) {
        for (index, field) in fields.enumerated() {
            try machine.store(int32: time[keyPath: field], at: pointer + 4 * index)
        }
        try machine.store(int64: Int64(time.tm_gmtoff), at: pointer + offsetPlace)
        try machine.store(pointer: try machine.ownText(Array(zone.utf8)), at: pointer + zonePlace)
    }

    /// The zone's name and its offset, as far as the program set these members, which are no part of the standard.
    static func zone(at pointer: Pointer, in machine: Machine) throws(Stop) -> (name: [UInt8], offset: Int) {
        let memory = machine.memory.pointee, base = pointer.base.number
        let place = pointer.offset + Int64(offsetPlace)
        guard memory.fault(.read, base: base, offset: place, count: 16) == nil,
            memory.isInitialised(base: base, offset: place, count: 16)
        else { return (Array("UTC".utf8), 0) }
        let name = try machine.pointer(at: pointer + zonePlace)
        let text = name.isNull ? [] : try machine.text(at: name)
        return (text, Int(try machine.int64(at: pointer + offsetPlace)))
    }
}
