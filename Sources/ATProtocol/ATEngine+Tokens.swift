extension ATEngine {
    /// - Parameters:
    ///   - start: where to go on.
    ///   - progress: what came of the bytes before it.
    mutating func receive(
        _ bytes: Span<UInt8>,
        from start: Int = 0,
        _ progress: ATLineDecoder.Progress = .unknown,
        at now: Moment
    ) {
        if !bytes.isEmpty {
            recovery.missed = 0
            // Also the beginning of a line: a slow echo takes longer than the quiet.
            if recovery.isSynchronising { heard(at: now) }
        }
        if tracer.isOn {
            tracer.read(bytes, at: now)
            tracer.absorbLineFeed(into: &actions)
        }
        var index = start
        if progress == .line {
            takeCollected(at: now)
            if heldReleased { catchUp(at: now) }
        }
        while readOn(bytes, &index, at: now) {
            if heldReleased { catchUp(at: now) }
        }
        watchDecoder(at: now)
        if tracer.isOn { tracer.absorbLineFeed(into: &actions) }
    }

    /// Reads up to the end of the next token, or of several plain lines.
    /// - Returns: false when all bytes are read.
    @inline(__always)
    private mutating func readOn(_ bytes: Span<UInt8>, _ index: inout Int, at now: Moment) -> Bool {
        if decoder.hasReadAll(bytes, index) { return false }
        switch decoder.place {
        case .start:
            if let line = readRun(bytes, &index, at: now) {
                takeWhole(bytes.extracting(unchecked: line), at: now)
                return true
            }
        case .line:
            switch decoder.continueLine(bytes, &index) {
            case .line:
                takeCollected(at: now)
                return true
            case .part: return false
            case .unknown: break
            }
        case .elsewhere: break
        }
        if decoder.hasReadAll(bytes, index) { return false }
        if decoder.absorb(bytes.extracting(unchecked: index..<bytes.count)) { return false }
        guard let token = decoder.next(bytes, &index) else { return false }
        take(token, at: now)
        return true
    }

    /// What was held sets its deadlines by its own arrival: some may have passed, and come before the next byte.
    private mutating func catchUp(at now: Moment) {
        heldReleased = false
        watchDecoder(at: now)
        expireDeadlines(before: now)
    }

    /// Sets the deadlines of what the decoder is in the middle of.
    @inline(__always)
    private mutating func watchDecoder(at now: Moment) {
        if decoder.place == .elsewhere {
            watchElsewhere(at: now)
        } else if frameDeadline != nil || dataEchoDeadline != nil {
            endWatch()
        }
    }

    private mutating func watchElsewhere(at now: Moment) {
        switch decoder.mode {
        case .start, .line, .skipping:
            if frameDeadline != nil || dataEchoDeadline != nil { endWatch() }
        case .header, .quoted, .body:
            watchFrame(at: now)
        case .dataEcho:
            dataEchoDeadline = now + configuration.echoGrace
            timersChanged = true
        }
    }

    private mutating func endWatch() {
        frameDeadline = nil
        dataEchoDeadline = nil
        timersChanged = true
    }

    private mutating func watchFrame(at now: Moment) {
        if watchedFrame != decoder.frameNumber || frameDeadline == nil {
            watchedFrame = decoder.frameNumber
            frameStart = now
            watchedLength = -1
        }
        var length = 0
        if case .body(_, _, let body) = decoder.mode { length = body.count }
        guard length != watchedLength else { return }
        watchedLength = length
        frameDeadline = frameStart + configuration.recovery.frameBase + configuration.wireTime(2 * length)
        timersChanged = true
    }

    @inline(__always)
    private mutating func takeWhole(_ line: Span<UInt8>, at now: Moment) {
        if decoder.isEcho(line) {
            if !recovery.isReady || !hold.isEmpty || !queue.zombies.isEmpty || queue.active?.traits.hasPrompt != false {
                timersChanged = true
            }
            if isOpenBook { journal.remember(line: line) } else { note(line, .echo, "echo", rule: 2, at: now) }
            echoCame(at: now)
        } else {
            readLine(line, at: now)
        }
    }

    /// A line whose bytes the decoder had to collect.
    private mutating func takeCollected(at now: Moment) {
        let line = decoder.lend()
        let bytes = line.contents
        takeWhole(bytes.span, at: now)
        decoder.giveBack(line)
    }

    private mutating func take(_ token: ATLineDecoder.Token, at now: Moment) {
        if token == .line {
            takeLine(at: now)
            return
        }
        timersChanged = true
        switch token {
        case .line: break
        case .echo:
            noteBytes(.echo, "echo", rule: 2, at: now)
            echoCame(at: now)
        case .prompt:
            noteBytes(.prompt, "prompt", at: now)
            promptCame(at: now)
        case .dataEcho:
            noteBytes(.dataecho, "dataecho", at: now)
            if dataEcho == .unknown { dataEcho = .always }
        case .dataEchoMissing:
            if dataEcho == .unknown { dataEcho = .off }
        case .overflow:
            taintActive()
            noteBytes(.noise, "overflow", at: now)
            post(.anomaly(.overflow(limit: configuration.lineLimit)), at: now)
        case .skipped:
            noteBytes(.noise, "skipped", at: now)
        case .frame(let headerCount, let body):
            let frame = Frame(bytes: decoder.bytes.copy(), headerCount: headerCount, body: body)
            noteBytes(.frame, "frame", rule: 1, at: now)
            post(.frame(frame), at: now)
        case .refused:
            noteBytes(.noise, "refused", rule: 1, at: now)
            refuse(.frameRefused(Line(decoder.bytes.copy().withoutLineEnd)), at: now)
        case .suspect:
            noteBytes(.noise, "suspect", rule: 1, at: now)
            refuse(.frameSuspect(decoder.bytes.copy()), at: now)
        }
    }

    /// Quiet would settle the barrier, and this is none.
    private mutating func heard(at now: Moment) {
        guard case .synchronising(var synchroniser) = recovery.state, synchroniser.quietUntil != nil else { return }
        synchroniser.heard(at: now)
        recovery.state = .synchronising(synchroniser)
        timersChanged = true
    }

    /// A frame that is not believed: from here to the end of its block nothing completes a command.
    private mutating func refuse(_ anomaly: Anomaly, at now: Moment) {
        post(.anomaly(anomaly), at: now)
        quarantineEnd =
            now + configuration.recovery.frameBase + configuration.wireTime(2 * configuration.dataLimit)
        lostFinal = false
        recovery.want(.uncertain)
    }

    private mutating func takeLine(at now: Moment) {
        let line = decoder.lend()
        let bytes = line.contents
        readLine(bytes.span, at: now)
        decoder.giveBack(line)
    }

    private mutating func taintActive() {
        guard queue.active?.isGateOpen == true, queue.active?.spec.arity != CommandSpec.Arity.none else { return }
        queue.active?.isTainted = true
    }
}

extension Array<UInt8> {
    /// An array of exactly the size of the span.
    init(copying span: Span<UInt8>) {
        self = span.withUnsafeBufferPointer { Array($0) }
    }

    fileprivate var withoutLineEnd: [UInt8] {
        var copy = self
        while let last = copy.last, last.isLineEnd { copy.removeLast() }
        return copy
    }
}
