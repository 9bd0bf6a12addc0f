// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Congruences
import MemoryCells
import Numbers
import ProgramIR
import Reductions

/// What an access demands besides a valid target.
struct AccessDemand {
    /// In bytes.
    var size: LinearForm
    var immediate: Int64 = 0
    var alignment: Int = 1
    /// A load or store: demands alignment.
    var isScalar = false
    var bounds: ObligationKind?
    var isWrite = false
    /// The pointer operand names an object: it is neither null, freed nor dangling.
    var isNamed = false
    /// The size was shown for the other operand of the instruction.
    var omitsSize = false
}

/// One target that an access may hit.
struct AccessCase {
    var tag: Tag
    /// Offset of the pointer (without the immediate) in bytes.
    var offset: IntegerValue
    /// Number of the fact that the tag's objects are alive, -1 for none needed.
    var upper: Int128
    var lower: Int128
}

struct AccessResult {
    var cases: [AccessCase] = []
    /// Nothing is known of the target.
    var isUnknown = false
    /// What the knowledge of the address rests on.
    var label: Int32 = LabelTable.empty
    /// Script bytes: size and claims; then those of the cases.
    var head: [Atom] = []
    var tail: [Atom] = []
    var atoms: [Atom] { head + tail }
    /// The targets are known, and the access is possible in none of them.
    var hasNoCase: Bool { cases.isEmpty && !isUnknown }
    /// Largest size in bytes; nil if unbounded.
    var size: Int128?
    var leastSize: Int128 = 0
    /// Conclusions to draw once the step is recorded.
    var cut: [(symbol: Int32, targets: Targets, label: Int32)] = []
    var survivorBound: (form: LinearForm, upper: Int128?, lower: Int128, label: Int32)?
    /// What is at most 0 because the access ended inside the object.
    var survivorEnd: (form: LinearForm, label: Int32)?
    var isDead = false
}

// Validity of memory accesses: FORMAT.md section 6.3, "Access".
