import ATProtocol
import ModemSession
import ModemTransports
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ReplayTests {
    /// Keeps records in memory.
    private final class Recorder: TraceSink {
        private let state = Mutex<(records: [Record], origin: Moment)>(([], Moment(nanoseconds: 0)))

        func begin(_ header: TraceHeader) { state.withLock { $0.origin = header.origin } }
        func record(_ record: Record, wall: WallTime) { state.withLock { $0.records.append(record) } }
        func finish() async {}

        /// With times since the session began, as they are read from a file.
        var records: [Record] {
            state.withLock { state in
                state.records.map { record in
                    var record = record
                    record.at = Self.since(state.origin, record.at)
                    record.cuts = record.cuts.map { Record.Cut(at: Self.since(state.origin, $0.at), count: $0.count) }
                    return record
                }
            }
        }

        private static func since(_ origin: Moment, _ moment: Moment) -> Moment {
            Moment(nanoseconds: moment.nanoseconds - origin.nanoseconds)
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.urcs = [URCSpec(.prefix("+NUM", .integer))]
        return configuration
    }

    /// A session with a module that answers numbered commands and strews numbered lines.
    private static func record(commands: Int, line: InProcessLine = InProcessLine()) async throws -> [Record] {
        let recorder = Recorder()
        let peer = StormPeer(line, lines: 10 * commands, commands: commands, seed: 42)
        try await withSession(on: line, configuration: configuration, trace: recorder) { session in
            for number in 0..<commands { _ = try await session.send(StormPeer.command(number)) }
            peer.sendRest()
            for _ in 0..<3 { try await line.executor.passed() }
        }
        return recorder.records
    }

    @Test("A recorded session replays with the same answers, the same events and no difference")
    func sameAgain() async throws {
        let records = try await Self.record(commands: 50)
        let transport = ReplayTransport(name: "replay:test", records: records)
        let again = Recorder()
        let seen = Atomic<Int>(0)
        let (allSeen, isComplete) = AsyncStream<Void>.makeStream()
        try await withSession(on: transport, configuration: Self.configuration, trace: again) { session in
            session.observe { event in
                guard case .urc = event.body else { return }
                if seen.add(1, ordering: .relaxed).newValue == 500 { isComplete.finish() }
            }
            for number in 0..<50 {
                let reply = try await session.send(StormPeer.command(number))
                #expect(reply.lines.map(\.text) == ["+ANSWER: \(number)"])
            }
            // The rest follows the last answer without a write of the host.
            for await _ in allSeen {}
        }
        #expect(try await transport.differences() == [])
        #expect(try await transport.unwritten() == [])
        let written = { (records: [Record]) in records.filter { $0.kind == .tx }.map(\.bytes) }
        #expect(written(again.records) == written(records))
        let readings = { (records: [Record]) -> [String] in
            records.filter { $0.kind == .line }.map { record in
                // To which record a line end belongs depends on when it came.
                let text = String(decoding: record.bytes.filter { $0 > 0x20 }, as: UTF8.self)
                return "\(record.reading) \(record.rule) \(text)"
            }
        }
        #expect(readings(again.records) == readings(records))
    }

    @Test("Ten recorded minutes pass at once, deadlines included")
    func virtualTime() async throws {
        let minute: Int64 = 60_000_000_000
        var records = [Self.tx(0, at: 0, "AT\r"), Self.rx(1, at: 1_000_000, "AT\r\r\nOK\r\n")]
        for number in 0..<10 as Range<Int64> {
            records.append(Self.tx(2 * number + 2, at: number * minute + minute / 2, "AT+ASK=\(number)\r"))
            records.append(
                Self.rx(
                    2 * number + 3,
                    at: number * minute + minute / 2 + 40_000_000_000,
                    "AT+ASK=\(number)\r\r\n+ANSWER: \(number)\r\n\r\nOK\r\n"
                )
            )
        }
        let transport = ReplayTransport(name: "replay:test", records: records)
        try await withSession(on: transport, configuration: Self.configuration) { session in
            for number in 0..<10 {
                var command = StormPeer.command(number)
                command.spec.maximum = .seconds(60)
                let began = transport.executor.now()
                _ = try await session.send(command)
                #expect(transport.executor.now() - began >= .seconds(39))
            }
            // Nothing more was recorded: this ends by its deadline, on the virtual clock.
            let failure = await #expect(throws: ATFailure.self) {
                try await session.send(Command(line: Array("AT+MORE".utf8), timeout: .seconds(300)))
            }
            guard case .timeout = failure?.code else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
        // In real time this would pass the limit of the suite ten times.
    }

    @Test("What the host writes otherwise is listed with both texts, and the answers stay in step")
    func differences() async throws {
        let records = [
            Self.tx(0, at: 0, "AT\r"), Self.rx(1, at: 1000, "AT\r\r\nOK\r\n"),
            Self.tx(2, at: 2000, "AT+A\r"), Self.rx(3, at: 3000, "AT+A\r\r\nOK\r\n"),
            Self.tx(4, at: 4000, "AT+PIN=****\r", mask: 7..<11), Self.rx(5, at: 5000, "\r\nOK\r\n"),
            Self.tx(6, at: 6000, "AT+C\r"), Self.rx(7, at: 7000, "AT+C\r\r\nOK\r\n"),
        ]
        let transport = ReplayTransport(name: "replay:test", records: records)
        try await transport.withRecordedLine { line in
            line.write(Array("AT\r".utf8))
            _ = try await line.bytes(9)
            line.write(Array("AT+B\r".utf8))
            _ = try await line.bytes(11)
            line.write(Array("AT+PIN=1234\r".utf8))
            _ = try await line.bytes(6)
        }
        #expect(
            try await transport.differences() == [
                ReplayDifference(
                    kind: .changed,
                    record: 2,
                    expected: Array("AT+A\r".utf8),
                    written: Array("AT+B\r".utf8),
                    at: Moment(nanoseconds: 2000)
                )
            ]
        )
        #expect(try await transport.unwritten().map(\.record) == [6])
    }

    @Test("A recorded loss of the port is a loss again, and the next opening goes on")
    func loss() async throws {
        let records = [
            Self.tx(0, at: 0, "AT\r"), Self.rx(1, at: 1000, "AT\r\r\nOK\r\n"),
            Record(
                number: 2,
                at: Moment(nanoseconds: 2000),
                generation: PortGeneration(1),
                kind: .port,
                reading: "vanished"
            ),
            Self.tx(3, at: 600_000_000, "AT\r"), Self.rx(4, at: 600_001_000, "AT\r\r\nOK\r\n"),
        ]
        let transport = ReplayTransport(name: "replay:test", records: records)
        for round in 0..<2 {
            try await transport.withRecordedLine { line in
                line.write(Array("AT\r".utf8))
                _ = try await line.bytes(9)
                if round == 0 {
                    let loss = try await line.closed()
                    #expect(loss == .vanished)
                }
            }
        }
        #expect(try await transport.differences() == [])
        #expect(try await transport.unwritten() == [])
    }

    private static func tx(_ number: Int64, at: Int64, _ text: String, mask: Range<Int>? = nil) -> Record {
        Record(
            number: UInt64(number),
            at: Moment(nanoseconds: at),
            generation: PortGeneration(1),
            kind: .tx,
            bytes: Array(text.utf8),
            mask: mask.map { [Record.Mask(range: $0, label: "pin")] } ?? []
        )
    }

    private static func rx(_ number: Int64, at: Int64, _ text: String) -> Record {
        Record(
            number: UInt64(number),
            at: Moment(nanoseconds: at),
            generation: PortGeneration(1),
            kind: .line,
            bytes: Array(text.utf8)
        )
    }
}
