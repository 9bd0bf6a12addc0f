// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Intervals

/// Special values of a format, and all ranges between some of them, with and without NaN.
enum FloatSamples {
    static func concretes(_ format: FloatFormat) -> [Double] {
        let positive: [Double] =
            format == .binary32
            ? [
                0, Double(Float.leastNonzeroMagnitude), Double(Float.leastNormalMagnitude), 0.5, 1,
                Double(Float(1).nextUp),
                3, 16_777_216, Double(Float.greatestFiniteMagnitude), .infinity,
            ]
            : [
                0, .leastNonzeroMagnitude, .leastNormalMagnitude, 0.5, 1, 1.0.nextUp, 3, 0x1p53,
                .greatestFiniteMagnitude, .infinity,
            ]
        return positive + positive.map { -$0 } + [.nan]
    }

    static func ranges(_ format: FloatFormat) -> [FloatInterval] {
        let least = format.next(above: 0)
        let greatest = format.next(below: .infinity)
        let bounds: [Double] = [-.infinity, -greatest, -3, -1, -least, 0, least, 1, 3, greatest, .infinity]
        var result: [FloatInterval] = [.bottom(format), FloatInterval(constant: .nan, format: format)]
        for (index, lower) in bounds.enumerated() {
            for upper in bounds[index...] {
                result.append(FloatInterval(lower, upper, format: format))
                result.append(FloatInterval(lower, upper, mayBeNaN: true, format: format))
            }
        }
        return result
    }
}
