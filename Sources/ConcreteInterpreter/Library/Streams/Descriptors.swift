// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Glibc

/// The file descriptors of the program, each a descriptor of this process: the program gets the numbers that it would
/// get if it ran by itself, and reaches no file but its own.
final class Descriptors {
    /// For each of the program's descriptors the process's; -1: closed.
    private var hosts: [Int32]
    /// The process's own standard descriptors stay open for it.
    private let lent: Set<Int32> = [0, 1, 2]

    init(input: Int32, output: Int32, errors: Int32) {
        hosts = [input, output, errors]
    }

    deinit {
        for host in hosts where host >= 0 && !lent.contains(host) { _ = Glibc.close(host) }
    }

    /// The process's descriptor; -1, with which every call fails as it should, where the program's is not open.
    func host(_ descriptor: Int32) -> Int32 {
        hosts.indices.contains(Int(descriptor)) ? hosts[Int(descriptor)] : -1
    }

    /// The number that the program gets for a descriptor of the process: the lowest free one, from `least` on. A
    /// negative one, of a call that failed, stays what it is.
    func add(_ host: Int32, least: Int = 0) -> Int32 {
        if host < 0 { return host }
        while hosts.count <= least { hosts.append(-1) }
        if let free = hosts[least...].firstIndex(of: -1) {
            hosts[free] = host
            return Int32(free)
        }
        hosts.append(host)
        return Int32(hosts.count - 1)
    }

    /// 0, or -1 with errno.
    func close(_ descriptor: Int32) -> Int32 {
        let host = host(descriptor)
        guard host >= 0 else {
            errno = EBADF
            return -1
        }
        hosts[Int(descriptor)] = -1
        return lent.contains(host) ? 0 : Glibc.close(host)
    }

    func duplicate(_ descriptor: Int32) -> Int32 { add(dup(host(descriptor))) }

    func duplicate(_ descriptor: Int32, to wanted: Int32) -> Int32 {
        let host = host(descriptor)
        guard host >= 0, wanted >= 0, wanted < 1 << 16 else {
            errno = EBADF
            return -1
        }
        if descriptor == wanted { return wanted }
        let copy = dup(host)
        guard copy >= 0 else { return -1 }
        if self.host(wanted) >= 0 { _ = close(wanted) }
        while hosts.count <= Int(wanted) { hosts.append(-1) }
        hosts[Int(wanted)] = copy
        return wanted
    }
}
