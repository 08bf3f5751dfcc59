import LuaRuntime
import ModemScripting
import Testing

/// `s:race` with waiters for lines and messages, tasks, functions and timers.
@Suite struct RaceTests {
    private static let client = """
        local client <close> = modem.mqtt:client { id = "a" }
        client:connect { host = "broker.example" }
        client:subscribe("cmd/#", { qos = 1 })

        """

    @Test func aLineWins() async throws {
        let result = try await ScriptBench().run(
            """
            modem:at "AT+CREG=1"
            task.scope(function(s)
                local line = modem:expect "+CREG: (%d)"
                s:spawn(function() modem:at "AT+CFUN=4" end)
                local first = s:race { time.after("20s"), line }
                print(first.index, first.value.line, first.value[1])
                print(select(2, pcall(line.wait, line, 1)).kind)
            end)
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "2\t+CREG: 0\t0\ntimeout\n")
    }

    @Test func aMessageWinsAndTheLosersAreDisarmed() async throws {
        let result = try await ScriptBench().run(
            Self.client + """
                task.scope(function(s)
                    local line, other = modem:expect "+NEVER", client:next_message "never/#"
                    s:spawn(function() client:publish("cmd/go", "1", { qos = 1 }) end)
                    local first = s:race { line, client:next_message("cmd/#"), other, time.after("20s") }
                    print(first.index, first.value.topic, first.value.payload)
                    print(select(2, pcall(line.wait, line, 5)).kind, select(2, pcall(other.wait, other, 5)).kind)
                end)
                """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "2\tcmd/go\t1\nclosed\tclosed\n")
    }

    @Test func timeWinsAndNothingIsLeftBehind() async throws {
        let result = try await ScriptBench().run(
            Self.client + """
                task.scope(function(s)
                    for _ = 1, 300 do
                        local first = s:race { client:next_message "never", modem:expect "+NEVER", time.after(0) }
                        if first.index ~= 3 or first.value ~= true then fail("index " .. first.index) end
                    end
                end)
                client:publish("cmd/x", "still there", { qos = 1 })
                print(client:receive { timeout = 5 }.payload)
                """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "still there\n")
    }

    @Test func whatCameBeforeTheRaceIsNotLost() async throws {
        let result = try await ScriptBench().run(
            Self.client + """
                local go <close> = client:next_message "cmd/go"
                client:publish("cmd/go", "early", { qos = 1 })
                time.sleep(0.01)
                task.scope(function(s) print(s:race { time.after("20s"), go }.value.payload) end)
                """
        )
        #expect(result.output == "early\n")
    }

    @Test func aLostConnectionEndsTheRaceWithItsError() async throws {
        let result = try await ScriptBench().run(
            Self.client + """
                task.scope(function(s)
                    s:spawn(function() time.sleep(0.01) modem:at "AT+CFUN=4" end)
                    local ok, err = pcall(s.race, s, { client:next_message "cmd/#", time.after("20s") })
                    print(ok, err.kind)
                end)
                """
        )
        #expect(result.output == "false\tlost\n")
    }

    @Test func tasksAndFunctionsRaceToo() async throws {
        let result = try await ScriptBench().run(
            """
            task.scope(function(s)
                local slow = s:spawn(function() time.sleep("1h") end, { name = "slow" })
                local first = s:race { slow, function() time.sleep(0.001) return "quick" end }
                print(first.index, first.value, slow.state)
                slow:cancel()
            end)
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output == "2\tquick\twaiting\n")
    }
}
