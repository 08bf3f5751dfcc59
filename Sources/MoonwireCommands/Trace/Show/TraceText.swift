internal import ATProtocol

/// Renders a timeline for a terminal of 80 columns.
///
///     00:01.834 ✓ AT+CSQ                                                        9 ms
///                 +CSQ: 20,99
///     00:02.102 · +CMQTTRXSTART: 0,5,24
///     00:02.210 ✗ AT+CPIN="****"                                               40 ms
///                 ERROR
struct TraceText: Sendable {
    var style: Style

    private static let width = 80
    /// Before the text of a line: time, sign and a space after each.
    private static let margin = 12
    private static let timeWidth = 9

    func heading(_ origin: TraceOrigin) -> String {
        let parts = [origin.port, origin.profile.isEmpty ? "" : "profile \(origin.profile)", origin.wall]
        return style.faint(parts.filter { !$0.isEmpty }.joined(separator: "  ")) + "\n"
    }

    func item(_ item: TraceTimeline.Item) -> String {
        switch item {
        case .exchange(let exchange): self.exchange(exchange)
        case .unsolicited(let entry): unsolicited(entry).joined()
        case .note(let entry):
            lines(Self.note(entry), at: entry.record.at, sign: "!", paint: item.isFault ? style.bad : style.faint)
                .joined()
        }
    }

    func summary(of timeline: TraceTimeline) -> String {
        let count = timeline.count
        var text = "\(counted(count.commands, "command")), \(count.failed) failed"
        text += ", \(counted(count.unsolicited, "unsolicited line"))"
        if let fault = timeline.items.first(where: \.isFault) {
            text += "; first fault at \(ClockText.time(fault.start))"
        }
        return style.faint(text) + "\n"
    }

    private func exchange(_ exchange: TraceExchange) -> String {
        let sign: String
        switch exchange.outcome {
        case .succeeded: sign = style.good("✓")
        case .failed: sign = style.bad("✗")
        case .open: sign = style.faint("…")
        }
        let command = exchange.command.isEmpty ? Self.unwritten(exchange) : ByteText.line(exchange.command)
        let took = exchange.outcome == .open ? "open" : ClockText.span(exchange.end - exchange.start)
        var text = lines(command, at: exchange.start, sign: sign, note: took).joined()
        if !exchange.data.isEmpty { text += lines(ByteText.shown(exchange.data), sign: ">").joined() }
        for entry in exchange.answer where entry.record.reading != "final" {
            text += lines(ByteText.line(entry.record.bytes)).joined()
        }
        // OK is what the tick says already.
        if case .failed(let reason) = exchange.outcome {
            let shown = exchange.answer.filter { $0.record.reading != "final" }.map { ByteText.line($0.record.bytes) }
            if !shown.contains(reason) { text += lines(reason, paint: style.bad).joined() }
        }
        return text
    }

    private static func unwritten(_ exchange: TraceExchange) -> String {
        let command = ByteText.shown(exchange.submitted.utf8)
        return command.isEmpty ? "(never written)" : "\(command) (never written)"
    }

    /// A frame is a header line and its bytes: one below the other.
    private func unsolicited(_ entry: TraceEntry) -> [String] {
        let record = entry.record
        let sign = record.kind == .tx ? "▸" : "·"
        let bytes = ByteText.trimmed(record.bytes)
        guard record.kind == .frame, let end = bytes.firstIndex(of: 0x0D) else {
            return lines(ByteText.line(record.bytes), at: record.at, sign: sign, paint: style.faint)
        }
        let body = bytes[end...].drop { $0 == 0x0D || $0 == 0x0A }
        return lines(ByteText.shown(bytes[..<end]), at: record.at, sign: sign, paint: style.faint)
            + lines(ByteText.shown(body), paint: style.faint)
    }

    /// One logical line, wrapped; each element ends with a line feed.
    private func lines(
        _ text: String,
        at moment: Moment? = nil,
        sign: String = " ",
        note: String = "",
        paint: (String) -> String = { $0 }
    ) -> [String] {
        let time = moment.map { ClockText.time($0) } ?? ""
        let pad = String(repeating: " ", count: max(0, Self.timeWidth - time.count))
        let first = Self.width - Self.margin - (note.isEmpty ? 0 : note.count + 1)
        // Nothing to see, nothing to paint.
        func painted(_ sign: String) -> String { sign == " " ? sign : paint(sign) }
        func faint(_ text: String) -> String { text.isEmpty ? text : style.faint(text) }
        var rest = text[...]
        var result: [String] = []
        repeat {
            let room = result.isEmpty ? first : Self.width - Self.margin
            let piece = String(rest.prefix(room))
            rest = rest.dropFirst(room)
            if result.isEmpty {
                let space = String(repeating: " ", count: note.isEmpty ? 0 : room - piece.count + 1)
                result.append("\(faint(time))\(pad) \(painted(sign)) \(paint(piece))\(space)\(faint(note))\n")
            } else {
                result.append(String(repeating: " ", count: Self.margin) + paint(piece) + "\n")
            }
        } while !rest.isEmpty
        return result
    }

    private static func note(_ entry: TraceEntry) -> String {
        let kind = entry.record.kind.rawValue
        if let dropped = entry.dropped { return "\(kind): \(dropped) records are missing here" }
        return entry.record.reading.isEmpty ? kind : "\(kind): \(ByteText.shown(entry.record.reading.utf8))"
    }

    private func counted(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }
}
