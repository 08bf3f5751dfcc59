/// A submitted command with all that belongs to it, until it completes exactly once.
struct Exchange: Sendable {
    enum Role: Equatable, Sendable {
        /// Completes towards its caller.
        case caller
        /// A line of the engine's own: preamble, or the undo of a padded data phase.
        case preamble, undo
    }

    enum Phase: Equatable, Sendable {
        case queued
        /// Written; no line can answer it yet.
        case gate
        /// `>` is awaited.
        case prompt
        /// `>` did not come in time: see `Stall`.
        case stalled
        /// The data are being written, or `>` came too late and padding is.
        case data
        case final
        /// `ERROR` has come; a result may still give its code.
        case tail
        /// `OK` has come, the asynchronous result has not.
        case result

        /// Whether lines may answer the exchange.
        var isBehindGate: Bool {
            switch self {
            case .queued, .gate: false
            case .prompt, .stalled, .data, .final, .tail, .result: true
            }
        }
    }

    /// Shared, so that an exchange is cheap to move about.
    let submission: Submission

    var phase = Phase.queued
    var writeID: WriteID?
    /// When its write was asked for.
    var requestedAt: Moment?
    /// When its last byte had left.
    var writtenAt: Moment?
    var dataWriteID: WriteID?
    /// Total deadline.
    var deadline: Moment?
    /// End of a wait within a phase: prompt patience, tail window.
    var phaseDeadline: Moment?
    var lines = PackedLines()
    var result: Line?
    var resultCode: Int?
    var final: Line?
    /// Its answer cannot be trusted: a line within it was too long, or its final result code came in quarantine.
    var isTainted = false
    /// Set once its caller has been answered and the module still owes something.
    var zombie: ZombieState?

    init(id: ExchangeID, command: Command, role: Role, submittedAt: Moment, firstEvent: UInt64) {
        submission = Submission(
            id: id,
            command: command,
            role: role,
            submittedAt: submittedAt,
            firstEvent: firstEvent
        )
        if let timeout = command.timeout { deadline = submittedAt + timeout }
    }

    var id: ExchangeID { submission.id }
    // Lent, not copied: a command holds a dozen arrays.
    var command: Command { _read { yield submission.command } }
    var spec: CommandSpec { _read { yield submission.command.spec } }
    var role: Role { submission.role }
    var submittedAt: Moment { submission.submittedAt }
    /// Events delivered with this number or a later one came while it was open.
    var firstEvent: UInt64 { submission.firstEvent }

    var isGateOpen: Bool { phase.isBehindGate }

    var timeoutPhase: ATFailure.Phase {
        switch phase {
        case .queued: .queue
        case .gate: .gate
        case .prompt, .stalled: .prompt
        case .data: .data
        case .final, .tail: .final
        case .result: .result
        }
    }
}

/// What is known of an exchange from the start.
final class Submission: Sendable {
    let id: ExchangeID
    let command: Command
    let role: Exchange.Role
    let submittedAt: Moment
    let firstEvent: UInt64
    let hasSecrets: Bool
    /// Whether unsolicited lines may end it.
    let canBeLost: Bool

    init(id: ExchangeID, command: Command, role: Exchange.Role, submittedAt: Moment, firstEvent: UInt64) {
        self.id = id
        self.command = command
        self.role = role
        self.submittedAt = submittedAt
        self.firstEvent = firstEvent
        hasSecrets = !command.secrets.isEmpty
        canBeLost = !command.spec.failOn.isEmpty
    }
}

/// What an exchange whose caller has been answered still expects.
struct ZombieState: Equatable, Sendable {
    var owesFinal: Bool
    var owesResult: Bool
    /// The module may still prompt for its data.
    var owesPrompt: Bool
    /// What has been written since: the module may have taken it for data.
    var eaten: [UInt8] = []
    /// Nothing is expected any more behind this.
    var graceEnd: Moment
    /// Its lanes are not free before this …
    var lanesUntil: Moment
    /// … nor before host and module agree again.
    var awaitsBarrier: Bool
}
