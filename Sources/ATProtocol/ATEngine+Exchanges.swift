extension ATEngine {
    // MARK: Submission

    mutating func submit(_ id: ExchangeID, _ command: Command, at now: Moment) {
        let exchange = Exchange(
            id: id,
            command: command,
            role: .caller,
            submittedAt: now,
            firstEvent: journal.nextEvent
        )
        trace(.submit, exchange: id, String(decoding: command.shownLine, as: UTF8.self), at: now)
        if let fault = CommandFault(command, hasPrompt: exchange.traits.hasPrompt, limit: configuration.commandLimit) {
            complete(exchange, failing: .argument, text: fault.description, at: now)
        } else if closedByOwner {
            complete(exchange, failing: .closed, at: now)
        } else if !recovery.isReady, case .failed = recovery.state {
            complete(exchange, failing: .lost(.unresponsive), at: now)
        } else if isIdle {
            write(exchange, at: now)
        } else {
            queue.waiting.append(exchange)
            pump(at: now)
        }
    }

    /// Whether nothing is going on that a command would have to wait for, or to be thought of with.
    private var isIdle: Bool {
        mutating get {
            queue.isEmpty && recovery.isReady && hold.isEmpty && orphanedWrite == nil && quarantineEnd == nil
                && quietUntil == nil && barrierNeeded() == nil
        }
    }

    // MARK: Writing

    /// Writes the next command if nothing stands against it.
    mutating func pump(at now: Moment) {
        guard queue.active == nil, orphanedWrite == nil, quarantineEnd == nil, hold.isEmpty else { return }
        if let quietUntil, quietUntil > now { return }
        if recovery.isReady {
            writeNext(at: now)
            return
        }
        switch recovery.state {
        case .preamble(let next): writePreamble(next, at: now)
        case .closed, .ready, .synchronising, .stalled, .padding, .undoing, .silent, .reopening, .resetting,
            .restarting,
            .failed:
            break
        }
    }

    private mutating func writeNext(at now: Moment) {
        guard !queue.waiting.isEmpty else { return }
        if let barrier = barrierNeeded() {
            synchronise(.barrier(isCertain: barrier == .certain), at: now)
            return
        }
        switch queue.candidate(at: now) {
        case .write(let index): write(queue.takeWaiting(index), at: now)
        case .barrier: synchronise(.barrier(isCertain: true), at: now)
        case .nothing: laneDeadline = queue.laneRelease(after: now)
        }
    }

    /// The barrier that has to come before the next command, if the next command may not be it.
    private mutating func barrierNeeded() -> Recovery.Wanted? {
        switch configuration.barrier {
        case .nextCommand: return nil
        case .probe: break
        case .automatic:
            if let wanted = recovery.wanted { return wanted }
            if echo == .on { return nil }
        }
        if let wanted = recovery.wanted { return wanted }
        if queue.zombieOwedFinal != nil { return .certain }
        return echo == .unknown ? .uncertain : nil
    }

    mutating func write(_ exchange: consuming Exchange, at now: Moment) {
        let write = write(exchange.command.written)
        exchange.writeID = write
        exchange.requestedAt = now
        exchange.phase = .gate
        if exchange.deadline == nil { exchange.deadline = limit(of: exchange, writtenAt: now) }
        if exchange.traits.hasEffects, exchange.spec.effects.contains(.restart) { recovery.expectsRestart = true }
        decoder.expectedEcho = exchange.command.line
        if tracer.isOn { traceWrite(exchange.command.written, of: exchange, part: .line, at: now) }
        queue.active = exchange
    }

    mutating func writeLeft(_ write: WriteID, at now: Moment) {
        if let active = queue.active, write == active.writeID, active.writtenAt == nil, echo != .off {
            // Most of the time. It moves no deadline.
            active.writtenAt = now
            return
        }
        timersChanged = true
        if write == orphanedWrite {
            orphanedWrite = nil
            pump(at: now)
        } else if write == probeWrite {
            if case .synchronising(var synchroniser) = recovery.state {
                synchroniser.probeLeft()
                recovery.state = .synchronising(synchroniser)
            }
        } else if let active = queue.active, write == active.writeID, active.writtenAt == nil {
            active.writtenAt = now
            if active.phase == .gate { openGate(at: now) }
        } else if write == queue.active?.dataWriteID {
            queue.active?.dataWriteID = nil
            if queue.active?.phase == .data { queue.active?.phase = .final }
        }
    }

    // MARK: Gate and prompt

    mutating func echoCame(at now: Moment) {
        // Most of the time; a switch would copy the state.
        if !recovery.isReady, echoOfLinkCame() { return }
        decoder.expectedEcho = []
        echo = .on
        if hold.isEmpty, queue.zombies.isEmpty, let active = queue.active, active.phase == .gate,
            !active.traits.hasPrompt
        {
            // Most of the time.
            if active.writtenAt == nil { active.writtenAt = now }
            active.phase = .final
            return
        }
        guard let active = queue.active, active.phase == .gate else { return }
        if !hold.isEmpty {
            // What came before the echo cannot have answered this command, but it may have ended it.
            releaseHeld(asOwn: false)
            guard queue.active === active, active.phase == .gate else { return }
        }
        settleZombies(at: now)
        if active.writtenAt == nil { active.writtenAt = now }
        openGate(at: now)
    }

    /// - Returns: whether it is the echo of the engine's own bytes.
    private mutating func echoOfLinkCame() -> Bool {
        switch recovery.state {
        case .synchronising(var synchroniser):
            synchroniser.echoCame()
            echo = .on
            recovery.state = .synchronising(synchroniser)
            return true
        case .stalled(var stall):
            if !stall.eaten.isEmpty || queue.active?.phase == .stalled {
                stall.echoSeen = true
                recovery.state = .stalled(stall)
            }
            decoder.expectedEcho = []
            return true
        case .closed, .preamble, .ready, .padding, .undoing, .silent, .reopening, .resetting, .restarting, .failed:
            return false
        }
    }

    mutating func openGate(at now: Moment) {
        guard let active = queue.active else { return }
        guard active.traits.hasPrompt, let prompt = active.spec.prompt else {
            active.phase = .final
            return
        }
        active.phase = .prompt
        active.phaseDeadline = now + prompt.patience + .nanoseconds(dataDelay)
    }

    mutating func promptCame(at now: Moment) {
        if case .stalled = recovery.state {
            promptCameLate(at: now)
        } else if queue.active?.phase == .prompt, queue.active?.zombie == nil {
            writeData(at: now)
        } else if let zombie = queue.zombieOwedPrompt {
            pad(for: zombie, at: now)
        } else {
            post(.anomaly(.unexpectedPrompt), at: now)
        }
    }

    mutating func writeData(at now: Moment) {
        guard let exchange = queue.active, let data = exchange.command.data else { return }
        let write = write(data)
        queue.active?.phase = .data
        queue.active?.phaseDeadline = nil
        queue.active?.dataWriteID = write
        traceWrite(data, of: exchange, part: .data, at: now)
        switch dataEcho {
        case .off: break
        case .withEcho: if echo == .on { decoder.dataEcho.expect(data) }
        case .always, .unknown: decoder.dataEcho.expect(data)
        }
    }

    // MARK: Cancelling

    mutating func cancel(_ id: ExchangeID, at now: Moment) {
        if let index = queue.waiting.firstIndex(where: { $0.id == id && $0.role == .caller }) {
            complete(queue.waiting.remove(at: index), failing: .cancelled, at: now)
            pump(at: now)
        } else if queue.active?.id == id, queue.active?.zombie == nil {
            giveUpActive(.cancelled, at: now)
        } else if let index = queue.pending.firstIndex(where: { $0.id == id }) {
            giveUpPending(index, .cancelled, at: now)
        }
    }
}
