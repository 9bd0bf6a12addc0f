// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Random programs around a planted fault. They call it with good values first, print what it returns, and come to the
/// bad value on a random way: through loops, recursion, pointers to functions, memory of all kinds.
struct Surroundings {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9e37_79b9_7f4a_7c15 &+ 1 }

    private mutating func random(_ count: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state >> 33) % count
    }

    /// The program, and the line of the fault.
    mutating func program(around fault: PlantedFault) -> (text: String, line: Int) {
        let wrappers = (0..<2 + random(3)).map { wrapper(number: $0) }
        let text = """
            #include <assert.h>
            #include <stdio.h>
            #include <stdlib.h>
            #include <string.h>

            static volatile int hidden;
            static int hide(int x) { hidden = x; return hidden; }

            \(fault.declarations)
            static int plant(int v)
            {
            \(fault.body)
            }

            static int level0(int v) { return plant(v); }
            \(wrappers.joined(separator: "\n"))

            int main(void)
            {
            \(main(fault, top: wrappers.count))
                return 0;
            }

            """
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        return (text, (lines.firstIndex { $0.hasSuffix("// PLANT") } ?? -1) + 1)
    }

    /// A function of the next level: gives its argument on to the one below.
    private mutating func wrapper(number: Int) -> String {
        let below = "level\(number)", name = "level\(number + 1)"
        let bodies = [
            "int kept = v; for (int i = 0; i < \(1 + random(4)); i++) kept = hide(kept); return \(below)(kept);",
            "int (*f)(int) = \(below); return f(v);",
            "int a[5] = {0}; a[\(random(5))] = 1; int *p = &a[\(random(5))]; *p = v; return \(below)(*p);",
            "struct { char c; int n; short s; } r = {1, v, 2}, q; q = r; return \(below)(q.n);",
            "int *p = malloc(sizeof *p); if (!p) return 0; *p = v; int n = *p; free(p); return \(below)(n);",
            "switch (hide(\(random(3)))) { case 0: return \(below)(v); case 1: v = hide(v); default: return \(below)(v); }",
            "static int depth; if (depth < \(random(3))) { depth++; int r = \(name)(v); depth--; return r; } return \(below)(v);",
            "union { int n; unsigned char b[4]; } u; u.n = v; unsigned char c = u.b[0]; u.b[0] = c; return \(below)(u.n);",
            "long wide = v; wide = wide * 3 - v - v; return \(below)((int)wide);",
            "int n = 0, step = v < 0 ? -1 : 1; char text[16]; sprintf(text, \"%d\", v); n = atoi(text); return \(below)(step ? n : 0);",
            "goto skip; again: return \(below)(v); skip: if (hide(1)) goto again; return 0;",
        ]
        return "static int \(name)(int v) { \(bodies[random(bodies.count)]) }"
    }

    private mutating func main(_ fault: PlantedFault, top: Int) -> String {
        var values = (0..<random(4)).map { _ in fault.good[random(fault.good.count)] }
        values.append(fault.bad)
        let call = "level\(top)"
        func constant(_ value: Int32) -> String { value == .min ? "(-2147483647 - 1)" : "\(value)" }
        let list = values.map(constant)
        switch random(3) {
        case 0:
            return """
                    int values[] = {\(list.joined(separator: ", "))};
                    for (unsigned i = 0; i < sizeof values / sizeof *values; i++) {
                        printf("%d\\n", \(call)(values[i]));
                        fflush(stdout);
                    }
                """
        case 1:
            return list.map { "    printf(\"%d\\n\", \(call)(hide(\($0)))); fflush(stdout);" }.joined(separator: "\n")
        default:
            return """
                    int *values = malloc(\(list.count) * sizeof *values), i = 0;
                    if (!values) return 0;
                \(list.enumerated().map { "    values[\($0)] = \($1);" }.joined(separator: "\n"))
                    while (i < \(list.count)) {
                        printf("%d\\n", \(call)(values[i++]));
                        fflush(stdout);
                    }
                    free(values);
                """
        }
    }
}
