// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ClangBridge

/// A place in the source: where the user sees it, and where its characters are spelled if a macro brought it.
public struct Location: Sendable {
    public let unit: TranslationUnit
    /// Unique within the unit; 0 is "nowhere".
    public let id: UInt32

    public struct Position: Hashable, Sendable {
        public let file: String
        public let line: Int
        public let column: Int
    }

    public var isKnown: Bool { id != 0 }
    /// File, line and column of the (outermost) expansion; #line is honoured.
    public var expansion: Position { position(0) }
    public var spelling: Position { position(3) }
    /// The macro whose expansion this is, if any.
    public var macro: String? {
        let name = word(6)
        return name == 0 ? nil : unit.string(name)
    }

    private func word(_ index: Int) -> UInt32 {
        unit.words[unit.start(BridgeSectionLocations) + Int(id) * Int(BridgeLocationLength) + index]
    }

    private func position(_ first: Int) -> Position {
        Position(file: unit.string(word(first)), line: Int(word(first + 1)), column: Int(word(first + 2)))
    }
}

extension Location: CustomStringConvertible {
    public var description: String { "\(expansion.file):\(expansion.line):\(expansion.column)" }
}
