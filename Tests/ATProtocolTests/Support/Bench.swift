@testable import ATProtocol

/// An engine with a virtual clock and a memory of what came out.
struct Bench: ~Copyable {
    enum Fault: Error, Equatable {
        case unexpectedWrite(expected: String, got: String)
        case noWrite(expected: String)
        case completedTwice(ExchangeID)
        case unknownCommand(String)
    }

    private var engine: ATEngine
    private let preamble: [Command]
    private(set) var now = Moment(nanoseconds: 0)
    private var out: [Action] = []
    private var writes: [(WriteID, [UInt8])] = []
    private var deadline: Moment?
    private var completed: Set<ExchangeID> = []
    private var generation: UInt32 = 0
    /// What came out, deadlines and records aside.
    private(set) var actions: [Action] = []
    private(set) var records: [Record] = []

    init(_ configuration: Configuration, isEchoOn: Bool = true) throws {
        try self.init(ATEngine.Tables(configuration), isEchoOn: isEchoOn)
    }

    /// Opens the port and answers until the engine is ready.
    init(_ tables: ATEngine.Tables, isEchoOn: Bool) throws {
        engine = ATEngine(tables)
        preamble = tables.configuration.preamble
        try makeReady(isEchoOn: isEchoOn)
    }

    /// Everything open ends and the port is opened anew; what has come out is forgotten.
    mutating func startOver(isEchoOn: Bool) throws {
        // Longer than any answer and any step of the ladder may take, so that nothing is left open.
        try wait(.seconds(1200))
        try apply(.closed(.vanished))
        confirmAll()
        completed = []
        // Probes of the dialogue before may be unanswered: then the opening ends with quiet.
        try makeReady(isEchoOn: isEchoOn, waitsForQuiet: true)
    }

    private mutating func makeReady(isEchoOn: Bool, waitsForQuiet: Bool = false) throws {
        try open()
        try written(Array("AT\r".utf8))
        try receive(Array((isEchoOn ? "AT\r\r\nOK\r\n" : "\r\nOK\r\n").utf8))
        if !isEchoOn || waitsForQuiet { try wait(.milliseconds(200)) }
        for command in preamble {
            try written(command.line + [0x0D])
            try receive((isEchoOn ? command.line + [0x0D] : []) + Array("\r\nOK\r\n".utf8))
        }
        actions = []
        records = []
    }

    mutating func apply(_ input: Input) throws {
        engine.apply(input, at: now, into: &out)
        try drain()
    }

    mutating func open() throws {
        generation += 1
        try apply(.opened(PortGeneration(generation)))
    }

    mutating func submit(_ number: UInt64, _ command: Command) throws {
        try apply(.submitted(ExchangeID(number), command))
    }

    mutating func receive(_ bytes: some Collection<UInt8>) throws { try apply(.received(Array(bytes))) }

    /// The host must have written exactly this; its last byte leaves now.
    mutating func written(_ bytes: [UInt8]) throws {
        guard !writes.isEmpty else { throw Fault.noWrite(expected: Escapes.text(bytes)) }
        let (id, got) = writes.removeFirst()
        guard got == bytes else {
            throw Fault.unexpectedWrite(expected: Escapes.text(bytes), got: Escapes.text(got))
        }
        try apply(.written(id))
    }

    /// Time passes; timers fire when they are due.
    mutating func wait(_ duration: Duration) throws {
        let end = now + duration
        while let due = deadline, due <= end {
            now = max(now, due)
            deadline = nil
            try apply(.timerFired)
        }
        now = end
    }

    /// The actions as vectors write them; writes are checked where they are confirmed.
    var log: [String] {
        actions.compactMap { if case .write = $0 { nil } else { Self.line($0) } }
            + unconfirmedWrites.map { "unconfirmed write \(Escapes.text($0))" }
    }

    /// Time passes, but no timer fires: the host is slow.
    mutating func sleep(_ duration: Duration) { now = now + duration }

    /// Everything written so far is forgotten.
    mutating func confirmAll() { writes.removeAll() }

    /// What has come out so far; it is forgotten.
    mutating func takeLog() -> [String] {
        let log = log
        actions.removeAll()
        records.removeAll()
        return log
    }

    var bufferedBytes: Int { engine.bufferedBytes }

    /// Exchanges that the engine still thinks of.
    var openExchanges: Int { engine.queue.all.count }

