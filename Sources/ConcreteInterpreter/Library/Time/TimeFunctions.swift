// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc
import ProgramIR

/// <time.h> (C11 7.27) and sleeping. The local time zone is UTC; `LibraryClock` says what time it is.
extension HostLibrary {
    static let time: [String: HostFunction] = [
        "time": now, "clock": clock, "difftime": difftime, "gmtime": gmtime, "localtime": localtime,
        "gmtime_r": gmtimeR, "localtime_r": localtimeR, "mktime": mktime, "timegm": timegm,
        "asctime": asctime, "ctime": ctime, "strftime": strftime, "tzset": tzset,
        "clock_gettime": clockGettime, "gettimeofday": gettimeofday, "nanosleep": nanosleep, "sleep": sleep,
        "usleep": usleep,
    ]

    private static func now(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let seconds = machine.library.memory.clock.seconds
        if !arguments.pointer(0).isNull { try machine.store(int64: seconds, at: arguments.pointer(0)) }
        return .number(seconds)
    }

    private static func clock(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? { .zero }

    private static func difftime(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        .float(Glibc.difftime(arguments.int(0), arguments.int(1)))
    }

    private static func tzset(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? { nil }

    // MARK: Broken-down times

    /// Null where the year is no int.
    private static func breakDown(_ place: Pointer, _ result: Pointer, zone: String, _ machine: Machine)
        throws(Stop) -> Value
    {
        var seconds = time_t(try machine.int64(at: place))
        var time = tm()
        guard Glibc.gmtime_r(&seconds, &time) != nil else {
            try machine.setErrno(EOVERFLOW)
            return .null
        }
        try BrokenDownTime.store(time, zone: zone, at: result, in: machine)
        return .pointer(result)
    }

    /// One object for both functions (C11 7.27.3p1).
    private static func shared(_ machine: Machine) throws(Stop) -> Pointer {
        try machine.ownObject("tm", size: BrokenDownTime.size)
    }

    private static func gmtime(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try breakDown(arguments.pointer(0), try shared(machine), zone: "GMT", machine)
    }

    private static func localtime(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try breakDown(arguments.pointer(0), try shared(machine), zone: "UTC", machine)
    }

    private static func gmtimeR(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try breakDown(arguments.pointer(0), arguments.pointer(1), zone: "GMT", machine)
    }

    private static func localtimeR(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try breakDown(arguments.pointer(0), arguments.pointer(1), zone: "UTC", machine)
    }

    /// C11 7.27.2.3: the fields need not be in range, and are brought into it.
    private static func normalise(_ machine: Machine, _ arguments: HostArguments, zone: String)
        throws(Stop) -> Value
    {
        var time = try BrokenDownTime.read(at: arguments.pointer(0), ignoringDays: true, in: machine)
        time.tm_isdst = 0
        errno = 0
        let seconds = Glibc.timegm(&time)
        if seconds == -1, errno != 0 { return try machine.failure() }
        try BrokenDownTime.store(time, zone: zone, at: arguments.pointer(0), in: machine)
        return .number(seconds)
    }

    private static func mktime(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try normalise(machine, arguments, zone: "UTC")
    }

    private static func timegm(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        try normalise(machine, arguments, zone: "GMT")
    }

    // MARK: Texts

    /// C11 7.27.3.1p3: the weekday and the month name an entry of a table, and the year has at most four digits.
    private static func text(of time: tm) -> [UInt8] {
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        func twoDigits(_ number: Int32) -> String {
            let digits = String(number.magnitude)
            return (number < 0 ? "-" : "") + (digits.count < 2 ? "0" : "") + digits
        }
        let day = String(time.tm_mday)
        let clock = [time.tm_hour, time.tm_min, time.tm_sec].map(twoDigits).joined(separator: ":")
        let padding = String(repeating: " ", count: max(0, 3 - day.count))
        let date = "\(days[Int(time.tm_wday)]) \(months[Int(time.tm_mon)])\(padding)\(day)"
        return Array("\(date) \(clock) \(Int(time.tm_year) + 1900)\n".utf8)
    }

    private static func storeShared(_ text: [UInt8], _ machine: Machine) throws(Stop) -> Value {
        let place = try machine.ownObject("asctime", size: 128)
        try machine.storeText(text.prefix(127), at: place)
        return .pointer(place)
    }

    private static func asctime(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let time = try BrokenDownTime.read(at: arguments.pointer(0), in: machine)
        try machine.require(
            (0...6).contains(time.tm_wday) && (0...11).contains(time.tm_mon), "a weekday or month out of range")
        try machine.require((-2899...8099).contains(time.tm_year), "a year out of range")
        return try storeShared(text(of: time), machine)
    }

    private static func ctime(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        var seconds = time_t(try machine.int64(at: arguments.pointer(0)))
        var time = tm()
        guard Glibc.gmtime_r(&seconds, &time) != nil else {
            try machine.setErrno(EOVERFLOW)
            return .null
        }
        return try storeShared(text(of: time), machine)
    }

    private static func strftime(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let target = arguments.pointer(0), size = Int(clamping: arguments.integer(1))
        let format = try machine.path(at: arguments.pointer(2))
        var time = try BrokenDownTime.read(at: arguments.pointer(3), in: machine)
        if size == 0 { return .zero }
        let zone = try BrokenDownTime.zone(at: arguments.pointer(3), in: machine)
        time.tm_gmtoff = zone.offset
        guard let text = formatted(time, format, zone: zone.name, most: size) else { return .zero }
        try machine.storeText(text, at: target)
        return .number(text.count)
    }

    /// Nil where the text with its terminator is longer than `most`.
    private static func formatted(_ time: tm, _ format: [CChar], zone: [UInt8], most: Int) -> [UInt8]? {
        let zone = zone.map { CChar(bitPattern: $0) } + [0]
        // A byte in front tells an empty text from one that does not fit.
        let format = [CChar(bitPattern: UInt8(ascii: " "))] + format
        var capacity = 256
        while true {
            var buffer = [CChar](repeating: 0, count: capacity)
            let count = zone.withUnsafeBufferPointer { name in
                var time = time
                time.tm_zone = name.baseAddress
                return Glibc.strftime(&buffer, capacity, format, &time)
            }
            if count > 0 { return count > most ? nil : buffer[1..<count].map { UInt8(bitPattern: $0) } }
            if capacity > most + 1 || capacity > 1 << 24 { return nil }
            capacity *= 4
        }
    }

    // MARK: Clocks and sleeping

    private static func clockGettime(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        guard (0...11).contains(arguments.int(0)) else { return try machine.failure(EINVAL) }
        let clock = machine.library.memory.clock
        try machine.store(int64: clock.seconds, at: arguments.pointer(1))
        try machine.store(int64: clock.nanoseconds, at: arguments.pointer(1) + 8)
        return .zero
    }

    private static func gettimeofday(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let clock = machine.library.memory.clock
        if arguments.pointer(0).isNull { return .zero }
        try machine.store(int64: clock.seconds, at: arguments.pointer(0))
        try machine.store(int64: clock.nanoseconds / 1000, at: arguments.pointer(0) + 8)
        return .zero
    }

    private static func nanosleep(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let seconds = try machine.int64(at: arguments.pointer(0))
        let nanoseconds = try machine.int64(at: arguments.pointer(0) + 8)
        guard seconds >= 0, (0..<LibraryClock.second).contains(nanoseconds) else {
            return try machine.failure(EINVAL)
        }
        machine.library.memory.clock.sleep(seconds: seconds, nanoseconds: nanoseconds)
        return .zero
    }

    private static func sleep(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        machine.library.memory.clock.sleep(seconds: Int64(arguments.int(0)))
        return .zero
    }

    private static func usleep(_ machine: Machine, _ arguments: HostArguments) throws(Stop) -> Value? {
        let microseconds = Int64(arguments.int(0))
        machine.library.memory.clock.sleep(
            seconds: microseconds / 1_000_000, nanoseconds: microseconds % 1_000_000 * 1000)
        return .zero
    }
}
