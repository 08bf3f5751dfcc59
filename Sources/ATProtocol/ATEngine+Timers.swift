extension ATEngine {
    // Mutating like all that is asked for often: a borrowed engine would be copied.
    /// Earliest moment at which something has to happen although nothing comes.
    @inline(__always)
    private mutating func earliestDeadline() -> Moment? {
        // Most of the time nothing but an answer is waited for.
        let isPlain =
            recovery.isReady && hold.deadline == nil && frameDeadline == nil && dataEchoDeadline == nil
            && quarantineEnd == nil && quietUntil == nil && laneDeadline == nil && queue.isSettled
        return isPlain ? queue.deadlineOfActive : earliestOfAll()
    }

    private mutating func earliestOfAll() -> Moment? {
        var earliest = Moment.earlier(queue.deadline, recovery.deadline)
        earliest = .earlier(earliest, hold.deadline)
        earliest = .earlier(earliest, frameDeadline)
        earliest = .earlier(earliest, dataEchoDeadline)
        earliest = .earlier(earliest, quarantineEnd)
        earliest = .earlier(earliest, quietUntil)
        return .earlier(earliest, laneDeadline)
    }

    mutating func announceDeadline() {
        timersChanged = false
        let earliest = earliestDeadline()
        guard earliest != announcedDeadline else { return }
        announcedDeadline = earliest
        actions.append(.setDeadline(earliest))
    }

    mutating func expireDeadlines(before now: Moment) {
        while let deadline = earliestDeadline(), deadline < now { expire(at: deadline) }
        timersChanged = true
    }

    mutating func expireDeadlines(upTo now: Moment) {
        while let deadline = earliestDeadline(), deadline <= now { expire(at: deadline) }
        timersChanged = true
    }

    /// Does one thing that is due; what is due moves or goes.
    private mutating func expire(at now: Moment) {
        if let frameDeadline, frameDeadline <= now {
            frameExpired(at: now)
        } else if let dataEchoDeadline, dataEchoDeadline <= now {
            dataEchoExpired(at: now)
        } else if let deadline = hold.deadline, deadline <= now {
            gateExpired(at: now)
        } else if let quarantineEnd, quarantineEnd <= now {
            endQuarantine(at: now)
        } else if let quietUntil, quietUntil <= now {
            self.quietUntil = nil
            pump(at: now)
        } else if let laneDeadline, laneDeadline <= now {
            self.laneDeadline = nil
            pump(at: now)
        } else if let deadline = queue.deadline, deadline <= now {
            exchangeExpired(at: now)
        } else {
            recoveryExpired(at: now)
        }
    }

    // MARK: Lines and frames

    private mutating func gateExpired(at now: Moment) {
        let echoMayStillCome =
            !hold.isGraceExtended && !decoder.expectedEcho.isEmpty && decoder.mode == .line
            && decoder.expectedEcho.starts(with: decoder.bytes.contents)
        if echoMayStillCome {
            hold.extend(
                until: now + configuration.echoGrace + configuration.delay(decoder.expectedEcho.count)
            )
            return
        }
        // No echo: what is held was ours after all.
        echo = .unknown
        trace(.state, exchange: queue.active?.id, "echo unknown", at: now)
        openGate(at: now)
        releaseHeld(asOwn: true)
    }

    private mutating func frameExpired(at now: Moment) {
        frameDeadline = nil
        if case .quoted = decoder.mode {
            decoder.abandonQuotes()
            drainDecoder(at: now)
        } else {
            truncateFrame(at: now)
            pump(at: now)
        }
    }

    /// A frame will not be completed: one thing is looked for in it, a restart line at a line start.
    mutating func truncateFrame(at now: Moment) {
        var total = 0
        var got = 0
        switch decoder.mode {
        case .start, .line, .skipping, .quoted, .dataEcho:
            return
        case .header:
            break
        case .body(_, _, let body):
            total = body.count
            got = min(max(decoder.bytes.count - body.lowerBound, 0), total)
        }
        recovery.want(.uncertain)
        let raw = decoder.abandonFrame()
        noteRest("truncated", at: now)
        post(.anomaly(.truncatedFrame(got: got, of: total)), at: now)
        for line in raw.split(whereSeparator: \.isLineEnd) where isRestart(line) {
            releaseHeld(asOwn: false)
            restarted(at: now)
            return
        }
    }

    private func isRestart(_ line: ArraySlice<UInt8>) -> Bool {
        let line = Array(line)
        guard let urc = classifier.urcs.first(accepting: line.span, named: LineName(of: line.span)) else {
            return false
        }
        return classifier.urcs.meaning(of: urc) == .restart
    }

    private mutating func dataEchoExpired(at now: Moment) {
        dataEchoDeadline = nil
        if dataEcho == .unknown { dataEcho = .off }
        decoder.abandonDataEcho()
        drainDecoder(at: now)
    }

    /// Reads what the decoder has given back.
    private mutating func drainDecoder(at now: Moment) {
        let nothing: [UInt8] = []
        receive(nothing.span, at: now)
    }

    // MARK: Exchanges

    private mutating func exchangeExpired(at now: Moment) {
        if let index = queue.waiting.firstIndex(where: { $0.isDue(at: now) }) {
            complete(queue.waiting.remove(at: index), failing: .timeout(.queue), at: now)
        } else if let active = queue.active, active.zombie == nil, active.isDue(at: now) {
            trace(.timer, exchange: active.id, "deadline", at: now)
            recovery.missed += 1
            giveUpActive(.timeout(active.timeoutPhase), at: now)
            if recovery.missed >= configuration.recovery.silentTimeouts { fallSilent(at: now) }
        } else if let phase = queue.active?.phase, let due = queue.active?.phaseDeadline, due <= now {
            queue.active?.phaseDeadline = nil
            phaseExpired(phase, at: now)
        } else if let index = queue.pending.firstIndex(where: { $0.isDue(at: now) }) {
            trace(.timer, exchange: queue.pending[index].id, "deadline", at: now)
            giveUpPending(index, .timeout(.result), at: now)
        } else if let index = queue.zombies.firstIndex(where: { $0.zombie.map { $0.graceEnd <= now } ?? false }) {
            zombieExpired(index, at: now)
        }
    }

    private mutating func phaseExpired(_ phase: Exchange.Phase, at now: Moment) {
        switch phase {
        case .prompt:
            guard configuration.barrier != .nextCommand, case .ready = recovery.state else { return }
            stall(at: now)
        case .tail:
            failActive(.error, at: now)
            pump(at: now)
        case .queued, .gate, .stalled, .data, .final, .result:
            break
        }
    }

    private mutating func zombieExpired(_ index: Int, at now: Moment) {
        let exchange = queue.zombies.remove(at: index)
        deliver(.late(exchange.id, .neverAnswered), at: now)
        // The module may answer even now.
        if exchange.zombie?.owesFinal == true { recovery.want(.uncertain) }
        pump(at: now)
    }
}

extension Exchange {
    fileprivate func isDue(at now: Moment) -> Bool {
        guard let deadline else { return false }
        return deadline <= now
    }
}
