// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

extension Verifier {
    mutating func checkObject(_ id: ObjectID) {
        let object = program.objects[Int(id)]
        place = Violation(rule: .wrongObject, message: "", object: id, name: object.name)
        demandAlignment(object.alignment)
        demandSite(object.site)
        let isOwned = object.kind == .local || object.kind == .labels
        if isOwned {
            demand(object.owner, in: program.functions.indices, "function that owns the object,")
        } else {
            demand(object.owner == -1, .wrongObject, "an object with static storage has an owner")
        }
        demand(
            object.size >= 0 || (object.size == -1 && object.kind == .local), .wrongObject,
            "the size \(object.size) is negative")
        demand(
            object.kind == .local ? listedObjects.contains(id) : !listedObjects.contains(id), .wrongObject,
            "functions list their automatic objects, and only those")
        checkInitializer(of: object)
    }

    private mutating func checkInitializer(of object: Object) {
        guard !object.initializer.isEmpty else { return }
        guard
            demand(
                object.kind == .global || object.kind == .constant, .wrongInitializer,
                "only global and constant objects have initial values")
        else { return }
        demandLimit(object.initializer.count, "initial runs")
        let end = Int128(object.size) * 8
        var cells: [Range<Int128>] = []
        for (run, next) in zip(object.initializer, object.initializer.dropFirst()) {
            demand(run.position < next.position, .wrongInitializer, "the initial runs are not in order")
        }
        for run in object.initializer {
            demandType(run.type)
            demandLimit(run.values.count, "initial values")
            demand(!run.values.isEmpty, .wrongInitializer, "an initial run is empty")
            let width = Int128(run.type.storageBits)
            guard
                demand(
                    run.values.count == 1 ? run.stride == 0 : Int128(run.stride) >= width, .wrongInitializer,
                    "the stride \(run.stride) of an initial run does not fit its cells")
            else { continue }
            for (index, value) in run.values.enumerated() {
                let start = Int128(run.position) + Int128(index) * Int128(run.stride)
                cells.append(start..<start + width)
                checkInitialValue(value, of: run.type)
            }
        }
        cells.sort { $0.lowerBound < $1.lowerBound }
        guard let first = cells.first, let last = cells.last else { return }
        demand(
            first.lowerBound >= 0 && last.upperBound <= end, .wrongInitializer, "an initial cell leaves the object")
        let overlap = zip(cells, cells.dropFirst()).first { $0.upperBound > $1.lowerBound }
        demand(overlap == nil, .wrongInitializer, "initial cells overlap at bit \(overlap?.1.lowerBound ?? 0)")
    }

    private mutating func checkInitialValue(_ value: InitialValue, of type: ScalarType) {
        let demanded: ScalarClass
        switch value {
        case .integer: demanded = .integer
        case .float: demanded = .float
        case .null: demanded = .pointer
        case .object(let object, _):
            demanded = .pointer
            if demand(object, in: program.objects.indices, "object") {
                demand(
                    program.objects[Int(object)].kind != .local, .wrongInitializer,
                    "an initial value names an automatic object")
            }
        case .function(let function):
            demanded = .pointer
            demand(function, in: program.functions.indices, "function")
        case .unknown: return
        }
        demand(type.scalarClass == demanded, .wrongInitializer, "an initial value has another class than its cell")
    }
}
