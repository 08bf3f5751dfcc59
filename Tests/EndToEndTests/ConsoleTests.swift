import Subprocess
import Testing

/// The console as somebody at a terminal meets it.
@Suite struct ConsoleTests {
    private static let prompt = "A7600C>"

    @Test func `a command is completed, answered and explained`() async throws {
        try await withConsole { window, _ in
            try await window.type("AT+CMQTTS")
            try await window.press("Tab")
            let rows = try await window.shows("AT+CMQTTSTART")
            #expect(rows.contains { $0.hasPrefix("AT+CMQTTSUBTOPIC  ") && $0.count > 30 }, "\(rows)")
            try await window.type("TA")
            try await window.press("Tab")
            try await window.endsWith("\(Self.prompt) AT+CMQTTSTART")
            try await window.press("Enter")
            try await window.shows("+CMQTTSTART: 0")
            try await window.type("AT+CSQ")
            try await window.press("Enter")
            try await window.shows("rssi")
            try await window.type("AT+CMQTTPUB=0,")
            try await window.press("Tab")
            try await window.shows("<qos>  0-2")
            try await window.endsWith("\(Self.prompt) AT+CMQTTPUB=0,")
        }
    }

    @Test func `lines of before come back, after a restart too, and Ctrl-D leaves`() async throws {
        try await TemporaryFolder.with { folder in
            for typed in ["AT+CSQ", nil] {
                try await TerminalWindow.with(["console"], in: folder) { window in
                    try await window.endsWith(Self.prompt)
                    if let typed {
                        try await window.type(typed)
                        try await window.press("Enter")
                        try await window.shows("rssi")
                    }
                    try await window.press("Up")
                    try await window.endsWith("\(Self.prompt) AT+CSQ")
                    try await window.press("C-u")
                    try await window.endsWith(Self.prompt)
                    try await window.press("C-d")
                    #expect(try await window.exitStatus() == 0)
                }
            }
        }
    }

    @Test func `what comes unasked does not spoil the line being typed, nor does a new size`() async throws {
        try await withConsole { window, port in
            for line in ["AT+CMQTTSTART", "AT+CMQTTACCQ=0,\"c\"", "AT+CMQTTCONNECT=0,\"tcp://127.0.0.1:\(port)\",60,1"]
            {
                try await window.type(line)
                try await window.press("Enter")
            }
            try await window.shows("+CMQTTCONNECT: 0,0")
            try await window.type("AT+CMQTTSUBTOPIC=0,5,1")
            try await window.press("Enter")
            try await window.endsWith("5 bytes>")
            try await window.type("hello")
            try await window.press("Enter")
            try await window.type("AT+CMQTTSUB=0")
            try await window.press("Enter")
            try await window.shows("+CMQTTSUB: 0,0")

            try await window.type("AT+CMQTTCFG=\"checkUTF8\",0,")
            try await window.endsWith("\(Self.prompt) AT+CMQTTCFG=\"checkUTF8\",0,")
            try await Self.publish("first", port)
            let rows = try await window.shows("· +CMQTTRXEND: 0")
            #expect(rows.contains { $0.hasSuffix("  first") }, "\(rows)")
            try await window.endsWith("\(Self.prompt) AT+CMQTTCFG=\"checkUTF8\",0,")
            try await window.resize(columns: 60, rows: 20)
            try await Self.publish("second", port)
            try await window.shows("  second")
            try await window.endsWith("\(Self.prompt) AT+CMQTTCFG=\"checkUTF8\",0,")
            try await window.type("01")
            try await window.press("BSpace")
            try await window.endsWith("\(Self.prompt) AT+CMQTTCFG=\"checkUTF8\",0,0")
        }
    }

    @Test func `Ctrl-C cancels what is being waited for, then what is being typed`() async throws {
        try await withConsole(["--fault", "mute@AT+CSQ"]) { window, _ in
            try await window.type("AT+CSQ")
            try await window.press("Enter")
            try await window.type("AT+CG")
            try await window.endsWith("\(Self.prompt) AT+CG")
            try await window.press("C-c")
            try await window.shows("cancelled")
            try await window.endsWith("\(Self.prompt) AT+CG")
            try await window.press("C-c")
            try await window.endsWith(Self.prompt)
        }
    }

