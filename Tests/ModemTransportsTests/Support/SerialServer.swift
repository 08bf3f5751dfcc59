import Foundation
import ModemTransports

/// A real ser2net in front of a serial device, as long as a test needs it.
struct SerialServer {
    static let program = "/usr/sbin/ser2net"
    static var isInstalled: Bool { FileManager.default.isExecutableFile(atPath: program) }

    let port: Int
    private let process = Process()

    struct NotStarted: Error {}

    static func serving<Result>(
        device: String,
        in folder: String,
        _ body: (SerialServer) async throws -> Result
    ) async throws -> Result {
        let server = SerialServer(port: try await freePort())
        let configuration = """
            connection: &con0
              accepter: telnet(rfc2217),tcp,127.0.0.1,\(server.port)
              connector: serialdev,\(device),115200n81,local
              options:
                kickolduser: true
            """
        let path = "\(folder)/ser2net.yaml"
        try configuration.write(toFile: path, atomically: true, encoding: .utf8)
        let process = server.process
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-n", "-u", "-c", path, "-P", "\(folder)/ser2net.pid"]
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let outcome: Swift.Result<Result, any Error>
        do {
            try await server.listens()
            outcome = .success(try await body(server))
        } catch {
            outcome = .failure(error)
        }
        // Not SIGTERM: started from a worker thread, ser2net has inherited a mask that blocks it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        return try outcome.get()
    }

    /// Stops it where it is, as a busy machine does; connections wait in the kernel.
    func freeze() { kill(process.processIdentifier, SIGSTOP) }
    func thaw() { kill(process.processIdentifier, SIGCONT) }

    /// Connects until somebody listens. ser2net does not tell when it does.
    private func listens() async throws {
        let start = ContinuousClock.now
        while ContinuousClock.now - start < .seconds(10) {
            do {
                return try await TCPTransport(host: "127.0.0.1", port: port).withLine { _ in
                } _: { _ in
                }
            } catch {
                await Task.yield()
            }
        }
        throw NotStarted()
    }

    private static func freePort() async throws -> Int {
        try await TCPModule.withModule { try await $0.port() }
    }
}
