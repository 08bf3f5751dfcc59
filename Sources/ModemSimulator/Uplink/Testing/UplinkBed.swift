import Synchronization

/// One uplink under test, with a record of its events.
final class UplinkBed: Sendable {
    let uplink: any MQTTUplink
    let surroundings: UplinkConformance.Surroundings
    private let log: EventLog

    init(_ factory: MQTTUplinkFactory, _ surroundings: UplinkConformance.Surroundings) throws {
        let log = EventLog()
        self.log = log
        self.surroundings = surroundings
        uplink = try factory { log.append($0) }
    }

    /// The first event not taken yet that fits; those before it stay.
    @discardableResult
    func event(
        _ meaning: String,
        where fits: @escaping @Sendable (UplinkEvent) -> Bool
    ) async throws -> UplinkEvent {
        let patience = surroundings.patience
        let log = log
        let came = try await withThrowingTaskGroup(of: UplinkEvent?.self) { group in
            group.addTask { await log.take(where: fits) }
            group.addTask {
                try await Task.sleep(for: patience)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
        guard let came else { throw UplinkViolation("\(meaning) did not come; waiting are: \(log.waiting)") }
        return came
    }

    func event(_ expected: UplinkEvent) async throws {
        try await event("\(expected)") { $0 == expected }
    }

    /// Throws if an event that fits is waiting.
    func none(_ meaning: String, where fits: (UplinkEvent) -> Bool) throws {
        if let event = log.waiting.first(where: fits) { throw UplinkViolation("\(meaning): \(event)") }
    }

    func connection(_ identifier: String, _ change: (inout UplinkConnection) -> Void = { _ in }) -> UplinkConnection {
        var connection = UplinkConnection(
            version: 4,
            host: surroundings.host,
            port: surroundings.port,
            clientID: Array(identifier.utf8),
            keepAlive: 60,
            cleanSession: true,
            timeout: 20
        )
        change(&connection)
        return connection
    }

    func connect(
        _ client: Int,
        _ identifier: String,
        _ change: (inout UplinkConnection) -> Void = { _ in }
    ) async throws {
        uplink.perform(.connect(client: client, connection(identifier, change)))
        try await event(.connected(client: client))
    }

    func disconnect(_ client: Int) async throws {
        uplink.perform(.disconnect(client: client))
        try await event(.disconnected(client: client, nil))
    }

    func subscribe(_ client: Int, _ filters: [(String, UInt8)], token: UInt64 = 1) async throws {
        let filters = filters.map { UplinkRequest.Filter(topic: Array($0.0.utf8), qos: $0.1) }
        uplink.perform(.subscribe(client: client, token: token, filters: filters))
        try await event(.subscribed(client: client, token: token, .success(filters.map(\.qos))))
    }

    func publish(_ client: Int, _ message: UplinkMessage, token: UInt64 = 2) async throws {
        uplink.perform(.publish(client: client, token: token, message))
        try await event(.published(client: client, token: token, nil))
    }

    func message(_ client: Int, _ topic: String, _ payload: [UInt8], qos: UInt8) async throws {
        try await event("message on \(topic) at client \(client) with qos \(qos)") {
            guard case .message(client, let message) = $0 else { return false }
            return message.topic == Array(topic.utf8) && message.payload == payload && message.qos == qos
        }
    }
}

extension UplinkMessage {
    init(_ topic: String, _ payload: String, qos: UInt8, retain: Bool = false) {
        self.init(topic: Array(topic.utf8), payload: Array(payload.utf8), qos: qos, retain: retain)
    }
}

/// Events in order of arrival, and one waiter at a time.
private final class EventLog: Sendable {
    private struct Contents {
        var events: [UplinkEvent] = []
        var waiter: (fits: @Sendable (UplinkEvent) -> Bool, resume: CheckedContinuation<UplinkEvent?, Never>)?
    }

    private let contents = Mutex(Contents())

    var waiting: [UplinkEvent] { contents.withLock { $0.events } }

    func append(_ event: UplinkEvent) {
        let resume: CheckedContinuation<UplinkEvent?, Never>? = contents.withLock {
            guard let waiter = $0.waiter, waiter.fits(event) else {
                $0.events.append(event)
                return nil
            }
            $0.waiter = nil
            return waiter.resume
        }
        resume?.resume(returning: event)
    }

    /// Nil when cancelled.
    func take(where fits: @escaping @Sendable (UplinkEvent) -> Bool) async -> UplinkEvent? {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let outcome: UplinkEvent?? = contents.withLock { contents in
                    if let index = contents.events.firstIndex(where: fits) {
                        return .some(contents.events.remove(at: index))
                    }
                    if Task.isCancelled { return .some(nil) }
                    contents.waiter = (fits, continuation)
                    return .none
                }
                if case .some(let event) = outcome { continuation.resume(returning: event) }
            }
        } onCancel: {
            let resume = contents.withLock { contents in
                defer { contents.waiter = nil }
                return contents.waiter?.resume
            }
            resume?.resume(returning: nil)
        }
    }
}
