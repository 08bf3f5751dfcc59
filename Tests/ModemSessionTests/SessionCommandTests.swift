import ATProtocol
import ModemSession
import Synchronization
import Testing

/// Commands, their completions and their order.
@Suite(.timeLimit(.minutes(1)))
struct SessionCommandTests {
    @Test("A command is answered by its own lines")
    func answers() async throws {
        let modem = ScriptedModem {
            $0 == "AT+CSQ\r" ? [.send("\($0)\r\n+CSQ: 20,99\r\n\r\nOK\r\n")] : ScriptedModem.echoAndOK($0)
        }
        let reply = try await withSession(on: modem, configuration: .plain) { session in
            try await session.send(.signal)
        }
        #expect(reply.texts == ["+CSQ: 20,99"])
        #expect(modem.written.last == "AT+CSQ\r")
    }

    @Test("Commands of many tasks are written one after the other, each answered by its own answer")
    func manyTasks() async throws {
        let modem = ScriptedModem(
            ScriptedModem.answering { [.send("\($0)\r\n\($0.dropFirst(2).dropLast()): x\r\n\r\nOK\r\n")] }
        )
        try await withSession(on: modem, configuration: .plain) { session in
            try await withThrowingTaskGroup(of: (Int, [String]).self) { group in
                for number in 0..<100 {
                    group.addTask { (number, try await session.send(.line("AT+N\(number)")).texts) }
                }
                for try await (number, lines) in group {
                    #expect(lines == ["+N\(number): x"])
                }
            }
        }
    }

    @Test("Submitted commands complete in the order of their submission")
    func submissionOrder() async throws {
        let modem = ScriptedModem()
        let order = Mutex<[Int]>([])
        try await withSession(on: modem, configuration: .plain) { session in
            await withCheckedContinuation { continuation in
                for number in 0..<200 {
                    session.submit(.line("AT+N\(number)")) { _ in
                        order.withLock { $0.append(number) }
                        if number == 199 { continuation.resume() }
                    }
                }
            }
        }
        #expect(order.withLock { $0 } == Array(0..<200))
    }

    @Test("Completion, acknowledgement and events come in the order of the wire")
    func wireOrder() async throws {
        let modem = ScriptedModem(
            ScriptedModem.answering { [.send("\($0)\r\nOK\r\n\r\n+CREG: 1\r\n\r\n+CMQTTPUB: 0,0\r\n\r\n+CREG: 2\r\n")] }
        )
        let seen = Mutex<[String]>([])
        try await withSession(on: modem, configuration: .plain) { session in
            session.observe { event in
                if case .urc(let line, _) = event.body { seen.withLock { $0.append(line.text) } }
            }
            await withCheckedContinuation { continuation in
                session.submit(.publish) {
                    seen.withLock { $0.append("acknowledged") }
                } completion: { result in
                    seen.withLock { $0.append((try? result.get())?.result?.text ?? "failed") }
                    continuation.resume()
                }
            }
            await modem.virtual.settle()
        }
        #expect(seen.withLock { $0 } == ["acknowledged", "+CREG: 1", "+CMQTTPUB: 0,0", "+CREG: 2"])
    }

    @Test("A handler that sends is queued behind the command in flight; both complete")
    func handlerSends() async throws {
        let modem = ScriptedModem(
            ScriptedModem.answering { text in
                text == "AT+CSQ\r"
                    ? [.send("AT+CSQ\r\r\n+CREG: 5\r\n\r\n+CSQ: 20,99\r\n\r\nOK\r\n")] : ScriptedModem.echoAndOK(text)
            }
        )
        let fromHandler = Mutex<Result<Reply, ATFailure>?>(nil)
        try await withSession(on: modem, configuration: .plain) { session in
            await withCheckedContinuation { continuation in
                session.observe { event in
                    guard case .urc(Line("+CREG: 5"), _) = event.body else { return }
                    session.submit(.line("AT+CEREG?")) { result in
                        fromHandler.withLock { $0 = result }
                        continuation.resume()
                    }
                }
                session.submit(.signal) { _ in }
            }
        }
        #expect(throws: Never.self) { try fromHandler.withLock { $0 }?.get() }
        #expect(modem.written.suffix(2) == ["AT+CSQ\r", "AT+CEREG?\r"])
    }

    @Test("A deadline is kept on the line's own clock")
    func deadline() async throws {
        let modem = ScriptedModem(ScriptedModem.answering { _ in [] })
        try await withSession(on: modem, configuration: .plain) { session in
            let waiting = Task { try await session.send(.line("AT+X", timeout: .seconds(7))) }
            await modem.wrote(count: 2)
            await modem.virtual.advance(by: .seconds(6))
            #expect(session.state == .ready)
            await modem.virtual.advance(by: .seconds(2))
            let failure = await #expect(throws: ATFailure.self) { try await waiting.value }
            guard case .timeout = failure?.code else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }

    @Test("A scope that is left fails what is open with closed, and ends its subscriptions")
    func scopeLeft() async throws {
        let modem = ScriptedModem(ScriptedModem.answering { _ in [] })
        let results = Mutex<[ATFailure.Code]>([])
        var left: ModemSession?
        var subscription: Subscription?
        try await withSession(on: modem, configuration: .plain) { session in
            left = session
            subscription = session.subscribe()
            for number in 0..<3 {
                session.submit(.line("AT+N\(number)")) { result in
                    if case .failure(let failure) = result { results.withLock { $0.append(failure.code) } }
                }
            }
            await modem.wrote(count: 2)
        }
        #expect(results.withLock { $0 } == [.closed, .closed, .closed])
        let failure = await #expect(throws: ATFailure.self) { try await left?.send(.signal) }
        #expect(failure?.code == .closed)
        var last: Subscription.Element?
        for await element in try #require(subscription) { last = element }
        #expect(last != nil)
    }
}
