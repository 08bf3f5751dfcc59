public import ATProtocol
public import Logging

/// One modem: feeds what its line delivers to the protocol core and carries out what the core decides.
///
/// All calls are safe from any thread. Completions, acknowledgements, event and port handlers run on `executor`, one
/// after the other, in the order of the wire; they must not wait, and may submit commands.
public actor ModemSession {
    public nonisolated let executor: any LineExecutor

    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    init(executor: any LineExecutor) { self.executor = executor }

    /// What the core last said of the link.
    public nonisolated var state: LinkState { .closed }

    /// Queues `command` and waits until it has completed.
    ///
    /// Cancelling the task answers at once with `cancelled`; what the module still says is kept from other commands.
    /// - Parameter acknowledged: `OK` is here, the asynchronous result is still to come.
    public nonisolated func send(
        _ command: Command,
        acknowledged: (@Sendable () -> Void)? = nil
    ) async throws(ATFailure) -> Reply { fatalError() }

    /// Queues `command`; `completion` is called exactly once.
    @discardableResult
    public nonisolated func submit(
        _ command: Command,
        acknowledged: (@Sendable () -> Void)? = nil,
        completion: @escaping @Sendable (Result<Reply, ATFailure>) -> Void
    ) -> ExchangeID { fatalError() }

    /// Cancels a submitted command. Nothing happens if it has completed.
    public nonisolated func cancel(_ id: ExchangeID) {}

    /// Events from now on; armed when the call returns.
    public nonisolated func subscribe(
        _ filter: EventFilter = .all,
        capacity: Subscription.Capacity = Subscription.Capacity()
    ) -> Subscription { fatalError() }

    /// Calls `handler` with each event from now on, in wire order with completions and acknowledgements.
    @discardableResult
    public nonisolated func observe(_ handler: @escaping @Sendable (Event) -> Void) -> Observation { fatalError() }

    @discardableResult
    public nonisolated func observePort(_ handler: @escaping @Sendable (PortChange) -> Void) -> Observation {
        fatalError()
    }
}

/// Opens the transport's line, runs `body` with a session on it, and closes the line.
///
/// `body` starts as soon as the line is open; commands wait in the queue until the module has answered. Leaving the
/// scope fails what is open with `closed` and ends every subscription.
/// - Throws: `TransportError` if the line cannot be opened at first, and whatever `body` throws.
public func withSession<Result>(
    on transport: any ModemTransport,
    configuration: Configuration,
    options: SessionOptions = SessionOptions(),
    trace: (any TraceSink)? = nil,
    logger: Logger = Logger(label: "moonwire.session"),
    _ body: (ModemSession) async throws -> Result
) async throws -> Result { fatalError() }
