// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import LibraryModels
import ProgramIR

/// Calls of the printf and scanf families: one helper of the models for each conversion of the format. The protocol is
/// in LibraryModels/Models/README.md.
extension FunctionLowering {
    /// The result of a call of such a function; nil if it is another one.
    func formatCall(_ function: Declaration, _ node: Node, site: SiteID) -> Operand? {
        guard program.options.usesLibraryModels, function.linkage == .external,
            program.symbols.resolve(function).map(\.isInlineOnly) ?? true
        else { return nil }
        let (name, dropped) = Self.unfortifiedFormat(function.name)
        guard !program.isProvided(name), let model = LibraryModels.model(named: name), let format = model.format,
            node.arguments.count - dropped.count >= (format.firstArgument ?? format.format + 2)
        else { return nil }
        program.recordModel(model.name)
        var arguments = node.arguments.enumerated().map { index, argument in
            let value = argument.type.isAggregate ? address(aggregate(argument), site: site) : rvalue(argument)
            return FormatOperand(
                node: argument, value: settled(value, before: node.arguments.dropFirst(index + 1), site: site))
        }
        for index in dropped.reversed() { arguments.remove(at: index) }
        let call = FormatCallLowering(
            model: model, format: format, arguments: arguments,
            site: self.call ?? program.modelSite(site, name: model.name))
        let text = format.firstArgument == nil ? nil : literalText(arguments[format.format].node)
        let result = format.direction == .output ? output(call, text) : input(call, text)
        return node.type.isVoid ? .some(.none) : result
    }

    /// Of `__fprintf_chk` and kin, which _FORTIFY_SOURCE calls: the function meant, and the arguments that are the check's own.
    private static func unfortifiedFormat(_ name: String) -> (name: String, dropped: [Int]) {
        let plain = name.hasPrefix("__builtin___") ? String(name.dropFirst("__builtin_".count)) : name
        guard plain.hasPrefix("__"), plain.hasSuffix("_chk") else { return (name, []) }
        let base = String(plain.dropFirst(2).dropLast(4))
        return switch base.hasPrefix("v") ? String(base.dropFirst()) : base {
        case "printf": (base, [0])
        case "fprintf", "dprintf", "asprintf": (base, [1])
        case "sprintf": (base, [1, 2])
        case "snprintf": (base, [2, 3])
        default: (name, [])
        }
    }

    /// The bytes of a string literal behind the conversions that make it an argument.
    private func literalText(_ node: Node) -> [UInt8]? {
        var node = node
        while node.kind == .cast, let inner = node.child(0) { node = inner }
        return node.kind == .stringLiteral && node.characterWidth == 1 ? node.stringBytes : nil
    }

    /// Calls a function of the models.
    func callModel(_ name: String, _ list: [Operand], site: SiteID) -> Operand {
        guard let definition = program.models.definition(of: name) else {
            checkUnsupported(site: site)
            return havoc(.unsigned(64), site: site)
        }
        return emitCall(program.function(definition, call: site), list, site: site)
    }

    // MARK: Output

    private func output(_ call: FormatCallLowering, _ text: [UInt8]?) -> Operand {
        let site = call.site
        guard let format = text.flatMap(PrintfFormat.init) else {
            assumeFitting(call)
            let length = callModel("__ai_printf_unchecked", [call.arguments[call.format.format].value], site: site)
            return callModel(call.format.helper, call.leading + [length], site: site)
        }
        var sum = LengthSum(), strings: [(pointer: Operand, length: Operand)] = []
        var rest = call.arguments.dropFirst(call.format.firstArgument ?? 0)
        for piece in format.pieces {
            switch piece {
            case .text(let count): sum.constant += Int128(count)
            case .conversion(let conversion):
                guard let operands = take(conversion, from: &rest) else {
                    refuse(site)
                    return havoc(.signed(32), site: site)
                }
                let part = length(of: conversion, operands, site: site)
                if conversion.specifier == "s", let pointer = operands.value { strings.append((pointer, part)) }
                let padded = operands.width.map { callModel("__ai_printf_pad", [part, $0], site: site) } ?? part
                sum.add(padded, most: conversion.length?.upperBound)
            }
        }
        let length = total(sum, plus: 0, limit: integer(Int128(UInt64.max)), site: site)
        if let buffer = call.format.buffer, !strings.isEmpty {
            let limit = call.leading.count > 1 ? call.leading[1] : integer(Int128(UInt64.max))
            let written = total(LengthSum(parts: [length]), plus: 1, limit: limit, site: site)
            for string in strings {
                let target = call.arguments[buffer].value
                _ = callModel("__ai_printf_disjoint", [target, written, string.pointer, string.length], site: site)
            }
        }
        return callModel(call.format.helper, call.leading + [length], site: site)
    }

    private typealias Taken = (width: Operand?, precision: Operand, value: Operand?)

    /// The arguments of a conversion; nil if one is missing or of another type.
    private func take(_ conversion: PrintfFormat.Conversion, from rest: inout ArraySlice<FormatOperand>) -> Taken? {
        func number(_ number: FormatNumber) -> Operand?? {
            switch number {
            case .none: return .some(nil)
            case .constant(let value): return integer(Int128(value))
            case .argument:
                guard let next = rest.popFirst(), next.fits(.integer(bytes: 4)) else { return nil }
                return next.value
            }
        }
        guard let width = number(conversion.width), let precision = number(conversion.precision) else { return nil }
        var value: Operand?
        if let argument = conversion.argument {
            guard let next = rest.popFirst(), next.fits(argument) else { return nil }
            value = next.value
        }
        return (width, precision ?? integer(-1), value)
    }

