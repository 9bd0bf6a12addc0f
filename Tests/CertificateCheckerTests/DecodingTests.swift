// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CertificateChecker
import Testing

/// Both files are untrusted: whatever their bytes, the checker answers.
struct DecodingTests {
    private func failure(_ program: [UInt8], _ certificate: [UInt8]) -> CheckFailure? {
        do {
            _ = try check(program: program, certificate: certificate)
            return nil
        } catch {
            return error
        }
    }

    @Test(arguments: Sample.all)
    func rejectsEveryTruncation(_ sample: Sample) {
        for length in sample.certificate.indices {
            #expect(failure(sample.program, Array(sample.certificate[..<length])) != nil)
        }
        for length in sample.program.indices {
            #expect(failure(Array(sample.program[..<length]), sample.certificate)?.file == .program)
        }
        #expect(failure(sample.program, sample.certificate + [0])?.reason == .malformed)
        #expect(failure(sample.program + [0], sample.certificate)?.reason == .malformed)
    }

    /// Each byte becomes each other value: no trap, and a certificate of the same program never proves what is
    /// false there. The samples' claims are all true, so only what they leave unproved or label is looked at.
    @Test(arguments: Sample.all)
    func survivesEveryMutation(_ sample: Sample) throws {
        for place in sample.certificate.indices {
            var bytes = sample.certificate
            for value in UInt8.min...UInt8.max where value != sample.certificate[place] {
                bytes[place] = value
                guard let claims = try? check(program: sample.program, certificate: bytes) else { continue }
                for (claim, expected) in zip(claims.obligations.map(AcceptanceTests.text), sample.verdicts) {
                    let isWeaker = claim.contains("unproved") || claim.hasPrefix(expected)
                    #expect(isWeaker, "byte \(place) = \(value): \(claim) instead of \(expected)")
                }
            }
        }
        for place in sample.program.indices {
            var bytes = sample.program
            for value in [0, 1, 0x7f, 0x80, 0xff, sample.program[place] ^ 1] as [UInt8] {
                bytes[place] = value
                _ = failure(bytes, sample.certificate)
            }
        }
    }

    @Test func demandsShortestNumbers() {
        let sample = Sample.addition()
        var bytes = sample.certificate
        bytes.replaceSubrange(4..<5, with: [0x81, 0x00])
        #expect(failure(sample.program, bytes)?.reason == .malformed)
    }

    @Test func tellsWhereItStopped() throws {
        let sample = Sample.addition(bits: 32)
        let found = try #require(failure(sample.program, sample.certificate))
        #expect(found.node == 0)
        #expect(found.instruction == 1)
        #expect(found.offset > 0)
    }

    /// Random bytes behind valid magic numbers.
    @Test func survivesRandomBytes() {
        var state: UInt64 = 42
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state >> 33
        }
        let sample = Sample.loop()
        for _ in 0..<20_000 {
            var bytes = sample.certificate
            for _ in 0..<(1 + next() % 4) {
                let place = Int(next() % UInt64(bytes.count))
                switch next() % 3 {
                case 0: bytes[place] = UInt8(truncatingIfNeeded: next())
                case 1: bytes.insert(UInt8(truncatingIfNeeded: next()), at: place)
                default: if bytes.count > 8 { bytes.remove(at: place) }
                }
            }
            _ = failure(sample.program, bytes)
        }
    }
}
