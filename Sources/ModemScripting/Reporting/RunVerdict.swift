import LuaRuntime

/// How a run ended as far as the runtime can tell, without looking at its steps.
struct RunVerdict {
    var outcome: RunReport.Outcome
    var failure: LuaFailure?

    init(_ outcome: LuaOutcome) {
        switch outcome.ending {
        case .finished:
            self.init(finishedWith: outcome.laterFailures)
        case .failed(let failure):
            self.init(outcome: RunReport.Outcome(of: failure), failure: failure)
        case .refused(let failure):
            self.init(outcome: .error, failure: failure)
        case .timedOut(let cause, let failure, let blocked):
            self.init(
                outcome: blocked == nil && (cause == .memory || cause == .output) ? .error : .timeout,
                failure: failure ?? Self.timeout(cause, blocked)
            )
        case .aborted(let failure):
            self.init(outcome: .aborted, failure: failure ?? LuaFailure(.cancelled, "ended by the operator"))
        }
    }

    private init(outcome: RunReport.Outcome, failure: LuaFailure?) {
        self.outcome = outcome
        self.failure = failure
    }

    /// A script that ran to its end, but whose `defer` or handlers failed.
    private init(finishedWith later: [LuaFailure]) {
        outcome = later.first.map(RunReport.Outcome.init(of:)) ?? .pass
        failure = later.first
    }

    private static func timeout(_ cause: LuaCause, _ blocked: LuaBlockage?) -> LuaFailure {
        if let blocked {
            let place = blocked.location.map { " (last seen at \($0))" } ?? ""
            let text = "blocked in \(blocked.blockedIn)\(place); the run's \(cause.rawValue) limit has passed"
            return LuaFailure(.timeout, text)
        }
        return LuaFailure(.timeout, "the run's \(cause.rawValue) limit has passed")
    }
}

extension RunReport.Outcome {
    /// What an uncaught failure makes of a step or a run.
    init(of failure: LuaFailure) {
        switch failure.kind {
        case .check: self = .fail
        case .skip: self = .skip
        case .timeout: self = .timeout
        case .cancelled: self = .aborted
        default: self = .error
        }
    }
}

extension LuaFailure.Kind {
    /// `skip("…")`: unwinds the script, whose run counts as skipped.
    static let skip = LuaFailure.Kind(rawValue: "skip")
}

extension RunReport {
    /// A run that came to its end fails all the same when a step did, or a limit outside steps was missed.
    mutating func holdAgainstLimits() {
        guard outcome == .pass else { return }
        let failed = steps.first { step in step.outcome != .pass && step.outcome != .skip }
        if let failed {
            outcome = failed.outcome == .fail ? .fail : .error
            failure = failed.attempts.last?.failure
            reason = "step '\(failed.name)' failed: \(failure?.message ?? failed.outcome.rawValue)"
        } else if let missed = measurements.first(where: { $0.verdict == .fail }) {
            outcome = .fail
            failure = RunRecorder.missed(missed)
            reason = failure?.message
        }
    }
}
