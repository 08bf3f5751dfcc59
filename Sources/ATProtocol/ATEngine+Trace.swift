/// Records and the bytes kept for errors. Both see masked tokens only.
extension ATEngine {
    // MARK: Bytes received

    /// A line, before it is acted on.
    mutating func noteLine(
        _ line: Span<UInt8>,
        _ reading: Classifier.Reading,
        _ active: Exchange?,
        at now: Moment
    ) {
        if !tracer.isOn, !queue.hasForeign, active?.isOpenBook != false, reading != .unsolicited(nil) {
            journal.remember(line: line)
            return
        }
        var masks: Redaction.Masks = []
        if active?.hasSecrets == true || queue.hasForeign, Redaction.isNeeded(queue) {
            masks = Redaction.masks(of: line, queue)
        }
        if masks.isEmpty {
            switch reading {
            case .information:
                if let active, active.traits.hasSecretFields {
                    masks = Redaction.masks(ofAnswer: line, to: active.spec)
                }
            case .ambiguous, .held, .late, .quarantined, .unsolicited(nil):
                masks = Redaction.masks(ofStray: line, configuration.secretLines)
            case .restart, .final, .result, .unsolicited: break
            }
        }
        remember(line, masks)
        guard tracer.isOn else { return }
        noteRecord(
            .line,
            reading.name,
            reading.rule,
            line,
            masks,
            exchange: exchange(of: reading),
            isLine: true,
            at: now
        )
    }

    /// Any other token with bytes.
    mutating func noteBytes(_ kind: Record.Kind, _ reading: String, rule: Int = 0, at now: Moment) {
        guard tracer.isOn || kind == .echo || kind == .frame else { return }
        let lent = decoder.lend()
        let bytes = lent.contents
        note(bytes.span, kind, reading, rule: rule, at: now)
        decoder.giveBack(lent)
    }

    mutating func note(_ token: Span<UInt8>, _ kind: Record.Kind, _ reading: String, rule: Int, at now: Moment) {
        if isOpenBook {
            if kind == .echo || kind == .frame { journal.remember(line: token) }
            return
        }
        let masks = masks(of: token, kind)
        if kind == .echo || kind == .frame { remember(token, masks) }
        guard tracer.isOn else { return }
        noteRecord(kind, reading, rule, token, masks, exchange: queue.active?.id, isLine: false, at: now)
    }

    /// Whether bytes that come now have nothing to hide, and nobody records them.
    @inline(__always)
    var isOpenBook: Bool {
        mutating get { !tracer.isOn && !queue.hasForeign && queue.active?.isOpenBook != false }
    }

    private mutating func masks(of token: Span<UInt8>, _ kind: Record.Kind) -> Redaction.Masks {
        guard Redaction.isNeeded(queue) else { return [] }
        switch kind {
        case .echo:
            return queue.active.map { token.equals($0.command.line) ? $0.command.masks(of: .line) : [] } ?? []
        case .dataecho:
            guard let command = queue.active?.command, let data = command.data else { break }
            let offset = token.count - data.count
            return command.masks(of: .data).map { mask in
                Record.Mask(
                    range: mask.range.lowerBound + offset..<mask.range.upperBound + offset,
                    label: mask.label
                )
            }
        case .line, .frame:
            return Redaction.masks(of: token, queue)
        case .noise, .tx, .prompt, .submit, .ack, .done, .resolve, .timer, .state, .anomaly, .dropped, .port:
            break
        }
        // A piece of something: a secret may begin in one piece and end in the next.
        return Redaction.whole(token.count)
    }

    private mutating func noteRecord(
        _ kind: Record.Kind,
        _ reading: String,
        _ rule: Int,
        _ token: Span<UInt8>,
        _ masks: Redaction.Masks,
        exchange: ExchangeID?,
        isLine: Bool,
        at now: Moment
    ) {
        tracer.absorbLineFeed(into: &actions)
        let (bytes, cuts) = tracer.take(decoder.tokenLength)
        guard !bytes.isEmpty else { return }
        var placed = masks
        if !masks.isEmpty {
            // Dropped bytes within the token leave no place to put its masks.
            if let start = bytes.offset(of: token) {
                placed = masks.map { mask in
                    Record.Mask(
                        range: mask.range.lowerBound + start..<mask.range.upperBound + start,
                        label: mask.label
                    )
                }
            } else {
                placed = Redaction.whole(bytes.count)
            }
        }
        let record = Record(
            number: 0,
            at: now,
            generation: generation,
            exchange: exchange,
            kind: kind,
            bytes: bytes.masked(placed),
            reading: reading,
            rule: rule,
            cuts: cuts,
            mask: placed
        )
        tracer.add(record, isLine: isLine, into: &actions)
    }

    /// Bytes that will not become a token.
    mutating func noteRest(_ reading: String, at now: Moment) {
        guard tracer.isOn else { return }
        let (bytes, cuts) = tracer.take(nil)
        guard !bytes.isEmpty else { return }
        let masks = Redaction.isNeeded(queue) ? Redaction.whole(bytes.count) : []
        let record = Record(
            number: 0,
            at: now,
            generation: generation,
            kind: .noise,
            bytes: bytes.masked(masks),
            reading: reading,
            cuts: cuts,
            mask: masks
        )
        tracer.add(record, into: &actions)
    }

    private mutating func remember(_ token: Span<UInt8>, _ masks: Redaction.Masks) {
        if masks.isEmpty {
            journal.remember(line: token)
        } else {
            journal.remember(line: Array(copying: token).masked(masks).span)
        }
    }

