import LuaRuntime
import ModemScripting
import Testing

@Suite struct CredentialCheckTests {
    /// In a folder with certificates and keys.
    private static func run(_ source: String) async throws -> ScriptBench.Result {
        try await ExampleFolder.with { folder in
            var bench = ScriptBench()
            bench.folder = folder.path
            return try await bench.run(source)
        }
    }

    /// One run shows all there is to correct.
    @Test func allThatIsWrongIsListedAtOnceInWords() async throws {
        let result = try await Self.run(
            #"""
            local ca, cert = file.read "unit.pem", file.read "unit.pem"
            local ok, err = pcall(x509.check, {
                ca = ca:gsub("\n", "\r\n") .. "behind the end", cert = cert, key = file.read "other.key",
                subject = "unit-777", at = 4102444800 })
            print(ok, err.kind)
            for _, problem in ipairs(err.problems) do print(problem) end
            for _, problem in ipairs(err.problems) do assert(err.message:find(problem, 1, true)) end
            """#
        )
        #expect(result.report.failure == nil)
        let lines = result.output.split(separator: "\n").map(String.init)
        #expect(lines.first == "false\tcheck")
        for words in [
            "ca has CR LF line ends", "ca has 16 bytes behind its END line", "ca is no authority",
            "ca has expired on", "cert has expired on", "cert is for \"unit-001\", not for \"unit-777\"",
            "key does not belong to cert",
        ] {
            #expect(lines.contains { $0.hasPrefix(words) }, "\(words)")
        }
    }

    @Test func whatStandsBeforeBeginIsNamed() async throws {
        let result = try await Self.run(
            #"""
            local ca = file.read "ca.pem"
            local ok, err = pcall(x509.check, { ca = "\xEF\xBB\xBF" .. ca })
            print(err.problems[1], err.problems[2])
            print(pcall(x509.check, { ca = "junk" .. ca }))
            print(x509.check { ca = "Certificate:\n" .. ca }[1])
            """#
        )
        #expect(
            result.output == """
                ca has a byte order mark or other text before BEGIN in the same line: cut it\tnil
                false\ttest.lua:4: ca has a byte order mark or other text before BEGIN in the same line: cut it
                ca has 13 bytes before its BEGIN line, which some firmwares do not skip

                """
        )
    }
}
