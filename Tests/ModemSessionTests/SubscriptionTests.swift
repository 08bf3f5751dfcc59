import ATProtocol
import ModemSession
import Testing

@Suite(.timeLimit(.minutes(1)))
struct SubscriptionTests {
    @Test("A subscription is armed when the call returns, and takes what its filter takes")
    func armed() async throws {
        let modem = ScriptedModem()
        try await withSession(on: modem, configuration: .plain) { session in
            let registrations = session.subscribe(.urc("+CREG"))
            modem.perform(.send("\r\n+CREG: 1\r\n\r\n+OTHER\r\n\r\n+CREG: 2\r\n"))
            var iterator = registrations.makeAsyncIterator()
            #expect(await iterator.next()?.text == "+CREG: 1")
            #expect(await iterator.next()?.text == "+CREG: 2")
            registrations.cancel()
            #expect(await iterator.next() == nil)
        }
    }

    @Test("A slow reader loses the oldest; how many is said in their place and counted")
    func overflow() async throws {
        let modem = ScriptedModem()
        try await withSession(on: modem, configuration: .plain) { session in
            let slow = session.subscribe(.urc("+CREG"), capacity: .init(events: 4))
            let quick = session.subscribe(.urc("+CREG"), capacity: .init(events: 1000))
            for number in 0..<10 { modem.perform(.send("\r\n+CREG: \(number)\r\n")) }
            await modem.virtual.settle()
            slow.cancel()
            quick.cancel()
            #expect(await slow.texts == ["dropped 6", "+CREG: 6", "+CREG: 7", "+CREG: 8", "+CREG: 9"])
            #expect(slow.dropped == 6)
            #expect(await quick.texts == (0..<10).map { "+CREG: \($0)" })
            #expect(quick.dropped == 0)
        }
    }

    @Test("The bytes that wait are bounded too, but one event is kept whatever its size")
    func overflowOfBytes() async throws {
        let modem = ScriptedModem()
        try await withSession(on: modem, configuration: .plain) { session in
            let narrow = session.subscribe(.urc("+BIG"), capacity: .init(events: 100, bytes: 50))
            for number in 0..<3 {
                modem.perform(.send("\r\n+BIG\(number)" + String(repeating: "x", count: 60) + "\r\n"))
            }
            await modem.virtual.settle()
            narrow.cancel()
            #expect(await narrow.texts.map { $0.prefix(9) } == ["dropped 2", "+BIG2xxxx"])
        }
    }

    @Test("A cancelled reader stops waiting; the subscription can be read on")
    func cancelledReader() async throws {
        let modem = ScriptedModem()
        try await withSession(on: modem, configuration: .plain) { session in
            let registrations = session.subscribe(.urc("+CREG"))
            let reader = Task {
                var iterator = registrations.makeAsyncIterator()
                return await iterator.next()
            }
            reader.cancel()
            #expect(await reader.value == nil)
            modem.perform(.send("\r\n+CREG: 1\r\n"))
            var iterator = registrations.makeAsyncIterator()
            #expect(await iterator.next()?.text == "+CREG: 1")
        }
    }
}

extension Subscription {
    fileprivate var texts: [String] {
        get async {
            var texts: [String] = []
            for await element in self { texts.append(element.text) }
            return texts
        }
    }
}

extension Subscription.Element {
    fileprivate var text: String {
        switch self {
        case .dropped(let count): "dropped \(count)"
        case .event(let event):
            if case .urc(let line, _) = event.body { line.text } else { "\(event.body)" }
        }
    }
}
