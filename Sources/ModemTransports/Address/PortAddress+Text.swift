extension PortAddress {
    /// Reads an address; see the cases for the forms.
    public init(parsing text: String) throws(PortAddressError) {
        func fail(_ message: String) -> PortAddressError { PortAddressError(text: text, message: message) }
        guard !text.isEmpty else { throw fail("a port is missing") }
        if let rest = text.rest(after: "tcp://") {
            let (host, port) = try Self.hostAndPort(rest, of: text, scheme: "tcp")
            self = .tcp(host: host, port: port)
        } else if let rest = text.rest(after: "rfc2217://") {
            let (host, port) = try Self.hostAndPort(rest, of: text, scheme: "rfc2217")
            self = .rfc2217(host: host, port: port)
        } else if text == "sim" || text == "sim:" {
            self = .simulated([])
        } else if let rest = text.rest(after: "sim:") {
            self = .simulated(try Self.options(rest, of: text))
        } else if let rest = text.rest(after: "replay:") {
            guard !rest.isEmpty else { throw fail("write replay: and the path of a trace, as in replay:trace.jsonl") }
            self = .replay(path: String(rest))
        } else if let rest = text.rest(after: "usb:") {
            guard Self.isTopology(rest) else {
                throw fail("write usb: and a place of the bus, as in usb:1-3.1; \"moonwire scan\" lists them")
            }
            self = .usb(topology: String(rest))
        } else if let rest = text.rest(after: "imei:") {
            guard rest.utf8.count == 15, rest.utf8.allSatisfy(\.isDigit) else {
                throw fail("an IMEI has 15 digits, as in imei:867584030000018")
            }
            self = .imei(String(rest))
        } else if text.contains("://") {
            throw fail("the schemes are tcp:// and rfc2217://")
        } else if text.contains("/") {
            self = .device(text)
        } else {
            throw fail(Self.hint(for: text))
        }
    }

    /// The text it is read from.
    public var text: String {
        switch self {
        case .device(let path): path
        case .tcp(let host, let port): "tcp://\(Self.bracketed(host)):\(port)"
        case .rfc2217(let host, let port): "rfc2217://\(Self.bracketed(host)):\(port)"
        case .simulated(let options):
            options.isEmpty ? "sim" : "sim:" + options.map { "\($0.name)=\($0.value)" }.joined(separator: ",")
        case .replay(let path): "replay:\(path)"
        case .usb(let topology): "usb:\(topology)"
        case .imei(let number): "imei:\(number)"
        }
    }

    private static func hint(for text: String) -> String {
        if text.hasPrefix("tty") { return "a device needs its path: /dev/\(text)" }
        return "write a device's path (/dev/ttyUSB2), tcp://host:port, rfc2217://host:port, sim, replay:file, "
            + "usb:place or imei:number"
    }

    private static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

    /// `host:port`, `[::1]:port`
    private static func hostAndPort(
        _ rest: Substring,
        of text: String,
        scheme: String
    ) throws(PortAddressError) -> (String, Int) {
        let rest = rest.hasSuffix("/") ? rest.dropLast() : rest
        let form = PortAddressError(text: text, message: "write \(scheme)://host:port, as in \(scheme)://lab:7000")
        guard let colon = rest.lastIndex(of: ":") else { throw form }
        var host = rest[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            throw PortAddressError(text: text, message: "an IPv6 address stands in brackets: \(scheme)://[::1]:7000")
        }
        guard !host.isEmpty else { throw form }
        let number = rest[rest.index(after: colon)...]
        guard number.utf8.allSatisfy(\.isDigit), let port = Int(number), (1...65_535).contains(port) else {
            throw PortAddressError(text: text, message: "the port is a number from 1 to 65535, not \"\(number)\"")
        }
        return (String(host), port)
    }

    private static func options(_ rest: Substring, of text: String) throws(PortAddressError) -> [Option] {
        var options: [Option] = []
        for part in rest.split(separator: ",", omittingEmptySubsequences: false) {
            guard let equals = part.firstIndex(of: "="), equals != part.startIndex else {
                throw PortAddressError(
                    text: text,
                    message: "\"\(part)\" is no option; write name=value, as in sim:profile=sim7600,seed=7"
                )
            }
            let option = Option(name: String(part[..<equals]), value: String(part[part.index(after: equals)...]))
            guard !options.contains(where: { $0.name == option.name }) else {
                throw PortAddressError(text: text, message: "the option \"\(option.name)\" stands there twice")
            }
            options.append(option)
        }
        return options
    }

    /// Bus, a hyphen, and port numbers with dots between: `1-3.1`.
    private static func isTopology(_ text: Substring) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        let numbers = [parts[0]] + parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return numbers.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }
    }
}

extension String {
    fileprivate func rest(after prefix: String) -> Substring? {
        hasPrefix(prefix) ? self[index(startIndex, offsetBy: prefix.count)...] : nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
