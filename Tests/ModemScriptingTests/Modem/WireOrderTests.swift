import A7600
import LuaRuntime
import ModemScripting
import ModemSession
import ModemTransports
import Synchronization
import Testing

/// What stands behind or before a final result code reaches the script in the order of the wire, though one read
/// brought both.
@Suite struct WireOrderTests {
    /// Answers every command line with `answer`, in one piece.
    private func run(_ source: String, answer: @escaping @Sendable (Int) -> String) async throws -> LuaOutcome {
        let line = InProcessLine(name: "wire", loop: LineLoop.shared)
        let state = Mutex((pending: [UInt8](), commands: 0))
        line.onReceive { bytes, _ in
            let answers = state.withLock { state in
                state.pending += bytes
                var answers: [String] = []
                while let end = state.pending.firstIndex(of: 0x0d) {
                    let command = String(decoding: state.pending[..<end], as: UTF8.self)
                    state.pending.removeSubrange(...end)
                    guard command.hasSuffix("AT+CSQ") else {
                        answers.append("\r\nOK\r\n")
                        continue
                    }
                    state.commands += 1
                    answers.append(answer(state.commands))
                }
                return answers
            }
            for text in answers { line.send(Array(text.utf8)) }
        }
        return try await withSession(on: line, configuration: Profile.a7600.engineConfiguration()) { session in
            let modem = OpenedModem(session: session, profile: .a7600, port: "wire")
            let host = ScriptHost(ScriptHost.Setup(modem: modem, reporter: RecordingReporter()))
            var program = LuaProgram(source: Array(source.utf8), name: "order.lua", output: host.output)
            program.modules = host.modules
            program.limits.deadline = .seconds(60)
            program.onClosing = { host.closing() }
            let outcome = await LuaVM(program).run()
            await host.finish()
            return outcome
        }
    }

    private static let script = """
        local seen, count = {}, 0
        local sub = modem:on("+CREG", function(line)
          count = count + 1
          seen[#seen + 1] = "urc " .. line.line:match('(%d+)"')
        end, { queue = 4000 })
        for i = 1, 1000 do
          modem:at("AT+CSQ")
          seen[#seen + 1] = "ok " .. i
        end
        while count < 1000 do time.sleep(0.001) end
        sub:close()
        return seen
        """

    private func words(_ outcome: LuaOutcome) throws -> [String] {
        guard case .finished(let values) = outcome.ending else {
            Issue.record("\(outcome.ending)")
            return []
        }
        return try #require(values.first?.table).items.compactMap(\.text)
    }

    @Test func aLineBehindTheOKComesAfterIt() async throws {
        let outcome = try await run(Self.script) { "\r\n+CSQ: 20,99\r\n\r\nOK\r\n\r\n+CREG: 1,\"\($0)\"\r\n" }
        let expected = (1...1000).flatMap { ["ok \($0)", "urc \($0)"] }
        #expect(try words(outcome) == expected)
    }

    @Test func aLineBeforeTheOKComesBeforeIt() async throws {
        let outcome = try await run(Self.script) { "\r\n+CREG: 1,\"\($0)\"\r\n\r\n+CSQ: 20,99\r\n\r\nOK\r\n" }
        let expected = (1...1000).flatMap { ["urc \($0)", "ok \($0)"] }
        #expect(try words(outcome) == expected)
    }
}
