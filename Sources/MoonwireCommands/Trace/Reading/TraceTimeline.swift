internal import ATProtocol

/// A trace in the order a person reads it: each command with its answer, and between them what came unasked.
struct TraceTimeline: Equatable, Sendable {
    enum Item: Equatable, Sendable {
        case exchange(TraceExchange)
        /// A line or frame that belongs to no command.
        case unsolicited(TraceEntry)
        /// Something that happened without bytes: the port, the link's state, an anomaly, lost records.
        case note(TraceEntry)

        var start: Moment {
            switch self {
            case .exchange(let exchange): exchange.start
            case .unsolicited(let entry), .note(let entry): entry.record.at
            }
        }

        /// Whether somebody who looks for a fault wants to see it.
        var isFault: Bool {
            switch self {
            case .exchange(let exchange):
                if case .failed = exchange.outcome { true } else { false }
            case .unsolicited: false
            case .note(let entry): entry.record.kind == .anomaly || entry.record.kind == .dropped
            }
        }
    }

    var origin: TraceOrigin
    /// By the time of their first record.
    private(set) var items: [Item] = []
    private(set) var isCutShort = false

    init(_ origin: TraceOrigin, entries: [TraceEntry]) {
        self.origin = origin
        var places: [ExchangeID: Int] = [:]
        for entry in Self.resolved(entries) {
            if let id = entry.record.exchange, !Self.isNote(entry) {
                add(entry, to: id, places: &places)
            } else if let item = Self.item(entry) {
                items.append(item)
            }
        }
    }

    /// Reads a whole trace.
    init(path: String) throws(CommandFailure) {
        var reader = try TraceReader(path: path)
        var entries: [TraceEntry] = []
        while let entry = try reader.next() { entries.append(entry) }
        self.init(reader.origin, entries: entries)
        isCutShort = reader.isCutShort
    }

    struct Count: Equatable, Sendable {
        var commands = 0
        /// Of `commands`.
        var failed = 0
        var unsolicited = 0
        /// Anomalies, and places where records are missing.
        var anomalies = 0
    }

    var count: Count {
        var count = Count()
        for item in items {
            switch item {
            case .exchange:
                count.commands += 1
                if item.isFault { count.failed += 1 }
            case .unsolicited: count.unsolicited += 1
            case .note: if item.isFault { count.anomalies += 1 }
            }
        }
        return count
    }

    private mutating func add(_ entry: TraceEntry, to id: ExchangeID, places: inout [ExchangeID: Int]) {
        if let place = places[id], case .exchange(var exchange) = items[place] {
            exchange.entries.append(entry)
            items[place] = .exchange(exchange)
        } else {
            places[id] = items.count
            items.append(.exchange(TraceExchange(id: id, entries: [entry])))
        }
    }

    /// What happened to the link stands for itself, even while a command was open.
    private static func isNote(_ entry: TraceEntry) -> Bool {
        switch entry.record.kind {
        case .state, .anomaly, .dropped, .port: true
        case .tx, .echo, .line, .prompt, .frame, .dataecho, .noise, .submit, .ack, .done, .resolve, .timer: false
        }
    }

    private static func item(_ entry: TraceEntry) -> Item? {
        switch entry.record.kind {
        case .line, .frame, .noise, .echo, .dataecho, .prompt:
            ByteText.trimmed(entry.record.bytes).isEmpty ? nil : .unsolicited(entry)
        case .tx: .unsolicited(entry)
        case .state, .anomaly, .dropped, .port: .note(entry)
        case .submit, .ack, .done, .resolve, .timer: nil
        }
    }

    /// Puts what a held line turned out to be into its own record.
    private static func resolved(_ entries: [TraceEntry]) -> [TraceEntry] {
        var entries = entries
        var held: [UInt64: Int] = [:]
        for (index, entry) in entries.enumerated() {
            if entry.record.reading == "held" { held[entry.record.number] = index }
            guard let number = entry.record.resolves, let place = held.removeValue(forKey: number) else { continue }
            entries[place].record.reading = entry.record.reading
            entries[place].record.rule = entry.record.rule
            entries[place].record.exchange = entry.record.exchange
        }
        return entries
    }
}
