import A7600

/// `AT+CMQTTCFG="<keyword>",<i>,<value>` (`a7600.md` 2.17). Its refusals carry a code only with `cfgFail`.
enum MQTTConfigure {
    static let handler = CommandHandler("+CMQTTCFG", service: .mqtt, test: test, read: read, write: write)

    private static func test(_ module: inout ModuleState) -> Answer {
        .lines(module.profile.cfgKeywords.map { "+CMQTTCFG: \($0.testText)" })
    }

    private static func read(_ module: inout ModuleState) -> Answer {
        .lines(
            module.mqtt.clients.enumerated().map { index, client in
                "+CMQTTCFG: \(index),\(client.checksUTF8 ? 1 : 0),\(client.operationTimeout)"
            }
        )
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let keyword = String(decoding: try arguments.string(), as: UTF8.self)
        guard let keyword = Profile.CfgKeyword(rawValue: keyword), module.profile.cfgKeywords.contains(keyword),
            keyword != .aliauth
        else { throw .error }
        let index = try arguments.number()
        let value = try arguments.number()
        let second = keyword == .argtopic ? try arguments.optionalNumber() ?? 0 : 0
        try arguments.end()
        try require(index, in: module)
        guard keyword.range.contains(value), (0...1).contains(second) else {
            throw refusal(.invalidParameter, index, module)
        }
        switch keyword {
        case .checkUTF8: module.mqtt.clients[index].checksUTF8 = value == 1
        case .optimeout: module.mqtt.clients[index].operationTimeout = value
        case .version: module.mqtt.clients[index].version = value
        case .argtopic:
            module.mqtt.clients[index].topicsAreArguments = value == 1
            module.mqtt.clients[index].reportsLength = second == 1
        case .aliauth: break
        }
        return .ok
    }

    private static func require(_ index: Int, in module: ModuleState) throws(Refusal) {
        guard module.mqtt.clients.indices.contains(index) else { throw refusal(.clientIndexError, index, module) }
        let client = module.mqtt.clients[index]
        guard client.isAcquired else { throw refusal(.clientNotAcquired, index, module) }
        guard client.link == .down else { throw refusal(.notSupportedOperation, index, module) }
    }

    private static func refusal(_ code: ResultCode, _ index: Int, _ module: ModuleState) -> Refusal {
        switch module.profile.cfgFail {
        case .error: .error
        case .resultThenOK: .resultThenOK(code, client: index)
        }
    }
}

extension Profile.CfgKeyword {
    fileprivate var range: ClosedRange<Int> {
        switch self {
        case .checkUTF8, .argtopic, .aliauth: 0...1
        case .optimeout: 20...120
        case .version: 3...4
        }
    }

    fileprivate var testText: String {
        switch self {
        case .checkUTF8: "\"checkUTF8\",(0-1),(0-1)"
        case .optimeout: "\"optimeout\",(0-1),(20-120)"
        case .aliauth: "\"aliauth\",(0-1),\"productkey\",\"devicename\",\"devicesecret\""
        case .version: "\"version\",(0-1),(3-4)"
        case .argtopic: "\"argtopic\",(0-1),(0-1)"
        }
    }
}
