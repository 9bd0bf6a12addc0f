// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import Intervals
import MemoryCells
import Numbers
import ProgramIR
import Reductions

/// Executes one tree of a function symbolically: from a node's state through every block that is reached without
/// passing another node.
///
/// The same execution serves the fixpoint (`recorder` nil) and the proof: with a recorder each derived fact notes its
/// premises, in the rules of FORMAT.md section 6, so that what the analysis finds is what the certificate can show.
struct Executor {
    let analysis: ProgramAnalysis
    let clone: FunctionClone
    let node: NodeKey
    let program: Program
    let function: Function
    let tags: TagTable
    let recorder: ProofRecorder?
    /// Where the paths of the tree end.
    var sink: PathSink

    // What registers hold; restored from `trail` behind each branch.
    var values: [Register: Value] = [:]
    var integers: [IntegerSymbol] = []
    var bases: [BaseSymbol] = []
    var floats: [FloatSymbol] = []
    /// Number of each class's symbols that are not registers' entry symbols.
    var freshIntegers: Int32 = 0
    var freshBases: Int32 = 0
    var freshFloats: Int32 = 0
    /// Places in `integers`, `bases`, `floats` by the certificate's number of the symbol.
    var integerPlaces = SymbolPlaces()
    var basePlaces = SymbolPlaces()
    var floatPlaces = SymbolPlaces()
    var relations: [Relation] = []
    /// The latest relation over each symbol, as a place in `relationLinks`.
    var latestLink = SymbolPlaces()
    var relationLinks: [RelationLink] = []
    /// Tells apart the sets of relations that the tree's paths have had.
    var relationState = 0
    let chains = ChainCache()
    var exclusions: [Exclusion] = []
    var memory: PersistentMap<ObjectMemory>
    /// See `NodeState.heapIsKnown`.
    var heapIsKnown = true
    /// Who said that heap tags without an entry in `memory` have no object, and the event that takes over its facts.
    var heapSource: (owner: FactOwner, event: Int)
    /// What stores and calls have put on every fact since then.
    var heapLabel: Int32 = LabelTable.empty
    /// Automatic objects that are alive.
    var live: Set<ObjectID> = []
    /// Set when the path cannot be executed: why.
    var contradiction: Derivation?
    /// Path abandoned by another reason than linear facts (no target left, a callee that does not return).
    var isUnreachable = false
    /// Facts of the instruction or edge in progress, whose conclusions are drawn once all of them have their numbers.
    var pending = PendingConclusions()
    var isConcluding = false
    /// Results that differ from a form by a multiple of 2^bits, the latest.
    var wraps: [Wrap] = []
    /// Forms that are 0, by a guard, a call, or because nothing wrapped.
    var exactForms: [LinearForm] = []
    /// While the facts of a case are in force no lemma can be made.
    var isInCase = false
    /// How deep the conclusions of one fact have gone.
    var propagationDepth = 0
    /// Without a record, the cells that the weak write in progress keeps.
    var keptInAnalysis: [(Tag, CellRange)] = []
    /// Place of the instruction being executed, in the function's array.
    var place: Int32 = 0
    var site: SiteID = 0

    let entryState: NodeState
    let registerCount: Int32

    init(
        analysis: ProgramAnalysis, clone: FunctionClone, node: NodeKey, state: NodeState, recorder: ProofRecorder?,
        sink: PathSink
    ) {
        self.analysis = analysis
        self.clone = clone
        self.node = node
        self.program = analysis.program
        self.function = analysis.program.functions[Int(clone.function)]
        self.tags = analysis.tags
        self.recorder = recorder
        self.sink = sink
        self.entryState = state
        self.memory = state.memory
        self.heapIsKnown = state.heapIsKnown
        self.heapSource = (.node(node), 0)
        self.registerCount = Int32(function.registers.count)
    }
}

/// `difference` is a multiple of the modulus.
struct Wrap {
    var difference: LinearForm
    var modulus: Int128
    var congruence: Int32
}

/// What has been learnt and not yet been drawn conclusions from.
struct PendingConclusions {
    var facts: [(term: LinearForm.Term, bound: Int128, fact: Int32)] = []
    var relations: [Int] = []
    var exclusions: [Int] = []
    var symbols: [(symbol: Int32, upper: Bool)] = []

    var isEmpty: Bool { facts.isEmpty && relations.isEmpty && exclusions.isEmpty && symbols.isEmpty }
}

/// An unknown integer: a register's value at the start of the tree, or the result of an instruction that is not linear.
struct IntegerSymbol {
    /// The certificate's number.
    var number: Int32
    var lower: ExtendedInteger = .negativeInfinity
    var upper: ExtendedInteger = .positiveInfinity
    /// Facts `symbol <= upper` and `-symbol <= -lower`.
    var upperFact: Int32 = -1
    var lowerFact: Int32 = -1
    /// 0 while the facts of a case leave one value, the remainder.
    var modulus: Int128 = 1
    var remainder: Int128 = 0
    var congruenceFact: Int32 = -1
    /// The symbol equals a form, under a label.
    var equality: Equality?
    var definition: Definition?
    /// What the definition rests on, and the facts behind it.
    var definitionLabel: Int32 = LabelTable.empty
    var definitionSources: [FactReference] = []
}

/// Facts `symbol - form <= 0` and `form - symbol <= 0`, and the congruence `form - symbol = 0` of every modulus.
struct Equality {
    var form: LinearForm
    var above: Int32
    var below: Int32
    var congruence: Int32
}

/// What it means that a symbol is 1 rather than 0.
indirect enum Definition {
    case integers(ComparisonOperator, LinearForm, LinearForm)
    case pointers(ComparisonOperator, SymbolicPointer, SymbolicPointer)
    /// A comparison of bases, decided when it is made or never.
    case bases
    case floats(ComparisonOperator, FloatOperand, FloatOperand)
}

struct BaseSymbol {
    var number: Int32
    /// The offset at the place where the symbol arose.
    var offset: Int32
    /// nil: unknown.
    var targets: Targets?
    var fact: Int32 = -1
}

struct FloatSymbol {
    var number: Int32
    var format: ProgramIR.FloatFormat
    /// nil: unknown.
    var range: FloatInterval?
    var fact: Int32 = -1
}

/// A linear fact over two or more symbols: `terms <= bound`.
struct Relation {
    var terms: [LinearForm.Term]
    var bound: Int128
    var fact: Int32
}

/// `form` is outside `lower...upper`.
struct Exclusion {
    var form: LinearForm
    var lower: Int128
    var upper: Int128
    var fact: Int32
}

/// Receives the ends of a tree's paths.
protocol PathSink: AnyObject {
    /// A jump to `block`, which begins another tree. The executor's state is that of the jump.
    func jump(to block: BlockID, from executor: inout Executor)
    /// The function returns `value`.
    func returns(_ value: Value?, from executor: inout Executor)
    /// An obligation was decided on one path.
    func decided(_ obligation: Int32, _ finding: Finding, in executor: Executor)
}

/// How one execution step fared with an obligation.
enum Finding {
    case holds
    /// Not shown; the message says why in C terms.
    case mayFail(String)
    /// Fails on every execution of this path.
    case fails(String)

    var holds: Bool {
        if case .holds = self { return true }
        return false
    }
}
