import ATProtocol
import ModemSession
import ModemTransports
import Testing

/// Against a real ser2net.
@Suite(.enabled(if: SerialServer.isInstalled), .timeLimit(.minutes(1)))
struct RFC2217Tests {
    @Test("A device that ser2net cannot open is an error in the server's words, not an answer of a modem")
    func deviceMissing() async throws {
        try await withScratchFolder { folder in
            try await SerialServer.serving(device: "\(folder)/nothing", in: folder) { server in
                let transport = RFC2217Transport(host: "127.0.0.1", port: server.port)
                let error = await #expect(throws: TransportError.self) {
                    try await withSession(on: transport, configuration: Configuration()) { _ in }
                }
                #expect(error?.code == .notFound)
                #expect(error?.message.contains("the server says") == true, "\(String(describing: error))")
            }
        }
    }

    @Test("Commands pass through ser2net to a module and back")
    func commands() async throws {
        try await LineKind.rfc2217.withEnds { transport, module in
            module.onReceive { bytes, _ in
                let line = String(decoding: bytes, as: UTF8.self)
                module.send(Array("\(line)\r\nOK\r\n".utf8))
            }
            try await withSession(on: transport, configuration: Configuration()) { session in
                for number in 0..<20 {
                    let reply = try await session.send(Command(line: Array("AT+N=\(number)".utf8)))
                    #expect(reply.final.text == "OK")
                }
            }
        }
    }

    @Test("A server that is not there is said to be unreachable")
    func nobody() async throws {
        let port = try await TCPModule.withModule { try await $0.port() }
        let error = await #expect(throws: TransportError.self) {
            try await RFC2217Transport(host: "127.0.0.1", port: port).withRecordedLine { _ in }
        }
        #expect(error?.code == .unreachable)
    }
}
