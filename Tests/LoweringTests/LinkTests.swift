// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Lowering
import ProgramIR
import Testing

/// Names across translation units (C11 6.2.2, 6.9).
@Suite struct LinkTests {
    @Test func internalNamesStayApart() throws {
        let result = try lowered(units: [
            "static int v = 1; static int g(void) { return v; } int h(void); int f(void) { return g() + h(); }",
            "static int v = 2; static int g(void) { return v; } int h(void) { return g(); }",
        ])
        #expect(result.program.objects.filter { $0.name == "v" }.count == 2)
        #expect(
            Set(result.program.functions.map(\.name)) == ["(entry)", "f", "h", "g", "0.c:g"]
                || Set(result.program.functions.map(\.name)) == ["(entry)", "f", "h", "g", "1.c:g"])
    }

    @Test func tentativeDefinitionsAreOneObject() throws {
        let result = try lowered(units: [
            "int v; int h(void); int f(void) { return v + h(); }", "int v = 4; int h(void) { return v; }",
        ])
        let objects = result.program.objects.filter { $0.name == "v" }
        #expect(objects.count == 1 && objects.first?.initializer.isEmpty == false)
    }

    @Test func clashingTypesAreReported() throws {
        let result = try lowered(units: ["extern long v; int f(void) { return v; }", "int v = 1;"])
        #expect(result.linkProblems.map(\.symbol) == ["v"])
    }

    @Test func twoDefinitionsAreAnError() throws {
        #expect(throws: LoweringError.self) {
            try lowered(units: ["int f(void) { return 1; }", "int f(void) { return 2; }"])
        }
    }

    @Test func weakDefinitionsGiveWay() throws {
        let result = try lowered(units: [
            "__attribute__((weak)) int g(void) { return 1; } int f(void) { return g(); }", "int g(void) { return 2; }",
        ])
        #expect(result.functions("g").count == 1)
        #expect(result.functions("g").first.map { result.constant($0.blocks[0].terminator.operand) } == 2)
    }

    @Test func callsWithoutPrototypeAreChecked() throws {
        #expect(
            try lowered("static int g(); int f(void) { return g(1); } static int g(a, b) int a, b; { return a; }")
                .kinds(in: "f") == ["invalid-call"])
        #expect(
            try lowered("static int g(); int f(int n) { return g(n); } static int g(a) unsigned a; { return a; }")
                .kinds(in: "f") == ["invalid-call"])
        #expect(
            try lowered("static int g(); int f(void) { return g(1); } static int g(a) short a; { return a; }")
                .kinds(in: "f") == [])
    }

    @Test func weakReferencesMayBeNull() throws {
        let result = try lowered("__attribute__((weak)) int g(void); int f(void) { return g ? g() : 0; }")
        #expect(try result.code(of: "f").contains { $0.opcode == .comparePointers })
        #expect(try result.kinds(in: "f") == ["null-dereference"])
    }

    @Test func foreignObjectsHoldAnyValue() throws {
        let result = try lowered("extern int limit; int f(void) { return limit; }")
        let object = try #require(result.program.objects.first { $0.name == "limit" })
        #expect(object.kind == .external && object.initializer.isEmpty)
        #expect(result.statements(.externalFunction).count == 1)
    }
}
