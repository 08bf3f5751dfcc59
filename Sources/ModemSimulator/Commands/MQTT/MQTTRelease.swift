import A7600

/// `AT+CMQTTREL=<i>` (`a7600.md` 2.4).
enum MQTTRelease {
    static let handler = CommandHandler("+CMQTTREL", service: .mqtt, test: test, read: read, write: write)

    private static func test(_ module: inout ModuleState) -> Answer { .ok("+CMQTTREL: (0-1)") }
    private static func read(_ module: inout ModuleState) -> Answer { .ok }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let index = try arguments.number()
        try arguments.end()
        guard module.mqtt.clients.indices.contains(index) else { throw .result(.clientIndexError, client: index) }
        let client = module.mqtt.clients[index]
        guard client.isAcquired else {
            switch module.profile.relNoClient {
            case .ok: return .ok
            case .error: throw .error
            case .result(let code): throw .result(code, client: index)
            }
        }
        guard client.request == nil, client.link == .down else { throw .result(.clientBusy, client: index) }
        module.mqtt.clients[index] = MQTTClient()
        return .ok
    }
}
