// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: ai-check contributors

/// Paths with few edges and a bound on their length, in a graph with edges of any sign.
///
/// Bellman and Ford's algorithm by layers: layer k has the vertices that a path of k edges reaches by less than every
/// shorter one. Only these are followed, and the search ends as soon as the goal is near enough.
struct OctagonPathSearch {
    struct Edge {
        var target: Int
        var weight: Int128
        /// The constraint it stands for, and how often that counts in the sum along a path.
        var fact: Int
        var multiplier: Int128
    }

    let edges: [[Edge]]

    /// A vertex as a layer reached it.
    private struct Visit {
        var vertex: Int
        var length: Int128
        /// The visit before, -1 for the start.
        var previous: Int
        var edge: Int
    }

    /// The path with the fewest edges that is at most so long; with the least possible bound, the shortest of all.
    /// Paths of more edges than `layers` are not looked for.
    func path(from start: Int, to goal: Int, atMost bound: Int128, layers: Int = .max) -> OctagonDeriver.Path? {
        var visits = [Visit(vertex: start, length: 0, previous: -1, edge: -1)]
        var least: [Int128?] = Array(repeating: nil, count: edges.count)
        least[start] = 0
        // Where the current layer has a vertex, if it does.
        var layerPlaces = Array(repeating: -1, count: edges.count)
        var best = -1
        var layer = 0..<1
        // A path that visits a vertex twice is shorter only where the constraints contradict each other.
        for _ in 0..<Swift.min(layers, edges.count + 1) where !layer.isEmpty {
            let next = visits.count
            for index in layer {
                let visit = visits[index]
                for (number, edge) in edges[visit.vertex].enumerated() {
                    let (length, overflow) = visit.length.addingReportingOverflow(edge.weight)
                    if overflow { continue }
                    if let known = least[edge.target], known <= length { continue }
                    least[edge.target] = length
                    let new = Visit(vertex: edge.target, length: length, previous: index, edge: number)
                    if layerPlaces[edge.target] >= next {
                        visits[layerPlaces[edge.target]] = new
                    } else {
                        layerPlaces[edge.target] = visits.count
                        visits.append(new)
                    }
                }
            }
            if layerPlaces[goal] >= next {
                best = layerPlaces[goal]
                if visits[best].length <= bound { return path(visits, best) }
            }
            layer = next..<visits.count
        }
        // Nothing was near enough; whoever asked for the least possible has it.
        return best >= 0 && bound <= Int128.min + 1 ? path(visits, best) : nil
    }

    private func path(_ visits: [Visit], _ end: Int) -> OctagonDeriver.Path {
        var terms: [OctagonDerivation.Term] = []
        var index = end
        while visits[index].previous >= 0 {
            let visit = visits[index]
            let edge = edges[visits[visit.previous].vertex][visit.edge]
            if let place = terms.firstIndex(where: { $0.fact == .given(edge.fact) }) {
                terms[place].multiplier += edge.multiplier
            } else {
                terms.append(OctagonDerivation.Term(multiplier: edge.multiplier, fact: .given(edge.fact)))
            }
            index = visit.previous
        }
        return OctagonDeriver.Path(terms: terms.reversed(), bound: visits[end].length)
    }
}
