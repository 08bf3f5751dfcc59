import ModemSimulator
import MosquittoUplink
import Testing

/// What goes wrong with a real mosquitto: the code at the AT port, and the broker's own words for it.
@Suite("Result codes against mosquitto", .timeLimit(.minutes(5))) struct ResultCodeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        enum Broker: Sendable { case ordinary, expired }

        var name: String
        var broker = Broker.ordinary
        var port = 8883
        /// `AT+CSSLCFG` settings of context 0.
        var settings: [String]
        var code: Int
        /// What the broker logs, and what it must not log.
        var says: String?
        var neverSays: String?
        var testDescription: String { name }
    }

    private static let accepted = "as unit-001 ("

    static let cases = [
        Case(
            name: "a CA that did not sign the server is 32",
            settings: ["\"authmode\",0,1", "\"cacert\",0,\"stranger.pem\""],
            code: 32,
            says: "alert unknown ca",
            neverSays: accepted
        ),
        Case(
            name: "an expired server with ignorelocaltime 0 is 32",
            broker: .expired,
            settings: ["\"authmode\",0,1", "\"cacert\",0,\"ca.pem\"", "\"ignorelocaltime\",0,0"],
            code: 32,
            says: "alert certificate expired",
            neverSays: accepted
        ),
        Case(
            name: "an expired server with ignorelocaltime 1 is connected",
            broker: .expired,
            settings: ["\"authmode\",0,1", "\"cacert\",0,\"ca.pem\"", "\"ignorelocaltime\",0,1"],
            code: 0,
            says: accepted
        ),
        Case(
            name: "a key of another certificate is 34",
            port: 8884,
            settings: [
                "\"authmode\",0,2", "\"cacert\",0,\"ca.pem\"", "\"clientcert\",0,\"client.pem\"",
                "\"clientkey\",0,\"other.pem\"",
            ],
            code: 34,
            neverSays: accepted
        ),
        Case(
            name: "a file that was never stored is 34",
            settings: ["\"authmode\",0,1", "\"cacert\",0,\"nosuch.pem\""],
            code: 34,
            neverSays: accepted
        ),
        Case(
            name: "a file that no setting names is 33",
            settings: ["\"authmode\",0,1"],
            code: 33,
            neverSays: accepted
        ),
        Case(
            name: "no client certificate where one is wanted is 32",
            port: 8884,
            settings: ["\"authmode\",0,1", "\"cacert\",0,\"ca.pem\""],
            code: 32,
            says: "peer did not return a certificate",
            neverSays: accepted
        ),
    ]

    private let files: TLSFixture

    init() throws {
        files = try TLSFixture.shared.get()
    }

    @Test(arguments: cases) func connecting(_ row: Case) async throws {
        let configuration = row.broker == .expired ? files.expiredBroker : files.broker
        try await withPrivateBroker(configuration) { broker in
            try await ATPort.with(broker.directory) { port in
                for (name, content) in [
                    ("ca.pem", files.authority.certificate), ("stranger.pem", files.stranger.certificate),
                    ("client.pem", files.client.certificate), ("other.pem", files.strangersClient.key),
                ] {
                    try await port.store(name, content)
                }
                for setting in row.settings { try await port.ok("AT+CSSLCFG=\(setting)") }
                try await acquire(port, "unit-001", type: 1)
                try await port.ok("AT+CMQTTSSLCFG=0,0")
                try await port.at(
                    "AT+CMQTTCONNECT=0,\"tcp://broker.example:\(row.port)\",60,1",
                    "\r\nOK\r\n\r\n+CMQTTCONNECT: 0,\(row.code)\r\n"
                )
                let log = try await logSoFar(port, broker)
                if let text = row.says { #expect(log.contains { $0.contains(text) }, "\(log)") }
                if let text = row.neverSays { #expect(!log.contains { $0.contains(text) }, "\(log)") }
            }
        }
    }

    @Test(arguments: [("right", 0, "u'fleet'"), ("wrong", 31, "disconnected, not authorised")])
    func `a wrong password is 31`(password: String, code: Int, words: String) async throws {
        try await withPrivateBroker(PrivateBrokerConfiguration().with { $0.users = ["fleet": "right"] }) { broker in
            try await ATPort.with(broker.directory) { port in
                try await acquire(port, "unit-001")
                try await port.at(
                    "AT+CMQTTCONNECT=0,\"tcp://broker.example:1884\",60,1,\"fleet\",\"\(password)\"",
                    "\r\nOK\r\n\r\n+CMQTTCONNECT: 0,\(code)\r\n"
                )
                #expect(try await logSoFar(port, broker).contains { $0.contains(words) })
            }
        }
    }

    @Test func `a client identifier that the broker does not take is 31`() async throws {
        try await withPrivateBroker(PrivateBrokerConfiguration().with { $0.identifierPrefix = "unit-" }) { broker in
            try await ATPort.with(broker.directory) { port in
                try await acquire(port, "stranger")
                try await port.at(
                    "AT+CMQTTCONNECT=0,\"tcp://broker.example:1883\",60,1",
                    "\r\nOK\r\n\r\n+CMQTTCONNECT: 0,31\r\n"
                )
                let log = try await logSoFar(port, broker, identifier: "unit-002")
                #expect(log.contains { $0.contains("not authorised") }, "\(log)")
                #expect(!log.contains { $0.contains("as stranger (") })
            }
        }
    }

    @Test func `a publish that the access list forbids is 0, and the broker notes that it was denied`() async throws {
        let configuration = PrivateBrokerConfiguration(detail: .packets).with {
            $0.accessRules = "topic readwrite open/#\ntopic read closed/#"
        }
        try await withPrivateBroker(configuration) { broker in
            try await ATPort.with(broker.directory) { port in
                try await acquire(port, "unit-001")
                try await port.at(
                    "AT+CMQTTCONNECT=0,\"tcp://broker.example:1883\",60,1",
                    "\r\nOK\r\n\r\n+CMQTTCONNECT: 0,0\r\n"
                )
                try await port.input("AT+CMQTTTOPIC=0,8", Array("closed/1".utf8))
                try await port.input("AT+CMQTTPAYLOAD=0,2", Array("no".utf8))
                try await port.at("AT+CMQTTPUB=0,1,60", "\r\nOK\r\n\r\n+CMQTTPUB: 0,0\r\n")
                #expect(try await logSoFar(port, broker).contains { $0.contains("Denied PUBLISH from unit-001") })
            }
        }
    }

    private func acquire(_ port: ATPort, _ identifier: String, type: Int = 0) async throws {
        try await port.at("AT+CMQTTSTART", "\r\nOK\r\n\r\n+CMQTTSTART: 0\r\n")
        try await port.ok("AT+CMQTTACCQ=0,\"\(identifier)\",\(type)")
    }

    /// The broker's log up to the connection of the module's other client, which stands behind all it says of the first.
    private func logSoFar(
        _ port: ATPort,
        _ broker: PrivateBroker,
        identifier: String = "afterwards"
    ) async throws -> [String] {
        try await port.ok("AT+CMQTTACCQ=1,\"\(identifier)\"")
        let answer = "\r\nOK\r\n\r\n+CMQTTCONNECT: 1,0\r\n"
        try await port.at("AT+CMQTTCONNECT=1,\"tcp://broker.example:1883\",60,1", answer)
        _ = try await broker.log.first { $0.contains("as \(identifier) (") }
        return broker.log.lines
    }
}
