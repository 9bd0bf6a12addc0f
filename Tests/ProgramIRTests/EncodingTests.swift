// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR
import Testing

@Suite struct EncodingTests {
    @Test func everythingSurvivesARoundTrip() throws {
        let program = try SampleProgram.everything()
        let bytes = program.encoded()
        let decoded = try Program(decoding: bytes)
        #expect(decoded == program)
        #expect(decoded.encoded() == bytes)
        let opcodes = Set(program.functions.flatMap { $0.instructions.map(\.opcode) })
        #expect(opcodes.count == Opcode.allCases.count)
        let terminators = Set(program.functions.flatMap { $0.blocks.map(\.terminator.kind) })
        #expect(terminators.count == Terminator.Kind.allCases.count)
    }

    /// The bytes that FORMAT.md section 1.1 gives for a program that does nothing, written by hand.
    @Test func theSmallestProgramHasTheBytesOfTheFormat() throws {
        let builder = ProgramBuilder()
        let site = builder.site(file: "a", line: 300, column: 1)
        let function = FunctionBuilder(builder.declareFunction("m", site: site), in: builder)
        function.halt(site: site)
        try function.finish()
        let bytes = try builder.finish(entry: 0).encoded()
        var expected: [UInt8] = Array("AIR1".utf8) + [2, 0, 1, 0x61, 0, 0]
        expected += [1, 1, 0xAC, 0x02, 1, 1, 0xAC, 0x02, 1, 0, 0, 0]
        expected += [0, 0, 1, 1, 0x6D, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        expected += [1, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
        #expect(bytes == expected)
    }

    @Test(arguments: [Int128.min, .min + 1, -1, 0, 1, 63, 64, .max - 1, .max])
    func integersOfAllSizesSurvive(_ value: Int128) throws {
        var program = Program()
        program.integers = [value]
        program.entry = 0
        #expect(try Program(decoding: program.encoded()).integers == [value])
    }

    @Test func everyTruncationIsRefused() throws {
        let bytes = try SampleProgram.everything().encoded()
        for count in 0..<bytes.count {
            #expect(throws: DecodingFailure.self) { try Program(decoding: Array(bytes[..<count])) }
        }
    }

    private func reason(_ bytes: [UInt8]) -> DecodingFailure.Reason? {
        do {
            _ = try Program(decoding: bytes)
            return nil
        } catch { return error.reason }
    }

    @Test func deviationsHaveTheirReasons() {
        let magic = Array("AIR1".utf8)
        #expect(reason([]) == .unexpectedEnd)
        #expect(reason(Array("AIR2".utf8)) == .wrongMagic)
        #expect(reason(magic + [0, 0, 0, 0, 0, 0, 0, 0]) == nil)
        #expect(reason(magic + [0, 0, 0, 0, 0, 0, 0, 0, 0]) == .trailingBytes)
        #expect(reason(magic + [0, 0, 0, 0, 0, 0, 0, 0x80, 0]) == .overlongNumber)
        #expect(reason(magic + [0, 0, 0, 0, 0, 0, 0] + [0x80, 0x80, 0x80, 0x80, 8]) == .numberOutOfRange)
        #expect(reason(magic + [0xFF, 0xFF, 0xFF, 0x0F]) == .tooManyElements)
        #expect(reason(magic + [9, 0]) == .tooManyElements)
        #expect(reason(magic + [1, 1, 0xFF]) == .invalidText)
        #expect(reason(magic + [0, 1] + Array(repeating: 0xFF, count: 18) + [4]) == .numberOutOfRange)
        #expect(reason(magic + [0, 1] + Array(repeating: 0x80, count: 18) + [0]) == .overlongNumber)
        #expect(reason(magic + [0, 0, 0, 0, 1, 15]) == .unknownCode(field: "kind of an assumption"))
    }

    /// Mutated files either fail to decode or decode to something that encodes again to the same bytes.
    @Test func mutatedBytesNeverTrap() throws {
        let bytes = try SampleProgram.everything().encoded()
        var random = SeededRandom(seed: 1)
        for _ in 0..<4000 {
            var mutated = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<mutated.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: mutated[place] = UInt8.random(in: .min ... .max, using: &random)
                case 1: mutated[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 2: mutated.insert(UInt8.random(in: .min ... .max, using: &random), at: place)
                default: mutated.remove(at: place)
                }
            }
            if let program = try? Program(decoding: mutated) { #expect(program.encoded() == mutated) }
        }
    }
}

/// A small generator with a seed, so that failures can be repeated (Steele, Lea, Flood: SplitMix64, OOPSLA 2014).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
