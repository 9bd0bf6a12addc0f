// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation

/// A DSSE envelope (github.com/secure-systems-lab/dsse, protocol version 1) with exactly one signature.
struct Envelope: Equatable {
    static let payloadType = "application/vnd.in-toto+json"

    let payload: [UInt8]
    let keyIdentifier: String
    let signature: [UInt8]

    /// The bytes that are signed: type and body, each behind its length, so that neither can pose as the other.
    static func preAuthenticationEncoding(type: String, body: [UInt8]) -> [UInt8] {
        Array("DSSEv1 \(type.utf8.count) \(type) \(body.count) ".utf8) + body
    }

    init(payload: [UInt8], signedWith key: SigningKey) throws {
        self.payload = payload
        keyIdentifier = key.verificationKey.identifier
        signature = try key.signature(
            of: Envelope.preAuthenticationEncoding(type: Envelope.payloadType, body: payload))
    }

    init(_ json: JSONValue) throws(JSONShapeError) {
        var fields = try JSONFields(json, of: "the envelope")
        payload = try Envelope.decode(try fields.string("payload"), "payload")
        guard try fields.string("payloadType") == Envelope.payloadType else {
            throw JSONShapeError("the envelope's payloadType is not \(Envelope.payloadType)")
        }
        let signatures = try fields.array("signatures")
        try fields.finish()
        guard signatures.count == 1 else {
            throw JSONShapeError("the envelope has \(signatures.count) signatures instead of one")
        }
        var one = try JSONFields(signatures[0], of: "the signature")
        keyIdentifier = try one.string("keyid")
        signature = try Envelope.decode(try one.string("sig"), "sig")
        try one.finish()
    }

    var json: JSONValue {
        [
            "payload": .string(Data(payload).base64EncodedString()),
            "payloadType": .string(Envelope.payloadType),
            "signatures": [
                ["keyid": .string(keyIdentifier), "sig": .string(Data(signature).base64EncodedString())]
            ],
        ]
    }

    func isSigned(by key: VerificationKey) -> Bool {
        key.isValid(signature, for: Envelope.preAuthenticationEncoding(type: Envelope.payloadType, body: payload))
    }

    /// Standard base64 in its only canonical spelling: the last digit's unused bits are zero.
    private static func decode(_ text: String, _ key: String) throws(JSONShapeError) -> [UInt8] {
        guard let data = Data(base64Encoded: text), data.base64EncodedString() == text else {
            throw JSONShapeError("\"\(key)\" of the envelope is not base64")
        }
        return Array(data)
    }
}
