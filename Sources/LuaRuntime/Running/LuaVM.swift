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
    private nonisolated let live = LiveState()
    private var engine: Engine?

    private struct Requests {
        var interrupt: Interrupt?
        var continuation: CheckedContinuation<Ending, Never>?
        var evaluations: [UInt64: CheckedContinuation<LuaEvaluation, Never>] = [:]
        var lastEvaluation: UInt64 = 0
        var hasEnded = false
    }

    private enum Ending: Sendable {
        case ended(LuaOutcome)
        case abandoned(LuaBlockage)
    }

    public nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

    public init(_ program: LuaProgram) {
        self.program = program
        thread = VMThread()
        host = LuaHost(program, thread: thread)
    }

    /// Boots the state, runs the program and tears everything down. Call it once.
    public nonisolated func run() async -> LuaOutcome {
        let watchdog = Watchdog(live, limits: program.limits, deadline: realDeadline) { [self] blockage in
            program.onBlocked?(blockage)
            finish(.abandoned(blockage))
        }
        let ending = await withCheckedContinuation { continuation in
            requests.withLock { $0.continuation = continuation }
            do throws(LuaFailure) {
                try watchdog.start()
                try thread.start { [self] in enter { $0.turn() } }
            } catch {
                finish(.ended(LuaOutcome(ending: .failed(error), laterFailures: [], usage: LuaUsage())))
            }
        }
        watchdog.stopAndJoin()
        thread.stop()
        switch ending {
        case .ended(let outcome):
            thread.join()
            return outcome
        case .abandoned(let blockage):
            thread.abandon()
            return LuaOutcome(blocked: blockage)
        }
    }

    private nonisolated var realDeadline: Int64? {
        guard program.clock is LuaSystemClock, let deadline = program.limits.deadline else { return nil }
        return program.clock.monotonic + deadline.wholeNanoseconds
    }

    /// Whoever is first decides: the engine or the watchdog.
    private nonisolated func finish(_ ending: Ending) {
        let (continuation, evaluations) = requests.withLock { requests in
            defer {
                requests.continuation = nil
                requests.evaluations = [:]
                requests.hasEnded = true
            }
            return (requests.continuation, requests.evaluations)
        }
        for evaluation in evaluations.values { evaluation.resume(returning: .ended) }
        continuation?.resume(returning: ending)
    }

    /// Runs `body` in the VM, on its thread: as `assumeIsolated`, without the runtime's own questions before the thread's,
    /// which cost as much as a turn.
    private nonisolated func enter<Result>(_ body: (isolated LuaVM) -> Result) -> Result {
        precondition(thread.isCurrent, "the VM was entered beside its thread")
        return withoutActuallyEscaping(body) { body in
            unsafeBitCast(body, to: ((LuaVM) -> Result).self)(self)
        }
    }

    /// The first turn boots.
    private func turn() -> Int64? {
        let engine = engine ?? boot()
        if program.isInteractive {
            interruptEvaluations(in: engine)
            return engine.turn()
        }
        switch requests.withLock({ $0.interrupt }) {
        case .cancel:
            engine.cancelRun(.operator)
        case .kill:
            engine.cancelRun(.operator)
            engine.killRun()
        case nil:
            break
        }
        return engine.turn()
    }

    private func boot() -> Engine {
        let engine = Engine(program: program, host: host, live: live)
        self.engine = engine
        engine.onEnd = { [self] outcome in finish(.ended(outcome)) }
        engine.start()
        return engine
    }

    public enum Interrupt: Sendable {
        /// The first SIGINT: every task is cancelled, `<close>` and `defer` run within the grace.
        case cancel
        /// The second: nothing of the script runs any more.
        case kill
    }

    /// From any thread, a signal handler's thread included. Of an interactive VM: ends what is being evaluated, in the
    /// same two ways; the VM goes on.
    public nonisolated func interrupt(_ interrupt: Interrupt) {
        requests.withLock { requests in
            if requests.interrupt != .kill { requests.interrupt = interrupt }
        }
        switch interrupt {
        case .cancel: live.interrupt(MWL_PHASE_CANCEL, .operator)
        case .kill: live.interrupt(MWL_PHASE_KILL, .operator)
        }
        thread.ring()
    }

    // MARK: Interactive

    /// Evaluates a line or chunk as a task of its own: as an expression list when it reads as one, else as statements.
    /// Globals it assigns stay for the next one. For an interactive VM, before, while or after ``run()`` runs; several at
    /// once run as tasks of the one VM do. Cancelling the caller's task has no effect: use ``interrupt(_:)``.
    public nonisolated func evaluate(_ source: String) async -> LuaEvaluation {
        await withCheckedContinuation { continuation in
            let id: UInt64? = requests.withLock { requests in
                guard !requests.hasEnded else { return nil }
                requests.lastEvaluation += 1
                requests.evaluations[requests.lastEvaluation] = continuation
                return requests.lastEvaluation
            }
            guard let id else { return continuation.resume(returning: .ended) }
            let bytes = Array(source.utf8)
            host.order(.run { [self] engine in engine.evaluate(bytes) { [self] in reply(id, $0) } })
        }
    }

    /// Ends an interactive VM as a script ends: tasks are cancelled, `<close>` and `defer` run within the grace, and
    /// ``run()`` returns. Evaluations that still run are answered first.
    public nonisolated func end() {
        live.interrupt(MWL_PHASE_CANCEL, .operator)
        host.order(.run { $0.mainEnded(.success([])) })
    }

    private nonisolated func reply(_ id: UInt64, _ evaluation: LuaEvaluation) {
        let continuation = requests.withLock { $0.evaluations.removeValue(forKey: id) }
        continuation?.resume(returning: evaluation)
    }

    private func interruptEvaluations(in engine: Engine) {
        let interrupt = requests.withLock { requests in
            defer { requests.interrupt = nil }
            return requests.interrupt
        }
        if let interrupt { engine.interruptEvaluations(interrupt) }
    }

    /// The same, given to `show`: at once what the script computes, from the VM's thread the tasks, as soon as the one
    /// that computes waits. From any thread.
    public nonisolated func describeTasks(to show: @escaping @Sendable (String) -> Void) {
        if let sight = live.look() {
            let place = sight.location.isEmpty ? "" : ", last seen at \(sight.location)"
            show("computing\(sight.name.isEmpty ? "" : " in \(sight.name)")\(place); the tasks follow when it waits")
        }
        host.order(.run { show($0.describeTasks()) })
    }

    /// State, waited-for operation, age and stack of every task, for SIGQUIT. The run goes on.
    public func describeTasks() -> String {
        engine?.describeTasks() ?? ""
    }
}
