import ATProtocol

/// A few commands of a module like the A7600, as the vectors name them.
enum Catalog {
    static func configuration() -> Configuration {
        var configuration = Configuration()
        configuration.urcs = [
            URCSpec(.prefix("+CMQTTCONNLOST", .integer, .integer)),
            URCSpec(.prefix("+CMQTTNONET")),
            URCSpec(.prefix("+CMQTTRXSTART", .integer, .integer, .integer)),
            URCSpec(.prefix("+CMQTTRXEND", .integer), meaning: .blockEnd),
            URCSpec(.prefix("+CPIN")),
            URCSpec(.prefix("+CREG", .integer, extra: .allowed)),
            URCSpec(.prefix("+CGEV")),
            URCSpec(.prefix("SMS DONE")),
            URCSpec(.prefix("PB DONE")),
            URCSpec(.prefix("*ATREADY", .integer), meaning: .restart),
            URCSpec(.prefix("RDY"), meaning: .restart),
            URCSpec(.prefix("+CUSD"), quoting: .multiline),
        ]
        configuration.framers = [
            CountedFramer("+CMQTTRXTOPIC", cap: 1024),
            CountedFramer("+CMQTTRXPAYLOAD", cap: 10_240),
            InlineCountedFramer("+CMQTTRECV", cap: 10_240),
        ]
        configuration.errorTexts = ErrorTexts(
            cme: [
                10: "SIM not inserted", 13: "SIM failure", 14: "SIM busy",
                33: "requested service option not subscribed",
            ],
            cms: [313: "SIM failure", 500: "unknown error"]
        )
        return configuration
    }

    static func command(_ name: String) -> Command? { commands[name] }

    static let commands: [String: Command] = [
        "at": command("AT"),
        "csq": command("AT+CSQ", information: [.prefix("+CSQ", .integer, .integer)], arity: .one, repeatable: .safe),
        "cpin?": command("AT+CPIN?", information: [.prefix("+CPIN")], arity: .one),
        "cops?": command("AT+COPS?", information: [.prefix("+COPS")], arity: .one),
        "gmr": command("AT+GMR", information: [.bare(.any)], arity: .many),
        "creg;csq": command(
            "AT+CREG?;+CSQ",
            information: [.prefix("+CREG", .integer, .integer), .prefix("+CSQ", .integer, .integer)],
            arity: .many
        ),
        "cnmp": command("AT+CNMP=2"),
        "creset": command("AT+CRESET", effects: [.restart]),
        "ate0": command("ATE0", effects: [.echo(false)]),
        "atv0": command("ATV0", effects: [.verbose(false)]),
        "csslcfg": command("AT+CSSLCFG=6", information: [.prefix("+CSSLCFG")], arity: .one),
        "csslcfg1": command("AT+CSSLCFG=1", information: [.prefix("+CSSLCFG")], arity: .one),
        "raw": command("AT+XYZ", information: [.undeclared], arity: .many),
        "start": command(
            "AT+CMQTTSTART",
            result: ResultSpec(shape: .prefix("+CMQTTSTART", .integer), code: 0),
            maximum: .seconds(130),
            lanes: .bothClients
        ),
        "connect0": connect(0),
        "connect1": connect(1),
        "connect?": command(
            "AT+CMQTTCONNECT?",
            information: [
                .prefix("+CMQTTCONNECT", .integer), .prefix("+CMQTTCONNECT", .integer, .string, extra: .allowed),
            ],
            arity: .many
        ),
        "topic0": prompting("AT+CMQTTTOPIC=0,3", data: "a/b"),
        "payload20": prompting("AT+CMQTTPAYLOAD=0,20", data: "01234567890123456789"),
        "payload8": prompting("AT+CMQTTPAYLOAD=0,8", data: "a\r\nOK\r\nb"),
        "cert": prompting(
            "AT+CCERTDOWN=\"ca.pem\",6",
            data: "BEGIN!",
            padding: .undo(line: Array("AT+CCERTDELE=\"ca.pem\"".utf8), includesData: false),
            lanes: []
        ),
        "publish0": command(
            "AT+CMQTTPUB=0,1,60",
            result: clientResult("+CMQTTPUB", 0),
            failOn: lost(0),
            maximum: .seconds(80),
            lanes: .client(0)
        ),
        "subscribe0": command(
            "AT+CMQTTSUB=0",
            result: clientResult("+CMQTTSUB", 0),
            failOn: lost(0),
            maximum: .seconds(140),
            lanes: .client(0)
        ),
        "disconnect0": command(
            "AT+CMQTTDISC=0,60",
            result: clientResult("+CMQTTDISC", 0),
            maximum: .seconds(80),
            lanes: .client(0),
            clears: .client(0)
        ),
    ]

    private static func command(
        _ line: String,
        information: [LineShape] = [],
        arity: CommandSpec.Arity = .none,
        result: ResultSpec? = nil,
        failOn: [LineShape] = [],
        maximum: Duration = .seconds(9),
        lanes: Lanes = [],
        clears: Lanes = [],
        effects: [CommandSpec.Effect] = [],
        repeatable: CommandSpec.Repeatable = .unknownOutcome
    ) -> Command {
        Command(
            line: Array(line.utf8),
            spec: CommandSpec(
                information: information,
                arity: arity,
                result: result,
                failOn: failOn,
                maximum: maximum,
                lanes: lanes,
                clears: clears,
                effects: effects,
                repeatable: repeatable
            )
        )
    }

    private static func connect(_ client: Int) -> Command {
        command(
            "AT+CMQTTCONNECT=\(client),\"tcp://b:8883\",60,1",
            result: clientResult("+CMQTTCONNECT", client),
            failOn: lost(client),
            maximum: .seconds(140),
            lanes: .client(client)
        )
    }

    private static func prompting(
        _ line: String,
        data: String,
        padding: PromptSpec.Padding = .harmless,
        lanes: Lanes = .client(0)
    ) -> Command {
        Command(
            line: Array(line.utf8),
            data: Array(data.utf8),
            spec: CommandSpec(prompt: PromptSpec(padding: padding), lanes: lanes)
        )
    }

    private static func clientResult(_ prefix: String, _ client: Int) -> ResultSpec {
        ResultSpec(shape: .prefix(prefix, .integer, .integer), key: 0, keyValue: client, code: 1)
    }

    private static func lost(_ client: Int) -> [LineShape] {
        [.prefix("+CMQTTCONNLOST", .exactly(client), .integer), .prefix("+CMQTTNONET")]
    }
}
