package import LuaRuntime

/// A run that has ended, in figures: what `result.json` and a test report are made of.
package struct RunReport: Sendable, Equatable {
    package enum Outcome: String, Sendable, Equatable, CaseIterable {
        case pass = "PASS"
        /// A check, a limit, or a step that failed for one of these.
        case fail = "FAIL"
        /// The script or the modem.
        case error = "ERROR"
        case timeout = "TIMEOUT"
        case aborted = "ABORTED"
        case skip = "SKIP"
    }

    /// One try of a step.
    package struct Attempt: Sendable, Equatable {
        /// From 1.
        package var number: Int
        /// Since the run began.
        package var started: Duration
        package var duration: Duration
        package var outcome: Outcome
        package var measurements: [Measurement]
        package var notes: [String]
        /// Why it did not pass; nil if it did.
        package var failure: LuaFailure?
    }

    package struct Step: Sendable, Equatable {
        package var name: String
        /// 0 for a step of the script's own level, 1 for a step inside it.
        package var depth: Int
        /// In order; the last one decides. Empty: the run ended before the first began.
        package var attempts: [Attempt]

        package var outcome: Outcome { attempts.last?.outcome ?? .aborted }
    }

    package var outcome: Outcome
    /// One line for people: the failure's message, the words given to `fail` or `skip`, the limit that was missed.
    package var reason: String?
    /// What the run died of, as the script would have seen it.
    package var failure: LuaFailure?
    /// Errors of `defer` bodies and handlers behind the first failure.
    package var laterFailures: [LuaFailure]
    package var duration: Duration
    /// In the order they began.
    package var steps: [Step]
    /// Taken and noted outside steps.
    package var measurements: [Measurement]
    package var notes: [String]
}

extension RunReport {
    /// A run that ended before its script began.
    package init(neverBegan reason: String, _ outcome: Outcome = .error) {
        self.init(
            outcome: outcome,
            reason: reason,
            failure: nil,
            laterFailures: [],
            duration: .zero,
            steps: [],
            measurements: [],
            notes: []
        )
    }

    /// What is known of a run that its watchdog ends, without asking anybody.
    package init(blocked blockage: LuaBlockage) {
        let verdict = RunVerdict(LuaOutcome(blocked: blockage))
        self.init(
            outcome: verdict.outcome,
            reason: verdict.failure?.description,
            failure: verdict.failure,
            laterFailures: [],
            duration: .zero,
            steps: [],
            measurements: [],
            notes: []
        )
    }
}
