/// Modems that are recognised by their USB identity.
public enum KnownModem: String, CaseIterable, Sendable {
    /// SIMCom's vendor number with the products of the A7600, SIM7500 and SIM7600 families.
    case simcom
    /// Other products under SIMCom's number: perhaps a modem of another family.
    case otherSIMCom

    static let simcomVendor: UInt16 = 0x1E0E

    /// 9001 network by QMI, 9003 by MBIM, 9011 by RNDIS, 9018 by ECM, as the kernel's `option` driver lists them. An
    /// A7600 says 9011 as a SIM7600 may: the number does not tell the model.
    private static let products: Set<UInt16> = [0x9001, 0x9003, 0x9011, 0x9018]

    init?(of usb: USBInterface) {
        guard usb.vendor == Self.simcomVendor else { return nil }
        self = Self.products.contains(usb.product) ? .simcom : .otherSIMCom
    }

    /// Interfaces that may be AT ports, the likeliest first. Number 2 is one in every composition of the SIM7600; behind
    /// RNDIS on 0 and 1 some modules have it on 4, and the dial-up port, which takes AT too, before or after it.
    var interfaces: [Int] { [2, 4, 3, 5, 1, 6] }

    public var manufacturer: String {
        switch self {
        case .simcom, .otherSIMCom: "SIMCom"
        }
    }
}
