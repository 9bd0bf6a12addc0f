// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Undefined behaviour that an execution met, or what else ended it at a place in the program.
public struct Fault {
    /// A place in the source, and the function it is in.
    public struct Place {
        public var function: String
        public var file: String
        public var line: Int
        public var column: Int

        public init(function: String, file: String, line: Int, column: Int) {
            self.function = function
            self.file = file
            self.line = line
            self.column = column
        }
    }

    /// nil: the program did nothing undefined.
    public var kind: ReportedKind?
    /// The weakness of the Common Weakness Enumeration; nil: the first that the kind stands for.
    public var weakness: Int?
    public var message: String
    /// "error", or "warning" where the execution went on.
    public var severity: String
    /// Where it happened, then the calls that led there from the inside out.
    public var places: [Place]

    public init(
        kind: ReportedKind?, weakness: Int? = nil, message: String, severity: String, places: [Place]
    ) {
        self.kind = kind
        self.weakness = weakness
        self.message = message
        self.severity = severity
        self.places = places
    }
}

/// A fault as text for people at a terminal.
public struct FaultText {
    private let fault: Fault
    private let palette: Palette
    private let sources: SourceExcerpts
    /// Calls at each end of a long stack that are shown.
    private static let shownCalls = 10

    public init(_ fault: Fault, coloured: Bool, readSource: @escaping (String) -> [UInt8]?) {
        self.fault = fault
        palette = Palette(coloured: coloured)
        sources = SourceExcerpts(read: readSource)
    }

    public var text: String {
        guard let place = fault.places.first else { return "ai-check: \(fault.message)" }
        let cwe = (fault.weakness ?? fault.kind?.cwe.first).map { " (CWE-\($0))" } ?? ""
        let kind = fault.kind.map { "\($0.rawValue)\(cwe): " } ?? ""
        let head = palette.bold("\(place.file):\(place.line):\(place.column): ")
        var lines = [head + palette.paint(.error, fault.severity) + ": \(kind)\(fault.message)"]
        if let excerpt = sources.excerpt(place.file, line: place.line, column: place.column) {
            lines += [palette.faint(excerpt.source), palette.paint(.error, excerpt.caret)]
        }
        lines += calls
        return lines.joined(separator: "\n")
    }

    private var calls: [String] {
        let all = fault.places.enumerated().map { index, place in
            "    \(index == 0 ? "in" : "called from") \(place.function) at \(place.file):\(place.line):\(place.column)"
        }
        guard all.count > 2 * Self.shownCalls + 1 else { return all }
        let hidden = all.count - 2 * Self.shownCalls
        return all.prefix(Self.shownCalls) + ["    ... \(hidden) more calls"] + all.suffix(Self.shownCalls)
    }
}
