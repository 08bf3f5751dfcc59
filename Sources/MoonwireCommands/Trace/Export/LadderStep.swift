internal import ATProtocol

/// One row of the ladder diagram.
struct LadderStep: Equatable, Sendable {
    /// What the row shows; chooses colour and filter.
    enum Kind: String, CaseIterable, Sendable {
        case command, data, echo, prompt, info, final, error, result, urc, noise, note

        /// The word on the filter button.
        var label: String {
            switch self {
            case .command: "commands"
            case .data: "data"
            case .echo: "echo"
            case .prompt: "prompts"
            case .info: "answers"
            case .final: "OK"
            case .error: "errors"
            case .result: "results"
            case .urc: "unsolicited"
            case .noise: "noise"
            case .note: "notes"
            }
        }
    }

    enum Direction: String, Sendable { case out, back, none }

    var kind: Kind
    var direction: Direction
    var number: UInt64
    var at: Moment
    var exchange: ExchangeID?
    var text: String
    var bytes: [UInt8]
    /// What was masked: "pin", "password".
    var masked: [String]

    /// What the place of the row says to those who see it.
    var spoken: String {
        switch direction {
        case .out: "host, \(kind.rawValue)"
        case .back: "module, \(kind.rawValue)"
        case .none: kind.rawValue
        }
    }

    /// Nil: the entry is of no use in a diagram.
    init?(_ entry: TraceEntry, isFirstWrite: Bool, hasFailed: Bool) {
        let record = entry.record
        var text = ByteText.line(record.bytes)
        switch record.kind {
        case .tx: (kind, direction) = (isFirstWrite ? .command : .data, .out)
        case .echo, .dataecho: (kind, direction) = (.echo, .back)
        case .prompt: (kind, direction) = (.prompt, .back)
        case .frame: (kind, direction) = (record.exchange == nil ? .urc : .info, .back)
        case .noise: (kind, direction) = (.noise, .back)
        case .line: (kind, direction) = (Self.kind(ofLine: record, text: text, hasFailed: hasFailed), .back)
        case .state, .port, .anomaly, .dropped:
            let isFault = record.kind == .anomaly || record.kind == .dropped
            (kind, direction) = (isFault ? .error : .note, .none)
            text = record.reading.isEmpty ? record.kind.rawValue : "\(record.kind.rawValue): \(record.reading)"
            if let dropped = entry.dropped { text = "\(dropped) records are missing here" }
        case .submit, .ack, .done, .resolve, .timer: return nil
        }
        if text.isEmpty && kind != .data { return nil }
        self.text = text
        number = record.number
        at = record.cuts.first?.at ?? record.at
        exchange = record.exchange
        bytes = record.bytes
        masked = record.mask.map(\.label)
    }

    private static func kind(ofLine record: Record, text: String, hasFailed: Bool) -> Kind {
        switch record.reading {
        case "final": text == "OK" || !hasFailed ? .final : .error
        case "result": hasFailed ? .error : .result
        case "info": .info
        case "urc": .urc
        default: record.exchange == nil ? .urc : .info
        }
    }

    /// All rows of a timeline by time; rows of one moment in the order of the trace.
    static func steps(of timeline: TraceTimeline) -> [LadderStep] {
        var steps: [LadderStep] = []
        for item in timeline.items {
            switch item {
            case .exchange(let exchange):
                var isFirstWrite = true
                var hasFailed = false
                if case .failed = exchange.outcome { hasFailed = true }
                for entry in exchange.entries {
                    if let step = LadderStep(entry, isFirstWrite: isFirstWrite, hasFailed: hasFailed) {
                        steps.append(step)
                    }
                    if entry.record.kind == .tx { isFirstWrite = false }
                }
            case .unsolicited(let entry), .note(let entry):
                if let step = LadderStep(entry, isFirstWrite: true, hasFailed: false) { steps.append(step) }
            }
        }
        return steps.sorted { ($0.at, $0.number) < ($1.at, $1.number) }
    }
}
