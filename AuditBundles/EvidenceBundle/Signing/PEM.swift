// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// One PEM block (RFC 7468): a label and DER bytes.
struct PEMBlock {
    let label: String
    let der: [UInt8]

    init(label: String, der: [UInt8]) {
        self.label = label
        self.der = der
    }

    /// Reads the first block whose label names a key; `openssl ecparam` writes a parameter block before it.
    init?(keyIn text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
        guard let begin = lines.firstIndex(where: { $0.hasPrefix("-----BEGIN ") && $0.hasSuffix("KEY-----") }) else {
            return nil
        }
        let label = String(lines[begin].dropFirst("-----BEGIN ".count).dropLast("-----".count))
        guard let end = lines[begin...].firstIndex(of: "-----END \(label)-----"),
            let data = Data(base64Encoded: lines[(begin + 1)..<end].joined())
        else { return nil }
        self.init(label: label, der: Array(data))
    }

    var text: String {
        let body = Data(der).base64EncodedString()
        var lines = ["-----BEGIN \(label)-----"]
        var start = body.startIndex
        while start < body.endIndex {
            let end = body.index(start, offsetBy: 64, limitedBy: body.endIndex) ?? body.endIndex
            lines.append(String(body[start..<end]))
            start = end
        }
        lines.append("-----END \(label)-----")
        return lines.joined(separator: "\n") + "\n"
    }
}

/// The fixed DER frames of Ed25519 keys (RFC 8410): an Ed25519 key is one of these followed by 32 bytes.
enum Ed25519Frame {
    static let publicKey: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]
    static let privateKey: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
    ]

    /// The 32 key bytes, if `der` is exactly the frame and a key.
    static func content(of der: [UInt8], in frame: [UInt8]) -> [UInt8]? {
        der.count == frame.count + 32 && der.starts(with: frame) ? Array(der.dropFirst(frame.count)) : nil
    }
}
