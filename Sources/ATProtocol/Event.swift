/// Something that happened on the line, numbered in wire order.
public struct Event: Equatable, Sendable {
    public var sequence: UInt64
    /// Arrival of its last byte.
    public var at: Moment
    public var body: Body

    public init(sequence: UInt64, at: Moment, body: Body) {
        self.sequence = sequence
        self.at = at
        self.body = body
    }

    public enum Body: Equatable, Sendable {
        /// Nil: a line nobody declared.
        case urc(Line, URCSpec.ID?)
        /// A length frame: `+CMQTTRXPAYLOAD: 0,24` and its 24 bytes.
        case frame(Frame)
        /// Something that belonged to an exchange whose caller has been answered already.
        case late(ExchangeID, LateOutcome)
        case anomaly(Anomaly)
        case state(LinkState)
        case restarted(expected: Bool)
    }
}

public enum LateOutcome: Equatable, Sendable {
    case line(Line)
    case succeeded(Line?)
    case failed(Line?)
    /// Its grace ended and nothing came.
    case neverAnswered
    /// The data phase it had opened was filled up with spaces and discarded.
    case payloadAborted
}

public enum Anomaly: Equatable, Sendable {
    /// A line outside frames crossed the limit; the rest of it was skipped.
    case overflow(limit: Int)
    case strayFinal(Line)
    case unexpectedPrompt
    case holdOverflow
    case truncatedFrame(got: Int, of: Int)
    case frameSuspect([UInt8])
    case frameRefused(Line)
    /// A line read in quarantine: it completes nothing.
    case quarantined(Line)
}

public enum LinkState: Equatable, Sendable {
    case closed, synchronising, ready, silent, reopening, resetting, restarting, failed
}
