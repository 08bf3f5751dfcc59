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
        if let fault = CommandFault(command, limit: configuration.commandLimit) {
            complete(exchange, failing: .argument, text: fault.description, at: now)
        } else if closedByOwner {
            complete(exchange, failing: .closed, at: now)
        } else if case .failed = recovery.state {
            complete(exchange, failing: .lost(.unresponsive), at: now)
        } else {
            queue.waiting.append(exchange)
            pump(at: now)
        }
    }

    // MARK: Writing

    /// Writes the next command if nothing stands against it.
    mutating func pump(at now: Moment) {
        guard queue.active == nil, orphanedWrite == nil, quarantineEnd == nil, hold.isEmpty else { return }
        if let quietUntil, quietUntil > now { return }
        switch recovery.state {
        case .preamble(let next): writePreamble(next, at: now)
        case .ready: writeNext(at: now)
        case .closed, .synchronising, .stalled, .padding, .undoing, .silent, .reopening, .resetting, .restarting,
            .failed:
            break
        }
    }

    private mutating func writeNext(at now: Moment) {
        guard !queue.waiting.isEmpty else { return }
        if let barrier = barrierNeeded {
            synchronise(.barrier(isCertain: barrier == .certain), at: now)
            return
        }
        switch queue.candidate(at: now) {
        case .write(let index): write(queue.waiting.remove(at: index), at: now)
        case .barrier: synchronise(.barrier(isCertain: true), at: now)
        case .nothing: laneDeadline = queue.laneRelease(after: now)
        }
    }

    /// The barrier that has to come before the next command, if the next command may not be it.
    private var barrierNeeded: Recovery.Wanted? {
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

    mutating func write(_ exchange: Exchange, at now: Moment) {
        var bytes = exchange.command.line
        bytes.append(.carriageReturn)
        let write = write(bytes)
        exchange.writeID = write
        exchange.requestedAt = now
        exchange.phase = .gate
        if exchange.deadline == nil { exchange.deadline = now + exchange.limit(configuration) }
        for effect in exchange.spec.effects where effect == .restart { recovery.expectsRestart = true }
        decoder.expectedEcho = exchange.command.line
        traceWrite(bytes, of: exchange, part: .line, at: now)
        queue.active = exchange
    }

    mutating func writeLeft(_ write: WriteID, at now: Moment) {
        if write == orphanedWrite {
            orphanedWrite = nil
            pump(at: now)
        } else if write == probeWrite {
            if case .synchronising(var synchroniser) = recovery.state {
                synchroniser.probeLeft()
                recovery.state = .synchronising(synchroniser)
            }
        } else if write == queue.active?.writeID, queue.active?.writtenAt == nil {
            queue.active?.writtenAt = now
            if echo == .off, queue.active?.phase == .gate { openGate(at: now) }
        } else if write == queue.active?.dataWriteID {
            queue.active?.dataWriteID = nil
            if queue.active?.phase == .data { queue.active?.phase = .final }
        }
    }

    // MARK: Gate and prompt

    mutating func echoCame(at now: Moment) {
        switch recovery.state {
        case .synchronising(var synchroniser):
            synchroniser.echoCame()
            echo = .on
            recovery.state = .synchronising(synchroniser)
            return
        case .stalled(var stall):
            if !stall.eaten.isEmpty || queue.active?.phase == .stalled {
                stall.echoSeen = true
                recovery.state = .stalled(stall)
            }
            decoder.expectedEcho = []
            return
        case .closed, .preamble, .ready, .padding, .undoing, .silent, .reopening, .resetting, .restarting, .failed:
            break
        }
        decoder.expectedEcho = []
        echo = .on
        guard queue.active?.phase == .gate else { return }
        // What came before the echo cannot have answered this command, but it may have ended it.
        let id = queue.active?.id
        releaseHeld(asOwn: false)
        guard queue.active?.id == id, queue.active?.phase == .gate else { return }
        settleZombies(at: now)
        if queue.active?.writtenAt == nil { queue.active?.writtenAt = now }
        openGate(at: now)
    }

    mutating func openGate(at now: Moment) {
        guard let prompt = queue.active?.spec.prompt else {
            queue.active?.phase = .final
            return
        }
        queue.active?.phase = .prompt
        queue.active?.phaseDeadline = now + prompt.patience
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
