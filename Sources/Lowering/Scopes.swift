// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Lifetimes of automatic objects (C11 6.2.4p5): from entry into the block that declares them to its end, however
/// control gets in or out. Edges between scopes carry the starts and ends.
extension FunctionLowering {
    /// Runs the body in a scope of its own. Blocks never span a change of scope.
    func inScope<T>(_ kind: Scope.Kind = .block, site: SiteID, _ body: () -> T) -> T {
        let outer = scope
        openScope(kind, site: site)
        let result = body()
        scope = outer
        begin(newBlock(), site: site)
        return result
    }

    func openScope(_ kind: Scope.Kind, site: SiteID) {
        scopes.append(Scope(parent: scope, kind: kind))
        scope = scopes.count - 1
        begin(newBlock(), site: site)
    }

    /// A dynamic scope has one object only: others belong to the block around it, or to a scope opened here.
    func enterPlainScope(site: SiteID) {
        if scopes[scope].kind == .dynamic { openScope(.block, site: site) }
    }

    /// A scope from here to the end of the enclosing one, for an object whose size is known only here (C11 6.2.4p7).
    func openDynamicScope(object: Int, size: Operand, site: SiteID) {
        var start = Instruction(.start, site: site)
        start.target = Self.localBase + Int32(object)
        start.c = size
        emit(start)
        scopes.append(Scope(parent: scope, objects: [object], kind: .dynamic))
        scope = scopes.count - 1
        begin(newBlock(), site: site)
    }

    /// A new automatic object of the current scope.
    func newObject(_ name: String, size: Int64, alignment: UInt16, site: SiteID) -> Operand {
        enterPlainScope(site: site)
        let index = addLocal(name, size: size, alignment: alignment, site: site)
        scopes[scope].objects.append(index)
        return .object(Self.localBase + Int32(index))
    }

    func addLocal(_ name: String, size: Int64, alignment: UInt16, site: SiteID) -> Int {
        objects.append(Object(name: name, kind: .local, size: size, alignment: alignment, owner: id, site: site))
        return objects.count - 1
    }

    /// Inserts starts and ends on every edge between scopes.
    func resolveEdges() {
        for block in blocks.indices {
            guard let terminator = blocks[block].terminator else { continue }
            if terminator.kind == .goto {
                let (from, to) = (blocks[block].scope, blocks[terminator.targets[0]].scope)
                blocks[block].instructions += lifetimeChanges(from: from, to: to, site: terminator.site)
                blocks[block].instructions += resets(from: from, to: to, site: terminator.site)
                continue
            }
            var edges: [Int: Int] = [:]
            for target in terminator.targets where edges[target] == nil {
                edges[target] = edgeBlock(from: block, to: target, site: terminator.site)
            }
            blocks[block].terminator?.targets = terminator.targets.map { edges[$0] ?? $0 }
        }
    }

    private func edgeBlock(from block: Int, to target: Int, site: SiteID) -> Int {
        let from = blocks[block].scope
        let changes = lifetimeChanges(from: from, to: blocks[target].scope, site: site)
        // Entering a scope also resets its registers, which the block in between stands for.
        guard !changes.isEmpty || !enteredRegisters(from: from, to: blocks[target].scope).isEmpty else { return target }
        blocks.append(
            DraftBlock(
                instructions: changes + resets(from: from, to: blocks[target].scope, site: site),
                terminator: DraftTerminator(kind: .goto, targets: [target], site: site), scope: from))
        return blocks.count - 1
    }

    /// Variables of a scope that is entered have no value yet.
    private func resets(from: Int, to: Int, site: SiteID) -> [Instruction] {
        enteredRegisters(from: from, to: to).compactMap { flags[$0] }.map { flag in
            var instruction = Instruction(.move, site: site)
            instruction.type = .signed(32)
            instruction.a = integer(0)
            instruction.result = flag
            return instruction
        }
    }

    private func lifetimeChanges(from: Int, to: Int, site: SiteID) -> [Instruction] {
        if from == to { return [] }
        let (left, entered) = scopesBetween(from, to)
        var changes: [Instruction] = []
        for scope in left {
            for object in scopes[scope].objects.reversed() { changes.append(lifetime(.end, object, site)) }
        }
        for scope in entered where scopes[scope].kind != .dynamic {
            for object in scopes[scope].objects { changes.append(lifetime(.start, object, site)) }
        }
        return changes
    }

    func lifetime(_ opcode: Opcode, _ object: Int, _ site: SiteID) -> Instruction {
        var instruction = Instruction(opcode, site: site)
        instruction.target = Self.localBase + Int32(object)
        if opcode == .start, objects[object].size < 0 {
            // Memory of alloca before the call that gives it its size: nothing points to it, so that any size will do. Where
            // paths meet, what is known is the smaller of the two: it is longer than what programs ask for, and short
            // enough for executions to have it. Who executes alone wants none.
            instruction.site = objects[object].site
            instruction.c = integer(program.options.providedFunctions.isEmpty ? 1 << 16 : 1)
        }
        return instruction
    }

    func enteredRegisters(from: Int, to: Int) -> [Register] {
        if from == to { return [] }
        return scopesBetween(from, to).entered.flatMap { scopes[$0].registers }
    }

    /// The scopes left, innermost first, and those entered, outermost first.
    private func scopesBetween(_ from: Int, _ to: Int) -> (left: [Int], entered: [Int]) {
        var left: [Int] = [], entered: [Int] = []
        var from = from, to = to
        // A scope has a higher number than those around it.
        while from != to {
            if from > to {
                left.append(from)
                from = scopes[from].parent
            } else {
                entered.append(to)
                to = scopes[to].parent
            }
        }
        return (left, entered.reversed())
    }

    /// A scope and those around it, innermost first.
    private func path(_ scope: Int) -> [Int] {
        var result: [Int] = [], next = scope
        while next >= 0 {
            result.append(next)
            next = scopes[next].parent
        }
        return result
    }

    /// Whether a scope is another or inside of it.
    func isInside(_ scope: Int, _ outer: Int) -> Bool { path(scope).contains(outer) }

    /// Local objects that are alive at the start of a block.
    func liveObjects(_ block: Int) -> [Int] {
        path(blocks[block].scope).flatMap { scopes[$0].objects }.sorted()
    }
}
