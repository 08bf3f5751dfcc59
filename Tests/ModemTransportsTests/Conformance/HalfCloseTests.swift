import ATProtocol
import Foundation
import ModemSession
import ModemTransports
import Testing

/// A remote end that has no more to say, but would still read.
@Suite(.timeLimit(.minutes(1)))
struct HalfCloseTests {
    @Test("The end of the stream comes behind its last byte, and closes the line")
    func tcp() async throws {
        let server = try SpeakingServer(Array("\r\n+LAST: 1\r\n".utf8))
        defer { server.close() }
        let transport = TCPTransport(host: "127.0.0.1", port: server.port)
        try await transport.withRecordedLine { line in
            let bytes = try await line.bytes(12)
            #expect(bytes == Array("\r\n+LAST: 1\r\n".utf8))
            let loss = try await line.closed()
            #expect(loss == .vanished)
            line.write([1])
        }
    }

    @Test("The same behind telnet, where a doubled 255 was cut from its half")
    func telnet() async throws {
        let opening: [UInt8] = [255, 254, 44]
        let server = try SpeakingServer(opening + Array("AB".utf8) + [255, 255, 67, 255])
        defer { server.close() }
        let transport = RFC2217Transport(host: "127.0.0.1", port: server.port)
        try await transport.withRecordedLine { line in
            let bytes = try await line.bytes(4)
            #expect(bytes == [65, 66, 255, 67])
            let loss = try await line.closed()
            #expect(loss == .vanished)
        }
    }
}

/// Accepts one connection in the kernel's queue, says its piece and shuts its sending half down.
private struct SpeakingServer {
    let port: Int
    private let listener: CInt

    struct Failure: Error { var errno: CInt }

    /// The piece is sent by a thread of its own, which ends with the connection.
    init(_ piece: [UInt8]) throws {
        let listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(INADDR_LOOPBACK).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, size) == 0 && listen(listener, 1) == 0 && getsockname(listener, $0, &size) == 0
            }
        }
        guard isBound else { throw Failure(errno: errno) }
        self.listener = listener
        port = Int(in_port_t(bigEndian: address.sin_port))
        Thread.detachNewThread {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            _ = send(client, piece, piece.count, CInt(MSG_NOSIGNAL))
            shutdown(client, CInt(SHUT_WR))
            // Reads on until the other side has closed too.
            var buffer = [UInt8](repeating: 0, count: 4096)
            while recv(client, &buffer, buffer.count, 0) > 0 {}
            Foundation.close(client)
        }
    }

    func close() {
        shutdown(listener, CInt(SHUT_RDWR))
        Foundation.close(listener)
    }
}
