extension ATEngine {
    // MARK: Final result codes

    mutating func finalCame(_ code: FinalCode, _ line: Span<UInt8>, _ owner: Classifier.Owner, at now: Moment) {
        if !isTerse, line.isTerse { isTerse = true } else if line.equals("OK") { isTerse = false }
        switch owner {
        case .active: activeFinal(code, line, at: now)
        case .zombie(let index): zombieFinal(code, line, index, at: now)
        case .link: linkFinal(code, line, at: now)
        case .pending, .nobody: strayFinal(line, at: now)
        }
    }

    mutating func strayFinal(_ line: Span<UInt8>, at now: Moment) {
        deliver(.anomaly(.strayFinal(Line(copying: line))), at: now)
        if echo != .on { recovery.want(.uncertain) }
    }

    private mutating func activeFinal(_ code: FinalCode, _ line: Span<UInt8>, at now: Moment) {
        guard let active = queue.active else { return }
        let phase = active.phase
        startQuiet(at: now)
        if phase == .stalled {
            stalledFinal(code, line, at: now)
            if queue.active == nil { pump(at: now) }
            return
        }
        decoder.expectedEcho = []
        if phase == .data { orphanWrite() }
        if active.zombie != nil {
            // Answered before; it was kept only because its prompt was awaited.
            buryActive(code, line, at: now)
        } else if active.isTainted {
            failActive(.protocolFault, text: "a line of the answer was too long", at: now)
        } else if phase == .prompt, code.isSuccess {
            failActive(.prompt(.missing), final: Line(copying: line), at: now)
        } else if code.isSuccess {
            activeSucceeded(active, line, at: now)
        } else {
            activeRefused(code, line, at: now)
        }
        if queue.active == nil { pump(at: now) }
    }

    private mutating func activeSucceeded(_ active: Exchange, _ line: Span<UInt8>, at now: Moment) {
        guard active.traits.hasResult, let result = active.spec.result else {
            succeed(active, final: FinalLine(copying: line), at: now)
            return
        }
        if let code = active.resultCode {
            if code == 0 {
                succeed(active, final: FinalLine(copying: line), at: now)
            } else {
                failActive(.result(result.domain, code), at: now)
            }
        } else if result.orders.contains(.okThenResult) {
            awaitResult(final: Line(copying: line), at: now)
        } else {
            succeed(active, final: FinalLine(copying: line), at: now)
        }
    }

    private mutating func awaitResult(final: Line, at now: Moment) {
        guard let exchange = queue.active else { return }
        queue.active = nil
        exchange.final = final
        exchange.phase = .result
        exchange.phaseDeadline = nil
        forgetResults(outlivedBy: exchange, at: now)
        if exchange.role == .caller { actions.append(.acknowledge(exchange.id)) }
        trace(.ack, exchange: exchange.id, "", at: now)
        queue.pending.append(exchange)
    }

    private mutating func activeRefused(_ code: FinalCode, _ line: Span<UInt8>, at now: Moment) {
        guard let active = queue.active else { return }
        if let result = active.spec.result, let resultCode = active.resultCode {
            // A result of 0 contradicts the error: both lines are kept.
            if resultCode == 0 {
                failActive(.error, final: Line(copying: line), at: now)
            } else {
                failActive(.result(result.domain, resultCode), final: Line(copying: line), at: now)
            }
        } else if code == .error, active.spec.result?.orders.contains(.errorThenResult) == true {
            queue.active?.phase = .tail
            queue.active?.final = Line(copying: line)
            queue.active?.phaseDeadline = now + configuration.tailWindow
        } else {
            failActive(code.failure, final: Line(copying: line), at: now)
        }
    }

    /// A final for an active exchange whose caller has been answered.
    private mutating func buryActive(_ code: FinalCode, _ line: Span<UInt8>, at now: Moment) {
        guard let exchange = queue.active else { return }
        queue.active = nil
        deliver(.late(exchange.id, .of(code.isSuccess, Line(copying: line))), at: now)
    }

