internal import A7600
internal import ATProtocol
internal import ModemScripting
internal import ModemSession
internal import ModemSimulator
internal import ModemTransports

/// Opens the modem that an address names, with whatever has to stand behind it, for the time of a closure.
struct ModemConnector: Sendable {
    let settings: PortSettings
    /// Something the operator should know, such as which simulated module is used.
    let notice: @Sendable (String) -> Void

    /// - Parameter address: nil: none was given.
    func withModem<Result>(
        _ address: PortAddress?,
        trace: (any TraceSink)? = nil,
        _ body: (OpenedModem) async throws -> Result
    ) async throws -> Result {
        switch address {
        case nil:
            try await withSimulated([], trace: trace, { "no modem given: using \($0)" }, body)
        case .simulated(let options):
            try await withSimulated(options, trace: trace, { "using \($0)" }, body)
        case .device(let path):
            try await withTransport(SerialTransport(path: path, options: settings.serial), trace: trace, body)
        case .tcp(let host, let port):
            try await withTransport(TCPTransport(host: host, port: port), trace: trace, body)
        case .rfc2217, .replay, .usb, .imei:
            throw CommandFailure(
                .usage,
                "this kind of port is not supported yet; use a device path such as /dev/ttyUSB2, tcp://host:port or sim"
            )
        }
    }

    private func withTransport<Result>(
        _ transport: any ModemTransport,
        trace: (any TraceSink)?,
        _ body: (OpenedModem) async throws -> Result
    ) async throws -> Result {
        guard settings.module.faults.isEmpty else {
            throw CommandFailure(.usage, "--fault is for the simulated module; \(transport.name) is none")
        }
        return try await withModemSession(on: transport, profile: settings.profile, trace: trace) { session in
            try await body(OpenedModem(session: session, profile: settings.profile, port: transport.name))
        }
    }

    private func withSimulated<Result>(
        _ options: [PortAddress.Option],
        trace: (any TraceSink)?,
        _ words: (String) -> String,
        _ body: (OpenedModem) async throws -> Result
    ) async throws -> Result {
        let settings = try settings.overridden(by: options)
        let certificates = RunSummary.abbreviated(CacheFolder.brokerCredentials)
        return try await withSimulatedModem(settings) { simulated in
            notice(
                words(
                    "the simulated \(settings.profile.identity) with a private broker on "
                        + "127.0.0.1:\(simulated.brokerPort) (params.certs: \(certificates))"
                )
            )
            return try await withModemSession(on: simulated.line, profile: settings.profile, trace: trace) { session in
                try await body(
                    OpenedModem(
                        session: session,
                        profile: settings.profile,
                        port: simulated.line.name,
                        simulator: simulated.control
                    )
                )
            }
        }
    }
}

/// A session with the engine's configuration of the profile.
func withModemSession<Result>(
    on transport: any ModemTransport,
    profile: Profile,
    trace: (any TraceSink)?,
    _ body: (ModemSession) async throws -> Result
) async throws -> Result {
    var configuration = profile.engineConfiguration()
    configuration.tracing = trace == nil ? .off : .on
    return try await withSession(
        on: transport,
        configuration: configuration,
        options: SessionOptions(profile: profile.name),
        trace: trace,
        body
    )
}
