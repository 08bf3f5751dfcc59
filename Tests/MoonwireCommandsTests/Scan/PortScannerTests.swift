import ModemSession
import ModemTransports
import Testing

@testable import MoonwireCommands

@Suite struct PortScannerTests {
    private func scan(_ devices: [RecordedSysfs.Device]) async throws -> [USBDevice] {
        try await RecordedSysfs.with(devices) { tree in
            try tree.addConsole("tty0")
            return PortScanner(sysfs: tree.sysfs, devices: tree.devices).scan()
        }
    }

    @Test func `The ports of one module are one device, by interface number`() async throws {
        let devices = try await scan([.a7600("1-3.1", first: 0)])
        let device = try #require(devices.first)
        #expect(devices.count == 1)
        #expect(device.ports.map(\.name) == ["ttyUSB0", "ttyUSB1", "ttyUSB2", "ttyUSB3"])
        #expect(device.ports.map(\.usb.number) == [2, 3, 4, 5])
        #expect(device.ports.map(\.driver) == ["option", "option", "option", "option"])
        #expect(device.identity == "1e0e:9011")
        #expect(device.topology == "1-3.1")
        #expect(device.serial == "0123456789ABCDEF")
        #expect(device.ports.first?.usb.productName == "A7600C-L1")
        #expect(device.ports.map(\.number) == ["188:0", "188:1", "188:2", "188:3"])
    }

    @Test func `The likeliest AT interface of a SIMCom module is number 2`() async throws {
        let devices = try await scan([.a7600("1-3.1", first: 0), .sim7600("1-3.2", first: 4)])
        #expect(devices.map { $0.candidates.first?.name } == ["ttyUSB0", "ttyUSB6"])
        #expect(devices.map { $0.candidates.count } == [4, 4])
    }

    @Test func `Adapters and boards are no modems and have no port to be asked`() async throws {
        let devices = try await scan([.serialAdapter, .board])
        #expect(devices.map(\.topology) == ["1-4", "1-5"])
        #expect(devices.map(\.model) == [nil, nil])
        #expect(devices.allSatisfy { $0.candidates.isEmpty })
        #expect(devices.last?.ports.first?.driver == "cdc_acm")
        #expect(devices.last?.serial == nil)
    }

    @Test func `Devices come in the order of the bus, tenth port behind the ninth`() async throws {
        let devices = try await scan([.a7600("1-3.10", first: 8), .a7600("1-3.9", first: 4), .a7600("1-3", first: 0)])
        #expect(devices.map(\.topology) == ["1-3", "1-3.9", "1-3.10"])
    }

    @Test func `A place on the bus finds its device`() async throws {
        try await RecordedSysfs.with([.a7600("1-3.1", first: 0), .serialAdapter]) { tree in
            let scanner = PortScanner(sysfs: tree.sysfs, devices: tree.devices)
            #expect(scanner.device(at: "1-3.1")?.candidates.first?.path == tree.devices + "/ttyUSB0")
            #expect(scanner.device(at: "1-3.2") == nil)
        }
    }

    @Test func `A system without sysfs has no ports`() {
        #expect(PortScanner(sysfs: "/nonexistent").scan().isEmpty)
    }

    @Test func `A udev rule that ModemManager obeys frees the port`() async throws {
        try await RecordedSysfs.with([.a7600("1-3.1", first: 0)]) { tree in
            let udev = tree.root + "/udev"
            let port = try #require(PortScanner(sysfs: tree.sysfs, devices: tree.devices).scan().first?.ports.first)
            #expect(PortOccupant.of(port, udev: udev, manager: 812) == .modemManager(pid: 812))
            #expect(PortOccupant.of(port, udev: udev, manager: nil) == .nobody)
            try tree.write("E:ID_MM_CANDIDATE=1", "\(udev)/c188:0")
            #expect(PortOccupant.of(port, udev: udev, manager: 812) == .modemManager(pid: 812))
            try tree.write("E:ID_MM_CANDIDATE=1\nE:ID_MM_DEVICE_IGNORE=1", "\(udev)/+usb:1-3.1")
            #expect(PortOccupant.of(port, udev: udev, manager: 812) == .nobody)
        }
    }

    @Test func `ModemManager is found by its name`() async throws {
        try await RecordedSysfs.with([]) { tree in
            let proc = tree.root + "/proc"
            try tree.write("bash", "\(proc)/77/comm")
            #expect(PortOccupant.modemManager(proc: proc) == nil)
            try tree.write("ModemManager", "\(proc)/812/comm")
            #expect(PortOccupant.modemManager(proc: proc) == 812)
        }
    }
}
