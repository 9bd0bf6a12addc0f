// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

// Finding the relations that speak of a symbol. A tree may learn thousands of them, and an executor is copied at each
// branch, so the index is flat: lists of links, the latest first.
extension Executor {
    mutating func add(_ relation: Relation) {
        for term in relation.terms {
            relationLinks.append(
                RelationLink(relation: Int32(relations.count), previous: Int32(latestLink[term.symbol] ?? -1)))
            latestLink[term.symbol] = relationLinks.count - 1
        }
        relations.append(relation)
        relationState = chains.newState()
    }

    /// Places of the relations over any of the symbols, the latest first.
    func relations(over symbols: some Sequence<Int32>) -> [Int] {
        var result: [Int] = []
        // Each list descends, so the next one is at the head of a list.
        var heads = symbols.compactMap { latestLink[$0].map(Int32.init) }
        while let latest = heads.map({ relationLinks[Int($0)].relation }).max() {
            result.append(Int(latest))
            for index in heads.indices.reversed() where relationLinks[Int(heads[index])].relation == latest {
                heads[index] = relationLinks[Int(heads[index])].previous
                if heads[index] < 0 { heads.remove(at: index) }
            }
        }
        return result
    }

    /// These symbols and those that relations connect with them, up to a limit.
    func symbolsRelated(to symbols: [Int32], atMost limit: Int = 64) -> Set<Int32> {
        var result = Set(symbols), queue = symbols
        while let symbol = queue.popLast(), result.count < limit {
            var link = Int32(latestLink[symbol] ?? -1)
            while link >= 0 {
                let relation = relations[Int(relationLinks[Int(link)].relation)]
                for term in relation.terms where result.insert(term.symbol).inserted { queue.append(term.symbol) }
                link = relationLinks[Int(link)].previous
            }
        }
        return result
    }
}

/// One of the relations over a symbol, and the link to the one learnt before it (-1: none).
struct RelationLink {
    var relation: Int32
    var previous: Int32
}
