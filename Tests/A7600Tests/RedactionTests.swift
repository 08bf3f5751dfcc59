import ATProtocol
import Testing

@testable import A7600

/// No secret of any command is in a record, an error or an event, whatever way it comes back.
@Suite struct RedactionTests {
    static let secret = "hunter2-0000"

    struct Case: Sendable, CustomTestStringConvertible {
        let line: String
        let data: String?
        let profile: Profile
        var testDescription: String { line }

        init(_ line: String, data: String? = nil, _ profile: Profile = .a7600) {
            self.line = line
            self.data = data
            self.profile = profile
        }
    }

    static let cases: [Case] = [
        Case("AT+CMQTTCONNECT=0,\"tcp://b.example:1883\",60,1,\"\(secret)\""),
        Case("AT+CMQTTCONNECT=0,\"tcp://b.example:1883\",60,1,\"u\",\"\(secret)\""),
        Case("AT+CMQTTCONNECT=0,\"tcp://b.example:1883\",60,1,\(secret),\(secret)", .sim7600),
        Case("AT+CMQTTCONNECT=0,\"tcp://b.example:1883\",60,1,\"u\",\"\(secret)"),
        Case("AT+CGAUTH=1,1,\"\(secret)\",\"u\""), Case("AT+CGAUTH=1,1,\"p\",\"\(secret)\""),
        Case("AT+CSOCKAUTH=1,1,\"u\",\"\(secret)\""), Case("AT+CSOCKAUTH=1,1,\"u\",\"\(secret)\"", .a7670),
        Case("AT+CSSLCFG=\"keypwd\",0,\"\(secret)\"", .sim7600), Case("AT+CPIN=\(secret)"),
        Case("AT+CCERTDOWN=\"key.pem\",\(secret.utf8.count)", data: secret),
    ]

    /// What the module sends back: the exact echo, a repeated, damaged or late one, with each end of the command.
    static func answers(_ line: String, prompts: Bool) -> [String] {
        let damaged = String(line.dropFirst(5))
        let ends =
            prompts
            ? ["\r\n>", "\r\nERROR\r\n"]
            : ["\r\nOK\r\n", "\r\nERROR\r\n", "\r\n+CME ERROR: 3\r\n", ""]
        return [
            "\(line)\r", "\(line)\r\(line)\r", "\(damaged)\r", "\r\n\(line)\r", "\(line)x\r\n", "AT+C\(line)\r\n", "",
        ]
        .flatMap { echo in ends.map { echo + $0 } }
    }

    @Test(arguments: cases, [Cuts.whole, .bytes, .random(seed: 7)])
    func aSecretIsShownNowhere(one: Case, cuts: Cuts) throws {
        let command = try Catalogue.command(
            line: one.line,
            data: one.data.map { Array($0.utf8) },
            profile: one.profile,
            checking: .framingOnly
        )
        #expect(!command.secrets.isEmpty)
        for echo in [true, false] {
            for answer in Self.answers(one.line, prompts: one.data != nil) {
                var bench = Bench(one.profile, echo: echo, cuts: cuts, dataEcho: .always, tracing: .on)
                bench.submit(command)
                bench.receive(Array(answer.utf8))
                // Only data that were sent can come back.
                if let data = one.data, bench.hasSentData { bench.receive(Array("\(data)\r\nOK\r\n".utf8)) }
                bench.wait(.seconds(200))
                let shown = bench.takeShown()
                #expect(!shown.isEmpty)
                #expect(!shown.contains { $0.contains(Self.secret) }, "\(answer)")
            }
        }
    }

    @Test(arguments: [
        ("AT+CMQTTCONNECT?", "+CMQTTCONNECT: 0,\"tcp://b:1883\",60,1,\"u\",\"\(secret)\"", Profile.a7600),
        ("AT+CMQTTCONNECT?", "+CMQTTCONNECT: 0,\"tcp://b:1883\",60,1,\"\(secret)\"", .a7600),
        ("AT+CGAUTH?", "+CGAUTH: 1,1,\"\(secret)\",\"u\"", .a7600),
        ("AT+CSSLCFG?", "+CSSLCFG: 0,4,0,1,300,\"\",\"\",\"\",0,\"\(secret)\",0x0", .sim7600),
    ])
    func aSecretThatIsReadBackIsInNoRecordAndNoAnswer(line: String, answer: String, profile: Profile) throws {
        for end in ["OK", "ERROR"] {
            var bench = Bench(profile, echo: true, tracing: .on)
            bench.submit(try Catalogue.command(line: line, profile: profile))
            bench.receive(Array("\(line)\r\r\n\(answer)\r\n\r\n\(end)\r\n".utf8))
            let shown = bench.takeShown(withReplies: true)
            #expect(!shown.isEmpty)
            #expect(!shown.contains { $0.contains(Self.secret) })
        }
    }

    /// Left over from the host before this one, behind a joined command, or asked for when nobody waits any more.
    @Test(arguments: [
        nil, "AT+CMQTTCONNECT?;+CSQ", "AT+CSQ;+CGAUTH?", "AT+CSQ",
    ])
    func aLineThatShowsASecretIsMaskedWhoeverHasAskedForIt(line: String?) throws {
        var bench = Bench(.a7600, echo: true, tracing: .on)
        if let line { bench.submit(try Catalogue.command(line: line)) }
        let echo = line.map { "\($0)\r" } ?? ""
        let answer =
            "\r\n+CMQTTCONNECT: 0,\"tcp://b:1883\",60,1,\"u\",\"\(Self.secret)\"\r\n"
            + "+CGAUTH: 1,1,\"\(Self.secret)\",\"u\"\r\n+CSQ: 20,99\r\n\r\nOK\r\n"
        bench.receive(Array((echo + answer).utf8))
        let shown = bench.takeShown(withReplies: true)
        #expect(shown.contains { $0.contains("tcp://b:1883") })
        #expect(!shown.contains { $0.contains(Self.secret) })
    }

    /// A firmware that echoes data although its profile says that it does not: each line of a key is a piece of it.
    @Test func aKeyThatComesBackLineByLineIsMasked() throws {
        let lines = (0..<4).map { "MIIEpAIBAAKCAQEA\(Self.secret)\($0)" }
        let key = (["-----BEGIN RSA PRIVATE KEY-----"] + lines + ["-----END RSA PRIVATE KEY-----", ""])
            .joined(separator: "\n")
        let line = "AT+CCERTDOWN=\"key.pem\",\(key.utf8.count)"
        var bench = Bench(.a7600, echo: true, tracing: .on)
        bench.submit(try Catalogue.command(line: line, data: Array(key.utf8)))
        bench.receive(Array("\(line)\r\r\n>".utf8))
        let hasSentData = bench.hasSentData
        #expect(hasSentData)
        bench.receive(Array("\(key)\r\n\r\nOK\r\n".utf8))
        let shown = bench.takeShown(withReplies: true)
        #expect(!shown.isEmpty)
        #expect(!shown.contains { $0.contains(Self.secret) })
    }
}
