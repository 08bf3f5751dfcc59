import A7600

/// `AT+CMQTTPUB=<i>,<qos>,<timeout>[,<retained>[,<dup>]]` (`a7600.md` 2.12).
enum MQTTPublish {
    static let handler = CommandHandler("+CMQTTPUB", service: .mqtt, joining: .refused, test: test, write: write)

    private static func test(_ module: inout ModuleState) -> Answer {
        .ok("+CMQTTPUB: (0-1),(0-2),\(module.profile.pubTimeout.testText),(0-1),(0-1)")
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let index = try arguments.number()
        if arguments.nextIsQuoted, module.profile.cfgKeywords.contains(.argtopic) {
            return try writeWithTopic(&module, &arguments, index)
        }
        let qos = try arguments.number()
        let timeout = try arguments.number()
        let retained = try arguments.optionalNumber() ?? 0
        let dup = try arguments.optionalNumber() ?? 0
        try arguments.end()
        try module.requireClient(index, .connected)
        try module.requireValue(qos, in: 0...2, client: index)
        try module.requireValue(timeout, in: module.profile.pubTimeout.seconds, client: index)
        try module.requireValue(retained, in: 0...1, client: index)
        try module.requireValue(dup, in: 0...1, client: index)
        guard let topic = module.mqtt.clients[index].topic else { throw .result(.topicIsEmpty, client: index) }
        guard !topic.contains(where: TopicFilter.isWildcard) else { throw .result(.invalidParameter, client: index) }
        let message = UplinkMessage(
            topic: topic,
            payload: module.mqtt.clients[index].payload ?? [],
            qos: UInt8(qos),
            retain: retained == 1
        )
        module.mqtt.clients[index].topic = nil
        module.mqtt.clients[index].payload = nil
        return module.publish(message, client: index, timeout: timeout)
    }

    /// `AT+CMQTTPUB=<i>,"<topic>",<qos>,<len>[,<retained>]` of `argtopic`.
    private static func writeWithTopic(
        _ module: inout ModuleState,
        _ arguments: inout ArgumentReader,
        _ index: Int
    ) throws(Refusal) -> Answer {
        let topic = try arguments.string()
        let qos = try arguments.number()
        let length = try arguments.number()
        let retained = try arguments.optionalNumber() ?? 0
        try arguments.end()
        try module.requireClient(index, .connected)
        guard module.mqtt.clients[index].topicsAreArguments else { throw .error }
        try module.requireLength(topic.count, in: 1...500, client: index)
        try module.requireLength(length, in: 1...10_240, client: index)
        try module.requireValue(qos, in: 0...2, client: index)
        try module.requireValue(retained, in: 0...1, client: index)
        guard !topic.contains(where: TopicFilter.isWildcard) else { throw .result(.invalidParameter, client: index) }
        try module.requireText(topic, .topic, client: index)
        return module.input(length, .payload, client: index, .connected) { (module, data) throws(Refusal) -> Answer in
            let message = UplinkMessage(topic: topic, payload: data, qos: UInt8(qos), retain: retained == 1)
            return module.publish(message, client: index, timeout: module.mqtt.clients[index].operationTimeout)
        }
    }
}

extension ModuleState {
    fileprivate mutating func publish(_ message: UplinkMessage, client index: Int, timeout: Int) -> Answer {
        let pending = pending("+CMQTTPUB: \(index),", failure: profile.requestFail)
        return open(
            .publish,
            of: index,
            pending,
            limit: .seconds(timeout),
            .publish(client: index, token: pending.ticket.number, message)
        )
    }
}
