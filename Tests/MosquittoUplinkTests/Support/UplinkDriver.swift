import ModemSimulator
import MosquittoUplink

/// An uplink and the events that came out of it, read one after another.
final class UplinkDriver {
    private let uplink: MosquittoUplink
    private var events: AsyncStream<UplinkEvent>.AsyncIterator
    private let end: @Sendable () -> Void

    private init(_ uplink: MosquittoUplink, _ events: AsyncStream<UplinkEvent>, end: @escaping @Sendable () -> Void) {
        self.uplink = uplink
        self.events = events.makeAsyncIterator()
        self.end = end
    }

    /// Runs the closure with an uplink that is shut down afterwards.
    static func with<Result>(
        _ directory: HostDirectory,
        _ body: (UplinkDriver) async throws -> Result
    ) async throws -> Result {
        let (stream, continuation) = AsyncStream.makeStream(of: UplinkEvent.self)
        let uplink = try MosquittoUplink(directory: directory) { continuation.yield($0) }
        do {
            let result = try await body(UplinkDriver(uplink, stream) { continuation.finish() })
            await uplink.shutdown()
            return result
        } catch {
            await uplink.shutdown()
            throw error
        }
    }

    func perform(_ request: UplinkRequest) {
        uplink.perform(request)
    }

    /// The next event; nil when the uplink is gone.
    func next() async -> UplinkEvent? {
        await events.next(isolation: #isolation)
    }

    func ask(_ request: UplinkRequest) async -> UplinkEvent? {
        perform(request)
        return await next()
    }

    func connect(_ connection: UplinkConnection, client: Int = 0) async -> UplinkEvent? {
        await ask(.connect(client: client, connection))
    }

    func shutdown() async {
        await uplink.shutdown()
    }

    /// All events that have come and were not read; none can be read afterwards.
    func drained() async -> [UplinkEvent] {
        end()
        var left: [UplinkEvent] = []
        while let event = await next() { left.append(event) }
        return left
    }
}

extension UplinkConnection {
    /// A plain connection to the private broker by a name that does not exist outside.
    static func plain(_ identifier: String = "unit-001", port: Int = 1883) -> UplinkConnection {
        UplinkConnection(
            version: 3,
            host: "broker.example",
            port: port,
            clientID: Array(identifier.utf8),
            keepAlive: 60,
            cleanSession: true,
            timeout: 20
        )
    }

    func with(_ change: (inout UplinkConnection) -> Void) -> UplinkConnection {
        var copy = self
        change(&copy)
        return copy
    }
}

extension UplinkMessage {
    init(_ topic: String, _ payload: String, qos: UInt8 = 0, retain: Bool = false) {
        self.init(topic: Array(topic.utf8), payload: Array(payload.utf8), qos: qos, retain: retain)
    }
}

extension UplinkRequest.Filter {
    init(_ topic: String, qos: UInt8 = 0) {
        self.init(topic: Array(topic.utf8), qos: qos)
    }
}
