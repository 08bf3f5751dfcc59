/// `AT+CMQTTTOPIC=<i>,<len>` (`a7600.md` 2.10).
enum MQTTTopic {
    static let handler = CommandHandler("+CMQTTTOPIC", service: .mqtt, joining: .refused, test: test, write: write)

    private static func test(_ module: inout ModuleState) -> Answer { .ok("+CMQTTTOPIC: (0-1),(1-1024)") }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let index = try arguments.number()
        let length = try arguments.number()
        try arguments.end()
        try module.requireClient(index, .connected)
        try module.requireLength(length, in: 1...1024, client: index)
        return module.input(length, .topic, client: index, .connected) { module, data in
            module.mqtt.clients[index].topic = data
            return .ok
        }
    }
}
