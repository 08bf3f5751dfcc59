import A7600

/// `AT+CMQTTSUBTOPIC=<i>,<len>,<qos>` (`a7600.md` 2.13).
enum MQTTSubscribeTopic {
    static let handler = CommandHandler("+CMQTTSUBTOPIC", service: .mqtt, joining: .refused, test: test, write: write)

    private static func test(_ module: inout ModuleState) throws(Refusal) -> Answer {
        guard module.profile.subtopicSupported else { throw .error }
        return .ok("+CMQTTSUBTOPIC: (0-1),(1-1024),(0-2)")
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        guard module.profile.subtopicSupported else { throw .error }
        let index = try arguments.number()
        let length = try arguments.number()
        let qos = try arguments.number()
        try arguments.end()
        try module.requireClient(index, .connected)
        try module.requireLength(length, in: 1...1024, client: index)
        try module.requireValue(qos, in: 0...2, client: index)
        try module.requireRoom(in: module.mqtt.clients[index].subscribeQueue.map(\.topic), for: length, client: index)
        return module.input(length, .topic, client: index, .connected) { module, data in
            module.mqtt.clients[index].subscribeQueue.append(UplinkRequest.Filter(topic: data, qos: UInt8(qos)))
            return .ok
        }
    }
}

extension ModuleState {
    /// A queue holds 10 filters and 5120 bytes.
    func requireRoom(in queue: [[UInt8]], for length: Int, client: Int) throws(Refusal) {
        let bytes = queue.reduce(length) { $0 + $1.count }
        guard queue.count < 10, bytes <= 5120 else { throw .result(.lengthOutOfRange, client: client) }
    }
}
