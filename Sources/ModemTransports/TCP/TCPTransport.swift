internal import ATProtocol
public import ModemSession
internal import NIOCore
internal import NIOPosix

/// A modem behind a TCP port that passes bytes as they are.
public final class TCPTransport: ModemTransport {
    public let name: String
    private let host: String
    private let port: Int
    private let loop: LineLoop

    public var executor: any LineExecutor { loop.executor }

    public init(host: String, port: Int, loop: LineLoop = .shared) {
        self.host = host
        self.port = port
        self.loop = loop
        name = PortAddress.tcp(host: host, port: port).text
    }

    public func withLine<Result>(
        delivering deliver: @escaping @Sendable (LineInput) -> Void,
        _ body: (any OpenLine) async throws -> Result
    ) async throws -> Result {
        let connection = TCPConnection(host: host, port: port, name: name, eventLoop: loop.eventLoop)
        let channel = try await connection.open { channel in
            try channel.pipeline.syncOperations.addHandler(LineHandler(deliver))
        }
        return try await ChannelLine(channel: channel, descriptor: nil, deliver: deliver).use(body)
    }
}
