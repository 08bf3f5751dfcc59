internal import Glibc

/// Finds serial ports on USB in sysfs. Opens no port.
public struct PortScanner: Sendable {
    private let sysfs: String
    private let devices: String

    /// - Parameters:
    ///   - sysfs: where sysfs is mounted; a recorded tree in tests.
    ///   - devices: the folder of the device files.
    public init(sysfs: String = "/sys", devices: String = "/dev") {
        self.sysfs = sysfs
        self.devices = devices
    }

    /// Devices with at least one serial port, by topology.
    public func scan() -> [USBDevice] {
        USBDevice.grouped(TextFile.names(in: "\(sysfs)/class/tty").compactMap { port($0) })
    }

    /// The device plugged in at this place of the bus; nil: none with a serial port.
    public func device(at topology: String) -> USBDevice? {
        scan().first { $0.topology == topology }
    }

    /// The USB port that a path leads to, by whatever name; nil: none.
    public func port(at path: String) -> SerialPortEntry? {
        var wanted = stat()
        guard stat(path, &wanted) == 0, wanted.st_mode & S_IFMT == S_IFCHR else { return nil }
        return scan().flatMap(\.ports).first { port in
            var status = stat()
            return stat(port.path, &status) == 0 && status.st_rdev == wanted.st_rdev
        }
    }

    /// Nil: no port on USB. A port may vanish while it is looked at.
    private func port(_ name: String) -> SerialPortEntry? {
        guard let device = Self.real("\(sysfs)/class/tty/\(name)/device"),
            let interface = Self.ancestor(of: device, with: "bInterfaceNumber"),
            let unit = Self.ancestor(of: interface, with: "idVendor"),
            let vendor = Self.attribute("idVendor", of: unit).flatMap({ UInt16($0, radix: 16) }),
            let product = Self.attribute("idProduct", of: unit).flatMap({ UInt16($0, radix: 16) }),
            let number = Self.attribute("bInterfaceNumber", of: interface).flatMap({ Int($0, radix: 16) })
        else { return nil }
        let usb = USBInterface(
            vendor: vendor,
            product: product,
            number: number,
            interfaceClass: Self.attribute("bInterfaceClass", of: interface).flatMap { UInt8($0, radix: 16) } ?? 0xFF,
            topology: Self.lastPart(of: unit),
            serial: Self.attribute("serial", of: unit),
            manufacturer: Self.attribute("manufacturer", of: unit),
            productName: Self.attribute("product", of: unit)
        )
        let driver = TextFile.target(of: "\(interface)/driver").map(Self.lastPart)
        return SerialPortEntry(
            name: name,
            path: "\(devices)/\(name)",
            number: Self.attribute("dev", of: "\(sysfs)/class/tty/\(name)") ?? "",
            usb: usb,
            driver: driver
        )
    }

    /// `path` or the nearest folder above it that has this file.
    private static func ancestor(of path: String, with file: String) -> String? {
        var folder = path[...]
        while !folder.isEmpty {
            if access("\(folder)/\(file)", F_OK) == 0 { return String(folder) }
            guard let slash = folder.lastIndex(of: "/") else { return nil }
            folder = folder[..<slash]
        }
        return nil
    }

    /// Nil: not there, or empty.
    private static func attribute(_ name: String, of folder: String) -> String? {
        guard let text = TextFile.read("\(folder)/\(name)") else { return nil }
        let words = text.split(separator: "\n").first.map(String.init) ?? ""
        return words.isEmpty ? nil : words
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func lastPart(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }
}
