/// One record of the trace, redacted before it exists. The sink adds the wall time and writes it.
public struct Record: Equatable, Sendable {
    public enum Kind: String, Equatable, Sendable {
        // With bytes; those received, joined, are the stream.
        case tx, echo, line, prompt, frame, dataecho, noise
        // Without bytes.
        case submit, ack, done, resolve, timer, state, anomaly, dropped, port
    }

    /// Runs from 0 in each session.
    public var number: UInt64
    public var at: Moment
    public var generation: PortGeneration
    public var exchange: ExchangeID?
    public var kind: Kind
    /// Redacted bytes with their line ends; empty for kinds without bytes.
    public var bytes: [UInt8]
    /// What a line was taken for ("info", "final", "result", "urc", "unknown", "held"), or a note for kinds without bytes.
    public var reading: String
    /// The classification rule that fitted, 1…7; 0: none.
    public var rule: Int
    /// Arrival time and size of each piece the bytes came in.
    public var cuts: [Cut]
    public var mask: [Mask]
    /// For `resolve`: the number of the record whose reading was open.
    public var resolves: UInt64?

    public init(
        number: UInt64,
        at: Moment,
        generation: PortGeneration,
        exchange: ExchangeID? = nil,
        kind: Kind,
        bytes: [UInt8] = [],
        reading: String = "",
        rule: Int = 0,
        cuts: [Cut] = [],
        mask: [Mask] = [],
        resolves: UInt64? = nil
    ) {
        self.number = number
        self.at = at
        self.generation = generation
        self.exchange = exchange
        self.kind = kind
        self.bytes = bytes
        self.reading = reading
        self.rule = rule
        self.cuts = cuts
        self.mask = mask
        self.resolves = resolves
    }

    public struct Cut: Equatable, Sendable {
        public var at: Moment
        public var count: Int
        public init(at: Moment, count: Int) {
            self.at = at
            self.count = count
        }
    }

    /// A masked range of `bytes` and what stood there.
    public struct Mask: Equatable, Sendable {
        public var range: Range<Int>
        public var label: String
        public init(range: Range<Int>, label: String) {
            self.range = range
            self.label = label
        }
    }
}
