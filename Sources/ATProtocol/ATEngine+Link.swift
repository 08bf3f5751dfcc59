extension ATEngine {
    static let probe = Array("AT".utf8)

    mutating func enter(_ state: LinkState, at now: Moment) {
        deliver(.state(state), at: now)
    }

    // MARK: Port

    mutating func open(_ port: PortGeneration, at now: Moment) {
        generation = port
        closedByOwner = false
        trace(.port, exchange: nil, "opened", at: now)
        echo = .unknown
        isTerse = false
        recovery.wanted = nil
        recovery.missed = 0
        recovery.openingPaddingDone = false
        recovery.hasBeenReady = false
        recovery.earlyStarts = 0
        recovery.owesPreamble = true
        if let lost = recovery.lostDataPhase {
            recovery.lostDataPhase = nil
            startPadding(Padding(declared: lost, eaten: [], deadline: now), at: now)
        } else {
            synchronise(.opening, at: now)
        }
    }

    mutating func close(_ loss: PortLoss, at now: Moment) {
        trace(.port, exchange: nil, loss == .closed ? "closed" : "vanished", at: now)
        if loss == .closed { closedByOwner = true }
        truncateFrame(at: now)
        noteRest("cut off", at: now)
        releaseHeld(asOwn: false)
        rememberDataPhase()
        failAll(loss == .closed ? .closed : .lost(.portVanished), at: now)
        decoder = ATLineDecoder(decoder.framing)
        forgetTimers()
        switch recovery.state {
        case .synchronising, .silent, .reopening, .stalled, .padding: recovery.owesProbes = true
        case .closed, .preamble, .ready, .undoing, .resetting, .restarting, .failed: break
        }
        let isReopening = if case .reopening = recovery.state { true } else { false }
        // The owner was asked to reopen: the ladder goes on counting.
        if isReopening, loss == .vanished { return }
        recovery.state = .closed
        enter(.closed, at: now)
    }

    private mutating func rememberDataPhase() {
        guard let active = queue.active, let data = active.command.data else { return }
        switch active.phase {
        case .prompt, .stalled, .data: recovery.lostDataPhase = data.count
        case .queued, .gate, .final, .tail, .result: break
        }
    }

    private mutating func forgetTimers() {
        frameDeadline = nil
        dataEchoDeadline = nil
        quarantineEnd = nil
        quietUntil = nil
        laneDeadline = nil
        orphanedWrite = nil
        probeWrite = nil
    }

    /// Everything open ends, written or not.
    mutating func failAll(_ code: ATFailure.Code, at now: Moment) {
        if let active = dropWritten(), active.zombie == nil, active.role == .caller {
            complete(active, failing: code, at: now)
        }
        let open = queue.pending + queue.waiting
        queue.pending.removeAll()
        queue.waiting.removeAll()
        for exchange in open { complete(exchange, failing: code, at: now) }
    }

    /// Nothing written is answered any more.
    /// - Returns: the exchange whose turn it was.
    @discardableResult
    private mutating func dropWritten() -> Exchange? {
        decoder.expectedEcho = []
        decoder.dataEcho.stop()
        queue.zombies.removeAll()
        return queue.active.take()
    }

    // MARK: Synchronising

    func synchroniser(_ reason: Synchroniser.Reason, owed: Int, at now: Moment) -> Synchroniser {
        Synchroniser(reason, owed: owed, hasOlderProbes: recovery.owesProbes, at: now, configuration.recovery)
    }

    mutating func synchronise(_ reason: Synchroniser.Reason, at now: Moment) {
        let owed = queue.zombies.count { $0.zombie?.owesFinal == true }
        recovery.state = .synchronising(synchroniser(reason, owed: owed, at: now))
        recovery.wanted = nil
        enter(.synchronising, at: now)
        recoveryExpired(at: now)
    }

    mutating func writeProbe(at now: Moment) {
        decoder.expectedEcho = Self.probe
        let bytes = Self.probe + [.carriageReturn]
        probeWrite = write(bytes)
        traceWrite(bytes, at: now)
    }

    /// A final result code while the engine's own bytes are being answered.
    mutating func linkFinal(_ code: FinalCode, _ line: Span<UInt8>, at now: Moment) {
        switch recovery.state {
        case .synchronising(var synchroniser):
            let owner = synchroniser.finalCame(echo: echo, at: now)
            recovery.state = .synchronising(synchroniser)
            switch owner {
            case .probe: break
            case .spare: deliver(.anomaly(.strayFinal(Line(copying: line))), at: now)
            case .older:
                if let zombie = queue.zombieOwedFinal {
                    zombieEndsBeforeProbe(zombie, code, line, at: now)
                } else {
                    deliver(.anomaly(.strayFinal(Line(copying: line))), at: now)
                }
            }
            if synchroniser.isSettled { synchronised(synchroniser, at: now) }
        case .padding(let padding):
            paddingEnded(padding, at: now)
        case .silent(let rung):
            switch rung.origin {
            case .ladder: synchronise(.barrier(isCertain: false), at: now)
            case .opening: resumeOpening(at: now)
            }
        case .closed, .preamble, .ready, .stalled, .undoing, .reopening, .resetting, .restarting, .failed:
            break
        }
    }

    private mutating func zombieEndsBeforeProbe(_ index: Int, _ code: FinalCode, _ line: Span<UInt8>, at now: Moment) {
        let id = queue.zombies[index].id
        if queue.zombies[index].zombie?.owesResult == true, code.isSuccess {
            queue.zombies[index].zombie?.owesFinal = false
            deliver(.late(id, .line(Line(copying: line))), at: now)
        } else {
            queue.zombies.remove(at: index)
            deliver(.late(id, .of(code.isSuccess, Line(copying: line))), at: now)
        }
    }

    private mutating func synchronised(_ synchroniser: Synchroniser, at now: Moment) {
        decoder.expectedEcho = []
        echo = synchroniser.echoSeen ? .on : .off
        settleZombies(at: now)
        switch synchroniser.reason {
        case .opening, .restart:
            recovery.state = .preamble(next: 0)
        case .barrier:
            if recovery.owesPreamble { recovery.state = .preamble(next: 0) } else { becomeReady(at: now) }
        }
        pump(at: now)
    }

    private mutating func becomeReady(at now: Moment) {
        recovery.state = .ready
        recovery.hasBeenReady = true
        recovery.rungsTaken = 0
        recovery.owesProbes = false
        recovery.blindPaddingDone = false
        enter(.ready, at: now)
    }

    // MARK: Lines of the engine's own

    mutating func writePreamble(_ next: Int, at now: Moment) {
        guard next < configuration.preamble.count else {
            recovery.owesPreamble = false
            becomeReady(at: now)
            pump(at: now)
            return
        }
        recovery.state = .preamble(next: next + 1)
        writeInternal(configuration.preamble[next], role: .preamble, at: now)
    }

    mutating func writeInternal(_ command: Command, role: Exchange.Role, at now: Moment) {
        let exchange = Exchange(
            id: internalID(),
            command: command,
            role: role,
            submittedAt: now,
            firstEvent: journal.nextEvent
        )
        write(exchange, at: now)
    }

    /// One of them has been answered, or not in time.
    mutating func internalEnded(_ exchange: Exchange, at now: Moment) {
        switch recovery.state {
        case .undoing: synchronise(.barrier(isCertain: false), at: now)
        case .preamble: pump(at: now)
        case .closed, .synchronising, .ready, .stalled, .padding, .silent, .reopening, .resetting, .restarting,
            .failed:
            break
        }
    }

    // MARK: Restart

    mutating func restarted(at now: Moment) {
        if case .restarting = recovery.state { return }
        let isSynchronising =
            if case .synchronising(let synchroniser) = recovery.state {
                synchroniser.reason != .barrier(isCertain: true) && synchroniser.reason != .barrier(isCertain: false)
            } else {
                false
            }
        let isResetting = if case .resetting = recovery.state { true } else { false }
        let expected = recovery.expectsRestart || isSynchronising || isResetting || !recovery.hasBeenReady
        recovery.expectsRestart = false
        quarantineEnd = nil
        orphanedWrite = nil
        deliver(.restarted(expected: expected), at: now)
        if !recovery.hasBeenReady { recovery.earlyStarts += 1 }
        if recovery.hasBeenReady || recovery.earlyStarts > Recovery.earlyStartLimit {
            failAll(.lost(.restarted), at: now)
        } else {
            // The start that everybody has been waiting for since the port was opened: no author of a command can have
            // built on a state from before.
            dropWritten()
        }
        echo = .unknown
        isTerse = false
        recovery.owesPreamble = true
        recovery.hasBooted = false
        let times = configuration.recovery
        recovery.state = .restarting(quietUntil: now + times.restartQuiet, limit: now + times.restartLimit)
        recovery.wanted = nil
        enter(.restarting, at: now)
    }

    // MARK: Quarantine

    mutating func endQuarantine(at now: Moment) {
        quarantineEnd = nil
        if lostFinal, queue.active?.zombie == nil {
            lostFinal = false
            failActive(.protocolFault, text: "the answer was read behind a damaged message", at: now)
        }
        pump(at: now)
    }

    // MARK: Time

    mutating func recoveryExpired(at now: Moment) {
        switch recovery.state {
        case .synchronising(var synchroniser):
            let expiry = synchroniser.expire(at: now)
            recovery.state = .synchronising(synchroniser)
            switch expiry {
            case .settled: synchronised(synchroniser, at: now)
            case .probe: if !padOpening(synchroniser, at: now) { writeProbe(at: now) }
            case .silent: fallSilent(at: now)
            }
        case .stalled(let stall): stallExpired(stall, at: now)
        case .padding(let padding): paddingExpired(padding, at: now)
        case .silent(let rung): rungExpired(rung, at: now)
        case .reopening: climb(at: now)
        case .resetting: resetExpired(at: now)
        case .restarting: synchronise(.restart, at: now)
        case .closed, .preamble, .ready, .undoing, .failed: break
        }
    }
}
