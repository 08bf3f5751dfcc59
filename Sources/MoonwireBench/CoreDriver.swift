import A7600
import ATProtocol

/// Feeds the protocol core as a session would, with a clock that moves a microsecond per chunk.
struct CoreDriver: ~Copyable {
    private var engine: ATEngine
    private var actions: [Action] = []
    private var now = Moment(nanoseconds: 0)
    private var next: UInt64 = 1
    /// Commands that were completed with success.
    private(set) var completed = 0
    private(set) var delivered = 0
    /// Counts allocations; those of reading answers are added up in `whileReading`.
    var allocationCount: (() -> UInt)?
    private(set) var whileReading: UInt = 0

    init() throws {
        var configuration = Profile.a7600.engineConfiguration()
        configuration.tracing = .off
        configuration.preamble = []
        engine = ATEngine(configuration: configuration)
        actions.reserveCapacity(64)
        engine.opened(PortGeneration(1), at: now, into: &actions)
        // The core synchronises with a plain AT first.
        for _ in 0..<4 where !actions.isEmpty {
            let writes = actions.compactMap { if case .write(let id, let bytes) = $0 { (id, bytes) } else { nil } }
            actions.removeAll(keepingCapacity: true)
            for (id, bytes) in writes {
                engine.written(id, at: now, into: &actions)
                feed(bytes + Array("\r\nOK\r\n".utf8), chunk: 4096)
            }
        }
    }

    /// All turns once.
    mutating func play(_ corpus: borrowing Corpus, chunk: Int) {
        for index in corpus.turns.indices { play(corpus.turns[index].command, corpus.turns[index].bytes, chunk: chunk) }
    }

    /// Submits the command and feeds its answer in chunks.
    private mutating func play(_ command: Command, _ answer: [UInt8], chunk: Int) {
        advance()
        engine.submitted(ExchangeID(next), command, at: now, into: &actions)
        next += 1
        let write = Self.write(in: actions.span)
        actions.removeAll(keepingCapacity: true)
        if let write { engine.written(write, at: now, into: &actions) }
        let before = allocationCount?() ?? 0
        feed(answer, chunk: chunk)
        whileReading += (allocationCount?() ?? 0) - before
    }

    private mutating func feed(_ bytes: [UInt8], chunk: Int) {
        var start = 0
        let span = bytes.span
        while start < bytes.count {
            let end = min(start + chunk, bytes.count)
            advance()
            engine.received(span.extracting(start..<end), at: now, into: &actions)
            if !actions.isEmpty { take() }
            start = end
        }
    }

    // Actions are looked at in place: a copy of each would cost as much as a line.
    private static func write(in actions: Span<Action>) -> WriteID? {
        for index in actions.indices {
            if case .write(let id, _) = actions[index] { return id }
        }
        return nil
    }

    private mutating func take() {
        let (answers, events) = Self.count(actions.span)
        completed += answers
        delivered += events
        actions.removeAll(keepingCapacity: true)
    }

    private static func count(_ actions: Span<Action>) -> (answers: Int, events: Int) {
        var (answers, events) = (0, 0)
        for index in actions.indices {
            switch actions[index] {
            case .complete(_, .success): answers += 1
            case .deliver: events += 1
            case .complete, .write, .setDeadline, .acknowledge, .link, .trace: break
            }
        }
        return (answers, events)
    }

    private mutating func advance() { now.nanoseconds += 1000 }
}
