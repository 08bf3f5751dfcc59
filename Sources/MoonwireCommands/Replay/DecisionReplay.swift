internal import A7600
internal import ATProtocol

/// Gives a recorded session's inputs to the protocol core once more and compares what it decides with what is recorded.
///
/// Inputs are the openings, the received pieces, the commands and their ends by the caller's time or will; everything
/// else is decided by the core. Time is the trace's own, so ten minutes take as long as the core has to work.
struct DecisionReplay {
    private enum Input {
        case opened(PortGeneration)
        case received([UInt8])
        case submitted(ExchangeID, Command)
        case cancelled(ExchangeID)
        case closed(PortLoss)
    }

    private let profile: Profile
    private let baud: Int?
    private var inputs: [(at: Moment, input: Input)] = []
    /// What the core had decided.
    private var recorded: [Record] = []
    private let transmissions: [ExchangeID: [[UInt8]]]
    private let deadlines: [ExchangeID: Moment]

    /// - Parameter baud: bits per second of the recorded line; nil: the profile's.
    init(_ records: [Record], profile: Profile, baud: Int? = nil) {
        self.profile = profile
        self.baud = baud
        var transmissions: [ExchangeID: [[UInt8]]] = [:]
        var deadlines: [ExchangeID: Moment] = [:]
        for record in records {
            guard let exchange = record.exchange else { continue }
            if record.kind == .tx { transmissions[exchange, default: []].append(record.bytes) }
            if record.kind == .timer && record.reading == "deadline" { deadlines[exchange] = record.at }
        }
        self.transmissions = transmissions
        self.deadlines = deadlines
        let probes = Self.probes(in: records)
        // What the core says of a loss has the time of the loss; what comes later is no matter of the core.
        var closedAt: Moment? = Moment(nanoseconds: .max)
        for record in records {
            if record.kind == .port { closedAt = record.reading == "opened" ? nil : record.at }
            guard record.exchange.map({ !probes.contains($0) }) ?? true else { continue }
            guard closedAt.map({ record.at <= $0 }) ?? true || record.kind == .submit || record.kind == .done else {
                continue
            }
            if record.isDecision { recorded.append(record) }
            take(record)
        }
        // Pieces stand with the record they belong to, which may be behind a command that was sent meanwhile.
        inputs = inputs.enumerated().sorted { ($0.element.at, $0.offset) < ($1.element.at, $1.offset) }.map(\.element)
    }

    /// Commands that asked a reopened port who is there, before the core had it.
    private static func probes(in records: [Record]) -> Set<ExchangeID> {
        var isOpen = false
        var probes: Set<ExchangeID> = []
        for record in records {
            if record.kind == .port { isOpen = record.reading == "opened" }
            if !isOpen, record.kind == .tx, let exchange = record.exchange { probes.insert(exchange) }
        }
        return probes
    }

    private mutating func take(_ record: Record) {
        switch record.kind {
        case .port:
            switch record.reading {
            case "opened": inputs.append((record.at, .opened(record.generation)))
            case "closed": inputs.append((record.at, .closed(.closed)))
            default: inputs.append((record.at, .closed(.vanished)))
            }
        case .submit:
            if let exchange = record.exchange, let command = command(of: exchange, record) {
                inputs.append((record.at, .submitted(exchange, command)))
            }
        case .done:
            if record.reading == "cancelled", let exchange = record.exchange {
                inputs.append((record.at, .cancelled(exchange)))
            }
        case .echo, .line, .prompt, .frame, .dataecho, .noise:
            takePieces(of: record)
        case .tx, .ack, .resolve, .timer, .state, .anomaly, .dropped:
            break
        }
    }

    private mutating func takePieces(of record: Record) {
        var rest = record.bytes[...]
        for cut in record.cuts + [Record.Cut(at: record.at, count: rest.count)] where !rest.isEmpty {
            let piece = Array(rest.prefix(cut.count))
            rest = rest.dropFirst(cut.count)
            if let last = inputs.last, last.at == cut.at, case .received(let bytes) = last.input {
                inputs[inputs.count - 1].input = .received(bytes + piece)
            } else {
                inputs.append((cut.at, .received(piece)))
            }
        }
    }

    /// Nil: it was never sent and its text is not recorded.
    private func command(of exchange: ExchangeID, _ record: Record) -> Command? {
        let sent = transmissions[exchange] ?? []
        var line = record.reading.isEmpty ? sent.first ?? [] : Array(record.reading.utf8)
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        guard !line.isEmpty else { return nil }
        let data = sent.dropFirst().first
        var command =
            (try? Catalogue.command(line: line, data: data, profile: profile, checking: .framingOnly))
            ?? Command(line: line, data: data)
        if let deadline = deadlines[exchange] { command.timeout = deadline - record.at }
        return command
    }

