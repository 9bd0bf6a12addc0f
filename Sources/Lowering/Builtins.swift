// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import LibraryModels
import ProgramIR

/// Compiler builtins. Those that name a library function are that function's call.
extension FunctionLowering {
    /// The result of a call that is a builtin; nil if it is an ordinary call.
    func builtinCall(_ node: Node) -> Operand? {
        guard let name = node.directCallee?.name,
            name.hasPrefix("__builtin_") || name.hasPrefix("__sync_") || name.hasPrefix("__atomic_")
                || node.builtin != 0
        else { return nil }
        let arguments = node.arguments, site = site(node)
        switch name {
        case "__builtin_expect", "__builtin_expect_with_probability":
            let value = rvalue(arguments[0])
            arguments.dropFirst().forEach(discard)
            return value
        case "__builtin_assume_aligned", "__builtin_launder":
            let value = rvalue(arguments[0])
            arguments.dropFirst().forEach(discard)
            return value
        case "__builtin_unreachable":
            check(.assertion, integer(0), site: site)
            stop(site)
            return .some(.none)
        case "__builtin_trap":
            // An instruction that does not exist: SIGILL, which is 4.
            _ = callProvided("__ai_kill", [(integer(4), .signed(32))], result: nil, site: site)
            stop(site)
            return .some(.none)
        case "__builtin_prefetch":
            arguments.forEach(discard)
            return .some(.none)
        case "__builtin_assume":
            check(.assertion, rvalue(arguments[0]), site: site)
            return .some(.none)
        case "__builtin_constant_p":
            // The argument is not evaluated; only literals are certain to be constant.
            return arguments[0].kind == .integerLiteral || arguments[0].kind == .floatingLiteral
                ? integer(1) : havoc(.unsigned(1), site: site)
        case "__builtin_object_size", "__builtin_dynamic_object_size":
            // What a compiler knows of the object is up to it. The argument is not evaluated.
            return havoc(.unsigned(64), site: site)
        case "__builtin_va_start", "__builtin_va_end", "__builtin_va_copy", "__builtin_c23_va_start":
            variableArgumentBuiltin(name, arguments, site: site)
            return .some(.none)
        case "__builtin_alloca", "__builtin_alloca_with_align", "alloca", "__builtin_alloca_uninitialized":
            return allocateOnStack(arguments, site: site)
        case "__builtin_frame_address", "__builtin_return_address", "__builtin_extract_return_addr":
            arguments.forEach(discard)
            return havoc(.pointer, site: site)
        case "__builtin_add_overflow", "__builtin_sub_overflow", "__builtin_mul_overflow":
            return checkedArithmetic(node, name, site: site)
        case "__sync_synchronize", "__atomic_thread_fence", "__atomic_signal_fence", "__builtin_ia32_pause":
            arguments.forEach(discard)
            return .some(.none)
        default: break
        }
        if let result = bitBuiltin(name, arguments, node, site) { return result }
        if let result = floatBuiltin(name, arguments, node, site) { return result }
        // malloc, memcpy and kin are ordinary functions.
        if !name.hasPrefix("__builtin_") && !name.hasPrefix("__sync_") && !name.hasPrefix("__atomic_") { return nil }
        if name.hasPrefix("__builtin_"), isLibraryFunction(name) { return nil }
        for argument in arguments { discard(argument) }
        return unsupported(name, at: node.location, type: node.type.scalarType)
    }

    /// Builtins with the meaning of a library function: called under its name.
    private func isLibraryFunction(_ name: String) -> Bool {
        if LibraryModels.model(named: name) != nil || LibraryModels.unfortified(name) != nil { return true }
        let plain = String(name.dropFirst("__builtin_".count))
        // They give nothing back, and there is no function of the name.
        if plain.hasSuffix("_inline") { return false }
        return [
            "mem", "str", "print", "fprint", "sprint", "snprint", "vprint", "vsnprint", "vsprint", "put", "fput",
            "malloc", "calloc", "realloc", "free", "exit", "is", "to", "abs", "labs", "llabs", "sqrt", "pow", "floor",
            "ceil", "__mem", "__str", "__sprint", "__snprint", "__vs", "log", "exp", "sin", "cos", "tan", "round",
            "trunc",
            "fmod", "ldexp", "frexp", "bcmp", "bzero", "alloca", "setjmp", "longjmp",
        ].contains { plain.hasPrefix($0) }
    }

    /// Bit counts and byte swaps.
    private func bitBuiltin(_ name: String, _ arguments: [Node], _ node: Node, _ site: SiteID) -> Operand? {
        guard name.hasPrefix("__builtin_"), arguments.count >= 1, let type = arguments[0].type.integerType else {
            return nil
        }
        let stem = name.dropFirst("__builtin_".count)
        let bits = type.bits
        let isCount = ["clz", "ctz", "popcount", "ffs", "clrsb", "parity"].contains { stem.hasPrefix($0) }
        if isCount, program.isProvided(name) {
            let value = rvalue(arguments[0])
            if stem.hasPrefix("clz") || stem.hasPrefix("ctz") {
                check(.libraryPrecondition, compareIntegers(.notEqual, value, integer(0), site: site), site: site)
            }
            return callProvided(name, [(value, .integer(type))], result: node.type.scalarType, site: site)
        }
        if stem.hasPrefix("clz") || stem.hasPrefix("ctz") {
            let value = rvalue(arguments[0])
            // GNU C: undefined for 0.
            check(.libraryPrecondition, compareIntegers(.notEqual, value, integer(0), site: site), site: site)
            return bits.nonzeroBitCount == 1
                ? havoc(.unsigned(UInt8(bits.trailingZeroBitCount)), site: site) : below(Int128(bits), site)
        }
        if stem.hasPrefix("popcount") || stem.hasPrefix("ffs") || stem.hasPrefix("clrsb") {
            discard(arguments[0])
            return below(Int128(bits) + 1, site)
        }
        if stem.hasPrefix("parity") {
            discard(arguments[0])
            return havoc(.unsigned(1), site: site)
        }
        if stem.hasPrefix("bswap") { return byteSwap(rvalue(arguments[0]), type, site) }
        return nil
    }

