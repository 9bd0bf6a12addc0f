// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// Executes a program of the audit IR as FORMAT.md section 2 gives it meaning: the reference semantics.
///
/// An execution is one of those that the meaning allows: where it leaves a choice, `ChoiceSource` makes it, and memory
/// answers as the target's memory would (see `Memory`). It ends with a `Stop`.
public final class Machine {
    public let program: Program
    let prepared: PreparedProgram
    let translation: Translation
    let image: Image
    let memory: UnsafeMutablePointer<Memory>
    /// Frames one after the other.
    let slots: UnsafeMutablePointer<Slot>
    let frames: UnsafeMutablePointer<Frame>
    /// Of the running function.
    var depth = 0
    /// Slots in use.
    var top = 0
    /// The step that is being executed, as far as somebody asks.
    var position = 0
    /// Instructions and jumps executed.
    public internal(set) var steps: UInt64 = 0
    public let limits: ExecutionLimits
    /// Undefined behaviour that does not end the execution; see `ToleratedBehaviour`.
    let tolerated: ToleratedBehaviour
    /// The most bytes that objects of the program held at any time.
    public var mostBytesInUse: Int64 { memory.pointee.mostBytesInUse }
    /// The bytes that new objects and accesses to ranges had together.
    public var work: Int64 { memory.pointee.work }
    var choices: any ChoiceSource
    var observer: (any ExecutionObserver)?
    let coverage: BlockCoverage?
    let providedFunctions: [(name: String, function: HostFunction)]
    /// Bases of the program's static objects.
    let staticBases: [Int32]
    var jumpPoints = JumpPoints()
    /// What the functions of the library remember.
    public let library: LibraryState
    var noted: Set<NotedPlace> = []
    private var frameSerial: UInt64 = 0
    /// Whether registers that were never written are read, and so have to be values of their types.
    private let clearsRegisters: Bool

    /// - Parameters:
    ///   - externals: functions without definition, by their names: those that `library` has are executed by it.
    ///   - observer: told of what the execution does; slows it down.
    public convenience init(
        _ program: Program, externals: [FunctionID: String] = [:], library: LibraryState,
        choices: any ChoiceSource, limits: ExecutionLimits = ExecutionLimits(),
        tolerating tolerated: ToleratedBehaviour = ToleratedBehaviour(),
        observer: (any ExecutionObserver)? = nil
    ) throws(Stop) {
        try self.init(
            PreparedProgram(program, externals: externals, library: library), library: library, choices: choices,
            limits: limits, tolerating: tolerated, observer: observer)
    }

    /// - Parameters:
    ///   - observer: told of what the execution does; slows it down.
    ///   - coverage: told of the blocks that are entered.
    public init(
        _ prepared: PreparedProgram, library: LibraryState, choices: any ChoiceSource,
        limits: ExecutionLimits = ExecutionLimits(), tolerating tolerated: ToleratedBehaviour = ToleratedBehaviour(),
        observer: (any ExecutionObserver)? = nil,
        coverage: BlockCoverage? = nil
    ) throws(Stop) {
        self.prepared = prepared
        program = prepared.program
        self.coverage = coverage
        self.limits = limits
        self.tolerated = tolerated
        clearsRegisters = limits.isReproducible || tolerated.kinds.contains(.uninitializedRead)
        self.choices = choices
        self.library = library
        self.observer = observer
        memory = .allocate(capacity: 1)
        memory.initialize(
            to: Memory(
                functionCount: program.functions.count, byteLimit: limits.memory, workLimit: limits.work,
                hasNowhere: prepared.hasNowhere,
                firstBaseNeverMade: limits.isReproducible ? ExecutionLimits.firstBaseNeverMade : 0))
        slots = .allocate(capacity: limits.slots)
        frames = .allocate(capacity: limits.depth)
        providedFunctions = prepared.providedFunctions
        staticBases = prepared.staticBases
        translation = prepared.translation
        image = prepared.image
        for function in prepared.functionsWithoutAddress { memory.pointee.hide(function: function) }
        guard makeStaticObjects() else { throw .limit("the program's static objects do not fit into memory") }
        try fillStaticObjects()
    }

    deinit {
        memory.pointee.deallocate()
        memory.deinitialize(count: 1)
        memory.deallocate()
        slots.deallocate()
        frames.deallocate()
    }

    /// Executes the program from its entry to its end. A machine executes once.
    public func run() -> Stop {
        do throws(Stop) {
            try enter(program.entry, from: -1, result: -1)
            try execute()
        } catch {
            return error
        }
        return .exited(status: 0)
    }

    /// Makes a frame for a function; its parameters are the caller's to fill.
    func enter(_ function: FunctionID, from caller: Int, result: Int32) throws(Stop) {
        let code = translation.functions[Int(function)]
        let size = Int(code.frameSize)
        guard depth + 1 < limits.depth else {
            throw .limit("calls are nested too deeply: more than \(limits.depth - 1) of them")
        }
        guard top + size <= limits.slots else {
            throw .limit(
                "calls are nested too deeply: \(depth) of them, with more than \(limits.slots) variables together")
        }
        depth += 1
        frameSerial += 1
        frames[depth] = Frame(
            function: function, returnPosition: Int32(caller), result: result, start: top, serial: frameSerial)
        let frame = slots + top
        top += size
        // Registers are arbitrary; automatic objects are not alive.
        for index in (clearsRegisters ? 0 : Int(code.registerCount))..<size { frame[index] = 0 }
        position = Int(code.start)
    }
}

/// A call that is being executed.
struct Frame {
    var function: FunctionID
    /// The step of the call; -1: the entry.
    var returnPosition: Int32
    /// Where the caller wants the result; -1: nowhere.
    var result: Int32
    var start: Int
    /// Different for each call.
    var serial: UInt64
}

/// Bounds on what an execution may need. Reaching one is `Stop.limit`, never a result.
public struct ExecutionLimits: Sendable {
    public var steps: UInt64 = .max
    /// Bytes of living objects.
    public var memory: Int64 = 4 << 30
    /// Bytes that new objects and accesses to ranges have together.
    public var work: Int64 = .max
    /// Nested calls.
    public var depth = 1 << 17
    /// Registers of all nested calls.
    public var slots = 1 << 24
    /// Whether code that is neither in the program nor in the library ends the execution; else it does nothing and
    /// returns a chosen value.
    public var stopsAtUnknownCode = true
    /// Whether the execution is one that FORMAT.md section 7 lets a recorded run describe: nothing but the choices
    /// decides what happens, on every machine.
    public var isReproducible = false
    /// A replay makes no object with this number.
    static let firstBaseNeverMade: Int64 = 1 << 20

    public init() {}
}

/// Sees an execution.
public protocol ExecutionObserver: AnyObject {
    /// A block is entered.
    func entered(_ block: BlockID, of function: FunctionID, in machine: Machine) throws(Stop)
    /// A call begins: the callee's parameters are set, nothing is executed yet.
    func called(_ function: FunctionID, in machine: Machine) throws(Stop)
    /// The running function returns this; its automatic objects are still there.
    func returning(_ result: Value?, in machine: Machine) throws(Stop)
    /// An object was made by the instruction that is being executed.
    func created(_ object: Base, in machine: Machine) throws(Stop)
    /// The instruction that is being executed found no memory.
    func allocationFailed(in machine: Machine) throws(Stop)
    /// An object's lifetime ends by the instruction that is being executed.
    func ended(_ object: Base, in machine: Machine) throws(Stop)
}
