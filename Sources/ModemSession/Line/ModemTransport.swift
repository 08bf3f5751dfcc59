public import ATProtocol

/// A way to reach a modem's AT interface: a serial port, a socket, a simulated module.
public protocol ModemTransport: Sendable {
    /// How an operator names it: `/dev/ttyUSB2`, `tcp://lab:7000`.
    var name: String { get }

    /// Where the line's inputs are delivered.
    var executor: any LineExecutor { get }

    /// Opens the line, runs `body`, and closes the line when `body` returns, throws or is cancelled.
    ///
    /// May be called again after it has returned: each call is one opening, never two at a time.
    ///
    /// - Parameters:
    ///   - deliver: called on `executor`, one input after the other, in the order of the wire. `closed` comes at most
    ///     once and is the last input. Nothing is delivered after `withLine` has returned.
    ///   - body: runs while the line is open. The line does not close by itself when the peer is gone: `closed` is
    ///     delivered, and `body` has to return.
    /// - Throws: `TransportError` if the line cannot be opened, and whatever `body` throws.
    func withLine<Result>(
        delivering deliver: @escaping @Sendable (LineInput) -> Void,
        _ body: (any OpenLine) async throws -> Result
    ) async throws -> Result
}

/// What a line tells its owner, in the order of the wire.
public enum LineInput: Equatable, Sendable {
    /// Never empty. `at`: when the port handed them over.
    case bytes([UInt8], at: Moment)
    /// The last byte of this write has been handed to the port. Never comes after bytes that answer it.
    case written(WriteID, at: Moment)
    /// The line is gone. The last input.
    case closed(PortLoss, at: Moment)
}

/// A line that is open.
public protocol OpenLine: AnyObject, Sendable {
    /// Writes all of `bytes` in one piece, behind all earlier writes. Only to be called on the transport's executor.
    ///
    /// Answered by `written`, or by `closed` if the line is lost first.
    func write(_ bytes: [UInt8], as id: WriteID)

    /// Whether bytes have arrived that were not delivered yet. A deadline is not due while there are.
    var hasUndeliveredBytes: Bool { get }

    /// Drops DTR for a while, where the line has one; nothing elsewhere.
    func pulseDTR(for duration: Duration)
}

extension OpenLine {
    public func pulseDTR(for duration: Duration) {}
}
