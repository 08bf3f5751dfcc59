import ATProtocol
import ModemSession
import Synchronization
import Testing

/// The proof that a reopened port leads to the module it led to before.
@Suite(.timeLimit(.minutes(1)))
struct SessionIdentityTests {
    private static let first = "867584030000018"
    private static let second = "867584030000026"

    /// A module that says this number when asked `AT+CGSN`.
    private static func module(_ number: String) -> @Sendable (String) -> [ScriptedModem.Step] {
        { $0 == "AT+CGSN\r" ? [.send("\($0)\r\n\(number)\r\n\r\nOK\r\n")] : ScriptedModem.echoAndOK($0) }
    }

    private static let options = SessionOptions(identity: .command(.line("AT+CGSN")))

    private final class Records: TraceSink {
        private let kept = Mutex<[Record]>([])
        var all: [Record] { kept.withLock { $0 } }
        func begin(_ header: TraceHeader) {}
        func record(_ record: Record, wall: WallTime) { kept.withLock { $0.append(record) } }
        func finish() async {}
    }

    @Test("The same module at a reopened port is used again; what waits is written to it only after its proof")
    func sameModule() async throws {
        let modem = ScriptedModem(Self.module(Self.first))
        try await withSession(on: modem, configuration: .plain, options: Self.options) { session in
            _ = try await session.send(.signal)
            #expect(session.identity?.map(\.text) == [Self.first])
            modem.perform(.vanish)
            await modem.virtual.settle()
            let waiting = session.ask(.line("AT+AFTER"))
            await modem.virtual.advance(by: .seconds(5))
            _ = try await waiting.value
        }
        let commands = modem.written.filter { $0 != "AT\r" }
        #expect(commands == ["AT+CGSN\r", "AT+CSQ\r", "AT+CGSN\r", "AT+AFTER\r"])
    }

    @Test("Another module at a reopened port ends it: nothing is written to that one but the question")
    func otherModule() async throws {
        let modem = ScriptedModem(Self.module(Self.first))
        let last = Mutex<PortChange?>(nil)
        try await withSession(on: modem, configuration: .plain, options: Self.options) { session in
            _ = try await session.send(.signal)
            session.observePort { change in last.withLock { $0 = change } }
            modem.setAnswer(Self.module(Self.second))
            modem.perform(.vanish)
            await modem.virtual.settle()
            let waiting = session.ask(.line("AT+AFTER"))
            await modem.virtual.advance(by: .seconds(5))
            let failure = await #expect(throws: ATFailure.self) { try await waiting.value }
            #expect(failure?.code == .lost(.portVanished))
        }
        #expect(!modem.written.contains("AT+AFTER\r"))
        guard case .abandoned(let error) = last.withLock({ $0 }) else {
            Issue.record("\(String(describing: last.withLock { $0 }))")
            return
        }
        #expect(error.code == .differentModule)
    }

    @Test("A port that is lost while its module is being asked is opened once more")
    func lostDuringProof() async throws {
        let modem = ScriptedModem(Self.module(Self.first))
        try await withSession(on: modem, configuration: .plain, options: Self.options) { session in
            _ = try await session.send(.signal)
            modem.setAnswer { $0 == "AT+CGSN\r" ? [.vanish] : ScriptedModem.echoAndOK($0) }
            modem.perform(.vanish)
            await modem.virtual.advance(by: .seconds(3))
            modem.setAnswer(Self.module(Self.first))
            await modem.virtual.advance(by: .seconds(20))
            _ = try await session.send(.line("AT+AFTER"))
        }
        #expect(modem.openings > 2)
    }

    @Test("The proof stands in the trace, numbered with all the rest")
    func traced() async throws {
        let modem = ScriptedModem(Self.module(Self.first))
        let trace = Records()
        try await withSession(on: modem, configuration: .plain, options: Self.options, trace: trace) { session in
            _ = try await session.send(.signal)
            modem.perform(.vanish)
            await modem.virtual.advance(by: .seconds(5))
            _ = try await session.send(.line("AT+AFTER"))
        }
        let records = trace.all
        #expect(records.map(\.number) == Array(0..<UInt64(records.count)))
        let written = records.filter { $0.kind == .tx }.map { String(decoding: $0.bytes, as: UTF8.self) }
        #expect(written == modem.written)
        let received = records.filter { $0.kind != .tx }.flatMap(\.bytes)
        let sent = modem.written.flatMap(Self.module(Self.first)).flatMap { step -> [UInt8] in
            if case .send(let answer) = step { Array(answer.utf8) } else { [] }
        }
        #expect(received == sent)
    }
}
