/// The interface of a USB device that a serial port belongs to, as sysfs tells it.
public struct USBInterface: Equatable, Hashable, Sendable {
    /// `idVendor` and `idProduct`.
    public var vendor: UInt16
    public var product: UInt16
    /// `bInterfaceNumber`, counted from 0.
    public var number: Int
    /// `bInterfaceClass`; 0xFF: of the vendor's own.
    public var interfaceClass: UInt8
    /// Where the device is plugged in: bus, then port by port, `1-3.1`. Stays when the device comes back.
    public var topology: String
    /// Nil: the device has none. Many modules all have the same.
    public var serial: String?
    public var manufacturer: String?
    public var productName: String?

    public init(
        vendor: UInt16,
        product: UInt16,
        number: Int,
        interfaceClass: UInt8 = 0xFF,
        topology: String,
        serial: String? = nil,
        manufacturer: String? = nil,
        productName: String? = nil
    ) {
        self.vendor = vendor
        self.product = product
        self.number = number
        self.interfaceClass = interfaceClass
        self.topology = topology
        self.serial = serial
        self.manufacturer = manufacturer
        self.productName = productName
    }

    /// `1e0e:9011`.
    public var identity: String { "\(Self.hexadecimal(vendor)):\(Self.hexadecimal(product))" }

    private static func hexadecimal(_ number: UInt16) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
}
