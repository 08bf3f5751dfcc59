/// Numbers the records of the trace and gives every received byte to exactly one of them.
///
/// The line feed behind a line belongs to the line's record, so a record that ends with CR is kept until the next byte
/// is there, or anything else happens; what is recorded meanwhile waits behind it.
struct Tracer: ~Copyable, Sendable {
    let isOn: Bool
    /// Number of the last record of a line.
    private(set) var lastLine: UInt64 = 0
    private var next: UInt64 = 0
    /// Received and not in a record yet.
    private var received: [UInt8] = []
    private var cuts: [Record.Cut] = []
    /// Bytes of the coming token that are in the record before it already.
    private var ahead = 0
    private var waiting: [Record] = []

    init(isOn: Bool) { self.isOn = isOn }

    mutating func read(_ bytes: Span<UInt8>, at now: Moment) {
        guard !bytes.isEmpty else { return }
        bytes.withUnsafeBufferPointer { received.append(contentsOf: $0) }
        if let last = cuts.indices.last, cuts[last].at == now {
            cuts[last].count += bytes.count
        } else {
            cuts.append(Record.Cut(at: now, count: bytes.count))
        }
    }

    /// Takes the stream bytes of a token out; nil: all that is left.
    mutating func take(_ length: Int?) -> (bytes: [UInt8], cuts: [Record.Cut]) {
        let count = min(received.count, max(0, (length ?? received.count + ahead) - ahead))
        ahead = 0
        let bytes = Array(received[..<count])
        received.removeSubrange(..<count)
        return (bytes, takeCuts(count))
    }

    private mutating func takeCuts(_ count: Int) -> [Record.Cut] {
        var left = count
        var taken: [Record.Cut] = []
        while left > 0, let first = cuts.first {
            let step = min(left, first.count)
            taken.append(Record.Cut(at: first.at, count: step))
            left -= step
            if step == first.count { cuts.removeFirst() } else { cuts[0].count -= step }
        }
        return taken
    }

    /// - Parameter isLine: the record's number is that of the line being read.
    mutating func add(_ record: consuming Record, isLine: Bool = false, into actions: inout [Action]) {
        record.number = next
        if isLine { lastLine = next }
        next += 1
        if !record.cuts.isEmpty { flush(into: &actions) }
        if !waiting.isEmpty || record.bytes.last == .carriageReturn && !record.cuts.isEmpty {
            waiting.append(record)
        } else {
            actions.append(.trace(record))
        }
    }

    /// Completes the record that waits for its line feed, if the next byte is known.
    mutating func absorbLineFeed(into actions: inout [Action]) {
        guard !waiting.isEmpty, let byte = received.first else { return }
        if byte == .lineFeed {
            received.removeFirst()
            ahead += 1
            waiting[0].bytes.append(byte)
            waiting[0].cuts.merge(takeCuts(1))
        }
        flush(into: &actions)
    }

    mutating func flush(into actions: inout [Action]) {
        guard !waiting.isEmpty else { return }
        for record in waiting { actions.append(.trace(record)) }
        waiting.removeAll(keepingCapacity: true)
    }
}

extension Array<Record.Cut> {
    fileprivate mutating func merge(_ more: [Record.Cut]) {
        for cut in more {
            if let last = indices.last, self[last].at == cut.at {
                self[last].count += cut.count
            } else {
                append(cut)
            }
        }
    }
}
