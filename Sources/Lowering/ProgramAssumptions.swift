// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// What the lowering takes for granted of every program.
extension ProgramLowering {
    func recordGeneralAssumptions() {
        _ = builder.assumption(
            .targetABI,
            "The target is \(units[0].targetTriple): 8-bit bytes, little-endian, 32-bit int, 64-bit long and pointers, two's complement."
        )
        _ = builder.assumption(
            .frontend, "clang \(clangVersion) reads the sources as the compiler that builds the program does.")
        _ = builder.assumption(
            .languageSemantics,
            "Where C leaves the order of evaluation open, it is left to right; of an assignment the place on the left comes first, and the old value that a compound assignment changes is read last."
        )
        _ = builder.assumption(
            .languageSemantics,
            "An access through a pointer may go to any part of its object, whatever member the pointer was made from, and any type may be used (-fno-strict-aliasing)."
        )
        _ = builder.assumption(
            .concurrency, "No other thread and no signal handler changes memory while the program runs.")
        _ = builder.assumption(.stackSpace, "The stack is large enough for every call and every automatic object.")
        for item in units.flatMap(\.declarations) where item.kind == .fileAssembly {
            _ = builder.assumption(
                .inlineAssembly, "Assembly at file scope defines and changes nothing that the program's C code uses.",
                site: builder.site(item.location))
        }
        if units.contains(where: \.hasFastMath) {
            _ = builder.assumption(
                .floatingPoint,
                "Floating-point operations follow IEEE 754 although a unit is compiled with -ffast-math or kin.")
        }
        if units.contains(where: \.mayContractFloatingPoint) {
            _ = builder.assumption(
                .floatingPoint, "The compiler does not fuse a multiplication and an addition (-ffp-contract=off).")
        }
    }
}
