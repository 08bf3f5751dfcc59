extension ATEngine {
    private func context(mayBeOwn: Bool) -> Classifier.Context {
        Classifier.Context(
            isTerse: isTerse,
            echo: echo,
            isQuarantined: quarantineEnd != nil,
            linkTakesFinals: recovery.takesFinals,
            mayBeOwn: mayBeOwn
        )
    }

    /// One line as it comes from the wire.
    mutating func readLine(_ line: Span<UInt8>, at now: Moment) {
        if recovery.openingPaddingDone, isPaddedProbe(line) {
            note(line, .echo, "padded probe", rule: 2, at: now)
            return
        }
        let name = LineName(of: line)
        if readPlainly(line, name, at: now) { return }
        let active = queue.active
        let reading = classifier.read(line, named: name, queue, active: active, context(mayBeOwn: true))
        noteLine(line, reading, active, at: now)
        // Looking for the earliest deadline takes time.
        switch reading {
        case .information, .unsolicited: if !hold.isEmpty || isWaitingForQuiet { timersChanged = true }
        case .restart, .quarantined, .final, .ambiguous, .result, .held, .late: timersChanged = true
        }
        if hold.isEmpty {
            act(on: reading, line, at: now)
        } else {
            readBehindHeld(line, name, reading, at: now)
        }
    }

    /// The echo of a probe behind spaces that no data phase took.
    private func isPaddedProbe(_ line: Span<UInt8>) -> Bool {
        guard !recovery.isReady, !line.isEmpty, line[0] == .space else { return false }
        return Array(copying: line).drop { $0 == .space }.elementsEqual(Self.probe)
    }

    /// Whether any line at all moves a deadline.
    private var isWaitingForQuiet: Bool {
        if quarantineEnd != nil || !queue.zombies.isEmpty { return true }
        // Most of the time; a switch would copy the state.
        if recovery.isReady { return false }
        return switch recovery.state {
        case .synchronising, .restarting: true
        case .closed, .preamble, .ready, .stalled, .padding, .undoing, .silent, .reopening, .resetting, .failed: false
        }
    }

    private mutating func act(
        on reading: Classifier.Reading,
        _ line: Span<UInt8>,
        at now: Moment
    ) {
        switch reading {
        case .restart(let urc):
            deliver(.urc(Line(copying: line), urc), at: now)
            restarted(at: now)
        case .quarantined:
            quarantine(line, at: now)
        case .final(let code, let owner):
            finalCame(code, line, owner, at: now)
        case .information:
            keepInformation(line)
            if !queue.zombies.isEmpty { settleZombies(at: now) }
        case .ambiguous:
            hold.begin(.ambiguous, line, at: now, record: tracer.lastLine, until: nil)
        case .result(let code, let owner):
            resultCame(code, line, owner, at: now)
        case .held:
            hold.begin(
                .gate,
                line,
                at: now,
                record: tracer.lastLine,
                until: now + configuration.echoGrace + configuration.delay(decoder.expectedEcho.count)
            )
        case .late(let zombie):
            deliver(.late(queue.zombies[zombie].id, .line(Line(shown(stray: line)))), at: now)
        case .unsolicited(let urc):
            unsolicited(line, urc, at: now)
        }
    }

    /// A line of the active command's answer. Whoever reads the answer may print it, so no secret gets into it.
    private func keepInformation(_ line: Span<UInt8>) {
        guard let active = queue.active else { return }
        let masks = active.traits.hasSecretFields ? Redaction.masks(ofAnswer: line, to: active.spec) : []
        if masks.isEmpty {
            active.take(line)
        } else {
            active.take(Array(copying: line).masked(masks).span)
        }
    }

    /// A line for whoever listens, who may show it or store it. Data that come back unexpectedly are pieces of a secret.
    private func shown(stray line: Span<UInt8>) -> [UInt8] {
        let masks =
            Redaction.isRepetition(line, queue)
            ? Redaction.whole(line.count) : Redaction.masks(ofStray: line, configuration.secretLines)
        return Array(copying: line).masked(masks)
    }

    private mutating func unsolicited(_ line: Span<UInt8>, _ urc: URCSpec.ID?, at now: Moment) {
        if quarantineEnd != nil, let urc, classifier.urcs.meaning(of: urc) == .blockEnd { endQuarantine(at: now) }
        deliver(.urc(urc == nil ? Line(shown(stray: line)) : Line(copying: line), urc), at: now)
        if !recovery.isReady, case .restarting(_, let limit) = recovery.state {
            if let urc, classifier.urcs.meaning(of: urc) == .bootEnd { recovery.hasBooted = true }
            let times = configuration.recovery
            let quiet = recovery.hasBooted ? times.bootEndQuiet : times.restartQuiet
            recovery.state = .restarting(quietUntil: now + quiet, limit: limit)
        }
        failListed(line, at: now)
    }

    private mutating func quarantine(_ line: Span<UInt8>, at now: Moment) {
        if queue.active?.isGateOpen == true, classifier.finals.read(line, isTerse: isTerse) != nil {
            lostFinal = true
        }
        deliver(.anomaly(.quarantined(Line(shown(stray: line)))), at: now)
    }

    // MARK: Held lines

    /// A line that comes while another one waits for a decision.
    private mutating func readBehindHeld(
        _ line: Span<UInt8>,
        _ name: LineName,
        _ reading: Classifier.Reading,
        at now: Moment
    ) {
        switch reading {
        case .restart:
            releaseHeld(asOwn: false)
            act(on: reading, line, at: now)
        case .final(let code, .active):
            // An ambiguous line is the answer if the command succeeds; else it had come unasked.
            releaseHeld(asOwn: code.isSuccess)
            readOnceMore(line, name, at: now)
        case .ambiguous, .information:
            releaseHeld(asOwn: false)
            readOnceMore(line, name, at: now)
        case .quarantined, .final, .result, .held, .late, .unsolicited:
            hold.append(.line(Array(copying: line), now, record: tracer.lastLine))
            limitHold(at: now)
        }
    }

    private mutating func reading(of line: Span<UInt8>, _ name: LineName, mayBeOwn: Bool) -> Classifier.Reading {
        classifier.read(line, named: name, queue, active: queue.active, context(mayBeOwn: mayBeOwn))
    }

    /// What was released may have ended the exchange that the line seemed to answer.
    private mutating func readOnceMore(_ line: Span<UInt8>, _ name: LineName, at now: Moment) {
        let reading = reading(of: line, name, mayBeOwn: true)
        if hold.isEmpty {
            act(on: reading, line, at: now)
        } else {
            readBehindHeld(line, name, reading, at: now)
        }
    }

    private mutating func limitHold(at now: Moment) {
        guard hold.waiting.count >= configuration.holdLimit else { return }
        releaseHeld(asOwn: false)
        deliver(.anomaly(.holdOverflow), at: now)
    }

    /// The held line is decided, and what waits behind it follows in wire order.
    mutating func releaseHeld(asOwn: Bool) {
        guard let reason = hold.reason else { return }
        let headAt = hold.headAt
        let head = hold.head
        let headRecord = hold.headRecord
        let items = hold.end()
        timersChanged = true
        heldReleased = true
        switch reason {
        case .ambiguous where asOwn:
            if tracer.isOn { resolve(.information, headRecord, at: headAt) }
            keepInformation(head.span)
        case .ambiguous, .gate:
            readAgain(head.span, headRecord, mayBeOwn: asOwn, at: headAt)
        }
        for item in items {
            switch item {
            case .line(let line, let at, let record):
                readAgain(line.span, record, mayBeOwn: asOwn && reason == .gate, at: at)
            case .event(let body, let at): post(body, at: at)
            }
        }
    }

    private mutating func readAgain(_ line: Span<UInt8>, _ record: UInt64, mayBeOwn: Bool, at moment: Moment) {
        let name = LineName(of: line)
        let reading = reading(of: line, name, mayBeOwn: mayBeOwn)
        if tracer.isOn { resolve(reading, record, at: moment) }
        if hold.isEmpty {
            act(on: reading, line, at: moment)
        } else {
            readBehindHeld(line, name, reading, at: moment)
        }
    }

    // MARK: Events

    /// Delivers an event now, or behind the line that is held.
    mutating func post(_ body: Event.Body, at moment: Moment) {
        guard hold.isEmpty else {
            hold.append(.event(body, moment))
            limitHold(at: moment)
            return
        }
        deliver(body, at: moment)
    }

    mutating func deliver(_ body: Event.Body, at moment: Moment) {
        actions.append(.deliver(journal.number(body, at: moment)))
        if tracer.isOn { traceEvent(body, at: moment) }
    }
}
