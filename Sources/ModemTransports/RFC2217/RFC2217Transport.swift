internal import ATProtocol
public import ModemSession
internal import NIOCore

/// A modem on a serial port of another machine, behind telnet with the COM-PORT option (RFC 2217), as ser2net offers it.
///
/// The port's settings are sent at the opening; no command waits for their confirmation.
public final class RFC2217Transport: ModemTransport {
    public let name: String
    private let host: String
    private let port: Int
    private let options: SerialOptions
    private let patience: Duration
    private let loop: LineLoop

    public var executor: any LineExecutor { loop.executor }

    /// - Parameters:
    ///   - options: `lockFolder` does not matter: the locks are the server's.
    ///   - patience: how long a server may be silent at the opening; then it is taken for one without port settings.
    public init(
        host: String,
        port: Int,
        options: SerialOptions = SerialOptions(),
        patience: Duration = .seconds(3),
        loop: LineLoop = .shared
    ) {
        self.patience = patience
        self.host = host
        self.port = port
        self.options = options
        self.loop = loop
        name = PortAddress.rfc2217(host: host, port: port).text
    }

    public func withLine<Result>(
        delivering deliver: @escaping @Sendable (LineInput) -> Void,
        _ body: (any OpenLine) async throws -> Result
    ) async throws -> Result {
        let opened = loop.eventLoop.makePromise(of: Void.self)
        let connection = TCPConnection(host: host, port: port, name: name, eventLoop: loop.eventLoop)
        let channel: any Channel
        do {
            channel = try await connection.open { [name, options, patience] channel in
                try channel.pipeline.syncOperations.addHandlers(
                    RFC2217Handler(name: name, options: options, patience: TimeAmount(patience), opened: opened),
                    LineHandler(deliver)
                )
            }
        } catch {
            opened.fail(error)
            throw error
        }
        do {
            try await opened.futureResult.get()
        } catch {
            await channel.closed()
            throw error
        }
        let line = ChannelLine(channel: channel, descriptor: nil, deliver: deliver) {
            Self.pulseDTR(channel, for: $0)
        }
        return try await line.use(body)
    }

    private static func pulseDTR(_ channel: any Channel, for duration: Duration) {
        channel.triggerUserOutboundEvent(ComPortRequest.dtr(.off), promise: nil)
        channel.eventLoop.scheduleTask(in: TimeAmount(duration)) {
            channel.triggerUserOutboundEvent(ComPortRequest.dtr(.on), promise: nil)
        }
    }
}
