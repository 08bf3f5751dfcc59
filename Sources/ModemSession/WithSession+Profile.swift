public import A7600
public import Logging

/// Opens the transport's line and runs `body` with a session that speaks to a module of this profile.
///
/// As `withSession(on:configuration:options:trace:logger:_:)`, with the engine set up from the profile.
public func withSession<Result>(
    on transport: any ModemTransport,
    profile: Profile,
    options: SessionOptions = SessionOptions(),
    trace: (any TraceSink)? = nil,
    logger: Logger = Logger(label: "moonwire.session"),
    _ body: (ModemSession) async throws -> Result
) async throws -> Result {
    var options = options
    options.profile = profile.name
    return try await withSession(
        on: transport,
        configuration: profile.engineConfiguration(),
        options: options,
        trace: trace,
        logger: logger,
        body
    )
}
