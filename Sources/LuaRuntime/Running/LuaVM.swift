import CLuaShim
import Synchronization

/// One Lua state on its own thread, for one program.
///
/// The actor's executor is that thread (16 MB stack). Nothing outlives ``run()``: when it returns, the tasks have ended,
/// handles and references are released, the state is closed and the thread joined; unless the watchdog had to give up
/// on the VM, which is then left behind.
public actor LuaVM {
    public nonisolated let host: LuaHost
    private nonisolated let program: LuaProgram
    private nonisolated let thread: VMThread
    private nonisolated let requests = Mutex(Requests())
    private var engine: Engine?

    private struct Requests {
        var interrupt: Interrupt?
        var hasEnded = false
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    public init(_ program: LuaProgram) {
        self.program = program
        thread = VMThread()
        host = LuaHost(program, thread: thread)
    }

    /// Boots the state, runs the program and tears everything down. Call it once.
    public nonisolated func run() async -> LuaOutcome {
        let outcome = await withCheckedContinuation { continuation in
            thread.start { [self] in assumeIsolated { $0.turn(continuation) } }
        }
        thread.stop()
        thread.join()
        return outcome
    }

    /// The first turn boots.
    private func turn(_ continuation: CheckedContinuation<LuaOutcome, Never>) -> Int64? {
        if engine == nil, !requests.withLock({ $0.hasEnded }) {
            let engine = Engine(program: program, host: host)
            self.engine = engine
            engine.onEnd = { outcome in continuation.resume(returning: outcome) }
            engine.start()
        }
        guard let engine else { return nil }
        switch requests.withLock({ $0.interrupt }) {
        case .cancel: engine.cancelRun(.operator)
        case .kill: engine.cancelRun(.operator); engine.killRun()
        case nil: break
        }
        let next = engine.turn()
        if engine.stage == .ended {
            requests.withLock { $0.hasEnded = true }
            self.engine = nil
        }
        return next
    }

    public enum Interrupt: Sendable {
        /// The first SIGINT: every task is cancelled, `<close>` and `defer` run within the grace.
        case cancel
        /// The second: nothing of the script runs any more.
        case kill
    }

    /// From any thread, a signal handler's thread included.
    public nonisolated func interrupt(_ interrupt: Interrupt) {
        requests.withLock { requests in
            if requests.interrupt != .kill { requests.interrupt = interrupt }
        }
        thread.ring()
    }

    /// State, waited-for operation, age and stack of every task, for SIGQUIT. The run goes on.
    public func describeTasks() -> String {
        engine?.describeTasks() ?? ""
    }
}
