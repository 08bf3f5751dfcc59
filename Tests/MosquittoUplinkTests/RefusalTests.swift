import ModemSimulator
import MosquittoUplink
import Testing

@Suite(.timeLimit(.minutes(5))) struct RefusalTests {
    @Test(arguments: [
        ("fleet", "right", UplinkEvent.connected(client: 0)),
        ("fleet", "wrong", .connectFailed(client: 0, .refused(5))),
        ("nobody", "right", .connectFailed(client: 0, .refused(5))),
    ])
    func `A wrong user or password is refused and logged`(
        user: String,
        password: String,
        expected: UplinkEvent
    ) async throws {
        let configuration = PrivateBrokerConfiguration().with { $0.users = ["fleet": "right"] }
        try await withPrivateBroker(configuration) { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                let connection = UplinkConnection.plain(port: 1884).with {
                    $0.user = Array(user.utf8)
                    $0.password = Array(password.utf8)
                }
                #expect(await driver.connect(connection) == expected)
                let line =
                    expected == .connected(client: 0)
                    ? "as unit-001 (p1, c1, k60, u'fleet')" : "disconnected, not authorised."
                _ = try await broker.log.first { $0.contains(line) }
            }
        }
    }

    @Test func `An identifier with a wrong prefix is refused`() async throws {
        let configuration = PrivateBrokerConfiguration().with { $0.identifierPrefix = "unit-" }
        try await withPrivateBroker(configuration) { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                #expect(await driver.connect(.plain("stranger")) == .connectFailed(client: 0, .refused(5)))
                #expect(await driver.connect(.plain("unit-7")) == .connected(client: 0))
            }
        }
    }

    @Test func `A publish that the access rules forbid is acknowledged and goes nowhere`() async throws {
        let configuration = PrivateBrokerConfiguration(detail: .packets).with {
            $0.accessRules = "topic readwrite open/#\ntopic read closed/#"
        }
        try await withPrivateBroker(configuration) { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                _ = await driver.connect(.plain())
                let filters = [UplinkRequest.Filter("#", qos: 1)]
                _ = await driver.ask(.subscribe(client: 0, token: 1, filters: filters))
                let forbidden = UplinkMessage("closed/1", "no", qos: 1)
                #expect(
                    await driver.ask(.publish(client: 0, token: 2, forbidden))
                        == .published(client: 0, token: 2, nil)
                )
                let allowed = UplinkMessage("open/1", "yes", qos: 1)
                driver.perform(.publish(client: 0, token: 3, allowed))
                let events = [await driver.next(), await driver.next()]
                #expect(events.contains(.message(client: 0, allowed)))
                _ = try await broker.log.first {
                    $0.hasPrefix("Denied PUBLISH from unit-001") && $0.contains("closed/1")
                }
            }
        }
    }

    @Test(arguments: 1...5)
    func `Each refusal of CONNACK keeps its number`(code: Int) async throws {
        try await FakeServer.with([.send([0x20, 2, 0, UInt8(code)])]) { server in
            try await UplinkDriver.with(server.directory) { driver in
                #expect(await driver.connect(.plain()) == .connectFailed(client: 0, .refused(code)))
            }
        }
    }

    @Test func `A refused filter is told apart from a granted one`() async throws {
        try await FakeServer.with([.send([0x20, 2, 0, 0]), .send([0x90, 4, 0, 1, 1, 0x80])]) { server in
            try await UplinkDriver.with(server.directory) { driver in
                #expect(await driver.connect(.plain()) == .connected(client: 0))
                let filters = [UplinkRequest.Filter("a", qos: 1), UplinkRequest.Filter("b", qos: 1)]
                #expect(
                    await driver.ask(.subscribe(client: 0, token: 9, filters: filters))
                        == .subscribed(client: 0, token: 9, .success([1, 0x80]))
                )
            }
        }
    }
}
