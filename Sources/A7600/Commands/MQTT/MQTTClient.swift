public import ATProtocol

// MQTT manual 2.1.3 to 2.1.5: a client, from its acquisition to its release.
extension Commands {
    static let mqttAcquire = CommandDescription(
        "+CMQTTACCQ",
        "acquire a client",
        [
            Form(.test, answer: .test("+CMQTTACCQ")),
            Form(.read, answer: .lines(.many, .prefix("+CMQTTACCQ", .integer, .any, .integer, extra: .allowed))),
            Form(.write, acquisition) { arguments, _ in .mqttLocal("+CMQTTACCQ", arguments, repeatable: .unknownOutcome)
            },
            Form(
                .write,
                acquisition.dropLast() + [
                    Parameter("type", .integer(0...1), "0 TCP, 1 TLS"),
                    Parameter("version", .integer(3...4), "MQTT version: 3 for 3.1, 4 for 3.1.1"),
                ],
                isOffered: { $0.mqttVersion == .acquireParameter },
                answer: { arguments, _ in .mqttLocal("+CMQTTACCQ", arguments, repeatable: .unknownOutcome) }
            ),
        ]
    )

    private static let acquisition: [Parameter] = [
        .client,
        Parameter("id", .string(1...128, .utf8), "client identifier, unique at the broker"),
        Parameter("type", .integer(0...1), "0 TCP, 1 TLS", presence: .optional),
    ]

    static let mqttRelease = CommandDescription(
        "+CMQTTREL",
        "release a client; it has to be disconnected",
        [
            Form(.test, answer: .test("+CMQTTREL")),
            // Answered by OK without content.
            Form(.read, answer: .lines(.many, .prefix("+CMQTTREL", .integer))),
            Form(.write, [.client]) { arguments, _ in
                .mqttLocal("+CMQTTREL", arguments, maximum: .seconds(30), clears: .client(arguments.client))
            },
        ]
    )

    static let mqttBind = CommandDescription(
        "+CMQTTSSLCFG",
        "bind an SSL context to a client, for its next connection",
        [
            Form(.test, answer: .test("+CMQTTSSLCFG")),
            Form(.read, answer: .lines(.many, .prefix("+CMQTTSSLCFG", .integer, .integer))),
            Form(.write, [.client, .context]) { arguments, _ in .mqttLocal("+CMQTTSSLCFG", arguments) },
        ]
    )

    /// - Parameters:
    ///   - id: 1 to 128 bytes of UTF-8.
    ///   - type: nil lets the module choose TCP.
    ///   - version: nil lets the module choose 3.1; refused unless the firmware has the parameter.
    public func mqttAcquire(
        client: Int,
        id: [UInt8],
        type: ServerType? = nil,
        version: MQTTVersion? = nil
    ) throws(ArgumentFault) -> Command {
        // The version's place is behind the type.
        let named = version == nil ? type : type ?? .tcp
        return try build(
            Self.mqttAcquire,
            .write,
            [.integer(client), .string(id), named.map { .integer($0.rawValue) }, version.map { .integer($0.rawValue) }]
        )
    }

    public func mqttClients() throws(ArgumentFault) -> Command {
        try build(Self.mqttAcquire, .read)
    }

    public func mqttRelease(client: Int) throws(ArgumentFault) -> Command {
        try build(Self.mqttRelease, .write, [.integer(client)])
    }

    /// - Parameter context: 0 to 9.
    public func mqttBind(client: Int, context: Int) throws(ArgumentFault) -> Command {
        try build(Self.mqttBind, .write, [.integer(client), .integer(context)])
    }

    public func mqttBindings() throws(ArgumentFault) -> Command {
        try build(Self.mqttBind, .read)
    }
}
