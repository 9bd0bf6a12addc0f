// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import Testing

/// Parses text as a file of its own.
func parse(_ text: String, flags: [String] = []) throws -> TranslationUnit {
    try parseTranslationUnit(
        CompileCommand(file: "/virtual/test.c", flags: flags, directory: "/"),
        virtualFiles: [VirtualFile(path: "/virtual/test.c", text: text)])
}

extension TranslationUnit {
    func named(_ name: String) throws -> Declaration {
        try #require(declarations.first { $0.name == name })
    }
}

extension Node {
    /// The node and everything below it, first in source order.
    var subtree: [Node] { [self] + children.flatMap(\.subtree) }

    func first(_ kind: NodeKind) throws -> Node { try #require(subtree.first { $0.kind == kind }) }
    func all(_ kind: NodeKind) -> [Node] { subtree.filter { $0.kind == kind } }
}

/// The body of the function `f` in a text.
func body(_ text: String, flags: [String] = []) throws -> Node {
    let unit = try parse(text, flags: flags)
    #expect(unit.unknownConstructs.isEmpty)
    return try #require(try unit.named("f").body)
}

/// Every child and payload node of a unit can be visited: no accessor traps.
func visit(_ unit: TranslationUnit) -> Int {
    var count = 0
    for declaration in unit.declarations {
        _ = declaration.type.description + declaration.location.description
        for node in (declaration.kind == .function ? declaration.body : declaration.initializer)?.subtree ?? [] {
            _ = node.kind
            _ = node.location.expansion
            if node.isExpression { _ = node.type.description }
            count += 1
        }
    }
    return count
}
