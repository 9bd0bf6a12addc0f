// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Testing

@testable import EvidenceBundle

@Suite struct SigningTests {
    @Test func preAuthenticationEncodingMatchesThePublishedVector() {
        let encoded = Envelope.preAuthenticationEncoding(
            type: "http://example.com/HelloWorld", body: Array("hello world".utf8))
        #expect(String(decoding: encoded, as: UTF8.self) == "DSSEv1 29 http://example.com/HelloWorld 11 hello world")
    }

    /// FIPS 180-2, appendix B.1.
    @Test func digestMatchesThePublishedVector() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(Digest(of: Array("abc".utf8)).hexadecimal == expected)
        #expect(Digest(hexadecimal: expected) == Digest(of: Array("abc".utf8)))
        #expect(Digest(hexadecimal: expected.uppercased()) == nil)
        #expect(Digest(hexadecimal: String(expected.dropLast())) == nil)
    }

    @Test(arguments: SignatureAlgorithm.allCases)
    func keysReadBack(_ algorithm: SignatureAlgorithm) throws {
        let key = SigningKey(generating: algorithm)
        let read = try SigningKey(pem: key.pem, file: "k")
        #expect(read.algorithm == algorithm)
        #expect(read.verificationKey.identifier == key.verificationKey.identifier)
        let verification = try VerificationKey(pem: key.verificationKey.pem, file: "p")
        #expect(verification.identifier == key.verificationKey.identifier)
        let message = Array("message".utf8)
        let signature = try key.signature(of: message)
        #expect(verification.isValid(signature, for: message))
        #expect(!verification.isValid(signature, for: message + [0]))
        #expect(!SigningKey(generating: algorithm).verificationKey.isValid(signature, for: message))
        for index in signature.indices {
            var altered = signature
            altered[index] ^= 1
            #expect(!verification.isValid(altered, for: message))
        }
    }

    /// RFC 8410, section 10.1 and 10.3.
    @Test func ed25519KeysHaveTheStandardForm() throws {
        let privateKey = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----

            """
        let publicKey = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PUBLIC KEY-----

            """
        let key = try SigningKey(pem: privateKey, file: "k")
        #expect(key.algorithm == .ed25519)
        #expect(key.pem == privateKey)
        #expect(key.verificationKey.pem == publicKey)
    }

    @Test func wrongKeysAreNamed() throws {
        let key = SigningKey(generating: .p256)
        #expect(throws: KeyError.wrongHalf(file: "f", expected: "private key", found: "public key")) {
            try SigningKey(pem: key.verificationKey.pem, file: "f")
        }
        #expect(throws: KeyError.wrongHalf(file: "f", expected: "public key", found: "private key")) {
            try VerificationKey(pem: key.pem, file: "f")
        }
        #expect(throws: KeyError.notPEM(file: "f")) { try SigningKey(pem: "hello", file: "f") }
        let encrypted = "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
        #expect(throws: KeyError.encrypted(file: "f")) { try SigningKey(pem: encrypted, file: "f") }
        let junk = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
        #expect(throws: KeyError.unsupportedKey(file: "f")) { try SigningKey(pem: junk, file: "f") }
        #expect(throws: KeyError.self) { try SigningKey(file: "/nowhere/key.pem") }
    }

    @Test func privateKeyFilesArePrivateAndNeverReplaced() throws {
        let folder = try TemporaryFolder()
        let file = folder.path + "/key.pem"
        let key = SigningKey(generating: .p256)
        try key.write(to: file)
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        #expect(try SigningKey(file: file).verificationKey.identifier == key.verificationKey.identifier)
        #expect(throws: KeyError.alreadyExists(file: file)) { try key.write(to: file) }
    }

    @Test func envelopesAreStrict() throws {
        let key = SigningKey(generating: .p256)
        let json = try Envelope(payload: Array("{}".utf8), signedWith: key).json
        #expect(try Envelope(json).isSigned(by: key.verificationKey))
        var twice = json.object!
        twice["signatures"] = .array(twice["signatures"]!.array! + twice["signatures"]!.array!)
        #expect(throws: JSONShapeError.self) { try Envelope(.object(twice)) }
        for loose in ["e30", "e31=", "e3 0=", "e30=\n", "===="] {
            var object = json.object!
            object["payload"] = .string(loose)
            #expect(throws: JSONShapeError.self) { try Envelope(.object(object)) }
        }
        var other = json.object!
        other["payloadType"] = "text/plain"
        #expect(throws: JSONShapeError.self) { try Envelope(.object(other)) }
    }
}
