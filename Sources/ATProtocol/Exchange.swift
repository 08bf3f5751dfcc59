/// A submitted command with all that belongs to it, until it completes exactly once.
///
/// A class, because it moves from queue to queue and is far too large to be copied at each step.
final class Exchange: @unchecked Sendable {
    // Sendable because one engine alone refers to it, in one of its queues, and an engine has one owner at a time.

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

    let id: ExchangeID
    let command: Command
    let role: Role
    let submittedAt: Moment
    /// Events delivered with this number or a later one came while it was open.
    let firstEvent: UInt64
    let hasSecrets: Bool
    /// Whether unsolicited lines may end it.
    let canBeLost: Bool

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
        self.id = id
        self.command = command
        self.role = role
        self.submittedAt = submittedAt
        self.firstEvent = firstEvent
        hasSecrets = !command.secrets.isEmpty
        canBeLost = !command.spec.failOn.isEmpty
        if let timeout = command.timeout { deadline = submittedAt + timeout }
    }

    // Lent, not copied: a spec holds a dozen arrays.
    var spec: CommandSpec { _read { yield command.spec } }

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
