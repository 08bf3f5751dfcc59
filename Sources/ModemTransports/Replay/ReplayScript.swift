internal import ATProtocol

/// A recorded dialogue, played back against what a host writes now.
///
/// The module's part follows the host's: nothing is due before the host has written what it had written by then.
struct ReplayScript {
    enum Step: Equatable {
        case host(Record)
        /// One piece as it had arrived.
        case module([UInt8], at: Moment)
        case lost(at: Moment)
    }

    enum Next: Equatable {
        /// The host's turn; it came at this recorded time.
        case host(at: Moment)
        case deliver([UInt8], at: Moment)
        case lose(at: Moment)
        case end
    }

    /// How many of the host's writes may be skipped to find one that fits.
    private static let reach = 8

    private var steps: [Step]
    /// The first step that is not passed.
    private var position = 0
    /// The first step that the host's writes have not reached; all before it are in order.
    private var hostPosition = 0
    private(set) var differences: [ReplayDifference] = []

    /// - Parameter records: of one trace, in its order. Records without bytes are passed over, but for lost ports.
    init(_ records: [Record]) {
        steps = records.flatMap(Self.steps)
    }

    private static func steps(_ record: Record) -> [Step] {
        switch record.kind {
        case .tx:
            return [.host(record)]
        case .echo, .line, .prompt, .frame, .dataecho, .noise:
            return pieces(record)
        case .port:
            return record.reading.hasPrefix("vanished") ? [.lost(at: record.at)] : []
        case .submit, .ack, .done, .resolve, .timer, .state, .anomaly, .dropped:
            return []
        }
    }

    private static func pieces(_ record: Record) -> [Step] {
        var rest = record.bytes[...]
        var steps: [Step] = []
        for cut in record.cuts where !rest.isEmpty {
            steps.append(.module(Array(rest.prefix(cut.count)), at: cut.at))
            rest = rest.dropFirst(cut.count)
        }
        if !rest.isEmpty { steps.append(.module(Array(rest), at: record.at)) }
        return steps
    }

    var next: Next {
        guard position < steps.count else { return .end }
        switch steps[position] {
        case .host(let record): return .host(at: record.at)
        case .module(let bytes, let at): return .deliver(bytes, at: at)
        case .lost(let at): return .lose(at: at)
        }
    }

    /// The step of `next`, which is no host's, has been carried out.
    mutating func pass() {
        position += 1
        passWritten()
    }

    /// - Returns: the recorded time of the write that this one was compared with; nil: the trace has none left.
    mutating func hostWrote(_ bytes: [UInt8]) -> Moment? {
        let ahead = hostSteps(from: hostPosition, count: Self.reach)
        guard let first = ahead.first else {
            differences.append(
                ReplayDifference(kind: .extra, record: nil, expected: [], written: bytes, at: lastTime)
            )
            return nil
        }
        let hit = ahead.firstIndex { Self.fits(bytes, $0.record) }
        if let hit {
            for skipped in ahead[..<hit] { differ(.missing, skipped.record, []) }
        } else {
            differ(.changed, first.record, bytes)
            replaceEcho(of: first.record.bytes, at: first.index, by: bytes)
        }
        let reached = ahead[hit ?? 0]
        hostPosition = reached.index + 1
        passWritten()
        return reached.record.at
    }

    /// The module echoes what it gets: where it had echoed the recorded bytes, it echoes what was written instead, so
    /// that the answer behind it is taken for one.
    private mutating func replaceEcho(of recorded: [UInt8], at index: Int, by written: [UInt8]) {
        var rest = recorded[...]
        var echoes: [Int] = []
        for step in steps.indices.dropFirst(index + 1) where !rest.isEmpty {
            guard case .module(let bytes, _) = steps[step], bytes.starts(with: rest.prefix(bytes.count)) else { return }
            echoes.append(step)
            rest = rest.dropFirst(bytes.count)
        }
        guard rest.isEmpty else { return }
        var left = recorded.count
        for (number, step) in echoes.enumerated() {
            guard case .module(let bytes, let at) = steps[step] else { return }
            let behind = Array(bytes.dropFirst(left))
            left -= min(left, bytes.count)
            steps[step] = .module((number == 0 ? written : []) + behind, at: at)
        }
    }

    /// What the host has not written until now.
    var unwritten: [ReplayDifference] {
        hostSteps(from: hostPosition, count: .max).map {
            ReplayDifference(
                kind: .missing,
                record: $0.record.number,
                expected: $0.record.bytes,
                written: [],
                at: $0.record.at
            )
        }
    }

    private mutating func passWritten() {
        while position < hostPosition, position < steps.count, case .host = steps[position] { position += 1 }
    }

    private func hostSteps(from start: Int, count: Int) -> [(index: Int, record: Record)] {
        var found: [(index: Int, record: Record)] = []
        for index in start..<steps.count {
            guard case .host(let record) = steps[index] else { continue }
            found.append((index, record))
            if found.count == count { break }
        }
        return found
    }

    private mutating func differ(_ kind: ReplayDifference.Kind, _ record: Record, _ written: [UInt8]) {
        differences.append(
            ReplayDifference(kind: kind, record: record.number, expected: record.bytes, written: written, at: record.at)
        )
    }

    private var lastTime: Moment {
        for step in steps[..<position].reversed() {
            switch step {
            case .host(let record): return record.at
            case .module(_, let at), .lost(let at): return at
            }
        }
        return Moment(nanoseconds: 0)
    }

    /// Equal but for masked bytes, of which only the number counts.
    private static func fits(_ bytes: [UInt8], _ record: Record) -> Bool {
        guard bytes.count == record.bytes.count else { return false }
        return bytes.indices.allSatisfy { index in
            bytes[index] == record.bytes[index] || record.mask.contains { $0.range.contains(index) }
        }
    }
}
