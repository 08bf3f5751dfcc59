import Glibc
import ModemSimulator
import MosquittoUplink
import Testing

@Suite(.timeLimit(.minutes(1))) struct BrokerCredentialsTests {
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        var template = Array("/tmp/moonwire-test-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            for file in ["ca.pem", "server.pem", "server.key", "client.pem", "client.key", "password"] {
                unlink("\(folder)/moonwire/broker/\(file)")
            }
            for part in ["/moonwire/broker", "/moonwire", ""] { rmdir(folder + part) }
        }
        try await body(folder + "/moonwire/broker")
    }

    private func content(_ path: String) throws -> [UInt8] {
        let file = try #require(fopen(path, "r"))
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = fread(&bytes, 1, bytes.count, file)
        return Array(bytes.prefix(count))
    }

    @Test func `The kept files open every listener, and the user's rules hold`() async throws {
        try await withFolder { folder in
            let broker = try BrokerCredentials(keptIn: folder).broker(port: nil).with { $0.detail = .packets }
            let key = try content("\(folder)/client.key")
            #expect(key.starts(with: "-----BEGIN RSA PRIVATE KEY-----".utf8))
            let files = UplinkTLS(
                verifiesServer: true,
                ca: try content("\(folder)/ca.pem"),
                certificate: try content("\(folder)/client.pem"),
                key: key
            )
            let password = try content("\(folder)/password")
            try await withPrivateBroker(broker) { broker in
                for (port, tls) in [(1883, nil), (8883, files), (8884, files)] as [(Int, UplinkTLS?)] {
                    try await UplinkDriver.with(broker.directory) { driver in
                        let connection = UplinkConnection.plain(port: port).with { $0.tls = tls }
                        #expect(await driver.connect(connection) == .connected(client: 0), "\(port)")
                    }
                }
                try await UplinkDriver.with(broker.directory) { driver in
                    let connection = UplinkConnection.plain(port: 1884).with {
                        $0.user = Array(BrokerCredentials.user.utf8)
                        $0.password = password
                    }
                    #expect(await driver.connect(connection) == .connected(client: 0))
                    _ = await driver.ask(.publish(client: 0, token: 1, UplinkMessage("elsewhere", "no", qos: 1)))
                    _ = try await broker.log.first { $0.hasPrefix("Denied PUBLISH") && $0.contains("elsewhere") }
                    _ = await driver.ask(
                        .publish(client: 0, token: 2, UplinkMessage("units/unit-001/x", "yes", qos: 1))
                    )
                    _ = try await broker.log.first {
                        $0.hasPrefix("Received PUBLISH") && $0.contains("units/unit-001/x")
                    }
                }
            }
        }
    }

    @Test func `Files stay the same until one is missing, and only their owner reads them`() async throws {
        try await withFolder { folder in
            _ = try BrokerCredentials(keptIn: folder)
            let first = try content("\(folder)/ca.pem")
            _ = try BrokerCredentials(keptIn: folder)
            #expect(try content("\(folder)/ca.pem") == first)
            var facts = stat()
            #expect(stat("\(folder)/client.key", &facts) == 0 && facts.st_mode & 0o777 == 0o600)
            #expect(stat(folder, &facts) == 0 && facts.st_mode & 0o777 == 0o700)

            unlink("\(folder)/client.key")
            _ = try BrokerCredentials(keptIn: folder)
            #expect(try content("\(folder)/ca.pem") != first)
        }
    }

    @Test func `A place that cannot be written is an error that says what to set`() async throws {
        let error = #expect(throws: PrivateBrokerError.self) { try BrokerCredentials(keptIn: "/dev/null/broker") }
        #expect(error?.description.contains("set XDG_CACHE_HOME") == true)
    }
}
