import ATProtocol
import ModemSession
import ModemTransports
import Testing

/// Each way to reach a module, with the module's end of it.
enum LineKind: CaseIterable, CustomTestStringConvertible {
    case inProcess
    case serial
    case tcp
    case rfc2217
    case replay

    /// Those that can be tried on this machine.
    static var available: [LineKind] {
        allCases.filter { $0 != .rfc2217 || SerialServer.isInstalled }
    }

    var testDescription: String {
        switch self {
        case .inProcess: "in-process line"
        case .serial: "serial port"
        case .tcp: "TCP"
        case .rfc2217: "RFC 2217 through ser2net"
        case .replay: "replay"
        }
    }

    func withEnds(_ body: (any ModemTransport, any ModuleLine) async throws -> Void) async throws {
        switch self {
        case .inProcess:
            let line = InProcessLine()
            try await body(line, line)
        case .serial:
            try await withScratchFolder { folder in
                let link = "\(folder)/modem0"
                try await PtyModule.withModule(link: link) { module in
                    try await body(SerialTransport(path: link, options: SerialOptions(lockFolder: folder)), module)
                }
            }
        case .tcp:
            try await TCPModule.withModule { module in
                try await body(TCPTransport(host: "127.0.0.1", port: try await module.port()), module)
            }
        case .rfc2217:
            try await withScratchFolder { folder in
                let link = "\(folder)/modem0"
                try await PtyModule.withModule(link: link) { module in
                    try await SerialServer.serving(device: link, in: folder) { server in
                        try await body(RFC2217Transport(host: "127.0.0.1", port: server.port), module)
                    }
                }
            }
        case .replay:
            try await RecordedModule.withEnds(body)
        }
    }

    /// Whether a port whose module is gone cannot be opened. A trace does not record vain attempts, so a replayed one
    /// goes on with what was recorded next.
    var refusesWhileAbsent: Bool { self != .replay }
}
