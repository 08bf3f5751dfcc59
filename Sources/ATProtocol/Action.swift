/// What the owner of the engine has to do, in this order.
public enum Action: Equatable, Sendable {
    /// One transport write, never split or merged.
    case write(WriteID, [UInt8])
    /// The engine's only timer; replaces the one before. Nil: none.
    case setDeadline(Moment?)
    /// `OK` is here, the asynchronous result is still to come.
    case acknowledge(ExchangeID)
    /// Exactly once per submitted exchange.
    case complete(ExchangeID, Result<Reply, ATFailure>)
    /// Numbered, in wire order.
    case deliver(Event)
    case link(LinkRequest)
    /// Already redacted.
    indirect case trace(Record)
}

/// A step of the recovery ladder that only the owner of the port can take.
public enum LinkRequest: Equatable, Sendable {
    case toggleDTR
    /// One second of silence, `+++`, one second of silence.
    case escape
    case reopen
    /// A power or reset line, where the profile has one.
    case reset
}

/// Why a port is gone.
public enum PortLoss: Equatable, Sendable {
    /// End of file, EIO, a closed socket, an unplugged device.
    case vanished
    /// The owner closed it.
    case closed
}
