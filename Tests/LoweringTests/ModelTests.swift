// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lowering
import ProgramIR
import Testing

/// How models of the C library become part of a program.
@Suite struct ModelTests {
    @Test func eachCallHasACopyReportedThere() throws {
        let result = try lowered(
            """
            #include <string.h>
            unsigned long f(char *p, char *q) {
              return strlen(p) +
                strlen(q);
            }
            """)
        let copies = result.functions("strlen@")
        #expect(copies.map(\.name).sorted() == ["strlen@0.c:3:10", "strlen@0.c:4:5"])
        for copy in copies {
            for instruction in copy.instructions {
                let site = result.program.sites[Int(instruction.site)]
                #expect(result.program.strings[Int(site.model)] == "strlen")
                #expect(site.line == 3 || site.line == 4)
            }
        }
        #expect(result.statements(.libraryModel).filter { $0.hasPrefix("strlen ") }.count == 1)
    }

    @Test func staticObjectsExistOnce() throws {
        let result = try lowered(
            "#include <stdlib.h>\nvoid g(void) {} void f(void) { atexit(g); atexit(g); exit(0); }")
        #expect(result.program.objects.filter { $0.name == "exit_functions" }.count == 1)
        #expect(result.functions("atexit@").count == 2)
    }

    @Test func pointersShareOneCopy() throws {
        let result = try lowered(
            """
            #include <stdlib.h>
            void (*release)(void *) = free;
            void f(void *p) { void (*g)(void *) = free; g(p); release(p); free(p); }
            """)
        #expect(result.functions("free@").count == 2)
    }

    @Test func theProgramsOwnDefinitionWins() throws {
        let result = try lowered(
            "unsigned long strlen(const char *s) { return 3; } unsigned long f(void) { return strlen(\"x\"); }")
        #expect(try result.calls(from: "f") == ["strlen"])
        #expect(result.statements(.libraryModel) == [])
    }

    @Test func assumptionsOfModelsCarryTheModelsLabel() throws {
        let result = try lowered("#include <stdlib.h>\nint f(void) { return rand(); }")
        let labels = result.functions("ai_between@").flatMap(\.instructions).filter { $0.opcode == .assume }
            .map { result.program.assumptions[Int($0.target)] }
        #expect(!labels.isEmpty && labels.allSatisfy { $0.kind == .libraryModel && $0.statement.hasPrefix("rand ") })
    }

    @Test func formatsAreTakenApart() throws {
        let result = try lowered("#include <stdio.h>\nvoid f(char *s, int n) { printf(\"%s has %5d\\n\", s, n); }")
        let names = try result.calls(from: "f").map { $0.prefix { $0 != "@" } }
        #expect(names == ["__ai_printf_string", "__ai_printf_between", "__ai_printf_pad", "__ai_printf"])
    }

    @Test(arguments: [
        "printf(\"%d\");", "printf(\"%d\", 1.5);", "printf(\"%s\", 1);", "printf(\"%*d\", 1L, 2);",
        "scanf(\"%d\", &(char){0});",
    ])
    func argumentsMustFitTheFormat(call: String) throws {
        let result = try lowered("#include <stdio.h>\nvoid f(void) { \(call) }")
        let refusal = try #require(try result.code(of: "f").last { $0.opcode == .check })
        #expect(refusal.detail == ObligationKind.libraryPrecondition.rawValue && result.constant(refusal.a) == 0)
    }

    @Test func unknownFormatsAreAlarms() throws {
        let result = try lowered("#include <stdio.h>\nvoid f(char *s) { printf(s, 1); }")
        #expect(try result.calls(from: "f").contains { $0.hasPrefix("__ai_printf_unchecked") })
        #expect(result.statements(.libraryModel).contains { $0.contains("fit its format") })
    }

    @Test func inputStoresThroughItsArguments() throws {
        let result = try lowered("#include <stdio.h>\nint f(char *s) { int n; return sscanf(s, \"%d %n\", &n, &n); }")
        let names = try result.calls(from: "f").map { $0.prefix { $0 != "@" } }
        #expect(names == ["__ai_scanf_text", "__ai_scanf_value", "__ai_scanf_count", "__ai_scanf_result"])
    }

    @Test func jumpsBetweenFunctionsAreAlarms() throws {
        let result = try lowered(
            "#include <setjmp.h>\njmp_buf b; int f(void) { if (setjmp(b)) return 1; longjmp(b, 1); }")
        #expect(result.unsupported.map(\.construct).filter { $0.hasPrefix("call of ") }.count == 2)
        #expect(try result.kinds(in: "f").contains("unsupported"))
    }

    /// Each call has a copy of its model, but what a literal of the model is does not depend on the call.
    @Test func literalsOfModelsAreOneObjectEach() throws {
        let counts = try [1, 2].map { count in
            let calls = String(repeating: "localeconv(); ", count: count)
            let result = try lowered("#include <locale.h>\nvoid f(void) { \(calls) }")
            #expect(result.functions("localeconv@").count == count)
            return result.program.objects.count { $0.name == "string literal" }
        }
        #expect(counts[0] > 0)
        #expect(counts[1] == counts[0])
    }

    @Test func fortifiedCallsAreThePlainOnes() throws {
        let result = try lowered("void f(char *p, char *q, unsigned long n) { __builtin___memcpy_chk(p, q, n, -1); }")
        #expect(try result.calls(from: "f").first?.hasPrefix("memcpy@") == true)
    }
}
