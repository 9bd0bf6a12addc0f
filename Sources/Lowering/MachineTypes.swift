// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// How C types look in registers and memory.
extension CType {
    /// The type without _Atomic: an atomic object is accessed like its value (threads are an assumption).
    var valueType: CType { kind == .atomic ? element.valueType : self }

    /// The integer type of an integer value. A _Bool is a byte that holds 0 or 1.
    var integerType: IntegerType? {
        let type = valueType
        switch type.kind {
        case .boolean: return .unsigned(8)
        case .integer, .enumeration:
            guard type.width >= 1, type.width <= 128 else { return nil }
            return IntegerType(bits: UInt8(type.width), isSigned: type.isSigned)
        default: return nil
        }
    }

    var floatFormat: FloatFormat? {
        let type = valueType
        guard type.kind == .floating else { return nil }
        switch type.format {
        case .single: return .binary32
        case .double: return .binary64
        case .extended: return .extended80
        default: return nil
        }
    }

    /// What a register or cell for a value of this type holds; nil for aggregates and for what the IR does not have.
    var scalarType: ScalarType? {
        let type = valueType
        switch type.kind {
        case .boolean, .integer, .enumeration: return type.integerType.map(ScalarType.integer)
        case .floating: return type.floatFormat.map(ScalarType.float)
        case .pointer, .nullPointer: return .pointer
        default: return nil
        }
    }

    /// Whether values of this type are handled by the address of a memory copy.
    var isAggregate: Bool {
        switch valueType.kind {
        case .record, .complex, .vector, .constantArray, .incompleteArray, .variableArray: true
        default: false
        }
    }

    var isBoolean: Bool { valueType.kind == .boolean }
    var accessAlignment: UInt16 { UInt16(clamping: max(1, min(valueType.alignment, 4096))) }
}
