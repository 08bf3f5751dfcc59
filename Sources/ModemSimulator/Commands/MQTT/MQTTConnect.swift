import A7600

/// `AT+CMQTTCONNECT=<i>,"tcp://<host>[:<port>]",<keepalive>,<clean>[,"<user>"[,"<password>"]]` (`a7600.md` 2.8).
enum MQTTConnect {
    static let handler = CommandHandler(
        "+CMQTTCONNECT",
        service: .mqtt,
        joining: .refused,
        test: test,
        read: read,
        write: write
    )

    private static func test(_ module: inout ModuleState) -> Answer {
        .ok("+CMQTTCONNECT: (0-1),(9-256),(1-64800),(0-1)\(module.profile.connectTest)")
    }

    private static func read(_ module: inout ModuleState) -> Answer {
        .ok(module.mqtt.clients.enumerated().map { line($0, $1.link == .up ? $1.address : nil) })
    }

    private static func line(_ index: Int, _ address: MQTTClient.Address?) -> [UInt8] {
        guard let address else { return Array("+CMQTTCONNECT: \(index)".utf8) }
        var line = Array("+CMQTTCONNECT: \(index),\"".utf8) + address.text
        line += Array("\",\(address.keepAlive),\(address.cleanSession)".utf8)
        for secret in [address.user, address.password] {
            guard let secret else { break }
            line += Array(",\"".utf8) + secret + Array("\"".utf8)
        }
        return line
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let index = try arguments.number()
        let text = try arguments.string()
        let keepAlive = try arguments.number()
        let cleanSession = try arguments.number()
        let user = try arguments.optionalString()
        let password = try arguments.optionalString()
        try arguments.end()
        guard password == nil || user != nil else { throw .error }

        try module.requireClient(index, .disconnected)
        try module.requireLength(text.count, in: 9...256, client: index)
        for secret in [user, password] {
            if let secret { try module.requireLength(secret.count, in: 1...256, client: index) }
        }
        guard let server = ServerAddress(text) else { throw .result(.invalidParameter, client: index) }
        try module.requireValue(keepAlive, in: 1...64_800, client: index)
        try module.requireValue(cleanSession, in: 0...1, client: index)
        let client = module.mqtt.clients[index]
        guard client.willMessage == nil || client.willTopic != nil else { throw .result(.topicIsEmpty, client: index) }

        let pending = module.pending("+CMQTTCONNECT: \(index),", failure: module.profile.connectFail)
        guard module.radio.hasData else {
            module.mqtt.bindings[index] = nil
            module.complete(pending.ticket, .networkNotOpened)
            return .result(pending)
        }
        module.mqtt.clients[index].link = .connecting
        module.mqtt.clients[index].address = MQTTClient.Address(
            text: text,
            keepAlive: keepAlive,
            cleanSession: cleanSession,
            user: user,
            password: password
        )
        let connection = module.connection(of: index, to: server)
        let limit = 2 * connection.timeout + (connection.tls?.timeout ?? 0) + 10
        return module.open(
            .connect,
            of: index,
            pending,
            limit: .seconds(limit),
            .connect(client: index, connection)
        )
    }
}
