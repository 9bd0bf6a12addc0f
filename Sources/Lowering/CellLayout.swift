// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// The cells of values of a type, at their bit positions.
enum CellLayout {
    /// Unions count as their first member.
    static func cells(of type: CType) -> [(position: Int64, cell: ScalarType)] {
        let type = type.valueType
        if let scalar = type.scalarType { return [(0, scalar)] }
        switch type.kind {
        case .record:
            let fields = type.declaration.fields
            return (type.declaration.isUnion ? Array(fields.prefix(1)) : fields).flatMap {
                field -> [(Int64, ScalarType)] in
                if let width = field.bitWidth {
                    guard width > 0, let integer = field.type.integerType else { return [] }
                    return [(field.bitOffset, .integer(IntegerType(bits: UInt8(width), isSigned: integer.isSigned)))]
                }
                return cells(of: field.type).map { (field.bitOffset + $0.position, $0.cell) }
            }
        case .constantArray, .vector:
            let element = cells(of: type.element)
            return (0..<type.count).flatMap { index in
                element.map { (index * type.element.size * 8 + $0.position, $0.cell) }
            }
        case .complex:
            guard let part = type.element.scalarType else { return [] }
            return [(0, part), (type.element.size * 8, part)]
        default: return []
        }
    }

    /// Whether some bits of a record belong to no member.
    static func hasPadding(_ type: CType) -> Bool {
        let type = type.valueType
        switch type.kind {
        case .record:
            if type.declaration.isUnion {
                return type.declaration.fields.contains {
                    $0.type.size != type.size || hasPadding($0.type) || $0.isBitField
                }
            }
            var end: Int64 = 0
            for field in type.declaration.fields {
                if field.isUnnamed && field.isBitField { continue }
                if field.bitOffset != end || (!field.isBitField && hasPadding(field.type)) { return true }
                end = field.bitOffset + Int64(field.bitWidth ?? Int(field.type.size) * 8)
            }
            return end != type.size * 8
        case .constantArray: return hasPadding(type.element)
        case .floating: return type.floatFormat == .extended80
        default: return false
        }
    }
}
