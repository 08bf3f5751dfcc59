public import ATProtocol

// MQTT manual 2.1.1 and 2.1.2: the service that all clients live in.
extension Commands {
    static let mqttStart = CommandDescription(
        "+CMQTTSTART",
        "start the MQTT service, which activates the PDP context",
        [
            Form(
                .execute,
                answer: CommandSpec(
                    // The result has no index. 120 s are printed, for a cold cell.
                    result: ResultSpec(shape: .prefix("+CMQTTSTART", .integer), code: 0),
                    maximum: .seconds(130),
                    lanes: .bothClients
                )
            )
        ]
    )

    static let mqttStop = CommandDescription(
        "+CMQTTSTOP",
        "stop the MQTT service; both clients have to be released",
        [
            Form(
                .execute,
                answer: CommandSpec(
                    result: ResultSpec(shape: .prefix("+CMQTTSTOP", .integer), code: 0),
                    maximum: .seconds(30),
                    lanes: .bothClients,
                    clears: .bothClients,
                    repeatable: .safe
                )
            )
        ]
    )

    public func mqttStart() throws(ArgumentFault) -> Command {
        try build(Self.mqttStart, .execute)
    }

    public func mqttStop() throws(ArgumentFault) -> Command {
        try build(Self.mqttStop, .execute)
    }
}
