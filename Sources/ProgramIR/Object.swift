// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// A piece of memory that the program declares: a variable, a string literal, a function's labels.
public struct Object: Hashable, Sendable {
    public enum Kind: UInt8, Sendable, CaseIterable {
        /// Static storage: alive always, initialised by `initializer` over zero bytes.
        case global = 0
        /// Static storage that must not be written: const objects and string literals.
        case constant
        /// Automatic storage of function `owner`: one object for each `start`.
        case local
        /// The labels of function `owner` whose address is taken: one byte for each, neither read nor written.
        case labels
        /// Static storage defined outside of the program: alive always, any initialised content.
        case external
    }

    public var name: String
    public var kind: Kind
    /// In bytes; -1: known only when it starts (VLA, alloca).
    public var size: Int64
    public var alignment: UInt16
    /// `local`, `labels`: the function; else -1.
    public var owner: FunctionID
    public var initializer: [InitialRun]
    public var site: SiteID

    public init(
        name: String, kind: Kind, size: Int64, alignment: UInt16, owner: FunctionID = -1,
        initializer: [InitialRun] = [], site: SiteID
    ) {
        self.name = name
        self.kind = kind
        self.size = size
        self.alignment = alignment
        self.owner = owner
        self.initializer = initializer
        self.site = site
    }
}

/// Cells of one type at equal distances: `values[k]` lies at bit `position + k * stride`. Runs of an object are
/// sorted by position of their first cell, and no two cells overlap. All other bytes are zero.
public struct InitialRun: Hashable, Sendable {
    /// In bits from the start of the object.
    public var position: Int64
    /// In bits; 0 for a single cell.
    public var stride: Int64
    public var type: ScalarType
    public var values: [InitialValue]

    public init(position: Int64, stride: Int64, type: ScalarType, values: [InitialValue]) {
        self.position = position
        self.stride = stride
        self.type = type
        self.values = values
    }
}

public enum InitialValue: Hashable, Sendable {
    case integer(Int128)
    /// The bits of the value in binary64 (also for binary32, which binary64 holds exactly).
    case float(UInt64)
    case null
    case object(ObjectID, offset: Int64)
    case function(FunctionID)
    /// An initialised value that the front end could not compute.
    case unknown
}
