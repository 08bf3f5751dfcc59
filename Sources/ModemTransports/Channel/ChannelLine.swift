internal import ATProtocol
internal import CTerminal
internal import ModemSession
internal import NIOCore

/// An open channel as a session's line.
struct ChannelLine: OpenLine {
    let channel: any Channel
    /// The channel's descriptor as long as the channel is open; nil: not known.
    let descriptor: CInt?
    let deliver: @Sendable (LineInput) -> Void

    func write(_ bytes: [UInt8], as id: WriteID) {
        let promise = channel.eventLoop.makePromise(of: Void.self)
        promise.futureResult.whenSuccess { deliver(.written(id, at: .now())) }
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: promise)
    }

    var hasUndeliveredBytes: Bool {
        guard let descriptor, channel.isActive else { return false }
        return cterminal_pending(descriptor) > 0
    }

    func pulseDTR() {
        guard let descriptor, channel.isActive else { return }
        cterminal_set_lines(descriptor, 0, -1)
        channel.eventLoop.scheduleTask(in: .milliseconds(500)) {
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
