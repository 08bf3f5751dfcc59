import CLuaShim
import Synchronization

/// Phases of the whole run, teardown, and what comes out.
extension Engine {
    // MARK: Start

    func start() {
        do throws(LuaFailure) {
            try boot()
        } catch {
            ending = .failed(error)
            close()
            return
        }
        if program.isInteractive { return }
        if let deadline = program.limits.deadline {
            let end = host.clock.monotonic + deadline.wholeNanoseconds
            deadlineTimer = timers.add(at: end) { [unowned self] in cancelRun(.deadline) }
            if host.isOnSystemClock { mwl_set_deadline(state, end) }
        }
        do throws(LuaFailure) {
            main = try spawn(
                .chunk(SourceFile.text(program.source), name: "@" + program.name),
                name: "main",
                role: .main
            )
        } catch {
            ending = .refused(error)
            stage = .settling
        }
    }

    // MARK: Phases

    /// The run is to end. The first cause sticks.
    func cancelRun(_ newCause: LuaCause) {
        guard stage != .ended, cause == nil else { return }
        cause = newCause
        mwl_interrupt(state, Int32(MWL_PHASE_CANCEL.rawValue), newCause.shim)
        cancelAll()
    }

    private func cancelAll() {
        startGrace()
        for task in tasksByAge where !task.isCleanup {
            interruptWait(of: task, evenShielded: false)
        }
    }

    private func startGrace() {
        guard graceTimer == nil else { return }
        graceTimer = timers.add(at: host.clock.monotonic + program.limits.grace.wholeNanoseconds) {
            [unowned self] in killRun()
        }
    }

    func killRun() {
        guard stage != .ended, !isKilled else { return }
        isKilled = true
        mwl_interrupt(state, Int32(MWL_PHASE_KILL.rawValue), (cause ?? .operator).shim)
        // The phases of a console's VM are its tasks' own.
        if program.isInteractive { return tasksByAge.forEach(kill) }
        for task in tasksByAge { interruptWait(of: task, evenShielded: true) }
    }

    var tasksByAge: [TaskRecord] { tasks.values.sorted { $0.id > $1.id } }

    /// Checks inside the VM may have advanced the phase on their own: deadline, burst, memory.
    func noticePhases(_ report: mwl_report) {
        guard report.run_phase != MWL_PHASE_RUN.rawValue else { return }
        if cause == nil, !isKilled {
            cause = LuaCause(shim: report.run_reason)
            cancelAll()
        }
        if report.run_phase == MWL_PHASE_KILL.rawValue, !isKilled { killRun() }
    }

    /// An error outside the main task ends the run.
    func fail(_ failure: LuaFailure) {
        if program.isInteractive {
            log(.error, "\(failure)")
        } else if ending == nil {
            ending = .failed(failure)
            if let main { cancel(main, TaskRecord.Cancellation(scope: nil, reason: .scope)) }
        } else {
            laterFailures.append(failure)
        }
    }

    // MARK: Teardown

    func mainEnded(_ result: Result<[LuaValue], LuaFailure>) {
        switch (result, ending) {
        case (.success(let values), nil): ending = .finished(values)
        case (.failure(let failure), nil): ending = .failed(failure)
        case (.failure(let failure), _?) where failure.kind != .cancelled: laterFailures.append(failure)
        case (.success, _?), (.failure, _?): break
        }
        stage = .settling
        closeSubscriptions()
        startGrace()
        for task in tasksByAge {
            cancel(task, TaskRecord.Cancellation(scope: nil, reason: .scope))
        }
    }

    /// Tasks first, children before parents; then the `defer` bodies, last first, each a task of its own.
    func advanceStage() {
        switch stage {
        case .running, .ended:
            return
        case .settling:
            if tasks.isEmpty { stage = .deferring }
        case .deferring:
            break
        }
        guard stage == .deferring, tasks.isEmpty else { return }
        while let body = deferred.popLast() {
            if isKilled { continue }
            if startDeferred(body) { return }
        }
        if asyncTasks.isEmpty || isKilled { close() }
    }

    private func startDeferred(_ body: LuaFunctionReference) -> Bool {
        do throws(LuaFailure) {
            let task = try spawn(.function(body), name: "defer", role: .cleanup, parent: nil)
            let limit = program.limits.deferDeadline.wholeNanoseconds
            let now = host.clock.monotonic
            _ = timers.add(at: now + limit) { [unowned self] in
                cancel(task, TaskRecord.Cancellation(scope: nil, reason: .timeout))
            }
            _ = timers.add(at: now + limit + program.limits.graceBurst.wholeNanoseconds) { [unowned self] in
                kill(task)
            }
            return true
        } catch {
            fail(error)
            return false
        }
    }

