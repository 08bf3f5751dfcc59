import A7600

/// `AT+CMQTTUNSUB=<i>,<dup>` or `AT+CMQTTUNSUB=<i>,<len>,<dup>` (`a7600.md` 2.16).
enum MQTTUnsubscribe {
    static let handler = CommandHandler("+CMQTTUNSUB", service: .mqtt, joining: .refused, test: test, write: write)

    private static func test(_ module: inout ModuleState) -> Answer {
        .ok("+CMQTTUNSUB: (0-1),\(module.profile.subLength),(0-1)")
    }

    private static func write(_ module: inout ModuleState, _ arguments: inout ArgumentReader) throws(Refusal) -> Answer
    {
        let isQueueForm = arguments.count <= 2
        let index = try arguments.number()
        if arguments.nextIsQuoted, module.profile.cfgKeywords.contains(.argtopic) {
            let topic = try arguments.string()
            try arguments.end()
            try module.requireClient(index, .connected)
            guard module.mqtt.clients[index].topicsAreArguments else { throw .error }
            try module.requireLength(topic.count, in: 1...500, client: index)
            try module.requireText(topic, .topic, client: index)
            try module.requireFilters([topic], client: index)
            return module.unsubscribe([topic], client: index)
        }
        if isQueueForm {
            let dup = try arguments.number()
            try arguments.end()
            try module.requireClient(index, .connected)
            try module.requireValue(dup, in: 0...1, client: index)
            let queue = module.mqtt.clients[index].unsubscribeQueue
            guard !queue.isEmpty else { throw .result(.topicIsEmpty, client: index) }
            try module.requireFilters(queue, client: index)
            module.mqtt.clients[index].unsubscribeQueue = []
            return module.unsubscribe(queue, client: index)
        }
        let length = try arguments.number()
        let dup = try arguments.number()
        try arguments.end()
        try module.requireClient(index, .connected)
        try module.requireLength(length, in: 1...1024, client: index)
        try module.requireValue(dup, in: 0...1, client: index)
        return module.input(length, .topic, client: index, .connected) { (module, data) throws(Refusal) -> Answer in
            try module.requireFilters([data], client: index)
            return module.unsubscribe([data], client: index)
        }
    }
}

extension ModuleState {
    fileprivate mutating func unsubscribe(_ filters: [[UInt8]], client index: Int) -> Answer {
        let pending = pending("+CMQTTUNSUB: \(index),", failure: profile.requestFail)
        return open(
            .unsubscribe,
            of: index,
            pending,
            limit: .seconds(mqtt.clients[index].operationTimeout),
            .unsubscribe(client: index, token: pending.ticket.number, filters: filters),
            filters: filters
        )
    }
}
