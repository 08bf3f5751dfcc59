import ATProtocol
import LuaRuntime
import Synchronization

/// The arguments of `subscribe`, as commands, with the function that gets the messages.
struct SubscribeRequest: Sendable {
    let client: MQTTClientObject
    let filters: FilterList
    let batches: [FilterBatch]
    let qos: Int
    let timeout: Duration?
    private let handler: LuaSubscription?

    private static let names = ["qos", "timeout"] + SubscriptionOptions.names

    init(_ arguments: LuaArguments, client: MQTTClientObject, host: LuaHost) throws(LuaFailure) {
        self.client = client
        filters = try FilterList(arguments)
        let place = arguments[1].function == nil ? 1 : 0
        let options: LuaOptions
        if let table = filters.table {
            options = LuaOptions(table, index: 0, function: arguments.function)
            try options.refuseUnknown(known: Self.names)
            if arguments[1].table != nil { throw arguments.failure(1, "the options of a list stand in the list") }
        } else {
            options =
                place == 1
                ? try arguments.options(1, known: Self.names)
                : LuaOptions(LuaTable(), index: 1, function: arguments.function)
        }
        qos = Int(try options.integer("qos", in: 0...2) ?? 0)
        timeout = try options.duration("timeout")
        batches = try filters.batches(client, unsubscribing: false, qos: qos)
        let position = arguments[1].function == nil ? 2 : 1
        if arguments[position].isNil {
            handler = nil
        } else {
            let settings = try SubscriptionOptions(options)
            handler = host.subscribe(
                try arguments.function(position),
                name: "messages of client \(client.index)",
                queueLimit: settings.queue,
                onError: settings.onError
            )
        }
    }

    /// The routing is ready before the first command is sent, for messages may come before the result.
    func run(_ flow: Flow) async throws -> Flow.End {
        let routes = handler.map { client.add(.handler($0), for: filters.filters) } ?? []
        handler?.whenClosed { [client] in client.remove(routes: routes) }
        do {
            return try await send(flow)
        } catch {
            handler?.close()
            throw error
        }
    }

    private func send(_ flow: Flow) async throws -> Flow.End {
        var batches = batches
        var position = 0
        while position < batches.count {
            let batch = batches[position]
            if try await queue(batch, flow) == .refused {
                batches = try filters.single(client, unsubscribing: false, qos: qos)
                position = 0
                continue
            }
            position += 1
            guard position < batches.count else { return last(batch, flow) }
            try await flow.send(batch.request)
        }
        return .values([])
    }

    private enum Queueing { case done, refused }

    /// Firmwares without SUBTOPIC answer ERROR to it; their filters go one at a time.
    private func queue(_ batch: FilterBatch, _ flow: Flow) async throws(LuaFailure) -> Queueing {
        for (position, command) in batch.queued.enumerated() {
            switch await flow.attempt(command) {
            case .success: continue
            case .failure(let failure):
                guard position == 0, failure.code == .error || failure.code == .prompt(.missing) else {
                    throw flow.link.failure(failure)
                }
                flow.link.module.withLock { $0.refusesFilterQueue = true }
                flow.note("this firmware takes one filter at a time")
                return .refused
            }
        }
        return .done
    }

    private func last(_ batch: FilterBatch, _ flow: Flow) -> Flow.End {
        .lastOr(batch.request) { _ in
            []
        } recover: { failure in
            handler?.close()
            var explained = flow.link.failure(failure)
            if batches.count > 1 {
                let names = batch.filters.map { String(decoding: $0.bytes, as: UTF8.self) }
                explained.message += " (filters \(names.joined(separator: ", ")))"
            }
            throw explained
        }
    }
}
