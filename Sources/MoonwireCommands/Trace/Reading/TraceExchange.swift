internal import ATProtocol

/// A command with everything that belongs to it.
struct TraceExchange: Equatable, Sendable {
    var id: ExchangeID
    /// In the order of the trace, held lines as they were resolved.
    var entries: [TraceEntry] = []

    /// How it ended, as far as the trace tells.
    enum Outcome: Equatable, Sendable {
        case succeeded
        /// The module's words, or why it was given up.
        case failed(String)
        /// The trace ends before the command does.
        case open
    }

    private var written: [TraceEntry] { entries.filter { $0.record.kind == .tx } }

    /// The command line without its CR; empty when it was never written.
    var command: [UInt8] { written.first.map { Array(ByteText.trimmed($0.record.bytes)) } ?? [] }

    /// The command line as it was asked for, written or not; empty in traces that do not tell.
    var submitted: String { entries.first { $0.record.kind == .submit }?.record.reading ?? "" }

    /// What was written after the prompt.
    var data: [UInt8] { written.dropFirst().flatMap(\.record.bytes) }

    /// Information lines, result and final result code.
    var answer: [TraceEntry] {
        entries.filter { entry in
            switch entry.record.kind {
            case .line, .frame, .noise: entry.record.reading != "urc" && !ByteText.trimmed(entry.record.bytes).isEmpty
            case .tx, .echo, .prompt, .dataecho, .submit, .ack, .done, .resolve, .timer, .state, .anomaly, .dropped,
                .port:
                false
            }
        }
    }

    /// When the command was written; when it was submitted if it never was.
    var start: Moment { (written.first ?? entries.first)?.record.at ?? Moment(nanoseconds: 0) }

    /// The last thing that happened to it.
    var end: Moment { entries.last?.record.at ?? start }

    var outcome: Outcome {
        if let done = entries.last(where: { $0.record.kind == .done }) {
            let note = done.record.reading
            return Self.successNotes.contains(note) ? .succeeded : .failed(failureText ?? note)
        }
        if let failureText { return .failed(failureText) }
        return final == nil ? .open : .succeeded
    }

    /// What a `done` record says when all went well.
    private static let successNotes: Set<String> = ["", "ok"]

    private var final: TraceEntry? { answer.last { $0.record.reading == "final" } }

    private var failureText: String? {
        // A result tells more than the ERROR that comes with it.
        if let result = answer.last(where: { $0.record.reading == "result" }) {
            let text = ByteText.line(result.record.bytes)
            let code = text.split { $0 == "," || $0 == " " || $0 == ":" }.last.flatMap { Int($0) }
            if code != 0 { return text }
        }
        guard let final else { return nil }
        let text = ByteText.line(final.record.bytes)
        return text == "ERROR" || text.hasPrefix("+CME ERROR") || text.hasPrefix("+CMS ERROR") ? text : nil
    }
}
