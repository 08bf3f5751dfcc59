import A7600
import ATProtocol
import LuaRuntime
import ModemSession
import Synchronization

/// `modem.mqtt:client{ … }`: what a client is to be.
struct ClientRequest: Sendable {
    struct Will: Sendable {
        var topic: [UInt8]
        var message: ScriptBytes
        var qos: Int
    }

    var index: Int
    var id: [UInt8]
    var context: TLSContextObject?
    var will: Will?
    var utf8: DataPart.UTF8Check
    /// Seconds.
    var operationTimeout: Int
    var version: MQTTVersion?

    var type: ServerType { context == nil ? .tcp : .tls }

    static let defaultOperationTimeout = 120
    private static let names = [
        "index", "id", "tls", "will", "check_utf8", "operation_timeout", "version", "timeout",
    ]

    static let start: @Sendable (LuaCall) throws(LuaFailure) -> FlowStart<ClientRequest> = {
        call throws(LuaFailure) in
        let link = try call.receiver(as: MQTTObject.self).link
        _ = try call.arguments.table(0)
        let options = try call.arguments.options(0, known: names)
        let request = try ClientRequest(options, link: link)
        return FlowStart(
            link: link,
            timeout: try options.duration("timeout"),
            gates: [.service, .client(request.index)],
            parameters: request
        )
    }

    private init(_ options: LuaOptions, link: ModemLink) throws(LuaFailure) {
        index = Int(try options.integer("index", in: 0...1) ?? 0)
        guard let id = try options.bytes("id") else { throw options.failure("id", "is missing") }
        guard (1...128).contains(id.count) else { throw options.failure("id", "\(id.count) bytes; allowed: 1…128") }
        self.id = id
        context = try options.object("tls", as: TLSContextObject.self, named: "TLSContext")
        if let context, context.link !== link {
            throw options.failure("tls", "is a context of another modem")
        }
        utf8 = try options.boolean("check_utf8") ?? true ? .required : .off
        operationTimeout = Int(try options.integer("operation_timeout", in: 20...120) ?? 120)
        version = try options.integer("version", in: 3...4).flatMap { MQTTVersion(rawValue: Int($0)) }
        if version == .v311, link.profile.mqttVersion == .notSelectable {
            throw options.failure("version", "this firmware speaks MQTT 3.1 only")
        }
        will = try Self.will(options)
        _ = try willCommands(link.commands)
        _ = try link.make { commands throws(ArgumentFault) in try acquire(commands) }
    }

    private static func will(_ options: LuaOptions) throws(LuaFailure) -> Will? {
        guard let table = try options.table("will") else { return nil }
        let will = LuaOptions(table, index: 0, function: "client")
        if !will["retain"].isNil { throw options.failure("will", "the module has no retained will") }
        try will.refuseUnknown(known: ["topic", "payload", "qos"])
        guard let topic = try will.bytes("topic") else { throw options.failure("will", "'topic' is missing") }
        guard let message = try will.scriptBytes("payload") else {
            throw options.failure("will", "'payload' is missing")
        }
        guard !message.bytes.isEmpty else { throw options.failure("will", "the module takes no empty payload") }
        return Will(topic: topic, message: message, qos: Int(try will.integer("qos", in: 0...2) ?? 0))
    }

    /// MQTT 3.1.1 where the firmware can, for many brokers take nothing else.
    private func acquire(_ commands: Commands) throws(ArgumentFault) -> Command {
        let chosen = commands.profile.mqttVersion == .acquireParameter ? version ?? .v311 : nil
        return try commands.mqttAcquire(client: index, id: id, type: type, version: chosen)
    }

    private func willCommands(_ commands: Commands) throws(LuaFailure) -> [Command] {
        guard let will else { return [] }
        do throws(ArgumentFault) {
            return [
                try commands.mqttWillTopic(client: index, topic: will.topic, utf8: utf8),
                try commands.mqttWillMessage(
                    client: index,
                    message: will.message.bytes,
                    qos: will.qos,
                    utf8: utf8
                ).hiding(line: false, data: will.message.isSecret),
            ]
        } catch {
            throw LuaFailure(.argument, error.description)
        }
    }

    static let run: @Sendable (Flow, ClientRequest) async throws -> Flow.End = { flow, request in
        do {
            try await flow.startService()
            let origin = try await request.acquireClient(flow)
            try await request.configure(flow, origin)
            for command in try request.willCommands(flow.commands) {
                try await flow.send(command)
            }
            try Task.checkCancellation()
        } catch {
            if Task.isCancelled { await request.undo(flow) }
            throw error
        }
        flow.link.module.withLock { $0.clients[request.index].isAcquired = true }
        let client = MQTTClientObject(request, link: flow.link, call: flow.call)
        return .values([.object(client)])
    }

    /// Nobody gets this client any more: what was begun is taken back, though the call itself is cancelled.
    func undo(_ cancelled: Flow) async {
        let flow = Flow(link: cancelled.link, call: cancelled.call, timeout: .seconds(20))
        let work = Task(executorPreference: flow.link.session.executor) {
            do {
                try await flow.releaseClient(index)
                let isLast = flow.link.module.withLock { knowledge in
                    knowledge.clients.allSatisfy { !$0.isAcquired }
                }
                if isLast { try await flow.stopService() }
            } catch {
                flow.note("client \(index) may be left acquired: \(error)")
            }
        }
        await work.value
    }

    private enum Origin { case new, adopted }

    private func acquireClient(_ flow: Flow) async throws(LuaFailure) -> Origin {
        let command = try flow.make { commands throws(ArgumentFault) in try acquire(commands) }
        switch await flow.attempt(command) {
        case .success: return .new
        case .failure(let failure):
            guard failure.code == .result(.mqtt, ResultCode.clientIsUsed.rawValue) else {
                throw flow.link.failure(failure)
            }
        }
        let held = try await ServiceState(flow).clients.first { $0.index == index }
        // A will cannot be taken back, so a client of unknown past is adopted only when a new will replaces it.
        if let held, held.id == id, held.type == type, !held.isConnected, will != nil { return .adopted }
        if held?.isConnected ?? false {
            try await flow.disconnectClient(index, timeout: .seconds(60))
        }
        try await flow.releaseClient(index)
        try await flow.send(command)
        return .new
    }

    /// Sends what differs from the values a new client has.
    private func configure(_ flow: Flow, _ origin: Origin) async throws(LuaFailure) {
        if origin == .adopted || utf8 == .off {
            try await flow.send(
                try flow.make { commands throws(ArgumentFault) in
                    try commands.mqttCheckUTF8(client: index, utf8)
                }
            )
        }
        if origin == .adopted || operationTimeout != Self.defaultOperationTimeout {
            try await flow.send(
                try flow.make { commands throws(ArgumentFault) in
                    try commands.mqttOperationTimeout(client: index, seconds: operationTimeout)
                }
            )
        }
        if flow.link.profile.mqttVersion == .cfgKeyword, (version ?? .v311) != .v31 || origin == .adopted {
            try await flow.send(
                try flow.make { commands throws(ArgumentFault) in
                    try commands.mqttVersion(client: index, version ?? .v311)
                }
            )
        }
    }
}
