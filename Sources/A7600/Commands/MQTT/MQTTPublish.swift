public import ATProtocol

// MQTT manual 2.1.10 to 2.1.12: a message to the server, entered in parts.
extension Commands {
    static let mqttTopic = CommandDescription(
        "+CMQTTTOPIC",
        "enter the topic of the next publish",
        [
            Form(.test, answer: .test("+CMQTTTOPIC")),
            Form(.write, [.client, .topicLength], data: DataPart(lengthParameter: "length", rule: .topic)) {
                arguments,
                _ in
                .mqttInput("+CMQTTTOPIC", arguments)
            },
        ]
    )

    static let mqttPayload = CommandDescription(
        "+CMQTTPAYLOAD",
        "enter the payload of the next publish",
        [
            Form(.test, answer: .test("+CMQTTPAYLOAD")),
            Form(
                .write,
                [.client, Parameter("length", .integer(1...10_240), "bytes that follow after the prompt")],
                data: DataPart(lengthParameter: "length", rule: .text),
                answer: { arguments, _ in .mqttInput("+CMQTTPAYLOAD", arguments) }
            ),
        ]
    )

    static let mqttPublish = CommandDescription(
        "+CMQTTPUB",
        "publish what was entered; empty without a payload",
        [
            Form(.test, answer: .test("+CMQTTPUB")),
            Form(
                .write,
                [
                    .client, .qos,
                    Parameter(
                        "timeout",
                        .profile { .integer($0.pubTimeout.seconds) },
                        "seconds to wait for the acknowledgement"
                    ),
                    Parameter(
                        "retained",
                        .integer(0...1),
                        "1: the server keeps it for later subscribers",
                        presence: .optional
                    ),
                    .dup.orNone(),
                ],
                answer: { arguments, _ in
                    .mqttRequest(
                        "+CMQTTPUB",
                        arguments,
                        maximum: .seconds(arguments.integer("timeout") ?? 180) + .requestMargin
                    )
                }
            ),
            Form(
                .write,
                [
                    .client, .argumentTopic, .qos,
                    Parameter("length", .integer(1...10_240), "bytes of payload that follow after the prompt"),
                    Parameter(
                        "retained",
                        .integer(0...1),
                        "1: the server keeps it for later subscribers",
                        presence: .optional
                    ),
                ],
                data: DataPart(lengthParameter: "length", rule: .text),
                isOffered: { $0.cfgKeywords.contains(.argtopic) },
                answer: { arguments, _ in
                    var spec = CommandSpec.mqttRequest(
                        "+CMQTTPUB",
                        arguments,
                        maximum: .defaultOperationTimeout + .requestMargin
                    )
                    spec.prompt = PromptSpec()
                    return spec
                }
            ),
        ]
    )

    /// - Parameters:
    ///   - topic: 1 to 1024 bytes, no wildcards.
    ///   - utf8: `.off` if the client's `checkUTF8` is 0.
    public func mqttTopic(
        client: Int,
        topic: [UInt8],
        utf8: DataPart.UTF8Check = .required
    ) throws(ArgumentFault) -> Command {
        try build(Self.mqttTopic, .write, [.integer(client), .integer(topic.count)], data: topic, utf8: utf8)
    }

    /// - Parameter payload: 1 to 10 240 bytes; for an empty message leave this command out.
    public func mqttPayload(
        client: Int,
        payload: [UInt8],
        utf8: DataPart.UTF8Check = .required
    ) throws(ArgumentFault) -> Command {
        try build(Self.mqttPayload, .write, [.integer(client), .integer(payload.count)], data: payload, utf8: utf8)
    }

    /// - Parameters:
    ///   - timeout: seconds, in the firmware's range.
    ///   - retained: nil leaves the parameter out, which is 0.
    public func mqttPublish(
        client: Int,
        qos: Int,
        timeout: Int,
        retained: Bool? = nil
    ) throws(ArgumentFault) -> Command {
        try build(
            Self.mqttPublish,
            .write,
            [.integer(client), .integer(qos), .integer(timeout), retained.map(Argument.flag)]
        )
    }
}

extension Parameter {
    /// A topic in the line itself, after `CMQTTCFG="argtopic"`.
    static let argumentTopic = Parameter("topic", .string(1...500, .utf8), "topic, with argtopic on")
}
