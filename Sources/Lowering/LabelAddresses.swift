// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// Labels whose address a static initialiser takes (GNU C: labels as values).
extension ProgramLowering {
    /// The labels object of the label's function and the label's number in it; nil if the function is not known yet.
    func labelAddress(_ label: Declaration) -> (object: ObjectID, index: Int64)? {
        labelAddresses[label]
    }
}
