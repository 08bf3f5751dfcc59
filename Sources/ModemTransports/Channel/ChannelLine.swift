internal import ATProtocol
internal import CTerminal
internal import Glibc
internal import ModemSession
internal import NIOCore

/// An open channel as a session's line.
final class ChannelLine: OpenLine {
    private let writer: ChannelWriter
    private let deliver: @Sendable (LineInput) -> Void
    private let pulse: (@Sendable (Duration) -> Void)?

    private var channel: any Channel { writer.channel }

    /// - Parameters:
    ///   - descriptor: the channel's as long as it is open; nil: not known.
    ///   - pulse: pulses DTR where the channel's descriptor is not the port itself.
    init(
        channel: any Channel,
        descriptor: CInt?,
        deliver: @escaping @Sendable (LineInput) -> Void,
        pulse: (@Sendable (Duration) -> Void)? = nil
    ) {
        self.pulse = pulse
        self.deliver = deliver
        writer = ChannelWriter(channel: channel, descriptor: descriptor)
    }

    func write(_ bytes: [UInt8], as id: WriteID) {
        writer.write(bytes) { [deliver] in deliver(.written(id, at: .now())) }
    }

    var hasUndeliveredBytes: Bool {
        guard let descriptor = writer.openDescriptor else { return false }
        return cterminal_pending(descriptor) > 0
    }

    func pulseDTR(for duration: Duration) {
        pulse?(duration)
        guard let descriptor = writer.openDescriptor else { return }
        cterminal_set_lines(descriptor, 0, -1)
        channel.eventLoop.scheduleTask(in: TimeAmount(duration)) { [writer] in
            guard let descriptor = writer.openDescriptor else { return }
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
