import Testing

@testable import ATProtocol

@Suite("Redaction")
struct RedactionTests {
    private static let pin = "4711"

    private static func configuration() -> Configuration {
        var configuration = Catalog.configuration()
        configuration.dataEcho = .always
        return configuration
    }

    /// `AT+CPIN="4711"` with the PIN as its secret.
    private static func enterPIN() -> Command {
        let line = Array("AT+CPIN=\"\(pin)\"".utf8)
        return Command(line: line, secrets: [Secret(part: .line, range: 9..<13, label: "pin")])
    }

    /// A key of which bytes 3 to 8 are secret.
    private static func storeKey() -> Command {
        Command(
            line: Array("AT+CCERTDOWN=\"k.pem\",10".utf8),
            data: Array("key\(pin)XXyz".utf8.prefix(10)),
            secrets: [Secret(part: .data, range: 3..<9, label: "key")],
            spec: CommandSpec(prompt: PromptSpec())
        )
    }

    struct Form: Sendable, CustomTestStringConvertible {
        let name: String
        let bytes: [UInt8]
        var testDescription: String { name }
    }

    /// The ways the echo of `AT+CPIN="4711"` may come back.
    static func forms() -> [Form] {
        let echo = Array("AT+CPIN=\"\(pin)\"\r".utf8)
        let answer = Array("\r\nOK\r\n".utf8)
        var forms = [
            Form(name: "exact", bytes: echo + answer),
            Form(name: "behind line ends", bytes: Array("\r\n".utf8) + echo + answer),
            Form(name: "repeated", bytes: echo + echo + answer),
            Form(name: "repeated behind the answer's start", bytes: echo + Array("\r\n".utf8) + echo + answer),
            Form(name: "in an error text", bytes: echo + Array("\r\n+CME ERROR: bad 4711\r\n".utf8)),
            Form(name: "in a line of its own", bytes: echo + Array("\r\n+X: 4711\r\n".utf8) + answer),
            Form(name: "with NUL inside", bytes: Array("AT+CPIN=\"4711\0\"\r".utf8) + answer),
            Form(name: "in a message", bytes: echo + Array("\r\n+CMQTTRXPAYLOAD: 0,6\r\n<4711>\r\n".utf8) + answer),
            Form(name: "in a line that is too long", bytes: echo + [UInt8](repeating: 65, count: 5000) + echo + answer),
            Form(
                name: "in a suspect frame",
                bytes: echo + Array("\r\n+CMQTTRXPAYLOAD: 0,6\r\n<4711>x\r\n+CMQTTRXEND: 0\r\n".utf8) + answer
            ),
        ]
        for index in echo.indices.dropLast() {
            var damaged = echo
            damaged[index] ^= 0x01
            forms.append(Form(name: "byte \(index) damaged", bytes: damaged + answer))
            forms.append(Form(name: "byte \(index) missing", bytes: echo[..<index] + echo[(index + 1)...] + answer))
        }
        return forms
    }

    @Test("No record, error or remembered byte shows a secret, however its echo comes back", arguments: forms())
    func echoForms(_ form: Form) throws {
        // Long runs of filler are cut near their ends only.
        for cut in 0...form.bytes.count where form.bytes.count < 200 || cut < 40 || cut > form.bytes.count - 60 {
            var bench = try Bench(Self.configuration())
            try bench.submit(1, Self.enterPIN())
            try bench.written(Self.enterPIN().line + [0x0D])
            if cut > 0 { try bench.receive(form.bytes[..<cut]) }
            if cut < form.bytes.count { try bench.receive(form.bytes[cut...]) }
            // Whoever is still waiting is answered, with everything an error shows.
            try bench.wait(.seconds(10))
            try bench.apply(.closed(.closed))
            expectHidden(bench.records, bench.actions)
            expectComplete(bench.records, form.bytes)
        }
    }

