import A7600
import ATProtocol
import LuaRuntime
import Synchronization

/// The arguments of `connect`, as commands.
struct ConnectRequest: Sendable {
    let client: MQTTClientObject
    let host: String
    let port: Int
    let timeout: Duration?
    /// Binds the context; nil without TLS.
    private let bind: Command?
    private let connect: Command

    private static let names = ["host", "port", "keepalive", "clean", "user", "password", "timeout"]

    init(_ arguments: LuaArguments, client: MQTTClientObject) throws(LuaFailure) {
        self.client = client
        let options = try arguments.options(0, known: Self.names)
        guard let host = try options.text("host") else { throw options.failure("host", "is missing") }
        if host.contains("://") {
            throw options.failure("host", "is a name or an address, without tcp:// and the like")
        }
        self.host = host
        let context = client.request.context
        let port = Int(try options.integer("port", in: 1...65_535) ?? (context == nil ? 1883 : 8883))
        self.port = port
        timeout = try options.duration("timeout")
        let keepalive = Int(try options.integer("keepalive", in: 1...64_800) ?? 60)
        let session: Commands.Session = try options.boolean("clean") ?? true ? .clean : .persistent
        let user = try options.scriptBytes("user")
        let password = try options.scriptBytes("password")
        if password != nil, user == nil { throw options.failure("password", "needs a user") }
        let link = client.link
        bind = try context.map { context throws(LuaFailure) in
            try link.make { commands throws(ArgumentFault) in
                try commands.mqttBind(client: client.index, context: context.index)
            }
        }
        let negotiation = context.map { Duration.seconds($0.knownNegotiateTime) }
        connect = try link.make { commands throws(ArgumentFault) in
            try commands.mqttConnect(
                client: client.index,
                host: host,
                port: port,
                keepalive: keepalive,
                session: session,
                user: user?.bytes,
                password: password?.bytes,
                operation: client.operation,
                negotiation: negotiation
            )
        }
    }

    func run(_ flow: Flow) async throws -> Flow.End {
        client.state.withLock { $0.server = (host, port) }
        if let bind { try await flow.send(bind) }
        return .lastOr(connect) { _ in
            succeeded(flow)
        } recover: { failure in
            try await recover(flow, failure)
        }
    }

    private func succeeded(_ flow: Flow) -> [LuaValue] {
        client.connected()
        flow.note("connected to \(host):\(port) in \(Seconds.shown(flow.elapsed)) s")
        return [.number(Seconds.of(flow.elapsed))]
    }

    /// Results do get lost, so after a timeout the module is asked whether it is connected.
    private func recover(_ flow: Flow, _ failure: ATFailure) async throws -> [LuaValue] {
        if failure.code == .timeout(.result) || failure.code == .timeout(.final) {
            let question = Flow(link: flow.link, call: flow.call, timeout: .seconds(9))
            if try await question.connectedClients().contains(client.index) {
                flow.note("the module is connected, though it never said so")
                return succeeded(flow)
            }
        }
        throw await explained(flow, failure)
    }

    private func explained(_ flow: Flow, _ failure: ATFailure) async -> LuaFailure {
        var explained = flow.link.failure(failure)
        guard case .result(.mqtt, let code) = failure.code else { return explained }
        if let causes = await ConnectAdvice(client, host: host, port: port).causes(of: ResultCode(rawValue: code), flow)
        {
            explained.hint = causes
        }
        return explained
    }
}
