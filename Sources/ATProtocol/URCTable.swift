/// Finds the declared unsolicited line that a line is, by its prefix.
final class URCTable: Sendable {
    private let specs: [URCSpec]
    /// Indices into `specs` by hash of the prefix, in order of declaration.
    private let buckets: [[Int32]]
    /// Specs whose prefix contains a colon, or that have none: compared one by one.
    private let others: [Int32]

    private static let bucketCount = 256

    init(_ specs: [URCSpec]) {
        self.specs = specs
        var buckets = [[Int32]](repeating: [], count: URCTable.bucketCount)
        var others: [Int32] = []
        for (index, spec) in specs.enumerated() {
            if case .prefixed(let prefix, _, _) = spec.shape, !prefix.contains(.colon) {
                buckets[URCTable.hash(prefix.span, prefix.count)].append(Int32(index))
            } else {
                others.append(Int32(index))
            }
        }
        self.buckets = buckets
        self.others = others
    }

    func meaning(of id: URCSpec.ID) -> URCSpec.Meaning { specs[id].meaning }

    /// The first declared spec that accepts the line.
    func first(accepting line: Span<UInt8>) -> URCSpec.ID? {
        let bucket = buckets[URCTable.hash(line, line.colon ?? line.count)]
        if let found = first(of: bucket, accepting: line) { return found }
        return others.isEmpty ? nil : first(of: others, accepting: line)
    }

    private func first(of candidates: [Int32], accepting line: Span<UInt8>) -> URCSpec.ID? {
        for candidate in candidates where specs[Int(candidate)].shape.accepts(line) { return Int(candidate) }
        return nil
    }

    private static func hash(_ bytes: Span<UInt8>, _ count: Int) -> Int {
        var hash = UInt32(truncatingIfNeeded: count)
        for index in 0..<count { hash = hash &* 31 &+ UInt32(bytes[index]) }
        return Int((hash ^ (hash >> 8)) & UInt32(bucketCount - 1))
    }
}
