import ModemSimulator
import MosquittoUplink
import Testing

/// Chapter 3 of the manual, line by line, against a real mosquitto with certificates made at run time; and what the
/// broker itself says about it.
@Suite("Chapter 3 against mosquitto", .timeLimit(.minutes(5))) struct ManualFlowTests {
    private static let sixty = Array(String(repeating: "0123456789", count: 6).utf8)
    private let files: TLSFixture

    init() throws {
        files = try TLSFixture.shared.get()
    }

    /// Runs a flow, and gives the broker's log up to the end of it.
    private func play(
        names: [String: WritableKeyPath<PrivateBroker.Ports, Int?>] = [:],
        _ flow: (ATPort) async throws -> Void
    ) async throws -> [String] {
        try await withPrivateBroker(files.broker) { broker in
            let ports = names.compactMapValues { broker.ports[keyPath: $0] }.mapValues { ("127.0.0.1", $0) }
            try await ATPort.with(broker.directory.overridden(by: ports)) { port in
                for line in ["AT+CSQ", "AT+CREG?", "AT+CGREG?"] {
                    await port.send(Array("\(line)\r".utf8))
                    try await port.read(until: [Array("\r\nOK\r\n".utf8)])
                }
                try await port.ok("AT+CGSOCKCONT=1,\"IP\",\"CMNET\"")
                try await flow(port)
            }
            _ = try await broker.log.first { $0.contains("Client client test0") && $0.contains("disconnected") }
            return broker.log.lines
        }
    }

    private func start(_ port: ATPort, tls: Bool) async throws {
        try await port.at("AT+CMQTTSTART", "\r\nOK\r\n\r\n+CMQTTSTART: 0\r\n")
        try await port.ok("AT+CMQTTACCQ=0,\"client test0\"\(tls ? ",1" : "")")
    }

    private func will(_ port: ATPort) async throws {
        try await port.input("AT+CMQTTWILLTOPIC=0,10", Array("0123456789".utf8))
        try await port.input("AT+CMQTTWILLMSG=0,6,1", Array("qwerty".utf8))
    }

    private func connect(_ port: ATPort, _ address: String) async throws {
        try await port.at("AT+CMQTTCONNECT=0,\"\(address)\",60,1", "\r\nOK\r\n\r\n+CMQTTCONNECT: 0,0\r\n")
    }

    private func subscribe(_ port: ATPort, _ topic: some Collection<UInt8>) async throws {
        try await port.input("AT+CMQTTSUB=0,9,1", topic, "\r\nOK\r\n\r\n+CMQTTSUB: 0,0\r\n")
    }

    private func queue(_ port: ATPort) async throws {
        try await port.input("AT+CMQTTSUBTOPIC=0,9,1", Array("123456789".utf8))
        try await port.at("AT+CMQTTSUB=0", "\r\nOK\r\n\r\n+CMQTTSUB: 0,0\r\n")
    }

    /// The traffic of the three flows over TLS.
    private func traffic(_ port: ATPort) async throws {
        try await port.input("AT+CMQTTTOPIC=0,13", Array("dddrrrggghhhk".utf8))
        try await port.input("AT+CMQTTPAYLOAD=0,60", Self.sixty)
        try await port.at("AT+CMQTTPUB=0,1,60", "\r\nOK\r\n\r\n+CMQTTPUB: 0,0\r\n")
        try await queue(port)
        try await subscribe(port, Array("simcommsg".utf8))
    }

    private func leave(_ port: ATPort, unsubscribing: Bool = true) async throws {
        if unsubscribing {
            let answer = "\r\nOK\r\n\r\n+CMQTTUNSUB: 0,0\r\n"
            try await port.input("AT+CMQTTUNSUB=0,9,0", Array("simcommsg".utf8), answer)
        }
        try await port.at("AT+CMQTTDISC=0,120", "\r\nOK\r\n\r\n+CMQTTDISC: 0,0\r\n")
        try await port.ok("AT+CMQTTREL=0")
        try await port.at("AT+CMQTTSTOP", "\r\nOK\r\n\r\n+CMQTTSTOP: 0\r\n")
    }

    /// What the log must hold, in this order.
    private func expect(_ log: [String], _ texts: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        var rest = log[...]
        for text in texts {
            guard let index = rest.firstIndex(where: { $0.contains(text) }) else {
                Issue.record(
                    "\(text) is not in its place:\n\(log.joined(separator: "\n"))",
                    sourceLocation: sourceLocation
                )
                return
            }
            rest = rest[(index + 1)...]
        }
    }

    private static let session = [
        "as client test0 (p1, c1, k60)", "Will message specified (6 bytes) (r0, q1)", "0123456789",
    ]
    private static let secureTraffic =
        session + [
            "Received PUBLISH from client test0 (d0, q1, r0", "123456789 (QoS 1)", "simcommsg (QoS 1)",
            "Received UNSUBSCRIBE from client test0", "Received DISCONNECT from client test0",
        ]

    @Test func `3.1 plain`() async throws {
        let log = try await play { port in
            try await start(port, tls: false)
            try await will(port)
            try await connect(port, "tcp://test.mosquitto.org:1883")
            try await subscribe(port, Array("simcommsg".utf8))
            try await port.input("AT+CMQTTTOPIC=0,9", Array("simcommsg".utf8))
            try await port.input("AT+CMQTTPAYLOAD=0,60", Self.sixty)
            try await port.at("AT+CMQTTPUB=0,1,60", "\r\nOK\r\n")
            let message =
                "\r\n+CMQTTRXSTART: 0,9,60\r\n+CMQTTRXTOPIC: 0,9\r\nsimcommsg\r\n+CMQTTRXPAYLOAD: 0,60\r\n"
                + "\(String(decoding: Self.sixty, as: UTF8.self))\r\n+CMQTTRXEND: 0\r\n"
            try await port.read(until: [Array("\r\n+CMQTTPUB: 0,0\r\n".utf8), Array(message.utf8)])
            try await queue(port)
            try await leave(port)
        }
        expect(
            log,
            Self.session + [
                "simcommsg (QoS 1)", "Received PUBLISH from client test0", "Sending PUBLISH to client test0",
                "123456789 (QoS 1)", "Received DISCONNECT from client test0",
            ]
        )
    }

    @Test func `3.2 TLS, server not verified`() async throws {
        let log = try await play { port in
            try await start(port, tls: true)
            try await will(port)
            try await connect(port, "tcp://test.mosquitto.org:8883")
            try await traffic(port)
            try await leave(port)
        }
        expect(log, Self.secureTraffic)
    }

    @Test func `3.3 TLS, server verified`() async throws {
        let log = try await play { port in
            try await port.store("server_ca.pem", files.authority.certificate)
            for setting in ["\"sslversion\",0,4", "\"authmode\",0,1", "\"cacert\",0,\"server_ca.pem\""] {
                try await port.ok("AT+CSSLCFG=\(setting)")
            }
            try await start(port, tls: true)
            try await port.ok("AT+CMQTTSSLCFG=0,0")
            try await will(port)
            try await connect(port, "tcp://mqtts_server:8883")
            try await traffic(port)
            try await leave(port)
        }
        expect(log, Self.secureTraffic)
    }

    @Test func `3.4 mutual TLS`() async throws {
        let log = try await play(names: ["hooleeping.com": \.mutualTLS]) { port in
            try await port.store("ca_cert.pem", files.authority.certificate)
            try await port.store("cert.pem", files.client.certificate)
            try await port.store("key_cert.pem", files.client.key)
            for setting in [
                "\"sslversion\",0,4", "\"authmode\",0,2", "\"cacert\",0,\"ca_cert.pem\"",
                "\"clientcert\",0,\"cert.pem\"", "\"clientkey\",0,\"key_cert.pem\"",
            ] {
                try await port.ok("AT+CSSLCFG=\(setting)")
            }
            try await start(port, tls: true)
            try await port.ok("AT+CMQTTSSLCFG=0,0")
            try await will(port)
            try await connect(port, "tcp://hooleeping.com:8883")
            try await traffic(port)
            try await leave(port)
        }
        expect(log, Self.secureTraffic)
    }

    @Test func `3.5 topics that are not UTF-8`() async throws {
        let topic = [UInt8](repeating: 0xF7, count: 8) + [0x3F]
        let log = try await play { port in
            try await start(port, tls: false)
            try await port.ok("AT+CMQTTCFG=\"checkUTF8\",0,0")
            try await connect(port, "tcp://test.mosquitto.org:1883")
            try await subscribe(port, topic)
            try await port.input("AT+CMQTTTOPIC=0,9", topic)
            try await port.at("AT+CMQTTPUB=0,1,60", "\r\nOK\r\n")
            let message =
                Array("\r\n+CMQTTRXSTART: 0,9,0\r\n+CMQTTRXTOPIC: 0,9\r\n".utf8) + topic
                + Array("\r\n+CMQTTRXEND: 0\r\n".utf8)
            try await port.read(until: [Array("\r\n+CMQTTPUB: 0,0\r\n".utf8), message])
            try await leave(port, unsubscribing: false)
        }
        expect(log, ["as client test0 (p1, c1, k60)", "No will message specified", "Received PUBLISH", "(0 bytes)"])
    }
}
