// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// The tables of a translation as the interpreter's loop reads them: without counting references, and turned so that
/// constant ~k is at `constants[~k]`, as register k is at `frame[k]`.
struct Image {
    let code: UnsafePointer<Code>
    let constants: UnsafePointer<Slot>
    let jumps: UnsafePointer<Int32>
    private let start: UnsafeMutablePointer<Slot>

    init(_ translation: Translation) {
        code = UnsafePointer(Self.copy(translation.code))
        jumps = UnsafePointer(Self.copy(translation.jumps))
        start = Self.copy(translation.constants.reversed())
        constants = UnsafePointer(start + translation.constants.count)
    }

    func deallocate() {
        code.deallocate()
        jumps.deallocate()
        start.deallocate()
    }

    private static func copy<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
        let result = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        result.initialize(from: elements, count: elements.count)
        return result
    }
}
