import LuaRuntime
import Synchronization

/// Keeps what happens in a run, tells its reporter at once, and makes the report in the end.
///
/// Called from the VM's thread and from the executors of sessions; the lock is held while the reporter is told, so that
/// it hears everything in order.
final class RunRecorder: Sendable {
    /// Names one step of a run, from the first on.
    struct StepID: Hashable, Sendable {
        var index: Int
    }

    private struct OpenStep {
        var id: StepID
        var task: UInt64
        var attempt: RunReport.Attempt
        var attempts: Int
    }

    private struct State {
        var steps: [RunReport.Step] = []
        /// Those whose attempt runs, innermost last.
        var open: [OpenStep] = []
        var measurements: [Measurement] = []
        var notes: [String] = []
        var skipped: String?
    }

    private let state = Mutex(State())
    private let reporter: any RunReporter
    private let clock: any LuaClock
    private let origin: Int64
    /// Masked in all that reaches the reporter or the report.
    private let secrets: KnownSecrets

    init(reporter: any RunReporter, clock: any LuaClock, secrets: KnownSecrets) {
        self.reporter = reporter
        self.secrets = secrets
        self.clock = clock
        origin = clock.monotonic
    }

    private var elapsed: Duration { .nanoseconds(clock.monotonic - origin) }

    private func tell(_ body: RunEvent.Body) {
        reporter.report(RunEvent(elapsed: elapsed, body: body))
    }

    /// A step is known from here on; its first attempt has yet to start.
    func add(step name: String, task: UInt64) -> StepID {
        state.withLock { state in
            let depth = state.open.count { $0.task == task }
            state.steps.append(RunReport.Step(name: secrets.masked(name), depth: depth, attempts: []))
            return StepID(index: state.steps.count - 1)
        }
    }

    func start(_ id: StepID, attempt: Int, of attempts: Int, task: UInt64) {
        state.withLock { state in
            let begun = RunReport.Attempt(
                number: attempt,
                started: elapsed,
                duration: .zero,
                outcome: .pass,
                measurements: [],
                notes: []
            )
            state.open.append(OpenStep(id: id, task: task, attempt: begun, attempts: attempts))
            tell(.stepStarted(name: state.steps[id.index].name, attempt: attempt, attempts: attempts))
        }
    }

    /// Ends the running attempt of `id`.
    /// - Parameter failure: what its function raised.
    /// - Returns: the failure of the attempt: the one given, or that of the first limit that was missed.
    func finish(_ id: StepID, failure raised: LuaFailure?) -> LuaFailure? {
        state.withLock { state in
            guard let position = state.open.lastIndex(where: { $0.id == id }) else { return raised }
            var open = state.open.remove(at: position)
            open.attempt.duration = elapsed - open.attempt.started
            let failure = raised ?? open.attempt.measurements.first { $0.verdict == .fail }.map(Self.missed)
            open.attempt.failure = failure?.masked(secrets)
            open.attempt.outcome = failure.map(RunReport.Outcome.init(of:)) ?? .pass
            state.steps[id.index].attempts.append(open.attempt)
            tell(.stepFinished(name: state.steps[id.index].name, open.attempt, attempts: open.attempts))
            return failure
        }
    }

    func measure(_ measurement: Measurement, task: UInt64) {
        let measurement = measurement.masked(secrets)
        state.withLock { state in
            let position = Self.step(of: task, in: state)
            if let position {
                state.open[position].attempt.measurements.append(measurement)
            } else {
                state.measurements.append(measurement)
            }
            tell(.measured(measurement, step: position.map { state.steps[state.open[$0].id.index].name }))
        }
    }

    func note(_ text: String, task: UInt64) {
        let text = secrets.masked(text)
        state.withLock { state in
            let position = Self.step(of: task, in: state)
            if let position {
                state.open[position].attempt.notes.append(text)
            } else {
                state.notes.append(text)
            }
            tell(.note(text, step: position.map { state.steps[state.open[$0].id.index].name }))
        }
    }

    func skip(_ reason: String) {
        let reason = secrets.masked(reason)
        state.withLock { $0.skipped = $0.skipped ?? reason }
    }

    func log(_ record: LuaLogRecord) {
        let log = RunLog(record).masked(secrets)
        state.withLock { _ in tell(.log(log)) }
    }

    func output(_ bytes: [UInt8]) {
        let bytes = secrets.masked(bytes)
        state.withLock { _ in tell(.output(bytes)) }
    }

    /// The innermost step of the task; of a task without one, the innermost step of all.
    private static func step(of task: UInt64, in state: State) -> Int? {
        state.open.lastIndex { $0.task == task } ?? state.open.indices.last
    }

    static func missed(_ measurement: Measurement) -> LuaFailure {
        let limits = measurement.limits.map { " is outside \($0)" } ?? " fails"
        return LuaFailure(.check, measurement.shown + limits)
    }
}

extension RunRecorder {
    /// The report of the whole run. Steps whose attempt still runs are ended with the run's own failure.
    func report(_ outcome: LuaOutcome) -> RunReport {
        let verdict = RunVerdict(outcome)
        for id in state.withLock({ $0.open.reversed().map(\.id) }) {
            _ = finish(id, failure: verdict.failure ?? LuaFailure(.cancelled, "the run ended"))
        }
        return state.withLock { state in
            var report = RunReport(
                outcome: verdict.outcome,
                reason: (verdict.failure?.description).map(secrets.masked),
                failure: verdict.failure?.masked(secrets),
                laterFailures: outcome.laterFailures.map { $0.masked(secrets) },
                duration: elapsed,
                steps: state.steps,
                measurements: state.measurements,
                notes: state.notes
            )
            if let skipped = state.skipped, verdict.outcome == .skip { report.reason = skipped }
            report.holdAgainstLimits()
            return report
        }
    }
}
