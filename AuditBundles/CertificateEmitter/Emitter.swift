// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Analyzer
import ProgramIR

/// A certificate, and what the emitter knows of the obligations that it does not claim.
public struct Emission: Sendable {
    public var certificate: [UInt8]
    /// By obligation id: those that are not proved.
    public var findings: [Int32: ObligationFinding]
    /// Facts that the analysis had and the certificate could not show.
    public var gaps: Int
    public var notes: [String]
}

public struct ObligationFinding: Sendable, Hashable {
    /// Why, in C terms.
    public var message: String
    /// It fails on every path that reaches it.
    public var alwaysFails: Bool

    public init(message: String, alwaysFails: Bool) {
        self.message = message
        self.alwaysFails = alwaysFails
    }
}

/// Turns an analysis into a certificate.
///
/// Works backwards from the obligations: executes trees with a record, asks nodes for the facts that are needed, and does
/// trees again until nothing more is asked for; then writes each tree's script.
public func emit(_ analysis: ProgramAnalysis, progress: ((String, Int) -> Void)? = nil) -> Emission {
    let emitter = Emitter(analysis, progress)
    return emitter.run()
}

private final class Emitter {
    private let analysis: ProgramAnalysis
    private let labels = LabelTable()
    private var state: ProofState
    private let prover: TreeProver
    private let progress: ((String, Int) -> Void)?
    private var reached: Set<NodeKey> = []
    private var jumps: [NodeKey: Set<NodeKey>] = [:]
    private var calls: [NodeKey: Set<Int32>] = [:]
    private var findings: [NodeKey: [Int32: (message: String?, fails: Bool)]] = [:]
    /// The order in which labels are settled.
    private var ranks: [NodeKey: Int] = [:]
    private var executions = 0

    init(_ analysis: ProgramAnalysis, _ progress: ((String, Int) -> Void)?) {
        self.analysis = analysis
        self.progress = progress
        state = ProofState(labels: labels, places: analysis.places)
        prover = TreeProver(analysis, labels: labels)
    }

    func run() -> Emission {
        guard let entry = analysis.entryClone else {
            return Emission(certificate: [], findings: [:], gaps: 0, notes: ["nothing was analysed"])
        }
        // What belongs to calls that the final states do not make does not exist.
        var live = explore(from: entry.entryNode)
        for _ in 0..<Self.rounds where analysis.forgetObjects(except: Set(live.map(\.clone)), in: live) {
            live = explore(from: entry.entryNode)
        }
        live = prove(from: entry.entryNode)
        for _ in 0..<Self.rounds where analysis.forgetObjects(except: Set(live.map(\.clone)), in: live) {
            live = prove(from: entry.entryNode)
        }
        let certificate = write(live, entry: entry.id)
        return Emission(
            certificate: certificate, findings: collectFindings(live), gaps: state.gaps, notes: analysis.notes.sorted())
    }

    /// How often nodes are looked for, and the proof begun again, because calls have turned out not to be made.
    private static let rounds = 6

    /// The nodes that the final states lead to. Each tree is executed once, and nothing is asked for.
    private func explore(from entry: NodeKey) -> [NodeKey] {
        begin(at: entry)
        while let tree = state.next({ _ in 0 }) {
            let result = prover.execute(tree, state)
            (jumps[tree], calls[tree]) = (result.jumps, result.calls)
            for jump in result.jumps { reach(jump) }
            for callee in result.calls { reach(analysis.clones[Int(callee)].entryNode) }
        }
        return liveNodes(from: entry)
    }

    private func begin(at entry: NodeKey) {
        state = ProofState(labels: labels, places: analysis.places)
        (reached, jumps, calls, findings, ranks) = ([], [:], [:], [:], [:])
        reach(entry)
    }

    /// Executes trees until nothing more is asked for. The nodes that the proof is about.
    private func prove(from entry: NodeKey) -> [NodeKey] {
        begin(at: entry)
        while let tree = state.next(rank) { prove(tree) }
        return liveNodes(from: entry)
    }

    private func reach(_ node: NodeKey) {
        if reached.insert(node).inserted { state.mark(node) }
    }

