internal import ModemSession
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// One attempt to connect to a remote port.
struct TCPConnection {
    /// Long enough for a distant host, short enough for somebody who waits.
    private static let patience = TimeAmount.seconds(5)

    let host: String
    let port: Int
    /// As the operator wrote it.
    let name: String
    let eventLoop: any EventLoop

    /// - Parameter configure: adds the handlers, on the event loop.
    /// - Throws: `TransportError`, or `CancellationError`.
    func open(_ configure: @escaping @Sendable (any Channel) throws -> Void) async throws -> any Channel {
        let attempt = Attempt()
        let connected = ClientBootstrap(group: eventLoop)
            .connectTimeout(Self.patience)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                attempt.began(channel)
                return channel.eventLoop.makeCompletedFuture { try configure(channel) }
            }
            .connect(host: host, port: port)
        do {
            let channel = try await withTaskCancellationHandler {
                try await connected.get()
            } onCancel: {
                attempt.cancel()
            }
            if attempt.isCancelled {
                await channel.closed()
                throw CancellationError()
            }
            return channel
        } catch {
            throw attempt.isCancelled ? CancellationError() : translated(error)
        }
    }

    private func translated(_ error: any Error) -> any Error {
        switch error {
        case let error as IOError:
            return TransportError(error.errnoCode, port: name, doing: "connect")
        case let error as NIOConnectionError:
            if let number = error.connectionErrors.lazy.compactMap({ ($0.error as? IOError)?.errnoCode }).first {
                return TransportError(number, port: name, doing: "connect")
            }
            let isTimeout = error.connectionErrors.contains { $0.error is ChannelError }
            return isTimeout ? silent : unknownHost
        case is ChannelError:
            return silent
        default:
            return TransportError(code: .unreachable, port: name, message: "cannot connect: \(error)")
        }
    }

    private var silent: TransportError {
        TransportError(code: .unreachable, port: name, message: "\(host) does not answer on port \(port)")
    }

    private var unknownHost: TransportError {
        TransportError(code: .notFound, port: name, message: "the host \"\(host)\" is not known; check the name")
    }

    /// Lets a cancelled task close a channel that is still connecting.
    private final class Attempt: Sendable {
        private let state = Mutex<(channels: [any Channel], isCancelled: Bool)>(([], false))

        var isCancelled: Bool { state.withLock { $0.isCancelled } }

        func began(_ channel: any Channel) {
            let isCancelled = state.withLock { state in
                state.channels.append(channel)
                return state.isCancelled
            }
            if isCancelled { channel.close(promise: nil) }
        }

        func cancel() {
            let channels = state.withLock { state in
                state.isCancelled = true
                return state.channels
            }
            for channel in channels { channel.close(promise: nil) }
        }
    }
}
