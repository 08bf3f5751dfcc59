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

    @Test("Nothing is lost when the server is slower than the patience with it")
    func slowServer() async throws {
        let piece = (0..<65_536).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 8) }
        try await withScratchFolder { folder in
            let link = "\(folder)/modem0"
            try await PtyModule.withModule(link: link) { module in
                let received = ByteInbox(module)
                try await SerialServer.serving(device: link, in: folder) { server in
                    server.freeze()
                    let transport = RFC2217Transport(host: "127.0.0.1", port: server.port, patience: .milliseconds(1))
                    try await transport.withRecordedLine { line in
                        line.write(piece)
                        server.thaw()
                        let got = try await received.next(piece.count)
                        #expect(got == piece)
                    }
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
