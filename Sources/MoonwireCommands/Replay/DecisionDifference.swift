internal import ATProtocol
internal import ModemTransports

/// One place where a trace and a replay part.
struct DecisionDifference: Equatable, Sendable {
    /// Recorded time.
    var at: Moment
    /// Number of the trace's record; nil: the trace has none for it.
    var record: UInt64?
    /// Nil: nothing.
    var recorded: String?
    var now: String?
}

extension DecisionDifference {
    init(_ difference: ReplayDifference) {
        at = difference.at
        record = difference.record
        switch difference.kind {
        case .changed:
            recorded = ByteText.shown(difference.expected)
            now = ByteText.shown(difference.written)
        case .missing: recorded = ByteText.shown(difference.expected)
        case .extra: now = ByteText.shown(difference.written)
        }
    }

    var json: JSONValue {
        [
            "t": .number(Double(at.nanoseconds) / 1e9), "n": record.map { .integer(Int128($0)) } ?? .null,
            "recorded": recorded.map { .string($0) } ?? .null, "now": now.map { .string($0) } ?? .null,
        ]
    }
}
