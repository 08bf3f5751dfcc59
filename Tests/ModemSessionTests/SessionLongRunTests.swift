import ATProtocol
import ModemSession
import Synchronization
import Testing

/// A day of a session under a virtual clock.
@Suite(.timeLimit(.minutes(1)))
struct SessionLongRunTests {
    /// Counts how many of its kind are alive.
    private final class Token: Sendable {
        static let alive = Mutex(0)
        init() { Self.alive.withLock { $0 += 1 } }
        deinit { Self.alive.withLock { $0 -= 1 } }
    }

    private enum Step: CaseIterable { case answered, refused, late, cancelled, restart, portLoss }

    private static let commands = 72

    @Test("In 24 hours every command is completed once, with its own answer, and nothing of it is kept")
    func day() async throws {
        let modem = ScriptedModem { Self.answer(to: $0) }
        var configuration = Configuration.plain
        configuration.urcs.append(URCSpec(.prefix("*ATREADY", .integer), meaning: .restart))
        let options = SessionOptions(reopening: .retry(every: .seconds(1), patience: .seconds(60)))
        let outcomes = Mutex<[Int: [String]]>([:])
        try await withSession(on: modem, configuration: configuration, options: options) { session in
            let events = session.subscribe(.urc("+CREG"))
            for number in 0..<Self.commands {
                let step = Step.allCases[number % Step.allCases.count]
                let token = Token()
                let id = session.submit(.line("AT+\(step)=\(number)", timeout: .seconds(20))) { result in
                    let text = Self.text(result)
                    withExtendedLifetime(token) { outcomes.withLock { $0[number, default: []].append(text) } }
                }
                await modem.virtual.settle()
                if step == .cancelled { session.cancel(id) }
                modem.perform(.send("\r\n+CREG: 1\r\n"))
                await modem.virtual.advance(by: .seconds(24 * 3600 / Self.commands))
            }
            #expect(session.state == .ready)
            events.cancel()
            var told = 0
            for await element in events {
                switch element {
                case .event: told += 1
                case .dropped(let count): told += count
                }
            }
            // What is sent to a port that is gone reaches nobody.
            #expect(told == Self.commands - Self.commands / Step.allCases.count)
        }
        let done = outcomes.withLock { $0 }
        for number in 0..<Self.commands {
            let step = Step.allCases[number % Step.allCases.count]
            #expect(done[number] == [Self.expected(step, number)], "\(step) \(number)")
        }
        #expect(Token.alive.withLock { $0 } == 0)
    }

    private static func expected(_ step: Step, _ number: Int) -> String {
        switch step {
        case .answered: "+ANSWER: \(number)"
        case .refused: "error"
        case .late: "timeout(final)"
        case .cancelled: "cancelled"
        case .restart: "lost(restarted)"
        case .portLoss: "lost(portVanished)"
        }
    }

    private static func text(_ result: Result<Reply, ATFailure>) -> String {
        switch result {
        case .success(let reply): reply.texts.joined(separator: " ")
        case .failure(let failure): "\(failure.code)"
        }
    }

    private static func answer(to text: String) -> [ScriptedModem.Step] {
        let number = text.split(separator: "=").last?.dropLast() ?? ""
        if text.hasPrefix("AT+answered") { return [.send("\(text)\r\n+ANSWER: \(number)\r\n\r\nOK\r\n")] }
        if text.hasPrefix("AT+refused") { return [.send("\(text)\r\nERROR\r\n")] }
        if text.hasPrefix("AT+late") || text.hasPrefix("AT+cancelled") { return [.send(text)] }
        if text.hasPrefix("AT+restart") { return [.send("\(text)\r\n*ATREADY: 1\r\n")] }
        if text.hasPrefix("AT+portLoss") { return [.vanish] }
        return ScriptedModem.echoAndOK(text)
    }
}
