// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Splits a command as a POSIX shell does: blanks separate, quotes and backslashes protect. Nothing is expanded.
/// Nil if a quote is not closed.
func shellWords(_ command: String) -> [String]? {
    var words: [String] = [], word = "", isInWord = false
    var quote: Character?
    var rest = command[...]
    while let character = rest.popFirst() {
        switch (quote, character) {
        case ("'", "'"), ("\"", "\""): quote = nil
        case ("'", _): word.append(character)
        case ("\"", "\\"):
            guard let next = rest.popFirst() else { return nil }
            // Inside double quotes a backslash protects only these.
            if !"\"\\$`\n".contains(next) { word.append(character) }
            if next != "\n" { word.append(next) }
        case ("\"", _): word.append(character)
        case (_, "'"), (_, "\""):
            quote = character
            isInWord = true
        case (_, "\\"):
            guard let next = rest.popFirst() else { return nil }
            if next != "\n" { word.append(next) }
            isInWord = true
        case (_, _) where character.isWhitespace:
            if isInWord { words.append(word) }
            word = ""
            isInWord = false
        default:
            word.append(character)
            isInWord = true
        }
    }
    guard quote == nil else { return nil }
    if isInWord { words.append(word) }
    return words
}
