import A7600
import ATProtocol
import LuaRuntime
import ModemScripting
import ModemSession
import ModemSimulator
import ModemTransports
import Synchronization
import Testing

/// Runs scripts on a simulated module with a broker in memory, all in this process.
struct ScriptBench {
    var configuration = ModuleConfiguration()
    var params = LuaTable()
    var folder: String?
    var grants = LuaGrants()
    var deadline = Duration.seconds(20)
    /// For `modem.open`.
    var opener: (any ModemOpener)?
    /// Remembers transfers over the end of a run.
    var transfers: (any TransferJournal)?
    /// Called when the module is there and before the script starts.
    var prepare: @Sendable (InMemoryNetwork) -> Void = { _ in }

    /// Changes the program before it runs.
    var configure: @Sendable (inout LuaProgram) -> Void = { _ in }
    /// Cancels the run while the module answers the script's n-th command line.
    var cancelAtCommand: Int?
    /// A second script, run on the same session when the first has ended, as it was or not.
    var followUp: String?
    /// Called with the session when the script has ended.
    var afterwards: @Sendable (ModemSession) async throws -> Void = { _ in }

    private let running = Running()

    init(profile: Profile = .a7600) {
        configuration.profile = profile
    }

    /// What a run leaves behind.
    struct Result: Sendable {
        var report: RunReport
        var outcome: LuaOutcome
        var events: [RunEvent]
        /// What the script printed.
        var output: String
        /// What the host sent to the module.
        var sent: [UInt8]
        /// Command lines among it, in order; data after a prompt are not told apart.
        var lines: [String] { String(decoding: sent, as: UTF8.self).split(separator: "\r").map(String.init) }
        var broker: InMemoryUplink
        /// What the module stored.
        var stored: [StoreChange]
        /// Of the module, before the second script.
        var status: ModuleStatus
        var followUp: LuaOutcome?
    }

    func run(_ source: String, name: String = "test.lua") async throws -> Result {
        let loop = LineLoop.shared
        let line = InProcessLine(name: "sim", loop: loop)
        let network = Mutex<InMemoryNetwork?>(nil)
        let sent = Recording<UInt8>()
        let stored = Recording<StoreChange>()
        let module = try SimulatedModule(
            configuration: configuration,
            uplink: { deliver in
                let made = InMemoryNetwork(deliver: deliver)
                network.withLock { $0 = made }
                return made
            },
            executor: line.executor.serialExecutor,
            outlets: SimulatedModule.Outlets(transmit: { line.send($0) }, persist: { stored.append([$0]) })
        )
        let count = Mutex(0)
        let running = running
        let cancelAt = cancelAtCommand
        line.onReceive { bytes, _ in
            sent.append(bytes)
            if let cancelAt, let vm = running.vm {
                let lines = count.withLock { count in
                    let before = count
                    count += bytes.count { $0 == 0x0d }
                    return before..<count
                }
                if lines.contains(cancelAt - 1) { vm.interrupt(.cancel) }
            }
            module.assumeIsolated { $0.receive(bytes) }
        }
        await module.start()
        let uplink = try #require(network.withLock { $0 })
        prepare(uplink)
        let (result, status, second) = try await withSession(
            on: line,
            configuration: configuration.profile.engineConfiguration()
        ) { session in
            let first = try await run(source, name: name, session: session, module: module)
            let status = await module.status
            guard let followUp else { return (first, status, LuaOutcome?.none) }
            var plain = self
            plain.configure = { _ in }
            plain.cancelAtCommand = nil
            plain.afterwards = { _ in }
            let second = try await plain.run(followUp, name: "next.lua", session: session, module: module)
            return (first, status, second.outcome)
        }
        await module.shutdown()
        return Result(
            report: result.report,
            outcome: result.outcome,
            events: result.reporter.events.all,
            output: String(decoding: result.reporter.output, as: UTF8.self),
            sent: sent.all,
            broker: uplink.snapshot,
            stored: stored.all,
            status: status,
            followUp: second
        )
    }

    private func run(
        _ source: String,
        name: String,
        session: ModemSession,
        module: SimulatedModule
    ) async throws -> (report: RunReport, outcome: LuaOutcome, reporter: RecordingReporter) {
        let reporter = RecordingReporter()
        let modem = OpenedModem(
            session: session,
            profile: configuration.profile,
            port: "sim",
            simulator: BenchControl(module: module, executor: session.executor),
            transfers: transfers
        )
        let host = ScriptHost(ScriptHost.Setup(modem: modem, params: params, reporter: reporter, opener: opener))
        var program = LuaProgram(source: Array(source.utf8), name: name, folder: folder, output: host.output)
        program.modules = host.modules
        program.libraries = ScriptAPI.libraries
        program.secrets = host.secrets
        program.limits.deadline = deadline
        program.grants = grants
        program.onClosing = { host.closing() }
        configure(&program)
        let vm = LuaVM(program)
        if cancelAtCommand != nil { running.set(vm) }
        let outcome = await vm.run()
        running.set(nil)
        await host.finish()
        try await afterwards(session)
        return (host.report(outcome), outcome, reporter)
    }
}

/// The VM that runs now.
private final class Running: Sendable {
    private let current = Mutex<LuaVM?>(nil)

    var vm: LuaVM? { current.withLock { $0 } }

    func set(_ vm: LuaVM?) {
        current.withLock { $0 = vm }
    }
}

/// Things that several threads append to.
final class Recording<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])

    var all: [Element] { elements.withLock { $0 } }

    func append(_ new: [Element]) {
        elements.withLock { $0 += new }
    }
}

final class RecordingReporter: RunReporter {
    let events = Recording<RunEvent>()

    var output: [UInt8] {
        events.all.flatMap { event in
            if case .output(let bytes) = event.body { bytes } else { [UInt8]() }
        }
    }

    func report(_ event: RunEvent) {
        events.append([event])
    }
}

private struct BenchControl: SimulatorControl {
    let module: SimulatedModule
    let executor: any LineExecutor

    func add(fault text: String) throws(LuaFailure) {
        let fault: Fault
        do {
            fault = try Fault(parsing: text)
        } catch {
            throw LuaFailure(.argument, "\(error)")
        }
        // In order with the commands of the script, which go through the same executor.
        executor.execute { [module] in module.assumeIsolated { $0.inject(fault) } }
    }

    func clearFaults() {
        executor.execute { [module] in module.assumeIsolated { $0.clearFaults() } }
    }
}
