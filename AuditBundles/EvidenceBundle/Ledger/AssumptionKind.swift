// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// What sort of thing is taken for granted.
public enum AssumptionKind: String, CaseIterable, Sendable {
    /// Sizes, alignments and representations of the target machine.
    case targetABI = "target-abi"
    /// How the C standard's open questions are answered, such as the order of evaluation.
    case languageSemantics = "language-semantics"
    /// That the front end read the source as the compiler would.
    case frontend
    /// What holds when the program or an entry function starts.
    case entryState = "entry-state"
    /// That a library function behaves as its model.
    case libraryModel = "library-model"
    /// What a function without source does.
    case externalFunction = "external-function"
    /// What inline assembly does.
    case inlineAssembly = "inline-asm"
    /// What hardware does to volatile memory.
    case volatileOrHardware = "volatile-or-hardware"
    /// That no other thread or signal handler interferes.
    case concurrency
    /// That memory is or may not be available.
    case allocation
    /// Rounding mode and evaluation format of floating point.
    case floatingPoint = "floating-point"
    /// That the stack does not overflow.
    case stackSpace = "stack-space"
    /// What the user stated, for example with `__ai_assume`.
    case userAssumption = "user-assumption"
    /// That an obligation which is not proved holds all the same.
    case alarm
    /// Where the analysis stopped early.
    case recursionOrBudget = "recursion-or-budget"
}