    /// Executes a tree and passes on what it needs.
    private func prove(_ tree: NodeKey) {
        let clone = analysis.clones[Int(tree.clone)]
        let effects = clone.effects
        let result = prover.execute(tree, state)
        executions += 1
        if executions % 1000 == 0 { progress?("proving", executions) }
        let needed = NeededFacts(result.record)
        state.register(consumer: tree, of: .node(tree))
        for jump in result.jumps {
            state.register(provider: tree, of: .node(jump))
            reach(jump)
        }
        for callee in result.calls {
            let entry = analysis.clones[Int(callee)].entryNode
            state.register(provider: tree, of: .node(entry))
            state.register(consumer: tree, of: .exit(callee))
            reach(entry)
        }
        if result.returns { state.register(provider: tree, of: .exit(tree.clone)) }
        jumps[tree] = result.jumps
        calls[tree] = result.calls
        findings[tree] = result.findings
        if clone.effects != effects { state.invalidate(consumersOf: .exit(tree.clone)) }
        for (reference, source) in result.record.imported where needed.contains(reference) {
            state.demand(source.key, of: source.owner)
        }
    }

    /// Labels are settled in callees before callers go on with them, and inside of a function along its jumps: in
    /// reverse postorder.
    private func rank(_ tree: NodeKey) -> Int {
        if let known = ranks[tree] { return known }
        ranks = [:]
        var order: [NodeKey] = []
        for clone in Set(reached.map(\.clone)).sorted() {
            order += postorder(from: analysis.clones[Int(clone)].entryNode)
        }
        for (place, node) in order.reversed().enumerated() { ranks[node] = place }
        return ranks[tree] ?? order.count
    }

    private func postorder(from entry: NodeKey) -> [NodeKey] {
        var seen: Set<NodeKey> = [entry], result: [NodeKey] = []
        var stack = [(node: entry, next: (jumps[entry] ?? []).sorted())]
        while let (node, next) = stack.last {
            if let target = next.last {
                stack[stack.count - 1].next.removeLast()
                if seen.insert(target).inserted { stack.append((target, (jumps[target] ?? []).sorted())) }
            } else {
                result.append(node)
                stack.removeLast()
            }
        }
        return result
    }

    /// Nodes that the final trees still lead to.
    private func liveNodes(from entry: NodeKey) -> [NodeKey] {
        var seen: Set<NodeKey> = [entry], stack = [entry]
        while let node = stack.popLast() {
            let next = (jumps[node] ?? []).union((calls[node] ?? []).map { analysis.clones[Int($0)].entryNode })
            for target in next where seen.insert(target).inserted { stack.append(target) }
        }
        return seen.sorted()
    }

    private func collectFindings(_ live: [NodeKey]) -> [Int32: ObligationFinding] {
        var holds: Set<Int32> = []
        var result: [Int32: ObligationFinding] = [:]
        for node in live {
            for (obligation, finding) in findings[node] ?? [:] {
                guard let message = finding.message else { holds.insert(obligation); continue }
                if let known = result[obligation] {
                    if known.alwaysFails && !finding.fails { result[obligation]?.alwaysFails = false }
                } else {
                    result[obligation] = ObligationFinding(message: message, alwaysFails: finding.fails)
                }
            }
        }
        for obligation in holds { result[obligation]?.alwaysFails = false }
        return result
    }

    // Writing.

    private func write(_ nodes: [NodeKey], entry: Int32) -> [UInt8] {
        let clones = Set(nodes.map(\.clone)).sorted()
        let tables = CertificateTables(analysis, labels: labels, clones: clones, nodes: nodes)
        let levels = CallLevels(
            clones,
            calls: clones.reduce(into: [:]) { result, clone in
                result[clone] = nodes.filter { $0.clone == clone }.reduce(into: Set()) { $0.formUnion(calls[$1] ?? []) }
            })
        var body = ByteWriter()
        body.unsigned(clones.count)
        for id in clones { write(clone: analysis.clones[Int(id)], levels, tables, &body) }
        body.unsigned(nodes.count)
        for (index, node) in nodes.enumerated() {
            if index % 1000 == 999 { progress?("writing", index + 1) }
            let result = prover.execute(node, state)
            var script = ScriptWriter(result.record, NeededFacts(result.record), tables, state, node)
            let bytes = script.write()
            body.unsigned(tables.clone(node.clone))
            body.unsigned(Int(node.block))
            writePlaces(.node(node), tables, &body)
            writeFacts(.node(node), tables, &body)
            body.unsigned(bytes.count)
            body.bytes(bytes)
        }
        body.unsigned(tables.clone(entry))
        var writer = ByteWriter()
        writer.bytes(Array("AIC1".utf8))
        writeTables(tables, levels, &writer)
        writer.bytes(body.bytes)
        return writer.bytes
    }

