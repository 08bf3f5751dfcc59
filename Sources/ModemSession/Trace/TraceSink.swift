public import ATProtocol

/// Takes the records of one session. Called on the session's executor: it must never wait.
public protocol TraceSink: AnyObject, Sendable {
    /// The first call.
    func begin(_ header: TraceHeader)

    /// Records come in the order of their numbers.
    func record(_ record: consuming Record, wall: WallTime)

    /// No record follows. Returns when everything is stored, or the sink has failed.
    func finish() async
}

/// What stands on the first line of a trace.
public struct TraceHeader: Equatable, Sendable {
    /// Name of the module's profile: "a7600".
    public var profile: String
    public var port: String
    /// Bits per second of the line, on which deadlines depend; nil: unknown, or unpaced.
    public var baud: Int?
    /// When the session began.
    public var wall: WallTime
    /// The same point on the session's clock; a record's `t` counts from here.
    public var origin: Moment

    public init(profile: String, port: String, baud: Int? = nil, wall: WallTime, origin: Moment) {
        self.profile = profile
        self.port = port
        self.baud = baud
        self.wall = wall
        self.origin = origin
    }
}
