import LuaRuntime
import ModemScripting
import Testing

@Suite struct StepTests {
    @Test func aMissedLimitFailsTheStepAtItsEndAndKeepsTheValue() async throws {
        let result = try await ScriptBench().run(
            """
            step("signal", function()
                print(measure("rssi", -101, { unit = "dBm", min = -95 }))
                print "still here"
            end)
            print "never here"
            """
        )
        #expect(result.output == "false\nstill here\n")
        #expect(result.report.outcome == .fail)
        #expect(result.report.failure?.message == "rssi -101 dBm is outside ≥ -95")
        #expect(result.report.failure?.location == "test.lua:1")
        #expect(result.report.steps.first?.attempts.first?.measurements.first?.value == -101)
    }

    @Test func aFailedStepIsTriedAgainWhileRetriesAreLeft() async throws {
        let result = try await ScriptBench().run(
            """
            local n = 0
            print(step("flaky", function()
                n = n + 1
                if n < 3 then error("not yet") end
                return n, "done"
            end, { retries = 4 }))
            """
        )
        #expect(result.output == "3\tdone\n")
        #expect(result.report.outcome == .pass)
        #expect(result.report.steps.first?.attempts.map(\.outcome) == [.error, .error, .pass])
    }

    @Test func aStepThatTakesTooLongIsATimeout() async throws {
        let result = try await ScriptBench().run(
            """
            step("slow", function() time.sleep(30) end, { timeout = 0.05 })
            """
        )
        #expect(result.report.outcome == .timeout)
        #expect(result.report.steps.first?.outcome == .timeout)
    }

    @Test(
        arguments: [
            (#"check(false, "no SIM")"#, RunReport.Outcome.fail, "no SIM"),
            (#"check(nil)"#, .fail, "check failed"),
            (#"fail("out of order")"#, .fail, "out of order"),
            (#"skip("no antenna")"#, .skip, "no antenna"),
            (#"error("own")"#, .error, "own"),
            (#"modem:at("AT+CMQTTREL=0")"#, .error, "AT+CMQTTREL=0: ERROR"),
            (#"modem:expect("never"):wait(0.02)"#, .timeout, "no line that fits within 0.020 s"),
            (#"print(check(1, "fine"))"#, .pass, ""),
            (#"pcall(step, "inner", function() check(false, "caught") end)"#, .fail, "caught"),
        ] as [(String, RunReport.Outcome, String)]
    )
    func outcomesFollowFromWhatEndsTheRun(source: String, outcome: RunReport.Outcome, message: String) async throws {
        let result = try await ScriptBench().run(source)
        #expect(result.report.outcome == outcome)
        #expect(result.report.failure?.message ?? "" == message)
    }

    @Test func skipInsideAStepEndsTheRunAsSkipped() async throws {
        let result = try await ScriptBench().run(
            """
            step("a", function() skip("nothing to do") end, { retries = 3 })
            """
        )
        #expect(result.report.outcome == .skip)
        #expect(result.report.reason == "nothing to do")
        #expect(result.report.steps.first?.attempts.count == 1)
    }

    @Test func stepsNestAndKeepTheirOwnMeasurements() async throws {
        let result = try await ScriptBench().run(
            """
            step("outer", function()
                measure("a", 1)
                step("inner", function() measure("b", 2) end)
                measure("c", 3)
            end)
            measure("d", 4)
            """
        )
        #expect(result.report.steps.map(\.depth) == [0, 1])
        #expect(result.report.steps.map { $0.attempts[0].measurements.map(\.name) } == [["a", "c"], ["b"]])
        #expect(result.report.measurements.map(\.name) == ["d"])
    }

    @Test func deferredFunctionsRunLastFirstAfterAFailure() async throws {
        let result = try await ScriptBench().run(
            """
            defer(function() print "first" end)
            defer(function() print(modem:at("AT").final) end)
            fail "over"
            """
        )
        #expect(result.output == "OK\nfirst\n")
        #expect(result.report.outcome == .fail)
    }
}