    private func length(of conversion: PrintfFormat.Conversion, _ operands: Taken, site: SiteID) -> Operand {
        guard let bounds = conversion.length else {
            return callModel("__ai_printf_string", [operands.value ?? .null, operands.precision], site: site)
        }
        if case .object(let bytes)? = conversion.argument {
            _ = callModel("__ai_printf_store", [operands.value ?? .null, integer(Int128(bytes))], site: site)
            return integer(0)
        }
        if bounds.lowerBound == bounds.upperBound { return integer(Int128(bounds.lowerBound)) }
        return callModel(
            "__ai_printf_between", [integer(Int128(bounds.lowerBound)), integer(Int128(bounds.upperBound))], site: site)
    }

    /// The sum, no more than a limit. Added exactly: nothing wraps.
    private func total(_ sum: LengthSum, plus more: Int128, limit: Operand, site: SiteID) -> Operand {
        let constantPart = sum.constant + more + sum.parts.compactMap(constant).reduce(0, +)
        let unknown = sum.parts.filter { constant($0) == nil }
        if unknown.isEmpty, let limit = constant(limit) { return integer(min(constantPart, limit)) }
        if more == 0, constantPart == 0, unknown.count == 1 { return unknown[0] }
        let exact = exactSum(unknown.map { (1, $0) }, plus: constantPart, site: site)
        if let most = sum.most, let limit = constant(limit), most + sum.constant + more <= limit {
            return convert(exact, to: .unsigned(64), site: site)
        }
        let result = newRegister(.unsigned(64))
        let (fits, exceeds, end) = (newBlock(), newBlock(), newBlock())
        branch(compareIntegers(.lessOrEqual, exact, limit, site: site), fits, exceeds, site: site)
        begin(fits, site: site)
        move(exact, to: result, site: site)
        jump(to: end, site: site)
        begin(exceeds, site: site)
        move(limit, to: result, site: site)
        begin(end, site: site)
        return .register(result)
    }

    // MARK: Input

    private func input(_ call: FormatCallLowering, _ text: [UInt8]?) -> Operand {
        let site = call.site
        guard let format = text.flatMap(ScanfFormat.init) else {
            assumeFitting(call)
            let result = callModel("__ai_scanf_unchecked", [call.arguments[call.format.format].value], site: site)
            _ = havocMemory(
                .libraryModel, "\(call.model.name) with a format that is not known changes only memory.", type: nil,
                site: site)
            return result
        }
        let available = callModel(call.format.helper, call.leading, site: site)
        var matched = integer(0), index: Int128 = 0
        var rest = call.arguments.dropFirst(call.format.firstArgument ?? 0)
        for conversion in format.conversions {
            guard let next = rest.popFirst(), next.fits(conversion.argument) else {
                refuse(site)
                return havoc(.signed(32), site: site)
            }
            let width = integer(Int128(conversion.width)), head = [matched, integer(index), next.value]
            switch conversion.kind {
            case .value(let bytes): matched = callModel("__ai_scanf_value", head + [integer(Int128(bytes))], site: site)
            case .string: matched = callModel("__ai_scanf_string", head + [width, available], site: site)
            case .characters: matched = callModel("__ai_scanf_characters", head + [width, available], site: site)
            case .count(let bytes):
                _ = callModel("__ai_scanf_count", head + [integer(Int128(bytes))], site: site)
                continue
            }
            index += 1
        }
        return callModel("__ai_scanf_result", [matched], site: site)
    }

    // MARK: What does not fit

    /// A missing argument, or one of another type.
    private func refuse(_ site: SiteID) {
        check(.libraryPrecondition, integer(0), site: site)
        stop(site)
    }

    private func assumeFitting(_ call: FormatCallLowering) {
        _ = program.builder.assumption(
            .libraryModel, "The arguments of \(call.model.name) fit its format, and none is for a %n.", site: call.site)
    }
}

/// One call that is being lowered.
private struct FormatCallLowering {
    var model: LibraryModel
    var format: FormatCall
    var arguments: [FormatOperand]
    /// The user's call, as the place of the model's obligations.
    var site: SiteID

    var leading: [Operand] { format.leading.map { arguments[$0].value } }
}

/// The parts of an output's length.
private struct LengthSum {
    var constant: Int128 = 0
    var parts: [Operand] = []
    /// What the parts add up to at most, where that is known.
    var most: Int128? = 0

    init() {}
    init(parts: [Operand]) {
        self.parts = parts
        most = nil
    }

    mutating func add(_ part: Operand, most bound: UInt64?) {
        parts.append(part)
        // A field width may exceed the bound of the conversion, but is an int.
        most = bound.flatMap { bound in most.map { $0 + max(Int128(bound), 1 << 31) } }
    }
}

private struct FormatOperand {
    var node: Node
    var value: Operand

    /// Whether the argument has the type a conversion takes (C11 7.21.6.1p9, 7.21.6.2p13).
    func fits(_ argument: FormatArgument) -> Bool {
        let type = node.type
        switch (argument, type.scalarType) {
        case (.integer(let bytes), .integer(let integer)?): return Int(integer.bits) == bytes * 8
        case (.double, .float(.binary64)?), (.longDouble, .float(.extended80)?): return true
        case (.pointer, .pointer?): return true
        case (.characters, .pointer?):
            let pointee = type.valueType.pointee
            return pointee.isVoid || pointee.integerType?.bits == 8
        case (.object(let bytes), .pointer?):
            let pointee = type.valueType.pointee
            return pointee.isScalar && pointee.size == Int64(bytes)
        default: return false
        }
    }
}
