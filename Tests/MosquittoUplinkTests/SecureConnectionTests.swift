import Glibc
import ModemSimulator
import MosquittoUplink
import Testing

@Suite(.timeLimit(.minutes(5))) struct SecureConnectionTests {
    private let files: TLSFixture

    init() throws {
        files = try TLSFixture.shared.get()
    }

    /// Connects once through a broker's TLS port and gives the answer and the broker's log up to the end of the attempt.
    private func attempt(
        _ configuration: PrivateBrokerConfiguration,
        port: Int = 8883,
        _ tls: UplinkTLS
    ) async throws -> (UplinkEvent?, PrivateBroker.Ports, log: [String]) {
        try await withPrivateBroker(configuration) { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                let answer = await driver.connect(.plain(port: port).with { $0.tls = tls })
                if answer == .connected(client: 0) {
                    #expect(await driver.ask(.disconnect(client: 0)) == .disconnected(client: 0, nil))
                }
                // A later connection stands behind everything the broker has to say about this one.
                _ = await driver.connect(.plain("afterwards"))
                _ = try await broker.log.first { $0.contains("as afterwards") }
                return (answer, broker.ports, broker.log.lines)
            }
        }
    }

    @Test func `Without verification any server is accepted`() async throws {
        let (answer, _, log) = try await attempt(files.broker, UplinkTLS(verifiesServer: false))
        #expect(answer == .connected(client: 0))
        #expect(log.contains { $0.hasPrefix("New client connected from 127.0.0.1") && $0.contains("as unit-001 (") })
    }

    @Test func `A server of the given CA is accepted`() async throws {
        let tls = UplinkTLS(verifiesServer: true, ca: files.authority.certificate)
        #expect(try await attempt(files.broker, tls).0 == .connected(client: 0))
    }

    @Test func `A server of another CA fails the negotiation, and the broker logs the alert`() async throws {
        let tls = UplinkTLS(verifiesServer: true, ca: files.stranger.certificate)
        let (answer, _, log) = try await attempt(files.broker, tls)
        #expect(answer == .connectFailed(client: 0, .negotiation))
        #expect(log.contains { $0.contains("alert unknown ca") })
    }

    @Test(
        arguments: [
            (nil, UplinkEvent.connected(client: 0)),
            (1_590_000_000, .connected(client: 0)),
            (1_764_000_000, .connectFailed(client: 0, .negotiation)),
            (0, .connectFailed(client: 0, .negotiation)),
        ] as [(Int64?, UplinkEvent)]
    )
    func `Dates are compared with the module's clock or not at all`(clock: Int64?, expected: UplinkEvent) async throws {
        let tls = UplinkTLS(verifiesServer: true, ca: files.authority.certificate, checksDatesAt: clock)
        let (answer, _, log) = try await attempt(files.expiredBroker, tls)
        #expect(answer == expected)
        if clock == 1_764_000_000 {
            #expect(log.contains { $0.contains("alert certificate expired") })
        }
    }

    @Test func `Files in DER are read as well as PEM`() async throws {
        let tls = UplinkTLS(
            verifiesServer: true,
            ca: try der(files.authority.certificate),
            certificate: try der(files.client.certificate),
            key: try der(files.client.key)
        )
        #expect(try await attempt(files.broker, port: 8884, tls).0 == .connected(client: 0))
    }

    /// The bytes between the lines of a PEM file.
    private func der(_ pem: [UInt8]) throws -> [UInt8] {
        let body = pem.split(separator: 0x0A).filter { $0.first != UInt8(ascii: "-") }.flatMap { $0 }
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var out: [UInt8] = []
        var bits = 0
        var count = 0
        for character in body where character != UInt8(ascii: "=") {
            bits = bits << 6 | (try #require(digits.firstIndex(of: character)))
            count += 6
            if count >= 8 {
                count -= 8
                out.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return out
    }

    @Test func `Mutual TLS accepts the certificate and key of the authority`() async throws {
        let tls = UplinkTLS(
            verifiesServer: true,
            ca: files.authority.certificate,
            certificate: files.client.certificate,
            key: files.client.key
        )
        #expect(try await attempt(files.broker, port: 8884, tls).0 == .connected(client: 0))
    }

    @Test func `A key behind a password is opened with it`() async throws {
        let tls = UplinkTLS(
            verifiesServer: false,
            certificate: files.lockedClient.certificate,
            key: files.lockedClient.key,
            keyPassword: Array("secret".utf8)
        )
        #expect(try await attempt(files.broker, port: 8884, tls).0 == .connected(client: 0))
    }

    @Test func `No client certificate ends the negotiation where one is required`() async throws {
        let tls = UplinkTLS(verifiesServer: true, ca: files.authority.certificate)
        let (answer, _, log) = try await attempt(files.broker, port: 8884, tls)
        #expect(answer == .connectFailed(client: 0, .negotiation))
        #expect(log.contains { $0.contains("peer did not return a certificate") })
    }

    @Test func `A client certificate of another CA ends the negotiation`() async throws {
        let tls = UplinkTLS(
            verifiesServer: false,
            certificate: files.strangersClient.certificate,
            key: files.strangersClient.key
        )
        let (answer, _, log) = try await attempt(files.broker, port: 8884, tls)
        #expect(answer == .connectFailed(client: 0, .negotiation))
        #expect(log.contains { $0.contains("certificate verify failed") })
    }

    @Test(arguments: [
        "key of another certificate", "locked key without its password", "locked key with a wrong password",
        "certificate without key", "CA that is no certificate", "empty CA", "no CA",
    ])
    func `Files that cannot be used are told apart from a failed negotiation`(which: String) async throws {
        var tls = UplinkTLS(verifiesServer: true, ca: files.authority.certificate)
        switch which {
        case "key of another certificate": (tls.certificate, tls.key) = (files.client.certificate, files.server.key)
        case "locked key without its password":
            (tls.certificate, tls.key) = (files.lockedClient.certificate, files.lockedClient.key)
        case "locked key with a wrong password":
            (tls.certificate, tls.key) = (files.lockedClient.certificate, files.lockedClient.key)
            tls.keyPassword = Array("guess".utf8)
        case "certificate without key": tls.certificate = files.client.certificate
        case "CA that is no certificate": tls.ca = Array("-----BEGIN CERTIFICATE-----\nAAAA\n".utf8)
        case "empty CA": tls.ca = []
        default: tls.ca = nil
        }
        #expect(try await attempt(files.broker, tls).0 == .connectFailed(client: 0, .unusableCredentials))
    }

    @Test func `A port that refuses comes before unusable files`() async throws {
        let tls = UplinkTLS(verifiesServer: true, ca: [])
        let closed = HostDirectory { _, _ in .address(host: "127.0.0.1", port: 1) }
        try await UplinkDriver.with(closed) { driver in
            let answer = await driver.connect(.plain(port: 8883).with { $0.tls = tls })
            #expect(answer == .connectFailed(client: 0, .noConnection))
        }
    }

    @Test(arguments: [(0, false), (1, false), (2, false), (3, true), (4, true)])
    func `mosquitto takes TLS 1.2 and nothing older`(version: Int, accepted: Bool) async throws {
        let (answer, _, _) = try await attempt(files.broker, UplinkTLS(version: version, verifiesServer: false))
        #expect(answer == (accepted ? .connected(client: 0) : .connectFailed(client: 0, .negotiation)))
    }

    @Test(arguments: ["broker.example", nil])
    func `The greeting names the server when the module would, and nobody otherwise`(name: String?) async throws {
        try await FakeServer.with([.close]) { server in
            try await UplinkDriver.with(server.directory) { driver in
                let tls = UplinkTLS(verifiesServer: false, serverName: name)
                _ = await driver.connect(.plain(port: 8883).with { $0.tls = tls })
                let greeting = String(decoding: server.received, as: Unicode.ASCII.self)
                // The record of a greeting, TLS 1.2 inside.
                #expect(server.received.first == 0x16)
                #expect(greeting.contains("broker.example") == (name != nil))
                #expect(!greeting.contains("127.0.0.1"))
            }
        }
    }

    @Test func `TLS 1.3 is not offered`() async throws {
        try await FakeServer.with([.close]) { server in
            try await UplinkDriver.with(server.directory) { driver in
                _ = await driver.connect(.plain(port: 8883).with { $0.tls = UplinkTLS(verifiesServer: false) })
                // Record header 5, handshake header 4, then the newest version; extension 43 would offer newer ones.
                #expect(Array(server.received.dropFirst(9).prefix(2)) == [3, 3])
                #expect(!server.received.contains(sequence: [0x00, 0x2B, 0x00, 0x03, 0x02, 0x03, 0x04]))
            }
        }
    }

    @Test func `A connection over TLS that is cut is lost`() async throws {
        try await withPrivateBroker(files.broker) { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                let tls = UplinkTLS(verifiesServer: true, ca: files.authority.certificate)
                #expect(await driver.connect(.plain(port: 8883).with { $0.tls = tls }) == .connected(client: 0))
                kill(broker.processID, SIGKILL)
                #expect(await driver.next() == .lost(client: 0, .closedByPeer))
            }
        }
    }

    @Test(arguments: [UInt8(0), 1, 2])
    func `Messages pass over TLS with each QoS`(qos: UInt8) async throws {
        try await withPrivateBroker(files.broker) { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                let tls = UplinkTLS(verifiesServer: true, ca: files.authority.certificate)
                _ = await driver.connect(.plain(port: 8883).with { $0.tls = tls })
                _ = await driver.ask(.subscribe(client: 0, token: 1, filters: [.init("big", qos: qos)]))
                // More than one TLS record.
                let payload = [UInt8](repeating: 0x5A, count: 40_000)
                let message = UplinkMessage(topic: Array("big".utf8), payload: payload, qos: qos)
                driver.perform(.publish(client: 0, token: 2, message))
                let events = [await driver.next(), await driver.next()]
                #expect(events.contains(.published(client: 0, token: 2, nil)))
                #expect(events.contains(.message(client: 0, message)))
            }
        }
    }

    @Test func `TLS towards a plain port fails the negotiation`() async throws {
        let (answer, _, _) = try await attempt(files.broker, port: 1883, UplinkTLS(verifiesServer: false))
        #expect(answer == .connectFailed(client: 0, .negotiation))
    }
}
