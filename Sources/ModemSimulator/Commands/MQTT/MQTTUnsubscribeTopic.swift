import A7600

/// `AT+CMQTTUNSUBTOPIC=<i>,<len>` (`a7600.md` 2.15).
enum MQTTUnsubscribeTopic {
    static let handler = CommandHandler(
        "+CMQTTUNSUBTOPIC",
        service: .mqtt,
        joining: .refused,
        test: test,
        write: write
    )

    private static func test(_ module: inout ModuleState) throws(Refusal) -> Answer {
        guard module.profile.subtopicSupported else { throw .error }
        return .ok("+CMQTTUNSUBTOPIC: (0-1),(1-1024)")
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        guard module.profile.subtopicSupported else { throw .error }
        let index = try arguments.number()
        let length = try arguments.number()
        try arguments.end()
        try module.requireClient(index, .connected)
        try module.requireLength(length, in: 1...1024, client: index)
        try module.requireRoom(in: module.mqtt.clients[index].unsubscribeQueue, for: length, client: index)
        return module.input(length, .topic, client: index, .connected) { module, data in
            module.mqtt.clients[index].unsubscribeQueue.append(data)
            return .ok
        }
    }
}
