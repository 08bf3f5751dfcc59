public import ATProtocol

// MQTT manual 2.1.13 and 2.1.14: subscriptions, one at a time or as a queue.
extension Commands {
    static let mqttSubscribeTopic = CommandDescription(
        "+CMQTTSUBTOPIC",
        "add a topic filter to the queue of the next subscribe",
        [
            Form(.test, answer: .test("+CMQTTSUBTOPIC")),
            Form(.write, [.client, .topicLength, .qos], data: DataPart(lengthParameter: "length", rule: .filter)) {
                arguments,
                _ in
                .mqttInput("+CMQTTSUBTOPIC", arguments, padding: unsubscribing(arguments), repeatable: .unknownOutcome)
            },
        ]
    )

    static let mqttSubscribe = CommandDescription(
        "+CMQTTSUB",
        "subscribe to the queued topic filters, or to one that follows",
        [
            Form(.test, answer: .test("+CMQTTSUB")),
            Form(
                .read,
                isOffered: { $0.subRead == .lines },
                answer: { _, _ in
                    // `+CMQTTSUB:` alone, then one filter a line, whatever it looks like.
                    .lines(
                        .many,
                        .prefix("+CMQTTSUB", extra: .none),
                        .prefix("+CMQTTSUB", .string, extra: .allowed),
                        .undeclared
                    )
                }
            ),
            Form(.write, [.client, .dup.orNone()]) { arguments, _ in
                subscription(arguments, repeatable: .unknownOutcome)
            },
            Form(
                .write,
                [.client, .topicLength, .qos, .dup.orNone()],
                data: DataPart(lengthParameter: "length", rule: .filter),
                answer: { arguments, _ in
                    var spec = subscription(arguments, repeatable: .safe)
                    spec.prompt = PromptSpec(padding: unsubscribing(arguments))
                    return spec
                }
            ),
            Form(
                .write,
                [.client, .argumentTopic, .qos],
                isOffered: { $0.cfgKeywords.contains(.argtopic) },
                answer: { arguments, _ in subscription(arguments, repeatable: .safe) }
            ),
        ]
    )

    private static func subscription(_ arguments: Arguments, repeatable: CommandSpec.Repeatable) -> CommandSpec {
        .mqttRequest(
            "+CMQTTSUB",
            arguments,
            maximum: .defaultOperationTimeout + .requestMargin,
            repeatable: repeatable
        )
    }

    /// A filter that was filled up with spaces has become a subscription, or will; giving up the same bytes undoes it.
    private static func unsubscribing(_ arguments: Arguments) -> PromptSpec.Padding {
        let line = "AT+CMQTTUNSUB=\(arguments.client),\(arguments.integer("length") ?? 0),0"
        return .undo(line: Array(line.utf8), includesData: true)
    }

    /// - Parameters:
    ///   - filter: 1 to 1024 bytes. The queue takes 10 filters and 5120 bytes.
    ///   - utf8: `.off` if the client's `checkUTF8` is 0.
    public func mqttSubscribeTopic(
        client: Int,
        filter: [UInt8],
        qos: Int,
        utf8: DataPart.UTF8Check = .required
    ) throws(ArgumentFault) -> Command {
        try build(
            Self.mqttSubscribeTopic,
            .write,
            [.integer(client), .integer(filter.count), .integer(qos)],
            data: filter,
            utf8: utf8
        )
    }

    /// The queue. `operation` is the client's `optimeout`.
    public func mqttSubscribe(
        client: Int,
        operation: Duration = .defaultOperationTimeout
    ) throws(ArgumentFault) -> Command {
        try limited(build(Self.mqttSubscribe, .write, [.integer(client)]), operation)
    }

    /// One filter. `operation` is the client's `optimeout`.
    public func mqttSubscribe(
        client: Int,
        filter: [UInt8],
        qos: Int,
        utf8: DataPart.UTF8Check = .required,
        operation: Duration = .defaultOperationTimeout
    ) throws(ArgumentFault) -> Command {
        try limited(
            build(
                Self.mqttSubscribe,
                .write,
                [.integer(client), .integer(filter.count), .integer(qos)],
                data: filter,
                utf8: utf8
            ),
            operation
        )
    }

    /// The command with its maximum after the client's own limit.
    func limited(_ command: Command, _ operation: Duration) -> Command {
        var copy = command
        copy.spec.maximum = operation + .requestMargin
        return copy
    }
}
