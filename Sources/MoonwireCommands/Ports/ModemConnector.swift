internal import A7600
internal import ATProtocol
internal import LuaRuntime
internal import ModemScripting
internal import ModemSession
internal import ModemSimulator
internal import ModemTransports

/// Opens the modem that an address names, with whatever has to stand behind it, for the time of a closure.
struct ModemConnector: Sendable {
    let settings: PortSettings
    var discovery = ModemDiscovery()
    /// Something the operator should know, such as which simulated module is used.
    let notice: @Sendable (String) -> Void

    func with(_ settings: PortSettings) -> ModemConnector {
        ModemConnector(settings: settings, discovery: discovery, notice: notice)
    }

    /// - Parameter address: nil: none was given.
    func withModem<Result>(
        _ address: PortAddress?,
        trace: (any TraceSink)? = nil,
        _ body: (OpenedModem) async throws -> Result
    ) async throws -> Result {
        switch address {
        case nil:
            return try await withDefault(trace: trace, body)
        case .simulated(let options):
            return try await withSimulated(options, trace: trace, { "using \($0)" }, body)
        case .device(let path):
            return try await withTransport(serial(path), trace: trace, body)
        case .tcp(let host, let port):
            try refuseSerialOptions(at: "tcp://\(host):\(port)")
            return try await withTransport(TCPTransport(host: host, port: port), trace: trace, body)
        case .rfc2217(let host, let port):
            return try await withTransport(
                RFC2217Transport(host: host, port: port, options: settings.serial),
                trace: trace,
                body
            )
        case .usb(let topology):
            return try await withFound(
                try await discovery.modem(at: topology),
                name: "usb:\(topology)",
                trace: trace,
                body
            )
        case .imei(let number):
            return try await withFound(
                try await discovery.modem(imei: number),
                name: "imei:\(number)",
                trace: trace,
                body
            )
        case .replay(let path):
            try refuseSerialOptions(at: "replay:\(path)")
            return try await withReplayed(try RecordedSession(path: path), trace: trace, body)
        }
    }

    /// The only modem of this machine. Where there is none, or options are given that only the simulated one has, that
    /// one.
    private func withDefault<Result>(
        trace: (any TraceSink)?,
        _ body: (OpenedModem) async throws -> Result
    ) async throws -> Result {
        if settings.simulatorOptions.isEmpty, let found = try await discovery.onlyModem() {
            let model = found.model ?? "modem"
            notice("no modem given: using the \(model) with IMEI \(found.imei ?? "?") on \(found.port.path)")
            return try await withFound(found, name: found.port.path, trace: trace, body)
        }
        return try await withSimulated([], trace: trace, { "no modem given or found: using \($0)" }, body)
    }

    private func refuseSerialOptions(at port: String) throws(CommandFailure) {
        guard let option = settings.serialOptions.first else { return }
        throw CommandFailure(.usage, "\(option) is for serial ports and rfc2217://; \(port) has no such line")
    }

    private func withFound<Result>(
        _ found: FoundModem,
        name: String,
        trace: (any TraceSink)?,
        _ body: (OpenedModem) async throws -> Result
    ) async throws -> Result {
        try await withTransport(serial(found.port.path, name: name), trace: trace, body)
    }

    private func serial(_ path: String, name: String? = nil) -> SerialTransport {
        SerialTransport(path: path, name: name, options: settings.serial, scanner: discovery.scanner)
    }

    private func withTransport<Result>(
        _ transport: any ModemTransport,
        clock: (any LuaClock)? = nil,
        objection: (@Sendable () async throws -> String?)? = nil,
        trace: (any TraceSink)?,
        _ body: (OpenedModem) async throws -> Result
    ) async throws -> Result {
        if let option = settings.simulatorOptions.first {
            throw CommandFailure(.usage, "\(option) is for the simulated module; \(transport.name) is none")
        }
        return try await withModemSession(on: transport, settings, trace: trace) { session in
            try await body(
                OpenedModem(
                    session: session,
                    profile: settings.profile,
                    port: transport.name,
                    transfers: clock == nil ? UnfinishedTransfers() : nil,
                    clock: clock,
                    objection: objection
                )
            )
        }
    }

    /// - Throws: `ExitStatus.failed` if the host wrote otherwise than recorded and nothing else went wrong.
    private func withReplayed<Result>(
        _ recorded: RecordedSession,
        trace: (any TraceSink)?,
        _ body: (OpenedModem) async throws -> Result
    ) async throws -> Result {
        if let flaw = recorded.flaw { notice(flaw) }
        var settings = settings
        if !settings.isProfileChosen { settings.profile = try PortSettings.profile(named: recorded.origin.profile) }
        if let baud = recorded.origin.baud { settings.serial.baud = baud }
        let transport = ReplayTransport(name: "replay:\(recorded.path)", records: recorded.records)
        let clock = ReplayClock(executor: transport.executor, wall: recorded.origin.wall)
        let differences = { @Sendable in try await transport.differences() + transport.unwritten() }
        let objection = { @Sendable in ReplayText.summary(try await differences()) }
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(
                try await with(settings)
                    .withTransport(transport, clock: clock, objection: objection, trace: trace, body)
            )
        } catch {
            outcome = .failure(error)
        }
        let found = try await differences()
        if !found.isEmpty { StandardError.say(ReplayText.list(found).trimmedAtEnd) }
        let result = try outcome.get()
        if let status = result as? ExitStatus, status != .pass { return result }
        guard found.isEmpty else { throw ExitStatus.failed }
        return result
    }

    private func withSimulated<Result>(
        _ options: [PortAddress.Option],
        trace: (any TraceSink)?,
        _ words: (String) -> String,
        _ body: (OpenedModem) async throws -> Result
    ) async throws -> Result {
        try refuseSerialOptions(at: "the simulated module")
        let settings = try settings.overridden(by: options)
        let certificates = RunSummary.abbreviated(CacheFolder.brokerCredentials)
        return try await withSimulatedModem(settings) { simulated in
            notice(
                words(
                    "the simulated \(settings.profile.identity) with a private broker on "
                        + "127.0.0.1:\(simulated.brokerPort) (params.certs: \(certificates))"
                )
            )
            return try await withModemSession(on: simulated.line, settings, trace: trace) { session in
                try await body(
                    OpenedModem(
                        session: session,
                        profile: settings.profile,
                        port: simulated.line.name,
                        simulator: simulated.control,
                        transfers: settings.state == nil ? nil : UnfinishedTransfers()
                    )
                )
            }
        }
    }
}

/// A session with the engine's configuration of the profile.
func withModemSession<Result>(
    on transport: any ModemTransport,
    _ settings: PortSettings,
    trace: (any TraceSink)?,
    _ body: (ModemSession) async throws -> Result
) async throws -> Result {
    let profile = settings.profile
    var configuration = profile.engineConfiguration()
    if settings.powerCycling == .byDTR { configuration.ladder = [.toggleDTR] + configuration.ladder + [.reset] }
    configuration.tracing = trace == nil ? .off : .on
    if let speed = settings.lineSpeed { configuration.baud = speed }
    var options = SessionOptions(profile: profile.name)
    switch settings.identity {
    case .checked: options.identity = .command(try Catalogue.command(line: "AT+CGSN", profile: profile))
    case .unchecked: break
    }
    return try await withSession(
        on: transport,
        configuration: configuration,
        options: options,
        trace: trace,
        body
    )
}
