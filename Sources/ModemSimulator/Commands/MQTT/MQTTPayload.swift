/// `AT+CMQTTPAYLOAD=<i>,<len>` (`a7600.md` 2.11).
enum MQTTPayload {
    static let handler = CommandHandler("+CMQTTPAYLOAD", service: .mqtt, joining: .refused, test: test, write: write)

    private static func test(_ module: inout ModuleState) -> Answer { .ok("+CMQTTPAYLOAD: (0-1),(1-10240)") }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let index = try arguments.number()
        let length = try arguments.number()
        try arguments.end()
        try module.requireClient(index, .connected)
        try module.requireLength(length, in: 1...10_240, client: index)
        return module.input(length, .payload, client: index, .connected) { module, data in
            module.mqtt.clients[index].payload = data
            return .ok
        }
    }
}