    /// How many records are compared.
    var count: Int { recorded.count }

    func differences() -> [DecisionDifference] {
        Self.compare(recorded, with: decisions())
    }

    private func decisions() -> [Record] {
        var core = Core(profile, baud)
        for (at, input) in inputs {
            core.advance(to: at)
            switch input {
            case .opened(let generation): core.apply(.opened(generation), at: at)
            case .received(let bytes): core.apply(.received(bytes), at: at)
            case .submitted(let exchange, let command): core.apply(.submitted(exchange, command), at: at)
            case .cancelled(let exchange): core.apply(.cancelled(exchange), at: at)
            case .closed(let loss): core.apply(.closed(loss), at: at)
            }
        }
        return core.records.filter(\.isDecision)
    }

    /// The core with a line on which every write is through at once.
    private struct Core: ~Copyable {
        private var engine: ATEngine
        private var actions: [Action] = []
        private var deadline: Moment?
        private(set) var records: [Record] = []

        init(_ profile: Profile, _ baud: Int?) {
            var configuration = profile.engineConfiguration()
            if let baud { configuration.baud = baud }
            configuration.tracing = .on
            engine = ATEngine(configuration: configuration)
        }

        /// Deadlines before `moment`; bytes of the same moment come first.
        mutating func advance(to moment: Moment) {
            while let due = deadline, due < moment {
                deadline = nil
                apply(.timerFired, at: due)
            }
        }

        mutating func apply(_ input: ATProtocol.Input, at moment: Moment) {
            engine.apply(input, at: moment, into: &actions)
            var next = 0
            while next < actions.count {
                switch actions[next] {
                case .write(let write, _): engine.apply(.written(write), at: moment, into: &actions)
                case .setDeadline(let due): deadline = due
                case .trace(let record): records.append(record)
                case .acknowledge, .complete, .deliver, .link: break
                }
                next += 1
            }
            actions.removeAll(keepingCapacity: true)
        }
    }

    // MARK: - Comparison

    private static func compare(_ recorded: [Record], with now: [Record]) -> [DecisionDifference] {
        let changes = now.map(\.decision).difference(from: recorded.map(\.decision))
        var removed: [Int] = []
        var inserted: [Int] = []
        for change in changes {
            switch change {
            case .remove(let offset, _, _): removed.append(offset)
            case .insert(let offset, _, _): inserted.append(offset)
            }
        }
        removed.sort()
        inserted.sort()
        var differences: [DecisionDifference] = []
        var shift = 0
        var left = removed[...]
        var right = inserted[...]
        // Walks both lists; what stands at the same place in both is one difference.
        while !left.isEmpty || !right.isEmpty {
            let old = left.first
            let new = right.first
            let takesOld = old.map { $0 + shift <= (new ?? .max) } ?? false
            let takesNew = new.map { $0 <= (old.map { $0 + shift } ?? .max) } ?? false
            let before = takesOld ? old.map { recorded[$0] } : nil
            let after = takesNew ? new.map { now[$0] } : nil
            differences.append(
                DecisionDifference(
                    at: (before ?? after)?.at ?? Moment(nanoseconds: 0),
                    record: before?.number,
                    recorded: before?.decision,
                    now: after?.decision
                )
            )
            if takesOld { left.removeFirst() }
            if takesNew { right.removeFirst() }
            shift += (takesNew ? 1 : 0) - (takesOld ? 1 : 0)
        }
        return differences
    }
}

extension Record {
    /// Whether the core decided it; submissions and losses are what it was given.
    fileprivate var isDecision: Bool {
        switch kind {
        case .tx, .echo, .line, .prompt, .frame, .dataecho, .noise, .ack, .done, .resolve, .state, .anomaly: true
        case .submit, .timer, .dropped, .port: false
        }
    }

    /// What is compared and shown: everything but number and time.
    fileprivate var decision: String {
        var text = kind.rawValue
        if !bytes.isEmpty { text += " \(ByteText.shown(bytes))" }
        if !reading.isEmpty { text += bytes.isEmpty ? " \(reading)" : " as \(reading)" }
        if rule != 0 { text += " (rule \(rule))" }
        if let exchange { text += " of command \(exchange.number)" }
        return text
    }
}
