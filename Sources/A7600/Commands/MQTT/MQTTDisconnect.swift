public import ATProtocol

// MQTT manual 2.1.9: the end of a connection.
extension Commands {
    static let mqttDisconnect = CommandDescription(
        "+CMQTTDISC",
        "disconnect a client from its server",
        [
            Form(.test, answer: .test("+CMQTTDISC")),
            // A read line looks like a result, so no client may have one open meanwhile.
            Form(.read, answer: .lines(.many, .prefix("+CMQTTDISC", .integer, .integer), lanes: .bothClients)),
            Form(
                .write,
                [
                    .client,
                    Parameter(
                        "timeout",
                        .profile { .integer([0...0, $0.discTimeout.seconds]) },
                        "seconds the farewell may take; 0: no limit"
                    ),
                ],
                answer: { arguments, _ in
                    let limit = arguments.integer("timeout") ?? 0
                    return .mqttRequest(
                        "+CMQTTDISC",
                        arguments,
                        maximum: limit == 0
                            ? .defaultOperationTimeout + .requestMargin : .seconds(limit) + .requestMargin,
                        clears: .client(arguments.client),
                        repeatable: .safe
                    )
                }
            ),
        ]
    )

    /// - Parameter timeout: 0 for no limit, or seconds in the firmware's range.
    public func mqttDisconnect(client: Int, timeout: Int) throws(ArgumentFault) -> Command {
        try build(Self.mqttDisconnect, .write, [.integer(client), .integer(timeout)])
    }

    /// Which clients are connected. Waits for open requests of both.
    public func mqttConnected() throws(ArgumentFault) -> Command {
        try build(Self.mqttDisconnect, .read)
    }
}
