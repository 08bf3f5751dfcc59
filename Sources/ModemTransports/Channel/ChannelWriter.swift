internal import Glibc
internal import NIOCore

/// Writes to a channel in the order of its calls, on the channel's event loop.
///
/// What is written almost always fits the port's buffer. Then it goes to the descriptor at once, without the way through
/// the pipeline, which would take a sixth of the time of a round trip.
final class ChannelWriter: Sendable {
    let channel: any Channel
    /// The channel's own; nil: not known. Of use as long as the channel is active.
    private let descriptor: CInt?
    /// Writes that the channel has not finished.
    private let pending: NIOLoopBoundBox<Int>

    init(channel: any Channel, descriptor: CInt?) {
        self.channel = channel
        self.descriptor = descriptor
        pending = NIOLoopBoundBox.makeBoxSendingValue(0, eventLoop: channel.eventLoop)
    }

    /// The descriptor of an active channel.
    var openDescriptor: CInt? { channel.isActive ? descriptor : nil }

    /// - Parameter written: called once the port has taken all bytes, perhaps within this call; never if it fails.
    func write(_ bytes: [UInt8], written: @escaping @Sendable () -> Void = {}) {
        let count = pending.value == 0 ? writeNow(bytes) : 0
        guard count < bytes.count else { return written() }
        pending.value += 1
        let promise = channel.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { [self] outcome in
            pending.value -= 1
            if case .success = outcome { written() }
        }
        channel.writeAndFlush(ByteBuffer(bytes: bytes[count...]), promise: promise)
    }

    /// - Returns: how many bytes the port took. Errors are left to the channel, which meets them again.
    private func writeNow(_ bytes: [UInt8]) -> Int {
        guard let openDescriptor else { return 0 }
        return max(0, bytes.withUnsafeBytes { Glibc.write(openDescriptor, $0.baseAddress, $0.count) })
    }
}
