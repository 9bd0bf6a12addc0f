// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import EvidenceBundle
import Foundation

/// Reads a JSON file that a person wrote; `what` names it in messages.
func readJSON<Value>(
    _ file: String, _ what: String, _ decode: (JSONValue) throws(JSONShapeError) -> Value
) throws(CommandFailure) -> Value {
    guard let data = FileManager.default.contents(atPath: file) else {
        throw .input("\(file): \(what) cannot be read")
    }
    let json: JSONValue
    do throws(JSONError) {
        json = try JSONValue(parsing: Array(data), as: .anyLayout)
    } catch {
        throw .input("\(file):\(error.line):\(error.column): \(what) is not valid JSON: \(error.reason)")
    }
    do throws(JSONShapeError) {
        return try decode(json)
    } catch {
        throw .input("\(file): \(error)")
    }
}

func readBytes(_ file: String, _ what: String) throws(CommandFailure) -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: file) else {
        throw .input("\(file): \(what) cannot be read")
    }
    return Array(data)
}

/// Fails if `file` could not be written, before time is spent on what shall be in it.
func checkWritable(_ file: String) throws(CommandFailure) {
    do throws(OutputFailure) {
        try OutputFile.check(file)
    } catch {
        throw CommandFailure(error)
    }
}

func write(_ data: Data, to file: String) throws(CommandFailure) {
    do throws(OutputFailure) {
        try OutputFile.write(Array(data), to: file)
    } catch {
        throw CommandFailure(error)
    }
}
