import LuaRuntime
import ModemScripting
import Synchronization
import Testing

/// `modem.open`: several modems in one script.
@Suite struct FurtherModemTests {
    private static func run(_ source: String) async throws -> ScriptBench.Result {
        var bench = ScriptBench()
        bench.opener = BenchOpener()
        return try await bench.run(source)
    }

    @Test func twoModemsHaveNothingInCommon() async throws {
        let result = try await Self.run(
            """
            local second <close> = modem.open { port = "sim", profile = "sim7600" }
            print(modem:profile_name(), second:profile_name(), second.port, second == modem)
            local one <close> = modem.mqtt:client { id = "one" }
            print(modem.mqtt:state().service, second.mqtt:state().service)
            local seen = 0
            modem:on("+CREG", function() seen = seen + 100 end)
            second:on("+CREG", function() seen = seen + 1 end)
            second:at "AT+CREG=1"
            second:at "AT+CFUN=4"
            time.sleep(0.02)
            print(seen)
            local ok, err = pcall(second.mqtt.client, second.mqtt, { id = "x", tls = modem.tls:context(0) })
            print(ok, err.kind, err.message)
            """
        )
        #expect(result.report.failure == nil)
        #expect(
            result.output == """
                a7600\tsim7600\tsim\tfalse
                started\tstopped
                1
                false\targument\tbad argument #1 to 'client' (option 'tls': is a context of another modem)

                """
        )
    }

    @Test func bothWorkAtTheSameTime() async throws {
        let result = try await Self.run(
            """
            local second <close> = modem.open { port = "sim" }
            local done = {}
            task.scope(function(s)
                for name, m in pairs { first = modem, second = second } do
                    s:spawn(function() for _ = 1, 20 do m:at "AT+CSQ" end done[#done + 1] = name end)
                end
                while #done < 2 do time.sleep(0.001) end
            end)
            print(#done)
            """
        )
        #expect(result.output == "2\n")
    }

    @Test func aClosedModemSaysSoAndTheRunsOwnStaysOpen() async throws {
        let result = try await Self.run(
            """
            local waiting
            do
                local second <close> = modem.open { port = "sim" }
                waiting = second:expect "+NEVER"
            end
            print(select(2, pcall(waiting.wait, waiting, 5)).kind)
            local third = modem.open { port = "sim" }
            local certs = third.certs
            third:close()
            third:close()
            for _, f in ipairs { function() third:at "AT" end, function() certs:list() end, function() third:on("+X", print) end } do
                local ok, err = pcall(f)
                print(ok, err.kind)
            end
            modem:close()
            print(modem:at("AT").final)
            """
        )
        #expect(result.output == "closed\nfalse\tclosed\nfalse\tclosed\nfalse\tclosed\nOK\n")
    }

    @Test func whatCannotBeOpenedIsAnErrorThatCanBeCaught() async throws {
        let result = try await Self.run(
            """
            local ok, err = pcall(modem.open, { port = "/dev/ttyNONE" })
            print(ok, err.kind, err.where)
            ok, err = pcall(modem.open, { port = "sim", profile = "a76000" })
            print(ok, err.kind, err.message)
            print(pcall(modem.open, { prot = "sim" }))
            print(modem:at("AT").final)
            """
        )
        #expect(
            result.output == """
                false\tclosed\ttest.lua:1
                false\targument\tbad argument #1 to 'open' (option 'profile': 'a76000' is none of 'a7600', 'a7670', 'sim7600')
                false\ttest.lua:5: bad argument #1 to 'open' (unknown option 'prot' (did you mean 'port'?))
                OK

                """
        )
    }

    @Test func withoutAnOpenerItIsDenied() async throws {
        let result = try await ScriptBench().run(
            "local ok, err = pcall(modem.open, { port = 'sim' }) print(ok, err.kind, err.hint)"
        )
        #expect(result.output == "false\tdenied\trun the script with moonwire run\n")
    }

    @Test func anOpeningThatIsGivenUpDoesNotGoOn() async throws {
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let (never, keep) = AsyncStream.makeStream(of: Void.self)
        let hasEnded = Mutex(false)
        let opening = Task {
            _ = try await OpenedModem.held { _ in
                begin.yield()
                for await _ in never {}
                hasEnded.withLock { $0 = true }
                try Task.checkCancellation()
            }
        }
        for await _ in begun { break }
        opening.cancel()
        await #expect(throws: CancellationError.self) { try await opening.value }
        #expect(hasEnded.withLock { $0 })
        keep.finish()
    }
}
