// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR
import Testing

@Suite struct TextTests {
    @Test func everythingSurvivesARoundTrip() throws {
        let program = try SampleProgram.everything()
        let text = program.text()
        let parsed = try Program(parsing: text)
        #expect(parsed == program)
        #expect(parsed.text() == text)
        #expect(parsed.encoded() == program.encoded())
    }

    /// How a small function looks to an auditor.
    static let loop = """
        air 1
        entry &0.main

        site @0 "a.c":12:5 expression "i + 1"
        site @1 "a.c":13:9 spelling "a.h":2:3 macro "GET" expression "t[i]" model "memchr"

        assumption #0 target-abi "A byte has 8 bits."
        assumption #1 user-assumption "n is small." @1

        object $0.i local size 4 align 4 owner &0.main @0
        object $1.table constant size 3 align 1 @0 {
          bit 0 step 8 i8 [104, 105, 0]
        }
        object $2 "\\"hi\\"" global size 24 align 8 @0 {
          bit 0 ptr [$1.table + 2]
          bit 64 ptr [&1]
          bit 128 f32 [0.1]
        }

        func &0.main() -> i32 @0 {
          objects [$0.i]
          var %0.n: i32
          var %1...%2: i32
          var %3: ptr
        block0:
          start $0.i @0 ; 12:5 i + 1
          store.i32 $0.i, 0 align 4 @0 ; 12:5 i + 1 [out-of-bounds-write, misaligned-access, write-to-constant]
          goto block1 @0 ; 12:5 i + 1
        block1: live [$0.i]
          %1 = load.i32 $0.i align 4 @0 ; 12:5 i + 1 [out-of-bounds-read, misaligned-access, uninitialized-read]
          %2 = add.i32 %1, 1 @0 ; 12:5 i + 1 [signed-overflow]
          %3 = offset.checked $1.table, %2 times 1 @1 ; 13:9 t[i] [pointer-arithmetic]
          %0.n = linear -1 + 2*%1 + 1*%2 @0 ; 12:5 i + 1
          switch %2 [-3...-1: block1, 7: block2], block1 @0 ; 12:5 i + 1
        block2: live [$0.i]
          return 0 @0 ; 12:5 i + 1
        }

        func &1 "operator()"(%0.p: ptr, %1: u8, ...) @1 {
        block0:
          callPointer %0.p(%1, null, $1.table) @1 ; 13:9 t[i] [null-dereference, invalid-call]
          halt @1 ; 13:9 t[i]
        }

        """

    @Test func aTextForPeople() throws {
        let text = Self.loop
        let program = try Program(parsing: text)
        #expect(program.violations() == [])
        #expect(program.text() == text)
        #expect(program == program.normalized())
        #expect(program.objects[2].name == "\"hi\"")
        #expect(text.hasSuffix(program.text(of: 1)))
        #expect(try Program(decoding: program.encoded()) == program)
    }

    @Test func commentsAndSpaceDoNotMatter() throws {
        let text = Self.loop
        let bare = text.split(separator: "\n").map { $0.split(separator: ";", omittingEmptySubsequences: false)[0] }
            .joined(separator: " ")
        #expect(try Program(parsing: bare).text() == text)
    }

    private func failure(_ text: String) -> String? {
        do {
            _ = try Program(parsing: text)
            return nil
        } catch { return error.description }
    }

