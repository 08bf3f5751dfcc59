public import ATProtocol
public import ModemSession
internal import NIOCore
internal import NIOPosix

/// Serves a simulated module on a TCP port, for one client at a time; a new one takes the place of the old.
///
/// While the module is not present nobody can connect.
public final class TCPModule: ModuleLine {
    private struct State {
        var isPresent = false
        var server: (any Channel)?
        var client: (any Channel)?
        var inbox = ModuleInbox()
        var port: Int
    }

    private let host: String
    private let loop: LineLoop
    private let state: NIOLoopBoundBox<State>

    public var executor: any LineExecutor { loop.executor }

    private init(host: String, port: Int, loop: LineLoop) {
        self.host = host
        self.loop = loop
        state = NIOLoopBoundBox.makeBoxSendingValue(State(port: port), eventLoop: loop.eventLoop)
    }

    /// Runs `body` while the port is served.
    ///
    /// - Parameters:
    ///   - host: an address of this machine.
    ///   - port: 0 for any free one.
    /// - Throws: `TransportError`, and whatever `body` throws.
    public static func withModule<Result>(
        host: String = "127.0.0.1",
        port: Int = 0,
        loop: LineLoop = .shared,
        _ body: (TCPModule) async throws -> Result
    ) async throws -> Result {
        let module = TCPModule(host: host, port: port, loop: loop)
        do {
            try await loop.eventLoop.flatSubmit { module.appear() }.get()
        } catch let error as IOError {
            throw TransportError(error.errnoCode, port: "\(host):\(port)", doing: "listen")
        }
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(module))
        } catch {
            outcome = .failure(error)
        }
        try await loop.eventLoop.flatSubmit { module.disappear() }.get()
        return try outcome.get()
    }

    /// The port that is served, also when 0 was asked for.
    public func port() async throws -> Int {
        try await loop.eventLoop.submit { self.state.value.port }.get()
    }

    public func onReceive(_ handler: @escaping @Sendable ([UInt8], _ at: Moment) -> Void) {
        executor.execute { [self] in
            for piece in state.value.inbox.open(handler) { handler(piece.bytes, piece.at) }
        }
    }

    public func send(_ bytes: [UInt8]) {
        executor.execute { [self] in
            guard let client = state.value.client, !bytes.isEmpty else { return }
            client.writeAndFlush(ByteBuffer(bytes: bytes), promise: nil)
        }
    }

    public func setPresent(_ isPresent: Bool) {
        // A port that cannot be served again stays away, which is what its users see.
        executor.execute { [self] in
            _ = isPresent ? appear() : disappear()
        }
    }

    private func appear() -> EventLoopFuture<Void> {
        guard !state.value.isPresent else { return loop.eventLoop.makeSucceededVoidFuture() }
        state.value.isPresent = true
        return ServerBootstrap(group: loop.eventLoop)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.socketOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { [self] channel in
                channel.eventLoop.makeCompletedFuture { try accept(channel) }
            }
            .bind(host: host, port: state.value.port)
            .map { [self] server in
                state.value.server = server
                state.value.port = server.localAddress?.port ?? state.value.port
                if !state.value.isPresent { server.close(promise: nil) }
            }
    }

    private func accept(_ channel: any Channel) throws {
        guard state.value.isPresent else {
            channel.close(promise: nil)
            return
        }
        // The old one may be gone already, its end of file still unread.
        state.value.client?.close(promise: nil)
        state.value.client = channel
        try channel.pipeline.syncOperations.addHandler(
            ModuleHandler(
                receive: { [self] in state.value.inbox.receive($0, at: $1)?($0, $1) },
                inactive: { [self] in
                    if state.value.client === channel { state.value.client = nil }
                }
            )
        )
    }

    private func disappear() -> EventLoopFuture<Void> {
        state.value.isPresent = false
        let channels = [state.value.client, state.value.server].compactMap(\.self)
        state.value.client = nil
        state.value.server = nil
        for channel in channels { channel.close(promise: nil) }
        return EventLoopFuture.andAllComplete(channels.map(\.closeFuture), on: loop.eventLoop)
    }
}
