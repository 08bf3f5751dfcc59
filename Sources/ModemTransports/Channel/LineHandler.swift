internal import ATProtocol
internal import ModemSession
internal import NIOCore

/// The end of a channel's pipeline: tells a line's owner what arrives, stamped, in the order of the wire.
final class LineHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let deliver: @Sendable (LineInput) -> Void
    private var isClosed = false

    init(_ deliver: @escaping @Sendable (LineInput) -> Void) {
        self.deliver = deliver
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        let bytes = buffer.withUnsafeReadableBytes { Array($0) }
        guard !bytes.isEmpty, !isClosed else { return }
        deliver(.bytes(bytes, at: .now()))
    }

    /// A peer that sends no more is gone as well: the channel closes at its end of file.
    func channelInactive(context: ChannelHandlerContext) {
        close()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }

    private func close() {
        guard !isClosed else { return }
        isClosed = true
        deliver(.closed(.vanished, at: .now()))
    }
}
