// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Text out of a bundle, fit for a terminal: on one line and without control characters, which could move the
/// cursor over what was printed before.
func readable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        let isControl = scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
        // Marks that turn the direction of writing could make a text look like another.
        let turnsDirection = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        result.unicodeScalars.append(isControl || turnsDirection ? "?" : scalar)
    }
    return result
}
