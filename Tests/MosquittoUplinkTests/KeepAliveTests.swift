import Glibc
import ModemSimulator
import Synchronization
import Testing

@testable import MosquittoUplink

/// The client without its loop, so that the clock is the test's.
@Suite(.timeLimit(.minutes(5))) struct KeepAliveTests {
    private final class Log: Sendable {
        let events = Mutex<[UplinkEvent]>([])
    }

    private func connectedClient(_ server: FakeServer, _ log: Log) throws -> MosquittoClient {
        let client = MosquittoClient(
            index: 0,
            directory: server.directory,
            deliver: { event in log.events.withLock { $0.append(event) } },
            lookUp: { _, _ in }
        )
        client.perform(.connect(client: 0, .plain().with { $0.keepAlive = 60 }), at: .now)
        while log.events.withLock({ $0.isEmpty }) {
            let interest = try #require(client.interest)
            var wait = pollfd(fd: interest.descriptor, events: interest.events, revents: 0)
            try #require(poll(&wait, 1, 10_000) == 1)
            client.ready(wait.revents, at: .now)
        }
        return client
    }

    @Test func `A server that is silent for one and a half intervals is lost by reset`() async throws {
        try await FakeServer.with([.send([0x20, 2, 0, 0])]) { server in
            let log = Log()
            let client = try connectedClient(server, log)
            let connected = ContinuousClock.now
            var moment = connected
            // Each deadline is obeyed exactly when it comes.
            while let deadline = client.deadline, log.events.withLock({ $0.count }) == 1 {
                moment = deadline
                client.expire(at: deadline)
            }
            #expect(log.events.withLock { $0 } == [.connected(client: 0), .lost(client: 0, .reset)])
            let silence = connected.duration(to: moment)
            #expect(silence > .seconds(89) && silence <= .seconds(90))
        }
    }

    @Test func `An idle uplink sleeps`() async throws {
        try await withPrivateBroker { broker in
            let log = Log()
            let inbox = try UplinkInbox()
            let (ended, end) = AsyncStream.makeStream(of: Int.self)
            try BackgroundThread.start {
                let deliver: @Sendable (UplinkEvent) -> Void = { event in log.events.withLock { $0.append(event) } }
                let loop = UplinkLoop(inbox: inbox, directory: broker.directory, deliver: deliver)
                _ = loop.run()
                end.yield(loop.turns)
            }
            inbox.put(.request(.connect(client: 0, .plain())))
            _ = try await broker.log.first { $0.contains("as unit-001") }
            // Some tens of milliseconds in which the loop has nothing to do.
            try await withPrivateBroker { _ in }
            inbox.put(.shutdown {})
            for await turns in ended {
                #expect(turns < 10)
                break
            }
        }
    }
}
