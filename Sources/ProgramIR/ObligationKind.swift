// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Kinds of undefined behaviour that obligations exclude.
public enum ObligationKind: UInt8, Hashable, Sendable, CaseIterable {
    case signedOverflow = 0, divisionByZero, invalidShift, outOfBoundsRead, outOfBoundsWrite, nullDereference
    case useAfterFree, danglingPointer, invalidFree, uninitializedRead, pointerArithmetic, pointerComparison
    case invalidCall, floatToInt, writeToConstant, misalignedAccess, missingReturn, vlaSize, assertion
    case libraryPrecondition, unsupported

    /// The name that files and command lines use.
    public var name: String {
        switch self {
        case .signedOverflow: "signed-overflow"
        case .divisionByZero: "division-by-zero"
        case .invalidShift: "invalid-shift"
        case .outOfBoundsRead: "out-of-bounds-read"
        case .outOfBoundsWrite: "out-of-bounds-write"
        case .nullDereference: "null-dereference"
        case .useAfterFree: "use-after-free"
        case .danglingPointer: "dangling-pointer"
        case .invalidFree: "invalid-free"
        case .uninitializedRead: "uninitialized-read"
        case .pointerArithmetic: "pointer-arithmetic"
        case .pointerComparison: "pointer-comparison"
        case .invalidCall: "invalid-call"
        case .floatToInt: "float-to-int"
        case .writeToConstant: "write-to-constant"
        case .misalignedAccess: "misaligned-access"
        case .missingReturn: "missing-return"
        case .vlaSize: "vla-size"
        case .assertion: "assertion"
        case .libraryPrecondition: "library-precondition"
        case .unsupported: "unsupported"
        }
    }
}
