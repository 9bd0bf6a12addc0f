// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// A name for what a cell of a single object holds where a tree begins, or for the object's size: FORMAT.md section 5.3.
public struct Place: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        case cell(position: Int, ScalarType)
        case size
    }

    public var tag: Tag
    public var kind: Kind

    /// What the place holds. A size is an integer of any size.
    var type: ScalarType {
        if case .cell(_, let type) = kind { return type }
        return .integer(.unsigned(64))
    }

    /// Bits that the place is about; nil for a size.
    var bits: Range<Int>? {
        guard case .cell(let position, let type) = kind else { return nil }
        return position..<(position + type.storageBits)
    }
}

/// Numbers of places. In states and linear forms a place is a register that no instruction names.
public final class PlaceTable {
    /// Above every register and every symbol of a tree.
    public static let first: Register = 1 << 28

    private var places: [Place] = []
    private var numbers: [Place: Register] = [:]

    func register(for place: Place) -> Register {
        if let known = numbers[place] { return known }
        let number = Self.first + Register(places.count)
        places.append(place)
        numbers[place] = number
        return number
    }

    /// In the order of the certificate.
    func inOrder(_ registers: some Sequence<Register>) -> [Register] {
        registers.sorted { order(of: $0).lexicographicallyPrecedes(order(of: $1)) }
    }

    /// By tag; sizes behind cells; by position, width and class.
    public func order(of register: Register) -> [Int] {
        guard let place = place(of: register) else { return [] }
        switch place.kind {
        case .cell(let position, let type): return [Int(place.tag), 0, position, type.storageBits, type.classNumber]
        case .size: return [Int(place.tag), 1]
        }
    }

    /// nil for a register of the program.
    public func place(of register: Register) -> Place? {
        register >= Self.first ? places[Int(register - Self.first)] : nil
    }
}

extension ScalarType {
    /// FORMAT.md section 1: integer, pointer, float.
    fileprivate var classNumber: Int {
        switch self {
        case .integer: 0
        case .pointer: 1
        case .float: 2
        }
    }
}
