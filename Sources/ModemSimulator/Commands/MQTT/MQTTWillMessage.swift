/// `AT+CMQTTWILLMSG=<i>,<len>,<qos>` (`a7600.md` 2.7).
enum MQTTWillMessage {
    static let handler = CommandHandler("+CMQTTWILLMSG", service: .mqtt, joining: .refused, test: test, write: write)

    private static func test(_ module: inout ModuleState) -> Answer { .ok("+CMQTTWILLMSG: (0-1),(1-1024),(0-2)") }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let index = try arguments.number()
        let length = try arguments.number()
        let qos = try arguments.number()
        try arguments.end()
        try module.requireClient(index, .acquired)
        try module.requireLength(length, in: 1...1024, client: index)
        try module.requireValue(qos, in: 0...2, client: index)
        return module.input(length, .payload, client: index, .acquired) { module, data in
            module.mqtt.clients[index].willMessage = MQTTClient.WillMessage(payload: data, qos: UInt8(qos))
            return .ok
        }
    }
}
