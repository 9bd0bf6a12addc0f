// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ClangBridge

/// An initialiser of static storage duration as clang evaluated it.
public struct ConstantValue: Sendable {
    public let unit: TranslationUnit
    let id: UInt32

    public enum Base: Sendable {
        /// The offset is the address itself.
        case none
        case declaration(Declaration)
        /// A string literal, a compound literal or a label address.
        case node(Node)
    }

    public enum Form: Sendable {
        /// No value: an unnamed bit-field, or an indeterminate one.
        case absent
        case integer(BitPattern)
        case floating(BitPattern)
        case address(Base, offset: Int64)
        /// One value per field, in the order of `Declaration.fields`.
        case record([ConstantValue])
        case union(field: Declaration?, value: ConstantValue?)
        /// The first elements, and the value of all further ones.
        case array(count: Int64, elements: [ConstantValue], filler: ConstantValue?)
        case packedArray(PackedArray, filler: ConstantValue?)
        case integerComplex(BitPattern, BitPattern)
        case floatingComplex(BitPattern, BitPattern)
        case vector([ConstantValue])
        case labelDifference(Declaration, Declaration)
    }

    private var at: Int { unit.start(BridgeSectionConstants) + Int(id) }
    private func word(_ index: Int) -> UInt32 { unit.words[at + index] }
    private func value(_ index: Int) -> ConstantValue { ConstantValue(unit: unit, id: word(index)) }
    private func optional(_ index: Int) -> ConstantValue? { word(index) == 0 ? nil : value(index) }

    public var form: Form {
        switch BridgeConstantKind(rawValue: word(0))! {
        case .absent: return .absent
        case .integer: return .integer(unit.integer(at + 1).value)
        case .floating: return .floating(unit.integer(at + 1).value)
        case .integerComplex, .floatingComplex:
            let (real, next) = unit.integer(at + 1)
            let imaginary = unit.integer(next).value
            return word(0) == BridgeConstantKind.integerComplex.rawValue
                ? .integerComplex(real, imaginary) : .floatingComplex(real, imaginary)
        case .address: return .address(addressBase, offset: unit.int64(at + 3))
        case .record: return .record((0..<Int(word(1))).map { value(2 + $0) })
        case .union: return .union(field: word(1) == 0 ? nil : unit.declaration(word(1)), value: optional(2))
        case .array:
            let explicit = Int(word(3))
            return .array(
                count: unit.int64(at + 1), elements: (0..<explicit).map { value(4 + $0) },
                filler: optional(4 + explicit))
        case .packedArray:
            let array = PackedArray(
                unit: unit, count: unit.int64(at + 1), explicitCount: Int(word(3)), width: Int(word(4)),
                bytesPerElement: Int(word(5)), isFloating: word(6) != 0, firstWord: at + 8)
            return .packedArray(array, filler: optional(7))
        case .vector: return .vector((0..<Int(word(1))).map { value(2 + $0) })
        case .labelDifference: return .labelDifference(unit.declaration(word(1)), unit.declaration(word(2)))
        }
    }

    private var addressBase: Base {
        switch BridgeAddressBase(rawValue: word(1))! {
        case .none: .none
        case .declaration: .declaration(unit.declaration(word(2)))
        case .node: .node(unit.node(word(2)))
        }
    }
}

/// An array of numbers of one width, stored as the bytes they have in memory.
public struct PackedArray: Sendable {
    let unit: TranslationUnit
    /// Number of elements of the array; those after `explicitCount` have the filler's value.
    public let count: Int64
    public let explicitCount: Int
    /// Width of an element in bits.
    public let width: Int
    public let bytesPerElement: Int
    public let isFloating: Bool
    let firstWord: Int

    /// The explicit elements' bytes.
    public var bytes: [UInt8] {
        let start = 4 * firstWord
        return unit.words.withUnsafeBytes { Array($0[start..<start + explicitCount * bytesPerElement]) }
    }

    /// The bits of an explicit element.
    public subscript(index: Int) -> BitPattern {
        let start = 4 * firstWord + index * bytesPerElement
        var limbs = [UInt64](repeating: 0, count: (width + 63) / 64)
        unit.words.withUnsafeBytes { bytes in
            for i in 0..<bytesPerElement where i / 8 < limbs.count {
                limbs[i / 8] |= UInt64(bytes[start + i]) << (8 * (i % 8))
            }
        }
        return BitPattern(width: width, limbs: limbs)
    }
}
