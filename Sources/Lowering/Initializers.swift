// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Initialisation of automatic objects (C11 6.7.9).
extension FunctionLowering {
    func initialize(_ place: MemoryPlace, with node: Node) {
        let site = site(node)
        switch node.kind {
        case .implicitValueInitializer:
            zeroFill(place, site: site)
        case .noInitializer: break
        case .designatedInitializerUpdate:
            if let base = node.child(0) { initialize(place, with: base) }
            if let update = node.child(1) { initialize(place, with: update) }
        case .initializerList:
            initializeList(place, node)
        case .stringLiteral where place.type.isArray:
            initializeString(place, node)
        case .imaginaryLiteral:
            store(zero(place.type.element.scalarType ?? .signed(32)), to: .memory(place.element(0)), site: site)
            if let part = node.child(0) { store(rvalue(part), to: .memory(place.element(1)), site: site) }
        default:
            if place.type.isAggregate {
                let source = aggregate(node)
                copy(integer(Int128(place.type.size)), from: source, to: place, site: site)
            } else {
                store(rvalue(node), to: .memory(place), site: site)
            }
        }
    }

    private func zeroFill(_ place: MemoryPlace, site: SiteID) {
        if place.bits == nil, place.type.isAggregate {
            fill(place, byte: integer(0), size: integer(Int128(place.type.size)), site: site)
        } else if let type = place.type.scalarType {
            store(zero(type), to: .memory(place), site: site)
        }
    }

    private func initializeList(_ place: MemoryPlace, _ node: Node) {
        let type = place.type.valueType, site = site(node)
        switch type.kind {
        case .constantArray, .incompleteArray: initializeArray(place, node)
        case .record:
            // The list may leave padding and unnamed bit-fields alone: they hold any bytes.
            if CellLayout.hasPadding(type) { scrambleAll(place, site: site) }
            if type.declaration.isUnion {
                guard let field = node.unionField, let value = node.child(0) else {
                    zeroFill(place, site: site)
                    return
                }
                initialize(place.field(field), with: value)
                return
            }
            let fields = type.declaration.fields.filter { !($0.isUnnamed && $0.isBitField) }
            for (index, field) in fields.enumerated() {
                if let value = node.child(index) { initialize(place.field(field), with: value) }
            }
        case .complex, .vector:
            let count = type.kind == .complex ? 2 : type.count
            if node.childCount == 1, let child = node.child(0), child.type.isAggregate {
                initialize(place, with: child)
                return
            }
            for index in 0..<count {
                let part = place.element(index)
                if let value = node.child(Int(index)) {
                    initialize(part, with: value)
                } else {
                    zeroFill(part, site: site)
                }
            }
        default:
            if let value = node.child(0) { initialize(place, with: value) } else { zeroFill(place, site: site) }
        }
    }

    private func initializeArray(_ place: MemoryPlace, _ node: Node) {
        let type = place.type.valueType, site = site(node)
        if node.childCount == 1, let only = node.child(0), only.kind == .stringLiteral {
            initializeString(place, only)
            return
        }
        if copyConstantTable(place, node) { return }
        for index in 0..<node.childCount {
            if let value = node.child(index) { initialize(place.element(Int64(index)), with: value) }
        }
        guard type.kind == .constantArray, type.count > Int64(node.childCount) else { return }
        guard let filler = node.arrayFiller, filler.kind != .implicitValueInitializer else {
            let rest = place.element(Int64(node.childCount))
            let bytes = (type.count - Int64(node.childCount)) * type.element.size
            fill(rest, byte: integer(0), size: integer(Int128(bytes)), site: site)
            return
        }
        for index in Int64(node.childCount)..<type.count { initialize(place.element(index), with: filler) }
    }

    /// A long table of constants is copied from a constant object, as compilers do.
    private func copyConstantTable(_ place: MemoryPlace, _ node: Node) -> Bool {
        guard node.childCount >= 16, node.children.allSatisfy(Self.isConstantNumber) else { return false }
        let object = program.literalTable(node, type: place.type)
        copy(
            integer(Int128(place.type.size)), from: MemoryPlace(base: .object(object), type: place.type), to: place,
            site: site(node))
        return true
    }

    private static func isConstantNumber(_ node: Node) -> Bool {
        switch node.kind {
        case .implicitValueInitializer: true
        case .initializerList: node.arrayFiller == nil && node.children.allSatisfy(isConstantNumber)
        default: ConstantFolder.integer(node) != nil
        }
    }

    private func initializeString(_ place: MemoryPlace, _ node: Node) {
        let literal = MemoryPlace(base: .object(program.literal(node)), type: node.type)
        let size = min(place.type.size == 0 ? node.type.size : place.type.size, node.type.size)
        copy(integer(Int128(size)), from: literal, to: place, site: site(node))
        let rest = place.type.size - size
        if rest > 0 {
            fill(
                place.moved(by: size, type: place.type), byte: integer(0), size: integer(Int128(rest)), site: site(node)
            )
        }
    }
}

extension ProgramLowering {
    /// The constant object that a local table is copied from.
    func literalTable(_ node: Node, type: CType) -> ObjectID {
        if let id = tableIDs[node] { return id }
        let id = builder.addObject(
            Object(
                name: "initial values", kind: .constant, size: type.size, alignment: type.accessAlignment,
                initializer: StaticInitializer(program: self, type: type, site: builder.site(node.location)).runs(
                    of: node),
                site: builder.site(node.location)))
        tableIDs[node] = id
        return id
    }
}
