// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

import CSyntax
import ProgramIR

/// How a C function type becomes registers.
///
/// An aggregate result comes back through a pointer in front of the parameters; an aggregate argument is the address of
/// a copy that the caller makes; a variadic function gets the address of its packed variable arguments behind the
/// parameters.
struct Signature: Hashable {
    enum Parameter: Hashable {
        case resultAddress
        case scalar(ScalarType)
        case aggregate
        case variableArguments
    }

    var parameters: [Parameter]
    var result: ScalarType?
    var isVariadic: Bool
    /// The number of declared parameters.
    var declaredCount: Int

    var registers: [ScalarType] {
        parameters.map { if case .scalar(let type) = $0 { type } else { .pointer } }
    }
    var returnsThroughMemory: Bool { parameters.first == .resultAddress }

    /// Nil if a type has no form in the IR.
    init?(result: CType, parameters: [CType], isVariadic: Bool) {
        var shapes: [Parameter] = []
        for parameter in parameters {
            guard let shape = Parameter(parameter) else { return nil }
            shapes.append(shape)
        }
        self.init(result: result, shapes: shapes, isVariadic: isVariadic)
    }

    init?(result type: CType, shapes: [Parameter], isVariadic: Bool) {
        var list: [Parameter] = []
        if type.isAggregate {
            list.append(.resultAddress)
        } else if !type.isVoid {
            guard let scalar = type.scalarType else { return nil }
            result = scalar
        }
        list += shapes
        if isVariadic { list.append(.variableArguments) }
        parameters = list
        self.isVariadic = isVariadic
        declaredCount = shapes.count
    }

    /// The signature of a function as it is declared or defined. Where no prototype is in scope, arguments arrive after
    /// the default argument promotions (C11 6.5.2.2p6).
    init?(of function: Declaration) {
        let type = function.type
        guard type.kind == .functionWithoutPrototype else {
            self.init(result: type.result, parameters: type.parameters, isVariadic: type.isVariadic)
            return
        }
        var shapes: [Parameter] = []
        for parameter in function.parameters {
            guard let shape = Parameter(parameter.type) else { return nil }
            shapes.append(parameter.isOldStyle ? shape.promoted : shape)
        }
        self.init(result: type.result, shapes: shapes, isVariadic: false)
    }
}

extension Signature.Parameter {
    init?(_ type: CType) {
        if type.isAggregate {
            self = .aggregate
        } else if let scalar = type.scalarType {
            self = .scalar(scalar)
        } else {
            return nil
        }
    }

    /// After the default argument promotions.
    var promoted: Signature.Parameter {
        switch self {
        case .scalar(.integer(let type)) where type.bits < 32: .scalar(.signed(32))
        case .scalar(.float(.binary32)): .scalar(.float(.binary64))
        default: self
        }
    }
}
