/// Finds the declared unsolicited line that a line is, by its name.
final class URCTable: Sendable {
    private let shapes: [LineShape]
    private let matchers: [LineMatcher]
    private let meanings: [URCSpec.Meaning]
    /// First spec of each hash of a name, and the next one behind a spec, in order of declaration; -1: none.
    private let firsts: [Int16]
    private let nexts: [Int16]
    /// Specs whose shape has no packed name: compared one by one.
    private let others: [Int]

    init(_ specs: [URCSpec]) {
        shapes = specs.map(\.shape)
        matchers = shapes.map { LineMatcher($0) }
        meanings = specs.map(\.meaning)
        var firsts = [Int16](repeating: -1, count: 256)
        var nexts = [Int16](repeating: -1, count: specs.count)
        var others: [Int] = []
        for index in specs.indices.reversed() {
            if let name = matchers[index].lookup {
                nexts[index] = firsts[name.hash]
                firsts[name.hash] = Int16(index)
            } else {
                others.insert(index, at: 0)
            }
        }
        self.firsts = firsts
        self.nexts = nexts
        self.others = others
    }

    func meaning(of id: URCSpec.ID) -> URCSpec.Meaning { meanings[id] }

    /// Names of which a spec may accept lines.
    var names: NameSet {
        var names = NameSet()
        for index in shapes.indices {
            if let name = matchers[index].lookup { names.insert(name) } else { names.insertAll() }
        }
        return names
    }

    /// The first declared spec that accepts the line.
    @inline(__always)
    func first(accepting line: Span<UInt8>, named name: LineName) -> URCSpec.ID? {
        var candidate = Int(firsts[name.hash])
        while candidate >= 0 {
            if matchers[candidate].accepts(line, named: name) == true { return candidate }
            candidate = Int(nexts[candidate])
        }
        return others.isEmpty ? nil : others.first { shapes[$0].accepts(line) }
    }
}
