// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import Reporting
import Testing

/// Programs that are much deeper or longer than people write them. Generators do.
@Suite struct NestingTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    static func nested(_ depth: Int, _ open: String, _ inside: String, _ close: String) -> String {
        String(repeating: open, count: depth) + inside + String(repeating: close, count: depth)
    }

    private static func list(_ count: Int, _ separator: String, _ item: (Int) -> String) -> String {
        (0..<count).map(item).joined(separator: separator)
    }

    private static func main(_ body: String) -> String {
        "unsigned __ai_any_uint(void);\nint main(void)\n{\n    unsigned x = __ai_any_uint();\n    \(body)\n    return (int)(x & 1);\n}\n"
    }

    static let programs: [(name: String, source: String)] = [
        ("parentheses", main("x = \(nested(5000, "(", "x", ")"));")),
        ("operators", main("x = \(nested(3000, "!", "x", ""));")),
        ("additions", main("x = \(nested(1000, "1u + (", "x", ")"));")),
        ("sum", main("x = \(list(1000, " + ") { _ in "x" });")),
        ("blocks", main(nested(3000, "{ ", "x = 2;", " }"))),
        ("blocks with variables", main(nested(400, "{ unsigned y = x; x = y / 2; ", "", " }"))),
        ("conditions", main(nested(600, "if (x > 1) { x--; ", "", " }"))),
        ("chain of conditions", main(list(600, " else ") { "if (x == \($0)u) x = 1;" })),
        ("conjunction", main("x = \(list(600, " && ") { "x != \($0)u" });")),
        ("choices", main("x = \(list(600, "") { "x == \($0)u ? 1 : " })2;")),
        ("loops", main(nested(60, "for (;;) { if (x) break; ", "x = 1;", " }"))),
        ("cases", main("switch (x) { \(list(500, "\n") { "case \($0): x = 1; break;" }) }")),
        ("calls", "unsigned f(unsigned x) { return x; }\n" + main("x = \(nested(1000, "f(", "x", ")"));")),
        (
            "chain of calls",
            "static unsigned f0(unsigned x) { return x; }\n"
                + list(1000, "") { "static unsigned f\($0 + 1)(unsigned x) { return f\($0)(x); }\n" }
                + main("x = f1000(x);")
        ),
        (
            "structures",
            "struct s0 { int v; };\n" + list(1000, "") { "struct s\($0 + 1) { struct s\($0) m; };\n" }
                + "struct s1000 object = \(nested(1001, "{", "7", "}"));\n"
                + main("x = (unsigned)object\(String(repeating: ".m", count: 1000)).v;")
        ),
        (
            "arrays",
            "int object\(String(repeating: "[1]", count: 200)) = \(nested(200, "{", "7", "}"));\n"
                + main("x = (unsigned)object\(String(repeating: "[0]", count: 200));")
        ),
        ("pointers", main("int \(String(repeating: "*", count: 3000))p = 0; x = p == 0;")),
        (
            "macros",
            "#define M0(x) (x)\n" + list(1000, "") { "#define M\($0 + 1)(x) M\($0)(x)\n" } + main("x = M1000(x);")
        ),
    ]

    /// Each is analysed and its certificate checked, or the answer would be another exit code.
    @Test(arguments: programs.map(\.name)) func depthIsNoObstacle(_ name: String) throws {
        let source = try #require(NestingTests.programs.first { $0.name == name }).source
        try folder.write(source, to: "a.c")
        let run = try CommandLineTests.run("ai-check", ["--quiet", "a.c"], in: folder)
        #expect(run.status == 0, "\(run.output)\(run.error)")
    }

    /// What clang itself gives up on is the input's fault.
    @Test func tooDeepForClangIsSaid() throws {
        try folder.write(NestingTests.main("x = \(NestingTests.nested(200_000, "(", "x", ")"));"), to: "a.c")
        let run = try CommandLineTests.run("ai-check", ["--quiet", "a.c"], in: folder)
        #expect(run.status == 2, "\(run.output)\(run.error)")
        #expect(run.error.contains("a.c:"))
    }

    @Test func tenThousandObligations() throws {
        let lines = NestingTests.list(1300, "\n") { "    s ^= a[(i + \($0)u) & 15] / (int)((i & 7) + 1);" }
        try folder.write(
            "unsigned __ai_any_uint(void);\nint a[16];\nint main(void)\n{\n    unsigned i = __ai_any_uint();\n    int s = 0;\n\(lines)\n"
                + "    return s ^ 1 / (int)(i & 1);\n}\n", to: "a.c")
        try #require(CommandLineTests.run("ai-check", ["keygen"], in: folder).status == 0)
        let analysis = try CommandLineTests.run(
            "ai-check", ["bundle", "a.c", "-o", "a.aibundle", "--key", "key.pem", "--json", "a.json"], in: folder)
        #expect(analysis.status == 1, "\(analysis.error)")
        let report = try Report(json: Data(folder.text(of: "a.json").utf8))
        #expect(report.obligations.count > 10_000)
        // The last division, and nothing else.
        let alarms = report.obligations.filter { $0.verdict == .alarm }
        #expect(alarms.contains { $0.kind == .divisionByZero })
        #expect(Set(alarms.map(\.line)) == [1307])
        let audit = try CommandLineTests.run("ai-audit", ["verify", "a.aibundle", "--trust", "pub.pem"], in: folder)
        #expect(audit.status == 0, "\(audit.error)")
    }
}
