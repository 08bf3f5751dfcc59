import A7600
import LuaRuntime
import ModemScripting
import ModemSimulator
import Testing

/// `modem:registration` and `modem:wait_registered`.
@Suite struct RegistrationTests {
    @Test(arguments: Profile.allNames)
    func allThreeDomainsAreRead(profile: String) async throws {
        let result = try await ScriptBench(profile: try #require(Profile(name: profile))).run(
            "local r = modem:registration() print(r.cs, r.ps, r.eps)"
        )
        #expect(result.output == "home\thome\thome\n")
        for command in ["AT+CREG?", "AT+CGREG?", "AT+CEREG?"] { #expect(result.lines.contains(command)) }
    }

    @Test func inFlightModeNothingIsRegistered() async throws {
        let result = try await ScriptBench().run(
            """
            modem:at "AT+CFUN=4"
            local r = modem:registration { timeout = 5 }
            print(r.cs, r.ps, r.eps)
            local ok, err = pcall(modem.wait_registered, modem, { timeout = 3 })
            print(ok, err.kind, err.name, err.hint ~= nil)
            """
        )
        #expect(result.output == "idle\tidle\tidle\nfalse\ttimeout\tidle\ttrue\n")
    }

    @Test func withoutASimTheReasonIsTold() async throws {
        var bench = ScriptBench()
        bench.configuration.sim = .absent
        let result = try await bench.run(
            """
            print(modem:registration().eps)
            local ok, err = pcall(modem.wait_registered, modem, { timeout = 1 })
            print(err.kind, err.message:find("not registered within", 1, true) ~= nil, err.elapsed < 5)
            """
        )
        #expect(result.output == "idle\ntimeout\ttrue\ttrue\n")
    }

    @Test func whoeverWaitsLearnsOfTheNetworkAtOnce() async throws {
        let result = try await ScriptBench().run(
            """
            modem:at "AT+CREG=1"
            modem:at "AT+CFUN=4"
            task.scope(function(s)
                local waiting = s:spawn(function() return modem:wait_registered { timeout = 20 }.eps end)
                time.sleep(0.01)
                modem:at "AT+CFUN=1"
                print(waiting:join())
            end)
            """
        )
        #expect(result.output == "home\n")
    }
}
