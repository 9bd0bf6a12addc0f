// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Finding the relations that speak of a symbol. A tree may learn thousands of them, and an executor is copied at each
// branch, so the index is flat: lists of links, the latest first.
extension Executor {
    mutating func add(_ relation: Relation) {
        for term in relation.terms {
            relationLinks.append(
                RelationLink(relation: Int32(relations.count), previous: latestLink[term.symbol] ?? -1))
            latestLink[term.symbol] = Int32(relationLinks.count - 1)
        }
        relations.append(relation)
    }

    /// Places of the relations over a symbol, the latest first.
    func relations(over symbol: Int32) -> [Int] {
        guard var link = latestLink[symbol] else { return [] }
        var result: [Int] = []
        while link >= 0 {
            result.append(Int(relationLinks[Int(link)].relation))
            link = relationLinks[Int(link)].previous
        }
        return result
    }

    /// Places of the relations over any symbol of the form, the latest first.
    func relations(over form: LinearForm) -> [Int] {
        if form.terms.count == 1 { return relations(over: form.terms[0].symbol) }
        var result: Set<Int> = []
        for term in form.terms { result.formUnion(relations(over: term.symbol)) }
        return result.sorted(by: >)
    }
}

/// One of the relations over a symbol, and the link to the one learnt before it (-1: none).
struct RelationLink {
    var relation: Int32
    var previous: Int32
}