    private mutating func zombieFinal(_ code: FinalCode, _ line: Span<UInt8>, _ index: Int, at now: Moment) {
        startQuiet(at: now)
        let exchange = queue.zombies[index]
        let answer = Line(copying: line)
        if exchange.zombie?.owesResult == true, code.isSuccess {
            queue.zombies[index].zombie?.owesFinal = false
            queue.zombies[index].zombie?.owesPrompt = false
            queue.zombies[index].zombie?.awaitsBarrier = false
            queue.zombies[index].zombie?.graceEnd = now + configuration.recovery.resultGrace
            deliver(.late(exchange.id, .line(answer)), at: now)
        } else {
            queue.zombies.remove(at: index)
            deliver(.late(exchange.id, .of(code.isSuccess, answer)), at: now)
        }
        pump(at: now)
    }

    mutating func startQuiet(at now: Moment) {
        guard quietAfterFinal > 0 else { return }
        quietUntil = Moment(nanoseconds: now.nanoseconds + quietAfterFinal)
    }

    private mutating func orphanWrite() {
        guard let write = queue.active?.dataWriteID else { return }
        orphanedWrite = write
        decoder.dataEcho.stop()
        recovery.want(.uncertain)
    }

    // MARK: Asynchronous results

    mutating func resultCame(_ code: Int, _ line: Span<UInt8>, _ owner: Classifier.Owner, at now: Moment) {
        switch owner {
        case .active: activeResult(code, line, at: now)
        case .pending(let index): pendingResult(code, line, index, at: now)
        case .zombie(let index): zombieResult(code, line, index, at: now)
        case .link, .nobody: break
        }
    }

    private mutating func activeResult(_ code: Int, _ line: Span<UInt8>, at now: Moment) {
        queue.active?.result = Line(copying: line)
        queue.active?.resultCode = code
        guard queue.active?.phase == .tail, let domain = queue.active?.spec.result?.domain else { return }
        if code == 0 { failActive(.error, at: now) } else { failActive(.result(domain, code), at: now) }
        pump(at: now)
    }

    private mutating func pendingResult(_ code: Int, _ line: Span<UInt8>, _ index: Int, at now: Moment) {
        let exchange = queue.pending.remove(at: index)
        exchange.result = Line(copying: line)
        exchange.resultCode = code
        if code == 0 {
            finish(exchange, final: FinalLine(exchange.final ?? Line([])), at: now)
        } else {
            let domain = exchange.spec.result?.domain ?? .other
            if echo == .off { recovery.want(.uncertain) }
            complete(exchange, failing: .result(domain, code), at: now)
        }
        pump(at: now)
    }

    private mutating func zombieResult(_ code: Int, _ line: Span<UInt8>, _ index: Int, at now: Moment) {
        let exchange = queue.zombies[index]
        deliver(.late(exchange.id, .of(code == 0, Line(copying: line))), at: now)
        queue.zombies[index].zombie?.owesResult = false
        if exchange.zombie?.owesFinal != true { queue.zombies.remove(at: index) }
        pump(at: now)
    }

    // MARK: Lines that end an exchange

    /// Fails every open exchange that lists this line.
    mutating func failListed(_ line: Span<UInt8>, at now: Moment) {
        if queue.pending.isEmpty, queue.active?.traits.canBeLost != true { return }
        var failed = false
        for index in queue.pending.indices.reversed() where queue.pending[index].fails(on: line) {
            complete(queue.pending.remove(at: index), failing: .lost(.listed(line)), at: now)
            failed = true
        }
        if let active = queue.active, active.zombie == nil, active.fails(on: line) {
            giveUpActive(.lost(.listed(line)), at: now)
            failed = true
        }
        guard failed else { return }
        timersChanged = true
        pump(at: now)
    }
}

extension ATFailure.LossCause {
    /// The two leading integers of the line are client and cause; a line without fields is the network's.
    fileprivate static func listed(_ line: Span<UInt8>) -> ATFailure.LossCause {
        guard let client = LineFields.integer(field: 0, of: line) else { return .network }
        return .connection(client: client, cause: LineFields.integer(field: 1, of: line) ?? 0)
    }
}

extension LateOutcome {
    static func of(_ succeeded: Bool, _ line: Line) -> LateOutcome { succeeded ? .succeeded(line) : .failed(line) }
}

extension FinalCode {
    fileprivate var failure: ATFailure.Code {
        switch self {
        case .ok, .error, .special: .error
        case .cme(let number): .cme(number)
        case .cms(let number): .cms(number)
        }
    }
}

extension Span<UInt8> {
    /// `0` or `4` for `OK` or `ERROR`.
    fileprivate var isTerse: Bool { count == 1 }
}
