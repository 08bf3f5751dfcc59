/// What a host has configured for a connection and can read from the module, as far as it knows. Nil: not known.
///
/// The ranked checks are made from it; they say nothing about what is not known.
public struct ConnectionDescription: Hashable, Sendable {
    public var host: String
    public var port: Int
    public var serverType: ServerType
    /// The SSL context that was set up for this connection.
    public var configuredContext: Int?
    /// The SSL context that CONNECT used: the bound one, else the one with the client's number.
    public var usedContext: Int?
    /// The values of the context that CONNECT used.
    public var settings: TLSSettings?
    /// The names that CCERTLIST shows.
    public var storedFiles: [String]?
    /// The module's clock.
    public var clock: ModuleTime?
    /// What is known of files sent earlier, by name.
    public var files: [String: FileFacts]
    /// As `ATI` says it.
    public var firmware: String?

    public init(host: String, port: Int, serverType: ServerType) {
        self.host = host
        self.port = port
        self.serverType = serverType
        files = [:]
    }

    /// Whether the host part of the address is a name: only names are sent as server name.
    var isHostName: Bool {
        let isIPv4 = host.utf8.allSatisfy { ASCII.digits.contains($0) || $0 == UInt8(ascii: ".") }
        return !isIPv4 && !host.utf8.contains(ASCII.colon)
    }
}
