// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import LibraryModels
import Reporting

/// What a report says about an obligation, in terms of the C program.
struct ObligationMessage {
    let kind: ReportedKind
    /// The C expression, where the site has it.
    let expression: String?
    /// The library function inside whose model the obligation lies.
    let libraryFunction: String?
    let macro: String?

    func text(_ verdict: ReportedVerdict, finding: String?) -> String {
        var text: String
        switch verdict {
        case .proved: text = "never happens: " + event
        case .unreachable: text = "no execution comes here"
        case .alarm: text = "not excluded: " + event
        case .error: text = "happens whenever execution comes here: " + event
        }
        if let expression { text += " in `\(expression)`" }
        if let libraryFunction {
            // The model of the system's part is no function that the program calls.
            text +=
                libraryFunction == LibraryModels.entryFunction
                ? ", in the arguments that the system passes to main" : ", in what \(libraryFunction) does"
        }
        if let macro { text += " (expansion of \(macro))" }
        if verdict == .alarm || verdict == .error, let finding, !finding.isEmpty { text += "; \(finding)" }
        return text
    }

    /// What would go wrong.
    private var event: String {
        switch kind {
        case .signedOverflow: "the result does not fit its signed type"
        case .divisionByZero: "the divisor is 0"
        case .invalidShift: "the shift count or the shifted value is out of range"
        case .outOfBoundsRead: "a read outside of the object"
        case .outOfBoundsWrite: "a write outside of the object"
        case .nullDereference: "the pointer is null"
        case .useAfterFree: "the memory has been freed"
        case .danglingPointer: "the local object's lifetime has ended"
        case .invalidFree: "what is freed is no allocated memory, or has been freed already"
        case .uninitializedRead: "the value was never written"
        case .pointerArithmetic: "the pointer leaves its object"
        case .pointerComparison: "the pointers point into different objects"
        case .invalidCall: "the function called has a type that is not compatible with the call, or is none"
        case .floatToInteger: "the floating value does not fit the integer type"
        case .writeToConstant: "a write to a constant object"
        case .misalignedAccess: "the address is not aligned as the type demands"
        case .missingReturn: "the function ends without returning a value, or returns and must not"
        case .variableLengthArraySize: "the array's length is not positive"
        case .assertion: "the assertion fails"
        case .libraryPrecondition where libraryFunction == nil: "the operands break what the operation demands"
        case .libraryPrecondition: "the arguments break what the library function demands"
        case .unsupported: "this construct is not modelled, and anything may happen"
        case .unsignedWrap: "the unsigned result wraps around"
        case .lossyConversion: "the conversion changes the value"
        case .memoryLeak: "the last pointer to allocated memory is lost"
        case .notANumberOrInfinity: "the result is a NaN or an infinity"
        }
    }
}
