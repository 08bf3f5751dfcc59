/// Why a line could not be opened or was lost. Branch on `code`.
public struct TransportError: Error, Equatable, Sendable {
    public enum Code: Equatable, Sendable {
        /// No such port, host or module.
        case notFound
        /// Somebody else has the port.
        case busy
        case permissionDenied
        /// The path is no serial port, or the address cannot be read.
        case unsuitable
        /// A remote end refused or did not answer in time.
        case unreachable
        /// The operating system refused; `message` has its words.
        case system
        /// Another module answers at the port than before.
        case differentModule
    }

    public var code: Code
    /// The port as the operator named it.
    public var port: String
    /// One sentence for people: what is wrong and what to do next.
    public var message: String
    /// Who has the port, as far as can be found out; only with `busy`.
    public var holder: PortHolder?

    public init(code: Code, port: String, message: String, holder: PortHolder? = nil) {
        self.code = code
        self.port = port
        self.message = message
        self.holder = holder
    }
}

extension TransportError: CustomStringConvertible {
    public var description: String { "\(port): \(message)" }
}

/// The process that has a port open.
public struct PortHolder: Equatable, Sendable {
    public var pid: Int32
    /// Nil: the process cannot be looked at.
    public var program: String?
    /// When it took the port, as wall time; nil: unknown.
    public var since: WallTime?

    public init(pid: Int32, program: String? = nil, since: WallTime? = nil) {
        self.pid = pid
        self.program = program
        self.since = since
    }
}

extension TransportError {
    /// Keeps a transport error, and gives others the words they have.
    init(_ error: any Error, port: String) {
        if let error = error as? TransportError {
            self = error
        } else {
            self.init(code: .system, port: port, message: "\(error)")
        }
    }
}
