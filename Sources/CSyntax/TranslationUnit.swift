// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ClangBridge

/// The syntax tree of one translation unit: an immutable view of the bridge's buffer.
///
/// `Node`, `CType`, `Declaration` and `Location` are handles into it; two handles are equal if unit and index are.
public final class TranslationUnit: Sendable {
    let words: [UInt32]
    private let sectionStarts: [Int]
    private let sectionLengths: [Int]

    /// The command the unit was parsed from.
    public let command: CompileCommand
    /// Flags clang does not know or that have no meaning here; they were left out.
    public let droppedFlags: [String]
    /// Warnings and notes of the parse.
    public let diagnostics: [Diagnostic]

    init(words: [UInt32], command: CompileCommand, droppedFlags: [String], diagnostics: [Diagnostic])
        throws(FrontEndError)
    {
        let header = Int(BridgeHeaderLength.rawValue)
        guard words.count >= header, words[0] == UInt32(BridgeMagic), words[1] == UInt32(BridgeVersion) else {
            throw .internalFailure(file: command.file, message: "the syntax tree has an unknown version")
        }
        let first = Int(BridgeHeaderFirstSection.rawValue)
        let lengths = words[first..<header].map(Int.init)
        var starts: [Int] = [], next = header
        for length in lengths {
            starts.append(next)
            next += length
        }
        guard next == words.count else {
            throw .internalFailure(file: command.file, message: "the syntax tree is truncated")
        }
        self.words = words
        sectionStarts = starts
        sectionLengths = lengths
        self.command = command
        self.droppedFlags = droppedFlags
        self.diagnostics = diagnostics
    }

    func start(_ section: BridgeSection) -> Int { sectionStarts[Int(section.rawValue)] }
    func length(_ section: BridgeSection) -> Int { sectionLengths[Int(section.rawValue)] }
    private func header(_ word: BridgeHeader) -> UInt32 { words[Int(word.rawValue)] }
    private func has(_ fact: BridgeFact) -> Bool { header(BridgeHeaderFacts) & fact.rawValue != 0 }

    // MARK: Facts about the unit

    public var mainFile: String { string(header(BridgeHeaderMainFile)) }
    public var targetTriple: String { string(header(BridgeHeaderTriple)) }
    /// 89, 99, 11, 17 or 23.
    public var standard: Int { Int(header(BridgeHeaderStandard)) }
    public var isGnuMode: Bool { has(BridgeFactGnuMode) }
    public var charIsSigned: Bool { has(BridgeFactCharIsSigned) }
    public var hasShortEnumerations: Bool { has(BridgeFactShortEnumerations) }
    /// Whether floating-point results may deviate from IEEE 754 (-ffast-math and kin).
    public var hasFastMath: Bool { has(BridgeFactFastMath) }
    /// Whether the compiler may fuse a multiplication and an addition.
    public var mayContractFloatingPoint: Bool { has(BridgeFactContractions) }
    public var isFreestanding: Bool { has(BridgeFactFreestanding) }
    public var signedOverflow: SignedOverflow { SignedOverflow(rawValue: header(BridgeHeaderSignedOverflow))! }

    /// Constructs the bridge does not know: class name and place, one entry per occurrence.
    public var unknownConstructs: [(name: String, location: Location)] {
        let base = start(BridgeSectionUnknownNames)
        return (0..<length(BridgeSectionUnknownNames) / 2).map {
            (string(words[base + 2 * $0]), location(words[base + 2 * $0 + 1]))
        }
    }

    /// Every file that was read, sorted.
    public var includedFiles: [String] {
        let base = start(BridgeSectionIncludedFiles)
        return (0..<length(BridgeSectionIncludedFiles)).map { string(words[base + $0]) }
    }

    // MARK: Handles

    /// The definitions at file scope, in source order. What they refer to is reached through them.
    public var topLevel: [Declaration] {
        let base = start(BridgeSectionTopLevel)
        return (0..<length(BridgeSectionTopLevel)).map { declaration(words[base + $0]) }
    }

    /// Every declaration that was met, in a deterministic order.
    public var declarations: [Declaration] {
        (1..<UInt32(max(1, length(BridgeSectionDeclarationOffsets)))).map(declaration)
    }

    public func node(_ id: UInt32) -> Node { Node(unit: self, id: id) }
    public func declaration(_ id: UInt32) -> Declaration { Declaration(unit: self, id: id) }
    public func type(_ qualified: UInt32) -> CType { CType(unit: self, qualified: qualified) }
    public func location(_ id: UInt32) -> Location { Location(unit: self, id: id) }

    // MARK: Raw data

    func bytes(_ id: UInt32) -> [UInt8] {
        let offsets = start(BridgeSectionStringOffsets) + Int(id)
        let (first, end) = (Int(words[offsets]), Int(words[offsets + 1]))
        let base = 4 * start(BridgeSectionStrings)
        return words.withUnsafeBytes { Array($0[(base + first)..<(base + end)]) }
    }

    func string(_ id: UInt32) -> String { id == 0 ? "" : String(decoding: bytes(id), as: UTF8.self) }

    func int64(_ at: Int) -> Int64 { Int64(bitPattern: UInt64(words[at]) | UInt64(words[at + 1]) << 32) }

    /// The big integer at an index of the buffer, and the index after it.
    func integer(_ at: Int) -> (value: BitPattern, next: Int) {
        let width = Int(words[at]), limbs = (width + 63) / 64
        let values = (0..<limbs).map { UInt64(bitPattern: int64(at + 1 + 2 * $0)) }
        return (BitPattern(width: width, limbs: values), at + 1 + 2 * limbs)
    }
}
