// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR
import Reductions

// Which clone a call enters.
//
// A call has a clone of its own, which is analysed again when the call is reached in another state. It is not, as long as
// what the clone depends on - its arguments and its footprint in memory - is the same; and calls of one function for which
// all of that agrees use one clone together, unless it allocates: the objects of two calls are to be told apart.
extension ProgramAnalysis {
    /// A call in a context.
    enum CallKey: Hashable {
        case entry
        case call(NodeKey, place: Int32, FunctionID)
        /// A call of a function that runs already, as part of this clone.
        case recursive(FunctionID, outer: Int32)
    }

    /// What a call uses, and in which state it was last reached.
    struct CallSite {
        var clone: FunctionClone
        var input: NodeState
        /// The execution of the caller's tree in which that was: several of its paths may reach the call.
        var execution: Int
        /// For how many different states the callee has been analysed.
        var analyses = 1
    }

    /// The clone that a call enters, analysed for at least these arguments and this memory.
    func call(_ callee: FunctionID, _ arguments: [Value], from executor: inout Executor) -> FunctionClone {
        let key = CallKey.call(executor.node, place: executor.place, callee)
        if let proof {
            if let known = sites[key]?.clone { return known }
            // The proof takes a path that the analysis knew to be dead: the callee is analysed now.
            self.proof = nil
            defer { self.proof = proof }
            let input = executor.calleeState(callee, arguments)
            let clone = newClone(callee, input)
            use(clone, by: key, input)
            analyse(clone)
            return clone
        }
        let current = execution
        defer { execution = current }
        let input = executor.calleeState(callee, arguments)
        if let outer = running(callee) { return recursiveCall(key, callee, input, outer) }
        if let known = sites[key]?.clone, known.isShared { return sharedCall(key, callee, input) }
        var wanted = input
        if let site = sites[key] {
            if isSettled(site.clone), serves(site.clone, input) {
                sites[key]?.execution = current
                makeFinal(site.clone)
                return site.clone
            }
            if site.execution == current {
                wanted = site.input.join(input, tags)
            } else if !isFinal, site.analyses >= budget.exactReanalyses {
                // A call that is reached with ever new states inside nested loops settles for one that includes them.
                let joined = site.input.join(input, tags)
                let widening = site.analyses - budget.exactReanalyses - budget.wideningDelay
                wanted =
                    widening < 0
                    ? joined
                    : site.input.widening(
                        next: joined, thresholds: info(callee).ladder.thresholds(ofWidening: widening), tags)
            }
        }
        if let same = clonesOf[callee]?.last(where: { isReusable($0) && agrees($0, wanted) }) {
            use(same, by: key, wanted)
            makeFinal(same)
            return same
        }
        let clone: FunctionClone
        if let own = sites[key]?.clone, own.users.count == 1 {
            clone = own
            clone.entry = wanted
        } else if clones.count >= budget.clones || active.count >= budget.callDepth
            || clonesOf[callee, default: []].count >= budget.clonesPerFunction
        {
            return sharedCall(key, callee, input)
        } else {
            clone = newClone(callee, wanted)
        }
        use(clone, by: key, wanted)
        analyse(clone)
        return clone
    }

    /// The call enters this clone from now on; one that it entered before may be without users then.
    func use(_ clone: FunctionClone, by key: CallKey, _ input: NodeState) {
        let known = sites[key]
        if let other = known?.clone, other !== clone { other.users.remove(key) }
        clone.users.insert(key)
        sites[key] = CallSite(clone: clone, input: input, execution: execution, analyses: (known?.analyses ?? 0) + 1)
    }

    /// Calls in the clone start anew: what they were reached with came from trees that are not there any more.
    func forgetSites(in clone: FunctionClone) {
        for (key, site) in sites {
            guard case .call(let node, _, _) = key, node.clone == clone.id else { continue }
            site.clone.users.remove(key)
            sites[key] = nil
        }
    }

    private func isSettled(_ clone: FunctionClone) -> Bool { !clone.isProvisional || clone.generation == generation }

    /// True if the clone's result is right for a call in this state, if not the best there is.
    private func serves(_ clone: FunctionClone, _ input: NodeState) -> Bool {
        input.isSubset(of: clone.entry, on: clone.footprint, tags)
            && (!isFinal || clone.entry.isSubset(of: input, on: clone.footprint, tags))
    }

