/// Where a host name and port of a simulated module lead.
package struct HostDirectory: Sendable {
    package enum Destination: Equatable, Sendable {
        /// A real address or name; a name is looked up by the system.
        case address(host: String, port: Int)
        /// The broker that this process runs for itself, on loopback.
        case privateBroker(port: Int)
        case notFound
        /// The name is known and nothing listens there.
        case refused
    }

    package var resolve: @Sendable (_ host: String, _ port: Int) -> Destination

    package init(resolve: @escaping @Sendable (_ host: String, _ port: Int) -> Destination) {
        self.resolve = resolve
    }

    /// Every name is what the system says it is.
    package static let system = HostDirectory { .address(host: $0, port: $1) }

    /// Every name is one given broker, whatever the port.
    package static func broker(host: String, port: Int) -> HostDirectory {
        HostDirectory { _, _ in .address(host: host, port: port) }
    }

    /// Every name but those below `.invalid` is the private broker. Ports are those that public test brokers use:
    /// 1883 plain, 8883 TLS, 8884 mutual TLS, 1884 plain with a password; and the broker's own. Others are refused.
    package static func privateBroker(_ ports: PrivateBroker.Ports) -> HostDirectory {
        HostDirectory { host, port in
            if host.lowercased().hasSuffix(".invalid") { return .notFound }
            return ports.listener(for: port).map { .privateBroker(port: $0) } ?? .refused
        }
    }

    /// The same directory with fixed entries before it: a name leads to one host and port, whatever port was asked.
    package func overridden(by entries: [String: (host: String, port: Int)]) -> HostDirectory {
        let resolve = resolve
        return HostDirectory { host, port in
            entries[host].map { .address(host: $0.host, port: $0.port) } ?? resolve(host, port)
        }
    }
}
