// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Initial runs of objects with static storage. What is not initialised explicitly is zero (C11 6.7.9p10).
struct StaticInitializer {
    let program: ProgramLowering
    let type: CType
    /// Of the object, where a library function's address that is taken here is reported.
    let site: SiteID

    /// Bytes an initialiser reaches: more than the type's size where it fills a flexible array member. Clang leaves such an
    /// initialiser an expression, in which the member has the type of an array of as many elements.
    static func extent(of declaration: Declaration) -> Int64 {
        guard declaration.type.kind == .record, declaration.type.declaration.hasFlexibleArray,
            let last = declaration.type.declaration.fields.last, let list = declaration.initializer,
            list.kind == .initializerList, list.childCount > 0, let member = list.child(list.childCount - 1),
            member.type.kind == .constantArray
        else { return 0 }
        return last.bitOffset / 8 + member.type.size
    }

    func runs(of declaration: Declaration) -> [InitialRun] {
        if let constant = declaration.constantInitializer { return runs(of: constant) }
        return runs(of: declaration.initializer)
    }

    func runs(of constant: ConstantValue) -> [InitialRun] {
        var collector = RunCollector()
        add(constant, type, at: 0, &collector)
        return collector.finished
    }

    /// An initialiser that clang did not evaluate as a whole.
    func runs(of node: Node?) -> [InitialRun] {
        guard let node else { return [] }
        var collector = RunCollector()
        add(node, type, at: 0, &collector)
        return collector.finished
    }

    func runs(ofString node: Node) -> [InitialRun] {
        var collector = RunCollector()
        addString(node, type, at: 0, &collector)
        return collector.finished
    }

    // MARK: Evaluated values

    /// `width`: of a bit-field.
    private func add(
        _ value: ConstantValue, _ type: CType, at position: Int64, width: Int? = nil, _ runs: inout RunCollector
    ) {
        switch value.form {
        case .absent: break
        case .integer(let bits): addInteger(bits, type, at: position, width: width, &runs)
        case .floating(let bits): addFloat(bits, type, at: position, &runs)
        case .address(let base, let offset): addAddress(base, offset, type, at: position, &runs)
        case .record(let values):
            for (field, value) in zip(type.valueType.declaration.fields, values) {
                add(value, field.type, at: position + field.bitOffset, width: field.bitWidth, &runs)
            }
        case .union(let field, let value):
            if let field, let value { add(value, field.type, at: position, width: field.bitWidth, &runs) }
        case .array(let count, let elements, let filler):
            let stride = type.element.size * 8
            for (index, element) in elements.enumerated() {
                add(element, type.element, at: position + Int64(index) * stride, &runs)
            }
            guard let filler, !filler.isZero else { return }
            for index in Int64(elements.count)..<max(count, Int64(elements.count)) {
                add(filler, type.element, at: position + index * stride, &runs)
            }
        case .packedArray(let array, let filler): addPacked(array, filler, type, at: position, &runs)
        case .integerComplex(let real, let imaginary):
            let element = type.valueType.element
            addInteger(real, element, at: position, width: nil, &runs)
            addInteger(imaginary, element, at: position + element.size * 8, width: nil, &runs)
        case .floatingComplex(let real, let imaginary):
            let element = type.valueType.element
            addFloat(real, element, at: position, &runs)
            addFloat(imaginary, element, at: position + element.size * 8, &runs)
        case .vector(let elements):
            let element = type.valueType.element
            for (index, value) in elements.enumerated() {
                add(value, element, at: position + Int64(index) * element.size * 8, &runs)
            }
        case .labelDifference: addUnknown(type, at: position, &runs)
        }
    }

    private func addInteger(
        _ bits: BitPattern, _ type: CType, at position: Int64, width: Int?, _ runs: inout RunCollector
    ) {
        guard var cell = type.integerType else {
            // A constant pointer that clang hands out as a number.
            if type.scalarType == .pointer { runs.add(bits.unsigned == 0 ? .null : .unknown, .pointer, at: position) }
            return
        }
        if let width {
            if width == 0 { return }
            cell.bits = UInt8(width)
        }
        guard let value = bits.value(signed: type.isSigned) else {
            runs.add(.unknown, .integer(cell), at: position)
            return
        }
        // A bit-field holds the converted value; where clang did not evaluate it, the expression's is wider.
        guard let modulus = cell.modulus, let maximum = cell.maximum else {
            runs.add(.integer(value), .integer(cell), at: position)
            return
        }
        let low = ((value % modulus) + modulus) % modulus
        runs.add(.integer(low > maximum ? low - modulus : low), .integer(cell), at: position)
    }

    private func addFloat(_ bits: BitPattern, _ type: CType, at position: Int64, _ runs: inout RunCollector) {
        guard let format = type.floatFormat else { return }
        let value = FloatingBits.double(bits, format).map { InitialValue.float($0.bitPattern) } ?? .unknown
        runs.add(value, .float(format), at: position)
    }

    private func addAddress(
        _ base: ConstantValue.Base, _ offset: Int64, _ type: CType, at position: Int64, _ runs: inout RunCollector
    ) {
        guard let cell = type.scalarType else { return }
        guard case .pointer = cell else {
            // An address converted to an integer has no value before the program is loaded.
            runs.add(.unknown, cell, at: position)
            return
        }
        switch base {
        case .none: runs.add(offset == 0 ? .null : .unknown, .pointer, at: position)
        case .declaration(let item) where item.kind == .function:
            runs.add(
                offset == 0 ? .function(program.addressTakenFunction(item, at: site)) : .unknown, .pointer, at: position
            )
        case .declaration(let item):
            runs.add(.object(program.staticObject(item), offset: offset), .pointer, at: position)
        case .node(let node) where node.kind == .stringLiteral || node.kind == .compoundLiteral:
            runs.add(.object(program.literal(node), offset: offset), .pointer, at: position)
        case .node(let node) where node.kind == .labelAddress:
            runs.add(
                program.labelAddress(node.label).map { .object($0.object, offset: $0.index) } ?? .unknown, .pointer,
                at: position)
        case .node: runs.add(.unknown, .pointer, at: position)
        }
    }

