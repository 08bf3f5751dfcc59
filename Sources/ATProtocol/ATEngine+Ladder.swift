/// What is tried when the module does not answer at all.
extension ATEngine {
    private static let blindStep = 512
    private static let probeLength = 3
    private static let blindPatience = Duration.seconds(1)

    mutating func fallSilent(at now: Moment) {
        switch recovery.state {
        case .silent, .reopening, .failed, .closed: return
        case .synchronising, .preamble, .ready, .stalled, .padding, .undoing, .resetting, .restarting: break
        }
        releaseHeld(asOwn: false)
        dropAnsweredActive(at: now)
        recovery.missed = 0
        enter(.silent, at: now)
        recovery.state = .silent(Rung(step: .probe, deadline: now))
        climb(at: now)
    }

    /// An exchange whose caller has been answered must not keep the link from being tried.
    private mutating func dropAnsweredActive(at now: Moment) {
        guard let exchange = queue.active else { return }
        queue.active = nil
        decoder.expectedEcho = []
        if exchange.zombie != nil {
            deliver(.late(exchange.id, .neverAnswered), at: now)
        } else {
            complete(exchange, failing: .lost(.unresponsive), at: now)
        }
    }

    /// Takes the next step of the ladder.
    mutating func climb(at now: Moment) {
        let next = recovery.rungsTaken < configuration.ladder.count ? configuration.ladder[recovery.rungsTaken] : nil
        switch next {
        case .toggleDTR?, .escape?:
            take(next, at: now)
            recovery.state = .silent(Rung(step: .link, deadline: now + configuration.recovery.rungTime))
        case .reopen?, .reset?, nil:
            if !recovery.blindPaddingDone {
                recovery.blindPaddingDone = true
                padBlindly(written: 0, from: .ladder, at: now)
            } else if let next {
                climbOut(next, at: now)
            } else {
                fail(at: now)
            }
        }
    }

    private mutating func take(_ request: LinkRequest?, at now: Moment) {
        guard let request else { return }
        recovery.rungsTaken += 1
        actions.append(.link(request))
        trace(.state, exchange: nil, "\(request)", at: now)
    }

    /// The steps after which nothing is left of what was open.
    private mutating func climbOut(_ request: LinkRequest, at now: Moment) {
        let until = now + configuration.recovery.reopenLimit
        switch request {
        case .reopen: recovery.state = .reopening(until: until)
        case .reset: recovery.state = .resetting(until: now + configuration.recovery.rungTime)
        case .toggleDTR, .escape: return
        }
        failAll(.lost(.unresponsive), at: now)
        enter(request == .reopen ? .reopening : .resetting, at: now)
        take(request, at: now)
    }

    private mutating func fail(at now: Moment) {
        recovery.state = .failed
        failAll(.lost(.unresponsive), at: now)
        enter(.failed, at: now)
    }

    private mutating func padBlindly(written: Int, from origin: Rung.Origin, at now: Moment) {
        // Nothing tells yet which of these probes is answered.
        recovery.owesProbes = true
        let spaces = [UInt8](repeating: .space, count: Self.blindStep)
        _ = write(spaces)
        traceWrite(spaces, at: now)
        writeProbe(at: now)
        let patience: Duration
        switch origin {
        case .ladder: patience = Self.blindPatience + configuration.delay(Self.blindStep)
        case .opening:
            let wireTime = configuration.wireTime(Self.blindStep + Self.probeLength)
            patience = wireTime + configuration.recovery.openingPaddingStep
        }
        recovery.state = .silent(
            Rung(step: .blind(written + Self.blindStep), deadline: now + patience, origin: origin)
        )
    }

    /// Probes since opening have not been answered: perhaps the host before this one was ended in the middle of a data
    /// phase, which has no limit of its own. Spaces before a command line do no harm where there is none.
    ///
    /// - Returns: false: nothing is to be done, as it is too early or has been done.
    mutating func padOpening(_ synchroniser: Synchroniser, at now: Moment) -> Bool {
        guard synchroniser.reason == .opening, !synchroniser.isAnswered, !recovery.openingPaddingDone,
            let due = configuration.recovery.openingPadding, synchroniser.age(at: now) >= due
        else { return false }
        recovery.openingPaddingDone = true
        trace(.state, exchange: nil, "padding", at: now)
        padBlindly(written: 0, from: .opening, at: now)
        return true
    }

    /// The spaces have been answered, or as many as any data phase takes have changed nothing: probes tell the rest.
    mutating func resumeOpening(at now: Moment) {
        recovery.state = .synchronising(synchroniser(.opening, owed: 0, at: now))
        recoveryExpired(at: now)
    }

    mutating func rungExpired(_ rung: Rung, at now: Moment) {
        switch rung.step {
        case .link:
            writeProbe(at: now)
            recovery.state = .silent(Rung(step: .probe, deadline: now + configuration.recovery.probePatience))
        case .probe:
            climb(at: now)
        case .blind(let written):
            if written < configuration.dataLimit {
                padBlindly(written: written, from: rung.origin, at: now)
                return
            }
            switch rung.origin {
            case .ladder: climb(at: now)
            case .opening: resumeOpening(at: now)
            }
        }
    }

    /// A reset has had its time: the module is asked as after opening.
    mutating func resetExpired(at now: Moment) {
        synchronise(.restart, at: now)
    }
}
