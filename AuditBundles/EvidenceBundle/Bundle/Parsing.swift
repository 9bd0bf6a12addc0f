// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Reads one canonical JSON text; errors name the file.
func parseJSON(_ bytes: [UInt8], file: String) throws(BundleError) -> JSONValue {
    do throws(JSONError) {
        return try JSONValue(parsing: bytes)
    } catch {
        throw .badJSON(file: file, error)
    }
}

/// Reads a file of canonical JSON lines; errors name the file.
func parseJSONLines(_ bytes: [UInt8], file: String) throws(BundleError) -> [JSONValue] {
    do throws(JSONError) {
        return try JSONValue.lines(parsing: bytes)
    } catch {
        throw .badJSON(file: file, error)
    }
}

/// Runs `body`; shape errors name the file.
func shaped<Value>(_ file: String, _ body: () throws(JSONShapeError) -> Value) throws(BundleError) -> Value {
    do throws(JSONShapeError) {
        return try body()
    } catch {
        throw .badShape(file: file, error)
    }
}

/// Writes values as canonical JSON lines.
func jsonLines(_ values: [JSONValue]) -> [UInt8] {
    var bytes: [UInt8] = []
    for value in values {
        bytes += value.canonicalBytes
        bytes.append(UInt8(ascii: "\n"))
    }
    return bytes
}
