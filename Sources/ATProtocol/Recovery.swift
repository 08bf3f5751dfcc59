/// Where the link is, and what it takes to be ready again: the table of section 5 of the engine's specification.
struct Recovery: ~Copyable, Sendable {
    enum State: Sendable {
        case closed
        case synchronising(Synchroniser)
        /// The profile's own command lines are being sent; the index is that of the next one.
        case preamble(next: Int)
        case ready
        /// `>` did not come in time, or nobody wants it any more.
        case stalled(Stall)
        /// An open data phase is filled up with spaces.
        case padding(Padding)
        /// What padding stored is being removed again.
        case undoing
        case silent(Rung)
        case reopening(until: Moment)
        /// Waiting for a reset to take effect.
        case resetting(until: Moment)
        case restarting(quietUntil: Moment, limit: Moment)
        case failed
    }

    var state = State.closed {
        didSet {
            isReady = if case .ready = state { true } else { false }
            isSynchronising = if case .synchronising = state { true } else { false }
        }
    }
    /// Whether the state is `ready`, as it is most of the time. Asked for at every line.
    private(set) var isReady = false
    /// Whether it is `synchronising`. Asked for at every read.
    private(set) var isSynchronising = false
    /// The barrier wanted before the next command; nil: none.
    var wanted: Wanted?
    /// Commands have been possible since the port was opened.
    var hasBeenReady = false
    /// How often the module has started since the port was opened, before commands were possible.
    var earlyStarts = 0

    /// More of them are no start that anybody has been waiting for.
    static let earlyStartLimit = 2
    /// Deadlines missed in a row without a byte received.
    var missed = 0
    /// Steps of the ladder already taken since the link was ready.
    var rungsTaken = 0
    var blindPaddingDone = false
    /// Spaces have been written since the port was opened, in case the module was waiting for data.
    var openingPaddingDone = false
    /// The profile's own command lines have not all been sent since the port was opened or the module restarted.
    var owesPreamble = false
    /// The module may still answer probes that were given up: the port was closed, or filled up, behind them.
    var owesProbes = false
    /// The last line of the start that is under way has come.
    var hasBooted = false
    /// A command that restarts the module has been sent.
    var expectsRestart = false
    /// The port was lost within a data phase of this many bytes.
    var lostDataPhase: Int?

    enum Wanted: Equatable, Sendable { case certain, uncertain }

    mutating func want(_ barrier: Wanted) {
        if wanted != .uncertain { wanted = barrier }
    }

    @inline(__always)
    var deadline: Moment? {
        // Most of the time; a switch would copy the state.
        isReady ? nil : deadlineOfState
    }

    private var deadlineOfState: Moment? {
        switch state {
        case .closed, .preamble, .ready, .undoing, .failed: nil
        case .synchronising(let synchroniser): synchroniser.deadline
        case .stalled(let stall): stall.deadline
        case .padding(let padding): padding.deadline
        case .silent(let rung): rung.deadline
        case .reopening(let until), .resetting(let until): until
        case .restarting(let quietUntil, let limit): min(quietUntil, limit)
        }
    }

    /// Whether final result codes belong to what the engine itself has written.
    var takesFinals: Bool {
        if isReady { return false }
        return switch state {
        case .synchronising, .padding, .silent: true
        case .closed, .preamble, .ready, .stalled, .undoing, .reopening, .resetting, .restarting, .failed: false
        }
    }
}

/// A prompt that did not come in time.
struct Stall: Equatable, Sendable {
    /// What has been written since the command line: the module may have taken it for data.
    var eaten: [UInt8] = []
    var echoSeen = false
    var deadline: Moment?
}

/// Spaces that fill up an open data phase.
struct Padding: Equatable, Sendable {
    /// The length the module waits for.
    var declared: Int
    /// What it has taken before the spaces.
    var eaten: [UInt8]
    /// How often spaces have been written.
    var rounds = 0
    var undo: PromptSpec.Padding = .harmless
    /// The zombie that had opened the data phase; nil: the active exchange had.
    var zombie: ExchangeID?
    var deadline: Moment
}

/// One step of the ladder against silence.
struct Rung: Equatable, Sendable {
    enum Step: Equatable, Sendable {
        /// The owner does something to the port.
        case link
        /// `AT` has been written.
        case probe
        /// This many spaces have been written without knowing of a data phase.
        case blind(Int)
    }

    var step: Step
    var deadline: Moment
    var origin = Origin.ladder

    enum Origin: Equatable, Sendable {
        case ladder
        /// No probe has been answered since the port was opened.
        case opening
    }
}