    func cleanupEnded(_ task: TaskRecord) {
        if let failure = task.failure { laterFailures.append(failure) }
    }

    private func close() {
        program.onClosing?()
        deferred = []
        for work in asyncTasks.values { work.cancel() }
        asyncTasks = [:]
        release(
            host.mailbox.withLock { mailbox in
                defer { mailbox.releases = [] }
                return mailbox.releases
            }
        )
        collectReleases()
        measure()
        // Taken out under the lock and freed behind it: what goes with them asks for the lock itself.
        let left = host.mailbox.withLock { mailbox in
            mailbox.hasEnded = true
            defer {
                mailbox.releases = []
                mailbox.orders = []
                mailbox.ports = []
                mailbox.defaultPort = nil
            }
            return (releases: mailbox.releases, orders: mailbox.orders, ports: mailbox.ports)
        }
        for port in left.ports + scheduledPorts { port.refuse() }
        scheduledPorts = []
        let releases = left.releases
        live.set(nil)
        host.engine = nil
        if let state {
            releases.withUnsafeBufferPointer { mwl_release(state, $0.baseAddress, $0.count) }
            let leaked = mwl_close(state, shimReleased)
            if leaked > 0 { log(.error, "the Lua state leaked \(leaked) bytes") }
        }
        state = nil
        let leftover = objects.releaseAll()
        if leftover > 0 { log(.error, "\(leftover) host objects were left over") }
        stage = .ended
        onEnd?(outcome)
        onEnd = nil
    }

    func measure() {
        guard let state else { return }
        var counts = mwl_usage_counts()
        mwl_usage(state, &counts)
        usage.memory = Int(counts.memory)
        usage.peakMemory = Int(counts.peak)
        usage.handles = Int(counts.handles)
        usage.functionReferences = Int(counts.references)
    }

    private var outcome: LuaOutcome {
        LuaOutcome(ending: finalEnding, laterFailures: laterFailures, usage: usage)
    }

    /// The first cause decides, whatever the script returned afterwards; a chunk that never ran stays refused.
    private var finalEnding: LuaOutcome.Ending {
        guard let ending else { return .failed(LuaFailure(.internal, "the run ended without a result")) }
        if case .refused = ending { return ending }
        let failure: LuaFailure? = if case .failed(let failure) = ending { failure } else { nil }
        switch cause {
        case .deadline, .burst: return .timedOut(cause ?? .deadline, failure, blocked: nil)
        case .operator: return .aborted(failure)
        case .memory, .output:
            // A cancellation that had to become a kill says less than what began it.
            if let failure, failure.kind != .cancelled { return .failed(failure) }
            return .failed(LuaFailure(.memory, "out of memory: the script holds more than its limit"))
        case nil: return ending
        }
    }
}

extension LuaCause {
    var shim: Int32 {
        let reason =
            switch self {
            case .deadline: MWL_REASON_DEADLINE
            case .burst: MWL_REASON_BURST
            case .memory: MWL_REASON_MEMORY
            case .output: MWL_REASON_OUTPUT
            case .operator: MWL_REASON_OPERATOR
            }
        return Int32(reason.rawValue)
    }

    init(shim reason: Int32) {
        switch mwl_reason(rawValue: UInt32(reason)) {
        case MWL_REASON_BURST: self = .burst
        case MWL_REASON_MEMORY: self = .memory
        case MWL_REASON_OUTPUT: self = .output
        case MWL_REASON_OPERATOR: self = .operator
        default: self = .deadline
        }
    }
}

extension Engine {
    func describeTasks() -> String {
        guard let state else { return "" }
        let now = host.clock.monotonic
        return tasks.values.sorted { $0.id < $1.id }.map { task in
            var line = task.chain
            if task.state == .parked, let function = task.waitFunction?.takeUnretainedValue() {
                line += ": waiting in \(function.name) for \((now - task.waitSince) / 1_000_000) ms"
            }
            if task.state == .ready { line += ": ready" }
            var text = [CChar](repeating: 0, count: 4096)
            let length = mwl_traceback(state, task.pointer, &text, text.count)
            let stack = String(decoding: text.prefix(length).map { UInt8(bitPattern: $0) }, as: UTF8.self)
            return line + (stack.isEmpty ? "" : "\n" + stack)
        }.joined(separator: "\n")
    }
}
