// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Atomic operations, as one thread sees them.
extension FunctionLowering {
    func atomic(_ node: Node) -> Operand {
        let site = site(node)
        guard let pointerNode = node.child(0) else { return unsupported(node.atomicName, at: node.location) }
        let type = pointerNode.type.pointee.valueType
        guard type.scalarType != nil, node.atomicOperation != .other else {
            node.children.forEach(discard)
            return unsupported(node.atomicName, at: node.location, type: node.type.scalarType)
        }
        let target = Place.memory(MemoryPlace(base: rvalue(pointerNode), type: type))
        if let order = node.child(1) { discard(order) }
        let isGeneric = !node.atomicName.hasPrefix("__c11") && !node.atomicName.hasSuffix("_n")
        /// The generic forms take addresses where the others take values.
        func operand(_ index: Int, indirect: Bool) -> Operand {
            guard let child = node.child(index) else { return .none }
            let value = rvalue(child)
            return indirect ? load(.memory(MemoryPlace(base: value, type: type)), site: site) : value
        }
        switch node.atomicOperation {
        case .load:
            let value = load(target, site: site)
            guard isGeneric, let result = node.child(2) else { return value }
            store(value, to: .memory(MemoryPlace(base: rvalue(result), type: type)), site: site)
            return .none
        case .store, .initialize:
            store(operand(2, indirect: isGeneric), to: target, site: site)
            return .none
        case .exchange:
            let new = operand(2, indirect: isGeneric)
            let old = saved(load(target, site: site), type, site)
            store(new, to: target, site: site)
            guard isGeneric, let result = node.child(3) else { return old }
            store(old, to: .memory(MemoryPlace(base: rvalue(result), type: type)), site: site)
            return .none
        case .compareExchange: return compareExchange(node, target, type, isGeneric: isGeneric, site)
        default: return fetchAndModify(node, target, type, operand(2, indirect: false), site)
        }
    }

    private func saved(_ value: Operand, _ type: CType, _ site: SiteID) -> Operand {
        let register = newRegister(type.scalarType ?? .signed(32))
        move(value, to: register, site: site)
        return .register(register)
    }

    private func compareExchange(_ node: Node, _ target: Place, _ type: CType, isGeneric: Bool, _ site: SiteID)
        -> Operand
    {
        let expected = Place.memory(MemoryPlace(base: rvalue(node.child(2)!), type: type))
        var desired = rvalue(node.child(3)!)
        if isGeneric { desired = load(.memory(MemoryPlace(base: desired, type: type)), site: site) }
        for index in [4, 5] { if let child = node.child(index) { discard(child) } }
        let old = load(target, site: site), wanted = load(expected, site: site)
        var equal: Operand
        switch type.scalarType {
        case .pointer: equal = comparePointers(.equal, old, wanted, site: site)
        case .float: equal = compareFloats(.equal, old, wanted, site: site)
        default: equal = compareIntegers(.equal, old, wanted, site: site)
        }
        if node.isWeakExchange || node.child(5) != nil {
            equal = arithmetic(.and, equal, havoc(.unsigned(1), site: site), type: .signed(32), site: site)
        }
        let result = newRegister(.unsigned(8))
        let (success, failure, end) = (newBlock(), newBlock(), newBlock())
        branch(equal, success, failure, site: site)
        begin(success, site: site)
        store(desired, to: target, site: site)
        move(integer(1), to: result, site: site)
        jump(to: end, site: site)
        begin(failure, site: site)
        store(old, to: expected, site: site)
        move(integer(0), to: result, site: site)
        begin(end, site: site)
        return .register(result)
    }

    /// Atomic arithmetic on integers wraps around (C11 7.17.7.5p3).
    private func fetchAndModify(_ node: Node, _ target: Place, _ type: CType, _ amount: Operand, _ site: SiteID)
        -> Operand
    {
        let old = load(target, site: site)
        let new: Operand
        if type.isPointer {
            let isFetchAdd = [.fetchAdd, .addFetch].contains(node.atomicOperation)
            // __atomic_fetch_add counts bytes, __c11_atomic_fetch_add elements.
            let size = node.atomicName.hasPrefix("__c11") ? elementSize(type.pointee) : 1
            new = offset(old, by: amount, size: isFetchAdd ? size : -size, site: site)
        } else if let integer = type.integerType {
            new = modified(node.atomicOperation, old, amount, integer, site)
        } else {
            return unsupported(node.atomicName, at: node.location, type: node.type.scalarType)
        }
        store(new, to: target, site: site)
        switch node.atomicOperation {
        case .addFetch, .subtractFetch, .andFetch, .orFetch, .xorFetch, .nandFetch, .minimumFetch, .maximumFetch:
            return new
        default: return old
        }
    }

    private func modified(
        _ operation: AtomicOperation, _ old: Operand, _ amount: Operand, _ type: IntegerType, _ site: SiteID
    ) -> Operand {
        let unsigned = IntegerType.unsigned(type.bits)
        func wrapping(_ operation: ArithmeticOperator) -> Operand {
            let a = convert(old, to: unsigned, site: site), b = convert(amount, to: unsigned, site: site)
            return convert(arithmetic(operation, a, b, type: unsigned, site: site), to: type, site: site)
        }
        switch operation {
        case .fetchAdd, .addFetch: return wrapping(.add)
        case .fetchSubtract, .subtractFetch: return wrapping(.subtract)
        case .fetchAnd, .andFetch: return arithmetic(.and, old, amount, type: type, site: site)
        case .fetchOr, .orFetch: return arithmetic(.or, old, amount, type: type, site: site)
        case .fetchXor, .xorFetch: return arithmetic(.xor, old, amount, type: type, site: site)
        case .fetchNand, .nandFetch:
            let both = arithmetic(.and, old, amount, type: type, site: site)
            return convert(arithmetic(.xor, both, integer(-1), type: .signed(128), site: site), to: type, site: site)
        default: return havoc(.integer(type), site: site)
        }
    }
}
