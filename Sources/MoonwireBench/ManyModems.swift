import A7600
import ATProtocol
import ModemSession
import ModemSimulator
import ModemTransports
import Synchronization

/// Many simulated modems in one process, each with commands and messages of its own.
///
/// `many MODEMS EXCHANGES MESSAGES LOOPS`. Fails unless every exchange succeeded and every message came back.
struct ManyModems {
    private let modems: Int
    private let exchanges: Int
    private let messages: Int
    private let loops: Int

    init(_ arguments: ArraySlice<String>) throws {
        let numbers = arguments.compactMap { Int($0) }
        guard numbers.count == 4 else { throw BenchFailure("many MODEMS EXCHANGES MESSAGES LOOPS") }
        (modems, exchanges, messages, loops) = (numbers[0], numbers[1], numbers[2], numbers[3])
    }

    func run() async throws {
        let before = peakMemory()
        let start = monotonic()
        let durations = try await LineLoop.withLoops(loops) { loops in
            try await withThrowingTaskGroup(of: UInt64.self) { group in
                for number in 0..<modems {
                    let loop = loops[number % loops.count]
                    group.addTask { try await oneModem(number, loop) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }
        let time = monotonic() - start
        let total = modems * (exchanges + 4 * messages)
        let rate = Double(total) / (Double(time) / 1e9)
        let (slowest, fastest) = (durations.max() ?? 0, durations.min() ?? 1)
        let memory = Double(peakMemory() - before) / Double(modems)
        print("many,\(modems),\(total),\(rate),\(Double(slowest) / Double(fastest)),\(memory)")
    }

    private func oneModem(_ number: Int, _ loop: LineLoop) async throws -> UInt64 {
        let line = InProcessLine(name: "sim\(number)", loop: loop)
        let module = try SimulatedModule(
            configuration: ModuleConfiguration(),
            uplink: { InMemoryNetwork(deliver: $0) },
            executor: line.executor.serialExecutor,
            outlets: SimulatedModule.Outlets(transmit: { line.send($0) })
        )
        line.onReceive { bytes, _ in module.assumeIsolated { $0.receive(bytes) } }
        await module.start()
        let time = try await withTaskExecutorPreference(line.executor) {
            try await withSession(on: line, configuration: Profile.a7600.engineConfiguration()) { session in
                try await drive(session)
            }
        }
        await module.shutdown()
        return time
    }

    private func drive(_ session: ModemSession) async throws -> UInt64 {
        let commands = Commands(.a7600)
        let received = Mutex((assembler: MessageAssembler(), count: 0))
        let (arrivals, arrive) = AsyncStream.makeStream(of: Void.self)
        session.observe { event in
            guard case .absorbed(.some) = received.withLock({ $0.assembler.take(event.body) }) else { return }
            arrive.yield()
        }
        let start = monotonic()
        for _ in 0..<exchanges {
            _ = try await session.send(try commands.signal())
        }
        _ = try await session.send(try commands.mqttStart())
        _ = try await session.send(try Catalogue.command(line: "AT+CMQTTACCQ=0,\"bench\",0"))
        _ = try await session.send(try Catalogue.command(line: "AT+CMQTTCONNECT=0,\"tcp://broker.example:1883\",60,1"))
        let topic = Array("bench".utf8)
        _ = try await session.send(try Catalogue.command(line: "AT+CMQTTSUB=0,5,1", data: topic))
        var iterator = arrivals.makeAsyncIterator()
        for _ in 0..<messages {
            _ = try await session.send(try commands.mqttTopic(client: 0, topic: topic))
            _ = try await session.send(try commands.mqttPayload(client: 0, payload: topic))
            _ = try await session.send(try commands.mqttPublish(client: 0, qos: 1, timeout: 60))
            guard await iterator.next(isolation: #isolation) != nil else {
                throw BenchFailure("a message did not come back")
            }
        }
        return monotonic() - start
    }
}
