internal import ATProtocol
internal import CTerminal
internal import Glibc
internal import ModemSession
internal import NIOCore

/// An open channel as a session's line.
final class ChannelLine: OpenLine {
    private let channel: any Channel
    /// The channel's descriptor as long as the channel is open; nil: not known.
    private let descriptor: CInt?
    private let deliver: @Sendable (LineInput) -> Void
    /// Writes that the channel has not finished.
    private let pending: NIOLoopBoundBox<Int>
    private let pulse: (@Sendable (Duration) -> Void)?

    /// - Parameter pulse: pulses DTR where the channel's descriptor is not the port itself.
    init(
        channel: any Channel,
        descriptor: CInt?,
        deliver: @escaping @Sendable (LineInput) -> Void,
        pulse: (@Sendable (Duration) -> Void)? = nil
    ) {
        self.pulse = pulse
        self.channel = channel
        self.descriptor = descriptor
        self.deliver = deliver
        pending = NIOLoopBoundBox.makeBoxSendingValue(0, eventLoop: channel.eventLoop)
    }

    /// A command almost always fits the port's buffer. Then it is written at once, without the way through the
    /// pipeline, which would take a sixth of the time of a round trip.
    func write(_ bytes: [UInt8], as id: WriteID) {
        let count = pending.value == 0 ? writeNow(bytes) : 0
        guard count < bytes.count else {
            deliver(.written(id, at: .now()))
            return
        }
        pending.value += 1
        let promise = channel.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenComplete { [self] outcome in
            pending.value -= 1
            if case .success = outcome { deliver(.written(id, at: .now())) }
        }
        channel.writeAndFlush(ByteBuffer(bytes: bytes[count...]), promise: promise)
    }

    /// - Returns: how many bytes the port took. Errors are left to the channel, which meets them again.
    private func writeNow(_ bytes: [UInt8]) -> Int {
        guard let descriptor, channel.isActive else { return 0 }
        return max(0, bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) })
    }

    var hasUndeliveredBytes: Bool {
        guard let descriptor, channel.isActive else { return false }
        return cterminal_pending(descriptor) > 0
    }

    func pulseDTR(for duration: Duration) {
        pulse?(duration)
        guard let descriptor, channel.isActive else { return }
        cterminal_set_lines(descriptor, 0, -1)
        channel.eventLoop.scheduleTask(in: TimeAmount(duration)) { [channel] in
            guard channel.isActive else { return }
            cterminal_set_lines(descriptor, 1, -1)
        }
    }
}

extension ChannelLine {
    /// Runs `body` on the line and closes the channel, whatever happens.
    func use<Result>(_ body: (any OpenLine) async throws -> Result) async throws -> Result {
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(self))
        } catch {
            outcome = .failure(error)
        }
        await channel.closed()
        return try outcome.get()
    }
}

extension Channel {
    /// Closes the channel, if it is not closed, and returns when its descriptor is.
    func closed() async {
        close(promise: nil)
        await withCheckedContinuation { continuation in
            closeFuture.whenComplete { _ in continuation.resume() }
        }
    }
}
