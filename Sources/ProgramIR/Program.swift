// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A whole program in the audit IR. FORMAT.md section 2 is normative.
public struct Program: Hashable, Sendable {
    /// Starts execution; takes no parameters. Made by the lowering: sets up what `main` receives and calls it.
    public var entry: FunctionID = -1
    public var functions: [Function] = []
    public var objects: [Object] = []
    public var sites: [Site] = []
    public var assumptions: [Assumption] = []
    public var strings: [String] = []
    public var integers: [Int128] = []
    /// Bits of binary64 values.
    public var floats: [UInt64] = []

    public init() {}
}

/// A place in the source that obligations are reported at. Several instructions may share a site, for instance
/// the member copies of one struct assignment; they then share its obligations.
public struct Site: Hashable, Sendable {
    /// Where the expansion stands: what a developer sees. Places in `Program.strings`; lines and columns from 1.
    public var file: Int32
    public var line: Int32
    public var column: Int32
    /// Where the text was written: inside the macro if it comes from one.
    public var spellingFile: Int32
    public var spellingLine: Int32
    public var spellingColumn: Int32
    /// Name of the outermost macro, 0 (the empty string) if none.
    public var macro: Int32
    /// The C expression, shortened; 0 if there is none.
    public var expression: Int32
    /// The library function inside whose model the site lies, 0 if none: the place is then the user's call.
    public var model: Int32

    public init(
        file: Int32, line: Int32, column: Int32, spellingFile: Int32, spellingLine: Int32, spellingColumn: Int32,
        macro: Int32 = 0, expression: Int32 = 0, model: Int32 = 0
    ) {
        self.file = file
        self.line = line
        self.column = column
        self.spellingFile = spellingFile
        self.spellingLine = spellingLine
        self.spellingColumn = spellingColumn
        self.macro = macro
        self.expression = expression
        self.model = model
    }
}

/// What the proofs may rest on besides the program.
public struct Assumption: Hashable, Sendable {
    public var kind: AssumptionKind
    /// In plain English.
    public var statement: String
    /// Where it was made; -1: for the whole program.
    public var site: SiteID

    public init(kind: AssumptionKind, statement: String, site: SiteID = -1) {
        self.kind = kind
        self.statement = statement
        self.site = site
    }
}

public enum AssumptionKind: UInt8, Hashable, Sendable, CaseIterable {
    case targetABI = 0, languageSemantics, frontend, entryState, libraryModel, externalFunction, inlineAssembly
    case volatileOrHardware, concurrency, allocation, floatingPoint, stackSpace, userAssumption, alarm
    case recursionOrBudget

    /// The name that files and command lines use.
    public var name: String {
        switch self {
        case .targetABI: "target-abi"
        case .languageSemantics: "language-semantics"
        case .frontend: "frontend"
        case .entryState: "entry-state"
        case .libraryModel: "library-model"
        case .externalFunction: "external-function"
        case .inlineAssembly: "inline-asm"
        case .volatileOrHardware: "volatile-or-hardware"
        case .concurrency: "concurrency"
        case .allocation: "allocation"
        case .floatingPoint: "floating-point"
        case .stackSpace: "stack-space"
        case .userAssumption: "user-assumption"
        case .alarm: "alarm"
        case .recursionOrBudget: "recursion-or-budget"
        }
    }
}
