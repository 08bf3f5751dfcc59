/// `tcp://<host>[:<port>]`; 1883 if no port is given, also for TLS.
struct ServerAddress: Equatable, Sendable {
    var host: String
    var port: Int

    /// Nil: another scheme, no host, or no port between 1 and 65 535.
    init?(_ text: [UInt8]) {
        let scheme = Array("tcp://".utf8)
        guard text.starts(with: scheme), let rest = String(validating: text.dropFirst(scheme.count), as: UTF8.self)
        else { return nil }
        var name = rest[...]
        var portText: Substring?
        if rest.hasPrefix("["), let end = rest.firstIndex(of: "]") {
            name = rest[rest.index(after: rest.startIndex)..<end]
            let tail = rest[rest.index(after: end)...]
            guard tail.isEmpty || tail.hasPrefix(":") else { return nil }
            portText = tail.isEmpty ? nil : tail.dropFirst()
        } else if let colon = rest.firstIndex(of: ":") {
            name = rest[..<colon]
            portText = rest[rest.index(after: colon)...]
        }
        guard let number = portText.map({ ArgumentReader.number(Array($0.utf8)) }) ?? 1883 else { return nil }
        guard !name.isEmpty, (1...65_535).contains(number) else { return nil }
        host = String(name)
        port = number
    }

    /// Names are sent as SNI, addresses are not.
    var isIPAddress: Bool {
        if host.contains(":") { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts.allSatisfy { Int($0).map { (0...255).contains($0) } ?? false }
    }
}
