public import ATProtocol
public import Logging

/// Opens the transport's line, runs `body` with a session on it, and closes the line.
///
/// `body` starts as soon as the line is open; commands wait in the queue until the module has answered. Leaving the
/// scope fails what is open with `closed` and ends every subscription. Cancelling the task cancels what waits in
/// `body`; the line stays open until `body` has returned, so that it can clean up.
/// - Throws: `TransportError` if the line cannot be opened at first, and whatever `body` throws.
public func withSession<Result>(
    on transport: any ModemTransport,
    configuration: Configuration,
    options: SessionOptions = SessionOptions(),
    trace: (any TraceSink)? = nil,
    logger: Logger = Logger(label: "moonwire.session"),
    _ body: (ModemSession) async throws -> Result
) async throws -> Result {
    let session = ModemSession(
        executor: transport.executor,
        configuration: configuration,
        options: options,
        trace: trace,
        logger: logger
    )
    trace?.begin(
        TraceHeader(
            profile: options.profile,
            port: transport.name,
            baud: configuration.baud,
            wall: WallTime.now(),
            origin: transport.executor.now()
        )
    )
    // Awaited below on every path. Not a child task: a cancelled scope still needs its line to clean up. It prefers the
    // session's thread, for continuations resume on the preferred executor before they return to their actor.
    let serving = Task(executorPreference: transport.executor) { await session.serve(transport) }
    let outcome: Swift.Result<Result, any Error>
    do {
        try await session.firstOpening.value()
        outcome = .success(try await body(session))
    } catch {
        outcome = .failure(error)
    }
    await session.end()
    serving.cancel()
    await serving.value
    await trace?.finish()
    return try outcome.get()
}
