import Foundation

/// A sysfs tree as recorded from a bench, made anew in a temporary folder: folders, small files and relative links.
struct RecordedSysfs {
    /// A serial port of a device: interface number, class, name, driver, and whether it hangs on usb-serial, which puts a
    /// folder of its own between interface and tty.
    struct Port {
        var interface: Int
        var name: String
        var driver: String
        var interfaceClass = "ff"
        var isUSBSerial = true
        var number = "188:0"
    }

    struct Device {
        var topology: String
        var vendor: String
        var product: String
        var serial: String?
        var manufacturer = ""
        var productName = ""
        var ports: [Port]
    }

    let root: String
    var sysfs: String { root + "/sys" }
    var devices: String { root + "/dev" }

    /// Runs `body` with a tree of these devices, and removes it.
    static func with<Result>(_ devices: [Device], _ body: (RecordedSysfs) async throws -> Result) async throws -> Result
    {
        var template = Array("/tmp/moonwire-sysfs-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Failure(errno: errno) }
        let tree = RecordedSysfs(
            root: String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        )
        defer { tree.remove() }
        tree.make(tree.devices)
        tree.make(tree.sysfs + "/class/tty")
        for device in devices { try tree.add(device) }
        return try await body(tree)
    }

    struct Failure: Error { var errno: Int32 }

    /// The device is pulled out: its ports and their device files are gone.
    func pull(_ device: Device) throws {
        for port in device.ports {
            try FileManager.default.removeItem(atPath: "\(sysfs)/class/tty/\(port.name)")
            if (try? FileManager.default.destinationOfSymbolicLink(atPath: "\(devices)/\(port.name)")) != nil {
                try FileManager.default.removeItem(atPath: "\(devices)/\(port.name)")
            }
        }
        try FileManager.default.removeItem(atPath: "\(sysfs)/\(Self.hub)/\(device.topology)")
    }

    /// Makes a terminal the device file of a port.
    func connect(_ name: String, to terminal: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(devices)/\(name)", withDestinationPath: terminal)
    }

    private static let hub = "devices/pci0000:00/0000:00:14.0/usb1"

    func add(_ device: Device) throws {
        let unit = "\(Self.hub)/\(device.topology)"
        try write(device.vendor, "\(unit)/idVendor")
        try write(device.product, "\(unit)/idProduct")
        if let serial = device.serial { try write(serial, "\(unit)/serial") }
        try write(device.manufacturer, "\(unit)/manufacturer")
        try write(device.productName, "\(unit)/product")
        for port in device.ports {
            let interface = "\(unit)/\(device.topology):1.\(port.interface)"
            let number = String(port.interface, radix: 16)
            try write(port.interface < 16 ? "0" + number : number, "\(interface)/bInterfaceNumber")
            try write(port.interfaceClass, "\(interface)/bInterfaceClass")
            make("\(sysfs)/bus/usb/drivers/\(port.driver)")
            let up = String(repeating: "../", count: interface.split(separator: "/").count)
            try link("\(interface)/driver", to: "\(up)bus/usb/drivers/\(port.driver)")
            let holder = port.isUSBSerial ? "\(interface)/\(port.name)" : interface
            let tty = "\(holder)/tty/\(port.name)"
            make("\(sysfs)/\(tty)")
            try write(port.number, "\(tty)/dev")
            try link("\(tty)/device", to: "../..")
            try link("class/tty/\(port.name)", to: "../../\(tty)")
        }
    }

    /// A tty without a device, as the consoles are.
    func addConsole(_ name: String) throws {
        make("\(sysfs)/devices/virtual/tty/\(name)")
        try link("class/tty/\(name)", to: "../../devices/virtual/tty/\(name)")
    }

    func make(_ folder: String) {
        var built = ""
        for part in folder.split(separator: "/") {
            built += "/\(part)"
            mkdir(built, 0o700)
        }
    }

    func write(_ text: String, _ path: String) throws {
        let full = path.hasPrefix("/") ? path : "\(sysfs)/\(path)"
        make("/" + full.split(separator: "/").dropLast().joined(separator: "/"))
        let descriptor = open(full, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        guard descriptor >= 0 else { throw Failure(errno: errno) }
        let bytes = Array("\(text)\n".utf8)
        _ = Foundation.write(descriptor, bytes, bytes.count)
        close(descriptor)
    }

    private func link(_ path: String, to target: String) throws {
        guard symlink(target, "\(sysfs)/\(path)") == 0 else { throw Failure(errno: errno) }
    }

    private func remove() {
        // Links are removed, not followed.
        try? FileManager.default.removeItem(atPath: root)
    }
}

extension RecordedSysfs.Device {
    /// RNDIS on 0 and 1, AT on 2.
    static func a7600(_ topology: String, first: Int, serial: String = "0123456789ABCDEF") -> RecordedSysfs.Device {
        RecordedSysfs.Device(
            topology: topology,
            vendor: "1e0e",
            product: "9011",
            serial: serial,
            manufacturer: "SIMCOM INCORPORATED",
            productName: "A7600C-L1",
            ports: (2...5).map { interface in
                RecordedSysfs.Port(
                    interface: interface,
                    name: "ttyUSB\(first + interface - 2)",
                    driver: "option",
                    number: "188:\(first + interface - 2)"
                )
            }
        )
    }

    /// Diagnostics, NMEA, AT, dial-up and audio on 0 to 4.
    static func sim7600(_ topology: String, first: Int) -> RecordedSysfs.Device {
        RecordedSysfs.Device(
            topology: topology,
            vendor: "1e0e",
            product: "9001",
            serial: "0123456789ABCDEF",
            manufacturer: "SimTech, Incorporated",
            productName: "SimTech, Incorporated",
            ports: (0...4).map { interface in
                RecordedSysfs.Port(
                    interface: interface,
                    name: "ttyUSB\(first + interface)",
                    driver: "option",
                    number: "188:\(first + interface)"
                )
            }
        )
    }

    static let serialAdapter = RecordedSysfs.Device(
        topology: "1-4",
        vendor: "0403",
        product: "6001",
        serial: "A50285BI",
        manufacturer: "FTDI",
        productName: "FT232R USB UART",
        ports: [RecordedSysfs.Port(interface: 0, name: "ttyUSB9", driver: "ftdi_sio")]
    )

    /// A microcontroller board by CDC ACM, whose tty is right below the interface.
    static let board = RecordedSysfs.Device(
        topology: "1-5",
        vendor: "2341",
        product: "0043",
        serial: nil,
        ports: [
            RecordedSysfs.Port(
                interface: 0,
                name: "ttyACM0",
                driver: "cdc_acm",
                interfaceClass: "02",
                isUSBSerial: false,
                number: "166:0"
            )
        ]
    )
}
