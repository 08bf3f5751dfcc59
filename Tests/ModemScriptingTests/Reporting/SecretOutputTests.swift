import LuaRuntime
import ModemScripting
import Testing

/// Whatever a module repeats: what a run shows holds no secret.
@Suite struct SecretOutputTests {
    @Test(arguments: ["AT+CMQTTCONNECT?", "at+cmqttconnect?", "AT+CMQTTCONNECT?;+CSQ"])
    func anAnswerThatShowsAPasswordIsMasked(line: String) async throws {
        var bench = ScriptBench()
        bench.params["line"] = .text(line)
        let result = try await bench.run(
            """
            local client <close> = modem.mqtt:client { id = "x" }
            client:connect { host = "broker.example", user = "fleet", password = "typed-Secret!13" }
            local r = modem:at(params.line)
            for _, text in ipairs(r.lines) do print(text) end
            print(table.unpack(r.fields))
            """
        )
        #expect(result.report.failure == nil)
        #expect(result.output.contains("tcp://broker.example:1883"))
        #expect(!"\(result)".contains("Secret"), "\(result.output)")
    }

    @Test func aKnownSecretIsMaskedWhereverTheRunShowsIt() async throws {
        let result = try await ScriptBench().run(
            """
            local word = "open-Sesame!42"
            local hidden = secret.text(word)
            step(word, function()
                print(word, hidden)
                io.write("a", word, "b")
                log.info(word, { field = word, list = { word } })
                measure(word, word)
                fail(word)
            end)
            """
        )
        #expect(result.output == "‹secret›\t‹secret›\na‹secret›b")
        #expect(result.report.outcome == .fail)
        #expect(!"\(result.report)\(result.events)".contains("Sesame"))
    }

    @Test func theLinesOfAKeyAreMaskedOneByOne() {
        let secrets = KnownSecrets()
        let line = "MIIEpAIBAAKCAQEAxyz0123456789abcdef"
        secrets.add(Array("-----BEGIN RSA PRIVATE KEY-----\n\(line)\nAB==\n-----END RSA PRIVATE KEY-----\n".utf8))
        #expect(secrets.masked("echo: \(line)") == "echo: ‹secret›")
        #expect(secrets.masked("-----BEGIN RSA PRIVATE KEY-----") == "-----BEGIN RSA PRIVATE KEY-----")
    }

    @Test func shortSecretsLeaveOrdinaryWordsAlone() {
        let secrets = KnownSecrets()
        secrets.add(Array("12".utf8))
        secrets.add(Array("abcd\n".utf8))
        #expect(secrets.masked("12 and abcd") == "12 and ‹secret›")
    }
}