    private func writeTables(_ tables: CertificateTables, _ levels: CallLevels, _ writer: inout ByteWriter) {
        var constants = ByteWriter()
        constants.unsigned(tables.constants.count)
        for fact in tables.constants {
            constants.memoryFact(fact, label: LabelTable.empty, tables) { Int($0) }
        }
        writer.unsigned(tables.usedLabels.count)
        for label in tables.usedLabels {
            let set = labels.sets[Int(label)]
            writer.unsigned(set.count)
            for assumption in set { writer.unsigned(Int(assumption)) }
        }
        writer.unsigned(tables.tags.count)
        for tag in tables.tags {
            let info = analysis.tags.info(tag)
            switch info.kind {
            case .local(let object, let clone):
                writer.byte(0)
                writer.unsigned(Int(object))
                writer.unsigned(tables.clone(clone))
                writer.byte(levels.isRecursive(clone) || analysis.tags.recursiveClones.contains(clone) ? 1 : 0)
            case .heap(let clone, let instruction, let many):
                writer.byte(1)
                writer.unsigned(tables.clone(clone))
                writer.unsigned(Int(instruction))
                writer.byte(many ? 1 : 0)
                writer.unsigned(info.partner < 0 ? 0 : (tables.tag(info.partner) ?? 0) + 1)
            default: break
            }
        }
        writer.bytes(constants.bytes)
    }

    private func write(
        clone: FunctionClone, _ levels: CallLevels, _ tables: CertificateTables, _ writer: inout ByteWriter
    ) {
        writer.unsigned(Int(clone.function))
        writer.unsigned(levels.level(of: clone.id))
        writer.byte(levels.isRecursive(clone.id) ? 1 : 0)
        writer.byte(clone.exit != nil ? 1 : 0)
        writePlaces(.exit(clone.id), tables, &writer)
        writeFacts(.exit(clone.id), tables, &writer)
        let effects = clone.effects
        writer.byte(effects.everything ? 1 : 0)
        writer.unsigned(tables.label(effects.label))
        let written = effects.written.flatMap { tag, bits in bits.ranges.map { (tag, $0) } }
            .compactMap { tag, range in tables.tag(tag).map { ($0, range) } }
            .sorted { ($0.0, $0.1.lowerBound) < ($1.0, $1.1.lowerBound) }
        writer.unsigned(written.count)
        for (tag, range) in written {
            writer.unsigned(tag)
            writer.optional(range.lowerBound <= BitRanges.everywhere.lowerBound ? nil : Int128(range.lowerBound))
            writer.optional(range.upperBound >= BitRanges.everywhere.upperBound ? nil : Int128(range.upperBound))
        }
        for tags in [effects.freed, effects.allocated] {
            let numbers = tags.compactMap(tables.tag).sorted()
            writer.unsigned(numbers.count)
            for number in numbers { writer.unsigned(number) }
        }
    }

    /// The demanded places of a node or an exit.
    private func writePlaces(_ owner: FactOwner, _ tables: CertificateTables, _ writer: inout ByteWriter) {
        let places = state.places(of: owner)
        writer.unsigned(places.count)
        for place in places { writer.place(place, label: state.label(of: .place(place), at: owner), tables) }
    }

    /// The demanded facts of a node or an exit: register facts, then memory facts.
    private func writeFacts(_ owner: FactOwner, _ tables: CertificateTables, _ writer: inout ByteWriter) {
        let keys = state.demanded(of: owner)
        let places = state.places(of: owner)
        for part in [keys.filter { !$0.isMemory && !$0.isPlace }, keys.filter(\.isMemory)] {
            writer.unsigned(part.count)
            for key in part {
                writer.fact(key, of: owner, places, label: state.label(of: key, at: owner), tables)
            }
        }
    }
}
