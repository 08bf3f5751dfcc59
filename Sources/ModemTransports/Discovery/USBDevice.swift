/// One USB device with its serial ports: a modem has several.
public struct USBDevice: Equatable, Sendable {
    /// By interface number.
    public var ports: [SerialPortEntry]
    /// What the device is known as; nil: no modem this program knows.
    public var model: KnownModem?

    public init(ports: [SerialPortEntry], model: KnownModem? = nil) {
        self.ports = ports
        self.model = model
    }

    public var topology: String { ports.first?.usb.topology ?? "" }
    public var identity: String { ports.first?.usb.identity ?? "" }
    public var serial: String? { ports.first?.usb.serial }

    /// Ports that look like AT interfaces, the likeliest first. Empty for a device that is no modem.
    public var candidates: [SerialPortEntry] {
        guard let model else { return [] }
        let numbers = model.interfaces
        return ports.filter { numbers.contains($0.usb.number) && $0.usb.interfaceClass == 0xFF }.sorted { left, right in
            let places = [left, right].map { numbers.firstIndex(of: $0.usb.number) ?? numbers.count }
            return places[0] < places[1]
        }
    }

    /// Puts the ports of one device together; devices by topology.
    static func grouped(_ ports: [SerialPortEntry]) -> [USBDevice] {
        Dictionary(grouping: ports, by: \.usb.topology).values.map { ports in
            let sorted = ports.sorted { ($0.usb.number, $0.name) < ($1.usb.number, $1.name) }
            return USBDevice(ports: sorted, model: sorted.first.flatMap { KnownModem(of: $0.usb) })
        }
        .sorted { TopologyOrder.places($0.topology).lexicographicallyPrecedes(TopologyOrder.places($1.topology)) }
    }
}

/// `1-3.10` comes behind `1-3.9`.
enum TopologyOrder {
    static func places(_ topology: String) -> [Int] {
        topology.split { $0 == "-" || $0 == "." }.map { Int($0) ?? 0 }
    }
}
