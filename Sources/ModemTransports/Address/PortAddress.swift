/// Where a modem is, as an operator writes it.
public enum PortAddress: Hashable, Sendable {
    /// `/dev/ttyUSB2`, `/dev/serial/by-id/…`, any path with a slash.
    case device(String)
    /// `tcp://host:port`
    case tcp(host: String, port: Int)
    /// `rfc2217://host:port`
    case rfc2217(host: String, port: Int)
    /// `sim`, `sim:profile=sim7600,seed=7`: options in the order they stand.
    case simulated([Option])
    /// `replay:trace.jsonl`
    case replay(path: String)
    /// `usb:1-3.1`: the AT interface of the module at this place of the bus.
    case usb(topology: String)
    /// `imei:867584030000018`
    case imei(String)

    public struct Option: Hashable, Sendable {
        public var name: String
        public var value: String
        public init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }
}

/// An address that cannot be read; `message` says what is wrong and what would be right.
public struct PortAddressError: Error, Equatable, Sendable, CustomStringConvertible {
    public var text: String
    public var message: String
    public var description: String { "\"\(text)\": \(message)" }
}
