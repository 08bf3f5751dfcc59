import A7600
import ATProtocol
import LuaRuntime
import Synchronization

/// One of the module's two MQTT clients, in the hands of a script.
///
/// Messages are routed where they arrive, on the session's executor: to every handler whose filter fits, to every armed
/// waiter and loop, and otherwise to the calls of `receive` or into the inbox for later ones.
final class MQTTClientObject: LuaObject, ModemListener {
    /// Somebody who is to see all messages that fit a filter.
    struct Route: Sendable {
        enum Target: Sendable {
            case handler(LuaSubscription)
            case inbox(Inbox<ReceivedMessage>)
        }

        var id: UInt64
        var filter: TopicFilter
        var target: Target
    }

    struct State: Sendable {
        var routes: [Route] = []
        var nextRoute: UInt64 = 0
        var isConnected = false
        var isReleased = false
        /// Whether the last attempt to connect used a host name, for the advice on failures.
        var server: (host: String, port: Int)?
    }

    let link: ModemLink
    let index: Int
    let request: ClientRequest
    let inbox: Inbox<ReceivedMessage>
    let state = Mutex(State())
    private let port: LuaEventPort
    /// That made it.
    private let call: LuaCall

    /// Messages nobody has asked for yet.
    static let inboxLimit = 1024

    init(_ request: ClientRequest, link: ModemLink, call: LuaCall) {
        self.request = request
        self.call = call
        self.link = link
        index = request.index
        port = link.port(for: call.host)
        inbox = Self.inbox(port, limit: Self.inboxLimit)
        link.listeners.add(self)
    }

    static func inbox(_ port: LuaEventPort, limit: Int) -> Inbox<ReceivedMessage> {
        Inbox(port: port, limit: limit) { [.table(LuaTable($0))] }
    }

    var operation: Duration { .seconds(request.operationTimeout) }

    /// The gates of a request of this client.
    var gates: [FlowGates.Name] { [.client(index)] }

    func heard(_ event: ModemEvent) {
        switch event {
        case .message(let message) where message.client == index: route(message)
        case .lost(let loss) where loss.concerns(index): lost(loss.failure(of: index))
        case .urc, .message, .lost, .late, .anomaly, .restarted, .port: break
        }
    }

    private func route(_ message: ReceivedMessage) {
        // All of it under the lock: whoever is armed meanwhile finds the message kept, or gets it.
        state.withLock { state in
            let routes = state.routes.filter { $0.filter.matches(message.topic) }
            for route in routes {
                switch route.target {
                case .handler(let subscription): port.post(.deliver(subscription, [.table(LuaTable(message))]))
                case .inbox(let inbox): inbox.put(message)
                }
            }
            inbox.put(message, unclaimed: routes.isEmpty ? .keep : .drop)
        }
    }

    /// Whoever waits for a message learns at once that none will come.
    private func lost(_ failure: LuaFailure) {
        let inboxes: [Inbox<ReceivedMessage>]? = state.withLock { state in
            guard state.isConnected else { return nil }
            state.isConnected = false
            return state.routes.compactMap { route in
                if case .inbox(let inbox) = route.target { inbox } else { nil }
            }
        }
        for inbox in inboxes ?? [] { inbox.failWaiting(failure) }
        if inboxes != nil { inbox.failWaiting(failure) }
    }

    func disarmed() {
        inbox.end(LuaFailure(.closed, "the modem is closed"))
    }

    func luaReleased() {
        link.listeners.remove(self)
    }

    /// The run was cancelled while the module acquired it.
    func luaRefused() {
        link.listeners.remove(self)
        let flow = Flow(link: link, call: call, timeout: nil)
        // Tracked by the link, and awaited when the run ends.
        _ = link.start { [request] in await request.undo(flow) }
    }

    func connected() {
        state.withLock { $0.isConnected = true }
        link.module.withLock { $0.clients[index].isConnected = true }
    }