    /// A line of an answer as an error may show it.
    func shown(_ line: Line, of exchange: Exchange) -> Line {
        var masks: Redaction.Masks = []
        if exchange.hasSecrets || Redaction.isNeeded(queue) {
            var alone = ExchangeQueue()
            alone.active = exchange
            masks = Redaction.masks(of: line.bytes.span, queue) + Redaction.masks(of: line.bytes.span, alone)
        }
        if masks.isEmpty {
            masks = Redaction.masks(ofAnswer: line.bytes.span, to: exchange.spec)
        }
        return Line(line.bytes.masked(masks))
    }

    // MARK: Bytes written

    mutating func traceWrite(_ bytes: [UInt8], of exchange: Exchange, part: Secret.Part, at now: Moment) {
        guard tracer.isOn else { return }
        let masks = exchange.command.masks(of: part)
        add(.tx, exchange: exchange.id, bytes: bytes.masked(masks), mask: masks, at: now)
    }

    mutating func traceWrite(_ bytes: [UInt8], at now: Moment) {
        guard tracer.isOn else { return }
        add(.tx, bytes: bytes, at: now)
    }

    // MARK: Decisions

    mutating func trace(
        _ kind: Record.Kind,
        exchange: ExchangeID?,
        _ note: @autoclosure () -> String,
        at now: Moment
    ) {
        guard tracer.isOn else { return }
        add(kind, exchange: exchange, reading: note(), at: now)
    }

    mutating func resolve(_ reading: Classifier.Reading, _ record: UInt64, at now: Moment) {
        add(
            .resolve,
            exchange: exchange(of: reading),
            reading: reading.name,
            rule: reading.rule,
            resolves: record,
            at: now
        )
    }

    mutating func traceEvent(_ body: Event.Body, at now: Moment) {
        switch body {
        case .urc, .frame: break
        case .late(let id, let outcome): add(.state, exchange: id, reading: "late \(outcome.name)", at: now)
        case .anomaly(let anomaly): add(.anomaly, exchange: queue.active?.id, reading: anomaly.name, at: now)
        case .state(let state): add(.state, reading: "\(state)", at: now)
        case .restarted(let expected): add(.state, reading: expected ? "restarted" : "restarted unasked", at: now)
        }
    }

    private mutating func add(
        _ kind: Record.Kind,
        exchange: ExchangeID? = nil,
        bytes: [UInt8] = [],
        reading: String = "",
        rule: Int = 0,
        mask: [Record.Mask] = [],
        resolves: UInt64? = nil,
        at now: Moment
    ) {
        let record = Record(
            number: 0,
            at: now,
            generation: generation,
            exchange: exchange,
            kind: kind,
            bytes: bytes,
            reading: reading,
            rule: rule,
            mask: mask,
            resolves: resolves
        )
        tracer.add(record, into: &actions)
    }

    private func exchange(of reading: Classifier.Reading) -> ExchangeID? {
        switch reading {
        case .final(_, .active), .result(_, .active), .information, .ambiguous, .held: queue.active?.id
        case .final(_, .zombie(let index)), .result(_, .zombie(let index)), .late(let index): queue.zombies[index].id
        case .final(_, .pending(let index)), .result(_, .pending(let index)): queue.pending[index].id
        case .final(_, .link), .final(_, .nobody), .result(_, .link), .result(_, .nobody): nil
        case .restart, .quarantined, .unsolicited: nil
        }
    }
}

extension Classifier.Reading {
    /// As the trace names it.
    var name: String {
        switch self {
        case .restart: "restart"
        case .quarantined: "quarantined"
        case .final(_, .nobody): "stray"
        case .final(_, .zombie): "late"
        case .final: "final"
        case .information: "info"
        case .ambiguous, .held: "held"
        case .result(_, .zombie): "late"
        case .result: "result"
        case .late: "late"
        case .unsolicited(nil): "unknown"
        case .unsolicited: "urc"
        }
    }
}

extension LateOutcome {
    fileprivate var name: String {
        switch self {
        case .line: "line"
        case .succeeded: "success"
        case .failed: "failure"
        case .neverAnswered: "never answered"
        case .payloadAborted: "payload aborted"
        }
    }
}

extension Anomaly {
    /// The kind alone: what it holds is in the records of its bytes.
    fileprivate var name: String {
        switch self {
        case .overflow: "overflow"
        case .strayFinal: "stray final"
        case .unexpectedPrompt: "unexpected prompt"
        case .holdOverflow: "hold overflow"
        case .truncatedFrame(let got, let total): "truncated frame \(got)/\(total)"
        case .frameSuspect: "frame suspect"
        case .frameRefused: "frame refused"
        case .quarantined: "quarantined"
        }
    }
}

extension Array<UInt8> {
    /// Where `token` stands in these bytes, line ends aside.
    fileprivate func offset(of span: Span<UInt8>) -> Int? {
        let token = Array(copying: span)
        var end = count
        while end > token.count, !self[..<end].hasSuffix(token) {
            guard self[end - 1].isLineEnd else { return nil }
            end -= 1
        }
        return end >= token.count && self[..<end].hasSuffix(token) ? end - token.count : nil
    }
}

extension ArraySlice<UInt8> {
    fileprivate func hasSuffix(_ suffix: [UInt8]) -> Bool { self.suffix(suffix.count).elementsEqual(suffix) }
}
