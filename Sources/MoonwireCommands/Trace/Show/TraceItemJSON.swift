internal import ATProtocol

/// The items of a timeline as JSON objects, for `--json`. Times are seconds from the beginning of the session.
///
/// Bytes are strings as in the trace itself: each character is the byte of the same number.
enum TraceItemJSON {
    static func value(_ item: TraceTimeline.Item) -> JSONValue {
        switch item {
        case .exchange(let exchange): value(exchange)
        case .unsolicited(let entry):
            [
                "type": "unsolicited", "n": number(entry.record.number), "t": seconds(entry.record.at),
                "ev": .string(entry.record.kind.rawValue), "text": bytes(ByteText.trimmed(entry.record.bytes)),
            ]
        case .note(let entry):
            [
                "type": "note", "n": number(entry.record.number), "t": seconds(entry.record.at),
                "ev": .string(entry.record.kind.rawValue), "text": .string(entry.record.reading),
            ]
        }
    }

    private static func value(_ exchange: TraceExchange) -> JSONValue {
        var members: [JSONValue.Member] = []
        func add(_ name: String, _ value: JSONValue) { members.append(JSONValue.Member(name: name, value: value)) }
        add("type", "exchange")
        add("x", number(exchange.id.number))
        add("n", number(exchange.entries.first?.record.number ?? 0))
        add("t", seconds(exchange.start))
        add("took", .number(Double((exchange.end - exchange.start).nanoseconds) / 1e9))
        add("command", bytes(exchange.command))
        // One that was never written has no bytes.
        if exchange.command.isEmpty, !exchange.submitted.isEmpty { add("submitted", .string(exchange.submitted)) }
        if !exchange.data.isEmpty { add("data", bytes(exchange.data)) }
        add("lines", .array(exchange.answer.map { bytes(ByteText.trimmed($0.record.bytes)) }))
        switch exchange.outcome {
        case .succeeded: add("outcome", "succeeded")
        case .failed(let reason):
            add("outcome", "failed")
            add("reason", .string(reason))
        case .open: add("outcome", "open")
        }
        return .object(members)
    }

    private static func number(_ value: UInt64) -> JSONValue { .integer(Int128(value)) }

    private static func seconds(_ moment: Moment) -> JSONValue { .number(Double(moment.nanoseconds) / 1e9) }

    private static func bytes(_ bytes: some Sequence<UInt8>) -> JSONValue {
        var text = ""
        text.unicodeScalars.append(contentsOf: bytes.map { Unicode.Scalar($0) })
        return .string(text)
    }
}
