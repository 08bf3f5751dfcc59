/// A submitted command with all that belongs to it, until it completes exactly once.
///
/// A class, because it moves from queue to queue and is far too large to be copied at each step.
final class Exchange: @unchecked Sendable {
    // Sendable because one engine alone refers to it, in one of its queues, and an engine has one owner at a time.
    // For the same reason its variables need no check of exclusive access: a reading asks for a dozen of them.

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
    let traits: PreparedSpec.Traits
    /// Nothing of its command or of the answer has to be hidden.
    let isOpenBook: Bool
    private let isPlain: Bool
    private let lineLength: Int

    @exclusivity(unchecked) var phase = Phase.queued
    @exclusivity(unchecked) var writeID: WriteID?
    /// When its write was asked for.
    @exclusivity(unchecked) var requestedAt: Moment?
    /// When its last byte had left.
    @exclusivity(unchecked) var writtenAt: Moment?
    @exclusivity(unchecked) var dataWriteID: WriteID?
    /// Total deadline.
    @exclusivity(unchecked) var deadline: Moment?
    /// End of a wait within a phase: prompt patience, tail window.
    @exclusivity(unchecked) var phaseDeadline: Moment?
    @exclusivity(unchecked) var lines = PackedLines()
    @exclusivity(unchecked) var result: Line?
    @exclusivity(unchecked) var resultCode: Int?
    @exclusivity(unchecked) var final: Line?
    /// Its answer cannot be trusted: a line within it was too long, or its final result code came in quarantine.
    @exclusivity(unchecked) var isTainted = false
    /// Set once its caller has been answered and the module still owes something.
    @exclusivity(unchecked) var zombie: ZombieState?

    init(id: ExchangeID, command: Command, role: Role, submittedAt: Moment, firstEvent: UInt64) {
        self.id = id
        self.command = command
        self.role = role
        self.submittedAt = submittedAt
        self.firstEvent = firstEvent
        hasSecrets = !command.secrets.isEmpty
        traits = command.prepared.traits
        isOpenBook = !hasSecrets && !traits.hasSecretFields
        isPlain = isOpenBook && !traits.hasFinals
        lineLength = command.line.count
        if let timeout = command.timeout { deadline = submittedAt + timeout }
    }

    var spec: CommandSpec { _read { yield command.spec } }

    var isGateOpen: Bool { phase.isBehindGate }

    /// Whether an information line of this command may look like `line`.
    /// - Parameter isDeclared: an unsolicited line that looks like it is declared.
    @inline(__always)
    func takesInformation(_ line: Span<UInt8>, named name: LineName, isDeclared: Bool) -> Bool {
        if let shape = traits.onlyShape { return shape.accepts(line, named: name) == true }
        return traits.hasInformation && command.prepared.takesInformation(line, named: name, isDeclared: isDeclared)
    }

    /// Whether a line is one of its answer, or nothing of it.
    @inline(__always)
    var answersPlainly: Bool { isPlain && phase == .final }

    /// Whether `OK` is all that is left for it to come, with nothing else to be thought of.
    @inline(__always)
    var awaitsOnlyOK: Bool {
        // Compared with nil, the whole of it would be copied.
        if case .some = zombie { return false }
        return !traits.hasResult && !isTainted
    }

    /// False: the line does not repeat the command.
    @inline(__always)
    func mayRepeat(_ line: Span<UInt8>) -> Bool { line.count == lineLength }

    /// Whether a line that is no information means nothing to the exchange, for certain.
    @inline(__always)
    var ignoresUnsolicited: Bool { !traits.hasResult && !traits.canBeLost }

    /// The result code if `line` is this command's result.
    @inline(__always)
    func resultCode(of line: Span<UInt8>) -> Int? { traits.hasResult ? command.spec.result?.code(of: line) : nil }

    /// A further final of this command.
    @inline(__always)
    func special(_ line: Span<UInt8>) -> FinalCode? { traits.hasFinals ? command.spec.special(line) : nil }

    /// Whether this unsolicited line ends the exchange.
    @inline(__always)
    func fails(on line: Span<UInt8>) -> Bool { traits.canBeLost && command.prepared.fails(on: line) }

    /// Whether `line` repeats the command.
    @inline(__always)
    func isEcho(_ line: Span<UInt8>) -> Bool { line.count == lineLength && line.equals(command.line) }

    func take(_ line: Span<UInt8>) { lines.append(line) }

    /// Hands out an answer that is over.
    @inline(__always)
    func takeReply(final: consuming FinalLine, at now: Moment) -> Reply {
        var taken = PackedLines()
        swap(&taken, &lines)
        return Reply(
            packed: taken,
            result: result,
            final: final,
            writtenAt: writtenAt ?? requestedAt ?? now,
            completedAt: now
        )
    }

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
