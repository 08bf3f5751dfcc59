internal import MosquittoUplink

/// The network side of served modules.
struct NetworkOptions: Sendable {
    enum Broker: Equatable, Sendable {
        /// Nil: any free port.
        case `private`(port: Int?)
        case external(HostAndPort)
    }

    let broker: Broker
    private let hosts: [String: (host: String, port: Int)]

    init(broker: String, brokerPort: Int?, hosts: [String]) throws(CommandFailure) {
        if broker == "private" {
            self.broker = .private(port: brokerPort)
        } else {
            self.broker = .external(try HostAndPort(parsing: broker, option: "--broker"))
        }
        var entries: [String: (host: String, port: Int)] = [:]
        for text in hosts {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw CommandFailure(.usage, "--hosts \(text): name=host:port expected")
            }
            let target = try HostAndPort(parsing: String(text[text.index(after: equals)...]), option: "--hosts")
            entries[String(text[..<equals])] = (target.host, target.port)
        }
        self.hosts = entries
    }

    /// Runs the private broker, if that is the choice, for the time of the closure.
    /// - Parameter body: gets the directory of names, and words for the operator.
    func withDirectory<Result>(_ body: (HostDirectory, String) async throws -> Result) async throws -> Result {
        switch broker {
        case .private(let port):
            let credentials = try BrokerCredentials(keptIn: CacheFolder.brokerCredentials)
            return try await withPrivateBroker(credentials.broker(port: port)) { broker in
                try await body(
                    broker.directory.overridden(by: hosts),
                    "private broker on 127.0.0.1:\(broker.ports.plain) with the certificates in \(credentials.folder)"
                )
            }
        case .external(let endpoint):
            return try await body(
                HostDirectory.broker(host: endpoint.host, port: endpoint.port).overridden(by: hosts),
                "broker \(endpoint.host):\(endpoint.port)"
            )
        }
    }
}
