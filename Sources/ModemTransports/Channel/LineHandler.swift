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

    func channelInactive(context: ChannelHandlerContext) {
        close()
    }

    /// A peer that sends no more is gone: a modem's line is never half open.
    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case ChannelEvent.inputClosed? = event as? ChannelEvent {
            context.close(promise: nil)
        }
        context.fireUserInboundEventTriggered(event)
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
