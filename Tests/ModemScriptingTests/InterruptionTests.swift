import A7600
import ATProtocol
import LuaRuntime
import ModemScripting
import ModemSession
import ModemSimulator
import Testing

/// A script that connects, publishes and cleans up, ended at its k-th instruction: whatever k is, the session takes a
/// command afterwards, no host object is left, and the module is released wherever the script's cleanup may run.
@Suite struct InterruptionTests {
    private static let script = """
        do
            local client <close> = modem.mqtt:client { id = "k" }
            local sub <close> = modem:on("+CSQ", function() end)
            client:connect { host = "broker.example" }
            client:subscribe("t", { qos = 1 })
            task.scope(function(s)
                s:spawn(function() modem:at("AT+CSQ") end)
                client:publish("t", "payload", { qos = 1 })
                client:receive { topic = "t", timeout = 10 }
            end)
        end
        defer(function() modem:at("AT") end)
        """

    static let ways: [(LuaVM.Interrupt, LuaCause)] = [(.cancel, .operator), (.cancel, .memory), (.kill, .operator)]

    /// Prime steps through the script's some thousand instructions, so that the three ways meet different ones.
    @Test(arguments: ways)
    func aRunEndedAtAnyInstructionLeavesEverythingAtRest(_ interrupt: LuaVM.Interrupt, _ cause: LuaCause) async throws {
        var ended = 0
        var check: UInt64 = 1
        while check < 100_000 {
            let result = try await run(endingAt: check, interrupt, cause)
            if case .finished = result.outcome.ending { break }
            ended += 1
            check += 1 + check / 7
        }
        #expect(ended > 20, "the script ended after \(ended) interruptions")
        #expect(check < 100_000)
    }

    private func run(
        endingAt check: UInt64,
        _ interrupt: LuaVM.Interrupt,
        _ cause: LuaCause
    ) async throws -> ScriptBench.Result {
        var bench = ScriptBench()
        bench.configure = { $0.interruption = (check, interrupt, cause) }
        bench.afterwards = { session in
            _ = try await session.send(try Catalogue.command(line: "AT+CSQ"))
        }
        let result = try await bench.run(Self.script)
        let errors = result.events.filter { event in
            guard case .log(let record) = event.body else { return false }
            return record.level == .error
        }
        #expect(errors.isEmpty, "check \(check): \(errors)")
        #expect(result.outcome.usage.functionReferences == 0 || interrupt == .kill, "check \(check)")
        if interrupt == .cancel {
            #expect(result.broker.connections.isEmpty, "check \(check): \(result.lines)")
        }
        return result
    }
}
