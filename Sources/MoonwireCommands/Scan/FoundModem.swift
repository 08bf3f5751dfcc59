internal import ModemTransports

/// A modem on USB, as `moonwire scan` lists it.
struct FoundModem: Equatable, Sendable {
    var device: USBDevice
    /// The port that answered, else the likeliest one.
    var port: SerialPortEntry
    var occupant: PortOccupant
    var answer: Answer

    /// What the module said at `port`.
    enum Answer: Equatable, Sendable {
        case identified(model: String, imei: String)
        /// Not asked: somebody else has the port, or nobody wanted it.
        case notAsked
        /// No candidate answered.
        case silent(String)
    }

    var imei: String? {
        if case .identified(_, let imei) = answer { imei } else { nil }
    }

    var model: String? {
        if case .identified(let model, _) = answer { model } else { nil }
    }

    /// `m-000018`: the last digits of the IMEI; the place on the bus where it is not known.
    var name: String {
        imei.map { "m-\($0.suffix(6))" } ?? "usb-\(device.topology)"
    }
}
