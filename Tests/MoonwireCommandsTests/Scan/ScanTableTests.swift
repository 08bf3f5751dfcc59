import ModemSession
import ModemTransports
import Testing

@testable import MoonwireCommands

@Suite struct ScanTableTests {
    private func modem(
        _ topology: String,
        _ name: String,
        _ occupant: PortOccupant,
        _ answer: FoundModem.Answer
    ) -> FoundModem {
        let usb = USBInterface(vendor: 0x1E0E, product: 0x9011, number: 2, topology: topology)
        let port = SerialPortEntry(name: name, path: "/dev/\(name)", usb: usb, driver: "option")
        return FoundModem(
            device: USBDevice(ports: [port], model: .simcom),
            port: port,
            occupant: occupant,
            answer: answer
        )
    }

    @Test func `The table lines up and says who has a port`() {
        let modems = [
            modem("1-3.1", "ttyUSB2", .nobody, .identified(model: "A7600C", imei: "867584030000018")),
            modem("1-3.2", "ttyUSB9", .process(PortHolder(pid: 4121, program: "tio")), .notAsked),
        ]
        #expect(
            ScanTable.text(modems, style: Style(.never)) == """
                NAME       MODEL   IMEI             AT PORT  USB           TOPOLOGY  STATE
                m-000018   A7600C  867584030000018  ttyUSB2  1e0e:9011 #2  1-3.1     free
                usb-1-3.2  -       -                ttyUSB9  1e0e:9011 #2  1-3.2     busy: tio (pid 4121)

                """
        )
    }

    @Test(arguments: [
        (PortOccupant.nobody, FoundModem.Answer.notAsked, "free"),
        (.process(PortHolder(pid: 7)), .notAsked, "busy: another process (pid 7)"),
        (.modemManager(pid: 812), .notAsked, "free, but ModemManager (pid 812) may open it"),
        (.nobody, .silent("ttyUSB2: no answer within 1.50 s"), "silent: ttyUSB2: no answer within 1.50 s"),
    ])
    func `The state says why a port cannot be used`(occupant: PortOccupant, answer: FoundModem.Answer, state: String) {
        #expect(ScanTable.state(of: modem("1-1", "ttyUSB0", occupant, answer)) == state)
    }

    @Test func `The same as JSON has every port of the module and its holder`() {
        let busy = ScanJSON.value(modem("1-1", "ttyUSB0", .process(PortHolder(pid: 7, program: "tio")), .notAsked))
        #expect(busy["holder"] == ["pid": 7, "program": "tio"])
        #expect(busy["state"] == "busy")
        #expect(busy["imei"] == .null)
        #expect(busy["ports"]?.array?.count == 1)
    }

    @Test func `Nothing is opened when nobody asks`() async throws {
        try await RecordedSysfs.with([.a7600("1-3.1", first: 0), .serialAdapter]) { tree in
            let scanner = PortScanner(sysfs: tree.sysfs, devices: tree.devices)
            let modems = await ModemDiscovery(scanner: scanner, asking: .notAsked).modems()
            #expect(modems.map(\.name) == ["usb-1-3.1"])
            #expect(modems.map(\.answer) == [.notAsked])
        }
    }

    @Test func `A module none of whose ports can be opened is silent, with the reason`() async throws {
        try await RecordedSysfs.with([.a7600("1-3.1", first: 0)]) { tree in
            let scanner = PortScanner(sysfs: tree.sysfs, devices: tree.devices)
            let modems = await ModemDiscovery(scanner: scanner).modems()
            let modem = try #require(modems.first)
            guard case .silent(let reason) = modem.answer else {
                Issue.record("\(modem.answer)")
                return
            }
            #expect(reason.hasPrefix("ttyUSB0: "))
        }
    }
}
