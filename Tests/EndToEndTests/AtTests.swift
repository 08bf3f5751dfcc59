import Testing

/// `moonwire at` as a shell meets it.
@Suite struct AtTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var arguments: [String]
        var input = ""
        var status: Int32
        /// All that standard output says.
        var output: String
        /// What standard error must say.
        var errors: [String] = []
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "answers are explained beside the line",
            arguments: ["AT+CSQ", "AT+CEREG?"],
            status: 0,
            output: "+CSQ: 23,0           rssi -67 dBm\n+CEREG: 0,1          registered, home\n"
        ),
        Case(
            name: "the first command that fails ends it, with what to do next",
            arguments: ["AT+CGMM", "AT+CSG", "AT+CSQ"],
            status: 1,
            output: "A7600C\n",
            errors: ["moonwire: AT+CSG: ERROR", "→ no AT+CSG is known here; was AT+CSQ meant?"]
        ),
        Case(
            name: "a command that is not answered is 6",
            arguments: ["AT+CSQ", "--timeout", "300ms", "--fault", "mute@AT+CSQ"],
            status: 6,
            output: "",
            errors: ["AT+CSQ: no answer within"]
        ),
        Case(
            name: "a result code is told by name",
            arguments: ["AT+CMQTTSTART", "AT+CMQTTACCQ=2,\"x\""],
            status: 1,
            output: "+CMQTTSTART: 0\n+CMQTTACCQ: 2,10     client index error: script error: the index is not 0 or 1\n",
            errors: ["moonwire: AT+CMQTTACCQ=2"]
        ),
        Case(
            name: "data stand on the line or come from --data, in order",
            arguments: [
                "AT+CCERTDOWN=\"a.pem\",5 > hello", "AT+CCERTDOWN=\"b.pem\",3", "AT+CCERTLIST", "--data", "a\\x00c",
            ],
            status: 0,
            output: "+CCERTLIST: \"a.pem\"\n+CCERTLIST: \"b.pem\"\n"
        ),
        Case(
            name: "missing data are a usage error that says how to give them",
            arguments: ["AT+CMQTTTOPIC=0,5"],
            status: 2,
            output: "",
            errors: ["AT+CMQTTTOPIC=0,5 needs 5 bytes", "--data"]
        ),
        Case(
            name: "data nobody asks for are a usage error",
            arguments: ["AT", "--data", "x"],
            status: 2,
            output: "",
            errors: ["--data x: no command is left"]
        ),
        Case(
            name: "what is no AT command is a usage error, and nothing is sent",
            arguments: ["AT+CGMM", "CSQ"],
            status: 2,
            output: "",
            errors: ["CSQ: no AT command"]
        ),
        Case(
            name: "lines of standard input are commands",
            arguments: ["-"],
            input: "AT+CGMM\n\nAT+CMEE=2\n",
            status: 0,
            output: "A7600C\n"
        ),
        Case(
            name: "a byte order mark and CR LF are no part of the commands",
            arguments: ["-"],
            input: "\u{FEFF}AT+CGMM\r\n\r\nAT+CMEE=2\r\n",
            status: 0,
            output: "A7600C\n"
        ),
        Case(
            name: "no command at all is a usage error",
            arguments: [],
            status: 2,
            output: "",
            errors: ["no command given"]
        ),
    ]

    @Test(arguments: cases)
    func at(_ row: Case) async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try await Moonwire.run(["at", "-q"] + row.arguments, input: row.input, in: folder)
            #expect(outcome.status == row.status, "\(outcome.errors)")
            #expect(outcome.output == row.output)
            for text in row.errors { #expect(outcome.errors.contains(text), "\(outcome.errors)") }
            if row.status == 0 { #expect(outcome.errors.isEmpty) }
        }
    }

    @Test func `as JSON, answers and failures are objects, secrets masked`() async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try await Moonwire.run(["at", "-q", "--json", "AT+CSQ", "AT+CPIN=\"1234\""], in: folder)
            #expect(outcome.status == 1)
            let lines = outcome.output.split(separator: "\n")
            #expect(lines.count == 2)
            #expect(lines.first?.contains("\"lines\":[\"+CSQ: 23,0\"]") == true)
            #expect(lines.last?.contains("\"error\":\"+CME ERROR: operation not allowed\"") == true)
            #expect(!outcome.output.contains("1234"))
        }
    }

    @Test(arguments: [("--color=always", true), ("--color=never", false), ("--color=auto", false)])
    func `colours come where they are wanted`(option: String, isColored: Bool) async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try await Moonwire.run(["at", "-q", option, "AT+CSQ"], in: folder)
            #expect(outcome.output.contains("\u{1B}[") == isColored)
        }
    }

    @Test func `data come from a file byte by byte`() async throws {
        try await TemporaryFolder.with { folder in
            let file = try folder.file("ca.pem", "12345")
            let line = "AT+CCERTDOWN=\"ca.pem\",5"
            let outcome = try await Moonwire.run(["at", "-q", line, "--data", "@" + file], in: folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            let short = try await Moonwire.run(["at", "-q", line, "--data", "@/nowhere"], in: folder)
            #expect(short.status == 2)
            #expect(short.errors.contains("/nowhere"))
        }
    }
}
