// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Crypto

/// A SHA-256 digest.
public struct Digest: Hashable, Sendable, CustomStringConvertible {
    public let bytes: [UInt8]

    public init(of data: [UInt8]) {
        bytes = Array(SHA256.hash(data: data))
    }

    /// Reads 64 lower-case hexadecimal digits; anything else is `nil`.
    public init?(hexadecimal text: String) {
        let digits = Array(text.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: 64, by: 2) {
            guard let high = hexadecimalDigits.firstIndex(of: digits[index]),
                let low = hexadecimalDigits.firstIndex(of: digits[index + 1])
            else { return nil }
            bytes.append(UInt8(high << 4 | low))
        }
        self.bytes = bytes
    }

    public var hexadecimal: String {
        String(
            decoding: bytes.flatMap { [hexadecimalDigits[Int($0 >> 4)], hexadecimalDigits[Int($0 & 15)]] },
            as: UTF8.self)
    }

    public var description: String { hexadecimal }
}