    private func agrees(_ clone: FunctionClone, _ input: NodeState) -> Bool {
        input.isSubset(of: clone.entry, on: clone.footprint, tags)
            && clone.entry.isSubset(of: input, on: clone.footprint, tags)
    }

    private func isReusable(_ clone: FunctionClone) -> Bool {
        !clone.isActive && !clone.isProvisional && !clone.isShared && clone.effects.allocated.isEmpty
            && !clone.effects.everything
    }

    /// The clone that a call would enter again. What is below a clone that serves all inner calls does not count, unless it
    /// is recursive itself: that clone's calls are to be treated alike wherever it is entered from.
    private func running(_ callee: FunctionID) -> FunctionClone? {
        let base = active.lastIndex(where: \.isInner) ?? 0
        return active.indices.last { active[$0].function == callee && ($0 >= base || active[$0].isRecursive) }.map {
            active[$0]
        }
    }

    /// A call of a function that is running already: all of them share one clone, iterated until it is stable.
    private func recursiveCall(
        _ key: CallKey, _ callee: FunctionID, _ input: NodeState, _ outer: FunctionClone
    ) -> FunctionClone {
        if outer.isRecursive || outer.isShared {
            outer.isHead = true
            if !input.isSubset(of: outer.entry, tags) {
                outer.entry = grow(outer, with: input)
                outer.entryGrew = true
            }
            markCycle(from: outer)
            use(outer, by: key, input)
            return outer
        }
        // The outermost activation stays apart: its own objects are single ones. The clone of the others grows while they
        // are found, so that whatever uses it has to be done again.
        outer.isHost = true
        for caller in active.drop(while: { $0 !== outer }).dropFirst() { caller.isProvisional = true }
        let inner = CallKey.recursive(callee, outer: outer.id)
        let clone: FunctionClone
        if let known = sites[inner]?.clone {
            clone = known
            use(clone, by: key, input)
            if input.isSubset(of: clone.entry, tags), isSettled(clone) { return clone }
            clone.entry = grow(clone, with: input)
        } else {
            clone = newClone(callee, input)
            clone.isInner = true
            clone.isRecursive = true
            clone.isProvisional = true
            tags.recursiveClones.insert(clone.id)
            use(clone, by: inner, input)
            use(clone, by: key, input)
        }
        analyse(clone)
        return clone
    }

    private func grow(_ clone: FunctionClone, with input: NodeState) -> NodeState {
        clone.growth += 1
        let joined = clone.entry.join(input, tags)
        if clone.growth <= budget.wideningDelay { return joined }
        let thresholds = info(clone.function).ladder.thresholds(ofWidening: clone.growth - budget.wideningDelay - 1)
        return clone.entry.widening(next: joined, thresholds: thresholds, tags)
    }

    /// Everything on the stack above a recursive clone takes part in its recursion.
    private func markCycle(from clone: FunctionClone) {
        guard let start = active.firstIndex(where: { $0 === clone }) else { return }
        for member in active[start...] {
            member.isProvisional = true
            if member.isRecursive { continue }
            member.isRecursive = true
            tags.recursiveClones.insert(member.id)
            generation += 1
        }
    }

    /// A call beyond the budget of contexts: all of them share one clone. Its result is in use before it has settled, so
    /// everything that calls it, directly or not, is done again when it grows.
    private func sharedCall(_ key: CallKey, _ callee: FunctionID, _ input: NodeState) -> FunctionClone {
        for caller in active { caller.isProvisional = true }
        if let known = sharedClones[callee] {
            use(known, by: key, input)
            if input.isSubset(of: known.entry, on: known.footprint, tags), isSettled(known) { return known }
            if known.isActive { return recursiveCall(key, callee, input, known) }
            known.entry = grow(known, with: input)
            let (exit, effects, footprint) = (known.exit, known.effects, known.footprint)
            analyse(known)
            known.rounds += 1
            let isStable = settle(known, exit, known.rounds)
            if !isStable || effects != known.effects || footprint != known.footprint { generation += 1 }
            return known
        }
        note("calls of `\(program.functions[Int(callee)].name)` share one context: there are too many")
        let clone = newClone(callee, input)
        clone.isShared = true
        sharedClones[callee] = clone
        use(clone, by: key, input)
        analyse(clone)
        return clone
    }
}
