internal import ATProtocol
internal import NIOCore

/// The end of the pipeline on the module's side of a line.
final class ModuleHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let receive: ([UInt8], Moment) -> Void
    private let inactive: () -> Void

    /// Both run on the channel's event loop.
    init(receive: @escaping ([UInt8], Moment) -> Void, inactive: @escaping () -> Void) {
        self.receive = receive
        self.inactive = inactive
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let buffer = unwrapInboundIn(data)
        let bytes = buffer.withUnsafeReadableBytes { Array($0) }
        if !bytes.isEmpty { receive(bytes, .now()) }
    }

    func channelInactive(context: ChannelHandlerContext) {
        inactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        context.close(promise: nil)
    }
}
