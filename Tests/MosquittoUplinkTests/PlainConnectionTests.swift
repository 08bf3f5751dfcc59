import ModemSimulator
import MosquittoUplink
import Testing

@Suite struct PlainConnectionTests {
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
}
