internal import LuaRuntime
internal import ModemScripting
internal import ModemSession
internal import ModemSimulator
internal import ModemTransports
internal import MosquittoUplink

/// A simulated module in this process, with a private broker behind it: the embedded default.
struct SimulatedModem: Sendable {
    let line: InProcessLine
    let control: ModuleControl
    let brokerPort: Int
}

/// Runs the broker and the module for the time of the closure; both are gone when this returns or throws.
func withSimulatedModem<Result>(
    _ settings: PortSettings,
    _ body: (SimulatedModem) async throws -> Result
) async throws -> Result {
    let credentials = try BrokerCredentials(keptIn: CacheFolder.brokerCredentials)
    return try await withPrivateBroker(credentials.broker(port: settings.brokerPort)) { broker in
        let line = InProcessLine()
        let factory = MosquittoUplink.factory(directory: broker.directory)
        return try await withModule(settings.module, on: line, uplink: factory) { module in
            try await body(
                SimulatedModem(line: line, control: ModuleControl(module), brokerPort: broker.ports.plain)
            )
        }
    }
}

/// Runs a module on the given line for the time of the closure. Command and answer share the line's thread.
func withModule<Result>(
    _ configuration: ModuleConfiguration,
    on line: some ModuleLine,
    uplink: MQTTUplinkFactory,
    persist: @escaping @Sendable (StoreChange) -> Void = { _ in },
    _ body: (SimulatedModule) async throws -> Result
) async throws -> Result {
    let module = try SimulatedModule(
        configuration: configuration,
        uplink: uplink,
        executor: line.executor.serialExecutor,
        outlets: SimulatedModule.Outlets(
            transmit: { line.send($0) },
            persist: persist,
            port: { line.setPresent($0 == .returned) },
            enqueue: { line.executor.execute($0) }
        )
    )
    line.onReceive { bytes, _ in
        module.assumeIsolated { $0.receive(bytes) }
    }
    await module.start()
    do {
        let result = try await body(module)
        await module.shutdown()
        return result
    } catch {
        await module.shutdown()
        throw error
    }
}

/// `modem.sim` of a script.
struct ModuleControl: SimulatorControl {
    private let module: SimulatedModule

    init(_ module: SimulatedModule) {
        self.module = module
    }

    func add(fault text: String) throws(LuaFailure) {
        let fault: Fault
        do {
            fault = try Fault(parsing: text)
        } catch {
            throw LuaFailure(.argument, "\(error)")
        }
        // Takes effect before the next command that the script sends: both go through the line's executor in order.
        Task { await module.inject(fault) }
    }

    func clearFaults() {
        // As above.
        Task { await module.clearFaults() }
    }
}
