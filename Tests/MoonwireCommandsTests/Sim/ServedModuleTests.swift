import ModemSimulator
import Testing

@testable import MoonwireCommands

@Suite struct ServedModuleTests {
    @Test(arguments: [
        ("./modem0", 3, ["./modem0", "./modem1", "./modem2"]), ("/dev/shm/m9", 2, ["/dev/shm/m9", "/dev/shm/m10"]),
        ("modem", 2, ["modem0", "modem1"]), ("modem", 1, ["modem"]), ("modem4", 1, ["modem4"]),
    ])
    func `links count up from the number at their end`(link: String, count: Int, expected: [String]) {
        let places = (0..<count).map { ServedModule.Place.pty(link: link).numbered($0, of: count) }
        #expect(places == expected.map { .pty(link: $0) })
    }

    @Test func `ports count up, and any free port stays any free port`() {
        let place = ServedModule.Place.tcp(host: "127.0.0.1", port: 7000)
        #expect(place.numbered(2, of: 3) == .tcp(host: "127.0.0.1", port: 7002))
        #expect(ServedModule.Place.tcp(host: "::1", port: 0).numbered(2, of: 3) == .tcp(host: "::1", port: 0))
    }

    @Test func `an IMEI that follows another has a check digit of its own`() throws {
        let first = try #require(IMEI("490154203237518"))
        #expect(first.advanced(by: 0).text == "490154203237518")
        #expect(IMEI("490154203237508")?.advanced(by: 1).text == "490154203237518")
        #expect(first.advanced(by: 255).text.count == 15)
        #expect(IMEI("49015420323751") == nil)
        #expect(IMEI("49015420323751x") == nil)
    }

    @Test func `bytes in the log stand on one line`() {
        let bytes: [UInt8] = Array("AT\\\r\n".utf8) + [0, 0x1A, 0xFF]
        #expect(LineLog.text(bytes) == "AT\\\\\\r\\n\\x00\\x1a\\xff")
    }

    @Test func `the status line says what one module does, and sums up several`() {
        var status = ModuleStatus()
        status.commands = 12
        status.connections = [.init(client: 0, address: "tcp://broker.example:1883")]
        #expect(
            StatusDisplay.summary(names: ["modem0"], [status], .seconds(31))
                == "modem0  12 commands  client 0 at tcp://broker.example:1883  00:31"
        )
        #expect(
            StatusDisplay.summary(names: ["a", "b"], [status, ModuleStatus()], .seconds(31))
                == "2 modules  12 commands  1 MQTT connection  00:31"
        )
        status.isDown = true
        #expect(StatusDisplay.summary(names: ["a"], [status], .zero) == "a  12 commands  off  00:00")
    }

    @Test func `changes are told once, in words`() {
        var connected = ModuleStatus()
        connected.connections = [.init(client: 1, address: "tcp://b:1")]
        let before = ModuleStatus()
        #expect(StatusDisplay.changes(from: before, to: connected) == ["client 1 at tcp://b:1 is connected"])
        #expect(StatusDisplay.changes(from: connected, to: before) == ["client 1 at tcp://b:1 has ended"])
        #expect(StatusDisplay.changes(from: connected, to: connected) == [])
    }
}
