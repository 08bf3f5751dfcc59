public import ATProtocol

// MQTT manual 2.1.15 and 2.1.16: subscriptions given up.
extension Commands {
    static let mqttUnsubscribeTopic = CommandDescription(
        "+CMQTTUNSUBTOPIC",
        "add a topic filter to the queue of the next unsubscribe",
        [
            Form(.test, answer: .test("+CMQTTUNSUBTOPIC")),
            Form(.write, [.client, .topicLength], data: DataPart(lengthParameter: "length", rule: .filter)) {
                arguments,
                _ in
                // A filter filled up with spaces gives up what nobody has subscribed to.
                .mqttInput("+CMQTTUNSUBTOPIC", arguments, repeatable: .unknownOutcome)
            },
        ]
    )

    static let mqttUnsubscribe = CommandDescription(
        "+CMQTTUNSUB",
        "give up the queued topic filters, or one that follows",
        [
            Form(.test, answer: .test("+CMQTTUNSUB")),
            Form(.write, [.client, .dup]) { arguments, _ in unsubscription(arguments, repeatable: .unknownOutcome) },
            Form(
                .write,
                [.client, .topicLength, .dup],
                data: DataPart(lengthParameter: "length", rule: .filter),
                answer: { arguments, _ in
                    var spec = unsubscription(arguments, repeatable: .safe)
                    spec.prompt = PromptSpec()
                    return spec
                }
            ),
            Form(
                .write,
                [.client, .argumentTopic],
                isOffered: { $0.cfgKeywords.contains(.argtopic) },
                answer: { arguments, _ in unsubscription(arguments, repeatable: .safe) }
            ),
        ]
    )

    private static func unsubscription(_ arguments: Arguments, repeatable: CommandSpec.Repeatable) -> CommandSpec {
        .mqttRequest(
            "+CMQTTUNSUB",
            arguments,
            maximum: .defaultOperationTimeout + .requestMargin,
            repeatable: repeatable
        )
    }

    /// - Parameter filter: 1 to 1024 bytes.
    public func mqttUnsubscribeTopic(
        client: Int,
        filter: [UInt8],
        utf8: DataPart.UTF8Check = .required
    ) throws(ArgumentFault) -> Command {
        try build(
            Self.mqttUnsubscribeTopic,
            .write,
            [.integer(client), .integer(filter.count)],
            data: filter,
            utf8: utf8
        )
    }

    /// The queue. `operation` is the client's `optimeout`.
    public func mqttUnsubscribe(
        client: Int,
        operation: Duration = .defaultOperationTimeout
    ) throws(ArgumentFault) -> Command {
        try limited(build(Self.mqttUnsubscribe, .write, [.integer(client), .integer(0)]), operation)
    }

    /// One filter. `operation` is the client's `optimeout`.
    public func mqttUnsubscribe(
        client: Int,
        filter: [UInt8],
        utf8: DataPart.UTF8Check = .required,
        operation: Duration = .defaultOperationTimeout
    ) throws(ArgumentFault) -> Command {
        try limited(
            build(
                Self.mqttUnsubscribe,
                .write,
                [.integer(client), .integer(filter.count), .integer(0)],
                data: filter,
                utf8: utf8
            ),
            operation
        )
    }
}
