internal import ATProtocol
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
    let store = try settings.state.map { folder throws(CommandFailure) in try ModuleStore(folder: folder) }
    let credentials = try BrokerCredentials(keptIn: CacheFolder.brokerCredentials)
    return try await withPrivateBroker(credentials.broker(port: settings.brokerPort)) { broker in
        let line = InProcessLine()
        let factory = MosquittoUplink.factory(directory: broker.directory)
        return try await withModule(settings.module, on: line, uplink: factory, store: store) { module in
            try await body(
                SimulatedModem(
                    line: line,
                    control: ModuleControl(module, on: line.executor),
                    brokerPort: broker.ports.plain
                )
            )
        }
    }
}

/// Runs a module on the given line for the time of the closure. Command and answer share the line's thread.
///
/// - Parameters:
///   - store: what the module begins with, and where it keeps what outlives it.
///   - storeFailed: something could not be kept. The port is gone then.
func withModule<Result>(
    _ configuration: ModuleConfiguration,
    on line: some ModuleLine,
    uplink: MQTTUplinkFactory,
    store: ModuleStore?,
    storeFailed: @escaping @Sendable (CommandFailure) -> Void = { StandardError.say("moonwire: \($0.message)") },
    _ body: (SimulatedModule) async throws -> Result
) async throws -> Result {
    var configuration = configuration
    try store?.load(into: &configuration)
    let persist: @Sendable (StoreChange) -> Void = { change in
        do throws(CommandFailure) {
            try store?.apply(change)
        } catch {
            // The answer that follows would promise what is not on the disk: nobody may hear it.
            line.setPresent(false)
            storeFailed(error)
        }
    }
    let module = try SimulatedModule(
        configuration: configuration,
        uplink: uplink,
        executor: line.executor.serialExecutor,
        outlets: SimulatedModule.Outlets(
            transmit: { line.send($0) },
            persist: persist,
            port: { line.setPresent($0 == .returned) },
            loop: .of(line.executor)
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

extension SimulatedModule.Loop {
    /// The loop of a line, for a module whose actor runs on it.
    static func of(_ executor: any LineExecutor) -> SimulatedModule.Loop {
        SimulatedModule.Loop(
            enqueue: { executor.execute($0) },
            makeTimer: { fire in
                let timer = executor.makePromptTimer(fire)
                return { delay in timer.set(delay.map { executor.now() + $0 }) }
            }
        )
    }
}

/// `modem.sim` of a script.
struct ModuleControl: SimulatorControl {
    private let module: SimulatedModule
    /// The module's own.
    private let executor: any LineExecutor

    init(_ module: SimulatedModule, on executor: any LineExecutor) {
        self.module = module
        self.executor = executor
    }

    func add(fault text: String) throws(LuaFailure) {
        let fault: Fault
        do {
            fault = try Fault(parsing: text)
        } catch {
            throw LuaFailure(.argument, "\(error)")
        }
        // Takes effect before the next command that the script sends: both go through the line's executor in order.
        executor.execute { [module] in module.assumeIsolated { $0.inject(fault) } }
    }

    func clearFaults() {
        executor.execute { [module] in module.assumeIsolated { $0.clearFaults() } }
    }
}
