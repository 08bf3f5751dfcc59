import A7600
import LuaRuntime
import ModemScripting
import ModemSimulator
import Testing

@Suite struct ModemCommandTests {
    @Test func anAnswerComesAsLinesAndFields() async throws {
        let result = try await ScriptBench().run(
            """
            local r = modem:at("AT+CSQ")
            print(r.lines[1], r.fields[1], r.fields[2], r.final, r.elapsed >= 0)
            """
        )
        #expect(result.output == "+CSQ: 23,0\t23\t0\tOK\ttrue\n")
        #expect(result.report.outcome == .pass)
    }

    @Test func aFailedCommandIsRaisedWithKindAndCode() async throws {
        let result = try await ScriptBench().run(
            """
            local ok, err = pcall(modem.at, modem, "AT+CMQTTREL=0")
            print(ok, err.kind, tostring(err))
            local ok, err = pcall(function() modem:at 'AT+CPIN="1234"' end)
            print(ok, err.kind, err.code, err.name, err.command)
            """
        )
        #expect(
            result.output == """
                false\terror\ttest.lua:1: AT+CMQTTREL=0: ERROR
                false\tcme\t3\toperation not allowed\tAT+CPIN="****"

                """
        )
    }

    @Test func whatWasNotSentToAModuleThatStartsSaysSo() async throws {
        var bench = ScriptBench()
        bench.configuration.start = .cold
        bench.configuration.profile.pace = .real
        let result = try await bench.run(
            """
            local ok, err = pcall(modem.at, modem, "AT+CSQ", { timeout = 0.2 })
            print(ok, err.kind, err.name, err.message)
            print(err.hint:match("^it may be starting") ~= nil)
            """
        )
        let said = "AT+CSQ: not sent, for the module did not answer within 0."
        #expect(result.output.hasPrefix("false\ttimeout\tqueue\t\(said)"), "\(result.output)")
        #expect(result.output.hasSuffix("\ntrue\n"), "\(result.output)")
    }

    @Test func aLineThatIsSentAgainTakesTheOptionsOfItsOwnCall() async throws {
        let result = try await ScriptBench().run(
            """
            print(modem:at("AT+CSQ").fields[1])
            print(modem:at("AT+CSQ", { timeout = 5 }).fields[1])
            print((pcall(modem.at, modem, "AT+CSQ", { data = "x" })))
            print(modem:at("AT+CSQ").fields[1])
            """
        )
        #expect(result.output.split(separator: "\n").map { $0.prefix(2) } == ["23", "23", "fa", "23"])
    }

    @Test func tryReturnsNilAndTheErrorObject() async throws {
        let result = try await ScriptBench().run(
            """
            local r, err = modem:try "AT+CMQTTREL=0"
            print(r, err.kind, err.where, tostring(err))
            local ok, raised = pcall(error, err)
            print(raised == err)
            print(pcall(modem.try, modem, 42))
            """
        )
        #expect(
            result.output == """
                nil\terror\ttest.lua:1\ttest.lua:1: AT+CMQTTREL=0: ERROR
                true
                false\ttest.lua:5: bad argument #1 to 'try' (string expected, got number)

                """
        )
    }

    @Test func nothingThatBreaksFramingReachesTheWire() async throws {
        let result = try await ScriptBench().run(
            """
            for _, line in ipairs { "AT\\rAT+CFUN=0", ("A"):rep(1e6), "AT+X=\\26", "hello" } do
                local ok, err = pcall(modem.at, modem, line)
                print(ok, err.kind)
            end
            print(pcall(modem.at, modem, "AT+CMQTTTOPIC=0,9", { data = "123" }))
            """
        )
        #expect(result.output.hasPrefix(String(repeating: "false\targument\n", count: 4)))
        #expect(result.output.hasSuffix("AT+CMQTTTOPIC: length is 9; allowed: 3, the number of data bytes\n"))
        #expect(result.lines == ["AT", "ATE1", "AT+CMEE=2"])
    }

    @Test func anExpectedLineIsKeptUntilItIsWaitedFor() async throws {
        let result = try await ScriptBench().run(
            """
            local w <close> = modem:expect({ "nothing", "+CNTP: (%d)" })
            modem:at 'AT+CNTP="pool.ntp.org",0'
            modem:at "AT+CREG=1"
            local creg <close> = modem:expect "+CREG"
            modem:at "AT+CFUN=4"
            print(creg:wait(5).line)
            local ok, err = pcall(w.wait, w, 0.05)
            print(ok, err.kind)
            """
        )
        #expect(result.output == "+CREG: 0\nfalse\ttimeout\n")
    }

    @Test func eventsComeInTheOrderOfTheWire() async throws {
        let result = try await ScriptBench().run(
            """
            local seen = {}
            modem:events(function(e) seen[#seen + 1] = e.kind end)
            local lines = {}
            local sub = modem:on("+CGEV", function(urc) lines[#lines + 1] = urc.line end)
            modem:restart { timeout = 20 }
            modem:at "AT"
            print(#lines > 0, sub.dropped)
            local kinds = table.concat(seen, " ")
            print(kinds:find("restarted", 1, true) ~= nil, kinds:find("lost", 1, true) ~= nil)
            """
        )
        #expect(result.output == "true\t0\ntrue\ttrue\n")
    }

    @Test(arguments: Profile.allNames)
    func theModuleTellsWhoItIsUnderEveryProfile(profile: String) async throws {
        let bench = ScriptBench(profile: try #require(Profile(name: profile)))
        let result = try await bench.run(
            """
            local i = modem:info()
            print(i.imei, i.imsi, i.iccid, modem:profile_name())
            local r = modem:wait_registered { timeout = 5 }
            print(r.cs, r.ps, r.eps, modem:signal().rssi_dbm)
            """
        )
        #expect(
            result.output == """
                867584030000018\t001010000000018\t89001010000000000018\t\(profile)
                home\thome\thome\t-67

                """
        )
    }

    @Test func pdpSendsOnlyWhatDiffers() async throws {
        let result = try await ScriptBench().run(
            """
            print(#modem:pdp { cid = 2, apn = "factory" }, #modem:pdp { cid = 2, apn = "factory" })
            """
        )
        #expect(result.output == "1\t0\n")
        #expect(result.lines.filter { $0.hasPrefix("AT+CGDCONT=") } == [#"AT+CGDCONT=2,"IP","factory""#])
    }

    /// No module shows user and password, so a run sends them once; a restart or another password, and they are sent again.
    @Test func pdpSendsAuthenticationOnceAndSaysWhy() async throws {
        let result = try await ScriptBench().run(
            """
            local function pdp(password)
                local changes = modem:pdp { apn = "iot", user = "someone", password = secret.text(password) }
                print(#changes, changes[#changes])
            end
            pdp "first password"
            pdp "first password"
            pdp "second password"
            modem:restart()
            pdp "second password"
            """
        )
        #expect(result.report.failure == nil)
        let sent = "authentication of context 1 sent, as the module does not show what it has"
        #expect(result.output == "1\t\(sent)\n0\tnil\n1\t\(sent)\n1\t\(sent)\n")
        #expect(result.lines.count { $0.hasPrefix("AT+CGAUTH=") } == 3)
    }

    @Test func theClockIsSetAndReadBack() async throws {
        var bench = ScriptBench()
        bench.configuration.clock = .unset
        let result = try await bench.run(
            """
            print((modem:clock()))
            print(modem:set_clock(1800000000))
            print(modem:clock())
            print(modem:sync_clock { timeout = 10 } > 1e9)
            """
        )
        #expect(result.output == "nil\n1800000000\n1800000000\t27/01/15,08:00:00+00\ntrue\n")
    }
}