    @Test("An exact echo is masked only where the secret stands")
    func exactEcho() throws {
        var bench = try Bench(Self.configuration())
        try bench.submit(1, Self.enterPIN())
        try bench.written(Self.enterPIN().line + [0x0D])
        try bench.receive(Array("AT+CPIN=\"4711\"\r\r\nOK\r\n".utf8))
        let shown = bench.records.filter { $0.kind == .tx || $0.kind == .echo }
        #expect(shown.map { Escapes.text($0.bytes) }.allSatisfy { $0.hasPrefix("AT+CPIN=\"****\"\\r") })
        #expect(shown.map(\.mask) == [[.init(range: 9..<13, label: "pin")], [.init(range: 9..<13, label: "pin")]])
    }

    @Test("A data echo is masked where the secret stands, at every cut")
    func dataEcho() throws {
        let command = Self.storeKey()
        let stream = Array("\r\nkey4711XXy\r\nOK\r\n".utf8)
        for cut in 0...stream.count {
            var bench = try Bench(Self.configuration())
            try bench.submit(1, command)
            try bench.written(command.line + [0x0D])
            try bench.receive(command.line + Array("\r\r\n>".utf8))
            try bench.written(command.data ?? [])
            if cut > 0 { try bench.receive(stream[..<cut]) }
            if cut < stream.count { try bench.receive(stream[cut...]) }
            #expect(bench.log == ["ok 1"])
            expectHidden(bench.records, bench.actions)
            let echo = bench.records.filter { $0.kind == .dataecho }
            #expect(echo.map { Escapes.text($0.bytes) } == ["\\r\\nkey******y"])
        }
    }

    @Test("A zombie's secret stays hidden")
    func zombie() throws {
        var bench = try Bench(Self.configuration())
        try bench.submit(1, Self.enterPIN())
        try bench.written(Self.enterPIN().line + [0x0D])
        try bench.apply(.cancelled(ExchangeID(1)))
        try bench.receive(Array("AT+CPIN=\"4711\"\r\r\nOK\r\n".utf8))
        expectHidden(bench.records, bench.actions)
    }

    @Test("Fields that read a secret back are masked in records and errors")
    func readBack() throws {
        var bench = try Bench(Self.configuration())
        var command = try #require(Catalog.command("connect?"))
        command.spec.secretFields = [.init(4, label: "user"), .init(5, label: "password")]
        try bench.submit(1, command)
        try bench.written(command.line + [0x0D])
        let line = "+CMQTTCONNECT: 0,\"tcp://b:8883\",60,1,\"me\",\"4711\""
        try bench.receive(Array("AT+CMQTTCONNECT?\r\r\n\(line)\r\n\r\nERROR\r\n".utf8))
        expectHidden(bench.records, bench.actions)
        guard case .complete(_, .failure(let failure))? = bench.actions.last else {
            Issue.record("the command did not fail")
            return
        }
        #expect(failure.lines.map(\.text) == ["+CMQTTCONNECT: 0,\"tcp://b:8883\",60,1,\"**\",\"****\""])
    }

    // MARK: What must hold

    private func expectHidden(_ records: [Record], _ actions: [Action]) {
        let shown = Array("4711".utf8)
        for record in records {
            #expect(!record.bytes.containsRun(shown), "record \(Escapes.text(record.bytes))")
            #expect(!record.reading.contains("4711"))
        }
        for action in actions {
            guard case .complete(_, .failure(let failure)) = action else { continue }
            #expect(!failure.before.containsRun(shown), "before: \(Escapes.text(failure.before))")
            #expect(!failure.command.contains("4711"))
            #expect(failure.text?.contains("4711") != true)
            for line in failure.lines { #expect(!line.bytes.containsRun(shown)) }
        }
    }

    /// Joined, the records of bytes received are as long as the stream, and equal to it where nothing is masked.
    private func expectComplete(_ records: [Record], _ stream: [UInt8]) {
        let received = records.filter { !$0.cuts.isEmpty }
        let joined = received.flatMap(\.bytes)
        #expect(joined.count == stream.count)
        for (shown, byte) in zip(joined, stream) where shown != byte { #expect(shown == UInt8(ascii: "*")) }
        for record in received { #expect(record.cuts.reduce(0) { $0 + $1.count } == record.bytes.count) }
    }
}

extension Array<UInt8> {
    fileprivate func containsRun(_ run: [UInt8]) -> Bool {
        guard count >= run.count else { return false }
        return (0...count - run.count).contains { self[$0..<$0 + run.count].elementsEqual(run) }
    }
}
