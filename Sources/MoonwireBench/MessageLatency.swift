import A7600
import ATProtocol
import ModemSession
import Synchronization

/// Times received messages: from the peer's stamp, taken before it writes the last byte, to the first statement of the
/// handler.
struct MessageLatency {
    private let session: ModemSession
    private let command: Command

    init(_ session: ModemSession) throws {
        self.session = session
        command = try Catalogue.command(line: "AT+BENCHMSG")
    }

    func measure(samples: Int, warmUp: Int) async throws -> [UInt64] {
        let (latencies, continuation) = AsyncStream.makeStream(of: UInt64.self)
        let assembler = Mutex(MessageAssembler())
        let observation = session.observe { event in
            guard case .absorbed(let message?) = assembler.withLock({ $0.take(event.body) }) else { return }
            // A handler would begin here.
            let now = monotonic()
            guard let stamp = UInt64(String(decoding: message.payload, as: UTF8.self)) else { return }
            continuation.yield(now - stamp)
        }
        defer { observation.cancel() }
        var times: [UInt64] = []
        var iterator = latencies.makeAsyncIterator()
        for sample in 0..<(warmUp + samples) {
            _ = try await session.send(command)
            guard let time = await iterator.next(isolation: #isolation) else { break }
            if sample >= warmUp { times.append(time) }
        }
        return times
    }
}