    /// After DISC: the connection has ended as asked for.
    func disconnected() {
        lost(LuaFailure(.closed, "client \(index) was disconnected"))
        link.module.withLock { $0.connectionLost(client: index) }
    }

    func released() {
        state.withLock { $0.isReleased = true }
        inbox.end(LuaFailure(.closed, "client \(index) was released"))
        link.listeners.remove(self)
    }

    func refuseReleased() throws(LuaFailure) {
        if state.withLock({ $0.isReleased }) { throw LuaFailure(.closed, "client \(index) was released") }
    }

    /// Why no message can come; nil while connected.
    var unavailable: LuaFailure? {
        state.withLock { state in
            if state.isReleased { return LuaFailure(.closed, "client \(index) was released") }
            return state.isConnected ? nil : LuaFailure(.lost, "client \(index) is not connected")
        }
    }

    /// Routes messages to `target` from now on, and gives it those that nobody got.
    func arm(_ target: Inbox<ReceivedMessage>, for filter: TopicFilter) -> UInt64 {
        state.withLock { state in
            state.nextRoute += 1
            state.routes.append(Route(id: state.nextRoute, filter: filter, target: .inbox(target)))
            for message in inbox.drain(where: { filter.matches($0.topic) }) {
                target.put(message)
            }
            return state.nextRoute
        }
    }

    func add(_ target: Route.Target, for filters: [TopicFilter]) -> [UInt64] {
        state.withLock { state in
            filters.map { filter in
                state.nextRoute += 1
                state.routes.append(Route(id: state.nextRoute, filter: filter, target: target))
                return state.nextRoute
            }
        }
    }

    func remove(routes ids: [UInt64]) {
        state.withLock { state in state.routes.removeAll { ids.contains($0.id) } }
    }

    /// Ends the handlers of filters that were given up.
    func removeHandlers(of filters: [TopicFilter]) {
        let removed: [LuaSubscription] = state.withLock { state in
            let gone = state.routes.filter { route in
                if case .handler = route.target { filters.contains(route.filter) } else { false }
            }
            state.routes.removeAll { route in gone.contains { $0.id == route.id } }
            return gone.compactMap { route in
                if case .handler(let subscription) = route.target { subscription } else { nil }
            }
        }
        let kept = state.withLock { $0.routes }
        for subscription in removed {
            let isUsed = kept.contains { route in
                if case .handler(let other) = route.target { other === subscription } else { false }
            }
            if !isUsed { subscription.close() }
        }
    }

    var luaClass: LuaClass { Self.luaClass }

    static let luaClass = LuaClass(
        "MQTTClient",
        "One of the module's two MQTT clients.",
        receiver: "client",
        methods: [connect, publish, subscribe, unsubscribe] + receiveFunctions + [disconnect, release],
        properties: [
            LuaClass.Property("index", "integer", "0 or 1.") { object throws(LuaFailure) in
                .integer((object as? MQTTClientObject)?.index ?? 0)
            },
            LuaClass.Property("connected", "boolean", "Whether it is connected, as far as the host knows.") {
                object throws(LuaFailure) in
                .boolean((object as? MQTTClientObject)?.state.withLock { $0.isConnected } ?? false)
            },
            LuaClass.Property("dropped", "integer", "Messages lost because nobody asked for them.") {
                object throws(LuaFailure) in
                .integer((object as? MQTTClientObject)?.inbox.dropped ?? 0)
            },
        ],
        close: close,
        describe: { object in
            (object as? MQTTClientObject).map { "MQTT client \($0.index)" } ?? "MQTT client"
        }
    )
}

extension LuaCall {
    /// The client before the colon, unless it was released.
    func mqttClient() throws(LuaFailure) -> MQTTClientObject {
        let client = try receiver(as: MQTTClientObject.self)
        try client.refuseReleased()
        return client
    }
}

extension ClientLoss {
    func failure(of index: Int) -> LuaFailure {
        LuaFailure(.lost, "client \(index) lost its connection: \(text)", code: Int64(cause), name: text)
    }
}
