internal import ATProtocol

/// One record as it stands in a trace.
struct TraceEntry: Equatable, Sendable {
    /// Times count from the beginning of the session.
    var record: Record
    /// UTC, as written: `2026-03-01T09:38:02.114912Z`; empty: not written.
    var wall: String
    /// How many records a `dropped` stands for.
    var dropped: Int?

    init(record: Record, wall: String = "", dropped: Int? = nil) {
        self.record = record
        self.wall = wall
        self.dropped = dropped
    }
}

/// What the first line of a trace says.
struct TraceOrigin: Equatable, Sendable {
    /// Name of the module's profile: "a7600".
    var profile: String
    var port: String
    /// Bits per second; nil: not said.
    var baud: Int?
    /// When the session began, UTC, as written.
    var wall: String
}
