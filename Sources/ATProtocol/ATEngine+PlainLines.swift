/// The short way for most lines: those that come while nothing is going on but one plain command, or nothing at all.
///
/// Whatever section 4 of the specification asks earlier is ruled out first, so the outcome is that of the long way.
extension ATEngine {
    private enum PlainReading {
        case wasRead
        /// `OK`: the command is over.
        case wasFinal
        case isOther
    }

    /// Reads whole lines as long as they are plain ones.
    /// - Returns: the first that is none; nil: the next bytes are no whole line.
    @inline(__always)
    mutating func readRun(_ bytes: Span<UInt8>, _ index: inout Int, at now: Moment) -> Range<Int>? {
        guard isUndisturbed else { return decoder.wholeLine(bytes, &index) }
        guard queue.active != nil else { return readUnasked(bytes, &index, at: now) }
        return readAnswer(bytes, &index, at: now)
    }

    private mutating func readAnswer(_ bytes: Span<UInt8>, _ index: inout Int, at now: Moment) -> Range<Int>? {
        guard decoder.readsWholeLines(), let active = queue.active.take() else { return nil }
        guard active.answersPlainly else {
            queue.active = active
            return decoder.nextWholeLine(bytes, &index)
        }
        while let range = decoder.nextWholeLine(bytes, &index) {
            let line = bytes.extracting(unchecked: range)
            switch readPlainly(line, LineName(of: line), active, at: now) {
            case .wasRead: continue
            case .wasFinal:
                okCame(for: active, at: now)
                return isUndisturbed && queue.active == nil ? readUnasked(bytes, &index, at: now) : nil
            case .isOther:
                queue.active = active
                return range
            }
        }
        queue.active = active
        return nil
    }

    private mutating func readUnasked(_ bytes: Span<UInt8>, _ index: inout Int, at now: Moment) -> Range<Int>? {
        guard decoder.readsWholeLines() else { return nil }
        while let range = decoder.nextWholeLine(bytes, &index) {
            let line = bytes.extracting(unchecked: range)
            guard readUnasked(line, LineName(of: line), at: now) else { return range }
        }
        return nil
    }

    /// - Returns: whether the line was a plain one.
    mutating func readPlainly(_ line: Span<UInt8>, _ name: LineName, at now: Moment) -> Bool {
        guard isUndisturbed else { return false }
        guard let active = queue.active.take() else { return readUnasked(line, name, at: now) }
        let reading = active.answersPlainly ? readPlainly(line, name, active, at: now) : .isOther
        if reading == .wasFinal {
            okCame(for: active, at: now)
        } else {
            queue.active = active
        }
        return reading != .isOther
    }

    /// Whether a line can only be the answer to the active command, or unsolicited: nobody else waits for any, no echo
    /// is expected, and nothing is traced.
    @inline(__always)
    private var isUndisturbed: Bool {
        mutating get {
            recovery.isReady && !tracer.isOn && hold.isEmpty && !queue.hasForeign && quarantineEnd == nil
                && decoder.expectedEcho.isEmpty
        }
    }

    @inline(__always)
    private mutating func readPlainly(
        _ line: Span<UInt8>,
        _ name: LineName,
        _ active: Exchange,
        at now: Moment
    ) -> PlainReading {
        let mayBeDeclared = declaredNames.mayContain(name)
        if FinalReader.mayRead(line) {
            guard name.isOK, line.count == 2, !mayBeDeclared, active.awaitsOnlyOK else { return .isOther }
            journal.remember(line: line)
            return .wasFinal
        }
        if active.mayRepeat(line) { return .isOther }
        if !mayBeDeclared {
            if active.takesInformation(line, named: name, isDeclared: false) { return keep(line, active) }
            return active.ignoresUnsolicited && deliverPlainly(line, name, nil, at: now) ? .wasRead : .isOther
        }
        let urc = classifier.urcs.first(accepting: line, named: name)
        if active.takesInformation(line, named: name, isDeclared: urc != nil) {
            return urc == nil ? keep(line, active) : .isOther
        }
        return active.ignoresUnsolicited && deliverPlainly(line, name, urc, at: now) ? .wasRead : .isOther
    }

    /// `OK` for an exchange that has been taken out of the queue: everything may change.
    private mutating func okCame(for exchange: Exchange, at now: Moment) {
        isTerse = false
        timersChanged = true
        startQuiet(at: now)
        finish(exchange, final: .ok, at: now)
        pump(at: now)
    }

    /// Keeps a line of the answer.
    @inline(__always)
    private mutating func keep(_ line: Span<UInt8>, _ active: Exchange) -> PlainReading {
        journal.remember(line: line)
        active.take(line)
        return .wasRead
    }

    /// - Returns: false if it may be anything but an ordinary unsolicited line.
    @inline(__always)
    private mutating func readUnasked(_ line: Span<UInt8>, _ name: LineName, at now: Moment) -> Bool {
        if FinalReader.mayRead(line) { return false }
        let urc = declaredNames.mayContain(name) ? classifier.urcs.first(accepting: line, named: name) : nil
        return deliverPlainly(line, name, urc, at: now)
    }

    /// - Returns: false if the line means more than itself.
    private mutating func deliverPlainly(
        _ line: Span<UInt8>,
        _ name: LineName,
        _ urc: URCSpec.ID?,
        at now: Moment
    ) -> Bool {
        if let urc {
            if classifier.urcs.meaning(of: urc) != .ordinary { return false }
        } else if secretNames.mayContain(name) {
            return false
        }
        journal.remember(line: line)
        let number = journal.numberOfUnsolicited()
        actions.append(.deliver(Event(sequence: number, at: now, body: .urc(Line(copying: line), urc))))
        return true
    }
}
