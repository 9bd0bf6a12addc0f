// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Why the checker rejects. There is no partial acceptance: one failure and nothing is claimed.
public struct CheckFailure: Error, Sendable, Hashable, CustomStringConvertible {
    public enum Reason: String, Sendable, Hashable, CaseIterable {
        /// The bytes end inside a field.
        case truncated
        /// A field's bytes are not the one encoding of a value.
        case malformed
        /// More of something than FORMAT.md section 1 allows.
        case limit
        /// A number leaves 128 signed bits.
        case overflow
        /// The program breaks section 1.2.
        case illFormedProgram
        /// A table of the certificate breaks section 5.
        case illFormedCertificate
        /// A hint names something that does not exist here.
        case unknownReference
        /// A hint does not show what its rule demands.
        case unjustified
        /// A conclusion rests on assumptions that its label does not hold.
        case label
        /// A write, a free or an allocation outside of the clone's effects.
        case effects
    }

    public enum File: String, Sendable, Hashable { case program, certificate }

    public var reason: Reason
    public var message: String
    public var file: File
    /// Byte of the file at which the checker stopped.
    public var offset: Int
    public var node: Int?
    /// Number in the function of the node's clone.
    public var instruction: Int?

    init(_ reason: Reason, _ message: String) {
        self.reason = reason
        self.message = message
        file = .certificate
        offset = 0
    }

    static var overflow: CheckFailure { CheckFailure(.overflow, "a number leaves 128 bits") }

    public var description: String {
        var place = "\(file.rawValue) byte \(offset)"
        if let node { place += ", node \(node)" }
        if let instruction { place += ", instruction \(instruction)" }
        return "\(place): \(message) (\(reason.rawValue))"
    }
}
