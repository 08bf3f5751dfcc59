import ModemSimulator
import MosquittoUplink
import Testing

@Suite(.timeLimit(.minutes(5))) struct PlainConnectionTests {
    @Test(arguments: [UInt8(0), 1, 2])
    func `A message published with each QoS comes back to a subscriber`(qos: UInt8) async throws {
        try await withPrivateBroker { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                #expect(await driver.connect(.plain()) == .connected(client: 0))
                let filters = [UplinkRequest.Filter("units/+/state", qos: qos)]
                #expect(
                    await driver.ask(.subscribe(client: 0, token: 1, filters: filters))
                        == .subscribed(client: 0, token: 1, .success([qos]))
                )
                let message = UplinkMessage("units/7/state", "on\u{0}\r\nOK\r\n", qos: qos)
                driver.perform(.publish(client: 0, token: 2, message))
                let events = [await driver.next(), await driver.next()]
                #expect(events.contains(.published(client: 0, token: 2, nil)))
                #expect(events.contains(.message(client: 0, message)))
                #expect(await driver.ask(.disconnect(client: 0)) == .disconnected(client: 0, nil))
            }
        }
    }

    @Test func `Filters of one request are granted in their order, whatever their QoS`() async throws {
        try await withPrivateBroker(.init(detail: .packets)) { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                _ = await driver.connect(.plain())
                let filters = [2, 0, 1, 0].enumerated().map { UplinkRequest.Filter("f/\($0.offset)", qos: $0.element) }
                #expect(
                    await driver.ask(.subscribe(client: 0, token: 1, filters: filters))
                        == .subscribed(client: 0, token: 1, .success([2, 0, 1, 0]))
                )
            }
        }
    }

    @Test func `After unsubscribing nothing more arrives`() async throws {
        try await withPrivateBroker { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                _ = await driver.connect(.plain())
                _ = await driver.ask(.subscribe(client: 0, token: 1, filters: [.init("a"), .init("b")]))
                #expect(
                    await driver.ask(.unsubscribe(client: 0, token: 2, filters: [Array("a".utf8)]))
                        == .unsubscribed(client: 0, token: 2, nil)
                )
                _ = await driver.ask(.publish(client: 0, token: 3, UplinkMessage("a", "gone")))
                driver.perform(.publish(client: 0, token: 4, UplinkMessage("b", "there")))
                let events = [await driver.next(), await driver.next()]
                #expect(events.contains(.message(client: 0, UplinkMessage("b", "there"))))
            }
        }
    }

    @Test(arguments: [(3, "p1"), (4, "p2")])
    func `The broker sees the protocol version, keep-alive and clean flag that were asked for`(
        version: Int,
        shown: String
    ) async throws {
        try await withPrivateBroker { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                let connection = UplinkConnection.plain().with {
                    $0.version = version
                    $0.keepAlive = 3
                    $0.cleanSession = false
                }
                #expect(await driver.connect(connection) == .connected(client: 0))
                // libmosquitto takes no interval below five seconds.
                _ = try await broker.log.first { $0.contains("as unit-001 (\(shown), c0, k5)") }
            }
        }
    }

    @Test func `A retained message and a persistent session wait for the client`() async throws {
        try await withPrivateBroker { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                let lasting = UplinkConnection.plain("lasting").with { $0.cleanSession = false }
                _ = await driver.connect(lasting)
                _ = await driver.ask(.subscribe(client: 0, token: 1, filters: [.init("news", qos: 1)]))
                _ = await driver.ask(.disconnect(client: 0))

                _ = await driver.connect(.plain("sender"), client: 1)
                let news = UplinkMessage("news", "while you were away", qos: 1)
                let state = UplinkMessage("state", "on", qos: 1, retain: true)
                #expect(await driver.ask(.publish(client: 1, token: 2, news)) == .published(client: 1, token: 2, nil))
                #expect(await driver.ask(.publish(client: 1, token: 3, state)) == .published(client: 1, token: 3, nil))

                #expect(await driver.connect(lasting) == .connected(client: 0))
                #expect(await driver.next() == .message(client: 0, news))
                driver.perform(.subscribe(client: 0, token: 4, filters: [.init("state", qos: 1)]))
                let events = [await driver.next(), await driver.next()]
                #expect(events.contains(.message(client: 0, state)))
            }
        }
    }

    @Test func `The will is published after abandon and not after disconnect`() async throws {
        try await withPrivateBroker { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                _ = await driver.connect(.plain("witness"), client: 1)
                _ = await driver.ask(.subscribe(client: 1, token: 1, filters: [.init("#", qos: 1)]))
                let polite = UplinkConnection.plain().with { $0.will = UplinkMessage("wills/polite", "no", qos: 1) }
                _ = await driver.connect(polite)
                _ = await driver.ask(.disconnect(client: 0))
                let will = UplinkMessage("wills/abrupt", "qwerty", qos: 1)
                _ = await driver.connect(.plain().with { $0.will = will })
                driver.perform(.abandon(client: 0))
                #expect(await driver.next() == .message(client: 1, will))
            }
        }
    }

    @Test func `Topics that a broker would not take reach the private broker and come back`() async throws {
        let topic: [UInt8] = [0xF7, 0xF7, 0xF7, 0xF7, 0xF7, 0xF7, 0xF7, 0xF7, 0x3F]
        try await withPrivateBroker { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                _ = await driver.connect(.plain())
                #expect(
                    await driver.ask(.subscribe(client: 0, token: 1, filters: [.init(topic: topic, qos: 1)]))
                        == .subscribed(client: 0, token: 1, .success([1]))
                )
                let message = UplinkMessage(topic: topic, payload: [], qos: 1)
                driver.perform(.publish(client: 0, token: 2, message))
                let events = [await driver.next(), await driver.next()]
                #expect(events.contains(.published(client: 0, token: 2, nil)))
                #expect(events.contains(.message(client: 0, message)))
            }
        }
    }

    @Test func `With a foreign broker such a topic ends the connection, as the broker would`() async throws {
        try await withPrivateBroker { broker in
            let foreign = HostDirectory.broker(host: "127.0.0.1", port: broker.ports.plain)
            try await UplinkDriver.with(foreign) { driver in
                _ = await driver.connect(.plain())
                driver.perform(.publish(client: 0, token: 1, UplinkMessage(topic: [0xF7], payload: [], qos: 1)))
                #expect(await driver.next() == .published(client: 0, token: 1, .closedByPeer))
                #expect(await driver.next() == .lost(client: 0, .closedByPeer))
            }
        }
    }

    @Test func `Two clients of one module are connected at once and do not mix`() async throws {
        try await withPrivateBroker { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                _ = await driver.connect(.plain("first"))
                _ = await driver.connect(.plain("second"), client: 1)
                _ = await driver.ask(.subscribe(client: 1, token: 1, filters: [.init("to/second")]))
                driver.perform(.publish(client: 0, token: 2, UplinkMessage("to/second", "hello")))
                let events = [await driver.next(), await driver.next()]
                #expect(events.contains(.published(client: 0, token: 2, nil)))
                #expect(events.contains(.message(client: 1, UplinkMessage("to/second", "hello"))))
            }
        }
    }

    @Test func `Requests of a client without a connection are answered at once`() async throws {
        try await UplinkDriver.with(.system) { driver in
            #expect(await driver.ask(.disconnect(client: 0)) == .disconnected(client: 0, .notConnected))
            #expect(
                await driver.ask(.subscribe(client: 0, token: 1, filters: [.init("a")]))
                    == .subscribed(client: 0, token: 1, .failure(.notConnected))
            )
            #expect(
                await driver.ask(.unsubscribe(client: 0, token: 2, filters: [[0x61]]))
                    == .unsubscribed(client: 0, token: 2, .notConnected)
            )
        }
    }

    @Test func `A payload of the largest size a module can hold passes unchanged`() async throws {
        try await withPrivateBroker { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                _ = await driver.connect(.plain())
                _ = await driver.ask(.subscribe(client: 0, token: 1, filters: [.init("big")]))
                let payload = (0..<10240).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                let message = UplinkMessage(topic: Array("big".utf8), payload: payload, qos: 0)
                driver.perform(.publish(client: 0, token: 2, message))
                let events = [await driver.next(), await driver.next()]
                #expect(events.contains(.message(client: 0, message)))
            }
        }
    }

    @Test func `No event comes after shutdown`() async throws {
        try await withPrivateBroker { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                _ = await driver.connect(.plain())
                driver.perform(.subscribe(client: 0, token: 1, filters: [.init("#")]))
                await driver.shutdown()
                driver.perform(.publish(client: 0, token: 2, UplinkMessage("a", "b")))
                let left = await driver.drained()
                #expect(!left.contains(.published(client: 0, token: 2, .notConnected)))
            }
        }
    }
}
