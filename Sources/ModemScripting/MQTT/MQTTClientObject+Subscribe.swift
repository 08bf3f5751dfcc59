import A7600
import ATProtocol
import LuaRuntime
import Synchronization

extension MQTTClientObject {
    static let subscribe = LuaFunction.flow(
        "subscribe",
        LuaDocumentation(
            "Subscribes to one topic filter, or to a list of them in one go; a function gets their messages.",
            parameters: [
                .init(
                    "filter",
                    "string|table",
                    unit: "bytes",
                    in: 1...1024,
                    "A filter; or `{ \"a\", \"b/+\", qos = 0 }` with the options in it.",
                    options: subscribeOptions
                ),
                .options(subscribeOptions),
                .init("fn", "fun(msg: Message)", optional: true, "Called in order; without it use `receive`."),
            ],
            errors: LuaDocumentation.Raised.request,
            example: #"client:subscribe("cmd/#", { qos = 1 }, function(msg) log.info(msg.topic) end)"#
        ),
        options: [.callbacks],
        { call throws(LuaFailure) in
            let client = try call.mqttClient()
            let request = try SubscribeRequest(call.arguments, client: client, host: call.host)
            return FlowStart(
                link: client.link,
                timeout: request.timeout,
                gates: client.gates,
                parameters: request
            )
        },
        { flow, request in try await request.run(flow) }
    )

    private static let subscribeOptions: [LuaDocumentation.Parameter] =
        [
            .init("qos", "integer", default: "0", in: 0...2, "Highest quality of service of the messages."),
            .timeout("Total.", default: "that of its commands"),
        ] + SubscriptionOptions.documentation

    static let unsubscribe = LuaFunction.flow(
        "unsubscribe",
        LuaDocumentation(
            "Gives up topic filters; their functions are no longer called.",
            parameters: [
                .init("filter", "string|string[]", unit: "bytes", in: 1...1024, "A filter, or a list of them."),
                .options([.timeout("Total.", default: "that of its commands")]),
            ],
            errors: LuaDocumentation.Raised.request,
            example: #"client:unsubscribe("cmd/#")"#
        ),
        { call throws(LuaFailure) in
            let client = try call.mqttClient()
            let filters = try FilterList(call.arguments)
            let options = try call.arguments.options(1, known: ["timeout"])
            let batches = try filters.batches(client, unsubscribing: true)
            return FlowStart(
                link: client.link,
                timeout: try options.duration("timeout"),
                gates: client.gates,
                parameters: (client: client, filters: filters, batches: batches)
            )
        },
        { flow, request in
            for batch in request.batches.dropLast() {
                for command in batch.queued { try await flow.send(command) }
                try await flow.send(batch.request)
            }
            guard let last = request.batches.last else { return .values([]) }
            for command in last.queued { try await flow.send(command) }
            return .last(last.request) { _ in
                request.client.removeHandlers(of: request.filters.filters)
                return []
            }
        }
    )
}

/// Filters that go to the module together: SUBTOPIC for each, then SUB; or one SUB with its filter.
struct FilterBatch: Sendable {
    var queued: [Command]
    var request: Command
    var filters: [TopicFilter]
}

/// The first argument of `subscribe` and `unsubscribe`.
struct FilterList: Sendable {
    var filters: [TopicFilter]
    /// The table, with its options.
    var table: LuaTable?

    /// The module queues this much before a SUB.
    private static let queueLimit = 10
    private static let queueBytes = 5120

    init(_ arguments: LuaArguments) throws(LuaFailure) {
        if let bytes = arguments[0].bytes {
            filters = [TopicFilter(bytes)]
            return
        }
        guard let table = arguments[0].table else {
            throw arguments.failure(0, "filter or list of filters expected, got \(arguments[0].typeName)")
        }
        guard !table.items.isEmpty else { throw arguments.failure(0, "the list holds no filter") }
        let texts = table.items.compactMap(\.bytes)
        guard texts.count == table.items.count else {
            throw arguments.failure(0, "a list of filters holds strings only")
        }
        filters = texts.map { TopicFilter($0) }
        self.table = table
    }

    /// As commands, every parameter checked.
    func batches(_ client: MQTTClientObject, unsubscribing: Bool, qos: Int = 0) throws(LuaFailure) -> [FilterBatch] {
        if filters.count == 1 || client.link.module.withLock({ $0.refusesFilterQueue }) {
            return try single(client, unsubscribing: unsubscribing, qos: qos)
        }
        var batches: [FilterBatch] = []
        for group in groups() {
            batches.append(try queued(group, client, unsubscribing: unsubscribing, qos: qos))
        }
        return batches
    }

    func single(_ client: MQTTClientObject, unsubscribing: Bool, qos: Int) throws(LuaFailure) -> [FilterBatch] {
        let (index, utf8, operation) = (client.index, client.request.utf8, client.operation)
        var batches: [FilterBatch] = []
        for filter in filters {
            let command = try client.link.make { commands throws(ArgumentFault) in
                unsubscribing
                    ? try commands.mqttUnsubscribe(
                        client: index,
                        filter: filter.bytes,
                        utf8: utf8,
                        operation: operation
                    )
                    : try commands.mqttSubscribe(
                        client: index,
                        filter: filter.bytes,
                        qos: qos,
                        utf8: utf8,
                        operation: operation
                    )
            }
            batches.append(FilterBatch(queued: [], request: command, filters: [filter]))
        }
        return batches
    }

    private func queued(
        _ group: [TopicFilter],
        _ client: MQTTClientObject,
        unsubscribing: Bool,
        qos: Int
    ) throws(LuaFailure) -> FilterBatch {
        let (index, utf8, operation) = (client.index, client.request.utf8, client.operation)
        var queued: [Command] = []
        for filter in group {
            queued.append(
                try client.link.make { commands throws(ArgumentFault) in
                    unsubscribing
                        ? try commands.mqttUnsubscribeTopic(client: index, filter: filter.bytes, utf8: utf8)
                        : try commands.mqttSubscribeTopic(client: index, filter: filter.bytes, qos: qos, utf8: utf8)
                }
            )
        }
        let request = try client.link.make { commands throws(ArgumentFault) in
            unsubscribing
                ? try commands.mqttUnsubscribe(client: index, operation: operation)
                : try commands.mqttSubscribe(client: index, operation: operation)
        }
        return FilterBatch(queued: queued, request: request, filters: group)
    }

    private func groups() -> [[TopicFilter]] {
        var groups: [[TopicFilter]] = []
        var bytes = 0
        for filter in filters {
            if let last = groups.last, last.count < Self.queueLimit, bytes + filter.bytes.count <= Self.queueBytes {
                groups[groups.count - 1].append(filter)
                bytes += filter.bytes.count
            } else {
                groups.append([filter])
                bytes = filter.bytes.count
            }
        }
        return groups
    }
}
