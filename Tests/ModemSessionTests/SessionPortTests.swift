import ATProtocol
import ModemSession
import Synchronization
import Testing

/// Loss of the port, reopening, and lines that misbehave.
@Suite(.timeLimit(.minutes(1)))
struct SessionPortTests {
    static let missing = TransportError(code: .notFound, port: "scripted", message: "not there")

    @Test("A line that cannot be opened at first is an error of the scope; the body does not run")
    func openingFails() async throws {
        let modem = ScriptedModem()
        modem.refuse(Self.missing)
        let error = await #expect(throws: TransportError.self) {
            try await withSession(on: modem, configuration: .plain) { _ in Issue.record("the body ran") }
        }
        #expect(error == Self.missing)
    }

    @Test("DTR is dropped at a module that is silent only where the ladder says so", arguments: [0, 2])
    func pulses(count: Int) async throws {
        let modem = ScriptedModem()
        var configuration = Configuration.plain
        configuration.ladder = count == 0 ? [.escape] : [.toggleDTR, .escape, .reset]
        try await withSession(on: modem, configuration: configuration) { session in
            modem.setAnswer { _ in [] }
            for _ in 0..<3 {
                let answer = session.ask(.line("AT+SILENT"))
                await modem.virtual.advance(by: .seconds(60))
                await #expect(throws: ATFailure.self) { try await answer.value }
            }
            await modem.virtual.advance(by: .seconds(600))
        }
        #expect(modem.pulses == count)
    }

    @Test("A lost port fails what waits at once; the session goes on with the next opening")
    func lossAndReturn() async throws {
        let modem = ScriptedModem(
            ScriptedModem.answering { $0 == "AT+GONE\r" ? [.vanish] : ScriptedModem.echoAndOK($0) }
        )
        let changes = Mutex<[PortChange]>([])
        try await withSession(on: modem, configuration: .plain) { session in
            session.observePort { change in changes.withLock { $0.append(change) } }
            modem.refuse()
            let failure = await #expect(throws: ATFailure.self) { try await session.send(.line("AT+GONE")) }
            #expect(failure?.code == .lost(.portVanished))
            modem.refuse(Self.missing)
            await modem.virtual.advance(by: .seconds(2))
            _ = try await session.send(.line("AT+BACK"))
        }
        let first = PortGeneration(1)
        #expect(
            changes.withLock { $0 } == [
                .lost(first, .vanished), .stillClosed(Self.missing), .opened(PortGeneration(3), name: "scripted"),
            ]
        )
        #expect(modem.openings == 3)
    }

    @Test("A port that does not come back is given up when patience ends; commands fail at once then")
    func abandoned() async throws {
        let modem = ScriptedModem()
        let options = SessionOptions(reopening: .retry(every: .seconds(1), patience: .seconds(5)))
        try await withSession(on: modem, configuration: .plain, options: options) { session in
            let events = session.subscribe()
            modem.refuse(
                Self.missing,
                Self.missing,
                Self.missing,
                Self.missing,
                Self.missing,
                Self.missing,
                Self.missing
            )
            modem.perform(.vanish)
            await modem.virtual.advance(by: .seconds(10))
            let failure = await #expect(throws: ATFailure.self) { try await session.send(.signal) }
            #expect(failure?.code == .lost(.portVanished))
            for await _ in events {}
        }
        #expect(modem.openings == 6)
    }

    @Test("Without reopening a lost port is given up at once")
    func neverReopened() async throws {
        let modem = ScriptedModem()
        try await withSession(on: modem, configuration: .plain, options: SessionOptions(reopening: .never)) { session in
            let events = session.subscribe()
            modem.perform(.vanish)
            for await _ in events {}
            let failure = await #expect(throws: ATFailure.self) { try await session.send(.signal) }
            #expect(failure?.code == .lost(.portVanished))
        }
        #expect(modem.openings == 1)
    }

    @Test("A port that vanishes on a prompt fails the command; nothing of its data is written later")
    func vanishesOnPrompt() async throws {
        let modem = ScriptedModem(
            ScriptedModem.answering {
                $0.hasPrefix("AT+CMQTTTOPIC") ? [.send("\($0)\r\n"), .vanish] : ScriptedModem.echoAndOK($0)
            }
        )
        try await withSession(on: modem, configuration: .plain) { session in
            let failure = await #expect(throws: ATFailure.self) { try await session.send(.topic("secret words")) }
            #expect(failure?.code == .lost(.portVanished))
        }
        #expect(!modem.written.contains { $0.contains("secret words") })
    }

    @Test("A port that never reports its writes makes no command hang beyond its deadline")
    func writesUnreported() async throws {
        let modem = ScriptedModem()
        modem.setWriteReports(.none)
        try await withSession(on: modem, configuration: .plain) { session in
            let waiting = session.ask(.line("AT+X", timeout: .seconds(20)))
            await modem.virtual.advance(by: .seconds(30))
            // Answered by its echo or failed by its deadline, but over.
            _ = try? await waiting.value
        }
    }

    @Test("A cancelled scope keeps its line until the body has cleaned up")
    func cleanUpAfterCancel() async throws {
        let modem = ScriptedModem()
        let (started, hasStarted) = AsyncStream<Void>.makeStream()
        let scope = Task {
            try await withSession(on: modem, configuration: .plain) { session in
                hasStarted.finish()
                let forever = session.subscribe(.urc("+NEVER"))
                for await _ in forever {}
                await withCheckedContinuation { continuation in
                    session.submit(.line("AT+CLEANUP")) { _ in continuation.resume() }
                }
            }
        }
        for await _ in started {}
        scope.cancel()
        try await scope.value
        #expect(modem.written.last == "AT+CLEANUP\r")
    }
}
