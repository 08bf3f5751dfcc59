public import ModemSession

/// Who keeps a port from being used.
public enum PortOccupant: Equatable, Sendable {
    case nobody
    case process(PortHolder)
    /// ModemManager is running, and nothing tells it to leave this device alone: it may open the port at any time.
    case modemManager(pid: Int32)

    /// - Parameters:
    ///   - udev: where udev keeps what it knows of devices.
    ///   - manager: the process number of a ModemManager; nil: none is running.
    public static func of(
        _ port: SerialPortEntry,
        udev: String = "/run/udev/data",
        manager: Int32? = modemManager()
    ) -> PortOccupant {
        if let holder = PortHolder.find(device: port.path) {
            return holder.program == "ModemManager" ? .modemManager(pid: holder.pid) : .process(holder)
        }
        guard let manager, !isIgnored(port, udev: udev) else { return .nobody }
        return .modemManager(pid: manager)
    }

    /// The process number of the ModemManager of this system.
    public static func modemManager(proc: String = "/proc") -> Int32? {
        TextFile.names(in: proc).lazy.compactMap { Int32($0) }.first { pid in
            TextFile.read("\(proc)/\(pid)/comm") == "ModemManager\n"
        }
    }

    /// A udev rule may set `ID_MM_DEVICE_IGNORE` for the device or `ID_MM_PORT_IGNORE` for one port of it. The database
    /// has a file for each: `c188:2` for the port, `+usb:1-3.1` for the device.
    static func isIgnored(_ port: SerialPortEntry, udev: String) -> Bool {
        ["c\(port.number)", "+usb:\(port.usb.topology)"].contains { name in
            let lines = TextFile.read("\(udev)/\(name)")?.split(separator: "\n") ?? []
            return lines.contains { $0 == "E:ID_MM_DEVICE_IGNORE=1" || $0 == "E:ID_MM_PORT_IGNORE=1" }
        }
    }
}