    private func addPacked(
        _ array: PackedArray, _ filler: ConstantValue?, _ type: CType, at position: Int64, _ runs: inout RunCollector
    ) {
        let element = type.valueType.element, stride = element.size * 8
        guard let cell = element.scalarType else { return }
        var values: [InitialValue] = (0..<array.explicitCount).map { index in
            switch cell {
            case .integer: return array[index].value(signed: element.isSigned).map(InitialValue.integer) ?? .unknown
            case .float(let format):
                return FloatingBits.double(array[index], format).map { .float($0.bitPattern) } ?? .unknown
            case .pointer: return .unknown
            }
        }
        if filler == nil || filler?.isZero == true {
            while let last = values.last, last == .integer(0) || last == .float(0) { values.removeLast() }
        }
        runs.add(values, cell, at: position, stride: stride)
        guard let filler, !filler.isZero else { return }
        for index in Int64(array.explicitCount)..<max(array.count, Int64(array.explicitCount)) {
            add(filler, element, at: position + index * stride, &runs)
        }
    }

    private func addUnknown(_ type: CType, at position: Int64, _ runs: inout RunCollector) {
        if let cell = type.scalarType { runs.add(.unknown, cell, at: position) }
    }

    // MARK: Expressions

    private func add(
        _ node: Node, _ type: CType, at position: Int64, width: Int? = nil, _ runs: inout RunCollector
    ) {
        switch node.kind {
        case .implicitValueInitializer, .noInitializer: break
        case .stringLiteral where type.isArray: addString(node, type, at: position, &runs)
        case .compoundLiteral where type.isAggregate:
            if let list = node.child(0) { add(list, type, at: position, &runs) }
        case .cast where type.isAggregate && node.childCount == 1:
            if let inner = node.child(0) { add(inner, type, at: position, &runs) }
        case .initializerList: addList(node, type, at: position, width: width, &runs)
        default:
            if let value = ConstantFolder.integer(node) {
                addInteger(value, type, at: position, width: width, &runs)
            } else if let (base, offset) = ConstantFolder.address(node) {
                addAddress(base, offset, type, at: position, &runs)
            } else if var cell = type.scalarType {
                if case .integer(let integer) = cell, let width {
                    cell = .integer(IntegerType(bits: UInt8(width), isSigned: integer.isSigned))
                }
                runs.add(.unknown, cell, at: position)
            } else {
                for (offset, cell) in CellLayout.cells(of: type) { runs.add(.unknown, cell, at: position + offset) }
            }
        }
    }

    private func addList(
        _ node: Node, _ type: CType, at position: Int64, width: Int?, _ runs: inout RunCollector
    ) {
        if type.isArray {
            let stride = type.element.size * 8
            for index in 0..<node.childCount {
                if let child = node.child(index) {
                    add(child, type.element, at: position + Int64(index) * stride, &runs)
                }
            }
            if let filler = node.arrayFiller, filler.kind != .implicitValueInitializer, type.kind == .constantArray {
                for index in Int64(node.childCount)..<max(type.count, Int64(node.childCount)) {
                    add(filler, type.element, at: position + index * stride, &runs)
                }
            }
        } else if type.valueType.kind == .record {
            if let field = node.unionField {
                if let child = node.child(0) { add(child, field.type, at: position, width: field.bitWidth, &runs) }
                return
            }
            let fields = type.valueType.declaration.fields.filter { !($0.isUnnamed && $0.isBitField) }
            for (index, field) in fields.enumerated() {
                if let child = node.child(index) {
                    add(child, field.type, at: position + field.bitOffset, width: field.bitWidth, &runs)
                }
            }
        } else if let child = node.child(0) {
            add(child, type, at: position, width: width, &runs)
        }
    }

    private func addString(_ node: Node, _ type: CType, at position: Int64, _ runs: inout RunCollector) {
        let element = type.element
        guard let cell = element.integerType else { return }
        let bytes = node.stringBytes, size = node.characterWidth
        let capacity = type.kind == .constantArray ? Int(type.count) : bytes.count / size + 1
        var values: [InitialValue] = []
        for index in 0..<min(bytes.count / size, capacity) {
            var number: UInt128 = 0
            for byte in 0..<size { number |= UInt128(bytes[index * size + byte]) << UInt128(8 * byte) }
            let bits = BitPattern(width: size * 8, limbs: [UInt64(truncatingIfNeeded: number)])
            values.append(bits.value(signed: cell.isSigned).map(InitialValue.integer) ?? .unknown)
        }
        runs.add(values, .integer(cell), at: position, stride: Int64(size) * 8)
    }
}

extension ConstantValue {
    /// Whether the value is all zero bytes.
    var isZero: Bool {
        switch form {
        case .absent: true
        case .integer(let bits), .floating(let bits): bits.unsigned == 0
        case .address(.none, let offset): offset == 0
        case .address, .labelDifference: false
        case .record(let values), .vector(let values): values.allSatisfy(\.isZero)
        case .union(_, let value): value?.isZero ?? true
        case .array(_, let elements, let filler): elements.allSatisfy(\.isZero) && (filler?.isZero ?? true)
        case .packedArray(let array, let filler): array.bytes.allSatisfy { $0 == 0 } && (filler?.isZero ?? true)
        case .integerComplex(let a, let b), .floatingComplex(let a, let b): a.unsigned == 0 && b.unsigned == 0
        }
    }
}
