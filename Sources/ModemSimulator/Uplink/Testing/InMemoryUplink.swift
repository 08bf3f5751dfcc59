/// A broker and the network to it, in memory: the uplink of deterministic tests.
///
/// A value with one method for requests; every request gives its events at once, those of other clients included.
/// It keeps the protocol's promises (retained messages, wills, QoS, persistent sessions), not its timing.
package struct InMemoryUplink: Sendable {
    /// What goes wrong with the next request of this kind.
    package enum Stage: Hashable, Sendable { case connect, disconnect, publish, subscribe, unsubscribe }

    /// Every message that reached the broker, wills included, in order.
    package private(set) var received: [UplinkMessage] = []
    /// What CONNECT carried last, by client.
    package private(set) var connections: [Int: UplinkConnection] = [:]
    /// Host names and ports that answer. Nil: all but names below `.invalid`.
    package var reachable: Set<String>?
    /// User names with their passwords. Nil: everybody may connect.
    package var users: [[UInt8]: [UInt8]]?
    /// Filters that the broker refuses with 0x80.
    package var refusedFilters: Set<[UInt8]> = []

    private var sessions: [[UInt8]: Session] = [:]
    private var retained: [[UInt8]: UplinkMessage] = [:]
    private var failures: [Stage: [UplinkFailure]] = [:]
    private var unanswered: Set<Stage> = []

    private struct Session: Sendable {
        /// Nil: not connected.
        var client: Int?
        var isClean: Bool
        var subscriptions: [UplinkRequest.Filter] = []
        /// Messages for a persistent session that is not connected.
        var queued: [UplinkMessage] = []
    }

    package init() {}

    // MARK: Requests

    /// Carries out a request. The events are in the order in which they happened.
    package mutating func perform(_ request: UplinkRequest) -> [UplinkEvent] {
        switch request {
        case .connect(let client, let connection):
            if unanswered.remove(.connect) != nil { return [] }
            return connect(client, connection)
        case .disconnect(let client):
            if unanswered.remove(.disconnect) != nil { return [] }
            let failure = takeFailure(.disconnect) ?? (connections[client] == nil ? .notConnected : nil)
            end(client)
            return [.disconnected(client: client, failure)]
        case .publish(let client, let token, let message):
            if unanswered.remove(.publish) != nil { return [] }
            if let failure = takeFailure(.publish) ?? absence(of: client) {
                return [.published(client: client, token: token, failure)]
            }
            return [.published(client: client, token: token, nil)] + accept(message)
        case .subscribe(let client, let token, let filters):
            if unanswered.remove(.subscribe) != nil { return [] }
            return subscribe(client, token, filters)
        case .unsubscribe(let client, let token, let filters):
            if unanswered.remove(.unsubscribe) != nil { return [] }
            if let failure = takeFailure(.unsubscribe) ?? absence(of: client) {
                return [.unsubscribed(client: client, token: token, failure)]
            }
            withSession(of: client) { session in
                session.subscriptions.removeAll { filters.contains($0.topic) }
            }
            return [.unsubscribed(client: client, token: token, nil)]
        case .abandon(let client): return drop(client, will: .sent)
        }
    }

    // MARK: The other side

    /// A message from another client of the broker.
    package mutating func publish(_ message: UplinkMessage) -> [UplinkEvent] {
        accept(message)
    }

    /// The server or the line ends a connection. The will is sent.
    package mutating func breakConnection(_ client: Int, _ loss: UplinkLoss) -> [UplinkEvent] {
        guard connections[client] != nil else { return [] }
        return [.lost(client: client, loss)] + drop(client, will: .sent)
    }

    /// The next request of this kind fails.
    package mutating func fail(_ stage: Stage, with failure: UplinkFailure) {
        failures[stage, default: []].append(failure)
    }

    /// The next request of this kind is never answered.
    package mutating func leaveUnanswered(_ stage: Stage) {
        unanswered.insert(stage)
    }

    package func isConnected(_ client: Int) -> Bool { connections[client] != nil }

    /// Filters of a client's session, in the order of subscription.
    package func subscriptions(of client: Int) -> [UplinkRequest.Filter] {
        sessions.values.first { $0.client == client }?.subscriptions ?? []
    }

    // MARK: Connections

    private mutating func connect(_ client: Int, _ connection: UplinkConnection) -> [UplinkEvent] {
        if let failure = takeFailure(.connect) ?? refusal(connection) {
            return [.connectFailed(client: client, failure)]
        }
        var events = takeOver(connection.clientID, by: client)
        connections[client] = connection
        var session = sessions[connection.clientID] ?? Session(isClean: connection.cleanSession)
        if connection.cleanSession || session.isClean { session = Session(isClean: connection.cleanSession) }
        session.client = client
        let queued = session.queued
        session.queued = []
        sessions[connection.clientID] = session
        events.append(.connected(client: client))
        return events + queued.map { .message(client: client, $0) }
    }

    /// MQTT 3.1.1, 3.1.4: a second connection with the same identifier ends the first one.
    private mutating func takeOver(_ identifier: [UInt8], by client: Int) -> [UplinkEvent] {
        guard let older = sessions[identifier]?.client, older != client else { return [] }
        return breakConnection(older, .closedByPeer)
    }

    private func refusal(_ connection: UplinkConnection) -> UplinkFailure? {
        if connection.host.hasSuffix(".invalid") { return .nameNotFound }
        if let reachable, !reachable.contains("\(connection.host):\(connection.port)") { return .noConnection }
        if let tls = connection.tls {
            let files = [tls.ca, tls.certificate, tls.key, tls.keyPassword].compactMap(\.self)
            if files.contains([]) { return .unusableCredentials }
            if tls.version == 0 { return .negotiation }
            if let date = tls.checksDatesAt, date < 1_000_000_000 { return .negotiation }
        }
        if let users {
            guard let user = connection.user, users[user] == connection.password else { return .refused(4) }
        }
        return nil
    }

    private enum WillFate { case sent, discarded }

    private mutating func end(_ client: Int) {
        _ = drop(client, will: .discarded)
    }

    private mutating func drop(_ client: Int, will fate: WillFate) -> [UplinkEvent] {
        guard let connection = connections.removeValue(forKey: client) else { return [] }
        sessions[connection.clientID]?.client = nil
        if connection.cleanSession { sessions[connection.clientID] = nil }
        guard fate == .sent, let will = connection.will else { return [] }
        return accept(will)
    }

    // MARK: Messages

    private mutating func subscribe(_ client: Int, _ token: UInt64, _ filters: [UplinkRequest.Filter]) -> [UplinkEvent]
    {
        if let failure = takeFailure(.subscribe) ?? absence(of: client) {
            return [.subscribed(client: client, token: token, .failure(failure))]
        }
        let refused = refusedFilters
        withSession(of: client) { session in
            for filter in filters where !refused.contains(filter.topic) {
                session.subscriptions.removeAll { $0.topic == filter.topic }
                session.subscriptions.append(filter)
            }
        }
        let granted = filters.map { refused.contains($0.topic) ? 0x80 : $0.qos }
        var events: [UplinkEvent] = [.subscribed(client: client, token: token, .success(granted))]
        for filter in filters where !refused.contains(filter.topic) {
            for message in retained.values.sorted(by: { $0.topic.lexicographicallyPrecedes($1.topic) })
            where TopicFilter.matches(filter.topic, message.topic) {
                var copy = message
                copy.qos = min(message.qos, filter.qos)
                copy.retain = true
                events.append(.message(client: client, copy))
            }
        }
        return events
    }

    /// Takes a message at the broker and hands it to every session that wants it, once each.
    private mutating func accept(_ message: UplinkMessage) -> [UplinkEvent] {
        received.append(message)
        if message.retain { retained[message.topic] = message.payload.isEmpty ? nil : message }
        var events: [UplinkEvent] = []
        for identifier in sessions.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            guard var session = sessions[identifier] else { continue }
            let matching = session.subscriptions.filter { TopicFilter.matches($0.topic, message.topic) }
            guard let qos = matching.map(\.qos).max() else { continue }
            var copy = message
            copy.qos = min(message.qos, qos)
            copy.retain = false
            if let client = session.client {
                events.append(.message(client: client, copy))
            } else if copy.qos > 0 {
                session.queued.append(copy)
                sessions[identifier] = session
            }
        }
        return events
    }

    private mutating func withSession(of client: Int, _ change: (inout Session) -> Void) {
        guard let identifier = connections[client]?.clientID, var session = sessions[identifier] else { return }
        change(&session)
        sessions[identifier] = session
    }

    private func absence(of client: Int) -> UplinkFailure? {
        connections[client] == nil ? .notConnected : nil
    }

    private mutating func takeFailure(_ stage: Stage) -> UplinkFailure? {
        guard var waiting = failures[stage], !waiting.isEmpty else { return nil }
        let failure = waiting.removeFirst()
        failures[stage] = waiting
        return failure
    }
}
