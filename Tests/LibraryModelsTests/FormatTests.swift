// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import Foundation
import LibraryModels
import Testing

@Suite struct FormatTests {
    private func printf(_ text: String) -> PrintfFormat? { PrintfFormat(Array(text.utf8)) }
    private func scanf(_ text: String) -> ScanfFormat? { ScanfFormat(Array(text.utf8)) }

    private func onlyConversion(_ text: String) -> PrintfFormat.Conversion? {
        guard let pieces = printf(text)?.pieces, pieces.count == 1, case .conversion(let c) = pieces[0] else {
            return nil
        }
        return c
    }

    @Test func textAndConversionsKeepTheirOrder() throws {
        let pieces = try #require(printf("ab%%c %5d%-.3s\n%n")?.pieces)
        #expect(pieces.count == 5)
        #expect(pieces[0] == .text(count: 5))
        #expect(pieces[3] == .text(count: 1))
        guard case .conversion(let d) = pieces[1], case .conversion(let s) = pieces[2],
            case .conversion(let n) = pieces[4]
        else {
            Issue.record("not conversions")
            return
        }
        #expect(d.width == .constant(5) && d.precision == .none && d.argument == .integer(bytes: 4))
        #expect(s.precision == .constant(3) && s.argument == .characters && s.length == nil)
        #expect(n.argument == .object(bytes: 4) && n.length == 0...0)
    }

    @Test(arguments: [
        ("%hhd", FormatArgument.integer(bytes: 4)), ("%ld", .integer(bytes: 8)), ("%zu", .integer(bytes: 8)),
        ("%llx", .integer(bytes: 8)), ("%jd", .integer(bytes: 8)), ("%g", .double), ("%lf", .double),
        ("%Lf", .longDouble), ("%p", .pointer), ("%c", .integer(bytes: 4)), ("%hhn", .object(bytes: 1)),
    ])
    func argumentTypesFollowTheModifier(format: String, expected: FormatArgument) {
        #expect(onlyConversion(format)?.argument == expected)
    }

    @Test func argumentsOfStarAreSeen() {
        let c = onlyConversion("%*.*f")
        #expect(c?.width == .argument && c?.precision == .argument && c?.length?.upperBound == .max)
    }

    @Test(arguments: ["%", "%5", "%y", "%ls", "%lc", "%1$d", "%Ld", "%hf", "%99999999999d", "%.99999999999d"])
    func whatHasNoModelIsRefused(format: String) {
        #expect(printf(format) == nil)
    }

    /// The bounds hold for what the library prints.
    @Test func integerLengthsHold() {
        let values: [Int64] = [0, 1, -1, 9, 10, .min, .max, Int64(Int32.min), Int64(Int32.max), 255, -128]
        for format in ["%ld", "%lu", "%lo", "%lx", "%#lx", "%#lo", "%+ld", "%.3ld", "%.30ld", "%.0ld", "% ld"] {
            for value in values {
                let length = UInt64(String(format: format, value).utf8.count)
                #expect(onlyConversion(format)?.length?.contains(length) == true, "\(format) of \(value)")
            }
        }
        for format in ["%d", "%u", "%o", "%x", "%hd", "%hhu", "%#X", "%i"] {
            for value in values.map({ Int32(truncatingIfNeeded: $0) }) {
                let length = UInt64(String(format: format, value).utf8.count)
                #expect(onlyConversion(format)?.length?.contains(length) == true, "\(format) of \(value)")
            }
        }
    }

    @Test func floatingLengthsHold() {
        let values: [Double] = [
            0, -0.0, 1, -1, 0.1, -1e-5, 1e-4, -123456.789, 1e15, -.greatestFiniteMagnitude, .leastNonzeroMagnitude,
            -.leastNormalMagnitude, .infinity, -.infinity, .nan, 9.999999999999999e22,
        ]
        for format in ["%f", "%e", "%g", "%.0f", "%.17g", "%1.15g", "%#g", "%a", "%.3a", "%.40e", "%G", "%+.14g"] {
            for value in values {
                let length = UInt64(String(format: format, value).utf8.count)
                #expect(onlyConversion(format)?.length?.contains(length) == true, "\(format) of \(value)")
            }
        }
    }

    @Test func scanfConversionsKeepTheirOrder() throws {
        let conversions = try #require(scanf(" %d,%*s%10s %lf%n%[^]x]%c%hhu")?.conversions)
        #expect(
            conversions.map(\.kind) == [
                .value(bytes: 4), .string, .value(bytes: 8), .count(bytes: 4), .string, .characters, .value(bytes: 1),
            ])
        #expect(conversions.map(\.width) == [0, 10, 0, 0, 0, 1, 0])
    }

    @Test(arguments: ["%", "%ms", "%ls", "%[abc", "%0d", "%Ld", "%1$d"])
    func scanfRefusesWhatHasNoModel(format: String) {
        #expect(scanf(format) == nil)
    }
}
