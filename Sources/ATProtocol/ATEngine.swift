/// The protocol core of one modem: bytes and time in, actions out.
public struct ATEngine: ~Copyable, Sendable {
    public let configuration: Configuration

    public init(configuration: Configuration) {
        self.configuration = configuration
    }

    public mutating func opened(_ port: PortGeneration, at now: Moment, into out: inout [Action]) {}
    /// - Parameter now: arrival of the bytes at the port.
    public mutating func received(_ bytes: Span<UInt8>, at now: Moment, into out: inout [Action]) {}
    /// The last byte of `write` has left.
    public mutating func written(_ write: WriteID, at now: Moment, into out: inout [Action]) {}
    public mutating func submitted(_ id: ExchangeID, _ command: Command, at now: Moment, into out: inout [Action]) {}
    public mutating func cancelled(_ id: ExchangeID, at now: Moment, into out: inout [Action]) {}
    public mutating func timerFired(at now: Moment, into out: inout [Action]) {}
    public mutating func closed(_ loss: PortLoss, at now: Moment, into out: inout [Action]) {}
}
