import A7600
import LuaRuntime
import ModemScripting
import Testing

/// What a script learns when the module refuses.
@Suite struct ResultCodeErrorTests {
    @Test func everyResultCodeIsAnErrorWithNameAndHint() async throws {
        var bench = ScriptBench()
        bench.deadline = .seconds(60)
        let result = try await bench.run(
            """
            local client <close> = modem.mqtt:client { id = "x" }
            client:connect { host = "broker.example" }
            for code = 1, 35 do
                modem.sim:fault(("result=%d@AT+CMQTTPUB=,n=1"):format(code))
                local ok, err = pcall(client.publish, client, "a", "b", { qos = 1 })
                print(ok, err.kind, err.code, err.name, (err.hint or ""):len() > 10, err.command:match("^AT%+CMQTTPUB"))
            end
            print(client:publish("a", "b", { qos = 1 }).bytes)
            """
        )
        #expect(result.report.failure == nil)
        let expected = try (1...35).map { code in
            "false\tmqtt\t\(code)\t\(try #require(ResultCode(rawValue: code).name))\ttrue\tAT+CMQTTPUB"
        }
        #expect(result.output == (expected + ["1"]).joined(separator: "\n") + "\n")
    }

    /// As text and as a number: the name and the advice are the same.
    @Test(arguments: [0, 1, 2])
    func everyEquipmentErrorHasNameAndHint(verbosity: Int) async throws {
        let codes = EquipmentError.cme.keys.sorted()
        var bench = ScriptBench()
        bench.deadline = .seconds(60)
        bench.params["codes"] = .list(codes.map { .integer($0) })
        bench.params["cmee"] = .integer(verbosity)
        let result = try await bench.run(
            """
            modem:at("AT+CMEE=" .. params.cmee)
            for _, code in ipairs(params.codes) do
                modem.sim:fault(("cme=%d@AT+CSQ,n=1"):format(code))
                local ok, err = pcall(modem.signal, modem)
                print(ok, err.kind, err.code, err.name, err.hint ~= nil)
            end
            """
        )
        #expect(result.report.failure == nil)
        let expected = codes.map { code in
            verbosity == 0
                ? "false\terror\tnil\tnil\tfalse" : "false\tcme\t\(code)\t\(EquipmentError.cme[code] ?? "")\ttrue"
        }
        #expect(result.output.split(separator: "\n").map(String.init) == expected)
    }

    @Test(arguments: [32, 33, 34])
    func aRefusedNegotiationNamesWhatIsWrongWithThisContext(code: Int) async throws {
        try await ExampleFolder.with { folder in
            var bench = ScriptBench()
            bench.folder = folder.path
            bench.params["code"] = .integer(code)
            let result = try await bench.run(
                """
                modem.certs:install { name = "ca.pem", file = "ca.pem" }
                modem.certs:install { name = "unit.pem", file = "unit.pem" }
                modem.certs:install { name = "unit.key.pem", file = "unit.key" }
                local ctx = modem.tls:context(3)
                local client <close> = modem.mqtt:client { id = "x", tls = ctx }
                local function causes()
                    modem.sim:fault(("result=%d@AT+CMQTTCONNECT=,n=1"):format(params.code))
                    local ok, err = pcall(client.connect, client, { host = "broker.example" })
                    assert(not ok and err.code == params.code)
                    print(err.hint)
                end
                -- No server name; where a certificate is missing, no authority.
                if params.code == 33 then modem:at 'AT+CSSLCFG="authmode",3,1' end
                causes()
                -- The server may want the certificate that is set and not sent.
                ctx:apply { verify = "server", ca = "ca.pem", cert = "unit.pem", key = "unit.key.pem", sni = true }
                causes()
                -- Dates are checked, and the clock says 1970.
                ctx:apply { verify = "mutual" }
                modem:at 'AT+CSSLCFG="ignorelocaltime",3,0'
                modem:at 'AT+CCLK="70/01/01,00:00:00+00"'
                causes()
                -- Another unit's key.
                ctx:apply { ignore_local_time = true }
                modem.certs:install { name = "unit.key.pem", secret = secret.file "other.key" }
                causes()
                modem.certs:delete "ca.pem"
                causes()
                """
            )
            #expect(result.report.failure == nil)
            let lines = result.output.split(separator: "\n").map(String.init)
            try #require(lines.count == 5, "\(result.output)")
            #expect((code == 33) == lines[0].hasPrefix("cacert of context 3 is not set, and authmode 1 needs it"))
            #expect(lines[0].contains("enableSNI is 0 and broker.example is a name"))
            #expect(lines[1].hasPrefix("certificate and key are set, but authmode 1 does not send them"))
            #expect(!lines[1].contains("enableSNI"))
            #expect(lines[2].hasPrefix("ignorelocaltime is 0 and the clock is not set"))
            #expect(lines[3].hasPrefix("unit.key.pem does not belong to unit.pem"))
            #expect(lines[4].hasPrefix("cacert of context 3 names ca.pem, which is not in CCERTLIST"))
        }
    }
}
