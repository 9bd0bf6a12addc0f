// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The functions of the C library that the interpreter provides. All others are executed as their models are written,
/// if these leave nothing open.
public enum HostLibrary {
    static let functions: [String: HostFunction] = [
        process, errorNumber, jumps, builtins, classificationBuiltins,
        opening, characters, blocks, positions, fileNames, printing, scanning,
        integers, floats, random, mathematics, comparing, searching, messages, locale, heap, time,
        descriptors, paths, processes, signals, options,
    ].reduce(into: [:]) { all, part in all.merge(part) { first, _ in first } }

    /// The names of all of them.
    public static let names = Set(functions.keys)
}
