public import ATProtocol

/// Where the host did not write what it wrote when the trace was recorded.
public struct ReplayDifference: Equatable, Sendable {
    public enum Kind: Equatable, Sendable {
        /// Something else was written in its place.
        case changed
        /// The host went on to what it wrote later.
        case missing
        /// The trace has nothing at all for it.
        case extra
    }

    public var kind: Kind
    /// The trace's record; nil for `extra`.
    public var record: UInt64?
    /// As recorded, secrets masked; empty for `extra`.
    public var expected: [UInt8]
    /// As written; empty for `missing`.
    public var written: [UInt8]
    /// Recorded time of the record, since the session began; for `extra` that of the last one passed.
    public var at: Moment

    public init(kind: Kind, record: UInt64?, expected: [UInt8], written: [UInt8], at: Moment) {
        self.kind = kind
        self.record = record
        self.expected = expected
        self.written = written
        self.at = at
    }
}
