internal import Glibc
internal import ModemSession
internal import Synchronization

/// Where the device file of one port is now. A USB port that comes back may have another name: it is found again by its
/// place on the bus, or by the serial number of its device where no other has the same.
final class PortLocator: Sendable {
    /// The serial number of modules that were given none: all of them have it.
    private static let placeholder = "0123456789ABCDEF"

    private let path: String
    private let scanner: PortScanner
    /// What hung at `path` when it was looked up first; nil before that, and for a port that is not on USB.
    private let known = Mutex<USBInterface?>(nil)

    init(path: String, scanner: PortScanner) {
        self.path = path
        self.scanner = scanner
    }

    /// - Throws: `TransportError` of code `notFound` while a port that was on USB is not there, whatever has its name now.
    func locate() throws(TransportError) -> String {
        guard let usb = known.withLock({ $0 }) else {
            let usb = scanner.port(at: path)?.usb
            known.withLock { $0 = usb }
            return path
        }
        let ports = scanner.scan().flatMap(\.ports).filter { $0.usb.number == usb.number }
        if let port = ports.first(where: { $0.usb.topology == usb.topology && $0.usb.vendor == usb.vendor }) {
            return port.path
        }
        if let serial = usb.serial, serial != Self.placeholder {
            let relatives = ports.filter { $0.usb.serial == serial && $0.usb.vendor == usb.vendor }
            if relatives.count == 1, let port = relatives.first { return port.path }
        }
        throw TransportError(
            code: .notFound,
            port: path,
            message: "its module, usb:\(usb.topology), is not there; connect it again"
        )
    }
}
