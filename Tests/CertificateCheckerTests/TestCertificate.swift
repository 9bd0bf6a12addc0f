// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A small assembler of certificate files. Facts are written by closures.
struct TestCertificate {
    typealias Part = (inout Bytes) -> Void

    struct Clone {
        var function = 0
        var level = 0
        var isRecursive = false
        var returns = true
        var places: [Part] = []
        var results: [Part] = []
        var memory: [Part] = []
        var everything = false
        var label = 0
        var written: [(tag: Int, from: Int128?, to: Int128?)] = []
        var freed: [Int] = []
        var allocated: [Int] = []
    }

    struct Node {
        var clone = 0
        var block = 0
        var places: [Part] = []
        var facts: [Part] = []
        var memory: [Part] = []
        var script: Part
    }

    var labels: [[Int]] = [[]]
    var tags: [Part] = []
    var constants: [Part] = []
    var clones = [Clone()]
    var nodes: [Node]
    var entry = 0

    func bytes() -> [UInt8] {
        Bytes { out in
            out.raw(Array("AIC1".utf8))
            out.list(labels) { out, label in out.list(label) { $0.u($1) } }
            out.list(tags) { $1(&$0) }
            out.list(constants) { $1(&$0) }
            out.list(clones) { out, clone in
                out.u(clone.function)
                out.u(clone.level)
                out.byte(clone.isRecursive ? 1 : 0)
                out.byte(clone.returns ? 1 : 0)
                out.list(clone.places) { $1(&$0) }
                out.list(clone.results) { $1(&$0) }
                out.list(clone.memory) { $1(&$0) }
                out.byte(clone.everything ? 1 : 0)
                out.u(clone.label)
                out.list(clone.written) { out, range in
                    out.u(range.tag)
                    out.optional(range.from)
                    out.optional(range.to)
                }
                out.list(clone.freed) { $0.u($1) }
                out.list(clone.allocated) { $0.u($1) }
            }
            out.list(nodes) { out, node in
                out.u(node.clone)
                out.u(node.block)
                out.list(node.places) { $1(&$0) }
                out.list(node.facts) { $1(&$0) }
                out.list(node.memory) { $1(&$0) }
                let script = Bytes(node.script).bytes
                out.u(script.count)
                out.raw(script)
            }
            out.u(entry)
        }.bytes
    }

    // Parts.

    static func linear(_ terms: [(Int, Int128)], _ bound: Int128, label: Int = 0) -> Part {
        { out in
            out.byte(0)
            out.list(terms) { out, term in
                out.u(term.0)
                out.s(term.1)
            }
            out.s(bound)
            out.u(label)
        }
    }

    static func congruence(_ terms: [(Int, Int128)], modulus: Int128, _ remainder: Int128, label: Int = 0) -> Part {
        { out in
            out.byte(1)
            out.list(terms) { out, term in
                out.u(term.0)
                out.s(term.1)
            }
            out.s(modulus)
            out.s(remainder)
            out.u(label)
        }
    }

    /// The congruence is that of every entry.
    static func targets(
        _ register: Int, _ entries: [(tag: Int, lower: Int128?, upper: Int128?)], modulus: Int128 = 1,
        _ remainder: Int128 = 0, label: Int = 0
    ) -> Part {
        { out in
            out.byte(2)
            out.u(register)
            out.list(entries) { out, entry in
                out.u(entry.tag)
                out.optional(entry.lower)
                out.optional(entry.upper)
                out.s(modulus)
                out.s(remainder)
            }
            out.u(label)
        }
    }

    /// One or more int32 cells of a tag.
    static func cells(
        _ tag: Int, _ first: Int128, count: Int = 1, _ lower: Int128?, _ upper: Int128?, modulus: Int128 = 1,
        raw: Bool = false, label: Int = 0
    ) -> Part {
        { out in
            out.byte(0)
            out.u(tag)
            out.s(first)
            out.u(count)
            out.u(count == 1 ? 0 : 32)
            for byte: UInt8 in [0, 32, 1] { out.byte(byte) }
            out.byte(raw ? 1 : 0)
            out.optional(lower)
            out.optional(upper)
            out.s(modulus)
            out.s(0)
            out.u(label)
        }
    }

    /// What a cell holds; an int32 if nothing else is said.
    static func cell(_ tag: Int, _ bit: Int128 = 0, type: [UInt8] = [0, 32, 1], label: Int = 0) -> Part {
        { out in
            out.byte(0)
            out.u(tag)
            out.s(bit)
            for byte in type { out.byte(byte) }
            out.u(label)
        }
    }

    static func size(_ tag: Int, label: Int = 0) -> Part {
        { out in
            out.byte(1)
            out.u(tag)
            out.u(label)
        }
    }

    static func localTag(_ object: Int, clone: Int = 0, many: Bool = false) -> Part {
        { out in
            out.byte(0)
            out.u(object)
            out.u(clone)
            out.byte(many ? 1 : 0)
        }
    }

    static func heapTag(clone: Int = 0, instruction: Int, partner: Int?) -> Part {
        { out in
            out.byte(1)
            out.u(clone)
            out.u(instruction)
            out.byte(partner == nil ? 1 : 0)
            out.id(partner)
        }
    }
}
