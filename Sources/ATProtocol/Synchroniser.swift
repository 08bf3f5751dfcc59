/// Proves that host and module agree again on which answer belongs to which command: `AT` is written until it is
/// answered, and the final result codes are told apart by its echo or by counting them.
struct Synchroniser: Sendable {
    enum Reason: Equatable, Sendable {
        case opening
        case restart
        /// Before the next command. Uncertain: how many finals the module owes is not known.
        case barrier(isCertain: Bool)
    }

    /// Whose final result code it is.
    enum Owner: Equatable, Sendable {
        /// Older than the probe: a zombie's, or nobody's.
        case older
        case probe
        /// One more than can be explained.
        case spare
    }

    let reason: Reason
    /// Finals that zombies were owed at the start.
    let owed: Int
    /// Probes of an earlier attempt may still be answered, and their echo is the same: only quiet tells the last one.
    private let hasOlderProbes: Bool
    private let startedAt: Moment
    private let schedule: [Duration]
    private let patience: Duration
    private let quiet: Duration
    private var probesWritten = 0
    private var hasLeft = false
    private(set) var echoSeen = false
    private var finals = 0
    private var finalsBehindEcho = 0
    private var lastProbeAt: Moment
    private(set) var quietUntil: Moment?
    private(set) var isSettled = false

    init(_ reason: Reason, owed: Int, hasOlderProbes: Bool, at now: Moment, _ times: RecoveryTimes) {
        self.reason = reason
        self.hasOlderProbes = hasOlderProbes
        self.owed = owed
        startedAt = now
        lastProbeAt = now
        patience = times.probePatience
        quiet = times.finalQuiet
        switch reason {
        case .opening, .restart: schedule = times.openingProbes
        case .barrier: schedule = times.barrierProbes
        }
    }

    /// When something has to be done although nothing comes.
    var deadline: Moment {
        if let quietUntil { return quietUntil }
        guard probesWritten < schedule.count else { return lastProbeAt + patience }
        return startedAt + schedule[probesWritten]
    }

    /// From the start to this moment.
    func age(at now: Moment) -> Duration { now - startedAt }

    /// Whether anything has come that may be an answer.
    var isAnswered: Bool { echoSeen || finals > 0 }

    enum Expiry: Equatable, Sendable { case settled, probe, silent }

    /// What to do at `deadline`.
    mutating func expire(at now: Moment) -> Expiry {
        if quietUntil != nil {
            isSettled = true
            return .settled
        }
        guard probesWritten < schedule.count else { return .silent }
        probesWritten += 1
        lastProbeAt = now
        return .probe
    }

    mutating func probeLeft() { hasLeft = true }

    /// Anything received keeps the quiet from ending.
    mutating func heard(at now: Moment) {
        if quietUntil != nil { quietUntil = now + quiet }
    }

    mutating func echoCame() { echoSeen = true }

    mutating func finalCame(echo: EchoState, at now: Moment) -> Owner {
        guard echoSeen || hasLeft else { return .older }
        finals += 1
        if echoSeen {
            finalsBehindEcho += 1
            decide(finalsBehindEcho >= probesWritten, at: now)
            return finalsBehindEcho == 1 ? .probe : .spare
        }
        if echo == .on {
            // Ours only if the echo has been lost: the quiet will tell.
            decide(false, at: now)
            return .older
        }
        decide(echo == .off && finals >= owed + probesWritten, at: now)
        if finals <= owed { return .older }
        return finals == owed + 1 ? .probe : .spare
    }

    private mutating func decide(_ allCame: Bool, at now: Moment) {
        // Behind the echo no other command's final can come.
        if allCame, !hasOlderProbes, echoSeen || reason != .barrier(isCertain: false) {
            isSettled = true
        } else {
            quietUntil = now + quiet
        }
    }
}
