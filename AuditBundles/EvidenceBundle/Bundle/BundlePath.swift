// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A path inside a bundle: relative, with forward slashes, and spelled so that no file system, shell or
/// checksum tool reads it as anything else.
public struct BundlePath: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let text: String

    static let lengthLimit = 1024
    static let componentLengthLimit = 200
    static let depthLimit = 48

    /// Why a text is not a bundle path, or `nil` if it is one.
    static func flaw(in text: String) -> String? {
        if text.isEmpty { return "is empty" }
        if text.utf8.count > lengthLimit { return "is longer than \(lengthLimit) bytes" }
        if let bad = text.utf8.first(where: { !isAllowed($0) && $0 != UInt8(ascii: "/") }) {
            return "has the byte 0x\(String(bad, radix: 16)), which no path in a bundle has"
        }
        let components = text.split(separator: "/", omittingEmptySubsequences: false)
        if components.count > depthLimit { return "has more than \(depthLimit) components" }
        for component in components {
            if component.isEmpty { return "is absolute or has an empty component" }
            if component == "." || component == ".." { return "leaves its folder by \"\(component)\"" }
            if component.utf8.count > componentLengthLimit { return "has a component that is too long" }
        }
        return nil
    }

    public init?(_ text: String) {
        guard BundlePath.flaw(in: text) == nil else { return nil }
        self.text = text
    }

    /// A path below `folder` (which ends in "/") that keeps what it can of a source file's own path.
    /// Everything that is not plain is spelled `%XX`, so that two files never meet.
    init?(source path: String, in folder: String) {
        let components = path.split(separator: "/", omittingEmptySubsequences: true).map { component in
            switch component {
            case ".": "%2E"
            case "..": "%2E%2E"
            default: BundlePath.escaped(component)
            }
        }
        // The root folder of absolute paths needs a name of its own, apart from every relative path.
        let root = path.hasPrefix("/") ? "%2F/" : ""
        self.init(folder + root + components.joined(separator: "/"))
    }

    private static func escaped(_ component: Substring) -> String {
        var bytes: [UInt8] = []
        for byte in component.utf8 {
            if isAllowed(byte) && byte != UInt8(ascii: "%") {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%")] + String(byte, radix: 16, uppercase: true).leftPadded.utf8
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "+"), UInt8(ascii: "@"), UInt8(ascii: "="), UInt8(ascii: ","), UInt8(ascii: "%"):
            true
        default: false
        }
    }

    public static func < (a: BundlePath, b: BundlePath) -> Bool {
        a.text.utf8.lexicographicallyPrecedes(b.text.utf8)
    }

    public var description: String { text }

    /// The folders this file lies in, outermost first.
    var folders: [String] {
        let components = text.split(separator: "/")
        return (1..<max(components.count, 1)).map { components[..<$0].joined(separator: "/") }
    }
}

extension String {
    fileprivate var leftPadded: String { utf8.count == 1 ? "0" + self : self }
}
