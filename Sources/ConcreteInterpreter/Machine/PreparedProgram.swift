// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import ProgramIR

/// A program translated for execution. Machines that execute it again and again share this.
public final class PreparedProgram {
    public let program: Program
    let translation: Translation
    let image: Image
    /// Bases of the program's static objects; 0 for automatic ones.
    let staticBases: [Int32]
    /// No pointer has them as base (FORMAT.md section 2).
    let functionsWithoutAddress: [FunctionID]
    /// Whether addresses at which nothing is have a base of their own: where the library is executed, as natively.
    let hasNowhere: Bool
    /// What static objects hold in the beginning, where no choice decides about it; the first machine notes it.
    var staticContents: [ObjectID: [UInt8]] = [:]
    let providedFunctions: [(name: String, function: HostFunction)]
    /// Functions that neither the program nor the library defines.
    let unknownFunctions: Set<FunctionID>

    /// - Parameter externals: functions without definition, by their names: those that `library` has are executed by it.
    public init(_ program: Program, externals: [FunctionID: String] = [:], library: LibraryState) {
        self.program = program
        var provided: [(name: String, function: HostFunction)] = []
        var numbers: [FunctionID: Int32] = [:]
        for (id, name) in externals.sorted(by: { $0.key < $1.key }) {
            guard let function = library.function(named: name) else { continue }
            numbers[id] = Int32(provided.count)
            provided.append((name, function))
        }
        providedFunctions = provided
        unknownFunctions = Set(externals.keys).subtracting(numbers.keys)
        hasNowhere = !provided.isEmpty
        staticBases = Machine.staticBases(of: program, after: Int32(program.functions.count + (hasNowhere ? 1 : 0)))
        functionsWithoutAddress = Machine.functionsWithoutAddress(of: program)
        translation = Translation(program, staticBases: staticBases, provided: numbers)
        image = Image(translation)
    }

    deinit { image.deallocate() }
}

/// Which blocks executions entered.
public final class BlockCoverage {
    private var isCovered: [Bool]
    /// Places of blocks that were entered for the first time.
    private var fresh: [Int] = []

    public init(_ prepared: PreparedProgram) {
        isCovered = Array(repeating: false, count: prepared.translation.code.count)
    }

    /// Blocks entered for the first time since the last `accept` or `discard`.
    public var freshCount: Int { fresh.count }

    func note(_ place: Int) {
        if isCovered[place] { return }
        isCovered[place] = true
        fresh.append(place)
    }

    public func accept() { fresh.removeAll() }

    /// Takes back what is fresh.
    public func discard() {
        for place in fresh { isCovered[place] = false }
        fresh.removeAll()
    }
}
