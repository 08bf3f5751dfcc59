import A7600
import ATProtocol

/// The engine with this module's configuration, a virtual clock, and a module that answers the engine's own lines.
struct Bench: ~Copyable {
    private var engine: ATEngine
    private var now = Moment(nanoseconds: 0)
    private var out: [Action] = []
    private var writes: [(id: WriteID, bytes: [UInt8])] = []
    private var deadline: Moment?
    private var next: UInt64 = 0
    private var names: [ExchangeID: String] = [:]
    private var assembler = MessageAssembler()
    private var current: Command?
    private var isCurrentWritten = false
    /// Whether the data of the current command have left.
    private(set) var hasSentData = false
    var isEchoOn: Bool
    let cuts: Cuts
    /// What came out, a line each.
    private(set) var log: [String] = []
    private(set) var open: Set<ExchangeID> = []
    /// Whatever a person could get to see: records, failures, events.
    private var shown: [String] = []
    private var replies: [String] = []

    /// - Parameter echo: whether the module echoes; the preamble asks for the same.
    init(
        _ profile: Profile,
        echo: Bool,
        cuts: Cuts = .whole,
        dataEcho: Configuration.DataEcho? = nil,
        tracing: Configuration.Tracing = .off
    ) {
        var configuration = profile.engineConfiguration()
        configuration.tracing = tracing
        if let dataEcho { configuration.dataEcho = dataEcho }
        if !echo {
            configuration.preamble[0].line = Array("ATE0".utf8)
            configuration.preamble[0].spec.effects = [.echo(false)]
        }
        engine = ATEngine(configuration: configuration)
        isEchoOn = echo
        self.cuts = cuts
        apply(.opened(PortGeneration(1)))
        settle()
        log = []
    }

    mutating func apply(_ input: Input) {
        engine.apply(input, at: now, into: &out)
        drain()
    }

    /// Submits a command; it is written if the engine lets it.
    mutating func submit(_ command: Command) {
        next += 1
        let id = ExchangeID(next)
        names[id] = String(String(decoding: command.line, as: UTF8.self).prefix { $0 != "=" })
        open.insert(id)
        current = command
        isCurrentWritten = false
        hasSentData = false
        apply(.submitted(id, command))
        confirm()
    }

    /// Bytes from the module, in pieces.
    mutating func receive(_ bytes: [UInt8]) {
        for piece in cuts.pieces(of: bytes) {
            apply(.received(Array(piece)))
            confirm()
        }
    }

    /// Time passes; timers fire when they are due.
    mutating func wait(_ duration: Duration) {
        let end = now + duration
        while let due = deadline, due <= end {
            now = max(now, due)
            deadline = nil
            apply(.timerFired)
        }
        now = end
    }

    /// Lets the engine finish what it does by itself: probes and preamble are answered. Ends at once when an open
    /// command is written.
    mutating func settle() {
        for _ in 0..<30 {
            while let (id, bytes) = writes.first {
                if !open.isEmpty, bytes == current.map({ $0.line + [0x0D] }) {
                    confirm()
                    return
                }
                writes.removeFirst()
                apply(.written(id))
                if bytes == Array("ATE0\r".utf8) || isEchoOn { apply(.received(bytes)) }
                apply(.received(Array("\r\nOK\r\n".utf8)))
            }
            wait(.milliseconds(200))
        }
    }

    mutating func settleUntilWritten() {
        if !isCurrentWritten { settle() }
    }

    /// Reports the writes of the current command and its data as left; the engine's own stay for `settle`.
    private mutating func confirm() {
        while let (id, bytes) = writes.first, bytes == current.map({ $0.line + [0x0D] }) || bytes == current?.data {
            writes.removeFirst()
            isCurrentWritten = true
            if bytes == current?.data { hasSentData = true }
            apply(.written(id))
        }
    }

    private mutating func drain() {
        let actions = out
        out.removeAll(keepingCapacity: true)
        for action in actions {
            switch action {
            case .write(let id, let bytes): writes.append((id, bytes))
            case .setDeadline(let moment): deadline = moment
            case .acknowledge(let id): log.append("\(name(id)) taken")
            case .complete(let id, let result):
                open.remove(id)
                log.append("\(name(id)) → \(Self.text(result))")
                noteShown(result)
            case .deliver(let event):
                note(event.body)
                noteShown(event.body)
            case .link(let request): log.append("link \(request)")
            case .trace(let record):
                shown.append(String(decoding: record.bytes, as: UTF8.self))
                shown.append(record.reading)
            }
        }
    }

    private func name(_ id: ExchangeID) -> String { names[id] ?? "own" }

    private mutating func note(_ body: Event.Body) {
        switch assembler.take(body) {
        case .absorbed(let message):
            if let message { log.append(Self.text(message)) }
            return
        case .interrupted(let message): log.append(Self.text(message))
        case .unrelated: break
        }
        switch body {
        case .urc(let line, let id): log.append("\(id == nil ? "unknown" : "urc") \(line.text)")
        case .restarted(let expected): log.append(expected ? "restarted" : "restarted unexpectedly")
        case .anomaly(let anomaly): log.append("anomaly \(anomaly)")
        case .late(let id, let outcome): log.append("late \(name(id)) \(outcome)")
        case .frame, .state: break
        }
    }

    private static func text(_ message: ReceivedMessage) -> String {
        let content = [message.topic, message.payload].map { String(decoding: $0, as: UTF8.self) }
        return "message \(message.client) \(message.completeness) \(content.joined(separator: " | "))"
    }

    private static func text(_ result: Result<Reply, ATFailure>) -> String {
        switch result {
        case .success(let reply):
            let lines = reply.lines.map(\.text) + (reply.result.map { [$0.text] } ?? [])
            return (lines + [reply.final.text]).joined(separator: " | ")
        case .failure(let failure):
            return switch failure.code {
            case .result(let domain, let number): "failed \(domain.rawValue) \(number)"
            case .cme(let number): "failed CME \(number.map(String.init) ?? "?")"
            case .error: "failed ERROR"
            case .lost(let cause): "failed lost \(cause)"
            case .prompt(let fault): "failed prompt \(fault)"
            default: "failed \(failure.code)"
            }
        }
    }

    /// Takes what has come out since the last time.
    mutating func takeLog() -> [String] {
        defer { log = [] }
        return log
    }

    /// The events that these bytes give, as they are.
    mutating func events(of bytes: [UInt8]) -> [Event.Body] {
        engine.received(bytes.span, at: now, into: &out)
        let events = out.compactMap { if case .deliver(let event) = $0 { event.body } else { nil } }
        out.removeAll()
        return events
    }

    private mutating func noteShown(_ result: Result<Reply, ATFailure>) {
        switch result {
        case .success(let reply): replies += reply.lines.map(\.text)
        case .failure(let failure):
            shown += [failure.command, failure.text ?? "", String(decoding: failure.before, as: UTF8.self)]
            shown += failure.lines.map(\.text)
        }
    }

    private mutating func noteShown(_ body: Event.Body) {
        switch body {
        case .urc(let line, _): replies.append(line.text)
        case .anomaly, .late, .frame, .state, .restarted: break
        }
    }

    /// - Parameter withReplies: also what the caller asked for and gets as it stands.
    mutating func takeShown(withReplies: Bool = false) -> [String] {
        defer { (shown, replies) = ([], []) }
        return withReplies ? shown + replies : shown
    }
}