    /// Entries in the lists of the engine, and the room they take.
    var bookkeeping: Int { engine.queue.capacity + engine.hold.waiting.capacity + engine.decoder.again.capacity }

    var unconfirmedWrites: [[UInt8]] { writes.map(\.1) }

    private mutating func drain() throws {
        for action in out {
            switch action {
            case .write(let id, let bytes):
                writes.append((id, bytes))
                actions.append(action)
            case .setDeadline(let moment): deadline = moment
            case .trace(let record): records.append(record)
            case .complete(let id, _):
                guard completed.insert(id).inserted else { throw Fault.completedTwice(id) }
                actions.append(action)
            case .acknowledge, .deliver, .link: actions.append(action)
            }
        }
        out.removeAll(keepingCapacity: true)
    }

    /// One action as vectors write it.
    static func line(_ action: Action) -> String {
        switch action {
        case .write(_, let bytes): "write \(Escapes.text(bytes))"
        case .setDeadline: "deadline"
        case .trace: "trace"
        case .acknowledge(let id): "ack \(id.number)"
        case .link(let request): "link \(request)"
        case .complete(let id, .success(let reply)):
            (["ok \(id.number)"] + reply.lines.map(\.bytes).map(Escapes.text)
                + (reply.result.map { ["result " + Escapes.text($0.bytes)] } ?? [])).joined(separator: " | ")
        case .complete(let id, .failure(let failure)):
            "fail \(id.number) \(line(failure.code))"
        case .deliver(let event): line(event.body)
        }
    }

    private static func line(_ code: ATFailure.Code) -> String {
        switch code {
        case .timeout(let phase): "timeout \(phase)"
        case .error: "error"
        case .cme(let number): "cme \(number.map(String.init) ?? "?")"
        case .cms(let number): "cms \(number.map(String.init) ?? "?")"
        case .result(let domain, let number): "\(domain.rawValue) \(number)"
        case .lost(.connection(let client, let cause)): "lost connection \(client) \(cause)"
        case .lost(.network): "lost network"
        case .lost(.restarted): "lost restarted"
        case .lost(.portVanished): "lost port"
        case .lost(.unresponsive): "lost unresponsive"
        case .prompt(.missing): "prompt missing"
        case .prompt(.payloadAborted): "payload aborted"
        case .cancelled: "cancelled"
        case .closed: "closed"
        case .protocolFault: "protocol"
        case .argument: "argument"
        }
    }

    private static func line(_ body: Event.Body) -> String {
        switch body {
        case .urc(let line, let id): "\(id == nil ? "unknown" : "urc") \(Escapes.text(line.bytes))"
        case .frame(let frame): "frame \(Escapes.text(frame.headerBytes)) | \(Escapes.text(frame.body))"
        case .late(let id, let outcome): "late \(id.number) \(line(outcome))"
        case .anomaly(let anomaly): line(anomaly)
        case .state(let state): "state \(state)"
        case .restarted(let expected): "restarted \(expected ? "expected" : "unexpected")"
        }
    }

    private static func line(_ outcome: LateOutcome) -> String {
        switch outcome {
        case .line(let line): "line \(Escapes.text(line.bytes))"
        case .succeeded(let line): "ok \(Escapes.text(line?.bytes ?? []))"
        case .failed(let line): "failed \(Escapes.text(line?.bytes ?? []))"
        case .neverAnswered: "never answered"
        case .payloadAborted: "payload aborted"
        }
    }

    private static func line(_ anomaly: Anomaly) -> String {
        switch anomaly {
        case .overflow(let limit): "overflow \(limit)"
        case .strayFinal(let line): "stray \(Escapes.text(line.bytes))"
        case .unexpectedPrompt: "unexpected prompt"
        case .holdOverflow: "hold overflow"
        case .truncatedFrame(let got, let total): "truncated \(got)/\(total)"
        case .frameSuspect(let bytes): "suspect \(Escapes.text(bytes))"
        case .frameRefused(let line): "refused \(Escapes.text(line.bytes))"
        case .quarantined(let line): "quarantined \(Escapes.text(line.bytes))"
        }
    }
}

extension ExchangeQueue {
    fileprivate var all: [Exchange] { waiting + [active].compactMap(\.self) + pending + zombies }
    fileprivate var capacity: Int { waiting.capacity + pending.capacity + zombies.capacity }
}