    /// Any value from 0 to limit - 1.
    private func below(_ limit: Int128, _ site: SiteID) -> Operand {
        let result = havoc(.signed(32), site: site)
        assume(compareIntegers(.lessOrEqual, integer(0), result, site: site), site: site)
        assume(compareIntegers(.less, result, integer(limit), site: site), site: site)
        return result
    }

    private func byteSwap(_ operand: Operand, _ type: IntegerType, _ site: SiteID) -> Operand {
        let unsigned = IntegerType.unsigned(type.bits)
        var result = integer(0)
        for byte in 0..<Int128(type.bits) / 8 {
            let down = arithmetic(.shiftRight, operand, integer(byte * 8), type: unsigned, site: site)
            let single = arithmetic(.and, down, integer(255), type: unsigned, site: site)
            let up = arithmetic(
                .shiftLeft, single, integer(Int128(type.bits) - 8 - byte * 8), type: unsigned, site: site)
            result = arithmetic(.or, result, up, type: unsigned, site: site)
        }
        return result
    }

    private func floatBuiltin(_ name: String, _ arguments: [Node], _ node: Node, _ site: SiteID) -> Operand? {
        guard name.hasPrefix("__builtin_") else { return nil }
        let stem = name.dropFirst("__builtin_".count)
        switch stem {
        case "inf", "inff", "infl", "huge_val", "huge_valf", "huge_vall": return float(.infinity)
        case "nan", "nanf", "nanl":
            arguments.forEach(discard)
            return float(.nan)
        case "isnan":
            let value = rvalue(arguments[0])
            return compareFloats(.notEqual, value, value, site: site)
        case "isgreater", "isgreaterequal", "isless", "islessequal":
            let (a, b) = (rvalue(arguments[0]), rvalue(arguments[1]))
            let isSwapped = stem.hasPrefix("isgreater")
            return compareFloats(
                stem.hasSuffix("equal") ? .lessOrEqual : .less, isSwapped ? b : a, isSwapped ? a : b, site: site)
        case "isinf", "isfinite", "isnormal", "signbit", "signbitf", "signbitl", "isinf_sign", "isunordered",
            "islessgreater", "fpclassify":
            if let result = providedClassification(String(stem), arguments, node, site) { return result }
            arguments.forEach(discard)
            return havoc(.signed(32), site: site)
        default: return nil
        }
    }

    /// Who executes the program provides a function for each format, with the suffixes of <math.h>.
    private func providedClassification(
        _ stem: String, _ arguments: [Node], _ node: Node, _ site: SiteID
    ) -> Operand? {
        guard case .float(let format) = arguments.last?.type.scalarType else { return nil }
        let plain = stem.hasPrefix("signbit") ? "signbit" : stem
        let suffix: String =
            switch format {
            case .binary32: "f"
            case .binary64: ""
            case .extended80: "l"
            }
        let name = "__builtin_" + plain + suffix
        guard program.isProvided(name) else { return nil }
        let list = arguments.compactMap { argument in
            argument.type.scalarType.map { (value: rvalue(argument), type: $0) }
        }
        return callProvided(name, list, result: node.type.scalarType, site: site)
    }

    /// GNU checked arithmetic: the exact result, reduced into the type of the object, and whether it did not fit.
    private func checkedArithmetic(_ node: Node, _ name: String, site: SiteID) -> Operand {
        let arguments = node.arguments
        let (a, b) = (rvalue(arguments[0]), rvalue(arguments[1]))
        let pointer = rvalue(arguments[2])
        let target = arguments[2].type.pointee
        guard let type = target.integerType, type.bits <= 64, let left = arguments[0].type.integerType, left.bits <= 64,
            let right = arguments[1].type.integerType, right.bits <= 64
        else { return unsupported(name, at: node.location, type: node.type.scalarType) }
        let exact: Operand
        if name == "__builtin_mul_overflow" {
            exact =
                left.bits + right.bits <= 126 || left.isSigned || right.isSigned
                ? exactProduct(a, b, site: site) : havoc(.signed(128), site: site)
        } else {
            exact = exactSum([(1, a), (name == "__builtin_add_overflow" ? 1 : -1, b)], site: site)
        }
        let reduced = convert(exact, to: type, site: site)
        store(reduced, to: .memory(MemoryPlace(base: pointer, type: target)), site: site)
        return compareIntegers(.notEqual, exact, reduced, site: site)
    }
}
