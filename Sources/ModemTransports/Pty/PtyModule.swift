public import ATProtocol
internal import CTerminal
internal import Glibc
public import ModemSession
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Serves a simulated module on a pseudo terminal, for any program that opens serial ports.
///
/// While the module is not present the terminal and its link are gone; when it is back, it has a new terminal and the
/// same link, as a USB port that was unplugged.
public final class PtyModule: ModuleLine {
    private struct State {
        var isPresent = false
        var terminal: (writer: ChannelWriter, pty: PseudoTerminal)?
        var inbox = ModuleInbox()
    }

    /// Bytes that may wait for a program to read them; a real port would have lost them long before.
    private static let limit = 64 * 1024

    private let loop: LineLoop
    private let link: TerminalLink?
    private let state: NIOLoopBoundBox<State>
    /// Calls that the loop has still to carry out.
    private let waiting = Atomic<Int>(0)

    public var executor: any LineExecutor { loop.executor }

    private init(link: String?, loop: LineLoop) {
        self.link = link.map(TerminalLink.init)
        self.loop = loop
        state = NIOLoopBoundBox.makeBoxSendingValue(State(), eventLoop: loop.eventLoop)
    }

    /// Runs `body` while the terminal exists.
    ///
    /// - Parameter link: a symbolic link that leads to the terminal as long as it exists; an existing link is replaced,
    ///   any other file is an error.
    /// - Throws: `TransportError`, and whatever `body` throws.
    public static func withModule<Result>(
        link: String? = nil,
        loop: LineLoop = .shared,
        _ body: (PtyModule) async throws -> Result
    ) async throws -> Result {
        let module = PtyModule(link: link, loop: loop)
        try await loop.eventLoop.flatSubmit { module.appear() }.get()
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await body(module))
        } catch {
            outcome = .failure(error)
        }
        try await loop.eventLoop.flatSubmit { module.disappear() }.get()
        return try outcome.get()
    }

    /// The terminal to open, `/dev/pts/7`; nil while the module is not present.
    public func device() async throws -> String? {
        try await loop.eventLoop.submit { self.state.value.terminal?.pty.path }.get()
    }

    public func onReceive(_ handler: @escaping @Sendable ([UInt8], _ at: Moment) -> Void) {
        executor.execute { [self] in
            for piece in state.value.inbox.open(handler) { handler(piece.bytes, piece.at) }
        }
    }

    /// On the executor at once, unless an earlier call is still waiting.
    public func send(_ bytes: [UInt8]) {
        if executor.isCurrent, waiting.load(ordering: .relaxed) == 0 {
            write(bytes)
        } else {
            later { $0.write(bytes) }
        }
    }

    public func setPresent(_ isPresent: Bool) {
        // A terminal that cannot be made stays away, which is what its users see.
        later { _ = isPresent ? $0.appear() : $0.disappear() }
    }

    private func later(_ work: @escaping @Sendable (PtyModule) -> Void) {
        waiting.add(1, ordering: .relaxed)
        executor.execute { [self] in
            waiting.subtract(1, ordering: .relaxed)
            work(self)
        }
    }

    private func write(_ bytes: [UInt8]) {
        guard let writer = state.value.terminal?.writer, writer.channel.isWritable, !bytes.isEmpty else { return }
        writer.write(bytes)
    }

    // MARK: - Terminal

    private func appear() -> EventLoopFuture<Void> {
        guard !state.value.isPresent else { return loop.eventLoop.makeSucceededVoidFuture() }
        state.value.isPresent = true
        return loop.eventLoop.makeCompletedFuture(withResultOf: PseudoTerminal.init).flatMap { [self] pty in
            serve(pty).flatMapThrowing { [self] channel in
                state.value.terminal = (ChannelWriter(channel: channel, descriptor: pty.master), pty)
                try link?.point(to: pty.path)
            }
        }
    }

    private func serve(_ pty: PseudoTerminal) -> EventLoopFuture<any Channel> {
        NIOPipeBootstrap(group: loop.eventLoop)
            .channelOption(.writeBufferWaterMark, value: .init(low: Self.limit / 2, high: Self.limit))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        ModuleHandler(receive: { [self] in receive($0, at: $1) }, inactive: {})
                    )
                }
            }
            .takingOwnershipOfDescriptor(inputOutput: pty.master)
            .flatMapErrorThrowing { error in
                close(pty.slave)
                close(pty.master)
                throw error
            }
    }

    private func receive(_ bytes: [UInt8], at moment: Moment) {
        state.value.inbox.receive(bytes, at: moment)?(bytes, moment)
    }

    private func disappear() -> EventLoopFuture<Void> {
        state.value.isPresent = false
        guard let (writer, pty) = state.value.terminal else { return loop.eventLoop.makeSucceededVoidFuture() }
        state.value.terminal = nil
        link?.remove(from: pty.path)
        writer.channel.close(promise: nil)
        return writer.channel.closeFuture.always { _ in close(pty.slave) }
    }
}
