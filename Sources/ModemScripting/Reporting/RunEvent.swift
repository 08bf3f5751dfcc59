package import LuaRuntime

/// Something a person or a program that watches a run wants to know, at the moment it happens.
package struct RunEvent: Sendable, Equatable {
    /// Since the run began, on the run's clock.
    package var elapsed: Duration
    package var body: Body

    package init(elapsed: Duration, body: Body) {
        self.elapsed = elapsed
        self.body = body
    }

    package enum Body: Sendable, Equatable {
        case stepStarted(name: String, attempt: Int, attempts: Int)
        /// One attempt has ended. What it measured and noted is in it.
        case stepFinished(name: String, RunReport.Attempt, attempts: Int)
        /// A value was measured; `step` is nil outside steps. It comes again inside `stepFinished`.
        case measured(Measurement, step: String?)
        /// What an operation has to say of itself: "60 B qos 1 acknowledged in 0.011 s". It comes again inside
        /// `stepFinished`.
        case note(String, step: String?)
        /// `log.*`, `warn` and the runtime's own warnings.
        case log(RunLog)
        /// `print` and `io.write`, line ends included.
        case output([UInt8])
    }
}

/// A log record, and where the run was when it was made.
package struct RunLog: Sendable, Equatable {
    package var level: LuaLogRecord.Level
    package var message: String
    /// What the script gave beside the message.
    package var fields: [LuaTable.Pair]
    package var task: String?
    /// `file:line`.
    package var location: String?

    package init(_ record: LuaLogRecord) {
        level = record.level
        message = record.message
        fields = record.fields
        task = record.task
        location = record.location
    }
}
