import A7600

/// `AT+CMQTTSUB=<i>[,<dup>]` or `AT+CMQTTSUB=<i>,<len>,<qos>[,<dup>]` (`a7600.md` 2.14).
enum MQTTSubscribe {
    static let handler = CommandHandler(
        "+CMQTTSUB",
        service: .mqtt,
        joining: .refused,
        test: test,
        read: read,
        write: write
    )

    private static func test(_ module: inout ModuleState) -> Answer {
        .ok("+CMQTTSUB: (0-1),\(module.profile.subLength),(0-2),(0-1)")
    }

    private static func read(_ module: inout ModuleState) throws(Refusal) -> Answer {
        switch module.profile.subRead {
        case .error: throw .error
        case .lines:
            let filters = module.mqtt.clients.flatMap(\.subscriptions)
            return .ok([Array("+CMQTTSUB:".utf8)] + filters)
        }
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let isQueueForm = arguments.count <= 2
        let index = try arguments.number()
        if arguments.nextIsQuoted, module.profile.cfgKeywords.contains(.argtopic) {
            return try writeWithTopic(&module, &arguments, index)
        }
        if isQueueForm {
            let dup = try arguments.optionalNumber() ?? 0
            try arguments.end()
            try module.requireClient(index, .connected)
            try module.requireValue(dup, in: 0...1, client: index)
            let queue = module.mqtt.clients[index].subscribeQueue
            guard !queue.isEmpty else { throw .result(.topicIsEmpty, client: index) }
            try module.requireFilters(queue.map(\.topic), client: index)
            module.mqtt.clients[index].subscribeQueue = []
            return module.subscribe(queue, client: index)
        }
        let length = try arguments.number()
        let qos = try arguments.number()
        let dup = try arguments.optionalNumber() ?? 0
        try arguments.end()
        try module.requireClient(index, .connected)
        try module.requireLength(length, in: 1...1024, client: index)
        try module.requireValue(qos, in: 0...2, client: index)
        try module.requireValue(dup, in: 0...1, client: index)
        return module.input(length, .topic, client: index, .connected) { (module, data) throws(Refusal) -> Answer in
            try module.requireFilters([data], client: index)
            return module.subscribe([UplinkRequest.Filter(topic: data, qos: UInt8(qos))], client: index)
        }
    }

    /// `AT+CMQTTSUB=<i>,"<topic>",<qos>` of `argtopic`.
    private static func writeWithTopic(
        _ module: inout ModuleState,
        _ arguments: inout ArgumentReader,
        _ index: Int
    ) throws(Refusal) -> Answer {
        let topic = try arguments.string()
        let qos = try arguments.number()
        try arguments.end()
        try module.requireClient(index, .connected)
        guard module.mqtt.clients[index].topicsAreArguments else { throw .error }
        try module.requireLength(topic.count, in: 1...500, client: index)
        try module.requireValue(qos, in: 0...2, client: index)
        try module.requireText(topic, .topic, client: index)
        try module.requireFilters([topic], client: index)
        return module.subscribe([UplinkRequest.Filter(topic: topic, qos: UInt8(qos))], client: index)
    }
}

extension ModuleState {
    func requireFilters(_ filters: [[UInt8]], client: Int) throws(Refusal) {
        guard filters.allSatisfy({ TopicFilter.isValid($0) }) else { throw .result(.invalidParameter, client: client) }
    }

    fileprivate mutating func subscribe(_ filters: [UplinkRequest.Filter], client index: Int) -> Answer {
        let pending = pending("+CMQTTSUB: \(index),", failure: profile.requestFail)
        return open(
            .subscribe,
            of: index,
            pending,
            limit: .seconds(mqtt.clients[index].operationTimeout),
            .subscribe(client: index, token: pending.ticket.number, filters: filters),
            filters: filters.map(\.topic)
        )
    }
}
