import A7600
import ATProtocol
import LuaRuntime
import ModemSession
import Synchronization

/// One modem as scripts use it: its session, what is armed on it, and the calls that are under way.
///
/// Everything here may be called from any thread. Events arrive on the session's executor, one after the other; what
/// they lead to is posted there and then at the modem's one event port, as completions of commands are, so that `OK`
/// and the line behind it reach the script in the order of the wire.
final class ModemLink: Sendable {
    let session: ModemSession
    let profile: Profile
    /// As the operator named it.
    let portName: String
    let simulator: (any SimulatorControl)?
    /// Nil: what this module holds does not outlive the program.
    let transfers: (any TransferJournal)?
    let recorder: RunRecorder
    let listeners = ListenerList()
    let gates = FlowGates()
    let knownCommands = KnownCommands()
    let module: Mutex<ModuleKnowledge>
    private let state = Mutex(State())

    private struct State {
        var port: LuaEventPort?
        var flows: [UInt64: Task<Void, Never>] = [:]
        var nextFlow: UInt64 = 0
        var assembler = MessageAssembler()
        /// The last unsolicited lines, for the errors of commands they came in between.
        var recent: [(sequence: UInt64, line: Line)] = []
    }

    init(_ modem: OpenedModem, recorder: RunRecorder) {
        session = modem.session
        profile = modem.profile
        portName = modem.port
        simulator = modem.simulator
        transfers = modem.transfers
        self.recorder = recorder
        module = Mutex(ModuleKnowledge())
        observe()
    }

    var commands: Commands { Commands(profile) }

    /// The way into the script's VM; the same for all calls.
    func port(for host: LuaHost) -> LuaEventPort {
        state.withLock { state in
            if let port = state.port { return port }
            let port = host.makePort(named: portName)
            state.port = port
            return port
        }
    }

    /// Starts a call in several commands on the session's executor. The task ends with the call; ``finish()`` awaits it.
    func start(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        state.withLock { state in
            let id = state.nextFlow
            state.nextFlow += 1
            let task = Task(executorPreference: session.executor) {
                await body()
                self.ended(id)
            }
            state.flows[id] = task
            return task
        }
    }

    /// Called once per event of the session, in order.
    func assemble(_ event: Event.Body) -> MessageAssembler.Intake {
        state.withLock { $0.assembler.take(event) }
    }

    func remember(_ line: Line, _ sequence: UInt64) {
        state.withLock { state in
            if state.recent.count >= Self.remembered { state.recent.removeFirst(state.recent.count / 2) }
            state.recent.append((sequence, line))
        }
    }

    func recentLines(_ sequences: [UInt64]) -> [Line] {
        guard !sequences.isEmpty else { return [] }
        let wanted = Set(sequences)
        return state.withLock { state in state.recent.filter { wanted.contains($0.sequence) }.map(\.line) }
    }

    private static let remembered = 128

    private func ended(_ id: UInt64) {
        state.withLock { _ = $0.flows.removeValue(forKey: id) }
    }

    /// Nothing that happens on the line reaches the script from now on.
    func disarmAll() {
        listeners.removeAll()
    }

    /// For what sends nothing, and would wait for ever.
    func refuseClosed() throws(LuaFailure) {
        if listeners.isDisarmed { throw LuaFailure(.closed, "the modem is closed") }
    }

    /// Cancels the calls that are still under way and waits for them.
    func finish() async {
        while let task = state.withLock({ $0.flows.values.first }) {
            task.cancel()
            await task.value
        }
    }
}