    @Test(arguments: [
        ("", "1:1: 'air' is expected"),
        ("air 2", "1:6: only version 1 is known"),
        ("air 1\nentry &0.f", "2:8: function 0 is not f"),
        ("air 1 entry &0 what", "1:16: 'site', 'assumption', 'object' or 'func' is expected"),
        ("air 1 entry &0\nsite @1 \"\"", "2:7: the number 0 is expected"),
        ("air 1 entry &0\nsite @0 \"\u{E9}\":x", "2:13: a number is expected"),
        ("air 1 entry &0\nsite @0 \"\":99999999999", "2:12: the number is out of range"),
        ("air 1 entry &0\nsite @0 \"abc", "2:9: the quotation does not end"),
        ("air 1 entry &0\nsite @0 \"a\\x\"", "2:11: the escape is unknown"),
        ("air 1 entry &0\nsite @0 \"a\\", "2:11: the escape is unknown"),
        ("air 1 entry &0\nassumption #0 hope", "2:15: a kind of an assumption is expected"),
        ("air 1 entry &0 func &0.f() @0 { block1:", "1:33: 'block0' or '}' is expected"),
        ("air 1 entry &0 func &0.f() @0 { var %0.x: i129", "1:43: a type is expected"),
        ("air 1 entry &0 func &0.f() @0 { var %0...%99999999: i8", "1:43: the number is out of range"),
        ("air 1 entry &0 func &0.f() @0 { block0: jump @0", "1:41: there is no instruction 'jump'"),
        ("air 1 entry &0 func &0.f() @0 { block0: arithmetic @0", "1:41: there is no instruction 'arithmetic'"),
        ("air 1 entry &0 func &0.f() @0 { block0: @0", "1:41: an instruction is expected"),
        ("air 1 entry &0 func &0.f() @0 { block0: free.checked null", "1:46: the instruction has no such part"),
        ("air 1 entry &0 func &0.f() @0 { block0: free ] @0", "1:46: an operand is expected"),
        ("air 1 entry &0 func &0.f() @0 { block0: free %0.x @0", "1:47: register 0 is not x"),
        ("air 1 entry &0 func &0.f() @0 { block0: goto @0", "1:46: a block is expected"),
        ("air 1 entry &0 func &0.f() @0 { block0: halt 5", "1:46: '@' is expected"),
    ]) func errorsNameLineAndColumn(_ text: String, _ expected: String) {
        #expect(failure(text) == expected)
    }

    @Test(arguments: [
        0.1, -0.0, 3, 1e22, 1e300, .leastNonzeroMagnitude, .infinity, -.infinity, .nan,
        Double(bitPattern: 0xFFF0_0000_0000_0001),
    ]) func floatsKeepTheirBits(_ value: Double) throws {
        let builder = ProgramBuilder()
        let site = builder.site(file: "a", line: 1, column: 1)
        let function = FunctionBuilder(builder.declareFunction("m", site: site), in: builder)
        function.floatNegate(builder.float(value), .binary64, site: site)
        function.halt(site: site)
        try function.finish()
        let program = try builder.finish(entry: 0)
        #expect(try Program(parsing: program.text()).floats == [value.bitPattern])
    }

    @Test(arguments: ["", ".", "..a", "a.b", "e\u{301}", "\u{301}", "\"", "\\u{41}", "a b", "\u{202E}x", "\0", "\r\n"])
    func namesOfAllKindsSurvive(_ name: String) throws {
        let builder = ProgramBuilder()
        let site = builder.site(file: name, line: 1, column: 1, expression: name)
        _ = builder.object(Object(name: name, kind: .external, size: 1, alignment: 1, site: site))
        let function = FunctionBuilder(builder.declareFunction(name, site: site), in: builder)
        for _ in 0..<3 { _ = function.register(.pointer, name: name) }
        function.free(.object(0), site: site)
        function.havoc(.pointer, into: 1, site: site)
        function.halt(site: site)
        try function.finish()
        let program = try builder.finish(entry: 0)
        let parsed = try Program(parsing: program.text())
        #expect(parsed.encoded() == program.encoded())
        #expect(parsed.text() == program.text())
    }

    /// Mutated texts either fail to parse or give a program that prints and parses again.
    @Test func mutatedTextsNeverTrap() throws {
        let bytes = Array(try SampleProgram.everything().text().utf8)
        var random = SeededRandom(seed: 3)
        var parsed = 0
        for _ in 0..<400 {
            var mutated = bytes
            for _ in 0..<Int.random(in: 1...2, using: &random) {
                let place = Int.random(in: 0..<mutated.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: mutated[place] = UInt8.random(in: 32...126, using: &random)
                case 1: mutated.remove(at: place)
                default: mutated.swapAt(place, Int.random(in: 0..<mutated.count, using: &random))
                }
            }
            guard let program = try? Program(parsing: String(decoding: mutated, as: UTF8.self)) else { continue }
            parsed += 1
            _ = program.violations()
            #expect(try Program(parsing: program.text()) == program)
        }
        #expect(parsed > 20)
    }

    /// What the decoder lets through can be printed, well formed or not.
    @Test func mutatedProgramsPrint() throws {
        let bytes = try SampleProgram.everything().encoded()
        var random = SeededRandom(seed: 4)
        for _ in 0..<400 {
            var mutated = bytes
            mutated[Int.random(in: 0..<mutated.count, using: &random)] = UInt8.random(in: 0...127, using: &random)
            guard let program = try? Program(decoding: mutated) else { continue }
            let text = program.text()
            guard program.violations().isEmpty else { continue }
            #expect(try Program(parsing: text) == program.normalized())
        }
    }
}
