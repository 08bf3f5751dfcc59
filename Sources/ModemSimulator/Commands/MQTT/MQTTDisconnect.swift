import A7600

/// `AT+CMQTTDISC=<i>,<timeout>` (`a7600.md` 2.9). In the read form 0 is connected, 1 disconnected.
enum MQTTDisconnect {
    static let handler = CommandHandler(
        "+CMQTTDISC",
        service: .mqtt,
        joining: .refused,
        test: test,
        read: read,
        write: write
    )

    private static func test(_ module: inout ModuleState) -> Answer {
        .ok("+CMQTTDISC: (0-1),\(module.profile.discTimeout.testText)")
    }

    private static func read(_ module: inout ModuleState) -> Answer {
        .lines(module.mqtt.clients.enumerated().map { "+CMQTTDISC: \($0),\($1.link == .up ? 0 : 1)" })
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let index = try arguments.number()
        let timeout = try arguments.number()
        try arguments.end()
        try module.requireClient(index, .connected)
        if timeout != 0 {
            try module.requireValue(timeout, in: module.profile.discTimeout.seconds, client: index)
        }
        let pending = module.pending(
            "+CMQTTDISC: \(index),",
            success: module.profile.discOrder,
            failure: .okThenResult
        )
        module.mqtt.clients[index].link = .disconnecting
        return module.open(
            .disconnect,
            of: index,
            pending,
            limit: .seconds(timeout == 0 ? 120 : timeout),
            .disconnect(client: index)
        )
    }
}
