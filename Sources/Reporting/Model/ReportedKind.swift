// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The ways in which a C program can go wrong that are checked for.
public enum ReportedKind: String, CaseIterable, Codable, Sendable {
    case signedOverflow = "signed-overflow"
    case divisionByZero = "division-by-zero"
    case invalidShift = "invalid-shift"
    case outOfBoundsRead = "out-of-bounds-read"
    case outOfBoundsWrite = "out-of-bounds-write"
    case nullDereference = "null-dereference"
    case useAfterFree = "use-after-free"
    case danglingPointer = "dangling-pointer"
    case invalidFree = "invalid-free"
    case uninitializedRead = "uninitialized-read"
    case pointerArithmetic = "pointer-arithmetic"
    case pointerComparison = "pointer-comparison"
    case invalidCall = "invalid-call"
    case floatToInteger = "float-to-int"
    case writeToConstant = "write-to-constant"
    case misalignedAccess = "misaligned-access"
    case missingReturn = "missing-return"
    case variableLengthArraySize = "vla-size"
    case assertion
    case libraryPrecondition = "library-precondition"
    /// Something the analysis does not model; always an alarm.
    case unsupported

    // Not undefined behaviour, and checked only on request.
    case unsignedWrap = "unsigned-wrap"
    case lossyConversion = "lossy-conversion"
    case memoryLeak = "memory-leak"
    case notANumberOrInfinity = "nan-or-infinity"

    /// Whether it is checked only on request.
    public var isOptIn: Bool {
        switch self {
        case .unsignedWrap, .lossyConversion, .memoryLeak, .notANumberOrInfinity: true
        default: false
        }
    }

    /// The weaknesses of the Common Weakness Enumeration it stands for, ascending.
    public var cwe: [Int] {
        switch self {
        case .signedOverflow, .unsignedWrap: [190]
        case .divisionByZero: [369]
        case .invalidShift: [1335]
        case .outOfBoundsRead: [125]
        case .outOfBoundsWrite: [787]
        case .nullDereference: [476]
        case .useAfterFree: [416]
        case .danglingPointer: [562, 825]
        case .invalidFree: [415, 590, 761]
        case .uninitializedRead: [457]
        case .pointerArithmetic: [823]
        case .pointerComparison: [469]
        case .invalidCall: [843]
        case .floatToInteger: [681]
        case .writeToConstant: [1061]
        case .misalignedAccess: [188]
        case .missingReturn: [758]
        case .variableLengthArraySize: [789]
        case .assertion: [617]
        case .libraryPrecondition: [628]
        case .lossyConversion: [197]
        case .memoryLeak: [401]
        case .unsupported, .notANumberOrInfinity: []
        }
    }
}
