import Glibc
import Subprocess

/// A real ser2net in front of a device, as a lab offers its serial ports.
struct SerialServer: Sendable {
    static let program = "/usr/sbin/ser2net"
    static var isInstalled: Bool { access(program, X_OK) == 0 }

    let port: Int
    var address: String { "rfc2217://127.0.0.1:\(port)" }

    /// - Parameter device: need not exist.
    static func serving<Result: Sendable>(
        device: String,
        in folder: TemporaryFolder,
        _ body: (SerialServer) async throws -> Result
    ) async throws -> Result {
        let server = SerialServer(port: FreePort.choose())
        let path = try folder.file(
            "ser2net.yaml",
            """
            connection: &con0
              accepter: telnet(rfc2217),tcp,127.0.0.1,\(server.port)
              connector: serialdev,\(device),115200n81,local
              options:
                kickolduser: true
            """
        )
        // It blocks SIGTERM when its parent does.
        let outcome = try await Subprocess.run(
            .name("env"),
            arguments: [program, "-n", "-u", "-c", path, "-P", folder.path + "/ser2net.pid"],
            input: .none,
            output: .discarded,
            error: .discarded
        ) { execution in
            do {
                while !server.isListening() { await Task.yield() }
                let result = try await body(server)
                kill(execution.processIdentifier.value, SIGKILL)
                return result
            } catch {
                kill(execution.processIdentifier.value, SIGKILL)
                throw error
            }
        }
        return outcome.closureResult
    }

    /// ser2net does not tell when it listens.
    private func isListening() -> Bool {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
