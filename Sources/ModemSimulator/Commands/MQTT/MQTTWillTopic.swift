/// `AT+CMQTTWILLTOPIC=<i>,<len>` (`a7600.md` 2.6).
enum MQTTWillTopic {
    static let handler = CommandHandler(
        "+CMQTTWILLTOPIC",
        service: .mqtt,
        joining: .refused,
        test: test,
        write: write
    )

    private static func test(_ module: inout ModuleState) -> Answer { .ok("+CMQTTWILLTOPIC: (0-1),(1-1024)") }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let index = try arguments.number()
        let length = try arguments.number()
        try arguments.end()
        try module.requireClient(index, .acquired)
        try module.requireLength(length, in: 1...1024, client: index)
        return module.input(length, .topic, client: index, .acquired) { module, data in
            module.mqtt.clients[index].willTopic = data
            return .ok
        }
    }
}
