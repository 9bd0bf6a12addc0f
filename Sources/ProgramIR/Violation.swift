// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// One breach of the rules of well-formedness (FORMAT.md section 1.2).
public struct Violation: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Rule: Hashable, Sendable, CaseIterable {
        /// A number names nothing, or a stretch leaves its pool.
        case numberOutOfRange
        /// More of something than the format allows.
        case limitExceeded
        /// A field that the opcode does not use is not at its default.
        case unusedField
        /// An operand, a result or a target is missing, or there are too many.
        case missingField
        /// Something has another class than its use demands.
        case wrongClass
        /// A code that the opcode does not define.
        case unknownCode
        /// A parameter is assigned.
        case assignedParameter
        /// Two blocks share instructions.
        case sharedInstructions
        /// An edge leads to block 0.
        case entryBlockIsTarget
        /// Case ranges are empty, overlap or do not ascend.
        case unorderedCases
        /// The entry function has parameters.
        case entryParameters
        /// An alignment is no power of two.
        case wrongAlignment
        /// Arguments or a result do not fit the function that is called.
        case wrongCall
        /// An object's description contradicts itself, or its function does not list it.
        case wrongObject
        /// An initial value does not fit its cell, or cells overlap or leave the object.
        case wrongInitializer
        /// An automatic object starts while alive, or ends or is named while not alive.
        case wrongLifetime
        /// What is alive at a jump is not what is alive in the target.
        case wrongLiveSet
    }

    public var rule: Rule
    /// In plain English, without the place.
    public var message: String
    public var function: FunctionID?
    public var block: BlockID?
    /// Place in `Function.instructions`; nil for the terminator or the whole block.
    public var instruction: Int32?
    public var object: ObjectID?
    /// The source name of the function or object, for `description`.
    public var name = ""

    public var description: String {
        var place: [String] = []
        if let function { place.append("function \(function) \(name)") }
        if let object { place.append("object \(object) \(name)") }
        if let block { place.append("block \(block)") }
        if let instruction { place.append("instruction \(instruction)") }
        return (place.isEmpty ? "" : place.joined(separator: ", ") + ": ") + message
    }
}
