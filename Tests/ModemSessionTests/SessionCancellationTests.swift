import ATProtocol
import ModemSession
import Testing

/// A command is cancelled in each phase; the ten that follow get their own answers.
@Suite(.timeLimit(.minutes(1)))
struct SessionCancellationTests {
    enum Phase: CaseIterable {
        case queued, beforeEcho, awaitingFinal, awaitingPrompt, duringData, afterData, awaitingResult
    }

    @Test("A cancelled command leaves the session usable", arguments: Phase.allCases)
    func cancelThenUse(phase: Phase) async throws {
        let modem = ScriptedModem { Self.answer(to: $0, phase) }
        try await withSession(on: modem, configuration: .plain) { session in
            // The probe of the opening, then the command this is about.
            var writes = 2
            if phase == .queued {
                session.submit(.line("AT+SLOW")) { _ in }
            }
            // The data are on their way, and stay there.
            if phase == .duringData { modem.setWriteReports(.exceptData) }
            let victim = Task { try await session.send(Self.command(phase)) }
            if phase == .afterData || phase == .duringData { writes = 3 }
            await modem.wrote(count: writes)
            await modem.virtual.settle()
            victim.cancel()
            let failure = await #expect(throws: ATFailure.self) { try await victim.value }
            #expect(failure?.code == .cancelled)

            let others = (0..<10).map { session.ask(.line("AT+N\($0)")) }
            // What the module still owed, and the waits of the recovery ladder.
            await modem.virtual.settle()
            if phase == .duringData {
                #expect(!modem.written.contains { $0.hasPrefix("AT+N") }, "nothing follows before the data have left")
                modem.confirmWrites()
                await modem.virtual.settle()
            }
            modem.perform(.send(Self.late(phase)))
            await modem.virtual.advance(by: .seconds(30))
            var answers: [[String]] = []
            for other in others { answers.append(try await other.value.texts) }
            #expect(answers == (0..<10).map { ["+N\($0): x"] })
        }
    }

    @Test("A task that is cancelled already submits nothing")
    func cancelledBefore() async throws {
        let modem = ScriptedModem()
        try await withSession(on: modem, configuration: .plain) { session in
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await session.send(.signal)
            }
            let failure = await #expect(throws: ATFailure.self) { try await task.value }
            #expect(failure?.code == .cancelled)
            _ = try await session.send(.line("AT+AFTER"))
        }
        #expect(modem.written.filter { $0 != "AT\r" } == ["AT+AFTER\r"])
    }

    private static func command(_ phase: Phase) -> Command {
        switch phase {
        case .queued, .beforeEcho, .awaitingFinal: .line("AT+SLOW")
        case .awaitingPrompt, .duringData, .afterData: .topic("abc")
        case .awaitingResult: .publish
        }
    }

    private static func answer(to text: String, _ phase: Phase) -> [ScriptedModem.Step] {
        if text == "AT\r" { return ScriptedModem.echoAndOK(text) }
        if text.hasPrefix("AT+N") { return [.send("\(text)\r\n\(text.dropFirst(2).dropLast()): x\r\n\r\nOK\r\n")] }
        switch phase {
        case .queued, .beforeEcho: return []
        case .awaitingFinal: return text.hasPrefix("AT") ? [.send("\(text)\r\n+SLOW: 1\r\n")] : []
        case .awaitingPrompt: return text.hasPrefix("AT") ? [.send(text)] : [.send("\r\nOK\r\n")]
        case .duringData, .afterData: return text.hasPrefix("AT") ? [.send("\(text)\r\n>")] : []
        case .awaitingResult: return [.send("\(text)\r\nOK\r\n")]
        }
    }

    private static func late(_ phase: Phase) -> String {
        switch phase {
        case .queued, .beforeEcho: "AT+SLOW\r\r\n+SLOW: 1\r\n\r\nOK\r\n"
        case .awaitingFinal: "\r\nOK\r\n"
        case .awaitingPrompt: "\r\n>"
        case .duringData, .afterData: "\r\nOK\r\n"
        case .awaitingResult: "\r\n+CMQTTPUB: 0,0\r\n"
        }
    }
}
