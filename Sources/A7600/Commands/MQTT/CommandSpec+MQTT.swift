import ATProtocol

extension CommandSpec {
    /// A command that is done at `OK`. It fails with `ERROR`, and often a line before it that says why.
    static func mqttLocal(
        _ prefix: String,
        _ arguments: Arguments,
        maximum: Duration = .seconds(9),
        clears: Lanes = [],
        repeatable: Repeatable = .safe
    ) -> CommandSpec {
        CommandSpec(
            result: .mqtt(prefix, client: arguments.client, orders: .failureOnly),
            maximum: maximum,
            lanes: .client(arguments.client),
            clears: clears,
            repeatable: repeatable
        )
    }

    /// A command whose data follow a prompt and which is done at `OK`.
    static func mqttInput(
        _ prefix: String,
        _ arguments: Arguments,
        padding: PromptSpec.Padding = .harmless,
        repeatable: Repeatable = .safe
    ) -> CommandSpec {
        var spec = mqttLocal(prefix, arguments, repeatable: repeatable)
        spec.prompt = PromptSpec(padding: padding)
        return spec
    }

    /// A command that the network decides: `OK` only says that the module has taken it. The loss of the connection
    /// ends it at once.
    static func mqttRequest(
        _ prefix: String,
        _ arguments: Arguments,
        maximum: Duration,
        clears: Lanes = [],
        repeatable: Repeatable = .unknownOutcome
    ) -> CommandSpec {
        CommandSpec(
            result: .mqtt(prefix, client: arguments.client, orders: .all),
            failOn: LineShape.loss(of: arguments.client),
            maximum: maximum,
            lanes: .client(arguments.client),
            clears: clears,
            repeatable: repeatable
        )
    }
}

extension ResultSpec {
    /// `+CMQTTPUB: <client>,<err>`.
    static func mqtt(_ prefix: String, client: Int, orders: ResultOrders) -> ResultSpec {
        ResultSpec(shape: .prefix(prefix, .integer, .integer), key: 0, keyValue: client, code: 1, orders: orders)
    }
}

extension ResultOrders {
    /// `OK` alone is success. Result before `OK` is how `sim7600` refuses CMQTTCFG; a result behind `ERROR` is not
    /// waited for, since these commands never send one.
    static let failureOnly: ResultOrders = [.resultThenOK, .resultThenError, .errorAlone]
}

extension LineShape {
    /// What ends the connection of a client.
    static func loss(of client: Int) -> [LineShape] {
        [.prefix("+CMQTTCONNLOST", .exactly(client), .integer), .prefix("+CMQTTNONET", extra: .none)]
    }
}

extension Duration {
    /// Above the module's own limit of a request: the line, and what the module does besides.
    static let requestMargin: Duration = .seconds(20)

    /// How long the module waits for CONNACK, SUBACK and UNSUBACK unless CMQTTCFG says otherwise.
    public static let defaultOperationTimeout: Duration = .seconds(120)

    /// How long the module waits for the TLS negotiation unless CSSLCFG says otherwise.
    public static let defaultNegotiationTime: Duration = .seconds(300)
}
