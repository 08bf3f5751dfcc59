internal import ATProtocol
internal import LuaRuntime
internal import ModemSession

/// What the console says to a program: one object a line. Bytes are text, each character the byte of the same number.
enum ConsoleJSON {
    static func answer(_ reply: Reply, to command: Command) -> String {
        var members: [JSONValue.Member] = [
            JSONValue.Member(name: "type", value: "answer"),
            JSONValue.Member(name: "command", value: text(command.shown)),
            JSONValue.Member(name: "lines", value: .array(reply.lines.map { text($0.bytes) })),
        ]
        if let result = reply.result { members.append(JSONValue.Member(name: "result", value: text(result.bytes))) }
        let took = Double((reply.completedAt - reply.writtenAt).nanoseconds) / 1e9
        members.append(JSONValue.Member(name: "final", value: text(reply.final.bytes)))
        members.append(JSONValue.Member(name: "elapsed", value: .number(took)))
        return line(.object(members))
    }

    static func failure(_ failure: ATFailure) -> String {
        line([
            "type": "failure", "command": .string(failure.command),
            "lines": .array(failure.lines.map { text($0.bytes) }),
            "reason": .string(ConsoleText.words(failure)),
            "elapsed": .number(Double(failure.elapsed.nanoseconds) / 1e9),
        ])
    }

    static func refusal(_ reason: String) -> String { line(["type": "refused", "reason": .string(reason)]) }

    /// Values as Lua source.
    static func evaluation(_ evaluation: LuaEvaluation) -> String? {
        switch evaluation {
        case .values(let values): line(["type": "lua", "values": .array(values.map { .string($0.literal) })])
        case .failed(let failure): line(["type": "lua", "error": .string(failure.description)])
        case .ended: line(["type": "lua", "error": "Lua has ended here"])
        case .incomplete: nil
        }
    }

    static func event(_ event: Event) -> String? {
        switch event.body {
        case .urc(let urc, _): line(["type": "urc", "line": text(urc.bytes)])
        case .frame(let frame):
            line(["type": "frame", "line": text(frame.header.bytes), "data": text(Array(frame.body))])
        case .anomaly(let anomaly): line(["type": "anomaly", "text": .string(ConsoleText.words(anomaly))])
        case .restarted(let expected): line(["type": "restarted", "expected": .bool(expected)])
        case .late, .state: nil
        }
    }

    static func port(_ change: PortChange) -> String? {
        switch change {
        case .opened(let generation, let name):
            generation.number > 1 ? line(["type": "port", "state": "open", "port": .string(name)]) : nil
        case .lost: line(["type": "port", "state": "lost"])
        case .stillClosed: nil
        case .abandoned(let error): line(["type": "port", "state": "abandoned", "reason": .string(error.message)])
        }
    }

    private static func line(_ value: JSONValue) -> String { value.text + "\n" }

    private static func text(_ bytes: [UInt8]) -> JSONValue {
        var text = ""
        text.unicodeScalars.append(contentsOf: bytes.map { Unicode.Scalar($0) })
        return .string(text)
    }
}
