import A7600

/// `AT+CMQTTACCQ=<i>,"<clientID>"[,<server_type>]` (`a7600.md` 2.3).
enum MQTTAcquire {
    static let handler = CommandHandler("+CMQTTACCQ", service: .mqtt, test: test, read: read, write: write)

    private static func test(_ module: inout ModuleState) -> Answer {
        switch module.profile.mqttVersion {
        case .acquireParameter: .ok("+CMQTTACCQ: (0-1),(1-128),(0-1),(3-4)")
        case .notSelectable, .cfgKeyword: .ok("+CMQTTACCQ: (0-1),(1-128)[,(0-1)]")
        }
    }

    private static func read(_ module: inout ModuleState) -> Answer {
        let showsVersion = module.profile.mqttVersion == .acquireParameter
        return .ok(
            module.mqtt.clients.enumerated().map { index, client in
                let acquisition = client.acquisition
                let tail = "\",\(acquisition?.serverType ?? 0)" + (showsVersion ? ",\(client.version)" : "")
                return Array("+CMQTTACCQ: \(index),\"".utf8) + (acquisition?.identifier ?? []) + Array(tail.utf8)
            }
        )
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let index = try arguments.number()
        let identifier = try arguments.string()
        let serverType = try arguments.optionalNumber() ?? 0
        let version = module.profile.mqttVersion == .acquireParameter ? try arguments.optionalNumber() ?? 3 : 3
        try arguments.end()
        guard module.mqtt.clients.indices.contains(index) else { throw .result(.clientIndexError, client: index) }
        try module.requireLength(identifier.count, in: 1...128, client: index)
        try module.requireValue(serverType, in: 0...1, client: index)
        try module.requireValue(version, in: 3...4, client: index)
        guard !module.mqtt.clients[index].isAcquired else { throw .result(.clientIsUsed, client: index) }
        guard String(validating: identifier, as: UTF8.self) != nil else { throw .result(.badUTF8, client: index) }
        var client = MQTTClient()
        client.acquisition = MQTTClient.Acquisition(identifier: identifier, serverType: serverType)
        client.version = version
        module.mqtt.clients[index] = client
        return .ok
    }
}
