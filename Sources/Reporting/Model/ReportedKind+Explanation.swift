// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension ReportedKind {
    /// What goes wrong, and where the C standard says so (clauses of C11).
    public var explanation: String {
        switch self {
        case .signedOverflow:
            "The result of signed arithmetic does not fit its type (6.5p5). Compilers assume that this never happens."
        case .divisionByZero:
            "The right operand of / or % is 0, or the quotient does not fit, as in INT_MIN / -1 (6.5.5p5, p6)."
        case .invalidShift:
            "The shift count is negative or at least the width of the promoted operand, or a signed left shift "
                + "leaves its type (6.5.7p3, p4)."
        case .outOfBoundsRead: "A read touches bytes outside the object it was derived from (6.5.6p8)."
        case .outOfBoundsWrite: "A write touches bytes outside the object it was derived from (6.5.6p8)."
        case .nullDereference: "A null pointer is dereferenced (6.5.3.2p4)."
        case .useAfterFree: "Heap memory is used after it was freed (6.2.4p2, 7.22.3)."
        case .danglingPointer: "A local object is used after its lifetime has ended (6.2.4p2)."
        case .invalidFree:
            "free or realloc gets a pointer that no allocation returned, or one already freed (7.22.3.3p2)."
        case .uninitializedRead: "A value is used that was never written (6.3.2.1p2, 6.2.6.1p5)."
        case .pointerArithmetic: "A pointer leaves its object by more than one past the end (6.5.6p8)."
        case .pointerComparison:
            "Pointers into different objects are subtracted or ordered (6.5.6p9, 6.5.8p5)."
        case .invalidCall:
            "A function is called through a pointer that is no function or has another type (6.5.2.2p6, p9)."
        case .floatToInteger: "A floating value does not fit the integer type it is converted to (6.3.1.4p1)."
        case .writeToConstant:
            "A string literal, a const object or the value of an expression is written (6.4.5p7, 6.7.3p6, 6.2.4p8)."
        case .misalignedAccess: "An object is accessed at an address its type does not allow (6.3.2.3p7)."
        case .missingReturn:
            "The value of a function is used that ended without returning one (6.9.1p12), or a _Noreturn function "
                + "returns (6.7.4p8)."
        case .variableLengthArraySize: "The length of a variable length array is not positive (6.7.6.2p5)."
        case .assertion: "An assertion of the program may fail."
        case .libraryPrecondition:
            "A library function is called with arguments that its description rules out (7.1.4p1), or a structure is "
                + "assigned to one that it partly overlaps (6.5.16.1p3)."
        case .unsupported:
            "The analysis does not model this construct: it assumes the worst about it and proves nothing of it."
        case .unsignedWrap: "Unsigned arithmetic wraps around. This is defined (6.2.5p9) and often unintended."
        case .lossyConversion: "An integer conversion changes the value. This is implementation-defined (6.3.1.3)."
        case .memoryLeak: "The last pointer to allocated memory is lost."
        case .notANumberOrInfinity: "A floating operation gives a NaN or an infinity."
        }
    }
}
