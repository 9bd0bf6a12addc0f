// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Labels, goto, and labels as values.
extension FunctionLowering {
    func labelBlock(_ label: Declaration) -> Int {
        if let block = labels[label] { return block }
        let block = newBlock()
        labels[label] = block
        return block
    }

    func labelStatement(_ node: Node) {
        begin(labelBlock(node.label), site: site(node))
        if let inner = node.child(0) { statement(inner) }
    }

    /// The address of a label: a byte of the function's labels object.
    func labelAddress(_ node: Node) -> Operand {
        guard let object = labelObject, let index = addressedLabels.firstIndex(of: node.label) else {
            return unsupported("label address", at: node.location, type: .pointer)
        }
        if index == 0 { return .object(object) }
        return value(.offset, .pointer, site(node)) {
            $0.a = .object(object)
            $0.b = integer(Int128(index))
            $0.immediate = 1
        }
    }

    /// Labels whose address is taken get their numbers before the body is lowered: static tables name them too.
    func collectAddressedLabels(_ body: Node) {
        var found: [Declaration] = []
        func note(_ label: Declaration) { if !found.contains(label) { found.append(label) } }
        func visit(_ value: ConstantValue) {
            switch value.form {
            case .address(.node(let node), _) where node.kind == .labelAddress: note(node.label)
            case .record(let values), .vector(let values): values.forEach(visit)
            case .union(_, let inner?): visit(inner)
            case .array(_, let elements, let filler):
                elements.forEach(visit)
                if let filler { visit(filler) }
            case .labelDifference(let left, let right):
                note(left)
                note(right)
            default: break
            }
        }
        func visit(_ node: Node) {
            if node.kind == .labelAddress { note(node.label) }
            if node.kind == .declarationStatement {
                for item in node.declarations {
                    if let constant = item.constantInitializer { visit(constant) }
                    if let initializer = item.initializer { visit(initializer) }
                }
            }
            node.children.forEach(visit)
        }
        visit(body)
        guard !found.isEmpty else { return }
        addressedLabels = found
        let object = program.labelsObject(of: id, count: found.count, site: functionSite)
        labelObject = object
        for (index, label) in found.enumerated() { program.labelAddresses[label] = (object, Int64(index)) }
    }

    func indirectGoto(_ node: Node) {
        guard let target = node.child(0), labelObject != nil else {
            _ = unsupported("computed goto without labels", at: node.location)
            return
        }
        let pointer = rvalue(target)
        terminate(
            DraftTerminator(
                kind: .labelGoto, operand: pointer, targets: addressedLabels.map(labelBlock), site: site(node)))
        beginDeadCode()
    }
}

extension ProgramLowering {
    /// One object per function, however often its body is lowered.
    func labelsObject(of function: FunctionID, count: Int, site: SiteID) -> ObjectID {
        if let id = labelObjects[function] { return id }
        let id = builder.addObject(
            Object(name: "labels", kind: .labels, size: Int64(count), alignment: 1, owner: function, site: site))
        labelObjects[function] = id
        return id
    }
}
