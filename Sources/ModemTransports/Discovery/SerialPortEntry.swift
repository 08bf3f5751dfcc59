/// A serial port that hangs on USB.
public struct SerialPortEntry: Equatable, Hashable, Sendable {
    /// `ttyUSB2`.
    public var name: String
    /// `/dev/ttyUSB2`.
    public var path: String
    /// Major and minor, `188:2`; empty: not known.
    public var number: String
    public var usb: USBInterface
    /// The kernel's driver, `option`; nil: none is bound.
    public var driver: String?

    public init(name: String, path: String, number: String = "", usb: USBInterface, driver: String? = nil) {
        self.name = name
        self.path = path
        self.number = number
        self.usb = usb
        self.driver = driver
    }
}
