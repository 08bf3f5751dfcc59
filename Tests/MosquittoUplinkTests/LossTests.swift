import Glibc
import ModemSimulator
import MosquittoUplink
import Testing

@Suite(.timeLimit(.minutes(5))) struct LossTests {
    private static let accept = FakeServer.Step.send([0x20, 2, 0, 0])

    @Test func `A broker that is killed loses the connection`() async throws {
        try await withPrivateBroker { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                #expect(await driver.connect(.plain()) == .connected(client: 0))
                kill(broker.processID, SIGKILL)
                #expect(await driver.next() == .lost(client: 0, .closedByPeer))
                #expect(
                    await driver.ask(.publish(client: 0, token: 1, UplinkMessage("a", "b")))
                        == .published(client: 0, token: 1, .notConnected)
                )
            }
        }
    }

    @Test func `A name below invalid is not found and a port that nobody offers is refused`() async throws {
        try await withPrivateBroker { broker in
            try await UplinkDriver.with(broker.directory) { driver in
                let unknown = UplinkConnection.plain().with { $0.host = "broker.invalid" }
                #expect(await driver.connect(unknown) == .connectFailed(client: 0, .nameNotFound))
                #expect(await driver.connect(.plain(port: 1999)) == .connectFailed(client: 0, .noConnection))
                #expect(await driver.connect(.plain(port: 8883)) == .connectFailed(client: 0, .noConnection))
                #expect(await driver.connect(.plain()) == .connected(client: 0))
            }
        }
    }

    @Test func `The system's resolver says that a name does not exist`() async throws {
        try await UplinkDriver.with(.system) { driver in
            let unknown = UplinkConnection.plain().with { $0.host = "no-such-host.invalid" }
            #expect(await driver.connect(unknown) == .connectFailed(client: 0, .nameNotFound))
        }
    }

    @Test func `A name of the system is looked up and reached`() async throws {
        try await withPrivateBroker { broker in
            let directory = HostDirectory.broker(host: "localhost", port: broker.ports.plain)
            try await UplinkDriver.with(directory) { driver in
                #expect(await driver.connect(.plain()) == .connected(client: 0))
            }
        }
    }

    @Test func `A server that closes before CONNACK has closed by itself`() async throws {
        try await FakeServer.with([.close]) { server in
            try await UplinkDriver.with(server.directory) { driver in
                #expect(await driver.connect(.plain()) == .connectFailed(client: 0, .closedByPeer))
            }
        }
    }

    @Test func `A server that says nothing runs into the time limit`() async throws {
        try await FakeServer.with([]) { server in
            try await UplinkDriver.with(server.directory) { driver in
                let hasty = UplinkConnection.plain().with { $0.timeout = 1 }
                #expect(await driver.connect(hasty) == .connectFailed(client: 0, .timeout))
            }
        }
    }

    @Test func `A TLS server that says nothing runs into the limit of the negotiation`() async throws {
        try await FakeServer.with([]) { server in
            try await UplinkDriver.with(server.directory) { driver in
                let tls = UplinkTLS(verifiesServer: false, timeout: 0)
                #expect(
                    await driver.connect(.plain().with { $0.tls = tls }) == .connectFailed(client: 0, .negotiation)
                )
            }
        }
    }

    @Test(arguments: [FakeServer.Step.close, .reset])
    func `A server that ends in the middle of the negotiation has failed it`(step: FakeServer.Step) async throws {
        try await FakeServer.with([step]) { server in
            try await UplinkDriver.with(server.directory) { driver in
                let tls = UplinkTLS(verifiesServer: false)
                #expect(
                    await driver.connect(.plain().with { $0.tls = tls }) == .connectFailed(client: 0, .negotiation)
                )
            }
        }
    }

    @Test(
        arguments: [
            ([0x41, 0x00], .malformed),
            ([0x20, 0x02, 0x00, 0x09], .malformed),
            // Read as the beginning of a long packet that never ends.
            (Array("HTTP/1.1 400 Bad Request\r\n\r\n".utf8), .closedByPeer),
        ] as [([UInt8], UplinkFailure)]
    )
    func `A server that does not speak MQTT is no success`(answer: [UInt8], failure: UplinkFailure) async throws {
        try await FakeServer.with([.sendAndClose(answer)]) { server in
            try await UplinkDriver.with(server.directory) { driver in
                #expect(await driver.connect(.plain()) == .connectFailed(client: 0, failure))
            }
        }
    }

    @Test func `Requests that wait when the connection ends fail before the loss is told`() async throws {
        try await FakeServer.with([Self.accept, .close]) { server in
            try await UplinkDriver.with(server.directory) { driver in
                #expect(await driver.connect(.plain()) == .connected(client: 0))
                driver.perform(.publish(client: 0, token: 4, UplinkMessage("a", "b", qos: 1)))
                #expect(await driver.next() == .published(client: 0, token: 4, .closedByPeer))
                #expect(await driver.next() == .lost(client: 0, .closedByPeer))
            }
        }
    }

    @Test func `A reset is told apart from a close`() async throws {
        try await FakeServer.with([Self.accept, .reset]) { server in
            try await UplinkDriver.with(server.directory) { driver in
                #expect(await driver.connect(.plain()) == .connected(client: 0))
                driver.perform(.subscribe(client: 0, token: 5, filters: [.init("a")]))
                #expect(await driver.next() == .subscribed(client: 0, token: 5, .failure(.closedByPeer)))
                #expect(await driver.next() == .lost(client: 0, .reset))
            }
        }
    }
}
