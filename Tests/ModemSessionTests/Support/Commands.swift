import ATProtocol
import ModemSession

extension Command {
    /// A command that answers with any line that no URC claims.
    static func line(_ text: String, timeout: Duration? = nil) -> Command {
        Command(line: Array(text.utf8), spec: CommandSpec(information: [.undeclared], arity: .many), timeout: timeout)
    }

    static let signal = Command(
        line: Array("AT+CSQ".utf8),
        spec: CommandSpec(information: [.prefix("+CSQ", .integer, .integer)], arity: .one)
    )

    static func topic(_ text: String) -> Command {
        Command(
            line: Array("AT+CMQTTTOPIC=0,\(text.utf8.count)".utf8),
            data: Array(text.utf8),
            spec: CommandSpec(prompt: PromptSpec(), lanes: .client(0))
        )
    }

    static let publish = Command(
        line: Array("AT+CMQTTPUB=0,1,60".utf8),
        spec: CommandSpec(
            result: ResultSpec(
                shape: .prefix("+CMQTTPUB", .integer, .integer),
                key: 0,
                keyValue: 0,
                code: 1
            ),
            maximum: .seconds(60),
            lanes: .client(0)
        )
    )
}

extension Reply {
    var texts: [String] { lines.map(\.text) }
}

extension Configuration {
    static var plain: Configuration {
        var configuration = Configuration()
        configuration.urcs = [
            URCSpec(.prefix("+CREG", .integer)), URCSpec(.prefix("+CMQTTCONNLOST", .integer, .integer)),
        ]
        return configuration
    }
}
