import ATProtocol
import ModemSession
import ModemTransports
import Testing

/// Each way to reach a module, with the module's end of it.
enum LineKind: CaseIterable, CustomTestStringConvertible {
    case inProcess
    case serial
    case tcp

    var testDescription: String {
        switch self {
        case .inProcess: "in-process line"
        case .serial: "serial port"
        case .tcp: "TCP"
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
        }
    }
}
