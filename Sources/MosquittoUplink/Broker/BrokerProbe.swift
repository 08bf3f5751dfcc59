import ModemSimulator

/// Finds out whether a broker answers, by connecting to it.
enum BrokerProbe {
    /// Returns at CONNACK; a refusal is an answer too.
    static func probe(_ broker: PrivateBroker) async throws {
        let (events, continuation) = AsyncStream.makeStream(of: UplinkEvent.self)
        let uplink = try MosquittoUplink(directory: broker.directory) { continuation.yield($0) }
        uplink.perform(
            .connect(
                client: 0,
                UplinkConnection(
                    version: 4,
                    host: "broker",
                    port: broker.ports.plain,
                    clientID: Array("moonwire-probe".utf8),
                    keepAlive: 60,
                    cleanSession: true,
                    timeout: 5
                )
            )
        )
        var answer: UplinkEvent?
        for await event in events {
            answer = event
            break
        }
        uplink.perform(.disconnect(client: 0))
        await uplink.shutdown()
        switch answer {
        case .connected, .connectFailed(_, .refused): return
        case nil: throw CancellationError()
        default: throw PrivateBrokerError(.didNotStart, detail: "it does not answer on port \(broker.ports.plain)")
        }
    }
}
