internal import A7600
internal import ATProtocol
internal import LuaRuntime
internal import ModemSession

/// Renders what a session says for the console. Each text is whole lines.
struct ConsoleText: Sendable {
    enum Form: Sendable {
        case text
        /// One object a line.
        case json
    }

    var style: Style
    var profile: Profile = .a7600
    var form = Form.text
    var showsHexadecimal = false
    var showsTime = true

    /// A command, its secrets masked. Nil: the answer names it.
    func echo(_ command: Command) -> String? {
        form == .json ? nil : style.strong(ByteText.line(command.shown)) + "\n"
    }

    /// Information lines, each known one with its meaning beside it; the final result code, then the asynchronous result
    /// as nearly every command has it; the time from the write to the last line.
    func answer(_ reply: Reply, to command: Command, at time: String) -> String {
        if form == .json { return ConsoleJSON.answer(reply, to: command) }
        let took = "  \(style.faint(ClockText.span(reply.completedAt - reply.writtenAt)))"
        let final = style.good(ByteText.line(reply.final.bytes))
        var text = reply.lines.map { information($0, at: time) }.joined()
        guard let result = reply.result else { return text + line(final + took, bytes: reply.final.bytes, at: time) }
        text += line(final, bytes: reply.final.bytes, at: time)
        return text + line(ByteText.line(result.bytes) + took, bytes: result.bytes, at: time)
    }

    func failure(_ failure: ATFailure, at time: String) -> String {
        if form == .json { return ConsoleJSON.failure(failure) }
        let lines = failure.lines.map { information($0, at: time) }.joined()
        let advice = CommandAdvice.lines(for: failure, profile: profile).map { line(style.faint("→ \($0)"), at: time) }
        return lines + line(style.bad(Self.words(failure)), at: time) + advice.joined()
    }

    private func information(_ information: Line, at time: String) -> String {
        let shown = ByteText.line(information.bytes)
        let words = PlainWords.explain(information).map { words in
            String(repeating: " ", count: max(2, 28 - shown.count)) + style.faint(words)
        }
        return line(shown + (words ?? ""), bytes: information.bytes, at: time)
    }

    /// Nil: nothing an operator has to know.
    func event(_ event: Event, at time: String) -> String? {
        if form == .json { return ConsoleJSON.event(event) }
        switch event.body {
        case .urc(let urc, _):
            let words = PlainWords.explain(urc).map { "  \($0)" } ?? ""
            return line(style.faint("· \(ByteText.line(urc.bytes))\(words)"), bytes: urc.bytes, at: time)
        case .frame(let frame):
            return line(style.faint("· \(ByteText.line(frame.header.bytes))"), bytes: frame.header.bytes, at: time)
                + line(style.faint("  \(ByteText.shown(frame.body))"), bytes: Array(frame.body), at: time)
        case .late(_, let outcome):
            return Self.late(outcome).map { line(style.faint("· late: \($0)"), at: time) }
        case .anomaly(let anomaly):
            return line(style.bad("! \(Self.words(anomaly))"), at: time)
        case .state(let state): return LinkWords.of(state).map { link($0, at: time) }
        case .restarted(let expected): return link(LinkWords.restart(expected: expected), at: time)
        }
    }

    private func link(_ words: (text: String, tone: LinkWords.Tone), at time: String) -> String {
        switch words.tone {
        case .good: line(style.good("· \(words.text)"), at: time)
        case .neutral: line(style.faint("· \(words.text)"), at: time)
        case .bad: line(style.bad("! \(words.text)"), at: time)
        }
    }

    /// Values as Lua would write them. Nil: nothing came of it.
    func evaluation(_ evaluation: LuaEvaluation) -> String? {
        if form == .json { return ConsoleJSON.evaluation(evaluation) }
        switch evaluation {
        case .values(let values): return values.isEmpty ? nil : values.map(\.literal).joined(separator: "  ") + "\n"
        case .failed(let failure) where failure.kind == .cancelled: return style.bad("cancelled") + "\n"
        case .failed(let failure):
            let hint = failure.hint.map { style.faint("→ \($0)") + "\n" } ?? ""
            return style.bad(failure.description) + "\n" + hint
        case .incomplete: return nil
        case .ended: return style.bad("Lua has ended here") + "\n"
        }
    }

    func port(_ change: PortChange, at time: String) -> String? {
        if form == .json { return ConsoleJSON.port(change) }
        return LinkWords.of(change).map { link($0, at: time) }
    }

    /// What was not sent.
    func refusal(_ reason: String) -> String {
        form == .json ? ConsoleJSON.refusal(reason) : style.bad(reason) + "\n"
    }

    /// One line with its time, and its bytes below where they are wanted.
    private func line(_ text: String, bytes: [UInt8] = [], at time: String) -> String {
        let stamp = showsTime ? style.faint(time) + " " : ""
        return "\(stamp)\(text)\n" + (showsHexadecimal ? HexDump.lines(bytes) : "")
    }

    private static func late(_ outcome: LateOutcome) -> String? {
        switch outcome {
        case .line(let line): ByteText.line(line.bytes)
        case .succeeded(let line), .failed(let line): line.map { ByteText.line($0.bytes) }
        case .neverAnswered: "the answer to a cancelled command never came"
        case .payloadAborted: "the data of a cancelled command were filled up and dropped"
        }
    }

    static func words(_ anomaly: Anomaly) -> String {
        switch anomaly {
        case .overflow(let limit): "a line of more than \(limit) bytes; the rest of it was skipped"
        case .strayFinal(let line): "\(ByteText.line(line.bytes)) without a command"
        case .unexpectedPrompt: "the module asks for data nobody announced"
        case .holdOverflow: "too many lines before an answer was complete"
        case .truncatedFrame(let got, let total): "a message broke off after \(got) of \(total) bytes"
        case .frameSuspect: "a message may have lost bytes"
        case .frameRefused(let line), .quarantined(let line): "not trusted: \(ByteText.line(line.bytes))"
        }
    }

    /// The module's own line may stand for its words.
    private static func numbered(_ name: String, _ code: Int?, _ text: String?) -> String {
        guard let text else { return "\(name): \(code.map(String.init) ?? "?")" }
        return text.hasPrefix(name) ? text : "\(name): \(text)"
    }

    /// The module's own words where it has any.
    static func words(_ failure: ATFailure) -> String {
        switch failure.code {
        case .error: "ERROR"
        case .cme(let code): numbered("+CME ERROR", code, failure.text)
        case .cms(let code): numbered("+CMS ERROR", code, failure.text)
        case .timeout: "no answer within \(ClockText.span(failure.elapsed))"
        case .result(.mqtt, let code): "\(ResultCode(rawValue: code).name ?? "failed") (\(code))"
        case .result(_, let code): "failed (\(code))"
        case .lost: "lost: the module or the connection went away"
        case .prompt(.missing): "the module did not ask for the data"
        case .prompt(.payloadAborted): "the data phase was given up"
        case .cancelled: "cancelled"
        case .closed: "the port is closed"
        case .protocolFault: "the answer cannot be trusted\(failure.text.map { ": \($0)" } ?? "")"
        case .argument: failure.text ?? "refused"
        }
    }
}