    @Test func `a colon begins Lua on the same session, and its state stays`() async throws {
        try await withConsole { window, _ in
            for line in [":bars = { modem:signal().rssi_dbm }", ":for i = 1, 2 do", "print(i, bars[1])"] {
                try await window.type(line)
                try await window.press("Enter")
            }
            try await window.endsWith("     >>")
            try await window.type("end")
            try await window.press("Enter")
            try await window.rows("two lines of the loop") { rows in
                ["1       -", "2       -"].allSatisfy { start in rows.contains { $0.hasPrefix(start) } }
            }
            try await window.type(":nosuch")
            try await window.press("Enter")
            try await window.shows("undeclared global 'nosuch'")
            try await window.type(":while true do end")
            try await window.press("Enter")
            try await window.rows("no prompt while Lua runs") { $0.last == "\(Self.prompt) :while true do end" }
            try await window.press("C-c")
            try await window.shows("cancelled")
            try await window.endsWith(Self.prompt)
        }
    }

    @Test func `a script runs beside the console, and its cleanup runs when the console ends`() async throws {
        let script = """
            defer(function() print("tidied up") end)
            modem:at("ATE0")
            print("watching since", modem:signal().rssi_dbm)
            time.sleep("1h")
            """
        try await TemporaryFolder.with { folder in
            let path = try folder.file("watch.lua", script)
            try await TerminalWindow.with(["console", "--script", path], in: folder) { window in
                try await window.shows("watching since")
                try await window.type("AT+CSQ")
                try await window.press("Enter")
                try await window.shows("+CSQ: ")
                try await window.press("C-d")
                #expect(try await window.exitStatus() == 0)
                try await window.shows("tidied up")
            }
        }
    }

    @Test func `lines from standard input and answers as JSON make it a tool for other programs`() async throws {
        try await TemporaryFolder.with { folder in
            let lines = "AT+CSQ\n:1 + 1\n:for i = 1, 1 do\nx = i\nend\n:x\n"
            let outcome = try await Moonwire.run(["console", "-q", "--json"], input: lines, in: folder)
            #expect(outcome.status == 0)
            let output = outcome.output.split(separator: "\n")
            #expect(output.count == 4)
            #expect(output.first?.hasPrefix("{\"type\":\"answer\",\"command\":\"AT+CSQ\",") == true)
            #expect(
                output.dropFirst() == [
                    "{\"type\":\"lua\",\"values\":[\"2\"]}", "{\"type\":\"lua\",\"values\":[]}",
                    "{\"type\":\"lua\",\"values\":[\"1\"]}",
                ]
            )
        }
    }

    @Test func `without a terminal, lines are read from standard input`() async throws {
        try await TemporaryFolder.with { folder in
            let outcome = try await Moonwire.run(
                ["console", "-q"],
                input: "AT+CSQ\nAT+CMQTTTOPIC=0,5 > hello\n",
                in: folder
            )
            #expect(outcome.status == 1)
            #expect(outcome.output.hasPrefix("AT+CSQ\n+CSQ: "))
            #expect(outcome.output.contains("it is written AT+CMQTTTOPIC="), "\(outcome.output)")
            #expect(!outcome.output.contains("\u{1B}"))
            #expect(outcome.errors.isEmpty)
        }
    }

    private func withConsole(
        _ arguments: [String] = [],
        _ body: (TerminalWindow, _ brokerPort: Int) async throws -> Void
    ) async throws {
        let port = FreePort.choose()
        try await TemporaryFolder.with { folder in
            try await TerminalWindow.with(["console", "--broker-port", "\(port)"] + arguments, in: folder) { window in
                try await window.endsWith(Self.prompt)
                try await body(window, port)
            }
        }
    }

    private static func publish(_ payload: String, _ port: Int) async throws {
        let result = try await Subprocess.run(
            .name("mosquitto_pub"),
            arguments: ["-p", "\(port)", "-q", "1", "-t", "hello", "-m", payload],
            output: .discarded
        )
        #expect(result.terminationStatus.isSuccess)
    }
}
